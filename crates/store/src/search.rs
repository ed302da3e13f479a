//! Owns full-text search: a person's words to an index query, and what is found in documents, reports and statements.

use rusqlite::params;

use crate::{Result, Store};

/// What a hit was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitKind {
    /// A document's title or text.
    Document,
    /// What is reported of a contact: participants, place, topics, evidence.
    Contact,
    /// Something somebody said.
    Statement,
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// In what.
    pub kind: HitKind,
    /// Id of the document; of a contact the first that reports it.
    pub document: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Id of the contact, where it is about one.
    pub contact: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// The words around, with U+0002 before and U+0003 after each that was looked for.
    pub snippet: String,
}

/// The index query for what a person typed: all words must occur, quotation marks keep words together, `*` at the end of a
/// word lets it go on. `None` when there is no word.
fn query(typed: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (i, piece) in typed.split(['"', '“', '”', '„']).enumerate() {
        let words: Vec<&str> = if i % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() };
        for word in words {
            if !word.chars().any(char::is_alphanumeric) {
                continue;
            }
            let open = word.ends_with('*');
            let bare = without_syntax(word.trim_end_matches('*'));
            parts.push(if open { format!("\"{bare}\"*") } else { format!("\"{bare}\"") });
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A word without what would end a quotation: its mark, and the NUL at which the index stops reading.
fn without_syntax(word: &str) -> String {
    word.replace(['"', '\0'], "")
}

/// The index query for words in comparable form, each of which may go on.
pub(crate) fn prefixes(words: &[String]) -> Option<String> {
    let words: Vec<String> = words
        .iter()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(|w| format!("\"{}\"*", without_syntax(w)))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Of so many hits of a kind the best are looked for; of more, of those that came into the store last. Ranking reads the length of
/// every text that is ranked, which takes longer than anybody waits where a word is everywhere, and tells little there.
const RANKED: usize = 5_000;

impl Store {
    /// The best `limit` hits of each kind, documents first, then contacts, then statements. `comparable` is the query in
    /// the form that contacts are indexed in, word by word. Of more than five thousand hits of a kind (or `limit`, where that is
    /// more) only those that came last are ranked.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn search(&self, typed: &str, comparable: &[String], limit: usize) -> Result<Vec<Hit>> {
        self.search_among(typed, comparable, limit, RANKED.max(limit))
    }

    fn search_among(&self, typed: &str, comparable: &[String], limit: usize, ranked: usize) -> Result<Vec<Hit>> {
        let Some(query) = query(typed) else { return Ok(Vec::new()) };
        // CROSS JOIN: the index is asked first, which gives its hits in the order of their ranks.
        self.at_once(|| {
            let mut hits = Vec::new();
            let since = self.since("document_index", &query, ranked)?;
            let documents = "SELECT d.id, d.outlet, d.title, NULL, NULL,
                                    snippet(document_index, -1, char(2), char(3), '…', 24)
                             FROM document_index CROSS JOIN documents d ON d.number = document_index.rowid
                             WHERE document_index MATCH ?1 AND document_index.rowid >= ?3
                             ORDER BY document_index.rank LIMIT ?2";
            self.hits(HitKind::Document, documents, &query, (limit, since), &mut hits)?;
            if let Some(words) = prefixes(comparable) {
                let since = self.since("contact_index", &words, ranked)?;
                let contacts = "SELECT d.id, d.outlet, d.title, c.id, NULL,
                                       snippet(contact_index, 0, char(2), char(3), '…', 24)
                                FROM contact_index CROSS JOIN contacts c ON c.number = contact_index.rowid
                                LEFT JOIN documents d ON d.number = (
                                  SELECT document FROM contact_documents WHERE contact = c.number ORDER BY document LIMIT 1)
                                WHERE contact_index MATCH ?1 AND contact_index.rowid >= ?3
                                ORDER BY contact_index.rank LIMIT ?2";
                self.hits(HitKind::Contact, contacts, &words, (limit, since), &mut hits)?;
            }
            let since = self.since("statement_index", &query, ranked)?;
            let statements = "SELECT d.id, d.outlet, d.title, s.contact, s.speaker,
                                     snippet(statement_index, 1, char(2), char(3), '…', 24)
                              FROM statement_index CROSS JOIN statements s ON s.number = statement_index.rowid
                              CROSS JOIN documents d ON d.number = s.document
                              WHERE statement_index MATCH ?1 AND statement_index.rowid >= ?3
                              ORDER BY statement_index.rank LIMIT ?2";
            self.hits(HitKind::Statement, statements, &query, (limit, since), &mut hits)?;
            Ok(hits)
        })
    }

    /// The number from which on an index has `ranked` hits: the first one where it has fewer.
    fn since(&self, index: &'static str, query: &str, ranked: usize) -> Result<i64> {
        let sql = format!("SELECT rowid FROM {index} WHERE {index} MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2");
        let mut statement = self.connection.prepare_cached(&sql).map_err(|e| self.fail(e))?;
        let skip = i64::try_from(ranked).unwrap_or(i64::MAX).saturating_sub(1);
        let mut rows = statement.query(params![query, skip]).map_err(|e| self.fail(e))?;
        let row = rows.next().map_err(|e| self.fail(e))?;
        row.map_or(Ok(i64::MIN), |r| r.get(0)).map_err(|e| self.fail(e))
    }

    fn hits(&self, kind: HitKind, sql: &str, query: &str, bounds: (usize, i64), into: &mut Vec<Hit>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let (limit, since) = bounds;
        let mut rows = statement.query(params![query, limit as i64, since]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let hit = (|| -> rusqlite::Result<Hit> {
                Ok(Hit {
                    kind,
                    document: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                    outlet: row.get(1)?,
                    title: row.get(2)?,
                    contact: row.get(3)?,
                    speaker: row.get(4)?,
                    snippet: row.get(5)?,
                })
            })();
            into.push(hit.map_err(|e| self.fail(e))?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Mode;

    proptest! {
        /// SQLite is the judge of its own syntax.
        #[test]
        fn whatever_is_typed_is_answered(typed in r#"([\PC\x00"*(){}:^+\-]| (AND|OR|NOT|NEAR) ){0,12}"#) {
            thread_local! {
                static STORE: (tempfile::TempDir, Store) = {
                    let folder = tempfile::tempdir().expect("a folder");
                    let store = Store::open(&folder.path().join("x.db"), Mode::Create).expect("a store");
                    (folder, store)
                };
            }
            let comparable: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
            STORE.with(|(_, store)| {
                prop_assert_eq!(store.search(&typed, &comparable, 5).map_err(|e| e.to_string()), Ok(Vec::new()));
                Ok(())
            })?;
        }
    }

    /// A word that stands in every text took 160 ms in ten thousand of them: each was ranked.
    #[test]
    fn of_very_many_hits_the_last_are_ranked() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("x.db"), Mode::Create).expect("a store");
        let filler = " and so on".repeat(20);
        for (number, text) in [(1, "talks talks talks"), (2, "talks"), (3, "talks talks"), (4, "talks")] {
            let text = format!("{text}{filler}");
            store
                .connection
                .execute("INSERT INTO texts VALUES (?1, ?2)", params![[number as u8], text])
                .expect("a text");
            let sql = "INSERT INTO documents(number, position, origin, id, path, metadata, format, encoding, hash, key, unused, entry)
                       VALUES (?1, ?1, ?2, ?2, ?2, '', '', '', ?3, ?3, 0, ?3)";
            store.connection.execute(sql, params![number, format!("d{number}"), [number as u8]]).expect("a document");
            let sql = "INSERT INTO document_index(rowid, title, text) VALUES (?1, '', ?2)";
            store.connection.execute(sql, params![number, text]).expect("words");
        }
        for (limit, ranked, expected) in [
            (9, 9, vec!["d1", "d3", "d2", "d4"]),
            (2, 3, vec!["d3", "d2"]),
            (2, 4, vec!["d1", "d3"]),
            (9, 1, vec!["d4"]),
        ] {
            let hits = store.search_among("talks", &[], limit, ranked).expect("hits");
            let found: Vec<&str> = hits.iter().map(|h| h.document.as_str()).collect();
            assert_eq!(found, expected, "{limit} of {ranked}");
        }
        assert_eq!(store.search("talks", &[], 2).expect("hits").len(), 2);
        assert_eq!(store.search("talks", &[], usize::MAX).expect("hits").len(), 4);
    }

    #[test]
    fn what_people_type_is_never_a_syntax_error() {
        for (typed, expected) in [
            ("gas transit", Some("\"gas\" \"transit\"")),
            ("\"gas transit\" Putin", Some("\"gas transit\" \"Putin\"")),
            ("negotiat*", Some("\"negotiat\"*")),
            ("NEAR(a b) OR c:d", Some("\"NEAR(a\" \"b)\" \"OR\" \"c:d\"")),
            ("\"unclosed", Some("\"unclosed\"")),
            ("a\0b", Some("\"ab\"")),
            (" * \" - ", None),
        ] {
            assert_eq!(query(typed).as_deref(), expected, "{typed}");
        }
    }
}
