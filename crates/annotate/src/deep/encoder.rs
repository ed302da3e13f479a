//! Owns the encoder's weights and its forward pass over packed sentences: no padding, and the order of every sum fixed.

use super::pieces::SHAPES;
use pulp::{Simd, WithSimd};

use crate::eight::{Base, Eight, Room, Rounded};
use crate::network::matrix::{Steps, multiply};

/// Numbers for each piece.
pub const WIDTH: usize = 384;
/// Numbers inside the feed-forward part of a layer.
pub const INNER: usize = 1536;
/// Heads of attention.
pub const HEADS: usize = 12;
/// Numbers for each piece in a head of attention.
const HEAD: usize = WIDTH / HEADS;
/// Layers.
pub const LAYERS: usize = 6;
/// Most pieces of a sentence, with the two around it.
pub const POSITIONS: usize = 512;
/// Groups of heads that see a mean of the layers of their own: trees; tags and lemmas; names and factuality.
pub const MIXES: usize = 3;
/// Shapes as the encoder counts them: one more, for the two pieces around a sentence.
pub const LOOKS: usize = SHAPES + 1;

/// A dense part of a layer.
#[derive(Clone, Debug)]
pub struct Dense {
    /// Its weights.
    pub weights: Weights,
    /// Its bias.
    pub bias: Vec<f32>,
}

/// Weights of a dense part, in 8 bits or, for comparison, as floats.
#[derive(Clone, Debug)]
pub enum Weights {
    /// In 8 bits.
    Eight(Eight),
    /// As floats: a row for each number of the input.
    Float(Vec<f32>),
}

/// Room for a left factor, kept from one product to the next.
#[derive(Default)]
struct Work {
    rounded: Rounded,
    room: Room,
}

impl Dense {
    /// Writes the product with rows of `width` numbers.
    fn apply(&self, rows: &[f32], width: usize, out: &mut [f32], work: &mut Work) {
        match &self.weights {
            Weights::Eight(eight) => {
                work.rounded.take(rows, width, 0..width);
                let Rounded { bytes, scales } = &work.rounded;
                eight.multiply_to(bytes, scales, Base::Bias(&self.bias), out, &mut work.room);
            }
            Weights::Float(floats) => {
                let columns = self.bias.len();
                out.chunks_exact_mut(columns).for_each(|row| row.copy_from_slice(&self.bias));
                multiply(rows, Steps::rows(width), floats, rows.len() / width, width, columns, out);
            }
        }
    }
}

/// Gain and bias of a normalisation.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Gain.
    pub gain: Vec<f32>,
    /// Bias.
    pub bias: Vec<f32>,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// To queries, keys and values.
    pub attend: Dense,
    /// From what was attended to.
    pub attended: Dense,
    /// After it.
    pub attended_norm: Norm,
    /// Into the feed-forward part.
    pub inner: Dense,
    /// Out of it.
    pub outer: Dense,
    /// After it.
    pub outer_norm: Norm,
}

