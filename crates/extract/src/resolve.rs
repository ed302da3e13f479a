//! Owns what stands behind a token: actors through mentions, coordination, side nouns and "the two leaders".

use std::cell::RefCell;
use std::ops::Range;

use readout_types::{Annotated, Deprel, Sentence, Upos};

use crate::Knowledge;
use crate::actors::{ActorId, Cast};
use crate::knowledge::Issuer;
use crate::mentions::{Mention, Referent};
use crate::tree::{Forest, Tree, partitive};

/// A document under extraction: its analysis, its cast and its mentions.
pub struct Document<'a> {
    /// The analysis.
    pub annotated: &'a Annotated,
    /// The children of its tokens.
    pub forest: &'a Forest,
    /// What is known beforehand.
    pub knowledge: &'a Knowledge,
    /// Its actors.
    pub cast: Cast,
    /// Its mentions, in order.
    pub mentions: Vec<Mention>,
    /// Range of `mentions` for each sentence.
    pub by_sentence: Vec<Range<usize>>,
    /// Its issuer, when it is an official readout.
    pub issuer: Option<&'a Issuer>,
    /// The issuer's own principal.
    pub host: Option<ActorId>,
    /// The day of the contact told of last, with the sentence.
    pub told_day: Option<(usize, readout_types::Date)>,
    /// The day of the first contact of the last days that the text tells of: that of its story.
    pub story_day: Option<readout_types::Date>,
    /// The last contacts told of together ("a series of calls on Saturday"): the sentence, of what kind, whose, and the day.
    pub series: Option<(usize, readout_types::KindGroup, ActorId, readout_types::Date)>,
    /// Who was said to be where: the sentence, a person, and the country abroad in which he was.
    pub stays: Vec<(usize, ActorId, String)>,
    /// The day of the chronicle's entry in which each sentence stands.
    pub entries: Vec<Option<readout_types::Date>>,
    /// Summits of known series that the text names.
    pub events: Vec<readout_times::EventHint>,
    /// Pairs of actors spoken of together so far, with the sentence.
    pub pairs: Vec<(usize, Vec<ActorId>)>,
    /// Of what kind the contact of each pair was.
    pub pair_kinds: Vec<readout_types::KindGroup>,
    /// The words for actors named elsewhere ("they", "his counterpart") whose actors are being looked for, by sentence and
    /// first token.
    pub asked: RefCell<Vec<(usize, usize)>>,
}

