//! Owns seasons, quarters and halves of years.

use super::Base;
use super::calendar::year_at;
use crate::lexicon::Lex;
use crate::token::Tokens;
use crate::{DateBase, Grain, Which};

pub(super) fn season(t: &Tokens<'_>, i: usize) -> Option<Base> {
    fraction(t, i).or_else(|| named(t, i))
}

fn which(t: &Tokens<'_>, i: usize) -> (usize, Which) {
    match t.word(i) {
        "last" => (i + 1, Which::Last),
        "next" | "coming" => (i + 1, Which::Next),
        "this" if t.is(i + 1, &["past"]) => (i + 2, Which::Last),
        "this" if t.is(i + 1, &["coming"]) => (i + 2, Which::Next),
        "this" => (i + 1, Which::This),
        "that" => (i + 1, Which::That),
        "the" => match t.word(i + 1) {
            "following" | "next" => (i + 2, Which::Following),
            "previous" | "preceding" => (i + 2, Which::Previous),
            "last" | "past" => (i + 2, Which::Last),
            "coming" => (i + 2, Which::Next),
            _ => (i + 1, Which::Nearest),
        },
        _ => (i, Which::Nearest),
    }
}

fn named(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let (mut j, which) = which(t, i);
    // "the late summer", "last early spring" do not occur enough to matter; "late summer" is read by the caller.
    let mid = t.is(j, &["early", "late", "mid"]);
    if mid && j > i {
        j += 1;
    }
    let Lex::Season(season) = t.lex(j) else { return None };
    let k = if t.is(j + 1, &["of"]) || t.punct(j + 1, ',') { j + 2 } else { j + 1 };
    let year = year_at(t, k);
    if year.is_some() {
        return Base::new(k + 1, DateBase::Season { season, year, which }, "season.named");
    }
    let before = if j == i { t.word_before(i, 1) } else { t.word(i) };
    let verb = matches!(t.text(j), "fall" | "spring" | "Spring" | "Fall");
    let told = matches!(before, "last" | "next" | "this" | "coming" | "that")
        || matches!(before, "in" | "since" | "by" | "until" | "during" | "early" | "late" | "mid")
            && !(verb && t.is(j + 1, &["into", "to", "of"]))
        || before == "-"
        || before == "the"
            && !t.is(j + 1, &["of"])
            && !matches!(t.lex(j + 1), Lex::Other if verb || t.capital(j + 1))
            && (i == 0
                || !verb
                || t.is(i.wrapping_sub(1), &["in", "since", "by", "until", "during", "of", "for", "over"]));
    if !told || t.capital(j) && t.capital(j + 1) {
        return None;
    }
    Base::new(j + 1, DateBase::Season { season, year: None, which }, "season.named")
}

fn fraction(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let (j, which) = which(t, i);
    let (mut end, nth, of) = match (t.lex(j), t.lex(j + 1)) {
        (Lex::Quarter(n), _) => (j + 1, n, 4),
        (Lex::Ord(n @ 1..=4), Lex::Unit(Grain::Quarter, _)) => (j + 2, n as i8, 4),
        (Lex::Num(n), Lex::Unit(Grain::Quarter, _))
            if n.kind == crate::lexicon::NumKind::Ordinal && (1..=4).contains(&n.value) =>
        {
            (j + 2, n.value as i8, 4)
        }
        (Lex::Ord(n @ 1..=2), Lex::Word("half")) => (j + 2, n as i8, 2),
        _ => return None,
    };
    let k = if t.is(end, &["of", "in"]) || t.punct(end, ',') { end + 1 } else { end };
    let mut year = year_at(t, k);
    let mut which = which;
    if year.is_some() {
        end = k + 1;
    } else if k > end && matches!(t.lex(k + 1), Lex::Unit(Grain::Year, _)) && t.is(k, &["last", "this", "next", "the"])
    {
        which = match t.word(k) {
            "last" => Which::Last,
            "next" => Which::Next,
            _ => Which::This,
        };
        end = k + 2;
    } else if of == 2 || j == i && !matches!(t.lex(j), Lex::Quarter(_)) && !t.is(i.wrapping_sub(1), &["in", "for"]) {
        return None;
    } else {
        year = None;
    }
    Base::new(end, DateBase::Fraction { nth, of, year, which }, "season.fraction")
}
