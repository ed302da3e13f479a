//! Owns origins: which reports of a cluster go back to one source, and why.

use std::collections::HashMap;

use readout_types::{ActorKind, Extraction, Report, SharedOrigin};

use crate::ReportPlace;
use crate::parties::shares;
use crate::profile::{quotes_by_report, shingles_of};

/// Reports with the same credit with which a later one is compared.
const PARTNERS: usize = 8;

/// What tells where a report comes from.
pub(crate) struct Origin<'a> {
    /// Position of the document that its text goes back to.
    root: usize,
    outlet: Option<&'a str>,
    /// Who is credited, sorted.
    said_by: Vec<&'a str>,
    /// Hashes of what it quotes, sorted.
    quotes: Vec<u64>,
    /// The side whose officials alone are credited.
    side: Option<&'a str>,
    report: &'a Report,
}

impl<'a> Origin<'a> {
    pub(crate) fn of(
        extractions: &'a [Extraction],
        place: ReportPlace,
        order: &[usize],
        copied: &[Option<usize>],
    ) -> Origin<'a> {
        let (document, index) = (order[place.document], place.in_input.1);
        let extraction = &extractions[document];
        let report = &extraction.reports[index];
        let mut said_by: Vec<&str> = report.said_by.iter().map(|a| a.speaker.key.as_str()).collect();
        said_by.sort_unstable();
        said_by.dedup();
        let quotes = match said_by.is_empty() {
            true => Vec::new(),
            false => {
                let quotes = quotes_by_report(extraction);
                shingles_of(report, quotes.get(&index).map_or(&[][..], Vec::as_slice))
            }
        };
        let root = copied[place.document].unwrap_or(place.document);
        Origin { root, outlet: extraction.source.as_deref(), said_by, quotes, side: official_side(report), report }
    }
}

/// The state or organisation for which all who are credited speak; `None` when nobody or several sides are.
fn official_side(report: &Report) -> Option<&str> {
    let mut sides = report.said_by.iter().map(|a| match a.speaker.kind {
        ActorKind::Group => None,
        _ => a.speaker.country.as_deref(),
    });
    let first = sides.next()??;
    sides.all(|s| s == Some(first)).then_some(first)
}

/// Whether two reports that rest on officials of one side tell the same: at least one detail in common, none at odds.
/// Two papers that put one readout in their own words, or translate it, do.
fn tell_the_same(a: &Report, b: &Report) -> bool {
    fn fit<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> Option<bool> {
        a.as_ref().zip(b.as_ref()).map(|(a, b)| a == b)
    }
    let count = |r: &Report| r.counts.first().map(|c| (c.n, c.at_least, c.of));
    let initiator = |r: &Report| r.initiator.as_ref().and_then(|i| i.country.clone());
    let details = [fit(&a.duration, &b.duration), fit(&count(a), &count(b)), fit(&initiator(a), &initiator(b))];
    let denies = |r: &Report| r.said_by.iter().any(|s| s.denies);
    a.status == b.status
        && denies(a) == denies(b)
        && details.contains(&Some(true))
        && !details.contains(&Some(false))
        && a.when.interval.overlaps(b.when.interval)
}

/// A tie between two reports by their positions, the earlier first.
pub(crate) type Tie = (usize, usize, SharedOrigin);

/// Numbers the sources of a cluster's reports, and says why reports share one: copies of a text, one outlet, the same words
/// quoted of the same people, one side's readout told twice.
pub(crate) fn number(reports: &[Origin<'_>]) -> (Vec<u32>, Vec<Tie>) {
    if reports.len() == 1 {
        return (vec![0], Vec::new());
    }
    let mut roots: HashMap<usize, usize> = HashMap::new();
    let mut outlets: HashMap<&str, usize> = HashMap::new();
    let mut credits: HashMap<&[&str], Vec<usize>> = HashMap::new();
    let mut sides: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut group: Vec<usize> = (0..reports.len()).collect();
    let mut ties = Vec::new();
    fn root_of(group: &[usize], mut g: usize) -> usize {
        while group[g] != g {
            g = group[g];
        }
        g
    }
    for (i, origin) in reports.iter().enumerate() {
        let mut same: Vec<(usize, SharedOrigin)> = Vec::new();
        same.push((*roots.entry(origin.root).or_insert(i), SharedOrigin::Copy));
        if let Some(outlet) = origin.outlet {
            same.push((*outlets.entry(outlet).or_insert(i), SharedOrigin::Outlet));
        }
        if !origin.said_by.is_empty() && !origin.quotes.is_empty() {
            let earlier = credits.entry(&origin.said_by).or_default();
            let quotes = |j: &&usize| shares(&origin.quotes, &reports[**j].quotes);
            same.extend(earlier.iter().take(PARTNERS).filter(quotes).map(|j| (*j, SharedOrigin::Quote)));
            earlier.push(i);
        }
        if let Some(side) = origin.side {
            let earlier = sides.entry(side).or_default();
            let told = |j: &&usize| tell_the_same(origin.report, reports[**j].report);
            same.extend(earlier.iter().take(PARTNERS).filter(told).map(|j| (*j, SharedOrigin::Readout)));
            earlier.push(i);
        }
        for (other, why) in same {
            if other == i {
                continue;
            }
            let (a, b) = (root_of(&group, i), root_of(&group, other));
            // What is tied already needs no further reason, but a copy is always worth naming.
            if a != b || why == SharedOrigin::Copy {
                ties.push((other, i, why));
            }
            group[a.max(b)] = a.min(b);
        }
    }
    let mut names: HashMap<usize, u32> = HashMap::new();
    let numbers = (0..reports.len())
        .map(|i| {
            let next = names.len() as u32;
            *names.entry(root_of(&group, i)).or_insert(next)
        })
        .collect();
    (numbers, ties)
}
