//! Owns what somebody who browses asks of a store: where contacts lie in time, who takes part in how many, one document.

use readout_types::{Contact, ContactKind, Date, Status};
use rusqlite::{OptionalExtension, params};

use crate::bodies::unpack;
use crate::documents::{LISTED, listed};
use crate::find::Conditions;
use crate::{ListedDocument, Query, Result, Store};

/// A contact as a chart needs it: no more than its row has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its number in the store.
    pub number: i64,
    /// Its row number in the chronology, from 1.
    pub row: usize,
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: ContactKind,
    /// Its status.
    pub status: Status,
    /// First possible day, where there is one.
    pub first: Option<Date>,
    /// Last possible day, where there is one.
    pub last: Option<Date>,
    /// Whether sources disagree.
    pub disputed: bool,
}

/// How many contacts there are of each of something, the most first.
pub type Tally = Vec<(String, usize)>;

/// A day of a column, such as 20251228.
fn date(day: Option<i64>) -> Option<Date> {
    let day = day?;
    let part = |n: i64| i8::try_from(n).ok();
    Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100 % 100)?, part(day % 100)?).ok()
}

impl Store {
    /// What tells whether anything was written since this store was last asked: equal numbers, nothing was.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        self.connection.pragma_query_value(None, "data_version", |row| row.get(0)).map_err(|e| self.fail(e))
    }

    /// The contacts that a query lets through, in the order of the chronology, as a chart needs them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn stretches(&self, query: &Query) -> Result<Vec<Stretch>> {
        let mut conditions = Conditions::of(query);
        conditions.days(query.days);
        let sql = format!(
            "SELECT number, row, id, kind, status, first, last, disputed FROM contacts {} ORDER BY row",
            conditions.clause()
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(|e| self.fail(e))?;
        let found = statement
            .query_map(rusqlite::params_from_iter(conditions.values.iter()), |row| {
                let (kind, status): (String, String) = (row.get(3)?, row.get(4)?);
                Ok(Stretch {
                    number: row.get(0)?,
                    row: row.get::<_, i64>(1)? as usize,
                    id: row.get(2)?,
                    // The words of the columns are those of the types; any other would be of a damaged file.
                    kind: ContactKind::parse(&kind).unwrap_or(ContactKind::Meeting),
                    status: Status::parse(&status).unwrap_or(Status::Unclear),
                    first: date(row.get(5)?),
                    last: date(row.get(6)?),
                    disputed: row.get(7)?,
                })
            })
            .map_err(|e| self.fail(e))?;
        found.collect::<rusqlite::Result<Vec<Stretch>>>().map_err(|e| self.fail(e))
    }

    /// The contacts that a query lets through, `limit` of them after the first `skip`, with their row numbers. Their
    /// documents are named by numbers of the store, which mean nothing outside: for rows, which name none.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bare(&self, query: &Query, skip: usize, limit: usize) -> Result<Vec<(usize, Contact)>> {
        let mut conditions = Conditions::of(query);
        conditions.days(query.days);
        let most = |n: usize| n.min(i64::MAX as usize);
        let limits = format!("ORDER BY row LIMIT {} OFFSET {}", most(limit), most(skip));
        self.at_once(|| self.bare_of(&self.numbers("SELECT number FROM contacts", &conditions, &limits)?))
    }

    /// Contacts by their numbers, as [`Store::bare`] gives them; those that are not there are left out.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bare_of(&self, numbers: &[i64]) -> Result<Vec<(usize, Contact)>> {
        let sql = "SELECT row, body FROM contacts WHERE number = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            let row = statement.query_row([number], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
            if let Some((row, body)) = row.optional().map_err(|e| self.fail(e))? {
                let contact: Contact = unpack(&body).ok_or_else(|| self.damaged("a contact"))?;
                found.push((row as usize, contact));
            }
        }
        Ok(found)
    }

    /// Who takes part in what: numbers of contacts and of their actors, by contact.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn parties(&self) -> Result<Vec<(i64, i64)>> {
        let mut found = Vec::new();
        self.each("SELECT contact, actor FROM contact_actors ORDER BY contact, actor", &mut |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// Numbers of the contacts that a document reports, in the order of the chronology.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn reported_by(&self, document: &str) -> Result<Vec<i64>> {
        let sql = "SELECT c.number FROM contacts c JOIN contact_documents r ON r.contact = c.number
                   JOIN documents d ON d.number = r.document WHERE d.id = ?1 ORDER BY c.row";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let found = statement.query_map([document], |row| row.get(0)).map_err(|e| self.fail(e))?;
        found.collect::<rusqlite::Result<Vec<i64>>>().map_err(|e| self.fail(e))
    }

    /// Numbers of the contacts with these row numbers, both included.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn rows(&self, from: usize, to: usize) -> Result<Vec<i64>> {
        let sql = "SELECT number FROM contacts WHERE row BETWEEN ?1 AND ?2 ORDER BY row";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let found = statement.query_map(params![from as i64, to as i64], |row| row.get(0)).map_err(|e| self.fail(e))?;
        found.collect::<rusqlite::Result<Vec<i64>>>().map_err(|e| self.fail(e))
    }

    /// Numbers of the contacts that can be in doubt and that nobody has judged: sources disagree, or several documents were
    /// linked. In the order of the chronology.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn unjudged(&self) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        let sql = "SELECT number FROM contacts WHERE verdict IS NULL AND (disputed OR number IN (
                     SELECT contact FROM contact_documents GROUP BY contact HAVING count(*) > 1)) ORDER BY row";
        self.each(sql, &mut |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// A document with its text; `None` where there is none with that id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<ListedDocument>> {
        let sql = format!("{LISTED} WHERE id = ?1");
        let found = {
            let mut statement = self.connection.prepare_cached(&sql).map_err(|e| self.fail(e))?;
            statement.query_row([id], listed).optional().map_err(|e| self.fail(e))?
        };
        let Some((_, mut document)) = found else { return Ok(None) };
        document.raw.text = self.text(&document.hash)?;
        Ok(Some(document))
    }

    /// How many contacts there are of each kind and of each status, and in how many each country or organisation takes part.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tallies(&self) -> Result<[Tally; 3]> {
        let tally = |sql: &str| {
            let mut found = Tally::new();
            self.each(sql, &mut |row| {
                found.push((row.get(0)?, row.get::<_, i64>(1)? as usize));
                Ok(())
            })?;
            Ok(found)
        };
        Ok([
            tally("SELECT kind, count(*) AS n FROM contacts GROUP BY kind ORDER BY n DESC, kind")?,
            tally("SELECT status, count(*) AS n FROM contacts GROUP BY status ORDER BY n DESC, status")?,
            tally(
                "SELECT a.country, count(DISTINCT c.contact) AS n FROM contact_actors c JOIN actors a ON a.number = c.actor
                 WHERE a.country IS NOT NULL GROUP BY a.country ORDER BY n DESC, a.country",
            )?,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_columns() {
        assert_eq!(date(Some(20_251_228)), Date::new(2025, 12, 28).ok());
        for none in [None, Some(0), Some(20_251_301), Some(i64::MAX)] {
            assert_eq!(date(none), None);
        }
    }
}
