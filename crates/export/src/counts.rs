//! Owns the ledger of counts: what is claimed for each pair, kind and period, beside what is found.

use readout_types::{CountClaim, CountOf, CountSeries};

use crate::layout::{Look, Tone, hang, plain, shorten};
use crate::{View, phrase};

/// The ledger of every series that is counted, the contradictions named below it.
pub fn counts(view: &View<'_>, look: &Look) -> String {
    let mut out = String::new();
    if view.chronology.counts.is_empty() {
        return "No document counts contacts of one series.\n".to_owned();
    }
    for series in &view.chronology.counts {
        if !out.is_empty() {
            out.push('\n');
        }
        let mut line = |label: &str, text: &str, tone: Tone| {
            for line in hang(label, text, look.width) {
                let indent = line.len() - line.trim_start().len();
                out.push_str(&format!("{:indent$}{}\n", "", look.paint(tone, line.trim_start())));
            }
        };
        line("", &title(series), Tone::Heading);
        for claim in &series.claims {
            let short = claim.found + claim.possible < claim.n;
            line("  ", &entry(view, series, claim), if short { Tone::Open } else { Tone::Plain });
        }
        for contradiction in &series.contradictions {
            line("  ! ", &plain(contradiction), Tone::Disputed);
        }
    }
    out
}

fn title(series: &CountSeries) -> String {
    let names: Vec<String> = series.participants.iter().map(|a| plain(&a.name)).collect();
    let period = match series.period.is_unknown() {
        true => "of no stated period".to_owned(),
        false => phrase::date(series.period),
    };
    format!("{}: {}, {period}", names.join(" – "), phrase::plural(series.kind, 2))
}

/// `claimed 9 by 2025-12-28, found 6 and perhaps 1 more, 2 missing: “ninth …” [001_4330]`.
fn entry(view: &View<'_>, series: &CountSeries, claim: &CountClaim) -> String {
    let id = view.chronology.documents.get(claim.document).map_or(String::new(), |d| plain(&d.id));
    let least = if claim.at_least { "at least " } else { "" };
    let what = match claim.of {
        CountOf::Ordinal => format!("number {least}{}", claim.n),
        CountOf::Total => format!("{least}{} in all", claim.n),
    };
    let by = claim.by.map_or(String::new(), |day| format!(" by {day}"));
    let perhaps = if claim.possible > 0 { format!(" and perhaps {} more", claim.possible) } else { String::new() };
    let missing = claim.n.saturating_sub(claim.found + claim.possible);
    let open = claim.n.saturating_sub(claim.found);
    // "The second in 24 hours" of no stated period says nothing of those before.
    let over = claim.found > claim.n && !claim.at_least && series.period.earliest.is_some();
    let verdict = match (missing, open, over) {
        (_, _, true) => format!(", {} more than claimed", claim.found - claim.n),
        (0, 0, _) => String::new(),
        (0, open, _) => format!(", up to {open} missing"),
        (missing, open, _) if missing == open => format!(", {missing} missing"),
        (missing, open, _) => format!(", {missing} to {open} missing"),
    };
    let words = shorten(&plain(&claim.source.text), 100);
    format!("claimed {what}{by}, found {}{perhaps}{verdict}: “{words}” [{id}]", claim.found)
}
