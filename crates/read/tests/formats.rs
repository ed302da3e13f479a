//! One small example of each format, made here, and what is read from it: id, title, date, outlet, address, text.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod made;

use made::{Zip, docx, gzip, parquet, pdf, tar, warc, zstd};
use readout_read::{FieldMap, Item, Options, stream};
use readout_types::{RawDocument, TextFormat};

fn read_with(name: &str, content: &[u8], options: &Options) -> (Vec<RawDocument>, Vec<String>) {
    let (mut documents, mut said) = (Vec::new(), Vec::new());
    for item in stream(name, Box::new(std::io::Cursor::new(content.to_vec())), options) {
        match item {
            Item::Document(document) => documents.push(document),
            Item::Diagnostic(d) => said.push(format!("{:?} {}: {}", d.level, d.document, d.message)),
        }
    }
    (documents, said)
}

/// Reads one input that is nothing but good documents.
fn read(name: &str, content: &[u8]) -> Vec<RawDocument> {
    let (documents, said) = read_with(name, content, &Options::default());
    assert_eq!(said, Vec::<String>::new(), "{name}");
    documents
}

fn one(name: &str, content: &[u8]) -> RawDocument {
    let mut documents = read(name, content);
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

/// id | title | published | source | url
fn head(d: &RawDocument) -> String {
    let or = |o: &Option<String>| o.clone().unwrap_or_else(|| "-".to_owned());
    [d.id.clone(), or(&d.title), or(&d.published), or(&d.source), or(&d.url)].join(" | ")
}

const CALL: &str = "The king of Norway spoke by telephone with the president of Kenya on Monday.";

#[test]
fn markdown_keeps_its_source() {
    let source = format!("---\ntitle: A call\n---\n# A call\n\n{CALL}\n");
    let document = one("call.md", source.as_bytes());
    assert_eq!((document.format, &*document.text, &*document.id), (TextFormat::Markdown, source.as_str(), "call"));
}

#[test]
fn a_message() {
    let mail = format!(
        "Message-ID: <one@lantern.example>\r\nFrom: The Lantern <news@lantern.example>\r\nDate: Tue, 18 Mar 2025 10:00:00 +0000\r\n\
         Subject: =?utf-8?Q?Caf=C3=A9_calls?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{CALL} In a caf=E9.\r\n"
    );
    let document = one("x.eml", mail.as_bytes());
    assert_eq!(head(&document), "one@lantern.example | Café calls | 2025-03-18T10:00:00Z | The Lantern | -");
    assert_eq!(document.text.trim(), format!("{CALL} In a café."));
    // Without its ending too.
    assert_eq!(one("x", mail.as_bytes()).id, "one@lantern.example");
}

#[test]
fn a_newsletter_in_html_with_a_plain_part_that_says_nothing() {
    let html = format!("<p>{CALL}</p>").repeat(3);
    let mail = format!(
        "Message-ID: <n@a.example>\r\nFrom: a@a.example\r\nDate: Tue, 18 Mar 2025 10:00:00 +0000\r\nSubject: News\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         View online\r\n--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n--b--\r\n"
    );
    let document = one("x.eml", mail.as_bytes());
    assert_eq!((document.format, document.text.trim()), (TextFormat::Html, html.as_str()));
}

#[test]
fn messages_of_a_mailbox() {
    let message = |id: &str| {
        format!(
            "From MAILER Tue Mar 18 10:00:00 2025\nMessage-ID: <{id}>\nFrom: A <a@a.example>\nSubject: S\n\n{CALL}\n>From Oslo.\n\n"
        )
    };
    let documents = read("box.mbox", (message("one") + &message("two")).as_bytes());
    assert_eq!(
        documents.iter().map(|d| (d.id.as_str(), d.path.as_str())).collect::<Vec<_>>(),
        [("one", "box.mbox:1"), ("two", "box.mbox:2")]
    );
    assert!(documents[1].text.ends_with("From Oslo.\n\n") || documents[1].text.trim_end().ends_with("From Oslo."));
}

#[test]
fn a_pdf_file() {
    let document =
        one("readout.pdf", &pdf(&["The king of Norway spoke by telephone", "with the president of Kenya on Monday."]));
    assert_eq!(document.id, "readout");
    let words: Vec<&str> = document.text.split_whitespace().collect();
    assert_eq!(words.join(" "), CALL);
}

#[test]
fn a_docx_file() {
    let document = one("readout.docx", &docx(&["Readout of the call", CALL], "Readout of the royal call"));
    assert_eq!(head(&document), "readout | Readout of the royal call | - | - | -");
    assert_eq!(&*document.text, format!("Readout of the call\n\n{CALL}"));
}

#[test]
fn a_table_of_comma_separated_values() {
    let table = format!(
        "\u{feff}id,headline,date,outlet,link,body\n7,\"A \"\"call\"\"\",2025-03-18,The Lantern,https://a.example/7,\"{CALL}\n\nTwice.\"\n"
    );
    let document = one("calls.csv", table.as_bytes());
    assert_eq!(head(&document), "7 | A \"call\" | 2025-03-18 | The Lantern | https://a.example/7");
    assert_eq!((&*document.text, document.path.as_str()), (format!("{CALL}\n\nTwice.").as_str(), "calls.csv:2"));
    assert_eq!(one("calls.tsv", format!("text\ttitle\n{CALL}\tT\n").as_bytes()).title.as_deref(), Some("T"));
}

#[test]
fn a_parquet_table() {
    let document = one("calls.parquet", &parquet(&[("a1", "A call", CALL)]));
    assert_eq!(head(&document), "a1 | A call | - | - | -");
    assert_eq!(&*document.text, CALL);
}

#[test]
fn fields_under_other_names() {
    let mut fields = FieldMap::default();
    fields.add("text=story.paragraphs").unwrap();
    fields.add("title=kicker").unwrap();
    let options = Options { fields, ..Options::default() };
    let line = format!("{{\"kicker\": \"K\", \"story\": {{\"paragraphs\": [\"{CALL}\", \"Twice.\"]}}}}");
    let (documents, said) = read_with("x.jsonl", line.as_bytes(), &options);
    assert!(said.is_empty());
    assert_eq!((documents[0].title.as_deref(), &*documents[0].text), (Some("K"), format!("{CALL}\n\nTwice.").as_str()));
}

#[test]
fn records_of_the_usual_producers() {
    for (producer, record, expected) in [
        (
            "news-please",
            r#"{"authors":[],"date_publish":"2025-03-18 10:00:00","filename":"x.json","language":"en","maintext":"TEXT","source_domain":"lantern.example","title":"T","url":"https://lantern.example/1"}"#,
            "x | T | 2025-03-18 10:00:00 | lantern.example | https://lantern.example/1",
        ),
        (
            "Fundus",
            r#"{"title":"T","authors":["A"],"publishing_date":"2025-03-18","body":{"summary":[],"sections":[{"headline":[],"paragraphs":["TEXT"]}]},"html":{"requested_url":"https://lantern.example/2","source_info":{"publisher":"The Lantern"}}}"#,
            "x | T | 2025-03-18 | The Lantern | https://lantern.example/2",
        ),
        (
            "newspaper4k",
            r#"{"title":"T","text":"TEXT","publish_date":"2025-03-18","meta_site_name":"The Lantern","canonical_link":"https://lantern.example/3"}"#,
            "x | T | 2025-03-18 | The Lantern | https://lantern.example/3",
        ),
        (
            "ninjs 3",
            r#"{"uri":"tag:lantern.example,2025:4","headlines":[{"role":"short","value":"S"},{"role":"main","value":"T"}],"bodies":[{"contenttype":"text/plain","value":"TEXT"}],"contentcreated":"2025-03-18T10:00:00Z","infosources":[{"name":"The Lantern"}]}"#,
            "tag:lantern.example,2025:4 | T | 2025-03-18T10:00:00Z | The Lantern | -",
        ),
    ] {
        let document = one("x.json", record.replace("TEXT", CALL).as_bytes());
        assert_eq!((head(&document).as_str(), &*document.text), (expected, CALL), "{producer}");
    }
}

#[test]
fn a_crawl_and_its_text() {
    let page = format!("<html><p>{CALL}</p></html>");
    let crawl = warc(&[
        ("https://lantern.example/5", "text/html; charset=utf-8", &page),
        ("https://lantern.example/p.png", "image/png", "x"),
    ]);
    for (name, content) in [("c.warc", crawl.clone()), ("c.warc.gz", gzip(&crawl)), ("c.warc.zst", zstd(&crawl))] {
        let (documents, said) = read_with(name, &content, &Options::default());
        assert_eq!(documents.len(), 1, "{name}: {said:?}");
        assert_eq!(head(&documents[0]), "00000000-0000-0000-0000-000000000001 | - | - | - | https://lantern.example/5");
        assert_eq!((&*documents[0].text, documents[0].path.as_str()), (page.as_str(), format!("{name}:2").as_str()));
        assert_eq!(documents[0].metadata["crawled"], "2025-03-18T10:00:00Z");
        assert_eq!(said.len(), 1, "what was passed over is counted: {said:?}");
    }
    // Each record a member of its own, as crawlers write them.
    let members: Vec<u8> =
        made::warc_records(&[("https://a.example/1", "text/html", &page), ("https://a.example/2", "text/html", &page)])
            .iter()
            .flat_map(|r| gzip(r))
            .collect();
    assert_eq!(read_with("m.warc.gz", &members, &Options::default()).0.len(), 2);
    let wet = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/3\r\nWARC-Record-ID: <urn:uuid:w>\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{CALL}\r\n\r\n",
        CALL.len()
    );
    let document = one("c.wet", wet.as_bytes());
    assert_eq!((head(&document).as_str(), &*document.text), ("w | - | - | - | https://a.example/3", CALL));
}

