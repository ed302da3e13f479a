//! Owns parties that a mention leaves unsaid because the text around it has named them: "a bilateral meeting in Jakarta",
//! "a call from B" in a report about A.

use readout_rules::Form;
use readout_types::{BlockKind, ContactKind, Deprel, Status};

use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::mentions::Referent;
use crate::nearby::TELLS;
use crate::resolve::Document;

/// Fills in the sides that a mention does not name. `before` is the parties of the contact told of right before in this
/// sentence, `recent` of the last one in the two sentences before it.
pub(crate) fn complete(
    document: &Document<'_>,
    mention: &mut ContactMention<'_>,
    before: Option<&[ActorId]>,
    recent: Option<&[ActorId]>,
) {
    let pair = before.or(recent);
    let person = |a: &ActorId| document.cast.is_person(*a);
    let named: Vec<ActorId> = mention.party.iter().chain(&mention.other).copied().filter(person).collect();
    if let Some(pair) = pair.filter(|p| p.len() >= 2 && p.iter().all(person))
        && let Some(several) = number_of_sides(document, mention)
    {
        let state = |a: &&ActorId| document.cast.get(**a).actor.kind == readout_types::ActorKind::State;
        let sides = mention.party.iter().chain(&mention.other).filter(state).count() >= 2;
        if named.is_empty() && !sides {
            mention.party = pair.to_vec();
            mention.other.clear();
        } else if several == 3 && pair.len() == 2 {
            let third: Vec<ActorId> = named.into_iter().filter(|a| !pair.contains(a)).collect();
            if third.len() == 1 {
                mention.party = pair.to_vec();
                mention.other = third;
                // Another meeting than that of the two.
                mention.further = true;
            }
        }
        return;
    }
    if &*mention.pattern.id == "call.ring-up"
        && mention.other.is_empty()
        && let [caller] = mention.party[..]
        && let Some(called) = called_then(document, mention).filter(|&one| document.foreign(one, caller))
    {
        mention.other = vec![called];
        return;
    }
    if &*mention.pattern.id == "call.dial-in"
        && let Some(pair) = pair.filter(|p| p.len() >= 2 && p.iter().all(person))
    {
        // "B and C were then patched in": with those already on the line.
        mention.other = pair.iter().copied().filter(|a| !mention.party.contains(a)).collect();
        return;
    }
    if mention.status == Status::Denied
        && mention.party.is_empty()
        && mention.other.is_empty()
        && let Some(pair) = pair.filter(|p| p.len() == 2)
    {
        // "No call had been held on the 17th": of those just spoken of.
        mention.party = pair.to_vec();
        return;
    }
    if mention.party.is_empty()
        && mention.other.is_empty()
        && (mention.further || mention.prior && mention.status == Status::Cancelled)
        && !mention.definite
        && matches!(mention.status, Status::Planned | Status::Proposed | Status::Cancelled)
        && !matches!(mention.kind, ContactKind::Visit | ContactKind::Message)
        && let Some(pair) = recent.filter(|p| p.len() >= 2)
    {
        // "A further meeting was agreed for Friday": of those who met.
        mention.party = pair.to_vec();
        return;
    }
    if mention.party.is_empty()
        && mention.other.is_empty()
        && !mention.definite
        && mention.pattern.form == Form::Noun
        && mention.kind != ContactKind::Visit
        && document.tree(mention.sentence).case(mention.token) == "since"
        && let Some(pair) = before.filter(|p| p.len() >= 2)
    {
        // "Their first encounter since talks in Vienna on August 26"
        mention.party = pair.to_vec();
        mention.prior = true;
        mention.status = Status::Held;
        return;
    }
    // "Separate talks followed with C": of the one with whom the text is.
    let follows = || {
        let tree = document.tree(mention.sentence);
        tree.head(mention.token)
            .is_some_and(|v| matches!(tree.lemma(v).as_str(), "follow" | "come" | "ensue" | "precede"))
    };
    if let Some(pair) = before.or(recent.filter(|_| follows()))
        && let Some(&one) = pair.first()
        && mention.party.is_empty()
        && !named.is_empty()
        && mention.pattern.form == Form::Noun
        && !mention.definite
        && mention.kind != ContactKind::Visit
        && person(&one)
        && named.iter().all(|&n| !pair.contains(&n) && document.foreign(one, n))
    {
        // "A's call with B came after a day of conversations with C and D"
        mention.party = vec![one];
        return;
    }
    if mention.party.is_empty()
        && named.len() == 1
        && mention.pattern.form == Form::Noun
        && !mention.definite
        && !mention.plural
        && mention.kind != ContactKind::Visit
        && !mention.title
        && let Some(about) = protagonist(document, mention.sentence)
        && document.foreign(about, named[0])
    {
        mention.party = vec![about];
    }
}

