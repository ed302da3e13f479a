//! Owns the list of what is tested here. One program: what it links, the models above all, lies on the disk once.

mod agency;
mod attribution;
mod common;
mod denials;
mod discourse;
mod fields;
mod lookalikes;
mod mentions;
mod patterns;
mod properties;
mod readings;
mod sentences;
mod snapshots;
mod statements;
mod status;
mod story;
