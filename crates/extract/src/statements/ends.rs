//! Owns where what a cue governs ends: at the end of the sentence, or before words that are the cue's own or the writer's.

use readout_rules::CueClass;
use readout_types::{Deprel, Upos};

use super::cues::Search;
use super::words::stretch;

/// Verbs by whose participle behind a comma a speaker goes on.
const GOING_ON: [&str; 25] = [
    "accuse",
    "acknowledge",
    "add",
    "argue",
    "blame",
    "call",
    "cite",
    "claim",
    "compare",
    "complain",
    "criticize",
    "emphasize",
    "praise",
    "stress",
    "describe",
    "explain",
    "insist",
    "note",
    "predict",
    "promise",
    "say",
    "suggest",
    "tell",
    "urge",
    "warn",
];

impl Search<'_, '_> {
    /// The last token of what a verb governs from a token on. `tight`: an object or "to …", which a clause of the writer's may
    /// follow; what is said in a clause goes on further.
    pub(super) fn end_of(&self, verb: usize, from: usize, tight: bool) -> usize {
        let mut last = self.end();
        let cuts = [
            self.end_of_own_clause(verb, from),
            self.words_of_cue(verb, from, tight),
            self.goes_on(verb, from),
            self.goes_on_as(verb, from),
            self.goes_on_too(verb, from),
            self.next_clause(from, tight),
            self.next_quotation(from),
            self.according_behind(from),
        ];
        for cut in cuts.into_iter().flatten() {
            last = last.min(cut);
        }
        last
    }

    /// The token before another, over commas and "and".
    fn before_token(&self, token: usize, from: usize) -> usize {
        let tree = &self.tree;
        let mut at = token;
        while at > from
            && (tree.upos(at - 1) == Upos::Punct && !self.quoted(at - 1) || tree.upos(at - 1) == Upos::Cconj)
        {
            at -= 1;
        }
        at.saturating_sub(1).max(from)
    }

    /// "Citing a cold, the envoy told …", "those who said so went home": the clause of the cue ends before the main one.
    fn end_of_own_clause(&self, verb: usize, from: usize) -> Option<usize> {
        let tree = &self.tree;
        let relation = tree.relation(verb).universal();
        if !matches!(relation, Deprel::Advcl | Deprel::Acl) && tree.relation(verb) != Deprel::AclRelcl {
            return None;
        }
        let own = stretch(tree, verb, &[]).1;
        let inside = tree.head(verb).is_some_and(|h| h > from) || relation == Deprel::Acl && own + 1 < self.end();
        inside.then_some(own.max(from))
    }

    /// The first words behind what is said that the tree hangs to the cue itself.
    fn words_of_cue(&self, verb: usize, from: usize, tight: bool) -> Option<usize> {
        let tree = &self.tree;
        let cuts = tree.children(verb).filter(|&c| c > from).filter_map(|child| {
            let first = stretch(tree, child, &[]).0.max(from + 1);
            let before = tree.word(first - 1);
            let comma = before == ",";
            let participle = tree.xpos(child) == "VBG";
            let case = tree.case(child);
            let cuts = match tree.relation(child).universal() {
                Deprel::Conj => {
                    let subject = tree.children(child).any(|c| tree.relation(c).universal() == Deprel::Nsubj);
                    let that =
                        tree.children(child).any(|c| tree.lower(c) == "that" && tree.relation(c) == Deprel::Mark);
                    if tight {
                        matches!(tree.upos(child), Upos::Verb | Upos::Aux) || subject
                    } else {
                        !that && !subject && (participle || self.is(child, CueClass::Say))
                    }
                }
                Deprel::Advcl if tight => {
                    comma
                        || matches!(before, "-" | "—" | "–" | "--")
                        || matches!(
                            case.as_str(),
                            "after"
                                | "before"
                                | "when"
                                | "while"
                                | "if"
                                | "because"
                                | "since"
                                | "until"
                                | "without"
                                | "by"
                                | "though"
                                | "although"
                        )
                }
                Deprel::Advcl => comma && (participle || matches!(case.as_str(), "while" | "as" | "when" | "after")),
                Deprel::Obl => {
                    comma && tree.upos(child) == Upos::Propn || self.told_in(child) || tight && case == "during"
                }
                Deprel::Parataxis => {
                    let cue = !self.document.knowledge.statements.classes(&self.lemma(child)).is_empty();
                    comma && self.finite(child) && cue
                }
                _ => false,
            };
            cuts.then(|| self.before_token(first, from))
        });
        cuts.min()
    }

