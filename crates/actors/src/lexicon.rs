//! Owns the search for names of the tables in a text: longest match over folded words.

use std::collections::HashMap;

use readout_types::Span;

use crate::fold::{Word, fold};
use crate::table::{CountryKind, Office, PersonId, Table};

/// What a name of the tables can stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Full name or alias of these people.
    Person(Vec<PersonId>),
    /// Name or alias of a country, organisation or group, by code.
    Country(String),
    /// Adjective or noun for its people and its side.
    Demonym(String),
    /// Something that stands for its government; often also a place.
    Metonym(String),
    /// Title of an office.
    Title(Vec<Office>),
    /// Index into [`Table::places`].
    Place(usize),
}

/// A name found in a text. All things that the same words can stand for are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// Bytes of the text.
    pub span: Span,
    /// What it can stand for.
    pub entries: Vec<Entry>,
}

/// The words that follow the first word of a name, and what the whole name can stand for.
type Continuation = (Vec<String>, Vec<Entry>);

/// The names of the tables, ready for search.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// First folded word to (following words, entries), longest first.
    names: HashMap<String, Vec<Continuation>>,
    /// Folded surname to the people who bear it.
    surnames: HashMap<String, Vec<PersonId>>,
}

/// Countries whose people are known by the family name that comes first.
const FAMILY_FIRST: [&str; 6] = ["CN", "KP", "KR", "TW", "HK", "SG"];

/// Particles that belong to the surname but are often left out.
const PARTICLES: [&str; 22] = [
    "al", "el", "bin", "ibn", "von", "van", "der", "den", "de", "da", "dos", "di", "la", "le", "du", "ben", "abu",
    "ould", "ter", "of", "ul", "st",
];

impl Lexicon {
    /// Indexes the tables.
    pub fn new(table: &Table) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (id, person) in table.people() {
            let family_first = person.terms.iter().any(|t| FAMILY_FIRST.contains(&t.country.as_str()));
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                lexicon.add(name, Entry::Person(vec![id]));
                for surname in surnames(name, family_first) {
                    let bearers = lexicon.surnames.entry(surname).or_default();
                    if !bearers.contains(&id) {
                        bearers.push(id);
                    }
                }
            }
        }
        for country in table.countries() {
            let code = || country.code.clone();
            for name in std::iter::once(&country.name).chain(&country.aliases) {
                lexicon.add(name, Entry::Country(code()));
            }
            for demonym in &country.demonyms {
                lexicon.add(demonym, Entry::Demonym(code()));
            }
            for metonym in country.metonyms.iter().chain(&country.capital) {
                if country.kind == CountryKind::State
                    || country.kind == CountryKind::Territory
                    || !country.capital.contains(metonym)
                {
                    lexicon.add(metonym, Entry::Metonym(code()));
                }
            }
        }
        for (at, place) in table.places().iter().enumerate() {
            for name in std::iter::once(&place.name).chain(&place.aliases) {
                lexicon.add(name, Entry::Place(at));
            }
        }
        for (title, offices) in table.titles() {
            lexicon.add(title, Entry::Title(offices.to_vec()));
        }
        for rests in lexicon.names.values_mut() {
            rests.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        lexicon
    }

    fn add(&mut self, name: &str, entry: Entry) {
        let folded = fold(name);
        let mut parts = folded.split(' ').map(str::to_owned);
        let Some(first) = parts.next().filter(|p| !p.is_empty()) else { return };
        let rest: Vec<String> = parts.collect();
        let rests = self.names.entry(first).or_default();
        let at = rests.iter().position(|(r, _)| *r == rest).unwrap_or_else(|| {
            rests.push((rest, Vec::new()));
            rests.len() - 1
        });
        let entries = &mut rests[at].1;
        if let Entry::Person(ids) = &entry {
            for known in entries.iter_mut() {
                if let Entry::Person(all) = known {
                    all.extend(ids.iter().filter(|id| !all.contains(id)).copied().collect::<Vec<_>>());
                    return;
                }
            }
        }
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// The longest name of the tables that begins with word `first`. A name of people, countries and places must be
    /// capitalised in the text; a name that is all one short word in lower case elsewhere (`us`) must be in capitals.
    /// Words of one name may be separated by spaces, hyphens, full stops and apostrophes, a comma only before `Jr`.
    pub fn longest(&self, text: &str, words: &[Word], first: usize) -> Option<Match> {
        let start = words.get(first)?;
        let rests = self.names.get(&start.folded)?;
        for (rest, entries) in rests {
            let end = first + 1 + rest.len();
            if end > words.len() || !rest.iter().zip(&words[first + 1..end]).all(|(r, w)| *r == w.folded) {
                continue;
            }
            if !(first + 1..end).all(|i| joined(text, &words[i - 1], &words[i])) {
                continue;
            }
            // "A U.S. envoy" does not begin with the A.U.
            let parted = |i: usize| {
                let (left, right) = (&words[i - 1], &words[i]);
                left.folded.len() == 1
                    && right.folded.len() == 1
                    && text[left.span.end as usize..right.span.start as usize].chars().all(char::is_whitespace)
                    && left.span.end < right.span.start
            };
            if (first + 1..end).any(parted) {
                continue;
            }
            // "Crown Prince Salman" of the one is no part of "Crown Prince Salman bin Hamad" of the other.
            let father = |w: &Word| matches!(w.folded.as_str(), "bin" | "ibn" | "bint");
            let titled = entries.iter().any(|e| matches!(e, Entry::Person(_)));
            if titled && words.get(end).is_some_and(|w| father(w) && joined(text, &words[end - 1], w)) {
                continue;
            }
            let name = &words[first..end];
            let capital = name
                .iter()
                .filter(|w| !PARTICLES.contains(&w.folded.as_str()))
                .all(|w| w.capital || !w.folded.starts_with(char::is_alphabetic))
                || (start.capital && name.len() > 2);
            let acronym = name.iter().all(|w| w.folded.len() <= 2);
            let capitals = name.iter().all(|w| w.span.of(text).chars().all(|c| c.is_uppercase() || c.is_numeric()));
            let kept: Vec<Entry> = entries
                .iter()
                .filter(|e| matches!(e, Entry::Title(_)) || (capital && (!acronym || capitals)))
                .cloned()
                .collect();
            if !kept.is_empty() {
                let span = start.span.cover(words[end - 1].span);
                return Some(Match { first, end, span, entries: kept });
            }
        }
        None
    }

    /// Everybody in the tables with that surname.
    pub fn by_surname(&self, surname: &str) -> &[PersonId] {
        self.surnames.get(&fold(surname)).map_or(&[], Vec::as_slice)
    }
}

