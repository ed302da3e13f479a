//! Owns dates that name their day, month, year, decade or century.

use super::Base;
use crate::lexicon::{Lex, Num, NumKind};
use crate::token::Tokens;
use crate::{DateBase, PartialDate, Which};

pub(crate) fn calendar(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let start = skip_weekday(t, i);
    let weekday = start.map(|(_, d)| d);
    let at = start.map_or(i, |(j, _)| j);
    let dated = |end, date: PartialDate, rule| {
        Base::new(end, DateBase::Calendar(PartialDate { weekday, ..date }, Which::Nearest), rule)
    };
    if let Some((end, date)) = numeric(t, at) {
        return dated(end, date, if t.punct(at + 1, '-') { "calendar.iso" } else { "calendar.numeric" });
    }
    if let Some((end, date)) = day_month(t, at).or_else(|| month_day(t, at)) {
        return dated(end, date, "calendar.day");
    }
    if weekday.is_some() {
        // "Monday the 14th"
        let (end, day) = day_alone(t, at).filter(|_| t.is(at, &["the"]))?;
        return dated(end, PartialDate { day: Some(day), ..PartialDate::default() }, "calendar.day-of-month");
    }
    if let Some(found) = month(t, i) {
        return Some(found);
    }
    if let Some(found) = decade(t, i).or_else(|| century(t, i)) {
        return Some(found);
    }
    if t.is(i, &["the"])
        && (matches!(t.word_before(i, 1), "on" | "by" | "until" | "till" | "since" | "before" | "after" | "from")
            || feast_before(t, i))
        && let Some((end, day)) = day_alone(t, i)
    {
        return dated(end, PartialDate { day: Some(day), ..PartialDate::default() }, "calendar.day-of-month");
    }
    // "the year 2030"
    if t.is(i, &["the"])
        && matches!(t.lex(i + 1), Lex::Unit(crate::Grain::Year, _))
        && let Some(year) = year_at(t, i + 2)
    {
        let date = PartialDate { year: Some(year), ..PartialDate::default() };
        return Base::new(i + 3, DateBase::Calendar(date, Which::Nearest), "calendar.year");
    }
    year(t, i)
}

/// "Tuesday, ", "Tue ", "on Tue. the" before a date: the place after it and the weekday.
fn skip_weekday(t: &Tokens<'_>, i: usize) -> Option<(usize, i8)> {
    let (Lex::Day(day) | Lex::DayAbbr(day)) = t.lex(i) else { return None };
    let mut j = i + 1;
    if t.punct(j, ',') {
        j += 1;
    }
    if t.is(j, &["on"]) {
        j += 1;
    }
    Some((j, day))
}

/// A month word in date context: its number.
fn month_at(t: &Tokens<'_>, i: usize) -> Option<i8> {
    match t.lex(i) {
        // "may" and "march" are verbs too.
        Lex::Month(m) => (t.capital(i) || !matches!(m, 3 | 5)).then_some(m),
        // "Mar-a-Lago"
        Lex::MonthAbbr(_) if t.punct(i + 1, '-') && t.glued(i + 1) && !matches!(t.lex(i + 2), Lex::Num(_)) => None,
        Lex::MonthAbbr(m) if t.capital(i) => Some(m),
        _ => None,
    }
}

/// A day number: "7", "07", "7th", "seventh", "twenty-first".
fn day_at(t: &Tokens<'_>, i: usize) -> Option<(usize, i8)> {
    match t.lex(i) {
        Lex::Num(n) if n.kind != NumKind::Plural && n.digits <= 2 && (1..=31).contains(&n.value) => {
            Some((i + 1, n.value as i8))
        }
        Lex::Ord(n @ 1..=31) => Some((i + 1, n as i8)),
        Lex::Card(n @ (20 | 30)) if t.punct(i + 1, '-') => match t.lex(i + 2) {
            Lex::Ord(m @ 1..=9) if n + m <= 31 => Some((i + 3, (n + m) as i8)),
            _ => None,
        },
        _ => None,
    }
}

