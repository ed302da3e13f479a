//! Owns the trees of clauses: one subject each, auxiliaries, agents, attributes of nouns.

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
        let (head, relation) = (tree.tokens[had].head, tree.tokens[had].deprel);
        tree.tokens[verb].head = head;
        tree.tokens[verb].deprel = relation;
        tree.tokens[had].head = Some(verb as u32);
        tree.tokens[had].deprel = Deprel::Aux;
        for child in children {
            if child != verb {
                let relation = tree.relation(child);
                tree.attach(child, verb, relation);
            }
        }
        tree.retag(had, Upos::Aux, tree.xpos(had));
        tree.retag(verb, Upos::Verb, "VBN");
    }
}

/// "said cooperation remains a priority, and that the ministers will meet": a subject behind a verb and directly before
/// another that has none is the other's.
pub(super) fn subjects_behind_verbs(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        if !tree.is_subject(noun) {
            continue;
        }
        let Some(verb) = tree.head(noun).filter(|&v| v < noun) else { continue };
        let Some(other) = tree.verb_from(tree.last_below(noun) + 1) else { continue };
        if other != verb && !tree.has_subject(other) && tree.is_finite(other) {
            let relation = tree.subject_relation(other);
            tree.attach(noun, other, relation);
        }
    }
}

/// Verbs whose object is a person told, not the subject of what is told.
const TELLING: &[&str] = &[
    "tell", "inform", "assure", "remind", "show", "convince", "promise", "warn", "persuade", "notify", "teach", "give",
];

/// "said his meeting with him will be held": what stands before a finite clause without a subject is its subject.
pub(super) fn subjects_of_clauses(tree: &mut Arcs<'_>) {
    for clause in 1..tree.len() {
        if tree.relation(clause) != Deprel::Ccomp || !tree.is_finite(clause) || tree.has_subject(clause) {
            continue;
        }
        let Some(verb) = tree.head(clause).filter(|&v| v < clause) else { continue };
        if TELLING.contains(&tree.lemma(verb).as_str()) {
            continue;
        }
        let begin = tree.child(clause, |r| matches!(r, Deprel::Mark)).unwrap_or(verb).max(verb);
        let subject = tree.children(verb).into_iter().find(|&c| {
            c > begin
                && c < clause
                && tree.relation(c) == Deprel::Obj
                && (tree.last_below(c) + 1..clause).all(|i| tree.upos(i) != Upos::Verb)
                && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det)
        });
        if let Some(subject) = subject {
            let relation = tree.subject_relation(clause);
            tree.attach(subject, clause, relation);
        }
    }
}

/// Verbs that report speech.
const REPORTING: &[&str] = &[
    "say",
    "tell",
    "add",
    "report",
    "write",
    "announce",
    "confirm",
    "note",
    "state",
    "declare",
    "explain",
    "remark",
    "reply",
    "post",
    "claim",
    "insist",
    "stress",
    "recall",
    "comment",
    "describe",
    "put",
    "call",
    "warn",
    "acknowledge",
];

/// "Budapest next as Trump, Putin talk": two persons that a comma joins before a verb are both its subject.
pub(super) fn pairs_of_headlines(tree: &mut Arcs<'_>) {
    for pair in 1..tree.names.len() {
        let ((first, end, a), (second, last, b)) = (tree.names[pair - 1], tree.names[pair]);
        if a != NameKind::Person || b != NameKind::Person || end + 1 != second || last >= tree.len() {
            continue;
        }
        let Some(verb) = tree.verb_from(last).filter(|&v| tree.head(second) == Some(v) && tree.is_subject(second))
        else {
            continue;
        };
        let before = first.checked_sub(1).map(|i| tree.lower(i));
        let opens = before.as_deref().is_none_or(|w| matches!(w, "as" | "while" | "when" | "after" | ":" | ";"));
        if tree.lower(end) != ","
            || !opens
            || REPORTING.contains(&tree.lemma(verb).as_str())
            || tree.within(verb, first)
            || tree.head(first).is_none()
        {
            continue;
        }
        let relation = tree.relation(second);
        let mark = tree.child(first, |r| matches!(r, Deprel::Case | Deprel::Mark)).filter(|&m| m < first);
        if tree.attach(first, verb, relation) {
            tree.attach(second, first, Deprel::Conj);
            tree.attach(end, second, Deprel::Punct);
            if let Some(mark) = mark {
                tree.attach(mark, verb, Deprel::Mark);
            }
        }
    }
}

