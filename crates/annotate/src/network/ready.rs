//! Owns the network as it reads: its tables in 8 bits where they lie in the file, its products in 8 bits
//! ([`crate::eight`]), one direction of a recurrent layer after the other.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::batch::Batch;
use super::matrix::{fraction, transpose};
use super::{Sizes, TABLES};
use crate::eight::{Base, DEPTH, Eight, Room, Rounded, byte_of, rounded};
use crate::form::Form;
use crate::linear::Spread;
use crate::tags::Tag;

/// Products that make numbers of rows: weights and bias.
#[derive(Clone, Debug)]
pub struct Dense {
    /// The weights.
    pub weights: Eight,
    /// What rounding took from the weights, where 8 bits are too few.
    pub rest: Option<Eight>,
    /// The bias.
    pub bias: Vec<f32>,
}

/// One direction of a layer.
#[derive(Clone, Debug)]
pub struct Direction {
    /// From the input to the gates.
    pub input: Dense,
    /// From the state to the gates; no bias.
    pub state: Dense,
}

/// A network that reads.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its sizes.
    pub sizes: Sizes,
    /// Row of each known word in the first table, by [`Form::lower`]; row 0 is for all others.
    pub vocabulary: HashMap<u32, u32, Spread>,
    /// Tags that it can give.
    pub tags: Vec<Tag>,
    /// The file.
    pub file: Cow<'static, [u8]>,
    /// Where the feature tables lie in it: rows of a scale and the numbers.
    pub tables: [Range<usize>; TABLES],
    /// Layers, each forward and backward.
    pub layers: Vec<[Direction; 2]>,
    /// Scores of tags, then of name labels.
    pub labels: Dense,
    /// To head and dependent for arcs, head and dependent for relations.
    pub project: Dense,
    /// Arc scores.
    pub arc: Dense,
    /// How likely each head is at all.
    pub arc_bias: Vec<f32>,
    /// The root as head: arc, then relation numbers.
    pub root: Vec<f32>,
    /// Relation scores.
    pub relation: Dense,
}

/// What a number of a state is multiplied by before it is rounded: states are between -1 and 1, so that one scale is good for
/// all of them.
const STATE: f32 = 127.0;

/// Words after the recurrent layers: rows of 2 × state, in 8 bits, and their scales.
pub struct States {
    /// The numbers, each plus 128.
    pub bytes: Vec<u8>,
    /// For each row the scale that all have.
    pub scales: Vec<f32>,
}

impl Dense {
    /// From weights that have a row for each number of the input, in each a number for each of the bias; `None` if the rows are
    /// not a multiple of [`DEPTH`].
    pub fn new(weights: &[f32], bias: Vec<f32>) -> Option<Dense> {
        let columns = bias.len();
        Some(Dense { weights: Eight::of(&transpose(weights, columns), weights.len() / columns)?, rest: None, bias })
    }

    /// The same, the weights in twice as many bits.
    pub fn fine(weights: &[f32], bias: Vec<f32>) -> Option<Dense> {
        let (columns, depth) = (bias.len(), weights.len() / bias.len());
        let mut rest = transpose(weights, columns);
        for row in rest.chunks_exact_mut(depth) {
            let (scale, bytes) = rounded(row);
            let bytes: Vec<u8> = bytes.collect();
            for (x, byte) in row.iter_mut().zip(bytes) {
                *x -= f32::from(byte as i8) * scale;
            }
        }
        Some(Dense { rest: Some(Eight::of(&rest, depth)?), ..Dense::new(weights, bias)? })
    }

    /// Writes the product with rows of bytes, as many as there are scales.
    pub fn to(&self, bytes: &[u8], scales: &[f32], out: &mut [f32], room: &mut Room) {
        self.weights.multiply_to(bytes, scales, Base::Bias(&self.bias), out, room);
        if let Some(rest) = &self.rest {
            rest.multiply_to(bytes, scales, Base::Out, out, room);
        }
    }

    /// The product with rows of bytes, as many as there are scales.
    pub fn of(&self, bytes: &[u8], scales: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; scales.len() * self.bias.len()];
        self.to(bytes, scales, &mut out, &mut Room::default());
        out
    }
}

impl Ready {
    /// Whether a network of these sizes can be multiplied in 8 bits.
    pub fn fits(sizes: Sizes) -> bool {
        [sizes.input, sizes.state, sizes.arc, sizes.relation].iter().all(|s| s.is_multiple_of(DEPTH))
    }

    /// Rows of the feature tables for a word.
    pub fn rows(&self, form: &Form) -> [u32; TABLES] {
        super::rows(self.vocabulary.get(&form.lower).copied().unwrap_or(0), form)
    }

    /// Sums of the table rows of packed sentences.
    fn input(&self, batch: &Batch, sentences: &[Vec<[u32; TABLES]>]) -> Vec<f32> {
        let mut input = vec![0.0; batch.rows() * self.sizes.input];
        pulp::Arch::new().dispatch(Sums { network: self, batch, sentences, input: &mut input });
        input
    }

