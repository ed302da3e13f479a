//! Owns polite fetching: robots.txt, one request at a time and pauses between them, redirects, limits, and the cache.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use texting_robots::Robot;
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::address::{NOT_PUBLIC, PublicOnly};
use crate::http_message::media;
use crate::limits::size;

/// What may be fetched, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// Fetch the page that each item of a feed names, instead of taking what the feed says of it.
    pub follow: bool,
    /// Fetch from this machine and private networks too.
    pub allow_local: bool,
    /// Where answers are kept between runs, to be asked for again only when they have changed; `None` keeps them for
    /// this run only.
    pub cache: Option<PathBuf>,
    /// Pause between two requests to one host; a longer one that its robots.txt asks for is kept too. One second by
    /// default.
    pub interval: Duration,
    /// Time for one answer, redirects not counted. 30 seconds by default.
    pub timeout: Duration,
    /// Bytes of one answer, unpacked. 64 MiB by default.
    pub max_bytes: u64,
    /// Redirects that are followed. 10 by default.
    pub max_redirects: u32,
    /// Pages that are fetched of one sitemap. 1000 by default.
    pub max_pages: u64,
}

impl Default for Fetching {
    fn default() -> Self {
        Fetching {
            follow: false,
            allow_local: false,
            cache: None,
            interval: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            max_bytes: 64 << 20,
            max_redirects: 10,
            max_pages: 1000,
        }
    }
}

/// How this program names itself; sites address it in their robots.txt by the first word.
const AGENT: &str = concat!("readout/", env!("CARGO_PKG_VERSION"), " (reads news articles for a chronology)");
/// Bytes of a robots.txt that are read (RFC 9309 asks for 500 KiB).
const LONGEST_ROBOTS: u64 = 512 << 10;
/// The longest pause that a robots.txt can ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// An answer, kept in a file.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    /// Where it came from in the end.
    pub url: String,
    /// Kind in lower case; empty when not given.
    pub media_type: String,
    pub charset: Option<String>,
    pub body: PathBuf,
    /// Why it is an older copy.
    pub stale: Option<String>,
}

/// What is kept beside a body.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Head {
    asked: String,
    url: String,
    content_type: String,
    etag: Option<String>,
    last_modified: Option<String>,
}

/// Fetches addresses, each once in a run.
pub(crate) struct Fetcher {
    options: Fetching,
    agent: Agent,
    /// Where bodies are kept.
    folder: PathBuf,
    known: HashMap<String, Result<Fetched, String>>,
    robots: HashMap<String, Robots>,
    asked: HashMap<String, Instant>,
}

enum Robots {
    Rules(Box<Robot>),
    Everything,
    Nothing(String),
}

/// One answer before anything was made of it.
enum Answer {
    Body(ureq::http::Response<ureq::Body>),
    Moved(String),
    Unchanged,
}

