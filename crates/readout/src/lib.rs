//! Owns the flow: paths to chronology, every stage in order, in parallel where documents do not need one another.
//!
//! ```text
//! read → clean → annotate → extract   each document by itself, on all threads
//!      → link → reconcile             all documents together
//! ```
//!
//! The answer depends on the inputs alone: not on the number of threads, the clock or the machine.

mod documents;
mod furniture;
mod names;
mod resume;
mod select;
mod sharing;
mod timings;
mod trial;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use readout_actors::{Table, TableError};
use readout_annotate::{Annotator, ModelError, Scope};
use readout_corrections::{Book, Outcome, Replay};
use readout_extract::{Knowledge, KnowledgeError};
use readout_types::{Annotated, Chronology, CleanDocument, Diagnostic, RawDocument, Tier};

use crate::resume::Resume;

pub use documents::{Extracted, ExtractedDocument, Progress, in_document};
pub use names::{Names, Wanted};
pub use readout_actors::fold;
pub use readout_annotate::{conllu, draw};
pub use readout_read::{
    Fetching, FieldMap, Item, Limits, Options as ReadOptions, Reader, documents as inputs, is_address, post,
};
pub use readout_reconcile::confidence;
pub use readout_types::Filter;
pub use select::{Selection, words_of};
pub use timings::{Stage, Timings};
pub use trial::Trial;

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Threads for the documents; `None` takes one for each core.
    pub threads: Option<usize>,
    /// How inputs are read: limits, names of fields, what may be fetched.
    pub read: ReadOptions,
    /// Whether the results of single documents are kept, so that none is analysed twice.
    pub remember: Remember,
    /// What is kept of the documents' texts.
    pub keep: Keep,
    /// A person's own actors, beside the built-in tables.
    pub actors: Option<OwnActors>,
    /// What people decided; replayed on the chronology.
    pub corrections: Book,
    /// A person's own contact patterns, beside the built-in ones.
    pub rules: Vec<OwnRules>,
    /// Whether dealings within one country are reported, too.
    pub domestic: bool,
    /// How thoroughly text is analysed.
    pub tier: Tier,
}

/// Where the results of single documents are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remember {
    /// Nowhere.
    #[default]
    Nothing,
    /// In a temporary file that is gone with the program.
    ForThisProgram,
    /// In this file: a run that was interrupted goes on where it was, and the next one analyses only what is new.
    In(PathBuf),
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

/// A file of a person's own contact patterns, in the format of `data/patterns`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRules {
    /// Its name, for messages.
    pub file: String,
    /// What stands in it.
    pub text: String,
}

