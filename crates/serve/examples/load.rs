//! Owns the figures of a reading room with 100,000 contacts: the first page, single requests, fifty readers beside a writer.
//!
//! `cargo run --release -p readout-serve --example load [CONTACTS] [SECONDS] [FOLDER]`. Articles are made here, with the names of
//! office-holders and dates drawn by a generator whose numbers are the same in every run; they go through the whole program. A
//! store that is in FOLDER already is used as it is. Requests go to this machine alone.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use readout_ledger::{Ledger, Mode};
use readout_serve::{Server, Settings};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

const READERS: usize = 50;
/// Contacts that one article reports.
const EACH: usize = 5;
const LEADERS: [&str; 24] = [
    "Donald Trump",
    "Vladimir Putin",
    "Emmanuel Macron",
    "Friedrich Merz",
    "Volodymyr Zelensky",
    "Giorgia Meloni",
    "Xi Jinping",
    "Narendra Modi",
    "Recep Tayyip Erdogan",
    "Keir Starmer",
    "Pedro Sanchez",
    "Donald Tusk",
    "Viktor Orban",
    "Alexander Stubb",
    "Masoud Pezeshkian",
    "Benjamin Netanyahu",
    "Mark Rutte",
    "Ursula von der Leyen",
    "Marco Rubio",
    "Sergei Lavrov",
    "Steve Witkoff",
    "Mohammed bin Salman",
    "Luiz Inacio Lula da Silva",
    "Cyril Ramaphosa",
];
const CITIES: [&str; 12] = [
    "Paris",
    "Berlin",
    "Moscow",
    "Washington",
    "Rome",
    "Ankara",
    "Geneva",
    "Riyadh",
    "Beijing",
    "New Delhi",
    "London",
    "Vienna",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }
}

/// Articles, one a line.
fn articles(contacts: usize, path: &Path) -> Fallible<()> {
    let mut numbers = Numbers(11);
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for n in 0..contacts.div_ceil(EACH) {
        let mut text = String::new();
        let (year, month) = (2000 + n * EACH * 26 / contacts, numbers.next(12));
        for _ in 0..EACH {
            let one = numbers.next(LEADERS.len());
            let other = (one + 1 + numbers.next(LEADERS.len() - 1)) % LEADERS.len();
            let (one, other, day) = (LEADERS[one], LEADERS[other], 1 + numbers.next(28));
            let when = format!("on {} {day}, {year}", MONTHS[month]);
            let city = CITIES[numbers.next(CITIES.len())];
            text.push_str(&match numbers.next(3) {
                0 => format!(
                    "{one} spoke by phone with {other} {when}. They talked for {} minutes.\n\n",
                    10 + numbers.next(90)
                ),
                1 => format!("{one} met {other} in {city} {when}.\n\n"),
                _ => format!("{one} and {other} held talks in {city} {when}, officials said.\n\n"),
            });
        }
        let record = serde_json::json!({
            "id": format!("article-{n:06}"), "source": format!("Outlet {}", n % 40), "text": text,
            "published": format!("{year}-{:02}-28", month + 1),
        });
        writeln!(out, "{record}")?;
    }
    Ok(out.flush()?)
}

/// One request on a connection that stays open: status and bytes of the body.
fn request(stream: &mut TcpStream, address: SocketAddr, path: &str, body: Option<&str>) -> Fallible<(u16, Vec<u8>)> {
    let head = match body {
        None => format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        Some(body) => format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    };
    stream.write_all(head.as_bytes())?;
    let mut got = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        if let Some(end) = got.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&got[..end]).to_ascii_lowercase();
            let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or("no status")?;
            let length = head.lines().find_map(|l| l.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            let length = length.ok_or("no length")?;
            while got.len() < end + 4 + length {
                let read = stream.read(&mut buffer)?;
                if read == 0 {
                    return Err("the connection broke".into());
                }
                got.extend_from_slice(&buffer[..read]);
            }
            return Ok((status, got.split_off(end + 4)));
        }
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Err("the connection broke".into());
        }
        got.extend_from_slice(&buffer[..read]);
    }
}

