//! Owns parties by position: what relative pronouns, repeated prepositions, hyphens and verbs of telling lead to where the
//! tree does not.

use readout_rules::{Pattern, Step};
use readout_types::{ContactKind, Deprel, Upos};

use crate::actors::ActorId;
use crate::counts::ordinal;
use crate::mentioned::ContactMention;
use crate::mentions::{Mention, Referent};
use crate::resolve::Document;
use crate::tree::Tree;

/// "Macron, with whom he talked by phone", "Pezeshkian, whom Macron urged by telephone": the person right before the
/// pronoun is the other side of the verb that follows it.
pub(crate) fn whom_before(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    for at in (verb.saturating_sub(8)..verb).rev() {
        if matches!(tree.word(at), ";" | ":" | ".") {
            break;
        }
        if !tree.word(at).eq_ignore_ascii_case("whom") {
            continue;
        }
        let mut end = at;
        while end > 0 && (matches!(tree.word(end - 1), "," | "—" | "–") || tree.upos(end - 1) == Upos::Adp) {
            end -= 1;
        }
        let Some(mention) = end.checked_sub(1).and_then(|t| document.mention_at(sentence, t)) else { break };
        tokens.push(mention.first);
        return document.actors_at(sentence, mention.first, 0);
    }
    Vec::new()
}

/// "Joe Biden, who talked to him in 2022": the person right before `who` is the subject of the verb right after it.
pub(crate) fn who_before(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
) -> Option<(usize, Vec<ActorId>)> {
    let mut at = verb;
    while at > 0 && matches!(tree.upos(at - 1), Upos::Aux | Upos::Adv) {
        at -= 1;
    }
    let who = at.checked_sub(1).filter(|&t| tree.lower(t) == "who")?;
    let comma = who.checked_sub(1).filter(|&t| tree.word(t) == ",")?;
    let mention = document.mention_at(sentence, comma.checked_sub(1)?)?;
    let Referent::Actor(id) = mention.referent else { return None };
    document.cast.is_person(id).then(|| (mention.first, vec![id]))
}

/// "A Trump-Putin telephone call": two actors joined by a hyphen before the trigger.
pub(crate) fn hyphened(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    trigger: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut at = trigger;
    while at > 0 && trigger - at < 4 {
        at -= 1;
        if let Some(second) = document.mention_at(sentence, at) {
            let hyphen = second.first.checked_sub(1).filter(|&t| matches!(tree.word(t), "-" | "–" | "—" | "/"));
            let Some(first) = hyphen.and_then(|t| t.checked_sub(1)).and_then(|t| document.mention_at(sentence, t))
            else {
                return Vec::new();
            };
            let (a, b) = (first.first, second.first);
            let mut out = document.actors_at(sentence, a, 0);
            out.extend(document.actors_at(sentence, b, 0));
            out.dedup();
            if out.len() == 2 && document.foreign(out[0], out[1]) {
                tokens.extend([a, b]);
                return out;
            }
            return Vec::new();
        }
        if !matches!(tree.upos(at), Upos::Noun | Upos::Adj | Upos::Num | Upos::Propn) && tree.word(at) != "-" {
            return Vec::new();
        }
    }
    Vec::new()
}

/// Verbs of saying something to somebody, whose subject and object were together where the clause speaks of a contact.
pub(crate) const TELLS: [&str; 24] = [
    "tell",
    "assure",
    "inform",
    "brief",
    "warn",
    "thank",
    "urge",
    "press",
    "ask",
    "congratulate",
    "remind",
    "lobby",
    "implore",
    "caution",
    "reassure",
    "invite",
    "promise",
    "convince",
    "persuade",
    "confront",
    "challenge",
    "lean",
    "complain",
    "stress",
];

/// Verbs whose object need not be there to hear it.
pub(crate) const OF_THE_ABSENT: [&str; 22] = [
    "accuse",
    "attack",
    "back",
    "blame",
    "blast",
    "compare",
    "condemn",
    "criticise",
    "criticize",
    "defend",
    "denounce",
    "describe",
    "discuss",
    "endorse",
    "hail",
    "insult",
    "mention",
    "mock",
    "name",
    "praise",
    "quote",
    "slam",
];

