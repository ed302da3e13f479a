//! Owns whom a pronoun, a bare title or "the Ukrainian" stands for.

use readout_types::{Deprel, Upos};

use crate::actors::ActorId;
use crate::mentions::{Anaphor, Mention, Referent};
use crate::resolve::Document;

impl Anaphor {
    /// Whether the title is one that many bear at once: "the minister".
    fn is_bare(&self) -> bool {
        self.offices.first() == Some(&"bare")
    }

    /// Whether a title is the one that stands for somebody, or, where that is one of many ("the minister"), has it in it.
    fn is_titled(&self, title: &str) -> bool {
        let title = readout_actors::fold(title);
        if self.is_bare() {
            return title.split(' ').any(|w| w == self.title) && !title.contains("prime");
        }
        // "The Chairperson" is that of the Commission of which the text speaks.
        let own = self.title.trim_start_matches("the ");
        title == self.title
            || title == own
            || OF_A_BODY.contains(&own) && title.strip_prefix(own).is_some_and(|t| t.starts_with(" of "))
    }
}

/// Titles of those who head a body, which stand alone for the longer title once that has been told.
const OF_A_BODY: [&str; 8] = [
    "chairperson",
    "chairman",
    "chairwoman",
    "secretary general",
    "director general",
    "high representative",
    "executive director",
    "managing director",
];

/// By how much the subject of a main clause is likelier to be spoken of next than another.
const LEAD: i32 = 12;

