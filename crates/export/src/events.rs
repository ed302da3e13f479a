//! Owns the formats of event data: PLOVER as JSON lines, and rows with the columns of POLECAT. Both know events only: contacts
//! that were held or are under way.

use std::io::{self, Write};

use readout_types::{Actor, ActorKind, Contact, ContactKind, Status};
use serde_json::{Map, Value, json};

use crate::View;
use crate::codes::alpha3;
use crate::flat::{Flat, is_person};
use crate::layout::plain;

/// The version of PLOVER that the fields follow.
const VERSION: &str = "0.8";

/// The columns of POLECAT, in their order.
const COLUMNS: [&str; 37] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Version",
    "Note",
];

/// A contact as an event: who acts, who is acted upon, how.
struct Consult<'a> {
    flat: Flat<'a>,
    source: Vec<&'a Actor>,
    target: Vec<&'a Actor>,
    /// `phone`, `visit`, `third-party`, `multilateral`, or nothing.
    mode: &'static str,
    /// CAMEO 040 to 046.
    cameo: &'static str,
}

/// The side an actor is on: its country, or itself.
fn side(actor: &Actor) -> &str {
    actor.country.as_deref().unwrap_or(&actor.key)
}

fn consult<'a>(row: usize, contact: &'a Contact, view: &View<'a>) -> Option<Consult<'a>> {
    if !matches!(contact.status, Status::Held | Status::Ongoing) || contact.participants.len() < 2 {
        return None;
    }
    let place = contact.place.as_ref().and_then(|p| p.country.as_deref());
    let parties: Vec<&Actor> = contact.participants.iter().collect();
    let mut sides: Vec<&str> = parties.iter().map(|a| side(a)).collect();
    sides.sort_unstable();
    sides.dedup();
    let in_person = matches!(contact.kind, ContactKind::Meeting | ContactKind::Visit | ContactKind::Talks);
    let host = place.filter(|p| in_person && sides.contains(p));
    let third = place.is_some() && in_person && host.is_none();
    let (mode, cameo) = match contact.kind {
        ContactKind::Call => ("phone", "041"),
        ContactKind::Message => ("", "040"),
        ContactKind::Talks if third => ("third-party", "046"),
        ContactKind::Talks => (if sides.len() > 2 { "multilateral" } else { "" }, "046"),
        ContactKind::Visit => ("visit", "042"),
        ContactKind::Meeting if sides.len() > 2 => ("multilateral", if third { "044" } else { "040" }),
        ContactKind::Meeting if third => ("third-party", "044"),
        ContactKind::Meeting if host.is_some() => ("visit", "042"),
        ContactKind::Meeting => ("", "040"),
    };
    // Who visits comes first; else the side that asked for it; else the first that is named.
    let first = |wanted: &str| parties.iter().partition(|a| side(a) == wanted);
    let (source, target): (Vec<&Actor>, Vec<&Actor>) = match (host, &contact.initiator) {
        (Some(host), _) => parties.iter().partition(|a| side(a) != host),
        (None, Some(asked)) if sides.contains(&side(asked)) => first(side(asked)),
        _ => first(side(parties[0])),
    };
    if source.is_empty() || target.is_empty() {
        return None;
    }
    Some(Consult { flat: Flat::new(row, contact, view.chronology), source, target, mode, cameo })
}

impl Consult<'_> {
    /// The day, where it is known; nothing else is a date to these formats.
    fn date(&self) -> String {
        self.flat.contact.when.interval.as_day().map_or(String::new(), |d| d.to_string())
    }

    /// The words of the first trigger, and its document.
    fn words(&self) -> String {
        let (_, report) = match self.flat.contact.reports.first() {
            Some(first) => first,
            None => return String::new(),
        };
        report.evidence.first().map_or(String::new(), |e| plain(&e.source.text))
    }

    fn comment(&self) -> String {
        let edtf = self.flat.contact.when.interval.edtf();
        format!("CAMEO {}. EDTF {edtf}. {}", self.cameo, self.flat.note())
    }
}