/// A year as part of a date: four digits that can be one.
pub(super) fn year_at(t: &Tokens<'_>, i: usize) -> Option<i16> {
    match t.lex(i) {
        Lex::Num(Num { value, digits: 4, kind: NumKind::Plain }) if (1000..=2999).contains(&value) => {
            Some(value as i16)
        }
        _ => None,
    }
}

/// A year after a finished day or month, with the comma or "of" before it.
fn year_after(t: &Tokens<'_>, i: usize) -> Option<(usize, i16)> {
    let j = if t.punct(i, ',') || t.is(i, &["of", "in"]) { i + 1 } else { i };
    if let (Lex::Num(n), true) = (t.lex(j), t.is(j + 1, &["bc", "bce"]))
        && n.digits <= 4
        && n.kind == NumKind::Plain
    {
        return Some((j + 2, 1 - n.value as i16));
    }
    let year = year_at(t, j)?;
    // "on July 7, 2000 people": the number counts what follows.
    if matches!(t.lex(j + 1), Lex::Counted | Lex::Units(..))
        || t.punct(j + 1, '%')
        || t.punct(j + 1, ':') && t.glued(j + 1) && matches!(t.lex(j + 2), Lex::Num(_))
    {
        return None;
    }
    Some((j + 1, year))
}

/// "-8", "to 8", "and 8" after a day of the same month.
fn range_end(t: &Tokens<'_>, i: usize, day: i8) -> Option<(usize, i8)> {
    if !(t.punct(i, '-') || t.punct(i, '—') || t.is(i, &["to", "and", "through"]) || t.punct(i, '/')) {
        return None;
    }
    let (end, last) = day_at(t, i + 1)?;
    (last > day && !matches!(t.lex(i + 1), Lex::Ord(_))).then_some((end, last))
}

/// "Dec. 28", "December 28th, 2025", "July 7-8, 2017", "July the 4th".
fn month_day(t: &Tokens<'_>, i: usize) -> Option<(usize, PartialDate)> {
    let month = month_at(t, i)?;
    let j = if t.is(i + 1, &["the"]) { i + 2 } else { i + 1 };
    let (mut end, day) = day_at(t, j)?;
    if matches!(t.lex(j), Lex::Ord(_))
        && (j == i + 1 && !t.capital(j) && matches!(t.lex(i), Lex::MonthAbbr(_))
            || matches!(t.lex(end), Lex::Other) && j == i + 1)
    {
        // "the April second round": an ordinal that counts what follows.
        return None;
    }
    // "May 3.5", "March 10,000", "June 10:30", "May 2-1"
    if let Lex::Num(_) = t.lex(j)
        && matches!(t.lex(end), Lex::Punct('.' | ',' | ':' | '%'))
        && t.glued(end)
        && t.glued(end + 1)
        && matches!(t.lex(end + 1), Lex::Num(n) if n.digits != 4 || t.punct(end, ':'))
    {
        return None;
    }
    if matches!(t.lex(end), Lex::Counted | Lex::Punct('%'))
        || t.is(end, &["am", "pm"])
        || t.punct(end, ':') && t.glued(end) && matches!(t.lex(end + 1), Lex::Num(_))
    {
        return None;
    }
    let mut date = PartialDate { month: Some(month), day: Some(day), ..PartialDate::default() };
    if let Some((after, last)) = range_end(t, end, day)
        && month_at(t, after).is_none()
        && !matches!(t.lex(after), Lex::Counted | Lex::Unit(..) | Lex::Units(..) | Lex::Other if t.is(end, &["and"]))
    {
        (end, date.last_day) = (after, Some(last));
    }
    if let Some((after, year)) = year_after(t, end) {
        (end, date.year) = (after, Some(year));
    }
    Some((end, date))
}

