//! Owns the ways to a tile of a product: plain code for any processor, those of x86-64 (`x86`) and of ARM (`arm`). Whole
//! numbers are summed, and what follows is the same operation for each number, so that all ways give the same bits.

#[cfg(target_arch = "aarch64")]
mod arm;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::{BLOCK, COLUMNS, DEPTH, ROWS};

/// Most columns of a tile.
pub const WIDEST: usize = 4 * COLUMNS;

/// Some rows times some columns.
pub struct Tile<'a> {
    /// Bytes of up to [`ROWS`] rows: each 128 too large or, for `Left::Signed`, signed.
    pub left: &'a [u8],
    /// The same in 16 bits, none too large, for `Left::Wide` and `Left::Twice`.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only those of x86-64 do"))]
    pub wide: &'a [i16],
    /// Numbers of a row.
    pub depth: usize,
    /// Blocks of the columns, but for a way that takes them in 16 bits.
    pub blocks: &'a [u8],
    /// For such a way ([`Way::widened`]).
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only those of x86-64 do"))]
    pub sixteens: &'a [Sixteen],
    /// What the 128 add, for each column; nothing but for [`Left::Bytes`].
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
        let own = &mut self.out[row * self.step + j..];
        let real = self.real - j;
        let mut out = [0.0; COLUMNS];
        for q in 0..COLUMNS {
            out[q] = (sums[q] - shifts[q]) as f32 * (scale * columns[q]);
        }
        let mut base = bias;
        match own.first_chunk_mut::<COLUMNS>() {
            Some(slots) if real >= COLUMNS => {
                if self.onto {
                    for q in 0..COLUMNS {
                        base[q] += slots[q];
                    }
                }
                for q in 0..COLUMNS {
                    slots[q] = out[q] + base[q];
                }
            }
            _ => {
                for ((slot, out), bias) in own.iter_mut().zip(out).zip(bias).take(real) {
                    *slot = out + if self.onto { bias + *slot } else { bias };
                }
            }
        }
    }
}

/// The first [`COLUMNS`] of a slice that has as many.
#[inline(always)]
fn first<T: Copy + Default>(all: &[T]) -> [T; COLUMNS] {
    all.first_chunk::<COLUMNS>().copied().unwrap_or([T::default(); COLUMNS])
}

/// Sixteen numbers in 16 bits, so that no vector of them lies across two lines of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(32))]
pub struct Sixteen(pub [i16; 16]);

/// How a way takes the left factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Its bytes as they are.
    Bytes,
    /// Its bytes less 128.
    #[cfg(target_arch = "aarch64")]
    Signed,
    /// In 16 bits.
    #[cfg(target_arch = "x86_64")]
    Wide,
    /// In 16 bits, each [`DEPTH`] numbers twice: where no instruction repeats them on the way to a register.
    #[cfg(target_arch = "x86_64")]
    Twice,
}

/// A way to a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Plain code, for processors of other makes.
    #[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64"), allow(dead_code, reason = "these know better"))]
    Plain,
    /// SSE2, in 16 bits: every x86-64 has it.
    #[cfg(target_arch = "x86_64")]
    Sse2,
    /// AVX2: in 16 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// VNNI without AVX-512.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni,
    /// NEON: every 64-bit ARM has it.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// NEON with products of four numbers in one instruction (ARMv8.2, all of Apple's).
    #[cfg(target_arch = "aarch64")]
    Dot,
}

impl Way {
    /// The fastest that this processor knows.
    pub fn best() -> Way {
        #[cfg(target_arch = "x86_64")]
        let best = match () {
            () if Way::Vnni.known() => Way::Vnni,
            () if Way::AvxVnni.known() => Way::AvxVnni,
            () if Way::Avx2.known() => Way::Avx2,
            () => Way::Sse2,
        };
        #[cfg(target_arch = "aarch64")]
        let best = if Way::Dot.known() { Way::Dot } else { Way::Neon };
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let best = Way::Plain;
        best
    }

    /// Whether this processor knows it.
    #[cfg(any(test, target_arch = "x86_64", target_arch = "aarch64"))]
    fn known(self) -> bool {
        match self {
            Way::Plain => true,
            #[cfg(target_arch = "x86_64")]
            Way::Sse2 => true,
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Way::AvxVnni => {
                std::arch::is_x86_feature_detected!("avxvnni") && std::arch::is_x86_feature_detected!("avx2")
            }
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => {
                std::arch::is_x86_feature_detected!("avx512vnni") && std::arch::is_x86_feature_detected!("avx512bw")
            }
            #[cfg(target_arch = "aarch64")]
            Way::Neon => true,
            #[cfg(target_arch = "aarch64")]
            Way::Dot => std::arch::is_aarch64_feature_detected!("dotprod"),
        }
    }

