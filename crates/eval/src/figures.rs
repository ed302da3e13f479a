//! Owns figures: what one measure of one set came to, which of them may not fall, and the committed file of those.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;

/// How far a figure may lie under the committed one: rounding, not tolerance.
pub const SLACK: f64 = 0.0005;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name (`full record f1`).
    pub name: String,
    /// Its value; `None` where there was nothing to measure.
    pub value: Option<f64>,
    /// Whether it is a number of things and not a share.
    pub is_count: bool,
}

impl Measure {
    /// A share between 0 and 1.
    pub fn share(name: impl Into<String>, value: Option<f64>) -> Measure {
        Measure { name: name.into(), value, is_count: false }
    }

    /// A number of things.
    pub fn count(name: impl Into<String>, n: usize) -> Measure {
        Measure { name: name.into(), value: Some(n as f64), is_count: true }
    }
}

/// All figures of one set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetFigures {
    /// The set (`dev, half B`).
    pub set: String,
    /// Its figures, in the order to print.
    pub measures: Vec<Measure>,
}

impl SetFigures {
    /// Values by name, for writing as JSON.
    pub fn by_name(&self) -> BTreeMap<&str, Option<f64>> {
        self.measures.iter().map(|m| (m.name.as_str(), m.value)).collect()
    }
}

/// Figures that may not fall. The other fields' accuracies are shown only: they are shares of what was matched, and sink
/// when harder contacts are found.
const KEEP_HIGH: [&str; 7] =
    ["f1", "full record f1", "main contact recall", "status accuracy", "linking b-cubed f1", "found", "right day"];

/// Figures that may not rise.
const KEEP_LOW: [&str; 3] = ["trapped", "evidence mismatches", "differing runs"];

/// Figures that are held: set, measure, value.
pub type Committed = BTreeMap<String, BTreeMap<String, f64>>;

fn held(figures: &[SetFigures]) -> impl Iterator<Item = (&str, &str, f64)> {
    figures.iter().flat_map(|set| {
        set.measures.iter().filter_map(|measure| {
            let name = measure.name.as_str();
            let is_held = KEEP_HIGH.contains(&name) || KEEP_LOW.contains(&name);
            Some((set.set.as_str(), name, measure.value.filter(|_| is_held)?))
        })
    })
}

/// Reads the committed figures; a missing file holds none.
pub fn read(file: &Path) -> anyhow::Result<Committed> {
    if !file.exists() {
        return Ok(Committed::new());
    }
    let json = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&json).with_context(|| format!("{}: not a file of figures", file.display()))
}

/// Writes the committed figures.
pub fn write(file: &Path, committed: &Committed) -> anyhow::Result<()> {
    let mut json = serde_json::to_string_pretty(committed)?;
    json.push('\n');
    fs::write(file, json).with_context(|| file.display().to_string())
}

/// What is worse than committed, a line each. Sets that were not measured are passed over; a committed figure of a
/// measured set that is not there any more counts as worse.
pub fn worse(committed: &Committed, figures: &[SetFigures]) -> Vec<String> {
    let mut lines = Vec::new();
    for (set, measures) in committed {
        if !figures.iter().any(|f| f.set == *set) {
            continue;
        }
        for (name, before) in measures {
            match held(figures).find(|(s, n, _)| s == set && n == name) {
                // A run with --once, or on a given prediction, does not compare threads.
                None if name == "differing runs" => {}
                None => lines.push(format!("{set}: {name} was {before}, and is not measured any more")),
                Some((_, _, now)) if is_worse(name, *before, now) => {
                    lines.push(format!("{set}: {name} was {before:.4}, is {now:.4}"));
                }
                Some(_) => {}
            }
        }
    }
    lines
}

fn is_worse(name: &str, before: f64, now: f64) -> bool {
    if KEEP_LOW.contains(&name) { now > before } else { now < before - SLACK }
}

/// Takes over every held figure that is new or better, rounded to four decimals; a worse one stays, so that lowering it
/// is an edit of the file that a reviewer sees.
pub fn raise(committed: &mut Committed, figures: &[SetFigures]) {
    for (set, name, now) in held(figures) {
        let now = (now * 1e4).round() / 1e4;
        let before = committed.entry(set.to_owned()).or_default().entry(name.to_owned()).or_insert(now);
        *before = if KEEP_LOW.contains(&name) { before.min(now) } else { before.max(now) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(f1: f64, trapped: usize) -> Vec<SetFigures> {
        let measures = vec![
            Measure::share("f1", Some(f1)),
            Measure::count("trapped", trapped),
            Measure::share("precision", Some(0.5)),
        ];
        vec![SetFigures { set: "dev".to_owned(), measures }]
    }

    #[test]
    fn held_figures_only_get_better() {
        let mut committed = Committed::new();
        raise(&mut committed, &figures(0.70004, 1));
        assert_eq!(committed["dev"].len(), 2, "precision is shown, not held");
        raise(&mut committed, &figures(0.65, 0));
        assert_eq!((committed["dev"]["f1"], committed["dev"]["trapped"]), (0.7, 0.0));
        assert!(worse(&committed, &figures(0.6996, 0)).is_empty());
        assert_eq!(worse(&committed, &figures(0.6994, 1)).len(), 2);
        assert_eq!(worse(&committed, &[]).len(), 0);
    }

    #[test]
    fn a_figure_that_vanished_is_worse() {
        let mut committed = Committed::new();
        raise(&mut committed, &figures(0.7, 0));
        let gone = [SetFigures { set: "dev".to_owned(), measures: Vec::new() }];
        assert_eq!(worse(&committed, &gone).len(), 2);
    }

    #[test]
    fn the_file_round_trips() -> anyhow::Result<()> {
        let file = tempfile::tempdir()?.keep().join("figures.json");
        assert!(read(&file)?.is_empty());
        let mut committed = Committed::new();
        raise(&mut committed, &figures(0.7, 0));
        write(&file, &committed)?;
        assert_eq!(read(&file)?, committed);
        Ok(())
    }
}
