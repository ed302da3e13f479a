//! Owns lists of links to other stories: where one begins, which lines belong to it, where the article resumes.

use std::sync::LazyLock;

use readout_types::BlockKind;
use regex::Regex;

use crate::furniture::{FURNITURE, Place};
use crate::prose::{ends_sentence, is_item, is_running, words};
use crate::sheet::{Mark, Sheet};

const MONTH: &str = "(?:January|February|March|April|May|June|July|August|September|October|November|December|\
    Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";

/// A date at the end of a link's text: what it links to happened then.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    let days = r"\d{1,2}(?: ?[−–-] ?\d{1,2})?";
    let pattern =
        format!(r"(?:[,–—-] ?|\s){MONTH}\.? {days}(?:, \d{{4}})?\.?$|(?:[,–—-] ?|\s){days} {MONTH},?(?: \d{{4}})?\.?$");
    Regex::new(&pattern).expect("a pattern")
});

/// A full date inside a line.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"{MONTH} \d{{1,2}}(?: ?[−–-] ?(?:{MONTH} )?\d{{1,2}})?, \d{{4}}")).expect("a pattern")
});

/// Links listed in one go are rarely more.
const LONGEST_LIST: usize = 24;

/// Marks lists that a line such as "You may also like" begins, up to where running text resumes, and everything after
/// a line that begins the feed of another page.
///
/// An item that carries its own date (`Telephone conversation with … – 13 March 2025`) names a dated event and is kept
/// as text, with the rule `related.dated-item`.
pub(crate) fn lists(sheet: &mut Sheet) {
    let mut i = 0;
    while i < sheet.len() {
        let Some((rule, _)) = sheet.is_open(i).then(|| FURNITURE.find(Place::List, sheet.of(i))).flatten() else {
            i += 1;
            continue;
        };
        // A subheading of the same words stands directly before running text and is no list.
        sheet.mark(i, rule.kind, &rule.id);
        let mut j = i + 1;
        while j < sheet.len() && j - i <= LONGEST_LIST {
            if sheet.is_open(j) {
                let text = sheet.of(j);
                let bullet = is_item(text) || sheet.pieces[j].hint == Some(BlockKind::Related);
                if words(text, 12) == 12 && is_running(text) && !bullet {
                    break;
                }
                if DATED.is_match(text) && words(text, 4) == 4 {
                    sheet.mark(j, BlockKind::Heading, "related.dated-item");
                } else {
                    sheet.mark(j, BlockKind::Related, "related.item");
                }
            }
            j += 1;
        }
        i = j;
    }
    feeds(sheet);
}

/// Marks everything after a feed's heading, when most of the page stands before it.
fn feeds(sheet: &mut Sheet) {
    let total: usize = (0..sheet.len()).filter(|i| sheet.is_running(*i)).count();
    let mut before = 0;
    for i in 0..sheet.len() {
        if sheet.is_running(i) {
            before += 1;
        }
        let Some((rule, _)) = sheet.is_open(i).then(|| FURNITURE.find(Place::End, sheet.of(i))).flatten() else {
            continue;
        };
        if before * 2 >= total && before > 0 {
            sheet.mark(i, rule.kind, &rule.id);
            for j in i + 1..sheet.len() {
                sheet.mark(j, BlockKind::Related, "related.feed-item");
            }
            return;
        }
    }
}

/// Marks `See also` and the links that follow it on the same line, as in archives that lost their line breaks: each
/// link ends with its date, and the article may go on after the last.
pub(crate) fn see_also_in_line(sheet: &mut Sheet) {
    sheet.carve(|sheet, i| {
        let text = sheet.of(i);
        let Some(rest) = text.strip_prefix("See also ") else { return Vec::new() };
        let start = text.len() - rest.len();
        let mut marks: Vec<Mark> = vec![(0..start - 1, BlockKind::Related, "related.see-also")];
        let mut at = start;
        for date in DATE.find_iter(text).take(LONGEST_LIST) {
            let item = &text[at..date.end()];
            // A sentence between two dates: the article has resumed.
            if date.start() < at || item.contains(". ") && words(item, 30) == 30 || words(item, 60) == 60 {
                break;
            }
            let (kind, rule) = if words(item, 6) == 6 {
                (BlockKind::Heading, "related.dated-item")
            } else {
                (BlockKind::Related, "related.item")
            };
            marks.push((at..date.end(), kind, rule));
            at = date.end();
        }
        if at == start && !ends_sentence(text) && words(text, 25) < 25 {
            marks.push((start..text.len(), BlockKind::Related, "related.item"));
        }
        marks
    });
}
