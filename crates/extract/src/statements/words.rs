//! Owns stretches of words: the yield of a tree's node, and spans trimmed of what stands at their edges.

use readout_types::{Deprel, Span, Upos};

use crate::tree::Tree;

/// First and last token of the unbroken stretch around `token` that hangs below it, without the subtrees of `except`.
/// Punctuation inside belongs to it wherever the tree hangs it.
pub fn stretch(tree: &Tree<'_>, token: usize, except: &[usize]) -> (usize, usize) {
    let mut below = vec![false; tree.len()];
    let mut queue = vec![token];
    while let Some(at) = queue.pop() {
        if below[at] {
            continue;
        }
        below[at] = true;
        queue.extend(tree.children(at).filter(|c| !except.contains(c)));
    }
    let punct = |t: usize| tree.upos(t) == Upos::Punct;
    let (mut first, mut last) = (token, token);
    loop {
        if first > 0 && below[first - 1] && !except.contains(&(first - 1)) {
            first -= 1;
        } else if first > 1 && punct(first - 1) && below[first - 2] && !except.contains(&(first - 2)) {
            first -= 2;
        } else {
            break;
        }
    }
    loop {
        if last + 1 < tree.len() && below[last + 1] && !except.contains(&(last + 1)) {
            last += 1;
        } else if last + 2 < tree.len() && punct(last + 1) && below[last + 2] && !except.contains(&(last + 2)) {
            last += 2;
        } else {
            break;
        }
    }
    while first < last && punct(first) && !is_quote(tree, first) {
        first += 1;
    }
    while last > first && punct(last) && !is_quote(tree, last) {
        last -= 1;
    }
    (first, last)
}

/// Whether a token is a quotation mark.
pub fn is_quote(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.word(token), "\"" | "“" | "”" | "``" | "''" | "‘" | "’" | "'" | "«" | "»" | "„" | "’’")
}

/// The bytes from one token to another, both included.
pub fn span(tree: &Tree<'_>, first: usize, last: usize) -> Span {
    tree.sentence.tokens[first].span.cover(tree.sentence.tokens[last].span)
}

/// A span without white space, commas, colons and dashes at its edges, and without the full stop behind it.
pub fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '—' | '–' | '-' | '\u{200b}');
    let front = words.trim_start_matches(edge);
    let start = span.end as usize - front.len();
    let back = front.trim_end_matches(edge);
    Span::new(start, start + back.len())
}

/// A span without white space at its edges.
pub fn trim_space(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.end as usize - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

/// Letters and digits of a stretch.
pub fn letters(text: &str, span: Span) -> usize {
    span.of(text).chars().filter(|c| c.is_alphanumeric()).count()
}

/// The verb with its auxiliaries, its negation, and its particle, as far as they stand together: `has also said`.
pub fn verb_group(tree: &Tree<'_>, verb: usize) -> (usize, usize) {
    let own = |t: usize| {
        tree.head(t) == Some(verb)
            && (matches!(tree.relation(t).universal(), Deprel::Aux | Deprel::Cop)
                || tree.relation(t) == Deprel::Advmod
                    && !matches!(tree.lower(t).as_str(), "when" | "how" | "why" | "where" | "so"))
    };
    let mut first = verb;
    let mut at = verb;
    while at > 0 && own(at - 1) {
        at -= 1;
        // "Recently said": an adverb alone before the verb belongs to the group when it is short.
        first = at;
    }
    let mut last = verb;
    while last + 1 < tree.len() && tree.head(last + 1) == Some(verb) && tree.relation(last + 1) == Deprel::CompoundPrt {
        last += 1;
    }
    (first, last)
}
