//! Owns times of day: "10:00 EDT (14:00 GMT)", "3 p.m.", "noon local time".

use super::Match;
use crate::lexicon::{Lex, NumKind};
use crate::token::Tokens;
use crate::{Clock, Meaning};

/// A time read from a place on.
struct Time {
    end: usize,
    hour: u32,
    minute: u32,
    zone: Option<String>,
    named: bool,
}

pub(super) fn clock(t: &Tokens<'_>, i: usize) -> Option<Match> {
    if !matches!(
        t.lex(i),
        Lex::Num(_) | Lex::Word("noon" | "midnight") | Lex::Part(crate::DayPart::Midday) | Lex::Card(_)
    ) {
        return None;
    }
    let mut time = one(t, i)?;
    // The same moment in another zone: "(14:00 GMT)", "/ 14:00 GMT".
    if time.zone.is_some() || t.punct(time.end, '(') {
        let (open, close) = match t.lex(time.end) {
            Lex::Punct('(') => (time.end + 1, Some(')')),
            Lex::Punct('/') => (time.end + 1, None),
            _ => (0, None),
        };
        if open > 0
            && let Some(other) = one(t, open)
        {
            match close {
                Some(mark) if t.punct(other.end, mark) => time.end = other.end + 1,
                // "(10:00 EDT; 17:00 Moscow time)"
                Some(mark) if t.punct(other.end, ';') || t.punct(other.end, ',') => {
                    if let Some(third) = one(t, other.end + 1)
                        && t.punct(third.end, mark)
                    {
                        time.end = third.end + 1;
                    }
                }
                None => time.end = other.end,
                _ => {}
            }
        }
    }
    let rule = if time.named { "clock.named" } else { "clock.time" };
    let clock = Clock { text: String::new(), hour: time.hour as u8, minute: time.minute as u8, zone: time.zone };
    Some(Match { end: time.end, meaning: Meaning::Clock(clock), rule })
}

fn one(t: &Tokens<'_>, i: usize) -> Option<Time> {
    let named = |hour| {
        let (end, zone) = zone(t, i + 1);
        Some(Time { end, hour, minute: 0, zone, named: true })
    };
    match t.lex(i) {
        Lex::Word("noon") => return named(12),
        Lex::Part(crate::DayPart::Midday) => return named(12),
        Lex::Word("midnight") => return named(0),
        Lex::Card(n @ 1..=12) => {
            return oclock(t, i + 1).map(|end| Time { end, hour: n, minute: 0, zone: None, named: false });
        }
        _ => {}
    }
    let Lex::Num(h) = t.lex(i) else { return None };
    if h.kind != NumKind::Plain || matches!(t.before(i, 1), Lex::Punct('$' | '€' | '£' | ':' | '#')) {
        return None;
    }
    let (mut end, mut hour, mut minute, mut sure) = (i + 1, h.value, 0, false);
    if h.digits <= 2
        && let (Lex::Punct(mark @ (':' | '.')), Lex::Num(m)) = (t.lex(end), t.lex(end + 1))
        && t.glued(end)
        && t.glued(end + 1)
        && m.digits == 2
        && m.kind == NumKind::Plain
        && m.value < 60
    {
        (end, minute) = (end + 2, m.value);
        sure = mark == ':';
        if let (true, Lex::Punct(':'), Lex::Num(s)) = (sure, t.lex(end), t.lex(end + 1))
            && t.glued(end)
            && t.glued(end + 1)
            && s.digits == 2
        {
            end += 2;
        }
    } else if h.digits == 4 && h.value / 100 < 24 && h.value % 100 < 60 {
        // "1400 GMT", "1400 hours"
        let hours = matches!(t.lex(end), Lex::Units(crate::Grain::Hour, _)) && t.text(i).starts_with(['0', '1', '2']);
        if zone(t, end).1.is_some() {
            (hour, minute, sure) = (h.value / 100, h.value % 100, true);
        } else if hours && h.value % 100 % 5 == 0 && t.is(i.wrapping_sub(1), &["at", "by", "until"]) {
            (hour, minute, sure, end) = (h.value / 100, h.value % 100, true, end + 1);
        } else {
            return None;
        }
    } else if h.digits > 2 {
        return None;
    }
    match t.word(end) {
        "am" if (1..=12).contains(&hour) && meridiem(t, end, sure) => {
            (hour, sure, end) = (hour % 12, true, end + 1);
        }
        "pm" if (1..=12).contains(&hour) => (hour, sure, end) = (hour % 12 + 12, true, end + 1),
        _ => {}
    }
    if let Some(after) = oclock(t, end) {
        (end, sure) = (after, true);
    }
    let (after, zone) = zone(t, end);
    if let Some(zone) = zone
        && (sure || t.punct(i + 1, '.') || matches!(t.word_before(i, 1), "at" | "by" | "until"))
    {
        return (hour <= 24).then_some(Time { end: after, hour, minute, zone: Some(zone), named: false });
    }
    (sure && hour <= 24).then_some(Time { end, hour, minute, zone: None, named: false })
}

/// "am" is a verb too: it must stand close to the number, or the number must show minutes.
fn meridiem(t: &Tokens<'_>, i: usize, sure: bool) -> bool {
    let told =
        matches!(t.word_before(i, 2), "at" | "by" | "until" | "till" | "from" | "since" | "to" | "around" | "about");
    sure || t.glued(i) || t.text(i).len() > 2 || told
}

fn oclock(t: &Tokens<'_>, i: usize) -> Option<usize> {
    (t.is(i, &["o"]) && t.punct(i + 1, '\'') && t.is(i + 2, &["clock"])).then_some(i + 3)
}

/// A zone after a time: "GMT", "UTC+3", "local time", "Moscow time", "Eastern Standard Time".
fn zone(t: &Tokens<'_>, i: usize) -> (usize, Option<String>) {
    let text = |from: usize, to: usize| {
        let (Some(a), Some(b)) = (t.get(from), t.get(to - 1)) else { return None };
        t.text.get(a.start as usize..b.end as usize).map(str::to_owned)
    };
    match t.lex(i) {
        Lex::Zone if t.text(i).bytes().all(|b| b.is_ascii_uppercase()) => {
            let mut end = i + 1;
            if matches!(t.lex(end), Lex::Punct('+' | '-'))
                && t.glued(end)
                && matches!(t.lex(end + 1), Lex::Num(n) if n.value <= 14)
            {
                end += 2;
            }
            (end, text(i, end))
        }
        Lex::Word("local" | "moscow" | "standard") | Lex::Other if t.capital(i) || t.is(i, &["local"]) => {
            let mut j = i + 1;
            while j < i + 3 && (t.is(j, &["standard"]) || matches!(t.lex(j), Lex::Other) && t.capital(j)) {
                j += 1;
            }
            if t.is(j, &["time"]) { (j + 1, text(i, j + 1)) } else { (i, None) }
        }
        _ => (i, None),
    }
}
