//! Owns part-of-speech tags: a linear model reads each sentence from left to right and gives both tags at once.

use readout_types::Upos;

use crate::form::Form;
use crate::linear::{Feature, LABELS, Linear, Weights, best, feature};
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

/// Number of a tag in [`XPOS`]; 62 for one that is not there.
pub fn xpos_number(xpos: &str) -> u32 {
    XPOS.iter().position(|x| *x == xpos).unwrap_or(62) as u32
}

/// A universal and a Penn tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: &'static str,
}

/// What speaks for the tag of word `i`, given the tags before it (as numbers plus one; 0 before the sentence).
pub fn features(forms: &[Form], i: usize, before: u32, before2: u32, out: &mut Vec<Feature>) {
    out.clear();
    let at = |d: isize| i.checked_add_signed(d).and_then(|k| forms.get(k)).unwrap_or(&Form::EDGE);
    let (l3, l2, l1, w, r1, r2, r3) = (at(-3), at(-2), at(-1), at(0), at(1), at(2), at(3));
    out.extend([
        feature(100, 0, 0, 0),
        feature(101, w.lower, 0, 0),
        feature(102, w.exact, 0, 0),
        feature(103, w.suffixes[0], w.look, 0),
        feature(104, w.suffixes[1], 0, 0),
        feature(105, w.suffixes[2], 0, 0),
        feature(106, w.suffixes[3], 0, 0),
        feature(107, w.prefixes[0], 0, 0),
        feature(108, w.prefixes[1], 0, 0),
        feature(109, w.prefixes[2], 0, 0),
        feature(110, w.shape, 0, 0),
        feature(111, w.look, u32::from(i == 0), 0),
        feature(112, l1.lower, 0, 0),
        feature(113, l2.lower, 0, 0),
        feature(114, r1.lower, 0, 0),
        feature(115, r2.lower, 0, 0),
        feature(116, before, 0, 0),
        feature(117, before, before2, 0),
        feature(118, before, w.lower, 0),
        feature(119, l1.lower, w.lower, 0),
        feature(120, w.lower, r1.lower, 0),
        feature(121, before, r1.lower, 0),
        feature(122, r1.suffixes[2], 0, 0),
        feature(123, r1.suffixes[1], w.suffixes[1], 0),
        feature(124, l1.suffixes[2], 0, 0),
        feature(125, l1.look, w.look, r1.look),
        feature(126, r1.shape, w.shape, 0),
        feature(127, before, w.suffixes[2], 0),
        feature(128, l1.lower, r1.lower, 0),
        feature(129, r1.lower, r2.lower, 0),
        feature(130, l2.lower, l1.lower, 0),
        feature(131, before, w.look, r1.suffixes[1]),
        feature(132, r3.lower, 0, 0),
        feature(133, l3.lower, 0, 0),
        feature(134, w.suffixes[2], r1.suffixes[2], 0),
        feature(135, before, before2, w.lower),
        feature(136, r2.suffixes[1], r1.suffixes[1], 0),
        feature(137, w.lower, r1.suffixes[1], r2.suffixes[1]),
    ]);
}

/// Tags one sentence with any weights, as label numbers.
pub fn decode(weights: &impl Weights, labels: usize, forms: &[Form], out: &mut Vec<u8>) {
    let mut buffer = Vec::with_capacity(40);
    out.clear();
    let (mut before, mut before2) = (0, 0);
    for i in 0..forms.len() {
        features(forms, i, before, before2, &mut buffer);
        let label = best(&weights.score(&buffer), labels);
        out.push(label as u8);
        (before, before2) = (label as u32 + 1, before);
    }
}

/// The tagger.
pub struct Tagger {
    weights: Linear,
    tags: Vec<Tag>,
}

impl Tagger {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("tagger", bytes)?;
        let tags = read_tags(&mut reader)?;
        Ok(Tagger { weights: Linear::read(&mut reader)?, tags })
    }

    /// Tags of one sentence.
    pub fn tag(&self, forms: &[Form]) -> Vec<Tag> {
        let mut labels = Vec::with_capacity(forms.len());
        decode(&self.weights, self.tags.len(), forms, &mut labels);
        labels.iter().map(|&label| self.tags[usize::from(label)]).collect()
    }
}

/// Reads a list of tags.
pub fn read_tags(reader: &mut Reader<'_>) -> Result<Vec<Tag>, ModelError> {
    let kind = reader.kind();
    let count = reader.count(2)?;
    if count == 0 || count > LABELS {
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
