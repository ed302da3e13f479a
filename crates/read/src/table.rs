//! Owns tables: CSV files with a line of names, Parquet files with columns; a row is a record.

use std::fs::File;
use std::io::{BufReader, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use readout_types::Level;
use serde_json::{Map, Value};

use crate::decode::{decode, is_utf16};
use crate::fields::ArticleField;
use crate::format;
use crate::limits::too_long;
use crate::patience::guarded;
use crate::record::{Place, from_fields};
use crate::session::{Origin, Session, after_line};
use crate::sink::Flow;
use crate::unpack::reason;

/// One row of a CSV file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// Line it begins on (or the first of the blank lines before it), and its fields as they are written.
    Fields(u64, Vec<Vec<u8>>),
    /// It is longer than the limit.
    TooLong(u64),
}

/// The rows of a CSV file, each within a limit, whatever its quotation marks say.
pub(crate) struct Rows<R> {
    input: R,
    reader: Reader,
    limit: usize,
    buffer: Vec<u8>,
    filled: usize,
    used: usize,
    ended: bool,
}

impl<R: Read> Rows<R> {
    pub fn new(input: R, delimiter: u8, limit: u64) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Rows { input, reader, limit, buffer: vec![0; 1 << 16], filled: 0, used: 0, ended: false }
    }

    /// The next row; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<Row>> {
        if self.ended {
            return Ok(None);
        }
        let mut line = self.reader.line();
        let (mut out, mut ends) = (vec![0u8; 1 << 12], vec![0usize; 64]);
        let (mut written, mut fields, mut over) = (0, 0, false);
        loop {
            if self.used == self.filled {
                self.filled = read_some(&mut self.input, &mut self.buffer)?;
                self.used = 0;
            }
            let input = &self.buffer[self.used..self.filled];
            let (result, read, wrote, ended) = self.reader.read_record(input, &mut out[written..], &mut ends[fields..]);
            self.used += read;
            written += wrote;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {
                    if written == 0 && fields == 0 {
                        line = self.reader.line();
                    }
                }
                ReadRecordResult::OutputFull if out.len() >= self.limit => {
                    // Read on without keeping it.
                    over = true;
                    (written, fields) = (0, 0);
                }
                ReadRecordResult::OutputFull => out.resize((out.len() * 2).min(self.limit), 0),
                ReadRecordResult::OutputEndsFull if ends.len() >= self.limit => {
                    over = true;
                    (written, fields) = (0, 0);
                }
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record if over => return Ok(Some(Row::TooLong(line))),
                ReadRecordResult::Record => {
                    let mut start = 0;
                    let mut row = Vec::with_capacity(fields);
                    for end in &ends[..fields] {
                        row.push(out.get(start..*end).unwrap_or_default().to_vec());
                        start = *end;
                    }
                    return Ok(Some(Row::Fields(line, row)));
                }
                ReadRecordResult::End => {
                    self.ended = true;
                    return Ok(over.then_some(Row::TooLong(line)));
                }
            }
        }
    }
}

