//! Owns the writing of a new edition: documents, chronology and words for search, all in one transaction, touching only what
//! is different from the edition before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use readout_types::{Actor, ActorKind, Chronology, Contact, DocumentEntry, Original, Statement, TextFormat, Verdict};
use rusqlite::{Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::bodies::{day, documents_of, documents_of_counts, documents_of_gap, pack, rename};
use crate::documents::{ListedDocument, ListedItem, level_word};
use crate::{Result, Store};

/// What the store shall hold from now on.
pub struct Edition<'a> {
    /// Documents and messages, in the order of their inputs.
    pub items: &'a [ListedItem],
    /// For each document, in that order, whether it could not be used.
    pub unused: &'a [bool],
    /// The chronology; its documents are those of `items`, in that order.
    pub chronology: &'a Chronology,
    /// The words by which each contact is found.
    pub words: ContactWords<'a>,
    /// What people decided and what became of it.
    pub decisions: &'a [Decision],
    /// Values kept beside the tables, by name.
    pub notes: &'a [(&'a str, String)],
}

/// Gives the words by which a contact is found, in their comparable form.
pub type ContactWords<'a> = &'a dyn Fn(&Contact) -> String;

/// A line of the file of corrections and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// The line.
    pub line: String,
    /// What became of it, in one word.
    pub state: String,
    /// The same, for a person.
    pub note: String,
}

pub(crate) type Sql<T> = rusqlite::Result<T>;

impl Store {
    /// Writes a new edition: all of it, or nothing.
    ///
    /// # Errors
    /// The store cannot be written to, or the edition does not hang together.
    pub fn publish(&mut self, edition: &Edition<'_>) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| crate::failure(&path, e);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let numbers = documents(&transaction, edition).map_err(fail)?;
        messages(&transaction, edition).map_err(fail)?;
        let Some(contacts) = stored_contacts(edition, &numbers) else {
            return Err(crate::StoreError::Damaged(path, "a contact names a document that is not there".to_owned()));
        };
        self::contacts(&transaction, contacts).map_err(fail)?;
        let gaps: Option<Vec<Vec<u8>>> = edition
            .chronology
            .gaps
            .iter()
            .map(|gap| {
                let mut gap = gap.clone();
                rename(documents_of_gap(&mut gap), &numbers)?;
                Some(pack(&gap))
            })
            .collect();
        rows(&transaction, "gaps", &gaps.unwrap_or_default()).map_err(fail)?;
        let counts: Option<Vec<Vec<u8>>> = edition
            .chronology
            .counts
            .iter()
            .map(|series| {
                let mut series = series.clone();
                rename(documents_of_counts(&mut series), &numbers)?;
                Some(pack(&series))
            })
            .collect();
        rows(&transaction, "counts", &counts.unwrap_or_default()).map_err(fail)?;
        let diagnostics: Vec<Vec<u8>> = edition.chronology.diagnostics.iter().map(pack).collect();
        rows(&transaction, "diagnostics", &diagnostics).map_err(fail)?;
        statements(&transaction, &edition.chronology.statements, &numbers).map_err(fail)?;
        decisions(&transaction, edition.decisions).map_err(fail)?;
        notes(&transaction, edition.notes).map_err(fail)?;
        transaction.execute("DELETE FROM analyses WHERE key NOT IN (SELECT key FROM documents)", []).map_err(fail)?;
        transaction.execute("DELETE FROM texts WHERE hash NOT IN (SELECT hash FROM documents)", []).map_err(fail)?;
        transaction.commit().map_err(fail)
    }
}

