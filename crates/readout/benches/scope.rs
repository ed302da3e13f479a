//! Owns the speed of the language layer inside the program: all sentences of an article parsed, and only those that matter.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use readout_annotate::{Annotator, Deep, Scope, Swift};
use readout_extract::Knowledge;
use readout_types::{Alignment, Block, BlockKind, CleanDocument, DocumentDate, Span, Token};

const TEXT: &str = "Foreign Minister Lena Strand spoke by phone with her Meridian counterpart, Omar Haddad, on Tuesday. \
The price of grain has risen by a third since the spring. Harvests were poor. In the north, rain fell for eleven days. \
The two discussed the export of wheat. Farmers there depend on loans which few of them can repay, and a bad year is often \
followed by a worse one. Many have given up. \"We will not comment on private conversations,\" a spokesman for Haddad told \
reporters. Nobody knows how long the stocks will last.";

fn document(text: &str) -> CleanDocument {
    CleanDocument {
        id: "bench".to_owned(),
        path: "bench".to_owned(),
        source: None,
        title: None,
        url: None,
        original: text.into(),
        text: text.to_owned(),
        alignment: Alignment::default(),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Body, rule: "" }],
        date: DocumentDate::default(),
        language: None,
        diagnostics: Vec::new(),
    }
}

fn scope(criterion: &mut Criterion) {
    let swift = Swift::embedded().expect("the models that are compiled in");
    let knowledge = Knowledge::embedded().expect("the tables that are compiled in");
    let text = vec![TEXT; 20].join("\n\n");
    let whole = swift.annotate(document(&text), Scope::All);
    let words: usize = whole.sentences.iter().map(|s| s.tokens.len()).sum();
    let wanted = |text: &str, tokens: &[Token], named: bool| knowledge.wants_tree(text, tokens, named);
    let filtered = swift.annotate(document(&text), Scope::Relevant(&wanted));
    assert!(filtered.sentences.iter().filter(|s| !s.parsed).count() >= 40, "what does not matter is not parsed");
    let mut group = criterion.benchmark_group("annotate");
    group.throughput(Throughput::Elements(words as u64)).sample_size(20);
    group.bench_function("all sentences", |b| b.iter(|| swift.annotate(black_box(document(&text)), Scope::All)));
    group.bench_function("relevant sentences", |b| {
        b.iter(|| swift.annotate(black_box(document(&text)), Scope::Relevant(&wanted)));
    });
    let deep = Deep::embedded().expect("the models that are compiled in");
    group.bench_function("all sentences, deep", |b| {
        b.iter(|| deep.annotate(black_box(document(&text)), Scope::All));
    });
    group.bench_function("relevant sentences, deep", |b| {
        b.iter(|| deep.annotate(black_box(document(&text)), Scope::Relevant(&wanted)));
    });
    group.finish();
}

criterion_group!(benches, scope);
criterion_main!(benches);
