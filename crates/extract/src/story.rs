//! Owns the days of a story: when a contact was that a text tells without a day, by what it tells before and beside it.

use readout_times::{Bound, Direction, Meaning};
use readout_types::{BlockKind, Date, Deprel, Interval, Status, Upos};

use crate::mentioned::ContactMention;
use crate::narrative::{self, Counted};
use crate::reports::Draft;
use crate::resolve::Document;
use crate::tree::Tree;
use crate::when::TimeAt;

/// How long before its own day a text's story may have been.
pub(crate) const FRESH: i32 = 3;

/// How many sentences on a text may still speak of the time that it told of.
const REACH: usize = 2;

/// Gives days to the contacts told as steps of a story, as far as no words gave them one: those of the scene that the
/// sentence before set ("The trouble showed on Monday. A and B spoke by phone"), or those of the contact that the story is
/// about. A story goes forward: what it tells was not before that contact, unless it says "earlier", nor after the day of
/// writing; and what follows or leads up to it ("having rung off", "on the way home") was the same day.
pub(crate) fn settle(
    document: &Document<'_>,
    drafts: &mut [Draft<'_>],
    times: &[Vec<TimeAt>],
    main: Option<usize>,
    day: Option<Date>,
) {
    let Some(day) = day else { return };
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        let unknown = draft.when.interval.is_unknown();
        if draft.status == Status::Cancelled && unknown {
            let past = draft.told.iter().any(|t| t.mention.pluperfect || background(times, t.mention.sentence, day));
            if !past {
                // What is called off had been to come.
                let when = &mut drafts[index].when;
                when.interval = Interval::since(day);
                when.basis = format!("would have been to come on {day}, the day of the document");
            }
            continue;
        }
        let news = narrative::open_to_better(&draft.when);
        if draft.status == Status::Planned && unknown {
            let until = draft.told.iter().find_map(|t| before_it(document, times, &t.mention, day));
            if let Some(until) = until {
                let when = &mut drafts[index].when;
                when.interval = Interval::between(day, until);
                when.basis = format!("to come, before what comes by {until}");
            }
            continue;
        }
        if !(unknown || news) || draft.status != Status::Held || draft.prior {
            continue;
        }
        let at_large = narrative::at_large(&draft.when);
        let sequel = |m: &ContactMention<'_>| at_large || sequence(document, &document.tree(m.sentence), m);
        let Some(step) = draft.told.iter().find(|t| is_step(document, &t.mention, sequel(&t.mention))) else {
            continue;
        };
        let mention = &step.mention;
        let sequel = sequel(mention);
        // Whether the story itself gives the day, more than where in the text it is told.
        let mut told = false;
        // "Later in the day": of a scene set a little before.
        let reach = if at_large { REACH + 1 } else { 1 };
        let found = (1..=reach)
            .find_map(|back| scene(document, times, (drafts, main), (mention.sentence, back), day))
            .map(|scene| {
                told = true;
                match scene.stay {
                    true => narrative::as_step_after(scene.day, day),
                    false => (Interval::day(scene.day), format!("told with what happened on {}", scene.day)),
                }
            })
            .or_else(|| {
                let aside = background(times, mention.sentence, day);
                let Some((of, basis)) = subject(drafts, index, main, day) else {
                    if aside || at_large {
                        return None;
                    }
                    return Some(narrative::as_news(day));
                };
                told = sequel;
                Some(match of.as_day() {
                    Some(d) if sequel => (of, format!("told with the contact of {d}")),
                    _ if aside => return None,
                    Some(d) => narrative::as_step_after(d, day),
                    None => (of, basis),
                })
            });
        if let Some((interval, basis)) = found {
            let draft = &mut drafts[index];
            if news && !told && draft.when.interval.intersect(interval).is_none() {
                continue;
            }
            draft.when.interval = interval;
            draft.when.basis = basis;
            draft.dated = true;
        }
    }
}

/// Whether a mention is told as a step of a story: in the simple past, by its own verb or that of its clause; or in the
/// pluperfect, where the clause says how it belongs to the story.
fn is_step(document: &Document<'_>, mention: &ContactMention<'_>, sequel: bool) -> bool {
    let tree = document.tree(mention.sentence);
    // "Talks" are plural by their form alone.
    let several = mention.plural && !matches!(tree.lemma(mention.token).as_str(), "talk" | "talks" | "consultation");
    if mention.prior || mention.pluperfect && !sequel || several || mention.status != Status::Held {
        return false;
    }
    let verb = match mention.light {
        Some(verb) if spoken_of(&tree, mention.token, verb) => return false,
        Some(verb) => verb,
        None if tree.upos(mention.token) == Upos::Verb => mention.token,
        None => match tree.clause(mention.token) {
            // "Discussed the results of his talks with B": spoken of, not told.
            Some(verb) if spoken_of(&tree, mention.token, verb) => return false,
            // "An agreement that was reached during A's meeting with B"
            Some(verb) if tree.relation(verb).universal() == Deprel::Acl => return false,
            Some(verb) => verb,
            None => return false,
        },
    };
    let with = |words: &[&str]| tree.children(verb).any(|c| words.contains(&tree.lower(c).as_str()));
    tree.xpos(verb) == "VBD" || with(&["was", "were"]) || sequel && with(&["had"])
}