/// Writes the values that are kept beside the tables.
pub(crate) fn notes(transaction: &Transaction<'_>, notes: &[(&str, String)]) -> Sql<()> {
    for (name, value) in notes {
        let sql = "INSERT INTO notes(key, value) VALUES (?1, ?2)
                   ON CONFLICT(key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
        transaction.execute(sql, params![name, value])?;
    }
    Ok(())
}

/// Columns of a document's row that can differ, in the order of the statements below.
#[derive(PartialEq)]
struct DocumentRow {
    position: i64,
    origin: String,
    id: String,
    path: String,
    source: Option<String>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    metadata: String,
    format: String,
    encoding: String,
    hash: [u8; 32],
    key: [u8; 32],
    unused: bool,
    outlet: Option<String>,
    copies: Option<String>,
    entry: Vec<u8>,
}

const COLUMNS: &str = "position, origin, id, path, source, title, published, url, metadata, format, encoding, hash, key, \
                       unused, outlet, copies, entry";

impl DocumentRow {
    fn new(position: usize, listed: &ListedDocument, entry: &DocumentEntry, unused: bool) -> DocumentRow {
        let raw = &listed.raw;
        let bare = DocumentEntry { original: Original::default(), ..entry.clone() };
        DocumentRow {
            position: position as i64,
            origin: listed.origin.clone(),
            id: raw.id.clone(),
            path: raw.path.clone(),
            source: raw.source.clone(),
            title: raw.title.clone(),
            published: raw.published.clone(),
            url: raw.url.clone(),
            metadata: serde_json::to_string(&raw.metadata).unwrap_or_default(),
            format: if raw.format == TextFormat::Html { "html" } else { "plain" }.to_owned(),
            encoding: raw.encoding.to_owned(),
            hash: listed.hash,
            key: listed.key.0,
            unused,
            outlet: entry.source.clone(),
            copies: entry.duplicate_of.clone(),
            entry: pack(&bare),
        }
    }

    fn read(row: &rusqlite::Row<'_>) -> Sql<(i64, DocumentRow)> {
        let read = DocumentRow {
            position: row.get(1)?,
            origin: row.get(2)?,
            id: row.get(3)?,
            path: row.get(4)?,
            source: row.get(5)?,
            title: row.get(6)?,
            published: row.get(7)?,
            url: row.get(8)?,
            metadata: row.get(9)?,
            format: row.get(10)?,
            encoding: row.get(11)?,
            hash: row.get(12)?,
            key: row.get(13)?,
            unused: row.get(14)?,
            outlet: row.get(15)?,
            copies: row.get(16)?,
            entry: row.get(17)?,
        };
        Ok((row.get(0)?, read))
    }

    fn write(&self, transaction: &Transaction<'_>, number: Option<i64>) -> Sql<i64> {
        let sql = format!(
            "INSERT OR REPLACE INTO documents(number, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
        );
        let sql = match number {
            None => sql.replacen("INSERT OR REPLACE", "INSERT", 1),
            Some(_) => format!(
                "UPDATE documents SET ({COLUMNS}) =
                 (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) WHERE number = ?1"
            ),
        };
        transaction.prepare_cached(&sql)?.execute(params![
            number,
            self.position,
            self.origin,
            self.id,
            self.path,
            self.source,
            self.title,
            self.published,
            self.url,
            self.metadata,
            self.format,
            self.encoding,
            self.hash,
            self.key,
            self.unused,
            self.outlet,
            self.copies,
            self.entry,
        ])?;
        Ok(number.unwrap_or_else(|| transaction.last_insert_rowid()))
    }
}

/// Writes the documents; gives the number of each by its index in the chronology.
fn documents(transaction: &Transaction<'_>, edition: &Edition<'_>) -> Sql<HashMap<usize, usize>> {
    let mut known: BTreeMap<i64, DocumentRow> = BTreeMap::new();
    {
        let mut statement = transaction.prepare(&format!("SELECT number, {COLUMNS} FROM documents"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (number, row) = DocumentRow::read(row)?;
            known.insert(number, row);
        }
    }
    let listed = edition.items.iter().enumerate().filter_map(|(position, item)| match item {
        ListedItem::Document(document) => Some((position, document)),
        ListedItem::Message(_) => None,
    });
    let kept: BTreeSet<i64> = listed.clone().filter_map(|(_, d)| d.number).collect();
    for number in known.keys().filter(|n| !kept.contains(n)) {
        forget_words(transaction, *number)?;
        transaction.execute("DELETE FROM documents WHERE number = ?1", [number])?;
    }
    // Names that move from one document to another must be free first.
    for (_, document) in listed.clone() {
        let Some((number, old)) = document.number.and_then(|n| known.get(&n).map(|old| (n, old))) else { continue };
        if old.id != document.raw.id || old.origin != document.origin {
            let sql = "UPDATE documents SET id = char(1) || number, origin = char(1) || number WHERE number = ?1";
            transaction.execute(sql, [number])?;
        }
    }
    let mut numbers = HashMap::new();
    for (index, (position, document)) in listed.enumerate() {
        let Some(entry) = edition.chronology.documents.get(index) else { break };
        let unused = edition.unused.get(index).copied().unwrap_or(false);
        let row = DocumentRow::new(position, document, entry, unused);
        let old = document.number.and_then(|n| known.get(&n));
        let number = match (document.number, old) {
            (Some(number), Some(old)) => {
                let reworded = old.hash != row.hash || old.title != row.title;
                if reworded {
                    forget_words(transaction, number)?;
                }
                if *old != row {
                    row.write(transaction, Some(number))?;
                }
                if reworded {
                    learn_words(transaction, number)?;
                }
                number
            }
            _ => {
                let number = row.write(transaction, None)?;
                learn_words(transaction, number)?;
                number
            }
        };
        numbers.insert(index, number as usize);
    }
    Ok(numbers)
}

fn forget_words(transaction: &Transaction<'_>, number: i64) -> Sql<()> {
    let sql = "INSERT INTO document_index(document_index, rowid, title, text)
               SELECT 'delete', number, title, text FROM document_words WHERE number = ?1";
    transaction.prepare_cached(sql)?.execute([number]).map(drop)
}

fn learn_words(transaction: &Transaction<'_>, number: i64) -> Sql<()> {
    let sql = "INSERT INTO document_index(rowid, title, text) SELECT number, title, text FROM document_words WHERE number = ?1";
    transaction.prepare_cached(sql)?.execute([number]).map(drop)
}

fn messages(transaction: &Transaction<'_>, edition: &Edition<'_>) -> Sql<()> {
    let said = |item: &ListedItem| match item {
        ListedItem::Message(m) => Some((m.document.clone(), level_word(m.level).to_owned(), m.message.clone())),
        ListedItem::Document(_) => None,
    };
    let wanted: Vec<(i64, (String, String, String))> =
        edition.items.iter().enumerate().filter_map(|(i, item)| Some((i as i64, said(item)?))).collect();
    let mut statement =
        transaction.prepare("SELECT position, document, level, message FROM messages ORDER BY position")?;
    let found = statement.query_map([], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?))))?;
    if found.collect::<Sql<Vec<(i64, (String, String, String))>>>()? == wanted {
        return Ok(());
    }
    transaction.execute("DELETE FROM messages", [])?;
    let mut insert =
        transaction.prepare("INSERT INTO messages(position, document, level, message) VALUES (?1, ?2, ?3, ?4)")?;
    for (position, (document, level, message)) in wanted {
        insert.execute(params![position, document, level, message])?;
    }
    Ok(())
}

