//! Owns the truth of the documents: what README and docs/ show as output is what the program prints.
//!
//! In a fenced `console` block a line that starts with `$ ` is a command and what follows is its output. Commands of this
//! program are run in the repository; a line that is only `…` stands for any lines, including none. The program is taken
//! from `READOUT_BIN` (from the root of the repository when relative), else from the build folder of this test; says so
//! when it is not built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// How the documents start the program.
const STARTS: [&str; 2] = ["cargo run --release -p readout-cli -- ", "readout "];

/// A command of a document and the output it shows.
struct Shown {
    place: String,
    arguments: Vec<String>,
    output: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn program() -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = std::env::var_os("READOUT_BIN") {
        // A test runs in the folder of its package; the path is meant from the root, where the command was given.
        return Ok(Some(root().join(&path).canonicalize().context("READOUT_BIN")?));
    }
    let folder = std::env::current_exe()?.ancestors().nth(2).map(Path::to_path_buf);
    let program = folder.map(|f| f.join(format!("readout{}", std::env::consts::EXE_SUFFIX)));
    Ok(program.filter(|p| p.exists()))
}

fn documents() -> anyhow::Result<Vec<PathBuf>> {
    let mut files = vec![root().join("README.md")];
    if let Ok(entries) = fs::read_dir(root().join("docs")) {
        files.extend(entries.collect::<Result<Vec<_>, _>>()?.into_iter().map(|e| e.path()));
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "md") && f.exists());
    files.sort();
    Ok(files)
}

/// The commands with output of a document.
fn shown(name: &str, text: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut fence: Option<bool> = None;
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(language.trim() == "console") };
            open = false;
        } else if fence == Some(true) {
            if let Some(command) = line.strip_prefix("$ ") {
                let arguments = STARTS.iter().find_map(|start| command.strip_prefix(start));
                open = arguments.is_some();
                if let Some(arguments) = arguments {
                    let place = format!("{name}:{}", number + 1);
                    found.push(Shown { place, arguments: words(arguments), output: Vec::new() });
                }
            } else if open && let Some(last) = found.last_mut() {
                last.output.push(line.trim_end().to_owned());
            }
        }
    }
    found.retain(|shown| shown.output.iter().any(|line| !line.is_empty()));
    found
}

/// Words of a command line, with double or single quotation marks.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().into_iter().for_each(|w| w.push(c)),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Whether `lines` are the pattern, where `…` stands for any lines.
fn fits(pattern: &[String], lines: &[&str]) -> bool {
    match pattern.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == "…" => (0..=lines.len()).any(|skip| fits(rest, &lines[skip..])),
        Some((first, rest)) => lines.first() == Some(&first.as_str()) && fits(rest, &lines[1..]),
    }
}

#[test]
fn shown_output_is_real_output() -> anyhow::Result<()> {
    let Some(program) = program()? else {
        eprintln!("SKIPPED: the program is not built (cargo build -p readout-cli, or set READOUT_BIN)");
        return Ok(());
    };
    for file in documents()? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for shown in shown(&name, &fs::read_to_string(&file)?) {
            let output = Command::new(&program)
                .args(&shown.arguments)
                .current_dir(root())
                .env("NO_COLOR", "1")
                .env_remove("COLUMNS")
                .output()?;
            let text = String::from_utf8(output.stdout)?;
            let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            while lines.last() == Some(&"") {
                lines.pop();
            }
            assert!(
                fits(&shown.output, &lines),
                "{}: `readout {}` prints something else ({}):\n{}\n{}",
                shown.place,
                shown.arguments.join(" "),
                output.status,
                lines.join("\n"),
                String::from_utf8_lossy(&output.stderr),
            );
        }
    }
    Ok(())
}

#[test]
fn blocks_and_ellipses() {
    let text = "```console\n$ readout gaps \"a b\"\none\n…\nlast\n$ cargo test\nok\n```\n```sh\nreadout x\n```\n";
    let shown = shown("x.md", text);
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (shown[0].place.as_str(), shown[0].arguments.as_slice()),
        ("x.md:2", &["gaps".into(), "a b".into()][..])
    );
    assert!(fits(&shown[0].output, &["one", "two", "three", "last"]));
    assert!(fits(&shown[0].output, &["one", "last"]));
    assert!(!fits(&shown[0].output, &["one", "two"]));
}
