//! Owns the narrowing of dates across documents: what is held lies before the text that says so, what is planned after
//! it, the second of a series before the sixth. Reports keep their own dates; only contacts are narrowed.

use readout_types::{Contact, Date, DateBasis, Diagnostic, Extraction, Interval, KindGroup, Level, Status};

use crate::bounds::{Constraint, Narrowed, Network, Node};
use crate::series::Series;

/// What the numbers of a network's nodes stand for.
struct Nodes {
    network: Network,
    /// Node of each contact.
    contacts: Vec<Node>,
    /// Node of each document.
    documents: Vec<Node>,
    /// For each constraint, the documents it rests on.
    sources: Vec<usize>,
}

impl Nodes {
    fn constrain(&mut self, earlier: Node, later: Node, gap: i32, document: usize, reason: String) {
        if earlier != later {
            self.network.constrain(Constraint { earlier, later, gap, reason });
            self.sources.push(document);
        }
    }
}

/// Narrows the dates of the contacts, notes how, and says which constraints contradict each other.
pub(crate) fn narrow(contacts: &mut [Contact], extractions: &[Extraction], series: &[Series]) -> Vec<Diagnostic> {
    let mut nodes =
        Nodes { network: Network::default(), contacts: Vec::new(), documents: Vec::new(), sources: Vec::new() };
    nodes.contacts = contacts.iter().map(|c| nodes.network.node(c.when.interval)).collect();
    nodes.documents = extractions.iter().map(|e| nodes.network.node(written(e))).collect();
    documents_bound(&mut nodes, contacts, extractions);
    counts_bound(&mut nodes, contacts, series);
    let narrowed = nodes.network.propagate();
    for (index, contact) in contacts.iter_mut().enumerate() {
        let (node, now) = (nodes.contacts[index], narrowed.bounds[nodes.contacts[index]]);
        if now != contact.when.interval {
            note(contact, now, &nodes.network, &narrowed, node);
        }
    }
    contradictions(&nodes, &narrowed, extractions)
}

fn note(contact: &mut Contact, now: Interval, network: &Network, narrowed: &Narrowed, node: Node) {
    let reason = |bound: Option<usize>| bound.map_or("", |c| network.constraint(c).reason.as_str());
    let before = contact.when.interval;
    if let Some(day) = now.earliest.filter(|_| now.earliest != before.earliest) {
        contact.narrowing.push(format!("no earlier than {}: {}", iso(day), reason(narrowed.because[node].0)));
    }
    if let Some(day) = now.latest.filter(|_| now.latest != before.latest) {
        contact.narrowing.push(format!("no later than {}: {}", iso(day), reason(narrowed.because[node].1)));
    }
    if before.is_unknown() {
        contact.when.basis = "bounds from other documents and counts".to_owned();
    }
    contact.when.interval = now;
}

fn iso(day: Date) -> String {
    Interval::day(day).edtf()
}

fn written(extraction: &Extraction) -> Interval {
    extraction.date.chosen.as_ref().map_or(Interval::UNKNOWN, |c| c.value)
}

/// Whether the document can have been written much earlier than its date says: then "is planned" bounds nothing.
fn may_be_older(extraction: &Extraction) -> bool {
    let basis = extraction.date.chosen.as_ref().map(|c| c.basis);
    matches!(basis, Some(DateBasis::Crawl | DateBasis::Clock))
}

/// What the date of a document says of the contacts it reports, and they of it.
fn documents_bound(nodes: &mut Nodes, contacts: &[Contact], extractions: &[Extraction]) {
    let mut ongoing: Vec<(usize, usize)> = Vec::new();
    let mut held: Vec<(usize, usize)> = Vec::new();
    for (index, contact) in contacts.iter().enumerate() {
        let node = nodes.contacts[index];
        for (document, report) in &contact.reports {
            let text = nodes.documents[*document];
            let day = written(&extractions[*document]);
            let of = if day.is_unknown() { "an undated document".to_owned() } else { format!("a document of {day}") };
            match report.status {
                Status::Held => {
                    nodes.constrain(node, text, 0, *document, format!("reported as held in {of}"));
                    held.push((*document, index));
                }
                Status::Ongoing => {
                    nodes.constrain(node, text, 0, *document, format!("reported as under way in {of}"));
                    if contact.kind.group() == KindGroup::Remote && !may_be_older(&extractions[*document]) {
                        // Both clocks are right when one side's call runs past the other's midnight.
                        nodes.constrain(text, node, -1, *document, format!("reported as under way in {of}"));
                    }
                    ongoing.push((*document, index));
                }
                Status::Planned | Status::Proposed if !may_be_older(&extractions[*document]) => {
                    let word = report.status.as_str();
                    nodes.constrain(text, node, 0, *document, format!("reported as {word} in {of}"));
                }
                _ => {}
            }
        }
    }
    // What a text calls past lies before what it calls under way.
    held.sort_unstable();
    for (document, now) in ongoing {
        let first = held.partition_point(|h| h.0 < document);
        let past: Vec<usize> = held[first..].iter().take_while(|h| h.0 == document).map(|h| h.1).collect();
        for before in past.into_iter().filter(|b| contacts[*b].kind == contacts[now].kind) {
            let reason = "already held when the other was under way, in one document".to_owned();
            nodes.constrain(nodes.contacts[before], nodes.contacts[now], 0, document, reason);
        }
    }
}

/// What the places of a series say: the period it is counted over, and the order of its members.
///
/// Two members are taken to lie on different days; texts that count calls of one day say so otherwise.
fn counts_bound(nodes: &mut Nodes, contacts: &[Contact], series: &[Series]) {
    for one in series {
        for claim in one.claims.iter().filter(|c| c.ordinal) {
            let node = nodes.contacts[claim.contact];
            let period =
                nodes.network.node(Interval { earliest: claim.period.earliest, latest: claim.period.earliest });
            if claim.period.earliest.is_some() && contacts[claim.contact].when.interval.as_day().is_none() {
                let reason = format!("counted {}", claim.words());
                nodes.constrain(period, node, 0, claim.document, reason);
            }
        }
        // "The fourth" of an unknown period and "the fifth" of another say nothing of their order.
        let ordered = if one.period.earliest.is_some() { one.ordered() } else { Vec::new() };
        for pair in ordered.windows(2) {
            let (earlier, later) = (pair[0], pair[1]);
            let reason = format!("{} comes before {}", earlier.words(), later.words());
            nodes.constrain(nodes.contacts[earlier.contact], nodes.contacts[later.contact], 1, later.document, reason);
        }
    }
}

/// Notes about constraints that cannot hold. A day's difference between a text and what it reports is a matter of clocks.
fn contradictions(nodes: &Nodes, narrowed: &Narrowed, extractions: &[Extraction]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for &index in &narrowed.contradictions {
        let constraint = nodes.network.constraint(index);
        let (earlier, later) = (narrowed.bounds[constraint.earlier], narrowed.bounds[constraint.later]);
        let relaxed = later.shift(1).latest.is_none_or(|l| earlier.earliest.is_none_or(|e| e <= l));
        if relaxed && constraint.gap <= 0 {
            continue;
        }
        notes.push(Diagnostic {
            document: extractions[nodes.sources[index]].id.clone(),
            level: Level::Warning,
            message: format!("dates contradict each other: {}, but {earlier} against {later}", constraint.reason),
        });
    }
    notes
}
