//! Owns the fuzzing of what people write for this program, and of the small languages in texts: the first byte chooses dates,
//! time expressions, corrections, own actors, own patterns or the names of fields; the rest is the text.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use readout_actors::Table;
use readout_corrections::Book;
use readout_rules::{Path, Patterns};
use readout_types::Interval;

static ACTORS: LazyLock<Table> = LazyLock::new(|| Table::embedded().expect("the tables of the program"));

fuzz_target!(|data: &[u8]| {
    let Some((first, content)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(content);
    match first % 6 {
        0 => {
            if let Ok(interval) = text.parse::<Interval>() {
                assert_eq!(interval.edtf().parse(), Ok(interval), "what is written is read as the same");
            }
        }
        1 => {
            let mut end = 0;
            for found in readout_times::expressions(&text) {
                assert!(found.span.get(&text).is_some() && found.span.start >= end, "spans slice, in order");
                end = found.span.end;
                let reference = "2025-03-18".parse().ok();
                let _ = found.resolve(reference, readout_times::Direction::Past);
            }
        }
        2 => {
            let book = Book::parse("corrections.jsonl", &text);
            assert_eq!(book.all().len(), book.states().len());
            // The order of the lines has no say.
            let turned: Vec<&str> = text.lines().rev().collect();
            assert_eq!(Book::parse("corrections.jsonl", &turned.join("\n")).all(), book.all());
        }
        3 => {
            let mut table = ACTORS.clone();
            let _ = table.extend("actors.toml", &text);
        }
        4 => {
            let _ = Patterns::default().add("own.toml", &text);
            let _ = Path::parse(&text);
        }
        _ => {
            let _ = readout_read::FieldMap::default().add(&text);
        }
    }
});
