//! Owns what a contact noun in an adjunct takes from its clause: "agreed to resume it during a call", "vowed it after a
//! meeting", "not to expect a breakthrough at the talks".

use readout_rules::Cues;
use readout_types::{Deprel, Status};

use crate::status::{Verdict, hard, negator, none, soft};
use crate::tense::verb_group;
use crate::tree::Tree;

/// What the clause above says of a contact noun that hangs on `head` (of lemma `lemma`) under the preposition `case`, when
/// it says anything.
pub(crate) fn of_clause(
    tree: &Tree<'_>,
    noun: usize,
    head: usize,
    lemma: &str,
    case: &str,
    headline: bool,
    cues: &Cues,
) -> Option<Verdict> {
    if cues.has("before_it", case) {
        return Some(soft(Status::Planned));
    }
    if lemma == "aware" && case == "of" && negator(tree, head).is_some() {
        // "was not aware of any conversation that day"
        return Some(Verdict { status: Some(Status::Denied), soft: true, because: Some(head) });
    }
    if tree.lemma(head) == "be" && tree.by_relation(head, "nsubj").into_iter().any(|s| negator(tree, s).is_some()) {
        // "of a call there is no question"
        return Some(none(head));
    }
    if matches!(case, "on" | "upon" | "around")
        && matches!(lemma, "focus" | "center" | "centre" | "touch" | "concentrate")
    {
        return Some(none(head));
    }
    let mut governor = head;
    if cues.has("within_it", case) {
        // "discussed ways to resolve it during a call": the finite verb tells when.
        let to = |v: usize| tree.children(v).any(|c| tree.lower(c) == "to" && c < v);
        // "His pledge to be neutral during peace talks between A and B": of no talks that are known of.
        let vowed = tree.head(governor).filter(|&h| {
            tree.relation(governor).universal() == Deprel::Acl
                && matches!(tree.lemma(h).as_str(), "pledge" | "promise" | "vow" | "readiness" | "ability")
        });
        let any = tree.xpos(noun) == "NNS" && tree.children(noun).all(|c| tree.relation(c) != Deprel::Det);
        if let Some(vowed) = vowed.filter(|_| any) {
            return Some(none(vowed));
        }
        // "Agreed to resume the dialogue during their meeting": they agreed there.
        let known = tree
            .children(noun)
            .any(|c| matches!(tree.lower(c).as_str(), "the" | "their" | "his" | "her" | "that" | "this"));
        let agreed = tree.head(governor).filter(|&v| {
            tree.relation(governor).universal() == Deprel::Xcomp
                && case == "during"
                && matches!(tree.lemma(v).as_str(), "agree" | "promise" | "pledge" | "vow")
                && tree.xpos(v) == "VBD"
        });
        if let Some(agreed) = agreed.filter(|_| known) {
            return Some(Verdict { status: Some(Status::Held), soft: true, because: Some(agreed) });
        }
        while matches!(tree.relation(governor).universal(), Deprel::Acl | Deprel::Advcl)
            && (tree.xpos(governor) == "VB" || tree.xpos(governor) == "VBG" && to(governor))
        {
            match tree.clause(tree.head(governor).unwrap_or(governor)) {
                Some(above) if above != governor => governor = above,
                _ => break,
            }
        }
    }
    // "Plans were underway for a meeting in the fall"
    let arranged = case == "for"
        && tree
            .subjects(head)
            .into_iter()
            .any(|s| matches!(tree.lemma(s).as_str(), "plan" | "preparation" | "arrangement"));
    if arranged && negator(tree, head).is_none() {
        return Some(hard(Status::Planned, head));
    }
    let asks = matches!(
        lemma,
        "call" | "ask" | "push" | "press" | "appeal" | "hope" | "plead" | "urge" | "wait" | "argue" | "lobby"
    );
    if asks && matches!(case, "for" | "to") {
        return Some(match verb_group(tree, governor, headline, cues, 0) {
            v if v.status.is_none() => v,
            _ => hard(Status::Proposed, head),
        });
    }
    // "Vowed to step up the fight, after a meeting": after that, they vowed.
    let comma = (0..noun).rev().take(8).any(|t| tree.lower(t) == "," && t > head);
    if cues.has("after_it", case) && comma && tree.relation(head).universal() == Deprel::Xcomp {
        return tree.head(head).map(|above| Verdict { soft: true, ..verb_group(tree, above, headline, cues, 0) });
    }
    let v = verb_group(tree, governor, headline, cues, 0);
    // "Not to expect a breakthrough during his talks with B"
    let awaits = [Some(head), tree.head(head)]
        .into_iter()
        .flatten()
        .find(|&h| matches!(tree.lemma(h).as_str(), "expect" | "anticipate" | "await") && h < noun);
    if let Some(awaits) = awaits.filter(|_| cues.has("within_it", case)) {
        return Some(Verdict { status: Some(Status::Planned), soft: true, because: Some(awaits) });
    }
    if cues.has("after_it", case) {
        return Some(match v.status {
            Some(Status::Planned | Status::Proposed) => soft(Status::Planned),
            _ => soft(Status::Held),
        });
    }
    match v.status {
        // "Have agreed to meet for talks on Wednesday": no less sure than that they meet.
        Some(Status::Planned) if case == "for" && matches!(lemma, "meet" | "gather") => Some(v),
        Some(Status::Planned) => Some(Verdict { soft: true, ..v }),
        Some(Status::Cancelled) => None,
        // "During the call he spoke of June": no date in the clause makes of it one to come.
        Some(Status::Held) if case == "during" && tree.xpos(governor) == "VBD" => Some(v),
        Some(Status::Proposed | Status::Unclear) if cues.has("within_it", case) => Some(soft(Status::Planned)),
        Some(Status::Proposed) => Some(v),
        // "had not spoken by phone"
        None if matches!(tree.lemma(noun).as_str(), "phone" | "telephone" | "line") => Some(v),
        // "to invite to talks", "did not come to the meeting"
        None if matches!(case, "to" | "in" | "at" | "for" | "on")
            && matches!(
                lemma,
                "come" | "attend" | "take" | "participate" | "agree" | "go" | "hold" | "have" | "plan"
            ) =>
        {
            Some(v)
        }
        None => None,
        _ => {
            if matches!(lemma, "agree" | "prepare" | "plan" | "schedule" | "invite" | "settle")
                && matches!(case, "to" | "for" | "on")
            {
                return Some(if lemma == "invite" {
                    hard(Status::Proposed, head)
                } else {
                    hard(Status::Planned, head)
                });
            }
            Some(soft(Status::Held))
        }
    }
}
