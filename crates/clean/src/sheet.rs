//! Owns the page while its furniture is being marked: paragraphs and parts of paragraphs with the roles given so far.

use std::ops::Range;

use readout_types::{Block, BlockKind, Span};

use crate::prose::{ends_sentence, is_item, is_running, words};

/// A paragraph, or the part of one that a mark left over.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub range: Range<usize>,
    /// The role given to it, if any yet.
    pub kind: Option<BlockKind>,
    /// The rule that gave it.
    pub rule: &'static str,
    /// What the page's markup says it is.
    pub hint: Option<BlockKind>,
}

/// A part of a piece, in bytes of its text, with its role and the rule that gave it.
pub(crate) type Mark = (Range<usize>, BlockKind, &'static str);

/// The pieces of one text, in order.
pub(crate) struct Sheet<'a> {
    pub text: &'a str,
    pub pieces: Vec<Piece>,
}

impl<'a> Sheet<'a> {
    pub fn new(text: &'a str, paragraphs: Vec<(Range<usize>, Option<BlockKind>)>) -> Self {
        let piece = |(range, hint)| Piece { range, kind: None, rule: "", hint };
        Sheet { text, pieces: paragraphs.into_iter().map(piece).collect() }
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The text of a piece.
    pub fn of(&self, i: usize) -> &'a str {
        &self.text[self.pieces[i].range.clone()]
    }

    /// Gives a piece a role, unless it has one.
    pub fn mark(&mut self, i: usize, kind: BlockKind, rule: &'static str) {
        let piece = &mut self.pieces[i];
        if piece.kind.is_none() {
            piece.kind = Some(kind);
            piece.rule = rule;
        }
    }

    /// Whether it has no role yet or is text by its role.
    pub fn is_open(&self, i: usize) -> bool {
        self.pieces[i].kind.is_none()
    }

    /// Whether it is a paragraph of running text without another role.
    pub fn is_running(&self, i: usize) -> bool {
        self.is_open(i) && self.pieces[i].hint != Some(BlockKind::Caption) && is_running(self.of(i))
    }

    /// The first piece of running text; the number of pieces when there is none.
    pub fn first_running(&self) -> usize {
        (0..self.len()).find(|i| self.is_running(*i)).unwrap_or(self.len())
    }

    /// Marks parts of pieces. `marks` gives for a piece the parts of its text that have a role, in order; what is left
    /// of the piece stays as it was. One pass, however many pieces are divided.
    pub fn carve(&mut self, mut marks: impl FnMut(&Self, usize) -> Vec<Mark>) {
        let mut carved: Vec<Piece> = Vec::with_capacity(self.len());
        for i in 0..self.len() {
            let found = if self.is_open(i) { marks(self, i) } else { Vec::new() };
            let whole = &self.pieces[i];
            let mut at = 0;
            let mut push = |range: Range<usize>, role: Option<(BlockKind, &'static str)>| {
                let text = &self.text[whole.range.clone()][range.clone()];
                let start = whole.range.start + range.start + (text.len() - text.trim_start().len());
                let end = start + text.trim().len();
                if start < end {
                    let (kind, rule) = role.map_or((whole.kind, whole.rule), |(k, r)| (Some(k), r));
                    carved.push(Piece { range: start..end, kind, rule, hint: whole.hint });
                }
            };
            for (range, kind, rule) in found {
                push(at..range.start, None);
                at = range.end;
                push(range, Some((kind, rule)));
            }
            push(at..whole.range.len(), None);
        }
        self.pieces = carved;
    }

    /// Takes over what the markup says for certain: captions and the headline put before the text.
    pub fn take_hints(&mut self) {
        for i in 0..self.len() {
            match self.pieces[i].hint {
                Some(BlockKind::Caption) => self.mark(i, BlockKind::Caption, "caption.markup"),
                Some(BlockKind::Title) if i == 0 => self.mark(i, BlockKind::Title, "title.given"),
                _ => {}
            }
        }
    }

    /// Gives what is left its role: subheadings by their shape, body otherwise.
    pub fn name_the_rest(&mut self) {
        for i in 0..self.len() {
            if !self.is_open(i) {
                continue;
            }
            let text = self.of(i);
            let hinted = matches!(self.pieces[i].hint, Some(BlockKind::Heading | BlockKind::Title));
            let followed = i + 1 < self.len();
            // A full stop may end a heading of one word (`Ukraine.`); a question may be one.
            let open_ended = !ends_sentence(text) || text.ends_with(['?', '!']);
            let short = words(text, 15) <= 14 && text.len() <= 160;
            let shaped = followed && short && open_ended && !is_item(text) && !text.ends_with([':', ',', ';']);
            let quoted = text.starts_with(['"', '“']) && ends_sentence(text);
            if hinted {
                self.mark(i, BlockKind::Heading, "heading.markup");
            } else if shaped && !quoted && !is_running(text) {
                self.mark(i, BlockKind::Heading, "heading.shape");
            } else {
                self.mark(i, BlockKind::Body, "");
            }
        }
    }

    /// The blocks, once every piece has a role; a piece without one is body.
    pub fn blocks(&self) -> Vec<Block> {
        self.pieces
            .iter()
            .filter(|p| !p.range.is_empty())
            .map(|p| Block {
                span: Span::new(p.range.start, p.range.end),
                kind: p.kind.unwrap_or(BlockKind::Body),
                rule: p.rule,
            })
            .collect()
    }
}
