//! Owns the check against an outside chronology: the State Department's lists of presidents' travels and of foreign
//! leaders' visits, beside the contacts found in official readouts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use readout::{Options, Readout};
use readout_types::{ActorKind, Chronology, Contact, Interval, KindGroup, Status};

/// Codes and names of countries.
const COUNTRIES: &str = include_str!("../../../data/actors/countries.tsv");

/// Compares contacts in official readouts with the State Department's lists of travels and visits.
///
/// An entry of a list agrees with the readouts when they tell of a meeting, visit or talks, held in its days (or a day
/// beside them) between the side that publishes and the country of the entry, or at a place in that country.
#[derive(Args, Debug)]
pub struct Agreement {
    /// Folder with corpus/large and chronology, which are no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    pub shared: PathBuf,
    /// Also the Kremlin's pages, which are many.
    #[arg(long)]
    pub kremlin: bool,
}

/// A trip or visit as a list has it.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    days: Interval,
    /// Code of the country travelled to or from.
    country: String,
}

/// Prints the tables; `false` when the files are not there.
pub fn run(arguments: &Agreement) -> anyhow::Result<bool> {
    let list = |name: &str| arguments.shared.join("chronology").join(name);
    let corpus = |name: &str| arguments.shared.join("corpus/large").join(name);
    let needed = [corpus("wh.jsonl"), list("travels/president-travels"), list("visits")];
    if let Some(absent) = needed.iter().find(|p| !p.exists()) {
        eprintln!("readout-eval: agreement not measured: {} is not there", absent.display());
        return Ok(false);
    }
    let codes = codes();
    let mut travels: Vec<Entry> = Vec::new();
    for file in files(&needed[1])? {
        travels.extend(entries(&fs::read_to_string(&file)?, "trip", "country", &codes));
    }
    let mut visits: Vec<Entry> = Vec::new();
    for file in files(&needed[2])? {
        visits.extend(entries(&fs::read_to_string(&file)?, "visit", "from", &codes));
    }
    println!("| readouts | list | years | entries | told of in readouts | contacts abroad | on a listed trip |");
    println!("|---|---|---|--:|--:|--:|--:|");
    let readout = Readout::new(&Options::default())?;
    let white_house = readout.chronology(&[corpus("wh.jsonl")], &|_| {}).chronology;
    for year in [2021, 2023] {
        row("White House", "president's travels", &white_house, "US", &travels, (year, year), None);
    }
    row("White House", "leaders' visits (they end in 2019)", &white_house, "US", &visits, (2021, 2023), None);
    if arguments.kremlin {
        let kremlin = readout.chronology(&[corpus("kremlin.jsonl")], &|_| {}).chronology;
        row("Kremlin", "US president's travels to Russia", &kremlin, "US", &travels, (2000, 2017), Some("RU"));
        row("Kremlin", "visits of Russian leaders", &kremlin, "US", &visits, (2000, 2017), Some("RU"));
    }
    Ok(true)
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "xml"));
    files.sort();
    Ok(files)
}

/// Country codes by name and alias.
fn codes() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for line in COUNTRIES.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let mut columns = line.split('\t');
        let (Some(code), _, Some(name), aliases) = (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        for known in std::iter::once(name).chain(aliases.unwrap_or("").split(';')).filter(|n| !n.is_empty()) {
            codes.insert(known.to_lowercase(), code.to_owned());
        }
    }
    codes
}

/// The text of the first element of this name in a piece of XML.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let open = xml.find(&format!("<{name}"))?;
    let start = open + xml[open..].find('>')? + 1;
    let end = start + xml[start..].find(&format!("</{name}>"))?;
    Some(xml[start..end].trim())
}

/// The entries of a list whose country is known.
fn entries(xml: &str, item: &str, country: &str, codes: &BTreeMap<String, String>) -> Vec<Entry> {
    let close = format!("</{item}>");
    xml.split(&close)
        .filter_map(|piece| {
            let first: Interval = element(piece, "start-date")?.parse().ok()?;
            let last: Interval = element(piece, "end-date").and_then(|d| d.parse().ok()).unwrap_or(first);
            let name = element(piece, country)?.replace("&amp;", "&").to_lowercase();
            let days = Interval { earliest: first.earliest, latest: last.latest.max(first.latest) };
            Some(Entry { days, country: codes.get(&name)?.clone() })
        })
        .collect()
}

/// Whether it took place, in person, with somebody of `side`, on days known to within a week.
fn counts(contact: &Contact, side: &str) -> bool {
    contact.kind.group() == KindGroup::InPerson
        && matches!(contact.status, Status::Held | Status::Ongoing)
        && contact.when.interval.days().is_some_and(|d| d <= 7)
        && contact.participants.iter().any(|p| p.country.as_deref() == Some(side))
}

/// Whether a contact can be part of an entry: its days, give or take one for clocks, and its country.
fn fits(contact: &Contact, entry: &Entry) -> bool {
    let wider = Interval { earliest: entry.days.shift(-1).earliest, latest: entry.days.shift(1).latest };
    let there = contact.place.as_ref().and_then(|p| p.country.as_deref()) == Some(&entry.country);
    let with = contact.participants.iter().any(|p| p.country.as_deref() == Some(&entry.country));
    contact.when.interval.overlaps(wider) && (there || with)
}

fn row(
    readouts: &str,
    list: &str,
    chronology: &Chronology,
    side: &str,
    all: &[Entry],
    years: (i16, i16),
    only: Option<&str>,
) {
    let within = |days: Interval| days.earliest.is_some_and(|d| (years.0..=years.1).contains(&d.year()));
    let entries: Vec<&Entry> =
        all.iter().filter(|e| within(e.days) && only.is_none_or(|country| e.country == country)).collect();
    let contacts: Vec<&Contact> =
        chronology.contacts.iter().filter(|c| counts(c, side) && within(c.when.interval)).collect();
    let told = entries.iter().filter(|e| contacts.iter().any(|c| fits(c, e))).count();
    // The head of state abroad: a person of the side's, at a place in another country.
    let abroad = |c: &&&Contact| {
        let place = c.place.as_ref().and_then(|p| p.country.as_deref());
        let president = c.participants.iter().any(|p| {
            p.kind == ActorKind::Person && p.country.as_deref() == Some(side) && p.role.as_deref() == Some("President")
        });
        president && place.is_some_and(|p| only.map_or(p != side, |country| p == country))
    };
    let away: Vec<&&Contact> = contacts.iter().filter(abroad).collect();
    let listed = away.iter().filter(|c| entries.iter().any(|e| fits(c, e))).count();
    let span = if years.0 == years.1 { years.0.to_string() } else { format!("{}–{}", years.0, years.1) };
    println!("| {readouts} | {list} | {span} | {} | {told} | {} | {listed} |", entries.len(), away.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "<trips><trip><start-date>2021-06-09</start-date><end-date>2021-06-13</end-date>\
        <country id=\"united-kingdom\">United Kingdom</country></trip><trip><start-date>2021-06-16</start-date>\
        <end-date/><country id=\"nowhere\">Nowhere</country></trip></trips>";

    #[test]
    fn entries_of_known_countries_are_read() {
        let read = entries(LIST, "trip", "country", &codes());
        let days = "2021-06-09/2021-06-13".parse().unwrap_or_default();
        assert_eq!(read, [Entry { days, country: "GB".to_owned() }]);
    }
}
