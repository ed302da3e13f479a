//! Owns quotations without a cue of their own: those that go on with a statement, and those behind a colon or before a dash.

use readout_rules::CueClass;
use readout_types::{Span, Upos};

use super::quotes::Quote;
use super::{Found, words};
use crate::resolve::Document;

/// Gives each quotation that no statement has claimed to the statement it goes on with.
pub(crate) fn quotations(document: &Document<'_>, quotes: &[Quote], found: &mut Vec<Found>) {
    let text = document.annotated.document.text.as_str();
    for (index, quote) in quotes.iter().enumerate() {
        let claimed =
            found.iter().any(|f| f.parts.iter().any(|p| p.start < quote.span.end && quote.span.start < p.end));
        if claimed {
            continue;
        }
        let inner = quote.inner.of(text).trim();
        let words = inner.split_whitespace().count();
        let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let block = document.annotated.document.blocks[quote.block as usize].span;
        let before = Span::new(block.start as usize, quote.span.start as usize).of(text).trim_end();
        let opens = quote.opens_block || before.ends_with(['.', '?', '!', ':', '”', '"', '\'', '’', '…']);
        if words < 2 || !capital && !quote.opens_block || !opens {
            continue;
        }
        if let Some(new) = dash(document, quote) {
            found.push(new);
            continue;
        }
        if let Some(new) = named(document, quote) {
            found.push(new);
            continue;
        }
        if before.ends_with(':')
            && let Some(new) = behind_colon(document, quote, found)
        {
            found.push(new);
            continue;
        }
        let Some(last) = last_before(found, quote) else { continue };
        // What lies between: the cue of that statement and at most the rest of its sentence, or a paragraph's end.
        let reach = end_of(&found[last]);
        let between = Span::new(reach.min(quote.span.start) as usize, quote.span.start as usize).of(text);
        let sentences = document
            .annotated
            .sentences
            .iter()
            .filter(|s| s.span.start >= reach && s.span.end <= quote.span.start)
            .count();
        let breaks = between.matches('\n').count();
        let earlier = index > 0 && {
            let previous = &quotes[index - 1];
            !previous.closed
                && found[last].parts.iter().any(|p| p.start < previous.span.end && previous.span.start < p.end)
        };
        let colon = found[last].rule == "colon" || between.trim_end().ends_with(':');
        let same_block = reach >= block.start && !quote.opens_block;
        let near = if quote.opens_block { sentences == 0 && breaks <= 3 } else { same_block && sentences == 0 };
        if near && (same_block || earlier || colon || ends_in_quote(text, &found[last]) || quote.opens_block) {
            found[last].parts.push(quote.span);
        }
    }
    for one in found.iter_mut() {
        one.parts.sort_by_key(|p| p.start);
    }
}

fn ends_in_quote(text: &str, found: &Found) -> bool {
    found.parts.last().is_some_and(|p| p.of(text).trim_end().ends_with(['”', '"', '\'', '’', '»']))
}

/// The statement with which quotations may go on whose words stand last before a quotation.
fn last_before(found: &[Found], quote: &Quote) -> Option<usize> {
    (0..found.len())
        .filter(|&i| found[i].open && end_of(&found[i]) <= quote.span.start)
        .max_by_key(|&i| end_of(&found[i]))
}

/// Where the last of a statement's words ends.
fn end_of(found: &Found) -> u32 {
    let source = found.source.map_or(0, |s| s.end);
    found.parts.iter().map(|p| p.end).chain([found.cue.end, source]).max().unwrap_or(0)
}

/// "The envoy apologised for the delay: “…”": the colon is the cue, whatever the verb.
fn behind_colon(document: &Document<'_>, quote: &Quote, found: &[Found]) -> Option<Found> {
    let sentence = document.annotated.sentences.partition_point(|s| s.span.start < quote.span.start).checked_sub(1)?;
    let tree = document.tree(sentence);
    let colon = (0..tree.len()).rev().find(|&t| tree.sentence.tokens[t].span.end <= quote.span.start)?;
    if !tree.sentence.parsed
        || tree.word(colon) != ":"
        || found.iter().any(|f| f.sentence == sentence && f.rule == "colon")
    {
        return None;
    }
    let root = (0..colon)
        .find(|&t| tree.head(t).is_none() && matches!(tree.xpos(t), "VBD" | "VBZ" | "VBP" | "VBN" | "VBG"))?;
    let speaker = *tree.subjects(root).first()?;
    let named =
        matches!(tree.upos(speaker), Upos::Propn) || matches!(tree.lower(speaker).as_str(), "he" | "she" | "they");
    if !named || speaker > root || colon > root + 25 {
        return None;
    }
    let (first, last) = words::stretch(&tree, speaker, &[root]);
    Some(Found {
        rule: "colon",
        sentence,
        verb: root,
        speaker: Some(speaker),
        source: Some(words::trim(tree.text, words::span(&tree, first, last.min(root - 1).max(first)))),
        cue: tree.sentence.tokens[colon].span,
        parts: vec![quote.span],
        class: CueClass::Say,
        open: true,
    })
}

