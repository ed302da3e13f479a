//! Owns the way from the domain's types to the wire structs: by hand, in one place, borrowing everything it can.

use std::cell::OnceCell;
use std::collections::HashSet;

use readout_types as domain;
use readout_types::{
    CodePoints, DocumentEntry, EvidenceSource, FieldValue, Interval, OriginalPoints, OriginalSpan, TextPart,
};

use crate::View;
use crate::wire::*;

/// The JSON structs of a view.
pub fn chronology<'a>(view: &View<'a>) -> Chronology<'a> {
    let all = view.chronology;
    let offsets = Offsets::new(&all.documents);
    let whole = view.part.is_none() && view.contacts.len() == all.contacts.len();
    let shown: HashSet<&str> = view.contacts().map(|(_, contact)| contact.id.as_str()).collect();
    Chronology {
        readout: env!("CARGO_PKG_VERSION"),
        tier: all.tier.map(domain::Tier::as_str),
        documents: all.documents.iter().map(document).collect(),
        contacts: view.contacts().map(|(_, c)| contact(c, &offsets)).collect(),
        gaps: view.gaps().map(|g| gap(g, &offsets)).collect(),
        counts: all.counts.iter().map(|c| count_series(c, &offsets)).collect(),
        statements: all
            .statements
            .iter()
            .filter(|(_, _, about)| whole || about.as_deref().is_some_and(|id| shown.contains(id)))
            .map(|(at, s, about)| statement(*at, s, about.as_deref(), &offsets))
            .collect(),
        diagnostics: all.diagnostics.iter().map(diagnostic).collect(),
    }
}

/// Byte spans to code points, with one index for each text that has evidence.
pub(crate) struct Offsets<'a> {
    documents: &'a [DocumentEntry],
    texts: Vec<OnceCell<OriginalPoints<'a>>>,
}

impl<'a> Offsets<'a> {
    pub(crate) fn new(documents: &'a [DocumentEntry]) -> Self {
        Offsets { documents, texts: documents.iter().map(|_| OnceCell::new()).collect() }
    }

    fn id(&self, document: usize) -> &'a str {
        self.documents.get(document).map_or("", |d| d.id.as_str())
    }

    /// First code point and one past the last, of the text or of the title.
    pub(crate) fn points(&self, document: usize, span: OriginalSpan) -> (u32, u32) {
        let Some(entry) = self.documents.get(document) else { return (0, 0) };
        let (start, end) = (span.span.start, span.span.end);
        match span.part {
            TextPart::Text => {
                let index = self.texts[document].get_or_init(|| entry.original.code_points());
                (index.at(start), index.at(end))
            }
            TextPart::Title => {
                let title = entry.title.as_deref().unwrap_or("");
                let index = CodePoints::new(title);
                (index.at(title, start), index.at(title, end))
            }
        }
    }

    fn words(&self, document: usize, source: &'a EvidenceSource) -> Words<'a> {
        let (start, end) = self.points(document, source.original);
        match source.original.part {
            TextPart::Text => Words::Text { start, end, text: &source.text },
            TextPart::Title => Words::Title { title_start: start, title_end: end, quote: &source.text },
        }
    }
}

fn document(entry: &DocumentEntry) -> Document<'_> {
    Document {
        id: &entry.id,
        path: &entry.path,
        source: entry.source.as_deref(),
        title: entry.title.as_deref(),
        url: entry.url.as_deref(),
        published: entry
            .date
            .chosen
            .as_ref()
            .filter(|c| !c.value.is_unknown())
            .map(|c| Published { edtf: c.value.edtf(), basis: c.basis.as_contract() }),
        language: entry.language.as_deref(),
        duplicate_of: entry.duplicate_of.as_deref(),
    }
}

