//! Owns the examples of linking: which reports are one contact and which are not.

mod corpus;

use corpus::{by_name, document};
use readout_link::link;
use readout_types::Extraction;

/// Two documents of one report each: are they one contact?
fn one(a: (&str, &str), b: (&str, &str)) -> bool {
    let linked = link(&[document(&format!("a {}", a.0), &[a.1]), document(&format!("b {}", b.0), &[b.1])]);
    linked.clusters.len() == 1
}

fn clusters(extractions: &[Extraction]) -> Vec<String> {
    by_name(extractions, &link(extractions).clusters).iter().map(|c| c.join(" ")).collect()
}

#[test]
fn one_contact() {
    for (a, b) in [
        // The same day.
        (
            ("2025-12-28", "call held US:trump RU:putin @2025-12-28"),
            ("2025-12-29", "call held RU:putin US:trump @2025-12-28"),
        ),
        // Planned, then held.
        (
            ("2025-10-16", "meeting planned US:trump UA:zel @2025-10-17 at=washington"),
            ("2025-10-18", "meeting held US:trump UA:zel @2025-10-17 at=oval"),
        ),
        // Planned without a date, and the next one held.
        (
            ("2025-12-28", "call planned US:trump RU:putin @2025-12-28/.."),
            ("2025-12-29", "call held US:trump RU:putin @2025-12-29"),
        ),
        // The news of two papers of the same day, neither of which dates it.
        (("2025-05-19", "call held US:trump RU:putin main"), ("2025-05-20", "call held US:trump RU:putin main")),
        // Persons against one state, on the same day.
        (
            ("2025-03-18", "meeting held US:witkoff RU @2025-03-13"),
            ("2025-03-18", "meeting held US:witkoff RU:putin @2025-03-13"),
        ),
        // A month, where only one can be meant.
        (
            ("2025-10-22", "call held US:trump RU:putin @2025-08"),
            ("2025-08-19", "call held US:trump RU:putin @2025-08-18"),
        ),
        // No dates at all, but the same place in the series.
        (("..", "call held US:trump RU:putin #6/2025"), ("..", "call held US:trump RU:putin #6/2025")),
        // No dates at all, but the same words quoted.
        (
            ("..", "call held US:trump RU:putin \"a_good_and_very_productive_call_with_him\""),
            ("..", "call held US:trump RU:putin \"it_was_a_good_and_very_productive_call_with_him\""),
        ),
        // Kinds of one group.
        (
            ("2025-05-17", "talks held RU UA @2025-05-16 at=istanbul"),
            ("2025-05-18", "meeting held RU UA @2025-05-16 at=istanbul"),
        ),
        // An open group stands for those named elsewhere.
        (
            ("2025-08-18", "meeting planned US:trump UA:zel ~leaders @2025-08-18"),
            ("2025-08-19", "meeting held US:trump UA:zel FR:macron DE:merz FI:stubb @2025-08-18"),
        ),
        // Around midnight, with the same words quoted.
        (
            ("2025-03-18", "call held US:trump RU:putin @2025-03-18 \"we_will_keep_working_on_this_together\""),
            ("2025-03-19", "call held US:trump RU:putin @2025-03-19 \"we_will_keep_working_on_this_together\""),
        ),
    ] {
        assert!(one(a, b) && one(b, a), "{a:?} {b:?}");
    }
}

