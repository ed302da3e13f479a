//! Owns contact patterns: what word triggers one, which dependency paths carry the parties, and the examples it must meet.

use std::collections::HashMap;
use std::sync::Arc;

use readout_types::{ContactKind, Status};
use serde::Deserialize;

/// Whether the trigger is a verb or a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A verb: `met`, `spoke`.
    Verb,
    /// A noun: `call`, `talks`.
    Noun,
}

/// One step of a dependency path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the children with this relation; when words are given, only those whose case marker is one of them:
    /// `obl[with|to]`.
    Down(String, Vec<String>),
    /// To the head, when this is the relation to it: `<obj`; case markers as above: `<obl[during]`.
    Up(String, Vec<String>),
    /// To the subject of the clause, also one shared with another verb or raised from a higher one: `@subject`.
    Subject,
    /// To a light verb (`hold`, `have`, `make`) of which the word is the object: `@light`.
    Light,
    /// To the verb of the clause in which the word stands: `@clause`.
    Clause,
}

/// A dependency path from the trigger to a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

/// A sentence with what must be found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Names of the participants that must be found, exactly.
    pub who: Vec<String>,
    /// The status.
    #[serde(default)]
    pub status: Option<Status>,
    /// Kind, where it is not the pattern's own.
    #[serde(default)]
    pub kind: Option<ContactKind>,
}

/// A contact pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// `call.speak`: the kind and a name.
    pub id: Arc<str>,
    /// In a sentence, what it recognises.
    pub about: String,
    /// The kind it reports.
    pub kind: ContactKind,
    /// Verb or noun.
    pub form: Form,
    /// Lemmas of the trigger.
    pub lemmas: Vec<String>,
    /// Penn tags that the trigger must have one of; empty for any of its form.
    pub tags: Vec<String>,
    /// Words of which one must depend on the trigger (`sit` needs `down`, `call` may need `phone`); empty for none.
    pub needs: Vec<String>,
    /// Words that, depending on the trigger, forbid it (`call for`).
    pub forbids: Vec<String>,
    /// Where the first side is found.
    pub party: Vec<Path>,
    /// Where the other side is found.
    pub other: Vec<Path>,
    /// Where both sides may stand together (`between A and B`, `Trump-Putin call`).
    pub both: Vec<Path>,
    /// Two or more parties on one side suffice: `The leaders met`.
    pub together: bool,
    /// The other side may be a place, which stands for its country: visits.
    pub place: bool,
    /// The first side called, wrote or invited.
    pub initiates: bool,
    /// The medium it implies.
    pub medium: Option<String>,
    /// What its verb makes of the contact when the verb itself is done: who invited somebody has proposed a visit.
    pub status: Option<Status>,
    /// It needs a definite mark of a contact before it is believed on its own (a second side found in the tree); a
    /// weak trigger without one only adds to a report that is there already.
    pub weak: bool,
    /// A noun trigger needs a verb of holding: `held discussions with`.
    pub light: bool,
    /// Only persons are sides: `called on the king`.
    pub people: bool,
    /// A place must be named with it: `signed the accord in Bishkek`.
    pub placed: bool,
    /// Sentences that must fire.
    pub fires: Vec<Example>,
    /// Sentences in which it must not fire.
    pub silent: Vec<String>,
}

/// All patterns, with an index by lemma.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    by_lemma: HashMap<String, Vec<usize>>,
}

