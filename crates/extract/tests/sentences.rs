//! Owns the table of single sentences (`sentences.tsv`): the contact that each must give, from text to report.

mod common;

use common::{annotated, raw, tools};
use readout_extract::extract;
use readout_types::Report;

struct Row<'t> {
    day: &'t str,
    kind: &'t str,
    status: &'t str,
    who: Vec<&'t str>,
    text: &'t str,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [day, kind, status, who, text] = cells[..] else { panic!("five cells, not {}: {line}", cells.len()) };
            Row { day, kind, status, who: who.split("; ").filter(|w| !w.is_empty()).collect(), text }
        })
        .collect()
}

fn fits(row: &Row<'_>, report: &Report) -> bool {
    let names: Vec<&str> = report.participants.iter().map(|a| a.name.as_str()).collect();
    report.kind.as_str() == row.kind && report.status.as_str() == row.status && names == row.who
}

#[test]
fn every_sentence_gives_its_contact() {
    let table = include_str!("sentences.tsv");
    let mut faults = Vec::new();
    let rows = rows(table);
    for row in &rows {
        let found = extract(&annotated(raw(row.day, None, row.text)), &tools().knowledge).reports;
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
