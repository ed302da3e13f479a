//! Owns the training of the network: what it learns from, in which order, and how well it does on the way.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use readout_annotate::form::Form;
use readout_annotate::names;
use readout_annotate::network::matrix::{Steps, multiply};
use readout_annotate::network::{Network, Sizes, TABLES, file};
use readout_annotate::swift::LONGEST;
use readout_annotate::tags::Tag;
use readout_types::NameKind;

use crate::adam::{Adam, average};
use crate::gradient::{BLANK, Dropout, Example, Loss, learn};
use crate::learn::SEED;
use crate::perceptron::Random;
use crate::treebank::Tree;
use crate::vectors::Vectors;

/// A name: first word, one past the last, kind.
type NameAt = (usize, usize, NameKind);

/// A sentence with whatever is known of it.
pub struct Source<'a> {
    pub words: Vec<&'a str>,
    pub tree: Option<&'a Tree>,
    /// Number of the corpus that names follow, and the names.
    pub names: Option<(u8, &'a [NameAt])>,
}

/// Number of the corpus whose habits the finished network follows.
pub const UNER: u8 = 0;

/// Corpora of names.
const CORPORA: usize = 3;

/// Choices that are not learnt.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub sizes: Sizes,
    pub rounds: usize,
    /// Words in a batch.
    pub batch: usize,
    /// Rate of learning at its height.
    pub rate: f32,
    pub dropout: Dropout,
    /// Least occurrences of a word in the vocabulary.
    pub least: usize,
}

impl Plan {
    /// The plan of the shipped model.
    pub fn shipped() -> Plan {
        Plan {
            sizes: Sizes { input: 112, state: 160, layers: 2, arc: 96, relation: 64 },
            rounds: 10,
            batch: 700,
            rate: 3e-3,
            dropout: Dropout { input: 0.2, state: 0.3, project: 0.3 },
            least: 2,
        }
    }
}

fn begin(sizes: Sizes, vocabulary: HashMap<u32, u32>, tags: Vec<Tag>, width: usize, random: &mut Random) -> Network {
    let mut network = Network::zeros(sizes, vocabulary, tags);
    network.turn = vec![0.0; width * sizes.input];
    let mut fill = |weights: &mut [f32], reach: f32| {
        for x in weights {
            *x = (random.unit() * 2.0 - 1.0) * reach;
        }
    };
    for table in &mut network.tables {
        fill(table, 0.35);
    }
    for (weights, columns) in network.dense() {
        let rows = weights.len() / columns;
        if rows > 1 {
            fill(weights, (6.0 / (rows + columns) as f32).sqrt());
        }
    }
    fill(&mut network.root, 0.1);
    network.habits = vec![vec![0.0; network.name.len()]; CORPORA];
    for layer in &mut network.layers {
        for lstm in layer {
            // Forget gates begin open (Jozefowicz et al. 2015).
            lstm.bias[sizes.state..2 * sizes.state].fill(1.0);
        }
    }
    network
}

/// A network of the same shape, all zeros.
pub fn blank(network: &Network) -> Network {
    let mut blank = network.clone();
    for (weights, _) in blank.dense() {
        weights.fill(0.0);
    }
    for table in &mut blank.tables {
        table.fill(0.0);
    }
    blank
}

/// The network as it is used: with the word vectors in its first table, and the names of one corpus.
fn finished(network: &Network, vectors: &Words) -> Network {
    let mut network = network.clone();
    let input = network.sizes.input;
    let rows = vectors.values.len() / vectors.width.max(1);
    multiply(
        &vectors.values,
        Steps::rows(vectors.width),
        &network.turn,
        rows,
        vectors.width,
        input,
        &mut network.tables[0],
    );
    for (x, y) in network.name.iter_mut().zip(&network.habits[usize::from(UNER)]) {
        *x += y;
    }
    network.turn = Vec::new();
    network.habits = Vec::new();
    network
}

/// The words that the network has rows for.
struct Words {
    /// Row of each, by [`Form::lower`].
    rows: HashMap<u32, u32>,
    /// How often each row's word occurs in what is learnt from.
    often: Vec<f32>,
    /// Width of the vectors.
    width: usize,
    /// For each row its vector, or zeros.
    values: Vec<f32>,
    /// For each row whether it has a vector.
    known: Vec<bool>,
}

