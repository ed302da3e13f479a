//! Owns the extraction of one document: mentions, times and credits gathered sentence by sentence and joined into reports.

use readout_types::{Annotated, BlockKind, Date, DateBasis, DateCandidate, Extraction, Interval, Status};

use crate::about::Trigger;
use crate::actors::{ActorId, Cast};
use crate::knowledge::Knowledge;
use crate::mentioned::{self, ContactMention};
use crate::mentions::{self, Referent};
use crate::placing::{place_in, sides};
use crate::reports::{Draft, Told};
use crate::resolve::Document;
use crate::seats;
use crate::speakers;
use crate::tallies;
use crate::tree::Forest;
use crate::when::{self, TimeAt};
use crate::{
    aside, chronicle, counts, ellipsis, fields, fingerprint, implied, initiators, kinds, narrative, official, page_day,
    presence, statements, stays, story,
};

/// All that a document says: reports in order of first mention, statements, and what was noticed.
///
/// Pure: the same analysis and knowledge give the same result. Texts in other languages than English yield no reports.
pub fn extract(annotated: &Annotated, knowledge: &Knowledge) -> Extraction {
    let clean = &annotated.document;
    let expressions = readout_times::expressions(&clean.text);
    let inferred = if clean.reference_day().is_none() { when::infer_day(annotated, &expressions) } else { None };
    let day = clean.reference_day().or(inferred.map(|i| i.0));
    let body: String = clean
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Body)
        .map(|b| b.span.of(&clean.text))
        .collect::<Vec<_>>()
        .join("\n");
    let mut extraction = Extraction {
        id: clean.id.clone(),
        path: clean.path.clone(),
        source: clean.source.clone(),
        title: clean.title.clone(),
        url: clean.url.clone(),
        date: clean.date.clone(),
        language: clean.language.map(str::to_owned),
        fingerprint: fingerprint(&body),
        reports: Vec::new(),
        statements: Vec::new(),
        lines: Vec::new(),
        diagnostics: clean.diagnostics.clone(),
    };
    if let Some((day, span)) = inferred {
        let passed_over = extraction.date.chosen.take();
        extraction.date.rivals.extend(passed_over);
        extraction.date.chosen = Some(DateCandidate {
            value: Interval::day(day),
            basis: DateBasis::Inferred,
            span: Some(span),
            reason: "the date in the opening sentences, with the latest year that the text names".to_owned(),
        });
    }
    if clean.language.is_some_and(|l| l != "en") {
        return extraction;
    }
    let forest = Forest::new(annotated);
    let mut document = prepare(annotated, &forest, knowledge, day);
    let mut times = when::by_sentence(&document, expressions);
    let day = page_day::day_after(&document, &times, day).or(day);
    document.entries = chronicle::days(annotated, &mut times, day);
    let week = when::greeting_week(&document, &times, day);
    let reference = day;
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    // Where each sentence speaks of which report, for statements; and the last report of each.
    let mut triggers: Vec<Trigger> = Vec::new();
    let mut spoken: Vec<Option<usize>> = vec![None; annotated.sentences.len()];
    for sentence in 0..annotated.sentences.len() {
        let mut told = tell(&document, sentence, &times[sentence], day, week.as_ref());
        let by_day = ellipsis::in_series(&document, sentence, &times[sentence], day, &told, &drafts);
        let named_by_day = !by_day.is_empty();
        told.extend(by_day);
        for one in told {
            let behind = matches!(one.mention.status, Status::Held | Status::Ongoing);
            if let Some(day) = one.when.interval.as_day().filter(|_| one.dated && behind) {
                document.told_day = Some((sentence, day));
            }
            if let (Some(day), [one_side], []) = (
                one.when.interval.as_day().filter(|_| one.dated && behind),
                &one.mention.party[..],
                &one.mention.other[..],
            ) && one.mention.plural
            {
                document.series = Some((sentence, one.mention.kind.group(), *one_side, day));
            }
            let goal = one.mention.destination.and_then(|d| document.cast.country(d)).map(str::to_owned);
            let country = goal.or_else(|| one.place.as_ref().and_then(|(place, _)| place.country.clone()));
            if let Some(country) = country.filter(|_| behind) {
                let abroad = |p: &ActorId| document.cast.is_person(*p) && document.cast.country(*p) != Some(&*country);
                let people: Vec<ActorId> = one.parties.iter().copied().filter(abroad).collect();
                document.stays.extend(people.into_iter().map(|p| (sentence, p, country.clone())));
            }
            let start = annotated.sentences[sentence].tokens[one.mention.token].span.start;
            let status = one.mention.status;
            let told_on = one.when.interval.as_day().filter(|_| one.dated && behind);
            let index = place_in(&document, &mut drafts, one);
            if let Some(index) = index {
                let of_story = |d: &Date| reference.is_some_and(|r| (0..=story::FRESH).contains(&(r - *d).get_days()));
                if drafts[index].kind != readout_types::ContactKind::Visit {
                    document.story_day = document.story_day.or(told_on.filter(of_story));
                }
                spoken[sentence] = Some(index);
                triggers.push(Trigger { start, status, draft: index });
                // Who visits a country is not spoken of together with it.
                if drafts[index].kind != readout_types::ContactKind::Visit {
                    let parties = drafts[index].parties.clone();
                    document.pairs.push((sentence, parties));
                    document.pair_kinds.push(drafts[index].kind.group());
                }
            }
        }
        let near = spoken[sentence].or_else(|| recent(&spoken, sentence, 2));
        if let Some(draft) = spoken[sentence].filter(|_| named_by_day).and_then(|i| drafts.get_mut(i)) {
            aside::add_lengths(&document, sentence, &times[sentence], draft);
        }
        aside::add(&document, sentence, near, &times[sentence], day, &mut drafts);
        // A sentence with a plan in it may still speak of what took place: "by his account the line was open for an hour, and
        // he used it to invite B".
        let ahead = |i: &usize| matches!(drafts[*i].status, Status::Planned | Status::Proposed);
        let told_before = recent(&spoken, sentence, 2);
        if spoken[sentence].is_some_and(|i| ahead(&i))
            && let Some(draft) = told_before.filter(|i| !ahead(i)).and_then(|i| drafts.get_mut(i))
        {
            let credits = speakers::speaking_of(&document, sentence, &draft.parties, false);
            draft.told.last_mut().into_iter().for_each(|told| told.credits.extend(credits.iter().cloned()));
            aside::add_lengths(&document, sentence, &times[sentence], draft);
        }
        if near.is_none()
            && let Some(draft) = recent(&spoken, sentence, 5).and_then(|i| drafts.get_mut(i))
        {
            // Further on, those who speak for a side still speak of what was told last.
            let credits = speakers::speaking_of(&document, sentence, &draft.parties, false);
            draft.told.last_mut().into_iter().for_each(|told| told.credits.extend(credits.iter().cloned()));
            if !draft.lengths.is_empty() {
                aside::add_lengths(&document, sentence, &times[sentence], draft);
            }
        }
    }
    let main = drafts.iter().position(|d| d.told.iter().any(|t| t.mention.title)).or(if drafts.is_empty() {
        None
    } else {
        Some(0)
    });
    let said = statements::of_document(&document);
    crate::about::credit(&document, &said, &triggers, &mut drafts);
    official::imply(&document, &mut drafts, main, day);
    presence::hosts(&document, &mut drafts);
    story::settle(&document, &mut drafts, &times, main, day);
    presence::same_day(&document, &mut drafts);
    let mut index_of: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        match draft.finish(&document, Some(index) == main, day) {
            Some(report) => {
                index_of.push(Some(extraction.reports.len()));
                extraction.reports.push(report);
            }
            None => index_of.push(None),
        }
    }
    tallies::share_periods(&mut extraction.reports);
    extraction.statements = crate::about::statements(&document, said, &triggers, |sentence| {
        spoken[sentence].or_else(|| recent(&spoken, sentence, 2))
    });
    for statement in &mut extraction.statements {
        statement.report = statement.report.and_then(|draft| index_of[draft]);
    }
    extraction
}