    /// "…, adding that …", "… and said that …": the speaker goes on, wherever the tree hangs it.
    fn goes_on(&self, verb: usize, from: usize) -> Option<usize> {
        let tree = &self.tree;
        let own = tree.xpos(verb);
        let mut first = (from + 1..self.end()).find(|&t| {
            let joined = (from..t).rev().find(|&b| tree.upos(b) != Upos::Adv && tree.upos(b) != Upos::Aux);
            let Some(joined) = joined else { return false };
            let participle = tree.xpos(t) == "VBG";
            tree.upos(t) == Upos::Verb
                && !self.quoted(t)
                && self.is(t, CueClass::Say)
                && (participle && matches!(tree.word(joined), "," | "-" | "—" | "–" | "--")
                    || tree.xpos(t) == own && tree.upos(joined) == Upos::Cconj)
                && (participle && GOING_ON.contains(&self.lemma(t).as_str())
                    || tree.children(t).any(|c| c > t && tree.relation(c).universal() == Deprel::Ccomp)
                    || tree.lower(t + 1) == "that"
                    || t + 1 < tree.len() && self.quoted(t + 1)
                    || tree.word(t + 1) == ",")
        })?;
        while first > from && matches!(tree.upos(first - 1), Upos::Adv | Upos::Aux) {
            first -= 1;
        }
        Some(self.before_token(first, from))
    }

    /// "Said she would order a review and warned against …", "… but pledged to …": behind a verb that the joined one cannot go
    /// with, the speaker goes on.
    fn goes_on_too(&self, verb: usize, from: usize) -> Option<usize> {
        let tree = &self.tree;
        if tree.xpos(verb) != "VBD" {
            return None;
        }
        let past = |t: usize| tree.xpos(t) == "VBD" && matches!(tree.upos(t), Upos::Verb);
        let next = (from + 1..self.end()).find(|&t| past(t) && !self.quoted(t))?;
        let joint = (from..next).rev().find(|&b| tree.upos(b) != Upos::Adv)?;
        let cue = !self.document.knowledge.statements.classes(&self.lemma(next)).is_empty();
        let other = tree.children(next).any(|c| c < next && tree.relation(c).universal() == Deprel::Nsubj);
        let inside = (verb + 1..joint).any(|t| matches!(tree.xpos(t), "MD" | "VBZ" | "VBP") || tree.lower(t) == "had");
        (cue && !other && inside && tree.upos(joint) == Upos::Cconj).then(|| self.before_token(joint, from))
    }

    /// "…, but she denied that …", "… — and he noted that …": the writer goes on with another cue, wherever the tree hangs it.
    fn goes_on_as(&self, verb: usize, from: usize) -> Option<usize> {
        let tree = &self.tree;
        let own = tree.xpos(verb);
        (from + 1..self.end()).find_map(|t| {
            let says = tree.upos(t) == Upos::Verb
                && tree.xpos(t) == own
                && matches!(own, "VBD" | "VBZ")
                && !self.quoted(t)
                && self.is(t, CueClass::Say)
                && (tree.children(t).any(|c| c > t && tree.relation(c).universal() == Deprel::Ccomp)
                    || tree.lower(t + 1) == "that"
                    || t + 1 < tree.len() && self.quoted(t + 1));
            if !says {
                return None;
            }
            let subject = tree.children(t).find(|&c| c < t && tree.relation(c) == Deprel::Nsubj)?;
            let joint = stretch(tree, subject, &[]).0.checked_sub(1).filter(|&j| j > from)?;
            let comma = matches!(tree.word(joint - 1), "," | "-" | "—" | "–" | "--" | ";");
            let joined = match tree.lower(joint).as_str() {
                "but" | "and" => comma,
                "though" | "although" | "while" => true,
                _ => tree.word(joint) == ";",
            };
            joined.then(|| self.before_token(joint, from))
        })
    }

