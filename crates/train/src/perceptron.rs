//! Owns the averaged perceptron (Freund and Schapire 1999; Collins 2002) over hashed features, and its file form.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use readout_annotate::linear::{Feature, Scores, Weights};
use readout_annotate::weights::Writer;

/// Features are hashes already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 | u64::from(byte);
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[derive(Clone, Copy)]
struct Cell {
    label: u8,
    weight: i32,
    total: i64,
    stamp: u32,
}

/// Weights in training.
#[derive(Default)]
pub struct Perceptron {
    index: HashMap<Feature, u32, BuildHasherDefault<Identity>>,
    rows: Vec<Vec<Cell>>,
    step: u32,
}

impl Weights for Perceptron {
    fn add(&self, feature: Feature, scores: &mut Scores) {
        if let Some(&row) = self.index.get(&feature) {
            for cell in &self.rows[row as usize] {
                scores[usize::from(cell.label)] += cell.weight;
            }
        }
    }
}

impl Perceptron {
    /// Counts one decision.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of `features` towards the label `right` and away from `wrong`.
    pub fn update(&mut self, features: &[Feature], right: usize, wrong: usize) {
        for &feature in features {
            let rows = &mut self.rows;
            let row = *self.index.entry(feature).or_insert_with(|| {
                rows.push(Vec::new());
                rows.len() as u32 - 1
            });
            for (label, change) in [(right as u8, 1), (wrong as u8, -1)] {
                let row = &mut self.rows[row as usize];
                let at = row.iter().position(|c| c.label == label).unwrap_or_else(|| {
                    row.push(Cell { label, weight: 0, total: 0, stamp: self.step });
                    row.len() - 1
                });
                let cell = &mut row[at];
                cell.total += i64::from(cell.weight) * i64::from(self.step - cell.stamp);
                cell.stamp = self.step;
                cell.weight += change;
            }
        }
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes the averaged weights, times `scale` and rounded; those that round to less than `least` are left out.
    pub fn write(&self, writer: &mut Writer, scale: f64, least: i32) {
        let mut keys: Vec<(Feature, u32)> = self.index.iter().map(|(k, v)| (*k, *v)).collect();
        keys.sort_unstable();
        let rows: Vec<(Feature, Vec<(u8, i16)>)> = keys
            .into_iter()
            .filter_map(|(key, row)| {
                let mut cells: Vec<(u8, i16)> = self.rows[row as usize]
                    .iter()
                    .filter_map(|c| {
                        let total = c.total + i64::from(c.weight) * i64::from(self.step - c.stamp);
                        let weight = (total as f64 / f64::from(self.step.max(1)) * scale).round() as i32;
                        (weight.abs() >= least).then_some((c.label, weight.clamp(-32_768, 32_767) as i16))
                    })
                    .collect();
                cells.sort_unstable();
                (!cells.is_empty()).then_some((key, cells))
            })
            .collect();
        writer.u32(rows.len() as u32);
        for (key, cells) in rows {
            writer.u32(key);
            writer.u8(cells.len() as u8);
            for (label, weight) in cells {
                writer.u8(label);
                writer.i16(weight);
            }
        }
    }
}

/// Pseudo-random numbers (SplitMix64, Steele et al. 2014), the same on every machine.
pub struct Random(u64);

impl Random {
    /// Numbers from a seed.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit.max(1) as u64) as usize
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Puts a list into random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}