/// `“…” — Marta Lindqvist` at the end of a paragraph.
fn dash(document: &Document<'_>, quote: &Quote) -> Option<Found> {
    let text = document.annotated.document.text.as_str();
    let block = document.annotated.document.blocks[quote.block as usize].span;
    let behind = Span::new(quote.span.end as usize, block.end.max(quote.span.end) as usize).of(text);
    let line = behind.split('\n').next().unwrap_or("");
    let rest = line.trim_start();
    let name =
        rest.strip_prefix(['―', '—', '–']).or_else(|| rest.strip_prefix("--")).or_else(|| rest.strip_prefix("- "))?;
    let name = name.trim();
    if name.is_empty() || name.split_whitespace().count() > 14 || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let start = name.as_ptr() as usize - text.as_ptr() as usize;
    let source = words::trim(text, Span::new(start, start + name.trim_end_matches('.').len()));
    let mark = quote.span.end as usize + (line.len() - rest.len());
    let cue = Span::new(mark, start);
    let sentence = document
        .annotated
        .sentences
        .iter()
        .position(|s| s.span.start <= source.start && source.end <= s.span.end + 1)?;
    let tokens = &document.annotated.sentences[sentence].tokens;
    let speaker = tokens.partition_point(|t| t.span.end <= source.start).min(tokens.len() - 1);
    Some(Found {
        rule: "dash",
        sentence,
        verb: speaker,
        speaker: Some(speaker),
        source: Some(source),
        cue: words::trim_space(text, cue),
        parts: vec![quote.span],
        class: CueClass::Say,
        open: false,
    })
}

/// `Marta Lindqvist: “…”` at the start of a line, and the headline `Lindqvist: ‘…’`.
fn named(document: &Document<'_>, quote: &Quote) -> Option<Found> {
    let text = document.annotated.document.text.as_str();
    let block = document.annotated.document.blocks[quote.block as usize].span;
    let before = Span::new(block.start as usize, quote.span.start as usize).of(text);
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    let name = line.trim_end().strip_suffix(':')?.trim_end();
    let words = name.split_whitespace().count();
    let capital =
        name.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "de" | "the"));
    if words == 0 || words > 4 || !capital || name.contains([',', '.', '"', '“']) && !name.ends_with('.') {
        return None;
    }
    let start = name.as_ptr() as usize - text.as_ptr() as usize;
    let source = Span::new(start, start + name.len());
    let sentence =
        document.annotated.sentences.iter().position(|s| s.span.start <= source.start && source.end <= s.span.end)?;
    let tokens = &document.annotated.sentences[sentence].tokens;
    let speaker = tokens.partition_point(|t| t.span.end < source.end).min(tokens.len() - 1);
    let colon = start + name.len() + text[start + name.len()..].find(':')?;
    // "Lindqvist: ‘No line’ to the palace": the rest of a headline is hers, too.
    let rest = Span::new(quote.span.end as usize, block.end.max(quote.span.end) as usize).of(text);
    let rest = rest.split('\n').next().unwrap_or("").trim_end();
    let headline = !rest.is_empty()
        && !rest.ends_with(['.', ','])
        && rest.split_whitespace().count() <= 16
        && !rest.contains(['“', '"']);
    let whole =
        if headline { Span::new(quote.span.start as usize, quote.span.end as usize + rest.len()) } else { quote.span };
    Some(Found {
        rule: "name",
        sentence,
        verb: speaker,
        speaker: Some(speaker),
        source: Some(source),
        cue: Span::new(colon, colon + 1),
        parts: vec![whole],
        class: CueClass::Say,
        open: true,
    })
}