impl Words {
    fn new(sources: &[Source<'_>], vectors: &Vectors, least: usize) -> Words {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for word in sources.iter().flat_map(|s| &s.words) {
            *counts.entry(Form::new(word).lower).or_default() += 1;
        }
        let given: HashMap<u32, usize> = vectors.words.iter().enumerate().map(|(i, w)| (*w, i)).collect();
        let mut all: Vec<u32> =
            counts.iter().filter(|(w, n)| **n >= least || given.contains_key(w)).map(|(w, _)| *w).collect();
        all.extend(vectors.words.iter().filter(|w| !counts.contains_key(w)));
        let mut words = Words {
            rows: HashMap::new(),
            often: vec![f32::MAX],
            width: vectors.width,
            values: vec![0.0; vectors.width],
            known: vec![false],
        };
        for (i, word) in all.iter().enumerate() {
            words.rows.insert(*word, i as u32 + 1);
            words.often.push(counts.get(word).map_or(0.0, |n| *n as f32));
            words.known.push(given.contains_key(word));
            match given.get(word) {
                Some(at) => words.values.extend(&vectors.values[at * vectors.width..(at + 1) * vectors.width]),
                None => words.values.extend(std::iter::repeat_n(0.0, vectors.width)),
            }
        }
        words
    }

    /// A word of an example as it is shown this time: rare words are now and then unknown, or only by their vector.
    fn show(&self, row: u32, random: &mut Random) -> (u32, u32) {
        let often = self.often[row as usize];
        let chance = random.unit();
        if self.known[row as usize] {
            if chance < 0.1 / (0.5 + often) {
                (0, 0)
            } else if chance < 1.0 / (1.0 + often) {
                (BLANK, row)
            } else {
                (row, row)
            }
        } else if chance < 0.25 / (0.25 + often) {
            (0, 0)
        } else {
            (row, 0)
        }
    }
}

