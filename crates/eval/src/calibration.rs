//! Owns the calibration of confidence: what the program's chances are worth against gold, and the fit of its weights.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use readout::confidence::{self, FEATURES, FIELDS};
use readout::{Options, Readout};
use readout_export::View;
use readout_types::{Chronology, Field, Report, Tier};

use crate::contacts::{match_pairs, right_fields, waived};
use crate::gold::{self, GoldContact, GoldDocument};
use crate::prediction::Prediction;
use crate::sets::{self, Gold, Half};
use crate::texts;

/// Compares the chances that the program gives with what proves right, on the gold that is tuned on (half A of dev, calls-2025,
/// the examples) and on the held-out half of dev.
#[derive(Args, Debug)]
pub struct Calibration {
    /// Folder with corpus/ and gold/, which is no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    pub shared: PathBuf,
    /// The repository, for its own examples.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Fit the weights on what is tuned on and write them to this file.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "data/confidence.toml")]
    pub fit: Option<PathBuf>,
}

/// One report: what is seen of it, and what is right.
struct Case {
    half: Half,
    features: Vec<f64>,
    /// Whether gold has the contact.
    right: bool,
    /// Whether each field is right, where gold says what it is.
    fields: Vec<(Field, bool)>,
}

/// The sets that are tuned on whole. The seeds are none: the rules know those five articles by heart.
const WHOLE: [&str; 2] = ["calls-2025", "examples"];
/// Steps of the fit; it has long settled by then.
const STEPS: usize = 4_000;
/// Weight of the penalty on large weights: a feature seen in a few reports says little.
const PENALTY: f64 = 2.0;
/// Bounds of the rows of the reliability table.
const BOUNDS: [f64; 6] = [0.0, 0.4, 0.6, 0.75, 0.9, 1.01];

/// Prints the reliability tables and, with `--fit`, writes the weights.
///
/// # Errors
/// Names the file that is missing or cannot be read.
pub fn run(arguments: &Calibration) -> anyhow::Result<()> {
    let cases = cases(arguments)?;
    let fitted: Option<Vec<(String, Vec<f64>)>> = arguments.fit.as_ref().map(|_| {
        std::iter::once(None)
            .chain(FIELDS.into_iter().map(Some))
            .map(|f| (name(f).to_owned(), fit(&cases, f)))
            .collect()
    });
    let chance = |case: &Case, field: Option<Field>| match &fitted {
        Some(all) => all.iter().find(|(n, _)| n == name(field)).map(|(_, w)| confidence::chance(w, &case.features)),
        None => confidence::weights_of(field).map(|w| confidence::chance(w, &case.features)),
    };
    println!(
        "what              chance      tuned: reports  mean chance  right     half B: reports  mean chance  right"
    );
    for field in std::iter::once(None).chain(FIELDS.into_iter().map(Some)) {
        let known: Vec<(Half, f64, bool)> =
            cases.iter().filter_map(|case| Some((case.half, chance(case, field)?, outcome(case, field)?))).collect();
        let mut rows: Vec<(String, f64, f64)> =
            BOUNDS.windows(2).map(|b| (format!("{:.2} to {:.2}", b[0], b[1].min(1.0)), b[0], b[1])).collect();
        rows.push(("all".to_owned(), 0.0, 2.0));
        for (label, low, high) in rows {
            let part = |half: Half| {
                let inside: Vec<&(Half, f64, bool)> =
                    known.iter().filter(|k| k.0 == half && k.1 >= low && k.1 < high).collect();
                let n = inside.len();
                if n == 0 {
                    return format!("{n:>7}  {:>11}  {:>5}", "-", "-");
                }
                let mean = inside.iter().map(|k| k.1).sum::<f64>() / n as f64;
                let right = inside.iter().filter(|k| k.2).count() as f64 / n as f64;
                format!("{n:>7}  {mean:>11.2}  {right:>5.2}")
            };
            let (a, b) = (part(Half::Tuned), part(Half::HeldOut));
            println!("{:<16}  {label:<12}        {a}             {b}", name(field));
        }
        let score = |half: Half| {
            let of_half: Vec<_> = known.iter().filter(|k| k.0 == half).collect();
            let sum: f64 = of_half.iter().map(|k| (k.1 - f64::from(u8::from(k.2))).powi(2)).sum();
            sum / of_half.len().max(1) as f64
        };
        println!(
            "{:<16}  Brier score: tuned {:.3}, half B {:.3}\n",
            name(field),
            score(Half::Tuned),
            score(Half::HeldOut)
        );
    }
    if let (Some(file), Some(fitted)) = (&arguments.fit, &fitted) {
        std::fs::write(file, written(fitted)).with_context(|| file.display().to_string())?;
        println!("{} written", file.display());
    }
    Ok(())
}

