//! Owns the vague reports: "they spoke in August", "his recent call", "agreed to meet again". They join a contact that
//! others date only when exactly one can be meant, or when it is the next one after a plan.

use crate::cluster::{Clusters, DayIndex};
use crate::days::{Days, OPEN_HIGH, OPEN_LOW};
use crate::score::{Verdict, compare};
use crate::weights as w;

/// How far back to look for what a text calls to mind without any bound, in days.
const MEMORY_DAYS: i32 = 180;
/// A plan without a date is for the coming weeks.
const PLAN_DAYS: i32 = 45;
/// Widest window, in days, in which being the only candidate says something.
const WIDEST: i32 = 400;
/// Dated contacts looked at for one vague report.
const CANDIDATES: usize = 256;

/// Joins what can be joined, the most exact first.
pub(crate) fn join_vague(clusters: &mut Clusters) {
    let index = DayIndex::of_dated(clusters);
    let mut vague: Vec<(i32, u32, Days)> = (0..clusters.len())
        .filter(|c| clusters.stands(*c) && !clusters.profile(*c).is_dated())
        .filter_map(|c| {
            let window = search_window(clusters, c)?;
            Some((window.width(), c, window))
        })
        .collect();
    vague.sort_unstable();
    for (_, cluster, window) in vague {
        if !clusters.stands(cluster) {
            continue;
        }
        let inside = index.within(&clusters.blocks(cluster), window, CANDIDATES);
        if window == Days::ALL && inside.len() == CANDIDATES {
            // There may be more, so that none is the only one.
            continue;
        }
        let mut candidates: Vec<u32> = inside.into_iter().map(|c| clusters.find(c)).filter(|c| *c != cluster).collect();
        let mut seen = std::collections::HashSet::new();
        candidates.retain(|c| seen.insert(*c));
        if let Some((candidate, verdict)) = choose(clusters, cluster, &candidates) {
            clusters.join(cluster, candidate, verdict);
        }
    }
}

/// Where to look for the contact meant.
fn search_window(clusters: &Clusters, cluster: u32) -> Option<Days> {
    let profile = clusters.profile(cluster);
    let window = match (profile.span.low, profile.span.high) {
        // "On Tuesday" in a text without a date: of all that are known, those of a Tuesday.
        (OPEN_LOW, OPEN_HIGH) => return Some(Days::ALL).filter(|_| profile.weekday.is_some() && profile.happened),
        (OPEN_LOW, high) => Days { low: high - MEMORY_DAYS, high },
        (low, OPEN_HIGH) => Days { low, high: low + PLAN_DAYS },
        _ => profile.span,
    };
    (window.width() <= WIDEST).then_some(window)
}

/// The one contact that can be meant, if the ties suffice.
fn choose(clusters: &Clusters, cluster: u32, candidates: &[u32]) -> Option<(u32, Verdict)> {
    let profile = clusters.profile(cluster);
    let compared = || {
        candidates.iter().filter_map(|&c| {
            let verdict = compare(profile, clusters.profile(c), 0)?;
            Some((c, verdict))
        })
    };
    // A contact that fits badly (another country, a joint call) is no rival; nor, for what took place, one that is known by its
    // denial alone.
    let rival = |c: &u32| !(profile.happened && clusters.profile(*c).only_denied);
    let some_rival = candidates.iter().any(rival);
    let mut fitting = compared()
        .filter(|(c, _)| rival(c) || !some_rival)
        .filter(|(_, v)| v.score + w::ONLY_CANDIDATE >= w::THRESHOLD - 60);
    let first = fitting.next();
    let plan = profile.only_planned || profile.only_proposed;
    if plan && profile.span.high == OPEN_HIGH {
        let (candidate, mut verdict) = first?;
        match profile.only_planned {
            true => verdict.add(w::NEXT_AFTER_PLAN, "the next one after it was planned"),
            false => verdict.add(w::NEXT_AFTER_PROPOSAL, "the next one after it was proposed"),
        }
        return Some((candidate, verdict)).filter(|(_, v)| v.links());
    }
    let alone = first.is_some() && fitting.next().is_none();
    if alone {
        let (candidate, mut verdict) = first?;
        match profile.span.is_bounded() {
            true => verdict.add(w::ONLY_CANDIDATE, "no other contact could be meant"),
            false if profile.weekday.is_some() => {
                verdict.add(w::ONLY_CANDIDATE_OPEN, "no other contact of that day of the week could be meant")
            }
            false => verdict.add(w::ONLY_CANDIDATE_OPEN, "no other contact of the last months could be meant"),
        }
        return Some((candidate, verdict)).filter(|(_, v)| v.links());
    }
    // Several could be meant: the ties must single one out by themselves.
    let mut linking: Vec<(u32, Verdict)> = compared().filter(|(_, v)| v.links()).collect();
    linking.sort_by_key(|(_, verdict)| std::cmp::Reverse(verdict.score));
    match linking.as_slice() {
        [_] => linking.pop(),
        [a, b, ..] if a.1.score > b.1.score => linking.into_iter().next(),
        _ => None,
    }
}
