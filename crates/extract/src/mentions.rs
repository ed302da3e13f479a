//! Owns mentions: every place in a document where an actor, a set of actors or a pronoun for one stands.

use readout_actors::{CountryKind, Entry, Office, PersonId, Word, words};
use readout_types::{Annotated, Name, NameKind, Span, Upos};

use crate::Knowledge;
use crate::actors::{ActorId, Cast};

/// What a mention stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referent {
    /// One actor.
    Actor(ActorId),
    /// A nationality word before another noun, by code: `Russian` oil, the `U.S.`-Russia summit.
    Adjective(ActorId),
    /// A city, site or region, with the code of its country.
    Place(String),
    /// The actors last spoken of together: `the two leaders`, `they`, `both sides`. Whether people are meant, or states.
    Together {
        /// People rather than states.
        people: bool,
    },
    /// A person to be found before it: `he`, `her`, `the president`.
    Anaphor(Anaphor),
}

/// What is known of the person a pronoun or bare title stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anaphor {
    /// Gender.
    pub female: Option<bool>,
    /// First person: the speaker.
    pub speaker: bool,
    /// A state or institution rather than a person: `it`.
    pub state: bool,
    /// Offices the person may hold.
    pub offices: Vec<Office>,
    /// The title as folded words: `prime minister`.
    pub title: String,
    /// Country the person acts for.
    pub country: Option<String>,
    /// `his Russian counterpart`: the office is that of the actor the possessive stands for.
    pub counterpart: bool,
}

/// A mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Bytes of the clean text.
    pub span: Span,
    /// What it stands for.
    pub referent: Referent,
}

/// Finds the actors of a document and all mentions of them, in order of the text.
pub fn find(annotated: &Annotated, knowledge: &Knowledge, cast: &mut Cast) -> Vec<Mention> {
    let text = &annotated.document.text;
    let all = words(text);
    collect_full_names(annotated, knowledge, cast, &all);
    let mut mentions = Vec::new();
    let mut name_at = 0;
    for (index, sentence) in annotated.sentences.iter().enumerate() {
        while name_at < annotated.names.len() && (annotated.names[name_at].sentence as usize) < index {
            name_at += 1;
        }
        let name_end = annotated.names[name_at..].iter().take_while(|n| n.sentence as usize == index).count() + name_at;
        let from = all.partition_point(|w| w.span.start < sentence.span.start);
        let to = all.partition_point(|w| w.span.start < sentence.span.end);
        let mut scan = Scan {
            text,
            words: &all[from..to],
            tokens: all[from..to]
                .iter()
                .map(|w| sentence.tokens.partition_point(|t| t.span.end <= w.span.start).min(sentence.tokens.len() - 1))
                .collect(),
            sentence,
            index,
            names: &annotated.names[name_at..name_end],
            knowledge,
            cast,
        };
        scan.run(&mut mentions);
    }
    mentions
}

/// Puts everybody into the cast who is named in full anywhere in the text, so that surnames before it are understood.
fn collect_full_names(annotated: &Annotated, knowledge: &Knowledge, cast: &mut Cast, all: &[Word]) {
    let text = &annotated.document.text;
    let mut known = Vec::new();
    for block in annotated.document.blocks.iter().filter(|b| b.kind.is_text()) {
        let mut at = all.partition_point(|w| w.span.start < block.span.start);
        while at < all.len() && all[at].span.start < block.span.end {
            let Some(found) = knowledge.lexicon.longest(text, all, at) else {
                at += 1;
                continue;
            };
            let person = found.entries.iter().find_map(|e| match e {
                Entry::Person(ids) if found.end - found.first >= 2 => Some(ids),
                _ => None,
            });
            if let Some(ids) = person
                && let Some(id) = choose_person(knowledge, ids, None, &[], cast)
            {
                cast.add_known(knowledge, id);
                known.push(found.span);
            }
            at = found.end;
        }
    }
    for name in annotated.names.iter().filter(|n| n.kind == NameKind::Person && n.end - n.first >= 2) {
        if !known.iter().any(|k| k.overlaps(name.span)) && plausible_name(name.span.of(text)) {
            let (span, role_words) = without_title(knowledge, text, name.span);
            if span.of(text).split_whitespace().count() >= 2 {
                let last = span.of(text).split_whitespace().last().unwrap_or("");
                // A surname with a title before it is no full name.
                if !(role_words && last == span.of(text)) {
                    cast.add_named(knowledge, span.of(text), None, None);
                }
            }
        }
    }
}