/// A contact as its row has it.
pub(crate) struct StoredContact<'a> {
    contact: &'a Contact,
    row: usize,
    words: String,
    verdict: Option<&'static str>,
    documents: BTreeSet<usize>,
    digest: Vec<u8>,
    body: Vec<u8>,
}

impl<'a> StoredContact<'a> {
    /// `renamed` is the contact with its documents named by their numbers.
    pub(crate) fn new(contact: &'a Contact, renamed: &Contact, row: usize, words: String) -> StoredContact<'a> {
        let body = pack(renamed);
        let mut digest = Sha256::new();
        digest.update(&body);
        digest.update(words.as_bytes());
        let verdict = contact.judgements.iter().rev().find_map(|j| match j.verdict {
            Verdict::Confirmed => Some("confirmed"),
            Verdict::Unsure => Some("unsure"),
            _ => None,
        });
        let documents = renamed.reports.iter().map(|(d, _)| *d).collect();
        StoredContact { contact, row, words, verdict, documents, digest: digest.finalize()[..16].to_vec(), body }
    }
}

fn stored_contacts<'a>(edition: &Edition<'a>, numbers: &HashMap<usize, usize>) -> Option<Vec<StoredContact<'a>>> {
    let contacts = edition.chronology.contacts.iter().enumerate();
    contacts
        .map(|(i, contact)| {
            let mut renamed = contact.clone();
            rename(documents_of(&mut renamed), numbers)?;
            Some(StoredContact::new(contact, &renamed, i + 1, (edition.words)(contact)))
        })
        .collect()
}

