//! Owns what people decided about a chronology: the lines of `corrections.jsonl`, which of them hold, and how they are replayed.
//!
//! ```text
//! extractions ─ prepare (actors, not a contact) ─→ link ─ regroup (merge, split) ─→ reconcile ─ finish (fields, verdicts) ─→ chronology
//! ```
//!
//! A decision names no row and no id that a later run might give to something else: it is anchored to the words of the
//! reports it is about, by document, hash of the text, position and quote. The order of the lines has no say, so that two
//! people's files can be merged line by line.

mod anchor;
mod book;
mod fields;
mod line;
mod replay;
mod value;

pub use anchor::{Anchor, Target, anchors_of, hash_of};
pub use book::{Book, State};
pub use line::{Act, Correction};
pub use replay::{Outcome, Replay};
pub use value::{SetError, parse_value};