/// "On Tuesday" in a text without a date: the one contact of a Tuesday, where there is but one.
#[test]
fn a_weekday_without_a_date() {
    let tuesday = "2025-03-18";
    let dated = |id: &str, day: &str, status: &str| {
        document(&format!("{id} {day}"), &[&format!("call {status} US:trump RU:putin @{day}")])
    };
    let undated = || document("u ..", &["call held US:trump RU:putin weekday=2"]);
    let joined = |others: Vec<Extraction>| {
        let mut all = others;
        all.push(undated());
        clusters(&all).iter().find(|c| c.contains("u.0")).cloned().unwrap_or_default()
    };
    assert_eq!(joined(vec![dated("a", tuesday, "held"), dated("b", "2025-06-04", "held")]), "a.0 u.0");
    // Of two Tuesdays either may be meant; on no Tuesday nothing was.
    assert_eq!(joined(vec![dated("a", tuesday, "held"), dated("b", "2025-05-20", "held")]), "u.0");
    assert_eq!(joined(vec![dated("b", "2025-06-04", "held")]), "u.0");
    // What is known by its denial alone is no rival.
    assert_eq!(joined(vec![dated("a", tuesday, "held"), dated("b", "2025-06-17", "denied")]), "a.0 u.0");
}

#[test]
fn two_contacts() {
    for (a, b) in [
        // Neighbouring days.
        (
            ("2025-12-28", "call held US:trump RU:putin @2025-12-28"),
            ("2025-12-29", "call held US:trump RU:putin @2025-12-29"),
        ),
        // Other persons of the same states.
        (
            ("2025-06-01", "call held US:rubio RU:lavrov @2025-06-01"),
            ("2025-06-01", "call held US:trump RU:putin @2025-06-01"),
        ),
        // Another kind group.
        (
            ("2025-08-15", "call held US:trump RU:putin @2025-08-15"),
            ("2025-08-15", "meeting held US:trump RU:putin @2025-08-15"),
        ),
        // Clashing ordinals.
        (
            ("2025-06-14", "call held US:trump RU:putin main #5/2025"),
            ("2025-06-14", "call held US:trump RU:putin main #4/2025"),
        ),
        // Nothing but the parties.
        (("..", "call held US:trump RU:putin"), ("..", "call held US:trump RU:putin")),
        (("..", "call held US:trump RU:putin main"), ("2025-03-18", "call held US:trump RU:putin @2025-03-18 main")),
        // What was held before a text was written is not what is planned after it.
        (
            ("2025-10-17", "meeting held US:trump RU:putin @2025 at=alaska"),
            ("2025-10-17", "meeting planned US:trump RU:putin @2025-10-17/.. at=budapest"),
        ),
        // A year, and two could be meant (one of them elsewhere).
        (
            ("2025-12-30", "meeting held RU:putin US @2025"),
            ("2025-08-16", "meeting held US:trump RU:putin @2025-08-15"),
        ),
        // The trip and the meeting with somebody on it.
        (
            ("2025-02-12", "visit held US:witkoff RU @2025-02-11 at=moscow"),
            ("2025-02-12", "meeting held US:witkoff RU:putin @2025-02-11 at=moscow"),
        ),
        // A bilateral call and the joint one that followed it.
        (
            ("2025-05-19", "call held US:trump UA:zel @2025-05-19"),
            ("2025-05-20", "call held US:trump UA:zel FR:macron DE:merz @2025-05-19"),
        ),
        // "Second in two days" is not "second this year".
        (
            ("..", "call ongoing US:trump RU:putin #2+/2025-01-20/.. main"),
            ("2025-12-29", "call held US:trump RU:putin @2025-12-29 #2 main"),
        ),
    ] {
        assert!(!one(a, b) && !one(b, a), "{a:?} {b:?}");
    }
}

#[test]
fn the_calls_of_december_28_and_29_are_two() {
    let extractions = [
        document(
            "first 2025-12-28",
            &[
                "call held US:trump RU:putin @2025-12-28 60-75m main #9/2025-01-01/..",
                "meeting planned US:trump UA:zel @2025-12-28 at=mar-a-lago",
                "call planned US:trump RU:putin @2025-12-28/..",
            ],
        ),
        document(
            "second 2025-12-29",
            &[
                "call held US:trump RU:putin @2025-12-29 main #2",
                "meeting held US:trump UA:zel @2025-12-28 at=miami",
                "call held US:trump RU:putin @2025-12-28",
            ],
        ),
    ];
    assert_eq!(clusters(&extractions), ["first.0 second.2", "first.1 second.1", "first.2 second.0"]);
}

