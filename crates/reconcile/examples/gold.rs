//! Owns a trial of linking and reconciling on gold reports, as if extraction were perfect.
//!
//! ```text
//! cargo run -p readout-reconcile --example gold -- --gold DIR [--dates FILE] [--actors data/actors] [--clusters] [--gaps]
//! ```
//!
//! `--gold`: a folder of gold JSON files, one per document; `--dates`: JSON or JSONL records with `id` and `published`;
//! `--texts`: a folder of the texts, to find copies; `--actors`: the tables that give persons their countries;
//! `--without ID` leaves out a document, `--without-calls DAY` all reports of calls of that day. Prints B-cubed over the
//! reports whose true date is known; `--clusters` and `--gaps` print the clusters, and the chronology with its gaps.

#[path = "../../extract/src/fingerprint.rs"]
#[allow(dead_code)]
mod fingerprint;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use readout_types::{
    Actor, ActorFacts, ActorKind, Attribution, ContactKind, Count, CountOf, DateBasis, DateCandidate, DocumentDate,
    Duration, Evidence, EvidenceSource, Extraction, Field, Interval, OriginalSpan, Place, Report, Span, Status,
    TextPart, When,
};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Default)]
struct Arguments {
    gold: Vec<PathBuf>,
    dates: Vec<PathBuf>,
    actors: Option<PathBuf>,
    texts: Vec<PathBuf>,
    without: Vec<String>,
    without_calls: Vec<String>,
    clusters: bool,
    gaps: bool,
}

fn main() -> Outcome<()> {
    let arguments = arguments()?;
    let actors = match &arguments.actors {
        Some(folder) => ActorTable::read(folder)?,
        None => ActorTable::default(),
    };
    let mut dates = HashMap::new();
    for file in &arguments.dates {
        read_dates(&fs::read_to_string(file)?, &mut dates)?;
    }
    let (mut extractions, mut truths) = (Vec::new(), Vec::new());
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in &arguments.gold {
        files.extend(fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())));
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    for file in &files {
        let gold: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        let id = text(&gold["doc"]);
        if arguments.without.contains(&id) {
            continue;
        }
        let published = dates.get(&id).map_or("", String::as_str);
        let (extraction, truth) = extraction(&id, published, &gold, &actors, &arguments.without_calls)?;
        let text = arguments.texts.iter().find_map(|t| fs::read_to_string(t.join(format!("{id}.txt"))).ok());
        let fingerprint = text.map_or(Vec::new(), |t| fingerprint::fingerprint(&t));
        extractions.push(Extraction { fingerprint, ..extraction });
        truths.push(truth);
    }
    let linked = readout_link::link(&extractions);
    let cluster_of: HashMap<(usize, usize), usize> = linked
        .clusters
        .iter()
        .enumerate()
        .flat_map(|(c, cluster)| cluster.reports.iter().map(move |r| (*r, c)))
        .collect();
    let mut known: Vec<(usize, &str)> = Vec::new();
    for (d, truth) in truths.iter().enumerate() {
        known.extend(
            truth.iter().enumerate().filter(|(_, t)| !t.is_empty()).map(|(r, t)| (cluster_of[&(d, r)], t.as_str())),
        );
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (cluster, truth) in &known {
        let both = known.iter().filter(|(c, t)| c == cluster && t == truth).count() as f64;
        precision += both / known.iter().filter(|(c, _)| c == cluster).count() as f64;
        recall += both / known.iter().filter(|(_, t)| t == truth).count() as f64;
    }
    let n = known.len().max(1) as f64;
    let (precision, recall) = (precision / n, recall / n);
    println!(
        "documents {}, reports {}, of known date {}, clusters {}: B-cubed precision {precision:.3}, recall {recall:.3}, F1 {:.3}",
        extractions.len(),
        extractions.iter().map(|e| e.reports.len()).sum::<usize>(),
        known.len(),
        linked.clusters.len(),
        2.0 * precision * recall / (precision + recall).max(1e-9),
    );
    for (i, from) in linked.duplicates.iter().enumerate() {
        if let Some(from) = from {
            println!("{} copies {}", extractions[i].id, extractions[*from].id);
        }
    }
    if arguments.clusters {
        print_clusters(&extractions, &truths, &linked);
    }
    if arguments.gaps {
        print_chronology(&readout_reconcile::reconcile(extractions, linked, Vec::new()));
    }
    Ok(())
}

