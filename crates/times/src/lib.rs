//! Owns time: the expressions of a text with the days they denote, and the day a document itself was written.
//!
//! Everything is pure: no clock, no files, no environment. "Today" is always an argument. The flow: `token` cuts the
//! text and looks every word up in the lexicons of `data/times`; the rule modules under `rules` read expressions off
//! the tokens, the longest at each place wins; `resolve` turns a meaning and a reference day into an interval.

mod cue;
mod event;
mod holiday;
mod lexicon;
mod meaning;
mod nearest;
mod own_date;
mod resolve;
mod rules;
mod timex;
mod token;

pub use cue::direction_hint;
pub use event::{EventHint, KnownEvent, event_hints};
pub use holiday::{Holiday, holidays};
pub use meaning::{
    Anchor, Bound, Clock, DateBase, DateMeaning, DayPart, Direction, Expression, Grain, Meaning, Part, PartialDate,
    Period, Resolved, Set, Which,
};
pub use own_date::{
    DateLine, DateLineKind, choose, date_lines, date_of_dateline, date_of_metadata, date_of_url, date_with_year,
};
pub use timex::Timex3;

/// All time expressions of a text, in order, not overlapping. Linear time, any input safe.
///
/// ```
/// use readout_times::{Direction, expressions};
///
/// let text = "The ministers spoke on Monday for just over an hour.";
/// let found = expressions(text);
/// let monday = found[0].resolve("2025-12-29".parse().ok(), Direction::Past);
/// assert_eq!(monday.interval.edtf(), "2025-12-29");
/// assert_eq!(found[1].span.of(text), "just over an hour");
/// ```
pub fn expressions(text: &str) -> Vec<Expression> {
    rules::read(&token::Tokens::new(text))
}

/// The number of the month that a word names in full, written as a name is: `January` is 1.
pub fn month_of_name(word: &str) -> Option<i8> {
    let name = word.starts_with(|c: char| c.is_ascii_uppercase()) && !word[1..].contains(|c: char| c.is_uppercase());
    match lexicon::LEXICON.word(word).0 {
        lexicon::Lex::Month(month) if name => Some(month),
        _ => None,
    }
}

/// Names of all rules that [`expressions`] may give, each with its examples in `data/times/rules.toml`.
pub fn rule_names() -> &'static [&'static str] {
    rules::RULES
}
