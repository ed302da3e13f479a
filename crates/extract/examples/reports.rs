//! Owns a development view of extraction: the reports of documents, one contact each, as the contract's JSON; or, with
//! `--tree`, the analysis, with `--trace`, how reports came about. Usage: `cargo run --example reports -- [--deep] [--tree|--trace] PATH…`.

use std::path::PathBuf;

use readout_annotate::{Scope, embedded};
use readout_extract::{Knowledge, extract};
use readout_read::{Item, Options};
use readout_types::{CodePoints, TextPart, Tier};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut tree = false;
    let mut trace = false;
    let mut tier = Tier::Swift;
    for arg in std::env::args().skip(1) {
        if arg == "--tree" {
            tree = true
        } else if arg == "--trace" {
            trace = true
        } else if arg == "--deep" {
            tier = Tier::Deep
        } else {
            paths.push(arg.into())
        }
    }
    let knowledge = Knowledge::embedded()?;
    let annotator = embedded(tier)?;
    let mut documents = Vec::new();
    let mut contacts = Vec::new();
    for item in readout_read::documents(&paths, &Options::default()) {
        let raw = match item {
            Item::Document(raw) => raw,
            Item::Diagnostic(d) => {
                eprintln!("{}: {}", d.document, d.message);
                continue;
            }
        };
        let annotated = annotator.annotate(readout_clean::clean(raw), Scope::All);
        if tree {
            print!("{}", readout_annotate::conllu(&annotated));
            continue;
        }
        if trace {
            println!("=== {} {:?}", annotated.document.id, annotated.document.reference_day());
            for line in readout_extract::trace(&annotated, &knowledge) {
                println!("{line}");
            }
            continue;
        }
        let extraction = extract(&annotated, &knowledge);
        let original = &annotated.document.original;
        let points = CodePoints::new(original);
        documents.push(serde_json::json!({"id": extraction.id, "path": extraction.path, "day": annotated.document.reference_day().map(|d| d.to_string())}));
        for report in &extraction.reports {
            let evidence: Vec<_> = report
                .evidence
                .iter()
                .filter(|e| e.source.original.part == TextPart::Text)
                .map(|e| {
                    let s = e.source.original.span;
                    serde_json::json!({"field": e.field.as_str(), "start": points.at(original, s.start), "end": points.at(original, s.end), "text": &*e.source.text})
                })
                .collect();
            let people: Vec<_> =
                report.participants.iter().map(|p| serde_json::json!({"name": p.name, "country": p.country})).collect();
            let said: Vec<_> = report.said_by.iter().map(|a| serde_json::json!({"name": a.speaker.name})).collect();
            let when = serde_json::json!({"edtf": report.when.interval.edtf(), "basis": report.when.basis});
            contacts.push(serde_json::json!({
                "id": format!("c{}", contacts.len()), "kind": report.kind.as_str(), "status": report.status.as_str(),
                "participants": people, "when": when, "rule": &*report.rule,
                "reports": [{"document": extraction.id, "kind": report.kind.as_str(), "status": report.status.as_str(),
                    "participants": people, "when": when, "evidence": evidence, "said_by": said, "rule": &*report.rule,
                    "place": report.place.as_ref().map(|p| serde_json::json!({"name": p.name})),
                    "initiator": report.initiator.as_ref().map(|p| serde_json::json!({"name": p.name})),
                    "duration_minutes": report.duration.map(|d| serde_json::json!({"min": d.min, "max": d.max}))}]
            }));
        }
    }
    if !tree && !trace {
        println!("{}", serde_json::to_string(&serde_json::json!({"documents": documents, "contacts": contacts}))?);
    }
    Ok(())
}
