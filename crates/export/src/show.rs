//! Owns the page of one contact: every field with the words it rests on, rival values side by side with who says so.

use readout_types::{
    Attribution, Chronology, Contact, DocumentEntry, Evidence, Field, Original, Report, TextPart, Verdict,
};

use crate::layout::{Look, Tone, hang, plain, wrap};
use crate::phrase;

/// Bytes of text shown before and after a piece of evidence, to the nearest word.
const AROUND: usize = 70;
/// Pieces of evidence shown for one field of one document.
const MOST_PIECES: usize = 3;

const FIELDS: [Field; 12] = [
    Field::Kind,
    Field::Status,
    Field::Participants,
    Field::When,
    Field::Place,
    Field::Initiator,
    Field::Duration,
    Field::Medium,
    Field::Topics,
    Field::Outcomes,
    Field::Counts,
    Field::SaidBy,
];

/// The page of the contact at an index; empty when there is none.
pub fn show(chronology: &Chronology, contact: usize, look: &Look) -> String {
    let Some(found) = chronology.contacts.get(contact) else { return String::new() };
    let mut page = Page { look, out: String::new() };
    page.heading(contact + 1, found);
    for field in FIELDS {
        page.field(chronology, found, field);
    }
    page.official(chronology, found);
    page.decisions(found);
    page.sources(chronology, found);
    page.out
}

pub(crate) struct Page<'a> {
    pub look: &'a Look,
    pub out: String,
}

