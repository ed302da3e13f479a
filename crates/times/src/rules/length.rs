//! Owns lengths of time: call durations in minutes, longer periods, and distances from now or from an event.

use readout_types::Duration;

use super::{Match, plain};
use crate::lexicon::{Lex, NumKind};
use crate::token::Tokens;
use crate::{DateBase, Grain, Meaning, Period};

/// How the words around a length loosen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looseness {
    Exact,
    About,
    /// "nearly", "just under".
    Nearly,
    /// "just over".
    JustOver,
    Over,
    AtLeast,
    AtMost,
    Under,
    /// "the better part of".
    BetterPart,
}

/// A length as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub end: usize,
    pub unit: Grain,
    /// In units; both ends for "two to three hours".
    pub min: f32,
    pub max: Option<f32>,
    /// The number to show for it.
    pub stated: f32,
    pub looseness: Looseness,
    /// "a few", "several".
    pub vague: bool,
}

/// A number of units: least, most, shown.
#[derive(Clone, Copy)]
struct Amount {
    end: usize,
    min: f32,
    max: Option<f32>,
    stated: f32,
    vague: bool,
}

impl Amount {
    fn exact(end: usize, n: f32) -> Amount {
        Amount { end, min: n, max: Some(n), stated: n, vague: false }
    }

    fn plus(self, end: usize, n: f32) -> Amount {
        Amount { end, min: self.min + n, max: self.max.map(|m| m + n), stated: self.stated + n, ..self }
    }

    fn times(self, factor: f32) -> Amount {
        Amount { min: self.min * factor, max: self.max.map(|m| m * factor), stated: self.stated * factor, ..self }
    }
}

/// The rule: a length, with the tail that makes a date of it ("ago", "later", "from now").
pub(super) fn length(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let length = length_at(t, i).or_else(|| bare(t, i))?;
    let Length { end, unit, stated, .. } = length;
    let (vague, about) = (length.vague, length.looseness != Looseness::Exact);
    let date = |end, base, rule| Some(Match { end, meaning: plain(base), rule });
    let tail = if t.is(end, &["or"]) && t.is(end + 1, &["so"]) { end + 2 } else { end };
    // "five hours earlier this month": the word belongs to the date after it.
    let dated = t.is(tail, &["earlier", "later"])
        && (t.is(tail + 1, &["this", "in", "on"]) || matches!(t.lex(tail + 1), Lex::Day(_)));
    match t.word(tail) {
        _ if dated => {}
        "ago" | "back" => {
            return date(tail + 1, DateBase::Distance { unit, amount: -stated, vague, about }, "relative.ago");
        }
        "in" if t.is(tail + 2, &["of"]) && t.text(tail + 1) == "advance" => {
            return date(tail, DateBase::Event { unit, amount: -stated, vague, about }, "event.distance-of");
        }
        "ahead" if t.is(tail + 1, &["of"]) => {
            return date(tail, DateBase::Event { unit, amount: -stated, vague, about }, "event.distance-of");
        }
        "from" if t.is(tail + 1, &["now"]) => {
            return date(tail + 2, DateBase::Distance { unit, amount: stated, vague, about }, "relative.ago");
        }
        "earlier" | "before" | "prior" | "beforehand" => {
            let base = DateBase::Event { unit, amount: -stated, vague, about };
            // "two days after the talks": the preposition belongs to what follows.
            if followed(t, tail + 1) && !t.is(tail, &["earlier"]) {
                return date(tail, base, "event.distance-of");
            }
            return date(tail + 1, base, "event.distance");
        }
        "later" | "after" | "afterwards" | "afterward" => {
            let base = DateBase::Event { unit, amount: stated, vague, about };
            // "two days after the talks": the preposition belongs to what follows.
            if followed(t, tail + 1) && !t.is(tail, &["later"]) {
                return date(tail, base, "event.distance-of");
            }
            return date(tail + 1, base, "event.distance");
        }
        _ => {}
    }
    // "seven minutes to five" is a time of day.
    if unit == Grain::Minute && t.is(tail, &["to", "past"]) && matches!(t.lex(tail + 1), Lex::Card(1..=12)) {
        return None;
    }
    // "after two days of talks" is a length; "for 67-year-old" an age.
    let mut end = tail;
    let long = unit >= Grain::Day || unit == Grain::Hour && length.min >= 24.0;
    let mut rule = if long { "period" } else { rule_of(length.looseness) };
    if t.punct(end, '-') && t.is(end + 1, &["old"]) {
        (end, rule) = (end + 2, "period.age");
    } else if t.is(end, &["old"]) && unit >= Grain::Day {
        (end, rule) = (end + 1, "period.age");
    } else if t.punct(end, '\'') && t.is(end + 1, &["time"]) {
        // "in two weeks' time"
        end += 2;
    }
    Some(Match { end, meaning: meaning(&length), rule })
}

