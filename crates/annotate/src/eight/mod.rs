//! Owns products in 8 bits: weights with a scale for each column, rows of the left factor rounded to a scale of their own
//! (absolute maximum, symmetric), sums in whole numbers. Sums of whole numbers have no order, so every processor gives the same bits:
//! AVX-512 VNNI, AVX2 and plain code are three ways to the same result, chosen at run time.

use std::borrow::Cow;

/// Columns that lie together.
pub const COLUMNS: usize = 32;

/// Numbers of one column that lie together.
pub const DEPTH: usize = 4;

/// Bytes of a block: a few numbers of a few columns.
const BLOCK: usize = COLUMNS * DEPTH;

/// Rows whose sums are worked out together.
const ROWS: usize = 6;

/// A matrix of `depth` × `columns` numbers in 8 bits. For each [`COLUMNS`] columns and each [`DEPTH`] numbers of theirs a
/// block, columns first.
#[derive(Clone, Debug)]
pub struct Eight {
    depth: usize,
    columns: usize,
    blocks: Cow<'static, [u8]>,
    scales: Vec<f32>,
    /// Sum of each column's numbers times 128: what the unsigned left factor adds.
    shifts: Vec<i32>,
}

/// Rows of a left factor, rounded.
#[derive(Clone, Debug, Default)]
pub struct Rounded {
    /// Each number plus 128.
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `width` numbers.
    pub fn new(rows: &[f32], width: usize) -> Rounded {
        let mut rounded = Rounded { bytes: vec![0; rows.len()], scales: vec![0.0; rows.len() / width] };
        pulp::Arch::new().dispatch(|| round_rows(rows, width, &mut rounded));
        rounded
    }
}

#[inline(always)]
fn round_rows(rows: &[f32], width: usize, rounded: &mut Rounded) {
    for ((row, bytes), scale) in
        rows.chunks_exact(width).zip(rounded.bytes.chunks_exact_mut(width)).zip(&mut rounded.scales)
    {
        let mut tops = [0.0_f32; 16];
        for part in row.chunks(16) {
            for (top, x) in tops.iter_mut().zip(part) {
                let x = x.abs();
                *top = if x > *top { x } else { *top };
            }
        }
        let top = tops.iter().fold(1e-8_f32, |a, b| a.max(*b));
        *scale = top / 127.0;
        let by = 127.0 / top;
        for (byte, x) in bytes.iter_mut().zip(row) {
            // To the nearest whole number, halves to the even one: what a float of this size can hold.
            const WHOLE: f32 = 12_582_912.0;
            let whole = (x * by + WHOLE) - WHOLE;
            *byte = (whole as i32 + 128) as u8;
        }
    }
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
        let fits = depth.is_multiple_of(DEPTH)
            && columns.is_multiple_of(COLUMNS)
            && blocks.len() == depth * columns
            && scales.len() == columns;
        if !fits {
            return None;
        }
        let mut shifts = vec![0_i32; columns];
        for (j, shift) in shifts.iter_mut().enumerate() {
            let own = &blocks[j / COLUMNS * COLUMNS * depth..];
            let parts = (0..depth / DEPTH).map(|p| &own[p * BLOCK + j % COLUMNS * DEPTH..][..DEPTH]);
            *shift = parts.flatten().map(|b| 128 * i32::from(*b as i8)).sum();
        }
        Some(Eight { depth, columns, blocks, scales, shifts })
    }

    /// Rounds a matrix given as rows of `depth` numbers, one row for each column, and lays it out: scales and blocks.
    pub fn pack(rows: &[f32], depth: usize) -> (Vec<f32>, Vec<u8>) {
        let columns = rows.len() / depth;
        let mut blocks = vec![0; rows.len()];
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

    #[cfg(test)]
    /// The numbers of the matrix as floats: `depth` rows of `columns`.
    fn floats(&self) -> Vec<f32> {
        let mut all = vec![0.0; self.depth * self.columns];
        for k in 0..self.depth {
            for j in 0..self.columns {
                all[k * self.columns + j] = f32::from(self.blocks[place(self.depth, k, j)] as i8) * self.scales[j];
            }
        }
        all
    }

    /// The product with rounded rows, plus `bias` for each column.
    pub fn multiply(&self, rows: &Rounded, bias: &[f32]) -> Vec<f32> {
        self.multiply_by(Way::best(), rows, bias)
    }

    fn multiply_by(&self, way: Way, rows: &Rounded, bias: &[f32]) -> Vec<f32> {
        let count = rows.scales.len();
        let mut out = vec![0.0; count * self.columns];
        let mut first = 0;
        while first < count {
            let many = (count - first).min(ROWS);
            for (block, j) in (0..self.columns).step_by(COLUMNS).enumerate() {
                let mut sums = [[0_i32; COLUMNS]; ROWS];
                let left = &rows.bytes[first * self.depth..(first + many) * self.depth];
                let right = &self.blocks[block * COLUMNS * self.depth..(block + 1) * COLUMNS * self.depth];
                way.sums(left, right, self.depth, &mut sums);
                for (r, sums) in sums.iter().enumerate().take(many) {
                    let at = (first + r) * self.columns + j;
                    let scale = rows.scales[first + r];
                    for (q, slot) in out[at..at + COLUMNS].iter_mut().enumerate() {
                        let sum = (sums[q] - self.shifts[j + q]) as f32;
                        *slot = sum * (scale * self.scales[j + q]) + bias[j + q];
                    }
                }
            }
            first += many;
        }
        out
    }
}

