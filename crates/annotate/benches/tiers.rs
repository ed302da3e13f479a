//! Owns the speed of the tiers: words per second of each stage on a text written for this purpose, one thread.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use readout_annotate::{Deep, Swift};
use readout_types::Span;

const TEXT: &str = "Foreign Minister Lena Strand spoke by phone with her Meridian counterpart, Omar Haddad, on Tuesday, \
the ministry said in a statement. The two discussed preparations for next month's summit in Port Selva, where leaders of \
eleven countries are expected to meet. \"We will not comment on private conversations,\" a spokesman for Haddad told \
reporters. It was their third call this year, according to an official who asked not to be named because the talks, \
which lasted about 40 minutes, were confidential.";

fn swift(criterion: &mut Criterion) {
    let swift = Swift::embedded().expect("the models that are compiled in");
    let text = vec![TEXT; 20].join("\n\n");
    let sentences = swift.divide(&text);
    let words: usize = sentences.iter().map(Vec::len).sum();
    let strings: Vec<Vec<&str>> = sentences.iter().map(|s| s.iter().map(|w| w.of(&text)).collect()).collect();
    let prepared: Vec<_> = strings.iter().map(|s| swift.prepare(s)).collect();
    let mut group = criterion.benchmark_group("swift");
    group.throughput(Throughput::Elements(words as u64)).sample_size(20);
    group.bench_function("divide", |b| b.iter(|| swift.divide(black_box(&text))));
    group.bench_function("prepare", |b| b.iter(|| strings.iter().map(|s| swift.prepare(s).len()).sum::<usize>()));
    group.bench_function("lemmas", |b| {
        b.iter(|| strings.iter().flatten().map(|w| swift.lemma(black_box(w), "VBD").len()).sum::<usize>())
    });
    group.bench_function("tags and names", |b| b.iter(|| swift.read(black_box(&prepared), &mut |_, _| false)));
    group.bench_function("tags, names and trees", |b| b.iter(|| swift.read(black_box(&prepared), &mut |_, _| true)));
    group.finish();
    // Time is linear in words, however long a sentence is; no sentence is longer than `ENDLESS`.
    let mut group = criterion.benchmark_group("no full stop");
    for words in [50, 500, 5_000, 50_000] {
        let text = "the minister met a word ".repeat(words / 5);
        group.throughput(Throughput::Elements(words as u64)).sample_size(10);
        group.bench_function(format!("{words} words"), |b| {
            b.iter(|| {
                let sentences = swift.divide(black_box(&text));
                assert_eq!(sentences.iter().map(Vec::len).sum::<usize>(), words);
                let strings = |spans: &Vec<Span>| spans.iter().map(|w| w.of(&text)).collect::<Vec<&str>>();
                let prepared: Vec<_> = sentences.iter().map(|s| swift.prepare(&strings(s))).collect();
                swift.read(&prepared, &mut |_, _| true)
            });
        });
    }
    group.finish();
    criterion.bench_function("load", |b| b.iter(Swift::embedded));
}

fn deep(criterion: &mut Criterion) {
    let deep = Deep::embedded().expect("the models that are compiled in");
    let text = vec![TEXT; 20].join("\n\n");
    let sentences = deep.swift().divide(&text);
    let strings: Vec<Vec<&str>> = sentences.iter().map(|s| s.iter().map(|w| w.of(&text)).collect()).collect();
    let pieced: Vec<_> = strings.iter().flat_map(|s| deep.stretches(s)).collect();
    let pieces: usize = pieced.iter().map(|p| p.pieces.len()).sum();
    let mut group = criterion.benchmark_group("deep");
    group.throughput(Throughput::Elements(pieces as u64)).sample_size(20);
    group.bench_function("encoder, pieces", |b| {
        b.iter(|| {
            let groups = pieced.chunks(16).map(|group| group.iter().collect::<Vec<_>>());
            groups.map(|group| deep.contents().encoder.states(black_box(&group)).len()).sum::<usize>()
        });
    });
    group.throughput(Throughput::Elements(strings.iter().map(Vec::len).sum::<usize>() as u64));
    group.bench_function("tags, names and trees", |b| b.iter(|| deep.read(black_box(&strings))));
    group.finish();
    criterion.bench_function("load deep", |b| b.iter(Deep::embedded));
}

criterion_group!(benches, swift, deep);
criterion_main!(benches);
