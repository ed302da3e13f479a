//! Owns the loss of the network on a batch and its gradient, worked out by hand, layer by layer.

use readout_annotate::names::NAME_LABELS;
use readout_annotate::network::batch::Batch;
use readout_annotate::network::forward::{bias_rows, join};
use readout_annotate::network::matrix::{Steps, multiply, transpose};
use readout_annotate::network::{Lstm, Network, RELATIONS, TABLES, lstm};

use crate::perceptron::Random;

/// A sentence to learn from. Empty lists are not learnt from.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// Rows of the feature tables.
    pub rows: Vec<[u32; TABLES]>,
    /// Number of the tag of each word.
    pub tags: Vec<u16>,
    /// Vectors of the words, as many numbers for each as the network takes.
    pub vectors: Vec<f32>,
    /// Which corpus the names are from.
    pub corpus: u8,
    /// Name label of each word.
    pub names: Vec<u8>,
    /// Head of each word, the number of words for the root.
    pub heads: Vec<u16>,
    /// Relation of each word.
    pub relations: Vec<u8>,
}

/// Row of the first table that stands for nothing at all.
pub const BLANK: u32 = u32::MAX;

/// How much more a decision on names counts than one on tags or trees: there are far fewer names than words.
pub const NAMES: f32 = 2.0;

/// Parts of numbers set to zero while learning.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Of the sums of the feature tables.
    pub input: f32,
    /// Of the outputs of the layers.
    pub state: f32,
    /// Of the projections.
    pub project: f32,
}

/// Sum of losses per kind, and how many decisions each has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loss {
    pub arcs: f64,
    pub relations: f64,
    pub tags: f64,
    pub names: f64,
}

fn mask(length: usize, part: f32, random: &mut Random) -> Vec<f32> {
    if part <= 0.0 {
        return vec![1.0; length];
    }
    let keep = 1.0 / (1.0 - part);
    (0..length).map(|_| if random.unit() < part { 0.0 } else { keep }).collect()
}

fn times(a: &mut [f32], b: &[f32]) {
    for (x, y) in a.iter_mut().zip(b) {
        *x *= y;
    }
}

fn add_columns(rows: &[f32], width: usize, sums: &mut [f32]) {
    for row in rows.chunks_exact(width) {
        for (s, x) in sums.iter_mut().zip(row) {
            *s += x;
        }
    }
}

/// Softmax of each row less one for the right column, times `weight`; rows without a right answer become zero.
fn cross_entropy(scores: &mut [f32], width: usize, right: impl Fn(usize) -> Option<usize>, weight: f32) -> f64 {
    let mut loss = 0.0;
    for (i, row) in scores.chunks_exact_mut(width).enumerate() {
        let Some(gold) = right(i) else {
            row.fill(0.0);
            continue;
        };
        let top = row.iter().fold(f32::NEG_INFINITY, |a, &x| a.max(x));
        let mut sum = 0.0;
        for x in row.iter_mut() {
            *x = (*x - top).exp();
            sum += *x;
        }
        loss -= f64::from((row[gold] / sum).max(1e-20).ln());
        for x in row.iter_mut() {
            *x *= weight / sum;
        }
        row[gold] -= weight;
    }
    loss
}

/// Gradient of `input · weights + bias` given the gradient of the result. Adds to all three.
#[allow(clippy::too_many_arguments, reason = "a matrix product has this many parts")]
fn dense_back(
    input: &[f32],
    weights: &[f32],
    rows: usize,
    k: usize,
    n: usize,
    out: &[f32],
    d_weights: &mut [f32],
    d_bias: &mut [f32],
    d_input: &mut [f32],
) {
    multiply(input, Steps::transposed(k), out, k, rows, n, d_weights);
    add_columns(out, n, d_bias);
    multiply(out, Steps::rows(n), &transpose(weights, n), rows, n, k, d_input);
}

