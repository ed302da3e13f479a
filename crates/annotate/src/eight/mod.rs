//! Owns products in 8 bits: weights with a scale for each column, rows of the left factor rounded to a scale of their own
//! (absolute maximum, symmetric), sums in whole numbers. Sums of whole numbers have no order, so every processor gives the same bits:
//! the instructions of x86-64 and of ARM and plain code are ways to the same result, chosen at run time (`ways`).

mod ways;

use std::borrow::Cow;
use std::ops::Range;

use pulp::{Simd, WithSimd};

use ways::{Left, Sixteen, Tile, Way};

/// Columns that lie together.
pub const COLUMNS: usize = 32;

/// Numbers of one column that lie together.
pub const DEPTH: usize = 4;

/// Bytes of a block: a few numbers of a few columns.
const BLOCK: usize = COLUMNS * DEPTH;

/// Most rows whose sums are worked out together.
const ROWS: usize = 6;

/// What stands for 0 in a row of a left factor.
const NOTHING: u8 = 128;

/// A matrix of `depth` × `columns` numbers in 8 bits. For each [`COLUMNS`] columns and each [`DEPTH`] numbers of theirs a
/// block, columns first; the last columns are filled up with zeros.
#[derive(Clone, Debug)]
pub struct Eight {
    depth: usize,
    columns: usize,
    way: Way,
    /// Nothing where the way takes `wide`.
    blocks: Cow<'static, [u8]>,
    wide: Vec<Sixteen>,
    scales: Vec<f32>,
    /// Sum of each column's numbers times 128: what the unsigned left factor adds.
    shifts: Vec<i32>,
}

/// Rows of a left factor, rounded.
#[derive(Clone, Debug, Default)]
pub struct Rounded {
    /// Each number plus 128.
    pub bytes: Vec<u8>,
    /// What the numbers of each row are to be multiplied by.
    pub scales: Vec<f32>,
}

/// Room for a left factor as a way takes it. It is kept from product to product: getting as much from the system each time takes
/// longer than filling it.
#[derive(Clone, Debug, Default)]
pub struct Room {
    signed: Vec<u8>,
    wide: Vec<i16>,
}

/// What a product is added to.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a> {
    /// A number for each column.
    Bias(&'a [f32]),
    /// What is there already.
    Out,
}

impl Rounded {
    /// Rounds rows of `width` numbers.
    pub fn new(rows: &[f32], width: usize) -> Rounded {
        Rounded::part(rows, width, 0..width)
    }

    /// Rounds some columns of rows of `width` numbers.
    pub fn part(rows: &[f32], width: usize, columns: Range<usize>) -> Rounded {
        let mut rounded = Rounded::default();
        rounded.take(rows, width, columns);
        rounded
    }

    /// The same, in place of what was there.
    pub fn take(&mut self, rows: &[f32], width: usize, columns: Range<usize>) {
        let count = rows.len() / width;
        self.bytes.resize(count * columns.len(), NOTHING);
        self.scales.resize(count, 0.0);
        pulp::Arch::new().dispatch(Rounding { rows, width, columns, rounded: self });
    }
}

/// Rows to be rounded. (Vector instructions are for what is inlined; a closure may not be.)
struct Rounding<'a> {
    rows: &'a [f32],
    width: usize,
    columns: Range<usize>,
    rounded: &'a mut Rounded,
}

impl WithSimd for Rounding<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let slots = self.rounded.bytes.chunks_exact_mut(self.columns.len()).zip(&mut self.rounded.scales);
        for (row, (bytes, scale)) in self.rows.chunks_exact(self.width).zip(slots) {
            *scale = round_row(&row[self.columns.clone()], bytes);
        }
    }
}

