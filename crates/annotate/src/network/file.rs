//! Owns the network's file: feature tables in 8 bits with a scale for each row, all else as floats.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use readout_types::Upos;

use super::ready::{Dense, Direction, Ready};
use super::{BUCKETS, Network, Sizes, TABLES};
use crate::linear::Spread;
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

/// Reads a network for reading: tables stay where they lie, what is multiplied is rounded to 8 bits; to twice as many where
/// fewer cost names, which hang on little: what the words give the first layer, and what is read off the last.
///
/// # Errors
/// If the file is cut short, of another kind or version, or has sizes or labels that nothing here has.
pub fn read(file: Cow<'static, [u8]>) -> Result<Ready, ModelError> {
    let mut reader = Reader::new(KIND, &file)?;
    let mut sizes = [0; 7];
    for size in &mut sizes {
        *size = reader.u32()? as usize;
    }
    let [input, state, layers, arc, relation, names, relations] = sizes;
    let sizes_of = Sizes { input, state, layers, arc, relation };
    let sane = sizes.iter().all(|&s| (1..=1024).contains(&s)) && names == NAME_LABELS && relations == super::RELATIONS;
    if !sane || !Ready::fits(sizes_of) {
        return Err(ModelError::Foreign(KIND));
    }
    let count = reader.count(4)?;
    let mut vocabulary = HashMap::with_capacity_and_hasher(count, Spread);
    for row in 0..count {
        vocabulary.insert(reader.u32()?, row as u32 + 1);
    }
    let tags = read_tags(&mut reader)?;
    debug_assert!(tags.iter().all(|t| Upos::ALL.contains(&t.upos) && xpos(t.xpos) == t.xpos));
    let mut tables: [Range<usize>; TABLES] = Default::default();
    for (table, height) in tables.iter_mut().zip(std::iter::once(count + 1).chain(BUCKETS.map(|b| b as usize))) {
        let start = file.len() - reader.left();
        *table = start..start + reader.bytes(height * (input + 4))?.len();
    }
    let (gates, both) = (4 * state, 2 * state);
    let dense = |weights: &[f32], bias: Vec<f32>| Dense::new(weights, bias).ok_or(ModelError::Foreign(KIND));
    let fine = |weights: &[f32], bias: Vec<f32>| Dense::fine(weights, bias).ok_or(ModelError::Foreign(KIND));
    let mut direction = |layer: usize| {
        let width = if layer == 0 { input } else { both };
        let (weights, recurrent) = (reader.floats(width * gates)?, reader.floats(state * gates)?);
        let bias = reader.floats(gates)?;
        let input = if layer == 0 { fine(&weights, bias)? } else { dense(&weights, bias)? };
        Ok::<_, ModelError>(Direction { input, state: dense(&recurrent, vec![0.0; gates])? })
    };
    let ready = (0..layers).map(|l| Ok([direction(l)?, direction(l)?])).collect::<Result<Vec<_>, ModelError>>()?;
    let width = sizes_of.width();
    let project = dense(&reader.floats(both * width)?, reader.floats(width)?)?;
    let turn = dense(&reader.floats(arc * arc)?, vec![0.0; arc])?;
    let (arc_bias, root) = (reader.floats(arc)?, reader.floats(arc + relation)?);
    let relations = dense(&reader.floats(relation * relations)?, reader.floats(relations)?)?;
    // Tags and labels of names are read off the same rows: one product for both.
    let (tag, mut bias) = (reader.floats(both * tags.len())?, reader.floats(tags.len())?);
    let name = reader.floats(both * names)?;
    bias.extend(reader.floats(names)?);
    let labels = fine(&side_by_side(&tag, tags.len(), &name, names), bias)?;
    Ok(Ready {
        sizes: sizes_of,
        vocabulary,
        tags,
        tables,
        layers: ready,
        labels,
        project,
        arc: turn,
        arc_bias,
        root,
        relation: relations,
        file,
    })
}

/// Rows of two matrices side by side.
fn side_by_side(a: &[f32], a_width: usize, b: &[f32], b_width: usize) -> Vec<f32> {
    let rows = a.chunks_exact(a_width).zip(b.chunks_exact(b_width));
    rows.flat_map(|(a, b)| a.iter().chain(b)).copied().collect()
}
