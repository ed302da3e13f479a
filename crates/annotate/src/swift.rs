//! Owns the swift tier: models compiled in, run in order over each block of a document.

use std::sync::Arc;

use readout_types::{Annotated, CleanDocument, Deprel, Name, Sentence, Span, Tier, Token};

use crate::form::Form;
use crate::lemma::Lemmatizer;
use crate::network::forward::Reading;
use crate::network::ready::Ready;
use crate::network::{TABLES, file};
use crate::sentences::Splitter;
use crate::tokenize::Tokenizer;
use crate::weights::ModelError;
use crate::{Annotator, Scope};

/// The bytes of the model files.
#[derive(Clone, Copy, Debug)]
pub struct ModelBytes {
    /// `tokenizer.bin`
    pub tokenizer: &'static [u8],
    /// `splitter.bin`
    pub splitter: &'static [u8],
    /// `lemmatizer.bin`
    pub lemmatizer: &'static [u8],
    /// `network.bin`
    pub network: &'static [u8],
}

/// The models that are compiled in.
pub const EMBEDDED: ModelBytes = ModelBytes {
    tokenizer: include_bytes!("../../../models/tokenizer.bin"),
    splitter: include_bytes!("../../../models/splitter.bin"),
    lemmatizer: include_bytes!("../../../models/lemmatizer.bin"),
    network: include_bytes!("../../../models/network.bin"),
};

/// Most words that go through the network at once; bounds its memory to some tens of megabytes.
const AT_ONCE: usize = 2048;

/// Longest stretch of a sentence, in words, that is given to the network; longer sentences are analysed in stretches,
/// and the roots of the later ones hang on the first root. Keeps time linear in the length of a sentence.
pub const LONGEST: usize = 256;

/// Nobody writes a sentence of more words: what is longer (megabytes without a full stop) is divided here, so that whatever
/// looks all over a sentence stays linear in the length of a document.
pub const ENDLESS: usize = 2048;

/// The swift tier.
pub struct Swift {
    tokenizer: Tokenizer,
    splitter: Splitter,
    lemmatizer: Lemmatizer,
    network: Ready,
}

impl Swift {
    /// The tier with the models that are compiled in.
    pub fn embedded() -> Result<Swift, ModelError> {
        Swift::from_bytes(EMBEDDED)
    }

    /// The tier with other models.
    pub fn from_bytes(bytes: ModelBytes) -> Result<Swift, ModelError> {
        Ok(Swift {
            tokenizer: Tokenizer::read(bytes.tokenizer)?,
            splitter: Splitter::read(bytes.splitter)?,
            lemmatizer: Lemmatizer::read(bytes.lemmatizer)?,
            network: file::read(bytes.network.into())?,
        })
    }

    /// Sentences of a text, each with its words as byte spans, [`ENDLESS`] of them at most. Blank lines end sentences.
    pub fn divide(&self, text: &str) -> Vec<Vec<Span>> {
        let mut sentences = Vec::new();
        for (from, to) in paragraphs(text) {
            let paragraph = &text[from..to];
            let pieces = self.tokenizer.tokenize(paragraph);
            let mut begin = 0;
            for end in self.splitter.split(paragraph, &pieces) {
                for stretch in pieces[begin..end].chunks(ENDLESS) {
                    sentences.push(stretch.iter().map(|p| Span::new(from + p.start, from + p.end)).collect());
                }
                begin = end;
            }
        }
        sentences
    }

    /// The words as the network sees them.
    pub fn prepare(&self, words: &[&str]) -> Vec<[u32; TABLES]> {
        words.iter().map(|w| self.network.rows(&Form::new(w))).collect()
    }

    /// Tags, names and trees of prepared sentences. `wanted` says whether a sentence, by its place in the list, gets a tree.
    pub fn read(
        &self,
        sentences: &[Vec<[u32; TABLES]>],
        wanted: &mut dyn FnMut(usize, &Reading) -> bool,
    ) -> Vec<Reading> {
        self.read_until(sentences, wanted, &|| false)
    }

