//! Owns copies: documents that repeat one another's text.

use readout_types::{Extraction, Report};

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
/// Contacts in common that make the news of two texts the same, whichever of them each puts first.
const COMMON_CONTACTS: usize = 3;
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
        let (later, earlier) = (later as usize, earlier as usize);
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
fn pairs(extractions: &[Extraction], order: &[usize], texts: &[Vec<u64>]) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    // One band at a time, so that the index of a million documents never stands in memory whole.
    let bands = order.iter().map(|&d| extractions[d].fingerprint.len() / BAND).max().unwrap_or(0);
    for band in 0..bands {
        let keyed = (0u32..).zip(order).filter_map(|(at, &document)| {
            let values = extractions[document].fingerprint.get(band * BAND..(band + 1) * BAND)?;
            Some((values.iter().fold(0u64, |h, v| h << 32 | u64::from(*v)), at))
        });
        meet(keyed.collect(), &mut pairs);
    }
    meet((0u32..).zip(texts).flat_map(|(at, text)| text.iter().map(move |t| (*t, at))).collect(), &mut pairs);
    pairs
}

/// Adds the pairs of documents that have a key in common; copies meet in most bands, and each pair is kept once.
fn meet(mut keyed: Vec<(u64, u32)>, pairs: &mut Vec<(u32, u32)>) {
    keyed.sort_unstable();
    for bucket in keyed.chunk_by(|a, b| a.0 == b.0) {
        for (i, &(_, later)) in bucket.iter().enumerate() {
            let earlier = &bucket[..i];
            let last = &earlier[earlier.len().saturating_sub(PARTNERS)..];
            pairs.extend(earlier.iter().take(PARTNERS).chain(last).map(|e| (later, e.1)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
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

/// Whether at least half of what the one with fewer reports tells of is in the other too, and their news is the same: by
/// what each is mainly about, or by as much in common as no two readouts of different calls have.
fn report_the_same(a: &Extraction, b: &Extraction) -> bool {
    let (few, many) = if a.reports.len() <= b.reports.len() { (a, b) } else { (b, a) };
    let found = few.reports.iter().filter(|x| many.reports.iter().any(|y| same_contact(x, y))).count();
    let news = |e: &Extraction| e.reports.iter().any(|r| r.main);
    let both = |x: &Report, y: &Report| x.main && y.main && same_contact(x, y);
    let same_news = !(news(a) && news(b)) || a.reports.iter().any(|x| b.reports.iter().any(|y| both(x, y)));
    found > 0 && found * 2 >= few.reports.len() && (same_news || found >= COMMON_CONTACTS)
}

fn same_contact(a: &Report, b: &Report) -> bool {
    let common = a.participants.iter().filter(|x| b.participants.iter().any(|y| y.key == x.key)).count();
    a.kind.group() == b.kind.group() && common >= 2 && a.when.interval.overlaps(b.when.interval)
}

/// Hashes of the long quotes and pieces of evidence of a document, sorted.
fn pieces_of(extraction: &Extraction) -> Vec<u64> {
    let quotes = extraction.statements.iter().flat_map(readout_types::Statement::quoted);
    let evidence = extraction.reports.iter().flat_map(|r| &r.evidence).map(|e| &*e.source.text);
    let mut pieces: Vec<u64> = quotes.chain(evidence).filter(|t| t.len() >= PIECE_BYTES).map(hash).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// Share of equal values of two signatures, an estimate of the share of shingles the texts have in common.
fn share(a: &[u32], b: &[u32]) -> f64 {
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
