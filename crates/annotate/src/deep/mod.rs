//! Owns the deep tier: a fine-tuned MiniLM encoder (Wang et al. 2020) with heads for tags, names, trees and
//! factuality, run by a forward pass of our own. The swift tier divides the text and says which sentences can matter.

pub mod encoder;
pub mod file;
pub mod heads;
pub mod pieces;

use readout_types::{Annotated, CleanDocument, Span, Tier};

use self::encoder::{POSITIONS, Pieced};
use self::file::Contents;
use self::pieces::SHAPES;
use crate::network::forward::Reading;
use crate::swift::{LONGEST, joined};
use crate::weights::ModelError;
use crate::{Annotator, Scope, Swift};

/// The model that is compiled in.
pub static EMBEDDED: &[u8] = include_bytes!("../../../../models/deep.bin");

/// Most pieces that go through the encoder at once, if no sentence alone has more.
const AT_ONCE: usize = 512;

/// The deep tier.
pub struct Deep {
    swift: Swift,
    contents: Contents,
}

impl Deep {
    /// The tier with the models that are compiled in.
    pub fn embedded() -> Result<Deep, ModelError> {
        Ok(Deep::new(Swift::embedded()?, file::read(EMBEDDED)?))
    }

    /// The tier with other models.
    pub fn new(swift: Swift, contents: Contents) -> Deep {
        Deep { swift, contents }
    }

    /// The swift tier that it works with.
    pub fn swift(&self) -> &Swift {
        &self.swift
    }

    /// What the file holds.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The analysis of sentences given as words.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<Reading> {
        self.read_until(sentences, &|| false)
    }

    /// The same, as far as it gets before `late` says that it is enough.
    fn read_until(&self, sentences: &[Vec<&str>], late: &dyn Fn() -> bool) -> Vec<Reading> {
        let mut readings: Vec<Vec<Reading>> = Vec::with_capacity(sentences.len());
        let mut waiting: Vec<(usize, Pieced)> = Vec::new();
        let mut pieces = 0;
        for (index, words) in sentences.iter().enumerate() {
            readings.push(Vec::new());
            for stretch in self.stretches(words) {
                if pieces + stretch.pieces.len() > AT_ONCE {
                    self.flush(&mut waiting, &mut readings);
                    pieces = 0;
                    if late() {
                        readings.truncate(index + usize::from(!readings[index].is_empty()));
                        return readings.into_iter().map(joined).collect();
                    }
                }
                pieces += stretch.pieces.len();
                waiting.push((index, stretch));
            }
        }
        self.flush(&mut waiting, &mut readings);
        readings.into_iter().map(joined).collect()
    }

    fn flush(&self, waiting: &mut Vec<(usize, Pieced)>, readings: &mut [Vec<Reading>]) {
        let sentences: Vec<&Pieced> = waiting.iter().map(|w| &w.1).collect();
        let lengths: Vec<usize> = sentences.iter().map(|s| s.words.len() - 1).collect();
        let states = self.contents.encoder.states(&sentences);
        for ((index, _), reading) in waiting.iter().zip(self.contents.heads.read(&lengths, &states)) {
            readings[*index].push(reading);
        }
        waiting.clear();
    }

    /// A sentence as the encoder takes it; a very long one in stretches.
    pub fn stretches(&self, words: &[&str]) -> Vec<Pieced> {
        let vocabulary = &self.contents.pieces;
        let around = SHAPES as u8;
        let mut all = Vec::new();
        let mut own = Vec::new();
        let mut now = Pieced::default();
        for word in words {
            own.clear();
            vocabulary.add(word, &mut own);
            if now.pieces.len() + own.len() + 1 > POSITIONS || now.words.len() == LONGEST {
                all.push(std::mem::take(&mut now));
            }
            if now.pieces.is_empty() {
                now.pieces.push((vocabulary.begin, around));
            }
            now.words.push(now.pieces.len() as u32);
            let look = pieces::shape(word);
            now.pieces.extend(own.iter().map(|p| (*p, look)));
        }
        if !now.words.is_empty() {
            all.push(now);
        }
        for stretch in &mut all {
            stretch.words.push(stretch.pieces.len() as u32);
            stretch.pieces.push((vocabulary.end, around));
        }
        all
    }
}

impl Annotator for Deep {
    fn tier(&self) -> Tier {
        Tier::Deep
    }

    fn annotate_until(&self, document: CleanDocument, scope: Scope<'_>, late: &dyn Fn() -> bool) -> Annotated {
        let divided = self.swift.divide_document(&document);
        let text = document.text.as_str();
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        let ((mut readings, mut tagged), chosen) = match scope {
            Scope::All => {
                let nothing = (vec![Reading::default(); divided.len()], vec![Vec::new(); divided.len()]);
                (nothing, (0..divided.len()).collect::<Vec<_>>())
            }
            Scope::Relevant(wanted) => {
                let mut chosen = Vec::new();
                let swift = self.swift.read_divided(text, &divided, late, &mut |i, tokens, named| {
                    if wanted(text, tokens, named) {
                        chosen.push(i);
                    }
                    false
                });
                (swift, chosen)
            }
        };
        let sentences: Vec<Vec<&str>> = chosen.iter().map(|i| words(&divided[*i].1)).collect();
        let mut reached = readings.len();
        let deep = self.read_until(&sentences, late);
        if let Some(first) = chosen.get(deep.len()) {
            reached = *first;
        }
        for (index, reading) in chosen.into_iter().zip(deep) {
            readings[index] = reading;
            tagged[index].clear();
        }
        readings.truncate(reached);
        self.swift.assemble(document, &divided, &readings, tagged, self.tier())
    }
}
