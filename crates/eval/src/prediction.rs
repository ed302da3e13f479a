//! Owns reading the JSON of `readout timeline --format json`: the fields that are measured, each report with what its
//! contact lends it.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use serde::Deserialize;

use crate::days::Days;
use crate::names;

/// What a run printed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Prediction {
    /// Every document read.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Every contact concluded.
    pub contacts: Vec<Contact>,
    /// What count claims show to be missing.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Who said what.
    #[serde(default)]
    pub statements: Vec<Quote>,
}

/// A document as the run lists it.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: Option<String>,
    /// Where it was read from.
    pub path: Option<String>,
}

/// A contact with its reports.
#[derive(Clone, Debug, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// What a report takes over where it says nothing itself.
    #[serde(flatten)]
    pub fields: Fields,
    /// One per document that reports it.
    #[serde(default)]
    pub reports: Vec<DocumentReport>,
}

/// A report of one document.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentReport {
    /// Id of the document.
    pub document: String,
    /// What it says.
    #[serde(flatten)]
    pub fields: Fields,
    /// Who says so.
    pub said_by: Option<Vec<Named>>,
    /// The words behind it.
    pub evidence: Option<Vec<Quote>>,
    /// The words behind it that stand in the title.
    pub title_evidence: Option<Vec<Quote>>,
}

/// The measured fields that contacts and reports share.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Fields {
    /// Kind.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Who took part.
    pub participants: Option<Vec<Named>>,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub place: Option<Named>,
    /// Who called.
    pub initiator: Option<Named>,
    /// How long.
    pub duration_minutes: Option<Minutes>,
}

/// A name, alone or in an object.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Named {
    /// Alone.
    Name(String),
    /// In an object.
    Object {
        /// The name.
        name: Option<String>,
    },
}

impl Named {
    /// The name, or `""`.
    pub fn name(&self) -> &str {
        match self {
            Named::Name(name) => name,
            Named::Object { name } => name.as_deref().unwrap_or(""),
        }
    }
}

/// A date, alone or in an object.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// Alone.
    Edtf(String),
    /// In an object.
    Object {
        /// The date.
        edtf: Option<String>,
    },
}

impl When {
    /// The date as written.
    pub fn edtf(&self) -> Option<&str> {
        match self {
            When::Edtf(edtf) => Some(edtf),
            When::Object { edtf } => edtf.as_deref(),
        }
    }
}

/// A duration in minutes; a missing bound is open.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Minutes {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
}

/// A stretch of a document that the output quotes: `start`, `end`, `text` of its text, or `title_start`, `title_end`,
/// `quote` of the title given beside it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// Id of the document, where the quote is not inside a report.
    pub document: Option<String>,
    /// First code point of the text.
    pub start: Option<i64>,
    /// One past the last.
    pub end: Option<i64>,
    /// The words of the text.
    pub text: Option<String>,
    /// First code point of the title.
    pub title_start: Option<i64>,
    /// One past the last.
    pub title_end: Option<i64>,
    /// The words of the title.
    pub quote: Option<String>,
}

/// Missing contacts.
#[derive(Clone, Debug, Deserialize)]
pub struct Gap {
    /// The claims it rests on.
    #[serde(default)]
    pub because: Vec<Quote>,
}

/// A report as it is scored: its own fields, and its contact's where it has none.
#[derive(Clone, Debug)]
pub struct Report {
    /// Id of the contact it belongs to.
    pub contact: String,
    /// The fields.
    pub fields: Fields,
    /// Who says so.
    pub said_by: Vec<Named>,
    /// Code-point offsets of its evidence.
    pub spans: Vec<(i64, i64)>,
}

impl Report {
    /// The kind, or `""`.
    pub fn kind(&self) -> &str {
        self.fields.kind.as_deref().unwrap_or("")
    }

    /// The status, or `""`.
    pub fn status(&self) -> &str {
        self.fields.status.as_deref().unwrap_or("")
    }

    /// Keys of the participants.
    pub fn keys(&self) -> BTreeSet<String> {
        names::keys(self.fields.participants.iter().flatten().map(Named::name))
    }

    /// The date as written.
    pub fn edtf(&self) -> Option<&str> {
        self.fields.when.as_ref().and_then(When::edtf)
    }

    /// The days.
    pub fn days(&self) -> Days {
        Days::read(self.edtf())
    }

    /// Whether some evidence lies within `reach` code points of `position`.
    pub fn is_near(&self, position: (i64, i64), reach: i64) -> bool {
        self.spans.iter().any(|span| span.0 - reach <= position.1 && position.0 <= span.1 + reach)
    }
}

