//! Owns a trial of scale: synthetic reports with the skew of real news, linked and reconciled, with the time each takes.
//!
//! ```text
//! cargo run --release -p readout-reconcile --example scale -- 1000 10000 100000 1000000
//! ```

use std::error::Error;
use std::time::Instant;

use readout_types::{
    Actor, ActorKind, ContactKind, Count, CountOf, Date, DateBasis, DateCandidate, DocumentDate, Duration, Evidence,
    EvidenceSource, Extraction, Field, Interval, OriginalSpan, Place, Report, Span, Status, TextPart, When,
};

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    /// 0 most often, each next number about half as often at twice its rank (Zipf with exponent 1, by inversion).
    fn skewed(&mut self, n: usize) -> usize {
        let u = (self.roll() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64 + 1.0).powf(u) as usize - 1).min(n - 1)
    }
}

/// A contact of the synthetic world.
struct Event {
    kind: ContactKind,
    sides: (usize, usize),
    day: i32,
    number: u32,
}

const COUNTRIES: usize = 120;
const DAYS: i32 = 5 * 365;

fn world(events: usize, dice: &mut Dice) -> Vec<Event> {
    let mut world: Vec<Event> = (0..events)
        .map(|_| {
            let a = dice.skewed(COUNTRIES);
            let b = (a + 1 + dice.skewed(COUNTRIES - 1)) % COUNTRIES;
            let kinds =
                [ContactKind::Call, ContactKind::Call, ContactKind::Meeting, ContactKind::Visit, ContactKind::Talks];
            Event {
                kind: kinds[dice.below(5)],
                sides: (a.min(b), a.max(b)),
                day: dice.below(DAYS as usize) as i32,
                number: 0,
            }
        })
        .collect();
    world.sort_by_key(|e| (e.kind, e.sides, e.day));
    for i in 1..world.len() {
        let year = |e: &Event| e.day / 365;
        let same = (world[i].kind, world[i].sides, year(&world[i]))
            == (world[i - 1].kind, world[i - 1].sides, year(&world[i - 1]));
        world[i].number = if same { world[i - 1].number + 1 } else { 0 };
    }
    world
}

fn date(day: i32) -> Option<Date> {
    Interval::day(Date::constant(2020, 1, 1)).shift(day).as_day()
}

fn leader(country: usize, person: bool) -> Actor {
    let code = format!("C{country:03}");
    let (kind, key) = match person {
        true => (ActorKind::Person, format!("person:leader of {code}")),
        false => (ActorKind::State, format!("state:{code}")),
    };
    Actor { name: key.clone(), role: None, country: Some(code), kind, key }
}

fn report(event: &Event, written: i32, main: bool, dice: &mut Dice) -> Report {
    let exact = date(event.day).map_or(Interval::UNKNOWN, Interval::day);
    let month = date(event.day).and_then(|d| Interval::month(d.year(), d.month())).unwrap_or_default();
    let interval = match dice.below(10) {
        0 => Interval::UNKNOWN,
        1 => month,
        2 if written > event.day => date(written).map_or(Interval::UNKNOWN, Interval::until),
        _ => exact,
    };
    let source = EvidenceSource {
        clean: Span::default(),
        original: OriginalSpan { part: TextPart::Text, span: Span::default() },
        text: "held a phone call with".into(),
    };
    let year = date(event.day).and_then(|d| Interval::year(d.year())).unwrap_or_default();
    let count = Count {
        n: event.number + 1,
        at_least: false,
        of: CountOf::Ordinal,
        kind: event.kind,
        period: year,
        scope: "this year".to_owned(),
        source: source.clone(),
    };
    Report {
        kind: event.kind,
        status: if written < event.day { Status::Planned } else { Status::Held },
        participants: vec![leader(event.sides.0, dice.below(12) > 0), leader(event.sides.1, dice.below(12) > 0)],
        when: When { interval, time: None, basis: "synthetic".to_owned() },
        place: (event.kind != ContactKind::Call && dice.below(2) == 0).then(|| Place {
            name: format!("capital {}", event.sides.0),
            country: Some(format!("C{:03}", event.sides.0)),
        }),
        initiator: None,
        duration: (dice.below(4) == 0).then_some(Duration { min: Some(60), max: Some(75) }),
        medium: None,
        topics: vec!["trade".to_owned()],
        outcomes: Vec::new(),
        counts: if dice.below(20) == 0 { vec![count] } else { Vec::new() },
        said_by: Vec::new(),
        evidence: vec![Evidence { field: Field::Kind, source, rule: "synthetic".into() }],
        rule: "synthetic".into(),
        main,
    }
}

/// About `reports` reports in documents of three: the news, and two contacts of the past or future of the same side.
fn corpus(reports: usize) -> Vec<Extraction> {
    let mut dice = Dice(7);
    let world = world(reports.div_ceil(8), &mut dice);
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); COUNTRIES];
    for (i, event) in world.iter().enumerate() {
        near[event.sides.0].push(i);
        near[event.sides.1].push(i);
    }
    (0..reports.div_ceil(3))
        .map(|i| {
            let news = &world[dice.skewed(world.len())];
            let written = news.day + dice.below(3) as i32;
            let mut reports = vec![report(news, written, true, &mut dice)];
            for _ in 0..2 {
                let around = &near[news.sides.0];
                let other = &world[around[dice.below(around.len())]];
                if !std::ptr::eq(other, news) {
                    reports.push(report(other, written, false, &mut dice));
                }
            }
            let chosen = date(written).map(|d| DateCandidate {
                value: Interval::day(d),
                basis: DateBasis::Metadata,
                span: None,
                reason: String::new(),
            });
            Extraction {
                id: format!("d{i:07}"),
                path: String::new(),
                source: None,
                title: None,
                url: None,
                date: DocumentDate { chosen, rivals: Vec::new() },
                language: None,
                fingerprint: Vec::new(),
                reports,
                statements: Vec::new(),
                diagnostics: Vec::new(),
            }
        })
        .collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("{:>9} {:>9} {:>9} {:>8} {:>11}", "reports", "contacts", "gaps", "link s", "reconcile s");
    for size in std::env::args().skip(1) {
        let extractions = corpus(size.parse()?);
        let reports: usize = extractions.iter().map(|e| e.reports.len()).sum();
        let start = Instant::now();
        let linked = readout_link::link(&extractions);
        let linking = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let chronology = readout_reconcile::reconcile(extractions, linked, Vec::new());
        let (contacts, gaps) = (chronology.contacts.len(), chronology.gaps.len());
        println!("{reports:>9} {contacts:>9} {gaps:>9} {linking:>8.2} {:>11.2}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
