//! Owns the page of sources: which documents repeat another's text, and for each contact how many sources stand behind
//! it and why some of its documents count once.

use std::collections::BTreeMap;

use readout_types::{Contact, OriginTie, SharedOrigin};

use crate::layout::{Look, Tone, hang, plain};
use crate::show::outlet;
use crate::{View, phrase};

/// The origins of a contact by number, each with its documents in the order of the reports and the ties among them.
pub(crate) fn origins(contact: &Contact) -> Vec<(u32, Vec<usize>, Vec<OriginTie>)> {
    let mut by_number: BTreeMap<u32, (Vec<usize>, Vec<OriginTie>)> = BTreeMap::new();
    for ((document, _), number) in contact.reports.iter().zip(&contact.origins) {
        by_number.entry(*number).or_default().0.push(*document);
    }
    for (documents, ties) in by_number.values_mut() {
        ties.extend(contact.origin_ties.iter().filter(|t| documents.contains(&t.later)));
    }
    by_number.into_iter().map(|(number, (documents, ties))| (number, documents, ties)).collect()
}

fn why(tie: &OriginTie) -> &'static str {
    match tie.why {
        SharedOrigin::Copy => "repeats the text of",
        SharedOrigin::Outlet => "is of the same outlet as",
        SharedOrigin::Quote => "quotes the same words of the same people as",
        SharedOrigin::Readout => "rests on the same officials, and tells the same, as",
    }
}

/// Copies among the documents, then the contacts that more than one document reports, each with its sources.
pub fn sources(view: &View<'_>, look: &Look) -> String {
    let all = view.chronology;
    let mut out = String::new();
    let mut line = |label: &str, text: &str, tone: Tone| {
        for line in hang(label, text, look.width) {
            let indent = line.len() - line.trim_start().len();
            out.push_str(&format!("{:indent$}{}\n", "", look.paint(tone, line.trim_start())));
        }
    };
    let copies: Vec<_> = all.documents.iter().filter(|d| d.duplicate_of.is_some()).collect();
    if !copies.is_empty() {
        line("", "Documents that repeat another's text", Tone::Heading);
        for document in copies {
            let of = document.duplicate_of.as_deref().unwrap_or_default();
            line("  ", &format!("[{}] copies [{}]", plain(&document.id), plain(of)), Tone::Plain);
        }
        line("", "", Tone::Plain);
    }
    let mut alone = 0;
    for (number, contact) in view.contacts() {
        if contact.reports.len() < 2 {
            alone += 1;
            continue;
        }
        let title = format!(
            "#{number}  {} · {} · {}: {} in {}",
            contact.kind.as_str(),
            phrase::date(contact.when.interval),
            phrase::people(&contact.participants, 5),
            phrase::number(contact.independent_sources as usize, "independent source"),
            phrase::number(contact.reports.len(), "document"),
        );
        line("", &title, Tone::Heading);
        for (_, documents, ties) in origins(contact) {
            let named: Vec<String> = documents.iter().map(|&d| outlet(all, d)).collect();
            line("  • ", &named.join(", "), Tone::Plain);
            for tie in ties {
                let text = format!("{} {} {}", outlet(all, tie.later), why(&tie), outlet(all, tie.earlier));
                line("      ", &text, Tone::Dim);
            }
        }
    }
    if alone > 0 {
        line("", &format!("{} in one document only.", phrase::number(alone, "contact")), Tone::Dim);
    }
    out
}
