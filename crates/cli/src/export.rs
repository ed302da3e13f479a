//! Owns `readout export` and `readout stats`: a chronology, or a part of it, in other shapes.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;
use readout_export::{ExportFormat, View};
use readout_types::Interval;

use crate::arguments::{Common, Filter, date};
use crate::commands::{NOTHING, Stop, USAGE, chronology, exit_code, filter, left_out, print};
use crate::output::Output;

/// `readout export`.
#[derive(Args, Debug)]
pub struct Export {
    /// The format: csv, json, jsonl, markdown, html, print, ical, timelinejs, plover, polecat, ftm, annotations, jsonld,
    /// parquet or graphml
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub to: ExportFormat,
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What to export.
    #[command(flatten)]
    pub filter: Filter,
    /// Only contacts that can have been on or before DATE (`--to` is the format here)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Interval>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `readout stats`.
#[derive(Args, Debug)]
pub struct Stats {
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What to count.
    #[command(flatten)]
    pub filter: Filter,
    /// Only contacts that can have been on or before DATE
    #[arg(long, visible_alias = "until", value_name = "DATE", value_parser = date)]
    pub to: Option<Interval>,
    /// So many pairs, those with most contacts first
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub limit: usize,
    /// Print JSON, with all pairs
    #[arg(long)]
    pub json: bool,
}

fn format(text: &str) -> Result<ExportFormat, String> {
    ExportFormat::parse(text).ok_or_else(|| {
        let names: Vec<&str> = ExportFormat::ALL.iter().map(|f| f.as_str()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

/// Exports.
pub(crate) fn run(arguments: &Export, common: &Common) -> Result<u8, Stop> {
    let filter = filter(&arguments.filter, arguments.until)?;
    let output = arguments.output.clone().map_or(Output::Stdout, Output::File);
    if arguments.to.is_binary() && matches!(output, Output::Stdout) && std::io::stdout().is_terminal() {
        return Err((USAGE, format!("{} is no text for a terminal: give --output FILE", arguments.to.as_str())));
    }
    let (names, run) = chronology(&arguments.paths, common)?;
    let selection = names.select(&run.chronology, &filter);
    let view = View { chronology: &run.chronology, contacts: selection.contacts, gaps: selection.gaps, part: None };
    output.write(|out| readout_export::export(&view, arguments.to, out)).map_err(|message| (NOTHING, message))?;
    left_out(selection.undated_left_out, common);
    Ok(exit_code(&run))
}

/// Prints the statistics.
pub(crate) fn stats(arguments: &Stats, common: &Common) -> Result<u8, Stop> {
    let filter = filter(&arguments.filter, arguments.to)?;
    let (names, run) = chronology(&arguments.paths, common)?;
    let selection = names.select(&run.chronology, &filter);
    let view = View { chronology: &run.chronology, contacts: selection.contacts, gaps: selection.gaps, part: None };
    let look = Output::Stdout.look(common.color);
    print(|out| {
        let text = match arguments.json {
            true => readout_export::stats_json(&view),
            false => readout_export::stats(&view, &look, arguments.limit),
        };
        out.write_all(text.as_bytes())
    })?;
    left_out(selection.undated_left_out, common);
    Ok(exit_code(&run))
}
