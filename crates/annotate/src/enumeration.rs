//! Owns lists written inside a paragraph: `1. First 2. Second`, `a) … b) …`, `• 9. … • 10. …`.

use crate::tokenize::chunks;

const BULLETS: &[char] = &['•', '⁃', '·', '◦', '▪', '‣', '*', '-', '–'];

/// One marker: bytes of the text it takes up, and its place in the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    value: u32,
    style: u8,
}

/// Markers of the list that begins with the text, if one does and it has at least two items that count on.
pub fn markers(text: &str) -> Vec<Marker> {
    let first = text.chars().find(|c| !crate::tokenize::is_space(*c));
    if !first.is_some_and(|c| c.is_ascii_alphanumeric() || BULLETS.contains(&c)) {
        return Vec::new();
    }
    let mut found: Vec<Marker> = Vec::new();
    let mut bullet: Option<(usize, usize)> = None;
    for (index, (start, end)) in chunks(text).enumerate() {
        let chunk = &text[start..end];
        let body = chunk.trim_start_matches(BULLETS);
        if body.is_empty() && chunk.chars().count() == 1 {
            bullet = Some((index, start));
            continue;
        }
        let begin = match bullet.take() {
            Some((at, begin)) if at + 1 == index => begin,
            _ => start,
        };
        let marked = begin != start || body.len() < chunk.len();
        let Some((value, style)) = count(body) else {
            if found.is_empty() {
                return Vec::new();
            }
            continue;
        };
        let marker = Marker { start: begin, end, value, style: style + if marked { 8 } else { 0 } };
        match found.last() {
            None => found.push(marker),
            Some(last) if last.style == marker.style && last.value + 1 == marker.value => found.push(marker),
            Some(_) => {}
        }
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// Reads `12.`, `12)`, `12.)`, `b.`: its number and its style.
fn count(body: &str) -> Option<(u32, u8)> {
    let (stem, style) =
        [(".)", 0), (")", 1), (".", 2)].into_iter().find_map(|(end, style)| Some((body.strip_suffix(end)?, style)))?;
    if let Ok(number) = stem.parse::<u32>() {
        return (stem.len() <= 3 && stem.bytes().all(|b| b.is_ascii_digit())).then_some((number, style));
    }
    match stem.as_bytes() {
        [letter @ b'a'..=b'z'] => Some((u32::from(letter - b'a'), style + 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<&str> {
        markers(text).iter().map(|m| &text[m.start..m.end]).collect()
    }

    #[test]
    fn lists_count_on() {
        assert_eq!(starts("1.) Trade 2.) Energy"), ["1.)", "2.)"]);
        assert_eq!(starts("a. Trade b. Energy c. Water"), ["a.", "b.", "c."]);
        assert_eq!(starts("• 9. Trade • 10. Energy"), ["• 9.", "• 10."]);
        assert_eq!(starts("⁃9. Trade ⁃10. Energy"), ["⁃9.", "⁃10."]);
    }

    #[test]
    fn other_numbers_are_no_lists() {
        assert_eq!(starts("The two met on May 1. A day later, on 2. May, they met again."), [""; 0]);
        assert_eq!(starts("12. It was the first."), [""; 0]);
    }
}
