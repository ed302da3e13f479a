//! Owns dependency parsing: the arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) with a greedy
//! linear model; the root stands at the end of the buffer.

use readout_types::Deprel;

use crate::form::Form;
use crate::linear::{Feature, Linear, Scores, Weights, feature};
use crate::weights::{ModelError, Reader};

/// Longest stretch parsed at once, in words; longer sentences are parsed in stretches whose roots are joined.
pub const LONGEST: usize = 256;

/// Number of transitions: shift, and left and right arcs for each relation.
pub const TRANSITIONS: usize = 1 + 2 * Deprel::ALL.len();

/// No word.
pub const NONE: u16 = u16::MAX;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// The next word goes onto the stack.
    Shift,
    /// The next word becomes head of the top of the stack.
    Left(Deprel),
    /// The second word of the stack becomes head of the top.
    Right(Deprel),
}

impl Transition {
    /// The transition with the number `label`.
    pub fn from_label(label: usize) -> Transition {
        match label {
            0 => Transition::Shift,
            n if n % 2 == 1 => Transition::Left(Deprel::ALL[(n - 1) / 2]),
            n => Transition::Right(Deprel::ALL[(n - 2) / 2]),
        }
    }

    /// Its number.
    pub fn label(self) -> usize {
        match self {
            Transition::Shift => 0,
            Transition::Left(relation) => 1 + 2 * relation as usize,
            Transition::Right(relation) => 2 + 2 * relation as usize,
        }
    }
}

/// What parsing has reached.
pub struct State {
    /// Words not yet finished, the top last.
    pub stack: Vec<u16>,
    /// Next word; equal to the number of words when only the root is left.
    pub next: u16,
    /// Number of words. The root is the word with this number.
    pub length: u16,
    /// Heads found so far.
    pub heads: Vec<u16>,
    /// Relations found so far.
    pub relations: Vec<u8>,
    /// First and second dependents on the left (leftmost first) and right (rightmost first) of each word.
    children: Vec<[u16; 4]>,
    counts: Vec<[u8; 2]>,
}

impl State {
    /// Before the first step.
    pub fn new(length: usize) -> Self {
        State {
            stack: Vec::with_capacity(length),
            next: 0,
            length: length as u16,
            heads: vec![NONE; length],
            relations: vec![Deprel::Dep as u8; length],
            children: vec![[NONE; 4]; length + 1],
            counts: vec![[0; 2]; length + 1],
        }
    }

    /// Whether every word has a head.
    pub fn finished(&self) -> bool {
        self.next == self.length && self.stack.is_empty()
    }

    /// Whether shift, left and right are possible.
    pub fn possible(&self) -> [bool; 3] {
        let at_root = self.next == self.length;
        let depth = self.stack.len();
        [!at_root, depth > 0 && (!at_root || depth == 1), depth > 1]
    }

    fn attach(&mut self, word: u16, head: u16, relation: Deprel) {
        let w = usize::from(word);
        let h = usize::from(head);
        self.heads[w] = head;
        self.relations[w] = relation as u8;
        let c = &mut self.children[h];
        if word < head {
            (c[1], c[0]) = (c[0], word);
            self.counts[h][0] = self.counts[h][0].saturating_add(1);
        } else {
            (c[3], c[2]) = (c[2], word);
            self.counts[h][1] = self.counts[h][1].saturating_add(1);
        }
    }

    /// Makes a step that is possible.
    pub fn apply(&mut self, transition: Transition) {
        match transition {
            Transition::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Transition::Left(relation) => {
                if let Some(top) = self.stack.pop() {
                    self.attach(top, self.next, relation);
                }
            }
            Transition::Right(relation) => {
                if let (Some(top), Some(&below)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(top, below, relation);
                }
            }
        }
    }
}

/// A sentence as the parser's features see it.
pub struct Input<'a> {
    /// Its words.
    pub forms: &'a [Form],
    /// Hashes of their Penn tags.
    pub tags: &'a [u32],
    /// Numbers of their universal tags.
    pub upos: &'a [u32],
}

#[derive(Clone, Copy)]
struct View {
    word: u32,
    tag: u32,
    upos: u32,
}

