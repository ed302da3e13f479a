//! Owns dates counted from the day of writing or from another event, other than weekdays.

use super::length::{self, Length};
use super::{Base, Match, plain};
use crate::lexicon::{LEXICON, Lex, Phrase};
use crate::token::Tokens;
use crate::{DateBase, DateMeaning, DayPart, Grain, Meaning, Part, Which};

/// Fixed phrases of the table, holidays among them.
pub(super) fn phrase(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let (mut start, mut which) = (i, Which::Nearest);
    match t.word(i) {
        "last" => (start, which) = (i + 1, Which::Last),
        "next" => (start, which) = (i + 1, Which::Next),
        "this" => (start, which) = (i + 1, Which::This),
        // "early the next morning", "late that night"
        "early" | "late" | "later" | "earlier" if t.is(i + 1, &["the", "that", "this"]) => {
            return lookup(t, i).or_else(|| {
                lookup(t, i + 1).filter(|m| m.rule == "event.phrase" || matches!(t.lex(m.end - 1), Lex::Part(_)))
            });
        }
        _ => {}
    }
    if which != Which::Nearest {
        let Some((end, Phrase::Holiday(row))) = longest(t, start) else { return lookup(t, i) };
        return holiday(t, start, end, row, which, 0);
    }
    lookup(t, i)
}

fn lookup(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let (end, phrase) = longest(t, i)?;
    let date = |base, day_part| Meaning::Date(DateMeaning { base, part: None, day_part });
    let (meaning, rule) = match phrase {
        Phrase::Holiday(row) => return holiday(t, i, end, row, Which::Nearest, 0),
        Phrase::Unit(unit, offset, part) => (date(DateBase::Unit { unit, offset }, part), "relative.phrase"),
        Phrase::Event(unit, amount, part) => {
            // "on the eve of Independence Day" is counted from the holiday.
            if t.is(end - 1, &["of"])
                && let Some((after, Phrase::Holiday(row))) = longest(t, end)
            {
                return holiday(t, end, after, row, Which::Nearest, amount);
            }
            (date(DateBase::Event { unit, amount: amount as f32, vague: false, about: false }, part), "event.phrase")
        }
        Phrase::Past => (plain(DateBase::Past), "relative.phrase"),
        Phrase::Present => (plain(DateBase::Present), "relative.phrase"),
        Phrase::Future => (plain(DateBase::Future), "relative.phrase"),
        Phrase::Overnight => {
            let base = DateBase::Unit { unit: Grain::Day, offset: 0 };
            let (part, day_part) = (Some(Part::Early), Some(DayPart::Night));
            (Meaning::Date(DateMeaning { base, part, day_part }), "relative.phrase")
        }
        Phrase::YearEnd => {
            let base = DateBase::Unit { unit: Grain::Year, offset: 0 };
            (Meaning::Date(DateMeaning { base, part: Some(Part::Late), day_part: None }), "relative.phrase")
        }
    };
    // "now" after "until" or in "by now" stays; "now that", "the past three", "that day's" are cut by longer matches.
    let blocked = match phrase {
        Phrase::Present => {
            t.is(end, &["that"])
                || t.is(i, &["the"]) && matches!(t.lex(end), Lex::Other | Lex::Season(_) | Lex::Counted)
        }
        // "soon after", "as soon as", "shortly before"
        Phrase::Future if t.is(end, &["after", "afterwards", "afterward", "before", "as"]) => true,
        Phrase::Future if t.is(i.wrapping_sub(1), &["as", "so", "too"]) => true,
        Phrase::Future if matches!(t.lex(end), Lex::Other) && t.text(end) == "thereafter" => true,
        Phrase::Past | Phrase::Future => {
            matches!(t.lex(end), Lex::Card(_) | Lex::Num(_) | Lex::Unit(..) | Lex::Units(..) | Lex::Season(_))
                || t.is(end, &["few", "several", "couple", "of", "half"]) && t.is(end - 1, &["past"])
                || t.punct(end, '-') && t.glued(end)
                || t.is(i, &["the"]) && t.is(end - 1, &["past"]) && matches!(t.lex(end), Lex::Other | Lex::Day(_))
        }
        _ => false,
    };
    (!blocked).then_some(Match { end, meaning, rule })
}

/// The longest phrase of the table at `i`.
fn longest(t: &Tokens<'_>, i: usize) -> Option<(usize, Phrase)> {
    let first = t.id(i);
    if first == 0 {
        return None;
    }
    LEXICON.phrases(first).iter().find_map(|(words, phrase)| {
        words.iter().enumerate().all(|(k, &word)| t.id(i + k) == word).then_some((i + words.len(), *phrase))
    })
}

/// What carries the name of a holiday without being of that day.
const NAMED_AFTER: [&str; 12] = [
    "agreement",
    "accord",
    "accords",
    "war",
    "massacre",
    "island",
    "rising",
    "uprising",
    "protocol",
    "deal",
    "offensive",
    "revolution",
];

