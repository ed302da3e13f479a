//! Owns the choice among the days that a name fits: the nearest weekday, month, season or holiday to a reference day.

use jiff::civil::Weekday;
use jiff::{Span, ToSpan};
use readout_types::{Date, Interval};

use crate::{Direction, Grain, PartialDate, Which};

/// Where the chosen day lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Same,
    Before,
    After,
}

/// Monday of the ISO week of a day.
fn monday(day: Date) -> Option<Date> {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    days_after(day, -back)
}

/// The day so many days later, earlier where the number is negative; `None` outside the calendar.
pub(crate) fn days_after(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The day with this ISO weekday; whether the words leave no doubt.
pub(crate) fn weekday(
    weekday: i8,
    which: Which,
    week: Option<i32>,
    day: Date,
    direction: Direction,
) -> Option<(Date, Place, bool)> {
    Weekday::from_monday_one_offset(weekday).ok()?;
    let today = i32::from(day.weekday().to_monday_one_offset());
    let wanted = i32::from(weekday);
    let back = (today - wanted).rem_euclid(7);
    let forward = (wanted - today).rem_euclid(7);
    let (offset, exact) = match (week, which, direction) {
        (Some(week), ..) => (wanted - today + 7 * week, true),
        (_, Which::Last, _) => (if back == 0 { -7 } else { -back }, true),
        (_, Which::Next, _) => {
            // "next Friday" said on a Monday is a Friday of the week after; on a Saturday it is six days off.
            let near = if forward == 0 { 7 } else { forward };
            if today + near <= 7 { (near + 7, false) } else { (near, true) }
        }
        (_, Which::Coming, _) => (if forward == 0 { 7 } else { forward }, true),
        (_, Which::This, Direction::Unknown) => (wanted - today, true),
        (_, _, Direction::Future) => (forward, true),
        // Tomorrow's weekday may be tomorrow: the text may have been written west of the events.
        _ => (-back, back != 6),
    };
    let found = days_after(day, offset)?;
    let place = match offset {
        0 => Place::Same,
        n if n < 0 => Place::Before,
        _ => Place::After,
    };
    Some((found, place, exact))
}

/// A whole unit counted from the one that holds the reference.
pub(crate) fn unit(unit: Grain, offset: i32, day: Date, direction: Direction) -> Option<Interval> {
    let years = |n: i32| i16::try_from(i32::from(day.year()).checked_add(n)?).ok();
    match unit {
        Grain::Day => Some(Interval::day(days_after(day, offset)?)),
        Grain::Week => {
            let first = days_after(monday(day)?, offset.checked_mul(7)?)?;
            Some(Interval::between(first, first.checked_add(6.days()).ok()?))
        }
        Grain::Weekend => {
            let today = day.weekday().to_monday_one_offset();
            // On the first days of a week "the weekend" of a past tense is the one just over.
            let back = offset == 0
                && match direction {
                    Direction::Future => false,
                    Direction::Past => today < 6,
                    Direction::Unknown => today < 4,
                };
            let week = offset.checked_sub(i32::from(back))?.checked_mul(7)?;
            let saturday = days_after(monday(day)?, week.checked_add(5)?)?;
            Some(Interval::between(saturday, saturday.checked_add(1.days()).ok()?))
        }
        Grain::Month => {
            let first = day.first_of_month().checked_add(Span::new().try_months(offset).ok()?).ok()?;
            Interval::month(first.year(), first.month())
        }
        Grain::Quarter => {
            let index = i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3);
            let index = index.checked_add(offset)?;
            fraction_of((index.rem_euclid(4) + 1) as i8, 4, i16::try_from(index.div_euclid(4)).ok()?)
        }
        Grain::Year => Interval::year(years(offset)?),
        Grain::Decade => decades(day, 10, offset),
        Grain::Century => decades(day, 100, offset),
        Grain::Season => None,
        Grain::Second | Grain::Minute | Grain::Hour => Some(Interval::day(day)),
        Grain::Unknown => None,
    }
}

fn decades(day: Date, years: i32, offset: i32) -> Option<Interval> {
    let first = i32::from(day.year()).div_euclid(years).checked_add(offset)?.checked_mul(years)?;
    let first = i16::try_from(first).ok()?;
    let last = first.checked_add(years as i16 - 1)?;
    Some(Interval { earliest: Interval::year(first)?.earliest, latest: Interval::year(last)?.latest })
}

/// The one of the yearly intervals that the words and the verb choose. `slack` days are allowed on the wrong side,
/// for time zones.
pub(crate) fn yearly(
    of: impl Fn(i16) -> Option<Interval>,
    which: Which,
    day: Date,
    direction: Direction,
    slack: i32,
) -> Option<Interval> {
    let this = day.year();
    match which {
        Which::LastYear => return of(this.checked_sub(1)?),
        Which::ThisYear => return of(this),
        Which::NextYear => return of(this.checked_add(1)?),
        _ => {}
    }
    // Several years around, for 29 February.
    let mut all: Vec<Interval> = (-5..=5).filter_map(|n| of(this.checked_add(n)?)).collect();
    all.retain(|i| i.earliest.is_some() && i.latest.is_some());
    let distance = |i: &Interval| -> i32 {
        let (Some(first), Some(last)) = (i.earliest, i.latest) else { return i32::MAX };
        if first > day {
            (first - day).get_days()
        } else if last < day {
            (last - day).get_days()
        } else {
            0
        }
    };
    let past = |limit: i32| all.iter().filter(|i| distance(i) <= limit).max_by_key(|i| i.earliest).copied();
    let future = |limit: i32| all.iter().filter(|i| distance(i) >= -limit).min_by_key(|i| i.earliest).copied();
    match (which, direction) {
        (Which::Last, _) => past(-1),
        (Which::Next | Which::Coming, _) => future(-1),
        (Which::This, _) => of(this),
        (_, Direction::Past) => past(slack),
        (_, Direction::Future) => future(slack),
        (_, Direction::Unknown) => all.iter().min_by_key(|i| (distance(i).abs(), distance(i))).copied(),
    }
}

