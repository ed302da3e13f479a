//! Owns the gathering of a document's own dates: fields, address, datelines, header lines, clocks, crawl line.

use readout_times::{
    DateLine, DateLineKind, PartialDate, choose, date_lines, date_of_dateline, date_of_metadata, date_of_url,
    date_with_year,
};
use readout_types::{Block, BlockKind, DateBasis, DateCandidate, DocumentDate, Interval, Span};

use crate::prose::head;

/// Dates are looked for in this many blocks from the top.
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

/// Dates that stand as lines of the header, in the blocks that are no text.
pub(crate) fn header_lines(text: &str, blocks: &[Block]) -> Vec<DateLine> {
    let header = &blocks[..blocks.len().min(HEADER)];
    // A title put before the text is not the top of the page.
    let skip = usize::from(header.first().is_some_and(|b| b.kind == BlockKind::Title));
    let (Some(first), Some(last)) = (header.get(skip), header.last()) else { return Vec::new() };
    let region = &text[first.span.start as usize..last.span.end as usize];
    let shift = first.span.start;
    let mut lines = date_lines(region);
    for line in &mut lines {
        line.span = Span { start: line.span.start + shift, end: line.span.end + shift };
    }
    let dated =
        [BlockKind::CrawlDate, BlockKind::Dateline, BlockKind::PageClock, BlockKind::Byline, BlockKind::Furniture];
    lines.retain(|line| header.iter().any(|b| b.span.overlaps(line.span) && dated.contains(&b.kind)));
    lines
}

/// A date line that turns out to be the page's clock.
pub(crate) fn mark_clocks(lines: &[DateLine], blocks: &mut [Block]) {
    for block in blocks.iter_mut().take(HEADER).filter(|b| b.kind == BlockKind::Dateline) {
        if lines.iter().any(|l| l.kind == DateLineKind::Clock && block.span.contains(l.span)) {
            block.kind = BlockKind::PageClock;
            block.rule = "page-clock.weekday";
        }
    }
}

/// The document's date, and what is to be warned of.
pub(crate) fn document_date(
    text: &str,
    blocks: &[Block],
    lines: &[DateLine],
    fields: &Fields,
) -> (DocumentDate, Vec<String>) {
    let mut warnings = Vec::new();
    let mut candidates: Vec<DateCandidate> = Vec::new();
    let mut without_year: Vec<(PartialDate, Span)> = Vec::new();
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
    let dated = lines.iter().any(|l| l.kind == DateLineKind::Header);
    for line in lines {
        let (basis, reason) = match line.kind {
            DateLineKind::Header => (DateBasis::Dateline, "date line"),
            // Without a day of publication the day of the update is the best there is.
            DateLineKind::Updated if !dated => (DateBasis::Dateline, "update line"),
            DateLineKind::Updated => (DateBasis::Clock, "update line"),
            DateLineKind::Clock => (DateBasis::Clock, "page clock"),
            DateLineKind::Crawl => (DateBasis::Crawl, "crawl line"),
        };
        match line.value.interval() {
            Some(value) => add(value, basis, Some(line.span), reason.to_owned()),
            None => without_year.push((line.value, line.span)),
        }
    }
    for (i, block) in blocks.iter().take(HEADER).enumerate().filter(|(_, b)| b.kind == BlockKind::Dateline) {
        // The dateline with the sentence after it, as it stands in the text.
        let end = blocks.get(i + 1).map_or(block.span.end, |b| b.span.end);
        let line = head(&text[block.span.start as usize..end as usize], 300);
        let Some((span, date)) = date_of_dateline(line) else { continue };
        let span = Span { start: span.start + block.span.start, end: span.end + block.span.start };
        match date.interval() {
            Some(value) => add(value, DateBasis::Dateline, Some(span), "dateline".to_owned()),
            None => without_year.push((date, span)),
        }
    }
    for (date, span) in without_year {
        if let Some(value) = date_with_year(date, &candidates)
            && !candidates.iter().any(|c| c.value == value && c.basis == DateBasis::Dateline)
        {
            let reason = "dateline, with the year of the nearest date that has one".to_owned();
            candidates.push(DateCandidate { value, basis: DateBasis::Dateline, span: Some(span), reason });
        }
    }
    if let Some((a, b)) = disagreement(&candidates) {
        let (x, y) = (a.value.edtf(), b.value.edtf());
        warnings.push(format!("its dates disagree: {x} ({}) and {y} ({})", a.reason, b.reason));
    }
    (choose(candidates), warnings)
}

/// Two candidates whose nearest days are more than three days apart; clocks aside, and a crawl after the other date,
/// which is what crawls are.
fn disagreement(candidates: &[DateCandidate]) -> Option<(&DateCandidate, &DateCandidate)> {
    let solid: Vec<&DateCandidate> = candidates.iter().filter(|c| c.basis != DateBasis::Clock).collect();
    for (i, a) in solid.iter().enumerate() {
        for b in &solid[i + 1..] {
            let before = |a: &DateCandidate, b: &DateCandidate| {
                let later =
                    a.value.shift(TOLERANCE).latest.zip(b.value.earliest).is_some_and(|(end, start)| end < start);
                later && b.basis != DateBasis::Crawl
            };
            if before(a, b) || before(b, a) {
                return Some((a, b));
            }
        }
    }
    None
}