#[test]
fn archives_in_archives() {
    let mut inner = Zip::new();
    inner.file("b.txt", CALL.as_bytes());
    let tar = tar(&[
        ("2025/a.txt", CALL.as_bytes()),
        ("deep/inner.zip", &inner.done()),
        ("README.md", b"About."),
        (&format!("{}/long.txt", "x".repeat(120)), CALL.as_bytes()),
    ]);
    for (name, content) in [("calls.tar", tar.clone()), ("calls.tgz", gzip(&tar)), ("calls.tar.zst", zstd(&tar))] {
        let (documents, said) = read_with(name, &content, &Options::default());
        let ids: Vec<&str> = documents.iter().map(|d| d.id.as_str()).collect();
        let long = format!("calls/{}/long", "x".repeat(120));
        assert_eq!(ids, ["calls/2025/a", "calls/deep/inner/b", &long], "{name}: {said:?}");
        assert_eq!(documents[1].path, format!("{name}:deep/inner.zip:b.txt"));
    }
    let mut zip = Zip::new();
    zip.file("one.jsonl", format!("{{\"id\":\"r\",\"text\":\"{CALL}\"}}\n").as_bytes());
    zip.file("two.html", format!("<p>{CALL}</p>").as_bytes());
    let documents = read("calls.zip", &zip.done());
    assert_eq!(documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["r", "calls/two"]);
}