/// "A told B on Wednesday that …, A said after a conversation", "A leaned on B during a call": who was told is the other
/// side, whatever the verb where `noun` hangs on it as what happened meanwhile. With `party` empty both sides are looked
/// for; gives them, subject first.
pub(crate) fn told_beside(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    noun: usize,
    party: &[ActorId],
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let during = matches!(tree.case(noun).as_str(), "during" | "in" | "over").then(|| tree.head(noun)).flatten();
    for verb in 0..tree.len() {
        let lemma = tree.lemma(verb);
        let meanwhile = during == Some(verb) && !OF_THE_ABSENT.contains(&lemma.as_str());
        if tree.upos(verb) != Upos::Verb || !meanwhile && !TELLS.contains(&lemma.as_str()) {
            continue;
        }
        let subject = tree.subjects(verb).into_iter().flat_map(|s| document.actors_at(sentence, s, 0)).next();
        let object = tree
            .children(verb)
            .filter(|&c| {
                c > verb
                    && match tree.relation(c).universal() {
                        Deprel::Obj | Deprel::Iobj => true,
                        // "leaned on B", "complained to B"
                        Deprel::Obl => c <= verb + 4 && matches!(tree.case(c).as_str(), "on" | "to"),
                        _ => false,
                    }
            })
            .flat_map(|c| document.actors_at(sentence, c, 0).into_iter().map(move |a| (c, a)))
            .next();
        let (Some(subject), Some((at, object))) = (subject, object) else { continue };
        let people = document.cast.is_person(subject) && document.cast.is_person(object);
        if !people || !document.foreign(subject, object) {
            continue;
        }
        let other = match (party.contains(&subject), party.contains(&object)) {
            (true, false) => vec![object],
            (false, true) => vec![subject],
            _ if party.is_empty() => vec![subject, object],
            _ => continue,
        };
        tokens.push(at);
        return other;
    }
    Vec::new()
}

/// "Spoke to A on Friday and to B that evening": a further other side under the same preposition, with the place in the
/// sentence where it stands, by which its times are told from those of the first.
pub(crate) fn repeated<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    mention: &ContactMention<'a>,
    all: &[ContactMention<'a>],
) -> Vec<ContactMention<'a>> {
    let words = prepositions(mention.pattern);
    if words.is_empty() || mention.other.is_empty() || mention.party.is_empty() || mention.pattern.place {
        return Vec::new();
    }
    let mut out = Vec::new();
    for other in &document.mentions[document.by_sentence[mention.sentence].clone()] {
        let Some(actor) = further_side(document, tree, mention, other, &words) else { continue };
        // Another trigger in between has the better claim.
        let nearer = all.iter().any(|m| m.token > mention.token && m.token < other.first && m.token != mention.token);
        if !nearer {
            out.push(ContactMention {
                at: other.first,
                other: vec![actor],
                party_tokens: mention.party_tokens.iter().copied().chain([other.first]).collect(),
                ..mention.clone()
            });
        }
    }
    out
}

fn further_side(
    document: &Document<'_>,
    tree: &Tree<'_>,
    mention: &ContactMention<'_>,
    other: &Mention,
    words: &[String],
) -> Option<ActorId> {
    let Referent::Actor(actor) = other.referent else { return None };
    let preposition = other.first.checked_sub(1)?;
    let joint = preposition.checked_sub(1)?;
    let same = words.contains(&tree.word(preposition).to_lowercase());
    let joined = matches!(tree.word(joint).to_lowercase().as_str(), "and" | "then" | "later");
    let known = mention.party.contains(&actor) || mention.other.contains(&actor);
    let foreign = mention.party.iter().all(|&p| document.foreign(p, actor));
    (other.first > mention.token && same && joined && !known && foreign && document.cast.is_person(actor))
        .then_some(actor)
}

/// The prepositions under which a pattern has its other side.
fn prepositions(pattern: &Pattern) -> Vec<String> {
    pattern
        .other
        .iter()
        .filter_map(|path| match path.0.last() {
            Some(Step::Down(relation, cases)) if relation == "nmod" || relation == "obl" => Some(cases),
            _ => None,
        })
        .flatten()
        .filter(|case| matches!(case.as_str(), "with" | "to"))
        .cloned()
        .collect()
}

/// "Arrangements for Putin to meet Zelensky": who stands between `for` and `to` is the subject of the infinitive.
pub(crate) fn for_subject(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let Some(to) = verb.checked_sub(1).filter(|&t| tree.word(t).eq_ignore_ascii_case("to")) else {
        return Vec::new();
    };
    let Some(mention) = to.checked_sub(1).and_then(|t| document.mention_at(sentence, t)) else { return Vec::new() };
    if !mention.first.checked_sub(1).is_some_and(|t| tree.word(t).eq_ignore_ascii_case("for")) {
        return Vec::new();
    }
    tokens.push(mention.first);
    document.actors_with_coordination(sentence, mention.first)
}

