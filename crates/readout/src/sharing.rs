//! Owns the sharing of actors among documents: who is named in a hundred thousand of them is kept once.

use std::collections::HashSet;

use readout_types::{Actor, Extraction};

/// The actors met so far.
#[derive(Default)]
pub(crate) struct Sharing(HashSet<Actor>);

impl Sharing {
    /// Puts the one kept actor in place of each equal one. What the document says does not change.
    pub(crate) fn share(&mut self, extraction: &mut Extraction) {
        for report in &mut extraction.reports {
            let parties = report.participants.iter_mut().chain(&mut report.initiator);
            parties.chain(report.said_by.iter_mut().map(|said| &mut said.speaker)).for_each(|actor| self.keep(actor));
        }
        extraction.statements.iter_mut().filter_map(|s| s.speaker.as_mut()).for_each(|actor| self.keep(actor));
    }

    fn keep(&mut self, actor: &mut Actor) {
        match self.0.get(actor) {
            Some(known) => *actor = known.clone(),
            None => _ = self.0.insert(actor.clone()),
        }
    }
}