fn print_chronology(chronology: &readout_types::Chronology) {
    for contact in &chronology.contacts {
        let sources = contact.independent_sources;
        println!("{} {} {} ({sources})", contact.id, contact.status.as_str(), contact.when.interval);
        contact.narrowing.iter().for_each(|n| println!("      {n}"));
        for dispute in &contact.disputes {
            println!(
                "      disputed {}: {:?}",
                dispute.field.as_str(),
                dispute.values.iter().map(|r| &r.value).collect::<Vec<_>>()
            );
        }
    }
    for gap in &chronology.gaps {
        let names: Vec<&str> = gap.participants.iter().map(|a| a.name.as_str()).collect();
        let max = gap.max.map_or("or more".to_owned(), |m| format!("to {m}"));
        let because: Vec<&str> = gap.because.iter().map(|b| &*b.1.text).collect();
        println!(
            "GAP {} {}: {} {max} after {:?} before {:?}: {because:?}",
            gap.kind.as_str(),
            names.join(", "),
            gap.min,
            gap.after,
            gap.before
        );
    }
    for diagnostic in &chronology.diagnostics {
        println!("{:?} {}: {}", diagnostic.level, diagnostic.document, diagnostic.message);
    }
}

fn print_clusters(extractions: &[Extraction], truths: &[Vec<String>], linked: &readout_types::Linked) {
    let truth = |r: &(usize, usize)| truths[r.0][r.1].as_str();
    let mut homes: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (c, cluster) in linked.clusters.iter().enumerate() {
        for report in cluster.reports.iter().filter(|r| !truth(r).is_empty()) {
            homes.entry(truth(report)).or_default().insert(c);
        }
    }
    for (c, cluster) in linked.clusters.iter().enumerate() {
        let kinds: BTreeSet<&str> = cluster.reports.iter().map(truth).collect();
        let split = kinds.iter().any(|t| !t.is_empty() && homes[t].len() > 1);
        let mixed = kinds.iter().filter(|t| !t.is_empty()).count() > 1;
        println!("{c}{}{}", if split { " SPLIT" } else { "" }, if mixed { " MIXED" } else { "" });
        for (d, r) in &cluster.reports {
            let (document, report) = (&extractions[*d], &extractions[*d].reports[*r]);
            let names: Vec<&str> = report.participants.iter().map(|a| a.name.as_str()).collect();
            let day = document.date.chosen.as_ref().map_or("..".to_owned(), |d| d.value.edtf());
            println!(
                "    {} ({day}) {} {} {} {} at {:?}{}  [{}]",
                document.id,
                report.kind.as_str(),
                report.status.as_str(),
                names.join(", "),
                report.when.interval,
                report.place.as_ref().map_or("", |p| &p.name),
                if report.main { " MAIN" } else { "" },
                truths[*d][*r],
            );
        }
        for decision in &cluster.decisions {
            println!(
                "      = {:?}+{:?} {:.1}: {}",
                decision.left,
                decision.right,
                decision.score,
                decision.reasons.join("; ")
            );
        }
    }
}

fn arguments() -> Outcome<Arguments> {
    let mut arguments = Arguments::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--gold" => arguments.gold.push(value()?.into()),
            "--dates" => arguments.dates.push(value()?.into()),
            "--actors" => arguments.actors = Some(value()?.into()),
            "--texts" => arguments.texts.push(value()?.into()),
            "--without" => arguments.without.push(value()?),
            "--without-calls" => arguments.without_calls.push(value()?),
            "--clusters" => arguments.clusters = true,
            "--gaps" => arguments.gaps = true,
            _ => return Err(format!("unknown argument {word}").into()),
        }
    }
    Ok(arguments)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn read_dates(content: &str, dates: &mut HashMap<String, String>) -> Outcome<()> {
    let records: Vec<Value> = match serde_json::from_str(content) {
        Ok(Value::Array(records)) => records,
        _ => content.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?,
    };
    for record in records {
        dates.insert(text(&record["id"]), text(&record["published"]));
    }
    Ok(())
}

