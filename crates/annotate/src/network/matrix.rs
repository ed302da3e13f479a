//! Owns arithmetic on matrices: products and curves, with the order of operations fixed, so that every machine gives the
//! same bits. Vector instructions are chosen at run time. Products are summed by fused multiply-add, which IEEE 754
//! defines to the last bit; a processor without such an instruction (x86-64 before 2013) computes it from others (`fused`).

use pulp::{Simd, WithSimd};

/// How the left factor lies in memory: steps between rows and between columns.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// From one row to the next.
    pub row: usize,
    /// From one column to the next.
    pub column: usize,
}

impl Steps {
    /// A matrix with rows of `width` numbers.
    pub fn rows(width: usize) -> Steps {
        Steps { row: width, column: 1 }
    }

    /// The transpose of a matrix with rows of `width` numbers.
    pub fn transposed(width: usize) -> Steps {
        Steps { row: 1, column: width }
    }
}

/// Adds the product of `a` (`m` × `k`, lying as `steps` say) and `b` (`k` × `n`, rows of `n`) to `c` (`m` × `n`).
/// Rows beyond the ends of the slices are not touched. Each sum runs in the order of `k`, whatever the tiles.
pub fn multiply(a: &[f32], steps: Steps, b: &[f32], m: usize, k: usize, n: usize, c: &mut [f32]) {
    if m > 0 && k > 0 && n > 0 {
        pulp::Arch::new().dispatch(Product { a, steps, b, m, k, n, c });
    }
}

/// A product to be worked out.
struct Product<'a> {
    a: &'a [f32],
    steps: Steps,
    b: &'a [f32],
    m: usize,
    k: usize,
    n: usize,
    c: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        if S::F32_LANES == 1 {
            return self.plain();
        }
        // The last columns, where they do not fill a vector, with zeros after them.
        let lanes = S::F32_LANES;
        let whole = self.n / lanes * lanes;
        let mut rest = Vec::new();
        if whole < self.n {
            rest.resize(self.k * lanes, 0.0);
            for (slot, row) in rest.chunks_exact_mut(lanes).zip(self.b.chunks_exact(self.n)) {
                slot[..self.n - whole].copy_from_slice(&row[whole..]);
            }
        }
        // As many sums at a time as there are registers for, and enough that none waits for the one before.
        let many = S::REGISTER_COUNT >= 32;
        let mut i = 0;
        while i < self.m {
            i += match self.m - i {
                8.. if many => self.rows::<S, 8, 3>(simd, &rest, i),
                6.. => self.rows::<S, 6, 2>(simd, &rest, i),
                4.. => self.rows::<S, 4, 2>(simd, &rest, i),
                2.. => self.rows::<S, 2, 4>(simd, &rest, i),
                _ => self.rows::<S, 1, 8>(simd, &rest, i),
            };
        }
    }
}

/// Columns that are worked out together without a fused instruction.
const FEW: usize = 8;

