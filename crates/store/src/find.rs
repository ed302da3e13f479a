//! Owns the finding of contacts: filters become conditions on indexed columns, answers come in pages.

use readout_types::{Actor, ActorFacts, ActorKind, ContactKind, Interval, Status};
use rusqlite::types::Value;

use crate::bodies::day;
use crate::{Result, Store};

/// What is asked for, with names resolved: actors by their numbers, outlets as the store has them, words in their
/// comparable form. All that is asked for must hold; the default lets everything through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Of each of these sets of actors, one takes part.
    pub actors: Vec<Vec<i64>>,
    /// Any of these kinds; empty: all.
    pub kinds: Vec<ContactKind>,
    /// Any of these statuses; empty: all.
    pub statuses: Vec<Status>,
    /// Contacts that can lie in these days.
    pub days: Interval,
    /// Any of these outlets reports it; `None`: all.
    pub outlets: Option<Vec<String>>,
    /// Only contacts on which sources disagree.
    pub disputed: bool,
    /// Only contacts with one independent source.
    pub single_source: bool,
    /// All of these words, or words that begin with them.
    pub words: Vec<String>,
    /// The last verdict of a person: `confirmed` or `unsure`; an empty string: none yet.
    pub verdict: Option<String>,
    /// Only contacts of which no day is known; `days` must then be unknown.
    pub undated: bool,
}

/// A page of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Numbers of the contacts, in the order of the chronology, for [`Store::part`].
    pub contacts: Vec<i64>,
    /// How many the whole answer has.
    pub total: usize,
    /// How many more it would have if nothing were asked of days.
    pub undated_left_out: usize,
}

/// A contact in a list, without its reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the store.
    pub number: i64,
    /// Its row number in the chronology, from 1.
    pub row: usize,
    /// Its id.
    pub id: String,
}

/// An actor that takes part in some contact.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownActor {
    /// Its number in the store.
    pub number: i64,
    /// The actor.
    pub actor: Actor,
    /// In how many contacts.
    pub contacts: usize,
}

pub(crate) struct Conditions {
    sql: Vec<&'static str>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    pub(crate) fn of(query: &Query) -> Conditions {
        let mut all = Conditions { sql: Vec::new(), values: Vec::new() };
        let text = |words: Vec<&str>| Value::Text(serde_json::to_string(&words).unwrap_or_default());
        for actors in &query.actors {
            all.and(
                "number IN (SELECT contact FROM contact_actors WHERE actor IN (SELECT value FROM json_each(?)))",
                Value::Text(serde_json::to_string(actors).unwrap_or_default()),
            );
        }
        if !query.kinds.is_empty() {
            let words = query.kinds.iter().map(|k| k.as_str()).collect();
            all.and("kind IN (SELECT value FROM json_each(?))", text(words));
        }
        if !query.statuses.is_empty() {
            let words = query.statuses.iter().map(|s| s.as_str()).collect();
            all.and("status IN (SELECT value FROM json_each(?))", text(words));
        }
        if let Some(outlets) = &query.outlets {
            all.and(
                "number IN (SELECT c.contact FROM contact_documents c JOIN documents d ON d.number = c.document
                            WHERE d.outlet IN (SELECT value FROM json_each(?)))",
                text(outlets.iter().map(String::as_str).collect()),
            );
        }
        if query.disputed {
            all.sql.push("disputed");
        }
        if query.single_source {
            all.sql.push("sources = 1");
        }
        if let Some(words) = crate::search::prefixes(&query.words) {
            all.and("number IN (SELECT rowid FROM contact_index WHERE contact_index MATCH ?)", Value::Text(words));
        }
        match query.verdict.as_deref() {
            None => {}
            Some("") => all.sql.push("verdict IS NULL"),
            Some(verdict) => all.and("verdict = ?", Value::Text(verdict.to_owned())),
        }
        if query.undated {
            all.sql.push("first IS NULL AND last IS NULL");
        }
        all
    }

    fn and(&mut self, sql: &'static str, value: Value) {
        self.sql.push(sql);
        self.values.push(value);
    }

    pub(crate) fn days(&mut self, days: Interval) {
        if days.is_unknown() {
            return;
        }
        self.sql.push("NOT (first IS NULL AND last IS NULL)");
        if let Some(to) = days.latest {
            self.and("(first IS NULL OR first <= ?)", Value::Integer(day(to)));
        }
        if let Some(from) = days.earliest {
            self.and("(last IS NULL OR last >= ?)", Value::Integer(day(from)));
        }
    }

    pub(crate) fn clause(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) }
    }
}

