//! Owns the tests of bad input: a message names the file and the reason, the rest goes on, the exit code says so.

mod harness;

use std::io::{BufWriter, Write};

use harness::{CALL, Folder, GERMAN};

fn beside(name: &str, content: impl AsRef<[u8]>) -> harness::Outcome {
    let folder = Folder::new();
    folder.file("good.txt", CALL);
    folder.file(name, content);
    let outcome = folder.run(&["timeline", "good.txt", name, "--format", "json"]);
    let documents = outcome.json()["documents"].clone();
    assert_eq!(documents[0]["id"], "good", "the rest goes on: {outcome:?}");
    outcome
}

fn alone(name: &str, content: impl AsRef<[u8]>) -> harness::Outcome {
    let folder = Folder::new();
    folder.file(name, content);
    folder.run(&["timeline", name])
}

#[test]
fn missing_path() {
    let folder = Folder::new();
    folder.file("good.txt", CALL);
    folder.run(&["timeline", "good.txt", "no/such.txt"]).exits(3).says("error: no/such.txt: ");
    folder.run(&["timeline", "no/such.txt"]).exits(1).says("error: no/such.txt: ");
}

#[test]
fn empty_file() {
    beside("empty.txt", "").exits(3).says("error: empty.txt: is empty");
    alone("blank.txt", " \n\n").exits(1).says("error: blank.txt: is empty");
}

#[test]
fn empty_folder() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("nothing")).expect("a folder");
    folder.run(&["timeline", "nothing"]).exits(1).says("error: nothing: no readable article in this folder");
}

#[test]
fn binary_file() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".repeat(40);
    beside("picture.txt", &png).exits(3).says("error: picture.txt: not read: ");
    alone("picture", &png).exits(1).says("error: picture: not read: ");
}

#[test]
fn broken_line_of_jsonl() {
    let record = serde_json::json!({"id": "a", "text": CALL}).to_string();
    let lines = format!("{record}\n{{\"id\": \"b\", \"text\n{}\n", record.replace("\"a\"", "\"c\""));
    let outcome = beside("feed.jsonl", lines).exits(3).says("error: feed.jsonl: line 2: ");
    assert_eq!(outcome.json()["documents"][2]["id"], "c");
}

#[test]
fn invalid_utf8() {
    let mut bytes = "Élysée sources confirm it. ".repeat(4).into_bytes();
    bytes.extend_from_slice(CALL.as_bytes());
    bytes.extend_from_slice(b"caf\xe9 \xff\n");
    beside("legacy.txt", bytes).exits(0).says("warning: legacy.txt: ");
}

#[test]
fn another_language() {
    beside("elbbote.txt", GERMAN).exits(3).says("warning: elbbote.txt: in German");
    alone("elbbote.txt", GERMAN).exits(1);
}

#[test]
fn page_without_article() {
    let page = "<!doctype html><html><head><title>Log in</title></head><body><nav><a href='/'>Home</a> \
                <a href='/a'>World</a></nav><form><input name='user'></form></body></html>";
    let outcome = beside("login.html", page).exits(3);
    assert!(outcome.err.contains("login.html: "), "{outcome:?}");
}

#[test]
fn very_long_line() {
    let folder = Folder::new();
    let path = folder.path().join("huge.jsonl");
    let mut file = BufWriter::new(std::fs::File::create(&path).expect("a file"));
    let record = serde_json::json!({"id": "after", "text": CALL}).to_string();
    let piece = [b'x'; 1 << 16];
    file.write_all(b"{\"text\": \"").expect("room");
    for _ in 0..(100 << 20) / piece.len() {
        file.write_all(&piece).expect("room");
    }
    write!(file, "\"}}\n{record}\n").expect("room");
    file.flush().expect("room");
    let outcome = folder.run(&["timeline", "huge.jsonl", "--format", "json", "--max-document-size", "1M", "--timings"]);
    let outcome = outcome.exits(3).says("error: huge.jsonl: line 1: not read: longer than 1 MiB");
    assert_eq!(outcome.json()["documents"][0]["id"], "after");
    if let Some(peak) = outcome.err.split("peak memory ").nth(1).and_then(|p| p.split(' ').next()) {
        let megabytes: f64 = peak.parse().expect("a number");
        assert!(megabytes < 400.0, "the line was held in memory: {megabytes} MB");
    }
}

#[test]
fn terminal_escapes_in_articles_stay_out_of_the_terminal() {
    let folder = Folder::new();
    folder.file("evil.txt", CALL.replace("Ukraine", "Ukraine\u{1b}[2J\u{1b}]0;owned\u{7}"));
    folder.file("\u{1b}[31mname.txt", "");
    for command in ["timeline", "gaps"] {
        let outcome = folder.run(&[command, "."]);
        assert!(!outcome.out.contains('\u{1b}') && !outcome.err.contains('\u{1b}'), "{outcome:?}");
    }
    let outcome = folder.run(&["show", "1", "evil.txt"]);
    assert!(!outcome.out.contains('\u{1b}'), "{outcome:?}");
}

#[test]
fn many_messages_of_one_kind_are_counted() {
    let folder = Folder::new();
    let mut lines = "not json\n".repeat(50);
    lines.push_str(&serde_json::json!({"id": "a", "text": CALL}).to_string());
    folder.file("feed.jsonl", lines);
    let outcome = folder.run(&["timeline", "feed.jsonl"]).exits(3).says("and 30 more like this");
    assert_eq!(outcome.err.lines().filter(|l| l.starts_with("error: feed.jsonl: line ")).count(), 20);
}
