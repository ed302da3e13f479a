//! Owns the training of the linear models: which decisions each learns from, in which order, for how many rounds.

use std::collections::BTreeMap;

use readout_annotate::lemma::{Rule, ending_keys, word_key};
use readout_annotate::linear::{Weights, best};
use readout_annotate::sentences::Paragraph;
use readout_annotate::tags::Tag;
use readout_annotate::tokenize::{Chunk, Piece, chunks};
use readout_annotate::weights::Writer;

use crate::perceptron::{Perceptron, Random};
use crate::treebank::{RawParagraph, Tree};

/// Seed of all random choices.
pub const SEED: u64 = 20_250_212;

/// Trains the tokenizer.
pub fn tokenizer(paragraphs: &[RawParagraph], rounds: usize) -> Vec<u8> {
    let mut model = Perceptron::default();
    let mut random = Random::new(SEED);
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    let mut features = Vec::new();
    for round in 0..rounds {
        random.shuffle(&mut order);
        let mut wrong = 0;
        for &index in &order {
            let paragraph = &paragraphs[index];
            let starts: std::collections::HashSet<usize> = paragraph.spans.iter().flatten().map(|s| s.0).collect();
            let mut all = chunks(&paragraph.text).peekable();
            while let Some((start, end)) = all.next() {
                let next = all.peek().and_then(|&(s, _)| paragraph.text[s..].chars().next());
                let chunk = Chunk::new(&paragraph.text[start..end], next);
                let mut from = 0;
                for place in chunk.places() {
                    let gold = usize::from(starts.contains(&(start + chunk.offset(place))));
                    chunk.features(place, place - from, &mut features);
                    let guess = best(&model.score(&features), 2);
                    model.tick();
                    if guess != gold {
                        wrong += 1;
                        model.update(&features, gold, guess);
                    }
                    if gold == 1 {
                        from = place;
                    }
                }
            }
        }
        eprintln!("tokenizer: round {} of {rounds}, {wrong} wrong, {} features", round + 1, model.len());
    }
    let mut writer = Writer::new("tokenizer");
    model.write(&mut writer, 200.0, 4);
    writer.finish()
}

/// Trains the splitter, on gold words.
pub fn splitter(paragraphs: &[RawParagraph], rounds: usize) -> Vec<u8> {
    let mut model = Perceptron::default();
    let mut random = Random::new(SEED);
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    let mut features = Vec::new();
    for round in 0..rounds {
        random.shuffle(&mut order);
        let mut wrong = 0;
        for &index in &order {
            let paragraph = &paragraphs[index];
            let (pieces, ends) = gold_pieces(paragraph);
            let marks = Paragraph::new(&paragraph.text, &pieces);
            let mut begin = 0;
            for i in 0..pieces.len() {
                let gold = usize::from(ends.contains(&(i + 1)));
                if marks.candidate(i) {
                    marks.features(i, begin, &mut features);
                    let guess = best(&model.score(&features), 2);
                    model.tick();
                    if guess != gold {
                        wrong += 1;
                        model.update(&features, gold, guess);
                    }
                }
                if gold == 1 {
                    begin = i + 1;
                }
            }
        }
        eprintln!("splitter: round {} of {rounds}, {wrong} wrong, {} features", round + 1, model.len());
    }
    let mut writer = Writer::new("splitter");
    model.write(&mut writer, 200.0, 4);
    writer.finish()
}

fn gold_pieces(paragraph: &RawParagraph) -> (Vec<Piece>, std::collections::HashSet<usize>) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut ends = std::collections::HashSet::new();
    for sentence in &paragraph.spans {
        for &(start, end) in sentence {
            if pieces.last().is_none_or(|p| p.end <= start) {
                let spaced = paragraph.text[..start].chars().next_back().is_none_or(char::is_whitespace);
                pieces.push(Piece { start, end, spaced });
            }
        }
        ends.insert(pieces.len());
    }
    (pieces, ends)
}

/// Tags of treebanks, the commonest first. Pairs seen fewer than three times are left out.
pub fn tags(trees: &[&Tree]) -> Vec<Tag> {
    let mut counts: BTreeMap<Tag, usize> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        *counts.entry(word.tag()).or_default() += 1;
    }
    let mut tags: Vec<(usize, Tag)> = counts.iter().filter(|(_, n)| **n >= 3).map(|(t, n)| (*n, *t)).collect();
    tags.sort_by_key(|(n, t)| (std::cmp::Reverse(*n), *t));
    tags.into_iter().map(|t| t.1).collect()
}

/// Trains the lemmatizer.
pub fn lemmatizer(trees: &[&Tree]) -> Vec<u8> {
    let mut whole: BTreeMap<u32, BTreeMap<Rule, usize>> = BTreeMap::new();
    let mut endings: BTreeMap<u32, BTreeMap<Rule, usize>> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String), Rule> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words).filter(|w| w.lemma != "_") {
        let rule = Rule::between(&word.form, &word.lemma);
        *whole.entry(word_key(&word.xpos, &word.form)).or_default().entry(rule.clone()).or_default() += 1;
        for key in ending_keys(&word.xpos, &word.form) {
            *endings.entry(key).or_default().entry(rule.clone()).or_default() += 1;
        }
        seen.insert((word.xpos.clone(), word.form.clone()), rule);
    }
    let top = |counts: &BTreeMap<Rule, usize>| {
        counts.iter().max_by_key(|(r, n)| (**n, std::cmp::Reverse((*r).clone()))).map(|(r, n)| (r.clone(), *n))
    };
    let mut choices: BTreeMap<u32, Rule> = BTreeMap::new();
    for (key, counts) in &endings {
        if let Some((rule, n)) = top(counts)
            && n >= 2
        {
            choices.insert(*key, rule);
        }
    }
    for (xpos, form) in seen.keys() {
        let by_ending = ending_keys(xpos, form).iter().find_map(|k| choices.get(k).cloned());
        let key = word_key(xpos, form);
        if let Some((rule, _)) = whole.get(&key).and_then(top)
            && by_ending.as_ref() != Some(&rule)
        {
            choices.insert(key, rule);
        }
    }
    let mut rules: Vec<Rule> = choices.values().cloned().collect();
    rules.sort();
    rules.dedup();
    let mut writer = Writer::new("lemmatizer");
    writer.u32(rules.len() as u32);
    for rule in &rules {
        writer.u8(rule.cut);
        writer.u8(u8::from(rule.keep));
        writer.text(&rule.add);
    }
    writer.u32(choices.len() as u32);
    for (key, rule) in &choices {
        writer.u32(*key);
        writer.i16(rules.binary_search(rule).unwrap_or(0) as i16);
    }
    eprintln!("lemmatizer: {} rules, {} choices", rules.len(), choices.len());
    writer.finish()
}
