//! Owns the check that the model card speaks of the models that are there.

use std::path::Path;

use sha2::{Digest, Sha256};

#[test]
fn the_card_names_every_model_with_its_checksum() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let card = std::fs::read_to_string(folder.join("README.md")).expect("the model card");
    let mut total = 0;
    for name in ["tokenizer", "splitter", "lemmatizer", "network", "deep"] {
        let bytes = std::fs::read(folder.join(format!("{name}.bin"))).expect("a model");
        let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert!(card.contains(&sum), "the card lacks {name}.bin's sha256 {sum}: run `readout-train card`");
        match name {
            "deep" => {
                assert!(bytes.len() <= 32 << 20, "{} bytes of the deep tier; at most 32 MiB are allowed", bytes.len())
            }
            _ => total += bytes.len(),
        }
    }
    assert!(total <= 20 << 20, "{total} bytes of the swift tier; at most 20 MiB are allowed");
}
