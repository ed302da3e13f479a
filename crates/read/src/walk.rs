//! Owns the list of files to read: paths as given, folders opened as they come, each file and folder once.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use readout_types::Level;

use crate::fetch::is_address;
use crate::unpack::reason;

/// The next thing to do.
pub(crate) enum Step {
    /// Read this file; `given`: named by the user, not found in a folder.
    File { path: PathBuf, given: bool },
    /// Read standard input.
    Stdin,
    /// Fetch an address.
    Address(String),
    /// Say this about a path.
    Message(Level, String, String),
}

enum Entry {
    Given(PathBuf),
    Found(PathBuf),
    /// All of a given folder has been read; documents read before it began.
    End {
        path: PathBuf,
        before: u64,
    },
}

/// Walks over paths and folders, depth first.
pub(crate) struct Walk {
    /// Still to visit, the next one last.
    stack: Vec<Entry>,
    /// Real paths of all that was visited, against cycles of links and inputs given twice.
    visited: HashSet<PathBuf>,
    stdin_taken: bool,
    pending: Option<Step>,
}

impl Walk {
    pub fn new(paths: &[PathBuf]) -> Self {
        let stack = paths.iter().rev().cloned().map(Entry::Given).collect();
        Walk { stack, visited: HashSet::new(), stdin_taken: false, pending: None }
    }

    /// The next step; `read` is the number of documents read so far.
    pub fn next(&mut self, read: u64) -> Option<Step> {
        if let Some(step) = self.pending.take() {
            return Some(step);
        }
        loop {
            let (path, given) = match self.stack.pop()? {
                Entry::End { path, before } if before == read => {
                    return Some(message(Level::Error, &path, "no readable article in this folder"));
                }
                Entry::End { .. } => continue,
                Entry::Given(path) => (path, true),
                Entry::Found(path) => (path, false),
            };
            if given && path.as_os_str() == "-" {
                if std::mem::replace(&mut self.stdin_taken, true) {
                    return Some(message(Level::Warning, &path, "standard input is given twice; it is read once"));
                }
                return Some(Step::Stdin);
            }
            if given && let Some(address) = path.to_str().filter(|p| is_address(p)) {
                return Some(Step::Address(address.to_owned()));
            }
            let about = match fs::metadata(&path) {
                Ok(about) => about,
                Err(error) => {
                    let dangling = fs::symlink_metadata(&path).is_ok() && error.kind() == io::ErrorKind::NotFound;
                    let why = if dangling { "a link to nothing".to_owned() } else { reason(&error) };
                    return Some(message(Level::Error, &path, why));
                }
            };
            if !about.is_dir() && !about.is_file() {
                if given {
                    return Some(Step::File { path, given });
                }
                return Some(message(Level::Note, &path, "skipped: neither a file nor a folder"));
            }
            let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if !self.visited.insert(real) {
                let what = if about.is_dir() { "folder" } else { "file" };
                let level = if given { Level::Warning } else { Level::Note };
                return Some(message(level, &path, format!("skipped: this {what} was read before")));
            }
            if about.is_file() {
                if !given && is_note_of_folder(&path) {
                    return Some(message(Level::Note, &path, "skipped: about the folder, not an article"));
                }
                return Some(Step::File { path, given });
            }
            if given {
                self.stack.push(Entry::End { path: path.clone(), before: read });
            }
            match self.open_folder(&path) {
                Ok(0) => {}
                Ok(hidden) => {
                    let files = if hidden == 1 { "file" } else { "files" };
                    return Some(message(Level::Note, &path, format!("skipped: {hidden} hidden {files}")));
                }
                Err(error) => return Some(message(Level::Error, &path, reason(&error))),
            }
        }
    }

    /// Puts what a folder holds on the stack, names in byte order; returns how many hidden files were left out.
    fn open_folder(&mut self, folder: &Path) -> io::Result<usize> {
        let mut names: Vec<OsString> = Vec::new();
        let mut hidden = 0;
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if name.to_string_lossy().starts_with('.') {
                hidden += 1;
            } else {
                names.push(name);
            }
        }
        names.sort();
        self.stack.extend(names.into_iter().rev().map(|name| Entry::Found(folder.join(name))));
        Ok(hidden)
    }
}

/// Files that describe the folder they lie in.
pub(crate) fn is_note_of_folder(path: &Path) -> bool {
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_ascii_uppercase()).unwrap_or_default();
    matches!(stem.as_str(), "README" | "LICENSE" | "LICENCE" | "CHANGELOG" | "CONTRIBUTING")
}

fn message(level: Level, path: &Path, text: impl Into<String>) -> Step {
    Step::Message(level, path.to_string_lossy().into_owned(), text.into())
}