/// "28 December", "28th of December 2025", "the second of July", "7-8 July 2017".
fn day_month(t: &Tokens<'_>, i: usize) -> Option<(usize, PartialDate)> {
    let start = if t.is(i, &["the"]) { i + 1 } else { i };
    let (mut j, day) = day_at(t, start)?;
    if matches!(t.before(start, 1), Lex::Punct('.' | ',' | '/' | ':')) && t.glued(start) {
        return None;
    }
    let mut last_day = None;
    if let Some((after, last)) = range_end(t, j, day) {
        (j, last_day) = (after, Some(last));
    }
    let word = matches!(t.lex(start), Lex::Ord(_));
    if t.is(j, &["of"]) || t.punct(j, '-') && t.glued(j) {
        j += 1;
    } else if word {
        return None;
    }
    let month = month_at(t, j)?;
    // "10 May supporters": names after a bare number are not months unless a date stands around them.
    let mut date = PartialDate { month: Some(month), day: Some(day), last_day, ..PartialDate::default() };
    let mut end = j + 1;
    let k = if t.punct(end, '-') && t.glued(end) { end + 1 } else { end };
    if let Some(year) = year_at(t, k) {
        (end, date.year) = (k + 1, Some(year));
    } else if let Some((after, year)) = year_after(t, end) {
        (end, date.year) = (after, Some(year));
    }
    Some((end, date))
}

/// "2025-07-22", "22/07/2025", "07/22/2025", "22.07.2025".
fn numeric(t: &Tokens<'_>, i: usize) -> Option<(usize, PartialDate)> {
    let (Lex::Num(a), Lex::Punct(mark @ ('-' | '/' | '.')), Lex::Num(b), Lex::Punct(second), Lex::Num(c)) =
        (t.lex(i), t.lex(i + 1), t.lex(i + 2), t.lex(i + 3), t.lex(i + 4))
    else {
        return None;
    };
    let plain = [a, b, c].iter().all(|n| n.kind == NumKind::Plain);
    if mark != second || !plain || !(1..5).all(|k| t.glued(i + k)) || b.digits > 2 {
        return None;
    }
    // Part of a longer number: a version, an address, a telephone number.
    let longer = matches!(t.lex(i + 5), Lex::Punct('-' | '/' | '.'))
        && t.glued(i + 5)
        && t.glued(i + 6)
        && matches!(t.lex(i + 6), Lex::Num(_));
    let inside =
        matches!(t.before(i, 1), Lex::Punct('-' | '/' | '.')) && t.glued(i) && matches!(t.before(i, 2), Lex::Num(_));
    if longer || inside {
        return None;
    }
    let date = |y: u32, m: u32, d: u32| {
        let date =
            PartialDate { year: Some(y as i16), month: Some(m as i8), day: Some(d as i8), ..PartialDate::default() };
        ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some((i + 5, date))
    };
    if a.digits == 4 && a.value < 3000 && c.digits <= 2 {
        return date(a.value, b.value, c.value);
    }
    if mark == '-' && c.digits != 4 || a.digits > 2 {
        return None;
    }
    let year = match c.digits {
        4 if (1000..3000).contains(&c.value) => c.value,
        2 if mark == '/' => c.value + if c.value < 50 { 2000 } else { 1900 },
        _ => return None,
    };
    match (a.value, b.value) {
        (d @ 13..=31, m) => date(year, m, d),
        (m, d @ 13..=31) => date(year, m, d),
        // Day and month equal, or dots (day first everywhere they are used).
        (d, m) if d == m || mark == '.' => date(year, m, d),
        // Day-first and month-first both fit: only the year is sure.
        (d @ 1..=12, m @ 1..=12) => {
            let _ = (d, m);
            Some((i + 5, PartialDate { year: Some(year as i16), ..PartialDate::default() }))
        }
        _ => None,
    }
}

/// "the 14th" by itself: a day of some month.
fn day_alone(t: &Tokens<'_>, i: usize) -> Option<(usize, i8)> {
    let Lex::Num(n) = t.lex(i + 1) else { return None };
    let ends = match t.lex(i + 2) {
        Lex::Stop | Lex::Word(_) => true,
        Lex::Punct(c) => c != '-' && c != '\'',
        _ => false,
    };
    (n.kind == NumKind::Ordinal && (1..=31).contains(&n.value) && ends && !t.is(i + 2, &["anniversary"]))
        .then_some((i + 2, n.value as i8))
}