/// The draft that one of the sentences before spoke of.
fn recent(spoken: &[Option<usize>], sentence: usize, reach: usize) -> Option<usize> {
    (1..=reach).find_map(|back| sentence.checked_sub(back).and_then(|s| spoken[s]))
}

fn prepare<'a>(
    annotated: &'a Annotated,
    forest: &'a Forest,
    knowledge: &'a Knowledge,
    day: Option<Date>,
) -> Document<'a> {
    let clean = &annotated.document;
    let mut cast = Cast::new(day);
    let found = mentions::find(annotated, knowledge, &mut cast);
    for mention in &found {
        if let Referent::Place(code) = &mention.referent {
            cast.add_country(knowledge, code);
        }
    }
    // The states of the people named: "the two countries" may mean them.
    let states: Vec<String> = cast.iter().filter_map(|(id, _)| cast.country(id).map(str::to_owned)).collect();
    for code in states {
        cast.add_country(knowledge, &code);
    }
    let mut by_sentence = Vec::with_capacity(annotated.sentences.len());
    let mut at = 0;
    for sentence in 0..annotated.sentences.len() {
        let from = at;
        while at < found.len() && found[at].sentence == sentence {
            at += 1;
        }
        by_sentence.push(from..at);
    }
    let issuer = knowledge
        .issuer(clean.source.as_deref(), clean.url.as_deref())
        .or_else(|| knowledge.issuer_of_page(&clean.text).filter(|_| official::titled_as_readout(clean)));
    let host = issuer.and_then(|issuer| {
        let in_title = found.iter().find_map(|m| {
            let block = annotated.sentences[m.sentence].block as usize;
            match m.referent {
                Referent::Actor(id)
                    if clean.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Title)
                        && cast.is_person(id)
                        && cast.country(id) == Some(&issuer.country) =>
                {
                    Some(id)
                }
                _ => None,
            }
        });
        in_title.or_else(|| {
            knowledge.table.holders(&issuer.country, issuer.office, day).first().map(|&p| cast.add_known(knowledge, p))
        })
    });
    let mut document = Document {
        annotated,
        forest,
        knowledge,
        cast,
        mentions: found,
        by_sentence,
        issuer,
        host,
        pairs: Vec::new(),
        pair_kinds: Vec::new(),
        asked: std::cell::RefCell::default(),
        events: readout_times::event_hints(&clean.text),
        told_day: None,
        story_day: None,
        series: None,
        stays: Vec::new(),
        entries: Vec::new(),
    };
    // "The call between the White House and the Kremlin": of those who hold office there.
    for country in seats::countries(&document) {
        if let Some(&leader) = knowledge.table.holders(&country, "leader", day).first() {
            document.cast.add_known(knowledge, leader);
        }
    }
    if let Some(code) = crate::dateline::country(&document) {
        document.cast.add_country(knowledge, &code);
    }
    name_envoys(&mut document);
    crate::offices::settle_beside(&mut document);
    // Pronouns and bare titles are settled in order, so that each can lead to the next.
    for at in 0..document.mentions.len() {
        if let Some(id) = document.national(&document.mentions[at]) {
            document.mentions[at].referent = Referent::Actor(id);
        }
        if let Referent::Anaphor(anaphor) = &document.mentions[at].referent
            && !anaphor.speaker
            && let Some(id) = document.anaphor(document.mentions[at].sentence, document.mentions[at].first, anaphor)
        {
            document.mentions[at].referent = Referent::Actor(id);
        }
    }
    document
}

