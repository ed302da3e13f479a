//! Owns the comparison with peers' own gold: the consult sentences of PLOVER and the CAMEO 04x events of PETRARCH-2, found or
//! not, with the right parties and without a held contact where the sentence refuses, cancels or only plans one.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use readout::{Options, Readout};
use readout_types::{Contact, Status};
use serde::Deserialize;

/// Runs the program on the sentences of two event coders' gold and says which of their contacts it finds.
#[derive(Args, Debug)]
pub struct Events {
    /// Folder with events/, which is no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    pub shared: PathBuf,
    /// List every sentence with what was found in it.
    #[arg(long)]
    pub list: bool,
}

/// A sentence with the pairs of countries that the gold has for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The gold's id.
    pub id: String,
    /// Day of the report, as written in the gold.
    pub day: String,
    /// The sentence.
    pub text: String,
    /// Source and target of each event, as three-letter codes.
    pub pairs: Vec<(String, String)>,
}

/// Event names of PLOVER after which a contact has not taken place, or not yet.
const NOT_HELD: [&str; 3] = ["REJECT", "REQUEST", "AGREE"];

/// Runs the comparison and prints one line for each gold.
///
/// # Errors
/// Names the file that is missing or cannot be read.
pub fn run(arguments: &Events) -> anyhow::Result<()> {
    let folder = arguments.shared.join("events");
    let plover = std::fs::read_to_string(folder.join("PLOVER_GSR_CAMEO.txt"))
        .with_context(|| folder.join("PLOVER_GSR_CAMEO.txt").display().to_string())?;
    let petrarch = std::fs::read_to_string(folder.join("PETR2_GSR_validation.xml"))
        .with_context(|| folder.join("PETR2_GSR_validation.xml").display().to_string())?;
    let readout = Readout::new(&Options::default())?;
    let consult = plover_cases(&plover, |event| event == "CONSULT")?;
    let Compared { found, right, lines } = compare(&readout, &consult)?;
    println!("PLOVER consult: {found} of {} sentences found, {right} with both sides", consult.len());
    print_lines(arguments.list, &lines);
    let cameo = petrarch_cases(&petrarch);
    let lines = compare(&readout, &cameo)?.lines;
    let events: usize = cameo.iter().map(|c| c.pairs.len()).sum();
    let matched: usize = lines.iter().map(|l| l.1).sum();
    println!("PETRARCH-2, CAMEO 04x: {matched} of {events} events found with both sides, in {} sentences", cameo.len());
    print_lines(arguments.list, &lines);
    let others = plover_cases(&plover, |event| NOT_HELD.contains(&event))?;
    let mut wrong = Vec::new();
    for case in &others {
        let held = contacts(&readout, case)?.iter().any(|c| c.status == Status::Held);
        if held {
            wrong.push(format!("{}: {}", case.id, case.text));
        }
    }
    println!("PLOVER {}: {} of {} sentences with a held contact", NOT_HELD.join(", "), wrong.len(), others.len());
    if arguments.list {
        wrong.iter().for_each(|line| println!("  {line}"));
    }
    Ok(())
}

fn print_lines(list: bool, lines: &[(String, usize)]) {
    if list {
        lines.iter().for_each(|(line, _)| println!("  {line}"));
    }
}

/// What was found in a list of sentences.
#[derive(Default)]
struct Compared {
    /// Sentences with a contact at all.
    found: usize,
    /// Sentences with both sides of some event.
    right: usize,
    /// A line for each sentence, with the number of its events that were matched.
    lines: Vec<(String, usize)>,
}

fn compare(readout: &Readout, cases: &[Case]) -> anyhow::Result<Compared> {
    let mut out = Compared::default();
    for case in cases {
        let contacts = contacts(readout, case)?;
        let matched = case.pairs.iter().filter(|pair| contacts.iter().any(|c| has_both(c, pair))).count();
        out.found += usize::from(!contacts.is_empty());
        out.right += usize::from(matched > 0);
        let mut line = format!("{} {matched}/{} {}", case.id, case.pairs.len(), case.text);
        for contact in &contacts {
            let names: Vec<&str> = contact.participants.iter().map(|p| p.name.as_str()).collect();
            let _ = write!(line, "\n      {} {}: {}", contact.kind.as_str(), contact.status.as_str(), names.join(", "));
        }
        out.lines.push((line, matched));
    }
    Ok(out)
}

/// The contacts of one sentence, read as a document of its own.
fn contacts(readout: &Readout, case: &Case) -> anyhow::Result<Vec<Contact>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("sentence.jsonl");
    let record = serde_json::json!({"id": case.id, "published": case.day, "text": case.text});
    std::fs::write(&path, format!("{record}\n"))?;
    Ok(readout.chronology(&[path], &|_| {}).chronology.contacts)
}

/// Whether both countries of an event take part. Codes of three letters as in CAMEO; the actor part after them is left out.
fn has_both(contact: &Contact, (source, target): &(String, String)) -> bool {
    // Peers code a meeting abroad as an event with the country where it takes place, too.
    let place = contact.place.as_ref().and_then(|p| p.country.as_deref());
    let countries: BTreeSet<&str> = contact
        .participants
        .iter()
        .filter_map(|p| p.country.as_deref())
        .chain(place)
        .filter_map(three_letters)
        .collect();
    let unplaced = contact.participants.iter().any(|p| p.country.is_none());
    let there = |code: &str| countries.contains(code);
    match (there(source), there(target)) {
        (true, true) => source != target,
        (true, false) | (false, true) => unplaced,
        _ => false,
    }
}

