//! Owns values in words: dates as exactly as they are known, durations, people, counts, gaps, rival values.

use readout_types::{
    Actor, Agreement, Chronology, Contact, ContactKind, Count, CountOf, Date, Duration, Field, FieldValue, Gap,
    Interval, Place, Status, TextPart,
};

use crate::layout::{plain, shorten};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

/// Dates as exactly as they are known: `2025-12-28`, `2025-12`, `before 2025-07-03`, `28–30 Dec 2025`, `undated`.
pub fn date(interval: Interval) -> String {
    match (interval.earliest, interval.latest) {
        (None, None) => "undated".to_owned(),
        (None, Some(b)) => b.tomorrow().map_or_else(|_| format!("by {b}"), |after| format!("before {after}")),
        (Some(a), None) => a.yesterday().map_or_else(|_| format!("from {a}"), |before| format!("after {before}")),
        (Some(a), Some(b)) => {
            let edtf = interval.edtf();
            if !edtf.contains('/') {
                return edtf;
            }
            let months = a.day() == 1 && b == b.last_of_month();
            let years = months && a.month() == 1 && b.month() == 12;
            let (same_year, same_month) = (a.year() == b.year(), a.month() == b.month());
            match (years, months, same_year) {
                (true, _, _) => format!("{}–{}", a.year(), b.year()),
                (_, true, true) => format!("{}–{} {}", month(a), month(b), b.year()),
                (_, true, false) => format!("{} {} – {} {}", month(a), a.year(), month(b), b.year()),
                (_, _, true) if same_month => format!("{}–{} {} {}", a.day(), b.day(), month(b), b.year()),
                (_, _, true) => format!("{} {} – {} {} {}", a.day(), month(a), b.day(), month(b), b.year()),
                (_, _, false) => {
                    format!("{} {} {} – {} {} {}", a.day(), month(a), a.year(), b.day(), month(b), b.year())
                }
            }
        }
    }
}

/// `75 min`, `60–75 min`, `at least 60 min`.
pub fn duration(duration: Duration) -> String {
    match (duration.min, duration.max) {
        (Some(a), Some(b)) if a == b => format!("{a} min"),
        (Some(a), Some(b)) => format!("{a}–{b} min"),
        (Some(a), None) => format!("at least {a} min"),
        (None, Some(b)) => format!("up to {b} min"),
        (None, None) => "of unknown length".to_owned(),
    }
}

/// Names with commas, at most so many: `A, B, C and 4 more`.
pub fn people(actors: &[Actor], most: usize) -> String {
    let names: Vec<String> = actors.iter().map(|a| plain(&a.name)).collect();
    let named = if names.len() > most + 1 { most } else { names.len() };
    let mut text = names[..named].join(", ");
    if named < names.len() {
        text.push_str(&format!(" and {} more", names.len() - named));
    }
    if text.is_empty() { "nobody named".to_owned() } else { text }
}

/// `Donald Trump, President (US)`.
pub fn actor(actor: &Actor) -> String {
    let mut text = plain(&actor.name);
    if let Some(role) = &actor.role {
        text.push_str(&format!(", {}", plain(role)));
    }
    if let Some(country) = &actor.country {
        text.push_str(&format!(" ({})", plain(country)));
    }
    text
}

/// `Mar-a-Lago (US)`.
pub fn place(place: &Place) -> String {
    match &place.country {
        Some(country) => format!("{} ({})", plain(&place.name), plain(country)),
        None => plain(&place.name),
    }
}

/// A value of any field.
pub fn value(value: &FieldValue) -> String {
    match value {
        FieldValue::Kind(kind) => kind.as_str().to_owned(),
        FieldValue::Status(status) => status.as_str().to_owned(),
        FieldValue::When(interval) => date(*interval),
        FieldValue::Place(named) => place(named),
        FieldValue::Actor(party) => plain(&party.name),
        FieldValue::Duration(length) => duration(*length),
        FieldValue::Text(text) => plain(text),
        FieldValue::Actors(actors) => people(actors, usize::MAX - 1),
        FieldValue::Words(words) => words.iter().map(|w| plain(w)).collect::<Vec<_>>().join("; "),
    }
}

/// The values of a field that sources give, the best supported first; `None` where they do not clash.
pub fn rivals(contact: &Contact, field: Field) -> Option<Vec<String>> {
    let dispute = contact.disputes.iter().find(|d| d.field == field)?;
    let mut values: Vec<String> = dispute
        .values
        .iter()
        .map(|v| match &v.side {
            Some(side) => format!("{} ({} says)", value(&v.value), plain(side)),
            None => value(&v.value),
        })
        .collect();
    values.dedup();
    (values.len() > 1).then_some(values)
}

/// One value, or all the rivals with `or` between them.
pub fn with_rivals(contact: &Contact, field: Field, agreed: Option<String>) -> Option<String> {
    rivals(contact, field).map(|values| values.join(" or ")).or(agreed)
}

