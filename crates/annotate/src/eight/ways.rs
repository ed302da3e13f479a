//! Owns the ways to a tile of a product: plain code, AVX2, AVX-512 VNNI. Whole numbers are summed, and what follows is the same
//! operation for each number, so that all ways give the same bits.

use super::{BLOCK, COLUMNS, DEPTH, ROWS};

/// Most columns of a tile.
pub const WIDEST: usize = 4 * COLUMNS;

/// Some rows times some columns.
pub struct Tile<'a> {
    /// Bytes of up to [`ROWS`] rows, each 128 too large.
    pub left: &'a [u8],
    /// The same in 16 bits, none too large, where [`Way::widens`].
    pub wide: &'a [i16],
    /// Numbers of a row.
    pub depth: usize,
    /// Blocks of the columns.
    pub blocks: &'a [u8],
    /// What the 128 add, for each column; nothing where [`Way::widens`].
    pub shifts: &'a [i32],
    /// Scales of the columns.
    pub columns: &'a [f32],
    /// What is added to each column.
    pub bias: &'a [f32],
    /// Whether what is in `out` is added, too.
    pub onto: bool,
    /// Scales of the rows.
    pub rows: &'a [f32],
    /// Where the first row begins.
    pub out: &'a mut [f32],
    /// Columns that are written: those after them fill up.
    pub real: usize,
    /// From one row of `out` to the next.
    pub step: usize,
}

impl Tile<'_> {
    /// Writes [`COLUMNS`] columns, from column `j` of the tile, of one row.
    #[inline(always)]
    fn finish(&mut self, row: usize, j: usize, sums: &[i32; COLUMNS]) {
        let (shifts, columns, bias) = (first(&self.shifts[j..]), first(&self.columns[j..]), first(&self.bias[j..]));
        let scale = self.rows[row];
        let at = row * self.step + j;
        let real = COLUMNS.min(self.real - j);
        let mut base = bias;
        if self.onto {
            for (base, there) in base.iter_mut().zip(&self.out[at..at + real]) {
                *base += there;
            }
        }
        let mut out = [0.0; COLUMNS];
        for q in 0..COLUMNS {
            out[q] = (sums[q] - shifts[q]) as f32 * (scale * columns[q]) + base[q];
        }
        match self.out[at..].first_chunk_mut::<COLUMNS>() {
            Some(slots) if real == COLUMNS => *slots = out,
            _ => self.out[at..at + real].copy_from_slice(&out[..real]),
        }
    }
}

/// The first [`COLUMNS`] of a slice that has as many.
#[inline(always)]
fn first<T: Copy + Default>(all: &[T]) -> [T; COLUMNS] {
    all.first_chunk::<COLUMNS>().copied().unwrap_or([T::default(); COLUMNS])
}

/// A way to a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Plain code.
    Plain,
    /// AVX2: in 16 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Way {
    /// The fastest that this processor knows.
    pub fn best() -> Way {
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

    /// All that this processor knows.
    #[cfg(test)]
    pub fn all() -> Vec<Way> {
        #[cfg(target_arch = "x86_64")]
        return match Way::best() {
            Way::Plain => vec![Way::Plain],
            Way::Avx2 => vec![Way::Plain, Way::Avx2],
            Way::Vnni => vec![Way::Plain, Way::Avx2, Way::Vnni],
        };
        #[cfg(not(target_arch = "x86_64"))]
        vec![Way::Plain]
    }

    /// How many of the columns that are left make a tile with so many rows at the most: as many sums as there are registers for.
    pub fn across(self, left: usize, rows: usize) -> usize {
        let most = match self {
            #[cfg(target_arch = "x86_64")]
            Way::Vnni if rows <= 3 => 4,
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => 2,
            _ => 1,
        };
        match left / COLUMNS {
            blocks if blocks >= most => most * COLUMNS,
            2.. if most > 2 => 2 * COLUMNS,
            _ => COLUMNS,
        }
    }

    /// Whether it takes the left factor in 16 bits.
    pub fn widens(self) -> bool {
        match self {
            Way::Plain => false,
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => true,
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => false,
        }
    }

    /// Works out a tile, whose columns are as many as [`Way::across`] says.
    pub fn tile(self, tile: Tile<'_>) {
        match self {
            Way::Plain => plain(tile),
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => x86::avx2(tile),
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => x86::vnni(tile),
        }
    }
}

