//! Owns the measure of main text from pages: found against true text, by runs of four words, as the article extraction
//! benchmark counts them (<https://github.com/scrapinghub/article-extraction-benchmark>).

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use readout::ReadOptions;
use readout_types::{BlockKind, CleanDocument};
use serde::Deserialize;

/// Measures what is taken from pages in HTML against their true text.
///
/// DIR holds pages as ID.html or ID.html.gz, FILE a JSON object of `{"ID": {"articleBody": "…"}}`: the format of the article
/// extraction benchmark. Precision and recall are means over pages of the runs of four words found and true; F1 is
/// theirs. The project's own pages are in eval/pages.
#[derive(Args, Debug)]
pub struct Pages {
    /// Folder of pages.
    #[arg(long, value_name = "DIR")]
    pub pages: PathBuf,
    /// Their true texts.
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,
    /// List the pages, worst first.
    #[arg(long)]
    pub details: bool,
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody", default)]
    body: String,
}

/// Means over pages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Share of what is found that is true.
    pub precision: f64,
    /// Share of what is true that is found.
    pub recall: f64,
    /// Pages.
    pub pages: usize,
}

impl Score {
    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Prints the measure.
pub fn run(arguments: &Pages) -> anyhow::Result<()> {
    let begun = Instant::now();
    let (score, mut each) = score(arguments)?;
    let seconds = begun.elapsed().as_secs_f64();
    if arguments.details {
        each.sort_by(|a, b| f1(a.1, a.2).total_cmp(&f1(b.1, b.2)).then_with(|| a.0.cmp(&b.0)));
        for (id, precision, recall) in &each {
            println!("{:>6.3} {precision:>6.3} {recall:>6.3}  {id}", f1(*precision, *recall));
        }
    }
    let per_page = 1000.0 * seconds / score.pages.max(1) as f64;
    println!(
        "{} pages: F1 {:.3}, precision {:.3}, recall {:.3}; {per_page:.1} ms a page",
        score.pages,
        score.f1(),
        score.precision,
        score.recall
    );
    Ok(())
}

/// Id, precision and recall of one page.
pub type PageScore = (String, f64, f64);

/// The means, and each page.
pub fn score(arguments: &Pages) -> anyhow::Result<(Score, Vec<PageScore>)> {
    let text = std::fs::read_to_string(&arguments.truth).with_context(|| arguments.truth.display().to_string())?;
    let truth: BTreeMap<String, Truth> = serde_json::from_str(&text)
        .with_context(|| format!("{}: not the benchmark's format", arguments.truth.display()))?;
    let mut found: HashMap<String, String> = HashMap::new();
    for document in readout::cleaned(std::slice::from_ref(&arguments.pages), &ReadOptions::default()).flatten() {
        found.insert(document.id.clone(), main_text(&document));
    }
    if truth.is_empty() || !truth.keys().any(|id| found.contains_key(id)) {
        bail!("{}: no page of {} is in it", arguments.pages.display(), arguments.truth.display());
    }
    let mut each = Vec::new();
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for (id, truth) in &truth {
        let [right, extra, missed] = compare(&truth.body, found.get(id).map_or("", String::as_str));
        let share = |part: f64, rest: f64| if part + rest > 0.0 { part / (part + rest) } else { 1.0 };
        let (precision, recall) = (share(right, extra), share(right, missed));
        if right + extra > 0.0 {
            precisions.push(precision);
        }
        if right + missed > 0.0 {
            recalls.push(recall);
        }
        each.push((id.clone(), precision, recall));
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    Ok((Score { precision: mean(&precisions), recall: mean(&recalls), pages: each.len() }, each))
}

fn f1(precision: f64, recall: f64) -> f64 {
    Score { precision, recall, pages: 1 }.f1()
}

/// The article of a document as the benchmark has it: without its headline and the captions of pictures.
fn main_text(document: &CleanDocument) -> String {
    let article = |kind: BlockKind| matches!(kind, BlockKind::Body | BlockKind::Heading | BlockKind::Dateline);
    let blocks = document.blocks.iter().filter(|b| article(b.kind));
    blocks.map(|b| b.span.of(&document.text)).collect::<Vec<_>>().join("\n")
}

/// Runs of four words that are in both, only found, only true.
fn compare(truth: &str, found: &str) -> [f64; 3] {
    let (truth, found) = (runs(truth), runs(found));
    let mut counts = [0.0; 3];
    for (run, n) in &found {
        let there = truth.get(run).copied().unwrap_or(0);
        counts[0] += f64::from(there.min(*n));
        counts[1] += f64::from(n.saturating_sub(there));
    }
    for (run, n) in &truth {
        counts[2] += f64::from(n.saturating_sub(found.get(run).copied().unwrap_or(0)));
    }
    counts
}

fn runs(text: &str) -> HashMap<Vec<&str>, u32> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut counts = HashMap::new();
    if words.is_empty() {
        return counts;
    }
    for run in words.windows(4.min(words.len())) {
        *counts.entry(run.to_vec()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_four_words() {
        assert_eq!(compare("a b c d e", "a b c d e"), [2.0, 0.0, 0.0]);
        assert_eq!(compare("a b c d e", "a b c d x"), [1.0, 1.0, 1.0]);
        assert_eq!(compare("a b", "a b"), [1.0, 0.0, 0.0]);
        assert_eq!(compare("a b", ""), [0.0, 0.0, 1.0]);
        assert_eq!(compare("", ""), [0.0, 0.0, 0.0]);
    }
}
