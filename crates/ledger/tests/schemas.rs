//! Owns the promise that a store of every released schema opens: one file of each lies in crates/store/tests/schemas.

use std::fs;
use std::path::{Path, PathBuf};

use readout::ReadOptions;
use readout_ledger::{Ledger, Settings, Texts};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/tests/schemas");
    let entries = fs::read_dir(folder).expect("the folder of fixtures");
    let mut found: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "db"));
    found.sort();
    found
}

#[test]
fn every_released_schema_opens_and_is_brought_up_to_date() {
    let found = fixtures();
    assert_eq!(found.len() as i64, readout_store::SCHEMA, "one file of each schema: v1.db, v2.db, …");
    for fixture in found {
        let room = tempfile::tempdir().expect("a folder");
        let db = room.path().join("readout.db");
        fs::copy(&fixture, &db).expect("a copy");
        let settings = Settings {
            db,
            corrections: None,
            actors: None,
            threads: Some(2),
            read: ReadOptions::default(),
            rules: Vec::new(),
            domestic: false,
            tier: None,
            first_tier: readout_types::Tier::Swift,
        };
        let (ledger, said) = Ledger::open_current(settings, &|_| {}).expect("it opens");
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(ledger.check().expect("readable"), [], "{}", fixture.display());
        let (chronology, unused) = ledger.chronology(Texts::With).expect("a chronology");
        assert_eq!((chronology.documents.len(), unused), (2, 0));
        assert!(chronology.contacts.iter().any(|c| c.reports.len() == 2), "the call that both report");
        assert!(chronology.documents.iter().all(|d| d.original.text().is_some_and(|t| !t.is_empty())));
        assert!(!ledger.search("phone", 5).expect("hits").is_empty());
    }
}
