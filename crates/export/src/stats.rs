//! Owns the statistics: who was in touch with whom how often, over the years, beside what is counted and what is missing.

use std::collections::BTreeMap;

use readout_types::{Actor, Contact, ContactKind, Status};
use serde_json::{Value, json};

use crate::layout::{Look, Tone, hang, pad, plain, shorten, width};
use crate::{View, phrase};

/// What is known of one pair.
struct Pair<'a> {
    names: [String; 2],
    keys: [&'a str; 2],
    kinds: BTreeMap<ContactKind, usize>,
    years: BTreeMap<i16, usize>,
    /// Contacts that can lie in several years, or in any.
    spread: usize,
    open: usize,
    off: usize,
    disputed: usize,
    first: Option<&'a Contact>,
    last: Option<&'a Contact>,
}

impl Pair<'_> {
    fn held(&self) -> usize {
        self.kinds.values().sum()
    }
}

fn pairs<'a>(view: &View<'a>) -> Vec<Pair<'a>> {
    let mut found: BTreeMap<[&str; 2], Pair<'a>> = BTreeMap::new();
    for (_, contact) in view.contacts() {
        let parties: Vec<&Actor> = contact.participants.iter().collect();
        for (i, one) in parties.iter().enumerate() {
            for other in parties[i + 1..].iter().filter(|o| o.key != one.key) {
                let (a, b) = if one.key <= other.key { (one, other) } else { (other, one) };
                let pair = found.entry([&a.key, &b.key]).or_insert_with(|| Pair {
                    names: [plain(&a.name), plain(&b.name)],
                    keys: [&a.key, &b.key],
                    kinds: BTreeMap::new(),
                    years: BTreeMap::new(),
                    spread: 0,
                    open: 0,
                    off: 0,
                    disputed: 0,
                    first: None,
                    last: None,
                });
                count(pair, contact);
            }
        }
    }
    let mut all: Vec<Pair<'a>> = found.into_values().collect();
    all.sort_by(|a, b| (b.held(), b.open).cmp(&(a.held(), a.open)).then_with(|| a.names.cmp(&b.names)));
    all
}

fn count<'a>(pair: &mut Pair<'a>, contact: &'a Contact) {
    match contact.status {
        Status::Held | Status::Ongoing => {}
        Status::Cancelled | Status::Denied => {
            pair.off += 1;
            return;
        }
        Status::Planned | Status::Proposed | Status::Unclear => {
            pair.open += 1;
            return;
        }
    }
    *pair.kinds.entry(contact.kind).or_default() += 1;
    pair.disputed += usize::from(!contact.disputes.is_empty());
    let days = contact.when.interval;
    match (days.earliest, days.latest) {
        (Some(a), Some(b)) if a.year() == b.year() => *pair.years.entry(a.year()).or_default() += 1,
        _ => pair.spread += 1,
    }
    if !days.is_unknown() {
        pair.first = pair.first.or(Some(contact));
        pair.last = Some(contact);
    }
}

/// The gaps of a pair, in words.
fn missing(view: &View<'_>, pair: &Pair<'_>) -> Vec<String> {
    let of_pair = |a: &Actor| pair.keys.contains(&a.key.as_str());
    let about = |gap: &&readout_types::Gap| gap.participants.len() == 2 && gap.participants.iter().all(of_pair);
    view.gaps().filter(about).map(phrase::gap).collect()
}

/// What the documents count of a pair: the highest number said, with its words.
fn counted(view: &View<'_>, pair: &Pair<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, contact) in view.contacts() {
        let both = pair.keys.iter().all(|k| contact.participants.iter().any(|a| a.key == *k));
        if both && contact.participants.len() == 2 {
            for count in &contact.counts {
                let text = phrase::count(count);
                if !found.contains(&text) {
                    found.push(text);
                }
            }
        }
    }
    found
}

/// The statistics as text.
pub fn stats(view: &View<'_>, look: &Look, most: usize) -> String {
    let all = pairs(view);
    if all.is_empty() {
        return "No contact of two parties.\n".to_owned();
    }
    let names = |pair: &Pair<'_>| shorten(&pair.names.join(" – "), 44);
    let shown = &all[..all.len().min(most)];
    let wide = shown.iter().map(|p| width(&names(p))).max().unwrap_or(0).max(4);
    let mut out = String::new();
    let heading = format!("{:wide$}  Held  Calls  Meetings  Visits  Talks  Messages  Open  Off  First – last", "Pair");
    out.push_str(&look.paint(Tone::Heading, &heading));
    out.push('\n');
    for pair in shown {
        let kind = |k: ContactKind| pair.kinds.get(&k).copied().unwrap_or(0);
        let text = names(pair);
        let dates = match (pair.first, pair.last) {
            (Some(a), Some(b)) if a.id != b.id => {
                format!("{} – {}", phrase::date(a.when.interval), phrase::date(b.when.interval))
            }
            (Some(a), _) => phrase::date(a.when.interval),
            _ => "undated".to_owned(),
        };
        out.push_str(&format!(
            "{}  {:>4}  {:>5}  {:>8}  {:>6}  {:>5}  {:>8}  {:>4}  {:>3}  {dates}\n",
            pad(&text, &text, wide),
            pair.held(),
            kind(ContactKind::Call),
            kind(ContactKind::Meeting),
            kind(ContactKind::Visit),
            kind(ContactKind::Talks),
            kind(ContactKind::Message),
            pair.open,
            pair.off,
        ));
        let mut years: Vec<String> = pair.years.iter().map(|(year, n)| format!("{year}: {n}")).collect();
        if pair.spread > 0 {
            years.push(format!("year not known: {}", pair.spread));
        }
        let lines = std::iter::once(years.join(", ")).chain(
            counted(view, pair)
                .into_iter()
                .map(|c| format!("counted: {c}"))
                .chain(missing(view, pair).into_iter().map(|m| format!("missing: {m}"))),
        );
        for text in lines.filter(|t| !t.is_empty()) {
            for line in hang("    ", &text, look.width) {
                out.push_str(&look.paint(Tone::Dim, &line));
                out.push('\n');
            }
        }
    }
    if all.len() > shown.len() {
        out.push_str(&format!("… and {} more pairs\n", all.len() - shown.len()));
    }
    out
}

/// The statistics as JSON, all pairs.
pub fn stats_json(view: &View<'_>) -> String {
    let pairs: Vec<Value> = pairs(view)
        .iter()
        .map(|pair| {
            let kinds: serde_json::Map<String, Value> =
                pair.kinds.iter().map(|(k, n)| (k.as_str().to_owned(), json!(n))).collect();
            let years: serde_json::Map<String, Value> =
                pair.years.iter().map(|(y, n)| (format!("{y:04}"), json!(n))).collect();
            json!({
                "participants": pair.names,
                "held": pair.held(),
                "kinds": kinds,
                "years": years,
                "year_not_known": pair.spread,
                "open": pair.open,
                "off": pair.off,
                "disputed": pair.disputed,
                "first": pair.first.map(|c| c.when.interval.edtf()),
                "last": pair.last.map(|c| c.when.interval.edtf()),
                "counted": counted(view, pair),
                "missing": missing(view, pair),
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&json!({"pairs": pairs})).unwrap_or_default();
    text.push('\n');
    text
}
