//! Owns event time: which time expression belongs to which contact mention, and the days that follow from it.

use readout_times::{Bound, DateBase, Direction, Expression, Grain, Meaning, PartialDate, month_of_name};
use readout_types::{BlockKind, Date, Deprel, Duration, Interval, Span, Status, Upos, When};

use crate::mentioned::ContactMention;
use crate::narrative::{self, Counted};
use crate::reach::{cost, excluded, in_reach, of_saying};
use crate::resolve::Document;
use crate::tree::Tree;

/// A time expression within a sentence.
#[derive(Clone, Debug)]
pub struct TimeAt {
    /// The expression; its span is in bytes of the clean text.
    pub expression: Expression,
    /// The token of it that governs the others.
    pub token: usize,
    /// Days between a day named and the one meant: -1 in "on the eve of the June 8 vote".
    pub away: Option<i32>,
}

/// The time expressions of each sentence.
pub fn by_sentence(document: &Document<'_>, mut all: Vec<Expression>) -> Vec<Vec<TimeAt>> {
    let mut out = vec![Vec::new(); document.annotated.sentences.len()];
    give_months(document, &mut all);
    let mut all = all.into_iter().peekable();
    for (index, sentence) in document.annotated.sentences.iter().enumerate() {
        while all.peek().is_some_and(|e| e.span.start < sentence.span.start) {
            all.next();
        }
        while all.peek().is_some_and(|e| e.span.start < sentence.span.end) {
            let Some(expression) = all.next() else { break };
            let inside: Vec<usize> =
                (0..sentence.tokens.len()).filter(|&t| sentence.tokens[t].span.overlaps(expression.span)).collect();
            let Some(&first) = inside.first() else { continue };
            // "Following two days of talks": how long they were, not how much later.
            let words = expression.span.of(&document.annotated.document.text).to_lowercase();
            let next = inside.last().and_then(|&l| sentence.tokens.get(l + 1));
            let of = next.is_some_and(|t| t.span.of(&document.annotated.document.text) == "of");
            if words.starts_with("following ") && of {
                continue;
            }
            let token = inside
                .iter()
                .copied()
                .find(|&t| {
                    sentence.tokens[t].head.is_none_or(|h| !inside.contains(&(h as usize)))
                        && sentence.tokens[t].upos != Upos::Punct
                })
                .unwrap_or(first);
            out[index].push(TimeAt { expression, token, away: None });
        }
    }
    out
}

/// "August belongs to Anchorage. The two met on the 15th": a day alone is one of the month last written in its paragraph.
fn give_months(document: &Document<'_>, all: &mut [Expression]) {
    let text = &document.annotated.document.text;
    let names = document.annotated.sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.upos == Upos::Propn);
    let mut named = names.filter_map(|t| Some((t.span.start, month_of_name(t.span.of(text))?))).peekable();
    let mut last: Option<(u32, PartialDate)> = None;
    for expression in all {
        let at = expression.span.start;
        while let Some((start, month)) = named.next_if(|n| n.0 < at) {
            last = Some((start, PartialDate { month: Some(month), ..PartialDate::default() }));
        }
        let Meaning::Date(ref mut date) = expression.meaning else { continue };
        let DateBase::Calendar(ref mut written, _) = date.base else { continue };
        match (written.month, written.day, last) {
            (Some(_), _, _) => last = Some((at, *written)),
            (None, Some(_), Some((from, of)))
                if text.get(from as usize..at as usize).is_some_and(|t| !t.contains('\n')) =>
            {
                written.month = of.month;
                written.year = written.year.or(of.year);
            }
            _ => {}
        }
    }
}