fn joined(text: &str, left: &Word, right: &Word) -> bool {
    let between = &text[left.span.end as usize..right.span.start as usize];
    let comma_jr = right.folded == "jr" && between.trim() == ",";
    comma_jr
        || (between.chars().count() <= 4
            && between
                .chars()
                .all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '–' | '.' | '\'' | '’' | '‘' | '"' | '&'))
            && !between.contains("\n\n"))
}

/// The forms under which a full name may be shortened to a surname, folded: `Ursula von der Leyen` gives `leyen` and
/// `von der leyen`. Names of one word give themselves.
pub fn surnames(name: &str, family_first: bool) -> Vec<String> {
    let folded = fold(name);
    let mut parts: Vec<&str> = folded.split(' ').collect();
    while parts.len() > 1 && matches!(parts[parts.len() - 1], "jr" | "sr" | "ii" | "iii" | "iv" | "i" | "xiv" | "xvi") {
        parts.pop();
    }
    let mut out = Vec::new();
    if family_first && parts.len() > 1 {
        out.push(parts[0].to_owned());
        return out;
    }
    let mut from = parts.len().saturating_sub(1);
    out.push(parts[from].to_owned());
    while from > 1 && PARTICLES.contains(&parts[from - 1]) {
        from -= 1;
    }
    if from + 1 < parts.len() {
        out.push(parts[from..].join(" "));
    } else if parts.len() >= 3 {
        // A double surname: Peña Nieto, López Obrador.
        out.push(parts[parts.len() - 2..].join(" "));
    }
    out.retain(|s| s.len() > 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    #[test]
    fn finds_names() {
        let table = Table::embedded().expect("tables");
        let lexicon = Lexicon::new(&table);
        for (text, found) in [
            ("Vladimir Putin spoke", Some("Vladimir Putin")),
            ("U.S. officials", Some("U.S")),
            ("let us go", None),
            ("Papua New Guinea", Some("Papua New Guinea")),
            ("prime minister of", Some("prime minister")),
            ("Abdel Fattah el-Sisi said", Some("Abdel Fattah el-Sisi")),
        ] {
            let words = words(text);
            let first = if text.starts_with("let") { 1 } else { 0 };
            let got = lexicon.longest(text, &words, first).map(|m| m.span.of(text).to_owned());
            assert_eq!(got.as_deref(), found, "{text}");
        }
    }

    #[test]
    fn surname_forms() {
        assert_eq!(surnames("Ursula von der Leyen", false), ["leyen", "von der leyen"]);
        assert_eq!(surnames("Xi Jinping", true), ["xi"]);
        assert_eq!(surnames("Enrique Pena Nieto", false), ["nieto", "pena nieto"]);
        assert_eq!(surnames("Ferdinand Marcos Jr.", false), ["marcos"]);
    }
}
