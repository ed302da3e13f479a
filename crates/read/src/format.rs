//! Owns the look at the first bytes and the name: which format an input is in, text or not.

use serde_json::Value;

use crate::decode::is_utf16;

/// Bytes that are looked at.
pub(crate) const WINDOW: u64 = 1 << 20;

/// How an input is written and divided into documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// gzip, one member or many.
    Gzip,
    /// zstd.
    Zstd,
    /// A ZIP archive, or a DOCX file, which is one.
    Zip,
    /// A tar archive.
    Tar,
    /// A crawl: WARC, WET, WAT.
    Warc,
    /// Messages in one file, each after a line `From …`.
    Mbox,
    /// One message.
    Mail,
    /// PDF.
    Pdf,
    /// A table of comma-separated values, or of another sign.
    Csv(u8),
    /// A Parquet table.
    Parquet,
    /// A feed or a sitemap.
    Xml,
    /// A JSON Feed.
    JsonFeed,
    /// One JSON object a line.
    Lines,
    /// A JSON object over several lines, or an array of objects.
    Elements,
    /// One page.
    Html,
    /// One document in Markdown.
    Markdown,
    /// One document, whatever it is.
    Whole,
}

/// What an input is. Magic numbers go before names, names before the look of the text. `extension` is in lower case.
pub(crate) fn format(extension: &str, start: &[u8]) -> Format {
    if let Some(format) = by_magic(extension, start) {
        return format;
    }
    match extension {
        "jsonl" | "ndjson" => Format::Lines,
        "json" if is_json_feed(start) => Format::JsonFeed,
        // A file of one object a line under the wrong name is read either way.
        "json" => Format::Elements,
        "html" | "htm" | "xhtml" => Format::Html,
        "txt" | "text" => Format::Whole,
        "md" | "markdown" => Format::Markdown,
        "csv" => Format::Csv(delimiter(start)),
        "tsv" | "tab" => Format::Csv(b'\t'),
        "eml" => Format::Mail,
        "mbox" | "mbx" => Format::Mbox,
        "warc" | "wet" | "wat" => Format::Warc,
        "parquet" => Format::Parquet,
        "xml" | "rss" | "atom" | "rdf" if !looks_like_html(start) => Format::Xml,
        _ => by_look(start),
    }
}

fn by_magic(extension: &str, start: &[u8]) -> Option<Format> {
    let has = |magic: &[u8]| start.starts_with(magic);
    match () {
        () if has(b"\x1f\x8b") => Some(Format::Gzip),
        () if has(b"\x28\xb5\x2f\xfd") => Some(Format::Zstd),
        // A frame that decoders skip: here the dictionary of a crawl.
        () if start.get(1..4) == Some(b"\x2a\x4d\x18") && start[0] & 0xf0 == 0x50 => Some(Format::Zstd),
        () if has(b"PK\x03\x04") || has(b"PK\x05\x06") => Some(Format::Zip),
        () if has(b"%PDF-") => Some(Format::Pdf),
        () if has(b"PAR1") && (extension == "parquet" || binary(start).is_some()) => Some(Format::Parquet),
        () if has(b"WARC/") => Some(Format::Warc),
        () if start.get(257..262) == Some(b"ustar") => Some(Format::Tar),
        () if matches!(extension, "gz" | "tgz") => Some(Format::Gzip),
        () if matches!(extension, "zst" | "zstd") => Some(Format::Zstd),
        () if matches!(extension, "zip" | "docx") => Some(Format::Zip),
        () if extension == "pdf" => Some(Format::Pdf),
        () if extension == "tar" => Some(Format::Tar),
        () => None,
    }
}

