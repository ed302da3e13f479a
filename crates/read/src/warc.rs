//! Owns crawls: the records of a WARC or WET file, and which of them are documents.
//!
//! Written from ISO 28500 (WARC/1.1, <https://iipc.github.io/warc-specifications/>). Records are passed over or held one
//! at a time, each within the limit for one document; a damaged record costs what lies before the next `WARC/` line.

use std::io::{self, BufRead, BufReader, Read};

use readout_types::{Level, TextFormat};

use crate::http_message;
use crate::limits::too_long;
use crate::session::{Origin, Session, extension};
use crate::sink::Flow;
use crate::unpack::reason;

/// The headers of one record, together, bytes.
const LONGEST_HEAD: u64 = 64 << 10;

/// The headers of a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    /// A field's value; names do not mind case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// What stands at a place of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A record; its content follows.
    Record(Head),
    /// Bytes that belong to no record were passed over, to the next record or the end.
    Damage(u64),
    /// The end.
    End,
}

/// Reads the next record's headers, `skipped` bytes of damage before it first.
pub(crate) fn head(input: &mut dyn BufRead) -> io::Result<Found> {
    let mut damage = 0u64;
    loop {
        let line = line(input)?;
        let Some(line) = line else {
            return Ok(if damage > 0 { Found::Damage(damage) } else { Found::End });
        };
        if line.text.starts_with("WARC/") && line.whole {
            if damage > 0 {
                // The record is read all the same: its first line is gone, its fields follow.
                return Ok(Found::Damage(damage));
            }
            break;
        }
        if !(line.text.trim().is_empty() && line.whole) {
            damage += line.bytes;
        }
    }
    Ok(Found::Record(fields(input)?))
}

