//! Owns the reading of HTML source: its visible text in blocks, every character traced to the bytes it came from.
//!
//! This is no browser: tags are scanned, not nested into a tree, so that nothing but the text itself has to be right.
//! Which blocks are the article is decided elsewhere (`article`).

use std::ops::Range;

use readout_types::BlockKind;

use crate::depth::Depth;
use crate::prose::{ends_sentence, tail};

/// A stretch of visible text and its source. Equal lengths: copied; otherwise (an entity, folded white space) it stands
/// for the whole source range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub text: String,
    pub source: Range<usize>,
}

/// The text of one block element, without white space around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceBlock {
    pub runs: Vec<Run>,
    /// Title for `h1` and `title`, heading, caption, related for list items.
    pub hint: Option<BlockKind>,
    /// Inside navigation, footers, asides, forms, buttons.
    pub aside: bool,
    /// The page's `title` element.
    pub is_page_title: bool,
    /// Bytes of the text that are in links.
    pub linked: usize,
}

impl SourceBlock {
    /// Its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }
}

/// What a page says about itself and shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub blocks: Vec<SourceBlock>,
    /// `name` or `property` of `meta` elements in lower case, and their content.
    pub meta: Vec<(String, String)>,
    /// `datetime` of the `time` elements, in order.
    pub times: Vec<String>,
    /// Contents of `application/ld+json` scripts.
    pub json_ld: Vec<String>,
    /// Deepest nesting of elements; rather too deep than too flat.
    pub depth: usize,
}

impl Page {
    /// The content of the first of these `meta` elements that is there and not blank.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.meta.iter().find(|(n, c)| n == name && !c.trim().is_empty()).map(|(_, c)| c.trim()))
    }
}

/// Reads a page's source.
pub(crate) fn read(source: &str) -> Page {
    let mut scan = Scan { source, ..Scan::default() };
    scan.run();
    scan.page
}

#[derive(Default)]
struct Scan<'a> {
    source: &'a str,
    page: Page,
    open: SourceBlock,
    /// White space seen since the last character, as a source range.
    space: Option<Range<usize>>,
    aside: usize,
    caption: usize,
    heading: Option<BlockKind>,
    item: usize,
    link: usize,
    depth: Depth,
    /// Elements of [`HIDDEN`] that are nowhere closed in the rest of the page.
    unclosed: Vec<&'static str>,
    /// Whether the last run is as it stands in the source.
    is_copy: bool,
}

/// Elements whose content is not shown, or not as text.
const HIDDEN: [&str; 12] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea", "canvas",
    "audio",
];

impl<'a> Scan<'a> {
    fn run(&mut self) {
        let source = self.source;
        let mut at = 0;
        while at < source.len() {
            let next = source[at..].find('<').map_or(source.len(), |n| at + n);
            self.text(at..next);
            if next >= source.len() {
                break;
            }
            at = self.markup(next);
        }
        self.flush();
        self.page.depth = self.depth.most();
    }

