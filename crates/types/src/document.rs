//! Owns documents before analysis: what a reader found, and what cleaning made of it without losing a character.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Interval, Span};

/// How the original text of a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// Plain text.
    Plain,
    /// HTML source.
    Html,
    /// Markdown.
    Markdown,
}

/// One document as it was read: decoded to Unicode, otherwise untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawDocument {
    /// The input's own id (JSONL `id`), else the file name without its ending. Unique within a run.
    pub id: String,
    /// Where it came from, as given on the command line, with `:LINE` for a record of a JSONL file; `-` for standard input.
    pub path: String,
    /// Outlet or publisher, where the input names it.
    pub source: Option<String>,
    /// Title, where the input gives one beside the text.
    pub title: Option<String>,
    /// Publication date as the input writes it, uninterpreted.
    pub published: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// All other fields of the input.
    pub metadata: BTreeMap<String, String>,
    /// How `text` is written.
    pub format: TextFormat,
    /// The original text: the file's content decoded, or the record's `text`. All published offsets point into it.
    pub text: Arc<str>,
    /// The encoding it was decoded from, in lower case (`utf-8`, `windows-1252`).
    pub encoding: &'static str,
}

/// What a stretch of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A title: given beside the text, or the headline at its top.
    Title,
    /// A subheading inside the article.
    Heading,
    /// Running text.
    Body,
    /// The caption of a photograph or video: text, but about the picture.
    Caption,
    /// `WASHINGTON, Feb 12 (Meridian) -`, `New Delhi:` before the first sentence.
    Dateline,
    /// `By A. Writer`, `A. Writer, Agency`.
    Byline,
    /// A crawler's own line with the date of the crawl or a date field (`date 2025-07-22`).
    CrawlDate,
    /// A clock of the page, which may be stale (`Tuesday, 02 January 2024 12:17 GMT`), "3 hours ago", "Updated:".
    PageClock,
    /// `Read more`, `Show more`, `2 min read`, `Advertisement`.
    ReadMore,
    /// Links to other stories, "You may also like" and what follows it.
    Related,
    /// About the author.
    AuthorBio,
    /// Sharing, following, comments, subscriptions.
    Social,
    /// Cookie and privacy notices.
    Cookie,
    /// Credits, copyright, standards, section names, other page furniture.
    Furniture,
    /// Text that stood on the same page before.
    Repeat,
}

impl BlockKind {
    /// Whether reports may rest on it: titles, headings, running text and captions.
    pub fn is_text(self) -> bool {
        matches!(self, BlockKind::Title | BlockKind::Heading | BlockKind::Body | BlockKind::Caption)
    }
}

/// A stretch of the clean text with its role. Blocks are in order and do not overlap; only white space lies between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of [`CleanDocument::text`].
    pub span: Span,
    /// Its role.
    pub kind: BlockKind,
    /// Why it was given that role, as a rule name (`furniture.related-heading`); `""` for plain body text.
    pub rule: &'static str,
}

/// Which text a published offset points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextPart {
    /// The original text of the document.
    Text,
    /// The title given beside it.
    Title,
}

/// A span of the original text or of the title beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OriginalSpan {
    /// Which of the two.
    pub part: TextPart,
    /// Bytes of it.
    pub span: Span,
}

/// A run of clean text and where it comes from. Equal lengths: copied byte for byte. Otherwise (an entity, folded
/// white space) the run stands for the whole original stretch and cannot be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Bytes of the clean text.
    pub clean: Span,
    /// Where they come from.
    pub original: OriginalSpan,
}

/// Maps clean text to the original. Segments are in order of the clean text and do not overlap; clean text between
/// them (a blank line put in after the title) comes from nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alignment {
    /// The runs.
    pub segments: Vec<Segment>,
}

