//! Owns the check of the pattern files: every example goes the whole way from text to reports, fires where it must and
//! stays silent where it must.

use crate::common;

use std::collections::BTreeSet;

use common::{annotated, notation, raw, same_name, settle, tools};
use readout_actors::fold;
use readout_extract::extract;
use readout_rules::{Example, Pattern};
use readout_types::{Date, Report};

/// Examples that do not pass yet: `pattern id: text`, and why.
const KNOWN_FAILURES: &[(&str, &str)] =
    &[("meeting.see: Angela Merkel sees Russia as a threat.", "\"as\" after the object does not forbid the trigger")];

/// The day on which a reader is to imagine the example published. Examples give none, so it follows from the text:
/// the last day of the latest year it names; else, of a few days of the last decades, the one on which most of the
/// people it names in full held the office they are known for, the latest of equals.
fn published(text: &str) -> String {
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i16>().ok())
        .filter(|year| (1990..=2030).contains(year))
        .max();
    if let Some(year) = year {
        return format!("{year}-12-31");
    }
    let folded = format!(" {} ", fold(text));
    let named: Vec<_> = tools()
        .knowledge
        .table
        .people()
        .map(|(_, person)| person)
        .filter(|p| {
            std::iter::once(&p.name)
                .chain(&p.aliases)
                .any(|n| n.contains(' ') && folded.contains(&format!(" {} ", fold(n))))
        })
        .collect();
    let leads = |office: &str| matches!(office, "head_of_state" | "head_of_government" | "foreign_minister");
    let in_office =
        |day: Date| named.iter().filter(|p| p.terms.iter().any(|t| leads(t.office) && t.includes(day))).count();
    [2025, 2022, 2019, 2016, 2014, 2011, 2008, 2004]
        .map(|year| Date::constant(year, 6, 18))
        .into_iter()
        .rev()
        .max_by_key(|&day| in_office(day))
        .map(|day| day.to_string())
        .unwrap_or_default()
}

/// The reports of an example, title and body as the example has them.
fn reports(text: &str) -> Vec<Report> {
    extract(&annotated(raw(&published(text), None, text)), &tools().knowledge).reports
}

fn meets(report: &Report, pattern: &Pattern, example: &Example) -> bool {
    let names = |all: &mut dyn Iterator<Item = &String>| all.map(|n| same_name(n)).collect::<BTreeSet<_>>();
    report.kind == example.kind.unwrap_or(pattern.kind)
        && example.status.is_none_or(|s| s == report.status)
        && names(&mut report.participants.iter().map(|a| &a.name)) == names(&mut example.who.iter())
}

fn describe(pattern: &Pattern, text: &str, wanted: &str, got: &[Report]) -> String {
    let got: Vec<String> = got.iter().map(|r| format!("{} [{}]", notation(r), r.rule)).collect();
    format!(
        "{}: ({}) {text}\n  expected: {wanted}\n  got:      {}",
        pattern.id,
        published(text),
        if got.is_empty() { "nothing".to_owned() } else { got.join("\n            ") }
    )
}

/// Every example with its fault, if it has one.
fn results() -> Vec<(String, Option<String>)> {
    let mut out = Vec::new();
    for pattern in tools().knowledge.patterns.all() {
        for example in &pattern.fires {
            let got = reports(&example.text);
            let kind = example.kind.unwrap_or(pattern.kind).as_str();
            let status = example.status.map_or("(any status)", |s| s.as_str());
            let fault = (!got.iter().any(|r| meets(r, pattern, example))).then(|| {
                describe(pattern, &example.text, &format!("{kind} {status}: {}", example.who.join(", ")), &got)
            });
            out.push((format!("{}: {}", pattern.id, example.text), fault));
        }
        for text in &pattern.silent {
            let got = reports(text);
            let fault =
                got.iter().any(|r| r.rule == pattern.id).then(|| describe(pattern, text, "nothing by this rule", &got));
            out.push((format!("{}: {text}", pattern.id), fault));
        }
    }
    out
}

#[test]
fn every_example_fires_and_every_counterexample_is_silent() {
    let results = results();
    for (name, reason) in KNOWN_FAILURES {
        assert!(results.iter().any(|(n, _)| n == name), "no example is so called: {name}");
        assert!(!reason.is_empty(), "no reason is given for: {name}");
    }
    settle(results, KNOWN_FAILURES);
}

#[test]
fn examples_are_read_in_their_own_time() {
    for (text, day) in [
        ("Barack Obama wrote to Ali Khamenei in October 2014.", "2014-12-31"),
        ("Barack Obama saw Angela Merkel in Berlin on Thursday.", "2016-06-18"),
        ("Joe Biden sat down with Xi Jinping in Bali on Monday.", "2022-06-18"),
        ("Donald Trump called Keir Starmer on Sunday.", "2025-06-18"),
    ] {
        assert_eq!(published(text), day, "{text}");
    }
}
