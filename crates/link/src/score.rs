//! Owns the comparison of two reports or clusters: what forbids the link, what speaks for and against, and the words for it.

use readout_types::ContactKind;

use crate::days::{Days, OPEN_LOW};
use crate::parties::shares;
use crate::profile::{DATED_WIDTH, PlaceFit, Profile};
use crate::weights as w;

/// Counts that start so few days apart ("this year", "since he took office in January") mostly count the same.
const SIMILAR_START: i32 = 45;

/// One thing that speaks for or against a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reason {
    pub weight: i32,
    what: &'static str,
    days: Option<Days>,
    n: Option<u32>,
}

impl Reason {
    fn plain(weight: i32, what: &'static str) -> Reason {
        Reason { weight, what, days: None, n: None }
    }

    /// `same day 2025-12-28 (+2.0)`.
    pub(crate) fn describe(&self) -> String {
        let mut text = self.what.to_owned();
        if let Some(days) = self.days {
            text.push(' ');
            text.push_str(&days.edtf());
        }
        if let Some(n) = self.n {
            text.push_str(&format!(" {n}"));
        }
        format!("{text} ({:+.1})", self.weight as f32 / 100.0)
    }
}

/// The outcome of a comparison that nothing forbids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Hundredths of a point.
    pub score: i32,
    pub reasons: Vec<Reason>,
    /// The parties are the same persons (or states) throughout.
    pub same_parties: bool,
    /// Something other than parties, kind and time ties them.
    pub strong_tie: bool,
}

impl Verdict {
    pub(crate) fn add(&mut self, weight: i32, what: &'static str) {
        self.push(Reason::plain(weight, what));
    }

    fn push(&mut self, reason: Reason) {
        self.score += reason.weight;
        self.reasons.push(reason);
    }

    pub(crate) fn links(&self) -> bool {
        self.score >= w::THRESHOLD
    }
}

/// Compares two; `None` when they cannot be one contact: a common document, other parties, clashing ordinals, other days of
/// the week, or days more than `tolerance` apart.
pub(crate) fn compare(a: &Profile, b: &Profile, tolerance: i32) -> Option<Verdict> {
    let distance = a.span.distance(b.span);
    if a.group != b.group || distance > tolerance {
        return None;
    }
    let parties = a.parties.fit(&b.parties)?;
    if shares(&a.documents, &b.documents) || a.ordinals_clash(b) || a.weekdays_agree(b) == Some(false) {
        return None;
    }
    let mut verdict = Verdict { same_parties: parties.same, ..Verdict::default() };
    verdict.add(parties.weight, parties.reason);
    compare_kinds(a, b, &mut verdict);
    compare_days(a, b, &mut verdict);
    compare_ties(a, b, &mut verdict);
    compare_news(a, b, &mut verdict);
    let against = |x: &Profile, y: &Profile| (x.only_cancelled && y.happened, x.only_denied && y.happened);
    if against(a, b).0 || against(b, a).0 {
        verdict.add(w::CANCELLED_AND_HELD, "cancelled here, held there");
    }
    if against(a, b).1 || against(b, a).1 {
        verdict.add(w::DENIED_AND_HELD, "denied here, held there");
    }
    compare_plans(a, b, &mut verdict);
    Some(verdict)
}

/// A plan and its cancelling belong together; a plan made after a cancelling is mostly another one.
fn compare_plans(a: &Profile, b: &Profile, verdict: &mut Verdict) {
    for (plan, cancelled) in [(a, b), (b, a)] {
        let (Some(made), Some(dropped)) = (plan.written, cancelled.written) else { continue };
        if !plan.planned || plan.happened || !cancelled.only_cancelled {
            continue;
        }
        if dropped.high < made.low {
            verdict.add(w::CANCELLED_THEN_PLANNED, "cancelled before it was planned");
        } else {
            verdict.add(w::PLANNED_THEN_CANCELLED, "cancelled after it was planned");
        }
    }
}

fn compare_kinds(a: &Profile, b: &Profile, verdict: &mut Verdict) {
    let (x, y) = (a.kind(), b.kind());
    if x == y {
        verdict.add(w::KIND_SAME, "same kind");
    } else if x == ContactKind::Visit || y == ContactKind::Visit {
        verdict.add(w::KIND_VISIT, "a visit against a meeting or talks");
    } else {
        verdict.add(w::KIND_RELATED, "related kinds");
    }
}

