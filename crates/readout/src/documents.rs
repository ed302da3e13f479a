//! Owns the stages that see one document at a time: batches, threads, documents that are not used, stages that panic.

use std::cell::Cell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use readout_annotate::Scope;
use readout_read::Item;
use readout_types::{CleanDocument, Diagnostic, Extraction, Level, Original, RawDocument, TextPart, Tier, Token};
use serde::{Deserialize, Serialize};

use crate::resume::{self, Kept, KeptRef, Key};
use crate::sharing::Sharing;
use crate::{Keep, Readout, Stage, Timings};

/// A batch is handed to the threads when it holds so many documents …
const BATCH_DOCUMENTS: usize = 256;
/// … or so many bytes of text. Two batches are in memory at a time: one being read, one being worked on.
const BATCH_BYTES: usize = 8 << 20;

/// Bytes of a text kept on either side of what is quoted from it: more than any page of the program shows.
const AROUND: usize = 320;

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents done.
    pub documents: usize,
    /// Bytes of text done.
    pub bytes: u64,
    /// Bytes of the inputs taken, as they lie there: compressed, with all that is no text.
    pub consumed: u64,
    /// Whether all documents are done and they are being linked.
    pub linking: bool,
}

/// What documents say, each by itself, in the order of the input: all that linking needs, and so all that has to be kept
/// of a run for documents to be added to it later ([`Readout::extract`], [`crate::chronology_of`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// What each says; its diagnostics are in `diagnostics`.
    pub extractions: Vec<Extraction>,
    /// The original text of each, or what was kept of it.
    pub originals: Vec<Original>,
    /// What reading and the stages had to say, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
    /// See [`crate::Run::unused`].
    pub unused: usize,
    /// How thoroughly they were analysed, where that is known.
    pub tier: Option<Tier>,
}

thread_local! {
    static IN_DOCUMENT: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a stage that is guarded: a panic here costs one document and becomes a diagnostic, so
/// that a panic hook need not print it.
pub fn in_document() -> bool {
    IN_DOCUMENT.get() || readout_read::in_parser()
}

/// Reads, cleans, annotates and extracts everything `inputs` holds, and adds it to what was found before.
pub(crate) fn extract_all(
    readout: &Readout,
    mut inputs: readout_read::Reader,
    meter: &AtomicU64,
    found: &mut Extracted,
    timings: &mut Timings,
    progress: &(dyn Fn(Progress) + Sync),
) {
    let mut so_far = Progress::default();
    let mut sharing = Sharing::default();
    readout.pool.install(|| {
        let mut batch = read_batch(&mut inputs, timings);
        while !batch.is_empty() {
            let (next, done) = rayon::join(
                || read_batch(&mut inputs, timings),
                || {
                    let step = |item| match item {
                        Item::Diagnostic(diagnostic) => Outcome::Message(diagnostic),
                        Item::Document(raw) => Outcome::Document(Box::new(remembered(readout, raw))),
                    };
                    batch.into_par_iter().map(step).collect::<Vec<_>>()
                },
            );
            if let Some(message) = remember(readout, &done) {
                found.diagnostics.push(message);
            }
            for outcome in done {
                match outcome {
                    Outcome::Message(diagnostic) => found.diagnostics.push(diagnostic),
                    Outcome::Document(mut document) => {
                        so_far.documents += 1;
                        so_far.bytes += document.original.len() as u64;
                        timings.add(&document);
                        found.diagnostics.append(&mut document.extraction.diagnostics);
                        found.unused += usize::from(document.unused);
                        found.originals.push(document.original);
                        sharing.share(&mut document.extraction);
                        found.extractions.push(document.extraction);
                    }
                }
            }
            so_far.consumed = meter.load(Ordering::Relaxed);
            progress(so_far);
            batch = next;
        }
    });
    progress(Progress { linking: true, ..so_far });
}

/// What one document says, and whether it could be used.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtractedDocument {
    /// What it says, with what the stages had to say about it.
    pub extraction: Extraction,
    /// It is in another language, holds no article, or was given up by a stage.
    pub unused: bool,
}

impl Readout {
    /// What each of some documents says by itself, on all threads, in their order. Texts are not kept.
    pub fn extract_documents(&self, documents: Vec<RawDocument>) -> Vec<ExtractedDocument> {
        let step = |raw| {
            let done = one(self, raw);
            ExtractedDocument { extraction: done.extraction, unused: done.unused }
        };
        self.pool.install(|| documents.into_par_iter().map(step).collect())
    }
}

fn read_batch(inputs: &mut readout_read::Reader, timings: &mut Timings) -> Vec<Item> {
    timings.time(Stage::Read, || {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_DOCUMENTS && bytes < BATCH_BYTES {
            let Some(item) = inputs.next() else { break };
            if let Item::Document(raw) = &item {
                bytes += raw.text.len();
            }
            batch.push(item);
        }
        batch
    })
}

