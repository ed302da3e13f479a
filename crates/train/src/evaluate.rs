//! Owns the figures: raw-text scores with the alignment of the CoNLL 2018 shared task, gold-sentence parsing, names,
//! splitting rules, speed.

use std::path::Path;

use anyhow::{Context, Result};
use readout_types::{Deprel, NameKind, Span};

use crate::name_data::{MarkedText, Named};
use crate::tier::Tier;
use crate::treebank::{self, RawParagraph, Tree};

/// Hits, gold and system counts of one measure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub hits: usize,
    pub gold: usize,
    pub system: usize,
}

impl Count {
    /// Precision, recall and F1 in percent.
    pub fn scores(self) -> [f64; 3] {
        let part = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.hits as f64 / of as f64 };
        let f1 = if self.gold + self.system == 0 {
            0.0
        } else {
            200.0 * self.hits as f64 / (self.gold + self.system) as f64
        };
        [part(self.system), part(self.gold), f1]
    }

    /// F1 in percent.
    pub fn f1(self) -> f64 {
        self.scores()[2]
    }
}

/// The measures of the CoNLL 2018 shared task that need no features, and LAS with subtypes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Raw {
    pub words: Count,
    pub sentences: Count,
    pub upos: Count,
    pub xpos: Count,
    pub lemmas: Count,
    pub uas: Count,
    pub las: Count,
    pub las_subtypes: Count,
}

struct SystemWord {
    span: (usize, usize),
    upos: readout_types::Upos,
    xpos: &'static str,
    lemma: String,
    head: Option<usize>,
    deprel: Deprel,
}

/// Scores the analysis of raw text.
pub fn raw(tier: &Tier, trees: &[Tree]) -> Raw {
    let mut score = Raw::default();
    for paragraph in treebank::paragraphs(trees) {
        raw_paragraph(tier, trees, &paragraph, &mut score);
    }
    score
}

fn raw_paragraph(tier: &Tier, trees: &[Tree], paragraph: &RawParagraph, score: &mut Raw) {
    let text = &paragraph.text;
    let mut system: Vec<SystemWord> = Vec::new();
    let mut system_sentences = Vec::new();
    let divided = tier.divide(text);
    let readings =
        tier.read(&divided.iter().map(|spans| spans.iter().map(|s| s.of(text)).collect()).collect::<Vec<_>>());
    for (spans, reading) in divided.iter().zip(&readings) {
        let offset = system.len();
        system_sentences.push((spans[0].start as usize, spans[spans.len() - 1].end as usize));
        system.extend(tier.tokens(text, spans, reading).into_iter().map(|token| SystemWord {
            span: (token.span.start as usize, token.span.end as usize),
            upos: token.upos,
            xpos: token.xpos,
            lemma: token.lemma.to_string(),
            head: token.head.map(|h| h as usize + offset),
            deprel: token.deprel,
        }));
    }
    let mut gold_spans = Vec::new();
    let mut gold_words = Vec::new();
    let mut gold_heads = Vec::new();
    let mut gold_sentences = Vec::new();
    for (&index, spans) in paragraph.sentences.iter().zip(&paragraph.spans) {
        let offset = gold_spans.len();
        gold_sentences.push((spans[0].0, spans[spans.len() - 1].1));
        gold_spans.extend(spans.iter().copied());
        gold_words.extend(trees[index].words.iter());
        gold_heads.extend(trees[index].words.iter().map(|w| w.head.map(|h| h + offset)));
    }
    let matches = align(text, &gold_spans, &gold_words, &system);
    let count = |hits: usize| Count { hits, gold: gold_spans.len(), system: system.len() };
    let mut hits = [0; 7];
    for (g, s) in matches.iter().enumerate().filter_map(|(g, s)| s.map(|s| (g, s))) {
        let (gold, word) = (gold_words[g], &system[s]);
        let head = match (gold_heads[g], word.head) {
            (None, None) => true,
            (Some(a), Some(b)) => matches[a] == Some(b),
            _ => false,
        };
        let universal = gold.relation.split(':').next() == word.deprel.as_str().split(':').next();
        let all = [
            true,
            gold.upos == word.upos,
            gold.xpos == word.xpos,
            gold.lemma == "_" || gold.lemma == word.lemma,
            head,
            head && universal,
            head && gold.deprel == word.deprel,
        ];
        for (slot, hit) in hits.iter_mut().zip(all) {
            *slot += usize::from(hit);
        }
    }
    let sentence_hits = gold_sentences.iter().filter(|s| system_sentences.contains(s)).count();
    let sentences = Count { hits: sentence_hits, gold: gold_sentences.len(), system: system_sentences.len() };
    for (total, part) in [
        (&mut score.words, count(hits[0])),
        (&mut score.upos, count(hits[1])),
        (&mut score.xpos, count(hits[2])),
        (&mut score.lemmas, count(hits[3])),
        (&mut score.uas, count(hits[4])),
        (&mut score.las, count(hits[5])),
        (&mut score.las_subtypes, count(hits[6])),
        (&mut score.sentences, sentences),
    ] {
        total.hits += part.hits;
        total.gold += part.gold;
        total.system += part.system;
    }
}