/// All that a person's own rules, and what is asked for, change in what a document gives: empty where they change nothing
/// of what the swift tier gives.
pub fn own_rules(rules: &[OwnRules], domestic: bool, tier: Tier) -> String {
    let mut out: String = rules.iter().map(|r| format!("{}\n{}\n", r.text.len(), r.text)).collect();
    if domestic {
        out.push_str("domestic");
    }
    if tier != Tier::Swift {
        out.push_str(tier.as_str());
    }
    out
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
    /// A person's own rules cannot be used.
    #[error("{0}")]
    Rules(KnowledgeError),
    /// The file of an earlier run cannot be used.
    #[error("{}: cannot go on with it: {reason}", path.display())]
    Resume {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
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
    annotator: Box<dyn Annotator>,
    knowledge: Knowledge,
    pool: rayon::ThreadPool,
    read: ReadOptions,
    resume: Option<Mutex<Resume>>,
    /// A person's own actors and rules, which decide what is found.
    own: String,
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
        let opened = match &options.remember {
            Remember::Nothing => None,
            Remember::ForThisProgram => Some((Resume::temporary(), PathBuf::from("temporary file"))),
            Remember::In(path) => Some((Resume::open(path), path.clone())),
        };
        let resume = opened.map(|(opened, path)| {
            opened.map(Mutex::new).map_err(|e| SetupError::Resume { path, reason: e.to_string() })
        });
        let knowledge = || -> Result<Knowledge, SetupError> {
            let mut table = Table::embedded().map_err(KnowledgeError::from)?;
            if let Some(own) = &options.actors {
                table.extend(&own.file, &own.text).map_err(SetupError::Actors)?;
            }
            let mut knowledge = Knowledge::with(table)?;
            for own in &options.rules {
                knowledge.add_patterns(&own.file, &own.text).map_err(|e| SetupError::Rules(e.into()))?;
            }
            knowledge.domestic = options.domestic;
            Ok(knowledge)
        };
        let (annotator, knowledge) = pool.join(|| readout_annotate::embedded(options.tier), knowledge);
        // Decisions are anchored to places of whole texts.
        let keep = if options.corrections.is_empty() { options.keep } else { Keep::Whole };
        Ok(Readout {
            annotator: annotator?,
            knowledge: knowledge?,
            pool,
            read: options.read.clone(),
            resume: resume.transpose()?,
            own: options.actors.as_ref().map(|own| own.text.clone()).unwrap_or_default()
                + &own_rules(&options.rules, options.domestic, options.tier),
            keep,
            corrections: options.corrections.clone(),
        })
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

    /// How thoroughly text is analysed.
    pub fn tier(&self) -> Tier {
        self.annotator.tier()
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
        let inputs = readout_read::Inputs::new(paths, &self.read);
        let meter = inputs.meter();
        let reader = inputs.documents().beside(taken);
        documents::extract_all(self, reader, &meter, extracted, &mut timings, progress);
        extracted.tier = Some(self.tier());
        timings.finish(begun);
        timings
    }

    /// All that is remembered of earlier runs, in the order in which it was read; of a document that was read in several
    /// versions, the last.
    pub fn remembered(&self) -> Extracted {
        let kept = self.resume.as_ref().map(|resume| resume.lock().unwrap_or_else(PoisonError::into_inner).all());
        documents::found_again(kept.unwrap_or_default())
    }

    /// The analysis of each document in the order of the input, without looking for contacts: what `readout annotate`
    /// prints. Documents in other languages are analysed as if they were English.
    pub fn annotate<'a>(&'a self, paths: &[PathBuf]) -> impl Iterator<Item = Result<Annotated, Diagnostic>> + 'a {
        readout_read::documents(paths, &self.read).map(|item| match item {
            readout_read::Item::Document(raw) => Ok(self.analysed(raw)),
            readout_read::Item::Diagnostic(diagnostic) => Err(diagnostic),
        })
    }

    fn analysed(&self, raw: RawDocument) -> Annotated {
        self.annotator.annotate(readout_clean::clean(raw), Scope::All)
    }
}

/// One document, cleaned and not analysed.
pub fn clean(raw: RawDocument) -> CleanDocument {
    readout_clean::clean(raw)
}

/// The documents in `paths`, cleaned and not analysed.
pub fn cleaned(paths: &[PathBuf], options: &ReadOptions) -> impl Iterator<Item = Result<CleanDocument, Diagnostic>> {
    readout_read::documents(paths, options).map(|item| match item {
        readout_read::Item::Document(raw) => Ok(readout_clean::clean(raw)),
        readout_read::Item::Diagnostic(diagnostic) => Err(diagnostic),
    })
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
    let Extracted { mut extractions, originals, mut diagnostics, unused, tier } = extracted;
    let mut sharing = sharing::Sharing::default();
    extractions.iter_mut().for_each(|extraction| sharing.share(extraction));
    drop(sharing);
    diagnostics.extend(timings.time(Stage::Link, || furniture::leave_out(&mut extractions)));
    let mut replay = Replay::prepare(corrections, &mut extractions, &originals);
    let linked = timings.time(Stage::Link, || {
        let mut linked = readout_link::link(&extractions);
        replay.regroup(&extractions, &mut linked);
        linked
    });
    let mut chronology =
        timings.time(Stage::Reconcile, || readout_reconcile::reconcile(extractions, linked, originals));
    chronology.tier = tier;
    chronology.diagnostics.splice(..0, diagnostics);
    let outcomes = replay.finish(corrections, &mut chronology);
    timings.finish(begun);
    (Run { chronology, unused, timings }, outcomes)
}
