//! Owns what stands above the first paragraph: crawl line, headline, section names, bylines, dates.

use std::sync::LazyLock;

use readout_types::BlockKind;
use regex::Regex;

use crate::furniture::{FURNITURE, Place};
use crate::prose::{bare, ends_sentence, head, is_item, is_running, words};
use crate::sheet::{Mark, Sheet};

/// Pieces among which a headline is looked for.
const HEADER: usize = 16;

static CRAWL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^date:? \d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?(?:\s|$)").expect("a pattern")
});

/// Marks ` date 2025-12-29` at the very top. What follows on the line is the headline, with the standfirst when a later
/// sentence repeats it, or a section name, or the article itself.
pub(crate) fn crawl_line(sheet: &mut Sheet) {
    if sheet.pieces.is_empty() {
        return;
    }
    let first = if sheet.pieces[0].hint == Some(BlockKind::Title) { 1 } else { 0 };
    if first >= sheet.len() {
        return;
    }
    let Some(found) = CRAWL.find(head(sheet.of(first), 60)) else { return };
    let end = found.as_str().trim_end().len();
    let rest_start = found.end();
    let rest = &sheet.of(first)[rest_start..];
    let mut marks: Vec<Mark> = vec![(0..end, BlockKind::CrawlDate, "crawl-date.line")];
    let is_dateline = [Place::Lead, Place::Prefix].iter().any(|p| FURNITURE.find(*p, rest).is_some());
    // Where the next paragraph follows at once, a line break ends the headline.
    if !is_dateline && !is_furniture(rest) && words(rest, 4) == 4 {
        let later = &sheet.text[sheet.pieces[first].range.end..];
        if let Some(at) = standfirst(rest, later) {
            marks.push((rest_start..rest_start + at, BlockKind::Title, "title.crawl-line"));
            marks.push((rest_start + at..rest_start + rest.len(), BlockKind::Body, "body.standfirst"));
        } else if words(rest, 41) <= 40 && (!ends_sentence(rest) || words(rest, 16) <= 15) {
            marks.push((rest_start..rest_start + rest.len(), BlockKind::Title, "title.crawl-line"));
        }
    }
    let mut marks = Some(marks);
    sheet.carve(|_, i| if i == first { marks.take().unwrap_or_default() } else { Vec::new() });
}

fn is_furniture(line: &str) -> bool {
    [Place::Line, Place::Top, Place::List].iter().any(|p| FURNITURE.find(*p, line).is_some())
}

/// Where in a header line the standfirst begins: the earliest word from which the rest of the line stands again in the
/// text below, at least eight words long.
fn standfirst(line: &str, later: &str) -> Option<usize> {
    let later = bare(head(later, 20_000));
    if line.len() > 2000 || !ends_sentence(line) || later.contains(&bare(line)) {
        return None;
    }
    let starts = line.match_indices(' ').map(|(at, _)| at + 1).skip(3);
    let mut found = None;
    // The longest repeated rest: its beginning is the first for which the search succeeds.
    for at in starts {
        let rest = &line[at..];
        if words(rest, 8) < 8 {
            break;
        }
        if rest.starts_with(char::is_alphanumeric) && later.contains(&bare(rest)) {
            found = Some(at);
            break;
        }
    }
    found
}

/// Marks furniture that is recognised wherever it stands, and whole lines above the first running paragraph.
pub(crate) fn furniture_lines(sheet: &mut Sheet) {
    for i in 0..sheet.len() {
        if sheet.is_open(i)
            && let Some((rule, _)) = FURNITURE.find(Place::Line, sheet.of(i))
        {
            sheet.mark(i, rule.kind, &rule.id);
        }
    }
}

/// Marks furniture at the beginnings and ends of paragraphs.
pub(crate) fn furniture_in_paragraphs(sheet: &mut Sheet) {
    let first = sheet.first_running();
    sheet.carve(|sheet, i| {
        let text = sheet.of(i);
        let mut marks: Vec<Mark> = Vec::new();
        let mut add = |place: Place, from: usize| -> usize {
            if let Some((rule, range)) = FURNITURE.find(place, &text[from..]) {
                let rest = text[from + range.end..].trim_start();
                let needed = if place == Place::Suffix { true } else { words(rest, 4) == 4 };
                if needed && (place != Place::Lead || is_running(rest) || ends_sentence(rest)) {
                    marks.push((from + range.start..from + range.end, rule.kind, rule.id.as_str()));
                    return from + range.end;
                }
            }
            from
        };
        let mut from = add(Place::Prefix, 0);
        from += text[from..].len() - text[from..].trim_start().len();
        if i <= first + 1 {
            from = add(Place::Lead, from);
        }
        add(Place::Suffix, from);
        marks
    });
}

