//! Owns what a report, or a cluster of reports, brings to the comparison: parties, days, ordinals, quotes, places.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};
use readout_types::{ContactKind, CountOf, Extraction, Field, KindGroup, Report, Status};

use crate::days::{Day, Days, OPEN_HIGH, OPEN_LOW};
use crate::parties::{Parties, Registry};

/// A range of days no wider than this counts as a date.
pub(crate) const DATED_WIDTH: i32 = 10;
/// How far back an undated report of something past may reach, in days.
const REACH_BACK: i32 = 60;
/// How far ahead an undated plan may reach, in days.
const REACH_AHEAD: i32 = 60;
/// How far back the undated main contact of a news report may lie, in days.
const NEWS_DAYS: i32 = 3;
/// Words in the shingles by which quotes are compared.
const QUOTE_SHINGLE: usize = 3;
/// Shingles kept of one report.
const QUOTE_SHINGLES: usize = 64;
/// Shingles kept of a cluster; the lowest, so that two clusters that share many still share some.
const QUOTE_SHINGLES_OF_CLUSTER: usize = 512;
/// Evidence this long is compared like a quote.
const LONG_EVIDENCE_WORDS: usize = 10;

const SECRETS: RapidSecrets = RapidSecrets::seed_cpp(0x6c69_6e6b);

pub(crate) fn hash(text: &str) -> u64 {
    rapidhash_v3_seeded(text.as_bytes(), &SECRETS)
}

/// "The ninth call since the start of 2025."
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ordinal {
    pub kind: ContactKind,
    /// First day counted; open when the text gives no period.
    pub start: Day,
    pub end: Day,
    pub n: u32,
    /// Not "known", not "at least".
    pub exact: bool,
}

/// A place by its words and its country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceFacts {
    words: Vec<u64>,
    country: Option<u64>,
}

/// How two sets of places compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceFit {
    Unknown,
    Same,
    OtherName,
    OtherCountry,
}

/// What is compared of a report or of a cluster of reports.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    /// Ranks of the reports, ascending.
    pub members: Vec<u32>,
    /// Ranks of their documents, ascending.
    pub documents: Vec<u32>,
    pub group: KindGroup,
    /// Reports per kind, in the order of [`ContactKind::ALL`].
    pub kinds: [u32; 5],
    pub parties: Parties,
    /// The days on which it can have been, from what the texts say, when they were written, and the status.
    pub span: Days,
    /// The day of the week that a text without a date names, 1 for Monday.
    pub weekday: Option<i8>,
    /// Days of the documents that are mainly about it.
    pub main: Option<Days>,
    /// Days of the documents that report it.
    pub written: Option<Days>,
    pub ordinals: Vec<Ordinal>,
    /// Hashes of shingles of quotes, sorted.
    pub quotes: Vec<u64>,
    /// Minutes.
    pub duration: Option<(u32, u32)>,
    pub places: Vec<PlaceFacts>,
    /// Origin of a copied text, with the hash of the trigger's words and that of what the report says; sorted.
    pub copied: Vec<(u32, u64)>,
    pub happened: bool,
    /// Some report has it as a plan or proposal.
    pub planned: bool,
    pub only_planned: bool,
    pub only_proposed: bool,
    pub only_cancelled: bool,
    pub only_denied: bool,
}

/// The day or days on which a document was written.
pub(crate) fn written(extraction: &Extraction) -> Option<Days> {
    extraction.date.chosen.as_ref().map(|c| Days::of(c.value)).filter(|d| *d != Days::ALL)
}

