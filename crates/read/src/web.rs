//! Owns addresses as inputs: a page, a feed or a sitemap that is fetched, and the pages that they name.

use std::fs::File;

use readout_types::Level;

use crate::feed::{Listed, Sitemap};
use crate::fetch::Fetched;
use crate::session::{Body, Origin, Session, extension};
use crate::sink::Flow;
use crate::unpack::reason;

/// How deep sitemaps may lie in sitemaps.
const DEEPEST_SITEMAP: u32 = 3;

impl Session {
    /// Fetches an address that the user gave.
    pub fn open_address(&mut self, url: &str) -> Flow {
        let origin = Origin { path: url.to_owned(), stem: url.to_owned(), given: true, ..Origin::default() };
        self.follow(&origin, url).map(|_| ())
    }

    /// Fetches a page and reads it as `origin`, which keeps its id, and its title and date where it has them. Whether
    /// there was an answer; if not, that is said.
    pub fn follow(&mut self, origin: &Origin, url: &str) -> Result<bool, crate::sink::Gone> {
        // What is fetched comes late: hand over what is there before waiting for it.
        self.sink.send()?;
        let fetched = match self.shared.fetch(url) {
            Ok(fetched) => fetched,
            Err(why) => {
                self.sink.say(Level::Error, url, why)?;
                return Ok(false);
            }
        };
        if let Some(why) = &fetched.stale {
            self.sink.say(Level::Warning, url, format!("an older copy is read: {why}"))?;
        }
        let page = Origin {
            extension: kind(&fetched),
            charset: fetched.charset.clone(),
            url: Some(fetched.url.clone()),
            given: true,
            ..origin.clone()
        };
        match File::open(&fetched.body) {
            Ok(file) => self.open(&page, Body::File(file))?,
            Err(error) => {
                self.sink.say(Level::Error, url, reason(&error))?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads the pages that a sitemap names, and those of the sitemaps that it names.
    pub fn follow_sitemap(&mut self, origin: &Origin, map: Sitemap) -> Flow {
        if !origin.given {
            let said = "skipped: a sitemap; give it by its name to have its pages fetched";
            return self.sink.say(Level::Note, &origin.path, said);
        }
        let limit = self.shared.options.fetch.max_pages;
        let (mut fetched, mut left) = (0, 0u64);
        let mut maps: Vec<(String, u32)> = map.maps.into_iter().rev().map(|url| (url, 1)).collect();
        let mut seen: std::collections::HashSet<String> = maps.iter().map(|(url, _)| url.clone()).collect();
        let mut pages = map.pages;
        loop {
            for Listed { url, title, published } in std::mem::take(&mut pages) {
                if fetched >= limit {
                    left += 1;
                    continue;
                }
                fetched += 1;
                let page = Origin { path: url.clone(), stem: url.clone(), title, published, ..Origin::default() };
                self.follow(&page, &url)?;
            }
            let Some((url, depth)) = maps.pop() else { break };
            let bytes =
                match self.shared.fetch(&url).and_then(|f| {
                    std::fs::read(&f.body).map_err(|e| reason(&e)).and_then(|bytes| self.unpacked_map(bytes))
                }) {
                    Ok(bytes) => bytes,
                    Err(why) => {
                        self.sink.say(Level::Error, &url, why)?;
                        continue;
                    }
                };
            match crate::feed::sitemap(&bytes) {
                Ok(inner) => {
                    pages = inner.pages;
                    for url in inner.maps.into_iter().rev() {
                        if depth >= DEEPEST_SITEMAP {
                            let said = format!("not read: it lies deeper than {DEEPEST_SITEMAP} sitemaps");
                            self.sink.say(Level::Error, &url, said)?;
                        } else if seen.insert(url.clone()) {
                            maps.push((url, depth + 1));
                        }
                    }
                }
                Err(why) => self.sink.say(Level::Error, &url, why)?,
            }
        }
        if left > 0 {
            let said = format!("{left} more pages are not fetched: {limit} is the limit (--max-pages)");
            self.sink.say(Level::Warning, &origin.path, said)?;
        }
        if fetched == 0 { self.sink.say(Level::Warning, &origin.path, "a sitemap without pages") } else { Ok(()) }
    }

    /// Sitemaps are often compressed.
    fn unpacked_map(&self, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        if !bytes.starts_with(b"\x1f\x8b") {
            return Ok(bytes);
        }
        let limits = &self.shared.options.limits;
        crate::http_message::gunzip(&bytes, self.shared.options.fetch.max_bytes, limits.max_expansion)
    }
}

/// The ending that a file of this kind would have.
fn kind(fetched: &Fetched) -> String {
    let known = match fetched.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "text/xml" | "application/xml" => {
            "xml"
        }
        "application/json" | "application/feed+json" => "json",
        "application/x-ndjson" | "application/jsonl" => "jsonl",
        "text/csv" => "csv",
        "text/markdown" => "md",
        "application/pdf" => "pdf",
        "message/rfc822" => "eml",
        _ => "",
    };
    if known.is_empty() { extension(fetched.url.split(['?', '#']).next().unwrap_or("")) } else { known.to_owned() }
}
