//! Owns the recognition of names: a linear model reads each sentence from left to right and marks where names begin,
//! go on, end or stand alone.

use readout_types::NameKind;

use crate::form::Form;
use crate::linear::{Feature, Linear, Weights, feature};
use crate::weights::{ModelError, Reader};

/// Number of labels: outside, and begin, inside, last, single for each kind.
pub const NAME_LABELS: usize = 1 + 4 * NameKind::ALL.len();

/// Place of a word in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the four letters of the BILOU scheme")]
pub enum Part {
    Begin,
    Inside,
    Last,
    Single,
}

/// Number of the label of a part of a name; outside is 0.
pub fn label(part: Part, kind: NameKind) -> u8 {
    1 + kind as u8 * 4 + part as u8
}

/// Labels of a sentence of `length` words with the names `(first, end, kind)`.
pub fn encode(length: usize, names: &[(usize, usize, NameKind)]) -> Vec<u8> {
    let mut labels = vec![0; length];
    for &(first, end, kind) in names {
        for (i, slot) in labels.iter_mut().enumerate().take(end).skip(first) {
            let part = match (i == first, i + 1 == end) {
                (true, true) => Part::Single,
                (true, false) => Part::Begin,
                (false, true) => Part::Last,
                (false, false) => Part::Inside,
            };
            *slot = label(part, kind);
        }
    }
    labels
}

/// Names of a labelled sentence. Labels that do not fit together are read as well as they can be.
pub fn spans(labels: &[u8]) -> Vec<(usize, usize, NameKind)> {
    let mut names: Vec<(usize, usize, NameKind)> = Vec::new();
    let mut open = false;
    for (i, &label) in labels.iter().enumerate() {
        if label == 0 {
            open = false;
            continue;
        }
        let kind = NameKind::ALL[usize::from((label - 1) / 4).min(NameKind::ALL.len() - 1)];
        let part = (label - 1) % 4;
        let goes_on = open && (part == Part::Inside as u8 || part == Part::Last as u8);
        match names.last_mut() {
            Some(name) if goes_on && name.2 == kind => name.1 = i + 1,
            _ => names.push((i, i + 1, kind)),
        }
        open = part == Part::Begin as u8 || part == Part::Inside as u8;
    }
    names
}

/// Whether `label` may follow `before` (0 at the start), and may stand last if `last`.
pub fn fits(before: u8, label: u8, last: bool) -> bool {
    let kind = |l: u8| (l - 1) / 4;
    let part = |l: u8| (l - 1) % 4;
    let open = before != 0 && part(before) <= Part::Inside as u8;
    let goes_on = label != 0 && matches!(part(label), 1 | 2);
    let opens = label != 0 && part(label) <= Part::Inside as u8;
    !(last && opens) && if open { goes_on && kind(label) == kind(before) } else { !goes_on }
}

/// What speaks for the label of word `i`. `tags` are hashes of the Penn tags.
pub fn features(forms: &[Form], tags: &[u32], i: usize, before: u8, before2: u8, out: &mut Vec<Feature>) {
    out.clear();
    let index = |d: isize| i.checked_add_signed(d);
    let at = |d: isize| index(d).and_then(|k| forms.get(k)).unwrap_or(&Form::EDGE);
    let tag = |d: isize| index(d).and_then(|k| tags.get(k)).copied().unwrap_or(1);
    let (l2, l1, w, r1, r2) = (at(-2), at(-1), at(0), at(1), at(2));
    let (b, b2) = (u32::from(before), u32::from(before2));
    out.extend([
        feature(300, b, 0, 0),
        feature(301, w.lower, 0, 0),
        feature(302, w.exact, 0, 0),
        feature(303, w.suffixes[1], 0, 0),
        feature(304, w.suffixes[2], 0, 0),
        feature(305, w.suffixes[3], 0, 0),
        feature(306, w.prefixes[1], 0, 0),
        feature(307, w.prefixes[2], 0, 0),
        feature(308, w.shape, w.look, 0),
        feature(309, w.look, tag(0), b),
        feature(310, l1.lower, 0, 0),
        feature(311, l2.lower, 0, 0),
        feature(312, r1.lower, 0, 0),
        feature(313, r2.lower, 0, 0),
        feature(314, l1.exact, w.exact, 0),
        feature(315, w.exact, r1.exact, 0),
        feature(316, l1.look, w.look, r1.look),
        feature(317, tag(-1), tag(0), tag(1)),
        feature(318, tag(0), tag(1), tag(2)),
        feature(319, tag(-2), tag(-1), tag(0)),
        feature(320, b, b2, w.look),
        feature(321, b, w.lower, 0),
        feature(322, b, l1.lower, w.look),
        feature(323, b, r1.lower, w.look),
        feature(324, l1.shape, w.shape, r1.shape),
        feature(325, b, tag(0), tag(1)),
        feature(326, l1.suffixes[2], w.look, 0),
        feature(327, r1.suffixes[2], w.look, r1.look),
        feature(328, l1.lower, r1.lower, w.look),
        feature(329, l2.lower, l1.lower, w.look),
        feature(330, r1.lower, r2.lower, w.look),
        feature(331, u32::from(i == 0), w.look, tag(0)),
        feature(332, b, w.suffixes[2], w.look),
        feature(333, b, r1.look, r2.look),
    ]);
}

/// Labels one sentence with any weights; the result always fits together.
pub fn decode(weights: &impl Weights, forms: &[Form], tags: &[u32], out: &mut Vec<u8>) {
    let mut buffer = Vec::with_capacity(40);
    out.clear();
    let (mut before, mut before2) = (0, 0);
    for i in 0..forms.len() {
        features(forms, tags, i, before, before2, &mut buffer);
        let scores = weights.score(&buffer);
        let last = i + 1 == forms.len();
        let label = (0..NAME_LABELS as u8)
            .filter(|&l| fits(before, l, last))
            .max_by_key(|&l| (scores[usize::from(l)], std::cmp::Reverse(l)))
            .unwrap_or(0);
        out.push(label);
        (before, before2) = (label, before);
    }
}

/// The name recogniser.
pub struct Recogniser {
    weights: Linear,
}

impl Recogniser {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("names", bytes)?;
        Ok(Recogniser { weights: Linear::read(&mut reader)? })
    }

    /// Names of one sentence as `(first, end, kind)`, in order, not overlapping.
    pub fn names(&self, forms: &[Form], tags: &[u32]) -> Vec<(usize, usize, NameKind)> {
        let mut labels = Vec::with_capacity(forms.len());
        decode(&self.weights, forms, tags, &mut labels);
        spans(&labels)
    }
}
