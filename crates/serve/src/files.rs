//! Owns what comes in and goes out as files: articles that are dropped, exports of what is shown.

use std::io::Write;
use std::path::{Path, PathBuf};

use readout_export::{ExportFormat, View, export};
use readout_ledger::Texts;
use serde_json::json;

use crate::asks::{FILTER, Request};
use crate::desk::Task;
use crate::reply::{Fault, Reply};
use crate::room::Room;

/// Characters of the name of a dropped file at most.
const LONGEST_NAME: usize = 100;
/// Files of one name that are kept beside one another.
const NAMESAKES: usize = 10_000;

/// A name under which a dropped file can be kept: letters, digits, `-`, `_` and `.`, nothing that a system treats in a special
/// way. `None` where nothing is left of it.
fn file_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or("");
    let mut name = String::new();
    for c in last.chars().take(LONGEST_NAME) {
        let kept = c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if kept {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '.']).to_owned();
    let stem = name.split('.').next().unwrap_or("").to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
    match (name.is_empty(), device) {
        (true, _) => None,
        (_, true) => Some(format!("file-{name}")),
        _ => Some(name),
    }
}

/// Writes a dropped file where no other is overwritten; the same bytes under the same name are the same file.
fn keep(folder: &Path, name: &str, body: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(s, e)| (s, format!(".{e}")));
    for n in 1..NAMESAKES {
        let path = folder.join(if n == 1 { name.to_owned() } else { format!("{stem}-{n}{ending}") });
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(body).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    let _ = std::fs::remove_file(&path);
                    return Err(error);
                }
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let same = std::fs::metadata(&path).is_ok_and(|m| m.len() == body.len() as u64);
                if same && std::fs::read(&path).is_ok_and(|there| there == body) {
                    return Ok(path);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::other(format!("too many files called {name}")))
}

/// `POST /api/documents?name=…`: a file, which is read when it is its turn.
pub(crate) fn add(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&["name"])?;
    let given = request.field("name").unwrap_or("");
    let name = file_name(given).ok_or_else(|| Fault::Bad("what is the file called? name=…".to_owned()))?;
    if request.body.is_empty() {
        return Err(Fault::Bad(format!("{name} is empty")));
    }
    let path = keep(&room.dropped, &name, &request.body)
        .map_err(|e| Fault::Failed(format!("{name} cannot be kept in {}: {e}", room.dropped.display())))?;
    let id = room.desk.hand_in(Task::Add { path, name }).ok_or(Fault::Busy)?;
    let (status, _) = room.desk.status(id).ok_or(Fault::Busy)?;
    Ok(Reply::json(202, &status))
}

/// `GET /api/export?format=…`: what a filter lets through, as `readout export` writes it.
pub(crate) fn send(room: &Room, request: &Request) -> Result<Reply, Fault> {
    let mut known = FILTER.to_vec();
    known.push("format");
    request.only(&known)?;
    let names = || ExportFormat::ALL.map(ExportFormat::as_str).join(", ");
    let to = request.field("format").unwrap_or("csv");
    let format =
        ExportFormat::parse(to).ok_or_else(|| Fault::Bad(format!("format is {to:?}: expected one of {}", names())))?;
    let wanted = request.wanted()?;
    let body = room.read(|ledger| {
        let (chronology, _) = ledger.chronology(Texts::With)?;
        let mut selection = ledger.names()?.select(&chronology, &wanted.filter);
        if let Some(verdict) = &wanted.verdict {
            let fits = |at: &usize| {
                let found = chronology.contacts.get(*at).map(|c| crate::rows::verdict(&c.judgements).unwrap_or(""));
                found == Some(verdict.as_str())
            };
            selection.contacts.retain(fits);
            selection.gaps.clear();
        }
        let view = View { chronology: &chronology, contacts: selection.contacts, gaps: selection.gaps, part: None };
        let mut body = Vec::new();
        export(&view, format, &mut body).map_err(|e| Fault::Failed(e.to_string()))?;
        Ok(body)
    })?;
    let (kind, ending) = medium(format);
    Ok(Reply::file(kind, &format!("chronology{ending}"), body))
}

/// Type and ending of a format. Pages are for the disk too: what is opened from this address stays under its policy.
fn medium(format: ExportFormat) -> (&'static str, &'static str) {
    match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", ".csv"),
        ExportFormat::Json => ("application/json", ".json"),
        ExportFormat::Jsonl => ("application/x-ndjson", ".jsonl"),
        ExportFormat::Markdown => ("text/markdown; charset=utf-8", ".md"),
        ExportFormat::Html => ("text/html; charset=utf-8", ".html"),
        ExportFormat::Print => ("text/html; charset=utf-8", "-print.html"),
        ExportFormat::Ical => ("text/calendar; charset=utf-8", ".ics"),
        ExportFormat::Timelinejs => ("application/json", "-timelinejs.json"),
        ExportFormat::Plover => ("application/x-ndjson", "-plover.jsonl"),
        ExportFormat::Polecat => ("text/tab-separated-values; charset=utf-8", "-polecat.txt"),
        ExportFormat::Ftm => ("application/x-ndjson", "-ftm.jsonl"),
        ExportFormat::Annotations => ("application/ld+json", "-annotations.jsonld"),
        ExportFormat::Jsonld => ("application/ld+json", ".jsonld"),
        ExportFormat::Parquet => ("application/vnd.apache.parquet", ".parquet"),
        ExportFormat::Graphml => ("application/xml", ".graphml"),
    }
}

/// `GET /api/corrections`: what people decided, and what became of it; the newest first.
pub(crate) fn decisions(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&["skip", "limit"])?;
    let (skip, limit) = request.window()?;
    let value = room.read(|ledger| {
        let all = ledger.decisions()?;
        let rows: Vec<serde_json::Value> = all
            .iter()
            .rev()
            .skip(skip)
            .take(limit)
            .map(|d| {
                let line = readout_corrections::Correction::parse(&d.line).ok();
                json!({
                    "correction": d.id, "at": d.at, "by": readout_export::plain(&d.by), "state": d.state, "note": d.note,
                    "do": line.as_ref().map(|c| c.act.word()),
                    "what": line.as_ref().map(|c| readout_export::plain(&c.act.describe())),
                    "why": line.and_then(|c| c.why).map(|w| readout_export::plain(&w)),
                })
            })
            .collect();
        Ok(json!({"total": all.len(), "rows": rows}))
    })?;
    Ok(Reply::json(200, &value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_dropped_files() {
        for (given, expected) in [
            ("call.txt", Some("call.txt")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\x\\call one.html", Some("call-one.html")),
            ("Élysée communiqué.pdf", Some("Élysée-communiqué.pdf")),
            ("<script>.txt", Some("script-.txt")),
            (".htaccess", Some("htaccess")),
            ("CON.txt", Some("file-CON.txt")),
            ("a\u{0}b\n.txt", Some("a-b-.txt")),
            ("..", None),
            ("///", None),
            ("", None),
        ] {
            assert_eq!(file_name(given).as_deref(), expected, "{given:?}");
        }
        assert!(file_name(&"x".repeat(1000)).is_some_and(|n| n.len() <= LONGEST_NAME));
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = |body: &[u8]| keep(folder.path(), "call.txt", body).expect("kept");
        assert!(kept(b"one").ends_with("call.txt"));
        assert!(kept(b"two").ends_with("call-2.txt"));
        assert!(kept(b"one").ends_with("call.txt"));
        assert!(kept(b"two").ends_with("call-2.txt"));
        assert_eq!(std::fs::read(folder.path().join("call.txt")).expect("a file"), b"one");
    }
}
