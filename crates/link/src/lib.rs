//! Owns linking: which reports of different documents are reports of one contact, which documents copy which, and why.
//!
//! ```text
//! extractions → copies (MinHash) → profiles → same claims → best pairs first → vague reports → across midnight → clusters
//! ```
//!
//! The invariants, each tested: every report is in exactly one cluster; two reports of one document never share one;
//! neither do reports whose kind groups, parties, days or ordinals clash; the order of the input has no say.

mod cluster;
mod copies;
mod days;
mod origins;
mod parties;
mod profile;
mod score;
mod vague;
mod weights;

use readout_types::{Cluster, Extraction, LinkDecision, Linked, OriginTie};

use cluster::{Clusters, Join};
use parties::Registry;
use profile::Profile;

/// Puts reports of one contact together.
///
/// Clusters come in order of their first report, documents being ordered by date and id; so do the reports of a
/// cluster. Decisions name reports by document index and report index of the input. The cost grows with the number of
/// reports times the contacts of one pair within two months, not with its square.
pub fn link(extractions: &[Extraction]) -> Linked {
    let order = document_order(extractions);
    let copied = copies::copied_from(extractions, &order);
    let roots = copy_roots(&copied);
    let places = places(extractions, &order);
    let mut clusters = Clusters::of_reports(profiles(extractions, &order, &roots));
    clusters.join_neighbours();
    vague::join_vague(&mut clusters);
    clusters.join_across_midnight();

    let clusters = clusters
        .finish()
        .into_iter()
        .map(|(members, joins)| {
            let origins: Vec<_> = members
                .iter()
                .map(|&rank| origins::Origin::of(extractions, places[rank as usize], &order, &copied))
                .collect();
            let (numbers, ties) = origins::number(&origins);
            let document = |at: usize| places[members[at] as usize].in_input.0;
            Cluster {
                reports: members.iter().map(|&rank| places[rank as usize].in_input).collect(),
                origins: numbers,
                origin_ties: ties
                    .into_iter()
                    .map(|(earlier, later, why)| OriginTie { earlier: document(earlier), later: document(later), why })
                    .collect(),
                decisions: joins.into_iter().map(|join| decision(join, &places)).collect(),
            }
        })
        .collect();
    let mut duplicates = vec![None; extractions.len()];
    for (at, from) in copied.iter().enumerate() {
        duplicates[order[at]] = from.map(|f| order[f]);
    }
    Linked { clusters, duplicates }
}

/// Where a ranked report stands.
#[derive(Clone, Copy)]
struct ReportPlace {
    /// Document index and report index of the input.
    in_input: (usize, usize),
    /// Position of the document in [`document_order`].
    document: usize,
}

/// Document indices, the earliest first, undated last; by id among equals. Ids are unique within a run; should they not
/// be, path and address decide.
fn document_order(extractions: &[Extraction]) -> Vec<usize> {
    let key = |i: usize| {
        let e = &extractions[i];
        let day = profile::written(e).map_or((days::OPEN_HIGH, days::OPEN_HIGH), |w| (w.low, w.high));
        (day, &e.id, &e.path, &e.url, &e.title)
    };
    let mut order: Vec<usize> = (0..extractions.len()).collect();
    order.sort_by(|&a, &b| key(a).cmp(&key(b)));
    order
}

/// For each document in order, the position of the text it goes back to, where there are several of it.
fn copy_roots(copied: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut roots = copied.to_vec();
    for from in copied.iter().flatten() {
        roots[*from] = Some(*from);
    }
    roots
}

/// All reports by rank: in order of the documents, then of mention.
fn places(extractions: &[Extraction], order: &[usize]) -> Vec<ReportPlace> {
    let in_document = |(at, &document): (usize, &usize)| {
        (0..extractions[document].reports.len()).map(move |i| ReportPlace { in_input: (document, i), document: at })
    };
    order.iter().enumerate().flat_map(in_document).collect()
}

/// Their profiles, made one at a time: a million of them never stand in memory.
fn profiles<'a>(
    extractions: &'a [Extraction],
    order: &'a [usize],
    roots: &'a [Option<usize>],
) -> impl Iterator<Item = Profile> + 'a {
    let registry = Registry::new(extractions);
    let mut rank = 0;
    order.iter().enumerate().flat_map(move |(at, &document)| {
        let extraction = &extractions[document];
        let quotes = profile::quotes_by_report(extraction);
        let root = roots[at].map(|r| r as u32);
        let made: Vec<Profile> = extraction
            .reports
            .iter()
            .enumerate()
            .map(|(i, report)| {
                let quoted = quotes.get(&i).map_or(&[][..], Vec::as_slice);
                Profile::new(&registry, rank + i as u32, at as u32, extraction, report, quoted, root)
            })
            .collect();
        rank += made.len() as u32;
        made
    })
}

fn decision(join: Join, places: &[ReportPlace]) -> LinkDecision {
    LinkDecision {
        left: places[join.left as usize].in_input,
        right: places[join.right as usize].in_input,
        score: join.score as f32 / 100.0,
        reasons: join.reasons,
    }
}
