//! Owns the table of single sentences (`sentences.tsv`): the contact that each must give, from text to report.

use crate::common;

use common::{annotated_by, raw, tools};
use readout_extract::extract;
use readout_types::{Report, Tier};

struct Row<'t> {
    day: &'t str,
    kind: &'t str,
    status: &'t str,
    who: Vec<&'t str>,
    text: &'t str,
    /// The sixth cell: the tier of which alone the sentence is asked, because the other does not manage it yet.
    only: Option<Tier>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let (&[day, kind, status, who, text], only) = cells.split_first_chunk().unwrap_or_else(|| panic!("{line}"));
            let only = match only {
                [] => None,
                [tier] => Tier::parse(tier),
                _ => panic!("more than six cells: {line}"),
            };
            Row { only, day, kind, status, who: who.split("; ").filter(|w| !w.is_empty()).collect(), text }
        })
        .collect()
}

/// Whether a report is the one that is asked for; who is named first is nothing that a sentence says.
fn fits(row: &Row<'_>, report: &Report) -> bool {
    let mut names: Vec<&str> = report.participants.iter().map(|a| a.name.as_str()).collect();
    let mut who = row.who.clone();
    names.sort_unstable();
    who.sort_unstable();
    report.kind.as_str() == row.kind && report.status.as_str() == row.status && names == who
}

#[test]
fn every_sentence_gives_its_contact() {
    every_sentence_gives_its_contact_by(Tier::Swift);
}

#[test]
fn every_sentence_gives_its_contact_by_the_deep_tier() {
    every_sentence_gives_its_contact_by(Tier::Deep);
}

fn every_sentence_gives_its_contact_by(tier: Tier) {
    let table = include_str!("sentences.tsv");
    let mut faults = Vec::new();
    let mut rows = rows(table);
    rows.retain(|row| row.only.is_none_or(|only| only == tier));
    for row in &rows {
        let found = extract(&annotated_by(tier, raw(row.day, None, row.text)), &tools().knowledge).reports;
        let right = if row.kind == "none" { found.is_empty() } else { found.iter().any(|report| fits(row, report)) };
        if !right {
            let got: Vec<String> = found.iter().map(common::notation).collect();
            faults.push(format!(
                "{}\n  expected: {} {} {:?}\n  got:      {}",
                row.text,
                row.kind,
                row.status,
                row.who,
                got.join(" | ")
            ));
        }
    }
    assert!(faults.is_empty(), "{} of {} sentences\n{}", faults.len(), rows.len(), faults.join("\n"));
}
