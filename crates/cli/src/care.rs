//! Owns `readout check` and `readout backup`: the care of the store.

use std::path::PathBuf;

use clap::Args;
use readout_ledger::Mode;

use crate::arguments::Common;
use crate::commands::{ALL_READ, NOTHING, Stop, print};
use crate::{messages, source};

/// `readout backup`.
#[derive(Args, Debug)]
pub struct Backup {
    /// The folder to make; nothing in it is overwritten
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

/// Looks at everything; exit code 1 where something is wrong.
pub(crate) fn check(common: &Common) -> Result<u8, Stop> {
    // Only who may write can let the indices check themselves; a file that is read-only is looked at as far as it goes.
    let ledger = match source::writable(common, &[], Mode::Write) {
        Ok(ledger) => ledger,
        Err(_) => source::writable(common, &[], Mode::Read)?,
    };
    let faults = ledger.check().map_err(source::stop)?;
    for fault in &faults {
        messages::error(&fault.0);
    }
    if !faults.is_empty() {
        return Ok(NOTHING);
    }
    let path = ledger.path().display().to_string();
    print(|out| writeln!(out, "{path}: all is well"))?;
    Ok(ALL_READ)
}

/// Copies.
pub(crate) fn backup(arguments: &Backup, common: &Common) -> Result<u8, Stop> {
    let ledger = source::writable(common, &[], Mode::Read)?;
    ledger.backup(&arguments.folder).map_err(source::stop)?;
    let (from, to) = (ledger.path().display().to_string(), arguments.folder.display().to_string());
    print(|out| writeln!(out, "{from}: copied to {to}, and the copy was checked"))
}