/// "Israel summoned the Russian ambassador. […] Ambassador Anatoly Viktorov was told": the one person of that country whom
/// the text calls its ambassador is meant wherever it speaks of the ambassador.
fn name_envoys(document: &mut Document<'_>) {
    let text = &document.annotated.document.text;
    let says_so = |words: &str| words.to_lowercase().split_whitespace().any(|w| w == "ambassador");
    let titled = document.cast.iter().filter(|(_, a)| a.actor.role.as_deref().is_some_and(says_so)).map(|(id, _)| id);
    let beside = document.mentions.iter().filter_map(|m| match m.referent {
        Referent::Actor(id) if document.cast.is_person(id) && says_so(m.span.of(text)) => Some(id),
        _ => None,
    });
    let mut ambassadors: Vec<(ActorId, String)> =
        titled.chain(beside).filter_map(|id| Some((id, document.cast.country(id)?.to_owned()))).collect();
    ambassadors.sort_unstable();
    ambassadors.dedup();
    for at in 0..document.mentions.len() {
        let mention = &document.mentions[at];
        let Referent::Actor(state) = mention.referent else { continue };
        if document.cast.is_person(state) || !says_so(mention.span.of(text)) {
            continue;
        }
        let Some(country) = document.cast.country(state) else { continue };
        let mut of_it = ambassadors.iter().filter(|(_, c)| c == country);
        if let (Some((one, _)), None) = (of_it.next(), of_it.next()) {
            document.mentions[at].referent = Referent::Actor(*one);
        }
    }
}