fn contact<'a>(contact: &'a domain::Contact, offsets: &Offsets<'a>) -> Contact<'a> {
    Contact {
        id: &contact.id,
        values: Values {
            kind: contact.kind.as_str(),
            status: contact.status.as_str(),
            participants: contact.participants.iter().map(actor).collect(),
            when: when(&contact.when),
            place: contact.place.as_ref().map(place),
            initiator: contact.initiator.as_ref().map(actor),
            duration_minutes: contact.duration.map(minutes),
            medium: contact.medium.as_deref(),
            topics: &contact.topics,
            outcomes: &contact.outcomes,
            counts: contact.counts.iter().map(count).collect(),
        },
        reports: contact.reports.iter().map(|(at, r)| report(*at, r, offsets)).collect(),
        independent_sources: contact.independent_sources,
        confidence: confidence(&contact.confidence),
        domestic: contact.is_domestic(),
        origins: origins(contact, offsets),
        disputes: contact.disputes.iter().map(|d| dispute(d, offsets)).collect(),
        official: contact.official.iter().map(|o| official(o, offsets)).collect(),
        agreement: contact
            .agreement
            .iter()
            .map(|(field, sources)| Agreement { field: field.as_str(), sources: agreement(*sources) })
            .collect(),
        status_history: contact
            .status_history
            .iter()
            .map(|step| StatusStep {
                as_of: step.as_of.map(|d| d.to_string()),
                status: step.status.as_str(),
                document: offsets.id(step.document),
            })
            .collect(),
        narrowing: &contact.narrowing,
        links: contact
            .decisions
            .iter()
            .map(|d| Link {
                documents: [offsets.id(d.left.0), offsets.id(d.right.0)],
                score: (f64::from(d.score) * 100.0).round() / 100.0,
                reasons: &d.reasons,
            })
            .collect(),
        corrections: contact.judgements.iter().map(correction).collect(),
    }
}

fn report<'a>(document: usize, report: &'a domain::Report, offsets: &Offsets<'a>) -> Report<'a> {
    let mut evidence = Vec::with_capacity(report.evidence.len());
    let mut title_evidence = Vec::new();
    for piece in &report.evidence {
        let (field, rule) = (piece.field.as_str(), &*piece.rule);
        match offsets.words(document, &piece.source) {
            Words::Text { start, end, text } => evidence.push(Evidence { field, start, end, text, rule }),
            Words::Title { title_start, title_end, quote } => {
                title_evidence.push(TitleEvidence { field, title_start, title_end, quote, rule });
            }
        }
    }
    Report {
        document: offsets.id(document),
        values: Values {
            kind: report.kind.as_str(),
            status: report.status.as_str(),
            participants: report.participants.iter().map(actor).collect(),
            when: when(&report.when),
            place: report.place.as_ref().map(place),
            initiator: report.initiator.as_ref().map(actor),
            duration_minutes: report.duration.map(minutes),
            medium: report.medium.as_deref(),
            topics: &report.topics,
            outcomes: &report.outcomes,
            counts: report.counts.iter().map(count).collect(),
        },
        evidence,
        title_evidence,
        said_by: report
            .said_by
            .iter()
            .map(|a| SaidBy {
                name: &a.speaker.name,
                role: a.speaker.role.as_deref(),
                country: a.speaker.country.as_deref(),
                channel: a.channel.as_deref(),
                denies: a.denies,
            })
            .collect(),
        rule: &report.rule,
        main: report.main,
        durations: report.lengths.iter().map(rival_length).collect(),
    }
}

fn actor(actor: &domain::Actor) -> Actor<'_> {
    let kind = match actor.kind {
        domain::ActorKind::Person => "person",
        domain::ActorKind::State => "state",
        domain::ActorKind::Organisation => "organisation",
        domain::ActorKind::Group => "group",
    };
    Actor { name: &actor.name, role: actor.role.as_deref(), country: actor.country.as_deref(), kind }
}

fn bounds(interval: Interval) -> Dates {
    Dates {
        edtf: interval.edtf(),
        earliest: interval.earliest.map(|d| d.to_string()),
        latest: interval.latest.map(|d| d.to_string()),
    }
}

