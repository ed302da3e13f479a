//! Owns the trees of clauses: auxiliaries, agents, objects, attributes of nouns.

use readout_types::{Deprel, NameKind, Upos};

use super::Arcs;

/// "the leaders of the world's two nations": the owner hangs on what it owns, which takes its place.
pub(super) fn genitives(tree: &mut Arcs<'_>) {
    for mark in 1..tree.len().saturating_sub(1) {
        if tree.xpos(mark) != "POS" {
            continue;
        }
        let Some(owner) = tree.head(mark).filter(|&o| o < mark) else { continue };
        if !matches!(tree.relation(owner), Deprel::Nmod | Deprel::Obl) {
            continue;
        }
        let Some(case) = tree.preposition(owner).filter(|&c| c < owner) else { continue };
        let mut owned = None;
        for i in mark + 1..tree.len() {
            match tree.upos(i) {
                Upos::Noun | Upos::Propn => owned = Some(i),
                Upos::Adj | Upos::Num | Upos::Adv if owned.is_none() => {}
                _ if tree.xpos(i) == "VBN" && owned.is_none() => {}
                _ => break,
            }
        }
        let (Some(owned), Some(head)) = (owned, tree.head(owner)) else { continue };
        let relation = tree.relation(owner);
        if tree.attach(owned, head, relation) {
            tree.attach(owner, owned, Deprel::NmodPoss);
            tree.attach(case, owned, Deprel::Case);
        }
    }
}

/// "who had earlier on Wednesday received him": a form of *have* without an object before a participle is its auxiliary.
pub(super) fn perfects(tree: &mut Arcs<'_>) {
    for had in 0..tree.len() {
        if tree.lemma(had) != "have"
            || !matches!(tree.xpos(had), "VBD" | "VBZ" | "VBP")
            || matches!(tree.relation(had), Deprel::Aux | Deprel::AuxPass)
            || tree.child(had, |r| matches!(r, Deprel::Obj | Deprel::Ccomp)).is_some()
        {
            continue;
        }
        let mut verb = None;
        for i in had + 1..tree.len().min(had + 9) {
            match tree.upos(i) {
                Upos::Adv | Upos::Adp | Upos::Num | Upos::Det => {}
                Upos::Adj | Upos::Noun | Upos::Propn if tree.is_time(i) || i > had + 1 && tree.upos(i) == Upos::Adj => {
                }
                Upos::Verb if matches!(tree.xpos(i), "VBN" | "VBD") => {
                    verb = Some(i);
                    break;
                }
                _ => break,
            }
        }
        let Some(verb) = verb else { continue };
        if tree.has_subject(verb) || tree.within(had, verb) || tree.child(verb, |r| r == Deprel::Aux).is_some() {
            continue;
        }
        let children = tree.children(had);
        tree.succeed(had, verb, Deprel::Aux);
        for child in children {
            if child != verb {
                tree.hand_on(child, verb);
            }
        }
        tree.retag(had, Upos::Aux, tree.xpos(had));
        tree.retag(verb, Upos::Verb, "VBN");
    }
}

/// "was on Monday received by him": the day between *be* and its participle is an adverbial, not what is said.
pub(super) fn days_before_participles(tree: &mut Arcs<'_>) {
    for day in 2..tree.len().saturating_sub(1) {
        let verb = day + 1;
        if !tree.is_time(day) || tree.xpos(verb) != "VBN" || tree.head(verb) != Some(day) {
            continue;
        }
        let Some(be) = tree.child(day, |r| r == Deprel::Cop).filter(|&b| b < day) else { continue };
        let moved: Vec<usize> = tree
            .children(day)
            .into_iter()
            .filter(|&c| c != verb && !matches!(tree.relation(c), Deprel::Case | Deprel::Det | Deprel::Amod))
            .collect();
        tree.succeed(day, verb, Deprel::Obl);
        for child in moved {
            let relation = match tree.relation(child) {
                Deprel::Cop => Deprel::AuxPass,
                Deprel::Nsubj => Deprel::NsubjPass,
                other => other,
            };
            tree.attach(child, verb, relation);
        }
        tree.retag(be, Upos::Aux, tree.xpos(be));
    }
}

