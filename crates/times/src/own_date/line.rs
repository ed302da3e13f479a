//! Owns dates that stand as lines of a page: datelines, header lines, page clocks, crawl lines.

use readout_types::Span;

use crate::{Clock, DateBase, Meaning, PartialDate, Which, expressions};

/// A line, or a field of a line, that is wholly a date.
#[derive(Clone, Debug, PartialEq)]
pub struct DateLine {
    /// The field, in bytes of the text.
    pub span: Span,
    /// The date in it.
    pub value: PartialDate,
    /// What kind of line it is.
    pub kind: DateLineKind,
    /// The time of day in it, as written.
    pub clock: Option<Clock>,
}

/// What a date line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateLineKind {
    /// A date by itself, or after "Posted:", "Published on".
    Header,
    /// "Updated:", "Last modified".
    Updated,
    /// A weekday, date and time before anything else on the page: its clock, which may be stale.
    Clock,
    /// A crawler's field: `date 2025-12-29`.
    Crawl,
}

/// Words that may stand beside a date without making a sentence of the line.
const LABELS: &[&str] = &[
    "posted",
    "published",
    "publication",
    "date",
    "dated",
    "on",
    "at",
    "updated",
    "modified",
    "last",
    "first",
    "edited",
    "released",
    "release",
    "issued",
    "created",
    "of",
    "the",
    "as",
    "time",
    "local",
    "hrs",
    "hours",
    "h",
    "story",
    "article",
    "uploaded",
    "print",
    "edition",
    "text",
    "size",
    "min",
    "mins",
    "read",
    "gmt",
    "utc",
    "ist",
    "et",
    "and",
];

/// Longest line looked at, in bytes; longer lines are running text.
const LONGEST: usize = 240;

/// The date of a dateline and where it stands in the line: "WASHINGTON, Feb 12 (Agency) -", "MOSCOW, June 14. /AGN/",
/// "KYIV, Ukraine, Sept. 5 —". The year is mostly missing: see [`crate::date_with_year`].
pub fn date_of_dateline(line: &str) -> Option<(Span, PartialDate)> {
    let lead = line.len() - line.trim_start().len();
    let mut end = line.len().min(lead + 160);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end)?;
    let found = expressions(head).into_iter().find(|e| matches!(e.meaning, Meaning::Date(_)))?;
    let Meaning::Date(meaning) = found.meaning else { return None };
    let DateBase::Calendar(date, Which::Nearest) = meaning.base else { return None };
    if date.month.is_none() || date.day.is_none() {
        return None;
    }
    let places = head.get(lead..found.span.start as usize)?.trim_end();
    let places = places.strip_suffix(',').or_else(|| places.strip_suffix('('))?;
    let words: Vec<&str> = places.split([' ', '/', ',', '-']).filter(|w| !w.is_empty()).collect();
    let named =
        |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "and" | "de" | "al" | "upon" | "on");
    if words.is_empty() || words.len() > 8 || !words.iter().all(named) {
        return None;
    }
    let shouted = words.iter().any(|w| w.len() > 2 && !w.chars().any(char::is_lowercase));
    let after = head.get(found.span.end as usize..)?.trim_start_matches(['.', ',', ')', ' ']);
    let ended = after.is_empty() || after.starts_with(['(', '-', '–', '—', '/', ':', '[']);
    (ended || shouted && !after.starts_with(char::is_lowercase)).then_some((found.span, date))
}

/// Lines of a text that are wholly a date, in order: "Monday 19 May 2025", "Posted: 24 January 2026", "Updated 12:40
/// GMT, 3 Mar 2025", fields between bars or dots, and the crawl line `date 2025-12-29` that text may follow. A line deep
/// in an article may date an embedded post: for the document's own date look at its head only.
pub fn date_lines(text: &str) -> Vec<DateLine> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut first = true;
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let top = std::mem::take(&mut first);
        let mut from = 0;
        if let Some((end, value)) = crawl(line) {
            let lead = line.len() - line.trim_start().len();
            let span = Span::new(here + lead, here + end);
            found.push(DateLine { span, value, kind: DateLineKind::Crawl, clock: None });
            from = end;
        }
        let rest = &line[from..];
        if rest.len() > LONGEST || !rest.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        for (at, field) in fields(rest) {
            found.extend(wholly(field, here + from + at, top));
        }
    }
    found
}

/// `date 2025-12-29` at the head of a line: its end and value.
fn crawl(line: &str) -> Option<(usize, PartialDate)> {
    let trimmed = line.trim_start();
    let lead = line.len() - trimmed.len();
    let rest = trimmed.strip_prefix("date")?;
    let value = rest.trim_start_matches([' ', ':', '\t']);
    let gap = rest.len() - value.len();
    let iso = value.get(..10).filter(|_| gap > 0)?;
    let number = |a: usize, b: usize| iso.get(a..b)?.parse::<i16>().ok();
    let dashes = iso.as_bytes().get(4) == Some(&b'-') && iso.as_bytes().get(7) == Some(&b'-');
    let date = PartialDate {
        year: Some(number(0, 4)?),
        month: Some(number(5, 7)? as i8),
        day: Some(number(8, 10)? as i8),
        ..PartialDate::default()
    };
    date.interval().filter(|_| dashes)?;
    let mut end = lead + "date".len() + gap + 10;
    // A time may follow the day.
    if value[10..].starts_with('T') {
        end += value[10..].find(char::is_whitespace).unwrap_or(value.len() - 10);
    }
    Some((end, date))
}

