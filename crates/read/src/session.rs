//! Owns one pass over the inputs: each is opened, its format found, and its documents are sent off in their order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use readout_types::{Level, RawDocument, TextFormat};

use crate::decode::{decode, is_utf16};
use crate::elements::Elements;
use crate::format::{self, Format};
use crate::inputs::Shared;
use crate::limits::too_long;
use crate::lines::{Line, Lines};
use crate::meter::Metered;
use crate::patience::guarded;
use crate::record::{self, Place};
use crate::sink::{Flow, Sink};
use crate::unpack::reason;
use crate::walk::{Step, Walk};

/// One pass over the inputs.
pub(crate) struct Session {
    pub sink: Sink,
    pub shared: Arc<Shared>,
}

/// What is known of an input before its first byte is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// Path as given; inside an archive `ARCHIVE:MEMBER`; an address.
    pub path: String,
    /// Id of a document that has none of its own; that of a record begins with it.
    pub stem: String,
    /// In lower case, without the dot.
    pub extension: String,
    /// Named by the user, not found in a folder or archive.
    pub given: bool,
    /// How many archives and compressions it lies in.
    pub depth: u32,
    /// Charset that an HTTP or mail header declares.
    pub charset: Option<String>,
    pub source: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub metadata: BTreeMap<String, String>,
}

impl Origin {
    /// Of a file.
    pub fn file(path: &Path, given: bool) -> Origin {
        let name = path.to_string_lossy().into_owned();
        let stem = path.file_stem().map_or_else(|| name.clone(), |s| s.to_string_lossy().into_owned());
        Origin { path: name, stem, extension: extension(&path.to_string_lossy()), given, ..Origin::default() }
    }

    /// Of a member of an archive.
    pub fn member(&self, name: &str) -> Origin {
        let extension = extension(name);
        let bare = if extension.is_empty() { name } else { &name[..name.len() - extension.len() - 1] };
        Origin {
            path: format!("{}:{name}", self.path),
            stem: format!("{}/{bare}", self.stem),
            extension,
            given: false,
            depth: self.depth + 1,
            ..Origin::default()
        }
    }

    /// Of what a compressed file holds: the same without the ending of the compression.
    pub fn unpacked(&self) -> Origin {
        let (stem, extension) = match self.extension.as_str() {
            "tgz" => (self.stem.clone(), "tar".to_owned()),
            "gz" | "zst" | "zstd" => {
                let inner = extension(&self.stem);
                let bare = if inner.is_empty() { 0 } else { inner.len() + 1 };
                (self.stem[..self.stem.len() - bare].to_owned(), inner)
            }
            other => (self.stem.clone(), other.to_owned()),
        };
        Origin { stem, extension, depth: self.depth + 1, ..self.clone() }
    }
}

