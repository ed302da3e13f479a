//! Owns the examples of reconciling: agreed and rival values, status over time, narrowed dates, gaps, ids.

#[path = "../../link/tests/corpus/mod.rs"]
mod corpus;

use corpus::{document, interval};
use readout_link::link;
use readout_reconcile::reconcile;
use readout_types::{
    Agreement, Chronology, Contact, Duration, Extraction, Field, FieldValue, Level, RivalLength, Status,
};

fn chronology(extractions: &[Extraction]) -> Chronology {
    reconcile(extractions.to_vec(), link(extractions), Vec::new())
}

/// The only contact of documents with one report each.
fn only(documents: &[(&str, &str)]) -> Contact {
    let names = ["a", "b", "c", "d", "e"];
    let extractions: Vec<Extraction> =
        documents.iter().zip(names).map(|((day, line), id)| document(&format!("{id} {day}"), &[*line])).collect();
    let mut contacts = chronology(&extractions).contacts;
    assert_eq!(contacts.len(), 1, "{documents:?}");
    contacts.remove(0)
}

fn agreement(contact: &Contact, field: Field) -> Option<Agreement> {
    contact.agreement.iter().find(|a| a.0 == field).map(|a| a.1)
}

/// `1..3 2025-01-01..2025-07-03` for every gap: how many, after which day, before which.
fn gaps(chronology: &Chronology) -> Vec<String> {
    let day = |d: Option<readout_types::Date>| d.map_or("?".to_owned(), |d| d.to_string());
    let line = |g: &readout_types::Gap| {
        let max = g.max.map_or(String::new(), |m| m.to_string());
        format!("{}..{max} {} {}", g.min, day(g.after), day(g.before))
    };
    chronology.gaps.iter().map(line).collect()
}

fn warnings(chronology: &Chronology) -> Vec<&str> {
    chronology.diagnostics.iter().filter(|d| d.level == Level::Warning).map(|d| d.message.as_str()).collect()
}

#[test]
fn durations_narrow_or_stand_side_by_side() {
    let held = "call held US:trump RU:putin @2025-12-28";
    let contact = only(&[("2025-12-28", &format!("{held} 60-75m")), ("2025-12-29", &format!("{held} 75m"))]);
    assert_eq!(contact.duration.map(|d| (d.min, d.max)), Some((Some(75), Some(75))));
    assert_eq!(agreement(&contact, Field::Duration), Some(Agreement::Agreed));
    assert!(contact.disputes.is_empty());

    let contact = only(&[
        ("2025-06-14", &format!("{held} 50m by=RU:ushakov")),
        ("2025-06-15", &format!("{held} 90m by=US:trump")),
        ("2025-06-15", &format!("{held} 60-60m")),
    ]);
    assert_eq!(agreement(&contact, Field::Duration), Some(Agreement::Disputed));
    let [dispute] = contact.disputes.as_slice() else { panic!("{:?}", contact.disputes) };
    let said: Vec<_> = dispute.values.iter().map(|v| (v.documents.clone(), v.said_by.len())).collect();
    assert_eq!((dispute.field, said), (Field::Duration, vec![(vec![0], 1), (vec![1], 1), (vec![2], 0)]));
}

/// "Fifty minutes, says Moscow; an hour, says Washington": two lengths in one document are a dispute of its own.
#[test]
fn one_document_may_give_two_lengths() {
    let length = |who: &str, minutes: u32| RivalLength {
        duration: Duration { min: Some(minutes), max: Some(minutes) },
        said_by: vec![corpus::actor(who)],
    };
    let mut both = document("a 2025-06-15", &["call held US:trump RU:putin @2025-06-14 50m by=RU:ushakov by=US:trump"]);
    both.reports[0].lengths = vec![length("RU:ushakov", 50), length("US:trump", 60)];
    let other = document("b 2025-06-15", &["call held US:trump RU:putin @2025-06-14 60m"]);
    let contact = chronology(&[both, other]).contacts.remove(0);
    let [dispute] = contact.disputes.as_slice() else { panic!("{:?}", contact.disputes) };
    let told: Vec<_> = dispute
        .values
        .iter()
        .map(|v| (v.value.clone(), v.documents.clone(), v.side.as_deref(), v.said_by.len()))
        .collect();
    let minutes = |n| FieldValue::Duration(Duration { min: Some(n), max: Some(n) });
    assert_eq!(told, [(minutes(60), vec![0, 1], Some("US"), 1), (minutes(50), vec![0], Some("RU"), 1)]);
    let official: Vec<_> = contact.official.iter().map(|o| (o.side.as_str(), o.values.clone())).collect();
    let alone = |n| vec![(Field::Duration, minutes(n))];
    assert_eq!(official, [("RU", alone(50)), ("US", alone(60))]);
}

