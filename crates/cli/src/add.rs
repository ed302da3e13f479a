//! Owns `readout add`: articles into the store.

use std::path::PathBuf;

use clap::Args;
use readout_ledger::{Added, Mode};
use readout_types::Level;

use crate::arguments::Common;
use crate::commands::{ALL_READ, NOTHING, SOME_READ, Stop};
use crate::progress::Bar;
use crate::{messages, source};

/// `readout add`.
#[derive(Args, Debug)]
pub struct Add {
    /// Files, folders and addresses of articles; `-` is standard input; without any, everything in the store is brought up to date
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Let documents that are no longer in PATH leave the store; without it they stay
    #[arg(long)]
    pub prune: bool,
}

/// Adds, and says what became of it.
pub(crate) fn run(arguments: &Add, common: &Common) -> Result<u8, Stop> {
    let mode = if arguments.paths.is_empty() { Mode::Write } else { Mode::Create };
    let mut ledger = source::writable(common, &arguments.paths, mode)?;
    let bar = Bar::new(&arguments.paths, !common.quiet);
    let added = ledger.add(&arguments.paths, arguments.prune, &|progress| bar.show(progress)).map_err(source::stop)?;
    drop(bar);
    messages::diagnostics(&added.diagnostics, &[], common.quiet);
    if !common.quiet {
        for path in added.gone.iter().take(5) {
            messages::note(&format!("{}: is no longer there; it stays in the store", readout_export::plain(path)));
        }
        if added.gone.len() > 5 {
            messages::note(&format!("… and {} more are no longer there; --prune lets them go", added.gone.len() - 5));
        }
        messages::print(&format!("{}\n", summary(&added, &ledger)));
    }
    let read = added.new + added.changed + added.same;
    let failed = added.diagnostics.iter().any(|d| d.level == Level::Error);
    Ok(match (arguments.paths.is_empty(), read) {
        (true, _) => ALL_READ,
        (false, read) if read == added.unused => NOTHING,
        _ if failed || added.unused > 0 => SOME_READ,
        _ => ALL_READ,
    })
}

fn summary(added: &Added, ledger: &readout_ledger::Ledger) -> String {
    let path = ledger.path().display();
    let number = |n: usize, what: &str| format!("{n} document{} {what}", if n == 1 { "" } else { "s" });
    let mut parts = Vec::new();
    for (n, what) in [(added.new, "added"), (added.changed, "changed"), (added.left, "left"), (added.same, "as before")]
    {
        if n > 0 {
            parts.push(number(n, what));
        }
    }
    if parts.is_empty() {
        parts.push(if added.edition { "brought up to date" } else { "nothing to do" }.to_owned());
    }
    format!("{path}: {}", parts.join(", "))
}
