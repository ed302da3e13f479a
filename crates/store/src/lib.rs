//! Owns the store: a chronology, the documents it rests on and what each of them says, in one SQLite file. The only SQL.
//!
//! ```text
//! texts, analyses      what was read and what each document says: the cache that makes adding incremental
//! documents, messages  which of them belong to the chronology, in the order of their inputs
//! contacts, gaps, …    the chronology made of them, in tables with indices, and words for search
//! ```
//!
//! Everything but texts, documents and corrections can be made again from them. One writer and any number of readers
//! (write-ahead log); a reader sees one finished edition and never a half of two.

mod bodies;
mod browse;
mod check;
mod documents;
mod edition;
mod find;
mod read;
mod schema;
mod search;
mod verdicts;

use std::path::{Path, PathBuf};
use std::time::Duration;

use readout_types::Tier;
use rusqlite::{Connection, ErrorCode, OpenFlags};

pub use browse::{Stretch, Tally};
pub use check::Fault;
pub use documents::{Analysis, Key, ListedDocument, ListedItem};
pub use edition::{ContactWords, Decision, Edition};
pub use find::{KnownActor, Page, Query, Row};
pub use read::Texts;
pub use schema::VERSION as SCHEMA;
pub use search::{Hit, HitKind};

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such file.
    #[error("{0}: no such store; readout add PATH… makes one")]
    Absent(PathBuf),
    /// The file is something else.
    #[error("{0}: not a store of Readout")]
    Foreign(PathBuf),
    /// The file was written by a later version.
    #[error("{path}: made by a later version of Readout (schema {found}, this program knows up to {known})", known = SCHEMA)]
    Later {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The disk, or what may be used of it, is full.
    #[error("{0}: no room left on the disk; nothing of what the store held is lost")]
    Full(PathBuf),
    /// It cannot be written to.
    #[error("{0}: cannot be written to: {1}")]
    ReadOnly(PathBuf, String),
    /// Another program is writing.
    #[error("{0}: another program is writing to it; try again when it has finished")]
    Busy(PathBuf),
    /// Something in it cannot be read.
    #[error("{0}: damaged: {1}; readout check says more")]
    Damaged(PathBuf, String),
    /// Anything else that SQLite says.
    #[error("{0}: {1}")]
    Other(PathBuf, String),
}

/// The result of an operation on a store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For reading and writing; made where there is none.
    Create,
    /// For reading and writing.
    Write,
    /// For reading.
    Read,
}

/// An open store.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    mode: Mode,
}

/// What marks the file as a store of this program: `RDOT`.
const APPLICATION: i64 = 0x5244_4f54;
/// How long a writer waits for another.
/// The note by which a store knows how thoroughly its documents were analysed.
pub const TIER: &str = "tier";

const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens a store. An older schema is brought up to date, unless for reading only.
    ///
    /// # Errors
    /// No file, another kind of file, a later schema, no permission, a damaged file.
    pub fn open(path: &Path, mode: Mode) -> Result<Store> {
        let fail = |e| failure(path, e);
        if mode != Mode::Create && !path.exists() {
            return Err(StoreError::Absent(path.to_owned()));
        }
        // Asked before SQLite takes back what a program that was killed had half written, header and all.
        let begun = begun(path);
        let connection = match mode {
            Mode::Create => {
                Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
            }
            Mode::Write => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
            Mode::Read => return Store::open_to_read(path),
        }
        .map_err(fail)?;
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        let mut store = Store { connection, path: path.to_owned(), mode };
        let (application, version) = store.marks()?;
        match (application, version) {
            (APPLICATION, v) if v > SCHEMA => return Err(StoreError::Later { path: path.to_owned(), found: v }),
            (APPLICATION, _) => {}
            // A file without a byte, or one whose program was killed before its first commit.
            (0, 0) if store.is_empty()? && (mode == Mode::Create || begun) => {}
            (0, 0) if store.is_empty()? => return Err(StoreError::Absent(path.to_owned())),
            _ => return Err(StoreError::Foreign(path.to_owned())),
        }
        store.set_up()?;
        Ok(store)
    }

    /// Opens for reading; where no side files can be made, as a file that nobody writes to.
    fn open_to_read(path: &Path) -> Result<Store> {
        let fail = |e| failure(path, e);
        let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fail)?;
        let readable = |c: &Connection| c.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0));
        let connection = match readable(&plain) {
            Ok(_) => plain,
            Err(_) => {
                let mut name = String::from("file:");
                for byte in path.to_string_lossy().bytes() {
                    match byte {
                        b'/' | b'.' | b'-' | b'_' => name.push(char::from(byte)),
                        _ if byte.is_ascii_alphanumeric() => name.push(char::from(byte)),
                        _ => name.push_str(&format!("%{byte:02X}")),
                    }
                }
                name.push_str("?immutable=1");
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(name, flags).map_err(fail)?
            }
        };
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        let store = Store { connection, path: path.to_owned(), mode: Mode::Read };
        match store.marks()? {
            (APPLICATION, v) if v > SCHEMA => Err(StoreError::Later { path: path.to_owned(), found: v }),
            (APPLICATION, v) if v < SCHEMA => {
                let reason = format!("its schema {v} must first be brought up to {SCHEMA}");
                Err(StoreError::ReadOnly(path.to_owned(), reason))
            }
            (APPLICATION, _) => Ok(store),
            (0, 0) if store.is_empty()? && begun(path) => {
                drop(store);
                // What the program that was killed would have done next.
                drop(Store::open(path, Mode::Write)?);
                Store::open_to_read(path)
            }
            (0, 0) if store.is_empty()? => Err(StoreError::Absent(path.to_owned())),
            _ => Err(StoreError::Foreign(path.to_owned())),
        }
    }

    /// The mark of the program and the version of the schema.
    fn marks(&self) -> Result<(i64, i64)> {
        let read = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let fail = |e: rusqlite::Error| match e.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::Foreign(self.path.clone()),
            _ => failure(&self.path, e),
        };
        Ok((read("application_id").map_err(fail)?, read("user_version").map_err(fail)?))
    }

    fn is_empty(&self) -> Result<bool> {
        let tables = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0));
        Ok(tables.map_err(|e| self.fail(e))? == 0)
    }

    fn set_up(&mut self) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| failure(&path, e);
        // Readers go on while one writes; a commit is on the disk when it returns.
        self.connection.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
        self.connection.pragma_update(None, "synchronous", "FULL").map_err(fail)?;
        self.connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        schema::migrate(&mut self.connection, APPLICATION).map_err(fail)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be written to.
    pub fn is_writable(&self) -> bool {
        self.mode != Mode::Read
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> StoreError {
        failure(&self.path, error)
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> StoreError {
        StoreError::Damaged(self.path.clone(), what.into())
    }

    /// How thoroughly the documents were analysed, where an edition says so.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tier(&self) -> Result<Option<Tier>> {
        Ok(self.note(TIER)?.as_deref().and_then(Tier::parse))
    }

    /// A value kept beside the tables; `None` where it was never set.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn note(&self, key: &str) -> Result<Option<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT value FROM notes WHERE key = ?1").map_err(|e| self.fail(e))?;
        let mut rows = statement.query([key]).map_err(|e| self.fail(e))?;
        let row = rows.next().map_err(|e| self.fail(e))?;
        row.map(|r| r.get(0)).transpose().map_err(|e| self.fail(e))
    }
}