/// The days of a mention, with the span that says so.
#[derive(Clone, Debug, Default)]
pub struct EventTime {
    /// Days, clock time and reason.
    pub when: When,
    /// The words.
    pub spans: Vec<Span>,
    /// How far from another event the text puts it: -1 day for the meeting in `a day after his meeting, he called`.
    pub counted: Option<Counted>,
    /// Where the summit was from which the days come, in the spellings of the news.
    pub venues: Vec<&'static str>,
    /// Weekday named, 1 for Monday, when the date is nothing but a weekday.
    pub weekday: Option<i8>,
    /// Whether the interval comes from words in the sentence rather than from the document's day.
    pub explicit: bool,
}

/// The times of the mentions of one sentence, in their order.
pub fn of_sentence(
    document: &Document<'_>,
    sentence: usize,
    mentions: &[ContactMention<'_>],
    times: &[TimeAt],
    day: Option<Date>,
) -> Vec<EventTime> {
    let tree = document.tree(sentence);
    let caption = |m: &ContactMention<'_>| m.pattern.lemmas.iter().any(|l| l == "@caption");
    let mut out: Vec<EventTime> = vec![EventTime::default(); mentions.len()];
    let times = &from_named_days(&tree, mentions, times);
    let mut taken: Vec<Vec<(usize, &TimeAt)>> = vec![Vec::new(); mentions.len()];
    for time in times {
        let date = matches!(time.expression.meaning, Meaning::Date(_));
        let clock = matches!(time.expression.meaning, Meaning::Clock(_));
        if !date && !clock || excluded(&tree, time) {
            continue;
        }
        let governs = time.expression.rule == "event.distance-of";
        let governed = mentions.iter().position(|m| governs && m.token > time.token && m.token <= time.token + 14);
        // "A day after his meeting" says when the meeting was, by what else the sentence tells; "comes a day after" by
        // the day of the document.
        if let Some((index, counted)) = governed.and_then(|i| Some((i, Counted::of(&time.expression, true)?))) {
            let now = tree.clause(time.token).is_some_and(|v| matches!(tree.xpos(v), "VBZ" | "VBP"));
            out[index].counted = Some(Counted { now, at: time.token, ..counted });
            continue;
        }
        // "A meeting eleven days after the attacks" is counted from what nobody here dates.
        if governs && governed.is_none() && time.away.is_none() {
            continue;
        }
        // "Arrived on Tuesday for a meeting Thursday with B": the day right behind a noun is its own.
        let opens = (0..tree.len()).find(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span));
        let behind = mentions.iter().position(|m| {
            m.pattern.form == readout_rules::Form::Noun
                && tree.head(time.token) == Some(m.token)
                && opens == Some(m.token + 1)
                && tree.case(time.token).is_empty()
        });
        let best = mentions
            .iter()
            .enumerate()
            .filter(|(i, _)| behind.is_none_or(|b| b == *i))
            .filter(|(_, m)| in_reach(m, mentions, time.token))
            .filter_map(|(i, m)| if caption(m) { Some((0, i)) } else { cost(&tree, m, time).map(|c| (c, i)) })
            .min_by(|a, b| a.0.cmp(&b.0));
        // "…, and the next day received B": a distance tells of what comes right after it.
        let opens = opens.is_some_and(|first| first == 0 || matches!(tree.upos(first - 1), Upos::Cconj | Upos::Punct));
        let after = mentions.iter().position(|m| opens && m.at > time.token && m.at - time.token <= 6);
        if let Some(index) = after.or(best.map(|b| b.1))
            && let Some(counted) = Counted::of(&time.expression, false)
        {
            // "The day before, they met".
            if out[index].counted.is_none() {
                out[index].counted = Some(Counted { at: time.token, ..counted });
                out[index].spans.push(time.expression.span);
            }
        } else if let Some((cost, index)) = best {
            taken[index].push((cost, time));
        }
    }
    for (index, mention) in mentions.iter().enumerate() {
        taken[index].sort_by_key(|(cost, _)| *cost);
        let before = std::mem::take(&mut out[index]);
        // "Spoke later the same day, he said on Tuesday": the day of what was told before.
        let later = tree.text[tree.sentence.span.range()].to_lowercase().contains("later the same day")
            && document.told_day.is_some();
        if before.counted.is_some_and(|c| !c.governs && (c.days != 0 || later)) {
            // "Said on Monday that they had met the day before": Monday is what the day is counted from.
            taken[index].retain(|(_, time)| !of_saying(&tree, mention, time));
        }
        out[index] = combine(document, mention, &taken[index], day);
        out[index].counted = before.counted;
        if !out[index].explicit {
            out[index].spans.extend(before.spans);
        }
    }
    out
}

