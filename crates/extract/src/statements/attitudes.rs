//! Owns cues that are no verbs of saying: nouns with what they are about ("support for"), adjectives ("wary of"), and passives
//! ("is expected to", "was condemned by").

use readout_rules::CueClass;
use readout_types::{Deprel, Span, Upos};

use super::Found;
use super::cues::Search;
use super::words::{stretch, trim, verb_group};

/// Prepositions behind which an adjective has what is thought.
const BEHIND: [&str; 11] = ["of", "about", "to", "with", "by", "over", "at", "on", "for", "in", "against"];

impl Search<'_, '_> {
    fn known(&self, token: usize, class: CueClass) -> bool {
        self.document.knowledge.statements.is(&self.tree.lower(token), class)
    }

    /// The verb that lends a noun its subject: "voiced concern".
    pub(super) fn light(&self, noun: usize) -> Option<usize> {
        let verb = self.tree.head(noun).filter(|_| self.tree.relation(noun).universal() == Deprel::Obj)?;
        self.document.knowledge.statements.marks("light", &self.lemma(verb)).then_some(verb)
    }

    /// The words of a phrase without an "'s" at its end and a preposition at its front.
    fn words_of(&self, head: usize, except: &[usize]) -> Span {
        let tree = &self.tree;
        let (mut first, mut last) = stretch(tree, head, except);
        while last > first && matches!(tree.word(last), "'s" | "’s" | "'" | "’") {
            last -= 1;
        }
        while first < last && tree.upos(first) == Upos::Adp {
            first += 1;
        }
        trim(self.text(), self.span(first, last))
    }

    /// "Moscow's opposition to …", "voiced support for …", "his decision to …".
    pub(super) fn topic(&self, noun: usize) -> Option<Found> {
        let tree = &self.tree;
        let lemma = self.lemma(noun);
        let knowledge = &self.document.knowledge.statements;
        let light = self.light(noun);
        let prepositions = knowledge.prepositions(CueClass::Topic, &lemma);
        // "Over Moscow's opposition to …": what follows at once, wherever the tree hangs it.
        let beside = (noun + 1 < tree.len())
            .then(|| tree.head(noun + 1))
            .flatten()
            .filter(|_| matches!(tree.relation(noun + 1), Deprel::Case | Deprel::Mark));
        let below = || {
            tree.children(noun)
                .chain(light.into_iter().flat_map(|l| tree.children(l)))
                .chain(beside)
                .filter(|&c| c > noun)
        };
        let about = below().find(|&c| {
            let case = tree.case(c);
            matches!(tree.relation(c).universal(), Deprel::Nmod | Deprel::Obl | Deprel::Acl | Deprel::Advcl)
                && prepositions.contains(&case)
        });
        let goal = || {
            below().find(|&c| {
                knowledge.is(&lemma, CueClass::Goal)
                    && matches!(tree.relation(c).universal(), Deprel::Acl | Deprel::Xcomp | Deprel::Advcl)
                    && tree
                        .children(c)
                        .any(|k| k > noun && k < c && tree.lower(k) == "to" && tree.relation(k) == Deprel::Mark)
            })
        };
        let (class, head) = match about {
            Some(head) => (CueClass::Topic, head),
            None => (CueClass::Goal, goal()?),
        };
        let (_, last) = stretch(tree, head, &[]);
        let (first, mark) = if class == CueClass::Topic {
            let case = tree.case(head);
            let mark = (noun + 1..=head).rev().find(|&t| case.ends_with(&tree.lower(t)))?;
            (mark + 1, mark)
        } else {
            (tree.children(head).find(|&k| k > noun && tree.lower(k) == "to")?, noun)
        };
        let last = light
            .filter(|_| !tree.children(noun).any(|c| tree.relation(c) == Deprel::NmodPoss))
            .map_or(last, |l| self.phrase_end(l, head, last));
        if first > last || mark - noun > 6 || (noun..first).any(|t| tree.upos(t) == Upos::Punct) {
            return None;
        }
        let owner = tree.children(noun).find(|&c| {
            tree.relation(c) == Deprel::NmodPoss
                || c != head && c > noun && matches!(tree.case(c).as_str(), "by" | "from" | "among")
        });
        let from = light.and_then(|l| tree.children(l).find(|&c| c > noun && c != head && tree.case(c) == "from"));
        let subject = || light.and_then(|l| self.speaker(l, false));
        let speaker = owner.or(from).or_else(subject)?;
        if matches!(
            tree.lower(speaker).as_str(),
            "my" | "our" | "your" | "its" | "i" | "we" | "you" | "it" | "this" | "that" | "there"
        ) {
            return None;
        }
        let cue_first = light.filter(|_| owner.is_none()).map_or(noun, |l| verb_group(tree, l).0);
        let mut except = vec![noun, head];
        except.extend(light);
        let source = if owner.or(from).is_some() {
            self.words_of(speaker, &except)
        } else {
            self.source(speaker, light?, cue_first)
        };
        Some(Found {
            rule: "noun",
            sentence: self.sentence,
            verb: noun,
            speaker: Some(speaker),
            source: Some(source),
            cue: self.span(cue_first, mark),
            parts: self.clean(vec![self.through_quote(first, last)]),
            class,
            open: false,
        })
    }