/// A rule that is refused.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// The file is not TOML of the right shape.
    #[error("{file}: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// The parser's message, with the line.
        reason: String,
    },
    /// A rule is incomplete or contradicts itself.
    #[error("{file}: pattern {id:?}: {reason}")]
    Refused {
        /// The file.
        file: String,
        /// The rule.
        id: String,
        /// Why.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    about: String,
    kind: ContactKind,
    form: Form,
    lemmas: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    forbids: Vec<String>,
    #[serde(default)]
    party: Vec<String>,
    #[serde(default)]
    other: Vec<String>,
    #[serde(default)]
    both: Vec<String>,
    #[serde(default)]
    together: bool,
    #[serde(default)]
    place: bool,
    #[serde(default)]
    initiates: bool,
    #[serde(default)]
    medium: Option<String>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    light: bool,
    #[serde(default)]
    people: bool,
    #[serde(default)]
    placed: bool,
    #[serde(default)]
    fires: Vec<Example>,
    #[serde(default)]
    silent: Vec<String>,
}

fn syntax(file: &str, error: &toml::de::Error) -> RuleError {
    RuleError::Syntax { file: file.to_owned(), reason: error.to_string().trim().to_owned() }
}

/// The first pattern of a file that is not of the right shape, by its name.
fn culprit(file: &str, text: &str) -> Option<RuleError> {
    let table: toml::Table = toml::from_str(text).ok()?;
    table.get("pattern")?.as_array()?.iter().enumerate().find_map(|(index, entry)| {
        let reason = entry.clone().try_into::<Entry>().err()?;
        let id = entry.get("id").and_then(|id| id.as_str()).map_or(format!("number {}", index + 1), str::to_owned);
        Some(RuleError::Refused { file: file.to_owned(), id, reason: reason.message().trim().to_owned() })
    })
}

const BUILT_IN: [(&str, &str); 5] = [
    ("data/patterns/call.toml", include_str!("../../../data/patterns/call.toml")),
    ("data/patterns/meeting.toml", include_str!("../../../data/patterns/meeting.toml")),
    ("data/patterns/visit.toml", include_str!("../../../data/patterns/visit.toml")),
    ("data/patterns/talks.toml", include_str!("../../../data/patterns/talks.toml")),
    ("data/patterns/message.toml", include_str!("../../../data/patterns/message.toml")),
];

impl Patterns {
    /// The patterns compiled into the program.
    ///
    /// # Errors
    /// Names the file and the pattern that is refused; a test keeps the built-in ones free of that.
    pub fn embedded() -> Result<Patterns, RuleError> {
        let mut patterns = Patterns::default();
        for (file, text) in BUILT_IN {
            patterns.add(file, text)?;
        }
        Ok(patterns)
    }

    /// Adds the patterns of one file.
    ///
    /// # Errors
    /// When the file is not TOML of the right shape, an id is taken, a path cannot be read, or a pattern lacks examples
    /// that fire or that must not.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let parsed: File = toml::from_str(text).map_err(|e| culprit(file, text).unwrap_or_else(|| syntax(file, &e)))?;
        for entry in parsed.pattern {
            let pattern = self.check(file, entry)?;
            for lemma in &pattern.lemmas {
                self.by_lemma.entry(lemma.clone()).or_default().push(self.all.len());
            }
            self.all.push(pattern);
        }
        Ok(())
    }

    fn check(&self, file: &str, entry: Entry) -> Result<Pattern, RuleError> {
        let refuse = |reason: &str| RuleError::Refused {
            file: file.to_owned(),
            id: entry.id.clone(),
            reason: reason.to_owned(),
        };
        if entry.fires.is_empty() {
            return Err(refuse("no example that must fire (fires = [{ text = …, who = […] }])"));
        }
        if entry.silent.is_empty() {
            return Err(refuse("no example that must not fire (silent = […])"));
        }
        if !entry.id.starts_with(&format!("{}.", entry.kind.as_str())) {
            return Err(refuse("the id must begin with the kind and a full stop"));
        }
        if self.all.iter().any(|p| *p.id == *entry.id) {
            return Err(refuse("the id is taken"));
        }
        if entry.lemmas.is_empty() {
            return Err(refuse("no trigger lemma"));
        }
        if entry.party.is_empty() && entry.both.is_empty() && entry.other.is_empty() {
            return Err(refuse("no path to a party"));
        }
        let paths = |texts: &[String]| -> Result<Vec<Path>, RuleError> {
            texts.iter().map(|t| Path::parse(t).ok_or_else(|| refuse(&format!("cannot read the path {t:?}")))).collect()
        };
        Ok(Pattern {
            party: paths(&entry.party)?,
            other: paths(&entry.other)?,
            both: paths(&entry.both)?,
            id: entry.id.as_str().into(),
            about: entry.about,
            kind: entry.kind,
            form: entry.form,
            lemmas: entry.lemmas,
            tags: entry.tags,
            needs: entry.needs,
            forbids: entry.forbids,
            together: entry.together,
            place: entry.place,
            initiates: entry.initiates,
            medium: entry.medium,
            status: entry.status,
            weak: entry.weak,
            light: entry.light,
            people: entry.people,
            placed: entry.placed,
            fires: entry.fires,
            silent: entry.silent,
        })
    }

    /// All patterns, in the order of the files.
    pub fn all(&self) -> &[Pattern] {
        &self.all
    }

    /// Patterns with this trigger lemma.
    pub fn by_lemma(&self, lemma: &str) -> impl Iterator<Item = &Pattern> {
        self.by_lemma.get(lemma).into_iter().flatten().map(|&i| &self.all[i])
    }
}

