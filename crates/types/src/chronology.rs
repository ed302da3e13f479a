//! Owns what we conclude: clusters of reports, contacts with agreed and rival values, gaps, and the chronology of them all.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Actor, ContactKind, Count, CountOf, Diagnostic, DocumentDate, Duration, EvidenceSource, Field, Interval, Original,
    Place, Report, Statement, Status, Tier, When,
};

/// Why two reports were put together (or one was added to a cluster).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkDecision {
    /// Document index and report index of the one.
    pub left: (usize, usize),
    /// Document index and report index of the other.
    pub right: (usize, usize),
    /// The score; at or above the threshold they are linked.
    pub score: f32,
    /// What spoke for and against, for a person: `same day 2025-12-28 (+2.0)`. Shared, because most repeat.
    pub reasons: Arc<[Arc<str>]>,
}

/// Why two reports go back to one source and count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SharedOrigin {
    /// One document repeats the other's text.
    Copy,
    /// One outlet published both.
    Outlet,
    /// Both credit the same people and quote the same words.
    Quote,
    /// Both rest on officials of one side only, and tell the same: two versions of one readout.
    Readout,
}

/// Two documents whose reports of a contact go back to one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OriginTie {
    /// Index of the earlier document.
    pub earlier: usize,
    /// Index of the later document.
    pub later: usize,
    /// Why.
    pub why: SharedOrigin,
}

/// Reports of one contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Document index and report index of each, in order.
    pub reports: Vec<(usize, usize)>,
    /// For each of `reports`, the number of its origin: reports with equal numbers go back to one source (copies of one
    /// text, one outlet, one readout quoted by several). Numbered from 0 in order of first appearance.
    pub origins: Vec<u32>,
    /// Why reports share an origin, each tie once.
    pub origin_ties: Vec<OriginTie>,
    /// What ties them.
    pub decisions: Vec<LinkDecision>,
}

impl Cluster {
    /// How many sources do not go back to one another.
    pub fn independent_sources(&self) -> u32 {
        self.origins.iter().max().map_or(0, |highest| highest + 1)
    }
}

/// What linking gives: the clusters, and which documents copy which.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// Every report is in exactly one.
    pub clusters: Vec<Cluster>,
    /// For each document, the index of the earlier document (by date, then id) whose text it repeats.
    pub duplicates: Vec<Option<usize>>,
}

/// How well the sources agree on a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// Two or more independent sources give compatible values.
    Agreed,
    /// One independent source gives it.
    SingleSource,
    /// Independent sources, or speakers, give values that cannot both be true.
    Disputed,
}

/// The value of a field, in any of the shapes fields have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldValue {
    /// Kind.
    Kind(ContactKind),
    /// Status.
    Status(Status),
    /// Dates.
    When(Interval),
    /// Place.
    Place(Place),
    /// Initiator.
    Actor(Actor),
    /// Duration.
    Duration(Duration),
    /// Medium and other words.
    Text(String),
    /// Participants.
    Actors(Vec<Actor>),
    /// Topics, outcomes.
    Words(Vec<String>),
}

/// One of several values that sources give for a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The value.
    pub value: FieldValue,
    /// Indices of the documents that give it.
    pub documents: Vec<usize>,
    /// Who says so, where the documents name somebody.
    pub said_by: Vec<Actor>,
    /// The side of the contact (code of a country or organisation) whose officials, and nobody else, say so.
    pub side: Option<String>,
}

/// A field on which sources clash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// The field.
    pub field: Field,
    /// The values, best supported first.
    pub values: Vec<Rival>,
}

/// A status as some document had it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusStep {
    /// The day of the document, where known.
    pub as_of: Option<crate::Date>,
    /// The status.
    pub status: Status,
    /// Index of the document.
    pub document: usize,
}

/// What a person decided about a contact. Nothing of the machine's is overwritten: reports, rivals and the machine's value
/// stay beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Id of the line in the file of corrections.
    pub correction: String,
    /// Who decided.
    pub by: String,
    /// When, as the line has it (RFC 3339).
    pub at: String,
    /// Why, where a reason is given.
    pub why: Option<String>,
    /// What was decided.
    pub verdict: Verdict,
}

/// A person's decision about a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "few and short-lived")]
pub enum Verdict {
    /// It is right as it stands.
    Confirmed,
    /// It may be wrong.
    Unsure,
    /// Its reports are of one contact.
    Merged,
    /// Reports that were linked with it are of another contact.
    Split,
    /// A field has another value.
    Set {
        /// The field.
        field: Field,
        /// What the documents give; `None` where they give nothing.
        machine: Option<FieldValue>,
        /// What the person says; `None` where it is not known after all.
        value: Option<FieldValue>,
    },
}

/// What officials of one side of a contact say of it: Washington's version, Moscow's version. It rests on the reports that
/// credit officials of this side and nobody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficialAccount {
    /// Code of the country or organisation.
    pub side: String,
    /// Who speaks for it.
    pub speakers: Vec<Actor>,
    /// Indices of the documents that credit them.
    pub documents: Vec<usize>,
    /// What they say: status, date, place, initiator, duration, medium, as far as given.
    pub values: Vec<(Field, FieldValue)>,
}

