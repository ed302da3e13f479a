//! Owns the figures of reading a store of 100,000 contacts: a pair in a year, words, one contact, a page.
//! `cargo bench -p readout-store`.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use readout_store::{Edition, ListedDocument, ListedItem, Mode, Query, Store, Texts};
use readout_types::{
    Actor, ActorFacts, ActorKind, Agreement, Chronology, Contact, ContactKind, Date, DateBasis, DateCandidate,
    DocumentDate, DocumentEntry, Evidence, EvidenceSource, Field, Interval, Original, OriginalSpan, RawDocument,
    Report, Span, Status, TextFormat, TextPart, When,
};

const CONTACTS: usize = 100_000;
/// Contacts that one document reports.
const EACH: usize = 10;
const ACTORS: usize = 2_000;

/// A generator whose numbers are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    /// A few are in most contacts, as presidents are.
    fn actor(&mut self) -> usize {
        let n = self.next(ACTORS);
        n * self.next(ACTORS) / ACTORS * self.next(ACTORS) / ACTORS
    }
}

fn actor(n: usize) -> Actor {
    Actor::from(ActorFacts {
        name: format!("Given{} Family{n}", n % 97),
        role: Some("Minister".to_owned()),
        country: Some(format!("{}{}", char::from(b'A' + (n % 26) as u8), char::from(b'A' + (n / 26 % 8) as u8))),
        kind: ActorKind::Person,
        key: format!("person:given{} family{n}", n % 97),
    })
}

fn contact(at: usize, document: usize, text: &str, numbers: &mut Numbers) -> Contact {
    let one = numbers.actor();
    let other = (one + 1 + numbers.actor()) % ACTORS;
    let participants = vec![actor(one), actor(other)];
    let year = 2000 + (at * 25 / CONTACTS) as i16;
    let day =
        Date::new(year, 1 + numbers.next(12) as i8, 1 + numbers.next(28) as i8).unwrap_or(Date::constant(2000, 1, 1));
    let kind = ContactKind::ALL[numbers.next(5)];
    let words = "held talks";
    let start = text.find(words).unwrap_or(0);
    let span = Span::new(start, start + words.len());
    let source =
        EvidenceSource { clean: span, original: OriginalSpan { part: TextPart::Text, span }, text: words.into() };
    let when = When { interval: Interval::day(day), time: None, basis: "explicit date".to_owned() };
    let report = Report {
        kind,
        status: Status::Held,
        participants: participants.clone(),
        when: when.clone(),
        place: None,
        initiator: None,
        duration: None,
        medium: None,
        topics: vec![format!("topic{}", numbers.next(300))],
        outcomes: Vec::new(),
        counts: Vec::new(),
        said_by: Vec::new(),
        evidence: vec![Evidence { field: Field::Kind, source, rule: "talks.hold".into() }],
        rule: "talks.hold".into(),
        main: true,
        lengths: Vec::new(),
        by_aides: false,
        weekday: None,
    };
    Contact {
        id: format!("{day}-{}-{at:06}", kind.as_str()),
        kind,
        status: Status::Held,
        participants,
        when,
        place: None,
        initiator: None,
        duration: None,
        medium: None,
        topics: report.topics.clone(),
        outcomes: Vec::new(),
        counts: Vec::new(),
        reports: vec![(document, Box::new(report))],
        independent_sources: 1,
        origins: vec![0],
        origin_ties: Vec::new(),
        agreement: vec![(Field::Kind, Agreement::SingleSource)],
        disputes: Vec::new(),
        official: Vec::new(),
        status_history: Vec::new(),
        decisions: Vec::new(),
        narrowing: Vec::new(),
        judgements: Vec::new(),
        confidence: readout_types::Confidence::default(),
    }
}

