//! Owns the JSON record of an article: which fields mean what, and what is said about one that cannot be used.

use std::collections::BTreeMap;

use readout_types::{Level, RawDocument, TextFormat};
use serde_json::{Map, Value};

use crate::decode::decode;
use crate::fields::{ArticleField, FieldMap, article_text, plain};
use crate::format::looks_like_html;

/// A document and what is to be said about it.
type Read = (RawDocument, Vec<(Level, String)>);

/// Where a record stands.
pub(crate) struct Place<'a> {
    /// Path of the file.
    pub path: &'a str,
    /// Id of a record without one, before its number.
    pub stem: &'a str,
    /// Line of the file, or row of the table.
    pub number: u64,
}

/// Reads one JSON record. `Err` says why it cannot be used.
pub(crate) fn document(bytes: &[u8], place: &Place, map: &FieldMap) -> Result<Read, String> {
    let line = place.number;
    let decoded = decode(bytes, false, None);
    let mut remarks = Vec::new();
    if let Some((level, message)) = decoded.remark {
        // The record is one line of a file: the line within it says nothing.
        let message = message.replace(" (the first on line 1)", "").replace(" (line 1)", "");
        remarks.push((level, format!("line {line}: {message}")));
    }
    let value: Value = match serde_json::from_str(&decoded.text) {
        Ok(value) => value,
        Err(error) => {
            // Half of a surrogate pair, as written by programs that cut strings at UTF-16 units.
            let mended = mend_surrogates(&decoded.text).and_then(|text| serde_json::from_str(&text).ok());
            match mended {
                Some(value) => {
                    remarks.push((Level::Warning, format!("line {line}: half a surrogate pair is shown as U+FFFD")));
                    value
                }
                None => return Err(format!("not JSON: {}", without_line(&error))),
            }
        }
    };
    let Value::Object(fields) = value else {
        return Err(format!("not a JSON object but {}", what(&value)));
    };
    from_fields(fields, place, decoded.encoding, map, remarks)
}

/// Makes a document of a record's fields: those that [`FieldMap`] knows, all others as metadata.
pub(crate) fn from_fields(
    mut fields: Map<String, Value>,
    place: &Place,
    encoding: &'static str,
    map: &FieldMap,
    mut remarks: Vec<(Level, String)>,
) -> Result<Read, String> {
    let Place { path, stem, number } = *place;
    let names: Vec<String> = fields.keys().cloned().collect();
    let empty = fields.get("text").is_some_and(|t| t.as_str().is_some_and(|t| t.trim().is_empty()));
    let id = take(map, ArticleField::Id, &mut fields);
    let title = take(map, ArticleField::Title, &mut fields);
    let text = match map.take(ArticleField::Text, &mut fields) {
        Some((name, value)) => {
            article_text(&value).ok_or_else(|| format!("the field {name:?} is not a string but {}", what(&value)))?
        }
        None if empty => String::new(),
        None => {
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            return Err(format!("no field \"text\" (its fields: {names})"));
        }
    };
    if text.trim().is_empty() {
        if title.is_none() {
            return Err("the field \"text\" is empty".to_owned());
        }
        remarks.push((Level::Note, format!("line {number}: the field \"text\" is empty; only the title is read")));
    }
    let html = looks_like_html(text.as_bytes());
    let document = RawDocument {
        id: id.unwrap_or_else(|| if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") }),
        path: format!("{path}:{number}"),
        source: take(map, ArticleField::Source, &mut fields),
        title,
        published: take(map, ArticleField::Published, &mut fields),
        url: take(map, ArticleField::Url, &mut fields),
        metadata: fields.into_iter().filter_map(|(k, v)| Some((k, as_metadata(v)?))).collect::<BTreeMap<_, _>>(),
        format: if html { TextFormat::Html } else { TextFormat::Plain },
        text: text.into(),
        encoding,
    };
    Ok((document, remarks))
}

/// A field as text without surrounding white space; `None` when it is absent, null or blank.
fn take(map: &FieldMap, field: ArticleField, fields: &mut Map<String, Value>) -> Option<String> {
    map.take(field, fields).and_then(|(_, value)| plain(&value)).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty())
}

/// A string as it is, anything else as JSON; `None` for null.
fn as_metadata(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The parser counts lines of the record; the file's line is said elsewhere.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line 1 column ") {
        Some(at) => format!("{} at byte {}", &message[..at], &message[at + " at line 1 column ".len()..]),
        None => message,
    }
}

/// `text` with every `\uD800`–`\uDFFF` that has no other half replaced by `\uFFFD`; `None` when there is none.
fn mend_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| -> Option<u32> {
        let hex = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let (mut at, mut kept, mut mended) = (0, 0, false);
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str(&text[kept..at]);
                out.push_str("\\uFFFD");
                at += 6;
                kept = at;
                mended = true;
            }
            Some(_) => at += 6,
            // Another escape: the character after the backslash is not one of its own.
            None => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    out.push_str(&text[kept..]);
    mended.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str) -> Result<Read, String> {
        document(line.as_bytes(), &Place { path: "feed.jsonl", stem: "feed", number: 7 }, &FieldMap::default())
    }

    #[test]
    fn fields_and_metadata() {
        let line =
            r#"{"id": 12, "title": " A call ", "text": "They spoke.", "url": null, "tags": ["a"], "lang": "en"}"#;
        let Ok((document, remarks)) = check(line) else { panic!("refused") };
        assert_eq!((document.id.as_str(), document.path.as_str()), ("12", "feed.jsonl:7"));
        assert_eq!((document.title.as_deref(), document.url.as_deref()), (Some("A call"), None));
        assert_eq!(document.metadata.get("tags").map(String::as_str), Some("[\"a\"]"));
        assert_eq!(document.metadata.get("lang").map(String::as_str), Some("en"));
        assert!(remarks.is_empty());
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        for (line, reason) in [
            (r#"{"id": "a"}"#, "no field \"text\" (its fields: id)"),
            (r#"{"text": 5}"#, "the field \"text\" is not a string but a number"),
            (r#"{"text": "  "}"#, "the field \"text\" is empty"),
            (r#"["text"]"#, "not a JSON object but an array"),
            (r#"{"text": "a"#, "not JSON: EOF while parsing a string at byte 11"),
        ] {
            assert_eq!(check(line).err().as_deref(), Some(reason));
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_mended() {
        let Ok((document, remarks)) = check(r#"{"text": "\\ud83d a \ud83d b \ud83d\ude00 c"}"#) else {
            panic!("refused")
        };
        assert_eq!(&*document.text, "\\ud83d a \u{fffd} b \u{1f600} c");
        assert_eq!(remarks.len(), 1);
    }
}
