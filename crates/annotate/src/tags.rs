//! Owns part-of-speech tags: pairs of a universal and a Penn tag, as the treebanks write them.

use readout_types::Upos;

use crate::weights::{ModelError, Reader};

/// The Penn Treebank tags that the English treebanks use.
pub const XPOS: &[&str] = &[
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ",
    "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
    "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``", "_",
];

/// The tag so written, for as long as the program runs; `""` for one that is not in [`XPOS`].
pub fn xpos(text: &str) -> &'static str {
    XPOS.iter().find(|x| **x == text).copied().unwrap_or("")
}

/// A universal and a Penn tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: &'static str,
}

/// Most tags that a model can have.
const MOST: usize = 256;

/// Reads a list of tags.
pub fn read_tags(reader: &mut Reader<'_>) -> Result<Vec<Tag>, ModelError> {
    let kind = reader.kind();
    let count = reader.count(2)?;
    if count == 0 || count > MOST {
        return Err(ModelError::Foreign(kind));
    }
    (0..count)
        .map(|_| {
            let text = reader.text()?;
            let upos = Upos::parse(text).ok_or_else(|| ModelError::Label(kind, text.to_owned()))?;
            Ok(Tag { upos, xpos: xpos(reader.text()?) })
        })
        .collect()
}
