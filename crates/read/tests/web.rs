//! Fetching, against a server of this test's own: politeness, limits, what is refused, and the cache.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use readout_read::{Fetching, Item, Options, documents, post};

const CALL: &str = "The king of Norway spoke by telephone with the president of Kenya on Monday.";

/// A server whose answers are made by a function of the request's head; it ends with the test.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (log.clone(), answer.clone());
                thread::spawn(move || {
                    let mut stream = stream;
                    let mut head = String::new();
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
                    // What is sent along is read too: closing a connection with unread bytes resets it, and the answer may be lost.
                    let sent = head
                        .lines()
                        .find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
                    let _ = reader.by_ref().take(sent.unwrap_or(0)).read_to_end(&mut Vec::new());
                    let path = head.split(' ').nth(1).unwrap_or("").to_owned();
                    log.lock().unwrap().push(path.clone());
                    answer(&path, &head, &mut stream);
                });
            }
        });
        Server { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn send(stream: &mut TcpStream, status: &str, fields: &str, body: &str) {
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n{body}",
        body.len()
    );
}

fn page(stream: &mut TcpStream, body: &str) {
    send(stream, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", &format!("<html><p>{body}</p></html>"));
}

fn quick() -> Fetching {
    Fetching { allow_local: true, interval: Duration::ZERO, timeout: Duration::from_secs(20), ..Fetching::default() }
}

/// `id url` of the documents, and what is said; the server's address is cut off.
fn read(server: &Server, path: &str, fetch: Fetching) -> (Vec<String>, String) {
    let input = PathBuf::from(format!("{}{path}", server.address));
    let (mut found, mut said) = (Vec::new(), String::new());
    for item in documents(&[input], &Options { fetch, ..Options::default() }) {
        match item {
            Item::Document(d) => {
                found.push(format!("{} {}", d.id, d.url.unwrap_or_default()).replace(&server.address, ""))
            }
            Item::Diagnostic(d) => {
                said += &format!("{:?} {}: {}\n", d.level, d.document, d.message).replace(&server.address, "")
            }
        }
    }
    (found, said)
}

#[test]
fn a_page_and_its_redirects() {
    let server = Server::new(|path, _, stream| match path {
        "/old" => send(stream, "301 Moved", "Location: /new\r\n", ""),
        "/new" => page(stream, CALL),
        "/circle" => send(stream, "302 Found", "Location: /circle2\r\n", ""),
        "/circle2" => send(stream, "302 Found", "Location: /circle\r\n", ""),
        "/file" => send(stream, "302 Found", "Location: file:///etc/passwd\r\n", ""),
        p if p.starts_with("/on") => send(stream, "302 Found", &format!("Location: {p}n\r\n"), ""),
        _ => send(stream, "404 Not Found", "", ""),
    });
    assert_eq!(read(&server, "/old", quick()), (vec!["/old /new".to_owned()], String::new()));
    assert!(read(&server, "/circle", quick()).1.contains("Error /circle: it redirects in a circle"));
    assert!(read(&server, "/on", quick()).1.contains("redirects more than 10 times, the limit (--max-redirects)"));
    assert!(read(&server, "/file", quick()).1.contains("not fetched: file: addresses are not"));
    assert!(read(&server, "/gone", quick()).1.contains("the server answers 404"));
}

#[test]
fn private_addresses_are_refused_also_behind_redirects() {
    let server = Server::new(|_, _, stream| page(stream, CALL));
    let (found, said) = read(&server, "/", Fetching::default());
    assert!(
        found.is_empty() && said.contains("its address is not on the public internet; --allow-local allows it"),
        "{said}"
    );
    assert!(server.asked().is_empty(), "not even robots.txt was asked for");
    for address in [
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://169.254.169.254/latest/",
        "http://0x7f.1:1/",
        "http://127.1:1/",
    ] {
        let items: Vec<Item> = documents(&[PathBuf::from(address)], &Options::default()).collect();
        let Some(Item::Diagnostic(d)) = items.first() else { panic!("{address} was read") };
        assert!(d.message.contains("not on the public internet"), "{address}: {}", d.message);
    }
}

#[test]
fn robots_are_heard() {
    let server = Server::new(|path, _, stream| match path {
        "/robots.txt" => send(stream, "200 OK", "", "User-agent: *\nDisallow: /private/\n"),
        _ => page(stream, CALL),
    });
    assert_eq!(read(&server, "/public", quick()).0.len(), 1);
    let (found, said) = read(&server, "/private/1", quick());
    assert!(found.is_empty() && said.contains("robots.txt asks programs not to"), "{said}");
    assert!(!server.asked().contains(&"/private/1".to_owned()));
    let closed = Server::new(|path, _, stream| match path {
        "/robots.txt" => send(stream, "503 Busy", "", ""),
        _ => page(stream, CALL),
    });
    assert!(read(&closed, "/1", quick()).1.contains("its robots.txt cannot be read"));
}

#[test]
fn endless_and_slow_answers() {
    let server = Server::new(|path, _, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", "", ""),
        "/endless" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 1 << 16]).is_ok() {}
        }
        "/slow" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        }
        _ => {}
    });
    let limited = Fetching { max_bytes: 1 << 20, ..quick() };
    assert!(read(&server, "/endless", limited).1.contains("longer than 1 MiB, the limit (--max-fetch-size)"));
    let begun = Instant::now();
    let hurried = Fetching { timeout: Duration::from_millis(800), ..quick() };
    let said = read(&server, "/slow", hurried).1;
    assert!(said.contains("no whole answer in 0.8 s, the limit (--fetch-timeout)"), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_feed_and_the_pages_of_its_items() {
    let server = Server::new(|path, head, stream| {
        let host = head
            .lines()
            .find_map(|l| l.to_ascii_lowercase().strip_prefix("host: ").map(str::to_owned))
            .unwrap_or_default();
        match path {
            "/feed" => {
                let items: String = ["1", "2"]
                    .map(|n| format!("<item><guid>g{n}</guid><title>T{n}</title><link>http://{host}/{n}</link><description>Short {n}.</description></item>"))
                    .concat();
                let body =
                    format!("<?xml version='1.0'?><rss version='2.0'><channel><title>L</title>{items}</channel></rss>");
                send(stream, "200 OK", "Content-Type: application/rss+xml\r\n", &body);
            }
            "/1" => page(stream, CALL),
            _ => send(stream, "404 Not Found", "", ""),
        }
    });
    assert_eq!(read(&server, "/feed", quick()), (vec!["g1 /1".to_owned(), "g2 /2".to_owned()], String::new()));
    let (found, said) = read(&server, "/feed", Fetching { follow: true, ..quick() });
    assert_eq!(found, ["g1 /1", "g2 /2"], "what cannot be fetched is read as the feed has it");
    assert!(said.contains("Error /2: the server answers 404"), "{said}");
}

#[test]
fn a_sitemap_and_its_limit() {
    let server = Server::new(|path, head, stream| {
        let host = head
            .lines()
            .find_map(|l| l.to_ascii_lowercase().strip_prefix("host: ").map(str::to_owned))
            .unwrap_or_default();
        match path {
            "/robots.txt" => send(stream, "404 Not Found", "", ""),
            "/index.xml" => send(
                stream,
                "200 OK",
                "Content-Type: text/xml\r\n",
                &format!(
                    "<sitemapindex><sitemap><loc>http://{host}/map.xml</loc></sitemap><sitemap><loc>http://{host}/index.xml</loc></sitemap></sitemapindex>"
                ),
            ),
            "/map.xml" => {
                let pages: String = (1..=5).map(|n| format!("<url><loc>http://{host}/p{n}</loc></url>")).collect();
                send(stream, "200 OK", "Content-Type: text/xml\r\n", &format!("<urlset>{pages}</urlset>"));
            }
            _ => page(stream, CALL),
        }
    });
    let (found, said) = read(&server, "/index.xml", Fetching { max_pages: 3, ..quick() });
    assert_eq!(found, ["/p1 /p1", "/p2 /p2", "/p3 /p3"]);
    assert_eq!(said, "Warning /index.xml: 2 more pages are not fetched: 3 is the limit (--max-pages)\n");
}

#[test]
fn the_cache_asks_again_only_for_what_changed() {
    let server = Server::new(|path, head, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", "", ""),
        _ if head.contains("if-none-match: \"v1\"") || head.contains("If-None-Match: \"v1\"") => {
            send(stream, "304 Not Modified", "", "")
        }
        _ => send(stream, "200 OK", "ETag: \"v1\"\r\nContent-Type: text/html\r\n", &format!("<p>{CALL}</p>")),
    });
    let folder = tempfile::tempdir().unwrap();
    let cached = || Fetching { cache: Some(folder.path().to_owned()), ..quick() };
    let first = read(&server, "/1", cached());
    assert_eq!((first.0.len(), first.1.as_str()), (1, ""));
    assert_eq!(read(&server, "/1", cached()), first);
    assert_eq!(server.asked().iter().filter(|p| *p == "/1").count(), 2, "asked again, and answered with nothing new");
}

#[test]
fn pauses_between_requests() {
    let server = Server::new(|_, _, stream| page(stream, CALL));
    let begun = Instant::now();
    read(&server, "/1", Fetching { interval: Duration::from_millis(300), ..quick() });
    assert!(begun.elapsed() >= Duration::from_millis(300), "robots.txt and the page are two requests");
}

#[test]
fn a_webhook_is_told() {
    let server = Server::new(|_, head, stream| {
        let status = if head.starts_with("POST /hook ") { "204 No Content" } else { "500 Bad" };
        send(stream, status, "", "");
    });
    assert_eq!(post(&format!("{}/hook", server.address), "{}", Duration::from_secs(10)), Ok(()));
    assert!(
        post(&format!("{}/other", server.address), "{}", Duration::from_secs(10)).is_err_and(|e| e.contains("500"))
    );
    assert!(post("file:///x", "{}", Duration::from_secs(1)).is_err());
}
