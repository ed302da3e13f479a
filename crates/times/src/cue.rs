//! Owns a cheap guess of where the verb near an expression points, for callers without a parse.

use readout_types::Span;

use crate::Direction;

/// How many words before and after an expression are looked at.
const REACH: usize = 12;

/// Words after which what is told is still to come.
const FUTURE: &[&str] = &[
    "will",
    "shall",
    "won't",
    "plans",
    "due",
    "upcoming",
    "could",
    "would",
    "might",
    "intends",
    "intend",
    "hopes",
    "going",
    "ahead",
    "poised",
    "begins",
    "starts",
    "opens",
    "arrives",
    "travels",
    "visits",
    "meets",
    "hosts",
    "beginning",
    "starting",
    "deadline",
    "expects",
    "'ll",
];

/// Participles of plans: to come, unless "had" or "has" stands before them.
const PLANNED: &[&str] = &["planned", "planning", "scheduled", "expected", "set", "slated", "preparing"];

/// Irregular past forms and words of the past; regular ones are known by their ending.
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
    "spent",
    "struck",
    "broke",
    "drew",
    "brought",
    "found",
    "kept",
    "rang",
    "stood",
    "knew",
    "thought",
    "built",
    "grew",
    "hit",
    "shot",
    "swore",
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
    let told = before.split_whitespace().rev().take_while(|w| !ends_sentence(w)).take(REACH);
    let told: Vec<&str> = told.collect();
    let told = told.iter().enumerate().find_map(|(i, w)| cue(w, told.get(i + 1).copied().unwrap_or("")));
    told.or_else(|| {
        let mut ended = after.starts_with(['.', '!', '?']);
        let mut last = "";
        let words = after.split_whitespace().take_while(|w| {
            let before = ended;
            ended = before || ends_sentence(w);
            !before
        });
        words.take(REACH).find_map(|w| cue(w, std::mem::replace(&mut last, w)))
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

/// Where a word points, given the word before it.
fn cue(word: &str, before: &str) -> Option<Direction> {
    let trim = |w: &'_ str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_ascii_lowercase();
    let word = trim(word);
    let word = word.as_str();
    if FUTURE.contains(&word) {
        return Some(Direction::Future);
    }
    if PLANNED.contains(&word) {
        let past = matches!(trim(before).as_str(), "had" | "has" | "have");
        return Some(if past { Direction::Past } else { Direction::Future });
    }
    let regular = word.len() > 4 && word.ends_with("ed");
    (PAST.contains(&word) || regular).then_some(Direction::Past)
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
        check("The visit that he had scheduled for [June] is off.", Direction::Past);
        check("Two men spoke by telephone on [Tuesday], before the vote.", Direction::Past);
    }
}
