//! Owns where results go: standard output or a file, with colour or without, at which width; and pipes that close early.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use readout_export::Look;

use crate::arguments::ColorWhen;

/// Columns where nobody tells.
const PIPED_WIDTH: usize = 100;
/// A table needs so many columns; on a narrower terminal its lines run over.
const NARROWEST: usize = 60;

/// Where a result goes.
pub enum Output {
    /// Standard output.
    Stdout,
    /// A file, whole or not at all.
    File(PathBuf),
}

impl Output {
    /// Width and colour that fit it.
    pub fn look(&self, color: ColorWhen) -> Look {
        let stdout = io::stdout();
        let terminal = matches!(self, Output::Stdout) && stdout.is_terminal();
        let color = match color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => terminal && anstream::AutoStream::choice(&stdout) != ColorChoice::Never,
        };
        let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<usize>().ok()).filter(|c| *c > 0);
        let width = match (terminal, told) {
            (true, _) => terminal_size::terminal_size().map_or(told.unwrap_or(80), |(w, _)| usize::from(w.0)),
            (false, Some(told)) => told,
            (false, None) => PIPED_WIDTH,
        };
        Look { width: width.max(NARROWEST), color }
    }

    /// Writes a result.
    ///
    /// # Errors
    /// A line that names the file. A pipe whose reader is gone is no error.
    pub fn write(&self, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
        match self {
            Output::Stdout => {
                let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
                let written = result(&mut out).and_then(|()| out.flush());
                match written {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                        // What is left in the buffer has nowhere to go.
                        let _ = out.into_parts();
                        Ok(())
                    }
                    Err(error) => Err(format!("cannot write to standard output: {error}")),
                    Ok(()) => Ok(()),
                }
            }
            Output::File(path) => to_file(path, result).map_err(|error| format!("{}: {error}", path.display())),
        }
    }
}

/// Writes beside the file and puts it in its place when it is whole. What is no plain file (a device, a pipe) is
/// written to as it is.
fn to_file(path: &Path, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let through = |file: File| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        result(&mut out)?;
        out.flush()
    };
    let plain = std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    if path.exists() && !plain {
        return through(File::create(path)?);
    }
    let mut name = path.file_name().ok_or_else(|| io::Error::other("not the name of a file"))?.to_owned();
    name.push(".part");
    let beside = path.with_file_name(name);
    through(File::create(&beside)?).and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}
