//! Owns mail: one message (EML), many in one file (MBOX), and what in a message is its article.

use std::io::{BufRead, BufReader, Read};

use mail_parser::{MessageParser, MimeHeaders, PartType};
use readout_types::{Level, TextFormat};

use crate::limits::too_long;
use crate::patience::within;
use crate::session::{Body, Origin, Session};
use crate::sink::Flow;
use crate::unpack::reason;

/// What is taken of a message.
struct Message {
    id: Option<String>,
    subject: Option<String>,
    from: Option<String>,
    date: Option<String>,
    text: String,
    html: bool,
    /// Attached messages and documents: name and content.
    attached: Vec<(String, Vec<u8>)>,
}

/// Attachments that can be articles.
const ATTACHED: [&str; 7] = ["eml", "pdf", "docx", "txt", "md", "html", "htm"];

impl Session {
    /// Reads one message.
    pub fn take_message(&mut self, origin: &Origin, bytes: Vec<u8>) -> Flow {
        let time = self.shared.options.limits.document_time;
        let message = match within(time, move || message(&bytes)) {
            Ok(Some(message)) => message,
            Ok(None) => return self.sink.say(Level::Error, &origin.path, "not read: no message"),
            Err(why) => return self.sink.say(Level::Error, &origin.path, why),
        };
        let document = Origin {
            stem: message.id.unwrap_or_else(|| origin.stem.clone()),
            title: message.subject,
            source: message.from,
            published: message.date,
            ..origin.clone()
        };
        if message.text.trim().is_empty() && !message.attached.is_empty() {
            self.sink.say(Level::Note, &origin.path, "the message itself has no text")?;
        } else {
            let format = if message.html { TextFormat::Html } else { TextFormat::Plain };
            self.take_text(&document, message.text, format, "utf-8", Vec::new())?;
        }
        for (name, content) in message.attached {
            let member = Origin { source: document.source.clone(), ..document.member(&name) };
            self.open(
                &Origin { path: format!("{}:{name}", origin.path), ..member },
                Body::Stream(&mut content.as_slice()),
            )?;
        }
        Ok(())
    }

    /// Reads a file of messages.
    pub fn open_mailbox(&mut self, origin: &Origin, input: &mut dyn Read) -> Flow {
        let limit = self.shared.options.limits.max_document_bytes;
        let mut messages = Messages::new(BufReader::with_capacity(1 << 16, input), limit);
        let mut number = 0u64;
        loop {
            let next = messages.next();
            number += 1;
            let path = format!("{}:{number}", origin.path);
            match next {
                Ok(Some(Some(bytes))) => {
                    let stem = format!("{}-{number}", origin.stem);
                    let message = Origin { path, stem, depth: origin.depth + 1, ..Origin::default() };
                    self.take_message(&message, bytes)?;
                }
                Ok(Some(None)) => self.sink.say(Level::Error, &path, too_long(limit))?,
                Ok(None) if number == 1 => return self.sink.say(Level::Error, &origin.path, "is empty"),
                Ok(None) => return Ok(()),
                Err(error) => {
                    let said = format!("after message {}: {}", number - 1, reason(&error));
                    return self.sink.say(Level::Error, &origin.path, said);
                }
            }
        }
    }
}

