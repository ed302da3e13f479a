//! Owns how far a contact and its fields can be trusted: the chance, by what similar reports proved to be in gold, that each is
//! right. The weights in `data/confidence.toml` are fitted by `readout-eval confidence --fit` on one half of the gold.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_types::{Agreement, Confidence, Contact, ContactKind, Field, Report, Status, TextPart};

/// What is looked at in a report; each is 0 or 1.
pub const FEATURES: [&str; 16] = [
    "told more than once",
    "told in a title",
    "the document's main contact",
    "days in words",
    "one day",
    "somebody says so",
    "two participants",
    "more than three participants",
    "a participant of no known country",
    "all are named people",
    "held",
    "planned or proposed",
    "denied, cancelled or unclear",
    "call or message",
    "visit",
    "talks",
];

/// What a chance is given for beside the contact itself.
pub const FIELDS: [Field; 8] = [
    Field::Kind,
    Field::Status,
    Field::Participants,
    Field::When,
    Field::Place,
    Field::Initiator,
    Field::Duration,
    Field::SaidBy,
];

/// What stands in data/confidence.toml: for `contact` and each field a constant, then a weight for each of [`FEATURES`], of
/// the logarithm of the odds.
type Weights = BTreeMap<String, Vec<f64>>;

/// [`FEATURES`] of a report.
pub fn features(report: &Report) -> [f64; FEATURES.len()] {
    let evidence = |field: Field| report.evidence.iter().filter(move |e| e.field == field);
    let people = &report.participants;
    let open = matches!(report.status, Status::Planned | Status::Proposed);
    let off = matches!(report.status, Status::Denied | Status::Cancelled | Status::Unclear);
    [
        evidence(Field::Kind).count() > 1,
        evidence(Field::Kind).any(|e| e.source.original.part == TextPart::Title),
        report.main,
        evidence(Field::When).next().is_some(),
        report.when.interval.as_day().is_some(),
        !report.said_by.is_empty(),
        people.len() == 2,
        people.len() > 3,
        people.iter().any(|p| p.country.is_none()),
        people.iter().all(|p| p.kind == readout_types::ActorKind::Person),
        matches!(report.status, Status::Held | Status::Ongoing),
        open,
        off,
        matches!(report.kind, ContactKind::Call | ContactKind::Message),
        report.kind == ContactKind::Visit,
        report.kind == ContactKind::Talks,
    ]
    .map(|yes| f64::from(u8::from(yes)))
}

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    // The test below holds the built-in file readable and complete.
    WEIGHTS.get_or_init(|| toml::from_str(include_str!("../../../data/confidence.toml")).unwrap_or_default())
}

/// The weights of the contact itself, or of a field.
pub fn weights_of(field: Option<Field>) -> Option<&'static [f64]> {
    weights().get(field.map_or("contact", Field::as_str)).map(Vec::as_slice)
}

/// The chance by a list of weights: a logistic function of the features.
pub fn chance(weights: &[f64], features: &[f64]) -> f64 {
    let Some((constant, weights)) = weights.split_first() else { return 0.5 };
    let sum: f64 = constant + weights.iter().zip(features).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// The chance that a report is of a contact that gold has, and, if it is, that a field of it is right; `None` for a field
/// without weights.
pub fn of_report(report: &Report, field: Option<Field>) -> Option<f64> {
    weights_of(field).map(|w| chance(w, &features(report)))
}

/// The same of a contact, in hundredths. Independent sources add up: it is wrong only where all of them are. A field is as sure
/// as the surest report that gives it, half as sure where sources disagree on it.
pub fn of_contact(contact: &Contact) -> Confidence {
    let looked: Vec<(&Report, [f64; FEATURES.len()])> =
        contact.reports.iter().map(|(_, r)| (&**r, features(r))).collect();
    let mut doubt = 1.0;
    let origins = contact.origins.iter().max().map_or(0, |highest| highest + 1);
    for origin in 0..origins {
        let of_origin = looked.iter().zip(&contact.origins).filter(|(_, o)| **o == origin);
        let best = of_origin.filter_map(|((_, f), _)| Some(chance(weights_of(None)?, f))).fold(0.0, f64::max);
        doubt *= 1.0 - best;
    }
    let mut fields = Vec::new();
    for field in FIELDS {
        let Some(weights) = weights_of(Some(field)) else { continue };
        let best = looked
            .iter()
            .filter(|(r, _)| gives(r, field))
            .map(|(_, f)| chance(weights, f))
            .fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))));
        let Some(best) = best else { continue };
        let disputed = contact.agreement.iter().any(|(f, a)| *f == field && *a == Agreement::Disputed);
        fields.push((field, hundredths(if disputed { best / 2.0 } else { best })));
    }
    Confidence { contact: hundredths(1.0 - doubt), fields }
}

fn gives(report: &Report, field: Field) -> bool {
    match field {
        Field::Place => report.place.is_some(),
        Field::Initiator => report.initiator.is_some(),
        Field::Duration => report.duration.is_some(),
        Field::SaidBy => !report.said_by.is_empty(),
        _ => true,
    }
}

/// Between 1 and 99: nothing is certain, and two digits hide what machines round differently.
fn hundredths(chance: f64) -> u8 {
    (chance * 100.0).round().clamp(1.0, 99.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_are_complete() {
        let names: Vec<&str> = std::iter::once("contact").chain(FIELDS.iter().map(|f| f.as_str())).collect();
        for name in names {
            assert_eq!(weights().get(name).map(Vec::len), Some(FEATURES.len() + 1), "{name}");
        }
    }

    #[test]
    fn chances() {
        assert_eq!(chance(&[0.0, 1.0], &[0.0]), 0.5);
        assert!(chance(&[0.0, 2.0], &[1.0]) > 0.8 && chance(&[0.0, -2.0], &[1.0]) < 0.2);
        assert_eq!((hundredths(0.0), hundredths(0.504), hundredths(1.0)), (1, 50, 99));
    }
}
