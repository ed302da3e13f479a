//! Owns the tests of confidence as a user meets it: `--min-confidence`, the JSON, `readout explain`, paths and the store.

mod harness;

use harness::{CALL, Folder};

/// A visit that may come to pass, written for these tests; beside [`CALL`] the weaker of two.
const VISIT: &str = "OSLO, May 4, 2025 (Harbour Wire) - The hall has been closed for repairs.\n\n\
Emmanuel Macron may visit Norway.\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("a/call.txt", CALL);
    folder.file("a/visit.txt", VISIT);
    folder
}

/// The chances of the contacts that a run prints.
fn chances(folder: &Folder, arguments: &[&str]) -> Vec<f64> {
    let json = folder.run(&[arguments, &["--format", "json"]].concat()).exits(0).json();
    let contacts = json["contacts"].as_array().expect("contacts").clone();
    contacts.iter().map(|c| c["confidence"]["contact"].as_f64().expect("a chance")).collect()
}

#[test]
fn contacts_below_the_chance_are_left_out() {
    let folder = folder();
    let mut all = chances(&folder, &["timeline", "a"]);
    assert_eq!(all.len(), 2, "{all:?}");
    all.sort_by(f64::total_cmp);
    assert!(all[0] < all[1] && all.iter().all(|c| (0.01..=0.99).contains(c)), "{all:?}");
    for (asked, left) in [(0.0, 2), (all[0], 2), (all[0] + 0.001, 1), (all[1], 1), (all[1] + 0.001, 0), (1.0, 0)] {
        let asked = format!("{asked:.3}");
        let found = chances(&folder, &["timeline", "a", "--min-confidence", &asked]);
        assert_eq!(found.len(), left, "{asked}: {found:?} of {all:?}");
    }
    folder.run(&["timeline", "a", "--min-confidence", "0.99"]).exits(0).prints("2 contacts, 0 shown");
}

#[test]
fn the_store_answers_as_paths_do() {
    let folder = folder();
    folder.run(&["add", "a"]).exits(0);
    let mut all = chances(&folder, &["timeline"]);
    assert_eq!(all, chances(&folder, &["timeline", "a"]));
    all.sort_by(f64::total_cmp);
    let asked = all[1].to_string();
    let table = folder.run(&["timeline", "--min-confidence", &asked]).exits(0).prints("Donald Trump");
    assert!(!table.out.contains("Norway"), "{table:?}");
    let markdown = folder.run(&["export", "--to", "markdown", "--min-confidence", &asked]).exits(0);
    assert!(markdown.out.contains("Donald Trump") && !markdown.out.contains("Norway"), "{markdown:?}");
}

#[test]
fn every_field_that_is_given_has_a_chance() {
    let folder = folder();
    let json = folder.run(&["timeline", "a/call.txt", "--format", "json"]).exits(0).json();
    let fields = json["contacts"][0]["confidence"]["fields"].as_object().expect("fields").clone();
    for field in ["kind", "status", "participants", "when", "duration_minutes", "said_by"] {
        let chance = fields.get(field).and_then(serde_json::Value::as_f64).unwrap_or(-1.0);
        assert!((0.01..=0.99).contains(&chance), "{field}: {fields:?}");
    }
    assert!(!fields.contains_key("place"), "nothing is said of a place: {fields:?}");
    folder.run(&["explain", "1", "a/call.txt"]).exits(0).prints("How far to trust it").prints("the contact 0.");
}

#[test]
fn a_chance_lies_between_nothing_and_one() {
    let folder = folder();
    for wrong in ["1.5", "-0.1", "high", "NaN", "80%"] {
        let flag = format!("--min-confidence={wrong}");
        folder.run(&["timeline", "a", &flag]).exits(2).says("between 0 and 1");
    }
}
