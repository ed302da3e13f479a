//! Owns the tests of the commands and flags on small articles: what is printed, where, and the exit code.

mod harness;

use std::io::Read;
use std::process::Stdio;

use harness::{CALL, Folder, outcome};

fn with_call() -> Folder {
    let folder = Folder::new();
    folder.file("call.txt", CALL);
    folder
}

#[test]
fn timeline_as_table() {
    let outcome = with_call().run(&["timeline", "call.txt"]).exits(0);
    let outcome = outcome.prints("2025-03-18").prints("Donald Trump").prints("Vladimir Putin").prints("90 min");
    assert!(outcome.out.lines().all(|l| l.chars().count() <= 100), "{outcome:?}");
    assert!(!outcome.out.contains('\u{1b}'), "no colour in a pipe");
    assert_eq!(outcome.err, "");
}

#[test]
fn columns_are_respected() {
    let folder = with_call();
    for columns in [60usize, 80, 120] {
        let mut command = folder.command(&["timeline", "call.txt"]);
        command.env("COLUMNS", columns.to_string());
        let outcome = outcome(command).exits(0);
        assert!(outcome.out.lines().all(|l| l.chars().count() <= columns), "{outcome:?}");
    }
}

#[test]
fn colour_on_demand_only() {
    let folder = with_call();
    folder.run(&["timeline", "call.txt", "--color", "always"]).exits(0).prints("\u{1b}[");
    for arguments in [&["timeline", "call.txt"][..], &["timeline", "call.txt", "--color", "never"]] {
        let mut command = folder.command(arguments);
        command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "0");
        let outcome = outcome(command).exits(0);
        assert!(!outcome.out.contains('\u{1b}'), "{outcome:?}");
    }
}

#[test]
fn evidence_is_the_slice_at_its_offsets() {
    let folder = Folder::new();
    let text = format!("Élysée, 中国: a note.\n\n{CALL}");
    folder.file("accents.txt", &text);
    let value = folder.run(&["timeline", "accents.txt", "--format", "json"]).exits(0).json();
    let mut checked = 0;
    for report in value["contacts"].as_array().into_iter().flatten().flat_map(|c| c["reports"].as_array()).flatten() {
        for evidence in report["evidence"].as_array().into_iter().flatten() {
            let at = |key: &str| evidence[key].as_u64().expect("a number") as usize;
            let slice: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
            assert_eq!(evidence["text"], slice.as_str());
            checked += 1;
        }
    }
    assert!(checked > 0, "{value}");
}

#[test]
fn same_bytes_with_any_number_of_threads() {
    let folder = Folder::new();
    for n in 0..40 {
        let text = CALL.replace("March 18", &format!("March {}", 1 + n % 28)).replace("90", &format!("{}", 30 + n));
        folder.file(&format!("articles/{n:02}.txt"), text);
    }
    let one = folder.run(&["timeline", "articles", "--format", "json", "--threads", "1"]).exits(0);
    for threads in ["1", "2", "5"] {
        let again = folder.run(&["timeline", "articles", "--format", "json", "--threads", threads]).exits(0);
        assert_eq!(one.out, again.out, "{threads} threads");
    }
}

