//! Owns the place of the dateline: where "here" is in a report.

use readout_actors::Entry;
use readout_types::{BlockKind, Place, Span, Upos};

use crate::mentioned::ContactMention;
use crate::resolve::Document;
use crate::tree::Tree;

/// Arcs of the tree between a contact and the "here" that is said of it.
const CLOSE: usize = 3;

/// "The two met here on Monday", under the dateline of Lausanne: the town of the dateline.
pub(crate) fn here(
    document: &Document<'_>,
    tree: &Tree<'_>,
    mention: &ContactMention<'_>,
    all: &[ContactMention<'_>],
) -> Option<(Place, Span)> {
    let reach = |m: &ContactMention<'_>, t: usize| {
        [Some(m.token), m.light].into_iter().flatten().map(|a| tree.distance(a, t)).min().unwrap_or(usize::MAX)
    };
    (0..tree.len()).find(|&t| {
        let cost = reach(mention, t);
        tree.lower(t) == "here"
            && tree.upos(t) == Upos::Adv
            && cost <= CLOSE
            && all.iter().all(|m| m.token == mention.token || reach(m, t) >= cost)
    })?;
    of(document)
}

/// The country in which the dateline is.
pub(crate) fn country(document: &Document<'_>) -> Option<String> {
    of(document)?.0.country
}

/// The state to which "arrived here" leads, with the "here" behind a verb.
pub(crate) fn goal(document: &Document<'_>, tree: &Tree<'_>, verb: usize) -> Option<(usize, crate::actors::ActorId)> {
    let here = (verb + 1..(verb + 4).min(tree.len())).find(|&t| tree.lower(t) == "here")?;
    Some((here, document.cast.state(&country(document)?)?))
}

/// The town that the dateline names, in the spelling of running text, with the words that name it.
fn of(document: &Document<'_>) -> Option<(Place, Span)> {
    let clean = &document.annotated.document;
    let block = clean.blocks.iter().find(|b| b.kind == BlockKind::Dateline)?;
    let line = block.span.of(&clean.text);
    let words = readout_actors::words(line);
    let found = (0..words.len().min(2)).find_map(|at| document.knowledge.lexicon.longest(line, &words, at))?;
    let country = found.entries.iter().find_map(|entry| match entry {
        Entry::Place(place) => Some(document.knowledge.table.places()[*place].country.clone()),
        Entry::Metonym(code) => Some(code.clone()),
        _ => None,
    })?;
    let name: Vec<String> = found.span.of(line).split_whitespace().map(capitalised).collect();
    let span = Span { start: block.span.start + found.span.start, end: block.span.start + found.span.end };
    Some((Place { name: name.join(" "), country: Some(country) }, span))
}

/// `LAUSANNE` as `Lausanne`.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if word.chars().all(|c| !c.is_lowercase()) => first.to_string() + &chars.as_str().to_lowercase(),
        _ => word.to_owned(),
    }
}
