//! Owns text in columns: width of wide characters, wrapping, padding, colour, and text from documents made harmless.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How text for a terminal should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether to use colour.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { width: 100, color: false }
    }
}

/// The parts of a page that have a colour of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Heading,
    Dim,
    /// Planned, proposed, ongoing, unclear.
    Open,
    /// Cancelled, denied.
    Off,
    /// Sources disagree.
    Disputed,
    /// The words that a value rests on.
    Evidence,
}

impl Look {
    /// Text in a tone, where colour is wanted.
    pub(crate) fn paint(&self, tone: Tone, text: &str) -> String {
        let color = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        let style = match tone {
            Tone::Plain => Style::new(),
            Tone::Heading => Style::new().bold(),
            Tone::Dim => Style::new().dimmed(),
            Tone::Open => color(AnsiColor::Cyan),
            Tone::Off => color(AnsiColor::Red),
            Tone::Disputed => color(AnsiColor::Yellow).bold(),
            Tone::Evidence => color(AnsiColor::Green).bold(),
        };
        if !self.color || style == Style::new() || text.is_empty() {
            return text.to_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }
}

/// Text from a document as one line that cannot harm a terminal: white space folded, control characters and marks that
/// turn the direction of writing left out.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() && !turns_direction(c) {
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text into lines of at most `columns`, at spaces; a word that is longer is divided.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let wide = width(word);
        if taken > 0 && taken + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            taken += 1 + wide;
            continue;
        }
        if taken > 0 {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if taken + wide > columns {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(c);
            taken += wide;
        }
    }
    if taken > 0 || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text under a label: the first line after it, the others indented to where it ends.
pub(crate) fn hang(label: &str, text: &str, columns: usize) -> Vec<String> {
    let indent = width(label);
    let room = columns.saturating_sub(indent).max(20);
    let lines = wrap(text, room);
    let lines = lines.into_iter().enumerate();
    lines.map(|(i, line)| if i == 0 { format!("{label}{line}") } else { format!("{:indent$}{line}", "") }).collect()
}

/// A text with spaces after it, up to so many columns.
pub(crate) fn pad(painted: &str, bare: &str, columns: usize) -> String {
    format!("{painted}{:1$}", "", columns.saturating_sub(width(bare)))
}

/// At most so many characters of a text, cut at a space where there is one near.
pub(crate) fn shorten(text: &str, characters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(characters) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').filter(|&at| at * 2 > end).unwrap_or(end);
    format!("{} …", text[..cut].trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_lose_nothing(text in "\\PC{0,200}", columns in 2usize..60) {
            let text = plain(&text);
            let lines = wrap(&text, columns);
            for line in &lines {
                // What takes part in an emoji sequence can measure more by itself than in its sequence, never less.
                let single: usize = line.chars().map(|c| c.width().unwrap_or(0)).sum();
                prop_assert!(single <= columns || line.chars().count() == 1, "{line:?}");
            }
            let bare = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn plain_text_is_harmless(text in any::<String>()) {
            prop_assert!(!plain(&text).chars().any(|c| c.is_control() || turns_direction(c)));
        }
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(wrap("習近平 会談", 7), ["習近平", "会談"]);
        assert_eq!(wrap("習近平会談", 6), ["習近平", "会談"]);
    }

    #[test]
    fn escapes_are_dropped() {
        assert_eq!(plain("a\u{1b}[31mred\u{202e}\n b"), "a[31mred b");
    }
}
