//! Owns what goes to standard error: diagnostics, grouped where there are many, and errors of the run itself.

use std::collections::BTreeMap;
use std::io::Write;

use readout_types::{Diagnostic, DocumentEntry, Level};

/// So many messages of one kind are printed in full.
const FULL: usize = 20;

/// Prints text as it is.
pub fn print(text: &str) {
    // Nobody reads standard error: nothing to do about it, here and below.
    let _ = write!(std::io::stderr(), "{text}");
}

/// Prints an error of the run itself.
pub fn error(message: &str) {
    print(&format!("error: {message}\n"));
}

/// Prints a note about the run itself.
pub fn note(message: &str) {
    print(&format!("note: {message}\n"));
}

/// Prints diagnostics: errors always, warnings unless `quiet`. Notes stay in the JSON. A document is named by its path,
/// as the user knows it.
pub fn diagnostics(diagnostics: &[Diagnostic], documents: &[DocumentEntry], quiet: bool) {
    let mut err = std::io::stderr().lock();
    let least = if quiet { Level::Error } else { Level::Warning };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|d| d.level >= least) {
        let count = seen.entry(kind(diagnostic)).or_default();
        *count += 1;
        if *count <= FULL {
            let _ = writeln!(err, "{}", line(diagnostic, documents));
        }
    }
    for (kind, count) in seen.into_iter().filter(|(_, count)| *count > FULL) {
        let _ = writeln!(err, "… and {} more like this: {kind}", count - FULL);
    }
}

/// Counts the documents in other languages than English.
pub fn languages(documents: &[DocumentEntry]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for code in documents.iter().filter_map(|d| d.language.as_deref()).filter(|code| *code != "en") {
        *counts.entry(code).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let each = counts.iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", ");
    match total {
        0 => {}
        1 => note(&format!("1 document is in another language and not analysed: {each}")),
        n => note(&format!("{n} documents are in other languages and not analysed: {each}")),
    }
}

fn line(diagnostic: &Diagnostic, documents: &[DocumentEntry]) -> String {
    let level = match diagnostic.level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    if diagnostic.document.is_empty() {
        return format!("{level}: {}", readout_export::plain(&diagnostic.message));
    }
    let place = documents.iter().find(|d| d.id == diagnostic.document);
    let place = place.map_or(diagnostic.document.as_str(), |d| d.path.as_str());
    format!("{level}: {}: {}", readout_export::plain(place), readout_export::plain(&diagnostic.message))
}

/// What makes two messages alike: level and words, without quotations and numbers.
fn kind(diagnostic: &Diagnostic) -> String {
    let mut words = String::new();
    let mut quoted = false;
    for c in readout_export::plain(&diagnostic.message).chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => continue,
            '0'..='9' if words.ends_with('0') => continue,
            '0'..='9' => words.push('0'),
            _ => words.push(c),
        }
    }
    let words = words.split_whitespace().map(|w| if w.contains('0') { "…" } else { w }).collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_differ_in_numbers_are_of_one_kind() {
        let one = |message: &str| {
            kind(&Diagnostic { document: String::new(), level: Level::Error, message: message.to_owned() })
        };
        assert_eq!(one("line 7: not JSON: x"), one("line 1234: not JSON: x"));
        assert_eq!(one("the id \"a\" is taken"), one("the id \"b c\" is taken"));
        assert_ne!(one("is empty"), one("no such file"));
    }
}
