//! Owns the structs of the JSON format, field by field as `docs/cli.md` describes them. No logic here.

use std::sync::Arc;

use serde::Serialize;

/// The whole answer of `readout timeline --format json`.
#[derive(Debug, Serialize)]
pub struct Chronology<'a> {
    /// Program version.
    pub readout: &'a str,
    /// How thoroughly the documents were analysed: `swift` or `deep`.
    pub tier: Option<&'a str>,
    /// Every document read, in input order.
    pub documents: Vec<Document<'a>>,
    /// The contacts, in time order, undated last.
    pub contacts: Vec<Contact<'a>>,
    /// What count claims show to be missing.
    pub gaps: Vec<Gap<'a>>,
    /// What is counted, against what is found.
    pub counts: Vec<CountSeries<'a>>,
    /// Who said what.
    pub statements: Vec<Statement<'a>>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic<'a>>,
}

/// A document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    /// As given by the input.
    pub id: &'a str,
    /// Where it was read from.
    pub path: &'a str,
    /// Outlet.
    pub source: Option<&'a str>,
    /// Title.
    pub title: Option<&'a str>,
    /// Address.
    pub url: Option<&'a str>,
    /// When it was written; `null` when nothing tells.
    pub published: Option<Published>,
    /// ISO 639-1 code.
    pub language: Option<&'a str>,
    /// Id of the document that it copies.
    pub duplicate_of: Option<&'a str>,
}

/// When a document was written.
#[derive(Debug, Serialize)]
pub struct Published {
    /// The date.
    pub edtf: String,
    /// `metadata`, `dateline` or `inferred`.
    pub basis: &'static str,
}

/// One real-world contact.
#[derive(Debug, Serialize)]
pub struct Contact<'a> {
    /// Stable id.
    pub id: &'a str,
    /// The values that all reports together give.
    #[serde(flatten)]
    pub values: Values<'a>,
    /// One for each document that reports it.
    pub reports: Vec<Report<'a>>,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether all who took part act for one country.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub domestic: bool,
    /// Wire copies and shared readouts count once.
    pub independent_sources: u32,
    /// The independent sources: which documents go back to each, and why they count once.
    pub origins: Vec<Origin<'a>>,
    /// Rival values side by side.
    pub disputes: Vec<Dispute<'a>>,
    /// What the officials of each side say.
    pub official: Vec<Official<'a>>,
    /// `agreed`, `single-source` or `disputed`, for each field that has a value.
    pub agreement: Vec<Agreement>,
    /// The status as each document had it, in the order of their dates.
    pub status_history: Vec<StatusStep<'a>>,
    /// How the dates were narrowed beyond what each report says.
    pub narrowing: &'a [String],
    /// Why the reports were put together.
    pub links: Vec<Link<'a>>,
    /// What people decided about it; absent where nobody did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction<'a>>,
}

/// A person's decision.
#[derive(Debug, Serialize)]
pub struct Correction<'a> {
    /// Id of the line in the file of corrections.
    pub correction: &'a str,
    /// Who decided.
    pub by: &'a str,
    /// When.
    pub at: &'a str,
    /// Why.
    pub why: Option<&'a str>,
    /// `confirmed`, `unsure`, `merged`, `split` or `set`.
    pub verdict: &'static str,
    /// The field that was set, with the documents' value and the person's.
    #[serde(flatten)]
    pub set: Option<Set<'a>>,
}

/// A field set by a person.
#[derive(Debug, Serialize)]
pub struct Set<'a> {
    /// The field.
    pub field: &'static str,
    /// What the documents give.
    pub machine: Option<Value<'a>>,
    /// What the person says.
    pub value: Option<Value<'a>>,
}

