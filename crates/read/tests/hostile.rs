//! Bad input: each kind gets a message that names the item and the reason, what stands around it is read, and nothing
//! takes more memory or time than its limit.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod made;

use std::io::{Cursor, Read};
use std::time::{Duration, Instant};

use made::{Zip, gzip, pdf, tar, tar_entry, warc, zstd};
use proptest::prelude::*;
use readout_read::{Item, Limits, Options, documents, stream};

const GOOD: &str = "The king of Norway spoke by telephone with the president of Kenya on Monday.";

/// Ids of the documents, and what is said.
fn outcome_of(name: &str, input: Box<dyn Read + Send>, limits: Limits) -> (Vec<String>, String) {
    let (mut ids, mut said) = (Vec::new(), String::new());
    for item in stream(name, input, &Options { limits, ..Options::default() }) {
        match item {
            Item::Document(document) => ids.push(document.id),
            Item::Diagnostic(d) => said += &format!("{:?} {}: {}\n", d.level, d.document, d.message),
        }
    }
    (ids, said)
}

fn outcome(name: &str, content: &[u8]) -> (Vec<String>, String) {
    outcome_of(name, Box::new(Cursor::new(content.to_vec())), Limits::default())
}

fn check(name: &str, content: &[u8], ids: &[&str], words: &str) {
    let (found, said) = outcome(name, content);
    assert_eq!(found, ids, "{name}: {said}");
    assert!(said.contains(words), "{words:?} is not in {said:?}");
}

fn lines(n: usize) -> String {
    (0..n).map(|i| format!("{{\"id\":\"r{i}\",\"text\":\"{GOOD} Call {i}.\"}}\n")).collect()
}

#[test]
fn truncated_gzip() {
    let whole = gzip(lines(2000).as_bytes());
    let (ids, said) = outcome("x.jsonl.gz", &whole[..whole.len() / 2]);
    assert!(ids.len() > 100 && ids.len() < 2000, "what lies before the cut is read: {}", ids.len());
    assert!(said.contains("Error x.jsonl.gz: after line") && said.contains("cut off"), "{said}");
    check("x.txt.gz", &gzip(GOOD.as_bytes())[..20], &[], "Error x.txt.gz: cut off: the compressed data ends too early");
    check("x.gz", b"no gzip at all", &[], "Error x.gz: ");
    check("x.txt.zst", &zstd(GOOD.as_bytes())[..20], &[], "Error x.txt.zst: cut off");
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 40 << 20];
    check(
        "bomb.txt.gz",
        &gzip(&zeros),
        &[],
        "grows to more than 250 times its size when unpacked, the limit (--max-expansion)",
    );
    check("bomb.txt.zst", &zstd(&zeros), &[], "grows to more than 250 times");
    let mut zip = Zip::new();
    zip.file("a.txt", GOOD.as_bytes());
    zip.file("bomb.txt", &zeros);
    zip.file("c.txt", GOOD.as_bytes());
    check("z.zip", &zip.done(), &["z/a", "z/c"], "Error z.zip:bomb.txt: not read: it grows to more than 250 times");
}

#[test]
fn archives_too_deep() {
    let mut packed = GOOD.as_bytes().to_vec();
    for _ in 0..7 {
        packed = gzip(&packed);
    }
    check("x.gz", &packed, &[], "deeper than 6 archives, the limit (--max-archive-depth)");
}

#[test]
fn names_that_lead_out_of_an_archive() {
    let mut zip = Zip::new();
    zip.file("../../up.txt", GOOD.as_bytes());
    zip.file("/root.txt", GOOD.as_bytes());
    zip.file("c:\\windows.txt", GOOD.as_bytes());
    zip.file("fine/./a.txt", GOOD.as_bytes());
    let (ids, said) = outcome("z.zip", &zip.done());
    assert_eq!(ids.len(), 1, "{said}");
    assert_eq!(said.matches("its name leads out of the archive").count(), 3, "{said}");
    let entry = tar_entry("../up.txt", tar::EntryType::Regular, GOOD.as_bytes());
    check("t.tar", &entry, &[], "Error t.tar:../up.txt: not read: its name leads out of the archive");
}

