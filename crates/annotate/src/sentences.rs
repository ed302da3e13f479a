//! Owns the division of words into sentences: rules where they are sure, a learned decision elsewhere.

use crate::abbreviations::{self, Role};
use crate::enumeration::markers;
use crate::linear::{Feature, Linear, Weights, feature};
use crate::tokenize::{Piece, normal, plain};
use crate::weights::{ModelError, Reader};

/// What the decisions know about a word.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    normal: u32,
    shape: Shape,
    length: u8,
    /// Ends in a full stop and is longer than it (`U.S.`, `Dr.`).
    dotted: bool,
    spaced: bool,
    role: Role,
    /// A title but for its full stop: `Gen`.
    title_stem: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Lower,
    Capital,
    Upper,
    Initial,
    Digit,
    Stop,
    Query,
    Dots,
    Quote,
    Open,
    Close,
    Comma,
    Colon,
    Dash,
    Bullet,
    Other,
    Edge,
}

impl Mark {
    const EDGE: Mark = Mark {
        normal: 1,
        shape: Shape::Edge,
        length: 0,
        dotted: false,
        spaced: true,
        role: Role {
            title: false,
            numbered: false,
            letters: false,
            initial: false,
            starter: false,
            preposition: false,
        },
        title_stem: false,
    };

    fn new(text: &str, spaced: bool) -> Self {
        let mut chars = text.chars();
        let first = plain(chars.next().unwrap_or(' '));
        let second = chars.next().map(plain);
        let shape = match first {
            '.' | '…' if second.is_some_and(|c| c == '.') || first == '…' => Shape::Dots,
            '.' => Shape::Stop,
            '!' | '?' => Shape::Query,
            '"' | '\'' if text.chars().all(|c| matches!(plain(c), '"' | '\'')) => Shape::Quote,
            '`' => Shape::Quote,
            '(' | '[' | '{' => Shape::Open,
            ')' | ']' | '}' => Shape::Close,
            ',' => Shape::Comma,
            ':' | ';' => Shape::Colon,
            '-' | '–' => Shape::Dash,
            '*' | '•' | '⁃' | '·' | '◦' | '▪' => Shape::Bullet,
            c if c.is_numeric() => Shape::Digit,
            c if c.is_lowercase() => Shape::Lower,
            c if c.is_uppercase() => match second {
                None | Some('.') if text.len() <= 2 => Shape::Initial,
                Some(s) if s.is_lowercase() => Shape::Capital,
                _ => Shape::Upper,
            },
            _ => Shape::Other,
        };
        let dotted = text.len() > 1 && text.ends_with('.') && shape != Shape::Dots;
        Mark {
            normal: normal(text),
            shape,
            length: text.len().min(9) as u8,
            dotted,
            spaced,
            role: Role::of(text),
            title_stem: abbreviations::is_title(text),
        }
    }

    fn ends(self) -> bool {
        matches!(self.shape, Shape::Stop | Shape::Query | Shape::Dots) || self.dotted
    }

    fn closes(self) -> bool {
        matches!(self.shape, Shape::Quote | Shape::Close)
    }