/// Whether a noun phrase or clause follows, so that "two days after" belongs to what comes.
fn followed(t: &Tokens<'_>, i: usize) -> bool {
    !matches!(
        t.lex(i),
        Lex::Stop
            | Lex::Punct('.' | ',' | ';' | ':' | '!' | '?' | ')' | '"' | '”' | '—')
            | Lex::Word("and" | "but" | "in" | "at" | "on" | "when" | "to" | "with" | "for")
    )
}

fn rule_of(looseness: Looseness) -> &'static str {
    match looseness {
        Looseness::Exact => "duration.exact",
        Looseness::About => "duration.about",
        Looseness::Nearly | Looseness::BetterPart => "duration.nearly",
        Looseness::JustOver | Looseness::Over => "duration.over",
        Looseness::AtLeast => "duration.at-least",
        Looseness::AtMost | Looseness::Under => "duration.at-most",
    }
}

fn minutes_per(unit: Grain) -> f32 {
    match unit {
        Grain::Second => 1.0 / 60.0,
        Grain::Minute => 1.0,
        _ => 60.0,
    }
}

/// The bounds of a length, widened by its looseness. Margins in minutes follow how reporters round: calls are told
/// in steps of 5 minutes below an hour, of a quarter up to four hours, of half an hour above.
fn meaning(length: &Length) -> Meaning {
    // A day's worth of hours is a period, not the length of a call.
    if length.unit >= Grain::Day || length.unit == Grain::Hour && length.min >= 24.0 {
        let (low, high) = match length.looseness {
            Looseness::Exact => (Some(length.min), length.max),
            Looseness::About => (Some(length.min * 0.8), length.max.map(|m| m * 1.2)),
            Looseness::Nearly | Looseness::BetterPart => (Some(length.min * 0.75), length.max),
            Looseness::JustOver => (Some(length.min), length.max.map(|m| m * 1.25)),
            Looseness::Over => (Some(length.min), length.max.map(|m| m * 1.5)),
            Looseness::AtLeast => (Some(length.min), None),
            Looseness::AtMost | Looseness::Under => (None, length.max),
        };
        let stated = (!length.vague).then_some(length.stated);
        return Meaning::Period(Period { unit: length.unit, min: low, max: high, stated });
    }
    let scale = minutes_per(length.unit);
    let round = |x: f32| x.round().clamp(0.0, 1.0e9) as u32;
    let min = round(length.min * scale);
    let max = length.max.map(|m| round(m * scale));
    let margin = |m: u32| match m {
        0..15 => 2,
        15..60 => 5,
        60..=100 => 10,
        101..240 => 15,
        _ => 30,
    };
    let plus = |m: Option<u32>, n: u32| m.map(|m| m.saturating_add(n));
    let hour = min >= 60;
    let (min, max) = match length.looseness {
        Looseness::Exact => (Some(min), max),
        Looseness::About => (Some(min.saturating_sub(margin(min))), plus(max, margin(min))),
        Looseness::Nearly => (Some(min.saturating_sub(margin(min))), max),
        Looseness::JustOver => (Some(min), plus(max, if hour { 15 } else { 5 })),
        Looseness::Over => (Some(min), plus(max, if hour { 30 } else { 15 })),
        Looseness::AtLeast => (Some(min), None),
        Looseness::AtMost | Looseness::Under => (None, max),
        Looseness::BetterPart => (Some(min / 4 * 3), max),
    };
    Meaning::Duration(Duration { min, max })
}

