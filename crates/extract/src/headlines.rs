//! Owns the grammar of headlines, where trees fail: "A, B to meet", "A calls B", "A postpones China trip".

use readout_types::{BlockKind, Status, Upos};

use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::mentions::{Mention, Referent};
use crate::resolve::Document;
use crate::tree::Tree;

/// Surnames that are common words too: in a headline a capital does not tell them apart.
const COMMON: [&str; 42] = [
    "may", "march", "brown", "bush", "rice", "cook", "fox", "key", "straw", "short", "hunt", "major", "price", "day",
    "hill", "park", "moon", "king", "prince", "general", "mark", "will", "bill", "grant", "rose", "wall", "west",
    "north", "south", "east", "land", "law", "power", "powers", "stone", "young", "long", "white", "black", "green",
    "hand", "case",
];

/// Whether a capitalised word of a headline may be the surname of an office-holder, whatever the tagger says.
pub(crate) fn may_be_surname(word: &str) -> bool {
    word.len() >= 3 && !COMMON.contains(&word)
}

/// Whether "to" stands between the subject and the verb: "Scholz to visit Beijing" is a plan.
pub(crate) fn ahead(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> Option<(Status, usize)> {
    // "Netanyahu coming to the White House in November"
    let bound = matches!(tree.lower(verb).as_str(), "coming" | "heading" | "going" | "travelling" | "traveling")
        && verb.checked_sub(1).is_some_and(|t| document.mention_at(sentence, t).is_some());
    if bound {
        return Some((Status::Planned, verb));
    }
    let to = verb.checked_sub(1).filter(|&t| tree.lower(t) == "to")?;
    let before = to.checked_sub(1)?;
    document.mention_at(sentence, before).map(|_| (Status::Planned, to))
}

/// The actors listed right before a verb (or its "to"): "Putin, Xi", "Sunak and von der Leyen".
pub(crate) fn subjects(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
) -> Vec<(usize, ActorId)> {
    let mut end = verb;
    while end > 0 && (tree.lower(end - 1) == "to" || matches!(tree.upos(end - 1), Upos::Adv | Upos::Aux)) {
        end -= 1;
    }
    let mut out = Vec::new();
    while end > 0 {
        let Some(mention) = document.mention_at(sentence, end - 1).filter(|m| m.end == end) else { break };
        let Some(actor) = whom(document, mention) else { break };
        // "After Peres, Kerry phones Netanyahu"
        let aside = mention.first.checked_sub(1).is_some_and(|t| matches!(tree.lower(t).as_str(), "after" | "before"));
        if aside && !out.is_empty() {
            break;
        }
        out.insert(0, (mention.first, actor));
        end = mention.first;
        let joints = (0..end)
            .rev()
            .take_while(|&t| {
                // "Sunak and von der Leyen": particles belong to the name behind them.
                matches!(
                    tree.lower(t).as_str(),
                    "," | "and" | "&" | "-" | "–" | "von" | "der" | "van" | "den" | "de" | "bin" | "al"
                )
            })
            .count();
        if joints == 0 {
            break;
        }
        end -= joints;
    }
    out
}

/// The actors right after a verb, with "with" or "to" between: "calls Netanyahu", "speaks with Zelensky and Macron".
pub(crate) fn objects(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> Vec<(usize, ActorId)> {
    let mut at = verb + 1;
    if matches!(tree.lower(at).as_str(), "with" | "to") {
        at += 1;
    }
    let mut out = Vec::new();
    while at < tree.len() {
        let Some(mention) = document.mention_at(sentence, at).filter(|m| m.first == at) else { break };
        let Some(actor) = whom(document, mention) else { break };
        // "Calls B's plan foolish", "calls Ruritan attacks barbaric"
        let of_another = matches!(tree.lower(mention.end).as_str(), "'s" | "’s" | "'" | "’");
        let named = tree.lemma(verb) == "call"
            && mention.end < tree.len()
            && matches!(tree.upos(mention.end), Upos::Noun | Upos::Propn | Upos::Adj)
            && !document.knowledge.cues.has("calendar", &tree.lemma(mention.end));
        if of_another || named {
            break;
        }
        out.push((mention.first, actor));
        at = mention.end;
        let joints = (at..tree.len()).take_while(|&t| matches!(tree.lower(t).as_str(), "," | "and" | "&")).count();
        if joints == 0 {
            break;
        }
        at += joints;
    }
    out
}

fn whom(document: &Document<'_>, mention: &Mention) -> Option<ActorId> {
    match mention.referent {
        Referent::Actor(id) | Referent::Adjective(id) => {
            document.cast.country(id).is_some().then_some(id).or_else(|| document.cast.is_person(id).then_some(id))
        }
        _ => None,
    }
}

/// The country that stands before a noun of travel: "China trip", "Moscow visit".
pub(crate) fn goal(document: &Document<'_>, sentence: usize, noun: usize) -> Option<(usize, ActorId)> {
    let mention = document.mention_at(sentence, noun.checked_sub(1)?)?;
    match mention.referent {
        Referent::Actor(id) if !document.cast.is_person(id) => Some((mention.first, id)),
        _ => None,
    }
}

/// Who travels in "A postpones China trip": the people before the verb of the clause.
pub(crate) fn traveller(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    noun: usize,
    title: bool,
) -> Vec<ActorId> {
    // Taggers take "postpones" in a headline for a noun.
    let called_off = |t: usize| title && document.knowledge.cues.has("cancelled", &tree.lemma(t));
    let Some(verb) = (0..noun).rev().find(|&t| matches!(tree.upos(t), Upos::Verb) || called_off(t)) else {
        return Vec::new();
    };
    let mut found: Vec<ActorId> = tree
        .subjects(verb)
        .into_iter()
        .flat_map(|s| document.actors_with_coordination(sentence, s))
        .filter(|&a| document.cast.is_person(a))
        .collect();
    if found.is_empty() && title {
        found = subjects(document, tree, sentence, verb).into_iter().map(|s| s.1).collect();
    }
    found
}

/// The lemma of a word in a title that stands between an actor and an actor (or its preposition) and has the form of a
/// trigger verb: "Trump phones Putin".
pub(crate) fn verb<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    sentence: usize,
    token: usize,
    block: Option<BlockKind>,
) -> Option<&'a String> {
    if !matches!(block, Some(BlockKind::Title | BlockKind::Heading)) || token == 0 {
        return None;
    }
    let lemma = document.knowledge.present.get(&tree.word(token).to_lowercase())?;
    let actor = |t: usize| document.mention_at(sentence, t).is_some_and(|m| matches!(m.referent, Referent::Actor(_)));
    let after = |t: usize| t < tree.len() && (actor(t) || matches!(tree.word(t), "with" | "to"));
    (actor(token - 1) && after(token + 1)).then_some(lemma)
}

/// People of two countries named side by side in a caption were photographed together.
pub(crate) fn caption<'a>(document: &Document<'a>, tree: &Tree<'a>, sentence: usize) -> Option<ContactMention<'a>> {
    let pattern = document.knowledge.patterns.by_lemma("@caption").next()?;
    let mentions = &document.mentions[document.by_sentence[sentence].clone()];
    let first = mentions
        .iter()
        .find(|m| matches!(m.referent, Referent::Actor(id) if document.cast.get(id).person.is_some()))?;
    let people: Vec<ActorId> = document
        .actors_with_coordination(sentence, first.first)
        .into_iter()
        .filter(|&a| document.cast.get(a).person.is_some())
        .collect();
    if people.len() < 2 || !people.iter().any(|&p| document.foreign(people[0], p)) {
        return None;
    }
    let token = first.end.saturating_sub(1).min(tree.len() - 1);
    Some(ContactMention {
        soft: true,
        party: people,
        party_tokens: vec![token],
        ..ContactMention::at(sentence, token, pattern, Status::Held)
    })
}