impl Document<'_> {
    /// Whether somebody is the subject of the main clause of a sentence.
    fn leads(&self, mention: &Mention) -> bool {
        let tree = self.tree(mention.sentence);
        (mention.first..mention.end).any(|t| {
            tree.relation(t).universal() == Deprel::Nsubj
                && tree.head(t).is_some_and(|v| tree.relation(v).universal() == Deprel::Root)
        })
    }

    /// Whether a mention is of somebody whose office or aides speak: "A's office said".
    fn has_spokesmen(&self, mention: &Mention) -> bool {
        let tree = self.tree(mention.sentence);
        (mention.first..mention.end).any(|t| {
            tree.relation(t) == Deprel::NmodPoss
                && tree.head(t).is_some_and(|noun| {
                    matches!(tree.lemma(noun).as_str(), "office" | "spokesman" | "spokeswoman" | "aide" | "ministry")
                        && tree.relation(noun) == Deprel::Nsubj
                        && tree.head(noun).is_some_and(|v| self.knowledge.cues.has("say", &tree.lemma(v)))
                })
        })
    }

    /// "A's claim that B had assured him": whether the pronoun stands in what somebody claims, as other than its subject.
    fn claims(&self, mention: &Mention, token: usize) -> bool {
        let tree = self.tree(mention.sentence);
        let above = tree.ancestors(token);
        tree.relation(token).universal() != Deprel::Nsubj
            && (mention.first..mention.end).any(|t| {
                tree.relation(t) == Deprel::NmodPoss
                    && tree.head(t).is_some_and(|noun| {
                        above.contains(&noun)
                            && matches!(
                                tree.lemma(noun).as_str(),
                                "claim" | "statement" | "assertion" | "suggestion" | "remark" | "complaint" | "account"
                            )
                    })
            })
    }

    /// Whether "who" opens a clause about somebody, with nobody else named between them or before the pronoun, which follows
    /// closely.
    fn relative_after(&self, mention: &Mention, token: usize) -> bool {
        let tree = self.tree(mention.sentence);
        let who = (mention.end..token.min(mention.end + 5)).find(|&t| tree.lower(t) == "who");
        let others = self.mentions[self.by_sentence[mention.sentence].clone()].iter().any(|m| {
            m.first >= mention.end
                && m.end <= token
                && matches!(m.referent, Referent::Actor(id) if self.cast.is_person(id))
        });
        who.is_some_and(|w| token - w <= 6) && !others && tree.xpos(token) == "PRP$"
    }

    /// "The call from A came after he had spoken with B": the one person named in the sentence before the clause of the pronoun,
    /// where that tells what was before, after or meanwhile.
    fn only_before(&self, sentence: usize, token: usize, anaphor: &Anaphor) -> Option<ActorId> {
        let tree = self.tree(sentence);
        let verb = tree.head(token).filter(|&v| {
            tree.relation(token) == Deprel::Nsubj
                && tree.relation(v).universal() == Deprel::Advcl
                && tree.children(v).any(|c| matches!(tree.lower(c).as_str(), "after" | "before" | "while"))
        })?;
        let before = self.mentions[self.by_sentence[sentence].clone()].iter().filter(|m| m.first < token.min(verb));
        let mut people: Vec<ActorId> = before
            .filter_map(|m| match m.referent {
                Referent::Actor(id) if self.cast.is_person(id) => Some(id),
                _ => None,
            })
            .collect();
        people.sort_unstable();
        people.dedup();
        match people[..] {
            [one] if self.of_gender(one, anaphor) => Some(one),
            _ => None,
        }
    }

    /// Those whom the clause of a pronoun that is its subject names behind it: "he" who "had a conversation with B" is not B.
    pub(crate) fn named_beside(&self, sentence: usize, token: usize) -> Vec<ActorId> {
        let tree = self.tree(sentence);
        let Some(verb) = tree.head(token).filter(|_| tree.relation(token) == Deprel::Nsubj) else {
            return Vec::new();
        };
        let behind = self.mentions[self.by_sentence[sentence].clone()].iter().filter(|m| m.first > token);
        behind
            .filter(|m| tree.clause(m.end - 1) == Some(verb) && tree.xpos(m.first) != "PRP$")
            .filter_map(|m| match m.referent {
                Referent::Actor(id) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// The person for whom a pronoun or a bare title stands.
    pub fn anaphor(&self, sentence: usize, token: usize, anaphor: &Anaphor) -> Option<ActorId> {
        if anaphor.speaker {
            return self.speaker(sentence, token);
        }
        if anaphor.state {
            let before = self.mentions_before(sentence, token);
            return before.take_while(|m| sentence - m.sentence <= 1).filter(|m| self.is_subject(m)).find_map(
                |m| match m.referent {
                    Referent::Actor(id) if !self.cast.is_person(id) => Some(id),
                    _ => None,
                },
            );
        }
        if anaphor.counterpart {
            // One with a country was settled where it was found; one without is the other of those in hand.
            let own =
                self.mentions_before(sentence, token).take_while(|m| m.sentence == sentence).find_map(|m| {
                    match m.referent {
                        Referent::Actor(id) if self.cast.is_person(id) => Some(id),
                        _ => None,
                    }
                })?;
            let (at, pair) = self.pairs.iter().rev().find(|(_, pair)| pair.contains(&own))?;
            let mut others = pair.iter().copied().filter(|&p| p != own && self.cast.is_person(p));
            return match (others.next(), others.next()) {
                (Some(one), None) if sentence - at <= 12 => Some(one),
                _ => None,
            };
        }
        if !anaphor.offices.is_empty() {
            return self.by_office(sentence, token, anaphor);
        }
        if let Some(id) = self
            .ahead_of_subject(sentence, token, anaphor)
            .or_else(|| self.who_says_also(sentence, token).filter(|&id| self.of_gender(id, anaphor)))
        {
            return Some(id);
        }
        if let Some(id) = self.who_goes_on(sentence, token).filter(|&id| self.of_gender(id, anaphor)) {
            return Some(id);
        }
        let subjects = self.subjects_over(sentence, token);
        let whose = self.tree(sentence).xpos(token) == "PRP$";
        // "She got to talk to the president-elect after he had …": where the subject can not be meant, whom it is about.
        let other_subject = self.mentions_before(sentence, token).take_while(|m| m.sentence == sentence).any(|m| {
            matches!(m.referent, Referent::Actor(id) if self.cast.is_person(id) && !self.of_gender(id, anaphor))
                && self.leads(m)
        });
        let named_beside = self.named_beside(sentence, token);
        let only = self.only_before(sentence, token, anaphor);
        let mut best: Option<(i32, ActorId)> = None;
        let before = self.mentions_before(sentence, token);
        for (steps, mention) in before.take_while(|m| sentence - m.sentence <= 4).enumerate() {
            let Referent::Actor(id) = mention.referent else { continue };
            if subjects.contains(&id)
                || named_beside.contains(&id)
                || !self.cast.is_person(id)
                || !self.of_gender(id, anaphor)
            {
                continue;
            }
            let mut score = -12 * (sentence - mention.sentence) as i32 - steps as i32;
            if self.is_subject(mention) {
                score += 10;
            }
            // "A was kept waiting before B agreed to see him. Earlier he had met C": A, of whom the sentence before was.
            if self.leads(mention) && mention.sentence < sentence && !whose {
                score += LEAD;
            }
            // "A's office said he had talked to B"
            if mention.sentence == sentence && self.has_spokesmen(mention) {
                score += 2 * LEAD;
            }
            // "Met Pompeo in Ankara, who briefed them on his talks"
            if mention.sentence == sentence && self.relative_after(mention, token) {
                score += 2 * LEAD;
            }
            if mention.sentence == sentence && self.claims(mention, token) {
                score += 2 * LEAD;
            }
            if Some(id) == only {
                score += LEAD;
            }
            if other_subject && mention.sentence == sentence {
                score += LEAD + 2;
            }
            // "…, his spokesman Baghaei said. He is due to meet": he of whom was spoken.
            if self.is_spokesperson(id) {
                score -= 16;
            }
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id).or_else(|| self.subject_after(sentence, token, anaphor))
    }

    /// "The Ukrainian had come by way of Halifax": the person of that country last named before it.
    pub fn national(&self, mention: &Mention) -> Option<ActorId> {
        let tree = self.tree(mention.sentence);
        let state = match mention.referent {
            Referent::Adjective(state) => state,
            // "The American diplomat met B": he of that country of whom the text has told.
            Referent::Actor(state) if !self.cast.is_person(state) && tree.lower(mention.end - 1) == "diplomat" => {
                let the = mention.first.checked_sub(1).is_some_and(|t| tree.lower(t) == "the");
                let country = self.cast.country(state).filter(|_| the)?;
                let named = self.mentions_before(mention.sentence, mention.first);
                return named.take_while(|m| mention.sentence - m.sentence <= 8).find_map(|m| match m.referent {
                    Referent::Actor(id) if self.cast.is_person(id) && self.cast.country(id) == Some(country) => {
                        Some(id)
                    }
                    _ => None,
                });
            }
            _ => return None,
        };
        let before = mention.first.checked_sub(1).map(|t| tree.word(t).to_lowercase())?;
        let adverb = matches!(tree.lower(mention.end).as_str(), "last" | "first" | "then" | "also" | "had" | "has");
        let noun = mention.end < tree.len()
            && !adverb
            && matches!(tree.upos(mention.end), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            || mention.end < tree.len() && matches!(tree.word(mention.end), "-" | "–" | "and" | "or");
        let alone = mention.end - mention.first == 1 && before == "the" && !noun;
        if !alone || !self.is_subject(mention) {
            return None;
        }
        let country = self.cast.country(state)?;
        let named = self.mentions_before(mention.sentence, mention.first);
        named.take_while(|m| mention.sentence - m.sentence <= 8).find_map(|m| match m.referent {
            Referent::Actor(id) if self.cast.is_person(id) && self.cast.country(id) == Some(country) => Some(id),
            _ => None,
        })
    }

    /// Those for whom a pronoun cannot stand. "Trump telephoned him", "is to see the President": the object is not the
    /// subject.
    pub(crate) fn subjects_over(&self, sentence: usize, token: usize) -> Vec<ActorId> {
        let tree = self.tree(sentence);
        let object = matches!(tree.relation(token).universal(), Deprel::Obj | Deprel::Iobj | Deprel::Obl)
            && !matches!(tree.word(token), "himself" | "herself");
        // "B, whom he received": nor is the subject of a relative clause the one whom it describes.
        let described = tree.head(token).filter(|&verb| {
            tree.relation(token) == Deprel::Nsubj
                && tree.relation(verb) == Deprel::AclRelcl
                && tree.children(verb).any(|c| tree.word(c).eq_ignore_ascii_case("whom"))
        });
        tree.head(token)
            .filter(|_| object)
            .map(|verb| tree.subjects(verb))
            .unwrap_or_default()
            .into_iter()
            .chain(described.and_then(|verb| tree.head(verb)))
            // "A and B talked to him": to neither.
            .flat_map(|s| tree.coordinated(s))
            .filter_map(|s| match &self.mention_at(sentence, s)?.referent {
                Referent::Actor(id) => Some(*id),
                Referent::Anaphor(a) if a.speaker => self.speaker(sentence, s),
                _ => None,
            })
            .collect()
    }

    /// "Speaking after talks with his German counterpart, A said", "In his call with B, A asked": `his` in the words before
    /// the subject of the sentence is the subject, where these words open the sentence.
    fn ahead_of_subject(&self, sentence: usize, token: usize, anaphor: &Anaphor) -> Option<ActorId> {
        let tree = self.tree(sentence);
        let opens = tree.xpos(0) == "VBG" || matches!(tree.upos(0), Upos::Adp | Upos::Sconj);
        let comma = (token..tree.len()).find(|&t| tree.word(t) == ",")?;
        if tree.xpos(token) != "PRP$" || !opens || (0..token).any(|t| tree.word(t) == ",") {
            return None;
        }
        let after = self.mentions[self.by_sentence[sentence].clone()].iter().find(|m| {
            m.first > comma
                && self.is_subject(m)
                && (m.first..m.end).any(|t| tree.head(t).is_some_and(|v| matches!(tree.xpos(v), "VBD" | "VBZ" | "VBP")))
        })?;
        let Referent::Actor(id) = after.referent else { return None };
        (self.cast.is_person(id) && self.of_gender(id, anaphor)).then_some(id)
    }

    /// "A announced that B was to meet C, and that he would join them": who announced it.
    fn who_says_also(&self, sentence: usize, token: usize) -> Option<ActorId> {
        let tree = self.tree(sentence);
        let words = |back: usize, word: &str| token >= back && tree.lower(token - back) == word;
        if !words(1, "that") || !words(2, "and") || tree.relation(token) != Deprel::Nsubj {
            return None;
        }
        let verb = (0..token).find(|&t| self.knowledge.cues.has("say", &tree.lemma(t)))?;
        tree.by_relation(verb, "nsubj").into_iter().find_map(|s| self.person_at(sentence, s))
    }

    /// "A said it was over. B had agreed to meet C, he added": whoever was heard in the sentence before goes on.
    fn who_goes_on(&self, sentence: usize, token: usize) -> Option<ActorId> {
        let tree = self.tree(sentence);
        let says = |tree: &crate::tree::Tree<'_>, verb: usize| {
            tree.upos(verb) == Upos::Verb && self.knowledge.cues.has("say", &tree.lemma(verb))
        };
        let behind = token > 2 && matches!(tree.word(token - 1), "," | "”" | "\"" | "''");
        let verb = tree.head(token).filter(|&v| behind && v == token + 1 && tree.relation(token) == Deprel::Nsubj)?;
        let before = sentence.checked_sub(1).filter(|_| says(&tree, verb))?;
        let tree = self.tree(before);
        let mut heard = (0..tree.len()).filter(|&v| {
            says(&tree, v) && matches!(tree.relation(v).universal(), Deprel::Root | Deprel::Parataxis | Deprel::Conj)
        });
        heard.find_map(|v| tree.children(v).find(|&c| tree.relation(c) == Deprel::Nsubj)).and_then(|s| {
            match self.mention_at(before, s)?.referent {
                Referent::Actor(id) if self.cast.is_person(id) => Some(id),
                _ => None,
            }
        })
    }

    fn of_gender(&self, id: ActorId, anaphor: &Anaphor) -> bool {
        let actor = self.cast.get(id);
        anaphor.female.is_none() || actor.female.is_none() || actor.female == anaphor.female
    }

    /// "A day after his meeting with B, A flew home": the subject that follows in the sentence.
    fn subject_after(&self, sentence: usize, token: usize, anaphor: &Anaphor) -> Option<ActorId> {
        self.mentions[self.by_sentence[sentence].clone()]
            .iter()
            .filter(|m| m.first > token && self.is_subject(m))
            .find_map(|m| match m.referent {
                Referent::Actor(id) if self.cast.is_person(id) && self.of_gender(id, anaphor) => Some(id),
                _ => None,
            })
    }

    fn by_office(&self, sentence: usize, token: usize, anaphor: &Anaphor) -> Option<ActorId> {
        let holds = |id: ActorId| -> bool {
            let actor = self.cast.get(id);
            if let Some(person) = actor.person {
                let person = self.knowledge.table.person(person);
                let terms: Vec<&readout_actors::Term> = match self.cast.day {
                    Some(day) => person.terms.iter().filter(|t| t.includes(day)).collect(),
                    None => person.term_on(None).into_iter().collect(),
                };
                let leads = |o: &str| matches!(o, "head_of_state" | "head_of_government");
                return terms.iter().any(|t| {
                    t.titles.iter().any(|title| anaphor.is_titled(title))
                        || (anaphor.offices.first() == Some(&"leader") && leads(t.office))
                });
            }
            actor.actor.role.as_deref().is_some_and(|r| anaphor.is_titled(r))
        };
        let subjects = self.subjects_over(sentence, token);
        let beside = self.named_beside(sentence, token);
        let holds = |id: ActorId| holds(id) && !subjects.contains(&id) && !beside.contains(&id);
        let host_holds = self.host.filter(|&h| holds(h));
        let before = self.mentions_before(sentence, token).take_while(|m| sentence - m.sentence <= 12);
        let people: Vec<(&Mention, ActorId)> = before
            .filter_map(|m| match m.referent {
                Referent::Actor(id) if self.cast.is_person(id) && holds(id) => Some((m, id)),
                _ => None,
            })
            .collect();
        // "The President of B was to come," the president wrote: not he of whom he speaks.
        let unquoted = people.iter().find(|(m, _)| !self.in_quotes(m));
        // "A says that he and B would meet. The president said": whoever has been speaking.
        let says = |at: usize, from: usize, to: usize| {
            let tree = self.tree(at);
            (from..to.min(tree.len())).any(|t| {
                tree.relation(t) == Deprel::Nsubj
                    && tree.head(t).is_some_and(|v| self.knowledge.cues.has("say", &tree.lemma(v)))
            })
        };
        let here = self.mention_at(sentence, token).is_some_and(|m| says(sentence, m.first, m.end));
        let earlier = |m: &Mention| m.sentence < sentence && !self.in_quotes(m) && says(m.sentence, m.first, m.end);
        let alone = people.first().is_none_or(|(m, _)| m.sentence < sentence);
        let speaks = people.iter().find(|(m, _)| here && alone && earlier(m));
        let named = speaks.or(unquoted).or(people.first()).map(|&(_, id)| id);
        // "The Chancellor said", with Angela Merkel named further down: the only one of that office whom the text names.
        let only = || {
            let mut all: Vec<ActorId> = Vec::new();
            for mention in self.mentions.iter().filter(|m| (m.sentence, m.first) > (sentence, token)) {
                match mention.referent {
                    Referent::Actor(id) if self.cast.is_person(id) && holds(id) && !all.contains(&id) => all.push(id),
                    _ => {}
                }
            }
            if let [one] = all[..] { Some(one) } else { None }
        };
        // In an official readout "the President" is the issuer's own, unless only another bears the title.
        // "A Downing Street spokesperson said: The Prime Minister called B": of the country whose seat is named.
        let seated = || crate::seats::near(self, sentence).into_iter().find(|&id| holds(id));
        if anaphor.is_bare() {
            named.or_else(|| self.office_named(sentence, token, &anaphor.title))
        } else {
            host_holds.or(named).or_else(only).or_else(seated)
        }
    }

    /// Whether a mention stands in the words of a quotation that opens in its paragraph.
    fn in_quotes(&self, mention: &Mention) -> bool {
        let clean = &self.annotated.document;
        let block = self.annotated.sentences[mention.sentence].block as usize;
        let Some(start) = clean.blocks.get(block).map(|b| b.span.start as usize) else { return false };
        let Some(before) = clean.text.get(start..mention.span.start as usize) else { return false };
        let count = |c: char| before.matches(c).count();
        count('"') % 2 == 1 || count('“') > count('”')
    }

    /// "Russia's ambassador […] The ambassador called": the side for which somebody without a name was said to act.
    fn office_named(&self, sentence: usize, token: usize, title: &str) -> Option<ActorId> {
        let text = &self.annotated.document.text;
        let before = self.mentions_before(sentence, token);
        before.take_while(|m| sentence - m.sentence <= 12).find_map(|m| match m.referent {
            Referent::Actor(id) if !self.cast.is_person(id) => {
                m.span.of(text).split_whitespace().any(|w| w.eq_ignore_ascii_case(title)).then_some(id)
            }
            _ => None,
        })
    }

    /// Who speaks in a sentence: the subject of its verb of saying, or of the nearest one before.
    pub fn speaker(&self, sentence: usize, token: usize) -> Option<ActorId> {
        for at in [sentence, sentence.wrapping_sub(1), sentence + 1] {
            let Some(range) = self.by_sentence.get(at) else { continue };
            let tree = self.tree(at);
            for mention in &self.mentions[range.clone()] {
                let Referent::Actor(id) = mention.referent else { continue };
                let says = (mention.first..mention.end).any(|t| {
                    tree.relation(t) == Deprel::Nsubj
                        && tree.head(t).is_some_and(|h| {
                            self.knowledge.cues.has("say", &tree.lemma(h)) && (at != sentence || h != token)
                        })
                });
                if says && self.cast.is_person(id) {
                    return Some(id);
                }
            }
        }
        None
    }
}
