//! Owns the cutting of text into tokens that carry what the lexicon says of them.

use crate::lexicon::{APOSTROPHE, DOT, HYPHEN, LEXICON, Lex, Num, NumKind};

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub lex: Lex,
    /// Id of the word in phrases; 0 when unknown.
    pub id: u16,
    /// White space stands before it.
    pub gap: bool,
    /// It begins with a capital.
    pub capital: bool,
}

/// The tokens of a text.
pub(crate) struct Tokens<'a> {
    pub text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text, in one pass.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut cutter = Cutter { text, bytes: text.as_bytes(), list: Vec::with_capacity(text.len() / 5 + 4) };
        cutter.run();
        Tokens { text, list: cutter.list }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// What the token is; [`Lex::Stop`] outside the text.
    pub(crate) fn lex(&self, i: usize) -> Lex {
        self.list.get(i).map_or(Lex::Stop, |t| t.lex)
    }

    /// What the token `back` places before `i` is.
    pub(crate) fn before(&self, i: usize, back: usize) -> Lex {
        i.checked_sub(back).map_or(Lex::Stop, |j| self.lex(j))
    }

    /// The function word at `i`, or `""`.
    pub(crate) fn word(&self, i: usize) -> &'static str {
        match self.lex(i) {
            Lex::Word(w) => w,
            _ => "",
        }
    }

    /// The function word `back` places before `i`, or `""`.
    pub(crate) fn word_before(&self, i: usize, back: usize) -> &'static str {
        i.checked_sub(back).map_or("", |j| self.word(j))
    }

    /// Whether the function word at `i` is one of these.
    pub(crate) fn is(&self, i: usize, words: &[&str]) -> bool {
        matches!(self.lex(i), Lex::Word(w) if words.contains(&w))
    }

    pub(crate) fn punct(&self, i: usize, mark: char) -> bool {
        self.lex(i) == Lex::Punct(mark)
    }

    /// Whether no white space stands before token `i`.
    pub(crate) fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| !t.gap)
    }

    pub(crate) fn capital(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.capital)
    }

    pub(crate) fn id(&self, i: usize) -> u16 {
        self.list.get(i).map_or(0, |t| t.id)
    }

    /// The text of the token.
    pub(crate) fn text(&self, i: usize) -> &'a str {
        self.list.get(i).and_then(|t| self.text.get(t.start as usize..t.end as usize)).unwrap_or("")
    }
}

struct Cutter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    list: Vec<Token>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let (mut gap, mut lines) = (true, 0);
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            if byte == b'\n' {
                lines += 1;
                gap = true;
                at += 1;
                continue;
            }
            if byte.is_ascii_whitespace() {
                gap = true;
                at += 1;
                continue;
            }
            if !byte.is_ascii() {
                let c = self.text[at..].chars().next().unwrap_or(' ');
                if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                    gap = true;
                    at += c.len_utf8();
                    continue;
                }
            }
            if lines >= 2 {
                self.push(at, at, Lex::Stop, 0, true);
            }
            at = self.token(at, gap);
            (gap, lines) = (false, 0);
        }
    }

    fn push(&mut self, start: usize, end: usize, lex: Lex, id: u16, gap: bool) {
        let capital = self.bytes.get(start).is_some_and(u8::is_ascii_uppercase);
        self.list.push(Token { start: start as u32, end: end as u32, lex, id, gap, capital });
    }

    /// End of the run of letters (and, after the first, digits) from `at`.
    fn letters(&self, mut at: usize) -> usize {
        while let Some(&byte) = self.bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                let c = self.text[at..].chars().next().unwrap_or(' ');
                if !c.is_alphanumeric() {
                    break;
                }
                at += c.len_utf8();
            }
        }
        at
    }

    /// Pushes the token at `at`; gives its end.
    fn token(&mut self, at: usize, gap: bool) -> usize {
        let byte = self.bytes[at];
        if byte.is_ascii_digit() {
            return self.number(at, gap);
        }
        if byte.is_ascii_alphabetic() {
            return self.word(at, gap);
        }
        let c = self.text[at..].chars().next().unwrap_or(' ');
        let end = at + c.len_utf8();
        if c.is_alphanumeric() && !matches!(c, '½' | '¼' | '¾') {
            let end = self.letters(at);
            self.push(at, end, Lex::Other, 0, gap);
            return end;
        }
        let (mark, id) = match c {
            '\'' | '’' | '‘' | 'ʼ' | '`' => ('\'', APOSTROPHE),
            '-' | '–' | '‐' | '‑' | '−' => ('-', HYPHEN),
            '.' => ('.', DOT),
            c => (c, 0),
        };
        self.push(at, end, Lex::Punct(mark), id, gap);
        end
    }

    fn number(&mut self, at: usize, gap: bool) -> usize {
        let mut end = at;
        let mut value: u32 = 0;
        while let Some(byte) = self.bytes.get(end).filter(|b| b.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
            end += 1;
        }
        let digits = (end - at).min(255) as u8;
        let tail = self.letters(end);
        let suffix = self.bytes.get(end..tail).unwrap_or(&[]);
        let kind = match suffix {
            [a, b]
                if matches!(
                    (a.to_ascii_lowercase(), b.to_ascii_lowercase()),
                    (b's', b't') | (b'n', b'd') | (b'r', b'd') | (b't', b'h')
                ) =>
            {
                NumKind::Ordinal
            }
            [b's'] => NumKind::Plural,
            _ => NumKind::Plain,
        };
        if kind != NumKind::Plain {
            end = tail;
        }
        self.push(at, end, Lex::Num(Num { value, digits, kind }), 0, gap);
        end
    }

    fn word(&mut self, at: usize, gap: bool) -> usize {
        let mut end = self.letters(at);
        // "a.m.", "p.m.", "B.C.", "A.D.": two single letters with dots are one word.
        if end == at + 1
            && self.bytes.get(end) == Some(&b'.')
            && self.bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
            && self.bytes.get(end + 2) == Some(&b'.')
        {
            let pair = [self.bytes[at].to_ascii_lowercase(), self.bytes[end + 1].to_ascii_lowercase()];
            let word = match &pair {
                b"am" => "am",
                b"pm" => "pm",
                b"bc" => "bc",
                b"ad" => "ad",
                _ => "",
            };
            if !word.is_empty() {
                let id = LEXICON.word(word).1;
                self.push(at, end + 3, Lex::Word(word), id, gap);
                return end + 3;
            }
        }
        let word = &self.text[at..end];
        let (mut lex, id) = LEXICON.word(word);
        if let &[b'Q', n @ b'1'..=b'4'] = word.as_bytes() {
            lex = Lex::Quarter((n - b'0') as i8);
        }
        if matches!(lex, Lex::MonthAbbr(_) | Lex::DayAbbr(_)) && self.bytes.get(end) == Some(&b'.') {
            end += 1;
        }
        self.push(at, end, lex, id, gap);
        end
    }
}
