//! Owns the words of time: the tables of `data/times`, read once, and the lookup of a word in them.

use std::sync::LazyLock;

use crate::{DayPart, Grain};

const WORDS: &str = include_str!("../../../data/times/words.tsv");
const PHRASES: &str = include_str!("../../../data/times/phrases.tsv");

/// What the tables say of a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lex {
    /// Nothing.
    Other,
    /// A break that no expression crosses (blank line, end of text).
    Stop,
    /// A function word the rules look at.
    Word(&'static str),
    /// A month by its full name.
    Month(i8),
    /// A month's abbreviation.
    MonthAbbr(i8),
    /// A weekday by its full name.
    Day(i8),
    /// A weekday's abbreviation.
    DayAbbr(i8),
    /// "Mondays".
    Days(i8),
    /// A unit and how many of it the word means (a fortnight is two weeks).
    Unit(Grain, u8),
    /// Its plural.
    Units(Grain, u8),
    /// A cardinal number word.
    Card(u32),
    /// An ordinal number word.
    Ord(u32),
    /// "nineties".
    Decade(i16),
    /// "spring" is 1.
    Season(i8),
    /// "morning".
    Part(DayPart),
    /// "mornings".
    Parts(DayPart),
    /// "weekly".
    Set(Grain, u8),
    /// A time zone.
    Zone,
    /// A noun that a number follows as its name: "resolution 1973".
    Label,
    /// A noun that a number before it counts: "2000 people".
    Counted,
    /// "Q3".
    Quarter(i8),
    /// Digits.
    Num(Num),
    /// Any other character; dashes are `-`, apostrophes `'`.
    Punct(char),
}

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Num {
    pub value: u32,
    pub digits: u8,
    pub kind: NumKind,
}

/// What follows the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumKind {
    Plain,
    /// "7th".
    Ordinal,
    /// "1990s".
    Plural,
}

/// What a fixed phrase means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Phrase {
    Unit(Grain, i32, Option<DayPart>),
    Event(Grain, i32, Option<DayPart>),
    Past,
    Present,
    Future,
    Overnight,
    YearEnd,
    /// A row of the holiday table.
    Holiday(u16),
}

/// A word of the tables; `id` stands for it in phrases.
#[derive(Clone, Copy, Debug)]
struct Entry {
    word: &'static str,
    lex: Lex,
    id: u16,
}

/// Longest word of the tables, in bytes.
const LONGEST: usize = 16;

/// The tables in memory.
pub(crate) struct Lexicon {
    /// By first letter and length, so that most words are told apart without a comparison.
    buckets: Vec<Vec<Entry>>,
    /// Phrases by the id of their first word, longest first.
    phrases: Vec<Vec<(Vec<u16>, Phrase)>>,
}

/// Ids of the marks inside phrases; words count on from there.
pub(crate) const APOSTROPHE: u16 = 1;
pub(crate) const HYPHEN: u16 = 2;
pub(crate) const DOT: u16 = 3;
const FIRST_WORD: u16 = 8;

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The lines of a table without comments, cut at tabs.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim).collect())
}

pub(crate) fn grain(name: &str) -> Option<(Grain, u8)> {
    Some(match name {
        "second" => (Grain::Second, 1),
        "minute" => (Grain::Minute, 1),
        "hour" => (Grain::Hour, 1),
        "day" => (Grain::Day, 1),
        "weekend" => (Grain::Weekend, 1),
        "week" => (Grain::Week, 1),
        "fortnight" => (Grain::Week, 2),
        "month" => (Grain::Month, 1),
        "quarter" => (Grain::Quarter, 1),
        "year" => (Grain::Year, 1),
        "decade" => (Grain::Decade, 1),
        "century" => (Grain::Century, 1),
        _ => return None,
    })
}

fn day_part(name: &str) -> Option<DayPart> {
    Some(match name {
        "morning" => DayPart::Morning,
        "midday" => DayPart::Midday,
        "afternoon" => DayPart::Afternoon,
        "evening" => DayPart::Evening,
        "night" => DayPart::Night,
        _ => return None,
    })
}

