//! Owns days that a text counts from what it has just told: "the day before", "that evening", "then", "on the 6th".

use readout_times::{Anchor, Bound, DateBase, DateMeaning, Direction, EventHint, Expression, Grain, Meaning};
use readout_types::{BlockKind, ContactKind, Date, Deprel, Interval, Status, When};

use crate::mentioned::ContactMention;
use crate::nearby;
use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::{EventTime, TimeAt};

/// A distance in time from another event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Days after the other event; negative for before.
    pub days: i32,
    /// The unit of the text.
    pub unit: Grain,
    /// "A day after his meeting": the other event is named with it, in the same sentence.
    pub governs: bool,
    /// "This comes a day after the meeting": counted from the day of writing.
    pub now: bool,
    /// Token at which it stands.
    pub at: usize,
}

impl Counted {
    /// The distance that an expression states, when it counts from another event and says how far.
    pub fn of(expression: &Expression, governs: bool) -> Option<Counted> {
        let resolved = expression.resolve(None, Direction::Unknown);
        let Anchor::Event { offset_days } = resolved.anchor else { return None };
        let Meaning::Date(DateMeaning { base: DateBase::Event { unit, vague, .. }, .. }) = expression.meaning else {
            return None;
        };
        // "Days later" says not how many; "hours later" is the same day for all that is known.
        if vague && unit >= Grain::Day {
            return None;
        }
        Some(Counted { days: if governs { -offset_days } else { offset_days }, unit, governs, now: false, at: 0 })
    }

    /// The days meant, counted from the day of the other event.
    pub(crate) fn from(self, day: Date) -> Interval {
        let there = Interval::day(day).shift(self.days);
        match self.unit {
            unit if unit <= Grain::Day => there,
            // "The previous weekend": of the week before.
            Grain::Weekend => {
                let Some(day) = there.as_day() else { return there };
                let saturday = Interval::day(day).shift(6 - i32::from(day.weekday().to_monday_one_offset()));
                Interval { earliest: saturday.earliest, latest: saturday.shift(1).latest }
            }
            // "A week later" is not to the day.
            Grain::Week => Interval { earliest: there.shift(-3).earliest, latest: there.shift(3).latest },
            _ => Interval { earliest: there.shift(-15).earliest, latest: there.shift(15).latest },
        }
    }
}

/// The day of the contact told of last, with its sentence: what a text counts from.
pub type Told = Option<(usize, Date)>;

/// How many sentences back a story still counts from a day.
const REACH: usize = 3;

