//! Owns the mending of letters that were decoded as the wrong encoding: "PeÃ±a" for "Peña", "â€œ" for a quotation mark.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;
use readout_types::{Alignment, Segment, Span};

use crate::Laid;

/// Characters that UTF-8 read as Windows-1252 begins with where the text is in a Latin script, and that no word has before
/// another sign of the upper half.
const LEADS: [char; 5] = ['Ã', 'Â', 'â', 'Ä', 'Å'];

/// The stretches of `text` that are UTF-8 read as Windows-1252, in bytes, each with what was meant.
fn garbled(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(ahead) = text[at..].find(LEADS) {
        let start = at + ahead;
        let lead = text[start..].chars().next().map_or(1, char::len_utf8);
        at = start + lead;
        // Two bytes for a letter, three for a quotation mark or a dash.
        let ends = text[at..].char_indices().map(|(i, c)| at + i + c.len_utf8()).take(2);
        let meant = ends.filter_map(|end| Some((end, meant(&text[start..end])?))).last();
        if let Some((end, meant)) = meant {
            found.push((start..end, meant));
            at = end;
        }
    }
    found
}

/// The one character that a few characters stand for, when their bytes in Windows-1252 are the UTF-8 of one.
fn meant(piece: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(piece);
    if unmappable || bytes.is_ascii() {
        return None;
    }
    let decoded = std::str::from_utf8(&bytes).ok()?;
    let mut chars = decoded.chars();
    let one = chars.next().filter(|c| !c.is_ascii() && !c.is_control())?;
    chars.next().is_none().then(|| one.to_string())
}

/// Mends a text with its alignment and its paragraphs; gives it back as it was where there is nothing to mend.
pub(crate) fn mend(laid: Laid) -> Laid {
    let pieces = garbled(&laid.text);
    if pieces.is_empty() {
        return laid;
    }
    let Laid { text, alignment, paragraphs } = laid;
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for (range, meant) in &pieces {
        mended.push_str(&text[from..range.start]);
        mended.push_str(meant);
        from = range.end;
    }
    mended.push_str(&text[from..]);
    // Where an offset of the old text lies in the new one; within a mended piece, at its start.
    let moved = |offset: usize| {
        let before = pieces.partition_point(|(r, _)| r.end <= offset);
        let saved: usize = pieces[..before].iter().map(|(r, m)| r.len() - m.len()).sum();
        let inside = pieces.get(before).filter(|(r, _)| r.start < offset);
        inside.map_or(offset, |(r, _)| r.start) - saved
    };
    let mut segments: Vec<Segment> = Vec::new();
    for segment in &alignment.segments {
        let (mut at, end) = (segment.clean.start as usize, segment.clean.end as usize);
        let even = segment.clean.len() == segment.original.span.len();
        let mut add = |from: usize, to: usize| {
            if from >= to {
                return;
            }
            let mut one = *segment;
            one.clean = Span::new(moved(from), moved(to));
            if even {
                let shift = segment.original.span.start as usize;
                let base = segment.clean.start as usize;
                one.original.span = Span::new(shift + from - base, shift + to - base);
            }
            segments.push(one);
        };
        let first = pieces.partition_point(|(r, _)| r.end <= at);
        for (range, _) in pieces[first..].iter().take_while(|(r, _)| r.start < end) {
            add(at, range.start.max(at));
            add(range.start.max(at), range.end.min(end));
            at = range.end.min(end);
        }
        add(at, end);
    }
    let paragraphs = paragraphs.into_iter().map(|(r, kind)| (moved(r.start)..moved(r.end), kind)).collect();
    Laid { text: mended, alignment: Alignment { segments }, paragraphs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{OriginalSpan, TextPart};

    fn laid(text: &str) -> Laid {
        let whole = Span::new(0, text.len());
        let segment = Segment { clean: whole, original: OriginalSpan { part: TextPart::Text, span: whole } };
        let alignment = Alignment { segments: vec![segment] };
        Laid { text: text.to_owned(), alignment, paragraphs: vec![(0..text.len(), None)] }
    }

    #[test]
    fn what_was_decoded_wrongly_is_mended_and_nothing_else() {
        for (garbled, expected) in [
            ("Enrique PeÃ±a Nieto", "Enrique Peña Nieto"),
            ("JuliÃ¡n Castro", "Julián Castro"),
            ("FranÃ§ois Hollande", "François Hollande"),
            ("he said, â€œnoâ€\u{9d}", "he said, “no”"),
            ("itâ€™s", "it’s"),
            ("a temperature of 5Â°", "a temperature of 5°"),
            ("Ångström, Ärger, Âge, âme", "Ångström, Ärger, Âge, âme"),
            ("SÃO PAULO", "SÃO PAULO"),
            ("plain", "plain"),
            ("Ã", "Ã"),
        ] {
            assert_eq!(mend(laid(garbled)).text, expected, "{garbled}");
        }
    }

    #[test]
    fn every_letter_leads_back_to_the_bytes_it_came_from() {
        let source = "President PeÃ±a Nieto met JuliÃ¡n.";
        let mended = mend(laid(source));
        assert_eq!(mended.paragraphs[0].0, 0..mended.text.len());
        for (word, original) in [("Peña", "PeÃ±a"), ("Nieto", "Nieto"), ("Julián", "JuliÃ¡n"), ("met", "met")] {
            let start = mended.text.find(word).expect("the word");
            let back = mended.alignment.original(Span::new(start, start + word.len())).expect("an origin");
            assert_eq!(back.span.of(source), original);
        }
    }
}
