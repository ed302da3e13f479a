//! Owns the promises of adding addresses: pages, feeds and sitemaps are known again, whatever led to them, and what is new in
//! them comes in.

use crate::common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use common::{ARTICLES, Room, bare, bytes, same};
use readout::{Fetching, Options, ReadOptions, Readout};
use readout_ledger::{Added, Ledger, Mode, Settings, Texts};
use readout_types::Chronology;

/// A site whose pages can be changed; other paths are not found. It ends with the test.
struct Site {
    address: String,
    pages: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Site {
    fn new() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let pages: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
        let shown = pages.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut head = String::new();
                let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
                while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
                let path = head.split(' ').nth(1).unwrap_or("");
                let (status, body) = match shown.lock().expect("the pages").get(path) {
                    Some(body) => ("200 OK", body.clone()),
                    None => ("404 Not Found", String::new()),
                };
                let kind = if body.starts_with("<?xml") { "text/xml" } else { "text/html; charset=utf-8" };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
                );
            }
        });
        Site { address, pages }
    }

    /// Shows a text as a page.
    fn page(&self, path: &str, text: &str) {
        let body: String = text.trim().split("\n\n").map(|p| format!("<p>{p}</p>\n")).collect();
        let page = format!(
            "<!doctype html><html><head><title>A call</title></head><body><article>{body}</article></body></html>"
        );
        self.file(path, page);
    }

    /// Shows a feed of items: a guid, an address and a text for each.
    fn feed(&self, path: &str, items: &[(&str, &str, &str)]) {
        let items: String = items
            .iter()
            .map(|(guid, link, text)| {
                let link = format!("{}{link}", self.address);
                format!("<item><guid>{guid}</guid><link>{link}</link><description><![CDATA[<p>{text}</p>]]></description></item>")
            })
            .collect();
        let feed = format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour Wire</title>{items}</channel></rss>"
        );
        self.file(path, feed);
    }

    /// Shows a sitemap of pages.
    fn sitemap(&self, path: &str, pages: &[&str]) {
        let pages: String = pages.iter().map(|p| format!("<url><loc>{}{p}</loc></url>", self.address)).collect();
        self.file(path, format!("<?xml version='1.0'?><urlset>{pages}</urlset>"));
    }

    fn file(&self, path: &str, content: String) {
        self.pages.lock().expect("the pages").insert(path.to_owned(), content);
    }

    fn at(&self, path: &str) -> PathBuf {
        PathBuf::from(format!("{}{path}", self.address))
    }
}

fn fetching(follow: bool) -> ReadOptions {
    let timeout = Duration::from_secs(20);
    let fetch = Fetching { allow_local: true, interval: Duration::ZERO, timeout, follow, ..Fetching::default() };
    ReadOptions { fetch, ..ReadOptions::default() }
}

fn settings(room: &Room, follow: bool) -> Settings {
    Settings { read: fetching(follow), ..room.settings() }
}

fn add(room: &Room, follow: bool, paths: &[PathBuf]) -> Added {
    let mut ledger = Ledger::open(settings(room, follow), Mode::Create).expect("a store");
    ledger.add(paths, false, &|_| {}).expect("added")
}

fn stored(room: &Room) -> Chronology {
    let ledger = Ledger::open(room.settings(), Mode::Read).expect("a store");
    assert_eq!(ledger.check().expect("a readable store"), []);
    ledger.chronology(Texts::Without).expect("a chronology").0
}

fn one_run(follow: bool, paths: &[PathBuf]) -> Chronology {
    let options = Options { threads: Some(2), read: fetching(follow), ..Options::default() };
    let mut chronology = Readout::new(&options).expect("a program").chronology(paths, &|_| {}).chronology;
    bare(&mut chronology);
    chronology
}

/// Adds the same once more: everything is known and nothing is written.
fn add_again(room: &Room, follow: bool, paths: &[PathBuf], documents: usize) {
    let before = bytes(&room.path("readout.db"));
    let added = add(room, follow, paths);
    assert_eq!((added.new, added.changed, added.same, added.edition), (0, 0, documents, false), "{added:?}");
    assert!(bytes(&room.path("readout.db")) == before, "adding the same again wrote something");
}

#[test]
fn a_page_is_added_known_again_and_read_again_when_it_has_changed() {
    let (room, site) = (Room::new(), Site::new());
    site.page("/1", ARTICLES[0].1);
    let paths = [room.path("b"), site.at("/1")];
    let added = add(&room, false, &paths);
    assert_eq!((added.new, added.unused), (3, 0), "{added:?}");
    same(&stored(&room), &one_run(false, &paths));
    add_again(&room, false, &paths, 3);
    site.page("/1", &ARTICLES[0].1.replace("90 minutes", "80 minutes"));
    let added = add(&room, false, &[site.at("/1")]);
    assert_eq!((added.new, added.changed, added.same), (0, 1, 0), "{added:?}");
    same(&stored(&room), &one_run(false, &paths));
}

#[test]
fn items_of_a_feed_are_known_again_when_new_ones_come_before_them() {
    for follow in [false, true] {
        let (room, site) = (Room::new(), Site::new());
        site.page("/1", ARTICLES[0].1);
        site.page("/2", ARTICLES[2].1);
        site.feed("/feed", &[("g1", "/1", ARTICLES[0].1)]);
        let feed = [site.at("/feed")];
        assert_eq!(add(&room, follow, &feed).new, 1);
        same(&stored(&room), &one_run(follow, &feed));
        add_again(&room, follow, &feed, 1);
        site.feed("/feed", &[("g2", "/2", ARTICLES[2].1), ("g1", "/1", ARTICLES[0].1)]);
        let added = add(&room, follow, &feed);
        assert_eq!((added.new, added.changed, added.same, added.left), (1, 0, 1, 0), "{added:?}");
        same(&stored(&room), &one_run(follow, &feed));
        // What falls off the end of a feed stays.
        site.feed("/feed", &[("g2", "/2", ARTICLES[2].1)]);
        add(&room, follow, &feed);
        let ids: Vec<String> = stored(&room).documents.into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["g2", "g1"]);
    }
}

#[test]
fn pages_of_a_sitemap_are_known_again_and_what_was_said_of_them_is_not_said_twice() {
    let (room, site) = (Room::new(), Site::new());
    site.page("/1", ARTICLES[0].1);
    site.sitemap("/map.xml", &["/1", "/gone"]);
    let map = [site.at("/map.xml")];
    let added = add(&room, false, &map);
    assert_eq!(added.new, 1);
    assert!(added.diagnostics.iter().any(|d| d.message.contains("404")), "{added:?}");
    same(&stored(&room), &one_run(false, &map));
    add_again(&room, false, &map, 1);
    // A page that was not there comes.
    site.page("/gone", ARTICLES[2].1);
    assert_eq!(add(&room, false, &map).new, 1);
    same(&stored(&room), &one_run(false, &map));
    // The same page, named by itself.
    let added = add(&room, false, &[site.at("/1")]);
    assert_eq!((added.new, added.same, added.edition), (0, 1, false), "{added:?}");
}
