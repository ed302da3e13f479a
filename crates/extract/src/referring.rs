//! Owns words that refer to somebody named elsewhere: pronouns, counterparts, "the two leaders", sets such as "European leaders".

use readout_actors::Entry;
use readout_types::{NameKind, Upos};

use crate::mentions::{Anaphor, Referent, Scan};

fn anaphor_state() -> Referent {
    Referent::Anaphor(Anaphor { state: true, ..Anaphor::default() })
}

/// Regions and adjectives that with `leaders`, `allies` and so on name a set of people.
const GROUP_ADJECTIVES: [&str; 14] = [
    "european", "african", "arab", "gulf", "asian", "western", "eu", "nato", "nordic", "baltic", "regional", "allied",
    "american", "muslim",
];

/// Parties to a conflict within a country, in the words of the news.
const FACTIONS: [&str; 16] = [
    "rebels",
    "opposition",
    "separatists",
    "insurgents",
    "guerrillas",
    "militants",
    "factions",
    "resistance",
    "militias",
    "secessionists",
    "dissidents",
    "islamists",
    "junta",
    "jihadists",
    "paramilitaries",
    "maoists",
];

/// People in the plural who act for a side rather than being one: `their teams`.
fn acts_for_a_side(word: &str) -> bool {
    matches!(
        word,
        "teams"
            | "delegations"
            | "negotiators"
            | "advisers"
            | "advisors"
            | "aides"
            | "envoys"
            | "experts"
            | "representatives"
            | "sides"
            | "governments"
            | "staffs"
    )
}