/// A length with its modifiers: "just over an hour", "nearly three years", "90-minute".
pub(super) fn length_at(t: &Tokens<'_>, i: usize) -> Option<Length> {
    let (mut j, mut looseness) = modifier(t, i);
    // "another two hours", "the better part of an hour": a determiner may stand before the number.
    if t.is(j, &["another"]) {
        j += 1;
        if matches!(t.lex(j), Lex::Unit(..)) {
            return unit_after(t, Amount::exact(j, 1.0), looseness);
        }
    }
    let (k, inner) = modifier(t, j);
    if inner != Looseness::Exact {
        (j, looseness) = (k, inner);
    }
    // "hour-long", "day-long", "half-hour"
    if let Lex::Unit(..) = t.lex(j)
        && t.punct(j + 1, '-')
        && t.is(j + 2, &["long"])
    {
        return unit_after(t, Amount::exact(j, 1.0), looseness);
    }
    // "the hourlong call"
    if t.is(j, &["hourlong"]) {
        let (min, max) = (1.0, Some(1.0));
        return Some(Length { end: j + 1, unit: Grain::Hour, min, max, stated: 1.0, looseness, vague: false });
    }
    let amount = amount(t, j)?;
    // "$50 a day", "twice a year" are rates.
    if j == i && t.is(j, &["a", "an"]) && amount.end == j + 1 {
        let rate = !t.capital(j)
            && (matches!(t.before(j, 1), Lex::Counted | Lex::Num(_))
                || matches!(t.word_before(j, 1), "once" | "twice" | "times" | "per"));
        if rate && !t.is(j + 2, &["ago", "earlier", "later", "before", "after"]) {
            return None;
        }
    }
    unit_after(t, amount, looseness)
}

fn modifier(t: &Tokens<'_>, i: usize) -> (usize, Looseness) {
    let two = |w: &str| t.is(i + 1, &[w]);
    // "no" is known as a label ("No. 7").
    let word = if t.text(i).eq_ignore_ascii_case("no") { "no" } else { t.word(i) };
    match word {
        "just" | "slightly" | "little" | "somewhat" | "well" => match t.word(i + 1) {
            "over" | "above" => (i + 2, Looseness::JustOver),
            "more" if t.is(i + 2, &["than"]) => (i + 3, Looseness::JustOver),
            "under" => (i + 2, Looseness::Nearly),
            "less" if t.is(i + 2, &["than"]) => (i + 3, Looseness::Nearly),
            "short" if t.is(i + 2, &["of"]) => (i + 3, Looseness::Nearly),
            _ => (i, Looseness::Exact),
        },
        "a" if two("little") => match t.word(i + 2) {
            "over" => (i + 3, Looseness::JustOver),
            "more" if t.is(i + 3, &["than"]) => (i + 4, Looseness::JustOver),
            "under" => (i + 3, Looseness::Nearly),
            "less" if t.is(i + 3, &["than"]) => (i + 4, Looseness::Nearly),
            _ => (i, Looseness::Exact),
        },
        "over" | "above" => (i + 1, Looseness::Over),
        "more" if two("than") => (i + 2, Looseness::Over),
        "under" => (i + 1, Looseness::Under),
        "less" if two("than") => (i + 2, Looseness::Under),
        "about" | "around" | "approximately" | "roughly" | "some" | "circa" | "perhaps" | "maybe" => {
            (i + 1, Looseness::About)
        }
        "nearly" | "almost" => (i + 1, Looseness::Nearly),
        "close" if two("to") => (i + 2, Looseness::Nearly),
        "at" if two("least") => (i + 2, Looseness::AtLeast),
        "at" if two("most") => (i + 2, Looseness::AtMost),
        "no" | "not" if two("less") && t.is(i + 2, &["than"]) => (i + 3, Looseness::AtLeast),
        "no" | "not" if two("more") && t.is(i + 2, &["than"]) => (i + 3, Looseness::AtMost),
        "up" if two("to") => (i + 2, Looseness::AtMost),
        "as" if t.is(i + 1, &["many", "much", "long", "little", "few"]) && t.is(i + 2, &["as"]) => {
            (i + 3, Looseness::AtMost)
        }
        "the" if t.is(i + 1, &["better", "best", "good"]) && t.is(i + 2, &["part"]) && t.is(i + 3, &["of"]) => {
            (i + 4, Looseness::BetterPart)
        }
        "most" if two("of") => (i + 2, Looseness::BetterPart),
        _ => (i, Looseness::Exact),
    }
}

