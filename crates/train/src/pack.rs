//! Owns what becomes of the weights that `training/deep.py` writes (safetensors): the file of the deep tier.

use std::path::Path;

use anyhow::{Context, Result, bail};
use readout_annotate::deep::encoder::{LAYERS, MIXES};
use readout_annotate::deep::file::{self, Contents};
use readout_annotate::tags::{Tag, xpos};
use readout_types::Upos;
use serde_json::Value;

/// A file of trained weights.
pub struct Weights {
    head: Value,
    tensors: Value,
    bytes: Vec<u8>,
}

impl Weights {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Weights> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let bad = || format!("{} is no safetensors file of training/deep.py", path.display());
        let (length, rest) = bytes.split_first_chunk::<8>().with_context(bad)?;
        let length = usize::try_from(u64::from_le_bytes(*length))?;
        let tensors: Value = serde_json::from_slice(rest.get(..length).with_context(bad)?).with_context(bad)?;
        let head = tensors["__metadata__"]["head"].as_str().with_context(bad)?;
        Ok(Weights { head: serde_json::from_str(head)?, bytes: rest[length..].to_vec(), tensors })
    }

    fn tensor(&self, name: &str) -> Result<Vec<f32>> {
        let place = &self.tensors[name]["data_offsets"];
        let at = |i: usize| place[i].as_u64().map(|x| x as usize);
        let slice = at(0).zip(at(1)).and_then(|(from, to)| self.bytes.get(from..to));
        let slice = slice.with_context(|| format!("the weights have no {name}"))?;
        if self.tensors[name]["dtype"] != "F32" {
            bail!("{name} is not of 32-bit floats");
        }
        Ok(slice.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// A part of the model as the file of the tier wants it.
    fn get(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<f32>> {
        let mut numbers = self.tensor(name)?;
        if numbers.len() != rows * columns {
            bail!("{name} has {} numbers, not {rows} times {columns}", numbers.len());
        }
        if name == "name.weight" {
            for (x, y) in numbers.iter_mut().zip(self.tensor("habits")?) {
                *x += y;
            }
        }
        if name == "mix" {
            debug_assert_eq!((rows, columns), (MIXES, LAYERS + 1));
            for row in numbers.chunks_exact_mut(columns) {
                let powers: Vec<f64> = row.iter().map(|x| f64::from(*x).exp()).collect();
                let all: f64 = powers.iter().sum();
                row.iter_mut().zip(&powers).for_each(|(x, p)| *x = (p / all) as f32);
            }
        }
        Ok(numbers)
    }

    /// The file of the tier.
    pub fn pack(&self) -> Result<Vec<u8>> {
        let list =
            |name: &str| self.head[name].as_array().with_context(|| format!("the weights do not say their {name}"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let vocabulary: Vec<String> = list("pieces")?.iter().map(|p| text(&p[1])).collect();
        let tags = list("tags")?.iter().map(|t| {
            let upos = Upos::parse(t[0].as_str().unwrap_or_default()).with_context(|| format!("unknown tag {t}"))?;
            Ok(Tag { upos, xpos: xpos(t[1].as_str().unwrap_or_default()) })
        });
        let tags = tags.collect::<Result<Vec<_>>>()?;
        file::write(&vocabulary, &tags, &mut |name, rows, columns| self.get(name, rows, columns))
    }

    /// The model with its weights as they were trained, as floats.
    pub fn float(&self) -> Result<Contents> {
        let mut contents = file::read(self.pack()?.leak())?;
        let count = self.head["pieces"].as_array().map_or(0, Vec::len);
        file::float(&mut contents.encoder, count, &mut |name, rows, columns| self.get(name, rows, columns))?;
        Ok(contents)
    }
}
