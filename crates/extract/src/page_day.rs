//! Owns the day a text was written where its page is dated the day before: "landed here Wednesday", on a page of Tuesday.

use readout_times::{DateBase, DateMeaning, Meaning, Which};
use readout_types::{BlockKind, Date, DateBasis};

use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::TimeAt;

/// Sentences of the body that tell the news.
const LEAD: usize = 3;

/// The day after that of the page, where the first sentences tell in the past tense, of where the writer is, of the weekday that
/// this is, and no sentence tells so of the page's own: a reporter on the spot speaks of today and yesterday by their
/// names, hardly of a day six days before. `None` where the page's day holds.
pub(crate) fn day_after(document: &Document<'_>, times: &[Vec<TimeAt>], day: Option<Date>) -> Option<Date> {
    let clean = &document.annotated.document;
    let basis = clean.date.chosen.as_ref()?.basis;
    if matches!(basis, DateBasis::Dateline | DateBasis::Inferred) || document.issuer.is_some() {
        return None;
    }
    let day = day?;
    let next = day.tomorrow().ok()?;
    let body = |sentence: usize| {
        let block = document.annotated.sentences[sentence].block as usize;
        clean.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Body)
    };
    let lead: Vec<usize> = (0..times.len()).filter(|&s| body(s)).take(LEAD).collect();
    let told = |sentence: usize, on: Date| {
        let tree = document.tree(sentence);
        times[sentence].iter().any(|time| names(time, on) && in_the_past(&tree, time))
    };
    let on_the_spot = |s: usize| {
        let tree = document.tree(s);
        (0..tree.len()).any(|t| tree.lower(t) == "here")
    };
    let tells = lead.iter().any(|&s| on_the_spot(s) && told(s, next));
    let own = (0..times.len()).any(|s| body(s) && told(s, day));
    (tells && !own).then_some(next)
}

/// Whether an expression is the bare name of the weekday of a day.
fn names(time: &TimeAt, on: Date) -> bool {
    let weekday = on.weekday().to_monday_one_offset();
    matches!(
        time.expression.meaning,
        Meaning::Date(DateMeaning { base: DateBase::Weekday { weekday: w, which: Which::Nearest, week: None }, .. })
            if w == weekday
    )
}

/// Whether the clause in which a time stands tells what was.
fn in_the_past(tree: &Tree<'_>, time: &TimeAt) -> bool {
    tree.clause(time.token).is_some_and(|verb| {
        tree.xpos(verb) == "VBD"
            && tree.head(time.token) == Some(verb)
            && tree.children(verb).all(|c| !matches!(tree.lower(c).as_str(), "would" | "had" | "was" | "were"))
    })
}
