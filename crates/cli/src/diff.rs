//! Owns `readout diff`: two JSON files in, what changed out, with the exit codes of diff.

use std::fs;

use crate::arguments::{Diff, DiffFormat};
use crate::output::Output;

const SAME: u8 = 0;
const DIFFERENT: u8 = 1;
const TROUBLE: u8 = 2;

/// Compares; the exit code, or an exit code and a line for standard error.
pub fn run(arguments: &Diff) -> Result<u8, (u8, String)> {
    let read = |path: &std::path::Path| {
        fs::read_to_string(path).map_err(|error| (TROUBLE, format!("{}: {error}", path.display())))
    };
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let changes = readout_export::changes(&old, &new).map_err(|error| {
        let file = if error.in_old { &arguments.old } else { &arguments.new };
        (TROUBLE, format!("{}: {error}", file.display()))
    })?;
    let look = Output::Stdout.look(crate::arguments::ColorWhen::Never);
    let text = match arguments.format {
        DiffFormat::Text => readout_export::describe(&changes, &look),
        DiffFormat::Json => {
            serde_json::to_string_pretty(&changes).map_err(|error| (TROUBLE, error.to_string()))? + "\n"
        }
    };
    Output::Stdout.write(|out| out.write_all(text.as_bytes())).map_err(|message| (TROUBLE, message))?;
    Ok(if changes.is_empty() { SAME } else { DIFFERENT })
}
