//! Owns the dated table of who holds which office, the names of countries and places, and how they are looked up.
//!
//! The tables are data (`data/actors/`), compiled in; everything here is a pure function of them.

mod fold;
mod lexicon;
mod own;
mod spelling;
mod table;

pub use fold::{Word, fold, words};
pub use lexicon::{Entry, Lexicon, Match, surnames};
pub use table::{Country, CountryKind, Office, Person, PersonId, PlaceEntry, Table, TableError, Term};