#[test]
fn each_side_is_heard_apart() {
    let held = "call held US:trump RU:putin @2025-06-14";
    let contact = only(&[
        ("2025-06-14", &format!("{held} 50m by=RU:ushakov")),
        ("2025-06-15", &format!("{held} 60m by=US:trump from=RU")),
        ("2025-06-15", &format!("{held} 60m by=US:leavitt by=RU:peskov")),
        ("2025-06-16", &format!("{held} by=FR:macron")),
    ]);
    let told: Vec<_> = contact
        .official
        .iter()
        .map(|o| (o.side.as_str(), o.documents.clone(), o.values.iter().map(|v| v.0).collect::<Vec<_>>()))
        .collect();
    let fields = [Field::Status, Field::When, Field::Duration];
    assert_eq!(
        told,
        [
            ("RU", vec![0], fields.to_vec()),
            ("US", vec![1], vec![Field::Status, Field::When, Field::Initiator, Field::Duration])
        ]
    );
    let sides: Vec<_> = contact.disputes[0].values.iter().map(|v| v.side.as_deref()).collect();
    // The hour is told in the name of both sides once.
    assert_eq!(sides, [None, Some("RU")]);
}

#[test]
fn counts_stand_beside_what_is_found() {
    let extractions = [
        document("a 2025-07-03", &["call held US:trump RU:putin @2025-07-03 #6/2025"]),
        document("b 2025-06-15", &["call held US:trump RU:putin @2025-06-14"]),
        document("c 2025-12-30", &["call held US:trump RU:putin @2025-12-28 =10/2025"]),
        document("d 2025-12-30", &["call held US RU @2025-09-01"]),
    ];
    let chronology = chronology(&extractions);
    let [series] = chronology.counts.as_slice() else { panic!("{:?}", chronology.counts) };
    let claims: Vec<_> = series.claims.iter().map(|c| (c.n, c.document, c.found, c.possible)).collect();
    assert_eq!(claims, [(6, 0, 2, 0), (10, 2, 3, 1)]);
    let ids: Vec<&str> = chronology.contacts.iter().map(|c| c.id.as_str()).collect();
    assert!(series.claims.iter().all(|c| ids.contains(&c.contact.as_str())));
    assert!(series.contradictions.is_empty());
}

#[test]
fn status_moves_forward() {
    let on = |status: &str| format!("meeting {status} US:trump HU:orban @2025-10-20 at=budapest");
    for (documents, expected) in [
        (vec![("2025-10-16", "planned"), ("2025-10-20", "ongoing"), ("2025-10-21", "held")], Status::Held),
        (vec![("2025-10-16", "proposed"), ("2025-10-17", "planned")], Status::Planned),
        (vec![("2025-10-16", "planned"), ("2025-10-21", "cancelled")], Status::Cancelled),
        (vec![("2025-10-21", "cancelled"), ("2025-10-16", "planned"), ("..", "planned")], Status::Cancelled),
        (vec![("2025-10-20", "ongoing"), ("..", "planned")], Status::Ongoing),
    ] {
        let lines: Vec<(&str, String)> = documents.iter().map(|(day, status)| (*day, on(status))).collect();
        let lines: Vec<(&str, &str)> = lines.iter().map(|(day, line)| (*day, line.as_str())).collect();
        let contact = only(&lines);
        assert_eq!(contact.status, expected, "{documents:?}");
        assert_eq!(contact.status_history.len(), documents.len());
        assert!(contact.disputes.is_empty());
    }
}

