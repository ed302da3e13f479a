//! Owns what sentences without a contact of their own add to the one in hand: who speaks of it, who began it, what it was about,
//! how long it took, how many there have been.

use readout_times::Meaning;
use readout_types::{Date, Deprel, Duration, Span, Status, Upos};

use crate::counts;
use crate::lengths;
use crate::mentions::Referent;
use crate::reports::Draft;
use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::TimeAt;
use crate::{fields, initiators, speakers};

/// Adds the facts of a sentence to the report that it or one of the sentences before it spoke of.
pub(crate) fn add(
    document: &Document<'_>,
    sentence: usize,
    index: Option<usize>,
    times: &[TimeAt],
    day: Option<Date>,
    drafts: &mut [Draft<'_>],
) {
    let Some(draft) = index.and_then(|i| drafts.get_mut(i)) else { return };
    let tree = document.tree(sentence);
    if !tree.sentence.parsed {
        return;
    }
    if speakers::speaking_of(document, sentence, &draft.parties, false).is_empty() {
        of_another(document, sentence, index, drafts);
    }
    let Some(draft) = index.and_then(|i| drafts.get_mut(i)) else { return };
    let about_them = document.mentions[document.by_sentence[sentence].clone()].iter().any(|m| {
        document.is_subject(m)
            && match &m.referent {
                Referent::Together { .. } => true,
                Referent::Actor(id) => draft.parties.contains(id),
                Referent::Anaphor(_) => true,
                _ => false,
            }
    });
    let here = draft.told.last().is_some_and(|t| t.mention.sentence == sentence);
    let spoken_of = speakers::speaking_of(document, sentence, &draft.parties, here);
    if !here {
        add_lengths(document, sentence, times, draft);
    }
    let untimed = draft.told.iter().all(|t| t.duration.is_none()) && draft.lengths.is_empty();
    let Some(last) = draft.told.last_mut() else { return };
    last.credits.extend(spoken_of);
    if here {
        return;
    }
    if draft.status == Status::Proposed && accepts(&tree) && about_them {
        // "He accepted the invitation."
        draft.status = Status::Planned;
        last.mention.status = Status::Planned;
    }
    if let Some(named) = initiators::named(document, sentence).filter(|i| i.is_of(document, &draft.parties)) {
        last.initiator = Some(named);
    }
    if about_them {
        last.topics.extend(fields::topics(document, sentence, None));
        last.outcomes.extend(fields::outcomes(document, sentence));
    }
    if untimed {
        last.duration = length(&tree, times);
    }
    if last.count.is_none() {
        last.count = counts::of_pronoun(document, sentence, times, day);
    }
}

/// "A rang B. C had last spoken to B in May. A called it a good talk": whoever is no side of the contact told last may speak of
/// the one before it.
fn of_another(document: &Document<'_>, sentence: usize, index: Option<usize>, drafts: &mut [Draft<'_>]) {
    let others =
        drafts.iter_mut().enumerate().rev().filter(|(i, d)| {
            Some(*i) != index && d.kind != readout_types::ContactKind::Visit && document.issuer.is_none()
        });
    for (_, draft) in others {
        let Some(last) = draft.told.last_mut().filter(|t| sentence - t.mention.sentence <= 3) else { continue };
        let credits = speakers::speaking_of(document, sentence, &draft.parties, false);
        let meant = speakers::names_a_contact(&document.tree(sentence)) || credits.iter().any(|c| c.channel.is_some());
        if meant && !credits.is_empty() {
            last.credits.extend(credits);
            return;
        }
    }
}

/// Whether a sentence says that an invitation was accepted.
fn accepts(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|verb| {
        matches!(tree.lemma(verb).as_str(), "accept" | "take")
            && matches!(tree.xpos(verb), "VBD" | "VBN" | "VBZ")
            && crate::status::negator(tree, verb).is_none()
            && tree.children(verb).any(|c| {
                matches!(tree.relation(c), Deprel::Obj | Deprel::NsubjPass)
                    && matches!(tree.lemma(c).as_str(), "invitation" | "offer")
            })
    })
}

/// Adds the lengths that speakers give in a sentence without a contact of its own.
pub(crate) fn add_lengths(document: &Document<'_>, sentence: usize, times: &[TimeAt], draft: &mut Draft<'_>) {
    let lengths = lengths::credited(document, sentence, times, &draft.parties, &draft.lengths);
    if lengths.iter().all(|length| lengths::from_a_side(document, length, &draft.parties)) {
        draft.lengths.extend(lengths);
    } else {
        // An outsider cannot know: these are lengths of another contact, and so were those told right before.
        draft.lengths.clear();
    }
}

/// "It lasted nearly two hours", "he corrected the figure: 50 minutes": the length told last in a sentence that speaks of
/// lengths.
fn length(tree: &Tree<'_>, times: &[TimeAt]) -> Option<(Duration, Span)> {
    let lasts = (0..tree.len()).any(|t| {
        let lemma = tree.lemma(t);
        match tree.upos(t) {
            Upos::Verb => matches!(lemma.as_str(), "last" | "run" | "stretch"),
            Upos::Noun => matches!(lemma.as_str(), "duration" | "length" | "figure"),
            _ => false,
        }
    });
    let longest = Duration { min: Some(0), max: Some(600) };
    times.iter().rev().filter(|_| lasts).find_map(|t| match t.expression.meaning {
        Meaning::Duration(d) if d.max.or(d.min) <= longest.max => Some((d, t.expression.span)),
        _ => None,
    })
}
