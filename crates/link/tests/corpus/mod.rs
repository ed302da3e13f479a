//! Owns a short way to write extractions down in tests.
//!
//! A document is `id date` (`..` for none), a report a line of words:
//!
//! | word | meaning |
//! |---|---|
//! | `call held` | kind and status, the first two words |
//! | `US:trump`, `RU`, `~allies` | a person (the president) acting for a country, a state, an open group |
//! | `@2025-12-28` | when (EDTF); unknown if left out |
//! | `at=miami`, `at=miami/US` | place, with its country |
//! | `60-75m`, `90m`, `60-m` | duration in minutes |
//! | `#9/2025-01-01/..` | the ninth since the start of 2025; `#2+/…` "second known" |
//! | `=10/2025` | ten in all in 2025; `=5+/…` at least five |
//! | `by=RU:peskov`, `deny=RU:peskov` | who says so, who denies it |
//! | `from=US:trump` | who called |
//! | `weekday=2` | the day of the week, of a document without a date |
//! | `aides` | told of aides |
//! | `phone`, `video`, `main` | medium; the document is mainly about it |
//! | `"some_words"` | words quoted about it, `_` for spaces |

#![allow(dead_code)]

use std::sync::Arc;

use readout_types::{
    Actor, ActorFacts, ActorKind, Attribution, ContactKind, Count, CountOf, DateBasis, DateCandidate, DocumentDate,
    Duration, Evidence, EvidenceSource, Extraction, Field, Interval, Manner, OriginalSpan, Place, Report, Span,
    Statement, Status, TextPart, When,
};

/// A document and its reports.
pub fn document(head: &str, reports: &[&str]) -> Extraction {
    let (id, day) = head.split_once(' ').unwrap_or((head, ".."));
    let value = interval(day);
    let chosen = (!value.is_unknown()).then(|| DateCandidate {
        value,
        basis: DateBasis::Metadata,
        span: None,
        reason: String::new(),
    });
    let mut extraction = Extraction {
        id: id.to_owned(),
        path: format!("{id}.txt"),
        source: None,
        title: None,
        url: None,
        date: DocumentDate { chosen, rivals: Vec::new() },
        language: Some("en".to_owned()),
        fingerprint: Vec::new(),
        reports: Vec::new(),
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: Vec::new(),
    };
    for (index, line) in reports.iter().enumerate() {
        extraction.reports.push(report(line));
        for quote in line.split_whitespace().filter(|w| w.starts_with('"')) {
            extraction.statements.push(Statement {
                speaker: None,
                speaker_source: None,
                cue: "said".to_owned(),
                cue_source: None,
                channel: None,
                direct: true,
                manner: Manner::Says,
                hedge: None,
                stance: None,
                more: Vec::new(),
                rule: "quote".into(),
                source: source(&quote.trim_matches('"').replace('_', " ")),
                report: Some(index),
            });
        }
    }
    extraction
}

/// An EDTF date; anything else fails the test.
pub fn interval(text: &str) -> Interval {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// `US:trump`, `RU`, `~allies`.
pub fn actor(word: &str) -> Actor {
    let (name, country, kind, key) = match (word.split_once(':'), word.strip_prefix('~')) {
        (Some((country, name)), _) => (name, Some(country), ActorKind::Person, format!("person:{name}")),
        (None, Some(group)) => (group, None, ActorKind::Group, format!("group:{group}")),
        (None, None) => (word, Some(word), ActorKind::State, format!("state:{word}")),
    };
    let role = (kind == ActorKind::Person).then(|| "President".to_owned());
    Actor::from(ActorFacts { name: name.to_owned(), role, country: country.map(str::to_owned), kind, key })
}

fn source(text: &str) -> EvidenceSource {
    EvidenceSource {
        clean: Span::default(),
        original: OriginalSpan { part: TextPart::Text, span: Span::default() },
        text: Arc::from(text),
    }
}

fn count(word: &str, of: CountOf, kind: ContactKind) -> Count {
    let (n, period) = word.split_once('/').unwrap_or((word, ".."));
    Count {
        n: n.trim_end_matches('+').parse().unwrap_or_else(|_| panic!("{word}")),
        at_least: n.ends_with('+'),
        of,
        kind,
        period: interval(period),
        scope: String::new(),
        source: source(word),
    }
}

fn report(line: &str) -> Report {
    let mut words = line.split_whitespace();
    let kind = words.next().and_then(ContactKind::parse).unwrap_or_else(|| panic!("kind in {line}"));
    let status = words.next().and_then(Status::parse).unwrap_or_else(|| panic!("status in {line}"));
    let evidence = Evidence { field: Field::Kind, source: source(line), rule: "test".into() };
    let mut report = Report {
        kind,
        status,
        participants: Vec::new(),
        when: When { interval: Interval::UNKNOWN, time: None, basis: "as said".to_owned() },
        place: None,
        initiator: None,
        duration: None,
        medium: None,
        topics: Vec::new(),
        outcomes: Vec::new(),
        counts: Vec::new(),
        said_by: Vec::new(),
        evidence: vec![evidence],
        rule: "test".into(),
        main: false,
        lengths: Vec::new(),
        by_aides: false,
        weekday: None,
    };
    report.evidence[0].source.text = Arc::from(kind.as_str());
    for word in words {
        let credit = |who: &str, denies| Attribution { speaker: actor(who), channel: None, denies };
        if let Some(day) = word.strip_prefix('@') {
            report.when.interval = interval(day);
        } else if let Some(place) = word.strip_prefix("at=") {
            let (name, country) = place.split_once('/').map_or((place, None), |(n, c)| (n, Some(c.to_owned())));
            report.place = Some(Place { name: name.to_owned(), country });
        } else if let Some(n) = word.strip_prefix('#') {
            report.counts.push(count(n, CountOf::Ordinal, kind));
        } else if let Some(n) = word.strip_prefix('=') {
            report.counts.push(count(n, CountOf::Total, kind));
        } else if let Some(who) = word.strip_prefix("by=") {
            report.said_by.push(credit(who, false));
        } else if let Some(who) = word.strip_prefix("deny=") {
            report.said_by.push(credit(who, true));
        } else if let Some(who) = word.strip_prefix("from=") {
            report.initiator = Some(actor(who));
        } else if let Some(day) = word.strip_prefix("weekday=") {
            report.weekday = day.parse().ok();
        } else if word == "aides" {
            report.by_aides = true;
        } else if word == "main" {
            report.main = true;
        } else if word == "phone" || word == "video" {
            report.medium = Some(word.to_owned());
        } else if let Some(minutes) = word.strip_suffix('m').filter(|m| m.starts_with(|c: char| c.is_ascii_digit())) {
            let (min, max) = minutes.split_once('-').unwrap_or((minutes, minutes));
            report.duration = Some(Duration { min: min.parse().ok(), max: max.parse().ok() });
        } else if !word.starts_with('"') {
            report.participants.push(actor(word));
        }
    }
    report
}

/// Clusters as sorted lists of `document.report`, sorted: what does not depend on the order of the input.
pub fn by_name(extractions: &[Extraction], clusters: &[readout_types::Cluster]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = clusters
        .iter()
        .map(|c| {
            let mut names: Vec<String> = c.reports.iter().map(|(d, r)| format!("{}.{r}", extractions[*d].id)).collect();
            names.sort();
            names
        })
        .collect();
    all.sort();
    all
}
