//! Owns the formats of linked data: FollowTheMoney entities, W3C Web Annotations, schema.org as JSON-LD.

use std::collections::BTreeSet;
use std::io::{self, Write};

use readout_types::{Actor, ActorKind, ContactKind, DocumentEntry, Status, TextPart};
use serde_json::{Map, Value, json};

use crate::View;
use crate::flat::{Flat, is_person, iso, urn, web};
use crate::layout::plain;
use crate::to_wire::Offsets;

/// Code points of text before and after a quote.
const AROUND: usize = 32;

/// FollowTheMoney entities, one JSON object a line: people and bodies, documents, and an `Event` for each contact.
///
/// # Errors
/// Those of `out`.
pub fn followthemoney(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut written: BTreeSet<String> = BTreeSet::new();
    let mut line =
        |id: &str, schema: &str, properties: Vec<(&str, Vec<String>)>, out: &mut dyn Write| -> io::Result<()> {
            if !written.insert(id.to_owned()) {
                return Ok(());
            }
            let filled = properties.into_iter().filter(|(_, values)| values.iter().any(|v| !v.is_empty()));
            let properties: Map<String, Value> =
                filled.map(|(name, values)| (name.to_owned(), json!(values))).collect();
            serde_json::to_writer(&mut *out, &json!({"id": id, "schema": schema, "properties": properties}))?;
            out.write_all(b"\n")
        };
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        for actor in contact.participants.iter().chain(&contact.initiator) {
            let schema = match actor.kind {
                ActorKind::Person => "Person",
                ActorKind::State => "PublicBody",
                ActorKind::Organisation | ActorKind::Group => "Organization",
            };
            let mut properties =
                vec![("name", vec![plain(&actor.name)]), ("country", country(actor.country.as_deref()))];
            if is_person(actor) {
                properties.push(("position", actor.role.as_deref().map(plain).into_iter().collect()));
            }
            line(&actor_id(actor), schema, properties, out)?;
        }
        for document in &flat.documents {
            let title = plain(document.title.as_deref().unwrap_or(&document.id));
            let published = document.date.chosen.as_ref().and_then(|c| iso(c.value));
            let properties = vec![
                ("name", vec![title.clone()]),
                ("title", vec![title]),
                ("publisher", document.source.as_deref().map(plain).into_iter().collect()),
                ("sourceUrl", web(document).into_iter().collect()),
                ("publishedAt", published.into_iter().collect()),
            ];
            line(&document_id(document), "Document", properties, out)?;
        }
        let involved: Vec<String> = contact.participants.iter().map(actor_id).collect();
        let place = contact.place.as_ref();
        let properties = vec![
            ("name", vec![flat.headline()]),
            ("summary", vec![format!("{} {}", contact.kind.as_str(), contact.status.as_str())]),
            ("date", iso(contact.when.interval).into_iter().collect()),
            ("location", place.map(|p| plain(&p.name)).into_iter().collect()),
            ("country", country(place.and_then(|p| p.country.as_deref()))),
            ("involved", involved),
            ("organizer", contact.initiator.as_ref().map(actor_id).into_iter().collect()),
            ("keywords", contact.topics.iter().map(|t| plain(t)).collect()),
            ("notes", vec![flat.note()]),
            ("recordId", vec![plain(&contact.id)]),
            ("proof", flat.documents.iter().map(|d| document_id(d)).collect()),
        ];
        line(&format!("contact-{}", plain(&contact.id)), "Event", properties, out)?;
    }
    Ok(())
}

/// A country as that format writes it; organisations have no code there.
fn country(code: Option<&str>) -> Vec<String> {
    let state = |c: &&str| c.len() == 2 && c.bytes().all(|b| b.is_ascii_alphabetic());
    code.filter(state).map(str::to_lowercase).into_iter().collect()
}

fn slug(text: &str) -> String {
    urn("", text).rsplit(':').next().unwrap_or("").to_owned()
}

fn actor_id(actor: &Actor) -> String {
    format!("actor-{}", slug(&actor.key))
}

fn document_id(document: &DocumentEntry) -> String {
    format!("document-{}", slug(&document.id))
}

/// The page a document is, or a name of this program's own for it.
fn iri(document: &DocumentEntry) -> String {
    web(document).unwrap_or_else(|| urn("document", &document.id))
}

