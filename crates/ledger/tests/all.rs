//! Owns the list of what is tested here. One program: what it links, the models above all, lies on the disk once.

mod adding;
mod common;
mod correcting;
mod fetching;
mod schemas;
mod verdicts;