fn when(when: &domain::When) -> When<'_> {
    let Dates { edtf, earliest, latest } = bounds(when.interval);
    When { edtf, earliest, latest, time: when.time.as_deref(), basis: &when.basis }
}

fn place(place: &domain::Place) -> Place<'_> {
    Place { name: &place.name, country: place.country.as_deref() }
}

fn rival_length(length: &domain::RivalLength) -> RivalLength<'_> {
    RivalLength {
        minutes: minutes(length.duration),
        said_by: length.said_by.iter().map(|speaker| speaker.name.as_str()).collect(),
    }
}

fn minutes(duration: domain::Duration) -> Minutes {
    Minutes { min: duration.min, max: duration.max }
}

fn count(count: &domain::Count) -> Count<'_> {
    let year = |d: domain::Date, month, day| {
        if (d.month(), d.day()) == (month, day) { format!("{:04}", d.year()) } else { d.to_string() }
    };
    Count {
        n: count.n,
        at_least: count.at_least,
        of: count.kind.as_str(),
        meaning: meaning(count.of),
        since: count.period.earliest.map(|d| year(d, 1, 1)),
        until: count.period.latest.map(|d| year(d, 12, 31)),
        scope: &count.scope,
    }
}

fn dispute<'a>(dispute: &'a domain::Dispute, offsets: &Offsets<'a>) -> Dispute<'a> {
    let rival = |rival: &'a domain::Rival| Rival {
        value: value(&rival.value),
        documents: rival.documents.iter().map(|&d| offsets.id(d)).collect(),
        said_by: rival.said_by.iter().map(|a| a.name.as_str()).collect(),
        side: rival.side.as_deref(),
    };
    Dispute { field: dispute.field.as_str(), values: dispute.values.iter().map(rival).collect() }
}

fn value(value: &FieldValue) -> Value<'_> {
    match value {
        FieldValue::Kind(kind) => Value::Word(kind.as_str()),
        FieldValue::Status(status) => Value::Word(status.as_str()),
        FieldValue::When(interval) => Value::When(bounds(*interval)),
        FieldValue::Place(named) => Value::Place(place(named)),
        FieldValue::Actor(party) => Value::Actor(actor(party)),
        FieldValue::Duration(duration) => Value::Minutes(minutes(*duration)),
        FieldValue::Text(text) => Value::Word(text),
        FieldValue::Actors(parties) => Value::Actors(parties.iter().map(actor).collect()),
        FieldValue::Words(words) => Value::Words(words),
    }
}

fn correction(judgement: &domain::Judgement) -> Correction<'_> {
    let (verdict, set) = match &judgement.verdict {
        domain::Verdict::Confirmed => ("confirmed", None),
        domain::Verdict::Unsure => ("unsure", None),
        domain::Verdict::Merged => ("merged", None),
        domain::Verdict::Split => ("split", None),
        domain::Verdict::Set { field, machine, value: new } => {
            let set =
                Set { field: field.as_str(), machine: machine.as_ref().map(value), value: new.as_ref().map(value) };
            ("set", Some(set))
        }
    };
    Correction {
        correction: &judgement.correction,
        by: &judgement.by,
        at: &judgement.at,
        why: judgement.why.as_deref(),
        verdict,
        set,
    }
}

/// The origins in the order of their numbers, each with its documents in the order of the reports.
fn origins<'a>(contact: &'a domain::Contact, offsets: &Offsets<'a>) -> Vec<Origin<'a>> {
    let mut origins: Vec<Origin<'a>> = Vec::new();
    for (number, documents, ties) in crate::sources::origins(contact) {
        debug_assert_eq!(number as usize, origins.len());
        origins.push(Origin {
            documents: documents.into_iter().map(|d| offsets.id(d)).collect(),
            because: ties
                .into_iter()
                .map(|tie| OriginTie {
                    documents: [offsets.id(tie.earlier), offsets.id(tie.later)],
                    why: match tie.why {
                        domain::SharedOrigin::Copy => "copy",
                        domain::SharedOrigin::Outlet => "outlet",
                        domain::SharedOrigin::Quote => "quote",
                        domain::SharedOrigin::Readout => "readout",
                    },
                })
                .collect(),
        });
    }
    origins
}

