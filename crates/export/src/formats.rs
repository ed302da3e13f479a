//! Owns the list of formats in which a chronology can be exported.

use std::io::{self, Write};

use crate::{View, calendar, events, graph, json, linked, markdown, page, tables};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportFormat {
    /// Rows for spreadsheets.
    Csv,
    /// The contract's JSON.
    Json,
    /// The contract's contacts, one a line.
    Jsonl,
    /// Markdown.
    Markdown,
    /// One HTML file with the evidence.
    Html,
    /// One HTML file for print, with numbered source notes.
    Print,
    /// iCalendar.
    Ical,
    /// TimelineJS.
    Timelinejs,
    /// PLOVER events.
    Plover,
    /// Rows with the columns of POLECAT.
    Polecat,
    /// FollowTheMoney entities.
    Ftm,
    /// W3C Web Annotations.
    Annotations,
    /// schema.org.
    Jsonld,
    /// Parquet.
    Parquet,
    /// Who was in touch with whom.
    Graphml,
}

impl ExportFormat {
    /// All.
    pub const ALL: [ExportFormat; 15] = [
        ExportFormat::Csv,
        ExportFormat::Json,
        ExportFormat::Jsonl,
        ExportFormat::Markdown,
        ExportFormat::Html,
        ExportFormat::Print,
        ExportFormat::Ical,
        ExportFormat::Timelinejs,
        ExportFormat::Plover,
        ExportFormat::Polecat,
        ExportFormat::Ftm,
        ExportFormat::Annotations,
        ExportFormat::Jsonld,
        ExportFormat::Parquet,
        ExportFormat::Graphml,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::Json => "json",
            ExportFormat::Jsonl => "jsonl",
            ExportFormat::Markdown => "markdown",
            ExportFormat::Html => "html",
            ExportFormat::Print => "print",
            ExportFormat::Ical => "ical",
            ExportFormat::Timelinejs => "timelinejs",
            ExportFormat::Plover => "plover",
            ExportFormat::Polecat => "polecat",
            ExportFormat::Ftm => "ftm",
            ExportFormat::Annotations => "annotations",
            ExportFormat::Jsonld => "jsonld",
            ExportFormat::Parquet => "parquet",
            ExportFormat::Graphml => "graphml",
        }
    }

    /// The format so named.
    pub fn parse(text: &str) -> Option<ExportFormat> {
        Self::ALL.into_iter().find(|f| f.as_str() == text)
    }

    /// Whether it is bytes that no terminal should see.
    pub fn is_binary(self) -> bool {
        self == ExportFormat::Parquet
    }
}

/// Writes a view in a format. What the format cannot carry is in docs/exports.md, and in a note where it has a place for one.
///
/// # Errors
/// Those of `out`.
pub fn export(view: &View<'_>, format: ExportFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ExportFormat::Csv => tables::csv(view, out),
        ExportFormat::Json => json(view, out),
        ExportFormat::Jsonl => tables::jsonl(view, out),
        ExportFormat::Markdown => out.write_all(markdown(view).as_bytes()),
        ExportFormat::Html => page::html(view, out),
        ExportFormat::Print => page::print(view, out),
        ExportFormat::Ical => calendar::icalendar(view, out),
        ExportFormat::Timelinejs => calendar::timelinejs(view, out),
        ExportFormat::Plover => events::plover(view, out),
        ExportFormat::Polecat => events::polecat(view, out),
        ExportFormat::Ftm => linked::followthemoney(view, out),
        ExportFormat::Annotations => linked::annotations(view, out),
        ExportFormat::Jsonld => linked::jsonld(view, out),
        ExportFormat::Parquet => tables::parquet(view, out),
        ExportFormat::Graphml => graph::graphml(view, out),
    }
}
