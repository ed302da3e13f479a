//! Owns the making of one contact from a cluster: every field settled over all reports, nothing overwritten.

use std::collections::BTreeMap;

use readout_types::{
    Actor, ActorKind, Agreement, Contact, ContactKind, Count, Dispute, Duration, Extraction, Field, FieldValue,
    Interval, Place, Report, Status, When,
};

use crate::official;
use crate::parties::{side, unite};
use crate::settle::{Camp, Given, Settled, Voice, camps, nearest_camps, settle};
use crate::status::fate;

/// Topics kept of a contact.
const TOPICS: usize = 8;

/// The contact that reports make, in order of their documents, each with the index of its document and the number of its
/// origin; without id, reports, origins and decisions, which are moved in afterwards. `extractions` date the documents.
pub(crate) fn conclude(extractions: &[Extraction], reports: &[(usize, Box<Report>)], origins: &[u32]) -> Contact {
    let voices: Vec<Voice<'_>> = reports
        .iter()
        .zip(origins)
        .map(|((document, report), origin)| Voice { document: *document, origin: *origin, report })
        .collect();
    let voices = voices.as_slice();
    let written = |document: usize| extractions[document].date.chosen.as_ref().map_or(Interval::UNKNOWN, |c| c.value);

    let fate = fate(voices, written);
    let kind = kind(voices);
    let when = when(voices);
    let place = place(voices);
    let initiator = initiator(voices);
    let duration = duration(voices);
    let medium = medium(voices);
    let participants = unite(voices);

    let mut agreement = vec![
        (Field::Kind, if voices_agree(voices) { Agreement::Agreed } else { Agreement::SingleSource }),
        (Field::Status, fate.agreement),
        (Field::Participants, if voices_agree(voices) { Agreement::Agreed } else { Agreement::SingleSource }),
    ];
    let others = [
        (Field::When, when.agreement),
        (Field::Place, place.agreement),
        (Field::Initiator, initiator.agreement),
        (Field::Duration, duration.agreement),
        (Field::Medium, medium.agreement),
    ];
    agreement.extend(others.into_iter().filter_map(|(field, a)| Some((field, a?))));
    let disputes = [fate.dispute, when.dispute, place.dispute, initiator.dispute, duration.dispute, medium.dispute];
    let mut disputes: Vec<Dispute> = disputes.into_iter().flatten().collect();
    official::mark(&mut disputes, &participants);
    let official = official::accounts(voices, &participants);
    Contact {
        id: String::new(),
        kind,
        status: fate.status,
        participants,
        when: when.value.unwrap_or_default(),
        place: place.value,
        initiator: initiator.value,
        duration: duration.value,
        medium: medium.value,
        topics: most_supported(voices, |v| &v.report.topics, TOPICS),
        outcomes: most_supported(voices, |v| &v.report.outcomes, usize::MAX),
        counts: counts(voices),
        reports: Vec::new(),
        independent_sources: origins.iter().max().map_or(0, |highest| highest + 1),
        origins: Vec::new(),
        origin_ties: Vec::new(),
        agreement,
        disputes,
        official,
        status_history: fate.history,
        decisions: Vec::new(),
        narrowing: Vec::new(),
        judgements: Vec::new(),
        confidence: readout_types::Confidence::default(),
    }
}

