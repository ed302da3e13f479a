//! Owns which contact a statement is about, and statements with their words as evidence.

use readout_types::{EvidenceSource, Span, Stance, Statement, Status};

use crate::evidence;
use crate::resolve::Document;
use crate::statements::{self, Said};

/// Where the text speaks of a contact.
#[derive(Clone, Copy, Debug)]
pub struct Trigger {
    /// First byte of the word.
    pub start: u32,
    /// What is said of the contact there.
    pub status: Status,
    /// The report, by its number among the drafts.
    pub draft: usize,
}

/// The statements of a document. Each names the report (among the drafts) that its words, its sentence, or else `near` its
/// sentence speak of.
pub fn statements(
    document: &Document<'_>,
    triggers: &[Trigger],
    near: impl Fn(usize) -> Option<usize>,
) -> Vec<Statement> {
    statements::of_document(document)
        .into_iter()
        .filter_map(|said| {
            let inside = |at: u32| said.parts.iter().any(|p| p.start <= at && at < p.end);
            let sentence = document.sentence(said.sentence).span;
            let told = triggers.iter().find(|t| inside(t.start));
            let beside = triggers
                .iter()
                .filter(|t| sentence.start <= t.start && t.start < sentence.end)
                .min_by_key(|t| (t.start.abs_diff(said.parts[0].start), t.start));
            let about = told.or(beside).map(|t| t.draft).or_else(|| near(said.sentence));
            // "She said that no call took place": she denies it, though she only says so.
            let denied = told.is_some_and(|t| t.status == Status::Denied) && said.stance.is_none();
            finish(document, said, about, denied)
        })
        .collect()
}

fn finish(document: &Document<'_>, said: Said, report: Option<usize>, denied: bool) -> Option<Statement> {
    let clean = &document.annotated.document;
    let source = |span: Span| evidence::source(clean, span);
    let mut parts: Vec<EvidenceSource> = said.parts.iter().filter_map(|&p| source(unquoted(&clean.text, p))).collect();
    if parts.is_empty() {
        return None;
    }
    let first = parts.remove(0);
    Some(Statement {
        speaker: said.speaker,
        speaker_source: said.source.and_then(source),
        cue: said.cue.of(&clean.text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
        cue_source: source(said.cue),
        channel: said.channel,
        direct: said.direct,
        manner: said.manner,
        hedge: said.hedge,
        stance: if denied { Some(Stance::Denies) } else { said.stance },
        source: first,
        more: parts,
        rule: said.rule.into(),
        report,
    })
}

/// A quotation without its marks; words with a quotation somewhere in them stay as they are.
fn unquoted(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let open = ['“', '"', '«', '„', '‘', '\''];
    let close = ['”', '"', '»', '“', '’', '\''];
    let Some(first) = words.chars().next().filter(|c| open.contains(c)) else { return span };
    let inner = words.trim_start_matches(first);
    let start = span.end as usize - inner.len();
    let kept = inner.trim_end_matches(close);
    // Another quotation inside: the marks at the edges are not of one pair.
    if kept.is_empty() || kept.contains(['“', '”', '"', '«', '»']) {
        return span;
    }
    Span::new(start, start + kept.len())
}
