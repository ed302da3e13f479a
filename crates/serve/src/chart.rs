//! Owns what the charts draw: contacts over time for each pair with what is missing between them, how many there are in each
//! month or year, and who was in touch with whom.

use std::collections::{BTreeMap, HashMap};

use readout_export::{phrase, plain};
use readout_ledger::{KnownActor, Stretch};
use readout_types::{ActorKind, Date, Gap};
use serde_json::{Value, json};

use crate::asks::{FILTER, Request, Wanted};
use crate::reply::{Fault, Reply};
use crate::room::{Parties, Room};

/// Pairs that get a lane of their own.
const LANES: usize = 8;
/// Contacts of a lane; where there are more, some are drawn, evenly taken from all of its time.
const ITEMS: usize = 240;
/// Actors of the matrix.
const SIDES: usize = 14;
/// Contacts of more parties are of the whole room, not of pairs.
const ROOMFUL: usize = 12;
/// From so many years on, years are counted and not months.
const YEARS: i16 = 12;

/// `GET /api/chart`.
pub(crate) fn chart(room: &Room, request: &Request) -> Result<Reply, Fault> {
    request.only(&FILTER)?;
    let wanted = request.wanted()?;
    let name = format!("chart {:?}", request.fields);
    let body = room.kept(name, || {
        let parties = room.parties()?;
        let (stretches, gaps) = room.read(|ledger| {
            let query = wanted.query(room, ledger)?;
            Ok((ledger.stretches(&query)?, gaps(ledger, &wanted)?))
        })?;
        Ok(serde_json::to_vec(&draw(&stretches, &parties, &gaps)).unwrap_or_default())
    })?;
    Ok(Reply { body: body.to_vec(), ..Reply::json(200, &Value::Null) })
}

fn gaps(ledger: &readout_ledger::Ledger, wanted: &Wanted) -> Result<Vec<Gap>, Fault> {
    if wanted.verdict.is_some() {
        return Ok(Vec::new());
    }
    Ok(ledger.gaps(&wanted.filter)?.chronology.gaps)
}

/// Keys of those who take part in a contact, each once, as indices.
struct Sides<'a> {
    /// By number of the actor in the store.
    index: HashMap<i64, usize>,
    keys: Vec<&'a str>,
    shown: Vec<&'a KnownActor>,
}

