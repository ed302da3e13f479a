//! Owns the file of the deep tier: tables and layers in 8 bits, borrowed from the file where they lie; heads as floats.

use std::borrow::Cow;

use super::encoder::{Dense, Encoder, INNER, LAYERS, LOOKS, Layer, MIXES, Norm, POSITIONS, Table, WIDTH, Weights};
use super::heads::{ARC, FACT, Heads, Linear, PROJECTED, RELATION};
use super::pieces::Pieces;
use crate::eight::{Eight, rounded};
use crate::names::NAME_LABELS;
use crate::network::RELATIONS;
use crate::network::matrix::transpose;
use crate::tags::{Tag, read_tags};
use crate::weights::{ModelError, Reader, Writer};

const KIND: &str = "deep";

/// Gives the numbers of a part of the trained model by its name and its number of rows and columns, one row after the other.
pub type Parts<'a, E> = &'a mut dyn FnMut(&str, usize, usize) -> Result<Vec<f32>, E>;

/// All that the file holds.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The vocabulary.
    pub pieces: Pieces,
    /// The encoder.
    pub encoder: Encoder,
    /// The heads.
    pub heads: Heads,
}

/// The encoder with floats throughout, for comparison with the one in 8 bits; `get` as in [`write()`].
///
/// # Errors
/// Whatever `get` says is wrong.
pub fn float<E>(encoder: &mut Encoder, vocabulary: usize, get: Parts<'_, E>) -> Result<(), E> {
    encoder.pieces = Table::Float(get("pieces.weight", vocabulary, WIDTH)?);
    encoder.positions = Table::Float(get("positions.weight", POSITIONS, WIDTH)?);
    for (number, layer) in encoder.layers.iter_mut().enumerate() {
        let dense = [&mut layer.attend, &mut layer.attended, &mut layer.inner, &mut layer.outer];
        for (dense, (part, depth, columns)) in dense.into_iter().zip(DENSE) {
            let rows = get(&format!("layers.{number}.{part}.weight"), columns, depth)?;
            dense.weights = Weights::Float(transpose(&rows, depth));
        }
    }
    Ok(())
}

/// Writes the file. The names of the parts that `get` is asked for are those of `training/deep.py` (and `mix` are shares that add up to one, `name` has the
/// habits of the first corpus in it).
///
/// # Errors
/// Whatever `get` says is wrong.
pub fn write<E>(vocabulary: &[String], tags: &[Tag], get: Parts<'_, E>) -> Result<Vec<u8>, E> {
    let mut writer = Writer::new(KIND);
    writer.u32(vocabulary.len() as u32);
    for piece in vocabulary {
        writer.text(piece);
    }
    writer.u32(tags.len() as u32);
    for tag in tags {
        writer.text(tag.upos.as_str());
        writer.text(tag.xpos);
    }
    let floats = |writer: &mut Writer, numbers: &[f32]| numbers.iter().for_each(|x| writer.f32(*x));
    for (name, rows) in [("pieces.weight", vocabulary.len()), ("positions.weight", POSITIONS)] {
        let table = get(name, rows, WIDTH)?;
        let mut bytes = Vec::with_capacity(table.len());
        for row in table.chunks_exact(WIDTH) {
            let (scale, own) = rounded(row);
            writer.f32(scale);
            bytes.extend(own);
        }
        bytes.iter().for_each(|b| writer.u8(*b));
    }
    floats(&mut writer, &get("shapes.weight", LOOKS, WIDTH)?);
    let norm = |writer: &mut Writer, name: &str, get: Parts<'_, E>| {
        for part in ["weight", "bias"] {
            floats(writer, &get(&format!("{name}.{part}"), 1, WIDTH)?);
        }
        Ok(())
    };
    norm(&mut writer, "embedded_norm", get)?;
    floats(&mut writer, &get("mix", MIXES, LAYERS + 1)?);
    for layer in 0..LAYERS {
        for (part, depth, columns) in DENSE {
            let (scales, blocks) = Eight::pack(&get(&format!("layers.{layer}.{part}.weight"), columns, depth)?, depth);
            floats(&mut writer, &scales);
            blocks.iter().for_each(|b| writer.u8(*b));
            floats(&mut writer, &get(&format!("layers.{layer}.{part}.bias"), 1, columns)?);
        }
        norm(&mut writer, &format!("layers.{layer}.attended_norm"), get)?;
        norm(&mut writer, &format!("layers.{layer}.outer_norm"), get)?;
    }
    for (name, rows, columns) in [("arc", ARC, ARC), ("arc_bias", 1, ARC), ("root", 1, ARC)] {
        floats(&mut writer, &get(name, rows, columns)?);
    }
    for (name, input, output) in linear_parts(tags.len()) {
        // As it is multiplied: a row for each number of the input.
        let weights = get(&format!("{name}.weight"), output, input)?;
        floats(&mut writer, &transpose(&weights, input));
        floats(&mut writer, &get(&format!("{name}.bias"), 1, output)?);
    }
    Ok(writer.finish())
}

