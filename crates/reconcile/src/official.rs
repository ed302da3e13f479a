//! Owns the official accounts: what the officials of each side of a contact say of it, apart from what everybody says.

use std::collections::{BTreeMap, BTreeSet};

use readout_types::{Actor, ActorKind, Dispute, Field, FieldValue, OfficialAccount, Status};

use crate::parties::side;
use crate::settle::Voice;

/// What a document has officials of one side say.
struct Account<'a> {
    document: usize,
    speakers: Vec<&'a Actor>,
    values: Vec<(Field, FieldValue)>,
}

/// The account of each side whose officials are credited, by code. A report counts for a side when all it credits act for
/// that side; of what it says under the names of both, only lengths that each gives by itself can be told apart.
pub(crate) fn accounts(voices: &[Voice<'_>], participants: &[Actor]) -> Vec<OfficialAccount> {
    let mut of: BTreeMap<&str, Vec<Account<'_>>> = BTreeMap::new();
    for voice in voices {
        let (document, report) = (voice.document, voice.report);
        if let Some(side) = only_side(report.said_by.iter().map(|a| &a.speaker), participants) {
            let speakers = report.said_by.iter().map(|said| &said.speaker).collect();
            of.entry(side).or_default().push(Account { document, speakers, values: told(voice).collect() });
            continue;
        }
        for length in &report.lengths {
            if let Some(side) = only_side(length.said_by.iter(), participants) {
                let values = vec![(Field::Duration, FieldValue::Duration(length.duration))];
                let speakers = length.said_by.iter().collect();
                of.entry(side).or_default().push(Account { document, speakers, values });
            }
        }
    }
    of.into_iter().map(|(side, accounts)| whole(side, accounts)).collect()
}

/// Marks the rival values that officials of one side alone stand behind.
pub(crate) fn mark(disputes: &mut [Dispute], participants: &[Actor]) {
    for rival in disputes.iter_mut().flat_map(|d| &mut d.values) {
        rival.side = only_side(rival.said_by.iter(), participants).map(str::to_owned);
    }
}

/// The side of the contact for which all of these act.
fn only_side<'a>(speakers: impl Iterator<Item = &'a Actor>, participants: &[Actor]) -> Option<&'a str> {
    let mut sides = speakers.map(|a| if a.kind == ActorKind::Group { None } else { a.country.as_deref() });
    let first = sides.next()??;
    let takes_part = participants.iter().any(|p| side(p) == first);
    (takes_part && sides.all(|s| s == Some(first))).then_some(first)
}

fn whole(side: &str, accounts: Vec<Account<'_>>) -> OfficialAccount {
    let mut speakers: Vec<Actor> = Vec::new();
    let mut values: Vec<(Field, FieldValue)> = Vec::new();
    let mut documents = BTreeSet::new();
    for account in accounts {
        documents.insert(account.document);
        for speaker in account.speakers {
            if speakers.iter().all(|s| s.key != speaker.key) {
                speakers.push(speaker.clone());
            }
        }
        // Values are taken in the order of the documents; a side that corrects itself is heard with its last word.
        for value in account.values {
            match values.iter_mut().find(|known| known.0 == value.0) {
                Some(known) => *known = value,
                None => values.push(value),
            }
        }
    }
    values.sort_by_key(|v| v.0);
    OfficialAccount { side: side.to_owned(), speakers, documents: documents.into_iter().collect(), values }
}

fn told(voice: &Voice<'_>) -> impl Iterator<Item = (Field, FieldValue)> {
    let report = voice.report;
    let denied = report.said_by.iter().all(|s| s.denies);
    let status = if denied { Status::Denied } else { report.status };
    let when = Some(report.when.interval).filter(|i| !i.is_unknown());
    [
        Some((Field::Status, FieldValue::Status(status))),
        when.map(|interval| (Field::When, FieldValue::When(interval))),
        report.place.clone().map(|place| (Field::Place, FieldValue::Place(place))),
        report.initiator.clone().map(|actor| (Field::Initiator, FieldValue::Actor(actor))),
        report.duration.map(|duration| (Field::Duration, FieldValue::Duration(duration))),
        report.medium.clone().map(|medium| (Field::Medium, FieldValue::Text(medium))),
    ]
    .into_iter()
    .flatten()
}