/// "Met two days before Sunday's vote", "on the eve of the June 8 vote": a distance and the day that it is counted from
/// become one time. "A day after Sunday's meeting with B" stays two: Sunday is the day of that meeting.
fn from_named_days(tree: &Tree<'_>, mentions: &[ContactMention<'_>], times: &[TimeAt]) -> Vec<TimeAt> {
    let mut out: Vec<TimeAt> = Vec::with_capacity(times.len());
    for time in times {
        let distance = out.last().and_then(|last| {
            let counted = Counted::of(&last.expression, false).filter(|c| c.unit == Grain::Day && c.days != 0)?;
            let of = last.expression.rule == "event.distance-of"
                || last.expression.span.of(tree.text).to_lowercase().ends_with("eve of");
            let between = tree.text.get(last.expression.span.end as usize..time.expression.span.start as usize)?;
            let joined = between.split_whitespace().all(|w| {
                matches!(
                    w,
                    "before" | "after" | "ahead" | "of" | "in" | "advance" | "prior" | "to" | "following" | "the"
                )
            });
            let named = matches!(time.expression.meaning, Meaning::Date(_));
            let met = mentions.iter().any(|m| m.token > time.token && m.token <= last.token + 14);
            (of && joined && named && !met).then_some(counted.days)
        });
        let mut time = time.clone();
        if distance.is_some() {
            out.pop();
            time.away = distance;
            time.expression.bound = Bound::At;
        }
        out.push(time);
    }
    out
}

