//! Owns the words of counts that need no tree: numbers put beside the noun ("that call, their sixth this year"), "ten of them
//! were calls", counts since somebody took office, and the period that the counts of one text share.

use readout_times::{Bound, Meaning};
use readout_types::{Count, CountOf, Date, Interval, Report, Span};

use crate::counts::{cardinal, ordinal};
use crate::mentions::Referent;
use crate::reports::Told;
use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::TimeAt;

/// `that call, their sixth this year`: an ordinal in apposition to a contact noun.
pub(crate) fn apposed(tree: &Tree<'_>, noun: usize) -> Option<(usize, u32, CountOf)> {
    let comma = (noun + 1..(noun + 8).min(tree.len())).find(|&t| matches!(tree.word(t), "," | "—" | "–" | "("))?;
    let at = comma + 2;
    if at >= tree.len() || !matches!(tree.lower(comma + 1).as_str(), "their" | "the" | "his" | "her") {
        return None;
    }
    let n = ordinal(&tree.lower(at)).filter(|n| *n > 1)?;
    let ends = at + 1 >= tree.len()
        || matches!(
            tree.lower(at + 1).as_str(),
            "this"
                | "of"
                | "since"
                | "in"
                | "such"
                | "so"
                | "to"
                | "within"
                | ","
                | "."
                | ")"
                | "—"
                | "–"
                | ";"
                | "after"
        );
    ends.then_some((at, n, CountOf::Ordinal))
}

/// `ten of them were telephone conversations`: how many of what was counted before are contacts of this kind.
pub(crate) fn of_them(tree: &Tree<'_>, noun: usize) -> Option<(usize, u32, CountOf)> {
    (noun.saturating_sub(8)..noun.saturating_sub(2)).find_map(|t| {
        let n = cardinal(&tree.lower(t)).filter(|n| *n > 1)?;
        let them = matches!(tree.lower(t + 2).as_str(), "them" | "these" | "those" | "which" | "whom");
        let are = (t + 3..noun).any(|k| tree.lemma(k) == "be");
        (tree.lower(t + 1) == "of" && them && are).then_some((t, n, CountOf::Total))
    })
}

/// "Ten of them were calls, Sunday's and Monday's included": the days that a total names among what it counts, each a contact
/// of its own with the same parties.
pub(crate) fn members<'a>(tree: &Tree<'_>, told: &Told<'a>, day: Option<Date>) -> Vec<Told<'a>> {
    let total = told.count.as_ref().is_some_and(|c| c.of == CountOf::Total);
    let among = (0..tree.len()).any(|t| matches!(tree.lower(t).as_str(), "included" | "including" | "among"));
    let sides: Vec<_> = told.mention.party.iter().chain(&told.mention.other).copied().collect();
    if !total || !among || sides.len() < 2 {
        return Vec::new();
    }
    let Some(day) = day else { return Vec::new() };
    let on = |token: usize| {
        let next = tree.lower(token + 1);
        let word = tree.lower(token);
        let name = word.strip_suffix("'s").or(word.strip_suffix("’s"));
        let name = name.or(Some(word.as_str()).filter(|_| matches!(next.as_str(), "'s" | "’s")))?;
        let weekday = WEEKDAYS.iter().position(|w| *w == name)? as i8 + 1;
        let when = (0..7)
            .map(|back| Interval::day(day).shift(-back))
            .find(|d| d.as_day().is_some_and(|d| d.weekday().to_monday_one_offset() == weekday))?;
        let mut one = Told { count: None, dated: true, parties: sides.clone(), duration: None, ..told.clone() };
        one.when.interval = when;
        one.when.basis = "named among those counted".to_owned();
        one.when_spans = vec![tree.sentence.tokens[token].span];
        Some(one)
    };
    (0..tree.len()).filter_map(on).collect()
}

/// From Monday, in lower case.
pub(crate) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether an expression is a year over which is counted ("in 2025"), and which.
pub(crate) fn whole_year(time: &TimeAt, day: Option<Date>) -> Option<Interval> {
    if !matches!(time.expression.meaning, Meaning::Date(_)) || time.expression.bound == Bound::Since {
        return None;
    }
    let days = time.expression.resolve(day, readout_times::Direction::Past).interval;
    let year = Interval::year(days.earliest?.year())?;
    (days == year).then_some(year)
}