/// Countries of persons, and names of states and organisations.
#[derive(Default)]
struct ActorTable {
    persons: HashMap<String, String>,
    others: HashMap<String, (ActorKind, String)>,
}

impl ActorTable {
    fn read(folder: &Path) -> Outcome<ActorTable> {
        let mut table = ActorTable::default();
        for line in fs::read_to_string(folder.join("countries.tsv"))?.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if let [code, kind, name, aliases, ..] = cells.as_slice() {
                let kind = if *kind == "state" { ActorKind::State } else { ActorKind::Organisation };
                for name in std::iter::once(*name).chain(aliases.split(';')) {
                    table.others.insert(name.to_owned(), (kind, (*code).to_owned()));
                }
            }
        }
        for file in fs::read_dir(folder.join("holders"))? {
            for line in fs::read_to_string(file?.path())?.lines().filter(|l| !l.starts_with('#')) {
                let cells: Vec<&str> = line.split('\t').collect();
                if let [country, _, _, name, _, _, rest @ ..] = cells.as_slice() {
                    for name in std::iter::once(*name).chain(rest.iter().flat_map(|a| a.split(';'))) {
                        table.persons.entry(name.to_owned()).or_insert((*country).to_owned());
                    }
                }
            }
        }
        Ok(table)
    }

    fn actor(&self, name: &str) -> Actor {
        let (kind, country) = match (self.others.get(name), self.persons.get(name)) {
            (Some((kind, code)), _) => (*kind, Some(code.clone())),
            (None, Some(country)) => (ActorKind::Person, Some(country.clone())),
            _ if name.contains(' ') && name.split(' ').all(|w| w.starts_with(char::is_uppercase)) => {
                (ActorKind::Person, None)
            }
            _ => (ActorKind::Group, None),
        };
        let key = match (kind, &country) {
            (ActorKind::Person, _) => format!("person:{}", name.to_lowercase()),
            (ActorKind::State, Some(code)) => format!("state:{code}"),
            (ActorKind::Organisation, Some(code)) => format!("org:{code}"),
            _ => format!("group:{}", name.to_lowercase()),
        };
        Actor::from(ActorFacts { name: name.to_owned(), role: None, country, kind, key })
    }
}

fn extraction(
    id: &str,
    published: &str,
    gold: &Value,
    actors: &ActorTable,
    without_calls: &[String],
) -> Outcome<(Extraction, Vec<String>)> {
    let day: Interval = published.get(..10).unwrap_or("").parse()?;
    let chosen = (!day.is_unknown()).then(|| DateCandidate {
        value: day,
        basis: DateBasis::Metadata,
        span: None,
        reason: String::new(),
    });
    let (mut reports, mut truths) = (Vec::new(), Vec::new());
    for contact in gold["contacts"].as_array().into_iter().flatten() {
        let on = contact["true_date"].as_str().unwrap_or("");
        if contact["kind"] == "call" && without_calls.iter().any(|day| day == on) {
            continue;
        }
        let report = report(contact, day, actors)?;
        let mut keys: Vec<String> = report.participants.iter().take(2).map(|a| a.key.clone()).collect();
        keys.sort();
        truths.push(match contact["true_date"].as_str() {
            Some(date) => format!("{:?} {} {date}", report.kind.group(), keys.join(" ")),
            None => String::new(),
        });
        reports.push(report);
    }
    let extraction = Extraction {
        id: id.to_owned(),
        path: format!("{id}.txt"),
        source: None,
        title: None,
        url: None,
        date: DocumentDate { chosen, rivals: Vec::new() },
        language: Some("en".to_owned()),
        fingerprint: Vec::new(),
        reports,
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: Vec::new(),
    };
    Ok((extraction, truths))
}

