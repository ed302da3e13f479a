//! Owns count claims: ordinals and totals of contacts, with the period over which they count.

use readout_times::{Bound, Meaning};
use readout_types::{CountOf, Date, Deprel, Interval, Span, Upos};

use crate::mentioned::ContactMention;
use crate::resolve::Document;
use crate::tallies;
use crate::when::TimeAt;

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const CARDINALS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The number of an ordinal word: 9 for `ninth` and `9th`.
pub fn ordinal(word: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|o| *o == word) {
        return Some(at as u32 + 1);
    }
    let digits = word
        .strip_suffix("st")
        .or_else(|| word.strip_suffix("nd"))
        .or_else(|| word.strip_suffix("rd"))
        .or_else(|| word.strip_suffix("th"))?;
    digits.parse().ok().filter(|n| (1..=200).contains(n))
}

/// The number of a cardinal word or numeral.
pub fn cardinal(word: &str) -> Option<u32> {
    CARDINALS
        .iter()
        .position(|c| *c == word)
        .map(|at| at as u32 + 1)
        .or_else(|| word.parse().ok().filter(|n| (1..=200).contains(n)))
}

/// A count claim, before its words are turned into evidence.
#[derive(Clone, Debug)]
pub struct CountClaim {
    /// The number.
    pub n: u32,
    /// A lower bound.
    pub at_least: bool,
    /// Place or size.
    pub of: CountOf,
    /// The days over which is counted.
    pub period: Interval,
    /// Bytes from the number to the end of the scope.
    pub span: Span,
    /// Bytes of the scope.
    pub scope: Option<Span>,
}

/// The count claim that a noun trigger carries.
pub fn of_mention(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    times: &[TimeAt],
    day: Option<Date>,
) -> Option<CountClaim> {
    let tree = document.tree(mention.sentence);
    let token = mention.token;
    let noun = matches!(tree.upos(token), Upos::Noun | Upos::Propn);
    let (at, n, of) = (if noun { beside_noun(&tree, mention) } else { None }).or_else(|| {
        if noun {
            tallies::apposed(&tree, token)
                .or_else(|| predicate(&tree, token, times))
                .or_else(|| number_put(&tree, token))
                .or_else(|| tallies::of_them(&tree, token))
        } else {
            nth_time(&tree).or_else(|| times_told(&tree, token))
        }
    })?;
    let hedge = (at.saturating_sub(6)..(at + 3).min(tree.len())).any(|t| {
        matches!(
            tree.word(t).to_lowercase().as_str(),
            "known" | "least" | "than" | "publicly" | "reported" | "confirmed" | "acknowledged"
        )
    });
    let from = token;
    let token = token.max(at);
    let scope = times
        .iter()
        .filter(|t| {
            t.token > from
                && t.token < token + 18
                && matches!(t.expression.meaning, Meaning::Date(_) | Meaning::Period(_) | Meaning::Duration(_))
                && !is_length(&t.expression.meaning)
        })
        .find(|t| {
            let phrase = t.expression.span.of(tree.text).to_lowercase();
            t.expression.bound == Bound::Since
                || phrase.contains("year")
                || matches!(t.expression.meaning, Meaning::Period(_) | Meaning::Duration(_))
                || phrase.contains("month")
                || tallies::whole_year(t, day).is_some()
        });
    let scope = scope.or_else(|| before_scope(times, &tree, at));
    let year = scope.is_none().then(|| year_in_words(&tree, token)).flatten();
    let untold = scope.is_none() && year.is_none();
    let term = untold.then(|| tallies::since_term(document, mention.sentence, day)).flatten();
    if n == 1 && untold && term.is_none() {
        return None;
    }
    let mut period = Interval { earliest: None, latest: day };
    let mut scope_span = None;
    if let Some((first, span)) = term {
        period.earliest = Some(first);
        scope_span = Some(span);
    } else if untold && of == CountOf::Total && at < from {
        // "17 contacts in 2025. Ten of them were calls": of the year in which those before were counted.
        period = tallies::year_before(document, mention.sentence, day).unwrap_or(period);
    }
    if let Some(time) = scope {
        if let Some(year) = tallies::whole_year(time, day) {
            period = Interval { earliest: year.earliest, latest: year.latest.into_iter().chain(day).min() };
        } else if let Meaning::Date(_) = time.expression.meaning {
            let resolved = time.expression.resolve(day, readout_times::Direction::Past);
            period.earliest = resolved.interval.earliest;
        } else if let (Meaning::Duration(_), Some(day)) = (&time.expression.meaning, day) {
            period.earliest = day.yesterday().ok();
        }
        // From the word before the expression ("since", "in") to its end.
        let start = tree
            .sentence
            .tokens
            .iter()
            .rev()
            .find(|t| t.span.end <= time.expression.span.start)
            .map_or(time.expression.span.start, |t| t.span.start);
        scope_span = Some(Span { start, end: time.expression.span.end });
    }
    if let Some(span) = year {
        // "since the year began", "of the year": the document's own.
        period.earliest = day.and_then(|d| Interval::year(d.year())).and_then(|y| y.earliest);
        scope_span = Some(span);
    }
    let number = tree.sentence.tokens[at].span;
    let trigger = tree.sentence.tokens[token].span;
    let end = scope_span.filter(|s| s.start >= number.start).map_or(trigger.end, |s| s.end.max(trigger.end));
    Some(CountClaim { n, at_least: hedge, of, period, span: Span { start: number.start, end }, scope: scope_span })
}

