//! Owns `readout serve`: the reading room.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use readout_ledger::Ledger;
use readout_serve::{ServeError, Server, Settings};

use crate::arguments::{Common, size};
use crate::commands::{NOTHING, Stop, USAGE};
use crate::correct::who_decides;
use crate::progress::Bar;
use crate::{messages, source};

/// Interrupted, as the help has it.
const INTERRUPTED: u8 = 130;

/// `readout serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Files and folders of articles, read into a store that ends with the program; without any, the store is served
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Listen on this address; any that other machines can reach needs --token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    /// Listen on this port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 7878)]
    pub port: u16,
    /// What whoever asks must show, at least 16 characters [default: the variable READOUT_TOKEN]
    #[arg(long, value_name = "TEXT")]
    pub token: Option<String>,
    /// A name under which this machine may be asked, beside localhost and addresses; can be given several times
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// Who decides where the page names nobody [default: the variable READOUT_BY, else the name of
    /// the user]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Refuse dropped files longer than this
    #[arg(long, value_name = "SIZE", default_value = "32M", value_parser = size)]
    pub max_upload: u64,
}

/// Serves until interrupted.
pub(crate) fn run(arguments: &Serve, common: &Common) -> Result<u8, Stop> {
    let mut ledger = source::settings(common, &[])?;
    // Gone with the program; a store that was named stays.
    let mut temporary = None;
    if !arguments.paths.is_empty() {
        if common.db.is_some() {
            return Err((
                USAGE,
                "give PATH or --db, not both; readout add PATH… puts articles into a store".to_owned(),
            ));
        }
        let folder = tempfile::tempdir().map_err(|e| (NOTHING, format!("no temporary folder: {e}")))?;
        ledger.db = folder.path().join("readout.db");
        // What people decide is not thrown away with the store.
        ledger.corrections = Some(common.corrections.clone().unwrap_or_else(|| PathBuf::from("corrections.jsonl")));
        let bar = Bar::new(&arguments.paths, !common.quiet);
        let mut writer = Ledger::open(ledger.clone(), readout_ledger::Mode::Create).map_err(source::stop)?;
        let added = writer.add(&arguments.paths, false, &|progress| bar.show(progress)).map_err(source::stop)?;
        drop(bar);
        messages::diagnostics(&added.diagnostics, &[], common.quiet);
        if added.new == 0 {
            return Err((NOTHING, "nothing could be read".to_owned()));
        }
        temporary = Some(folder);
    }
    let dropped = ledger.db.parent().unwrap_or(Path::new("")).join("dropped");
    let settings = Settings {
        address: SocketAddr::new(arguments.host, arguments.port),
        names: arguments.name.clone(),
        token: arguments.token.clone().or_else(|| std::env::var("READOUT_TOKEN").ok().filter(|t| !t.is_empty())),
        // Whoever only reads need not say who they are.
        by: who_decides(arguments.by.as_deref()).unwrap_or_else(|_| "unnamed".to_owned()),
        dropped,
        max_upload: arguments.max_upload,
        ledger,
    };
    let corrections = settings.ledger.corrections.clone().filter(|_| temporary.is_some());
    let server = Server::bind(settings).map_err(stop)?;
    if let Some(file) = corrections.filter(|_| !common.quiet) {
        messages::note(&format!("decisions are kept in {}", file.display()));
    }
    // Programs that start this one read the address here.
    crate::commands::print(|out| {
        writeln!(out, "http://{}/", server.address())?;
        out.flush()
    })?;
    server.run_until_interrupted().map_err(stop)?;
    drop(temporary);
    Ok(INTERRUPTED)
}

fn stop(error: ServeError) -> Stop {
    let code = match error {
        ServeError::Open(_) | ServeError::ShortToken => USAGE,
        _ => NOTHING,
    };
    (code, error.to_string())
}
