//! Owns the first promise: every quoted text is exactly the original's slice at its offsets.

use std::collections::HashMap;

use crate::figures::Measure;
use crate::gold::slice;
use crate::prediction::{Prediction, Quote};
use crate::texts::{Original, Texts};

/// What checking found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Number of quotes with a text.
    pub quotes: usize,
    /// Those that are not the slice, a line each.
    pub mismatches: Vec<String>,
}

impl Checked {
    /// As figures.
    pub fn measures(&self) -> [Measure; 2] {
        [Measure::count("evidence spans", self.quotes), Measure::count("evidence mismatches", self.mismatches.len())]
    }
}

/// Compares every quote of the output (evidence, claims behind gaps, statements) with the original texts, and every
/// report with its duty to have evidence.
pub fn check(prediction: &Prediction, texts: &Texts) -> Checked {
    let mut checked = Checked::default();
    // Two records may have one id in the input; the program tells them apart, and the path says which is which.
    let originals: HashMap<&str, &Original> = prediction
        .documents
        .iter()
        .filter_map(|document| {
            let id = document.id.as_deref()?;
            let by_path = document.path.as_deref().and_then(|path| texts.get(path));
            Some((id, &**by_path.or_else(|| texts.get(id))?))
        })
        .collect();
    for contact in &prediction.contacts {
        for report in &contact.reports {
            let before = checked.quotes;
            for quote in report.evidence.iter().chain(&report.title_evidence).flatten() {
                checked.quote(&report.document, quote, &originals);
            }
            if checked.quotes == before {
                checked.mismatches.push(format!("{}: a report of {} without evidence", report.document, contact.id));
            }
        }
    }
    let others = prediction.gaps.iter().flat_map(|gap| &gap.because).chain(&prediction.statements);
    for quote in others {
        checked.quote(quote.document.as_deref().unwrap_or(""), quote, &originals);
    }
    checked
}

impl Checked {
    fn quote(&mut self, document: &str, quote: &Quote, originals: &HashMap<&str, &Original>) {
        let in_title = quote.title_start.is_some();
        let (start, end, words) = match in_title {
            true => (quote.title_start, quote.title_end, quote.quote.as_deref()),
            false => (quote.start, quote.end, quote.text.as_deref()),
        };
        let (Some(start), Some(end)) = (start, end) else {
            self.mismatches.push(format!("{document}: a quote without offsets: {words:?}"));
            return;
        };
        self.quotes += 1;
        let Some(original) = originals.get(document) else {
            self.mismatches.push(format!("{document}: no such document in the input"));
            return;
        };
        let there = slice(if in_title { &original.title } else { &original.text }, start, end);
        let right = match words {
            Some(_) => there == words,
            None => there.is_some(),
        };
        if !right {
            self.mismatches.push(format!("{document}: {start}..{end} is {there:?}, quoted as {words:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    #[test]
    fn quotes_are_compared_in_code_points() -> anyhow::Result<()> {
        let original = Original { text: "Erdoğan met Putin".to_owned(), title: "They met".to_owned() };
        let texts = Texts::from([("in/a.txt".to_owned(), Rc::new(original))]);
        let prediction = Prediction::parse(
            r#"{"documents": [{"id": "a", "path": "in/a.txt"}, {"id": "b"}],
                "contacts": [{"id": "c", "reports": [
                  {"document": "a", "evidence": [{"start": 8, "end": 11, "text": "met"}]},
                  {"document": "a", "evidence": [], "title_evidence": [{"title_start": 5, "title_end": 8, "quote": "met"}]},
                  {"document": "a", "evidence": [{"start": 9, "end": 12, "text": "met"}]},
                  {"document": "a", "evidence": []},
                  {"document": "b", "evidence": [{"start": 8, "end": 11, "text": "met"}]}]}],
                "statements": [{"document": "a", "start": 0, "end": 17}, {"document": "a", "start": 0, "end": 18}],
                "gaps": [{"because": [{"document": "a", "start": 0, "end": 7, "text": "Erdoğan"}]}]}"#,
        )?;
        let checked = check(&prediction, &texts);
        assert_eq!((checked.quotes, checked.mismatches.len()), (7, 4), "{:#?}", checked.mismatches);
        Ok(())
    }
}
