//! Owns the goals of a visit: the countries that a text says somebody goes to, one or a list of them.

use readout_rules::{Form, Pattern};
use readout_types::{Deprel, Upos};

use crate::actors::ActorId;
use crate::mentions::{Mention, Referent};
use crate::resolve::Document;
use crate::tree::Tree;

/// Where a visit goes: the countries of the places or countries at the end of the other-side paths, each with the token
/// where it stands; several for "a visit to Eritrea, Kenya and Comoros" and "three countries: Kenya, …".
pub(crate) fn goals(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
) -> Vec<(usize, ActorId)> {
    let mut ends: Vec<usize> =
        pattern.other.iter().flat_map(|p| tree.follow(token, p, &document.knowledge.cues)).collect();
    ends.extend(
        (token + 1..(token + 5).min(tree.len()))
            .filter(|&t| matches!(tree.word(t).to_lowercase().as_str(), "to" | "in"))
            .map(|t| t + 1)
            .take(1),
    );
    // "is in Paris on a state visit"
    ends.extend(tree.head(token).filter(|&h| {
        h < token
            && tree.case(token) == "on"
            && matches!(tree.case(h).as_str(), "in" | "at")
            && tree.children(h).any(|c| tree.relation(c) == Deprel::Cop)
    }));
    // "in Helsinki, where he is on a visit"
    let relative = (0..token).rev().take(9).find(|&t| tree.word(t).eq_ignore_ascii_case("where"));
    ends.extend(relative.and_then(|t| (0..t).rev().find(|&b| tree.upos(b) != Upos::Punct)));
    for end in ends {
        for at in tree.coordinated(end) {
            let below = || {
                tree.children(at).filter(|_| tree.lemma(at) == "capital").find_map(|c| document.mention_at(sentence, c))
            };
            let Some(mention) = document.mention_at(sentence, at).or_else(below) else {
                let listed = members(document, tree, sentence, at);
                if listed.len() > 1 {
                    return listed;
                }
                continue;
            };
            let listed = list_from(document, tree, sentence, mention, at);
            if !listed.is_empty() {
                return listed;
            }
        }
    }
    // "Arrived here on Sunday night"
    if pattern.form == Form::Verb && pattern.weak {
        return crate::dateline::goal(document, tree, token).into_iter().collect();
    }
    Vec::new()
}

/// The state that a mention means as a goal: itself, or that of the place.
fn country(document: &Document<'_>, tree: &Tree<'_>, mention: &Mention, at: usize) -> Option<ActorId> {
    let code = match &mention.referent {
        Referent::Adjective(id) if tree.lemma(at) == "capital" => document.cast.country(*id)?,
        _ => document.country_of(mention)?,
    };
    if code.len() == 2 { document.cast.state(code) } else { None }
}

/// The countries of a list that begins with a mention: "Eritrea, Kenya and the Comoros"; empty where that is none.
fn list_from(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    mention: &Mention,
    at: usize,
) -> Vec<(usize, ActorId)> {
    let Some(goal) = country(document, tree, mention, at) else { return Vec::new() };
    let mut out = vec![(at, goal)];
    let mut from = mention.end;
    loop {
        let mut at = from;
        let mut joined = false;
        while at < tree.len() && at < from + 4 {
            match tree.lower(at).as_str() {
                "," | "and" | "&" | "then" => joined = true,
                "the" | "to" => {}
                _ => break,
            }
            at += 1;
        }
        let Some(mention) = document.mention_at(sentence, at).filter(|m| joined && m.first == at) else { return out };
        let Some(goal) = country(document, tree, mention, at) else { return out };
        // "Kenya and Ethiopia's prime minister": a noun follows, and the country is not the goal.
        if matches!(tree.lower(mention.end).as_str(), "'s" | "’s") {
            return out;
        }
        // "a trip to Berlin, Germany": the country of the town before the comma.
        if out.iter().all(|&(_, known)| known != goal) {
            out.push((at, goal));
        }
        from = mention.end;
    }
}