fn combine(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    times: &[(usize, &TimeAt)],
    day: Option<Date>,
) -> EventTime {
    let direction = match mention.status {
        Status::Planned | Status::Proposed | Status::Cancelled => Direction::Future,
        Status::Held => Direction::Past,
        _ => Direction::Unknown,
    };
    let mut out = EventTime::default();
    let mut chosen: Option<(Interval, String, bool)> = None;
    for (_, time) in times {
        if let Meaning::Clock(clock) = &time.expression.meaning {
            if out.when.time.is_none() {
                out.when.time = Some(clock.text.clone());
                out.spans.push(time.expression.span);
            }
            continue;
        }
        let tree = document.tree(mention.sentence);
        let mut expression = time.expression.clone();
        // "ahead of Sunday's meeting": the meeting was on Sunday.
        if tree.head(time.token) == Some(mention.token) && time.token < mention.token {
            expression.bound = Bound::At;
        }
        let quoted = narrative::quoted_on(document, &tree, time, day);
        let day =
            quoted.or_else(|| narrative::reference(&expression, mention.sentence, document.told_day, day, direction));
        let mut resolved = expression.resolve(day, direction);
        let scheduled = direction == Direction::Past && mention.soft && present(&tree, mention);
        // "Will leave on Sunday" says on which side of today.
        let certain = tree.clause(time.token).is_some_and(|v| tree.children(v).any(|c| tree.lower(c) == "will"));
        // "Had been expected to meet on Sunday" may mean the last one.
        let was = mention.status == Status::Cancelled
            && tree.clause(mention.token).is_some_and(|v| {
                [Some(v), tree.head(v)]
                    .into_iter()
                    .flatten()
                    .any(|v| tree.children(v).any(|c| matches!(tree.lower(c).as_str(), "had" | "was" | "were")))
            });
        // "Arrived on Tuesday for a meeting Thursday with B": ahead of the arrival, and maybe of the text.
        let errand = direction == Direction::Past
            && mention.pattern.form == readout_rules::Form::Noun
            && tree.case(mention.token) == "for"
            && tree.head(mention.token).is_some_and(|v| {
                matches!(tree.lemma(v).as_str(), "arrive" | "fly" | "travel" | "come" | "go" | "land" | "head")
            });
        if ((mention.soft || was) && direction == Direction::Future && !certain || scheduled || errand)
            && let Some(day) = day
        {
            // Past or to come is open: the nearer day is meant.
            let other = if scheduled || errand { Direction::Future } else { Direction::Past };
            let turned = expression.resolve(Some(day), other);
            let away = |i: Interval| i.earliest.map_or(i64::MAX, |d| (d - day).get_days().unsigned_abs() as i64);
            // The present tense is a timetable.
            if away(turned.interval) < away(resolved.interval) || scheduled && away(turned.interval) <= 7 {
                resolved = turned;
            }
        }
        // "Spoke on Monday about the strike last week"
        let topic = chosen.is_some()
            && (mention.token..time.token).any(|t| matches!(tree.lower(t).as_str(), "about" | "over" | "regarding"));
        if topic {
            continue;
        }
        // "After next week's summit, and others over the next three months"
        if times.len() > 1 && tree.case(time.token) == "over" {
            continue;
        }
        if let Some(away) = time.away {
            // Those who met on the eve of a day to come have met.
            let ahead = expression.resolve(day, Direction::Future);
            let met = |i: Interval| i.shift(away).latest.zip(day).is_some_and(|(latest, day)| latest <= day);
            if direction == Direction::Past && met(ahead.interval) {
                resolved = ahead;
            }
            resolved.interval = resolved.interval.shift(away);
            let side = if away < 0 { "before" } else { "after" };
            resolved.basis =
                format!("{} {side} the day named, {}", narrative::days(away.unsigned_abs()), resolved.basis);
        }
        // "During the call he spoke of the summit at the end of June": what is to come is not when they spoke.
        // "After he cancelled plans to meet next week, the two spoke by telephone" neither, whatever the tree hangs it on.
        let by_means = mention.pattern.weak && tree.relation(mention.token).universal() == Deprel::Obl;
        let told_past = (mention.pattern.form == readout_rules::Form::Verb || by_means)
            && tree.clause(mention.token).is_some_and(|v| tree.xpos(v) == "VBD" && tree.lemma(v) != "be")
            && matches!(
                time.expression.meaning,
                Meaning::Date(readout_times::DateMeaning {
                    base: DateBase::Unit { .. } | DateBase::Distance { .. },
                    ..
                })
            );
        let spoken_of = mention.status == Status::Held
            && (!mention.soft && tree.case(mention.token) == "during" || told_past)
            && resolved.interval.earliest.zip(day).is_some_and(|(first, day)| first > day);
        if spoken_of {
            continue;
        }
        let weekday = match &time.expression.meaning {
            Meaning::Date(readout_times::DateMeaning {
                base: readout_times::DateBase::Weekday { weekday, which: readout_times::Which::Nearest, .. },
                ..
            }) if chosen.is_none() && time.away.is_none() => Some(*weekday),
            _ => None,
        };
        if resolved.interval.is_unknown() {
            if day.is_none() && out.weekday.is_none() && weekday.is_some() {
                out.weekday = weekday;
                out.spans.push(time.expression.span);
            }
            continue;
        }
        let interval = match time.expression.bound {
            // "Invited him to come before the end of the year"
            Bound::Before if direction == Direction::Future && resolved.interval.latest >= day => {
                Interval { earliest: day, latest: resolved.interval.latest }
            }
            Bound::Before => Interval { earliest: None, latest: resolved.interval.latest },
            Bound::After => Interval { earliest: resolved.interval.earliest, latest: None },
            _ => resolved.interval,
        };
        // "In the week of July 18"
        let opens = tree.text.get(..time.expression.span.start as usize).unwrap_or_default().to_lowercase();
        let interval = match interval.as_day() {
            Some(day) if opens.trim_end().ends_with("week of") => {
                let monday = Interval::day(day).shift(1 - i32::from(day.weekday().to_monday_one_offset()));
                Interval { earliest: monday.earliest, latest: monday.shift(6).latest }
            }
            _ => interval,
        };
        if weekday.is_some() {
            out.weekday = weekday;
        }
        match &mut chosen {
            None => {
                chosen = Some((interval, resolved.basis, resolved.grain <= Grain::Day));
                out.spans.push(time.expression.span);
            }
            // "Met earlier this month, an official confirmed on Tuesday"
            Some((_, _, exact)) if !*exact && said_then(document, &tree, time) => {}
            Some((known, basis, exact)) if !*exact => {
                // "in Moscow last week, on Thursday": both hold.
                if let Some(both) = known.intersect(interval) {
                    if both != *known {
                        *basis = format!("{basis}; {}", resolved.basis);
                    }
                    *known = both;
                    *exact = resolved.grain <= Grain::Day;
                    out.spans.push(time.expression.span);
                } else if resolved.basis.starts_with("weekday")
                    && let Some(day) = in_week(interval, *known)
                {
                    *known = day;
                    *basis = format!("{basis}; {}", resolved.basis);
                    *exact = true;
                    out.spans.push(time.expression.span);
                }
            }
            // "Twice last week, by telephone on Monday": the Monday of that week.
            Some((known, basis, _)) if basis.starts_with("weekday") && in_week(*known, interval).is_some() => {
                if let Some(day) = in_week(*known, interval) {
                    *known = day;
                    *basis = format!("{basis}; {}", resolved.basis);
                    out.spans.push(time.expression.span);
                }
            }
            // "From Sunday to Friday"
            Some((known, basis, _)) => {
                let opens = out.spans.last().filter(|s| s.end < time.expression.span.start);
                let between = opens.and_then(|s| tree.text.get(s.end as usize..time.expression.span.start as usize));
                let to = between.is_some_and(|b| {
                    matches!(b.trim(), "to" | "through" | "until" | "till") || mention.plural && b.trim() == "and"
                });
                // A weekday before the first is that of the week after.
                let next = |last: Date, first: Date| {
                    if last < first { (0..7).try_fold(last, |d, _| d.tomorrow().ok()) } else { Some(last) }
                };
                if let (true, Some(first), Some(last)) = (to, known.as_day(), interval.latest)
                    && let Some(last) = next(last, first)
                    && (1..=7).contains(&(last - first).get_days())
                {
                    known.latest = Some(last);
                    *basis = format!("{basis}, to {last}");
                    out.spans.push(time.expression.span);
                }
            }
        }
    }
    if let Some((interval, basis, _)) = chosen {
        out.when.interval = interval;
        out.when.basis = basis;
        out.explicit = true;
    }
    out
}

