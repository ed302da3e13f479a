//! Owns the analysis of English text: sentences, words, tags, lemmas, dependency arcs and names. Knows nothing of diplomacy.

pub mod abbreviations;
pub mod amend;
pub mod deep;
pub mod eight;
pub mod enumeration;
pub mod form;
pub mod lemma;
pub mod linear;
pub mod names;
pub mod network;
pub mod render;
pub mod sentences;
pub mod swift;
pub mod tags;
pub mod tokenize;
pub mod weights;

use readout_types::{Annotated, CleanDocument, Tier, Token};

pub use amend::amend;
pub use deep::Deep;
pub use render::{conllu, draw};
pub use swift::{Swift, split_and_tokenize};
pub use weights::ModelError;

/// Which sentences are parsed. All are divided, tagged, and searched for names.
#[derive(Clone, Copy, Default)]
pub enum Scope<'a> {
    /// Every sentence.
    #[default]
    All,
    /// Those that this accepts, given the text of the document, the sentence's words (tagged, with lemmas) and whether
    /// it has a name.
    Relevant(&'a Wanted<'a>),
}

/// Says whether a sentence is to be parsed: text of the document, words of the sentence, whether it has a name.
pub type Wanted<'a> = dyn Fn(&str, &[Token], bool) -> bool + Sync + 'a;

/// A tier of analysis.
pub trait Annotator: Send + Sync {
    /// Which it is.
    fn tier(&self) -> Tier;

    /// Analyses the blocks of a document that are text ([`readout_types::BlockKind::is_text`]). Never fails: text that
    /// is not English, or not language at all, gets an analysis that is of no use but well formed.
    fn annotate(&self, document: CleanDocument, scope: Scope<'_>) -> Annotated {
        self.annotate_until(document, scope, &|| false)
    }

    /// The same, but given up as soon as `late` says so: it is asked every few thousand words, and what stands behind
    /// them is then missing from the analysis.
    fn annotate_until(&self, document: CleanDocument, scope: Scope<'_>, late: &dyn Fn() -> bool) -> Annotated;
}

/// The tier with the models that are compiled in.
///
/// # Errors
/// A damaged build.
pub fn embedded(tier: Tier) -> Result<Box<dyn Annotator>, ModelError> {
    Ok(match tier {
        Tier::Swift => Box::new(Swift::embedded()?),
        Tier::Deep => Box::new(Deep::embedded()?),
    })
}
