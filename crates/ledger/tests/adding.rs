//! Owns the promises of adding: it gives what one run gives, reads only what is new, and loses nothing.

use crate::common;

use std::fs;

use common::{ARTICLES, Room, bytes, same};
use readout_ledger::{Ledger, Mode, Texts};
use readout_types::Filter;

#[test]
fn adding_gives_what_one_run_gives() {
    let room = Room::new();
    let added = room.add(&["a", "b"]);
    assert_eq!((added.new, added.same, added.edition), (4, 0, true));
    same(&room.stored(), &room.one_run(&["a", "b"]));
}

#[test]
fn in_steps_and_with_files_in_between() {
    let room = Room::new();
    let last = room.path("a/tideway.txt");
    fs::remove_file(&last).expect("a file");
    room.add(&["a"]);
    room.add(&["b"]);
    // A file that comes before, one between, one behind what is there.
    room.write(
        "a/amber.txt",
        "ROME, May 2, 2025 (Amber) - Giorgia Meloni met Emmanuel Macron in Rome on May 1, 2025.\n",
    );
    room.write("a/tideway.txt", ARTICLES[1].1);
    let added = room.add(&["a"]);
    assert_eq!((added.new, added.same), (2, 1));
    same(&room.stored(), &room.one_run(&["a", "b"]));
}

#[test]
fn adding_the_same_again_writes_nothing() {
    let room = Room::new();
    room.add(&["a", "b"]);
    let before = bytes(&room.path("readout.db"));
    let added = room.add(&["a", "b"]);
    assert_eq!((added.new, added.changed, added.same, added.edition), (0, 0, 4, false));
    assert_eq!(bytes(&room.path("readout.db")), before);
}

#[test]
fn a_changed_document_is_read_again_and_no_other() {
    let room = Room::new();
    room.add(&["a", "b"]);
    room.write("a/tideway.txt", &ARTICLES[1].1.replace("two hours", "three hours"));
    let added = room.add(&["a"]);
    assert_eq!((added.new, added.changed, added.same), (0, 1, 1));
    same(&room.stored(), &room.one_run(&["a", "b"]));
}

#[test]
fn what_disappears_stays_what_moved_moves_and_pruning_lets_go() {
    let room = Room::new();
    room.add(&["a", "b"]);
    fs::remove_file(room.path("a/tideway.txt")).expect("a file");
    fs::rename(room.path("b/lantern.txt"), room.path("b/lamp.txt")).expect("a file");
    let added = room.add(&["a", "b"]);
    assert_eq!((added.new, added.left, added.gone.len()), (1, 1, 1));
    let ids = |c: &readout_types::Chronology| c.documents.iter().map(|d| d.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&room.stored()), ["harbour", "tideway", "harbour-2", "lamp"]);
    let paths = [room.path("a"), room.path("b")];
    room.ledger().add(&paths, true, &|_| {}).expect("added");
    same(&room.stored(), &room.one_run(&["a", "b"]));
}

#[test]
fn records_of_a_file_are_known_by_their_ids() {
    let room = Room::new();
    let record = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string();
    let lines = [record("one", ARTICLES[0].1), record("two", ARTICLES[1].1)];
    room.write("feed.jsonl", &lines.join("\n"));
    room.add(&["feed.jsonl"]);
    // A record before the others moves their lines; nothing of them is read again.
    let more = [record("zero", ARTICLES[2].1), lines[0].clone(), lines[1].clone()];
    room.write("feed.jsonl", &more.join("\n"));
    let added = room.add(&["feed.jsonl"]);
    assert_eq!((added.new, added.same, added.gone.len()), (1, 2, 0));
    same(&room.stored(), &room.one_run(&["feed.jsonl"]));
}

#[test]
fn messages_are_those_of_one_run() {
    let room = Room::new();
    room.write("a/empty.txt", "");
    room.write("a/README.md", "About this folder.");
    let german = "Berlin, 18. März 2025. Der Bundeskanzler telefonierte am Dienstag mit dem französischen Präsidenten. Das \
                  Gespräch dauerte eine Stunde, wie ein Sprecher der Regierung am Abend mitteilte. Beide sprachen über die Lage.\n";
    room.write("b/berlin.txt", german);
    let added = room.add(&["a", "b", "nowhere"]);
    assert_eq!(added.unused, 1);
    assert!(added.diagnostics.iter().any(|d| d.message.contains("no such file")));
    room.add(&["a"]);
    same(&room.stored(), &room.one_run(&["a", "b"]));
}

