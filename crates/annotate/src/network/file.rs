//! Owns the network's file: feature tables in 8 bits with a scale for each row, all else as floats.

use std::collections::HashMap;

use readout_types::Upos;

use super::{Network, Sizes};
use crate::names::NAME_LABELS;
use crate::tags::{read_tags, xpos};
use crate::weights::{ModelError, Reader, Writer};

const KIND: &str = "network";

/// Writes a network.
pub fn write(network: &mut Network) -> Vec<u8> {
    let mut writer = Writer::new(KIND);
    let s = network.sizes;
    for size in [s.input, s.state, s.layers, s.arc, s.relation, NAME_LABELS, super::RELATIONS] {
        writer.u32(size as u32);
    }
    let mut words: Vec<(u32, u32)> = network.vocabulary.iter().map(|(k, v)| (*k, *v)).collect();
    words.sort_unstable_by_key(|w| w.1);
    writer.u32(words.len() as u32);
    for (word, _) in words {
        writer.u32(word);
    }
    writer.u32(network.tags.len() as u32);
    for tag in &network.tags {
        writer.text(tag.upos.as_str());
        writer.text(tag.xpos);
    }
    for table in &network.tables {
        for row in table.chunks_exact(s.input) {
            let top = row.iter().fold(0.0_f32, |a, x| a.max(x.abs()));
            let scale = if top > 0.0 { top / 127.0 } else { 1.0 };
            writer.f32(scale);
            for x in row {
                writer.u8((x / scale).round() as i8 as u8);
            }
        }
    }
    for (weights, _) in network.dense() {
        for &x in weights.iter() {
            writer.f32(x);
        }
    }
    writer.finish()
}

/// Reads a network.
pub fn read(bytes: &[u8]) -> Result<Network, ModelError> {
    let mut reader = Reader::new(KIND, bytes)?;
    let mut sizes = [0; 7];
    for size in &mut sizes {
        *size = reader.u32()? as usize;
    }
    let [input, state, layers, arc, relation, names, relations] = sizes;
    let sane = sizes.iter().all(|&s| (1..=1024).contains(&s)) && names == NAME_LABELS && relations == super::RELATIONS;
    if !sane {
        return Err(ModelError::Foreign(KIND));
    }
    let count = reader.count(4)?;
    let mut vocabulary = HashMap::with_capacity(count);
    for row in 0..count {
        vocabulary.insert(reader.u32()?, row as u32 + 1);
    }
    let tags = read_tags(&mut reader)?;
    debug_assert!(tags.iter().all(|t| Upos::ALL.contains(&t.upos) && xpos(t.xpos) == t.xpos));
    let mut network = Network::zeros(Sizes { input, state, layers, arc, relation }, vocabulary, tags);
    for table in &mut network.tables {
        for row in table.chunks_exact_mut(input) {
            let scale = reader.f32()?;
            for (x, &byte) in row.iter_mut().zip(reader.bytes(input)?) {
                *x = f32::from(byte as i8) * scale;
            }
        }
    }
    for (weights, _) in network.dense() {
        *weights = reader.floats(weights.len())?;
    }
    network.lay_out();
    Ok(network)
}
