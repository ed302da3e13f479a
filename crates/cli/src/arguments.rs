//! Owns the arguments: commands, flags, their help, and the exit codes as the help gives them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use readout_types::{ContactKind, Interval, Status};

use crate::inputs::{InputFlags, time};

const EXIT_CODES: &str = "\
Exit codes:
  0    every input was read
  1    no input could be used, or there is no such contact
  2    the command line is wrong
  3    some inputs could not be used; the results of the others are printed
  101  a fault in this program; please report it
  130  interrupted";

const DIFF_EXIT_CODES: &str = "\
Exit codes of diff, as of the diff of Unix:
  0    nothing changed
  1    something changed
  2    a file cannot be used, or the command line is wrong";

const EXAMPLES: &str = "\
Examples:
  readout timeline articles/                      a folder of articles as a table
  readout timeline articles/ --who Russia --who US --kind call
                                                  calls between the two
  readout timeline feed.jsonl --from 2025-06 --format json --output calls.json
  curl -s https://example.org/page | readout timeline -
  readout show 3 articles/                        row 3 of that table, every word of evidence
  readout explain 2025-12-28-call articles/       why it says so
  readout gaps articles/                          contacts that must be missing
  readout diff yesterday.json today.json          what is new
  readout add articles/                           keep them in readout.db; timeline, show, … without PATH read it";

/// Who spoke to whom, when, and who says so.
///
/// Readout reads news articles and official readouts and prints a chronology of diplomatic contacts: calls, meetings,
/// visits, talks and letters. Every field of every contact points at the words it rests on; where sources disagree,
/// their values stand side by side; reprints of one text count once.
///
/// PATH can be a text, Markdown, HTML, PDF, DOCX, EML, MBOX, CSV, JSON, JSONL or Parquet file, a crawl (WARC, WET), a feed
/// (RSS, Atom), a ZIP or tar archive or a gzip or zstd file of these, a folder of all that, or `-` for standard input.
/// Everything runs on this machine. PATH can also be the address of a page, feed or sitemap: then, and only then, something
/// is fetched.
#[derive(Debug, Parser)]
#[command(name = "readout", version, max_term_width = 100, after_help = EXIT_CODES)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags that all commands take.
    #[command(flatten)]
    pub common: Common,
}

/// Flags that all commands take.
#[derive(Args, Debug)]
pub struct Common {
    /// Threads for reading documents; the answer is the same with any number [default: one for each core]
    #[arg(long, global = true, value_name = "N", help_heading = "Common options", value_parser = threads)]
    pub threads: Option<usize>,
    /// How inputs are read.
    #[command(flatten)]
    pub input: InputFlags,
    /// Print to standard error how long each stage took, and the peak of memory
    #[arg(long, global = true, help_heading = "Common options")]
    pub timings: bool,
    /// Print no warnings, notes or progress; errors and results only
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub quiet: bool,
    /// The store [default: readout.db]
    ///
    /// Commands that read articles take them from PATH, or, without any, from the store.
    #[arg(long, global = true, value_name = "FILE", help_heading = "Common options")]
    pub db: Option<PathBuf>,
    /// What people decided, replayed on every run [default: with a store, corrections.jsonl beside it]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Common options")]
    pub corrections: Option<PathBuf>,
    /// Actors of your own, beside the built-in tables [default: with a store, actors.toml beside it]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Common options")]
    pub actors: Option<PathBuf>,
    /// Contact patterns of your own: all files in DIR that end in .toml, beside the built-in patterns
    ///
    /// With a store, give the same DIR with every command: what was read under other rules is read again.
    #[arg(long, global = true, value_name = "DIR", help_heading = "Common options")]
    pub rules: Option<PathBuf>,
    /// Report dealings within one country, too, and mark them
    ///
    /// A president and his own ministers, two parties of one parliament. Without it they are left out. With a store, give it
    /// with every command or with none.
    #[arg(long, global = true, help_heading = "Common options")]
    pub domestic: bool,
    /// How thoroughly text is analysed [default: with a store, as its documents were; else auto]
    ///
    /// The deep tier is more often right and takes several times as long. Auto is deep for inputs of up to 6 MB together and swift for more.
    /// What it came to stands below every table and in the JSON.
    #[arg(long, global = true, value_name = "TIER", help_heading = "Common options")]
    pub tier: Option<TierChoice>,
    /// Use colour: on a terminal, always, or never; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Common options", default_value = "auto")]
    pub color: ColorWhen,
}