/// The ending of a name in lower case; empty without one.
pub(crate) fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((before, after)) if !before.is_empty() && after.is_ascii() && after.len() <= 10 => {
            after.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

/// What an input is read from.
pub(crate) enum Body<'a> {
    /// A plain file, in which one can go back.
    File(File),
    /// A stream.
    Stream(&'a mut dyn Read),
}

/// A stream that has nothing but its error, once.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl Session {
    /// Reads everything.
    pub fn run(&mut self) -> Flow {
        let mut walk = Walk::new(&self.shared.paths);
        while let Some(step) = walk.next(self.sink.given) {
            let (name, done) = match step {
                Step::Message(level, path, message) => {
                    self.sink.say(level, &path, message)?;
                    continue;
                }
                Step::File { path, given } => {
                    let origin = Origin::file(&path, given);
                    (origin.path.clone(), guarded(|| self.open_file(&path, &origin)))
                }
                Step::Stdin => ("-".to_owned(), guarded(|| self.open_stdin())),
                Step::Address(url) => (url.clone(), guarded(|| self.open_address(&url))),
            };
            match done {
                Ok(flow) => flow?,
                Err(fault) => self.sink.say(Level::Error, &name, fault)?,
            }
        }
        self.sink.send()
    }

    fn open_file(&mut self, path: &Path, origin: &Origin) -> Flow {
        let plain = std::fs::metadata(path).is_ok_and(|about| about.is_file());
        match File::open(path) {
            Ok(file) if plain => self.open(origin, Body::File(file)),
            // In a pipe there is no way back.
            Ok(mut pipe) => self.open(origin, Body::Stream(&mut pipe)),
            Err(error) => self.sink.say(Level::Error, &origin.path, reason(&error)),
        }
    }

    fn open_stdin(&mut self) -> Flow {
        let origin = Origin { path: "-".into(), stem: "stdin".into(), given: true, ..Origin::default() };
        self.open(&origin, Body::Stream(&mut io::stdin()))
    }

    /// Finds out what it is and reads it.
    pub fn open(&mut self, origin: &Origin, body: Body) -> Flow {
        if origin.depth > self.shared.options.limits.max_archive_depth {
            let limit = self.shared.options.limits.max_archive_depth;
            return self.sink.say(Level::Error, &origin.path, crate::limits::too_deep(limit));
        }
        let mut start = Vec::new();
        let mut file = None;
        let mut stream: Box<dyn Read + '_> = match body {
            Body::File(opened) => match opened.try_clone() {
                Ok(again) => {
                    file = Some(again);
                    Box::new(opened)
                }
                Err(error) => return self.sink.say(Level::Error, &origin.path, reason(&error)),
            },
            Body::Stream(stream) => Box::new(stream),
        };
        let mut broken = Broken(None);
        if let Err(error) = stream.by_ref().take(format::WINDOW).read_to_end(&mut start) {
            if start.is_empty() {
                return self.sink.say(Level::Error, &origin.path, reason(&error));
            }
            // What came before it is read first.
            broken = Broken(Some(error));
        }
        if !origin.given && format::not_an_article(&origin.extension) {
            let message = format!("skipped: .{} files hold no articles", origin.extension);
            return self.sink.say(Level::Note, &origin.path, message);
        }
        let found = format::format(&origin.extension, &start);
        if matches!(found, Format::Zip | Format::Parquet) {
            return self.open_seekable(origin, found, file, Cursor::new(start).chain(broken).chain(stream));
        }
        drop(file);
        // What a file holds counts as read when its bytes are taken; what lies in an archive was counted there.
        let metered = origin.depth == 0;
        let whole = Cursor::new(start.as_slice()).chain(broken).chain(stream);
        let mut whole = Metered::new(whole, metered.then(|| self.shared.consumed.clone()));
        match found {
            Format::Gzip | Format::Zstd => self.open_packed(origin, found, &mut whole),
            Format::Tar => self.open_tar(origin, &mut whole),
            Format::Warc => self.open_crawl(origin, &mut whole),
            Format::Mbox => self.open_mailbox(origin, &mut whole),
            Format::Csv(sign) => self.open_table(origin, sign, &start, &mut whole),
            Format::Lines | Format::Elements => self.open_records(origin, found, &start, &mut whole),
            Format::Html => self.take_whole(origin, &mut whole, Some(TextFormat::Html)),
            Format::Markdown => self.take_whole(origin, &mut whole, Some(TextFormat::Markdown)),
            Format::Whole => self.take_whole(origin, &mut whole, None),
            Format::Pdf | Format::Mail | Format::Xml | Format::JsonFeed => {
                let Some(bytes) = self.bounded(origin, &mut whole)? else { return Ok(()) };
                match found {
                    Format::Pdf => self.take_pdf(origin, bytes),
                    Format::Mail => self.take_message(origin, bytes),
                    _ => self.take_feed(origin, bytes),
                }
            }
            Format::Zip | Format::Parquet => Ok(()),
        }
    }

    /// Reads what has its table of contents at the end: a file as it is, a stream from a copy.
    fn open_seekable(&mut self, origin: &Origin, found: Format, file: Option<File>, mut stream: impl Read) -> Flow {
        let opened = match file {
            Some(mut file) => file.rewind().map(|()| file),
            None => self.shared.spool.copy(&mut stream, self.shared.options.limits.max_spool_bytes),
        };
        let file = match opened {
            Ok(file) => file,
            Err(error) => return self.sink.say(Level::Error, &origin.path, reason(&error)),
        };
        match found {
            Format::Parquet => self.open_parquet(origin, file),
            _ => self.open_zip(origin, file),
        }
    }

    /// All bytes of one item, or what is wrong with it is said.
    pub fn bounded(&mut self, origin: &Origin, input: &mut dyn Read) -> Result<Option<Vec<u8>>, crate::sink::Gone> {
        let limit = self.shared.options.limits.max_document_bytes;
        let mut bytes = Vec::new();
        let said = match input.take(limit + 1).read_to_end(&mut bytes) {
            Err(error) => reason(&error),
            Ok(_) if bytes.len() as u64 > limit => too_long(limit),
            Ok(0) => "is empty".to_owned(),
            Ok(_) => return Ok(Some(bytes)),
        };
        self.sink.say(Level::Error, &origin.path, said)?;
        Ok(None)
    }

    /// Reads a file of JSON records.
    fn open_records(&mut self, origin: &Origin, found: Format, start: &[u8], input: &mut dyn Read) -> Flow {
        let name = &origin.path;
        let limit = self.shared.options.limits.max_document_bytes;
        let mut decoded = None;
        if is_utf16(start) {
            // Lines cannot be found in its bytes: decode the file as a whole, within the limit.
            let Some(bytes) = self.bounded(origin, input)? else { return Ok(()) };
            decoded = Some(Cursor::new(decode(&bytes, false, None).text.into_bytes()));
        } else if let Some(what) = format::binary(start) {
            return self.sink.say(Level::Error, name, format!("not read: {what}"));
        }
        let input: Box<dyn Read + '_> = match decoded {
            Some(text) => Box::new(text),
            None => Box::new(input),
        };
        let input = BufReader::with_capacity(1 << 16, input);
        let records: Box<dyn Iterator<Item = io::Result<Line>>> = match found {
            Format::Elements => Box::new(Elements::new(input, limit)),
            _ => Box::new(Lines::new(input, limit)),
        };
        let (mut seen, mut last) = (0u64, 0);
        for line in records {
            seen += 1;
            match line {
                Err(error) => return self.sink.say(Level::Error, name, after_line(last, &reason(&error))),
                Ok(Line { number, content: None }) => {
                    last = number;
                    self.sink.say(Level::Error, name, format!("line {number}: {}", too_long(limit)))?;
                }
                Ok(Line { number, content: Some(bytes) }) => {
                    last = number;
                    let place = Place { path: name, stem: &origin.stem, number };
                    match record::document(&bytes, &place, &self.shared.options.fields) {
                        Ok((document, remarks)) => self.sink.give(document, remarks)?,
                        Err(reason) => self.sink.say(Level::Error, name, format!("line {number}: {reason}"))?,
                    }
                }
            }
        }
        if seen == 0 { self.sink.say(Level::Error, name, "is empty") } else { Ok(()) }
    }

    /// Reads what is one document.
    pub fn take_whole(&mut self, origin: &Origin, input: &mut dyn Read, format: Option<TextFormat>) -> Flow {
        let Some(bytes) = self.bounded(origin, input)? else { return Ok(()) };
        if let Some(what) = format::binary(&bytes) {
            return self.sink.say(Level::Error, &origin.path, format!("not read: {what}"));
        }
        let html = format == Some(TextFormat::Html) || format::looks_like_html(&bytes);
        let decoded = decode(&bytes, html, origin.charset.as_deref());
        drop(bytes);
        let remarks = decoded.remark.into_iter().collect();
        let html = html || format::looks_like_html(decoded.text.as_bytes());
        let format = if html { TextFormat::Html } else { format.unwrap_or(TextFormat::Plain) };
        self.take_text(origin, decoded.text, format, decoded.encoding, remarks)
    }

    /// Hands over a text as a document.
    pub fn take_text(
        &mut self,
        origin: &Origin,
        text: String,
        format: TextFormat,
        encoding: &'static str,
        remarks: Vec<(Level, String)>,
    ) -> Flow {
        if text.trim().is_empty() && origin.title.is_none() {
            return self.sink.say(Level::Error, &origin.path, "is empty");
        }
        let document = RawDocument {
            id: origin.stem.clone(),
            path: origin.path.clone(),
            source: origin.source.clone(),
            title: origin.title.clone(),
            published: origin.published.clone(),
            url: origin.url.clone(),
            metadata: origin.metadata.clone(),
            format,
            text: text.into(),
            encoding,
        };
        self.sink.give(document, remarks)
    }
}

/// What went wrong in a file of records, and after which of them: those before it were read.
pub(crate) fn after_line(line: u64, reason: &str) -> String {
    if line == 0 { reason.to_owned() } else { format!("after line {line}: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_inside_compression() {
        for (name, stem, inner) in [
            ("x/crawl.warc.gz", "crawl", "warc"),
            ("calls.tgz", "calls", "tar"),
            ("a.gz", "a", ""),
            ("a.b.txt.zst", "a.b", "txt"),
            ("feed", "feed", ""),
        ] {
            let origin = Origin::file(Path::new(name), true).unpacked();
            assert_eq!((origin.stem.as_str(), origin.extension.as_str()), (stem, inner), "{name}");
        }
        let member = Origin::file(Path::new("in/calls.zip"), true).member("2025/a.b.TXT");
        assert_eq!((member.path.as_str(), member.stem.as_str()), ("in/calls.zip:2025/a.b.TXT", "calls/2025/a.b"));
        assert_eq!(member.extension, "txt");
    }
}
