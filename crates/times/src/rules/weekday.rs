//! Owns weekdays: "Monday", "last Friday", "next Tuesday", "Friday of last week".

use super::Base;
use crate::lexicon::Lex;
use crate::token::Tokens;
use crate::{DateBase, Which};

/// Words that make a name of the weekday after them, and those that do so after it.
const NAME_BEFORE: &[&str] = &["Black", "Bloody", "Super", "Cyber", "Ruby", "Casual", "Giving"];
const NAME_AFTER: &[&str] =
    &["Times", "Mirror", "Telegraph", "Express", "Mail", "Post", "Herald", "Tribune", "Age", "Night Live"];

pub(super) fn weekday(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let (mut j, which) = match t.word(i) {
        "last" | "past" => (i + 1, Which::Last),
        "next" => (i + 1, Which::Next),
        "coming" | "upcoming" => (i + 1, Which::Coming),
        "this" if t.is(i + 1, &["past", "last"]) => (i + 2, Which::Last),
        "this" if t.is(i + 1, &["coming"]) => (i + 2, Which::Coming),
        "this" => (i + 1, Which::This),
        "that" => (i + 1, Which::That),
        "the" => match t.word(i + 1) {
            "following" | "next" => (i + 2, Which::Following),
            "previous" | "preceding" => (i + 2, Which::Previous),
            "same" => (i + 2, Which::That),
            "past" | "last" => (i + 2, Which::Last),
            "coming" | "upcoming" => (i + 2, Which::Coming),
            _ => return None,
        },
        "following" if !matches!(t.before(i, 1), Lex::Stop) && t.is(i - 1, &["the"]) => (i + 1, Which::Following),
        _ => (i, Which::Nearest),
    };
    let weekday = match t.lex(j) {
        Lex::Day(d) => d,
        Lex::DayAbbr(d)
            if t.capital(j)
                && ((d < 6 && t.text(j).len() > 2 && t.is(i.wrapping_sub(1), &["on", "by", "until"]))
                    || t.text(j).ends_with('.') && d < 6) =>
        {
            d
        }
        _ => return None,
    };
    if i > 0 && j == i && (NAME_BEFORE.contains(&t.text(i - 1)) || NAME_AFTER.contains(&t.text(i + 1))) {
        return None;
    }
    j += 1;
    let (mut end, mut week) = (j, None);
    if which == Which::Nearest {
        let k = if t.is(j, &["of"]) { j + 1 } else { j };
        if matches!(t.lex(k + 1), Lex::Unit(crate::Grain::Week, 1)) {
            let offset = match t.word(k) {
                "last" => Some(-1),
                "this" => Some(0),
                "next" => Some(1),
                _ => None,
            };
            if offset.is_some() {
                (end, week) = (k + 2, offset);
            }
        }
    }
    let rule = if which == Which::Nearest && week.is_none() { "weekday.bare" } else { "weekday.which" };
    Base::new(end, DateBase::Weekday { weekday, which, week }, rule)
}
