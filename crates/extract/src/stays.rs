//! Owns the days of journeys and talks of a stated length: "a two-day visit that began on Tuesday".

use readout_times::{Grain, Meaning};
use readout_types::{Deprel, Interval};

use crate::mentioned::ContactMention;
use crate::tree::Tree;
use crate::when::{EventTime, TimeAt};

/// Longest stay, in days, that is counted out.
const LONGEST: i32 = 30;

/// Widens the one day of a contact of several to all of them, where the text says whether it began or ended that day.
pub(crate) fn count_out(tree: &Tree<'_>, mention: &ContactMention<'_>, times: &[TimeAt], event: &mut EventTime) {
    let Some(day) = event.when.interval.as_day().filter(|_| event.explicit) else { return };
    let Some(length) = length(tree, mention, times).filter(|n| (2..=LONGEST).contains(n)) else { return };
    let named = times.iter().find(|t| event.spans.contains(&t.expression.span)).map(|t| t.token);
    // "Which began on Tuesday", else the verb over the noun.
    let own = tree.children(mention.token).find(|&c| {
        tree.relation(c).universal() == Deprel::Acl && named.is_some_and(|n| tree.ancestors(n).contains(&c))
    });
    let Some(verb) = own.or(mention.light).or_else(|| tree.clause(mention.token)) else { return };
    let rest = length - 1;
    let (first, last) = match turn(tree, mention, verb) {
        Some(Turn::Begins) => (0, rest),
        Some(Turn::Ends) => (-rest, 0),
        None => return,
    };
    let all = Interval::day(day);
    event.when.interval = Interval { earliest: all.shift(first).earliest, latest: all.shift(last).latest };
    event.when.basis = format!("{length} days by the text, {}", event.when.basis);
}

enum Turn {
    Begins,
    Ends,
}

/// The days of "a two-day visit".
fn length(tree: &Tree<'_>, mention: &ContactMention<'_>, times: &[TimeAt]) -> Option<i32> {
    times.iter().find_map(|time| {
        let Meaning::Period(period) = &time.expression.meaning else { return None };
        let noun = tree.head(time.token).filter(|&noun| time.token < noun)?;
        // "Arrived on Monday for a two-day visit"
        let purpose = || {
            tree.head(noun) == Some(mention.token)
                && tree.case(noun) == "for"
                && matches!(tree.lemma(noun).as_str(), "visit" | "trip" | "tour" | "stay")
        };
        let of_it = noun == mention.token || purpose();
        let days = period.stated.filter(|_| of_it && period.unit == Grain::Day)?;
        Some(days as i32)
    })
}

/// Whether a verb tells of the beginning or the end of the contact that is its object or its purpose.
fn turn(tree: &Tree<'_>, mention: &ContactMention<'_>, verb: usize) -> Option<Turn> {
    let case = tree.case(mention.token);
    let towards = || tree.children(verb).any(|c| tree.case(c) == "for" && c != mention.token);
    match tree.lemma(verb).as_str() {
        "end" | "conclude" | "finish" | "complete" | "wrap" | "close" => Some(Turn::Ends),
        "leave" | "depart" | "return" | "fly" | "come" if matches!(case.as_str(), "after" | "from" | "following") => {
            Some(Turn::Ends)
        }
        "leave" | "depart" | "set" if towards() || matches!(case.as_str(), "for" | "on") => Some(Turn::Begins),
        "begin" | "start" | "open" | "commence" | "kick" | "arrive" | "land" | "fly" | "travel" | "embark" | "pay"
        | "make" | "undertake" | "visit" | "go" | "head" | "come" | "be"
            if case != "during" && case != "after" =>
        {
            Some(Turn::Begins)
        }
        _ => None,
    }
}
