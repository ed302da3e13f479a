//! Owns what is kept of an original text once its document is done: all of it, or the stretches that evidence points at.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{CodePoints, Span};

/// An original text, or those stretches of it that somebody will ask for. A pile of a million documents is linked with
/// nothing else of their texts in memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Original {
    /// In order of their place, apart from each other.
    pieces: Vec<Piece>,
    /// Bytes of the whole text.
    len: u32,
    /// The text begins with `<`.
    markup: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Piece {
    /// Byte of the whole text at which it begins, and the code points before it.
    start: u32,
    points: u32,
    text: Arc<str>,
}

impl Piece {
    fn end(&self) -> usize {
        self.start as usize + self.text.len()
    }
}

impl Original {
    /// The whole text.
    pub fn whole(text: Arc<str>) -> Original {
        let (len, markup) = (text.len() as u32, text.trim_start().starts_with('<'));
        let pieces = if text.is_empty() { Vec::new() } else { vec![Piece { start: 0, points: 0, text }] };
        Original { pieces, len, markup }
    }

    /// Of `text` the bytes of `spans`, each with `around` bytes before and behind (or a little more: whole characters).
    /// Spans that do not fit the text are left out.
    pub fn excerpts(text: &str, spans: impl IntoIterator<Item = Span>, around: usize) -> Original {
        let mut windows: Vec<(usize, usize)> = spans
            .into_iter()
            .filter(|span| span.get(text).is_some())
            .map(|span| {
                let range = span.range();
                let from = range.start.saturating_sub(around);
                let to = (range.end + around).min(text.len());
                (floor(text, from), ceil(text, to))
            })
            .collect();
        windows.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::new();
        for (from, to) in windows {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        let (mut points, mut at) = (0, 0);
        let mut pieces = Vec::with_capacity(apart.len());
        for (from, to) in apart {
            points += count(&text[at..from]);
            pieces.push(Piece { start: from as u32, points, text: text[from..to].into() });
            points += count(&text[from..to]);
            at = to;
        }
        Original { pieces, len: text.len() as u32, markup: text.trim_start().starts_with('<') }
    }

    /// Nothing kept at all.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether the text is the source of a page.
    pub fn is_markup(&self) -> bool {
        self.markup
    }

    /// The whole text, where it was kept.
    pub fn text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] if self.len == 0 => Some(""),
            [all] if all.start == 0 && all.text.len() == self.len as usize => Some(&all.text),
            _ => None,
        }
    }

    /// Bytes of the whole text.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Bytes that are kept.
    pub fn kept(&self) -> usize {
        self.pieces.iter().map(|p| p.text.len()).sum()
    }

    fn piece(&self, byte: usize) -> Option<&Piece> {
        let at = self.pieces.partition_point(|p| p.start as usize <= byte).checked_sub(1)?;
        self.pieces.get(at).filter(|p| byte <= p.end())
    }

    /// The words of a span; `None` when they were not kept or the span does not fit.
    pub fn get(&self, span: Span) -> Option<&str> {
        let piece = self.piece(span.range().start)?;
        let start = piece.start as usize;
        piece.text.get(span.range().start - start..span.range().end.checked_sub(start)?)
    }

    /// What stands before and behind a span, at most `around` bytes each, whole characters; `None` as for [`get`].
    ///
    /// [`get`]: Original::get
    pub fn around(&self, span: Span, around: usize) -> Option<(&str, &str)> {
        self.get(span)?;
        let piece = self.piece(span.range().start)?;
        let (start, end) = (span.range().start - piece.start as usize, span.range().end - piece.start as usize);
        let from = floor(&piece.text, start.saturating_sub(around));
        let to = ceil(&piece.text, (end + around).min(piece.text.len()));
        Some((&piece.text[from..start], &piece.text[end..to]))
    }

    /// Answers in code points of the whole text.
    pub fn code_points(&self) -> OriginalPoints<'_> {
        OriginalPoints { original: self, indices: self.pieces.iter().map(|p| CodePoints::new(&p.text)).collect() }
    }
}

/// An index of an [`Original`] from bytes to code points.
#[derive(Clone, Debug)]
pub struct OriginalPoints<'a> {
    original: &'a Original,
    indices: Vec<CodePoints>,
}

impl OriginalPoints<'_> {
    /// Code points of the whole text before this byte of it; 0 for a byte in a stretch that was not kept.
    pub fn at(&self, byte: u32) -> u32 {
        let pieces = &self.original.pieces;
        let Some(i) = pieces.partition_point(|p| p.start <= byte).checked_sub(1) else { return 0 };
        let piece = &pieces[i];
        if byte as usize > piece.end() { 0 } else { piece.points + self.indices[i].at(&piece.text, byte - piece.start) }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn count(text: &str) -> u32 {
    text.chars().count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_whole_is_shared() {
        let original = Original::whole("Élysée call".into());
        assert_eq!(original.text(), Some("Élysée call"));
        assert_eq!(original.get(Span::new(9, 13)), Some("call"));
        assert_eq!(original.code_points().at(13), 11);
        assert_eq!(Original::whole("".into()).text(), Some(""));
        assert!(Original::default().is_empty());
    }

    #[test]
    fn a_stretch_that_was_not_kept_is_none() {
        let text = "one two three four five six seven eight";
        let original = Original::excerpts(text, [Span::new(4, 7), Span::new(34, 39)], 1);
        assert_eq!((original.text(), original.kept(), original.len()), (None, 5 + 6, 39));
        assert_eq!(original.get(Span::new(4, 7)), Some("two"));
        assert_eq!(original.get(Span::new(14, 18)), None);
        assert_eq!(original.around(Span::new(4, 7), 9), Some((" ", " ")));
        assert_eq!(original.get(Span::new(34, 39)), Some("eight"));
    }

    proptest! {
        #[test]
        fn excerpts_answer_as_the_whole_does(
            text in "[a-zé😀 ]{1,120}",
            places in prop::collection::vec((0usize..130, 0usize..20), 0..6),
            around in 0usize..12,
        ) {
            let boundary = |at: usize| floor(&text, at.min(text.len()));
            let spans: Vec<Span> =
                places.iter().map(|(a, n)| Span::new(boundary(*a), boundary(a + n).max(boundary(*a)))).collect();
            let part = Original::excerpts(&text, spans.iter().copied(), around);
            let whole = Original::whole(text.as_str().into());
            let (some, all) = (part.code_points(), whole.code_points());
            for span in spans {
                prop_assert_eq!(part.get(span), whole.get(span));
                prop_assert_eq!(some.at(span.start), all.at(span.start));
                prop_assert_eq!(some.at(span.end), all.at(span.end));
                let (before, behind) = part.around(span, around).unwrap_or_default();
                let (b, a) = whole.around(span, around).unwrap_or_default();
                prop_assert_eq!((before, behind), (b, a));
            }
        }
    }
}