/// Whether an ordinal is the day of a month ("on the 17th") and counts nothing.
pub(crate) fn is_day_of_month(tree: &Tree<'_>, times: &[TimeAt], token: usize) -> bool {
    let span = tree.sentence.tokens[token].span;
    tree.word(token).starts_with(|c: char| c.is_ascii_digit())
        && times.iter().any(|t| matches!(t.expression.meaning, Meaning::Date(_)) && t.expression.span.overlaps(span))
}

/// Words for holding office, in "since Trump began his second term", "since his return to the White House".
const OFFICE: [&str; 12] = [
    "term",
    "office",
    "inauguration",
    "presidency",
    "power",
    "tenure",
    "premiership",
    "mandate",
    "inaugurate",
    "chancellery",
    "house",
    "palace",
];

/// The day since which is counted in "since Trump began his second term": the first of the term that somebody named after
/// `since` serves, with the words. `day` is that of the document.
pub(crate) fn since_term(document: &Document<'_>, sentence: usize, day: Option<Date>) -> Option<(Date, Span)> {
    let tree = document.tree(sentence);
    let since = (0..tree.len()).find(|&t| tree.lower(t) == "since")?;
    let end = (since + 14).min(tree.len());
    let office = (since + 1..end)
        .take_while(|&t| !matches!(tree.word(t), "," | "." | ";" | ":"))
        .filter(|&t| OFFICE.contains(&tree.lemma(t).as_str()))
        .last()?;
    let holder = document.mentions[document.by_sentence[sentence].clone()].iter().find_map(|m| match m.referent {
        Referent::Actor(id) if m.first > since && m.first <= office => document.cast.get(id).person,
        _ => None,
    })?;
    // Which of several terms is meant, only the day of the document tells.
    let day = day?;
    let first = document.knowledge.table.person(holder).term_on(Some(day))?.span.earliest?;
    (first <= day).then(|| (first, tree.sentence.tokens[since].span.cover(tree.sentence.tokens[office].span)))
}

/// The year over which the sentence before counts: "17 contacts in 2025".
pub(crate) fn year_before(document: &Document<'_>, sentence: usize, day: Option<Date>) -> Option<Interval> {
    let tree = document.tree(sentence.checked_sub(1)?);
    let year = (1..tree.len()).find_map(|t| {
        let before = tree.lower(t - 1);
        match before.as_str() {
            "this" if tree.lower(t) == "year" => Some(day?.year()),
            "in" | "of" | "during" | "for" | "throughout" => {
                tree.word(t).parse::<i16>().ok().filter(|year| (1900..=2100).contains(year))
            }
            _ => None,
        }
    })?;
    let days = Interval::year(year)?;
    Some(Interval { earliest: days.earliest, latest: days.latest.into_iter().chain(day).min() })
}

/// Gives ordinals without a period the one over which the same text counts contacts of these parties: "ten calls in 2025.
/// The third …".
pub(crate) fn share_periods(reports: &mut [Report]) {
    let keys = |report: &Report| {
        let mut keys: Vec<String> = report.participants.iter().map(|p| p.key.clone()).collect();
        keys.sort();
        (report.kind.group(), keys)
    };
    let counted: Vec<_> = reports
        .iter()
        .flat_map(|r| r.counts.iter().map(move |c| (keys(r), c)))
        .filter(|(_, c)| c.period.earliest.is_some())
        .map(|(keys, count)| (keys, count.of, count.n, count.period))
        .collect();
    for report in reports {
        let own = keys(report);
        let bare =
            |c: &Count| c.scope.is_empty() && c.period.earliest.is_none() && c.of == CountOf::Ordinal && !c.at_least;
        for count in report.counts.iter_mut().filter(|c| bare(c)) {
            let mut told = counted.iter().filter(|(keys, of, n, _)| {
                *keys == own && (*of == CountOf::Total && *n >= count.n || *of == CountOf::Ordinal && *n != count.n)
            });
            if let Some((.., period)) = told.next()
                && told.all(|other| other.3.earliest == period.earliest)
            {
                count.period = *period;
            }
        }
    }
}
