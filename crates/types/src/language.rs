//! Owns the analysis of English: tokens, tags, dependency arcs, names. Universal Dependencies v2 terms.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{CleanDocument, Span};

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the variants are the labels of the standard, spelt out by as_str")]
        #[repr(u8)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All labels, in order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as the standard writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label so written; `None` for any other text.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

labels! {
    /// Universal part-of-speech tag.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

labels! {
    /// Dependency relation, with the subtypes that the English treebanks use.
    Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj",
        Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl",
        OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation so written; an unknown subtype becomes its universal relation, anything else `dep`.
    pub fn parse_lenient(text: &str) -> Deprel {
        let base = text.split(':').next().unwrap_or("");
        match text {
            "nmod:npmod" | "nmod:tmod" => Deprel::NmodUnmarked,
            "obl:npmod" | "obl:tmod" => Deprel::OblUnmarked,
            _ => Deprel::parse(text).or_else(|| Deprel::parse(base)).unwrap_or(Deprel::Dep),
        }
    }

    /// The relation without its subtype.
    pub fn universal(self) -> Deprel {
        Deprel::parse(self.as_str().split(':').next().unwrap_or("")).unwrap_or(self)
    }
}

labels! {
    /// What a name names.
    NameKind {
        Person = "PER", Organisation = "ORG", Place = "LOC", Nationality = "NORP", Event = "EVENT", Other = "MISC",
    }
}

/// A word of a sentence. Contractions are split as the treebanks do (`do` + `n't`, `Trump` + `'s`).
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Bytes of the clean text.
    pub span: Span,
    /// Dictionary form, in lower case except for names.
    pub lemma: Arc<str>,
    /// Universal tag.
    pub upos: Upos,
    /// Penn Treebank tag (`NNP`, `VBD`), `""` when the model gives none.
    pub xpos: &'static str,
    /// Index of the head within the sentence; `None` for the root and in sentences that were not parsed.
    pub head: Option<u32>,
    /// Relation to the head; `Dep` in sentences that were not parsed.
    pub deprel: Deprel,
}

/// A sentence: tokens in order, one block only.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Bytes of the clean text, from the first token's start to the last token's end.
    pub span: Span,
    /// Index of the block it lies in ([`CleanDocument::blocks`]).
    pub block: u32,
    /// Its words.
    pub tokens: Vec<Token>,
    /// Whether it has a tree: one root, every other token has a head, no cycles.
    pub parsed: bool,
}

impl Sentence {
    /// Index of the root, in a parsed sentence.
    pub fn root(&self) -> Option<usize> {
        if self.parsed { self.tokens.iter().position(|t| t.head.is_none()) } else { None }
    }

    /// Indices of the tokens whose head is `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let head = Some(head as u32);
        self.tokens.iter().enumerate().filter(move |(_, t)| self.parsed && t.head == head).map(|(i, _)| i)
    }
}

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Index of the sentence.
    pub sentence: u32,
    /// First token within the sentence.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Bytes of the clean text.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

/// How thoroughly text is analysed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tier {
    /// By a small network: fast.
    #[default]
    Swift,
    /// By a fine-tuned encoder: more often right, and slower.
    Deep,
}

impl Tier {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Swift => "swift",
            Tier::Deep => "deep",
        }
    }

    /// The tier of this name; `None` for any other text.
    pub fn parse(name: &str) -> Option<Tier> {
        [Tier::Swift, Tier::Deep].into_iter().find(|tier| tier.as_str() == name)
    }
}

/// A document with its analysis. Only sentences of blocks that are text are analysed.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The document.
    pub document: CleanDocument,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its names, in order; they do not overlap.
    pub names: Vec<Name>,
    /// The tier that made this.
    pub tier: Tier,
}
