//! Owns status: what tense, modality, negation and governing words say became of a contact.

use readout_rules::Cues;
use readout_types::{Deprel, Status, Upos};

use crate::adjuncts;
use crate::denials;
use crate::tense::verb_group;
use crate::tree::Tree;

/// What the words around a trigger say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The status; `None` when the text says that there was no contact, or only thinks of one.
    pub status: Option<Status>,
    /// Whether a date on the other side of the document's own may overrule it.
    pub soft: bool,
    /// The words that decided, as a token.
    pub because: Option<usize>,
}

pub(crate) fn hard(status: Status, because: usize) -> Verdict {
    Verdict { status: Some(status), soft: false, because: Some(because) }
}

pub(crate) fn soft(status: Status) -> Verdict {
    Verdict { status: Some(status), soft: true, because: None }
}

pub(crate) fn none(because: usize) -> Verdict {
    Verdict { status: None, soft: false, because: Some(because) }
}

/// The status of a contact whose trigger is a verb.
pub fn of_verb(tree: &Tree<'_>, verb: usize, headline: bool, cues: &Cues) -> Verdict {
    // "Has yet to visit": not so far.
    let to = verb.checked_sub(1).filter(|&t| tree.lower(t) == "to").and_then(|t| t.checked_sub(1));
    if let Some(yet) = to.filter(|&t| tree.lower(t) == "yet") {
        return none(yet);
    }
    // "Is open to negotiating with B"
    let willing = tree.head(verb).filter(|&h| {
        tree.xpos(verb) == "VBG"
            && verb > 0
            && tree.lower(verb - 1) == "to"
            && matches!(tree.lower(h).as_str(), "open" | "averse" | "opposed" | "committed")
    });
    if let Some(open) = willing {
        return match (tree.lower(open).as_str(), negator(tree, open)) {
            ("open" | "committed", None) | ("averse" | "opposed", Some(_)) => hard(Status::Proposed, open),
            _ => none(open),
        };
    }
    // "Would be honoured to meet B, but no meeting has been arranged"
    if let Some(no) = unarranged(tree, verb) {
        return none(no);
    }
    // "Was due to host B but postponed it"
    if let Some(off) = undone(tree, verb, cues).filter(|_| tree.xpos(verb) == "VB") {
        return hard(Status::Cancelled, off);
    }
    if let Some(due) = due_to(tree, verb) {
        let now = due > 0 && matches!(tree.lower(due - 1).as_str(), "is" | "are");
        return Verdict { status: Some(Status::Planned), soft: !now, because: Some(due) };
    }
    verb_group(tree, verb, headline, cues, 0)
}

/// "But no meeting has been arranged": the word that says so behind a contact that somebody would like.
fn unarranged(tree: &Tree<'_>, trigger: usize) -> Option<usize> {
    let no = (trigger + 1..tree.len()).find(|&t| tree.lower(t) == "no" && tree.upos(t + 1) == Upos::Noun)?;
    let but = (trigger + 1..no).any(|t| matches!(tree.lower(t).as_str(), "but" | "though" | "although"));
    let noun = matches!(
        tree.lemma(no + 1).as_str(),
        "meeting" | "call" | "visit" | "date" | "talk" | "talks" | "conversation"
    );
    let arranged = (no + 2..tree.len().min(no + 7)).any(|t| {
        matches!(tree.lower(t).as_str(), "arranged" | "planned" | "scheduled" | "set" | "agreed" | "foreseen")
    });
    (but && noun && arranged).then_some(no)
}

/// "The visit was scheduled for today, but he postponed it": the verb that undoes what `trigger` names.
fn undone(tree: &Tree<'_>, trigger: usize, cues: &Cues) -> Option<usize> {
    (trigger + 1..tree.len()).find(|&t| {
        let object = || tree.children(t).find(|&c| tree.relation(c) == Deprel::Obj);
        // "But he had to cancel"
        let had_to = tree.relation(t) == Deprel::Xcomp && tree.lower(t - 1) == "to";
        let forced =
            tree.head(t).filter(|&h| had_to && matches!(tree.lower(h).as_str(), "had" | "forced" | "compelled"));
        let top = forced.unwrap_or(t);
        let but = (trigger + 1..t).any(|b| tree.lower(b) == "but");
        tree.upos(t) == Upos::Verb
            && (matches!(tree.xpos(t), "VBD" | "VBN") || forced.is_some())
            && cues.has("cancelled", &verb_lemma(tree, t))
            && object().map_or(but, |o| tree.lower(o) == "it")
            && tree.relation(top).universal() == Deprel::Conj
            && tree.head(top).is_some_and(|h| h == trigger || tree.ancestors(trigger).contains(&h))
    })
}