/// A number before a unit: digits, words, "a", "a few", "half a", "two or three", "two and a half".
fn amount(t: &Tokens<'_>, i: usize) -> Option<Amount> {
    let loose = |end, min, max, stated| Some(Amount { end, min, max, stated, vague: true });
    match t.word(i) {
        "a" | "an" => {
            return match t.word(i + 1) {
                "few" => loose(i + 2, 2.0, Some(6.0), 3.0),
                "good" if t.is(i + 2, &["few"]) => loose(i + 3, 3.0, Some(8.0), 5.0),
                "couple" => {
                    let end = if t.is(i + 2, &["of"]) { i + 3 } else { i + 2 };
                    loose(end, 2.0, Some(3.0), 2.0)
                }
                "dozen" => Some(Amount::exact(i + 2, 12.0)),
                // "a half-hour call": the article belongs to the noun.
                "half" if t.punct(i + 2, '-') => None,
                "half" => Some(Amount::exact(i + 2, 0.5)),
                "hundred" => Some(Amount::exact(i + 2, 100.0)),
                "thousand" => Some(Amount::exact(i + 2, 1000.0)),
                "full" | "whole" | "entire" | "good" | "little" => {
                    amount_number(t, i + 2).or(Some(Amount::exact(i + 2, 1.0)))
                }
                "quarter" => None,
                // "a month-long siege": the article belongs to the noun.
                _ if matches!(t.lex(i + 1), Lex::Unit(..) | Lex::Units(..)) && t.punct(i + 2, '-') => None,
                _ => quarter_of(t, i + 1, 0.25).or(Some(Amount::exact(i + 1, 1.0))),
            };
        }
        "half" => {
            let end = if t.is(i + 1, &["a", "an"]) { i + 2 } else { i + 1 };
            return Some(Amount::exact(end, 0.5));
        }
        "several" => return loose(i + 1, 3.0, Some(9.0), 4.0),
        "few" => return loose(i + 1, 2.0, Some(6.0), 3.0),
        "couple" if t.is(i + 1, &["of"]) => return loose(i + 2, 2.0, Some(3.0), 2.0),
        "many" if t.is(i.wrapping_sub(1), &["as"]) => return None,
        "many" => return loose(i + 1, 4.0, None, 10.0),
        _ => {}
    }
    let first = amount_number(t, i)?;
    if let Some(quarters) = quarter_of(t, first.end, first.stated / 4.0) {
        return Some(quarters);
    }
    let first = and_fraction(t, first);
    // "two or three", "two to three", "90-120", "two-to-three"
    let mut j = first.end;
    if t.punct(j, '-') && t.glued(j) {
        j += 1;
    }
    let joined = j > first.end && matches!(t.lex(j), Lex::Num(_) | Lex::Card(_));
    if t.is(j, &["to", "or"]) || joined {
        let k = if joined {
            j
        } else if t.punct(j + 1, '-') {
            j + 2
        } else {
            j + 1
        };
        if let Some(second) = amount_number(t, k).map(|a| and_fraction(t, a))
            && second.stated > first.stated
        {
            let stated = (first.stated + second.stated) / 2.0;
            return Some(Amount { end: second.end, min: first.min, max: second.max, stated, vague: false });
        }
    }
    Some(first)
}

/// "quarter of an hour" after a count of quarters.
fn quarter_of(t: &Tokens<'_>, i: usize, share: f32) -> Option<Amount> {
    let i = if t.punct(i, '-') { i + 1 } else { i };
    (matches!(t.lex(i), Lex::Unit(Grain::Quarter, _) | Lex::Units(Grain::Quarter, _))
        && t.is(i + 1, &["of"])
        && t.is(i + 2, &["a", "an"]))
    .then(|| Amount::exact(i + 3, share))
}

/// "and a half", "and a quarter", "½" after a number.
fn and_fraction(t: &Tokens<'_>, n: Amount) -> Amount {
    match t.lex(n.end) {
        Lex::Punct('½') => return n.plus(n.end + 1, 0.5),
        Lex::Punct('¼') => return n.plus(n.end + 1, 0.25),
        Lex::Punct('¾') => return n.plus(n.end + 1, 0.75),
        _ => {}
    }
    fraction_tail(t, n.end).map_or(n, |(end, share)| n.plus(end, share))
}

