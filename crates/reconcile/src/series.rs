//! Owns series of contacts: which counts ("ninth call since the start of 2025") speak of the same series, and which
//! contacts belong to it.

use std::collections::BTreeMap;

use readout_types::{
    Actor, ActorKind, Contact, ContactKind, Count, CountOf, EvidenceSource, Extraction, Interval, KindGroup, Status,
};

use crate::parties::{principals, side};

/// Counts whose periods start so few days apart are taken for counts of one series: "this year" and "since he took
/// office in January".
const SAME_START_DAYS: i32 = 31;
/// Periods of at most so many days ("within 24 hours", "in ten days") are compared only with the very same period.
const SHORT_PERIOD_DAYS: i32 = 120;

/// One side of a series: a person, or a state or group where no person is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Party {
    side: String,
    person: Option<String>,
}

/// One count as a document claims it.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Index of the contact it is attached to.
    pub contact: usize,
    pub document: usize,
    pub n: u32,
    /// A lower bound only.
    pub at_least: bool,
    /// The contact is the `n`th; otherwise the series has `n` members when the document was written.
    pub ordinal: bool,
    pub period: Interval,
    /// When the document was written.
    pub written: Interval,
    pub source: EvidenceSource,
}

impl Claim {
    /// "sixth conversation this year" (n = 6).
    pub(crate) fn words(&self) -> String {
        format!("“{}” (n = {}{})", self.source.text.trim(), self.n, if self.at_least { " or more" } else { "" })
    }
}

/// A contact that belongs, or may belong, to a series.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub contact: usize,
    /// Same persons and same kind; otherwise it may be meant.
    pub certain: bool,
}

/// A series: contacts of one kind between the same sides, counted from about the same day.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub kind: ContactKind,
    pub participants: Vec<Actor>,
    /// First and last day counted, as far as known.
    pub period: Interval,
    /// In order of contact, then of the documents' dates.
    pub claims: Vec<Claim>,
    pub members: Vec<Member>,
}

impl Series {
    /// One ordinal claim per number, in order of the numbers; of several for one number the exact one.
    pub(crate) fn ordered(&self) -> Vec<&Claim> {
        let mut by_number: BTreeMap<u32, &Claim> = BTreeMap::new();
        for claim in self.claims.iter().filter(|c| c.ordinal) {
            let known = by_number.entry(claim.n).or_insert(claim);
            if known.at_least && !claim.at_least {
                *known = claim;
            }
        }
        // A contact to which two numbers are given stands in the way of itself; the higher claim is then left out.
        let mut seen = Vec::new();
        by_number
            .into_values()
            .filter(|c| {
                !seen.contains(&c.contact) && {
                    seen.push(c.contact);
                    true
                }
            })
            .collect()
    }
}

fn parties(participants: &[Actor]) -> Vec<Party> {
    let mut parties: Vec<Party> = principals(participants)
        .into_iter()
        .map(|a| Party { side: side(a).to_owned(), person: (a.kind == ActorKind::Person).then(|| a.key.clone()) })
        .collect();
    parties.sort();
    parties
}

/// Whether a contact of `theirs` is one of a series of `ours`: for certain, possibly (a person where the series names
/// the state, or the state where it names a person), or not.
fn belongs(ours: &[Party], theirs: &[Party]) -> Option<bool> {
    if ours.len() != theirs.len() {
        return None;
    }
    let mut certain = true;
    for (a, b) in ours.iter().zip(theirs) {
        match (a.side == b.side, &a.person, &b.person) {
            (false, ..) => return None,
            (true, Some(x), Some(y)) if x != y => return None,
            (true, x, y) => certain &= x == y,
        }
    }
    Some(certain)
}

/// All series of which some document claims a count, in a fixed order.
pub(crate) fn series(contacts: &[Contact], extractions: &[Extraction]) -> Vec<Series> {
    let mut claims: BTreeMap<(Vec<Party>, ContactKind), Vec<Claim>> = BTreeMap::new();
    for (index, contact) in contacts.iter().enumerate() {
        let parties = parties(&contact.participants);
        for (document, report) in &contact.reports {
            let written = extractions[*document].date.chosen.as_ref().map_or(Interval::UNKNOWN, |c| c.value);
            for count in report.counts.iter().filter(|c| c.n > 0 && c.kind.group() == contact.kind.group()) {
                let claim = claim(count, index, *document, written);
                claims.entry((parties.clone(), count.kind)).or_default().push(claim);
            }
        }
    }
    // Who may belong where, by sides and group, so that each series looks at few contacts.
    let mut by_sides: BTreeMap<(Vec<String>, KindGroup), Vec<usize>> = BTreeMap::new();
    if !claims.is_empty() {
        for (index, contact) in contacts.iter().enumerate() {
            if matches!(contact.status, Status::Held | Status::Ongoing) {
                let sides = parties(&contact.participants).into_iter().map(|p| p.side).collect();
                by_sides.entry((sides, contact.kind.group())).or_default().push(index);
            }
        }
    }
    let mut all = Vec::new();
    for ((parties_here, kind), claims) in claims {
        let sides: Vec<String> = parties_here.iter().map(|p| p.side.clone()).collect();
        let near = by_sides.get(&(sides, kind.group())).map_or(&[][..], Vec::as_slice);
        let led = contacts[claims[0].contact].participants.iter().any(leads);
        let members: Vec<Member> = near
            .iter()
            .filter(|i| contacts[**i].kind != ContactKind::Visit || kind == ContactKind::Visit)
            .filter_map(|&contact| {
                let certain = belongs(&parties_here, &parties(&contacts[contact].participants))?;
                // What aides settled by telephone is no call of the leaders they work for.
                if !certain && led && by_aides(&contacts[contact]) {
                    return None;
                }
                Some(Member { contact, certain: certain && contacts[contact].kind == kind })
            })
            .collect();
        for (period, claims) in by_period(claims) {
            let participants = principals(&contacts[claims[0].contact].participants).into_iter().cloned().collect();
            all.push(Series { kind, participants, period, claims, members: members.clone() });
        }
    }
    all
}

