//! Owns the floor of what is taken from pages in HTML: the project's own pages, and no gold phrase lost in cleaning.

use std::path::{Path, PathBuf};

use anyhow::Context;
use readout::ReadOptions;
use readout_eval::gold;
use readout_eval::pages::{Pages, score};
use readout_eval::texts;
use readout_types::{BlockKind, TextPart};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn main_text_of_the_pages_written_for_it() -> anyhow::Result<()> {
    let folder = root().join("eval/pages");
    let arguments = Pages { truth: folder.join("truth.json"), pages: folder, details: false };
    let (score, each) = score(&arguments)?;
    assert!(score.pages >= 5);
    assert!(score.f1() >= 0.95, "F1 {:.3}: {each:?}", score.f1());
    Ok(())
}

/// Every anchor of the gold stands in a stretch that reports may rest on.
fn anchors_survive(corpus: &Path, gold: &Path) -> anyhow::Result<usize> {
    let originals = texts::read(&[corpus.to_owned()])?;
    let gold = gold::read(gold, &originals)?;
    let mut lost = Vec::new();
    let mut checked = 0;
    for item in readout::cleaned(&[corpus.to_owned()], &ReadOptions::default()) {
        let Ok(document) = item else { continue };
        let Some(gold) = gold.iter().find(|g| g.doc == document.id) else { continue };
        for contact in &gold.contacts {
            let (start, end) =
                contact.mark.position().with_context(|| format!("{}: an anchor without place", gold.doc))?;
            let byte = |points: i64| {
                document
                    .original
                    .char_indices()
                    .nth(usize::try_from(points).unwrap_or(0))
                    .map_or(document.original.len(), |(b, _)| b)
            };
            let (start, end) = (byte(start), byte(end));
            checked += 1;
            // A dateline before the sentence is part of the line in some anchors.
            let kept = document.blocks.iter().filter(|b| b.kind.is_text() || b.kind == BlockKind::Dateline);
            let covered: usize = kept
                .filter_map(|b| document.alignment.original(b.span).filter(|o| o.part == TextPart::Text))
                .map(|o| o.span.range().end.min(end).saturating_sub(o.span.range().start.max(start)))
                .sum();
            if covered * 10 < (end - start) * 9 {
                lost.push(format!("{}: {:?}", gold.doc, contact.mark.anchor));
            }
        }
    }
    assert!(lost.is_empty(), "cleaning lost {} of {checked}: {lost:#?}", lost.len());
    Ok(checked)
}

#[test]
fn cleaning_loses_no_gold_contact() -> anyhow::Result<()> {
    assert!(anchors_survive(&root().join("examples/calls"), &root().join("eval/gold/examples"))? > 20);
    let shared = std::env::var_os("READOUT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    for set in ["calls-2025", "seeds"] {
        let (corpus, gold) = (shared.join("corpus").join(set), shared.join("gold").join(set));
        if !corpus.exists() || !gold.exists() {
            eprintln!("SKIPPED: {} is not there", corpus.display());
            continue;
        }
        let checked = anchors_survive(&corpus, &gold)?;
        eprintln!("{set}: {checked} anchors stand in text");
        assert!(checked > 10);
    }
    Ok(())
}
