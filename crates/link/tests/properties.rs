//! Owns what must hold of linking for any input.

mod corpus;

use std::collections::BTreeSet;

use corpus::{by_name, document};
use proptest::prelude::*;
use readout_link::link;
use readout_types::{Extraction, Interval, Linked};

fn any_report() -> impl Strategy<Value = String> {
    let pick = |words: &'static [&'static str]| proptest::sample::select(words);
    (
        pick(&["call", "call", "call", "meeting", "visit", "talks", "message"]),
        pick(&["held", "held", "held", "planned", "ongoing", "proposed", "cancelled", "denied", "unclear"]),
        pick(&["US:trump", "US:rubio", "US", "~leaders"]),
        pick(&["RU:putin", "RU:putin", "RU:lavrov", "RU", "UA:zel", ""]),
        pick(&["", "", "", "FR:macron", "DE:merz FR:macron"]),
        pick(&[
            "",
            "",
            "weekday=1",
            "@2025-03-01",
            "@2025-03-02",
            "@2025-03-03",
            "@2025-03",
            "@2025-03-02/..",
            "@../2025-03-02",
            "@2025",
        ]),
        pick(&["", "", "weekday=7", "#1/2025", "#2/2025", "#3/2025", "#2", "#2+/2025-01-20/.."]),
        pick(&["", "", "60-75m", "90m", "at=miami/US", "at=kyiv/UA", "\"one_two_three_four_five_six_seven\""]),
        pick(&["", "main"]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i)| [a, b, c, d, e, f, g, h, i].join(" "))
}

fn any_corpus() -> impl Strategy<Value = Vec<Extraction>> {
    let day = proptest::sample::select(&["..", "2025-03-01", "2025-03-02", "2025-03-03", "2025-03-20", "2025-03"][..]);
    let documents = proptest::collection::vec((day, proptest::collection::vec(any_report(), 0..5)), 0..8);
    documents.prop_map(|documents| {
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

fn duplicates_by_name(extractions: &[Extraction], linked: &Linked) -> BTreeSet<(String, Option<String>)> {
    let name = |i: usize| extractions[i].id.clone();
    linked.duplicates.iter().enumerate().map(|(i, d)| (name(i), d.map(name))).collect()
}

proptest! {
    // More where PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(512)))]

    #[test]
    fn every_report_is_in_exactly_one_cluster(corpus in any_corpus()) {
        let linked = link(&corpus);
        let mut seen: Vec<(usize, usize)> = linked.clusters.iter().flat_map(|c| c.reports.clone()).collect();
        seen.sort_unstable();
        let all: Vec<(usize, usize)> =
            corpus.iter().enumerate().flat_map(|(d, e)| (0..e.reports.len()).map(move |r| (d, r))).collect();
        prop_assert_eq!(seen, all);
        for cluster in &linked.clusters {
            prop_assert_eq!(cluster.origins.len(), cluster.reports.len());
            prop_assert_eq!(cluster.decisions.len() + 1, cluster.reports.len());
        }
    }

    #[test]
    fn the_order_of_the_input_has_no_say(corpus in any_corpus(), seed in any::<u64>()) {
        let mut shuffled = corpus.clone();
        let n = shuffled.len();
        let mut state = seed;
        for i in (1..n).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let (a, b) = (link(&corpus), link(&shuffled));
        prop_assert_eq!(by_name(&corpus, &a.clusters), by_name(&shuffled, &b.clusters));
        prop_assert_eq!(duplicates_by_name(&corpus, &a), duplicates_by_name(&shuffled, &b));
        prop_assert_eq!(link(&corpus), a);
    }

    #[test]
    fn what_cannot_be_linked_is_not(corpus in any_corpus()) {
        for cluster in link(&corpus).clusters {
            let documents: BTreeSet<usize> = cluster.reports.iter().map(|r| r.0).collect();
            prop_assert_eq!(documents.len(), cluster.reports.len(), "two reports of one document");
            let reports: Vec<_> = cluster.reports.iter().map(|(d, r)| &corpus[*d].reports[*r]).collect();
            for (i, a) in reports.iter().enumerate() {
                for b in &reports[i + 1..] {
                    prop_assert_eq!(a.kind.group(), b.kind.group());
                    // One day's tolerance is for clocks.
                    let wider = Interval { earliest: a.when.interval.shift(-1).earliest, latest: a.when.interval.shift(1).latest };
                    prop_assert!(wider.overlaps(b.when.interval), "{} {}", a.when.interval, b.when.interval);
                    // So is it for days of the week, which only texts without a date are known by.
                    let day = b.when.interval.as_day().filter(|_| a.when.interval.is_unknown());
                    if let (Some(weekday), Some(day)) = (a.weekday, day) {
                        let near = (-1..=1).filter_map(|d| Interval::day(day).shift(d).as_day());
                        let mut near = near.map(|d| d.weekday().to_monday_one_offset());
                        prop_assert!(near.any(|d| d == weekday), "{} is no day {}", day, weekday);
                    }
                    let leaders = |r: &readout_types::Report, side: &str| -> BTreeSet<String> {
                        r.participants.iter().filter(|p| p.country.as_deref() == Some(side) && p.key.starts_with("person")).map(|p| p.key.clone()).collect()
                    };
                    let bare = a.participants.len() == 2 && b.participants.len() == 2;
                    for side in ["US", "RU"] {
                        let (x, y) = (leaders(a, side), leaders(b, side));
                        prop_assert!(!bare || x.is_empty() || y.is_empty() || !x.is_disjoint(&y) || reports.len() > 2);
                    }
                }
            }
        }
    }
}
