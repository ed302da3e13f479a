//! Owns quotation marks: which stretches of a document stand between them, paragraph by paragraph.

use readout_types::{CleanDocument, Span};

/// Longest stretch between single marks, in bytes: an apostrophe further away closes nothing.
const SINGLE_REACH: usize = 400;

/// A stretch in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Bytes of the clean text, with the marks; to the end of the paragraph where none closes it.
    pub span: Span,
    /// The words between the marks.
    pub inner: Span,
    /// Whether a mark closes it. A quotation of several paragraphs has one only at its end.
    pub closed: bool,
    /// Whether the paragraph begins with it.
    pub opens_block: bool,
    /// Index of the paragraph.
    pub block: u32,
}

/// The quotations of a document in order; those inside others are not listed.
pub fn find(document: &CleanDocument) -> Vec<Quote> {
    let mut out = Vec::new();
    for (index, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_text()) {
        let text = block.span.of(&document.text);
        in_block(text, &mut |open, inner, close, closed| {
            let at = |byte: usize| block.span.start as usize + byte;
            out.push(Quote {
                span: Span::new(at(open), at(close)),
                inner: Span::new(at(inner.0), at(inner.1)),
                closed,
                opens_block: text[..open].chars().rev().find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| c == '\n'),
                block: index as u32,
            });
        });
    }
    out
}

/// A quotation mark: bytes it takes, and whether it can open or close by its shape alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Either,
}

fn double(rest: &str) -> Option<(usize, Mark)> {
    let first = rest.chars().next()?;
    match first {
        '“' | '„' | '«' | '‟' => Some((first.len_utf8(), Mark::Open)),
        '”' | '»' => Some((first.len_utf8(), Mark::Close)),
        '"' | '″' => Some((first.len_utf8(), Mark::Either)),
        _ if rest.starts_with("``") => Some((2, Mark::Open)),
        _ if rest.starts_with("''") || rest.starts_with("’’") => Some((2 * first.len_utf8(), Mark::Either)),
        _ => None,
    }
}

/// Hands on each quotation of a block: opening byte, bytes between the marks, end byte, whether it is closed.
fn in_block(text: &str, found: &mut dyn FnMut(usize, (usize, usize), usize, bool)) {
    let mut at = 0;
    let mut open: Option<(usize, usize)> = None;
    let mut before = ' ';
    while at < text.len() {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        // A line that begins with a mark of its own ends what the line before has left open.
        if first == '\n'
            && double(rest.trim_start()).is_some_and(|(_, mark)| mark != Mark::Close)
            && let Some((start, inner)) = open.take()
        {
            found(start, (inner, at.max(inner)), at.max(inner), false);
        }
        if open.is_some() && rest.starts_with("'''") && !rest.starts_with("''''") {
            // The end of a quotation inside another: one mark, then two.
            at += 1;
            before = '\'';
            continue;
        }
        if let Some((len, mark)) = double(rest) {
            let after = rest[len..].chars().next().unwrap_or(' ');
            let begins = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '‘' | '\'' | '/');
            let word_after =
                after.is_alphanumeric() || matches!(after, '[' | '‘' | '\'' | '…' | '.' | '$' | '#' | '@' | '(');
            match open {
                // A mark before a word opens: the one that should have closed the last is missing, or this one is inside it.
                Some(_) if mark == Mark::Open => {}
                Some(_) if mark == Mark::Either && begins && word_after && !before.is_whitespace() => {}
                Some((start, inner)) => {
                    found(start, (inner, at), at + len, true);
                    open = None;
                }
                None if mark == Mark::Close && !(begins && word_after) => {}
                None if mark == Mark::Either && !begins && !word_after => {}
                None if mark == Mark::Either && before.is_ascii_digit() && !word_after => {}
                None => open = Some((at, at + len)),
            }
            at += len;
            before = '"';
            continue;
        }
        if open.is_none()
            && matches!(first, '‘' | '\'')
            && (before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–'))
            && let Some((inner, close)) = single(rest, first.len_utf8())
        {
            found(at, (at + inner, at + close.0), at + close.1, true);
            before = '\'';
            at += close.1;
            continue;
        }
        before = first;
        at += first.len_utf8();
    }
    if let Some((start, inner)) = open {
        let end = text.trim_end().len().max(inner);
        found(start, (inner, end), end, false);
    }
}

/// Where a single mark at the start of `rest` is closed: start of the words, and start and end of the closing mark.
fn single(rest: &str, len: usize) -> Option<(usize, (usize, usize))> {
    let word = rest[len..].chars().next()?;
    if !word.is_alphabetic() && word != '[' || is_elision(&rest[len..]) {
        return None;
    }
    let mut last = None;
    let mut before = word;
    for (at, c) in rest[len..].char_indices() {
        if at > SINGLE_REACH || double(&rest[len + at..]).is_some_and(|d| d.1 != Mark::Either || c == '"') {
            break;
        }
        let after = rest[len + at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if matches!(c, '’' | '\'') && !after.is_alphanumeric() {
            let close = (len + at, len + at + c.len_utf8());
            if matches!(before, ',' | '.' | '?' | '!' | '…') {
                return Some((len, close));
            }
            // "The leaders’ meeting": an s before the mark may be a plural's; the first that is none, or the last of all.
            if before != 's' {
                return Some((len, close));
            }
            last = last.or(Some(close));
        }
        before = c;
    }
    last.map(|close| (len, close))
}

/// "'Tis", "'em", "'cause": an apostrophe, no mark.
fn is_elision(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    matches!(
        word[..end].to_lowercase().as_str(),
        "tis" | "em" | "cause" | "til" | "twas" | "s" | "n" | "bout" | "round"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        in_block(text, &mut |open, _, close, closed| {
            out.push(format!("{}{}", &text[open..close], if closed { "" } else { "…" }));
        });
        out
    }

    #[test]
    fn marks_of_all_shapes() {
        for (text, expected) in [
            ("“We spoke,” she said. “It was good.”", vec!["“We spoke,”", "“It was good.”"]),
            ("\"We spoke,\" she said. \"It was good.\"", vec!["\"We spoke,\"", "\"It was good.\""]),
            ("''We spoke,'' she said.", vec!["''We spoke,''"]),
            ("``We spoke,'' she said.", vec!["``We spoke,''"]),
            ("‘We spoke,’ she said of the leaders’ call.", vec!["‘We spoke,’"]),
            ("Envoy: 'We can't go on' with it", vec!["'We can't go on'"]),
            ("It was the leaders' first call in the '90s.", vec![]),
            ("“It goes on", vec!["“It goes on…"]),
            ("He said “he told me ‘no’ twice” and left", vec!["“he told me ‘no’ twice”"]),
            ("A 6\" pipe", vec![]),
            ("“It goes\non” so\n“Again\n“and again”", vec!["“It goes\non”", "“Again…", "“and again”"]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
