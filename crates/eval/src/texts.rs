//! Owns the original texts of an input, read here independently of the program under measurement.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// The text and the title of a document.
#[derive(Clone, Debug, Default)]
pub struct Original {
    /// The file's content, or the record's `text`.
    pub text: String,
    /// The record's `title`.
    pub title: String,
}

#[derive(Deserialize)]
struct Record {
    id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// Texts by document id (JSONL `id`, else the file name without its ending). Folders are read with all their folders;
/// a file that is no UTF-8 and a line that is no record are passed over: no gold stands on them.
pub fn read(inputs: &[PathBuf]) -> anyhow::Result<HashMap<String, Original>> {
    let mut texts = HashMap::new();
    for input in inputs {
        if !input.exists() {
            bail!("{}: no such file or folder", input.display());
        }
        add(input, &mut texts).with_context(|| input.display().to_string())?;
    }
    Ok(texts)
}

fn add(path: &Path, texts: &mut HashMap<String, Original>) -> anyhow::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(|e| e.file_name());
        for entry in entries {
            add(&entry.path(), texts)?;
        }
        return Ok(());
    }
    let Ok(content) = String::from_utf8(fs::read(path)?) else { return Ok(()) };
    if path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson") {
        for record in content.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok()) {
            if let Some(id) = record.id {
                let original =
                    Original { text: record.text.unwrap_or_default(), title: record.title.unwrap_or_default() };
                texts.insert(id, original);
            }
        }
    } else if let Some(stem) = path.file_stem() {
        let text = content.strip_prefix('\u{feff}').unwrap_or(&content).to_owned();
        texts.insert(stem.to_string_lossy().into_owned(), Original { text, title: String::new() });
    }
    Ok(())
}
