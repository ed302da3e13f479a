//! Owns what one document says: reports of contacts, who takes part, who says so, counts, and the evidence for each field.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, DocumentDate, Interval, OriginalSpan, Span};

/// The kind of a contact, as gold/README.md and CONTRACT.md define it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactKind {
    /// By telephone or video.
    Call,
    /// In person.
    Meeting,
    /// A trip to another country, reported as such.
    Visit,
    /// Negotiations between delegations or sides, over one or more days.
    Talks,
    /// A letter, written message or telegram.
    Message,
}

impl ContactKind {
    /// All five, in the order of the contract.
    pub const ALL: [ContactKind; 5] =
        [ContactKind::Call, ContactKind::Meeting, ContactKind::Visit, ContactKind::Talks, ContactKind::Message];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            ContactKind::Call => "call",
            ContactKind::Meeting => "meeting",
            ContactKind::Visit => "visit",
            ContactKind::Talks => "talks",
            ContactKind::Message => "message",
        }
    }

    /// The kind so written.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == text)
    }

    /// Whether it was remote, in person or written: reports of one contact may differ in kind, never in group.
    pub fn group(self) -> KindGroup {
        match self {
            ContactKind::Call => KindGroup::Remote,
            ContactKind::Meeting | ContactKind::Visit | ContactKind::Talks => KindGroup::InPerson,
            ContactKind::Message => KindGroup::Written,
        }
    }
}

/// How two sides were in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum KindGroup {
    /// By telephone or video.
    Remote,
    /// In one place.
    InPerson,
    /// In writing.
    Written,
}

/// What became of a contact, as of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It took place.
    Held,
    /// It is under way.
    Ongoing,
    /// It is agreed or announced.
    Planned,
    /// Somebody suggests it.
    Proposed,
    /// It was called off or put off.
    Cancelled,
    /// Somebody said it took place, and this source says it did not.
    Denied,
    /// The text leaves it open.
    Unclear,
}

impl Status {
    /// All, in the order of the contract.
    pub const ALL: [Status; 7] = [
        Status::Held,
        Status::Ongoing,
        Status::Planned,
        Status::Proposed,
        Status::Cancelled,
        Status::Denied,
        Status::Unclear,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Held => "held",
            Status::Ongoing => "ongoing",
            Status::Planned => "planned",
            Status::Proposed => "proposed",
            Status::Cancelled => "cancelled",
            Status::Denied => "denied",
            Status::Unclear => "unclear",
        }
    }

    /// The status so written.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// What sort of party an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A state or its government.
    State,
    /// An international organisation.
    Organisation,
    /// A political or armed group, or a set of people ("European leaders").
    Group,
}

/// What is known of a party to a contact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorFacts {
    /// Full name as readers know it: `Donald Trump`, `United States`, `European leaders`.
    pub name: String,
    /// Office at the time, as a title (`President`), where known.
    pub role: Option<String>,
    /// Code of the country, organisation or group it acts for (`US`, `EU`), where known.
    pub country: Option<String>,
    /// Person, state, organisation or group.
    pub kind: ActorKind,
    /// What identifies it across documents: equal keys mean one actor. `person:donald trump`, `state:US`.
    pub key: String,
}

/// A party to a contact. A few thousand of them are named in millions of reports, so copies share what is known
/// ([`ActorFacts`], read through it); a change to one of them leaves the others alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(Arc<ActorFacts>);

impl From<ActorFacts> for Actor {
    fn from(facts: ActorFacts) -> Self {
        Actor(Arc::new(facts))
    }
}

impl Deref for Actor {
    type Target = ActorFacts;

    fn deref(&self) -> &ActorFacts {
        &self.0
    }
}

