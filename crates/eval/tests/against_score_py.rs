//! Owns the proof that the port measures what the shared scorers measure: both score the same predictions.
//!
//! Needs python3 and the shared folder (`READOUT_SHARED`, else `../shared` beside the repository); says so when absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use readout_eval::gold::{GoldContact, GoldDocument, TitleGold};
use readout_eval::{gold, sets, texts};
use readout_types::Tier;
use serde_json::{Value, json};

/// The shared folder, when it and python3 are there.
fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("READOUT_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let python = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if python && shared.join("score/score.py").exists() {
        return Some(shared);
    }
    eprintln!("SKIPPED: no python3, or no score/score.py in {} (set READOUT_SHARED)", shared.display());
    None
}

/// A small reproducible source of choices (a linear congruential generator, Knuth's constants).
struct Choices(u64);

impl Choices {
    /// True once in `n` times.
    fn once_in(&mut self, n: u64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(n)
    }
}

/// A report like a gold contact, with every sort of slip in it now and then.
fn imitation(contact: &GoldContact, choices: &mut Choices) -> Value {
    let mut report = json!({
        "kind": if choices.once_in(6) { "meeting" } else { contact.kind.as_str() },
        "status": if choices.once_in(5) { "planned" } else { contact.status.as_str() },
        "participants": contact.participants.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "when": {"edtf": contact.when},
        "evidence": [],
    });
    if let Some((start, end)) = contact.mark.position()
        && !choices.once_in(7)
    {
        let shift = if choices.once_in(4) { 260 } else { 15 };
        report["evidence"] = json!([{"field": "kind", "start": start + shift, "end": end + shift, "text": "…"}]);
    }
    if choices.once_in(5) {
        report["participants"] = json!([contact.participants.first(), "Kremlin", {"name": "President Xi Jinping"}]);
    }
    for (n, when) in [(5, json!({"edtf": "2025"})), (6, json!("2025-02-XX")), (7, json!({"edtf": ".."}))] {
        if choices.once_in(n) {
            report["when"] = when;
        }
    }
    if choices.once_in(2) {
        report["when"] = json!({"edtf": contact.true_date});
    }
    if !choices.once_in(4) {
        let minutes = contact.duration_min.map(|[min, max]| json!({"min": min.map(|m| m + 5.0), "max": max}));
        report["duration_minutes"] = json!(minutes);
        report["place"] = json!(contact.place.as_ref().map(|name| json!({"name": format!("the {name}")})));
        report["initiator"] = json!(contact.initiator);
        report["said_by"] = contact.said_by.iter().map(|s| json!({"name": s.who})).collect();
    }
    report
}

/// The JSON of a run that found most of the gold, some of it wrongly, and fell for some marks that are no contacts.
fn imitated_run(documents: &[GoldDocument], seed: u64) -> Value {
    let mut choices = Choices(seed);
    let mut contacts = Vec::new();
    for document in documents {
        for contact in &document.contacts {
            let repeats = if choices.once_in(9) { 2 } else { usize::from(!choices.once_in(6)) };
            for _ in 0..repeats {
                let mut report = imitation(contact, &mut choices);
                report["document"] = json!(document.doc);
                // By true date, so that linking is partly right; a field that only the contact has is lent to reports.
                let id = if choices.once_in(4) { "stray".into() } else { format!("{:?}", contact.true_date) };
                contacts.push(json!({"id": id, "kind": "call", "place": {"name": "Moscow"}, "reports": [report]}));
            }
        }
        for mark in document.ignore.iter().chain(&document.traps) {
            let Some((start, end)) = mark.position() else { continue };
            if choices.once_in(2) {
                let report = json!({"document": document.doc, "kind": "talks", "status": "held", "participants": ["A", "B"],
                    "when": {"edtf": "1999"}, "evidence": [{"start": start - 90, "end": end - 90}]});
                contacts.push(json!({"id": "trap", "reports": [report]}));
            }
        }
    }
    let documents: Vec<Value> =
        documents.iter().map(|d| json!({"id": d.doc, "path": format!("in/{}.txt", d.doc)})).collect();
    json!({"readout": "0", "documents": documents, "contacts": contacts})
}

