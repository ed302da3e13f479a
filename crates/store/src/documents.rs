//! Owns what was read: texts, what each document says, and the list of documents and messages in the order of their inputs.

use std::collections::BTreeMap;
use std::sync::Arc;

use readout_types::{Diagnostic, Extraction, Level, RawDocument, TextFormat};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::bodies::{pack, unpack};
use crate::{Result, Store};

/// What names an analysis: a hash over all of a document that the stages see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The key of a document. Where it lies is left out: a file that was moved need not be read again.
    pub fn of(document: &RawDocument) -> Key {
        Key::new(document, &hash_of(&document.text))
    }

    /// The key of a document whose text has a hash.
    pub fn new(document: &RawDocument, text: &[u8; 32]) -> Key {
        let mut hash = Sha256::new();
        let mut part = |text: Option<&str>| {
            let text = text.unwrap_or("\u{0}");
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        part(Some(&document.id));
        part(document.source.as_deref());
        part(document.title.as_deref());
        part(document.published.as_deref());
        part(document.url.as_deref());
        for (name, value) in &document.metadata {
            part(Some(name));
            part(Some(value));
        }
        part(Some(if document.format == TextFormat::Html { "html" } else { "plain" }));
        hash.update(text);
        Key(hash.finalize().into())
    }
}

/// What one document says, as the stages found it.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What names it.
    pub key: Key,
    /// The text it is of.
    pub text: Arc<str>,
    /// What the document says, with what the stages had to say.
    pub extraction: Extraction,
    /// Whether the document could not be used.
    pub unused: bool,
}

/// A line of the list of inputs.
#[derive(Clone, Debug, PartialEq)]
pub enum ListedItem {
    /// A document.
    Document(Box<ListedDocument>),
    /// What reading had to say at this place.
    Message(Diagnostic),
}

/// A document of the list, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedDocument {
    /// Its number in the store; `None` for one that is new to it.
    pub number: Option<i64>,
    /// What tells it from others when it is read again: its file, and in a file of records its id.
    pub origin: String,
    /// Its fields as they were read, with an empty text.
    pub raw: RawDocument,
    /// Hash of its text.
    pub hash: [u8; 32],
    /// What names its analysis.
    pub key: Key,
}

impl ListedDocument {
    /// A document that was just read.
    pub fn new(origin: String, document: &RawDocument) -> ListedDocument {
        let raw = RawDocument { text: Arc::from(""), ..document.clone() };
        let hash = hash_of(&document.text);
        ListedDocument { number: None, origin, raw, hash, key: Key::new(document, &hash) }
    }
}

