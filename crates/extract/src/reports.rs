//! Owns reports: contact mentions of a document joined into one report for each contact it speaks of.

use std::sync::Arc;

use readout_types::{
    Actor, ActorKind, Attribution, ContactKind, Count, Date, Duration, Evidence, Field, Interval, KindGroup, Place,
    Report, Span, Status, Upos, When,
};

use crate::actors::ActorId;
use crate::counts::CountClaim;
use crate::evidence;
use crate::initiators::{self, Initiator};
use crate::lengths::{self, Length};
use crate::mentioned::ContactMention;
use crate::resolve::Document;
use crate::speakers::Credit;

/// A contact mention with everything its sentence says of it.
#[derive(Clone, Debug)]
pub struct Told<'k> {
    /// The mention.
    pub mention: ContactMention<'k>,
    /// Parties of all sides, principals first.
    pub parties: Vec<ActorId>,
    /// Days and clock time.
    pub when: When,
    /// Words for the time.
    pub when_spans: Vec<Span>,
    /// Whether words of the sentence give the days.
    pub dated: bool,
    /// The weekday that they name, 1 for Monday, where no day of the document tells which one is meant.
    pub weekday: Option<i8>,
    /// Where.
    pub place: Option<(Place, Span)>,
    /// How long.
    pub duration: Option<(Duration, Span)>,
    /// Who called or asked for it.
    pub initiator: Option<Initiator>,
    /// Who says so.
    pub credits: Vec<Credit>,
    /// Ordinal or total.
    pub count: Option<CountClaim>,
    /// What about.
    pub topics: Vec<(String, Span)>,
    /// What was agreed.
    pub outcomes: Vec<(String, Span)>,
}

/// A report in the making.
#[derive(Clone, Debug)]
pub struct Draft<'k> {
    /// Mentions of it, in order of the text.
    pub told: Vec<Told<'k>>,
    /// Parties.
    pub parties: Vec<ActorId>,
    /// Kind.
    pub kind: ContactKind,
    /// Status as of the document.
    pub status: Status,
    /// Days.
    pub when: When,
    /// Whether words of the text give the days.
    pub dated: bool,
    /// `previous`, `earlier`: not the contact in hand.
    pub prior: bool,
    /// How long, as speakers have it in sentences of their own.
    pub lengths: Vec<Length>,
}

impl<'k> Draft<'k> {
    /// A report begun by a mention.
    pub fn new(told: Told<'k>) -> Self {
        Draft {
            parties: told.parties.clone(),
            kind: told.mention.kind,
            status: told.mention.status,
            when: told.when.clone(),
            dated: told.dated,
            prior: told.mention.prior,
            lengths: Vec::new(),
            told: vec![told],
        }
    }

    fn group(&self) -> KindGroup {
        self.kind.group()
    }

