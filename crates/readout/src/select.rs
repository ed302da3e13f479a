//! Owns the question: which contacts and gaps of a chronology somebody asked for.

use readout_types::{Actor, Chronology, Contact, ContactKind, Gap, Interval, Status};

use crate::Readout;
use crate::names::Wanted;

/// What to show. The default shows everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// All of these take part: names of people, countries or organisations, or parts of them.
    pub who: Vec<String>,
    /// Any of these kinds; empty: all.
    pub kinds: Vec<ContactKind>,
    /// Any of these statuses; empty: all.
    pub statuses: Vec<Status>,
    /// Contacts that can lie in these days. A contact of which no day is known is left out when this has a bound.
    pub days: Interval,
}

/// What a filter lets through, as indices into a chronology.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Contacts.
    pub contacts: Vec<usize>,
    /// Gaps.
    pub gaps: Vec<usize>,
    /// Contacts left out only because no day of theirs is known.
    pub undated_left_out: usize,
}

impl Readout {
    /// Applies a filter.
    pub fn select(&self, chronology: &Chronology, filter: &Filter) -> Selection {
        let wanted: Vec<Wanted> = filter.who.iter().map(|name| Wanted::new(name, &self.knowledge.table)).collect();
        let among = |actors: &[Actor]| wanted.iter().all(|w| actors.iter().any(|a| w.means(a)));
        let kind = |kind| filter.kinds.is_empty() || filter.kinds.contains(&kind);
        let status = |status| filter.statuses.is_empty() || filter.statuses.contains(&status);
        let mut selection = Selection::default();
        for (i, contact) in chronology.contacts.iter().enumerate() {
            if !kind(contact.kind) || !status(contact.status) || !among(&contact.participants) {
                continue;
            }
            match fits(contact, filter.days) {
                Some(true) => selection.contacts.push(i),
                Some(false) => {}
                None => selection.undated_left_out += 1,
            }
        }
        for (i, gap) in chronology.gaps.iter().enumerate() {
            // What is missing is counted as held.
            if kind(gap.kind) && status(Status::Held) && among(&gap.participants) && days(gap).overlaps(filter.days) {
                selection.gaps.push(i);
            }
        }
        selection
    }
}

/// Whether a contact can lie in the days; `None` when nothing is known of its own.
fn fits(contact: &Contact, days: Interval) -> Option<bool> {
    if days.is_unknown() {
        return Some(true);
    }
    let interval = contact.when.interval;
    (!interval.is_unknown()).then(|| interval.overlaps(days))
}

fn days(gap: &Gap) -> Interval {
    Interval { earliest: gap.after, latest: gap.before }
}
