//! Owns the neural network of the swift tier: a bidirectional LSTM over hashed word features, with heads for tags,
//! names and dependency arcs (deep biaffine attention, Dozat and Manning 2017).

pub mod batch;
pub mod file;
pub mod forward;
pub mod lstm;
pub mod matrix;
pub mod ready;
pub mod tree;

use std::collections::HashMap;

use readout_types::Deprel;

use crate::form::Form;
use crate::names::NAME_LABELS;
use crate::tags::Tag;

/// Tables of word features: vocabulary, endings of three and of two characters, beginnings, shapes, endings of four.
pub const TABLES: usize = 6;

/// Rows of the hashed tables, after the vocabulary's.
pub const BUCKETS: [u32; TABLES - 1] = [6144, 1024, 6144, 512, 8192];

/// Number of relations.
pub const RELATIONS: usize = Deprel::ALL.len();

/// Sizes of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Numbers for each word before the first layer.
    pub input: usize,
    /// Numbers for each direction of each layer.
    pub state: usize,
    /// Layers.
    pub layers: usize,
    /// Numbers for a word as head and as dependent, for arcs.
    pub arc: usize,
    /// The same for relations.
    pub relation: usize,
}

/// Weights of one direction of one layer. The gates come in the order input, forget, candidate, output.
#[derive(Clone, Debug, Default)]
pub struct Lstm {
    /// From the input: (size of input) × (4 × state).
    pub input: Vec<f32>,
    /// From the state before: state × (4 × state).
    pub state: Vec<f32>,
    /// Of each gate.
    pub bias: Vec<f32>,
}

/// A network in floats, as it is trained. What reads is [`ready::Ready`].
#[derive(Clone, Debug)]
pub struct Network {
    /// Its sizes.
    pub sizes: Sizes,
    /// Row of each known word in the first table, by [`Form::lower`]; row 0 is for all others.
    pub vocabulary: HashMap<u32, u32>,
    /// Tags that it can give.
    pub tags: Vec<Tag>,
    /// Feature tables, rows of `sizes.input`.
    pub tables: Vec<Vec<f32>>,
    /// Layers, each forward and backward.
    pub layers: Vec<[Lstm; 2]>,
    /// From the last layer to head and dependent for arcs, head and dependent for relations: (2 × state) × width.
    pub project: Vec<f32>,
    /// Its bias.
    pub project_bias: Vec<f32>,
    /// Arc scores: arc × arc.
    pub arc: Vec<f32>,
    /// How likely each head is at all: arc.
    pub arc_bias: Vec<f32>,
    /// The root as head: arc, then relation numbers.
    pub root: Vec<f32>,
    /// Relation scores: relation × [`RELATIONS`].
    pub relation: Vec<f32>,
    /// Their bias.
    pub relation_bias: Vec<f32>,
    /// Tag scores: (2 × state) × tags.
    pub tag: Vec<f32>,
    /// Their bias.
    pub tag_bias: Vec<f32>,
    /// Name label scores: (2 × state) × [`NAME_LABELS`].
    pub name: Vec<f32>,
    /// While training: what each corpus of names adds to `name`, for its own habits; else empty.
    pub habits: Vec<Vec<f32>>,
    /// While training: from word vectors to the input, (width of the vectors) × input; else empty.
    pub turn: Vec<f32>,
    /// Their bias.
    pub name_bias: Vec<f32>,
}

/// Rows of the feature tables for a word that has this row in the vocabulary's.
fn rows(known: u32, form: &Form) -> [u32; TABLES] {
    [
        known,
        form.suffixes[2] % BUCKETS[0],
        form.suffixes[1] % BUCKETS[1],
        form.prefixes[2] % BUCKETS[2],
        form.shape % BUCKETS[3],
        form.suffixes[3] % BUCKETS[4],
    ]
}

impl Sizes {
    /// Width of the projection.
    pub fn width(self) -> usize {
        2 * self.arc + 2 * self.relation
    }
}

impl Network {
    /// Rows of the feature tables for a word.
    pub fn rows(&self, form: &Form) -> [u32; TABLES] {
        rows(self.vocabulary.get(&form.lower).copied().unwrap_or(0), form)
    }

    /// All dense weights, in a fixed order, with the number of columns of each.
    pub fn dense(&mut self) -> Vec<(&mut Vec<f32>, usize)> {
        let s = self.sizes;
        let mut all: Vec<(&mut Vec<f32>, usize)> = Vec::new();
        for layer in &mut self.layers {
            for lstm in layer {
                all.push((&mut lstm.input, 4 * s.state));
                all.push((&mut lstm.state, 4 * s.state));
                all.push((&mut lstm.bias, 4 * s.state));
            }
        }
        all.push((&mut self.project, s.width()));
        all.push((&mut self.project_bias, s.width()));
        all.push((&mut self.arc, s.arc));
        all.push((&mut self.arc_bias, s.arc));
        all.push((&mut self.root, s.arc + s.relation));
        all.push((&mut self.relation, RELATIONS));
        all.push((&mut self.relation_bias, RELATIONS));
        all.push((&mut self.tag, self.tags.len()));
        all.push((&mut self.tag_bias, self.tags.len()));
        all.push((&mut self.name, NAME_LABELS));
        all.push((&mut self.name_bias, NAME_LABELS));
        all.extend(self.habits.iter_mut().map(|h| (h, NAME_LABELS)));
        if !self.turn.is_empty() {
            all.push((&mut self.turn, s.input));
        }
        all
    }

    /// Scores of all heads of all words of a sentence: rows of `length + 1`, the root last. `parts` are the projected
    /// rows of the sentence, `turned` the dependents' arc numbers times the arc matrix.
    pub fn arc_scores(&self, parts: &[f32], turned: &[f32], length: usize) -> Vec<f32> {
        let s = self.sizes;
        let width = s.width();
        let head_of = |j: usize| if j < length { &parts[j * width..j * width + s.arc] } else { &self.root[..s.arc] };
        tree::scores(head_of, turned, &self.arc_bias, length)
    }

    /// A network of zeros.
    pub fn zeros(sizes: Sizes, vocabulary: HashMap<u32, u32>, tags: Vec<Tag>) -> Network {
        let gates = 4 * sizes.state;
        let both = 2 * sizes.state;
        let lstm = |input: usize| Lstm {
            input: vec![0.0; input * gates],
            state: vec![0.0; sizes.state * gates],
            bias: vec![0.0; gates],
        };
        let words = vocabulary.values().max().map_or(1, |m| m + 1);
        let heights = std::iter::once(words).chain(BUCKETS);
        Network {
            tables: heights.map(|h| vec![0.0; h as usize * sizes.input]).collect(),
            layers: (0..sizes.layers)
                .map(|l| if l == 0 { sizes.input } else { both })
                .map(|input| [lstm(input), lstm(input)])
                .collect(),
            project: vec![0.0; both * sizes.width()],
            project_bias: vec![0.0; sizes.width()],
            arc: vec![0.0; sizes.arc * sizes.arc],
            arc_bias: vec![0.0; sizes.arc],
            root: vec![0.0; sizes.arc + sizes.relation],
            relation: vec![0.0; sizes.relation * RELATIONS],
            relation_bias: vec![0.0; RELATIONS],
            tag: vec![0.0; both * tags.len()],
            tag_bias: vec![0.0; tags.len()],
            name: vec![0.0; both * NAME_LABELS],
            name_bias: vec![0.0; NAME_LABELS],
            habits: Vec::new(),
            turn: Vec::new(),
            sizes,
            vocabulary,
            tags,
        }
    }
}