impl Fetcher {
    /// Keeps bodies in the cache of `options`, else in `folder`.
    pub fn new(options: &Fetching, folder: &Path) -> Fetcher {
        let config = Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(AGENT)
            .proxy(None)
            .build();
        let resolver = PublicOnly { allow_local: options.allow_local, ..PublicOnly::default() };
        Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            folder: options.cache.clone().unwrap_or_else(|| folder.to_owned()),
            options: options.clone(),
            known: HashMap::new(),
            robots: HashMap::new(),
            asked: HashMap::new(),
        }
    }

    /// The answer to an address. `Err` says why there is none.
    pub fn fetch(&mut self, address: &str) -> Result<Fetched, String> {
        if let Some(known) = self.known.get(address) {
            return known.clone();
        }
        let result = self.ask(address);
        self.known.insert(address.to_owned(), result.clone());
        result
    }

    fn ask(&mut self, address: &str) -> Result<Fetched, String> {
        let name = hex(address);
        let (head_file, body_file) =
            (self.folder.join(format!("{name}.json")), self.folder.join(format!("{name}.body")));
        let cached: Option<Head> = File::open(&head_file).ok().and_then(|f| serde_json::from_reader(f).ok());
        let cached = cached.filter(|head| head.asked == address && body_file.exists());
        let copy = |head: &Head, stale: Option<String>| {
            let (media_type, charset) = media(&head.content_type);
            Fetched { url: head.url.clone(), media_type, charset, body: body_file.clone(), stale }
        };
        let mut url = web_address(address)?;
        let mut seen = vec![url.to_string()];
        loop {
            self.permitted(&url)?;
            let answer = match self.get(&url, cached.as_ref()) {
                Ok(answer) => answer,
                Err(why) => match &cached {
                    Some(head) => return Ok(copy(head, Some(why))),
                    None => return Err(why),
                },
            };
            match answer {
                Answer::Unchanged => {
                    return cached.as_ref().map(|head| copy(head, None)).ok_or_else(|| "an empty answer".to_owned());
                }
                Answer::Moved(to) => {
                    let next = url.join(&to).map_err(|e| format!("it redirects to {to:?}: {e}"))?;
                    url = web_address(next.as_str())?;
                    if seen.contains(&url.to_string()) {
                        return Err(format!("it redirects in a circle: {}", seen.join(" → ")));
                    }
                    if seen.len() as u32 > self.options.max_redirects {
                        let limit = self.options.max_redirects;
                        return Err(format!("it redirects more than {limit} times, the limit (--max-redirects)"));
                    }
                    seen.push(url.to_string());
                }
                Answer::Body(response) => {
                    let field =
                        |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
                    let head = Head {
                        asked: address.to_owned(),
                        url: url.to_string(),
                        content_type: field("content-type").unwrap_or_default(),
                        etag: field("etag"),
                        last_modified: field("last-modified"),
                    };
                    self.keep(response, &head, &head_file, &body_file)?;
                    return Ok(copy(&head, None));
                }
            }
        }
    }

    /// Writes an answer beside and puts it in its place when it is whole.
    fn keep(
        &self,
        response: ureq::http::Response<ureq::Body>,
        head: &Head,
        head_file: &Path,
        body_file: &Path,
    ) -> Result<(), String> {
        let at = |error: io::Error| format!("cannot be kept in {}: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(at)?;
        let mut beside = tempfile::NamedTempFile::new_in(&self.folder).map_err(at)?;
        let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
        let mut buffer = vec![0; 1 << 16];
        let mut total = 0u64;
        loop {
            let n = body.read(&mut buffer).map_err(|e| why(&ureq::Error::from(e), &self.options))?;
            if n == 0 {
                break;
            }
            total += n as u64;
            if total > self.options.max_bytes {
                let limit = size(self.options.max_bytes);
                return Err(format!("the answer is longer than {limit}, the limit (--max-fetch-size)"));
            }
            beside.write_all(&buffer[..n]).map_err(at)?;
        }
        let bad = |error: tempfile::PersistError| at(error.error);
        beside.persist(body_file).map_err(bad)?;
        let json = serde_json::to_vec(head).map_err(|e| at(io::Error::other(e)))?;
        let mut beside = tempfile::NamedTempFile::new_in(&self.folder).map_err(at)?;
        beside.write_all(&json).map_err(at)?;
        beside.persist(head_file).map_err(bad)?;
        Ok(())
    }

    /// Asks once.
    fn get(&mut self, url: &Url, cached: Option<&Head>) -> Result<Answer, String> {
        self.pause(url);
        let mut request = self.agent.get(url.as_str());
        if let Some(head) = cached.filter(|head| head.url == url.as_str()) {
            if let Some(etag) = &head.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(date) = &head.last_modified {
                request = request.header("If-Modified-Since", date);
            }
        }
        let response = request.call().map_err(|error| why(&error, &self.options))?;
        let status = response.status().as_u16();
        match status {
            200 => Ok(Answer::Body(response)),
            304 => Ok(Answer::Unchanged),
            301 | 302 | 303 | 307 | 308 => {
                let to = response.headers().get("location").and_then(|v| v.to_str().ok());
                to.map(|t| Answer::Moved(t.to_owned())).ok_or_else(|| format!("answer {status} without an address"))
            }
            _ => Err(format!("the server answers {}", response.status())),
        }
    }

    /// Waits until the host may be asked again.
    fn pause(&mut self, url: &Url) {
        let host = site(url);
        let wanted = match self.robots.get(&host) {
            Some(Robots::Rules(robot)) => {
                robot.delay.map_or(Duration::ZERO, |d| Duration::from_secs_f32(d.clamp(0.0, 1e6)))
            }
            _ => Duration::ZERO,
        };
        let pause = wanted.min(LONGEST_PAUSE).max(self.options.interval);
        if let Some(last) = self.asked.get(&host) {
            thread::sleep(pause.saturating_sub(last.elapsed()));
        }
        self.asked.insert(host, Instant::now());
    }

    /// Whether the site's robots.txt lets this program read the page.
    fn permitted(&mut self, url: &Url) -> Result<(), String> {
        let host = site(url);
        if !self.robots.contains_key(&host) {
            let robots = self.ask_robots(url);
            self.robots.insert(host.clone(), robots);
        }
        match self.robots.get(&host) {
            Some(Robots::Rules(robot)) if !robot.allowed(url.as_str()) => {
                Err("not fetched: the site's robots.txt asks programs not to".to_owned())
            }
            Some(Robots::Nothing(why)) => Err(format!("not fetched: its robots.txt cannot be read: {why}")),
            _ => Ok(()),
        }
    }

    /// RFC 9309: without a robots.txt everything is allowed; when the site does not answer, nothing.
    fn ask_robots(&mut self, url: &Url) -> Robots {
        let Ok(mut at) = url.join("/robots.txt") else { return Robots::Everything };
        for _ in 0..5 {
            self.pause(&at);
            let response = match self.agent.get(at.as_str()).call() {
                Ok(response) => response,
                Err(error) => return Robots::Nothing(why(&error, &self.options)),
            };
            match response.status().as_u16() {
                200 => {
                    let mut text = Vec::new();
                    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
                    if let Err(error) = body.take(LONGEST_ROBOTS).read_to_end(&mut text) {
                        return Robots::Nothing(why(&ureq::Error::from(error), &self.options));
                    }
                    return match Robot::new("readout", &text) {
                        Ok(robot) => Robots::Rules(Box::new(robot)),
                        // Rules that nobody can read forbid nothing.
                        Err(_) => Robots::Everything,
                    };
                }
                300..=399 => {
                    let to = response.headers().get("location").and_then(|v| v.to_str().ok());
                    match to.and_then(|to| at.join(to).ok()).filter(|to| web_address(to.as_str()).is_ok()) {
                        Some(to) => at = to,
                        None => return Robots::Everything,
                    }
                }
                400..=499 => return Robots::Everything,
                status => return Robots::Nothing(format!("the server answers {status}")),
            }
        }
        Robots::Everything
    }
}