/// The day a week before or after a day, where that lies in a week that the text names; `None` where it does not.
fn in_week(day: Interval, week: Interval) -> Option<Interval> {
    if week.days() != Some(7) || day.as_day().is_none() {
        return None;
    }
    [-7, 7].into_iter().map(|by| day.shift(by)).find(|d| d.intersect(week) == Some(*d))
}

/// "Meets B on Tuesday", "holds talks on Tuesday": the present tense of a text, not of its title.
pub(crate) fn present(tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    let verb = mention.light.unwrap_or(mention.token);
    // "Heads to Muscat for talks with B on Sunday"
    let journey = tree.clause(verb).filter(|&v| {
        mention.light.is_none()
            && matches!(
                tree.lemma(v).as_str(),
                "head" | "travel" | "fly" | "go" | "arrive" | "leave" | "return" | "visit"
            )
    });
    !mention.title && matches!(tree.xpos(journey.unwrap_or(verb)), "VBZ" | "VBP")
}

/// Durations of the sentence: the one nearest to each mention, in minutes, with its span. A length in days is none.
pub fn duration(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    all: &[ContactMention<'_>],
    times: &[TimeAt],
) -> Option<(Duration, Span)> {
    let tree = document.tree(mention.sentence);
    let reach = |m: &ContactMention<'_>, t: &TimeAt| {
        // "Shortly before his meeting with B, he spent an hour on the telephone to C": not the hour of the meeting.
        let case = tree.case(m.token);
        let cues = &document.knowledge.cues;
        let aside = (cues.has("before_it", &case) || cues.has("after_it", &case) || case.ends_with("before"))
            && !tree.ancestors(t.token).contains(&m.token);
        let away = if aside { 3 } else { 0 };
        away + [Some(m.token), m.light]
            .into_iter()
            .flatten()
            .map(|a| tree.distance(a, t.token))
            .min()
            .unwrap_or(usize::MAX)
    };
    times
        .iter()
        .filter_map(|t| match t.expression.meaning {
            Meaning::Duration(d) => Some((d, t)),
            _ => None,
        })
        .filter(|(_, t)| {
            let word_after = tree
                .sentence
                .tokens
                .iter()
                .position(|k| k.span.start >= t.expression.span.end)
                .map(|i| tree.word(i).to_lowercase());
            !word_after.is_some_and(|w| {
                matches!(
                    w.as_str(),
                    "ago" | "before" | "after" | "earlier" | "later" | "prior" | "ahead" | "period" | "notice"
                )
            }) && !planned_length(&tree, t.token)
                && !tree.case(t.token).contains("within")
                && !tree.case(t.token).contains("after")
        })
        .map(|(d, t)| (reach(mention, t), d, t))
        .filter(|(cost, _, t)| *cost <= 5 && all.iter().all(|m| m.token == mention.token || reach(m, t) >= *cost))
        .min_by_key(|(cost, _, _)| *cost)
        .map(|(_, d, t)| (d, t.expression.span))
}