fn read_some(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

impl Session {
    /// Reads a CSV file.
    pub fn open_table(&mut self, origin: &Origin, delimiter: u8, start: &[u8], input: &mut dyn Read) -> Flow {
        let name = &origin.path;
        let limit = self.shared.options.limits.max_document_bytes;
        let decoded;
        let source: &mut dyn Read = if is_utf16(start) {
            let Some(bytes) = self.bounded(origin, input)? else { return Ok(()) };
            decoded = decode(&bytes, false, None).text;
            &mut decoded.as_bytes()
        } else if let Some(what) = format::binary(start) {
            return self.sink.say(Level::Error, name, format!("not read: {what}"));
        } else {
            input
        };
        let mut rows = Rows::new(BufReader::with_capacity(1 << 16, source), delimiter, limit);
        let mut names: Option<Vec<String>> = None;
        let (mut last, mut filled) = (0, false);
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) if last == 0 => return self.sink.say(Level::Error, name, "is empty"),
                Ok(None) if !filled => return self.sink.say(Level::Warning, name, "a table without rows"),
                Ok(None) => return Ok(()),
                Err(error) => return self.sink.say(Level::Error, name, after_line(last, &reason(&error))),
            };
            let (line, fields) = match row {
                Row::TooLong(line) => {
                    (last, filled) = (line, true);
                    self.sink.say(Level::Error, name, format!("line {line}: {}", too_long(limit)))?;
                    continue;
                }
                Row::Fields(line, fields) => (line, fields),
            };
            last = line;
            let Some(names) = &names else {
                let found: Vec<String> =
                    fields.iter().map(|f| text(f).trim_start_matches('\u{feff}').trim().to_owned()).collect();
                if !self.shared.options.fields.finds(ArticleField::Text, &found) {
                    return self.no_text_column(origin, &found);
                }
                names = Some(found);
                continue;
            };
            filled = true;
            let record: Map<String, Value> =
                names.iter().zip(&fields).map(|(name, field)| (name.clone(), Value::String(text(field)))).collect();
            let place = Place { path: name, stem: &origin.stem, number: line };
            match from_fields(record, &place, "utf-8", &self.shared.options.fields, Vec::new()) {
                Ok((document, remarks)) => self.sink.give(document, remarks)?,
                Err(why) => self.sink.say(Level::Error, name, format!("line {line}: {why}"))?,
            }
        }
    }

    fn no_text_column(&mut self, origin: &Origin, names: &[String]) -> Flow {
        let said = format!("no column holds the text (its columns: {}); --map text=NAME names it", names.join(", "));
        // A table that lies about in a folder need not be one of articles.
        if origin.given {
            self.sink.say(Level::Error, &origin.path, said)
        } else {
            self.sink.say(Level::Note, &origin.path, format!("skipped: {said}"))
        }
    }

    /// Reads a Parquet file.
    pub fn open_parquet(&mut self, origin: &Origin, file: File) -> Flow {
        let reader = match guarded(|| SerializedFileReader::new(file)) {
            Ok(Ok(reader)) => reader,
            Ok(Err(error)) => return self.sink.say(Level::Error, &origin.path, format!("damaged: {error}")),
            Err(fault) => return self.sink.say(Level::Error, &origin.path, fault),
        };
        let schema = reader.metadata().file_metadata().schema_descr();
        let names: Vec<String> = schema.root_schema().get_fields().iter().map(|f| f.name().to_owned()).collect();
        if !self.shared.options.fields.finds(ArticleField::Text, &names) {
            return self.no_text_column(origin, &names);
        }
        let mut row = 0u64;
        for group in 0..reader.num_row_groups() {
            let flow = guarded(|| self.take_row_group(origin, &reader, group, &mut row));
            match flow {
                Ok(flow) => flow?,
                Err(fault) => {
                    self.sink.say(Level::Error, &origin.path, format!("after row {row}: {fault}"))?;
                }
            }
        }
        if row == 0 { self.sink.say(Level::Error, &origin.path, "is empty") } else { Ok(()) }
    }

    fn take_row_group(
        &mut self,
        origin: &Origin,
        reader: &SerializedFileReader<File>,
        group: usize,
        row: &mut u64,
    ) -> Flow {
        let name = &origin.path;
        let damaged = |row: u64, error: &dyn std::fmt::Display| format!("after row {row}: damaged: {error}");
        let group = match reader.get_row_group(group) {
            Ok(group) => group,
            Err(error) => return self.sink.say(Level::Error, name, damaged(*row, &error)),
        };
        let rows = match group.get_row_iter(None) {
            Ok(rows) => rows,
            Err(error) => return self.sink.say(Level::Error, name, damaged(*row, &error)),
        };
        let limit = self.shared.options.limits.max_document_bytes;
        for next in rows {
            let fields = match next {
                Ok(fields) => fields,
                Err(error) => return self.sink.say(Level::Error, name, damaged(*row, &error)),
            };
            *row += 1;
            let record: Map<String, Value> =
                fields.into_columns().into_iter().map(|(name, field)| (name, value(&field))).collect();
            let size: usize = record.values().map(|v| v.as_str().map_or(0, str::len)).sum();
            if size as u64 > limit {
                self.sink.say(Level::Error, name, format!("row {row}: {}", too_long(limit)))?;
                continue;
            }
            let place = Place { path: name, stem: &origin.stem, number: *row };
            match from_fields(record, &place, "utf-8", &self.shared.options.fields, Vec::new()) {
                Ok((document, remarks)) => self.sink.give(document, remarks)?,
                Err(why) => self.sink.say(Level::Error, name, format!("row {row}: {why}"))?,
            }
        }
        Ok(())
    }
}

/// A field of a row, decoded: tables are often in an encoding of their region.
fn text(field: &[u8]) -> String {
    decode(field, false, None).text
}

/// A Parquet value as JSON; bytes that are text become a string.
fn value(field: &Field) -> Value {
    match field {
        Field::Bytes(bytes) => Value::String(text(bytes.data())),
        Field::Group(row) => Value::Object(row.get_column_iter().map(|(name, f)| (name.clone(), value(f))).collect()),
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(value).collect()),
        Field::Null => Value::Null,
        Field::Str(text) => Value::String(text.clone()),
        // Numbers, days and times as they are written.
        other => Value::String(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, limit: u64) -> Vec<(u64, Option<Vec<String>>)> {
        let mut rows = Rows::new(text.as_bytes(), b',', limit);
        std::iter::from_fn(|| rows.next().ok().flatten())
            .map(|row| match row {
                Row::Fields(line, fields) => (line, Some(fields.iter().map(|f| super::text(f)).collect())),
                Row::TooLong(line) => (line, None),
            })
            .collect()
    }

    #[test]
    fn rows_with_quoted_lines() {
        let row = |n, fields: &[&str]| (n, Some(fields.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>()));
        assert_eq!(
            rows("id,text\n1,\"a\nb\"\n\n2,\"say \"\"c\"\"\"\n", 9000),
            [row(1, &["id", "text"]), row(2, &["1", "a\nb"]), row(4, &["2", "say \"c\""])]
        );
        assert_eq!(rows("", 9), []);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_bounded() {
        let text = format!("text\n\"{}", "long ".repeat(4000));
        let found = rows(&text, 8192);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], (2, None));
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end(text in "[a\",\n\r;]{0,200}") {
            prop_assert!(rows(&text, 64).len() <= text.len());
        }
    }
}