/// The days on which a report's contact can have been.
///
/// A text speaks of what was held before it was written, of what is planned after; "under way" is the same day (or, for
/// a call, the day before, where the clocks of the two sides differ). What the text itself says wins over these.
fn span(report: &Report, written: Option<Days>) -> Days {
    let said = Days::of(report.when.interval);
    let Some(written) = written.filter(|_| !said.is_day()) else {
        return said;
    };
    let bound = match report.status {
        Status::Held => Days { low: OPEN_LOW, high: written.high },
        Status::Ongoing if written.low == OPEN_LOW => Days { low: OPEN_LOW, high: written.high },
        Status::Ongoing => {
            let back = if report.kind.group() == KindGroup::Remote { 1 } else { 7 };
            Days { low: written.low - back, high: written.high }
        }
        Status::Planned | Status::Proposed => Days { low: written.low, high: OPEN_HIGH },
        Status::Cancelled | Status::Denied | Status::Unclear => Days::ALL,
    };
    said.meet(bound).unwrap_or(said)
}

fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| hash(&w.to_lowercase()))
}

fn shingles(text: &str, into: &mut Vec<u64>) {
    let words: Vec<u64> = words(text).collect();
    into.extend(
        words
            .windows(QUOTE_SHINGLE)
            .map(|w| w.iter().fold(0u64, |h, x| (h ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))),
    );
}

/// Hashes of the shingles of what is quoted about a report and of its long evidence, sorted.
pub(crate) fn shingles_of(report: &Report, quotes: &[&str]) -> Vec<u64> {
    let mut shingled = Vec::new();
    for quote in quotes {
        shingles(quote, &mut shingled);
    }
    for evidence in &report.evidence {
        if evidence.source.text.split_whitespace().count() >= LONG_EVIDENCE_WORDS {
            shingles(&evidence.source.text, &mut shingled);
        }
    }
    shingled.sort_unstable();
    shingled.dedup();
    shingled.truncate(QUOTE_SHINGLES);
    shingled.shrink_to_fit();
    shingled
}

/// Small words of place names that tie nothing together.
const PLACE_WORDS_LEFT_OUT: [&str; 8] = ["the", "of", "in", "at", "and", "city", "palace", "house"];

fn place_facts(report: &Report) -> Vec<PlaceFacts> {
    let Some(place) = report.place.as_ref().filter(|_| report.kind.group() == KindGroup::InPerson) else {
        return Vec::new();
    };
    let name = place.name.to_lowercase();
    let kept = |w: &&str| !w.is_empty() && !PLACE_WORDS_LEFT_OUT.contains(w);
    let mut words: Vec<u64> = name.split(|c: char| !c.is_alphanumeric()).filter(kept).map(hash).collect();
    words.push(hash(&name));
    words.sort_unstable();
    words.dedup();
    vec![PlaceFacts { words, country: place.country.as_deref().map(hash) }]
}

impl Profile {
    /// Of the report with this rank in the document with that rank. `quotes` are the texts quoted about it; `origin` is
    /// the rank of the document that this one copies or is copied from.
    pub(crate) fn new(
        registry: &Registry<'_>,
        rank: u32,
        document: u32,
        extraction: &Extraction,
        report: &Report,
        quotes: &[&str],
        origin: Option<u32>,
    ) -> Profile {
        let written = written(extraction);
        let days = span(report, written);
        let mut kinds = [0; 5];
        kinds[report.kind as usize] = 1;
        let mut ordinals: Vec<Ordinal> = report
            .counts
            .iter()
            .filter(|c| c.of == CountOf::Ordinal)
            .map(|c| {
                let period = Days::of(c.period);
                Ordinal { kind: c.kind, start: period.low, end: period.high, n: c.n, exact: !c.at_least }
            })
            .collect();
        ordinals.sort_unstable();
        ordinals.dedup();
        let shingled = shingles_of(report, quotes);
        let parties = registry.parties(&report.participants);
        let mut copied = Vec::new();
        if let Some(origin) = origin {
            let trigger = report.evidence.iter().find(|e| e.field == Field::Kind);
            copied.extend(trigger.map(|trigger| (origin, hash(&trigger.source.text))));
            // An editor may have put the trigger otherwise: what the report says is the same.
            let mut said = DefaultHasher::new();
            (report.kind, report.status, &parties, report.when.interval).hash(&mut said);
            copied.push((origin, said.finish()));
            copied.sort_unstable();
        }
        // Of rival lengths any may be the one that another document gives.
        let duration = report
            .lengths
            .iter()
            .map(|length| length.duration)
            .chain(report.duration)
            .filter(|d| d.min.is_some() || d.max.is_some())
            .map(|d| (d.min.unwrap_or(0), d.max.unwrap_or(u32::MAX)))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        Profile {
            members: vec![rank],
            documents: vec![document],
            group: report.kind.group(),
            kinds,
            parties,
            span: days,
            weekday: report.weekday.filter(|_| !days.is_day()),
            main: written.filter(|w| report.main && w.is_bounded()),
            written: written.filter(|w| w.is_bounded()),
            ordinals,
            quotes: shingled,
            duration,
            places: place_facts(report),
            copied,
            happened: matches!(report.status, Status::Held | Status::Ongoing),
            planned: matches!(report.status, Status::Planned | Status::Proposed),
            only_planned: report.status == Status::Planned,
            only_proposed: report.status == Status::Proposed,
            only_cancelled: report.status == Status::Cancelled,
            only_denied: report.status == Status::Denied,
        }
    }

