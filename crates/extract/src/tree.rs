//! Owns walking dependency trees: children by relation and case marker, subjects across clauses, coordination, light verbs.

use readout_rules::{Cues, Path, Step};
use readout_types::{Annotated, Deprel, Sentence, Upos};

/// A sentence with the text it lies in.
#[derive(Clone, Copy)]
pub struct Tree<'a> {
    /// The clean text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The children of each token.
    pub below: &'a [Vec<u32>],
}

/// The children of each token of each sentence of a document.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    /// By sentence, then token.
    pub children: Vec<Vec<Vec<u32>>>,
}

impl Forest {
    /// Indexes all sentences, in time linear in their length.
    pub fn new(annotated: &Annotated) -> Forest {
        let index = |sentence: &Sentence| {
            let mut children = vec![Vec::new(); sentence.tokens.len()];
            for (at, token) in sentence.tokens.iter().enumerate() {
                if let Some(below) = token.head.and_then(|h| children.get_mut(h as usize)) {
                    below.push(at as u32);
                }
            }
            children
        };
        Forest { children: annotated.sentences.iter().map(index).collect() }
    }
}

/// Nouns whose infinitive is done by whoever has the will, or says so.
const WILL: [&str; 13] = [
    "readiness",
    "willingness",
    "plan",
    "intention",
    "desire",
    "wish",
    "hope",
    "promise",
    "decision",
    "pledge",
    "aim",
    "determination",
    "intent",
];