fn compare_days(a: &Profile, b: &Profile, verdict: &mut Verdict) {
    let Some(common) = a.span.meet(b.span) else {
        verdict.add(w::NEXT_DAY, "neighbouring days");
        return;
    };
    if a.weekdays_agree(b) == Some(true) {
        verdict.add(w::SAME_WEEKDAY, "same day of the week");
    }
    if !a.span.is_bounded() || !b.span.is_bounded() {
        return;
    }
    let (weight, what) = match a.span.width().max(b.span.width()) {
        1 => (w::SAME_DAY, "same day"),
        2..=3 => (w::WITHIN_DAYS, "same days"),
        4..=DATED_WIDTH => (w::WITHIN_WEEK, "within"),
        11..=31 => (w::WITHIN_MONTH, "within the month"),
        32..=400 => (w::WITHIN_YEAR, "within the year"),
        _ => return,
    };
    verdict.push(Reason { weight, what, days: Some(common), n: None });
}

fn compare_ties(a: &Profile, b: &Profile, verdict: &mut Verdict) {
    if let Some((weight, n)) = same_ordinal(a, b) {
        verdict.push(Reason { weight, what: "same number in the series:", days: None, n: Some(n) });
        verdict.strong_tie = true;
    }
    if shares(&a.copied, &b.copied) {
        verdict.add(w::SAME_TEXT, "the same words in copies of one text");
        verdict.strong_tie = true;
    }
    if shares_two(&a.quotes, &b.quotes) {
        verdict.add(w::SHARED_QUOTE, "the same words quoted");
        verdict.strong_tie = true;
    }
    if let (Some(x), Some(y)) = (a.duration, b.duration) {
        if x.0 <= y.1 && y.0 <= x.1 {
            verdict.add(w::SAME_DURATION, "durations agree");
            verdict.strong_tie |= verdict.same_parties && a.main.is_some() && b.main.is_some();
        } else {
            verdict.add(w::OTHER_DURATION, "durations differ");
        }
    }
    match a.place_fit(b) {
        PlaceFit::Unknown => {}
        PlaceFit::Same => verdict.add(w::SAME_PLACE, "same place"),
        PlaceFit::OtherName => verdict.add(w::OTHER_PLACE, "other name of the place"),
        PlaceFit::OtherCountry => verdict.add(w::OTHER_COUNTRY, "places in different countries"),
    }
}

/// What the dates of the documents say about news that its text does not date.
fn compare_news(a: &Profile, b: &Profile, verdict: &mut Verdict) {
    if !verdict.same_parties || (a.is_dated() && b.is_dated()) {
        return;
    }
    let near = |news: &Profile, other: &Profile| {
        news.is_undated_news()
            && other.is_dated()
            && news.main.is_some_and(|day| day.distance(other.span) <= 2 && day.width() <= DATED_WIDTH)
    };
    let both = matches!((a.main, b.main), (Some(x), Some(y)) if x.distance(y) <= 2);
    let undated_pair = a.is_undated_news() && b.is_undated_news();
    if both && (undated_pair || near(a, b) || near(b, a)) {
        verdict.add(w::BOTH_MAIN, "news of both documents, written at most two days apart");
    } else if near(a, b) || near(b, a) {
        verdict.add(w::MAIN_NEAR_DAY, "news of a document written at most two days after");
    }
}

fn same_ordinal(a: &Profile, b: &Profile) -> Option<(i32, u32)> {
    let mut best = None;
    for x in &a.ordinals {
        for y in b.ordinals.iter().filter(|y| y.kind == x.kind && y.n == x.n) {
            let weight = if x.start != OPEN_LOW && x.start == y.start {
                w::SAME_ORDINAL
            } else if x.start == OPEN_LOW || y.start == OPEN_LOW {
                w::BARE_ORDINAL
            } else if (x.start - y.start).abs() <= SIMILAR_START {
                w::SIMILAR_ORDINAL
            } else {
                continue;
            };
            best = best.max(Some((weight, x.n)));
        }
    }
    best
}

fn shares_two(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() && n < 2 {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n >= 2
}