/// Adds the gradient of the loss on `examples` to `gradient`; the table rows touched are added to `touched`.
pub fn learn(
    network: &Network,
    examples: &[&Example],
    dropout: Dropout,
    random: &mut Random,
    gradient: &mut Network,
    touched: &mut Vec<(u8, u32)>,
) -> Loss {
    let sizes = network.sizes;
    let lengths: Vec<usize> = examples.iter().map(|e| e.rows.len()).collect();
    let batch = Batch::new(&lengths);
    let rows = batch.rows();
    let (width, size, both) = (sizes.input, sizes.state, 2 * sizes.state);
    // Where each row comes from.
    let mut source = vec![(0, 0); rows];
    for (s, &original) in batch.order.iter().enumerate() {
        for position in 0..batch.lengths[s] {
            source[batch.row(s, position)] = (original, position);
        }
    }
    let mut input = vec![0.0; rows * width];
    let mut used: Vec<[u32; TABLES]> = Vec::with_capacity(rows);
    for (row, slot) in input.chunks_exact_mut(width).enumerate() {
        let (original, position) = source[row];
        let table_rows = examples[original].rows[position];
        for (table, &r) in network.tables.iter().zip(&table_rows).filter(|(_, r)| **r != BLANK) {
            let start = r as usize * width;
            for (x, y) in slot.iter_mut().zip(&table[start..start + width]) {
                *x += y;
            }
        }
        used.push(table_rows);
    }
    let across = network.turn.len() / width;
    let mut vectors = Vec::with_capacity(rows * across);
    for &(original, position) in &source {
        vectors.extend_from_slice(&examples[original].vectors[position * across..(position + 1) * across]);
    }
    multiply(&vectors, Steps::rows(across), &network.turn, rows, across, width, &mut input);
    let input_mask = mask(input.len(), dropout.input, random);
    times(&mut input, &input_mask);
    // Recurrent layers.
    struct Kept {
        input: Vec<f32>,
        mirrored: Vec<f32>,
        passes: [lstm::Pass; 2],
        mask: Vec<f32>,
    }
    let mut kept: Vec<Kept> = Vec::new();
    let mut now = input;
    let mut now_width = width;
    for [forward, backward] in &network.layers {
        let mirrored = batch.mirrored(&now, now_width);
        let ahead = lstm::run(forward, &batch, &now, now_width, size);
        let back = lstm::run(backward, &batch, &mirrored, now_width, size);
        let mut out = join(&ahead.out, &batch.mirrored(&back.out, size), size);
        let mask = mask(out.len(), dropout.state, random);
        times(&mut out, &mask);
        kept.push(Kept { input: now, mirrored, passes: [ahead, back], mask });
        now = out;
        now_width = both;
    }
    let states = now;
    let mut d_states = vec![0.0; states.len()];
    let weight = 1.0 / rows as f32;
    let mut loss = Loss::default();
    // Tags.
    let tags = network.tags.len();
    let mut scores = bias_rows(&network.tag_bias, rows);
    multiply(&states, Steps::rows(both), &network.tag, rows, both, tags, &mut scores);
    loss.tags = cross_entropy(
        &mut scores,
        tags,
        |r| examples[source[r].0].tags.get(source[r].1).map(|&t| usize::from(t)),
        weight,
    );
    dense_back(
        &states,
        &network.tag,
        rows,
        both,
        tags,
        &scores,
        &mut gradient.tag,
        &mut gradient.tag_bias,
        &mut d_states,
    );
    loss.names = names(network, examples, &source, &states, gradient, &mut d_states, NAMES * weight);
    trees(network, examples, &batch, &states, dropout, random, gradient, &mut d_states, &mut loss, weight);
    // Back through the recurrent layers.
    for (l, layer) in kept.iter().enumerate().rev() {
        times(&mut d_states, &layer.mask);
        let input_width = layer.input.len() / rows;
        let mut d_input = vec![0.0; layer.input.len()];
        let (mut d_ahead, mut d_back) = (Vec::with_capacity(rows * size), Vec::with_capacity(rows * size));
        for row in d_states.chunks_exact(both) {
            d_ahead.extend_from_slice(&row[..size]);
            d_back.extend_from_slice(&row[size..]);
        }
        let d_back = batch.mirrored(&d_back, size);
        let [forward, backward] = &network.layers[l];
        let [g_forward, g_backward] = &mut gradient.layers[l];
        lstm_back(
            forward,
            &batch,
            &layer.input,
            input_width,
            size,
            &layer.passes[0],
            &d_ahead,
            g_forward,
            &mut d_input,
        );
        let mut d_mirrored = vec![0.0; layer.input.len()];
        lstm_back(
            backward,
            &batch,
            &layer.mirrored,
            input_width,
            size,
            &layer.passes[1],
            &d_back,
            g_backward,
            &mut d_mirrored,
        );
        for (x, y) in d_input.iter_mut().zip(batch.mirrored(&d_mirrored, input_width)) {
            *x += y;
        }
        d_states = d_input;
    }
    times(&mut d_states, &input_mask);
    multiply(&vectors, Steps::transposed(across), &d_states, across, rows, width, &mut gradient.turn);
    for (slot, table_rows) in d_states.chunks_exact(width).zip(&used) {
        for (t, (table, &r)) in
            gradient.tables.iter_mut().zip(table_rows).enumerate().filter(|(_, (_, r))| **r != BLANK)
        {
            let start = r as usize * width;
            for (x, y) in table[start..start + width].iter_mut().zip(slot) {
                *x += y;
            }
            touched.push((t as u8, r));
        }
    }
    loss
}

