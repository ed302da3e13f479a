//! Owns the files beside a store: corrections and own actors.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use readout::OwnActors;
use readout_corrections::{Book, Correction, hash_of};
use readout_store::ListedDocument;

use crate::{LedgerError, Result, Settings};

/// The files beside a store, as they were read.
pub struct Files {
    /// Where the corrections are, or will be.
    pub corrections: PathBuf,
    /// What stands in it.
    pub book: Book,
    /// Own actors, where there are any.
    pub actors: Option<OwnActors>,
    actors_path: Option<PathBuf>,
    pub(crate) corrections_hash: String,
    pub(crate) actors_hash: String,
}

/// Documents that decisions are anchored in.
pub(crate) struct Anchored {
    ids: HashSet<String>,
    hashes: HashSet<String>,
}

impl Anchored {
    pub fn contains(&self, document: &ListedDocument) -> bool {
        let hash = || document.hash.iter().map(|b| format!("{b:02x}")).collect::<String>();
        !self.ids.is_empty() && (self.ids.contains(&document.raw.id) || self.hashes.contains(&hash()))
    }
}

impl Files {
    pub(crate) fn read(settings: &Settings) -> Result<Files> {
        let beside = |name: &str| settings.db.with_file_name(name);
        let corrections = settings.corrections.clone().unwrap_or_else(|| beside("corrections.jsonl"));
        let given = settings.actors.clone();
        let actors_path = given.clone().or_else(|| Some(beside("actors.toml")).filter(|p| p.exists()));
        let text = match read(&corrections) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            other => other.map_err(|e| LedgerError::File(corrections.clone(), e.to_string()))?,
        };
        let actors = match &actors_path {
            None => None,
            Some(path) => {
                let text = read(path).map_err(|e| LedgerError::File(path.clone(), reason(&e)))?;
                Some(OwnActors { file: path.display().to_string(), text })
            }
        };
        let actors_hash = actors.as_ref().map_or(String::new(), |a| hash_of(&a.text)[..16].to_owned());
        let mut files = Files {
            corrections,
            book: Book::default(),
            actors,
            actors_path,
            corrections_hash: String::new(),
            actors_hash,
        };
        files.take(&text);
        Ok(files)
    }

    /// What stands in the file of corrections now.
    fn take(&mut self, text: &str) {
        let name = self.corrections.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        self.book = Book::parse(&name, text);
        // The order of the lines has no say, so that it does not make a new edition either; lines that cannot be read do.
        let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        lines.sort_unstable();
        self.corrections_hash =
            if lines.is_empty() { String::new() } else { hash_of(&lines.join("\n"))[..16].to_owned() };
    }

    /// Adds a line to the file, on the disk when this returns.
    pub(crate) fn append(&mut self, correction: &Correction) -> Result<()> {
        let path = self.corrections.clone();
        let done = (|| -> io::Result<String> {
            let mut file = OpenOptions::new().create(true).append(true).read(true).open(&path)?;
            let length = file.metadata()?.len();
            let mut line = correction.line();
            line.push('\n');
            if length > 0 {
                file.seek(SeekFrom::End(-1))?;
                let mut last = [0];
                file.read_exact(&mut last)?;
                if last != *b"\n" {
                    line.insert(0, '\n');
                }
            }
            let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_all());
            if let Err(error) = written {
                // Half a line would be taken for a broken decision.
                let _ = file.set_len(length);
                return Err(error);
            }
            read(&path)
        })();
        let text = done.map_err(|e| LedgerError::File(path, format!("the decision cannot be written: {e}")))?;
        self.take(&text);
        Ok(())
    }

    pub(crate) fn anchored(&self) -> Anchored {
        let anchors = self.book.holding().flat_map(|c| c.act.targets()).flat_map(|t| &t.reports);
        let (ids, hashes) = anchors.map(|a| (a.document.clone(), a.hash.clone())).unzip();
        Anchored { ids, hashes }
    }

    /// The files that are there, with the names they have beside a store.
    pub(crate) fn beside(&self) -> Vec<(&Path, &'static str)> {
        let mut found = Vec::new();
        if self.corrections.exists() {
            found.push((self.corrections.as_path(), "corrections.jsonl"));
        }
        found.extend(self.actors_path.as_deref().map(|path| (path, "actors.toml")));
        found
    }
}

fn read(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)?;
    String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8"))
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => error.to_string(),
    }
}
