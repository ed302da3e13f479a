//! Owns `readout search`: words in documents, contacts and statements of the store.

use clap::Args;
use readout_export::Found;
use readout_ledger::HitKind;

use crate::arguments::Common;
use crate::commands::{ALL_READ, NOTHING, Stop, print};
use crate::output::Output;
use crate::source;

/// `readout search`.
#[derive(Args, Debug)]
pub struct Search {
    /// What to look for: all words must occur; "words in quotation marks" stand together; `negotiat*` goes on
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// So many hits of each kind
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}

/// Searches; exit code 1 where nothing is found.
pub(crate) fn run(arguments: &Search, common: &Common) -> Result<u8, Stop> {
    let ledger = source::ledger(common)?;
    // A word with a space in it was in quotation marks for the shell.
    let words = arguments
        .words
        .iter()
        .map(|w| if w.contains(' ') && !w.contains('"') { format!("\"{w}\"") } else { w.clone() });
    let typed = words.collect::<Vec<_>>().join(" ");
    let hits = ledger.search(&typed, arguments.limit).map_err(source::stop)?;
    let found: Vec<Found> = hits
        .into_iter()
        .map(|hit| Found {
            kind: match hit.kind {
                HitKind::Document => "document",
                HitKind::Contact => "contact",
                HitKind::Statement => "statement",
            },
            document: hit.document,
            outlet: hit.outlet,
            title: hit.title,
            contact: hit.contact,
            speaker: hit.speaker,
            snippet: hit.snippet,
        })
        .collect();
    let look = Output::Stdout.look(common.color);
    print(|out| out.write_all(readout_export::found(&found, &look).as_bytes()))?;
    Ok(if found.is_empty() { NOTHING } else { ALL_READ })
}