fn contacts(transaction: &Transaction<'_>, wanted: Vec<StoredContact<'_>>) -> Sql<()> {
    let mut known: HashMap<String, (i64, i64, Vec<u8>)> = HashMap::new();
    {
        let mut statement = transaction.prepare("SELECT id, number, row, digest FROM contacts")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            known.insert(row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?));
        }
    }
    let mut actors = Actors::read(transaction)?;
    let mut new = Vec::new();
    for one in wanted {
        match known.remove(&one.contact.id) {
            Some((number, row, digest)) if digest == one.digest => {
                if row != one.row as i64 {
                    let sql = "UPDATE contacts SET row = ?2 WHERE number = ?1";
                    transaction.prepare_cached(sql)?.execute(params![number, one.row as i64])?;
                }
            }
            Some((number, ..)) => {
                forget_contact(transaction, number)?;
                new.push(one);
            }
            None => new.push(one),
        }
    }
    for (number, ..) in known.into_values() {
        forget_contact(transaction, number)?;
    }
    for one in &new {
        add_contact(transaction, one, &mut actors)?;
    }
    transaction.execute("DELETE FROM actors WHERE number NOT IN (SELECT actor FROM contact_actors)", []).map(drop)
}

pub(crate) fn forget_contact(transaction: &Transaction<'_>, number: i64) -> Sql<()> {
    let sql = "INSERT INTO contact_index(contact_index, rowid, words) SELECT 'delete', number, words FROM contacts WHERE number = ?1";
    transaction.prepare_cached(sql)?.execute([number])?;
    transaction.prepare_cached("DELETE FROM contacts WHERE number = ?1")?.execute([number]).map(drop)
}

pub(crate) fn add_contact(transaction: &Transaction<'_>, one: &StoredContact<'_>, actors: &mut Actors) -> Sql<()> {
    let contact = one.contact;
    let days = contact.when.interval;
    let sql =
        "INSERT INTO contacts(row, id, kind, status, first, last, sources, disputed, verdict, words, digest, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    transaction.prepare_cached(sql)?.execute(params![
        one.row as i64,
        contact.id,
        contact.kind.as_str(),
        contact.status.as_str(),
        days.earliest.map(day),
        days.latest.map(day),
        contact.independent_sources,
        !contact.disputes.is_empty(),
        one.verdict,
        one.words,
        one.digest,
        one.body,
    ])?;
    let number = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO contact_index(rowid, words) VALUES (?1, ?2)")?
        .execute(params![number, one.words])?;
    for actor in &contact.participants {
        let actor = actors.number(transaction, actor)?;
        transaction
            .prepare_cached("INSERT OR IGNORE INTO contact_actors(actor, contact) VALUES (?1, ?2)")?
            .execute([actor, number])?;
    }
    for document in &one.documents {
        transaction
            .prepare_cached("INSERT INTO contact_documents(document, contact) VALUES (?1, ?2)")?
            .execute([*document as i64, number])?;
    }
    Ok(())
}

/// The numbers of actors: one for each key, name and country.
pub(crate) struct Actors(HashMap<(String, String, String, String), i64>);

impl Actors {
    pub(crate) fn read(transaction: &Transaction<'_>) -> Sql<Actors> {
        let mut found = HashMap::new();
        let mut statement = transaction.prepare("SELECT key, name, coalesce(country, ''), kind, number FROM actors")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            found.insert((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?), row.get(4)?);
        }
        Ok(Actors(found))
    }

    fn number(&mut self, transaction: &Transaction<'_>, actor: &Actor) -> Sql<i64> {
        let kind = kind_word(actor.kind);
        let country = actor.country.clone().unwrap_or_default();
        let key = (actor.key.clone(), actor.name.clone(), country.clone(), kind.to_owned());
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        transaction
            .prepare_cached(
                "INSERT INTO actors(key, name, role, country, kind) VALUES (?1, ?2, ?3, nullif(?4, ''), ?5)",
            )?
            .execute(params![actor.key, actor.name, actor.role, country, kind])?;
        let number = transaction.last_insert_rowid();
        self.0.insert(key, number);
        Ok(number)
    }
}

pub(crate) fn kind_word(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Organisation => "organisation",
        ActorKind::Group => "group",
    }
}

