//! Owns feeds (RSS, Atom, JSON Feed) and sitemaps: the articles they carry and the pages they name.

use quick_xml::events::Event;
use readout_types::{Level, TextFormat};

use crate::decode::decode;
use crate::format::looks_like_html;
use crate::office::reference;
use crate::patience::within;
use crate::session::{Origin, Session};
use crate::sink::Flow;

/// What is taken of a feed.
struct Feed {
    title: Option<String>,
    entries: Vec<Entry>,
}

struct Entry {
    id: Option<String>,
    title: Option<String>,
    url: Option<String>,
    published: Option<String>,
    text: String,
}

/// A page that a sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    pub url: String,
    /// From the extension for news.
    pub title: Option<String>,
    pub published: Option<String>,
}

/// What a sitemap holds (<https://www.sitemaps.org/protocol.html>).
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sitemap {
    pub pages: Vec<Listed>,
    /// Other sitemaps.
    pub maps: Vec<String>,
}

impl Session {
    /// Reads a feed, or follows a sitemap.
    pub fn take_feed(&mut self, origin: &Origin, bytes: Vec<u8>) -> Flow {
        if is_sitemap(&bytes) {
            return match sitemap(&bytes) {
                Ok(map) => self.follow_sitemap(origin, map),
                Err(why) => self.sink.say(Level::Error, &origin.path, why),
            };
        }
        let base = origin.url.clone();
        let time = self.shared.options.limits.document_time;
        let feed = match within(time, move || feed(&bytes, base.as_deref())) {
            Ok(Ok(feed)) => feed,
            Ok(Err(why)) if origin.given || origin.url.is_some() => {
                return self.sink.say(Level::Error, &origin.path, format!("no feed: {why}"));
            }
            Ok(Err(why)) => return self.sink.say(Level::Note, &origin.path, format!("skipped: no feed: {why}")),
            Err(why) => return self.sink.say(Level::Error, &origin.path, why),
        };
        if feed.entries.is_empty() {
            return self.sink.say(Level::Warning, &origin.path, "a feed without items");
        }
        for (i, entry) in feed.entries.into_iter().enumerate() {
            let stem = entry.id.or_else(|| entry.url.clone()).unwrap_or_else(|| format!("{}-{}", origin.stem, i + 1));
            let item = Origin {
                path: format!("{}:{}", origin.path, i + 1),
                stem,
                source: feed.title.clone(),
                title: entry.title,
                url: entry.url,
                published: entry.published,
                depth: origin.depth + 1,
                ..Origin::default()
            };
            if self.shared.options.fetch.follow
                && let Some(url) = item.url.clone()
            {
                // What cannot be fetched is read as the feed has it.
                if self.follow(&item, &url)? || entry.text.trim().is_empty() {
                    continue;
                }
            }
            let html = looks_like_html(entry.text.as_bytes()) || has_markup(&entry.text);
            let format = if html { TextFormat::Html } else { TextFormat::Plain };
            self.take_text(&item, entry.text, format, "utf-8", Vec::new())?;
        }
        Ok(())
    }
}

/// Whether a text that may be plain has tags or entities in it.
fn has_markup(text: &str) -> bool {
    let tag = |at: usize| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.find('>').is_some_and(|end| end < 2000)
    };
    let entity = |at: usize| {
        let name = text[at + 1..].split(';').next().unwrap_or("");
        (2..=8).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    text.match_indices('<').any(|(at, _)| tag(at)) || text.match_indices('&').any(|(at, _)| entity(at))
}

/// Reads a feed.
fn feed(bytes: &[u8], base: Option<&str>) -> Result<Feed, String> {
    // Ids that the feed does not give are left empty: they are made from addresses here.
    let parser = feed_rs::parser::Builder::new().base_uri(base).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(bytes).map_err(|error| error.to_string())?;
    let written = |text: feed_rs::model::Text| one_line(&text.content);
    let entries = feed.entries.into_iter().map(|entry| {
        let content = entry.content.and_then(|c| c.body).filter(|b| !b.trim().is_empty());
        let summary = entry.summary.map(|s| s.content);
        // Some feeds give the beginning as content and all of it as description.
        let text = match (content, summary) {
            (Some(content), Some(summary)) if summary.len() > content.len() => summary,
            (Some(content), _) => content,
            (None, summary) => summary.unwrap_or_default(),
        };
        let page =
            entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).or(entry.links.first());
        Entry {
            id: Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()),
            title: entry.title.and_then(written),
            url: page.map(|l| l.href.trim().to_owned()).filter(|u| !u.is_empty()),
            published: entry.published.or(entry.updated).map(|d| d.to_rfc3339()),
            text,
        }
    });
    let entries = entries.collect();
    Ok(Feed { title: feed.title.and_then(written), entries })
}