/// The fields that contacts and reports share.
#[derive(Debug, Serialize)]
pub struct Values<'a> {
    /// `call`, `meeting`, `visit`, `talks`, `message`.
    pub kind: &'static str,
    /// `held`, `ongoing`, `planned`, `proposed`, `cancelled`, `denied`, `unclear`.
    pub status: &'static str,
    /// Who took part, principals first.
    pub participants: Vec<Actor<'a>>,
    /// When.
    pub when: When<'a>,
    /// Where.
    pub place: Option<Place<'a>>,
    /// Who called, invited or asked for it.
    pub initiator: Option<Actor<'a>>,
    /// How long.
    pub duration_minutes: Option<Minutes>,
    /// `phone` or `video`.
    pub medium: Option<&'a str>,
    /// What about.
    pub topics: &'a [String],
    /// What was agreed or planned.
    pub outcomes: &'a [String],
    /// Ordinals and totals.
    pub counts: Vec<Count<'a>>,
}

/// A party.
#[derive(Debug, Serialize)]
pub struct Actor<'a> {
    /// Full name.
    pub name: &'a str,
    /// Office at the time.
    pub role: Option<&'a str>,
    /// Code of the country or organisation.
    pub country: Option<&'a str>,
    /// `person`, `state`, `organisation`, `group`.
    pub kind: &'static str,
}

/// Days among which a contact lies.
#[derive(Debug, Serialize)]
pub struct When<'a> {
    /// As EDTF; `..` when unknown.
    pub edtf: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// Clock time as written.
    pub time: Option<&'a str>,
    /// What the dates rest on.
    pub basis: &'a str,
}

/// A place.
#[derive(Debug, Serialize)]
pub struct Place<'a> {
    /// As named in the text.
    pub name: &'a str,
    /// Country code.
    pub country: Option<&'a str>,
}

/// A length of time in minutes; `null` is open.
#[derive(Debug, Serialize)]
pub struct Minutes {
    /// At least.
    pub min: Option<u32>,
    /// At most.
    pub max: Option<u32>,
}

/// A count claim.
#[derive(Debug, Serialize)]
pub struct Count<'a> {
    /// The number.
    pub n: u32,
    /// A lower bound only.
    pub at_least: bool,
    /// The kind of contact counted.
    pub of: &'static str,
    /// `ordinal` (the contact is the nth) or `total` (there were n).
    #[serde(rename = "as")]
    pub meaning: &'static str,
    /// Since when is counted, as EDTF; `null` when the text does not say.
    pub since: Option<String>,
    /// Until when is counted, as EDTF; `null` when the text does not say.
    pub until: Option<String>,
    /// The words for the period.
    pub scope: &'a str,
}

/// What one document says about a contact.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// The values as this document has them.
    #[serde(flatten)]
    pub values: Values<'a>,
    /// The words behind each field, in the document's original text.
    pub evidence: Vec<Evidence<'a>>,
    /// The words behind fields that stand in the title given beside the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_evidence: Vec<TitleEvidence<'a>>,
    /// Who says so, other than the outlet.
    pub said_by: Vec<SaidBy<'a>>,
    /// The rule that found it.
    pub rule: &'a str,
    /// Whether the document is mainly about it.
    pub main: bool,
    /// Lengths that cannot all be true or that several speakers give differently, where the document has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub durations: Vec<RivalLength<'a>>,
}

/// One of several lengths that a document gives a contact.
#[derive(Debug, Serialize)]
pub struct RivalLength<'a> {
    /// Minutes, with open bounds as `null`.
    #[serde(flatten)]
    pub minutes: Minutes,
    /// Names of those who say so; empty for the document itself.
    pub said_by: Vec<&'a str>,
}

/// Words of a document's original text.
#[derive(Debug, Serialize)]
pub struct Evidence<'a> {
    /// The field they support.
    pub field: &'static str,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Exactly that slice.
    pub text: &'a str,
    /// The rule that read them.
    pub rule: &'a str,
}

