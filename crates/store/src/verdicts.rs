//! Owns the writing of one person's verdict: the row of one contact, and what became of every decision, in one transaction.

use readout_types::{Contact, Judgement};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::bodies::unpack;
use crate::edition::{Actors, Decision, StoredContact, add_contact, decisions, forget_contact, notes};
use crate::{Result, Store, StoreError};

impl Store {
    /// Gives a contact other judgements than it has, and leaves all else as it is. `decided` is what became of every decision.
    ///
    /// # Errors
    /// There is no such contact, or the store cannot be written to; then nothing is changed.
    pub fn judge(
        &mut self,
        id: &str,
        judgements: Vec<Judgement>,
        decided: &[Decision],
        noted: &[(&str, String)],
    ) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| crate::failure(&path, e);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let found: Option<(i64, i64, String, Vec<u8>)> = transaction
            .query_row("SELECT number, row, words, body FROM contacts WHERE id = ?1", params![id], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
            })
            .optional()
            .map_err(fail)?;
        let read = found.and_then(|(number, row, words, body)| Some((number, row, words, unpack::<Contact>(&body)?)));
        let Some((number, row, words, mut contact)) = read else {
            return Err(StoreError::Damaged(path.clone(), format!("the contact {id}")));
        };
        contact.judgements = judgements;
        let mut actors = Actors::read(&transaction).map_err(fail)?;
        forget_contact(&transaction, number).map_err(fail)?;
        let stored = StoredContact::new(&contact, &contact, row as usize, words);
        add_contact(&transaction, &stored, &mut actors).map_err(fail)?;
        decisions(&transaction, decided).map_err(fail)?;
        notes(&transaction, noted).map_err(fail)?;
        transaction.commit().map_err(fail)
    }
}
