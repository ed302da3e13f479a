//! Owns the trees of subjects: one for each clause, without a preposition, each with its own verb.

use readout_types::{Deprel, NameKind, Upos};

use super::Arcs;

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
pub(super) const REPORTING: &[&str] = &[
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

/// "A will host B on Friday, C announced": a name read as a clause of its own, with a verb that has no subject right behind it,
/// is that verb's subject.
pub(super) fn names_read_as_clauses(tree: &mut Arcs<'_>) {
    for noun in 0..tree.len() {
        let clausal = matches!(tree.relation(noun), Deprel::Ccomp | Deprel::Parataxis);
        if !clausal || !tree.is_noun(noun) || tree.has_subject(noun) || tree.preposition(noun).is_some() {
            continue;
        }
        let Some(verb) = tree.verb_from(tree.last_below(noun) + 1).filter(|&v| v > noun && tree.is_finite(v)) else {
            continue;
        };
        let bare = tree.child(noun, |r| matches!(r, Deprel::Cop | Deprel::Mark | Deprel::Aux)).is_none();
        let beside = tree.head(verb) == tree.head(noun) && tree.relation(verb) == Deprel::Ccomp;
        let own = tree.children(verb).into_iter().any(|c| c < verb && tree.is_subject(c));
        if bare && beside && !own {
            let relation = tree.subject_relation(verb);
            tree.attach(noun, verb, relation);
        }
    }
}

/// "A met the prime minister B in Rome, a day after": behind a verb that has its subject before it, a person is its object
/// where no other verb follows that wants a subject.
pub(super) fn objects_of_verbs(tree: &mut Arcs<'_>) {
    for noun in 2..tree.len() {
        if tree.relation(noun) != Deprel::Nsubj || !tree.of_person(noun) || tree.preposition(noun).is_some() {
            continue;
        }
        let Some(verb) = tree.head(noun).filter(|&v| v < noun && tree.upos(v) == Upos::Verb) else { continue };
        let own = (0..verb).any(|i| tree.head(i) == Some(verb) && tree.relation(i) == Deprel::Nsubj);
        let near = (verb + 1..noun).all(|i| {
            matches!(tree.upos(i), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det | Upos::Part) && !tree.is_time(i)
        });
        let taken = tree.child(verb, |r| matches!(r, Deprel::Obj | Deprel::Iobj | Deprel::Ccomp)).is_some();
        if own && near && !taken && tree.verb_from(tree.last_below(noun) + 1).is_none() {
            tree.attach(noun, verb, Deprel::Obj);
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