/// Names, by the habits of each corpus: loss, gradient of the weights, and of the states. `source` has example and
/// position of each row.
fn names(
    network: &Network,
    examples: &[&Example],
    source: &[(usize, usize)],
    states: &[f32],
    gradient: &mut Network,
    d_states: &mut [f32],
    weight: f32,
) -> f64 {
    let both = 2 * network.sizes.state;
    let mut loss = 0.0;
    for (corpus, habits) in network.habits.iter().enumerate() {
        let of_corpus = |r: &usize| {
            let example = examples[source[*r].0];
            !example.names.is_empty() && usize::from(example.corpus) == corpus
        };
        let chosen: Vec<usize> = (0..source.len()).filter(of_corpus).collect();
        if chosen.is_empty() {
            continue;
        }
        let packed: Vec<f32> = chosen.iter().flat_map(|&r| &states[r * both..(r + 1) * both]).copied().collect();
        let weights: Vec<f32> = network.name.iter().zip(habits).map(|(a, b)| a + b).collect();
        let mut scores = bias_rows(&network.name_bias, chosen.len());
        multiply(&packed, Steps::rows(both), &weights, chosen.len(), both, NAME_LABELS, &mut scores);
        let gold = |k: usize| Some(usize::from(examples[source[chosen[k]].0].names[source[chosen[k]].1]));
        loss += cross_entropy(&mut scores, NAME_LABELS, gold, weight);
        let mut d_weights = vec![0.0; weights.len()];
        let mut d_packed = vec![0.0; packed.len()];
        dense_back(
            &packed,
            &weights,
            chosen.len(),
            both,
            NAME_LABELS,
            &scores,
            &mut d_weights,
            &mut gradient.name_bias,
            &mut d_packed,
        );
        for ((x, y), d) in gradient.name.iter_mut().zip(&mut gradient.habits[corpus]).zip(&d_weights) {
            *x += d;
            *y += d;
        }
        for (&r, d) in chosen.iter().zip(d_packed.chunks_exact(both)) {
            for (x, y) in d_states[r * both..(r + 1) * both].iter_mut().zip(d) {
                *x += y;
            }
        }
    }
    loss
}