/// A way to the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Plain code.
    Plain,
    /// AVX2: signed times unsigned by moving the sign.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Way {
    /// The fastest that this processor knows.
    fn best() -> Way {
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx512vnni") && std::arch::is_x86_feature_detected!("avx512bw") {
                return Way::Vnni;
            }
            if std::arch::is_x86_feature_detected!("avx2") {
                return Way::Avx2;
            }
        }
        Way::Plain
    }

    /// Sums of products of up to [`ROWS`] rows of bytes (each 128 too large) with a column of blocks.
    fn sums(self, left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
        match self {
            Way::Plain => plain(left, right, depth, sums),
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => x86::avx2(left, right, depth, sums),
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => x86::vnni(left, right, depth, sums),
        }
    }
}

fn plain(left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
    for (row, sums) in left.chunks_exact(depth).zip(sums) {
        for (xs, block) in row.chunks_exact(DEPTH).zip(right.chunks_exact(BLOCK)) {
            for (sum, column) in sums.iter_mut().zip(block.chunks_exact(DEPTH)) {
                for (x, w) in xs.iter().zip(column) {
                    *sum += i32::from(*x) * i32::from(*w as i8);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "vector instructions that no safe crate offers; each is called only where the processor has it"
)]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm256_setzero_si256, _mm256_sign_epi8, _mm512_dpbusd_epi32, _mm512_set1_epi32,
        _mm512_setzero_si512,
    };

    use pulp::bytemuck::cast;

    use super::{BLOCK, COLUMNS, DEPTH, ROWS};

    /// Parts of a block that AVX2 takes one after the other.
    const PARTS: usize = 4;

    /// Takes 128 from each of four bytes that are 128 too large.
    const SIGNS: i32 = i32::from_le_bytes([0x80; 4]);

    /// The sums by AVX-512 VNNI.
    pub fn vnni(left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
        // SAFETY: `Way::best` and the tests ask the processor first.
        unsafe { vnni_sums(left, right, depth, sums) }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn vnni_sums(left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
        let rows = rows_of(left, depth);
        let mut totals = [[_mm512_setzero_si512(); 2]; ROWS];
        for (k, block) in right.as_chunks::<BLOCK>().0.iter().enumerate() {
            let weights: [__m512i; 2] = cast(*block);
            for (total, row) in totals.iter_mut().zip(&rows) {
                let four = _mm512_set1_epi32(i32::from_le_bytes(row[k]));
                total[0] = _mm512_dpbusd_epi32(total[0], four, weights[0]);
                total[1] = _mm512_dpbusd_epi32(total[1], four, weights[1]);
            }
        }
        for (sum, total) in sums.iter_mut().zip(totals) {
            *sum = cast(total);
        }
    }

    /// The sums by AVX2.
    pub fn avx2(left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
        // SAFETY: `Way::best` and the tests ask the processor first.
        unsafe { avx2_sums(left, right, depth, sums) }
    }

    /// Pairs of products are summed in 16 bits before they are widened. The larger of two bytes that are 128 too large
    /// would not fit, so the product is that of the absolute value with the weight of the other's sign: 2 × 127 × 127 fits.
    #[target_feature(enable = "avx2")]
    fn avx2_sums(left: &[u8], right: &[u8], depth: usize, sums: &mut [[i32; COLUMNS]; ROWS]) {
        let rows = rows_of(left, depth);
        let one = _mm256_set1_epi16(1);
        let eights = _mm256_set1_epi32(0x4040_4040);
        for part in 0..PARTS {
            let mut totals = [_mm256_setzero_si256(); ROWS];
            // What the rows have too much, times the weights, is added once more below, as the other ways have it.
            let mut over = _mm256_setzero_si256();
            for (k, block) in right.as_chunks::<BLOCK>().0.iter().enumerate() {
                let parts: [__m256i; PARTS] = cast(*block);
                let weights = parts[part];
                over = _mm256_add_epi32(over, _mm256_madd_epi16(_mm256_maddubs_epi16(eights, weights), one));
                for (total, row) in totals.iter_mut().zip(&rows) {
                    let four = _mm256_set1_epi32(i32::from_le_bytes(row[k]) ^ SIGNS);
                    let pairs = _mm256_maddubs_epi16(_mm256_sign_epi8(four, four), _mm256_sign_epi8(weights, four));
                    *total = _mm256_add_epi32(*total, _mm256_madd_epi16(pairs, one));
                }
            }
            let over: [i32; COLUMNS / PARTS] = cast(over);
            for (sum, total) in sums.iter_mut().zip(totals) {
                let total: [i32; COLUMNS / PARTS] = cast(total);
                let slots = sum[part * COLUMNS / PARTS..].iter_mut();
                slots.zip(total.iter().zip(&over)).for_each(|(slot, (total, over))| *slot = total + 2 * over);
            }
        }
    }

    /// The rows in fours; where there are fewer rows, the first again.
    #[inline]
    fn rows_of(left: &[u8], depth: usize) -> [&[[u8; DEPTH]]; ROWS] {
        let count = left.len() / depth;
        std::array::from_fn(|r| {
            let r = if r < count { r } else { 0 };
            left[r * depth..(r + 1) * depth].as_chunks::<DEPTH>().0
        })
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

    #[test]
    fn all_ways_give_the_same_bits_and_nearly_the_product() {
        let mut ways = vec![Way::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx2") {
                ways.push(Way::Avx2);
            }
            if Way::best() == Way::Vnni {
                ways.push(Way::Vnni);
            }
        }
        for (count, depth, columns) in [(1, 4, 32), (7, 384, 96), (13, 64, 32)] {
            let (left, right) = (numbers(count * depth, 3), numbers(columns * depth, 5));
            let (scales, blocks) = Eight::pack(&right, depth);
            let eight = Eight::new(depth, columns, blocks.into(), scales).expect("sizes that fit");
            let bias = numbers(columns, 9);
            let rounded = Rounded::new(&left, depth);
            let first = eight.multiply_by(Way::Plain, &rounded, &bias);
            for way in &ways {
                assert_eq!(eight.multiply_by(*way, &rounded, &bias), first, "{way:?}");
            }
            for i in 0..count {
                for j in 0..columns {
                    let sum: f32 = (0..depth).map(|k| left[i * depth + k] * right[j * depth + k]).sum();
                    let near = (first[i * columns + j] - sum - bias[j]).abs();
                    assert!(near < 0.02 * (depth as f32).sqrt(), "{near}");
                }
            }
            let floats = eight.floats();
            assert!((floats[columns + 1] - right[depth + 1]).abs() < 0.01);
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let depth = 1536;
        let left: Vec<f32> = vec![-1.0; depth];
        let right: Vec<f32> = (0..32 * depth).map(|i| if i / depth % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let (scales, blocks) = Eight::pack(&right, depth);
        let eight = Eight::new(depth, 32, blocks.into(), scales).expect("sizes that fit");
        let out = eight.multiply(&Rounded::new(&left, depth), &[0.0; 32]);
        assert!((out[0] + 1536.0).abs() < 0.1 && (out[1] - 1536.0).abs() < 0.1, "{out:?}");
        assert_eq!(out, eight.multiply_by(Way::Plain, &Rounded::new(&left, depth), &[0.0; 32]));
    }
}
