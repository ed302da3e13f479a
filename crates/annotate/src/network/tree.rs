//! Owns scores of arcs and the best tree for them: the maximum spanning arborescence with one root (Chu and Liu 1965; Edmonds 1967).

use super::forward::bias_rows;
use super::matrix::{Steps, multiply};

/// Scores of all heads of all words of a sentence: rows of `length + 1`, the root last. `head_of` gives the numbers of a word
/// as head (of the root for `length`), `turned` has the words' numbers as dependents times the arc matrix, `bias` says how likely
/// a head is at all.
pub fn scores<'a>(head_of: impl Fn(usize) -> &'a [f32], turned: &[f32], bias: &[f32], length: usize) -> Vec<f32> {
    let columns = length + 1;
    // The heads, transposed, with the root as the last column.
    let mut heads = vec![0.0; bias.len() * columns];
    let mut likely = vec![0.0; columns];
    for (j, likely) in likely.iter_mut().enumerate() {
        for (p, (&x, b)) in head_of(j).iter().zip(bias).enumerate() {
            heads[p * columns + j] = x;
            *likely += x * b;
        }
    }
    let mut scores = bias_rows(&likely, length);
    multiply(turned, Steps::rows(bias.len()), &heads, length, bias.len(), columns, &mut scores);
    scores
}

/// Heads of the best tree: `scores` has a row for each word and a column for each head, the root last.
pub fn best(scores: &[f32], length: usize) -> Vec<Option<u32>> {
    let columns = length + 1;
    if length == 0 {
        return Vec::new();
    }
    let score = |word: usize, head: usize| scores[word * columns + head];
    let mut heads: Vec<usize> = Vec::with_capacity(length);
    let mut root = (f32::NEG_INFINITY, 0);
    for word in 0..length {
        let mut best = usize::MAX;
        for head in (0..length).filter(|&h| h != word) {
            if best == usize::MAX || score(word, head) > score(word, best) {
                best = head;
            }
        }
        // How much better the root is as head than the best word.
        let gain = if best == usize::MAX { 0.0 } else { score(word, length) - score(word, best) };
        if gain > root.0 {
            root = (gain, word);
        }
        heads.push(best);
    }
    let root = root.1;
    heads[root] = length;
    if !acyclic(&heads, root) {
        heads = edmonds(scores, length, root);
    }
    heads.iter().enumerate().map(|(word, &head)| (word != root).then_some(head as u32)).collect()
}

/// Whether every word leads to the root.
fn acyclic(heads: &[usize], root: usize) -> bool {
    find_cycle(heads, root).is_none()
}

/// Less than any score, and far enough from infinity to be added up.
const NEVER: f32 = -1e9;

/// The best arborescence with this root.
fn edmonds(scores: &[f32], length: usize, root: usize) -> Vec<usize> {
    let columns = length + 1;
    let weights = (0..length)
        .map(|word| (0..length).map(|head| if word == head { NEVER } else { scores[word * columns + head] }).collect())
        .collect();
    let mut heads = contract(weights, root);
    heads[root] = length;
    heads
}

/// Heads by the rows of `weights` (word, then head): contracts one cycle, solves the smaller problem, opens the cycle again.
fn contract(weights: Vec<Vec<f32>>, root: usize) -> Vec<usize> {
    let length = weights.len();
    let mut heads = vec![usize::MAX; length];
    for word in (0..length).filter(|&w| w != root) {
        let mut best = usize::MAX;
        for head in (0..length).filter(|&h| h != word) {
            if best == usize::MAX || weights[word][head] > weights[word][best] {
                best = head;
            }
        }
        heads[word] = best;
    }
    let Some(cycle) = find_cycle(&heads, root) else { return heads };
    let mut inside = vec![false; length];
    for &word in &cycle {
        inside[word] = true;
    }
    let outside: Vec<usize> = (0..length).filter(|&w| !inside[w]).collect();
    let joint = outside.len();
    let mut smaller = vec![vec![NEVER; joint + 1]; joint + 1];
    // For each outside word: where an arc from it enters the cycle, and from where an arc to it leaves.
    let mut enter = vec![cycle[0]; joint];
    let mut leave = vec![cycle[0]; joint];
    for (a, &word) in outside.iter().enumerate() {
        for (b, &head) in outside.iter().enumerate().filter(|(b, _)| *b != a) {
            smaller[a][b] = weights[word][head];
        }
        let (mut into, mut out_of) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for &member in &cycle {
            let gain = weights[member][word] - weights[member][heads[member]];
            if gain > into {
                (into, enter[a]) = (gain, member);
            }
            if weights[word][member] > out_of {
                (out_of, leave[a]) = (weights[word][member], member);
            }
        }
        smaller[joint][a] = into;
        smaller[a][joint] = out_of;
    }
    let inner_root = outside.iter().position(|&w| w == root).unwrap_or(0);
    let found = contract(smaller, inner_root);
    for (a, &word) in outside.iter().enumerate().filter(|(_, w)| **w != root) {
        heads[word] = if found[a] == joint { leave[a] } else { outside[found[a]] };
    }
    let opened = found[joint];
    heads[enter[opened]] = outside[opened];
    heads
}

/// A cycle of the heads, if any.
fn find_cycle(heads: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut state = vec![0_u32; heads.len()];
    state[root] = u32::MAX;
    for start in 0..heads.len() {
        let mark = start as u32 + 1;
        let mut at = start;
        while state[at] == 0 {
            state[at] = mark;
            at = heads[at];
        }
        if state[at] == mark {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All trees of four words, the best of them by trying.
    #[test]
    fn agrees_with_trying_everything() {
        let mut seed = 1_u32;
        for _ in 0..300 {
            let scores: Vec<f32> = (0..20)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 16) as f32 / 65_536.0
                })
                .collect();
            let found = best(&scores, 4);
            let root = found.iter().position(Option::is_none).expect("a root");
            let total = |heads: &[usize]| (0..4).filter(|&w| w != root).map(|w| scores[w * 5 + heads[w]]).sum::<f32>();
            let heads: Vec<usize> = found.iter().map(|h| h.map_or(4, |h| h as usize)).collect();
            let mut top = f32::NEG_INFINITY;
            for code in 0..256_usize {
                let mut tried: Vec<usize> = (0..4).map(|w| (code >> (2 * w)) & 3).collect();
                tried[root] = 4;
                if (0..4).all(|w| tried[w] != w) && acyclic(&tried, root) {
                    top = top.max(total(&tried));
                }
            }
            assert!(acyclic(&heads, root));
            assert!((total(&heads) - top).abs() < 1e-6);
        }
    }
}