/// Arcs and relations: loss, gradient of their weights, and of the states.
#[allow(clippy::too_many_arguments, reason = "one step of learn, taken out for length")]
fn trees(
    network: &Network,
    examples: &[&Example],
    batch: &Batch,
    states: &[f32],
    dropout: Dropout,
    random: &mut Random,
    gradient: &mut Network,
    d_states: &mut [f32],
    loss: &mut Loss,
    weight: f32,
) {
    let s = network.sizes;
    let both = 2 * s.state;
    let width = s.width();
    let chosen: Vec<usize> = (0..batch.order.len()).filter(|&k| !examples[batch.order[k]].heads.is_empty()).collect();
    if chosen.is_empty() {
        return;
    }
    let mut packed = Vec::new();
    let mut offsets = vec![0];
    for &sentence in &chosen {
        batch.gather(states, both, 0..both, sentence, &mut packed);
        offsets.push(packed.len() / both);
    }
    let rows = packed.len() / both;
    let mut parts = bias_rows(&network.project_bias, rows);
    multiply(&packed, Steps::rows(both), &network.project, rows, both, width, &mut parts);
    let part_mask = mask(parts.len(), dropout.project, random);
    let slopes: Vec<f32> = parts.iter().zip(&part_mask).map(|(&x, &m)| if x > 0.0 { m } else { 0.0 }).collect();
    times(&mut parts, &slopes);
    let mut turned = vec![0.0; rows * s.arc];
    multiply(&parts[s.arc..], Steps::rows(width), &network.arc, rows, s.arc, s.arc, &mut turned);
    let mut d_parts = vec![0.0; parts.len()];
    let mut d_turned = vec![0.0; turned.len()];
    let (head_at, own_at) = (2 * s.arc, 2 * s.arc + s.relation);
    let mut hidden = Vec::with_capacity(rows * s.relation);
    for (k, &sentence) in chosen.iter().enumerate() {
        let (from, to) = (offsets[k], offsets[k + 1]);
        let length = to - from;
        let columns = length + 1;
        let example = examples[batch.order[sentence]];
        let own = &parts[from * width..to * width];
        let mut scores = network.arc_scores(own, &turned[from * s.arc..to * s.arc], length);
        // A word is not its own head.
        for i in 0..length {
            scores[i * columns + i] = -30.0;
        }
        loss.arcs += cross_entropy(&mut scores, columns, |i| Some(usize::from(example.heads[i])), weight);
        for i in 0..length {
            scores[i * columns + i] = 0.0;
        }
        let mut heads = Vec::with_capacity(columns * s.arc);
        for j in 0..length {
            heads.extend_from_slice(&own[j * width..j * width + s.arc]);
        }
        heads.extend_from_slice(&network.root[..s.arc]);
        multiply(
            &scores,
            Steps::rows(columns),
            &heads,
            length,
            columns,
            s.arc,
            &mut d_turned[from * s.arc..to * s.arc],
        );
        let mut d_heads = vec![0.0; heads.len()];
        multiply(
            &scores,
            Steps::transposed(columns),
            &turned[from * s.arc..to * s.arc],
            columns,
            length,
            s.arc,
            &mut d_heads,
        );
        for j in 0..columns {
            let sum: f32 = (0..length).map(|i| scores[i * columns + j]).sum();
            for p in 0..s.arc {
                d_heads[j * s.arc + p] += sum * network.arc_bias[p];
                gradient.arc_bias[p] += sum * heads[j * s.arc + p];
            }
            let slot = if j < length {
                &mut d_parts[(from + j) * width..(from + j) * width + s.arc]
            } else {
                &mut gradient.root[..s.arc]
            };
            for (x, y) in slot.iter_mut().zip(&d_heads[j * s.arc..(j + 1) * s.arc]) {
                *x += y;
            }
        }
        for (i, &head) in example.heads.iter().enumerate() {
            let own = &parts[(from + i) * width + own_at..(from + i) * width + own_at + s.relation];
            let h = from + usize::from(head);
            let other = if usize::from(head) < length {
                &parts[h * width + head_at..h * width + head_at + s.relation]
            } else {
                &network.root[s.arc..]
            };
            hidden.extend(own.iter().zip(other).map(|(a, b)| (a + b).max(0.0)));
        }
    }
    // Dependents' arc numbers times the arc matrix.
    let mut dependents = Vec::with_capacity(rows * s.arc);
    for row in parts.chunks_exact(width) {
        dependents.extend_from_slice(&row[s.arc..2 * s.arc]);
    }
    let mut d_dependents = vec![0.0; dependents.len()];
    let mut no_bias = vec![0.0; s.arc];
    dense_back(
        &dependents,
        &network.arc,
        rows,
        s.arc,
        s.arc,
        &d_turned,
        &mut gradient.arc,
        &mut no_bias,
        &mut d_dependents,
    );
    for (row, d) in d_parts.chunks_exact_mut(width).zip(d_dependents.chunks_exact(s.arc)) {
        for (x, y) in row[s.arc..2 * s.arc].iter_mut().zip(d) {
            *x += y;
        }
    }
    // Relations.
    let mut scores = bias_rows(&network.relation_bias, rows);
    multiply(&hidden, Steps::rows(s.relation), &network.relation, rows, s.relation, RELATIONS, &mut scores);
    let gold: Vec<u8> = chosen.iter().flat_map(|&k| examples[batch.order[k]].relations.iter().copied()).collect();
    loss.relations += cross_entropy(&mut scores, RELATIONS, |i| Some(usize::from(gold[i])), weight);
    let mut d_hidden = vec![0.0; hidden.len()];
    dense_back(
        &hidden,
        &network.relation,
        rows,
        s.relation,
        RELATIONS,
        &scores,
        &mut gradient.relation,
        &mut gradient.relation_bias,
        &mut d_hidden,
    );
    for (x, h) in d_hidden.iter_mut().zip(&hidden) {
        if *h <= 0.0 {
            *x = 0.0;
        }
    }
    for (k, &sentence) in chosen.iter().enumerate() {
        let (from, length) = (offsets[k], offsets[k + 1] - offsets[k]);
        for (i, &head) in examples[batch.order[sentence]].heads.iter().enumerate() {
            let d = &d_hidden[(from + i) * s.relation..(from + i + 1) * s.relation];
            for (x, y) in d_parts[(from + i) * width + own_at..].iter_mut().zip(d) {
                *x += y;
            }
            let h = from + usize::from(head);
            let slot = if usize::from(head) < length {
                &mut d_parts[h * width + head_at..h * width + head_at + s.relation]
            } else {
                &mut gradient.root[s.arc..]
            };
            for (x, y) in slot.iter_mut().zip(d) {
                *x += y;
            }
        }
    }
    times(&mut d_parts, &slopes);
    let mut d_packed = vec![0.0; packed.len()];
    dense_back(
        &packed,
        &network.project,
        rows,
        both,
        width,
        &d_parts,
        &mut gradient.project,
        &mut gradient.project_bias,
        &mut d_packed,
    );
    for (k, &sentence) in chosen.iter().enumerate() {
        for position in 0..batch.lengths[sentence] {
            let row = batch.row(sentence, position) * both;
            let d = &d_packed[(offsets[k] + position) * both..(offsets[k] + position + 1) * both];
            for (x, y) in d_states[row..row + both].iter_mut().zip(d) {
                *x += y;
            }
        }
    }
}