/// "and a half", with or without hyphens; gives the share.
fn fraction_tail(t: &Tokens<'_>, i: usize) -> Option<(usize, f32)> {
    let skip = |j: usize| if t.punct(j, '-') { j + 1 } else { j };
    let j = skip(i);
    if !t.is(j, &["and"]) {
        return None;
    }
    let j = skip(j + 1);
    match t.lex(j) {
        Lex::Punct('½') => return Some((j + 1, 0.5)),
        Lex::Word("half") => return Some((j + 1, 0.5)),
        Lex::Card(3) => {
            let k = skip(j + 1);
            return matches!(t.lex(k), Lex::Units(Grain::Quarter, _)).then_some((k + 1, 0.75));
        }
        Lex::Word("a") | Lex::Card(1) => {}
        _ => return None,
    }
    let j = skip(j + 1);
    match t.lex(j) {
        Lex::Word("half") => Some((j + 1, 0.5)),
        Lex::Unit(Grain::Quarter, _) => Some((j + 1, 0.25)),
        Lex::Ord(3) => Some((j + 1, 1.0 / 3.0)),
        _ => None,
    }
}

/// A number in digits or words.
fn amount_number(t: &Tokens<'_>, i: usize) -> Option<Amount> {
    match t.lex(i) {
        Lex::Num(n) if n.kind == NumKind::Plain && n.digits <= 6 => {
            let (mut end, mut value) = (i + 1, n.value as f32);
            if matches!(t.before(i, 1), Lex::Punct('.' | ',' | '/' | ':'))
                && t.glued(i)
                && i >= 2
                && matches!(t.before(i, 2), Lex::Num(_))
            {
                return None;
            }
            if let (Lex::Punct(mark @ ('.' | ',')), Lex::Num(f)) = (t.lex(i + 1), t.lex(i + 2))
                && t.glued(i + 1)
                && t.glued(i + 2)
            {
                if mark == '.' && f.digits <= 3 {
                    value += f.value as f32 / 10f32.powi(i32::from(f.digits));
                    end = i + 3;
                } else if f.digits == 3 {
                    value = value * 1000.0 + f.value as f32;
                    end = i + 3;
                }
            }
            // "2 1/2 hours", "1/2 hour"
            if let (Lex::Punct('/'), Lex::Num(b)) = (t.lex(end), t.lex(end + 1)) {
                return (n.value < b.value && b.value <= 4).then(|| Amount::exact(end + 2, value / b.value as f32));
            }
            if let (Lex::Num(a), Lex::Punct('/'), Lex::Num(b)) = (t.lex(end), t.lex(end + 1), t.lex(end + 2))
                && a.value < b.value
                && b.value <= 4
            {
                return Some(Amount::exact(end + 3, value + a.value as f32 / b.value as f32));
            }
            Some(Amount::exact(end, value))
        }
        Lex::Punct('½') => Some(Amount::exact(i + 1, 0.5)),
        Lex::Punct('¼') => Some(Amount::exact(i + 1, 0.25)),
        Lex::Punct('¾') => Some(Amount::exact(i + 1, 0.75)),
        Lex::Card(n) => {
            let (mut end, mut value) = (i + 1, n);
            if (20..100).contains(&n) {
                let k = if t.punct(end, '-') { end + 1 } else { end };
                if let Lex::Card(m @ 1..=9) = t.lex(k) {
                    (end, value) = (k + 1, n + m);
                }
            }
            if t.is(end, &["hundred"]) {
                (end, value) = (end + 1, value.saturating_mul(100));
                let k = if t.is(end, &["and"]) { end + 1 } else { end };
                if let Lex::Card(m @ 1..=99) = t.lex(k) {
                    (end, value) = (k + 1, value + m);
                }
            } else if t.is(end, &["dozen"]) {
                (end, value) = (end + 1, value.saturating_mul(12));
            }
            Some(Amount::exact(end, value as f32))
        }
        _ => None,
    }
}