    /// Whether a mention with parties of its own can be of this contact.
    pub fn admits(&self, document: &Document<'_>, told: &Told<'_>) -> bool {
        let mention = &told.mention;
        if self.group() != mention.kind.group()
            && (self.vague_with(document, told) || self.talks_of_call(document, told))
        {
            return true;
        }
        if self.group() != mention.kind.group()
            || (self.kind == ContactKind::Visit) != (mention.kind == ContactKind::Visit)
        {
            return false;
        }
        if !same_parties(document, &self.parties, &told.parties) {
            return false;
        }
        // "U.S. and Cuban negotiators" are not their presidents, except in headlines and calls between seats of government.
        let shared = told.parties.iter().any(|p| self.parties.contains(p));
        let headline = mention.title || self.told.iter().any(|t| t.mention.title);
        if !shared && !headline && (self.kind != ContactKind::Call || by_aides(document, mention)) {
            return false;
        }
        if self.dated && told.dated && !self.when.interval.overlaps(told.when.interval) {
            return false;
        }
        let behind = |s: Status| matches!(s, Status::Held | Status::Ongoing);
        // "A rang B. They had last spoken on August 8": a day told in the pluperfect is that of a contact before.
        let backward = |t: &Told<'_>| t.mention.pluperfect && t.dated;
        if backward(told) != self.told.iter().any(backward) && !(self.dated && told.dated) {
            return false;
        }
        let same_day = self.dated && told.dated && self.when.interval.overlaps(told.when.interval);
        if mention.prior != self.prior && !same_day {
            return false;
        }
        // "A bilateral meeting in Jakarta and a trilateral one": two of one sentence, with other sides.
        let beside = self.told.last().is_some_and(|t| {
            t.mention.sentence == mention.sentence
                && t.mention.token != mention.token
                && t.mention.pattern.form == readout_rules::Form::Noun
                && mention.pattern.form == readout_rules::Form::Noun
                && t.dated
                && told.dated
                && !mention.definite
                && t.parties.len() != told.parties.len()
        });
        // "B is to meet C, and A will join the two in a trilateral"
        let third = mention.further
            && told.parties.len() > self.parties.len()
            && self.told.last().is_some_and(|t| t.mention.sentence == mention.sentence && !t.mention.title);
        if beside || third {
            return false;
        }
        let only_title = self.told.iter().all(|t| t.mention.title);
        if mention.further && !same_day && behind(self.status) && !only_title {
            return false;
        }
        match (self.status, mention.status) {
            (a, b) if a == b => true,
            // A plan told beside a contact that took place: another one, unless the days agree or the plan came first.
            (a, Status::Planned | Status::Proposed) if behind(a) => {
                same_day || mention.title || mention.soft && !told.dated || self.only_announced(document)
            }
            (Status::Planned | Status::Proposed, b) if behind(b) => {
                same_day
                    || (!told.dated && (!self.dated || mention.soft && mention.definite))
                    || self.told.iter().all(|t| t.mention.title)
            }
            (Status::Planned, Status::Proposed) | (Status::Proposed, Status::Planned) => true,
            (Status::Cancelled, Status::Planned | Status::Proposed)
            | (Status::Planned | Status::Proposed, Status::Cancelled) => !(self.dated && told.dated) || same_day,
            (Status::Cancelled, _) | (_, Status::Cancelled) => false,
            (Status::Denied, _) | (_, Status::Denied) => true,
            _ => true,
        }
    }

    /// Whether all that is known is a title in the present tense, "Presidents meet on rift", which may be of what is to come.
    pub(crate) fn only_announced(&self, document: &Document<'_>) -> bool {
        self.told.iter().all(|t| {
            let tree = document.tree(t.mention.sentence);
            let verb = t.mention.light.unwrap_or(t.mention.token);
            let now = |v: usize| tree.children(v).any(|c| matches!(tree.lower(c).as_str(), "is" | "are"));
            let present = match tree.xpos(verb) {
                "VBZ" | "VBP" | "VB" => true,
                // "Obama and Xi are meeting in California"
                "VBG" => now(verb),
                // "Top issues for talks between Obama and Xi"
                _ => {
                    document.issuer.is_none()
                        && tree.upos(verb) == Upos::Noun
                        && t.mention.soft
                        && tree.clause(verb).is_none_or(now)
                }
            };
            t.mention.title && !t.dated && present
        })
    }

