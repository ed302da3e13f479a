//! Owns `readout watch`: rounds over feeds and folders, and word of every contact that is new or has changed.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use readout::{Extracted, Options, Readout, Remember};
use readout_export::View;
use readout_types::{Chronology, Contact, Diagnostic, Field, Level};
use serde_json::{Value, json};

use crate::arguments::{Common, Watch, WatchFormat};
use crate::messages;
use crate::output::Output;
use crate::source;

/// How long a webhook may take.
const WEBHOOK: Duration = Duration::from_secs(30);

/// What a contact is known by from round to round: the places of the words that report it. Ids and dates may change when
/// a new document says more.
type Mark = (String, u32, String);

/// Watches until interrupted, or for one round. Whether anything was read in the last one.
pub fn watch(arguments: &Watch, common: &Common) -> Result<bool, String> {
    let remember = common.input.resume.clone().map_or(Remember::ForThisProgram, Remember::In);
    let stop = |(_, why): (u8, String)| why;
    let corrections = source::corrections(common).map_err(stop)?;
    let options = Options {
        threads: common.threads,
        read: common.input.options(),
        remember,
        actors: source::own_actors(common).map_err(stop)?,
        corrections: corrections.clone(),
        rules: source::own_rules(common).map_err(stop)?,
        domestic: common.domestic,
        tier: source::tier(common, &arguments.paths),
        ..Options::default()
    };
    let readout = Readout::new(&options).map_err(|e| e.to_string())?;
    let mut all = Extracted { tier: Some(readout.tier()), ..readout.remembered() };
    let chronology = |all: &Extracted| readout::corrected_chronology_of(all.clone(), &corrections).0.chronology;
    let mut known = marks(&chronology(&all));
    let mut said: HashSet<Diagnostic> = HashSet::new();
    let mut undelivered: Vec<String> = Vec::new();
    loop {
        let begun = Instant::now();
        let mut round = Extracted::default();
        readout.extract(&arguments.paths, &mut round, &|_| {});
        let read = !round.extractions.is_empty();
        let new_words: Vec<Diagnostic> =
            round.diagnostics.iter().filter(|d| said.insert((*d).clone())).cloned().collect();
        messages::diagnostics(&new_words, &[], common.quiet);
        merge(&mut all, round);
        let chronology = chronology(&all);
        let events = events(&chronology, &known);
        known = marks(&chronology);
        for event in &events {
            tell(event, &chronology, arguments)?;
        }
        undelivered.extend(events.iter().map(|event| event.json(&chronology).to_string()));
        undelivered.retain(|event| !deliver(event, arguments));
        if arguments.once {
            return Ok(read);
        }
        thread::sleep(arguments.interval.saturating_sub(begun.elapsed()));
    }
}

/// Takes over what was read: a document that was there before is replaced, and one that is gone stays known.
fn merge(all: &mut Extracted, round: Extracted) {
    let mut places: HashMap<String, usize> =
        all.extractions.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect();
    for (extraction, original) in round.extractions.into_iter().zip(round.originals) {
        match places.get(&extraction.id) {
            Some(place) => {
                all.extractions[*place] = extraction;
                all.originals[*place] = original;
            }
            None => {
                places.insert(extraction.id.clone(), all.extractions.len());
                all.extractions.push(extraction);
                all.originals.push(original);
            }
        }
    }
}