/// "Two hours on the clock": how long it took, not a period over which is counted.
fn is_length(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Duration(d) if d.max.or(d.min).is_none_or(|minutes| minutes < 24 * 60))
}

/// "He numbered it the eighth of 2025", "it was the ninth since Trump began his second term": a count of the contact in hand
/// in a sentence that does not name it.
pub fn of_pronoun(document: &Document<'_>, sentence: usize, times: &[TimeAt], day: Option<Date>) -> Option<CountClaim> {
    let tree = &document.tree(sentence);
    let (at, n) = (2..tree.len()).find_map(|t| {
        let n = ordinal(&tree.lower(t)).filter(|n| *n > 1 && !tallies::is_day_of_month(tree, times, t))?;
        let the = matches!(tree.lower(t - 1).as_str(), "the" | "their");
        let meant = (0..t).any(|k| matches!(tree.lower(k).as_str(), "it" | "this" | "that"));
        let counted = matches!(tree.lower(t + 1).as_str(), "of" | "since" | "this" | "in" | "such");
        (the && meant && counted).then_some((t, n))
    })?;
    let scope = times.iter().find(|t| t.token > at && t.token <= at + 10);
    let year = scope.is_none().then(|| year_in_words(tree, at)).flatten();
    let term = (scope.is_none() && year.is_none()).then(|| tallies::since_term(document, sentence, day)).flatten();
    let earliest = match scope {
        Some(time) => time.expression.resolve(day, readout_times::Direction::Past).interval.earliest,
        None if year.is_some() => day.and_then(|d| Interval::year(d.year())).and_then(|y| y.earliest),
        None => term.map(|t| t.0),
    };
    let since = (at + 1..(at + 3).min(tree.len())).any(|t| tree.lower(t) == "since");
    if earliest.is_none() && !since {
        return None;
    }
    let number = tree.sentence.tokens[at].span;
    let end = scope.map(|t| t.expression.span).or(year).or(term.map(|t| t.1));
    Some(CountClaim {
        n,
        at_least: false,
        of: CountOf::Ordinal,
        period: Interval { earliest, latest: day },
        span: end.map_or(number, |s| number.cover(s)),
        scope: end,
    })
}

/// `have now talked five times this year`: the number of times beside a verb.
fn times_told(tree: &crate::tree::Tree<'_>, verb: usize) -> Option<(usize, u32, CountOf)> {
    (verb + 1..(verb + 8).min(tree.len().saturating_sub(1))).find_map(|t| {
        let n = cardinal(&tree.lower(t)).filter(|n| *n > 1)?;
        (tree.lower(t + 1) == "times").then_some((t, n, CountOf::Total))
    })
}