/// Whether a contact noun is what its clause speaks of: "discussed the results of his talks", "recalled their meeting".
fn spoken_of(tree: &Tree<'_>, noun: usize, verb: usize) -> bool {
    let about = matches!(
        tree.lemma(verb).as_str(),
        "inform"
            | "tell"
            | "thank"
            | "discuss"
            | "mention"
            | "recall"
            | "remember"
            | "describe"
            | "praise"
            | "brief"
            | "welcome"
            | "cite"
            | "evoke"
    );
    let outcome = tree
        .head(noun)
        .is_some_and(|h| matches!(tree.lemma(h).as_str(), "result" | "outcome" | "upshot" | "conclusion" | "agenda"));
    let topic = tree.relation(noun).universal() == Deprel::Obj
        || matches!(tree.case(noun).as_str(), "on" | "about" | "regarding" | "of" | "for");
    outcome || about && topic
}

/// What a sentence sets the scene with.
struct Scene {
    day: Date,
    /// Whether somebody came somewhere then, and stayed: "arrived in Riyadh on Tuesday".
    stay: bool,
}

/// The scene that the sentence so far back sets, in the same paragraph or the one before: "The trouble showed on Monday", "Rome
/// had its own line to Moscow that day".
fn scene(
    document: &Document<'_>,
    times: &[Vec<TimeAt>],
    (drafts, main): (&[Draft<'_>], Option<usize>),
    (sentence, back): (usize, usize),
    day: Date,
) -> Option<Scene> {
    let before = sentence.checked_sub(back)?;
    let blocks = &document.annotated.document.blocks;
    let body = |s: usize| {
        blocks.get(document.annotated.sentences[s].block as usize).is_some_and(|b| b.kind == BlockKind::Body)
    };
    if !body(before) || !body(sentence) {
        return None;
    }
    let tree = document.tree(before);
    let root = (0..tree.len()).find(|&t| tree.head(t).is_none())?;
    // "On Saturday he had broken his journey in Halifax. It was there that he rang B."
    let there = || {
        let next = document.tree(sentence);
        (0..next.len().min(3)).any(|t| matches!(next.lower(t).as_str(), "there" | "then"))
    };
    let was = || {
        tree.children(root).any(|c| tree.relation(c) == Deprel::Cop && matches!(tree.lower(c).as_str(), "was" | "were"))
    };
    if tree.xpos(root) != "VBD" && !was() && !(tree.xpos(root) == "VBN" && there()) {
        return None;
    }
    // "Santos said on Tuesday": when it was said.
    if document.knowledge.cues.has("say", &tree.lemma(root)) {
        return None;
    }
    let stay = matches!(tree.lemma(root).as_str(), "arrive" | "land" | "fly" | "come" | "travel" | "begin" | "start");
    let at = times[before].iter().find_map(|time| {
        // "Came to the conference on Sunday", not "the man whom they met on Sunday".
        let mut at = time.token;
        while let Some(head) = tree.head(at)
            && matches!(tree.relation(at).universal(), Deprel::Obl | Deprel::Nmod | Deprel::Obj)
        {
            at = head;
        }
        if at != root || time.expression.bound != Bound::At || !matches!(time.expression.meaning, Meaning::Date(_)) {
            return None;
        }
        let resolved = match Counted::of(&time.expression, false) {
            // "That day": of what the text is about, else of what it told last.
            Some(counted) => {
                let first = |d: &Draft<'_>| d.told.first().map_or(usize::MAX, |t| t.mention.sentence);
                let told = |d: &&Draft<'_>| first(d) <= before && d.when.interval.as_day().is_some();
                let about = main.map(|m| &drafts[m]).filter(told);
                let of = about.or_else(|| drafts.iter().filter(told).max_by_key(|d| first(d)))?;
                counted.from(of.when.interval.as_day()?)
            }
            None => time.expression.resolve(Some(day), Direction::Past).interval,
        };
        resolved.as_day().filter(|d| *d <= day)
    })?;
    Some(Scene { day: at, stay })
}

/// The last day of what is to come before which a plan says that it comes, told in the sentence or the one before:
/// "Officials gather next week. A and B are to confer by telephone first."
fn before_it(document: &Document<'_>, times: &[Vec<TimeAt>], mention: &ContactMention<'_>, day: Date) -> Option<Date> {
    let tree = document.tree(mention.sentence);
    let verbs = [Some(mention.token), mention.light, tree.clause(mention.token)];
    let first = verbs.into_iter().flatten().flat_map(|v| tree.children(v)).any(|c| {
        matches!(tree.lower(c).as_str(), "first" | "beforehand")
            || matches!(tree.lower(c).as_str(), "that" | "then") && tree.case(c) == "before"
    });
    if !first {
        return None;
    }
    times[mention.sentence.saturating_sub(1)..=mention.sentence]
        .iter()
        .flatten()
        .filter(|t| matches!(t.expression.meaning, Meaning::Date(_)))
        .filter_map(|t| t.expression.resolve(Some(day), Direction::Future).interval.latest)
        .filter(|d| *d >= day)
        .max()
}

/// Whether a text looks back there: a day, month or year of an earlier time is named in the sentence or the one before.
fn background(times: &[Vec<TimeAt>], sentence: usize, day: Date) -> bool {
    times[sentence.saturating_sub(1)..=sentence].iter().flatten().any(|time| {
        let named = matches!(time.expression.meaning, Meaning::Date(_));
        let last = || time.expression.resolve(Some(day), Direction::Past).interval.latest;
        named && last().is_some_and(|last| (day - last).get_days() > 2 * FRESH)
    })
}

/// The days of the contact that the story is about, as the contact at `index` is told with it: the nearest told before it
/// in which one of its parties takes part, else the main one; of the last days only.
fn subject(drafts: &[Draft<'_>], index: usize, main: Option<usize>, day: Date) -> Option<(Interval, String)> {
    let first = |d: &Draft<'_>| d.told.first().map_or(usize::MAX, |t| t.mention.sentence);
    let here = first(&drafts[index]);
    let fits = |o: usize| {
        let other = &drafts[o];
        o != index
            && other.when.interval.earliest.is_some()
            && other.when.interval.latest.is_some_and(|d| d <= day)
            && matches!(other.status, Status::Held | Status::Ongoing)
            && !narrative::open_to_better(&other.when)
            && drafts[index].parties.iter().any(|p| other.parties.contains(p))
    };
    let fresh = |o: usize| drafts[o].when.interval.earliest.is_some_and(|d| (day - d).get_days() <= FRESH);
    let before = (0..drafts.len()).filter(|&o| fits(o) && first(&drafts[o]) <= here).max_by_key(|&o| first(&drafts[o]));
    // What is told right after something long past is not of the story.
    if before.is_some_and(|o| !fresh(o) && here - first(&drafts[o]) <= REACH) {
        return None;
    }
    let of = before.filter(|&o| fresh(o)).or(main.filter(|&m| fits(m) && fresh(m)))?;
    Some((drafts[of].when.interval, drafts[of].when.basis.clone()))
}

/// "Following their meeting", "after the talks": a contact without parties of its own is the one told of before.
fn of_those_told(tree: &Tree<'_>, noun: usize, cues: &readout_rules::Cues) -> bool {
    cues.has("encounter", &tree.lemma(noun))
        && tree.children(noun).any(|c| matches!(tree.lower(c).as_str(), "the" | "their" | "that" | "this"))
        && !tree
            .children(noun)
            .any(|c| matches!(tree.relation(c).universal(), Deprel::Nmod) && tree.lower(c) != "their")
}

/// Whether a clause says that it follows or leads up to what the story has told: "then", "afterwards", "having rung off",
/// "on the way home", "before dialling Moscow".
fn sequence(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> bool {
    let cues = &document.knowledge.cues;
    let verbs = [Some(mention.token), mention.light, tree.clause(mention.token)];
    let own = verbs.into_iter().flatten().flat_map(|v| tree.children(v)).any(|c| {
        let marked = |words: &[&str]| tree.children(c).any(|m| words.contains(&tree.lower(m).as_str()));
        match tree.relation(c).universal() {
            Deprel::Advmod => cues.has("sequel", &tree.lower(c)),
            Deprel::Advcl => match tree.xpos(c) {
                "VBG" => marked(&["before", "after"]),
                // "Before the evening was out"
                _ if marked(&["before"]) => tree.children(c).any(|s| {
                    tree.relation(s).universal() == Deprel::Nsubj
                        && matches!(tree.lemma(s).as_str(), "day" | "evening" | "night" | "morning" | "afternoon")
                }),
                _ => marked(&["having", "once", "hardly", "scarcely", "barely", "than"]),
            },
            Deprel::Obl => {
                tree.case(c) == "on" && cues.has("errand", &tree.lemma(c))
                    || matches!(tree.case(c).as_str(), "after" | "following")
                        && (tree.upos(c) == Upos::Pron || of_those_told(tree, c, cues))
            }
            _ => false,
        }
    });
    let opens = |at: usize| at < tree.len() && cues.has("sequel", &tree.lower(at));
    // "No sooner had he rung off than", "It was there that"
    own || opens(0)
        || tree.len() > 2 && tree.lower(0) == "no" && tree.lower(1) == "sooner"
        || opens(2) && tree.len() > 2 && tree.lower(0) == "it" && tree.lower(1) == "was"
}
