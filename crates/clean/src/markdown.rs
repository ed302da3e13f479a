//! Owns the reading of Markdown: front matter, headings, paragraphs and lists, every character traced to the source.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use readout_types::{BlockKind, OriginalSpan, Segment, Span, TextPart};

use crate::article::Article;

/// Reads a document in Markdown (CommonMark with tables and strike-through; front matter between lines `---`).
///
/// Paragraphs, headings and list items become paragraphs of the article; code, rules and raw HTML are left out. The
/// front matter's `title`, `date`, `published`, `source`, `outlet`, `url` and `link` are taken over.
pub(crate) fn article(source: &str) -> Article {
    let mut found = Article::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = Writer { source, article: &mut found, open: None };
    let mut hidden = 0usize;
    let mut front = false;
    let mut hint: Option<BlockKind> = None;
    let mut image = 0usize;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::MetadataBlock(_) => front = true,
                Tag::CodeBlock(_) | Tag::HtmlBlock => {
                    writer.end();
                    hidden += 1;
                }
                Tag::Heading { level, .. } => {
                    writer.end();
                    let first = level == pulldown_cmark::HeadingLevel::H1;
                    hint = Some(if first { BlockKind::Title } else { BlockKind::Heading });
                }
                Tag::Paragraph | Tag::Item | Tag::TableRow | Tag::TableHead | Tag::BlockQuote(_) => {
                    writer.end();
                    hint = None;
                }
                Tag::Image { .. } => image += 1,
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::MetadataBlock(_) => front = false,
                TagEnd::CodeBlock | TagEnd::HtmlBlock => hidden = hidden.saturating_sub(1),
                TagEnd::Heading(_) => {
                    writer.end();
                    hint = None;
                }
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => writer.end(),
                TagEnd::TableCell => writer.space(range.end..range.end),
                TagEnd::Image => image = image.saturating_sub(1),
                _ => {}
            },
            Event::Text(text) if front => front_matter(&text, writer.article),
            Event::Text(_) | Event::Code(_) if hidden > 0 => {}
            // The words for a picture are its caption where nothing else stands in the paragraph.
            Event::Text(text) if image > 0 && writer.open.is_none() => {
                writer.push(&text, range, Some(BlockKind::Caption))
            }
            Event::Text(text) | Event::Code(text) => writer.push(&text, range, hint),
            Event::SoftBreak | Event::HardBreak => writer.space(range),
            Event::Rule => writer.end(),
            _ => {}
        }
    }
    writer.end();
    found.is_empty = found.text.trim().is_empty();
    found
}

struct Writer<'a> {
    source: &'a str,
    article: &'a mut Article,
    /// Where the open paragraph begins, and what the markup says it is.
    open: Option<(usize, Option<BlockKind>)>,
}

impl Writer<'_> {
    fn push(&mut self, text: &str, source: Range<usize>, hint: Option<BlockKind>) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            if !self.article.text.is_empty() {
                self.article.text.push_str("\n\n");
            }
            self.open = Some((self.article.text.len(), hint));
        }
        self.append(text, source);
    }

    fn space(&mut self, source: Range<usize>) {
        if self.open.is_some() && !self.article.text.ends_with(' ') {
            self.append(" ", source);
        }
    }

    fn append(&mut self, text: &str, source: Range<usize>) {
        // What was unescaped stands for its source as a whole; a copy is found in it.
        let source = match self.source.get(source.clone()) {
            Some(written) if written == text => source,
            Some(written) => match written.find(text) {
                Some(at) => source.start + at..source.start + at + text.len(),
                None => source,
            },
            None => return,
        };
        let start = self.article.text.len();
        self.article.text.push_str(text);
        if source.is_empty() {
            return;
        }
        self.article.segments.push(Segment {
            clean: Span::new(start, self.article.text.len()),
            original: OriginalSpan { part: TextPart::Text, span: Span::new(source.start, source.end) },
        });
    }

    fn end(&mut self) {
        if let Some((start, hint)) = self.open.take() {
            let end = start + self.article.text[start..].trim_end().len();
            self.article.paragraphs.push((start..end, hint));
        }
    }
}

/// Lines `name: value` of a front matter.
fn front_matter(text: &str, article: &mut Article) {
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() {
            continue;
        }
        match name.trim() {
            "title" | "headline" => article.title = Some(value.to_owned()),
            "date" | "published" => article.dates.push((value.to_owned(), "date")),
            "source" | "outlet" | "publisher" => article.site = Some(value.to_owned()),
            "url" | "link" => article.url = Some(value.to_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paragraphs, with `#` before headings, `!` before captions.
    fn check(source: &str, expected: &[&str]) -> Article {
        let article = article(source);
        let shown: Vec<String> = article
            .paragraphs
            .iter()
            .map(|(range, hint)| {
                let sign = match hint {
                    Some(BlockKind::Caption) => "! ",
                    Some(_) => "# ",
                    None => "",
                };
                format!("{sign}{}", &article.text[range.clone()])
            })
            .collect();
        assert_eq!(shown, expected, "{source:?}");
        article
    }

    #[test]
    fn blocks_and_front_matter() {
        let source = "---\ntitle: \"A call\"\ndate: 2025-03-18\nurl: https://a.example/1\n---\n# A call\n\n![The two men](p.png)\n\n\
            They **spoke**\nfor [an hour](x) &amp; met.\n\n- One.\n- Two.\n\n```\ncode\n```\n<div>raw</div>\n";
        let found = check(source, &["# A call", "! The two men", "They spoke for an hour & met.", "One.", "Two."]);
        assert_eq!((found.title.as_deref(), found.url.as_deref()), (Some("A call"), Some("https://a.example/1")));
        assert_eq!(found.dates, [("2025-03-18".to_owned(), "date")]);
    }

    proptest! {
        #[test]
        fn copies_are_copies(source in "[a-c #*_>`\\[\\]()!&;\n|-]{0,80}") {
            let article = article(&source);
            let mut at = 0;
            for segment in &article.segments {
                prop_assert!(segment.clean.range().start >= at);
                at = segment.clean.range().end;
                prop_assert!(segment.original.span.get(&source).is_some());
                let (text, origin) = (segment.clean.of(&article.text), segment.original.span.of(&source));
                prop_assert!(text == origin || text.len() != origin.len() || text == " ", "{text:?} {origin:?}");
            }
            for (range, _) in &article.paragraphs {
                prop_assert!(article.text.get(range.clone()).is_some());
            }
        }
    }
}
