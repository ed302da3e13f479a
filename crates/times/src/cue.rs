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

/// Where the nearest verb points, judged by the words around a span of `text` within its sentence: the words before
/// it decide first, then those after it. [`Direction::Unknown`] where none tells.
pub fn direction_hint(text: &str, span: Span) -> Direction {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return Direction::Unknown };
    let stop = |c: char| matches!(c, '.' | '!' | '?' | '\n' | ';');
    let from = before.rfind(stop).map_or(0, |i| i + 1);
    // At most some 200 bytes on either side, so that long lines cost no more than short ones.
    let mut from = from.max(start.saturating_sub(200));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let told = before[from..].split_whitespace().rev().take(REACH).find_map(cue);
    if let Some(direction) = told {
        return direction;
    }
    after
        .split_inclusive(char::is_whitespace)
        .take(REACH)
        .map_while(|w| (!w.ends_with('\n')).then_some(w.trim()))
        .scan(false, |done, w| {
            if *done {
                return None;
            }
            *done = w.ends_with(['.', '!', '?', ';']);
            Some(w)
        })
        .find_map(cue)
        .unwrap_or(Direction::Unknown)
}

fn cue(word: &str) -> Option<Direction> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
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
