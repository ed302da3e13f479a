//! Owns the check of the rule file: every example yields its value, nothing fires where it must not, no rule goes
//! without either.

use readout_times::{Anchor, Direction, Expression, Meaning, expressions, rule_names};
use readout_types::Date;
use serde::Deserialize;

const RULES: &str = include_str!("../../../data/times/rules.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    explanation: String,
    not: Vec<String>,
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    value: String,
    texts: Vec<String>,
    #[serde(default)]
    direction: Option<String>,
}

fn bound<T: ToString>(bound: Option<T>) -> String {
    bound.map(|b| b.to_string()).unwrap_or_default()
}

/// The value of an expression as the rule file writes it.
fn value(e: &Expression, direction: Direction) -> String {
    let days = e.resolve(Some(Date::constant(2025, 7, 16)), direction);
    match &e.meaning {
        Meaning::Date(_) => match days.anchor {
            Anchor::Event { offset_days } => format!("event {offset_days}"),
            _ => days.interval.edtf(),
        },
        Meaning::Clock(c) => {
            format!("clock {}:{:02} {}", c.hour, c.minute, c.zone.as_deref().unwrap_or("")).trim_end().to_owned()
        }
        Meaning::Duration(d) => format!("length {}..{}", bound(d.min), bound(d.max)),
        Meaning::Period(p) => format!("period {}..{} {:?}", bound(p.min), bound(p.max), p.unit).to_lowercase(),
        Meaning::Set(s) => format!("every {} {:?}", s.every, s.unit).to_lowercase(),
    }
}

#[test]
fn every_example_and_every_counterexample() {
    let file: File = toml::from_str(RULES).expect("the rule file is TOML");
    let mut wrong = Vec::new();
    for rule in &file.rule {
        assert!(!rule.explanation.is_empty() && !rule.not.is_empty() && !rule.example.is_empty(), "{}", rule.name);
        for example in &rule.example {
            let direction = match example.direction.as_deref() {
                Some("past") => Direction::Past,
                Some("future") => Direction::Future,
                Some(other) => panic!("{}: direction {other}", rule.name),
                None => Direction::Unknown,
            };
            for text in &example.texts {
                let (Some(open), Some(close)) = (text.find('['), text.find(']')) else {
                    panic!("{}: no brackets in {text}", rule.name);
                };
                let plain = text.replace(['[', ']'], "");
                let found = expressions(&plain);
                let hit = found.iter().find(|e| e.span.range() == (open..close - 1));
                let got = hit.map(|e| (e.rule, value(e, direction)));
                if got != Some((rule.name.as_str(), example.value.clone())) {
                    let all: Vec<_> = found.iter().map(|e| (e.span.of(&plain), e.rule)).collect();
                    wrong.push(format!("{} {:?} in {text:?}: got {got:?} of {all:?}", rule.name, example.value));
                }
            }
        }
        for text in &rule.not {
            for e in expressions(text).iter().filter(|e| e.rule == rule.name) {
                wrong.push(format!("{} fires on {:?} in {text:?}", rule.name, e.span.of(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_file_and_the_recogniser_name_the_same_rules() {
    let file: File = toml::from_str(RULES).expect("the rule file is TOML");
    let mut listed: Vec<&str> = file.rule.iter().map(|r| r.name.as_str()).collect();
    let mut known = rule_names().to_vec();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}
