//! Owns copies: documents that repeat one another's text, and which reports of a cluster go back to one source.

use std::collections::HashMap;

use readout_types::{Extraction, Report};

use crate::parties::shares;
use crate::profile::{hash, written};

/// Values of a signature that make one key of the near-duplicate index. With 64 values in bands of two, two texts with
/// similarity 0.8 meet in some band for certain, texts with 0.34 (a wire report cut and edited by a paper) with
/// probability 1 - (1 - 0.34^2)^32 = 0.98, unrelated reports of one event (0.03) with 0.03.
const BAND: usize = 2;
/// Share of equal signature values from which two texts count as copies, whatever they report.
const COPY_SHARE: f64 = 0.8;
/// Share from which they count as copies when they were written at about the same time and report the same contacts.
/// Readouts by one office on one day reach 0.5 without being copies, but they tell of different calls.
const EDITED_SHARE: f64 = 0.22;
/// Days between a report and its edited copy.
const EDITED_DAYS: i32 = 4;
/// Long pieces of evidence and quotes that must be found again for a cut-down copy.
const CONTAINED_PIECES: usize = 3;
/// Share of the shorter document's pieces that must be found again.
const CONTAINED_SHARE: f64 = 0.8;
/// Shorter pieces, in bytes, are common property.
const PIECE_BYTES: usize = 40;
/// Documents with a band or piece in common with which a later one is compared: so many of the first, so many of the last.
const PARTNERS: usize = 8;

/// For each document, by position in `order`, the position of the earliest document whose text it repeats. `order` lists
/// document indices, the earliest first.
pub(crate) fn copied_from(extractions: &[Extraction], order: &[usize]) -> Vec<Option<usize>> {
    let texts: Vec<Vec<u64>> = order.iter().map(|&d| pieces_of(&extractions[d])).collect();
    let mut from: Vec<Option<usize>> = vec![None; order.len()];
    for (later, earlier) in pairs(extractions, order, &texts) {
        if from[later].is_none() {
            let (a, b) = (&extractions[order[earlier]], &extractions[order[later]]);
            if is_copy(a, b) || contained(&texts[earlier], &texts[later]) {
                // A copy of a copy goes back to the original.
                from[later] = Some(from[earlier].unwrap_or(earlier));
            }
        }
    }
    from
}

/// Pairs of positions worth comparing, later and earlier, sorted.
fn pairs(extractions: &[Extraction], order: &[usize], texts: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // One band at a time, so that the index of a million documents never stands in memory whole.
    let bands = order.iter().map(|&d| extractions[d].fingerprint.len() / BAND).max().unwrap_or(0);
    for band in 0..bands {
        let keyed = order.iter().enumerate().filter_map(|(at, &document)| {
            let values = extractions[document].fingerprint.get(band * BAND..(band + 1) * BAND)?;
            Some((values.iter().fold(0u64, |h, v| (h ^ v).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)), at))
        });
        meet(keyed.collect(), &mut pairs);
    }
    meet(texts.iter().enumerate().flat_map(|(at, text)| text.iter().map(move |t| (*t, at))).collect(), &mut pairs);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs the documents that have a key in common.
fn meet(mut keyed: Vec<(u64, usize)>, pairs: &mut Vec<(usize, usize)>) {
    keyed.sort_unstable();
    for bucket in keyed.chunk_by(|a, b| a.0 == b.0) {
        for (i, &(_, later)) in bucket.iter().enumerate() {
            let earlier = &bucket[..i];
            let last = &earlier[earlier.len().saturating_sub(PARTNERS)..];
            pairs.extend(earlier.iter().take(PARTNERS).chain(last).map(|e| (later, e.1)));
        }
    }
}

/// Whether the later of two documents is a copy: nearly the same words, or many of the same words about the same contacts.
fn is_copy(earlier: &Extraction, later: &Extraction) -> bool {
    let share = share(&earlier.fingerprint, &later.fingerprint);
    let near = match (written(earlier), written(later)) {
        (Some(a), Some(b)) => a.distance(b) <= EDITED_DAYS,
        _ => true,
    };
    share >= COPY_SHARE || (share >= EDITED_SHARE && near && report_the_same(earlier, later))
}

