//! Owns the page of statements: who says, thinks or wants what, document by document, and the same as JSON.

use readout_types::{Chronology, Statement};
use serde::Serialize;

use crate::layout::{Look, Tone, hang, plain};
use crate::show::outlet;
use crate::to_wire;

/// The statements that pass, in the order of the documents and their texts.
fn chosen<'a>(
    chronology: &'a Chronology,
    wanted: &'a dyn Fn(&Statement) -> bool,
) -> impl Iterator<Item = &'a (usize, Statement, Option<String>)> {
    chronology.statements.iter().filter(|(_, statement, _)| wanted(statement))
}

/// The statements that pass, as text: for each document its name, then who, by which word, what, and of which contact.
pub fn quotes(chronology: &Chronology, wanted: &dyn Fn(&Statement) -> bool, look: &Look) -> String {
    let mut out = String::new();
    let mut line = |label: &str, text: &str, tone: Tone| {
        for line in hang(label, text, look.width) {
            let indent = line.len() - line.trim_start().len();
            out.push_str(&format!("{:indent$}{}\n", "", look.paint(tone, line.trim_start())));
        }
    };
    let (mut count, mut last) = (0, None);
    for (document, statement, contact) in chosen(chronology, wanted) {
        if last != Some(*document) {
            if last.is_some() {
                line("", "", Tone::Plain);
            }
            line("", &outlet(chronology, *document), Tone::Heading);
            last = Some(*document);
        }
        count += 1;
        line("  ", &head(statement), Tone::Plain);
        let words: Vec<String> =
            std::iter::once(&statement.source).chain(&statement.more).map(|s| plain(&s.text)).collect();
        let words = words.join(" … ");
        let marked = if statement.direct { format!("“{words}”") } else { words };
        line("    ", &marked, Tone::Evidence);
        if let Some(id) = contact {
            let row = chronology.contacts.iter().position(|c| c.id == *id).map(|at| format!("#{} ", at + 1));
            line("    ", &format!("on {}{id}", row.unwrap_or_default()), Tone::Dim);
        }
    }
    if count > 0 {
        line("", "", Tone::Plain);
    }
    line("", &format!("{count} statement{}", if count == 1 { "" } else { "s" }), Tone::Dim);
    out
}

/// Speaker, cue and what else is known of a statement, in one line.
fn head(statement: &Statement) -> String {
    let speaker = statement.speaker.as_ref().map(|a| plain(&a.name));
    let words = statement.speaker_source.as_ref().map(|s| plain(&s.text));
    let mut out = match (speaker, words) {
        (Some(name), Some(words)) if !words.contains(&name) && words.split(' ').count() < 6 => {
            format!("{name} ({words})")
        }
        (Some(name), _) => name,
        (None, Some(words)) => words,
        (None, None) => "not said by whom".to_owned(),
    };
    if !statement.cue.is_empty() {
        out.push_str(&format!(" · {}", plain(&statement.cue)));
    }
    let mut notes: Vec<String> = Vec::new();
    notes.extend(statement.channel.as_ref().map(|c| format!("channel: {}", plain(c))));
    notes.extend(statement.hedge.as_ref().map(|h| format!("left open: {}", plain(h))));
    notes.extend(statement.stance.map(|s| s.as_str().to_owned()));
    if !notes.is_empty() {
        out.push_str(&format!(" [{}]", notes.join("; ")));
    }
    out
}

/// The statements that pass, as a JSON array in the shape of `statements` of the chronology's JSON.
pub fn quotes_json(chronology: &Chronology, wanted: &dyn Fn(&Statement) -> bool) -> String {
    let offsets = to_wire::Offsets::new(&chronology.documents);
    let all: Vec<_> = chosen(chronology, wanted)
        .map(|(document, statement, about)| to_wire::statement(*document, statement, about.as_deref(), &offsets))
        .collect();
    let mut out = Vec::new();
    let style = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, style);
    // Strings, numbers and lists: nothing that could not be written.
    if all.serialize(&mut serializer).is_err() {
        return "[]\n".to_owned();
    }
    out.push(b'\n');
    String::from_utf8_lossy(&out).into_owned()
}
