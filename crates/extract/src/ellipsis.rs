//! Owns contacts that a text names by their day alone: "the one on June 4", "the first, on February 12", after it has told
//! of the series to which they belong.

use readout_types::{ContactKind, CountOf, Date, Interval, Span, Status, Upos};

use crate::counts::{CountClaim, ordinal};
use crate::mentioned::ContactMention;
use crate::reports::{Draft, Told};
use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::{self, TimeAt};

/// How many sentences back a text still means the series it told of.
const REACH: usize = 3;
/// Words between the one that stands for a contact and its day.
const TO_DAY: usize = 8;

/// A word that stands for a contact of the series: which, and its number there.
struct Stand {
    token: usize,
    n: Option<u32>,
}

/// The contacts that a sentence names by their day alone. `told` is what the sentence tells by itself, `drafts` what was told
/// before it; the parties, the kind and the pattern are those of the series told of last.
pub(crate) fn in_series<'a>(
    document: &Document<'a>,
    sentence: usize,
    times: &[TimeAt],
    day: Option<Date>,
    told: &[Told<'a>],
    drafts: &[Draft<'a>],
) -> Vec<Told<'a>> {
    let tree = document.tree(sentence);
    if !tree.sentence.parsed {
        return Vec::new();
    }
    let stands = stands(&tree, times);
    if stands.is_empty() {
        return Vec::new();
    }
    let Some(series) = series(drafts, sentence) else { return Vec::new() };
    let Some(pattern) = drafts[series].told.last() else { return Vec::new() };
    let mentions: Vec<ContactMention<'a>> = stands
        .iter()
        .map(|stand| ContactMention {
            sentence,
            token: stand.token,
            at: stand.token,
            light: None,
            kind: drafts[series].kind,
            status: Status::Held,
            soft: true,
            status_token: None,
            party: drafts[series].parties.clone(),
            other: Vec::new(),
            party_tokens: Vec::new(),
            plural: false,
            definite: true,
            prior: false,
            pluperfect: false,
            further: false,
            destination: None,
            goals: Vec::new(),
            interval: Interval::UNKNOWN,
            title: false,
            ..pattern.mention.clone()
        })
        .collect();
    let mut dated = when::of_sentence(document, sentence, &mentions, times, day);
    dated.iter_mut().for_each(|event| last_one(document, event, day));
    let past = |days: Interval| days.as_day().is_some_and(|d| day.is_none_or(|today| d <= today));
    let spoken_for = |days: Interval| {
        told.iter().any(|t| t.mention.kind.group() == drafts[series].kind.group() && t.when.interval == days)
    };
    mentions
        .iter()
        .zip(&stands)
        .zip(dated)
        .filter(|(_, event)| event.explicit && past(event.when.interval) && !spoken_for(event.when.interval))
        .map(|((mention, stand), event)| Told {
            parties: mention.party.clone(),
            when: event.when,
            when_spans: event.spans,
            dated: true,
            weekday: None,
            place: None,
            duration: when::duration(document, mention, &mentions, times),
            initiator: None,
            credits: Vec::new(),
            count: stand.n.map(|n| CountClaim {
                n,
                at_least: false,
                of: CountOf::Ordinal,
                period: Interval { earliest: None, latest: day },
                span: tree.sentence.tokens[stand.token].span,
                scope: None,
            }),
            topics: Vec::new(),
            outcomes: Vec::new(),
            mention: ContactMention { interval: Interval::UNKNOWN, ..mention.clone() },
        })
        .collect()
}

/// "The first, on 12 February", written in January: of last year, since a series is told of when it has happened.
fn last_one(document: &Document<'_>, event: &mut when::EventTime, day: Option<Date>) {
    let (Some(found), Some(today)) = (event.when.interval.as_day(), day) else { return };
    let text = &document.annotated.document.text;
    let year = |span: &Span| span.of(text).split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    if found > today
        && !event.spans.iter().any(year)
        && let Ok(before) = Date::new(found.year() - 1, found.month(), found.day())
    {
        event.when.interval = Interval::day(before);
        event.when.basis = format!("day and month last before {today}");
    }
}

/// The contact told of last that was counted with others of its parties: "ten calls in 2025", "the third call". Only
/// contacts told of at most [`REACH`] sentences before count, and those named by their day alone go on with a series.
fn series(drafts: &[Draft<'_>], sentence: usize) -> Option<usize> {
    let counted = |draft: &Draft<'_>| {
        let more = |t: &Told<'_>| t.count.as_ref().is_some_and(|c| c.n > 1);
        draft.told.iter().any(more)
            || draft.told.iter().all(|t| t.mention.definite && t.mention.party_tokens.is_empty())
    };
    let near = |draft: &Draft<'_>| draft.told.last().map(|t| t.mention.sentence).filter(|at| sentence - at <= REACH);
    let fits = |draft: &Draft<'_>| {
        draft.kind != ContactKind::Visit
            && matches!(draft.status, Status::Held | Status::Ongoing)
            && draft.parties.len() >= 2
            && counted(draft)
    };
    (0..drafts.len()).filter(|&i| fits(&drafts[i])).filter_map(|i| Some((near(&drafts[i])?, i))).max().map(|(_, i)| i)
}

