//! Owns what must hold of reconciling for any input.

#[path = "../../link/tests/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeSet;

use corpus::document;
use proptest::prelude::*;
use readout_link::link;
use readout_reconcile::reconcile;
use readout_types::{Chronology, Extraction};

fn any_report() -> impl Strategy<Value = String> {
    let pick = |words: &'static [&'static str]| proptest::sample::select(words);
    (
        pick(&["call", "call", "meeting", "talks"]),
        pick(&["held", "held", "held", "planned", "ongoing", "cancelled", "denied"]),
        pick(&["US:trump RU:putin", "US:trump RU:putin", "US RU", "US:trump UA:zel", "US:trump UA:zel ~leaders"]),
        pick(&["", "@2025-03-01", "@2025-03-02", "@2025-03-05", "@2025-03", "@2025-03-02/..", "@../2025-03-02"]),
        pick(&["", "", "#1/2025", "#2/2025", "#4/2025-01-20/..", "#2+/2025", "=3/2025", "=5+/2025", "#3"]),
        pick(&[
            "",
            "60-75m",
            "90m",
            "at=miami/US",
            "at=kyiv/UA",
            "by=US:aide",
            "deny=RU:aide",
            "from=US",
            "phone",
            "video",
            "aides",
            "weekday=6",
        ]),
        pick(&["", "main"]),
    )
        .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].join(" "))
}

fn any_corpus() -> impl Strategy<Value = Vec<Extraction>> {
    let day = proptest::sample::select(&["..", "2025-03-01", "2025-03-02", "2025-03-06", "2026-01"][..]);
    proptest::collection::vec((day, proptest::collection::vec(any_report(), 0..5)), 0..7).prop_map(|documents| {
        documents
            .iter()
            .enumerate()
            .map(|(i, (day, reports))| {
                let lines: Vec<&str> = reports.iter().map(String::as_str).collect();
                document(&format!("d{i} {day}"), &lines)
            })
            .collect()
    })
}

/// All that a reader sees of the contacts and gaps, with documents by id.
fn told(extractions: &[Extraction], chronology: &Chronology) -> Vec<String> {
    let name = |d: usize| extractions[d].id.as_str();
    let mut lines: Vec<String> = Vec::new();
    for c in &chronology.contacts {
        let reports: Vec<&str> = c.reports.iter().map(|r| name(r.0)).collect();
        let disputes: Vec<String> = c
            .disputes
            .iter()
            .map(|d| {
                let values = d.values.iter().map(|v| {
                    let documents: BTreeSet<&str> = v.documents.iter().map(|d| name(*d)).collect();
                    format!("{:?} {documents:?}", v.value)
                });
                format!("{:?} {:?}", d.field, values.collect::<Vec<_>>())
            })
            .collect();
        lines.push(format!(
            "{} {:?} {} {:?} {reports:?} {disputes:?} {:?} {:?}",
            c.id, c.status, c.when.interval, c.participants, c.narrowing, c.agreement
        ));
    }
    for g in &chronology.gaps {
        let because: BTreeSet<&str> = g.because.iter().map(|b| name(b.0)).collect();
        lines.push(format!("{:?} {}..{:?} {:?} {:?} {because:?}", g.kind, g.min, g.max, g.after, g.before));
    }
    let notes: BTreeSet<String> =
        chronology.diagnostics.iter().map(|d| format!("{} {}", d.document, d.message)).collect();
    lines.extend(notes);
    lines
}

proptest! {
    // More where PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(512)))]

    #[test]
    fn reports_are_kept_and_never_changed(corpus in any_corpus()) {
        let chronology = reconcile(corpus.clone(), link(&corpus), Vec::new());
        let kept: usize = chronology.contacts.iter().map(|c| c.reports.len()).sum();
        prop_assert_eq!(kept, corpus.iter().map(|e| e.reports.len()).sum::<usize>());
        for (document, report) in chronology.contacts.iter().flat_map(|c| &c.reports) {
            prop_assert!(corpus[*document].reports.contains(report));
        }
        let ids: BTreeSet<&str> = chronology.contacts.iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(ids.len(), chronology.contacts.len());
        for gap in &chronology.gaps {
            prop_assert!(gap.max.is_none_or(|max| gap.min <= max && max > 0));
            prop_assert!(!gap.because.is_empty());
            prop_assert!(gap.after.zip(gap.before).is_none_or(|(a, b)| a < b));
        }
    }

    #[test]
    fn the_order_of_the_input_has_no_say(corpus in any_corpus(), turn in 0usize..7) {
        let mut turned = corpus.clone();
        turned.reverse();
        let n = turned.len();
        turned.rotate_left(if n == 0 { 0 } else { turn % n });
        let one = reconcile(corpus.clone(), link(&corpus), Vec::new());
        let other = reconcile(turned.clone(), link(&turned), Vec::new());
        prop_assert_eq!(told(&corpus, &one), told(&turned, &other));
    }

    #[test]
    fn the_same_again_gives_the_same(corpus in any_corpus()) {
        let once = reconcile(corpus.clone(), link(&corpus), Vec::new());
        let again = reconcile(corpus.clone(), link(&corpus), Vec::new());
        prop_assert_eq!(&once, &again);
    }

    #[test]
    fn origins_and_accounts_name_documents_of_the_contact(corpus in any_corpus()) {
        let chronology = reconcile(corpus.clone(), link(&corpus), Vec::new());
        for contact in &chronology.contacts {
            let documents: BTreeSet<usize> = contact.reports.iter().map(|r| r.0).collect();
            prop_assert_eq!(contact.origins.len(), contact.reports.len());
            let highest = contact.origins.iter().max().map_or(0, |o| o + 1);
            prop_assert_eq!(highest, contact.independent_sources);
            let named = contact.origin_ties.iter().flat_map(|t| [t.earlier, t.later]);
            let named = named.chain(contact.official.iter().flat_map(|o| o.documents.clone()));
            prop_assert!(named.into_iter().all(|d| documents.contains(&d)));
        }
        for series in &chronology.counts {
            prop_assert!(!series.claims.is_empty());
            let known = |id: &String| chronology.contacts.iter().any(|c| c.id == *id);
            prop_assert!(series.claims.iter().all(|c| known(&c.contact)));
        }
    }

    #[test]
    fn contacts_are_in_time_order(corpus in any_corpus()) {
        let chronology = reconcile(corpus.clone(), link(&corpus), Vec::new());
        let days: Vec<_> = chronology
            .contacts
            .iter()
            .map(|c| c.when.interval)
            .map(|i| (i.is_unknown(), i.earliest.or(i.latest)))
            .collect();
        prop_assert!(days.is_sorted());
    }
}