impl Page<'_> {
    pub(crate) fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A text under a label, wrapped; both in their tones.
    pub(crate) fn item(&mut self, label: &str, text: &str, tone: Tone) {
        for line in hang(label, text, self.look.width) {
            let painted = self.look.paint(tone, line.trim_start());
            let indent = line.len() - line.trim_start().len();
            self.line(&format!("{:indent$}{painted}", ""));
        }
    }

    pub(crate) fn heading(&mut self, number: usize, contact: &Contact) {
        let status = match contact.status {
            readout_types::Status::Held => "",
            other => other.as_str(),
        };
        let when = phrase::date(contact.when.interval);
        let title = [contact.kind.as_str(), status, "·", &when, "·", &phrase::people(&contact.participants, 5)];
        let title = title.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
        for line in wrap(&format!("#{number}  {title}"), self.look.width) {
            let line = self.look.paint(Tone::Heading, &line);
            self.line(&line);
        }
        let sources = phrase::number(contact.independent_sources as usize, "independent source");
        let documents = phrase::number(contact.reports.len(), "document");
        for line in wrap(&format!("id {}, {documents}, {sources}", plain(&contact.id)), self.look.width) {
            let line = self.look.paint(Tone::Dim, &line);
            self.line(&line);
        }
    }

    fn field(&mut self, chronology: &Chronology, contact: &Contact, field: Field) {
        let value = value(contact, field);
        let evidence: Vec<(usize, &Evidence)> = contact
            .reports
            .iter()
            .flat_map(|(d, r)| r.evidence.iter().filter(|e| e.field == field).map(|e| (*d, e)))
            .collect();
        let dispute = contact.disputes.iter().find(|d| d.field == field);
        let Some(value) = value.or_else(|| dispute.map(|_| "disputed".to_owned())) else { return };
        self.line("");
        let name = self.look.paint(Tone::Heading, label(field));
        let support = phrase::agreement(contact, field).map_or(String::new(), |a| format!("  [{a}]"));
        let indent = 14usize;
        let lines = wrap(&format!("{value}{support}"), self.look.width.saturating_sub(indent));
        for (i, line) in lines.iter().enumerate() {
            let tone = if dispute.is_some() { Tone::Disputed } else { Tone::Plain };
            let painted = self.look.paint(tone, line);
            if i == 0 {
                let gap = indent.saturating_sub(label(field).len());
                self.line(&format!("{name}{:gap$}{painted}", ""));
            } else {
                self.line(&format!("{:indent$}{painted}", ""));
            }
        }
        if let Some(dispute) = dispute {
            for rival in &dispute.values {
                let documents: Vec<String> = rival.documents.iter().map(|&d| outlet(chronology, d)).collect();
                let mut text = format!("{} – {}", phrase::value(&rival.value), documents.join(", "));
                if let Some(side) = &rival.side {
                    text.push_str(&format!("; the version of {}", plain(side)));
                }
                if !rival.said_by.is_empty() {
                    let said: Vec<String> = rival.said_by.iter().map(|a| plain(&a.name)).collect();
                    text.push_str(&format!("; according to {}", said.join(", ")));
                }
                self.item("  ≠ ", &text, Tone::Disputed);
            }
        }
        let mut shown: Vec<(usize, usize)> = Vec::new();
        for (document, piece) in evidence {
            let count = match shown.iter_mut().find(|(d, _)| *d == document) {
                Some((_, count)) => count,
                None => {
                    shown.push((document, 0));
                    let Some((_, count)) = shown.last_mut() else { continue };
                    count
                }
            };
            *count += 1;
            if *count > MOST_PIECES {
                continue;
            }
            if let Some(entry) = chronology.documents.get(document) {
                self.quote(entry, document, piece, chronology);
            }
        }
        for (document, count) in shown.into_iter().filter(|(_, count)| *count > MOST_PIECES) {
            let more = format!("{}: {} more", outlet(chronology, document), count - MOST_PIECES);
            self.item("    … ", &more, Tone::Dim);
        }
    }

    /// A piece of evidence in its context, the words themselves between « and ».
    fn quote(&mut self, entry: &DocumentEntry, document: usize, piece: &Evidence, chronology: &Chronology) {
        let context = Context::of(entry, piece);
        let place = if piece.source.original.part == TextPart::Title { ", title" } else { "" };
        let label = format!("  {}{place}: ", outlet(chronology, document));
        let text = format!("{}«{}»{}", context.before, context.words, context.after);
        let (mut inside, look) = (false, self.look);
        for line in hang("    ", &format!("{}{text}", label.trim_start()), look.width) {
            // The words may run over several lines.
            let mut painted = String::new();
            for part in line.split_inclusive(['«', '»']) {
                let (body, mark) = match part.char_indices().last() {
                    Some((at, c @ ('«' | '»'))) => (&part[..at], Some(c)),
                    _ => (part, None),
                };
                painted.push_str(&look.paint(if inside { Tone::Evidence } else { Tone::Plain }, body));
                if let Some(mark) = mark {
                    inside = mark == '«';
                    painted.push(mark);
                }
            }
            self.line(&painted);
        }
    }

    /// What people decided, with the documents' value beside the person's.
    fn decisions(&mut self, contact: &Contact) {
        if contact.judgements.is_empty() {
            return;
        }
        self.line("");
        let heading = self.look.paint(Tone::Heading, "corrections");
        self.line(&heading);
        for judgement in &contact.judgements {
            let shown = |value: &Option<readout_types::FieldValue>| {
                value.as_ref().map_or_else(|| "unknown".to_owned(), phrase::value)
            };
            let what = match &judgement.verdict {
                Verdict::Confirmed => "right as it stands".to_owned(),
                Verdict::Unsure => "may be wrong".to_owned(),
                Verdict::Merged => "its reports are of one contact".to_owned(),
                Verdict::Split => "its reports are of a contact of their own".to_owned(),
                Verdict::Set { field, machine, value } => {
                    format!("{} is {}; the documents give {}", label(*field), shown(value), shown(machine))
                }
            };
            let day = judgement.at.split('T').next().unwrap_or("");
            let mut text = format!("{}, {}: {what}", plain(&judgement.by), plain(day));
            if let Some(why) = &judgement.why {
                text.push_str(&format!(" ({})", plain(why)));
            }
            self.item("  ", &format!("{text} [{}]", plain(&judgement.correction)), Tone::Plain);
        }
    }

    /// What the officials of each side say, side by side.
    fn official(&mut self, chronology: &Chronology, contact: &Contact) {
        if contact.official.is_empty() {
            return;
        }
        self.line("");
        let heading = self.look.paint(Tone::Heading, "official accounts");
        self.line(&heading);
        for account in &contact.official {
            let speakers: Vec<String> = account.speakers.iter().map(|a| plain(&a.name)).collect();
            let values: Vec<String> =
                account.values.iter().map(|(f, v)| format!("{} {}", label(*f), phrase::value(v))).collect();
            let documents: Vec<String> = account.documents.iter().map(|&d| outlet(chronology, d)).collect();
            let text = format!("{} – {}; {}", speakers.join(", "), values.join(", "), documents.join(", "));
            self.item(&format!("  {} says: ", plain(&account.side)), &text, Tone::Plain);
        }
    }

    fn sources(&mut self, chronology: &Chronology, contact: &Contact) {
        self.line("");
        let heading = self.look.paint(Tone::Heading, "documents");
        self.line(&heading);
        for (document, report) in &contact.reports {
            let Some(entry) = chronology.documents.get(*document) else { continue };
            let mut text = format!("[{}] {}", plain(&entry.id), says(entry, report));
            if let Some(of) = &entry.duplicate_of {
                text.push_str(&format!("; copy of {}", plain(of)));
            }
            self.item("  ", &text, Tone::Plain);
            let address = entry.url.as_deref().unwrap_or(&entry.path);
            let line = self.look.paint(Tone::Dim, &format!("    {}", plain(address)));
            self.line(&line);
        }
    }
}

