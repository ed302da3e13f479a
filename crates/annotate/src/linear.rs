//! Owns linear classification over hashed features: the score of a label is the sum of the weights of the features.

use std::hash::{BuildHasher, Hasher};

use crate::weights::{ModelError, Reader};

/// Most labels that one classifier can have.
pub const LABELS: usize = 128;

/// One score per label.
pub type Scores = [i32; LABELS];

/// A feature: a hash of its template and its values. Never 0.
pub type Feature = u32;

/// Hash of a string.
pub fn hash_text(text: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in text.as_bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as u32
}

/// The feature of a template and up to three values.
#[inline(always)]
pub fn feature(template: u32, a: u32, b: u32, c: u32) -> Feature {
    let mut hash = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 29) ^ u64::from(b)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash = (hash ^ (hash >> 31) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 32) as u32).max(1)
}

/// For tables whose keys are hashes already: they are only spread over the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread;

/// A key that is spread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Key(u64);

impl BuildHasher for Spread {
    type Hasher = Key;

    fn build_hasher(&self) -> Key {
        Key::default()
    }
}

impl Hasher for Key {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u32(u32::from(*b)));
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        // The table looks at both ends.
        self.0 ^ (self.0 >> 32)
    }
}

/// Anything that knows the weights of features: a loaded model or one in training.
pub trait Weights {
    /// Adds the weights of `feature` to the scores of its labels.
    fn add(&self, feature: Feature, scores: &mut Scores);

    /// Scores of all labels for a set of features.
    fn score(&self, features: &[Feature]) -> Scores {
        let mut scores = [0; LABELS];
        for &feature in features {
            self.add(feature, &mut scores);
        }
        scores
    }
}

/// The label with the highest score among the first `labels`; the first of equals.
pub fn best(scores: &Scores, labels: usize) -> usize {
    let mut best = 0;
    for label in 1..labels.min(LABELS) {
        if scores[label] > scores[best] {
            best = label;
        }
    }
    best
}

#[derive(Clone, Copy, Default)]
struct Slot {
    key: Feature,
    /// First cell shifted left by 8, with the number of cells in the low 8 bits.
    row: u32,
}

#[derive(Clone, Copy)]
struct Cell {
    label: u8,
    weight: i16,
}

/// A trained linear classifier: an open-addressed table of features, each with the labels it speaks for.
pub struct Linear {
    shift: u32,
    slots: Vec<Slot>,
    cells: Vec<Cell>,
}

impl Linear {
    /// Reads the table: a count of rows, then for each its feature, a count of cells, and label and weight of each.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let rows = reader.count(5)?;
        let bits = (rows * 2).next_power_of_two().trailing_zeros().max(4);
        let shift = 32 - bits;
        let mask = (1usize << bits) - 1;
        let mut slots = vec![Slot::default(); 1 << bits];
        let mut cells = Vec::with_capacity(rows * 3);
        for _ in 0..rows {
            let key = reader.u32()?;
            let length = reader.u8()?;
            let start = cells.len() as u32;
            if key == 0 || start >= 1 << 24 {
                return Err(ModelError::Foreign(reader.kind()));
            }
            for cell in reader.bytes(usize::from(length) * 3)?.chunks_exact(3) {
                cells.push(Cell { label: cell[0] & 127, weight: i16::from_le_bytes([cell[1], cell[2]]) });
            }
            let mut at = (key >> shift) as usize;
            while slots[at].key != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = Slot { key, row: start << 8 | u32::from(length) };
        }
        Ok(Linear { shift, slots, cells })
    }

    /// Number of weights.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are no weights at all.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

impl Weights for Linear {
    #[inline]
    fn add(&self, feature: Feature, scores: &mut Scores) {
        let mask = self.slots.len() - 1;
        let mut at = (feature >> self.shift) as usize;
        loop {
            let slot = self.slots[at & mask];
            if slot.key == feature {
                let start = (slot.row >> 8) as usize;
                for cell in &self.cells[start..start + (slot.row & 255) as usize] {
                    scores[usize::from(cell.label & 127)] += i32::from(cell.weight);
                }
                return;
            }
            if slot.key == 0 {
                return;
            }
            at += 1;
        }
    }
}