/// Rounds a row; its scale.
#[inline(always)]
fn round_row(row: &[f32], bytes: &mut [u8]) -> f32 {
    let mut tops = [0.0_f32; 16];
    let (parts, rest) = row.as_chunks::<16>();
    for part in parts {
        for (top, x) in tops.iter_mut().zip(part) {
            let x = x.abs();
            *top = if x > *top { x } else { *top };
        }
    }
    for (top, x) in tops.iter_mut().zip(rest) {
        *top = top.max(x.abs());
    }
    let top = tops.iter().fold(1e-8_f32, |a, b| a.max(*b));
    let by = 127.0 / top;
    for (byte, x) in bytes.iter_mut().zip(row) {
        *byte = byte_of(x * by);
    }
    top / 127.0
}

/// The byte of a left factor for a number between -127 and 127: the nearest whole number, of two the even one, plus 128.
#[inline(always)]
pub fn byte_of(x: f32) -> u8 {
    // Added to this, what is left of the fraction's bits is the whole number.
    const WHOLE: f32 = 12_582_912.0;
    (x + WHOLE).to_bits() as u8 ^ NOTHING
}

/// Where number `k` of column `j` lies among blocks of this depth.
fn place(depth: usize, k: usize, j: usize) -> usize {
    j / COLUMNS * COLUMNS * depth + k / DEPTH * BLOCK + j % COLUMNS * DEPTH + k % DEPTH
}

/// A row of weights in 8 bits: its scale, and its numbers to the nearest whole one.
pub fn rounded(row: &[f32]) -> (f32, impl Iterator<Item = u8>) {
    let top = row.iter().fold(1e-8_f32, |a, x| a.max(x.abs()));
    (top / 127.0, row.iter().map(move |x| (x * (127.0 / top)).round_ties_even() as i8 as u8))
}

impl Eight {
    /// A matrix whose blocks lie as [`Eight::pack`] writes them; `None` if the sizes do not fit.
    pub fn new(depth: usize, columns: usize, blocks: Cow<'static, [u8]>, scales: Vec<f32>) -> Option<Eight> {
        Eight::by(Way::best(), depth, columns, blocks, scales)
    }

    /// The same, to be multiplied by this way.
    fn by(way: Way, depth: usize, columns: usize, blocks: Cow<'static, [u8]>, mut scales: Vec<f32>) -> Option<Eight> {
        let whole = columns.next_multiple_of(COLUMNS);
        let fits = depth > 0 && depth.is_multiple_of(DEPTH) && blocks.len() == depth * whole && scales.len() == columns;
        if !fits {
            return None;
        }
        scales.resize(whole, 0.0);
        let mut shifts = vec![0_i32; whole];
        for (own, blocks) in shifts.chunks_exact_mut(COLUMNS).zip(blocks.chunks_exact(COLUMNS * depth)) {
            for block in blocks.chunks_exact(BLOCK) {
                for (shift, numbers) in own.iter_mut().zip(block.chunks_exact(DEPTH)) {
                    *shift += 128 * numbers.iter().map(|b| i32::from(*b as i8)).sum::<i32>();
                }
            }
        }
        let wide = way.widened(&blocks, depth);
        let blocks = if wide.is_empty() { blocks } else { Cow::Borrowed(&[][..]) };
        Some(Eight { depth, columns, way, blocks, wide, scales, shifts })
    }

    /// Rounds a matrix given as rows of `depth` numbers, one row for each column, and lays it out: scales and blocks.
    pub fn pack(rows: &[f32], depth: usize) -> (Vec<f32>, Vec<u8>) {
        let columns = rows.len() / depth;
        let mut blocks = vec![0; columns.next_multiple_of(COLUMNS) * depth];
        let mut scales = Vec::with_capacity(columns);
        for (j, row) in rows.chunks_exact(depth).enumerate() {
            let (scale, bytes) = rounded(row);
            scales.push(scale);
            for (k, byte) in bytes.enumerate() {
                blocks[place(depth, k, j)] = byte;
            }
        }
        (scales, blocks)
    }

