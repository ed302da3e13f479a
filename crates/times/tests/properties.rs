//! Owns what holds for any text: no panic, spans that slice, order without overlap, linear time, every year.

use proptest::prelude::*;
use readout_times::{
    Direction, choose, date_lines, date_of_dateline, date_of_metadata, date_of_url, direction_hint, event_hints,
    expressions,
};
use readout_types::{Date, DateBasis, DateCandidate, Interval};

fn check(text: &str, day: Option<Date>) -> Result<(), TestCaseError> {
    let mut end = 0;
    for e in expressions(text) {
        prop_assert!(e.span.get(text).is_some_and(|s| !s.is_empty()));
        prop_assert!(e.span.start >= end);
        end = e.span.end;
        for direction in [Direction::Past, Direction::Future, Direction::Unknown] {
            let days = e.resolve(day, direction).interval;
            if let (Some(a), Some(b)) = (days.earliest, days.latest) {
                prop_assert!(a <= b, "{} {e:?}", days);
            }
            let _ = e.timex3(day, direction);
        }
        let _ = direction_hint(text, e.span);
    }
    for line in date_lines(text) {
        prop_assert!(line.span.get(text).is_some());
    }
    for hint in event_hints(text) {
        prop_assert!(hint.span.get(text).is_some());
        let _ = hint.resolve(day, Direction::Past);
    }
    let _ = (date_of_dateline(text), date_of_metadata(text), date_of_url(text));
    Ok(())
}

/// Texts made of the words the rules know, in any order.
fn soup() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "last",
        "next",
        "this",
        "Monday",
        "Dec.",
        "May",
        "March",
        "28",
        "2025",
        "28th",
        "-",
        ",",
        ".",
        "of",
        "in",
        "two",
        "hours",
        "hour",
        "an",
        "a",
        "half",
        "and",
        "ago",
        "later",
        "before",
        "after",
        "10:00",
        "p.m.",
        "GMT",
        "(",
        ")",
        "early",
        "mid",
        "end",
        "week",
        "years",
        "1990s",
        "century",
        "19th",
        "'s",
        "every",
        "quarter",
        "Q3",
        "summer",
        "Christmas",
        "New",
        "Year",
        "Eve",
        "on",
        "eve",
        "9999",
        "0000",
        "99999999999999999999",
        "½",
        "\n",
        "\n\n",
        "29",
        "February",
        "the 31st",
        "weekend",
        "first",
        "second",
        "decades",
        "BC",
        "few",
        "over",
        "9",
        "/",
        "3",
        "—",
        "é",
        "-2023",
        "9999",
        "centuries",
        "century",
        "decades",
        "years",
        "ago",
        "billion",
        "weeks",
        "weekend",
        "quarter",
        "seventh",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..40)
        .prop_map(|words| words.into_iter().map(|(w, gap)| if gap { format!("{w} ") } else { w.to_owned() }).collect())
}

fn any_day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_safe(text in "\\PC{0,200}", day in any_day()) {
        check(&text, day)?;
    }

    #[test]
    fn any_mix_of_time_words_is_safe(text in soup(), day in any_day()) {
        check(&text, day)?;
    }

    #[test]
    fn choosing_keeps_every_known_candidate(days in prop::collection::vec((0usize..6, prop::option::of(1i8..28)), 0..8)) {
        let basis = [DateBasis::Metadata, DateBasis::Url, DateBasis::Dateline, DateBasis::Crawl, DateBasis::Clock, DateBasis::Inferred];
        let candidates: Vec<DateCandidate> = days
            .iter()
            .map(|(b, d)| DateCandidate {
                value: d.map_or(Interval::UNKNOWN, |d| Interval::day(Date::constant(2025, 1, d))),
                basis: basis[*b],
                span: None,
                reason: String::new(),
            })
            .collect();
        let known = candidates.iter().filter(|c| !c.value.is_unknown()).count();
        let found = choose(candidates);
        prop_assert_eq!(usize::from(found.chosen.is_some()) + found.rivals.len(), known);
    }
}

#[test]
fn every_year_is_safe() {
    for year in 0..=9999i16 {
        let day = Date::constant(year, 2, 28);
        let text = format!("In {year:04}, on Feb. 29, next winter, two decades ago, last Christmas, the 21st century.");
        assert!(check(&text, Some(day)).is_ok(), "{year}");
    }
}

#[test]
fn long_lines_cost_no_more_than_their_length() {
    for piece in ["the ", "an hour and ", "Monday ", "Dec. ", "2 ", "early ", "(", "10:00 GMT (", "New Year ", "a"] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(check(&text, None).is_ok());
    }
}

/// Texts that once panicked: a year glued to a hyphen at the very start, and a span of centuries longer than the calendar.
#[test]
fn texts_that_once_failed_are_safe() -> Result<(), TestCaseError> {
    for text in ["-2023", " -2023 years", "in 9999century", "9999 centuries ago", "in 20000 decades"] {
        for day in [None, Some(Date::constant(0, 1, 1)), Some(Date::constant(9999, 12, 28))] {
            check(text, day)?;
        }
    }
    Ok(())
}
