//! Owns the measures of `score_titles.py`: how many official readouts have their main contact found, and on the right day.

use std::collections::{BTreeMap, HashMap};

use crate::contacts::group;
use crate::days::Days;
use crate::figures::Measure;
use crate::gold::TitleGold;
use crate::names::{fold, name_key};
use crate::prediction::Report;

/// What scoring gives.
#[derive(Clone, Debug, Default)]
pub struct ScoredTitles {
    /// Share found, share on the right day, and the number of documents.
    pub measures: Vec<Measure>,
    /// Documents without a hit, and hits on a wrong day, a line each.
    pub details: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    documents: u32,
    found: u32,
    right_day: u32,
}

impl Tally {
    fn measures(self, prefix: &str) -> [Measure; 3] {
        let share = |part: u32| Some(f64::from(part) / f64::from(self.documents.max(1)));
        [
            Measure::count(format!("{prefix}documents"), self.documents as usize),
            Measure::share(format!("{prefix}found"), share(self.found)),
            Measure::share(format!("{prefix}right day"), share(self.right_day)),
        ]
    }
}

/// Scores reports against weak gold. A document counts as found when some report has the right kind group, the host
/// among the participants and another participant whose name shares a word with the title; the day is right when the
/// report's date includes the publication day or the day before and spans two days at most.
pub fn score(gold: &[TitleGold], reports: &HashMap<String, Vec<Report>>) -> ScoredTitles {
    let mut all = Tally::default();
    let mut parts: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let mut details = Vec::new();
    for title in gold {
        let of_document = reports.get(&title.doc).map_or(&[][..], Vec::as_slice);
        let hit = best_hit(title, of_document);
        let source = title.doc.split('-').next().unwrap_or("").to_owned();
        for tally in [&mut all, parts.entry((source, title.kind.clone())).or_default()] {
            tally.documents += 1;
            tally.found += u32::from(hit.is_some());
            tally.right_day += u32::from(hit == Some(true));
        }
        if hit != Some(true) {
            let got: Vec<_> =
                of_document.iter().map(|r| (r.kind(), r.keys(), r.edtf().unwrap_or(".."))).take(4).collect();
            let what = if hit.is_none() { "MISSED   " } else { "WRONG DAY" };
            details.push(format!("{what} {} {} | {} | {got:?}", title.doc, title.when, title.title));
        }
    }
    let mut measures = all.measures("").to_vec();
    for ((source, kind), tally) in parts {
        measures.extend(tally.measures(&format!("{source} {kind} ")));
    }
    ScoredTitles { measures, details }
}

/// `None` without a hit, else whether some hit has the right day.
fn best_hit(title: &TitleGold, reports: &[Report]) -> Option<bool> {
    let folded = fold(&title.title);
    let in_title = |key: &str| key.split_whitespace().any(|word| folded.split_whitespace().any(|t| t == word));
    let host = name_key(&title.host);
    let day = Days::read(Some(&title.when)).first;
    let eve = day.yesterday().unwrap_or(day);
    reports
        .iter()
        .filter(|report| group(report.kind()) == group(&title.kind))
        .filter(|report| {
            let keys = report.keys();
            keys.contains(&host) && keys.iter().any(|key| *key != host && in_title(key))
        })
        .map(|report| {
            let days = report.days();
            days.first <= day && days.last >= eve && days.width() <= 1
        })
        .reduce(|a, b| a || b)
}