/// The contact mentions of a sentence with all that it says of each.
fn tell<'a>(
    document: &Document<'a>,
    sentence: usize,
    times: &[TimeAt],
    day: Option<Date>,
    week: Option<&when::GreetingWeek>,
) -> Vec<Told<'a>> {
    let mut found = mentioned::in_sentence(document, sentence);
    if found.is_empty() {
        return Vec::new();
    }
    drop_echoes(document, &mut found);
    let entry = document.entries.get(sentence).copied().flatten();
    // Within an entry of a chronicle days are counted from that of the entry.
    let written = entry.or(day);
    let mut dated = when::of_sentence(document, sentence, &found, times, written);
    let named: Vec<(usize, Date)> = found
        .iter()
        .zip(&dated)
        .filter_map(|(m, e)| Some((m.light.unwrap_or(m.token), e.when.interval.as_day().filter(|_| e.explicit)?)))
        .collect();
    for (mention, event) in found.iter().zip(&mut dated) {
        let own = event.explicit;
        narrative::at_event(document, mention, event, &document.events, day);
        // "Made a visit on Sunday for talks at the G7 summit": on that day of it.
        let tree = document.tree(sentence);
        let clause = tree.clause(mention.token);
        let above = named.iter().find(|(t, _)| tree.ancestors(mention.token).contains(t) || clause == tree.clause(*t));
        if let Some(&(_, day)) =
            above.filter(|(_, d)| !own && event.explicit && event.when.interval.overlaps(Interval::day(*d)))
        {
            event.when.interval = Interval::day(day);
            event.when.basis = format!("{}, on {day}", event.when.basis);
        }
        narrative::part_of_day(document, mention, event, written);
        stays::count_out(&document.tree(sentence), mention, times, event);
        if let Some((interval, basis)) = chronicle::told_in(entry)
            && chronicle::tells(mention)
            && !event.explicit
            && event.counted.is_none()
        {
            event.when.interval = interval;
            event.when.basis = basis;
            event.explicit = true;
        }
    }
    narrative::settle(document, &found, &mut dated, times, document.told_day, written);
    let initiator = initiators::named(document, sentence);
    let mut out = Vec::new();
    for (index, mention) in found.iter().enumerate() {
        if links_elsewhere(document, mention, &dated[index], day) {
            continue;
        }
        if let Some(week) = week
            && mention.status == Status::Held
        {
            week.narrow(&mut dated[index]);
        }
        let mut mention = mention.clone();
        if let Some(first) = out.last()
            && followed_by(&document.tree(sentence), &mention)
        {
            // "A meeting with B, followed by a joint call with C": of the same parties, with the same prospects.
            let first: &Told<'a> = first;
            mention.party.clone_from(&first.parties);
            mention.other.retain(|o| !first.parties.contains(o));
            if mention.soft {
                mention.status = first.mention.status;
            }
            if !dated[index].explicit && first.dated {
                dated[index].when.interval = first.when.interval;
                dated[index].when.basis =
                    format!("follows the {} of {}", first.mention.kind.as_str(), first.when.interval);
                dated[index].explicit = true;
            }
        }
        if let Some((at, group, whose, day)) = document.series
            && !dated[index].explicit
            && mention.status == Status::Held
            && sentence > at
            && sentence - at <= 3
            && mention.kind.group() == group
            && (mention.party.contains(&whose) || mention.other.contains(&whose))
            && !mention.definite
            && !mention.pluperfect
        {
            // "He held a series of calls on Saturday. He spoke with B": on that day.
            dated[index].when.interval = Interval::day(day);
            dated[index].when.basis = format!("one of the contacts told of together, {day}");
            dated[index].explicit = true;
        }
        let event = &dated[index];
        mention.interval = event.when.interval;
        let before = out.iter().rev().find(|t: &&Told<'a>| t.parties.len() >= 2).map(|t| t.parties.as_slice());
        let recent = document.pairs.iter().rev().find(|(at, _)| sentence - at <= 2).map(|(_, pair)| pair.as_slice());
        implied::complete(document, &mut mention, before, recent);
        if presence::face_to_face(document, &mention) {
            mention.kind = readout_types::ContactKind::Meeting;
        }
        kinds::as_before(document, &mut mention);
        let scheduled = mention.soft && when::present(&document.tree(sentence), &mention);
        let tree = document.tree(sentence);
        let arriving = mention.kind == readout_types::ContactKind::Visit
            && matches!(tree.lemma(mention.token).as_str(), "arrive" | "land" | "touch");
        settle(&mut mention, event.explicit, arriving, day);
        if scheduled && mention.status == Status::Held && day.is_some_and(|d| event.when.interval == Interval::day(d)) {
            // "Meets B at the White House on Friday", written on that Friday.
            mention.status = Status::Planned;
        }
        let certain =
            event.explicit && event.when.interval.as_day().is_some_and(|d| day.is_none_or(|today| d <= today));
        if mention.status == Status::Denied && mention.soft && !certain {
            // "No call was held" denies one only where a day makes it a certain one.
            continue;
        }
        let credits = speakers::of_mention(document, &mention);
        let told = Told {
            place: if mention.kind == readout_types::ContactKind::Call {
                None
            } else {
                fields::place(document, &mention, &found).or_else(|| fields::venue(document, &event.venues))
            },
            duration: when::duration(document, &mention, &found, times),
            initiator: initiators::of_mention(document, &mention, initiator, found.len() == 1),
            credits,
            count: counts::of_mention(document, &mention, times, day),
            topics: fields::topics(document, sentence, Some(&mention)),
            outcomes: fields::outcomes(document, sentence),
            when: event.when.clone(),
            when_spans: event.spans.clone(),
            dated: event.explicit,
            weekday: event.weekday.filter(|_| day.is_none() && !event.explicit),
            parties: Vec::new(),
            mention,
        };
        let members = tallies::members(&tree, &told, day);
        out.extend(sides(document, told));
        out.extend(members);
    }
    out
}

