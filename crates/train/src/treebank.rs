//! Owns reading Universal Dependencies treebanks (CoNLL-U) and the raw text they stand for.

use std::path::Path;

use anyhow::{Context, Result};
use readout_annotate::tags::Tag;
use readout_types::{Deprel, Upos};

/// A syntactic word.
#[derive(Clone, Debug)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: String,
    /// Index of the head, `None` for the root.
    pub head: Option<usize>,
    pub deprel: Deprel,
    /// Relation as the treebank writes it.
    pub relation: String,
}

impl Word {
    /// Its tags.
    pub fn tag(&self) -> Tag {
        Tag { upos: self.upos, xpos: readout_annotate::tags::xpos(&self.xpos) }
    }
}

/// A surface token: one word, or several written as one.
#[derive(Clone, Debug)]
pub struct Surface {
    pub form: String,
    pub first: usize,
    pub end: usize,
    pub space_after: bool,
}

/// A sentence with its tree.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub id: String,
    pub words: Vec<Word>,
    pub surface: Vec<Surface>,
    /// A paragraph begins here.
    pub paragraph: bool,
}

/// Reads a treebank.
pub fn read(path: &Path) -> Result<Vec<Tree>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} is missing: give the folder of the language data with --data", path.display()))?;
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            tree.paragraph |= comment.starts_with("newpar") || comment.starts_with("newdoc");
            if let Some(id) = comment.strip_prefix("sent_id = ") {
                tree.id = id.to_owned();
            }
        } else if line.is_empty() {
            if !tree.words.is_empty() {
                trees.push(std::mem::take(&mut tree));
            }
        } else {
            row(&mut tree, line).with_context(|| format!("{}: bad line {line:?}", path.display()))?;
        }
    }
    if !tree.words.is_empty() {
        trees.push(tree);
    }
    Ok(trees)
}

fn row(tree: &mut Tree, line: &str) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    anyhow::ensure!(columns.len() == 10, "not ten columns");
    let space_after = !columns[9].split('|').any(|f| f == "SpaceAfter=No");
    if let Some((first, last)) = columns[0].split_once('-') {
        let (first, last): (usize, usize) = (first.parse()?, last.parse()?);
        tree.surface.push(Surface { form: columns[1].to_owned(), first: first - 1, end: last, space_after });
        return Ok(());
    }
    if columns[0].contains('.') {
        return Ok(());
    }
    let index = columns[0].parse::<usize>()? - 1;
    if tree.surface.last().is_none_or(|s| s.end <= index) {
        tree.surface.push(Surface { form: columns[1].to_owned(), first: index, end: index + 1, space_after });
    }
    let head: usize = columns[6].parse()?;
    tree.words.push(Word {
        form: columns[1].to_owned(),
        lemma: columns[2].to_owned(),
        upos: Upos::parse(columns[3]).context("unknown tag")?,
        xpos: columns[4].to_owned(),
        head: head.checked_sub(1),
        deprel: Deprel::parse_lenient(columns[7]),
        relation: columns[7].to_owned(),
    });
    Ok(())
}

/// A paragraph of raw text with its words. Word spans are bytes of the text.
#[derive(Clone, Debug, Default)]
pub struct RawParagraph {
    pub text: String,
    /// Per sentence: index of its tree.
    pub sentences: Vec<usize>,
    /// Per sentence, per word: its bytes; words written as one whose forms do not add up share all its bytes.
    pub spans: Vec<Vec<(usize, usize)>>,
}

/// The raw text of a treebank, by paragraph.
pub fn paragraphs(trees: &[Tree]) -> Vec<RawParagraph> {
    let mut all: Vec<RawParagraph> = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        if tree.paragraph || all.is_empty() {
            all.push(RawParagraph::default());
        }
        let Some(paragraph) = all.last_mut() else { continue };
        let mut spans = Vec::with_capacity(tree.words.len());
        for surface in &tree.surface {
            let start = paragraph.text.len();
            paragraph.text.push_str(&surface.form);
            let end = paragraph.text.len();
            let words = &tree.words[surface.first..surface.end];
            let joined: String = words.iter().map(|w| w.form.as_str()).collect();
            if joined == surface.form {
                let mut at = start;
                for word in words {
                    spans.push((at, at + word.form.len()));
                    at += word.form.len();
                }
            } else {
                spans.extend(words.iter().map(|_| (start, end)));
            }
            if surface.space_after {
                paragraph.text.push(' ');
            }
        }
        paragraph.sentences.push(index);
        paragraph.spans.push(spans);
    }
    all
}
