//! Owns what the verb group around a contact says: tense, modality, infinitives and what governs them.

use readout_rules::Cues;
use readout_types::{Deprel, Status, Upos};

use crate::denials;
use crate::status::{Verdict, hard, negator, none, soft, verb_lemma};
use crate::tree::Tree;

/// The status that a verb with its auxiliaries gives, and what governs it; `depth` bounds the climb.
pub(crate) fn verb_group(tree: &Tree<'_>, verb: usize, headline: bool, cues: &Cues, depth: usize) -> Verdict {
    if depth > 6 {
        return soft(Status::Held);
    }
    if let Some(no) = negator(tree, verb) {
        return none(no);
    }
    // "No president had been on the line with him": nobody did.
    let nobody = tree.children(verb).find(|&c| {
        matches!(tree.relation(c), Deprel::Nsubj | Deprel::NsubjPass)
            && (matches!(tree.lower(c).as_str(), "nobody" | "none" | "neither")
                || tree.children(c).any(|d| tree.relation(d) == Deprel::Det && tree.lower(d) == "no"))
    });
    if let Some(nobody) = nobody {
        return none(nobody);
    }
    // "The two speak regularly": a habit, and no contact.
    let habit = matches!(tree.xpos(verb), "VBZ" | "VBP")
        && !headline
        && tree.children(verb).any(|c| {
            matches!(tree.lower(c).as_str(), "regularly" | "often" | "frequently" | "routinely" | "usually" | "rarely")
        });
    if habit {
        return none(verb);
    }
    let mut modal = None;
    let mut perfect = false;
    let mut finite_past = tree.xpos(verb) == "VBD";
    let mut progressive = false;
    let mut to = false;
    let (mut be, mut were) = (false, false);
    let (mut has, mut been) = (false, false);
    for child in tree.children(verb) {
        match tree.relation(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                let word = tree.word(child).to_lowercase();
                be |= matches!(word.as_str(), "is" | "are" | "was" | "were");
                has |= matches!(word.as_str(), "has" | "have" | "'ve" | "’ve");
                been |= word == "been";
                were |= matches!(word.as_str(), "was" | "were");
                match word.as_str() {
                    "will" | "'ll" | "’ll" | "shall" | "wo" => modal = Some((Status::Planned, child)),
                    "would" | "'d" | "’d" => modal = Some((Status::Unclear, child)),
                    "could" | "may" | "might" | "can" | "should" | "must" | "ought" => {
                        modal = Some((Status::Proposed, child))
                    }
                    "have" | "has" | "had" | "'ve" | "’ve" => perfect = true,
                    "was" | "were" | "did" => finite_past = true,
                    "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" => progressive |= tree.xpos(verb) == "VBG",
                    "to" => to = true,
                    _ => {}
                }
            }
            Deprel::Mark => match tree.word(child).to_lowercase().as_str() {
                "to" => to = true,
                "whether" | "if" if inquired(tree, verb) => return hard(Status::Unclear, child),
                "whether" if left_open(tree) => return hard(Status::Unclear, child),
                "if" | "unless" | "whether" => return none(child),
                _ => {}
            },
            _ => {}
        }
    }
    // "He was due to hold talks", read as "due to" something.
    let due = verb.checked_sub(2).filter(|&d| tree.lower(d) == "due" && tree.lower(d + 1) == "to");
    if let Some(due) = due
        && tree.xpos(verb) == "VB"
        && tree.head(due).is_none_or(|h| h != verb)
    {
        let was =
            tree.children(verb).chain(tree.children(due)).any(|c| matches!(tree.lower(c).as_str(), "was" | "were"));
        return Verdict { status: Some(Status::Planned), soft: was, because: Some(due) };
    }
    let head = tree.head(verb);
    let relation = tree.relation(verb).universal();
    if let Some(verdict) = denials::of_clause(tree, verb) {
        return verdict;
    }
    // "Denied reports that A had called B"
    if let Some(claim) = head.filter(|&h| (h == 0 || tree.upos(h) == Upos::Noun) && denials::is_claim(tree, h))
        && let Some(no) = denials::of_claim(tree, claim, cues)
    {
        return hard(Status::Denied, no);
    }
    // What is said, denied or supposed in a clause above.
    if let Some(above) = head
        && matches!(relation, Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj | Deprel::Csubj | Deprel::Advcl)
    {
        let governor = verb_lemma(tree, above);
        if relation != Deprel::Advcl && cues.has("denied", &governor) && negator(tree, above).is_none() {
            return hard(Status::Denied, above);
        }
        // "Did not rule out that he would be received"
        if relation == Deprel::Ccomp && governor == "rule out" {
            return match negator(tree, above) {
                Some(_) => hard(Status::Proposed, above),
                None => none(above),
            };
        }
        // "Suggested that A and B meet"
        let wished = matches!(
            governor.as_str(),
            "suggest" | "propose" | "recommend" | "urge" | "demand" | "request" | "insist" | "ask"
        );
        let bare = matches!(tree.xpos(verb), "VB" | "VBP")
            && tree.children(verb).all(|c| !matches!(tree.relation(c), Deprel::Aux | Deprel::AuxPass));
        if relation == Deprel::Ccomp && wished && bare && tree.xpos(above) != "VBG" {
            return match negator(tree, above) {
                Some(no) => none(no),
                None => hard(Status::Proposed, above),
            };
        }
        if relation == Deprel::Ccomp && matches!(governor.as_str(), "doubt") {
            return none(above);
        }
    }
    if let Some((status, because)) = modal {
        // "would not say when he might see A again": nobody proposes it.
        let asked = tree.children(verb).any(|c| {
            matches!(tree.lower(c).as_str(), "when" | "where" | "whether" | "if" | "how")
                && matches!(tree.relation(c).universal(), Deprel::Advmod | Deprel::Mark)
        });
        let left_open = matches!(relation, Deprel::Csubj | Deprel::Advcl | Deprel::Nsubj);
        let unsaid = head.is_some_and(|h| (left_open || cues.has("say", &tree.lemma(h))) && negator(tree, h).is_some());
        if status == Status::Proposed && asked && unsaid {
            return none(because);
        }
        // "Agreed that their teams should start negotiating"
        let agreed =
            head.is_some_and(|h| relation == Deprel::Ccomp && matches!(tree.lemma(h).as_str(), "agree" | "decide"));
        if status == Status::Proposed && agreed && tree.lower(because) != "could" && tree.lower(because) != "may" {
            return hard(Status::Planned, because);
        }
        if status == Status::Unclear {
            // "said he would meet": the future of a past saying. A bare "would" is a supposition.
            let said = head.is_some_and(|h| relation == Deprel::Ccomp && cues.has("say", &tree.lemma(h)));
            let listed = tree.ancestors(verb).iter().any(|&h| cues.has("say", &tree.lemma(h)));
            // "Would meet, officials had said": what was to come then may be past now.
            let before = head
                .is_some_and(|h| tree.children(h).any(|c| tree.relation(c) == Deprel::Aux && tree.lower(c) == "had"));
            return if (said || listed) && !before {
                hard(Status::Planned, because)
            } else {
                Verdict { status: Some(Status::Planned), soft: true, because: Some(because) }
            };
        }
        return hard(status, because);
    }
    // "They were coming to Washington tonight"
    let tonight = were
        && tree.xpos(verb) == "VBG"
        && matches!(tree.lemma(verb).as_str(), "come" | "arrive" | "fly" | "go")
        && (verb + 1..tree.len()).any(|t| matches!(tree.lower(t).as_str(), "tonight" | "tomorrow"));
    if tonight {
        return Verdict { status: Some(Status::Planned), soft: false, because: Some(verb) };
    }
    // "Have long been talking"
    if has && been && tree.xpos(verb) == "VBG" {
        return Verdict { status: Some(Status::Ongoing), soft: true, because: Some(verb) };
    }
    if (perfect || (finite_past && !progressive)) && !(to && be) {
        if perfect && relation == Deprel::Acl && head.is_some_and(|h| tree.lemma(h) == "time") {
            // "the first time the two have met": of the contact in hand, whatever became of it.
            return soft(Status::Held);
        }
        return hard(Status::Held, verb);
    }
    if progressive {
        // "is meeting", "are holding talks": under way, or arranged for a day to come.
        let going = tree.lemma(verb) == "go" && tree.children(verb).any(|c| tree.relation(c) == Deprel::Xcomp);
        return if going {
            hard(Status::Planned, verb)
        } else {
            Verdict { status: Some(Status::Ongoing), soft: true, because: Some(verb) }
        };
    }
    if to && were && perfect {
        // "Was to have hosted them": it came to nothing.
        return hard(Status::Cancelled, verb);
    }
    if to && be {
        // "is to meet", "were to hold talks": whether the latter did is open.
        return Verdict { status: Some(Status::Planned), soft: were, because: Some(verb) };
    }
    if to {
        return infinitive(tree, verb, headline, cues, depth);
    }
    match tree.xpos(verb) {
        "VBG" => {
            let Some(above) = head else { return soft(Status::Held) };
            let marks = tree
                .children(verb)
                .filter(|&c| matches!(tree.relation(c), Deprel::Mark | Deprel::Case))
                .map(|c| tree.word(c).to_lowercase())
                .collect::<Vec<_>>();
            if marks.iter().any(|m| m == "before") {
                let v = verb_group(tree, above, headline, cues, depth + 1);
                return Verdict { soft: true, ..v };
            }
            if marks.iter().any(|m| m == "without") {
                return none(verb);
            }
            // "Suggested holding a conference after meeting B": after that, he suggested it.
            let later = marks.iter().any(|m| m == "after")
                && relation == Deprel::Advcl
                && tree.relation(above) == Deprel::Xcomp
                && tree.head(above).is_some_and(|v| tree.xpos(v) == "VBD");
            if later {
                return soft(Status::Held);
            }
            let governor = verb_lemma(tree, above);
            if matches!(relation, Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj) {
                if cues.has("refused", &governor) {
                    return none(above);
                }
                if cues.has("proposed", &governor) {
                    return hard(Status::Proposed, above);
                }
                if cues.has("planned", &governor) && governor != "confirm" || governor == "settle" {
                    return hard(Status::Planned, above);
                }
                // "Their teams should start negotiating"
                if matches!(governor.as_str(), "begin" | "start" | "continue" | "keep" | "resume") {
                    return verb_group(tree, above, headline, cues, depth + 1);
                }
                return hard(Status::Held, verb);
            }
            // "With the aim of convening a meeting"
            let aimed = matches!(
                tree.lemma(above).as_str(),
                "aim"
                    | "goal"
                    | "view"
                    | "intention"
                    | "purpose"
                    | "hope"
                    | "prospect"
                    | "possibility"
                    | "idea"
                    | "chance"
            );
            if aimed && matches!(relation, Deprel::Acl | Deprel::Nmod) {
                return match negator(tree, above) {
                    Some(no) => none(no),
                    None => hard(Status::Proposed, above),
                };
            }
            if relation == Deprel::Advcl
                && marks.iter().any(|m| m == "on")
                && matches!(governor.as_str(), "settle" | "agree")
            {
                // "settled on speaking again"
                return hard(Status::Planned, above);
            }
            if matches!(relation, Deprel::Advcl | Deprel::Conj | Deprel::Acl) && matches!(tree.upos(above), Upos::Verb)
            {
                let v = verb_group(tree, above, headline, cues, depth + 1);
                return match v.status {
                    Some(s) => Verdict { status: Some(s), soft: true, because: v.because },
                    None => soft(Status::Held),
                };
            }
            soft(Status::Held)
        }
        "VBN" => {
            // A bare participle: "a call held on Monday", "a meeting planned for Friday".
            if cues.has("planned", &tree.lemma(verb)) { soft(Status::Planned) } else { soft(Status::Held) }
        }
        "VB" if relation == Deprel::Conj && head.is_some() => {
            verb_group(tree, head.unwrap_or(verb), headline, cues, depth + 1)
        }
        "VB" if relation == Deprel::Xcomp && head.is_some() => infinitive(tree, verb, headline, cues, depth),
        "VBZ" | "VBP" | "VB" => {
            // "When B comes to Washington to speak"
            let when = tree.relation(verb).universal() == Deprel::Advcl
                && tree.children(verb).any(|c| {
                    c < verb
                        && match tree.lower(c).as_str() {
                            "when" => true,
                            // "Is scheduled to occur after the two meet again"
                            "after" | "before" | "once" | "until" => head.is_some_and(|h| {
                                let outer = verb_group(tree, h, headline, cues, depth + 1);
                                outer.status == Some(Status::Planned)
                            }),
                            _ => false,
                        }
                });
            if headline {
                soft(Status::Held)
            } else if when {
                soft(Status::Planned)
            } else if relation == Deprel::Conj
                && head.is_some_and(|h| matches!(tree.upos(h), Upos::Verb) && tree.xpos(h) != "VBD")
            {
                verb_group(tree, head.unwrap_or(verb), headline, cues, depth + 1)
            } else {
                Verdict { status: Some(Status::Held), soft: true, because: None }
            }
        }
        _ => {
            // A predicate with a copula: "is due", "was a meeting".
            soft(Status::Held)
        }
    }
}

