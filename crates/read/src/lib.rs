//! Owns the way in: files, folders and standard input become [`RawDocument`]s, one at a time, within limits.
//!
//! Nothing is interpreted here beyond what is needed to tell a document from the next: no date is parsed, no page is
//! cleaned. Whatever cannot be used becomes a [`Diagnostic`] that names the input, the line and the reason, and the
//! rest goes on.

mod decode;
mod elements;
mod lines;
mod record;
mod sniff;
mod walk;

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use readout_types::{Diagnostic, Level, RawDocument, TextFormat};

use crate::decode::decode;
use crate::elements::Elements;
use crate::lines::{Line, Lines};
use crate::sniff::Shape;
use crate::walk::{Step, Walk};

/// How much of an input is taken at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: a text or HTML file, one line of a JSONL file, one object of a JSON file. Longer ones
    /// are refused without being held in memory. 32 MiB by default.
    pub max_document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_document_bytes: 32 << 20 }
    }
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

/// Reads `paths` in the order given: files, folders with all they hold (names in byte order, hidden files left out),
/// and `-` for standard input. The order of the documents and their ids depend on nothing else.
pub fn documents(paths: &[PathBuf], limits: &Limits) -> Reader {
    Reader {
        walk: Walk::new(paths),
        source: None,
        queue: VecDeque::new(),
        ids: HashSet::new(),
        read: 0,
        limits: limits.clone(),
    }
}

/// Reads one stream as if it were standard input; `name` stands for its path.
pub fn stream(name: &str, input: Box<dyn Read + Send>, limits: &Limits) -> Reader {
    let mut reader = documents(&[], limits);
    reader.open_stream(name, input);
    reader
}

/// An iterator over the documents of several inputs. It holds at most one document and the list of files still to read.
pub struct Reader {
    walk: Walk,
    source: Option<Source>,
    queue: VecDeque<Item>,
    ids: HashSet<String>,
    /// Documents handed over so far.
    read: u64,
    limits: Limits,
}

/// A file of several records that is being read.
struct Source {
    /// As given on the command line.
    path: String,
    /// Id of a record without one, before its line number.
    stem: String,
    records: Records,
    /// Records found, good or bad.
    seen: u64,
}

enum Records {
    Lines(Lines),
    Elements(Elements),
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.queue.pop_front() {
                if matches!(item, Item::Document(_)) {
                    self.read += 1;
                }
                return Some(item);
            }
            if self.source.is_some() {
                self.next_record();
                continue;
            }
            match self.walk.next(self.read)? {
                Step::File { path, given } => self.open_file(&path, given),
                Step::Stdin => self.open_stream("-", Box::new(io::stdin())),
                Step::Message(level, path, message) => self.say(level, &path, message),
            }
        }
    }
}

impl Reader {
    /// Goes on where documents with these ids were read before: new ones get other ids.
    pub fn beside(mut self, taken: impl IntoIterator<Item = String>) -> Reader {
        self.ids.extend(taken);
        self
    }

    fn say(&mut self, level: Level, document: &str, message: impl Into<String>) {
        self.queue.push_back(Item::Diagnostic(Diagnostic {
            document: document.to_owned(),
            level,
            message: message.into(),
        }));
    }

    /// Hands over a document under an id that no other has, after what is to be said about it.
    fn give(&mut self, mut document: RawDocument, remarks: Vec<(Level, String)>) {
        if !self.ids.insert(document.id.clone()) {
            let taken = document.id.clone();
            let mut n = 2u64;
            while !self.ids.insert(format!("{taken}-{n}")) {
                n += 1;
            }
            document.id = format!("{taken}-{n}");
            let message = format!("the id {taken:?} is taken; {} is called {:?}", document.path, document.id);
            self.say(Level::Warning, &document.id, message);
        }
        for (level, message) in remarks {
            self.say(level, &document.id, message);
        }
        self.queue.push_back(Item::Document(document));
    }