/// W3C Web Annotations: every piece of evidence as a quote and its place in the text.
///
/// # Errors
/// Those of `out`.
pub fn annotations(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let offsets = Offsets::new(&view.chronology.documents);
    let mut items = Vec::new();
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        for (document, report) in &contact.reports {
            let Some(entry) = view.chronology.documents.get(*document) else { continue };
            for (n, piece) in report.evidence.iter().enumerate() {
                let span = piece.source.original;
                let (start, end) = offsets.points(*document, span);
                let mut quote = json!({"type": "TextQuoteSelector", "exact": &*piece.source.text});
                if let Some((before, after)) =
                    entry.original.around(span.span, AROUND * 4).filter(|_| span.part == TextPart::Text)
                {
                    let prefix: Vec<char> = before.chars().collect();
                    quote["prefix"] = json!(prefix[prefix.len().saturating_sub(AROUND)..].iter().collect::<String>());
                    quote["suffix"] = json!(after.chars().take(AROUND).collect::<String>());
                }
                let place = json!({"type": "TextPositionSelector", "start": start, "end": end});
                let (part, selectors) = match span.part {
                    TextPart::Text => ("", vec![quote, place]),
                    TextPart::Title => (" (in the title beside the text)", vec![quote]),
                };
                let name = format!("{}/{}/{n}", contact.id, entry.id);
                items.push(json!({
                    "id": urn("annotation", &name),
                    "type": "Annotation",
                    "motivation": "describing",
                    "body": [
                        {
                            "type": "TextualBody",
                            "purpose": "describing",
                            "format": "text/plain",
                            "language": "en",
                            "value": format!("{} of the {}{part}. {}", piece.field.as_str(), flat.headline(), flat.note()),
                        },
                        {"type": "TextualBody", "purpose": "tagging", "value": piece.field.as_str()},
                    ],
                    "target": {"source": iri(entry), "selector": selectors},
                }));
            }
        }
    }
    let whole = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:readout:annotations",
        "type": "AnnotationCollection",
        "label": "Evidence of diplomatic contacts",
        "total": items.len(),
        "first": {"id": "urn:readout:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

/// schema.org as JSON-LD: an `Event` for each contact. Dates are given where one day, month or year is known.
///
/// # Errors
/// Those of `out`.
pub fn jsonld(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut graph = Vec::new();
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        let mut event = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                event.insert(name.to_owned(), value);
            }
        };
        put("@type", Some(json!("Event")));
        put("@id", Some(json!(urn("contact", &contact.id))));
        put("identifier", Some(json!(plain(&contact.id))));
        put("name", Some(json!(flat.headline())));
        put("additionalType", Some(json!(urn("kind", contact.kind.as_str()))));
        put("startDate", iso(contact.when.interval).map(Value::from));
        put("temporalCoverage", (!contact.when.interval.is_unknown()).then(|| json!(contact.when.interval.edtf())));
        put("eventStatus", status(contact.status).map(|s| json!({"@id": format!("https://schema.org/{s}")})));
        let mode = match contact.kind {
            ContactKind::Call | ContactKind::Message => "OnlineEventAttendanceMode",
            ContactKind::Meeting | ContactKind::Visit | ContactKind::Talks => "OfflineEventAttendanceMode",
        };
        put("eventAttendanceMode", Some(json!({"@id": format!("https://schema.org/{mode}")})));
        put("attendee", Some(contact.participants.iter().map(party).collect()));
        put("organizer", contact.initiator.as_ref().map(party));
        put(
            "location",
            contact.place.as_ref().map(|place| {
                let mut value = json!({"@type": "Place", "name": plain(&place.name)});
                if let Some(country) = &place.country {
                    value["address"] = json!({"@type": "PostalAddress", "addressCountry": plain(country)});
                }
                value
            }),
        );
        let exact = contact.duration.filter(|d| d.min == d.max).and_then(|d| d.min);
        put("duration", exact.map(|minutes| json!(format!("PT{minutes}M"))));
        let topics: Vec<String> = contact.topics.iter().map(|t| plain(t)).collect();
        put("keywords", (!topics.is_empty()).then(|| json!(topics)));
        put("description", Some(json!(flat.note())));
        put("subjectOf", Some(flat.documents.iter().map(|d| article(d)).collect()));
        graph.push(Value::Object(event));
    }
    let whole = json!({"@context": {"@vocab": "https://schema.org/"}, "@graph": graph});
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Planned | Status::Ongoing | Status::Held => Some("EventScheduled"),
        Status::Cancelled => Some("EventCancelled"),
        Status::Proposed | Status::Denied | Status::Unclear => None,
    }
}

fn party(actor: &Actor) -> Value {
    let kind = match actor.kind {
        ActorKind::Person => "Person",
        ActorKind::State => "Country",
        ActorKind::Organisation | ActorKind::Group => "Organization",
    };
    let mut value = json!({"@type": kind, "@id": urn("actor", &actor.key), "name": plain(&actor.name)});
    if let Some(role) = actor.role.as_deref().filter(|_| is_person(actor)) {
        value["jobTitle"] = json!(plain(role));
    }
    if let Some(country) = actor.country.as_deref().filter(|_| is_person(actor)) {
        value["nationality"] = json!({"@type": "Country", "identifier": plain(country)});
    }
    value
}

fn article(document: &DocumentEntry) -> Value {
    let title = plain(document.title.as_deref().unwrap_or(&document.id));
    let mut value = json!({"@type": "NewsArticle", "@id": iri(document), "headline": title});
    if let Some(url) = web(document) {
        value["url"] = json!(url);
    }
    if let Some(published) = document.date.chosen.as_ref().and_then(|c| iso(c.value)) {
        value["datePublished"] = json!(published);
    }
    if let Some(outlet) = &document.source {
        value["publisher"] = json!({"@type": "Organization", "name": plain(outlet)});
    }
    if let Some(of) = &document.duplicate_of {
        value["isBasedOn"] = json!(urn("document", of));
    }
    value
}
