//! Owns denials of what is reported: "denied reports that A had called B", "called claims of a meeting false".

use readout_rules::Cues;
use readout_types::{Deprel, Status, Upos};

use crate::status::{Verdict, hard, negator, verb_lemma};
use crate::tree::Tree;

/// Nouns for what somebody says has happened.
const CLAIMS: [&str; 12] = [
    "report",
    "claim",
    "account",
    "rumor",
    "rumour",
    "allegation",
    "story",
    "speculation",
    "suggestion",
    "assertion",
    "accusation",
    "reporting",
];

/// Words for what has not happened, of a claim.
const UNTRUE: [&str; 24] = [
    "false",
    "untrue",
    "fake",
    "fiction",
    "fictitious",
    "fabrication",
    "fabricated",
    "fabricate",
    "wrong",
    "baseless",
    "unfounded",
    "groundless",
    "incorrect",
    "inaccurate",
    "nonsense",
    "lie",
    "hoax",
    "invention",
    "invent",
    "disinformation",
    "misinformation",
    "bogus",
    "rubbish",
    "fantasy",
];

/// Whether a word names what somebody says has happened.
pub(crate) fn is_claim(tree: &Tree<'_>, token: usize) -> bool {
    CLAIMS.contains(&tree.lemma(token).as_str()) || tree.lower(token) == "talk"
}

/// What a clause says of the one below it whose verb is given: "it is not true that A called B", "called it a lie that …" deny it,
/// "could not confirm that …", "neither confirmed nor denied that …" leave it open. `None` where it says neither.
pub(crate) fn of_clause(tree: &Tree<'_>, verb: usize) -> Option<Verdict> {
    let below = matches!(tree.relation(verb).universal(), Deprel::Ccomp | Deprel::Csubj | Deprel::Acl);
    let above = tree.head(verb).filter(|_| below)?;
    let no = negator(tree, above);
    let lemma = tree.lemma(above);
    if UNTRUE.contains(&lemma.as_str()) && no.is_none() {
        return Some(hard(Status::Denied, above));
    }
    match lemma.as_str() {
        "true" | "correct" | "accurate" if no.is_some() => Some(hard(Status::Denied, above)),
        "confirm" | "verify" => {
            let refused = tree.head(above).filter(|&h| {
                tree.relation(above) == Deprel::Xcomp && matches!(tree.lemma(h).as_str(), "decline" | "refuse")
            });
            no.or(refused).map(|why| hard(Status::Unclear, why))
        }
        "deny" => {
            let neither = (0..above).find(|&t| tree.lower(t) == "neither" || tree.lower(t) == "nor")?;
            (above - neither < 6).then(|| hard(Status::Unclear, neither))
        }
        _ => None,
    }
}

/// The word that denies a claim: the verb ("denied", "dismissed") of which the claim is what is denied, or the word that calls
/// it untrue. `None` where nobody denies it, or where the denial itself is negated ("did not deny reports").
pub(crate) fn of_claim(tree: &Tree<'_>, claim: usize, cues: &Cues) -> Option<usize> {
    let untrue = |t: usize| UNTRUE.contains(&tree.lemma(t).as_str()) || UNTRUE.contains(&tree.lower(t).as_str());
    // "False reports that A had met B"
    let own = tree.children(claim).find(|&c| untrue(c) && c < claim && tree.upos(c) == Upos::Adj);
    if own.is_some() {
        return own;
    }
    if let Some(above) = tree.head(claim) {
        let positive = negator(tree, above).is_none();
        let thing = matches!(tree.relation(claim).universal(), Deprel::Obj | Deprel::Obl)
            || tree.relation(claim) == Deprel::NsubjPass;
        let denies = tree.upos(above) == Upos::Verb && cues.has("denied", &verb_lemma(tree, above));
        // To dispute an account of a call is not to dispute the call.
        let of_detail = tree.lemma(claim) == "account" && verb_lemma(tree, above) == "dispute";
        if of_detail {
            return None;
        }
        if thing && denies && positive && tree.case(claim) != "after" && tree.case(claim) != "despite" {
            return Some(above);
        }
        // "Called reports of it fake"
        let named = tree.children(above).find(|&c| untrue(c) && c != claim);
        if thing && positive && tree.upos(above) == Upos::Verb && named.is_some() {
            return named;
        }
        // "Reports that they met are false"
        if tree.relation(claim) == Deprel::Nsubj && untrue(above) && positive {
            return Some(above);
        }
        // "There is no truth in reports that they met"
        if matches!(tree.lemma(above).as_str(), "truth" | "basis" | "substance" | "foundation") && !positive {
            return Some(above);
        }
    }
    // The same where the tree leads elsewhere: "claims that A met B are false, C said".
    (claim + 2..tree.len()).find(|&t| {
        untrue(t)
            && matches!(tree.lower(t - 1).as_str(), "are" | "is" | "was" | "were" | "as")
            && (claim + 1..t - 1).all(|m| !is_claim(tree, m) && !matches!(tree.word(m), ";" | ":"))
            && tree.relation(claim) != Deprel::Obl
    })
}
