//! Owns where the time goes: seconds of each stage, documents, sentences, tokens, bytes, and the peak of memory.

use std::fmt;
use std::time::{Duration, Instant};

use crate::documents::Document;

/// A stage of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Files to documents.
    Read,
    /// Page furniture, dates, language.
    Clean,
    /// Sentences, words, trees, names.
    Annotate,
    /// Reports, statements, counts.
    Extract,
    /// Reports to clusters.
    Link,
    /// Clusters to contacts.
    Reconcile,
}

impl Stage {
    /// All, in the order of the flow.
    pub const ALL: [Stage; 6] =
        [Stage::Read, Stage::Clean, Stage::Annotate, Stage::Extract, Stage::Link, Stage::Reconcile];
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Read => "read",
            Stage::Clean => "clean",
            Stage::Annotate => "annotate",
            Stage::Extract => "extract",
            Stage::Link => "link",
            Stage::Reconcile => "reconcile",
        })
    }
}

/// Where the time of a run went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Time of each stage, in the order of [`Stage::ALL`]; that of `clean`, `annotate` and `extract` is summed over
    /// the threads.
    pub stages: [Duration; 6],
    /// From beginning to end.
    pub wall: Duration,
    /// Threads used for documents.
    pub threads: usize,
    /// Documents read.
    pub documents: usize,
    /// Bytes of their original texts.
    pub bytes: u64,
    /// Sentences analysed.
    pub sentences: usize,
    /// Words analysed.
    pub tokens: usize,
    /// Most memory that the process ever held, in bytes; `None` where the system does not tell.
    pub peak_memory: Option<u64>,
}

impl Timings {
    /// Runs a stage and adds its time.
    pub(crate) fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = work();
        self.stages[stage as usize] += begun.elapsed();
        result
    }

    pub(crate) fn add(&mut self, document: &Document) {
        for (stage, time) in document.times {
            self.stages[stage as usize] += time;
        }
        self.documents += 1;
        self.bytes += document.original.len() as u64;
        self.sentences += document.sentences;
        self.tokens += document.tokens;
    }

    pub(crate) fn finish(&mut self, begun: Instant) {
        self.wall = begun.elapsed();
        self.peak_memory = peak_memory();
    }

    /// The time of a stage.
    pub fn stage(&self, stage: Stage) -> Duration {
        self.stages[stage as usize]
    }
}

/// A table for people, one line for each stage.
impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole: f64 = self.stages.iter().map(Duration::as_secs_f64).sum();
        for stage in Stage::ALL {
            let seconds = self.stage(stage).as_secs_f64();
            let share = if whole > 0.0 { 100.0 * seconds / whole } else { 0.0 };
            writeln!(f, "{:<10} {seconds:>9.3} s {share:>5.1} %", stage.to_string())?;
        }
        let wall = self.wall.as_secs_f64();
        let rate = |n: f64| if wall > 0.0 { n / wall } else { 0.0 };
        let threads = if self.threads == 1 { "thread" } else { "threads" };
        writeln!(f, "{:<10} {wall:>9.3} s on {} {threads}", "wall", self.threads)?;
        writeln!(
            f,
            "{} documents, {:.1} MB, {} sentences, {} words: {:.0} documents/s, {:.0} sentences/s, {:.0} words/s",
            self.documents,
            self.bytes as f64 / 1e6,
            self.sentences,
            self.tokens,
            rate(self.documents as f64),
            rate(self.sentences as f64),
            rate(self.tokens as f64)
        )?;
        match self.peak_memory {
            Some(bytes) => writeln!(f, "peak memory {:.0} MB", bytes as f64 / 1e6),
            None => Ok(()),
        }
    }
}

/// The high-water mark of resident memory, as Linux tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}