    /// "Spoke with" says neither by telephone nor face to face: it joins a meeting of the same parties when one of the
    /// two stands in a title, or both are of one day.
    fn vague_with(&self, document: &Document<'_>, told: &Told<'_>) -> bool {
        let vague = |t: &Told<'_>| {
            let conversation = || document.tree(t.mention.sentence).lemma(t.mention.token) == "conversation";
            t.mention.kind == ContactKind::Call
                && t.mention.medium.is_none()
                && (&*t.mention.pattern.id == "call.speak" || &*t.mention.pattern.id == "call.call" && conversation())
        };
        let alone = self.told.iter().all(vague);
        let held = |s: Status| matches!(s, Status::Held | Status::Ongoing);
        if !(alone && told.mention.kind == ContactKind::Meeting || vague(told) && self.kind == ContactKind::Meeting)
            || !same_parties(document, &self.parties, &told.parties)
            || told.parties.len() != self.parties.len()
            || held(self.status) != held(told.mention.status)
        {
            return false;
        }
        match (self.dated, told.dated) {
            (true, true) => {
                self.when.interval.days().is_some_and(|d| d <= 31) && self.when.interval == told.when.interval
            }
            // The exchange without a day of its own is the meeting told of close by.
            _ => {
                let undated = if vague(told) { !told.dated } else { !self.dated };
                undated && self.told.last().is_some_and(|t| told.mention.sentence - t.mention.sentence <= 6)
            }
        }
    }

    /// "Transcripts of his talks with B", in a text on their call: talks that no place or day makes others.
    fn talks_of_call(&self, document: &Document<'_>, told: &Told<'_>) -> bool {
        let talks = |t: &Told<'_>| generic_talks(document, t);
        let call = |k: ContactKind| k == ContactKind::Call;
        let held = |s: Status| matches!(s, Status::Held | Status::Ongoing);
        (call(self.kind) && talks(told) || call(told.mention.kind) && self.told.iter().all(talks))
            && told.parties.len() == self.parties.len()
            && same_parties(document, &self.parties, &told.parties)
            && held(self.status)
            && held(told.mention.status)
    }

    /// Adds a mention.
    pub fn add(&mut self, document: &Document<'_>, told: Told<'k>) {
        for &party in &told.parties {
            if !self.parties.contains(&party) && self.told.iter().any(|t| t.mention.sentence == told.mention.sentence) {
                self.parties.push(party);
            }
        }
        if told.parties.len() > self.parties.len() {
            self.parties = told.parties.clone();
        } else {
            // A person named now stands for the state named before.
            for &party in &told.parties {
                if document.cast.is_person(party) && !self.parties.contains(&party) {
                    let state = self.parties.iter().position(|&p| {
                        !document.cast.is_person(p) && document.cast.country(p) == document.cast.country(party)
                    });
                    if let Some(at) = state {
                        self.parties[at] = party;
                    }
                }
            }
        }
        let mention = &told.mention;
        let talks = self.told.iter().all(|t| generic_talks(document, t));
        if mention.kind == ContactKind::Call && self.kind == ContactKind::Meeting && talks {
            // The talks before it were the call.
            self.kind = ContactKind::Call;
        } else if self.kind == ContactKind::Call && generic_talks(document, &told) {
            // So are those after it.
        } else if mention.kind.group() != self.kind.group() && mention.kind == ContactKind::Meeting {
            // The vague word before it was the meeting.
            self.kind = ContactKind::Meeting;
        } else if specific(mention.kind) > specific(self.kind) {
            self.kind = mention.kind;
        }
        let announced = matches!(mention.status, Status::Planned | Status::Proposed) && self.only_announced(document);
        self.status = if announced { mention.status } else { later(self.status, mention.status, mention.soft) };
        if told.dated && (!self.dated || narrower(told.when.interval, self.when.interval)) {
            let time = self.when.time.take();
            self.when = told.when.clone();
            self.when.time = self.when.time.take().or(time);
            self.dated = true;
        } else if self.when.time.is_none() {
            self.when.time.clone_from(&told.when.time);
        }
        self.told.push(told);
    }

    /// The finished report.
    pub fn finish(mut self, document: &Document<'_>, main: bool, day: Option<Date>) -> Option<Report> {
        let clean = &document.annotated.document;
        if !self.dated {
            self.when = bounded(self.status, self.when, day);
        }
        let mut evidence: Vec<Evidence> = Vec::new();
        let mut push = |field: Field, span: Span, rule: &str| {
            if let Some(source) = evidence::source(clean, span)
                && !evidence.iter().any(|e: &Evidence| e.field == field && e.source.original == source.original)
            {
                evidence.push(Evidence { field, source, rule: Arc::from(rule) });
            }
        };
        for told in &self.told {
            let sentence = document.sentence(told.mention.sentence);
            push(Field::Kind, trigger_span(document, &told.mention), &told.mention.pattern.id);
            if let Some(token) = told.mention.status_token.filter(|&t| t < sentence.tokens.len()) {
                push(Field::Status, sentence.tokens[token].span, "status");
            }
            for &token in &told.mention.party_tokens {
                let span =
                    document.mention_at(told.mention.sentence, token).map_or(sentence.tokens[token].span, |m| m.span);
                push(Field::Participants, span, &told.mention.pattern.id);
            }
            // Those named beside them open their own words.
            for mention in &document.mentions[document.by_sentence[told.mention.sentence].clone()] {
                if matches!(mention.referent, crate::mentions::Referent::Actor(id) if told.parties.contains(&id)) {
                    push(Field::Participants, mention.span, &told.mention.pattern.id);
                }
            }
            for &span in &told.when_spans {
                push(Field::When, span, "time");
            }
        }
        let rule = self.told.first()?.mention.pattern.id.clone();
        // "In China", then "in Beijing": the town tells more.
        let places = || self.told.iter().filter_map(|t| t.place.clone());
        let land = |p: &Place| {
            let country = p.country.as_deref().and_then(|code| document.knowledge.table.country(code));
            country.is_some_and(|c| c.name == p.name || c.aliases.contains(&p.name))
        };
        let place = places().next().map(|first| {
            let town = places().find(|(p, _)| land(&first.0) && !land(p) && p.country == first.0.country);
            town.unwrap_or(first)
        });
        if let Some((_, span)) = &place {
            push(Field::Place, *span, "place");
        }
        // What the text itself tells comes before what it has others say.
        let told = self.told.iter().filter_map(|t| t.duration).next();
        let own = told.filter(|told| self.lengths.iter().all(|l| l.span != told.1));
        let mut given: Vec<Length> = own
            .map(|(duration, span)| Length { duration, span, speaker: None, speaker_span: None })
            .into_iter()
            .collect();
        given.append(&mut self.lengths);
        let rival_lengths = lengths::rivals(&given);
        let duration = told.or(given.first().map(|l| (l.duration, l.span)));
        for (at, length) in given.iter().enumerate() {
            // What others say of it opens its own words, whether it clashes or narrows.
            if at == 0 || length.speaker.is_some() || !rival_lengths.is_empty() {
                push(Field::Duration, length.span, "duration");
            }
            if let (Some(speaker), Some(span)) = (&length.speaker, length.speaker_span)
                && let Some(last) = self.told.last_mut()
            {
                last.credits.push(Credit { speaker: speaker.clone(), channel: None, denies: false, span });
            }
        }
        let initiators: Vec<Initiator> = self.told.iter().filter_map(|t| t.initiator).collect();
        let initiator = initiators::chosen(document, &initiators);
        if let Some(initiator) = initiator {
            push(Field::Initiator, initiator.span, "initiator");
        }
        let mut topics: Vec<String> = Vec::new();
        let mut outcomes: Vec<String> = Vec::new();
        let mut said_by: Vec<Attribution> = Vec::new();
        let mut counts: Vec<Count> = Vec::new();
        for told in &self.told {
            for (text, span) in &told.topics {
                if topics.len() < 6 && !topics.contains(text) {
                    topics.push(text.clone());
                    push(Field::Topics, *span, "topic");
                }
            }
            for (text, span) in &told.outcomes {
                if !outcomes.contains(text) {
                    outcomes.push(text.clone());
                    push(Field::Outcomes, *span, "outcome");
                }
            }
            for credit in &told.credits {
                if !said_by.iter().any(|a| a.speaker.name == credit.speaker.name) {
                    said_by.push(Attribution {
                        speaker: credit.speaker.clone(),
                        channel: credit.channel.clone(),
                        denies: credit.denies,
                    });
                    push(Field::SaidBy, credit.span, "attribution");
                } else if let Some(known) = said_by.iter_mut().find(|a| a.speaker.name == credit.speaker.name)
                    && known.channel.is_none()
                {
                    known.channel.clone_from(&credit.channel);
                }
            }
            if let Some(claim) = &told.count
                && let Some(source) = evidence::source(clean, claim.span)
            {
                push(Field::Counts, claim.span, "count");
                let scope = claim
                    .scope
                    .map(|s| s.of(&clean.text).split_whitespace().collect::<Vec<_>>().join(" "))
                    .unwrap_or_default();
                counts.push(Count {
                    n: claim.n,
                    at_least: claim.at_least,
                    of: claim.of,
                    kind: self.kind,
                    period: claim.period,
                    scope,
                    source,
                });
            }
        }
        if self.kind == ContactKind::Call {
            for party in &mut self.parties {
                *party = leader_of(document, *party, &self.told);
            }
        }
        let participants = participants(document, &self.parties);
        if participants.len() < 2 || !evidence.iter().any(|e| e.field == Field::Kind) {
            return None;
        }
        evidence.sort_by(|a, b| (a.source.clean, a.field, &a.rule).cmp(&(b.source.clean, b.field, &b.rule)));
        let mut weekdays = self.told.iter().filter_map(|t| t.weekday).filter(|_| !self.dated);
        let weekday = weekdays.next().filter(|first| weekdays.all(|other| other == *first));
        if let Some(name) = weekday.and_then(|n| crate::tallies::WEEKDAYS.get(usize::try_from(n - 1).ok()?)) {
            let (first, rest) = name.split_at(1);
            self.when.basis = format!("a {}{rest}, of a week that nothing tells", first.to_uppercase());
        }
        let by_aides = participants.iter().all(|a| a.kind != ActorKind::Person)
            && self.told.iter().any(|told| acted_by(document, &told.mention, "aides"));
        let medium =
            if self.kind == ContactKind::Call { self.told.iter().find_map(|t| t.mention.medium.clone()) } else { None };
        Some(Report {
            kind: self.kind,
            status: self.status,
            participants,
            when: self.when,
            place: place.map(|p| p.0),
            initiator: initiator.map(|i| document.cast.get(i.who).actor.clone()),
            duration: duration.map(|d| d.0),
            medium,
            topics,
            outcomes,
            counts,
            said_by,
            evidence,
            rule,
            main,
            lengths: rival_lengths,
            by_aides,
            weekday,
        })
    }
}

