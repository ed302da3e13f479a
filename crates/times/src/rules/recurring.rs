//! Owns recurring times: "every Monday", "weekly", "twice a year".

use super::Match;
use crate::lexicon::Lex;
use crate::token::Tokens;
use crate::{Grain, Meaning, Set};

pub(super) fn set(t: &Tokens<'_>, i: usize) -> Option<Match> {
    let found = |end, unit, every, weekday, rule| {
        Some(Match { end, meaning: Meaning::Set(Set { unit, every, weekday }), rule })
    };
    match t.lex(i) {
        Lex::Set(unit, n) => {
            // "Daily Mail", "Annual Report": names.
            let name = t.capital(i) && (t.capital(i + 1) || t.capital(i.wrapping_sub(1)));
            if name { None } else { found(i + 1, unit, u32::from(n), None, "set.word") }
        }
        Lex::Days(day) => {
            let end = if matches!(t.lex(i + 1), Lex::Parts(_)) { i + 2 } else { i + 1 };
            found(end, Grain::Week, 1, Some(day), "set.weekdays")
        }
        // "They greeted each other Friday": on that Friday.
        Lex::Word("each") if t.is(i + 1, &["other"]) => None,
        Lex::Word("every" | "each") => {
            let (j, every) = match t.lex(i + 1) {
                Lex::Word("other") => (i + 2, 2),
                Lex::Word("few" | "single") => (i + 2, 1),
                Lex::Card(n) => (i + 2, n),
                Lex::Ord(n) => (i + 2, n),
                Lex::Num(n) => (i + 2, n.value),
                _ => (i + 1, 1),
            };
            match t.lex(j) {
                Lex::Unit(unit, n) | Lex::Units(unit, n) => {
                    found(j + 1, unit, every.saturating_mul(u32::from(n)), None, "set.every")
                }
                Lex::Day(day) => {
                    let end = if matches!(t.lex(j + 1), Lex::Part(_)) { j + 2 } else { j + 1 };
                    found(end, Grain::Week, every, Some(day), "set.every")
                }
                Lex::Part(_) => found(j + 1, Grain::Day, every, None, "set.every"),
                Lex::Month(_) | Lex::Season(_) => found(j + 1, Grain::Year, every, None, "set.every"),
                _ => None,
            }
        }
        Lex::Word("a" | "an" | "per") => {
            let Lex::Unit(unit, n) = t.lex(i + 1) else { return None };
            let counted = matches!(t.before(i, 1), Lex::Counted | Lex::Num(_))
                || matches!(t.word_before(i, 1), "once" | "twice" | "times")
                || t.is(i, &["per"]);
            let ago = t.is(i + 2, &["ago", "earlier", "later", "before", "after"]);
            if !counted || ago || t.capital(i) { None } else { found(i + 2, unit, u32::from(n), None, "set.per") }
        }
        _ => None,
    }
}
