//! Owns what the deep tier is trained on, written as JSON lines for `training/deep.py`: the words' pieces and shapes with
//! whatever is known of each sentence. What a tag, a relation, a name's label or a lemma's rule is, is decided here alone.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use readout_annotate::deep::pieces::{Pieces, SHAPES, shape};
use readout_annotate::lemma::Rule;
use readout_annotate::names::{self, NAME_LABELS};
use readout_annotate::network::RELATIONS;
use readout_annotate::swift::LONGEST;
use readout_annotate::tags::Tag;
use serde_json::{Value, json};

use crate::network_training::Source;

/// Least occurrences of a lemma's rule among the classes.
const LEAST: usize = 3;

/// Pieces of the encoder's own vocabulary that are kept: those that English news can need. Numbers in the encoder's
/// table, and the pieces.
pub fn vocabulary(tokenizer: &Path) -> Result<Vec<(u32, String)>> {
    let text = std::fs::read_to_string(tokenizer)
        .with_context(|| format!("{} is missing: give the encoder's tokenizer.json", tokenizer.display()))?;
    let file: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", tokenizer.display()))?;
    let pieces = file["model"]["vocab"].as_object().context("no vocabulary in the tokenizer's file")?;
    let mut kept: Vec<(u32, String)> = pieces
        .iter()
        .filter(|(piece, _)| {
            let bare = piece.strip_prefix("##").unwrap_or(piece);
            let special = piece.starts_with('[') && piece.len() > 1;
            let foreign = bare.chars().any(|c| c.is_alphabetic() && c > '\u{24f}');
            if special { matches!(piece.as_str(), "[CLS]" | "[SEP]" | "[UNK]" | "[MASK]") } else { !foreign }
        })
        .filter_map(|(piece, number)| Some((number.as_u64()? as u32, piece.clone())))
        .collect();
    kept.sort_unstable();
    Ok(kept)
}

