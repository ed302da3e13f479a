//! Owns the care of the file: whether everything in it hangs together, and a copy of it while others read.

use std::path::Path;

use readout_types::{Contact, TextPart};

use crate::bodies::unpack;
use crate::documents::hash_of;
use crate::{Mode, Result, Store, StoreError, Texts};

/// Something that does not hang together, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Store {
    /// Looks at everything: the file's structure, references, the indices for search, the hash of every text, and that
    /// every piece of evidence is the slice of the text that it points at. Empty when all is well. `readable`: whether the
    /// chronology is of the types of this program; if not, it is passed over.
    ///
    /// # Errors
    /// The store cannot be read at all.
    pub fn check(&self, readable: bool) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        self.each("PRAGMA integrity_check(100)", &mut |row| {
            let said: String = row.get(0)?;
            if said != "ok" {
                faults.push(Fault(format!("the file: {said}")));
            }
            Ok(())
        })?;
        if !faults.is_empty() {
            return Ok(faults);
        }
        self.each("PRAGMA foreign_key_check", &mut |row| {
            let (table, of): (String, String) = (row.get(0)?, row.get(2)?);
            faults.push(Fault(format!("a row of {table} names one of {of} that is not there")));
            Ok(())
        })?;
        // A reader cannot ask the indices to check themselves.
        if self.is_writable() {
            for index in ["document_index", "contact_index", "statement_index"] {
                let sql = format!("INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)");
                if let Err(error) = self.connection.execute(&sql, []) {
                    faults.push(Fault(format!("the words for search ({index}): {error}")));
                }
            }
        }
        self.each("SELECT hash, text FROM texts", &mut |row| {
            let (hash, text): ([u8; 32], String) = (row.get(0)?, row.get(1)?);
            if hash_of(&text) != hash {
                let start: String = text.chars().take(40).collect();
                faults.push(Fault(format!("a text is not what was read: {start:?}")));
            }
            Ok(())
        })?;
        let count = |sql: &str| self.number(sql);
        if count("SELECT count(*) FROM documents WHERE hash NOT IN (SELECT hash FROM texts)")? > 0 {
            faults.push(Fault("a document without its text".to_owned()));
        }
        if count("SELECT count(*) FROM (SELECT position FROM documents UNION ALL SELECT position FROM messages)")?
            != count("SELECT count(*) FROM (SELECT position FROM documents UNION SELECT position FROM messages)")?
        {
            faults.push(Fault("two inputs at one place of the list".to_owned()));
        }
        let rows = count("SELECT count(DISTINCT row) FROM contacts WHERE row >= 1")?;
        if rows != count("SELECT count(*) FROM contacts")?
            || rows != count("SELECT coalesce(max(row), 0) FROM contacts")?
        {
            faults.push(Fault("the rows of the chronology are not numbered from 1 without a break".to_owned()));
        }
        if readable {
            self.check_evidence(&mut faults)?;
        }
        Ok(faults)
    }

    fn check_evidence(&self, faults: &mut Vec<Fault>) -> Result<()> {
        let (documents, numbers) = self.documents(None, Texts::With)?;
        let mut bodies: Vec<(String, Vec<u8>)> = Vec::new();
        self.each("SELECT id, body FROM contacts ORDER BY row", &mut |row| {
            bodies.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        for (id, body) in bodies {
            let Some(contact) = unpack::<Contact>(&body) else {
                faults.push(Fault(format!("{id}: its stored form cannot be read")));
                continue;
            };
            for (document, report) in &contact.reports {
                let Some(entry) = numbers.get(document).and_then(|d| documents.get(*d)) else {
                    faults.push(Fault(format!("{id}: a report of a document that is not there")));
                    continue;
                };
                for piece in &report.evidence {
                    let span = piece.source.original.span;
                    let words = match piece.source.original.part {
                        TextPart::Text => entry.original.get(span),
                        TextPart::Title => span.get(entry.title.as_deref().unwrap_or("")),
                    };
                    if words != Some(&*piece.source.text) {
                        faults.push(Fault(format!("{id}: {:?} does not stand in {}", piece.source.text, entry.id)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes a copy of the last edition to a file that must not be there yet; readers and a writer may go on meanwhile.
    ///
    /// # Errors
    /// The file is there, cannot be written, or the copy is not whole.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(StoreError::Other(to.to_owned(), "is there already; a backup overwrites nothing".to_owned()));
        }
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let clear = |error: StoreError| {
            let _ = std::fs::remove_file(part);
            error
        };
        let io = |e: std::io::Error| StoreError::Other(to.to_owned(), e.to_string());
        let _ = std::fs::remove_file(part);
        let name = part.to_string_lossy();
        self.connection.execute("VACUUM INTO ?1", [&*name]).map_err(|e| crate::failure(to, e)).map_err(clear)?;
        let copy = Store::open(part, Mode::Read).map_err(clear)?;
        let faults = copy.check(false).map_err(clear)?;
        drop(copy);
        if let Some(fault) = faults.first() {
            return Err(clear(StoreError::Damaged(to.to_owned(), fault.0.clone())));
        }
        std::fs::rename(part, to).map_err(io).map_err(clear)
    }
}
