//! Owns the figures of reading: bytes a second of each format, in memory and without a network. `cargo bench -p readout-read`.
//!
//! Before it measures, each input is read once and the number of its documents is checked.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

#[path = "../tests/made/mod.rs"]
mod made;

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use made::{Zip, docx, gzip, parquet, pdf, tar, warc, warc_records, zstd};
use readout_read::{Item, Options, stream};

/// Documents in each input of many.
const MANY: usize = 1000;

/// An article of about two kilobytes, another for each number; written for this bench.
fn article(n: usize) -> String {
    let paragraph = format!(
        "The harbour council of district {n} said on Monday that repairs to the northern pier would take {} weeks longer than \
         planned. A spokeswoman added that the king of Norway had spoken by telephone with the president of Kenya about it, and \
         that {} boats were waiting outside.\n\n",
        n % 40 + 2,
        n % 90 + 3
    );
    paragraph.repeat(7)
}

fn page(n: usize) -> String {
    let body: String = article(n).split_terminator("\n\n").map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!doctype html><html><head><title>Pier {n}</title></head><body><nav><a href='/'>Home</a></nav>\
         <article><h1>Pier {n}</h1>{body}</article><footer>Harbour Wire</footer></body></html>"
    )
}

/// Each input: its name, its bytes, how many documents it holds.
fn inputs() -> Vec<(&'static str, Vec<u8>, usize)> {
    let record = |n: usize| serde_json::json!({"id": format!("r{n}"), "title": "T", "text": article(n)}).to_string();
    let lines = (0..MANY).map(|n| record(n) + "\n").collect::<String>().into_bytes();
    let array = format!("[{}]", (0..MANY).map(record).collect::<Vec<_>>().join(",\n")).into_bytes();
    let table =
        "id,title,text\n".to_owned() + &(0..MANY).map(|n| format!("r{n},T,\"{}\"\n", article(n))).collect::<String>();
    let texts: Vec<String> = (0..MANY).map(article).collect();
    let ids: Vec<String> = (0..MANY).map(|n| format!("r{n}")).collect();
    let rows: Vec<(&str, &str, &str)> = (0..MANY).map(|n| (ids[n].as_str(), "T", texts[n].as_str())).collect();
    let pages: Vec<(String, String)> = (0..MANY).map(|n| (format!("https://a.example/{n}"), page(n))).collect();
    let answers: Vec<(&str, &str, &str)> =
        pages.iter().map(|(url, page)| (url.as_str(), "text/html; charset=utf-8", page.as_str())).collect();
    let members: Vec<u8> = warc_records(&answers).iter().flat_map(|r| gzip(r)).collect();
    let message = |n: usize| {
        format!(
            "From a Tue Mar 18 10:00:00 2025\nMessage-ID: <{n}>\nFrom: A <a@a.example>\nSubject: S\n\n{}",
            article(n)
        )
    };
    let mailbox: String = (0..MANY).map(message).collect();
    let items: String = (0..MANY)
        .map(|n| {
            format!(
                "<item><guid>g{n}</guid><title>T</title><description><![CDATA[{}]]></description></item>",
                article(n)
            )
        })
        .collect();
    let feed = format!("<?xml version='1.0'?><rss version='2.0'><channel><title>L</title>{items}</channel></rss>");
    let mut archive = Zip::new();
    let names: Vec<String> = (0..MANY).map(|n| format!("{n}.txt")).collect();
    (0..MANY).for_each(|n| archive.file(&names[n], texts[n].as_bytes()));
    let files: Vec<(&str, &[u8])> = (0..MANY).map(|n| (names[n].as_str(), texts[n].as_bytes())).collect();
    let sentences: Vec<&str> = texts[0].split_terminator("\n\n").collect();
    let paragraphs = [sentences.as_slice(); 30].concat();
    vec![
        ("a.txt", article(1).into_bytes(), 1),
        ("a.html", page(1).into_bytes(), 1),
        ("feed.jsonl", lines.clone(), MANY),
        ("feed.jsonl.gz", gzip(&lines), MANY),
        ("feed.jsonl.zst", zstd(&lines), MANY),
        ("feed.json", array, MANY),
        ("table.csv", table.into_bytes(), MANY),
        ("table.parquet", parquet(&rows), MANY),
        ("crawl.warc", warc(&answers), MANY),
        ("crawl.warc.gz", members, MANY),
        ("mail.mbox", mailbox.into_bytes(), MANY),
        ("feed.xml", feed.into_bytes(), MANY),
        ("texts.zip", archive.done(), MANY),
        ("texts.tar", tar(&files), MANY),
        ("paper.docx", docx(&paragraphs, "T"), 1),
        ("paper.pdf", pdf(&paragraphs[..40]), 1),
    ]
}

/// How many documents an input gives, and their bytes.
fn read(name: &str, content: Vec<u8>) -> (usize, u64) {
    let items = stream(name, Box::new(Cursor::new(content)), &Options::default());
    let texts = items.filter_map(Item::document).map(|d| black_box(d).text.len() as u64);
    texts.fold((0, 0), |(n, bytes), text| (n + 1, bytes + text))
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    for (name, content, documents) in inputs() {
        let (found, bytes) = read(name, content.clone());
        assert_eq!(found, documents, "{name}");
        // Of what is read: packed formats compare with unpacked ones.
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(name, |b| b.iter(|| read(name, content.clone())));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = bench
}
criterion_main!(benches);