#[test]
fn own_actors_count_and_their_change_reads_everything_again() {
    let room = Room::new();
    room.write(
        "a/own.txt",
        "GENEVA, May 3, 2025 (Own) - Orrin Quillfeather met Emmanuel Macron in Geneva on May 2, 2025.\n",
    );
    room.add(&["a"]);
    let kind = |c: &readout_types::Chronology| {
        let all = c.contacts.iter().flat_map(|c| &c.participants);
        all.filter(|a| a.name.contains("Quillfeather")).map(|a| a.country.clone()).next().flatten()
    };
    assert_eq!(kind(&room.stored()), None);
    let own = "[[person]]\nname = \"Orrin Quillfeather\"\noffices = [{ country = \"IS\", office = \"foreign_minister\", \
               title = \"Foreign Minister\", from = \"2024\" }]\n";
    room.write("actors.toml", own);
    assert_eq!(kind(&room.stored()).as_deref(), Some("IS"), "the next reader makes the edition anew");
    same(&room.stored(), &room.one_run(&["a"]));
    room.write("actors.toml", "[[person]]\nname = 7\n");
    let error = Ledger::open_current(room.settings(), &|_| {}).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(error.contains("actors.toml, line 2"), "{error}");
}

#[test]
fn the_store_finds_what_filtering_in_memory_finds() {
    let room = Room::new();
    room.add(&["a", "b"]);
    let ledger = room.ledger();
    let whole = ledger.chronology(Texts::Without).expect("a chronology").0;
    let names = ledger.names().expect("names");
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<String>>();
    let days = |edtf: &str| edtf.parse().expect("an interval");
    let filters = [
        Filter::default(),
        Filter { who: words(&["trump", "Russia"]), ..Filter::default() },
        Filter { who: words(&["Kremlin"]), days: days("2025-07/.."), ..Filter::default() },
        Filter { who: words(&["nobody"]), ..Filter::default() },
        Filter { kinds: vec![readout_types::ContactKind::Meeting], ..Filter::default() },
        Filter { statuses: vec![readout_types::Status::Held], ..Filter::default() },
        Filter { disputed: true, ..Filter::default() },
        Filter { single_source: true, ..Filter::default() },
        Filter { outlets: words(&["harbour"]), ..Filter::default() },
        Filter { words: words(&["toul", "MACRON"]), ..Filter::default() },
        Filter { days: days("2025-03"), ..Filter::default() },
    ];
    for filter in filters {
        let expected = names.select(&whole, &filter);
        let (page, part) = ledger.find(&filter, 0, 1000, Texts::Without).expect("an answer");
        let ids = |at: &[usize]| at.iter().map(|&i| whole.contacts[i].id.clone()).collect::<Vec<_>>();
        let found: Vec<String> = part.chronology.contacts.iter().map(|c| c.id.clone()).collect();
        assert_eq!(found, ids(&expected.contacts), "{filter:?}");
        assert_eq!(part.rows, expected.contacts.iter().map(|i| i + 1).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(
            (page.total, page.undated_left_out),
            (expected.contacts.len(), expected.undated_left_out),
            "{filter:?}"
        );
        assert_eq!(part.chronology.gaps.len(), expected.gaps.len(), "{filter:?}");
        let (second, rest) = ledger.find(&filter, 1, 1, Texts::Without).expect("an answer");
        assert_eq!((second.total, rest.rows), (page.total, part.rows.get(1).copied().into_iter().collect()));
    }
}

#[test]
fn a_contact_comes_with_its_documents_and_their_texts() {
    let room = Room::new();
    room.add(&["a", "b"]);
    let ledger = room.ledger();
    let whole = ledger.chronology(Texts::With).expect("a chronology").0;
    let two = whole.contacts.iter().find(|c| c.reports.len() == 2).expect("a call that two report");
    let part = ledger.contact(&two.id).expect("an answer").expect("a contact");
    assert_eq!(part.chronology.documents.len(), 2);
    for (document, report) in &part.chronology.contacts[0].reports {
        let entry = &part.chronology.documents[*document];
        for piece in &report.evidence {
            assert_eq!(entry.original.get(piece.source.original.span), Some(&*piece.source.text));
        }
    }
    assert!(ledger.contact("no such contact").expect("an answer").is_none());
    let hits = ledger.search("spoke \"by phone\"", 5).expect("hits");
    assert!(hits.iter().any(|h| h.document == "tideway"), "{hits:?}");
    assert_eq!(ledger.search("\"never said\"", 5).expect("hits"), []);
}

#[test]
fn readers_go_on_while_one_writes_and_a_backup_is_whole() {
    let room = Room::new();
    room.add(&["a"]);
    let reader = Ledger::open(room.settings(), Mode::Read).expect("a reader");
    let before = reader.chronology(Texts::Without).expect("a chronology").0;
    let other = Ledger::open(room.settings(), Mode::Read).expect("a second reader");
    room.add(&["b"]);
    let after = reader.chronology(Texts::Without).expect("a chronology").0;
    assert!(after.documents.len() > before.documents.len());
    same(&other.chronology(Texts::Without).expect("a chronology").0, &after);
    let folder = room.path("copies/one");
    reader.backup(&folder).expect("a backup");
    let settings = readout_ledger::Settings { db: folder.join("readout.db"), ..room.settings() };
    let copy = Ledger::open(settings, Mode::Write).expect("the copy");
    assert_eq!(copy.check().expect("readable"), []);
    same(&copy.chronology(Texts::Without).expect("a chronology").0, &after);
    assert!(reader.backup(&folder).is_err_and(|e| e.to_string().contains("overwrites nothing")));
}