/// The fields of a header line, with their offsets: it is cut at bars, bullets and brackets.
fn fields(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split(['|', '·', '•', '(', ')', '\n', '\t', '»']).map(move |f| (f.as_ptr() as usize - base, f))
}

/// The date of a field when nothing but labels, weekdays and times stands beside it.
fn wholly(field: &str, offset: usize, top: bool) -> Option<DateLine> {
    let trimmed = field.trim();
    if trimmed.is_empty() || trimmed.len() > 120 {
        return None;
    }
    let lead = field.len() - field.trim_start().len();
    let (mut date, mut clock, mut covered) = (None, None, Vec::new());
    for e in expressions(trimmed) {
        match e.meaning {
            Meaning::Date(m) => match m.base {
                DateBase::Calendar(d, _) if d.day.is_some() && d.month.is_some() && m.part.is_none() => {
                    date = date.or(Some(d));
                }
                DateBase::Weekday { .. } => {}
                _ => return None,
            },
            Meaning::Clock(c) => clock = clock.or(Some(c)),
            // "3 min read"
            Meaning::Duration(_) => {}
            _ => return None,
        }
        covered.push(e.span);
    }
    let date = date?;
    let mut left = String::with_capacity(trimmed.len());
    let mut at = 0;
    for span in covered {
        left.push_str(trimmed.get(at..span.start as usize)?);
        left.push(' ');
        at = span.end as usize;
    }
    left.push_str(trimmed.get(at..)?);
    let lower = left.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    if !words.iter().all(|w| LABELS.contains(w)) {
        return None;
    }
    let updated = words.iter().any(|w| matches!(*w, "updated" | "modified" | "edited"));
    let kind = if updated {
        DateLineKind::Updated
    } else if top && words.is_empty() && date.weekday.is_some() && clock.is_some() {
        DateLineKind::Clock
    } else {
        DateLineKind::Header
    };
    let start = offset + lead;
    Some(DateLine { span: Span::new(start, start + trimmed.len()), value: date, kind, clock })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline(line: &str) -> Option<String> {
        date_of_dateline(line).map(|(span, d)| format!("{} {:?}-{:?}-{:?}", span.of(line), d.year, d.month, d.day))
    }

    #[test]
    fn datelines() {
        let yes = [
            ("OSLO, Feb 12 (Agency) - The envoys met.", "Feb 12 None-Some(2)-Some(12)"),
            ("OSLO/RIGA, June 4 (Agency) - The envoys met.", "June 4 None-Some(6)-Some(4)"),
            ("RIGA, June 14. /AGN/. The envoys met.", "June 14 None-Some(6)-Some(14)"),
            ("RIGA, 16 August. The envoys met.", "16 August None-Some(8)-Some(16)"),
            ("Riga, Latvia, Sept. 5 — The envoys met.", "Sept. 5 None-Some(9)-Some(5)"),
            ("RIGA, Jan 24, 2026 (Agency) -- The envoys met.", "Jan 24, 2026 Some(2026)-Some(1)-Some(24)"),
        ];
        for (line, expected) in yes {
            assert_eq!(dateline(line).as_deref(), Some(expected), "{line}");
        }
        let no = [
            "In Riga, June 14 is a holiday.",
            "The envoys met on June 14.",
            "Riga, June 14 was a holiday.",
            "OSLO — The envoys met.",
            "",
        ];
        for line in no {
            assert_eq!(dateline(line), None, "{line}");
        }
    }

    fn lines(text: &str) -> Vec<(String, DateLineKind)> {
        date_lines(text).iter().map(|l| (l.span.of(text).to_owned(), l.kind)).collect()
    }

    #[test]
    fn header_lines() {
        use DateLineKind::{Clock, Crawl, Header, Updated};
        let check = |text: &str, expected: &[(&str, DateLineKind)]| {
            let expected: Vec<_> = expected.iter().map(|(t, k)| ((*t).to_owned(), *k)).collect();
            assert_eq!(lines(text), expected, "{text}");
        };
        check("A title\n\nMonday 19 May 2025\nText.", &[("Monday 19 May 2025", Header)]);
        check("Posted: 24 January 2026", &[("Posted: 24 January 2026", Header)]);
        check("A title\nUpdated 12:40 GMT, 3 Mar 2025", &[("Updated 12:40 GMT, 3 Mar 2025", Updated)]);
        check(" date 2025-12-29 A title goes on", &[("date 2025-12-29", Crawl)]);
        check(
            " date 2025-07-22 Tuesday, 02 January 2024 12:17 GMT\nA title\n\n2025-07-22 04:38:47\n",
            &[
                ("date 2025-07-22", Crawl),
                ("Tuesday, 02 January 2024 12:17 GMT", Clock),
                ("2025-07-22 04:38:47", Header),
            ],
        );
        check("by A. Writer · March 19, 2025 7:14 PM · 3 min read", &[("March 19, 2025 7:14 PM", Header)]);
        check("Desk | Oslo | Updated: Aug 18, 2025, 17:52 IST", &[("Updated: Aug 18, 2025, 17:52 IST", Updated)]);
        check("The envoys met on 24 January 2026.", &[]);
        check("A visit in May 2025", &[]);
    }
}
