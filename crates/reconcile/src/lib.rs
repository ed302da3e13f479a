//! Owns reconciling: what all reports of a contact say together, where they clash, when it can have been, and how many
//! contacts the counts show to be missing.
//!
//! ```text
//! clusters → contacts (fields settled) → series of counts → dates narrowed → gaps → ids, time order → chronology
//! ```
//!
//! Reports are taken over as they are: a contact's date may be narrowed by other documents, a report's never is.

mod bounds;
pub mod confidence;
mod contact;
mod gaps;
mod identity;
mod narrow;
mod official;
mod parties;
mod series;
mod settle;
mod status;

use std::collections::HashSet;

use readout_types::{Chronology, Contact, Diagnostic, DocumentEntry, Extraction, Field, Linked, Original, Report};

/// Makes the chronology of what was extracted and linked.
///
/// `originals` are the original texts, or what was kept of them, by document; where there is none the entry's is empty. Contacts come in time
/// order, undated ones last; equal input gives equal output, and the order of the input shows only in the order of the
/// documents (and the indices that follow from it).
pub fn reconcile(extractions: Vec<Extraction>, linked: Linked, originals: Vec<Original>) -> Chronology {
    let mut extractions = extractions;
    // Copies are found; half of what is known of a document are the numbers that served for it.
    extractions.iter_mut().for_each(|e| e.fingerprint = Vec::new());
    let order = document_ranks(&extractions);
    // The reports move into their contacts, cluster by cluster; from then on the extractions are only documents.
    let boxed = |e: &mut Extraction| std::mem::take(&mut e.reports).into_iter().map(|r| Some(Box::new(r))).collect();
    let mut reports: Vec<Vec<Option<Box<Report>>>> = extractions.iter_mut().map(boxed).collect();
    let mut homes = Homes::new(reports.iter().map(Vec::len));
    let mut contacts: Vec<Contact> = Vec::with_capacity(linked.clusters.len());
    for cluster in linked.clusters {
        let mut places: Vec<((usize, usize), u32)> = cluster.reports.into_iter().zip(cluster.origins).collect();
        places.sort_by_key(|&((document, report), _)| (order[document], report));
        let (mut own, mut origins) = (Vec::with_capacity(places.len()), Vec::with_capacity(places.len()));
        for ((document, report), origin) in places {
            let place = reports.get_mut(document).and_then(|d| d.get_mut(report));
            let Some(found) = place.and_then(Option::take) else { continue };
            own.push((document, found));
            origins.push(origin);
            homes.note(document, report, contacts.len());
        }
        let mut contact = contact::conclude(&extractions, &own, &origins);
        contact.reports = own;
        contact.origins = origins;
        contact.origin_ties = cluster.origin_ties;
        contact.decisions = cluster.decisions;
        contact.confidence = confidence::of_contact(&contact);
        contacts.push(contact);
    }
    drop(reports);
    drop(order);
    let series = series::series(&contacts, &extractions);
    let mut diagnostics: Vec<Diagnostic> =
        extractions.iter_mut().flat_map(|e| std::mem::take(&mut e.diagnostics)).collect();
    diagnostics.extend(narrow::narrow(&mut contacts, &extractions, &series));
    let (gaps, warnings) = gaps::gaps(&contacts, &extractions, &series);
    diagnostics.extend(warnings);
    let seeds = contacts.iter().map(|contact| first_report(&extractions, contact)).collect::<Vec<_>>();
    name(&mut contacts, &seeds);
    drop(seeds);
    let counts = gaps::counted(&contacts, &extractions, &series);

    let mut statements = Vec::with_capacity(extractions.iter().map(|e| e.statements.len()).sum());
    for (document, extraction) in extractions.iter_mut().enumerate() {
        for statement in std::mem::take(&mut extraction.statements) {
            let home = statement.report.and_then(|r| homes.of(document, r)).and_then(|home| contacts.get(home));
            let id = home.map(|contact| contact.id.clone());
            statements.push((document, statement, id));
        }
    }
    drop(homes);
    // Ids are unique, so that no two are equal; and a stable sort would set up half the list beside it.
    contacts.sort_unstable_by(|a, b| time_key(a).cmp(&time_key(b)));
    let documents = documents(extractions, &linked.duplicates, originals);
    Chronology { tier: None, documents, contacts, gaps, counts, statements, diagnostics }
}

/// The contact of each report, by document: two lists for all documents, where a list for each would take more than its contents.
struct Homes {
    /// Where the reports of each document begin.
    begin: Vec<u32>,
    contact: Vec<u32>,
}