impl Store {
    /// The contacts that a query lets through, in the order of the chronology: `limit` of them after the first `skip`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn find(&self, query: &Query, skip: usize, limit: usize) -> Result<Page> {
        self.at_once(|| {
            let mut conditions = Conditions::of(query);
            let undated_left_out = match query.days.is_unknown() {
                true => 0,
                false => {
                    let mut undated = Conditions::of(query);
                    undated.sql.push("first IS NULL AND last IS NULL");
                    self.numbers("SELECT count(*) FROM contacts", &undated, "")?.first().map_or(0, |n| *n as usize)
                }
            };
            conditions.days(query.days);
            let total = self.numbers("SELECT count(*) FROM contacts", &conditions, "")?;
            let limits =
                format!("ORDER BY row LIMIT {} OFFSET {}", limit.min(i64::MAX as usize), skip.min(i64::MAX as usize));
            let contacts = self.numbers("SELECT number FROM contacts", &conditions, &limits)?;
            Ok(Page { contacts, total: total.first().map_or(0, |n| *n as usize), undated_left_out })
        })
    }

    pub(crate) fn numbers(&self, select: &str, conditions: &Conditions, rest: &str) -> Result<Vec<i64>> {
        let sql = format!("{select} {} {rest}", conditions.clause());
        let mut statement = self.connection.prepare_cached(&sql).map_err(|e| self.fail(e))?;
        let values = rusqlite::params_from_iter(conditions.values.iter());
        let found = statement.query_map(values, |row| row.get(0)).map_err(|e| self.fail(e))?;
        found.collect::<rusqlite::Result<Vec<i64>>>().map_err(|e| self.fail(e))
    }

    /// Contacts whose id begins with some text, and the one at a row number: what a person can mean by a name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn named(&self, id: &str, row: Option<usize>, limit: usize) -> Result<Vec<Row>> {
        let sql = "SELECT number, row, id FROM contacts WHERE substr(id, 1, length(?1)) = ?1 OR row = ?2 ORDER BY row LIMIT ?3";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let row = row.map_or(-1, |r| r as i64);
        let found = statement
            .query_map(rusqlite::params![id, row, limit as i64], |r| {
                Ok(Row { number: r.get(0)?, row: r.get::<_, i64>(1)? as usize, id: r.get(2)? })
            })
            .map_err(|e| self.fail(e))?;
        found.collect::<rusqlite::Result<Vec<Row>>>().map_err(|e| self.fail(e))
    }

    /// Every actor that takes part in a contact, the busiest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn actors(&self) -> Result<Vec<KnownActor>> {
        let mut found = Vec::new();
        let sql = "SELECT a.number, a.key, a.name, a.role, a.country, a.kind, count(*) AS contacts
                   FROM actors a JOIN contact_actors c ON c.actor = a.number GROUP BY a.number ORDER BY contacts DESC, a.number";
        self.each(sql, &mut |row| {
            let kind: String = row.get(5)?;
            let kind = match kind.as_str() {
                "state" => ActorKind::State,
                "organisation" => ActorKind::Organisation,
                "group" => ActorKind::Group,
                _ => ActorKind::Person,
            };
            found.push(KnownActor {
                number: row.get(0)?,
                actor: Actor::from(ActorFacts {
                    key: row.get(1)?,
                    name: row.get(2)?,
                    role: row.get(3)?,
                    country: row.get(4)?,
                    kind,
                }),
                contacts: row.get::<_, i64>(6)? as usize,
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// Every outlet with the number of its documents, the busiest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn outlets(&self) -> Result<Vec<(String, usize)>> {
        let mut found = Vec::new();
        let sql = "SELECT outlet, count(*) AS n FROM documents WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY n DESC, outlet";
        self.each(sql, &mut |row| {
            found.push((row.get(0)?, row.get::<_, i64>(1)? as usize));
            Ok(())
        })?;
        Ok(found)
    }
}
