//! Owns the promises that hold on the project's own examples: gold that stands in the texts, exact evidence, same bytes.

use std::path::{Path, PathBuf};

use readout_eval::prediction::Prediction;
use readout_eval::sets::Gold;
use readout_eval::{evidence, gold, program, sets, texts};
use readout_types::Tier;

fn examples() -> (Vec<PathBuf>, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let set = sets::all(&root, &root).into_iter().find(|set| set.name == "examples");
    let set = set.expect("the set of examples");
    let Gold::Contacts(gold) = set.gold else { panic!("examples have gold contacts") };
    (set.inputs, gold)
}

#[test]
fn gold_stands_in_the_texts() -> anyhow::Result<()> {
    let (inputs, folder) = examples();
    let texts = texts::read(&inputs)?;
    let documents = gold::read(&folder, &texts)?;
    assert!(documents.len() >= 16);
    for document in documents {
        let original = texts.get(&document.doc).unwrap_or_else(|| panic!("{}: no such example", document.doc));
        let faults = document.faults(&original.text);
        assert!(faults.is_empty(), "{faults:#?}");
    }
    Ok(())
}

#[test]
fn evidence_is_exact_and_threads_do_not_matter() -> anyhow::Result<()> {
    let (inputs, _) = examples();
    for tier in [Tier::Swift, Tier::Deep] {
        let one = program::timeline_json(&inputs, 1, tier)?;
        let two = program::timeline_json(&inputs, 2, tier)?;
        assert!(one == two, "one thread gives other bytes than two");
        let checked = evidence::check(&Prediction::parse(&one)?, &texts::read(&inputs)?);
        assert!(checked.quotes > 50, "{} quotes", checked.quotes);
        assert!(checked.mismatches.is_empty(), "{:#?}", checked.mismatches);
    }
    Ok(())
}
