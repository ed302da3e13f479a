//! Owns the part of the model card that is counted: names, sizes and checksums of the model files.

use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

const BEGIN: &str = "<!-- files: written by `readout-train card` -->";
const END: &str = "<!-- /files -->";

/// Writes the table of files into the card, between its marks.
pub fn write(models: &Path) -> Result<()> {
    let path = models.join("README.md");
    let card = std::fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
    let marks = "the card lacks the marks around the table of files";
    let (head, rest) = card.split_once(BEGIN).context(marks)?;
    let (_, tail) = rest.split_once(END).context(marks)?;
    let mut table = String::from("\n| file | bytes | sha256 |\n|---|---|---|\n");
    for name in ["tokenizer", "splitter", "lemmatizer", "network", "deep"] {
        let bytes =
            std::fs::read(models.join(format!("{name}.bin"))).with_context(|| format!("{name}.bin is missing"))?;
        let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        table.push_str(&format!("| `{name}.bin` | {} | `{sum}` |\n", bytes.len()));
    }
    std::fs::write(&path, format!("{head}{BEGIN}{table}{END}{tail}"))?;
    Ok(())
}
