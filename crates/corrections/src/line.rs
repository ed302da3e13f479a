//! Owns one line of `corrections.jsonl`: its fields, its id, how it is written and read.

use readout_types::Field;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::anchor::{Target, hash_of};

/// A decision: who, when, why, what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The beginning of the hash of all the rest, so that two people's ids never clash and a line that both files have is
    /// one decision.
    pub id: String,
    /// When, in UTC (RFC 3339).
    pub at: String,
    /// Who.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Ids of earlier decisions on the same question, which its author knew and decided anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Act {
    /// All these contacts are one.
    Merge {
        /// At least two.
        contacts: Vec<Target>,
    },
    /// Some reports of a contact are of another one.
    Split {
        /// The reports that stay.
        contact: Target,
        /// The reports that go, all to one contact.
        apart: Target,
    },
    /// No contact: the words mean something else.
    NotAContact {
        /// Its reports.
        contact: Target,
    },
    /// A field has another value.
    Set {
        /// The contact.
        contact: Target,
        /// The field.
        field: Field,
        /// The value, in the shape that the contract's JSON has; `null`: not known after all.
        value: Value,
    },
    /// An actor has another name, office or country.
    RenameActor {
        /// Its key.
        actor: String,
        /// The name.
        name: String,
        /// The office, where it changes too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<String>,
        /// The country, where it changes too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<String>,
    },
    /// One actor under several names.
    MergeActors {
        /// The keys that go.
        actors: Vec<String>,
        /// The key that stays.
        into: String,
        /// The name of the one that stays.
        name: String,
    },
    /// Right as it stands.
    Confirm {
        /// The contact.
        contact: Target,
    },
    /// May be wrong.
    Unsure {
        /// The contact.
        contact: Target,
    },
    /// An earlier decision is taken back.
    Revert {
        /// Its id.
        correction: String,
    },
}

impl Act {
    /// The word for it in the file and on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::NotAContact { .. } => "not-a-contact",
            Act::Set { .. } => "set",
            Act::RenameActor { .. } => "rename-actor",
            Act::MergeActors { .. } => "merge-actors",
            Act::Confirm { .. } => "confirm",
            Act::Unsure { .. } => "unsure",
            Act::Revert { .. } => "revert",
        }
    }

    /// The contacts it is about.
    pub fn targets(&self) -> Vec<&Target> {
        match self {
            Act::Merge { contacts } => contacts.iter().collect(),
            Act::Split { contact, apart } => vec![contact, apart],
            Act::NotAContact { contact }
            | Act::Set { contact, .. }
            | Act::Confirm { contact }
            | Act::Unsure { contact } => {
                vec![contact]
            }
            Act::RenameActor { .. } | Act::MergeActors { .. } | Act::Revert { .. } => Vec::new(),
        }
    }

    /// In a few words, for `readout log`.
    pub fn describe(&self) -> String {
        match self {
            Act::Merge { contacts } => {
                let ids: Vec<&str> = contacts.iter().map(|c| c.contact.as_str()).collect();
                format!("{} are one contact", ids.join(" and "))
            }
            Act::Split { contact, apart } => {
                let named: Vec<&str> = apart.reports.iter().map(|a| a.document.as_str()).collect();
                format!("{} in {}: the report of {} is of another contact", "split", contact.contact, named.join(", "))
            }
            Act::NotAContact { contact } => format!("{} is no contact", contact.contact),
            Act::Set { contact, field, value } => format!("{}: {} is {value}", contact.contact, field.as_str()),
            Act::RenameActor { actor, name, role, country } => {
                let more: Vec<&str> = [role, country].into_iter().flatten().map(String::as_str).collect();
                let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
                format!("{actor} is called {name}{more}")
            }
            Act::MergeActors { actors, into, .. } => format!("{} is {into}", actors.join(" and ")),
            Act::Confirm { contact } => format!("{} is right", contact.contact),
            Act::Unsure { contact } => format!("{} is doubtful", contact.contact),
            Act::Revert { correction } => format!("{correction} is taken back"),
        }
    }
}

impl Correction {
    /// A decision, with its id. `at` is RFC 3339, to the microsecond where two can be made in one second.
    pub fn new(at: &str, by: &str, why: Option<&str>, replaces: Vec<String>, act: Act) -> Correction {
        let mut made = Correction {
            id: String::new(),
            at: at.to_owned(),
            by: by.to_owned(),
            why: why.map(str::to_owned),
            replaces,
            act,
        };
        made.id = made.computed_id();
        made
    }

    fn computed_id(&self) -> String {
        let bare = Correction { id: String::new(), ..self.clone() };
        hash_of(&bare.line())[..12].to_owned()
    }

    /// The line of the file, without its end.
    pub fn line(&self) -> String {
        // Strings, numbers and lists: nothing here that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a line. An absent or changed id is replaced by what the content gives, so that a line written by hand has
    /// the same id in every copy of the file.
    ///
    /// # Errors
    /// Why it is no decision.
    pub fn parse(line: &str) -> Result<Correction, String> {
        let mut value: Value = serde_json::from_str(line).map_err(|e| format!("not JSON: {e}"))?;
        let fields = value.as_object_mut().ok_or("not a JSON object")?;
        fields.entry("id").or_insert_with(|| Value::String(String::new()));
        let mut read: Correction = serde_json::from_value(value).map_err(|e| e.to_string())?;
        if read.at.parse::<jiff::Timestamp>().is_err() {
            return Err(format!("\"at\" is {:?}: expected a time such as 2026-03-01T09:30:00Z", read.at));
        }
        if read.by.trim().is_empty() {
            return Err("\"by\" is empty: who decided?".to_owned());
        }
        let faulty = match &read.act {
            Act::Merge { contacts } if contacts.len() < 2 => Some("a merge needs two contacts"),
            Act::MergeActors { actors, .. } if actors.is_empty() => Some("no actors to merge"),
            act if act.targets().iter().any(|t| t.reports.is_empty()) => Some("a contact without reports"),
            _ => None,
        };
        if let Some(fault) = faulty {
            return Err(fault.to_owned());
        }
        if let Act::Set { field, value, .. } = &read.act {
            crate::value::from_json(*field, value)?;
        }
        read.id = read.computed_id();
        Ok(read)
    }

    /// The moment, for ordering.
    pub(crate) fn moment(&self) -> jiff::Timestamp {
        self.at.parse().unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// Ids of the earlier decisions that this one ends.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &str> {
        let reverted = match &self.act {
            Act::Revert { correction } => Some(correction.as_str()),
            _ => None,
        };
        self.replaces.iter().map(String::as_str).chain(reverted)
    }
}
