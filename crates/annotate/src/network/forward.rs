//! Owns the analysis of sentences by the network: tags, names, and trees.

use readout_types::{Deprel, NameKind};

use super::batch::Batch;
use super::matrix::{Steps, multiply};
use super::{Network, RELATIONS, TABLES, lstm, tree};
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

/// Sentences after the recurrent layers.
pub struct Encoded {
    /// How they are packed.
    pub batch: Batch,
    /// Rows of 2 × state.
    pub states: Vec<f32>,
}

/// Adds a bias to nothing: rows of the bias, ready to have a product added.
pub fn bias_rows(bias: &[f32], rows: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(bias.len() * rows);
    for _ in 0..rows {
        out.extend_from_slice(bias);
    }
    out
}

impl Network {
    /// Runs the recurrent layers over sentences given as table rows.
    pub fn encode(&self, sentences: &[Vec<[u32; TABLES]>]) -> Encoded {
        let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
        let batch = Batch::new(&lengths);
        let width = self.sizes.input;
        let mut input = vec![0.0; batch.rows() * width];
        for (s, &original) in batch.order.iter().enumerate() {
            for (position, rows) in sentences[original].iter().enumerate() {
                let at = batch.row(s, position) * width;
                let slot = &mut input[at..at + width];
                for (table, &row) in self.tables.iter().zip(rows) {
                    let start = row as usize * width;
                    for (x, y) in slot.iter_mut().zip(&table[start..start + width]) {
                        *x += y;
                    }
                }
            }
        }
        let size = self.sizes.state;
        let mut width = width;
        for (l, [forward, backward]) in self.layers.iter().enumerate() {
            let (ready, mirrored) = (self.laid_out.get(l), batch.mirrored(&input, width));
            let ahead = lstm::run(forward, ready.map(|r| &r[0]), &batch, &input, width, size);
            let back = lstm::run(backward, ready.map(|r| &r[1]), &batch, &mirrored, width, size);
            input = join(&ahead.out, &batch.mirrored(&back.out, size), size);
            width = 2 * size;
        }
        Encoded { batch, states: input }
    }

    /// Tags and names of all sentences, and the trees of those that `wanted` accepts (by place in the list, given the
    /// tags and names). Results are in the order of the list.
    pub fn read_sentences(
        &self,
        sentences: &[Vec<[u32; TABLES]>],
        wanted: &mut dyn FnMut(usize, &Reading) -> bool,
    ) -> Vec<Reading> {
        let Encoded { batch, states } = self.encode(sentences);
        let rows = batch.rows();
        let both = 2 * self.sizes.state;
        let mut tags = bias_rows(&self.tag_bias, rows);
        multiply(&states, Steps::rows(both), &self.tag, rows, both, self.tags.len(), &mut tags);
        let mut labels = bias_rows(&self.name_bias, rows);
        multiply(&states, Steps::rows(both), &self.name, rows, both, NAME_LABELS, &mut labels);
        let mut readings = vec![Reading::default(); sentences.len()];
        let mut chosen = Vec::new();
        for (s, &original) in batch.order.iter().enumerate() {
            let reading = &mut readings[original];
            let mut scores = Vec::new();
            for position in 0..batch.lengths[s] {
                let row = batch.row(s, position);
                let best = top(&tags[row * self.tags.len()..(row + 1) * self.tags.len()]);
                reading.tags.push(self.tags[best]);
                scores.extend_from_slice(&labels[row * NAME_LABELS..(row + 1) * NAME_LABELS]);
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
    fn trees(&self, batch: &Batch, states: &[f32], chosen: &[usize], readings: &mut [Reading]) {
        if chosen.is_empty() {
            return;
        }
        let s = self.sizes;
        let both = 2 * s.state;
        let width = s.width();
        let mut packed = Vec::new();
        let mut offsets = vec![0];
        for &sentence in chosen {
            batch.gather(states, both, 0..both, sentence, &mut packed);
            offsets.push(packed.len() / both);
        }
        let rows = packed.len() / both;
        let mut parts = bias_rows(&self.project_bias, rows);
        multiply(&packed, Steps::rows(both), &self.project, rows, both, width, &mut parts);
        for x in &mut parts {
            *x = x.max(0.0);
        }
        let mut turned = vec![0.0; rows * s.arc];
        multiply(&parts[s.arc..], Steps::rows(width), &self.arc, rows, s.arc, s.arc, &mut turned);
        let mut hidden = Vec::with_capacity(rows * s.relation);
        let mut heads = Vec::with_capacity(rows);
        for (k, &sentence) in chosen.iter().enumerate() {
            let length = batch.lengths[sentence];
            let from = offsets[k];
            let scores = self.arc_scores(
                &parts[from * width..(from + length) * width],
                &turned[from * s.arc..(from + length) * s.arc],
                length,
            );
            let found = tree::best(&scores, length);
            let (head_at, dependent_at) = (2 * s.arc, 2 * s.arc + s.relation);
            for (i, &head) in found.iter().enumerate() {
                let own = &parts[(from + i) * width + dependent_at..(from + i) * width + dependent_at + s.relation];
                let other = match head {
                    Some(h) => {
                        &parts
                            [(from + h as usize) * width + head_at..(from + h as usize) * width + head_at + s.relation]
                    }
                    None => &self.root[s.arc..],
                };
                hidden.extend(own.iter().zip(other).map(|(a, b)| a + b));
            }
            heads.extend(found);
        }
        for x in &mut hidden {
            *x = x.max(0.0);
        }
        let mut relations = bias_rows(&self.relation_bias, rows);
        multiply(&hidden, Steps::rows(s.relation), &self.relation, rows, s.relation, RELATIONS, &mut relations);
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

    /// Scores of all heads of all words of a sentence: rows of `length + 1`, the root last. `parts` are the projected
    /// rows of the sentence, `turned` the dependents' arc numbers times the arc matrix.
    pub fn arc_scores(&self, parts: &[f32], turned: &[f32], length: usize) -> Vec<f32> {
        let s = self.sizes;
        let width = s.width();
        let head_of = |j: usize| if j < length { &parts[j * width..j * width + s.arc] } else { &self.root[..s.arc] };
        tree::scores(head_of, turned, &self.arc_bias, length)
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
