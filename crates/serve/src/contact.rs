//! Owns the page of one contact: every field with its evidence, rivals side by side, what became of it, why its reports were
//! linked, its neighbours in time, a line to cite it by.

use readout_export::{Context, View, citation, phrase, plain, to_wire, web};
use readout_types::{Contact, DocumentEntry, Field, FieldValue, Part, Report, TextPart, Verdict};
use serde_json::{Value, json};

use crate::asks::Request;
use crate::decide::SETTABLE;
use crate::reply::{Fault, Reply};
use crate::room::Room;
use crate::rows::{field_name, row, rows};

/// Contacts before and behind that the page shows.
const AROUND: usize = 3;

/// `GET /api/contacts/{id}`.
pub(crate) fn contact(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&[])?;
    let id = &request.name;
    let value = room.read(|ledger| {
        let part = ledger.contact(id)?.ok_or_else(|| Fault::Absent(format!("no contact {id:?}")))?;
        let (Some(contact), Some(&number)) = (part.chronology.contacts.first(), part.rows.first()) else {
            return Err(Fault::Absent(format!("no contact {id:?}")));
        };
        let near = ledger.neighbours(number, AROUND)?;
        let wire = to_wire(&View::of(&part));
        let wire = serde_json::to_value(wire.contacts.first()).unwrap_or_default();
        Ok(json!({
            "contact": wire,
            "row": row(number, contact),
            "shown": shown(contact, &part),
            "documents": documents(&part),
            "neighbours": rows(&near),
            "citation": cite(contact, &part),
        }))
    })?;
    Ok(Reply::json(200, &value))
}

fn documents(part: &Part) -> Vec<Value> {
    part.chronology.documents.iter().map(document).collect()
}

pub(crate) fn document(entry: &DocumentEntry) -> Value {
    json!({
        "id": entry.id,
        "outlet": entry.source.as_deref().map(plain),
        "title": entry.title.as_deref().map(plain),
        "published": entry.date.chosen.as_ref().filter(|c| !c.value.is_unknown()).map(|c| phrase::date(c.value)),
        "url": web(entry),
        "copy_of": entry.duplicate_of,
    })
}

fn shown(contact: &Contact, part: &Part) -> Value {
    let id = |d: usize| part.chronology.documents.get(d).map(|e| e.id.as_str());
    let fields: Vec<Value> = SETTABLE
        .into_iter()
        .chain([Field::Counts, Field::SaidBy])
        .filter_map(|field| {
            let (value, evidence) = (value_of(contact, field), evidence(contact, part, field, None));
            let rivals = rivals(contact, part, field);
            let settable = SETTABLE.contains(&field);
            (settable || value.is_some() || !evidence.is_empty()).then(|| {
                json!({
                    "field": field.as_str(), "name": field_name(field), "value": value, "settable": settable,
                    "support": phrase::agreement(contact, field), "evidence": evidence, "rivals": rivals,
                    "judged": judged(contact, field),
                })
            })
        })
        .collect();
    let reports: Vec<Value> = contact
        .reports
        .iter()
        .enumerate()
        .map(|(at, (document, report))| {
            let said: Vec<Value> = report
                .said_by
                .iter()
                .map(|a| {
                    let channel = a.channel.as_deref().map(plain);
                    json!({"who": phrase::actor(&a.speaker), "channel": channel, "denies": a.denies})
                })
                .collect();
            json!({
                "document": id(*document), "origin": contact.origins.get(at), "status": report.status.as_str(),
                "when": phrase::date(report.when.interval), "basis": plain(&report.when.basis), "said_by": said,
                "rule": plain(&report.rule), "main": report.main,
            })
        })
        .collect();
    let links: Vec<Value> = contact
        .decisions
        .iter()
        .map(|d| {
            let reasons: Vec<String> = d.reasons.iter().map(|r| plain(r)).collect();
            json!({"documents": [id(d.left.0), id(d.right.0)], "score": (f64::from(d.score) * 100.0).round() / 100.0, "reasons": reasons})
        })
        .collect();
    let history: Vec<Value> = contact
        .status_history
        .iter()
        .map(|s| json!({"as_of": s.as_of.map(|d| d.to_string()), "status": s.status.as_str(), "document": id(s.document)}))
        .collect();
    let statements: Vec<Value> = part
        .chronology
        .statements
        .iter()
        .map(|(document, s, _)| {
            let words: Vec<String> = std::iter::once(&s.source).chain(&s.more).map(|w| plain(&w.text)).collect();
            json!({
                "document": id(*document), "speaker": s.speaker.as_ref().map(phrase::actor), "cue": plain(&s.cue),
                "channel": s.channel.as_deref().map(plain), "direct": s.direct, "text": words.join(" … "),
            })
        })
        .collect();
    let official: Vec<Value> = contact
        .official
        .iter()
        .map(|o| {
            let values: Vec<Value> =
                o.values.iter().map(|(f, v)| json!({"name": field_name(*f), "value": phrase::value(v)})).collect();
            let speakers: Vec<String> = o.speakers.iter().map(phrase::actor).collect();
            json!({"side": plain(&o.side), "speakers": speakers, "values": values})
        })
        .collect();
    let judgements: Vec<Value> = contact
        .judgements
        .iter()
        .map(|j| {
            json!({
                "correction": j.correction, "by": plain(&j.by), "at": j.at, "why": j.why.as_deref().map(plain),
                "verdict": verdict_word(&j.verdict),
            })
        })
        .collect();
    let narrowing: Vec<String> = contact.narrowing.iter().map(|n| plain(n)).collect();
    json!({
        "fields": fields, "reports": reports, "links": links, "history": history, "statements": statements,
        "official": official, "judgements": judgements, "narrowing": narrowing,
    })
}

