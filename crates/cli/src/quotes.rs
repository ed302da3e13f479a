//! Owns `readout quotes`: who said what, by speaker, with the contact that it is about.

use std::path::PathBuf;

use clap::Args;
use readout_types::{Manner, Statement};

use crate::arguments::Common;
use crate::commands::{self, Stop};
use crate::output::Output;

/// `readout quotes`.
#[derive(Args, Debug)]
pub struct Quotes {
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only statements of NAME: a person, country or organisation, or the beginning of a name; can be given several times
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Only the speakers' own words, in quotation marks
    #[arg(long)]
    pub direct: bool,
    /// Only statements about a contact
    #[arg(long)]
    pub about_contacts: bool,
    /// Also what people think, know, hope and want
    #[arg(long)]
    pub all: bool,
    /// Print a JSON array, with offsets into the originals
    #[arg(long)]
    pub json: bool,
}

/// Prints the statements; exit codes as of the other commands that read articles.
pub(crate) fn run(arguments: &Quotes, common: &Common) -> Result<u8, Stop> {
    let (names, mut run) = commands::chronology(&arguments.paths, common)?;
    if arguments.about_contacts {
        run.chronology.statements.retain(|(_, _, about)| about.is_some());
    }
    let wanted: Vec<_> = arguments.speaker.iter().map(|name| names.wanted(name)).collect();
    let speaks = |statement: &Statement| {
        let words = statement.speaker_source.as_ref().map_or("", |s| &s.text);
        wanted.is_empty()
            || wanted.iter().any(|w| statement.speaker.as_ref().is_some_and(|a| w.means(a)))
            // "A U.S. official": whoever is not named is found by the words.
            || arguments.speaker.iter().any(|name| words.to_lowercase().contains(&name.to_lowercase()))
    };
    let passes = |statement: &Statement| {
        (arguments.all || statement.manner == Manner::Says)
            && (!arguments.direct || statement.direct)
            && speaks(statement)
    };
    let look = Output::Stdout.look(common.color);
    let text = if arguments.json {
        readout_export::quotes_json(&run.chronology, &passes)
    } else {
        readout_export::quotes(&run.chronology, &passes, &look)
    };
    commands::print(|out| out.write_all(text.as_bytes()))?;
    Ok(commands::exit_code(&run))
}
