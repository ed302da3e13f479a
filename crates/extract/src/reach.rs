//! Owns which time of a sentence can belong to which contact mention, and how near the two stand.

use readout_times::{Bound, DateBase, Meaning};
use readout_types::{Deprel, Status, Upos};

use crate::mentioned::ContactMention;
use crate::tree::Tree;
use crate::when::TimeAt;

/// Whether a time hangs on what reports the mention's clause: "said on Monday that they had met".
pub(crate) fn of_saying(tree: &Tree<'_>, mention: &ContactMention<'_>, time: &TimeAt) -> bool {
    let Some(saying) = tree.head(time.token) else { return false };
    let mut at = mention.light.unwrap_or(mention.token);
    let mut reported = false;
    while at != saying {
        reported |= tree.relation(at).universal() == Deprel::Ccomp;
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    reported
}

/// Whether a time can be of a mention where a further side hangs on the same trigger: "spoke to A on Friday and to B on
/// Sunday", each with what stands behind it.
pub(crate) fn in_reach(mention: &ContactMention<'_>, all: &[ContactMention<'_>], time: usize) -> bool {
    let own = |m: &&ContactMention<'_>| m.token == mention.token && m.at > m.token;
    if mention.at > mention.token {
        let next = all.iter().filter(own).map(|m| m.at).filter(|&at| at > mention.at).min();
        return time > mention.at && next.is_none_or(|n| time < n);
    }
    all.iter().filter(own).map(|m| m.at).min().is_none_or(|n| time < n)
}

/// Times that say when something else was: "since", and those in a count's scope ("the ninth call this year").
pub(crate) fn excluded(tree: &Tree<'_>, time: &TimeAt) -> bool {
    let first = (0..tree.len()).find(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span)).unwrap_or(0);
    // "In better humour than on Feb. 28".
    let compared = (first.saturating_sub(2)..first).any(|t| tree.word(t).eq_ignore_ascii_case("than"))
        && !matches!(time.expression.meaning, Meaning::Duration(_));
    // "Their first conversation since A moved back on January 20".
    let since = tree.ancestors(time.token).iter().take(3).any(|&a| {
        tree.children(a).any(|c| tree.relation(c) == Deprel::Mark && tree.word(c).eq_ignore_ascii_case("since"))
    });
    // "Before a July 20 deadline"
    let limit = std::iter::once(time.token)
        .chain(tree.head(time.token))
        .any(|t| matches!(tree.lemma(t).as_str(), "deadline" | "ultimatum" | "cutoff" | "cut-off"));
    // "Said the aide in Moscow, where it was already Tuesday".
    let elsewhere = (first.saturating_sub(5)..first).any(|t| tree.lower(t) == "where" && tree.lower(t + 1) == "it");
    // "Has had a tense relationship with B in the past"
    let some_time = matches!(time.expression.span.of(tree.text).to_lowercase().as_str(), "in the past" | "the past");
    compared
        || elsewhere
        || limit
        || some_time
        || since
        || time.expression.bound == Bound::Since
        || tree.ancestors(time.token).iter().take(2).any(|&a| {
            tree.children(a).any(|c| {
                matches!(tree.relation(c), Deprel::Amod | Deprel::Nummod)
                    && crate::counts::ordinal(&tree.word(c).to_lowercase()).is_some_and(|n| n > 1)
                    && c < time.token
            }) && matches!(tree.upos(a), Upos::Noun)
                && {
                    let words = time.expression.span.of(tree.text).to_lowercase();
                    words.contains("year") || matches!(words.as_str(), "this month" | "this week")
                }
        })
}

/// "The forthcoming visit of the minister to Russia in January 2003": a date that follows right after the words for a
/// contact to come, other than a weekday, which may be that of the announcement.
pub(crate) fn belongs_to_plan(tree: &Tree<'_>, mention: &ContactMention<'_>, time: &TimeAt, opens: usize) -> bool {
    let calendar = matches!(
        time.expression.meaning,
        Meaning::Date(readout_times::DateMeaning { base: DateBase::Calendar(..), .. })
    );
    let before = (mention.token..opens).rev().find(|&t| !matches!(tree.upos(t), Upos::Adp | Upos::Det));
    calendar
        && mention.status == Status::Planned
        && mention.pattern.form == readout_rules::Form::Noun
        && before.is_some_and(|b| b == mention.token || tree.ancestors(b).contains(&mention.token))
}

