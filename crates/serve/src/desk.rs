//! Owns the desk: the one place where something is written. Tasks wait in line, tell how far they are, and are remembered for
//! a while when they are done.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use readout_ledger::{Ledger, LedgerError};
use readout_types::Level;
use serde_json::{Value, json};

use crate::decide::{self, Decision};

/// Tasks that may wait.
const WAITING: usize = 1000;
/// Tasks that are remembered.
const REMEMBERED: usize = 2000;

/// Something to be written.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// A file, with the name that it was dropped under.
    Add { path: PathBuf, name: String },
    /// A decision.
    Decide(Box<Decision>),
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Waiting,
    Working,
    Done(Value),
    Failed(String),
}

#[derive(Clone, Debug)]
struct Entry {
    task: Task,
    stage: Stage,
    documents: usize,
    bytes: u64,
    linking: bool,
}

#[derive(Default)]
struct Book {
    next: u64,
    entries: BTreeMap<u64, Entry>,
    waiting: VecDeque<u64>,
    closed: bool,
}

/// The line of tasks.
#[derive(Clone)]
pub(crate) struct Desk(Arc<(Mutex<Book>, Condvar)>);

fn locked(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub fn new() -> Desk {
        Desk(Arc::new((Mutex::new(Book { next: 1, ..Book::default() }), Condvar::new())))
    }

    /// Puts a task in line; `None` when too many wait already.
    pub fn hand_in(&self, task: Task) -> Option<u64> {
        let mut book = locked(&self.0.0);
        if book.waiting.len() >= WAITING || book.closed {
            return None;
        }
        let id = book.next;
        book.next += 1;
        book.entries.insert(id, Entry { task, stage: Stage::Waiting, documents: 0, bytes: 0, linking: false });
        book.waiting.push_back(id);
        while book.entries.len() > REMEMBERED {
            book.entries.pop_first();
        }
        self.0.1.notify_all();
        Some(id)
    }

    /// Waits until a task is done, but no longer than this.
    pub fn wait(&self, id: u64, patience: Duration) {
        let until = Instant::now() + patience;
        let mut book = locked(&self.0.0);
        while book.entries.get(&id).is_some_and(|e| matches!(e.stage, Stage::Waiting | Stage::Working)) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            book = self.0.1.wait_timeout(book, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What there is to say of a task, and whether it is over; `None` where there is none with that number.
    pub fn status(&self, id: u64) -> Option<(Value, bool)> {
        let book = locked(&self.0.0);
        let entry = book.entries.get(&id)?;
        let (state, result, error) = match &entry.stage {
            Stage::Waiting => ("waiting", Value::Null, Value::Null),
            Stage::Working => ("working", Value::Null, Value::Null),
            Stage::Done(result) => ("done", result.clone(), Value::Null),
            Stage::Failed(why) => ("failed", Value::Null, json!(why)),
        };
        let (kind, name) = match &entry.task {
            Task::Add { name, .. } => ("add", json!(name)),
            Task::Decide(_) => ("decide", Value::Null),
        };
        let value = json!({
            "task": id, "kind": kind, "name": name, "state": state, "documents": entry.documents, "bytes": entry.bytes,
            "linking": entry.linking, "result": result, "error": error,
        });
        Some((value, matches!(state, "done" | "failed")))
    }

    /// Whether something waits or is worked on.
    pub fn is_busy(&self) -> bool {
        let book = locked(&self.0.0);
        book.entries.values().any(|e| matches!(e.stage, Stage::Waiting | Stage::Working))
    }

    /// Ends the work when the task at hand is done.
    pub fn close(&self) {
        locked(&self.0.0).closed = true;
        self.0.1.notify_all();
    }

    /// Works until closed. Files that wait in a row are added at once: each edition costs as much as the store is large.
    pub fn work(&self, ledger: &mut Ledger) {
        loop {
            let batch = {
                let mut book = locked(&self.0.0);
                loop {
                    if book.closed {
                        return;
                    }
                    if let Some(first) = book.waiting.pop_front() {
                        let mut batch = vec![first];
                        let adds = |book: &Book, id: &u64| {
                            matches!(book.entries.get(id), Some(Entry { task: Task::Add { .. }, .. }))
                        };
                        while adds(&book, &first) && book.waiting.front().is_some_and(|id| adds(&book, id)) {
                            batch.extend(book.waiting.pop_front());
                        }
                        for id in &batch {
                            if let Some(entry) = book.entries.get_mut(id) {
                                entry.stage = Stage::Working;
                            }
                        }
                        break batch;
                    }
                    book = self.0.1.wait(book).unwrap_or_else(PoisonError::into_inner);
                }
            };
            // A fault in one task must not end the desk.
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.perform(ledger, &batch)));
            let stage = match done {
                Ok(Ok(result)) => Stage::Done(result),
                Ok(Err(why)) => Stage::Failed(why),
                Err(_) => Stage::Failed("a fault in the program".to_owned()),
            };
            let mut book = locked(&self.0.0);
            for id in &batch {
                if let Some(entry) = book.entries.get_mut(id) {
                    entry.stage = stage.clone();
                }
            }
            self.0.1.notify_all();
        }
    }

    fn perform(&self, ledger: &mut Ledger, batch: &[u64]) -> Result<Value, String> {
        let tasks: Vec<Task> = {
            let book = locked(&self.0.0);
            batch.iter().filter_map(|id| book.entries.get(id).map(|e| e.task.clone())).collect()
        };
        let progress = |so_far: readout_ledger::Progress| {
            let mut book = locked(&self.0.0);
            for id in batch {
                if let Some(entry) = book.entries.get_mut(id) {
                    (entry.documents, entry.bytes, entry.linking) = (so_far.documents, so_far.bytes, so_far.linking);
                }
            }
        };
        match tasks.first() {
            None => Ok(Value::Null),
            Some(Task::Decide(decision)) => decide::perform(ledger, decision, &progress),
            Some(Task::Add { .. }) => {
                let paths: Vec<PathBuf> = tasks
                    .iter()
                    .filter_map(|task| match task {
                        Task::Add { path, .. } => Some(path.clone()),
                        Task::Decide(_) => None,
                    })
                    .collect();
                add(ledger, &paths, &progress).map_err(|e| e.to_string())
            }
        }
    }
}

