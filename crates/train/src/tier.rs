//! Owns the two tiers as one thing to be measured.

use readout_annotate::network::forward::Reading;
use readout_annotate::{Deep, Swift};
use readout_types::{Span, Token};

/// A tier.
pub enum Tier {
    Swift(Box<Swift>),
    Deep(Box<Deep>),
}

impl Tier {
    fn swift(&self) -> &Swift {
        match self {
            Tier::Swift(swift) => swift,
            Tier::Deep(deep) => deep.swift(),
        }
    }

    /// The full analysis of sentences given as words.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<Reading> {
        match self {
            Tier::Swift(swift) => {
                let prepared: Vec<_> = sentences.iter().map(|words| swift.prepare(words)).collect();
                swift.read(&prepared, &mut |_, _| true)
            }
            Tier::Deep(deep) => deep.read(sentences),
        }
    }

    /// Sentences of a text, each with its words.
    pub fn divide(&self, text: &str) -> Vec<Vec<Span>> {
        self.swift().divide(text)
    }

    /// The words of a sentence with what was read of them.
    pub fn tokens(&self, text: &str, spans: &[Span], reading: &Reading) -> Vec<Token> {
        self.swift().tokens(text, spans, reading)
    }
}
