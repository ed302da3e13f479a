//! Owns whom "they", "the two leaders" and "both sides" stand for: those whom the text last spoke of together.

use readout_types::{Deprel, Upos};

use crate::actors::ActorId;
use crate::mentions::{Mention, Referent};
use crate::resolve::Document;

impl Document<'_> {
    /// The actors that "they", "the two leaders", "the three presidents" or "both sides" at a token stand for; none where
    /// there are not so many of them.
    pub fn together(&self, sentence: usize, token: usize, people: bool) -> Vec<ActorId> {
        let mut found = self.spoken_of_together(sentence, token, people);
        let tree = self.tree(sentence);
        // "They were coming tonight," A wrote: without him.
        let quoted = tree.lower(token) == "they" && (token..tree.len()).any(|t| matches!(tree.word(t), "\"" | "”"));
        if let Some(speaker) = self.speaker(sentence, token).filter(|s| quoted && found.contains(s)) {
            let said = tree.subjects(tree.clause(token).unwrap_or(token)).contains(&token);
            let whole = self.pairs.last().filter(|(_, pair)| pair.contains(&speaker) && said);
            found = whole.map_or(found, |(_, pair)| pair.clone());
            found.retain(|&a| a != speaker);
        }
        let many = self.mention_at(sentence, token).map_or(token..token + 1, |m| m.first..m.end.min(tree.len()));
        let number = many.into_iter().find_map(|t| match tree.lower(t).as_str() {
            "three" => Some(3),
            "four" => Some(4),
            _ => None,
        });
        match number {
            Some(number) if found.len() != number => {
                let group = self.pairs.iter().rev().map(|(_, pair)| pair).find(|pair| pair.len() == number);
                group.filter(|g| g.iter().all(|&a| self.cast.is_person(a) == people)).cloned().unwrap_or_default()
            }
            _ => found,
        }
    }

    fn spoken_of_together(&self, sentence: usize, token: usize, people: bool) -> Vec<ActorId> {
        let fits = |id: ActorId| self.cast.is_person(id) == people;
        if people && let Some(pair) = self.two_of_title(sentence, token).or_else(|| self.told_by(sentence, token)) {
            return pair;
        }
        if people && let Some(pair) = self.pair_ahead(sentence, token) {
            return pair;
        }
        if people && let Some(subject) = self.plural_subject(sentence, token) {
            return subject;
        }
        if people && let Some(group) = self.group_as_object(sentence, token) {
            return group;
        }
        if people && let Some(pair) = self.pair_of_noun(sentence, token) {
            return pair;
        }
        if !people && let Some(sides) = self.sides_of_the_pair(sentence) {
            return sides;
        }
        // "The two then sat with C": C is neither of them.
        let noun = self.mention_at(sentence, token).map_or(token, |m| {
            (m.first..m.end).find(|&t| self.tree(sentence).relation(t) == Deprel::Nsubj).unwrap_or(token)
        });
        let beside = self.named_beside(sentence, noun);
        // The pair last spoken of, unless two others have been named side by side since.
        let pair = self.pairs.iter().rev().find(|(at, pair)| {
            *at <= sentence
                && sentence - at <= 12
                && pair.iter().filter(|&&p| fits(p)).count() >= 2
                && pair.iter().all(|p| !beside.contains(p))
        });
        if let Some((at, pair)) = pair
            && sentence - at <= 3
            && !(people && self.others_since(*at, sentence, token, pair))
        {
            return pair.iter().copied().filter(|&p| fits(p)).collect();
        }
        // "A and B condemned C, an aide said after the two leaders spoke": not with C.
        if people && self.pairs.is_empty() {
            let pairs = self.mentions[self.by_sentence[sentence].clone()].iter().filter(|m| m.end <= token);
            let joined = pairs.filter(|m| self.is_subject(m)).find_map(|m| {
                let side = self.actors_with_coordination(sentence, m.first);
                let two = side.len() == 2
                    && side.iter().all(|&a| fits(a) && !beside.contains(&a))
                    && self.foreign(side[0], side[1]);
                two.then_some(side)
            });
            if let Some(side) = joined {
                return side;
            }
        }
        let mut found: Vec<ActorId> = Vec::new();
        let reach = if self.pairs.is_empty() { 2 } else { 1 };
        let before = self.mentions_before(sentence, token);
        for mention in before.take_while(|m| sentence - m.sentence <= reach) {
            if let Referent::Actor(id) = mention.referent
                && fits(id)
                && (!people || self.cast.get(id).person.is_some())
                && !found.contains(&id)
                && !beside.contains(&id)
                && found.first().is_none_or(|&f| self.foreign(f, id))
            {
                found.push(id);
                if found.len() == 2 {
                    found.reverse();
                    return found;
                }
            }
        }
        pair.or(self.pairs.first())
            .map(|(_, pair)| pair.iter().copied().filter(|&p| fits(p)).collect())
            .unwrap_or_default()
    }

    /// "A told B and C that it was over, according to a readout of calls between the leaders": A with each.
    fn told_by(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let tree = self.tree(sentence);
        let between = (token.saturating_sub(3)..token).any(|t| tree.lower(t) == "between");
        let verb = (0..token).find(|&t| {
            matches!(tree.lemma(t).as_str(), "tell" | "inform" | "assure" | "warn" | "urge")
                && tree.xpos(t) == "VBD"
                && between
        })?;
        let teller = tree.subjects(verb).into_iter().find_map(|s| self.person_at(sentence, s))?;
        let objects = tree
            .children(verb)
            .filter(|&c| c > verb && c < token && matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj));
        let told: Vec<ActorId> = objects
            .flat_map(|o| tree.coordinated(o))
            .filter_map(|o| self.person_at(sentence, o))
            .filter(|&o| self.foreign(teller, o))
            .collect();
        (!told.is_empty()).then(|| std::iter::once(teller).chain(told).collect())
    }

    /// "The two presidents" in a text on two ministers: the two whom it has called presidents, not the pair in hand.
    fn two_of_title(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let text = &self.annotated.document.text;
        let title = match self.mention_at(sentence, token)?.span.of(text).to_lowercase().rsplit(' ').next()? {
            "presidents" => "president",
            "ministers" => "minister",
            _ => return None,
        };
        let called = |m: &Mention| m.span.of(text).to_lowercase().split_whitespace().any(|w| w == title);
        let titled = |id: ActorId| self.mentions.iter().any(|m| m.referent == Referent::Actor(id) && called(m));
        let (at, pair) = self.pairs.last()?;
        let mut people = pair.iter().copied().filter(|&p| self.cast.is_person(p));
        if *at >= sentence || people.clone().count() < 2 || people.any(titled) {
            return None;
        }
        let mut found: Vec<ActorId> = Vec::new();
        for mention in self.mentions_before(sentence, token).take_while(|m| sentence - m.sentence <= 4) {
            if let Referent::Actor(id) = mention.referent
                && self.cast.is_person(id)
                && called(mention)
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
        match found[..] {
            [one, other] if self.foreign(one, other) => Some(vec![other, one]),
            _ => None,
        }
    }

    /// "In their first conversation since the vote, A and B agreed": the two who are still to be named.
    fn pair_ahead(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let tree = self.tree(sentence);
        let noun = tree.head(token).filter(|_| tree.relation(token) == Deprel::NmodPoss)?;
        let verb = tree.head(noun).filter(|&v| tree.relation(noun) == Deprel::Obl && noun < v)?;
        let subject = tree.children(verb).find(|&c| tree.relation(c) == Deprel::Nsubj && noun < c && c < verb)?;
        let pair: Vec<ActorId> =
            tree.coordinated(subject).into_iter().filter_map(|t| self.person_at(sentence, t)).collect();
        (pair.len() >= 2).then_some(pair)
    }

    /// "Putin received them": as the object, the people last named side by side, other than the subject.
    fn group_as_object(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let tree = self.tree(sentence);
        if !tree.word(token).eq_ignore_ascii_case("them")
            || !matches!(tree.relation(token).universal(), Deprel::Obj | Deprel::Iobj | Deprel::Obl)
        {
            return None;
        }
        let subjects = self.subjects_over(sentence, token);
        let before = self.mentions_before(sentence, token);
        for mention in before.take_while(|m| sentence - m.sentence <= 3) {
            let Referent::Actor(id) = mention.referent else { continue };
            if !self.cast.is_person(id) || subjects.contains(&id) {
                continue;
            }
            let mut group: Vec<ActorId> =
                self.side_by_side(mention.sentence, mention).into_iter().filter(|&a| self.cast.is_person(a)).collect();
            group.push(id);
            group.sort_unstable();
            group.dedup();
            if group.len() >= 2 && group.iter().all(|a| !subjects.contains(a)) {
                return Some(group);
            }
        }
        None
    }

    /// Whether two others have been named since a sentence: people of two countries, not both of the pair.
    fn others_since(&self, since: usize, sentence: usize, token: usize, pair: &[ActorId]) -> bool {
        let two = |since: usize| {
            let mut people: Vec<ActorId> = Vec::new();
            for mention in &self.mentions {
                if mention.sentence <= since || (mention.sentence, mention.first) >= (sentence, token) {
                    continue;
                }
                if let Referent::Actor(id) = mention.referent
                    && self.cast.get(id).person.is_some()
                    && !people.contains(&id)
                    && !self.is_spokesperson(id)
                {
                    people.push(id);
                }
            }
            people.len() == 2 && self.foreign(people[0], people[1]) && people.iter().any(|p| !pair.contains(p))
        };
        // In all that was said since, or in the sentence before.
        two(since) || sentence > since + 2 && two(sentence - 2)
    }

    /// "American negotiators have put off their trip": the plural subject before `their` in the sentence.
    fn plural_subject(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let tree = self.tree(sentence);
        if !matches!(tree.word(token).to_lowercase().as_str(), "their" | "they" | "them") {
            return None;
        }
        // "The leaders of Russia, Turkey and Iran gathered for their summit."
        let leaders = (0..token).rev().find(|&t| tree.relation(t) == Deprel::Nsubj && tree.xpos(t) == "NNS");
        if let Some(noun) = leaders.filter(|&t| self.knowledge.cues.has("side", &tree.lemma(t))) {
            let mut named: Vec<ActorId> = Vec::new();
            for child in tree.children(noun).filter(|&c| matches!(tree.case(c).as_str(), "of" | "from")) {
                for at in tree.coordinated(child) {
                    if let Some(Mention { referent: Referent::Actor(id), .. }) = self.mention_at(sentence, at)
                        && !named.contains(id)
                    {
                        named.push(*id);
                    }
                }
            }
            if named.len() >= 2 {
                return Some(named);
            }
        }
        let subject = self.mentions[self.by_sentence[sentence].clone()]
            .iter()
            .rfind(|m| m.first < token && self.is_subject(m) && matches!(m.referent, Referent::Actor(_)))?;
        let several = matches!(tree.xpos(subject.end - 1), "NNS" | "NNPS")
            // "Group of Seven foreign ministers", whose name is all that is known.
            || tree.xpos(subject.end) == "NNS" && matches!(tree.lemma(subject.end).as_str(), "minister" | "leader")
            || tree.xpos(subject.end + 1) == "NNS"
                && matches!(tree.lemma(subject.end + 1).as_str(), "minister" | "leader");
        // Not through `actors_at`: what is coordinated with it may be the very word that is asked about.
        let alone = (subject.first..subject.end).all(|t| tree.by_relation(t, "conj").is_empty());
        match subject.referent {
            Referent::Actor(id) if several && alone && !self.cast.is_person(id) => Some(vec![id]),
            _ => None,
        }
    }

    /// "The ninth call between the two leaders": those of the last call told of, whoever else has met since.
    fn pair_of_noun(&self, sentence: usize, token: usize) -> Option<Vec<ActorId>> {
        let tree = self.tree(sentence);
        let end = self.mention_at(sentence, token).map_or(token + 1, |m| m.end);
        let head = (token..end).find_map(|t| tree.head(t).filter(|h| !(token..end).contains(h)))?;
        if tree.upos(head) != Upos::Noun {
            return None;
        }
        let group = self.knowledge.patterns.by_lemma(&tree.lemma(head)).next()?.kind.group();
        // "Any conversation between the two" is none that was told of.
        if tree.children(head).any(|c| matches!(tree.lower(c).as_str(), "any" | "no")) {
            return None;
        }
        // "A speaks with B regularly; their last conversation …"
        if token > 0 && tree.lower(token - 1) == ";" {
            let mut here: Vec<ActorId> = Vec::new();
            for mention in self.mentions[self.by_sentence[sentence].clone()].iter().filter(|m| m.end <= token) {
                match mention.referent {
                    Referent::Actor(id) if self.cast.is_person(id) && !here.contains(&id) => here.push(id),
                    _ => {}
                }
            }
            if here.len() == 2 && self.foreign(here[0], here[1]) {
                return Some(here);
            }
        }
        // "A left early, so as not to keep B waiting. Their previous conversation …": the two just named, if the text told of a
        // contact of theirs.
        let mut just: Vec<ActorId> = Vec::new();
        for mention in &self.mentions[self.by_sentence[sentence.saturating_sub(1)].clone()] {
            match mention.referent {
                Referent::Actor(id) if self.cast.is_person(id) && !just.contains(&id) => just.push(id),
                _ => {}
            }
        }
        let theirs = |pair: &Vec<ActorId>| pair.len() == 2 && pair.iter().all(|p| just.contains(p));
        let told = || self.pairs.iter().zip(&self.pair_kinds).any(|((_, pair), kind)| *kind == group && theirs(pair));
        if sentence > 0 && just.len() == 2 && told() {
            return Some(just);
        }
        self.pairs
            .iter()
            .zip(&self.pair_kinds)
            .rev()
            .find(|((at, pair), kind)| {
                *at <= sentence
                    && sentence - at <= 12
                    && **kind == group
                    && pair.iter().filter(|&&p| self.cast.is_person(p)).count() >= 2
            })
            .map(|((_, pair), _)| pair.iter().copied().filter(|&p| self.cast.is_person(p)).collect())
    }

    /// The states for which those last spoken of together act: "the two countries" after a call of two presidents.
    fn sides_of_the_pair(&self, sentence: usize) -> Option<Vec<ActorId>> {
        let near = self.pairs.iter().rev().filter(|(at, _)| *at <= sentence && sentence - at <= 4);
        near.take(2).find_map(|(_, pair)| {
            let mut sides: Vec<ActorId> = Vec::new();
            for &one in pair {
                let side = if self.cast.is_person(one) { self.cast.state_of(one)? } else { one };
                if !sides.contains(&side) {
                    sides.push(side);
                }
            }
            (sides.len() == 2).then_some(sides)
        })
    }
}