/// Whether a database without tables was begun: its header is written, which comes before the first commit, or there is a
/// journal beside it. A file without a byte is nobody's.
fn begun(path: &Path) -> bool {
    let mut header = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header));
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    (read.is_ok() && header == *b"SQLite format 3\0") || Path::new(&journal).exists()
}

/// What SQLite says, in a person's words.
fn failure(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(path),
        // A limit on the size of files shows as a write that fails.
        Some(ErrorCode::SystemIoFailure)
            if error.sqlite_error().is_some_and(|e| {
                use rusqlite::ffi::{SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
                [SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE].contains(&e.extended_code)
            }) =>
        {
            StoreError::Full(path)
        }
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path, "the file or its folder is read-only".to_owned()),
        Some(ErrorCode::CannotOpen) => {
            let reason = "the file cannot be opened or made (does its folder exist, and may it be written to?)";
            StoreError::ReadOnly(path, reason.to_owned())
        }
        Some(ErrorCode::PermissionDenied) => StoreError::ReadOnly(path, "no permission".to_owned()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
        Some(ErrorCode::NotADatabase) => StoreError::Foreign(path),
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(path, error.to_string()),
        _ => StoreError::Other(path, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Killed after the first bytes and before the first commit; `check` said "not a store of Readout".
    /// Killed while the header was being written: taking that back leaves not a byte, and `check` said "no such store".
    #[test]
    fn a_store_whose_header_is_taken_back_opens() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        let bare = Connection::open(&path).expect("a file");
        bare.execute_batch("PRAGMA journal_mode = WAL").expect("a header");
        drop(bare);
        // A journal of a database that had no pages: mark, records, nonce, pages, sector and page size.
        let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
        for number in [0u32, 7, 0, 512, 4096] {
            journal.extend(number.to_be_bytes());
        }
        journal.resize(512, 0);
        std::fs::write(folder.path().join("x.db-journal"), journal).expect("a journal");
        let store = Store::open(&path, Mode::Read).expect("a store without documents");
        assert!(store.check(true).expect("readable").is_empty());
    }

    #[test]
    fn a_store_that_was_just_begun_opens() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        // The header comes in two steps.
        for step in ["CREATE TABLE x(y); DROP TABLE x", "PRAGMA journal_mode = WAL"] {
            let _ = std::fs::remove_file(&path);
            let bare = Connection::open(&path).expect("a file");
            bare.execute_batch(step).expect("a header");
            drop(bare);
            assert!(std::fs::metadata(&path).expect("a file").len() > 0);
            let store = Store::open(&path, Mode::Read).expect("a store without documents");
            assert!(store.check(true).expect("readable").is_empty());
        }
        // Without that header it is nobody's.
        std::fs::remove_file(&path).expect("a file");
        std::fs::write(&path, "").expect("a file");
        for mode in [Mode::Read, Mode::Write] {
            assert!(matches!(Store::open(&path, mode), Err(StoreError::Absent(_))), "{mode:?}");
        }
        let other = Connection::open(&path).expect("a file");
        other.execute_batch("CREATE TABLE notes(words TEXT)").expect("a table");
        drop(other);
        for mode in [Mode::Read, Mode::Write, Mode::Create] {
            assert!(matches!(Store::open(&path, mode), Err(StoreError::Foreign(_))), "{mode:?}");
        }
    }
}