    /// A comma behind which the writer goes on: "…, while others …", "…, as did Oslo"; behind an object also "…, but she …",
    /// "…, which …" and an apposition.
    fn next_clause(&self, from: usize, tight: bool) -> Option<usize> {
        let tree = &self.tree;
        let end = self.end();
        let comma = (from + 1..end).find(|&t| {
            if tree.word(t) != "," || self.quoted(t) {
                return false;
            }
            let next = (t + 1).min(end);
            let opening = tree.lower(next);
            let contrast = matches!(opening.as_str(), "while" | "although" | "though");
            let joined = tight && matches!(opening.as_str(), "but" | "and" | "so" | "because" | "as");
            let with_subject = || {
                tree.head(next).is_some_and(|h| {
                    h > next
                        && tree.children(h).any(|c| c > next && c < h && tree.relation(c).universal() == Deprel::Nsubj)
                })
            };
            let likewise =
                opening == "as" && matches!(tree.lower(t + 2).as_str(), "has" | "have" | "had" | "did" | "does" | "do");
            let relative = tight && matches!(opening.as_str(), "which" | "who" | "whose" | "where");
            likewise || relative || (contrast || joined) && with_subject() || tight && self.apposition(from, t, end)
        })?;
        Some(self.before_token(comma + 1, from))
    }

    /// Whether an apposition that runs to the end follows a comma.
    fn apposition(&self, from: usize, comma: usize, end: usize) -> bool {
        let tree = &self.tree;
        let found = (comma + 1..=end).find(|&t| {
            tree.relation(t).universal() == Deprel::Appos && tree.head(t).is_some_and(|h| h >= from && h < comma)
        });
        found.is_some_and(|t| {
            let (first, last) = stretch(tree, t, &[]);
            first <= comma + 1 && last + 1 >= end
        })
    }

    /// "Asked whether …, she replied: “…”": the clause of the answer is another.
    fn next_quotation(&self, from: usize) -> Option<usize> {
        let tree = &self.tree;
        let answer = (from + 1..self.end()).find(|&v| {
            tree.upos(v) == Upos::Verb
                && !self.quoted(v)
                && self.finite(v)
                && self.is(v, CueClass::Say)
                && v + 2 < tree.len()
                && matches!(tree.word(v + 1), ":" | ",")
                && self.quoted(v + 2)
        })?;
        let comma = (from + 1..answer).rev().find(|&t| tree.word(t) == "," && !self.quoted(t))?;
        Some(self.before_token(comma + 1, from))
    }

    /// "…, according to X": another says so.
    fn according_behind(&self, from: usize) -> Option<usize> {
        let tree = &self.tree;
        let at = (from + 1..self.end())
            .find(|&t| tree.lower(t) == "according" && tree.lower(t + 1) == "to" && tree.word(t - 1) == ",")?;
        Some(self.before_token(at, from))
    }

    /// The end of a phrase behind a preposition, with what the tree hangs higher: "called for an end | to the siege".
    pub(super) fn phrase_end(&self, cue: usize, head: usize, last: usize) -> usize {
        let tree = &self.tree;
        let whole = self.end_of(cue, head.max(last), true);
        let stop =
            (last + 1..=whole).find(|&t| tree.upos(t) == Upos::Punct && !self.quoted(t) || tree.upos(t) == Upos::Cconj);
        stop.map_or(whole, |t| t - 1).max(last)
    }

    /// "In a statement", "during an interview", "on Twitter": where it was said, not what.
    pub(super) fn told_in(&self, token: usize) -> bool {
        matches!(
            self.lemma(token).as_str(),
            "statement"
                | "interview"
                | "speech"
                | "email"
                | "e-mail"
                | "tweet"
                | "conference"
                | "briefing"
                | "letter"
                | "report"
                | "post"
                | "remarks"
                | "address"
                | "rally"
                | "forum"
                | "ruling"
                | "website"
                | "twitter"
                | "appearance"
                | "memo"
        ) && matches!(self.tree.case(token).as_str(), "in" | "during" | "at" | "on" | "via" | "by")
    }
}