    /// The same, as far as it gets before `late` says that it is enough; a long sentence may then have fewer tags than words.
    fn read_until(
        &self,
        sentences: &[Vec<[u32; TABLES]>],
        wanted: &mut dyn FnMut(usize, &Reading) -> bool,
        late: &dyn Fn() -> bool,
    ) -> Vec<Reading> {
        let mut readings = Vec::with_capacity(sentences.len());
        let mut from = 0;
        while from < sentences.len() && !late() {
            if sentences[from].len() > LONGEST {
                readings.push(self.read_long(&sentences[from], &mut |r| wanted(from, r), late));
                from += 1;
                continue;
            }
            let mut words = sentences[from].len();
            let mut to = from + 1;
            while let Some(next) = sentences.get(to)
                && next.len() <= LONGEST
                && words + next.len() <= AT_ONCE
            {
                words += next.len();
                to += 1;
            }
            readings.extend(self.network.read_sentences(&sentences[from..to], &mut |i, r| wanted(from + i, r)));
            from = to;
        }
        readings
    }

    fn read_long(
        &self,
        rows: &[[u32; TABLES]],
        wanted: &mut dyn FnMut(&Reading) -> bool,
        late: &dyn Fn() -> bool,
    ) -> Reading {
        let mut parts = Vec::new();
        for (k, stretch) in rows.chunks(LONGEST).enumerate() {
            if k > 0 && late() {
                break;
            }
            parts.extend(self.network.read_sentences(&[stretch.to_vec()], &mut |_, _| true));
        }
        let mut whole = joined(parts);
        if !wanted(&whole) {
            whole.arcs.clear();
        }
        whole
    }

    /// The lemma of a word with a Penn tag.
    pub fn lemma(&self, word: &str, xpos: &str) -> String {
        self.lemmatizer.lemma(word, xpos)
    }

    /// The words of a sentence with what was read of them; the tree, where there is one, mended by grammar
    /// ([`crate::amend()`]).
    pub fn tokens(&self, text: &str, spans: &[Span], reading: &Reading) -> Vec<Token> {
        with_tree(text, self.tagged(text, spans, reading), reading)
    }

    fn tagged(&self, text: &str, spans: &[Span], reading: &Reading) -> Vec<Token> {
        spans
            .iter()
            .zip(&reading.tags)
            .map(|(&span, tag)| Token {
                span,
                lemma: Arc::from(self.lemma(span.of(text), tag.xpos)),
                upos: tag.upos,
                xpos: tag.xpos,
                head: None,
                deprel: Deprel::Dep,
            })
            .collect()
    }

    /// Sentences of the blocks of a document that are text, as byte spans of its text, each with its block.
    pub fn divide_document(&self, document: &CleanDocument) -> Vec<(u32, Vec<Span>)> {
        let mut divided = Vec::new();
        for (index, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_text()) {
            let start = block.span.start;
            for mut spans in self.divide(block.span.of(&document.text)) {
                for span in &mut spans {
                    *span = Span { start: span.start + start, end: span.end + start };
                }
                divided.push((index as u32, spans));
            }
        }
        divided
    }

    fn prepared(&self, text: &str, divided: &[(u32, Vec<Span>)]) -> Vec<Vec<[u32; TABLES]>> {
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        divided.iter().map(|(_, spans)| self.prepare(&words(spans))).collect()
    }

    /// Readings of a divided document as far as it gets before `late`, and the words of each sentence with their tags. `wanted`
    /// says whether a sentence gets a tree, by its place, its words and whether it has a name.
    pub fn read_divided(
        &self,
        text: &str,
        divided: &[(u32, Vec<Span>)],
        late: &dyn Fn() -> bool,
        wanted: &mut dyn FnMut(usize, &[Token], bool) -> bool,
    ) -> (Vec<Reading>, Vec<Vec<Token>>) {
        let mut tagged = vec![Vec::new(); divided.len()];
        let mut relevant = |i: usize, reading: &Reading| {
            tagged[i] = self.tagged(text, &divided[i].1, reading);
            wanted(i, &tagged[i], !reading.names.is_empty())
        };
        let readings = self.read_until(&self.prepared(text, divided), &mut relevant, late);
        (readings, tagged)
    }