/// The unit after a number and what may be added to it: "hours and five minutes", "hour and a half", "-long".
fn unit_after(t: &Tokens<'_>, amount: Amount, looseness: Looseness) -> Option<Length> {
    let mut j = amount.end;
    let hyphen = t.punct(j, '-') && t.glued(j);
    if hyphen {
        j += 1;
    }
    while t
        .is(j, &["full", "whole", "entire", "more", "long", "straight", "short", "good", "consecutive", "additional"])
        && j < amount.end + 2
    {
        j += 1;
    }
    let (unit, times) = match t.lex(j) {
        Lex::Units(unit, n) => (unit, n),
        Lex::Unit(unit, n) => {
            // "2014 week": a year, not a number of weeks.
            if !hyphen && (1900.0..2100.0).contains(&amount.stated) {
                return None;
            }
            (unit, n)
        }
        Lex::Ord(2) if hyphen => (Grain::Second, 1),
        Lex::Parts(_) if amount.stated >= 2.0 => (Grain::Day, 1),
        _ => return None,
    };
    // "three quarters of the town", "three-quarters": a fraction, no time.
    if unit == Grain::Quarter && (hyphen || t.is(j + 1, &["of"])) {
        return None;
    }
    let mut amount = Amount { end: j + 1, ..amount.times(f32::from(times)) };
    if let Some((end, share)) = fraction_tail(t, amount.end) {
        amount = amount.plus(end, share);
    } else if let Some((end, share)) = smaller(t, amount.end, unit) {
        amount = amount.plus(end, share);
    }
    if t.punct(amount.end, '-') && t.is(amount.end + 1, &["long"]) {
        amount.end += 2;
    } else if t.is(amount.end, &["long"]) && hyphen {
        amount.end += 1;
    }
    let Amount { end, min, max, stated, vague } = amount;
    Some(Length { end, unit, min, max, stated, looseness, vague })
}

/// A smaller unit added to a larger one: "and five minutes" after hours, "and two months" after years.
fn smaller(t: &Tokens<'_>, i: usize, unit: Grain) -> Option<(usize, f32)> {
    let j = if t.is(i, &["and"]) || t.punct(i, ',') { i + 1 } else { i };
    let n = amount_number(t, j)?;
    let k = if t.punct(n.end, '-') { n.end + 1 } else { n.end };
    let (Lex::Units(small, 1) | Lex::Unit(small, 1)) = t.lex(k) else { return None };
    let per = match (unit, small) {
        (Grain::Hour, Grain::Minute) | (Grain::Minute, Grain::Second) => 60.0,
        (Grain::Day, Grain::Hour) => 24.0,
        (Grain::Week, Grain::Day) => 7.0,
        (Grain::Month, Grain::Week) => 4.3,
        (Grain::Year, Grain::Month) => 12.0,
        _ => return None,
    };
    (n.stated < per && !t.is(k + 1, &["ago", "later", "earlier", "before", "after"])).then_some((k + 1, n.stated / per))
}

/// A plural unit without a number: "hours later", "years ago", "for days", "decades of".
fn bare(t: &Tokens<'_>, i: usize) -> Option<Length> {
    let (i, looseness) = if t.is(i, &["many", "some"]) { (i + 1, Looseness::Exact) } else { (i, Looseness::Exact) };
    let Lex::Units(unit, n) = t.lex(i) else { return None };
    let after = t.word(i + 1);
    let told = matches!(after, "ago" | "later" | "earlier" | "before" | "after")
        || after == "of" && unit != Grain::Minute && unit != Grain::Quarter
        || matches!(t.word_before(i, 1), "for" | "in" | "within") && unit != Grain::Quarter
        || t.punct(i + 1, '-') && t.is(i + 2, &["long"]);
    // "the small hours", "13 billion years ago"
    let small = i > 0 && t.text(i - 1).eq_ignore_ascii_case("small") || matches!(t.before(i, 1), Lex::Counted);
    if !told || unit == Grain::Second || small {
        return None;
    }
    let mut end = i + 1;
    if t.punct(end, '-') && t.is(end + 1, &["long"]) {
        end += 2;
    }
    let few = 2.0 * f32::from(n);
    Some(Length { end, unit, min: few, max: None, stated: few, looseness, vague: true })
}
