//! Owns the look at the first bytes: text or not, HTML, JSON lines, a JSON file.

use serde_json::Value;

use crate::decode::is_utf16;

/// Bytes that are looked at.
pub(crate) const WINDOW: u64 = 1 << 20;

/// How an input is divided into documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One document.
    Whole,
    /// One JSON object a line.
    Lines,
    /// A JSON object over several lines, or an array of objects.
    Elements,
}

/// What an input without a telling name is. JSON lines need one line that parses among the first ten.
pub(crate) fn shape(start: &[u8]) -> Shape {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match text.first() {
        Some(b'{') => {
            let mut lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty()).take(10);
            if lines.any(|l| l.first() == Some(&b'{') && serde_json::from_slice::<Value>(l).is_ok()) {
                Shape::Lines
            } else if text[1..].trim_ascii_start().first() == Some(&b'"') {
                // A line that is longer than the window is still a line.
                if text.contains(&b'\n') { Shape::Elements } else { Shape::Lines }
            } else {
                Shape::Whole
            }
        }
        Some(b'[') if text[1..].trim_ascii_start().first() == Some(&b'{') => Shape::Elements,
        _ => Shape::Whole,
    }
}

/// Why these bytes are no text, in a person's words; `None` for text.
pub(crate) fn binary(bytes: &[u8]) -> Option<String> {
    const MAGIC: [(&[u8], &str); 14] = [
        (b"%PDF", "a PDF file; convert it to text first"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b", "a gzip archive; unpack it first"),
        (b"BZh", "a bzip2 archive; unpack it first"),
        (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7fELF", "a program"),
        (b"PAR1", "a Parquet file"),
    ];
    // `BZh` and `PAR1` are letters: they count only before bytes that no text has.
    let window = &bytes[..bytes.len().min(1 << 16)];
    let controls = window.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let nul = window.contains(&0);
    let magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, what)) = magic.filter(|(magic, _)| nul || controls > 0 || *magic == b"%PDF") {
        return Some((*what).to_owned());
    }
    if is_utf16(bytes) {
        return None;
    }
    if nul {
        return Some("binary (it contains NUL bytes)".to_owned());
    }
    (controls * 50 > window.len()).then(|| "binary (too many control characters)".to_owned())
}

/// Whether a text begins like an HTML page or fragment.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(1 << 16)];
    let mut text = window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window).trim_ascii_start();
    let starts = |text: &[u8], word: &[u8]| text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word);
    loop {
        let end: &[u8] = if starts(text, b"<!--") {
            b"-->"
        } else if starts(text, b"<?xml") {
            b"?>"
        } else {
            break;
        };
        match text.windows(end.len()).position(|w| w == end) {
            Some(at) => text = text[at + end.len()..].trim_ascii_start(),
            None => return false,
        }
    }
    if starts(text, b"<!doctype html") {
        return true;
    }
    let tag: &[&[u8]] = &[
        b"html", b"head", b"body", b"article", b"main", b"section", b"header", b"div", b"p", b"h1", b"h2", b"meta",
        b"title", b"script", b"style", b"link", b"span", b"table", b"ul", b"figure", b"center", b"font",
    ];
    let Some(rest) = text.strip_prefix(b"<") else { return false };
    let named = tag.iter().any(|t| {
        starts(rest, t) && rest.get(t.len()).is_some_and(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
    });
    named && rest.contains(&b'>')
}

/// Endings of files that stand beside articles in a folder and are none, although they are text.
pub(crate) fn not_an_article(extension: &str) -> bool {
    matches!(
        extension,
        "css"
            | "js"
            | "mjs"
            | "ts"
            | "py"
            | "rs"
            | "sh"
            | "toml"
            | "yaml"
            | "yml"
            | "ini"
            | "cfg"
            | "csv"
            | "tsv"
            | "xml"
            | "xsl"
            | "svg"
            | "log"
            | "lock"
            | "map"
            | "sql"
            | "bib"
            | "sha256"
            | "md5"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(shape(b"{\"id\": 1}\n{broken\n"), Shape::Lines);
        assert_eq!(shape(b"{broken\n{\"id\": 1}\n"), Shape::Lines);
        assert_eq!(shape(b"{\n \"id\": 1\n}"), Shape::Elements);
        assert_eq!(shape(b"\n[ {\"id\": 1} ]"), Shape::Elements);
        assert_eq!(shape(b"[Photo: two men]"), Shape::Whole);
        assert_eq!(shape(b"{curly} is a word"), Shape::Whole);
        assert_eq!(shape(b"The call"), Shape::Whole);
    }

    #[test]
    fn html_or_not() {
        for page in [
            "<!DOCTYPE html><p>",
            " <html lang=en>",
            "<!-- saved --><HTML>",
            "<p>One</p>",
            "<?xml version='1.0'?><html>",
        ] {
            assert!(looks_like_html(page.as_bytes()), "{page}");
        }
        for text in ["<\u{2026}> The talks", "<<", "< p", "<pope> said", "a <p> b", "<?xml version='1.0'?><rss>", ""] {
            assert!(!looks_like_html(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn text_is_not_binary() {
        assert_eq!(binary("PAR1S was the venue, \u{2014} they said".as_bytes()), None);
        assert_eq!(binary(b"c\0a\0l\0l\0e\0d\0"), None);
        assert!(binary(b"call\0ed").is_some_and(|w| w.contains("NUL")));
        assert!(binary(b"\x89PNG\r\n\x1a\n\0\0").is_some_and(|w| w == "an image"));
        assert!(binary(b"\x01\x02\x03abc").is_some());
    }
}
