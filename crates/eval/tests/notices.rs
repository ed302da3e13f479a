//! Owns THIRD-PARTY.md: the crates that the program is built from and their licences, all of them ones we may ship.
//!
//! `READOUT_UPDATE=1 cargo test -p readout-eval --test notices` writes the file anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

/// Licences (SPDX) that a program under MIT or Apache-2.0 may contain. Of several joined by OR one is enough.
const FINE: [&str; 12] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unicode-3.0",
    "MPL-2.0",
    // Of data: the root certificates that Mozilla keeps, for fetching over TLS.
    "CDLA-Permissive-2.0",
];

const HEAD: &str = "\
# Third-party crates

The `readout` program is built from these crates besides its own. Written by
`READOUT_UPDATE=1 cargo test -p readout-eval --test notices`; the same test fails when a crate is missing here.

| crate | licence | source |
|---|---|---|
";

/// Packages that the program `readout` contains on Linux, without those of the workspace.
fn packages() -> anyhow::Result<Vec<Value>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .context("cargo metadata")?;
    anyhow::ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let edges: BTreeMap<String, Vec<Value>> =
        list(&metadata["resolve"]["nodes"]).iter().map(|node| (text(&node["id"]), list(&node["deps"]))).collect();
    let packages: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (text(&package["id"]), package)).collect();
    let start = packages.iter().find(|(_, package)| package["name"] == "readout-cli");
    let mut open = vec![start.context("no package readout-cli")?.0.clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        for dependency in edges.get(&id).into_iter().flatten() {
            let is_in_program = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            let id = text(&dependency["pkg"]);
            if is_in_program && seen.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    Ok(seen.iter().filter_map(|id| packages.get(id)).filter(|p| !p["source"].is_null()).cloned().collect())
}

/// Whether an SPDX expression leaves a choice that is fine. Good enough for the forms that crates use.
fn is_fine(licence: &str) -> bool {
    let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" AND ").all(|all| all.split(" OR ").any(|one| FINE.contains(&one.trim())))
}

#[test]
fn every_crate_is_listed_and_its_licence_is_fine() -> anyhow::Result<()> {
    let mut rows = BTreeSet::new();
    for package in packages()? {
        let text = |key: &str| package[key].as_str().unwrap_or("").to_owned();
        let (name, licence) = (text("name"), text("license"));
        assert!(is_fine(&licence), "{name}: may we ship {licence:?}?");
        let source = Some(text("repository")).filter(|r| !r.is_empty()).unwrap_or_else(|| "not named".to_owned());
        rows.insert(format!("| {name} | {licence} | {source} |"));
    }
    let mut wanted = HEAD.to_owned();
    for row in rows {
        writeln!(wanted, "{row}")?;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../THIRD-PARTY.md");
    if std::env::var_os("READOUT_UPDATE").is_some() {
        fs::write(&file, &wanted)?;
    }
    let present = fs::read_to_string(&file).unwrap_or_default();
    assert!(present == wanted, "THIRD-PARTY.md is not current; write it anew with READOUT_UPDATE=1 (see {})", file!());
    Ok(())
}

#[test]
fn choices_of_licences() {
    for licence in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_fine(licence), "{licence}");
    }
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0"] {
        assert!(!is_fine(licence), "{licence}");
    }
}
