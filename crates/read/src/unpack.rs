//! Owns compressed streams: gzip of many members, zstd of many frames, and the guard against those that grow too much.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use readout_types::Level;

use crate::format::Format;
use crate::limits::{FREE_EXPANSION, bomb};
use crate::session::{Body, Origin, Session};
use crate::sink::Flow;

/// A stream that counts the bytes that go through it.
pub(crate) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let count = Rc::new(Cell::new(0));
        (Counted { inner, count: count.clone() }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// An unpacked stream that ends with an error once it has grown to more than `ratio` times what went in.
pub(crate) struct Guarded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    grown: u64,
    ratio: u64,
}

impl<R> Guarded<R> {
    pub fn new(inner: R, packed: Rc<Cell<u64>>, ratio: u64) -> Self {
        Guarded { inner, packed, grown: 0, ratio }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.grown += n as u64;
        let allowed = self.packed.get().saturating_mul(self.ratio).max(FREE_EXPANSION);
        if self.grown > allowed {
            return Err(io::Error::other(bomb(self.ratio)));
        }
        Ok(n)
    }
}

/// The largest dictionary that a zstd crawl may bring, bytes.
const LARGEST_DICTIONARY: u64 = 16 << 20;

impl Session {
    /// Reads what a compressed file holds.
    pub fn open_packed(&mut self, origin: &Origin, format: Format, input: &mut dyn Read) -> Flow {
        let (counted, packed) = Counted::new(input);
        let mut buffered = BufReader::with_capacity(1 << 16, counted);
        let ratio = self.shared.options.limits.max_expansion;
        let inner = origin.unpacked();
        if format == Format::Gzip {
            let mut stream = Guarded::new(MultiGzDecoder::new(buffered), packed, ratio);
            return self.open(&inner, Body::Stream(&mut stream));
        }
        match zstd(&mut buffered, ratio) {
            Ok(decoder) => self.open(&inner, Body::Stream(&mut Guarded::new(decoder, packed, ratio))),
            Err(error) => self.sink.say(Level::Error, &origin.path, reason(&error)),
        }
    }
}

/// A decoder for the frames of a stream, with the dictionary that a crawl brings in its first frame
/// (<https://iipc.github.io/warc-specifications/specifications/warc-zstd/>).
fn zstd<'a>(input: &'a mut dyn io::BufRead, ratio: u64) -> io::Result<Box<dyn Read + 'a>> {
    if !input.fill_buf()?.starts_with(b"\x5d\x2a\x4d\x18") {
        return Ok(Box::new(zstd::stream::read::Decoder::with_buffer(input)?));
    }
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let too_large = || io::Error::other("its zstd dictionary is too large");
    if length > LARGEST_DICTIONARY {
        return Err(too_large());
    }
    let mut dictionary = Vec::new();
    input.take(length).read_to_end(&mut dictionary)?;
    if dictionary.starts_with(b"\x28\xb5\x2f\xfd") {
        let (counted, packed) = Counted::new(dictionary.as_slice());
        let decoder = zstd::stream::read::Decoder::new(counted)?;
        let mut plain = Vec::new();
        Guarded::new(decoder, packed, ratio).take(LARGEST_DICTIONARY + 1).read_to_end(&mut plain)?;
        if plain.len() as u64 > LARGEST_DICTIONARY {
            return Err(too_large());
        }
        dictionary = plain;
    }
    Ok(Box::new(zstd::stream::read::Decoder::with_dictionary(input, &dictionary)?))
}

/// An operating system's or decoder's error in a person's words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::UnexpectedEof => "cut off: the compressed data ends too early".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("damaged: {error}"),
        io::ErrorKind::Other if error.get_ref().is_some() => format!("not read: {error}"),
        _ => format!("cannot be read: {error}"),
    }
}