    /// Rounds a matrix given as rows of `depth` numbers, one row for each column; `None` if `depth` is not a multiple of
    /// [`DEPTH`].
    pub fn of(rows: &[f32], depth: usize) -> Option<Eight> {
        let (scales, blocks) = Eight::pack(rows, depth);
        Eight::new(depth, scales.len(), blocks.into(), scales)
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The product with rounded rows, as many as there are scales, added to `base`, in rows of the columns.
    pub fn multiply_to(&self, bytes: &[u8], scales: &[f32], base: Base<'_>, out: &mut [f32], room: &mut Room) {
        // Columns outside, rows inside: the blocks of a few columns stay in the nearest cache meanwhile.
        let (count, depth, way) = (scales.len(), self.depth, self.way);
        assert!(bytes.len() >= count * depth && out.len() >= count * self.columns);
        let left = way.left();
        room.take(left, &bytes[..count * depth]);
        let (bytes, wide) = (if room.signed.is_empty() { bytes } else { &room.signed }, &room.wide);
        let width = wide.len() / count.max(1);
        let none = [0; ways::WIDEST];
        // As even as can be: seven rows are four and three.
        let groups = count.div_ceil(ROWS);
        let mut j = 0;
        while j < self.columns {
            let rest = self.columns.next_multiple_of(COLUMNS) - j;
            let across = way.across(rest, count.div_ceil(groups.max(1)));
            let own = j..j + across;
            let real = across.min(self.columns - j);
            let mut filled = [0.0; ways::WIDEST];
            if let Base::Bias(bias) = base {
                filled[..real].copy_from_slice(&bias[j..j + real]);
            }
            for group in 0..groups {
                let (from, to) = (group * count / groups, (group + 1) * count / groups);
                let tile = Tile {
                    left: &bytes[from * depth..to * depth],
                    wide: &wide[from * width..to * width],
                    depth,
                    blocks: self.blocks.get(j * depth..(j + across) * depth).unwrap_or_default(),
                    sixteens: self.wide.get(j * depth / 16..(j + across) * depth / 16).unwrap_or_default(),
                    shifts: if left == Left::Bytes { &self.shifts[own.clone()] } else { &none[..own.len()] },
                    columns: &self.scales[own.clone()],
                    bias: &filled[..across],
                    onto: matches!(base, Base::Out),
                    rows: &scales[from..to],
                    out: &mut out[from * self.columns + j..],
                    real,
                    step: self.columns,
                };
                way.tile(tile);
            }
            j += across;
        }
    }
}

impl Room {
    /// Takes a left factor: its bytes if they change, its numbers in 16 bits if they are asked for.
    fn take(&mut self, left: Left, bytes: &[u8]) {
        self.signed.clear();
        self.wide.clear();
        #[cfg(target_arch = "x86_64")]
        let widened = |b: &u8| i16::from(*b) - i16::from(NOTHING);
        match left {
            Left::Bytes => {}
            #[cfg(target_arch = "aarch64")]
            Left::Signed => self.signed.extend(bytes.iter().map(|b| b ^ NOTHING)),
            #[cfg(target_arch = "x86_64")]
            Left::Wide => self.wide.extend(bytes.iter().map(widened)),
            #[cfg(target_arch = "x86_64")]
            Left::Twice => {
                self.wide.resize(2 * bytes.len(), 0);
                for (slots, four) in self.wide.chunks_exact_mut(2 * DEPTH).zip(bytes.chunks_exact(DEPTH)) {
                    for (slot, byte) in slots.iter_mut().zip(four.iter().chain(four)) {
                        *slot = widened(byte);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut seed = seed;
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    /// A matrix given as rows of `depth` numbers, one row for each column, to be multiplied by a way.
    fn laid(way: Way, rows: &[f32], depth: usize) -> Eight {
        let (scales, blocks) = Eight::pack(rows, depth);
        Eight::by(way, depth, scales.len(), blocks.into(), scales).expect("a depth of whole fours")
    }

    /// The product, plus `bias` for each column.
    fn product(eight: &Eight, rows: &Rounded, bias: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; rows.scales.len() * eight.columns];
        eight.multiply_to(&rows.bytes, &rows.scales, Base::Bias(bias), &mut out, &mut Room::default());
        out
    }

    /// The product as it is defined, number by number, with the same operations on floats.
    fn defined(right: &[f32], depth: usize, rows: &Rounded, bias: &[f32]) -> Vec<f32> {
        let (scales, blocks) = Eight::pack(right, depth);
        let mut out = Vec::new();
        for (row, scale) in rows.bytes.chunks_exact(depth).zip(&rows.scales) {
            for (j, bias) in bias.iter().enumerate() {
                let product =
                    |(k, x): (usize, &u8)| (i32::from(*x) - 128) * i32::from(blocks[place(depth, k, j)] as i8);
                let sum: i32 = row.iter().enumerate().map(product).sum();
                out.push(sum as f32 * (scale * scales[j]) + bias);
            }
        }
        out
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn every_way_gives_the_bits_of_the_definition(
            count in 0_usize..20, fours in 1_usize..50, columns in 1_usize..200, seed: u32, large in 0.001_f32..1000.0,
        ) {
            let depth = fours * DEPTH;
            let mut left = numbers(count * depth, seed);
            left.iter_mut().for_each(|x| *x *= large);
            let right = numbers(columns * depth, !seed);
            let (rows, bias) = (Rounded::new(&left, depth), numbers(columns, seed ^ 77));
            let expected = defined(&right, depth, &rows, &bias);
            for way in Way::all() {
                let eight = laid(way, &right, depth);
                let mut out = product(&eight, &rows, &bias);
                proptest::prop_assert_eq!(&out, &expected, "{:?}", way);
                // Onto what is there: twice the sums.
                eight.multiply_to(&rows.bytes, &rows.scales, Base::Out, &mut out, &mut Room::default());
                let without = defined(&right, depth, &rows, &vec![0.0; columns]);
                let twice: Vec<f32> = expected.iter().zip(without).map(|(a, b)| b + a).collect();
                proptest::prop_assert_eq!(&out, &twice, "{:?}", way);
            }
        }
    }

    #[test]
    fn nearly_the_product_of_floats() {
        for (count, depth, columns) in [(1, 4, 32), (7, 384, 96), (13, 64, 75)] {
            let (left, right) = (numbers(count * depth, 3), numbers(columns * depth, 5));
            let eight = Eight::of(&right, depth).expect("a depth of whole fours");
            let bias = numbers(columns, 9);
            let out = product(&eight, &Rounded::new(&left, depth), &bias);
            for i in 0..count {
                for j in 0..columns {
                    let sum: f32 = (0..depth).map(|k| left[i * depth + k] * right[j * depth + k]).sum();
                    let near = (out[i * columns + j] - sum - bias[j]).abs();
                    assert!(near < 0.02 * (depth as f32).sqrt(), "{near}");
                }
            }
        }
    }

    #[test]
    fn rows_are_rounded_to_the_nearest() {
        let rows = Rounded::part(&[9.0, 127.0, 0.5, -1.5, -126.6, 9.0], 6, 1..5);
        assert_eq!((rows.bytes, rows.scales), (vec![255, 128, 126, 1], vec![1.0]));
        assert_eq!(byte_of(-127.0), 1);
    }

    #[test]
    fn extremes_do_not_overflow() {
        let depth = 1536;
        let left: Vec<f32> = vec![-1.0; depth];
        let right: Vec<f32> = (0..32 * depth).map(|i| if i / depth % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let rows = Rounded::new(&left, depth);
        for way in Way::all() {
            let out = product(&laid(way, &right, depth), &rows, &[0.0; 32]);
            assert!((out[0] + 1536.0).abs() < 0.1 && (out[1] - 1536.0).abs() < 0.1, "{way:?}: {out:?}");
        }
    }
}
