//! Owns the chronology as Markdown: one table, the rival values in lists, gaps, sources.

use std::fmt::Write;

use readout_types::{Contact, Rival};

use crate::table::{details, summary};
use crate::{View, phrase, plain};

/// A view as Markdown that GitHub, GitLab and pandoc read.
pub fn markdown(view: &View<'_>) -> String {
    let mut out = String::from("# Chronology of contacts\n\n");
    let _ = writeln!(out, "{}.\n", escape(&summary(view)));
    let (dated, undated): (Vec<_>, Vec<_>) = view.contacts().partition(|(_, c)| !c.when.interval.is_unknown());
    rows(&dated, &mut out);
    if !undated.is_empty() {
        out.push_str("\n## Undated\n\n");
        rows(&undated, &mut out);
    }
    let disputed: Vec<_> = view.contacts().filter(|(_, c)| !c.disputes.is_empty()).collect();
    if !disputed.is_empty() {
        out.push_str("\n## Where sources disagree\n\n");
        for (number, contact) in disputed {
            for dispute in &contact.disputes {
                let _ = writeln!(out, "- #{number}, {}:", escape(&dispute.field.as_str().replace('_', " ")));
                for rival in &dispute.values {
                    let value = escape(&phrase::value(&rival.value));
                    let _ = writeln!(out, "  - {value} – {}", escape(&backers(view, rival)));
                }
            }
        }
    }
    if !view.gaps.is_empty() {
        out.push_str("\n## Missing, by what is counted\n\n");
        for gap in view.gaps() {
            let because = escape(&phrase::because(view.chronology, gap));
            let _ = writeln!(out, "- {}: {because}", escape(&phrase::gap(gap)));
        }
    }
    sources(view, &mut out);
    out
}

fn rows(contacts: &[(usize, &Contact)], out: &mut String) {
    if contacts.is_empty() {
        return;
    }
    out.push_str("| # | When | What | Who | Details | Sources |\n|--:|---|---|---|---|---|\n");
    for (number, contact) in contacts {
        let when = phrase::with_rivals(contact, readout_types::Field::When, Some(phrase::date(contact.when.interval)));
        let mut what = contact.kind.as_str().to_owned();
        if let Some(status) = phrase::status(contact) {
            what = format!("{what} ({status})");
        }
        let mark = if contact.disputes.is_empty() { "" } else { " !" };
        let _ = writeln!(
            out,
            "| {number} | {} | {} | {} | {} | {}{mark} |",
            escape(&when.unwrap_or_default()),
            escape(&what),
            escape(&phrase::people(&contact.participants, usize::MAX - 1)),
            escape(&details(contact, true)),
            contact.independent_sources,
        );
    }
}

fn backers(view: &View<'_>, rival: &Rival) -> String {
    let mut names: Vec<String> = rival
        .documents
        .iter()
        .filter_map(|&d| view.chronology.documents.get(d))
        .map(|d| plain(d.source.as_deref().unwrap_or(&d.id)))
        .collect();
    names.dedup();
    let mut text = names.join(", ");
    if !rival.said_by.is_empty() {
        let said: Vec<String> = rival.said_by.iter().map(|a| plain(&a.name)).collect();
        text.push_str(&format!(" (according to {})", said.join(", ")));
    }
    text
}

/// The documents that the shown contacts rest on.
fn sources(view: &View<'_>, out: &mut String) {
    let mut used: Vec<usize> = view.contacts().flat_map(|(_, c)| c.reports.iter().map(|(d, _)| *d)).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        return;
    }
    out.push_str("\n## Sources\n\n");
    for document in used.iter().filter_map(|&d| view.chronology.documents.get(d)) {
        let title = plain(document.title.as_deref().unwrap_or(&document.id));
        let safe =
            |url: &&str| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['<', '>', ' ']);
        let title = match document.url.as_deref().filter(safe) {
            Some(url) => format!("[{}](<{}>)", escape(&title), plain(url)),
            None => escape(&title),
        };
        let source = document.source.as_deref().map_or(String::new(), |s| format!("{}: ", escape(&plain(s))));
        let date = document.date.chosen.as_ref().map_or(String::new(), |c| format!(", {}", phrase::date(c.value)));
        let copy =
            document.duplicate_of.as_ref().map_or(String::new(), |of| format!(", copy of {}", escape(&plain(of))));
        let _ = writeln!(out, "- {source}{title}{date}{copy}");
    }
}

/// Text that Markdown takes as it is.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '<' | '>' | '#' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
