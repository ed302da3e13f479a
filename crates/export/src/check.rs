//! Owns the promise *no quote, no fact*: every stored piece of evidence is exactly the slice of the text that it points at.

use readout_types::{Chronology, EvidenceSource, TextPart};

/// Everything in `chronology` whose words are not the slice of the original text (or title) at its offsets, one line
/// each, naming the document and the place. Empty when the promise is kept. Needs the originals in `documents`.
pub fn drifted(chronology: &Chronology) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |document: usize, what: &str, source: &EvidenceSource| {
        let Some(entry) = chronology.documents.get(document) else {
            found.push(format!("{what}: there is no document number {document}"));
            return;
        };
        let slice = match source.original.part {
            TextPart::Text => entry.original.get(source.original.span),
            TextPart::Title => source.original.span.get(entry.title.as_deref().unwrap_or("")),
        };
        if slice != Some(&*source.text) || source.text.is_empty() {
            let span = source.original.span;
            found.push(format!(
                "{}: {what}: {:?} is not {:?}, bytes {} to {}",
                entry.id, source.text, slice, span.start, span.end
            ));
        }
    };
    for contact in &chronology.contacts {
        for (document, report) in &contact.reports {
            for evidence in &report.evidence {
                check(*document, evidence.field.as_str(), &evidence.source);
            }
            for count in &report.counts {
                check(*document, "count", &count.source);
            }
        }
    }
    for gap in &chronology.gaps {
        for (document, source) in &gap.because {
            check(*document, "gap", source);
        }
    }
    for (document, statement, _) in &chronology.statements {
        statement.sources().for_each(|source| check(*document, "statement", source));
    }
    found
}
