//! Owns the narrowing of dates across documents: what is held lies before the text that says so, what is planned after
//! it, the second of a series before the sixth. Reports keep their own dates; only contacts are narrowed.

use std::collections::HashSet;

use readout_types::{Contact, Date, DateBasis, Diagnostic, Extraction, Interval, KindGroup, Level, Status};

use crate::bounds::{Constraint, Movers, Narrowed, Network, Node};
use crate::series::{Claim, Series};

/// Why a constraint holds; put into words only for the few that narrow something. There is one for each report, so that
/// the few that rest on counts are kept apart.
#[derive(Clone, Copy)]
enum Why {
    /// The document reports the contact with this status.
    Reported(Status),
    /// The document has the one as past when the other was under way.
    Past,
    /// A count says so: its number among [`Nodes::counted`].
    Counted(u32),
}

/// What a count says of days.
#[derive(Clone, Copy)]
enum Counted<'a> {
    /// Its period begins then.
    Since(&'a Claim),
    /// One number comes before another.
    Ordered(&'a Claim, &'a Claim),
}

/// What the numbers of a network's nodes stand for: first the contacts, then the documents, then what counts need.
struct Nodes<'a> {
    network: Network,
    contacts: usize,
    /// For each constraint, the document it rests on, and why.
    sources: Vec<(u32, Why)>,
    counted: Vec<Counted<'a>>,
}

impl<'a> Nodes<'a> {
    fn contact(&self, index: usize) -> Node {
        index as Node
    }

    fn document(&self, index: usize) -> Node {
        (self.contacts + index) as Node
    }

    fn count(&mut self, earlier: Node, later: Node, gap: i32, document: usize, counted: Counted<'a>) {
        self.counted.push(counted);
        self.constrain(earlier, later, gap, document, Why::Counted(self.counted.len() as u32 - 1));
    }

    fn constrain(&mut self, earlier: Node, later: Node, gap: i32, document: usize, why: Why) {
        if earlier != later {
            self.network.constrain(Constraint { earlier, later, gap });
            self.sources.push((document as u32, why));
        }
    }

    /// For a person: `reported as held in a document of 2025-07-04`.
    fn reason(&self, constraint: u32, extractions: &[Extraction]) -> String {
        let (document, why) = self.sources[constraint as usize];
        match why {
            Why::Reported(status) => {
                let word = if status == Status::Ongoing { "under way" } else { status.as_str() };
                let day = extractions.get(document as usize).map_or(Interval::UNKNOWN, written);
                match day.is_unknown() {
                    true => format!("reported as {word} in an undated document"),
                    false => format!("reported as {word} in a document of {day}"),
                }
            }
            Why::Past => "already held when the other was under way, in one document".to_owned(),
            Why::Counted(at) => match self.counted[at as usize] {
                Counted::Since(claim) => format!("counted {}", claim.words()),
                Counted::Ordered(earlier, later) => format!("{} comes before {}", earlier.words(), later.words()),
            },
        }
    }
}

/// Narrows the dates of the contacts, notes how, and says which constraints contradict each other.
pub(crate) fn narrow(contacts: &mut [Contact], extractions: &[Extraction], series: &[Series]) -> Vec<Diagnostic> {
    let reports = contacts.iter().map(|c| c.reports.len()).sum();
    let mut nodes = Nodes {
        network: Network::with_capacity(contacts.len() + extractions.len(), reports),
        contacts: contacts.len(),
        sources: Vec::with_capacity(reports),
        counted: Vec::new(),
    };
    contacts.iter().for_each(|c| _ = nodes.network.node(c.when.interval));
    extractions.iter().for_each(|e| _ = nodes.network.node(written(e)));
    documents_bound(&mut nodes, contacts, extractions);
    counts_bound(&mut nodes, contacts, series);
    let narrowed = nodes.network.propagate();
    for (index, contact) in contacts.iter_mut().enumerate() {
        let now = narrowed.bounds[index];
        if now != contact.when.interval {
            note(contact, now, narrowed.because[index], |c| nodes.reason(c, extractions));
        }
    }
    contradictions(&nodes, &narrowed, extractions)
}

