//! Whole inputs, good and bad: what comes out, in which order, and what is said.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use readout_read::{Item, Limits, Options, documents, stream};
use readout_types::TextFormat;

/// One line an item: `id path` for a document, `level path: message` for a message; `root` is cut off.
fn show(items: impl Iterator<Item = Item>, root: &Path) -> String {
    let root = format!("{}/", root.display());
    let mut out = String::new();
    for item in items {
        match item {
            Item::Document(d) => {
                let html = if d.format == TextFormat::Html { " html" } else { "" };
                out += &format!("{} {}{html}\n", d.id, d.path.replace(&root, ""));
            }
            Item::Diagnostic(d) => {
                out += &format!("{:?} {}: {}\n", d.level, d.document.replace(&root, ""), d.message.replace(&root, ""));
            }
        }
    }
    out
}

fn check(files: &[(&str, &[u8])], paths: &[&str], options: &Options, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let paths: Vec<PathBuf> = paths.iter().map(|p| folder.path().join(p)).collect();
    assert_eq!(show(documents(&paths, options), folder.path()).trim(), expected.trim());
}

#[test]
fn a_folder_in_byte_order() {
    check(
        &[
            ("in/b.txt", b"B spoke."),
            ("in/a.html", b"<p>A spoke.</p>"),
            ("in/c/1.jsonl", b"{\"id\":\"x\",\"text\":\"X.\"}\n\n{\"text\":\"Y.\"}\n"),
            ("in/d.json", b"[\n{\"text\":\"Z.\"},\n{\"id\":\"x\",\"text\":\"W.\"}]"),
            ("in/e", b"<!doctype html><p>E"),
            ("in/.hidden.txt", b"no"),
            ("in/README.md", b"About."),
            ("in/style.css", b"p {}"),
        ],
        &["in"],
        &Options::default(),
        "
Note in: skipped: 1 hidden file
Note in/README.md: skipped: about the folder, not an article
a in/a.html html
b in/b.txt
x in/c/1.jsonl:1
1-3 in/c/1.jsonl:3
d-2 in/d.json:2
Warning x-2: the id \"x\" is taken; in/d.json:3 is called \"x-2\"
x-2 in/d.json:3
e in/e html
Note in/style.css: skipped: .css files hold no articles
",
    );
}

#[test]
fn bad_inputs_are_named_and_the_rest_goes_on() {
    let long = [b"{\"text\":\"".as_slice(), &[b'a'; 3000], b"\"}\n"].concat();
    let lines = [
        b"{\"id\":\"one\",\"text\":\"One.\"}\n{\"id\": broken\n".as_slice(),
        &long,
        b"{\"id\":\"four\"}\n{\"id\":\"five\",\"text\":\"Five \xe9.\"}\n",
    ]
    .concat();
    check(
        &[
            ("empty.txt", b""),
            ("blank.txt", b" \n\n "),
            ("empty.jsonl", b""),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
            ("nul.txt", b"He \0 called"),
            ("long.txt", &[b'a'; 3000]),
            ("mixed.jsonl", &lines),
            ("words.json", b"The two leaders spoke."),
            ("latin.txt", b"Fran\xe7ois a t\xe9l\xe9phon\xe9 \xe0 Orb\xe1n."),
            ("nothing/sub/.keep", b""),
            ("good.txt", b"They spoke."),
        ],
        &[
            "missing.txt",
            "empty.txt",
            "blank.txt",
            "empty.jsonl",
            "picture.txt",
            "nul.txt",
            "long.txt",
            "mixed.jsonl",
            "words.json",
            "latin.txt",
            "nothing",
            "good.txt",
            "good.txt",
        ],
        &Options { limits: Limits { max_document_bytes: 2048, ..Limits::default() }, ..Options::default() },
        "
Error missing.txt: no such file or folder
Error empty.txt: is empty
Error blank.txt: is empty
Error empty.jsonl: is empty
Error picture.txt: not read: an image
Error nul.txt: not read: binary (it contains NUL bytes)
Error long.txt: not read: longer than 2 KiB, the limit for one document
one mixed.jsonl:1
Error mixed.jsonl: line 2: not JSON: expected value at byte 8
Error mixed.jsonl: line 3: not read: longer than 2 KiB, the limit for one document
Error mixed.jsonl: line 4: no field \"text\" (its fields: id)
Warning five: line 5: not valid UTF-8: read as windows-1252, which is a guess
five mixed.jsonl:5
Error words.json: line 1: not JSON: expected value at byte 1
Warning latin: not valid UTF-8 (line 1): read as windows-1252, which is a guess
latin latin.txt
Note nothing/sub: skipped: 1 hidden file
Error nothing: no readable article in this folder
good good.txt
Warning good.txt: skipped: this file was read before
",
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("in/sub")).unwrap();
    fs::write(root.join("in/a.txt"), "A spoke.").unwrap();
    std::os::unix::fs::symlink(root.join("in"), root.join("in/sub/up")).unwrap();
    std::os::unix::fs::symlink(root.join("gone"), root.join("in/sub/gone")).unwrap();
    let shown = show(documents(&[root.join("in")], &Options::default()), root);
    let expected = "a in/a.txt\nError in/sub/gone: a link to nothing\n\
        Note in/sub/up: skipped: this folder was read before\n";
    assert_eq!(shown, expected);
}

#[test]
fn standard_input_is_recognised() {
    let check = |input: &'static str, expected: &str| {
        let shown = show(stream("-", Box::new(Cursor::new(input)), &Options::default()), Path::new("/nowhere"));
        assert_eq!(shown, expected);
    };
    check("The two leaders spoke.", "stdin -\n");
    check("{\"id\":\"a\",\"text\":\"A.\"}\n{\"id\":\"b\",\"text\":\"B.\"}", "a -:1\nb -:2\n");
    check("{\n\"id\":\"a\",\n\"text\":\"A.\"}", "a -:1\n");
    check("<html><p>A.", "stdin - html\n");
    check("", "Error -: is empty\n");
}