fn official<'a>(account: &'a domain::OfficialAccount, offsets: &Offsets<'a>) -> Official<'a> {
    Official {
        side: &account.side,
        said_by: account.speakers.iter().map(|a| a.name.as_str()).collect(),
        documents: account.documents.iter().map(|&d| offsets.id(d)).collect(),
        values: account
            .values
            .iter()
            .map(|(field, v)| OfficialValue { field: field.as_str(), value: value(v) })
            .collect(),
    }
}

fn count_series<'a>(series: &'a domain::CountSeries, offsets: &Offsets<'a>) -> CountSeries<'a> {
    CountSeries {
        kind: series.kind.as_str(),
        participants: series.participants.iter().map(|a| a.name.as_str()).collect(),
        period: bounds(series.period),
        claims: series
            .claims
            .iter()
            .map(|claim| CountClaim {
                document: offsets.id(claim.document),
                contact: &claim.contact,
                n: claim.n,
                at_least: claim.at_least,
                meaning: meaning(claim.of),
                by: claim.by.map(|d| d.to_string()),
                found: claim.found,
                possible: claim.possible,
                words: offsets.words(claim.document, &claim.source),
            })
            .collect(),
        contradictions: &series.contradictions,
    }
}

fn meaning(of: domain::CountOf) -> &'static str {
    match of {
        domain::CountOf::Ordinal => "ordinal",
        domain::CountOf::Total => "total",
    }
}

fn agreement(agreement: domain::Agreement) -> &'static str {
    match agreement {
        domain::Agreement::Agreed => "agreed",
        domain::Agreement::SingleSource => "single-source",
        domain::Agreement::Disputed => "disputed",
    }
}

fn gap<'a>(gap: &'a domain::Gap, offsets: &Offsets<'a>) -> Gap<'a> {
    Gap {
        kind: gap.kind.as_str(),
        participants: gap.participants.iter().map(|a| a.name.as_str()).collect(),
        missing: Missing { min: gap.min, max: gap.max },
        after: gap.after.map(|d| d.to_string()),
        before: gap.before.map(|d| d.to_string()),
        because: gap
            .because
            .iter()
            .map(|(at, source)| Because { document: offsets.id(*at), words: offsets.words(*at, source) })
            .collect(),
    }
}

pub(crate) fn statement<'a>(
    document: usize,
    statement: &'a domain::Statement,
    about: Option<&'a str>,
    offsets: &Offsets<'a>,
) -> Statement<'a> {
    Statement {
        document: offsets.id(document),
        speaker: statement.speaker.as_ref().map(|a| a.name.as_str()),
        cue: &statement.cue,
        channel: statement.channel.as_deref(),
        direct: statement.direct,
        manner: statement.manner.as_str(),
        hedge: statement.hedge.as_deref(),
        stance: statement.stance.map(domain::Stance::as_str),
        words: offsets.words(document, &statement.source),
        more: statement.more.iter().map(|part| offsets.words(document, part)).collect(),
        speaker_words: statement.speaker_source.as_ref().map(|source| offsets.words(document, source)),
        contact: about,
        rule: &statement.rule,
    }
}

fn confidence(confidence: &domain::Confidence) -> Confidence {
    let share = |hundredths: u8| f64::from(hundredths) / 100.0;
    Confidence {
        contact: share(confidence.contact),
        fields: confidence.fields.iter().map(|(field, c)| (field.as_str(), share(*c))).collect(),
    }
}

fn diagnostic(diagnostic: &domain::Diagnostic) -> Diagnostic<'_> {
    let level = match diagnostic.level {
        domain::Level::Note => "note",
        domain::Level::Warning => "warning",
        domain::Level::Error => "error",
    };
    Diagnostic { document: &diagnostic.document, level, message: &diagnostic.message }
}
