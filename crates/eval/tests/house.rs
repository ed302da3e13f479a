//! Owns the rules of the house that a machine can check: what each file owns stands on its first line, and files stay
//! short enough to be read at one sitting.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a source file, at most; where one grows past this, a concept is missing.
const LINES: usize = 650;

fn sources() -> anyhow::Result<Vec<(PathBuf, String)>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![crates.canonicalize()?];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path)?;
                sources.push((path, text));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

fn without_fault(fault: impl Fn(&Path, &str) -> Option<String>) -> anyhow::Result<()> {
    let faults: Vec<String> = sources()?.iter().filter_map(|(path, text)| fault(path, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    Ok(())
}

#[test]
fn the_first_line_says_what_the_file_owns() -> anyhow::Result<()> {
    without_fault(|path, text| (!text.starts_with("//! ")).then(|| path.display().to_string()))
}

#[test]
fn files_stay_short() -> anyhow::Result<()> {
    without_fault(|path, text| {
        let lines = text.lines().count();
        (lines > LINES).then(|| format!("{}: {lines} lines, more than {LINES}", path.display()))
    })
}

#[test]
fn nothing_is_left_unfinished() -> anyhow::Result<()> {
    let words =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["todo", "!("], ["unimplemented", "!("]].map(|w| w.concat());
    without_fault(|path, text| {
        let at = text.lines().position(|line| words.iter().any(|word| line.contains(word)))?;
        Some(format!("{}:{}", path.display(), at + 1))
    })
}
