//! Owns the sets of documents with gold: where they lie, and what is tuned on and what is held out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use readout_types::Tier;

use crate::figures::SetFigures;
use crate::prediction::{Prediction, Report};
use crate::texts::Texts;
use crate::{contacts, evidence, gold, texts, titles};

/// What a set is scored against.
#[derive(Clone, Debug)]
pub enum Gold {
    /// A folder of hand-made gold.
    Contacts(PathBuf),
    /// The same, and each half of the documents for itself.
    Halves(PathBuf),
    /// A file of weak gold from titles.
    Titles(PathBuf),
}

/// Documents with gold.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its name on the command line and in the table.
    pub name: &'static str,
    /// What the program reads.
    pub inputs: Vec<PathBuf>,
    /// What its output is compared with.
    pub gold: Gold,
    /// How thoroughly the program analyses it.
    pub tier: Tier,
}

/// All sets; titles-dev, which is large, by the swift tier alone. `shared` holds what is no part of the repository, `root` is the repository.
pub fn all(shared: &Path, root: &Path) -> Vec<Set> {
    let corpus = |name: &str| shared.join("corpus").join(name);
    let gold = |name: &str| shared.join("gold").join(name);
    let seeds = (vec![corpus("seeds")], Gold::Contacts(gold("seeds")));
    let calls = (vec![corpus("calls-2025")], Gold::Contacts(gold("calls-2025")));
    let dev = (vec![corpus("dev.jsonl")], Gold::Halves(gold("dev")));
    let large = vec![corpus("large/kremlin.jsonl"), corpus("large/wh.jsonl")];
    let titles = (large, Gold::Titles(gold("titles-dev.jsonl")));
    let examples = (vec![root.join("examples/calls")], Gold::Contacts(root.join("eval/gold/examples")));
    let set = |name, (inputs, gold): &(Vec<PathBuf>, Gold), tier| Set {
        name,
        inputs: inputs.clone(),
        gold: gold.clone(),
        tier,
    };
    vec![
        set("seeds", &seeds, Tier::Deep),
        set("calls-2025", &calls, Tier::Deep),
        set("dev", &dev, Tier::Deep),
        set("examples", &examples, Tier::Deep),
        set("seeds, swift", &seeds, Tier::Swift),
        set("calls-2025, swift", &calls, Tier::Swift),
        set("dev, swift", &dev, Tier::Swift),
        set("examples, swift", &examples, Tier::Swift),
        set("titles-dev", &titles, Tier::Swift),
    ]
}

impl Set {
    /// The first of its inputs and gold that does not exist.
    pub fn missing(&self) -> Option<&Path> {
        let (Gold::Contacts(gold) | Gold::Halves(gold) | Gold::Titles(gold)) = &self.gold;
        self.inputs.iter().chain([gold]).map(PathBuf::as_path).find(|path| !path.exists())
    }
}

/// One half of a set, by a stable hash of the document's id, so that it stays the same when documents come or go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Looked at while rules are written and models are tuned.
    Tuned,
    /// Held out: scored, never looked at.
    HeldOut,
}

impl Half {
    /// Even 64-bit FNV-1a hashes of the id's UTF-8 bytes are tuned on, odd ones are held out.
    pub fn of(id: &str) -> Half {
        let hash = id
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if hash.is_multiple_of(2) { Half::Tuned } else { Half::HeldOut }
    }
}

/// The figures of one set (three times for a set with halves) and the lines of `--details`.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Figures.
    pub figures: Vec<SetFigures>,
    /// What went wrong, a line each.
    pub details: Vec<String>,
}

/// Scores the JSON that a run over the set's inputs printed.
pub fn score(set: &Set, json: &str) -> anyhow::Result<Outcome> {
    let prediction = Prediction::parse(json).with_context(|| format!("prediction for {}", set.name))?;
    let originals = texts::read(&set.inputs)?;
    let reports = prediction.by_document();
    let mut outcome = match &set.gold {
        Gold::Contacts(folder) => contacts(set.name, folder, false, &originals, &reports)?,
        Gold::Halves(folder) => contacts(set.name, folder, true, &originals, &reports)?,
        Gold::Titles(file) => {
            let scored = titles::score(&gold::read_titles(file)?, &reports);
            let figures = SetFigures { set: set.name.to_owned(), measures: scored.measures };
            Outcome { figures: vec![figures], details: scored.details }
        }
    };
    let checked = evidence::check(&prediction, &originals);
    outcome.figures[0].measures.extend(checked.measures());
    outcome.details.extend(checked.mismatches.into_iter().map(|line| format!("EVIDENCE {line}")));
    Ok(outcome)
}

fn contacts(
    name: &str,
    folder: &Path,
    halves: bool,
    originals: &Texts,
    reports: &HashMap<String, Vec<Report>>,
) -> anyhow::Result<Outcome> {
    let gold = gold::read(folder, originals)?;
    let faults: Vec<String> = gold
        .iter()
        .flat_map(|document| match originals.get(&document.doc) {
            Some(original) => document.faults(&original.text),
            None => vec![format!("{}: no such document in the input", document.doc)],
        })
        .map(|fault| format!("GOLD     {fault}"))
        .collect();
    let scored = contacts::score(&gold, reports);
    let mut outcome = Outcome {
        figures: vec![SetFigures { set: name.to_owned(), measures: scored.measures }],
        // Held-out documents are scored and not shown: whoever reads their errors has tuned on them.
        details: if halves { Vec::new() } else { scored.details },
    };
    if halves {
        for (half, suffix) in [(Half::Tuned, "A"), (Half::HeldOut, "B")] {
            let part: Vec<_> = gold.iter().filter(|d| Half::of(&d.doc) == half).cloned().collect();
            let scored = contacts::score(&part, reports);
            let set = format!("{name} {suffix}");
            outcome.figures.push(SetFigures { set, measures: scored.measures });
            if half == Half::Tuned {
                outcome.details.extend(scored.details);
            }
        }
    }
    outcome.details.extend(faults);
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_stay_as_they_are() {
        for (id, half) in [
            ("", Half::HeldOut),
            ("a", Half::Tuned),
            ("kremlin-28192", Half::Tuned),
            ("wikinews-6", Half::HeldOut),
            ("wikinews-69", Half::Tuned),
        ] {
            assert_eq!(Half::of(id), half, "{id}");
        }
    }
}