impl<'a> Sides<'a> {
    fn new(parties: &'a Parties) -> Sides<'a> {
        let mut numbers: Vec<i64> = parties.known.keys().copied().collect();
        numbers.sort_unstable();
        let mut sides = Sides { index: HashMap::new(), keys: Vec::new(), shown: Vec::new() };
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        for number in numbers {
            let Some(known) = parties.known.get(&number) else { continue };
            let at = *by_key.entry(&known.actor.key).or_insert_with(|| {
                sides.keys.push(&known.actor.key);
                sides.shown.push(known);
                sides.keys.len() - 1
            });
            // The name that is in most contacts stands for all of a key.
            if known.contacts > sides.shown[at].contacts {
                sides.shown[at] = known;
            }
            sides.index.insert(number, at);
        }
        sides
    }

    fn of(&self, contact: i64, parties: &Parties) -> Vec<usize> {
        let actors = parties.of.get(&contact).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<usize> = actors.iter().filter_map(|a| self.index.get(a).copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn name(&self, at: usize) -> Value {
        let actor = &self.shown[at].actor;
        let kind = match actor.kind {
            ActorKind::Person => "person",
            ActorKind::State => "state",
            ActorKind::Organisation => "organisation",
            ActorKind::Group => "group",
        };
        json!({"name": plain(&actor.name), "country": actor.country.as_deref().map(plain), "kind": kind})
    }
}

fn draw(stretches: &[Stretch], parties: &Parties, gaps: &[Gap]) -> Value {
    let sides = Sides::new(parties);
    let mut pairs: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    let mut alone: HashMap<usize, usize> = HashMap::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let here = sides.of(stretch.number, parties);
        for side in &here {
            *alone.entry(*side).or_default() += 1;
        }
        if here.len() > ROOMFUL {
            continue;
        }
        for (n, one) in here.iter().enumerate() {
            for other in &here[n + 1..] {
                pairs.entry((*one, *other)).or_default().push(at);
            }
        }
    }
    let missing = missing(&sides, gaps);
    let mut order: Vec<(&(usize, usize), &Vec<usize>)> = pairs.iter().collect();
    // Ties are broken by key, so that the same store gives the same chart.
    order.sort_by_key(|((a, b), list)| (std::cmp::Reverse(list.len()), sides.keys[*a], sides.keys[*b]));
    let lanes: Vec<Value> = order
        .iter()
        .take(LANES)
        .map(|((a, b), list)| lane(&sides, (*a, *b), list, stretches, missing.get(&(*a, *b))))
        .collect();
    let mut busiest: Vec<(usize, usize)> = alone.into_iter().collect();
    busiest.sort_by_key(|(side, n)| (std::cmp::Reverse(*n), sides.keys[*side]));
    busiest.truncate(SIDES);
    let cells: Vec<Vec<usize>> = busiest
        .iter()
        .map(|(a, _)| {
            let count = |b: usize| pairs.get(&(b.min(*a), b.max(*a))).map_or(0, Vec::len);
            busiest.iter().map(|(b, _)| if a == b { 0 } else { count(*b) }).collect()
        })
        .collect();
    let actors: Vec<Value> = busiest
        .iter()
        .map(|(side, n)| {
            let mut name = sides.name(*side);
            name["contacts"] = json!(n);
            name
        })
        .collect();
    let first = stretches.iter().filter_map(|s| s.first.or(s.last)).min();
    let last = stretches.iter().filter_map(|s| s.last.or(s.first)).max();
    json!({
        "first": first.map(|d| d.to_string()),
        "last": last.map(|d| d.to_string()),
        "lanes": lanes,
        "pairs": pairs.len(),
        "overview": overview(stretches, first.zip(last)),
        "matrix": {"actors": actors, "cells": cells},
    })
}

fn lane(
    sides: &Sides<'_>,
    pair: (usize, usize),
    list: &[usize],
    stretches: &[Stretch],
    missing: Option<&Vec<&Gap>>,
) -> Value {
    let day = |d: Option<Date>| d.map(|d| d.to_string());
    let undated = list.iter().filter(|&&at| stretches[at].first.is_none() && stretches[at].last.is_none()).count();
    let dated: Vec<&Stretch> =
        list.iter().map(|&at| &stretches[at]).filter(|s| s.first.is_some() || s.last.is_some()).collect();
    let drawn = dated.len().min(ITEMS);
    let items: Vec<Value> = (0..drawn)
        .map(|n| dated[n * dated.len() / drawn])
        .map(|s| {
            json!({
                "id": s.id, "row": s.row, "kind": s.kind.as_str(), "status": s.status.as_str(), "first": day(s.first),
                "last": day(s.last), "disputed": s.disputed,
            })
        })
        .collect();
    let gaps: Vec<Value> = missing
        .into_iter()
        .flatten()
        .map(|gap| {
            json!({
                "kind": gap.kind.as_str(), "min": gap.min, "max": gap.max, "after": day(gap.after), "before": day(gap.before),
                "text": phrase::gap(gap),
            })
        })
        .collect();
    json!({
        "pair": [sides.name(pair.0), sides.name(pair.1)], "contacts": list.len(), "undated": undated,
        "left_out": dated.len() - drawn, "items": items, "gaps": gaps,
    })
}

/// The gaps of each pair.
fn missing<'g>(sides: &Sides<'_>, gaps: &'g [Gap]) -> HashMap<(usize, usize), Vec<&'g Gap>> {
    let index: HashMap<&str, usize> = sides.keys.iter().enumerate().map(|(i, k)| (*k, i)).collect();
    let mut found: HashMap<(usize, usize), Vec<&Gap>> = HashMap::new();
    for gap in gaps {
        if let [a, b] = &gap.participants[..]
            && let (Some(&a), Some(&b)) = (index.get(a.key.as_str()), index.get(b.key.as_str()))
        {
            found.entry((a.min(b), a.max(b))).or_default().push(gap);
        }
    }
    found
}

/// How many contacts lie in each month or year; those that can lie in several are counted apart.
fn overview(stretches: &[Stretch], whole: Option<(Date, Date)>) -> Value {
    let years = whole.is_some_and(|(a, b)| b.year() - a.year() >= YEARS);
    let bin = |d: Date| if years { format!("{:04}", d.year()) } else { format!("{:04}-{:02}", d.year(), d.month()) };
    let mut bins: BTreeMap<String, usize> = BTreeMap::new();
    let (mut spread, mut undated) = (0, 0);
    for stretch in stretches {
        match (stretch.first, stretch.last) {
            (None, None) => undated += 1,
            (Some(a), Some(b)) if bin(a) == bin(b) => *bins.entry(bin(a)).or_default() += 1,
            _ => spread += 1,
        }
    }
    let bins: Vec<Value> = bins.into_iter().map(|(at, n)| json!({"at": at, "contacts": n})).collect();
    json!({"unit": if years { "year" } else { "month" }, "bins": bins, "spread": spread, "undated": undated})
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{Actor, ActorFacts, ContactKind, Status};

    fn actor(number: i64, name: &str) -> KnownActor {
        let key = format!("person:{name}");
        let facts = ActorFacts { name: name.to_owned(), role: None, country: None, kind: ActorKind::Person, key };
        let actor = Actor::from(facts);
        KnownActor { number, actor, contacts: 1 }
    }

    #[test]
    fn of_a_long_lane_contacts_are_drawn_from_all_of_its_time() {
        let many = ITEMS * 3 + 7;
        let day =
            |n: usize| Date::new(2000, 1, 1).ok().and_then(|d| d.checked_add(jiff::Span::new().days(n as i64)).ok());
        let stretches: Vec<Stretch> = (0..many)
            .map(|n| Stretch {
                number: n as i64,
                row: n + 1,
                id: format!("contact-{n}"),
                kind: ContactKind::Call,
                status: Status::Held,
                first: if n == 3 { None } else { day(n) },
                last: if n == 3 { None } else { day(n) },
                disputed: false,
            })
            .collect();
        let parties = Parties {
            of: (0..many as i64).map(|n| (n, vec![1, 2])).collect(),
            known: [(1, actor(1, "Ada Example")), (2, actor(2, "Bo Sample"))].into(),
        };
        let chart = draw(&stretches, &parties, &[]);
        let lane = &chart["lanes"][0];
        let items = lane["items"].as_array().expect("items");
        assert_eq!((lane["contacts"].as_u64(), lane["undated"].as_u64()), (Some(many as u64), Some(1)));
        assert_eq!((items.len(), lane["left_out"].as_u64()), (ITEMS, Some((many - 1 - ITEMS) as u64)));
        assert_eq!(items[0]["id"], "contact-0");
        let last = items[ITEMS - 1]["row"].as_u64().expect("a row") as usize;
        assert!(last > many - 5, "{last} of {many}");
        assert_eq!(chart["overview"]["undated"], 1);
        assert_eq!(chart["matrix"]["cells"][0][1].as_u64(), Some(many as u64));
    }
}
