//! Owns the fuzzing of cleaning: the first byte chooses plain text, HTML or Markdown, the rest is the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use readout_types::{RawDocument, TextFormat};

fuzz_target!(|data: &[u8]| {
    let Some((first, content)) = data.split_first() else { return };
    let format = [TextFormat::Plain, TextFormat::Html, TextFormat::Markdown][usize::from(*first) % 3];
    let raw = RawDocument {
        id: "fuzz".to_owned(),
        path: "fuzz".to_owned(),
        source: None,
        title: None,
        published: None,
        url: None,
        metadata: Default::default(),
        format,
        text: String::from_utf8_lossy(content).into_owned().into(),
        encoding: "utf-8",
    };
    let document = readout_clean::clean(raw);
    for block in &document.blocks {
        assert!(block.span.get(&document.text).is_some());
    }
    for segment in &document.alignment.segments {
        assert!(segment.clean.get(&document.text).is_some());
        let original = segment.original.span.get(&document.original);
        assert!(original.is_some() || segment.original.part == readout_types::TextPart::Title);
    }
});
