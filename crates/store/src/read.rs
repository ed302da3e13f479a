//! Owns reading the chronology back: all of it, or some contacts with the documents they rest on.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use readout_types::{Chronology, Contact, CountSeries, DocumentEntry, Gap, Original, Part, Statement, Totals};
use rusqlite::params;

use crate::bodies::{documents_of, documents_of_counts, documents_of_gap, rename, unpack};
use crate::edition::{Decision, read_decisions};
use crate::{Result, Store};

/// Whether original texts are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Empty.
    Without,
    /// Of every document that is read.
    With,
}

impl Store {
    /// The whole chronology, and how many of its documents could not be used.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn chronology(&self, texts: Texts) -> Result<(Chronology, usize)> {
        self.at_once(|| self.chronology_now(texts))
    }

    fn chronology_now(&self, texts: Texts) -> Result<(Chronology, usize)> {
        let (documents, numbers) = self.documents(None, texts)?;
        let mut contacts = Vec::new();
        self.each("SELECT body FROM contacts ORDER BY row", &mut |row| {
            contacts.push(row.get::<_, Vec<u8>>(0)?);
            Ok(())
        })?;
        let contacts = contacts.iter().map(|body| self.contact_of(body, &numbers)).collect::<Result<_>>()?;
        let mut statements = Vec::new();
        self.each("SELECT document, contact, body FROM statements ORDER BY position", &mut |row| {
            statements.push((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Vec<u8>>(2)?));
            Ok(())
        })?;
        let statements = statements
            .into_iter()
            .map(|(document, contact, body)| {
                let document = numbers.get(&(document as usize)).copied();
                let statement: Option<Statement> = unpack(&body);
                document.zip(statement).map(|(d, s)| (d, s, contact)).ok_or_else(|| self.damaged("a statement"))
            })
            .collect::<Result<_>>()?;
        let mut diagnostics = Vec::new();
        self.each("SELECT body FROM diagnostics ORDER BY position", &mut |row| {
            diagnostics.push(unpack(&row.get::<_, Vec<u8>>(0)?));
            Ok(())
        })?;
        let diagnostics = diagnostics.into_iter().map(|d| d.ok_or_else(|| self.damaged("a message")));
        let diagnostics = diagnostics.collect::<Result<_>>()?;
        let gaps = self.gaps(&numbers)?;
        let unused = self.number("SELECT count(*) FROM documents WHERE unused")?;
        let counts = self.counts(&numbers)?;
        let tier = self.tier()?;
        Ok((Chronology { tier, documents, contacts, gaps, counts, statements, diagnostics }, unused))
    }

    /// Some contacts, given by the numbers that a page gives, in that order, and the gaps that `gap` lets through, with
    /// their documents and statements.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn part(&self, contacts: &[i64], gap: &dyn Fn(&Gap) -> bool, texts: Texts) -> Result<Part> {
        self.at_once(|| self.part_now(contacts, gap, texts))
    }

    fn part_now(&self, contacts: &[i64], gap: &dyn Fn(&Gap) -> bool, texts: Texts) -> Result<Part> {
        let mut found: Vec<(usize, Contact)> = Vec::new();
        let mut wanted = BTreeSet::new();
        let mut statement = self
            .connection
            .prepare_cached("SELECT row, body FROM contacts WHERE number = ?1")
            .map_err(|e| self.fail(e))?;
        for number in contacts {
            let mut rows = statement.query([number]).map_err(|e| self.fail(e))?;
            let Some(row) = rows.next().map_err(|e| self.fail(e))? else { continue };
            let at: i64 = row.get(0).map_err(|e| self.fail(e))?;
            let body: Vec<u8> = row.get(1).map_err(|e| self.fail(e))?;
            let mut contact: Contact = unpack(&body).ok_or_else(|| self.damaged("a contact"))?;
            wanted.extend(documents_of(&mut contact).into_iter().map(|d| *d));
            found.push((at as usize, contact));
        }
        let mut gaps: Vec<Gap> = self.numbered_gaps()?.into_iter().filter(|g| gap(g)).collect();
        wanted.extend(gaps.iter_mut().flat_map(documents_of_gap).map(|d| *d));
        let (documents, names) = self.documents(Some(&wanted), texts)?;
        for gap in &mut gaps {
            rename(documents_of_gap(gap), &names).ok_or_else(|| self.damaged("a gap"))?;
        }
        let mut chronology = Chronology { tier: self.tier()?, documents, gaps, ..Chronology::default() };
        let mut rows = Vec::with_capacity(found.len());
        for (row, mut contact) in found {
            rename(documents_of(&mut contact), &names).ok_or_else(|| self.damaged("a contact"))?;
            self.statements_about(&contact.id, &names, &mut chronology)?;
            rows.push(row);
            chronology.contacts.push(contact);
        }
        Ok(Part { chronology, rows, whole: self.totals()? })
    }

    /// The contact with an id, its documents with their texts, and its statements; `None` where there is none.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn contact(&self, id: &str) -> Result<Option<Part>> {
        let mut number = None;
        let mut statement =
            self.connection.prepare_cached("SELECT number FROM contacts WHERE id = ?1").map_err(|e| self.fail(e))?;
        let mut rows = statement.query([id]).map_err(|e| self.fail(e))?;
        if let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            number = Some(row.get::<_, i64>(0).map_err(|e| self.fail(e))?);
        }
        number.map(|n| self.part(&[n], &|_| false, Texts::With)).transpose()
    }

    fn statements_about(&self, id: &str, names: &HashMap<usize, usize>, into: &mut Chronology) -> Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT document, body FROM statements WHERE contact = ?1 ORDER BY position")
            .map_err(|e| self.fail(e))?;
        let mut rows = statement.query([id]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let document: i64 = row.get(0).map_err(|e| self.fail(e))?;
            let body: Vec<u8> = row.get(1).map_err(|e| self.fail(e))?;
            let known = names.get(&(document as usize));
            if let Some((document, said)) = known.zip(unpack::<Statement>(&body)) {
                into.statements.push((*document, said, Some(id.to_owned())));
            }
        }
        Ok(())
    }

    /// How much there is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn totals(&self) -> Result<Totals> {
        let mut totals = Totals { contacts: self.number("SELECT count(*) FROM contacts")?, ..Totals::default() };
        let sql = "SELECT count(*), count(*) - count(outlet), count(DISTINCT outlet), count(copies) FROM documents";
        self.each(sql, &mut |row| {
            let get = |i| row.get::<_, i64>(i).map(|n| n as usize);
            (totals.documents, totals.unnamed, totals.outlets, totals.copies) = (get(0)?, get(1)?, get(2)?, get(3)?);
            Ok(())
        })?;
        Ok(totals)
    }

    /// Every document, or those with certain numbers, in order, and the index of each number.
    pub(crate) fn documents(
        &self,
        wanted: Option<&BTreeSet<usize>>,
        texts: Texts,
    ) -> Result<(Vec<DocumentEntry>, HashMap<usize, usize>)> {
        let sql = |of: &str| match texts {
            Texts::Without => format!("SELECT number, entry, NULL FROM documents {of} ORDER BY position"),
            Texts::With => format!(
                "SELECT number, entry, text FROM documents JOIN texts ON texts.hash = documents.hash {of} ORDER BY position"
            ),
        };
        let mut found: Vec<(usize, Vec<u8>, Option<String>)> = Vec::new();
        let mut take = |row: &rusqlite::Row<'_>| {
            found.push((row.get::<_, i64>(0)? as usize, row.get(1)?, row.get(2)?));
            Ok(())
        };
        match wanted {
            None => self.each(&sql(""), &mut take)?,
            Some(wanted) => {
                let list = serde_json::to_string(wanted).unwrap_or_default();
                let mut statement = self
                    .connection
                    .prepare_cached(&sql("WHERE number IN (SELECT value FROM json_each(?1))"))
                    .map_err(|e| self.fail(e))?;
                let mut rows = statement.query(params![list]).map_err(|e| self.fail(e))?;
                while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
                    take(row).map_err(|e| self.fail(e))?;
                }
            }
        }
        let (mut documents, mut numbers) = (Vec::with_capacity(found.len()), HashMap::new());
        for (number, body, text) in found {
            let mut entry: DocumentEntry = unpack(&body).ok_or_else(|| self.damaged("a document's entry"))?;
            entry.original = text.map_or_else(Original::default, |text| Original::whole(Arc::from(text)));
            numbers.insert(number, documents.len());
            documents.push(entry);
        }
        Ok((documents, numbers))
    }

    /// The gaps, their documents named by index; those that rest on documents without an index are left out.
    pub(crate) fn gaps(&self, names: &HashMap<usize, usize>) -> Result<Vec<Gap>> {
        let mut gaps = Vec::new();
        self.each("SELECT body FROM gaps ORDER BY position", &mut |row| {
            gaps.push(row.get::<_, Vec<u8>>(0)?);
            Ok(())
        })?;
        let mut named = Vec::with_capacity(gaps.len());
        for body in gaps {
            let mut gap: Gap = unpack(&body).ok_or_else(|| self.damaged("a gap"))?;
            if rename(documents_of_gap(&mut gap), names).is_some() {
                named.push(gap);
            }
        }
        Ok(named)
    }

    /// The ledgers of counts, their documents named by index.
    fn counts(&self, names: &HashMap<usize, usize>) -> Result<Vec<CountSeries>> {
        let mut bodies = Vec::new();
        self.each("SELECT body FROM counts ORDER BY position", &mut |row| {
            bodies.push(row.get::<_, Vec<u8>>(0)?);
            Ok(())
        })?;
        let read = |body: Vec<u8>| {
            let mut series: CountSeries = unpack(&body)?;
            rename(documents_of_counts(&mut series), names).map(|()| series)
        };
        bodies.into_iter().map(|body| read(body).ok_or_else(|| self.damaged("a ledger of counts"))).collect()
    }

    /// The gaps with the documents they rest on, named by their numbers.
    pub(crate) fn numbered_gaps(&self) -> Result<Vec<Gap>> {
        let mut gaps = Vec::new();
        self.each("SELECT body FROM gaps ORDER BY position", &mut |row| {
            gaps.push(unpack::<Gap>(&row.get::<_, Vec<u8>>(0)?));
            Ok(())
        })?;
        gaps.into_iter().map(|g| g.ok_or_else(|| self.damaged("a gap"))).collect()
    }

    fn contact_of(&self, body: &[u8], numbers: &HashMap<usize, usize>) -> Result<Contact> {
        let mut contact: Contact = unpack(body).ok_or_else(|| self.damaged("a contact"))?;
        rename(documents_of(&mut contact), numbers).ok_or_else(|| self.damaged("a contact"))?;
        Ok(contact)
    }

    /// What people decided, as of the last edition.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        read_decisions(&self.connection).map_err(|e| self.fail(e))
    }

    /// Several reads of one edition, whatever is written meanwhile.
    pub(crate) fn at_once<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        self.connection.execute_batch("SAVEPOINT reading").map_err(|e| self.fail(e))?;
        let done = read();
        self.connection.execute_batch("RELEASE reading").map_err(|e| self.fail(e))?;
        done
    }

    pub(crate) fn number(&self, sql: &str) -> Result<usize> {
        let found = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        found.map(|n| n as usize).map_err(|e| self.fail(e))
    }

    pub(crate) fn each(
        &self,
        sql: &str,
        take: &mut dyn FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let mut rows = statement.query([]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            take(row).map_err(|e| self.fail(e))?;
        }
        Ok(())
    }
}