/// "Is expected", "are due": still to come on the day of the text; "was expected" may have come to pass.
pub(crate) fn now(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|c| {
        matches!(tree.relation(c).universal(), Deprel::Aux | Deprel::Cop)
            && matches!(tree.lower(c).as_str(), "is" | "are" | "'s" | "’s" | "'re" | "’re")
    })
}

/// "Is due in Geneva on Thursday to meet B": the word that says so, wherever the tree hangs it.
fn due_to(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let to = verb.checked_sub(1).filter(|&t| tree.lower(t) == "to")?;
    let due = (to.saturating_sub(8)..to).rev().find(|&t| tree.lower(t) == "due")?;
    let is = due.checked_sub(1).is_some_and(|t| {
        matches!(tree.lower(t).as_str(), "is" | "are" | "was" | "were" | "be" | "also" | "now" | "and")
            || tree.upos(t) == Upos::Propn
    });
    let clean =
        (due + 1..to).all(|t| !matches!(tree.upos(t), Upos::Verb) && !matches!(tree.word(t), ";" | ":" | "”" | "“"));
    (is && clean && tree.lower(due + 1) != "to").then_some(due)
}

/// The status of a contact whose trigger is a noun.
pub fn of_noun(tree: &Tree<'_>, noun: usize, headline: bool, cues: &Cues) -> Verdict {
    // "An invitation to meet face to face": as the verb has it.
    let noun = tree.head(noun).filter(|_| tree.relation(noun) == Deprel::Fixed).unwrap_or(noun);
    let verb =
        tree.head(noun).filter(|&v| tree.relation(noun).universal() == Deprel::Advmod && tree.upos(v) == Upos::Verb);
    if let Some(verb) = verb.filter(|&v| tree.lemma(v) == "meet") {
        return of_verb(tree, verb, headline, cues);
    }
    let mut top = noun;
    while matches!(tree.relation(top), Deprel::Conj | Deprel::Appos | Deprel::Compound | Deprel::Flat) {
        match tree.head(top) {
            Some(head) if matches!(tree.upos(head), Upos::Noun | Upos::Propn) => top = head,
            _ => break,
        }
    }
    if let Some(verb) = undone(tree, noun, cues) {
        return hard(Status::Cancelled, verb);
    }
    // "Will be there for events, including meetings with B": as what it is part of.
    if matches!(tree.case(noun).as_str(), "including" | "include") {
        top = tree.head(noun).filter(|&h| tree.upos(h) == Upos::Noun).unwrap_or(top);
    }
    if let Some(no) = negator(tree, noun) {
        return denied_flatly(tree, noun, no, cues).unwrap_or(none(no));
    }
    // "A and B spoke in what had been expected to be a tense meeting": what they called it.
    let what =
        (noun.saturating_sub(12)..noun).rev().find(|&t| tree.lower(t) == "what" && t > 0 && tree.lower(t - 1) == "in");
    let called = what.filter(|&w| {
        (w..noun).any(|t| matches!(tree.lower(t).as_str(), "be" | "was" | "is" | "were"))
            && (w..noun).all(|t| !matches!(tree.word(t), "," | ";" | "”" | "\""))
    });
    if let Some(what) = called {
        return none(what);
    }
    // "A will meet B on Friday, their first talks of the year": as the verb has it.
    let renamed = tree.head(noun).filter(|&v| {
        matches!(tree.relation(noun), Deprel::Parataxis | Deprel::Appos)
            && tree.upos(v) == Upos::Verb
            && tree.children(noun).any(|c| tree.relation(c) == Deprel::NmodPoss && tree.lower(c) == "their")
    });
    if let Some(verb) = renamed {
        return of_verb(tree, verb, headline, cues);
    }
    // "As for a meeting of the two, the aide said": spoken of, no more.
    let opens = ["as", "for"].iter().enumerate().all(|(t, word)| tree.lower(t) == *word);
    if opens
        && matches!(tree.lower(2).as_str(), "a" | "an" | "any")
        && noun > 2
        && (2..noun).all(|t| tree.word(t) != ",")
    {
        return none(0);
    }
    // "Of the encounter promised that night nothing came."
    let nothing = (noun..tree.len()).find(|&t| tree.lower(t) == "nothing");
    if let Some(nothing) = nothing.filter(|_| tree.lower(0) == "of" && tree.case(noun).starts_with("of")) {
        return none(nothing);
    }
    // "is on a visit", "is in Paris on a visit"
    let there = tree.head(noun).filter(|&h| matches!(tree.case(h).as_str(), "in" | "at") && tree.case(noun) == "on");
    let be = [Some(noun), there]
        .into_iter()
        .flatten()
        .find_map(|t| tree.children(t).find(|&c| tree.relation(c) == Deprel::Cop));
    if let Some(be) =
        be.filter(|&b| tree.case(noun) == "on" && matches!(tree.lower(b).as_str(), "is" | "are" | "'s" | "’s"))
    {
        // "is on an official visit"
        return hard(Status::Ongoing, be);
    }
    // "Is in Turkey for talks on the border"
    let stay = tree.head(noun).filter(|&h| tree.case(h) == "in" && tree.case(noun) == "for" && now(tree, h));
    if let Some(there) = stay.filter(|_| matches!(tree.xpos(noun), "NNS" | "NNPS")) {
        return Verdict { status: Some(Status::Ongoing), soft: true, because: Some(there) };
    }
    // "Is due in Luxembourg on Monday for lunch with B"
    if tree.case(noun) == "for"
        && let Some(due) = (noun.saturating_sub(9)..noun).rev().find(|&t| tree.lower(t) == "due")
        && due > 0
        && matches!(tree.lower(due - 1).as_str(), "is" | "are" | "was" | "were" | "also")
        && (due..noun).all(|t| tree.upos(t) != Upos::Verb)
    {
        return Verdict { status: Some(Status::Planned), soft: true, because: Some(due) };
    }
    let modifier = |set: &str| {
        tree.children(noun).find(|&c| {
            // "A call during which A was expected to warn B": the warning was.
            let of_another = tree.relation(c) == Deprel::AclRelcl
                && tree.children(c).any(|s| {
                    matches!(tree.relation(s), Deprel::Nsubj | Deprel::NsubjPass)
                        && !matches!(tree.lower(s).as_str(), "that" | "which" | "who")
                });
            if of_another {
                return false;
            }
            // "A call about the proposal" is no proposed call.
            if tree.relation(c).universal() == Deprel::Nmod && !tree.case(c).is_empty() {
                return false;
            }
            matches!(
                tree.relation(c).universal(),
                Deprel::Amod | Deprel::Nmod | Deprel::Advmod | Deprel::Compound | Deprel::Acl | Deprel::Det
            ) && cues.has(set, &tree.word(c).to_lowercase())
        })
    };
    let outer = governed(tree, top, headline, cues);
    if let Some(verdict) = outer
        && (verdict.status.is_none() || matches!(verdict.status, Some(Status::Cancelled | Status::Denied)))
    {
        return verdict;
    }
    if let Some(word) = modifier("possible") {
        return match outer {
            Some(v) if v.status == Some(Status::Planned) && !v.soft => v,
            _ => hard(Status::Proposed, word),
        };
    }
    if let Some(word) = modifier("ahead") {
        let lemma = tree.word(word).to_lowercase();
        return match outer {
            Some(v) if v.status == Some(Status::Held) && lemma == "next" => v,
            _ => Verdict {
                status: Some(Status::Planned),
                soft: lemma == "planned" || lemma == "scheduled" || lemma == "expected" || lemma == "upcoming",
                because: Some(word),
            },
        };
    }
    if let Some(word) = modifier("ongoing") {
        // "The then-ongoing peace talks"
        let then = (word.saturating_sub(2)..word).any(|t| tree.lower(t) == "then");
        return if then { soft(Status::Held) } else { hard(Status::Ongoing, noun) };
    }
    if let Some(word) = modifier("behind") {
        return match outer {
            Some(v) if v.status == Some(Status::Planned) && tree.word(word).eq_ignore_ascii_case("first") => v,
            Some(v) if v.status == Some(Status::Held) && !v.soft => v,
            _ => Verdict {
                status: Some(Status::Held),
                soft: tree.word(word).eq_ignore_ascii_case("first"),
                because: Some(word),
            },
        };
    }
    if let Some(verdict) = outer {
        return verdict;
    }
    let case = tree.case(top);
    if cues.has("before_it", &case) || case.ends_with("ahead of") {
        return soft(Status::Planned);
    }
    if cues.has("after_it", &case) {
        return soft(Status::Held);
    }
    soft(Status::Held)
}

