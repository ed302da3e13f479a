//! Owns the comparison of the expression rules with TimeML gold (`.tml`) and TEI dates (GUM `.xml`):
//! `cargo run --release -p readout-times --example timex -- FOLDER [--list]` prints strict, relaxed and value F1.

use std::path::Path;

use readout_times::{DateBase, Direction, Expression, Meaning, direction_hint, expressions};
use readout_types::{Date, Interval, Span};

struct Gold {
    text: String,
    reference: Option<Date>,
    times: Vec<(Span, String, String)>,
    narrative: bool,
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

/// Text without tags, and the spans of the elements named.
fn strip(source: &str, element: &str) -> (String, Vec<(Span, String)>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        text.push_str(&unescape(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |e| at + e + 1);
        let tag = &rest[at..end];
        if tag.starts_with(&format!("<{element} ")) {
            open.push((text.len(), tag.to_owned()));
        } else if tag.starts_with(&format!("</{element}>"))
            && let Some((start, tag)) = open.pop()
        {
            spans.push((Span::new(start, text.trim_end().len().max(start)), tag));
        }
        rest = &rest[end..];
    }
    text.push_str(&unescape(rest));
    (text, spans)
}

fn tml(source: &str) -> Option<Gold> {
    let dct = source.split("<DCT>").nth(1)?.split("</DCT>").next()?;
    let reference = attribute(dct, "value")?.get(..10)?.parse().ok();
    let body = source.split("<TEXT>").nth(1)?.split("</TEXT>").next()?;
    let (text, spans) = strip(body, "TIMEX3");
    let value = |tag: &str, name| attribute(tag, name).unwrap_or("").to_owned();
    let times = spans.into_iter().map(|(s, tag)| (s, value(&tag, "type"), value(&tag, "value"))).collect();
    let narrative = source.contains("http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd") && !source.contains("<EVENT");
    Some(Gold { text, reference, times, narrative })
}

/// GUM: one token a line; words are joined with spaces, which the original had not everywhere.
fn gum(source: &str) -> Option<Gold> {
    let head = source.lines().next()?;
    let reference = attribute(head, "dateCreated").and_then(|d| d.parse().ok());
    let mut joined = String::new();
    for line in source.lines() {
        if line.starts_with('<') {
            if line.starts_with("<date") || line.starts_with("</date") {
                joined.push_str(line);
            } else if line.starts_with("</s>") || line.starts_with("</head") || line.starts_with("</p>") {
                joined.push_str("\n\n");
            }
            continue;
        }
        let word = line.split('\t').next().unwrap_or("");
        if !joined.ends_with(['\n']) && !matches!(word, "." | "," | ")" | ":" | ";" | "'s" | "’s") {
            let tag = joined.ends_with('>') && !joined.ends_with("</date>");
            if tag {
                let at = joined.rfind('<').unwrap_or(0);
                joined.insert(at, ' ');
            } else {
                joined.push(' ');
            }
        }
        joined.push_str(word);
    }
    let (text, spans) = strip(&joined, "date");
    let times = spans
        .into_iter()
        .map(|(s, tag)| {
            let bound = |a: &str, b: &str| attribute(&tag, a).or(attribute(&tag, b)).unwrap_or("..").to_owned();
            let value = match attribute(&tag, "when") {
                Some(when) => when.to_owned(),
                None => format!("{}/{}", bound("from", "notBefore"), bound("to", "notAfter")),
            };
            (s, "DATE".to_owned(), value)
        })
        .collect();
    Some(Gold { text, reference, times, narrative: false })
}

#[derive(Default)]
struct Score {
    strict: usize,
    relaxed: usize,
    value: usize,
    kind: usize,
    gold: usize,
    found: usize,
}

fn f1(hits: usize, gold: usize, found: usize) -> f64 {
    200.0 * hits as f64 / (gold + found).max(1) as f64
}

/// Values as TimeML writes them; for a narrative the last day named stands in for the day of writing.
fn values(gold: &Gold, found: &[Expression], tei: bool) -> Vec<(String, String)> {
    let mut last: Option<Date> = if gold.narrative { None } else { gold.reference };
    let mut out = Vec::new();
    for e in found {
        // A narrative moves forward from the day last named.
        let direction = if gold.narrative { Direction::Future } else { direction_hint(&gold.text, e.span) };
        let counted = matches!(e.meaning, Meaning::Date(ref d) if matches!(d.base, DateBase::Event { .. }));
        let reference = if counted || gold.narrative { last } else { gold.reference };
        // In a narrative months and days without a year belong to the year last named.
        let (reference, direction) = match (last.filter(|_| gold.narrative && !counted), &e.meaning) {
            (Some(day), Meaning::Date(d)) if matches!(d.base, DateBase::Calendar(..) | DateBase::Season { .. }) => {
                (Some(Date::constant(day.year(), 7, 1)), Direction::Unknown)
            }
            _ => (reference, direction),
        };
        let timex = e.timex3(reference, direction);
        let days = e.resolve(reference, direction);
        if let Meaning::Date(_) = e.meaning
            && let Some(first) = days.interval.earliest
            && (days.grain != readout_times::Grain::Unknown)
        {
            last = Some(first);
        }
        let unbound = Expression { bound: readout_times::Bound::At, ..e.clone() };
        let value = if tei { unbound.resolve(reference, Direction::Unknown).interval.edtf() } else { timex.value };
        out.push((timex.kind.to_owned(), value));
    }
    out
}

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let list = std::env::args().any(|a| a == "--list");
    let Ok(entries) = std::fs::read_dir(Path::new(&folder)) else {
        println!("no folder {folder:?}: give the folder of the gold files");
        return;
    };
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    files.sort();
    let mut score = Score::default();
    for path in files {
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        let tei = path.extension().is_some_and(|e| e == "xml");
        let Some(gold) = (if tei { gum(&source) } else { tml(&source) }) else { continue };
        let mut found = expressions(&gold.text);
        if tei {
            found.retain(|e| matches!(e.meaning, Meaning::Date(_)));
        }
        let values = values(&gold, &found, tei);
        score.gold += gold.times.len();
        score.found += found.len();
        let mut taken = vec![false; found.len()];
        for (span, kind, value) in &gold.times {
            let hit = (0..found.len())
                .find(|&i| found[i].span == *span && !taken[i])
                .or_else(|| (0..found.len()).find(|&i| found[i].span.overlaps(*span) && !taken[i]));
            let context = |s: Span| {
                let (mut a, mut b) =
                    ((s.start as usize).saturating_sub(30), (s.end as usize + 20).min(gold.text.len()));
                while !gold.text.is_char_boundary(a) {
                    a -= 1;
                }
                while !gold.text.is_char_boundary(b) {
                    b += 1;
                }
                gold.text[a..b].replace('\n', " ")
            };
            let Some(i) = hit else {
                if list {
                    println!("MISSED {kind} {value} «{}» in «{}»", span.of(&gold.text), context(*span));
                }
                continue;
            };
            taken[i] = true;
            let strict = found[i].span == *span;
            let same = if tei {
                value.parse::<Interval>().is_ok_and(|g| g.edtf() == values[i].1)
            } else {
                value.trim_end_matches("T24:00") == values[i].1
            };
            score.strict += usize::from(strict);
            score.relaxed += 1;
            score.value += usize::from(same);
            score.kind += usize::from(*kind == values[i].0);
            if list && !(strict && same) {
                let (ours, theirs) = (found[i].span.of(&gold.text), span.of(&gold.text));
                println!(
                    "{} {kind} {value} «{theirs}» got {} {} «{ours}» {} in «{}»",
                    if strict { "VALUE" } else { "EXTENT" },
                    values[i].0,
                    values[i].1,
                    found[i].rule,
                    context(*span)
                );
            }
        }
        if list {
            for (i, e) in found.iter().enumerate().filter(|(i, _)| !taken[*i]) {
                let (mut a, mut b) =
                    ((e.span.start as usize).saturating_sub(30), (e.span.end as usize + 20).min(gold.text.len()));
                while !gold.text.is_char_boundary(a) {
                    a -= 1;
                }
                while !gold.text.is_char_boundary(b) {
                    b += 1;
                }
                println!(
                    "EXTRA {} {} «{}» in «{}»",
                    e.rule,
                    values[i].1,
                    e.span.of(&gold.text),
                    gold.text[a..b].replace('\n', " ")
                );
            }
        }
    }
    let Score { strict, relaxed, value, kind, gold, found } = score;
    println!("{gold} in the gold, {found} found");
    for (name, hits) in [("strict", strict), ("relaxed", relaxed), ("value", value), ("type", kind)] {
        println!(
            "{name:8} P {:5.1} R {:5.1} F1 {:5.1}",
            100.0 * hits as f64 / found.max(1) as f64,
            100.0 * hits as f64 / gold.max(1) as f64,
            f1(hits, gold, found)
        );
    }
}
