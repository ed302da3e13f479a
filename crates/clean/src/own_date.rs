//! Owns the gathering of a document's own dates: fields, address, datelines, header lines, clocks, crawl line.

use readout_times::{DateLineKind, PartialDate, choose, date_lines, date_of_dateline, date_of_metadata, date_of_url};
use readout_types::{Block, BlockKind, Date, DateBasis, DateCandidate, DocumentDate, Interval, Span};

use crate::prose::{head, is_running};

/// Candidates are looked for in this many blocks from the top.
const HEADER: usize = 24;
/// Days by which the dates of one document may differ without a warning.
const TOLERANCE: i32 = 3;

/// What the input and the page say beside the text.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    /// Values and the names of their fields, best first.
    pub dates: Vec<(&'a str, &'a str)>,
    pub url: Option<&'a str>,
}

/// The document's date, and what is to be warned of.
pub(crate) fn document_date(text: &str, blocks: &[Block], fields: &Fields) -> (DocumentDate, Vec<String>) {
    let mut warnings = Vec::new();
    let mut candidates: Vec<DateCandidate> = Vec::new();
    let mut add = |value: Interval, basis: DateBasis, span: Option<Span>, reason: String| {
        if !candidates.iter().any(|c| c.value == value && c.basis == basis) {
            candidates.push(DateCandidate { value, basis, span, reason });
        }
    };
    for (value, field) in &fields.dates {
        match date_of_metadata(value.trim()) {
            Some(date) => add(date, DateBasis::Metadata, None, format!("field {field}: {value}")),
            None => warnings.push(format!("the field {field} is no date that can be read: {value:?}")),
        }
    }
    if let Some(date) = fields.url.and_then(date_of_url) {
        add(date, DateBasis::Url, None, "in the address".to_owned());
    }
    let mut partial: Vec<(PartialDate, DateBasis, Span, &'static str)> = Vec::new();
    for (i, block) in blocks.iter().take(HEADER).enumerate() {
        in_block(text, blocks, i, block, &mut |date, basis, span, reason| match date.interval() {
            Some(interval) => add(interval, basis, Some(span), reason.to_owned()),
            None => partial.push((date, basis, span, reason)),
        });
    }
    // `Feb 12`: the year is that of the nearest date that has one.
    let reference = candidates.iter().find(|c| c.basis != DateBasis::Clock).and_then(|c| c.value.latest.or(c.value.earliest));
    for (date, basis, span, reason) in partial {
        if let Some(interval) = reference.and_then(|r| with_year(date, r)) {
            add_once(&mut candidates, interval, basis, span, reason);
        }
    }
    if let Some((a, b)) = disagreement(&candidates) {
        warnings.push(format!(
            "its dates disagree: {} ({}) and {} ({})",
            a.value.edtf(),
            a.reason,
            b.value.edtf(),
            b.reason
        ));
    }
    (choose(candidates), warnings)
}

fn add_once(candidates: &mut Vec<DateCandidate>, value: Interval, basis: DateBasis, span: Span, reason: &str) {
    if !candidates.iter().any(|c| c.value == value && c.basis == basis) {
        candidates.push(DateCandidate { value, basis, span: Some(span), reason: reason.to_owned() });
    }
}

/// Finds the dates of one block of the header.
fn in_block(
    text: &str,
    blocks: &[Block],
    i: usize,
    block: &Block,
    found: &mut dyn FnMut(PartialDate, DateBasis, Span, &'static str),
) {
    let here = block.span.of(text);
    let shifted = |span: Span| Span { start: span.start + block.span.start, end: span.end + block.span.start };
    match block.kind {
        BlockKind::CrawlDate => {
            // Our own pattern has found it; the date is what stands after the word.
            let iso = here.trim_start_matches("date").trim_start_matches(':').trim();
            if let Some(Interval { earliest: Some(day), .. }) = date_of_metadata(head(iso, 10)) {
                found(of_day(day), DateBasis::Crawl, block.span, "crawl line");
            }
        }
        BlockKind::Dateline => {
            let lines = date_lines(here);
            if let Some(line) = lines.first() {
                found(line.value, DateBasis::Dateline, shifted(line.span), "date line");
                return;
            }
            // The dateline with the sentence after it, as it stands in the text.
            let next = blocks.get(i + 1).map_or(block.span.end, |b| b.span.end);
            let line = head(&text[block.span.start as usize..next as usize], 300);
            if let Some((span, date)) = date_of_dateline(line) {
                found(date, DateBasis::Dateline, shifted(span), "dateline");
            }
        }
        BlockKind::PageClock | BlockKind::Byline | BlockKind::Furniture => {
            if is_running(here) || here.len() > 400 {
                return;
            }
            let lines = date_lines(here);
            for line in &lines {
                let (basis, reason) = match line.kind {
                    DateLineKind::Header => (DateBasis::Dateline, "date line"),
                    DateLineKind::Updated => (DateBasis::Clock, "update line"),
                    DateLineKind::Clock => (DateBasis::Clock, "page clock"),
                    DateLineKind::Crawl => (DateBasis::Crawl, "crawl line"),
                };
                found(line.value, basis, shifted(line.span), reason);
            }
            if lines.is_empty() {
                // `By A. Writer · March 19, 2025 7:14 PM · 3 min read`
                let mut at = 0;
                for part in here.split(['|', '·', '•', '(']) {
                    let trimmed = part.trim();
                    let start = block.span.start as usize + at + (part.len() - part.trim_start().len());
                    let span = Span::new(start, start + trimmed.len());
                    for line in date_lines(trimmed).into_iter().take(1) {
                        let (basis, reason) = match line.kind {
                            DateLineKind::Header | DateLineKind::Crawl => (DateBasis::Dateline, "date line"),
                            DateLineKind::Updated | DateLineKind::Clock => (DateBasis::Clock, "page clock"),
                        };
                        found(line.value, basis, span, reason);
                    }
                    at += part.len();
                    at += here[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
        }
        _ => {}
    }
}

fn of_day(day: Date) -> PartialDate {
    PartialDate { year: Some(day.year()), month: Some(day.month()), day: Some(day.day()), ..PartialDate::default() }
}

/// The day of a date without a year that lies nearest to `reference`.
fn with_year(date: PartialDate, reference: Date) -> Option<Interval> {
    date.year.is_none().then_some(())?;
    date.month?;
    (reference.year() - 1..=reference.year() + 1)
        .filter_map(|year| PartialDate { year: Some(year), ..date }.interval())
        .min_by_key(|interval| interval.earliest.map_or(i32::MAX, |d| (d - reference).get_days().abs()))
}

/// Two candidates, clocks aside, whose nearest days are more than three days apart.
fn disagreement(candidates: &[DateCandidate]) -> Option<(&DateCandidate, &DateCandidate)> {
    let solid: Vec<&DateCandidate> = candidates.iter().filter(|c| c.basis != DateBasis::Clock).collect();
    for (i, a) in solid.iter().enumerate() {
        for b in &solid[i + 1..] {
            if a.value.shift(TOLERANCE).latest < b.value.earliest && b.value.earliest.is_some() && a.value.latest.is_some()
                || b.value.shift(TOLERANCE).latest < a.value.earliest && a.value.earliest.is_some() && b.value.latest.is_some()
            {
                return Some((a, b));
            }
        }
    }
    None
}