impl Scan<'_> {
    pub(crate) fn pronoun(&self, at: usize) -> Option<(Referent, usize, usize)> {
        let word = &self.words[at];
        let anaphor = |female, speaker| Referent::Anaphor(Anaphor { female, speaker, ..Anaphor::default() });
        let referent = match word.folded.as_str() {
            "he" | "him" | "himself" => anaphor(Some(false), false),
            "his" => {
                if let Some(found) = self.counterpart(at + 1) {
                    return Some((found.0, at, found.1));
                }
                anaphor(Some(false), false)
            }
            "she" | "herself" | "her" => {
                if let Some(found) = self.counterpart(at + 1) {
                    return Some((found.0, at, found.1));
                }
                anaphor(Some(true), false)
            }
            "i" | "me" | "my" if word.folded != "i" || word.capital => anaphor(None, true),
            "we" | "our" => anaphor(None, true),
            "it" => anaphor_state(),
            "they" | "them" | "themselves" => Referent::Together { people: true },
            // "Both had talks with B", not "both sides" nor "A and B both said".
            "both" if self.is_subject(at) => Referent::Together { people: true },
            "their" => {
                if let Some(found) = self.counterpart(at + 1) {
                    return Some((found.0, at, found.1));
                }
                // "their teams", "their chief negotiators": the two sides.
                if let Some(end) =
                    (at + 1..at + 3).find(|&i| self.words.get(i).is_some_and(|w| acts_for_a_side(&w.folded)))
                {
                    return Some((Referent::Together { people: false }, at, end + 1));
                }
                Referent::Together { people: true }
            }
            _ => return None,
        };
        Some((referent, at, at + 1))
    }

    /// `Russian counterpart`, `counterpart`, with a name after it if there is one.
    pub(crate) fn counterpart(&self, at: usize) -> Option<(Referent, usize)> {
        let (country, next) = match self.country(at) {
            Some((code, end, _)) => (Some(code), end),
            None => (None, at),
        };
        let next = if self.is(next, "direct") || self.is(next, "new") { next + 1 } else { next };
        let word = self.words.get(next)?;
        if !matches!(word.folded.as_str(), "counterpart" | "counterparts" | "opposite") {
            return None;
        }
        let number = usize::from(word.folded == "opposite");
        if number == 1 && !self.words.get(next + 1).is_some_and(|w| w.folded.starts_with("number")) {
            return None;
        }
        // A name follows: that is the mention, and this one says nothing more.
        let mut end = next + 1 + number;
        let mut country = country;
        if country.is_none()
            && (self.is(end, "in") || self.is(end, "from"))
            && self.flows(end)
            && let Some((code, after, false)) = self.country(end + 1)
        {
            // "his counterpart in Doha", "her opposite number from Guinea"
            country = Some(code);
            end = after;
        }
        let named = self.name_at(end).is_some_and(|n| n.kind == NameKind::Person);
        let capitals = (end..end + 2).all(|i| self.words.get(i).is_some_and(|w| w.capital)) && self.flows(end + 1);
        // "his German counterpart, Annalena Baerbock,"
        let apposed = named && self.gap(end).trim() == ",";
        if (named || capitals) && self.flows(end) || apposed {
            return None;
        }
        Some((Referent::Anaphor(Anaphor { country, counterpart: true, ..Anaphor::default() }), end))
    }

    /// `the two Koreas`, `both Sudans`.
    pub(crate) fn namesakes(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        let marked = |i: usize| self.is(i, "the") || self.is(i, "two") || self.is(i, "both");
        let noun = (at..at + 3).find(|&i| !marked(i)).filter(|&i| i > at)?;
        let (one, other) = match self.words.get(noun)?.folded.as_str() {
            "koreas" => ("KR", "KP"),
            "sudans" => ("SD", "SS"),
            "congos" => ("CD", "CG"),
            _ => return None,
        };
        let one = self.cast.add_country(self.knowledge, one)?;
        let other = self.cast.add_country(self.knowledge, other)?;
        Some((Referent::Namesakes(one, other), at, noun + 1))
    }

    /// `the two leaders`, `both presidents`, `the pair`.
    pub(crate) fn together(&self, at: usize) -> Option<(Referent, usize, usize)> {
        // "Many of the leaders": not those two.
        let part = |w: &str| {
            matches!(w, "many" | "some" | "most" | "several" | "all" | "none" | "each" | "few" | "any" | "one")
        };
        if at > 1 && self.is(at - 1, "of") && self.words.get(at - 2).is_some_and(|w| part(&w.folded)) {
            return None;
        }
        let mut i = at;
        let mut marked = false;
        if self.is(i, "the") || self.is(i, "these") || self.is(i, "both") {
            marked |= self.is(i, "both");
            i += 1;
        }
        if i == at && !self.is(i, "two") {
            return None;
        }
        if self.is(i, "two") || self.is(i, "three") || self.is(i, "four") {
            marked = true;
            i += 1;
            // "the two warring countries"
            if self.words.get(i + 1).is_some() && self.upos(i) == Upos::Adj && self.offices(i).is_none() {
                i += 1;
            }
        }
        if i == at + 2 && self.is(at, "the") && self.is(at + 1, "two") && !self.is(i, "of") && self.stands_alone(i) {
            return Some((Referent::Together { people: true }, at, i));
        }
        // "the full delegations", "the negotiating teams"
        if i == at + 1 && self.is(at, "the") {
            let noun = if self.words.get(i).is_some_and(|w| {
                matches!(w.folded.as_str(), "full" | "negotiating" | "rival" | "respective" | "opposing" | "national")
            }) {
                i + 1
            } else {
                i
            };
            let sides = self.is(noun, "delegations") || self.is(noun, "sides") || self.is(noun, "teams") && noun > i;
            if sides && !self.is(noun + 1, "of") && !self.is(noun + 1, "from") {
                return Some((Referent::Together { people: false }, at, noun + 1));
            }
        }
        if i > at && (self.is(i, "pair") || self.is(i, "duo")) {
            return Some((Referent::Together { people: true }, at, i + 1));
        }
        let title = self.offices(i);
        let (lemma, end) = match &title {
            Some((_, end)) => (self.words[*end - 1].folded.trim_end_matches('s').to_owned(), *end),
            None => (self.words.get(i)?.folded.clone(), i + 1),
        };
        let plural = self.words[end - 1].folded.ends_with('s') || self.words[end - 1].folded == "men";
        let singular =
            lemma.trim_end_matches('s').replace("ies", "y").replace("countrie", "country").replace("partie", "party");
        let singular = if singular == "men" { "man".to_owned() } else { singular };
        let states = matches!(
            singular.as_str(),
            "side" | "country" | "nation" | "party" | "government" | "delegation" | "capital" | "power"
        ) || marked && acts_for_a_side(&format!("{singular}s"));
        let people = matches!(
            singular.as_str(),
            "leader"
                | "president"
                | "man"
                | "minister"
                | "counterpart"
                | "head"
                | "politician"
                | "statesman"
                | "premier"
                | "diplomat"
                | "official"
                | "interlocutor"
                | "chancellor"
                | "spokesman"
        ) || title.is_some() && plural;
        if !plural || !(states || people) {
            return None;
        }
        // "the Russian and American presidents" and "the leaders of France and Germany" name them.
        if self.is(end, "of") || self.is(end, "from") {
            return None;
        }
        if !marked && states {
            return None;
        }
        Some((Referent::Together { people }, at, end))
    }

    /// Whether a word is by itself the subject of a clause.
    fn is_subject(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[self.tokens[at]];
        token.deprel.universal() == readout_types::Deprel::Nsubj
    }

    /// Whether the word at `at` begins something else than a noun: `the two` before it are people.
    fn stands_alone(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|_| {
            !self.flows(at)
                || matches!(self.upos(at), Upos::Verb | Upos::Aux | Upos::Adv | Upos::Adp | Upos::Sconj | Upos::Cconj)
                // "Between the two that day"
                || matches!(self.words[at].folded.as_str(), "that" | "this" | "last" | "since")
        })
    }

    /// `Darfur rebels`, `the Syrian armed opposition`, `Venezuela's opposition`: a party to a conflict that is no state. One
    /// that the tables know under that name is theirs.
    fn faction(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        let (named, entries) = self.longest(at)?;
        let placed = entries.iter().any(|e| match e {
            Entry::Demonym(code) | Entry::Country(code) => code.len() == 2,
            Entry::Place(_) => true,
            _ => false,
        });
        if !placed || !self.words[at].capital {
            return None;
        }
        let mut noun = self.skip_possessive(named);
        while noun < named + 4
            && self.flows(noun)
            && self.words.get(noun).is_some_and(|w| {
                matches!(
                    w.folded.as_str(),
                    "armed" | "main" | "political" | "democratic" | "rebel" | "separatist" | "exiled" | "opposition"
                ) && self.words.get(noun + 1).is_some_and(|n| n.span.start <= w.span.end + 1)
                    && self.flows(noun + 1)
                    && FACTIONS.contains(&self.words[noun + 1].folded.as_str())
            })
        {
            noun += 1;
        }
        let last = self.words.get(noun).filter(|w| self.flows(noun) && FACTIONS.contains(&w.folded.as_str()))?;
        // "Opposition leader": a person's title.
        if matches!(last.folded.as_str(), "opposition" | "resistance")
            && self.words.get(noun + 1).is_some_and(|_| self.flows(noun + 1) && self.offices(noun + 1).is_some())
        {
            return None;
        }
        let name = self.text[self.words[at].span.start as usize..last.span.end as usize]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let parts = readout_actors::words(&name);
        let known = self.knowledge.lexicon.longest(&name, &parts, 0).filter(|m| m.end == parts.len()).and_then(|m| {
            m.entries.iter().find_map(|e| match e {
                Entry::Country(code) | Entry::Demonym(code) if code.len() > 2 => Some(code.clone()),
                _ => None,
            })
        });
        let id = match known.and_then(|code| self.cast.add_country(self.knowledge, &code)) {
            Some(id) => id,
            None => self.cast.add_group(&name, None),
        };
        Some((Referent::Actor(id), at, noun + 1))
    }

    /// `European leaders`, `NATO allies`.
    pub(crate) fn group(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        if let Some(found) = self.faction(at) {
            return Some(found);
        }
        let word = self.words.get(at)?;
        if !GROUP_ADJECTIVES.contains(&word.folded.as_str()) {
            return None;
        }
        let mut next = at + 1;
        if self.is(next, "and")
            && self.words.get(next + 1).is_some_and(|w| GROUP_ADJECTIVES.contains(&w.folded.as_str()))
        {
            next += 2;
        }
        let noun = self.words.get(next)?;
        if !matches!(
            noun.folded.as_str(),
            "leaders"
                | "allies"
                | "presidents"
                | "ministers"
                | "partners"
                | "states"
                | "nations"
                | "counterparts"
                | "diplomats"
                | "heads"
        ) {
            return None;
        }
        if word.folded == "american" && noun.folded != "leaders" {
            return None;
        }
        let name = self.text[word.span.start as usize..noun.span.end as usize]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let name = if name.starts_with("EU ") { name.replacen("EU", "European Union", 1) } else { name };
        let id = self.cast.add_group(&name, None);
        Some((Referent::Actor(id), at, next + 1))
    }
}
