//! Owns the formats of calendars and timelines: iCalendar and TimelineJS. Neither knows an uncertain date, so that contacts
//! stand on a day only where one is known; the others are counted in words.

use std::io::{self, Write};

use icalendar::{Calendar, Component, Event, EventLike, Property};
use readout_types::{Date, Interval, Status};
use serde_json::{Value, json};

use crate::flat::{Flat, urn};
use crate::layout::plain;
use crate::{View, phrase};

/// A calendar shows contacts whose day is known within so many days, as one entry over all of them.
const WIDEST: i32 = 31;

/// iCalendar (RFC 5545): planned, proposed and unclear contacts are TENTATIVE, cancelled and denied ones CANCELLED.
///
/// # Errors
/// Those of `out`.
pub fn icalendar(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut calendar = Calendar::new();
    calendar.name("Diplomatic contacts");
    let mut left_out = 0;
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        let days = contact.when.interval;
        let (Some(first), Some(last)) = (days.earliest, days.latest) else {
            left_out += 1;
            continue;
        };
        let (Some(behind), true) = (last.tomorrow().ok(), days.days().is_some_and(|n| n <= WIDEST)) else {
            left_out += 1;
            continue;
        };
        let mut summary = flat.headline();
        if days.as_day().is_none() {
            summary = format!("{summary} (some day of {})", phrase::date(days));
        }
        let mut description = vec![flat.note()];
        description.extend(flat.sources());
        let status = match contact.status {
            Status::Held | Status::Ongoing => icalendar::EventStatus::Confirmed,
            Status::Planned | Status::Proposed | Status::Unclear => icalendar::EventStatus::Tentative,
            Status::Cancelled | Status::Denied => icalendar::EventStatus::Cancelled,
        };
        let mut event = Event::new();
        event.uid(&format!("{}@readout", plain(&contact.id)));
        event.add_property("DTSTAMP", format!("{}T000000Z", compact(written(&flat))));
        event.summary(&summary).description(&description.join("\n"));
        event.append_property(Property::new("DTSTART", compact(first)).add_parameter("VALUE", "DATE").done());
        event.append_property(Property::new("DTEND", compact(behind)).add_parameter("VALUE", "DATE").done());
        event.status(status);
        // Nobody's own time is taken.
        event.add_property("TRANSP", "TRANSPARENT");
        event.add_property("CATEGORIES", contact.kind.as_str());
        if let Some(place) = &contact.place {
            event.location(&phrase::place(place));
        }
        if let [only] = &flat.urls()[..] {
            event.add_property("URL", only);
        }
        calendar.push(event.done());
    }
    let note = match left_out {
        0 => "Every contact is in this calendar.".to_owned(),
        n => format!("{} not in this calendar, because the day is not known within a month.", are(n)),
    };
    calendar.description(&note);
    let text = calendar.done().to_string();
    // The library names itself and its version, which would change the bytes with it.
    let lines =
        text.split("\r\n").map(|l| if l.starts_with("PRODID:") { "PRODID:-//Readout//Chronology//EN" } else { l });
    out.write_all(lines.collect::<Vec<_>>().join("\r\n").as_bytes())
}

fn are(n: usize) -> String {
    if n == 1 { "1 contact is".to_owned() } else { format!("{n} contacts are") }
}

/// The day of the latest document: what the entry is as of.
fn written(flat: &Flat<'_>) -> Date {
    let days = flat.documents.iter().filter_map(|d| d.date.chosen.as_ref()?.value.latest);
    days.max().unwrap_or(Date::constant(1970, 1, 1))
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The JSON of TimelineJS. The text of a slide is HTML there, and is escaped here.
///
/// # Errors
/// Those of `out`.
pub fn timelinejs(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (mut events, mut left_out) = (Vec::new(), 0);
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        let days = contact.when.interval;
        let Some((start, end)) = bounds(days) else {
            left_out += 1;
            continue;
        };
        let mut text = vec![format!("<p>{}</p>", escape(&flat.note()))];
        let sources = flat.documents.iter().map(|d| match crate::flat::web(d) {
            Some(url) => format!("<li><a href=\"{}\">{}</a></li>", escape(&url), escape(&crate::flat::source(d))),
            None => format!("<li>{}</li>", escape(&crate::flat::source(d))),
        });
        text.push(format!("<ul>{}</ul>", sources.collect::<String>()));
        let mut event = json!({
            "unique_id": urn("contact", &contact.id),
            "start_date": start,
            "display_date": phrase::date(days),
            "text": {"headline": escape(&flat.headline()), "text": text.concat()},
            "group": contact.kind.as_str(),
        });
        if let Some(end) = end {
            event["end_date"] = end;
        }
        events.push(event);
    }
    let mut about = vec![format!("{}.", crate::table::summary(view))];
    if left_out > 0 {
        about.push(format!("{} not on the timeline, because no source says when they began.", are(left_out)));
    }
    let whole = json!({
        "title": {"text": {"headline": "Diplomatic contacts", "text": format!("<p>{}</p>", escape(&about.join(" ")))}},
        "events": events,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

/// First and last day as exactly as they are known; `None` when the first is not.
fn bounds(days: Interval) -> Option<(Value, Option<Value>)> {
    let first = days.earliest?;
    let last = days.latest?;
    let value = |d: Date, parts: u8| match parts {
        1 => json!({"year": d.year()}),
        2 => json!({"year": d.year(), "month": d.month()}),
        _ => json!({"year": d.year(), "month": d.month(), "day": d.day()}),
    };
    Some(match days.edtf().len() {
        4 => (value(first, 1), None),
        7 => (value(first, 2), None),
        10 => (value(first, 3), None),
        _ => (value(first, 3), Some(value(last, 3))),
    })
}

/// Text that HTML takes as it is.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