fn python(script: &Path, arguments: &[&Path]) -> anyhow::Result<String> {
    let names = ["--pred", "--gold", "--texts"];
    let mut command = Command::new("python3");
    command.arg(script).env("PYTHONDONTWRITEBYTECODE", "1");
    for (name, value) in names.iter().zip(arguments) {
        command.arg(name).arg(value);
    }
    if script.ends_with("score.py") {
        command.arg("--json");
    }
    let output = command.output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn contact_figures_are_those_of_score_py() -> anyhow::Result<()> {
    let Some(shared) = shared() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    for set in sets::all(&shared, Path::new(".")) {
        let (sets::Gold::Contacts(gold_folder) | sets::Gold::Halves(gold_folder)) = &set.gold else { continue };
        if set.name == "examples" || set.tier == Tier::Swift {
            continue;
        }
        let documents = gold::read(gold_folder, &texts::read(&set.inputs)?)?;
        for seed in 1..=4 {
            let file = folder.path().join("run.json");
            let run = imitated_run(&documents, seed).to_string();
            fs::write(&file, &run)?;
            let theirs = python(&shared.join("score/score.py"), &[&file, gold_folder, &set.inputs[0]])?;
            let theirs: BTreeMap<String, Option<f64>> = serde_json::from_str(&theirs)?;
            let outcome = sets::score(&set, &run)?;
            let ours = outcome.figures[0].by_name();
            for (name, value) in &theirs {
                let (a, b) = (value.unwrap_or(-1.0), ours[name.as_str()].unwrap_or(-1.0));
                assert!((a - b).abs() < 1e-9, "{} seed {seed}: {name} is {a} in score.py, {b} here", set.name);
            }
            assert!(theirs["f1"] > Some(0.3) && theirs["f1"] < Some(0.95), "the imitation should be middling");
            let faults: Vec<_> = outcome.details.iter().filter(|line| line.starts_with("GOLD")).collect();
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
    Ok(())
}

#[test]
fn title_figures_are_those_of_score_titles_py() -> anyhow::Result<()> {
    let Some(shared) = shared() else { return Ok(()) };
    let file = shared.join("gold/titles-dev.jsonl");
    let titles = gold::read_titles(&file)?;
    let folder = tempfile::tempdir()?;
    for seed in 1..=3 {
        let run = imitated_titles(&titles, seed);
        let prediction = folder.path().join("run.json");
        fs::write(&prediction, &run)?;
        let theirs = python(&shared.join("score/score_titles.py"), &[&prediction, &file])?;
        let reports = readout_eval::prediction::Prediction::parse(&run)?.by_document();
        let ours = readout_eval::titles::score(&titles, &reports).measures;
        let value = |name: &str| ours.iter().find(|m| m.name == name).and_then(|m| m.value).unwrap_or(-1.0);
        let last = theirs.lines().last().context("score_titles.py printed nothing")?;
        let all = format!(
            "all {} documents: main contact found {:.3}, on the right day {:.3}",
            value("documents"),
            value("found"),
            value("right day")
        );
        assert_eq!(last, all);
        for line in theirs.lines().filter(|line| !line.starts_with("all ")) {
            let part: Vec<&str> = line.split_whitespace().take(2).collect();
            let part = part.join(" ");
            let tail = format!(
                "{} documents, found {:.3}, right day {:.3}",
                value(&format!("{part} documents")),
                value(&format!("{part} found")),
                value(&format!("{part} right day"))
            );
            assert!(line.ends_with(&tail), "{line} against {tail}");
        }
    }
    Ok(())
}

fn imitated_titles(titles: &[TitleGold], seed: u64) -> String {
    let mut choices = Choices(seed);
    let mut contacts = Vec::new();
    for title in titles {
        for _ in 0..2 {
            if choices.once_in(3) {
                continue;
            }
            let other = title.title.split_whitespace().last().unwrap_or("");
            let host = if choices.once_in(9) { "Kremlin" } else { title.host.as_str() };
            let when = if choices.once_in(3) { format!("{}/..", title.when) } else { title.when.clone() };
            let kind = if choices.once_in(5) { "message" } else { title.kind.as_str() };
            let report = json!({"document": title.doc, "kind": kind, "when": {"edtf": when},
                "participants": [{"name": host}, {"name": if choices.once_in(9) { "Nobody" } else { other }}]});
            contacts.push(json!({"id": "x", "status": "held", "reports": [report]}));
        }
    }
    json!({"documents": [], "contacts": contacts}).to_string()
}
