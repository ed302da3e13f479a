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

/// The tests that a table of a document names: `file.rs`: `test`, `test`.
fn named_tests(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for row in text.lines().filter(|l| l.starts_with('|')) {
        let mut file = None;
        for word in row.split('`').skip(1).step_by(2) {
            match &file {
                _ if word.ends_with(".rs") => file = Some(word.to_owned()),
                Some(file) => found.push((file.clone(), word.to_owned())),
                None => {}
            }
        }
    }
    found
}

#[test]
fn every_input_names_its_test() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let docs = fs::read_to_string(root.join("docs/inputs.md"))?;
    let (reading, testing) = docs.split_once("## Where it is tested").unwrap_or_default();
    let rows = |text: &str| text.lines().filter(|l| l.starts_with("| ")).map(str::to_owned).collect::<Vec<_>>();
    for row in rows(testing).iter().filter(|r| !r.starts_with("| format |") && !r.starts_with("| bad input |")) {
        assert!(!named_tests(row).is_empty(), "no test: {row}");
    }
    let tests = named_tests(testing);
    assert!(tests.len() >= 40, "{tests:?}");
    for (file, test) in tests {
        let text = fs::read_to_string(root.join(&file)).unwrap_or_default();
        assert!(text.contains(&format!("fn {test}(")), "{file} has no test {test}");
    }
    // Every format of the first table has a row in the second.
    let (formats, _) = reading.split_once("## Names of fields").unwrap_or((reading, ""));
    let (tested, _) = testing.split_once("| bad input |").unwrap_or((testing, ""));
    let inputs: Vec<String> = rows(formats).into_iter().skip(1).collect();
    assert!(inputs.len() >= 15, "{inputs:?}");
    for row in inputs {
        let cell = row.split('|').nth(1).unwrap_or("");
        // What stands in brackets says how a format is known; it is no other format.
        let cell: String = cell.split('(').map(|part| part.split_once(')').map_or(part, |(_, after)| after)).collect();
        for name in cell.split(',').map(str::trim).filter(|n| n.chars().next().is_some_and(char::is_alphabetic)) {
            assert!(tested.contains(name.split(' ').next().unwrap_or(name)), "no example of {name:?}");
        }
    }
    Ok(())
}
