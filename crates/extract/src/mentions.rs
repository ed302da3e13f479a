//! Owns mentions: every place in a document where an actor, a set of actors or a pronoun for one stands.

use readout_actors::{CountryKind, Entry, Office, Word, words};
use readout_types::{Annotated, BlockKind, Name, NameKind, Span, Upos};

use crate::Knowledge;
use crate::actors::{ActorId, Cast};
use crate::prominence::choose_person;

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
    /// Two states of one name: "the two Koreas".
    Namesakes(ActorId, ActorId),
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
    let all = without_brackets(text, words(text));
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
            title: annotated
                .document
                .blocks
                .get(sentence.block as usize)
                .is_some_and(|b| matches!(b.kind, BlockKind::Title | BlockKind::Heading)),
        };
        scan.run(&mut mentions);
    }
    mentions
}

/// Words without those that stand alone in brackets within a name or title: "President Xi (Jinping) of China", "Palestinian
/// Authority (PA) chief Mahmoud Abbas".
fn without_brackets(text: &str, all: Vec<Word>) -> Vec<Word> {
    let between = |a: &Word, b: &Word| text.get(a.span.end as usize..b.span.start as usize).unwrap_or_default();
    let inside = |i: usize| {
        let (Some(before), Some(after)) = (i.checked_sub(1).and_then(|p| all.get(p)), all.get(i + 1)) else {
            return false;
        };
        let word = &all[i];
        let short = word.span.of(text).chars().all(char::is_uppercase);
        // An acronym explains the name before it; a given name stands after a title or before a surname.
        let goes_on =
            after.capital || matches!(after.folded.as_str(), "of" | "chief" | "leader" | "president" | "head");
        between(before, word) == " ("
            && between(word, after) == ") "
            && word.capital
            && before.capital
            && word.folded.len() > 1
            && goes_on
            && !(short && after.capital)
    };
    let kept: Vec<bool> = (0..all.len()).map(|i| !inside(i)).collect();
    all.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(word, _)| word).collect()
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

pub(crate) fn plausible_name(name: &str) -> bool {
    name.split_whitespace().all(|w| w.chars().next().is_some_and(|c| c.is_uppercase()) || w.len() <= 4)
        && !name.contains(" and ")
        && !name.contains(['/', '@', '_', '(', ')', '"', '“', ','])
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

pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Word],
    /// Token of each word.
    pub(crate) tokens: Vec<usize>,
    pub(crate) sentence: &'a readout_types::Sentence,
    pub(crate) index: usize,
    pub(crate) names: &'a [Name],
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) cast: &'a mut Cast,
    /// Whether the sentence is a title or heading.
    pub(crate) title: bool,
}

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

/// Titles of the heads of organisations that say nothing alone.
const SHORT_TITLES: [&str; 4] = ["chief", "head", "boss", "chairperson"];

