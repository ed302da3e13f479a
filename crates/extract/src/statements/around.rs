//! Owns quotations and clauses around a cue: before it, behind it, and on both sides of it.

use readout_rules::CueClass;
use readout_types::{Deprel, Span, Upos};

use super::cues::{Search, ends_a_clause};
use super::words::is_quote;

impl Search<'_, '_> {
    /// What stands before a cue that comes behind it: "…, she said".
    pub(super) fn before(&self, verb: usize, group: (usize, usize), saying: bool) -> Option<Span> {
        let tree = &self.tree;
        let mut at = group.0;
        if at == 0 {
            return if saying { self.before_sentence(verb) } else { None };
        }
        let finite = self.finite(verb) || tree.children(verb).any(|c| tree.relation(c).universal() == Deprel::Aux);
        at -= 1;
        // Over the comma between.
        let mut comma = false;
        while at > 0 && tree.upos(at) == Upos::Punct && !is_quote(tree, at) {
            comma |= matches!(tree.word(at), "," | "—" | "–" | "--" | "-" | "―" | "?" | "!");
            at -= 1;
        }
        let end = tree.sentence.tokens[at].span.end;
        let index = self.quotes.partition_point(|q| q.span.end < end);
        let quote = self.quotes.get(index).filter(|q| q.span.start < end && end <= q.span.end);
        let start = tree.sentence.tokens[self.clause_start(group.0)].span.start;
        if let Some(quote) = quote.filter(|q| finite && saying && start < q.span.end) {
            let inner = quote.inner.of(self.text());
            let ends = ends_a_clause(inner) || inner.trim_end().ends_with('.') || comma;
            if ends && inner.split_whitespace().count() >= 1 {
                // "The line was “crystal clear,” she said": the words before the mark are hers, too.
                let plain = Span::new(start as usize, quote.span.start.max(start) as usize);
                let lead = plain.of(self.text()).trim();
                let own = quote.span.start <= start
                    || lead.is_empty()
                    || lead.ends_with([':', '.'])
                    || self.has_cue(plain, verb);
                return Some(if own { quote.span } else { Span::new(start as usize, quote.span.end as usize) });
            }
        }
        if !comma || !finite || quote.is_some() && !saying {
            return None;
        }
        // "…, she said": the verb hangs in what is said, or what is said hangs in it, before it.
        let relation = tree.relation(verb).universal();
        let hangs = matches!(relation, Deprel::Parataxis) && tree.head(verb).is_some_and(|h| h < group.0);
        let holds = tree
            .children(verb)
            .any(|c| c < group.0 && matches!(tree.relation(c).universal(), Deprel::Ccomp | Deprel::Parataxis));
        let relative = |c: usize| {
            let first = super::words::stretch(tree, c, &[verb]).0;
            matches!(tree.xpos(first), "WP" | "WDT" | "WP$")
        };
        let behind = tree
            .children(verb)
            .any(|c| c > verb && matches!(tree.relation(c).universal(), Deprel::Ccomp) && !relative(c))
            || tree.lower(verb + 1) == "that";
        // A relative clause with "says", "as she said": no.
        let as_clause = group.0 > 0 && matches!(tree.lower(group.0).as_str(), "as" | "who" | "which" | "that");
        // "The road, she said, was closed": what is said stands on both sides, whatever the tree makes of its halves.
        let divided = tree.word(group.0 - 1) == ","
            && tree.word((group.1 + 1).min(tree.len() - 1)) == ","
            && self.is(verb, CueClass::Say)
            && tree.lower(verb + 1) != "that"
            && self.second_half(group.1 + 2)
            && relation != Deprel::Advcl;
        if behind && !divided || as_clause || !(divided || hangs || holds || self.parenthesis(verb, group)) {
            return None;
        }
        if start >= end {
            return None;
        }
        let whole = Span::new(start as usize, end as usize);
        let halves = tree.word((group.1 + 1).min(tree.len() - 1)) == "," && self.second_half(group.1 + 2);
        if whole.of(self.text()).split_whitespace().count() < if halves { 1 } else { 3 } {
            return None;
        }
        Some(whole)
    }

    /// "…, the envoy said on Sunday." and "…, the envoy said, …", by commas alone.
    fn parenthesis(&self, verb: usize, group: (usize, usize)) -> bool {
        let tree = &self.tree;
        let predicate = |t: usize| matches!(tree.xpos(t), "VBD" | "VBZ" | "VBP" | "MD");
        let starts = (0..group.0).any(|t| predicate(t) && !self.quoted(t));
        let opening = matches!(tree.case(verb).as_str(), "if" | "when" | "while" | "after" | "before" | "because");
        if tree.word(group.0 - 1) != "," || opening || !self.is(verb, CueClass::Say) {
            return false;
        }
        let rest = group.1 + 1..tree.len();
        let ends = rest.len() <= 12
            && !rest.clone().any(|t| predicate(t) || self.quoted(t) || tree.lower(t) == "that")
            && !tree.children(verb).any(|c| c > group.1 && tree.relation(c).universal() == Deprel::Obj);
        starts && ends || tree.word((group.1 + 1).min(tree.len() - 1)) == "," && self.second_half(group.1 + 2)
    }

    /// Whether words behind a cue's second comma go on with what was said before it, and are no apposition or participle.
    fn second_half(&self, first: usize) -> bool {
        let tree = &self.tree;
        first < tree.len()
            && !self.quoted(first)
            && !matches!(tree.xpos(first), "VBG" | "VBN" | "WP" | "WDT" | "WP$")
            && !matches!(
                tree.lower(first).as_str(),
                "according" | "as" | "while" | "when" | "after" | "before" | "that"
            )
            && !self.is(first, CueClass::Say)
            && (first..tree.len()).any(|t| matches!(tree.xpos(t), "VBD" | "VBZ" | "VBP" | "MD"))
    }