/// Sends JSON to an address that the user gave, private or not; redirects are not followed.
///
/// # Errors
/// A line that says why it was not taken.
pub fn post(address: &str, json: &str, timeout: Duration) -> Result<(), String> {
    web_address(address)?;
    let config = Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(AGENT)
        .proxy(None)
        .build();
    let agent: Agent = config.into();
    let request = agent.post(address).header("Content-Type", "application/json");
    let response = request.send(json).map_err(|e| why(&e, &Fetching { timeout, ..Fetching::default() }))?;
    if response.status().is_success() { Ok(()) } else { Err(format!("the server answers {}", response.status())) }
}

/// Whether an input is an address and no path.
pub fn is_address(input: &str) -> bool {
    let scheme = input.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|s| s == "http" || s == "https")
}

fn web_address(address: &str) -> Result<Url, String> {
    let mut url = Url::parse(address).map_err(|error| format!("no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(format!("not fetched: {}: addresses are not", url.scheme()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Scheme, host and port: what one robots.txt is for.
fn site(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// An error of the network in a person's words.
fn why(error: &ureq::Error, options: &Fetching) -> String {
    let late = || format!("no whole answer in {} s, the limit (--fetch-timeout)", options.timeout.as_secs_f64());
    match error {
        ureq::Error::Timeout(_) => late(),
        ureq::Error::HostNotFound => "no such host".to_owned(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => late(),
        ureq::Error::Other(inner) if inner.to_string().contains(NOT_PUBLIC) => format!("not fetched: {NOT_PUBLIC}"),
        other => format!("cannot be fetched: {other}"),
    }
}
