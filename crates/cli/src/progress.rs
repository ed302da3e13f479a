//! Owns the progress bar, and the silence of panics that cost one document only.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use readout::Progress;

/// A run shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error, where that is a terminal and the run takes long.
pub struct Bar {
    begun: Instant,
    /// Bytes of the input files; `None` shows no bar.
    total: Option<u64>,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    /// A bar for these inputs.
    pub fn new(paths: &[PathBuf], wanted: bool) -> Bar {
        let total = (wanted && std::io::stderr().is_terminal()).then(|| bytes_of(paths, u64::MAX));
        Bar { begun: Instant::now(), total, bar: OnceLock::new() }
    }

    /// Moves the bar.
    pub fn show(&self, progress: Progress) {
        let Some(total) = self.total else { return };
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(Some(total.max(1)), ProgressDrawTarget::stderr());
            let style = "{wide_bar} {binary_bytes}/{binary_total_bytes}  {msg}  {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar
        });
        // Where nobody counts the bytes of the inputs, those of the texts stand for them.
        let done = if progress.consumed > 0 { progress.consumed } else { progress.bytes };
        bar.set_position(done.min(total));
        let doing = if progress.linking { ", linking" } else { "" };
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        let rate = progress.documents as f64 / seconds;
        bar.set_message(format!("{} documents, {rate:.0}/s{doing}", progress.documents));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// Bytes of files and of the files in folders, counted until they are more than `enough`; what is neither counts nothing.
pub(crate) fn bytes_of(paths: &[PathBuf], enough: u64) -> u64 {
    let mut bytes = 0;
    paths.iter().for_each(|path| count(path, 0, enough, &mut bytes));
    bytes
}

fn count(path: &Path, depth: usize, enough: u64, bytes: &mut u64) {
    let Ok(about) = std::fs::metadata(path) else { return };
    if about.is_file() {
        *bytes += about.len();
        return;
    }
    // Deep enough for any corpus, shallow enough for a circle of links.
    if depth > 16 {
        return;
    }
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        if *bytes > enough {
            return;
        }
        count(&entry.path(), depth + 1, enough, bytes);
    }
}

/// A panic inside the stages of one document becomes a message about that document; do not print it twice.
pub fn quiet_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !readout::in_document() {
            usual(panic);
        }
    }));
}