/// Takes a message apart.
fn message(bytes: &[u8]) -> Option<Message> {
    let message = MessageParser::default().parse(bytes)?;
    let from = message.from().and_then(|a| a.first());
    let from = from.and_then(|a| a.name().or(a.address())).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
    let written = |part: &PartType| match part {
        PartType::Text(text) => Some((text.to_string(), false)),
        PartType::Html(html) => Some((html.to_string(), true)),
        _ => None,
    };
    let plain = message.text_bodies().find_map(|p| written(&p.body).filter(|(_, html)| !html));
    let page = message.html_bodies().find_map(|p| written(&p.body).filter(|(_, html)| *html));
    // Many newsletters send a plain part that only says where to look.
    let shown = page.as_ref().map(|(html, _)| mail_parser::decoders::html::html_to_text(html).trim().len());
    let (text, html) = match (plain, page) {
        (Some(plain), Some(_)) if plain.0.trim().len() * 2 >= shown.unwrap_or(0) => plain,
        (_, Some(page)) => page,
        (Some(plain), None) => plain,
        (None, None) => (String::new(), false),
    };
    let mut attached = Vec::new();
    for (i, part) in message.attachments().enumerate() {
        match &part.body {
            PartType::Message(inner) => {
                attached.push((format!("{}.eml", i + 1), inner.raw_message().to_vec()));
            }
            _ => {
                let name = part.attachment_name().unwrap_or("").rsplit(['/', '\\']).next().unwrap_or("");
                let kind = crate::session::extension(name);
                if ATTACHED.contains(&kind.as_str()) {
                    attached.push((name.to_owned(), part.contents().to_vec()));
                }
            }
        }
    }
    if message.headers().is_empty() && text.trim().is_empty() && attached.is_empty() {
        return None;
    }
    Some(Message {
        id: message.message_id().map(|i| i.trim_matches(['<', '>', ' ']).to_owned()).filter(|i| !i.is_empty()),
        subject: message.subject().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned),
        from,
        date: message.date().map(|d| d.to_rfc3339()),
        text,
        html,
        attached,
    })
}

/// The messages of an MBOX file (RFC 4155): each begins with a line `From …` after an empty line.
struct Messages<R> {
    input: R,
    limit: u64,
    /// The line that begins the next message has been read.
    begun: bool,
    ended: bool,
}

impl<R: BufRead> Messages<R> {
    fn new(input: R, limit: u64) -> Self {
        Messages { input, limit, begun: false, ended: false }
    }

    /// The next message without its `From ` line, `>From ` restored; `Some(None)` when it is longer than the limit.
    fn next(&mut self) -> std::io::Result<Option<Option<Vec<u8>>>> {
        let mut content = Vec::new();
        let (mut over, mut after_blank) = (false, true);
        while !self.ended {
            let mut line = Vec::new();
            let n = (&mut self.input).take(self.limit + 2).read_until(b'\n', &mut line)?;
            if n == 0 {
                self.ended = true;
                break;
            }
            if after_blank && line.starts_with(b"From ") {
                if std::mem::replace(&mut self.begun, true) {
                    return Ok(Some((!over).then_some(content)));
                }
                continue;
            }
            after_blank = line.trim_ascii().is_empty();
            if !self.begun && after_blank {
                continue;
            }
            self.begun = true;
            let unquoted = line.iter().position(|b| *b != b'>').filter(|n| *n > 0 && line[*n..].starts_with(b"From "));
            let line = if unquoted.is_some() { &line[1..] } else { &line[..] };
            if !over && (content.len() + line.len()) as u64 > self.limit {
                over = true;
                content = Vec::new();
            }
            if !over {
                content.extend_from_slice(line);
            }
        }
        Ok(if std::mem::replace(&mut self.begun, false) { Some((!over).then_some(content)) } else { None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn messages(text: &str, limit: u64) -> Vec<Option<String>> {
        let mut found = Messages::new(text.as_bytes(), limit);
        std::iter::from_fn(|| found.next().ok().flatten())
            .map(|m| m.map(|m| String::from_utf8_lossy(&m).into_owned()))
            .collect()
    }

    #[test]
    fn messages_of_a_file() {
        let text = "From a Thu\nSubject: A\n\nOne.\n>From here\nFrom there\n\nFrom b Fri\nSubject: B\n\nTwo.\n";
        let first = "Subject: A\n\nOne.\nFrom here\nFrom there\n\n".to_owned();
        let second = "Subject: B\n\nTwo.\n".to_owned();
        assert_eq!(messages(text, 999), [Some(first), Some(second.clone())]);
        assert_eq!(messages(text, 30), [None, Some(second)]);
        assert_eq!(messages("", 9), []);
        assert_eq!(messages("From a\n", 9), [Some(String::new())]);
    }

    proptest! {
        #[test]
        fn they_come_to_an_end(text in "(From [a-b]\n|>From c\n|\n|x: y\n){0,20}") {
            prop_assert!(messages(&text, 16).len() <= text.matches("From ").count() + 1);
        }
    }
}