/// Rows of [`WIDTH`], in 8 bits with a scale each or, for comparison, as floats.
#[derive(Clone, Debug)]
pub enum Table {
    /// The numbers and the scales.
    Eight(&'static [u8], Vec<f32>),
    /// The numbers.
    Float(Vec<f32>),
}

impl Table {
    fn add(&self, row: usize, to: &mut [f32]) {
        let own = row * WIDTH..(row + 1) * WIDTH;
        match self {
            Table::Eight(bytes, scales) => {
                for (x, byte) in to.iter_mut().zip(&bytes[own]) {
                    *x += f32::from(*byte as i8) * scales[row];
                }
            }
            Table::Float(floats) => add(to, &floats[own]),
        }
    }
}

/// The encoder.
#[derive(Clone, Debug)]
pub struct Encoder {
    /// A row for each piece.
    pub pieces: Table,
    /// A row for each position.
    pub positions: Table,
    /// A row for each of [`LOOKS`].
    pub looks: Vec<f32>,
    /// After the sum of these.
    pub embedded_norm: Norm,
    /// [`LAYERS`] layers.
    pub layers: Vec<Layer>,
    /// For each of [`MIXES`] the share of the embedding and of each layer.
    pub shares: Vec<[f32; LAYERS + 1]>,
}

/// A sentence as the encoder takes it: number and look of each piece with those around it, and for each word its pieces.
#[derive(Clone, Debug, Default)]
pub struct Pieced {
    /// Pieces and looks.
    pub pieces: Vec<(u16, u8)>,
    /// First piece of each word, and after the last word one past its last.
    pub words: Vec<u32>,
}

impl Encoder {
    /// For each of [`MIXES`], rows of [`WIDTH`] for all words of the sentences, in order. No sentence may have more than
    /// [`POSITIONS`] pieces.
    pub fn states(&self, sentences: &[&Pieced]) -> Vec<Vec<f32>> {
        let count: usize = sentences.iter().map(|s| s.pieces.len()).sum();
        let mut x = vec![0.0; count * WIDTH];
        let pieces = sentences.iter().flat_map(|s| s.pieces.iter().enumerate());
        for (row, (position, &(piece, look))) in x.chunks_exact_mut(WIDTH).zip(pieces) {
            self.pieces.add(usize::from(piece), row);
            self.positions.add(position, row);
            let own = &self.looks[usize::from(look) * WIDTH..(usize::from(look) + 1) * WIDTH];
            for (x, y) in row.iter_mut().zip(own) {
                *x += y;
            }
        }
        normalise(&mut x, &self.embedded_norm);
        let words = sentences.iter().map(|s| s.words.len() - 1).sum::<usize>();
        let mut mixes = vec![vec![0.0; words * WIDTH]; self.shares.len()];
        self.mix(0, &x, sentences, &mut mixes);
        // One room for what is wide, queries, keys and values or what is inside the feed-forward part, and for all layers.
        let mut wide = vec![0.0; count * INNER];
        let (mut seen, mut more) = (vec![0.0; count * WIDTH], vec![0.0; count * WIDTH]);
        let mut work = Work::default();
        for (number, layer) in self.layers.iter().enumerate() {
            let projected = &mut wide[..count * 3 * WIDTH];
            layer.attend.apply(&x, WIDTH, projected, &mut work);
            let mut from = 0;
            for sentence in sentences {
                let to = from + sentence.pieces.len();
                attend(&projected[from * 3 * WIDTH..to * 3 * WIDTH], &mut seen[from * WIDTH..to * WIDTH]);
                from = to;
            }
            layer.attended.apply(&seen, WIDTH, &mut more, &mut work);
            add(&mut x, &more);
            normalise(&mut x, &layer.attended_norm);
            layer.inner.apply(&x, WIDTH, &mut wide, &mut work);
            pulp::Arch::new().dispatch(Curves::Gelu(&mut wide));
            layer.outer.apply(&wide, INNER, &mut more, &mut work);
            add(&mut x, &more);
            normalise(&mut x, &layer.outer_norm);
            self.mix(number + 1, &x, sentences, &mut mixes);
        }
        mixes
    }