/// A contact, as all its reports together have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Stable: the same corpus gives the same id. `2025-12-28-call-putin-trump-3f9a`.
    pub id: String,
    /// Kind.
    pub kind: ContactKind,
    /// Status, as of the latest document.
    pub status: Status,
    /// Who took part, principals first.
    pub participants: Vec<Actor>,
    /// When, narrowed by all that is known.
    pub when: When,
    /// Where.
    pub place: Option<Place>,
    /// Who called, invited or asked for it.
    pub initiator: Option<Actor>,
    /// How long.
    pub duration: Option<Duration>,
    /// `phone` or `video`.
    pub medium: Option<String>,
    /// What about.
    pub topics: Vec<String>,
    /// What was agreed or planned.
    pub outcomes: Vec<String>,
    /// Ordinals and totals claimed of it.
    pub counts: Vec<Count>,
    /// What each document says; the first number is the document's index. Boxed, so that a million reports need not be
    /// copied from their documents' lists into those of their contacts.
    pub reports: Vec<(usize, Box<Report>)>,
    /// Documents that do not copy one another.
    pub independent_sources: u32,
    /// For each of `reports`, the number of its origin, see [`Cluster::origins`].
    pub origins: Vec<u32>,
    /// Why reports share an origin.
    pub origin_ties: Vec<OriginTie>,
    /// How well each field is supported.
    pub agreement: Vec<(Field, Agreement)>,
    /// Where sources clash.
    pub disputes: Vec<Dispute>,
    /// What the officials of each side say, by side.
    pub official: Vec<OfficialAccount>,
    /// What became of it over time.
    pub status_history: Vec<StatusStep>,
    /// Why these reports were linked.
    pub decisions: Vec<LinkDecision>,
    /// How the dates were narrowed beyond what each report says, for a person.
    pub narrowing: Vec<String>,
    /// What people decided about it, in the order of their decisions.
    pub judgements: Vec<Judgement>,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

/// The chance that something is right, in hundredths, as similar reports proved right in gold (docs/confidence.md).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confidence {
    /// That there is such a contact.
    pub contact: u8,
    /// That a field is right, if there is.
    pub fields: Vec<(Field, u8)>,
}

impl Contact {
    /// Whether all who took part act for one and the same country, as far as known: a president and his own minister.
    pub fn is_domestic(&self) -> bool {
        let home = self.participants.first().and_then(|a| a.country.as_ref());
        home.is_some() && self.participants.len() > 1 && self.participants.iter().all(|a| a.country.as_ref() == home)
    }
}

/// Contacts that a count claim shows to be missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The kind counted.
    pub kind: ContactKind,
    /// The pair.
    pub participants: Vec<Actor>,
    /// At least so many are missing.
    pub min: u32,
    /// At most so many; `None` when open.
    pub max: Option<u32>,
    /// They lie after this day, where known.
    pub after: Option<crate::Date>,
    /// They lie before this day, where known.
    pub before: Option<crate::Date>,
    /// The counts it rests on: document index and words.
    pub because: Vec<(usize, EvidenceSource)>,
}

/// One count as a document claims it, against what is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountClaim {
    /// Index of the document.
    pub document: usize,
    /// Id of the contact it is told of.
    pub contact: String,
    /// The number claimed.
    pub n: u32,
    /// A lower bound only.
    pub at_least: bool,
    /// Whether the contact is the `n`th, or the series has `n` members.
    pub of: CountOf,
    /// The day up to which is counted, where known: the last day of the contact, or of the document.
    pub by: Option<crate::Date>,
    /// Contacts of the series found up to that day.
    pub found: u32,
    /// Contacts that may be of the series, or may lie before that day.
    pub possible: u32,
    /// The words.
    pub source: EvidenceSource,
}

/// The ledger of one series: contacts of one kind between the same sides, counted from about the same day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountSeries {
    /// The kind counted.
    pub kind: ContactKind,
    /// The sides.
    pub participants: Vec<Actor>,
    /// First and last day counted, as far as known.
    pub period: Interval,
    /// The counts, in the order of the days up to which they count.
    pub claims: Vec<CountClaim>,
    /// Counts that cannot all be true, or that leave no room for what is reported, in words.
    pub contradictions: Vec<String>,
}

/// A document as the chronology lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// See [`crate::RawDocument::id`].
    pub id: String,
    /// See [`crate::RawDocument::path`].
    pub path: String,
    /// Outlet.
    pub source: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// When it was written.
    pub date: DocumentDate,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Id of the earlier document that it copies.
    pub duplicate_of: Option<String>,
    /// The original text, or what is kept of it, for showing evidence in context; empty where the caller needs none.
    pub original: Original,
}

/// The result: who spoke to whom, when, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chronology {
    /// How thoroughly the documents were analysed; `None` where nobody says.
    pub tier: Option<Tier>,
    /// Every document read, in input order.
    pub documents: Vec<DocumentEntry>,
    /// The contacts, in time order, undated last.
    pub contacts: Vec<Contact>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// What is counted, against what is found.
    pub counts: Vec<CountSeries>,
    /// Who said what: document index, statement, and the id of the contact it is about.
    pub statements: Vec<(usize, Statement, Option<String>)>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Some contacts of a chronology, with what is needed to number them and to sum up the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// These contacts and gaps, and the documents that they rest on, with indices of their own.
    pub chronology: Chronology,
    /// Row number in the whole chronology, from 1, of each of these contacts.
    pub rows: Vec<usize>,
    /// The whole.
    pub whole: Totals,
}

/// How much a whole chronology holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: usize,
    /// Documents whose outlet is not known.
    pub unnamed: usize,
    /// Different outlets.
    pub outlets: usize,
    /// Documents that copy another.
    pub copies: usize,
    /// Contacts.
    pub contacts: usize,
}