impl DerefMut for Actor {
    fn deref_mut(&mut self) -> &mut ActorFacts {
        Arc::make_mut(&mut self.0)
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a report can say about a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The words that say there was a contact, and of what kind.
    Kind,
    /// Tense, modality, negation.
    Status,
    /// Who took part.
    Participants,
    /// When.
    When,
    /// Where.
    Place,
    /// Who called, invited, asked for it.
    Initiator,
    /// How long.
    Duration,
    /// Phone or video.
    Medium,
    /// What about.
    Topics,
    /// What was agreed.
    Outcomes,
    /// Ordinals and totals.
    Counts,
    /// Who says so.
    SaidBy,
}

impl Field {
    /// The name the contract's JSON gives the field.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Kind => "kind",
            Field::Status => "status",
            Field::Participants => "participants",
            Field::When => "when",
            Field::Place => "place",
            Field::Initiator => "initiator",
            Field::Duration => "duration_minutes",
            Field::Medium => "medium",
            Field::Topics => "topics",
            Field::Outcomes => "outcomes",
            Field::Counts => "counts",
            Field::SaidBy => "said_by",
        }
    }
}

/// Where a piece of evidence stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EvidenceSource {
    /// Bytes of the clean text (the analysis refers to these).
    pub clean: Span,
    /// The same in the original text or the title.
    pub original: OriginalSpan,
    /// Exactly the original's slice.
    pub text: Arc<str>,
}

/// The exact words behind one field of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The field they support.
    pub field: Field,
    /// The words.
    pub source: EvidenceSource,
    /// The rule that read them.
    pub rule: Arc<str>,
}

/// When a contact took place, as one document has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The days among which it lies.
    pub interval: Interval,
    /// Clock time as written (`10:00 EDT`).
    pub time: Option<String>,
    /// In a few words, what the interval rests on (`explicit date`, `weekday before 2025-12-29`, `same day as …`).
    pub basis: String,
}

/// Where a contact took place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// As named in the text.
    pub name: String,
    /// Country code, where known.
    pub country: Option<String>,
}

/// How long a contact took, in minutes; an open bound is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Duration {
    /// At least.
    pub min: Option<u32>,
    /// At most.
    pub max: Option<u32>,
}

/// A length that one speaker, or several, give a contact where others give another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RivalLength {
    /// How long.
    pub duration: Duration,
    /// Who says so; empty for the document itself.
    pub said_by: Vec<Actor>,
}

/// What a count counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountOf {
    /// The report's contact is the `n`th of the series.
    Ordinal,
    /// The series has `n` members up to the document.
    Total,
}

/// An ordinal or total that a text gives for a series of contacts of one pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number: 9 for "ninth".
    pub n: u32,
    /// "at least", "known", "more than": a lower bound only.
    pub at_least: bool,
    /// Place in the series, or size of it.
    pub of: CountOf,
    /// The kind of contact counted.
    pub kind: ContactKind,
    /// The days over which is counted: "this year" in a 2025 text starts 2025-01-01. Open when the text gives no period.
    pub period: Interval,
    /// The words for the period ("since the start of 2025"), `""` when there are none.
    pub scope: String,
    /// The words.
    pub source: EvidenceSource,
}

/// Somebody credited with a report or a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Attribution {
    /// Who.
    pub speaker: Actor,
    /// Through what (`Truth Social`, `X`, `a statement`).
    pub channel: Option<String>,
    /// Whether the speaker says that it did not happen.
    pub denies: bool,
}

/// What one document says about one contact. Several mentions in it are one report with several pieces of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Kind.
    pub kind: ContactKind,
    /// Latest status as of the document.
    pub status: Status,
    /// Who takes part, principals first.
    pub participants: Vec<Actor>,
    /// When.
    pub when: When,
    /// Where.
    pub place: Option<Place>,
    /// Who called, invited or asked for it.
    pub initiator: Option<Actor>,
    /// How long.
    pub duration: Option<Duration>,
    /// `phone` or `video`.
    pub medium: Option<String>,
    /// Short noun phrases, at most six.
    pub topics: Vec<String>,
    /// What was agreed or planned.
    pub outcomes: Vec<String>,
    /// Ordinals and totals.
    pub counts: Vec<Count>,
    /// Who says so, other than the outlet itself.
    pub said_by: Vec<Attribution>,
    /// The words behind each field, at least the trigger's ([`Field::Kind`]), in order of the text.
    pub evidence: Vec<Evidence>,
    /// The rule that found the first mention.
    pub rule: Arc<str>,
    /// Whether the document is mainly about it.
    pub main: bool,
    /// Where the document gives lengths that cannot all be true, or has several speakers give it different ones, each of them,
    /// `duration` among them; otherwise empty.
    #[serde(default)]
    pub lengths: Vec<RivalLength>,
    /// The parties are states, and the text has aides, delegations or ministries act for them: no contact of the leaders.
    #[serde(default)]
    pub by_aides: bool,
    /// The day of the week that the text names, 1 for Monday, where nothing tells which week is meant: the document has no
    /// date.
    #[serde(default)]
    pub weekday: Option<i8>,
}