fn examples(network: &Network, sources: &[Source<'_>]) -> Vec<Example> {
    let numbers: HashMap<Tag, u16> = network.tags.iter().enumerate().map(|(i, t)| (*t, i as u16)).collect();
    sources
        .iter()
        .map(|source| {
            let rows = source.words.iter().map(|w| network.rows(&Form::new(w))).collect();
            let mut example = Example { rows, ..Example::default() };
            if let Some(tree) = source.tree {
                let number = |w: &crate::treebank::Word| {
                    numbers
                        .get(&w.tag())
                        .copied()
                        .or_else(|| network.tags.iter().position(|t| t.upos == w.upos).map(|p| p as u16))
                        .unwrap_or(0)
                };
                example.tags = tree.words.iter().map(number).collect();
                example.heads = tree.words.iter().map(|w| w.head.unwrap_or(tree.words.len()) as u16).collect();
                example.relations = tree.words.iter().map(|w| w.deprel as u8).collect();
            }
            if let Some((corpus, found)) = source.names {
                example.names = names::encode(source.words.len(), found);
                example.corpus = corpus;
            }
            example
        })
        .collect()
}

/// Figures on sentences with trees or names: tags, heads, heads with relations, names F1, in percent; of the network as it
/// reads once it is written.
fn measure(network: &mut Network, sources: &[Source<'_>]) -> [f64; 4] {
    let Ok(network) = file::read(file::write(network).into()) else { return [0.0; 4] };
    let (mut words, mut hits) = (0usize, [0usize; 3]);
    let mut found = crate::evaluate::Count::default();
    for chunk in sources.chunks(64) {
        let rows: Vec<Vec<[u32; TABLES]>> =
            chunk.iter().map(|s| s.words.iter().map(|w| network.rows(&Form::new(w))).collect()).collect();
        let readings = network.read_sentences(&rows, &mut |_, _| true);
        for (source, reading) in chunk.iter().zip(&readings) {
            if let Some(tree) = source.tree {
                for (i, word) in tree.words.iter().enumerate() {
                    words += 1;
                    hits[0] += usize::from(word.upos == reading.tags[i].upos);
                    let same = word.head == reading.arcs[i].0.map(|h| h as usize);
                    hits[1] += usize::from(same);
                    hits[2] += usize::from(same && word.deprel.universal() == reading.arcs[i].1.universal());
                }
            }
            if let Some((_, gold)) = source.names {
                let three = |n: &&(usize, usize, NameKind)| {
                    matches!(n.2, NameKind::Person | NameKind::Organisation | NameKind::Place)
                };
                found.gold += gold.iter().filter(three).count();
                found.system += reading.names.iter().filter(three).count();
                found.hits += reading.names.iter().filter(three).filter(|n| gold.contains(n)).count();
            }
        }
    }
    let part = |h: usize| 100.0 * h as f64 / words.max(1) as f64;
    [part(hits[0]), part(hits[1]), part(hits[2]), found.f1()]
}

/// Sets what it costs to call a word a part of no name so that names of the watched sentences come out best.
fn weigh_names(network: &mut Network, watched: &[Source<'_>]) {
    let before = network.name_bias[0];
    let mut best = (0.0, before);
    for step in -6..=6 {
        network.name_bias[0] = before + 0.25 * step as f32;
        let f1 = measure(network, watched)[3];
        if f1 > best.0 {
            best = (f1, network.name_bias[0]);
        }
    }
    network.name_bias[0] = best.1;
    eprintln!("network: outside of names {:+.2}", best.1 - before);
}

/// Trains a network; `save` is called with the averaged network as it gets better.
pub fn train(
    plan: Plan,
    tags: Vec<Tag>,
    vectors: &Vectors,
    sources: &[Source<'_>],
    watched: &[Source<'_>],
    save: &mut dyn FnMut(Vec<u8>),
) {
    let vocabulary = Words::new(sources, vectors, plan.least);
    let mut random = Random::new(SEED);
    let mut network = begin(plan.sizes, vocabulary.rows.clone(), tags, vectors.width, &mut random);
    // What a word with a vector has beside it is learnt from nothing.
    for (row, known) in network.tables[0].chunks_exact_mut(plan.sizes.input).zip(&vocabulary.known) {
        if *known {
            row.fill(0.0);
        }
    }
    let examples = examples(&network, sources);
    eprintln!("network: {} sentences, {} known words", examples.len(), network.vocabulary.len());
    let mut gradient = blank(&network);
    let mut adam = Adam::new(&network);
    let mut mean: Option<(Network, f32)> = None;
    let mut touched = Vec::new();
    let words: usize = examples.iter().map(|e| e.rows.len()).sum();
    let steps = plan.rounds * words / plan.batch;
    let mut step = 0;
    let clock = Instant::now();
    for round in 0..plan.rounds {
        let mut total = Loss::default();
        for batch in batches(&examples, plan.batch, &mut random) {
            let dropped: Vec<Example> = batch
                .iter()
                .map(|&i| {
                    let mut example = examples[i].clone();
                    for rows in &mut example.rows {
                        let (word, vector) = vocabulary.show(rows[0], &mut random);
                        rows[0] = word;
                        let from = vector as usize * vectors.width;
                        example.vectors.extend_from_slice(&vocabulary.values[from..from + vectors.width]);
                    }
                    example
                })
                .collect();
            let list: Vec<&Example> = dropped.iter().collect();
            let loss = learn(&network, &list, plan.dropout, &mut random, &mut gradient, &mut touched);
            total.arcs += loss.arcs;
            total.relations += loss.relations;
            total.tags += loss.tags;
            total.names += loss.names;
            step += 1;
            let progress = (step as f32 / steps as f32).min(1.0);
            let warm = (step as f32 / 200.0).min(1.0);
            adam.step(&mut network, &mut gradient, &mut touched, plan.rate * warm * (1.0 - 0.95 * progress), 5.0);
            if progress > 0.5 && step % 20 == 0 {
                match &mut mean {
                    None => mean = Some((network.clone(), 1.0)),
                    Some((mean, n)) => {
                        *n += 1.0;
                        let by = 1.0 / *n;
                        average(mean, &mut network, by);
                    }
                }
            }
        }
        let best = mean.as_ref().map_or(&network, |m| &m.0);
        let mut best = finished(best, &vocabulary);
        if round + 1 == plan.rounds {
            weigh_names(&mut best, watched);
        }
        let figures = measure(&mut best, watched);
        eprintln!(
            "network: round {} of {}, {:.0} s, loss arcs {:.3} relations {:.3} tags {:.3} names {:.3}; upos {:.2} uas {:.2} las {:.2} names {:.2}",
            round + 1,
            plan.rounds,
            clock.elapsed().as_secs_f64(),
            total.arcs / words as f64,
            total.relations / words as f64,
            total.tags / words as f64,
            total.names / words as f64,
            figures[0],
            figures[1],
            figures[2],
            figures[3]
        );
        save(file::write(&mut best));
    }
}

/// Sentences of similar length together, batches in random order.
fn batches(examples: &[Example], words: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, usize)> =
        examples.iter().enumerate().map(|(i, e)| (e.rows.len() * 4 + random.below(40), i)).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|o| o.0);
    let mut all = vec![Vec::new()];
    let mut count = 0;
    for (_, i) in order {
        let length = examples[i].rows.len();
        if length > LONGEST {
            continue;
        }
        if count + length > words && count > 0 {
            all.push(Vec::new());
            count = 0;
        }
        count += length;
        if let Some(last) = all.last_mut() {
            last.push(i);
        }
    }
    random.shuffle(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradient::NAMES;
    use readout_types::Upos;

    /// The gradient agrees with differences of the loss.
    #[test]
    fn gradients_are_right() {
        let sizes = Sizes { input: 5, state: 4, layers: 2, arc: 3, relation: 3 };
        let mut random = Random::new(3);
        let tags = vec![Tag { upos: Upos::Noun, xpos: "NN" }, Tag { upos: Upos::Verb, xpos: "VB" }];
        let mut network = begin(sizes, HashMap::from([(7, 1), (8, 2)]), tags, 2, &mut random);
        for x in network.project_bias.iter_mut() {
            *x = 0.4;
        }
        let example = |n: usize, seed: u32| Example {
            rows: (0..n as u32).map(|i| [i % 3, i + seed, seed, i, 3, i % 2]).collect(),
            vectors: (0..2 * n).map(|i| i as f32 / 5.0 - 0.5).collect(),
            corpus: (seed % 3) as u8,
            tags: (0..n).map(|i| (i % 2) as u16).collect(),
            names: (0..n).map(|i| (i % 3) as u8).collect(),
            heads: (0..n).map(|i| if i == 0 { n as u16 } else { i as u16 - 1 }).collect(),
            relations: (0..n).map(|i| (i % 4) as u8).collect(),
        };
        let list = [example(3, 1), example(5, 2), example(1, 4)];
        let list: Vec<&Example> = list.iter().collect();
        let none = Dropout { input: 0.0, state: 0.0, project: 0.0 };
        let mut gradient = blank(&network);
        let loss = |network: &Network| {
            let mut gradient = blank(network);
            let l = learn(network, &list, none, &mut Random::new(1), &mut gradient, &mut Vec::new());
            (l.arcs + l.relations + l.tags + f64::from(NAMES) * l.names) / 9.0
        };
        learn(&network, &list, none, &mut Random::new(1), &mut gradient, &mut Vec::new());
        let network_parts = network.dense().len();
        let mut compare = |get: &dyn Fn(&mut Network) -> &mut f32, name: &str| {
            let analytic = f64::from(*get(&mut gradient));
            let step = 5e-3;
            *get(&mut network) += step;
            let above = loss(&network);
            *get(&mut network) -= 2.0 * step;
            let below = loss(&network);
            *get(&mut network) += step;
            let numeric = (above - below) / f64::from(2.0 * step);
            assert!((analytic - numeric).abs() < 2e-3 + 0.03 * numeric.abs(), "{name}: {analytic} against {numeric}");
        };
        for d in 0..network_parts {
            for k in [0, 1, 2] {
                compare(
                    &move |n| {
                        let (weights, _) = n.dense().swap_remove(d);
                        let length = weights.len();
                        &mut weights[(k * 7) % length]
                    },
                    &format!("dense {d} {k}"),
                );
            }
        }
        for t in 0..TABLES {
            compare(&move |n| &mut n.tables[t][5 + 2], &format!("table {t}"));
        }
    }
}