fn holiday(t: &Tokens<'_>, start: usize, end: usize, row: u16, which: Which, shift: i32) -> Option<Match> {
    if !t.capital(start) && !matches!(t.lex(start), Lex::Num(_) | Lex::Word("the")) {
        return None;
    }
    // "The Good Friday Agreement", "the Yom Kippur War": named after the day.
    if t.capital(end) && NAMED_AFTER.iter().any(|n| t.text(end).eq_ignore_ascii_case(n)) {
        return None;
    }
    let k = if t.punct(end, ',') || t.is(end, &["of", "in"]) { end + 1 } else { end };
    let year = super::calendar::year_at(t, k);
    // "Ukraine's Independence Day", "the American Independence Day", "Independence Day of Ukraine"
    let possessor = if t.is(start.wrapping_sub(1), &["s"]) { start.wrapping_sub(3) } else { start.wrapping_sub(1) };
    let near = [t.text(possessor), if k > end { t.text(k) } else { "" }];
    let placed = near.iter().find_map(|word| crate::holiday::row_of(row, word));
    let end = if year.is_some() { k + 1 } else { end };
    let base = DateBase::Holiday { row: placed.unwrap_or(row), year, which, placed: placed.is_some(), shift };
    Some(Match { end, meaning: plain(base), rule: "holiday" })
}

/// "this week", "last month", "next year", "the weekend", "the week before last".
pub(super) fn unit(t: &Tokens<'_>, i: usize) -> Option<Base> {
    let named = |j: usize| match t.lex(j) {
        Lex::Unit(unit, 1) if unit >= Grain::Day => Some(unit),
        _ => None,
    };
    let (end, unit, offset) = match t.word(i) {
        "this" => match (t.word(i + 1), named(i + 1)) {
            (_, Some(unit)) => (i + 2, unit, 0),
            ("past" | "last", _) => (i + 3, named(i + 2)?, -1),
            ("coming", _) => (i + 3, named(i + 2)?, 1),
            ("same", _) => return None,
            ("calendar" | "current", _) => (i + 3, named(i + 2)?, 0),
            _ => return None,
        },
        "last" => (i + 2, named(i + 1)?, -1),
        "next" => (i + 2, named(i + 1)?, 1),
        "current" => (i + 2, named(i + 1)?, 0),
        "coming" | "upcoming" => (i + 2, named(i + 1)?, 1),
        "the" => match (t.word(i + 1), named(i + 1)) {
            ("current" | "present", _) => (i + 3, named(i + 2)?, 0),
            ("coming" | "upcoming", _) => (i + 3, named(i + 2)?, 1),
            (_, Some(unit)) if t.is(i + 2, &["before"]) && t.is(i + 3, &["last"]) => (i + 4, unit, -2),
            (_, Some(unit)) if t.is(i + 2, &["after"]) && t.is(i + 3, &["next"]) => (i + 4, unit, 2),
            (_, Some(Grain::Weekend)) => (i + 2, Grain::Weekend, 0),
            _ => return None,
        },
        _ => return None,
    };
    if unit == Grain::Day && offset != 0 || unit == Grain::Century && offset == 0 && t.is(i, &["this"]) && end == 0 {
        return None;
    }
    Base::new(end, DateBase::Unit { unit, offset }, "relative.unit")
}

/// "the past three months", "the next few days", "recent weeks", "the coming days".
pub(super) fn stretch(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let j = if t.is(i, &["the", "these", "this"]) { i + 1 } else { i };
    // "the months ahead", "the days to come"
    if let (Lex::Units(unit, _), true) = (t.lex(j), j > i) {
        let end = match (t.word(j + 1), t.word(j + 2)) {
            ("ahead", after) if after != "of" => j + 2,
            ("to", "come") => j + 3,
            _ => return None,
        };
        let base = DateBase::Stretch { unit, amount: None, ahead: true, vague: true };
        return Some(Match { end, meaning: plain(base), rule: "relative.stretch" });
    }
    let ahead = match t.word(j) {
        "last" | "past" | "previous" | "preceding" | "recent" => false,
        "next" | "coming" | "upcoming" | "following" => true,
        _ => return None,
    };
    let event = t.is(j, &["previous", "preceding", "following"]);
    let (end, unit, amount, vague) = match (t.lex(j + 1), length::length_at(t, j + 1)) {
        (Lex::Units(unit, n), _) => {
            let _ = n;
            (j + 2, unit, None, true)
        }
        (_, Some(Length { end, unit, stated, vague, .. })) => (end, unit, Some(stated), vague),
        (Lex::Unit(unit, n), None) if unit != Grain::Quarter || j > i => {
            // "last week" is a week of the calendar; only "the past week", "the next year" stretch from today.
            if j == i || unit == Grain::Weekend {
                return None;
            }
            (j + 2, unit, Some(f32::from(n)), false)
        }
        _ => return None,
    };
    if event {
        let amount = amount.unwrap_or(1.0);
        let amount = if ahead { amount } else { -amount };
        return Some(Match {
            end,
            meaning: plain(DateBase::Event { unit, amount, vague, about: false }),
            rule: "event.distance",
        });
    }
    Some(Match { end, meaning: plain(DateBase::Stretch { unit, amount, ahead, vague }), rule: "relative.stretch" })
}
