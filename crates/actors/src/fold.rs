//! Owns the comparable form of names: words without case, accents and punctuation.

use readout_types::Span;
use unicode_normalization::UnicodeNormalization;

/// A run of letters and digits in a text, with its comparable form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text.
    pub span: Span,
    /// Lower case, without accents, in ASCII where that is possible: `Erdoğan` gives `erdogan`.
    pub folded: String,
    /// Whether the first character is an upper-case letter.
    pub capital: bool,
    /// Whether it has two letters or more and all of them are upper case.
    pub all_capitals: bool,
}

/// The comparable form of a text: its folded words with one space between.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.folded);
    }
    out
}

/// Splits a text into words. Hyphens, full stops, apostrophes and all other punctuation separate: `el-Sisi` is two
/// words, `U.S.` is two. A possessive `'s` is a word `s` of its own.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_mark(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(word(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push(word(text, from, text.len()));
    }
    out
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let slice = &text[start..end];
    let letters = slice.chars().filter(|c| c.is_alphabetic()).count();
    Word {
        span: Span::new(start, end),
        folded: fold_word(slice),
        capital: slice.chars().next().is_some_and(char::is_uppercase),
        all_capitals: letters >= 2 && slice.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase),
    }
}

fn fold_word(slice: &str) -> String {
    if slice.is_ascii() {
        return slice.to_ascii_lowercase();
    }
    slice.nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).flat_map(ascii).collect()
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Letters that have no decomposition but a usual ASCII spelling in English news.
fn ascii(c: char) -> impl Iterator<Item = char> {
    let text: &str = match c {
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ə' => "a",
        _ => return Either::One(std::iter::once(c)),
    };
    Either::Many(text.chars())
}

enum Either<A, B> {
    One(A),
    Many(B),
}

impl<A: Iterator<Item = char>, B: Iterator<Item = char>> Iterator for Either<A, B> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Either::One(a) => a.next(),
            Either::Many(b) => b.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding() {
        for (text, folded) in [
            ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Abdel-Fattah el-Sisi", "abdel fattah el sisi"),
            ("U.S.", "u s"),
            ("Peña Nieto’s", "pena nieto s"),
            ("Işık Łódź", "isik lodz"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn word_spans_slice(text in "\\PC{0,200}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.span.get(&text).is_some() && word.span.start >= last);
                last = word.span.end;
            }
        }
    }
}