/// "Trump's talks with B": a word for whatever the two had, as far as neither place nor day is told.
fn generic_talks(document: &Document<'_>, told: &Told<'_>) -> bool {
    let mention = &told.mention;
    let tree = document.tree(mention.sentence);
    let of_telling = tree.head(mention.token).is_some_and(|h| {
        matches!(tree.lemma(h).as_str(), "transcript" | "detail" | "readout" | "record" | "account" | "summary")
    });
    &*mention.pattern.id == "talks.talks"
        && mention.kind == ContactKind::Meeting
        && of_telling
        && told.place.is_none()
        && !told.dated
}

/// Whether a mention is of aides, teams or officials rather than of those they work for.
fn by_aides(document: &Document<'_>, mention: &ContactMention<'_>) -> bool {
    acted_by(document, mention, "side")
}

/// Whether a noun of the set is, or stands in, the words for a party of the mention.
fn acted_by(document: &Document<'_>, mention: &ContactMention<'_>, nouns: &str) -> bool {
    let tree = document.tree(mention.sentence);
    mention.party_tokens.iter().any(|&token| {
        let span = document.mention_at(mention.sentence, token).map_or(token..token + 1, |m| m.first..m.end);
        span.chain([token]).any(|t| document.knowledge.cues.has(nouns, &tree.lemma(t)) && tree.upos(t) == Upos::Noun)
    })
}