/// How far a time stands from a mention: arcs, with a penalty for clauses in between; `None` where it cannot belong.
pub(crate) fn cost(tree: &Tree<'_>, mention: &ContactMention<'_>, time: &TimeAt) -> Option<usize> {
    let anchors =
        if mention.at == mention.token { [Some(mention.token), mention.light] } else { [Some(mention.at), None] };
    // "A visit to Germany, due in late September"
    let opens = (0..tree.len()).find(|&t| tree.sentence.tokens[t].span.overlaps(time.expression.span)).unwrap_or(0);
    let due = (opens.saturating_sub(2)..opens).find(|&t| tree.lower(t) == "due" && t > 0 && tree.lower(t - 1) == ",");
    if due.is_some_and(|due| mention.token < due && due - mention.token <= 6) {
        return Some(0);
    }
    // "The first conversation of the two countries' leaders since a break in 1979"
    let since = tree.ancestors(time.token).into_iter().take(2).any(|a| {
        a != mention.token && tree.upos(a) == Upos::Noun && tree.case(a) == "since" && Some(a) != mention.light
    });
    if since {
        return None;
    }
    // "The recently elected chairwoman"
    let epithet = tree.head(time.token).is_some_and(|h| {
        tree.relation(h).universal() == Deprel::Amod && h > time.token && tree.head(h) != Some(mention.token)
    });
    if epithet {
        return None;
    }
    // "On Sunday CNN provided details of a call": the day on which it did.
    let told = tree.head(mention.token).filter(|&h| {
        tree.relation(mention.token).universal() == Deprel::Nmod
            && matches!(
                tree.lemma(h).as_str(),
                "detail"
                    | "readout"
                    | "read-out"
                    | "transcript"
                    | "summary"
                    | "remark"
                    | "comment"
                    | "report"
                    | "question"
                    | "criticism"
                    | "article"
                    | "speculation"
                    | "rumour"
                    | "rumor"
                    | "statement"
                    | "testimony"
            )
    });
    let of_telling = told.is_some_and(|h| {
        tree.head(time.token).is_some_and(|v| {
            // "A transcript of the call on January 27 was published": between the two it is that of the call.
            let between = mention.token < time.token && time.token < v;
            v == h || tree.upos(v) == Upos::Verb && tree.ancestors(h).contains(&v) && !between
        })
    });
    // "Details of their calls last December"
    if of_telling && opens != mention.token + 1 {
        return None;
    }
    // "As it prepares for elections January 30th"
    let readies = tree.ancestors(time.token).into_iter().take(3).any(|v| {
        matches!(tree.lemma(v).as_str(), "prepare" | "brace" | "gear") && !tree.ancestors(mention.token).contains(&v)
    });
    if readies {
        return None;
    }
    // "Planned to attack A during his visit to Germany last week": the visit was then, whatever was planned.
    let words = time.expression.span.of(tree.text).to_lowercase();
    if words.starts_with("last ")
        && mention.soft
        && mention.status == Status::Planned
        && mention.pattern.form == readout_rules::Form::Noun
        && mention.token < opens
        && opens - mention.token <= 4
        && (mention.token + 1..opens).all(|t| tree.upos(t) != Upos::Verb)
    {
        return Some(1);
    }
    // "The meeting was scheduled two weeks ago": then it was arranged.
    let arranged = tree.head(mention.token).filter(|&v| {
        tree.relation(mention.token) == Deprel::NsubjPass
            && matches!(
                tree.lemma(v).as_str(),
                "schedule" | "arrange" | "plan" | "announce" | "agree" | "book" | "confirm" | "organise" | "organize"
            )
    });
    let back =
        words.ends_with("ago") || words.ends_with("earlier") || words == "yesterday" || words.starts_with("last ");
    if back && arranged.is_some_and(|v| tree.head(time.token) == Some(v)) {
        return None;
    }
    // "Are currently preparing for a summit"
    if matches!(words.as_str(), "currently" | "now" | "at present" | "presently") {
        return None;
    }
    // "Wednesday's announcements follow a year of talks"
    let whose = tree.relation(time.token) == Deprel::NmodPoss
        && tree
            .head(time.token)
            .is_some_and(|n| n != mention.token && matches!(tree.relation(n), Deprel::Nsubj | Deprel::NsubjPass))
        && tree.head(time.token).is_some_and(|n| !tree.ancestors(mention.token).contains(&n));
    // "Spoke about the strike last week"
    let topic = tree.head(time.token).filter(|&n| tree.upos(n) == Upos::Noun && n != mention.token).is_some_and(|n| {
        std::iter::once(n)
            .chain(tree.ancestors(n))
            .take_while(|&t| t != mention.token)
            .take(3)
            .any(|t| tree.upos(t) == Upos::Noun && matches!(tree.case(t).as_str(), "about" | "over" | "regarding"))
            && tree.ancestors(n).contains(&mention.token)
    });
    if whose || topic {
        return None;
    }
    if belongs_to_plan(tree, mention, time, opens) {
        return Some(1);
    }
    // "The visit to Italy by the president scheduled for November"
    let set = (opens.saturating_sub(2)..opens)
        .find(|&t| matches!(tree.lower(t).as_str(), "scheduled" | "planned" | "slated" | "set"))
        .filter(|&t| mention.token < t && t - mention.token <= 12);
    if let Some(set) = set.filter(|_| mention.status == Status::Planned) {
        return Some(1 + (set - mention.token) / 4);
    }
    // "The drafting of the 2003 budget"
    let year = time.expression.span.of(tree.text).chars().all(|c| c.is_ascii_digit());
    let of_another = tree.head(time.token).filter(|_| year).is_some_and(|h| {
        let modifies = match tree.relation(time.token).universal() {
            Deprel::Compound | Deprel::Nummod | Deprel::Amod => true,
            // "The 2016 U.S. election"
            Deprel::Nmod => tree.case(time.token).is_empty(),
            _ => false,
        };
        let before = modifies && h > time.token;
        // "The Treaty of 1972"
        let after = tree.relation(time.token).universal() == Deprel::Nmod && tree.case(time.token) == "of";
        (before || after)
            && matches!(tree.upos(h), Upos::Noun | Upos::Propn)
            && h != mention.token
            && Some(h) != mention.light
            && !tree.ancestors(mention.token).contains(&h)
            && tree.head(h) != Some(mention.token)
    });
    if of_another {
        return None;
    }
    let near = anchors.into_iter().flatten().map(|a| tree.distance(a, time.token)).min()?;
    // "The meeting will take place on Saturday, the second day of the summit"
    let verb = tree.head(mention.token).filter(|&v| {
        matches!(tree.relation(mention.token), Deprel::Nsubj | Deprel::NsubjPass)
            && matches!(tree.lemma(v).as_str(), "take" | "occur" | "happen" | "hold" | "begin" | "start" | "open")
    });
    let near = if verb.is_some() && tree.head(time.token) == verb { 1 } else { near };
    let part = tree
        .head(mention.token)
        .filter(|&d| tree.lemma(d) == "day" && tree.relation(d) == Deprel::Appos && tree.head(d) == Some(time.token));
    if part.is_some() {
        return None;
    }
    // A time in a relative or reported clause below something else says when that was.
    let mut at = time.token;
    let mut clauses = 0;
    let own: Vec<usize> =
        anchors.into_iter().flatten().flat_map(|a| std::iter::once(a).chain(tree.ancestors(a))).collect();
    while !own.contains(&at) {
        // "An encounter which came as ties have deteriorated in recent months"
        let meanwhile = tree.relation(at).universal() == Deprel::Advcl
            && at != time.token
            && tree.children(at).any(|c| matches!(tree.lower(c).as_str(), "as" | "because" | "although" | "though"))
            && tree.children(at).any(|c| matches!(tree.lower(c).as_str(), "have" | "has"));
        if meanwhile {
            return None;
        }
        let elsewhere = tree.head(at) != Some(mention.token) && at > mention.at;
        let due = tree.ancestors(at).contains(&mention.token)
            && matches!(tree.lemma(at).as_str(), "due" | "schedule" | "plan" | "set" | "slate" | "expect");
        // "The first call with B, which took place on April 21"
        let took_place = tree.children(at).any(|c| matches!(tree.lower(c).as_str(), "which" | "that"))
            && (matches!(tree.lemma(at).as_str(), "occur" | "happen")
                || tree.lower(at + 1) == "place"
                || tree.lower(at) == "held");
        if tree.relation(at) == Deprel::AclRelcl && at != time.token && elsewhere && !due && !took_place {
            // "visited a town where he had stayed in the 1980s"
            return None;
        }
        if matches!(
            tree.relation(at).universal(),
            Deprel::Acl | Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis | Deprel::Conj
        ) {
            clauses += 1;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    // Climbing from the mention up to where the time hangs.
    let mut climb = 0;
    let mut from = mention.light.unwrap_or(mention.token);
    while from != at {
        // "Was in Ankara on Wednesday after travelling to Riyadh"
        let before = mention.kind == readout_types::ContactKind::Visit
            && tree.relation(from).universal() == Deprel::Advcl
            && tree.children(from).any(|c| tree.lower(c) == "after" && c < from);
        if before {
            return None;
        }
        let relation = tree.relation(from).universal();
        if matches!(relation, Deprel::Acl | Deprel::Advcl) {
            climb += 1;
        }
        // "A, who is visiting Canada, made the comment Wednesday"
        if tree.relation(from) == Deprel::AclRelcl && mention.status == Status::Ongoing {
            return None;
        }
        // "said on Monday that he met": the time of saying is not that of the meeting, unless nothing else is; and never
        // that of a meeting told of before.
        if relation == Deprel::Ccomp {
            if mention.definite {
                return None;
            }
            climb += 2;
        }
        match tree.head(from) {
            Some(head) => from = head,
            None => break,
        }
    }
    // "agreed on Thursday to hold talks", "is cancelling on Wednesday": when it was agreed or called off, not when it is.
    if matches!(mention.status, Status::Planned | Status::Proposed | Status::Cancelled) {
        let hangs = tree.head(time.token);
        let where_to = tree.relation(mention.token).universal() == Deprel::Acl
            && tree.children(mention.token).any(|c| tree.lower(c) == "where");
        let own = hangs.is_some_and(|h| {
            h == mention.token
                || where_to && tree.ancestors(mention.token).contains(&h)
                || (Some(h) == mention.light && mention.status != Status::Cancelled)
                // "Looks forward to a state visit later this year"
                || tree.lemma(h) == "look" && tree.head(mention.token) == Some(h)
                || tree.ancestors(h).contains(&mention.token)
        });
        let announced = hangs.is_some_and(|h| {
            !own && matches!(tree.upos(h), Upos::Verb)
                && (matches!(tree.xpos(h), "VBD" | "VBN" | "VBZ" | "VBG")
                    && tree.children(h).all(|c| !matches!(tree.word(c), "will" | "'ll" | "would" | "to" | "due"))
                    || mention.status == Status::Cancelled)
        });
        // "Said at a joint press conference Saturday"
        let said_at = hangs.filter(|&h| matches!(tree.relation(h).universal(), Deprel::Obl | Deprel::Nmod) && !own);
        let said_at = said_at
            .and_then(|h| tree.head(h))
            .filter(|&v| matches!(tree.lemma(v).as_str(), "say" | "tell" | "announce"));
        // "The White House said Monday", wherever the tree hangs it.
        let said_then = opens > 0
            && opens > mention.token
            && matches!(tree.lower(opens - 1).as_str(), "said" | "announced" | "confirmed" | "told");
        let said = said_at.is_some()
            || said_then
            || hangs.is_some_and(|h| {
                h != mention.token
                    && Some(h) != mention.light
                    && matches!(
                        tree.lemma(h).as_str(),
                        "say" | "report" | "announce" | "tell" | "add" | "confirm" | "write"
                    )
            });
        // "A hears the other side today: he has a call scheduled with B."
        let spelled_out = mention.status == Status::Planned
            && !said
            && (time.token..mention.token).any(|t| tree.lower(t) == ":")
            && hangs.is_some_and(|h| matches!(tree.xpos(h), "VBZ" | "VBP"));
        if (announced && !spelled_out || said) && tree.case(time.token) != "for" {
            return None;
        }
    }
    let linear = mention.at.abs_diff(time.token);
    let cost = near * 2 + clauses * 4 + climb * 3 + linear / 6;
    (cost <= 20).then_some(cost)
}
