//! Owns the flags that say how inputs are read: limits, names of fields, what may be fetched, going on with a run.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use readout::{Fetching, FieldMap, Limits, ReadOptions};

use crate::arguments::size;

/// Flags about inputs, which all commands take.
#[derive(Args, Debug)]
pub struct InputFlags {
    /// Refuse documents longer than this; K, M and G stand for KiB, MiB and GiB
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Limits", default_value = "32M", value_parser = document_size)]
    pub max_document_size: u64,
    /// Refuse what lies deeper than this in archives; compression counts
    #[arg(long, global = true, value_name = "N", help_heading = "Limits", default_value = "6")]
    pub max_archive_depth: u32,
    /// Stop unpacking what grows to more than so many times its size
    #[arg(long, global = true, value_name = "N", help_heading = "Limits", default_value = "250", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_expansion: u64,
    /// Make no temporary copy larger than this (of archives in archives and pipes)
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Limits", default_value = "16G", value_parser = size)]
    pub max_spool_size: u64,
    /// Give up a document after this time: 90s, 5m
    #[arg(long, global = true, value_name = "TIME", help_heading = "Limits", default_value = "60s", value_parser = time)]
    pub document_time: Duration,
    /// Take a field of records from another name, `title=headline`; a dot leads into an object; can be given several times
    #[arg(long, global = true, value_name = "FIELD=NAME", help_heading = "Inputs", value_parser = field)]
    pub map: Vec<String>,
    /// Keep what each document gave in FILE, and take it from there when this or another run meets the document again
    #[arg(long, global = true, value_name = "FILE", help_heading = "Inputs")]
    pub resume: Option<PathBuf>,
    /// Fetch the pages that the items of a feed name, instead of taking what the feed says of them
    #[arg(long, global = true, help_heading = "Fetching")]
    pub follow: bool,
    /// Fetch from this machine and private networks too
    #[arg(long, global = true, help_heading = "Fetching")]
    pub allow_local: bool,
    /// Keep what was fetched in DIR, and ask for it again only when it has changed
    #[arg(long, global = true, value_name = "DIR", help_heading = "Fetching")]
    pub cache: Option<PathBuf>,
    /// Pause between two requests to one host; a longer one that its robots.txt asks for is kept
    #[arg(long, global = true, value_name = "TIME", help_heading = "Fetching", default_value = "1s", value_parser = time)]
    pub fetch_interval: Duration,
    /// Wait so long for a whole answer
    #[arg(long, global = true, value_name = "TIME", help_heading = "Fetching", default_value = "30s", value_parser = time)]
    pub fetch_timeout: Duration,
    /// Take no answer longer than this
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Fetching", default_value = "64M", value_parser = size)]
    pub max_fetch_size: u64,
    /// Follow so many redirects
    #[arg(long, global = true, value_name = "N", help_heading = "Fetching", default_value = "10")]
    pub max_redirects: u32,
    /// Fetch so many pages of one sitemap
    #[arg(long, global = true, value_name = "N", help_heading = "Fetching", default_value = "1000")]
    pub max_pages: u64,
}

impl InputFlags {
    /// How inputs are read.
    pub fn options(&self) -> ReadOptions {
        let mut fields = FieldMap::default();
        for entry in &self.map {
            // Checked when the command line was parsed.
            let _ = fields.add(entry);
        }
        ReadOptions {
            limits: Limits {
                max_document_bytes: self.max_document_size,
                max_archive_depth: self.max_archive_depth,
                max_expansion: self.max_expansion,
                max_spool_bytes: self.max_spool_size,
                document_time: self.document_time,
            },
            fields,
            fetch: Fetching {
                follow: self.follow,
                allow_local: self.allow_local,
                cache: self.cache.clone(),
                interval: self.fetch_interval,
                timeout: self.fetch_timeout,
                max_bytes: self.max_fetch_size,
                max_redirects: self.max_redirects,
                max_pages: self.max_pages,
            },
        }
    }
}

fn field(text: &str) -> Result<String, String> {
    FieldMap::default().add(text).map(|()| text.to_owned())
}

fn document_size(text: &str) -> Result<u64, String> {
    // Offsets inside a document have 32 bits.
    match size(text)? {
        bytes @ 1..=0xffff_ffff => Ok(bytes),
        0x1_0000_0000 => Ok(u64::from(u32::MAX)),
        _ => Err("expected a number of bytes from 1 to 4G, with K, M or G if you like: 500K, 32M".to_owned()),
    }
}

/// `90s`, `5m`, `250ms`, `2h`; a number alone is seconds.
pub fn time(text: &str) -> Result<Duration, String> {
    let bad = || "expected a time: 250ms, 90s, 5m or 2h".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(bad()),
    };
    let number: f64 = digits.parse().map_err(|_| bad())?;
    let seconds = number * unit;
    if !(0.0..=1e7).contains(&seconds) {
        return Err(bad());
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes() {
        assert_eq!(time("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(time("5m"), Ok(Duration::from_secs(300)));
        assert_eq!(time("1.5"), Ok(Duration::from_millis(1500)));
        for bad in ["", "s", "-1s", "1d", "NaN", "inf"] {
            assert!(time(bad).is_err(), "{bad}");
        }
        assert_eq!(document_size("4G"), Ok(u64::from(u32::MAX)));
        assert!(document_size("5G").is_err() && size("5G").is_ok());
    }
}
