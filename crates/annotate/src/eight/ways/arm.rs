//! Owns the ways of 64-bit ARM to a tile: NEON, which every such processor has, and its products of four numbers. On another machine they
//! are tried in QEMU: `cargo test -p readout-annotate --target aarch64-unknown-linux-musl` with `rust-lld` as that target's linker and
//! `qemu-aarch64 -cpu max` as its runner.

#![allow(
    unsafe_code,
    reason = "vector instructions that no safe crate offers; each is called only where the processor has it"
)]

use std::arch::aarch64::{
    int8x16_t, int32x4_t, vdupq_n_s32, vget_low_s8, vmlal_high_s8, vmlal_s8, vmull_high_s8, vmull_s8, vpadalq_s16,
    vreinterpretq_s8_s32,
};
use std::arch::asm;

use pulp::bytemuck::cast;

use super::{BLOCK, COLUMNS, DEPTH, ROWS, Tile, rows_of};

/// A tile by NEON.
pub fn neon(tile: Tile<'_>) {
    // SAFETY: every 64-bit ARM has it.
    unsafe {
        match tile.rows.len() {
            1 => neon_tile::<1>(tile),
            2 => neon_tile::<2>(tile),
            3 => neon_tile::<3>(tile),
            4 => neon_tile::<4>(tile),
            5 => neon_tile::<5>(tile),
            _ => neon_tile::<ROWS>(tile),
        }
    }
}

/// `R` rows, where there are fewer the first again, four columns after the other. Two products of 8 bits fit into 16 (no number of a left factor is
/// below -127); then neighbours
/// are added in pairs: of each column two sums.
#[target_feature(enable = "neon")]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn neon_tile<const R: usize>(mut tile: Tile<'_>) {
    /// Parts of a block that are taken one after the other.
    const PARTS: usize = COLUMNS / 4;
    let (depth, fours) = (tile.depth, tile.depth / DEPTH);
    let rows = rows_of::<u8, R, DEPTH>(tile.left, depth).map(|row| &row[..fours]);
    let blocks: &[[[u8; 16]; PARTS]] = cast_blocks(&tile.blocks[..fours * BLOCK]);
    let mut sums = [[0_i32; COLUMNS]; R];
    for part in 0..PARTS {
        let mut totals = [[vdupq_n_s32(0); 2]; R];
        for k in 0..fours / 2 {
            // SAFETY: `blocks` and each of `rows` have `fours` pieces. (Checks here would throw the sums out of their registers.)
            let [one, two] = unsafe { [blocks.get_unchecked(2 * k), blocks.get_unchecked(2 * k + 1)] };
            let (one, two): (int8x16_t, int8x16_t) = (cast(one[part]), cast(two[part]));
            for r in 0..R {
                // SAFETY: as above.
                let [a, b] = unsafe { [*rows[r].get_unchecked(2 * k), *rows[r].get_unchecked(2 * k + 1)] };
                let (a, b) = (four(a), four(b));
                let low = vmlal_s8(vmull_s8(vget_low_s8(one), vget_low_s8(a)), vget_low_s8(two), vget_low_s8(b));
                let high = vmlal_high_s8(vmull_high_s8(one, a), two, b);
                totals[r] = [vpadalq_s16(totals[r][0], low), vpadalq_s16(totals[r][1], high)];
            }
        }
        if fours % 2 == 1 {
            let last: int8x16_t = cast(blocks[fours - 1][part]);
            for r in 0..R {
                let a = four(rows[r][fours - 1]);
                totals[r][0] = vpadalq_s16(totals[r][0], vmull_s8(vget_low_s8(last), vget_low_s8(a)));
                totals[r][1] = vpadalq_s16(totals[r][1], vmull_high_s8(last, a));
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            let pairs: [[i32; 2]; 4] = cast(totals);
            for (sum, pair) in sums[part * 4..].iter_mut().zip(pairs) {
                *sum = pair[0] + pair[1];
            }
        }
    }
    for (r, sums) in sums.iter().enumerate().take(tile.rows.len()) {
        tile.finish(r, 0, sums);
    }
}

/// A tile by products of four numbers.
pub fn dot(tile: Tile<'_>) {
    // SAFETY: `Way::best` asks the processor first.
    unsafe {
        match tile.rows.len() {
            1 => dot_tile::<1>(tile),
            2 => dot_tile::<2>(tile),
            3 => dot_tile::<3>(tile),
            4 => dot_tile::<4>(tile),
            5 => dot_tile::<5>(tile),
            _ => dot_tile::<ROWS>(tile),
        }
    }
}

/// `R` rows, where there are fewer the first again, half the columns after the other.
#[target_feature(enable = "neon,dotprod")]
#[allow(clippy::needless_range_loop, reason = "counted loops are what is kept in registers")]
fn dot_tile<const R: usize>(mut tile: Tile<'_>) {
    let (depth, fours) = (tile.depth, tile.depth / DEPTH);
    let rows = rows_of::<u8, R, DEPTH>(tile.left, depth).map(|row| &row[..fours]);
    let blocks: &[[[u8; 16]; COLUMNS / 4]] = cast_blocks(&tile.blocks[..fours * BLOCK]);
    let mut sums = [[[[0_i32; 4]; 4]; 2]; R];
    for part in 0..2 {
        let mut totals = [[vdupq_n_s32(0); 4]; R];
        for k in 0..fours {
            let mut weights = [vreinterpretq_s8_s32(vdupq_n_s32(0)); 4];
            for v in 0..4 {
                // SAFETY: `blocks` and each of `rows` have `fours` pieces. (Checks here would throw the sums out of their registers.)
                weights[v] = cast(unsafe { blocks.get_unchecked(k) }[4 * part + v]);
            }
            for r in 0..R {
                // SAFETY: as above.
                let four = four(unsafe { *rows[r].get_unchecked(k) });
                for v in 0..4 {
                    totals[r][v] = sdot(totals[r][v], weights[v], four);
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

/// Four numbers, four times.
#[inline(always)]
fn four(bytes: [u8; DEPTH]) -> int8x16_t {
    // SAFETY: every 64-bit ARM has it.
    unsafe { vreinterpretq_s8_s32(vdupq_n_s32(cast(bytes))) }
}

/// Adds to each of four sums four products. (`vdotq_s32` is not in stable Rust.)
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn sdot(mut sums: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    // SAFETY: registers only; the processor has the instruction where this may be called.
    unsafe {
        asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) sums, in(vreg) a, in(vreg) b,
            options(pure, nomem, nostack, preserves_flags));
    }
    sums
}

/// Blocks in vectors.
fn cast_blocks(blocks: &[u8]) -> &[[[u8; 16]; COLUMNS / 4]] {
    pulp::bytemuck::cast_slice(blocks)
}