/// "The call between the White House and the Kremlin": the leader whom the document names, for a seat of government.
fn leader_of(document: &Document<'_>, party: ActorId, told: &[Told<'_>]) -> ActorId {
    let actor = &document.cast.get(party).actor;
    let seat = actor.kind == ActorKind::State
        && told.iter().any(|t| {
            t.mention.party_tokens.iter().any(|&token| {
                document.mention_at(t.mention.sentence, token).is_some_and(|m| {
                    matches!(
                        m.span
                            .of(&document.annotated.document.text)
                            .trim_start_matches("the ")
                            .trim_start_matches("The "),
                        "White House"
                            | "Kremlin"
                            | "Elysee"
                            | "Élysée"
                            | "Downing Street"
                            | "Blue House"
                            | "Oval Office"
                    ) && matches!(m.referent, crate::mentions::Referent::Actor(id) if id == party)
                })
            })
        });
    let Some(country) = actor.country.as_deref().filter(|_| seat) else { return party };
    crate::seats::leader(document, country).unwrap_or(party)
}

/// The words of a trigger with its light verb, when they stand close together.
fn trigger_span(document: &Document<'_>, mention: &ContactMention<'_>) -> Span {
    let sentence = document.sentence(mention.sentence);
    let span = sentence.tokens[mention.token].span;
    match mention.light {
        Some(light) if light.abs_diff(mention.token) <= 8 => span.cover(sentence.tokens[light].span),
        _ => span,
    }
}