/// For each gold word the system word that is the same: equal bytes; inside gold words written as one whose forms do
/// not add up, the longest common subsequence of the forms.
fn align(text: &str, gold: &[(usize, usize)], words: &[&treebank::Word], system: &[SystemWord]) -> Vec<Option<usize>> {
    let mut matches = vec![None; gold.len()];
    let mut g = 0;
    let mut s = 0;
    while g < gold.len() {
        let mut end = g + 1;
        while end < gold.len() && gold[end] == gold[g] {
            end += 1;
        }
        while s < system.len() && system[s].span.0 < gold[g].0 {
            s += 1;
        }
        if end - g == 1 {
            if s < system.len() && system[s].span == gold[g] {
                matches[g] = Some(s);
            }
        } else {
            let mut last = s;
            while last < system.len() && system[last].span.1 <= gold[g].1 {
                last += 1;
            }
            let a: Vec<String> = words[g..end].iter().map(|w| w.form.to_lowercase()).collect();
            let b: Vec<String> = system[s..last].iter().map(|w| text[w.span.0..w.span.1].to_lowercase()).collect();
            let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
            for i in (0..a.len()).rev() {
                for j in (0..b.len()).rev() {
                    table[i][j] =
                        if a[i] == b[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
                }
            }
            let (mut i, mut j) = (0, 0);
            while i < a.len() && j < b.len() {
                if a[i] == b[j] {
                    matches[g + i] = Some(s + j);
                    (i, j) = (i + 1, j + 1);
                } else if table[i + 1][j] >= table[i][j + 1] {
                    i += 1;
                } else {
                    j += 1;
                }
            }
        }
        g = end;
    }
    matches
}

/// UPOS, UAS and LAS (universal relations) in percent on gold words and sentences.
pub fn gold_sentences<'a>(tier: &Tier, trees: impl Iterator<Item = &'a Tree>) -> [f64; 3] {
    let (mut all, mut hits) = (0usize, [0usize; 3]);
    let trees: Vec<&Tree> = trees.collect();
    let readings =
        tier.read(&trees.iter().map(|t| t.words.iter().map(|w| w.form.as_str()).collect()).collect::<Vec<_>>());
    for (tree, reading) in trees.iter().zip(&readings) {
        let (text, spans) = spaced(tree);
        for (word, token) in tree.words.iter().zip(tier.tokens(&text, &spans, reading)) {
            all += 1;
            hits[0] += usize::from(word.upos == token.upos);
            let same = word.head == token.head.map(|h| h as usize);
            hits[1] += usize::from(same);
            let universal = token.deprel.as_str().split(':').next();
            hits[2] += usize::from(same && word.relation.split(':').next() == universal);
        }
    }
    hits.map(|h| 100.0 * h as f64 / all.max(1) as f64)
}

/// The words of a sentence with spaces between, and where each stands.
fn spaced(tree: &Tree) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(tree.words.len());
    for word in &tree.words {
        let start = text.len();
        text.push_str(&word.form);
        spans.push(Span::new(start, text.len()));
        text.push(' ');
    }
    (text, spans)
}

/// Names on gold words, per kind and together; only the kinds that the corpus marks count.
pub fn names(tier: &Tier, corpus: &[Named], kinds: &[NameKind]) -> Vec<(String, Count)> {
    let mut counts = vec![Count::default(); kinds.len()];
    let readings = tier.read(&corpus.iter().map(|s| s.words.iter().map(String::as_str).collect()).collect::<Vec<_>>());
    for (sentence, reading) in corpus.iter().zip(&readings) {
        tally(&mut counts, kinds, &sentence.names, &reading.names);
    }
    with_total(counts, kinds)
}

fn tally(
    counts: &mut [Count],
    kinds: &[NameKind],
    gold: &[(usize, usize, NameKind)],
    found: &[(usize, usize, NameKind)],
) {
    for (count, kind) in counts.iter_mut().zip(kinds) {
        count.gold += gold.iter().filter(|n| n.2 == *kind).count();
        count.system += found.iter().filter(|n| n.2 == *kind).count();
        count.hits += found.iter().filter(|n| n.2 == *kind && gold.contains(n)).count();
    }
}

