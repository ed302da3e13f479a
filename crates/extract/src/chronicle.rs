//! Owns chronicles: timelines and live reports, told entry by entry, each under its own day or hour.

use readout_times::{DateBase, DateMeaning, Direction, Meaning, PartialDate};
use readout_types::{Annotated, Date, Interval, Status};

use crate::mentioned::ContactMention;
use crate::when::TimeAt;

/// Entries that make a text a chronicle.
const ENTRIES: usize = 3;

/// The day of the entry in which each sentence stands; `None` outside of entries. Years that the entries leave out
/// ("Dec. 21, 2016: … Dec. 22: … Jan. 13: …") are filled in among the time expressions.
pub(crate) fn days(annotated: &Annotated, times: &mut [Vec<TimeAt>], day: Option<Date>) -> Vec<Option<Date>> {
    let text = &annotated.document.text;
    let none = vec![None; annotated.sentences.len()];
    // Where a sentence begins, behind its bullet.
    let opening = |s: usize| {
        let span = annotated.sentences[s].span;
        span.end - span.of(text).trim_start_matches(|c: char| !c.is_alphanumeric()).len() as u32
    };
    let words = |s: usize| text.get(opening(s) as usize..).unwrap_or_default();
    if (0..none.len()).filter(|&s| opens_with_clock(words(s))).count() > ENTRIES {
        // A live report is all of its day.
        return vec![day; none.len()];
    }
    let heads: Vec<Option<PartialDate>> = (0..none.len()).map(|s| head(&times[s], opening(s), text)).collect();
    if heads.iter().flatten().count() < ENTRIES {
        return none;
    }
    let mut out = none;
    let mut last: Option<PartialDate> = None;
    let mut current = None;
    let mut block = None;
    for s in 0..out.len() {
        for time in &times[s] {
            // The first entry may stand in the sentence that opens the list.
            if let Meaning::Date(DateMeaning { base: DateBase::Calendar(date, _), .. }) = time.expression.meaning
                && date.year.is_some()
                && text.get(time.expression.span.end as usize..).is_some_and(|rest| rest.starts_with(':'))
            {
                last = Some(date);
            }
        }
        if let Some(mut date) = heads[s] {
            if let (None, Some(before)) = (date.year, last.filter(|l| l.year.is_some())) {
                // From December to January the year turns.
                let turns = before.month > date.month && before.month >= date.month.map(|m| m + 6);
                date.year = before.year.map(|y| y + i16::from(turns));
            }
            last = Some(date);
            if let Some(time) = times[s].first_mut()
                && let Meaning::Date(DateMeaning { base: DateBase::Calendar(written, _), .. }) =
                    &mut time.expression.meaning
            {
                written.year = date.year;
            }
            let expression = times[s].first().map(|t| &t.expression);
            current = expression.and_then(|e| e.resolve(day, Direction::Past).interval.as_day());
        } else if let (Some(before), Some(here)) = (last.filter(|l| l.year.is_some()), current) {
            // Days named within an entry are of its year, too.
            for time in &mut times[s] {
                if let Meaning::Date(DateMeaning { base: DateBase::Calendar(written, _), .. }) =
                    &mut time.expression.meaning
                    && written.year.is_none()
                    && written.month.is_some()
                    && before.month == written.month
                {
                    written.year = Some(Date::year(here));
                }
            }
        }
        // An entry ends where another paragraph follows that is none.
        let own = annotated.sentences[s].block;
        if heads[s].is_some() || opening(s) != annotated.sentences[s].span.start {
            block = Some(own);
        } else if block != Some(own) {
            current = None;
        }
        out[s] = current;
    }
    out
}

/// The day with which an entry opens: "Dec. 22: …", "14 May 2025 – …".
fn head(times: &[TimeAt], opening: u32, text: &str) -> Option<PartialDate> {
    let first = &times.first()?.expression;
    let Meaning::Date(DateMeaning { base: DateBase::Calendar(date, _), .. }) = first.meaning else { return None };
    let rest = text.get(first.span.end as usize..)?.trim_start_matches([' ', ',']);
    let opens = first.span.start == opening && rest.starts_with([':', '–', '—', '-', '\n']);
    (opens && date.day.is_some() && date.month.is_some()).then_some(date)
}

/// "14.25 Kyiv got the first ring", "9:05 a.m.: …".
fn opens_with_clock(opening: &str) -> bool {
    let Some((hour, rest)) = opening.split_once([':', '.']) else { return false };
    let minute: String = rest.chars().take(2).collect();
    let next = rest.chars().nth(2);
    let number = |s: &str, below: u8| s.parse::<u8>().is_ok_and(|n| n < below);
    hour.len() <= 2
        && number(hour, 24)
        && minute.len() == 2
        && number(&minute, 60)
        && next.is_some_and(|c| c.is_whitespace())
}

/// The interval of a contact that an entry tells of without a day of its own.
pub(crate) fn told_in(entry: Option<Date>) -> Option<(Interval, String)> {
    entry.map(|d| (Interval::day(d), format!("told in the entry of {d}")))
}

/// Whether a mention is told as what happened in its entry, not as what went before or is to come.
pub(crate) fn tells(mention: &ContactMention<'_>) -> bool {
    matches!(mention.status, Status::Held | Status::Ongoing)
        && !mention.prior
        && !mention.pluperfect
        && !mention.definite
}
