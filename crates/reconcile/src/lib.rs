//! Owns reconciling: what all reports of a contact say together, where they clash, when it can have been, and how many
//! contacts the counts show to be missing.
//!
//! ```text
//! clusters → contacts (fields settled) → series of counts → dates narrowed → gaps → ids, time order → chronology
//! ```
//!
//! Reports are taken over as they are: a contact's date may be narrowed by other documents, a report's never is.

mod bounds;
mod contact;
mod gaps;
mod identity;
mod narrow;
mod parties;
mod series;
mod settle;
mod status;

use std::collections::{HashMap, HashSet};

use readout_types::{Chronology, Contact, Diagnostic, DocumentEntry, Extraction, Field, Linked, Original, Report};

/// Makes the chronology of what was extracted and linked.
///
/// `originals` are the original texts, or what was kept of them, by document; where there is none the entry's is empty. Contacts come in time
/// order, undated ones last; equal input gives equal output, and the order of the input shows only in the order of the
/// documents (and the indices that follow from it).
pub fn reconcile(extractions: Vec<Extraction>, linked: Linked, originals: Vec<Original>) -> Chronology {
    let order = document_ranks(&extractions);
    let mut contacts: Vec<Contact> =
        linked.clusters.iter().map(|cluster| contact::conclude(&extractions, cluster, &order)).collect();
    let seeds: Vec<String> = linked.clusters.iter().map(|c| first_report(&extractions, &c.reports, &order)).collect();
    // The reports move into their contacts; from here on the extractions are only documents.
    let mut extractions = extractions;
    let mut reports: Vec<Vec<Option<Report>>> =
        extractions.iter_mut().map(|e| std::mem::take(&mut e.reports).into_iter().map(Some).collect()).collect();
    let mut homes: HashMap<(usize, usize), usize> = HashMap::new();
    for (index, cluster) in linked.clusters.iter().enumerate() {
        let mut places = cluster.reports.clone();
        places.sort_by_key(|&(document, report)| (order[document], report));
        let mut take = |&(d, r): &(usize, usize)| Some((d, reports.get_mut(d)?.get_mut(r)?.take()?));
        contacts[index].reports = places.iter().filter_map(&mut take).collect();
        homes.extend(places.into_iter().map(|place| (place, index)));
    }
    let series = series::series(&contacts, &extractions);
    let mut diagnostics: Vec<Diagnostic> = extractions.iter().flat_map(|e| e.diagnostics.iter().cloned()).collect();
    diagnostics.extend(narrow::narrow(&mut contacts, &extractions, &series));
    let (gaps, warnings) = gaps::gaps(&contacts, &extractions, &series);
    diagnostics.extend(warnings);
    name(&mut contacts, &seeds);

    let mut statements = Vec::new();
    for (document, extraction) in extractions.iter().enumerate() {
        for statement in &extraction.statements {
            let home = statement.report.and_then(|r| homes.get(&(document, r)));
            statements.push((document, statement.clone(), home.map(|h| contacts[*h].id.clone())));
        }
    }
    contacts.sort_by(|a, b| time_key(a).cmp(&time_key(b)));
    Chronology { documents: documents(&extractions, &linked, &originals), contacts, gaps, statements, diagnostics }
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

/// What names a cluster by its content: the document with the smallest id and the words of its report's trigger.
fn first_report(extractions: &[Extraction], reports: &[(usize, usize)], order: &[usize]) -> String {
    let find = |&(d, r): &(usize, usize)| Some((extractions.get(d)?, r, extractions.get(d)?.reports.get(r)?, order[d]));
    let first = reports.iter().filter_map(find).min_by_key(|(e, r, _, rank)| (&e.id, *rank, *r));
    let words = |report: &Report| {
        let trigger = report.evidence.iter().find(|e| e.field == Field::Kind).or(report.evidence.first());
        trigger.map_or(String::new(), |e| format!("{} {}", e.source.text, e.source.original.span.start))
    };
    first.map_or(String::new(), |(e, _, report, _)| format!("{}\n{}", e.id, words(report)))
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

fn documents(extractions: &[Extraction], linked: &Linked, originals: &[Original]) -> Vec<DocumentEntry> {
    let copied = |i: usize| linked.duplicates.get(i).copied().flatten();
    extractions
        .iter()
        .enumerate()
        .map(|(i, e)| DocumentEntry {
            id: e.id.clone(),
            path: e.path.clone(),
            source: e.source.clone(),
            title: e.title.clone(),
            url: e.url.clone(),
            date: e.date.clone(),
            language: e.language.clone(),
            duplicate_of: copied(i).and_then(|d| extractions.get(d)).map(|d| d.id.clone()),
            original: originals.get(i).cloned().unwrap_or_default(),
        })
        .collect()
}
