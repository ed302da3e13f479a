//! Owns the page of decisions: who decided what, when and why, and what became of it.

use crate::layout::{Look, Tone, hang, plain};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// `applied`, `reverted`, `replaced`, `conflict`, `lost`.
    pub state: String,
    /// The same for a person.
    pub note: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: Option<String>,
}

/// The page of decisions.
pub fn log(entries: &[LogEntry], look: &Look) -> String {
    if entries.is_empty() {
        return "Nobody has corrected anything.\n".to_owned();
    }
    let mut out = String::new();
    for entry in entries {
        let tone = match entry.state.as_str() {
            "applied" => Tone::Plain,
            "conflict" => Tone::Disputed,
            "lost" => Tone::Off,
            _ => Tone::Dim,
        };
        let minute = entry.at.get(..16).unwrap_or(&entry.at).replace('T', " ");
        let state =
            if entry.note.is_empty() { entry.state.clone() } else { format!("{}: {}", entry.state, entry.note) };
        let head = format!("{}  {}  {}  ", plain(&entry.id), plain(&minute), plain(&entry.by));
        for line in hang(&head, &plain(&state), look.width) {
            out.push_str(&look.paint(tone, &line));
            out.push('\n');
        }
        for text in std::iter::once(&entry.what).chain(&entry.why) {
            for line in hang("    ", &plain(text), look.width) {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_state_and_reason() {
        let entry = LogEntry {
            id: "0123456789ab".to_owned(),
            at: "2026-03-01T09:30:00Z".to_owned(),
            by: "Ada".to_owned(),
            state: "lost".to_owned(),
            note: "the document harbour is gone".to_owned(),
            what: "2025-call is right".to_owned(),
            why: Some("seen on\nvideo".to_owned()),
        };
        assert_eq!(
            log(&[entry], &Look { width: 80, color: false }),
            "0123456789ab  2026-03-01 09:30  Ada  lost: the document harbour is gone\n    2025-call is right\n    seen on video\n"
        );
    }
}
