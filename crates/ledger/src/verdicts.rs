//! Owns the short way to the next edition: a verdict on one contact changes that contact and nothing else.
//!
//! Verdicts are replayed last, on finished contacts, so that what was read, linked and reconciled stands. The short way is taken
//! only where it can be seen to give what the whole replay gives (`tests/verdicts.rs` compares them); in doubt the edition is
//! made anew.

use std::collections::{BTreeSet, HashSet};

use readout_corrections::{Act, Anchor, Book, Correction, State, anchors_of};
use readout_store::{Decision, Texts};
use readout_types::{Contact, Judgement, Part, TextPart, Verdict};

use crate::{Ledger, MADE_WITH, Result};

/// Where the words of a report stand: document, title or text, code points.
type Place = (String, bool, u32, u32);

fn place(anchor: &Anchor) -> Place {
    (anchor.document.clone(), anchor.part == TextPart::Title, anchor.start, anchor.end)
}

fn is_verdict(act: &Act) -> bool {
    matches!(act, Act::Confirm { .. } | Act::Unsure { .. })
}

impl Ledger {
    /// Writes a decision that was just added to the file, where it is a verdict or takes one back and the edition of `before` stands
    /// in the store. `false`: nothing is written, and the edition must be made anew.
    pub(crate) fn judge(&mut self, before: &Book, made: &Correction) -> Result<bool> {
        let Some(ended) = ended(before, &self.files.book, made) else { return Ok(false) };
        let Some(decided) = self.decided(made, &ended)? else { return Ok(false) };
        let Some((contact, judgements)) = self.judged(made, &ended)? else { return Ok(false) };
        let noted = [(MADE_WITH, self.made_with())];
        self.store.judge(&contact, judgements, &decided, &noted)?;
        Ok(true)
    }

    /// The contact that a decision is about, and its judgements from now on.
    fn judged(&self, made: &Correction, ended: &[String]) -> Result<Option<(String, Vec<Judgement>)>> {
        let verdict = match &made.act {
            Act::Confirm { .. } => Some(Verdict::Confirmed),
            Act::Unsure { .. } => Some(Verdict::Unsure),
            _ => None,
        };
        let of = if verdict.is_some() { &made.id } else { &ended[0] };
        let targets = self.files.book.all().iter().find(|c| c.id == *of).map(|c| c.act.targets());
        let Some([target]) = targets.as_deref() else { return Ok(None) };
        let Some(part) = self.contact(&target.contact)? else { return Ok(None) };
        let Some(contact) = part.chronology.contacts.first() else { return Ok(None) };
        let over = |j: &Judgement| ended.contains(&j.correction);
        if contact.judgements.iter().filter(|j| over(j)).count() != ended.len() {
            return Ok(None);
        }
        let mut judgements: Vec<Judgement> = contact.judgements.iter().filter(|j| !over(j)).cloned().collect();
        if let Some(verdict) = verdict {
            let other = judgements.iter().any(|j| matches!(j.verdict, Verdict::Confirmed | Verdict::Unsure));
            if other || !self.meant_alone(&part, contact, &target.reports, made)? {
                return Ok(None);
            }
            judgements.push(Judgement {
                correction: made.id.clone(),
                by: made.by.clone(),
                at: made.at.clone(),
                why: made.why.clone(),
                verdict,
            });
        }
        Ok(Some((contact.id.clone(), judgements)))
    }

    /// Whether the words that a verdict is anchored to are those of the contact's reports and of no others, and no other
    /// decision can be about them.
    fn meant_alone(&self, part: &Part, contact: &Contact, anchors: &[Anchor], made: &Correction) -> Result<bool> {
        let own: BTreeSet<Place> = anchors_of(contact, &part.chronology.documents).iter().map(place).collect();
        if own.len() != contact.reports.len() || own != anchors.iter().map(place).collect() {
            return Ok(false);
        }
        let documents: BTreeSet<&str> = anchors.iter().map(|a| a.document.as_str()).collect();
        let texts: HashSet<&str> = anchors.iter().map(|a| a.hash.as_str()).collect();
        let mut others: BTreeSet<Place> = BTreeSet::new();
        for document in &documents {
            let near = self.store.part(&self.store.reported_by(document)?, &|_| false, Texts::With)?.chronology;
            for other in near.contacts.iter().filter(|c| c.id != contact.id) {
                others.extend(anchors_of(other, &near.documents).iter().map(place));
            }
        }
        if !own.is_disjoint(&others) {
            return Ok(false);
        }
        let clear = |decision: &Correction| {
            let targets = decision.act.targets();
            let here: Vec<&Anchor> = targets
                .iter()
                .flat_map(|t| &t.reports)
                .filter(|a| documents.contains(a.document.as_str()) || texts.contains(a.hash.as_str()))
                .collect();
            match &decision.act {
                // Reports that were taken out, or into others, can have stood before the contact's own.
                Act::NotAContact { .. } => here.is_empty(),
                Act::Merge { .. } => {
                    here.iter().map(|a| a.document.as_str()).collect::<BTreeSet<_>>().len() == here.len()
                }
                act if is_verdict(act) => here.iter().all(|a| others.contains(&place(a))),
                _ => true,
            }
        };
        Ok(self.files.book.holding().filter(|c| c.id != made.id).all(clear))
    }

    /// What became of every decision; `None` where something other than these becomes of one.
    fn decided(&self, made: &Correction, ended: &[String]) -> Result<Option<Vec<Decision>>> {
        let mut decided = self.store.decisions()?;
        let known = self.files.book.all();
        let same = decided.len() + 1 == known.len() && decided.iter().zip(known).all(|(d, c)| d.id == c.id);
        if !same || !decided.iter().all(|d| matches!(d.state.as_str(), "applied" | "reverted" | "replaced")) {
            return Ok(None);
        }
        for decision in decided.iter_mut().filter(|d| ended.contains(&d.id)) {
            let taken_back = matches!(&made.act, Act::Revert { .. });
            decision.state = if taken_back { "reverted" } else { "replaced" }.to_owned();
            decision.note = format!("by {}", made.id);
        }
        decided.push(Decision {
            id: made.id.clone(),
            at: made.at.clone(),
            by: made.by.clone(),
            line: made.line(),
            state: "applied".to_owned(),
            note: String::new(),
        });
        Ok(Some(decided))
    }
}

/// The decisions that a new one ends; `None` where it is no verdict, comes before others, or changes more than verdicts.
fn ended(before: &Book, now: &Book, made: &Correction) -> Option<Vec<String>> {
    let (old, all) = (before.all(), now.all());
    let one_more = all.len() == old.len() + 1 && all.starts_with(old) && all.last() == Some(made);
    if !one_more || before.problems() != now.problems() || now.states().last() != Some(&State::Holds) {
        return None;
    }
    let mut ended = Vec::new();
    for (correction, (was, is)) in old.iter().zip(before.states().iter().zip(now.states())) {
        match (was, is) {
            _ if was == is => {}
            (State::Holds, State::Replaced(by) | State::Reverted(by))
                if *by == made.id && is_verdict(&correction.act) =>
            {
                ended.push(correction.id.clone());
            }
            _ => return None,
        }
    }
    match &made.act {
        Act::Revert { correction } => (ended == [correction.clone()]).then_some(ended),
        act => is_verdict(act).then_some(ended),
    }
}
