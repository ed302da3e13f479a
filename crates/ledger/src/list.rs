//! Owns the list of inputs: what tells a document when it is read again, and how what was read joins what is listed.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use readout_store::{Key, ListedItem};
use readout_types::{Diagnostic, RawDocument};

/// Names files by where they really lie.
#[derive(Default)]
pub(crate) struct Origins {
    known: HashMap<PathBuf, String>,
}

impl Origins {
    /// What tells a document from others when it is read again: its file, and in a file of several its id. What came by
    /// a pipe has only its content.
    pub fn of(&mut self, document: &RawDocument) -> String {
        let path = document.path.as_str();
        if path == "-" || path.starts_with("-:") {
            let key: String = Key::of(document).0.iter().take(8).map(|b| format!("{b:02x}")).collect();
            return format!("-#{key}");
        }
        if Path::new(path).is_file() {
            return self.real(Path::new(path));
        }
        if readout::is_address(path) {
            return format!("{}#{}", without_place(path, &document.id), document.id);
        }
        // A record: the file, then a colon and its line, or whatever a container has inside.
        let cuts = path.char_indices().rev().filter(|(_, c)| matches!(c, ':' | '/' | '!' | '#'));
        let file = cuts
            .map(|(at, _)| &path[..at])
            .find(|head| self.known.contains_key(Path::new(head)) || Path::new(head).is_file());
        match file {
            Some(file) => format!("{}#{}", self.real(Path::new(file)), document.id),
            None => format!("{path}#{}", document.id),
        }
    }

    fn real(&mut self, file: &Path) -> String {
        if let Some(known) = self.known.get(file) {
            return known.clone();
        }
        let real = real(file);
        self.known.insert(file.to_owned(), real.clone());
        real
    }
}

/// The address of a feed or a file in which a record stands at some place: items move down as new ones come. A page is
/// called by its address, and a number after the host is a port.
fn without_place<'a>(path: &'a str, id: &str) -> &'a str {
    let Some((address, place)) = path.rsplit_once(':') else { return path };
    let is_place = !place.is_empty() && place.bytes().all(|b| b.is_ascii_digit());
    let is_port = address.split_once("://").is_none_or(|(_, rest)| !rest.contains(['/', ':', '?']));
    if is_place && !is_port && !id.starts_with(path) { address } else { path }
}

/// Whether a document is a page that was fetched, perhaps because a sitemap or a feed named it. It is the same page
/// whatever led to it.
pub(crate) fn is_page(document: &readout_store::ListedDocument) -> bool {
    let path = document.raw.path.as_str();
    readout::is_address(path) && without_place(path, &document.raw.id) == path
}

fn real(path: &Path) -> String {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// The paths that are read in this run.
pub(crate) struct Scope {
    real: Vec<String>,
    given: Vec<String>,
}

impl Scope {
    pub fn new(paths: &[PathBuf]) -> Scope {
        let files = paths.iter().filter(|p| p.as_os_str() != "-");
        Scope {
            real: files.map(|p| real(p)).collect(),
            given: paths.iter().map(|p| p.to_string_lossy().into_owned()).collect(),
        }
    }

    /// Whether a document lies in one of the paths.
    pub fn holds(&self, origin: &str) -> bool {
        self.real.iter().any(|path| begins(origin, path))
    }

    /// Whether a message is about one of the paths, or about one of the documents with these ids.
    fn is_about(&self, message: &Diagnostic, ids: &HashSet<&str>) -> bool {
        ids.contains(message.document.as_str()) || self.given.iter().any(|path| begins(&message.document, path))
    }
}

/// Whether a path is another, or something in it.
fn begins(path: &str, start: &str) -> bool {
    let start = start.strip_suffix('/').unwrap_or(start);
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':', '#', '!']))
}

/// What came of joining.
pub(crate) struct Joined {
    /// The list.
    pub items: Vec<ListedItem>,
    /// Documents of the paths that are no longer there, but stay in the list; their paths as they were given.
    pub gone: Vec<String>,
    /// Documents that left it.
    pub left: usize,
}

