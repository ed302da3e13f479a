//! Owns the choice of a document's own date among rivals.

use readout_types::{Date, DateBasis, DateCandidate, DocumentDate, Interval};

use crate::PartialDate;

/// Days by which two candidates may differ and still tell the same: time zones, and a page put online the day after.
const SAME: i32 = 3;

/// Days by which a dateline may lie before the date that gives it its year: pages are crawled late, seldom a year late.
const LATE: i32 = 300;

/// How far each source is trusted, lowest first.
fn rank(basis: DateBasis) -> u8 {
    match basis {
        DateBasis::Metadata => 0,
        DateBasis::Dateline => 1,
        DateBasis::Url => 2,
        DateBasis::Crawl => 3,
        DateBasis::Clock => 4,
        DateBasis::Inferred => 5,
    }
}

fn name(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Metadata => "metadata",
        DateBasis::Dateline => "dateline",
        DateBasis::Url => "address",
        DateBasis::Crawl => "crawl line",
        DateBasis::Clock => "page clock",
        DateBasis::Inferred => "text",
    }
}

/// Completes a day and month with the year that puts it on, or up to 300 days before, the best dated rival. `None`
/// without a rival that says a day, or for a date that has no day.
pub fn date_with_year(date: PartialDate, rivals: &[DateCandidate]) -> Option<Interval> {
    if date.year.is_some() {
        return date.interval();
    }
    date.day?;
    let mut dated: Vec<(&DateCandidate, Date)> =
        rivals.iter().filter_map(|c| Some((c, c.value.latest.or(c.value.earliest)?))).collect();
    dated.sort_by_key(|(c, _)| rank(c.basis));
    dated.into_iter().find_map(|(_, rival)| {
        [1, 0, -1].into_iter().find_map(|n| {
            let interval = PartialDate { year: rival.year().checked_add(n), ..date }.interval()?;
            let gap = (rival - interval.earliest?).get_days();
            // One day ahead: the rival's clock may stand west of the dateline.
            (-1..=LATE).contains(&gap).then_some(interval)
        })
    })
}

/// Days between two intervals; 0 where they overlap, `None` where either is unknown.
fn gap(a: Interval, b: Interval) -> Option<i32> {
    if a.is_unknown() || b.is_unknown() {
        return None;
    }
    if a.overlaps(b) {
        return Some(0);
    }
    match (a.latest, b.earliest, b.latest, a.earliest) {
        (Some(end), Some(start), ..) if end < start => Some((start - end).get_days()),
        (_, _, Some(end), Some(start)) => Some(-(start - end).get_days()),
        _ => None,
    }
}

/// Chooses the document's own date: metadata before header and dateline, before the address, the crawl line, the page
/// clock, and dates of the text. Two other sources that agree with each other overrule metadata that differs from both
/// by more than three days; a month gives way to a day inside it. The others are kept, best first, each with the
/// reason why it was passed over. Unknown candidates are dropped.
pub fn choose(candidates: Vec<DateCandidate>) -> DocumentDate {
    let mut all: Vec<DateCandidate> = candidates.into_iter().filter(|c| !c.value.is_unknown()).collect();
    // Of several date lines the latest is the page's: an older one is a clock that stopped or the date of something else.
    let latest_first =
        |c: &DateCandidate| (c.basis == DateBasis::Dateline).then_some(std::cmp::Reverse(c.value.latest));
    all.sort_by_key(|c| (rank(c.basis), c.value.as_day().is_none(), latest_first(c)));
    if all.is_empty() {
        return DocumentDate::default();
    }
    let agree = |a: &DateCandidate, b: &DateCandidate| gap(a.value, b.value).is_some_and(|g| g.abs() <= SAME);
    let mut best = 0;
    let mut why = String::new();
    if all[0].basis == DateBasis::Metadata {
        let others: Vec<usize> = (1..all.len())
            .filter(|&i| matches!(all[i].basis, DateBasis::Dateline | DateBasis::Url) && !agree(&all[0], &all[i]))
            .collect();
        let second = others.iter().copied().find(|&i| all[i].basis == DateBasis::Url);
        if let (Some(&line), Some(url)) = (others.first(), second)
            && line != url
            && agree(&all[line], &all[url])
        {
            best = line;
            why = "agrees with the address against the metadata".to_owned();
        }
    }
    if all[best].value.as_day().is_none() {
        let finer = (0..all.len()).find(|&i| {
            all[i].value.as_day().is_some()
                && all[i].basis != DateBasis::Inferred
                && all[i].value.within(all[best].value)
        });
        if let Some(i) = finer {
            why = format!("a day inside the {} date {}", name(all[best].basis), all[best].value);
            best = i;
        }
    }
    let mut chosen = all.remove(best);
    for rival in &mut all {
        let verdict = match gap(chosen.value, rival.value) {
            Some(0) => format!("agrees with the {}", name(chosen.basis)),
            Some(days) if rival.basis == DateBasis::Clock && days < -SAME => {
                format!("stale page clock: {} days before the {}", -days, name(chosen.basis))
            }
            Some(days) if rival.basis == DateBasis::Crawl && days > SAME => {
                format!("crawled {days} days after the {}", name(chosen.basis))
            }
            Some(days) if days > 0 => format!("{days} days after the {}", name(chosen.basis)),
            Some(days) => format!("{} days before the {}", -days, name(chosen.basis)),
            None => format!("cannot be compared with the {}", name(chosen.basis)),
        };
        add(&mut rival.reason, &verdict);
    }
    if why.is_empty() {
        why = match chosen.basis {
            DateBasis::Crawl => "nothing better than the day of the crawl".to_owned(),
            DateBasis::Clock => "nothing better than the page's clock, which may be stale".to_owned(),
            basis => format!("the {} says so", name(basis)),
        };
    }
    add(&mut chosen.reason, &why);
    DocumentDate { chosen: Some(chosen), rivals: all }
}

