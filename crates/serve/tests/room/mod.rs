//! Owns how the tests speak to a server: one of their own on a free port, requests over a bare connection.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use readout_ledger::{Ledger, Mode};
use readout_serve::{ServeError, Server, Settings, Stop};
use serde_json::Value;

/// The second tells of the same call as the first and disagrees on its length; the third is of a later one.
pub const ARTICLES: [(&str, &str); 4] = [
    (
        "harbour.txt",
        "WASHINGTON, March 18, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025. \
         The conversation lasted 90 minutes, the White House said in a statement.\n\nIt was their second call this year, \
         aides said.\n",
    ),
    (
        "tideway.txt",
        "MOSCOW, March 19, 2025 (Tideway) - Vladimir Putin and Donald Trump spoke by phone on March 18, 2025 for two hours, \
         the Kremlin said.\n",
    ),
    (
        "lantern.jsonl",
        r#"{"id": "lantern", "source": "The Lantern", "url": "https://lantern.example/six", "text": "PARIS, July 4, 2025 (Lantern) - Donald Trump and Vladimir Putin spoke by phone on July 3, 2025. It was their sixth call this year, the Kremlin said. Emmanuel Macron met Friedrich Merz in Toulon on June 30, 2025."}"#,
    ),
    (
        "kiosk.txt",
        "KYIV (Kiosk) - Volodymyr Zelensky has spoken by phone with Emmanuel Macron, the president's office said.\n",
    ),
];

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|l| {
            let (n, v) = l.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| v.trim())
        })
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}{}", self.head, self.text());
        self
    }
}

/// A server with a store of its own.
pub struct Room {
    pub folder: tempfile::TempDir,
    pub address: SocketAddr,
    stop: Stop,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

pub fn settings(folder: &std::path::Path) -> Settings {
    Settings {
        ledger: readout_ledger::Settings {
            db: folder.join("readout.db"),
            corrections: None,
            actors: None,
            threads: Some(2),
            read: Default::default(),
            rules: Vec::new(),
            domestic: false,
            tier: None,
            first_tier: readout_types::Tier::Swift,
        },
        address: "127.0.0.1:0".parse().expect("an address"),
        names: vec!["desk.example".to_owned()],
        token: None,
        by: "Ada".to_owned(),
        dropped: folder.join("dropped"),
        max_upload: 8 << 20,
    }
}

impl Room {
    /// A server over the articles.
    pub fn new() -> Room {
        Room::with(&ARTICLES, |_| {})
    }

    pub fn with(articles: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> Room {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = settings(folder.path());
        let mut paths: Vec<PathBuf> = Vec::new();
        for (name, text) in articles {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            paths.push(path);
        }
        if !paths.is_empty() {
            let mut ledger = Ledger::open(settings.ledger.clone(), Mode::Create).expect("a store");
            ledger.add(&paths, false, &|_| {}).expect("added");
        }
        change(&mut settings);
        let server = Server::bind(settings).expect("a server");
        let (address, stop) = (server.address(), server.stopper());
        let thread = Some(std::thread::spawn(move || server.run()));
        Room { folder, address, stop, thread }
    }

    /// Sends bytes and reads the answer to its end.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        // A server that refuses a long body may close before all of it is sent.
        let _ = stream.write_all(request);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Answer { status, head, body: all.get(end + 4..).unwrap_or_default().to_vec() }
    }

    /// A request with a host and further headers.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if headers.iter().all(|(n, _)| *n != "Host") {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        self.raw(&bytes)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], b"")
    }

    pub fn decide(&self, decision: &Value) -> Answer {
        let body = decision.to_string();
        self.request("POST", "/api/corrections", &[("Content-Type", "application/json")], body.as_bytes())
    }

    /// Drops a file and waits until it is read.
    pub fn drop_file(&self, name: &str, body: &[u8]) -> Value {
        let path = format!("/api/documents?name={name}");
        let answer = self.request("POST", &path, &[("Content-Type", "application/octet-stream")], body).is(202);
        let task = answer.json()["task"].as_u64().expect("a task");
        for _ in 0..600 {
            let status = self.get(&format!("/api/tasks/{task}")).is(200).json();
            if matches!(status["state"].as_str(), Some("done" | "failed")) {
                return status;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the task does not end");
    }

    /// Ids of all contacts, in order.
    pub fn ids(&self) -> Vec<String> {
        let page = self.get("/api/contacts").is(200).json();
        let rows = page["rows"].as_array().expect("rows");
        rows.iter().filter_map(|r| r["id"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !std::thread::panicking() {
                ended.expect("no panic").expect("served");
            }
        }
    }
}
