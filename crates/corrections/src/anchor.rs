//! Owns anchors: how a decision points at the words of a report so that it finds them again after re-extraction.

use std::fmt::Write;

use readout_types::{CodePoints, Contact, DocumentEntry, Evidence, Extraction, Field, Original, Report, TextPart};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The words of one report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// Id of the document.
    pub document: String,
    /// SHA-256 of its original text, in hexadecimal: it tells a document whose text changed from one that was renamed.
    pub hash: String,
    /// Whether the words stand in the text or in the title beside it.
    #[serde(default = "text", skip_serializing_if = "is_text")]
    pub part: TextPart,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words that say there was a contact.
    pub quote: String,
}

fn text() -> TextPart {
    TextPart::Text
}

fn is_text(part: &TextPart) -> bool {
    *part == TextPart::Text
}

/// The contact that a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its id when the decision was made, for people: a later run may name it otherwise.
    pub contact: String,
    /// The words of each of its reports.
    pub reports: Vec<Anchor>,
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash_of(text: &str) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The words by which a report is known: its first trigger.
pub(crate) fn trigger(report: &Report) -> Option<&Evidence> {
    report.evidence.iter().find(|e| e.field == Field::Kind).or(report.evidence.first())
}

/// The anchors of a contact's reports. Needs the whole texts in `documents`.
pub fn anchors_of(contact: &Contact, documents: &[DocumentEntry]) -> Vec<Anchor> {
    let anchor = |(document, report): &(usize, Box<Report>)| {
        let entry = documents.get(*document)?;
        let source = &trigger(report)?.source;
        let part = source.original.part;
        let text = entry.original.text()?;
        let within = match part {
            TextPart::Text => text,
            TextPart::Title => entry.title.as_deref().unwrap_or(""),
        };
        let points = CodePoints::new(within);
        Some(Anchor {
            document: entry.id.clone(),
            hash: hash_of(text),
            part,
            start: points.at(within, source.original.span.start),
            end: points.at(within, source.original.span.end),
            quote: source.text.to_string(),
        })
    };
    contact.reports.iter().filter_map(anchor).collect()
}

/// The documents of a run, for finding anchors: of texts that no anchor names, nothing need be kept.
pub(crate) struct Documents<'a> {
    pub extractions: &'a [Extraction],
    pub originals: &'a [Original],
    hashes: Vec<Option<String>>,
}

impl<'a> Documents<'a> {
    pub fn new(extractions: &'a [Extraction], originals: &'a [Original]) -> Documents<'a> {
        let whole = originals.iter().map(|o| o.text().filter(|text| !text.is_empty()));
        let hashes = whole.map(|text| text.map(hash_of)).collect();
        Documents { extractions, originals, hashes }
    }

    fn document(&self, anchor: &Anchor) -> Option<usize> {
        let named = self.extractions.iter().position(|e| e.id == anchor.document);
        let same = |i: usize| self.hashes.get(i).and_then(Option::as_ref) == Some(&anchor.hash);
        match named {
            Some(i) if same(i) => Some(i),
            // Renamed; else the document of that name, whose text has changed.
            _ => (0..self.hashes.len()).find(|&i| same(i)).or(named),
        }
    }

    /// The report that an anchor means: document index and report index.
    ///
    /// # Errors
    /// In a few words, why there is none.
    pub fn report(&self, anchor: &Anchor) -> Result<(usize, usize), String> {
        let document = self.document(anchor).ok_or_else(|| format!("the document {} is gone", anchor.document))?;
        let extraction = &self.extractions[document];
        let within = match anchor.part {
            TextPart::Text => self.originals.get(document).and_then(|o| o.text()).unwrap_or(""),
            TextPart::Title => extraction.title.as_deref().unwrap_or(""),
        };
        let (start, end) = find_words(within, anchor)
            .ok_or_else(|| format!("“{}” no longer stands in {}", anchor.quote, anchor.document))?;
        let overlap = |e: &Evidence| {
            let span = e.source.original.span;
            let part = e.source.original.part == anchor.part;
            if part { (span.end.min(end)).saturating_sub(span.start.max(start)) } else { 0 }
        };
        // The trigger itself, else a trigger that shares words with it, else any evidence that does.
        let score = |report: &Report| {
            let exact = trigger(report).is_some_and(|e| {
                let span = e.source.original.span;
                e.source.original.part == anchor.part && (span.start, span.end) == (start, end)
            });
            let shared = |kind: bool| {
                let pieces = report.evidence.iter().filter(|e| (e.field == Field::Kind) == kind);
                pieces.map(overlap).max().unwrap_or(0)
            };
            (exact, shared(true), shared(false))
        };
        let mut best: Option<(usize, (bool, u32, u32))> = None;
        for (i, report) in extraction.reports.iter().enumerate() {
            let score = score(report);
            if (score.0 || score.1 > 0 || score.2 > 0) && best.is_none_or(|(_, b)| score > b) {
                best = Some((i, score));
            }
        }
        let (report, _) =
            best.ok_or_else(|| format!("“{}” in {} is no longer read as a contact", anchor.quote, anchor.document))?;
        Ok((document, report))
    }
}

/// Bytes at which the anchor's words stand in a text: where they stood, else the nearest place.
fn find_words(text: &str, anchor: &Anchor) -> Option<(u32, u32)> {
    let expected = text.char_indices().nth(anchor.start as usize).map_or(text.len(), |(byte, _)| byte);
    let length = anchor.quote.len();
    if length == 0 {
        return None;
    }
    if text.get(expected..expected + length) == Some(anchor.quote.as_str()) {
        return Some((expected as u32, (expected + length) as u32));
    }
    let found = text.match_indices(anchor.quote.as_str()).map(|(at, _)| at).min_by_key(|at| at.abs_diff(expected))?;
    Some((found as u32, (found + length) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stood_or_nearest() {
        let anchor = |start: u32, quote: &str| Anchor {
            document: "a".to_owned(),
            hash: String::new(),
            part: TextPart::Text,
            start,
            end: start + quote.chars().count() as u32,
            quote: quote.to_owned(),
        };
        let text = "Élysée: they met. They met again; they met.";
        for (start, quote, found) in [
            (8, "they met", Some((10, 18))),
            (9, "they met", Some((10, 18))),
            (39, "they met", Some((36, 44))),
            (900, "they met", Some((36, 44))),
            (0, "they never met", None),
            (0, "", None),
        ] {
            assert_eq!(find_words(text, &anchor(start, quote)), found, "{start} {quote}");
        }
    }
}