/// Verbs whose object does what the infinitive says.
const CONTROL: &[&str] = &[
    "invite",
    "ask",
    "urge",
    "persuade",
    "convince",
    "encourage",
    "order",
    "tell",
    "allow",
    "force",
    "press",
    "beg",
    "authorise",
    "authorize",
    "instruct",
    "request",
    "permit",
    "advise",
    "expect",
    "want",
    "send",
    "dispatch",
];

/// "invited him to visit France": the infinitive is a complement.
pub(super) fn object_control(tree: &mut Arcs<'_>) {
    for clause in 2..tree.len() {
        if tree.relation(clause) != Deprel::Advcl
            || tree.xpos(clause) != "VB"
            || tree.child(clause, |r| r == Deprel::Mark).is_none_or(|m| tree.lower(m) != "to")
        {
            continue;
        }
        let Some(verb) = tree.head(clause).filter(|&v| v < clause) else { continue };
        let object = tree.child(verb, |r| matches!(r, Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass));
        let to = tree.child(clause, |r| r == Deprel::Mark);
        // Only an object directly before the infinitive: "sent him home to rest" says what for.
        let next = object.is_some_and(|o| {
            tree.relation(o) == Deprel::NsubjPass && to == Some(verb + 1) || to == Some(tree.last_below(o) + 1)
        });
        if next && CONTROL.contains(&tree.lemma(verb).as_str()) {
            tree.attach(clause, verb, Deprel::Xcomp);
        }
    }
}

/// What stands with "by" under a passive without being its agent.
const MEANS: &[&str] = &[
    "phone",
    "telephone",
    "video",
    "videoconference",
    "videolink",
    "link",
    "videocall",
    "teleconference",
    "conference",
    "letter",
    "email",
    "mail",
    "telegram",
    "cable",
    "message",
    "train",
    "plane",
    "car",
    "road",
    "rail",
    "air",
    "sea",
    "boat",
    "helicopter",
    "hand",
    "force",
    "end",
    "deadline",
    "percent",
    "call",
    "means",
    "way",
    "name",
];

/// "received by Trump": the agent of a passive.
pub(super) fn agents(tree: &mut Arcs<'_>) {
    for agent in 0..tree.len() {
        if tree.relation(agent) == Deprel::OblAgent && tree.preposition(agent).is_some_and(|p| tree.lower(p) != "by") {
            tree.tokens[agent].deprel = Deprel::Obl;
        }
        // "Was welcomed at the airport by A": a person hung on the noun before it, while the verb has no agent.
        if tree.relation(agent) == Deprel::Nmod
            && tree.of_person(agent)
            && tree.preposition(agent).is_some_and(|p| tree.lower(p) == "by")
            && let Some(noun) = tree.head(agent).filter(|&n| n < agent && tree.relation(n) == Deprel::Obl)
            && tree.preposition(noun).is_some_and(|p| matches!(tree.lower(p).as_str(), "in" | "at" | "to" | "near"))
            && let Some(verb) = tree.head(noun).filter(|&v| v < noun)
            && tree.xpos(verb) == "VBN"
            && tree.child(verb, |r| r == Deprel::AuxPass).is_some()
            && tree.child(verb, |r| r == Deprel::OblAgent).is_none()
        {
            tree.attach(agent, verb, Deprel::OblAgent);
        }
        if tree.relation(agent) != Deprel::Obl
            || !(tree.is_noun(agent) || tree.upos(agent) == Upos::Pron)
            || tree.is_time(agent)
            || MEANS.contains(&tree.lemma(agent).as_str())
        {
            continue;
        }
        let Some(verb) = tree.head(agent).filter(|&v| v < agent) else { continue };
        let by = tree.preposition(agent).is_some_and(|p| tree.lower(p) == "by");
        let passive = tree.xpos(verb) == "VBN"
            && (tree.child(verb, |r| r == Deprel::AuxPass).is_some()
                || tree.child(verb, |r| r == Deprel::Aux).is_none() && !tree.has_subject(verb));
        if by && passive {
            tree.attach(agent, verb, Deprel::OblAgent);
        }
    }
}

/// Nouns that name their other side by "with" or "between".
const MUTUAL: &[&str] = &[
    "talk",
    "talks",
    "meeting",
    "call",
    "conversation",
    "discussion",
    "summit",
    "negotiation",
    "dinner",
    "lunch",
    "session",
    "consultation",
    "encounter",
    "exchange",
    "dialogue",
    "agreement",
    "deal",
    "relationship",
    "relation",
    "ties",
    "contact",
    "chat",
];

