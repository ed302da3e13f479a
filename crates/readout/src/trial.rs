//! Owns the trial of a person's own rules: every example through the whole pipeline, as the tests do with the built-in ones.

use std::collections::{BTreeMap, BTreeSet};

use readout_actors::fold;
use readout_rules::{Example, Pattern, Patterns};
use readout_types::{RawDocument, Report, TextFormat};

use crate::Readout;

/// What became of one example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The pattern.
    pub rule: String,
    /// The example.
    pub text: String,
    /// What is wrong with it, for a person; `None` when it is as the rule says.
    pub fault: Option<String>,
}

impl Readout {
    /// Runs the examples of the rules in [`crate::Options::rules`], in their order: those that must fire first.
    pub fn try_rules(&self) -> Vec<Trial> {
        let built_in = Patterns::embedded().map_or(0, |p| p.all().len());
        let own: Vec<&Pattern> = self.knowledge.patterns.all().iter().skip(built_in).collect();
        let texts: Vec<&str> =
            own.iter().flat_map(|p| p.fires.iter().map(|e| &e.text).chain(&p.silent)).map(String::as_str).collect();
        let mut done = self.extract_documents(texts.into_iter().map(document).collect()).into_iter();
        let mut next = || done.next().map(|d| d.extraction.reports).unwrap_or_default();
        let mut out = Vec::new();
        for pattern in own {
            for example in &pattern.fires {
                let got = next();
                let fault = (!got.iter().any(|r| meets(r, pattern, example))).then(|| {
                    let status = example.status.map_or("", |s| s.as_str());
                    let wanted = format!("{} {status}", example.kind.unwrap_or(pattern.kind).as_str());
                    format!("must fire as {}: {}; got {}", wanted.trim(), example.who.join(", "), told(&got))
                });
                out.push(Trial { rule: pattern.id.to_string(), text: example.text.clone(), fault });
            }
            for text in &pattern.silent {
                let got = next();
                let fault =
                    got.iter().any(|r| r.rule == pattern.id).then(|| format!("must not fire; got {}", told(&got)));
                out.push(Trial { rule: pattern.id.to_string(), text: text.clone(), fault });
            }
        }
        out
    }
}

/// An example as a document of the last day of the latest year that it names.
fn document(text: &str) -> RawDocument {
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<u16>().ok())
        .filter(|year| (1990..=2100).contains(year))
        .max();
    RawDocument {
        id: "example".to_owned(),
        path: String::new(),
        source: None,
        title: None,
        published: year.map(|y| format!("{y}-12-31")),
        url: None,
        metadata: BTreeMap::new(),
        format: TextFormat::Plain,
        text: text.into(),
        encoding: "utf-8",
    }
}

fn meets(report: &Report, pattern: &Pattern, example: &Example) -> bool {
    let got: BTreeSet<String> = report.participants.iter().map(|a| fold(&a.name)).collect();
    let wanted: BTreeSet<String> = example.who.iter().map(|n| fold(n)).collect();
    report.kind == example.kind.unwrap_or(pattern.kind)
        && example.status.is_none_or(|s| s == report.status)
        && got == wanted
}

fn told(reports: &[Report]) -> String {
    if reports.is_empty() {
        return "nothing".to_owned();
    }
    let one = |r: &Report| {
        let names: Vec<&str> = r.participants.iter().map(|a| a.name.as_str()).collect();
        format!("{} {}: {} [{}]", r.kind.as_str(), r.status.as_str(), names.join(", "), r.rule)
    };
    reports.iter().map(one).collect::<Vec<_>>().join("; ")
}
