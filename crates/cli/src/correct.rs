//! Owns `readout correct` and `readout log`: what people decide, and what became of it.

use clap::{Args, Subcommand, ValueEnum};
use readout_corrections::{Act, Correction, Target, parse_value};
use readout_export::LogEntry;
use readout_ledger::{Ledger, Mode};
use readout_types::{Actor, ActorFacts, Field};

use crate::arguments::Common;
use crate::commands::{ALL_READ, NOTHING, Stop, USAGE, print};
use crate::output::Output;
use crate::{messages, source};

/// `readout correct`.
#[derive(Args, Debug)]
pub struct Correct {
    /// What is decided
    #[command(subcommand)]
    pub decision: Decision,
    /// Who decides [default: the variable READOUT_BY, else the name of the user]
    #[arg(long, global = true, value_name = "NAME")]
    pub by: Option<String>,
    /// Why
    #[arg(long, global = true, value_name = "TEXT")]
    pub why: Option<String>,
    /// When, for decisions made earlier: 2026-03-01T09:30:00Z [default: now]
    #[arg(long, global = true, value_name = "TIME")]
    pub at: Option<String>,
}

/// The kinds of decisions.
#[derive(Debug, Subcommand)]
pub enum Decision {
    /// These contacts are one
    Merge {
        /// Row numbers or ids
        #[arg(required = true, num_args = 2.., value_name = "CONTACT")]
        contacts: Vec<String>,
    },
    /// The reports of these documents are of another contact
    Split {
        /// Row number or id
        contact: String,
        /// Ids of the documents whose reports go
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
    },
    /// The words mean something else
    NotAContact {
        /// Row number or id
        contact: String,
    },
    /// A field has another value; `unknown` for none
    Set {
        /// Row number or id
        contact: String,
        /// kind, status, participants, when, place, initiator, duration, medium, topics or outcomes
        #[arg(value_parser = field)]
        field: Field,
        /// As in 'call', 2025-06-14, 60-75 (minutes), 'Geneva (CH)', 'Ada Example; Russia'
        value: String,
    },
    /// An actor has another name, office or country
    RenameActor {
        /// As it is called now
        actor: String,
        /// As it shall be called
        name: String,
        /// The office
        #[arg(long, value_name = "TITLE")]
        role: Option<String>,
        /// The code of the country
        #[arg(long, value_name = "CODE")]
        country: Option<String>,
    },
    /// Several names are of one actor
    MergeActors {
        /// The names that go
        #[arg(required = true, value_name = "NAME")]
        actors: Vec<String>,
        /// The name that stays
        #[arg(long, value_name = "NAME")]
        into: String,
    },
    /// The contact is right as it stands
    Confirm {
        /// Row number or id
        contact: String,
    },
    /// The contact may be wrong
    Unsure {
        /// Row number or id
        contact: String,
    },
    /// Take an earlier decision back
    Revert {
        /// Its id, or the beginning of it; readout log lists them
        correction: String,
    },
}

/// `readout log`.
#[derive(Args, Debug)]
pub struct Log {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LogFormat,
}

/// How to print decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For reading
    Text,
    /// The lines of the file, each once, in order
    Jsonl,
}

fn field(text: &str) -> Result<Field, String> {
    const FIELDS: [Field; 10] = [
        Field::Kind,
        Field::Status,
        Field::Participants,
        Field::When,
        Field::Place,
        Field::Initiator,
        Field::Duration,
        Field::Medium,
        Field::Topics,
        Field::Outcomes,
    ];
    let found = FIELDS.into_iter().find(|f| f.as_str() == text || (text == "duration" && *f == Field::Duration));
    found.ok_or_else(|| {
        "expected kind, status, participants, when, place, initiator, duration, medium, topics or outcomes".to_owned()
    })
}

/// Writes a decision and makes a new edition.
pub(crate) fn run(arguments: &Correct, common: &Common) -> Result<u8, Stop> {
    let mut ledger = source::writable(common, &[], Mode::Write)?;
    ledger.refresh(&|_| {}).map_err(source::stop)?;
    let act = act(&arguments.decision, &ledger)?;
    let at = match &arguments.at {
        None => jiff::Timestamp::now().to_string(),
        Some(at) => match at.parse::<jiff::Timestamp>() {
            Ok(moment) => moment.to_string(),
            Err(_) => return Err((USAGE, format!("--at {at:?}: expected a time such as 2026-03-01T09:30:00Z"))),
        },
    };
    let by = who_decides(arguments.by.as_deref())?;
    let made = ledger.correct(act, &by, &at, arguments.why.as_deref(), &|_| {}).map_err(source::stop)?;
    let outcome = ledger.decisions().map_err(source::stop)?.into_iter().find(|d| d.id == made.id);
    if let Some(outcome) = outcome.filter(|o| o.state != "applied") {
        messages::note(&format!("{}: {}", outcome.state, outcome.note));
    }
    let file = ledger.corrections_path().display().to_string();
    print(|out| writeln!(out, "{} {} ({file})", made.id, readout_export::plain(&made.act.describe())))?;
    Ok(ALL_READ)
}

