//! Owns what a cue governs in its own sentence: clauses, infinitives, and where they end.

use readout_rules::CueClass;
use readout_types::{Deprel, Span, Upos};

use super::cues::Search;
use super::words::stretch;

impl Search<'_, '_> {
    /// The clause that a verb governs: "that …", "…" without it, "whether …".
    pub(super) fn clause(&self, verb: usize, cue_last: usize) -> Option<Span> {
        let tree = &self.tree;
        let clause = tree.children(verb).find(|&c| {
            c > cue_last
                && match tree.relation(c).universal() {
                    Deprel::Ccomp => true,
                    Deprel::Parataxis => {
                        self.finite(c)
                            || tree
                                .children(c)
                                .any(|k| matches!(tree.relation(k).universal(), Deprel::Aux | Deprel::Cop))
                    }
                    _ => false,
                }
        });
        let that =
            (cue_last + 1..(cue_last + 12).min(tree.len())).find(|&t| tree.lower(t) == "that" && tree.xpos(t) == "IN");
        let first = match (clause, that) {
            (Some(clause), that) => {
                let first = stretch(tree, clause, &[]).0.max(cue_last + 1);
                match that.filter(|&t| t < clause) {
                    // "Told reporters on Sunday that": from the conjunction on, whatever hangs below the clause.
                    Some(that) if that >= first || tree.head(that) == Some(clause) || that == cue_last + 1 => that,
                    _ if self.only_words_of(cue_last + 1, first, verb) => cue_last + 1,
                    _ => first,
                }
            }
            // "Said on Monday that …", whatever the tree makes of it.
            (None, Some(that))
                if (cue_last + 1..that).all(|t| !matches!(tree.upos(t), Upos::Verb | Upos::Aux | Upos::Punct)) =>
            {
                that
            }
            _ => return None,
        };
        let last = self.clause_end(verb, first.max(clause.unwrap_or(first)));
        Some(self.through_quote(first, last.max(first)))
    }

    /// From one token to another, and to the end of a quotation that begins between them.
    pub(super) fn through_quote(&self, first: usize, last: usize) -> Span {
        let out = self.span(first, last);
        match self.quote_at(last).filter(|q| q.span.start >= out.start) {
            Some(quote) => out.cover(quote.span),
            None => out,
        }
    }

    /// Whether the words between a cue and its clause are the clause's own, lost by the tree: no adverbial of the cue, and
    /// nobody told.
    pub(super) fn only_words_of(&self, from: usize, to: usize, verb: usize) -> bool {
        let tree = &self.tree;
        let told =
            matches!(self.lemma(verb).as_str(), "tell" | "inform" | "assure" | "remind" | "warn" | "ask" | "advise");
        let nominal = |t: usize| {
            matches!(tree.upos(t), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        };
        let day = |t: usize| super::speaker::is_day(&tree.lower(t));
        from < to && !told && nominal(from) && !(from..to).any(day) && !tree.lower(to - 1).starts_with(',')
    }

    /// Where what a verb governs ends: at the end of the sentence, unless words of the verb itself come behind it.
    pub(super) fn clause_end(&self, verb: usize, from: usize) -> usize {
        let tree = &self.tree;
        let end = self.end();
        let before = |t: usize| {
            let mut at = t;
            while at > from
                && (tree.upos(at - 1) == Upos::Punct && !self.quoted(at - 1) || tree.upos(at - 1) == Upos::Cconj)
            {
                at -= 1;
            }
            at.saturating_sub(1).max(from)
        };
        let mut last = end;
        // "Citing a cold, the envoy told …", "those who said so went home": the clause of the cue ends before the main one.
        let relation = tree.relation(verb).universal();
        if matches!(relation, Deprel::Advcl | Deprel::Acl) || tree.relation(verb) == Deprel::AclRelcl {
            let own = stretch(tree, verb, &[]).1;
            if tree.head(verb).is_some_and(|h| h > from) || relation == Deprel::Acl && own + 1 < end {
                last = last.min(own.max(from));
            }
        }
        for child in tree.children(verb).filter(|&c| c > from) {
            let relation = tree.relation(child).universal();
            let lemma = self.lemma(child);
            let (first, _) = stretch(tree, child, &[]);
            let first = first.max(from + 1);
            let comma = tree.word(first - 1) == ",";
            let cue = !self.document.knowledge.statements.classes(&lemma).is_empty();
            let cuts = match relation {
                Deprel::Conj => {
                    let subject = tree.children(child).any(|c| tree.relation(c).universal() == Deprel::Nsubj);
                    let that =
                        tree.children(child).any(|c| tree.lower(c) == "that" && tree.relation(c) == Deprel::Mark);
                    !that && !subject && (self.finite(child) || tree.xpos(child) == "VBG" || cue)
                }
                Deprel::Advcl => {
                    comma
                        && (tree.xpos(child) == "VBG"
                            || matches!(tree.case(child).as_str(), "while" | "as" | "when" | "after"))
                }
                Deprel::Obl => comma && tree.upos(child) == Upos::Propn || self.told_in(child),
                Deprel::Parataxis => comma && self.finite(child) && cue,
                _ => false,
            };
            if cuts {
                last = last.min(before(first));
            }
        }
        // "…, adding that …", "… and said that …": the speaker goes on, wherever the tree hangs it.
        let own = tree.xpos(verb);
        let goes_on = (from + 1..end).find(|&t| {
            let joined = (from..t).rev().find(|&b| tree.upos(b) != Upos::Adv && tree.upos(b) != Upos::Aux);
            let Some(joined) = joined else { return false };
            tree.upos(t) == Upos::Verb
                && !self.quoted(t)
                && self.is(t, CueClass::Say)
                && (tree.xpos(t) == "VBG" && tree.word(joined) == ","
                    || tree.xpos(t) == own && tree.upos(joined) == Upos::Cconj)
                && (tree.children(t).any(|c| c > t && tree.relation(c).universal() == Deprel::Ccomp)
                    || tree.lower(t + 1) == "that"
                    || t + 1 < tree.len() && self.quoted(t + 1)
                    || tree.word(t + 1) == ",")
        });
        if let Some(at) = goes_on {
            let mut first = at;
            while first > from && matches!(tree.upos(first - 1), Upos::Adv | Upos::Aux) {
                first -= 1;
            }
            last = last.min(before(first));
        }
        // "…, according to X": another says so.
        if let Some(at) = (from + 1..end)
            .find(|&t| tree.lower(t) == "according" && tree.lower(t + 1) == "to" && tree.word(t - 1) == ",")
        {
            last = last.min(before(at));
        }
        last
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
        ) && matches!(self.tree.case(token).as_str(), "in" | "during" | "at" | "on" | "via" | "by")
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
        Some(self.span(first, self.clause_end(verb, to.max(goal)).max(to)))
    }
}
