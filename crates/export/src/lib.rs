//! Owns the formats in which a chronology leaves the program: JSON, Markdown, tables and detail pages for a terminal.
//!
//! Nothing is decided here: what is shown is what reconciling found, rival values included. Offsets leave as code
//! points. Text from documents is stripped of control characters before it reaches a terminal.

mod check;
mod explain;
mod find;
mod json;
mod layout;
mod markdown;
mod phrase;
mod show;
mod table;
mod to_wire;
pub mod wire;

use readout_types::{Chronology, Contact, Gap};

pub use check::drifted;
pub use explain::explain;
pub use find::find;
pub use json::json;
pub use layout::{Look, plain};
pub use markdown::markdown;
pub use show::show;
pub use table::{gaps, table};

/// The part of a chronology that somebody asked for.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// All of it.
    pub chronology: &'a Chronology,
    /// Indices of the contacts to show, in order. A contact's row number is its index plus one, filtered or not.
    pub contacts: Vec<usize>,
    /// Indices of the gaps to show, in order.
    pub gaps: Vec<usize>,
}

impl<'a> View<'a> {
    /// Everything.
    pub fn all(chronology: &'a Chronology) -> Self {
        View {
            chronology,
            contacts: (0..chronology.contacts.len()).collect(),
            gaps: (0..chronology.gaps.len()).collect(),
        }
    }

    /// Row numbers and contacts.
    pub fn contacts(&self) -> impl Iterator<Item = (usize, &'a Contact)> + '_ {
        let all = &self.chronology.contacts;
        self.contacts.iter().filter_map(|&i| all.get(i).map(|c| (i + 1, c)))
    }

    /// The gaps.
    pub fn gaps(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        let all = &self.chronology.gaps;
        self.gaps.iter().filter_map(|&i| all.get(i))
    }
}