fn name(field: Option<Field>) -> &'static str {
    field.map_or("contact", Field::as_str)
}

/// Whether a case's contact, or a field of it, is right; `None` where gold does not say.
fn outcome(case: &Case, field: Option<Field>) -> Option<bool> {
    match field {
        None => Some(case.right),
        Some(field) => case.fields.iter().find(|(f, _)| *f == field).map(|(_, right)| *right),
    }
}

fn written(fitted: &[(String, Vec<f64>)]) -> String {
    let mut out = "# How far reports can be trusted: for the contact and each field a constant and a weight for each feature, of the logarithm\n\
                   # of the odds. Fitted on half A of the dev gold, calls-2025 and the examples by `readout-eval confidence --fit`; docs/confidence.md says how.\n\
                   # Features, in order:\n"
        .to_owned();
    for feature in FEATURES {
        let _ = writeln!(out, "#   {feature}");
    }
    for (name, weights) in fitted {
        let numbers: Vec<String> = weights.iter().map(|w| format!("{w:.3}")).collect();
        let _ = writeln!(out, "{name} = [{}]", numbers.join(", "));
    }
    out
}

/// Weights by which what is tuned on is most likely, large ones made dear: logistic regression by gradient descent.
fn fit(cases: &[Case], field: Option<Field>) -> Vec<f64> {
    let seen: Vec<(&[f64], f64)> = cases
        .iter()
        .filter(|c| c.half == Half::Tuned)
        .filter_map(|c| Some((c.features.as_slice(), f64::from(u8::from(outcome(c, field)?)))))
        .collect();
    let mut weights = vec![0.0; FEATURES.len() + 1];
    if seen.is_empty() {
        return weights;
    }
    let rate = 0.5 / seen.len() as f64;
    for _ in 0..STEPS {
        let mut slope = vec![0.0; weights.len()];
        // One right and one wrong report beside those seen (Laplace): two of two right are no certainty.
        slope[0] += 1.0 - 2.0 * confidence::chance(&weights, &[]);
        for (features, right) in &seen {
            let miss = right - confidence::chance(&weights, features);
            slope[0] += miss;
            for (s, x) in slope[1..].iter_mut().zip(*features) {
                *s += miss * x;
            }
        }
        for (at, (w, s)) in weights.iter_mut().zip(&slope).enumerate() {
            // The constant is free, so that the mean chance is about the share that is right.
            let penalty = if at == 0 { 0.0 } else { PENALTY * *w };
            *w += rate * (s - penalty);
        }
    }
    weights
}

