//! Owns what tells running text from headlines and lists: words, sentence ends, bullets.

/// Number of white-space separated words, counted up to `limit`.
pub(crate) fn words(text: &str, limit: usize) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).take(limit).count()
}

/// Whether a text ends as a sentence does: with a full stop or its like, closing quotation marks and brackets aside.
/// Three dots after a headline (`More on this...`) do not count, an ellipsis after eight words does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closed = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']).trim_end();
    match closed.chars().last() {
        Some('.') if closed.ends_with("...") => words(closed, 8) == 8,
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔') => true,
        Some('…') => words(closed, 8) == 8,
        _ => false,
    }
}

/// Whether it is a paragraph of running text: at least eight words and a sentence end, or very many words.
pub(crate) fn is_running(text: &str) -> bool {
    // Two bars make a row of fields, `Outlet | Thursday, July 3, 2025 | 10:52 a.m.`
    let fields = text.len() < 200 && text.matches(" | ").nth(1).is_some();
    words(text, 60) >= 60 || ends_sentence(text) && words(text, 8) == 8 && !fields
}

/// Whether it begins with the mark of a list item.
pub(crate) fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '·' | '▪' | '■' | '●' | '◦' | '✔' | '✓' | '►' | '▶' | '→' | '»' | '⦁' | '‣') => {
            true
        }
        Some('-' | '–' | '*' | '+') => chars.next().is_some_and(char::is_whitespace),
        _ => false,
    }
}

/// Letters and digits in lower case, single spaces for anything between: for comparing lines.
pub(crate) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The first `limit` bytes, or a little less: cut on a character boundary.
pub(crate) fn head(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `limit` bytes, or a little less, and where they begin.
pub(crate) fn tail(text: &str, limit: usize) -> (usize, &str) {
    let mut start = text.len().saturating_sub(limit);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    (start, &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_or_not() {
        for text in
            ["He said that the two had spoken \"at length.\"", "They met in Oslo on the second day of talks, she said…"]
        {
            assert!(is_running(text), "{text}");
        }
        for text in ["Renewed focus", "More on this...", "What is a memorandum?", "Read more", ""] {
            assert!(!is_running(text), "{text}");
        }
    }

    #[test]
    fn comparing_lines() {
        assert_eq!(bare("  'Don’t,' he said — twice! "), "dont he said twice");
    }
}
