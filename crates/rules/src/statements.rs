//! Owns the cues of statements: verbs and nouns by which English says that somebody said, thinks or wants something, with the
//! sentences that each list must find and must leave alone, read from `data/lexicons/statements.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};

use readout_types::Manner;
use serde::Deserialize;

use crate::RuleError;

/// How a cue takes what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// In a clause, in quotation marks, or around it: *say*.
    Say,
    /// In a clause: *think*.
    Think,
    /// In a clause, by a poll or paper: *show*.
    Show,
    /// In "to …", about oneself: *want*, *refuse*.
    Intend,
    /// In "to …", of somebody else: *urge*.
    Urge,
    /// As an object: *condemn*.
    Object,
    /// Behind a preposition: *call for*.
    About,
    /// In a clause behind a noun: *the claim that*.
    Noun,
    /// Behind a noun and its preposition: *support for*.
    Topic,
    /// In "to …" behind a noun: *the decision to*.
    Goal,
    /// In a clause, in "to …" or behind a preposition, after an adjective: *convinced that*, *wary of*.
    Adjective,
    /// As an object with "as …": *regard*.
    As,
    /// Around a verb in the passive, of somebody unnamed: *is expected to*.
    Raise,
    /// Around a verb in the active, of somebody unnamed: *seems to*.
    Seem,
}

/// A sentence with the one statement that must be found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementExample {
    /// The text.
    pub text: String,
    /// Words that must stand among those for the speaker; empty where nobody is named.
    pub speaker: String,
    /// The cue.
    pub cue: String,
    /// What is said, part by part.
    pub content: Vec<String>,
    /// In quotation marks.
    #[serde(default)]
    pub direct: bool,
    /// Said, thought or wanted.
    pub manner: Manner,
}

/// One list of cues.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueList {
    /// How they take what is said.
    pub id: CueClass,
    /// In a sentence, what they are.
    pub about: String,
    /// Lemmas, adjectives as they stand; for [`CueClass::About`] and [`CueClass::Topic`] with the preposition.
    pub words: Vec<String>,
    /// Sentences in which a statement must be found.
    pub fires: Vec<StatementExample>,
    /// Sentences in which none must be.
    pub silent: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cues: Vec<CueList>,
    marks: BTreeMap<String, HashSet<String>>,
}

/// All cues of statements, by lemma.
#[derive(Clone, Debug, Default)]
pub struct StatementCues {
    lists: Vec<CueList>,
    by_lemma: HashMap<String, Vec<CueClass>>,
    /// Prepositions, by class ([`CueClass::About`], [`CueClass::Topic`]) and lemma.
    prepositions: HashMap<CueClass, HashMap<String, Vec<String>>>,
    marks: BTreeMap<String, HashSet<String>>,
}

impl StatementCues {
    /// The cues compiled into the program.
    ///
    /// # Errors
    /// When the file is of another shape, or a list lacks sentences that fire or that must not.
    pub fn embedded() -> Result<StatementCues, RuleError> {
        Self::parse("data/lexicons/statements.toml", include_str!("../../../data/lexicons/statements.toml"))
    }

    /// The cues of a file's text.
    ///
    /// # Errors
    /// As [`StatementCues::embedded`]; `file` is the name for messages.
    pub fn parse(file: &str, text: &str) -> Result<StatementCues, RuleError> {
        let parsed: File = toml::from_str(text)
            .map_err(|e| RuleError::Syntax { file: file.to_owned(), reason: e.to_string().trim().to_owned() })?;
        let mut out = StatementCues { marks: parsed.marks, ..StatementCues::default() };
        for list in parsed.cues {
            let refuse = |reason: &str| RuleError::Refused {
                file: file.to_owned(),
                id: format!("{:?}", list.id).to_lowercase(),
                reason: reason.to_owned(),
            };
            if list.fires.is_empty() {
                return Err(refuse("no example that must fire"));
            }
            if list.silent.is_empty() {
                return Err(refuse("no example that must not fire"));
            }
            for word in &list.words {
                let (lemma, preposition) = word.split_once(' ').unwrap_or((word, ""));
                if matches!(list.id, CueClass::About | CueClass::Topic) == preposition.is_empty() {
                    return Err(refuse(&format!(
                        "{word:?}: a preposition belongs to the words of \"about\" and \"topic\""
                    )));
                }
                let classes = out.by_lemma.entry(lemma.to_owned()).or_default();
                if !classes.contains(&list.id) {
                    classes.push(list.id);
                }
                if !preposition.is_empty() {
                    let of_class = out.prepositions.entry(list.id).or_default();
                    of_class.entry(lemma.to_owned()).or_default().push(preposition.to_owned());
                }
            }
            out.lists.push(list);
        }
        Ok(out)
    }

    /// The lists, in the order of the file.
    pub fn lists(&self) -> &[CueList] {
        &self.lists
    }

    /// How a lemma (in lower case) can take what is said; empty for a word that is no cue.
    pub fn classes(&self, lemma: &str) -> &[CueClass] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a lemma is a cue of this class.
    pub fn is(&self, lemma: &str, class: CueClass) -> bool {
        self.classes(lemma).contains(&class)
    }

    /// The prepositions behind which a verb ([`CueClass::About`]) or noun ([`CueClass::Topic`]) has what is said.
    pub fn prepositions(&self, class: CueClass, lemma: &str) -> &[String] {
        self.prepositions.get(&class).and_then(|words| words.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word (in lower case) carries a mark: `unnamed`, `hedges`, `hedging`, `confirms`, `denies`, `disputes`, `light`,
    /// `papers`.
    pub fn marks(&self, mark: &str, word: &str) -> bool {
        self.marks.get(mark).is_some_and(|words| words.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_cues_are_accepted() {
        let cues = StatementCues::embedded().expect("the built-in cues");
        assert!(
            cues.is("say", CueClass::Say) && cues.prepositions(CueClass::About, "call").contains(&"for".to_owned())
        );
        assert!(cues.marks("denies", "deny"));
    }

    #[test]
    fn a_list_without_examples_is_refused() {
        let good = r#"
            marks = {}
            [[cues]]
            id = "say"
            about = "Saying."
            words = ["say"]
            fires = [{ text = "A said B.", speaker = "A", cue = "said", content = ["B"], manner = "says" }]
            silent = ["A saw B."]
        "#;
        assert!(StatementCues::parse("x", good).is_ok());
        for (from, to, reason) in [
            ("silent = [\"A saw B.\"]", "silent = []", "must not fire"),
            ("[\"say\"]", "[\"say to\"]", "preposition"),
            ("id = \"say\"", "id = \"sing\"", "unknown variant"),
        ] {
            let error = StatementCues::parse("x", &good.replace(from, to)).expect_err(reason).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