#[test]
fn links_in_archives() {
    check("t.tar", &tar_entry("loop.txt", tar::EntryType::Symlink, b""), &[], "Note t.tar:loop.txt: skipped: a link");
}

#[cfg(unix)]
#[test]
fn cyclic_links_in_folders() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), GOOD).unwrap();
    std::os::unix::fs::symlink("b", folder.path().join("c")).unwrap();
    std::os::unix::fs::symlink("c", folder.path().join("b")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("up")).unwrap();
    let items: Vec<Item> = documents(&[folder.path().to_owned()], &Options::default()).collect();
    assert_eq!(items.iter().filter(|i| matches!(i, Item::Document(_))).count(), 1);
    assert!(items.len() >= 3, "the links are named: {items:?}");
}

#[test]
fn archives_cut_off() {
    let mut zip = Zip::new();
    zip.file("a.txt", GOOD.as_bytes());
    let whole = zip.done();
    check("z.zip", &whole[..whole.len() - 10], &[], "Error z.zip: damaged or cut off");
    let whole = tar(&[("a.txt", GOOD.as_bytes()), ("b.txt", &[b'x'; 5000])]);
    let (ids, said) = outcome("t.tar", &whole[..2048]);
    assert!(ids.contains(&"t/a".to_owned()) && said.contains("Error t.tar"), "{ids:?} {said}");
}

/// So many bytes of a page whose tags are never closed, made as they are read.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = (buffer.len() as u64).min(self.0) as usize;
        buffer.iter_mut().take(n).enumerate().for_each(|(i, b)| *b = b"<div><p class='x"[i % 16]);
        self.0 -= n as u64;
        Ok(n)
    }
}

#[test]
fn a_malformed_page_of_200_megabytes() {
    let (ids, said) = outcome_of("page.html", Box::new(Endless(200 << 20)), Limits::default());
    assert!(ids.is_empty());
    assert_eq!(said, "Error page.html: not read: longer than 32 MiB, the limit for one document\n");
}

#[test]
fn wrong_declared_charset() {
    let page = format!("<html><head><meta charset='iso-8859-1'></head><p>{GOOD} Orbán, Erdoğan.</p>");
    let crawl = warc(&[("https://a.example/1", "text/html; charset=koi8-r", &page)]);
    let items: Vec<Item> = stream("c.warc", Box::new(Cursor::new(crawl)), &Options::default()).collect();
    let text = items.into_iter().find_map(Item::document).map(|d| d.text.to_string());
    assert_eq!(text.as_deref(), Some(page.as_str()));
}

#[test]
fn feed_with_an_entity_bomb() {
    let mut entities = "<!ENTITY a0 'ha'>".to_owned();
    for i in 1..20 {
        entities += &format!("<!ENTITY a{i} '&a{};&a{};&a{};&a{};'>", i - 1, i - 1, i - 1, i - 1);
    }
    let feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss version='2.0'><channel><title>T</title>\
         <item><guid>g</guid><title>One</title><description>&a19; {GOOD}</description></item></channel></rss>"
    );
    let begun = Instant::now();
    let items: Vec<Item> = stream("f.xml", Box::new(Cursor::new(feed.into_bytes())), &Options::default()).collect();
    let size: usize = items.iter().map(|i| if let Item::Document(d) = i { d.text.len() } else { 0 }).sum();
    assert!(size < 1000, "nothing is expanded: {size} bytes");
    assert!(!items.is_empty() && begun.elapsed() < Duration::from_secs(20));
    check("broken.rss", b"<rss><channel><item><title>x", &[], "broken.rss: ");
}

#[test]
fn pdf_without_text() {
    check("scan.pdf", &pdf(&[]), &[], "Error scan.pdf: a PDF file without text");
    check("cut.pdf", &pdf(&["x"])[..120], &[], "Error cut.pdf: ");
    check("no.pdf", b"hello", &[], "Error no.pdf: not read: no PDF file");
}

