//! Owns the original texts of an input, read here independently of the program under measurement.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

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

/// Texts by document id and by path.
pub type Texts = HashMap<String, Rc<Original>>;

/// Texts by document id (JSONL `id`, else the file name without its ending; the first of equal ids) and by path
/// (`FILE`, or `FILE:LINE` for a record). Folders are read with all their folders; a file that is no UTF-8 and a line
/// that is no record are passed over: no gold stands on them.
pub fn read(inputs: &[PathBuf]) -> anyhow::Result<Texts> {
    let mut texts = Texts::new();
    for input in inputs {
        if !input.exists() {
            bail!("{}: no such file or folder", input.display());
        }
        add(input, &mut texts).with_context(|| input.display().to_string())?;
    }
    Ok(texts)
}

fn add(path: &Path, texts: &mut Texts) -> anyhow::Result<()> {
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
        for (number, line) in content.lines().enumerate() {
            let Ok(record) = serde_json::from_str::<Record>(line) else { continue };
            let original =
                Rc::new(Original { text: record.text.unwrap_or_default(), title: record.title.unwrap_or_default() });
            texts.insert(format!("{}:{}", path.display(), number + 1), Rc::clone(&original));
            if let Some(id) = record.id {
                texts.entry(id).or_insert(original);
            }
        }
    } else if let Some(stem) = path.file_stem() {
        let text = content.strip_prefix('\u{feff}').unwrap_or(&content).to_owned();
        let original = Rc::new(Original { text, title: String::new() });
        texts.insert(path.display().to_string(), Rc::clone(&original));
        texts.entry(stem.to_string_lossy().into_owned()).or_insert(original);
    }
    Ok(())
}