/// Marks whole lines that are furniture above the first running paragraph.
pub(crate) fn top(sheet: &mut Sheet) {
    let first = sheet.first_running().min(HEADER);
    for i in 0..first.min(sheet.len()) {
        if sheet.is_open(i)
            && sheet.pieces[i].hint != Some(BlockKind::Title)
            && let Some((rule, _)) = FURNITURE.find(Place::Top, sheet.of(i))
        {
            sheet.mark(i, rule.kind, &rule.id);
        }
    }
}

/// Whether the text already begins with its title, as a line of its own near the top or as its very first words.
pub(crate) fn begins_with_title(text: &str, title: &str) -> bool {
    let wanted = bare(title);
    if wanted.is_empty() {
        return true;
    }
    let start = head(text, 4000);
    let body = CRAWL.find(start.trim_start()).map_or(start, |m| &start.trim_start()[m.end()..]);
    if bare(head(body.trim_start(), title.len() * 2 + 40)).starts_with(&wanted) {
        return true;
    }
    start.lines().map(str::trim).filter(|l| !l.is_empty()).take(HEADER).any(|line| is_title(line, &wanted))
}

/// Whether a line is the title, `wanted` as [`bare`]; an outlet's name at the end of either may be missing.
fn is_title(line: &str, wanted: &str) -> bool {
    if line.len() > 600 {
        return false;
    }
    let line = bare(line);
    if line == wanted {
        return true;
    }
    let (short, long) = if line.len() < wanted.len() { (line.as_str(), wanted) } else { (wanted, line.as_str()) };
    let rest = long.strip_prefix(short).unwrap_or(long);
    // `Title | Outlet`, `Title : NPR`.
    rest.len() < long.len() && rest.starts_with(' ') && words(short, 5) == 5 && words(rest, 5) <= 4
}

/// Finds the headline: the title given, where it stands, else the first line that reads like one.
pub(crate) fn title(sheet: &mut Sheet, given: Option<&str>) {
    let limit = sheet.len().min(HEADER);
    let mut known: Option<String> =
        (0..limit).find(|i| sheet.pieces[*i].kind == Some(BlockKind::Title)).map(|i| bare(sheet.of(i)));
    if let Some(given) = given {
        let wanted = bare(given);
        if let Some(i) = (0..limit).find(|i| {
            let open = sheet.is_open(*i) || sheet.pieces[*i].kind == Some(BlockKind::Title);
            open && is_title(sheet.of(*i), &wanted)
        }) {
            sheet.mark(i, BlockKind::Title, "title.given");
            known = Some(wanted);
        } else if known.is_none()
            && let Some((i, at)) = (0..limit.min(3)).find_map(|i| Some((i, title_at_start(sheet.of(i), &wanted)?)))
            && sheet.is_open(i)
        {
            sheet.carve(|_, j| if i == j { vec![(0..at, BlockKind::Title, "title.given")] } else { Vec::new() });
            known = Some(wanted);
        }
    }
    if known.is_none() {
        let first = sheet.first_running().min(HEADER);
        // A headline is followed by something, stands before the running text and is no list item.
        let end = first.min(sheet.len().saturating_sub(1));
        if let Some(i) = (0..end).find(|i| sheet.is_open(*i) && is_headline(sheet.of(*i))) {
            known = Some(bare(sheet.of(i)));
            sheet.mark(i, BlockKind::Title, "title.first-line");
        }
    }
    // The headline printed again: over the picture, in the list of sections.
    let Some(known) = known.filter(|k| words(k, 4) == 4) else { return };
    let mut seen = false;
    for i in 0..sheet.len() {
        let is_marked = sheet.pieces[i].kind == Some(BlockKind::Title);
        if !is_marked && !sheet.is_open(i) {
            continue;
        }
        let text = sheet.of(i);
        if text.len() > known.len() * 2 + 40 || !(bare(text) == known || is_title(text, &known)) {
            continue;
        }
        if seen && sheet.is_open(i) {
            sheet.mark(i, BlockKind::Repeat, "repeat.title");
        }
        seen = true;
    }
}

/// The byte after the title, where a paragraph begins with it.
fn title_at_start(text: &str, wanted: &str) -> Option<usize> {
    let words_wanted: Vec<&str> = wanted.split(' ').collect();
    let mut at = 0;
    let mut matched = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        at += word.len();
        for part in bare(word).split(' ').filter(|p| !p.is_empty()) {
            if words_wanted.get(matched) != Some(&part) {
                return None;
            }
            matched += 1;
        }
        if matched == words_wanted.len() {
            return Some(at - (word.len() - word.trim_end().len()));
        }
    }
    None
}

fn is_headline(text: &str) -> bool {
    let n = words(text, 36);
    (4..=35).contains(&n)
        && text.len() <= 320
        && !is_item(text)
        && !text.ends_with([':', ',', ';'])
        && !is_running(text)
}