/// A contact that is new, or what is different about one.
struct Event {
    /// Index of the contact.
    contact: usize,
    /// Field, value before, value now; empty for a new contact.
    changes: Vec<(&'static str, String, String)>,
}

impl Event {
    fn json(&self, chronology: &Chronology) -> Value {
        let mut bytes = Vec::new();
        let view = View { chronology, contacts: vec![self.contact], gaps: Vec::new(), part: None };
        let whole: Value = match readout_export::json(&view, &mut bytes) {
            Ok(()) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => Value::Null,
        };
        let changes: Vec<Value> =
            self.changes.iter().map(|(field, from, to)| json!({"field": field, "from": from, "to": to})).collect();
        let event = if self.changes.is_empty() { "new" } else { "changed" };
        json!({"event": event, "changes": changes, "contact": whole["contacts"][0]})
    }
}

/// What is new or different since the last round.
fn events(chronology: &Chronology, known: &HashMap<Mark, Vec<(&'static str, String)>>) -> Vec<Event> {
    let mut found = Vec::new();
    for (contact, now) in chronology.contacts.iter().enumerate() {
        let before = marks_of(chronology, now).into_iter().find_map(|mark| known.get(&mark));
        let Some(before) = before else {
            found.push(Event { contact, changes: Vec::new() });
            continue;
        };
        let changes: Vec<_> = before
            .iter()
            .zip(values(now))
            .filter(|((_, old), (_, new))| old != new)
            .map(|((field, old), (_, new))| (*field, old.clone(), new))
            .collect();
        if !changes.is_empty() {
            found.push(Event { contact, changes });
        }
    }
    found
}

fn marks(chronology: &Chronology) -> HashMap<Mark, Vec<(&'static str, String)>> {
    let of = |contact: &Contact| {
        let values = values(contact);
        marks_of(chronology, contact).into_iter().map(move |mark| (mark, values.clone()))
    };
    chronology.contacts.iter().flat_map(of).collect()
}

fn marks_of(chronology: &Chronology, contact: &Contact) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (document, report) in &contact.reports {
        let Some(entry) = chronology.documents.get(*document) else { continue };
        for evidence in report.evidence.iter().filter(|e| e.field == Field::Kind) {
            let source = &evidence.source;
            marks.push((entry.id.clone(), source.original.span.start, source.text.to_string()));
        }
    }
    marks
}

/// The values of a contact that are worth word of when they change.
fn values(contact: &Contact) -> Vec<(&'static str, String)> {
    let names = contact.participants.iter().map(|p| p.name.to_string()).collect::<Vec<_>>().join(", ");
    let duration = contact.duration.map(|d| format!("{d:?}")).unwrap_or_default();
    vec![
        ("kind", contact.kind.as_str().to_owned()),
        ("status", contact.status.as_str().to_owned()),
        ("participants", names),
        ("when", contact.when.interval.to_string()),
        ("place", contact.place.as_ref().map(|p| p.name.to_string()).unwrap_or_default()),
        ("duration", duration),
        ("sources", contact.independent_sources.to_string()),
    ]
}

/// Prints an event.
fn tell(event: &Event, chronology: &Chronology, arguments: &Watch) -> Result<(), String> {
    let contact = &chronology.contacts[event.contact];
    let line = match arguments.format {
        WatchFormat::Json => event.json(chronology).to_string(),
        WatchFormat::Text => {
            let of = |name| values(contact).into_iter().find(|(n, _)| *n == name).map(|(_, v)| v).unwrap_or_default();
            let word = if event.changes.is_empty() { "NEW    " } else { "CHANGED" };
            let mut line = format!("{word} {} {} {}: {}", of("when"), of("status"), of("kind"), of("participants"));
            for (field, from, to) in &event.changes {
                line.push_str(&format!("; {field} {} → {}", shown(from), shown(to)));
            }
            let documents: Vec<&str> = contact
                .reports
                .iter()
                .filter_map(|(d, _)| chronology.documents.get(*d))
                .map(|d| d.path.as_str())
                .collect();
            readout_export::plain(&format!("{line} [{}] {}", contact.id, documents.join(", ")))
        }
    };
    Output::Stdout.write(|out| writeln!(out, "{line}"))
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "unknown" } else { value }
}

/// Gives an event to the command and the webhook. Whether both took it; one that did not is asked again next round.
fn deliver(event: &str, arguments: &Watch) -> bool {
    let mut taken = true;
    if let Some(command) = &arguments.command
        && let Err(why) = run(command, event)
    {
        report(&format!("the command did not take a contact: {why}"));
        taken = false;
    }
    if let Some(address) = &arguments.webhook
        && let Err(why) = readout::post(address, event, WEBHOOK)
    {
        report(&format!("{address} did not take a contact: {why}"));
        taken = false;
    }
    taken
}

fn report(message: &str) {
    let diagnostic = Diagnostic { document: String::new(), level: Level::Warning, message: message.to_owned() };
    messages::diagnostics(&[diagnostic], &[], false);
}

/// Runs a command of the user's in his shell, the event on its standard input.
fn run(command: &str, event: &str) -> Result<(), String> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut child =
        Command::new(shell).args([flag, command]).stdin(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    if let Some(mut input) = child.stdin.take() {
        // A command that does not read what it is given has taken it all the same.
        let _ = writeln!(input, "{event}");
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}
