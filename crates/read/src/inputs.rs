//! Owns the inputs of a run: what is read, how, and the temporary copies that it takes.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use crate::Options;
use crate::fetch::{Fetched, Fetcher};
use crate::limits::size;

/// What is read, and how.
pub(crate) struct Shared {
    pub paths: Vec<PathBuf>,
    pub options: Options,
    pub spool: Spool,
    /// Bytes taken from inputs so far.
    pub consumed: Arc<AtomicU64>,
    fetcher: Mutex<Option<Fetcher>>,
}

impl Shared {
    pub fn new(paths: &[PathBuf], options: &Options) -> Shared {
        Shared {
            paths: paths.to_vec(),
            options: options.clone(),
            spool: Spool::default(),
            consumed: Arc::default(),
            fetcher: Mutex::new(None),
        }
    }

    /// The answer to an address.
    pub fn fetch(&self, url: &str) -> Result<Fetched, String> {
        let mut fetcher = self.fetcher.lock().unwrap_or_else(PoisonError::into_inner);
        let fetcher = match &mut *fetcher {
            Some(fetcher) => fetcher,
            none => {
                let folder = self.spool.folder().map_err(|e| format!("no room for what is fetched: {e}"))?;
                none.insert(Fetcher::new(&self.options.fetch, &folder))
            }
        };
        fetcher.fetch(url)
    }
}

/// Temporary copies: answers of the network, streams that must be read from their end. They lie in the system's folder
/// for temporary files and are gone with the run.
#[derive(Default)]
pub(crate) struct Spool {
    folder: Mutex<Option<TempDir>>,
}

impl Spool {
    fn folder(&self) -> io::Result<PathBuf> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match &mut *folder {
            Some(folder) => folder,
            none => none.insert(tempfile::Builder::new().prefix("readout-").tempdir()?),
        };
        Ok(folder.path().to_owned())
    }

    /// A copy of a stream, at its beginning.
    pub fn copy(&self, stream: &mut dyn Read, limit: u64) -> io::Result<File> {
        let mut file = tempfile::tempfile()?;
        let copied = io::copy(&mut stream.take(limit.saturating_add(1)), &mut file)?;
        if copied > limit {
            let limit = size(limit);
            return Err(io::Error::other(format!(
                "it takes a copy of more than {limit}, the limit (--max-spool-size)"
            )));
        }
        file.flush()?;
        file.rewind()?;
        Ok(file)
    }
}
