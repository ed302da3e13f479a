//! Owns the forbidden edges: which crate may import which, and which crates touch no file, clock, network or environment.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

/// What each crate may import of the workspace. Types below, stages beside one another, the facade above them.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("readout-types", &[]),
    ("readout-rules", &["readout-types"]),
    ("readout-actors", &["readout-types"]),
    ("readout-times", &["readout-types"]),
    ("readout-read", &["readout-types"]),
    ("readout-clean", &["readout-types", "readout-times"]),
    ("readout-annotate", &["readout-types"]),
    ("readout-train", &["readout-types", "readout-annotate"]),
    ("readout-extract", &["readout-types", "readout-rules", "readout-actors", "readout-times"]),
    ("readout-link", &["readout-types"]),
    ("readout-reconcile", &["readout-types"]),
    ("readout-corrections", &["readout-types"]),
    ("readout-store", &["readout-types"]),
    (
        "readout",
        &[
            "readout-types",
            "readout-rules",
            "readout-actors",
            "readout-times",
            "readout-read",
            "readout-clean",
            "readout-corrections",
            "readout-annotate",
            "readout-extract",
            "readout-link",
            "readout-reconcile",
        ],
    ),
    ("readout-export", &["readout-types"]),
    ("readout-ledger", &["readout-types", "readout-corrections", "readout-store", "readout"]),
    ("readout-serve", &["readout-types", "readout-corrections", "readout-export", "readout-ledger"]),
    (
        "readout-cli",
        &["readout-types", "readout-corrections", "readout-export", "readout-ledger", "readout-serve", "readout"],
    ),
    ("readout-eval", &["readout-types", "readout-export", "readout"]),
];

/// What no crate may import, not even for its tests.
const TOP: &[&str] = &["readout", "readout-ledger", "readout-serve", "readout-cli", "readout-eval", "readout-train"];

/// Crates that only compute: the same input gives the same output on every machine, at every hour.
const PURE: &[&str] = &[
    "types",
    "rules",
    "actors",
    "times",
    "clean",
    "annotate",
    "extract",
    "link",
    "reconcile",
    "corrections",
    "export",
];

/// Paths that reach the world outside. A name counts where no letter stands before it.
const WORLD: &[&str] = &[
    "std::fs",
    "fs::",
    "File::",
    "std::env",
    "env::",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn crates_import_only_what_they_may() -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .context("cargo metadata")?;
    anyhow::ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata without packages")?;
    let name_of = |value: &Value| value["name"].as_str().unwrap_or("").to_owned();
    let workspace: BTreeSet<String> = packages.iter().map(name_of).collect();
    let mut faults = Vec::new();
    for package in packages {
        let name = name_of(package);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(of, _)| *of == name) else {
            faults.push(format!("{name} is new: say in {} what it may import", file!()));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let import = name_of(dependency);
            let for_tests = dependency["kind"] == "dev";
            let fine = if for_tests { !TOP.contains(&import.as_str()) } else { allowed.contains(&import.as_str()) };
            if workspace.contains(&import) && import != name && !fine {
                let purpose = if for_tests { " for its tests" } else { "" };
                faults.push(format!("{name} must not import {import}{purpose}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn pure_crates_touch_nothing_outside() -> anyhow::Result<()> {
    let mut faults = Vec::new();
    for name in PURE {
        let folder = root().join("crates").join(name).join("src");
        if !folder.exists() {
            eprintln!("SKIPPED: {} is not there yet", folder.display());
            continue;
        }
        for file in rust_files(&folder)? {
            let text = fs::read_to_string(&file)?;
            for (number, line) in text.lines().enumerate() {
                if line.trim() == "#[cfg(test)]" {
                    break;
                }
                let code = line.split("//").next().unwrap_or("");
                if let Some(word) = WORLD.iter().find(|word| stands_in(code, word)) {
                    faults.push(format!("{}:{}: {word}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "files, environment, clock and network belong to read and cli:\n{}", faults.join("\n"));
    Ok(())
}

fn rust_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn stands_in(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_part(before) && (word.ends_with(':') || !is_part(after))
    })
}

#[test]
fn words_are_found_whole() {
    assert!(stands_in("use std::fs;", "std::fs"));
    assert!(stands_in("let t = Instant::now();", "Instant"));
    assert!(!stands_in("defs::all()", "fs::"));
    assert!(!stands_in("const INSTANTS: u8", "Instant"));
    assert!(!stands_in("struct Instants;", "Instant"));
    assert!(!stands_in("include_bytes!(env!(\"X\"))", "env::"));
}