/// "The Kremlin said that no call had been held on the 17th", "was not aware of any conversation that day": a denial, where
/// a day shows that a certain contact is meant (which the time stage decides: the verdict is soft).
fn denied_flatly(tree: &Tree<'_>, noun: usize, no: usize, cues: &Cues) -> Option<Verdict> {
    let verb = tree.clause(noun)?;
    let lemma = tree.lemma(verb);
    let past = tree.children(verb).any(|c| {
        matches!(tree.word(c).to_lowercase().as_str(), "had" | "has" | "have" | "was" | "were" | "been" | "did")
    }) || tree.xpos(verb) == "VBD";
    let took_place = cues.has("light", &lemma) || matches!(lemma.as_str(), "be" | "occur" | "happen");
    let said = tree.relation(verb).universal() == Deprel::Ccomp
        || tree.ancestors(verb).iter().take(3).any(|&a| cues.has("say", &tree.lemma(a)))
        || tree.children(verb).any(|c| tree.relation(c) == Deprel::Parataxis && cues.has("say", &tree.lemma(c)));
    (past && took_place && said).then_some(Verdict { status: Some(Status::Denied), soft: true, because: Some(no) })
}

/// "Talks continue in Istanbul", "are dragging on": now, says the tense.
fn goes_on(tree: &Tree<'_>, verb: usize) -> bool {
    let modal = tree.children(verb).any(|c| {
        matches!(tree.relation(c).universal(), Deprel::Aux | Deprel::Mark)
            && !matches!(tree.lower(c).as_str(), "is" | "are" | "'s" | "'re")
    });
    matches!(tree.lemma(verb).as_str(), "continue" | "proceed" | "drag")
        && matches!(tree.xpos(verb), "VBZ" | "VBP" | "VBG")
        && !modal
        && negator(tree, verb).is_none()
}

