//! Owns the table of who says that a contact took place and who began it (`attribution.tsv`), from text to report.

use crate::common;

use common::{annotated_by, raw, tools};
use readout_extract::extract;
use readout_types::{Report, Tier};

struct Row<'t> {
    day: &'t str,
    said: Vec<&'t str>,
    initiator: Option<&'t str>,
    text: &'t str,
    /// The fifth cell: the tier of which alone the text is asked, because the other does not manage it yet.
    only: Option<Tier>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let (&[day, said, initiator, text], only) = cells.split_first_chunk().unwrap_or_else(|| panic!("{line}"));
            let only = match only {
                [] => None,
                [tier] => Tier::parse(tier),
                _ => panic!("more than five cells: {line}"),
            };
            let said = said.split("; ").filter(|w| *w != "-").collect();
            Row { only, day, said, initiator: Some(initiator).filter(|i| *i != "-"), text }
        })
        .collect()
}

/// Whether a report names just those who are asked for; who is named first is nothing that is asked.
fn fits(row: &Row<'_>, report: &Report) -> bool {
    let mut said: Vec<&str> = report.said_by.iter().map(|a| a.speaker.name.as_str()).collect();
    let mut wanted = row.said.clone();
    said.sort_unstable();
    wanted.sort_unstable();
    said == wanted && report.initiator.as_ref().map(|a| a.name.as_str()) == row.initiator
}

#[test]
fn every_text_names_who_says_so_and_who_began() {
    every_text_names_them_by(Tier::Swift);
}

#[test]
fn every_text_names_who_says_so_and_who_began_by_the_deep_tier() {
    every_text_names_them_by(Tier::Deep);
}

fn every_text_names_them_by(tier: Tier) {
    let table = include_str!("attribution.tsv");
    let mut faults = Vec::new();
    let mut rows = rows(table);
    rows.retain(|row| row.only.is_none_or(|only| only == tier));
    for row in &rows {
        let found = extract(&annotated_by(tier, raw(row.day, None, row.text)), &tools().knowledge).reports;
        if !found.iter().any(|report| fits(row, report)) {
            let got: Vec<String> = found.iter().map(common::notation).collect();
            faults.push(format!(
                "{}\n  expected: by {:?}, initiator {:?}\n  got:      {}",
                row.text,
                row.said,
                row.initiator,
                got.join(" | ")
            ));
        }
    }
    assert!(faults.is_empty(), "{} of {} texts\n{}", faults.len(), rows.len(), faults.join("\n"));
}
