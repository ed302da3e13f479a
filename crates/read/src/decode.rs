//! Owns the way from bytes to Unicode: byte order mark, valid UTF-8, the charset an HTML page declares, then a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use readout_types::Level;

/// A decoded text.
pub(crate) struct Decoded {
    /// Without a byte order mark.
    pub text: String,
    /// Lower case.
    pub encoding: &'static str,
    /// What a reader should know about it.
    pub remark: Option<(Level, String)>,
}

/// How far into a page a charset declaration is looked for; the HTML standard asks for 1024 bytes.
const DECLARATION_WINDOW: usize = 4096;

/// Decodes a whole document. `label`: the charset that its envelope declares (an HTTP or mail header), which goes before
/// the page's own. Never fails: what cannot be decoded becomes U+FFFD, with a warning.
pub(crate) fn decode(bytes: &[u8], html: bool, label: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, None);
    }
    let outside = label.and_then(|l| Encoding::for_label(l.trim().as_bytes())).map(readable_as);
    let declared = outside.or_else(|| if html { declared(bytes) } else { None });
    match std::str::from_utf8(bytes) {
        // Stateful seven-bit encodings are ASCII to the eye: a declaration tells.
        Ok(text) if !bytes.is_ascii() || declared.is_none_or(|d| d.is_ascii_compatible()) => {
            Decoded { text: text.to_owned(), encoding: "utf-8", remark: None }
        }
        Ok(_) => with(declared.unwrap_or(UTF_8), bytes, None),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            if let Some(encoding) = declared.filter(|d| *d != UTF_8) {
                return with(encoding, bytes, None);
            }
            let (good, bad) = utf8_balance(bytes);
            if good >= bad && good > 0 || declared == Some(UTF_8) {
                let what = if bad == 1 { "1 place is".to_owned() } else { format!("{bad} places are") };
                let text = String::from_utf8_lossy(bytes).into_owned();
                let message = format!("{what} not valid UTF-8 (the first on line {line}) and shown as U+FFFD");
                return Decoded { text, encoding: "utf-8", remark: Some((Level::Warning, message)) };
            }
            let mut detector = chardetng::EncodingDetector::new();
            detector.feed(bytes, true);
            let guess = detector.guess(None, false);
            let name = guess.name().to_ascii_lowercase();
            with(guess, bytes, Some(format!("not valid UTF-8 (line {line}): read as {name}, which is a guess")))
        }
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], remark: Option<String>) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let remark = match (lossy, remark) {
        (true, first) => {
            let places = text.matches('\u{fffd}').count();
            let mut message = first.map(|f| f + "; ").unwrap_or_default();
            message += &format!("{places} places are no valid {} and shown as U+FFFD", encoding.name());
            Some(message)
        }
        (false, remark) => remark,
    };
    Decoded {
        text: text.into_owned(),
        encoding: lower_name(encoding),
        remark: remark.map(|message| (Level::Warning, message)),
    }
}

/// The names of encoding_rs in lower case; there are forty, so they are listed rather than allocated.
fn lower_name(encoding: &'static Encoding) -> &'static str {
    const NAMES: [&str; 40] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "windows-1251",
        "windows-1250",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "ibm866",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "x-mac-cyrillic",
        "gbk",
        "gb18030",
        "big5",
        "euc-jp",
        "iso-2022-jp",
        "shift_jis",
        "euc-kr",
        "replacement",
        "x-user-defined",
    ];
    NAMES.into_iter().find(|n| n.eq_ignore_ascii_case(encoding.name())).unwrap_or(encoding.name())
}

/// Whether the bytes are UTF-16, by their mark or by their zeros.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).is_some_and(|(e, _)| e == UTF_16LE || e == UTF_16BE);
    marked || utf16_without_mark(bytes).is_some()
}

/// European text in UTF-16 has a zero in nearly every second byte and hardly any in the others.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(4096)];
    if window.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| window.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), window.len() / 2);
    match () {
        () if odd * 10 >= half * 7 && even * 20 <= half => Some(UTF_16LE),
        () if even * 10 >= half * 7 && odd * 20 <= half => Some(UTF_16BE),
        () => None,
    }
}

/// Sequences of several bytes that are valid UTF-8, and places that are not.
fn utf8_balance(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// The charset that a page declares: `<meta charset=…>`, `http-equiv`, or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_WINDOW)].to_ascii_lowercase();
    let after = |needle: &[u8]| -> Option<&'static Encoding> {
        let mut from = 0;
        while let Some(at) = head[from..].windows(needle.len()).position(|w| w == needle) {
            from += at + needle.len();
            let label: Vec<u8> = head[from..]
                .iter()
                .copied()
                .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
                .collect();
            if let Some(encoding) = Encoding::for_label(&label) {
                return Some(encoding);
            }
        }
        None
    };
    let found = after(b"charset").or_else(|| if head.starts_with(b"<?xml") { after(b"encoding") } else { None })?;
    Some(readable_as(found))
}

/// A text that could be searched for ASCII is not UTF-16, whatever it says; the HTML standard reads it as UTF-8.
fn readable_as(declared: &'static Encoding) -> &'static Encoding {
    match declared {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e.name() == "replacement" => WINDOWS_1252,
        e => e,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], html: bool, text: &str, encoding: &str, remark: Option<&str>) {
        let decoded = decode(bytes, html, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        match (decoded.remark, remark) {
            (None, None) => {}
            (Some((_, said)), Some(expected)) => assert!(said.contains(expected), "{said}"),
            (said, expected) => panic!("{said:?} for {expected:?}"),
        }
    }

    #[test]
    fn marks_and_valid_utf8() {
        check("Élysée".as_bytes(), false, "Élysée", "utf-8", None);
        check(b"\xef\xbb\xbfcall", false, "call", "utf-8", None);
        check(b"\xff\xfec\0a\0l\0l\0", false, "call", "utf-16le", None);
        check(b"c\0a\0l\0l\0e\0d\0", false, "called", "utf-16le", None);
        check(b"\0c\0a\0l\0l\0e\0d", false, "called", "utf-16be", None);
    }

    #[test]
    fn a_page_declares_its_charset() {
        let page = b"<html><meta charset='windows-1251'><p>\xcf\xf3\xf2\xe8\xed";
        check(page, true, "<html><meta charset='windows-1251'><p>Путин", "windows-1251", None);
        // Declared wrongly: valid UTF-8 of several bytes is no accident.
        let page = "<meta charset=iso-8859-1><p>Orbán";
        check(page.as_bytes(), true, page, "utf-8", None);
        let page = b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-16\"><p>x";
        check(page, true, std::str::from_utf8(page).unwrap_or(""), "utf-8", None);
    }

    #[test]
    fn one_bad_byte_in_utf8_stays_utf8() {
        check(b"\xc3\x89lys\xc3\xa9e\ncalled \xe9", false, "Élysée\ncalled \u{fffd}", "utf-8", Some("line 2"));
    }

    #[test]
    fn legacy_text_is_guessed_with_a_warning() {
        let text = b"Fran\xe7ois a t\xe9l\xe9phon\xe9 \xe0 Orb\xe1n, a dit l'\xc9lys\xe9e.";
        check(text, false, "François a téléphoné à Orbán, a dit l'Élysée.", "windows-1252", Some("a guess"));
    }
}