    /// All that this processor knows.
    #[cfg(test)]
    pub fn all() -> Vec<Way> {
        #[cfg(target_arch = "x86_64")]
        let ways = [Way::Plain, Way::Sse2, Way::Avx2, Way::AvxVnni, Way::Vnni];
        #[cfg(target_arch = "aarch64")]
        let ways = [Way::Plain, Way::Neon, Way::Dot];
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let ways = [Way::Plain];
        ways.into_iter().filter(|way| way.known()).collect()
    }

    /// How many of the columns that are left make a tile with so many rows at the most: as many sums as there are registers for.
    pub fn across(self, left: usize, rows: usize) -> usize {
        let most = match (self, rows) {
            #[cfg(target_arch = "x86_64")]
            (Way::Vnni, ..=3) => 4,
            #[cfg(target_arch = "x86_64")]
            (Way::Vnni, _) => 2,
            _ => 1,
        };
        match left / COLUMNS {
            blocks if blocks >= most => most * COLUMNS,
            2.. if most > 2 => 2 * COLUMNS,
            _ => COLUMNS,
        }
    }

    /// How it takes the left factor.
    pub fn left(self) -> Left {
        match self {
            Way::Plain => Left::Bytes,
            #[cfg(target_arch = "x86_64")]
            Way::Sse2 => Left::Twice,
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => Left::Wide,
            #[cfg(target_arch = "x86_64")]
            Way::AvxVnni | Way::Vnni => Left::Bytes,
            #[cfg(target_arch = "aarch64")]
            Way::Neon | Way::Dot => Left::Signed,
        }
    }

    /// For a way that takes blocks in 16 bits, how many columns it takes at once, and of each how many numbers.
    fn at_once(self) -> Option<(usize, usize)> {
        match self {
            #[cfg(target_arch = "x86_64")]
            Way::Sse2 => Some((4, 4)),
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => Some((16, 2)),
            _ => None,
        }
    }

    /// Blocks as such a way takes them (for another nothing): what it takes at once lies together. They are widened once and for
    /// all, since that takes as long as multiplying with them.
    pub fn widened(self, blocks: &[u8], depth: usize) -> Vec<Sixteen> {
        let Some((columns, numbers)) = self.at_once() else { return Vec::new() };
        let mut all = Vec::with_capacity(blocks.len() / 16);
        for own in blocks.chunks_exact(COLUMNS * depth) {
            for part in 0..COLUMNS / columns {
                for block in own.chunks_exact(BLOCK) {
                    let few = &block[part * columns * DEPTH..(part + 1) * columns * DEPTH];
                    for at in (0..DEPTH).step_by(numbers) {
                        let laid = few.chunks_exact(DEPTH).flat_map(|column| &column[at..at + numbers]);
                        let mut laid = laid.map(|b| i16::from(*b as i8));
                        for _ in 0..columns * numbers / 16 {
                            all.push(Sixteen(std::array::from_fn(|_| laid.next().unwrap_or_default())));
                        }
                    }
                }
            }
        }
        all
    }

    /// Works out a tile, whose columns are as many as [`Way::across`] says.
    pub fn tile(self, tile: Tile<'_>) {
        match self {
            Way::Plain => plain(tile),
            #[cfg(target_arch = "x86_64")]
            Way::Sse2 => x86::sse2(tile),
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => x86::avx2(tile),
            #[cfg(target_arch = "x86_64")]
            Way::AvxVnni => x86::avx_vnni(tile),
            #[cfg(target_arch = "x86_64")]
            Way::Vnni => x86::vnni(tile),
            #[cfg(target_arch = "aarch64")]
            Way::Neon => arm::neon(tile),
            #[cfg(target_arch = "aarch64")]
            Way::Dot => arm::dot(tile),
        }
    }
}

/// The rows of a left factor in pieces; where there are fewer rows than asked for, the first again.
#[inline]
fn rows_of<T, const R: usize, const N: usize>(left: &[T], width: usize) -> [&[[T; N]]; R] {
    let count = left.len() / width;
    std::array::from_fn(|r| {
        let r = if r < count { r } else { 0 };
        left[r * width..(r + 1) * width].as_chunks::<N>().0
    })
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