/// Gives days to the mentions of a sentence that have none of their own: counted from another contact of the sentence, from
/// the contact told of last, or from the day of the document; shared with the contact whose purpose or place they tell;
/// or, after "then", the day of the contact told of last.
pub fn settle(
    document: &Document<'_>,
    mentions: &[ContactMention<'_>],
    dated: &mut [EventTime],
    times: &[TimeAt],
    told: Told,
    day: Option<Date>,
) {
    let Some(sentence) = mentions.first().map(|m| m.sentence) else { return };
    let told = told.filter(|(at, _)| sentence - at <= REACH);
    let tree = document.tree(sentence);
    for index in 0..mentions.len() {
        if dated[index].explicit {
            continue;
        }
        let Some(counted) = dated[index].counted else { continue };
        let beside = (0..mentions.len())
            // "The day before" looks back: to a contact named before it, or to what was told before.
            .filter(|&o| o != index && dated[o].explicit && (counted.governs || mentions[o].at < counted.at))
            .find_map(|o| dated[o].when.interval.as_day().map(|d| (d, "the contact")));
        // "In April 2019, two months after a summit with B"
        let month = || {
            let of = (0..mentions.len()).filter(|&o| o != index && dated[o].explicit).map(|o| dated[o].when.interval);
            of.filter(|i| i.days().is_some_and(|d| (2..=31).contains(&d))).find_map(|i| i.earliest)
        };
        if counted.unit == Grain::Month
            && let Some(from) = month()
            && let Some(there) = Interval::day(from).shift(14 + counted.days).as_day()
        {
            dated[index].when.interval = Interval::between(there.first_of_month(), there.last_of_month());
            dated[index].when.basis =
                format!("{} from the contact of that month, {from}", days(counted.days.unsigned_abs()));
            dated[index].explicit = true;
            continue;
        }
        let said = || spare_day(times, mentions, dated, day).map(|d| (d, "the day named"));
        // "Earlier in the day" is of the day that the text is about, unless what it has just told has to do with it.
        let unlike = counted.days == 0 && document.story_day.is_some() && !shares_a_party(document, &mentions[index]);
        let before = told.filter(|_| !unlike).map(|(_, d)| (d, "the contact told of before"));
        let written = || day.filter(|_| !counted.governs || counted.now).map(|d| (d, DOCUMENT));
        let story = document.story_day.map(|d| (d, "the contact told of first"));
        let told = beside.or_else(said).or(before).or(story);
        let anchor = if counted.now { written() } else { told.or_else(written) };
        let Some((anchor, what)) = anchor else { continue };
        let event = &mut dated[index];
        event.when.interval = counted.from(anchor);
        event.when.basis = match counted.days {
            0 => format!("{SAME} {what}, {anchor}"),
            n => format!("{} {} {what}, {anchor}", days(n.unsigned_abs()), if n < 0 { "before" } else { "after" }),
        };
        event.explicit = true;
    }
    for index in 0..mentions.len() {
        let held = mentions[index].status == Status::Held;
        let planned = mentions[index].status == Status::Planned;
        if dated[index].explicit || !(held || planned) {
            continue;
        }
        let shared = (0..mentions.len()).find(|&o| {
            o != index
                && dated[o].explicit
                && (held || mentions[o].status == Status::Planned && where_to(&tree, &mentions[index]))
                && (mentions[o].token == mentions[index].token
                    || hangs_on(&tree, &mentions[index], &mentions[o])
                    || in_other_words(&tree, &mentions[index], &mentions[o]))
        });
        if let Some(other) = shared {
            let (interval, basis) = (dated[other].when.interval, dated[other].when.basis.clone());
            dated[index].when.interval = interval;
            dated[index].when.basis =
                format!("with the {} of the same sentence: {basis}", mentions[other].kind.as_str());
            dated[index].spans = dated[other].spans.clone();
            dated[index].explicit = true;
        } else if planned {
            continue;
        } else if let Some((at, anchor)) = told
            && sentence - at <= 2
            && in_full(document, at, &mentions[index])
        {
            dated[index].when.interval = Interval::day(anchor);
            dated[index].when.basis = format!("{SAME} the contact that it tells in full, {anchor}");
            dated[index].explicit = true;
        } else if let Some((at, anchor)) = told
            && sentence - at <= 2
            && goes_on(document, &tree, &mentions[index])
        {
            dated[index].when.interval = Interval::day(anchor);
            dated[index].when.basis = format!("told as what came next on {anchor}");
            dated[index].explicit = true;
        } else if let Some((at, anchor)) = told
            && let Some(day) = day
            && sentence - at <= 2
            && at < sentence
            && (day - anchor).get_days() <= 3
            && simple_past(&tree, &mentions[index])
            && shares_a_party(document, &mentions[index])
        {
            let (interval, basis) = as_step_after(anchor, day);
            dated[index].when.interval = interval;
            dated[index].when.basis = basis;
        } else if let Some(day) = day
            && news(document, &tree, &mentions[index])
        {
            let (interval, basis) = as_news(day);
            dated[index].when.interval = interval;
            dated[index].when.basis = basis;
        }
    }
}

/// "A met Turkish leaders on Wednesday. A met the president as well as the foreign minister of Turkey": whom the text has
/// just called by their country are now named.
fn in_full(document: &Document<'_>, told: usize, mention: &ContactMention<'_>) -> bool {
    let Some((_, pair)) = document.pairs.iter().rev().find(|(at, _)| *at == told) else { return false };
    let side = pair.iter().find(|&&a| !document.cast.is_person(a)).and_then(|&a| document.cast.country(a));
    side.is_some()
        && mention.status == Status::Held
        && !mention.prior
        && !mention.pluperfect
        && mention.party.iter().any(|p| document.cast.is_person(*p) && pair.contains(p))
        && !mention.other.is_empty()
        && mention.other.iter().all(|&o| document.cast.is_person(o) && document.cast.country(o) == side)
}

/// How the reasons begin that leave a story's days open to better ones.
const NEWS: &str = "told as news on";
const STEP: &str = "told after the contact of";

/// How the reason begins of what was the same day as something else.
const SAME: &str = "same day as";

/// What a day is counted from where the text tells of no contact before.
const DOCUMENT: &str = "the day of the document";

/// The days of what a text tells as news, and why: its own day or the day before.
pub(crate) fn as_news(day: Date) -> (Interval, String) {
    let eve = Interval::day(day).shift(-1).earliest;
    (Interval { earliest: eve, latest: Some(day) }, format!("{NEWS} {day}"))
}

/// The days of what a text tells after another contact, and why. A story goes forward: not before what was just told, nor
/// after the day of writing.
pub(crate) fn as_step_after(contact: Date, day: Date) -> (Interval, String) {
    (Interval::between(contact, day), format!("{STEP} {contact}, written on {day}"))
}

/// Whether days are no more than those of news or of a step of a story.
pub(crate) fn open_to_better(when: &When) -> bool {
    when.basis.starts_with(NEWS) || when.basis.starts_with(STEP) || at_large(when)
}

/// Whether days are those of a "later in the day" that no contact told before explains.
pub(crate) fn at_large(when: &When) -> bool {
    when.basis.strip_prefix(SAME).is_some_and(|rest| rest.trim_start().starts_with(DOCUMENT))
}

/// Sentences of the body that make up the opening, in which the news stands.
const OPENING: usize = 4;

/// Whether a contact without a day is told as the news of the text: in its title or opening, as something that happened
/// just now ("met", "has met", "after talks with B"), not as what went before.
fn news(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    let blocks = &document.annotated.document.blocks;
    let kind = |sentence: usize| blocks.get(document.annotated.sentences[sentence].block as usize).map(|b| b.kind);
    let opening = match kind(mention.sentence) {
        Some(BlockKind::Title) => true,
        Some(BlockKind::Body) => {
            (0..mention.sentence).filter(|&s| kind(s) == Some(BlockKind::Body)).nth(OPENING - 1).is_none()
        }
        _ => false,
    };
    if !opening || mention.prior || mention.pluperfect || mention.plural || document.issuer.is_some() {
        return false;
    }
    let verb = match mention.light {
        Some(verb) => verb,
        None if tree.upos(mention.token) == readout_types::Upos::Verb => mention.token,
        // "said after talks with B", "warned B during a call": the clause tells when.
        None if matches!(tree.case(mention.token).as_str(), "after" | "during" | "in" | "at" | "following") => {
            match tree.clause(mention.token) {
                Some(verb) if !mention.definite => verb,
                _ => return false,
            }
        }
        None => return false,
    };
    let perfect = tree.xpos(verb) == "VBN"
        && tree.children(verb).any(|c| matches!(tree.lower(c).as_str(), "has" | "have" | "was" | "were"));
    let headline = mention.title && matches!(tree.xpos(verb), "VBZ" | "VBP" | "VB");
    matches!(tree.xpos(verb), "VBD") || perfect || headline
}

/// "1 day", "3 days".
pub(crate) fn days(n: u32) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// A day that the sentence names for something else than a contact: when somebody said so.
fn spare_day(
    times: &[TimeAt],
    mentions: &[ContactMention<'_>],
    dated: &[EventTime],
    day: Option<Date>,
) -> Option<Date> {
    let claimed: Vec<readout_types::Span> =
        dated.iter().take(mentions.len()).flat_map(|e| e.spans.iter().copied()).collect();
    times
        .iter()
        .filter(|t| !claimed.contains(&t.expression.span) && t.expression.bound == Bound::At)
        .find_map(|t| t.expression.resolve(day, Direction::Past).interval.as_day())
}

/// "Is expected in Brussels today, where B will receive him"
fn where_to(tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    tree.children(mention.light.unwrap_or(mention.token)).any(|c| tree.lower(c) == "where")
}

/// Whether one mention tells the purpose, place or sequel of the other: "broke his journey in Halifax to see B", "spent
/// Thursday in Aarhus, where he met B".
fn hangs_on(tree: &Tree<'_>, mention: &ContactMention<'_>, on: &ContactMention<'_>) -> bool {
    let goals = [Some(on.token), on.light];
    let clause = tree.clause(on.token);
    let spoken_of = |v: usize| matches!(tree.lemma(v).as_str(), "discuss" | "plan" | "propose" | "prepare" | "arrange");
    if mention.light.is_some_and(spoken_of) {
        // "telephoned B to discuss the talks"
        return false;
    }
    let mut at = mention.light.unwrap_or(mention.token);
    let mut place = false;
    for _ in 0..6 {
        if at != mention.token && (goals.contains(&Some(at)) || Some(at) == clause) {
            return true;
        }
        let marks: Vec<String> = tree
            .children(at)
            .filter(|&c| matches!(tree.relation(c).universal(), Deprel::Mark | Deprel::Case | Deprel::Advmod))
            .map(|c| tree.word(c).to_lowercase())
            .collect();
        let timed = |m: &String| {
            matches!(m.as_str(), "after" | "before" | "since" | "ahead" | "until" | "following" | "when" | "if" | "as")
        };
        if marks.iter().any(timed) {
            return false;
        }
        let goes = match tree.relation(at).universal() {
            Deprel::Advcl | Deprel::Xcomp => true,
            Deprel::Acl => marks.iter().any(|m| m == "where"),
            // "Spent Thursday in Aarhus, Denmark, where he met B"
            Deprel::Obl | Deprel::Nmod | Deprel::Appos | Deprel::Flat | Deprel::Obj => place,
            _ => false,
        };
        place |= tree.relation(at).universal() == Deprel::Acl;
        match tree.head(at) {
            Some(head) if goes => at = head,
            _ => return false,
        }
    }
    false
}

/// "The hours they had spent on the phone the day before, a conversation that went well": a second noun for the contact.
fn in_other_words(tree: &Tree<'_>, mention: &ContactMention<'_>, other: &ContactMention<'_>) -> bool {
    other.party.is_empty()
        && other.other.is_empty()
        && other.token > mention.token
        && other.kind.group() == mention.kind.group()
        && !mention.plural
        && (matches!(tree.relation(other.token).universal(), Deprel::Appos | Deprel::Parataxis)
            && tree.head(other.token).is_some_and(|head| tree.ancestors(mention.token).contains(&head))
            || other.token >= 2
                && tree.lower(other.token - 2) == ","
                && matches!(tree.lower(other.token - 1).as_str(), "a" | "an"))
}

/// "Rang", not "had rung" or "has rung": a step of the story.
fn simple_past(tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    let verb = mention.light.unwrap_or(mention.token);
    tree.xpos(verb) == "VBD" && !mention.prior && !mention.pluperfect && !mention.definite && !mention.plural
}

/// Whether somebody takes part who took part in the contact told of last.
fn shares_a_party(document: &Document<'_>, mention: &ContactMention<'_>) -> bool {
    let last = document.pairs.last();
    last.is_some_and(|(_, pair)| mention.party.iter().chain(&mention.other).any(|a| pair.contains(a)))
}

/// Whether a sentence goes on with the story: "Then", "afterwards", "next".
fn goes_on(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    let body =
        document.annotated.document.blocks.get(tree.sentence.block as usize).is_some_and(|b| b.kind == BlockKind::Body);
    let next = |t: usize| {
        matches!(tree.word(t).to_lowercase().as_str(), "then" | "afterwards" | "afterward" | "thereafter" | "later")
    };
    let beside = (mention.token.saturating_sub(3)..mention.token).any(next)
        || tree.children(mention.token).chain(mention.light.into_iter().flat_map(|l| tree.children(l))).any(next);
    body && !mention.prior && (beside || tree.len() > 0 && next(0))
}

/// "Told reporters on 18 June that he had talked to him \"yesterday\"": words in quotation marks are counted from the day on
/// which they were said, when the sentence names it.
pub fn quoted_on(document: &Document<'_>, tree: &Tree<'_>, time: &TimeAt, day: Option<Date>) -> Option<Date> {
    let quote = |t: usize| matches!(tree.word(t), "\"" | "“" | "”" | "'" | "‘" | "’" | "``" | "''");
    let inside: Vec<usize> =
        (0..tree.len()).filter(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span)).collect();
    let (&first, &last) = (inside.first()?, inside.last()?);
    let in_quotes = first > 0 && quote(first - 1) && last + 1 < tree.len() && quote(last + 1);
    if !in_quotes {
        return said_behind(document, tree, time, (first, last), day);
    }
    let before =
        &document.annotated.document.text[tree.sentence.span.start as usize..time.expression.span.start as usize];
    let said = readout_times::expressions(before);
    said.iter().rev().find_map(|e| e.resolve(day, Direction::Past).interval.as_day())
}

/// "“This evening the two shook hands,” she said on Friday": the day on which it was said, for words of that day in a quote.
fn said_behind(
    document: &Document<'_>,
    tree: &Tree<'_>,
    time: &TimeAt,
    (first, last): (usize, usize),
    day: Option<Date>,
) -> Option<Date> {
    let mark = |t: usize| matches!(tree.word(t), "\"" | "“" | "”" | "``" | "''");
    let today = matches!(
        time.expression.meaning,
        Meaning::Date(DateMeaning { base: DateBase::Unit { unit: Grain::Day, .. }, .. })
    );
    let quoted = (0..first).filter(|&t| mark(t)).count() % 2 == 1;
    let close = (last + 1..tree.len()).find(|&t| mark(t)).filter(|_| today && quoted)?;
    let behind = tree.sentence.tokens[close].span.end as usize..tree.sentence.span.end as usize;
    let said = readout_times::expressions(&document.annotated.document.text[behind]);
    said.iter().find_map(|e| e.resolve(day, Direction::Past).interval.as_day())
}

/// The day from which "on the 6th" is counted: that of the story, where it is told in the sentences before, else that of the
/// document. What happened "on the 14th" in a story of June 4 did so in June, though ten days later.
pub fn reference(
    expression: &Expression,
    sentence: usize,
    told: Told,
    day: Option<Date>,
    direction: Direction,
) -> Option<Date> {
    let bare = match expression.meaning {
        Meaning::Date(DateMeaning { base: DateBase::Calendar(date, _), .. }) => {
            date.year.is_none() && date.month.is_none() && date.day.is_some()
        }
        _ => false,
    };
    let story = told.filter(|(at, _)| bare && sentence - at <= REACH).map(|(_, d)| d);
    let story = match direction {
        Direction::Past => story.map(|told| day.map_or(told, |day| told.last_of_month().min(day).max(told))),
        _ => story,
    };
    story.or(day)
}

/// The days of a summit of a known series at which, or on whose margins, an undated contact took or takes place.
pub fn at_event(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    event: &mut EventTime,
    hints: &[EventHint],
    day: Option<Date>,
) {
    if event.explicit && event.when.interval.days().is_some_and(|d| d <= 3) || mention.kind == ContactKind::Call {
        return;
    }
    let tree = document.tree(mention.sentence);
    let direction = match mention.status {
        Status::Held | Status::Ongoing => Direction::Past,
        Status::Planned | Status::Proposed | Status::Cancelled => Direction::Future,
        _ => Direction::Unknown,
    };
    // The summit that the mention itself is comes before another of the sentence.
    let trigger = tree.sentence.tokens[mention.token].span;
    let itself =
        |h: &&EventHint| h.span.end <= trigger.start && trigger.start - h.span.end <= 1 || h.span.overlaps(trigger);
    let here = || hints.iter().filter(|h| tree.sentence.span.contains(h.span));
    for hint in here().filter(itself).chain(here().filter(|h| !itself(h))) {
        let inside: Vec<usize> =
            (0..tree.len()).filter(|&t| tree.sentence.tokens[t].span.overlaps(hint.span)).collect();
        let (Some(&first), Some(&last)) = (inside.first(), inside.last()) else { continue };
        let own = (first..=last + 1).contains(&mention.token);
        let near = [Some(mention.token), mention.light]
            .into_iter()
            .flatten()
            .flat_map(|a| inside.iter().map(move |&t| (a, t)))
            .map(|(a, t)| tree.distance(a, t))
            .min()
            .unwrap_or(usize::MAX);
        let margins = nearby::names_occasion(&tree, first) && first > mention.token && first - mention.token <= 16;
        let at = (first.saturating_sub(3)..first)
            .any(|t| matches!(tree.word(t).to_lowercase().as_str(), "at" | "during" | "for"));
        if !(own || margins || at && near <= 4) {
            continue;
        }
        let either = || hint.resolve(day, Direction::Unknown).filter(|_| mention.soft || direction != Direction::Past);
        let Some(known) = hint.resolve(day, direction).or_else(either) else { continue };
        let days = match event.explicit {
            true => match known.days.intersect(event.when.interval) {
                Some(both) => both,
                None => continue,
            },
            false => known.days,
        };
        event.venues.clone_from(&known.places);
        event.when.interval = days;
        event.when.basis = format!("days of the {} summit of {}", known.series, known.days.edtf());
        event.spans.push(hint.span);
        event.explicit = true;
        return;
    }
}

/// "A morning meeting", "a lunchtime call": of the day that the text tells of, or of the document's own.
pub fn part_of_day(document: &Document<'_>, mention: &ContactMention<'_>, event: &mut EventTime, day: Option<Date>) {
    if event.explicit || mention.prior {
        return;
    }
    let tree = document.tree(mention.sentence);
    // "In the afternoon": of the day in hand, when that is known.
    let in_the = || {
        [Some(mention.token), mention.light].into_iter().flatten().flat_map(|v| tree.children(v)).find(|&c| {
            matches!(tree.lemma(c).as_str(), "morning" | "afternoon" | "evening")
                && tree.case(c) == "in"
                && tree.children(c).all(|d| matches!(tree.lower(d).as_str(), "in" | "the" | "later" | "earlier"))
        })
    };
    if mention.status == Status::Planned {
        // "Was due to see B in the afternoon"; "in the morning" would be tomorrow's.
        if let Some(day) = day
            && let Some(part) = in_the().filter(|&p| tree.lemma(p) != "morning" && event.counted.is_none())
        {
            event.when.interval = Interval::day(day);
            event.when.basis = format!("part of the day, {day}");
            event.spans.push(tree.sentence.tokens[part].span);
            event.explicit = true;
        }
        return;
    }
    if mention.status != Status::Held {
        return;
    }
    let part = tree.children(mention.token).find(|&c| {
        matches!(tree.relation(c).universal(), Deprel::Compound | Deprel::Amod)
            && matches!(
                tree.lemma(c).as_str(),
                "morning" | "afternoon" | "evening" | "late-night" | "early-morning" | "lunchtime" | "midday"
            )
    });
    let noon = || {
        tree.children(mention.token).find(|&c| {
            tree.relation(c).universal() == Deprel::Obl
                && (matches!(tree.lemma(c).as_str(), "lunchtime" | "midday" | "noon" | "breakfast" | "daybreak")
                    || tree.lemma(c) == "day" && tree.case(c) == "during")
        })
    };
    let whole = part.is_none();
    let Some(part) = part.or_else(noon).or_else(in_the).filter(|_| event.counted.is_none()) else { return };
    let loose = whole && tree.case(part) == "in";
    // "During the day" is that of the text, unless it has just told of another.
    let today = tree.lemma(part) == "day";
    let reach = if today { 1 } else { REACH };
    let told = document.told_day.filter(|(at, _)| mention.sentence - at <= reach).map(|(_, d)| d);
    let Some(day) = told.or(document.story_day.filter(|_| !today)).or(day.filter(|_| !loose)) else { return };
    event.when.interval = Interval::day(day);
    event.when.basis = format!("part of the day, {day}");
    event.spans.push(tree.sentence.tokens[part].span);
    event.explicit = true;
}
