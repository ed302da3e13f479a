//! Owns the cutting of a JSON file into its objects without parsing it whole: one object, an array, or a sequence.

use std::io::{self, BufRead};

use crate::lines::Line;

/// The values of a JSON file: the elements of its array, or its top-level values one after the other. Each is found by
/// counting brackets outside strings, so that a broken one does not hide the next and none is held beyond the limit.
pub(crate) struct Elements<R> {
    input: R,
    limit: u64,
    line: u64,
    /// Inside the outer array.
    in_array: bool,
    done: bool,
    first: bool,
}

impl<R: BufRead> Elements<R> {
    pub fn new(input: R, limit: u64) -> Self {
        Elements { input, limit, line: 1, in_array: false, done: false, first: true }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(chunk) => return Ok(chunk.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn step(&mut self, byte: u8) {
        self.input.consume(1);
        if byte == b'\n' {
            self.line += 1;
        }
    }

    /// The next value; `None` at the end.
    fn value(&mut self) -> io::Result<Option<Line>> {
        loop {
            let Some(byte) = self.peek()? else { return Ok(None) };
            let opens = byte == b'[' && self.first;
            let byte_order_mark = self.first && matches!(byte, 0xef | 0xbb | 0xbf);
            let closes = byte == b']' && self.in_array;
            if byte.is_ascii_whitespace() || byte == b',' || byte_order_mark || opens || closes {
                self.step(byte);
                if opens {
                    self.in_array = true;
                    self.first = false;
                }
                if closes {
                    self.in_array = false;
                }
                continue;
            }
            self.first = false;
            break;
        }
        let number = self.line;
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        let mut content = Vec::new();
        let mut over = false;
        while let Some(byte) = self.peek()? {
            if quoted {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => quoted = false,
                    // No JSON string runs over a line: a quotation mark was left out. Start afresh outside of it.
                    b'\n' => quoted = false,
                    _ => {}
                }
            } else {
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => depth -= 1,
                    b']' | b',' | b'}' if depth == 0 && !content.is_empty() => break,
                    b'\n' if depth == 0 => break,
                    _ => {}
                }
            }
            self.step(byte);
            if content.len() as u64 >= self.limit {
                over = true;
            } else {
                content.push(byte);
            }
            if depth == 0 && !quoted && matches!(byte, b'}' | b']') {
                break;
            }
        }
        Ok(Some(Line { number, content: (!over).then_some(content) }))
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        if self.done {
            return None;
        }
        match self.value() {
            Ok(None) => {
                self.done = true;
                None
            }
            Ok(Some(line)) => Some(Ok(line)),
            Err(error) => {
                self.done = true;
                Some(Err(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn elements(text: &str, limit: u64) -> Vec<(u64, Option<String>)> {
        Elements::new(Box::new(Cursor::new(text.as_bytes().to_vec())), limit)
            .filter_map(Result::ok)
            .map(|l| (l.number, l.content.map(|c| String::from_utf8_lossy(&c).into_owned())))
            .collect()
    }

    #[test]
    fn one_object_an_array_or_a_sequence() {
        let one = |n, s: &str| (n, Some(s.to_owned()));
        assert_eq!(elements("\u{feff}{\"a\": \"}\"}", 99), [one(1, "{\"a\": \"}\"}")]);
        assert_eq!(elements("[\n {\"a\": [1]},\n {\"b\": 2}\n]\n", 99), [one(2, "{\"a\": [1]}"), one(3, "{\"b\": 2}")]);
        assert_eq!(elements("{}\n{\"b\": \"\\\"{\"}", 99), [one(1, "{}"), one(2, "{\"b\": \"\\\"{\"}")]);
        assert_eq!(elements("[]", 99), []);
        assert_eq!(elements("hello\n", 99), [one(1, "hello")]);
    }

    #[test]
    fn an_object_too_long_does_not_hide_the_next() {
        assert_eq!(elements("[{\"a\": \"aaaaaaaaaa\"}, {}]", 9), [(1, None), (1, Some("{}".to_owned()))]);
    }

    proptest! {
        #[test]
        fn it_always_comes_to_an_end(text in "[\\[\\]{}\",a \\\\\n]{0,60}") {
            prop_assert!(elements(&text, 20).len() <= text.len());
        }
    }
}