/// "called his talk with him candid": the other side of such a noun hangs on the noun, not on the verb.
pub(super) fn other_sides(tree: &mut Arcs<'_>) {
    for other in 2..tree.len() {
        if tree.relation(other) != Deprel::Obl {
            continue;
        }
        let Some(verb) = tree.head(other) else { continue };
        let Some(case) = tree.preposition(other).filter(|&c| c < other) else { continue };
        if !matches!(tree.lower(case).as_str(), "with" | "between") {
            continue;
        }
        let noun = tree
            .children(verb)
            .into_iter()
            .find(|&n| n < case && tree.relation(n) == Deprel::Obj && MUTUAL.contains(&tree.lemma(n).as_str()));
        if let Some(noun) = noun.filter(|&n| tree.last_below(n) + 1 == case) {
            tree.attach(other, noun, Deprel::Nmod);
        }
    }
}

/// Attributes hang on what they describe: those of a bare time on its head, those of a noun as `nmod`, those behind a
/// predicate noun on it and not on its subject.
pub(super) fn attributes(tree: &mut Arcs<'_>) {
    for noun in 0..tree.len() {
        let Some(head) = tree.head(noun) else { continue };
        if tree.relation(noun) == Deprel::Nmod && head < noun {
            let between = tree.preposition(noun).is_some_and(|p| matches!(tree.lower(p).as_str(), "between" | "with"));
            if let Some(above) = tree.head(head) {
                let bare = tree.is_time(head)
                    && tree.preposition(head).is_none()
                    && matches!(tree.relation(head), Deprel::NmodUnmarked | Deprel::OblUnmarked);
                let predicate = tree.is_subject(head) && head < above && above < noun && tree.is_noun(above);
                if between && (bare || predicate) {
                    let relation = if tree.is_noun(above) { Deprel::Nmod } else { Deprel::Obl };
                    tree.attach(noun, above, relation);
                }
            }
        } else if tree.relation(noun) == Deprel::Obl
            && tree.is_noun(head)
            && !tree.has_subject(head)
            && tree.child(head, |r| r == Deprel::Cop).is_none()
            && tree
                .head(head)
                .is_none_or(|_| !matches!(tree.relation(head), Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis))
        {
            tree.attach(noun, head, Deprel::Nmod);
        }
    }
}

/// "No day for a summit was named": what stands between a subject and its verb describes the subject.
pub(super) fn before_the_verb(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        if tree.relation(noun) != Deprel::Obl || !tree.is_noun(noun) || tree.is_time(noun) {
            continue;
        }
        let Some(verb) = tree.head(noun).filter(|&v| v > noun && tree.upos(v) == Upos::Verb) else { continue };
        let Some(case) = tree.preposition(noun).filter(|&c| c < noun) else { continue };
        let subject =
            tree.children(verb).into_iter().find(|&s| s < noun && tree.is_subject(s) && tree.upos(s) == Upos::Noun);
        let Some(subject) = subject else { continue };
        if tree.last_below(subject) + 1 != case {
            continue;
        }
        tree.attach(noun, subject, Deprel::Nmod);
    }
}

/// "File photo: Trump and Putin chatting at the summit": a participle directly behind a person's name is said of the
/// person, and of those coordinated with it, not of the noun before them.
pub(super) fn participles(tree: &mut Arcs<'_>) {
    for verb in 1..tree.len() {
        if !matches!(tree.xpos(verb), "VBG" | "VBN") || tree.relation(verb) != Deprel::Acl {
            continue;
        }
        let Some(head) = tree.head(verb) else { continue };
        let Some(&(mut name, ..)) = tree.names.iter().find(|n| n.1 == verb && n.2 == NameKind::Person) else {
            continue;
        };
        while tree.relation(name) == Deprel::Conj
            && let Some(above) = tree.head(name)
        {
            name = above;
        }
        if name > head && tree.relation(name) == Deprel::Appos && tree.head(name) == Some(head) {
            tree.attach(verb, name, Deprel::Acl);
        }
    }
}

/// Participles of what can be said of an event, and of no people.
const OF_EVENTS: &[&str] = &["plan", "schedule", "postpone", "cancel", "hold", "slate", "pencil", "broker", "mediate"];