fn by_look(start: &[u8]) -> Format {
    if is_json_feed(start) {
        return Format::JsonFeed;
    }
    match shape(start) {
        Format::Whole => {}
        json => return json,
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if text.starts_with(b"<") && !looks_like_html(text) && is_xml(text) {
        return Format::Xml;
    }
    let second = start.split(|b| *b == b'\n').nth(1).unwrap_or(b"");
    if start.starts_with(b"From ") && is_header(second) {
        return Format::Mbox;
    }
    // A message begins with headers, among them its date and who sent it.
    let head: Vec<&[u8]> = start.split(|b| *b == b'\n').take_while(|l| !l.trim_ascii().is_empty()).take(80).collect();
    let named = |name: &[u8]| head.iter().any(|l| l.len() > name.len() && l[..name.len()].eq_ignore_ascii_case(name));
    let headers = head.iter().all(|l| is_header(l) || l.starts_with(b" ") || l.starts_with(b"\t"));
    let mail = named(b"from:") && named(b"date:") && (named(b"mime-version:") || named(b"message-id:"));
    if headers && mail { Format::Mail } else { Format::Whole }
}

/// `Name: value`.
fn is_header(line: &[u8]) -> bool {
    let colon = line.iter().position(|b| *b == b':').unwrap_or(0);
    colon > 0 && line[..colon].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// Whether it begins as a feed or a sitemap does.
fn is_xml(text: &[u8]) -> bool {
    let window = &text[..text.len().min(4096)];
    [b"<rss".as_slice(), b"<feed", b"<rdf:RDF", b"<urlset", b"<sitemapindex"]
        .iter()
        .any(|root| window.windows(root.len()).any(|w| w == *root))
}

fn is_json_feed(start: &[u8]) -> bool {
    let window = &start[..start.len().min(4096)];
    let names = b"://jsonfeed.org/version/";
    window.trim_ascii_start().starts_with(b"{") && window.windows(names.len()).any(|w| w == names)
}

/// The sign between the names in a table's first line: a comma, unless another stands there more often.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|b| *b == b'\n').next().unwrap_or(b"");
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// JSON or not. JSON lines need one line that parses among the first ten.
fn shape(start: &[u8]) -> Format {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match text.first() {
        Some(b'{') => {
            let mut lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty()).take(10);
            if lines.any(|l| l.first() == Some(&b'{') && serde_json::from_slice::<Value>(l).is_ok()) {
                Format::Lines
            } else if text[1..].trim_ascii_start().first() == Some(&b'"') {
                // A line that is longer than the window is still a line.
                if text.contains(&b'\n') { Format::Elements } else { Format::Lines }
            } else {
                Format::Whole
            }
        }
        Some(b'[') if text[1..].trim_ascii_start().first() == Some(&b'{') => Format::Elements,
        _ => Format::Whole,
    }
}

/// Why these bytes are no text, in a person's words; `None` for text.
pub(crate) fn binary(bytes: &[u8]) -> Option<String> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"BZh", "a bzip2 archive; unpack it first"),
        (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7fELF", "a program"),
    ];
    // `BZh` are letters: they count only before bytes that no text has.
    let window = &bytes[..bytes.len().min(1 << 16)];
    let controls = window.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let nul = window.contains(&0);
    let magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, what)) = magic.filter(|_| nul || controls > 0) {
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
        assert_eq!(shape(b"{\"id\": 1}\n{broken\n"), Format::Lines);
        assert_eq!(shape(b"{broken\n{\"id\": 1}\n"), Format::Lines);
        assert_eq!(shape(b"{\n \"id\": 1\n}"), Format::Elements);
        assert_eq!(shape(b"\n[ {\"id\": 1} ]"), Format::Elements);
        assert_eq!(shape(b"[Photo: two men]"), Format::Whole);
        assert_eq!(shape(b"{curly} is a word"), Format::Whole);
        assert_eq!(shape(b"The call"), Format::Whole);
    }

    #[test]
    fn formats_by_magic_name_and_look() {
        for (extension, start, expected) in [
            ("txt", b"\x1f\x8b\x08".as_slice(), Format::Gzip),
            ("gz", b"", Format::Gzip),
            ("", b"\x5d\x2a\x4d\x18", Format::Zstd),
            ("docx", b"PK\x03\x04", Format::Zip),
            ("bin", b"%PDF-1.7", Format::Pdf),
            ("txt", b"PAR1S was the venue of the talks", Format::Whole),
            ("dat", b"PAR1\x15\x04\x15\0\0", Format::Parquet),
            ("gov", b"WARC/1.0\r\n", Format::Warc),
            ("csv", b"title;text\nA, B;C", Format::Csv(b';')),
            ("csv", b"text\nA", Format::Csv(b',')),
            ("xml", b"<?xml version='1.0'?><rss>", Format::Xml),
            ("xml", b"<?xml version='1.0'?><html>", Format::Whole),
            ("", b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Xml),
            ("json", b"{\"version\": \"https://jsonfeed.org/version/1.1\"", Format::JsonFeed),
            ("", b"From a@b Thu Jan  1 00:00:00 2025\nSubject: x\n", Format::Mbox),
            ("", b"From Paris he called her.\nThey spoke: for an hour.\n", Format::Whole),
            ("", b"Date: Thu\r\nFrom: a@b\r\nMessage-ID: <x>\r\n\r\nHello", Format::Mail),
            ("", b"From: A. Writer\nDate: Thu\n\nHello", Format::Whole),
            ("md", b"# Call", Format::Markdown),
        ] {
            assert_eq!(format(extension, start), expected, "{extension:?} {:?}", String::from_utf8_lossy(start));
        }
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
