//! Owns the speed of the whole program by the swift tier on one thread, from the file to the chronology, in sentences per
//! second: on articles written for this purpose, or on real ones, where `READOUT_CORPUS` names files or a folder.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use readout::{Options, Readout};

/// Articles of the file.
const ARTICLES: u64 = 200;

fn article(number: u64) -> String {
    let (day, hours) = (number % 28 + 1, number % 3 + 2);
    let text = format!(
        "VIENNA, May {day}, 2024 (Harbour Wire) - Emmanuel Macron spoke by phone with Olaf Scholz on Tuesday, the Elysee said in a \
         statement.\\n\\nThe conversation lasted {hours} hours and {number} minutes were given to the export of grain, an official said. \
         The price of wheat has risen by a third since the spring, and harvests were poor. In the north, rain fell for eleven days. \
         \\\"We will not comment on private conversations,\\\" a spokesman told reporters. It was their third call this year.\\n\\n\
         Farmers there depend on loans which few of them can repay, and a bad year is often followed by a worse one. Many have \
         given up. The foreign ministers of both countries met in Paris the day before, where they discussed a visit to Warsaw \
         that is planned for next month. Nobody knows how long the stocks will last."
    );
    format!("{{\"id\": \"bench-{number}\", \"date\": \"2024-05-{day:02}\", \"text\": \"{text}\"}}\n")
}

fn pipeline(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the articles");
    let own = folder.path().join("articles.jsonl");
    std::fs::write(&own, (0..ARTICLES).map(article).collect::<String>()).expect("articles that can be written");
    let given = std::env::var_os("READOUT_CORPUS").map(PathBuf::from);
    let readout = Readout::new(&Options { threads: Some(1), ..Options::default() }).expect("what is compiled in");
    let mut group = criterion.benchmark_group("pipeline, swift, one thread, sentences");
    for (name, path) in [("articles written for it", Some(own)), ("READOUT_CORPUS", given)] {
        let Some(path) = path else { continue };
        let paths = [path];
        let run = readout.chronology(&paths, &|_| {});
        assert!(run.timings.documents as u64 >= ARTICLES && !run.chronology.contacts.is_empty(), "articles are read");
        group.throughput(Throughput::Elements(run.timings.sentences as u64));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.bench_function(name, |b| b.iter(|| readout.chronology(black_box(&paths), &|_| {})));
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