/// What somebody does with what stands in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// Says, writes, shows or asks it.
    Says,
    /// Thinks, knows, hopes or judges it.
    Thinks,
    /// Wants it done, or means to do it.
    Wants,
}

impl Manner {
    /// The word of the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Manner::Says => "says",
            Manner::Thinks => "thinks",
            Manner::Wants => "wants",
        }
    }
}

/// How a speaker stands to what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    Confirms,
    /// Says that it is not so.
    Denies,
    /// Doubts or contests it.
    Disputes,
}

impl Stance {
    /// The word of the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Confirms => "confirms",
            Stance::Denies => "denies",
            Stance::Disputes => "disputes",
        }
    }
}

/// Something somebody said in a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Who; `None` when the text does not say.
    pub speaker: Option<Actor>,
    /// The words that name the speaker (`a U.S. official`), where there are any.
    pub speaker_source: Option<EvidenceSource>,
    /// The reporting word (`wrote`); empty for an interview's `Name: …`.
    pub cue: String,
    /// Where it stands.
    pub cue_source: Option<EvidenceSource>,
    /// Through what.
    pub channel: Option<String>,
    /// Whether the words are the speaker's own, in quotation marks.
    pub direct: bool,
    /// Said, thought or wanted.
    pub manner: Manner,
    /// The word by which the text leaves open whether it is so (`reportedly`, `claimed`).
    pub hedge: Option<String>,
    /// Whether the speaker confirms, denies or disputes what is reported.
    pub stance: Option<Stance>,
    /// What was said, or its first part.
    pub source: EvidenceSource,
    /// Its other parts: behind a cue in its midst, or in the paragraphs that follow.
    pub more: Vec<EvidenceSource>,
    /// The rule that found it.
    pub rule: Arc<str>,
    /// Index of the report it is about ([`Extraction::reports`]).
    pub report: Option<usize>,
}

impl Statement {
    /// The speaker's own words: all of a direct statement, of another what stands in it between double quotation marks.
    pub fn quoted(&self) -> Vec<&str> {
        let parts = std::iter::once(&self.source).chain(&self.more).map(|s| &*s.text);
        if self.direct {
            return parts.collect();
        }
        let mut found = Vec::new();
        for part in parts {
            let mut open = None;
            for (at, mark) in part.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"')) {
                match open {
                    Some(start) if mark != '“' => {
                        found.push(&part[start..at]);
                        open = None;
                    }
                    _ => open = Some(at + mark.len_utf8()).filter(|_| mark != '”'),
                }
            }
        }
        found
    }

    /// Every place it points at: what was said, then the words for the speaker and the cue.
    pub fn sources(&self) -> impl Iterator<Item = &EvidenceSource> {
        std::iter::once(&self.source).chain(&self.more).chain(&self.speaker_source).chain(&self.cue_source)
    }
}

/// A short line of a document, by which lines that recur in an outlet's documents are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLine {
    /// Hash of the outlet and the line's words: equal where both are.
    pub line: u64,
    /// Whether it is a sentence, and no label or headline.
    pub sentence: bool,
    /// Bytes of the original text.
    pub span: Span,
}

/// All that one document says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
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
    /// MinHash signature of the text's word shingles, for near-duplicates; empty for a text too short to have one.
    pub fingerprint: Vec<u32>,
    /// What it reports, in order of first mention.
    pub reports: Vec<Report>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Lines that may turn out to be page furniture, once other documents show them too.
    #[serde(default)]
    pub lines: Vec<PageLine>,
    /// What the stages had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Extraction {
    /// Every place of the original text or the title that it points at.
    pub fn sources(&self) -> impl Iterator<Item = &EvidenceSource> {
        let of_reports = self.reports.iter().flat_map(|report| {
            report.evidence.iter().map(|e| &e.source).chain(report.counts.iter().map(|c| &c.source))
        });
        of_reports.chain(self.statements.iter().flat_map(Statement::sources))
    }
}