/// "The king's birthday, the 14th", "Victory Day (the 9th)": the date of a feast named right before.
fn feast_before(t: &Tokens<'_>, i: usize) -> bool {
    i >= 2
        && (t.punct(i - 1, ',') || t.punct(i - 1, '('))
        && ["birthday", "anniversary", "day", "eve", "holiday"].iter().any(|w| t.text(i - 2).eq_ignore_ascii_case(w))
}

/// "January 2024", "last November", "in March".
fn month(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let (j, which) = match t.word(i) {
        "last" => (i + 1, Which::Last),
        "next" => (i + 1, Which::Next),
        "this" if t.is(i + 1, &["past"]) => (i + 2, Which::Last),
        "this" if t.is(i + 1, &["coming"]) => (i + 2, Which::Next),
        "this" => (i + 1, Which::This),
        "that" => (i + 1, Which::That),
        "the" if t.is(i + 1, &["following"]) => (i + 2, Which::Following),
        "the" if t.is(i + 1, &["previous"]) => (i + 2, Which::Previous),
        _ => (i, Which::Nearest),
    };
    let month = month_at(t, j)?;
    let mut date = PartialDate { month: Some(month), ..PartialDate::default() };
    if let Some((end, year)) = year_after(t, j + 1) {
        date.year = Some(year);
        return Base::new(end, DateBase::Calendar(date, which), "calendar.month");
    }
    // "May of last year", "November last year"
    let k = if t.is(j + 1, &["of"]) { j + 2 } else { j + 1 };
    if matches!(t.lex(k + 1), Lex::Unit(crate::Grain::Year, _)) && t.is(k, &["last", "this", "next"]) {
        let which = match t.word(k) {
            "last" => Which::LastYear,
            "next" => Which::NextYear,
            _ => Which::ThisYear,
        };
        return Base::new(k + 2, DateBase::Calendar(date, which), "calendar.month");
    }
    if t.is(j + 1, &["of"]) && t.is(j + 2, &["that"]) && matches!(t.lex(j + 3), Lex::Unit(crate::Grain::Year, _)) {
        return Base::new(j + 4, DateBase::Calendar(date, Which::That), "calendar.month");
    }
    let verb = !t.capital(j) && matches!(t.lex(j), Lex::Month(3 | 5));
    if verb || which == Which::Nearest && !stands_as_month(t, j) {
        return None;
    }
    Base::new(j + 1, DateBase::Calendar(date, which), "calendar.month")
}

/// Whether a month word without a day or year is meant as a month.
fn stands_as_month(t: &Tokens<'_>, i: usize) -> bool {
    let before = t.word_before(i, 1);
    let prep = matches!(
        before,
        "in" | "of"
            | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "during"
            | "before"
            | "after"
            | "through"
            | "late"
            | "early"
            | "mid"
            | "for"
            | "between"
            | "to"
            | "next"
            | "last"
            | "around"
            | "about"
            | "throughout"
    ) || t.punct(i.wrapping_sub(1), '-') && matches!(t.before(i, 2), Lex::Word("mid" | "late" | "early"));
    let listed = matches!(
        (t.lex(i + 1), t.lex(i + 2)),
        (Lex::Word("and" | "or" | "to" | "through") | Lex::Punct('-' | '/'), Lex::Month(_))
    ) || matches!(
        (t.before(i, 1), t.before(i, 2)),
        (Lex::Word("and" | "or" | "to" | "through") | Lex::Punct('-' | '/'), Lex::Month(_))
    );
    let name = t.capital(i + 1) && matches!(t.lex(i + 1), Lex::Other) && t.get(i + 1).is_some_and(|n| n.gap);
    match t.lex(i) {
        Lex::MonthAbbr(_) => {
            prep && t.capital(i) && t.text(i).len() <= 5 && !name || listed && t.text(i).ends_with('.')
        }
        Lex::Month(3 | 5) => {
            let article =
                matches!(before, "the" | "a" | "this") && !t.is(i + 1, &["for", "on", "of", "to", "in", "and"]);
            t.capital(i)
                && !name
                && (prep && !(before == "to" || before == "for" && t.lex(i + 1) == Lex::Other) || listed || article)
        }
        Lex::Month(4 | 6 | 8) => {
            t.capital(i) && (prep || listed || !name && i > 0 && !matches!(t.before(i, 1), Lex::Stop))
        }
        Lex::Month(_) => t.capital(i) || prep,
        _ => false,
    }
}