/// The name that decisions are written under.
pub(crate) fn who_decides(given: Option<&str>) -> Result<String, Stop> {
    let variables = ["READOUT_BY", "USER", "LOGNAME", "USERNAME"];
    let named = given.map(str::to_owned).or_else(|| variables.iter().find_map(|v| std::env::var(v).ok()));
    named
        .map(|n| n.trim().to_owned())
        .filter(|n| !n.is_empty())
        .ok_or_else(|| (USAGE, "who decides? give --by NAME, or set the variable READOUT_BY".to_owned()))
}

fn act(decision: &Decision, ledger: &Ledger) -> Result<Act, Stop> {
    Ok(match decision {
        Decision::Merge { contacts } => {
            let contacts = contacts.iter().map(|c| target(ledger, c)).collect::<Result<Vec<Target>, Stop>>()?;
            let first = &contacts[0].contact;
            if contacts[1..].iter().any(|c| c.contact == *first) {
                return Err((USAGE, format!("{first} is given twice")));
            }
            Act::Merge { contacts }
        }
        Decision::Split { contact, documents } => {
            let part = named(ledger, contact)?;
            let (stay, apart) = ledger.divided(&part, &part.chronology.contacts[0], documents);
            let told = |d: &String| apart.reports.iter().any(|a| a.document == *d);
            if let Some(stranger) = documents.iter().find(|d| !told(d)) {
                let known: Vec<String> =
                    stay.reports.iter().chain(&apart.reports).map(|a| a.document.clone()).collect();
                let reason =
                    format!("{stranger} does not report {}; its documents are {}", stay.contact, known.join(", "));
                return Err((NOTHING, reason));
            }
            if stay.reports.is_empty() {
                return Err((NOTHING, format!("no report of {} would be left", stay.contact)));
            }
            Act::Split { contact: stay, apart }
        }
        Decision::NotAContact { contact } => Act::NotAContact { contact: target(ledger, contact)? },
        Decision::Set { contact, field, value } => {
            let contact = target(ledger, contact)?;
            // Looking an actor up can fail only with the store itself.
            let failed = std::cell::RefCell::new(None);
            let actor = |name: &str| -> Actor {
                ledger.actor(name).unwrap_or_else(|error| {
                    *failed.borrow_mut() = Some(error);
                    let key = format!("person:{}", readout::fold(name));
                    let kind = readout_types::ActorKind::Person;
                    Actor::from(ActorFacts { name: name.to_owned(), role: None, country: None, kind, key })
                })
            };
            let value = parse_value(*field, value, &actor).map_err(|e| (USAGE, e.to_string()))?;
            if let Some(error) = failed.into_inner() {
                return Err(source::stop(error));
            }
            Act::Set { contact, field: *field, value }
        }
        Decision::RenameActor { actor, name, role, country } => {
            let actor = ledger.known_actor(actor).map_err(source::stop)?.key.clone();
            Act::RenameActor { actor, name: name.clone(), role: role.clone(), country: country.clone() }
        }
        Decision::MergeActors { actors, into } => {
            let stays = ledger.actor(into).map_err(source::stop)?;
            let keys = actors.iter().map(|a| ledger.known_actor(a).map(|a| a.key.clone()).map_err(source::stop));
            let actors = keys.collect::<Result<Vec<String>, Stop>>()?;
            if actors.contains(&stays.key) {
                return Err((USAGE, format!("{into} cannot be merged into itself")));
            }
            Act::MergeActors { actors, into: stays.key.clone(), name: stays.name.clone() }
        }
        Decision::Confirm { contact } => Act::Confirm { contact: target(ledger, contact)? },
        Decision::Unsure { contact } => Act::Unsure { contact: target(ledger, contact)? },
        Decision::Revert { correction } => {
            let found = ledger.book().find(correction).map_err(|why| (NOTHING, why))?;
            Act::Revert { correction: found.id.clone() }
        }
    })
}

fn named(ledger: &Ledger, contact: &str) -> Result<readout_types::Part, Stop> {
    ledger.named(contact).map_err(source::stop)?.map_err(|why| (NOTHING, why))
}

fn target(ledger: &Ledger, contact: &str) -> Result<Target, Stop> {
    let part = named(ledger, contact)?;
    Ok(ledger.target(&part, &part.chronology.contacts[0]))
}

/// Prints the decisions.
pub(crate) fn log(arguments: &Log, common: &Common) -> Result<u8, Stop> {
    let ledger = source::ledger(common)?;
    let decisions = ledger.decisions().map_err(source::stop)?;
    let look = Output::Stdout.look(common.color);
    print(|out| {
        if arguments.format == LogFormat::Jsonl {
            return decisions.iter().try_for_each(|d| writeln!(out, "{}", d.line));
        }
        let entries: Vec<LogEntry> = decisions
            .iter()
            .map(|d| {
                let line = Correction::parse(&d.line).ok();
                LogEntry {
                    id: d.id.clone(),
                    at: d.at.clone(),
                    by: d.by.clone(),
                    state: d.state.clone(),
                    note: d.note.clone(),
                    what: line.as_ref().map_or(String::new(), |c| c.act.describe()),
                    why: line.and_then(|c| c.why),
                }
            })
            .collect();
        out.write_all(readout_export::log(&entries, &look).as_bytes())
    })
}
