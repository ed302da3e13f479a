//! Owns the comparison of the short way to an edition, which verdicts take, with the whole replay.

use crate::common;

use std::cell::Cell;

use common::{Room, same};
use readout_corrections::Act;
use readout_ledger::{Ledger, Mode, Query};
use readout_types::Field;

/// A generator whose numbers are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// Decides; whether the edition was made anew.
fn decide(ledger: &mut Ledger, act: Act, minute: usize) -> bool {
    let whole = std::sync::atomic::AtomicBool::new(false);
    let at = format!("2026-03-01T{:02}:{:02}:00Z", 8 + minute / 60, minute % 60);
    let told = |_: readout_ledger::Progress| whole.store(true, std::sync::atomic::Ordering::Relaxed);
    ledger.correct(act, "Ada", &at, None, &told).expect("decided");
    whole.into_inner()
}

/// The store is what a store is that meets all decisions at once.
fn as_made_anew(room: &Room, step: usize) {
    same(&room.stored(), &room.one_run(&["a", "b"]));
    let fresh = Room::new();
    fresh.write("corrections.jsonl", &std::fs::read_to_string(room.path("corrections.jsonl")).expect("a file"));
    fresh.write("a/both.txt", &std::fs::read_to_string(room.path("a/both.txt")).expect("a file"));
    fresh.add(&["a", "b"]);
    let (one, other) = (room.ledger(), fresh.ledger());
    assert_eq!(one.decisions().expect("decisions"), other.decisions().expect("decisions"), "step {step}");
    for verdict in ["", "confirmed", "unsure"] {
        let query = Query { verdict: Some(verdict.to_owned()), ..Query::default() };
        let ids = |ledger: &Ledger| -> Vec<String> {
            ledger.rows(&query, 0, 99).expect("rows").into_iter().map(|(_, c)| c.id).collect()
        };
        assert_eq!(ids(&one), ids(&other), "step {step}, {verdict:?}");
    }
    let found = |ledger: &Ledger| -> Vec<Option<String>> {
        ledger
            .search("phone", 9)
            .expect("hits")
            .into_iter()
            .map(|h| h.contact)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    };
    assert_eq!(found(&one), found(&other), "step {step}");
}

#[test]
fn the_short_way_gives_what_the_whole_replay_gives() {
    let (short, long) = (Cell::new(0), Cell::new(0));
    for seed in [3, 8] {
        let room = Room::new();
        // One mention of two calls: an anchor that two contacts share.
        room.write(
            "a/both.txt",
            "WARSAW, May 6, 2025 (Harbour Wire) - Donald Tusk called Giorgia Meloni and Keir Starmer separately on May 5, 2025.\n",
        );
        room.add(&["a", "b"]);
        let mut numbers = Numbers(seed);
        for step in 0..14 {
            let mut ledger = room.ledger();
            let contacts = room.stored().contacts;
            let id = contacts[numbers.next(contacts.len())].id.clone();
            let part = ledger.contact(&id).expect("a store").expect("a contact");
            let contact = ledger.target(&part, &part.chronology.contacts[0]);
            let holding: Vec<String> = ledger.book().holding().map(|c| c.id.clone()).collect();
            let act = match numbers.next(20) {
                0..=8 => Act::Confirm { contact },
                9..=12 => Act::Unsure { contact },
                13..=16 if !holding.is_empty() => {
                    Act::Revert { correction: holding[numbers.next(holding.len())].clone() }
                }
                17 => Act::Set { contact, field: Field::Medium, value: serde_json::json!("video") },
                18 if contacts.len() > 4 => Act::NotAContact { contact },
                _ => Act::Confirm { contact },
            };
            let verdict = matches!(act, Act::Confirm { .. } | Act::Unsure { .. });
            match decide(&mut ledger, act, step) {
                true => long.set(long.get() + 1),
                false => short.set(short.get() + 1),
            }
            assert!(ledger.is_current().expect("a store"), "{verdict}");
            drop(ledger);
            as_made_anew(&room, step);
        }
    }
    assert!(short.get() >= 8 && long.get() >= 4, "{} short, {} anew", short.get(), long.get());
}

#[test]
fn a_verdict_makes_no_edition_anew() {
    let room = Room::new();
    room.write("a/both.txt", "Nothing happened.\n");
    room.add(&["a", "b"]);
    let id = room.stored().contacts[0].id.clone();
    let mut ledger = Ledger::open(room.settings(), Mode::Write).expect("a store");
    let target = |ledger: &Ledger| {
        let part = ledger.contact(&id).expect("a store").expect("a contact");
        ledger.target(&part, &part.chronology.contacts[0])
    };
    let contact = target(&ledger);
    assert!(!decide(&mut ledger, Act::Confirm { contact: contact.clone() }, 0));
    assert!(!decide(&mut ledger, Act::Unsure { contact: contact.clone() }, 1), "it replaces the other");
    let last = ledger.book().all()[1].id.clone();
    assert!(decide(&mut ledger, Act::Revert { correction: last }, 2), "what was replaced holds again");
    assert!(decide(&mut ledger, Act::Set { contact, field: Field::Medium, value: serde_json::json!("video") }, 3));
    let first = ledger.book().all()[0].id.clone();
    assert!(!decide(&mut ledger, Act::Revert { correction: first }, 4), "nothing is left of it");
    as_made_anew(&room, 0);
}
