//! Owns lengths that speakers give the contact in hand: "Washington says an hour, Moscow fifty minutes", "ninety minutes,
//! according to the Kremlin". Each keeps its speaker, so that rival ones can stand side by side.

use readout_times::Meaning;
use readout_types::{Actor, Duration, RivalLength, Span, Upos};

use crate::actors::ActorId;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::speakers;
use crate::tree::Tree;
use crate::when::TimeAt;

/// A length with who gives it.
#[derive(Clone, Debug)]
pub struct Length {
    /// How long.
    pub duration: Duration,
    /// Its words.
    pub span: Span,
    /// Who says so; `None` for the document.
    pub speaker: Option<Actor>,
    /// The words that name the speaker.
    pub speaker_span: Option<Span>,
}

/// Nothing that is told of a contact in minutes lasts longer.
const LONGEST: u32 = 600;
/// Words between a speaker and the length it gives.
const BETWEEN: usize = 9;

/// Words that may stand between a speaker and a length, beside verbs of saying and measuring.
const SMALL: [&str; 40] = [
    "first",
    "out",
    "for",
    "it",
    "was",
    "at",
    "the",
    "a",
    "call",
    "conversation",
    "talk",
    "its",
    "length",
    "blind",
    "had",
    "has",
    "that",
    "only",
    "and",
    "pair",
    "two",
    "on",
    "line",
    "of",
    "as",
    "to",
    "up",
    "them",
    "by",
    ",",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "‘",
    "lasted",
    "been",
    "took",
    "initially",
];

/// Verbs that measure: "put it at", "clocked", "held out for", "swore blind it was".
const MEASURES: [&str; 17] = [
    "put", "clock", "time", "count", "hold", "give", "swear", "swore", "speak", "make", "have", "log", "record",
    "stick", "reckon", "measure", "quote",
];

/// The lengths that speakers give in a sentence without a contact of its own. `parties` are those of the contact in hand, `before`
/// the lengths that the sentences before gave it.
pub(crate) fn credited(
    document: &Document<'_>,
    sentence: usize,
    times: &[TimeAt],
    parties: &[ActorId],
    before: &[Length],
) -> Vec<Length> {
    let tree = document.tree(sentence);
    let mut found: Vec<Length> = Vec::new();
    for time in times {
        let Meaning::Duration(duration) = time.expression.meaning else { continue };
        if duration.max.or(duration.min).is_none_or(|m| m > LONGEST) || points_elsewhere(&tree, time) {
            continue;
        }
        let Some((first, last)) = tokens_of(&tree, time.expression.span) else { continue };
        let speaker = according(document, &tree, sentence, last)
            .or_else(|| speaker_before(document, &tree, sentence, first, !found.is_empty()))
            .or_else(|| the_other(document, &tree, sentence, first, parties, before));
        if let Some((speaker, span)) = speaker {
            found.push(Length {
                duration,
                span: time.expression.span,
                speaker: Some(speaker),
                speaker_span: Some(span),
            });
        }
    }
    // One length alone is of the contact in hand where the text speaks of how long it took, or has just told another.
    let of_lengths = |at: usize| {
        let tree = document.tree(at);
        (0..tree.len())
            .any(|t| matches!(tree.lemma(t).as_str(), "length" | "duration" | "long" | "last" | "clock" | "figure"))
    };
    let near = found.len() > 1 || !before.is_empty() || (sentence.saturating_sub(1)..=sentence).any(of_lengths);
    if near { found } else { Vec::new() }
}

/// Whether who gives a length acts for a side of the contact, or for nobody known.
pub(crate) fn from_a_side(document: &Document<'_>, length: &Length, parties: &[ActorId]) -> bool {
    let country = length.speaker.as_ref().and_then(|s| s.country.as_deref());
    country.is_none_or(|country| parties.iter().any(|&p| document.cast.country(p) == Some(country)))
}

