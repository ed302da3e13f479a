//! Owns reading the word vectors that training begins with; `vectors.py` makes them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use readout_annotate::form::Form;
use sha2::{Digest, Sha256};

/// Checksum of the file that the shipped network was trained with.
const SHIPPED: &str = "2f377edaeafaa5b898c6ce72ab6aa8f5e0df1d6408c29ee5d091daea08f2360d";

/// A vector for each word.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// Numbers in each.
    pub width: usize,
    /// The words, by [`Form::lower`]; each once.
    pub words: Vec<u32>,
    /// Their vectors, one after the other.
    pub values: Vec<f32>,
}

impl Vectors {
    /// Reads the file: number of words and width (32 bits, little-endian each); for each word its length in bytes (8 bits),
    /// itself, a scale (32-bit float) and `width` signed bytes.
    pub fn read(path: &Path) -> Result<Vectors> {
        let bytes = std::fs::read(path).with_context(|| format!("{} is missing: see vectors.py", path.display()))?;
        let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if sum != SHIPPED {
            eprintln!("{} is not the file of the shipped network, whose sha256 is {SHIPPED}", path.display());
        }
        let cut = || format!("{} is cut short", path.display());
        let mut rest = bytes.as_slice();
        let mut take = |n: usize| -> Result<&[u8]> {
            let (head, tail) = rest.split_at_checked(n).with_context(cut)?;
            rest = tail;
            Ok(head)
        };
        let count = u32::from_le_bytes(take(4)?.try_into()?);
        let width = u32::from_le_bytes(take(4)?.try_into()?) as usize;
        ensure!((1..=1024).contains(&width), "{} is not a file of word vectors", path.display());
        let mut vectors = Vectors { width, ..Vectors::default() };
        let mut seen = std::collections::HashSet::new();
        for _ in 0..count {
            let length = usize::from(take(1)?[0]);
            let word = Form::new(std::str::from_utf8(take(length)?)?).lower;
            let scale = f32::from_le_bytes(take(4)?.try_into()?);
            let values = take(width)?;
            if seen.insert(word) {
                vectors.words.push(word);
                vectors.values.extend(values.iter().map(|&b| f32::from(b as i8) * scale));
            }
        }
        Ok(vectors)
    }
}
