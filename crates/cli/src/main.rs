//! Owns the program `readout`: arguments in, exit code out.

mod add;
mod arguments;
mod care;
mod commands;
mod correct;
mod dates;
mod diff;
mod export;
mod inputs;
mod messages;
mod output;
mod progress;
mod quotes;
mod rules;
mod search;
mod serve;
mod source;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    progress::quiet_panics();
    let arguments = Arguments::parse();
    ExitCode::from(commands::run(&arguments))
}
