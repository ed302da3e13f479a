//! Owns days as plain numbers and ranges of them, so that a million reports can be sorted and swept quickly.

use readout_types::{Date, Interval};

/// Days since 1970-01-01 (proleptic Gregorian).
pub(crate) type Day = i32;

/// Stands for an open lower bound; far enough from the ends of `i32` that adding days cannot overflow.
pub(crate) const OPEN_LOW: Day = i32::MIN / 4;
/// Stands for an open upper bound.
pub(crate) const OPEN_HIGH: Day = i32::MAX / 4;

/// A range of days, both ends inclusive, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Days {
    pub low: Day,
    pub high: Day,
}

impl Days {
    pub(crate) const ALL: Days = Days { low: OPEN_LOW, high: OPEN_HIGH };

    pub(crate) fn of(interval: Interval) -> Days {
        Days { low: interval.earliest.map_or(OPEN_LOW, number), high: interval.latest.map_or(OPEN_HIGH, number) }
    }

    /// Number of days, large when a bound is open.
    pub(crate) fn width(self) -> i32 {
        self.high - self.low + 1
    }

    pub(crate) fn is_day(self) -> bool {
        self.low == self.high
    }

    /// The day of the week, 1 for Monday; `None` for several days.
    pub(crate) fn weekday(self) -> Option<i8> {
        // January 1, 1970 was a Thursday.
        (self.is_day() && self.is_bounded()).then(|| (self.low + 3).rem_euclid(7) as i8 + 1)
    }

    pub(crate) fn is_bounded(self) -> bool {
        self.low != OPEN_LOW && self.high != OPEN_HIGH
    }

    pub(crate) fn meet(self, other: Days) -> Option<Days> {
        let both = Days { low: self.low.max(other.low), high: self.high.min(other.high) };
        (both.low <= both.high).then_some(both)
    }

    /// Days between the two ranges: 0 when they overlap, 1 when one begins the day after the other ends.
    pub(crate) fn distance(self, other: Days) -> i32 {
        (self.low - other.high).max(other.low - self.high).max(0)
    }

    /// As people write it.
    pub(crate) fn edtf(self) -> String {
        let bound = |d: Day| if d == OPEN_LOW || d == OPEN_HIGH { "..".to_owned() } else { iso(d) };
        match (self.low, self.high) {
            (a, b) if a == b => iso(a),
            (OPEN_LOW, OPEN_HIGH) => "..".to_owned(),
            (a, b) => format!("{}/{}", bound(a), bound(b)),
        }
    }
}

/// The number of a day (Howard Hinnant's `days_from_civil`).
pub(crate) fn number(day: Date) -> Day {
    let (y, m, d) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The day of a number as `2025-12-28` (Howard Hinnant's `civil_from_days`).
fn iso(day: Day) -> String {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i32::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", doy - (153 * mp + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_agree() {
        for (text, expected) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("2025-12-28", 20_450), ("1945-05-08", -9_004)]
        {
            let interval: Interval = text.parse().unwrap_or_default();
            assert_eq!(Days::of(interval).low, expected, "{text}");
            assert_eq!(Days::of(interval).edtf(), text);
        }
    }

    #[test]
    fn distances() {
        let days = |low, high| Days { low, high };
        assert_eq!(days(1, 3).distance(days(3, 9)), 0);
        assert_eq!(days(1, 3).distance(days(4, 9)), 1);
        assert_eq!(days(8, 9).distance(days(1, 3)), 5);
        assert_eq!(Days::ALL.distance(days(1, 3)), 0);
    }
}