/// "Spoke to B today, A wrote": who says so is who spoke.
pub(crate) fn who_says_it(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let says = |v: usize| document.knowledge.cues.has("say", &tree.lemma(v));
    let above = tree.head(verb).filter(|&v| says(v) && tree.relation(verb).universal() == Deprel::Ccomp);
    let beside = || tree.children(verb).find(|&c| tree.relation(c) == Deprel::Parataxis && says(c));
    let Some(saying) = above.or_else(beside) else {
        return listed_under(document, sentence).into_iter().collect();
    };
    for subject in tree.subjects(saying) {
        let actors = document.actors_at(sentence, subject, 0);
        if actors.iter().any(|&a| document.cast.is_person(a)) {
            tokens.push(subject);
            return actors;
        }
    }
    Vec::new()
}

/// How many items of a list still belong to the line that opens it.
const ITEMS: usize = 10;

/// "On his first day, Mr. Kerry:" over a list of what he did: whoever the line before the list names last.
fn listed_under(document: &Document<'_>, sentence: usize) -> Option<ActorId> {
    let ends = |s: usize| {
        let tree = document.tree(s);
        tree.len() > 1 && tree.word(tree.len() - 1) == ":"
    };
    let lead = (sentence.saturating_sub(ITEMS)..sentence).rev().find(|&s| ends(s))?;
    // Items open with their verb; a sentence with a subject of its own ends the list.
    let item = |s: usize| {
        let tree = document.tree(s);
        let first = (0..tree.len()).find(|&t| !matches!(tree.upos(t), Upos::Punct | Upos::Sym));
        first.is_some_and(|t| tree.xpos(t) == "VBD")
    };
    let last = document.tree(lead).len().checked_sub(2)?;
    document.person_at(lead, last).filter(|_| (lead + 1..sentence).all(item))
}

/// "Zelensky, who had received an envoy in Kyiv, is to see Vance": the subject before the relative clause, for the verb
/// after it. `None` where no such clause closes right before the verb.
pub(crate) fn resumed_subject(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
) -> Option<(usize, Vec<ActorId>)> {
    let mut start = verb;
    while start > 0 && matches!(tree.upos(start - 1), Upos::Aux | Upos::Part | Upos::Adv) {
        start -= 1;
    }
    if start == 0 || tree.word(start - 1) != "," {
        return None;
    }
    let open = (1..start - 1).rev().find(|&t| {
        tree.word(t - 1) == "," && matches!(tree.word(t).to_lowercase().as_str(), "who" | "whose" | "whom" | "which")
    })?;
    let mention = document.mention_at(sentence, open.checked_sub(2)?)?;
    Some((mention.first, document.actors_with_coordination(sentence, mention.first)))
}

/// "On the margins of the G20": an occasion, not a party.
pub(crate) fn names_occasion(tree: &Tree<'_>, token: usize) -> bool {
    let from = token.saturating_sub(6);
    (from..token).rev().any(|t| {
        tree.word(t).eq_ignore_ascii_case("of")
            && t > 0
            && matches!(
                tree.word(t - 1).to_lowercase().as_str(),
                "sidelines" | "margins" | "sideline" | "margin" | "periphery" | "fringes"
            )
            && (t + 1..token).all(|k| !matches!(tree.upos(k), Upos::Verb | Upos::Adp))
    })
}

/// "Lavrov and Kerry hold Syria talks": what the talks are about is no third side of them.
fn drop_topic(document: &Document<'_>, tree: &Tree<'_>, mention: &mut ContactMention<'_>) {
    let people: Vec<ActorId> =
        mention.party.iter().chain(&mention.other).copied().filter(|&a| document.cast.is_person(a)).collect();
    let sides = people.first().is_some_and(|&one| people.iter().any(|&p| document.foreign(one, p)));
    if !sides || mention.kind == ContactKind::Visit {
        return;
    }
    let before: Vec<ActorId> = tree
        .children(mention.token)
        .filter(|&c| c < mention.token && matches!(tree.relation(c).universal(), Deprel::Compound | Deprel::Amod))
        .flat_map(|c| document.actors_at(mention.sentence, c, 0))
        .filter(|&a| document.cast.get(a).actor.kind == readout_types::ActorKind::State)
        .collect();
    let theirs = |a: &ActorId| people.iter().any(|&p| document.cast.country(p) == document.cast.country(*a));
    let topic = |a: &ActorId| before.contains(a) && !theirs(a);
    mention.party.retain(|a| !topic(a));
    mention.other.retain(|a| !topic(a));
}