/// "the 1990s", "the '90s", "the nineties".
fn decade(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let j = if t.is(i, &["the"]) { i + 1 } else { i };
    let (j, mark) = if t.punct(j, '\'') { (j + 1, true) } else { (j, false) };
    let article =
        j > i || matches!(t.word_before(i, 1), "early" | "late" | "mid" | "the") || t.punct(i.wrapping_sub(1), '-');
    let century = |two: i16| if two < 20 { 2000 + two } else { 1900 + two };
    let (end, start) = match t.lex(j) {
        Lex::Num(n) if n.kind == NumKind::Plural && n.value % 10 == 0 => match n.digits {
            4 if (1000..2100).contains(&n.value) => (j + 1, n.value as i16),
            2 if mark || article => (j + 1, century(n.value as i16)),
            _ => return None,
        },
        // "1990's"
        Lex::Num(n)
            if n.digits == 4
                && n.value % 10 == 0
                && (1000..2100).contains(&n.value)
                && article
                && t.punct(j + 1, '\'')
                && t.glued(j + 1)
                && t.is(j + 2, &["s"])
                && !matches!(t.lex(j + 3), Lex::Other) =>
        {
            (j + 3, n.value as i16)
        }
        Lex::Decade(two) if article && !matches!(t.word_before(i, 1), "his" | "their" | "mid") => (j + 1, century(two)),
        _ => return None,
    };
    // The extent keeps the article, as in "the 1990s".
    Base::new(end, DateBase::Decade(start), "calendar.decade")
}

/// "the 19th century", "the twentieth century".
fn century(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let j = if t.is(i, &["the"]) { i + 1 } else { i };
    let (j, number) = match t.lex(j) {
        Lex::Num(n) if n.kind == NumKind::Ordinal && (1..=30).contains(&n.value) => (j + 1, n.value as i16),
        Lex::Ord(n @ 1..=20) => (j + 1, n as i16),
        Lex::Card(20) if t.punct(j + 1, '-') && t.lex(j + 2) == Lex::Ord(1) => (j + 3, 21),
        _ => return None,
    };
    let j = if t.punct(j, '-') { j + 1 } else { j };
    if !matches!(t.lex(j), Lex::Unit(crate::Grain::Century, _)) {
        return None;
    }
    let bc = t.is(j + 1, &["bc", "bce"]);
    Base::new(j + 1 + usize::from(bc), DateBase::Century(if bc { -number } else { number }), "calendar.century")
}

