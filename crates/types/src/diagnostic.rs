//! Owns diagnostics: what a pure stage has to say beside its value.

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know; nothing is lost.
    Note,
    /// A result may be weaker than it looks.
    Warning,
    /// An input or a part of it was not used.
    Error,
}

/// One message about one input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The document id, or the path as given where no document came of it; empty when it is about the whole run.
    pub document: String,
    /// How much it matters.
    pub level: Level,
    /// What happened, with the line where one is known ("line 7: not JSON: …").
    pub message: String,
}
