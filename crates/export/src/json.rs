//! Owns the writing of JSON: one space of indentation, keys in a fixed order, a newline at the end.

use std::io::{self, Write};

use serde::Serialize;

use crate::{View, to_wire};

/// Writes the contract's JSON for a view.
///
/// # Errors
/// Those of `out`.
pub fn json(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let wire = to_wire::chronology(view);
    let style = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, style);
    wire.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
