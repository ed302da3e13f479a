//! Owns a small chronology made by hand: invented outlets, one contact with rival values, one planned, one undated, a gap.

use std::sync::Arc;

use readout_types::{
    Actor, ActorFacts, ActorKind, Agreement, Attribution, Chronology, Contact, ContactKind, Count, CountClaim, CountOf,
    CountSeries, DateBasis, DateCandidate, Diagnostic, Dispute, DocumentDate, DocumentEntry, Duration, Evidence,
    EvidenceSource, Field, FieldValue, Gap, Interval, Level, LinkDecision, Manner, OfficialAccount, OriginTie,
    Original, OriginalSpan, Place, Report, Rival, SharedOrigin, Span, Statement, Status, StatusStep, TextPart, When,
};

const HARBOUR: &str = "PALM BEACH, Dec 28 (Harbour Wire) – Donald Trump held a phone call with Vladimir Putin on Sunday. \
The conversation, the ninth since the start of 2025, lasted 75 minutes, Kremlin aide Yuri Ushakov said.\n";
const QUARRY: &str = "Élysée sources said nothing. Mr Trump spoke by phone with Mr Putin on December 28 for two and a half \
hours, the Quarry Bay Times has learnt. The leaders of Brazil and 中国 met at an unknown time.\n";
const LANTERN: &str = "President Emmanuel Macron will meet Chancellor Friedrich Merz in Toulon in March 2026.\n";

pub fn interval(edtf: &str) -> Interval {
    edtf.parse().expect("an EDTF date")
}

fn document(id: &str, source: &str, title: &str, published: &str, text: &str) -> DocumentEntry {
    let chosen = DateCandidate {
        value: interval(published),
        basis: DateBasis::Dateline,
        span: None,
        reason: "dateline".to_owned(),
    };
    DocumentEntry {
        id: id.to_owned(),
        path: format!("articles/{id}.txt"),
        source: Some(source.to_owned()),
        title: Some(title.to_owned()),
        url: None,
        date: DocumentDate { chosen: Some(chosen), rivals: Vec::new() },
        language: Some("en".to_owned()),
        duplicate_of: None,
        original: Original::whole(text.into()),
    }
}

fn person(name: &str, role: &str, country: &str) -> Actor {
    Actor::from(ActorFacts {
        name: name.to_owned(),
        role: Some(role.to_owned()),
        country: Some(country.to_owned()),
        kind: ActorKind::Person,
        key: format!("person:{}", name.to_lowercase()),
    })
}

fn words(text: &str, part: TextPart, quote: &str) -> EvidenceSource {
    let start = text.find(quote).expect("the quote stands in the text");
    let span = Span::new(start, start + quote.len());
    EvidenceSource { clean: span, original: OriginalSpan { part, span }, text: quote.into() }
}

fn evidence(field: Field, text: &str, quote: &str) -> Evidence {
    Evidence { field, source: words(text, TextPart::Text, quote), rule: Arc::from("call.hold-call-with") }
}

fn report(kind: ContactKind, participants: &[Actor], when: &str) -> Report {
    Report {
        kind,
        status: Status::Held,
        participants: participants.to_vec(),
        when: When { interval: interval(when), time: None, basis: "explicit date".to_owned() },
        place: None,
        initiator: None,
        duration: None,
        medium: None,
        topics: Vec::new(),
        outcomes: Vec::new(),
        counts: Vec::new(),
        said_by: Vec::new(),
        evidence: Vec::new(),
        rule: Arc::from("call.hold-call-with"),
        main: true,
        lengths: Vec::new(),
        by_aides: false,
        weekday: None,
    }
}

