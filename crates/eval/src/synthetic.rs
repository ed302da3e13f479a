//! Owns the synthetic corpus: any number of reports of made-up contacts, with the skew that real news has, and the truth.
//!
//! What makes linking hard at scale is not the number of reports but how they crowd: few pairs of states make most of the
//! news, some days are full and most are not, a few contacts are told a thousand times and most once, and old contacts are
//! called to mind without a date. All of this is drawn here from fixed distributions by a generator of its own, so that
//! the same size and seed give the same corpus on every machine. Names and places are invented. A report carries what
//! linking and reconciling read: parties, status, dates, place, duration, counts, who says so, the words of its trigger;
//! of the words behind the other fields (about six pieces in a report of a real article) it carries none.

use std::sync::Arc;

use readout_types::{
    Actor, ActorFacts, ActorKind, Attribution, ContactKind, Count, CountOf, Date, DateBasis, DateCandidate,
    DocumentDate, Duration, Evidence, EvidenceSource, Extraction, Field, Interval, Manner, OriginalSpan, Place, Report,
    Span, Statement, Status, TextPart, When,
};

/// Days that a corpus covers, whatever its size: a larger one is a denser one.
const DAYS: i32 = 3_650;
/// States and organisations.
const SIDES: usize = 120;
/// Outlets.
const OUTLETS: usize = 600;
/// Contacts for each report; the rest is repetition.
const REPORTS_PER_CONTACT: usize = 8;
/// Values of a signature, as extraction gives them.
const SIGNATURE: usize = 64;

/// A corpus and what is true of it.
#[derive(Clone, Debug, Default)]
pub struct Synthetic {
    /// The documents.
    pub extractions: Vec<Extraction>,
    /// For each document and report, the number of the contact it tells of.
    pub truth: Vec<Vec<u32>>,
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// At least 1, with the tail of a Pareto distribution.
    fn tail(&mut self, alpha: f64, most: usize) -> usize {
        ((1.0 - self.share()).powf(-1.0 / alpha) as usize).clamp(1, most)
    }
}

/// Draws by weight, in logarithmic time.
struct Weighted(Vec<f64>);

impl Weighted {
    fn new(weights: impl Iterator<Item = f64>) -> Weighted {
        let mut sum = 0.0;
        Weighted(
            weights
                .map(|w| {
                    sum += w;
                    sum
                })
                .collect(),
        )
    }

    /// `1, 1/2^s, 1/3^s, …`
    fn zipf(n: usize, s: f64) -> Weighted {
        Weighted::new((1..=n).map(|rank| (rank as f64).powf(-s)))
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.share() * self.0.last().copied().unwrap_or(1.0);
        self.0.partition_point(|sum| *sum <= at).min(self.0.len().saturating_sub(1))
    }
}

/// Something that took place in the made-up world.
#[derive(Clone, Copy)]
struct Event {
    kind: ContactKind,
    /// Rank of the sides, the lower first.
    sides: (usize, usize),
    /// Who acts: 0 the head, 1 the minister, 2 an envoy, 3 nobody named.
    level: usize,
    /// Days since the first.
    day: i32,
    minutes: Option<u32>,
    place: Option<usize>,
    /// Documents of which it is the news.
    news: usize,
}