/// The cases of the dev gold, both halves, and of the sets that are tuned on whole; a set that is not there is named and left out.
fn cases(arguments: &Calibration) -> anyhow::Result<Vec<Case>> {
    let mut out = Vec::new();
    let sets = sets::all(&arguments.shared, &arguments.root);
    for set in sets.into_iter().filter(|set| set.tier == Tier::Deep) {
        let (folder, halves) = match &set.gold {
            Gold::Halves(folder) => (folder, true),
            Gold::Contacts(folder) if WHOLE.contains(&set.name) => (folder, false),
            _ => continue,
        };
        if let Some(path) = set.missing() {
            eprintln!("readout-eval: {} left out: {} is not there", set.name, path.display());
            continue;
        }
        let originals = texts::read(&set.inputs)?;
        let gold = gold::read(folder, &originals)?;
        let run = Readout::new(&Options { tier: set.tier, ..Options::default() })?.chronology(&set.inputs, &|_| {});
        let mut json = Vec::new();
        readout_export::json(&View::all(&run.chronology), &mut json)?;
        let prediction = Prediction::parse(std::str::from_utf8(&json)?)?.by_document();
        for document in &gold {
            let half = if halves { Half::of(&document.doc) } else { Half::Tuned };
            let reports = prediction.get(&document.doc).map_or(&[][..], Vec::as_slice);
            cases_of(document, half, reports, &run.chronology, &mut out);
        }
    }
    Ok(out)
}

/// The cases of a document: its reports, but for those that gold neither rewards nor punishes.
fn cases_of(
    document: &GoldDocument,
    half: Half,
    reports: &[crate::prediction::Report],
    run: &Chronology,
    out: &mut Vec<Case>,
) {
    let taken = match_pairs(&document.contacts, reports);
    for (index, scored) in reports.iter().enumerate() {
        let Some(report) = report_of(run, &document.doc, &scored.contact) else { continue };
        let gold_contact = taken.iter().find(|t| t.1 == index).map(|t| &document.contacts[t.0]);
        if gold_contact.is_none() && waived(document, scored) {
            continue;
        }
        out.push(Case {
            half,
            features: confidence::features(report).to_vec(),
            right: gold_contact.is_some(),
            fields: gold_contact.map(|g| fields(g, scored, report)).unwrap_or_default(),
        });
    }
}

/// Which fields of a matched report are right, of those that it gives.
fn fields(gold: &GoldContact, scored: &crate::prediction::Report, report: &Report) -> Vec<(Field, bool)> {
    right_fields(gold, scored)
        .into_iter()
        .filter_map(|(name, right)| {
            let field = match name {
                "kind" => Field::Kind,
                "status" => Field::Status,
                "participants" => Field::Participants,
                "date" => Field::When,
                "place" if report.place.is_some() => Field::Place,
                "initiator" if report.initiator.is_some() => Field::Initiator,
                "duration" if report.duration.is_some() => Field::Duration,
                "said_by" if !report.said_by.is_empty() => Field::SaidBy,
                _ => return None,
            };
            Some((field, right))
        })
        .collect()
}

fn report_of<'a>(chronology: &'a Chronology, document: &str, contact: &str) -> Option<&'a Report> {
    let found = chronology.contacts.iter().find(|c| c.id == contact)?;
    let of = |(index, _): &&(usize, Box<Report>)| chronology.documents.get(*index).is_some_and(|d| d.id == document);
    found.reports.iter().find(of).map(|(_, report)| &**report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_gives_the_shares_that_it_has_seen() {
        let case = |on: bool, right: bool| {
            let mut features = vec![0.0; FEATURES.len()];
            features[0] = f64::from(u8::from(on));
            Case { half: Half::Tuned, features, right, fields: Vec::new() }
        };
        let mut cases = Vec::new();
        for i in 0..400 {
            cases.push(case(i % 2 == 0, if i % 2 == 0 { i % 20 != 0 } else { i % 3 == 0 }));
        }
        let weights = fit(&cases, None);
        let mean = cases.iter().map(|c| confidence::chance(&weights, &c.features)).sum::<f64>() / 400.0;
        let right = cases.iter().filter(|c| c.right).count() as f64 / 400.0;
        assert!((mean - right).abs() < 0.01, "{mean} {right}");
        assert!(
            confidence::chance(&weights, &cases[0].features) > confidence::chance(&weights, &cases[1].features) + 0.4
        );
    }
}
