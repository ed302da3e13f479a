//! Owns the articles of these tests, written for them, and a folder with a store in it.

#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use readout::{Options, ReadOptions, Readout};
use readout_ledger::{Ledger, Mode, Settings, Texts};
use readout_types::Chronology;

/// The second tells of the same call as the first, the third of others; the last has the name of the first.
pub const ARTICLES: [(&str, &str); 4] = [
    (
        "a/harbour.txt",
        "WASHINGTON, March 18, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025. \
         The conversation lasted 90 minutes, the White House said in a statement.\n\nIt was their second call this year, \
         aides said.\n",
    ),
    (
        "a/tideway.txt",
        "MOSCOW, March 19, 2025 (Tideway) - Vladimir Putin and Donald Trump spoke by phone on March 18, 2025 for two hours, \
         the Kremlin said.\n",
    ),
    (
        "b/lantern.txt",
        "PARIS, July 4, 2025 (Lantern) - Donald Trump and Vladimir Putin spoke by phone on July 3, 2025. It was their sixth \
         call this year, the Kremlin said. Emmanuel Macron met Friedrich Merz in Toulon on June 30, 2025.\n",
    ),
    (
        "b/harbour.txt",
        "KYIV, March 20, 2025 (Harbour Wire) - Donald Trump called Volodymyr Zelensky on March 19, 2025, the White House \
         said. The two spoke for an hour.\n",
    ),
];

/// A folder with articles and, once something is added, a store.
pub struct Room(tempfile::TempDir);

impl Room {
    pub fn new() -> Room {
        let room = Room(tempfile::tempdir().expect("a folder"));
        for (name, text) in ARTICLES {
            room.write(name, text);
        }
        room
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path
    }

    pub fn settings(&self) -> Settings {
        Settings {
            db: self.path("readout.db"),
            corrections: None,
            actors: None,
            threads: Some(2),
            read: ReadOptions::default(),
            rules: Vec::new(),
            domestic: false,
            tier: None,
            first_tier: readout_types::Tier::Swift,
        }
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::open(self.settings(), Mode::Create).expect("a store")
    }

    /// Adds paths to the store.
    pub fn add(&self, names: &[&str]) -> readout_ledger::Added {
        let paths: Vec<PathBuf> = names.iter().map(|n| self.path(n)).collect();
        self.ledger().add(&paths, false, &|_| {}).expect("added")
    }

    /// The chronology of the store.
    pub fn stored(&self) -> Chronology {
        let (ledger, said) = Ledger::open_current(self.settings(), &|_| {}).expect("a store");
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(ledger.check().expect("a readable store"), []);
        ledger.chronology(Texts::Without).expect("a chronology").0
    }

    /// The chronology of one run over paths, with the corrections and own actors of the folder.
    pub fn one_run(&self, names: &[&str]) -> Chronology {
        let paths: Vec<PathBuf> = names.iter().map(|n| self.path(n)).collect();
        let text = |name: &str| fs::read_to_string(self.path(name)).unwrap_or_default();
        let own = readout::OwnActors { file: "actors.toml".to_owned(), text: text("actors.toml") };
        let corrections = readout_corrections::Book::parse("corrections.jsonl", &text("corrections.jsonl"));
        let options = Options { threads: Some(2), actors: Some(own), corrections, ..Options::default() };
        let mut chronology = Readout::new(&options).expect("a program").chronology(&paths, &|_| {}).chronology;
        bare(&mut chronology);
        chronology
    }
}

/// Without texts, which the store hands out only when asked for.
pub fn bare(chronology: &mut Chronology) {
    for document in &mut chronology.documents {
        document.original = Default::default();
    }
}

pub fn same(stored: &Chronology, run: &Chronology) {
    let json = |c: &Chronology| serde_json::to_string_pretty(c).expect("JSON");
    assert_eq!(json(stored), json(run));
}

pub fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file")
}
