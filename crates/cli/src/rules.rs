//! Owns `readout rules`: the examples of a person's own contact patterns, tried.

use std::path::PathBuf;

use clap::Args;
use readout::{Options, Readout};

use crate::arguments::Common;
use crate::commands::{self, ALL_READ, NOTHING, Stop};
use crate::source;

/// `readout rules`.
#[derive(Args, Debug)]
pub struct Rules {
    /// The folder of contact patterns: all its files that end in .toml
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Tries every example and prints those that are not as the rule says; exit code 1 where there are any.
pub(crate) fn run(arguments: &Rules, common: &Common) -> Result<u8, Stop> {
    let options = Options {
        threads: common.threads,
        actors: source::own_actors(common)?,
        rules: source::rules_in(&arguments.folder)?,
        domestic: common.domestic,
        tier: source::tier(common, &[]),
        ..Options::default()
    };
    let readout = Readout::new(&options).map_err(|e| (NOTHING, e.to_string()))?;
    let trials = readout.try_rules();
    let mut rules: Vec<&str> = trials.iter().map(|t| t.rule.as_str()).collect();
    rules.dedup();
    let mut out = String::new();
    for (trial, fault) in trials.iter().filter_map(|t| t.fault.as_ref().map(|f| (t, f))) {
        out.push_str(&format!(
            "{}: {}\n  {}\n",
            trial.rule,
            readout_export::plain(&trial.text),
            readout_export::plain(fault)
        ));
    }
    let wrong = trials.iter().filter(|t| t.fault.is_some()).count();
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    out.push_str(&format!(
        "{} rule{}, {} example{}: {}\n",
        rules.len(),
        plural(rules.len()),
        trials.len(),
        plural(trials.len()),
        if wrong == 0 { "all as they say".to_owned() } else { format!("{wrong} not as they say") }
    ));
    commands::print(|result| result.write_all(out.as_bytes()))?;
    Ok(if wrong == 0 { ALL_READ } else { NOTHING })
}
