//! Owns the ledger of counts: how many contacts a claim says there were, how many are found, and so how many are
//! missing, between which days.

use std::collections::BTreeSet;

use readout_types::{
    Contact, CountClaim, CountOf, CountSeries, Date, Diagnostic, EvidenceSource, Extraction, Gap, Interval, Level,
};

use crate::series::{Claim, Series};

/// A contact dated to no more than so many days can be a landmark.
const LANDMARK_DAYS: i32 = 7;

/// A day by which the series had exactly so many members.
#[derive(Clone)]
struct Landmark<'a> {
    at: Interval,
    /// Members up to and including this one.
    upto: u32,
    /// 1 when the landmark is itself a member, 0 for a total at the end of a period or the day of a document.
    own: u32,
    contact: Option<usize>,
    claims: Vec<&'a Claim>,
}

/// Gaps and warnings of all series.
pub(crate) fn gaps(contacts: &[Contact], extractions: &[Extraction], series: &[Series]) -> (Vec<Gap>, Vec<Diagnostic>) {
    let (mut gaps, mut warnings) = (Vec::new(), Vec::new());
    for one in series {
        let ledger = Ledger { contacts, extractions, series: one };
        let landmarks = ledger.landmarks(&mut warnings);
        ledger.between(&landmarks, &mut gaps, &mut warnings);
        ledger.floors(&landmarks, &mut gaps);
    }
    gaps.sort_by_key(|gap| (gap.after, gap.before, gap.kind));
    gaps.dedup();
    (gaps, warnings)
}

/// Every count beside what is found, series by series in a fixed order. Contacts have their ids.
pub(crate) fn counted(contacts: &[Contact], extractions: &[Extraction], series: &[Series]) -> Vec<CountSeries> {
    let mut counted: Vec<CountSeries> = Vec::new();
    for one in series {
        let ledger = Ledger { contacts, extractions, series: one };
        let mut warnings = Vec::new();
        let landmarks = ledger.landmarks(&mut warnings);
        ledger.between(&landmarks, &mut Vec::new(), &mut warnings);
        let mut claims: Vec<CountClaim> = one.claims.iter().map(|claim| ledger.against_found(claim)).collect();
        claims.sort_by(|a, b| (a.by, a.n, a.document, &a.source).cmp(&(b.by, b.n, b.document, &b.source)));
        claims.dedup();
        counted.push(CountSeries {
            kind: one.kind,
            participants: one.participants.clone(),
            period: one.period,
            claims,
            contradictions: warnings.into_iter().map(|w| w.message).collect(),
        });
    }
    let names = |s: &CountSeries| s.participants.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
    counted.sort_by(|a, b| {
        let key = |s: &CountSeries| (s.period.earliest.is_none(), s.period.earliest, s.period.latest, s.kind);
        (names(a), key(a)).cmp(&(names(b), key(b)))
    });
    counted
}

fn next(day: Date, days: i32) -> Date {
    Interval::day(day).shift(days).earliest.unwrap_or(day)
}

struct Ledger<'a> {
    contacts: &'a [Contact],
    extractions: &'a [Extraction],
    series: &'a Series,
}