/// Words of the title given beside a document's text.
#[derive(Debug, Serialize)]
pub struct TitleEvidence<'a> {
    /// The field they support.
    pub field: &'static str,
    /// First code point of the title.
    pub title_start: u32,
    /// One past the last code point.
    pub title_end: u32,
    /// Exactly that slice of the title.
    pub quote: &'a str,
    /// The rule that read them.
    pub rule: &'a str,
}

/// Words of the text or of the title.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Words<'a> {
    /// Of the original text.
    Text {
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
        /// Exactly that slice.
        text: &'a str,
    },
    /// Of the title beside it.
    Title {
        /// First code point of the title.
        title_start: u32,
        /// One past the last.
        title_end: u32,
        /// Exactly that slice of the title.
        quote: &'a str,
    },
}

/// Somebody credited with a report.
#[derive(Debug, Serialize)]
pub struct SaidBy<'a> {
    /// Full name.
    pub name: &'a str,
    /// Office.
    pub role: Option<&'a str>,
    /// Country code.
    pub country: Option<&'a str>,
    /// Through what.
    pub channel: Option<&'a str>,
    /// Whether the speaker says that it did not happen.
    pub denies: bool,
}

/// One independent source of a contact.
#[derive(Debug, Serialize)]
pub struct Origin<'a> {
    /// Ids of the documents that go back to it.
    pub documents: Vec<&'a str>,
    /// Why they do; empty where there is only one.
    pub because: Vec<OriginTie<'a>>,
}

/// Why two documents go back to one source.
#[derive(Debug, Serialize)]
pub struct OriginTie<'a> {
    /// Ids of the two, the earlier first.
    pub documents: [&'a str; 2],
    /// `copy`, `outlet`, `quote` or `readout`.
    pub why: &'static str,
}

/// What officials of one side say of a contact.
#[derive(Debug, Serialize)]
pub struct Official<'a> {
    /// Code of the country or organisation.
    pub side: &'a str,
    /// Names of those who speak for it.
    pub said_by: Vec<&'a str>,
    /// Ids of the documents that credit them.
    pub documents: Vec<&'a str>,
    /// Field and value, in the shape that the field has elsewhere.
    pub values: Vec<OfficialValue<'a>>,
}

/// A value that officials give.
#[derive(Debug, Serialize)]
pub struct OfficialValue<'a> {
    /// The field.
    pub field: &'static str,
    /// The value.
    pub value: Value<'a>,
}

/// Rival values of a field.
#[derive(Debug, Serialize)]
pub struct Dispute<'a> {
    /// The field.
    pub field: &'static str,
    /// The values, best supported first.
    pub values: Vec<Rival<'a>>,
}

/// One of several values.
#[derive(Debug, Serialize)]
pub struct Rival<'a> {
    /// The value, in the shape that the field has elsewhere.
    pub value: Value<'a>,
    /// Ids of the documents that give it.
    pub documents: Vec<&'a str>,
    /// Names of those who say so.
    pub said_by: Vec<&'a str>,
    /// The side whose officials, and nobody else, say so; `null` otherwise.
    pub side: Option<&'a str>,
}