    /// Reads what begins with `<` at `at`; returns where to go on.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(self.source.len(), |n| at + 4 + n + 3);
        }
        let Some(second) = rest[1..].chars().next() else {
            self.text(at..self.source.len());
            return self.source.len();
        };
        if second == '!' || second == '?' {
            return rest.find('>').map_or(self.source.len(), |n| at + n + 1);
        }
        if !second.is_ascii_alphabetic() && second != '/' {
            // A sign, not a tag.
            self.text(at..at + 1);
            return at + 1;
        }
        let end = tag_end(self.source, at);
        let closing = second == '/';
        let inner = self.source[at + 1 + usize::from(closing)..end].trim_end_matches('>');
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        let attributes = &inner[name_end..];
        if closing {
            self.close(&name, at..end);
            return end;
        }
        if let Some(hidden) = HIDDEN.iter().find(|h| **h == name) {
            if attributes.trim_end().ends_with('/') && matches!(*hidden, "svg" | "math" | "iframe" | "object") {
                return end;
            }
            let Some((content, after)) = self.until_close(end, hidden) else {
                // Never closed: nothing is hidden, or the rest of the page would be lost.
                self.depth.open(hidden);
                return end;
            };
            if !matches!(*hidden, "script" | "style" | "textarea" | "iframe") {
                self.depth.hidden(content);
            }
            if *hidden == "script"
                && attribute(attributes, "type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json"))
            {
                self.page.json_ld.push(content.to_owned());
            }
            return after;
        }
        self.open(&name, attributes, at..end)
    }

    fn open(&mut self, name: &str, attributes: &str, tag: Range<usize>) -> usize {
        self.depth.open(name);
        match name {
            "meta" => {
                let key = attribute(attributes, "property").or_else(|| attribute(attributes, "name"));
                let key = key.or_else(|| attribute(attributes, "itemprop"));
                if let (Some(key), Some(content)) = (key, attribute(attributes, "content")) {
                    self.page.meta.push((key.to_ascii_lowercase(), content));
                }
            }
            "time" => {
                if let Some(when) = attribute(attributes, "datetime") {
                    self.page.times.push(when);
                }
            }
            "title" => {
                self.flush();
                let (content, after) = self.until_close(tag.end, "title").unwrap_or(("", tag.end));
                let start = tag.end;
                self.text(start..start + content.len());
                self.open.is_page_title = true;
                self.open.hint = Some(BlockKind::Title);
                self.flush();
                self.depth.close("title");
                return after;
            }
            "br" => self.line_break(tag.clone()),
            "a" => self.link += 1,
            "nav" | "footer" | "aside" | "form" | "button" | "menu" => {
                self.flush();
                self.aside += 1;
            }
            "figcaption" | "caption" => {
                self.flush();
                self.caption += 1;
            }
            "h1" => {
                self.flush();
                self.heading = Some(BlockKind::Title);
            }
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = Some(BlockKind::Heading);
            }
            "li" => {
                self.flush();
                self.item += 1;
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        tag.end
    }

    fn close(&mut self, name: &str, tag: Range<usize>) {
        self.depth.close(name);
        match name {
            "a" => self.link = self.link.saturating_sub(1),
            "br" => self.line_break(tag),
            "nav" | "footer" | "aside" | "form" | "button" | "menu" => {
                self.flush();
                self.aside = self.aside.saturating_sub(1);
            }
            "figcaption" | "caption" => {
                self.flush();
                self.caption = self.caption.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = None;
            }
            "li" => {
                self.flush();
                self.item = self.item.saturating_sub(1);
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    /// One break inside a sentence is white space; at a sentence end, or doubled, it ends the block.
    fn line_break(&mut self, tag: Range<usize>) {
        let Some(last) = self.open.runs.last() else { return };
        let after_break = self.space.as_ref().is_some_and(|s| self.source[s.clone()].contains('<'));
        if after_break || ends_sentence(tail(&last.text, 80).1) {
            self.flush();
        } else {
            self.space = Some(self.space.as_ref().map_or(tag.start, |s| s.start)..tag.end);
        }
    }

    /// Takes a stretch of source that holds no tags.
    fn text(&mut self, range: Range<usize>) {
        let source = self.source;
        let mut at = range.start;
        while at < range.end {
            let rest = &source[at..range.end];
            let c = rest.chars().next().unwrap_or(' ');
            if c == '&'
                && let Some((decoded, len)) = entity(rest)
            {
                if decoded.chars().all(char::is_whitespace) {
                    self.add_space(at..at + len);
                } else {
                    self.push(&decoded, at..at + len);
                }
                at += len;
                continue;
            }
            if c.is_whitespace() {
                let len = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                self.add_space(at..at + len);
                at += len;
                continue;
            }
            let first = c.len_utf8();
            let len = rest[first..].find(|c: char| c.is_whitespace() || c == '&').map_or(rest.len(), |n| n + first);
            self.push(&rest[..len], at..at + len);
            at += len;
        }
    }

    fn add_space(&mut self, range: Range<usize>) {
        if !self.open.runs.is_empty() {
            self.space = Some(self.space.as_ref().map_or(range.start, |s| s.start)..range.end);
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>) {
        if let Some(space) = self.space.take() {
            self.append(" ", space);
        }
        if self.open.runs.is_empty() {
            self.open.hint = match () {
                () if self.caption > 0 => Some(BlockKind::Caption),
                () if self.heading.is_some() => self.heading,
                () if self.item > 0 => Some(BlockKind::Related),
                () => None,
            };
            self.open.aside = self.aside > 0;
        }
        if self.link > 0 {
            self.open.linked += text.len();
        }
        self.append(text, source);
    }

    fn append(&mut self, text: &str, source: Range<usize>) {
        let copied = text.len() == source.len() && self.source[source.clone()] == *text;
        if copied
            && let Some(last) = self.open.runs.last_mut()
            && self.is_copy
            && last.source.end == source.start
        {
            last.text.push_str(text);
            last.source.end = source.end;
            return;
        }
        self.is_copy = copied;
        self.open.runs.push(Run { text: text.to_owned(), source });
    }

    /// The content up to the closing tag of `name`, and the byte after that tag; `None` where there is none.
    fn until_close(&mut self, from: usize, name: &'static str) -> Option<(&'a str, usize)> {
        // Looked for once: a page of tags that are never closed is read in one go.
        if self.unclosed.contains(&name) {
            return None;
        }
        let found = until_close(self.source, from, name);
        if found.is_none() {
            self.unclosed.push(name);
        }
        found
    }

    fn flush(&mut self) {
        self.space = None;
        let block = std::mem::take(&mut self.open);
        if !block.runs.is_empty() {
            self.page.blocks.push(block);
        }
    }
}

/// The byte after a tag that begins at `at`; a `>` inside a quoted value does not end it.
fn tag_end(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    let mut quote = None;
    let mut after_equals = false;
    // A quotation mark that is never closed must not swallow the page.
    let limit = (at + 64 * 1024).min(bytes.len());
    let mut first_end = None;
    for (i, byte) in bytes[at..limit].iter().enumerate() {
        match (quote, byte) {
            (Some(q), b) if q == *b => quote = None,
            (Some(_), b'>') => first_end = first_end.or(Some(at + i + 1)),
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (None, b'>') => return at + i + 1,
            _ => {}
        }
        after_equals = *byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    let end = first_end.unwrap_or(limit);
    (end..=source.len()).find(|e| source.is_char_boundary(*e)).unwrap_or(source.len())
}

fn until_close<'a>(source: &'a str, from: usize, name: &str) -> Option<(&'a str, usize)> {
    let bytes = source.as_bytes();
    let mut at = from;
    while let Some(found) = source[at..].find("</") {
        let start = at + found;
        let after = start + 2 + name.len();
        if bytes.get(start + 2..after).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            let end = source[after..].find('>').map_or(source.len(), |n| after + n + 1);
            return Some((&source[from..start], end));
        }
        at = start + 2;
    }
    None
}

/// The value of an attribute, entities decoded.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' && bytes[at] != b'/' {
            at += 1;
        }
        let found = attributes[start..at].eq_ignore_ascii_case(name);
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            if at == start {
                at += 1;
                while !attributes.is_char_boundary(at.min(attributes.len())) {
                    at += 1;
                }
            }
            continue;
        }
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let (from, to) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let from = at + 1;
                let to = bytes[from..].iter().position(|b| b == quote).map_or(bytes.len(), |n| from + n);
                at = to + 1;
                (from, to)
            }
            _ => {
                let from = at;
                while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                (from, at)
            }
        };
        if found {
            return Some(html_escape::decode_html_entities(&attributes[from..to]).into_owned());
        }
    }
    None
}

