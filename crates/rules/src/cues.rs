//! Owns cue words: lists of lemmas by what they signal (status, attribution, light verbs), read from `data/lexicons/cues.toml`.

use std::collections::{BTreeMap, HashSet};

use crate::RuleError;

/// Sets of lemmas and short phrases by name.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    sets: BTreeMap<String, HashSet<String>>,
}

impl Cues {
    /// The cue words compiled into the program.
    ///
    /// # Errors
    /// When the file is not a TOML table of string lists.
    pub fn embedded() -> Result<Cues, RuleError> {
        let file = "data/lexicons/cues.toml";
        let parsed: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("../../../data/lexicons/cues.toml"))
            .map_err(|e| RuleError::Syntax { file: file.to_owned(), reason: e.to_string() })?;
        Ok(Cues { sets: parsed.into_iter().map(|(k, v)| (k, v.into_iter().collect())).collect() })
    }

    /// Whether `word` (a lemma in lower case) is in the set; `false` when there is no such set.
    pub fn has(&self, set: &str, word: &str) -> bool {
        let Some(words) = self.sets.get(set) else { return false };
        if words.contains(word) {
            return true;
        }
        // Lemmatizers cut too much off forms they have not seen: "postpon", "rul", "cancell".
        let bytes = word.as_bytes();
        let doubled = bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] && word.is_ascii();
        words.contains(&format!("{word}e")) || (doubled && words.contains(&word[..word.len() - 1]))
    }

    /// The names of the sets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sets.keys().map(String::as_str)
    }

    /// The words of a set, sorted.
    pub fn words(&self, set: &str) -> Vec<&str> {
        let mut words: Vec<&str> = self.sets.get(set).into_iter().flatten().map(String::as_str).collect();
        words.sort_unstable();
        words
    }
}
