//! Owns the list: contacts as rows, the sums beside the filters, the queue of what is in doubt.

use readout_export::{details, phrase, plain};
use readout_types::{Contact, Field, Judgement, Verdict};
use serde_json::{Value, json};

use crate::asks::{FILTER, Request};
use crate::reply::{Fault, Reply};
use crate::room::Room;

/// Names shown in a row; the page says how many more there are.
const NAMES: usize = 6;

/// A contact as a row.
pub(crate) fn row(number: usize, contact: &Contact) -> Value {
    let days = contact.when.interval;
    let disputes: Vec<&str> = contact.disputes.iter().map(|d| d.field.as_str()).collect();
    let who: Vec<Value> = contact
        .participants
        .iter()
        .take(NAMES)
        .map(|a| json!({"name": plain(&a.name), "country": a.country.as_deref().map(plain)}))
        .collect();
    json!({
        "row": number,
        "id": contact.id,
        "kind": contact.kind.as_str(),
        "status": contact.status.as_str(),
        "when": phrase::date(days),
        "edtf": days.edtf(),
        "first": days.earliest.map(|d| d.to_string()),
        "last": days.latest.map(|d| d.to_string()),
        "who": who,
        "more": contact.participants.len().saturating_sub(NAMES),
        "details": details(contact, true),
        "sources": contact.independent_sources,
        "reports": contact.reports.len(),
        "disputes": disputes,
        "verdict": verdict(&contact.judgements),
    })
}

/// The last verdict of a person: `confirmed` or `unsure`.
pub(crate) fn verdict(judgements: &[Judgement]) -> Option<&'static str> {
    judgements.iter().rev().find_map(|j| match j.verdict {
        Verdict::Confirmed => Some("confirmed"),
        Verdict::Unsure => Some("unsure"),
        _ => None,
    })
}

pub(crate) fn rows(found: &[(usize, Contact)]) -> Vec<Value> {
    found.iter().map(|(n, c)| row(*n, c)).collect()
}

