//! Owns lines of bounded length: a line that is too long is counted and passed over, never held.

use std::io::{self, BufRead};

/// A record of a file with the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Counted from 1.
    pub number: u64,
    /// Its bytes without the line end; `None` when they are more than the limit.
    pub content: Option<Vec<u8>>,
}

/// The lines of a stream that are not blank.
pub(crate) struct Lines<R> {
    input: R,
    limit: u64,
    number: u64,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, limit: u64) -> Self {
        Lines { input, limit, number: 0, failed: false }
    }

    /// One line, blank or not; `None` at the end.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut content = Vec::new();
        let (mut over, mut any) = (false, false);
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            if !over && (content.len() + part.len()) as u64 > self.limit {
                over = true;
                content = Vec::new();
            }
            if !over {
                content.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |e| e + 1);
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if self.number == 1 && content.starts_with(b"\xef\xbb\xbf") {
            content.drain(..3);
        }
        if content.last() == Some(&b'\r') {
            content.pop();
        }
        Ok(Some(Line { number: self.number, content: (!over).then_some(content) }))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        if self.failed {
            return None;
        }
        loop {
            match self.line() {
                Ok(None) => return None,
                Ok(Some(line)) if line.content.as_ref().is_some_and(|c| c.trim_ascii().is_empty()) => {}
                Ok(Some(line)) => return Some(Ok(line)),
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    fn lines(text: &'static str, limit: u64, buffer: usize) -> Vec<(u64, Option<String>)> {
        let input = BufReader::with_capacity(buffer, Cursor::new(text));
        Lines::new(Box::new(input), limit)
            .filter_map(Result::ok)
            .map(|l| (l.number, l.content.map(|c| String::from_utf8_lossy(&c).into_owned())))
            .collect()
    }

    #[test]
    fn a_line_too_long_is_named_and_the_next_is_read() {
        for buffer in [1, 3, 64] {
            let found = lines("one\n\nvery long indeed\r\nfour\r\nfive", 6, buffer);
            let expected = [(1, Some("one")), (3, None), (4, Some("four")), (5, Some("five"))];
            assert_eq!(found, expected.map(|(n, c)| (n, c.map(str::to_owned))), "buffer of {buffer}");
        }
    }

    #[test]
    fn no_lines_in_nothing() {
        assert!(lines("", 10, 4).is_empty());
        assert!(lines("\n \n", 10, 4).is_empty());
    }
}