impl Alignment {
    /// The original stretch that a clean span stands for: from the start of its first character's origin to the end of
    /// its last character's. `None` when no character of it has an origin; characters of another [`TextPart`] than
    /// the first are left out.
    pub fn original(&self, span: Span) -> Option<OriginalSpan> {
        let first = self.segments.partition_point(|s| s.clean.end <= span.start);
        let mut found: Option<OriginalSpan> = None;
        for segment in self.segments[first..].iter().take_while(|s| s.clean.start < span.end) {
            let from = span.start.max(segment.clean.start);
            let to = span.end.min(segment.clean.end);
            let here = if segment.clean.len() == segment.original.span.len() {
                Span {
                    start: segment.original.span.start + (from - segment.clean.start),
                    end: segment.original.span.start + (to - segment.clean.start),
                }
            } else {
                segment.original.span
            };
            match &mut found {
                None => found = Some(OriginalSpan { part: segment.original.part, span: here }),
                Some(f) if f.part == segment.original.part => f.span = f.span.cover(here),
                Some(_) => {}
            }
        }
        found
    }
}

/// Where a document's own date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// A field of the input or of the page.
    Metadata,
    /// The address of the page.
    Url,
    /// The dateline, or a date line in the header.
    Dateline,
    /// A crawl line.
    Crawl,
    /// A clock of the page.
    Clock,
    /// Dates in the running text, or other documents.
    Inferred,
}

impl DateBasis {
    /// The word of CONTRACT.md: `metadata`, `dateline` or `inferred`.
    pub fn as_contract(self) -> &'static str {
        match self {
            DateBasis::Metadata | DateBasis::Url | DateBasis::Crawl => "metadata",
            DateBasis::Dateline => "dateline",
            DateBasis::Clock | DateBasis::Inferred => "inferred",
        }
    }
}

/// One answer to the question when a document was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateCandidate {
    /// The date.
    pub value: Interval,
    /// Where it comes from.
    pub basis: DateBasis,
    /// Where in the clean text, if there.
    pub span: Option<Span>,
    /// Why it was chosen or passed over, for a person.
    pub reason: String,
}

/// When a document was written, with the rivals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The one taken; `None` when nothing in the document tells.
    pub chosen: Option<DateCandidate>,
    /// The others, best first.
    pub rivals: Vec<DateCandidate>,
}

/// A document whose furniture is marked. Nothing is deleted: `blocks` say what is text and what is not.
#[derive(Clone, Debug)]
pub struct CleanDocument {
    /// See [`RawDocument::id`].
    pub id: String,
    /// See [`RawDocument::path`].
    pub path: String,
    /// Outlet, from the input or the page.
    pub source: Option<String>,
    /// Title, from the input or the page.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// The original text.
    pub original: Arc<str>,
    /// The text that is analysed: the title given beside the text (when the text does not begin with it), an empty
    /// line, then the text of the page. Plain text is taken over byte for byte.
    pub text: String,
    /// Where each byte of `text` comes from.
    pub alignment: Alignment,
    /// The roles of the stretches of `text`.
    pub blocks: Vec<Block>,
    /// When it was written.
    pub date: DocumentDate,
    /// ISO 639-1 code of the language, when it was recognised.
    pub language: Option<&'static str>,
    /// What cleaning has to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl CleanDocument {
    /// The day the document was written, where exactly one is known.
    pub fn reference_day(&self) -> Option<crate::Date> {
        self.date.chosen.as_ref().and_then(|c| c.value.as_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignment_divides_copies_but_not_entities() {
        let text = |a: usize, b: usize| OriginalSpan { part: TextPart::Text, span: Span::new(a, b) };
        let alignment = Alignment {
            segments: vec![
                Segment {
                    clean: Span::new(0, 5),
                    original: OriginalSpan { part: TextPart::Title, span: Span::new(0, 5) },
                },
                Segment { clean: Span::new(7, 10), original: text(20, 23) },
                Segment { clean: Span::new(10, 11), original: text(23, 28) },
                Segment { clean: Span::new(11, 14), original: text(28, 31) },
            ],
        };
        assert_eq!(alignment.original(Span::new(8, 9)), Some(text(21, 22)));
        assert_eq!(alignment.original(Span::new(8, 11)), Some(text(21, 28)));
        assert_eq!(alignment.original(Span::new(9, 13)), Some(text(22, 30)));
        assert_eq!(alignment.original(Span::new(5, 7)), None);
    }
}