    /// The words between the end of a quotation and a verb of saying: "“…,” Marta Lindqvist, the envoy, said".
    pub(super) fn behind_quote(&self, verb: usize, cue_first: usize) -> Option<(usize, usize)> {
        let tree = &self.tree;
        let first = (cue_first.saturating_sub(40)..cue_first).rev().take_while(|&t| !self.quoted(t)).last()?;
        let quote = first.checked_sub(1).and_then(|t| self.quote_at(t)).filter(|q| q.closed)?;
        let ends = ends_a_clause(quote.inner.of(self.text()));
        let nominal =
            matches!(tree.upos(first), Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num);
        let said = |t: usize| tree.upos(t) == Upos::Verb && self.is(t, CueClass::Say);
        // "Lindqvist, who has proposed a truce, said": what she is known for is no cue.
        let who = (first..cue_first).find(|&t| matches!(tree.lower(t).as_str(), "who" | "whose"));
        let other = (first..who.unwrap_or(cue_first)).any(said);
        (ends && nominal && !other && self.finite(verb) && self.is(verb, CueClass::Say) && first < cue_first)
            .then_some((first, cue_first - 1))
    }

    /// `“Who called?” she asked.`: divided behind the mark, the cue stands in a sentence of its own.
    pub(super) fn before_sentence(&self, verb: usize) -> Option<Span> {
        let tree = &self.tree;
        let start = tree.sentence.span.start;
        let index = self.quotes.partition_point(|q| q.span.end <= start).checked_sub(1)?;
        let quote = self.quotes.get(index)?;
        let between = Span::new(quote.span.end as usize, start as usize).of(self.text());
        let said = tree
            .children(verb)
            .any(|c| c > verb && matches!(tree.relation(c).universal(), Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj))
            || (verb + 1..tree.len()).any(|t| self.quoted(t) || tree.lower(t) == "that");
        let ends = quote.inner.of(self.text()).trim_end().ends_with(['?', '!', '.', '…', ',', '—', '-']);
        let own = verb + 1 < tree.len() && self.finite(verb) && tree.len() < 40;
        (quote.closed && between.trim().is_empty() && !between.contains('\n') && !said && ends && own)
            .then_some(quote.span)
    }

    /// Whether a stretch of the sentence has a cue of saying of its own.
    pub(super) fn has_cue(&self, stretch: Span, except: usize) -> bool {
        (0..self.tree.len()).any(|t| {
            let at = self.tree.sentence.tokens[t].span;
            t != except
                && stretch.start <= at.start
                && at.end <= stretch.end
                && self.tree.upos(t) == Upos::Verb
                && self.is(t, CueClass::Say)
        })
    }

    /// The second half of what a cue in its midst divides: "…, she said, …".
    pub(super) fn after_split(&self, last: usize) -> Option<Span> {
        let tree = &self.tree;
        let mut at = last + 1;
        // Over "on Sunday" and the like to the comma or colon.
        let mut steps = 0;
        while at < tree.len() && !matches!(tree.word(at), "," | ":" | ";") && steps < 14 {
            if self.quoted(at) || matches!(tree.lower(at).as_str(), "that") {
                break;
            }
            at += 1;
            steps += 1;
        }
        if at + 1 >= tree.len() || steps >= 14 {
            return None;
        }
        if self.quoted(at) {
            // "Told “The Morning Hour”": the name of a programme.
            if tree.upos(at - 1) != Upos::Punct {
                return None;
            }
            return self.to_quote_end(at);
        }
        let next = at + 1;
        if self.quoted(next) {
            return self.to_quote_end(next);
        }
        if tree.lower(at) == "that" {
            return Some(self.span(at, self.end()));
        }
        (last + 1 == at && tree.word(at) == "," && self.second_half(next)).then(|| self.span(next, self.end()))
    }

    /// From a quoted token to the end of its quotation.
    pub(super) fn to_quote_end(&self, token: usize) -> Option<Span> {
        self.quote_at(token).map(|q| q.span)
    }

    /// A quotation that follows a cue: `said: “…”`, `told reporters on Sunday, “…”`, `called it “…”`.
    pub(super) fn quote_after(&self, verb: usize, cue_last: usize, saying: bool) -> Option<Span> {
        let tree = &self.tree;
        if !saying {
            return None;
        }
        let mut at = cue_last + 1;
        while at < tree.len() && !self.quoted(at) {
            // Another clause, another cue: not ours.
            if at > cue_last + 24
                || tree.lower(at) == "that"
                || tree.upos(at) == Upos::Verb && self.is(at, CueClass::Say) && self.finite(at)
            {
                return None;
            }
            at += 1;
        }
        if at >= tree.len() || at == 0 {
            return None;
        }
        let quote = *self.quote_at(at)?;
        let before = tree.word(at - 1);
        let lead = matches!(before, ":" | "," | "—" | "–" | "--") || at == cue_last + 1;
        let inner = quote.inner.of(self.text()).trim();
        let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let words = inner.split_whitespace().count();
        let starts = before == ":"
            || capital && words > 2
            || at == cue_last + 1 && (words > 3 || inner.ends_with(['.', '!', '?', ',']));
        let _ = verb;
        if !lead || !starts {
            return None;
        }
        // To the end of the quotation; where the sentence goes on behind it, that is the writer's.
        Some(quote.span)
    }
}
