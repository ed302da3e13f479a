//! Owns recorded HTTP answers: status, kind, charset, and the body without its transfer and content codings.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::limits::too_long;
use crate::unpack::{Counted, Guarded, reason};

/// An answer as a crawl keeps it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub status: u16,
    /// In lower case, without parameters; empty when not given.
    pub media_type: String,
    pub charset: Option<String>,
    pub body: Vec<u8>,
}

/// Headers that are looked at.
const HEADERS: usize = 128;

/// Takes an answer apart. Crawlers that have undone a coding often leave its header: a body that is not chunked, or not
/// compressed, is taken as it is. `Err` says why there is none.
pub(crate) fn answer(bytes: &[u8], limit: u64, ratio: u64) -> Result<Answer, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    let start = match config.parse_response(&mut response, bytes) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err("the headers of the answer are cut off".to_owned()),
        Err(error) => return Err(format!("no HTTP answer: {error}")),
    };
    let get = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).trim().to_owned())
    };
    let status = response.code.unwrap_or(0);
    let (media_type, charset) = media(get("content-type").as_deref().unwrap_or(""));
    let mut body = bytes[start..].to_vec();
    if get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"))
        && let Some(whole) = unchunked(&body)
    {
        body = whole;
    }
    let coding = get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let unpacked = match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Some(unpack(&body, limit, ratio, MultiGzDecoder::new)?),
        "deflate" if body.first() == Some(&0x78) => Some(unpack(&body, limit, ratio, ZlibDecoder::new)?),
        "br" if std::str::from_utf8(&body).is_err() => return Err("not read: compressed with Brotli".to_owned()),
        _ => None,
    };
    Ok(Answer { status, media_type, charset, body: unpacked.unwrap_or(body) })
}

fn unpack<'a, D: Read + 'a>(
    body: &'a [u8],
    limit: u64,
    ratio: u64,
    decoder: impl FnOnce(Counted<&'a [u8]>) -> D,
) -> Result<Vec<u8>, String> {
    let (counted, packed) = Counted::new(body);
    let mut plain = Vec::new();
    let read = Guarded::new(decoder(counted), packed, ratio).take(limit + 1).read_to_end(&mut plain);
    match read {
        Err(error) => Err(reason(&error)),
        Ok(_) if plain.len() as u64 > limit => Err(too_long(limit)),
        Ok(_) => Ok(plain),
    }
}

/// What a gzip file holds, within limits.
pub(crate) fn gunzip(bytes: &[u8], limit: u64, ratio: u64) -> Result<Vec<u8>, String> {
    unpack(bytes, limit, ratio, MultiGzDecoder::new)
}

/// A `Content-Type`: the kind in lower case, and the charset.
pub(crate) fn media(content_type: &str) -> (String, Option<String>) {
    let mut parts = content_type.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset.filter(|c| !c.is_empty()))
}

/// A body in chunks (RFC 9112, section 7.1) put together; `None` when it is not in chunks. A cut-off end is left out.
pub(crate) fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut first = true;
    loop {
        let Some(end) = rest.iter().take(1024).position(|b| *b == b'\n') else {
            return if first { None } else { Some(whole) };
        };
        let line = rest[..end].trim_ascii();
        let size = line.split(|b| *b == b';').next().unwrap_or(b"").trim_ascii();
        let size = std::str::from_utf8(size).ok().and_then(|s| usize::from_str_radix(s, 16).ok());
        let Some(size) = size else { return if first { None } else { Some(whole) } };
        first = false;
        rest = &rest[end + 1..];
        if size == 0 || rest.is_empty() {
            return Some(whole);
        }
        let taken = size.min(rest.len());
        whole.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    #[test]
    fn codings_are_undone_where_they_are_there() {
        let answer = |head: &str, body: &[u8]| {
            let bytes = [head.as_bytes(), b"\r\n\r\n", body].concat();
            super::answer(&bytes, 1000, 250).map(|a| (a.status, a.media_type, a.charset, a.body))
        };
        let html = |body: &[u8]| Ok((200, "text/html".to_owned(), None, body.to_vec()));
        let plain = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
        assert_eq!(answer(plain, b"<p>A"), html(b"<p>A"));
        let chunked = format!("{plain}\r\nTransfer-Encoding: chunked");
        assert_eq!(answer(&chunked, b"3\r\n<p>\r\n1;x=y\r\nA\r\n0\r\n\r\n"), html(b"<p>A"));
        assert_eq!(answer(&chunked, b"<p>A was not chunked"), html(b"<p>A was not chunked"));
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"<p>A").unwrap();
        let packed = encoder.finish().unwrap();
        let gzip = format!("{plain}\r\nContent-Encoding: gzip");
        assert_eq!(answer(&gzip, &packed), html(b"<p>A"));
        assert_eq!(answer(&gzip, b"<p>A"), html(b"<p>A"));
        assert!(answer(&gzip, &packed[..packed.len() - 9]).is_err_and(|e| e.contains("cut off")));
        assert!(answer("SSH-2.0", b"").is_err());
        assert_eq!(
            answer("HTTP/1.0 404 No\r\nContent-Type: Text/HTML; Charset=\"KOI8-R\"", b""),
            Ok((404, "text/html".to_owned(), Some("KOI8-R".to_owned()), Vec::new()))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = answer(&bytes, 100, 250);
            let _ = answer(&[b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice(), &bytes].concat(), 100, 250);
            let _ = unchunked(&bytes);
        }
    }
}