/// A value of any field.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// A word.
    Word(&'a str),
    /// Dates.
    When(Dates),
    /// A place.
    Place(Place<'a>),
    /// A party.
    Actor(Actor<'a>),
    /// A length of time.
    Minutes(Minutes),
    /// Parties.
    Actors(Vec<Actor<'a>>),
    /// Words.
    Words(&'a [String]),
}

/// Dates as a rival value.
#[derive(Debug, Serialize)]
pub struct Dates {
    /// As EDTF.
    pub edtf: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
}

/// How well a field is supported.
#[derive(Debug, Serialize)]
pub struct Agreement {
    /// The field.
    pub field: &'static str,
    /// `agreed`, `single-source` or `disputed`.
    pub sources: &'static str,
}

/// The status as one document had it.
#[derive(Debug, Serialize)]
pub struct StatusStep<'a> {
    /// The day of the document.
    pub as_of: Option<String>,
    /// The status.
    pub status: &'static str,
    /// Id of the document.
    pub document: &'a str,
}

/// Why two reports were put together.
#[derive(Debug, Serialize)]
pub struct Link<'a> {
    /// Ids of the two documents.
    pub documents: [&'a str; 2],
    /// The score, to two decimals.
    pub score: f64,
    /// What spoke for and against.
    pub reasons: &'a [Arc<str>],
}

/// Contacts that are missing.
#[derive(Debug, Serialize)]
pub struct Gap<'a> {
    /// The kind counted.
    pub kind: &'static str,
    /// The pair.
    pub participants: Vec<&'a str>,
    /// How many.
    pub missing: Missing,
    /// They lie after this day.
    pub after: Option<String>,
    /// They lie before this day.
    pub before: Option<String>,
    /// The counts it rests on.
    pub because: Vec<Because<'a>>,
}

/// The ledger of one series of contacts.
#[derive(Debug, Serialize)]
pub struct CountSeries<'a> {
    /// The kind counted.
    pub kind: &'static str,
    /// The sides.
    pub participants: Vec<&'a str>,
    /// The days over which is counted.
    pub period: Dates,
    /// What is claimed, and what is found.
    pub claims: Vec<CountClaim<'a>>,
    /// Counts that cannot all be true, in words.
    pub contradictions: &'a [String],
}

/// A count as a document claims it, against what is found.
#[derive(Debug, Serialize)]
pub struct CountClaim<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// Id of the contact it is told of.
    pub contact: &'a str,
    /// The number claimed.
    pub n: u32,
    /// A lower bound only.
    pub at_least: bool,
    /// `ordinal` or `total`.
    #[serde(rename = "as")]
    pub meaning: &'static str,
    /// The day up to which is counted.
    pub by: Option<String>,
    /// Contacts found up to that day.
    pub found: u32,
    /// Contacts that may belong there.
    pub possible: u32,
    /// The words.
    #[serde(flatten)]
    pub words: Words<'a>,
}

/// How many contacts are missing.
#[derive(Debug, Serialize)]
pub struct Missing {
    /// At least.
    pub min: u32,
    /// At most; `null` is open.
    pub max: Option<u32>,
}

/// The words of a count claim.
#[derive(Debug, Serialize)]
pub struct Because<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// The words.
    #[serde(flatten)]
    pub words: Words<'a>,
}

/// Something somebody said.
#[derive(Debug, Serialize)]
pub struct Statement<'a> {
    /// Id of the document.
    pub document: &'a str,
    /// Who; `null` when the text does not say.
    pub speaker: Option<&'a str>,
    /// The reporting word.
    pub cue: &'a str,
    /// Through what.
    pub channel: Option<&'a str>,
    /// Whether in quotation marks.
    pub direct: bool,
    /// `says`, `thinks` or `wants`.
    pub manner: &'static str,
    /// The word that leaves it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hedge: Option<&'a str>,
    /// `confirms`, `denies` or `disputes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<&'static str>,
    /// The words, or their first part.
    #[serde(flatten)]
    pub words: Words<'a>,
    /// The other parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Words<'a>>,
    /// The words for the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker_words: Option<Words<'a>>,
    /// Id of the contact it is about.
    pub contact: Option<&'a str>,
    /// The rule that found it.
    pub rule: &'a str,
}

/// The chance that a contact and its fields are right.
#[derive(Debug, Serialize)]
pub struct Confidence {
    /// That there is such a contact.
    pub contact: f64,
    /// By field, that it is right if there is.
    pub fields: std::collections::BTreeMap<&'static str, f64>,
}

/// A message about an input.
#[derive(Debug, Serialize)]
pub struct Diagnostic<'a> {
    /// Id of the document, or the path; empty when about the whole run.
    pub document: &'a str,
    /// `note`, `warning` or `error`.
    pub level: &'static str,
    /// What happened.
    pub message: &'a str,
}
