//! Owns the speed of the expression rules, in bytes of text per second on one thread.

#![allow(missing_docs)] // the macro of criterion makes an undocumented function

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const TEXT: &str = "The two presidents spoke by phone on Monday for just over an hour, the ministry said on Dec. 28, 2025. \
It was their third conversation since early September and came two weeks ago, a day after talks in the capital had \
ended without a result. Nothing else was said about the plans of either side, although officials expect that the \
foreign ministers will sit down again next Tuesday at 10:00 EDT (14:00 GMT) and perhaps later this month. ";

fn bench(c: &mut Criterion) {
    let text = TEXT.repeat(1000);
    let mut group = c.benchmark_group("expressions");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("news", |b| b.iter(|| readout_times::expressions(&text).len()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
