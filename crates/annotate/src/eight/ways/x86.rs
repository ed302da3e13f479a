//! Owns the ways of x86-64 to a tile: SSE2, which every such processor has, AVX2, AVX-VNNI, AVX-512 VNNI.

#![allow(
    unsafe_code,
    reason = "vector instructions that no safe crate offers; each is called only where the processor has it"
)]

use std::arch::x86_64::{
    __m128i, __m256i, __m512i, _mm_add_epi32, _mm_madd_epi16, _mm_setzero_si128, _mm256_add_epi32,
    _mm256_dpbusd_avx_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm512_dpbusd_epi32,
    _mm512_set1_epi32, _mm512_setzero_si512,
};

use pulp::bytemuck::cast;

use super::{BLOCK, COLUMNS, DEPTH, ROWS, Sixteen, Tile, rows_of};

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
    let rows = rows_of::<u8, R, DEPTH>(tile.left, depth).map(|row| &row[..fours]);
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
            1 => avx2_tile::<1, 2>(tile),
            2 => avx2_tile::<2, 2>(tile),
            3 => avx2_tile::<3, 1>(tile),
            4 => avx2_tile::<4, 1>(tile),
            5 => avx2_tile::<5, 1>(tile),
            _ => avx2_tile::<ROWS, 1>(tile),
        }
    }
}

/// `R` rows, where there are fewer the first again, and `P` halves of the columns at once: neighbours are multiplied and added in pairs.
#[target_feature(enable = "avx2")]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn avx2_tile<const R: usize, const P: usize>(mut tile: Tile<'_>) {
    let (depth, twos) = (tile.depth, tile.depth / 2);
    let rows = rows_of::<i16, R, 2>(tile.wide, depth).map(|row| &row[..twos]);
    let mut sums = [[[[0_i32; 8]; 2]; 2]; R];
    for part in (0..2).step_by(P) {
        let parts: [&[[Sixteen; 2]]; P] = std::array::from_fn(|p| part_of(&tile, twos, part + p));
        let mut totals = [[[_mm256_setzero_si256(); 2]; P]; R];
        for k in 0..twos {
            let mut weights = [[_mm256_setzero_si256(); 2]; P];
            for p in 0..P {
                for half in 0..2 {
                    // SAFETY: each of `parts` and `rows` was cut to `twos` above. (Checks here would throw the sums out of their registers.)
                    weights[p][half] = cast(unsafe { parts[p].get_unchecked(k) }[half].0);
                }
            }
            for r in 0..R {
                // SAFETY: as above.
                let two = _mm256_set1_epi32(cast(unsafe { *rows[r].get_unchecked(k) }));
                for p in 0..P {
                    for half in 0..2 {
                        let sum = _mm256_madd_epi16(two, weights[p][half]);
                        totals[r][p][half] = _mm256_add_epi32(totals[r][p][half], sum);
                    }
                }
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            for p in 0..P {
                sums[part + p] = cast(totals[p]);
            }
        }
    }
    for (r, sums) in sums.into_iter().enumerate().take(tile.rows.len()) {
        tile.finish(r, 0, &cast(sums));
    }
}

/// One part of the columns in 16 bits, in so many pieces.
#[inline]
fn part_of<'a, const N: usize>(tile: &Tile<'a>, pieces: usize, part: usize) -> &'a [[Sixteen; N]] {
    &tile.sixteens.as_chunks().0[part * pieces..(part + 1) * pieces]
}

/// A tile by AVX-VNNI.
pub fn avx_vnni(tile: Tile<'_>) {
    // SAFETY: `Way::best` asks the processor first.
    unsafe {
        match tile.rows.len() {
            1 => avx_vnni_tile::<1>(tile),
            2 => avx_vnni_tile::<2>(tile),
            3 => avx_vnni_tile::<3>(tile),
            4 => avx_vnni_tile::<4>(tile),
            5 => avx_vnni_tile::<5>(tile),
            _ => avx_vnni_tile::<ROWS>(tile),
        }
    }
}