#[test]
fn a_denial_is_a_dispute() {
    let contact = only(&[
        ("2024-11-10", "call held US:trump RU:putin @2024-11-07"),
        ("2024-11-11", "call denied US:trump RU:putin @2024-11-07 by=RU:peskov"),
    ]);
    assert_eq!((contact.status, agreement(&contact, Field::Status)), (Status::Held, Some(Agreement::Disputed)));
    let values: Vec<_> = contact.disputes[0].values.iter().map(|v| (v.value.clone(), v.documents.clone())).collect();
    assert_eq!(values, [(FieldValue::Status(Status::Held), vec![0]), (FieldValue::Status(Status::Denied), vec![1])]);

    let contact = only(&[("2024-11-11", "call held US:trump RU:putin @2024-11-07 by=US:aide deny=RU:peskov")]);
    assert_eq!(contact.disputes[0].values[1].said_by[0].name, "peskov");
}

#[test]
fn participants_are_united_and_states_give_way() {
    let contact = only(&[
        ("2025-03-14", "meeting held RU US:witkoff @2025-03-13"),
        ("2025-03-14", "meeting held US:witkoff RU:putin @2025-03-13 main"),
    ]);
    assert_eq!(
        contact.participants.iter().map(|a| a.key.as_str()).collect::<Vec<_>>(),
        ["person:witkoff", "person:putin"]
    );
    assert_eq!(agreement(&contact, Field::Participants), Some(Agreement::Agreed));
}

#[test]
fn reports_keep_their_own_dates() {
    let contact = only(&[
        ("2025-08-19", "call held US:trump RU:putin @2025-08-18"),
        ("2025-10-22", "call held US:trump RU:putin @2025-08"),
    ]);
    assert_eq!(contact.when.interval, interval("2025-08-18"));
    assert_eq!(contact.when.basis, "as said");
    let own: Vec<String> = contact.reports.iter().map(|r| r.1.when.interval.edtf()).collect();
    assert_eq!(own, ["2025-08-18", "2025-08"]);
}

#[test]
fn places_of_two_countries_are_a_dispute_and_two_names_are_not() {
    let at = |place: &str| format!("meeting held US:trump UA:zel @2025-12-28 at={place}");
    let contact = only(&[("2025-12-28", &at("miami")), ("2025-12-29", &at("mar-a-lago"))]);
    assert!(contact.disputes.is_empty());
    let numbered = |place: &str| format!("{} #3/2025", at(place));
    let contact = only(&[("2025-12-28", &numbered("miami/US")), ("2025-12-29", &numbered("kyiv/UA"))]);
    assert_eq!(agreement(&contact, Field::Place), Some(Agreement::Disputed));
    assert_eq!(contact.disputes.len(), 1);
}

#[test]
fn seeds_show_the_missing_calls() {
    let extractions = [
        document(
            "march",
            &[
                "call ongoing US:trump RU:putin #2+/2025-01-20/.. main",
                "call held US:trump RU:putin",
                "call held US:trump UA:zel",
            ],
        ),
        document(
            "july 2025-07-22",
            &[
                "call held RU:putin US:trump @2025-07-03 50-60m #6/2025 =5+/2025-01-20/.. main",
                "call held RU:putin US:trump @2025-06-14",
            ],
        ),
        document("october", &["call held US:trump RU:putin main"]),
        document("first 2025-12-28", &["call held US:trump RU:putin @2025-12-28 #9/2025-01-01/.. main"]),
        document(
            "second 2025-12-29",
            &[
                "call held US:trump RU:putin @2025-12-29 #2/2025-12-28/2025-12-29 main",
                "call held US:trump RU:putin @2025-12-28",
            ],
        ),
    ];
    let chronology = chronology(&extractions);
    assert_eq!(gaps(&chronology), ["1..3 2024-12-31 2025-07-03", "1..2 2025-07-03 2025-12-28"]);
    assert_eq!(warnings(&chronology), Vec::<&str>::new());
    let march = chronology.contacts.iter().find(|c| c.reports[0].0 == 0 && c.status == Status::Ongoing);
    assert_eq!(march.map(|c| c.when.interval), Some(interval("2025-01-20/2025-07-02")));
    assert_eq!(march.map(|c| c.reports[0].1.when.interval), Some(interval("..")));
    assert!(march.is_some_and(|c| c.narrowing.iter().any(|n| n.contains("comes before"))));
    // What that text calls past is bounded with it.
    assert!(chronology.contacts.iter().filter(|c| c.reports[0].0 == 0).all(|c| c.when.interval.latest.is_some()));
}