fn note(contact: &mut Contact, now: Interval, because: Movers, reason: impl Fn(u32) -> String) {
    let reason = |bound: Option<u32>| bound.map_or(String::new(), &reason);
    let before = contact.when.interval;
    if let Some(day) = now.earliest.filter(|_| now.earliest != before.earliest) {
        contact.narrowing.push(format!("no earlier than {}: {}", iso(day), reason(because.0)));
    }
    if let Some(day) = now.latest.filter(|_| now.latest != before.latest) {
        contact.narrowing.push(format!("no later than {}: {}", iso(day), reason(because.1)));
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
fn documents_bound(nodes: &mut Nodes<'_>, contacts: &[Contact], extractions: &[Extraction]) {
    let mut ongoing: Vec<(usize, usize)> = Vec::new();
    let mut held: Vec<(usize, usize)> = Vec::new();
    let under_way: HashSet<usize> = contacts
        .iter()
        .flat_map(|c| &c.reports)
        .filter(|(_, report)| report.status == Status::Ongoing)
        .map(|(document, _)| *document)
        .collect();
    for (index, contact) in contacts.iter().enumerate() {
        let node = nodes.contact(index);
        for (document, report) in &contact.reports {
            let text = nodes.document(*document);
            let why = Why::Reported(report.status);
            match report.status {
                Status::Held => {
                    nodes.constrain(node, text, 0, *document, why);
                    if under_way.contains(document) {
                        held.push((*document, index));
                    }
                }
                Status::Ongoing => {
                    nodes.constrain(node, text, 0, *document, why);
                    if contact.kind.group() == KindGroup::Remote && !may_be_older(&extractions[*document]) {
                        // Both clocks are right when one side's call runs past the other's midnight.
                        nodes.constrain(text, node, -1, *document, why);
                    }
                    ongoing.push((*document, index));
                }
                Status::Planned | Status::Proposed if !may_be_older(&extractions[*document]) => {
                    nodes.constrain(text, node, 0, *document, why);
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
            nodes.constrain(nodes.contact(before), nodes.contact(now), 0, document, Why::Past);
        }
    }
}

/// What the places of a series say: the period it is counted over, and the order of its members.
///
/// Two members are taken to lie on different days; texts that count calls of one day say so otherwise.
fn counts_bound<'a>(nodes: &mut Nodes<'a>, contacts: &[Contact], series: &'a [Series]) {
    for one in series {
        for claim in one.claims.iter().filter(|c| c.ordinal) {
            let node = nodes.contact(claim.contact);
            let period =
                nodes.network.node(Interval { earliest: claim.period.earliest, latest: claim.period.earliest });
            if claim.period.earliest.is_some() && contacts[claim.contact].when.interval.as_day().is_none() {
                nodes.count(period, node, 0, claim.document, Counted::Since(claim));
            }
        }
        // "The fourth" of an unknown period and "the fifth" of another say nothing of their order.
        let ordered = if one.period.earliest.is_some() { one.ordered() } else { Vec::new() };
        for pair in ordered.windows(2) {
            let (earlier, later) = (pair[0], pair[1]);
            let (first, second) = (nodes.contact(earlier.contact), nodes.contact(later.contact));
            nodes.count(first, second, 1, later.document, Counted::Ordered(earlier, later));
        }
    }
}

/// Notes about constraints that cannot hold. A day's difference between a text and what it reports is a matter of clocks.
fn contradictions(nodes: &Nodes<'_>, narrowed: &Narrowed, extractions: &[Extraction]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for &index in &narrowed.contradictions {
        let constraint = nodes.network.constraint(index);
        let (earlier, later) =
            (narrowed.bounds[constraint.earlier as usize], narrowed.bounds[constraint.later as usize]);
        let relaxed = later.shift(1).latest.is_none_or(|l| earlier.earliest.is_none_or(|e| e <= l));
        if relaxed && constraint.gap <= 0 {
            continue;
        }
        notes.push(Diagnostic {
            document: extractions[nodes.sources[index as usize].0 as usize].id.clone(),
            level: Level::Warning,
            message: format!(
                "dates contradict each other: {}, but {earlier} against {later}",
                nodes.reason(index, extractions)
            ),
        });
    }
    notes
}
