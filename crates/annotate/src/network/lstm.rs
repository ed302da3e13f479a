//! Owns one direction of a recurrent layer (Hochreiter and Schmidhuber 1997; forget gates after Gers 2000).

use super::Lstm;
use super::batch::Batch;
use super::matrix::{Steps, multiply, sigmoid, tanh, vectorised};

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
    for position in 0..batch.starts.len().saturating_sub(1) {
        let (from, to) = (batch.starts[position], batch.starts[position + 1]);
        let before = if position == 0 { 0 } else { batch.starts[position - 1] };
        if position > 0 {
            let state = &out[before * size..(before + to - from) * size];
            multiply(
                state,
                Steps::rows(size),
                &lstm.state,
                to - from,
                size,
                4 * size,
                &mut gates[from * 4 * size..to * 4 * size],
            );
        }
        let (old, new) = cells.split_at_mut(from * size);
        let pairs = gates[from * 4 * size..to * 4 * size].chunks_exact_mut(4 * size).zip(new.chunks_exact_mut(size));
        let outs = out[from * size..to * size].chunks_exact_mut(size);
        for (k, ((gate, cell), out)) in pairs.zip(outs).enumerate() {
            let old = if position == 0 { &blank[..] } else { &old[(before + k) * size..(before + k + 1) * size] };
            vectorised(
                #[inline(always)]
                || cell_step(gate, old, cell, out, size),
            );
        }
    }
    Pass { gates, cells, out }
}

#[inline(always)]
fn cell_step(gate: &mut [f32], old: &[f32], cell: &mut [f32], out: &mut [f32], size: usize) {
    let (i, rest) = gate.split_at_mut(size);
    let (f, rest) = rest.split_at_mut(size);
    let (g, o) = rest.split_at_mut(size);
    for x in i.iter_mut() {
        *x = sigmoid(*x);
    }
    for x in f.iter_mut() {
        *x = sigmoid(*x);
    }
    for x in g.iter_mut() {
        *x = tanh(*x);
    }
    for x in o.iter_mut() {
        *x = sigmoid(*x);
    }
    for j in 0..size {
        cell[j] = f[j] * old[j] + i[j] * g[j];
        out[j] = o[j] * tanh(cell[j]);
    }
}