/// "talks between American and Iranian negotiators, planned for Sunday": behind a comma such a participle is said of the event, not of
/// those who are named last.
pub(super) fn participles_of_events(tree: &mut Arcs<'_>) {
    for verb in 2..tree.len() {
        let about = tree.xpos(verb) == "VBN" && tree.relation(verb) == Deprel::Acl && tree.lower(verb - 1) == ",";
        if !about || !OF_EVENTS.contains(&tree.lemma(verb).as_str()) {
            continue;
        }
        let mut noun = tree.head(verb);
        while let Some(n) = noun.filter(|&n| n < verb && matches!(tree.relation(n), Deprel::Nmod | Deprel::Conj)) {
            noun = tree.head(n);
        }
        if let Some(event) = noun.filter(|&n| n < verb && tree.upos(n) == Upos::Noun && Some(n) != tree.head(verb)) {
            tree.attach(verb, event, Deprel::Acl);
        }
    }
}

/// What a verb with a particle is done to is its object ("called off a meeting"), and so is a person with first name and surname
/// of whom no more is said ("called Ann Lee"); a name of several words directly behind a noun
/// is that noun's ("called his counterpart Ann Lee"); and no name goes on behind the verb ("Ann Lee met Bob Ray").
pub(super) fn predicates_that_are_objects(tree: &mut Arcs<'_>) {
    for word in 2..tree.len() {
        let Some(head) = tree.head(word).filter(|&h| h < word && tree.is_noun(word)) else { continue };
        let object = tree.child(head, |r| r == Deprel::Obj);
        match (tree.relation(word), object) {
            (Deprel::Xcomp, None) if tree.child(head, |r| r == Deprel::CompoundPrt).is_some() => {
                tree.attach(word, head, Deprel::Obj);
            }
            (Deprel::Xcomp, None)
                if tree.upos(head) == Upos::Verb
                    && tree.names.iter().any(|n| n.0 == word && n.1 > word + 1 && n.2 == NameKind::Person) =>
            {
                tree.attach(word, head, Deprel::Obj);
            }
            (Deprel::Xcomp, Some(noun))
                if noun + 1 == word
                    && tree.upos(noun) == Upos::Noun
                    && tree.upos(word) == Upos::Propn
                    && tree.child(word, |r| r == Deprel::Flat).is_some() =>
            {
                tree.attach(word, noun, Deprel::Appos);
            }
            (Deprel::Flat, _) => {
                let verb = tree.head(head).filter(|&v| head < v && v < word && tree.upos(v) == Upos::Verb);
                if let Some(verb) = verb.filter(|&v| tree.child(v, |r| r == Deprel::Obj).is_none()) {
                    tree.attach(word, verb, Deprel::Obj);
                }
            }
            _ => {}
        }
    }
}

/// A preposition has no subject and no adjunct: what hangs on "due" in "is due in the Oval Office on Thursday", where that
/// word is read as one, belongs to the noun.
pub(super) fn adjuncts_of_prepositions(tree: &mut Arcs<'_>) {
    for case in 0..tree.len() {
        let Some(noun) = tree.head(case).filter(|_| tree.relation(case) == Deprel::Case) else { continue };
        for child in tree.children(case) {
            if tree.is_subject(child) || matches!(tree.relation(child), Deprel::Obl | Deprel::OblUnmarked) {
                tree.hand_on(child, noun);
            }
        }
    }
}

/// "an account of the calls he had had": a clause without a relative pronoun describes the noun directly before it.
pub(super) fn contact_clauses(tree: &mut Arcs<'_>) {
    for verb in 2..tree.len() {
        if tree.relation(verb) != Deprel::AclRelcl {
            continue;
        }
        let Some(head) = tree.head(verb).filter(|&h| h < verb) else { continue };
        let Some(subject) = tree.child(verb, |r| matches!(r, Deprel::Nsubj | Deprel::NsubjPass)) else { continue };
        let first = (0..tree.len()).find(|&i| tree.within(i, verb)).unwrap_or(subject);
        if subject != first || first == 0 || tree.upos(subject) != Upos::Pron || tree.xpos(subject).starts_with('W') {
            continue;
        }
        let noun = first - 1;
        if noun != head && tree.upos(noun) == Upos::Noun && tree.within(noun, head) {
            tree.attach(verb, noun, Deprel::AclRelcl);
        }
    }
}

