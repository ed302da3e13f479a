//! Owns the question that people ask of a chronology: which contacts they want to see.

use crate::{ContactKind, Interval, Status};

/// Which contacts are wanted; all that is asked for must hold. The default lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// All of these take part: names of people, countries or organisations, or beginnings of their words.
    pub who: Vec<String>,
    /// Any of these kinds; empty: all.
    pub kinds: Vec<ContactKind>,
    /// Any of these statuses; empty: all.
    pub statuses: Vec<Status>,
    /// Contacts that can lie in these days. A contact of which no day is known is left out when this has a bound.
    pub days: Interval,
    /// Any of these outlets reports it: names, or parts of them; empty: all.
    pub outlets: Vec<String>,
    /// Only contacts on which sources disagree.
    pub disputed: bool,
    /// Only contacts with one independent source.
    pub single_source: bool,
    /// Only contacts that are right with at least this chance, in hundredths.
    pub min_confidence: u8,
    /// All of these words, or words that begin with them, stand in its participants, place, topics, outcomes or evidence.
    pub words: Vec<String>,
}

impl Filter {
    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}
