//! Owns the training of the network: what it learns from, in which order, and how well it does on the way.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use readout_annotate::form::Form;
use readout_annotate::names;
use readout_annotate::network::{Network, Sizes, TABLES, file};
use readout_annotate::swift::LONGEST;
use readout_annotate::tagger::{Tag, xpos_number};
use readout_types::NameKind;

use crate::adam::{Adam, average};
use crate::gradient::{Dropout, Example, Loss, learn};
use crate::learn::SEED;
use crate::perceptron::Random;
use crate::treebank::Tree;

/// A sentence with whatever is known of it.
pub struct Source<'a> {
    pub words: Vec<&'a str>,
    /// Penn tags that the linear tagger gave it without having seen it.
    pub tags: Vec<&'static str>,
    pub tree: Option<&'a Tree>,
    pub names: Option<&'a [(usize, usize, NameKind)]>,
}

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
            sizes: Sizes { input: 96, state: 96, layers: 1, arc: 96, relation: 64 },
            rounds: 16,
            batch: 700,
            rate: 3e-3,
            dropout: Dropout { input: 0.2, state: 0.3, project: 0.3, tag: 0.1 },
            least: 2,
        }
    }
}

fn begin(sizes: Sizes, vocabulary: HashMap<u32, u32>, tags: Vec<Tag>, random: &mut Random) -> Network {
    let mut network = Network::zeros(sizes, vocabulary, tags);
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
    for layer in &mut network.layers {
        for lstm in layer {
            // Forget gates begin open (Jozefowicz et al. 2015).
            lstm.bias[sizes.state..2 * sizes.state].fill(1.0);
        }
    }
    network
}

fn examples(network: &Network, sources: &[Source<'_>]) -> Vec<Example> {
    let numbers: HashMap<Tag, u16> = network.tags.iter().enumerate().map(|(i, t)| (*t, i as u16)).collect();
    sources
        .iter()
        .map(|source| {
            let rows = source
                .words
                .iter()
                .zip(&source.tags)
                .map(|(w, t)| network.rows(&Form::new(w), xpos_number(t)))
                .collect();
            let mut example = Example { rows, ..Example::default() };
            if let Some(tree) = source.tree {
                let number = |w: &crate::treebank::Word| {
                    let tag = Tag { upos: w.upos, xpos: readout_annotate::tagger::xpos(&w.xpos) };
                    numbers
                        .get(&tag)
                        .copied()
                        .or_else(|| network.tags.iter().position(|t| t.upos == w.upos).map(|p| p as u16))
                        .unwrap_or(0)
                };
                example.tags = tree.words.iter().map(number).collect();
                example.heads = tree.words.iter().map(|w| w.head.unwrap_or(tree.words.len()) as u16).collect();
                example.relations = tree.words.iter().map(|w| w.deprel as u8).collect();
            }
            if let Some(found) = source.names {
                example.names = names::encode(source.words.len(), found);
            }
            example
        })
        .collect()
}

/// Figures on sentences with trees or names: tags, heads, heads with relations, names F1, in percent.
pub fn measure(network: &Network, sources: &[Source<'_>]) -> [f64; 4] {
    let (mut words, mut hits) = (0usize, [0usize; 3]);
    let mut found = crate::evaluate::Count::default();
    for chunk in sources.chunks(64) {
        let rows: Vec<Vec<[u32; TABLES]>> = chunk
            .iter()
            .map(|s| s.words.iter().zip(&s.tags).map(|(w, t)| network.rows(&Form::new(w), xpos_number(t))).collect())
            .collect();
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
            if let Some(gold) = source.names {
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

/// Trains a network; `save` is called with the averaged network as it gets better.
pub fn train(
    plan: Plan,
    tags: Vec<Tag>,
    sources: &[Source<'_>],
    watched: &[Source<'_>],
    save: &mut dyn FnMut(Vec<u8>),
) {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for word in sources.iter().flat_map(|s| &s.words) {
        *counts.entry(Form::new(word).lower).or_default() += 1;
    }
    let known = counts.iter().filter(|(_, n)| **n >= plan.least);
    let vocabulary: HashMap<u32, u32> = known.clone().enumerate().map(|(i, (w, _))| (*w, i as u32 + 1)).collect();
    let mut often: Vec<f32> = vec![f32::MAX];
    often.extend(known.map(|(_, n)| *n as f32));
    let mut random = Random::new(SEED);
    let mut network = begin(plan.sizes, vocabulary, tags, &mut random);
    let examples = examples(&network, sources);
    eprintln!("network: {} sentences, {} known words", examples.len(), network.vocabulary.len());
    let mut gradient = Network::zeros(plan.sizes, network.vocabulary.clone(), network.tags.clone());
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
                        let often = often[rows[0] as usize];
                        if random.unit() < 0.25 / (0.25 + often) {
                            rows[0] = 0;
                        }
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
        let best = mean.as_mut().map_or(&mut network, |m| &mut m.0);
        let figures = measure(best, watched);
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
        save(file::write(best));
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
    use readout_types::Upos;

    /// The gradient agrees with differences of the loss.
    #[test]
    fn gradients_are_right() {
        let sizes = Sizes { input: 5, state: 4, layers: 2, arc: 3, relation: 3 };
        let mut random = Random::new(3);
        let tags = vec![Tag { upos: Upos::Noun, xpos: "NN" }, Tag { upos: Upos::Verb, xpos: "VB" }];
        let mut network = begin(sizes, HashMap::from([(7, 1), (8, 2)]), tags, &mut random);
        for x in network.project_bias.iter_mut() {
            *x = 0.4;
        }
        let example = |n: usize, seed: u32| Example {
            rows: (0..n as u32).map(|i| [i % 3, i + seed, seed, i, 3, i % 2]).collect(),
            tags: (0..n).map(|i| (i % 2) as u16).collect(),
            names: (0..n).map(|i| (i % 3) as u8).collect(),
            heads: (0..n).map(|i| if i == 0 { n as u16 } else { i as u16 - 1 }).collect(),
            relations: (0..n).map(|i| (i % 4) as u8).collect(),
        };
        let list = [example(3, 1), example(5, 2), example(1, 4)];
        let list: Vec<&Example> = list.iter().collect();
        let none = Dropout { input: 0.0, state: 0.0, project: 0.0, tag: 0.0 };
        let mut gradient = Network::zeros(sizes, network.vocabulary.clone(), network.tags.clone());
        let loss = |network: &Network| {
            let mut gradient = Network::zeros(sizes, network.vocabulary.clone(), network.tags.clone());
            let l = learn(network, &list, none, &mut Random::new(1), &mut gradient, &mut Vec::new());
            (l.arcs + l.relations + l.tags + l.names) / 9.0
        };
        learn(&network, &list, none, &mut Random::new(1), &mut gradient, &mut Vec::new());
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
        for d in 0..17 {
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