impl Path {
    /// Reads steps separated by spaces: `@light @subject`, `nmod[with|to]`, `<obl[during] @subject`.
    pub fn parse(text: &str) -> Option<Path> {
        text.split_whitespace().map(step).collect::<Option<Vec<_>>>().filter(|s| !s.is_empty()).map(Path)
    }
}

fn step(text: &str) -> Option<Step> {
    match text {
        "@subject" => return Some(Step::Subject),
        "@light" => return Some(Step::Light),
        "@clause" => return Some(Step::Clause),
        _ => {}
    }
    let (up, rest) = match text.strip_prefix('<') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (relation, words) = match rest.split_once('[') {
        None => (rest, Vec::new()),
        Some((relation, words)) => {
            (relation, words.strip_suffix(']')?.split('|').map(|w| w.replace('_', " ")).collect())
        }
    };
    if relation.is_empty() || !relation.bytes().all(|b| b.is_ascii_lowercase() || b == b':') {
        return None;
    }
    Some(if up { Step::Up(relation.to_owned(), words) } else { Step::Down(relation.to_owned(), words) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [[pattern]]
        id = "call.test"
        about = "A test."
        kind = "call"
        form = "verb"
        lemmas = ["phone"]
        party = ["@subject"]
        other = ["obj", "obl[with|to]"]
        fires = [{ text = "A phoned B.", who = ["A", "B"] }]
        silent = ["A saw B."]
    "#;

    #[test]
    fn built_in_patterns_are_accepted() {
        assert!(Patterns::embedded().map(|p| p.all().len() > 10).expect("patterns"));
    }

    #[test]
    fn a_rule_without_examples_is_refused() {
        assert!(Patterns::default().add("x", GOOD).is_ok());
        for (from, to, reason) in [
            ("fires = [{ text = \"A phoned B.\", who = [\"A\", \"B\"] }]", "", "must fire"),
            ("silent = [\"A saw B.\"]", "", "must not fire"),
            ("obl[with|to]", "obl[with", "cannot read the path"),
            ("call.test", "phone.test", "must begin with the kind"),
            ("form = \"verb\"", "form = \"adverb\"", "unknown variant"),
        ] {
            let error = Patterns::default().add("x", &GOOD.replace(from, to)).expect_err(reason).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn paths() {
        assert_eq!(
            Path::parse("<obl[in_front_of] @subject conj"),
            Some(Path(vec![
                Step::Up("obl".into(), vec!["in front of".into()]),
                Step::Subject,
                Step::Down("conj".into(), vec![])
            ]))
        );
        assert_eq!(Path::parse(""), None);
    }
}
