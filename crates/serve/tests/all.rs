//! Owns the list of what is tested here. One program: what it links, the models above all, lies on the disk once.

mod api;
mod malice;
mod refusals;
mod room;