/// Whether a contact noun stands under "followed by" and names no first side of its own.
fn followed_by(tree: &crate::tree::Tree<'_>, mention: &ContactMention<'_>) -> bool {
    mention.party.is_empty()
        && tree.case(mention.token) == "by"
        && tree.head(mention.token).is_some_and(|h| tree.lemma(h) == "follow" && tree.xpos(h) == "VBN")
}

/// A trigger whose object is another trigger with the same parties says nothing of its own: "spoke in a phone call with".
fn drop_echoes(document: &Document<'_>, found: &mut Vec<ContactMention<'_>>) {
    let mut at = 0;
    while at < found.len() {
        let echo = (0..found.len()).any(|o| {
            let (mine, other) = (&found[at], &found[o]);
            if o == at || mine.kind.group() != other.kind.group() || mine.kind == readout_types::ContactKind::Visit {
                return false;
            }
            let tree = document.tree(mine.sentence);
            let sides = |m: &ContactMention<'_>| m.party.iter().chain(&m.other).copied().collect::<Vec<ActorId>>();
            let (own, theirs) = (sides(mine), sides(other));
            // "Had an encounter while at the summit": the summit is where.
            let where_it_was = matches!(tree.case(other.token).as_str(), "at" | "while at" | "during")
                && tree.head(other.token) == Some(mine.token);
            let tied = !where_it_was && (other.light == Some(mine.token) || tree.head(other.token) == Some(mine.token));
            // "Met B at the G20 summit": the summit is where they met.
            let people = |m: &[ActorId]| m.iter().filter(|&&a| document.cast.is_person(a)).count();
            let forum = |a: &ActorId| document.cast.get(*a).actor.kind == readout_types::ActorKind::Organisation;
            // "To meet on the second day of the summit"
            let day_of = tree
                .head(mine.token)
                .is_some_and(|d| tree.lemma(d) == "day" && tree.case(d) == "on" && tree.head(d) == Some(other.token));
            let occasion = (day_of
                || tree.head(mine.token) == Some(other.token)
                    && matches!(tree.case(mine.token).as_str(), "at" | "during"))
                && people(&theirs) >= 2
                && own.iter().all(|a| theirs.contains(a) || forum(a));
            // "Are expected to meet on Friday, the first meeting since May": of the meeting in hand.
            let apposed = matches!(tree.relation(mine.token), readout_types::Deprel::Appos)
                && tree.children(mine.token).any(|c| counts::ordinal(&tree.lower(c)).is_some())
                && other.token < mine.token
                && (other.status, mine.status) == (Status::Planned, Status::Held)
                && theirs.len() >= 2
                && own.iter().all(|&a| theirs.iter().any(|&t| t == a || !document.foreign(t, a)));
            occasion || apposed || tied && own.len() <= theirs.len() && own.iter().all(|a| theirs.contains(a))
        });
        if echo {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

/// How far from the day of a readout the links under it may still speak of its own contacts, in days.
const LINKED: i32 = 5;

/// "See also: President met with B, July 13, 2001", under a readout of 2003: of another contact, told elsewhere.
fn links_elsewhere(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    event: &when::EventTime,
    day: Option<Date>,
) -> bool {
    let block = document.annotated.sentences[mention.sentence].block as usize;
    let link = document.annotated.document.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Heading);
    let Some(day) = day.filter(|_| link && event.explicit && document.issuer.is_some()) else { return false };
    let near = Interval {
        earliest: Interval::day(day).shift(-LINKED).earliest,
        latest: Interval::day(day).shift(LINKED).latest,
    };
    event.when.interval.intersect(near).is_none()
}

/// Lets the date overrule a soft status: a plan for a day that has passed took place, as far as the text goes.
fn settle(mention: &mut ContactMention<'_>, explicit: bool, arriving: bool, day: Option<Date>) {
    let (Some(day), true) = (day, explicit) else {
        if mention.soft && mention.status == Status::Ongoing && mention.title {
            mention.status = Status::Held;
        }
        return;
    };
    if arriving
        && mention.status == Status::Held
        && mention.interval.latest.is_some_and(|d| d <= day && (day - d).get_days() <= 1)
    {
        // Who arrived today or yesterday is still there.
        mention.status = Status::Ongoing;
        return;
    }
    let spans = |d: Date| mention.interval.earliest.is_some_and(|e| e <= d) && mention.interval.latest > Some(d);
    if mention.kind == readout_types::ContactKind::Visit && mention.status == Status::Held && spans(day) {
        mention.status = Status::Ongoing;
        return;
    }
    let past = mention.interval.latest.is_some_and(|d| d < day);
    let future = mention.interval.earliest.is_some_and(|d| d > day);
    // "To pursue consultations in the coming months"
    let from_now = mention.interval.earliest == Some(day) && mention.interval.latest.is_none_or(|d| d > day);
    let future = future || mention.soft && mention.status == Status::Held && from_now;
    if mention.soft {
        match mention.status {
            Status::Planned | Status::Ongoing if past => {
                mention.status = Status::Held;
                mention.soft = false;
            }
            Status::Held if past => mention.soft = false,
            Status::Held | Status::Ongoing if future => {
                mention.status = Status::Planned;
                mention.soft = false;
            }
            _ => {}
        }
    } else if mention.status == Status::Held && future {
        mention.status = Status::Planned;
    }
}

/// What each contact mention was read as, one line each, for developers: sentence, rule, trigger, kind, status, both
/// sides, days.
pub fn trace(annotated: &Annotated, knowledge: &Knowledge) -> Vec<String> {
    let expressions = readout_times::expressions(&annotated.document.text);
    let day = annotated.document.reference_day().or_else(|| when::infer_day(annotated, &expressions).map(|i| i.0));
    let forest = Forest::new(annotated);
    let mut document = prepare(annotated, &forest, knowledge, day);
    let mut times = when::by_sentence(&document, expressions);
    document.entries = chronicle::days(annotated, &mut times, day);
    let mut out = Vec::new();
    for (sentence, within) in times.iter().enumerate() {
        let text = annotated.sentences[sentence]
            .span
            .of(&annotated.document.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        out.push(format!("[{sentence}] {text}"));
        let names: Vec<String> = document.mentions[document.by_sentence[sentence].clone()]
            .iter()
            .map(|m| {
                let what = match &m.referent {
                    Referent::Actor(id) => document.cast.get(*id).actor.key.clone(),
                    other => format!("{other:?}"),
                };
                format!("{}={what}", m.span.of(&annotated.document.text).replace('\n', " "))
            })
            .collect();
        if !names.is_empty() {
            out.push(format!("      @ {}", names.join(" | ")));
        }
        for told in tell(&document, sentence, within, day, None) {
            let name = |ids: &[ActorId]| {
                ids.iter().map(|&i| document.cast.get(i).actor.name.clone()).collect::<Vec<_>>().join("+")
            };
            let m = &told.mention;
            out.push(format!(
                "      > {} «{}» {} {}{} party={} other={} when={}{}{}{} by={:?} place={:?} for={:?}",
                m.pattern.id,
                document.tree(sentence).word(m.token),
                m.kind.as_str(),
                m.status.as_str(),
                if m.soft { "~" } else { "" },
                name(&m.party),
                name(&m.other),
                told.when.interval,
                if m.definite { " definite" } else { "" },
                if m.prior { " prior" } else { "" },
                if m.further { " further" } else { "" },
                told.credits.iter().map(|c| c.speaker.name.as_str()).collect::<Vec<_>>(),
                told.place.as_ref().map(|p| p.0.name.as_str()),
                told.duration.map(|d| (d.0.min, d.0.max)),
            ));
            document.pairs.push((sentence, told.parties.clone()));
            document.pair_kinds.push(told.mention.kind.group());
        }
    }
    out
}
