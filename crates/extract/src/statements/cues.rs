//! Owns cues in trees: verbs, nouns and prepositions that bring what somebody says, thinks or wants, with the words for who and
//! for what.

use readout_rules::CueClass;
use readout_types::{Deprel, Span, Upos};

use super::Found;
use super::quotes::Quote;
use super::words::{is_quote, span, stretch, trim, verb_group};
use crate::resolve::Document;
use crate::tree::Tree;

/// Whether what stands in quotation marks ends as one does before "she said".
pub(super) fn ends_a_clause(inner: &str) -> bool {
    inner
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '’' | '\'' | '”' | '"'))
        .ends_with([',', '?', '!', '—', '–', '-', '…'])
}

/// A sentence being searched.
pub struct Search<'s, 'a> {
    /// The document.
    pub document: &'s Document<'a>,
    /// Its tree.
    pub tree: Tree<'a>,
    /// Its index.
    pub sentence: usize,
    /// The quotations of the document.
    pub quotes: &'s [Quote],
}

impl<'a> Search<'_, 'a> {
    /// All cues of the sentence outside quotation marks, in order.
    pub fn run(&self) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        for token in 0..self.tree.len() {
            if self.quoted(token) {
                continue;
            }
            if let Some(found) = self.according(token) {
                out.push(found);
                continue;
            }
            match self.tree.upos(token) {
                Upos::Verb => {
                    let found = self.verb(token).or_else(|| self.adjective(token)).or_else(|| self.raised(token));
                    out.extend(found.or_else(|| self.passive(token)));
                }
                Upos::Noun if self.verb_of_quote(token) => out.extend(self.verb(token)),
                Upos::Noun => {
                    let found = self.noun(token).or_else(|| self.topic(token));
                    // "Voiced concern about …": one statement, not one of the verb and one of the noun.
                    if let (Some(found), Some(light)) = (&found, self.light(token)) {
                        out.retain(|f| !(f.verb == light && f.sentence == found.sentence && f.rule == "object"));
                    }
                    out.extend(found);
                }
                Upos::Adj => out.extend(self.adjective(token)),
                _ => {}
            }
        }
        out
    }

    pub(super) fn lemma(&self, token: usize) -> String {
        self.tree.lemma(token)
    }

    pub(super) fn is(&self, token: usize, class: CueClass) -> bool {
        self.document.knowledge.statements.is(&self.lemma(token), class)
    }

    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        span(&self.tree, first, last)
    }

    pub(super) fn text(&self) -> &'a str {
        self.tree.text
    }

    /// The quotation in which a token stands.
    pub fn quote_at(&self, token: usize) -> Option<&Quote> {
        let at = self.tree.sentence.tokens[token].span.start;
        let index = self.quotes.partition_point(|q| q.span.end <= at);
        self.quotes.get(index).filter(|q| q.span.start <= at)
    }

    pub(super) fn quoted(&self, token: usize) -> bool {
        self.quote_at(token).is_some()
    }

    /// The end of what the sentence says, before its full stop.
    pub(super) fn end(&self) -> usize {
        let mut last = self.tree.len() - 1;
        while last > 0 && self.tree.upos(last) == Upos::Punct && !is_quote(&self.tree, last) {
            last -= 1;
        }
        last
    }

    /// "According to X, …", "…, per a statement".
    fn according(&self, token: usize) -> Option<Found> {
        let tree = &self.tree;
        let source = if tree.lower(token) == "according" && tree.lower(token + 1) == "to" {
            let after = token + 2;
            if after >= tree.len() {
                return None;
            }
            self.noun_from(after)
        } else {
            return None;
        };
        let (first, last) = source?;
        let last = self.without_day(self.head_of(first, last), last);
        let whole = self.end();
        // A clause between commas, at the start, or at the end: what is left of the sentence is said.
        let mut parts = Vec::new();
        if token > 1 {
            let start = self.clause_start(token);
            parts.push(self.span(start, token - 1));
        }
        if last + 1 < whole && (token <= 1 || tree.word(last + 1) == ",") && parts.is_empty() {
            parts.push(self.span(last + 1, whole));
        }
        let parts = self.clean(parts);
        (!parts.is_empty()).then(|| Found {
            rule: "according",
            sentence: self.sentence,
            verb: token,
            speaker: Some(self.head_of(first, last)),
            source: Some(self.span(first, last)),
            cue: self.span(token, token + 1),
            parts,
            class: CueClass::Say,
            open: false,
        })
    }

    /// The noun phrase that begins at a token, by the tree of its head; to the next comma or the end where the tree fails.
    pub(super) fn noun_from(&self, first: usize) -> Option<(usize, usize)> {
        let tree = &self.tree;
        let mut head = first;
        // The head is the highest token reached from the first that still stands to the right of it.
        for _ in 0..8 {
            match tree.head(head) {
                Some(up) if up > head && matches!(tree.upos(up), Upos::Noun | Upos::Propn | Upos::Pron) => head = up,
                _ => break,
            }
        }
        if !matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det) {
            return None;
        }
        let (_, last) = stretch(tree, head, &[]);
        Some((first, last.max(head)))
    }

    pub(super) fn head_of(&self, first: usize, last: usize) -> usize {
        (first..=last)
            .find(|&t| {
                self.tree.head(t).is_none_or(|h| h < first || h > last)
                    && matches!(self.tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron)
            })
            .unwrap_or(last)
    }

    /// Where the clause before a parenthesis begins: behind an opening "and" or "but", else at the sentence's start.
    pub(super) fn clause_start(&self, _before: usize) -> usize {
        let mut first = 0;
        while first + 1 < self.tree.len()
            && (self.tree.upos(first) == Upos::Punct && !is_quote(&self.tree, first)
                || first == 0 && matches!(self.tree.lower(first).as_str(), "but" | "and"))
        {
            first += 1;
        }
        first
    }

    pub(super) fn clean(&self, parts: Vec<Span>) -> Vec<Span> {
        parts.into_iter().map(|p| trim(self.text(), p)).filter(|p| !p.is_empty()).collect()
    }

    /// The statement that a verb brings.
    fn verb(&self, verb: usize) -> Option<Found> {
        let tree = &self.tree;
        let lemma = self.lemma(verb);
        let classes = self.document.knowledge.statements.classes(&lemma);
        if classes.is_empty() || matches!(tree.relation(verb).universal(), Deprel::Amod | Deprel::Compound) {
            return None;
        }
        let (cue_first, cue_last) = verb_group(tree, verb);
        // "Asked whether …, she replied": she was asked.
        let bare = verb == 0
            && matches!(tree.xpos(verb), "VBN" | "VBD")
            && !tree.children(verb).any(|c| tree.relation(c).universal() == Deprel::Nsubj);
        let passive = bare || tree.children(verb).any(|c| tree.relation(c) == Deprel::AuxPass);
        let speaker = self.speaker(verb, passive);
        let source = speaker.map(|s| self.source(s, verb, cue_first));
        let make = |rule: &'static str, class: CueClass, cue: (usize, usize), parts: Vec<Span>, open: bool| Found {
            rule,
            sentence: self.sentence,
            verb,
            speaker,
            source,
            cue: self.span(cue.0, cue.1),
            parts: self.clean(parts),
            class,
            open,
        };
        // "You know", "we want": nobody is quoted, unless they say it.
        let generic = source.is_some_and(|s| {
            matches!(
                s.of(self.text()).to_lowercase().as_str(),
                "you" | "i" | "we" | "it" | "one" | "that" | "this" | "there"
            )
        });
        let saying = classes.contains(&CueClass::Say);
        if generic && !saying {
            return None;
        }
        let thinking = classes.contains(&CueClass::Think);
        let showing = classes.contains(&CueClass::Show);
        if saying || thinking || showing {
            let class = if saying {
                CueClass::Say
            } else if thinking {
                CueClass::Think
            } else {
                CueClass::Show
            };
            let group = self.group(source, cue_first, cue_last);
            if saying || thinking {
                let before = self.before(verb, group, saying);
                if let Some(before) = before {
                    let mut parts = vec![before];
                    let quoted = self.quotes.iter().any(|q| q.span == before);
                    parts.extend(
                        self.after_split(group.1).filter(|p| !quoted || self.quotes.iter().any(|q| q.span == *p)),
                    );
                    return Some(make("around", class, (cue_first, cue_last), parts, true));
                }
            }
            if let Some(after) = self.quote_after(verb, cue_last, saying) {
                return Some(make("quote", class, (cue_first, cue_last), vec![after], true));
            }
            if let Some(clause) = self.clause(verb, cue_last) {
                return Some(make("clause", class, (cue_first, cue_last), vec![clause], saying));
            }
            if saying && self.ends_in_colon() && self.end() <= cue_last + 8 {
                return Some(make("colon", class, (cue_first, cue_last), Vec::new(), true));
            }
        }
        if generic {
            return None;
        }
        if (classes.contains(&CueClass::Intend) || classes.contains(&CueClass::Urge))
            && speaker.is_some()
            && let Some(found) = self.infinitive(verb, cue_last, passive)
        {
            return Some(make("infinitive", CueClass::Intend, (cue_first, cue_last), vec![found], false));
        }
        if classes.contains(&CueClass::About) {
            for child in tree.children(verb).filter(|&c| c > verb) {
                let case = tree.case(child);
                let relation = tree.relation(child).universal();
                if matches!(relation, Deprel::Obl | Deprel::Advcl | Deprel::Nmod)
                    && self.document.knowledge.statements.prepositions(CueClass::About, &lemma).contains(&case)
                    && speaker.is_some()
                {
                    let (first, last) = stretch(tree, child, &[]);
                    let mark = (verb + 1..=child)
                        .rev()
                        .find(|&t| case.ends_with(&tree.lower(t)) && !tree.lower(t).is_empty())
                        .unwrap_or(verb);
                    let first = first.max(mark + 1).min(last);
                    let last = self.phrase_end(verb, child, last);
                    return Some(make(
                        "about",
                        CueClass::About,
                        (cue_first, mark.max(cue_last)),
                        vec![self.span(first, last)],
                        false,
                    ));
                }
            }
        }
        let object = tree.children(verb).find(|&c| c > verb && matches!(tree.relation(c), Deprel::Obj | Deprel::Ccomp));
        // "Sees the pact as a threat", "the poll shows her ahead".
        let as_phrase = classes.contains(&CueClass::As)
            && tree
                .children(verb)
                .chain(object.into_iter().flat_map(|o| tree.children(o)))
                .any(|c| c > verb && tree.case(c) == "as");
        let paper =
            showing && speaker.is_some_and(|s| self.document.knowledge.statements.marks("papers", &self.lemma(s)));
        if (classes.contains(&CueClass::Object) || as_phrase || paper)
            && speaker.is_some()
            && let Some(object) = object.filter(|_| !passive)
        {
            let first = stretch(tree, object, &[]).0.max(cue_last + 1).min(object);
            // "Called the deal a mistake", "accused Iran of lying": what is said of it comes behind it.
            let last = self.end_of(verb, object, true);
            let class = if as_phrase { CueClass::As } else { CueClass::Object };
            return Some(make("object", class, (cue_first, cue_last), vec![self.through_quote(first, last)], false));
        }
        None
    }

    pub(super) fn finite(&self, verb: usize) -> bool {
        matches!(self.tree.xpos(verb), "VBD" | "VBZ" | "VBP") || self.verb_of_quote(verb)
    }

    /// "“…,” Lindqvist notes": a verb of saying behind a quotation and a name, whatever its tag.
    pub(super) fn verb_of_quote(&self, token: usize) -> bool {
        let tree = &self.tree;
        if tree.upos(token) != Upos::Noun
            || token == 0
            || !tree.lower(token).ends_with('s')
            || !self.is(token, CueClass::Say)
        {
            return false;
        }
        let first = (0..token).rev().take_while(|&t| matches!(tree.upos(t), Upos::Propn) && !self.quoted(t)).last();
        let pronoun = matches!(tree.lower(token - 1).as_str(), "he" | "she").then_some(token - 1);
        let Some(before) = first.or(pronoun).and_then(|f| f.checked_sub(1)) else { return false };
        self.quote_at(before)
            .is_some_and(|q| q.closed && self.quote_at(before + 1).is_none() && ends_a_clause(q.inner.of(self.text())))
    }

    pub(super) fn ends_in_colon(&self) -> bool {
        let last = self.tree.len() - 1;
        self.tree.word(last) == ":"
    }

    /// "Moscow's claim that …", "the warning that …".
    fn noun(&self, noun: usize) -> Option<Found> {
        let tree = &self.tree;
        if !self.is(noun, CueClass::Noun) {
            return None;
        }
        let that = noun + 1;
        let hung = tree.children(noun).find(|&c| {
            c > noun
                && (matches!(tree.relation(c), Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl))
                && tree.children(c).any(|k| tree.lower(k) == "that" && tree.relation(k) == Deprel::Mark)
        });
        // "The claim that …", wherever the tree hangs the clause.
        let beside = || (tree.lower(that) == "that" && tree.xpos(that) == "IN").then(|| tree.head(that)).flatten();
        let clause = hung.or_else(beside).filter(|&c| c > that)?;
        let (first, last) = stretch(tree, clause, &[]);
        let first = if tree.lower(that) == "that" { that } else { first };
        let owner = tree.children(noun).find(|&c| {
            tree.relation(c) == Deprel::NmodPoss
                || c > noun && c < clause && matches!(tree.case(c).as_str(), "by" | "from")
        });
        let source = owner.map(|o| {
            let (first, mut last) = stretch(tree, o, &[]);
            while last > first && matches!(tree.word(last), "'s" | "’s" | "'" | "’") {
                last -= 1;
            }
            let first = if matches!(tree.lower(first).as_str(), "by" | "from") { first + 1 } else { first };
            self.span(first.min(last), last)
        });
        Some(Found {
            rule: "noun",
            sentence: self.sentence,
            verb: noun,
            speaker: owner,
            source,
            cue: self.span(noun, noun),
            parts: self.clean(vec![self.span(first.max(noun + 1).min(last), last)]),
            class: CueClass::Noun,
            open: false,
        })
    }
}
