//! Owns where a chronology comes from: own actors and corrections of a run over paths, or the store.

use std::path::{Path, PathBuf};

use readout::{Names, OwnActors, OwnRules, Run};
use readout_corrections::Book;
use readout_ledger::{Ledger, LedgerError, Mode, Settings, Texts};
use readout_types::Tier;

use crate::arguments::{Common, TierChoice};
use crate::commands::{NOTHING, Stop};
use crate::messages;
use crate::progress::{Bar, bytes_of};

/// The store where no flag names one.
const DEFAULT: &str = "readout.db";

fn text_of(path: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(path).map_err(|e| (NOTHING, format!("{}: {e}", path.display())))
}

/// The actors that a flag names.
pub(crate) fn own_actors(common: &Common) -> Result<Option<OwnActors>, Stop> {
    let read = |path: &PathBuf| Ok(OwnActors { file: path.display().to_string(), text: text_of(path)? });
    common.actors.as_ref().map(read).transpose()
}

/// The files of contact patterns in the folder that a flag names, in the order of their names.
pub(crate) fn own_rules(common: &Common) -> Result<Vec<OwnRules>, Stop> {
    common.rules.as_deref().map_or_else(|| Ok(Vec::new()), rules_in)
}

/// The files of contact patterns in a folder, in the order of their names.
pub(crate) fn rules_in(folder: &Path) -> Result<Vec<OwnRules>, Stop> {
    let fail = |e: std::io::Error| (NOTHING, format!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        files.push(entry.map_err(fail)?.path());
    }
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    if files.is_empty() {
        return Err((NOTHING, format!("{}: no rules in it (files that end in .toml)", folder.display())));
    }
    files.iter().map(|path| Ok(OwnRules { file: path.display().to_string(), text: text_of(path)? })).collect()
}

/// The corrections that a flag names.
pub(crate) fn corrections(common: &Common) -> Result<Book, Stop> {
    match &common.corrections {
        None => Ok(Book::default()),
        Some(path) => Ok(Book::parse(&path.display().to_string(), &text_of(path)?)),
    }
}

/// Inputs of more bytes than this, together, take the deep tier about a minute on two cores (docs/language.md).
const DEEP_UP_TO: u64 = 6 << 20;

/// How thoroughly a run over these inputs analyses text. Depends on what is asked for and on the sizes of the inputs alone.
pub(crate) fn tier(common: &Common, paths: &[PathBuf]) -> Tier {
    match common.tier {
        Some(TierChoice::Swift) => Tier::Swift,
        Some(TierChoice::Deep) => Tier::Deep,
        None | Some(TierChoice::Auto) if bytes_of(paths, DEEP_UP_TO) <= DEEP_UP_TO => Tier::Deep,
        None | Some(TierChoice::Auto) => Tier::Swift,
    }
}

/// How the ledger is opened; `paths` are what may be added to it.
pub(crate) fn settings(common: &Common, paths: &[PathBuf]) -> Result<Settings, Stop> {
    let tier = tier(common, paths);
    Ok(Settings {
        db: common.db.clone().unwrap_or_else(|| PathBuf::from(DEFAULT)),
        corrections: common.corrections.clone(),
        actors: common.actors.clone(),
        threads: common.threads,
        read: common.input.options(),
        rules: own_rules(common)?,
        domestic: common.domestic,
        tier: common.tier.map(|_| tier),
        first_tier: tier,
    })
}

/// Ends a command with what the ledger says.
pub(crate) fn stop(error: LedgerError) -> Stop {
    (NOTHING, error.to_string())
}

/// The ledger, for writing; `paths` are what may be added to it.
pub(crate) fn writable(common: &Common, paths: &[PathBuf], mode: Mode) -> Result<Ledger, Stop> {
    Ledger::open(settings(common, paths)?, mode).map_err(stop)
}

/// The ledger, brought up to date where that is needed.
pub(crate) fn ledger(common: &Common) -> Result<Ledger, Stop> {
    if common.db.is_none() && !Path::new(DEFAULT).exists() {
        return Err((crate::commands::USAGE, format!("give a PATH, or --db FILE; there is no {DEFAULT} here")));
    }
    let bar = Bar::new(&[], false);
    let (ledger, said) = Ledger::open_current(settings(common, &[])?, &|progress| bar.show(progress)).map_err(stop)?;
    messages::diagnostics(&said, &[], common.quiet);
    Ok(ledger)
}

/// The chronology of the store. What its inputs had to be told was said when they were added.
pub(crate) fn stored(common: &Common) -> Result<(Names, Run), Stop> {
    let ledger = ledger(common)?;
    let (chronology, _) = ledger.chronology(Texts::With).map_err(stop)?;
    let names = ledger.names().map_err(stop)?.clone();
    Ok((names, Run { chronology, ..Run::default() }))
}
