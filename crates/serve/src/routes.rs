//! Owns the list of addresses: what each answers, and how long a body it takes. `openapi.json` describes the same list, and a
//! test holds the two against each other.

use std::time::Duration;

use serde_json::json;

use crate::asks::Request;
use crate::decide::Decision;
use crate::desk::Task;
use crate::reply::{Fault, Reply};
use crate::room::Room;
use crate::{chart, contact, files, reading, rows};

/// Bytes of a decision at most.
const DECISION: u64 = 256 << 10;
/// A decision that takes longer is told of by its task.
const PATIENCE: Duration = Duration::from_secs(20);

type Answer = fn(&Room, &Request) -> Result<Reply, Fault>;

/// What body a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// None.
    None,
    /// JSON.
    Json,
    /// A file.
    File,
}

/// An address.
pub(crate) struct Route {
    pub method: &'static str,
    /// Its path; `{name}` stands for any one part.
    pub path: &'static str,
    pub body: Body,
    pub answer: Answer,
}

/// The addresses of the API.
pub(crate) const ROUTES: [Route; 14] = [
    Route { method: "GET", path: "/api/state", body: Body::None, answer: state },
    Route { method: "GET", path: "/api/contacts", body: Body::None, answer: rows::list },
    Route { method: "GET", path: "/api/contacts/{id}", body: Body::None, answer: contact::contact },
    Route { method: "GET", path: "/api/facets", body: Body::None, answer: rows::facets },
    Route { method: "GET", path: "/api/chart", body: Body::None, answer: chart::chart },
    Route { method: "GET", path: "/api/queue", body: Body::None, answer: rows::queue },
    Route { method: "GET", path: "/api/document", body: Body::None, answer: reading::reading },
    Route { method: "GET", path: "/api/text", body: Body::None, answer: reading::text },
    Route { method: "GET", path: "/api/export", body: Body::None, answer: files::send },
    Route { method: "GET", path: "/api/corrections", body: Body::None, answer: files::decisions },
    Route { method: "POST", path: "/api/corrections", body: Body::Json, answer: decide },
    Route { method: "POST", path: "/api/documents", body: Body::File, answer: files::add },
    Route { method: "GET", path: "/api/tasks/{task}", body: Body::None, answer: task },
    Route { method: "GET", path: "/api/openapi.json", body: Body::None, answer: openapi },
];

/// What lies at a path.
pub(crate) enum Found {
    /// A route, and the part of the path that it leaves open.
    Route(&'static Route, String),
    /// Something, but not for this method.
    OtherMethod,
    /// Nothing.
    Nothing,
}

/// Looks a path up; the open part of it is decoded.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let method = if method == "HEAD" { "GET" } else { method };
    let mut there = false;
    for route in &ROUTES {
        let Some(name) = open_part(route.path, path) else { continue };
        if route.method == method {
            return Found::Route(route, name);
        }
        there = true;
    }
    if there { Found::OtherMethod } else { Found::Nothing }
}

fn open_part(pattern: &str, path: &str) -> Option<String> {
    let Some((head, _)) = pattern.split_once('{') else {
        return (pattern == path).then(String::new);
    };
    let rest = path.strip_prefix(head).filter(|rest| !rest.is_empty() && !rest.contains('/'))?;
    Some(percent_encoding::percent_decode_str(rest).decode_utf8_lossy().into_owned())
}

impl Route {
    /// Bytes of its body at most.
    pub fn limit(&self, room: &Room) -> u64 {
        match self.body {
            Body::None => 0,
            Body::Json => DECISION,
            Body::File => room.max_upload,
        }
    }
}

/// `GET /api/state`.
fn state(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&[])?;
    let edition = room.edition()?;
    let totals = room.kept("totals".to_owned(), || {
        let totals = room.read(|ledger| Ok(ledger.totals()?))?;
        let numbers = [totals.contacts, totals.documents, totals.outlets, totals.copies];
        Ok(serde_json::to_vec(&numbers).unwrap_or_default())
    })?;
    let [contacts, documents, outlets, copies]: [usize; 4] = serde_json::from_slice(&totals).unwrap_or_default();
    let value = json!({
        "readout": env!("CARGO_PKG_VERSION"), "edition": edition, "contacts": contacts, "documents": documents,
        "outlets": outlets, "copies": copies, "busy": room.desk.is_busy(), "by": room.by,
        "max_upload": room.max_upload, "formats": readout_export::ExportFormat::ALL.map(readout_export::ExportFormat::as_str),
    });
    Ok(Reply::json(200, &value))
}

/// `POST /api/corrections`.
fn decide(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&[])?;
    let decision = Decision::parse(&request.body, &room.by)?;
    let id = room.desk.hand_in(Task::Decide(Box::new(decision))).ok_or(Fault::Busy)?;
    room.desk.wait(id, PATIENCE);
    let (status, over) = room.desk.status(id).ok_or(Fault::Busy)?;
    let code = match status["state"].as_str() {
        Some("failed") => 409,
        _ if over => 200,
        _ => 202,
    };
    Ok(Reply::json(code, &status))
}

/// `GET /api/tasks/{task}`.
fn task(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&[])?;
    let found = request.name.parse().ok().and_then(|id| room.desk.status(id));
    let (status, _) = found.ok_or_else(|| Fault::Absent(format!("no task {:?}", request.name)))?;
    Ok(Reply::json(200, &status))
}

/// `GET /api/openapi.json`.
fn openapi(_: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&[])?;
    let body = include_bytes!("../openapi.json").to_vec();
    Ok(Reply { body, ..Reply::json(200, &serde_json::Value::Null) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let name = |method, path| match find(method, path) {
            Found::Route(route, name) => Some((route.path, name)),
            _ => None,
        };
        assert_eq!(name("GET", "/api/contacts/2025%2D12-x"), Some(("/api/contacts/{id}", "2025-12-x".to_owned())));
        assert_eq!(name("HEAD", "/api/contacts"), Some(("/api/contacts", String::new())));
        for nothing in ["/api/contacts/", "/api/contacts/a/b", "/api", "/api/state/x", "//api/state"] {
            assert!(matches!(find("GET", nothing), Found::Nothing), "{nothing}");
        }
        assert!(matches!(find("DELETE", "/api/contacts"), Found::OtherMethod));
    }

    #[test]
    fn the_description_has_the_same_addresses() {
        let text: serde_json::Value = serde_json::from_str(include_str!("../openapi.json")).expect("JSON");
        let mut described: Vec<String> = Vec::new();
        for (path, methods) in text["paths"].as_object().expect("paths") {
            described
                .extend(methods.as_object().expect("methods").keys().map(|m| format!("{} {path}", m.to_uppercase())));
        }
        let mut known: Vec<String> = ROUTES.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
        described.sort();
        known.sort();
        assert_eq!(described, known);
    }
}
