//! Owns adding: what is new or changed in some paths is read, the rest is known, and a new edition is made when there is any.

use std::collections::HashMap;
use std::path::PathBuf;

use readout::{Item, Progress};
use readout_store::{Key, ListedDocument, ListedItem};
use readout_types::{Diagnostic, Level, RawDocument};

use crate::list::{Origins, Scope, is_page, join};
use crate::{Ledger, Result};

/// Documents are read and kept in batches of so many …
const DOCUMENTS: usize = 128;
/// … or so many bytes. A program that is killed has to read the last batch again and no other.
const BYTES: usize = 4 << 20;

/// What adding did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Added {
    /// Documents that are new to the ledger.
    pub new: usize,
    /// Documents that have changed.
    pub changed: usize,
    /// Documents that are as they were.
    pub same: usize,
    /// Documents that left the ledger: moved to another file, or no longer there when that was asked for.
    pub left: usize,
    /// Documents that are no longer there and stay in the ledger.
    pub gone: Vec<String>,
    /// Of the documents of these paths, how many could not be used.
    pub unused: usize,
    /// What reading had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a new edition was made.
    pub edition: bool,
}

impl Ledger {
    /// Reads paths (files, folders, addresses, `-`) and makes an edition of all that is in the ledger now. `prune`: documents of these
    /// paths that are no longer there leave the ledger. No path at all: everything is brought up to date.
    ///
    /// # Errors
    /// The store cannot be written to. The last edition stands, and what was read is not read again the next time.
    pub fn add(&mut self, paths: &[PathBuf], prune: bool, progress: &(dyn Fn(Progress) + Sync)) -> Result<Added> {
        let mut added = Added::default();
        let listed = self.store.list()?;
        let scope = Scope::new(paths);
        let elsewhere = listed.iter().filter_map(|item| match item {
            ListedItem::Document(d) if !scope.holds(&d.origin) && !is_page(d) => Some(d.raw.id.clone()),
            _ => None,
        });
        // A document that came by a pipe keeps its id when it comes again.
        let piped = |d: &ListedDocument| d.origin.starts_with("-#");
        let taken: Vec<String> = elsewhere.collect();
        let piped_ids: Vec<(String, String)> = listed
            .iter()
            .filter_map(|item| match item {
                ListedItem::Document(d) if piped(d) => Some((d.origin.clone(), d.raw.id.clone())),
                _ => None,
            })
            .collect();
        let mut read: Vec<ListedItem> = Vec::new();
        if !paths.is_empty() {
            let inputs = readout::inputs(paths, &self.settings.read).beside(taken);
            read = self.read(inputs, &piped_ids, progress)?;
        }
        let known: HashMap<&str, Key> = listed
            .iter()
            .filter_map(|item| match item {
                ListedItem::Document(d) => Some((d.origin.as_str(), d.key)),
                ListedItem::Message(_) => None,
            })
            .collect();
        for item in &read {
            match item {
                ListedItem::Document(d) => match known.get(d.origin.as_str()) {
                    None => added.new += 1,
                    Some(key) if *key == d.key => added.same += 1,
                    Some(_) => added.changed += 1,
                },
                ListedItem::Message(message) => added.diagnostics.push(message.clone()),
            }
        }
        let pipeline = self.pipeline();
        for item in &read {
            if let ListedItem::Document(d) = item
                && let Some((extraction, unused)) = self.store.analysis(&d.key, &pipeline)?
            {
                added.diagnostics.extend(extraction.diagnostics);
                added.unused += usize::from(unused);
            }
        }
        // A document is named by its path, as the user knows it.
        let paths_of: HashMap<&str, &str> = read
            .iter()
            .filter_map(|item| match item {
                ListedItem::Document(d) => Some((d.raw.id.as_str(), d.raw.path.as_str())),
                ListedItem::Message(_) => None,
            })
            .collect();
        for message in &mut added.diagnostics {
            if let Some(path) = paths_of.get(message.document.as_str()) {
                message.document = (*path).to_owned();
            }
        }
        let read = without_barren(read, paths);
        let joined = join(listed.clone(), read, &scope, prune);
        added.gone = joined.gone;
        added.left = joined.left;
        if joined.items != listed || !self.is_current()? {
            self.publish(&joined.items, progress)?;
            added.edition = true;
        }
        Ok(added)
    }

    /// Reads inputs to their end; extracts and keeps what is new.
    fn read(
        &mut self,
        mut inputs: readout::Reader,
        piped: &[(String, String)],
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ListedItem>> {
        let pipeline = self.pipeline();
        let mut origins = Origins::default();
        let mut items = Vec::new();
        let mut batch: Vec<RawDocument> = Vec::new();
        let (mut bytes, mut done) = (0, Progress::default());
        loop {
            let next = inputs.next();
            let ended = next.is_none();
            match next {
                Some(Item::Diagnostic(message)) => items.push(ListedItem::Message(message)),
                Some(Item::Document(mut document)) => {
                    let mut origin = origins.of(&document);
                    if let Some((_, id)) = piped.iter().find(|(o, _)| *o == origin) {
                        document.id.clone_from(id);
                        origin = origins.of(&document);
                    }
                    done.documents += 1;
                    done.bytes += document.text.len() as u64;
                    let listed = ListedDocument::new(origin, &document);
                    if !self.store.has_analysis(&listed.key, &pipeline)? {
                        bytes += document.text.len();
                        batch.push(document);
                    }
                    items.push(ListedItem::Document(Box::new(listed)));
                }
                None => {}
            }
            if batch.len() >= DOCUMENTS || bytes >= BYTES || ended {
                self.analyse(std::mem::take(&mut batch))?;
                bytes = 0;
                progress(done);
            }
            if ended {
                return Ok(items);
            }
        }
    }
}

/// Without what was said about paths that gave no document at all: a name that was mistyped once shall not be complained
/// of for ever.
fn without_barren(read: Vec<ListedItem>, paths: &[PathBuf]) -> Vec<ListedItem> {
    let given: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let begins = |path: &str, start: &str| {
        let start = start.strip_suffix('/').unwrap_or(start);
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':', '#', '!']))
    };
    let fertile: Vec<&String> = given
        .iter()
        .filter(|start| read.iter().any(|item| matches!(item, ListedItem::Document(d) if begins(&d.raw.path, start))))
        .collect();
    let barren: Vec<&String> = given.iter().filter(|g| !fertile.contains(g)).collect();
    let about_barren = |m: &Diagnostic| {
        m.level == Level::Error
            && barren.iter().any(|start| begins(&m.document, start))
            && !fertile.iter().any(|start| begins(&m.document, start))
    };
    let keep: Vec<bool> = read
        .iter()
        .map(|item| match item {
            ListedItem::Message(m) => !about_barren(m),
            ListedItem::Document(_) => true,
        })
        .collect();
    read.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(item, _)| item).collect()
}