/// "rejected as fiction an account": without a comma the second noun is no apposition but the object.
pub(super) fn objects_behind(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        if tree.relation(noun) != Deprel::Appos || tree.preposition(noun).is_some() {
            continue;
        }
        let Some(head) = tree.head(noun).filter(|&h| h < noun) else { continue };
        let Some(verb) = tree.head(head).filter(|&v| v < head && tree.upos(v) == Upos::Verb) else { continue };
        let first = (0..tree.len()).find(|&i| tree.within(i, noun)).unwrap_or(noun);
        if tree.relation(head) == Deprel::Obl
            && tree.preposition(head).is_some_and(|p| tree.lower(p) == "as")
            && tree.child(verb, |r| matches!(r, Deprel::Obj | Deprel::NsubjPass | Deprel::AuxPass)).is_none()
            && (head + 1..first).all(|i| matches!(tree.lower(i).as_str(), "\"" | "”" | "’" | "'" | "''"))
        {
            tree.attach(noun, verb, Deprel::Obj);
        }
    }
}

/// "called Palestinian Authority chief Mahmoud Abbas": with no other object, the name behind the verb is it.
pub(super) fn names_called(tree: &mut Arcs<'_>) {
    for name in 1..tree.len() {
        if tree.relation(name) != Deprel::Xcomp || tree.upos(name) != Upos::Propn || tree.preposition(name).is_some() {
            continue;
        }
        let Some(verb) = tree.head(name).filter(|&v| v < name && tree.upos(v) == Upos::Verb) else { continue };
        let other = |r| matches!(r, Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass | Deprel::AuxPass);
        let first = (0..tree.len()).find(|&i| tree.within(i, name)).unwrap_or(name);
        if first == verb + 1 && tree.child(verb, other).is_none() {
            tree.attach(name, verb, Deprel::Obj);
        }
    }
}

/// "a meeting with the minister in Jakarta": a person has no place, what the person takes part in has.
pub(super) fn places(tree: &mut Arcs<'_>) {
    for place in 1..tree.len() {
        let located = tree.names.iter().any(|n| n.0 <= place && place < n.1 && n.2 == NameKind::Place)
            && tree.relation(place) == Deprel::Nmod
            && tree.preposition(place).is_some_and(|p| matches!(tree.lower(p).as_str(), "in" | "at"));
        let Some(mut person) = tree.head(place).filter(|&p| located && p < place) else { continue };
        if !tree.names.iter().any(|n| n.0 == person && n.2 == NameKind::Person) {
            continue;
        }
        while tree.relation(person) == Deprel::Conj
            && let Some(above) = tree.head(person)
        {
            person = above;
        }
        let Some(above) = tree.head(person) else { continue };
        if matches!(tree.relation(person), Deprel::Nmod | Deprel::Obl | Deprel::Obj) {
            let relation = if tree.is_noun(above) { Deprel::Nmod } else { Deprel::Obl };
            tree.attach(place, above, relation);
        }
    }
}

/// "held a call with A ahead of his meeting with B": *ahead* and *of* mark one noun, which hangs on what A hangs on.
pub(super) fn ahead(tree: &mut Arcs<'_>) {
    for ahead in 1..tree.len().saturating_sub(2) {
        if tree.lower(ahead) != "ahead" || tree.lower(ahead + 1) != "of" {
            continue;
        }
        let Some(noun) = tree.head(ahead + 1).filter(|&n| n > ahead + 1) else { continue };
        if tree.head(ahead) == Some(noun) {
            continue;
        }
        if tree.head(noun) == Some(ahead) {
            let Some(mut above) = tree.head(ahead) else { continue };
            let marked = tree.relation(ahead) == Deprel::Case;
            if marked && let Some(higher) = tree.head(above) {
                above = higher;
            }
            let relation = if tree.is_noun(above) { Deprel::Nmod } else { Deprel::Obl };
            if !tree.attach(noun, above, relation) {
                continue;
            }
        }
        if tree.attach(ahead, noun, Deprel::Case) {
            for child in tree.children(ahead) {
                tree.hand_on(child, noun);
            }
        }
    }
}

