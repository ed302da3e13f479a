//! Owns what is made ready before anybody asks: the answers that every page begins with and that need all contacts.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crate::asks::Request;
use crate::room::Room;
use crate::{chart, rows};

/// How often the edition is asked for: one look at a number.
const PAUSE: Duration = Duration::from_millis(250);
/// So many looks must find the same edition: while somebody writes again and again, readers have the processor.
const STILL: u32 = 8;

/// Makes sums, facets, the chart and the queue of the first edition, and of each later one that stands for two seconds, until the other end of
/// `over` is dropped. What fails here is said to whoever asks for it.
pub(crate) fn keep_ready(room: &Arc<Room>, over: &Receiver<()>) {
    let (mut ready, mut seen, mut looks) = (0, 0, STILL);
    loop {
        if let Ok(edition) = room.edition() {
            looks = if edition == seen || ready == 0 { looks.saturating_add(1) } else { 0 };
            seen = edition;
            if edition != ready && looks >= STILL {
                ready = edition;
                prepare(room);
            }
        }
        if over.recv_timeout(PAUSE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn prepare(room: &Room) {
    let request = Request::default();
    for make in [rows::list, rows::facets, chart::chart, rows::queue] {
        // A fault in one must not leave the others to the first who asks.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(room, &request).is_ok()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use readout_ledger::{Ledger, Mode, Settings};

    #[test]
    fn what_a_page_begins_with_is_there_before_it_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings {
            db: folder.path().join("readout.db"),
            corrections: None,
            actors: None,
            threads: Some(1),
            read: Default::default(),
            rules: Vec::new(),
            domestic: false,
            tier: None,
            first_tier: readout_types::Tier::Swift,
        };
        let made = Ledger::open(settings.clone(), Mode::Create).and_then(|mut ledger| ledger.refresh(&|_| {}));
        assert!(made.is_ok(), "a store");
        let room = Room::new(settings, Desk::new(), "Ada".to_owned(), folder.path().join("dropped"), 1);
        let room = Arc::new(room.expect("a room"));
        let (end, over) = std::sync::mpsc::channel();
        drop(end);
        keep_ready(&room, &over);
        for name in ["facets", "chart []", "queue"] {
            let made = room.kept(name.to_owned(), || panic!("{name} is made only now"));
            assert!(made.is_ok_and(|body| !body.is_empty()), "{name}");
        }
    }
}
