//! Owns page furniture that no rule knows: lines of plain text that an outlet prints on many of its pages.
//!
//! Each document keeps its short lines as hashes ([`page_lines`]); once all documents are there, those that recur in one
//! outlet's are known ([`recurring`]), and a report whose trigger stands in one is no report. A line that is no sentence
//! (a headline in a list of links, a label) recurs when it stands in at least [`LABELS`] documents of the outlet and in a
//! tenth of them; a sentence, which may be background that the outlet repeats from story to story, only when it stands in
//! [`SENTENCES`] and in half of them. Copies of one article count once. Neither the order of the documents nor the run in
//! which each was read makes a difference.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use readout_types::{BlockKind, CleanDocument, Extraction, PageLine, Span, TextFormat, TextPart};

use crate::prose::{bare, is_running};

/// Documents that must show a line that is no sentence.
pub const LABELS: u32 = 4;
/// Documents that must show a sentence.
pub const SENTENCES: u32 = 8;
/// The longest line that is looked at, bytes. Furniture is short, and so is what is kept of it.
const LONGEST: usize = 300;

/// What tells one outlet from another: its name, else the host of the address. Documents of no known outlet teach
/// nothing and are judged by the rules alone.
fn outlet(source: Option<&str>, url: Option<&str>) -> Option<u64> {
    let name = source.map(bare).filter(|n| !n.is_empty());
    let host = || {
        let rest = url?.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.").to_lowercase();
        (!host.is_empty()).then_some(host)
    };
    name.or_else(host).map(|name| hash(0, &name))
}

fn hash(seed: u64, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, text).hash(&mut hasher);
    hasher.finish()
}

/// The lines of a document that can be learnt, in the order of the text. Pages in HTML are cleaned by their markup and
/// have none; a headline, a line with a number in it (it may date the article, or be a fact) and what is furniture by a
/// rule are none.
pub fn page_lines(document: &CleanDocument, format: TextFormat) -> Vec<PageLine> {
    let Some(outlet) = outlet(document.source.as_deref(), document.url.as_deref()) else { return Vec::new() };
    if format != TextFormat::Plain {
        return Vec::new();
    }
    let blocks = document.blocks.iter().filter(|b| b.kind.is_text() && b.kind != BlockKind::Title);
    let line = |span: Span| -> Option<PageLine> {
        let text = span.of(&document.text);
        if text.len() > LONGEST {
            return None;
        }
        let plain = bare(text);
        let countable = plain.contains(char::is_alphabetic) && !plain.contains(char::is_numeric);
        let original = document.alignment.original(span).filter(|o| countable && o.part == TextPart::Text)?;
        Some(PageLine { line: hash(outlet, &plain), sentence: is_running(text), span: original.span })
    };
    blocks.filter_map(|block| line(block.span)).collect()
}

/// The lines that recur in the documents of their outlet, of everything that was read.
pub fn recurring(extractions: &[Extraction]) -> HashSet<u64> {
    let mut outlets: HashMap<u64, u32> = HashMap::new();
    let mut lines: HashMap<u64, (u32, bool, u64)> = HashMap::new();
    let mut articles: HashSet<(u64, &[u32])> = HashSet::new();
    for extraction in extractions {
        let Some(outlet) = outlet(extraction.source.as_deref(), extraction.url.as_deref()) else { continue };
        // A copy of an article shows the same lines and proves nothing.
        if !extraction.fingerprint.is_empty() && !articles.insert((outlet, &extraction.fingerprint)) {
            continue;
        }
        *outlets.entry(outlet).or_default() += 1;
        let mut seen = HashSet::new();
        for line in extraction.lines.iter().filter(|l| seen.insert(l.line)) {
            let (count, sentence, _) = lines.entry(line.line).or_insert((0, line.sentence, outlet));
            *count += 1;
            // The same words with and without a full stop.
            *sentence |= line.sentence;
        }
    }
    let recurs = |(line, (count, sentence, outlet)): (u64, (u32, bool, u64))| {
        let documents = outlets.get(&outlet).copied().unwrap_or(0);
        let (least, share) = if sentence { (SENTENCES, 2) } else { (LABELS, 10) };
        (count >= least && count.saturating_mul(share) >= documents).then_some(line)
    };
    lines.into_iter().filter_map(recurs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::RawDocument;

    fn document(n: u32, source: Option<&str>, lines: &[&str]) -> Extraction {
        let body = format!("The minister of region {n} spoke by telephone with her counterpart for {n} minutes.");
        let raw = RawDocument {
            id: n.to_string(),
            path: n.to_string(),
            source: source.map(str::to_owned),
            title: Some(format!("A call about region {n}")),
            published: None,
            url: None,
            metadata: Default::default(),
            format: TextFormat::Plain,
            text: format!("{}\n\n{body}\n", lines.join("\n\n")).into(),
            encoding: "utf-8",
        };
        let clean = crate::clean(raw);
        Extraction {
            lines: page_lines(&clean, TextFormat::Plain),
            id: clean.id,
            path: clean.path,
            source: clean.source,
            title: clean.title,
            url: clean.url,
            date: clean.date,
            language: None,
            fingerprint: vec![n],
            reports: Vec::new(),
            statements: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    const TEASER: &str = "Leaders of Norway and Kenya speak by phone";
    const PLEA: &str = "Our work is paid for by readers who spoke with us about what they need.";

    #[test]
    fn lines_that_recur_are_learnt_for_their_outlet_only() {
        let learnt = |source, n: u32| {
            let documents: Vec<Extraction> = (0..n).map(|i| document(i, source, &[TEASER, PLEA])).collect();
            recurring(&documents)
        };
        let holds = |known: &HashSet<u64>, source, line| {
            document(99, source, &[line]).lines.iter().any(|l| known.contains(&l.line))
        };
        assert!(learnt(Some("The Lantern"), 3).is_empty());
        let four = learnt(Some("The Lantern"), 4);
        assert!(holds(&four, Some("the  lantern"), TEASER) && !holds(&four, Some("The Lantern"), PLEA));
        let eight = learnt(Some("The Lantern"), 8);
        assert!(holds(&eight, Some("The Lantern"), PLEA));
        assert!(!holds(&eight, Some("Another"), TEASER));
        assert!(learnt(None, 8).is_empty());
    }

    #[test]
    fn background_that_stands_in_some_stories_is_no_furniture() {
        let mut documents: Vec<Extraction> = (0..10).map(|i| document(i, Some("A"), &[PLEA])).collect();
        documents.extend((10..40).map(|i| document(i, Some("A"), &["Region"])));
        assert!(!recurring(&documents).contains(&documents[0].lines[0].line));
    }

    #[test]
    fn copies_count_once_and_order_does_not_matter() {
        let copies: Vec<Extraction> = (0..8).map(|_| document(1, Some("A"), &[TEASER])).collect();
        assert!(recurring(&copies).is_empty());
        let mut documents: Vec<Extraction> = (0..9).map(|i| document(i, Some("A"), &[TEASER, PLEA])).collect();
        let there = recurring(&documents);
        documents.reverse();
        assert_eq!(recurring(&documents), there);
    }
}