    /// The analysis that readings of a divided document make together. What of their words is tagged already need not be tagged
    /// again: `tagged` has it, or nothing, for each sentence.
    pub fn assemble(
        &self,
        document: CleanDocument,
        divided: &[(u32, Vec<Span>)],
        readings: &[Reading],
        tagged: Vec<Vec<Token>>,
        tier: Tier,
    ) -> Annotated {
        let text = document.text.as_str();
        let mut sentences = Vec::with_capacity(divided.len());
        let mut names = Vec::new();
        for (((block, spans), reading), tagged) in divided.iter().zip(readings).zip(tagged) {
            let tagged = if tagged.is_empty() { self.tagged(text, spans, reading) } else { tagged };
            let tokens = with_tree(text, tagged, reading);
            names.extend(reading.names.iter().map(|&(first, end, kind)| Name {
                sentence: sentences.len() as u32,
                first: first as u32,
                end: end as u32,
                span: spans[first].cover(spans[end - 1]),
                kind,
            }));
            let span = spans[0].cover(spans[spans.len() - 1]);
            sentences.push(Sentence { span, block: *block, tokens, parsed: !reading.arcs.is_empty() });
        }
        Annotated { document, sentences, names, tier }
    }
}

/// Words with the tree that was read, mended by grammar.
fn with_tree(text: &str, mut tokens: Vec<Token>, reading: &Reading) -> Vec<Token> {
    for (token, &(head, relation)) in tokens.iter_mut().zip(&reading.arcs) {
        token.head = head;
        token.deprel = relation;
    }
    // What the network reads in stretches is left as it is: the corrections look all over a sentence.
    if !reading.arcs.is_empty() && tokens.len() <= LONGEST {
        crate::amend(text, &mut tokens, &reading.names);
    }
    tokens
}

/// One reading of a sentence that was read in stretches: the roots of the later ones hang on the first root.
pub fn joined(parts: Vec<Reading>) -> Reading {
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_default();
    let root = whole.arcs.iter().position(|(head, _)| head.is_none()).map(|at| at as u32);
    for mut part in parts {
        let offset = whole.tags.len();
        whole.tags.append(&mut part.tags);
        whole.certainty.append(&mut part.certainty);
        whole.names.extend(part.names.iter().map(|n| (n.0 + offset, n.1 + offset, n.2)));
        whole.arcs.extend(part.arcs.into_iter().map(|(head, relation)| match head {
            Some(head) => (Some(head + offset as u32), relation),
            None => (root, Deprel::Parataxis),
        }));
    }
    whole
}

impl Annotator for Swift {
    fn tier(&self) -> Tier {
        Tier::Swift
    }

    fn annotate_until(&self, document: CleanDocument, scope: Scope<'_>, late: &dyn Fn() -> bool) -> Annotated {
        let divided = self.divide_document(&document);
        let text = document.text.as_str();
        let (readings, tagged) = self.read_divided(text, &divided, late, &mut |_, tokens, named| match scope {
            Scope::All => true,
            Scope::Relevant(wanted) => wanted(text, tokens, named),
        });
        self.assemble(document, &divided, &readings, tagged, self.tier())
    }
}

/// Stretches of text between blank lines, as byte ranges without the white space around them.
pub fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_matches(crate::tokenize::is_space);
        if content.is_empty() {
            open = false;
        } else {
            let start = offset + (content.as_ptr() as usize - line.as_ptr() as usize);
            let end = start + content.len();
            match found.last_mut() {
                Some(last) if open => last.1 = end,
                _ => found.push((start, end)),
            }
            open = true;
        }
        offset += line.len();
    }
    found
}

/// Sentences and words of a text by the compiled-in models, as strings; for tests and for looking at the result.
pub fn split_and_tokenize(text: &str) -> Result<Vec<Vec<String>>, ModelError> {
    let swift = Swift::embedded()?;
    Ok(swift.divide(text).iter().map(|s| s.iter().map(|w| w.of(text).to_owned()).collect()).collect())
}
