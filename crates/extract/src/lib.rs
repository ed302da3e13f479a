//! Owns what one document says: the flow from its analysis to reports of contacts, statements and counts.

mod about;
pub mod actors;
mod aside;
pub mod counts;
mod evidence;
mod fields;
mod fingerprint;
mod gather;
mod headlines;
mod implied;
mod kinds;
mod knowledge;
mod lengths;
mod mentioned;
mod mentions;
mod names;
mod narrative;
mod nearby;
mod parties;
mod placing;
mod prominence;
mod referring;
mod relevance;
mod reports;
mod resolve;
mod seats;
mod speakers;
mod statements;
mod status;
mod tallies;
mod tense;
mod tree;
mod when;

pub use fingerprint::fingerprint;
pub use gather::{extract, trace};
pub use knowledge::{Issuer, Knowledge, KnowledgeError};
