//! Owns what the models see of a word: its normal form, beginnings, endings and shape, hashed once per word.

use crate::linear::{feature, hash_text};
use crate::tokenize::plain;

/// A word as features see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// As written, quotes straightened.
    pub exact: u32,
    /// In lower case, digits as `0`.
    pub lower: u32,
    /// First one, two and three characters, in lower case.
    pub prefixes: [u32; 3],
    /// Last one to four characters, in lower case; 0 where the word is shorter.
    pub suffixes: [u32; 4],
    /// Runs of upper case, lower case, digits and marks.
    pub shape: u32,
    /// Capital first letter, all capitals, has digit, has hyphen: one bit each.
    pub look: u32,
}

impl Form {
    /// Stands for words before the first and after the last.
    pub const EDGE: Form = Form { exact: 1, lower: 1, prefixes: [1; 3], suffixes: [1; 4], shape: 1, look: 64 };

    /// Looks at a word.
    pub fn new(word: &str) -> Self {
        let mut buffer = [0 as char; 24];
        let mut length = 0;
        let mut shape = 7;
        let mut last = 0;
        let (mut upper, mut lower, mut digit, mut hyphen) = (0, 0, 0, 0);
        let mut whole = 5u32;
        let mut exact = 9u32;
        let mut first_upper = false;
        let mut count = 0;
        for (i, c) in word.chars().enumerate() {
            let c = plain(c);
            let class = if c.is_uppercase() {
                upper += 1;
                first_upper |= i == 0;
                1
            } else if c.is_alphabetic() {
                lower += 1;
                2
            } else if c.is_numeric() {
                digit += 1;
                3
            } else {
                hyphen += u32::from(c == '-');
                16 + c as u32
            };
            if class != last && i < 24 {
                shape = feature(3, shape, class, 0);
                last = class;
            }
            let small = if class == 3 {
                '0'
            } else if c.is_ascii() {
                c.to_ascii_lowercase()
            } else {
                c.to_lowercase().next().unwrap_or(c)
            };
            whole = feature(4, whole, small as u32, 0);
            exact = feature(4, exact, c as u32, 0);
            if length < 24 {
                buffer[length] = small;
                length += 1;
            } else {
                buffer.copy_within(1.., 0);
                buffer[23] = small;
            }
            count += 1;
        }
        let tail = &buffer[..length];
        let mut suffixes = [0; 4];
        let mut hash = 11;
        for (k, suffix) in suffixes.iter_mut().enumerate() {
            if k < length {
                hash = feature(5, hash, tail[length - 1 - k] as u32, 0);
                *suffix = hash;
            }
        }
        let mut prefixes = [0; 3];
        let mut hash = 13;
        if count <= 24 {
            for (k, prefix) in prefixes.iter_mut().enumerate() {
                if k < length {
                    hash = feature(5, hash, tail[k] as u32, 0);
                    *prefix = hash;
                }
            }
        }
        let look = u32::from(first_upper)
            | u32::from(upper > 0 && lower == 0) << 1
            | u32::from(digit > 0) << 2
            | u32::from(hyphen > 0) << 3
            | u32::from(upper + lower + digit == 0) << 4
            | u32::from(word.ends_with('.') && count > 1) << 5;
        Form { exact, lower: whole, prefixes, suffixes, shape, look }
    }
}

/// Hash of a word list entry, for comparison with [`Form::lower`].
pub fn lower_of(word: &str) -> u32 {
    Form::new(word).lower
}

/// Hash of a label or other plain text.
pub fn label_of(text: &str) -> u32 {
    hash_text(text)
}