impl Prediction {
    /// Reads the JSON.
    pub fn parse(json: &str) -> anyhow::Result<Prediction> {
        serde_json::from_str(json).context("not the JSON of `readout timeline --format json` (see docs of the format)")
    }

    /// All reports, under the document's id and under the name of its file.
    pub fn by_document(&self) -> HashMap<String, Vec<Report>> {
        let mut known: HashMap<&str, &Document> = HashMap::new();
        for document in &self.documents {
            for name in [&document.id, &document.path].into_iter().flatten() {
                known.insert(name, document);
            }
        }
        // Grouped by the set of names first, as the scorers do: a document's reports keep the order of the output.
        let mut groups: Vec<(BTreeSet<String>, Vec<Report>)> = Vec::new();
        let mut place: HashMap<BTreeSet<String>, usize> = HashMap::new();
        for contact in &self.contacts {
            for report in &contact.reports {
                let document = known.get(report.document.as_str());
                let names: BTreeSet<String> = [
                    Some(report.document.as_str()),
                    document.and_then(|d| d.path.as_deref()),
                    document.and_then(|d| d.id.as_deref()),
                ]
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .map(bare_name)
                .collect();
                let index = *place.entry(names.clone()).or_insert_with(|| {
                    groups.push((names, Vec::new()));
                    groups.len() - 1
                });
                groups[index].1.push(scored(contact, report));
            }
        }
        let mut out: HashMap<String, Vec<Report>> = HashMap::new();
        for (names, reports) in groups {
            for name in names {
                out.entry(name).or_default().extend(reports.iter().cloned());
            }
        }
        out
    }
}

/// The name of a file without folder and ending; an id stays as it is.
fn bare_name(name: &str) -> String {
    if !name.contains('/') && ![".txt", ".html", ".json"].iter().any(|ending| name.ends_with(ending)) {
        return name.to_owned();
    }
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rfind('.') {
        Some(dot) if file[..dot].contains(|c| c != '.') => file[..dot].to_owned(),
        _ => file.to_owned(),
    }
}

fn scored(contact: &Contact, report: &DocumentReport) -> Report {
    let (own, lent) = (&report.fields, &contact.fields);
    let fields = Fields {
        kind: own.kind.clone().or_else(|| lent.kind.clone()),
        status: own.status.clone().or_else(|| lent.status.clone()),
        participants: own.participants.clone().or_else(|| lent.participants.clone()),
        when: own.when.clone().or_else(|| lent.when.clone()),
        place: own.place.clone().or_else(|| lent.place.clone()),
        initiator: own.initiator.clone().or_else(|| lent.initiator.clone()),
        duration_minutes: own.duration_minutes.or(lent.duration_minutes),
    };
    let spans = report.evidence.iter().flatten().filter_map(|quote| Some((quote.start?, quote.end?))).collect();
    Report { contact: contact.id.clone(), fields, said_by: report.said_by.clone().unwrap_or_default(), spans }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (name, bare) in [
            ("corpus/seeds/000_c8.txt", "000_c8"),
            ("x.txt", "x"),
            ("wh-2021.01.22-a", "wh-2021.01.22-a"),
            ("corpus/dev.jsonl:3", "dev"),
            ("./.hidden", ".hidden"),
        ] {
            assert_eq!(bare_name(name), bare);
        }
    }

    #[test]
    fn a_report_takes_over_what_it_does_not_say() -> anyhow::Result<()> {
        let prediction = Prediction::parse(
            r#"{"documents": [{"id": "a", "path": "in/file.txt"}],
                "contacts": [{"id": "c", "kind": "call", "status": "held", "when": {"edtf": "2025-12-28"},
                              "participants": [{"name": "Donald Trump"}, "Vladimir Putin"],
                              "reports": [{"document": "a", "kind": null, "status": "planned", "place": {"name": "Paris"},
                                           "evidence": [{"field": "kind", "start": 3, "end": 7, "text": "call"}]}]}]}"#,
        )?;
        let by = prediction.by_document();
        assert_eq!(by.len(), 2);
        let report = &by["file"][0];
        assert_eq!((report.kind(), report.status(), report.edtf()), ("call", "planned", Some("2025-12-28")));
        assert_eq!(report.keys().len(), 2);
        assert!(report.is_near((207, 220), 200) && !report.is_near((208, 220), 200));
        Ok(())
    }
}
