//! Owns what somebody who browses a ledger asks beside a filter: pages of rows, stretches of time, neighbours, readable texts.

use readout_types::{Chronology, CleanDocument, Contact, Filter, Gap, Part, Totals};

use crate::{Ledger, Query, Result, Stretch, Tally, Texts};

impl Ledger {
    /// What tells whether anything was written since this ledger was last asked: equal numbers, nothing was.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version()?)
    }

    /// How many contacts a query lets through; of these, without a day; and left out only because of days.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn sums(&self, query: &Query) -> Result<[usize; 3]> {
        let page = self.store.find(query, 0, 0)?;
        let undated = match (query.undated, query.days.is_unknown()) {
            (true, _) => page.total,
            // Where days are asked for, those without a day are not among the answer.
            (false, false) => 0,
            (false, true) => self.store.find(&Query { undated: true, ..query.clone() }, 0, 0)?.total,
        };
        Ok([page.total, undated, page.undated_left_out])
    }

    /// The contacts that a query lets through, `limit` of them after the first `skip`, with their row numbers. For rows: their
    /// documents are not there.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn rows(&self, query: &Query, skip: usize, limit: usize) -> Result<Vec<(usize, Contact)>> {
        Ok(self.store.bare(query, skip, limit)?)
    }

    /// Numbers of the contacts that can be in doubt and that nobody has judged, in the order of the chronology.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn unjudged(&self) -> Result<Vec<i64>> {
        Ok(self.store.unjudged()?)
    }

    /// Contacts by their numbers in the store, as [`Ledger::rows`] gives them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn rows_of(&self, contacts: &[i64]) -> Result<Vec<(usize, Contact)>> {
        Ok(self.store.bare_of(contacts)?)
    }

    /// The contacts that a query lets through, as a chart needs them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn stretches(&self, query: &Query) -> Result<Vec<Stretch>> {
        Ok(self.store.stretches(query)?)
    }

    /// Who takes part in what: numbers of contacts and of their actors, by contact.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn parties(&self) -> Result<Vec<(i64, i64)>> {
        Ok(self.store.parties()?)
    }

    /// The gaps that a filter lets through, with the documents they rest on.
    ///
    /// # Errors
    /// The store, or own actors, cannot be read.
    pub fn gaps(&self, filter: &Filter) -> Result<Part> {
        let names = self.names()?;
        let fits = |gap: &Gap| {
            let alone = Chronology { gaps: vec![gap.clone()], ..Chronology::default() };
            !names.select(&alone, filter).gaps.is_empty()
        };
        Ok(self.store.part(&[], &fits, Texts::Without)?)
    }

    /// The contacts at most `around` rows before and behind a row, itself left out, as [`Ledger::rows`] gives them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn neighbours(&self, row: usize, around: usize) -> Result<Vec<(usize, Contact)>> {
        let mut numbers = self.store.rows(row.saturating_sub(around), row.saturating_sub(1))?;
        numbers.extend(self.store.rows(row + 1, row + around)?);
        Ok(self.store.bare_of(&numbers)?)
    }

    /// A document as it is read, furniture marked, and the contacts that it reports; `None` where there is none with that id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn reading(&self, document: &str) -> Result<Option<(CleanDocument, Part)>> {
        let Some(listed) = self.store.document(document)? else { return Ok(None) };
        let contacts = self.store.reported_by(document)?;
        let part = self.store.part(&contacts, &|_| false, Texts::Without)?;
        Ok(Some((readout::clean(listed.raw), part)))
    }

    /// How much there is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn totals(&self) -> Result<Totals> {
        Ok(self.store.totals()?)
    }

    /// How many contacts there are of each kind and of each status, and in how many each country or organisation takes part.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tallies(&self) -> Result<[Tally; 3]> {
        Ok(self.store.tallies()?)
    }
}
