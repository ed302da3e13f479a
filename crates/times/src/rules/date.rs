//! Owns dates with what stands around them: "early", "mid-", "the end of", "morning", "night".

use super::{Base, Match, calendar, relative, season, weekday};
use crate::lexicon::Lex;
use crate::token::Tokens;
use crate::{DateBase, DateMeaning, Grain, Meaning, Part};

/// A date with its qualifiers.
pub(super) fn date(t: &Tokens<'_>, i: usize) -> Option<Match> {
    if let Some(found) = part_of_day(t, i) {
        return Some(found);
    }
    let (start, part) = part(t, i).map_or((i, None), |(j, p)| (j, Some(p)));
    let mut found = base(t, start, part);
    let mut part = part;
    if found.is_none() && start != i {
        part = None;
        found = base(t, i, None);
    }
    let Base { mut end, base, rule } = found?;
    let mut day_part = None;
    let daily = match base {
        DateBase::Calendar(date, _) => date.day.is_some(),
        DateBase::Weekday { .. } | DateBase::Holiday { .. } => true,
        _ => false,
    };
    if daily {
        let mut j = end;
        // "Monday's late-night", "Friday late evening": one qualifier may stand between.
        if t.is(j, &["late", "early", "mid"]) {
            j += 1;
            if t.punct(j, '-') {
                j += 1;
            }
        }
        match t.lex(j) {
            Lex::Part(p) => (end, day_part) = (j + 1, Some(p)),
            Lex::Word("noon") if j == end && !matches!(base, DateBase::Calendar(..)) => {
                (end, day_part) = (j + 1, Some(crate::DayPart::Midday));
            }
            _ => {}
        }
    }
    Some(Match { end, meaning: Meaning::Date(DateMeaning { base, part, day_part }), rule })
}

/// "the morning of 13 February", "the early hours of Monday", "on the evening of Dec. 28".
fn part_of_day(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let mut j = i;
    if t.is(j, &["early", "late"]) && t.is(j + 1, &["in", "on"]) {
        j += 2;
    }
    if t.is(j, &["the"]) {
        j += 1;
    }
    if t.is(j, &["early", "late"]) {
        j += 1;
    }
    let (after, part) = match t.lex(j) {
        Lex::Part(part) => (j + 1, part),
        Lex::Units(Grain::Hour, 1) if j > i && t.is(j - 1, &["early"]) => (j + 1, crate::DayPart::Night),
        _ => return None,
    };
    let after = if matches!(t.lex(after), Lex::Units(Grain::Hour, 1)) { after + 1 } else { after };
    let k = if t.is(after, &["of", "on"]) { after + 1 } else { return None };
    let Base { end, base, rule } = base(t, k, None)?;
    let daily = match base {
        DateBase::Calendar(date, _) => date.day.is_some(),
        DateBase::Weekday { .. } | DateBase::Holiday { .. } => true,
        _ => false,
    };
    let meaning = Meaning::Date(DateMeaning { base, part: None, day_part: Some(part) });
    daily.then_some(Match { end, meaning, rule })
}

/// The longest of the kinds of date at `i`.
fn base(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Base> {
    let mut best: Option<Base> = None;
    for found in [calendar::calendar(t, i), weekday::weekday(t, i), relative::unit(t, i), season::season(t, i)] {
        if let Some(found) = found
            && best.as_ref().is_none_or(|b| found.end > b.end)
        {
            best = Some(found);
        }
    }
    if let Some(found) = best {
        // "later Monday" names no part of Monday; "earlier Friday" is said of the day itself.
        return Some(found);
    }
    // After "the end of", "later in", units stand without "this": "the end of the year".
    let part = part?;
    let j = if t.is(i, &["the"]) { i + 1 } else { return None };
    match t.lex(j) {
        // "Later in the day" is of the day that the text tells of.
        Lex::Unit(Grain::Day, 1) if matches!(part, Part::Earlier | Part::Later) => None,
        Lex::Unit(unit, 1) if !matches!(unit, Grain::Minute | Grain::Hour | Grain::Century) => {
            Base::new(j + 1, DateBase::Unit { unit, offset: 0 }, "relative.unit")
        }
        _ => None,
    }
}

/// "week of" before a month: "the first week of May".
fn week_of(t: &Tokens<'_>, i: usize) -> bool {
    matches!(t.lex(i), Lex::Unit(Grain::Week, 1)) && t.is(i + 1, &["of", "in"]) && matches!(t.lex(i + 2), Lex::Month(_))
}

/// A word or phrase that takes a part of what follows.
fn part(t: &Tokens<'_>, i: usize) -> Option<(usize, Part)> {
    let (mut j, part) = match t.lex(i) {
        Lex::Word("early") => (i + 1, Part::Early),
        Lex::Word("late") => (i + 1, Part::Late),
        Lex::Word("mid") => (i + 1, Part::Mid),
        Lex::Word("earlier") => (i + 1, Part::Earlier),
        Lex::Word("later") => (i + 1, Part::Later),
        _ => {
            let j = if t.is(i, &["the"]) { i + 1 } else { i };
            let part = match (t.lex(j), t.word(j + 1)) {
                (Lex::Word("beginning" | "start" | "opening"), "of") => (j + 2, Part::Early),
                (Lex::Word("middle"), "of") => (j + 2, Part::Mid),
                (Lex::Word("end" | "close" | "closing"), "of") => (j + 2, Part::Late),
                (Lex::Word("rest"), "of") => (j + 2, Part::Later),
                (Lex::Word("early"), "part") if t.is(j + 2, &["of"]) => (j + 3, Part::Early),
                (Lex::Word("latter" | "late"), "part" | "half") if t.is(j + 2, &["of"]) => (j + 3, Part::SecondHalf),
                (Lex::Ord(n @ 1..=4), _) if week_of(t, j + 1) => (j + 3, Part::Week(n as i8)),
                (Lex::Word("last" | "final"), _) if week_of(t, j + 1) => (j + 3, Part::Week(-1)),
                (Lex::Ord(1), "half") if t.is(j + 2, &["of"]) => (j + 3, Part::FirstHalf),
                (Lex::Ord(2), "half") if t.is(j + 2, &["of"]) => (j + 3, Part::SecondHalf),
                (Lex::Word("early" | "late" | "mid"), _) if j > i => {
                    let p = match t.word(j) {
                        "early" => Part::Early,
                        "late" => Part::Late,
                        _ => Part::Mid,
                    };
                    (j + 1, p)
                }
                _ => return None,
            };
            return Some(part);
        }
    };
    if t.punct(j, '-') {
        j += 1;
    } else if t.is(j, &["in"]) && part != Part::Mid {
        // "early in 2025", "later in the week"
        j += 1;
    } else if t.is(j, &["on"]) && matches!(t.lex(j + 1), Lex::Day(_)) {
        j += 1;
    }
    Some((j, part))
}