pub(crate) fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Store {
    /// Whether an analysis of a pipeline is there.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn has_analysis(&self, key: &Key, pipeline: &str) -> Result<bool> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM analyses WHERE key = ?1 AND pipeline = ?2")
            .map_err(|e| self.fail(e))?;
        statement.exists(params![key.0, pipeline]).map_err(|e| self.fail(e))
    }

    /// Keeps analyses and their texts. The chronology does not change by it: that is the work of a new edition.
    ///
    /// # Errors
    /// The store cannot be written to; then none of them is kept.
    pub fn keep(&mut self, analyses: &[Analysis], pipeline: &str) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| crate::failure(&path, e);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        {
            let mut text = transaction
                .prepare_cached("INSERT INTO texts(hash, text) VALUES (?1, ?2) ON CONFLICT(hash) DO NOTHING")
                .map_err(fail)?;
            let mut analysis = transaction
                .prepare_cached("INSERT OR REPLACE INTO analyses(key, pipeline, unused, body) VALUES (?1, ?2, ?3, ?4)")
                .map_err(fail)?;
            for one in analyses {
                text.execute(params![hash_of(&one.text), &*one.text]).map_err(fail)?;
                analysis.execute(params![one.key.0, pipeline, one.unused, pack(&one.extraction)]).map_err(fail)?;
            }
        }
        transaction.commit().map_err(fail)
    }

    /// An analysis and whether its document could not be used; `None` where there is none of that pipeline.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn analysis(&self, key: &Key, pipeline: &str) -> Result<Option<(Extraction, bool)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body, unused FROM analyses WHERE key = ?1 AND pipeline = ?2")
            .map_err(|e| self.fail(e))?;
        let found = statement
            .query_row(params![key.0, pipeline], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, bool>(1)?)))
            .optional()
            .map_err(|e| self.fail(e))?;
        let Some((body, unused)) = found else { return Ok(None) };
        Ok(unpack(&body).map(|extraction| (extraction, unused)))
    }

    /// The text with a hash.
    ///
    /// # Errors
    /// The store cannot be read, or does not have it.
    pub fn text(&self, hash: &[u8; 32]) -> Result<Arc<str>> {
        let mut statement =
            self.connection.prepare_cached("SELECT text FROM texts WHERE hash = ?1").map_err(|e| self.fail(e))?;
        let found = statement.query_row([hash], |row| row.get::<_, String>(0)).optional().map_err(|e| self.fail(e))?;
        found.map(Arc::from).ok_or_else(|| self.damaged("the text of a document is missing"))
    }

    /// The documents and messages of the chronology, in the order of their inputs.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn list(&self) -> Result<Vec<ListedItem>> {
        let mut items: Vec<(i64, ListedItem)> = Vec::new();
        let mut statement = self.connection.prepare_cached(LISTED).map_err(|e| self.fail(e))?;
        let mut rows = statement.query([]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let (position, document) = listed(row).map_err(|e| self.fail(e))?;
            items.push((position, ListedItem::Document(Box::new(document))));
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT position, document, level, message FROM messages")
            .map_err(|e| self.fail(e))?;
        let mut rows = statement.query([]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let (position, message) = message(row).map_err(|e| self.fail(e))?;
            items.push((position, ListedItem::Message(message)));
        }
        items.sort_by_key(|(position, _)| *position);
        Ok(items.into_iter().map(|(_, item)| item).collect())
    }
}

/// What [`listed`] reads.
pub(crate) const LISTED: &str =
    "SELECT number, position, origin, id, path, source, title, published, url, metadata, format, encoding, hash, key
                 FROM documents";

pub(crate) fn listed(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, ListedDocument)> {
    let metadata: String = row.get(9)?;
    let metadata: BTreeMap<String, String> = serde_json::from_str(&metadata).unwrap_or_default();
    let format: String = row.get(10)?;
    let raw = RawDocument {
        id: row.get(3)?,
        path: row.get(4)?,
        source: row.get(5)?,
        title: row.get(6)?,
        published: row.get(7)?,
        url: row.get(8)?,
        metadata,
        format: if format == "html" { TextFormat::Html } else { TextFormat::Plain },
        text: Arc::from(""),
        encoding: encoding(&row.get::<_, String>(11)?),
    };
    let document = ListedDocument {
        number: Some(row.get(0)?),
        origin: row.get(2)?,
        raw,
        hash: row.get(12)?,
        key: Key(row.get(13)?),
    };
    Ok((row.get(1)?, document))
}

/// The name of an encoding. The stages do not look at it, so that any name which no document has today reads as UTF-8.
fn encoding(name: &str) -> &'static str {
    const NAMES: [&str; 40] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "x-mac-cyrillic",
        "ibm866",
        "gbk",
        "gb18030",
        "big5",
        "euc-jp",
        "iso-2022-jp",
        "shift_jis",
        "euc-kr",
        "replacement",
        "x-user-defined",
    ];
    NAMES.into_iter().find(|n| n.eq_ignore_ascii_case(name)).unwrap_or("utf-8")
}

fn message(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Diagnostic)> {
    let level: String = row.get(2)?;
    let level = match level.as_str() {
        "error" => Level::Error,
        "warning" => Level::Warning,
        _ => Level::Note,
    };
    Ok((row.get(0)?, Diagnostic { document: row.get(1)?, level, message: row.get(3)? }))
}

pub(crate) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}
