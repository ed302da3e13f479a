//! Owns the rule format: contact patterns and cue words as data, each with examples that fire and that must not.
//!
//! A pattern without both kinds of example is refused when it is read; the tests of the extraction stage run every
//! example through the whole pipeline.

mod cues;
mod pattern;
mod statements;

pub use cues::Cues;
pub use pattern::{Example, Form, Path, Pattern, Patterns, RuleError, Step};
pub use statements::{CueClass, CueList, StatementCues, StatementExample};
