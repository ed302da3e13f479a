//! Owns the answer to a filter: which contacts and gaps of a chronology somebody asked for.

use readout_actors::fold;
use readout_types::{Actor, Chronology, Contact, Filter, Gap, Interval, Status};

use crate::Readout;
use crate::names::{Names, Wanted};

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
        let wanted = filter.who.iter().map(|name| Wanted::new(name, &self.knowledge.table)).collect();
        selection(chronology, filter, wanted)
    }
}

impl Names {
    /// Applies a filter.
    pub fn select(&self, chronology: &Chronology, filter: &Filter) -> Selection {
        selection(chronology, filter, filter.who.iter().map(|name| self.wanted(name)).collect())
    }
}

/// The words by which a contact is found: participants, place, topics, outcomes, evidence.
pub fn words_of(contact: &Contact) -> String {
    let mut words: Vec<&str> = contact.participants.iter().map(|a| a.name.as_str()).collect();
    words.extend(contact.place.as_ref().map(|p| p.name.as_str()));
    words.extend(contact.topics.iter().chain(&contact.outcomes).map(String::as_str));
    words.extend(contact.reports.iter().flat_map(|(_, r)| r.evidence.iter().map(|e| &*e.source.text)));
    words.join("\n")
}

fn selection(chronology: &Chronology, filter: &Filter, wanted: Vec<Wanted>) -> Selection {
    let among = |actors: &[Actor]| wanted.iter().all(|w| actors.iter().any(|a| w.means(a)));
    let kind = |kind| filter.kinds.is_empty() || filter.kinds.contains(&kind);
    let status = |status| filter.statuses.is_empty() || filter.statuses.contains(&status);
    let outlets: Vec<String> = filter.outlets.iter().map(|o| fold(o)).collect();
    let outlet = |contact: &Contact| {
        let sources = contact.reports.iter().filter_map(|(d, _)| chronology.documents.get(*d)?.source.as_deref());
        outlets.is_empty() || sources.map(fold).any(|source| outlets.iter().any(|o| source.contains(o.as_str())))
    };
    let words: Vec<String> = filter.words.iter().flat_map(|w| folded_words(w)).collect();
    let has_words = |contact: &Contact| {
        words.is_empty() || {
            let found = folded_words(&words_of(contact));
            words.iter().all(|w| found.iter().any(|f| f.starts_with(w.as_str())))
        }
    };
    let mut selection = Selection::default();
    for (i, contact) in chronology.contacts.iter().enumerate() {
        if !kind(contact.kind)
            || !status(contact.status)
            || !among(&contact.participants)
            || (filter.disputed && contact.disputes.is_empty())
            || (filter.single_source && contact.independent_sources != 1)
            || contact.confidence.contact < filter.min_confidence
            || !outlet(contact)
            || !has_words(contact)
        {
            continue;
        }
        match fits(contact, filter.days) {
            Some(true) => selection.contacts.push(i),
            Some(false) => {}
            None => selection.undated_left_out += 1,
        }
    }
    // A gap has no outlet, no dispute and no words of its own.
    let whole =
        Filter { who: Vec::new(), kinds: Vec::new(), statuses: Vec::new(), days: filter.days, ..filter.clone() };
    let asked = Filter { days: filter.days, ..Filter::default() };
    for (i, gap) in chronology.gaps.iter().enumerate().filter(|_| whole == asked) {
        // What is missing is counted as held.
        if kind(gap.kind) && status(Status::Held) && among(&gap.participants) && days(gap).overlaps(filter.days) {
            selection.gaps.push(i);
        }
    }
    selection
}

/// Lower-case words without accents.
fn folded_words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
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
