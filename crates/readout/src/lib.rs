//! Owns the flow: paths to chronology, every stage in order, in parallel where documents do not need one another.
//!
//! ```text
//! read → clean → annotate → extract   each document by itself, on all threads
//!      → link → reconcile             all documents together
//! ```
//!
//! The answer depends on the inputs alone: not on the number of threads, the clock or the machine.

mod documents;
mod names;
mod select;
mod timings;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use readout_actors::{Table, TableError};
use readout_annotate::{Annotator, ModelError, Scope, Swift};
use readout_corrections::{Book, Outcome, Replay};
use readout_extract::{Knowledge, KnowledgeError};
use readout_types::{Annotated, Chronology, Diagnostic, RawDocument};

pub use documents::{Extracted, ExtractedDocument, Progress, in_document};
pub use names::{Names, Wanted};
pub use readout_actors::fold;
pub use readout_annotate::{conllu, draw};
pub use readout_read::{Item, Limits, Reader, documents as inputs};
pub use readout_types::Filter;
pub use select::{Selection, words_of};
pub use timings::{Stage, Timings};

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Threads for the documents; `None` takes one for each core.
    pub threads: Option<usize>,
    /// How much of an input is taken at most.
    pub limits: Limits,
    /// What is kept of the documents' texts.
    pub keep: Keep,
    /// A person's own actors, beside the built-in tables.
    pub actors: Option<OwnActors>,
    /// What people decided; replayed on the chronology.
    pub corrections: Book,
}

/// What is kept of a document's text once it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The words that reports and statements point at, with what stands around them: enough for every page and format.
    #[default]
    Evidence,
    /// The whole text.
    Whole,
}

/// A file of a person's own actors (`actors.toml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnActors {
    /// Its name, for messages.
    pub file: String,
    /// What stands in it.
    pub text: String,
}

/// Names all that decides what one document gives: sources, rules, tables, models. Extractions that were kept under another
/// name may differ from what this program would make.
pub fn pipeline() -> &'static str {
    env!("READOUT_PIPELINE")
}

/// Why a run cannot begin. No input is at fault.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The compiled-in language models cannot be read.
    #[error("the language models cannot be read: {0}")]
    Models(#[from] ModelError),
    /// The compiled-in tables and rules cannot be read.
    #[error("the tables and rules cannot be read: {0}")]
    Knowledge(#[from] KnowledgeError),
    /// A person's own actors cannot be read.
    #[error("{0}")]
    Actors(TableError),
    /// The system gives no threads.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// How many were asked for; 0 stands for one for each core.
        threads: usize,
        /// What the system says.
        reason: String,
    },
}

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Who spoke to whom, when, and who says so. Its diagnostics are those of all stages, in the order of the inputs.
    pub chronology: Chronology,
    /// Documents that were read but not used: in another language, without an article, or given up by a stage.
    pub unused: usize,
    /// Where the time went.
    pub timings: Timings,
}

/// The program, ready to run: models, tables, rules and threads.
pub struct Readout {
    annotator: Swift,
    knowledge: Knowledge,
    pool: rayon::ThreadPool,
    limits: Limits,
    keep: Keep,
    corrections: Book,
}