fn add(reason: &mut String, more: &str) {
    if !reason.is_empty() {
        reason.push_str("; ");
    }
    reason.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(basis: DateBasis, value: &str) -> DateCandidate {
        DateCandidate { value: value.parse().unwrap_or_default(), basis, span: None, reason: String::new() }
    }

    fn check(candidates: &[(DateBasis, &str)], expected: &str) -> DocumentDate {
        let found = choose(candidates.iter().map(|(b, v)| candidate(*b, v)).collect());
        assert_eq!(found.chosen.as_ref().map(|c| c.value.edtf()).unwrap_or_default(), expected, "{candidates:?}");
        found
    }

    #[test]
    fn the_latest_of_several_date_lines_is_the_page_s_own() {
        let line = |day: &str| DateCandidate {
            value: day.parse().expect("date"),
            basis: DateBasis::Dateline,
            span: None,
            reason: "date line".to_owned(),
        };
        for order in [["2025-01-03", "2025-05-19"], ["2025-05-19", "2025-01-03"]] {
            let date = choose(order.iter().map(|d| line(d)).collect());
            assert_eq!(date.chosen.map(|c| c.value.edtf()).as_deref(), Some("2025-05-19"));
        }
    }

    #[test]
    fn the_order_of_sources() {
        use DateBasis::{Clock, Crawl, Dateline, Inferred, Metadata, Url};
        check(&[(Crawl, "2025-08-02"), (Dateline, "2025-07-04")], "2025-07-04");
        check(&[(Clock, "2024-01-02"), (Crawl, "2025-07-22")], "2025-07-22");
        check(&[(Url, "2025-01"), (Crawl, "2025-01-27")], "2025-01-27");
        check(&[(Url, "2025-01"), (Metadata, "2025-01-26")], "2025-01-26");
        check(&[(Metadata, "2025-06-30"), (Dateline, "2025-03-01"), (Url, "2025-03-02")], "2025-03-01");
        check(&[(Metadata, "2025-06-30"), (Dateline, "2025-03-01")], "2025-06-30");
        check(&[(Inferred, "2025-03"), (Clock, "2025-05-01")], "2025-05-01");
        check(&[(Inferred, "..")], "");
        let stale = check(&[(Clock, "2024-01-02"), (Dateline, "2025-07-04"), (Crawl, "2025-07-22")], "2025-07-04");
        let reasons: Vec<&str> = stale.rivals.iter().map(|c| c.reason.as_str()).collect();
        assert_eq!(reasons, ["crawled 18 days after the dateline", "stale page clock: 549 days before the dateline"]);
    }

    #[test]
    fn a_dateline_takes_its_year_from_rivals() {
        let date = |month, day| PartialDate { month: Some(month), day: Some(day), ..PartialDate::default() };
        let year = |d, rival: &str| date_with_year(d, &[candidate(DateBasis::Crawl, rival)]).map(|i| i.edtf());
        assert_eq!(year(date(2, 12), "2025-02-12").as_deref(), Some("2025-02-12"));
        assert_eq!(year(date(12, 30), "2025-01-05").as_deref(), Some("2024-12-30"));
        assert_eq!(year(date(7, 3), "2025-08-02").as_deref(), Some("2025-07-03"));
        assert_eq!(year(date(1, 1), "2024-12-31").as_deref(), Some("2025-01-01"));
        assert_eq!(date_with_year(date(7, 3), &[]), None);
    }
}
