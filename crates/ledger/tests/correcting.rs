//! Owns the promises of corrections: each kind holds through re-extraction, conflicts are said, two people's files merge.

use crate::common;

use std::process::Command;

use common::{ARTICLES, Room, same};
use readout_corrections::{Act, parse_value};
use readout_ledger::{Ledger, Mode};
use readout_types::{Chronology, Contact, Field, Verdict};

/// Own actors: other tables, under which everything is read again, and some of it otherwise.
const OTHER_RULES: &str =
    "[[person]]\nname = \"Orrin Quillfeather\"\n\n[[place]]\nname = \"Toulon\"\ncountry = \"CH\"\nkind = \"city\"\n";

#[test]
fn under_the_other_rules_something_else_is_read() {
    let room = Room::new();
    room.add(&["a", "b"]);
    let country = |c: &Chronology| contact(c, &["Merz"]).place.clone().and_then(|p| p.country);
    assert_ne!(country(&room.stored()).as_deref(), Some("CH"));
    room.write("actors.toml", OTHER_RULES);
    assert_eq!(country(&room.stored()).as_deref(), Some("CH"));
}

fn contact<'a>(chronology: &'a Chronology, words: &[&str]) -> &'a Contact {
    let fits = |c: &&Contact| words.iter().all(|w| c.participants.iter().any(|a| a.name.contains(w)));
    chronology.contacts.iter().find(fits).unwrap_or_else(|| panic!("no contact of {words:?}"))
}

fn decide(room: &Room, minute: u32, by: &str, act: impl FnOnce(&Ledger, &Chronology) -> Act) -> String {
    let mut ledger = room.ledger();
    ledger.refresh(&|_| {}).expect("an edition");
    let chronology = ledger.chronology(readout_ledger::Texts::Without).expect("a chronology").0;
    let act = act(&ledger, &chronology);
    let at = format!("2026-03-01T09:{minute:02}:00Z");
    ledger.correct(act, by, &at, Some("a reason"), &|_| {}).expect("written").id
}

fn target(ledger: &Ledger, contact: &Contact) -> readout_corrections::Target {
    let part = ledger.contact(&contact.id).expect("an answer").expect("a contact");
    ledger.target(&part, &part.chronology.contacts[0])
}

fn set(ledger: &Ledger, contact: &Contact, field: Field, value: &str) -> Act {
    let value = parse_value(field, value, &|name| ledger.actor(name).expect("an actor")).expect("a value");
    Act::Set { contact: target(ledger, contact), field, value }
}

/// What each kind of decision shows in a chronology.
type Shows = fn(&Chronology) -> bool;

/// Does something, and looks at it after re-extraction under other rules, with a text that has moved, and in one run.
fn holds(act: impl FnOnce(&Ledger, &Chronology) -> Act, shows: Shows) {
    let room = Room::new();
    room.add(&["a", "b"]);
    assert!(!shows(&room.stored()), "it shows without the decision");
    let id = decide(&room, 1, "Ada", act);
    assert!(shows(&room.stored()), "it does not show");
    room.write("actors.toml", OTHER_RULES);
    assert!(shows(&room.stored()), "re-extraction lost it");
    for (name, text) in ARTICLES {
        room.write(name, &format!("{text}\nA last line, added by a later edition of the article.\n"));
    }
    room.add(&["a", "b"]);
    assert!(shows(&room.stored()), "a longer text lost it");
    same(&room.stored(), &room.one_run(&["a", "b"]));
    decide(&room, 2, "Bo", |_, _| Act::Revert { correction: id });
    assert!(!shows(&room.stored()), "taken back, it shows");
    let states: Vec<String> = room.ledger().decisions().expect("decisions").into_iter().map(|d| d.state).collect();
    assert_eq!(states, ["reverted", "applied"]);
}

#[test]
fn a_field_is_set_and_the_documents_value_stays_beside_it() {
    holds(
        |ledger, c| set(ledger, contact(c, &["Macron", "Merz"]), Field::Duration, "45"),
        |c| {
            let found = contact(c, &["Macron", "Merz"]);
            let noted = matches!(&found.judgements[..], [j] if matches!(&j.verdict, Verdict::Set { machine: None, .. }) && j.by == "Ada");
            found.duration.is_some_and(|d| d.min == Some(45)) && noted
        },
    );
    holds(
        |ledger, c| set(ledger, contact(c, &["Zelensky"]), Field::When, "2025-03-21"),
        |c| contact(c, &["Zelensky"]).when.interval.edtf() == "2025-03-21",
    );
    holds(
        |ledger, c| {
            set(ledger, contact(c, &["Zelensky"]), Field::Participants, "Volodymyr Zelensky; Mette Frederiksen; Norway")
        },
        |c| c.contacts.iter().any(|c| c.participants.iter().any(|a| a.name == "Norway" && a.key == "state:NO")),
    );
    holds(
        |ledger, c| set(ledger, contact(c, &["Merz"]), Field::Status, "cancelled"),
        |c| contact(c, &["Merz"]).status == readout_types::Status::Cancelled,
    );
}

