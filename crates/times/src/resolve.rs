//! Owns the step from a meaning and a reference day to an interval of days.

use jiff::Span;
use readout_types::{Date, Interval};

use crate::nearest::{self, Place};
use crate::{Anchor, Bound, DateBase, DateMeaning, DayPart, Direction, Expression, Grain, Meaning, Part, PartialDate};
use crate::{Resolved, Which};

impl Expression {
    /// The days it denotes, with the word before it taken into account ("since", "by", "before"). `reference`: the
    /// day the text was written; `direction`: where the verb points.
    ///
    /// Without a reference only dates with a year have an interval. A bare weekday is the day of that name in the
    /// seven days up to and including the reference (from it on, for the future). Clock times, lengths and recurring
    /// times have no days of their own, except a length after "in" or "within".
    pub fn resolve(&self, reference: Option<Date>, direction: Direction) -> Resolved {
        let unknown = |grain, basis: &str| Resolved {
            interval: Interval::UNKNOWN,
            anchor: Anchor::Document,
            grain,
            basis: basis.to_owned(),
            exact: false,
        };
        let found = match &self.meaning {
            Meaning::Date(date) => date.resolve(reference, direction),
            Meaning::Clock(_) => unknown(Grain::Minute, "time of day"),
            Meaning::Duration(_) => unknown(Grain::Minute, "length"),
            Meaning::Set(set) => unknown(set.unit, "recurring"),
            Meaning::Period(period) => {
                let steps = period.max.or(period.min).unwrap_or(0.0);
                let (Some(day), Bound::Within) = (reference, self.bound) else { return unknown(period.unit, "length") };
                let interval = match direction {
                    Direction::Future => span_of(day, step(day, period.unit, steps)),
                    Direction::Past => span_of(day, step(day, period.unit, -steps)),
                    Direction::Unknown => return unknown(period.unit, "length"),
                };
                return Resolved {
                    interval,
                    anchor: Anchor::Document,
                    grain: period.unit,
                    basis: format!("within a length of {day}"),
                    exact: false,
                };
            }
        };
        // "Before the end of the year" still is in December.
        let late = matches!(&self.meaning, Meaning::Date(date) if date.part == Some(Part::Late));
        let bound = if late && self.bound == Bound::Before { Bound::Until } else { self.bound };
        bounded(found, bound, reference, direction)
    }
}

/// Applies "since", "by", "before", "after" to an interval.
fn bounded(mut found: Resolved, bound: Bound, reference: Option<Date>, direction: Direction) -> Resolved {
    let Interval { earliest, latest } = found.interval;
    if found.interval.is_unknown() {
        return found;
    }
    let past = |day: Option<Date>| reference.filter(|r| direction != Direction::Future && day.is_some_and(|d| d <= *r));
    let ahead = |day: Option<Date>| reference.filter(|r| direction != Direction::Past && day.is_some_and(|d| d >= *r));
    let (interval, word) = match bound {
        Bound::At | Bound::Within => return found,
        Bound::Since => (Interval { earliest, latest: past(earliest) }, "since"),
        Bound::After => (Interval { earliest, latest: past(earliest) }, "after"),
        Bound::Until => (Interval { earliest: ahead(latest), latest }, "until"),
        Bound::Before => {
            let latest = earliest.and_then(|d| d.yesterday().ok());
            (Interval { earliest: ahead(latest), latest }, "before")
        }
    };
    found.interval = interval;
    found.basis = format!("{word} {}", found.basis);
    found.exact = false;
    found
}

/// The days between two, either of which may be missing.
fn span_of(a: Date, b: Option<Date>) -> Interval {
    b.map_or(Interval::UNKNOWN, |b| Interval::between(a, b))
}

/// The day so many units away; fractions of months and years count as days. `None` outside the calendar.
pub(crate) fn step(day: Date, unit: Grain, amount: f32) -> Option<Date> {
    let whole = amount.trunc();
    if whole.abs() > 20_000.0 {
        return None;
    }
    let rest = ((amount - whole) * days_per(unit)).round() as i32;
    let whole = whole as i32;
    let span = match unit {
        Grain::Month => Span::new().try_months(whole),
        Grain::Quarter => Span::new().try_months(whole * 3),
        Grain::Year => Span::new().try_years(whole),
        Grain::Decade => Span::new().try_years(whole * 10),
        Grain::Century => Span::new().try_years(whole * 100),
        _ => Span::new().try_days((whole as f32 * days_per(unit)).round() as i32),
    };
    nearest::days_after(day.checked_add(span.ok()?).ok()?, rest)
}