fn sector(actor: &Actor) -> &'static str {
    match actor.kind {
        ActorKind::Person | ActorKind::State => "GOV",
        ActorKind::Organisation => "IGO",
        ActorKind::Group => "",
    }
}

fn code(actor: &Actor) -> String {
    let country = actor.country.as_deref().unwrap_or("");
    alpha3(country).map_or_else(|| plain(country), str::to_owned)
}

/// PLOVER events, one JSON object a line.
///
/// # Errors
/// Those of `out`.
pub fn plover(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let actor = |a: &&Actor| -> Value {
        let mut value = Map::new();
        value.insert("actorText".to_owned(), json!(plain(&a.name)));
        value.insert("code".to_owned(), json!(code(a)));
        if !sector(a).is_empty() {
            value.insert("sector".to_owned(), json!(sector(a)));
        }
        Value::Object(value)
    };
    for (row, contact) in view.contacts() {
        let Some(event) = consult(row, contact, view) else { continue };
        let line = json!({
            "id": plain(&contact.id),
            "date": event.date(),
            "source": event.source.iter().map(actor).collect::<Vec<_>>(),
            "target": event.target.iter().map(actor).collect::<Vec<_>>(),
            "event": "CONSULT",
            "mode": event.mode,
            "context": "diplomatic",
            "eventText": event.words(),
            "text": event.flat.headline(),
            "language": "en",
            "publication": event.flat.outlets().join("; "),
            "coder": concat!("readout ", env!("CARGO_PKG_VERSION")),
            "version": VERSION,
            "comment": event.comment(),
        });
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Rows with the columns of POLECAT, one for each actor and recipient of different sides, and a note at the end.
///
/// # Errors
/// Those of `out`.
pub fn polecat(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer =
        ::csv::WriterBuilder::new().delimiter(b'\t').quote_style(::csv::QuoteStyle::Never).from_writer(out);
    let fail = |e: ::csv::Error| io::Error::other(e);
    writer.write_record(COLUMNS).map_err(fail)?;
    for (row, contact) in view.contacts() {
        let Some(event) = consult(row, contact, view) else { continue };
        let mut n = 0;
        for source in &event.source {
            for target in &event.target {
                n += 1;
                let title = |a: &Actor| a.role.as_deref().filter(|_| is_person(a)).map_or(String::new(), plain);
                let place = contact.place.as_ref();
                let published = event.flat.documents.first().and_then(|d| d.date.chosen.as_ref()?.value.as_day());
                let cell = |column: &str| -> String {
                    match column {
                        "Event ID" => format!("{}-{n}", plain(&contact.id)),
                        "Event Date" => event.date(),
                        "Event Type" => "CONSULT".to_owned(),
                        "Event Mode" => event.mode.to_owned(),
                        // Verbal cooperation.
                        "Quad Code" => "V-COOP".to_owned(),
                        "Contexts" => "diplomatic".to_owned(),
                        "Actor Name" | "Actor Name Raw" => plain(&source.name),
                        "Actor Country" => code(source),
                        "Primary Actor Sector" | "Actor Sectors" => sector(source).to_owned(),
                        "Actor Title" => title(source),
                        "Recipient Name" | "Recipient Name Raw" => plain(&target.name),
                        "Recipient Country" => code(target),
                        "Primary Recipient Sector" | "Recipient Sectors" => sector(target).to_owned(),
                        "Recipient Title" => title(target),
                        "Placename" | "Raw Placename" => place.map_or(String::new(), |p| plain(&p.name)),
                        "Country" => {
                            let of = place.and_then(|p| p.country.as_deref()).unwrap_or("");
                            alpha3(of).map_or_else(|| plain(of), str::to_owned)
                        }
                        "Source" => event.flat.outlets().join("; "),
                        "Publication Date" => published.map_or(String::new(), |d| d.to_string()),
                        "Version" => concat!("readout ", env!("CARGO_PKG_VERSION")).to_owned(),
                        "Note" => event.comment(),
                        _ => String::new(),
                    }
                };
                writer.write_record(COLUMNS.map(cell)).map_err(fail)?;
            }
        }
    }
    writer.flush()
}