/// Verbs of what a contact brought: denied of one, they say that it took place.
const RESULTS: [&str; 21] = [
    "lead", "produce", "yield", "bring", "result", "resolve", "achieve", "include", "touch", "address", "cover",
    "change", "succeed", "make", "deliver", "reach", "break", "bridge", "ease", "help", "settle",
];

/// What the verb or noun above a contact noun says, when it says anything.
fn governed(tree: &Tree<'_>, noun: usize, headline: bool, cues: &Cues) -> Option<Verdict> {
    let Some(head) = tree.head(noun) else {
        // "will be A's guest": the noun is the predicate.
        let predicate = tree.children(noun).any(|c| tree.relation(c) == Deprel::Cop);
        return predicate.then(|| verb_group(tree, noun, headline, cues, 0));
    };
    let lemma = verb_lemma(tree, head);
    let relation = tree.relation(noun);
    // "Remained committed to a summit", "open to a meeting": ahead, whatever the verb of being.
    let towards = matches!(tree.case(noun).as_str(), "to" | "for") && negator(tree, head).is_none();
    match tree.lower(head).as_str() {
        "committed" if towards => return Some(hard(Status::Planned, head)),
        "open" | "ready" | "prepared" if towards && tree.upos(head) == Upos::Adj => {
            return Some(hard(Status::Proposed, head));
        }
        _ => {}
    }
    // "Looks forward to a state visit"
    if towards && lemma == "look" && tree.lower(head + 1) == "forward" {
        return Some(hard(Status::Planned, head));
    }
    // "Knew nothing of a call"
    if tree.lower(head) == "nothing" && tree.head(head).is_some_and(|v| tree.lemma(v) == "know") {
        return Some(none(head));
    }
    let verbal = matches!(tree.upos(head), Upos::Verb | Upos::Aux)
        || tree.children(head).any(|c| tree.relation(c) == Deprel::Cop);
    if !verbal {
        if matches!(tree.upos(head), Upos::Noun | Upos::Propn) {
            // "plans for a meeting", "the possibility of a summit", "an invitation to talks", "cancellation of the visit"
            if negator(tree, head).is_some() {
                return Some(none(head));
            }
            let journey = matches!(tree.lemma(noun).as_str(), "visit" | "trip" | "tour" | "stay");
            if matches!(lemma.as_str(), "sideline" | "margin" | "framework" | "periphery") && !journey {
                // "on the sidelines of the summit": the occasion, not the contact.
                return Some(none(head));
            }
            if matches!(
                lemma.as_str(),
                "start"
                    | "beginning"
                    | "opening"
                    | "end"
                    | "conclusion"
                    | "close"
                    | "round"
                    | "course"
                    | "series"
                    | "day"
            ) && tree.relation(noun).universal() == Deprel::Nmod
            {
                let case = tree.case(head);
                if cues.has("before_it", &case) {
                    return Some(soft(Status::Planned));
                }
                return governed(tree, head, headline, cues);
            }
            if denials::is_claim(tree, head) && tree.relation(noun).universal() == Deprel::Nmod {
                if let Some(no) = denials::of_claim(tree, head, cues) {
                    return Some(hard(Status::Denied, no));
                }
                if let Some(verdict) = governed(tree, head, headline, cues)
                    && matches!(verdict.status, Some(Status::Denied) | None)
                {
                    return Some(verdict);
                }
            }
            if matches!(lemma.as_str(), "cancellation" | "postponement") {
                return Some(hard(Status::Cancelled, head));
            }
            if matches!(lemma.as_str(), "plan" | "preparation" | "agenda" | "date" | "venue" | "eve")
                && tree.relation(noun).universal() == Deprel::Nmod
            {
                // "At the hotel, the venue for the meetings"
                if lemma == "venue" && tree.relation(head) == Deprel::Appos {
                    return Some(none(head));
                }
                // "Plans for a summit have been shelved"
                return match governed(tree, head, headline, cues) {
                    Some(v) if matches!(v.status, Some(Status::Cancelled)) => Some(v),
                    _ => Some(soft(Status::Planned)),
                };
            }
            if cues.has("possible", &lemma) && tree.relation(noun).universal() == Deprel::Nmod && lemma != "call" {
                let above = governed(tree, head, headline, cues);
                if let Some(v) = above
                    && v.status.is_none()
                {
                    return Some(v);
                }
                if tree
                    .head(head)
                    .is_some_and(|v| matches!(tree.lemma(v).as_str(), "discuss" | "touch" | "raise" | "mention"))
                {
                    return Some(none(head));
                }
                if lemma == "invitation" && tree.head(head).is_some_and(|v| tree.lemma(v) == "accept") {
                    return Some(hard(Status::Planned, head));
                }
                return Some(hard(Status::Proposed, head));
            }
        }
        return None;
    }
    let case = tree.case(noun);
    match relation.universal() {
        Deprel::Obj | Deprel::Nsubj => {
            let passive = relation == Deprel::NsubjPass;
            let object = relation.universal() == Deprel::Obj || passive;
            if relation == Deprel::Nsubj
                && matches!(lemma.as_str(), "fail" | "collapse")
                && cues.has("cancelled", &lemma)
            {
                return Some(soft(Status::Held));
            }
            if object && cues.has("cancelled", &lemma) {
                return Some(match verb_group(tree, head, headline, cues, 0) {
                    v if v.status.is_none() => v,
                    v if v.status == Some(Status::Proposed) => soft(Status::Planned),
                    _ => hard(Status::Cancelled, head),
                });
            }
            if object && cues.has("denied", &lemma) {
                return Some(hard(Status::Denied, head));
            }
            // "Called on the government to block his visit": it is still to come; "blocked his visit": it is not.
            if object && matches!(lemma.as_str(), "block" | "stop" | "prevent" | "bar" | "ban") {
                return Some(match tree.xpos(head) {
                    "VBD" | "VBN" if negator(tree, head).is_none() => hard(Status::Cancelled, head),
                    _ => hard(Status::Planned, head),
                });
            }
            // "Would not confirm a call": none that is known of.
            let any = tree.children(noun).any(|c| matches!(tree.lower(c).as_str(), "a" | "an" | "any"));
            if object && any && lemma == "confirm" && negator(tree, head).is_some() {
                return Some(hard(Status::Unclear, head));
            }
            if object && lemma == "rule out" && negator(tree, head).is_some() {
                return Some(hard(Status::Proposed, head));
            }
            if object && matches!(lemma.as_str(), "refuse" | "decline" | "rule out" | "avoid" | "oppose" | "preclude") {
                return Some(none(head));
            }
            // "Announced a conversation he had had with B"
            let had = tree.children(noun).find(|&c| {
                tree.relation(c) == Deprel::AclRelcl
                    && matches!(tree.xpos(c), "VBD" | "VBN")
                    && matches!(tree.lemma(c).as_str(), "have" | "hold")
            });
            if let Some(had) = had.filter(|_| object) {
                return Some(hard(Status::Held, had));
            }
            if object && (cues.has("planned", &lemma) && lemma != "confirm") {
                return Some(match verb_group(tree, head, headline, cues, 0) {
                    v if v.status.is_none() => v,
                    _ => Verdict {
                        status: Some(Status::Planned),
                        soft: !passive || !now(tree, head),
                        because: Some(head),
                    },
                });
            }
            if object && matches!(lemma.as_str(), "discuss" | "raise" | "mention" | "explore") {
                // "did not discuss a possible meeting": talked of, not held.
                return negator(tree, head).map(none);
            }
            // "Called his meeting with B constructive"
            let judged = lemma == "call"
                && tree.children(noun).any(|c| {
                    tree.relation(c) == Deprel::NmodPoss || matches!(tree.lower(c).as_str(), "the" | "this" | "that")
                });
            if object && cues.has("proposed", &lemma) && !judged && !matches!(lemma.as_str(), "welcome" | "like") {
                return Some(match verb_group(tree, head, headline, cues, 0) {
                    v if v.status.is_none() => v,
                    _ => hard(Status::Proposed, head),
                });
            }
            if relation == Deprel::Nsubj
                && matches!(lemma.as_str(), "schedule" | "agenda" | "programme" | "program" | "calendar" | "itinerary")
                && tree.case(head) == "on"
            {
                // "A meeting with B is on his schedule"
                return Some(match verb_group(tree, head, headline, cues, 0) {
                    v if v.status.is_none() => v,
                    _ => Verdict { status: Some(Status::Planned), soft: !now(tree, head), because: Some(head) },
                });
            }
            // "The summit is back on", "the meeting is off"
            if relation == Deprel::Nsubj && tree.children(head).any(|c| tree.relation(c) == Deprel::Cop) {
                let bare = tree.children(head).all(|c| tree.relation(c).universal() != Deprel::Case);
                match tree.lower(head).as_str() {
                    "on" | "back" if bare && now(tree, head) && negator(tree, head).is_none() => {
                        return Some(hard(Status::Planned, head));
                    }
                    "off" if bare && negator(tree, head).is_none() => return Some(hard(Status::Cancelled, head)),
                    _ => {}
                }
            }
            if relation == Deprel::Nsubj && tree.upos(head) == Upos::Adj {
                match lemma.as_str() {
                    "possible" | "conceivable" | "feasible" | "likely" | "necessary" | "desirable" => {
                        return Some(negator(tree, head).map_or(hard(Status::Proposed, head), none));
                    }
                    "unlikely" | "impossible" | "unthinkable" | "premature" | "pointless" => return Some(none(head)),
                    _ => {}
                }
            }
            if relation == Deprel::Nsubj && goes_on(tree, head) {
                return Some(hard(Status::Ongoing, head));
            }
            let arranged = tree
                .children(noun)
                .any(|c| cues.has("planned", &tree.lemma(c)) || cues.has("ahead", &tree.word(c).to_lowercase()));
            if let Some(no) = negator(tree, head)
                && !object | passive
                && arranged
                && tree
                    .children(head)
                    .any(|c| matches!(tree.word(c).to_lowercase().as_str(), "will" | "wo" | "would" | "'ll"))
            {
                return Some(hard(Status::Cancelled, no));
            }
            // "The meeting did not lead to a breakthrough": it took place; what failed to come is said of it.
            let told_of = relation == Deprel::Nsubj
                && negator(tree, head).is_some()
                && tree.children(head).any(|c| matches!(tree.lower(c).as_str(), "did" | "has" | "have"))
                && RESULTS.contains(&lemma.as_str());
            if told_of {
                return Some(soft(Status::Held));
            }
            // "Huddled on restarting talks", "progress toward salvaging a summit"
            let ahead = object
                && !passive
                && matches!(tree.xpos(head), "VBG" | "VB")
                && tree.children(head).all(|c| tree.relation(c).universal() != Deprel::Aux)
                && matches!(
                    lemma.as_str(),
                    "restart" | "resume" | "revive" | "reopen" | "salvage" | "rescue" | "jumpstart" | "kickstart"
                )
                && (matches!(tree.relation(head).universal(), Deprel::Acl | Deprel::Advcl));
            if ahead {
                return Some(Verdict { status: Some(Status::Proposed), soft: true, because: Some(head) });
            }
            let light = cues.has("light", &lemma) || !object || passive;
            let v = verb_group(tree, head, headline, cues, 0);
            if light {
                if relation == Deprel::Nsubj
                    && v.status == Some(Status::Held)
                    && !matches!(
                        lemma.as_str(),
                        "take" | "occur" | "happen" | "last" | "begin" | "end" | "start" | "open" | "conclude"
                    )
                {
                    return Some(Verdict { soft: true, ..v });
                }
                return Some(v);
            }
            // "described the call": the verb's own tense says little, its negation nothing.
            match v.status {
                Some(Status::Held) => Some(soft(Status::Held)),
                // "The trip will include a meeting with B"
                Some(Status::Planned)
                    if matches!(lemma.as_str(), "include" | "involve" | "feature" | "see" | "mark") =>
                {
                    Some(Verdict { soft: true, ..v })
                }
                _ => None,
            }
        }
        Deprel::Obl | Deprel::Advcl | Deprel::Nmod => {
            adjuncts::of_clause(tree, noun, head, &lemma, &case, headline, cues)
        }
        // "It was their third meeting", "This is the first visit"
        _ if tree.children(noun).any(|c| tree.relation(c) == Deprel::Cop) => {
            Some(verb_group(tree, noun, headline, cues, 0))
        }
        _ => None,
    }
}

