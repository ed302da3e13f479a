//! Owns the page of search results: what was found, in which document, with the words marked.

use crate::layout::{Look, Tone, hang, plain};

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `document`, `contact` or `statement`.
    pub kind: &'static str,
    /// Id of the document.
    pub document: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Id of the contact.
    pub contact: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// The words around, with U+0002 before and U+0003 after each that was looked for.
    pub snippet: String,
}

/// The page of what was found.
pub fn found(hits: &[Found], look: &Look) -> String {
    let mut out = String::new();
    let mut last = "";
    for hit in hits {
        if hit.kind != last {
            if !last.is_empty() {
                out.push('\n');
            }
            let heading = match hit.kind {
                "document" => "Documents",
                "contact" => "Contacts",
                _ => "Statements",
            };
            out.push_str(&look.paint(Tone::Heading, heading));
            out.push('\n');
            last = hit.kind;
        }
        let outlet = hit.outlet.as_deref().map_or(String::new(), |o| format!("{}, ", plain(o)));
        let head = match (hit.kind, &hit.contact, &hit.title) {
            ("contact", Some(contact), _) => plain(contact),
            ("document", _, Some(title)) => format!("{outlet}“{}” [{}]", plain(title), plain(&hit.document)),
            _ => format!("{outlet}[{}]", plain(&hit.document)),
        };
        let said = hit.speaker.as_deref().map_or(String::new(), |s| format!("{}: ", plain(s)));
        for line in hang("  ", &head, look.width) {
            out.push_str(&line);
            out.push('\n');
        }
        // Control characters are taken out by `plain`: the marks become quotation marks first.
        let words = plain(&hit.snippet.replace('\u{2}', "«").replace('\u{3}', "»"));
        for line in hang("    ", &format!("{said}{words}"), look.width) {
            let mut painted = String::new();
            for (i, part) in line.split_inclusive(['«', '»']).enumerate() {
                let inside = i > 0 && part.ends_with('»');
                painted.push_str(&look.paint(if inside { Tone::Evidence } else { Tone::Plain }, part));
            }
            out.push_str(painted.trim_end());
            out.push('\n');
        }
    }
    if hits.is_empty() {
        out.push_str("Nothing found.\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_under_their_headings() {
        let hit = |kind, contact: Option<&str>, speaker: Option<&str>| Found {
            kind,
            document: "harbour".to_owned(),
            outlet: Some("Harbour Wire".to_owned()),
            title: Some("A call".to_owned()),
            contact: contact.map(str::to_owned),
            speaker: speaker.map(str::to_owned),
            snippet: "they \u{2}spoke\u{3} by\u{1b} phone".to_owned(),
        };
        let hits = [
            hit("document", None, None),
            hit("contact", Some("2025-call"), None),
            hit("statement", None, Some("Ada Example")),
        ];
        assert_eq!(
            found(&hits, &Look { width: 80, color: false }),
            "Documents\n  Harbour Wire, “A call” [harbour]\n    they «spoke» by phone\n\nContacts\n  2025-call\n    \
             they «spoke» by phone\n\nStatements\n  Harbour Wire, [harbour]\n    Ada Example: they «spoke» by phone\n"
        );
        assert_eq!(found(&[], &Look::default()), "Nothing found.\n");
    }
}
