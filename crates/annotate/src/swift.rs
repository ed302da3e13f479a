//! Owns the swift tier: linear models, compiled in, run in order over each block of a document.

use std::sync::Arc;

use readout_types::{Annotated, CleanDocument, Deprel, Name, NameKind, Sentence, Span, Token};

use crate::form::{Form, label_of};
use crate::lemma::Lemmatizer;
use crate::names::Recogniser;
use crate::parser::{Input, Parser};
use crate::sentences::Splitter;
use crate::tagger::{Tag, Tagger};
use crate::tokenize::{Piece, Tokenizer};
use crate::weights::ModelError;
use crate::{Annotator, Scope};

/// The bytes of the model files.
#[derive(Clone, Copy, Debug)]
pub struct ModelBytes<'a> {
    /// `tokenizer.bin`
    pub tokenizer: &'a [u8],
    /// `splitter.bin`
    pub splitter: &'a [u8],
    /// `tagger.bin`
    pub tagger: &'a [u8],
    /// `lemmatizer.bin`
    pub lemmatizer: &'a [u8],
    /// `names.bin`
    pub names: &'a [u8],
    /// `parser.bin`
    pub parser: &'a [u8],
}

/// The models that are compiled in.
pub const EMBEDDED: ModelBytes<'static> = ModelBytes {
    tokenizer: include_bytes!("../../../models/tokenizer.bin"),
    splitter: include_bytes!("../../../models/splitter.bin"),
    tagger: include_bytes!("../../../models/tagger.bin"),
    lemmatizer: include_bytes!("../../../models/lemmatizer.bin"),
    names: include_bytes!("../../../models/names.bin"),
    parser: include_bytes!("../../../models/parser.bin"),
};

/// The swift tier.
pub struct Swift {
    tokenizer: Tokenizer,
    splitter: Splitter,
    tagger: Tagger,
    lemmatizer: Lemmatizer,
    recogniser: Recogniser,
    parser: Parser,
}

/// A sentence under analysis.
pub struct Words {
    /// Its words as features see them.
    pub forms: Vec<Form>,
    /// Their tags.
    pub tags: Vec<Tag>,
    /// Hashes of their Penn tags.
    pub tag_hashes: Vec<u32>,
}

impl Swift {
    /// The tier with the models that are compiled in.
    pub fn embedded() -> Result<Swift, ModelError> {
        Swift::from_bytes(EMBEDDED)
    }

    /// The tier with other models.
    pub fn from_bytes(bytes: ModelBytes<'_>) -> Result<Swift, ModelError> {
        Ok(Swift {
            tokenizer: Tokenizer::read(bytes.tokenizer)?,
            splitter: Splitter::read(bytes.splitter)?,
            tagger: Tagger::read(bytes.tagger)?,
            lemmatizer: Lemmatizer::read(bytes.lemmatizer)?,
            recogniser: Recogniser::read(bytes.names)?,
            parser: Parser::read(bytes.parser)?,
        })
    }

    /// Sentences of a text, each with its words as byte spans. Blank lines end sentences.
    pub fn divide(&self, text: &str) -> Vec<Vec<Span>> {
        let mut sentences = Vec::new();
        for (from, to) in paragraphs(text) {
            let paragraph = &text[from..to];
            let pieces = self.tokenizer.tokenize(paragraph);
            let mut begin = 0;
            for end in self.splitter.split(paragraph, &pieces) {
                let span = |p: &Piece| Span::new(from + p.start, from + p.end);
                sentences.push(pieces[begin..end].iter().map(span).collect());
                begin = end;
            }
        }
        sentences
    }

    /// Tags the words of one sentence.
    pub fn tag(&self, words: &[&str]) -> Words {
        let forms: Vec<Form> = words.iter().map(|w| Form::new(w)).collect();
        let tags = self.tagger.tag(&forms);
        let tag_hashes = tags.iter().map(|t| label_of(t.xpos)).collect();
        Words { forms, tags, tag_hashes }
    }

    /// Names of a tagged sentence as `(first, end, kind)`.
    pub fn names(&self, words: &Words) -> Vec<(usize, usize, NameKind)> {
        self.recogniser.names(&words.forms, &words.tag_hashes)
    }

    /// Head (`None` for the root) and relation of each word of a tagged sentence.
    pub fn parse(&self, words: &Words) -> Vec<(Option<u32>, Deprel)> {
        let upos: Vec<u32> = words.tags.iter().map(|t| t.upos as u32).collect();
        self.parser.parse(&Input { forms: &words.forms, tags: &words.tag_hashes, upos: &upos })
    }

    /// The lemma of a word with a Penn tag.
    pub fn lemma(&self, word: &str, xpos: &str) -> String {
        self.lemmatizer.lemma(word, xpos)
    }

    fn sentence(&self, text: &str, spans: &[Span], block: u32, scope: Scope<'_>) -> (Sentence, Vec<(usize, usize, NameKind)>) {
        let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        let tagged = self.tag(&words);
        let mut tokens: Vec<Token> = spans
            .iter()
            .zip(&words)
            .zip(&tagged.tags)
            .map(|((&span, word), tag)| Token {
                span,
                lemma: Arc::from(self.lemma(word, tag.xpos)),
                upos: tag.upos,
                xpos: tag.xpos,
                head: None,
                deprel: Deprel::Dep,
            })
            .collect();
        let names = self.names(&tagged);
        let parsed = match scope {
            Scope::All => true,
            Scope::Relevant(wanted) => wanted(&tokens, !names.is_empty()),
        };
        if parsed {
            for (token, (head, relation)) in tokens.iter_mut().zip(self.parse(&tagged)) {
                token.head = head;
                token.deprel = relation;
            }
        }
        let span = spans[0].cover(spans[spans.len() - 1]);
        (Sentence { span, block, tokens, parsed }, names)
    }
}

impl Annotator for Swift {
    fn name(&self) -> &'static str {
        "swift"
    }

    fn annotate(&self, document: CleanDocument, scope: Scope<'_>) -> Annotated {
        let mut sentences = Vec::new();
        let mut names = Vec::new();
        for (index, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_text()) {
            for mut spans in self.divide(block.span.of(&document.text)) {
                for span in &mut spans {
                    *span = Span { start: span.start + block.span.start, end: span.end + block.span.start };
                }
                let (sentence, found) = self.sentence(&document.text, &spans, index as u32, scope);
                names.extend(found.into_iter().map(|(first, end, kind)| Name {
                    sentence: sentences.len() as u32,
                    first: first as u32,
                    end: end as u32,
                    span: spans[first].cover(spans[end - 1]),
                    kind,
                }));
                sentences.push(sentence);
            }
        }
        Annotated { document, sentences, names, tier: "swift" }
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