    /// "Is convinced that …", "remains wary of …", "made clear that …".
    pub(super) fn adjective(&self, word: usize) -> Option<Found> {
        let tree = &self.tree;
        if !self.known(word, CueClass::Adjective) {
            return None;
        }
        let relation = tree.relation(word).universal();
        if matches!(relation, Deprel::Amod | Deprel::Compound) {
            return None;
        }
        let own = tree
            .children(word)
            .find(|&c| c < word && matches!(tree.relation(c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter));
        let copula =
            tree.children(word).find(|&c| c < word && matches!(tree.relation(c), Deprel::Cop | Deprel::AuxPass));
        // "Made clear", "remains wary", "voters concerned about".
        let above = tree.head(word).filter(|_| matches!(relation, Deprel::Xcomp));
        let subject = match (own, above) {
            (Some(own), _) if copula.is_some() => self.antecedent(own, word).unwrap_or(own),
            (None, Some(above)) => *tree.subjects(above).first()?,
            (None, None) if relation == Deprel::Acl => tree.head(word)?,
            _ => return None,
        };
        if matches!(tree.lower(subject).as_str(), "it" | "there" | "this" | "that" | "you" | "i" | "we" | "what") {
            return None;
        }
        let below = tree.children(word).chain(above.into_iter().flat_map(|a| tree.children(a))).filter(|&c| c > word);
        let mut found = None;
        for child in below {
            let marked = |words: &[&str]| {
                tree.children(child).find(|&k| {
                    k > word
                        && k <= child
                        && tree.relation(k) == Deprel::Mark
                        && words.contains(&tree.lower(k).as_str())
                })
            };
            let first = stretch(tree, child, &[]).0.max(word + 1);
            let case = tree.case(child);
            found = match tree.relation(child).universal() {
                Deprel::Ccomp | Deprel::Advcl | Deprel::Xcomp if marked(&["to"]).is_some() => {
                    marked(&["to"]).map(|t| (t, child, word))
                }
                Deprel::Ccomp | Deprel::Advcl if marked(&["that"]).is_some() => {
                    marked(&["that"]).map(|t| (t, child, word))
                }
                Deprel::Ccomp if first == word + 1 => Some((first, child, word)),
                Deprel::Obl | Deprel::Advcl | Deprel::Nmod if BEHIND.contains(&case.as_str()) => {
                    let mark = (word + 1..=child).find(|&t| tree.lower(t) == case);
                    mark.filter(|&m| m == word + 1).map(|m| (m + 1, child, m))
                }
                _ => None,
            };
            if found.is_some() {
                break;
            }
        }
        let (first, child, mark) = found?;
        let cue_first = copula
            .into_iter()
            .chain(above.filter(|&a| a < word))
            .map(|c| verb_group(tree, c).0.min(c))
            .min()
            .unwrap_or(word);
        let auxiliary = tree
            .children(word)
            .filter(|&c| c < word && matches!(tree.relation(c).universal(), Deprel::Aux | Deprel::Cop))
            .min();
        let cue_first = auxiliary
            .map_or(cue_first, |a| a.min(cue_first))
            .max(if subject < word { subject + 1 } else { 0 })
            .min(word);
        let last = if mark == word {
            self.end_of(word, child, true)
        } else {
            self.phrase_end(above.unwrap_or(word), child, stretch(tree, child, &[]).1)
        };
        if first > last {
            return None;
        }
        Some(Found {
            rule: "adjective",
            sentence: self.sentence,
            verb: word,
            speaker: Some(subject),
            source: Some(self.source(subject, word, cue_first)),
            cue: self.span(cue_first, mark),
            parts: self.clean(vec![self.through_quote(first, last)]),
            class: CueClass::Adjective,
            open: false,
        })
    }

    /// "The envoy is expected to …", "he appears to …": what is thought stands around the cue, and nobody says who thinks so.
    pub(super) fn raised(&self, verb: usize) -> Option<Found> {
        let tree = &self.tree;
        let passive = tree.children(verb).any(|c| tree.relation(c) == Deprel::AuxPass);
        let class = if passive { CueClass::Raise } else { CueClass::Seem };
        if !self.is(verb, class) {
            return None;
        }
        let goal = tree.children(verb).find(|&c| {
            c > verb
                && matches!(tree.relation(c).universal(), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl)
                && tree
                    .children(c)
                    .any(|k| k > verb && k <= c && tree.lower(k) == "to" && tree.relation(k) == Deprel::Mark)
        })?;
        let to = tree.children(goal).find(|&k| k > verb && tree.lower(k) == "to")?;
        let subject =
            tree.children(verb).find(|&c| c < verb && matches!(tree.relation(c).universal(), Deprel::Nsubj))?;
        let (first, last) = verb_group(tree, verb);
        let (start, end) = stretch(tree, subject, &[verb]);
        let mut parts = vec![self.span(to, self.end_of(verb, to.max(goal), true).max(to))];
        if !matches!(tree.lower(subject).as_str(), "it" | "there") && end < first {
            parts.insert(0, self.span(start, end));
        }
        Some(Found {
            rule: "raised",
            sentence: self.sentence,
            verb,
            speaker: None,
            source: None,
            cue: self.span(first, last),
            parts: self.clean(parts),
            class,
            open: false,
        })
    }

    /// "The attack was condemned by …", "a plan backed by …".
    pub(super) fn passive(&self, verb: usize) -> Option<Found> {
        let tree = &self.tree;
        if !self.is(verb, CueClass::Object) || tree.xpos(verb) != "VBN" {
            return None;
        }
        let agent = tree
            .children(verb)
            .find(|&c| c > verb && (tree.relation(c) == Deprel::OblAgent || tree.case(c) == "by"))?;
        let reduced = tree.relation(verb) == Deprel::Acl;
        let subject = if reduced {
            tree.head(verb)?
        } else {
            tree.children(verb).find(|&c| c < verb && tree.relation(c) == Deprel::NsubjPass)?
        };
        if matches!(tree.lower(subject).as_str(), "it" | "that" | "which" | "who" | "there") || subject > verb {
            return None;
        }
        let (first, last) = verb_group(tree, verb);
        let by = (verb + 1..=agent).find(|&t| tree.lower(t) == "by")?;
        let (start, end) = stretch(tree, subject, &[verb]);
        let end = end.min(first.checked_sub(1)?);
        let source = self.words_of(agent, &[verb]);
        Some(Found {
            rule: "passive",
            sentence: self.sentence,
            verb,
            speaker: Some(agent),
            source: Some(source),
            cue: if by == last + 1 { self.span(first, by) } else { self.span(first, last) },
            parts: self.clean(vec![self.span(start.min(end), end)]),
            class: CueClass::Object,
            open: false,
        })
    }
}
