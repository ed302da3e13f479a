//! Owns the formats of rows: CSV, JSON lines, Parquet; one contact a row.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use readout_types::Date;

use crate::flat::Flat;
use crate::layout::plain;
use crate::{View, phrase, to_wire};

/// A column: its name and what it holds.
enum Column {
    /// A text that is always there.
    Text(&'static str, fn(&Flat<'_>) -> String),
    /// A text that can be absent.
    Maybe(&'static str, fn(&Flat<'_>) -> Option<String>),
    /// A number that can be absent.
    Number(&'static str, fn(&Flat<'_>) -> Option<i32>),
    /// A day that can be absent.
    Day(&'static str, fn(&Flat<'_>) -> Option<Date>),
    /// Any number of texts.
    List(&'static str, fn(&Flat<'_>) -> Vec<String>),
}

/// The columns, the same for CSV and Parquet.
const COLUMNS: &[Column] = &[
    Column::Number("row", |f| i32::try_from(f.row).ok()),
    Column::Text("id", |f| plain(&f.contact.id)),
    Column::Text("kind", |f| f.contact.kind.as_str().to_owned()),
    Column::Text("status", |f| f.contact.status.as_str().to_owned()),
    Column::Text("edtf", |f| f.contact.when.interval.edtf()),
    Column::Day("earliest", |f| f.contact.when.interval.earliest),
    Column::Day("latest", |f| f.contact.when.interval.latest),
    Column::Maybe("time", |f| f.contact.when.time.as_deref().map(plain)),
    Column::Text("date_basis", |f| plain(&f.contact.when.basis)),
    Column::List("participants", |f| f.names()),
    Column::List("countries", |f| f.countries()),
    Column::Maybe("place", |f| f.contact.place.as_ref().map(|p| plain(&p.name))),
    Column::Maybe("place_country", |f| f.contact.place.as_ref().and_then(|p| p.country.as_deref()).map(plain)),
    Column::Maybe("initiator", |f| f.contact.initiator.as_ref().map(|a| plain(&a.name))),
    Column::Number("minutes_min", |f| f.contact.duration.and_then(|d| d.min).and_then(|n| i32::try_from(n).ok())),
    Column::Number("minutes_max", |f| f.contact.duration.and_then(|d| d.max).and_then(|n| i32::try_from(n).ok())),
    Column::Maybe("medium", |f| f.contact.medium.as_deref().map(plain)),
    Column::List("topics", |f| f.contact.topics.iter().map(|t| plain(t)).collect()),
    Column::List("outcomes", |f| f.contact.outcomes.iter().map(|t| plain(t)).collect()),
    Column::List("counts", |f| f.contact.counts.iter().map(phrase::count).collect()),
    Column::Number("independent_sources", |f| i32::try_from(f.contact.independent_sources).ok()),
    Column::List("disputes", |f| f.disputes()),
    Column::Maybe("verdict", |f| f.verdict().map(str::to_owned)),
    Column::List("outlets", |f| f.outlets()),
    Column::List("documents", |f| f.document_ids()),
    Column::List("urls", |f| f.urls()),
    Column::Text("note", |f| f.note()),
];