enum Outcome {
    Message(Diagnostic),
    Document(Box<Document>),
}

/// What one document gave, and how long it took.
pub(crate) struct Document {
    pub extraction: Extraction,
    pub original: Original,
    pub unused: bool,
    pub times: [(Stage, Duration); 3],
    pub sentences: usize,
    pub tokens: usize,
    /// What it is kept under for a later run, where it is new.
    pub key: Option<Key>,
}

/// What a document gave in an earlier run, or gives now.
fn remembered(readout: &Readout, raw: RawDocument) -> Document {
    let Some(resume) = &readout.resume else { return one(readout, raw) };
    let key = resume::key(&raw, if readout.keep == Keep::Whole { "whole" } else { "evidence" }, &readout.own);
    let known = resume.lock().unwrap_or_else(PoisonError::into_inner).find(&key);
    match known {
        Some(Kept { extraction, original, unused, sentences, tokens }) => {
            let times = [(Stage::Clean, Duration::ZERO); 3];
            Document { extraction, original, unused, times, sentences, tokens, key: None }
        }
        None => Document { key: Some(key), ..one(readout, raw) },
    }
}

/// What was kept, as if it had been read again; the last version of each document.
pub(crate) fn found_again(kept: Vec<Kept>) -> Extracted {
    let mut found = Extracted::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for Kept { mut extraction, original, unused, .. } in kept {
        extraction.diagnostics.clear();
        match places.get(&extraction.id) {
            Some(place) => {
                found.extractions[*place] = extraction;
                found.originals[*place] = original;
            }
            None => {
                places.insert(extraction.id.clone(), found.extractions.len());
                found.unused += usize::from(unused);
                found.extractions.push(extraction);
                found.originals.push(original);
            }
        }
    }
    found
}

fn kept_ref(document: &Document) -> KeptRef<'_> {
    let Document { extraction, original, unused, sentences, tokens, .. } = document;
    KeptRef { extraction, original, unused: *unused, sentences: *sentences, tokens: *tokens }
}

/// Keeps what is new of a batch; a message when that fails.
fn remember(readout: &Readout, done: &[Outcome]) -> Option<Diagnostic> {
    let mut resume = readout.resume.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
    let new = done.iter().filter_map(|outcome| match outcome {
        Outcome::Document(document) => Some((document.key?, kept_ref(document))),
        Outcome::Message(_) => None,
    });
    let error = resume.add(new).err()?;
    let message = format!("what was found cannot be kept for going on later: {error}");
    Some(Diagnostic { document: String::new(), level: Level::Warning, message })
}

/// The stages of one document. A stage that panics costs this document, with a message, and no other.
fn one(readout: &Readout, raw: RawDocument) -> Document {
    let (shell, original) = (shell(&raw), raw.text.clone());
    let stage = Cell::new(Stage::Clean);
    guarded(shell, original, &stage, || stages(readout, raw, &stage))
}

/// What is kept of a text: everything, where asked for, else what the extraction points at and what is shown around it.
fn kept(text: Arc<str>, extraction: &Extraction, keep: Keep) -> Original {
    let spans = extraction.sources().filter(|s| s.original.part == TextPart::Text).map(|s| s.original.span);
    match keep {
        Keep::Whole => Original::whole(text),
        Keep::Evidence => Original::excerpts(&text, spans, AROUND),
    }
}

/// Does `work`; should it panic, a message that names the document and the stage stands in its place.
fn guarded(shell: Extraction, original: Arc<str>, stage: &Cell<Stage>, work: impl FnOnce() -> Document) -> Document {
    IN_DOCUMENT.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IN_DOCUMENT.set(false);
    result.unwrap_or_else(|panic| {
        let reason = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no reason given");
        let message = format!("given up: a fault in this program ({}: {reason}); please report it", stage.get());
        let diagnostics = vec![Diagnostic { document: shell.id.clone(), level: Level::Error, message }];
        Document {
            original: Original::excerpts(&original, [], 0),
            extraction: Extraction { diagnostics, ..shell },
            unused: true,
            times: [(Stage::Clean, Duration::ZERO); 3],
            sentences: 0,
            tokens: 0,
            key: None,
        }
    })
}

