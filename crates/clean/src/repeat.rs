//! Owns repeated text: a paragraph that stood on the same page before, word for word or nearly.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use readout_types::BlockKind;

use crate::prose::{bare, words};
use crate::sheet::Sheet;

/// Words in a row that are compared.
const SHINGLE: usize = 4;
/// A paragraph needs this many words to be looked at by itself; shorter ones repeat only beside text that repeats.
const SHORTEST: usize = 12;
/// Of its runs of four words, this part (in hundredths) must have stood in one earlier stretch of text.
const ENOUGH: usize = 80;
/// Paragraphs on either side within which they must lie.
const NEAR: usize = 4;
/// Runs of words that are remembered; a page that has more repeats itself unseen.
const MOST: usize = 1 << 20;

/// Marks repeated paragraphs. Only what is text by itself can be repeated: a headline that first stood in a list of
/// links does not make the article below it a repetition.
pub(crate) fn repeats(sheet: &mut Sheet) {
    // Runs of words that stood before, with the piece where they first stood.
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let mut lines: HashSet<String> = HashSet::new();
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
        let mut old: Vec<usize> = shingles.iter().filter_map(|s| seen.get(s).copied()).collect();
        if sheet.is_open(i) && in_one_stretch(&mut old) * 100 >= shingles.len() * ENOUGH {
            sheet.mark(i, BlockKind::Repeat, "repeat.paragraph");
            continue;
        }
        for shingle in shingles.into_iter().take(MOST.saturating_sub(seen.len())) {
            seen.entry(shingle).or_insert(i);
        }
    }
    // A subheading inside a run that repeats: its neighbours, furniture aside, are repetitions.
    for i in short {
        let is_repeat = |j: usize| sheet.pieces[j].kind == Some(BlockKind::Repeat);
        let counts = |j: &usize| is_repeat(*j) || sheet.pieces[*j].kind.is_none_or(BlockKind::is_text);
        let before = (0..i).rev().take(4).find(counts).is_some_and(is_repeat);
        let after = (i + 1..sheet.len()).take(4).find(counts).is_some_and(is_repeat);
        // A sentence may end the run; a subheading stands inside.
        if before && (after || words(sheet.of(i), 6) == 6) {
            sheet.mark(i, BlockKind::Repeat, "repeat.heading");
        }
    }
}

/// How many of the earlier places lie together, around their median: a repetition comes from one stretch of text, not
/// from phrases picked over the page.
fn in_one_stretch(old: &mut [usize]) -> usize {
    old.sort_unstable();
    let Some(middle) = old.get(old.len() / 2).copied() else { return 0 };
    old.iter().filter(|place| place.abs_diff(middle) <= NEAR).count()
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
