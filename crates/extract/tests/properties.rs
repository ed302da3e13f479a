//! Owns what holds for every text, whatever is in it: nothing panics, every evidence is the slice it says it is, a report
//! has two participants at least, the same text gives the same result.

use crate::common;

use std::collections::HashSet;

use common::{annotated, raw, tools};
use proptest::prelude::*;
use readout_extract::{extract, trace};
use readout_types::{Annotated, EvidenceSource, Extraction, Field, TextPart};

/// Sentences of the domain, to be cut up and mixed.
const SENTENCES: [&str; 12] = [
    "Donald Trump and Vladimir Putin spoke by phone on Sunday for just over an hour, Yuri Ushakov said.",
    "It was the ninth call between the two leaders since the start of 2025, a day after his meeting with Xi Jinping.",
    "The Kremlin denied that the Russian foreign minister had met his Turkish counterpart in Ankara.",
    "U.S. and Cuban negotiators will hold talks in Havana next week at the request of the Vatican.",
    "“We talked,” she wrote on X; North and South Korea did not discuss a possible summit.",
    "Presidential aide Pavel Zorkin, who was with him, called off the visit to Brussels on 12 May 2024.",
    "They met for 45 minutes on the sidelines of the G20 summit in Osaka, their third meeting this year.",
    "Emmanuel Macron telephoned Narendra Modi, Olaf Scholz and the Danish prime minister, Mette Frederiksen.",
    "Both sides sent letters; neither side confirmed them, according to Türkiye’s Hakan Fidan.",
    "[Photo: Keir Starmer and Ursula von der Leyen in London, 19 May 2025]",
    "Who called whom? He, himself, had been told by her that you and I were to meet them.",
    "KYIV, July 3 (Meridian) - Volodymyr Zelensky received a delegation from Iran, Saudi Arabia and the European Union.",
];

fn slice<'a>(annotated: &'a Annotated, source: &EvidenceSource) -> Option<&'a str> {
    let document = &annotated.document;
    match source.original.part {
        TextPart::Text => source.original.span.get(&document.original),
        TextPart::Title => source.original.span.get(document.title.as_deref()?),
    }
}

/// What every extraction keeps.
fn holds(annotated: &Annotated, extraction: &Extraction) -> Result<(), TestCaseError> {
    for report in &extraction.reports {
        prop_assert!(report.participants.len() >= 2, "{:?}", report.participants);
        let keys: HashSet<&str> = report.participants.iter().map(|a| a.key.as_str()).collect();
        prop_assert_eq!(keys.len(), report.participants.len(), "a participant twice");
        prop_assert!(report.participants.iter().all(|a| !a.name.trim().is_empty()));
        prop_assert!(report.evidence.iter().any(|e| e.field == Field::Kind), "no words for the kind");
        prop_assert!(report.topics.len() <= 6);
        let days = report.when.interval;
        prop_assert!(!matches!((days.earliest, days.latest), (Some(a), Some(b)) if a > b), "{days}");
        if let Some(duration) = report.duration {
            prop_assert!(!matches!((duration.min, duration.max), (Some(a), Some(b)) if a > b), "{duration:?}");
        }
        let sources = report.evidence.iter().map(|e| &e.source).chain(report.counts.iter().map(|c| &c.source));
        for source in sources {
            prop_assert_eq!(slice(annotated, source), Some(&*source.text));
            prop_assert!(!source.text.is_empty());
            prop_assert!(source.clean.get(&annotated.document.text).is_some());
        }
        let order: Vec<u32> = report.evidence.iter().map(|e| e.source.clean.start).collect();
        prop_assert!(order.is_sorted(), "evidence out of order");
    }
    for statement in &extraction.statements {
        prop_assert_eq!(slice(annotated, &statement.source), Some(&*statement.source.text));
        prop_assert!(statement.report.is_none_or(|r| r < extraction.reports.len()));
    }
    Ok(())
}

fn check(day: &str, title: Option<&str>, text: &str) -> Result<(), TestCaseError> {
    let read = annotated(raw(day, title, text));
    let knowledge = &tools().knowledge;
    let first = extract(&read, knowledge);
    holds(&read, &first)?;
    // The whole way again, from the raw text: nothing may depend on what was read before.
    let second = extract(&annotated(raw(day, title, text)), knowledge);
    prop_assert_eq!(&first, &second);
    prop_assert_eq!(trace(&read, knowledge), trace(&read, knowledge));
    Ok(())
}