/// Heads of states, governments and churches, as roles name them, in lower case.
const LEADERS: [&str; 12] = [
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "emir",
    "sultan",
    "pope",
    "supreme leader",
    "crown prince",
    "leader",
];

/// Whether somebody leads a side rather than acting for who does: a president, not a vice president or an envoy.
fn leads(actor: &Actor) -> bool {
    let role = actor.role.as_deref().unwrap_or_default().to_lowercase();
    actor.kind == ActorKind::Person && LEADERS.contains(&role.as_str())
}

/// Whether nobody but aides is known to have taken part.
fn by_aides(contact: &Contact) -> bool {
    contact.participants.iter().all(|a| a.kind != ActorKind::Person) && contact.reports.iter().any(|(_, r)| r.by_aides)
}

fn claim(count: &Count, contact: usize, document: usize, written: Interval) -> Claim {
    Claim {
        contact,
        document,
        n: count.n,
        at_least: count.at_least,
        ordinal: count.of == CountOf::Ordinal,
        period: count.period,
        written,
        source: count.source.clone(),
    }
}

/// Claims that count over comparable periods, with the period of each group.
fn by_period(claims: Vec<Claim>) -> Vec<(Interval, Vec<Claim>)> {
    let short = |p: Interval| p.days().is_some_and(|d| d <= SHORT_PERIOD_DAYS);
    let mut groups: Vec<(Interval, Vec<Claim>)> = Vec::new();
    let mut sorted = claims;
    sorted.sort_by_key(|c| (short(c.period), c.period.earliest, c.period.latest));
    for claim in sorted {
        let fits = |period: &Interval| {
            if short(claim.period) || short(*period) {
                return claim.period == *period;
            }
            match (period.earliest, claim.period.earliest) {
                (Some(a), Some(b)) => Interval::between(a, b).days().is_some_and(|d| d <= SAME_START_DAYS + 1),
                (None, None) => true,
                _ => false,
            }
        };
        match groups.iter_mut().find(|g| fits(&g.0)) {
            Some(group) => {
                // The later end: "this year" and "since January" are one series, which goes on.
                group.0.latest = group.0.latest.zip(claim.period.latest).map(|(a, b)| a.max(b));
                group.1.push(claim);
            }
            None => groups.push((claim.period, vec![claim])),
        }
    }
    for group in &mut groups {
        // Claims come in order of contact and document; sorting by period has only mixed up the contacts.
        group.1.sort_by_key(|c| c.contact);
    }
    adopt_bare(groups)
}

/// Counts of what is known without any period ("their second known call") go with the one long series there is, if there is just one:
/// what a text leaves unsaid is mostly what the others say.
fn adopt_bare(mut groups: Vec<(Interval, Vec<Claim>)>) -> Vec<(Interval, Vec<Claim>)> {
    let bare = groups.iter().position(|g| g.0.is_unknown());
    let long: Vec<usize> = (0..groups.len())
        .filter(|&i| groups[i].0.earliest.is_some() && groups[i].0.days().is_none_or(|d| d > SHORT_PERIOD_DAYS))
        .collect();
    if let (Some(bare), [host]) = (bare, long.as_slice()) {
        let fits = |claims: &[Claim], claim: &Claim| {
            claims.iter().filter(|c| c.ordinal).all(|c| (c.n == claim.n) == (c.contact == claim.contact))
        };
        let (stay, go): (Vec<Claim>, Vec<Claim>) = std::mem::take(&mut groups[bare].1)
            .into_iter()
            .partition(|c| !(c.ordinal && c.at_least && fits(&groups[*host].1, c)));
        groups[*host].1.extend(go);
        groups[bare].1 = stay;
        groups.retain(|g| !g.1.is_empty());
    }
    groups
}