#[test]
fn records_of_a_crawl_that_are_damaged() {
    let page = format!("<p>{GOOD}</p>");
    let crawl = warc(&[("https://a.example/1", "text/html", &page), ("https://a.example/2", "text/html", &page)]);
    let one = "00000000-0000-0000-0000-000000000001";
    let two = "00000000-0000-0000-0000-000000000002";
    let (ids, said) = outcome("c.warc", &crawl[..crawl.len() - 20]);
    assert_eq!(
        (ids, said.contains("Error c.warc: record 3 is cut off")),
        (vec![one.to_owned(), two.to_owned()], true),
        "{said}"
    );
    let noise = [b"garbage\r\nmore\r\n".as_slice(), &crawl].concat();
    check("c.warc", &noise, &[one, two], "Error c.warc: after record 0: 15 bytes are no record");
    let lie = String::from_utf8_lossy(&crawl).replacen("Content-Length: 2\r\n", "Content-Length: 99999999999\r\n", 1);
    check("c.warc", lie.as_bytes(), &[], "is cut off");
}

#[test]
fn a_parser_that_takes_too_long_is_given_up() {
    let limits = Limits { document_time: Duration::ZERO, ..Limits::default() };
    let (ids, said) = outcome_of("x.pdf", Box::new(Cursor::new(pdf(&["The words."]))), limits);
    assert!(
        ids.is_empty() && said.contains("given up after 0 s, the time limit for one document (--document-time)"),
        "{said}"
    );
}

#[test]
fn tables_without_a_column_of_text() {
    check(
        "t.csv",
        b"a,b\n1,2\n",
        &[],
        "Error t.csv: no column holds the text (its columns: a, b); --map text=NAME names it",
    );
    check("t.csv", b"id,text\n", &[], "Warning t.csv: a table without rows");
    check("t.parquet", b"PAR1\0\0\0\0PAR1", &[], "Error t.parquet: damaged");
}

/// Beginnings of every format, for mutation.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let page = format!("<p>{GOOD}</p>");
    let mut zip = Zip::new();
    zip.file("a.txt", GOOD.as_bytes());
    vec![
        ("x.warc", warc(&[("https://a.example/1", "text/html", &page)])),
        ("x.mbox", format!("From a\nMessage-ID: <1>\nFrom: a@b\n\n{GOOD}\n\nFrom b\n\n").into_bytes()),
        (
            "x.eml",
            format!("Message-ID: <1>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{GOOD}\n--b--").into_bytes(),
        ),
        ("x.csv", format!("id,text\n1,\"{GOOD}\"\n").into_bytes()),
        ("x.jsonl", lines(2).into_bytes()),
        ("x.json", format!("[{{\"text\":\"{GOOD}\"}}]").into_bytes()),
        (
            "x.xml",
            format!("<rss><channel><title>T</title><item><description>{GOOD}</description></item></channel></rss>")
                .into_bytes(),
        ),
        ("x.docx", made::docx(&[GOOD], "Title of the paper")),
        ("x.zip", zip.done()),
        ("x.tar", tar(&[("a.txt", GOOD.as_bytes())])),
        ("x.pdf", pdf(&[GOOD])),
        ("x.parquet", made::parquet(&[("1", "T", GOOD)])),
        ("x.txt.gz", gzip(GOOD.as_bytes())),
        ("x.txt.zst", zstd(GOOD.as_bytes())),
        ("x.md", format!("# T\n\n{GOOD}").into_bytes()),
        ("x", page.into_bytes()),
    ]
}

/// So many cases, unless `PROPTEST_CASES` asks for others (256 is the number that stands there when it does not).
fn cases(usual: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    if asked.cases == 256 { ProptestConfig { cases: usual, ..asked } } else { asked }
}

proptest! {
    #![proptest_config(cases(96))]
    /// Whatever bytes are changed, every parser comes to an end, and something is given or said.
    #[test]
    fn changed_bytes_are_read_or_named(
        which in 0usize..16,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let (name, mut content) = seeds().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        if !whole {
            content.truncate(cut.index(content.len()) + 1);
        }
        let limits = Limits { max_document_bytes: 1 << 20, document_time: Duration::from_secs(20), ..Limits::default() };
        let (ids, said) = outcome_of(name, Box::new(Cursor::new(content)), limits);
        prop_assert!(!ids.is_empty() || !said.is_empty());
    }
}