fn stages(readout: &Readout, raw: RawDocument, stage: &Cell<Stage>) -> Document {
    let original = raw.text.clone();
    let begun = Instant::now();
    let format = raw.format;
    let mut clean = readout_clean::clean(raw);
    let lines = readout_clean::page_lines(&clean, format);
    let cleaned = Instant::now();
    let late = || too_late(begun, readout.read.limits.document_time);
    if let Some(reason) = not_used(&clean).or_else(|| late().map(|why| Some(about(&clean, Level::Error, why)))) {
        clean.diagnostics.extend(reason);
        let extraction = nothing(clean);
        return Document {
            original: kept(original, &extraction, readout.keep),
            extraction,
            unused: true,
            times: [
                (Stage::Clean, cleaned - begun),
                (Stage::Annotate, Duration::ZERO),
                (Stage::Extract, Duration::ZERO),
            ],
            sentences: 0,
            tokens: 0,
            key: None,
        };
    }
    stage.set(Stage::Annotate);
    let wanted = |text: &str, tokens: &[Token], named: bool| readout.knowledge.wants_tree(text, tokens, named);
    let annotated = readout.annotator.annotate_until(clean, Scope::Relevant(&wanted), &|| late().is_some());
    let analysed = Instant::now();
    stage.set(Stage::Extract);
    if let Some(why) = late() {
        let mut clean = annotated.document;
        clean.diagnostics.push(about(&clean, Level::Error, why));
        let extraction = nothing(clean);
        return Document {
            original: kept(original, &extraction, readout.keep),
            extraction,
            unused: true,
            times: [
                (Stage::Clean, cleaned - begun),
                (Stage::Annotate, analysed - cleaned),
                (Stage::Extract, Duration::ZERO),
            ],
            sentences: annotated.sentences.len(),
            tokens: 0,
            key: None,
        };
    }
    let extraction = Extraction { lines, ..readout_extract::extract(&annotated, &readout.knowledge) };
    Document {
        original: kept(original, &extraction, readout.keep),
        extraction,
        unused: false,
        times: [
            (Stage::Clean, cleaned - begun),
            (Stage::Annotate, analysed - cleaned),
            (Stage::Extract, analysed.elapsed()),
        ],
        sentences: annotated.sentences.len(),
        tokens: annotated.sentences.iter().map(|s| s.tokens.len()).sum(),
        key: None,
    }
}

/// Whether a document must be left out: one in another language, of which cleaning has said so, or one without text;
/// inside, what is still to be said about it.
fn not_used(clean: &CleanDocument) -> Option<Option<Diagnostic>> {
    if clean.language.is_some_and(|code| code != "en") {
        return Some(None);
    }
    if clean.blocks.iter().any(|b| b.kind.is_text()) {
        return None;
    }
    let warned = clean.diagnostics.iter().any(|d| d.level >= Level::Warning);
    let message = "no article found in it".to_owned();
    Some((!warned).then(|| about(clean, Level::Warning, message)))
}

fn about(clean: &CleanDocument, level: Level, message: String) -> Diagnostic {
    Diagnostic { document: clean.id.clone(), level, message }
}

/// Whether a document has had its time. It is looked at between stages, and within the longest, the analysis of the language.
fn too_late(begun: Instant, limit: Duration) -> Option<String> {
    let limit_text = limit.as_secs_f64();
    let message = || format!("given up after {limit_text} s, the time limit for one document (--document-time)");
    (begun.elapsed() > limit).then(message)
}

/// The extraction of a document that is not used.
fn nothing(clean: CleanDocument) -> Extraction {
    Extraction {
        id: clean.id,
        path: clean.path,
        source: clean.source,
        title: clean.title,
        url: clean.url,
        date: clean.date,
        language: clean.language.map(str::to_owned),
        fingerprint: Vec::new(),
        reports: Vec::new(),
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: clean.diagnostics,
    }
}

/// What is known of a document before any stage has seen it.
fn shell(raw: &RawDocument) -> Extraction {
    Extraction {
        id: raw.id.clone(),
        path: raw.path.clone(),
        source: raw.source.clone(),
        title: raw.title.clone(),
        url: raw.url.clone(),
        date: Default::default(),
        language: None,
        fingerprint: Vec::new(),
        reports: Vec::new(),
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::TextFormat;

    #[test]
    fn a_panic_costs_one_document_and_names_it() {
        let raw = RawDocument {
            id: "harbour-wire".to_owned(),
            path: "harbour-wire.txt".to_owned(),
            source: None,
            title: None,
            published: None,
            url: None,
            metadata: Default::default(),
            format: TextFormat::Plain,
            text: "A call.".into(),
            encoding: "utf-8",
        };
        let stage = Cell::new(Stage::Clean);
        let document = guarded(shell(&raw), raw.text.clone(), &stage, || {
            stage.set(Stage::Extract);
            assert!(in_document());
            panic!("index {} out of range", 7)
        });
        assert!(!in_document());
        assert!(document.unused && document.extraction.id == "harbour-wire" && document.original.len() == 7);
        let said = &document.extraction.diagnostics[0];
        assert_eq!((said.document.as_str(), said.level), ("harbour-wire", Level::Error));
        assert_eq!(said.message, "given up: a fault in this program (extract: index 7 out of range); please report it");
    }
}