/// What a document is, and what it has in a few words: `Meridian Post, 2025-12-28: call held, 2025-12-28`.
pub(crate) fn says(entry: &DocumentEntry, report: &Report) -> String {
    let mut head = plain(entry.source.as_deref().unwrap_or("unknown outlet"));
    if let Some(title) = &entry.title {
        head.push_str(&format!(", “{}”", plain(title)));
    }
    match &entry.date.chosen {
        Some(date) => head.push_str(&format!(", {}", phrase::date(date.value))),
        None => head.push_str(", undated"),
    }
    format!("{head}: {} {}, {}", report.kind.as_str(), report.status.as_str(), phrase::date(report.when.interval))
}

/// A document as its outlet, or its id where no outlet is known; with the id where the outlet has several.
pub(crate) fn outlet(chronology: &Chronology, document: usize) -> String {
    let Some(entry) = chronology.documents.get(document) else { return String::new() };
    match &entry.source {
        Some(source) => format!("{} [{}]", plain(source), plain(&entry.id)),
        None => plain(&entry.id),
    }
}

pub(crate) fn label(field: Field) -> &'static str {
    match field {
        Field::Kind => "kind",
        Field::Status => "status",
        Field::Participants => "participants",
        Field::When => "when",
        Field::Place => "place",
        Field::Initiator => "initiator",
        Field::Duration => "duration",
        Field::Medium => "medium",
        Field::Topics => "topics",
        Field::Outcomes => "outcomes",
        Field::Counts => "counts",
        Field::SaidBy => "said by",
    }
}

