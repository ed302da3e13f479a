//! Owns a quick look at the analysis of a text from standard input.

use readout_annotate::{Annotator, Scope, Swift, conllu, draw};
use readout_types::{Alignment, Block, BlockKind, CleanDocument, DocumentDate, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut text)?;
    let document = CleanDocument {
        id: "stdin".to_owned(),
        path: "-".to_owned(),
        source: None,
        title: None,
        url: None,
        original: text.as_str().into(),
        alignment: Alignment::default(),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Body, rule: "" }],
        text,
        date: DocumentDate::default(),
        language: Some("en"),
        diagnostics: Vec::new(),
    };
    let annotated = Swift::embedded()?.annotate(document, Scope::All);
    let drawn = std::env::args().any(|a| a == "--draw");
    print!("{}", if drawn { draw(&annotated) } else { conllu(&annotated) });
    Ok(())
}