/// "spoke with A and then with B, C said": a subject has no preposition; the noun between it and the verb is the subject.
pub(super) fn subjects_with_prepositions(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        if !tree.is_subject(noun) {
            continue;
        }
        let Some(case) = tree.preposition(noun).filter(|&c| c < noun) else { continue };
        let Some(verb) = tree.head(noun).filter(|&v| v > noun) else { continue };
        if !matches!(tree.lower(case).as_str(), "with" | "to" | "from" | "by" | "at" | "after" | "before" | "against") {
            continue;
        }
        let other = tree.children(noun).into_iter().find(|&c| {
            c > noun
                && tree.relation(c) == Deprel::Appos
                && tree.preposition(c).is_none()
                && tree.verb_from(tree.last_below(c) + 1) == Some(verb)
        });
        let Some(other) = other else { continue };
        let relation = tree.relation(noun);
        if !tree.attach(other, verb, relation) {
            continue;
        }
        let above = tree.head(verb).filter(|&v| v < noun && tree.upos(v) == Upos::Verb);
        tree.attach(noun, above.unwrap_or(verb), Deprel::Obl);
    }
}

/// No verb has two subjects: one of them has a preposition, names a time, or belongs to another verb.
pub(super) fn second_subjects(tree: &mut Arcs<'_>) {
    for verb in 0..tree.len() {
        let subjects: Vec<usize> = tree.children(verb).into_iter().filter(|&c| tree.is_subject(c)).collect();
        if subjects.len() < 2 {
            continue;
        }
        let plain: Vec<usize> = subjects
            .into_iter()
            .filter(|&s| {
                let time = tree.is_time(s) && !tree.names.iter().any(|n| n.0 <= s && s < n.1);
                let relation = match (tree.preposition(s).is_some_and(|p| p < s), time) {
                    (true, _) => Deprel::Obl,
                    (false, true) => Deprel::OblUnmarked,
                    _ => return true,
                };
                tree.attach(s, verb, relation);
                false
            })
            .collect();
        let [first, .., second] = plain[..] else { continue };
        // "Budapest next as Trump and Putin talk": what stands before the conjunction is outside of the clause.
        if let Some(mark) = tree.child(verb, |r| r == Deprel::Mark)
            && first < mark
            && mark < second
            && second < verb
        {
            tree.attach(first, verb, Deprel::Parataxis);
            continue;
        }
        if second < verb {
            // "A and B spoke on Sunday, C said": the first speaks, the second says.
            let clause = tree.children(verb).into_iter().find(|&c| {
                first < c
                    && c < second
                    && matches!(tree.relation(c), Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl | Deprel::Dep)
                    && !tree.has_subject(c)
            });
            if let Some(clause) = clause {
                let relation = tree.subject_relation(clause);
                tree.attach(first, clause, relation);
                tree.tokens[clause].deprel = Deprel::Ccomp;
            } else if REPORTING.contains(&tree.lemma(verb).as_str())
                && (tree.last_below(first) + 1..second).any(|i| matches!(tree.upos(i), Upos::Punct))
            {
                // "A positive call," she reported: words quoted without a verb.
                tree.attach(first, verb, Deprel::Ccomp);
            }
        } else if first < verb {
            let behind = tree.last_below(second) + 1;
            let other = tree.verb_from(behind).filter(|&o| o != verb && !tree.has_subject(o));
            match other {
                Some(other) => {
                    let relation = tree.subject_relation(other);
                    tree.attach(second, other, relation);
                }
                // "talk for two hours, no ceasefire"
                None if (verb..second).any(|i| tree.lower(i) == ",") => {
                    tree.attach(second, verb, Deprel::Parataxis);
                }
                None => {}
            }
        }
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

/// "tell him how the meeting had gone": a noun between an infinitive and a finite verb without a subject is its subject.
pub(super) fn subjects_behind_infinitives(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        let Some(above) = tree.head(noun).filter(|&v| v < noun && tree.xpos(v) == "VB") else { continue };
        if tree.relation(noun) != Deprel::Nsubj || tree.child(above, |r| r == Deprel::Mark).is_none() {
            continue;
        }
        let Some(verb) = tree.verb_from(tree.last_below(noun) + 1) else { continue };
        if verb == above || tree.has_subject(verb) || !tree.is_finite(verb) {
            continue;
        }
        if tree.within(verb, above) || tree.attach(verb, above, Deprel::Ccomp) {
            let relation = tree.subject_relation(verb);
            tree.attach(noun, verb, relation);
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

/// "…, an aide to the head of state Yury Ushakov informed reporters": behind a person's name a past tense without a
/// subject and without a relative pronoun is what the person did.
pub(super) fn verbs_behind_names(tree: &mut Arcs<'_>) {
    for verb in 1..tree.len() {
        if tree.xpos(verb) != "VBD"
            || tree.relation(verb) != Deprel::AclRelcl
            || tree.has_subject(verb)
            || tree.children(verb).into_iter().any(|c| c < verb)
        {
            continue;
        }
        let Some(&(name, ..)) = tree.names.iter().find(|n| n.1 == verb && n.2 == NameKind::Person) else { continue };
        let mut above = tree.head(verb);
        while let Some(a) = above
            && tree.upos(a) != Upos::Verb
        {
            above = tree.head(a);
        }
        let Some(above) = above else { continue };
        if tree.attach(verb, above, Deprel::Parataxis) {
            tree.attach(name, verb, Deprel::Nsubj);
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
                let relation = tree.relation(child);
                tree.attach(child, noun, relation);
            }
        }
    }
}
