//! Owns the trees of pairs: two who do something together, two sides of one event.

use readout_types::{Deprel, NameKind, Upos};

use super::Arcs;
use super::subjects::REPORTING;

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
        // "After Peres, Kerry also phones": the adverb shows who does it alone.
        let also = (last..verb).any(|i| matches!(tree.lower(i).as_str(), "also" | "too"));
        if also && before.as_deref() == Some("after") {
            continue;
        }
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

/// "A, right, and B pose for a picture": where A stands in it does not part the two, who are the subject.
pub(super) fn pairs_in_pictures(tree: &mut Arcs<'_>) {
    let people: Vec<_> = tree.names.iter().copied().filter(|n| n.2 == NameKind::Person).collect();
    for pair in people.windows(2) {
        let ((first, end, _), (second, _, _)) = (pair[0], pair[1]);
        if end + 3 > second {
            continue;
        }
        let place = (end + 1..second).find(|&i| {
            matches!(tree.lower(i).as_str(), "left" | "right" | "centre" | "center" | "l" | "r")
                && matches!(tree.lower(i + 1).as_str(), "," | ")")
        });
        let Some(place) = place.filter(|&p| p <= end + 3 && matches!(tree.lower(end).as_str(), "," | "(")) else {
            continue;
        };
        let joined = (place + 1..(place + 4).min(second)).any(|i| tree.lower(i) == "and");
        let verbless = (end..second).all(|i| tree.upos(i) != Upos::Verb || i == place);
        let Some(verb) = tree.head(second).filter(|&v| v > second && tree.is_subject(second) && joined && verbless)
        else {
            continue;
        };
        let relation = tree.relation(second);
        if tree.head(first) == Some(verb) && tree.is_subject(first) {
            continue;
        }
        if tree.within(verb, first) {
            if tree.head(verb) != Some(first) {
                continue;
            }
            tree.succeed(first, verb, relation);
        } else if !tree.attach(first, verb, relation) {
            continue;
        }
        tree.attach(second, first, Deprel::Conj);
    }
}

/// "talks on Sunday between Iran and six powers": what *between* parts stands on both sides of the first *and* behind it.
pub(super) fn sides_between(tree: &mut Arcs<'_>) {
    for case in 1..tree.len() {
        if tree.lower(case) != "between" || tree.relation(case) != Deprel::Case {
            continue;
        }
        let Some(one) = tree.head(case).filter(|&n| n > case && tree.is_noun(n)) else { continue };
        if tree.child(one, |r| r == Deprel::Conj).is_some() {
            continue;
        }
        let and = tree.last_below(one) + 1;
        if and >= tree.len() || tree.lower(and) != "and" {
            continue;
        }
        let Some(other) = tree.head(and).filter(|&n| n > and && tree.is_noun(n)) else { continue };
        if tree.relation(other) == Deprel::Conj && tree.head(other).is_some_and(|h| h < case) {
            tree.attach(other, one, Deprel::Conj);
        }
    }
}
