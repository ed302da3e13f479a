//! Owns answers: status, type, body, and the headers that keep a browser from doing anything with them but show them.

use serde_json::{Value, json};

/// Scripts, styles and answers come from this server and nowhere else; nothing inline runs; no text becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

/// Headers of every answer.
pub(crate) const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status.
    pub status: u16,
    /// The type of the body.
    pub kind: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub fn json(status: u16, value: &Value) -> Reply {
        let mut body = serde_json::to_vec(value).unwrap_or_default();
        body.push(b'\n');
        Reply { status, kind: "application/json", body, headers: vec![("cache-control", "no-store".to_owned())] }
    }

    pub fn page(status: u16, body: &str) -> Reply {
        let headers = vec![("cache-control", "no-store".to_owned())];
        Reply { status, kind: "text/html; charset=utf-8", body: body.as_bytes().to_vec(), headers }
    }

    /// A file for the disk. The name must be made of letters, digits, dots and hyphens.
    pub fn file(kind: &'static str, name: &str, body: Vec<u8>) -> Reply {
        let disposition = format!("attachment; filename=\"{name}\"");
        Reply {
            status: 200,
            kind,
            body,
            headers: vec![("cache-control", "no-store".to_owned()), ("content-disposition", disposition)],
        }
    }
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Something in the request is wrong.
    Bad(String),
    /// Nothing there.
    Absent(String),
    /// It cannot be written.
    ReadOnly(String),
    /// The body is longer than so many bytes.
    TooLong(u64),
    /// Too much is waiting already.
    Busy,
    /// The store, or something beside it.
    Failed(String),
}

impl Fault {
    pub fn reply(&self) -> Reply {
        let (status, message) = match self {
            Fault::Bad(why) => (400, why.clone()),
            Fault::Absent(what) => (404, what.clone()),
            Fault::ReadOnly(why) => (403, why.clone()),
            Fault::TooLong(limit) => (413, format!("longer than the {limit} bytes that are taken here")),
            Fault::Busy => (503, "too much is waiting already; try again later".to_owned()),
            Fault::Failed(why) => (500, why.clone()),
        };
        Reply::json(status, &json!({"error": message}))
    }
}

impl From<readout_ledger::LedgerError> for Fault {
    fn from(error: readout_ledger::LedgerError) -> Fault {
        use readout_ledger::{LedgerError, StoreError};
        match &error {
            LedgerError::Store(StoreError::ReadOnly(..)) => Fault::ReadOnly(error.to_string()),
            _ => Fault::Failed(error.to_string()),
        }
    }
}
