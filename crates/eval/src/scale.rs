//! Owns the scale run: synthetic corpora of growing size linked and reconciled, time and memory against size, as a table
//! and as a picture.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use readout::{Extracted, Stage, chronology_of};

use crate::synthetic;

/// Links and reconciles synthetic corpora of growing size and prints time and memory against size.
#[derive(Args, Debug)]
pub struct Scale {
    /// Numbers of reports, the smallest first: the peak of memory is that of the process so far.
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "1000,10000,100000,1000000")]
    pub sizes: Vec<usize>,
    /// Seed of the corpora.
    #[arg(long, value_name = "N", default_value_t = 2025)]
    pub seed: u64,
    /// Draw time against size, both logarithmic, into this SVG file.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// What one size took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Reports.
    pub reports: usize,
    /// Documents that hold them.
    pub documents: usize,
    /// Contacts found.
    pub contacts: usize,
    /// Seconds of linking.
    pub link: f64,
    /// Seconds of reconciling.
    pub reconcile: f64,
    /// Peak of resident memory in bytes, input and result included; 0 where the system does not tell.
    pub memory: u64,
    /// B-cubed F1 of the links against the truth.
    pub linking: f64,
}

/// Runs all sizes and prints the table.
pub fn run(arguments: &Scale) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    println!(
        "| reports | documents | contacts | linking s | reconciling s | together µs a report | peak memory MB | linking F1 |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for &size in &arguments.sizes {
        let row = measure(size, arguments.seed);
        println!("{}", line(&row));
        rows.push(row);
    }
    if let Some(path) = &arguments.svg {
        std::fs::write(path, svg(&rows)).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Generates, links and reconciles one size.
pub fn measure(reports: usize, seed: u64) -> Row {
    let begun = Instant::now();
    let made = synthetic::corpus(reports, seed);
    eprintln!("readout-eval: {reports} reports generated in {:.1} s", begun.elapsed().as_secs_f64());
    let documents = made.extractions.len();
    let truth = Truth::of(made.truth);
    let run = chronology_of(Extracted { extractions: made.extractions, ..Extracted::default() });
    let seconds = |stage| run.timings.stage(stage).as_secs_f64();
    Row {
        reports,
        documents,
        contacts: run.chronology.contacts.len(),
        link: seconds(Stage::Link),
        reconcile: seconds(Stage::Reconcile),
        memory: run.timings.peak_memory.unwrap_or(0),
        linking: b_cubed(&run.chronology, &truth),
    }
}

/// The true contact of each report in two lists, so that what is measured is the memory of the program and not of the measuring.
struct Truth {
    /// Where the reports of each document begin.
    begin: Vec<u32>,
    contact: Vec<u32>,
}

impl Truth {
    fn of(lists: Vec<Vec<u32>>) -> Truth {
        let mut truth = Truth { begin: Vec::with_capacity(lists.len()), contact: Vec::new() };
        truth.contact.reserve_exact(lists.iter().map(Vec::len).sum());
        for list in lists {
            truth.begin.push(truth.contact.len() as u32);
            truth.contact.extend(list);
        }
        truth
    }

    fn contact(&self, document: usize, report: usize) -> u32 {
        self.contact[self.begin[document] as usize + report]
    }
}

/// B-cubed F1 (Bagga and Baldwin 1998) of contacts against the true contact of each report.
fn b_cubed(chronology: &readout_types::Chronology, truth: &Truth) -> f64 {
    let mut true_size = std::collections::HashMap::new();
    truth.contact.iter().for_each(|t| *true_size.entry(*t).or_insert(0usize) += 1);
    let (mut precision, mut recall, mut n) = (0.0, 0.0, 0usize);
    let mut together = std::collections::HashMap::new();
    for contact in &chronology.contacts {
        together.clear();
        let told = |document: usize, report: &readout_types::Report| {
            report.evidence.first().and_then(|e| number(&e.source.text)).map(|at| truth.contact(document, at))
        };
        let told: Vec<u32> = contact.reports.iter().filter_map(|(d, r)| told(*d, r)).collect();
        told.iter().for_each(|t| *together.entry(*t).or_insert(0usize) += 1);
        for t in &told {
            let both = together[t] as f64;
            precision += both / told.len() as f64;
            recall += both / true_size[t] as f64;
            n += 1;
        }
    }
    let (precision, recall) = (precision / n.max(1) as f64, recall / n.max(1) as f64);
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}

/// The number that the trigger of a synthetic report begins with.
fn number(text: &str) -> Option<usize> {
    text.split(' ').next()?.parse().ok()
}

fn line(row: &Row) -> String {
    format!(
        "| {} | {} | {} | {:.2} | {:.2} | {:.1} | {:.0} | {:.3} |",
        row.reports,
        row.documents,
        row.contacts,
        row.link,
        row.reconcile,
        (row.link + row.reconcile) * 1e6 / row.reports.max(1) as f64,
        row.memory as f64 / 1e6,
        row.linking
    )
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const BOTTOM: f64 = 50.0;
const TOP: f64 = 40.0;
const RIGHT: f64 = 20.0;

/// Seconds against reports, both logarithmic, with a line of constant time a report through the last point.
pub fn svg(rows: &[Row]) -> String {
    let (first, last) = match (rows.first(), rows.last()) {
        (Some(a), Some(b)) => (a, b),
        _ => return String::new(),
    };
    let seconds = |row: &Row| (row.link + row.reconcile).max(1e-4);
    let low = rows.iter().map(|r| r.link.min(r.reconcile).max(1e-4).log10().floor()).fold(f64::MAX, f64::min);
    let high = rows.iter().map(|r| seconds(r).log10().ceil()).fold(f64::MIN, f64::max);
    let (from, to) = ((first.reports as f64).log10().floor(), (last.reports as f64).log10().ceil());
    let x = |n: f64| LEFT + (n.log10() - from) / (to - from).max(1.0) * (WIDTH - LEFT - RIGHT);
    let y = |s: f64| HEIGHT - BOTTOM - (s.max(1e-4).log10() - low) / (high - low).max(1.0) * (HEIGHT - TOP - BOTTOM);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Time of linking and reconciling against the number of reports</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>"
    );
    for power in from as i32..=to as i32 {
        let at = x(10f64.powi(power));
        let _ = writeln!(
            out,
            "<path d=\"M{at:.1} {TOP}V{:.1}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">10{}</text>",
            HEIGHT - BOTTOM,
            HEIGHT - BOTTOM + 18.0,
            superscript(power)
        );
    }
    for power in low as i32..=high as i32 {
        let at = y(10f64.powi(power));
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{} s</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0,
            10f64.powi(power)
        );
    }
    let constant = |n: f64| y(seconds(last) / last.reports as f64 * n);
    let _ = writeln!(
        out,
        "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>",
        x(first.reports as f64),
        constant(first.reports as f64),
        x(last.reports as f64),
        constant(last.reports as f64)
    );
    type Part = fn(&Row) -> f64;
    let parts: [(&str, &str, Part); 3] = [
        ("together", "#111", |r| r.link + r.reconcile),
        ("linking", "#1f6fb4", |r| r.link),
        ("reconciling", "#c2571a", |r| r.reconcile),
    ];
    for (i, (name, colour, part)) in parts.into_iter().enumerate() {
        let points: Vec<String> =
            rows.iter().map(|r| format!("{:.1},{:.1}", x(r.reports as f64), y(part(r)))).collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        for point in &points {
            let (px, py) = point.split_once(',').unwrap_or(("0", "0"));
            let _ = writeln!(out, "<circle cx=\"{px}\" cy=\"{py}\" r=\"3\" fill=\"{colour}\"/>");
        }
        let at = TOP + 14.0 + 16.0 * i as f64;
        let _ = writeln!(out, "<text x=\"{:.1}\" y=\"{at:.1}\" fill=\"{colour}\">{name}</text>", LEFT + 12.0);
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#666\">dashed: the same time for every report</text>\n\
         <text x=\"{:.1}\" y=\"20\" text-anchor=\"middle\">Seconds against reports, both logarithmic</text>\n</svg>",
        LEFT + 12.0,
        TOP + 14.0 + 48.0,
        WIDTH / 2.0
    );
    out
}

fn superscript(power: i32) -> String {
    power
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).map_or('⁻', |d| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][d as usize]))
        .collect()
}
