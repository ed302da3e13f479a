//! Owns the division of plain text into paragraphs, whichever way its lines are broken.
//!
//! Four habits are told apart by the lines themselves: paragraphs between blank lines with lines wrapped at a width;
//! one paragraph a line; everything on one line; lines broken in the middle of a sentence, as where a page's links were
//! cut out.

use std::ops::Range;

use crate::prose::{ends_sentence, is_item, words};

/// A line without the white space around it.
struct Line<'a> {
    range: Range<usize>,
    text: &'a str,
    /// Characters.
    width: usize,
    /// A blank line stands before it.
    apart: bool,
    /// It begins with white space.
    indented: bool,
}

/// The paragraphs of `text`, in order, without the white space between them.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let habit = habit(&lines);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match found.last_mut() {
            Some(open) if joins(&lines[i - 1], line, &habit) => open.end = line.range.end,
            _ => found.push(line.range.clone()),
        }
    }
    found
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut start, mut blanks) = (0, 0);
    for whole in text.split(['\n', '\u{2028}', '\u{2029}', '\u{c}']) {
        // A carriage return alone ends a line too (old text); one before a line feed is white space.
        let mut at = start;
        for part in whole.split('\r') {
            let trimmed = part.trim();
            if trimmed.is_empty() {
                blanks += usize::from(part.len() == whole.len() || at == start);
            } else {
                let begin = at + (part.len() - part.trim_start().len());
                found.push(Line {
                    range: begin..begin + trimmed.len(),
                    text: trimmed,
                    width: trimmed.chars().count(),
                    apart: blanks > 0,
                    indented: begin > at,
                });
                blanks = 0;
            }
            at += part.len() + 1;
        }
        start += whole.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// How the lines of a text are broken.
enum Habit {
    /// At a width in characters.
    Wrapped(usize),
    /// Anywhere: a line that does not end a sentence goes on in the next.
    Broken,
    /// At the ends of paragraphs.
    Paragraphs,
}

/// Longest width at which people and programs wrap.
const WIDEST_WRAP: usize = 120;

fn habit(lines: &[Line]) -> Habit {
    let pairs = || lines.windows(2).filter(|w| !w[1].apart).map(|w| (&w[0], &w[1]));
    let count = pairs().count();
    if count == 0 {
        return Habit::Paragraphs;
    }
    let mut widths: Vec<usize> = lines.iter().map(|l| l.width).collect();
    widths.sort_unstable();
    let width = widths[(widths.len() - 1) * 49 / 50];
    if width <= WIDEST_WRAP && count >= 2 {
        let full = pairs().filter(|(a, b)| is_full(a, b, width)).count();
        if full * 10 >= count * 6 {
            return Habit::Wrapped(width);
        }
    }
    let open = pairs().filter(|(a, b)| !closes(a.text) && !is_item(b.text)).count();
    let broken = pairs().filter(|(a, b)| !closes(a.text) && !is_item(b.text) && goes_on(a.text, b.text)).count();
    if broken > 0 && broken * 3 >= open { Habit::Broken } else { Habit::Paragraphs }
}

/// Whether the next line's first word would not have fitted, give or take two characters.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    line.width + 1 + word + 2 > width && line.width * 2 >= width
}

fn joins(line: &Line, next: &Line, habit: &Habit) -> bool {
    if is_item(next.text) || is_rule(line.text) || is_rule(next.text) {
        return false;
    }
    // `by A. Writer` is no rest of a headline.
    let byline = next.text.strip_prefix("by ").is_some_and(|who| who.starts_with(char::is_uppercase));
    if byline && !ends_sentence(next.text) {
        return false;
    }
    let lower = next.text.chars().next().is_some_and(char::is_lowercase);
    if next.apart {
        // A sentence torn by a blank line, where a link or a picture was cut out.
        return lower
            && !closes(line.text)
            && line.text.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && words(line.text, 6) == 6
            && ends_sentence(next.text);
    }
    let open = !closes(line.text);
    if open && next.indented && is_item(line.text) {
        return true;
    }
    match habit {
        Habit::Wrapped(width) => is_full(line, next, *width) || open && (lower || !is_item(line.text)),
        Habit::Broken => open && (lower || !next.indented),
        Habit::Paragraphs => open && goes_on(line.text, next.text),
    }
}