/// A year by itself, where the words around it let it be one.
fn year(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let Lex::Num(n) = t.lex(i) else { return None };
    if n.kind != NumKind::Plain {
        return None;
    }
    let found = |end, year: i16| {
        let date = PartialDate { year: Some(year), ..PartialDate::default() };
        Base::new(end, DateBase::Calendar(date, Which::Nearest), "calendar.year")
    };
    // "490 BC", "AD 70"
    if n.digits <= 4 && n.value > 0 {
        if t.is(i + 1, &["bc", "bce"]) {
            return found(i + 2, 1 - n.value as i16);
        }
        if t.is(i + 1, &["ad", "ce"]) && t.text(i + 1).chars().all(|c| !c.is_lowercase()) {
            return found(i + 2, n.value as i16);
        }
    }
    if n.digits != 4 || !(1000..=2999).contains(&n.value) {
        return None;
    }
    let glued_before = t.glued(i) && i > 0;
    let glued_after = |k: usize| t.glued(k);
    let (before, after) = (t.before(i, 1), t.lex(i + 1));
    // Money, percentages, parts of longer numbers, numbered things.
    if matches!(before, Lex::Punct('$' | '€' | '£' | '¥' | '#' | '№' | '+' | '=' | '<' | '>') | Lex::Label)
        || glued_before
            && matches!(before, Lex::Punct('.' | ',' | ':' | '_' | '&' | '/'))
            && !matches!(t.before(i, 2), Lex::Stop | Lex::Other)
        || t.is(i.wrapping_sub(1), &["fiscal"])
        || matches!(before, Lex::Other) && t.text(i.wrapping_sub(1)).eq_ignore_ascii_case("fy")
        || matches!(after, Lex::Counted | Lex::Units(..) | Lex::Zone | Lex::Punct('%' | '°' | '$' | '€' | '£'))
        || glued_after(i + 1)
            && (matches!(after, Lex::Other)
                || matches!(after, Lex::Punct('.' | ',' | ':' | '_' | '/' | '='))
                    && glued_after(i + 2)
                    && matches!(t.lex(i + 2), Lex::Num(_) | Lex::Other))
        || matches!(before, Lex::Punct('.')) && i >= 2 && matches!(t.before(i, 2), Lex::Label)
        || matches!(before, Lex::Word("least" | "than" | "some" | "nearly" | "almost" | "over" | "approximately"))
    {
        return None;
    }
    // "2023-24", "2023/24": fiscal and academic years are left alone; "1939–45" begins with a year.
    if let (Lex::Punct('-' | '/'), Lex::Num(m)) = (after, t.lex(i + 2))
        && glued_after(i + 1)
        && glued_after(i + 2)
    {
        if m.digits == 2 && (m.value == (n.value + 1) % 100 || m.value <= n.value % 100) {
            return None;
        }
        if m.digits != 2 && m.digits != 4 {
            return None;
        }
    }
    if glued_before
        && i >= 2
        && matches!(before, Lex::Punct('-'))
        && !matches!(t.before(i, 2), Lex::Num(p) if p.digits == 4 && (1000..3000).contains(&p.value))
        && !matches!(t.before(i, 2), Lex::Word("mid" | "late" | "early" | "pre" | "post" | "since"))
        && !t.text(i - 2).eq_ignore_ascii_case("pre")
        && !t.text(i - 2).eq_ignore_ascii_case("post")
    {
        return None;
    }
    let prep = matches!(
        before,
        Lex::Word(
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "before"
                | "after"
                | "through"
                | "between"
                | "around"
                | "circa"
                | "throughout"
                | "of"
                | "ca"
                | "summer"
        ) | Lex::Season(_)
    );
    let plausible = (1900..=2099).contains(&n.value);
    let ends = matches!(after, Lex::Stop | Lex::Punct(_) | Lex::Word(_));
    let range = matches!(before, Lex::Punct('-') | Lex::Word("to" | "and" | "or"))
        && matches!(t.before(i, 2), Lex::Num(p) if p.digits == 4 && (1000..3000).contains(&p.value));
    // "(1738)", "Oslo, 1859.": an early year by itself.
    let apart = n.value >= 1400 && ends && matches!(before, Lex::Punct('(' | ',' | '-' | '—') | Lex::Stop);
    let early = (1400..1900).contains(&n.value)
        && prep
        && !matches!(before, Lex::Word("of" | "by" | "from" | "around" | "between"));
    let accepted = apart
        || early
        || if plausible { prep || ends || range || !matches!(before, Lex::Num(_)) } else { (prep || range) && ends };
    // A number after a lower-case verb that counts a plural ("sent 2000 letters") is no year.
    let counts = matches!(after, Lex::Other)
        && !t.capital(i + 1)
        && t.text(i + 1).ends_with('s')
        && matches!(before, Lex::Other)
        && !t.capital(i.wrapping_sub(1))
        && n.value % 10 == 0;
    if !accepted || counts {
        return None;
    }
    found(i + 1, n.value as i16)
}
