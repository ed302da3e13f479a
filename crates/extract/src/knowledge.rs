//! Owns what the extraction knows before it reads a document: actors, patterns, cue words, issuers of official readouts.

use std::collections::HashMap;

use readout_actors::{Lexicon, Office, Table, TableError};
use readout_rules::{Cues, Patterns, RuleError, StatementCues};

/// A publisher whose texts are official readouts of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// What the publisher is called in `source` or what its address contains, in lower case.
    pub names: Vec<String>,
    /// Code of the country or organisation.
    pub country: String,
    /// The office whose contacts it reports.
    pub office: Office,
    /// How it is credited (`Kremlin`).
    pub credit: String,
}

/// Tables, patterns and cue words, ready for use by many threads.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// Office-holders, countries, titles, places.
    pub table: Table,
    /// Their names, ready for search.
    pub lexicon: Lexicon,
    /// Contact patterns.
    pub patterns: Patterns,
    /// Cue words.
    pub cues: Cues,
    /// Cues of statements.
    pub statements: StatementCues,
    /// Whether dealings within one country are reported, too.
    pub domestic: bool,
    /// Publishers of official readouts.
    pub issuers: Vec<Issuer>,
    /// Irregular forms of trigger verbs with their lemmas.
    pub irregular: HashMap<String, String>,
    /// Third-person forms of trigger verbs with their lemmas: in headlines taggers take them for nouns.
    pub present: HashMap<String, String>,
}

/// Why the built-in knowledge could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A table of actors.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A rule.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// The table of issuers.
    #[error("data/actors/issuers.tsv, line {0}: expected four columns and a known office")]
    Issuer(usize),
}

impl Knowledge {
    /// The knowledge compiled into the program.
    ///
    /// # Errors
    /// Names the file and line that cannot be read; tests keep the built-in data free of that.
    pub fn embedded() -> Result<Knowledge, KnowledgeError> {
        Knowledge::with(Table::embedded()?)
    }

    /// The built-in rules with these tables of actors: the built-in ones, or those with a person's own actors added.
    ///
    /// # Errors
    /// Names the file and line that cannot be read.
    pub fn with(table: Table) -> Result<Knowledge, KnowledgeError> {
        let lexicon = Lexicon::new(&table);
        let mut issuers = Vec::new();
        for (at, line) in include_str!("../../../data/actors/issuers.tsv").lines().enumerate().skip(2) {
            let row: Vec<&str> = line.split('\t').collect();
            let [names, country, office, credit] = row[..] else { return Err(KnowledgeError::Issuer(at + 1)) };
            let office = match office {
                "head_of_state" => "head_of_state",
                "head_of_government" => "head_of_government",
                "foreign_minister" => "foreign_minister",
                "head_of_organisation" => "head_of_organisation",
                _ => return Err(KnowledgeError::Issuer(at + 1)),
            };
            issuers.push(Issuer {
                names: names.split(';').map(|n| n.trim().to_lowercase()).collect(),
                country: country.to_owned(),
                office,
                credit: credit.to_owned(),
            });
        }
        let cues = Cues::embedded()?;
        let statements = StatementCues::embedded()?;
        let irregular = cues
            .words("irregular")
            .into_iter()
            .filter_map(|entry| entry.split_once(' '))
            .map(|(form, lemma)| (form.to_owned(), lemma.to_owned()))
            .collect();
        let patterns = Patterns::embedded()?;
        let present = present(&patterns);
        Ok(Knowledge { domestic: false, table, lexicon, patterns, cues, statements, issuers, irregular, present })
    }

    /// Adds a person's own contact patterns, in the format of the built-in ones; `file` is the name for messages.
    ///
    /// # Errors
    /// Names the file and the pattern that is refused.
    pub fn add_patterns(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        self.patterns.add(file, text)?;
        self.present = present(&self.patterns);
        Ok(())
    }

    /// The issuer whose house stands alone on one of the first lines of a page: "The Kremlin, Moscow".
    pub fn issuer_of_page(&self, text: &str) -> Option<&Issuer> {
        text.lines().map(str::trim).filter(|l| !l.is_empty()).take(8).filter(|l| l.chars().count() <= 40).find_map(
            |line| {
                let house = line.split(',').next().unwrap_or(line).trim().to_lowercase();
                self.issuers.iter().find(|i| i.names.contains(&house))
            },
        )
    }

    /// The issuer of a document, by the name of its source or by its address.
    pub fn issuer(&self, source: Option<&str>, url: Option<&str>) -> Option<&Issuer> {
        let source = source.unwrap_or("").to_lowercase();
        let host = url.unwrap_or("").split("//").nth(1).unwrap_or("").split('/').next().unwrap_or("").to_lowercase();
        self.issuers.iter().find(|i| {
            i.names
                .iter()
                .any(|n| *n == source || (n.contains('.') && (host == *n || host.ends_with(&format!(".{n}")))))
        })
    }
}

/// Third-person forms of the verbs that trigger a pattern.
fn present(patterns: &Patterns) -> HashMap<String, String> {
    let verbs = patterns.all().iter().filter(|p| p.form == readout_rules::Form::Verb).flat_map(|p| &p.lemmas);
    verbs.map(|lemma| (third_person(lemma), lemma.clone())).collect()
}

/// `phone` gives `phones`, `fly` gives `flies`.
fn third_person(lemma: &str) -> String {
    match lemma.as_bytes() {
        [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ies", &lemma[..lemma.len() - 1]),
        [.., b's' | b'x' | b'z' | b'o'] => format!("{lemma}es"),
        [.., b'c' | b's', b'h'] => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}