fn with_total(counts: Vec<Count>, kinds: &[NameKind]) -> Vec<(String, Count)> {
    let total = counts.iter().fold(Count::default(), |a, b| Count {
        hits: a.hits + b.hits,
        gold: a.gold + b.gold,
        system: a.system + b.system,
    });
    let mut rows = vec![("all".to_owned(), total)];
    rows.extend(kinds.iter().zip(counts).map(|(k, c)| (k.to_string(), c)));
    rows
}

/// Names in raw documents, against character offsets; a leading "the" does not count.
pub fn names_in_text(tier: &Tier, documents: &[MarkedText], kinds: &[NameKind]) -> Vec<(String, Count)> {
    let mut counts = vec![Count::default(); kinds.len()];
    for (text, gold) in documents {
        let bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let trim = |start: usize, end: usize| match text.get(start..end) {
            Some(s) if s.starts_with("the ") || s.starts_with("The ") => start + 4,
            _ => start,
        };
        let mut gold: Vec<(usize, usize, NameKind)> = gold
            .iter()
            .filter_map(|&(b, e, k)| Some((*bytes.get(b)?, *bytes.get(e)?, k)))
            .map(|(b, e, k)| (trim(b, e), e, k))
            .collect();
        gold.sort_unstable();
        gold.dedup();
        let mut found = Vec::new();
        let divided = tier.divide(text);
        let readings =
            tier.read(&divided.iter().map(|spans| spans.iter().map(|s| s.of(text)).collect()).collect::<Vec<_>>());
        for (spans, reading) in divided.iter().zip(&readings) {
            for &(first, end, kind) in &reading.names {
                let (start, end) = (spans[first].start as usize, spans[end - 1].end as usize);
                found.push((trim(start, end), end, kind));
            }
        }
        tally(&mut counts, kinds, &gold, &found);
    }
    with_total(counts, kinds)
}

/// The golden rules: how many hold, how many there are, and the numbers of those that fail.
pub fn golden_rules(tier: &Tier, path: &Path) -> Result<(usize, usize, Vec<String>)> {
    let source = std::fs::read_to_string(path)
        .with_context(|| format!("{} is missing: give the folder of the language data with --data", path.display()))?;
    let rules = python_rules(&source);
    let mut failed = Vec::new();
    for (number, (text, expected)) in rules.iter().enumerate() {
        let found: Vec<&str> =
            tier.divide(text).iter().map(|s| &text[s[0].start as usize..s[s.len() - 1].end as usize]).collect();
        if found != expected.iter().map(|e| e.trim()).collect::<Vec<_>>() {
            failed.push(format!("{}: {}", number + 1, found.join(" | ")));
        }
    }
    Ok((rules.len() - failed.len(), rules.len(), failed))
}

/// Reads `("text", ["sentence", …])` tuples of Python string literals.
fn python_rules(source: &str) -> Vec<(String, Vec<String>)> {
    let mut rules: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    let body: String = source.lines().filter(|l| !l.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n");
    let mut rest = body.split_once('=').map_or("", |p| p.1).trim_start().strip_prefix('[').unwrap_or("");
    while let Some(c) = rest.chars().next() {
        let quote = ["\"\"\"", "\"", "'"].into_iter().find(|q| rest.starts_with(q));
        if let Some(quote) = quote {
            let after = &rest[quote.len()..];
            let Some(end) = after.find(quote) else { break };
            // `""""Bohr`: a literal that begins with a quote of its own.
            let literal = after[..end].to_owned();
            rest = &after[end + quote.len()..];
            match rules.last_mut() {
                Some(rule) if inside => rule.1.push(literal),
                _ => rules.push((literal, Vec::new())),
            }
            continue;
        }
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    rules
}

/// Correlation (Pearson) and mean absolute error of judged events: JSON lines of words and how surely their events
/// happened, from -3 to 3. Then the same error of saying of all that they happened. `None` for a tier that does not judge.
pub fn factuality(tier: &Tier, path: &Path) -> Result<Option<[f64; 3]>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let words: Vec<&str> = record["text"].as_str().unwrap_or_default().split(' ').collect();
        let readings = tier.read(&[words]);
        for target in record["targets"].as_array().into_iter().flatten() {
            let at = target["span1"][0].as_u64().unwrap_or(0) as usize;
            let (Some(found), Some(gold)) = (readings[0].certainty.get(at), target["label"].as_f64()) else {
                continue;
            };
            pairs.push((f64::from(*found), gold));
        }
    }
    if pairs.is_empty() {
        return Ok(None);
    }
    let count = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let both = mean(&|p| (p.0 - x) * (p.1 - y));
    let (own, gold) = (mean(&|p| (p.0 - x).powi(2)), mean(&|p| (p.1 - y).powi(2)));
    Ok(Some([both / (own * gold).sqrt(), mean(&|p| (p.0 - p.1).abs()), mean(&|p| (3.0 - p.1).abs())]))
}
