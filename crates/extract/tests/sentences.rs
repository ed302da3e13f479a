//! Owns the table of single sentences (`sentences.tsv`): the contact that each must give, from text to report.

use crate::common::check_table;
use readout_types::{Report, Tier};

/// The cells of a row: the day, the kind (`none`: no contact at all), the status, who takes part, the text.
type Row<'t> = [&'t str; 5];

/// Whether a report is the one that is asked for; who is named first is nothing that a sentence says.
fn fits(&[_, kind, status, who, _]: &Row<'_>, report: &Report) -> bool {
    let mut names: Vec<&str> = report.participants.iter().map(|a| a.name.as_str()).collect();
    let mut who: Vec<&str> = who.split("; ").filter(|w| !w.is_empty()).collect();
    names.sort_unstable();
    who.sort_unstable();
    report.kind.as_str() == kind && report.status.as_str() == status && names == who
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
    let right = |row: &Row<'_>, found: &[Report]| match row[1] {
        "none" => found.is_empty(),
        _ => found.iter().any(|report| fits(row, report)),
    };
    let wanted = |&[_, kind, status, who, _]: &Row<'_>| format!("{kind} {status} {who}");
    check_table(tier, include_str!("sentences.tsv"), right, wanted);
}
