//! Owns running other people's parsers over hostile input: with a time limit, and so that a fault in one costs one item.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a parser whose panic becomes a message about one input, so that a hook need not print it.
pub fn in_parser() -> bool {
    GUARDED.get()
}

/// Deep nesting needs room; it is only reserved, not used.
const STACK: usize = 64 << 20;

/// Runs `work` on a thread of its own and waits for it as long as `limit`. `Err` says what went wrong: a fault, or no
/// answer in time. Threads cannot be ended from outside: one that never answers goes on, holding what it was given,
/// until the program ends.
pub(crate) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let begun = Instant::now();
    let (sender, receiver) = sync_channel(1);
    let guarded_work = move || {
        // Nobody waits any more when sending fails.
        let _ = sender.send(guarded(work));
    };
    let thread = thread::Builder::new().name("readout-parser".to_owned()).stack_size(STACK);
    if let Err(error) = thread.spawn(guarded_work) {
        return Err(format!("the system gives no thread: {error}"));
    }
    let late =
        || Err(format!("given up after {} s, the time limit for one document (--document-time)", limit.as_secs_f64()));
    match receiver.recv_timeout(limit) {
        // An answer that came while nobody was looking is late all the same.
        Ok(_) if begun.elapsed() > limit => late(),
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => late(),
        Err(RecvTimeoutError::Disconnected) => Err("given up: its parser ended without an answer".to_owned()),
    }
}

/// Runs `work`; a panic in it becomes `Err`, in a person's words.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|panic| {
        let reason = panic.downcast_ref::<String>().map(String::as_str);
        let reason = reason.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let reason: String = reason.chars().take(200).collect();
        format!("given up: a fault in its parser ({reason})")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_faults_and_silence() {
        let second = Duration::from_secs(30);
        assert_eq!(within(second, || 7), Ok(7));
        assert_eq!(
            within::<()>(second, || panic!("no page {}", 3)),
            Err("given up: a fault in its parser (no page 3)".into())
        );
        let silent = within(Duration::from_millis(20), || thread::sleep(Duration::from_secs(5)));
        assert!(silent.is_err_and(|why| why.contains("0.02 s")));
        assert!(!in_parser());
    }
}