/// Dense parts of a layer, with numbers in and out.
const DENSE: [(&str, usize, usize); 4] =
    [("attend", WIDTH, 3 * WIDTH), ("attended", WIDTH, WIDTH), ("inner", WIDTH, INNER), ("outer", INNER, WIDTH)];

/// Linear parts of the heads, with numbers in and out.
fn linear_parts(tags: usize) -> [(&'static str, usize, usize); 6] {
    [
        ("project", WIDTH, PROJECTED),
        ("relation", 3 * RELATION, RELATIONS),
        ("tag", WIDTH, tags),
        ("name", WIDTH, NAME_LABELS),
        ("fact.0", WIDTH, FACT),
        ("fact.2", FACT, 1),
    ]
}

/// Reads the file.
///
/// # Errors
/// If it is cut short, of another kind or version, or has unknown labels.
pub fn read(bytes: &'static [u8]) -> Result<Contents, ModelError> {
    let mut reader = Reader::new(KIND, bytes)?;
    let count = reader.count(1)?;
    let vocabulary = (0..count).map(|_| reader.text()).collect::<Result<Vec<_>, _>>()?;
    let pieces = Pieces::new(vocabulary.into_iter()).ok_or(ModelError::Foreign(KIND))?;
    let tags = read_tags(&mut reader)?;
    let mut table = |rows: usize| {
        let scales = reader.floats(rows)?;
        Ok::<_, ModelError>(Table::Eight(reader.bytes(rows * WIDTH)?, scales))
    };
    let (table_of_pieces, positions) = (table(count)?, table(POSITIONS)?);
    let looks = reader.floats(LOOKS * WIDTH)?;
    let embedded_norm = norm(&mut reader)?;
    let mut shares = Vec::with_capacity(MIXES);
    for _ in 0..MIXES {
        let own = reader.floats(LAYERS + 1)?;
        shares.push(std::array::from_fn(|i| own[i]));
    }
    let mut layers = Vec::with_capacity(LAYERS);
    for _ in 0..LAYERS {
        let mut parts = Vec::with_capacity(DENSE.len());
        for (_, depth, columns) in DENSE {
            let scales = reader.floats(columns)?;
            let blocks = Cow::Borrowed(reader.bytes(depth * columns)?);
            let weights = Eight::new(depth, columns, blocks, scales).ok_or(ModelError::Foreign(KIND))?;
            parts.push(Dense { weights: Weights::Eight(weights), bias: reader.floats(columns)? });
        }
        let Ok([attend, attended, inner, outer]) = <[Dense; 4]>::try_from(parts) else {
            return Err(ModelError::Foreign(KIND));
        };
        let (attended_norm, outer_norm) = (norm(&mut reader)?, norm(&mut reader)?);
        layers.push(Layer { attend, attended, attended_norm, inner, outer, outer_norm });
    }
    let encoder = Encoder { pieces: table_of_pieces, positions, looks, embedded_norm, layers, shares };
    let (arc, arc_bias, root) = (reader.floats(ARC * ARC)?, reader.floats(ARC)?, reader.floats(ARC)?);
    let mut linear = Vec::new();
    for (_, input, output) in linear_parts(tags.len()) {
        linear.push(Linear { weights: reader.floats(input * output)?, bias: reader.floats(output)? });
    }
    let Ok([project, relation, tag, name, fact, certainty]) = <[Linear; 6]>::try_from(linear) else {
        return Err(ModelError::Foreign(KIND));
    };
    let heads = Heads { tags, project, arc, arc_bias, root, relation, tag, name, fact, certainty };
    Ok(Contents { pieces, encoder, heads })
}

fn norm(reader: &mut Reader<'_>) -> Result<Norm, ModelError> {
    Ok(Norm { gain: reader.floats(WIDTH)?, bias: reader.floats(WIDTH)? })
}
