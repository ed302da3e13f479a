//! Owns what is done to finished contacts: fields that a person sets, verdicts, notes of merges and splits.

use std::collections::HashMap;

use readout_types::{Chronology, Contact, Field, FieldValue, Judgement, Report, Verdict};

use crate::line::Act;
use crate::replay::{Found, Replay};
use crate::value::from_json;

/// Writes fields and verdicts into the contacts, and puts these in order of time again.
pub(crate) fn apply(replay: &mut Replay, chronology: &mut Chronology) {
    let homes = homes(replay, &chronology.contacts);
    for at in 0..replay.found.len() {
        let found = &replay.found[at];
        if found.lost.is_some() || !found.overruled.is_empty() {
            continue;
        }
        let contacts = match &found.correction.act {
            Act::Set { .. } | Act::Confirm { .. } | Act::Unsure { .. } | Act::Merge { .. } => {
                found.targets.first().and_then(|places| most(places.iter().filter_map(|p| homes.get(p).copied())))
            }
            Act::Split { .. } => {
                let go = found.targets.get(1);
                go.and_then(|places| most(places.iter().filter_map(|p| homes.get(p).copied())))
            }
            _ => continue,
        };
        match contacts.and_then(|i| chronology.contacts.get_mut(i)) {
            Some(contact) => judge(contact, &replay.found[at]),
            None => replay.found[at].lost = Some("its reports are in no contact".to_owned()),
        }
    }
    chronology.contacts.sort_by(|a, b| time_key(a).cmp(&time_key(b)));
}

type TimeKey<'a> =
    (bool, Option<readout_types::Date>, Option<readout_types::Date>, readout_types::ContactKind, &'a str);

/// By first day, then last day; undated last: the order in which reconciling leaves contacts.
fn time_key(contact: &Contact) -> TimeKey<'_> {
    let days = contact.when.interval;
    let first = days.earliest.or(days.latest);
    (first.is_none(), first, days.latest, contact.kind, &contact.id)
}

/// The contact of each report that a decision is about.
fn homes(replay: &Replay, contacts: &[Contact]) -> HashMap<(usize, usize), usize> {
    let mut wanted: HashMap<usize, Vec<(usize, &Report)>> = HashMap::new();
    for ((document, at), report) in &replay.reports {
        wanted.entry(*document).or_default().push((*at, report));
    }
    let mut homes = HashMap::new();
    for (i, contact) in contacts.iter().enumerate() {
        for (document, report) in &contact.reports {
            for (at, _) in wanted.get(document).into_iter().flatten().filter(|(_, known)| **known == **report) {
                homes.insert((*document, *at), i);
            }
        }
    }
    homes
}

/// The one that comes most often, the first among equals.
fn most(numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counted: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match counted.iter_mut().find(|(n, _)| *n == number) {
            Some((_, count)) => *count += 1,
            None => counted.push((number, 1)),
        }
    }
    counted.into_iter().min_by_key(|(n, count)| (std::cmp::Reverse(*count), *n)).map(|(n, _)| n)
}

fn judge(contact: &mut Contact, found: &Found) {
    let verdict = match &found.correction.act {
        Act::Confirm { .. } => Verdict::Confirmed,
        Act::Unsure { .. } => Verdict::Unsure,
        Act::Merge { .. } => Verdict::Merged,
        Act::Split { .. } => Verdict::Split,
        Act::Set { field, value, .. } => {
            let field = *field;
            // Reading the file has refused what does not fit.
            let Ok(value) = from_json(field, value) else { return };
            let earlier = contact.judgements.iter().find_map(|j| match &j.verdict {
                Verdict::Set { field: f, machine, .. } if *f == field => Some(machine.clone()),
                _ => None,
            });
            let machine = earlier.unwrap_or_else(|| current(contact, field));
            set(contact, field, value.clone());
            Verdict::Set { field, machine, value }
        }
        _ => return,
    };
    let c = &found.correction;
    contact.judgements.push(Judgement {
        correction: c.id.clone(),
        by: c.by.clone(),
        at: c.at.clone(),
        why: c.why.clone(),
        verdict,
    });
}

/// The value of a field as it stands.
fn current(contact: &Contact, field: Field) -> Option<FieldValue> {
    let words = |list: &Vec<String>| (!list.is_empty()).then(|| FieldValue::Words(list.clone()));
    match field {
        Field::Kind => Some(FieldValue::Kind(contact.kind)),
        Field::Status => Some(FieldValue::Status(contact.status)),
        Field::Participants => Some(FieldValue::Actors(contact.participants.clone())),
        Field::When => Some(FieldValue::When(contact.when.interval)),
        Field::Place => contact.place.clone().map(FieldValue::Place),
        Field::Initiator => contact.initiator.clone().map(FieldValue::Actor),
        Field::Duration => contact.duration.map(FieldValue::Duration),
        Field::Medium => contact.medium.clone().map(FieldValue::Text),
        Field::Topics => words(&contact.topics),
        Field::Outcomes => words(&contact.outcomes),
        Field::Counts | Field::SaidBy => None,
    }
}

fn set(contact: &mut Contact, field: Field, value: Option<FieldValue>) {
    match (field, value) {
        (_, Some(FieldValue::Kind(kind))) => contact.kind = kind,
        (_, Some(FieldValue::Status(status))) => contact.status = status,
        (_, Some(FieldValue::Actors(actors))) => contact.participants = actors,
        (_, Some(FieldValue::When(days))) => {
            contact.when.interval = days;
            contact.when.basis = "set by a person".to_owned();
        }
        (_, Some(FieldValue::Place(place))) => contact.place = Some(place),
        (_, Some(FieldValue::Actor(actor))) => contact.initiator = Some(actor),
        (_, Some(FieldValue::Duration(length))) => contact.duration = Some(length),
        (Field::Medium, Some(FieldValue::Text(text))) => contact.medium = Some(text),
        (Field::Topics, Some(FieldValue::Words(words))) => contact.topics = words,
        (Field::Outcomes, Some(FieldValue::Words(words))) => contact.outcomes = words,
        (Field::When, None) => {
            contact.when.interval = readout_types::Interval::UNKNOWN;
            contact.when.basis = "set by a person".to_owned();
        }
        (Field::Place, None) => contact.place = None,
        (Field::Initiator, None) => contact.initiator = None,
        (Field::Duration, None) => contact.duration = None,
        (Field::Medium, None) => contact.medium = None,
        (Field::Topics, None) => contact.topics.clear(),
        (Field::Outcomes, None) => contact.outcomes.clear(),
        _ => {}
    }
}