    fn open_file(&mut self, path: &Path, given: bool) {
        let name = path.to_string_lossy().into_owned();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.say(Level::Error, &name, walk::reason(&error)),
        };
        let stem = path.file_stem().map_or_else(|| name.clone(), |s| s.to_string_lossy().into_owned());
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "jsonl" | "ndjson" => self.open_records(&name, &stem, Box::new(file), Shape::Lines),
            "json" => self.open_records(&name, &stem, Box::new(file), Shape::Elements),
            "html" | "htm" | "xhtml" => self.take_whole(&name, &stem, Box::new(file), Some(TextFormat::Html)),
            "txt" | "text" | "md" | "markdown" => self.take_whole(&name, &stem, Box::new(file), None),
            other if !given && sniff::not_an_article(other) => {
                self.say(Level::Note, &name, format!("skipped: .{other} files hold no articles"));
            }
            _ => self.open_unknown(&name, &stem, Box::new(file)),
        }
    }

    fn open_stream(&mut self, name: &str, input: Box<dyn Read + Send>) {
        let stem = if name == "-" { "stdin" } else { name };
        self.open_unknown(name, stem, input);
    }

    /// Looks at the beginning to find out what it is.
    fn open_unknown(&mut self, name: &str, stem: &str, mut input: Box<dyn Read + Send>) {
        let mut start = Vec::new();
        if let Err(error) = input.by_ref().take(sniff::WINDOW).read_to_end(&mut start) {
            return self.say(Level::Error, name, walk::reason(&error));
        }
        let shape = sniff::shape(&start);
        let whole: Box<dyn Read + Send> = Box::new(io::Cursor::new(start).chain(input));
        match shape {
            Shape::Whole => self.take_whole(name, stem, whole, None),
            shape => self.open_records(name, stem, whole, shape),
        }
    }

    /// Starts on a file of JSON records.
    fn open_records(&mut self, name: &str, stem: &str, mut input: Box<dyn Read + Send>, shape: Shape) {
        let mut start = Vec::new();
        if let Err(error) = input.by_ref().take(sniff::WINDOW).read_to_end(&mut start) {
            return self.say(Level::Error, name, walk::reason(&error));
        }
        let mut rest: Box<dyn Read + Send> = Box::new(io::Cursor::new(start.clone()).chain(input));
        if decode::is_utf16(&start) {
            // Lines cannot be found in its bytes: decode the file as a whole, within the limit.
            let mut bytes = Vec::new();
            let limit = self.limits.max_document_bytes;
            match rest.take(limit + 1).read_to_end(&mut bytes) {
                Err(error) => return self.say(Level::Error, name, walk::reason(&error)),
                Ok(_) if bytes.len() as u64 > limit => return self.say(Level::Error, name, too_long(limit)),
                Ok(_) => rest = Box::new(io::Cursor::new(decode(&bytes, false).text.into_bytes())),
            }
        } else if let Some(what) = sniff::binary(&start) {
            return self.say(Level::Error, name, format!("not read: {what}"));
        }
        let input = Box::new(BufReader::with_capacity(1 << 16, rest));
        let limit = self.limits.max_document_bytes;
        let records = match shape {
            Shape::Elements => Records::Elements(Elements::new(input, limit)),
            Shape::Lines | Shape::Whole => Records::Lines(Lines::new(input, limit)),
        };
        self.source = Some(Source { path: name.to_owned(), stem: stem.to_owned(), records, seen: 0 });
    }

    fn next_record(&mut self) {
        let Some(source) = &mut self.source else { return };
        let next = match &mut source.records {
            Records::Lines(lines) => lines.next(),
            Records::Elements(elements) => elements.next(),
        };
        let path = source.path.clone();
        let Some(line) = next else {
            if source.seen == 0 {
                self.say(Level::Error, &path, "is empty");
            }
            self.source = None;
            return;
        };
        source.seen += 1;
        let stem = source.stem.clone();
        match line {
            Err(error) => {
                self.source = None;
                self.say(Level::Error, &path, walk::reason(&error));
            }
            Ok(Line { number, content: None }) => {
                let message = format!("line {number}: {}", too_long(self.limits.max_document_bytes));
                self.say(Level::Error, &path, message);
            }
            Ok(Line { number, content: Some(bytes) }) => match record::document(&bytes, &path, &stem, number) {
                Ok((document, remarks)) => self.give(document, remarks),
                Err(reason) => self.say(Level::Error, &path, format!("line {number}: {reason}")),
            },
        }
    }

    /// Reads a file that is one document.
    fn take_whole(&mut self, name: &str, stem: &str, input: Box<dyn Read + Send>, format: Option<TextFormat>) {
        let limit = self.limits.max_document_bytes;
        let mut bytes = Vec::new();
        if let Err(error) = input.take(limit + 1).read_to_end(&mut bytes) {
            return self.say(Level::Error, name, walk::reason(&error));
        }
        if bytes.len() as u64 > limit {
            return self.say(Level::Error, name, too_long(limit));
        }
        if let Some(what) = sniff::binary(&bytes) {
            return self.say(Level::Error, name, format!("not read: {what}"));
        }
        let html = format == Some(TextFormat::Html) || sniff::looks_like_html(&bytes);
        let decoded = decode(&bytes, html);
        if decoded.text.trim().is_empty() {
            return self.say(Level::Error, name, "is empty");
        }
        let format =
            if html || sniff::looks_like_html(decoded.text.as_bytes()) { TextFormat::Html } else { TextFormat::Plain };
        let document = RawDocument {
            id: stem.to_owned(),
            path: name.to_owned(),
            source: None,
            title: None,
            published: None,
            url: None,
            metadata: Default::default(),
            format,
            text: decoded.text.into(),
            encoding: decoded.encoding,
        };
        self.give(document, decoded.remark.into_iter().collect());
    }
}

fn too_long(limit: u64) -> String {
    let size = match limit {
        l if l >= 1 << 20 => format!("{} MiB", l >> 20),
        l if l >= 1 << 10 => format!("{} KiB", l >> 10),
        l => format!("{l} bytes"),
    };
    format!("not read: longer than {size}, the limit for one document")
}
