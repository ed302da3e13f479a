//! Owns TIMEX3 (TimeML 1.2.1): the type and value of an expression, for comparison with other taggers.

use readout_types::Date;

use crate::resolve::step;
use crate::{DateBase, DateMeaning, DayPart, Direction, Expression, Grain, Meaning, PartialDate, Period};

/// A TIMEX3 annotation without its extent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex3 {
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// The normalised value: `2013-03-22`, `2013-W12`, `P2Y`, `PAST_REF`.
    pub value: String,
}

impl Expression {
    /// Type and value in TimeML. `reference` is the day of writing; for expressions counted from another event, pass
    /// that event's day.
    pub fn timex3(&self, reference: Option<Date>, direction: Direction) -> Timex3 {
        let timex = |kind, value: String| Timex3 { kind, value };
        match &self.meaning {
            Meaning::Date(date) => {
                if let DateBase::Stretch { unit, amount, vague, .. } = date.base {
                    return timex("DURATION", length(unit, amount, vague));
                }
                if self.rule == "event.distance-of"
                    && let DateBase::Event { unit, amount, vague, .. } = date.base
                {
                    return timex("DURATION", length(unit, Some(amount.abs()), vague));
                }
                let kind = if date.day_part.is_some() { "TIME" } else { "DATE" };
                timex(kind, date.value(reference, direction))
            }
            Meaning::Clock(clock) => {
                let day = reference.map_or("XXXX-XX-XX".to_owned(), |d| d.to_string());
                timex("TIME", format!("{day}T{:02}:{:02}", clock.hour, clock.minute))
            }
            Meaning::Duration(duration) => {
                let minutes = match self.rule {
                    "duration.nearly" | "duration.at-most" => duration.max.or(duration.min),
                    "duration.about" => duration.min.zip(duration.max).map(|(a, b)| a.midpoint(b)),
                    _ => duration.min.or(duration.max),
                };
                let vague = self.rule == "duration.exact" && duration.min != duration.max;
                let value = match minutes.unwrap_or(0) {
                    m if m >= 60 && (m % 60 == 0 || vague) => length(Grain::Hour, Some(m as f32 / 60.0), vague),
                    m => length(Grain::Minute, Some(m as f32), vague),
                };
                timex("DURATION", value)
            }
            Meaning::Period(Period { unit, stated, .. }) => timex("DURATION", length(*unit, *stated, false)),
            Meaning::Set(set) => match set.weekday {
                Some(day) => timex("SET", format!("XXXX-WXX-{day}")),
                None => timex("SET", length(set.unit, Some(set.every as f32), false)),
            },
        }
    }
}

fn letter(unit: Grain) -> &'static str {
    match unit {
        Grain::Second => "S",
        Grain::Minute => "M",
        Grain::Hour => "H",
        Grain::Day | Grain::Unknown => "D",
        Grain::Weekend => "WE",
        Grain::Week => "W",
        Grain::Month => "M",
        Grain::Quarter => "Q",
        Grain::Season | Grain::Year => "Y",
        Grain::Decade => "DE",
        Grain::Century => "CE",
    }
}

/// `P3M`, `PT2H`, `PXD` where the number is not known.
fn length(unit: Grain, amount: Option<f32>, vague: bool) -> String {
    let time = if unit < Grain::Day { "T" } else { "" };
    match amount.filter(|_| !vague) {
        Some(n) if n.fract().abs() < 0.01 => format!("P{time}{}{}", n.round() as i64, letter(unit)),
        Some(n) => format!("P{time}{n:.1}{}", letter(unit)),
        None => format!("P{time}X{}", letter(unit)),
    }
}

fn day_part(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Midday => "T12:00",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
    }
}

/// A day at the grain of its expression: `2013-03-22`, `2013-W12`, `2013-03`, `2013`.
fn at_grain(day: Date, grain: Grain) -> String {
    let year = day.year();
    let week = day.iso_week_date();
    match grain {
        Grain::Week => format!("{:04}-W{:02}", week.year(), week.week()),
        Grain::Weekend => format!("{:04}-W{:02}-WE", week.year(), week.week()),
        Grain::Month => format!("{year:04}-{:02}", day.month()),
        Grain::Quarter => format!("{year:04}-Q{}", (day.month() - 1) / 3 + 1),
        Grain::Season => match day.month() {
            3..=5 => format!("{year:04}-SP"),
            6..=8 => format!("{year:04}-SU"),
            9..=11 => format!("{year:04}-FA"),
            _ => format!("{year:04}-WI"),
        },
        Grain::Year => format!("{year:04}"),
        Grain::Decade => format!("{:03}", year / 10),
        Grain::Century => format!("{:02}", year / 100),
        _ => day.to_string(),
    }
}

impl DateMeaning {
    fn value(&self, reference: Option<Date>, direction: Direction) -> String {
        let part = self.day_part.map_or("", day_part);
        let grain = self.grain();
        match self.base {
            DateBase::Past => return "PAST_REF".to_owned(),
            DateBase::Present => return "PRESENT_REF".to_owned(),
            DateBase::Future => return "FUTURE_REF".to_owned(),
            DateBase::Event { vague: true, amount, .. } => {
                return if amount < 0.0 { "PAST_REF".to_owned() } else { "FUTURE_REF".to_owned() };
            }
            DateBase::Distance { vague: true, amount, .. } => {
                return if amount < 0.0 { "PAST_REF".to_owned() } else { "FUTURE_REF".to_owned() };
            }
            DateBase::Decade(start) => return format!("{:03}", start / 10),
            DateBase::Century(n) => {
                return if n > 0 { format!("{:02}", n - 1) } else { format!("BC{:02}", -n - 1) };
            }
            DateBase::Calendar(PartialDate { year: Some(year), .. }, _) if year <= 0 => {
                return format!("BC{:04}", 1 - year);
            }
            _ => {}
        }
        let counted = match self.base {
            DateBase::Distance { unit, amount, .. } | DateBase::Event { unit, amount, .. } => {
                reference.and_then(|d| step(d, unit, amount))
            }
            _ => None,
        };
        let day = counted.or_else(|| self.days(reference, direction).ok()?.interval.earliest);
        match day {
            Some(day) => match self.base {
                DateBase::Fraction { nth, of: 2, .. } => format!("{:04}-H{nth}", day.year()),
                DateBase::Season { season, .. } => {
                    format!("{:04}-{}", day.year(), ["SP", "SU", "FA", "WI"][(season - 1).clamp(0, 3) as usize])
                }
                _ => format!("{}{part}", at_grain(day, grain)),
            },
            None => match self.base {
                DateBase::Calendar(PartialDate { month: Some(m), day: Some(d), .. }, _) => {
                    format!("XXXX-{m:02}-{d:02}{part}")
                }
                DateBase::Calendar(PartialDate { month: Some(m), .. }, _) => format!("XXXX-{m:02}"),
                DateBase::Weekday { weekday, .. } => format!("XXXX-WXX-{weekday}{part}"),
                _ => format!("XXXX-XX-XX{part}"),
            },
        }
    }
}
