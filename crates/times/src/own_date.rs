//! Owns the date of a document itself: candidates in fields, addresses and header lines, and the choice among them.

use readout_types::{DateCandidate, DocumentDate, Interval, Span};

use crate::PartialDate;

/// A line that is wholly a date.
#[derive(Clone, Debug, PartialEq)]
pub struct DateLine {
    /// The line, in bytes of the text.
    pub span: Span,
    /// The date in it.
    pub value: PartialDate,
    /// What kind of line it is.
    pub kind: DateLineKind,
}

/// What a date line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateLineKind {
    /// A date by itself, or after "Posted:", "Published on".
    Header,
    /// "Updated:", "Last modified".
    Updated,
    /// A date with the time and zone of a page's clock: may be stale.
    Clock,
    /// A crawler's field: `date 2025-12-29`.
    Crawl,
}

/// The date in any format that metadata uses.
pub fn date_of_metadata(value: &str) -> Option<Interval> {
    value.parse().ok()
}

/// The date in a web address.
pub fn date_of_url(url: &str) -> Option<Interval> {
    let _ = url;
    None
}

/// The date of a dateline and where it stands in the line.
pub fn date_of_dateline(line: &str) -> Option<(Span, PartialDate)> {
    let _ = line;
    None
}

/// Lines of a text that are wholly a date.
pub fn date_lines(text: &str) -> Vec<DateLine> {
    let _ = text;
    Vec::new()
}

/// Chooses the document's own date.
pub fn choose(candidates: Vec<DateCandidate>) -> DocumentDate {
    let mut candidates = candidates.into_iter();
    DocumentDate { chosen: candidates.next(), rivals: candidates.collect() }
}