/// A call of the two states may be that of their leaders; what their aides settled by telephone is not.
#[test]
fn what_aides_do_fills_no_gap_of_their_leaders() {
    let first = document("a 2025-02-12", &["call held US:trump RU:putin @2025-02-12 #1/2025"]);
    let third = document("b 2025-05-19", &["call held US:trump RU:putin @2025-05-19 #3/2025"]);
    for (told, expected) in [("", "0..1 2025-02-12 2025-05-19"), ("aides", "1..1 2025-02-12 2025-05-19")] {
        let states = document("c 2025-04-02", &[&format!("call held US RU @2025-04-01 {told}")]);
        assert_eq!(gaps(&chronology(&[first.clone(), third.clone(), states])), [expected], "{told}");
    }
}

/// A series of calls with a count here and there, some told by several, and what else may look like one of them: whichever call
/// no document tells of, at least one is missing, and its day lies within the bounds.
#[test]
fn with_any_one_call_untold_the_gap_is_found() {
    let days = ["2025-02-12", "2025-03-18", "2025-05-19", "2025-06-04", "2025-06-14", "2025-07-03", "2025-08-18"];
    let counts = ["", "", "#3/2025", "#4/2025", "=5/2025", "#6/2025", "=7/2025"];
    let corpus = |untold: Option<usize>| -> Vec<Extraction> {
        let mut all: Vec<Extraction> = Vec::new();
        for (at, (day, count)) in days.iter().zip(counts).enumerate().filter(|(at, _)| Some(*at) != untold) {
            let held = format!("call held US:trump RU:putin @{day}");
            all.push(document(&format!("n{at} {day}"), &[&format!("{held} main {count}")]));
            // It looks back to the one before.
            if at > 0 && Some(at - 1) != untold {
                let before = format!("call held US:trump RU:putin @{}", days[at - 1]);
                all.push(document(&format!("b{at} {day}"), &[&before, &format!("{held} {count}")]));
            }
        }
        all.push(document("aides 2025-06-04", &["call held US RU @2025-06-03 aides"]));
        if untold != Some(1) {
            all.push(document("undated ..", &["call held US:trump RU:putin weekday=2"]));
        }
        all
    };
    assert_eq!(gaps(&chronology(&corpus(None))), Vec::<String>::new());
    for (at, day) in days.iter().enumerate().take(days.len() - 1) {
        let chronology = chronology(&corpus(Some(at)));
        let when = interval(day);
        let within = |gap: &&readout_types::Gap| {
            gap.min == 1 && when.within(readout_types::Interval { earliest: gap.after, latest: gap.before })
        };
        assert_eq!(chronology.gaps.iter().filter(within).count(), 1, "{day}: {:?}", gaps(&chronology));
    }
    // After the last count nothing shows that one is missing.
    assert_eq!(gaps(&chronology(&corpus(Some(days.len() - 1)))), Vec::<String>::new());
}

#[test]
fn a_gap_between_two_ordinals_is_exact() {
    let sixth = document("a 2025-07-03", &["call held US:trump RU:putin @2025-07-03 #6/2025"]);
    let ninth = document("b 2025-12-28", &["call held US:trump RU:putin @2025-12-28 #9/2025"]);
    let between = document("c 2025-08-19", &["call held US:trump RU:putin @2025-08-18"]);
    let vague = document("d 2025-12-28", &["call held US:trump RU:putin @2025-07-10/2025-11"]);
    for (more, expected) in [
        (vec![], "2..2 2025-07-03 2025-12-28"),
        (vec![between.clone()], "1..1 2025-07-03 2025-12-28"),
        (vec![vague.clone()], "1..1 2025-07-03 2025-12-28"),
    ] {
        let mut extractions = vec![sixth.clone(), ninth.clone()];
        extractions.extend(more);
        let chronology = chronology(&extractions);
        assert_eq!(gaps(&chronology), ["5..5 2024-12-31 2025-07-03", expected]);
        assert_eq!(chronology.gaps[1].because.len(), 2);
    }
}

