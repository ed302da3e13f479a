//! Owns office documents: the text layer of PDF files and the paragraphs of DOCX files.

use std::io::{Read, Seek};

use quick_xml::events::Event;
use readout_types::{Level, TextFormat};
use zip::ZipArchive;

use crate::archive::zip_reason;
use crate::limits::too_long;
use crate::patience::within;
use crate::session::{Origin, Session};
use crate::sink::Flow;
use crate::unpack::{Guarded, reason};

impl Session {
    /// Reads the text layer of a PDF file.
    pub fn take_pdf(&mut self, origin: &Origin, bytes: Vec<u8>) -> Flow {
        if !bytes.starts_with(b"%PDF-") {
            return self.sink.say(Level::Error, &origin.path, "not read: no PDF file");
        }
        let time = self.shared.options.limits.document_time;
        let limit = self.shared.options.limits.max_document_bytes;
        let text = match within(time, move || pdf_extract::extract_text_from_mem(&bytes)) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => {
                let encrypted = matches!(error, pdf_extract::OutputError::PdfError(pdf_extract::Error::Decryption(_)));
                let why =
                    if encrypted { "not read: locked with a password".to_owned() } else { format!("damaged: {error}") };
                return self.sink.say(Level::Error, &origin.path, why);
            }
            Err(why) => return self.sink.say(Level::Error, &origin.path, why),
        };
        if text.len() as u64 > limit {
            return self.sink.say(Level::Error, &origin.path, too_long(limit));
        }
        if !text.chars().any(char::is_alphanumeric) {
            let why = "a PDF file without text: pages that are pictures need text recognition (OCR) first";
            return self.sink.say(Level::Error, &origin.path, why);
        }
        self.take_text(origin, text, TextFormat::Plain, "pdf", Vec::new())
    }

    /// Reads a DOCX file.
    pub fn take_docx<R: Read + Seek>(&mut self, origin: &Origin, mut archive: ZipArchive<R>) -> Flow {
        let limits = &self.shared.options.limits;
        let (limit, ratio) = (limits.max_document_bytes, limits.max_expansion);
        let mut part = |name: &str| -> Result<Vec<u8>, String> {
            let entry = archive.by_name(name).map_err(|e| zip_reason(&e))?;
            let packed = std::rc::Rc::new(std::cell::Cell::new(entry.compressed_size()));
            let mut bytes = Vec::new();
            let read = Guarded::new(entry, packed, ratio).take(limit + 1).read_to_end(&mut bytes);
            match read {
                Err(error) => Err(reason(&error)),
                Ok(_) if bytes.len() as u64 > limit => Err(too_long(limit)),
                Ok(_) => Ok(bytes),
            }
        };
        let text = part("word/document.xml").and_then(|xml| docx_text(&xml));
        let title = part("docProps/core.xml").ok().and_then(|xml| docx_title(&xml));
        match text {
            Ok(text) if text.trim().is_empty() => self.sink.say(Level::Error, &origin.path, "is empty"),
            Ok(text) => {
                let document = Origin { title: origin.title.clone().or(title), ..origin.clone() };
                self.take_text(&document, text, TextFormat::Plain, "utf-8", Vec::new())
            }
            Err(why) => self.sink.say(Level::Error, &origin.path, why),
        }
    }
}

/// The text of a document part (ECMA-376, WordprocessingML): paragraphs between empty lines, tabs and line breaks as
/// such. Deleted text and field codes are left out.
pub(crate) fn docx_text(xml: &[u8]) -> Result<String, String> {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = quick_xml::Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut inside = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "t" => inside = true,
                "p" => flush(&mut paragraph, &mut text),
                _ => {}
            },
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "t" => inside = false,
                "p" => flush(&mut paragraph, &mut text),
                _ => {}
            },
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "tab" => paragraph.push('\t'),
                "br" | "cr" => paragraph.push('\n'),
                "noBreakHyphen" => paragraph.push('-'),
                _ => {}
            },
            Ok(Event::Text(piece)) if inside => paragraph.push_str(&piece),
            Ok(Event::CData(piece)) if inside => paragraph.push_str(&piece),
            Ok(Event::GeneralRef(name)) if inside => paragraph.push_str(&reference(&name)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("damaged: {error}")),
        }
    }
    flush(&mut paragraph, &mut text);
    Ok(text)
}

fn flush(paragraph: &mut String, text: &mut String) {
    if !paragraph.trim().is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(paragraph.trim_end());
    }
    paragraph.clear();
}

/// What `&name;` stands for: the five names of XML and numbers. Others, which a document could define as it likes, are
/// left as they are written: nothing is ever expanded.
pub(crate) fn reference(name: &str) -> String {
    let number = match name.strip_prefix('#') {
        Some(n) => n.strip_prefix(['x', 'X']).map_or_else(|| n.parse().ok(), |h| u32::from_str_radix(h, 16).ok()),
        None => None,
    };
    match (name, number.and_then(char::from_u32)) {
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (_, Some(c)) => c.to_string(),
        _ => format!("&{name};"),
    }
}

/// The title in a document's properties, unless it is what the program put there.
fn docx_title(xml: &[u8]) -> Option<String> {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut title = String::new();
    let mut inside = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => inside = tag.local_name().as_ref() == "title",
            Ok(Event::End(_)) => inside = false,
            Ok(Event::Text(piece)) if inside => title.push_str(&piece),
            Ok(Event::GeneralRef(name)) if inside => title.push_str(&reference(&name)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let title = title.trim();
    (title.split_whitespace().count() >= 3).then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_without_what_was_deleted() {
        let xml = br#"<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>They spoke</w:t></w:r><w:del><w:r><w:delText>
            never</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> &amp; met.&#x20;&boom;</w:t><w:br/><w:t>Twice.</w:t>
            </w:r></w:p><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
        assert_eq!(docx_text(xml).as_deref(), Ok("They spoke & met. &boom;\nTwice.\n\nCell"));
        assert_eq!(docx_text(b"").as_deref(), Ok(""));
    }
}
