//! Owns the name of the pipeline: a hash over all that decides what one document gives, so that stored extractions are known
//! to be of these rules, tables, models and sources, or of others.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

/// What decides what one document gives, from the root of the repository.
const PARTS: [&str; 11] = [
    "crates/types/src",
    "crates/rules/src",
    "crates/actors/src",
    "crates/times/src",
    "crates/clean/src",
    "crates/annotate/src",
    "crates/extract/src",
    "crates/readout/src/documents.rs",
    "data",
    "models",
    "Cargo.lock",
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={}", root.join(part).display());
        collect(&root.join(part), &mut files);
    }
    files.sort();
    // The same for a given compiler, which is all that is asked of it: another one may name the pipeline anew.
    let mut hasher = DefaultHasher::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        hasher.write(name.as_bytes());
        hasher.write_u8(0);
        hasher.write(&fs::read(&file).unwrap_or_default());
    }
    println!("cargo:rustc-env=READOUT_PIPELINE={}-{:016x}", env!("CARGO_PKG_VERSION"), hasher.finish());
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}