/// Takes out summits at which another contact of the sentence takes place: "would have a bilateral meeting during the G8
/// summit" is one contact.
pub(crate) fn drop_occasions(document: &Document<'_>, tree: &Tree<'_>, all: &mut Vec<ContactMention<'_>>) {
    all.iter_mut().for_each(|m| drop_topic(document, tree, m));
    let sides = |m: &ContactMention<'_>| m.party.len() + m.other.len() >= 2;
    let is_occasion = |mention: &ContactMention<'_>| {
        // "Met during the G20 ministerial talks"
        let body = |a: &ActorId| document.cast.get(*a).actor.kind == readout_types::ActorKind::Organisation;
        let gathers = match tree.lemma(mention.token).as_str() {
            "summit" | "conference" | "forum" | "assembly" => true,
            "talk" | "meeting" | "session" => mention.party.iter().chain(&mention.other).any(body),
            _ => false,
        };
        gathers
            && matches!(tree.case(mention.token).as_str(), "at" | "while at" | "during")
            && all.iter().any(|o| {
                o.token < mention.token
                    && o.kind == ContactKind::Meeting
                    && sides(o)
                    && tree.head(mention.token).is_some_and(|h| [Some(o.token), o.light].contains(&Some(h)))
            })
    };
    let occasions: Vec<usize> = all.iter().filter(|m| is_occasion(m)).map(|m| m.token).collect();
    // "Stopped in Halifax to see B", "made a stop there, where he was received by B": the meeting, not the stop.
    let stops: Vec<usize> = all
        .iter()
        .filter(|m| {
            m.kind == ContactKind::Visit && matches!(tree.lemma(m.token).as_str(), "stop" | "break" | "stopover")
        })
        .filter(|m| {
            let verb = m.light.unwrap_or(m.token);
            all.iter().any(|o| {
                o.kind == ContactKind::Meeting
                    && sides(o)
                    && (tree.ancestors(o.token).contains(&verb) || tree.ancestors(o.token).contains(&m.token))
            })
        })
        .map(|m| m.token)
        .collect();
    let stop = |m: &ContactMention<'_>| m.kind == ContactKind::Visit && stops.contains(&m.token);
    all.retain(|m| !(occasions.contains(&m.token) || stop(m)));
}

/// "A meeting between A and visiting President B": both sides, where the tree takes B for what is visited.
pub(crate) fn with_visitor(
    document: &Document<'_>,
    sentence: usize,
    noun: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let tree = document.tree(sentence);
    let visiting = (noun + 1..tree.len()).find(|&t| tree.lower(t) == "visiting" && tree.lower(t - 1) == "and");
    let Some(visiting) = visiting.filter(|_| tree.lower(noun + 1) == "between") else { return Vec::new() };
    let host = document.mention_at(sentence, visiting - 2).filter(|m| m.first == noun + 2);
    let sides: Vec<&Mention> = host.into_iter().chain(document.mention_at(sentence, visiting + 1)).collect();
    match sides[..] {
        [
            Mention { referent: Referent::Actor(one), first, .. },
            Mention { referent: Referent::Actor(other), first: second, .. },
        ] => {
            tokens.extend([*first, *second]);
            vec![*one, *other]
        }
        _ => Vec::new(),
    }
}

/// "The meeting, which took two hours, was the first between A and B": both sides, by what the noun is said to be.
pub(crate) fn first_between(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    noun: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let Some(predicate) = tree.head(noun).filter(|&p| {
        tree.relation(noun) == Deprel::Nsubj
            && (tree.lower(p) == "latest" || ordinal(&tree.lower(p)).is_some())
            && tree.children(p).any(|c| tree.relation(c) == Deprel::Cop)
    }) else {
        return Vec::new();
    };
    let Some(sides) = tree.children(predicate).find(|&c| tree.case(c) == "between") else { return Vec::new() };
    tokens.push(sides);
    document.actors_with_coordination(sentence, sides)
}

/// "Discussed the arrangements reached following talks in January": talks with words of their own for when, of which only
/// the result is spoken of now.
pub(crate) fn reached_after(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, noun: usize) -> bool {
    let result = tree.head(noun).filter(|&v| {
        matches!(tree.case(noun).as_str(), "after" | "following" | "during" | "at")
            && matches!(tree.xpos(v), "VBN" | "VBD")
            && matches!(tree.relation(v).universal(), Deprel::Acl | Deprel::Ccomp)
            && v > 0
            && tree.upos(v - 1) == Upos::Noun
            && tree.children(v).all(|c| !matches!(tree.relation(c).universal(), Deprel::Aux | Deprel::Nsubj))
    });
    let when = |c: usize| {
        c > noun
            && matches!(tree.relation(c).universal(), Deprel::Nmod | Deprel::Obl)
            && matches!(tree.case(c).as_str(), "in" | "on" | "of")
            && document.mention_at(sentence, c).is_none()
            && crate::fields::place_at(document, sentence, c).is_none()
    };
    result.is_some_and(|v| tree.children(noun).chain(tree.children(v)).any(when))
}