fn plausible_name(name: &str) -> bool {
    name.split_whitespace().all(|w| w.chars().next().is_some_and(|c| c.is_uppercase()) || w.len() <= 4)
        && !name.contains(" and ")
        && !name.contains(['/', '@', '_', '(', '"', '“', ','])
        && !name.split_whitespace().any(|w| w.len() > 3 && w.chars().all(|c| c.is_uppercase()))
}

/// The part of a name that the model gave without titles the tables know at its front.
fn without_title(knowledge: &Knowledge, text: &str, span: Span) -> (Span, bool) {
    let list: Vec<Word> = words(span.of(text));
    let mut first = 0;
    while first < list.len() {
        match knowledge.lexicon.longest(span.of(text), &list, first) {
            Some(m)
                if m.entries.iter().any(|e| matches!(e, Entry::Title(_) | Entry::Demonym(_) | Entry::Country(_)))
                    && m.end < list.len() =>
            {
                first = m.end
            }
            _ => break,
        }
    }
    let start = list.get(first).map_or(span.start, |w| span.start + w.span.start);
    (Span { start, end: span.end }, first > 0)
}

/// The most likely of several people of one name: of that country and office if any is, in office on the day, of high rank.
pub fn choose_person(
    knowledge: &Knowledge,
    ids: &[PersonId],
    country: Option<&str>,
    offices: &[Office],
    cast: &Cast,
) -> Option<PersonId> {
    ids.iter()
        .copied()
        .map(|id| (score_person(knowledge, id, country, offices, cast), id))
        .max_by_key(|&(score, id)| (score, std::cmp::Reverse(id)))
        .map(|(_, id)| id)
}

/// How well a person of the table fits country, offices and day.
pub fn score_person(
    knowledge: &Knowledge,
    id: PersonId,
    country: Option<&str>,
    offices: &[Office],
    cast: &Cast,
) -> i32 {
    let person = knowledge.table.person(id);
    person
        .terms
        .iter()
        .map(|term| {
            let mut score = 0;
            if let Some(code) = country {
                score += if term.country == code { 40 } else { -40 };
            }
            if !offices.is_empty() && offices != ["person"] {
                score += if offices.contains(&term.office) { 30 } else { 0 };
            }
            match cast.day {
                Some(day) if term.includes(day) => score += 20,
                Some(day) => {
                    let years = match (term.span.earliest, term.span.latest) {
                        (_, Some(end)) if end < day => (day.year() - end.year()) as i32,
                        (Some(start), _) if start > day => 6 + (start.year() - day.year()) as i32,
                        _ => 0,
                    };
                    score += 10 - years.min(20);
                }
                None if term.span.latest.is_none() => score += 20,
                None => score += term.span.latest.map_or(0, |d| (d.year() as i32 - 2000).clamp(0, 18)),
            }
            score
                + match term.office {
                    "head_of_state" | "head_of_government" | "head_of_organisation" => 8,
                    "foreign_minister" | "head_of_state_elect" => 6,
                    "deputy_head" | "defence_minister" | "security_adviser" | "spokesperson" => 4,
                    _ => 0,
                }
        })
        .max()
        .unwrap_or(-100)
}

struct Scan<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Token of each word.
    tokens: Vec<usize>,
    sentence: &'a readout_types::Sentence,
    index: usize,
    names: &'a [Name],
    knowledge: &'a Knowledge,
    cast: &'a mut Cast,
}

fn anaphor_state() -> Referent {
    Referent::Anaphor(Anaphor { state: true, ..Anaphor::default() })
}

/// Surnames of the tables that are far more often other words.
const NOT_SURNAMES: [&str; 40] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "black",
    "white",
    "west",
    "north",
    "south",
    "east",
    "day",
    "general",
    "war",
    "peace",
    "union",
    "council",
    "house",
    "state",
    "good",
    "long",
    "best",
    "will",
    "bay",
    "hope",
    "justice",
    "power",
    "ocean",
];

