//! Owns the division of text into words: cuts at white space, then a learned decision at every place inside a chunk
//! where a word could end.

use crate::abbreviations::Role;
use crate::linear::{Feature, Linear, Weights, feature, hash_text};
use crate::weights::{ModelError, Reader};

/// A word before analysis: bytes of the text it was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// Characters that count as white space: Unicode's, and the invisible ones that scraped pages carry.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Chunks of non-space characters, as byte ranges.
pub fn chunks(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|&(_, c)| is_space(c)).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|&(_, c)| !is_space(c)) {
            end = at + c.len_utf8();
        }
        Some((start, end))
    })
}

/// Straightens quotes and dashes, so that typeset and plain text look alike to the models.
pub fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '´' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' => '-',
        '—' | '―' => '–',
        _ => c,
    }
}

fn class(c: char) -> u32 {
    match plain(c) {
        c if c.is_ascii_digit() || c.is_numeric() => 1,
        c if c.is_lowercase() => 2,
        c if c.is_uppercase() => 3,
        c if c.is_alphanumeric() => 4,
        c => c as u32 + 16,
    }
}

fn exact(c: char) -> u32 {
    if c.is_numeric() { '0' as u32 } else { plain(c).to_lowercase().next().unwrap_or(c) as u32 }
}

/// Endings that the treebanks cut off though only letters stand around the cut.
const CONTRACTIONS: &[(&str, &[usize])] = &[
    ("cannot", &[3]),
    ("gonna", &[3]),
    ("wanna", &[3]),
    ("gotta", &[3]),
    ("gimme", &[3]),
    ("lemme", &[3]),
    ("dunno", &[2, 3]),
    // Written without their apostrophe or space; whether they are cut is learnt.
    ("im", &[1]),
    ("ive", &[1]),
    ("youre", &[3]),
    ("theyre", &[4]),
    ("hes", &[2]),
    ("shes", &[3]),
    ("thats", &[4]),
    ("whats", &[4]),
    ("theres", &[5]),
    ("lets", &[3]),
    ("alot", &[1]),
    ("outta", &[3]),
    ("kinda", &[4]),
];

/// Where in a chunk an address stands that is never cut, as places from and to: a web address without the marks that
/// follow it, or an e-mail address.
fn address(chars: &[(usize, char)], text: &str) -> Option<(usize, usize)> {
    let place = |byte: usize| chars.partition_point(|c| c.0 < byte);
    if let Some(at) = text.find("://").or_else(|| text.find("www.")) {
        let from = text[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let end = text.trim_end_matches([
            '.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '\u{2019}', '\u{201d}', '|', '*',
        ]);
        return Some((place(from), place(end.len()))).filter(|(a, b)| a < b);
    }
    let at = text.find('@').filter(|&at| at > 0)?;
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '=');
    let from = text[..at].trim_end_matches(local).len();
    let domain = &text[at + 1..];
    let rest = domain.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let end = text[..text.len() - rest.len()].trim_end_matches(['.', '-']).len();
    (from < at && end > at + 1).then(|| (place(from), place(end)))
}

/// One chunk with what the decisions look at.
pub struct Chunk<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    whole: u32,
    next: u32,
    address: bool,
    whole_address: Option<(usize, usize)>,
    contraction: &'static [usize],
}

impl<'a> Chunk<'a> {
    /// A chunk and the first character of the chunk after it, if any.
    pub fn new(text: &'a str, next: Option<char>) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut whole = 17;
        for &(_, c) in chars.iter().take(40) {
            whole = feature(0, whole, exact(c), 0);
        }
        let address = chars.len() > 4 && (text.contains("://") || text.contains('@') || text.starts_with("www."));
        let whole_address = if address { self::address(&chars, text) } else { None };
        let contraction = CONTRACTIONS
            .iter()
            .find(|(word, _)| {
                text.len() >= word.len() && text.is_char_boundary(word.len()) && {
                    let (head, tail) = text.split_at(word.len());
                    head.eq_ignore_ascii_case(word) && !tail.starts_with(char::is_alphabetic)
                }
            })
            .map_or(&[][..], |(_, cuts)| cuts);
        Chunk { text, chars, whole, next: next.map_or(0, class), address, whole_address, contraction }
    }

    /// Places where a word could end: indices of the character that would begin the next word.
    pub fn places(&self) -> Vec<usize> {
        (1..self.chars.len()).filter(|&i| self.may_cut(i)).collect()
    }

    /// Byte offset of a place.
    pub fn offset(&self, place: usize) -> usize {
        self.chars[place].0
    }

    fn at(&self, index: isize) -> char {
        usize::try_from(index).ok().and_then(|i| self.chars.get(i)).map_or('\0', |c| c.1)
    }

