//! Owns the types that the stages hand to each other: spans, dates, documents, analyses, reports, contacts.
//!
//! Nothing here reads a file, knows a word of English or decides anything: every stage crate depends on this one
//! and on no other stage.

mod chronology;
mod contact;
mod date;
mod diagnostic;
mod document;
mod filter;
mod language;
mod original;
mod span;

pub use chronology::{
    Agreement, Chronology, Cluster, Confidence, Contact, CountClaim, CountSeries, Dispute, DocumentEntry, FieldValue,
    Gap, Judgement, LinkDecision, Linked, OfficialAccount, OriginTie, Part, Rival, SharedOrigin, StatusStep, Totals,
    Verdict,
};
pub use contact::{
    Actor, ActorFacts, ActorKind, Attribution, ContactKind, Count, CountOf, Duration, Evidence, EvidenceSource,
    Extraction, Field, KindGroup, Manner, PageLine, Place, Report, RivalLength, Stance, Statement, Status, When,
};
pub use date::{Date, DateError, Interval};
pub use diagnostic::{Diagnostic, Level};
pub use document::{
    Alignment, Block, BlockKind, CleanDocument, DateBasis, DateCandidate, DocumentDate, OriginalSpan, RawDocument,
    Segment, TextFormat, TextPart,
};
pub use filter::Filter;
pub use language::{Annotated, Deprel, Name, NameKind, Sentence, Tier, Token, Upos};
pub use original::{Original, OriginalPoints};
pub use span::{CodePoints, Span};