/// Writes a line that says what the numbers mean, then a line for each sentence of `learnt` and `watched`, and for each
/// of the judged sentences (JSON lines of words and how certainly their events happened, from -3 to 3).
pub fn write(
    out: &Path,
    vocabulary: &[(u32, String)],
    tags: &[Tag],
    sets: &[(&str, Vec<Source<'_>>)],
    judged: &[(&str, PathBuf)],
) -> Result<()> {
    let pieces = Pieces::new(vocabulary.iter().map(|v| v.1.as_str())).context("not a vocabulary of BERT's")?;
    let rules = lemma_rules(sets.first().map_or(&[], |s| s.1.as_slice()));
    let numbers: HashMap<&Rule, usize> = rules.iter().enumerate().map(|(i, r)| (r, i)).collect();
    let places: HashMap<Tag, usize> = tags.iter().enumerate().map(|(i, t)| (*t, i)).collect();
    let file = std::fs::File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = std::io::BufWriter::new(file);
    let head = json!({
        "pieces": vocabulary,
        "begin": pieces.begin,
        "end": pieces.end,
        "unknown": pieces.unknown,
        "shapes": SHAPES,
        "tags": tags.iter().map(|t| [t.upos.as_str(), t.xpos]).collect::<Vec<_>>(),
        "relations": RELATIONS,
        "labels": NAME_LABELS,
        "lemmas": rules.iter().map(|r| json!([r.cut, r.add, r.keep])).collect::<Vec<_>>(),
    });
    writeln!(file, "{head}")?;
    let mut facts = Judged::read(judged)?;
    for (set, sources) in sets {
        for source in sources.iter().filter(|s| s.words.len() <= LONGEST) {
            let mut line = begun(set, &pieces, &source.words);
            if let Some(tree) = source.tree {
                let words = &tree.words;
                line["tags"] = words.iter().map(|w| places.get(&w.tag()).map_or(-1, |p| *p as i64)).collect();
                line["heads"] = words.iter().map(|w| w.head.unwrap_or(words.len())).collect();
                line["relations"] = words.iter().map(|w| w.deprel as u8).collect();
                let number = |w: &crate::treebank::Word| {
                    let rule = (w.lemma != "_").then(|| Rule::between(&w.form, &w.lemma));
                    rule.and_then(|r| numbers.get(&r).map(|n| *n as i64)).unwrap_or(-1)
                };
                line["lemmas"] = words.iter().map(number).collect();
            }
            if let Some(found) = facts.take(set, &source.words) {
                line["facts"] = found;
            }
            if let Some((corpus, found)) = source.names {
                line["names"] = names::encode(source.words.len(), found).into();
                line["corpus"] = corpus.into();
            }
            writeln!(file, "{line}")?;
        }
    }
    for ((set, _), (words, _)) in &facts.left {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut line = begun(set, &pieces, &words);
        line["facts"] = facts.of(set, &words).into();
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(())
}

/// Words of a judged sentence; of each event the byte it begins at, white space not counted, and its certainty.
type Judgements = (Vec<String>, Vec<(usize, f64)>);

/// Sentences with judged events that no source has taken yet, by their set and their text without spaces.
struct Judged {
    left: BTreeMap<(String, String), Judgements>,
}

impl Judged {
    fn read(files: &[(&str, PathBuf)]) -> Result<Judged> {
        let mut left: BTreeMap<(String, String), Judgements> = BTreeMap::new();
        for (set, path) in files {
            let text = std::fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
            for line in text.lines() {
                let record: Value =
                    serde_json::from_str(line).with_context(|| format!("{}: bad line", path.display()))?;
                let words: Vec<&str> = record["text"].as_str().unwrap_or_default().split(' ').collect();
                let starts = starts(&words);
                let events = record["targets"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|t| Some((*starts.get(t["span1"][0].as_u64()? as usize)?, t["label"].as_f64()?)));
                let entry = left.entry(((*set).to_owned(), words.concat())).or_default();
                entry.1.extend(events);
                entry.0 = words.iter().map(|w| (*w).to_owned()).collect();
            }
        }
        left.retain(|_, (words, events)| !events.is_empty() && words.len() <= LONGEST);
        Ok(Judged { left })
    }

    /// Events as `[word, certainty]` of a sentence with these words, which may divide the text otherwise.
    fn of(&self, set: &str, words: &[&str]) -> Vec<Value> {
        let starts = starts(words);
        let found = self.left.get(&(set.to_owned(), words.concat()));
        let place = |at: usize| starts.partition_point(|s| *s <= at).saturating_sub(1);
        found.map_or(&[][..], |f| &f.1).iter().map(|&(at, certainty)| json!([place(at), certainty])).collect()
    }

    fn take(&mut self, set: &str, words: &[&str]) -> Option<Value> {
        let found = self.of(set, words);
        self.left.remove(&(set.to_owned(), words.concat())).map(|_| found.into())
    }
}

/// Where each word begins, in bytes, if nothing stood between the words.
fn starts(words: &[&str]) -> Vec<usize> {
    words
        .iter()
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len();
            Some(start)
        })
        .collect()
}

fn begun(set: &str, pieces: &Pieces, words: &[&str]) -> Value {
    let split = |word: &&str| {
        let mut own = Vec::new();
        pieces.add(word, &mut own);
        own
    };
    json!({
        "set": set,
        "pieces": words.iter().map(split).collect::<Vec<_>>(),
        "shapes": words.iter().map(|w| shape(w)).collect::<Vec<_>>(),
    })
}

/// Rules that occur often enough, the commonest first.
fn lemma_rules(sources: &[Source<'_>]) -> Vec<Rule> {
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for word in sources.iter().filter_map(|s| s.tree).flat_map(|t| &t.words).filter(|w| w.lemma != "_") {
        *counts.entry(Rule::between(&word.form, &word.lemma)).or_default() += 1;
    }
    let mut rules: Vec<(Rule, usize)> = counts.into_iter().filter(|r| r.1 >= LEAST).collect();
    rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rules.into_iter().map(|r| r.0).collect()
}