/// A title without tags and line breaks.
fn one_line(text: &str) -> Option<String> {
    let plain = if has_markup(text) { mail_parser::decoders::html::html_to_text(text) } else { text.to_owned() };
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn is_sitemap(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(8192)];
    [b"<urlset".as_slice(), b"<sitemapindex"].iter().any(|root| window.windows(root.len()).any(|w| w == *root))
}

/// Reads a sitemap or an index of sitemaps.
pub(crate) fn sitemap(bytes: &[u8]) -> Result<Sitemap, String> {
    let xml = decode(bytes, true, None).text;
    let mut reader = quick_xml::Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut found = Sitemap::default();
    let (mut page, mut index, mut name) = (Listed::default(), false, String::new());
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                name = tag.local_name().as_ref().to_owned();
                text.clear();
                match name.as_str() {
                    "sitemapindex" => index = true,
                    "url" | "sitemap" => page = Listed::default(),
                    _ => {}
                }
            }
            Ok(Event::Text(piece)) => text.push_str(&piece),
            Ok(Event::CData(piece)) => text.push_str(&piece),
            Ok(Event::GeneralRef(piece)) => text.push_str(&reference(&piece)),
            Ok(Event::End(tag)) => {
                let ended = tag.local_name();
                let value = text.trim();
                if ended.as_ref() == name.as_str() && !value.is_empty() {
                    match ended.as_ref() {
                        // Pictures and videos of a page have a `loc` of their own behind the page's.
                        "loc" if page.url.is_empty() => page.url = value.to_owned(),
                        "publication_date" => page.published = Some(value.to_owned()),
                        "title" => page.title = Some(value.to_owned()),
                        _ => {}
                    }
                }
                if matches!(ended.as_ref(), "url" | "sitemap") && !page.url.is_empty() {
                    let page = std::mem::take(&mut page);
                    if index {
                        found.maps.push(page.url);
                    } else {
                        found.pages.push(page);
                    }
                }
                text.clear();
            }
            Ok(Event::Eof) => return Ok(found),
            Ok(_) => {}
            Err(error) => return Err(format!("damaged: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_and_their_index() {
        let map = br#"<?xml version="1.0"?><urlset xmlns:news="n" xmlns:image="i"><url><loc> https://a.example/1?x&amp;y </loc>
            <image:image><image:loc>https://a.example/p.png</image:loc></image:image><news:news><news:publication_date>2025-01-02
            </news:publication_date><news:title>Call &lt;1&gt;</news:title></news:news></url><url><loc>https://a.example/2</loc></url>
            <url></url></urlset>"#;
        let Ok(found) = sitemap(map) else { panic!("refused") };
        assert_eq!(found.pages.len(), 2);
        assert_eq!(found.pages[0].url, "https://a.example/1?x&y");
        assert_eq!(found.pages[0].title.as_deref(), Some("Call <1>"));
        assert_eq!(found.pages[0].published.as_deref(), Some("2025-01-02"));
        let index = b"<sitemapindex><sitemap><loc>https://a.example/m.xml</loc></sitemap></sitemapindex>";
        assert_eq!(sitemap(index).map(|s| s.maps), Ok(vec!["https://a.example/m.xml".to_owned()]));
        assert!(sitemap(b"<urlset><url><loc>x").is_ok_and(|s| s.pages.is_empty()));
    }

    #[test]
    fn markup_or_not() {
        for text in ["<p>A", "A <b>call</b>", "AT&amp;T", "x &#8217;"] {
            assert!(has_markup(text), "{text}");
        }
        for text in ["5 < 6 and 7 > 2", "AT&T called", "R&D; and so on", ""] {
            assert!(!has_markup(text), "{text}");
        }
    }
}