/// The fields that [`a_field_is_set_and_the_documents_value_stays_beside_it`] leaves, all of one contact.
#[test]
fn the_other_fields_hold_too() {
    let room = Room::new();
    room.add(&["a", "b"]);
    let values = [
        (Field::Kind, "talks"),
        (Field::Place, "Geneva (CH)"),
        (Field::Initiator, "Friedrich Merz"),
        (Field::Medium, "video link"),
        (Field::Topics, "wheat; the strait"),
        (Field::Outcomes, "a third round"),
    ];
    let mut ids = Vec::new();
    for (minute, (field, value)) in (1..).zip(values) {
        ids.push(decide(&room, minute, "Ada", |ledger, c| set(ledger, contact(c, &["Merz"]), field, value)));
    }
    let check = |c: &Chronology| {
        let found = contact(c, &["Merz"]);
        assert_eq!(found.kind, readout_types::ContactKind::Talks);
        let place = found.place.as_ref().map(|p| (p.name.as_str(), p.country.as_deref()));
        assert_eq!(place, Some(("Geneva", Some("CH"))));
        assert_eq!(found.initiator.as_ref().map(|a| a.name.as_str()), Some("Friedrich Merz"));
        assert_eq!(found.medium.as_deref(), Some("video link"));
        assert_eq!(found.topics, ["wheat", "the strait"]);
        assert_eq!(found.outcomes, ["a third round"]);
        assert_eq!(found.judgements.len(), values.len());
    };
    check(&room.stored());
    room.write("actors.toml", OTHER_RULES);
    let (name, text) = ARTICLES[2];
    room.write(name, &format!("{text}\nA last line, added by a later edition of the article.\n"));
    room.add(&["b"]);
    check(&room.stored());
    same(&room.stored(), &room.one_run(&["a", "b"]));
    let machine = |c: &Chronology| (contact(c, &["Merz"]).kind, contact(c, &["Merz"]).medium.clone());
    for (minute, id) in (20..).zip(ids) {
        decide(&room, minute, "Bo", |_, _| Act::Revert { correction: id });
    }
    assert_eq!(machine(&room.stored()), (readout_types::ContactKind::Meeting, None), "taken back");
}

#[test]
fn contacts_are_merged_and_split() {
    holds(
        |ledger, c| {
            let contacts = [contact(c, &["Macron", "Merz"]), contact(c, &["Zelensky"])];
            Act::Merge { contacts: contacts.iter().map(|c| target(ledger, c)).collect() }
        },
        |c| contact(c, &["Merz"]).id == contact(c, &["Zelensky"]).id && contact(c, &["Merz"]).independent_sources == 2,
    );
    // Two contacts of one document become one report.
    holds(
        |ledger, c| {
            let july = c.contacts.iter().find(|c| c.when.interval.edtf() == "2025-07-03").expect("the July call");
            Act::Merge { contacts: vec![target(ledger, july), target(ledger, contact(c, &["Merz"]))] }
        },
        |c| {
            let found = contact(c, &["Merz"]);
            found.participants.len() == 4 && found.reports.len() == 1
        },
    );
    holds(
        |ledger, c| {
            let two = c.contacts.iter().find(|c| c.reports.len() == 2).expect("a call that two report");
            let part = ledger.contact(&two.id).expect("an answer").expect("a contact");
            let (contact, apart) = ledger.divided(&part, &part.chronology.contacts[0], &["tideway".to_owned()]);
            Act::Split { contact, apart }
        },
        |c| c.contacts.iter().all(|c| c.reports.len() == 1),
    );
}

#[test]
fn what_is_no_contact_is_gone_and_verdicts_stand() {
    holds(
        |ledger, c| Act::NotAContact { contact: target(ledger, contact(c, &["Macron", "Merz"])) },
        |c| !c.contacts.iter().any(|c| c.participants.iter().any(|a| a.name.contains("Merz"))),
    );
    holds(
        |ledger, c| Act::Confirm { contact: target(ledger, contact(c, &["Merz"])) },
        |c| contact(c, &["Merz"]).judgements.iter().any(|j| j.verdict == Verdict::Confirmed),
    );
    holds(
        |ledger, c| Act::Unsure { contact: target(ledger, contact(c, &["Merz"])) },
        |c| contact(c, &["Merz"]).judgements.iter().any(|j| j.verdict == Verdict::Unsure),
    );
}