#[test]
fn a_month_with_two_calls_is_left_open() {
    let extractions = [
        document("a 2025-06-05", &["call held US:trump RU:putin @2025-06-04"]),
        document("b 2025-06-15", &["call held US:trump RU:putin @2025-06-14"]),
        document("c 2025-07-20", &["call held US:trump RU:putin @2025-06"]),
    ];
    assert_eq!(clusters(&extractions), ["a.0", "b.0", "c.0"]);
}

#[test]
fn midnight_does_not_swallow_a_second_call() {
    let quote = "\"we_will_keep_working_on_this_together\"";
    let line = |day: &str| format!("call held US:trump RU:putin @2025-03-{day} {quote}");
    let extractions = [
        document("a 2025-03-18", &[&line("18")]),
        document("b 2025-03-19", &[&line("19")]),
        document("c 2025-03-20", &[&line("20")]),
    ];
    assert_eq!(clusters(&extractions).len(), 3);
}

#[test]
fn reasons_are_kept() {
    let linked = link(&[
        document("a 2025-12-28", &["call held US:trump RU:putin @2025-12-28"]),
        document("b 2025-12-29", &["call held US:trump RU:putin @2025-12-28"]),
    ]);
    let decision = &linked.clusters[0].decisions[0];
    assert_eq!((decision.left, decision.right, decision.score), ((0, 0), (1, 0), 3.2));
    let reasons: Vec<&str> = decision.reasons.iter().map(|r| &**r).collect();
    assert_eq!(reasons, ["same parties (+1.0)", "same kind (+0.2)", "same day 2025-12-28 (+2.0)"]);
}

#[test]
fn copies_and_outlets_count_once() {
    let mut extractions = vec![
        document("a 2025-06-04", &["call held US:trump RU:putin @2025-06-04"]),
        document("b 2025-06-05", &["call held US:trump RU:putin @2025-06-04"]),
        document("c 2025-06-05", &["call held US:trump RU:putin @2025-06-04"]),
        document("d 2025-06-06", &["call held US:trump RU:putin @2025-06-04"]),
        document(
            "e 2025-06-06",
            &["call held US:trump RU:putin @2025-06-04 by=RU:peskov \"they_spoke_about_the_bridge_and_the_bombers\""],
        ),
        document(
            "f 2025-06-06",
            &["call held US:trump RU:putin @2025-06-04 by=RU:peskov \"they_spoke_about_the_bridge_and_the_bombers\""],
        ),
    ];
    extractions[0].fingerprint = (0..64).collect();
    extractions[1].fingerprint = (0..64).map(|i| if i % 8 == 7 { 1000 + i } else { i }).collect();
    extractions[2].source = Some("Gazette".to_owned());
    extractions[3].source = Some("Gazette".to_owned());
    let linked = link(&extractions);
    assert_eq!(linked.duplicates, [None, Some(0), None, None, None, None]);
    assert_eq!(linked.clusters.len(), 1);
    assert_eq!(linked.clusters[0].origins, [0, 0, 1, 1, 2, 2]);
    assert_eq!(linked.clusters[0].independent_sources(), 3);
}

#[test]
fn edited_copies_tell_of_the_same_contacts() {
    // A third of the words in common.
    let edited = |i: u32| if i % 6 < 2 { i } else { 1000 + i };
    let wire = "call held US:trump RU:putin @2025-06-04 main";
    for (day, line, copy) in [
        ("2025-06-05", wire, true),
        ("2025-06-25", wire, false),
        ("2025-06-05", "call held US:trump FR:macron @2025-06-04 main", false),
    ] {
        let mut extractions = [document("a 2025-06-04", &[wire]), document(&format!("b {day}"), &[line])];
        extractions[0].fingerprint = (0..64).collect();
        extractions[1].fingerprint = (0..64).map(edited).collect();
        assert_eq!(link(&extractions).duplicates, [None, copy.then_some(0)], "{day} {line}");
    }
}