    /// Runs the recurrent layers over packed sentences given as table rows.
    pub fn encode(&self, batch: &Batch, sentences: &[Vec<[u32; TABLES]>]) -> States {
        let size = self.sizes.state;
        let input = Rounded::new(&self.input(batch, sentences), self.sizes.input);
        let (mut bytes, mut scales) = (input.bytes, input.scales);
        let mut gates = vec![0.0; batch.rows() * 4 * size];
        let mut room = Room::default();
        for directions in &self.layers {
            let mut out = vec![0; batch.rows() * 2 * size];
            for (direction, back) in directions.iter().zip([false, true]) {
                direction.input.to(&bytes, &scales, &mut gates, &mut room);
                run(&direction.state, batch, &gates, size, back, &mut out, &mut room);
            }
            bytes = out;
            scales = vec![1.0 / STATE; batch.rows()];
        }
        States { bytes, scales }
    }
}

/// Sums of table rows to be worked out.
struct Sums<'a> {
    network: &'a Ready,
    batch: &'a Batch,
    sentences: &'a [Vec<[u32; TABLES]>],
    input: &'a mut [f32],
}

impl WithSimd for Sums<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.network.sizes.input;
        for (s, &original) in self.batch.order.iter().enumerate() {
            for (position, rows) in self.sentences[original].iter().enumerate() {
                let at = self.batch.row(s, position) * width;
                let slots = &mut self.input[at..at + width];
                for (table, &row) in self.network.tables.iter().zip(rows) {
                    add_row(&self.network.file[table.clone()], row as usize, slots);
                }
            }
        }
    }
}

/// Adds a row of a table: a scale, then as many numbers as there are slots.
#[inline(always)]
fn add_row(table: &[u8], row: usize, slots: &mut [f32]) {
    let own = &table[row * (slots.len() + 4)..(row + 1) * (slots.len() + 4)];
    let Some((scale, numbers)) = own.split_first_chunk::<4>() else { return };
    let scale = f32::from_le_bytes(*scale);
    for (x, byte) in slots.iter_mut().zip(numbers) {
        *x += f32::from(*byte as i8) * scale;
    }
}

/// Runs one direction of a layer over the gates that the input gives; its states are written to their half of rows of
/// 2 × `size`.
fn run(state: &Dense, batch: &Batch, gates: &[f32], size: usize, back: bool, out: &mut [u8], room: &mut Room) {
    let most = batch.lengths.len();
    let scales = vec![1.0 / STATE; most];
    let mut cells = vec![0.0; most * size];
    let mut states = vec![byte_of(0.0); most * size];
    let mut turned = vec![0.0; most * 4 * size];
    for (position, ends) in batch.starts.windows(2).enumerate() {
        let count = ends[1] - ends[0];
        if position > 0 {
            state.to(&states[..count * size], &scales[..count], &mut turned, room);
        }
        let first = ends[0];
        let (turned, cells, states) =
            (&turned[..count * 4 * size], &mut cells[..count * size], &mut states[..count * size]);
        pulp::Arch::new().dispatch(Position { batch, first, back, size, gates, turned, cells, states, out });
    }
}

/// The words at one position of all sentences that are as long.
struct Position<'a> {
    batch: &'a Batch,
    /// Row of the first of them.
    first: usize,
    back: bool,
    size: usize,
    gates: &'a [f32],
    turned: &'a [f32],
    cells: &'a mut [f32],
    states: &'a mut [u8],
    out: &'a mut [u8],
}

impl WithSimd for Position<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let size = self.size;
        let half = if self.back { size } else { 0 };
        let own = self.turned.chunks_exact(4 * size).zip(self.cells.chunks_exact_mut(size));
        for (k, ((turned, cells), states)) in own.zip(self.states.chunks_exact_mut(size)).enumerate() {
            let row = self.first + k;
            let row = if self.back { self.batch.mirror[row] as usize } else { row };
            step(&self.gates[row * 4 * size..(row + 1) * 4 * size], turned, cells, states);
            let at = row * 2 * size + half;
            self.out[at..at + size].copy_from_slice(states);
        }
    }
}

/// One word: from what the input and the state before it give its gates, and the cells before, to its cells and its states.
/// The curves are those of [`super::lstm`]; of their fractions the divisors are put together, since dividing takes longest.
#[inline(always)]
fn step(gates: &[f32], turned: &[f32], cells: &mut [f32], states: &mut [u8]) {
    let size = cells.len();
    let gate = |g: usize| gates[g * size..(g + 1) * size].iter().zip(&turned[g * size..(g + 1) * size]);
    let sums = gate(0).zip(gate(1)).zip(gate(2)).zip(gate(3));
    for ((cell, state), (((i, f), g), o)) in cells.iter_mut().zip(states).zip(sums) {
        let (above_i, below_i) = fraction(0.5 * (i.0 + i.1));
        let (above_f, below_f) = fraction(0.5 * (f.0 + f.1));
        let (above_g, below_g) = fraction(g.0 + g.1);
        let (above_o, below_o) = fraction(0.5 * (o.0 + o.1));
        // sigmoid(f) · cell + sigmoid(i) · tanh(g)
        let kept = (below_f + above_f) * *cell * (below_i * below_g);
        let taken = (below_i + above_i) * above_g * below_f;
        *cell = (kept + taken) / (2.0 * below_f * (below_i * below_g));
        // sigmoid(o) · tanh(cell)
        let (above_c, below_c) = fraction(*cell);
        *state = byte_of(((below_o + above_o) * above_c / (2.0 * below_o * below_c) * STATE).clamp(-STATE, STATE));
    }
}