/// CAMEO's three letters for the two of ISO 3166, for the countries of the two golds.
fn three_letters(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 30] = [
        ("US", "USA"),
        ("RU", "RUS"),
        ("CN", "CHN"),
        ("MA", "MAR"),
        ("TW", "TWN"),
        ("IQ", "IRQ"),
        ("JO", "JOR"),
        ("JP", "JAP"),
        ("FR", "FRA"),
        ("ZA", "ZAF"),
        ("SY", "SYR"),
        ("PS", "PSE"),
        ("QA", "QAT"),
        ("AE", "ARE"),
        ("SA", "SAU"),
        ("IL", "ISR"),
        ("LB", "LBN"),
        ("RO", "ROU"),
        ("MM", "MMR"),
        ("CH", "CHE"),
        ("IR", "IRN"),
        ("GE", "GEO"),
        ("ARABLEAGUE", "IGO"),
        ("GB", "GBR"),
        ("DE", "DEU"),
        ("TR", "TUR"),
        ("EG", "EGY"),
        ("IN", "IND"),
        ("PK", "PAK"),
        ("UA", "UKR"),
    ];
    CODES.iter().find(|(two, _)| *two == code).map(|(_, three)| *three)
}

#[derive(Deserialize)]
struct PloverEvent {
    id: String,
    event: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    source: serde_json::Value,
    #[serde(default)]
    target: serde_json::Value,
}

/// The sentences of PLOVER's gold whose event passes, with their pairs: source and target, or two sources.
fn plover_cases(text: &str, wanted: impl Fn(&str) -> bool) -> anyhow::Result<Vec<Case>> {
    let events: Vec<PloverEvent> = serde_json::from_str(text).context("PLOVER_GSR_CAMEO.txt")?;
    let codes = |value: &serde_json::Value| -> Vec<String> {
        let actors = value.as_array().into_iter().flatten();
        actors.filter_map(|a| a.get("code")?.as_str()).map(|c| c.chars().take(3).collect()).collect()
    };
    Ok(events
        .into_iter()
        .filter(|e| wanted(&e.event) && !e.text.is_empty())
        .map(|e| {
            let (sources, targets) = (codes(&e.source), codes(&e.target));
            let all: Vec<String> = sources.iter().chain(&targets).cloned().collect();
            let pairs = match (&sources[..], &targets[..]) {
                ([first, rest @ ..], []) => rest.iter().map(|r| (first.clone(), r.clone())).collect(),
                _ => sources.iter().flat_map(|s| targets.iter().map(move |t| (s.clone(), t.clone()))).collect(),
            };
            let pairs = if all.len() == 3 && !targets.is_empty() {
                // A mediator counts with each side it mediates between, and these with each other.
                let mut pairs: Vec<(String, String)> = pairs;
                pairs.push((all[1].clone(), all[2].clone()));
                pairs
            } else {
                pairs
            };
            Case { id: e.id, day: e.date, text: e.text, pairs }
        })
        .collect())
}

/// The sentences of PETRARCH-2's gold that have events of CAMEO 04x, with their pairs.
fn petrarch_cases(xml: &str) -> Vec<Case> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
        Some(tag[from..].split('"').next().unwrap_or("").to_owned())
    };
    let mut cases = Vec::new();
    for part in xml.split("<Sentence ").skip(1) {
        let Some((head, rest)) = part.split_once('>') else { continue };
        let body = rest.split("</Sentence>").next().unwrap_or("");
        let pairs: Vec<(String, String)> = body
            .split("<EventCoding ")
            .skip(1)
            .filter_map(|tag| {
                let tag = tag.split('>').next()?;
                attribute(tag, "eventcode").filter(|c| c.starts_with("04"))?;
                let country = |name| attribute(tag, name).map(|c| c.chars().take(3).collect::<String>());
                Some((country("sourcecode")?, country("targetcode")?))
            })
            .collect();
        if pairs.is_empty() {
            continue;
        }
        let text = body.split("<Text>").nth(1).and_then(|t| t.split("</Text>").next()).unwrap_or("");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = attribute(head, "date").unwrap_or_default();
        // Some have two digits for the year.
        let day = if day.len() == 6 { format!("20{day}") } else { day };
        let day = match (day.get(..4), day.get(4..6), day.get(6..8)) {
            (Some(y), Some(m), Some(d)) => format!("{y}-{m}-{d}"),
            _ => String::new(),
        };
        cases.push(Case { id: attribute(head, "id").unwrap_or_default(), day, text, pairs });
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plover_pairs() -> anyhow::Result<()> {
        let text = r#"[
          {"id": "a", "event": "CONSULT", "date": "2001-02-03", "text": "A met B.",
           "source": [{"code": "FRA"}], "target": [{"code": "DEUGOV"}]},
          {"id": "b", "event": "CONSULT", "text": "A and B met.", "source": [{"code": "FRA"}, {"code": "DEU"}], "target": null},
          {"id": "c", "event": "FIGHT", "text": "No."}
        ]"#;
        let cases = plover_cases(text, |e| e == "CONSULT")?;
        let pair = ("FRA".to_owned(), "DEU".to_owned());
        assert_eq!(cases.len(), 2);
        assert!(cases.iter().all(|c| c.pairs == [pair.clone()]), "{cases:?}");
        Ok(())
    }

    #[test]
    fn petrarch_pairs() {
        let xml = r#"<Sentence date="121108" id="S_1" source="X"><Text>A met
            B.</Text><EventCoding eventcode="040" sourcecode="FRAGOV" targetcode="DEU" /><EventCoding
            eventcode="190" sourcecode="FRA" targetcode="DEU" /></Sentence>"#;
        let cases = petrarch_cases(xml);
        assert_eq!(cases.len(), 1);
        assert_eq!((cases[0].day.as_str(), cases[0].text.as_str()), ("2012-11-08", "A met B."));
        assert_eq!(cases[0].pairs, [("FRA".to_owned(), "DEU".to_owned())]);
    }
}