/// `GET /api/contacts`.
pub(crate) fn list(room: &Room, request: &Request) -> Result<Reply, Fault> {
    let mut known = FILTER.to_vec();
    known.extend(["undated", "skip", "limit"]);
    request.only(&known)?;
    let (skip, limit) = request.window()?;
    let wanted = request.wanted()?;
    let edition = room.edition()?;
    // A window that moves over one answer needs its sums once.
    let sums = room.kept(format!("sums {wanted:?}"), || {
        let sums = room.read(|ledger| Ok(ledger.sums(&wanted.query(room, ledger)?)?))?;
        Ok(sums.into_iter().flat_map(|n| (n as u64).to_le_bytes()).collect())
    })?;
    let sum = |n: usize| sums.get(n * 8..n * 8 + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
    let found = room.read(|ledger| Ok(ledger.rows(&wanted.query(room, ledger)?, skip, limit)?))?;
    let value = json!({
        "edition": edition, "total": sum(0), "undated": sum(1), "undated_left_out": sum(2), "skip": skip,
        "rows": rows(&found),
    });
    Ok(Reply::json(200, &value))
}

/// `GET /api/facets`: what can be asked for, with numbers over the whole chronology.
pub(crate) fn facets(room: &Room, request: &Request) -> Result<Reply, Fault> {
    const MOST: usize = 300;
    request.only(&[])?;
    let body = room.kept("facets".to_owned(), || {
        let value = room.read(|ledger| {
            let [kinds, statuses, countries] = ledger.tallies()?;
            let (actors, outlets, totals) = (ledger.actors()?, ledger.outlets()?, ledger.totals()?);
            let table = ledger.names()?.table();
            let name_of = |code: &str| table.countries().iter().find(|c| c.code == code).map(|c| c.name.clone());
            let tally = |list: Vec<(String, usize)>| -> Vec<Value> {
                list.into_iter().map(|(name, n)| json!({"name": plain(&name), "contacts": n})).collect()
            };
            // One name can stand for several actors; the filter takes the name.
            let mut seen = std::collections::HashSet::new();
            let people: Vec<Value> = actors
                .iter()
                .filter(|a| seen.insert(a.actor.name.as_str()))
                .take(MOST)
                .map(|a| json!({"name": plain(&a.actor.name), "country": a.actor.country, "contacts": a.contacts}))
                .collect();
            let countries: Vec<Value> = countries
                .into_iter()
                .take(MOST)
                .map(|(code, n)| json!({"name": name_of(&code).unwrap_or(code.clone()), "code": code, "contacts": n}))
                .collect();
            let outlets: Vec<Value> = outlets
                .into_iter()
                .take(MOST)
                .map(|(name, n)| json!({"name": plain(&name), "documents": n}))
                .collect();
            Ok(json!({
                "people": people, "countries": countries, "outlets": outlets, "kinds": tally(kinds), "statuses": tally(statuses),
                "contacts": totals.contacts, "documents": totals.documents, "copies": totals.copies,
            }))
        })?;
        Ok(Reply::json(200, &value).body)
    })?;
    Ok(Reply { body: body.to_vec(), ..Reply::json(200, &Value::Null) })
}

/// How doubtful a contact is that nobody has judged: smaller is worse; `None` where nothing is in doubt. And why.
fn doubt(contact: &Contact) -> Option<(f32, Vec<String>)> {
    if verdict(&contact.judgements).is_some() {
        return None;
    }
    let mut reasons = Vec::new();
    let mut worst = f32::INFINITY;
    let set = |field: Field| {
        contact.judgements.iter().any(|j| matches!(&j.verdict, Verdict::Set { field: f, .. } if *f == field))
    };
    for dispute in contact.disputes.iter().filter(|d| !set(d.field)) {
        let values: Vec<String> = dispute.values.iter().map(|r| phrase::value(&r.value)).collect();
        reasons.push(format!("sources disagree on {}: {}", field_name(dispute.field), values.join(" or ")));
        worst = worst.min(DISPUTE);
    }
    let joined = contact.judgements.iter().any(|j| matches!(j.verdict, Verdict::Merged | Verdict::Split));
    let weakest = contact.decisions.iter().map(|d| d.score).fold(f32::INFINITY, f32::min);
    if !joined && weakest < DOUBTFUL {
        reasons.push(format!("a weak link between its reports (score {weakest:.2})"));
        worst = worst.min(weakest);
    }
    (!reasons.is_empty()).then_some((worst, reasons))
}

/// Links are made from a score of 2 on; below this they rest on little more than was needed.
const DOUBTFUL: f32 = 3.0;
/// A dispute stands between the weakest links and those that are merely weak.
const DISPUTE: f32 = 2.5;

/// The name of a field as people say it.
pub(crate) fn field_name(field: Field) -> &'static str {
    match field {
        Field::Kind => "kind",
        Field::Status => "status",
        Field::Participants => "participants",
        Field::When => "date",
        Field::Place => "place",
        Field::Initiator => "who asked for it",
        Field::Duration => "duration",
        Field::Medium => "medium",
        Field::Topics => "topics",
        Field::Outcomes => "outcomes",
        Field::Counts => "counts",
        Field::SaidBy => "said by",
    }
}

/// `GET /api/queue`: contacts that a person should look at, the most doubtful first.
pub(crate) fn queue(room: &Room, request: &Request) -> Result<Reply, Fault> {
    /// Contacts are looked through so many at a time.
    const PAGE: usize = 1000;
    /// Longer lists are nobody's day's work.
    const MOST: usize = 2000;
    request.only(&["skip", "limit"])?;
    let (skip, limit) = request.window()?;
    let body = room.kept("queue".to_owned(), || {
        room.read(|ledger| {
            let mut found: Vec<(f32, Value)> = Vec::new();
            for numbers in ledger.unjudged()?.chunks(PAGE) {
                for (number, contact) in ledger.rows_of(numbers)? {
                    if let Some((worst, reasons)) = doubt(&contact) {
                        let mut value = row(number, &contact);
                        value["reasons"] = json!(reasons);
                        found.push((worst, value));
                    }
                }
            }
            found.sort_by(|a, b| a.0.total_cmp(&b.0));
            let total = found.len();
            let rows: Vec<Value> = found.into_iter().take(MOST).map(|(_, v)| v).collect();
            Ok(serde_json::to_vec(&json!({"total": total, "rows": rows})).unwrap_or_default())
        })
    })?;
    let whole: Value = serde_json::from_slice(&body).map_err(|e| Fault::Failed(e.to_string()))?;
    let rows: Vec<&Value> = whole["rows"].as_array().into_iter().flatten().skip(skip).take(limit).collect();
    Ok(Reply::json(200, &json!({"total": whole["total"], "skip": skip, "rows": rows})))
}