/// Whether a time stands right behind a verb of saying: "said late Monday".
fn said_then(document: &Document<'_>, tree: &Tree<'_>, time: &TimeAt) -> bool {
    let opens = (0..tree.len()).find(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span)).unwrap_or(0);
    let before = (0..opens).rev().find(|&t| !matches!(tree.lower(t).as_str(), "on" | "late" | "early"));
    before.is_some_and(|t| matches!(tree.xpos(t), "VBD" | "VBN") && document.knowledge.cues.has("say", &tree.lemma(t)))
}

/// "Originally scheduled to last just half an hour": no length of what took place.
fn planned_length(tree: &Tree<'_>, time: usize) -> bool {
    let verb = tree.head(time).filter(|&v| tree.lemma(v) == "last" && tree.relation(v).universal() == Deprel::Xcomp);
    verb.and_then(|v| tree.head(v))
        .is_some_and(|v| matches!(tree.lemma(v).as_str(), "schedule" | "plan" | "expect" | "set" | "slate" | "mean"))
}

/// The day a document was written, as its opening sentences let one infer it: a day and month in them, with the latest
/// year that the text names, or the year in the file's name. `None` when there is no such date or no year.
pub fn infer_day(annotated: &readout_types::Annotated, all: &[Expression]) -> Option<(Date, Span)> {
    use readout_times::{DateBase, DateMeaning};
    let document = &annotated.document;
    let body = |span: Span| document.blocks.iter().find(|b| b.span.contains(span)).map(|b| b.kind);
    let mut year = None;
    let mut opening = None;
    let mut sentences = annotated.sentences.iter().filter(|s| body(s.span) == Some(BlockKind::Body));
    let limit = sentences.nth(3).map_or(u32::MAX, |s| s.span.start);
    for expression in all {
        let Meaning::Date(DateMeaning { base: DateBase::Calendar(date, _), .. }) = expression.meaning else { continue };
        let kind = body(expression.span);
        if !kind.is_some_and(|k| k.is_text() || matches!(k, BlockKind::Dateline | BlockKind::Byline)) {
            continue;
        }
        if let Some(y) = date.year.filter(|y| (1950..=2100).contains(y)) {
            year = year.max(Some(y));
        }
        let opens = expression.span.start < limit
            && matches!(
                kind,
                Some(BlockKind::Dateline | BlockKind::Byline | BlockKind::Title | BlockKind::Heading | BlockKind::Body)
            );
        if opening.is_none() && opens && date.day.is_some() {
            opening = Some((date, expression.span));
        }
    }
    let (mut date, span) = opening?;
    // Saved articles often bear their date in the file's name; it helps out with the year and no more.
    let named = || {
        let name = document.path.rsplit('/').next()?;
        Some(readout_times::date_of_url(&format!("/{name}"))?.earliest?.year())
    };
    date.year = date.year.or(year).or_else(named);
    Some((date.interval()?.as_day()?, span))
}