/// Back through one direction of a layer (backpropagation through time).
#[allow(clippy::too_many_arguments, reason = "all of it is needed")]
fn lstm_back(
    lstm: &Lstm,
    batch: &Batch,
    input: &[f32],
    width: usize,
    size: usize,
    pass: &lstm::Pass,
    d_out: &[f32],
    gradient: &mut Lstm,
    d_input: &mut [f32],
) {
    let rows = batch.rows();
    let gates = 4 * size;
    let back = transpose(&lstm.state, gates);
    let mut d_gates = vec![0.0; rows * gates];
    let mut d_cells = vec![0.0; rows * size];
    let mut d_out = d_out.to_vec();
    let mut before_out = vec![0.0; rows * size];
    for position in (0..batch.starts.len() - 1).rev() {
        let (from, to) = (batch.starts[position], batch.starts[position + 1]);
        for row in from..to {
            let g = &pass.gates[row * gates..(row + 1) * gates];
            let (i, f, c, o) = (&g[..size], &g[size..2 * size], &g[2 * size..3 * size], &g[3 * size..]);
            let cell = &pass.cells[row * size..(row + 1) * size];
            let old = (position > 0).then(|| batch.starts[position - 1] + row - from);
            let d = &mut d_gates[row * gates..(row + 1) * gates];
            for j in 0..size {
                let t = readout_annotate::network::matrix::tanh(cell[j]);
                let out = d_out[row * size + j];
                let d_cell = d_cells[row * size + j] + out * o[j] * (1.0 - t * t);
                let old_cell = old.map_or(0.0, |r| pass.cells[r * size + j]);
                d[j] = d_cell * c[j] * i[j] * (1.0 - i[j]);
                d[size + j] = d_cell * old_cell * f[j] * (1.0 - f[j]);
                d[2 * size + j] = d_cell * i[j] * (1.0 - c[j] * c[j]);
                d[3 * size + j] = out * t * o[j] * (1.0 - o[j]);
                if let Some(r) = old {
                    d_cells[r * size + j] = d_cell * f[j];
                }
            }
        }
        if position > 0 {
            let before = batch.starts[position - 1];
            multiply(
                &d_gates[from * gates..to * gates],
                Steps::rows(gates),
                &back,
                to - from,
                gates,
                size,
                &mut d_out[before * size..(before + to - from) * size],
            );
            before_out[from * size..to * size].copy_from_slice(&pass.out[before * size..(before + to - from) * size]);
        }
    }
    multiply(&before_out, Steps::transposed(size), &d_gates, size, rows, gates, &mut gradient.state);
    dense_back(input, &lstm.input, rows, width, gates, &d_gates, &mut gradient.input, &mut gradient.bias, d_input);
}
