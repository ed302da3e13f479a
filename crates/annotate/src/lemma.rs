//! Owns dictionary forms: learned rules that replace the end of a word, chosen by its Penn tag and its ending, and
//! learned exceptions for whole words.

use std::collections::HashMap;

use crate::linear::{feature, hash_text};
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
        let base = base(word, self.keep);
        let keep = base.chars().count().saturating_sub(usize::from(self.cut));
        let mut lemma: String = base.chars().take(keep).collect();
        lemma.push_str(&self.add);
        if lemma.is_empty() { base } else { lemma }
    }
}

fn base(word: &str, keep: bool) -> String {
    let plain = word.chars().map(plain);
    if keep { plain.collect() } else { plain.flat_map(char::to_lowercase).collect() }
}

/// Key of an exception: a Penn tag and a whole word.
pub fn word_key(xpos: &str, word: &str) -> u32 {
    feature(200, hash_text(xpos), hash_text(&base(word, false)), 0)
}

/// Keys of the endings of a word, the longest first, ending with the empty one.
pub fn ending_keys(xpos: &str, word: &str) -> Vec<u32> {
    let chars: Vec<char> = base(word, false).chars().collect();
    let tag = hash_text(xpos);
    (0..=LONGEST.min(chars.len()))
        .rev()
        .map(|n| {
            let ending: String = chars[chars.len() - n..].iter().collect();
            feature(201, tag, hash_text(&ending), n as u32)
        })
        .collect()
}

/// The lemmatizer.
pub struct Lemmatizer {
    rules: Vec<Rule>,
    choices: HashMap<u32, u16>,
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
        let mut choices = HashMap::with_capacity(count);
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
        let exception = self.choices.get(&word_key(xpos, word));
        let rule = exception.or_else(|| ending_keys(xpos, word).iter().find_map(|key| self.choices.get(key)));
        match rule {
            Some(&rule) => self.rules[usize::from(rule)].apply(word),
            None => base(word, xpos.starts_with("NNP")),
        }
    }
}
