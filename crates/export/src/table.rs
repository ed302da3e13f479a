//! Owns the chronology as a table for a terminal: columns that fit the width, wrapped and never cut, gaps below.

use readout_types::{Contact, Field, Status};

use crate::View;
use crate::layout::{Look, Tone, hang, pad, width, wrap};
use crate::phrase;

const COLUMNS: usize = 6;
const HEADINGS: [&str; COLUMNS] = ["#", "When", "What", "Who", "Details", "Sources"];
/// The last heading where there is little room.
const NARROW_SOURCES: &str = "Src";
const SPACE: usize = 2;
/// Columns that names, and details, get at least.
const NARROWEST: usize = 10;
/// Rows by which the widths are chosen.
const SAMPLE: usize = 500;

/// A row: text and tone of each cell.
struct Row {
    cells: [(String, Tone); COLUMNS],
}

/// The table of a view, its gaps, and a line that sums up.
pub fn table(view: &View<'_>, look: &Look) -> String {
    let mut out = String::new();
    let (dated, undated): (Vec<_>, Vec<_>) = view.contacts().partition(|(_, c)| !c.when.interval.is_unknown());
    let row = |(number, contact): &(usize, &Contact)| row(*number, contact, look);
    let dated: Vec<Row> = dated.iter().map(row).collect();
    let undated: Vec<Row> = undated.iter().map(row).collect();
    let widths = widths(&dated.iter().chain(&undated).collect::<Vec<_>>(), look.width);
    if !dated.is_empty() || !undated.is_empty() {
        let mut heading = Row { cells: HEADINGS.map(|h| (h.to_owned(), Tone::Heading)) };
        if widths[5] < width(HEADINGS[5]) {
            heading.cells[5].0 = NARROW_SOURCES.to_owned();
        }
        draw(&heading, &widths, look, &mut out);
    }
    for row in &dated {
        draw(row, &widths, look, &mut out);
    }
    if !undated.is_empty() {
        if !dated.is_empty() {
            out.push('\n');
        }
        out.push_str(&look.paint(Tone::Heading, "Undated: no source says when"));
        out.push('\n');
        for row in &undated {
            draw(row, &widths, look, &mut out);
        }
    }
    let gaps = gap_lines(view, look);
    if !gaps.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&look.paint(Tone::Heading, "Missing, by what is counted"));
        out.push('\n');
        out.push_str(&gaps);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    for line in wrap(&summary(view), look.width) {
        out.push_str(&look.paint(Tone::Dim, &line));
        out.push('\n');
    }
    if let Some((number, _)) = view.contacts().find(|(_, c)| !c.disputes.is_empty()) {
        let line = format!("! sources disagree: readout show {number} PATH… prints both sides");
        for line in wrap(&line, look.width) {
            out.push_str(&look.paint(Tone::Dim, &line));
            out.push('\n');
        }
    }
    out
}

/// The gaps of a view by themselves.
pub fn gaps(view: &View<'_>, look: &Look) -> String {
    let lines = gap_lines(view, look);
    if lines.is_empty() { "No count in these documents shows a contact to be missing.\n".to_owned() } else { lines }
}

