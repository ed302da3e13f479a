//! Owns the commands: each runs the flow, picks what was asked for, prints it, and gives the exit code.

use std::path::PathBuf;

use clap::CommandFactory;
use readout::{Names, Options, Readout, Remember, Run};
use readout_export::{View, find};
use readout_ledger::Texts;
use readout_types::{Filter, Interval, Level};

use crate::arguments::{Annotate, AnnotateFormat, Arguments, Command, Common, Format, One, Paths, Timeline};
use crate::messages;
use crate::output::Output;
use crate::progress::Bar;
use crate::source;

pub(crate) const ALL_READ: u8 = 0;
pub(crate) const NOTHING: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const SOME_READ: u8 = 3;

/// Why a command ends early: an exit code and a line for standard error.
pub(crate) type Stop = (u8, String);

/// Runs a command. Everything it has to say is said when this returns.
pub fn run(arguments: &Arguments) -> u8 {
    let common = &arguments.common;
    let done = match &arguments.command {
        Command::Timeline(timeline) => self::timeline(timeline, common),
        Command::Show(one) => self::one(one, common, readout_export::show),
        Command::Explain(one) => self::one(one, common, readout_export::explain),
        Command::Gaps(paths) => page(paths, common, readout_export::gaps),
        Command::Counts(paths) => page(paths, common, readout_export::counts),
        Command::Sources(paths) => page(paths, common, readout_export::sources),
        Command::Diff(diff) => crate::diff::run(diff),
        Command::Dates(dates) => crate::dates::run(dates, common),
        Command::Quotes(quotes) => crate::quotes::run(quotes, common),
        Command::Export(export) => crate::export::run(export, common),
        Command::Stats(stats) => crate::export::stats(stats, common),
        Command::Add(add) => crate::add::run(add, common),
        Command::Search(search) => crate::search::run(search, common),
        Command::Serve(serve) => crate::serve::run(serve, common),
        Command::Correct(correct) => crate::correct::run(correct, common),
        Command::Log(log) => crate::correct::log(log, common),
        Command::Rules(rules) => crate::rules::run(rules, common),
        Command::Check => crate::care::check(common),
        Command::Backup(backup) => crate::care::backup(backup, common),
        Command::Annotate(annotate) => self::annotate(annotate, common),
        Command::Watch(watch) => match crate::watch::watch(watch, common) {
            Ok(true) => Ok(ALL_READ),
            Ok(false) => Ok(NOTHING),
            Err(why) => Err((NOTHING, why)),
        },
        Command::Man => man(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "readout", &mut script);
            print(|out| out.write_all(&script))
        }
    };
    done.unwrap_or_else(|(code, message)| {
        messages::error(&message);
        code
    })
}

fn timeline(arguments: &Timeline, common: &Common) -> Result<u8, Stop> {
    let filter = filter(&arguments.filter, arguments.to)?;
    let output = arguments.output.clone().map_or(Output::Stdout, Output::File);
    let write = |view: &View<'_>| {
        let look = output.look(common.color);
        output.write(|out| match arguments.format {
            Format::Json => readout_export::json(view, out),
            Format::Markdown => out.write_all(readout_export::markdown(view).as_bytes()),
            Format::Table => out.write_all(readout_export::table(view, &look).as_bytes()),
        })
    };
    // The JSON names every document; the others need only what they show.
    // The store's index knows nothing of confidence.
    let indexed = !filter.is_empty() && filter.min_confidence == 0;
    if arguments.paths.is_empty() && indexed && arguments.format != Format::Json {
        let ledger = source::ledger(common)?;
        let (page, part) = ledger.find(&filter, 0, usize::MAX, Texts::Without).map_err(|e| (NOTHING, e.to_string()))?;
        write(&View::of(&part)).map_err(|message| (NOTHING, message))?;
        left_out(page.undated_left_out, common);
        return Ok(ALL_READ);
    }
    let (names, run) = chronology(&arguments.paths, common)?;
    let selection = names.select(&run.chronology, &filter);
    let view = View { chronology: &run.chronology, contacts: selection.contacts, gaps: selection.gaps, part: None };
    write(&view).map_err(|message| (NOTHING, message))?;
    left_out(selection.undated_left_out, common);
    Ok(exit_code(&run))
}

pub(crate) fn left_out(undated: usize, common: &Common) {
    if undated > 0 && !common.quiet {
        let contacts = if undated == 1 { "contact of unknown date is" } else { "contacts of unknown date are" };
        messages::note(&format!("{undated} {contacts} left out by --from and --to"));
    }
}

/// What the flags ask for.
pub(crate) fn filter(arguments: &crate::arguments::Filter, to: Option<Interval>) -> Result<Filter, Stop> {
    Ok(Filter {
        who: arguments.who.clone(),
        kinds: arguments.kind.clone(),
        statuses: arguments.status.clone(),
        days: days(arguments.from, to)?,
        outlets: arguments.outlet.clone(),
        disputed: arguments.disputed,
        single_source: arguments.single_source,
        min_confidence: arguments.min_confidence,
        words: arguments.text.clone(),
    })
}

