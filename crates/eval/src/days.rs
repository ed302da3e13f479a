//! Owns the scorers' reading of EDTF dates as closed intervals of days, forgiving as theirs.

use jiff::civil::Date;

/// First and last day, both included; an open bound is the first or last day of the scorers' calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

const FIRST: Date = Date::constant(1, 1, 1);
const LAST: Date = Date::constant(9999, 12, 31);

impl Days {
    /// Nothing is known.
    pub const UNKNOWN: Days = Days { first: FIRST, last: LAST };

    /// Reads EDTF; nothing, `..` and whatever the scorers cannot read is unknown.
    pub fn read(edtf: Option<&str>) -> Days {
        let Some(text) = edtf.filter(|t| !t.is_empty() && *t != "..") else { return Days::UNKNOWN };
        let halves: Vec<&str> = text.split('/').collect();
        let (from, to) = match halves[..] {
            [one] => (one, one),
            [from, to] => (from, to),
            _ => return Days::UNKNOWN,
        };
        match (point(from, false), point(to, true)) {
            (Some(first), Some(last)) => Days { first, last },
            _ => Days::UNKNOWN,
        }
    }

    /// Whether nothing is known.
    pub fn is_unknown(self) -> bool {
        self == Days::UNKNOWN
    }

    /// Whether some day lies in both.
    pub fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether it lies inside `other`.
    pub fn within(self, other: Days) -> bool {
        other.first <= self.first && self.last <= other.last
    }

    /// Days from the first to the last: 0 for one day.
    pub fn width(self) -> i32 {
        (self.last - self.first).get_days()
    }
}

/// One end of an interval: the first day of a year, month or day, or its last when it is the `end`.
fn point(text: &str, end: bool) -> Option<Date> {
    let text = text.trim().trim_end_matches(['~', '?', '%']).replace('X', "");
    let text = text.trim_end_matches('-');
    if text.is_empty() || text == ".." {
        return Some(if end { LAST } else { FIRST });
    }
    let day = text.split('T').next().unwrap_or(text);
    let numbers: Vec<i16> = day.split('-').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let year = numbers[0];
    if year < 1 {
        return None;
    }
    match numbers[..] {
        [_, month, day] => Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok(),
        [_, month] => {
            let first = Date::new(year, month.try_into().ok()?, 1).ok()?;
            Some(if end { first.last_of_month() } else { first })
        }
        _ if end => Date::new(year, 12, 31).ok(),
        _ => Date::new(year, 1, 1).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> (String, String) {
        let d = Days::read(Some(text));
        (d.first.to_string(), d.last.to_string())
    }

    #[test]
    fn intervals() {
        for (text, first, last) in [
            ("2025-12-28", "2025-12-28", "2025-12-28"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("2025-12-XX", "2025-12-01", "2025-12-31"),
            ("2025-12-20/2025-12-28", "2025-12-20", "2025-12-28"),
            ("../2025-07-02", "0001-01-01", "2025-07-02"),
            ("2025-12-28/..", "2025-12-28", "9999-12-31"),
            ("2025-12-28T10:00", "2025-12-28", "2025-12-28"),
            ("2025-12~", "2025-12-01", "2025-12-31"),
            ("soon", "0001-01-01", "9999-12-31"),
            ("2025-02-30", "0001-01-01", "9999-12-31"),
            ("a/b/c", "0001-01-01", "9999-12-31"),
        ] {
            assert_eq!(days(text), (first.to_owned(), last.to_owned()), "{text}");
        }
        assert!(Days::read(None).is_unknown());
        assert_eq!(Days::read(Some("2025-12-28/2025-12-30")).width(), 2);
    }
}