fn verdict_word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Confirmed => "accepted".to_owned(),
        Verdict::Unsure => "doubtful".to_owned(),
        Verdict::Merged => "put together".to_owned(),
        Verdict::Split => "taken apart".to_owned(),
        Verdict::Set { field, value, .. } => {
            let value = value.as_ref().map_or("unknown".to_owned(), phrase::value);
            format!("{} set to {value}", field_name(*field))
        }
    }
}

/// What a person set a field to, with what the documents have.
fn judged(contact: &Contact, field: Field) -> Option<Value> {
    contact.judgements.iter().rev().find_map(|j| match &j.verdict {
        Verdict::Set { field: f, machine, .. } if *f == field => Some(json!({
            "by": plain(&j.by), "at": j.at, "correction": j.correction,
            "documents_say": machine.as_ref().map(phrase::value),
        })),
        _ => None,
    })
}

/// The value of a field in words; `None` where it has none.
fn value_of(contact: &Contact, field: Field) -> Option<String> {
    let list = |words: &[String]| (!words.is_empty()).then(|| phrase::value(&FieldValue::Words(words.to_vec())));
    match field {
        Field::Kind => Some(contact.kind.as_str().to_owned()),
        Field::Status => Some(contact.status.as_str().to_owned()),
        Field::When => {
            let time = contact.when.time.as_deref().map_or(String::new(), |t| format!(", {}", plain(t)));
            Some(format!("{}{time}", phrase::date(contact.when.interval)))
        }
        Field::Participants => {
            let names: Vec<String> = contact.participants.iter().map(phrase::actor).collect();
            (!names.is_empty()).then(|| names.join("; "))
        }
        Field::Place => contact.place.as_ref().map(phrase::place),
        Field::Initiator => contact.initiator.as_ref().map(phrase::actor),
        Field::Duration => contact.duration.map(phrase::duration),
        Field::Medium => contact.medium.as_deref().map(plain),
        Field::Topics => list(&contact.topics),
        Field::Outcomes => list(&contact.outcomes),
        Field::Counts => {
            let counts: Vec<String> = contact.counts.iter().map(phrase::count).collect();
            (!counts.is_empty()).then(|| counts.join("; "))
        }
        Field::SaidBy => {
            let mut names: Vec<String> = Vec::new();
            for (_, report) in &contact.reports {
                for said in &report.said_by {
                    let name = phrase::actor(&said.speaker);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
            (!names.is_empty()).then(|| names.join("; "))
        }
    }
}

/// The words behind a field, of all documents or of some.
fn evidence(contact: &Contact, part: &Part, field: Field, only: Option<&[usize]>) -> Vec<Value> {
    let mut found = Vec::new();
    for (document, report) in &contact.reports {
        if only.is_some_and(|only| !only.contains(document)) {
            continue;
        }
        let Some(entry) = part.chronology.documents.get(*document) else { continue };
        found.extend(pieces(entry, report, field));
    }
    found
}

fn pieces(entry: &DocumentEntry, report: &Report, field: Field) -> Vec<Value> {
    let of_field = report.evidence.iter().enumerate().filter(|(_, e)| e.field == field);
    of_field
        .map(|(at, piece)| {
            let context = Context::of(entry, piece);
            json!({
                "document": entry.id, "at": at, "title": piece.source.original.part == TextPart::Title,
                "before": context.before, "words": context.words, "after": context.after, "rule": plain(&piece.rule),
            })
        })
        .collect()
}

fn rivals(contact: &Contact, part: &Part, field: Field) -> Vec<Value> {
    let Some(dispute) = contact.disputes.iter().find(|d| d.field == field) else { return Vec::new() };
    dispute
        .values
        .iter()
        .map(|rival| {
            let documents: Vec<Value> =
                rival.documents.iter().filter_map(|&d| part.chronology.documents.get(d)).map(document).collect();
            let said: Vec<String> = rival.said_by.iter().map(phrase::actor).collect();
            json!({
                "value": phrase::value(&rival.value), "side": rival.side.as_deref().map(plain), "said_by": said,
                "documents": documents, "evidence": evidence(contact, part, field, Some(&rival.documents)),
            })
        })
        .collect()
}

/// `Call of Vladimir Putin and Donald Trump, 2025-12-28 (held). Sources: … [2025-12-28-call-putin-trump-3f9a]`.
fn cite(contact: &Contact, part: &Part) -> String {
    let kind = contact.kind.as_str();
    let kind = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
    let sources: Vec<String> =
        contact.reports.iter().filter_map(|(d, _)| part.chronology.documents.get(*d)).map(citation).collect();
    format!(
        "{kind} of {}, {} ({}). Sources: {}. [{}]",
        phrase::people(&contact.participants, usize::MAX - 1),
        phrase::date(contact.when.interval),
        contact.status.as_str(),
        sources.join("; "),
        contact.id,
    )
}