/// Joins what was read with what is listed. Listed documents keep their places; new ones come after the one that was read
/// before them. A listed document of the paths that was not read stays, unless `prune`, or unless what it says stands
/// elsewhere now: then it was moved.
pub(crate) fn join(listed: Vec<ListedItem>, read: Vec<ListedItem>, scope: &Scope, prune: bool) -> Joined {
    let ids: HashSet<String> = listed
        .iter()
        .filter_map(|item| match item {
            ListedItem::Document(d) if scope.holds(&d.origin) => Some(d.raw.id.clone()),
            _ => None,
        })
        .collect();
    let ids: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let mut fresh: HashMap<String, ListedItem> = HashMap::new();
    let mut hashes: HashSet<[u8; 32]> = HashSet::new();
    // Addresses that something led to in this run: what was said of them before is out of date.
    let mut visited: HashSet<String> = HashSet::new();
    for item in &read {
        match item {
            ListedItem::Document(document) => {
                hashes.insert(document.hash);
                fresh.insert(document.origin.clone(), item.clone());
                visited.insert(document.raw.path.clone());
            }
            ListedItem::Message(message) => drop(visited.insert(message.document.clone())),
        }
    }
    visited.retain(|path| readout::is_address(path));
    // Listed items that stay, in order; a document that was read again in its new form.
    let mut stay: Vec<ListedItem> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let (mut gone, mut left) = (Vec::new(), 0);
    for item in listed {
        match item {
            ListedItem::Message(message) => {
                if !scope.is_about(&message, &ids) && !visited.contains(&message.document) {
                    stay.push(ListedItem::Message(message));
                }
            }
            ListedItem::Document(document) => {
                let again = fresh.remove(&document.origin);
                if again.is_none() && scope.holds(&document.origin) {
                    if prune || hashes.contains(&document.hash) {
                        left += 1;
                        continue;
                    }
                    gone.push(document.raw.path.clone());
                }
                places.insert(document.origin.clone(), stay.len());
                stay.push(match again {
                    Some(ListedItem::Document(mut new)) => {
                        new.number = document.number;
                        ListedItem::Document(new)
                    }
                    _ => ListedItem::Document(document),
                });
            }
        }
    }
    // What is new comes after the listed document that was read before it; `before` holds what was read before any.
    let mut after: HashMap<usize, Vec<ListedItem>> = HashMap::new();
    let mut before: Vec<ListedItem> = Vec::new();
    let (mut place, mut first) = (None, None);
    for item in read {
        if let ListedItem::Document(document) = &item
            && let Some(&at) = places.get(&document.origin)
        {
            place = Some(at);
            first = first.or(Some(at));
            continue;
        }
        match place {
            Some(at) => after.entry(at).or_default().push(item),
            None => before.push(item),
        }
    }
    let first = first.unwrap_or(stay.len());
    let mut items = Vec::with_capacity(stay.len() + before.len());
    for (at, item) in stay.into_iter().enumerate() {
        if at == first {
            items.append(&mut before);
        }
        items.push(item);
        items.append(&mut after.remove(&at).unwrap_or_default());
    }
    items.append(&mut before);
    distinct(&mut items);
    Joined { items, gone, left }
}

/// Gives a document that is no longer read another id where a new one took its own.
fn distinct(items: &mut [ListedItem]) {
    let mut taken: HashSet<String> = HashSet::new();
    let documents = items.iter().filter_map(|i| match i {
        ListedItem::Document(d) => Some(d.raw.id.clone()),
        ListedItem::Message(_) => None,
    });
    let all: Vec<String> = documents.collect();
    for item in items.iter_mut() {
        let ListedItem::Document(document) = item else { continue };
        if taken.insert(document.raw.id.clone()) {
            continue;
        }
        let bare = document.raw.id.clone();
        let mut n = 2u64;
        while all.contains(&format!("{bare}-{n}")) || !taken.insert(format!("{bare}-{n}")) {
            n += 1;
        }
        document.raw.id = format!("{bare}-{n}");
        document.key = Key::new(&document.raw, &document.hash);
    }
}

#[cfg(test)]
mod tests {
    use super::without_place;

    #[test]
    fn places_in_addresses() {
        for (path, id, expected) in [
            ("https://a.example/feed:12", "g1", "https://a.example/feed"),
            ("https://a.example:8080/feed:12", "g1", "https://a.example:8080/feed"),
            ("https://a.example:8080:3", "g1", "https://a.example:8080"),
            ("https://a.example:8080", "g1", "https://a.example:8080"),
            ("https://a.example/Talks:12", "https://a.example/Talks:12", "https://a.example/Talks:12"),
            ("https://a.example/x.zip:a.txt", "x/a", "https://a.example/x.zip:a.txt"),
        ] {
            assert_eq!(without_place(path, id), expected, "{path}");
        }
    }
}
