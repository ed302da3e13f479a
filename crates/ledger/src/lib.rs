//! Owns the ledger: a store, the file of corrections and the file of own actors beside it, and how they are kept in step.
//!
//! ```text
//! add      paths → what is new or changed is read, the rest is known → edition
//! refresh  corrections, own actors, rules of a new version → edition
//! correct  a decision → a line of corrections.jsonl → edition
//! ```
//!
//! An edition is a whole: what one run over all documents with these corrections gives, byte for byte. A program that is
//! killed leaves the last edition, and what it had read is not read again.

mod add;
mod browse;
mod files;
mod list;
mod review;
mod verdicts;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use readout::{Extracted, Keep, Names, Options, OwnRules, ReadOptions, Readout, Remember, SetupError};
use readout_corrections::{Act, Book, Correction};
use readout_store::{Analysis, Decision, Edition, ListedDocument, ListedItem, Store};
use readout_types::{Chronology, Contact, Diagnostic, Filter, Level, Original, Part, RawDocument, Tier};

pub use add::Added;
pub use files::Files;
pub use readout::Progress;
pub use readout_store::{Fault, Hit, HitKind, KnownActor, Mode, Page, Query, StoreError, Stretch, Tally, Texts};

/// How a ledger is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store.
    pub db: PathBuf,
    /// The file of corrections; `None`: `corrections.jsonl` beside the store.
    pub corrections: Option<PathBuf>,
    /// The file of own actors; `None`: `actors.toml` beside the store, where there is one.
    pub actors: Option<PathBuf>,
    /// Threads for documents; `None`: one for each core.
    pub threads: Option<usize>,
    /// How inputs are read.
    pub read: ReadOptions,
    /// A person's own contact patterns, beside the built-in ones.
    pub rules: Vec<OwnRules>,
    /// Whether dealings within one country are reported, too.
    pub domestic: bool,
    /// How thoroughly text is analysed; `None`: as the store's documents were, and in a new store as `first_tier` says.
    pub tier: Option<Tier>,
    /// See `tier`.
    pub first_tier: Tier,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program cannot start, or own actors cannot be read.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// A file beside the store.
    #[error("{0}: {1}")]
    File(PathBuf, String),
}

/// The result of an operation on a ledger.
pub type Result<T> = std::result::Result<T, LedgerError>;

/// A chronology that is kept.
pub struct Ledger {
    store: Store,
    files: Files,
    settings: Settings,
    tier: Tier,
    readout: OnceCell<Readout>,
    names: OnceCell<Names>,
}

/// The note by which a store knows what its edition was made with.
const MADE_WITH: &str = "made-with";
/// The note with the program's version, for people.
const PROGRAM: &str = "program";
/// Documents are read again in batches of so many.
const BATCH: usize = 128;

impl Ledger {
    /// Opens a ledger.
    ///
    /// # Errors
    /// The store cannot be opened, or a file beside it cannot be read.
    pub fn open(settings: Settings, mode: Mode) -> Result<Ledger> {
        let files = Files::read(&settings)?;
        let store = Store::open(&settings.db, mode)?;
        let tier = match settings.tier {
            Some(tier) => tier,
            None => store.tier()?.unwrap_or(settings.first_tier),
        };
        Ok(Ledger { store, files, settings, tier, readout: OnceCell::new(), names: OnceCell::new() })
    }

    /// Opens a ledger for reading and brings it up to date where it can be written to; where it cannot and needs it, the
    /// last edition stands, and a message says so.
    ///
    /// # Errors
    /// As [`Ledger::open`]; or the edition is of another version of the program and cannot be made again.
    pub fn open_current(settings: Settings, progress: &(dyn Fn(Progress) + Sync)) -> Result<(Ledger, Vec<Diagnostic>)> {
        let reader = Ledger::open(settings.clone(), Mode::Read);
        match reader {
            Ok(ledger) if ledger.is_current()? => return Ok((ledger, Vec::new())),
            // An older schema is brought up to date by opening for writing.
            Ok(_) | Err(LedgerError::Store(StoreError::ReadOnly(..))) => {}
            Err(other) => return Err(other),
        }
        let writer = Ledger::open(settings.clone(), Mode::Write).and_then(|mut ledger| {
            ledger.refresh(progress)?;
            Ok(ledger)
        });
        match writer {
            Ok(ledger) => Ok((ledger, Vec::new())),
            Err(LedgerError::Store(
                reason @ (StoreError::ReadOnly(..) | StoreError::Busy(_) | StoreError::Full(_)),
            )) => {
                let ledger = Ledger::open(settings, Mode::Read)?;
                if !ledger.is_readable()? {
                    return Err(LedgerError::Store(reason));
                }
                let message = format!("not up to date with corrections or own actors: {reason}");
                let document = ledger.store.path().display().to_string();
                Ok((ledger, vec![Diagnostic { document, level: Level::Warning, message }]))
            }
            Err(other) => Err(other),
        }
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// How thoroughly text is analysed.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// The file of corrections.
    pub fn corrections_path(&self) -> &Path {
        &self.files.corrections
    }

    /// What people decided.
    pub fn book(&self) -> &Book {
        &self.files.book
    }

    /// What people decided and what became of it in the last edition.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(self.store.decisions()?)
    }

