//! Owns the fuzzing of every reader: the first byte chooses the format, the rest is the file.

#![no_main]

use std::io::Cursor;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use readout_read::{Item, Limits, Options, stream};

const NAMES: [&str; 16] = [
    "x.warc",
    "x.mbox",
    "x.eml",
    "x.csv",
    "x.jsonl",
    "x.json",
    "x.xml",
    "x.docx",
    "x.zip",
    "x.tar",
    "x.pdf",
    "x.parquet",
    "x.txt.gz",
    "x.txt.zst",
    "x.md",
    "x",
];

fuzz_target!(|data: &[u8]| {
    let Some((first, content)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let limits = Limits { max_document_bytes: 1 << 20, document_time: Duration::from_secs(20), ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    for item in stream(name, Box::new(Cursor::new(content.to_vec())), &options) {
        if let Item::Diagnostic(said) = item {
            // A panic in a parser of ours is a finding; those of other people's parsers are caught and named.
            let ours = said.message.contains("a fault in its parser")
                && !matches!(name, "x.pdf" | "x.parquet" | "x.eml" | "x.mbox");
            assert!(!ours, "{name}: {}", said.message);
        }
    }
});