/// The days from the first of `from` to the last of `to`.
fn days(from: Option<Interval>, to: Option<Interval>) -> Result<Interval, Stop> {
    let days = Interval { earliest: from.and_then(|f| f.earliest), latest: to.and_then(|t| t.latest) };
    match (days.earliest, days.latest) {
        (Some(a), Some(b)) if a > b => Err((USAGE, format!("--from {a} is after --to {b}"))),
        _ => Ok(days),
    }
}

fn one(
    arguments: &One,
    common: &Common,
    page: fn(&readout_types::Chronology, usize, &readout_export::Look) -> String,
) -> Result<u8, Stop> {
    let (_, run) = chronology(&arguments.paths, common)?;
    if run.chronology.documents.is_empty() {
        return Ok(NOTHING);
    }
    let at = find(&run.chronology, &arguments.contact).map_err(|why| (NOTHING, why))?;
    let look = Output::Stdout.look(common.color);
    print(|out| out.write_all(page(&run.chronology, at, &look).as_bytes()))?;
    Ok(exit_code(&run))
}

/// A page about the whole chronology.
fn page(arguments: &Paths, common: &Common, page: fn(&View<'_>, &readout_export::Look) -> String) -> Result<u8, Stop> {
    let (_, run) = chronology(&arguments.paths, common)?;
    let look = Output::Stdout.look(common.color);
    let view = View::all(&run.chronology);
    print(|out| out.write_all(page(&view, &look).as_bytes()))?;
    Ok(exit_code(&run))
}

fn annotate(arguments: &Annotate, common: &Common) -> Result<u8, Stop> {
    let readout = prepared(std::slice::from_ref(&arguments.path), common)?;
    let (mut documents, mut failed) = (0, false);
    print(|out| {
        for item in readout.annotate(std::slice::from_ref(&arguments.path)) {
            let said = match item {
                Ok(annotated) => {
                    documents += 1;
                    let text = match arguments.format {
                        AnnotateFormat::Conllu => readout::conllu(&annotated),
                        AnnotateFormat::Text => readout::draw(&annotated),
                    };
                    out.write_all(text.as_bytes())?;
                    annotated.document.diagnostics
                }
                Err(diagnostic) => {
                    failed |= diagnostic.level == Level::Error;
                    vec![diagnostic]
                }
            };
            messages::diagnostics(&said, &[], common.quiet);
        }
        Ok(())
    })?;
    Ok(match (documents, failed) {
        (0, _) => NOTHING,
        (_, true) => SOME_READ,
        (_, false) => ALL_READ,
    })
}

fn man() -> Result<u8, Stop> {
    let mut page = Vec::new();
    let command = Arguments::command();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(|e| (NOTHING, e.to_string()))?;
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let named =
            sub.clone().name(format!("readout-{}", sub.get_name())).bin_name(format!("readout {}", sub.get_name()));
        let man = clap_mangen::Man::new(named);
        man.render_name_section(&mut page).map_err(|e| (NOTHING, e.to_string()))?;
        man.render_synopsis_section(&mut page).map_err(|e| (NOTHING, e.to_string()))?;
        man.render_description_section(&mut page).map_err(|e| (NOTHING, e.to_string()))?;
        man.render_options_section(&mut page).map_err(|e| (NOTHING, e.to_string()))?;
    }
    print(|out| out.write_all(&page))
}

pub(crate) fn print(result: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<u8, Stop> {
    Output::Stdout.write(result).map(|()| ALL_READ).map_err(|message| (NOTHING, message))
}

fn prepared(paths: &[PathBuf], common: &Common) -> Result<Readout, Stop> {
    let options = Options {
        threads: common.threads,
        read: common.input.options(),
        remember: common.input.resume.clone().map_or(Remember::Nothing, Remember::In),
        actors: source::own_actors(common)?,
        corrections: source::corrections(common)?,
        rules: source::own_rules(common)?,
        domestic: common.domestic,
        tier: source::tier(common, paths),
        ..Options::default()
    };
    Readout::new(&options).map_err(|e| (NOTHING, e.to_string()))
}

/// Runs the flow over paths and prints its diagnostics and timings; without any path, reads the store.
pub(crate) fn chronology(paths: &[PathBuf], common: &Common) -> Result<(Names, Run), Stop> {
    if paths.is_empty() {
        return source::stored(common);
    }
    if common.db.is_some() {
        return Err((USAGE, "give PATH or --db, not both; readout add PATH… puts articles into a store".to_owned()));
    }
    let names = Names::new(source::own_actors(common)?.as_ref()).map_err(|e| (NOTHING, e.to_string()))?;
    let readout = prepared(paths, common)?;
    let bar = Bar::new(paths, !common.quiet);
    let run = readout.chronology(paths, &|progress| bar.show(progress));
    drop(bar);
    messages::diagnostics(&run.chronology.diagnostics, &run.chronology.documents, common.quiet);
    if !common.quiet {
        messages::languages(&run.chronology.documents);
    }
    if common.timings {
        messages::print(&run.timings.to_string());
    }
    Ok((names, run))
}

pub(crate) fn exit_code(run: &Run) -> u8 {
    let documents = run.chronology.documents.len();
    let failed = run.chronology.diagnostics.iter().any(|d| d.level == Level::Error);
    if documents == run.unused {
        NOTHING
    } else if failed || run.unused > 0 {
        SOME_READ
    } else {
        ALL_READ
    }
}