/// A corpus with this many reports.
pub fn corpus(reports: usize, seed: u64) -> Synthetic {
    let mut dice = Dice(seed);
    let events = events(reports, &mut dice);
    let mut order: Vec<usize> = (0..events.len()).collect();
    // By pair and day: what a text calls to mind is mostly the last contacts of the same two.
    order.sort_by_key(|&e| (events[e].sides, events[e].day, e));
    let mut rank = vec![0; events.len()];
    order.iter().enumerate().for_each(|(at, &e)| rank[e] = at);

    let mut by_day: Vec<usize> = (0..events.len()).collect();
    by_day.sort_by_key(|&e| (events[e].day, e));

    let outlets = Weighted::zipf(OUTLETS, 0.8);
    let world = World { cast: Cast::new(), rule: Arc::from("synthetic") };
    let mut made = Synthetic::default();
    let mut total = 0;
    // Should the news of all events be told before there are enough reports, it is told again by others.
    'all: for (at, event) in events.iter().enumerate().cycle() {
        let mut wire: Option<Vec<u32>> = None;
        for _ in 0..event.news {
            if total >= reports {
                break 'all;
            }
            let planned = dice.chance(0.12);
            let late = if planned { -(1 + dice.below(10) as i32) } else { dice.tail(1.5, 4) as i32 - 1 };
            let written = event.day + late;
            let past = by_day.partition_point(|&e| events[e].day < written);
            let mut told = vec![(at, true)];
            for _ in 0..Weighted::new([20.0, 20.0, 20.0, 15.0, 10.0, 10.0, 5.0].into_iter()).draw(&mut dice) {
                // Mostly the last contacts of the same two, else any that is past.
                let back = 1 + dice.below(8);
                let same_pair =
                    rank[at].checked_sub(back).map(|r| order[r]).filter(|&e| events[e].sides == event.sides);
                let other = same_pair.filter(|_| dice.chance(0.7)).unwrap_or_else(|| by_day[dice.below(past.max(1))]);
                if events[other].day < written && told.iter().all(|t| t.0 != other) {
                    told.push((other, false));
                }
            }
            told.truncate(reports - total);
            total += told.len();
            let id = made.extractions.len();
            let mut extraction = document(id, written, outlets.draw(&mut dice), &mut dice);
            extraction.fingerprint = signature(&mut wire, &mut dice);
            extraction.reports.reserve_exact(told.len());
            for &(e, main) in &told {
                let index = extraction.reports.len();
                let report = report(&events[e], index, main, planned && main, written, &world, &mut dice);
                if dice.chance(0.2) {
                    extraction.statements.push(statement(&report, index, &mut dice));
                }
                extraction.reports.push(report);
            }
            made.truth.push(told.iter().map(|t| t.0 as u32).collect());
            made.extractions.push(extraction);
        }
    }
    made
}

fn events(reports: usize, dice: &mut Dice) -> Vec<Event> {
    let sides = Weighted::zipf(SIDES, 0.9);
    // Full days and empty ones: the weight of a day is drawn once, and weekends have less.
    let days = Weighted::new((0..DAYS).map(|day| dice.tail(1.6, 60) as f64 * if day % 7 >= 5 { 0.4 } else { 1.0 }));
    (0..(reports / REPORTS_PER_CONTACT).max(4))
        .map(|_| {
            let a = sides.draw(dice);
            let b = std::iter::repeat_with(|| sides.draw(dice)).find(|b| *b != a).unwrap_or(0);
            let kind =
                [ContactKind::Call, ContactKind::Meeting, ContactKind::Talks, ContactKind::Visit, ContactKind::Message]
                    [Weighted::new([35.0, 35.0, 12.0, 10.0, 8.0].into_iter()).draw(dice)];
            Event {
                kind,
                sides: (a.min(b), a.max(b)),
                level: Weighted::new([50.0, 30.0, 12.0, 8.0].into_iter()).draw(dice),
                day: days.draw(dice) as i32,
                minutes: (kind == ContactKind::Call && dice.chance(0.5)).then(|| 10 + 5 * dice.below(30) as u32),
                place: (kind.group() == readout_types::KindGroup::InPerson).then(|| dice.below(400)),
                // Most are told by one or two papers, a few by hundreds.
                news: dice.tail(1.25, 400),
            }
        })
        .collect()
}

fn day(number: i32) -> Date {
    let first = Interval::day(Date::constant(2015, 1, 1));
    first.shift(number).earliest.unwrap_or(Date::constant(2015, 1, 1))
}