impl<'a> Document<'a> {
    /// The tree of a sentence.
    pub fn tree(&self, sentence: usize) -> Tree<'a> {
        Tree {
            text: &self.annotated.document.text,
            sentence: &self.annotated.sentences[sentence],
            below: &self.forest.children[sentence],
        }
    }

    /// A sentence.
    pub fn sentence(&self, index: usize) -> &'a Sentence {
        &self.annotated.sentences[index]
    }

    /// The mention that covers a token.
    pub fn mention_at(&self, sentence: usize, token: usize) -> Option<&Mention> {
        self.mentions[self.by_sentence[sentence].clone()].iter().find(|m| m.first <= token && token < m.end)
    }

    /// The mentions that begin before a token, the nearest first.
    pub(crate) fn mentions_before(&self, sentence: usize, token: usize) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().rev().skip_while(move |m| (m.sentence, m.first) >= (sentence, token))
    }

    /// The country that a mention names: that of a place, or of an actor that is no person.
    pub fn country_of<'m>(&'m self, mention: &'m Mention) -> Option<&'m str> {
        match &mention.referent {
            Referent::Place(code) => Some(code),
            Referent::Actor(id) if !self.cast.is_person(*id) => self.cast.country(*id),
            _ => None,
        }
    }

    /// The actors for whom a token stands, with those coordinated with it.
    pub fn actors_with_coordination(&self, sentence: usize, token: usize) -> Vec<ActorId> {
        let tree = self.tree(sentence);
        let mut out: Vec<ActorId> = Vec::new();
        for at in tree.coordinated(token) {
            for actor in self.actors_at(sentence, at, 0) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        if let Some(mention) = self.mention_at(sentence, token).filter(|m| matches!(m.referent, Referent::Actor(_))) {
            for actor in self.side_by_side(sentence, mention) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        // "U.S. and Cuban negotiators": the adjective before brings its side with it.
        if let Some(mention) = self.mention_at(sentence, token).cloned() {
            let mut first = mention.first;
            for before in
                self.mentions[self.by_sentence[sentence].clone()].iter().rev().filter(|m| m.end <= mention.first)
            {
                let joined = (before.end..first).all(|t| matches!(tree.word(t), "and" | "," | "-" | "–"));
                let (Referent::Adjective(id), true, true) = (&before.referent, joined, before.end < first) else {
                    break;
                };
                if !out.contains(id) {
                    out.insert(0, *id);
                }
                first = before.first;
            }
        }
        // Coordination inside one mention's own words, or hung below another word of it.
        if let Some(mention) = self.mention_at(sentence, token) {
            for inner in mention.first..mention.end {
                if inner != token {
                    for at in tree.by_relation(inner, "conj") {
                        if at >= mention.end {
                            out.extend(
                                self.actors_at(sentence, at, 0)
                                    .into_iter()
                                    .filter(|a| !out.contains(a))
                                    .collect::<Vec<_>>(),
                            );
                        }
                    }
                }
            }
        }
        out
    }

    /// The actors for whom a single token stands.
    pub fn actors_at(&self, sentence: usize, token: usize, depth: usize) -> Vec<ActorId> {
        if let Some(mention) = self.mention_at(sentence, token) {
            return match &mention.referent {
                Referent::Actor(id) | Referent::Adjective(id) => {
                    // "Britain's ambassador in Moscow, Deborah Bronnert": the person, not the state.
                    let office = mention.end > mention.first + 1;
                    let named = office.then(|| self.in_apposition(mention)).flatten();
                    // "Russian and American delegations": the noun brings the other side with it.
                    vec![named.unwrap_or(*id)]
                }
                Referent::Place(_) => Vec::new(),
                Referent::Namesakes(one, other) => vec![*one, *other],
                Referent::Together { people } => self.once(mention, || self.together(sentence, mention.first, *people)),
                Referent::Anaphor(anaphor) => match self.in_apposition(mention) {
                    Some(named) => vec![named],
                    None => self.once(mention, || self.anaphor(sentence, mention.first, anaphor).into_iter().collect()),
                },
            };
        }
        if depth > 2 {
            return Vec::new();
        }
        let tree = self.tree(sentence);
        if tree.upos(token) == Upos::Pron && matches!(tree.lemma(token).as_str(), "who" | "which" | "that" | "whom") {
            return Vec::new();
        }
        // "his Ukrainian counterpart Dmytro Kuleba": the name below the noun.
        // "The foreign ministers of Qatar and Turkey, A and B": with the one named, those named beside him.
        let plural = matches!(tree.xpos(token), "NNS" | "NNPS")
            || matches!(tree.lower(token).as_str(), "majesty" | "highness" | "excellency" | "holiness");
        let named: Vec<ActorId> = tree
            .children(token)
            .filter(|&c| matches!(tree.relation(c), Deprel::Flat | Deprel::Appos | Deprel::Compound) && c > token)
            .flat_map(|c| if plural { tree.coordinated(c) } else { vec![c] })
            .filter_map(|c| self.person_at(sentence, c))
            .collect();
        if !named.is_empty() && matches!(tree.upos(token), Upos::Noun | Upos::Propn) {
            return named;
        }
        if let Some(whole) = partitive(&tree, token) {
            let mut whole = self.actors_at(sentence, whole, depth + 1);
            // Members of a body are not the body.
            use readout_types::ActorKind::{Group, State};
            let word = tree.lower(token);
            whole.retain(|&a| match self.cast.get(a).actor.kind {
                State => true,
                Group => word != "one",
                _ => !matches!(word.as_str(), "members" | "one"),
            });
            return whole;
        }
        // A noun that stands for a side: "the leaders of France and Germany", "a delegation from Iran".
        let lemma = tree.lemma(token);
        if matches!(tree.upos(token), Upos::Noun | Upos::Propn)
            && (self.knowledge.cues.has("side", &lemma) || self.knowledge.cues.has("both", &lemma))
        {
            // "His negotiators", "Trump's envoys": those who act for the country, not its president.
            let acts = matches!(
                lemma.as_str(),
                "negotiator" | "envoy" | "delegation" | "team" | "diplomat" | "emissary" | "deputy" | "lieutenant"
            ) && !tree.children(token).any(|c| tree.relation(c).universal() == Deprel::Acl);
            let mut out: Vec<ActorId> = Vec::new();
            for child in tree.children(token) {
                let acts = acts && tree.relation(child) == Deprel::NmodPoss;
                let fits = match tree.relation(child) {
                    Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Appos | Deprel::Flat => true,
                    Deprel::Nmod if tree.case(child) == "in" => {
                        // "Officials in Washington"
                        matches!(lemma.as_str(), "official" | "leader" | "authority")
                            && tree.children(token).all(|c| tree.relation(c).universal() != Deprel::Amod)
                            && self
                                .mention_at(sentence, child)
                                .is_some_and(|m| matches!(m.referent, Referent::Actor(id) if !self.cast.is_person(id)))
                    }
                    Deprel::Nmod => matches!(tree.case(child).as_str(), "of" | "from" | "for" | "on"),
                    _ => false,
                };
                // "a delegation led by B"
                let led = tree.relation(child).universal() == Deprel::Acl
                    && matches!(tree.lemma(child).as_str(), "lead" | "head" | "chair");
                let leaders: Vec<usize> = tree.children(child).filter(|&c| led && tree.case(c) == "by").collect();
                for leader in leaders {
                    out.extend(
                        self.actors_at(sentence, leader, depth + 1)
                            .into_iter()
                            .filter(|a| !out.contains(a))
                            .collect::<Vec<_>>(),
                    );
                }
                // "a delegation headed by B", with B below the delegation
                let heads = tree.case(child) == "by"
                    && tree
                        .children(token)
                        .any(|c| c < child && matches!(tree.lemma(c).as_str(), "lead" | "head" | "chair"));
                // "The heads of state of Egypt and Sudan"
                let office = lemma == "head" && matches!(tree.lemma(child).as_str(), "state" | "government");
                let of_office = || tree.children(child).find(|&c| tree.case(c) == "of");
                let child = if office { of_office().unwrap_or(child) } else { child };
                // "The leaders of the two countries": those who were spoken of for them.
                let people = matches!(lemma.as_str(), "leader" | "president" | "minister" | "premier" | "head");
                if fits
                    && people
                    && plural
                    && let Some(states) = self.mention_at(sentence, child)
                    && matches!(states.referent, Referent::Together { people: false })
                {
                    let found = self.once(states, || self.together(sentence, states.first, true));
                    out.extend(found.into_iter().filter(|a| !out.contains(a)).collect::<Vec<_>>());
                    continue;
                }
                if fits || heads {
                    for at in tree.coordinated(child) {
                        out.extend(
                            self.actors_at(sentence, at, depth + 1)
                                .into_iter()
                                .map(|a| if acts { self.cast.state_of(a).unwrap_or(a) } else { a })
                                .filter(|a| !out.contains(a))
                                .collect::<Vec<_>>(),
                        );
                    }
                }
            }
            return out;
        }
        // "President" as head with the name below it.
        let mut out = Vec::new();
        for child in tree.children(token) {
            if matches!(tree.relation(child), Deprel::Flat | Deprel::Appos | Deprel::Compound)
                && matches!(tree.upos(token), Upos::Noun | Upos::Propn)
                && let Some(id) = self.person_at(sentence, child)
            {
                out.push(id);
            }
        }
        out
    }

    /// What is found for a word that stands for actors named elsewhere; none where the search has come back to the word
    /// itself, which explains nothing ("they and both sides" in a tree that hangs each from the other).
    fn once(&self, mention: &Mention, found: impl FnOnce() -> Vec<ActorId>) -> Vec<ActorId> {
        let word = (mention.sentence, mention.first);
        if self.asked.borrow().contains(&word) {
            return Vec::new();
        }
        self.asked.borrow_mut().push(word);
        let found = found();
        self.asked.borrow_mut().pop();
        found
    }

    /// "The crown prince, Mohammed bin Salman": the person whose name stands beside a title.
    fn in_apposition(&self, mention: &Mention) -> Option<ActorId> {
        let tree = self.tree(mention.sentence);
        let range = mention.first..mention.end.min(tree.len());
        let noun = range.clone().find(|&t| tree.head(t).is_none_or(|h| !range.contains(&h)))?;
        if tree.upos(noun) != Upos::Noun {
            return None;
        }
        let beside = tree.children(noun).filter(|&c| c >= range.end && tree.relation(c) == Deprel::Appos);
        beside.into_iter().find_map(|c| self.person_at(mention.sentence, c))
    }

    /// The person whose name a token is part of.
    pub(crate) fn person_at(&self, sentence: usize, token: usize) -> Option<ActorId> {
        match self.mention_at(sentence, token)?.referent {
            Referent::Actor(id) if self.cast.is_person(id) => Some(id),
            _ => None,
        }
    }

    /// Whether a mention is the subject of its clause.
    pub fn is_subject(&self, mention: &Mention) -> bool {
        let tree = self.tree(mention.sentence);
        let subject = |t: usize| matches!(tree.relation(t), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
        (mention.first..mention.end.min(tree.len())).any(|t| {
            let outside = |h: usize| h < mention.first || h >= mention.end;
            // "Japan's negotiator, Ryosei Akazawa, held": the name stands for the subject beside it.
            let beside = tree.relation(t) == Deprel::Appos && tree.head(t).is_some_and(|h| outside(h) && subject(h));
            subject(t) && tree.head(t).is_none_or(outside) || beside
        })
    }

    /// Whether a person leads rebels on the day of the document, as the tables have it.
    pub fn leads_rebels(&self, id: ActorId) -> bool {
        self.cast.get(id).person.is_some_and(|p| {
            self.knowledge.table.person(p).terms.iter().any(|t| {
                self.cast.day.is_none_or(|day| t.includes(day))
                    && t.titles.iter().any(|title| title.to_lowercase().contains("rebel"))
            })
        })
    }

    /// Whether the actor's country differs from the other's, both known.
    pub fn foreign(&self, a: ActorId, b: ActorId) -> bool {
        match (self.cast.country(a), self.cast.country(b)) {
            (Some(x), Some(y)) => x != y,
            _ => false,
        }
    }
}