fn days_per(unit: Grain) -> f32 {
    match unit {
        Grain::Second | Grain::Minute | Grain::Hour => 1.0 / 24.0,
        Grain::Week | Grain::Weekend => 7.0,
        Grain::Month => 30.4,
        Grain::Quarter => 91.3,
        Grain::Year => 365.25,
        Grain::Decade => 3652.5,
        Grain::Century => 36525.0,
        _ => 1.0,
    }
}

/// The days of a date before its part and the direction narrow them.
pub(crate) struct Days {
    pub interval: Interval,
    anchor: Anchor,
    basis: String,
    exact: bool,
}

impl DateMeaning {
    fn resolve(&self, reference: Option<Date>, direction: Direction) -> Resolved {
        let grain = self.grain();
        let Days { interval, anchor, basis, exact } = match self.days(reference, direction) {
            Ok(days) => days,
            Err((anchor, basis)) => {
                let basis = basis.to_owned();
                let exact = matches!(self.base, DateBase::Event { unit: Grain::Day, vague: false, about: false, .. });
                return Resolved { interval: Interval::UNKNOWN, anchor, grain, basis, exact };
            }
        };
        let (mut interval, exact) = match self.part {
            None => (interval, exact),
            Some(part) => (part_of(interval, grain, part, reference), exact && interval.as_day().is_some()),
        };
        if self.night_before() {
            interval = cover(interval.shift(-1), interval);
        }
        let interval = clip(interval, anchor, reference, direction);
        Resolved { interval, anchor, grain, basis, exact }
    }

    /// The days named, or why there are none.
    pub(crate) fn days(&self, reference: Option<Date>, direction: Direction) -> Result<Days, (Anchor, &'static str)> {
        const NONE: (Anchor, &str) = (Anchor::Document, "not enough to tell the days");
        let absolute = |interval: Option<Interval>, basis: &str, exact| {
            let basis = basis.to_owned();
            interval.map(|interval| Days { interval, anchor: Anchor::Absolute, basis, exact }).ok_or(NONE)
        };
        match self.base {
            DateBase::Event { unit, amount, .. } => {
                let days = (amount * days_per(unit)).round().clamp(-1.0e6, 1.0e6) as i32;
                let offset_days = if unit < Grain::Day { 0 } else { days };
                Err((Anchor::Event { offset_days }, "counted from another event"))
            }
            DateBase::Weekday { which: Which::That | Which::Previous | Which::Following, .. }
            | DateBase::Season { which: Which::That | Which::Previous | Which::Following, year: None, .. }
            | DateBase::Fraction { which: Which::That | Which::Previous | Which::Following, year: None, .. } => {
                Err((Anchor::Event { offset_days: 0 }, "near another event"))
            }
            DateBase::Calendar(date, Which::That | Which::Previous | Which::Following) if date.year.is_none() => {
                Err((Anchor::Event { offset_days: 0 }, "near another event"))
            }
            DateBase::Calendar(date, _) if date.year.is_some() => {
                let interval = date.interval().ok_or((Anchor::Absolute, "no day of the calendar"))?;
                let weekday = interval.as_day().map(|d| d.weekday().to_monday_one_offset());
                let clash = date.weekday.is_some() && weekday.is_some() && date.weekday != weekday;
                let basis = if clash { "explicit date; its weekday disagrees" } else { "explicit date" };
                absolute(Some(interval), basis, !clash)
            }
            DateBase::Decade(start) => {
                let last = Interval::year(start.saturating_add(9));
                absolute(Interval::year(start).zip(last).map(|(a, b)| cover(a, b)), "explicit decade", true)
            }
            DateBase::Century(n) if (1..=99).contains(&n) => {
                let last = Interval::year(n * 100 - 1);
                absolute(Interval::year((n - 1) * 100).zip(last).map(|(a, b)| cover(a, b)), "explicit century", true)
            }
            DateBase::Century(_) => Err(NONE),
            DateBase::Season { season, year: Some(year), .. } => {
                absolute(nearest::season_of(season, year), "explicit season", season != 4)
            }
            DateBase::Fraction { nth, of, year: Some(year), .. } => {
                absolute(nearest::fraction_of(nth, of, year), "explicit part of a year", true)
            }
            DateBase::Holiday { row, placed, .. } if holiday(row, placed).is_none() => {
                Err((Anchor::Document, "several countries have a holiday of this name"))
            }
            DateBase::Holiday { row, placed, year: Some(year), shift, .. } => {
                let day = holiday(row, placed).and_then(|h| h.day(year));
                absolute(day.map(|d| Interval::day(d).shift(shift)), "holiday", true)
            }
            _ => {
                let day = reference.ok_or((Anchor::Document, "the day of writing is not known"))?;
                let (interval, basis, exact) = self.relative(day, direction).ok_or(NONE)?;
                Ok(Days { interval, anchor: Anchor::Document, basis, exact })
            }
        }
    }