/// The characters that an entity at the start of `text` stands for, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let body = &text.as_bytes()[1..];
    let len =
        body.iter().take(34).position(|b| !(b.is_ascii_alphanumeric() || *b == b'#')).unwrap_or(body.len().min(34));
    if len == 0 || len == 34 {
        return None;
    }
    let closed = body.get(len) == Some(&b';');
    let whole = &text[..1 + len + usize::from(closed)];
    // Windows numbers for quotation marks are common in old pages and mean what they mean there.
    if let Some(code) = number(&text[1..=len])
        && (0x80..0xA0).contains(&code)
    {
        let (decoded, _) = encoding_of_windows(code as u8)?;
        return Some((decoded, whole.len()));
    }
    let spelled = if closed { whole.to_owned() } else { format!("{whole};") };
    let decoded = html_escape::decode_html_entities(&spelled).into_owned();
    // Without its semicolon only the oldest names are entities; `&copy=1` in running text is none.
    let old =
        matches!(&text[1..=len], "amp" | "lt" | "gt" | "quot" | "nbsp" | "copy" | "reg") || text[1..].starts_with('#');
    (decoded != spelled && (closed || old)).then_some((decoded, whole.len()))
}

fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// The character of a byte of windows-1252 between 0x80 and 0x9F.
fn encoding_of_windows(byte: u8) -> Option<(String, usize)> {
    const TABLE: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let c = TABLE.get(usize::from(byte.checked_sub(0x80)?))?;
    Some((c.to_string(), 1))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "main"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "blockquote"
            | "pre"
            | "figure"
            | "fieldset"
            | "hr"
            | "body"
            | "html"
            | "head"
            | "address"
            | "details"
            | "summary"
            | "center"
            | "video"
            | "picture"
            | "img"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Blocks as `hint: text`.
    fn check(source: &str, expected: &[&str]) {
        let shown: Vec<String> = read(source)
            .blocks
            .iter()
            .map(|b| match b.hint {
                Some(hint) => format!("{hint:?}: {}", b.text()),
                None => b.text(),
            })
            .collect();
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn blocks_and_hints() {
        check(
            "<title>A call &mdash; Post</title><body><h1>A  call</h1><p>They\n<b>sp</b>oke &amp; met.<p>Twice<br>that day.<br><br>Then<script>x<y</script> no more.",
            &["Title: A call — Post", "Title: A call", "They spoke & met.", "Twice that day.", "Then no more."],
        );
        check(
            "<figure><img alt='a > b'><figcaption>The king.</figcaption></figure><ul><li>One<li>Two</ul>",
            &["Caption: The king.", "Related: One", "Related: Two"],
        );
        check("1 < 2 &unknown; &#8217;&#x2019; &#146; AT&T <!-- no --> yes", &["1 < 2 &unknown; ’’ ’ AT&T yes"]);
        check("<script>never closed <p>They spoke.", &["never closed", "They spoke."]);
    }

    #[test]
    fn depth_is_never_underestimated() {
        for (source, depth) in [
            ("<div><p>One<p>Two<b>three</b></div><div><i>x</i></div>", 2),
            ("<div></x><div></x><div></x>", 3),
            ("<noscript><div><div><div></noscript>", 4),
            ("<div><svg><path d='1'/><path d='2'/></svg>", 2),
            ("<svg><svg><svg>", 3),
            ("<script>if (a<b) { c<d }</script>", 0),
        ] {
            assert_eq!(read(source).depth, depth, "{source}");
        }
    }

    #[test]
    fn what_a_page_says_about_itself() {
        let page = read(
            "<meta property='og:site_name' content='The &quot;Post&quot;'><meta name=author content=Berg><time datetime=\"2025-03-01\">1 March</time><script type='application/ld+json'>{}</script>",
        );
        assert_eq!(page.meta(&["og:site_name"]), Some("The \"Post\""));
        assert_eq!(page.meta(&["author"]), Some("Berg"));
        assert_eq!((page.times.len(), page.json_ld.len()), (1, 1));
    }

    proptest! {
        #[test]
        fn every_run_is_in_the_source(source in "[a-c<>/&;#\"'= \nép!-]{0,120}|(<p>|<br>|</p>|<a href='|&amp;|x|é| |<!--|-->|<li>){0,40}") {
            for block in read(&source).blocks {
                let mut at = 0;
                for run in block.runs {
                    prop_assert!(run.source.start >= at && run.source.end <= source.len());
                    prop_assert!(source.get(run.source.clone()).is_some());
                    if run.source.len() == run.text.len() && run.text != " " {
                        prop_assert_eq!(&source[run.source.clone()], run.text.as_str());
                    }
                    at = run.source.end;
                }
            }
        }
    }
}
