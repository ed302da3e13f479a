//! Owns the promise that adding documents later gives byte for byte what one run over all of them gives.

use std::fs;
use std::path::{Path, PathBuf};

use readout::{Extracted, Options, Readout, chronology_of};

/// Articles written for this test. The second tells of the same call as the first, the last has the name of the first.
const ARTICLES: [(&str, &str); 5] = [
    (
        "a/harbour.txt",
        "WASHINGTON, March 18, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025. \
         The conversation lasted 90 minutes, the White House said in a statement.\n\nIt was their second call this year, \
         aides said.\n",
    ),
    (
        "a/tideway.txt",
        "MOSCOW, March 19, 2025 (Tideway) - Vladimir Putin and Donald Trump spoke by phone on March 18, 2025 for two hours, \
         the Kremlin said.\n",
    ),
    ("a/empty.txt", ""),
    (
        "b/lantern.txt",
        "PARIS, July 4, 2025 (Lantern) - Donald Trump and Vladimir Putin spoke by phone on July 3, 2025. It was their sixth \
         call this year, the Kremlin said. Emmanuel Macron telephoned Vladimir Putin on July 1, 2025.\n",
    ),
    (
        "b/harbour.txt",
        "KYIV, March 20, 2025 (Harbour Wire) - Donald Trump called Volodymyr Zelensky on March 19, 2025, the White House \
         said. The two spoke for an hour.\n",
    ),
];

fn written(folder: &Path) -> Result<[PathBuf; 2], Box<dyn std::error::Error>> {
    for (name, text) in ARTICLES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, text)?;
    }
    Ok([folder.join("a"), folder.join("b")])
}

#[test]
fn adding_documents_gives_what_one_run_gives() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let [first, second] = written(folder.path())?;
    let readout = Readout::new(&Options { threads: Some(2), ..Options::default() })?;
    let whole = readout.chronology(&[first.clone(), second.clone()], &|_| {});
    assert_eq!(whole.chronology.documents.len(), 4);
    assert!(whole.chronology.documents.iter().any(|d| d.id == "harbour-2"), "two documents of one name");
    assert!(whole.chronology.contacts.iter().any(|c| c.reports.len() > 1), "two reports of one call");

    let mut kept = Extracted::default();
    readout.extract(&[first], &mut kept, &|_| {});
    // Kept as text in between, as a store would.
    let stored = serde_json::to_string(&kept)?;
    let mut kept: Extracted = serde_json::from_str(&stored)?;
    readout.extract(&[second], &mut kept, &|_| {});
    let added = chronology_of(kept);
    assert_eq!(added.unused, whole.unused);
    assert_eq!(added.chronology, whole.chronology);
    assert_eq!(serde_json::to_string(&added.chronology)?, serde_json::to_string(&whole.chronology)?);
    Ok(())
}

#[test]
fn adding_nothing_changes_nothing() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let paths = written(folder.path())?;
    let readout = Readout::new(&Options { threads: Some(1), ..Options::default() })?;
    let mut kept = Extracted::default();
    readout.extract(&paths, &mut kept, &|_| {});
    let before = chronology_of(kept.clone()).chronology;
    readout.extract(&[], &mut kept, &|_| {});
    assert_eq!(chronology_of(kept).chronology, before);
    Ok(())
}
