//! Owns the command line of the evaluation: which sets, from where, and the exit code.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use readout_eval::agreement::{self, Agreement};
use readout_eval::calibration::{self, Calibration};
use readout_eval::crawl::{self, Crawl};
use readout_eval::events::{self, Events};
use readout_eval::figures::{self, Measure, SetFigures};
use readout_eval::pages::{self, Pages};
use readout_eval::removal::{self, Removal};
use readout_eval::scale::{self, Scale};
use readout_eval::sets::{self, Set};
use readout_eval::statements::{self, Statements};
use readout_eval::{program, table};

/// Measures Readout on all gold there is and prints one table.
///
/// Sets: seeds, calls-2025, dev (whole, half A tuned on, half B held out), examples (the project's own), each by the deep
/// tier and ("seeds, swift", …) by the swift one; titles-dev (on corpus/large) by the swift tier. Measures are those of score.py and score_titles.py; beside them, how many quoted texts are not the
/// original's slice at their offsets, and whether a run on one thread and a run on two give the same bytes.
///
/// Exit code: 0 when all is as good as committed, 1 when a figure is worse (--check) or a run failed.
#[derive(Debug, Parser)]
#[command(name = "readout-eval", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Something else than the figures against gold.
    #[command(subcommand)]
    command: Option<Command>,
    /// Folder with corpus/ and gold/, which are no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    shared: PathBuf,
    /// The repository, for its own examples.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Only this set (may be repeated).
    #[arg(long, value_name = "SET")]
    only: Vec<String>,
    /// Take this JSON of `readout timeline --format json` for a set instead of running the program (may be repeated).
    #[arg(long, value_name = "SET=FILE")]
    pred: Vec<String>,
    /// List what was missed, invented or got wrong. Held-out documents are not listed.
    #[arg(long)]
    details: bool,
    /// Write all figures to this file as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write each set's prediction to DIR/SET.json, for score.py.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Fail when a figure is worse than in this file.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "eval/figures.json")]
    check: Option<PathBuf>,
    /// Take better figures over into the file of --check (eval/figures.json). A worse one is lowered by hand.
    #[arg(long)]
    update: bool,
    /// Run once, on two threads, without comparing with a run on one.
    #[arg(long)]
    once: bool,
}

/// What else can be measured.
#[derive(Debug, Subcommand)]
enum Command {
    Scale(Scale),
    Events(Events),
    Gaps(Removal),
    Agreement(Agreement),
    Pages(Pages),
    Crawl(Crawl),
    Statements(Statements),
    Confidence(Calibration),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        None => run(&arguments),
        Some(Command::Scale(scale)) => scale::run(scale).map(|()| ExitCode::SUCCESS),
        Some(Command::Gaps(arguments)) => {
            removal::run(arguments).map(|well| if well == Some(false) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Some(Command::Agreement(arguments)) => agreement::run(arguments).map(|_| ExitCode::SUCCESS),
        Some(Command::Events(arguments)) => events::run(arguments).map(|()| ExitCode::SUCCESS),
        Some(Command::Statements(arguments)) => statements::run(arguments).map(|()| ExitCode::SUCCESS),
        Some(Command::Confidence(arguments)) => calibration::run(arguments).map(|()| ExitCode::SUCCESS),
        Some(Command::Pages(pages)) => pages::run(pages).map(|()| ExitCode::SUCCESS),
        Some(Command::Crawl(crawl)) => crawl::run(crawl).map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("readout-eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let sets = chosen(arguments)?;
    let given = predictions(&arguments.pred, &sets)?;
    let mut all: Vec<SetFigures> = Vec::new();
    for set in &sets {
        if let Some(path) = set.missing() {
            eprintln!("readout-eval: {} not measured: {} is not there", set.name, path.display());
            continue;
        }
        let (json, differing) = match given.get(set.name) {
            Some(file) => (std::fs::read_to_string(file).with_context(|| file.display().to_string())?, None),
            None => produce(set, arguments.once)?,
        };
        if let Some(folder) = &arguments.keep {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            std::fs::write(folder.join(format!("{}.json", set.name)), &json)?;
        }
        let mut outcome = sets::score(set, &json)?;
        outcome.figures[0].measures.extend(differing.map(|n| Measure::count("differing runs", n)));
        if arguments.details {
            println!("{}: {} lines", set.name, outcome.details.len());
            outcome.details.iter().for_each(|line| println!("{line}"));
            println!();
        }
        all.extend(outcome.figures);
    }
    print!("{}", table::render(&all));
    if let Some(file) = &arguments.json {
        let json: Vec<_> = all.iter().map(|s| (&s.set, s.by_name())).collect();
        let json: std::collections::BTreeMap<_, _> = json.into_iter().collect();
        std::fs::write(file, serde_json::to_string_pretty(&json)? + "\n")
            .with_context(|| file.display().to_string())?;
    }
    compare(arguments, &all)
}

/// Compares with the committed figures and takes better ones over, as asked.
fn compare(arguments: &Arguments, all: &[SetFigures]) -> anyhow::Result<ExitCode> {
    let file = arguments.check.clone().unwrap_or_else(|| arguments.root.join("eval/figures.json"));
    if arguments.check.is_none() && !arguments.update {
        return Ok(ExitCode::SUCCESS);
    }
    if !file.exists() && !arguments.update {
        bail!("{}: no committed figures; --update writes them", file.display());
    }
    let mut committed = figures::read(&file)?;
    let worse = figures::worse(&committed, all);
    for line in &worse {
        println!("WORSE    {line}");
    }
    if arguments.update {
        figures::raise(&mut committed, all);
        figures::write(&file, &committed)?;
    }
    if worse.is_empty() {
        println!("No figure is below {}.", file.display());
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn chosen(arguments: &Arguments) -> anyhow::Result<Vec<Set>> {
    let mut sets = sets::all(&arguments.shared, &arguments.root);
    for name in &arguments.only {
        if !sets.iter().any(|set| set.name == name) {
            let names: Vec<_> = sets.iter().map(|set| set.name).collect();
            bail!("--only {name}: no such set; there are {}", names.join(", "));
        }
    }
    if !arguments.only.is_empty() {
        sets.retain(|set| arguments.only.iter().any(|name| name == set.name));
    }
    Ok(sets)
}

fn predictions<'a>(given: &'a [String], sets: &[Set]) -> anyhow::Result<HashMap<&'a str, PathBuf>> {
    given
        .iter()
        .map(|text| match text.split_once('=') {
            Some((set, file)) if sets.iter().any(|s| s.name == set) => Ok((set, PathBuf::from(file))),
            _ => bail!("--pred {text}: expected SET=FILE with the name of a set"),
        })
        .collect()
}

/// Runs the program over a set; the JSON and, when it ran twice, whether the runs differ (0 or 1).
fn produce(set: &Set, once: bool) -> anyhow::Result<(String, Option<usize>)> {
    let begun = Instant::now();
    let json = program::timeline_json(&set.inputs, 2, set.tier)?;
    eprintln!("readout-eval: {} on two threads: {:.1} s", set.name, begun.elapsed().as_secs_f64());
    if once {
        return Ok((json, None));
    }
    let differ = program::timeline_json(&set.inputs, 1, set.tier)? != json;
    if differ {
        println!("DIFFER   {}: one thread gives other bytes than two", set.name);
    }
    Ok((json, Some(usize::from(differ))))
}