fn lex(class: &str, value: &str, word: &'static str) -> Option<Lex> {
    let number = || value.parse::<u32>().ok();
    Some(match class {
        "month" => Lex::Month(number()? as i8),
        "month." => Lex::MonthAbbr(number()? as i8),
        "day" => Lex::Day(number()? as i8),
        "day." => Lex::DayAbbr(number()? as i8),
        "days" => Lex::Days(number()? as i8),
        "unit" => grain(value).map(|(g, n)| Lex::Unit(g, n))?,
        "units" => grain(value).map(|(g, n)| Lex::Units(g, n))?,
        "set" => grain(value).map(|(g, n)| Lex::Set(g, n))?,
        "card" => Lex::Card(number()?),
        "ord" => Lex::Ord(number()?),
        "decade" => Lex::Decade(number()? as i16),
        "season" => Lex::Season(number()? as i8),
        "part" => Lex::Part(day_part(value)?),
        "parts" => Lex::Parts(day_part(value)?),
        "zone" => Lex::Zone,
        "label" => Lex::Label,
        "counted" => Lex::Counted,
        "word" => Lex::Word(word),
        _ => return None,
    })
}

fn phrase(meaning: &str) -> Option<Phrase> {
    let (head, part) = meaning.split_once(',').map_or((meaning, None), |(h, p)| (h, day_part(p.trim())));
    let fields: Vec<&str> = head.split(' ').collect();
    Some(match fields.as_slice() {
        ["past"] => Phrase::Past,
        ["present"] => Phrase::Present,
        ["future"] => Phrase::Future,
        ["overnight"] => Phrase::Overnight,
        ["yearend"] => Phrase::YearEnd,
        ["event", n, unit] => Phrase::Event(grain(unit)?.0, n.parse().ok()?, part),
        [unit, n] => Phrase::Unit(grain(unit)?.0, n.parse().ok()?, part),
        _ => return None,
    })
}

impl Lexicon {
    fn load() -> Lexicon {
        let mut lexicon = Lexicon { buckets: vec![Vec::new(); 26 * (LONGEST + 1)], phrases: Vec::new() };
        let mut next = FIRST_WORD;
        for row in rows(WORDS) {
            if let [word, class, value @ ..] = row.as_slice()
                && let Some(lex) = lex(class, value.first().unwrap_or(&""), word)
            {
                lexicon.add(word, lex, &mut next);
            }
        }
        for row in rows(PHRASES) {
            if let [text, meaning] = row.as_slice()
                && let Some(meaning) = phrase(meaning)
            {
                lexicon.add_phrase(text, meaning, &mut next);
            }
        }
        for (row, name) in crate::holiday::names() {
            lexicon.add_phrase(name, Phrase::Holiday(row), &mut next);
        }
        for list in &mut lexicon.phrases {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        lexicon
    }

    fn slot(word: &[u8]) -> Option<usize> {
        let first = word.first()?.to_ascii_lowercase();
        (first.is_ascii_lowercase() && word.len() <= LONGEST)
            .then(|| usize::from(first - b'a') * (LONGEST + 1) + word.len())
    }

    fn add(&mut self, word: &'static str, lex: Lex, next: &mut u16) -> u16 {
        let Some(slot) = Self::slot(word.as_bytes()) else { return 0 };
        if let Some(known) = self.buckets[slot].iter().find(|e| e.word == word) {
            return known.id;
        }
        self.buckets[slot].push(Entry { word, lex, id: *next });
        *next += 1;
        *next - 1
    }

    fn add_phrase(&mut self, text: &'static str, meaning: Phrase, next: &mut u16) {
        let mut ids = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if word > 0 {
                ids.push(self.add(&rest[..word], Lex::Other, next));
                rest = &rest[word..];
                continue;
            }
            match first {
                '\'' => ids.push(APOSTROPHE),
                '-' => ids.push(HYPHEN),
                '.' => ids.push(DOT),
                _ => {}
            }
            rest = &rest[first.len_utf8()..];
        }
        let first = usize::from(ids.first().copied().unwrap_or(0));
        if self.phrases.len() <= first {
            self.phrases.resize(first + 1, Vec::new());
        }
        self.phrases[first].push((ids, meaning));
    }

    /// The entry of a word, in any case, and its id (0 when unknown).
    pub(crate) fn word(&self, word: &str) -> (Lex, u16) {
        let Some(slot) = Self::slot(word.as_bytes()) else { return (Lex::Other, 0) };
        self.buckets[slot].iter().find(|e| e.word.eq_ignore_ascii_case(word)).map_or((Lex::Other, 0), |e| (e.lex, e.id))
    }

    /// Phrases that begin with the word of this id, longest first.
    pub(crate) fn phrases(&self, first: u16) -> &[(Vec<u16>, Phrase)] {
        self.phrases.get(usize::from(first)).map_or(&[], Vec::as_slice)
    }
}