    /// "overnight" may lie on either side of midnight.
    fn night_before(&self) -> bool {
        self.base == DateBase::Unit { unit: Grain::Day, offset: 0 }
            && self.day_part == Some(DayPart::Night)
            && self.part == Some(Part::Early)
    }

    /// How fine it is.
    pub fn grain(&self) -> Grain {
        match self.base {
            DateBase::Calendar(PartialDate { day: Some(_), .. }, _) => Grain::Day,
            DateBase::Calendar(PartialDate { month: Some(_), .. }, _) => Grain::Month,
            DateBase::Calendar(..) => Grain::Year,
            DateBase::Weekday { .. } | DateBase::Holiday { .. } => Grain::Day,
            DateBase::Unit { unit, .. }
            | DateBase::Distance { unit, .. }
            | DateBase::Stretch { unit, .. }
            | DateBase::Event { unit, .. } => unit,
            DateBase::Decade(_) => Grain::Decade,
            DateBase::Century(_) => Grain::Century,
            DateBase::Season { .. } => Grain::Season,
            DateBase::Fraction { of: 4, .. } => Grain::Quarter,
            DateBase::Fraction { .. } => Grain::Season,
            DateBase::Past | DateBase::Present | DateBase::Future => Grain::Unknown,
        }
    }

    /// Meanings that need the day of writing.
    fn relative(&self, day: Date, direction: Direction) -> Option<(Interval, String, bool)> {
        let told = |interval, basis: String, exact| Some((interval, basis, exact));
        match self.base {
            DateBase::Calendar(date, which) => {
                let interval = nearest::calendar(date, which, day, direction)?;
                let what = if date.day.is_some() { "day and month" } else { "month" };
                told(interval, format!("{what} nearest {day}"), true)
            }
            DateBase::Weekday { weekday, which, week } => {
                let (found, place, exact) = nearest::weekday(weekday, which, week, day, direction)?;
                let basis = match place {
                    Place::Same => format!("weekday of {day}"),
                    Place::Before => format!("weekday before {day}"),
                    Place::After => format!("weekday after {day}"),
                };
                told(Interval::day(found), basis, exact)
            }
            DateBase::Unit { unit, offset } => {
                let interval = nearest::unit(unit, offset, day, direction)?;
                told(interval, format!("{} of {day}", unit_basis(unit, offset)), unit != Grain::Weekend)
            }
            DateBase::Distance { unit, amount, vague, about } => {
                let vague = vague || about;
                let interval = distance(day, unit, amount, vague)?;
                told(interval, format!("counted from {day}"), unit == Grain::Day && !vague)
            }
            DateBase::Stretch { unit, amount, ahead, .. } => {
                let amount = amount.unwrap_or(match unit {
                    Grain::Day => 7.0,
                    Grain::Week => 6.0,
                    Grain::Month => 12.0,
                    Grain::Year => 10.0,
                    _ => 3.0,
                });
                let hours = if unit < Grain::Day { (amount * minutes(unit) / 1440.0).ceil() } else { amount };
                let unit = if unit < Grain::Day { Grain::Day } else { unit };
                let end = step(day, unit, if ahead { hours } else { -hours });
                let basis = if ahead { format!("from {day} on") } else { format!("up to {day}") };
                told(span_of(day, end), basis, false)
            }
            DateBase::Season { season, which, .. } => {
                told(nearest::season(season, which, day, direction)?, format!("season nearest {day}"), false)
            }
            DateBase::Fraction { nth, of, which, .. } => {
                told(nearest::fraction(nth, of, which, day, direction)?, format!("part of a year nearest {day}"), true)
            }
            DateBase::Holiday { row, placed, which, shift, .. } => {
                let holiday = holiday(row, placed)?;
                let found = nearest::yearly(|y| holiday.day(y).map(Interval::day), which, day, direction, 1)?;
                told(found.shift(shift), format!("holiday nearest {day}"), true)
            }
            DateBase::Past => told(Interval::until(day), format!("before {day}"), false),
            DateBase::Present => told(Interval::day(day), format!("at {day}"), false),
            DateBase::Future => told(Interval::since(day), format!("after {day}"), false),
            _ => None,
        }
    }
}

fn minutes(unit: Grain) -> f32 {
    match unit {
        Grain::Second => 1.0 / 60.0,
        Grain::Minute => 1.0,
        _ => 60.0,
    }
}

fn unit_basis(unit: Grain, offset: i32) -> &'static str {
    match (unit, offset) {
        (Grain::Day, 0) => "the day",
        (Grain::Day, -1) => "the day before that",
        (Grain::Day, 1) => "the day after that",
        (Grain::Week | Grain::Weekend, _) => "week relative to that",
        (Grain::Month, _) => "month relative to that",
        (Grain::Year, _) => "year relative to that",
        _ => "relative to that",
    }
}

