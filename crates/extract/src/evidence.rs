//! Owns evidence: spans of the clean text turned into exact slices of the original.

use std::sync::Arc;

use readout_types::{CleanDocument, EvidenceSource, Span, TextPart};

/// The original words behind a clean span; `None` when the span has no origin.
pub fn source(document: &CleanDocument, span: Span) -> Option<EvidenceSource> {
    let original = document.alignment.original(span)?;
    let text = match original.part {
        TextPart::Text => original.span.get(&document.original)?,
        TextPart::Title => original.span.get(document.title.as_deref()?)?,
    };
    Some(EvidenceSource { clean: span, original, text: Arc::from(text) })
}