/// Whether at least half of what the one with fewer reports tells of is in the other too, and their news is the same.
fn report_the_same(a: &Extraction, b: &Extraction) -> bool {
    let (few, many) = if a.reports.len() <= b.reports.len() { (a, b) } else { (b, a) };
    let found = few.reports.iter().filter(|x| many.reports.iter().any(|y| same_contact(x, y))).count();
    let news = |e: &Extraction| e.reports.iter().any(|r| r.main);
    let both = |x: &Report, y: &Report| x.main && y.main && same_contact(x, y);
    let same_news = !(news(a) && news(b)) || a.reports.iter().any(|x| b.reports.iter().any(|y| both(x, y)));
    found > 0 && found * 2 >= few.reports.len() && same_news
}

fn same_contact(a: &Report, b: &Report) -> bool {
    let common = a.participants.iter().filter(|x| b.participants.iter().any(|y| y.key == x.key)).count();
    a.kind.group() == b.kind.group() && common >= 2 && a.when.interval.overlaps(b.when.interval)
}

/// Hashes of the long quotes and pieces of evidence of a document, sorted.
fn pieces_of(extraction: &Extraction) -> Vec<u64> {
    let quotes = extraction.statements.iter().filter(|s| s.direct).map(|s| &s.source.text);
    let evidence = extraction.reports.iter().flat_map(|r| &r.evidence).map(|e| &e.source.text);
    let mut pieces: Vec<u64> = quotes.chain(evidence).filter(|t| t.len() >= PIECE_BYTES).map(|t| hash(t)).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// Share of equal values of two signatures, an estimate of the share of shingles the texts have in common.
fn share(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() || a.len() != b.len() {
        return 0.0;
    }
    a.iter().zip(b).filter(|(x, y)| x == y).count() as f64 / a.len() as f64
}

fn contained(a: &[u64], b: &[u64]) -> bool {
    let shorter = a.len().min(b.len());
    if shorter < CONTAINED_PIECES {
        return false;
    }
    let common = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    common as f64 >= CONTAINED_SHARE * shorter as f64
}

/// What tells where a report comes from.
pub(crate) struct Origin<'a> {
    /// Position of the document that its text goes back to.
    pub root: usize,
    pub outlet: Option<&'a str>,
    /// Who is credited, sorted.
    pub said_by: Vec<&'a str>,
    /// Hashes of what it quotes, sorted.
    pub quotes: &'a [u64],
}

/// Numbers the sources of a cluster's reports: one number for copies of a text, for one outlet, and for reports that
/// credit the same people and quote the same words.
pub(crate) fn number_origins(reports: &[Origin<'_>]) -> Vec<u32> {
    let mut roots: HashMap<usize, u32> = HashMap::new();
    let mut outlets: HashMap<&str, u32> = HashMap::new();
    let mut credits: HashMap<&[&str], Vec<(usize, u32)>> = HashMap::new();
    let mut group: Vec<u32> = (0..reports.len() as u32).collect();
    let mut numbers = Vec::with_capacity(reports.len());
    fn root_of(group: &[u32], mut g: u32) -> u32 {
        while group[g as usize] != g {
            g = group[g as usize];
        }
        g
    }
    for (i, origin) in reports.iter().enumerate() {
        let me = i as u32;
        let mut same: Vec<u32> = vec![*roots.entry(origin.root).or_insert(me)];
        if let Some(outlet) = origin.outlet {
            same.push(*outlets.entry(outlet).or_insert(me));
        }
        if !origin.said_by.is_empty() && !origin.quotes.is_empty() {
            let earlier = credits.entry(&origin.said_by).or_default();
            same.extend(
                earlier.iter().take(PARTNERS).filter(|(j, _)| shares(origin.quotes, reports[*j].quotes)).map(|e| e.1),
            );
            earlier.push((i, me));
        }
        for other in same {
            let (a, b) = (root_of(&group, me), root_of(&group, other));
            group[a.max(b) as usize] = a.min(b);
        }
    }
    let mut names: HashMap<u32, u32> = HashMap::new();
    for i in 0..reports.len() as u32 {
        let next = names.len() as u32;
        numbers.push(*names.entry(root_of(&group, i)).or_insert(next));
    }
    numbers
}
