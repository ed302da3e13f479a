//! Owns what follows from where people are: that those who speak on a journey meet, and where a meeting on a visit is.

use readout_types::{ContactKind, Status};

use crate::actors::ActorId;
use crate::fields;
use crate::mentioned::ContactMention;
use crate::reports::Draft;
use crate::resolve::Document;

/// How many sentences on a text still means the journey that it told of.
const STAY: usize = 20;

/// "Spent Thursday in Aarhus, where he conferred with B", "met the pope and then spoke to his secretary of state": an
/// exchange in person.
pub(crate) fn face_to_face(document: &Document<'_>, mention: &ContactMention<'_>) -> bool {
    let tree = document.tree(mention.sentence);
    if mention.medium.is_none() && &*mention.pattern.id == "call.call" && tree.lemma(mention.token) == "conversation" {
        // "The conversation that A had with B when they met"
        let when = (mention.token + 1..tree.len()).find(|&t| tree.lower(t) == "when");
        return when.is_some_and(|w| (w + 1..(w + 5).min(tree.len())).any(|t| tree.lemma(t) == "meet"));
    }
    if mention.medium.is_some() || &*mention.pattern.id != "call.speak" {
        return false;
    }
    if mention.status != Status::Held {
        // "Is to fly to Berlin, where he will confer with B"
        return mention.status == Status::Planned && fields::relative_place(document, &tree, mention).is_some();
    }
    let next = tree.children(mention.token).any(|c| {
        matches!(tree.word(c).to_lowercase().as_str(), "then" | "also" | "afterwards" | "afterward" | "there")
    });
    // "Met the Pope. […] He then spoke to the Vatican's secretary of state": of the side whose head he had met.
    let same_side = || {
        let of = |id: ActorId| document.cast.country(id);
        document.pairs.iter().zip(&document.pair_kinds).any(|((_, pair), group)| {
            *group == readout_types::KindGroup::InPerson
                && mention.party.iter().any(|p| pair.contains(p))
                && mention.other.iter().any(|&o| of(o).is_some() && pair.iter().any(|&p| of(p) == of(o)))
        })
    };
    // "Met A in Rome. He also spoke with B": on the same round.
    let met =
        document.pairs.iter().zip(&document.pair_kinds).rev().any(|((at, pair), group)| {
            mention.sentence - at <= 12
                && *group == readout_types::KindGroup::InPerson
                && mention.party.iter().any(|p| pair.contains(p))
        }) || document.stays.iter().any(|(at, who, _)| mention.sentence - at <= 12 && mention.party.contains(who));
    // "The president flew to Rome. He spoke with the prime minister of Italy for an hour."
    let sides: Vec<ActorId> = mention.party.iter().chain(&mention.other).copied().collect();
    let by_phone = document
        .pairs
        .iter()
        .zip(&document.pair_kinds)
        .rev()
        .find(|((_, pair), _)| pair.len() == sides.len() && pair.iter().all(|p| sides.contains(p)));
    let by_phone = by_phone.is_some_and(|(_, group)| *group == readout_types::KindGroup::Remote);
    let visiting = !by_phone
        && document.stays.iter().any(|(at, who, country)| {
            mention.sentence - at <= STAY
                && sides.contains(who)
                && sides.iter().any(|&o| document.cast.is_person(o) && document.cast.country(o) == Some(country))
        });
    fields::relative_place(document, &tree, mention).is_some() || next && (met || same_side()) || visiting
}

/// Most days of a visit that say when its meetings were.
const SHORT: i32 = 4;

/// The same, where the text says that the meeting was there.
const WEEK: i32 = 8;

