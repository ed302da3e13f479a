//! Owns what somebody who browses a ledger asks beside a filter: pages of rows, stretches of time, neighbours, readable texts.

use readout_types::{Chronology, CleanDocument, Filter, Gap, Part, Totals};

use crate::{Ledger, Page, Query, Result, Stretch, Tally, Texts};

impl Ledger {
    /// What tells whether anything was written since this ledger was last asked: equal numbers, nothing was.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version()?)
    }

    /// The contacts that a query lets through, `limit` of them after the first `skip`, without texts and gaps.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn page(&self, query: &Query, skip: usize, limit: usize) -> Result<(Page, Part)> {
        let page = self.store.find(query, skip, limit)?;
        let part = self.store.part(&page.contacts, &|_| false, Texts::Without)?;
        Ok((page, part))
    }

    /// How many contacts a query lets through, as [`Page`] has it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn count(&self, query: &Query) -> Result<usize> {
        Ok(self.store.find(query, 0, 0)?.total)
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

    /// The contacts at most `around` rows before and behind a row, itself left out, without texts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn neighbours(&self, row: usize, around: usize) -> Result<Part> {
        let mut numbers = self.store.rows(row.saturating_sub(around), row.saturating_sub(1))?;
        numbers.extend(self.store.rows(row + 1, row + around)?);
        Ok(self.store.part(&numbers, &|_| false, Texts::Without)?)
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