fn connect(address: SocketAddr) -> Fallible<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    Ok(stream)
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times.get(((times.len() - 1) as f64 * share) as usize).copied().unwrap_or_default();
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    if !times.is_empty() {
        println!(
            "{what:<34} {:>6} requests  median {:>7.1} ms  95 % {:>7.1} ms  99 % {:>7.1} ms  worst {:>7.1} ms",
            times.len(),
            ms(at(0.5)),
            ms(at(0.95)),
            ms(at(0.99)),
            ms(at(1.0))
        );
    }
}

/// What a reader asks for, in turn.
fn path(numbers: &mut Numbers, total: usize, ids: &[String]) -> String {
    let who = LEADERS[numbers.next(LEADERS.len())].replace(' ', "+");
    match numbers.next(10) {
        0 => "/api/contacts".to_owned(),
        1..=4 => format!("/api/contacts?skip={}", numbers.next(total.max(1)) / 100 * 100),
        5 => format!("/api/contacts?who={who}&kind=call"),
        6 => format!("/api/contacts?who={who}&from={}", 2000 + numbers.next(26)),
        7 => "/api/facets".to_owned(),
        _ if ids.is_empty() => "/api/state".to_owned(),
        _ => format!("/api/contacts/{}", ids[numbers.next(ids.len())]),
    }
}

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, default: usize| arguments.get(n).and_then(|a| a.parse().ok()).unwrap_or(default);
    let (contacts, seconds) = (number(0, 100_000), number(1, 60));
    let temporary = tempfile::tempdir()?;
    let folder = arguments.get(2).map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let ledger = readout_ledger::Settings {
        db: folder.join("readout.db"),
        corrections: None,
        actors: None,
        threads: None,
        read: Default::default(),
        rules: Vec::new(),
        domestic: false,
        tier: None,
        first_tier: readout_types::Tier::Swift,
    };
    if !ledger.db.exists() {
        let begun = Instant::now();
        let file = folder.join("articles.jsonl");
        articles(contacts, &file)?;
        let mut writer = Ledger::open(ledger.clone(), Mode::Create)?;
        let added = writer.add(&[file], false, &|_| {})?;
        println!("{} articles added in {:.1} s", added.new, begun.elapsed().as_secs_f64());
    }
    let server = Server::bind(Settings {
        address: "127.0.0.1:0".parse()?,
        names: Vec::new(),
        token: None,
        by: "load".to_owned(),
        dropped: folder.join("dropped"),
        max_upload: 1 << 20,
        ledger,
    })?;
    let (address, stop) = (server.address(), server.stopper());
    let served = std::thread::spawn(move || server.run().map_err(|e| e.to_string()));

    let mut one = connect(address)?;
    let begun = Instant::now();
    let (_, body) = request(&mut one, address, "/api/contacts", None)?;
    let cold = begun.elapsed();
    let page: serde_json::Value = serde_json::from_slice(&body)?;
    let total = page["total"].as_u64().unwrap_or(0) as usize;
    println!("{total} contacts; first page, cold: {:.1} ms, {} bytes", cold.as_secs_f64() * 1000.0, body.len());
    let mut ids: Vec<String> = Vec::new();
    for skip in (0..total).step_by((total / 20).max(1)) {
        let (_, body) = request(&mut one, address, &format!("/api/contacts?skip={skip}"), None)?;
        let page: serde_json::Value = serde_json::from_slice(&body)?;
        ids.extend(page["rows"].as_array().into_iter().flatten().filter_map(|r| r["id"].as_str().map(str::to_owned)));
    }
    let first_id = ids.first().cloned().unwrap_or_default();
    for (what, path) in [
        ("page of the room", "/".to_owned()),
        ("first page of contacts", "/api/contacts".to_owned()),
        ("a page in the middle", format!("/api/contacts?skip={}", total / 2)),
        ("a pair and a year", "/api/contacts?who=Putin&who=Trump&from=2012&to=2012".to_owned()),
        ("words", "/api/contacts?text=phone".to_owned()),
        ("those without a day", "/api/contacts?undated=true".to_owned()),
        ("one contact", format!("/api/contacts/{first_id}")),
        ("facets, kept", "/api/facets".to_owned()),
        ("chart, kept", "/api/chart".to_owned()),
        ("queue, kept", "/api/queue".to_owned()),
    ] {
        let mut times = Vec::new();
        for n in 0..20 {
            let begun = Instant::now();
            let (status, _) = request(&mut one, address, &path, None)?;
            if status != 200 {
                return Err(format!("{path}: {status}").into());
            }
            if n == 0 {
                println!("{what:<34} first time {:.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
            }
            times.push(begun.elapsed());
        }
        show(what, times);
    }

    println!("{READERS} readers and a writer for {seconds} s");
    let until = Instant::now() + Duration::from_secs(seconds as u64);
    let failed = Arc::new(Mutex::new(Vec::<String>::new()));
    let (over, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let ids = Arc::new(ids);
    let readers: Vec<_> = (0..READERS)
        .map(|n| {
            let (failed, ids) = (failed.clone(), ids.clone());
            std::thread::spawn(move || {
                let (mut numbers, mut times) = (Numbers(n as u64 + 1), Vec::new());
                let mut run = || -> Fallible<()> {
                    let mut stream = connect(address)?;
                    while Instant::now() < until {
                        let path = path(&mut numbers, total, &ids);
                        let begun = Instant::now();
                        let (status, _) = request(&mut stream, address, &path, None)?;
                        times
                            .push((path.starts_with("/api/contacts?skip") || path == "/api/contacts", begun.elapsed()));
                        // A contact may have another id once somebody decided about it.
                        if status != 200 && !(status == 404 && path.starts_with("/api/contacts/")) {
                            return Err(format!("{path}: {status}").into());
                        }
                        std::thread::sleep(Duration::from_millis(20));
                    }
                    Ok(())
                };
                if let Err(error) = run() {
                    failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(error.to_string());
                }
                times
            })
        })
        .collect();
    let writer = {
        let (failed, over, written, ids) = (failed.clone(), over.clone(), written.clone(), ids.clone());
        std::thread::spawn(move || {
            let mut times = Vec::new();
            let mut run = || -> Fallible<()> {
                let mut stream = connect(address)?;
                for id in ids.iter() {
                    if over.load(Ordering::Relaxed) || Instant::now() >= until {
                        break;
                    }
                    let begun = Instant::now();
                    let body = serde_json::json!({"do": "confirm", "contact": id}).to_string();
                    let (status, answer) = request(&mut stream, address, "/api/corrections", Some(&body))?;
                    let mut task: serde_json::Value = serde_json::from_slice(&answer)?;
                    while status == 202 && !matches!(task["state"].as_str(), Some("done" | "failed")) {
                        std::thread::sleep(Duration::from_millis(200));
                        let path = format!("/api/tasks/{}", task["task"]);
                        task = serde_json::from_slice(&request(&mut stream, address, &path, None)?.1)?;
                    }
                    if task["state"] != "done" {
                        return Err(format!("a decision: {task}").into());
                    }
                    times.push(begun.elapsed());
                    written.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            };
            if let Err(error) = run() {
                failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(error.to_string());
            }
            times
        })
    };
    let (mut all, mut pages) = (Vec::new(), Vec::new());
    for reader in readers {
        for (page, time) in reader.join().map_err(|_| "a reader failed")? {
            all.push(time);
            if page {
                pages.push(time);
            }
        }
    }
    over.store(true, Ordering::Relaxed);
    let decisions = writer.join().map_err(|_| "the writer failed")?;
    println!("{:.0} requests a second", all.len() as f64 / seconds as f64);
    show("all requests of readers", all);
    show("pages of rows among them", pages);
    show("decisions, each a new edition", decisions);
    let failed = failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    println!("errors: {}", failed.len());
    for error in failed.iter().take(5) {
        println!("  {error}");
    }
    stop.stop();
    served.join().map_err(|_| "the server failed")??;
    if failed.is_empty() { Ok(()) } else { Err("there were errors".into()) }
}
