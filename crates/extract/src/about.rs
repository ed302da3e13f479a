//! Owns which contact a statement is about, and statements with their words as evidence.

use readout_types::{Actor, ActorKind, EvidenceSource, Manner, Span, Stance, Statement, Status};

use crate::evidence;
use crate::reports::{Draft, Told};
use crate::resolve::Document;
use crate::speakers::Credit;
use crate::statements::Said;

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
    said: Vec<Said>,
    triggers: &[Trigger],
    near: impl Fn(usize) -> Option<usize>,
) -> Vec<Statement> {
    said.into_iter()
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

/// Credits those within whose words the text speaks of a contact. What an official readout says, its issuer says.
pub fn credit(document: &Document<'_>, said: &[Said], triggers: &[Trigger], drafts: &mut [Draft<'_>]) {
    let reports = said.iter().filter(|s| s.manner == Manner::Says && s.reports());
    for one in reports.filter(|_| document.issuer.is_none()) {
        let Some(speaker) = one.speaker.as_ref().filter(|s| may_know(s)) else { continue };
        for trigger in triggers.iter().filter(|t| one.parts.iter().any(|p| p.start <= t.start && t.start < p.end)) {
            let told = drafts.get_mut(trigger.draft).and_then(|draft| {
                let at = |t: &Told<'_>| document.sentence(t.mention.sentence).tokens[t.mention.token].span.start;
                draft.told.iter_mut().find(|t| at(t) == trigger.start)
            });
            let Some(told) = told else { continue };
            let known =
                |c: &Credit| c.speaker.key == speaker.key || c.speaker.name == speaker.name || c.span.overlaps(one.cue);
            if !told.credits.iter().any(known) {
                told.credits.push(Credit {
                    speaker: speaker.clone(),
                    channel: one.channel.clone(),
                    denies: one.stance == Some(Stance::Denies),
                    span: one.source.map_or(one.cue, |s| s.cover(one.cue)),
                });
            }
        }
    }
}

/// Whether somebody may know of a contact first hand: an actor of the document, or words for people and bodies that speak
/// for a side or report; not "analysts", "the two", "critics".
fn may_know(speaker: &Actor) -> bool {
    if speaker.country.is_some() || speaker.kind == ActorKind::Person || speaker.kind == ActorKind::Organisation {
        let role = speaker.role.as_deref().unwrap_or_default().to_lowercase();
        return !["professor", "analyst", "expert", "historian", "fellow"].iter().any(|w| role.contains(w));
    }
    let name = speaker.name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).any(|w| SPEAKS.contains(&w.strip_suffix('s').unwrap_or(w)))
        || name.chars().any(|c| c.is_ascii_digit())
}

/// Nouns, in the singular, for those who speak for a side or report what they learn.
const SPEAKS: [&str; 40] = [
    "official",
    "source",
    "person",
    "people",
    "diplomat",
    "aide",
    "insider",
    "negotiator",
    "adviser",
    "advisor",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "minister",
    "ministry",
    "office",
    "presidency",
    "palace",
    "embassy",
    "agency",
    "newspaper",
    "daily",
    "broadcaster",
    "television",
    "tv",
    "radio",
    "media",
    "channel",
    "station",
    "department",
    "directorate",
    "service",
    "secretariat",
    "government",
    "prosecutor",
    "investigator",
    "mediator",
    "chief",
    "envoy",
    "secretary",
];

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
