//! Owns the table of who says that a contact took place and who began it (`attribution.tsv`), from text to report.

use crate::common::check_table;
use readout_types::{Report, Tier};

/// The cells of a row: the day, who says so, who began it (`-`: nobody), the text.
type Row<'t> = [&'t str; 4];

fn listed(cell: &str) -> Vec<&str> {
    let mut names: Vec<&str> = cell.split("; ").filter(|w| *w != "-").collect();
    names.sort_unstable();
    names
}

/// Whether a report names just those who are asked for; who is named first is nothing that is asked.
fn fits(&[_, said, initiator, _]: &Row<'_>, report: &Report) -> bool {
    let mut named: Vec<&str> = report.said_by.iter().map(|a| a.speaker.name.as_str()).collect();
    named.sort_unstable();
    let began = report.initiator.as_ref().map(|a| a.name.as_str());
    named == listed(said) && began == Some(initiator).filter(|i| *i != "-")
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
    let right = |row: &Row<'_>, found: &[Report]| found.iter().any(|report| fits(row, report));
    let wanted = |&[_, said, initiator, _]: &Row<'_>| format!("by {:?}, initiator {initiator}", listed(said));
    check_table(tier, include_str!("attribution.tsv"), right, wanted);
}
