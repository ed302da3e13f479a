//! Owns the reading of expressions off tokens: every rule is tried at each place and the longest match wins.

mod calendar;
mod clock;
mod date;
mod length;
mod recurring;
mod relative;
mod season;
mod weekday;

use readout_types::Span;

use crate::lexicon::Lex;
use crate::token::Tokens;
use crate::{Bound, DateBase, DateMeaning, Expression, Meaning};

pub(crate) use calendar::calendar as calendar_date;

/// What a rule read from a place on.
pub(crate) struct Match {
    /// One past its last token.
    pub end: usize,
    pub meaning: Meaning,
    pub rule: &'static str,
}

/// The days a rule read, before what stands around them.
pub(crate) struct Base {
    pub end: usize,
    pub base: DateBase,
    pub rule: &'static str,
}

impl Base {
    fn new(end: usize, base: DateBase, rule: &'static str) -> Option<Base> {
        Some(Base { end, base, rule })
    }
}

/// A date without further qualification.
fn plain(base: DateBase) -> Meaning {
    Meaning::Date(DateMeaning { base, part: None, day_part: None })
}

/// Names of all rules, as in `data/times/rules.toml`.
pub(crate) const RULES: &[&str] = &[
    "calendar.day",
    "calendar.day-of-month",
    "calendar.decade",
    "calendar.century",
    "calendar.iso",
    "calendar.month",
    "calendar.numeric",
    "calendar.year",
    "clock.named",
    "clock.time",
    "duration.about",
    "duration.at-least",
    "duration.at-most",
    "duration.exact",
    "duration.nearly",
    "duration.over",
    "event.distance",
    "event.distance-of",
    "event.phrase",
    "holiday",
    "period",
    "period.age",
    "relative.ago",
    "relative.phrase",
    "relative.stretch",
    "relative.unit",
    "season.fraction",
    "season.named",
    "set.every",
    "set.per",
    "set.weekdays",
    "set.word",
    "weekday.bare",
    "weekday.which",
];

/// Reads all expressions, left to right. Every rule looks at a bounded number of tokens, so the time is linear.
pub(crate) fn read(tokens: &Tokens<'_>) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let Some(best) = at(tokens, i) else {
            i += 1;
            continue;
        };
        let (start, end) = (tokens.get(i).map_or(0, |t| t.start), tokens.get(best.end - 1).map_or(0, |t| t.end));
        let mut meaning = best.meaning;
        let span = Span { start, end };
        if let Meaning::Clock(clock) = &mut meaning {
            clock.text = span.of(tokens.text).to_owned();
        }
        let bound = bound(tokens, i, &meaning);
        found.push(Expression { span, meaning, bound, rule: best.rule });
        i = best.end;
    }
    found
}

/// The longest match at `i`; of equally long ones the first in the order of the rules.
fn at(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Other | Lex::Stop | Lex::Zone | Lex::Label | Lex::Counted if tokens.id(i) == 0 => return None,
        Lex::Punct(c) if !matches!(c, '½' | '¼' | '¾' | '\'') => return None,
        _ => {}
    }
    let mut best: Option<Match> = None;
    for rule in [date::date, relative::phrase, length::length, clock::clock, recurring::set, relative::stretch] {
        if let Some(found) = rule(tokens, i)
            && found.end > i
            && best.as_ref().is_none_or(|b| found.end > b.end)
        {
            best = Some(found);
        }
    }
    best
}

/// How the words before the expression at `i` bound it.
fn bound(tokens: &Tokens<'_>, i: usize, meaning: &Meaning) -> Bound {
    let length = matches!(meaning, Meaning::Duration(_) | Meaning::Period(_));
    match tokens.word_before(i, 1) {
        "since" => Bound::Since,
        "until" | "till" | "til" | "by" | "through" | "thru" if !length => Bound::Until,
        "before" if !length => Bound::Before,
        "to" if !length && tokens.word_before(i, 2) == "prior" => Bound::Before,
        "of" if !length && tokens.word_before(i, 2) == "ahead" => Bound::Before,
        "after" | "following" if !length => Bound::After,
        "in" | "within" if length => Bound::Within,
        "the" => match tokens.word_before(i, 2) {
            "since" => Bound::Since,
            "until" | "till" | "by" | "through" if !length => Bound::Until,
            "before" if !length => Bound::Before,
            "after" if !length => Bound::After,
            _ => Bound::At,
        },
        _ => Bound::At,
    }
}