impl Product<'_> {
    /// The product without fused instructions.
    fn plain(&mut self) {
        let mut columns = vec![[0.0_f32; FEW]; self.k];
        for j in (0..self.n).step_by(FEW) {
            let real = FEW.min(self.n - j);
            for (own, row) in columns.iter_mut().zip(self.b.chunks(self.n)) {
                own[..real].copy_from_slice(&row[j..j + real]);
            }
            for i in 0..self.m {
                let mut sums = [0.0_f32; FEW];
                for (p, own) in columns.iter().enumerate() {
                    let x = self.a[i * self.steps.row + p * self.steps.column];
                    sums = all_fused(x, own, sums);
                }
                for (slot, sum) in self.c[i * self.n + j..][..real].iter_mut().zip(sums) {
                    *slot += sum;
                }
            }
        }
    }

    /// Some rows of the product, from row `i`, in tiles of `COLUMNS` vectors; the left factor's rows are put side by side
    /// first.
    #[inline(always)]
    fn rows<S: Simd, const ROWS: usize, const COLUMNS: usize>(&mut self, simd: S, rest: &[f32], i: usize) -> usize {
        let packed = self.pack::<ROWS>(i);
        let lanes = S::F32_LANES;
        let (n, mut j) = (self.n, 0);
        while j + COLUMNS * lanes <= n {
            let sums = tile::<S, ROWS, COLUMNS>(simd, &packed, self.b.get(j..).unwrap_or_default(), n);
            self.store::<S, ROWS, COLUMNS>(simd, &sums, i, j);
            j += COLUMNS * lanes;
        }
        while j + lanes <= n {
            let sums = tile::<S, ROWS, 1>(simd, &packed, self.b.get(j..).unwrap_or_default(), n);
            self.store::<S, ROWS, 1>(simd, &sums, i, j);
            j += lanes;
        }
        if j < n {
            let sums = tile::<S, ROWS, 1>(simd, &packed, rest, lanes);
            self.store_part::<S, ROWS>(&sums, i, j);
        }
        ROWS
    }

    /// Some rows of the left factor side by side, from row `i`.
    #[inline(always)]
    fn pack<const ROWS: usize>(&self, i: usize) -> Vec<[f32; ROWS]> {
        let mut packed = vec![[0.0_f32; ROWS]; self.k];
        for r in 0..ROWS {
            let start = (i + r) * self.steps.row;
            for (p, slot) in packed.iter_mut().enumerate() {
                slot[r] = self.a[start + p * self.steps.column];
            }
        }
        packed
    }

    /// Adds the sums of the last columns, which do not fill a vector.
    #[inline(always)]
    fn store_part<S: Simd, const ROWS: usize>(&mut self, sums: &[[S::f32s; 1]; ROWS], i: usize, j: usize) {
        for (r, sum) in sums.iter().enumerate() {
            let start = (i + r) * self.n + j;
            let sum = pulp::bytemuck::cast_slice::<S::f32s, f32>(sum);
            for (slot, s) in self.c[start..(i + r + 1) * self.n].iter_mut().zip(sum) {
                *slot += s;
            }
        }
    }

    #[inline(always)]
    fn store<S: Simd, const ROWS: usize, const COLUMNS: usize>(
        &mut self,
        simd: S,
        sums: &[[S::f32s; COLUMNS]; ROWS],
        i: usize,
        j: usize,
    ) {
        for (r, sum) in sums.iter().enumerate() {
            let start = (i + r) * self.n + j;
            let (slots, _) = S::as_mut_simd_f32s(&mut self.c[start..start + COLUMNS * S::F32_LANES]);
            for (slot, s) in slots.iter_mut().zip(sum) {
                *slot = simd.add_f32s(*slot, *s);
            }
        }
    }
}

/// Sums of products of the packed rows with some columns of a matrix that begins at `b` and has rows of `n`.
#[inline(always)]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn tile<S: Simd, const ROWS: usize, const COLUMNS: usize>(
    simd: S,
    packed: &[[f32; ROWS]],
    b: &[f32],
    n: usize,
) -> [[S::f32s; COLUMNS]; ROWS] {
    let mut sums = [[simd.splat_f32s(0.0); COLUMNS]; ROWS];
    for (xs, row) in packed.iter().zip(b.chunks(n)) {
        let Some(columns) = S::as_simd_f32s(row).0.first_chunk::<COLUMNS>() else { break };
        for r in 0..ROWS {
            let x = simd.splat_f32s(xs[r]);
            for q in 0..COLUMNS {
                sums[r][q] = simd.mul_add_f32s(x, columns[q], sums[r][q]);
            }
        }
    }
    sums
}

/// `a` times each of `b` plus that of `c`, rounded once. In twice as many bits the product is exact, and the sum is rounded; rounding it
/// again does no harm but half-way between two numbers, or where numbers have fewer bits.
#[inline(always)]
fn all_fused(a: f32, b: &[f32; FEW], c: [f32; FEW]) -> [f32; FEW] {
    /// The bits that rounding takes, and what they are half-way.
    const TAKEN: u32 = (1 << 29) - 1;
    const HALF: u32 = 1 << 28;
    /// What is above these bits is no smaller than the smallest number with all its bits.
    const SMALLEST: u32 = (f32::MIN_POSITIVE as f64).to_bits().wrapping_shr(32) as u32;
    let mut exact = [0.0_f64; FEW];
    for q in 0..FEW {
        exact[q] = f64::from(a) * f64::from(b[q]) + f64::from(c[q]);
    }
    let (mut sums, mut doubtful) = ([0.0_f32; FEW], [0_u32; FEW]);
    for q in 0..FEW {
        let bits = exact[q].to_bits();
        let (low, high) = (bits as u32 & TAKEN, (bits >> 32) as u32 & (u32::MAX >> 1));
        doubtful[q] = u32::from(low == HALF) | u32::from(high.wrapping_sub(1) < SMALLEST - 1);
        sums[q] = exact[q] as f32;
    }
    if doubtful.iter().fold(0, |all, one| all | one) > 0 {
        for q in 0..FEW {
            sums[q] = fused(a, b[q], c[q]);
        }
    }
    sums
}