/// "An hour before", "forty minutes later", "within the hour": no length of the contact.
fn points_elsewhere(tree: &Tree<'_>, time: &TimeAt) -> bool {
    let Some((first, last)) = tokens_of(tree, time.expression.span) else { return true };
    let after = matches!(
        tree.lower(last + 1).as_str(),
        "ago" | "before" | "after" | "earlier" | "later" | "prior" | "ahead" | "notice" | "into" | "away" | "behind"
    );
    let before = first.checked_sub(1).map(|t| tree.lower(t)).unwrap_or_default();
    after || matches!(before.as_str(), "within" | "after" | "in" | "every")
}

fn tokens_of(tree: &Tree<'_>, span: Span) -> Option<(usize, usize)> {
    let mut inside = (0..tree.len()).filter(|&t| tree.sentence.tokens[t].span.overlaps(span));
    let first = inside.next()?;
    Some((first, inside.next_back().unwrap_or(first)))
}

/// "Fifty minutes, according to the stopwatch of the Kremlin aide B": the person named behind the words, else what else
/// is named.
fn according(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, last: usize) -> Option<(Actor, Span)> {
    let at = (last + 1..(last + 4).min(tree.len())).find(|&t| tree.lower(t) == "according")?;
    let end = (at + 1..tree.len()).find(|&t| matches!(tree.word(t), "," | "." | ";" | ":")).unwrap_or(tree.len());
    let named = |person: bool| {
        (at + 1..end).find_map(|t| {
            let mention = document.mention_at(sentence, t)?;
            let is_person = matches!(mention.referent, Referent::Actor(id) if document.cast.is_person(id));
            if is_person != person {
                return None;
            }
            Some((speakers::speaker_at(document, sentence, t)?, mention.span))
        })
    };
    named(true).or_else(|| named(false))
}

/// "Washington says an hour", "Russian state media held out for two": whoever is named before the length, with nothing
/// between but a verb of saying or measuring and small words; nothing at all where the sentence has given one before
/// ("…, Moscow fifty minutes").
fn speaker_before(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    first: usize,
    listed: bool,
) -> Option<(Actor, Span)> {
    let mut says = false;
    for at in (first.saturating_sub(BETWEEN)..first).rev() {
        let lemma = tree.lemma(at);
        let verb = document.knowledge.cues.has("say", &lemma) || MEASURES.contains(&lemma.as_str());
        if verb
            && matches!(tree.upos(at), Upos::Verb | Upos::Aux | Upos::Noun)
            && document.mention_at(sentence, at).is_none()
        {
            says = true;
            continue;
        }
        let names = matches!(tree.upos(at), Upos::Noun | Upos::Propn | Upos::Pron)
            || document.mention_at(sentence, at).is_some();
        let it = matches!(tree.lower(at).as_str(), "it" | "that" | "this" | "them");
        if names
            && !it
            && let Some(speaker) = speakers::speaker_at(document, sentence, at)
        {
            let span = document.mention_at(sentence, at).map_or(tree.sentence.tokens[at].span, |m| m.span);
            return (says || listed && at + 1 == first).then(|| (of_country(document, sentence, at, speaker), span));
        }
        if !SMALL.contains(&tree.lower(at).as_str()) && tree.upos(at) != Upos::Adv {
            return None;
        }
    }
    None
}

/// "Russian state media": whoever has no country of its own has that of the adjective before.
fn of_country(document: &Document<'_>, sentence: usize, token: usize, mut speaker: Actor) -> Actor {
    if speaker.country.is_none() {
        let before = document.mentions[document.by_sentence[sentence].clone()].iter().rev();
        let adjective = before.filter(|m| m.end <= token && token - m.end <= 1).find_map(|m| match m.referent {
            Referent::Adjective(id) => document.cast.country(id).map(str::to_owned),
            _ => None,
        });
        if adjective.is_some() {
            speaker.country = adjective;
        }
    }
    speaker
}