/// The words that stand for a contact, each with a day behind it and no noun of its own.
fn stands(tree: &Tree<'_>, times: &[TimeAt]) -> Vec<Stand> {
    (1..tree.len()).filter_map(|token| stand(tree, times, token)).collect()
}

fn stand(tree: &Tree<'_>, times: &[TimeAt], token: usize) -> Option<Stand> {
    // "Then came 3 July."
    if token == 1 && matches!(tree.lower(0).as_str(), "then" | "next") && comes(tree, 1) {
        let day = (2..(2 + 3).min(tree.len()))
            .any(|at| times.iter().any(|t| t.expression.span.overlaps(tree.sentence.tokens[at].span)));
        return day.then_some(Stand { token, n: None });
    }
    if tree.lower(token - 1) != "the" {
        return None;
    }
    let word = tree.lower(token);
    let next = tree.lower(token + 1);
    let of_them = next == "of" && matches!(tree.lower(token + 2).as_str(), "them" | "these" | "those");
    let occasion = matches!(next.as_str(), "occasion" | "time" | "instance" | "round") && comes(tree, token + 2);
    let n = match word.as_str() {
        "one" if matches!(next.as_str(), "on" | "of" | "from") => None,
        // "The first, on 12 February, broke a silence", "the last was on 29 December".
        "last" | "latest" if next == "," || comes(tree, token + 1) => None,
        // "The last of them on 3 July"
        "last" | "latest" if of_them => None,
        _ if of_them => Some(ordinal(&word)?),
        // "The latest occasion was 14 June"
        "last" | "latest" if occasion => None,
        _ if next == "," || comes(tree, token + 1) => Some(ordinal(&word)?),
        _ => return None,
    };
    let mut day = None;
    for at in token + 1..(token + 1 + TO_DAY).min(tree.len()) {
        let here = |t: &&TimeAt| {
            matches!(t.expression.meaning, readout_times::Meaning::Date(_))
                && t.expression.span.overlaps(tree.sentence.tokens[at].span)
        };
        if let Some(time) = times.iter().find(here) {
            day = Some((at, time));
            break;
        }
        // A clause of its own, or somebody with whom it was: something else is told.
        let verb = tree.upos(at) == Upos::Verb && !comes(tree, at);
        if verb || matches!(tree.lower(at).as_str(), "with" | "between" | "who" | "which" | "that" | ";" | ":") {
            return None;
        }
    }
    let (at, time) = day?;
    let last = (at..tree.len()).take_while(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span)).last()?;
    if matches!(tree.lower(last + 1).as_str(), "with" | "between") {
        // "The one on 4 June with B": of other parties.
        return None;
    }
    // "The first, in London on Monday": what stands between is no more than the way to the day.
    let named = n.is_none() && word == "one";
    let on = occasion || (token + 1..at).any(|t| matches!(tree.lower(t).as_str(), "on" | "of" | "from"));
    (on && (named || at - token <= 5)).then_some(Stand { token, n })
}

/// A verb that only says when something was: "the second came on 18 March".
fn comes(tree: &Tree<'_>, token: usize) -> bool {
    token < tree.len()
        && matches!(tree.lemma(token).as_str(), "come" | "be" | "follow" | "happen" | "occur")
        && matches!(tree.xpos(token), "VBD" | "VBZ")
}

/// Words that stand for one of several contacts just told of.
const ONE: [&str; 12] =
    ["one", "another", "others", "other", "first", "second", "third", "fourth", "last", "latter", "final", "next"];

/// "A held several meetings on Monday. One was with B": the contact of A that the second sentence tells of, with the words
/// of the first; `None` where the sentence says no such thing.
pub(crate) fn one_of_several<'a>(document: &Document<'a>, sentence: usize) -> Option<ContactMention<'a>> {
    let tree = document.tree(sentence);
    let before = sentence.checked_sub(1)?;
    let article = usize::from(matches!(tree.lower(0).as_str(), "the" | "a"));
    let stand = article;
    let mut at = stand + 1;
    if tree.lower(at) == "of" {
        at += 2;
    }
    let was = matches!(tree.lower(at).as_str(), "was" | "were" | "came");
    if !ONE.contains(&tree.lower(stand).as_str()) || !was || tree.lower(at + 1) != "with" {
        return None;
    }
    let first = (at + 2..(at + 9).min(tree.len())).find(|&t| document.mention_at(sentence, t).is_some())?;
    let other = document.actors_with_coordination(sentence, first);
    let several = crate::mentioned::in_sentence(document, before)
        .into_iter()
        .find(|m| m.plural && m.kind != ContactKind::Visit && m.status == Status::Held && !m.party.is_empty())?;
    let foreign = other.iter().all(|&o| several.party.iter().all(|&p| document.foreign(p, o)));
    (!other.is_empty() && foreign).then(|| ContactMention {
        sentence,
        token: stand,
        at: stand,
        light: None,
        status_token: None,
        soft: true,
        party_tokens: vec![first],
        other,
        plural: false,
        definite: false,
        prior: false,
        pluperfect: false,
        further: true,
        title: false,
        ..several
    })
}
