//! Owns what becomes of reports that rest on page furniture which only many documents together give away.

use readout_types::{Diagnostic, EvidenceSource, Extraction, Field, Level, Span, TextPart};

/// Leaves out the reports and statements that stand in lines which recur in the documents of one outlet, and says so.
pub(crate) fn leave_out(extractions: &mut [Extraction]) -> Vec<Diagnostic> {
    let recurring = readout_clean::recurring(extractions);
    let mut said = Vec::new();
    if recurring.is_empty() {
        return said;
    }
    for extraction in extractions {
        let lines: Vec<Span> =
            extraction.lines.iter().filter(|l| recurring.contains(&l.line)).map(|l| l.span).collect();
        if lines.is_empty() {
            continue;
        }
        let stands_in = |source: &EvidenceSource| {
            source.original.part == TextPart::Text && lines.iter().any(|l| l.contains(source.original.span))
        };
        // A report stays as long as one of its triggers stands in the article.
        let mut places = Vec::with_capacity(extraction.reports.len());
        let mut kept = Vec::with_capacity(extraction.reports.len());
        for mut report in std::mem::take(&mut extraction.reports) {
            let triggers = || report.evidence.iter().filter(|e| e.field == Field::Kind);
            if triggers().next().is_some() && triggers().all(|e| stands_in(&e.source)) {
                places.push(None);
                continue;
            }
            report.evidence.retain(|e| e.field != Field::Kind || !stands_in(&e.source));
            places.push(Some(kept.len()));
            kept.push(report);
        }
        let left_out = places.len() - kept.len();
        extraction.reports = kept;
        extraction.statements.retain(|s| !stands_in(&s.source));
        for statement in &mut extraction.statements {
            statement.report = statement.report.and_then(|r| places.get(r).copied().flatten());
        }
        if left_out > 0 {
            let reports = if left_out == 1 { "report rests" } else { "reports rest" };
            let message = format!("{left_out} {reports} on lines that many documents of this outlet show: left out");
            said.push(Diagnostic { document: extraction.id.clone(), level: Level::Note, message });
        }
    }
    said
}