/// "Fifty minutes, says Moscow. The host swore it was an hour": whom no name leads to, right after one side gave its
/// length, speaks for the other.
fn the_other(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    first: usize,
    parties: &[ActorId],
    before: &[Length],
) -> Option<(Actor, Span)> {
    let [a, b] = parties else { return None };
    let told = before.last()?.speaker.as_ref()?.country.as_deref()?;
    let (here, there) = (document.cast.country(*a)?, document.cast.country(*b)?);
    let other = match (told == here, told == there) {
        (true, false) => *b,
        (false, true) => *a,
        _ => return None,
    };
    // Pronouns lead to whoever was named last, which is the one who has just spoken.
    let named = document.mentions[document.by_sentence[sentence].clone()].iter().any(|m| {
        m.first < first
            && tree.upos(m.first) != Upos::Pron
            && matches!(m.referent, Referent::Actor(_) | Referent::Together { .. })
    });
    let opens = matches!(tree.lower(0).as_str(), "the" | "his" | "her");
    let verb = (1..first).find(|&t| {
        document.knowledge.cues.has("say", &tree.lemma(t))
            || MEASURES.contains(&tree.lemma(t).as_str()) && tree.upos(t) != Upos::Noun
    })?;
    let span = tree.sentence.tokens[0].span.cover(tree.sentence.tokens[verb.min(3)].span);
    (!named && opens).then(|| (document.cast.get(other).actor.clone(), span))
}

/// The lengths of a report as rivals: each with all who give it; empty when all can be true together and no two speakers give
/// different ones ("fifty minutes, says Moscow; about an hour, writes the other": both may be right, yet neither said the
/// other's).
pub(crate) fn rivals(lengths: &[Length]) -> Vec<RivalLength> {
    let clash = |a: &Duration, b: &Duration| {
        let (low, high) = (a.min.max(b.min), a.max.into_iter().chain(b.max).min());
        matches!((low, high), (Some(low), Some(high)) if low > high)
    };
    let disputed = lengths.iter().any(|a| lengths.iter().any(|b| clash(&a.duration, &b.duration)));
    let apart = |a: &Length, b: &Length| {
        let keys = (a.speaker.as_ref().map(|s| &s.key), b.speaker.as_ref().map(|s| &s.key));
        a.duration != b.duration && matches!(keys, (Some(x), Some(y)) if x != y)
    };
    let disputed = disputed || lengths.iter().any(|a| lengths.iter().any(|b| apart(a, b)));
    let mut out: Vec<RivalLength> = Vec::new();
    for length in lengths.iter().filter(|_| disputed) {
        let known = match out.iter().position(|r| r.duration == length.duration) {
            Some(at) => &mut out[at],
            None => {
                out.push(RivalLength { duration: length.duration, said_by: Vec::new() });
                let last = out.len() - 1;
                &mut out[last]
            }
        };
        if let Some(speaker) = length.speaker.as_ref().filter(|s| known.said_by.iter().all(|k| k.key != s.key)) {
            known.said_by.push(speaker.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lengths_that_cannot_all_be_true_or_that_speakers_give_apart_are_rivals() {
        let length = |min, max| Length {
            duration: Duration { min, max },
            span: Span::default(),
            speaker: None,
            speaker_span: None,
        };
        let of = |lengths: &[Length]| rivals(lengths).len();
        let by = |who: &str, min, max| Length {
            speaker: Some(Actor::from(readout_types::ActorFacts {
                name: who.to_owned(),
                role: None,
                country: None,
                kind: readout_types::ActorKind::Person,
                key: format!("person:{who}"),
            })),
            ..length(min, max)
        };
        assert_eq!(of(&[by("a", Some(50), Some(50)), by("b", Some(50), Some(70))]), 2);
        assert_eq!(of(&[by("a", Some(50), Some(50)), by("a", Some(50), Some(70))]), 0);
        assert_eq!(of(&[by("a", Some(50), Some(50)), by("b", Some(50), Some(50))]), 0);
        assert_eq!(of(&[length(Some(50), Some(50)), length(Some(60), Some(60))]), 2);
        assert_eq!(of(&[length(Some(60), None), length(Some(65), Some(85))]), 0);
        assert_eq!(of(&[length(Some(50), Some(50)), length(Some(60), None), length(Some(50), Some(50))]), 2);
        assert_eq!(of(&[length(Some(50), Some(50))]), 0);
    }
}
