//! Owns `readout dates`: documents whose own date is missing or in doubt, with the rivals and the reasons.

use std::path::PathBuf;

use clap::Args;
use readout_types::{DateBasis, DateCandidate, DocumentDate, DocumentEntry};

use crate::arguments::Common;
use crate::commands::{self, Stop};

/// Days between two answers that make a date doubtful.
const APART: i32 = 3;

/// `readout dates`.
#[derive(Args, Debug)]
pub struct Dates {
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// List every document, also those whose date is beyond doubt
    #[arg(long)]
    pub all: bool,
}

/// Prints a block for each document in question.
pub(crate) fn run(arguments: &Dates, common: &Common) -> Result<u8, Stop> {
    let (_, run) = commands::chronology(&arguments.paths, common)?;
    let mut out = String::new();
    let mut doubtful = 0;
    for document in &run.chronology.documents {
        let doubt = doubt(&document.date);
        doubtful += usize::from(doubt.is_some());
        if doubt.is_some() || arguments.all {
            block(&mut out, document, doubt.as_deref());
        }
    }
    let all = run.chronology.documents.len();
    out.push_str(&format!("{doubtful} of {all} document{} in doubt\n", if all == 1 { "" } else { "s" }));
    commands::print(|result| result.write_all(out.as_bytes()))?;
    Ok(commands::exit_code(&run))
}

/// Why the date of a document is in doubt; `None` when it is not.
fn doubt(date: &DocumentDate) -> Option<String> {
    let Some(chosen) = &date.chosen else { return Some("no date found".to_owned()) };
    if chosen.value.as_day().is_none() {
        return Some("not known to the day".to_owned());
    }
    let far = date.rivals.iter().find(|rival| apart(chosen, rival).is_some_and(|days| days > APART));
    if let Some(rival) = far {
        let days = apart(chosen, rival).unwrap_or_default();
        return Some(format!("another date is {days} days away"));
    }
    match chosen.basis {
        DateBasis::Inferred => Some("inferred from the text".to_owned()),
        DateBasis::Clock => Some("taken from a clock of the page".to_owned()),
        DateBasis::Crawl => Some("taken from a line that tells when the page was saved".to_owned()),
        DateBasis::Metadata | DateBasis::Url | DateBasis::Dateline => None,
    }
}

/// Days between two answers; 0 where they can be the same.
fn apart(a: &DateCandidate, b: &DateCandidate) -> Option<i32> {
    if a.value.overlaps(b.value) {
        return Some(0);
    }
    let (first, second) = if a.value.latest < b.value.earliest { (a, b) } else { (b, a) };
    Some((second.value.earliest? - first.value.latest?).get_days().abs())
}

fn block(out: &mut String, document: &DocumentEntry, doubt: Option<&str>) {
    let name = readout_export::plain(&document.id);
    let chosen = document.date.chosen.as_ref().map_or_else(|| "unknown".to_owned(), |c| c.value.edtf());
    out.push_str(&format!("{name}: {chosen}"));
    if let Some(doubt) = doubt {
        out.push_str(&format!(" ({doubt})"));
    }
    out.push('\n');
    let candidates =
        document.date.chosen.iter().map(|c| ("taken", c)).chain(document.date.rivals.iter().map(|r| ("rival", r)));
    for (what, candidate) in candidates {
        out.push_str(&format!(
            "  {what}  {:<12} {:<9} {}\n",
            candidate.value.edtf(),
            basis(candidate.basis),
            readout_export::plain(&candidate.reason)
        ));
    }
}

fn basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Metadata => "metadata",
        DateBasis::Url => "address",
        DateBasis::Dateline => "dateline",
        DateBasis::Crawl => "crawl",
        DateBasis::Clock => "clock",
        DateBasis::Inferred => "inferred",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{Date, Interval};

    fn date(chosen: Option<Answer>, rivals: &[Answer]) -> DocumentDate {
        let candidate = |(first, last, basis): Answer| DateCandidate {
            value: Interval::between(Date::constant(2025, 7, first), Date::constant(2025, 7, last)),
            basis,
            span: None,
            reason: String::new(),
        };
        DocumentDate { chosen: chosen.map(candidate), rivals: rivals.iter().copied().map(candidate).collect() }
    }

    /// First and last day of July 2025, and where they come from.
    type Answer = (i8, i8, DateBasis);

    #[test]
    fn doubts() {
        let dateline = (4, 4, DateBasis::Dateline);
        let cases: [(Option<Answer>, &[Answer], Option<&str>); 6] = [
            (Some(dateline), &[], None),
            (Some(dateline), &[(5, 5, DateBasis::Crawl)], None),
            (Some(dateline), &[(22, 22, DateBasis::Crawl)], Some("another date is 18 days away")),
            (Some((1, 31, DateBasis::Metadata)), &[], Some("not known to the day")),
            (Some((4, 4, DateBasis::Inferred)), &[], Some("inferred from the text")),
            (None, &[], Some("no date found")),
        ];
        for (chosen, rivals, expected) in cases {
            assert_eq!(doubt(&date(chosen, rivals)).as_deref(), expected, "{chosen:?} {rivals:?}");
        }
    }
}