fn day() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "2025-12-29", "2014", "1999-02-30", "9999-12-31", "0001-01-01"])
}

/// Whole sentences in any order, in paragraphs.
fn sentences() -> impl Strategy<Value = String> {
    let one = (prop::sample::select(SENTENCES.to_vec()), prop::sample::select(vec![" ", "\n", "\n\n"]));
    prop::collection::vec(one, 1..8).prop_map(|all| all.into_iter().flat_map(|(s, gap)| [s, gap]).collect())
}

/// Words of the sentences, drawn at random.
fn salad() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = SENTENCES.iter().flat_map(|s| s.split(' ')).collect();
    prop::collection::vec(prop::sample::select(words), 1..60).prop_map(|w| w.join(" "))
}

/// One sentence with its own words shuffled.
fn shuffled() -> impl Strategy<Value = String> {
    prop::sample::select(SENTENCES.to_vec())
        .prop_flat_map(|s| Just(s.split(' ').collect::<Vec<_>>()).prop_shuffle())
        .prop_map(|words| words.join(" "))
}

/// A sentence with a random character put in somewhere.
fn bruised() -> impl Strategy<Value = String> {
    (prop::sample::select(SENTENCES.to_vec()), any::<prop::sample::Index>(), any::<char>()).prop_map(|(s, at, c)| {
        let mut chars: Vec<char> = s.chars().collect();
        chars.insert(at.index(chars.len() + 1), c);
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(day in day(), text in "\\PC{0,300}") {
        check(day, None, &text)?;
    }

    #[test]
    fn any_bytes_that_are_text(text in any::<String>(), title in any::<Option<String>>()) {
        check("2025-12-29", title.as_deref(), &text)?;
    }

    #[test]
    fn sentences_in_any_order(day in day(), text in sentences(), title in prop::option::of(prop::sample::select(SENTENCES.to_vec()))) {
        check(day, title, &text)?;
    }

    #[test]
    fn words_at_random(day in day(), text in salad()) {
        check(day, None, &text)?;
    }

    #[test]
    fn words_shuffled(text in shuffled()) {
        check("2025-12-29", None, &text)?;
    }

    #[test]
    fn characters_put_in(text in bruised()) {
        check("2025-12-29", None, &text)?;
    }
}

/// The texts that begin with a marker of an office, or end in the middle of something.
#[test]
fn edges() {
    for text in [
        "",
        " ",
        "\n\n\n",
        ".",
        "He",
        "the",
        "his counterpart",
        "The US president",
        "Trump-",
        "-Putin call",
        "between and",
        "North and",
        "North and South",
        "the first",
        "ninth call",
        "on the",
        "“",
        "[Photo:",
        "[Photo: Emmanuel Macron and",
        "met",
        "met with",
        "call call call call",
        "Both sides",
        "“Trump” “Putin” “met”",
        // Words for people named elsewhere that lead back to each other.
        "Turkish and them, visit",
        "Cuban and them, talks was 2025]",
        "Zelensky and them, visit",
        "Russian himself, them, (Meridian) called",
        "London, them, Hakan hour, leaders received",
        "Modi, the two and May wrote",
        "meet himself, U.S. and them, wrote",
        "Russian himself, them, “We talked,”",
    ] {
        check("2025-12-29", None, text).map_err(|e| format!("{text:?}: {e}")).expect("holds");
        check("", Some(text), text).map_err(|e| format!("{text:?} as title: {e}")).expect("holds");
    }
}

/// A sentence far longer than any writer's, as a page without full stops has it.
#[test]
fn a_very_long_sentence() {
    let text = vec!["Donald Trump met Vladimir Putin in Helsinki and"; 80].join(" ");
    check("2018-07-17", None, &text).expect("holds");
}

/// Other languages than English yield no reports.
#[test]
fn other_languages_are_left_alone() {
    let text = "Le président français Emmanuel Macron a rencontré mardi à Berlin le chancelier allemand Olaf Scholz. Les deux \
                dirigeants ont parlé de l'Ukraine pendant plus de deux heures, selon l'Élysée, et ils se reverront à Paris.";
    let got = extract(&annotated(raw("2024-01-24", None, text)), &tools().knowledge);
    assert!(got.reports.is_empty() && got.statements.is_empty(), "{:?}", got.reports);
}
