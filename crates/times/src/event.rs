//! Owns fixed events as date hints: the summits of known series, found in text and dated from a table.

use std::sync::LazyLock;

use readout_types::{Date, Interval, Span};

use crate::Direction;
use crate::lexicon::rows;

const EVENTS: &str = include_str!("../../../data/times/events.tsv");

/// An event of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// Series: `G20`, `NATO`, `APEC`.
    pub series: &'static str,
    /// Its days.
    pub days: Interval,
    /// Where it took place, in the spellings of news.
    pub places: Vec<&'static str>,
}

struct Table {
    /// Name in lower case and series, longest first.
    aliases: Vec<(&'static str, &'static str)>,
    events: Vec<KnownEvent>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { aliases: Vec::new(), events: Vec::new() };
    for row in rows(EVENTS) {
        match row.as_slice() {
            ["alias", series, names @ ..] => table.aliases.extend(names.iter().map(|n| (*n, *series))),
            [series, first, last, places] => {
                if let (Ok(a), Ok(b)) = (first.parse::<Date>(), last.parse::<Date>()) {
                    let places = places.split('|').collect();
                    table.events.push(KnownEvent { series, days: Interval::between(a, b), places });
                }
            }
            _ => {}
        }
    }
    table.aliases.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    table
});

/// A mention of an event of a known series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventHint {
    /// Where it stands: the name, with the year or place beside it left out.
    pub span: Span,
    /// Series: `G20`, `NATO`, `APEC`.
    pub series: &'static str,
    /// The year written beside it.
    pub year: Option<i16>,
    /// The place written after it, when the series met there.
    pub place: Option<&'static str>,
}

/// Events of known series named in a text, in order, not overlapping.
pub fn event_hints(text: &str) -> Vec<EventHint> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<EventHint> = Vec::new();
    for (name, series) in &TABLE.aliases {
        let mut from = 0;
        while let Some(at) = lower.get(from..).and_then(|rest| rest.find(name)) {
            let (start, end) = (from + at, from + at + name.len());
            from = end;
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let capital = text[start..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if word(text[..start].chars().next_back()) || word(text[end..].chars().next()) || !capital {
                continue;
            }
            if of_ministers(text, end) {
                continue;
            }
            let span = Span::new(start, end);
            let year = year_beside(text, start, end);
            let place = place_after(text, series, end);
            found.push(EventHint { span, series, year, place });
        }
    }
    found.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end)));
    let mut end = 0;
    found.retain(|h| {
        let keep = h.span.start >= end;
        if keep {
            end = h.span.end;
        }
        keep
    });
    found
}

/// "G20 finance ministers", "the NATO ministerial", "the G7's foreign ministers": not the summit of the leaders, whose days
/// the table has.
fn of_ministers(text: &str, end: usize) -> bool {
    let after = window(text, end, 40);
    let after = after.trim_start_matches("'s").trim_start_matches("’s");
    let word = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
    after.starts_with(' ')
        && matches!(
            word.as_str(),
            "ministerial"
                | "minister"
                | "ministers"
                | "foreign"
                | "finance"
                | "defence"
                | "defense"
                | "trade"
                | "energy"
                | "health"
                | "interior"
                | "sherpa"
                | "sherpas"
                | "ambassadors"
                | "envoys"
                | "parliamentary"
        )
}

/// The text after a place, up to so many bytes, on a character boundary and inside the sentence.
fn window(text: &str, from: usize, bytes: usize) -> &str {
    let mut to = (from + bytes).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let slice = text.get(from..to).unwrap_or("");
    slice.split(['\n', ';', '!', '?']).next().unwrap_or("")
}

fn year_beside(text: &str, start: usize, end: usize) -> Option<i16> {
    let year = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
        (1975..=2100).contains(&year).then_some(year)
    };
    let before = text.get(..start)?.split_whitespace().next_back().and_then(year);
    before.or_else(|| window(text, end, 40).split_whitespace().take(6).find_map(year))
}

fn place_after(text: &str, series: &str, end: usize) -> Option<&'static str> {
    let near = window(text, end, 60);
    let same = TABLE.events.iter().filter(|e| e.series == series);
    same.flat_map(|e| e.places.iter().copied()).find(|place| near.contains(place))
}

impl EventHint {
    /// The event meant: of the year and place written, else the nearest to the reference in the direction of the
    /// verb, and not more than 200 days off. `None` when the table does not tell.
    pub fn resolve(&self, reference: Option<Date>, direction: Direction) -> Option<&'static KnownEvent> {
        let fits = |e: &&KnownEvent| {
            e.series == self.series
                && self.place.is_none_or(|p| e.places.contains(&p))
                && self.year.is_none_or(|y| e.days.earliest.is_some_and(|d| d.year() == y))
        };
        let mut candidates = TABLE.events.iter().filter(fits);
        let Some(day) = reference else {
            let only = candidates.next()?;
            return (candidates.next().is_none() && (self.year.is_some() || self.place.is_some())).then_some(only);
        };
        // Days from the reference to the event; 0 during it.
        let distance = |e: &KnownEvent| -> i32 {
            match (e.days.earliest, e.days.latest) {
                (Some(first), _) if first > day => (first - day).get_days(),
                (_, Some(last)) if last < day => (last - day).get_days(),
                _ => 0,
            }
        };
        let stated = self.year.is_some() || self.place.is_some();
        candidates
            .filter(|e| match direction {
                Direction::Past => distance(e) <= 0,
                Direction::Future => distance(e) >= 0,
                Direction::Unknown => true,
            })
            .filter(|e| stated || distance(e).abs() <= 200)
            .min_by_key(|e| distance(e).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, reference: &str, direction: Direction, expected: &str) {
        let hints = event_hints(text);
        let days = hints.first().and_then(|h| h.resolve(reference.parse().ok(), direction)).map(|e| e.days.edtf());
        assert_eq!(days.unwrap_or_default(), expected, "{text}: {hints:?}");
    }

    #[test]
    fn summits() {
        check("on the sidelines of the G20 summit in Hamburg", "", Direction::Unknown, "2017-07-07/2017-07-08");
        check("ahead of the G-20 summit", "2017-07-03", Direction::Future, "2017-07-07/2017-07-08");
        check("They last met at the G20.", "2017-09-01", Direction::Past, "2017-07-07/2017-07-08");
        check("at the 2014 NATO summit", "2020-01-01", Direction::Unknown, "2014-09-04/2014-09-05");
        check("at the NATO summit in Brussels in 2018", "2020-01-01", Direction::Past, "2018-07-11/2018-07-12");
        check("the G7 summit", "2012-12-31", Direction::Future, "2013-06-17/2013-06-18");
        check("NATO said nothing", "2017-07-03", Direction::Past, "");
        check("the BG20 route", "2017-07-03", Direction::Past, "");
    }
}