fn filled(path: &Path) -> Result<Store, Box<dyn std::error::Error>> {
    let mut store = Store::open(path, Mode::Create)?;
    let mut numbers = Numbers(7);
    let (mut items, mut analyses) = (Vec::new(), Vec::new());
    let mut chronology = Chronology::default();
    let mut words = Vec::new();
    for document in 0..CONTACTS / EACH {
        let id = format!("document-{document:05}");
        let filler: Vec<String> = (0..200).map(|_| format!("word{}", numbers.next(20_000))).collect();
        let text = format!("The ministers held talks on topic{}. {}", document % 300, filler.join(" "));
        let raw = RawDocument {
            id: id.clone(),
            path: format!("articles/{id}.txt"),
            source: Some(format!("Outlet {}", document % 40)),
            title: None,
            published: None,
            url: None,
            metadata: Default::default(),
            format: TextFormat::Plain,
            text: text.as_str().into(),
            encoding: "utf-8",
        };
        let day = Interval::day(Date::constant(2020, 1, 1));
        let date = DateCandidate { value: day, basis: DateBasis::Dateline, span: None, reason: "dateline".to_owned() };
        chronology.documents.push(DocumentEntry {
            id,
            path: raw.path.clone(),
            source: raw.source.clone(),
            title: None,
            url: None,
            date: DocumentDate { chosen: Some(date), rivals: Vec::new() },
            language: Some("en".to_owned()),
            duplicate_of: None,
            original: Original::default(),
        });
        let listed = ListedDocument::new(raw.path.clone(), &raw);
        let extraction = readout_types::Extraction {
            id: raw.id.clone(),
            path: raw.path.clone(),
            source: raw.source.clone(),
            title: None,
            url: None,
            date: DocumentDate::default(),
            language: None,
            fingerprint: Vec::new(),
            reports: Vec::new(),
            lines: Vec::new(),
            statements: Vec::new(),
            diagnostics: Vec::new(),
        };
        analyses.push(readout_store::Analysis { key: listed.key, text: raw.text, extraction, unused: false });
        items.push(ListedItem::Document(Box::new(listed)));
        for n in 0..EACH {
            let contact = contact(document * EACH + n, document, &text, &mut numbers);
            words.push(contact.participants.iter().map(|a| a.name.to_lowercase()).collect::<Vec<_>>().join(" "));
            chronology.contacts.push(contact);
        }
    }
    store.keep(&analyses, "bench")?;
    let unused = vec![false; items.len()];
    let by_id: std::collections::HashMap<&str, &str> =
        chronology.contacts.iter().zip(&words).map(|(c, w)| (c.id.as_str(), w.as_str())).collect();
    let edition = Edition {
        items: &items,
        unused: &unused,
        chronology: &chronology,
        words: &|c: &Contact| by_id.get(c.id.as_str()).map_or(String::new(), |w| (*w).to_owned()),
        decisions: &[],
        notes: &[],
    };
    store.publish(&edition)?;
    Ok(store)
}

fn bench(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("bench.db");
    let begun = std::time::Instant::now();
    let store = match filled(&path) {
        Ok(store) => store,
        Err(error) => return eprintln!("no store to measure: {error}"),
    };
    let bytes = std::fs::metadata(&path).map_or(0, |m| m.len());
    eprintln!("{CONTACTS} contacts written in {:.1} s, {} MB", begun.elapsed().as_secs_f64(), bytes / 1_000_000);
    let known = store.actors().unwrap_or_default();
    // The two that are in most contacts: the dearest pair there is.
    let pair = |n: usize| Query {
        actors: vec![vec![known[0].number], vec![known[n].number]],
        days: "2012".parse().unwrap_or_default(),
        ..Query::default()
    };
    let expected = store.find(&pair(1), 0, usize::MAX).map_or(0, |p| p.total);
    assert!(expected > 0, "the pair has contacts in the year");
    eprintln!("the pair: {} and {} contacts, {expected} together in the year", known[0].contacts, known[1].contacts);
    criterion.bench_function("timeline of a pair and a year", |b| {
        b.iter(|| {
            // What the program does for it: actors by name, contacts, their bodies and documents.
            let known = store.actors().unwrap_or_default();
            black_box(known.iter().filter(|k| k.actor.name.contains("Family1")).count());
            let page = store.find(&pair(1), 0, usize::MAX).unwrap_or_default();
            store.part(&page.contacts, &|_| true, Texts::Without).map(|p| p.rows.len()).unwrap_or(0)
        });
    });
    criterion.bench_function("search of words", |b| {
        b.iter(|| {
            let words = ["talks".to_owned(), "word17".to_owned()];
            store.search("talks word17", &words, 10).map_or(0, |h| h.len())
        });
    });
    criterion.bench_function("search of a word in every document", |b| {
        let begun = "family1".to_owned();
        b.iter(|| store.search("talks", std::slice::from_ref(&begun), 10).map_or(0, |h| h.len()));
    });
    criterion.bench_function("one contact with its text", |b| {
        let id =
            store.named("", Some(CONTACTS / 2), 2).ok().and_then(|n| n.into_iter().find(|r| r.row == CONTACTS / 2));
        let id = id.map_or(String::new(), |r| r.id);
        b.iter(|| store.contact(&id).ok().flatten().map(|p| p.rows.len()));
    });
    criterion.bench_function("the first page of all", |b| {
        b.iter(|| {
            let page = store.find(&Query::default(), 0, 50).unwrap_or_default();
            store.part(&page.contacts, &|_| true, Texts::Without).map(|p| p.rows.len()).unwrap_or(0)
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = bench
}
criterion_main!(benches);