/// "Putin tells Obama sanctions hurt": those between whom the title of a text says that something was said, whose call or
/// meeting "the phone call" of the text then is.
pub(crate) fn addressed(document: &Document<'_>) -> Option<Vec<ActorId>> {
    let blocks = &document.annotated.document.blocks;
    let sentences = &document.annotated.sentences;
    let title =
        sentences.iter().position(|s| blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Title))?;
    let tree = document.tree(title);
    let verb =
        (0..tree.len()).find(|&t| tree.relation(t) == Deprel::Root && TELLS.contains(&tree.lemma(t).as_str()))?;
    let person = |relation: Deprel| {
        let mut found = tree.children(verb).filter(|&c| tree.relation(c).universal() == relation);
        found.find_map(|c| document.person_at(title, c))
    };
    let teller = person(Deprel::Nsubj)?;
    // "Tells Obama sanctions hurt": headlines leave out the words by which a tree would know whom.
    let told = document.person_at(title, verb + 1).or_else(|| person(Deprel::Iobj)).or_else(|| person(Deprel::Obj))?;
    document.foreign(teller, told).then(|| vec![teller, told])
}

/// "B was in a car when A called": whom A called, the person of whom the sentence is.
fn called_then(document: &Document<'_>, mention: &ContactMention<'_>) -> Option<ActorId> {
    let tree = document.tree(mention.sentence);
    let when = tree.children(mention.token).any(|c| c < mention.token && tree.lower(c) == "when");
    let above =
        tree.head(mention.token).filter(|_| when && tree.relation(mention.token).universal() == Deprel::Advcl)?;
    let subject = tree.subjects(above);
    match subject[..] {
        [one] => document.person_at(mention.sentence, one),
        _ => None,
    }
}

/// Two for a bilateral meeting, three for a trilateral one.
fn number_of_sides(document: &Document<'_>, mention: &ContactMention<'_>) -> Option<usize> {
    let tree = document.tree(mention.sentence);
    tree.children(mention.token).chain([mention.token]).find_map(|c| match tree.word(c).to_lowercase().as_str() {
        "bilateral" | "one-on-one" | "two-way" => Some(2),
        "trilateral" | "three-way" => Some(3),
        _ => None,
    })
}

/// Whom a text is about at a sentence: the person it names most, when named in one of the two sentences before.
fn protagonist(document: &Document<'_>, sentence: usize) -> Option<ActorId> {
    let mut counts: Vec<(ActorId, usize)> = Vec::new();
    for mention in &document.mentions {
        let Referent::Actor(id) = mention.referent else { continue };
        if !document.cast.is_person(id) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == id) {
            Some((_, n)) => *n += 1,
            None => counts.push((id, 1)),
        }
    }
    let most = counts.iter().map(|c| c.1).max().filter(|&n| n >= 3)?;
    let (about, _) = *counts.iter().find(|c| c.1 == most)?;
    document.mentions[document.by_sentence[sentence.saturating_sub(2)].start..document.by_sentence[sentence].end]
        .iter()
        .any(|m| m.referent == Referent::Actor(about))
        .then_some(about)
}
