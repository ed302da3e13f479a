//! Owns a document as it is read: its stretches with their roles, cut where words of evidence begin and end.

use readout_export::plain;
use readout_types::{BlockKind, CleanDocument, Part, Span};
use serde_json::{Value, json};

use crate::asks::Request;
use crate::contact::document;
use crate::reply::{Fault, Reply};
use crate::room::Room;

/// A stretch that is longer is shown in excerpts (bytes).
const LONG: usize = 20_000;
/// What an excerpt shows before and behind the words (bytes).
const AROUND: usize = 1_500;
/// Stretches without evidence are left out once so much is shown (bytes).
const MOST: usize = 400_000;

/// A character that is not shown as it is: one that turns the direction of the text around it, or has no form at all.
fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c == '\u{feff}' || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A text for a page: what cannot be seen is seen.
fn visible(text: &str) -> String {
    text.replace("\r\n", "\n").chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// Words of evidence in the clean text.
struct Mark {
    span: Span,
    /// Index in the list of contacts, and of the piece in the contact's report.
    contact: usize,
    field: &'static str,
    at: usize,
}

/// `GET /api/document?id=…`.
pub(crate) fn reading(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&["id"])?;
    let id = request.field("id").ok_or_else(|| Fault::Bad("which document? id=…".to_owned()))?;
    let value = room.read(|ledger| {
        let (clean, part) = ledger.reading(id)?.ok_or_else(|| Fault::Absent(format!("no document {id:?}")))?;
        Ok(page(id, &clean, &part))
    })?;
    Ok(Reply::json(200, &value))
}

/// `GET /api/text?id=…`: the original text, as a file: nothing in it is for this browser to run.
pub(crate) fn text(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&["id"])?;
    let id = request.field("id").ok_or_else(|| Fault::Bad("which document? id=…".to_owned()))?;
    room.read(|ledger| {
        let (clean, _) = ledger.reading(id)?.ok_or_else(|| Fault::Absent(format!("no document {id:?}")))?;
        Ok(Reply::file("text/plain; charset=utf-8", "original.txt", clean.original.as_bytes().to_vec()))
    })
}

fn page(id: &str, clean: &CleanDocument, part: &Part) -> Value {
    let marks = marks(id, part);
    let contacts: Vec<Value> = part
        .rows
        .iter()
        .zip(&part.chronology.contacts)
        .map(|(row, c)| json!({"row": row, "id": c.id, "kind": c.kind.as_str(), "when": readout_export::phrase::date(c.when.interval)}))
        .collect();
    let (mut blocks, mut shown, mut left_out) = (Vec::new(), 0, 0);
    for block in &clean.blocks {
        let text = block.span.of(&clean.text);
        let inside: Vec<&Mark> = marks.iter().filter(|m| m.span.overlaps(block.span)).collect();
        if inside.is_empty() && shown >= MOST {
            left_out += text.len();
            continue;
        }
        let windows = windows(&clean.text, block.span, &inside);
        shown += windows.iter().map(|w| w.len()).sum::<usize>();
        let parts: Vec<Vec<Value>> = windows.iter().map(|w| parts(&clean.text, *w, &inside)).collect();
        blocks.push(
            json!({"role": role(block.kind), "cut": windows.len() != 1 || windows[0] != block.span, "excerpts": parts}),
        );
    }
    let entry = part.chronology.documents.iter().find(|d| d.id == id).map(document);
    let entry = entry.unwrap_or_else(|| {
        json!({
            "id": id, "outlet": clean.source.as_deref().map(plain), "title": clean.title.as_deref().map(plain),
            "published": null, "url": null, "copy_of": null,
        })
    });
    json!({"document": entry, "language": clean.language, "contacts": contacts, "blocks": blocks, "left_out": left_out})
}

fn marks(id: &str, part: &Part) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (contact, of) in part.chronology.contacts.iter().enumerate() {
        for (document, report) in &of.reports {
            if part.chronology.documents.get(*document).is_none_or(|d| d.id != id) {
                continue;
            }
            for (at, piece) in report.evidence.iter().enumerate() {
                let (span, field) = (piece.source.clean, piece.field.as_str());
                marks.push(Mark { span, contact, field, at });
            }
        }
    }
    marks
}

