//! Owns arithmetic on matrices: products and curves, with the order of operations fixed, so that every machine gives the
//! same bits. Vector instructions are chosen at run time; none that round differently (fused multiply-add) are used.

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

/// Columns of the tile that stays in registers; it has up to six rows.
const TILE: usize = 16;

/// Adds the product of `a` (`m` × `k`, lying as `steps` say) and `b` (`k` × `n`, rows of `n`) to `c` (`m` × `n`).
/// Rows beyond the ends of the slices are not touched.
pub fn multiply(a: &[f32], steps: Steps, b: &[f32], m: usize, k: usize, n: usize, c: &mut [f32]) {
    if m == 0 || k == 0 || n == 0 {
        return;
    }
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || product(a, steps, b, m, k, n, c),
    );
}

#[inline(always)]
fn product(a: &[f32], steps: Steps, b: &[f32], m: usize, k: usize, n: usize, c: &mut [f32]) {
    let mut i = 0;
    while i < m {
        i += match m - i {
            6.. => rows::<6>(a, steps, b, i, k, n, c),
            4.. => rows::<4>(a, steps, b, i, k, n, c),
            2.. => rows::<2>(a, steps, b, i, k, n, c),
            _ => rows::<1>(a, steps, b, i, k, n, c),
        };
    }
}

/// Some rows of the product, from row `i`; the left factor's rows are put side by side first.
#[inline(always)]
fn rows<const ROWS: usize>(a: &[f32], steps: Steps, b: &[f32], i: usize, k: usize, n: usize, c: &mut [f32]) -> usize {
    let mut packed = vec![[0.0_f32; ROWS]; k];
    for r in 0..ROWS {
        let start = (i + r) * steps.row;
        for (p, slot) in packed.iter_mut().enumerate() {
            slot[r] = a[start + p * steps.column];
        }
    }
    let mut j = 0;
    while j + TILE <= n {
        tile::<ROWS>(&packed, b, i, j, n, c);
        j += TILE;
    }
    if j < n {
        edge::<ROWS>(&packed, b, i, j, n, c);
    }
    ROWS
}

#[inline(always)]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is turned into vector instructions")]
fn tile<const ROWS: usize>(packed: &[[f32; ROWS]], b: &[f32], i: usize, j: usize, n: usize, c: &mut [f32]) {
    let mut sums = [[0.0_f32; TILE]; ROWS];
    for (p, xs) in packed.iter().enumerate() {
        let Some(row) = b.get(p * n + j..).and_then(|r| r.first_chunk::<TILE>()) else { return };
        for r in 0..ROWS {
            let x = xs[r];
            for q in 0..TILE {
                sums[r][q] += x * row[q];
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        let start = (i + r) * n + j;
        for (slot, s) in c[start..start + TILE].iter_mut().zip(sum) {
            *slot += s;
        }
    }
}

/// The last columns, where they do not fill a tile.
#[inline(always)]
fn edge<const ROWS: usize>(packed: &[[f32; ROWS]], b: &[f32], i: usize, j: usize, n: usize, c: &mut [f32]) {
    let width = n - j;
    for r in 0..ROWS {
        let mut sums = [0.0_f32; TILE];
        for (p, xs) in packed.iter().enumerate() {
            for (s, y) in sums.iter_mut().zip(&b[p * n + j..p * n + j + width]) {
                *s += xs[r] * *y;
            }
        }
        let start = (i + r) * n + j;
        for (slot, s) in c[start..start + width].iter_mut().zip(&sums) {
            *slot += s;
        }
    }
}

/// Hyperbolic tangent by its continued fraction (Lambert), exact to 1e-4; the models are trained with the same curve.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let above = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let below = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    (above / below).clamp(-1.0, 1.0)
}

/// Logistic curve, from the same fraction.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// Runs `f` with the best vector instructions of this machine.
pub fn vectorised<R>(f: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(f)
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
    use super::*;

    #[test]
    fn products_agree_with_the_definition() {
        for (m, k, n) in [(1, 1, 1), (6, 5, 16), (7, 3, 33), (13, 8, 20)] {
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

    #[test]
    fn curves_are_close() {
        for i in -100..100 {
            let x = i as f32 / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4);
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 2e-2);
        }
    }
}
