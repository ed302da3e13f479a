//! Owns what a time expression means before a reference day is known.

use readout_types::{Date, Duration, Interval, Span};

/// A time expression found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands, in bytes of the text, without the preposition before it.
    pub span: Span,
    /// What it says.
    pub meaning: Meaning,
    /// How the word before it bounds it: "since January", "by Friday".
    pub bound: Bound,
    /// Name of the rule that read it (`data/times/rules.toml`).
    pub rule: &'static str,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// Days, known or relative: "Dec. 28", "on Monday", "last week", "two weeks ago", "the previous day".
    Date(DateMeaning),
    /// A time of day: "10:00 EDT (14:00 GMT)", "3 p.m.", "noon".
    Clock(Clock),
    /// A length under a day, in minutes: "just over an hour", "90-minute".
    Duration(Duration),
    /// A length in days or longer: "30-day", "nearly three years".
    Period(Period),
    /// A recurring time: "every Monday", "weekly".
    Set(Set),
}

/// A length in days or longer units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// The unit.
    pub unit: Grain,
    /// At least this many units; `None` when open.
    pub min: Option<f32>,
    /// At most this many units; `None` when open.
    pub max: Option<f32>,
    /// The number as written; `None` for "several", "a few".
    pub stated: Option<f32>,
}

/// A recurring time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Set {
    /// What recurs: days, weeks, ….
    pub unit: Grain,
    /// Every so many units: 2 in "every other day".
    pub every: u32,
    /// ISO weekday (1 = Monday) for "every Monday".
    pub weekday: Option<i8>,
}

/// A time of day as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// As written: `10:00 EDT (14:00 GMT)`.
    pub text: String,
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// Zone as written (`EDT`, `GMT`, `Moscow time`).
    pub zone: Option<String>,
}

/// A date with what the words around it add.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateMeaning {
    /// The days meant.
    pub base: DateBase,
    /// Which part of them: "early", "mid-", "end of".
    pub part: Option<Part>,
    /// Which part of the day: "Monday morning".
    pub day_part: Option<DayPart>,
}

/// The days an expression names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateBase {
    /// Year, month and day, as far as given: "Dec. 28", "March 2024", "2025", "July 7-8".
    Calendar(PartialDate, Which),
    /// "Monday", "last Friday", "next Tuesday".
    Weekday {
        /// ISO: 1 = Monday.
        weekday: i8,
        /// Which one.
        which: Which,
        /// The week it is in, relative to the reference, where said: "Friday of last week" is -1.
        week: Option<i32>,
    },
    /// A whole unit counted from the reference's own: "today" is 0 days, "last week" -1 week, "next year" +1 year.
    Unit {
        /// The unit.
        unit: Grain,
        /// How many units away.
        offset: i32,
    },
    /// A distance from the reference: "two weeks ago" is -2 weeks, "three days from now" +3 days.
    Distance {
        /// The unit.
        unit: Grain,
        /// How many units, negative for the past; the middle where vague.
        amount: f32,
        /// The number is not said: "a few days ago".
        vague: bool,
        /// The number is loosened: "about a month ago", "nearly two years ago".
        about: bool,
    },
    /// Up to, or from, the reference: "the past three months" (-3 months), "the coming days".
    Stretch {
        /// The unit.
        unit: Grain,
        /// How many units, negative for the past; `None` where the text has none ("recent weeks").
        amount: Option<f32>,
        /// Towards the future.
        ahead: bool,
        /// "the past few days".
        vague: bool,
    },
    /// Counted from another event: "the day before" is -1 day, "two weeks later" +2 weeks.
    Event {
        /// The unit.
        unit: Grain,
        /// How many units after; negative for before.
        amount: f32,
        /// The number is not said: "a few days later", "hours earlier".
        vague: bool,
        /// The number is loosened: "about a week before".
        about: bool,
    },
    /// A decade: "the 1990s" is 1990.
    Decade(i16),
    /// A century by its number: "the 19th century" is 19.
    Century(i16),
    /// A season, quarter or half of a year, or a holiday.
    Season {
        /// 1 spring, 2 summer, 3 autumn, 4 winter (northern).
        season: i8,
        /// The year written.
        year: Option<i16>,
        /// Which one.
        which: Which,
    },
    /// A quarter (of 4) or half (of 2) of a year.
    Fraction {
        /// Which part, from 1.
        nth: i8,
        /// How many parts the year has: 4 or 2.
        of: i8,
        /// The year written.
        year: Option<i16>,
        /// Which one.
        which: Which,
    },
    /// A holiday, by its row in `data/times/holidays.tsv`.
    Holiday {
        /// Index of the row.
        row: u16,
        /// The year written.
        year: Option<i16>,
        /// Which one.
        which: Which,
        /// The country is known from the words beside it, so that the row is the one meant even where several
        /// countries keep a holiday of this name.
        placed: bool,
        /// Days after the holiday: -1 for "on the eve of".
        shift: i32,
    },
    /// "recently": some time before the reference.
    Past,
    /// "now", "currently".
    Present,
    /// "soon": some time after the reference.
    Future,
}

