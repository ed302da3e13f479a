//! Owns copies: documents that repeat one another's text, and which reports of a cluster go back to one source.

use std::collections::{BTreeSet, HashMap};

use readout_types::Extraction;

use crate::parties::shares;
use crate::profile::hash;

/// Values of a signature that make one key of the near-duplicate index. With 64 values in bands of four, two texts
/// with similarity 0.8 meet in some band with probability 1 - (1 - 0.8^4)^16 = 0.9998, texts with 0.3 with 0.12.
const BAND: usize = 4;
/// Share of equal signature values from which two texts count as copies.
const COPY_SHARE: f64 = 0.8;
/// Long pieces of evidence and quotes that must be found again for a cut-down copy.
const CONTAINED_PIECES: usize = 3;
/// Share of the shorter document's pieces that must be found again.
const CONTAINED_SHARE: f64 = 0.8;
/// Shorter pieces, in bytes, are common property.
const PIECE_BYTES: usize = 40;
/// Documents with a band or piece in common that are compared with a new one.
const PARTNERS: usize = 32;

/// For each document, by position in `order`, the position of the earliest document whose text it repeats. `order` lists
/// document indices, the earliest first.
pub(crate) fn copied_from(extractions: &[Extraction], order: &[usize]) -> Vec<Option<usize>> {
    let mut bands: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut pieces: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut texts: Vec<Vec<u64>> = Vec::with_capacity(order.len());
    let mut from: Vec<Option<usize>> = Vec::with_capacity(order.len());
    for (at, &document) in order.iter().enumerate() {
        let extraction = &extractions[document];
        let mine = pieces_of(extraction);
        let keys: Vec<(usize, u64)> = extraction
            .fingerprint
            .chunks_exact(BAND)
            .enumerate()
            .map(|(i, band)| {
                (i, band.iter().fold(0u64, |h, v| (h ^ v).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)))
            })
            .collect();
        let mut partners: BTreeSet<usize> = BTreeSet::new();
        for key in &keys {
            partners.extend(bands.get(key).into_iter().flatten().take(PARTNERS));
        }
        for piece in &mine {
            partners.extend(pieces.get(piece).into_iter().flatten().take(PARTNERS));
        }
        let origin = partners.into_iter().find(|&other| {
            similar(&extraction.fingerprint, &extractions[order[other]].fingerprint) || contained(&mine, &texts[other])
        });
        // A copy of a copy goes back to the original.
        from.push(origin.map(|other| from[other].unwrap_or(other)));
        for key in keys {
            bands.entry(key).or_default().push(at);
        }
        for piece in &mine {
            pieces.entry(*piece).or_default().push(at);
        }
        texts.push(mine);
    }
    from
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

fn similar(a: &[u64], b: &[u64]) -> bool {
    if a.is_empty() || a.len() != b.len() {
        return false;
    }
    let equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
    equal as f64 >= COPY_SHARE * a.len() as f64
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