fn report(contact: &Value, written: Interval, actors: &ActorTable) -> Outcome<Report> {
    let names = |v: &Value| -> Vec<String> { v.as_array().into_iter().flatten().map(text).collect() };
    let kind = ContactKind::parse(&text(&contact["kind"])).ok_or("kind")?;
    let source = EvidenceSource {
        clean: Span::default(),
        original: OriginalSpan { part: TextPart::Text, span: Span::default() },
        text: text(&contact["anchor"]).into(),
    };
    let counts = contact["counts"].as_array().into_iter().flatten().map(|c| {
        let scope = text(&c["scope"]);
        Count {
            n: c["n"].as_u64().unwrap_or(0) as u32,
            at_least: c["at_least"].as_bool().unwrap_or(false) || scope.contains("known"),
            of: if c["at_least"].as_bool().unwrap_or(false) || scope.contains("in all") {
                CountOf::Total
            } else {
                CountOf::Ordinal
            },
            kind,
            period: period(&scope, written),
            source: EvidenceSource { text: Arc::from(format!("{} of {scope}", c["n"])), ..source.clone() },
            scope,
        }
    });
    let counts: Vec<Count> = counts.collect();
    let bound = |i: usize| contact["duration_min"].get(i).and_then(Value::as_u64).map(|n| n as u32);
    let said_by = contact["said_by"].as_array().into_iter().flatten().map(|s| Attribution {
        speaker: actors.actor(&text(&s["who"])),
        channel: s["channel"].as_str().map(str::to_owned),
        denies: false,
    });
    Ok(Report {
        kind,
        status: Status::parse(&text(&contact["status"])).ok_or("status")?,
        participants: names(&contact["participants"]).iter().map(|n| actors.actor(n)).collect(),
        when: When {
            interval: text(&contact["when"]).parse()?,
            time: contact["time"].as_str().map(str::to_owned),
            basis: "gold".to_owned(),
        },
        place: contact["place"].as_str().map(|p| Place { name: p.to_owned(), country: None }),
        initiator: contact["initiator"].as_str().map(|n| actors.actor(n)),
        duration: contact["duration_min"].is_array().then(|| Duration { min: bound(0), max: bound(1) }),
        medium: contact["medium"].as_str().map(str::to_owned),
        topics: names(&contact["topics"]),
        outcomes: Vec::new(),
        counts,
        said_by: said_by.collect(),
        evidence: vec![Evidence { field: Field::Kind, source, rule: "gold".into() }],
        rule: "gold".into(),
        main: contact["main"].as_bool().unwrap_or(false),
        lengths: Vec::new(),
        by_aides: false,
        weekday: None,
    })
}

/// A rough reading of the gold's scopes, which are notes for people: a year, "this year", or "since … January".
fn period(scope: &str, written: Interval) -> Interval {
    let year = |w: &str| w.parse::<i16>().ok().filter(|y| (1900..2100).contains(y));
    let named = scope.split(|c: char| !c.is_ascii_digit()).find_map(year);
    let here = written.earliest.map(|d| d.year());
    let start = |y: i16, m: i8, d: i8| readout_types::Date::new(y, m, d).map_or(Interval::UNKNOWN, Interval::since);
    match (named, here) {
        _ if scope.contains("second term") || scope.contains("returned") => start(2025, 1, 20),
        (Some(y), _) if scope.contains("since 2") || scope.contains("since the start of") => start(y, 1, 1),
        (Some(y), _) if scope.contains("in 2") => Interval::year(y).unwrap_or_default(),
        (None, Some(y)) if scope.contains("this year") => Interval::year(y).unwrap_or_default(),
        (None, None) if scope.contains("this year") => Interval::year(2025).unwrap_or_default(),
        _ => Interval::UNKNOWN,
    }
}