/// As by AVX-512, half a block after the other.
#[target_feature(enable = "avx2,avxvnni")]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn avx_vnni_tile<const R: usize>(mut tile: Tile<'_>) {
    let (depth, fours) = (tile.depth, tile.depth / DEPTH);
    let rows = rows_of::<u8, R, DEPTH>(tile.left, depth).map(|row| &row[..fours]);
    let blocks: &[[u8; BLOCK]] = &tile.blocks.as_chunks().0[..fours];
    let mut sums = [[[[0_i32; COLUMNS / 4]; 2]; 2]; R];
    for part in 0..2 {
        let mut totals = [[_mm256_setzero_si256(); 2]; R];
        for k in 0..fours {
            // SAFETY: `blocks` and each of `rows` were cut to `fours` above. (Checks here would throw the sums out of their registers.)
            let weights: [[__m256i; 2]; 2] = cast(unsafe { *blocks.get_unchecked(k) });
            for r in 0..R {
                // SAFETY: as above.
                let four = _mm256_set1_epi32(cast(unsafe { *rows[r].get_unchecked(k) }));
                for half in 0..2 {
                    totals[r][half] = _mm256_dpbusd_avx_epi32(totals[r][half], four, weights[part][half]);
                }
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            sums[part] = cast(totals);
        }
    }
    for (r, sums) in sums.into_iter().enumerate().take(tile.rows.len()) {
        tile.finish(r, 0, &cast(sums));
    }
}

/// A tile by SSE2.
pub fn sse2(tile: Tile<'_>) {
    // SAFETY: every x86-64 has it.
    unsafe {
        match tile.rows.len() {
            1 => sse2_tile::<1, 2>(tile),
            2 => sse2_tile::<2, 2>(tile),
            3 => sse2_tile::<3, 1>(tile),
            4 => sse2_tile::<4, 1>(tile),
            5 => sse2_tile::<5, 1>(tile),
            _ => sse2_tile::<ROWS, 1>(tile),
        }
    }
}

/// Parts of the columns that SSE2 takes one after the other.
const SSE2_PARTS: usize = 8;

/// `R` rows, where there are fewer the first again, and `P` parts of the columns at once; of each column two sums.
#[target_feature(enable = "sse2")]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn sse2_tile<const R: usize, const P: usize>(mut tile: Tile<'_>) {
    const FEW: usize = COLUMNS / SSE2_PARTS;
    let (depth, fours) = (tile.depth, tile.depth / DEPTH);
    let rows = rows_of::<i16, R, { 2 * DEPTH }>(tile.wide, 2 * depth).map(|row| &row[..fours]);
    let mut sums = [[0_i32; COLUMNS]; R];
    for part in (0..SSE2_PARTS).step_by(P) {
        let parts: [&[[Sixteen; 1]]; P] = std::array::from_fn(|p| part_of(&tile, fours, part + p));
        let mut totals = [[[_mm_setzero_si128(); 2]; P]; R];
        for k in 0..fours {
            let mut weights = [[_mm_setzero_si128(); 2]; P];
            for p in 0..P {
                // SAFETY: each of `parts` and `rows` was cut to `fours` above. (Checks here would throw the sums out of their registers.)
                weights[p] = cast(unsafe { parts[p].get_unchecked(k) }[0].0);
            }
            for r in 0..R {
                // SAFETY: as above.
                let four: __m128i = cast(unsafe { *rows[r].get_unchecked(k) });
                for p in 0..P {
                    for half in 0..2 {
                        let pairs = _mm_madd_epi16(four, weights[p][half]);
                        totals[r][p][half] = _mm_add_epi32(totals[r][p][half], pairs);
                    }
                }
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            for (p, totals) in totals.into_iter().enumerate() {
                let pairs: [[i32; 2]; FEW] = cast(totals);
                for (sum, pair) in sums[(part + p) * FEW..].iter_mut().zip(pairs) {
                    *sum = pair[0] + pair[1];
                }
            }
        }
    }
    for (r, sums) in sums.iter().enumerate().take(tile.rows.len()) {
        tile.finish(r, 0, sums);
    }
}
