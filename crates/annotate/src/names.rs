//! Owns the labels of names: where they begin, go on, end or stand alone, and the best sequence that fits together.

use readout_types::NameKind;

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

/// The labels of the best sequence that fits together, by scores in rows of [`NAME_LABELS`].
pub fn best_path(scores: &[f32]) -> Vec<u8> {
    let length = scores.len() / NAME_LABELS;
    // Per word and label: the label before on the best way there.
    let mut back = vec![0_u8; length * NAME_LABELS];
    let mut now = [f32::NEG_INFINITY; NAME_LABELS];
    for (i, row) in scores.chunks_exact(NAME_LABELS).enumerate() {
        let before = now;
        let mut closed = 0;
        for label in 1..NAME_LABELS {
            if (label - 1) % 4 >= Part::Last as usize && before[label] > before[closed] {
                closed = label;
            }
        }
        for label in 0..NAME_LABELS {
            let part = if label == 0 { Part::Single as usize } else { (label - 1) % 4 };
            let from = if part == Part::Inside as usize || part == Part::Last as usize {
                let begin = label - part;
                if i == 0 {
                    now[label] = f32::NEG_INFINITY;
                    continue;
                }
                if before[begin] >= before[begin + 1] { begin } else { begin + 1 }
            } else {
                closed
            };
            back[i * NAME_LABELS + label] = from as u8;
            now[label] = row[label] + if i == 0 { 0.0 } else { before[from] };
        }
    }
    let mut label = 0;
    for other in 1..NAME_LABELS {
        if (other - 1) % 4 >= Part::Last as usize && now[other] > now[label] {
            label = other;
        }
    }
    let mut labels = vec![0; length];
    for i in (0..length).rev() {
        labels[i] = label as u8;
        label = usize::from(back[i * NAME_LABELS + label]);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_spans_agree() {
        let names = vec![(0, 1, NameKind::Place), (1, 4, NameKind::Person), (5, 7, NameKind::Person)];
        let labels = encode(8, &names);
        assert_eq!(spans(&labels), names);
        let mut scores = vec![0.0; 8 * NAME_LABELS];
        for (i, &label) in labels.iter().enumerate() {
            scores[i * NAME_LABELS + usize::from(label)] = 1.0;
        }
        assert_eq!(best_path(&scores), labels);
    }

    #[test]
    fn a_name_is_never_left_open() {
        let mut scores = vec![0.0; 3 * NAME_LABELS];
        scores[2 * NAME_LABELS + usize::from(label(Part::Begin, NameKind::Event))] = 9.0;
        assert_eq!(best_path(&scores), [0, 0, 0]);
    }
}
