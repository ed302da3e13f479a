//! Owns denials of what is reported: "denied reports that A had called B", "called claims of a meeting false".

use readout_rules::Cues;
use readout_types::{Deprel, Upos};

use crate::status::{negator, verb_lemma};
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
const UNTRUE: [&str; 23] = [
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
];

/// Whether a word names what somebody says has happened.
pub(crate) fn is_claim(tree: &Tree<'_>, token: usize) -> bool {
    CLAIMS.contains(&tree.lemma(token).as_str())
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