/// A date without a year.
pub(crate) fn calendar(date: PartialDate, which: Which, day: Date, direction: Direction) -> Option<Interval> {
    if date.month.is_none() && date.day.is_some() {
        return day_of_month(date, day, direction);
    }
    let of = |year: i16| PartialDate { year: Some(year), ..date }.interval();
    if let (Some(weekday), Which::Nearest) = (date.weekday, which) {
        // A weekday beside the date picks the year, when one near has it.
        let fits =
            |year: i16| of(year).filter(|i| i.earliest.is_some_and(|d| d.weekday().to_monday_one_offset() == weekday));
        let near = [0, -1, 1]
            .into_iter()
            .filter_map(|n| fits(day.year().checked_add(n)?))
            .min_by_key(|i| i.earliest.map_or(i32::MAX, |d| (d - day).get_days().abs()));
        if near.is_some() {
            return near;
        }
    }
    let slack = if date.day.is_some() { 2 } else { 0 };
    let found = yearly(of, which, day, direction, slack)?;
    if date.day.is_none() || which != Which::Nearest {
        return Some(found);
    }
    // A day a year off would be written with its year: where the verb's side is that far and the other side near, the
    // sentence was misread ("agreed on talks after June 22").
    let off = |i: &Interval| i.earliest.map_or(i32::MAX, |d| (d - day).get_days().abs());
    let other = yearly(of, which, day, Direction::Unknown, slack)?;
    Some(if off(&found) > 300 && off(&other) < 60 { other } else { found })
}

/// "the 14th": the nearest day of that number in the direction.
fn day_of_month(date: PartialDate, day: Date, direction: Direction) -> Option<Interval> {
    let wanted = date.day?;
    let candidates = (-3..=3i32).filter_map(|n| {
        let month = day.first_of_month().checked_add(n.months()).ok()?;
        Date::new(month.year(), month.month(), wanted).ok()
    });
    let distance = |d: &Date| (*d - day).get_days();
    let fits = |d: &Date| date.weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w);
    let found = match direction {
        Direction::Past => candidates.filter(|d| distance(d) <= 1 && fits(d)).max(),
        Direction::Future => candidates.filter(|d| distance(d) >= 0 && fits(d)).min(),
        Direction::Unknown => candidates.filter(fits).min_by_key(|d| (distance(d).abs(), distance(d))),
    };
    found.map(Interval::day)
}

/// The months of a season of a year, in the northern half of the earth. The winter of a year may be the one that ends
/// or the one that begins in it, so both are covered.
pub(crate) fn season_of(season: i8, year: i16) -> Option<Interval> {
    let months = |y: i16, a: i8, z: i16, b: i8| {
        let (first, last) = (Interval::month(y, a)?, Interval::month(z, b)?);
        Some(Interval { earliest: first.earliest, latest: last.latest })
    };
    match season {
        1 => months(year, 3, year, 5),
        2 => months(year, 6, year, 8),
        3 => months(year, 9, year, 11),
        4 => months(year, 1, year.checked_add(1)?, 2),
        _ => None,
    }
}

pub(crate) fn season(season: i8, which: Which, day: Date, direction: Direction) -> Option<Interval> {
    let of = |year: i16| match season {
        // A winter by itself begins in December.
        4 => {
            let first = Interval::month(year, 12)?.earliest;
            Some(Interval { earliest: first, latest: Interval::month(year.checked_add(1)?, 2)?.latest })
        }
        _ => season_of(season, year),
    };
    if which == Which::This && season != 4 {
        return of(day.year());
    }
    if which == Which::This {
        // "this winter" in January is the one under way.
        return yearly(of, Which::Nearest, day, Direction::Unknown, 0);
    }
    yearly(of, which, day, direction, 0)
}

/// A quarter or half of a year.
pub(crate) fn fraction_of(nth: i8, of: i8, year: i16) -> Option<Interval> {
    let months = 12 / of.max(1);
    let (first, last) = (Interval::month(year, (nth - 1) * months + 1)?, Interval::month(year, nth * months)?);
    Some(Interval { earliest: first.earliest, latest: last.latest })
}

pub(crate) fn fraction(nth: i8, of: i8, which: Which, day: Date, direction: Direction) -> Option<Interval> {
    let which = match which {
        Which::Last => Which::LastYear,
        Which::This => Which::ThisYear,
        Which::Next => Which::NextYear,
        other => other,
    };
    yearly(|y| fraction_of(nth, of, y), which, day, direction, 0)
}
