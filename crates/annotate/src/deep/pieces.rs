//! Owns how a word becomes the pieces that the encoder knows: WordPiece over lower-cased text without accents (the
//! vocabulary of BERT, uncased), and the shape of the word, which lower case hides.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tokenize::plain;

/// Number of shapes.
pub const SHAPES: usize = 8;

/// Most pieces of one word; nobody needs the rest of a longer one.
pub const MOST: usize = 12;

/// Longest run of letters, in characters, that is looked up; longer ones are one unknown piece.
const LONGEST: usize = 60;

/// A vocabulary of pieces.
#[derive(Clone, Debug)]
pub struct Pieces {
    /// Number of each piece; those that go on within a word begin with `##`.
    numbers: HashMap<Box<str>, u16>,
    /// The piece before each sentence, after it, and for what has none.
    pub begin: u16,
    /// See `begin`.
    pub end: u16,
    /// See `begin`.
    pub unknown: u16,
}

impl Pieces {
    /// The vocabulary with these pieces, in the order of their numbers; `None` if one of `[CLS]`, `[SEP]` and `[UNK]` is
    /// not there or there are more than 16 bits can count.
    pub fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<Pieces> {
        let mut numbers = HashMap::new();
        for (number, piece) in pieces.enumerate() {
            numbers.insert(Box::from(piece), u16::try_from(number).ok()?);
        }
        let special = |name: &str| numbers.get(name).copied();
        let (begin, end, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Some(Pieces { numbers, begin, end, unknown })
    }

    /// Appends the pieces of a word, at least one and at most [`MOST`].
    pub fn add(&self, word: &str, to: &mut Vec<u16>) {
        let first = to.len();
        let mut run = String::new();
        for c in word.chars().map(plain).flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)) {
            if c.is_alphanumeric() {
                run.push(c);
            } else {
                self.add_run(&run, to);
                run.clear();
                if !c.is_whitespace() && !c.is_control() {
                    let mut bytes = [0; 4];
                    to.push(self.numbers.get(&*c.encode_utf8(&mut bytes)).copied().unwrap_or(self.unknown));
                }
            }
            if to.len() >= first + MOST {
                break;
            }
        }
        self.add_run(&run, to);
        if to.len() == first {
            to.push(self.unknown);
        }
        to.truncate(first + MOST);
    }

    /// The longest known piece first, then on from its end; a run that cannot be covered is one unknown piece.
    fn add_run(&self, run: &str, to: &mut Vec<u16>) {
        if run.is_empty() {
            return;
        }
        let first = to.len();
        let mut rest = run;
        let mut key = String::new();
        if run.chars().count() <= LONGEST {
            while !rest.is_empty() {
                let found = rest.char_indices().map(|(i, c)| i + c.len_utf8()).rev().find_map(|end| {
                    key.clear();
                    if rest.len() < run.len() {
                        key.push_str("##");
                    }
                    key.push_str(&rest[..end]);
                    self.numbers.get(key.as_str()).map(|n| (end, *n))
                });
                let Some((end, number)) = found else { break };
                to.push(number);
                rest = &rest[end..];
            }
        }
        if !rest.is_empty() {
            to.truncate(first);
            to.push(self.unknown);
        }
    }
}

/// The shape of a word, below [`SHAPES`]: neither letters nor digits; digits; both; lower case; a capital and lower case;
/// one capital; capitals; otherwise mixed.
pub fn shape(word: &str) -> u8 {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(|c| c.is_numeric()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let first = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    match (letters, digits, capitals) {
        (0, 0, _) => 0,
        (0, _, _) => 1,
        (_, 1.., _) => 2,
        (_, _, 0) => 3,
        (1, _, 1) => 5,
        (_, _, 1) if first => 4,
        _ if capitals == letters => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: [&str; 12] = ["[CLS]", "[SEP]", "[UNK]", "put", "##in", "-", "zel", "##ensky", "'", "s", "e", "##u"];

    #[test]
    fn words_become_the_longest_pieces() {
        let pieces = Pieces::new(SOME.into_iter()).expect("a vocabulary");
        let rows: [(&str, &[u16]); 9] = [
            ("Putin", &[3, 4]),
            ("Zélensky", &[6, 7]),
            ("put-put", &[3, 5, 3]),
            ("’s", &[8, 9]),
            ("EU", &[10, 11]),
            ("Putout", &[2]),
            ("", &[2]),
            ("\u{301}", &[2]),
            ("€", &[2]),
        ];
        for (word, expected) in rows {
            let mut found = Vec::new();
            pieces.add(word, &mut found);
            assert_eq!(found, expected, "{word}");
        }
        let mut found = Vec::new();
        pieces.add(&"-".repeat(1000), &mut found);
        pieces.add(&"put".repeat(1000), &mut found);
        assert_eq!(found.len(), MOST + 1);
    }

    #[test]
    fn shapes() {
        let rows = [
            (",", 0),
            ("2025", 1),
            ("10:30", 1),
            ("F-16", 2),
            ("call", 3),
            ("Putin", 4),
            ("A", 5),
            ("A.", 5),
            ("U.S.", 6),
            ("EU", 6),
            ("McCain", 7),
            ("iPhone", 7),
        ];
        for (word, expected) in rows {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
