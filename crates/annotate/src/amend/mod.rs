//! Owns the correction of trees by grammar: what no English sentence has (a name in two pieces, two subjects of one
//! verb, a subject with a preposition) is mended after the network has read it.

mod clauses;
mod names;
mod pairs;
mod subjects;
mod words;

use std::sync::Arc;

use readout_types::{Deprel, NameKind, Token, Upos};

/// Mends the tree of a parsed sentence in place: arcs, relations, and the tags that rest on them. `names`: first
/// token, one past the last, kind; in order. The tree stays one tree: a change that would close a circle is not made.
pub fn amend(text: &str, tokens: &mut [Token], names: &[(usize, usize, NameKind)]) {
    if tokens.iter().all(|t| t.head.is_some()) {
        return;
    }
    let mut tree = Arcs { text, tokens, names };
    words::particles(&mut tree);
    words::ordinals(&mut tree);
    words::days(&mut tree);
    words::infinitives(&mut tree);
    words::meetings_of_headlines(&mut tree);
    clauses::adjuncts_of_prepositions(&mut tree);
    clauses::predicates_that_are_objects(&mut tree);
    clauses::adjectives_before_infinitives(&mut tree);
    clauses::face_to_face(&mut tree);
    clauses::questions_asked(&mut tree);
    clauses::named_so(&mut tree);
    clauses::names_called(&mut tree);
    words::compounds_behind_prepositions(&mut tree);
    words::compounds_before_prepositions(&mut tree);
    names::modal_surnames(&mut tree);
    names::hyphenated(&mut tree);
    names::headed_by_the_first(&mut tree);
    names::in_one_piece(&mut tree);
    names::side_by_side(&mut tree);
    names::titles(&mut tree);
    names::titles_of_unknown(&mut tree);
    names::titles_of(&mut tree);
    names::coordinated(&mut tree);
    names::beside_the_head(&mut tree);
    names::after_time(&mut tree);
    words::verbs_of_headlines(&mut tree);
    words::verbs_behind_numbers(&mut tree);
    words::glued_names(&mut tree);
    pairs::pairs_of_headlines(&mut tree);
    pairs::pairs_in_pictures(&mut tree);
    pairs::sides_between(&mut tree);
    clauses::genitives(&mut tree);
    clauses::perfects(&mut tree);
    clauses::days_before_participles(&mut tree);
    clauses::ahead(&mut tree);
    subjects::subjects_behind_infinitives(&mut tree);
    subjects::subjects_behind_verbs(&mut tree);
    subjects::subjects_of_clauses(&mut tree);
    subjects::subjects_with_prepositions(&mut tree);
    subjects::second_subjects(&mut tree);
    subjects::names_read_as_clauses(&mut tree);
    subjects::objects_of_verbs(&mut tree);
    clauses::object_control(&mut tree);
    clauses::agents(&mut tree);
    clauses::before_the_verb(&mut tree);
    clauses::participles(&mut tree);
    clauses::participles_of_events(&mut tree);
    clauses::contact_clauses(&mut tree);
    subjects::verbs_behind_names(&mut tree);
    clauses::objects_behind(&mut tree);
    clauses::places(&mut tree);
    clauses::other_sides(&mut tree);
    clauses::attributes(&mut tree);
}

/// A tree that can be changed.
struct Arcs<'a> {
    text: &'a str,
    tokens: &'a mut [Token],
    names: &'a [(usize, usize, NameKind)],
}

/// Months and weekdays, and the nouns of time that stand for a day or a longer time.
const TIMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan.",
    "feb.",
    "mar.",
    "apr.",
    "jun.",
    "jul.",
    "aug.",
    "sept.",
    "sep.",
    "oct.",
    "nov.",
    "dec.",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tomorrow",
    "yesterday",
    "week",
    "month",
    "year",
    "weekend",
    "morning",
    "afternoon",
    "evening",
    "night",
    "day",
    "hour",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "minutes",
];

