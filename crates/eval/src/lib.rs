//! Owns measuring: gold and predictions in, figures out. Nothing may import this crate.
//!
//! The measures are those of the shared scorers `score.py` and `score_titles.py`, ported line by line so that one
//! command gives all figures in seconds; `tests/against_score_py.rs` holds the two together. What is measured is the
//! JSON that `readout timeline --format json` prints, read back as text: the promise to users, not our own types.

pub mod agreement;
pub mod calibration;
pub mod contacts;
pub mod crawl;
pub mod days;
pub mod events;
pub mod evidence;
pub mod figures;
pub mod gold;
pub mod names;
pub mod pages;
pub mod prediction;
pub mod program;
pub mod removal;
pub mod scale;
pub mod sets;
pub mod statements;
pub mod synthetic;
pub mod table;
pub mod texts;
pub mod titles;