    /// Nothing, in place of a profile that went into another.
    pub(crate) fn empty() -> Profile {
        Profile {
            members: Vec::new(),
            documents: Vec::new(),
            group: KindGroup::Remote,
            kinds: [0; 5],
            parties: Parties::default(),
            span: Days::ALL,
            weekday: None,
            main: None,
            written: None,
            ordinals: Vec::new(),
            quotes: Vec::new(),
            duration: None,
            places: Vec::new(),
            copied: Vec::new(),
            happened: false,
            planned: false,
            only_planned: false,
            only_proposed: false,
            only_cancelled: false,
            only_denied: false,
        }
    }

    /// The kind most of its reports give, the first of the contract among equals.
    pub(crate) fn kind(&self) -> ContactKind {
        let most = self.kinds.iter().max().copied().unwrap_or(0);
        let at = self.kinds.iter().position(|n| *n == most).unwrap_or(0);
        ContactKind::ALL[at]
    }

    /// Whether it has a date, to within a few days.
    pub(crate) fn is_dated(&self) -> bool {
        self.span.is_bounded() && self.span.width() <= DATED_WIDTH
    }

    /// Whether some document has it as its news without dating it.
    pub(crate) fn is_undated_news(&self) -> bool {
        self.main.is_some() && !self.is_dated()
    }

    /// The days among which to look for other reports of it; `None` where nothing tells.
    pub(crate) fn window(&self) -> Option<Days> {
        if self.span.is_bounded() {
            return Some(self.span);
        }
        if let Some(main) = self.main.filter(|_| self.happened) {
            let news = Days { low: main.low - NEWS_DAYS, high: main.high };
            return Some(self.span.meet(news).unwrap_or(news));
        }
        match (self.span.low, self.span.high) {
            (OPEN_LOW, OPEN_HIGH) => None,
            (OPEN_LOW, high) => Some(Days { low: high - REACH_BACK, high }),
            (low, _) => Some(Days { low, high: low + REACH_AHEAD }),
        }
    }

    /// Whether the day of the week that a text names is that of the one day on which both can have been, or that which the other
    /// names; `None` where nothing tells.
    pub(crate) fn weekdays_agree(&self, other: &Profile) -> Option<bool> {
        let named = match (self.weekday, other.weekday) {
            (Some(a), Some(b)) if a != b => return Some(false),
            (a, b) => a.or(b)?,
        };
        if self.span.weekday().is_some() && other.span.weekday().is_some() {
            // Two days of the calendar are compared as such.
            return None;
        }
        self.span.meet(other.span)?.weekday().map(|day| day == named)
    }