    fn capital(self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// The words of one paragraph, ready for decisions.
pub struct Paragraph {
    marks: Vec<Mark>,
    /// Before each word: whether a double quote is open, and whether a bracket is.
    open: Vec<(bool, bool)>,
}

impl Paragraph {
    /// Looks at the words of a paragraph.
    pub fn new(text: &str, pieces: &[Piece]) -> Self {
        let marks: Vec<Mark> = pieces.iter().map(|p| Mark::new(&text[p.start..p.end], p.spaced)).collect();
        let mut open = Vec::with_capacity(pieces.len() + 1);
        let (mut quote, mut bracket) = (false, 0u32);
        for (piece, mark) in pieces.iter().zip(&marks) {
            open.push((quote, bracket > 0));
            match mark.shape {
                Shape::Quote => match &text[piece.start..piece.end] {
                    "“" | "``" => quote = true,
                    "”" | "''" => quote = false,
                    "\"" => quote = !quote,
                    _ => {}
                },
                Shape::Open => bracket += 1,
                Shape::Close => bracket = bracket.saturating_sub(1),
                _ => {}
            }
        }
        open.push((quote, bracket > 0));
        Paragraph { marks, open }
    }

    fn at(&self, index: usize, step: isize) -> Mark {
        index.checked_add_signed(step).and_then(|i| self.marks.get(i)).copied().unwrap_or(Mark::EDGE)
    }

    /// Whether a mark of an end stands at word `i`.
    fn marked(&self, i: usize) -> bool {
        let (here, before) = (self.at(i, 0), self.at(i, -1));
        here.ends() || (here.closes() && (before.ends() || (before.closes() && self.at(i, -2).ends())))
    }

    /// Whether an end without a mark after word `i` of a sentence that began at `begin` would cut a sentence of prose:
    /// after a dash, a small word (`set to meet again Tuesday`) or before three words are said (`PM Modi`).
    fn mid_prose(&self, i: usize, begin: usize) -> bool {
        i - begin < 2 || matches!(self.at(i, 0).shape, Shape::Lower | Shape::Dash | Shape::Close | Shape::Comma)
    }

    /// Whether a sentence could end after word `i` at all.
    pub fn candidate(&self, i: usize) -> bool {
        let (here, next) = (self.at(i, 0), self.at(i, 1));
        i + 1 < self.marks.len() && (next.spaced || here.ends() || (here.closes() && self.at(i, -1).ends()))
    }

    /// What the rules say of an end after word `i` of a sentence that began at word `begin`; `None` leaves it to the model.
    pub fn rule(&self, i: usize, begin: usize) -> Option<bool> {
        let [before2, before, here, next] = [-2, -1, 0, 1].map(|d| self.at(i, d));
        if let Some(decision) = self.spaced_dots(i) {
            return Some(decision);
        }
        // `[...]` leaves something out; it does not end anything.
        if here.shape == Shape::Close && before.shape == Shape::Dots && before2.shape == Shape::Open {
            return Some(false);
        }
        if here.shape == Shape::Quote && before.shape == Shape::Close && before2.shape == Shape::Dots {
            return Some(false);
        }
        // A stop inside brackets or quotes, and the sentence goes on in lower case.
        if here.closes() && next.shape == Shape::Lower {
            return Some(false);
        }
        // The full stop may be a word of its own after a short form.
        let separate = here.shape == Shape::Stop && !here.spaced;
        let (short, stem) = match (here.dotted, separate) {
            (true, _) => (here, before),
            (false, true) => (before, before2),
            _ => return None,
        };
        let title = short.role.title || (separate && short.title_stem);
        let initial = short.role.initial || (separate && short.shape == Shape::Initial);
        if title && (next.capital() || next.dotted) {
            return Some(false);
        }
        if separate && !initial && !short.dotted {
            return (next.role.starter && next.spaced).then_some(true);
        }
        if next.shape == Shape::Lower {
            return Some(false);
        }
        if short.role.numbered && next.shape == Shape::Digit {
            return Some(false);
        }
        if initial && next.capital() {
            if stem.capital() || stem.shape == Shape::Edge {
                return Some(false);
            }
            return next.role.starter.then_some(true);
        }
        // `At 5 a.m. Mr. Smith …`: nothing has been said yet.
        if short.role.letters && i - begin <= 2 && self.at(begin, 0).role.preposition {
            return Some(false);
        }
        if next.role.starter && !title {
            return Some(true);
        }
        if short.role.letters && here.shape != Shape::Lower && next.capital() && !next.role.title {
            return Some(false);
        }
        None
    }

    /// Full stops with spaces between them: `. . .`
    fn spaced_dots(&self, i: usize) -> Option<bool> {
        let dot = |k: usize| self.marks.get(k).is_some_and(|m| m.shape == Shape::Stop);
        if !dot(i) {
            return None;
        }
        let mut first = i;
        while first > 0 && dot(first - 1) && self.marks[first].spaced {
            first -= 1;
        }
        let mut last = i;
        while dot(last + 1) && self.marks[last + 1].spaced {
            last += 1;
        }
        let length = last - first + 1;
        if length < 3 {
            return None;
        }
        let after = self.at(last, 1);
        let attached = !self.marks[first].spaced;
        Some(match (attached, length) {
            // A full stop, then something left out at the head of the next sentence.
            (true, 4..) => i == first && after.capital(),
            (false, 4..) => i == last && after.capital(),
            _ => false,
        })
    }

    /// What speaks for or against an end after word `i` of a sentence that began at word `begin`.
    pub fn features(&self, i: usize, begin: usize, out: &mut Vec<Feature>) {
        out.clear();
        let [before2, before, here, next, next2] = [-2, -1, 0, 1, 2].map(|d| self.at(i, d));
        let s = |m: Mark| m.shape as u32 * 2 + u32::from(m.dotted);
        // The mark that ends the sentence, seen through closing quotes and brackets.
        let end = if here.ends() || !here.closes() {
            here
        } else if before.ends() || !before.closes() {
            before
        } else {
            before2
        };
        let kind = u32::from(end.ends()) * 4 + u32::from(here.closes()) * 2 + u32::from(next.spaced);
        let (quote, bracket) = self.open[i + 1];
        let state = u32::from(quote) * 2 + u32::from(bracket);
        let length = (usize::BITS - (i - begin).leading_zeros()).min(6);
        let shapes = feature(2, s(before), s(here), s(next));
        out.extend([
            feature(40, kind, 0, 0),
            feature(41, kind, state, s(next)),
            feature(42, shapes, kind, 0),
            feature(43, shapes, s(next2), s(before2)),
            feature(44, here.normal, s(next), u32::from(next.spaced)),
            feature(45, here.normal, next.normal, 0),
            feature(46, next.normal, kind, 0),
            feature(47, next.normal, s(next), s(here)),
            feature(48, before.normal, here.normal, s(next)),
            feature(49, next.normal, next2.normal, kind),
            feature(50, length, kind, s(next)),
            feature(51, u32::from(before.length), s(before), feature(3, s(here), s(next), 0)),
            feature(52, end.normal, s(next), state),
            feature(53, s(next), s(next2), kind),
            feature(54, here.normal, kind, 0),
            feature(55, u32::from(here.length), s(here), s(next)),
            feature(56, length, state, kind),
            feature(57, before.normal, kind, s(next)),
            feature(58, next2.normal, kind, s(next)),
            feature(59, begin as u32 & 1, 0, 0),
        ]);
        out.pop();
    }
}

/// How much clearer the model must be to end a sentence where no mark of an end stands: headlines and news are written
/// with care, web forums, which it has learnt from, are not. In units of the model's weights (200 = one update).
const BARE: i32 = 200;

/// The same where the end would cut a sentence of prose (`Paragraph::mid_prose`).
const MID_PROSE: i32 = 1000;

/// The learned part of the splitter. Label 1 is an end.
pub struct Splitter {
    weights: Linear,
}

impl Splitter {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("splitter", bytes)?;
        Ok(Splitter { weights: Linear::read(&mut reader)? })
    }

    /// Ends of sentences: for each sentence, the index one past its last word.
    pub fn split(&self, text: &str, pieces: &[Piece]) -> Vec<usize> {
        let paragraph = Paragraph::new(text, pieces);
        let list = markers(text);
        let mut list = list.iter().peekable();
        let mut features = Vec::with_capacity(24);
        let mut ends = Vec::new();
        let mut begin = 0;
        for (i, pair) in pieces.windows(2).enumerate() {
            let cut = pair[1].start;
            while list.next_if(|m| m.end <= pair[0].start).is_some() {}
            let end = match list.peek() {
                Some(marker) if cut == marker.start => true,
                // Inside a marker, or right after it.
                Some(marker) if marker.start <= pair[0].start && pair[0].end <= marker.end => false,
                _ if !paragraph.candidate(i) => false,
                _ => paragraph.rule(i, begin).unwrap_or_else(|| {
                    paragraph.features(i, begin, &mut features);
                    let scores = self.weights.score(&features);
                    let doubt = match paragraph.marked(i) {
                        true => 0,
                        false if paragraph.mid_prose(i, begin) => MID_PROSE,
                        false => BARE,
                    };
                    scores[1] > scores[0] + doubt
                }),
            };
            if end {
                ends.push(i + 1);
                begin = i + 1;
            }
        }
        if !pieces.is_empty() {
            ends.push(pieces.len());
        }
        ends
    }
}
