//! Owns dictionary forms: learned rules that replace the end of a word, chosen by its Penn tag and its ending, and
//! learned exceptions for whole words.

use std::collections::HashMap;

use crate::linear::{Spread, feature, hash_text};
use crate::tokenize::plain;
use crate::weights::{ModelError, Reader};

/// Longest ending that a rule may look at, in characters.
pub const LONGEST: usize = 5;

/// How a word becomes its lemma.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Characters to remove from the end.
    pub cut: u8,
    /// What to append.
    pub add: String,
    /// Whether the word keeps its capitals.
    pub keep: bool,
}

impl Rule {
    /// The rule that makes `lemma` of `word`.
    pub fn between(word: &str, lemma: &str) -> Rule {
        let make = |keep: bool| {
            let base = base(word, keep);
            let common = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            Rule {
                cut: (base.chars().count() - common).min(255) as u8,
                add: lemma.chars().skip(common).collect(),
                keep,
            }
        };
        let (lower, kept) = (make(false), make(true));
        if kept.cut as usize + kept.add.len() < lower.cut as usize + lower.add.len() { kept } else { lower }
    }

    /// The lemma of `word`.
    pub fn apply(&self, word: &str) -> String {
        self.to_base(base(word, self.keep))
    }

    fn to_base(&self, mut base: String) -> String {
        let cut = match usize::from(self.cut) {
            0 => base.len(),
            cut => base.char_indices().rev().nth(cut - 1).map_or(0, |(at, _)| at),
        };
        if cut > 0 || !self.add.is_empty() {
            base.truncate(cut);
            base.push_str(&self.add);
        }
        base
    }
}

fn base(word: &str, keep: bool) -> String {
    if word.is_ascii() {
        return if keep { word.to_owned() } else { word.to_ascii_lowercase() };
    }
    let plain = word.chars().map(plain);
    if keep { plain.collect() } else { plain.flat_map(char::to_lowercase).collect() }
}

/// Key of an exception: a Penn tag and a whole word.
pub fn word_key(xpos: &str, word: &str) -> u32 {
    feature(200, hash_text(xpos), hash_text(&base(word, false)), 0)
}

/// Keys of the endings of a word, the longest first, ending with the empty one.
pub fn ending_keys(xpos: &str, word: &str) -> Vec<u32> {
    endings(hash_text(xpos), &base(word, false)).collect()
}

/// The same for the hash of a tag and a word in lower case.
fn endings(tag: u32, lower: &str) -> impl Iterator<Item = u32> + '_ {
    let from = lower.char_indices().rev().take(LONGEST).last().map_or(lower.len(), |(at, _)| at);
    let ending = &lower[from..];
    let length = ending.chars().count();
    let starts = ending.char_indices().map(|(at, _)| at).chain([ending.len()]);
    starts.enumerate().map(move |(i, at)| feature(201, tag, hash_text(&ending[at..]), (length - i) as u32))
}

/// The lemmatizer.
pub struct Lemmatizer {
    rules: Vec<Rule>,
    choices: HashMap<u32, u16, Spread>,
}

impl Lemmatizer {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("lemmatizer", bytes)?;
        let count = reader.count(3)?;
        let mut rules = Vec::with_capacity(count);
        for _ in 0..count {
            let (cut, keep) = (reader.u8()?, reader.u8()? != 0);
            rules.push(Rule { cut, add: reader.text()?.to_owned(), keep });
        }
        let count = reader.count(6)?;
        let mut choices = HashMap::with_capacity_and_hasher(count, Spread);
        for _ in 0..count {
            let (key, rule) = (reader.u32()?, reader.i16()? as u16);
            if usize::from(rule) >= rules.len() {
                return Err(ModelError::Foreign("lemmatizer"));
            }
            choices.insert(key, rule);
        }
        Ok(Lemmatizer { rules, choices })
    }

    /// The lemma of a word with a Penn tag.
    pub fn lemma(&self, word: &str, xpos: &str) -> String {
        let (tag, lower) = (hash_text(xpos), base(word, false));
        let exception = self.choices.get(&feature(200, tag, hash_text(&lower), 0));
        let rule = exception.or_else(|| endings(tag, &lower).find_map(|key| self.choices.get(&key)));
        match rule.map(|&rule| &self.rules[usize::from(rule)]) {
            Some(rule) if rule.keep => rule.apply(word),
            Some(rule) => rule.to_base(lower),
            None if xpos.starts_with("NNP") => base(word, true),
            None => lower,
        }
    }
}