/// Writes the bodies of a table by position, touching those that differ.
fn rows(transaction: &Transaction<'_>, table: &'static str, wanted: &[Vec<u8>]) -> Sql<()> {
    let mut statement = transaction.prepare(&format!("SELECT position, body FROM {table}"))?;
    let found = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Sql<HashMap<i64, Vec<u8>>>>()?;
    let sql = format!("INSERT OR REPLACE INTO {table}(position, body) VALUES (?1, ?2)");
    for (position, body) in wanted.iter().enumerate() {
        if found.get(&(position as i64)) != Some(body) {
            transaction.prepare_cached(&sql)?.execute(params![position as i64, body])?;
        }
    }
    if found.len() > wanted.len() {
        let sql = format!("DELETE FROM {table} WHERE position >= ?1");
        transaction.execute(&sql, [wanted.len() as i64])?;
    }
    Ok(())
}

/// Number of the document, id of the contact, stored form.
type StatementContent = (i64, Option<String>, Vec<u8>);

fn statements(
    transaction: &Transaction<'_>,
    wanted: &[(usize, Statement, Option<String>)],
    numbers: &HashMap<usize, usize>,
) -> Sql<()> {
    // What stands in the table, by content: each row is used for one statement of that content.
    let mut known: HashMap<StatementContent, Vec<(i64, i64)>> = HashMap::new();
    {
        let sql = "SELECT document, contact, body, number, position FROM statements ORDER BY position DESC";
        let mut statement = transaction.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let content = (row.get(0)?, row.get(1)?, row.get(2)?);
            known.entry(content).or_default().push((row.get(3)?, row.get(4)?));
        }
    }
    let mut new = Vec::new();
    for (position, (document, statement, contact)) in wanted.iter().enumerate() {
        let (position, document) = (position as i64, numbers.get(document).map_or(0, |n| *n as i64));
        let content = (document, contact.clone(), pack(statement));
        match known.get_mut(&content).and_then(Vec::pop) {
            Some((_, at)) if at == position => {}
            Some((number, _)) => {
                let sql = "UPDATE statements SET position = ?2 WHERE number = ?1";
                transaction.prepare_cached(sql)?.execute([number, position])?;
            }
            None => new.push((position, content, statement)),
        }
    }
    for (number, _) in known.into_values().flatten() {
        let sql = "INSERT INTO statement_index(statement_index, rowid, speaker, words)
                   SELECT 'delete', number, speaker, words FROM statements WHERE number = ?1";
        transaction.prepare_cached(sql)?.execute([number])?;
        transaction.prepare_cached("DELETE FROM statements WHERE number = ?1")?.execute([number])?;
    }
    for (position, (document, contact, body), statement) in new {
        let speaker = statement.speaker.as_ref().map(|a| a.name.as_str());
        let sql =
            "INSERT INTO statements(position, document, contact, speaker, words, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        transaction.prepare_cached(sql)?.execute(params![
            position,
            document,
            contact,
            speaker,
            &*statement.source.text,
            body
        ])?;
        let sql = "INSERT INTO statement_index(rowid, speaker, words) VALUES (?1, ?2, ?3)";
        let number = transaction.last_insert_rowid();
        transaction.prepare_cached(sql)?.execute(params![number, speaker, &*statement.source.text])?;
    }
    Ok(())
}

pub(crate) fn decisions(transaction: &Transaction<'_>, wanted: &[Decision]) -> Sql<()> {
    if read_decisions(transaction)? == wanted {
        return Ok(());
    }
    transaction.execute("DELETE FROM corrections", [])?;
    let sql = "INSERT INTO corrections(position, id, at, by, line, state, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    for (position, d) in wanted.iter().enumerate() {
        transaction.prepare_cached(sql)?.execute(params![
            position as i64,
            d.id,
            d.at,
            d.by,
            d.line,
            d.state,
            d.note
        ])?;
    }
    Ok(())
}

pub(crate) fn read_decisions(connection: &rusqlite::Connection) -> Sql<Vec<Decision>> {
    let mut statement =
        connection.prepare("SELECT id, at, by, line, state, note FROM corrections ORDER BY position")?;
    let found = statement.query_map([], |r| {
        Ok(Decision { id: r.get(0)?, at: r.get(1)?, by: r.get(2)?, line: r.get(3)?, state: r.get(4)?, note: r.get(5)? })
    })?;
    found.collect()
}
