//! Owns the analysis of sentences by the network: tags, names, and trees.

use readout_types::{Deprel, NameKind};

use super::batch::Batch;
use super::ready::{Ready, States};
use super::{RELATIONS, TABLES, tree};
use crate::eight::Rounded;
use crate::names::{self, NAME_LABELS};
use crate::tags::Tag;

/// What the network says of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Tag of each word.
    pub tags: Vec<Tag>,
    /// Names as `(first, end, kind)`.
    pub names: Vec<(usize, usize, NameKind)>,
    /// Head (`None` for the root) and relation of each word; empty where no tree was asked for.
    pub arcs: Vec<(Option<u32>, Deprel)>,
    /// How surely what each word speaks of happened, from -3 (surely not) to 3; empty where nobody says.
    pub certainty: Vec<f32>,
}

/// Adds a bias to nothing: rows of the bias, ready to have a product added.
pub fn bias_rows(bias: &[f32], rows: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(bias.len() * rows);
    for _ in 0..rows {
        out.extend_from_slice(bias);
    }
    out
}

impl Ready {
    /// Tags and names of all sentences, and the trees of those that `wanted` accepts (by place in the list, given the
    /// tags and names). Results are in the order of the list.
    pub fn read_sentences(
        &self,
        sentences: &[Vec<[u32; TABLES]>],
        wanted: &mut dyn FnMut(usize, &Reading) -> bool,
    ) -> Vec<Reading> {
        let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
        let batch = Batch::new(&lengths);
        let states = self.encode(&batch, sentences);
        let labels = self.labels.of(&states.bytes, &states.scales);
        let (tags, width) = (self.tags.len(), self.tags.len() + NAME_LABELS);
        let mut readings = vec![Reading::default(); sentences.len()];
        let mut chosen = Vec::new();
        let mut scores = Vec::new();
        for (s, &original) in batch.order.iter().enumerate() {
            let reading = &mut readings[original];
            scores.clear();
            reading.tags.reserve_exact(batch.lengths[s]);
            for position in 0..batch.lengths[s] {
                let row = batch.row(s, position);
                let (own, names) = labels[row * width..(row + 1) * width].split_at(tags);
                reading.tags.push(self.tags[top(own)]);
                scores.extend_from_slice(names);
            }
            reading.names = names::spans(&names::best_path(&scores));
            if wanted(original, reading) {
                chosen.push(s);
            }
        }
        self.trees(&batch, &states, &chosen, &mut readings);
        readings
    }

    /// Trees of the chosen sentences of a batch.
    fn trees(&self, batch: &Batch, states: &States, chosen: &[usize], readings: &mut [Reading]) {
        if chosen.is_empty() {
            return;
        }
        let s = self.sizes;
        let both = 2 * s.state;
        let width = s.width();
        let mut packed = Vec::new();
        let mut offsets = vec![0];
        for &sentence in chosen {
            for position in 0..batch.lengths[sentence] {
                let row = batch.row(sentence, position);
                packed.extend_from_slice(&states.bytes[row * both..(row + 1) * both]);
            }
            offsets.push(packed.len() / both);
        }
        let rows = packed.len() / both;
        let mut parts = self.project.of(&packed, &states.scales[..rows]);
        for x in &mut parts {
            *x = x.max(0.0);
        }
        let dependents = Rounded::part(&parts, width, s.arc..2 * s.arc);
        let turned = self.arc.of(&dependents.bytes, &dependents.scales);
        let mut hidden = Vec::with_capacity(rows * s.relation);
        let mut heads = Vec::with_capacity(rows);
        for (k, &sentence) in chosen.iter().enumerate() {
            let length = batch.lengths[sentence];
            let from = offsets[k];
            let own = &parts[from * width..(from + length) * width];
            let head_of = |j: usize| if j < length { &own[j * width..j * width + s.arc] } else { &self.root[..s.arc] };
            let turned = &turned[from * s.arc..(from + length) * s.arc];
            let scores = tree::scores(head_of, turned, &self.arc_bias, length);
            let found = tree::best(&scores, length);
            let (head_at, dependent_at) = (2 * s.arc, 2 * s.arc + s.relation);
            for (row, &head) in own.chunks_exact(width).zip(&found) {
                let other = match head {
                    Some(h) => &own[h as usize * width + head_at..h as usize * width + head_at + s.relation],
                    None => &self.root[s.arc..],
                };
                hidden.extend(row[dependent_at..].iter().zip(other).map(|(a, b)| (a + b).max(0.0)));
            }
            heads.extend(found);
        }
        let hidden = Rounded::new(&hidden, s.relation);
        let relations = self.relation.of(&hidden.bytes, &hidden.scales);
        for (k, &sentence) in chosen.iter().enumerate() {
            let arcs = &mut readings[batch.order[sentence]].arcs;
            for row in offsets[k]..offsets[k + 1] {
                let scores = &relations[row * RELATIONS..(row + 1) * RELATIONS];
                let relation = match heads[row] {
                    None => Deprel::Root,
                    Some(_) => Deprel::ALL[top_without(scores, Deprel::Root as usize)],
                };
                arcs.push((heads[row], relation));
            }
        }
    }
}

/// Rows of two matrices side by side.
pub fn join(a: &[f32], b: &[f32], size: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    for (a, b) in a.chunks_exact(size).zip(b.chunks_exact(size)) {
        out.extend_from_slice(a);
        out.extend_from_slice(b);
    }
    out
}

/// Place of the highest score, the first of equals.
pub fn top(scores: &[f32]) -> usize {
    top_without(scores, usize::MAX)
}

/// The same, one place left out.
pub fn top_without(scores: &[f32], left_out: usize) -> usize {
    let mut best = usize::from(left_out == 0);
    for (i, &score) in scores.iter().enumerate() {
        if i != left_out && score > scores[best] {
            best = i;
        }
    }
    best
}