    /// Adds the share of one layer: the mean of the pieces of each word.
    fn mix(&self, layer: usize, x: &[f32], sentences: &[&Pieced], mixes: &mut [Vec<f32>]) {
        let (mut word, mut offset) = (0, 0);
        for sentence in sentences {
            for ends in sentence.words.windows(2) {
                let (first, end) = (offset + ends[0] as usize, offset + ends[1] as usize);
                for (share, mix) in self.shares.iter().zip(mixes.iter_mut()) {
                    let by = share[layer] / (end - first) as f32;
                    let slot = &mut mix[word * WIDTH..(word + 1) * WIDTH];
                    for row in x[first * WIDTH..end * WIDTH].chunks_exact(WIDTH) {
                        for (s, y) in slot.iter_mut().zip(row) {
                            *s += by * y;
                        }
                    }
                }
                word += 1;
            }
            offset += sentence.pieces.len();
        }
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

/// Attention within one sentence: `projected` has queries, keys and values side by side.
fn attend(projected: &[f32], seen: &mut [f32]) {
    let length = seen.len() / WIDTH;
    let mut keys = vec![0.0; HEAD * length];
    let mut values = vec![0.0; length * HEAD];
    let mut scores = vec![0.0; length * length];
    let mut out = vec![0.0; length * HEAD];
    let steps = Steps { row: 3 * WIDTH, column: 1 };
    for head in 0..HEADS {
        for (i, row) in projected.chunks_exact(3 * WIDTH).enumerate() {
            let key = &row[WIDTH + head * HEAD..WIDTH + (head + 1) * HEAD];
            for (p, k) in key.iter().enumerate() {
                keys[p * length + i] = *k;
            }
            values[i * HEAD..(i + 1) * HEAD]
                .copy_from_slice(&row[2 * WIDTH + head * HEAD..2 * WIDTH + (head + 1) * HEAD]);
        }
        scores.fill(0.0);
        multiply(&projected[head * HEAD..], steps, &keys, length, HEAD, length, &mut scores);
        pulp::Arch::new().dispatch(Curves::Soften(&mut scores, length));
        out.fill(0.0);
        multiply(&scores, Steps::rows(length), &values, length, length, HEAD, &mut out);
        for (row, own) in seen.chunks_exact_mut(WIDTH).zip(out.chunks_exact(HEAD)) {
            row[head * HEAD..(head + 1) * HEAD].copy_from_slice(own);
        }
    }
}

/// Numbers that are summed side by side, so that the order of a sum does not depend on the processor's vectors.
const LANES: usize = 16;

#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (parts, rest) = row.as_chunks::<LANES>();
    for part in parts {
        for (lane, x) in lanes.iter_mut().zip(part) {
            *lane += of(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += of(*x);
    }
    lanes.iter().sum()
}

/// The highest of some numbers.
#[inline(always)]
fn highest(row: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (parts, rest) = row.as_chunks::<LANES>();
    for part in parts {
        for (lane, x) in lanes.iter_mut().zip(part) {
            *lane = if *x > *lane { *x } else { *lane };
        }
    }
    lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |a, b| a.max(*b))
}

/// Rows of scores, divided by the root of their width, to shares that add up to one.
#[inline(always)]
fn soften(scores: &mut [f32], length: usize) {
    let by = 1.0 / (HEAD as f32).sqrt();
    for row in scores.chunks_exact_mut(length) {
        let top = highest(row);
        for x in row.iter_mut() {
            *x = exp((*x - top) * by);
        }
        let all = 1.0 / sum(row, |x| x);
        for x in row.iter_mut() {
            *x *= all;
        }
    }
}

fn normalise(x: &mut [f32], norm: &Norm) {
    pulp::Arch::new().dispatch(Curves::Normalise(x, norm));
}

/// What is done to numbers in vectors. (They are for what is inlined; a closure may not be.)
enum Curves<'a> {
    Gelu(&'a mut [f32]),
    Soften(&'a mut [f32], usize),
    Normalise(&'a mut [f32], &'a Norm),
}

impl WithSimd for Curves<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        match self {
            Curves::Gelu(x) => gelu(x),
            Curves::Soften(scores, length) => soften(scores, length),
            Curves::Normalise(x, norm) => to_normal(x, norm),
        }
    }
}

/// Rows to mean 0 and variance 1, then gain and bias.
#[inline(always)]
fn to_normal(x: &mut [f32], norm: &Norm) {
    for row in x.chunks_exact_mut(WIDTH) {
        let mean = sum(row, |x| x) / WIDTH as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / WIDTH as f32;
        let by = 1.0 / (variance + 1e-12).sqrt();
        for ((x, gain), bias) in row.iter_mut().zip(&norm.gain).zip(&norm.bias) {
            *x = (*x - mean) * by * gain + bias;
        }
    }
}

/// The exponential of a number that is not above 0, exact to about 2e-7 of it: a power of two, and a polynomial (Taylor,
/// six terms) on what is left.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.max(-87.0);
    // Added to this, what is left of the fraction's bits is the whole number: its lowest nine are those of the number's.
    const WHOLE: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let power = shifted - WHOLE;
    let rest = (x - power * 0.693_359_4) + power * 2.121_944_4e-4;
    let p = 1.0 / 720.0;
    let p = p * rest + 1.0 / 120.0;
    let p = p * rest + 1.0 / 24.0;
    let p = p * rest + 1.0 / 6.0;
    let p = p * rest + 0.5;
    let p = p * rest * rest + rest + 1.0;
    p * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// Gaussian error linear units (Hendrycks and Gimpel 2016), with the error function of Abramowitz and Stegun 7.1.26.
#[inline(always)]
fn gelu(x: &mut [f32]) {
    for x in x {
        let z = *x * std::f32::consts::FRAC_1_SQRT_2;
        let a = z.abs();
        let t = 1.0 / (1.0 + 0.327_591_1 * a);
        let series = t * (0.254_829_6 + t * (-0.284_496_72 + t * (1.421_413_8 + t * (-1.453_152_1 + t * 1.061_405_4))));
        let erf = 1.0 - series * exp(-(a * a).min(80.0));
        *x *= 0.5 + 0.5 * erf.copysign(z);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves() {
        for i in 0..800 {
            let x = -f32::from(i as i16) / 10.0;
            assert!((exp(x) - x.exp()).abs() <= 1e-6 * x.exp() + f32::MIN_POSITIVE, "{x}");
        }
        // From tables of the normal distribution: x times the share below x.
        for (x, expected) in [(0.0, 0.0), (1.0, 0.841_345), (-1.0, -0.158_655), (2.5, 2.484_475), (-20.0, 0.0)] {
            let mut row = [x];
            gelu(&mut row);
            assert!((row[0] - expected).abs() < 1e-5, "{x}: {}", row[0]);
        }
    }

    #[test]
    fn shares_add_up() {
        let mut scores: Vec<f32> = (0..50).map(|i| i as f32 - 20.0).collect();
        soften(&mut scores, 25);
        for row in scores.chunks_exact(25) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn normal_rows() {
        let mut x: Vec<f32> = (0..2 * WIDTH).map(|i| (i % 7) as f32).collect();
        normalise(&mut x, &Norm { gain: vec![2.0; WIDTH], bias: vec![1.0; WIDTH] });
        let row = &x[WIDTH..];
        let mean = row.iter().sum::<f32>() / WIDTH as f32;
        let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / WIDTH as f32;
        assert!((mean - 1.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3);
    }
}
