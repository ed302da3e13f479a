//! Owns what the deep tier teaches the swift one: its readings of text that nobody has annotated, as if they were treebank and
//! corpus of names.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use readout_annotate::Deep;

use crate::name_data::Named;
use crate::treebank::{Tree, Word};

/// Lengths of sentences, in words, that are taken.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=60;

/// Sentences read at once.
const AT_ONCE: usize = 256;

/// Up to `most` different sentences, evenly spread over the texts (JSON lines with a field `text`), with the trees and names that
/// the deep tier gives them.
pub fn sentences(deep: &Deep, texts: &[PathBuf], most: usize) -> Result<(Vec<Tree>, Vec<Named>)> {
    let mut seen: HashSet<Vec<String>> = HashSet::new();
    let mut all: Vec<Vec<String>> = Vec::new();
    for path in texts {
        let file = std::fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
        for line in file.lines() {
            let record: serde_json::Value =
                serde_json::from_str(line).with_context(|| format!("{}: bad line", path.display()))?;
            let text = record["text"].as_str().unwrap_or_default();
            for spans in deep.swift().divide(text) {
                let words: Vec<String> = spans.iter().map(|s| s.of(text).to_owned()).collect();
                if LENGTHS.contains(&words.len()) && seen.insert(words.clone()) {
                    all.push(words);
                }
            }
        }
    }
    let step = (all.len() / most.max(1)).max(1);
    let chosen: Vec<Vec<String>> = all.into_iter().step_by(step).take(most).collect();
    Ok(read(deep, &chosen))
}

/// Sentences given as words, with the trees and names that the deep tier gives them.
pub fn read(deep: &Deep, sentences: &[Vec<String>]) -> (Vec<Tree>, Vec<Named>) {
    let (mut trees, mut named) = (Vec::new(), Vec::new());
    for group in sentences.chunks(AT_ONCE) {
        let words: Vec<Vec<&str>> = group.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
        for (words, reading) in group.iter().zip(deep.read(&words)) {
            let word = |i: usize, form: &String| {
                let (tag, (head, deprel)) = (reading.tags[i], reading.arcs[i]);
                Word {
                    form: form.clone(),
                    lemma: "_".to_owned(),
                    upos: tag.upos,
                    xpos: tag.xpos.to_owned(),
                    head: head.map(|h| h as usize),
                    deprel,
                    relation: deprel.as_str().to_owned(),
                }
            };
            let words_read = words.iter().enumerate().map(|(i, form)| word(i, form)).collect();
            trees.push(Tree { words: words_read, ..Tree::default() });
            named.push(Named { words: words.clone(), names: reading.names });
        }
    }
    (trees, named)
}