impl Homes {
    fn new(reports: impl Iterator<Item = usize>) -> Homes {
        let mut begin = vec![0u32];
        for n in reports {
            begin.push(begin.last().copied().unwrap_or(0) + n as u32);
        }
        let all = begin.last().copied().unwrap_or(0) as usize;
        Homes { begin, contact: vec![u32::MAX; all] }
    }

    fn at(&self, document: usize, report: usize) -> Option<usize> {
        let (from, to) = (*self.begin.get(document)? as usize, *self.begin.get(document + 1)? as usize);
        Some(from + report).filter(|at| *at < to)
    }

    fn note(&mut self, document: usize, report: usize, contact: usize) {
        if let Some(at) = self.at(document, report) {
            self.contact[at] = contact as u32;
        }
    }

    /// The contact; `None` where none was noted.
    fn of(&self, document: usize, report: usize) -> Option<usize> {
        self.contact.get(self.at(document, report)?).filter(|home| **home != u32::MAX).map(|home| *home as usize)
    }
}

/// Ranks of the documents by date (undated last), id and path.
fn document_ranks(extractions: &[Extraction]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..extractions.len()).collect();
    order.sort_by_key(|&i| {
        let e = &extractions[i];
        let day = e.date.chosen.as_ref().and_then(|c| c.value.earliest.or(c.value.latest));
        (day.is_none(), day, &e.id, &e.path, &e.url, &e.title)
    });
    let mut ranks = vec![0; order.len()];
    for (rank, document) in order.into_iter().enumerate() {
        ranks[document] = rank;
    }
    ranks
}

/// What names a contact by its content: the document with the smallest id and the words of its report's trigger. The
/// reports of a contact come in the order of their documents, then of mention.
fn first_report(extractions: &[Extraction], contact: &Contact) -> String {
    let reports = contact.reports.iter().filter_map(|(d, report)| Some((extractions.get(*d)?, report)));
    let words = |report: &Report| {
        let trigger = report.evidence.iter().find(|e| e.field == Field::Kind).or(report.evidence.first());
        trigger.map_or(String::new(), |e| format!("{} {}", e.source.text, e.source.original.span.start))
    };
    let first = reports.min_by_key(|(e, _)| &e.id);
    first.map_or(String::new(), |(e, report)| format!("{}\n{}", e.id, words(report)))
}

/// Gives every contact its id, in an order that only the content decides.
fn name(contacts: &mut [Contact], seeds: &[String]) {
    let mut order: Vec<usize> = (0..contacts.len()).collect();
    order.sort_by(|&a, &b| seeds[a].cmp(&seeds[b]).then_with(|| time_key(&contacts[a]).cmp(&time_key(&contacts[b]))));
    let mut taken = HashSet::new();
    for index in order {
        contacts[index].id = identity::id(&contacts[index], &seeds[index], &mut taken);
    }
}

type TimeKey<'a> =
    (bool, Option<readout_types::Date>, Option<readout_types::Date>, readout_types::ContactKind, &'a str);

/// By first day, then last day; undated last. "Before July 3" stands with July 2.
fn time_key(contact: &Contact) -> TimeKey<'_> {
    let days = contact.when.interval;
    let first = days.earliest.or(days.latest);
    (first.is_none(), first, days.latest, contact.kind, &contact.id)
}

/// Documents turned into entries before the room of those that are done is given back.
const GIVEN_BACK: usize = 1 << 14;

fn documents(
    mut extractions: Vec<Extraction>,
    duplicates: &[Option<usize>],
    mut originals: Vec<Original>,
) -> Vec<DocumentEntry> {
    let copied = |i: usize| duplicates.get(i).copied().flatten().and_then(|d| extractions.get(d));
    let mut copies: Vec<Option<String>> = (0..extractions.len()).map(|i| copied(i).map(|d| d.id.clone())).collect();
    originals.resize_with(extractions.len(), Original::default);
    let mut entries: Vec<DocumentEntry> = Vec::with_capacity(extractions.len());
    // From the last on, so that the list shrinks as the other grows.
    while let Some(e) = extractions.pop() {
        entries.push(DocumentEntry {
            id: e.id,
            path: e.path,
            source: e.source,
            title: e.title,
            url: e.url,
            date: e.date,
            language: e.language,
            duplicate_of: copies.pop().flatten(),
            original: originals.pop().unwrap_or_default(),
        });
        if extractions.len().is_multiple_of(GIVEN_BACK) {
            extractions.shrink_to_fit();
        }
    }
    entries.reverse();
    entries
}