impl Input<'_> {
    fn view(&self, word: u16) -> View {
        let i = usize::from(word);
        match self.forms.get(i) {
            Some(form) => View { word: form.lower, tag: self.tags[i], upos: self.upos[i] },
            None if i == self.forms.len() => View { word: 2, tag: 2, upos: 98 },
            None => View { word: 3, tag: 3, upos: 99 },
        }
    }

    /// What speaks for the next step.
    pub fn features(&self, state: &State, out: &mut Vec<Feature>) {
        out.clear();
        let depth = state.stack.len();
        let stack = |k: usize| if depth > k { state.stack[depth - 1 - k] } else { NONE };
        let buffer = |k: u16| if state.next + k <= state.length { state.next + k } else { NONE };
        let child = |w: u16, k: usize| state.children.get(usize::from(w)).map_or(NONE, |c| c[k]);
        let relation = |w: u16| state.relations.get(usize::from(w)).map_or(99, |&r| u32::from(r));
        let count = |w: u16, k: usize| state.counts.get(usize::from(w)).map_or(9, |c| u32::from(c[k].min(5)));
        let (i0, i1, i2, j0, j1, j2) = (stack(0), stack(1), stack(2), buffer(0), buffer(1), buffer(2));
        let [s0, s1, s2, b0, b1, b2] = [i0, i1, i2, j0, j1, j2].map(|w| self.view(w));
        let ends = [child(i0, 0), child(i0, 2), child(i1, 0), child(i1, 2), child(j0, 0), child(i0, 1), child(i0, 3), child(i1, 3), child(j0, 1)];
        let [s0l, s0r, s1l, s1r, b0l, s0l2, s0r2, s1r2, b0l2] = ends.map(|w| self.view(w));
        let [r0l, r0r, r1l, r1r, rbl, ..] = ends.map(relation);
        let gap = u32::from(j0.wrapping_sub(i0)).min(if depth > 0 { 40 } else { 41 });
        let gap = if gap > 10 { 10 + u32::from(gap > 20) + u32::from(gap > 40) } else { gap };
        let gap1 = if i1 == NONE { 15 } else { u32::from(i0 - i1).min(12) };
        let pair = |a: View, b: View| feature(6, a.tag, b.tag, 0);
        out.extend([
            feature(400, 0, 0, 0),
            feature(401, s0.word, s0.tag, 0),
            feature(402, s0.word, 0, 0),
            feature(403, s0.tag, 0, 0),
            feature(404, b0.word, b0.tag, 0),
            feature(405, b0.word, 0, 0),
            feature(406, b0.tag, 0, 0),
            feature(407, b1.word, b1.tag, 0),
            feature(408, b1.word, 0, 0),
            feature(409, b1.tag, 0, 0),
            feature(410, b2.word, b2.tag, 0),
            feature(411, s1.word, s1.tag, 0),
            feature(412, s1.word, 0, 0),
            feature(413, s1.tag, 0, 0),
            feature(414, s0.word, b0.word, pair(s0, b0)),
            feature(415, s0.word, pair(s0, b0), 0),
            feature(416, b0.word, pair(s0, b0), 0),
            feature(417, s0.word, b0.word, 0),
            feature(418, pair(s0, b0), 0, 0),
            feature(419, b0.tag, b1.tag, 0),
            feature(420, pair(s0, b0), b1.tag, 0),
            feature(421, pair(b0, b1), b2.tag, 0),
            feature(422, pair(s1, s0), b0.tag, 0),
            feature(423, pair(s1, s0), 0, 0),
            feature(424, s1.word, s0.word, 0),
            feature(425, s1.word, pair(s1, s0), 0),
            feature(426, s0.word, pair(s1, s0), 0),
            feature(427, pair(s0, s0l), b0.tag, 0),
            feature(428, pair(s0, s0r), b0.tag, 0),
            feature(429, pair(s0, b0l), b0.tag, 0),
            feature(430, pair(s1, s1l), s0.tag, 0),
            feature(431, pair(s1, s1r), s0.tag, 0),
            feature(432, pair(s1, s0r), s0.tag, 0),
            feature(433, pair(s1, s0l), s0.tag, 0),
            feature(434, gap, pair(s0, b0), 0),
            feature(435, gap, s0.word, 0),
            feature(436, gap, b0.word, 0),
            feature(437, s0.word, count(i0, 1), 0),
            feature(438, s0.tag, count(i0, 1), count(i0, 0)),
            feature(439, b0.word, count(j0, 0), 0),
            feature(440, b0.tag, count(j0, 0), 0),
            feature(441, s0.tag, r0l, r0r),
            feature(442, s0.word, r0l, r0r),
            feature(443, b0.tag, rbl, 0),
            feature(444, s1.tag, r1l, r1r),
            feature(445, s0l.word, s0.tag, 0),
            feature(446, s0r.word, s0.tag, 0),
            feature(447, b0l.word, b0.tag, 0),
            feature(448, pair(s0, s0l), s0l2.tag, 0),
            feature(449, pair(s0, s0r), s0r2.tag, 0),
            feature(450, pair(b0, b0l), b0l2.tag, 0),
            feature(451, pair(s2, s1), s0.tag, 0),
            feature(452, pair(s1, s1r), s1r2.tag, b0.tag),
            feature(453, gap1, pair(s1, s0), 0),
            feature(454, s1.upos, s0.upos, feature(7, b0.upos, b1.upos, 0)),
            feature(455, pair(s1, s0), b0.tag, feature(7, r0r, r1r, 0)),
            feature(456, s0.word, r0r, b0.tag),
            feature(457, s1.word, s0.tag, r0l),
            feature(458, s0.word, s0l.word, b0.tag),
            feature(459, s1.tag, s0.word, b0.word),
            feature(460, s1.word, s0.word, b0.tag),
            feature(461, s1.word, s0l.word, s0.tag),
            feature(462, b0.word, b1.tag, s0.tag),
            feature(463, s2.tag, s2.word, 0),
            feature(464, s0.tag, b0.tag, feature(7, b1.tag, b2.tag, 0)),
        ]);
    }
}