impl<'a> Tree<'a> {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The word as written.
    pub fn word(&self, token: usize) -> &'a str {
        self.sentence.tokens[token].span.of(self.text)
    }

    /// The word in lower case; empty past the end.
    pub fn lower(&self, token: usize) -> String {
        if token < self.len() { self.word(token).to_lowercase() } else { String::new() }
    }

    /// The lemma, in lower case; empty past the end.
    pub fn lemma(&self, token: usize) -> String {
        self.sentence.tokens.get(token).map_or_else(String::new, |t| t.lemma.to_lowercase())
    }

    /// The head; `None` for the root.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.sentence.tokens[token].head.map(|h| h as usize).filter(|&h| h < self.len() && h != token)
    }

    /// The relation to the head.
    pub fn relation(&self, token: usize) -> Deprel {
        self.sentence.tokens[token].deprel
    }

    /// The universal tag.
    pub fn upos(&self, token: usize) -> Upos {
        self.sentence.tokens[token].upos
    }

    /// The Penn tag.
    pub fn xpos(&self, token: usize) -> &'static str {
        self.sentence.tokens[token].xpos
    }

    /// Children, in order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + use<'a> {
        self.below.get(token).into_iter().flatten().map(|&c| c as usize)
    }

    /// Children whose relation is `relation` or a subtype of it.
    pub fn by_relation(&self, token: usize, relation: &str) -> Vec<usize> {
        self.children(token).filter(|&c| is(self.relation(c), relation)).collect()
    }

    /// The case marker of a noun: its `case` (or `mark`) children's words joined, lower case: `with`, `ahead of`.
    pub fn case(&self, token: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        // "With Prime Minister B": a preposition may hang on the title before the name.
        let title = self
            .children(token)
            .filter(|&c| c < token && self.relation(c) == Deprel::NmodDesc)
            .flat_map(|c| self.children(c).collect::<Vec<_>>());
        for child in self.children(token).chain(title) {
            if matches!(self.relation(child), Deprel::Case | Deprel::Mark)
                && self.word(child) != "'s"
                && self.word(child) != "’s"
            {
                words.push(self.word(child).to_lowercase());
                words.extend(
                    self.children(child)
                        .filter(|&c| self.relation(c) == Deprel::Fixed)
                        .map(|c| self.word(c).to_lowercase()),
                );
            }
        }
        words.join(" ")
    }

    /// Whether the case marker is one of the words, or ends in one of them (`together with`).
    pub fn has_case(&self, token: usize, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let case = self.case(token);
        let last = case.rsplit(' ').next().unwrap_or("");
        let first = case.split(' ').next().unwrap_or("");
        // "The steps they agreed to at a summit": a preposition left behind.
        let joined = matches!(first, "together" | "along" | "jointly" | "directly" | "both" | "only")
            || first == "to" && matches!(last, "at" | "during" | "in");
        !case.is_empty() && words.iter().any(|w| *w == case || (joined && w == last))
    }

    /// The token and all that is coordinated with it, in order.
    pub fn coordinated(&self, token: usize) -> Vec<usize> {
        let mut out = vec![token];
        // "The ministers, together with A, met B"
        let beside = |c: usize| {
            self.relation(c) == Deprel::Nmod
                && self.children(c).any(|w| {
                    self.lower(w) == "with" && w > 0 && matches!(self.lower(w - 1).as_str(), "together" | "along")
                })
        };
        // "A and possibly B"
        let doubtful =
            |c: usize| self.children(c).any(|w| matches!(self.lower(w).as_str(), "possibly" | "perhaps" | "maybe"));
        let beside = self.children(token).filter(|&c| c > token && beside(c));
        for child in self.by_relation(token, "conj").into_iter().chain(beside) {
            let noun =
                matches!(self.upos(child), Upos::Propn | Upos::Noun | Upos::Pron | Upos::Num | Upos::Adj | Upos::X);
            if noun && !doubtful(child) {
                out.extend(self.coordinated(child));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The subjects of a verb (or predicate), also those it shares: with the verb it is coordinated with, with a verb
    /// that governs it (`agreed to meet`), with the noun that a participle modifies (`leaders meeting in Bali`).
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        let mut at = verb;
        for _ in 0..8 {
            let own: Vec<usize> = self
                .children(at)
                .filter(|&c| matches!(self.relation(c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter))
                .collect();
            if !own.is_empty() {
                // "A spoke by phone on Sunday, B said": a second subject behind the verb belongs to another.
                let before: Vec<usize> = own.iter().copied().filter(|&s| s < at).collect();
                return self.relatives(if before.is_empty() { &own } else { &before });
            }
            let Some(head) = self.head(at) else { return Vec::new() };
            match self.relation(at).universal() {
                Deprel::Conj
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Ccomp
                | Deprel::Parataxis
                | Deprel::Cop
                | Deprel::Aux => {
                    if self.relation(at).universal() == Deprel::Xcomp {
                        // Object control: "invited Putin to visit".
                        let mut object: Vec<usize> = self.by_relation(head, "obj");
                        let bids = matches!(
                            self.lemma(head).as_str(),
                            "tell" | "ask" | "order" | "instruct" | "direct" | "urge"
                        );
                        if bids {
                            object.extend(self.by_relation(head, "iobj"));
                        }
                        if !object.is_empty() && (bids || !matches!(self.upos(object[0]), Upos::Noun)) {
                            return object;
                        }
                    }
                    at = head;
                }
                // "Confirmed his readiness to pay a visit", "announced plans to visit"
                Deprel::Acl
                    if self.xpos(at) == "VB" && (WILL.contains(&self.lemma(head).as_str()) || self.taken_up(head)) =>
                {
                    let whose = self.by_relation(head, "nmod:poss");
                    if !whose.is_empty() {
                        return whose;
                    }
                    match self.clause(head) {
                        Some(verb) if verb != at => at = verb,
                        _ => return vec![head],
                    }
                }
                // "Became the first leader to visit"
                Deprel::Acl if self.relation(head) == Deprel::Xcomp && self.xpos(at) == "VB" => {
                    match self.head(head).filter(|&v| self.lemma(v) == "become") {
                        Some(verb) => at = verb,
                        None => return vec![head],
                    }
                }
                Deprel::Acl => return vec![head],
                // "after speaking with", "for meeting": a gerund under a preposition or a noun.
                Deprel::Obl | Deprel::Nmod | Deprel::Obj if matches!(self.upos(at), Upos::Verb) => at = head,
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// "Accepted an invitation to meet B": whoever did so will meet.
    fn taken_up(&self, noun: usize) -> bool {
        matches!(self.lemma(noun).as_str(), "invitation" | "offer" | "chance" | "opportunity")
            && self.relation(noun).universal() == Deprel::Obj
            && self.head(noun).is_some_and(|v| matches!(self.lemma(v).as_str(), "accept" | "get" | "receive" | "take"))
    }

    /// Relative pronouns replaced by the noun that the clause modifies.
    fn relatives(&self, tokens: &[usize]) -> Vec<usize> {
        tokens
            .iter()
            .map(|&t| {
                let relative =
                    matches!(self.lemma(t).as_str(), "who" | "which" | "that" | "whom") && self.upos(t) == Upos::Pron;
                let antecedent = || {
                    let mut verb = self.head(t)?;
                    // "with whom he said he had talked": the clause may lie a verb higher.
                    if self.relation(verb).universal() == Deprel::Ccomp {
                        verb = self.head(verb)?;
                    }
                    matches!(self.relation(verb), Deprel::AclRelcl | Deprel::Acl).then(|| self.head(verb)).flatten()
                };
                if relative { antecedent().unwrap_or(t) } else { t }
            })
            .collect()
    }

    /// The verb of which the noun is the object (or passive subject), when it is a light verb.
    pub fn light_verb(&self, noun: usize, cues: &Cues) -> Option<usize> {
        let mut at = noun;
        // "Held a second round of talks": the verb is that of the rounds.
        while self.relation(at).universal() == Deprel::Nmod
            && self.case(at) == "of"
            && let Some(head) = self.head(at)
            && matches!(
                self.lemma(head).as_str(),
                "round"
                    | "series"
                    | "set"
                    | "session"
                    | "day"
                    | "hour"
                    | "bout"
                    | "flurry"
                    | "string"
                    | "number"
                    | "kind"
            )
        {
            at = head;
        }
        for _ in 0..4 {
            let head = self.head(at)?;
            match self.relation(at).universal() {
                Deprel::Obj | Deprel::Nsubj if self.upos(head) == Upos::Verb => {
                    return (self.relation(at) != Deprel::Nsubj
                        && ["light", "cancelled", "proposed", "planned"]
                            .iter()
                            .any(|s| cues.has(s, &self.lemma(head)))
                        || self.relation(at) == Deprel::NsubjPass)
                        .then_some(head);
                }
                // "Invited B to Paris in a call" invites to no call.
                Deprel::Obl if self.lemma(head) == "invite" && self.case(at) == "in" => return None,
                // "took part in talks", "agreed to a call", "is due for a meeting".
                Deprel::Obl
                    if matches!(self.case(at).as_str(), "in" | "for" | "on" | "to" | "into" | "at")
                        && matches!(
                            self.lemma(head).as_str(),
                            "take"
                                | "participate"
                                | "engage"
                                | "agree"
                                | "sit"
                                | "arrive"
                                | "attend"
                                | "gather"
                                | "travel"
                                | "fly"
                                | "host"
                                | "welcome"
                                | "receive"
                                | "invite"
                                | "come"
                                | "go"
                                | "prepare"
                                | "meet"
                                | "head"
                                | "return"
                                | "enter"
                                | "open"
                        ) =>
                {
                    return Some(head);
                }
                Deprel::Conj | Deprel::Appos | Deprel::Compound => at = head,
                _ => return None,
            }
        }
        None
    }

    /// The verb or predicate of the clause in which a token stands; itself when it is one.
    pub fn clause(&self, token: usize) -> Option<usize> {
        let mut at = token;
        for _ in 0..self.len() {
            if matches!(self.upos(at), Upos::Verb | Upos::Aux)
                || self.children(at).any(|c| self.relation(c) == Deprel::Cop)
            {
                return Some(at);
            }
            at = self.head(at)?;
        }
        None
    }

    /// Tokens at the ends of a dependency path.
    pub fn follow(&self, from: usize, path: &Path, cues: &Cues) -> Vec<usize> {
        let mut at = vec![from];
        for step in &path.0 {
            let mut next = Vec::new();
            for &token in &at {
                match step {
                    Step::Down(relation, words) => {
                        let found = self.by_relation(token, relation);
                        // "A flew to Rome and was received by B": the subject of a passive may be that of the verb before.
                        let shared = found.is_empty()
                            && relation == "nsubj:pass"
                            && self.relation(token) == Deprel::Conj
                            && self.children(token).any(|c| self.relation(c) == Deprel::AuxPass);
                        let found = if shared { self.subjects(token) } else { found };
                        next.extend(found.into_iter().filter(|&c| self.has_case(c, words)));
                    }
                    Step::Up(relation, words) => {
                        // A noun coordinated with another shares its relation and marker.
                        let mut low = token;
                        while self.relation(low) == Deprel::Conj {
                            match self.head(low) {
                                Some(head) => low = head,
                                None => break,
                            }
                        }
                        if is(self.relation(low), relation) && self.has_case(low, words) {
                            next.extend(self.head(low));
                        }
                    }
                    Step::Subject => next.extend(self.subjects(token)),
                    Step::Light => next.extend(self.light_verb(token, cues)),
                    Step::Clause => next.extend(self.clause(token)),
                }
            }
            at = next;
        }
        self.relatives(&at)
    }

    /// Whether some token below `token` (itself included), not more than `depth` arcs away, satisfies `test`.
    pub fn below(&self, token: usize, depth: usize, test: &dyn Fn(usize) -> bool) -> bool {
        test(token) || (depth > 0 && self.children(token).any(|c| self.below(c, depth - 1, test)))
    }

    /// Number of arcs between two tokens.
    pub fn distance(&self, a: usize, b: usize) -> usize {
        let mut depths = vec![usize::MAX; self.len()];
        let mut at = Some(a);
        let mut depth = 0;
        while let Some(t) = at {
            if depths[t] != usize::MAX {
                break;
            }
            depths[t] = depth;
            depth += 1;
            at = self.head(t);
        }
        let mut at = b;
        for steps in 0..=self.len() {
            if depths[at] != usize::MAX {
                return depths[at] + steps;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        self.len()
    }

    /// The heads above a token, nearest first.
    pub fn ancestors(&self, token: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = token;
        while let Some(head) = self.head(at) {
            if out.len() > self.len() {
                break;
            }
            out.push(head);
            at = head;
        }
        out
    }
}

/// Whether a relation is `name` or, when `name` has no subtype, a subtype of it. `nmod` does not include possessives:
/// `nmod:poss` is named where it is meant.
pub fn is(relation: Deprel, name: &str) -> bool {
    let text = relation.as_str();
    text == name || (text.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')) && relation != Deprel::NmodPoss)
}

/// "Several of the Iranian officers": the noun of which some are meant, at the word that counts them.
pub(crate) fn partitive(tree: &Tree<'_>, token: usize) -> Option<usize> {
    let counts = matches!(
        tree.lower(token).as_str(),
        "several" | "some" | "many" | "most" | "all" | "one" | "two" | "three" | "four" | "members" | "dozens" | "both"
    );
    let whole = tree.children(token).find(|&c| tree.relation(c) == Deprel::Nmod && tree.case(c) == "of")?;
    (counts && whole > token).then_some(whole)
}
