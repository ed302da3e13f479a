//! Owns the way in: files, folders, archives, crawls, feeds and addresses become [`RawDocument`]s, one at a time.
//!
//! Nothing is interpreted here beyond what is needed to tell a document from the next: no date is parsed, no page is
//! cleaned. Whatever cannot be used becomes a [`Diagnostic`] that names the input, the line and the reason, and the
//! rest goes on.
//!
//! Ids: a file is called by its name without the ending; a member of an archive `ARCHIVE/PATH` without the ending; a
//! record by its own id, else by the file and its line; a page of a crawl by its record's UUID; a message by its
//! Message-ID; an item of a feed by its guid, else its address; a page by its address. A second of the same id gets
//! `-2`.

mod address;
mod archive;
mod decode;
mod elements;
mod feed;
mod fetch;
mod fields;
mod format;
mod http_message;
mod inputs;
mod limits;
mod lines;
mod mail;
mod meter;
mod office;
mod patience;
mod record;
mod session;
mod sink;
mod table;
mod unpack;
mod walk;
mod warc;
mod web;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use readout_types::{Diagnostic, Level, RawDocument};

pub use crate::fetch::{Fetching, is_address, post};
pub use crate::fields::{ArticleField, FieldMap};
use crate::inputs::Shared;
pub use crate::limits::Limits;
pub use crate::patience::in_parser;
use crate::session::{Body, Origin, Session};
use crate::sink::Sink;

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much of an input is taken at most.
    pub limits: Limits,
    /// What the user says of the fields of his records.
    pub fields: FieldMap,
    /// What may be fetched.
    pub fetch: Fetching,
}

/// What a [`Reader`] yields: documents and messages, in the order of the input. A warning about a document comes just
/// before it.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "items are handed over one at a time, never kept in rows")]
pub enum Item {
    /// One article.
    Document(RawDocument),
    /// A message; [`Level::Error`] means that an input, or the record it names, was not used.
    Diagnostic(Diagnostic),
}

impl Item {
    /// The document, if it is one.
    pub fn document(self) -> Option<RawDocument> {
        match self {
            Item::Document(document) => Some(document),
            Item::Diagnostic(_) => None,
        }
    }
}

/// The inputs of a run.
#[derive(Clone)]
pub struct Inputs {
    shared: Arc<Shared>,
}

impl Inputs {
    /// Inputs in the order given: files, folders with all they hold (names in byte order, hidden files left out),
    /// addresses, and `-` for standard input. Nothing is read yet.
    pub fn new(paths: &[PathBuf], options: &Options) -> Inputs {
        Inputs { shared: Arc::new(Shared::new(paths, options)) }
    }

    /// All documents. Their order and their ids depend on the inputs alone.
    pub fn documents(&self) -> Reader {
        Reader::new(self.shared.clone(), Task::Inputs)
    }

    /// Bytes taken from the inputs so far, as they lie there (compressed).
    pub fn consumed(&self) -> u64 {
        self.shared.consumed.load(Ordering::Relaxed)
    }

    /// The counter behind [`Inputs::consumed`].
    pub fn meter(&self) -> Arc<AtomicU64> {
        self.shared.consumed.clone()
    }
}

/// Reads `paths` once; see [`Inputs`].
pub fn documents(paths: &[PathBuf], options: &Options) -> Reader {
    Inputs::new(paths, options).documents()
}

/// Reads one stream; `name` stands for its path, and its ending tells the format as that of a file does.
pub fn stream(name: &str, input: Box<dyn Read + Send>, options: &Options) -> Reader {
    Reader::new(Arc::new(Shared::new(&[], options)), Task::Stream(name.to_owned(), input))
}

enum Task {
    Inputs,
    Stream(String, Box<dyn Read + Send>),
}

/// An iterator over the documents of several inputs. A thread of its own reads ahead a little: at most three parcels of a
/// mebibyte, or of one document, are in memory.
pub struct Reader {
    shared: Arc<Shared>,
    task: Option<Task>,
    taken: Vec<String>,
    parcels: Option<Receiver<Vec<Item>>>,
    parcel: std::vec::IntoIter<Item>,
}

impl Reader {
    fn new(shared: Arc<Shared>, task: Task) -> Reader {
        Reader { shared, task: Some(task), taken: Vec::new(), parcels: None, parcel: Vec::new().into_iter() }
    }

    /// Goes on where documents with these ids were read before: new ones get other ids.
    pub fn beside(mut self, taken: impl IntoIterator<Item = String>) -> Reader {
        self.taken.extend(taken);
        self
    }

    fn start(&mut self, task: Task) -> std::io::Result<Receiver<Vec<Item>>> {
        let (sender, parcels) = sync_channel(1);
        let mut session =
            Session { sink: Sink::new(sender, std::mem::take(&mut self.taken)), shared: self.shared.clone() };
        let work = move || {
            // A taker that has gone is no error: nobody is there to hear of it.
            let _ = match task {
                Task::Inputs => session.run(),
                Task::Stream(name, mut input) => {
                    let origin = match name.as_str() {
                        "-" => Origin { path: name, stem: "stdin".to_owned(), given: true, ..Origin::default() },
                        _ => Origin::file(name.as_ref(), true),
                    };
                    let done = patience::guarded(|| session.open(&origin, Body::Stream(&mut input)));
                    let done = done.unwrap_or_else(|fault| session.sink.say(Level::Error, &origin.path, fault));
                    done.and_then(|()| session.sink.send())
                }
            };
        };
        thread::Builder::new().name("readout-read".to_owned()).spawn(work)?;
        Ok(parcels)
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.parcel.next() {
                return Some(item);
            }
            if let Some(task) = self.task.take() {
                match self.start(task) {
                    Ok(parcels) => self.parcels = Some(parcels),
                    Err(error) => {
                        let message = format!("the system gives no thread for reading: {error}");
                        return Some(Item::Diagnostic(Diagnostic {
                            document: String::new(),
                            level: Level::Error,
                            message,
                        }));
                    }
                }
            }
            self.parcel = self.parcels.as_ref()?.recv().ok()?.into_iter();
        }
    }
}
