//! Owns running the program under measurement: inputs in, the bytes of its JSON out.

use std::path::PathBuf;

use anyhow::Context;
use readout::{Options, Readout};
use readout_export::View;
use readout_types::Tier;

/// What `readout timeline PATHS… --format json --threads N --tier TIER` prints.
pub fn timeline_json(inputs: &[PathBuf], threads: usize, tier: Tier) -> anyhow::Result<String> {
    let readout = Readout::new(&Options { threads: Some(threads), tier, ..Options::default() })?;
    let run = readout.chronology(inputs, &|_| {});
    let mut json = Vec::new();
    readout_export::json(&View::all(&run.chronology), &mut json)?;
    String::from_utf8(json).context("the JSON is not UTF-8")
}