fn specific(kind: ContactKind) -> u8 {
    match kind {
        ContactKind::Talks => 1,
        ContactKind::Meeting | ContactKind::Visit | ContactKind::Call | ContactKind::Message => 2,
    }
}

fn later(known: Status, new: Status, soft: bool) -> Status {
    let rank = |s: Status| match s {
        Status::Unclear => 0,
        Status::Proposed => 1,
        Status::Planned => 2,
        Status::Ongoing => 4,
        Status::Held => 3,
        Status::Cancelled => 5,
        Status::Denied => 6,
    };
    if soft && rank(new) <= 3 && rank(known) >= 2 {
        known
    } else if rank(new) > rank(known) {
        new
    } else {
        known
    }
}

fn narrower(a: Interval, b: Interval) -> bool {
    match (a.days(), b.days()) {
        (Some(x), Some(y)) => x < y && a.overlaps(b),
        (Some(_), None) => true,
        _ => false,
    }
}

/// What status and the document's day alone say of an undated contact.
fn bounded(status: Status, when: When, day: Option<Date>) -> When {
    let Some(day) = day else { return when };
    if !when.interval.is_unknown() {
        return when;
    }
    let (interval, basis) = match status {
        Status::Held => (Interval::until(day), format!("held by {day}, the day of the document")),
        Status::Ongoing => (Interval::day(day), format!("under way on {day}, the day of the document")),
        Status::Planned | Status::Proposed => {
            (Interval::since(day), format!("still to come on {day}, the day of the document"))
        }
        _ => (Interval::UNKNOWN, String::new()),
    };
    When { interval, basis, ..when }
}

/// Whether two sets of parties can be those of one contact: all of the smaller are in the larger, where a person and the
/// state the person acts for are the same side, and both sides are met.
pub fn same_parties(document: &Document<'_>, a: &[ActorId], b: &[ActorId]) -> bool {
    let alike = |x: ActorId, y: ActorId| {
        x == y
            || (document.cast.is_person(x) != document.cast.is_person(y)
                && document.cast.country(x).is_some()
                && document.cast.country(x) == document.cast.country(y))
    };
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if large.len() > small.len() + 1 || (large.len() > small.len() && small.len() < 2) {
        return false;
    }
    small.iter().all(|&x| large.iter().any(|&y| alike(x, y)))
        && large.iter().filter(|&&y| small.iter().any(|&x| alike(x, y))).count() >= 2.min(large.len())
}

/// The participants as they are reported: a state is left out where a person of it takes part.
pub fn participants(document: &Document<'_>, parties: &[ActorId]) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for &id in parties {
        let actor = &document.cast.get(id).actor;
        let covered = actor.kind == ActorKind::State
            && parties.iter().any(|&p| {
                p != id && document.cast.is_person(p) && document.cast.country(p) == actor.country.as_deref()
            });
        if !covered && !out.iter().any(|a| a.key == actor.key) {
            out.push(actor.clone());
        }
    }
    out
}