/// "Are trying to determine if a meeting took place", "looking into whether they met".
fn inquired(tree: &Tree<'_>, verb: usize) -> bool {
    let above = tree.head(verb).filter(|_| matches!(tree.relation(verb).universal(), Deprel::Ccomp | Deprel::Advcl));
    above.is_some_and(|v| {
        matches!(tree.lemma(v).as_str(), "determine" | "investigate" | "examine" | "probe" | "establish" | "look")
    })
}

/// "Whether they met the Kremlin would neither confirm nor deny", "it is unclear whether they met".
fn left_open(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|t| match tree.lemma(t).as_str() {
        "unclear" | "unknown" | "deny" => true,
        "confirm" | "clear" | "know" | "say" => negator(tree, t).is_some(),
        _ => false,
    })
}

/// `to meet`: what governs it decides.
fn infinitive(tree: &Tree<'_>, verb: usize, headline: bool, cues: &Cues, depth: usize) -> Verdict {
    // "a plan for A to meet B", "arrangements had begun for A to meet B"
    let to = (verb.saturating_sub(2)..verb).rev().find(|&t| tree.lower(t) == "to");
    let four = to.and_then(|to| (to.saturating_sub(6)..to).rev().find(|&t| tree.lower(t) == "for"));
    let noun = four.and_then(|f| {
        (0..f).rev().take(4).find(|&t| {
            matches!(
                tree.lemma(t).as_str(),
                "plan"
                    | "arrangement"
                    | "preparation"
                    | "proposal"
                    | "idea"
                    | "invitation"
                    | "effort"
                    | "chance"
                    | "way"
            )
        })
    });
    if let Some(noun) = noun {
        // "Nor were there firm plans for the two to talk"
        let denied = (noun.saturating_sub(6)..noun)
            .find(|&t| matches!(tree.lower(t).as_str(), "no" | "nor" | "not" | "n't" | "never" | "without"));
        if let Some(no) = denied {
            return none(no);
        }
        let firm = matches!(tree.lemma(noun).as_str(), "plan" | "arrangement" | "preparation");
        return hard(if firm { Status::Planned } else { Status::Proposed }, noun);
    }
    let Some(above) = tree.head(verb) else { return hard(Status::Planned, verb) };
    let relation = tree.relation(verb).universal();
    let lemma = verb_lemma(tree, above);
    let outer = || verb_group(tree, above, headline, cues, depth + 1);
    match relation {
        Deprel::Root => hard(Status::Planned, verb),
        Deprel::Conj => verb_group(tree, above, headline, cues, depth + 1),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::Csubj => {
            if negator(tree, above).is_some() {
                return none(above);
            }
            if cues.has("refused", &lemma) {
                return none(above);
            }
            if matches!(lemma.as_str(), "invite" | "ask" | "urge") {
                return hard(Status::Proposed, above);
            }
            // "The talks made him the first leader to visit Cairo"
            if lemma == "make" && (above..verb).any(|t| tree.lower(t) == "first") {
                return Verdict { soft: true, ..outer() };
            }
            // "It allows me to go to Kenya and say": whether he does is open.
            if matches!(lemma.as_str(), "allow" | "enable" | "permit") {
                return none(above);
            }
            if cues.has("planned", &lemma)
                || matches!(
                    lemma.as_str(),
                    "go" | "be"
                        | "have"
                        | "decide"
                        | "ready"
                        | "prepared"
                        | "likely"
                        | "certain"
                        | "sure"
                        | "opt"
                        | "choose"
                        | "determine"
                        | "head"
                )
            {
                if matches!(lemma.as_str(), "ready" | "prepared") {
                    return hard(Status::Proposed, above);
                }
                // "Was kept waiting before B agreed to see him": they met.
                let at_last = tree.relation(above).universal() == Deprel::Advcl
                    && tree.xpos(above) == "VBD"
                    && tree.children(above).any(|c| matches!(tree.lower(c).as_str(), "before" | "until"))
                    && matches!(lemma.as_str(), "agree" | "decide" | "choose");
                if at_last {
                    return hard(Status::Held, above);
                }
                let v = outer();
                let had = tree.children(above).any(|c| tree.lower(c) == "had" && tree.relation(c) == Deprel::Aux);
                let but = (verb..tree.len()).find(|&t| tree.lower(t) == "but");
                if let Some(but) = but.filter(|_| had && lemma != "have") {
                    // "Had been due to meet B but left early"
                    return hard(Status::Cancelled, but);
                }
                return if v.status.is_none() {
                    v
                } else {
                    // "Was due to meet him on Tuesday": the day may have passed.
                    let was = tree.children(above).any(|c| {
                        matches!(tree.relation(c), Deprel::Cop | Deprel::AuxPass)
                            && matches!(tree.lower(c).as_str(), "was" | "were")
                    });
                    Verdict { status: Some(Status::Planned), soft: was, because: Some(above) }
                };
            }
            if cues.has("proposed", &lemma)
                || matches!(lemma.as_str(), "willing" | "able" | "open" | "happy" | "eager" | "keen" | "possible")
            {
                return hard(Status::Proposed, above);
            }
            match lemma.as_str() {
                "rush" | "hurry" | "manage" | "begin" | "start" | "continue" | "come" | "get" | "help" | "happen"
                | "proceed" => Verdict { soft: true, ..outer() },
                _ => Verdict { status: Some(Status::Planned), soft: true, because: Some(above) },
            }
        }
        Deprel::Acl => {
            if matches!(tree.upos(above), Upos::Noun | Upos::Propn) {
                if negator(tree, above).is_some() {
                    return none(above);
                }
                // "Cancelled plans to meet", "accepted an invitation to meet"
                let what_became = tree.head(above).filter(|_| tree.relation(above).universal() == Deprel::Obj);
                if let Some(verb) = what_became.filter(|&v| negator(tree, v).is_none()) {
                    if matches!(lemma.as_str(), "plan" | "invitation" | "arrangement" | "agreement")
                        && cues.has("cancelled", &verb_lemma(tree, verb))
                    {
                        return hard(Status::Cancelled, verb);
                    }
                    if matches!(lemma.as_str(), "invitation" | "offer" | "proposal")
                        && matches!(tree.lemma(verb).as_str(), "accept" | "take")
                    {
                        return hard(Status::Planned, verb);
                    }
                }
                // "Got her chance to talk to B"
                let taken = what_became.is_some_and(|v| {
                    matches!(tree.lemma(v).as_str(), "get" | "take" | "seize" | "use") && tree.xpos(v) == "VBD"
                });
                if taken && matches!(lemma.as_str(), "chance" | "opportunity") {
                    return soft(Status::Held);
                }
                if cues.has("possible", &lemma) {
                    return hard(Status::Proposed, above);
                }
                if matches!(lemma.as_str(), "refusal" | "inability" | "failure") {
                    return none(above);
                }
                if matches!(
                    lemma.as_str(),
                    "plan" | "intention" | "decision" | "agreement" | "promise" | "pledge" | "commitment"
                ) {
                    return hard(Status::Planned, above);
                }
                if matches!(
                    lemma.as_str(),
                    "opportunity"
                        | "readiness"
                        | "willingness"
                        | "desire"
                        | "wish"
                        | "effort"
                        | "attempt"
                        | "bid"
                        | "way"
                        | "need"
                        | "time"
                ) {
                    return hard(Status::Proposed, above);
                }
            }
            // "Lavrov, Kerry to hold Syria talks", as titles say it
            if headline && verb > 0 && tree.lower(verb - 1) == "to" && tree.upos(above) == Upos::Propn {
                return hard(Status::Planned, verb);
            }
            // "the first president to visit": as the clause has it.
            let becomes = tree.head(above).filter(|&v| {
                tree.relation(above) == Deprel::Xcomp && matches!(tree.lemma(v).as_str(), "become" | "remain" | "make")
            });
            let predicate = tree.children(above).any(|c| tree.relation(c) == Deprel::Cop).then_some(above);
            match becomes.or(predicate).map(|p| verb_group(tree, p, headline, cues, depth + 1)) {
                // "Will be the first leader to visit"
                Some(v) if matches!(v.status, Some(Status::Planned | Status::Proposed | Status::Unclear) | None) => v,
                _ => soft(Status::Held),
            }
        }
        // Purpose: "flew to Minsk to meet": as the main verb has it.
        // "where he is to meet B": a stay read as the main thing is none
        Deprel::Advcl if matches!(tree.lower(above).as_str(), "is" | "are") && above + 2 == verb => {
            hard(Status::Planned, above)
        }
        // "agreed in principle to meet"
        Deprel::Advcl if cues.has("planned", &lemma) && lemma != "confirm" => hard(Status::Planned, above),
        Deprel::Advcl => {
            let v = outer();
            match v.status {
                // "Will be in London on Monday to see B": no less to come than the stay.
                Some(Status::Planned)
                    if v.because.is_none_or(|b| !matches!(tree.lower(b).as_str(), "would" | "'d" | "’d")) =>
                {
                    v
                }
                Some(s) => Verdict { status: Some(s), soft: true, because: v.because },
                None => v,
            }
        }
        _ => Verdict { status: Some(Status::Planned), soft: true, because: Some(verb) },
    }
}