/// Words that may stand between a country and a title, or before a title.
const TITLE_MODIFIERS: [&str; 23] = [
    "former",
    "then",
    "ex",
    "outgoing",
    "incoming",
    "new",
    "newly",
    "elected",
    "visiting",
    "current",
    "top",
    "senior",
    "chief",
    "veteran",
    "re",
    "late",
    "long",
    "time",
    "sitting",
    "appointed",
    "recently",
    "longtime",
    "fellow",
];

/// Regions and adjectives that with `leaders`, `allies` and so on name a set of people.
const GROUP_ADJECTIVES: [&str; 14] = [
    "european", "african", "arab", "gulf", "asian", "western", "eu", "nato", "nordic", "baltic", "regional", "allied",
    "american", "muslim",
];

impl Scan<'_> {
    fn run(&mut self, out: &mut Vec<Mention>) {
        let mut at = 0;
        while at < self.words.len() {
            match self.phrase(at) {
                Some((referent, first, end)) => {
                    let referent = self.settle_counterpart(referent, out, end);
                    let (a, b) = (self.tokens[first], self.tokens[end - 1]);
                    out.push(Mention {
                        sentence: self.index,
                        first: a.min(b),
                        end: b.max(a) + 1,
                        span: self.words[first].span.cover(self.words[end - 1].span),
                        referent,
                    });
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// `his Russian counterpart` is who held the office of the person named before; several counterparts are the side.
    fn settle_counterpart(&mut self, referent: Referent, before: &[Mention], end: usize) -> Referent {
        let Referent::Anaphor(Anaphor { counterpart: true, country: Some(code), .. }) = &referent else {
            return referent;
        };
        let code = code.clone();
        let plural = self.words[end - 1].folded.ends_with('s');
        let own = before.iter().rev().take(12).find_map(|m| match m.referent {
            Referent::Actor(id) if self.cast.country(id) != Some(&code) => self.cast.get(id).person,
            _ => None,
        });
        let office = own.and_then(|p| self.knowledge.table.person(p).term_on(self.cast.day)).map(|t| match t.office {
            "head_of_state" | "head_of_government" | "head_of_state_elect" => "leader",
            other => other,
        });
        if !plural
            && let Some(&holder) =
                office.and_then(|o| self.knowledge.table.holders(&code, o, self.cast.day).first().copied()).as_ref()
        {
            return Referent::Actor(self.cast.add_known(self.knowledge, holder));
        }
        match self.cast.add_country(self.knowledge, &code) {
            Some(id) => Referent::Actor(id),
            None => referent,
        }
    }

    fn longest(&self, at: usize) -> Option<(usize, Vec<Entry>)> {
        let found = self.knowledge.lexicon.longest(self.text, self.words, at)?;
        Some((found.end, found.entries))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.words.get(at).is_some_and(|w| w.folded == word)
    }

    fn gap(&self, at: usize) -> &str {
        match (self.words.get(at.wrapping_sub(1)), self.words.get(at)) {
            (Some(a), Some(b)) => &self.text[a.span.end as usize..b.span.start as usize],
            _ => "",
        }
    }

    /// Whether word `at` follows the one before it without a punctuation mark that ends a phrase.
    fn flows(&self, at: usize) -> bool {
        at == 0 || !self.gap(at).contains([',', ';', ':', '(', ')', '“', '”', '"', '—', '!', '?'])
    }

    fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[self.tokens[at]].upos
    }

    fn name_at(&self, at: usize) -> Option<&Name> {
        let token = *self.tokens.get(at)? as u32;
        self.names.iter().find(|n| n.first <= token && token < n.end)
    }

    /// Past the words of a possessive `'s`.
    fn skip_possessive(&self, at: usize) -> usize {
        if self.is(at, "s") && self.gap(at).trim().len() <= 3 && self.gap(at).contains(['\'', '’']) {
            at + 1
        } else {
            at
        }
    }

    /// The code at a word, with the end of the name.
    fn country(&self, at: usize) -> Option<(String, usize, bool)> {
        let (end, entries) = self.longest(at)?;
        let mut best: Option<(String, usize, bool)> = None;
        for entry in &entries {
            match entry {
                Entry::Country(code) => return Some((code.clone(), end, false)),
                Entry::Demonym(code) => best = Some((code.clone(), end, true)),
                Entry::Metonym(code) if best.is_none() => best = Some((code.clone(), end, false)),
                _ => {}
            }
        }
        best
    }

    fn offices(&self, at: usize) -> Option<(Vec<Office>, usize)> {
        let (end, entries) = self.longest(at)?;
        entries.into_iter().find_map(|e| match e {
            Entry::Title(offices) => Some((offices, end)),
            _ => None,
        })
    }

    /// The mention that begins at a word, with its first and end word.
    fn phrase(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        if let Some(found) = self.shared_name(at) {
            return Some(found);
        }
        if let Some(found) = self.pronoun(at) {
            return Some(found);
        }
        if let Some(found) = self.together(at) {
            return Some(found);
        }
        if let Some(found) = self.group(at) {
            return Some(found);
        }
        self.noun_phrase(at)
    }

    /// `North` in "North and South Korea": the name it shares.
    fn shared_name(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        let word = self.words.get(at)?;
        if !word.capital || !matches!(word.folded.as_str(), "north" | "south") || !self.is(at + 1, "and") {
            return None;
        }
        let noun = self.words.get(at + 3)?;
        let name = format!("{} {}", word.span.of(self.text), noun.span.of(self.text));
        let parts = readout_actors::words(&name);
        let found = self.knowledge.lexicon.longest(&name, &parts, 0).filter(|m| m.end == parts.len())?;
        let code = found.entries.iter().find_map(|e| match e {
            Entry::Country(code) => Some(code.clone()),
            _ => None,
        })?;
        let id = self.cast.add_country(self.knowledge, &code)?;
        Some((Referent::Actor(id), at, at + 1))
    }

    fn pronoun(&self, at: usize) -> Option<(Referent, usize, usize)> {
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
            "their" => {
                if let Some(found) = self.counterpart(at + 1) {
                    return Some((found.0, at, found.1));
                }
                Referent::Together { people: true }
            }
            _ => return None,
        };
        Some((referent, at, at + 1))
    }

    /// `Russian counterpart`, `counterpart`, with a name after it if there is one.
    fn counterpart(&self, at: usize) -> Option<(Referent, usize)> {
        let (country, next) = match self.country(at) {
            Some((code, end, _)) => (Some(code), end),
            None => (None, at),
        };
        let word = self.words.get(next)?;
        if !matches!(word.folded.as_str(), "counterpart" | "counterparts" | "opposite") {
            return None;
        }
        // A name follows: that is the mention, and this one says nothing more.
        let end = next + 1;
        if self.name_at(end).is_some_and(|n| n.kind == NameKind::Person) && self.flows(end) {
            return None;
        }
        Some((Referent::Anaphor(Anaphor { country, counterpart: true, ..Anaphor::default() }), end))
    }

    /// `the two leaders`, `both presidents`, `the pair`.
    fn together(&self, at: usize) -> Option<(Referent, usize, usize)> {
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
        );
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

    /// `European leaders`, `NATO allies`.
    fn group(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
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

    /// `[country] [titles] [of country] [name] [of country]`, in any part.
    fn noun_phrase(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        let mut i = at;
        let mut country: Option<(String, bool)> = None;
        let mut country_end = at;
        if let Some((code, end, demonym)) = self.country(i)
            && !self.starts_person(i, end)
        {
            country = Some((code, demonym));
            country_end = end;
            i = self.skip_possessive(end);
        }
        let possessive = i > country_end;
        // Titles, with modifiers before them.
        let mut probe = i;
        while self.words.get(probe).is_some_and(|w| TITLE_MODIFIERS.contains(&w.folded.as_str())) && probe < i + 4 {
            probe += 1;
        }
        let title_start = probe;
        let mut offices: Vec<Office> = Vec::new();
        let mut title_end = probe;
        while let Some((found, end)) = self.offices(title_end) {
            if title_end > title_start && !self.flows(title_end) {
                break;
            }
            offices = if offices.is_empty() || !found.contains(&"person") { found } else { offices };
            title_end = end;
            if title_end >= self.words.len() {
                break;
            }
        }
        let mut title_words = (title_start, title_end);
        if title_end == title_start {
            // Words such as "Economy" before "Minister", and titles that no table knows, are passed over.
            if let Some((found, start, end)) = self.unknown_title(i) {
                offices = found;
                title_words = (start, end);
                title_end = end;
            } else {
                title_end = i;
            }
        }
        let titled = !offices.is_empty();
        let mut next = title_end;
        // "President of Turkey", "Foreign Minister of the Russian Federation", "adviser to the Prime Minister".
        if titled && self.is(next, "of") && self.flows(next) {
            let skip = if self.is(next + 1, "the") { next + 2 } else { next + 1 };
            if let Some((code, end, _)) = self.country(skip) {
                country = Some((code, false));
                next = end;
            } else if self.is(skip, "republic") || self.is(skip, "state") || self.is(skip, "kingdom") {
                let after = if self.is(skip + 1, "of") { skip + 2 } else { skip + 1 };
                if let Some((code, end, _)) = self.country(after) {
                    country = Some((code, false));
                    next = end;
                }
            }
        }
        let code = country.as_ref().map(|c| c.0.clone());
        // A name.
        if next < self.words.len()
            && (next == at || self.flows(next))
            && (titled || possessive || next == at || country.as_ref().is_some_and(|c| c.1))
        {
            if let Some((id, end)) = self.person(next, code.as_deref(), &offices) {
                return Some(self.after_name(id, at, end, code, titled.then_some(title_words)));
            }
        }
        if titled && title_words.1 > title_words.0 {
            let single =
                !self.words[title_words.1 - 1].folded.ends_with('s') || self.words[title_words.1 - 1].folded == "s";
            if offices != ["person"] && single {
                if let Some(code) = &code {
                    return self.office_holder(code, &offices, title_words, at, next);
                }
                let definite = at > 0 && (self.is(at - 1, "the") || self.is(at - 1, "our"));
                if (definite || self.words[title_words.0].capital)
                    && matches!(
                        offices[0],
                        "head_of_state"
                            | "head_of_state_elect"
                            | "head_of_government"
                            | "deputy_head"
                            | "foreign_minister"
                            | "royal"
                            | "leader"
                            | "head_of_organisation"
                            | "defence_minister"
                            | "security_adviser"
                    )
                {
                    let title: Vec<&str> =
                        self.words[title_words.0..title_words.1].iter().map(|w| w.folded.as_str()).collect();
                    let anaphor = Anaphor { offices, title: title.join(" "), ..Anaphor::default() };
                    return Some((Referent::Anaphor(anaphor), at, next));
                }
                return None;
            }
            if let Some(code) = &code {
                // "Russian officials", "American diplomats": the side.
                let id = self.cast.add_country(self.knowledge, code)?;
                return Some((Referent::Actor(id), at, next.max(title_words.1)));
            }
        }
        let (code, demonym) = country?;
        // "the Russian Security Council" is not the one of the United Nations.
        let organisation = self
            .knowledge
            .table
            .country(&code)
            .is_some_and(|c| matches!(c.kind, CountryKind::Organisation | CountryKind::Forum));
        if organisation
            && at > 0
            && self.flows(at)
            && self.country(at - 1).is_some_and(|(_, end, adjective)| adjective && end == at)
        {
            return None;
        }
        let id = self.cast.add_country(self.knowledge, &code)?;
        if demonym {
            // "the Russian side", "the Russians"; otherwise an adjective.
            let mut j = country_end;
            while j < country_end + 3 && self.words.get(j).is_some_and(|_| self.flows(j)) {
                let lemma = self.sentence.tokens[self.tokens[j]].lemma.to_lowercase();
                if self.knowledge.cues.has("side", &lemma) && matches!(self.upos(j), Upos::Noun | Upos::Propn) {
                    return Some((Referent::Actor(id), at, j + 1));
                }
                if !matches!(self.upos(j), Upos::Noun | Upos::Propn | Upos::Adj) {
                    break;
                }
                j += 1;
            }
            let plural_people =
                self.words[country_end - 1].folded.ends_with('s') && self.upos(country_end - 1) != Upos::Adj;
            let acronym = self.words[at..country_end].iter().all(|w| w.folded.len() <= 2);
            let referent = if plural_people && !acronym { Referent::Actor(id) } else { Referent::Adjective(id) };
            return Some((referent, at, country_end));
        }
        let referent = self.country_or_place(at, country_end, id, &code);
        Some((referent, at, country_end))
    }

    /// A name that is both a country's metonym and a place stays the actor: paths decide which is meant.
    fn country_or_place(&self, at: usize, end: usize, id: ActorId, code: &str) -> Referent {
        let modifies = self.words.get(end).is_some_and(|w| {
            self.flows(end)
                && matches!(
                    w.folded.as_str(),
                    "summit" | "talks" | "meeting" | "process" | "agreement" | "agreements" | "accords" | "accord"
                )
        });
        let entries = self.longest(at).map(|l| l.1).unwrap_or_default();
        let city = !entries.iter().any(|e| matches!(e, Entry::Country(_)));
        if city && modifies { Referent::Place(code.to_owned()) } else { Referent::Actor(id) }
    }

    /// Whether a person's name begins at `at` and goes on past `end`, or the country word is a given name here.
    fn starts_person(&self, at: usize, end: usize) -> bool {
        self.name_at(at).is_some_and(|n| {
            n.kind == NameKind::Person
                && n.first as usize == self.tokens[at]
                && n.end as usize > self.tokens[end - 1] + 1
        }) && !self.words.get(end).is_some_and(|_| self.offices(end).is_some())
            && self
                .longest(at)
                .is_some_and(|(e, entries)| e == end && !entries.iter().any(|x| matches!(x, Entry::Demonym(_))))
    }

    /// `Economy Minister`, `Infrastructure Minister`: a capitalised word or two before a title.
    fn unknown_title(&self, at: usize) -> Option<(Vec<Office>, usize, usize)> {
        if !self.words.get(at)?.capital {
            return None;
        }
        let mut i = at;
        while i < at + 5
            && self.words.get(i).is_some_and(|w| w.capital || matches!(w.folded.as_str(), "and" | "of" | "for"))
            && (i == at || self.flows(i))
        {
            if let Some((offices, end)) = self.offices(i) {
                return (i > at && self.words[i].capital && offices != ["person"]).then_some((offices, at, end));
            }
            if self.name_at(i).is_some_and(|n| n.kind == NameKind::Person) || self.country(i).is_some() {
                return None;
            }
            i += 1;
        }
        None
    }

    /// A person's name at a word: one of the tables, one that the model found, or a surname.
    fn person(&mut self, at: usize, country: Option<&str>, offices: &[Office]) -> Option<(ActorId, usize)> {
        let word = self.words.get(at)?;
        if !word.capital {
            return None;
        }
        if let Some((end, entries)) = self.longest(at) {
            for entry in &entries {
                if let Entry::Person(ids) = entry
                    && (end - at >= 2 || !entries.iter().any(|e| matches!(e, Entry::Country(_) | Entry::Place(_))))
                    && !self.inside_other_name(at, end)
                {
                    let id = choose_person(self.knowledge, ids, country, offices, self.cast)?;
                    return Some((self.cast.add_known(self.knowledge, id), end));
                }
            }
        }
        // What the model takes for a person's name, to the end of the name.
        let name = self.name_at(at).filter(|n| n.kind == NameKind::Person).cloned();
        if let Some(name) = &name {
            let end = (at..self.words.len()).find(|&i| self.tokens[i] >= name.end as usize).unwrap_or(self.words.len());
            let end = if end > at + 1 && self.is(end - 1, "s") && self.gap(end - 1).contains(['\'', '’']) {
                end - 1
            } else {
                end
            };
            let span = self.words[at].span.cover(self.words[end - 1].span);
            if end - at >= 2 && plausible_name(span.of(self.text)) {
                // A full name may be that of somebody known under another given form: the surname and office decide.
                if let Some(id) = self.known_by_surname(end - 1, country, offices, true) {
                    let known = self.cast.get(id).person.is_some();
                    if !known || self.shares_given_name(id, at, end) {
                        return Some((id, end));
                    }
                }
                return Some((
                    self.cast.add_named(self.knowledge, span.of(self.text), None, country.map(str::to_owned)),
                    end,
                ));
            }
        }
        // A surname, perhaps of several words.
        for length in [3, 2, 1] {
            if at + length > self.words.len() || (length > 1 && !self.words[at + length - 1].capital) {
                continue;
            }
            if let Some(id) = self.surname(at, length, country, offices, name.is_some()) {
                return Some((id, at + length));
            }
        }
        // A titled single name that nobody knows is still a person.
        if let Some(name) = name
            && !offices.is_empty()
            && plausible_name(word.span.of(self.text))
        {
            let end = (at..self.words.len())
                .find(|&i| self.tokens[i] >= name.end as usize)
                .unwrap_or(self.words.len())
                .max(at + 1);
            return Some((
                self.cast.add_named(self.knowledge, word.span.of(self.text), None, country.map(str::to_owned)),
                end.min(at + 1),
            ));
        }
        None
    }

    fn shares_given_name(&self, id: ActorId, at: usize, end: usize) -> bool {
        let name = readout_actors::fold(&self.cast.get(id).actor.name);
        self.words[at..end - 1]
            .iter()
            .any(|w| name.split(' ').any(|p| p == w.folded || (w.folded.len() == 1 && p.starts_with(&w.folded))))
    }

    fn known_by_surname(&self, at: usize, country: Option<&str>, offices: &[Office], full: bool) -> Option<ActorId> {
        let _ = offices;
        let found = self.cast.by_surname(&self.words[at].folded, country);
        if full && found.len() != 1 { None } else { found.last().copied() }
    }

    fn surname(
        &mut self,
        at: usize,
        length: usize,
        country: Option<&str>,
        offices: &[Office],
        named: bool,
    ) -> Option<ActorId> {
        let folded = self.words[at..at + length].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        if length == 1 && offices.is_empty() && NOT_SURNAMES.contains(&folded.as_str()) {
            return None;
        }
        if (1..length).any(|i| !self.flows(at + i)) || self.inside_other_name(at, at + length) {
            return None;
        }
        let mut bearers = self.cast.by_surname(&folded, country);
        if !offices.is_empty() && offices != ["person"] && bearers.len() > 1 {
            let fit: Vec<ActorId> = bearers
                .iter()
                .copied()
                .filter(|&a| {
                    self.cast.get(a).person.is_some_and(|p| {
                        self.knowledge.table.person(p).terms.iter().any(|t| offices.contains(&t.office))
                    })
                })
                .collect();
            if !fit.is_empty() {
                bearers = fit;
            }
        }
        // Of several of one name the most prominent is meant where no given name or title tells.
        let prominence = |a: ActorId| {
            self.cast.get(a).person.map_or(-60, |p| score_person(self.knowledge, p, country, offices, self.cast))
        };
        let best = bearers.iter().copied().max_by_key(|&a| (prominence(a), a));
        if let Some(id) = best
            && (named || self.proper(at))
        {
            return Some(id);
        }
        if offices.is_empty() && matches!(folded.as_str(), "may" | "march") {
            return None;
        }
        let ids = self.knowledge.lexicon.by_surname(&folded).to_vec();
        if ids.is_empty() {
            return None;
        }
        let best = choose_person(self.knowledge, &ids, country, offices, self.cast)?;
        let score = score_person(self.knowledge, best, country, offices, self.cast);
        let titled = !offices.is_empty();
        let enough = match (titled, country.is_some()) {
            (true, true) => 60,
            (true, false) => {
                if offices == ["person"] {
                    24
                } else {
                    48
                }
            }
            (false, true) => 60,
            (false, false) => 26,
        };
        if score < enough || !(named || titled || self.proper(at)) {
            return None;
        }
        Some(self.cast.add_known(self.knowledge, best))
    }

    /// Whether the tagger takes the word for a proper noun.
    fn proper(&self, at: usize) -> bool {
        self.upos(at) == Upos::Propn
    }

    /// Whether the words are part of a longer name of another kind: `Trump Hotels`, `Kennedy Center`.
    fn inside_other_name(&self, at: usize, end: usize) -> bool {
        self.name_at(at).is_some_and(|n| {
            matches!(n.kind, NameKind::Organisation | NameKind::Place | NameKind::Event)
                && n.end as usize > self.tokens[end - 1] + 1
                && !self.is(end, "s")
        })
    }

    /// What follows a name: `of Egypt`, `, the Russian president,`; and names that stand for an administration.
    fn after_name(
        &mut self,
        id: ActorId,
        at: usize,
        end: usize,
        country: Option<String>,
        title: Option<(usize, usize)>,
    ) -> (Referent, usize, usize) {
        let mut end = end;
        let mut country = country;
        let role = title.map(|(a, b)| {
            let text = self.text[self.words[a].span.start as usize..self.words[b - 1].span.end as usize]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            text
        });
        if self.is(end, "administration")
            || self.is(end, "government")
            || self.is(end, "team") && self.is(end.wrapping_sub(1), "s")
        {
            let state =
                self.cast.country(id).map(str::to_owned).and_then(|c| self.cast.add_country(self.knowledge, &c));
            if let Some(state) = state {
                return (Referent::Actor(state), at, end + 1);
            }
        }
        if self.is(end, "of") && self.flows(end) {
            let skip = if self.is(end + 1, "the") { end + 2 } else { end + 1 };
            if let Some((code, after, false)) = self.country(skip) {
                country = country.or(Some(code));
                end = after;
            }
        }
        if country.is_none() && self.cast.country(id).is_none() {
            country = self
                .apposed_country(end)
                .or_else(|| self.country_before(at))
                .or_else(|| self.country_of_apposition(at));
        }
        let role = role.filter(|r| !matches!(r.to_lowercase().as_str(), "mr" | "mrs" | "ms" | "dr" | "sir"));
        self.cast.complete(id, role, country);
        (Referent::Actor(id), at, end)
    }

    /// `…, the Russian foreign minister`, `…, Germany's ambassador`.
    fn apposed_country(&self, end: usize) -> Option<String> {
        if end >= self.words.len() || !self.gap(end).contains(',') {
            return None;
        }
        let mut i = end;
        if self.is(i, "the") || self.is(i, "a") || self.is(i, "an") {
            i += 1;
        }
        for j in i..(i + 5).min(self.words.len()) {
            if j > i && !self.flows(j) {
                return None;
            }
            if let Some((code, _, _)) = self.country(j) {
                return Some(code);
            }
        }
        None
    }

    /// A nationality or country shortly before the name in the same phrase: `Ukraine's General Staff chief …`.
    fn country_before(&self, at: usize) -> Option<String> {
        for j in (at.saturating_sub(6)..at).rev() {
            if !self.flows(j + 1)
                || matches!(self.upos(j), Upos::Verb | Upos::Aux | Upos::Adp) && !self.is(j, "of") && !self.is(j, "to")
            {
                return None;
            }
            if let Some((code, end, _)) = self.country(j)
                && end <= at
            {
                return Some(code);
            }
        }
        None
    }

    /// `the chairwoman of Vietnam's National Assembly, X`: the country in the phrase that the name stands beside.
    fn country_of_apposition(&self, at: usize) -> Option<String> {
        if at == 0 || !self.gap(at).contains(',') {
            return None;
        }
        for j in (at.saturating_sub(8)..at).rev() {
            if matches!(self.upos(j), Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Sconj)
                || (j + 1 < at && !self.flows(j + 1))
            {
                return None;
            }
            if let Some((code, end, _)) = self.country(j)
                && end <= at
            {
                return Some(code);
            }
        }
        None
    }

    /// Who held the office on the day of the document.
    fn office_holder(
        &mut self,
        code: &str,
        offices: &[Office],
        title: (usize, usize),
        at: usize,
        end: usize,
    ) -> Option<(Referent, usize, usize)> {
        let words: Vec<&str> = self.words[title.0..title.1].iter().map(|w| w.folded.as_str()).collect();
        let by_title = self.knowledge.table.titled(code, &words.join(" "), self.cast.day);
        let holders = if by_title.is_empty() {
            offices.iter().map(|o| self.knowledge.table.holders(code, o, self.cast.day)).find(|h| !h.is_empty())
        } else {
            Some(by_title)
        };
        let strong = matches!(
            offices[0],
            "head_of_state"
                | "head_of_government"
                | "foreign_minister"
                | "leader"
                | "defence_minister"
                | "head_of_organisation"
                | "royal"
        );
        if strong && let Some(&id) = holders.as_ref().and_then(|h| h.first()) {
            // Somebody of the same office and country whom the document names wins over the table.
            let named = self
                .cast
                .iter()
                .find(|(_, a)| a.person.is_some_and(|p| holders.as_ref().is_some_and(|h| h.contains(&p))));
            let actor = named.map(|(a, _)| a);
            let actor = actor.unwrap_or_else(|| self.cast.add_known(self.knowledge, id));
            return Some((Referent::Actor(actor), at, end));
        }
        let id = self.cast.add_country(self.knowledge, code)?;
        Some((Referent::Actor(id), at, end))
    }
}