/// Those whom a text lists as some of many: "sat down with several ministers, including China, India and Brazil",
/// "leaders from Germany, Japan and Mexico"; empty when fewer than two are named.
pub(crate) fn among_many(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
) -> Vec<(usize, ActorId)> {
    let until = (token + 28).min(tree.len());
    let many = (token + 1..until.min(token + 8)).any(|t| {
        matches!(
            tree.lower(t).as_str(),
            "leaders"
                | "ministers"
                | "counterparts"
                | "presidents"
                | "officials"
                | "diplomats"
                | "envoys"
                | "representatives"
        )
    });
    let Some(opens) = (token + 1..until)
        .find(|&t| matches!(tree.lower(t).as_str(), "including" | "among") && tree.lower(t.saturating_sub(1)) == ",")
    else {
        return Vec::new();
    };
    let broken = (token + 1..opens).any(|t| matches!(tree.word(t), ";" | ":" | "”" | "“" | "\""));
    let them = usize::from(tree.lower(opens + 1) == "them");
    let Some(mention) =
        (opens + 1 + them..opens + 5).find_map(|t| document.mention_at(sentence, t)).filter(|_| many && !broken)
    else {
        return Vec::new();
    };
    let people: Vec<(usize, ActorId)> = document
        .actors_with_coordination(sentence, mention.first)
        .into_iter()
        .filter(|&a| document.cast.is_person(a))
        .map(|a| (mention.first, a))
        .collect();
    if !people.is_empty() {
        return people;
    }
    let listed = list_from(document, tree, sentence, mention, mention.first);
    if listed.len() < 2 { Vec::new() } else { listed }
}

/// The countries listed after a noun for them: "three African countries — Nigeria, Botswana and Tanzania", "nations
/// including Kenya and Rwanda".
fn members(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, noun: usize) -> Vec<(usize, ActorId)> {
    if !matches!(tree.lemma(noun).as_str(), "country" | "nation" | "state" | "capital" | "neighbour" | "neighbor") {
        return Vec::new();
    }
    let first = (noun + 1..(noun + 4).min(tree.len())).find(|&t| document.mention_at(sentence, t).is_some());
    let Some(first) = first else { return Vec::new() };
    let opens = |t: usize| {
        matches!(
            tree.lower(t).as_str(),
            "—" | "–" | "-" | ":" | "," | "(" | "--" | "including" | "namely" | "like" | "such" | "as" | "the"
        )
    };
    if !(noun + 1..first).all(opens) || first == noun + 1 {
        return Vec::new();
    }
    let Some(mention) = document.mention_at(sentence, first) else { return Vec::new() };
    list_from(document, tree, sentence, mention, first)
}

/// The people whom a visit is to or with: "visited B at his estate", "a visit with B".
pub(crate) fn visited(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
) -> Vec<ActorId> {
    tree.children(token)
        .filter(|&c| match pattern.form {
            Form::Verb => tree.relation(c).universal() == Deprel::Obj,
            Form::Noun => tree.relation(c).universal() == Deprel::Nmod && tree.case(c) == "with",
        })
        .flat_map(|c| document.actors_with_coordination(sentence, c))
        .filter(|&a| document.cast.is_person(a))
        .collect()
}

/// "Will travel to Kyiv with B and C": those who travel too join the party.
pub(crate) fn companions(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    goal: ActorId,
    party: &mut Vec<ActorId>,
    party_tokens: &mut Vec<usize>,
) {
    if party.is_empty() {
        return;
    }
    let with = tree
        .children(token)
        .filter(|&c| c > token && tree.relation(c) == Deprel::Obl && tree.case(c).rsplit(' ').next() == Some("with"));
    for companion in with {
        for actor in document.actors_with_coordination(sentence, companion) {
            if document.cast.is_person(actor) && document.foreign(actor, goal) && !party.contains(&actor) {
                party.push(actor);
                party_tokens.push(companion);
            }
        }
    }
}