impl<'a> Ledger<'a> {
    /// The start of the period, then the exact counts in order of their days; of contradicting ones those with more
    /// documents behind them, the others named in a warning.
    fn landmarks(&self, warnings: &mut Vec<Diagnostic>) -> Vec<Landmark<'a>> {
        let mut found: Vec<Landmark<'a>> = Vec::new();
        for claim in self.series.claims.iter().filter(|c| !self.is_floor(c)) {
            let Some(mark) = self.landmark(claim) else { continue };
            let same = |m: &&mut Landmark<'a>| m.at == mark.at && m.upto == mark.upto && m.contact == mark.contact;
            match found.iter_mut().find(same) {
                Some(known) => known.claims.push(claim),
                None => found.push(mark),
            }
        }
        found.sort_by_key(|m| (m.at.latest, m.at.earliest, m.upto, m.contact));
        let mut kept: Vec<Landmark<'a>> = Vec::new();
        for mark in found {
            while let Some(last) = kept.last() {
                let at_odds =
                    mark.contact == last.contact && mark.contact.is_some() || mark.upto < last.upto + mark.own;
                let same_total = mark.contact.is_none() && mark.upto == last.upto;
                if !at_odds || same_total {
                    break;
                }
                self.warn(last, &mark, warnings);
                if mark.claims.len() > last.claims.len() {
                    kept.pop();
                } else {
                    break;
                }
            }
            let fits = kept.last().is_none_or(|last| {
                mark.upto >= last.upto + mark.own && (mark.contact.is_none() || mark.contact != last.contact)
            });
            if fits {
                kept.push(mark);
            }
        }
        let start = self.series.period.earliest.map(|d| Interval::day(d).shift(-1));
        let origin =
            Landmark { at: start.unwrap_or(Interval::UNKNOWN), upto: 0, own: 0, contact: None, claims: Vec::new() };
        kept.insert(0, origin);
        kept
    }

    /// Whether a claim only says how many there were at least. "The second" of nobody knows what period is the second
    /// of some, so there were two.
    fn is_floor(&self, claim: &Claim) -> bool {
        claim.at_least || self.series.period.earliest.is_none()
    }

    fn landmark(&self, claim: &'a Claim) -> Option<Landmark<'a>> {
        let (at, own, contact) = if claim.ordinal {
            let at = self.contacts[claim.contact].when.interval;
            (at, 1, Some(claim.contact))
        } else {
            let end = match (claim.period.latest, claim.written.latest) {
                (Some(a), Some(b)) => a.min(b),
                (a, b) => a.or(b)?,
            };
            (Interval::day(end), 0, None)
        };
        at.days().is_some_and(|d| d <= LANDMARK_DAYS).then(|| Landmark {
            at,
            upto: claim.n,
            own,
            contact,
            claims: vec![claim],
        })
    }

    /// Members that lie strictly between two landmarks: for certain, and possibly.
    fn found(&self, from: &Landmark<'_>, to: &Landmark<'_>) -> (Vec<usize>, Vec<usize>) {
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        let after = from.at.latest.or(from.at.earliest);
        // "The first since September 11" does not count the one of September 11.
        let first_since = from.claims.is_empty() && to.upto == 1;
        let after = if first_since { after.map(|d| next(d, 1)) } else { after };
        // A total counts the day it is given for, an ordinal only what comes before its own contact.
        let before = if to.own == 1 { to.at.earliest } else { to.at.latest.map(|d| next(d, 1)) };
        let surely = Interval { earliest: after.map(|d| next(d, 1)), latest: before.map(|d| next(d, -1)) };
        // On the very day of a contact another may come before or after it.
        let reach = |d: Option<Date>, own: u32, step: i32| d.map(|d| if own == 1 { d } else { next(d, step) });
        let maybe = Interval {
            earliest: if from.own == 1 { from.at.earliest } else { after.map(|d| next(d, 1)) },
            latest: reach(if to.own == 1 { to.at.latest } else { before }, to.own, -1),
        };
        for member in &self.series.members {
            if from.contact == Some(member.contact) || to.contact == Some(member.contact) {
                continue;
            }
            let days = self.contacts[member.contact].when.interval;
            if member.certain && !days.is_unknown() && days.within(surely) {
                certain.push(member.contact);
            } else if days.overlaps(maybe) {
                possible.push(member.contact);
            }
        }
        (certain, possible)
    }

    /// Gaps between consecutive landmarks, and a warning where more is found than there is room for.
    ///
    /// A gap that contacts of uncertain date may fill is given only when there are more such gaps than such contacts.
    fn between(&self, landmarks: &[Landmark<'a>], gaps: &mut Vec<Gap>, warnings: &mut Vec<Diagnostic>) {
        let mut open: Vec<Gap> = Vec::new();
        let (mut wanted, mut placed, mut loose) = (0, BTreeSet::new(), BTreeSet::new());
        for pair in landmarks.windows(2) {
            let (from, to) = (&pair[0], &pair[1]);
            let room = (to.upto - to.own).saturating_sub(from.upto);
            let (certain, possible) = self.found(from, to);
            placed.extend(certain.iter().copied());
            let may_fill = possible;
            let (certain, possible) = (certain.len() as u32, may_fill.len() as u32);
            if certain > room {
                let claims: Vec<String> = from.claims.iter().chain(&to.claims).take(2).map(|c| self.name(c)).collect();
                let between = if from.claims.is_empty() { "before it" } else { "between them" };
                warnings.push(self.warning(
                    to.claims.first(),
                    format!("counts: {}: room for {room} {between}, but {certain} are reported", claims.join(" and ")),
                ));
            } else if room > certain {
                wanted += room - certain;
                loose.extend(may_fill);
                open.push(self.gap(from, to, room.saturating_sub(certain + possible), Some(room - certain)));
            }
        }
        let landmark = |contact: &usize| landmarks.iter().any(|m| m.contact == Some(*contact));
        // A report without any date is as likely to repeat a contact that is found as to fill a gap, and one of two
        // states to be about other people: they lower the number that must be missing, but do not hide the gap.
        let same_parties = |contact: &usize| self.series.members.iter().any(|m| m.contact == *contact && m.certain);
        let dated = |contact: &usize| self.contacts[*contact].when.interval.days().is_some() && same_parties(contact);
        let loose = loose.iter().filter(|c| dated(c) && !placed.contains(*c) && !landmark(c)).count() as u32;
        gaps.extend(open.into_iter().filter(|gap| gap.min > 0 || wanted > loose));
    }

    /// Gaps that "at least five" and "the second known" show, after the last landmark.
    fn floors(&self, landmarks: &[Landmark<'a>], gaps: &mut Vec<Gap>) {
        let Some(last) = landmarks.last() else { return };
        let mut best: Option<Gap> = None;
        for claim in self.series.claims.iter().filter(|c| self.is_floor(c)) {
            let (at, own, contact) = if claim.ordinal {
                (self.contacts[claim.contact].when.interval, 1, Some(claim.contact))
            } else {
                let end = claim.period.latest.into_iter().chain(claim.written.latest).min();
                (end.map_or(Interval::UNKNOWN, Interval::day), 0, None)
            };
            // A landmark at or after it says more.
            let covered = match (at.latest, last.at.earliest) {
                _ if last.claims.is_empty() => false,
                (Some(floor), Some(mark)) => floor <= mark,
                _ => true,
            };
            if covered {
                continue;
            }
            let to = Landmark { at, upto: claim.n, own, contact, claims: vec![claim] };
            let room = (claim.n.saturating_sub(own)).saturating_sub(last.upto);
            let (certain, possible) = self.found(last, &to);
            let missing = room.saturating_sub((certain.len() + possible.len()) as u32);
            if missing > best.as_ref().map_or(0, |g| g.min) {
                best = Some(self.gap(last, &to, missing, None));
            }
        }
        gaps.extend(best);
    }

    /// A claim and the members found up to the day it speaks of: surely of the series and surely by then, or perhaps.
    fn against_found(&self, claim: &Claim) -> CountClaim {
        let own = self.contacts[claim.contact].when.interval;
        let end = match (claim.ordinal, claim.period.latest, claim.written.latest) {
            (true, ..) => own,
            (false, Some(a), Some(b)) => Interval::day(a.min(b)),
            (false, a, b) => a.or(b).map_or(Interval::UNKNOWN, Interval::day),
        };
        let (mut found, mut possible) = (0, 0);
        for member in &self.series.members {
            let days = self.contacts[member.contact].when.interval;
            let since = self.series.period.earliest;
            // Of the day of an ordinal's own contact only that contact is surely counted.
            let by_then = match (days.latest, end.earliest.or(end.latest)) {
                (Some(last), Some(end)) => {
                    if claim.ordinal {
                        last < end
                    } else {
                        last <= end
                    }
                }
                _ => false,
            };
            let begun = match (since, days.earliest) {
                (None, _) => true,
                (Some(since), first) => first.is_some_and(|first| first >= since),
            };
            let reach = Interval { earliest: since, latest: end.latest };
            if claim.ordinal && member.contact == claim.contact || member.certain && by_then && begun {
                found += 1;
            } else if days.overlaps(reach) {
                possible += 1;
            }
        }
        CountClaim {
            document: claim.document,
            contact: self.contacts[claim.contact].id.clone(),
            n: claim.n,
            at_least: claim.at_least,
            of: if claim.ordinal { CountOf::Ordinal } else { CountOf::Total },
            by: end.latest,
            found,
            possible,
            source: claim.source.clone(),
        }
    }

    fn gap(&self, from: &Landmark<'_>, to: &Landmark<'_>, min: u32, max: Option<u32>) -> Gap {
        let end = if to.own == 1 { to.at.earliest.or(to.at.latest) } else { to.at.shift(1).latest };
        let mut because: Vec<(usize, EvidenceSource)> =
            from.claims.iter().chain(&to.claims).map(|c| (c.document, c.source.clone())).collect();
        because.sort();
        because.dedup();
        Gap {
            kind: self.series.kind,
            participants: self.series.participants.clone(),
            min,
            max,
            after: from.at.latest.or(from.at.earliest),
            before: end.filter(|end| from.at.latest.is_none_or(|start: Date| start < *end)),
            because,
        }
    }

    fn name(&self, claim: &Claim) -> String {
        format!("{} in {}", claim.words(), self.extractions[claim.document].id)
    }

    fn warn(&self, a: &Landmark<'_>, b: &Landmark<'_>, warnings: &mut Vec<Diagnostic>) {
        if let (Some(x), Some(y)) = (a.claims.first(), b.claims.first()) {
            let message = format!("counts contradict each other: {} and {}", self.name(x), self.name(y));
            warnings.push(self.warning(Some(y), message));
        }
    }

    fn warning(&self, claim: Option<&&Claim>, message: String) -> Diagnostic {
        let document = claim.map(|c| self.extractions[c.document].id.clone()).unwrap_or_default();
        Diagnostic { document, level: Level::Warning, message }
    }
}
