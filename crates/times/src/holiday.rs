//! Owns holidays: their names and the day each falls on in a year.

use std::sync::LazyLock;

use jiff::ToSpan;
use readout_types::Date;

use crate::lexicon::rows;

const HOLIDAYS: &str = include_str!("../../../data/times/holidays.tsv");

/// A holiday of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Name in lower case.
    pub name: &'static str,
    /// ISO 3166 code of the country, or `None` where many keep it on that day.
    pub country: Option<&'static str>,
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, ISO weekday, which of them (-1 the last).
    Nth(i8, i8, i8),
    /// Days after Western Easter Sunday.
    Easter(i32),
    /// Days after Orthodox Easter Sunday.
    Orthodox(i32),
}

static TABLE: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    rows(HOLIDAYS)
        .filter_map(|row| match row.as_slice() {
            [name, country, rule] => {
                Some(Holiday { name, country: (*country != "-").then_some(*country), rule: parse(rule)? })
            }
            _ => None,
        })
        .collect()
});

fn parse(rule: &str) -> Option<Rule> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(Rule::Easter(days.parse().ok()?));
    }
    if let Some(days) = rule.strip_prefix("orthodox") {
        return Some(Rule::Orthodox(days.parse().ok()?));
    }
    let (month, rest) = rule.split_once('-')?;
    let month = month.parse().ok()?;
    Some(match rest.split_once('-') {
        None => Rule::Fixed(month, rest.parse().ok()?),
        Some((weekday, nth)) => Rule::Nth(month, weekday.parse().ok()?, nth.parse().ok()?),
    })
}

/// First row of each name.
pub(crate) fn names() -> impl Iterator<Item = (u16, &'static str)> {
    TABLE
        .iter()
        .enumerate()
        .filter(|(i, h)| !TABLE[..*i].iter().any(|o| o.name == h.name))
        .map(|(i, h)| (i as u16, h.name))
}

/// The holiday of a row, unless other countries keep one of its name on other days.
pub(crate) fn only(row: u16) -> Option<&'static Holiday> {
    let holiday = TABLE.get(usize::from(row))?;
    (TABLE.iter().filter(|h| h.name == holiday.name).count() == 1).then_some(holiday)
}

/// The holiday of a row.
pub(crate) fn row(row: u16) -> Option<&'static Holiday> {
    TABLE.get(usize::from(row))
}

static COUNTRIES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let pair = |row: Vec<&'static str>| match row.as_slice() {
        [word, country] => Some((*word, *country)),
        _ => None,
    };
    rows(include_str!("../../../data/times/countries.tsv")).filter_map(pair).collect()
});

/// The row of the same name that the country named by this word keeps.
pub(crate) fn row_of(row: u16, word: &str) -> Option<u16> {
    let country = COUNTRIES.iter().find(|(w, _)| w.eq_ignore_ascii_case(word))?.1;
    let name = TABLE.get(usize::from(row))?.name;
    let found = TABLE.iter().position(|h| h.name == name && h.country == Some(country))?;
    u16::try_from(found).ok()
}

/// All holidays of this name (in lower case: `independence day`), one for each country that keeps it on its own day.
pub fn holidays(name: &str) -> Vec<Holiday> {
    TABLE.iter().filter(|h| h.name == name).copied().collect()
}

impl Holiday {
    /// The day it falls on in a year; `None` outside the calendar.
    pub fn day(&self, year: i16) -> Option<Date> {
        match self.rule {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Nth(month, weekday, nth) => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Rule::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
            Rule::Orthodox(days) => orthodox_easter(year)?.checked_add(days.days()).ok(),
        }
    }
}

/// Western Easter Sunday (the anonymous Gregorian algorithm, Nature 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(year, (sum / 31) as i8, (sum % 31 + 1) as i8).ok()
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus' Julian algorithm).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(4), y.rem_euclid(7), y.rem_euclid(19));
    let d = (19 * c + 15).rem_euclid(30);
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let sum = d + e + 114;
    let shift = y / 100 - y / 400 - 2;
    Date::new(year, (sum / 31) as i8, (sum % 31 + 1) as i8).ok()?.checked_add(shift.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, year: i16, expected: &str) {
        let days: Vec<String> = holidays(name).iter().filter_map(|h| h.day(year)).map(|d| d.to_string()).collect();
        assert!(days.iter().any(|d| d == expected), "{name} {year}: {days:?}");
    }

    #[test]
    fn known_days() {
        check("easter", 2025, "2025-04-20");
        check("easter", 2024, "2024-03-31");
        check("good friday", 2023, "2023-04-07");
        check("orthodox easter", 2024, "2024-05-05");
        check("orthodox easter", 2025, "2025-04-20");
        check("thanksgiving", 2025, "2025-11-27");
        check("memorial day", 2025, "2025-05-26");
        check("presidents' day", 2024, "2024-02-19");
        check("independence day", 2025, "2025-07-04");
        check("independence day", 2025, "2025-08-24");
    }

    #[test]
    fn every_year_is_safe() {
        for year in [-9999, -1, 0, 1, 1582, 9999] {
            for holiday in TABLE.iter() {
                let _ = holiday.day(year);
            }
        }
    }
}