/// The fields after a record's first line, up to the empty line.
pub(crate) fn fields(input: &mut dyn BufRead) -> io::Result<Head> {
    let mut head = Head::default();
    let mut bytes = 0;
    while let Some(line) = line(input)? {
        bytes += line.bytes;
        if bytes > LONGEST_HEAD {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a record's headers are too long"));
        }
        let text = line.text.trim_end();
        if text.is_empty() {
            break;
        }
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = head.fields.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            head.fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Ok(head)
}

struct HeadLine {
    text: String,
    bytes: u64,
    /// It ended with a line feed within the limit.
    whole: bool,
}

fn line(input: &mut dyn BufRead) -> io::Result<Option<HeadLine>> {
    let mut bytes = Vec::new();
    let n = input.take(LONGEST_HEAD).read_until(b'\n', &mut bytes)?;
    if n == 0 {
        return Ok(None);
    }
    let whole = bytes.last() == Some(&b'\n');
    Ok(Some(HeadLine { text: String::from_utf8_lossy(&bytes).into_owned(), bytes: n as u64, whole }))
}

/// Kinds of what a page is made of and no article is.
fn is_no_document(kind: &str) -> bool {
    ["image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript", "application/json"]
        .iter()
        .any(|k| kind.starts_with(k))
        || matches!(kind, "application/x-javascript" | "application/octet-stream" | "text/dns")
}

/// What of a crawl was passed over without being wrong.
#[derive(Default)]
struct Passed {
    /// Answers that are no page: errors, redirects.
    answers: u64,
    /// Pictures, scripts and the like.
    others: u64,
}

impl Session {
    /// Reads a crawl.
    pub fn open_crawl(&mut self, origin: &Origin, input: &mut dyn Read) -> Flow {
        let name = &origin.path;
        let mut input = BufReader::with_capacity(1 << 16, input);
        let (mut number, mut documents) = (0u64, 0u64);
        let mut passed = Passed::default();
        let mut after_damage = false;
        loop {
            let found = if after_damage { fields(&mut input).map(Found::Record) } else { head(&mut input) };
            after_damage = false;
            let head = match found {
                Ok(Found::Record(head)) => head,
                Ok(Found::End) => break,
                Ok(Found::Damage(bytes)) => {
                    let said = format!("after record {number}: {bytes} bytes are no record and were passed over");
                    self.sink.say(Level::Error, name, said)?;
                    after_damage = true;
                    if input.fill_buf().map_or(true, <[u8]>::is_empty) {
                        break;
                    }
                    continue;
                }
                Err(error) => {
                    let said = format!("after record {number}: {}", reason(&error));
                    return self.sink.say(Level::Error, name, said);
                }
            };
            number += 1;
            let Some(length) = head.get("Content-Length").and_then(|l| l.parse::<u64>().ok()) else {
                self.sink.say(Level::Error, name, format!("record {number}: its length is not given"))?;
                continue;
            };
            let mut content = (&mut input).take(length);
            let before = self.sink.given;
            self.take_record(origin, number, &head, &mut content, &mut passed)?;
            documents += self.sink.given - before;
            let copied = io::copy(&mut content, &mut io::sink());
            let missing = content.limit();
            if let Err(error) = copied {
                let said = format!("after record {number}: {}", reason(&error));
                return self.sink.say(Level::Error, name, said);
            }
            if missing > 0 {
                let said = format!("record {number} is cut off: {missing} of its {length} bytes are missing");
                return self.sink.say(Level::Error, name, said);
            }
        }
        if passed.answers + passed.others > 0 {
            let Passed { answers, others } = passed;
            let said =
                format!("{answers} answers that are no page and {others} pictures, scripts and the like passed over");
            self.sink.say(Level::Note, name, said)?;
        }
        match (number, documents) {
            (0, _) => self.sink.say(Level::Error, name, "is empty"),
            (_, 0) => self.sink.say(Level::Warning, name, format!("{number} records and no page among them")),
            _ => Ok(()),
        }
    }

    fn take_record(
        &mut self,
        origin: &Origin,
        number: u64,
        head: &Head,
        content: &mut dyn Read,
        passed: &mut Passed,
    ) -> Flow {
        let kind = head.get("WARC-Type").unwrap_or("");
        if !matches!(kind, "response" | "resource" | "conversion") {
            return Ok(());
        }
        let limit = self.shared.options.limits.max_document_bytes;
        let mut bytes = Vec::new();
        match content.take(limit + 1).read_to_end(&mut bytes) {
            // Said by the caller, who sees that it is cut off.
            Err(_) => return Ok(()),
            Ok(_) if bytes.len() as u64 > limit => {
                return self.sink.say(Level::Error, &origin.path, format!("record {number}: {}", too_long(limit)));
            }
            Ok(_) => {}
        }
        let mut media = head.get("Content-Type").unwrap_or("").to_ascii_lowercase();
        let mut charset = None;
        if kind == "response" {
            let answer = match http_message::answer(&bytes, limit, self.shared.options.limits.max_expansion) {
                Ok(answer) => answer,
                // Answers of other protocols (`dns:`, `ftp:`) are no pages.
                Err(_) if !media.starts_with("application/http") => return Ok(()),
                Err(why) => return self.sink.say(Level::Error, &origin.path, format!("record {number}: {why}")),
            };
            if answer.status != 200 {
                passed.answers += 1;
                return Ok(());
            }
            media = answer.media_type;
            charset = answer.charset;
            bytes = answer.body;
        }
        let url = head.get("WARC-Target-URI").map(|u| u.trim_matches(['<', '>']).to_owned());
        if is_no_document(&media) || head.get("WARC-Target-URI").is_some_and(|u| u.contains("/robots.txt")) {
            passed.others += 1;
            return Ok(());
        }
        let id =
            head.get("WARC-Record-ID").map(|i| i.trim_matches(['<', '>']).trim_start_matches("urn:uuid:").to_owned());
        let mut record = Origin {
            path: format!("{}:{number}", origin.path),
            stem: id.filter(|i| !i.is_empty()).unwrap_or_else(|| format!("{}-{number}", origin.stem)),
            extension: url.as_deref().map(|u| extension(u.split(['?', '#']).next().unwrap_or(u))).unwrap_or_default(),
            depth: origin.depth + 1,
            charset,
            url,
            ..Origin::default()
        };
        let note = |field: &str| head.get(field).map(str::to_owned);
        record.metadata.extend(note("WARC-Date").map(|d| ("crawled".to_owned(), d)));
        record.metadata.extend(note("WARC-Identified-Content-Language").map(|l| ("language".to_owned(), l)));
        if bytes.trim_ascii().is_empty() {
            return self.sink.say(Level::Note, &record.path, "skipped: is empty");
        }
        match media.as_str() {
            "application/pdf" => self.take_pdf(&record, bytes),
            "text/html" | "application/xhtml+xml" => {
                self.take_whole(&record, &mut bytes.as_slice(), Some(TextFormat::Html))
            }
            "text/plain" | "" => self.take_whole(&record, &mut bytes.as_slice(), None),
            _ => {
                passed.others += 1;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn heads_and_damage() {
        let file = "WARC/1.0\r\nWARC-Type: response\r\nX-Long: one\r\n two\r\ncontent-length: 0\r\n\r\n\r\n\r\nnoise\r\nWARC/1.0\r\n";
        let mut input = Cursor::new(file);
        let Ok(Found::Record(first)) = head(&mut input) else { panic!("no record") };
        assert_eq!((first.get("content-length"), first.get("X-LONG")), (Some("0"), Some("one two")));
        assert_eq!(head(&mut input).ok(), Some(Found::Damage(7)));
        assert_eq!(head(&mut Cursor::new("")).ok(), Some(Found::End));
        assert_eq!(head(&mut Cursor::new("\r\n\r\n")).ok(), Some(Found::End));
    }
}