#[test]
fn actors_are_renamed_and_merged() {
    holds(
        |ledger, _| Act::RenameActor {
            actor: ledger.known_actor("Friedrich Merz").expect("known").key.clone(),
            name: "F. Merz".to_owned(),
            role: Some("Federal Chancellor".to_owned()),
            country: None,
        },
        |c| {
            c.contacts
                .iter()
                .flat_map(|c| &c.participants)
                .any(|a| a.name == "F. Merz" && a.role.as_deref() == Some("Federal Chancellor"))
        },
    );
    holds(
        |ledger, _| Act::MergeActors {
            actors: vec![ledger.known_actor("Volodymyr Zelensky").expect("known").key.clone()],
            into: ledger.known_actor("Vladimir Putin").expect("known").key.clone(),
            name: "Vladimir Putin".to_owned(),
        },
        |c| !c.contacts.iter().flat_map(|c| &c.participants).any(|a| a.name.contains("Zelensky")),
    );
}

#[test]
fn words_that_are_gone_are_said() {
    let room = Room::new();
    room.add(&["a", "b"]);
    decide(&room, 1, "Ada", |ledger, c| set(ledger, contact(c, &["Merz"]), Field::Duration, "45"));
    room.write(
        "b/lantern.txt",
        "PARIS, July 4, 2025 (Lantern) - Nothing happened at all in the harbour of Toulon, officials said.\n",
    );
    room.add(&["b"]);
    let found = &room.ledger().decisions().expect("decisions")[0];
    assert_eq!(found.state, "lost");
    assert!(found.note.contains("lantern"), "{}", found.note);
    let said = room.stored().diagnostics;
    assert!(said.iter().any(|d| d.message.contains("is not applied")), "{said:?}");
}

/// Runs git in the room; `None` where there is none.
fn git(room: &Room, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.current_dir(room.path("")).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(arguments);
    let output = command.output().ok()?;
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn two_people_s_files_merge_and_their_conflict_is_said() {
    let room = Room::new();
    room.add(&["a", "b"]);
    decide(&room, 1, "Ada", |ledger, c| Act::Confirm { contact: target(ledger, contact(c, &["Zelensky"])) });
    room.write(".gitattributes", "corrections.jsonl merge=union\n");
    let file = room.path("corrections.jsonl");
    let common = std::fs::read_to_string(&file).expect("the file");
    let versioned = git(&room, &["init", "-q", "-b", "main"]).is_some();
    if versioned {
        git(&room, &["add", ".gitattributes", "corrections.jsonl"]);
        git(&room, &["commit", "-q", "-m", "one"]);
        git(&room, &["checkout", "-q", "-b", "bo"]);
    }
    // Bo says 45 minutes and renames somebody; Ada, who does not know of it, says 50.
    decide(&room, 2, "Bo", |ledger, c| set(ledger, contact(c, &["Merz"]), Field::Duration, "45"));
    decide(&room, 4, "Bo", |ledger, _| Act::RenameActor {
        actor: ledger.known_actor("Friedrich Merz").expect("known").key.clone(),
        name: "F. Merz".to_owned(),
        role: None,
        country: None,
    });
    let bo = std::fs::read_to_string(&file).expect("the file");
    if versioned {
        git(&room, &["commit", "-q", "-a", "-m", "bo"]);
        git(&room, &["checkout", "-q", "main"]);
    } else {
        room.write("corrections.jsonl", &common);
    }
    decide(&room, 3, "Ada", |ledger, c| set(ledger, contact(c, &["Merz"]), Field::Duration, "50"));
    let ada = std::fs::read_to_string(&file).expect("the file");
    if versioned {
        git(&room, &["commit", "-q", "-a", "-m", "ada"]);
        git(&room, &["merge", "-q", "-m", "both", "bo"]);
    } else {
        room.write("corrections.jsonl", &format!("{ada}{}", &bo[common.len()..]));
    }
    let merged = std::fs::read_to_string(&file).expect("the file");
    for line in bo.lines().chain(ada.lines()) {
        assert!(merged.lines().any(|l| l == line), "git lost {line}");
    }
    let stored = room.stored();
    let found = contact(&stored, &["F. Merz"]);
    assert_eq!(found.duration.and_then(|d| d.min), Some(50), "the later holds");
    let states: Vec<String> = room.ledger().decisions().expect("decisions").into_iter().map(|d| d.state).collect();
    assert_eq!(states, ["applied", "conflict", "applied", "applied"]);
    assert!(
        stored.diagnostics.iter().any(|d| d.message.starts_with("corrections disagree")),
        "{:?}",
        stored.diagnostics
    );
    // The order of the lines has no say.
    let mut lines: Vec<&str> = merged.lines().collect();
    lines.reverse();
    room.write("corrections.jsonl", &lines.join("\n"));
    same(&room.stored(), &stored);
    // A decision with both in sight settles it.
    decide(&room, 9, "Cy", |ledger, c| set(ledger, contact(c, &["F. Merz"]), Field::Duration, "48"));
    let stored = room.stored();
    assert_eq!(contact(&stored, &["F. Merz"]).duration.and_then(|d| d.min), Some(48));
    assert!(!stored.diagnostics.iter().any(|d| d.message.starts_with("corrections disagree")));
    let last = Ledger::open(room.settings(), Mode::Read).expect("a reader");
    assert_eq!(last.check().expect("readable"), []);
}
