//! Owns who stands at a cue: the speaker's head word, and the words for the speaker with titles and appositions.

use readout_rules::CueClass;
use readout_types::{Deprel, Span, Upos};

use super::cues::Search;
use super::quotes::Quote;
use super::words::{stretch, trim, verb_group};

impl Search<'_, '_> {
    /// The speaker's head token.
    pub(super) fn speaker(&self, verb: usize, passive: bool) -> Option<usize> {
        let tree = &self.tree;
        if passive {
            return tree.children(verb).find(|&c| tree.relation(c) == Deprel::OblAgent || tree.case(c) == "by");
        }
        if let Some((first, last)) = self.behind_quote(verb, verb_group(tree, verb).0) {
            let (_, end) = self.noun_from(first).unwrap_or((first, last));
            return Some(self.head_of(first, end.min(last)));
        }
        let own = tree
            .children(verb)
            .filter(|&c| matches!(tree.relation(c), Deprel::Nsubj | Deprel::NsubjOuter) && !self.quoted(c))
            .min_by_key(|&c| c.abs_diff(verb));
        if let Some(own) = own {
            return Some(self.antecedent(own, verb).unwrap_or(own));
        }
        let nominal = |t: usize| matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Pron);
        // "…, said Marta Lindqvist": inverted, whatever the tree makes of the name.
        let finite = matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP");
        if finite
            && verb + 1 < tree.len()
            && (verb == 0 || tree.upos(verb - 1) == Upos::Punct)
            && let Some((first, last)) = self.noun_from(verb + 1)
        {
            return Some(self.head_of(first, last));
        }
        if finite && verb > 0 && nominal(verb - 1) && !self.quoted(verb - 1) {
            return Some(self.head_left(verb - 1));
        }
        let found = tree.subjects(verb);
        found
            .first()
            .copied()
            .filter(|&s| nominal(s) || matches!(tree.upos(s), Upos::Num | Upos::Det | Upos::Adj))
            .map(|s| self.antecedent(s, verb).unwrap_or(s))
    }

    /// The head of the noun phrase that ends at a token.
    pub(super) fn head_left(&self, last: usize) -> usize {
        let mut head = last;
        for _ in 0..6 {
            match self.tree.head(head) {
                Some(up) if up < last && matches!(self.tree.upos(up), Upos::Noun | Upos::Propn) => head = up,
                _ => break,
            }
        }
        head
    }

    /// The noun that a relative pronoun stands for.
    pub(super) fn antecedent(&self, pronoun: usize, verb: usize) -> Option<usize> {
        let tree = &self.tree;
        if !matches!(tree.lower(pronoun).as_str(), "who" | "which" | "that") {
            return None;
        }
        if tree.relation(verb) == Deprel::AclRelcl { tree.head(verb) } else { None }
    }

    /// The words for the speaker.
    pub(super) fn source(&self, speaker: usize, verb: usize, cue_first: usize) -> Span {
        let tree = &self.tree;
        if let Some((first, last)) = self.behind_quote(verb, cue_first) {
            return trim(self.text(), self.span(first, self.without_day(first, last)));
        }
        // Not what hangs below it by mistake: the verb of saying itself, or another clause.
        let mut except = vec![verb];
        except.extend(tree.ancestors(verb).into_iter().filter(|&a| a != speaker));
        let relative = tree.children(speaker).filter(|&c| tree.ancestors(verb).contains(&c) || c == verb);
        except.extend(relative);
        let (mut first, mut last) = stretch(tree, speaker, &except);
        if speaker < cue_first {
            last = last.min(cue_first - 1);
        } else if first <= verb {
            first = first.max(verb + 1).min(speaker);
        }
        first = self.name_start(first);
        if speaker < cue_first && last + 2 < cue_first && tree.word(last + 1) == "," {
            // "Marta Lindqvist, the envoy to Oslo, said": the apposition, whatever the tree makes of it.
            let gap = last + 1..cue_first;
            let whole = (tree.word(cue_first - 1) == ",") && gap.len() < 40 && !gap.clone().any(|t| self.quoted(t));
            let other = gap.clone().any(|t| self.finite(t) && self.is(t, CueClass::Say));
            if whole && !other {
                last = cue_first - 1;
            }
        } else if speaker > verb && last + 2 < tree.len() && tree.word(last + 1) == "," {
            // "Said Marta Lindqvist, the envoy to Oslo, …"
            let next = tree.lower(last + 2);
            let opens = matches!(next.as_str(), "a" | "an" | "the" | "who" | "whose" | "one")
                || tree.upos(last + 2) == Upos::Noun;
            if opens {
                let stop = (last + 2..=self.end()).find(|&t| {
                    self.quoted(t)
                        || tree.word(t) == ","
                            && matches!(tree.xpos((t + 1).min(tree.len() - 1)), "VBG" | "VBD" | "VBN")
                });
                last = stop.map_or(self.end(), |t| t - 1);
            }
        }
        last = self.without_day(speaker, last);
        while first < last && (matches!(tree.upos(first), Upos::Cconj | Upos::Adp) || tree.upos(first) == Upos::Punct) {
            first += 1;
        }
        // A quotation is no part of a name.
        for t in (first..speaker).rev() {
            if self.quoted(t) && self.quote_at(t).is_some_and(|q| !self.within(q, first, last)) {
                first = t + 1;
                break;
            }
        }
        for t in speaker + 1..=last {
            if self.quoted(t) && self.quote_at(t).is_some_and(|q| !self.within(q, first, last)) {
                last = t - 1;
                break;
            }
        }
        trim(self.text(), self.span(first, last.max(first)))
    }

    /// The first word of a name: titles and descriptions that stand before it, whatever the tree makes of them.
    pub(super) fn name_start(&self, from: usize) -> usize {
        let tree = &self.tree;
        let mut first = from;
        while first > 0 {
            let t = first - 1;
            let nominal = matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num)
                || matches!(tree.word(t), "'s" | "’s" | ".") && t > 0 && tree.upos(t - 1) == Upos::Propn;
            let relation = tree.relation(t).universal();
            let apart = matches!(relation, Deprel::Obl | Deprel::Obj | Deprel::Advmod | Deprel::Iobj | Deprel::Conj)
                && tree.head(t).is_none_or(|h| h != from)
                || is_day(&tree.lower(t));
            if !nominal || apart || self.quoted(t) || matches!(tree.upos(first), Upos::Det | Upos::Pron) {
                break;
            }
            first = t;
        }
        first
    }

    /// The words for a speaker without the day at their end: "a report on Wednesday".
    pub(super) fn without_day(&self, speaker: usize, last: usize) -> usize {
        let day = last > speaker && is_day(&self.tree.lower(last));
        if day && last >= speaker + 2 && self.tree.lower(last - 1) == "on" {
            last - 2
        } else if day {
            last - 1
        } else {
            last
        }
    }

    /// Whether a quotation lies between two tokens: a nickname, a title.
    pub(super) fn within(&self, quote: &Quote, first: usize, last: usize) -> bool {
        let words = quote.inner.of(self.text()).split_whitespace().count();
        self.span(first, last).start <= quote.span.start && quote.span.end <= self.span(first, last).end && words < 4
    }

    /// First and last token of speaker and cue together.
    pub(super) fn group(&self, source: Option<Span>, cue_first: usize, cue_last: usize) -> (usize, usize) {
        let Some(source) = source else { return (cue_first, cue_last) };
        let tokens = &self.tree.sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= source.start);
        let last = tokens.partition_point(|t| t.span.start < source.end).saturating_sub(1);
        let near = |a: usize, b: usize| {
            (a..b).all(|t| matches!(self.tree.upos(t), Upos::Punct | Upos::Adv | Upos::Aux | Upos::Part))
        };
        if last < cue_first && near(last + 1, cue_first) {
            (first, cue_last)
        } else if first > cue_last && near(cue_last + 1, first) {
            (cue_first, last)
        } else {
            (cue_first, cue_last)
        }
    }
}

pub(super) fn is_day(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tomorrow"
    )
}