/// How thoroughly text is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TierChoice {
    /// By the size of the inputs
    Auto,
    /// A small network: fast
    Swift,
    /// A fine-tuned encoder for the sentences that can matter
    Deep,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also into files and pipes
    Always,
    /// Not at all
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the chronology: all contacts in the order of time, and what is missing
    ///
    /// Dates are shown as exactly as they are known: a day (2025-12-28), a month (2025-12), `before 2025-07-03`, a range.
    /// Contacts of unknown date come last. `!` marks contacts on which sources disagree; `readout show` prints both sides.
    Timeline(Timeline),
    /// Print one contact: every field with the words it rests on, rival values side by side
    Show(One),
    /// Explain one contact: the rules that found it, why its reports were linked, how its dates were derived
    Explain(One),
    /// Print only the contacts that must be missing, with the counts that say so
    ///
    /// "The ninth call this year" proves eight earlier ones. Where fewer are found, the others are missing: from the
    /// articles at hand, or from the public record.
    Gaps(Paths),
    /// Print the ledger of counts: what is claimed for each pair, kind and period, beside what is found
    ///
    /// Counts that contradict one another, or that leave no room for the contacts reported, are named.
    Counts(Paths),
    /// Print the independent sources of each contact, and why some documents count once
    ///
    /// Copies of one text, one outlet, the same words quoted of the same people, and one side's readout told twice go back
    /// to one source.
    Sources(Paths),
    /// Compare two chronologies, written by `timeline --format json`
    ///
    /// Prints new contacts, changed statuses, filled gaps, fresh denials and what else changed.
    #[command(after_help = DIFF_EXIT_CODES)]
    Diff(Diff),
    /// List the documents whose own date is missing or in doubt, with the rivals and the reasons
    ///
    /// Everything relative in a document ("on Thursday", "the day before") is counted from its own date.
    Dates(crate::dates::Dates),
    /// Print who said what, about which contact, in their own words or others'
    ///
    /// Direct and indirect speech with speaker, cue, channel and hedge; who confirms, denies or disputes.
    Quotes(crate::quotes::Quotes),
    /// Write the chronology in the format of another program
    Export(crate::export::Export),
    /// Print who was in touch with whom how often, over the years, beside what the sources count
    Stats(crate::export::Stats),
    /// Put articles into the store: only what is new or changed is read
    Add(crate::add::Add),
    /// Find words in the documents, contacts and statements of the store
    Search(crate::search::Search),
    /// Open the reading room: the chronology in a browser, every fact one click from its sentence
    ///
    /// Prints its address and serves until it is interrupted. Only this machine can reach it, unless --host says otherwise.
    Serve(crate::serve::Serve),
    /// Decide something about a contact or an actor of the store: a line in corrections.jsonl
    ///
    /// Decisions are anchored to the words of the reports, so that they hold when the articles are read again. What the
    /// documents say stays visible beside them.
    Correct(crate::correct::Correct),
    /// Print what people decided, and what became of it
    Log(crate::correct::Log),
    /// Try the examples of contact patterns of your own
    ///
    /// Prints each example that is not as its pattern says. Exit code 1 where there is one, or where a pattern is refused.
    Rules(crate::rules::Rules),
    /// Look whether everything in the store hangs together
    Check,
    /// Copy the store, the corrections and your own actors into a new folder
    Backup(crate::care::Backup),
    /// Look at feeds and folders again and again, and print contacts that are new or have changed
    ///
    /// Documents that were read before are not analysed again. With --resume FILE, watching goes on where it ended.
    Watch(Watch),
    /// Print the analysis of the language: sentences, words, tags, trees, names
    Annotate(Annotate),
    /// Print this manual as a man page (roff)
    Man,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// `readout timeline`.
#[derive(Args, Debug)]
pub struct Timeline {
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What to show.
    #[command(flatten)]
    pub filter: Filter,
    /// Only contacts that can have been on or before DATE
    #[arg(long, visible_alias = "until", value_name = "DATE", value_parser = date)]
    pub to: Option<Interval>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What to show of a chronology.
#[derive(Args, Debug)]
pub struct Filter {
    /// Only contacts in which NAME takes part: a person, country or organisation, or the beginning of a name; given
    /// twice, both take part
    #[arg(long, value_name = "NAME")]
    pub who: Vec<String>,
    /// Only this kind: call, meeting, visit, talks or message; can be given several times
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Vec<ContactKind>,
    /// Only this status: held, ongoing, planned, proposed, cancelled, denied or unclear; can be given several times
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Vec<Status>,
    /// Only contacts that can have been on or after DATE: a day, month or year (2025-07-03, 2025-07, 2025)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Interval>,
    /// Only contacts that this outlet reports: its name, or part of it; can be given several times
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Only contacts on which sources disagree
    #[arg(long)]
    pub disputed: bool,
    /// Only contacts with one independent source
    #[arg(long)]
    pub single_source: bool,
    /// Only contacts that are right with at least this chance: 0.8
    #[arg(long, value_name = "CHANCE", value_parser = chance, default_value = "0", hide_default_value = true)]
    pub min_confidence: u8,
    /// Only contacts with these words in participants, place, topics, outcomes or evidence; can be given several times
    #[arg(long, value_name = "WORDS")]
    pub text: Vec<String>,
}

/// `readout show` and `readout explain`.
#[derive(Args, Debug)]
pub struct One {
    /// The contact: its row number in the timeline (3 or '#3'), its id, or the beginning of its id
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// The files and folders of articles that the timeline was made of; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// `readout diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// The older JSON
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The newer JSON
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
}

/// How to print what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Lines for reading
    Text,
    /// An array of changes, for programs
    Json,
}