/// `a` times `b` plus `c`, rounded once. The product is exact in twice as many bits; the sum is rounded to an odd last bit where it is
/// not exact, so that rounding it again is as if it had not been rounded before (Boldo and Melquiond 2008).
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    // What rounding took from the sum (Knuth).
    let part = sum - product;
    let lost = (product - (sum - part)) + (c - part);
    let bits = sum.to_bits();
    // One away from zero or towards it, where something was lost and the last bit is even.
    let step = 1_u64.wrapping_sub((lost.to_bits() ^ bits) >> 63 << 1);
    let odd = if lost.abs() > 0.0 { step & (bits & 1).wrapping_sub(1) } else { 0 };
    f64::from_bits(bits.wrapping_add(odd)) as f32
}

/// Hyperbolic tangent by its continued fraction (Lambert), exact to 1e-4; the models are trained with the same curve.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let (above, below) = fraction(x);
    (above / below).clamp(-1.0, 1.0)
}

/// The fraction that is the hyperbolic tangent, to 1e-4: what stands above, and what below.
#[inline(always)]
pub fn fraction(x: f32) -> (f32, f32) {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let above = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let below = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    (above, below)
}

/// Logistic curve, from the same fraction.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The transpose of `a`, which has rows of `width` numbers.
pub fn transpose(a: &[f32], width: usize) -> Vec<f32> {
    let height = a.len() / width.max(1);
    let mut t = vec![0.0; a.len()];
    for (i, row) in a.chunks_exact(width.max(1)).enumerate() {
        for (j, &x) in row.iter().enumerate() {
            t[j * height + i] = x;
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn products_agree_with_the_definition() {
        for (m, k, n) in [(1, 1, 1), (6, 5, 16), (7, 3, 33), (13, 8, 20), (31, 9, 300)] {
            let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
            let b: Vec<f32> = (0..k * n).map(|i| (i % 5) as f32 - 2.0).collect();
            let mut c = vec![1.0; m * n];
            multiply(&a, Steps::rows(k), &b, m, k, n, &mut c);
            let mut t = vec![1.0; m * n];
            multiply(&transpose(&a, k), Steps::transposed(m), &b, m, k, n, &mut t);
            for i in 0..m {
                for j in 0..n {
                    let sum: f32 = (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum();
                    assert_eq!(c[i * n + j], sum + 1.0);
                    assert_eq!(t[i * n + j], sum + 1.0);
                }
            }
        }
    }

    /// Numbers of all sizes, many of them with few bits, so that sums lie half-way between two numbers.
    fn number() -> impl Strategy<Value = f32> {
        let short = (0_u32..64, 100_u32..160, any::<bool>())
            .prop_map(|(m, e, s)| f32::from_bits(u32::from(s) << 31 | e << 23 | m << 17));
        let near = (0_u32..8, 0_u32..4, any::<bool>())
            .prop_map(|(m, e, s)| f32::from_bits(u32::from(s) << 31 | (127 + 8 * e) << 23 | m));
        prop_oneof![any::<u32>().prop_map(f32::from_bits), short, near]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn rounded_once(a in number(), b in number(), c in number()) {
            let expected = a.mul_add(b, c);
            for own in [fused(a, b, c), all_fused(a, &[b; FEW], [c; FEW])[1]] {
                prop_assert!(own.to_bits() == expected.to_bits() || own.is_nan() && expected.is_nan(), "{own} {expected}");
            }
        }

        #[test]
        fn products_are_the_same_without_fused_instructions(m in 1_usize..9, k in 1_usize..20, n in 1_usize..40, seed: u32) {
            let numbers = |count: usize, seed: u32| -> Vec<f32> {
                (0..count as u32).map(|i| (i.wrapping_add(seed).wrapping_mul(2_654_435_761) >> 8) as f32 / 8e6 - 1.0).collect()
            };
            let (a, b) = (numbers(m * k, seed), numbers(k * n, !seed));
            let (mut one, mut other) = (vec![0.5; m * n], vec![0.5; m * n]);
            multiply(&a, Steps::rows(k), &b, m, k, n, &mut one);
            Product { a: &a, steps: Steps::rows(k), b: &b, m, k, n, c: &mut other }.plain();
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn curves_are_close() {
        for i in -100..100 {
            let x = i as f32 / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4);
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 2e-2);
        }
    }
}