fn value(contact: &Contact, field: Field) -> Option<String> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    match field {
        Field::Kind => some(contact.kind.as_str().to_owned()),
        Field::Status => some(contact.status.as_str().to_owned()),
        Field::Participants => some(contact.participants.iter().map(phrase::actor).collect::<Vec<_>>().join("; ")),
        Field::When => {
            let mut text = phrase::date(contact.when.interval);
            if let Some(time) = &contact.when.time {
                text.push_str(&format!(", {}", plain(time)));
            }
            if !contact.when.basis.is_empty() {
                text.push_str(&format!(" ({})", plain(&contact.when.basis)));
            }
            some(text)
        }
        Field::Place => contact.place.as_ref().map(phrase::place),
        Field::Initiator => contact.initiator.as_ref().map(phrase::actor),
        Field::Duration => contact.duration.map(phrase::duration),
        Field::Medium => contact.medium.as_ref().map(|m| plain(m)),
        Field::Topics => some(contact.topics.iter().map(|t| plain(t)).collect::<Vec<_>>().join("; ")),
        Field::Outcomes => some(contact.outcomes.iter().map(|t| plain(t)).collect::<Vec<_>>().join("; ")),
        Field::Counts => some(contact.counts.iter().map(phrase::count).collect::<Vec<_>>().join("; ")),
        Field::SaidBy => {
            let mut names: Vec<String> =
                contact.reports.iter().flat_map(|(_, r)| r.said_by.iter().map(attribution)).collect();
            let mut seen = std::collections::HashSet::new();
            names.retain(|n| seen.insert(n.clone()));
            some(names.join("; "))
        }
    }
}

/// `Yuri Ushakov, aide (RU), in a statement`.
pub(crate) fn attribution(said: &Attribution) -> String {
    let mut text = phrase::actor(&said.speaker);
    if let Some(channel) = &said.channel {
        text.push_str(&format!(", via {}", plain(channel)));
    }
    if said.denies {
        text.push_str(" – denies it");
    }
    text
}

/// A piece of evidence and the text around it, each as one plain line.
pub struct Context {
    /// What stands before.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// What stands behind.
    pub after: String,
}

impl Context {
    /// The words of a piece of evidence of a document, in their context.
    pub fn of(entry: &DocumentEntry, piece: &Evidence) -> Context {
        let title;
        let text = match piece.source.original.part {
            TextPart::Text => &entry.original,
            TextPart::Title => {
                title = Original::whole(entry.title.as_deref().unwrap_or("").into());
                &title
            }
        };
        let words = untagged(&piece.source.text);
        let Some((mut before, mut after)) = text.around(piece.source.original.span, AROUND * 4) else {
            return Context { before: String::new(), words, after: String::new() };
        };
        // A window can begin or end inside a tag of a page.
        let html = text.is_markup();
        if html {
            if let Some(end) = before.find('>').filter(|&end| !before[..end].contains('<')) {
                before = &before[end + 1..];
            }
            if let Some(start) = after.rfind('<').filter(|&start| !after[start..].contains('>')) {
                after = &after[..start];
            }
        }
        let shown = |part: &str| if html { untagged(part) } else { plain(part) };
        let (spaced_before, spaced_after) =
            (before.ends_with(char::is_whitespace), after.starts_with(char::is_whitespace));
        let (mut left, mut right) = (tail(&shown(before)), head(&shown(after)));
        if spaced_before && !left.is_empty() {
            left.push(' ');
        }
        if spaced_after && !right.is_empty() {
            right.insert(0, ' ');
        }
        Context { before: left, words, after: right }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The last words, about [`AROUND`] bytes.
fn tail(text: &str) -> String {
    if text.len() <= AROUND {
        return text.to_owned();
    }
    let cut = ceil(text, text.len() - AROUND);
    let cut = text[cut..].find(' ').map_or(cut, |at| cut + at + 1);
    format!("… {}", &text[cut..])
}

/// The first words, about [`AROUND`] bytes.
fn head(text: &str) -> String {
    if text.len() <= AROUND {
        return text.to_owned();
    }
    let cut = floor(text, AROUND);
    let cut = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", &text[..cut])
}

/// One plain line without the tags of a page.
fn untagged(text: &str) -> String {
    if !text.contains('<') {
        return plain(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag.find('>').filter(|_| is_tag) {
            Some(end) => {
                out.push(' ');
                rest = &tag[end + 1..];
            }
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    plain(&out)
}