/// `readout gaps`, `readout counts`, `readout sources`.
#[derive(Args, Debug)]
pub struct Paths {
    /// Files and folders of articles; `-` is standard input; without any, the store is read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// `readout watch`.
#[derive(Args, Debug)]
pub struct Watch {
    /// Folders, files, and addresses of feeds, sitemaps and pages
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Time from the beginning of one round to that of the next
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = time)]
    pub interval: Duration,
    /// Look once and end
    #[arg(long)]
    pub once: bool,
    /// Run this in the shell for each contact, the contact as JSON on its standard input
    #[arg(long, value_name = "COMMAND")]
    pub command: Option<String>,
    /// Send each contact as JSON to this address
    #[arg(long, value_name = "URL")]
    pub webhook: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: WatchFormat,
}

/// How to print what `readout watch` finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WatchFormat {
    /// One line for each contact
    Text,
    /// One JSON object a line
    Json,
}

/// `readout annotate`.
#[derive(Args, Debug)]
pub struct Annotate {
    /// A file or folder of articles; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnnotateFormat,
}

/// How to print a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal
    Table,
    /// For documents and tickets
    Markdown,
    /// Everything, for programs; the format is documented and versioned
    Json,
}

/// How to print an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// CoNLL-U, with names in the last column
    Conllu,
    /// Trees drawn with one word on each line
    Text,
}

pub(crate) fn kind(text: &str) -> Result<ContactKind, String> {
    ContactKind::parse(text).ok_or_else(|| format!("expected {}", list(&ContactKind::ALL.map(ContactKind::as_str))))
}

pub(crate) fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| format!("expected {}", list(&Status::ALL.map(Status::as_str))))
}

fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

pub(crate) fn date(text: &str) -> Result<Interval, String> {
    let interval: Interval = match text.contains('/') {
        true => Err(()),
        false => text.parse().map_err(|_| ()),
    }
    .map_err(|()| "expected a day, a month or a year: 2025-07-03, 2025-07 or 2025".to_owned())?;
    if interval.is_unknown() {
        return Err("expected a day, a month or a year: 2025-07-03, 2025-07 or 2025".to_owned());
    }
    Ok(interval)
}

/// A chance between 0 and 1, in hundredths.
fn chance(text: &str) -> Result<u8, String> {
    match text.parse::<f64>() {
        // Up, so that nothing below what is asked comes through; 0.55 is 55, though the product is a trace more.
        Ok(chance) if (0.0..=1.0).contains(&chance) => Ok((chance * 100.0 - 1e-6).ceil() as u8),
        _ => Err("expected a chance between 0 and 1: 0.8".to_owned()),
    }
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n @ 1..=1024) => Ok(n),
        _ => Err("expected a number from 1 to 1024".to_owned()),
    }
}

pub fn size(text: &str) -> Result<u64, String> {
    let bad = || "expected a number of bytes, with K, M or G if you like: 500K, 32M".to_owned();
    let digits = text.trim_end_matches(['K', 'k', 'M', 'm', 'G', 'g']);
    let shift = match &text[digits.len()..] {
        "" => 0,
        "K" | "k" => 10,
        "M" | "m" => 20,
        "G" | "g" => 30,
        _ => return Err(bad()),
    };
    let number: u64 = digits.parse().map_err(|_| bad())?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes > 0).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(size("500K"), Ok(500 << 10));
        assert_eq!(size("32M"), Ok(32 << 20));
        assert_eq!(size("7"), Ok(7));
        for bad in ["", "M", "0", "-1", "3X", "1MM", "99999999999999999999"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn chances() {
        for hundredths in 0..=100u8 {
            assert_eq!(chance(&format!("{:.2}", f64::from(hundredths) / 100.0)), Ok(hundredths));
        }
        assert_eq!((chance("0.551"), chance("0.001")), (Ok(56), Ok(1)));
        for bad in ["", "80", "-1", "inf"] {
            assert!(chance(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates() {
        assert!(date("2025-07").is_ok());
        for bad in ["..", "", "2025-07-01/2025-07-03", "July", "2025-13"] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
