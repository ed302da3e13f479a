//! Owns repeated text: a paragraph that stood on the same page before, word for word or nearly.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use readout_types::BlockKind;

use crate::prose::{bare, words};
use crate::sheet::Sheet;

/// Words in a row that are compared.
const SHINGLE: usize = 4;
/// A paragraph needs this many words to be looked at by itself; shorter ones repeat only inside a run that repeats.
const SHORTEST: usize = 8;
/// Of its runs of four words, this part (in hundredths) must have stood in one earlier stretch of text.
const ENOUGH: usize = 88;

/// Marks repeated paragraphs. Only what is text by itself can be repeated: a headline that first stood in a list of
/// links does not make the article below it a repetition.
pub(crate) fn repeats(sheet: &mut Sheet) {
    // Runs of words that stood before, with the piece where they first stood.
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let mut lines: HashSet<String> = HashSet::new();
    let mut repeated = vec![false; sheet.len()];
    let mut short: Vec<usize> = Vec::new();
    for i in 0..sheet.len() {
        let is_text = sheet.pieces[i].kind.is_none_or(BlockKind::is_text);
        if !is_text {
            continue;
        }
        let plain = bare(sheet.of(i));
        if words(&plain, SHORTEST) < SHORTEST {
            if sheet.is_open(i) && lines.contains(&plain) {
                short.push(i);
            }
            lines.insert(plain);
            continue;
        }
        let shingles = shingles(&plain);
        let old: Vec<usize> = shingles.iter().filter_map(|s| seen.get(s).copied()).collect();
        if sheet.is_open(i) && old.len() * 100 >= shingles.len() * ENOUGH && in_one_stretch(&old, i) {
            repeated[i] = true;
            sheet.mark(i, BlockKind::Repeat, "repeat.paragraph");
            continue;
        }
        for shingle in shingles {
            seen.entry(shingle).or_insert(i);
        }
    }
    // A subheading inside a run that repeats: its neighbours, furniture aside, are repetitions.
    for i in short {
        let is_repeat = |j: usize| sheet.pieces[j].kind == Some(BlockKind::Repeat);
        let counts = |j: &usize| is_repeat(*j) || sheet.pieces[*j].kind.is_none_or(BlockKind::is_text);
        let before = (0..i).rev().take(4).find(counts).is_some_and(is_repeat);
        let after = (i + 1..sheet.len()).take(4).find(counts).is_some_and(is_repeat);
        if before && after {
            sheet.mark(i, BlockKind::Repeat, "repeat.heading");
        }
    }
}

/// Whether the earlier places lie together: a repetition comes from one stretch, not from words picked over the page.
fn in_one_stretch(old: &[usize], here: usize) -> bool {
    let (Some(first), Some(last)) = (old.iter().min(), old.iter().max()) else { return false };
    *last < here && last - first <= 8
}

fn shingles(plain: &str) -> Vec<u64> {
    let words: Vec<&str> = plain.split(' ').collect();
    words
        .windows(SHINGLE)
        .map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}