/// "are due to meet", "is set to visit": the adjective is what is said of the subject, and the verb hangs on it.
pub(super) fn adjectives_before_infinitives(tree: &mut Arcs<'_>) {
    for verb in 3..tree.len() {
        let adjective = verb - 2;
        if tree.lower(verb - 1) != "to"
            || tree.upos(verb) != Upos::Verb
            || !matches!(tree.upos(adjective), Upos::Adj | Upos::Verb)
            || tree.head(adjective) != Some(verb)
        {
            continue;
        }
        if tree.child(verb, |r| r == Deprel::Cop).is_none_or(|be| be > adjective) {
            continue;
        }
        // What stands before the adjective belongs to it, the rest to the verb.
        let before: Vec<usize> = tree.children(verb).into_iter().filter(|&c| c < adjective).collect();
        tree.succeed(verb, adjective, Deprel::Xcomp);
        tree.attach(verb - 1, verb, Deprel::Mark);
        for child in before {
            tree.hand_on(child, adjective);
        }
    }
}

/// "spoke face to face with him": an adverb of the verb, to which all else belongs.
pub(super) fn face_to_face(tree: &mut Arcs<'_>) {
    for first in 1..tree.len().saturating_sub(2) {
        let last = first + 2;
        if [first, first + 1, last].map(|i| tree.lower(i)) != ["face", "to", "face"] {
            continue;
        }
        let Some(verb) = (first.saturating_sub(4)..first).rev().find(|&i| tree.upos(i) == Upos::Verb) else { continue };
        if !tree.attach(first, verb, Deprel::Advmod) {
            continue;
        }
        tree.attach(last, first, Deprel::Fixed);
        tree.attach(first + 1, first, Deprel::Fixed);
        for child in [tree.children(first), tree.children(first + 1), tree.children(last)].concat() {
            if !(first..=last).contains(&child) {
                tree.hand_on(child, verb);
                if tree.relation(child) == Deprel::Nmod {
                    tree.attach(child, verb, Deprel::Obl);
                }
            }
        }
    }
}

/// "Asked if the line was tapped, she said": the question is what was asked.
pub(super) fn questions_asked(tree: &mut Arcs<'_>) {
    for asked in 0..tree.len().saturating_sub(2) {
        let mark = asked + 1;
        if !matches!(tree.lower(asked).as_str(), "asked" | "asking")
            || !matches!(tree.lower(mark).as_str(), "if" | "whether")
            || tree.relation(mark) != Deprel::Mark
        {
            continue;
        }
        let Some(verb) = tree.head(mark).filter(|&v| tree.relation(v) == Deprel::Advcl) else { continue };
        if verb != asked && tree.head(verb) == tree.head(asked) {
            tree.attach(verb, asked, Deprel::Ccomp);
        }
    }
}

/// Verbs by which somebody names what another noun is: "what Paris calls talks", "what was described as a quarrel".
const NAMING: &[&str] = &["call", "describe", "characterise", "characterize", "term", "label", "dub", "portray"];

/// "Held what Paris called a round of talks", "in what aides described as a tense call": the noun named is what was held,
/// and the clause says who names it so.
pub(super) fn named_so(tree: &mut Arcs<'_>) {
    for what in 1..tree.len().saturating_sub(2) {
        if tree.lower(what) != "what" {
            continue;
        }
        let Some(verb) = tree.children(what).into_iter().find(|&c| {
            c > what
                && c <= what + 8
                && tree.relation(c) == Deprel::AclRelcl
                && NAMING.contains(&tree.lemma(c).as_str())
        }) else {
            continue;
        };
        let named = tree.children(verb).into_iter().find(|&c| {
            c > verb
                && tree.upos(c) == Upos::Noun
                && match tree.relation(c) {
                    Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp => tree.preposition(c).is_none(),
                    Deprel::Obl => tree.preposition(c).is_some_and(|p| tree.lower(p) == "as"),
                    _ => false,
                }
        });
        let Some(noun) = named.filter(|_| tree.head(what).is_some()) else { continue };
        let (above, relation) = (tree.head(what), tree.relation(what));
        let Some(above) = above.filter(|&a| !tree.within(a, what)) else { continue };
        if let Some(as_) = tree.preposition(noun) {
            tree.attach(as_, verb, Deprel::Mark);
        }
        let markers: Vec<usize> =
            tree.children(what).into_iter().filter(|&c| c < what && tree.relation(c) == Deprel::Case).collect();
        if !tree.attach(noun, above, relation) {
            continue;
        }
        tree.attach(verb, noun, Deprel::AclRelcl);
        tree.attach(what, verb, Deprel::Obj);
        for marker in markers {
            tree.attach(marker, noun, Deprel::Case);
        }
    }
}