fn add(
    ledger: &mut Ledger,
    paths: &[PathBuf],
    progress: &(dyn Fn(readout_ledger::Progress) + Sync),
) -> Result<Value, LedgerError> {
    let added = ledger.add(paths, false, progress)?;
    let messages: Vec<Value> = added
        .diagnostics
        .iter()
        .filter(|d| d.level != Level::Note)
        .take(50)
        .map(|d| {
            // People know the file by the name they dropped it under; where it is kept is nobody's business.
            let name = paths.iter().find_map(|p| {
                let rest = d.document.strip_prefix(&*p.to_string_lossy())?;
                Some(format!("{}{rest}", p.file_name()?.to_string_lossy()))
            });
            let level = if d.level == Level::Error { "error" } else { "warning" };
            json!({"document": name.unwrap_or_else(|| d.document.clone()), "level": level, "message": d.message})
        })
        .collect();
    Ok(json!({
        "new": added.new, "changed": added.changed, "same": added.same, "unused": added.unused, "edition": added.edition,
        "messages": messages,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Task {
        Task::Add { path: PathBuf::from("x"), name: "x".to_owned() }
    }

    #[test]
    fn a_line_that_is_full_takes_no_more() {
        let desk = Desk::new();
        for _ in 0..WAITING {
            assert!(desk.hand_in(file()).is_some());
        }
        assert_eq!(desk.hand_in(file()), None);
        assert!(desk.is_busy());
    }

    #[test]
    fn tasks_are_told_of() {
        let desk = Desk::new();
        let id = desk.hand_in(file()).expect("room");
        desk.wait(id, Duration::from_millis(1));
        let (value, over) = desk.status(id).expect("a task");
        assert_eq!((value["state"].as_str(), over), (Some("waiting"), false));
        assert!(desk.status(id + 1).is_none());
        desk.close();
        assert_eq!(desk.hand_in(file()), None, "closed");
    }
}