#[test]
fn edited_copies_may_put_another_contact_first() {
    let call = "call held US:trump RU:putin @2025-10-16";
    let summit = "meeting planned US:trump RU:putin @2025-10-17/.. at=budapest";
    let visit = "meeting planned US:trump UA:zel @2025-10-17";
    let (first, second) = (format!("{call} main"), format!("{summit} main"));
    let mut extractions = [
        document("a 2025-10-17", &[&first, summit, visit]),
        document("b 2025-10-17", &[call, &second, visit]),
        document("c 2025-10-17", &[call, &second]),
    ];
    let edited = |of: u32| move |i: u32| if i % 6 < 2 { i } else { of + i };
    extractions[0].fingerprint = (0..64).collect();
    extractions[1].fingerprint = (0..64).map(edited(1000)).collect();
    extractions[2].fingerprint = (0..64).map(edited(2000)).collect();
    // The third has too little in common with the first, and is a copy of the second's words no more than of the first's.
    assert_eq!(link(&extractions[..2]).duplicates, [None, Some(0)]);
    assert_eq!(link(&[extractions[0].clone(), extractions[2].clone()]).duplicates, [None, None]);
}

#[test]
fn what_copies_say_alike_is_one_contact() {
    // Plans without a date or a trigger in common: nothing but the copied text ties them.
    let plan = "call planned US:rubio RU:lavrov @2025-10-17/..";
    let mut extractions = [
        document("a 2025-10-17", &["call held US:trump RU:putin @2025-10-16 main", plan]),
        document("b 2025-10-17", &["call held US:trump RU:putin @2025-10-16 main", plan]),
    ];
    extractions[1].reports[1].evidence[0].source.text = "to confer by telephone".into();
    assert_eq!(clusters(&extractions), ["a.0 b.0", "a.1", "b.1"]);
    for extraction in &mut extractions {
        extraction.fingerprint = (0..64).collect();
    }
    assert_eq!(clusters(&extractions), ["a.0 b.0", "a.1 b.1"]);
}

#[test]
fn one_readout_told_twice_is_one_source() {
    let told = |id: &str, more: &str| document(id, &[&format!("call held US:trump RU:putin @2025-06-14 {more}")]);
    for (a, b, expected) in [
        // One side's officials alone, the same detail.
        ("50m by=RU:ushakov", "50m by=RU:peskov", 1),
        // No detail in common: the one may know more.
        ("50m by=RU:ushakov", "by=RU:peskov", 2),
        // A detail at odds.
        ("50m by=RU:ushakov", "60m by=RU:peskov", 2),
        // Two sides.
        ("50m by=RU:ushakov", "50m by=US:leavitt", 2),
        // One of them heard the other side as well.
        ("50m by=RU:ushakov", "50m by=RU:peskov by=US:leavitt", 2),
        // Nobody is named.
        ("50m", "50m", 2),
    ] {
        let linked = link(&[told("a 2025-06-14", a), told("b 2025-06-15", b)]);
        assert_eq!(linked.clusters.len(), 1);
        let cluster = &linked.clusters[0];
        assert_eq!(cluster.independent_sources(), expected, "{a} / {b}");
        let why: Vec<_> = cluster.origin_ties.iter().map(|t| (t.earlier, t.later, t.why)).collect();
        let tie = (expected == 1).then_some((0, 1, readout_types::SharedOrigin::Readout));
        assert_eq!(why, tie.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(link(&[]), readout_types::Linked::default());
    let linked = link(&[document("empty", &[]), document("alone", &["meeting planned"])]);
    assert_eq!(linked.clusters.len(), 1);
}