impl Readout {
    /// Loads the compiled-in models, tables and rules, and starts the threads.
    ///
    /// # Errors
    /// A damaged build, or a system without threads to give.
    pub fn new(options: &Options) -> Result<Readout, SetupError> {
        let threads = options.threads.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|n| format!("readout-{n}"))
            .build()
            .map_err(|e| SetupError::Threads { threads, reason: e.to_string() })?;
        let knowledge = || -> Result<Knowledge, SetupError> {
            let mut table = Table::embedded().map_err(KnowledgeError::from)?;
            if let Some(own) = &options.actors {
                table.extend(&own.file, &own.text).map_err(SetupError::Actors)?;
            }
            Ok(Knowledge::with(table)?)
        };
        let (annotator, knowledge) = pool.join(Swift::embedded, knowledge);
        let (limits, corrections) = (options.limits.clone(), options.corrections.clone());
        // Decisions are anchored to places of whole texts.
        let keep = if corrections.is_empty() { options.keep } else { Keep::Whole };
        Ok(Readout { annotator: annotator?, knowledge: knowledge?, pool, limits, keep, corrections })
    }

    /// Builds the chronology of everything in `paths` (files, folders, `-` for standard input).
    ///
    /// Never fails: whatever cannot be used becomes a diagnostic, and the rest goes on. `progress` is called now and
    /// then from the calling thread's pool; it must not depend on being called a certain number of times.
    pub fn chronology(&self, paths: &[PathBuf], progress: &(dyn Fn(Progress) + Sync)) -> Run {
        let begun = Instant::now();
        let mut extracted = Extracted::default();
        let extracting = self.extract(paths, &mut extracted, progress);
        let (mut run, _) = corrected_chronology_of(extracted, &self.corrections);
        run.timings = Timings { stages: add(run.timings.stages, extracting.stages), ..extracting };
        run.timings.finish(begun);
        run
    }

    /// The first half of [`Readout::chronology`]: what each document in `paths` says by itself, added to `extracted`.
    ///
    /// What is in `extracted` already is taken for documents read before these. So reading some paths now and others
    /// later, with [`Extracted`] kept in between (it can be serialised), gives exactly what reading all of them in that
    /// order gives, ids included.
    pub fn extract(
        &self,
        paths: &[PathBuf],
        extracted: &mut Extracted,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Timings {
        let begun = Instant::now();
        let mut timings = Timings { threads: self.pool.current_num_threads(), ..Timings::default() };
        let taken = extracted.extractions.iter().map(|e| e.id.clone());
        let inputs = readout_read::documents(paths, &self.limits).beside(taken);
        documents::extract_all(self, inputs, extracted, &mut timings, progress);
        timings.finish(begun);
        timings
    }

    /// The analysis of each document in the order of the input, without looking for contacts: what `readout annotate`
    /// prints. Documents in other languages are analysed as if they were English.
    pub fn annotate<'a>(&'a self, paths: &[PathBuf]) -> impl Iterator<Item = Result<Annotated, Diagnostic>> + 'a {
        readout_read::documents(paths, &self.limits).map(|item| match item {
            readout_read::Item::Document(raw) => Ok(self.analysed(raw)),
            readout_read::Item::Diagnostic(diagnostic) => Err(diagnostic),
        })
    }

    fn analysed(&self, raw: RawDocument) -> Annotated {
        self.annotator.annotate(readout_clean::clean(raw), Scope::All)
    }
}

fn add(a: [Duration; 6], b: [Duration; 6]) -> [Duration; 6] {
    std::array::from_fn(|i| a[i] + b[i])
}

/// The second half of [`Readout::chronology`]: links and reconciles what documents say by themselves.
///
/// It looks at `extracted` alone, and linking a million reports takes less than a minute (docs/scale.md): whoever keeps
/// extractions gets the chronology of old and new documents together without reading the old ones again, and byte for
/// byte the one that a run over all of them gives.
pub fn chronology_of(extracted: Extracted) -> Run {
    corrected_chronology_of(extracted, &Book::default()).0
}

/// The same with what people decided replayed on it, and what became of each decision. Of the originals only those need
/// be there that the decisions' anchors name.
pub fn corrected_chronology_of(extracted: Extracted, corrections: &Book) -> (Run, Vec<Outcome>) {
    let begun = Instant::now();
    let mut timings = Timings::default();
    let Extracted { mut extractions, originals, diagnostics, unused } = extracted;
    let mut replay = Replay::prepare(corrections, &mut extractions, &originals);
    let linked = timings.time(Stage::Link, || {
        let mut linked = readout_link::link(&extractions);
        replay.regroup(&extractions, &mut linked);
        linked
    });
    let mut chronology =
        timings.time(Stage::Reconcile, || readout_reconcile::reconcile(extractions, linked, originals));
    chronology.diagnostics.splice(..0, diagnostics);
    let outcomes = replay.finish(corrections, &mut chronology);
    timings.finish(begun);
    (Run { chronology, unused, timings }, outcomes)
}