/// CSV (RFC 4180, UTF-8) with a line of names; lists have `; ` between.
///
/// # Errors
/// Those of `out`.
pub fn csv(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let fail = |e: ::csv::Error| io::Error::other(e);
    writer.write_record(COLUMNS.iter().map(Column::name)).map_err(fail)?;
    for (row, contact) in view.contacts() {
        let flat = Flat::new(row, contact, view.chronology);
        writer.write_record(COLUMNS.iter().map(|c| harmless(c.text(&flat)))).map_err(fail)?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

impl Column {
    fn name(&self) -> &'static str {
        match self {
            Column::Text(name, _)
            | Column::Maybe(name, _)
            | Column::Number(name, _)
            | Column::Day(name, _)
            | Column::List(name, _) => name,
        }
    }

    fn text(&self, flat: &Flat<'_>) -> String {
        match self {
            Column::Text(_, get) => get(flat),
            Column::Maybe(_, get) => get(flat).unwrap_or_default(),
            Column::Number(_, get) => get(flat).map_or(String::new(), |n| n.to_string()),
            Column::Day(_, get) => get(flat).map_or(String::new(), |d| d.to_string()),
            Column::List(_, get) => get(flat).join("; "),
        }
    }

    fn schema(&self) -> String {
        match self {
            Column::Text(name, _) => format!("required binary {name} (UTF8);"),
            Column::Maybe(name, _) => format!("optional binary {name} (UTF8);"),
            Column::Number(name, _) => format!("optional int32 {name};"),
            Column::Day(name, _) => format!("optional int32 {name} (DATE);"),
            Column::List(name, _) => {
                format!("required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}")
            }
        }
    }
}

/// JSON lines: each contact as in the JSON of `timeline`, in one line.
///
/// # Errors
/// Those of `out`.
pub fn jsonl(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let wire = to_wire::chronology(view);
    for contact in &wire.contacts {
        serde_json::to_writer(&mut *out, contact)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Days since 1970-01-01, as Parquet counts dates.
fn days(date: Date) -> Option<i32> {
    let epoch = Date::new(1970, 1, 1).ok()?;
    Some((date - epoch).get_days())
}

/// Parquet: the columns of the CSV with types; lists are lists, days are dates.
///
/// # Errors
/// Those of `out`.
pub fn parquet(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Flat<'_>> = view.contacts().map(|(row, c)| Flat::new(row, c, view.chronology)).collect();
    let fields: Vec<String> = COLUMNS.iter().map(Column::schema).collect();
    let fail = |e: parquet::errors::ParquetError| io::Error::other(e);
    let schema = parse_message_type(&format!("message contacts {{ {} }}", fields.join(" "))).map_err(fail)?;
    let properties =
        WriterProperties::builder().set_created_by(format!("readout {}", env!("CARGO_PKG_VERSION"))).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties)).map_err(fail)?;
    let mut group = writer.next_row_group().map_err(fail)?;
    for column in COLUMNS {
        let Some(mut cells) = group.next_column().map_err(fail)? else { break };
        let written = match column {
            Column::Text(_, get) => {
                let values: Vec<ByteArray> = rows.iter().map(|f| get(f).into_bytes().into()).collect();
                cells.typed::<ByteArrayType>().write_batch(&values, None, None)
            }
            Column::Maybe(_, get) => {
                let (values, there) = optional(rows.iter().map(|f| get(f).map(|t| t.into_bytes().into())));
                cells.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)
            }
            Column::Number(_, get) => {
                let (values, there) = optional(rows.iter().map(get));
                cells.typed::<Int32Type>().write_batch(&values, Some(&there), None)
            }
            Column::Day(_, get) => {
                let (values, there) = optional(rows.iter().map(|f| get(f).and_then(days)));
                cells.typed::<Int32Type>().write_batch(&values, Some(&there), None)
            }
            Column::List(_, get) => {
                let (mut values, mut there, mut goes_on) = (Vec::<ByteArray>::new(), Vec::new(), Vec::new());
                for flat in &rows {
                    let list = get(flat);
                    if list.is_empty() {
                        there.push(0);
                        goes_on.push(0);
                    }
                    for (i, text) in list.into_iter().enumerate() {
                        values.push(text.into_bytes().into());
                        there.push(1);
                        goes_on.push(i16::from(i > 0));
                    }
                }
                cells.typed::<ByteArrayType>().write_batch(&values, Some(&there), Some(&goes_on))
            }
        };
        written.map_err(fail)?;
        cells.close().map_err(fail)?;
    }
    group.close().map_err(fail)?;
    writer.close().map_err(fail)?;
    out.write_all(&bytes)
}

/// The values that are there, and for each row whether it has one.
fn optional<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    (values, there)
}