fn document(id: usize, written: i32, outlet: usize, dice: &mut Dice) -> Extraction {
    let chosen = (!dice.chance(0.05)).then(|| DateCandidate {
        value: Interval::day(day(written)),
        basis: DateBasis::Metadata,
        span: None,
        reason: "given with the document".to_owned(),
    });
    Extraction {
        id: format!("synthetic-{id:07}"),
        path: format!("synthetic/{id:07}.txt"),
        source: Some(format!("Outlet {outlet}")),
        title: None,
        url: None,
        date: DocumentDate { chosen, rivals: Vec::new() },
        language: Some("en".to_owned()),
        fingerprint: Vec::new(),
        reports: Vec::new(),
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// Signatures of texts of their own, of copies of the first text on the contact, and of edited ones.
fn signature(wire: &mut Option<Vec<u32>>, dice: &mut Dice) -> Vec<u32> {
    let fresh: Vec<u32> = (0..SIGNATURE).map(|_| dice.next() as u32).collect();
    let Some(original) = wire else {
        *wire = Some(fresh.clone());
        return fresh;
    };
    let kept = match dice.share() {
        s if s < 0.15 => 0.93,
        s if s < 0.25 => 0.35,
        _ => 0.02,
    };
    original.iter().zip(fresh).map(|(old, new)| if dice.chance(kept) { *old } else { new }).collect()
}

/// What all reports share.
struct World {
    cast: Cast,
    rule: Arc<str>,
}

/// Everybody in the made-up world, each kept once, as the flow keeps those of the real one.
struct Cast(Vec<[Actor; OFFICES.len() + 1]>);

const OFFICES: [&str; 3] = ["head", "minister", "envoy"];

impl Cast {
    fn new() -> Cast {
        Cast((0..SIDES).map(|side| std::array::from_fn(|level| actor(side, level))).collect())
    }

    fn actor(&self, side: usize, level: usize) -> Actor {
        self.0[side][level.min(OFFICES.len())].clone()
    }
}

fn actor(side: usize, level: usize) -> Actor {
    let country = format!("S{side:03}");
    Actor::from(match OFFICES.get(level) {
        Some(office) => ActorFacts {
            name: format!("{office} of {country}"),
            role: Some(office.to_string()),
            kind: ActorKind::Person,
            key: format!("person:{office} {country}"),
            country: Some(country),
        },
        None => ActorFacts {
            name: country.clone(),
            role: None,
            kind: ActorKind::State,
            key: format!("state:{country}"),
            country: Some(country),
        },
    })
}

fn source(text: String, dice: &mut Dice) -> EvidenceSource {
    let start = dice.below(4_000);
    let span = Span::new(start, start + text.len());
    EvidenceSource { clean: span, original: OriginalSpan { part: TextPart::Text, span }, text: Arc::from(text) }
}

fn report(
    event: &Event,
    index: usize,
    main: bool,
    planned: bool,
    written: i32,
    world: &World,
    dice: &mut Dice,
) -> Report {
    let World { cast, rule } = world;
    let status = match dice.share() {
        _ if planned => Status::Planned,
        s if s < 0.01 => Status::Denied,
        s if s < 0.02 => Status::Cancelled,
        _ => Status::Held,
    };
    let the_day = Interval::day(day(event.day));
    let (interval, basis) = match dice.share() {
        s if s < if main { 0.8 } else { 0.5 } => (the_day, "explicit date"),
        s if s < if main { 0.85 } else { 0.7 } => {
            let date = day(event.day);
            (Interval::month(date.year(), date.month()).unwrap_or(the_day), "month")
        }
        _ if planned => (Interval::since(day(written)), "after the report"),
        s if s < 0.93 => (Interval::until(day(written)), "before the report"),
        _ => (Interval::UNKNOWN, ""),
    };
    // Background mentions name the states more often than the people.
    let level = if dice.chance(if main { 0.03 } else { 0.2 }) { 3 } else { event.level };
    let duration = event.minutes.filter(|_| dice.chance(0.4)).map(|minutes| {
        let off = if dice.chance(0.1) { 15 } else { 0 };
        Duration { min: Some(minutes + off), max: Some(minutes + off + if dice.chance(0.3) { 10 } else { 0 }) }
    });
    let place = event
        .place
        .filter(|_| dice.chance(0.6))
        .map(|place| Place { name: format!("Town {place}"), country: Some(format!("S{:03}", place % SIDES)) });
    // The number tells the reports of a document apart when links are compared with the truth.
    let trigger = Evidence {
        field: Field::Kind,
        source: source(format!("{index} {} words", event.kind.as_str()), dice),
        rule: rule.clone(),
    };
    let said_by =
        dice.chance(0.25).then(|| Attribution { speaker: cast.actor(event.sides.0, 2), channel: None, denies: false });
    let counts = dice.chance(0.01).then(|| Count {
        n: 1 + dice.below(9) as u32,
        at_least: true,
        of: CountOf::Ordinal,
        kind: event.kind,
        period: Interval::year(day(event.day).year()).unwrap_or_default(),
        scope: "this year".to_owned(),
        source: source("another such contact this year".to_owned(), dice),
    });
    Report {
        kind: event.kind,
        status,
        participants: vec![cast.actor(event.sides.0, level), cast.actor(event.sides.1, level)],
        when: When { interval, time: None, basis: basis.to_owned() },
        place,
        initiator: dice.chance(0.1).then(|| cast.actor(event.sides.0, event.level)),
        duration,
        medium: (event.kind == ContactKind::Call && main).then(|| "phone".to_owned()),
        topics: if dice.chance(0.3) { vec![format!("topic {}", dice.below(50))] } else { Vec::new() },
        outcomes: Vec::new(),
        counts: counts.into_iter().collect(),
        said_by: said_by.into_iter().collect(),
        evidence: vec![trigger],
        rule: rule.clone(),
        main,
        lengths: Vec::new(),
        by_aides: false,
        weekday: None,
    }
}

fn statement(report: &Report, index: usize, dice: &mut Dice) -> Statement {
    let words: Vec<String> = (0..14).map(|_| format!("w{}", dice.below(3_000))).collect();
    Statement {
        speaker: report.participants.first().cloned(),
        speaker_source: None,
        cue: "said".to_owned(),
        cue_source: None,
        channel: None,
        direct: dice.chance(0.5),
        manner: Manner::Says,
        hedge: None,
        stance: None,
        source: source(words.join(" "), dice),
        more: Vec::new(),
        rule: "clause".into(),
        report: Some(index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_has_the_size_asked_for_and_is_always_the_same() {
        for size in [1, 10, 1_000] {
            let one = corpus(size, 7);
            assert_eq!(one.extractions.iter().map(|e| e.reports.len()).sum::<usize>(), size);
            assert!(one.extractions.iter().zip(&one.truth).all(|(e, t)| e.reports.len() == t.len()));
            assert_eq!(corpus(size, 7).extractions, one.extractions);
        }
        assert_ne!(corpus(1_000, 7).extractions, corpus(1_000, 8).extractions);
    }

    #[test]
    fn it_is_skewed_as_news_is() {
        let made = corpus(20_000, 7);
        let mut per_contact = std::collections::BTreeMap::new();
        let mut per_pair = std::collections::BTreeMap::new();
        for (extraction, truth) in made.extractions.iter().zip(&made.truth) {
            for (report, contact) in extraction.reports.iter().zip(truth) {
                *per_contact.entry(contact).or_insert(0) += 1;
                let pair: Vec<_> = report.participants.iter().map(|p| p.country.clone()).collect();
                *per_pair.entry(pair).or_insert(0) += 1;
            }
        }
        let most = per_contact.values().max().copied().unwrap_or(0);
        assert!(most > 10 * 20_000 / per_contact.len(), "most {most} of {} contacts", per_contact.len());
        let first = per_pair.values().max().copied().unwrap_or(0);
        assert!(first * 100 > 20_000 && first * 10 < 20_000, "{first} of the first pair");
    }
}