#[test]
fn filters() {
    let folder = with_call();
    let contacts = |arguments: &[&str]| {
        let all = [&["timeline", "call.txt", "--format", "json"][..], arguments].concat();
        folder.run(&all).exits(0).json()["contacts"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(contacts(&[]), 1);
    for found in [
        &["--who", "putin"][..],
        &["--who", "US", "--who", "Russia"],
        &["--kind", "call"],
        &["--kind", "call", "--kind", "meeting", "--status", "held"],
        &["--from", "2025-03-18", "--to", "2025-03"],
        &["--to", "2025"],
    ] {
        assert_eq!(contacts(found), 1, "{found:?}");
    }
    for not_found in
        [&["--who", "Macron"][..], &["--who", "US", "--who", "China"], &["--kind", "visit"], &["--from", "2025-03-19"]]
    {
        assert_eq!(contacts(not_found), 0, "{not_found:?}");
    }
}

#[test]
fn wrong_arguments() {
    let folder = with_call();
    for (arguments, words) in [
        (&["timeline"][..], "PATH"),
        (&["timeline", "call.txt", "--kind", "party"], "expected call, meeting"),
        (&["timeline", "call.txt", "--status", "maybe"], "expected held"),
        (&["timeline", "call.txt", "--from", "yesterday"], "expected a day, a month or a year"),
        (&["timeline", "call.txt", "--from", "2025", "--to", "2024"], "--from 2025-01-01 is after --to 2024-12-31"),
        (&["timeline", "call.txt", "--threads", "0"], "from 1 to 1024"),
        (&["timeline", "call.txt", "--max-document-size", "big"], "number of bytes"),
        (&["dance"], "unrecognized subcommand"),
    ] {
        folder.run(arguments).exits(2).says(words);
    }
}

#[test]
fn output_into_a_file() {
    let folder = with_call();
    let outcome = folder.run(&["timeline", "call.txt", "--format", "markdown", "--output", "out.md"]).exits(0);
    assert_eq!(outcome.out, "");
    let text = std::fs::read_to_string(folder.path().join("out.md")).expect("the file is there");
    assert!(text.starts_with("# Chronology of contacts"), "{text}");
    assert!(!folder.path().join("out.md.part").exists());
    folder
        .run(&["timeline", "call.txt", "-o", "no/such/folder/out.md"])
        .exits(1)
        .says("error: no/such/folder/out.md: ");
}

#[test]
fn show_and_explain() {
    let folder = with_call();
    let id = folder.run(&["timeline", "call.txt", "--format", "json"]).json()["contacts"][0]["id"].clone();
    let id = id.as_str().expect("an id").to_owned();
    for name in ["1", "#1", &id, &id[..12]] {
        folder.run(&["show", name, "call.txt"]).exits(0).prints("«").prints(&id).prints("March 18, 2025");
        folder.run(&["explain", name, "call.txt"]).exits(0).prints("rule ").prints("only one report");
    }
    folder.run(&["show", "7", "call.txt"]).exits(1).says("error: no contact \"7\"");
    folder.run(&["show", "1", "missing.txt"]).exits(1).says("error: missing.txt: ");
}

#[test]
fn gaps() {
    with_call().run(&["gaps", "call.txt"]).exits(0).prints("1 call missing between Donald Trump and Vladimir Putin");
    let folder = Folder::new();
    folder.file("quiet.txt", "The harbour was quiet on Sunday. No ship came in, and the gulls slept on the quay.\n");
    folder.run(&["gaps", "quiet.txt"]).exits(0).prints("No count in these documents");
}

#[test]
fn annotate() {
    let folder = with_call();
    folder.run(&["annotate", "call.txt"]).exits(0).prints("Trump").prints("nsubj");
    folder
        .run(&["annotate", "call.txt", "--format", "conllu"])
        .exits(0)
        .prints("# sent_id = call-1")
        .prints("\tPROPN\t");
    folder.run(&["annotate", "missing.txt"]).exits(1).says("error: missing.txt: ");
}

#[test]
fn standard_input() {
    let folder = Folder::new();
    folder.pipe(&["timeline", "-"], CALL.as_bytes()).exits(0).prints("Vladimir Putin");
    folder.pipe(&["timeline", "-"], b"").exits(1).says("error: -: is empty");
}

#[test]
fn timings_go_to_standard_error() {
    let outcome = with_call().run(&["timeline", "call.txt", "--timings"]).exits(0);
    let outcome = outcome.says("annotate").says("reconcile").says("sentences/s").says("1 documents");
    assert!(!outcome.out.contains("sentences/s"));
}

#[test]
fn quiet_prints_errors_only() {
    let folder = with_call();
    folder.file("elbbote.txt", harness::GERMAN);
    let outcome = folder.run(&["timeline", ".", "--quiet"]).exits(3);
    assert_eq!(outcome.err, "");
    folder.run(&["timeline", "call.txt", "gone.txt", "-q"]).exits(3).says("error: gone.txt: ");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    for n in 0..30 {
        folder.file(&format!("{n}.txt"), CALL.replace("90 minutes", &format!("{n} minutes")));
    }
    let mut command = folder.command(&["timeline", ".", "--format", "json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
    assert_eq!(child.wait().expect("the program ends").code(), Some(0), "{err}");
    assert_eq!(err, "");
}

#[test]
fn man_page_and_completions() {
    let folder = Folder::new();
    let man = folder.run(&["man"]).exits(0).prints(".TH readout");
    for command in ["timeline", "show", "explain", "gaps", "annotate"] {
        assert!(man.out.contains(&format!("readout {command}")) || man.out.contains(&format!("readout\\-{command}")));
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        folder.run(&["completions", shell]).exits(0).prints("timeline");
    }
}

#[test]
fn version_and_help() {
    let folder = Folder::new();
    folder.run(&["--version"]).exits(0).prints("readout ");
    folder.run(&["--help"]).exits(0).prints("Examples:").prints("Exit codes:");
    folder.run(&["-h"]).exits(0).prints("Exit codes:");
}
