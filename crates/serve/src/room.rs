//! Owns what the requests share: readers of the ledger, the desk where things are written, answers that are kept until
//! something is written.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use readout_ledger::{KnownActor, Ledger, Mode};

use crate::desk::Desk;
use crate::reply::Fault;

/// Readers that are kept open.
const READERS: usize = 16;
/// Answers that are kept.
const ANSWERS: usize = 256;

/// Who takes part in what, by number of the contact, and the actors by number.
pub(crate) struct Parties {
    pub of: HashMap<i64, Vec<i64>>,
    pub known: HashMap<i64, KnownActor>,
}

/// An answer, and the edition that it is of.
type Kept = (u64, Arc<[u8]>);

/// What the requests share.
pub(crate) struct Room {
    settings: readout_ledger::Settings,
    /// Who decides where a request names nobody.
    pub by: String,
    /// Where dropped files are kept.
    pub dropped: PathBuf,
    /// Bytes of a dropped file at most.
    pub max_upload: u64,
    /// Where things are written.
    pub desk: Desk,
    readers: Mutex<Vec<(u64, Ledger)>>,
    watcher: Mutex<Ledger>,
    answers: Mutex<HashMap<String, Kept>>,
    /// Answers that are being made.
    making: Mutex<HashMap<String, Arc<Mutex<()>>>>,
    parties: Mutex<Option<(u64, Arc<Parties>)>>,
    /// What the store said when it was last asked whether it changed, and how often it did.
    edition: Mutex<(i64, u64)>,
    /// Readers of before the last writing know the names of before.
    epoch: AtomicU64,
}

/// A lock is never left in a state that matters: a panic of another request does not end this one.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    pub fn new(
        settings: readout_ledger::Settings,
        desk: Desk,
        by: String,
        dropped: PathBuf,
        max_upload: u64,
    ) -> Result<Room, readout_ledger::LedgerError> {
        let watcher = Ledger::open(settings.clone(), Mode::Read)?;
        let first = watcher.data_version()?;
        Ok(Room {
            settings,
            by,
            dropped,
            max_upload,
            desk,
            readers: Mutex::new(Vec::new()),
            watcher: Mutex::new(watcher),
            answers: Mutex::new(HashMap::new()),
            making: Mutex::new(HashMap::new()),
            parties: Mutex::new(None),
            edition: Mutex::new((first, 1)),
            epoch: AtomicU64::new(1),
        })
    }

    /// A number that grows when something was written, by this program or another.
    pub fn edition(&self) -> Result<u64, Fault> {
        let now = locked(&self.watcher).data_version()?;
        let mut edition = locked(&self.edition);
        if edition.0 != now {
            *edition = (now, edition.1 + 1);
            self.epoch.store(edition.1, Ordering::Release);
        }
        Ok(edition.1)
    }

    /// Reads, with a reader that nobody else uses meanwhile.
    pub fn read<T>(&self, read: impl FnOnce(&Ledger) -> Result<T, Fault>) -> Result<T, Fault> {
        let epoch = self.epoch.load(Ordering::Acquire);
        let free = {
            let mut readers = locked(&self.readers);
            readers.retain(|(of, _)| *of == epoch);
            readers.pop()
        };
        let ledger = match free {
            Some((_, ledger)) => ledger,
            None => Ledger::open(self.settings.clone(), Mode::Read)?,
        };
        let done = read(&ledger);
        let mut readers = locked(&self.readers);
        if readers.len() < READERS {
            readers.push((epoch, ledger));
        }
        done
    }

    /// An answer that is made once for each edition; whoever else asks for it meanwhile waits.
    pub fn kept(&self, name: String, make: impl FnOnce() -> Result<Vec<u8>, Fault>) -> Result<Arc<[u8]>, Fault> {
        let edition = self.edition()?;
        let found = || locked(&self.answers).get(&name).filter(|(of, _)| *of == edition).map(|(_, body)| body.clone());
        if let Some(body) = found() {
            return Ok(body);
        }
        let turn = locked(&self.making).entry(name.clone()).or_default().clone();
        let _turn = locked(&turn);
        if let Some(body) = found() {
            return Ok(body);
        }
        let made = make();
        locked(&self.making).remove(&name);
        let body: Arc<[u8]> = made?.into();
        let mut answers = locked(&self.answers);
        if answers.len() >= ANSWERS {
            answers.retain(|_, (of, _)| *of == edition);
        }
        if answers.len() >= ANSWERS {
            answers.clear();
        }
        answers.insert(name, (edition, body.clone()));
        Ok(body)
    }

    /// Numbers of the actors that a name means.
    pub fn meant(&self, ledger: &Ledger, name: &str) -> Result<Vec<i64>, Fault> {
        let bytes = self.kept(format!("who {name}"), || {
            let (names, parties) = (ledger.names()?, self.parties()?);
            let wanted = names.wanted(name);
            let meant = parties.known.values().filter(|k| wanted.means(&k.actor));
            let mut numbers: Vec<i64> = meant.map(|k| k.number).collect();
            numbers.sort_unstable();
            Ok(numbers.into_iter().flat_map(i64::to_le_bytes).collect())
        })?;
        Ok(bytes.chunks_exact(8).filter_map(|b| b.try_into().ok()).map(i64::from_le_bytes).collect())
    }

    /// Who takes part in what.
    pub fn parties(&self) -> Result<Arc<Parties>, Fault> {
        let edition = self.edition()?;
        // Held while they are read: fifty readers at once need them once.
        let mut kept = locked(&self.parties);
        if let Some((of, parties)) = &*kept
            && *of == edition
        {
            return Ok(parties.clone());
        }
        let parties = self.read(|ledger| {
            let (pairs, actors) = (ledger.parties()?, ledger.actors()?);
            let mut of: HashMap<i64, Vec<i64>> = HashMap::new();
            for (contact, actor) in pairs {
                of.entry(contact).or_default().push(actor);
            }
            Ok(Arc::new(Parties { of, known: actors.into_iter().map(|a| (a.number, a)).collect() }))
        })?;
        *kept = Some((edition, parties.clone()));
        Ok(parties)
    }
}