fn role(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Dateline | BlockKind::Byline => "line",
        _ => "furniture",
    }
}

/// What is shown of a stretch: all of it, or the words of evidence with what stands around them.
fn windows(text: &str, block: Span, marks: &[&Mark]) -> Vec<Span> {
    if block.len() <= LONG {
        return vec![block];
    }
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let range = block.range();
    let mut places: Vec<(usize, usize)> = vec![(range.start, range.start)];
    places.extend(marks.iter().map(|m| (m.span.range().start, m.span.range().end)));
    places.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    for (start, end) in places {
        let from = floor(start.saturating_sub(AROUND).max(range.start));
        let to = floor((end + AROUND).min(range.end));
        match found.last_mut() {
            Some(last) if from <= last.range().end => *last = Span::new(last.range().start, to.max(last.range().end)),
            _ => found.push(Span::new(from, to)),
        }
    }
    found
}

/// A window cut where marks begin and end; each part with the marks that it lies in.
fn parts(text: &str, window: Span, marks: &[&Mark]) -> Vec<Value> {
    let inside = || marks.iter().filter(|m| m.span.overlaps(window));
    let mut cuts: Vec<usize> = vec![window.range().start, window.range().end];
    for mark in inside() {
        cuts.extend(
            [mark.span.range().start, mark.span.range().end]
                .into_iter()
                .filter(|c| (window.range().start..=window.range().end).contains(c) && text.is_char_boundary(*c)),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let span = Span::new(pair[0], pair[1]);
            let on: Vec<Value> = inside()
                .filter(|m| m.span.contains(span))
                .map(|m| json!({"contact": m.contact, "field": m.field, "at": m.at}))
                .collect();
            json!({"text": visible(span.of(text)), "on": on})
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_is_seen() {
        assert_eq!(visible("a\u{202e}b\u{2066}\u{0}\tc\r\nd\u{1b}"), "a\u{fffd}b\u{fffd}\u{fffd}\tc\nd\u{fffd}");
    }

    proptest! {
        #[test]
        fn parts_are_the_whole(text in "[a-zé😀 \n]{0,200}", places in prop::collection::vec((0usize..200, 0usize..30), 0..8)) {
            let floor = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let marks: Vec<Mark> = places
                .iter()
                .enumerate()
                .map(|(at, (start, len))| {
                    let start = floor(*start);
                    Mark { span: Span::new(start, floor(start + len).max(start)), contact: 0, field: "kind", at }
                })
                .collect();
            let marks: Vec<&Mark> = marks.iter().collect();
            let window = Span::new(0, text.len());
            let parts = parts(&text, window, &marks);
            let joined: String = parts.iter().filter_map(|p| p["text"].as_str()).collect();
            prop_assert_eq!(&joined, &text);
            for mark in marks.iter().filter(|m| !m.span.is_empty()) {
                let on = |p: &&Value| p["on"].as_array().is_some_and(|on| on.iter().any(|o| o["at"] == mark.at));
                let words: String = parts.iter().filter(on).filter_map(|p| p["text"].as_str()).collect();
                prop_assert_eq!(words.as_str(), mark.span.of(&text));
            }
        }

        #[test]
        fn a_long_stretch_is_shown_in_excerpts(at in 0usize..5_000_000) {
            let text = "é".repeat(2_500_000);
            let at = at / 2 * 2;
            let mark = Mark { span: Span::new(at, (at + 4).min(text.len())), contact: 0, field: "kind", at: 0 };
            let block = Span::new(0, text.len());
            let found = windows(&text, block, &[&mark]);
            prop_assert!(found.iter().map(|w| w.len()).sum::<usize>() < 10 * AROUND);
            prop_assert!(found.iter().any(|w| w.contains(mark.span)));
            prop_assert!(found.iter().all(|w| w.get(&text).is_some()));
        }
    }
}
