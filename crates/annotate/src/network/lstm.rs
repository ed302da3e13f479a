//! Owns one direction of a recurrent layer (Hochreiter and Schmidhuber 1997; forget gates after Gers 2000) as it is trained, in
//! floats; [`super::ready`] has it as it reads.

use super::Lstm;
use super::batch::Batch;
use super::matrix::{Steps, multiply, sigmoid, tanh};
use pulp::{Simd, WithSimd};

/// What a pass leaves behind: what goes on, and what training needs.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// Gates after their curves: rows of 4 × state.
    pub gates: Vec<f32>,
    /// Cells: rows of state.
    pub cells: Vec<f32>,
    /// Output: rows of state.
    pub out: Vec<f32>,
}

/// Runs a layer over packed words (rows of `width`), from the first word to the last.
pub fn run(lstm: &Lstm, batch: &Batch, input: &[f32], width: usize, size: usize) -> Pass {
    let rows = batch.rows();
    let mut gates = Vec::with_capacity(rows * 4 * size);
    for _ in 0..rows {
        gates.extend_from_slice(&lstm.bias);
    }
    multiply(input, Steps::rows(width), &lstm.input, rows, width, 4 * size, &mut gates);
    let mut cells = vec![0.0; rows * size];
    let mut out = vec![0.0; rows * size];
    let blank = vec![0.0; size];
    let arch = pulp::Arch::new();
    for position in 0..batch.starts.len().saturating_sub(1) {
        let (from, to) = (batch.starts[position], batch.starts[position + 1]);
        let before = if position == 0 { 0 } else { batch.starts[position - 1] };
        if position > 0 {
            let state = &out[before * size..(before + to - from) * size];
            let (count, gates) = (to - from, &mut gates[from * 4 * size..to * 4 * size]);
            multiply(state, Steps::rows(size), &lstm.state, count, size, 4 * size, gates);
        }
        let (old, new) = cells.split_at_mut(from * size);
        let pairs = gates[from * 4 * size..to * 4 * size].chunks_exact_mut(4 * size).zip(new.chunks_exact_mut(size));
        let outs = out[from * size..to * size].chunks_exact_mut(size);
        for (k, ((gate, cell), out)) in pairs.zip(outs).enumerate() {
            let old = if position == 0 { &blank[..] } else { &old[(before + k) * size..(before + k + 1) * size] };
            arch.dispatch(CellStep { gate, old, cell, out });
        }
    }
    Pass { gates, cells, out }
}

/// One word: from the sums of its gates and the cell before to its cell and its output.
struct CellStep<'a> {
    gate: &'a mut [f32],
    old: &'a [f32],
    cell: &'a mut [f32],
    out: &'a mut [f32],
}

impl WithSimd for CellStep<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let size = self.cell.len();
        let (i, rest) = self.gate.split_at_mut(size);
        let (f, rest) = rest.split_at_mut(size);
        let (g, o) = rest.split_at_mut(size);
        for (x, y) in i.iter_mut().zip(f.iter_mut()) {
            *x = sigmoid(*x);
            *y = sigmoid(*y);
        }
        for (x, y) in g.iter_mut().zip(o.iter_mut()) {
            *x = tanh(*x);
            *y = sigmoid(*y);
        }
        let gates = i.iter().zip(f.iter()).zip(g.iter()).zip(o.iter());
        for ((((i, f), g), o), ((old, cell), out)) in gates.zip(self.old.iter().zip(self.cell).zip(self.out)) {
            *cell = f * old + i * g;
            *out = o * tanh(*cell);
        }
    }
}