fn gap_lines(view: &View<'_>, look: &Look) -> String {
    let mut out = String::new();
    for gap in view.gaps() {
        let text = format!("{}: {}", phrase::gap(gap), phrase::because(view.chronology, gap));
        for line in hang("• ", &text, look.width) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// `26 documents read, 12 contacts, 9 outlets`.
pub(crate) fn summary(view: &View<'_>) -> String {
    let whole = view.totals();
    let mut text = phrase::number(whole.documents, "document");
    text.push_str(" read");
    if whole.outlets > 0 {
        let noun = if whole.unnamed == 0 { "outlet" } else { "named outlet" };
        text.push_str(&format!(" from {}", phrase::number(whole.outlets, noun)));
    }
    if whole.copies > 0 {
        let verb = if whole.copies == 1 { "is a copy" } else { "are copies" };
        text.push_str(&format!(" ({} of them {verb})", whole.copies));
    }
    if let Some(tier) = view.chronology.tier {
        text.push_str(&format!(", {} tier", tier.as_str()));
    }
    text.push_str(&format!(": {}", phrase::number(whole.contacts, "contact")));
    if view.contacts.len() != whole.contacts {
        text.push_str(&format!(", {} shown", view.contacts.len()));
    }
    text
}

fn row(number: usize, contact: &Contact, look: &Look) -> Row {
    let disputed = |field| phrase::rivals(contact, field).is_some();
    let tone = |field| if disputed(field) { Tone::Disputed } else { Tone::Plain };
    let when = phrase::with_rivals(contact, Field::When, Some(phrase::date(contact.when.interval)));
    let kind = phrase::with_rivals(contact, Field::Kind, Some(contact.kind.as_str().to_owned()));
    let mut what = kind.unwrap_or_default();
    if let Some(status) = phrase::status(contact) {
        what = format!("{what} {status}");
    }
    let what_tone = match contact.status {
        _ if disputed(Field::Status) || disputed(Field::Kind) => Tone::Disputed,
        Status::Held => Tone::Plain,
        Status::Cancelled | Status::Denied => Tone::Off,
        Status::Ongoing | Status::Planned | Status::Proposed | Status::Unclear => Tone::Open,
    };
    let mark = if contact.disputes.is_empty() { "" } else { " !" };
    let sources_tone = if mark.is_empty() { Tone::Plain } else { Tone::Disputed };
    Row {
        cells: [
            (number.to_string(), Tone::Dim),
            (when.unwrap_or_default(), tone(Field::When)),
            (what, what_tone),
            (phrase::people(&contact.participants, 5), tone(Field::Participants)),
            (details(contact, look.width >= 100), Tone::Plain),
            (format!("{}{mark}", contact.independent_sources), sources_tone),
        ],
    }
}

/// Place, duration, medium where it is not the phone, who asked for it; with room, topics.
pub fn details(contact: &Contact, topics: bool) -> String {
    let mut parts = Vec::new();
    if contact.is_domestic() {
        parts.push("domestic".to_owned());
    }
    let place = contact.place.as_ref().map(|p| crate::plain(&p.name));
    parts.extend(phrase::with_rivals(contact, Field::Place, place));
    let duration = contact.duration.map(phrase::duration);
    parts.extend(phrase::with_rivals(contact, Field::Duration, duration));
    let medium = contact.medium.as_ref().filter(|m| *m != "phone").map(|m| crate::plain(m));
    parts.extend(phrase::with_rivals(contact, Field::Medium, medium));
    if let Some(values) = phrase::rivals(contact, Field::Initiator) {
        parts.push(format!("asked for by {}", values.join(" or ")));
    }
    if topics && !contact.topics.is_empty() {
        let named: Vec<String> = contact.topics.iter().take(3).map(|t| crate::plain(t)).collect();
        parts.push(named.join(", "));
    }
    parts.join("; ")
}

/// Widths of the columns: the narrow ones as wide as they need, the rest shared by names and details.
fn widths(rows: &[&Row], total: usize) -> [usize; COLUMNS] {
    let mut need = HEADINGS.map(width);
    for row in rows {
        for (need, (text, _)) in need.iter_mut().zip(&row.cells) {
            *need = (*need).max(width(text));
        }
    }
    if total < 80 {
        need[5] = need[5].min(width(NARROW_SOURCES));
    }
    need[1] = need[1].min(if total < 80 { 12 } else { 17 });
    need[2] = need[2].min(if total < 100 { 9 } else { 17 });
    let fixed = need[0] + need[1] + need[2] + need[5] + SPACE * (COLUMNS - 1);
    let room = total.saturating_sub(fixed).max(20);
    if need[3] + need[4] > room {
        // The division that takes the fewest lines; the widest names column among equals.
        let lines = |who: usize| -> usize {
            let columns = [who, room - who, need[1], need[2]];
            let height = |row: &&Row| {
                let cells = [3, 4, 1, 2].iter().zip(columns);
                cells.map(|(&cell, columns)| wrap(&row.cells[cell].0, columns).len()).max().unwrap_or(1)
            };
            rows.iter().take(SAMPLE).map(height).sum()
        };
        let least = NARROWEST.min(need[3]).max((room - NARROWEST).saturating_sub(need[4]));
        let most = need[3].min(room - NARROWEST).max(least);
        let who = (least..=most).rev().min_by_key(|&who| lines(who)).unwrap_or(room / 2);
        (need[3], need[4]) = (who, (room - who).min(need[4]));
    }
    need
}

fn draw(row: &Row, widths: &[usize; COLUMNS], look: &Look, out: &mut String) {
    let cells: Vec<Vec<String>> =
        row.cells.iter().zip(widths).map(|((text, _), &columns)| wrap(text, columns)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for i in 0..height {
        let mut line = String::new();
        let mut gap = 0;
        for (column, lines) in cells.iter().enumerate() {
            let text = lines.get(i).map_or("", String::as_str);
            if !text.is_empty() {
                line.push_str(&" ".repeat(gap));
                gap = 0;
                // Row numbers stand at the right, under each other.
                if column == 0 {
                    line.push_str(&" ".repeat(widths[0].saturating_sub(width(text))));
                }
                line.push_str(&look.paint(row.cells[column].1, text));
                if column > 0 {
                    let padded = pad("", text, widths[column]);
                    gap += padded.len();
                }
            } else {
                gap += widths[column];
            }
            gap += SPACE;
        }
        out.push_str(&line);
        out.push('\n');
    }
}
