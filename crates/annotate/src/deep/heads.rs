//! Owns what is read off the encoder's states: tags, names, trees, and how surely each word's event happened.

use readout_types::Deprel;

use super::encoder::WIDTH;
use crate::names::{self, NAME_LABELS};
use crate::network::RELATIONS;
use crate::network::forward::{Reading, bias_rows, top, top_without};
use crate::network::matrix::{Steps, multiply};
use crate::network::tree;
use crate::tags::Tag;

/// Numbers for a word as head and as dependent, for arcs.
pub const ARC: usize = 256;
/// The same for relations.
pub const RELATION: usize = 128;
/// Numbers between a state and its factuality.
pub const FACT: usize = 128;
/// Numbers for each word before trees are scored: head and dependent for arcs, then for relations.
pub const PROJECTED: usize = 2 * ARC + 2 * RELATION;

/// Weights from rows of `input` numbers, a row for each of them, and a bias.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    /// A row for each number of the input.
    pub weights: Vec<f32>,
    /// A number for each column.
    pub bias: Vec<f32>,
}

impl Linear {
    fn apply(&self, rows: &[f32], input: usize) -> Vec<f32> {
        let count = rows.len() / input;
        let mut out = bias_rows(&self.bias, count);
        multiply(rows, Steps::rows(input), &self.weights, count, input, self.bias.len(), &mut out);
        out
    }
}

/// The heads.
#[derive(Clone, Debug)]
pub struct Heads {
    /// Tags that can be given.
    pub tags: Vec<Tag>,
    /// To [`PROJECTED`].
    pub project: Linear,
    /// Arc scores: [`ARC`] × [`ARC`].
    pub arc: Vec<f32>,
    /// How likely each head is at all.
    pub arc_bias: Vec<f32>,
    /// The root as head.
    pub root: Vec<f32>,
    /// From dependent, head and their product to [`RELATIONS`].
    pub relation: Linear,
    /// To tags.
    pub tag: Linear,
    /// To [`NAME_LABELS`].
    pub name: Linear,
    /// To [`FACT`].
    pub fact: Linear,
    /// To how surely it happened.
    pub certainty: Linear,
}

impl Heads {
    /// Readings of sentences of these lengths, whose states lie one after the other, for each group of heads.
    pub fn read(&self, lengths: &[usize], states: &[Vec<f32>]) -> Vec<Reading> {
        let [for_trees, for_tags, for_names] = states else { return Vec::new() };
        let tags = self.tag.apply(for_tags, WIDTH);
        let labels = self.name.apply(for_names, WIDTH);
        let mut certain = self.fact.apply(for_names, WIDTH);
        for x in &mut certain {
            *x = x.max(0.0);
        }
        let certain = self.certainty.apply(&certain, FACT);
        let mut parts = self.project.apply(for_trees, WIDTH);
        for x in &mut parts {
            *x = x.max(0.0);
        }
        let rows = parts.len() / PROJECTED;
        let mut turned = vec![0.0; rows * ARC];
        multiply(&parts[ARC.min(parts.len())..], Steps::rows(PROJECTED), &self.arc, rows, ARC, ARC, &mut turned);
        let mut first = 0;
        let mut readings = Vec::with_capacity(lengths.len());
        for &length in lengths {
            let end = first + length;
            let count = self.tags.len();
            let best = tags[first * count..end * count].chunks_exact(count).map(|scores| self.tags[top(scores)]);
            let own = &parts[first * PROJECTED..end * PROJECTED];
            readings.push(Reading {
                tags: best.collect(),
                names: names::spans(&names::best_path(&labels[first * NAME_LABELS..end * NAME_LABELS])),
                certainty: certain[first..end].to_vec(),
                arcs: self.tree(own, &turned[first * ARC..end * ARC], length),
            });
            first = end;
        }
        readings
    }

    fn tree(&self, parts: &[f32], turned: &[f32], length: usize) -> Vec<(Option<u32>, Deprel)> {
        let head_of = |j: usize| if j < length { &parts[j * PROJECTED..j * PROJECTED + ARC] } else { &self.root[..] };
        let scores = tree::scores(head_of, turned, &self.arc_bias, length);
        let heads = tree::best(&scores, length);
        let mut pairs = Vec::with_capacity(length * 3 * RELATION);
        for (i, head) in heads.iter().enumerate() {
            let part = |word: usize, at: usize| &parts[word * PROJECTED + at..word * PROJECTED + at + RELATION];
            let dependent = part(i, 2 * ARC + RELATION);
            // The relation of the root is known.
            let head = part(head.map_or(i, |h| h as usize), 2 * ARC);
            pairs.extend_from_slice(dependent);
            pairs.extend_from_slice(head);
            pairs.extend(dependent.iter().zip(head).map(|(d, h)| d * h));
        }
        let scores = self.relation.apply(&pairs, 3 * RELATION);
        let relations = scores.chunks_exact(RELATIONS).map(|s| Deprel::ALL[top_without(s, Deprel::Root as usize)]);
        heads
            .into_iter()
            .zip(relations)
            .map(|(head, r)| (head, if head.is_some() { r } else { Deprel::Root }))
            .collect()
    }
}
