//! Owns the file that makes a run resumable: what each document gave, written as soon as it is there.
//!
//! The first line says of which program the file is; every other line is one document, `{"key": …, "document": …}`. The
//! key is a hash of everything that the document's analysis depends on, so that a line is right or is not found: nothing
//! is ever out of date. A run that was killed leaves a whole number of lines and at most one broken one, which is cut
//! off. Files of another version of the program are begun anew.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use readout_types::{Extraction, Original, RawDocument};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What is kept of a document.
#[derive(Deserialize)]
pub(crate) struct Kept {
    pub extraction: Extraction,
    pub original: Original,
    pub unused: bool,
    pub sentences: usize,
    pub tokens: usize,
}

/// The same, as it is written.
#[derive(Serialize)]
pub(crate) struct KeptRef<'a> {
    pub extraction: &'a Extraction,
    pub original: &'a Original,
    pub unused: bool,
    pub sentences: usize,
    pub tokens: usize,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Head {
    readout: String,
    /// Hash of the rules, tables, models and sources that decide what a document gives.
    pipeline: String,
}

#[derive(Deserialize)]
struct Line {
    key: String,
    document: Kept,
}

/// The first bytes of a document's hash.
pub(crate) type Key = [u8; 16];

/// An open file of documents.
pub(crate) struct Resume {
    file: Mutex<File>,
    /// Where the line of each document begins, and its length.
    places: HashMap<Key, (u64, u64)>,
    end: u64,
}

impl Resume {
    /// Opens or begins the file.
    pub fn open(path: &Path) -> io::Result<Resume> {
        Resume::of(OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?)
    }

    /// A file that is gone with the program.
    pub fn temporary() -> io::Result<Resume> {
        Resume::of(tempfile::tempfile()?)
    }

    fn of(mut file: File) -> io::Result<Resume> {
        let head =
            Head { readout: env!("CARGO_PKG_VERSION").to_owned(), pipeline: env!("READOUT_PIPELINE").to_owned() };
        let mut places = HashMap::new();
        let mut end = 0;
        let mut lines = BufReader::with_capacity(1 << 16, &mut file);
        let mut line = Vec::new();
        loop {
            line.clear();
            let n = lines.read_until(b'\n', &mut line)? as u64;
            if n == 0 || line.last() != Some(&b'\n') {
                break;
            }
            if end == 0 {
                match serde_json::from_slice::<Head>(&line) {
                    Ok(found) if found == head => {}
                    // The file of another version, which may be begun anew, …
                    Ok(_) => break,
                    // … and something else, which may not.
                    Err(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "no file of this program's")),
                }
            } else {
                let Some(key) = key_of(&line) else { break };
                places.insert(key, (end, n));
            }
            end += n;
        }
        if end == 0 && !line.is_empty() && !line.starts_with(b"{\"readout\":") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no file of this program's"));
        }
        file.set_len(end)?;
        if end == 0 {
            let mut first = serde_json::to_vec(&head)?;
            first.push(b'\n');
            file.rewind()?;
            file.write_all(&first)?;
            end = first.len() as u64;
        }
        Ok(Resume { file: Mutex::new(file), places, end })
    }

    /// What a document gave in an earlier run. A line that cannot be read is as good as none.
    pub fn find(&self, key: &Key) -> Option<Kept> {
        let (start, length) = *self.places.get(key)?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        let line: Line = serde_json::from_slice(&bytes).ok()?;
        (line.key == hex(key)).then_some(line.document)
    }

    /// Everything in the file, in its order.
    pub fn all(&self) -> Vec<Kept> {
        let mut places: Vec<(&Key, u64)> = self.places.iter().map(|(key, (start, _))| (key, *start)).collect();
        places.sort_unstable_by_key(|(_, start)| *start);
        places.into_iter().filter_map(|(key, _)| self.find(key)).collect()
    }

    /// Adds documents, all in one go.
    pub fn add<'a>(&mut self, documents: impl Iterator<Item = (Key, KeptRef<'a>)>) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut added = Vec::new();
        for (key, kept) in documents {
            let start = bytes.len();
            write!(bytes, "{{\"key\":\"{}\",\"document\":", hex(&key))?;
            serde_json::to_writer(&mut bytes, &kept)?;
            bytes.extend_from_slice(b"}\n");
            added.push((key, (self.end + start as u64, (bytes.len() - start) as u64)));
        }
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(&bytes)?;
        self.end += bytes.len() as u64;
        self.places.extend(added);
        Ok(())
    }
}

/// The key at the beginning of a line.
fn key_of(line: &[u8]) -> Option<Key> {
    let text = std::str::from_utf8(line.strip_prefix(b"{\"key\":\"")?.get(..32)?).ok()?;
    let mut key = Key::default();
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(key)
}

fn hex(key: &Key) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash of all that a document's analysis depends on beside the program.
pub(crate) fn key(raw: &RawDocument, keep: &str, own: &str) -> Key {
    let mut hasher = Sha256::new();
    let mut add = |part: &str| {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    };
    [keep, own, &raw.id, &raw.path, raw.encoding, &format!("{:?}", raw.format), &raw.text]
        .into_iter()
        .for_each(&mut add);
    for field in [&raw.source, &raw.title, &raw.published, &raw.url] {
        add(if field.is_some() { "+" } else { "-" });
        add(field.as_deref().unwrap_or(""));
    }
    for (name, value) in &raw.metadata {
        add(name);
        add(value);
    }
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize()[..16]);
    key
}
