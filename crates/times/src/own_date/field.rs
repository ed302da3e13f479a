//! Owns dates in metadata fields and web addresses.

use readout_types::{Date, Interval};

use crate::token::Tokens;
use crate::{DateBase, rules};

/// The date in any format that metadata uses: EDTF, RFC 3339, RFC 2822, `2003-02-19T16:00`, `Jan 5, 2024 3:00 pm`,
/// `20250212`, seconds or milliseconds since 1970. A time of day and its zone are dropped: the date is the one the
/// publisher wrote. `None` where there is none, or only a day and month.
pub fn date_of_metadata(value: &str) -> Option<Interval> {
    let value = value.trim();
    if value.len() > 200 {
        return None;
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return digits(value);
    }
    if let Ok(interval) = value.parse::<Interval>() {
        return (!interval.is_unknown()).then_some(interval);
    }
    let tokens = Tokens::new(value);
    (0..tokens.len()).find_map(|i| match rules::calendar_date(&tokens, i)?.base {
        DateBase::Calendar(date, _) if date.year.is_some() => date.interval(),
        _ => None,
    })
}

fn digits(value: &str) -> Option<Interval> {
    let number: i64 = value.parse().ok()?;
    match value.len() {
        4 => value.parse().ok(),
        8 => compact(value).map(Interval::day),
        // 10 digits of seconds since 1970 begin in 2001; 12 and 14 digits are dates with a time.
        10 => day_of_seconds(number),
        13 => day_of_seconds(number / 1000),
        12 | 14 => compact(value.get(..8)?).map(Interval::day),
        _ => None,
    }
}

fn day_of_seconds(seconds: i64) -> Option<Interval> {
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(Interval::day(day))
}

/// `20250212`, for the years in which documents of the web were written.
fn compact(value: &str) -> Option<Date> {
    let year: i16 = value.get(..4)?.parse().ok()?;
    let day = Date::new(year, value.get(4..6)?.parse().ok()?, value.get(6..8)?.parse().ok()?).ok()?;
    (1990..=2100).contains(&year).then_some(day)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date in a web address: `/2013/08/07/`, `/2013/aug/7/`, `2025-02-12` or `20250212` in a slug, and the month
/// alone for `/2025/05/`. The query is not looked at.
pub fn date_of_url(url: &str) -> Option<Interval> {
    let path = url.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let segments: Vec<&str> = path.split('/').skip(1).filter(|s| !s.is_empty()).take(64).collect();
    let mut month_only = None;
    for (i, segment) in segments.iter().enumerate() {
        if let Some(date) = slug(segment) {
            return Some(Interval::day(date));
        }
        let Some(year) = year(segment) else { continue };
        let Some(month) = segments.get(i + 1).and_then(|s| month(s)) else { continue };
        let day = segments.get(i + 2).filter(|s| s.len() <= 2).and_then(|s| s.parse::<i8>().ok());
        if let Some(date) = day.and_then(|d| Date::new(year, month, d).ok()) {
            return Some(Interval::day(date));
        }
        month_only = month_only.or(Interval::month(year, month));
    }
    month_only
}

fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.len() == 4)?;
    (1990..=2100).contains(&year).then_some(year)
}

fn month(text: &str) -> Option<i8> {
    if text.len() <= 2 {
        return text.parse().ok().filter(|m| (1..=12).contains(m));
    }
    let short = text.get(..3)?.to_ascii_lowercase();
    let full = text.bytes().all(|b| b.is_ascii_alphabetic());
    MONTHS.iter().position(|m| full && *m == short).map(|i| i as i8 + 1)
}

/// `2025-02-12`, `2025_02_12`, `12-02-2025` is not tried, `20250212` between other words of a slug.
fn slug(segment: &str) -> Option<Date> {
    let words: Vec<&str> = segment.split(['-', '_', '.']).take(64).collect();
    for (i, word) in words.iter().enumerate() {
        if word.len() == 8
            && word.bytes().all(|b| b.is_ascii_digit())
            && let Some(date) = compact(word)
        {
            return Some(date);
        }
        let Some(year) = year(word) else { continue };
        let number = |k: usize| words.get(k).filter(|w| w.len() <= 2).and_then(|w| w.parse::<i8>().ok());
        if let (Some(month), Some(day)) = (number(i + 1), number(i + 2))
            && let Ok(date) = Date::new(year, month, day)
        {
            return Some(date);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_formats() {
        let cases = [
            ("2025-12-29", "2025-12-29"),
            ("2003-02-19T16:00", "2003-02-19"),
            ("2024-01-05T23:10:00+03:00", "2024-01-05"),
            ("2024-01-05 23:10:00", "2024-01-05"),
            ("Fri, 05 Jan 2024 15:00:00 GMT", "2024-01-05"),
            ("Jan 5, 2024 3:00 pm", "2024-01-05"),
            ("5 January 2024", "2024-01-05"),
            ("05.01.2024", "2024-01-05"),
            ("1704412800", "2024-01-05"),
            ("1704412800000", "2024-01-05"),
            ("20240105", "2024-01-05"),
            ("20240105101500", "2024-01-05"),
            ("2024-01", "2024-01"),
            ("January 2024", "2024-01"),
            ("2024", "2024"),
        ];
        for (text, expected) in cases {
            assert_eq!(date_of_metadata(text).map(|i| i.edtf()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "..", "soon", "Jan 5", "99999999", "10:15"] {
            assert_eq!(date_of_metadata(text), None, "{text}");
        }
    }

    #[test]
    fn addresses() {
        let cases = [
            ("https://news.example/2013/08/07/politics/visit/index.html?x=1", "2013-08-07"),
            ("https://news.example/world/2013/aug/7/visit-cancelled/", "2013-08-07"),
            ("https://news.example/talks-end-2025-02-12/", "2025-02-12"),
            ("https://news.example/a/20250212-talks.html", "2025-02-12"),
            ("https://news.example/briefings/2025/05/readout-of-a-call/", "2025-05"),
            ("news.example/2025/5/31", "2025-05-31"),
        ];
        for (url, expected) in cases {
            assert_eq!(date_of_url(url).map(|i| i.edtf()).as_deref(), Some(expected), "{url}");
        }
        for url in ["https://news.example/story/53039", "https://news.example/2025/", "https://x.example/20251399", ""]
        {
            assert_eq!(date_of_url(url), None, "{url}");
        }
    }
}