fn voices_agree(voices: &[Voice<'_>]) -> bool {
    voices.iter().any(|v| v.origin != voices[0].origin)
}

/// The kind that most sources give; among equals a meeting is told from talks, and either from the visit around it.
fn kind(voices: &[Voice<'_>]) -> ContactKind {
    let given = voices.iter().map(|v| Given::by(*v, v.report.kind)).collect();
    let rank = |k: ContactKind| match k {
        ContactKind::Call | ContactKind::Message | ContactKind::Meeting => 0,
        ContactKind::Talks => 1,
        ContactKind::Visit => 2,
    };
    let camps = camps(given, |a, b| (a == b).then_some(*a));
    let most = camps.first().map_or(0, Camp::support);
    let best = camps.iter().filter(|c| c.support() == most).min_by_key(|c| rank(c.value));
    best.map_or(ContactKind::Meeting, |c| c.value)
}

/// When: the days on which all reports can agree. Those who say that it took place come before those who planned it: a
/// plan that was put off is no dispute, but one that was kept may narrow the date.
fn when(voices: &[Voice<'_>]) -> Settled<When> {
    let happened = |v: &&Voice<'_>| matches!(v.report.status, Status::Held | Status::Ongoing);
    let dated = |v: &&Voice<'_>| !v.report.when.interval.is_unknown();
    let mut chosen: Vec<&Voice<'_>> = voices.iter().filter(happened).filter(dated).collect();
    let mut rest: Vec<&Voice<'_>> = voices.iter().filter(|v| !happened(v)).filter(dated).collect();
    if chosen.is_empty() {
        std::mem::swap(&mut chosen, &mut rest);
    }
    // The most exact first, so that a vague date joins the camp of the exact one that it covers.
    chosen.sort_by_key(|v| v.report.when.interval.days().unwrap_or(i32::MAX));
    let given: Vec<Given<When>> = chosen.iter().map(|v| Given::by(**v, v.report.when.clone())).collect();
    let agree = |a: &When, b: &When| {
        let interval = a.interval.intersect(b.interval)?;
        let time = a.time.clone().or_else(|| b.time.clone());
        let basis = if interval == b.interval && interval != a.interval { &b.basis } else { &a.basis };
        Some(When { interval, time, basis: basis.clone() })
    };
    let mut settled = settle(Field::When, camps(given, agree), |w| FieldValue::When(w.interval));
    if let Some(value) = &mut settled.value {
        for voice in rest {
            if let Some(both) = agree(value, &voice.report.when) {
                *value = both;
            }
        }
    } else {
        let time = voices.iter().find_map(|v| v.report.when.time.clone());
        settled.value = Some(When { interval: Interval::UNKNOWN, time, basis: String::new() });
    }
    settled
}

/// Where. Names that differ are no dispute by themselves (a palace and its city); different countries are.
fn place(voices: &[Voice<'_>]) -> Settled<Place> {
    let words = |p: &Place| -> Vec<String> {
        p.name.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_owned).collect()
    };
    let agree = |a: &Place, b: &Place| {
        let (x, y) = (words(a), words(b));
        if a.country.is_some() && b.country.is_some() && a.country != b.country && !x.iter().any(|w| y.contains(w)) {
            return None;
        }
        // The longer of two names that share a word says more; otherwise the first stands.
        let more = x.iter().any(|w| y.contains(w)) && y.len() > x.len();
        let name = if more { &b.name } else { &a.name };
        Some(Place { name: name.clone(), country: a.country.clone().or_else(|| b.country.clone()) })
    };
    // The place most sources name comes first.
    let mut support: BTreeMap<String, std::collections::BTreeSet<u32>> = BTreeMap::new();
    for voice in voices {
        if let Some(place) = &voice.report.place {
            support.entry(place.name.to_lowercase()).or_default().insert(voice.origin);
        }
    }
    let mut given: Vec<Given<Place>> =
        voices.iter().filter_map(|v| Some(Given::by(*v, v.report.place.clone()?))).collect();
    given.sort_by_key(|g| std::cmp::Reverse(support.get(&g.value.name.to_lowercase()).map_or(0, |o| o.len())));
    settle(Field::Place, camps(given, agree), FieldValue::Place)
}

/// Who called or invited: a person rather than the state he or she acts for.
fn initiator(voices: &[Voice<'_>]) -> Settled<Actor> {
    let agree = |a: &Actor, b: &Actor| {
        if a.key != b.key && (side(a) != side(b) || (a.kind == ActorKind::Person && b.kind == ActorKind::Person)) {
            return None;
        }
        let person = if b.kind == ActorKind::Person && a.kind != ActorKind::Person { b } else { a };
        Some(person.clone())
    };
    let given = voices.iter().filter_map(|v| Some(Given::by(*v, v.report.initiator.clone()?))).collect();
    settle(Field::Initiator, camps(given, agree), FieldValue::Actor)
}

/// How long: ranges that overlap narrow one another, others stand side by side, also those that one document gives.
fn duration(voices: &[Voice<'_>]) -> Settled<Duration> {
    let agree = |a: &Duration, b: &Duration| {
        let min = a.min.max(b.min);
        let max = match (a.max, b.max) {
            (Some(x), Some(y)) => Some(x.min(y)),
            (x, y) => x.or(y),
        };
        match (min, max) {
            (Some(low), Some(high)) if low > high => None,
            _ => Some(Duration { min, max }),
        }
    };
    let mut given: Vec<Given<Duration>> = Vec::new();
    for voice in voices {
        let told = &voice.report.lengths;
        given.extend(told.iter().map(|length| Given {
            value: length.duration,
            document: voice.document,
            origin: voice.origin,
            said_by: length.said_by.clone(),
        }));
        given.extend(voice.report.duration.filter(|_| told.is_empty()).map(|duration| Given::by(*voice, duration)));
    }
    given.retain(|g| g.value.min.is_some() || g.value.max.is_some());
    let width = |d: &Duration| d.max.unwrap_or(u32::MAX) - d.min.unwrap_or(0).min(d.max.unwrap_or(u32::MAX));
    given.sort_by_key(|g| width(&g.value));
    // Twice the middle, so that it is a whole number.
    let middle = |d: &Duration| d.min.or(d.max).unwrap_or(0) + d.max.or(d.min).unwrap_or(0);
    let apart = |a: &Duration, b: &Duration| middle(a).abs_diff(middle(b));
    settle(Field::Duration, nearest_camps(given, agree, apart), FieldValue::Duration)
}

fn medium(voices: &[Voice<'_>]) -> Settled<String> {
    let given = voices.iter().filter_map(|v| Some(Given::by(*v, v.report.medium.clone()?))).collect();
    settle(Field::Medium, camps(given, |a: &String, b| (a == b).then(|| a.clone())), FieldValue::Text)
}

/// Phrases, those of most sources first, in order of mention among equals; each once whatever the case of its letters.
fn most_supported<'a>(
    voices: &[Voice<'a>],
    phrases: impl Fn(&Voice<'a>) -> &'a Vec<String>,
    most: usize,
) -> Vec<String> {
    let mut found: Vec<(String, &str, std::collections::BTreeSet<u32>)> = Vec::new();
    for voice in voices {
        for phrase in phrases(voice) {
            let folded = phrase.to_lowercase();
            match found.iter_mut().find(|f| f.0 == folded) {
                Some(known) => {
                    known.2.insert(voice.origin);
                }
                None => found.push((folded, phrase, [voice.origin].into())),
            }
        }
    }
    found.sort_by_key(|f| std::cmp::Reverse(f.2.len()));
    found.into_iter().take(most).map(|f| f.1.to_owned()).collect()
}

/// All counts, each claim once.
fn counts(voices: &[Voice<'_>]) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    for count in voices.iter().flat_map(|v| &v.report.counts) {
        let same = |c: &Count| {
            (c.n, c.at_least, c.of, c.kind, c.period) == (count.n, count.at_least, count.of, count.kind, count.period)
        };
        if !counts.iter().any(same) {
            counts.push(count.clone());
        }
    }
    counts
}