    fn may_cut(&self, i: usize) -> bool {
        if self.whole_address.is_some_and(|(from, to)| from < i && i < to) {
            return false;
        }
        let (left, right) = (self.at(i as isize - 1), self.at(i as isize));
        let (a, b) = (class(left), class(right));
        // Marks that combine with the letter before them (accents, vowel signs, emoji joiners) never begin a word.
        if right == '\u{200d}'
            || left == '\u{200d}'
            || ('\u{300}'..='\u{36f}').contains(&right)
            || ('\u{fe00}'..='\u{fe0f}').contains(&right)
        {
            return false;
        }
        let letters = |class: u32| (2..=4).contains(&class);
        if letters(a) && letters(b) {
            let tail: String = self.chars[i..].iter().take(4).map(|c| plain(c.1).to_ascii_lowercase()).collect();
            return self.contraction.contains(&self.chars[i].0)
                || (i > 1 && (tail.starts_with("n't") || (tail == "nt" && self.chars.len() <= 8)));
        }
        !(a == 1 && b == 1)
    }

    fn run(&self, from: usize, forward: bool) -> u32 {
        let mut hash = 23;
        let mut at = from as isize + if forward { 0 } else { -1 };
        for _ in 0..12 {
            let c = self.at(at);
            if !c.is_alphabetic() {
                break;
            }
            hash = feature(1, hash, exact(c), 0);
            at += if forward { 1 } else { -1 };
        }
        hash
    }

    /// What speaks for or against a cut at `place`.
    pub fn features(&self, place: usize, since_cut: usize, out: &mut Vec<Feature>) {
        out.clear();
        let i = place as isize;
        let c = |d: isize| class(self.at(i + d));
        let x = |d: isize| exact(self.at(i + d));
        let (left, right) = (self.run(place, false), self.run(place, true));
        let edge =
            u32::from(place == self.chars.len() - 1) * 2 + u32::from(since_cut == place) + 4 * u32::from(self.address);
        let around = feature(2, c(-1), c(0), 0);
        let wide = feature(2, c(-2), around, c(1));
        out.extend([
            feature(10, 0, 0, 0),
            feature(11, around, edge, 0),
            feature(12, wide, 0, 0),
            feature(13, wide, c(-3), c(2)),
            feature(14, x(-1), x(0), 0),
            feature(15, x(-1), x(0), x(1)),
            feature(16, x(-2), x(-1), x(0)),
            feature(17, left, x(0), 0),
            feature(18, right, x(-1), 0),
            feature(19, left, right, x(0)),
            feature(20, self.whole, place as u32, 0),
            feature(21, x(0), x(1), x(2)),
            feature(22, around, self.next, edge),
            feature(23, c(-1), c(0), self.chars.len().min(8) as u32),
            feature(24, left, self.next, x(0)),
            feature(25, around, u32::from(since_cut > 2), u32::from(self.chars.len() - place > 2)),
            feature(26, wide, self.next, edge),
            feature(27, left, right, x(-1)),
        ]);
    }

    /// The text of the chunk.
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// The learned part of the tokenizer. Label 1 is a cut.
pub struct Tokenizer {
    weights: Linear,
}

impl Tokenizer {
    /// Reads the model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new("tokenizer", bytes)?;
        Ok(Tokenizer { weights: Linear::read(&mut reader)? })
    }

    /// Divides a text into words, in order. Only white space lies between them.
    pub fn tokenize(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut features = Vec::with_capacity(24);
        let mut all = chunks(text).peekable();
        while let Some((start, end)) = all.next() {
            let body = &text[start..end];
            if body.bytes().all(|b| b.is_ascii_alphabetic())
                && !CONTRACTIONS.iter().any(|c| c.0.eq_ignore_ascii_case(body))
                && !body.ends_with("nt")
            {
                pieces.push(Piece { start, end, spaced: true });
                continue;
            }
            let next = all.peek().and_then(|&(s, _)| text[s..].chars().next());
            let chunk = Chunk::new(body, next);
            let mut from = 0;
            let mut from_char = 0;
            for place in chunk.places() {
                if place + 1 == chunk.chars.len() && short_form(&body[from..], next) {
                    continue;
                }
                chunk.features(place, place - from_char, &mut features);
                let scores = self.weights.score(&features);
                if scores[1] > scores[0] {
                    let cut = chunk.offset(place);
                    pieces.push(Piece { start: start + from, end: start + cut, spaced: from == 0 });
                    from = cut;
                    from_char = place;
                }
            }
            pieces.push(Piece { start: start + from, end, spaced: from == 0 });
        }
        pieces
    }
}

/// Whether a word keeps its full stop because of what it is and what comes next: `Mt.` before a name, `No.` before a number.
fn short_form(word: &str, next: Option<char>) -> bool {
    if !word.ends_with('.') {
        return false;
    }
    let role = Role::of(word);
    next.is_some_and(|c| (role.title && c.is_uppercase()) || (role.numbered && c.is_numeric()))
}

/// Hash of a word with quotes straightened, digits as `0`, in lower case.
pub fn normal(word: &str) -> u32 {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return hash_text(word);
    }
    let plain: String =
        word.chars().flat_map(|c| if c.is_numeric() { '0'.to_lowercase() } else { plain(c).to_lowercase() }).collect();
    hash_text(&plain)
}
