//! Owns the count of the bytes taken from inputs, for telling how far a run has come.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A stream whose bytes are counted.
pub(crate) struct Metered<R> {
    inner: R,
    total: Option<Arc<AtomicU64>>,
}

impl<R> Metered<R> {
    /// Counts into `total`, where there is one.
    pub fn new(inner: R, total: Option<Arc<AtomicU64>>) -> Self {
        Metered { inner, total }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if let Some(total) = &self.total {
            total.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }
}
