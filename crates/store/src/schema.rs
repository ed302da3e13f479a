//! Owns the schema and its migrations. A released version is never changed: a new one is added below it, and a file of each
//! stays in `tests/schemas` as a fixture that must open.

use rusqlite::{Connection, TransactionBehavior};

/// The version this program writes.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// What leads from each version to the next; the first makes an empty file a store.
const MIGRATIONS: [&str; 1] = [V1];

/// Tables of documents, of what each says, and of the chronology. Days are numbers such as 20251228, open bounds NULL.
const V1: &str = "
CREATE TABLE notes(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE texts(hash BLOB PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE analyses(key BLOB PRIMARY KEY, pipeline TEXT NOT NULL, unused INTEGER NOT NULL, body BLOB NOT NULL);

CREATE TABLE documents(
  number INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  origin TEXT NOT NULL UNIQUE,
  id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  source TEXT,
  title TEXT,
  published TEXT,
  url TEXT,
  metadata TEXT NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  hash BLOB NOT NULL REFERENCES texts(hash),
  key BLOB NOT NULL,
  unused INTEGER NOT NULL,
  outlet TEXT,
  copies TEXT,
  entry BLOB NOT NULL
);
CREATE INDEX documents_by_position ON documents(position);
CREATE INDEX documents_by_hash ON documents(hash);
CREATE TABLE messages(position INTEGER PRIMARY KEY, document TEXT NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL);

CREATE TABLE actors(
  number INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, role TEXT, country TEXT, kind TEXT NOT NULL,
  UNIQUE(key, name, country, kind)
);
CREATE TABLE contacts(
  number INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  first INTEGER,
  last INTEGER,
  sources INTEGER NOT NULL,
  disputed INTEGER NOT NULL,
  verdict TEXT,
  words TEXT NOT NULL,
  digest BLOB NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX contacts_by_row ON contacts(row);
CREATE INDEX contacts_by_first ON contacts(first);
CREATE TABLE contact_actors(
  actor INTEGER NOT NULL REFERENCES actors(number),
  contact INTEGER NOT NULL REFERENCES contacts(number) ON DELETE CASCADE,
  PRIMARY KEY(actor, contact)
) WITHOUT ROWID;
CREATE INDEX actors_of_contacts ON contact_actors(contact);
CREATE TABLE contact_documents(
  document INTEGER NOT NULL REFERENCES documents(number) ON DELETE CASCADE,
  contact INTEGER NOT NULL REFERENCES contacts(number) ON DELETE CASCADE,
  PRIMARY KEY(document, contact)
) WITHOUT ROWID;
CREATE INDEX documents_of_contacts ON contact_documents(contact);
CREATE TABLE gaps(position INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE counts(position INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE statements(
  number INTEGER PRIMARY KEY, position INTEGER NOT NULL, document INTEGER NOT NULL, contact TEXT, speaker TEXT,
  words TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX statements_by_position ON statements(position);
CREATE INDEX statements_by_contact ON statements(contact);
CREATE INDEX statements_by_document ON statements(document);
CREATE TABLE diagnostics(position INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE corrections(
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, by TEXT NOT NULL, line TEXT NOT NULL,
  state TEXT NOT NULL, note TEXT NOT NULL
);

CREATE VIEW document_words AS
  SELECT d.number AS number, coalesce(d.title, '') AS title, t.text AS text
  FROM documents d JOIN texts t ON t.hash = d.hash;
CREATE VIRTUAL TABLE document_index USING fts5(
  title, text, content='document_words', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE contact_index USING fts5(
  words, content='contacts', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_index USING fts5(
  speaker, words, content='statements', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
";

/// Brings a store to [`VERSION`], all of it or nothing.
pub(crate) fn migrate(connection: &mut Connection, application: i64) -> rusqlite::Result<()> {
    let found = |c: &Connection| c.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    if found(connection)? >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    let from = usize::try_from(found(&transaction)?).unwrap_or(0);
    for step in MIGRATIONS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", application)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}
