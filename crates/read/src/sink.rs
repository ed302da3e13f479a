//! Owns the way of items from the thread that reads to the one that takes: in small parcels, ids made unique.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::mpsc::SyncSender;

use readout_types::{Diagnostic, Level, RawDocument};

use crate::Item;

/// The taker has gone: there is nobody to read for.
#[derive(Debug)]
pub(crate) struct Gone;

/// What every step of reading returns.
pub(crate) type Flow = Result<(), Gone>;

/// A parcel goes off when it holds so many items …
const PARCEL_ITEMS: usize = 64;
/// … or so many bytes of text. Three parcels exist at a time: one in the making, one on its way, one being taken.
const PARCEL_BYTES: usize = 1 << 20;

/// Where items go.
pub(crate) struct Sink {
    sender: SyncSender<Vec<Item>>,
    parcel: Vec<Item>,
    bytes: usize,
    /// Hashes of the ids given so far. Two ids of one hash would only cost the second a `-2` that it did not need.
    ids: HashSet<u64>,
    /// Documents given so far.
    pub given: u64,
}

impl Sink {
    pub fn new(sender: SyncSender<Vec<Item>>, taken: Vec<String>) -> Self {
        let ids = taken.iter().map(|id| hash(id)).collect();
        Sink { sender, parcel: Vec::new(), bytes: 0, ids, given: 0 }
    }

    /// Says something about an input or a document.
    pub fn say(&mut self, level: Level, document: &str, message: impl Into<String>) -> Flow {
        self.push(Item::Diagnostic(Diagnostic { document: document.to_owned(), level, message: message.into() }), 0)
    }

    /// Hands over a document under an id that no other has, after what is to be said about it.
    pub fn give(&mut self, mut document: RawDocument, remarks: Vec<(Level, String)>) -> Flow {
        if !self.ids.insert(hash(&document.id)) {
            let taken = document.id.clone();
            let mut n = 2u64;
            while !self.ids.insert(hash(&format!("{taken}-{n}"))) {
                n += 1;
            }
            document.id = format!("{taken}-{n}");
            let message = format!("the id {taken:?} is taken; {} is called {:?}", document.path, document.id);
            self.say(Level::Warning, &document.id, message)?;
        }
        for (level, message) in remarks {
            self.say(level, &document.id, message)?;
        }
        self.given += 1;
        let bytes = document.text.len();
        self.push(Item::Document(document), bytes)
    }

    fn push(&mut self, item: Item, bytes: usize) -> Flow {
        self.parcel.push(item);
        self.bytes += bytes;
        if self.parcel.len() >= PARCEL_ITEMS || self.bytes >= PARCEL_BYTES { self.send() } else { Ok(()) }
    }

    /// Sends off what is there.
    pub fn send(&mut self) -> Flow {
        self.bytes = 0;
        if self.parcel.is_empty() {
            return Ok(());
        }
        self.sender.send(std::mem::take(&mut self.parcel)).map_err(|_| Gone)
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
