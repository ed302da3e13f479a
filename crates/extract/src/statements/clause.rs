//! Owns the words that a cue governs in its own sentence: clauses and infinitives, from where they begin.

use readout_types::{Deprel, Span, Upos};

use super::cues::Search;
use super::speaker::is_day;
use super::words::stretch;

impl Search<'_, '_> {
    /// The clause that a verb governs: "that …", "…" without it, "whether …".
    pub(super) fn clause(&self, verb: usize, cue_last: usize) -> Option<Span> {
        let tree = &self.tree;
        let behind = cue_last + 1;
        let clause = tree.children(verb).find(|&c| {
            c > cue_last
                && match tree.relation(c).universal() {
                    Deprel::Ccomp => true,
                    // "Asked if …".
                    Deprel::Advcl => {
                        matches!(self.lemma(verb).as_str(), "ask" | "wonder" | "question" | "know" | "decide")
                            && matches!(tree.lower(behind).as_str(), "if" | "whether")
                            && tree.head(behind) == Some(c)
                    }
                    Deprel::Parataxis => {
                        self.finite(c)
                            || tree
                                .children(c)
                                .any(|k| matches!(tree.relation(k).universal(), Deprel::Aux | Deprel::Cop))
                    }
                    _ => false,
                }
        });
        let reach = if self.tells(verb) { 24 } else { 12 };
        let that = (behind..(cue_last + reach).min(tree.len())).find(|&t| {
            let opens = tree.xpos(t) == "IN" || t == behind && clause.is_some_and(|c| c > t + 1);
            tree.lower(t) == "that" && opens
        });
        let first = match (clause, that) {
            (Some(clause), that) => {
                let first = stretch(tree, clause, &[]).0.max(behind);
                match that.filter(|&t| t < clause) {
                    // "Told reporters on Sunday that": from the conjunction on, whatever hangs below the clause.
                    Some(that) if that >= first || tree.head(that) == Some(clause) || that == behind => that,
                    _ if self.lost_subject(verb, behind, first) || self.only_words_of(behind, first, verb) => behind,
                    _ => first,
                }
            }
            // "Said on Monday that …", whatever the tree makes of it.
            (None, Some(that)) if (behind..that).all(|t| self.between_told_and_that(verb, t)) => that,
            _ => return None,
        };
        let first = clause.map_or(first, |clause| self.past_the_told(verb, behind, first, clause));
        let last = self.end_of(verb, first.max(clause.unwrap_or(first)), false);
        Some(self.through_quote(first, last.max(first)))
    }

    /// Whether a word can stand between a cue and its "that": no verb, and a comma only among those who are told.
    fn between_told_and_that(&self, verb: usize, token: usize) -> bool {
        match self.tree.upos(token) {
            Upos::Verb | Upos::Aux => false,
            Upos::Punct => self.tells(verb) && self.tree.word(token) == ",",
            _ => true,
        }
    }

    /// Where a clause begins behind what belongs to its cue: "said Sunday | he agreed", "told the envoy | she would go".
    fn past_the_told(&self, verb: usize, behind: usize, first: usize, clause: usize) -> usize {
        let tree = &self.tree;
        if first != behind || first + 1 >= clause {
            return first;
        }
        let adverb = tree.xpos(first) == "RB"
            && matches!(
                tree.lower(first).as_str(),
                "again" | "repeatedly" | "publicly" | "privately" | "recently" | "earlier"
            );
        if (is_day(&tree.lower(first)) || adverb) && self.nominal(first + 1) {
            return first + 1;
        }
        if !self.tells(verb) {
            return first;
        }
        let subject = (first + 1..clause).find(|&t| {
            matches!(tree.lower(t).as_str(), "he" | "she" | "they" | "i" | "we" | "it") && tree.upos(t) == Upos::Pron
        });
        let told = |t: usize| !matches!(tree.upos(t), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Sconj);
        subject.filter(|&s| (first..s).all(told)).unwrap_or(first)
    }

    /// Whether the words between a cue and its clause hold the clause's subject, hung elsewhere by the tree: "said much of his
    /// talk was about Oslo", "says going there was a mistake".
    fn lost_subject(&self, verb: usize, behind: usize, first: usize) -> bool {
        let tree = &self.tree;
        if self.tells(verb) || behind >= first {
            return false;
        }
        let unbroken = !(behind..first).any(|t| tree.upos(t) == Upos::Punct || is_day(&tree.lower(t)));
        let opens = tree.xpos(behind) == "VBG"
            || matches!(tree.lower(behind).as_str(), "despite" | "because" | "if" | "just")
            || self.nominal(behind) && tree.upos(behind) != Upos::Pron;
        let object = || {
            tree.children(verb).any(|c| {
                (behind..first).contains(&c)
                    && tree.relation(c).universal() == Deprel::Obj
                    && stretch(tree, c, &[]).0 <= behind
            })
        };
        let apart = || (behind..first).any(|t| tree.word(t) == ":" || self.quoted(t) && !self.quoted(first));
        unbroken && opens || object() && !apart()
    }

    /// Whether the words between a cue and its clause are the clause's own, lost by the tree: no adverbial of the cue, and
    /// nobody told.
    fn only_words_of(&self, from: usize, to: usize, verb: usize) -> bool {
        let tree = &self.tree;
        let day = |t: usize| is_day(&tree.lower(t));
        from < to
            && !self.tells(verb)
            && self.nominal(from)
            && !(from..to).any(day)
            && !tree.lower(to - 1).starts_with(',')
    }

    fn nominal(&self, token: usize) -> bool {
        matches!(self.tree.upos(token), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }

    /// Verbs with somebody who is told before what is said.
    fn tells(&self, verb: usize) -> bool {
        matches!(self.lemma(verb).as_str(), "tell" | "inform" | "assure" | "remind" | "warn" | "ask" | "advise")
    }

    /// From one token to another, and to the end of a quotation that begins between them.
    pub(super) fn through_quote(&self, first: usize, last: usize) -> Span {
        let out = self.span(first, last);
        match self.quote_at(last).filter(|q| q.span.start >= out.start) {
            Some(quote) => out.cover(quote.span),
            None => out,
        }
    }

    /// "Refused to …", "urged them to …": with those who are asked.
    pub(super) fn infinitive(&self, verb: usize, cue_last: usize, passive: bool) -> Option<Span> {
        let tree = &self.tree;
        let goal = tree.children(verb).find(|&c| {
            c > cue_last
                && matches!(tree.relation(c).universal(), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl)
                && tree.children(c).any(|k| tree.lower(k) == "to" && matches!(tree.relation(k), Deprel::Mark))
        })?;
        let to = tree.children(goal).find(|&k| tree.lower(k) == "to")?.max(cue_last + 1);
        let lemma = self.lemma(verb);
        let mut first = to;
        if !matches!(lemma.as_str(), "tell" | "ask" | "call" | "beg") && !passive {
            // "Urged both sides to talk": both sides are to talk.
            let asked = tree.children(verb).find(|&c| {
                c > cue_last && c < to && matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj)
            });
            if let Some(asked) = asked {
                first = stretch(tree, asked, &[goal]).0.max(cue_last + 1);
            }
        }
        Some(self.span(first, self.end_of(verb, to.max(goal), true).max(to)))
    }
}