/// The holiday of a row; without its country only where no other country keeps one of its name.
fn holiday(row: u16, placed: bool) -> Option<&'static crate::Holiday> {
    if placed { crate::holiday::row(row) } else { crate::holiday::only(row) }
}

fn cover(a: Interval, b: Interval) -> Interval {
    Interval { earliest: a.earliest, latest: b.latest }
}

/// What is told as past does not lie after the day of writing, what is to come not before it.
fn clip(interval: Interval, anchor: Anchor, reference: Option<Date>, direction: Direction) -> Interval {
    let Some(day) = reference.filter(|_| !matches!(anchor, Anchor::Event { .. })) else { return interval };
    if interval.as_day().is_some() {
        return interval;
    }
    let half = match direction {
        Direction::Past => Interval::until(day),
        Direction::Future => Interval::since(day),
        Direction::Unknown => return interval,
    };
    interval.intersect(half).unwrap_or(interval)
}

/// A part of an interval of days: a month's early days are 1 to 10, its middle 11 to 20; a year's parts are its
/// thirds (to April, to August); other units are cut in thirds by days.
fn part_of(interval: Interval, grain: Grain, part: Part, reference: Option<Date>) -> Interval {
    let (Some(first), Some(last)) = (interval.earliest, interval.latest) else { return interval };
    let length = interval.days().unwrap_or(1);
    if length <= 1 {
        return interval;
    }
    let from = |days: i32| nearest::days_after(first, days).unwrap_or(last).min(last);
    let third = (length + 2) / 3;
    let cut = |a: i32, b: i32| Interval::between(from(a), from(b));
    match part {
        Part::Early if grain == Grain::Month => cut(0, 9),
        Part::Mid if grain == Grain::Month => cut(10, 19),
        Part::Late if grain == Grain::Month => cut(20, length - 1),
        Part::Early | Part::Mid | Part::Late if grain == Grain::Year => {
            let months = |a: i8, b: i8| {
                let (a, b) = (Interval::month(first.year(), a), Interval::month(first.year(), b));
                a.zip(b).map_or(interval, |(a, b)| cover(a, b))
            };
            match part {
                Part::Early => months(1, 4),
                Part::Mid => months(5, 8),
                _ => months(9, 12),
            }
        }
        Part::Early => cut(0, third - 1),
        Part::Mid => cut(length / 3, length - 1 - length / 3),
        Part::Late => cut(length - third, length - 1),
        Part::FirstHalf => cut(0, (length - 1) / 2),
        Part::SecondHalf => cut(length / 2, length - 1),
        Part::Week(-1) => cut(length - 7, length - 1),
        Part::Week(n) => cut(7 * (i32::from(n) - 1), 7 * i32::from(n) - 1),
        Part::Earlier => {
            let end = reference.unwrap_or(last).clamp(first, last);
            Interval::between(first, end)
        }
        Part::Later => {
            let start = reference.unwrap_or(first).clamp(first, last);
            Interval::between(start, last)
        }
    }
}

/// A distance from the day of writing, as loose as its unit: a week is told within three days, a month within two
/// weeks, a year within three months, more years as the calendar year.
fn distance(day: Date, unit: Grain, amount: f32, vague: bool) -> Option<Interval> {
    if unit < Grain::Day {
        let days = (amount.abs() * minutes(unit) / 1440.0).ceil().max(1.0) * amount.signum();
        return Some(span_of(day, step(day, Grain::Day, days)));
    }
    let center = step(day, unit, amount)?;
    let count = amount.abs();
    let slack: f32 = match unit {
        Grain::Day if !vague => 0.0,
        Grain::Day => (count / 2.0).ceil().max(1.0),
        Grain::Week if !vague => 3.0,
        Grain::Week => 3.0 + 3.5 * count,
        Grain::Month if !vague => 15.0,
        Grain::Month => 15.0 + 10.0 * count,
        Grain::Year if count > 1.5 && count.fract() == 0.0 => {
            let spread = if vague { (count / 3.0).ceil() as i16 } else { 0 };
            let a = Interval::year(center.year().checked_sub(spread)?)?;
            return Some(cover(a, Interval::year(center.year().checked_add(spread)?)?));
        }
        Grain::Year => 92.0,
        other => days_per(other) * count.max(1.0) / 2.0,
    };
    let slack = slack as i32;
    let interval =
        Interval { earliest: nearest::days_after(center, -slack), latest: nearest::days_after(center, slack) };
    // A distance to the past ends before today, one to the future begins after.
    let side = if amount < 0.0 { Interval::until(day) } else { Interval::since(day) };
    interval.intersect(side)
}
