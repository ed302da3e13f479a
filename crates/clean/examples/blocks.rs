//! Prints the blocks of documents, one a line: `kind rule | text`, with their dates and diagnostics.
//!
//! `cargo run -p readout-clean --example blocks -- FILE…` reads what `readout` reads.

use std::path::PathBuf;

use readout_clean::clean;
use readout_read::{Item, Limits, documents};

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    for item in documents(&paths, &Limits::default()) {
        match item {
            Item::Diagnostic(d) => println!("{:?} {}: {}", d.level, d.document, d.message),
            Item::Document(raw) => {
                let document = clean(raw);
                println!("=== {} | {:?} | {:?}", document.id, document.title, document.language);
                if let Some(date) = &document.date.chosen {
                    println!("    date {} ({})", date.value.edtf(), date.reason);
                }
                for rival in &document.date.rivals {
                    println!("    rival {} ({})", rival.value.edtf(), rival.reason);
                }
                for d in &document.diagnostics {
                    println!("    {:?}: {}", d.level, d.message);
                }
                for block in &document.blocks {
                    let text: String = block.span.of(&document.text).replace('\n', "⏎");
                    let short: String = text.chars().take(150).collect();
                    let kind = format!("{:?}", block.kind);
                    println!("{kind:>10} {:24}| {short}", block.rule);
                }
            }
        }
    }
}