#[test]
fn compressed_files() {
    let document = one("call.txt.gz", &gzip(CALL.as_bytes()));
    assert_eq!((document.id.as_str(), &*document.text), ("call", CALL));
    assert_eq!(one("feed.jsonl.zst", &zstd(format!("{{\"text\":\"{CALL}\"}}").as_bytes())).id, "feed");
}

#[test]
fn feeds() {
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Lantern</title>\
         <item><title>A &amp;amp; B talk</title><guid isPermaLink='false'>g-1</guid><link>https://a.example/1</link>\
         <pubDate>Tue, 18 Mar 2025 10:00:00 GMT</pubDate><description>Short.</description>\
         <content:encoded><![CDATA[<p>{CALL}</p>]]></content:encoded></item>\
         <item><title>Two</title><link>https://a.example/2</link><description>{CALL}</description></item></channel></rss>"
    );
    let documents = read("feed.xml", rss.as_bytes());
    assert_eq!(head(&documents[0]), "g-1 | A & B talk | 2025-03-18T10:00:00+00:00 | The Lantern | https://a.example/1");
    assert_eq!((documents[0].format, &*documents[0].text), (TextFormat::Html, format!("<p>{CALL}</p>").as_str()));
    assert_eq!(
        (head(&documents[1]).as_str(), &*documents[1].text),
        ("https://a.example/2 | Two | - | The Lantern | https://a.example/2", CALL)
    );
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Lantern</title><id>f</id><updated>2025-03-18T10:00:00Z</updated>\
         <entry><id>urn:x:1</id><title>T</title><link href='https://a.example/1'/><updated>2025-03-18T10:00:00Z</updated>\
         <content type='text'>{CALL}</content></entry></feed>"
    );
    let document = one("feed.atom", atom.as_bytes());
    assert_eq!(
        (head(&document).as_str(), &*document.text),
        ("urn:x:1 | T | 2025-03-18T10:00:00+00:00 | The Lantern | https://a.example/1", CALL)
    );
    let json = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"The Lantern\", \"items\": [{{\"id\": \"1\", \
         \"url\": \"https://a.example/1\", \"content_text\": \"{CALL}\"}}]}}"
    );
    assert_eq!(&*one("feed.json", json.as_bytes()).text, CALL);
}