fn contact(id: &str, reports: Vec<(usize, Report)>) -> Contact {
    let first = reports[0].1.clone();
    Contact {
        id: id.to_owned(),
        kind: first.kind,
        status: first.status,
        participants: first.participants,
        when: first.when,
        place: first.place,
        initiator: first.initiator,
        duration: first.duration,
        medium: first.medium,
        topics: first.topics,
        outcomes: first.outcomes,
        counts: first.counts,
        independent_sources: reports.len() as u32,
        origins: (0..reports.len() as u32).collect(),
        origin_ties: Vec::new(),
        reports: reports.into_iter().map(|(at, report)| (at, Box::new(report))).collect(),
        agreement: vec![(Field::Kind, Agreement::SingleSource)],
        disputes: Vec::new(),
        official: Vec::new(),
        status_history: Vec::new(),
        decisions: Vec::new(),
        narrowing: Vec::new(),
        judgements: Vec::new(),
        confidence: readout_types::Confidence { contact: 83, fields: vec![(Field::Status, 94)] },
    }
}

/// The chronology.
pub fn chronology() -> Chronology {
    let trump = person("Donald Trump", "President", "US");
    let putin = person("Vladimir Putin", "President", "RU");
    let ushakov = person("Yuri Ushakov", "Aide", "RU");
    let minutes = |n| Duration { min: Some(n), max: Some(n) };

    let mut harbour = report(ContactKind::Call, &[trump.clone(), putin.clone()], "2025-12-28");
    harbour.duration = Some(minutes(75));
    harbour.medium = Some("phone".to_owned());
    harbour.place = Some(Place { name: "Palm Beach".to_owned(), country: Some("US".to_owned()) });
    harbour.topics = vec!["Ukraine".to_owned()];
    let ninth = words(HARBOUR, TextPart::Text, "the ninth since the start of 2025");
    harbour.counts = vec![Count {
        n: 9,
        at_least: false,
        of: CountOf::Ordinal,
        kind: ContactKind::Call,
        period: interval("2025-01-01/2025-12-28"),
        scope: "since the start of 2025".to_owned(),
        source: ninth.clone(),
    }];
    harbour.said_by = vec![Attribution { speaker: ushakov.clone(), channel: None, denies: false }];
    harbour.evidence = vec![
        evidence(Field::Participants, HARBOUR, "Donald Trump"),
        evidence(Field::Kind, HARBOUR, "held a phone call with"),
        evidence(Field::When, HARBOUR, "on Sunday"),
        evidence(Field::Duration, HARBOUR, "75 minutes"),
        evidence(Field::SaidBy, HARBOUR, "Kremlin aide Yuri Ushakov"),
    ];
    let mut quarry = report(ContactKind::Call, &[trump.clone(), putin.clone()], "2025-12-28");
    quarry.duration = Some(minutes(150));
    quarry.evidence = vec![
        Evidence {
            field: Field::Kind,
            source: words("Trump und Putin: ‘call’", TextPart::Title, "‘call’"),
            rule: Arc::from("call.title"),
        },
        evidence(Field::Kind, QUARRY, "spoke by phone with"),
        evidence(Field::Duration, QUARRY, "two and a half hours"),
    ];
    let mut call = contact("2025-12-28-call-putin-trump-3f9a", vec![(0, harbour), (1, quarry)]);
    call.disputes = vec![Dispute {
        field: Field::Duration,
        values: vec![
            Rival {
                value: FieldValue::Duration(minutes(75)),
                documents: vec![0],
                said_by: vec![ushakov.clone()],
                side: Some("RU".to_owned()),
            },
            Rival { value: FieldValue::Duration(minutes(150)), documents: vec![1], said_by: Vec::new(), side: None },
        ],
    }];
    call.official = vec![OfficialAccount {
        side: "RU".to_owned(),
        speakers: vec![ushakov.clone()],
        documents: vec![0],
        values: vec![
            (Field::Status, FieldValue::Status(Status::Held)),
            (Field::Duration, FieldValue::Duration(minutes(75))),
        ],
    }];
    call.origins = vec![0, 0];
    call.independent_sources = 1;
    call.origin_ties = vec![OriginTie { earlier: 0, later: 1, why: SharedOrigin::Quote }];
    call.agreement = vec![(Field::Kind, Agreement::Agreed), (Field::Duration, Agreement::Disputed)];
    let day = |d: i8| readout_types::Date::new(2025, 12, d).ok();
    call.status_history = vec![StatusStep { as_of: day(28), status: Status::Held, document: 0 }];
    call.decisions = vec![LinkDecision {
        left: (0, 0),
        right: (1, 0),
        score: 4.25,
        reasons: ["same day 2025-12-28 (+3.0)".into(), "both principals (+1.25)".into()].into(),
    }];
    call.narrowing = vec!["the tenth call was on 2025-12-29".to_owned()];

    let macron = person("Emmanuel Macron", "President", "FR");
    let merz = person("Friedrich Merz", "Chancellor", "DE");
    let mut meeting = report(ContactKind::Meeting, &[macron, merz], "2026-03");
    meeting.status = Status::Planned;
    meeting.place = Some(Place { name: "Toulon".to_owned(), country: Some("FR".to_owned()) });
    meeting.evidence = vec![
        evidence(Field::Kind, LANTERN, "will meet"),
        evidence(Field::Status, LANTERN, "will meet"),
        evidence(Field::Place, LANTERN, "in Toulon"),
    ];
    let meeting = contact("2026-03-meeting-macron-merz-77aa", vec![(2, meeting)]);

    let state = |name: &str, code: &str| {
        Actor::from(ActorFacts {
            name: name.to_owned(),
            role: None,
            country: Some(code.to_owned()),
            kind: ActorKind::State,
            key: format!("state:{code}"),
        })
    };
    let mut unknown = report(ContactKind::Meeting, &[state("Brazil", "BR"), state("中国", "CN")], "..");
    unknown.when.basis = String::new();
    unknown.evidence = vec![evidence(Field::Kind, QUARRY, "met")];
    let unknown = contact("undated-meeting-brazil-china-0b1c", vec![(1, unknown)]);

    let gap = Gap {
        kind: ContactKind::Call,
        participants: vec![trump.clone(), putin],
        min: 2,
        max: None,
        after: readout_types::Date::new(2025, 7, 3).ok(),
        before: day(28),
        because: vec![(0, ninth)],
    };
    let counts = CountSeries {
        kind: ContactKind::Call,
        participants: gap.participants.clone(),
        period: interval("2025"),
        claims: vec![CountClaim {
            document: 0,
            contact: call.id.clone(),
            n: 9,
            at_least: false,
            of: CountOf::Ordinal,
            by: day(28),
            found: 1,
            possible: 1,
            source: gap.because[0].1.clone(),
        }],
        contradictions: vec!["counts contradict each other: one and another".to_owned()],
    };
    let statement = Statement {
        speaker: Some(ushakov),
        speaker_source: None,
        cue: "said".to_owned(),
        cue_source: None,
        channel: None,
        direct: false,
        manner: Manner::Says,
        hedge: None,
        stance: None,
        source: words(HARBOUR, TextPart::Text, "lasted 75 minutes"),
        more: Vec::new(),
        rule: "clause".into(),
        report: Some(0),
    };
    let call_id = call.id.clone();
    Chronology {
        tier: Some(readout_types::Tier::Swift),
        documents: vec![
            document("harbour-wire-ninth", "Harbour Wire", "A ninth call", "2025-12-28", HARBOUR),
            document("quarry-bay", "Quarry Bay Times", "Trump und Putin: ‘call’", "2025-12-29", QUARRY),
            document("lantern-toulon", "Lantern Post", "Toulon next", "2026-02-01", LANTERN),
        ],
        contacts: vec![call, meeting, unknown],
        gaps: vec![gap],
        counts: vec![counts],
        statements: vec![(0, statement, Some(call_id))],
        diagnostics: vec![Diagnostic {
            document: "quarry-bay".to_owned(),
            level: Level::Warning,
            message: "two dates: the later is taken".to_owned(),
        }],
    }
}