/// Lemma with a verb particle: `call off`, `rule out`.
pub(crate) fn verb_lemma(tree: &Tree<'_>, verb: usize) -> String {
    let lemma = tree.lemma(verb);
    for child in tree.children(verb) {
        if tree.relation(child) == Deprel::CompoundPrt
            || (matches!(tree.upos(child), Upos::Adp | Upos::Adv) && matches!(tree.word(child), "off" | "out" | "back"))
        {
            let both = format!("{lemma} {}", tree.word(child).to_lowercase());
            if both == "call off" || both == "put off" || both == "break off" || both == "push back" {
                return "cancel".to_owned();
            }
            if both == "rule out" || both == "rul out" {
                return "rule out".to_owned();
            }
        }
    }
    lemma
}

pub(crate) fn negator(tree: &Tree<'_>, token: usize) -> Option<usize> {
    tree.children(token).find(|&c| {
        matches!(
            tree.word(c).to_lowercase().as_str(),
            "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor" | "without" | "cannot"
        ) && matches!(
            tree.relation(c).universal(),
            Deprel::Advmod
                | Deprel::Det
                | Deprel::Case
                | Deprel::Mark
                | Deprel::Cc
                | Deprel::Aux
                | Deprel::Obl
                | Deprel::Discourse
        )
    })
}
