//! Owns a cheap guess of where the verb near an expression points, for callers without a parse.

use readout_types::Span;

use crate::Direction;

/// How many words before and after an expression are looked at.
const REACH: usize = 12;

const FUTURE: &[&str] = &[
    "will",
    "shall",
    "won't",
    "'ll",
    "plans",
    "planned",
    "planning",
    "scheduled",
    "expected",
    "expects",
    "due",
    "set",
    "slated",
    "upcoming",
    "may",
    "could",
    "should",
    "might",
    "intends",
    "intend",
    "hopes",
    "hope",
    "going",
    "ahead",
    "would",
    "coming",
    "plan",
    "expect",
    "next",
    "tomorrow",
    "soon",
    "preparing",
    "prepares",
    "poised",
    "begins",
    "starts",
    "arrives",
    "travels",
    "meets",
    "deadline",
    "until",
    "by",
];

const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "has",
    "did",
    "met",
    "spoke",
    "held",
    "took",
    "came",
    "went",
    "made",
    "gave",
    "told",
    "said",
    "began",
    "wrote",
    "sent",
    "saw",
    "got",
    "won",
    "lost",
    "left",
    "paid",
    "became",
    "fell",
    "rose",
    "ran",
    "sat",
    "since",
    "ago",
    "last",
    "yesterday",
    "been",
    "led",
    "flew",
    "put",
];

/// Farthest text looked at on either side, in bytes, so that long lines cost no more than short ones.
const WINDOW: usize = 200;

/// Where the nearest verb points, judged by the words around a span of `text` within its sentence: the words before
/// it decide first, then those after it. [`Direction::Unknown`] where none tells.
pub fn direction_hint(text: &str, span: Span) -> Direction {
    let (start, end) = (span.start as usize, span.end as usize);
    if text.get(start..end).is_none() {
        return Direction::Unknown;
    }
    let mut from = start.saturating_sub(WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + WINDOW).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = text[from..start].rsplit("\n\n").next().unwrap_or("");
    let after = text[end..to].split("\n\n").next().unwrap_or("");
    let told = before.split_whitespace().rev().take_while(|w| !ends_sentence(w)).take(REACH).find_map(cue);
    told.or_else(|| {
        let mut ended = after.starts_with(['.', '!', '?']);
        let words = after.split_whitespace().take_while(|w| {
            let before = ended;
            ended = before || ends_sentence(w);
            !before
        });
        words.take(REACH).find_map(cue)
    })
    .unwrap_or(Direction::Unknown)
}

/// Whether a word closes its sentence; abbreviations such as "U.S." and "Dec." do not.
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '”', '’', ')', '\'']);
    let stem = bare.trim_end_matches(['.', '!', '?', ';']);
    if stem.len() == bare.len() {
        return false;
    }
    !bare.ends_with('.') || !(stem.contains('.') || stem.len() <= 4 && stem.starts_with(char::is_uppercase))
}

fn cue(word: &str) -> Option<Direction> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    if word == "May" {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if is(FUTURE) {
        return Some(Direction::Future);
    }
    let regular = word.len() > 4 && word.ends_with("ed") && word.bytes().all(|b| b.is_ascii_lowercase());
    (is(PAST) || regular).then_some(Direction::Past)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Direction) {
        let start = text.find('[').unwrap_or(0);
        let end = text.find(']').unwrap_or(0);
        let plain = text.replace(['[', ']'], "");
        assert_eq!(direction_hint(&plain, Span::new(start, end - 1)), expected, "{text}");
    }

    #[test]
    fn verbs_point() {
        check("The ministers met on [Tuesday] in the old town.", Direction::Past);
        check("The ministers will meet on [Tuesday].", Direction::Future);
        check("On [Tuesday] the envoys are expected to sign.", Direction::Future);
        check("On [Tuesday], the envoys signed.", Direction::Past);
        check("Nothing here, [Tuesday].", Direction::Unknown);
    }
}