/// Who is in one place on a day is there for all that the day brings: a meeting of that day without a place of its own is
/// where the other meetings of one of its people were, where the text has only one such town.
pub(crate) fn same_day(document: &Document<'_>, drafts: &mut [Draft<'_>]) {
    let town = |draft: &Draft<'_>| {
        draft.told.iter().find_map(|t| t.place.clone()).filter(|(place, _)| {
            let country = place.country.as_deref().and_then(|code| document.knowledge.table.country(code));
            // The Vatican is a state and a place in a town at once.
            country.is_none_or(|c| c.code == "VA" || c.name != place.name && !c.aliases.contains(&place.name))
        })
    };
    let placed: Vec<_> = drafts
        .iter()
        .filter(|d| d.kind != ContactKind::Call && d.kind != ContactKind::Message && d.dated)
        .filter_map(|d| Some((d.when.interval.as_day()?, d.parties.clone(), town(d)?)))
        .collect();
    for draft in drafts.iter_mut() {
        let meets = matches!(draft.kind, ContactKind::Meeting | ContactKind::Talks);
        let nowhere = draft.told.iter().all(|t| t.place.is_none());
        let Some(day) = draft.when.interval.as_day().filter(|_| meets && nowhere && draft.dated) else { continue };
        let shared =
            |parties: &[ActorId]| parties.iter().any(|p| document.cast.is_person(*p) && draft.parties.contains(p));
        let mut places: Vec<_> =
            placed.iter().filter(|(d, p, _)| *d == day && shared(p)).map(|p| p.2.clone()).collect();
        places.dedup_by(|a, b| a.0 == b.0);
        if let [place] = &places[..]
            && let Some(told) = draft.told.first_mut()
        {
            told.place = Some(place.clone());
        }
    }
}

/// Who visits a country meets those who govern it there: a meeting of a visitor and somebody of the country he visits takes
/// place where the visit goes, and during the visit, as far as nothing else is said.
pub(crate) fn hosts(document: &Document<'_>, drafts: &mut [Draft<'_>]) {
    let ahead = |s: Status| matches!(s, Status::Planned | Status::Proposed | Status::Cancelled);
    let at = |draft: &Draft<'_>| draft.told.iter().find_map(|t| t.place.clone());
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        let meets = matches!(draft.kind, ContactKind::Meeting | ContactKind::Talks);
        if !meets {
            continue;
        }
        // "In Damascus he held talks": on the visit there, whatever day the place in the text would make it.
        let placed_in = at(draft).filter(|_| !draft.dated).map(|(place, _)| place.name);
        let there = |visit: &Draft<'_>| {
            placed_in.is_some() && at(visit).is_some_and(|(place, _)| Some(place.name) == placed_in)
        };
        let fits = |visit: &Draft<'_>| {
            let goal = visit.told.iter().find_map(|t| t.mention.destination).and_then(|d| document.cast.country(d));
            visit.kind == ContactKind::Visit
                && ahead(visit.status) == ahead(draft.status)
                && visit.prior == draft.prior
                && goal.is_some()
                && (visit.when.interval.overlaps(draft.when.interval) || there(visit))
                && visit.parties.iter().any(|p| document.cast.is_person(*p) && draft.parties.contains(p))
                && draft.parties.iter().any(|&p| document.cast.country(p) == goal && !visit.parties.contains(&p))
        };
        let visits: Vec<&Draft<'_>> = drafts.iter().filter(|v| fits(v)).collect();
        let mut places: Vec<_> = visits.iter().copied().filter_map(at).collect();
        places.dedup_by(|a, b| a.0 == b.0);
        let days = match visits[..] {
            [visit] if visit.dated && !draft.dated => {
                let most = if there(visit) { WEEK } else { SHORT };
                Some(visit.when.interval).filter(|days| days.days().is_some_and(|d| d <= most))
            }
            _ => None,
        };
        let placed = at(draft).is_some();
        if let Some(interval) = days {
            let draft = &mut drafts[index];
            draft.when.interval = interval;
            draft.when.basis = format!("during the visit of {interval}");
        }
        if let [place] = &places[..]
            && !placed
            && let Some(told) = drafts[index].told.first_mut()
        {
            told.place = Some(place.clone());
        }
    }
}
