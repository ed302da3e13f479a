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
mod parties;
mod profile;
mod score;
mod vague;
mod weights;

use readout_types::{Cluster, Extraction, LinkDecision, Linked};

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
    let (profiles, places) = profiles(extractions, &order, &roots);

    let quotes: Vec<Vec<u64>> = profiles.iter().map(|p| p.quotes.clone()).collect();
    let mut clusters = Clusters::of_reports(profiles);
    clusters.join_neighbours();
    vague::join_vague(&mut clusters);
    clusters.join_across_midnight();

    let clusters = clusters.finish();
    let clusters = clusters
        .into_iter()
        .map(|(members, joins)| {
            let origins: Vec<_> = members
                .iter()
                .map(|&rank| origin(extractions, places[rank as usize], &order, &copied, &quotes[rank as usize]))
                .collect();
            Cluster {
                reports: members.iter().map(|&rank| places[rank as usize].in_input).collect(),
                origins: copies::number_origins(&origins),
                decisions: joins.iter().map(|join| decision(join, &places)).collect(),
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
    let mut order: Vec<usize> = (0..extractions.len()).collect();
    order.sort_by_cached_key(|&i| {
        let e = &extractions[i];
        let day = profile::written(e).map_or((days::OPEN_HIGH, days::OPEN_HIGH), |w| (w.low, w.high));
        (day, e.id.clone(), e.path.clone(), e.url.clone(), e.title.clone())
    });
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

/// Profiles of all reports by rank: in order of the documents, then of mention.
fn profiles(extractions: &[Extraction], order: &[usize], roots: &[Option<usize>]) -> (Vec<Profile>, Vec<ReportPlace>) {
    let registry = Registry::new(extractions);
    let total = extractions.iter().map(|e| e.reports.len()).sum();
    let (mut profiles, mut places) = (Vec::with_capacity(total), Vec::with_capacity(total));
    for (at, &document) in order.iter().enumerate() {
        let extraction = &extractions[document];
        let quotes = profile::quotes_by_report(extraction);
        for (i, report) in extraction.reports.iter().enumerate() {
            let quoted = quotes.get(&i).map_or(&[][..], Vec::as_slice);
            let rank = profiles.len() as u32;
            let root = roots[at].map(|r| r as u32);
            profiles.push(Profile::new(&registry, rank, at as u32, extraction, report, quoted, root));
            places.push(ReportPlace { in_input: (document, i), document: at });
        }
    }
    (profiles, places)
}

fn origin<'a>(
    extractions: &'a [Extraction],
    place: ReportPlace,
    order: &[usize],
    copied: &[Option<usize>],
    quotes: &'a [u64],
) -> copies::Origin<'a> {
    let extraction = &extractions[order[place.document]];
    let report = &extraction.reports[place.in_input.1];
    let mut said_by: Vec<&str> = report.said_by.iter().map(|a| a.speaker.key.as_str()).collect();
    said_by.sort_unstable();
    said_by.dedup();
    copies::Origin {
        root: copied[place.document].unwrap_or(place.document),
        outlet: extraction.source.as_deref(),
        said_by,
        quotes,
    }
}

fn decision(join: &Join, places: &[ReportPlace]) -> LinkDecision {
    LinkDecision {
        left: places[join.left as usize].in_input,
        right: places[join.right as usize].in_input,
        score: join.verdict.score as f32 / 100.0,
        reasons: join.verdict.reasons.iter().map(|r| r.describe()).collect(),
    }
}
