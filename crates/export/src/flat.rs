//! Owns a contact as one flat row, and the note that says in words what a format has no field for.

use readout_types::{Actor, ActorKind, Chronology, Contact, DocumentEntry, Interval, Verdict};

use crate::layout::plain;
use crate::phrase;

/// A contact as the formats with columns have it.
pub(crate) struct Flat<'a> {
    pub row: usize,
    pub contact: &'a Contact,
    pub documents: Vec<&'a DocumentEntry>,
}

impl<'a> Flat<'a> {
    pub fn new(row: usize, contact: &'a Contact, chronology: &'a Chronology) -> Flat<'a> {
        let documents = contact.reports.iter().filter_map(|(d, _)| chronology.documents.get(*d)).collect();
        Flat { row, contact, documents }
    }

    pub fn names(&self) -> Vec<String> {
        self.contact.participants.iter().map(|a| plain(&a.name)).collect()
    }

    /// Codes of the countries and organisations that take part, each once.
    pub fn countries(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for code in self.contact.participants.iter().filter_map(|a| a.country.as_deref()) {
            if found.iter().all(|f| f != code) {
                found.push(plain(code));
            }
        }
        found
    }

    pub fn outlets(&self) -> Vec<String> {
        let mut found: Vec<String> = self.documents.iter().filter_map(|d| d.source.as_deref()).map(plain).collect();
        found.sort();
        found.dedup();
        found
    }

    pub fn document_ids(&self) -> Vec<String> {
        self.documents.iter().map(|d| plain(&d.id)).collect()
    }

    pub fn urls(&self) -> Vec<String> {
        self.documents.iter().filter_map(|d| web(d)).collect()
    }

    /// Fields on which sources disagree, with the rival values.
    pub fn disputes(&self) -> Vec<String> {
        let each = self.contact.disputes.iter().map(|dispute| {
            let values: Vec<String> = dispute.values.iter().map(|v| phrase::value(&v.value)).collect();
            format!("{}: {}", dispute.field.as_str(), values.join(" or "))
        });
        each.collect()
    }

    /// `call between Donald Trump and Vladimir Putin`.
    pub fn headline(&self) -> String {
        let names = self.names();
        let kind = self.contact.kind.as_str();
        match &names[..] {
            [] => kind.to_owned(),
            [one] => format!("{kind} with {one}"),
            [most @ .., last] => format!("{kind} between {} and {last}", most.join(", ")),
        }
    }

    /// The last verdict of a person.
    pub fn verdict(&self) -> Option<&'static str> {
        self.contact.judgements.iter().rev().find_map(|j| match j.verdict {
            Verdict::Confirmed => Some("confirmed"),
            Verdict::Unsure => Some("unsure"),
            _ => None,
        })
    }

    /// What formats without such fields cannot carry: how exactly the date is known, rival values, sources, corrections.
    pub fn note(&self) -> String {
        let contact = self.contact;
        let days = contact.when.interval;
        let mut parts = Vec::new();
        parts.push(match days.as_day() {
            Some(_) => format!("Date: {}.", phrase::date(days)),
            None if days.is_unknown() => "Date: not known.".to_owned(),
            None => format!("Date: {}; no source names the day.", phrase::date(days)),
        });
        parts.push(format!("Status: {}.", contact.status.as_str()));
        for dispute in self.disputes() {
            parts.push(format!("Sources disagree on {dispute}."));
        }
        parts.push(match contact.independent_sources {
            1 => "One independent source.".to_owned(),
            n => format!("{n} independent sources."),
        });
        for judgement in &contact.judgements {
            if let Verdict::Set { field, machine, value } = &judgement.verdict {
                let shown = |v: &Option<readout_types::FieldValue>| {
                    v.as_ref().map_or_else(|| "unknown".to_owned(), phrase::value)
                };
                parts.push(format!(
                    "{} set to {} by {}; the documents give {}.",
                    field.as_str(),
                    shown(value),
                    plain(&judgement.by),
                    shown(machine)
                ));
            }
        }
        if let Some(verdict) = self.verdict() {
            parts.push(format!("Checked by a person: {verdict}."));
        }
        parts.join(" ")
    }

    /// The sources, one line each.
    pub fn sources(&self) -> Vec<String> {
        self.documents.iter().map(|d| source(d)).collect()
    }
}

/// `Harbour Wire, “A ninth call”, 2025-12-28, https://…`.
pub fn source(document: &DocumentEntry) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.push(document.source.as_deref().map_or_else(|| plain(&document.id), plain));
    parts.extend(document.title.as_deref().map(|t| format!("“{}”", plain(t))));
    parts.extend(document.date.chosen.as_ref().map(|c| phrase::date(c.value)));
    parts.extend(web(document));
    parts.join(", ")
}

/// The address of a page, where it is one that a browser opens.
pub fn web(document: &DocumentEntry) -> Option<String> {
    let url = document.url.as_deref()?;
    let safe = (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}')
        });
    safe.then(|| url.to_owned())
}

/// A name of this program's own for something, as an IRI: `urn:readout:contact:2025-12-28-call-…`.
pub(crate) fn urn(kind: &str, name: &str) -> String {
    let mut out = format!("urn:readout:{kind}:");
    for byte in name.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A date of one day, month or year as ISO 8601 has it; `None` for anything else, which most formats cannot say.
pub(crate) fn iso(days: Interval) -> Option<String> {
    let edtf = days.edtf();
    (!days.is_unknown() && !edtf.contains(['/', '.'])).then_some(edtf)
}

/// Whether an actor is a human being.
pub(crate) fn is_person(actor: &Actor) -> bool {
    actor.kind == ActorKind::Person
}