    /// Whether the two give different places of one series to themselves: the fourth call is not the fifth.
    pub(crate) fn ordinals_clash(&self, other: &Profile) -> bool {
        self.ordinals.iter().any(|a| {
            other.ordinals.iter().any(|b| {
                a.exact
                    && b.exact
                    && a.kind == b.kind
                    && a.start != OPEN_LOW
                    && a.start == b.start
                    && a.n != b.n
                    && !self.has_ordinal(a.kind, a.start, b.n)
                    && !other.has_ordinal(a.kind, a.start, a.n)
            })
        })
    }

    fn has_ordinal(&self, kind: ContactKind, start: Day, n: u32) -> bool {
        self.ordinals.iter().any(|o| o.kind == kind && o.start == start && o.n == n)
    }

    /// How their places compare.
    pub(crate) fn place_fit(&self, other: &Profile) -> PlaceFit {
        if self.places.is_empty() || other.places.is_empty() {
            return PlaceFit::Unknown;
        }
        let mut countries = true;
        for a in &self.places {
            for b in &other.places {
                if crate::parties::shares(&a.words, &b.words) {
                    return PlaceFit::Same;
                }
                countries &= a.country.is_some() && b.country.is_some() && a.country != b.country;
            }
        }
        if countries { PlaceFit::OtherCountry } else { PlaceFit::OtherName }
    }

    /// Takes in the reports of another.
    pub(crate) fn absorb(&mut self, other: &Profile) {
        // Where one-day tolerance joined neighbouring days, the better supported day stays.
        self.span = self.span.meet(other.span).unwrap_or(if self.members.len() >= other.members.len() {
            self.span
        } else {
            other.span
        });
        self.weekday = self.weekday.or(other.weekday);
        merge_sorted(&mut self.members, &other.members);
        merge_sorted(&mut self.documents, &other.documents);
        for (n, more) in self.kinds.iter_mut().zip(other.kinds) {
            *n += more;
        }
        self.parties.unite(&other.parties);
        self.main = hull(self.main, other.main);
        self.written = hull(self.written, other.written);
        self.ordinals.extend(&other.ordinals);
        self.ordinals.sort_unstable();
        self.ordinals.dedup();
        merge_sorted(&mut self.quotes, &other.quotes);
        self.quotes.truncate(QUOTE_SHINGLES_OF_CLUSTER);
        self.duration = match (self.duration, other.duration) {
            (Some(a), Some(b)) => {
                let both = (a.0.max(b.0), a.1.min(b.1));
                Some(if both.0 <= both.1 { both } else { a })
            }
            (a, b) => a.or(b),
        };
        for place in &other.places {
            if !self.places.contains(place) {
                self.places.push(place.clone());
            }
        }
        merge_sorted(&mut self.copied, &other.copied);
        self.happened |= other.happened;
        self.planned |= other.planned;
        self.only_planned &= other.only_planned;
        self.only_proposed &= other.only_proposed;
        self.only_cancelled &= other.only_cancelled;
        self.only_denied &= other.only_denied;
    }
}

fn hull(a: Option<Days>, b: Option<Days>) -> Option<Days> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Days { low: a.low.min(b.low), high: a.high.max(b.high) }),
        (a, b) => a.or(b),
    }
}

/// Adds sorted `more` to sorted `list`, each element once.
fn merge_sorted<T: Ord + Copy>(list: &mut Vec<T>, more: &[T]) {
    if more.is_empty() {
        return;
    }
    if list.last() < more.first() {
        list.extend(more);
        return;
    }
    list.extend(more);
    list.sort_unstable();
    list.dedup();
}

/// The texts quoted about each report of a document.
pub(crate) fn quotes_by_report(extraction: &Extraction) -> HashMap<usize, Vec<&str>> {
    let mut quotes: HashMap<usize, Vec<&str>> = HashMap::new();
    for statement in &extraction.statements {
        if let Some(report) = statement.report {
            quotes.entry(report).or_default().extend(statement.quoted());
        }
    }
    quotes
}