    /// What names of people and countries mean.
    ///
    /// # Errors
    /// Own actors cannot be read.
    pub fn names(&self) -> Result<&Names> {
        if self.names.get().is_none() {
            let names = Names::new(self.files.actors.as_ref()).map_err(SetupError::Actors)?;
            let _ = self.names.set(names);
        }
        self.names.get().ok_or_else(|| LedgerError::File(self.settings.db.clone(), "no tables".to_owned()))
    }

    /// The pipeline with the own actors: what analyses depend on.
    fn pipeline(&self) -> String {
        let own = readout::own_rules(&self.settings.rules, self.settings.domestic, self.tier);
        let rules = if own.is_empty() { own } else { format!("-{}", &readout_corrections::hash_of(&own)[..16]) };
        format!("{}+{}{rules}", readout::pipeline(), self.files.actors_hash)
    }

    fn made_with(&self) -> String {
        format!("{} {}", self.pipeline(), self.files.corrections_hash)
    }

    /// Whether the last edition was made by this version of the rules, with these own actors and corrections.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn is_current(&self) -> Result<bool> {
        Ok(self.store.note(MADE_WITH)?.as_deref() == Some(self.made_with().as_str()))
    }

    /// Whether the last edition is of this version of the program, so that it can be read.
    fn is_readable(&self) -> Result<bool> {
        let made = self.store.note(MADE_WITH)?.unwrap_or_default();
        Ok(made.split('+').next() == Some(readout::pipeline()))
    }

    fn readout(&self) -> Result<&Readout> {
        if self.readout.get().is_none() {
            let options = Options {
                threads: self.settings.threads,
                read: self.settings.read.clone(),
                remember: Remember::Nothing,
                actors: self.files.actors.clone(),
                corrections: Book::default(),
                keep: Keep::Evidence,
                rules: self.settings.rules.clone(),
                domestic: self.settings.domestic,
                tier: self.tier,
            };
            let _ = self.readout.set(Readout::new(&options)?);
        }
        self.readout.get().ok_or_else(|| LedgerError::File(self.settings.db.clone(), "no rules".to_owned()))
    }

    /// Makes a new edition where corrections, own actors or the rules of the program are not those of the last one.
    ///
    /// # Errors
    /// The store cannot be written to. The last edition stands.
    pub fn refresh(&mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<bool> {
        if self.is_current()? {
            return Ok(false);
        }
        let items = self.store.list()?;
        self.publish(&items, progress)?;
        Ok(true)
    }

    /// Extracts documents and keeps what they say.
    fn analyse(&mut self, documents: Vec<RawDocument>) -> Result<()> {
        if documents.is_empty() {
            return Ok(());
        }
        let named: Vec<(readout_store::Key, Arc<str>)> =
            documents.iter().map(|d| (readout_store::Key::of(d), d.text.clone())).collect();
        let done = self.readout()?.extract_documents(documents);
        let analyses: Vec<Analysis> = named
            .into_iter()
            .zip(done)
            .map(|((key, text), done)| Analysis { key, text, extraction: done.extraction, unused: done.unused })
            .collect();
        let pipeline = self.pipeline();
        Ok(self.store.keep(&analyses, &pipeline)?)
    }

    /// Makes an edition of a list of inputs and writes it.
    fn publish(&mut self, items: &[ListedItem], progress: &(dyn Fn(Progress) + Sync)) -> Result<()> {
        let pipeline = self.pipeline();
        let documents = || {
            items.iter().filter_map(|item| match item {
                ListedItem::Document(document) => Some(&**document),
                ListedItem::Message(_) => None,
            })
        };
        // What was read under other rules, or under another name, is read again from the text that the store has.
        let mut missing: Vec<RawDocument> = Vec::new();
        let mut done = Progress::default();
        for document in documents() {
            if !self.store.has_analysis(&document.key, &pipeline)? {
                let text = self.store.text(&document.hash)?;
                done.documents += 1;
                done.bytes += text.len() as u64;
                missing.push(RawDocument { text, ..document.raw.clone() });
            }
            if missing.len() >= BATCH {
                self.analyse(std::mem::take(&mut missing))?;
                progress(done);
            }
        }
        self.analyse(missing)?;
        progress(Progress { linking: true, ..done });
        let mut extracted = Extracted::default();
        let mut unused = Vec::new();
        let anchored = self.files.anchored();
        for item in items {
            match item {
                ListedItem::Message(message) => extracted.diagnostics.push(message.clone()),
                ListedItem::Document(document) => {
                    let found = self.store.analysis(&document.key, &pipeline)?;
                    let (mut extraction, not_used) = found.ok_or_else(|| {
                        StoreError::Damaged(self.settings.db.clone(), format!("what {} says", document.raw.id))
                    })?;
                    extraction.path.clone_from(&document.raw.path);
                    extracted.diagnostics.append(&mut extraction.diagnostics);
                    let wanted = anchored.contains(document);
                    let text = if wanted { self.store.text(&document.hash)? } else { Arc::from("") };
                    extracted.originals.push(Original::whole(text));
                    extracted.extractions.push(extraction);
                    extracted.unused += usize::from(not_used);
                    unused.push(not_used);
                }
            }
        }
        let (run, outcomes) = readout::corrected_chronology_of(extracted, &self.files.book);
        let decisions: Vec<Decision> = outcomes
            .iter()
            .zip(self.files.book.all())
            .map(|(outcome, correction)| Decision {
                id: correction.id.clone(),
                at: correction.at.clone(),
                by: correction.by.clone(),
                line: correction.line(),
                state: outcome.state.to_owned(),
                note: outcome.note.clone(),
            })
            .collect();
        let notes = [
            (MADE_WITH, self.made_with()),
            (PROGRAM, env!("CARGO_PKG_VERSION").to_owned()),
            (readout_store::TIER, self.tier.as_str().to_owned()),
        ];
        let edition = Edition {
            items,
            unused: &unused,
            chronology: &run.chronology,
            words: &|contact: &Contact| readout::fold(&readout::words_of(contact)),
            decisions: &decisions,
            notes: &notes,
        };
        Ok(self.store.publish(&edition)?)
    }

    /// The whole chronology of the last edition, and how many documents could not be used.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn chronology(&self, texts: Texts) -> Result<(Chronology, usize)> {
        Ok(self.store.chronology(texts)?)
    }

    /// A filter with its names resolved.
    ///
    /// # Errors
    /// The store, or own actors, cannot be read.
    pub fn query(&self, filter: &Filter) -> Result<Query> {
        let mut query = Query {
            kinds: filter.kinds.clone(),
            statuses: filter.statuses.clone(),
            days: filter.days,
            disputed: filter.disputed,
            single_source: filter.single_source,
            words: filter.words.iter().flat_map(|w| comparable(w)).collect(),
            ..Query::default()
        };
        if !filter.who.is_empty() {
            let (names, known) = (self.names()?, self.store.actors()?);
            for name in &filter.who {
                let wanted = names.wanted(name);
                query.actors.push(known.iter().filter(|k| wanted.means(&k.actor)).map(|k| k.number).collect());
            }
        }
        if !filter.outlets.is_empty() {
            let asked: Vec<String> = filter.outlets.iter().map(|o| readout::fold(o)).collect();
            let means = |outlet: &str| {
                let outlet = readout::fold(outlet);
                asked.iter().any(|a| outlet.contains(a.as_str()))
            };
            let outlets = self.store.outlets()?;
            query.outlets = Some(outlets.into_iter().map(|(o, _)| o).filter(|o| means(o)).collect());
        }
        Ok(query)
    }

    /// The contacts that a filter lets through, `limit` of them after the first `skip`, with the gaps that fit; and the
    /// page they are on. The store's index knows nothing of confidence: that part of a filter is left out here.
    ///
    /// # Errors
    /// The store, or own actors, cannot be read.
    pub fn find(&self, filter: &Filter, skip: usize, limit: usize, texts: Texts) -> Result<(Page, Part)> {
        let page = self.store.find(&self.query(filter)?, skip, limit)?;
        let names = self.names()?;
        let mut part = self.store.part(&page.contacts, &|_| true, texts)?;
        let wanted = names.select(&Chronology { gaps: part.chronology.gaps.clone(), ..Chronology::default() }, filter);
        let mut gaps = std::mem::take(&mut part.chronology.gaps).into_iter().enumerate();
        part.chronology.gaps = gaps.by_ref().filter(|(i, _)| wanted.gaps.contains(i)).map(|(_, g)| g).collect();
        Ok((page, part))
    }

    /// The contact with an id, its documents with their texts, and its statements; `None` where there is none.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn contact(&self, id: &str) -> Result<Option<Part>> {
        Ok(self.store.contact(id)?)
    }

    /// The best hits for words in documents, contacts and statements, so many of each.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn search(&self, typed: &str, limit: usize) -> Result<Vec<Hit>> {
        Ok(self.store.search(typed, &comparable(typed), limit)?)
    }

    /// Every actor that takes part in a contact, the busiest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn actors(&self) -> Result<Vec<KnownActor>> {
        Ok(self.store.actors()?)
    }

    /// Every outlet with the number of its documents, the busiest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn outlets(&self) -> Result<Vec<(String, usize)>> {
        Ok(self.store.outlets()?)
    }

    /// Writes a decision into the file of corrections and makes a new edition. What the same question was answered before
    /// is replaced by it.
    ///
    /// # Errors
    /// The file or the store cannot be written to; a line that was written stays, and counts with the next edition.
    pub fn correct(
        &mut self,
        act: Act,
        by: &str,
        at: &str,
        why: Option<&str>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Correction> {
        let replaces = self.files.book.on_the_same_question(&act);
        let correction = Correction::new(at, by, why, replaces, act);
        let before = if self.is_current()? { Some(self.files.book.clone()) } else { None };
        self.files.append(&correction)?;
        if !before.map_or(Ok(false), |before| self.judge(&before, &correction))? {
            self.refresh(progress)?;
        }
        Ok(correction)
    }

    /// Looks at everything in the store and beside it. Empty when all is well.
    ///
    /// # Errors
    /// The store cannot be read at all.
    pub fn check(&self) -> Result<Vec<Fault>> {
        let mut faults = self.store.check(self.is_readable()?)?;
        faults.extend(self.files.book.problems().iter().map(|p| Fault(format!("{}: {}", p.document, p.message))));
        let known: Vec<String> = self.files.book.all().iter().map(|c| c.id.clone()).collect();
        let lost = self.store.decisions()?.into_iter().filter(|d| !known.contains(&d.id)).count();
        if lost > 0 {
            let file = self.files.corrections.display();
            let lines = if lost == 1 { "a decision" } else { "decisions" };
            faults.push(Fault(format!("{file}: {lost} {lines} of the last edition no longer in it")));
        }
        Ok(faults)
    }

    /// Copies the store, the corrections and the own actors into a folder, which is made; overwrites nothing.
    ///
    /// # Errors
    /// The folder is not empty, or cannot be written to, or the copy is not whole.
    pub fn backup(&self, folder: &Path) -> Result<()> {
        let io = |e: std::io::Error| LedgerError::File(folder.to_owned(), e.to_string());
        std::fs::create_dir_all(folder).map_err(io)?;
        if std::fs::read_dir(folder).map_err(io)?.next().is_some() {
            let reason = "is not empty; a backup overwrites nothing".to_owned();
            return Err(LedgerError::File(folder.to_owned(), reason));
        }
        for (file, name) in self.files.beside() {
            std::fs::copy(file, folder.join(name)).map_err(io)?;
        }
        Ok(self.store.backup(&folder.join("readout.db"))?)
    }

    /// The listed documents, for what needs more than the chronology.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn documents(&self) -> Result<Vec<ListedDocument>> {
        let items = self.store.list()?.into_iter();
        Ok(items
            .filter_map(|item| match item {
                ListedItem::Document(document) => Some(*document),
                ListedItem::Message(_) => None,
            })
            .collect())
    }
}

/// The words of a text in their comparable form.
fn comparable(text: &str) -> Vec<String> {
    readout::fold(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}
