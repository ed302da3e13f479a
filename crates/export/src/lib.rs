//! Owns the formats in which a chronology leaves the program: JSON, Markdown, tables and detail pages for a terminal.
//!
//! Nothing is decided here: what is shown is what reconciling found, rival values included. Offsets leave as code
//! points. Text from documents is stripped of control characters before it reaches a terminal.

mod calendar;
mod check;
mod codes;
mod counts;
mod diff;
mod events;
mod explain;
mod find;
mod flat;
mod formats;
mod found;
mod graph;
mod json;
mod layout;
mod linked;
mod log;
mod markdown;
mod page;
pub mod phrase;
mod quotes;
mod show;
mod sources;
mod stats;
mod table;
mod tables;
mod to_wire;
pub mod wire;

use readout_types::{Chronology, Contact, Gap, Part, Totals};

pub use check::drifted;
pub use counts::counts;
pub use diff::{Change, DiffError, What, changes, describe};
pub use explain::explain;
pub use find::find;
pub use flat::{source as citation, web};
pub use formats::{ExportFormat, export};
pub use found::{Found, found};
pub use json::json;
pub use layout::{Look, plain};
pub use log::{LogEntry, log};
pub use markdown::markdown;
pub use quotes::{quotes, quotes_json};
pub use show::{Context, show};
pub use sources::sources;
pub use stats::{stats, stats_json};
pub use table::{details, gaps, table};
pub use to_wire::chronology as to_wire;

/// The part of a chronology that somebody asked for.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// All of it.
    pub chronology: &'a Chronology,
    /// Indices of the contacts to show, in order. A contact's row number is its index plus one in the whole
    /// chronology, filtered or not.
    pub contacts: Vec<usize>,
    /// Indices of the gaps to show, in order.
    pub gaps: Vec<usize>,
    /// Where `chronology` is only a part of it: row numbers and sums of the whole.
    pub part: Option<&'a Part>,
}

impl<'a> View<'a> {
    /// Everything.
    pub fn all(chronology: &'a Chronology) -> Self {
        View {
            chronology,
            contacts: (0..chronology.contacts.len()).collect(),
            gaps: (0..chronology.gaps.len()).collect(),
            part: None,
        }
    }

    /// Everything in a part.
    pub fn of(part: &'a Part) -> Self {
        View { part: Some(part), ..View::all(&part.chronology) }
    }

    /// Sums of the whole chronology.
    pub fn totals(&self) -> Totals {
        if let Some(part) = self.part {
            return part.whole;
        }
        let documents = &self.chronology.documents;
        let mut outlets: Vec<&str> = documents.iter().filter_map(|d| d.source.as_deref()).collect();
        let unnamed = documents.len() - outlets.len();
        outlets.sort_unstable();
        outlets.dedup();
        Totals {
            documents: documents.len(),
            unnamed,
            outlets: outlets.len(),
            copies: documents.iter().filter(|d| d.duplicate_of.is_some()).count(),
            contacts: self.chronology.contacts.len(),
        }
    }

    /// Row numbers and contacts.
    pub fn contacts(&self) -> impl Iterator<Item = (usize, &'a Contact)> + '_ {
        let all = &self.chronology.contacts;
        let row = |i: usize| self.part.map_or(i + 1, |part| part.rows.get(i).copied().unwrap_or(0));
        self.contacts.iter().filter_map(move |&i| all.get(i).map(|c| (row(i), c)))
    }

    /// The gaps.
    pub fn gaps(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        let all = &self.chronology.gaps;
        self.gaps.iter().filter_map(|&i| all.get(i))
    }
}