impl Arcs<'_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn lower(&self, i: usize) -> String {
        self.tokens[i].span.of(self.text).to_lowercase()
    }

    fn lemma(&self, i: usize) -> String {
        self.tokens[i].lemma.to_lowercase()
    }

    fn head(&self, i: usize) -> Option<usize> {
        self.tokens[i].head.map(|h| h as usize).filter(|&h| h < self.tokens.len())
    }

    fn relation(&self, i: usize) -> Deprel {
        self.tokens[i].deprel
    }

    fn upos(&self, i: usize) -> Upos {
        self.tokens[i].upos
    }

    fn xpos(&self, i: usize) -> &'static str {
        self.tokens[i].xpos
    }

    fn children(&self, head: usize) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&i| self.tokens[i].head == Some(head as u32)).collect()
    }

    fn child(&self, head: usize, wanted: impl Fn(Deprel) -> bool) -> Option<usize> {
        (0..self.tokens.len()).find(|&i| self.tokens[i].head == Some(head as u32) && wanted(self.tokens[i].deprel))
    }

    /// Whether `i` is part of a person's name.
    fn of_person(&self, i: usize) -> bool {
        self.names.iter().any(|n| (n.0..n.1).contains(&i) && n.2 == NameKind::Person)
    }

    /// Whether `i` is `above` or lies below it.
    fn within(&self, i: usize, above: usize) -> bool {
        let mut at = Some(i);
        // The bound holds even for a tree that has a circle.
        for _ in 0..=self.tokens.len() {
            match at {
                Some(x) if x == above => return true,
                Some(x) => at = self.head(x),
                None => return false,
            }
        }
        true
    }

    /// Hangs `child` on `head`, unless that closes a circle or `child` is the root. Whether it was done.
    fn attach(&mut self, child: usize, head: usize, relation: Deprel) -> bool {
        if self.tokens[child].head.is_none() || self.within(head, child) {
            return false;
        }
        self.tokens[child].head = Some(head as u32);
        self.tokens[child].deprel = relation;
        true
    }

    /// Hangs `child` on `head` with the relation that it has ([`Arcs::attach`]).
    fn hand_on(&mut self, child: usize, head: usize) -> bool {
        let relation = self.relation(child);
        self.attach(child, head, relation)
    }

    /// `heir` takes the place of `old`, which must not lie below it and hangs on it from now on. Children stay where they are.
    fn succeed(&mut self, old: usize, heir: usize, relation: Deprel) {
        debug_assert!(!self.within(old, heir));
        let (head, of_old) = (self.tokens[old].head, self.tokens[old].deprel);
        self.tokens[heir].head = head;
        self.tokens[heir].deprel = of_old;
        self.tokens[old].head = Some(heir as u32);
        self.tokens[old].deprel = relation;
    }

    /// The case marker of a noun that is a preposition; not the genitive's.
    fn preposition(&self, noun: usize) -> Option<usize> {
        (0..self.tokens.len()).find(|&i| {
            self.tokens[i].head == Some(noun as u32)
                && self.tokens[i].deprel == Deprel::Case
                && self.tokens[i].xpos != "POS"
        })
    }

    fn is_subject(&self, i: usize) -> bool {
        matches!(self.relation(i), Deprel::Nsubj | Deprel::NsubjPass)
    }

    fn has_subject(&self, verb: usize) -> bool {
        self.child(verb, |r| {
            matches!(
                r,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::NsubjOuter
                    | Deprel::Csubj
                    | Deprel::CsubjPass
                    | Deprel::Expl
            )
        })
        .is_some()
    }

    /// The relation of a subject to this verb.
    fn subject_relation(&self, verb: usize) -> Deprel {
        if self.child(verb, |r| r == Deprel::AuxPass).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj }
    }

    /// Whether the verb has a tense of its own or an auxiliary that has.
    fn is_finite(&self, verb: usize) -> bool {
        matches!(self.xpos(verb), "VBD" | "VBZ" | "VBP")
            || self
                .child(verb, |r| matches!(r, Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
                .is_some_and(|a| matches!(self.xpos(a), "VBD" | "VBZ" | "VBP" | "MD"))
    }

    fn is_noun(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn)
    }

    fn is_time(&self, i: usize) -> bool {
        self.is_noun(i) && TIMES.contains(&self.lower(i).as_str())
    }

    /// The last token of the stretch that lies below `i`.
    fn last_below(&self, i: usize) -> usize {
        (i..self.len()).rev().find(|&j| self.within(j, i)).unwrap_or(i)
    }

    fn retag(&mut self, i: usize, upos: Upos, xpos: &'static str) {
        self.tokens[i].upos = upos;
        self.tokens[i].xpos = xpos;
    }

    fn set_lemma(&mut self, i: usize, lemma: &str) {
        self.tokens[i].lemma = Arc::from(lemma);
    }
}

#[cfg(test)]
mod tests;