#[test]
fn totals_and_lower_bounds() {
    for (line, expected) in [
        ("call held US:trump RU:putin @2025-12-29 =10/2025", vec!["9..9 2024-12-31 2026-01-01"]),
        ("call held US:trump RU:putin @2025-12-29 =5+/2025", vec!["4.. 2024-12-31 2026-01-01"]),
        ("call held US:trump RU:putin @2025-03-18 #2+/2025-01-20/..", vec!["1.. 2025-01-19 2025-03-18"]),
        ("call held US:trump RU:putin @2025-03-18 #2", vec!["1.. ? 2025-03-18"]),
        ("call held US:trump RU:putin @2025-03-18 #1/2025", vec![]),
    ] {
        assert_eq!(gaps(&chronology(&[document("a 2026-01-05", &[line])])), expected, "{line}");
    }
}

#[test]
fn counts_that_contradict_each_other_are_named() {
    let extractions = [
        document("a 2025-06-14", &["call held US:trump RU:putin @2025-06-14 #5/2025"]),
        document("b 2025-07-03", &["call held US:trump RU:putin @2025-07-03 #4/2025"]),
    ];
    let chronology = chronology(&extractions);
    let messages = warnings(&chronology);
    assert!(
        messages.iter().any(|m| m.contains("counts contradict") && m.contains(" in a") && m.contains(" in b")),
        "{messages:?}"
    );

    let crowded = [
        document("a 2025-06-14", &["call held US:trump RU:putin @2025-06-14 #1/2025"]),
        document("b 2025-07-03", &["call held US:trump RU:putin @2025-07-03 #2/2025"]),
        document("c 2025-06-21", &["call held US:trump RU:putin @2025-06-20"]),
    ];
    let crowded = reconcile(crowded.to_vec(), link(&crowded), Vec::new());
    assert!(warnings(&crowded)[0].contains("room for 0"), "{:?}", warnings(&crowded));
}

#[test]
fn undated_reports_are_bounded_by_their_documents() {
    for (day, line, expected) in [
        ("2025-03-19", "call held US:trump FR:macron", "../2025-03-19"),
        ("2025-03-19", "call planned US:trump FR:macron", "2025-03-19/.."),
        ("2025-03-19", "call ongoing US:trump FR:macron", "2025-03-18/2025-03-19"),
        ("2025-03-19", "call held US:trump FR:macron @2025-03", "2025-03-01/2025-03-19"),
        // A clock ahead of another is no reason to move a date.
        ("2025-03-19", "call held US:trump FR:macron @2025-03-20", "2025-03-20"),
        ("..", "call held US:trump FR:macron", ".."),
    ] {
        assert_eq!(only(&[(day, line)]).when.interval.edtf(), expected, "{line}");
    }
}

#[test]
fn ids_say_what_and_when_and_are_unique() {
    for (line, stem) in [
        ("call held US:donald_trump RU:vladimir_putin @2025-12-28", "2025-12-28-call-putin-trump-"),
        ("talks held US RU @2025-08", "2025-08-talks-ru-us-"),
        ("call held US:donald_trump CN:xi_jinping", "undated-call-trump-xi-"),
    ] {
        let id = only(&[("..", line)]).id;
        assert!(id.starts_with(stem) && id.len() == stem.len() + 4, "{id}");
    }
    let same: Vec<String> = (0..300).map(|_| "call held US:a RU:b".to_owned()).collect();
    let lines: Vec<&str> = same.iter().map(String::as_str).collect();
    let mut ids: Vec<String> = chronology(&[document("x", &lines)]).contacts.into_iter().map(|c| c.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 300);
}

#[test]
fn time_order_undated_last() {
    let chronology = chronology(&[document(
        "x",
        &[
            "call held US:a RU:b",
            "call held US:a FR:c @2025-07",
            "call held US:a DE:d @../2025-07-02",
            "call held US:a GB:e @2025-07-01",
        ],
    )]);
    let order: Vec<String> = chronology.contacts.iter().map(|c| c.when.interval.edtf()).collect();
    assert_eq!(order, ["2025-07-01", "2025-07", "../2025-07-02", ".."]);
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(chronology(&[]), Chronology::default());
}
