//! Owns the page that says why: the rule and spans of each report, link decisions, how dates came about, what became of it.

use readout_types::{Chronology, Contact, TextPart};

use crate::layout::{Look, Tone, plain, shorten};
use crate::phrase;
use crate::show::{Page, attribution, label, outlet, says};
use crate::to_wire::Offsets;

/// The explanation of the contact at an index; empty when there is none.
pub fn explain(chronology: &Chronology, contact: usize, look: &Look) -> String {
    let Some(found) = chronology.contacts.get(contact) else { return String::new() };
    let mut page = Page { look, out: String::new() };
    page.heading(contact + 1, found);
    page.reports(chronology, found);
    page.links(chronology, found);
    page.dates(chronology, found);
    page.history(chronology, found);
    page.confidence(found);
    page.out
}

impl Page<'_> {
    fn part(&mut self, title: &str) {
        self.line("");
        self.item("", title, Tone::Heading);
    }

    fn reports(&mut self, chronology: &Chronology, contact: &Contact) {
        self.part("What each document says, by which rule (code points of the text, end exclusive)");
        let offsets = Offsets::new(&chronology.documents);
        for (document, report) in &contact.reports {
            let Some(entry) = chronology.documents.get(*document) else { continue };
            self.item("  ", &format!("[{}] {}", plain(&entry.id), says(entry, report)), Tone::Plain);
            self.item("    ", &format!("rule {}", plain(&report.rule)), Tone::Dim);
            for evidence in &report.evidence {
                let (start, end) = offsets.points(*document, evidence.source.original);
                let part = if evidence.source.original.part == TextPart::Title { "title " } else { "" };
                let rule =
                    if evidence.rule == report.rule { String::new() } else { format!("  ({})", plain(&evidence.rule)) };
                let words = shorten(&plain(&evidence.source.text), 120);
                self.item(
                    "    ",
                    &format!("{} {part}{start}–{end} “{words}”{rule}", label(evidence.field)),
                    Tone::Plain,
                );
            }
            for said in &report.said_by {
                self.item("    ", &format!("said by {}", attribution(said)), Tone::Plain);
            }
            for count in &report.counts {
                self.item("    ", &format!("counts {}", phrase::count(count)), Tone::Plain);
            }
        }
    }

    fn confidence(&mut self, contact: &Contact) {
        self.part("How far to trust it (the chance that it is right, by similar reports; docs/confidence.md)");
        let share = |hundredths: u8| format!("0.{hundredths:02}");
        let fields = contact.confidence.fields.iter().map(|(f, c)| format!("{} {}", label(*f), share(*c)));
        let all: Vec<String> =
            std::iter::once(format!("the contact {}", share(contact.confidence.contact))).chain(fields).collect();
        self.item("  ", &all.join(", "), Tone::Plain);
    }

    fn links(&mut self, chronology: &Chronology, contact: &Contact) {
        self.part("Why these reports are one contact");
        if contact.decisions.is_empty() {
            self.line("  only one report: nothing was linked");
        }
        for decision in &contact.decisions {
            let (left, right) = (outlet(chronology, decision.left.0), outlet(chronology, decision.right.0));
            self.item("  ", &format!("{left} = {right}, score {:.2}", decision.score), Tone::Plain);
            for reason in decision.reasons.iter() {
                self.item("    ", &plain(reason), Tone::Plain);
            }
        }
        for tie in &contact.origin_ties {
            let (earlier, later) = (outlet(chronology, tie.earlier), outlet(chronology, tie.later));
            let why = match tie.why {
                readout_types::SharedOrigin::Copy => continue,
                readout_types::SharedOrigin::Outlet => "of one outlet",
                readout_types::SharedOrigin::Quote => "the same words quoted of the same people",
                readout_types::SharedOrigin::Readout => "the same officials alone, telling the same",
            };
            self.item("  ", &format!("{later} and {earlier}: one source, {why}"), Tone::Plain);
        }
        let copies: Vec<usize> = contact.reports.iter().map(|(d, _)| *d).collect();
        for entry in copies.iter().filter_map(|&d| chronology.documents.get(d)) {
            if let Some(of) = &entry.duplicate_of {
                self.item("  ", &format!("[{}] copies [{}]: one source", plain(&entry.id), plain(of)), Tone::Plain);
            }
        }
    }

    fn dates(&mut self, chronology: &Chronology, contact: &Contact) {
        self.part("How the date came about");
        for (document, report) in &contact.reports {
            let basis = if report.when.basis.is_empty() { "no words for it" } else { &report.when.basis };
            let date = phrase::date(report.when.interval);
            self.item("  ", &format!("{}: {date}, {}", outlet(chronology, *document), plain(basis)), Tone::Plain);
            let Some(entry) = chronology.documents.get(*document) else { continue };
            match &entry.date.chosen {
                None => self.line("    the document is undated"),
                Some(chosen) => {
                    let text = format!("the document is of {}: {}", phrase::date(chosen.value), plain(&chosen.reason));
                    self.item("    ", &text, Tone::Dim);
                }
            }
            for rival in &entry.date.rivals {
                let text = format!("passed over {}: {}", phrase::date(rival.value), plain(&rival.reason));
                self.item("    ", &text, Tone::Dim);
            }
        }
        for step in &contact.narrowing {
            self.item("  narrowed: ", &plain(step), Tone::Plain);
        }
        self.item(
            "  taken: ",
            &format!("{} ({})", phrase::date(contact.when.interval), plain(&contact.when.basis)),
            Tone::Plain,
        );
    }

    fn history(&mut self, chronology: &Chronology, contact: &Contact) {
        self.part("What became of it");
        for step in &contact.status_history {
            let day = step.as_of.map_or_else(|| "undated".to_owned(), |d| d.to_string());
            let text = format!("{day}: {} – {}", step.status.as_str(), outlet(chronology, step.document));
            self.item("  ", &text, Tone::Plain);
        }
        if contact.agreement.is_empty() {
            return;
        }
        self.part("How well each field is supported");
        for (field, _) in &contact.agreement {
            let support = phrase::agreement(contact, *field).unwrap_or_default();
            self.item("  ", &format!("{}: {support}", label(*field)), Tone::Plain);
        }
    }
}
