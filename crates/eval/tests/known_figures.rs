//! Owns a hand-made example whose figures are worked out by hand.

use std::fs;

use readout_eval::sets::{self, Gold, Set};
use readout_types::Tier;

/// 13 words of text: the anchors stand at 0..., see the offsets below.
const TEXT: &str = "Trump called Putin on Sunday. Later Xi Jinping met Putin in Moscow. No summit is planned.";

const GOLD: &str = r#"{"doc": "a", "contacts": [
  {"kind": "call", "status": "held", "participants": ["Donald Trump", "Vladimir Putin"], "when": "2025-12-28",
   "true_date": "2025-12-28", "duration_min": [60, 75], "said_by": [{"who": "Kremlin"}], "anchor": "called Putin", "main": true},
  {"kind": "meeting", "status": "held", "participants": ["Xi Jinping", "Vladimir Putin"], "when": "..",
   "true_date": null, "place": "Moscow", "anchor": "met Putin", "main": false},
  {"kind": "message", "status": "held", "participants": ["Turkey", "Iran"], "when": "2025", "true_date": null,
   "anchor": "Later", "main": false}],
 "ignore": [], "traps": [{"anchor": "No summit", "why": "not planned"}]}"#;

/// The call with a wrong status and a good duration; the meeting right but for the place; one that fell for the trap.
const RUN: &str = r#"{"documents": [{"id": "a", "path": "in/a.txt"}], "contacts": [
  {"id": "1", "kind": "call", "status": "planned", "participants": [{"name": "Trump"}, {"name": "Putin"}],
   "when": {"edtf": "2025-12-28"}, "reports": [{"document": "a", "said_by": [{"name": "Moscow"}],
     "duration_minutes": {"min": 70, "max": null}, "evidence": [{"field": "kind", "start": 6, "end": 12, "text": "called"}]}]},
  {"id": "2", "kind": "meeting", "status": "held", "when": {"edtf": ".."}, "place": {"name": "Beijing"},
   "participants": [{"name": "President Xi Jinping"}, {"name": "Vladimir Putin"}],
   "reports": [{"document": "a", "evidence": [{"field": "kind", "start": 47, "end": 50, "text": "met"}]}]},
  {"id": "3", "kind": "meeting", "status": "planned", "when": {"edtf": ".."}, "participants": [{"name": "Oman"}],
   "reports": [{"document": "a", "evidence": [{"field": "kind", "start": 71, "end": 77, "text": "Summit"}]}]}]}"#;

#[test]
fn figures_worked_out_by_hand() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (texts, gold) = (folder.path().join("texts"), folder.path().join("gold"));
    fs::create_dir(&texts)?;
    fs::create_dir(&gold)?;
    fs::write(texts.join("a.txt"), TEXT)?;
    fs::write(gold.join("a.json"), GOLD)?;
    let set = Set { name: "hand", inputs: vec![texts], gold: Gold::Contacts(gold), tier: Tier::Swift };
    assert_eq!(set.missing(), None);
    let outcome = sets::score(&set, RUN)?;
    let figures = outcome.figures[0].by_name();
    let third = 2.0 / 3.0;
    for (name, value) in [
        ("gold contacts", Some(3.0)),
        ("precision", Some(third)),
        ("recall", Some(third)),
        ("f1", Some(third)),
        ("main contact recall", Some(1.0)),
        ("trapped", Some(1.0)),
        ("kind accuracy", Some(1.0)),
        ("status accuracy", Some(0.5)),
        ("participants accuracy", Some(1.0)),
        ("date accuracy", Some(1.0)),
        ("day accuracy", Some(1.0)),
        ("day n", Some(1.0)),
        ("duration accuracy", Some(1.0)),
        ("initiator accuracy", None),
        ("place accuracy", Some(0.0)),
        ("said_by accuracy", Some(1.0)),
        ("full record f1", Some(1.0 / 3.0)),
        ("linking b-cubed f1", Some(1.0)),
        ("linking reports", Some(1.0)),
        ("evidence spans", Some(3.0)),
        ("evidence mismatches", Some(1.0)),
    ] {
        match (figures[name], value) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{name}: {a}, expected {b}"),
            (a, b) => assert_eq!(a, b, "{name}"),
        }
    }
    let starts = |word: &str| outcome.details.iter().filter(|line| line.starts_with(word)).count();
    assert_eq!(
        ["MISSED", "TRAPPED", "WRONG", "EVIDENCE", "GOLD"].map(starts),
        [1, 1, 2, 1, 0],
        "{:#?}",
        outcome.details
    );
    Ok(())
}