/// `ninth`-style counts: `number 9 of calls since 2025-01-01`, `at least 5 calls`.
pub fn count(count: &Count) -> String {
    let least = if count.at_least { "at least " } else { "" };
    let mut text = match count.of {
        CountOf::Ordinal => format!("{least}number {} of the {}", count.n, plural(count.kind, 2)),
        CountOf::Total => format!("{least}{} {}", count.n, plural(count.kind, count.n)),
    };
    if !count.scope.is_empty() {
        text.push_str(&format!(" “{}”", plain(&count.scope)));
    }
    if !count.period.is_unknown() {
        text.push_str(&format!(" ({})", date(count.period)));
    }
    text
}

/// `call`, `calls`.
pub fn plural(kind: ContactKind, n: u32) -> String {
    match (kind, n) {
        (ContactKind::Talks, 1) => "round of talks".to_owned(),
        (ContactKind::Talks, _) => "rounds of talks".to_owned(),
        (kind, 1) => kind.as_str().to_owned(),
        (kind, _) => format!("{}s", kind.as_str()),
    }
}

/// `at least 2 calls missing between Donald Trump and Vladimir Putin after 2025-07-03 and before 2025-12-28`.
pub fn gap(gap: &Gap) -> String {
    let (number, n) = match gap.max {
        Some(max) if max == gap.min => (format!("{max}"), max),
        Some(max) if gap.min == 0 => (format!("up to {max}"), max),
        Some(max) => (format!("{} to {max}", gap.min), max),
        None => (format!("at least {}", gap.min), gap.min),
    };
    let names: Vec<String> = gap.participants.iter().map(|a| plain(&a.name)).collect();
    let between = match &names[..] {
        [] => String::new(),
        [one] => format!(" with {one}"),
        [most @ .., last] => format!(" between {} and {last}", most.join(", ")),
    };
    let when = match (gap.after, gap.before) {
        (Some(a), Some(b)) => format!(" after {a} and before {b}"),
        (Some(a), None) => format!(" after {a}"),
        (None, Some(b)) => format!(" before {b}"),
        (None, None) => String::new(),
    };
    format!("{number} {} missing{between}{when}", plural(gap.kind, n))
}

/// The counts a gap rests on, each quoted with its document: `“ninth call since the start of 2025” [001_4330]`.
pub fn because(chronology: &Chronology, gap: &Gap) -> String {
    const MOST: usize = 3;
    let quotes = gap.because.iter().take(MOST).map(|(document, source)| {
        let entry = chronology.documents.get(*document);
        let id = entry.map_or(String::new(), |d| plain(&d.id));
        let title = if source.original.part == TextPart::Title { ", title" } else { "" };
        format!("“{}” [{id}{title}]", shorten(&plain(&source.text), 100))
    });
    let mut text = quotes.collect::<Vec<_>>().join("; ");
    if gap.because.len() > MOST {
        text.push_str(&format!(" and {} more", gap.because.len() - MOST));
    }
    text
}

/// Number and noun: `1 contact`, `2 contacts`.
pub fn number(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// How well a field is supported, in words.
pub fn agreement(contact: &Contact, field: Field) -> Option<&'static str> {
    let (_, agreement) = contact.agreement.iter().find(|(f, _)| *f == field)?;
    Some(match agreement {
        Agreement::Agreed => "agreed",
        Agreement::SingleSource => "single source",
        Agreement::Disputed => "disputed",
    })
}

/// The status, where it is worth a word: nothing for `held`.
pub fn status(contact: &Contact) -> Option<String> {
    let agreed = (contact.status != Status::Held).then(|| contact.status.as_str().to_owned());
    with_rivals(contact, Field::Status, agreed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_show_their_precision() {
        for (edtf, expected) in [
            ("2025-12-28", "2025-12-28"),
            ("2025-12", "2025-12"),
            ("2025", "2025"),
            ("..", "undated"),
            ("../2025-07-02", "before 2025-07-03"),
            ("2025-07-03/..", "after 2025-07-02"),
            ("2025-12-28/2025-12-30", "28–30 Dec 2025"),
            ("2025-11-28/2025-12-03", "28 Nov – 3 Dec 2025"),
            ("2025-12-28/2026-01-03", "28 Dec 2025 – 3 Jan 2026"),
            ("2025-06-01/2025-08-31", "Jun–Aug 2025"),
            ("2025-11-01/2026-02-28", "Nov 2025 – Feb 2026"),
            ("2024-01-01/2025-12-31", "2024–2025"),
        ] {
            assert_eq!(edtf.parse().map(date), Ok(expected.to_owned()), "{edtf}");
        }
    }

    #[test]
    fn durations() {
        let of = |min, max| duration(Duration { min, max });
        assert_eq!(of(Some(75), Some(75)), "75 min");
        assert_eq!(of(Some(60), Some(75)), "60–75 min");
        assert_eq!(of(Some(60), None), "at least 60 min");
        assert_eq!(of(None, Some(60)), "up to 60 min");
    }
}