/// Which of the days that a name fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Which {
    /// Not said: the nearest in the direction of the verb.
    #[default]
    Nearest,
    /// "last", "past".
    Last,
    /// "this".
    This,
    /// "next", "coming".
    Next,
    /// "coming": the first ahead.
    Coming,
    /// "the previous", "the preceding": before another event.
    Previous,
    /// "the following", "the next": after another event.
    Following,
    /// "that Saturday": at or around another event.
    That,
    /// "November last year".
    LastYear,
    /// "May of this year".
    ThisYear,
    /// "March next year".
    NextYear,
}

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// Year; 0 and below for BC (astronomical).
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
    /// Last day of a range inside the month: "July 7-8".
    pub last_day: Option<i8>,
    /// ISO weekday, where written beside the date.
    pub weekday: Option<i8>,
}

impl PartialDate {
    /// All days it leaves open, when it has a year (and a day only with a month); `None` otherwise and for days that
    /// no calendar has.
    pub fn interval(self) -> Option<Interval> {
        let year = self.year.filter(|y| (0..=9999).contains(y))?;
        match (self.month, self.day) {
            (None, None) => Interval::year(year),
            (None, Some(_)) => None,
            (Some(m), None) => Interval::month(year, m),
            (Some(m), Some(d)) => {
                let first = Date::new(year, m, d).ok()?;
                let last = Date::new(year, m, self.last_day.unwrap_or(d)).ok()?;
                Some(Interval::between(first, last))
            }
        }
    }
}

/// A part of a month, year, week or other unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// "early", "the beginning of".
    Early,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    Late,
    /// "earlier this month": up to the reference.
    Earlier,
    /// "later this month": from the reference.
    Later,
    /// "the first half of".
    FirstHalf,
    /// "the second half of".
    SecondHalf,
    /// "the first week of" a month; -1 for the last.
    Week(i8),
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// "morning".
    Morning,
    /// "noon", "midday".
    Midday,
    /// "afternoon".
    Afternoon,
    /// "evening".
    Evening,
    /// "night", "overnight".
    Night,
}

/// How fine a date or length is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Weeks, Monday to Sunday.
    Week,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Seasons and halves of a year.
    Season,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
    /// Not said.
    Unknown,
}

/// How a preposition before an expression bounds the time of what is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At the time named.
    #[default]
    At,
    /// "since": from then to the reference.
    Since,
    /// "until", "by", "through": from the reference (where it lies ahead) to then.
    Until,
    /// "before", "prior to", "ahead of".
    Before,
    /// "after", "following".
    After,
    /// "in two weeks", "within a month": some time before the length is over.
    Within,
}

/// Where the verb of the sentence points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Told as past.
    Past,
    /// Told as to come.
    Future,
    /// Not known.
    #[default]
    Unknown,
}

/// The days an expression denotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The days among which the time lies.
    pub interval: Interval,
    /// What it was counted from.
    pub anchor: Anchor,
    /// How fine the expression is.
    pub grain: Grain,
    /// In a few words, why: "explicit date", "weekday before 2025-12-29".
    pub basis: String,
    /// Whether the expression names these days without vagueness ("last Friday", not "about a month ago"); for an
    /// event's anchor, whether the offset is sure ("two days later", not "a few days later").
    pub exact: bool,
}

/// What a date was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Nothing: the text gives the year.
    Absolute,
    /// The day the text was written.
    Document,
    /// The day of another event that the text tells of.
    Event {
        /// Days after that event; negative for before.
        offset_days: i32,
    },
}
