//! Owns the program `readout`: arguments in, exit code out.

mod arguments;
mod commands;
mod messages;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    progress::quiet_panics();
    let arguments = Arguments::parse();
    ExitCode::from(commands::run(&arguments))
}
