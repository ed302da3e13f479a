//! Owns the speed of linking and reconciling: synthetic reports of growing number.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use readout::{Extracted, chronology_of};
use readout_eval::synthetic;

fn linking(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("link and reconcile");
    for size in [1_000, 10_000, 100_000] {
        let extractions = synthetic::corpus(size, 2025).extractions;
        group.throughput(Throughput::Elements(size as u64)).sample_size(10);
        group.bench_with_input(BenchmarkId::from_parameter(size), &extractions, |b, extractions| {
            let given = || Extracted { extractions: extractions.clone(), ..Extracted::default() };
            b.iter_batched(
                given,
                |extracted| chronology_of(extracted).chronology.contacts.len(),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, linking);
criterion_main!(benches);