/// A holiday for which a text reports greetings. Where the page was dated later, the days of that week are meant.
#[derive(Clone, Debug)]
pub struct GreetingWeek {
    holiday: Date,
    name: String,
}

impl GreetingWeek {
    /// Moves a bare weekday to the one nearest to the holiday.
    pub fn narrow(&self, event: &mut EventTime) {
        let Some(weekday) = event.weekday else { return };
        // A greeting within the week of the day that the text's own date gives says nothing new.
        if event.when.interval.as_day().is_some_and(|d| (d - self.holiday).get_days().abs() <= 7) {
            return;
        }
        let near = (-3..=3)
            .filter_map(|d| Interval::day(self.holiday).shift(d).as_day())
            .find(|d| d.weekday().to_monday_one_offset() == weekday);
        if let Some(day) = near {
            event.when.interval = Interval::day(day);
            event.when.basis =
                format!("weekday nearest to {} ({}), for which greetings are reported", self.name, self.holiday);
        }
    }
}

/// The holiday for which the text reports greetings, when the document's own day is not its publisher's word but a line of
/// the page, and lies within a month after it.
pub fn greeting_week(document: &Document<'_>, times: &[Vec<TimeAt>], day: Option<Date>) -> Option<GreetingWeek> {
    let chosen = document.annotated.document.date.chosen.as_ref()?;
    let day =
        day.filter(|_| !matches!(chosen.basis, readout_types::DateBasis::Metadata | readout_types::DateBasis::Url))?;
    for (sentence, times) in times.iter().enumerate() {
        let tree = document.tree(sentence);
        let greets = (0..tree.len()).any(|t| {
            matches!(
                tree.lemma(t).as_str(),
                "wish" | "congratulate" | "greet" | "happy" | "greeting" | "congratulation"
            )
        });
        if !greets {
            continue;
        }
        let countries: Vec<&str> = document.mentions[document.by_sentence[sentence].clone()]
            .iter()
            .filter_map(|m| match m.referent {
                crate::mentions::Referent::Actor(id) => document.cast.country(id),
                _ => None,
            })
            .collect();
        for time in times {
            let name = time.expression.span.of(tree.text).to_lowercase();
            let fits = |h: &readout_times::Holiday| h.country.is_none_or(|c| countries.contains(&c));
            let found = readout_times::holidays(&name).into_iter().filter(fits).find_map(|h| {
                [day.year(), day.year() - 1]
                    .into_iter()
                    .filter_map(|y| h.day(y))
                    .find(|d| *d <= day && (day - *d).get_days() <= 31)
            });
            if let Some(holiday) = found {
                return Some(GreetingWeek { holiday, name: time.expression.span.of(tree.text).to_owned() });
            }
        }
    }
    None
}