/// The best possible step by the scores.
pub fn best(scores: &Scores, possible: [bool; 3]) -> usize {
    let mut best = usize::MAX;
    if possible[0] {
        best = 0;
    }
    let mut consider = |first: usize| {
        let mut label = first;
        while label < TRANSITIONS {
            if best == usize::MAX || scores[label] > scores[best] {
                best = label;
            }
            label += 2;
        }
    };
    if possible[1] {
        consider(1);
    }
    if possible[2] {
        consider(2);
    }
    best
}

/// Parses with any weights: heads ([`NONE`] is replaced by the number of words, for the root) and relations.
pub fn decode(weights: &impl Weights, input: &Input<'_>) -> State {
    let mut state = State::new(input.forms.len());
    let mut features = Vec::with_capacity(72);
    while !state.finished() {
        input.features(&state, &mut features);
        let label = best(&weights.score(&features), state.possible());
        state.apply(Transition::from_label(label));
    }
    state
}

/// The parser.
pub struct Parser {
    weights: Linear,
}

impl Parser {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("parser", bytes)?;
        Ok(Parser { weights: Linear::read(&mut reader)? })
    }

    /// Heads and relations of a sentence of any length: one root (`None`), no cycles.
    pub fn parse(&self, input: &Input<'_>) -> Vec<(Option<u32>, Deprel)> {
        let mut arcs = Vec::with_capacity(input.forms.len());
        let mut root = None;
        let stretches = input.forms.chunks(LONGEST).zip(input.tags.chunks(LONGEST)).zip(input.upos.chunks(LONGEST));
        for (k, ((forms, tags), upos)) in stretches.enumerate() {
            let state = decode(&self.weights, &Input { forms, tags, upos });
            let offset = (k * LONGEST) as u32;
            for (i, (&head, &relation)) in state.heads.iter().zip(&state.relations).enumerate() {
                let relation = Deprel::ALL[usize::from(relation)];
                arcs.push(if head != state.length {
                    (Some(offset + u32::from(head)), if relation == Deprel::Root { Deprel::Dep } else { relation })
                } else if let Some(root) = root {
                    (Some(root), Deprel::Parataxis)
                } else {
                    root = Some(offset + i as u32);
                    (None, Deprel::Root)
                });
            }
        }
        arcs
    }
}