impl Scan<'_> {
    pub(crate) fn run(&mut self, out: &mut Vec<Mention>) {
        let mut at = 0;
        while at < self.words.len() {
            match self.phrase(at) {
                Some((referent, first, end)) => {
                    let referent = self.settle_counterpart(referent, out, end);
                    let (a, b) = (self.tokens[first], self.tokens[end - 1]);
                    self.apposed(&referent, first, out);
                    self.joint_office(&referent, first, out);
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

    /// "UN-Arab League envoy Kofi Annan": of the two bodies that he speaks for, the first is no actor of its own.
    fn joint_office(&self, referent: &Referent, first: usize, out: &mut Vec<Mention>) {
        let person = matches!(referent, Referent::Actor(id) if self.cast.is_person(*id));
        let hyphen = matches!(self.gap(first).trim(), "-" | "–" | "/");
        let joined = person && hyphen && first > 0;
        let before = |m: &Mention| {
            m.sentence == self.index
                && m.span.end == self.words[first - 1].span.end
                && matches!(m.referent, Referent::Actor(id) if !self.cast.is_person(id))
        };
        if joined && out.last().is_some_and(before) {
            out.pop();
        }
    }

    pub(crate) fn longest(&self, at: usize) -> Option<(usize, Vec<Entry>)> {
        let found = self.knowledge.lexicon.longest(self.text, self.words, at)?;
        Some((found.end, found.entries))
    }

    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.words.get(at).is_some_and(|w| w.folded == word)
    }

    pub(crate) fn gap(&self, at: usize) -> &str {
        match (self.words.get(at.wrapping_sub(1)), self.words.get(at)) {
            (Some(a), Some(b)) => &self.text[a.span.end as usize..b.span.start as usize],
            _ => "",
        }
    }

    /// Whether word `at` follows the one before it without a punctuation mark that ends a phrase.
    pub(crate) fn flows(&self, at: usize) -> bool {
        let gap = self.gap(at);
        // A word in brackets, passed over.
        let passed = gap.strip_prefix(" (").and_then(|g| g.strip_suffix(") "));
        let passed = passed.is_some_and(|word| word.chars().all(|c| c.is_alphabetic() || c == '-'));
        at == 0 || passed || !gap.contains([',', ';', ':', '(', ')', '“', '”', '"', '—', '!', '?'])
    }

    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[self.tokens[at]].upos
    }

    pub(crate) fn name_at(&self, at: usize) -> Option<&Name> {
        let token = *self.tokens.get(at)? as u32;
        self.names.iter().find(|n| n.first <= token && token < n.end)
    }

    /// Past the words of a possessive `'s`.
    pub(crate) fn skip_possessive(&self, at: usize) -> usize {
        if self.is(at, "s") && self.gap(at).trim().len() <= 3 && self.gap(at).contains(['\'', '’']) {
            at + 1
        } else {
            at
        }
    }

    /// The code at a word, with the end of the name.
    pub(crate) fn country(&self, at: usize) -> Option<(String, usize, bool)> {
        let (end, entries) = self.longest(at)?;
        let mut best: Option<(String, usize, bool)> = None;
        for entry in &entries {
            match entry {
                // "The East Asia Summit" is where people meet, not whom they meet.
                Entry::Country(code)
                    if self.knowledge.table.country(code).is_some_and(|c| c.name.contains("Summit")) => {}
                Entry::Country(code) => return Some((code.clone(), end, false)),
                Entry::Demonym(code) => best = Some((code.clone(), end, true)),
                Entry::Metonym(code) if best.is_none() => best = Some((code.clone(), end, false)),
                _ => {}
            }
        }
        let title = entries.iter().all(|e| matches!(e, Entry::Title(_)));
        if best.is_none() && title && end > at + 1 && self.words[at].capital {
            // "U.S. envoy" is a title of the tables, and begins with a country.
            return (at + 1..end).rev().find_map(|until| {
                let found = self.knowledge.lexicon.longest(self.text, &self.words[..until], at)?;
                found.entries.iter().find_map(|e| match e {
                    Entry::Country(code) => Some((code.clone(), found.end, false)),
                    Entry::Demonym(code) => Some((code.clone(), found.end, true)),
                    _ => None,
                })
            });
        }
        best
    }

    pub(crate) fn offices(&self, at: usize) -> Option<(Vec<Office>, usize)> {
        let (end, entries) = self.longest(at)?;
        entries.into_iter().find_map(|e| match e {
            Entry::Title(offices) => Some((offices, end)),
            _ => None,
        })
    }

    /// The mention that begins at a word, with its first and end word.
    pub(crate) fn phrase(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
        if let Some(found) = self.shared_name(at) {
            return Some(found);
        }
        if let Some(found) = self.pronoun(at) {
            return Some(found);
        }
        if let Some(found) = self.namesakes(at).or_else(|| self.together(at)) {
            return Some(found);
        }
        if let Some(found) = self.group(at) {
            return Some(found);
        }
        self.noun_phrase(at).or_else(|| self.bare_title(at))
    }

    /// `North` in "North and South Korea": the name it shares.
    pub(crate) fn shared_name(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
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

    /// `[country] [titles] [of country] [name] [of country]`, in any part.
    pub(crate) fn noun_phrase(&mut self, at: usize) -> Option<(Referent, usize, usize)> {
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
        // "the presidents of Russia and Turkey", "the Russian and Turkish presidents": each country its office-holder.
        if let Some((code, _)) = &country
            && let Some((offices, title)) = self.shared_title(at, country_end)
        {
            let code = code.clone();
            return self.holder_of(&code, &offices, &title, at, country_end);
        }
        // Titles, with modifiers before them.
        let mut probe = i;
        while self.words.get(probe).is_some_and(|w| TITLE_MODIFIERS.contains(&w.folded.as_str()))
            && probe < i + 4
            && self.offices(probe).is_none_or(|(_, end)| end == probe + 1)
        {
            probe += 1;
        }
        // "The U.N. chief phoned": with no title behind it, the modifier is the title.
        let last = probe.saturating_sub(1);
        if probe > i && self.offices(probe).is_none() && self.offices(last).is_some() {
            probe = last;
        }
        let title_start = probe;
        let mut offices: Vec<Office> = Vec::new();
        let mut title_end = probe;
        while let Some((found, end)) = self.offices(title_end) {
            // "a trip to Dhaka, officials said": a comma parts the place from the title.
            if (title_end > title_start || title_end > at) && !self.flows(title_end) {
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
            if let Some((code, end, false)) = self.country(skip) {
                // "The leader of Colombia's largest rebel group" leads that.
                let group = self.skip_possessive(end) > end && self.flows(end + 1) && country.is_none();
                if group && self.words.get(end + 1).is_some_and(|w| !w.capital) {
                    return None;
                }
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
        // "The Argentinian pontiff" is by birth what he is not by office.
        let pope = titled && (title_words.0..title_words.1).any(|i| self.is(i, "pope") || self.is(i, "pontiff"));
        if pope {
            country = Some(("VA".to_owned(), false));
        }
        let code = country.as_ref().map(|c| c.0.clone());
        // "Chief" and "head" lead somewhere only with the organisation beside them.
        if code.is_none()
            && title_words.1 == title_words.0 + 1
            && SHORT_TITLES.contains(&self.words[title_words.0].folded.as_str())
        {
            return None;
        }
        // A name.
        if next < self.words.len()
            && (next == at || self.flows(next))
            && (titled || possessive || next == at || country.as_ref().is_some_and(|c| c.1))
            && let Some((id, end)) = self.person(next, code.as_deref(), &offices)
        {
            return Some(self.after_name(id, at, end, code, titled.then_some(title_words)));
        }
        if titled && title_words.1 > title_words.0 {
            let single =
                !self.words[title_words.1 - 1].folded.ends_with('s') || self.words[title_words.1 - 1].folded == "s";
            if offices != ["person"] && single {
                if let Some(code) = &code {
                    let found = self.office_holder(code, &offices, title_words, at, next);
                    // "The U.S. envoy": the letters are no name.
                    let letters = self.words[at].folded.len() == 1 && next > at + 1;
                    if found.is_none() && letters {
                        let id = self.cast.add_country(self.knowledge, code)?;
                        return Some((Referent::Actor(id), at, next));
                    }
                    return found;
                }
                // "The Iraqi president and prime minister"
                let beside = at > 1 && self.is(at - 1, "and") && self.offices(at - 2).is_some();
                let definite = at > 0 && (self.is(at - 1, "the") || self.is(at - 1, "our")) || beside;
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
        if country.is_none()
            && !titled
            && self.words[at].capital
            && let Some((end, entries)) = self.longest(at)
            && let Some(place) = entries.iter().find_map(|e| match e {
                Entry::Place(place) => Some(*place),
                _ => None,
            })
            && self.name_at(at).is_none_or(|n| n.kind != NameKind::Person)
        {
            return Some((Referent::Place(self.knowledge.table.places()[place].country.clone()), at, end));
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
                let known = || {
                    self.longest(j + 1)
                        .is_some_and(|(end, e)| end > j + 2 && e.iter().any(|e| matches!(e, Entry::Person(_))))
                };
                let named = lemma == "counterpart"
                    && (self.name_at(j + 1).is_some_and(|n| n.kind == NameKind::Person) || known())
                    && (self.flows(j + 1) || self.gap(j + 1).trim() == ",");
                if named {
                    // "his Ukrainian counterpart Dmytro Kuleba": the name is the mention.
                    break;
                }
                if lemma == "counterpart" && j == country_end {
                    let country = Some(code);
                    let anaphor = Anaphor { country, counterpart: true, ..Anaphor::default() };
                    return Some((Referent::Anaphor(anaphor), at, j + 1));
                }
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
    pub(crate) fn country_or_place(&self, at: usize, end: usize, id: ActorId, code: &str) -> Referent {
        let modifies = self.words.get(end).is_some_and(|w| {
            self.flows(end)
                && matches!(
                    w.folded.as_str(),
                    "summit" | "talks" | "meeting" | "process" | "agreement" | "agreements" | "accords" | "accord"
                )
        });
        let entries = self.longest(at).map(|l| l.1).unwrap_or_default();
        // "The Vatican meeting": a state that is a place, too.
        let land = entries.iter().any(|e| matches!(e, Entry::Country(_))) && code != "VA";
        // "the European Council meeting": a body, not where it sits.
        let body =
            end > at + 1 && self.knowledge.table.country(code).is_some_and(|c| c.kind == CountryKind::Organisation);
        let city = !land && !body;
        if city && modifies { Referent::Place(code.to_owned()) } else { Referent::Actor(id) }
    }

    /// Whether a person's name begins at `at` and goes on past `end`, or the country word is a given name here.
    pub(crate) fn starts_person(&self, at: usize, end: usize) -> bool {
        self.name_at(at).is_some_and(|n| {
            n.kind == NameKind::Person
                && n.first as usize == self.tokens[at]
                && n.end as usize > self.tokens[end - 1] + 1
        }) && self.words.get(end).is_none_or(|_| self.offices(end).is_none())
            && self
                .longest(at)
                .is_some_and(|(e, entries)| e == end && !entries.iter().any(|x| matches!(x, Entry::Demonym(_))))
    }
}
