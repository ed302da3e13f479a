//! Owns the test of gaps: a series of contacts whose articles are taken away one contact at a time, and whether the counts
//! in the other articles show what is missing, and between which days.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use readout::{Extracted, Options, Readout, chronology_of};
use readout_types::{Chronology, ContactKind, Gap, Interval, Status};

use crate::gold::{self, GoldDocument};
use crate::names;
use crate::texts;

/// Takes all that tells of one call of a series away at a time and prints the gap that the rest shows.
///
/// The series is the pair with the most dated calls in the gold. Each call is taken away twice: with every article that
/// reports it, and with the reports of it alone. Exit code 1 when a call of the whole corpus is not one contact, or when no gap holds the
/// day, or it may be none that is missing, although what is left counts the calls up to it.
#[derive(Args, Debug)]
pub struct Removal {
    /// Folder with corpus/calls-2025 and gold/calls-2025, which are no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    pub shared: PathBuf,
}

/// Runs it; whether everything was as it should be. `None` when the corpus is not there.
pub fn run(arguments: &Removal) -> anyhow::Result<Option<bool>> {
    let corpus = arguments.shared.join("corpus/calls-2025");
    let folder = arguments.shared.join("gold/calls-2025");
    if let Some(absent) = [&corpus, &folder].into_iter().find(|p| !p.exists()) {
        eprintln!("readout-eval: gaps not measured: {} is not there", absent.display());
        return Ok(None);
    }
    let inputs = [corpus];
    let gold = gold::read(&folder, &texts::read(&inputs)?)?;
    let (pair, days) = series(&gold).context("no dated calls in the gold")?;
    let readout = Readout::new(&Options::default())?;
    let mut extracted = Extracted::default();
    readout.extract(&inputs, &mut extracted, &|_| {});

    let whole = chronology_of(extracted.clone()).chronology;
    let found = calls_of(&whole, &pair);
    println!(
        "{} calls of {} in the gold; found on their days:",
        days.len(),
        pair.iter().cloned().collect::<Vec<_>>().join(" and ")
    );
    let mut all_well = true;
    for day in days.keys() {
        let on_day = found.iter().filter(|f| f.edtf() == *day).count();
        all_well &= on_day == 1;
        println!("  {day}: {}", if on_day == 1 { "one contact".to_owned() } else { format!("{on_day} contacts") });
    }
    println!("With all that tells of one call removed, the articles that report it or only their reports of it:");
    for (day, documents) in &days {
        let when: Interval = day.parse().map_err(|e| anyhow::anyhow!("{day}: {e}"))?;
        // After the last count there is nothing that could show a gap.
        let counted = counts_up_to(&gold, &pair, documents, day);
        let articles = chronology_of(without(&extracted, documents)).chronology;
        let (well, told) = verdict(&articles, &pair, when, counted);
        all_well &= well;
        println!("  {day}, {} articles: {told}", documents.len());
        let untold = chronology_of(untold(&extracted, &whole, &pair, when)).chronology;
        let (well, told) = verdict(&untold, &pair, when, day != days.keys().next_back().unwrap_or(day));
        all_well &= well;
        println!("  {day}, reports alone: {told}");
    }
    Ok(Some(all_well))
}

/// Whether a gap that must be there holds the day and says that one at least is missing, and what there is in words.
fn verdict(chronology: &Chronology, pair: &BTreeSet<String>, when: Interval, counted: bool) -> (bool, String) {
    let of_pair = |gap: &&Gap| {
        let names: BTreeSet<String> = gap.participants.iter().map(|a| names::name_key(&a.name)).collect();
        let bounds = Interval { earliest: gap.after, latest: gap.before };
        gap.kind == ContactKind::Call && names == *pair && when.within(bounds)
    };
    let found: Vec<&Gap> = chronology.gaps.iter().filter(of_pair).collect();
    let words = |gap: &&Gap| {
        let most = gap.max.map_or("more".to_owned(), |m| m.to_string());
        format!("{} to {most} missing, {}", gap.min, Interval { earliest: gap.after, latest: gap.before })
    };
    let told = match (found.is_empty(), counted) {
        (true, true) => "NO GAP holds the day".to_owned(),
        (true, false) => "not to be seen: nothing counts the calls up to it".to_owned(),
        (false, _) => found.iter().map(words).collect::<Vec<_>>().join("; "),
    };
    (!counted || found.iter().any(|gap| gap.min > 0), told)
}

/// Documents by day.
type Days = BTreeMap<String, BTreeSet<String>>;

/// The pair with most dated calls, and for each day the documents that report it.
fn series(gold: &[GoldDocument]) -> Option<(BTreeSet<String>, Days)> {
    let mut pairs: BTreeMap<BTreeSet<String>, Days> = BTreeMap::new();
    for document in gold {
        for contact in document.contacts.iter().filter(|c| c.kind == "call" && c.status != "denied") {
            let names: BTreeSet<String> = contact.participants.iter().map(|p| names::name_key(p)).collect();
            if let (Some(day), 2) = (&contact.true_date, names.len()) {
                pairs.entry(names).or_default().entry(day.clone()).or_default().insert(document.doc.clone());
            }
        }
    }
    pairs.into_iter().max_by_key(|(_, days)| days.len())
}

/// Whether some document outside `removed` counts calls of the pair on that day or later.
fn counts_up_to(gold: &[GoldDocument], pair: &BTreeSet<String>, removed: &BTreeSet<String>, day: &str) -> bool {
    let left = gold.iter().filter(|document| !removed.contains(&document.doc));
    left.flat_map(|document| &document.contacts).any(|contact| {
        let names: BTreeSet<String> = contact.participants.iter().map(|p| names::name_key(p)).collect();
        let later = contact.true_date.as_deref().is_some_and(|date| date >= day);
        names == *pair && !contact.counts.is_empty() && later
    })
}

fn calls_of(chronology: &Chronology, pair: &BTreeSet<String>) -> Vec<Interval> {
    chronology
        .contacts
        .iter()
        .filter(|c| c.kind == ContactKind::Call && matches!(c.status, Status::Held | Status::Ongoing))
        .filter(|c| c.participants.iter().map(|a| names::name_key(&a.name)).collect::<BTreeSet<_>>() == *pair)
        .map(|c| c.when.interval)
        .collect()
}

fn without(extracted: &Extracted, documents: &BTreeSet<String>) -> Extracted {
    let mut rest = Extracted::default();
    for (extraction, original) in extracted.extractions.iter().zip(&extracted.originals) {
        if !documents.contains(&extraction.id) {
            rest.extractions.push(extraction.clone());
            rest.originals.push(original.clone());
        }
    }
    rest
}

/// All that was extracted but the reports of the pair's contacts of that day; what was said of them stays, without a contact.
fn untold(extracted: &Extracted, whole: &Chronology, pair: &BTreeSet<String>, when: Interval) -> Extracted {
    let mut rest = extracted.clone();
    let of_day = |c: &&readout_types::Contact| {
        c.when.interval == when
            && c.kind == ContactKind::Call
            && c.participants.iter().map(|a| names::name_key(&a.name)).collect::<BTreeSet<_>>() == *pair
    };
    let reports = whole.contacts.iter().filter(of_day).flat_map(|c| &c.reports);
    for (document, report) in reports {
        let Some(extraction) = rest.extractions.get_mut(*document) else { continue };
        let Some(at) = extraction.reports.iter().position(|r| *r == **report) else { continue };
        extraction.reports.remove(at);
        for statement in &mut extraction.statements {
            statement.report = statement.report.filter(|r| *r != at).map(|r| if r > at { r - 1 } else { r });
        }
    }
    rest
}