fn plain(mut tile: Tile<'_>) {
    for (r, row) in tile.left.chunks_exact(tile.depth).enumerate() {
        let mut sums = [0_i32; COLUMNS];
        for (xs, block) in row.chunks_exact(DEPTH).zip(tile.blocks.chunks_exact(BLOCK)) {
            for (sum, column) in sums.iter_mut().zip(block.chunks_exact(DEPTH)) {
                for (x, w) in xs.iter().zip(column) {
                    *sum += i32::from(*x) * i32::from(*w as i8);
                }
            }
        }
        tile.finish(r, 0, &sums);
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "vector instructions that no safe crate offers; each is called only where the processor has it"
)]
mod x86 {
    use std::arch::x86_64::{
        __m512i, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi64x, _mm256_setzero_si256,
        _mm512_dpbusd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    use pulp::bytemuck::cast;

    use super::{BLOCK, COLUMNS, DEPTH, ROWS, Tile};

    /// Parts of a block that AVX2 takes one after the other.
    const PARTS: usize = 4;

    /// A tile by AVX-512 VNNI.
    pub fn vnni(tile: Tile<'_>) {
        // SAFETY: `Way::best` asks the processor first.
        unsafe {
            match (tile.rows.len(), tile.shifts.len() / COLUMNS) {
                (1, 4) => vnni_tile::<1, 4>(tile),
                (2, 4) => vnni_tile::<2, 4>(tile),
                (3, 4) => vnni_tile::<3, 4>(tile),
                (1, 2) => vnni_tile::<1, 2>(tile),
                (2, 2) => vnni_tile::<2, 2>(tile),
                (3, 2) => vnni_tile::<3, 2>(tile),
                (4, 2) => vnni_tile::<4, 2>(tile),
                (5, 2) => vnni_tile::<5, 2>(tile),
                (_, 2) => vnni_tile::<ROWS, 2>(tile),
                (1..=3, _) => vnni_tile::<3, 1>(tile),
                _ => vnni_tile::<ROWS, 1>(tile),
            }
        }
    }

    /// `R` rows, where there are fewer the first again, and `B` columns of blocks.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    #[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
    fn vnni_tile<const R: usize, const B: usize>(mut tile: Tile<'_>) {
        let (depth, fours) = (tile.depth, tile.depth / DEPTH);
        let rows = rows_of::<R>(tile.left, depth).map(|row| &row[..fours]);
        let columns: [&[[u8; BLOCK]]; B] =
            std::array::from_fn(|b| &tile.blocks[b * COLUMNS * depth..].as_chunks().0[..fours]);
        let mut totals = [[[_mm512_setzero_si512(); 2]; B]; R];
        for k in 0..fours {
            // SAFETY: each of `rows` and `columns` was cut to `fours` above. (Checks here would throw the sums out of their registers.)
            let four = rows.map(|row| _mm512_set1_epi32(i32::from_le_bytes(unsafe { *row.get_unchecked(k) })));
            for b in 0..B {
                let weights: [__m512i; 2] = cast(unsafe { *columns[b].get_unchecked(k) });
                for r in 0..R {
                    totals[r][b][0] = _mm512_dpbusd_epi32(totals[r][b][0], four[r], weights[0]);
                    totals[r][b][1] = _mm512_dpbusd_epi32(totals[r][b][1], four[r], weights[1]);
                }
            }
        }
        for (r, totals) in totals.iter().enumerate().take(tile.rows.len()) {
            for (b, total) in totals.iter().enumerate() {
                tile.finish(r, b * COLUMNS, &cast(*total));
            }
        }
    }

    /// A tile by AVX2.
    pub fn avx2(tile: Tile<'_>) {
        // SAFETY: `Way::best` asks the processor first.
        unsafe {
            match tile.rows.len() {
                1 => avx2_tile::<1>(tile),
                2 => avx2_tile::<2>(tile),
                3 => avx2_tile::<3>(tile),
                4 => avx2_tile::<4>(tile),
                5 => avx2_tile::<5>(tile),
                _ => avx2_tile::<ROWS>(tile),
            }
        }
    }

    /// Weights are widened to 16 bits, neighbours multiplied and added in pairs: of each column two sums.
    #[target_feature(enable = "avx2")]
    #[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
    fn avx2_tile<const R: usize>(mut tile: Tile<'_>) {
        let (depth, fours) = (tile.depth, tile.depth / DEPTH);
        let count = tile.wide.len() / depth;
        let rows: [&[[i16; DEPTH]]; R] = std::array::from_fn(|r| {
            let r = if r < count { r } else { 0 };
            &tile.wide[r * depth..(r + 1) * depth].as_chunks().0[..fours]
        });
        let blocks: &[[u8; BLOCK]] = &tile.blocks.as_chunks().0[..fours];
        let mut sums = [[0_i32; COLUMNS]; R];
        for part in 0..PARTS {
            let mut totals = [[_mm256_setzero_si256(); 2]; R];
            for k in 0..fours {
                // SAFETY: `blocks` and each of `rows` were cut to `fours` above. (Checks here would throw the sums out of their registers.)
                let sixteens: &[[u8; 16]] = unsafe { blocks.get_unchecked(k) }.as_chunks().0;
                let weights = [0, 1].map(|half| _mm256_cvtepi8_epi16(cast(sixteens[2 * part + half])));
                for r in 0..R {
                    // SAFETY: as above.
                    let four = _mm256_set1_epi64x(cast(unsafe { *rows[r].get_unchecked(k) }));
                    for half in 0..2 {
                        totals[r][half] = _mm256_add_epi32(totals[r][half], _mm256_madd_epi16(four, weights[half]));
                    }
                }
            }
            for (sums, totals) in sums.iter_mut().zip(totals) {
                let pairs: [[i32; 2]; COLUMNS / PARTS] = cast(totals);
                for (sum, pair) in sums[part * COLUMNS / PARTS..].iter_mut().zip(pairs) {
                    *sum = pair[0] + pair[1];
                }
            }
        }
        for (r, sums) in sums.iter().enumerate().take(tile.rows.len()) {
            tile.finish(r, 0, sums);
        }
    }

    /// The rows in fours; where there are fewer rows, the first again.
    #[inline]
    fn rows_of<const R: usize>(left: &[u8], depth: usize) -> [&[[u8; DEPTH]]; R] {
        let count = left.len() / depth;
        std::array::from_fn(|r| {
            let r = if r < count { r } else { 0 };
            left[r * depth..(r + 1) * depth].as_chunks::<DEPTH>().0
        })
    }
}
