//! Owns dates as intervals: what is known of a day, and how it is written in EDTF (ISO 8601-2, levels 0 and 1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day (proleptic Gregorian).
pub type Date = jiff::civil::Date;

/// The days among which a date lies, both bounds inclusive; an open bound is `None`.
///
/// A known day has equal bounds; a month is all its days; "before July 3" is open at the start. It prints as the
/// shortest EDTF that says exactly the same: `2025-07-03`, `2025-07`, `2025`, `2025-06-01/2025-07-03`, `../2025-07-02`, `..`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Interval {
    /// No earlier than this day.
    pub earliest: Option<Date>,
    /// No later than this day.
    pub latest: Option<Date>,
}

impl Interval {
    /// Nothing is known.
    pub const UNKNOWN: Interval = Interval { earliest: None, latest: None };

    /// Exactly this day.
    pub fn day(day: Date) -> Self {
        Interval { earliest: Some(day), latest: Some(day) }
    }

    /// From `first` to `last`, in whichever order they come.
    pub fn between(first: Date, last: Date) -> Self {
        Interval { earliest: Some(first.min(last)), latest: Some(first.max(last)) }
    }

    /// All days of a month; `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Interval::between(first, first.last_of_month()))
    }

    /// All days of a year; `None` outside the calendar.
    pub fn year(year: i16) -> Option<Self> {
        Some(Interval::between(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
    }

    /// This day or earlier.
    pub fn until(day: Date) -> Self {
        Interval { earliest: None, latest: Some(day) }
    }

    /// This day or later.
    pub fn since(day: Date) -> Self {
        Interval { earliest: Some(day), latest: None }
    }

    /// Whether both bounds are open.
    pub fn is_unknown(self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// The day, when it is exactly one.
    pub fn as_day(self) -> Option<Date> {
        (self.earliest == self.latest).then_some(self.earliest).flatten()
    }

    /// Number of days it leaves open; `None` when a bound is open.
    pub fn days(self) -> Option<i32> {
        let (a, b) = (self.earliest?, self.latest?);
        Some((b - a).get_days() + 1)
    }

    /// The days in both, or `None` when there is none.
    pub fn intersect(self, other: Interval) -> Option<Interval> {
        let earliest = match (self.earliest, other.earliest) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (earliest, latest) {
            (Some(a), Some(b)) if a > b => None,
            _ => Some(Interval { earliest, latest }),
        }
    }

    /// Whether some day lies in both.
    pub fn overlaps(self, other: Interval) -> bool {
        self.intersect(other).is_some()
    }

    /// Whether every day of this one lies in `other`.
    pub fn within(self, other: Interval) -> bool {
        self.intersect(other) == Some(self)
    }

    /// The interval moved by whole days; bounds that leave the calendar become open.
    pub fn shift(self, days: i32) -> Interval {
        let step = jiff::Span::new().try_days(days).ok();
        let go = |d: Option<Date>| d.and_then(|d| d.checked_add(step?).ok());
        Interval { earliest: go(self.earliest), latest: go(self.latest) }
    }

    /// The shortest EDTF text with this meaning.
    pub fn edtf(self) -> String {
        match (self.earliest, self.latest) {
            (None, None) => "..".to_owned(),
            (None, Some(b)) => format!("../{}", iso(b)),
            (Some(a), None) => format!("{}/..", iso(a)),
            (Some(a), Some(b)) if a == b => iso(a),
            (Some(a), Some(_)) if Interval::year(a.year()) == Some(self) && a.year() >= 0 => {
                format!("{:04}", a.year())
            }
            (Some(a), Some(_)) if Interval::month(a.year(), a.month()) == Some(self) => {
                format!("{:04}-{:02}", a.year(), a.month())
            }
            (Some(a), Some(b)) => format!("{}/{}", iso(a), iso(b)),
        }
    }
}

fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf())
    }
}

/// A text that is no EDTF date of level 0 or of the part of level 1 that this program uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(pub String);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an EDTF date: {:?} (expected 2025-07-03, 2025-07, 2025, A/B, ../B, A/.. or ..)", self.0)
    }
}

impl std::error::Error for DateError {}

impl FromStr for Interval {
    type Err = DateError;

    /// Reads a day, month, year, or two of these with a slash; `..` or nothing is an open bound. A time of day after
    /// `T` and the qualifiers `~ ? %` are accepted and dropped.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError(text.to_owned());
        let point = |s: &str| -> Result<Interval, DateError> {
            let s = s.trim().split('T').next().unwrap_or("").trim_end_matches(['~', '?', '%']);
            if s.is_empty() || s == ".." {
                return Ok(Interval::UNKNOWN);
            }
            let parts: Vec<&str> = s.split('-').collect();
            if parts.iter().any(|p| p.is_empty() || p.len() > 4 || !p.bytes().all(|b| b.is_ascii_digit())) {
                return Err(bad());
            }
            let year = || parts[0].parse::<i16>().map_err(|_| bad());
            let number = |i: usize| parts[i].parse::<i8>().map_err(|_| bad());
            match parts.len() {
                1 if parts[0].len() == 4 => Interval::year(year()?).ok_or_else(bad),
                2 => Interval::month(year()?, number(1)?).ok_or_else(bad),
                3 => {
                    let day = Date::new(year()?, number(1)?, number(2)?).map_err(|_| bad())?;
                    Ok(Interval::day(day))
                }
                _ => Err(bad()),
            }
        };
        match text.split_once('/') {
            None => point(text),
            Some((a, b)) => {
                let whole = Interval { earliest: point(a)?.earliest, latest: point(b)?.latest };
                match (whole.earliest, whole.latest) {
                    (Some(a), Some(b)) if a > b => Err(bad()),
                    _ => Ok(whole),
                }
            }
        }
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.edtf())
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edtf_round_trips() {
        for text in ["2025-07-03", "2025-07", "2025", "2025-06-01/2025-07-03", "../2025-07-02", "2025-12-28/..", ".."] {
            assert_eq!(text.parse::<Interval>().map(|i| i.edtf()), Ok(text.to_owned()));
        }
        assert_eq!("2024-02".parse::<Interval>().ok().and_then(|i| i.days()), Some(29));
    }

    #[test]
    fn not_dates() {
        for text in ["2025-13", "2025-02-30", "soon", "25", "2025-07-03/2025-07-01", "2025-1-1-1"] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    /// 257 was cut to the eight bits of a month and gave January.
    #[test]
    fn a_day_of_the_year_is_no_month() {
        for text in ["2025-257", "2025-260-01", "2025-01-300"] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    fn any_interval() -> impl Strategy<Value = Interval> {
        let day = || proptest::option::of((1990i16..2030, 1i8..13, 1i8..29));
        (day(), day()).prop_map(|(a, b)| {
            let date = |x: Option<(i16, i8, i8)>| x.and_then(|(y, m, d)| Date::new(y, m, d).ok());
            match (date(a), date(b)) {
                (Some(a), Some(b)) => Interval::between(a, b),
                (earliest, latest) => Interval { earliest, latest },
            }
        })
    }

    proptest! {
        #[test]
        fn printing_loses_nothing(interval in any_interval()) {
            prop_assert_eq!(interval.edtf().parse::<Interval>(), Ok(interval));
        }

        #[test]
        fn intersection_is_inside_both(a in any_interval(), b in any_interval()) {
            if let Some(both) = a.intersect(b) {
                prop_assert!(both.within(a) && both.within(b));
            }
        }
    }
}
