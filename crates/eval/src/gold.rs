//! Owns gold: the files of careful readers, and where their anchors stand.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::texts::Texts;

/// One document's gold, as `gold/README.md` describes the file.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// Id of the document.
    pub doc: String,
    /// Its contacts.
    pub contacts: Vec<GoldContact>,
    /// Domestic or doubtful: neither rewarded nor punished.
    #[serde(default)]
    pub ignore: Vec<Mark>,
    /// What is no contact though it reads like one.
    #[serde(default)]
    pub traps: Vec<Mark>,
}

/// One contact of a document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldContact {
    /// Kind.
    pub kind: String,
    /// Latest status as of the document.
    pub status: String,
    /// Who takes part, principals first.
    pub participants: Vec<String>,
    /// EDTF, what a careful reader derives from text and publication date.
    pub when: Option<String>,
    /// The real date, where known for sure.
    pub true_date: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Who called, proposed, invited.
    pub initiator: Option<String>,
    /// Least and most minutes; a missing bound is open.
    pub duration_min: Option<[Option<f64>; 2]>,
    /// Whom the text credits.
    #[serde(default)]
    pub said_by: Vec<Source>,
    /// Ordinals and totals that the text gives it.
    #[serde(default)]
    pub counts: Vec<serde_json::Value>,
    /// Whether the document is mainly about it.
    #[serde(default)]
    pub main: bool,
    /// Where the main trigger stands.
    #[serde(flatten)]
    pub mark: Mark,
}

/// Whom a text credits.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    /// The name.
    pub who: String,
}

/// A phrase of the text and its place in code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Mark {
    /// Exact words.
    pub anchor: Option<String>,
    /// First code point.
    pub start: Option<i64>,
    /// One past the last.
    pub end: Option<i64>,
}

impl Mark {
    /// Its code points, where known.
    pub fn position(&self) -> Option<(i64, i64)> {
        Some((self.start?, self.end?))
    }

    fn locate(&mut self, text: &str) {
        if self.start.is_some() {
            return;
        }
        let Some(anchor) = self.anchor.as_deref().filter(|a| !a.is_empty()) else { return };
        if let Some(byte) = text.find(anchor) {
            let start = text[..byte].chars().count() as i64;
            self.start = Some(start);
            self.end = Some(start + anchor.chars().count() as i64);
        }
    }
}

impl GoldDocument {
    /// Every phrase it points at.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.contacts.iter().map(|c| &c.mark).chain(&self.ignore).chain(&self.traps)
    }

    /// What is wrong with its phrases: not in the text, in it more than once without a position, or not what stands at
    /// the position. Empty for good gold.
    pub fn faults(&self, text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for mark in self.marks() {
            let Some(anchor) = mark.anchor.as_deref() else {
                faults.push(format!("{}: an entry without anchor", self.doc));
                continue;
            };
            match mark.position() {
                None => faults.push(format!("{}: not in the text: «{anchor}»", self.doc)),
                Some((start, end)) => {
                    if slice(text, start, end) != Some(anchor) {
                        faults.push(format!("{}: not at {start}..{end}: «{anchor}»", self.doc));
                    }
                }
            }
        }
        faults
    }
}

/// The code points from `start` to `end` of a text; `None` when it is shorter.
pub fn slice(text: &str, start: i64, end: i64) -> Option<&str> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    if start > end {
        return None;
    }
    let mut starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let from = starts.nth(start)?;
    let to = if end == start { from } else { starts.nth(end - start - 1)? };
    text.get(from..to)
}

/// Reads every `*.json` of a folder, in order of file names, and finds anchors without position in `texts`.
pub fn read(folder: &Path, texts: &Texts) -> anyhow::Result<Vec<GoldDocument>> {
    let entries = fs::read_dir(folder).with_context(|| format!("gold folder {}", folder.display()))?;
    let mut files: Vec<_> = entries.collect::<Result<Vec<_>, _>>()?.into_iter().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    if files.is_empty() {
        bail!("gold folder {}: no *.json in it", folder.display());
    }
    let mut documents: Vec<GoldDocument> = Vec::new();
    for file in files {
        let json = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let mut document: GoldDocument =
            serde_json::from_str(&json).with_context(|| format!("{}: not gold", file.display()))?;
        if let Some(original) = texts.get(&document.doc) {
            for mark in
                document.contacts.iter_mut().map(|c| &mut c.mark).chain(&mut document.ignore).chain(&mut document.traps)
            {
                mark.locate(&original.text);
            }
        }
        documents.push(document);
    }
    Ok(documents)
}

/// Weak gold from the title of an official readout.
#[derive(Clone, Debug, Deserialize)]
pub struct TitleGold {
    /// Id of the document.
    pub doc: String,
    /// Kind.
    pub kind: String,
    /// The office that published it.
    pub host: String,
    /// Its title.
    pub title: String,
    /// Day of publication.
    pub when: String,
}

/// Reads a JSONL file of weak gold.
pub fn read_titles(file: &Path) -> anyhow::Result<Vec<TitleGold>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", file.display(), i + 1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_count_code_points() {
        assert_eq!(slice("aé—x", 1, 3), Some("é—"));
        assert_eq!(slice("aé—x", 0, 4), Some("aé—x"));
        assert_eq!(slice("aé—x", 4, 4), Some(""));
        assert_eq!(slice("aé—x", 0, 5), None);
        assert_eq!(slice("aé—x", -1, 2), None);
        assert_eq!(slice("aé—x", 3, 2), None);
    }

    #[test]
    fn anchors_are_found_in_code_points() {
        let mut mark = Mark { anchor: Some("spoke with".to_owned()), ..Mark::default() };
        mark.locate("Erdoğan — spoke with Putin");
        assert_eq!(mark.position(), Some((10, 20)));
    }
}