/// `put the number of their calls this year at four`.
fn number_put(tree: &crate::tree::Tree<'_>, token: usize) -> Option<(usize, u32, CountOf)> {
    let number = (token.saturating_sub(4)..token).any(|t| tree.lower(t) == "number");
    (token + 1..(token + 8).min(tree.len())).filter(|_| number).find_map(|t| {
        let n = cardinal(&tree.lower(t))?;
        (tree.lower(t - 1) == "at").then_some((t, n, CountOf::Total))
    })
}

/// `the ninth call`, `five phone conversations`: the number before a contact noun.
fn beside_noun(tree: &crate::tree::Tree<'_>, mention: &ContactMention<'_>) -> Option<(usize, u32, CountOf)> {
    let token = mention.token;
    let from = token.saturating_sub(6);
    let direct = |t: usize| {
        tree.head(t) == Some(token)
            && matches!(
                tree.relation(t).universal(),
                Deprel::Amod | Deprel::Nummod | Deprel::Advmod | Deprel::Det | Deprel::Compound
            )
    };
    (from..token).rev().find_map(|t| {
        let word = tree.word(t).to_lowercase();
        let close = direct(t)
            || (t + 4 > token
                && (t + 1..token).all(|k| matches!(tree.upos(k), Upos::Adj | Upos::Noun | Upos::Adv | Upos::Propn)));
        if !close {
            return None;
        }
        if let Some(n) = ordinal(&word) {
            return Some((t, n, CountOf::Ordinal));
        }
        (mention.plural && tree.upos(t) == Upos::Num).then(|| cardinal(&word).map(|n| (t, n, CountOf::Total))).flatten()
    })
}

/// `The call … was the ninth between them`: the number as predicate of a contact noun.
fn predicate(tree: &crate::tree::Tree<'_>, token: usize, times: &[TimeAt]) -> Option<(usize, u32, CountOf)> {
    (token + 1..tree.len().min(token + 36)).find_map(|t| {
        let n =
            ordinal(&tree.word(t).to_lowercase()).filter(|n| *n > 1 && !tallies::is_day_of_month(tree, times, t))?;
        let the = matches!(tree.word(t - 1).to_lowercase().as_str(), "the" | "their");
        let alone =
            t + 1 >= tree.len() || !matches!(tree.upos(t + 1), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num);
        let was = (token + 1..t).any(|k| tree.lemma(k) == "be");
        (the && alone && was).then_some((t, n, CountOf::Ordinal))
    })
}

/// `the fifth time this year that they had spoken`.
fn nth_time(tree: &crate::tree::Tree<'_>) -> Option<(usize, u32, CountOf)> {
    (0..tree.len().saturating_sub(1)).find_map(|t| {
        let n = ordinal(&tree.word(t).to_lowercase())?;
        (tree.word(t + 1).eq_ignore_ascii_case("time")).then_some((t, n, CountOf::Ordinal))
    })
}

/// Words that mean the document's own year as the period of a count, with their span.
fn year_in_words(tree: &crate::tree::Tree<'_>, from: usize) -> Option<Span> {
    let year = (from + 1..tree.len().min(from + 14)).find(|&t| tree.word(t).eq_ignore_ascii_case("year"))?;
    let start =
        (from + 1..year).find(|&t| matches!(tree.word(t).to_lowercase().as_str(), "since" | "this" | "of" | "in"))?;
    let end = if tree.len() > year + 1 && tree.lemma(year + 1) == "begin" { year + 1 } else { year };
    (year - start <= 6).then(|| tree.sentence.tokens[start].span.cover(tree.sentence.tokens[end].span))
}

/// A scope before the count: "Since Trump's return to office in January, they have had five calls".
fn before_scope<'t>(times: &'t [TimeAt], tree: &crate::tree::Tree<'_>, at: usize) -> Option<&'t TimeAt> {
    times.iter().find(|t| {
        t.token < at
            && (t.expression.bound == Bound::Since
                || tree.ancestors(t.token).iter().chain(std::iter::once(&t.token)).any(|&a| tree.case(a) == "since"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (word, n) in [("ninth", Some(9)), ("21st", Some(21)), ("5th", Some(5)), ("th", None), ("month", None)] {
            assert_eq!(ordinal(word), n, "{word}");
        }
        assert_eq!(cardinal("five"), Some(5));
        assert_eq!(cardinal("12"), Some(12));
    }
}
