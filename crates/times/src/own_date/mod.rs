//! Owns the date of a document itself: candidates in fields, addresses and header lines, and the choice among them.

mod choice;
mod field;
mod line;

pub use choice::{choose, date_with_year};
pub use field::{date_of_metadata, date_of_url};
pub use line::{DateLine, DateLineKind, date_lines, date_of_dateline};