/// Whether a line ends where a paragraph may: at a sentence end or a colon.
fn closes(line: &str) -> bool {
    if line.ends_with(",\"") || line.ends_with(",”") {
        return false;
    }
    line.ends_with([':', ';', '>', '…']) || ends_sentence(line)
}

/// Whether the second line must be the rest of a sentence that the first began.
fn goes_on(line: &str, next: &str) -> bool {
    const OPEN_WORDS: [&str; 40] = [
        "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "but", "as", "that",
        "which", "who", "its", "their", "his", "her", "is", "are", "was", "were", "be", "been", "has", "have", "had",
        "will", "would", "between", "into", "than", "about", "between", "this",
    ];
    if next.chars().next().is_some_and(char::is_lowercase) {
        return words(line, 2) == 2 || words(next, 4) == 4;
    }
    let Some(last) = line.split_whitespace().next_back() else { return false };
    let possessive = last.ends_with("’s") || last.ends_with("'s");
    possessive || last.ends_with(',') || OPEN_WORDS.contains(&last)
}

/// Whether it is a line of signs: `* * *`, `\###`, `----`.
fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paragraphs, with `/` where their lines are broken.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = paragraphs(text).into_iter().map(|r| text[r].replace(['\n', '\r'], "/")).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn lines_wrapped_at_a_width() {
        check(
            "The Governor spoke today with the\nCouncil Chair of Lower Saxony.  The two\nagreed on a date for the next visit\nof their envoys. \n \n\\###\n",
            &[
                "The Governor spoke today with the/Council Chair of Lower Saxony.  The two/agreed on a date for the next visit/of their envoys.",
                "\\###",
            ],
        );
        check(
            "Those who took part in the meeting were:\n\n-   Anna Berg, Minister for Trade and for\n    Economic Affairs\n-   Olaf Lund",
            &[
                "Those who took part in the meeting were:",
                "-   Anna Berg, Minister for Trade and for/    Economic Affairs",
                "-   Olaf Lund",
            ],
        );
    }

    #[test]
    fn one_paragraph_a_line() {
        check(
            "They spoke for an hour.\nRenewed focus\nThe next call is on Monday.",
            &["They spoke for an hour.", "Renewed focus", "The next call is on Monday."],
        );
    }

    #[test]
    fn lines_broken_in_a_sentence() {
        check(
            "Anna Berg met with\nPresident of the Senate Olaf Lund. The\ntwo spoke of trade. \n Earlier in Oslo, Norway’s\nForeign Minister met with the envoys.\n<…>",
            &[
                "Anna Berg met with/President of the Senate Olaf Lund. The/two spoke of trade.",
                "Earlier in Oslo, Norway’s/Foreign Minister met with the envoys.",
                "<…>",
            ],
        );
    }

    #[test]
    fn a_sentence_torn_by_a_blank_line() {
        check(
            "The visit had been agreed in a call with\n\nthe Norwegian minister.\n\nTrade",
            &["The visit had been agreed in a call with//the Norwegian minister.", "Trade"],
        );
    }

    #[test]
    fn everything_on_one_line() {
        check("They spoke. They met. They wrote.", &["They spoke. They met. They wrote."]);
        check("", &[]);
        check("One.\r\n\r\nTwo.\rThree.", &["One.", "Two.", "Three."]);
    }

    proptest! {
        #[test]
        fn only_white_space_lies_between(text in "[A-Za-z,.’ \n\r\t•-]{0,200}") {
            let mut at = 0;
            for range in paragraphs(&text) {
                prop_assert!(range.start >= at && range.start < range.end);
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
