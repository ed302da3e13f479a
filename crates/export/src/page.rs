//! Owns the chronology as one HTML file that loads nothing from elsewhere: for the screen, with the evidence to open, and
//! for print, with numbered source notes.

use std::fmt::Write as _;
use std::io::{self, Write};

use readout_types::{Contact, TextPart};

use crate::View;
use crate::calendar::escape;
use crate::flat::{Flat, source, web};
use crate::layout::plain;
use crate::phrase;
use crate::show::Context;
use crate::table::{details, summary};

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--soft:#8883}
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
td.date{white-space:nowrap}
.open{font-style:italic}.off{text-decoration:line-through}
.disputed{font-weight:600}
details{margin:.2rem 0}summary{cursor:pointer}
blockquote{margin:.3rem 0 .3rem 1rem}
mark{background:#fd06;color:inherit}
ol.notes{font-size:.9em}
sup a{text-decoration:none}
@media print{body{font-size:10pt;margin:0;max-width:none}a{color:inherit;text-decoration:none}
tr,li,blockquote{break-inside:avoid}thead{display:table-header-group}@page{margin:2cm}}
";

/// The page for the screen: a table, and under each contact the words it rests on.
///
/// # Errors
/// Those of `out`.
pub fn html(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(view, false).as_bytes())
}

/// The page for print: a table with numbered notes, and the sources they stand for.
///
/// # Errors
/// Those of `out`.
pub fn print(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(view, true).as_bytes())
}

fn page(view: &View<'_>, printed: bool) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    let _ = write!(out, "<title>Chronology of contacts</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n");
    let _ = writeln!(out, "<h1>Chronology of contacts</h1>\n<p>{}.</p>", escape(&summary(view)));
    // The number of a source is the order in which it is first named.
    let mut numbers: Vec<usize> = Vec::new();
    for (_, contact) in view.contacts() {
        for (document, _) in &contact.reports {
            if !numbers.contains(document) {
                numbers.push(*document);
            }
        }
    }
    let (dated, undated): (Vec<_>, Vec<_>) = view.contacts().partition(|(_, c)| !c.when.interval.is_unknown());
    rows(view, &dated, &numbers, printed, &mut out);
    if !undated.is_empty() {
        out.push_str("<h2>Undated: no source says when</h2>\n");
        rows(view, &undated, &numbers, printed, &mut out);
    }
    if !view.gaps.is_empty() {
        out.push_str("<h2>Missing, by what is counted</h2>\n<ul>\n");
        for gap in view.gaps() {
            let because = phrase::because(view.chronology, gap);
            let _ = writeln!(out, "<li>{}: {}</li>", escape(&phrase::gap(gap)), escape(&because));
        }
        out.push_str("</ul>\n");
    }
    notes(view, &numbers, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn rows(view: &View<'_>, contacts: &[(usize, &Contact)], numbers: &[usize], printed: bool, out: &mut String) {
    out.push_str("<table>\n<thead><tr><th scope=\"col\">#</th><th scope=\"col\">When</th><th scope=\"col\">What</th>");
    out.push_str("<th scope=\"col\">Who</th><th scope=\"col\">Details</th><th scope=\"col\">Sources</th></tr></thead>\n<tbody>\n");
    for (row, contact) in contacts {
        let flat = Flat::new(*row, contact, view.chronology);
        let status = phrase::status(contact);
        let class = match contact.status {
            readout_types::Status::Held => "",
            readout_types::Status::Cancelled | readout_types::Status::Denied => "off",
            _ => "open",
        };
        let what =
            status.map_or_else(|| contact.kind.as_str().to_owned(), |s| format!("{} {s}", contact.kind.as_str()));
        let _ = writeln!(
            out,
            "<tr id=\"{}\"><td>{row}</td><td class=\"date\">{}</td><td><span class=\"{class}\">{}</span></td><td>{}</td><td>",
            escape(&plain(&contact.id)),
            escape(&phrase::date(contact.when.interval)),
            escape(&what),
            escape(&phrase::people(&contact.participants, usize::MAX - 1)),
        );
        let _ = writeln!(out, "{}", escape(&details(contact, true)));
        for dispute in flat.disputes() {
            let _ =
                writeln!(out, "<div class=\"disputed\">Sources disagree: {}</div>", escape(&dispute.replace('_', " ")));
        }
        if flat.verdict().is_some() || !contact.judgements.is_empty() {
            let _ = writeln!(out, "<div>{}</div>", escape(&flat.note()));
        }
        if !printed {
            evidence(view, contact, out);
        }
        let marks: Vec<String> = contact
            .reports
            .iter()
            .filter_map(|(d, _)| numbers.iter().position(|n| n == d))
            .map(|at| format!("<sup><a href=\"#source-{0}\">[{0}]</a></sup>", at + 1))
            .collect();
        let _ = writeln!(out, "</td><td>{}{}</td></tr>", contact.independent_sources, marks.concat());
    }
    out.push_str("</tbody>\n</table>\n");
}

fn evidence(view: &View<'_>, contact: &Contact, out: &mut String) {
    out.push_str("<details><summary>Evidence</summary>\n");
    for (document, report) in &contact.reports {
        let Some(entry) = view.chronology.documents.get(*document) else { continue };
        for piece in &report.evidence {
            let context = Context::of(entry, piece);
            let title = if piece.source.original.part == TextPart::Title { ", title" } else { "" };
            let outlet = entry.source.as_deref().unwrap_or(&entry.id);
            let _ = writeln!(
                out,
                "<blockquote>{}{title}, {}: {}<mark>{}</mark>{}</blockquote>",
                escape(&plain(outlet)),
                piece.field.as_str().replace('_', " "),
                escape(&context.before),
                escape(&context.words),
                escape(&context.after),
            );
        }
    }
    out.push_str("</details>\n");
}

fn notes(view: &View<'_>, numbers: &[usize], out: &mut String) {
    if numbers.is_empty() {
        return;
    }
    out.push_str("<h2>Sources</h2>\n<ol class=\"notes\">\n");
    for (at, document) in numbers.iter().enumerate() {
        let Some(entry) = view.chronology.documents.get(*document) else { continue };
        let text = escape(&source(entry));
        let text = web(entry)
            .map_or(text.clone(), |url| format!("<a href=\"{}\" rel=\"noreferrer\">{text}</a>", escape(&url)));
        let copy = entry.duplicate_of.as_ref().map_or(String::new(), |of| format!(", copy of {}", escape(&plain(of))));
        let _ = writeln!(out, "<li id=\"source-{}\">{text}{copy}</li>", at + 1);
    }
    out.push_str("</ol>\n");
}
