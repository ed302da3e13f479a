//! Owns how deep the elements of a page lie in each other, found without a tree.

use std::collections::HashMap;

/// How deep elements lie in each other, without a tree: an end tag counts only where an element of its name is open, so that no
/// page looks flatter than a parser would make it: parsers of trees take time with the square of the depth, and end for want of stack.
#[derive(Default)]
pub(crate) struct Depth {
    open: HashMap<String, usize>,
    now: usize,
    most: usize,
}

impl Depth {
    /// A start tag.
    pub fn open(&mut self, name: &str) {
        if nests(name) {
            *self.open.entry(name.to_owned()).or_default() += 1;
            self.now += 1;
            self.most = self.most.max(self.now);
        }
    }

    /// An end tag.
    pub fn close(&mut self, name: &str) {
        if let Some(n) = self.open.get_mut(name).filter(|n| **n > 0) {
            *n -= 1;
            self.now -= 1;
        }
    }

    /// The deepest so far.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Takes what a hidden element holds: it is parsed all the same.
    pub fn hidden(&mut self, content: &str) {
        self.most = self.most.max(self.now + 1 + Depth::of(content));
    }

    fn of(content: &str) -> usize {
        let mut depth = Depth::default();
        let mut at = 0;
        while let Some(found) = content[at..].find('<') {
            let start = at + found;
            at = start + 1;
            let closing = content[at..].starts_with('/');
            let rest = &content[at + usize::from(closing)..];
            let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let name = rest[..len].to_ascii_lowercase();
            match (closing, rest.as_bytes().first()) {
                (true, _) => depth.close(&name),
                (false, Some(first)) if first.is_ascii_alphabetic() && !is_drawn(&name) => depth.open(&name),
                _ => {}
            }
        }
        depth.most
    }
}

/// Whether elements of this name can lie in each other: they hold something, and the next one does not close them.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "meta"
            | "link"
            | "source"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "tr"
            | "tbody"
            | "thead"
            | "option"
    )
}

/// Whether it is a shape of a drawing, which is written without an end tag and holds nothing.
fn is_drawn(name: &str) -> bool {
    matches!(name, "path" | "circle" | "rect" | "line" | "polygon" | "polyline" | "ellipse" | "use" | "stop" | "image")
}
