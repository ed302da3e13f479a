//! Owns positions in text: byte spans inside the program, code-point offsets on the way out.

use serde::{Deserialize, Serialize};

/// A half-open range of *bytes* in a UTF-8 text, both ends on character boundaries.
///
/// Inside the program every offset is in bytes, so that slicing is free; [`CodePoints`] turns them into the
/// code-point offsets that CONTRACT.md promises when results are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Texts are limited to 4 GiB by the reader, so the cast cannot lose anything.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text it covers; `None` when it does not lie on character boundaries inside `text`.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// The text it covers, or `""` when it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        self.get(text).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets of one text into code-point offsets, in constant time for ASCII and logarithmic otherwise.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Byte offset and code-point offset, one entry every `STEP` bytes or so; empty for ASCII texts.
    marks: Vec<(u32, u32)>,
    len: u32,
}

const STEP: usize = 64;

impl CodePoints {
    /// Indexes `text`, in one pass.
    pub fn new(text: &str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut next = 0;
            for (points, (byte, _)) in text.char_indices().enumerate() {
                if byte >= next {
                    marks.push((byte as u32, points as u32));
                    next = byte + STEP;
                }
            }
        }
        CodePoints { marks, len: text.len() as u32 }
    }

    /// Code points before byte `offset` of `text`, which must be the text this was made from. An offset past the end
    /// counts as the end, one inside a character as that character's start.
    pub fn at(&self, text: &str, offset: u32) -> u32 {
        let offset = offset.min(self.len);
        if self.marks.is_empty() {
            return offset;
        }
        let mark = self.marks.partition_point(|m| m.0 <= offset).saturating_sub(1);
        let (byte, points) = self.marks[mark];
        let mut end = offset as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        points + text[byte as usize..end].chars().count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_counting(text in "\\PC{0,300}") {
            let index = CodePoints::new(&text);
            for (points, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.at(&text, byte as u32), points as u32);
            }
            prop_assert_eq!(index.at(&text, text.len() as u32), text.chars().count() as u32);
        }
    }
}
