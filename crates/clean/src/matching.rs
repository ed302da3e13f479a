//! Owns the search for a page's blocks in the text that the extractor took from it.
//!
//! Both are compared by their letters and digits alone. Long blocks are looked up where words begin; of all places the
//! heaviest chain that runs forward in both is taken, and short blocks are found between its links.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Bytes of letters and digits that make a block findable by itself.
const KEY: usize = 24;
/// Places of one key that are tried.
const PLACES: usize = 6;
/// Longest stretch between two links in which a short block is looked for out of turn, bytes.
const GAP: usize = 4000;

/// Letters and digits only.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Which of `blocks` make up `extracted`, in order. Time grows with the length of both.
pub(crate) fn matching(blocks: &[&str], extracted: &str) -> Vec<bool> {
    let (wanted, index) = indexed(extracted);
    let texts: Vec<String> = blocks.iter().map(|b| squeezed(b)).collect();
    let mut places: Vec<Place> = Vec::new();
    for (block, text) in texts.iter().enumerate() {
        let Some(key) = text.as_bytes().get(..KEY).map(hash) else { continue };
        for start in index.get(&key).into_iter().flatten() {
            if wanted[*start..].starts_with(text.as_str()) {
                places.push(Place { block, start: *start, end: start + text.len() });
            }
        }
    }
    let chain = heaviest_chain(&places);
    let mut kept = vec![false; blocks.len()];
    let (mut block, mut cursor) = (0, 0);
    let past_end = Place { block: blocks.len(), start: wanted.len(), end: wanted.len() };
    for link in chain.into_iter().map(|i| &places[i]).chain([&past_end]) {
        between(&texts[block..link.block], &wanted[cursor..link.start], &mut kept[block..link.block]);
        if let Some(keep) = kept.get_mut(link.block) {
            *keep = true;
        }
        block = (link.block + 1).min(blocks.len());
        cursor = link.end;
    }
    kept
}

/// A block at a place of the extracted text.
struct Place {
    block: usize,
    start: usize,
    end: usize,
}

/// The letters and digits of a text, and where in them each key stands that begins with a word.
fn indexed(text: &str) -> (String, HashMap<u64, Vec<usize>>) {
    let mut wanted = String::with_capacity(text.len());
    let mut starts = Vec::new();
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if !inside {
                starts.push(wanted.len());
            }
            wanted.push(c);
        }
        inside = c.is_alphanumeric();
    }
    let mut index: HashMap<u64, Vec<usize>> = HashMap::with_capacity(starts.len());
    for start in starts {
        if let Some(key) = wanted.as_bytes().get(start..start + KEY) {
            let places = index.entry(hash(key)).or_default();
            if places.len() < PLACES {
                places.push(start);
            }
        }
    }
    (wanted, index)
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The chain of places, forward in blocks and in the text, that covers most of it. Places come in the order of blocks.
fn heaviest_chain(places: &[Place]) -> Vec<usize> {
    // `best[r]`: the heaviest chain whose end has this rank, as a tree of prefix maxima.
    let mut ends: Vec<usize> = places.iter().map(|p| p.end).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); ends.len() + 1];
    let mut parents: Vec<Option<usize>> = vec![None; places.len()];
    let mut weights = vec![0; places.len()];
    let mut i = 0;
    while i < places.len() {
        let same = places[i..].iter().take_while(|p| p.block == places[i].block).count();
        for j in i..i + same {
            let mut rank = ends.partition_point(|e| *e <= places[j].start);
            let mut best = (0, None);
            while rank > 0 {
                if tree[rank].0 > best.0 {
                    best = tree[rank];
                }
                rank &= rank - 1;
            }
            parents[j] = best.1;
            weights[j] = best.0 + places[j].end - places[j].start;
        }
        // Only after all places of a block: it can be in the chain once.
        for j in i..i + same {
            let mut rank = ends.partition_point(|e| *e < places[j].end) + 1;
            while rank < tree.len() {
                if weights[j] > tree[rank].0 {
                    tree[rank] = (weights[j], Some(j));
                }
                rank += rank & rank.wrapping_neg();
            }
        }
        i += same;
    }
    let mut chain = Vec::new();
    let mut at = (0..places.len()).max_by_key(|j| (weights[*j], std::cmp::Reverse(*j)));
    while let Some(j) = at {
        chain.push(j);
        at = parents[j];
    }
    chain.reverse();
    chain
}

/// Finds short blocks in the text between two links.
fn between(texts: &[String], wanted: &str, kept: &mut [bool]) {
    let mut rest = wanted;
    for (text, keep) in texts.iter().zip(kept) {
        if text.is_empty() {
            continue;
        }
        if let Some(after) = rest.strip_prefix(text.as_str()) {
            rest = after;
            *keep = true;
        } else if text.len() >= 8
            && rest.len() <= GAP
            && let Some(at) = rest.find(text.as_str())
        {
            rest = &rest[at + text.len()..];
            *keep = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(blocks: &[&str], extracted: &str, expected: &str) {
        let kept: String = matching(blocks, extracted).into_iter().map(|k| if k { '+' } else { '-' }).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_teaser_of_the_last_paragraph_does_not_hide_the_article() {
        let last = "The last paragraph says that the talks will go on in June.";
        let first = "Norway's minister spoke by telephone with her counterpart on Sunday.";
        check(
            &[
                "Home",
                last,
                "World",
                first,
                "Boats",
                "Kenya asks for boats, Norway for a licence to fish.",
                last,
                "Most read",
            ],
            &format!("{first}\n\nBoats\n\nKenya asks for boats, Norway for a licence to fish.\n\n{last}"),
            "---++++-",
        );
    }

    #[test]
    fn nothing_in_nothing() {
        check(&[], "text", "");
        check(&["a", ""], "", "--");
    }
}
