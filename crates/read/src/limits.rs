//! Owns the limits: how much of an input is taken at most, and the words in which a limit is reported.

use std::time::Duration;

/// How much of an input is taken at most. Whatever goes over a limit is named with the limit, and the rest goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: a text or HTML file, one line of a JSONL file, one object of a JSON file, one record of a
    /// table or crawl, one message. Longer ones are refused without being held in memory. 32 MiB by default.
    pub max_document_bytes: u64,
    /// How deep archives may lie in archives, compression counted too: `a.tar.gz` is two deep. 6 by default.
    pub max_archive_depth: u32,
    /// How many times its size compressed data may grow. News text grows 4 to 20 times, a bomb a thousand. 250 by
    /// default; the first mebibyte is free.
    pub max_expansion: u64,
    /// Bytes of a temporary copy on disk, of an archive or table that is no file: inside another archive, from a pipe.
    /// 16 GiB by default.
    pub max_spool_bytes: u64,
    /// Time for one document, in reading (a PDF file, a page that is fetched not counted) and in analysis. One minute by
    /// default.
    pub document_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_document_bytes: 32 << 20,
            max_archive_depth: 6,
            max_expansion: 250,
            max_spool_bytes: 16 << 30,
            document_time: Duration::from_secs(60),
        }
    }
}

/// Compressed data that grows to less than this is no bomb at any rate, bytes.
pub(crate) const FREE_EXPANSION: u64 = 1 << 20;

/// `32 MiB`, `500 KiB`, `7 bytes`: the largest unit that gives a whole number.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 1 << 30 && b % (1 << 30) == 0 => format!("{} GiB", b >> 30),
        b if b >= 1 << 20 => format!("{} MiB", b >> 20),
        b if b >= 1 << 10 => format!("{} KiB", b >> 10),
        b => format!("{b} bytes"),
    }
}

pub(crate) fn too_long(limit: u64) -> String {
    format!("not read: longer than {}, the limit for one document", size(limit))
}

pub(crate) fn too_deep(limit: u32) -> String {
    format!("not read: it lies deeper than {limit} archives, the limit (--max-archive-depth)")
}

pub(crate) fn bomb(limit: u64) -> String {
    format!("it grows to more than {limit} times its size when unpacked, the limit (--max-expansion)")
}
