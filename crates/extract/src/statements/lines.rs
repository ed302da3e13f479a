//! Owns lines that open with who speaks and a colon: headlines ("Lindqvist: No truce before spring") and transcripts
//! ("LINDQVIST: Thank you. I will be short.").

use readout_rules::CueClass;
use readout_types::{ActorKind, BlockKind, Span};

use super::Found;
use crate::mentions::Referent;
use crate::resolve::Document;

/// Lines in capitals from which a text is a transcript.
const SCRIPT: usize = 3;
/// Words that a name before a colon may have.
const NAME: usize = 4;
/// Words from which what follows says something.
const SAID: usize = 4;

/// A line with a name before a colon.
struct Line {
    name: Span,
    colon: usize,
    rest: Span,
    /// A title, or the first line of the text.
    heads: bool,
    capitals: bool,
}

/// What the lines of a document have their speakers say.
pub(super) fn of_document(document: &Document<'_>) -> Vec<Found> {
    let lines = lines(document);
    let script = lines.iter().filter(|l| l.capitals).count() >= SCRIPT;
    lines.iter().filter_map(|line| statement(document, line, script)).collect()
}

fn lines(document: &Document<'_>) -> Vec<Line> {
    let text = document.annotated.document.text.as_str();
    let mut out = Vec::new();
    let mut first = true;
    for block in document.annotated.document.blocks.iter().filter(|b| b.kind.is_text() || b.kind == BlockKind::Title) {
        let mut at = block.span.start as usize;
        for whole in block.span.of(text).split_inclusive('\n') {
            let start = at + (whole.len() - whole.trim_start().len());
            at += whole.len();
            let heads = block.kind == BlockKind::Title || first;
            let line = whole.trim();
            first &= line.is_empty();
            let bare = line.trim_start_matches(['"', '“', '‘', '•', '-', ' ']);
            let Some(colon) = bare.find(": ").filter(|&c| c <= 48) else { continue };
            let name = &bare[..colon];
            let words = name.split_whitespace().count();
            let capital = name
                .split_whitespace()
                .all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "de" | "van" | "von" | "der"));
            let rest = bare[colon + 1..].trim().trim_end_matches(['"', '”', '’']).trim_end_matches('.');
            let quoted = rest.starts_with(['"', '“', '‘', '\'', '«']);
            if words == 0 || words > NAME || !capital || quoted || rest.split_whitespace().count() < SAID {
                continue;
            }
            let from = start + (line.len() - bare.len());
            let begin = rest.as_ptr() as usize - text.as_ptr() as usize;
            out.push(Line {
                name: Span::new(from, from + name.len()),
                colon: from + colon,
                rest: Span::new(begin, begin + rest.len()),
                heads,
                capitals: name.chars().filter(|c| c.is_alphabetic()).count() > 2
                    && !name.chars().any(char::is_lowercase),
            });
        }
    }
    out
}

/// What a line has its speaker say: of a transcript whoever stands there in capitals, else a person or, in a headline, a house.
fn statement(document: &Document<'_>, line: &Line, script: bool) -> Option<Found> {
    let sentences = &document.annotated.sentences;
    let sentence = sentences.iter().position(|s| s.span.start <= line.name.start && line.name.start < s.span.end)?;
    let tokens = &sentences[sentence].tokens;
    let speaker = tokens.partition_point(|t| t.span.end < line.name.end);
    let mention = document.mention_at(sentence, speaker).filter(|m| m.span.end == line.name.end);
    let known = mention.is_some_and(|m| match m.referent {
        Referent::Actor(id) if document.cast.is_person(id) => true,
        // "Moscow: …" may be where it was written.
        Referent::Actor(id) => line.heads && document.cast.get(id).actor.kind != ActorKind::State,
        _ => false,
    });
    let named = document.annotated.names.iter().any(|n| {
        n.sentence as usize == sentence
            && n.span.end == line.name.end
            && n.span.start <= line.name.start
            && n.kind == readout_types::NameKind::Person
    });
    if speaker >= tokens.len() || !(known || named || script && line.capitals) {
        return None;
    }
    // "Lindqvist: envoy, mother of two" says nothing.
    let says = document.annotated.sentences[sentence..]
        .iter()
        .take_while(|s| s.span.start < line.rest.end)
        .flat_map(|s| &s.tokens)
        .any(|t| line.rest.start <= t.span.start && matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD" | "VB"));
    if !says {
        return None;
    }
    Some(Found {
        rule: "line",
        sentence,
        verb: speaker,
        speaker: Some(speaker),
        source: Some(line.name),
        cue: Span::new(line.colon, line.colon + 1),
        parts: vec![line.rest],
        class: CueClass::Say,
        open: false,
    })
}
