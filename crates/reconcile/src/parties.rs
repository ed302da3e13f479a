//! Owns who took part, all reports together: one list, and the sides by which series of contacts are counted.

use std::collections::BTreeMap;

use readout_types::{Actor, ActorFacts, ActorKind};

use crate::settle::Voice;

/// All who are named, principals first, each once; a state gives way to the persons who act for it.
pub(crate) fn unite(voices: &[Voice<'_>]) -> Vec<Actor> {
    let mut ordered: Vec<&Voice<'_>> = voices.iter().collect();
    // The list of a report that is mainly about the contact comes first, and of those the one naming most persons.
    let persons = |v: &Voice<'_>| v.report.participants.iter().filter(|a| a.kind == ActorKind::Person).count();
    ordered.sort_by_key(|v| (!v.report.main, std::cmp::Reverse(persons(v).min(2))));
    let mut keys: Vec<&str> = Vec::new();
    let mut forms: BTreeMap<&str, Vec<&Actor>> = BTreeMap::new();
    for actor in ordered.iter().flat_map(|v| &v.report.participants) {
        let known = forms.entry(&actor.key).or_default();
        if known.is_empty() {
            keys.push(&actor.key);
        }
        known.push(actor);
    }
    let united: Vec<Actor> = keys.iter().filter_map(|key| one_of(forms.get(key)?)).collect();
    let acted_for = |country: &Option<String>| {
        country.is_some() && united.iter().any(|a| a.kind == ActorKind::Person && a.country == *country)
    };
    let stays = |a: &&Actor| !(matches!(a.kind, ActorKind::State | ActorKind::Organisation) && acted_for(&a.country));
    united.iter().filter(stays).cloned().collect()
}

/// One actor of the several forms in which it is given: of each part the most frequent, the longest among equals.
fn one_of(forms: &[&Actor]) -> Option<Actor> {
    let first = forms.first()?;
    if forms.iter().all(|form| form == first) {
        return Some((*first).clone());
    }
    let most = |values: Vec<Option<&str>>| -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        values.into_iter().flatten().for_each(|v| *counts.entry(v).or_default() += 1);
        let best = counts.into_iter().max_by_key(|(v, n)| (*n, v.len(), std::cmp::Reverse(*v)))?;
        Some(best.0.to_owned())
    };
    Some(Actor::from(ActorFacts {
        name: most(forms.iter().map(|a| Some(a.name.as_str())).collect()).unwrap_or_else(|| first.name.clone()),
        role: most(forms.iter().map(|a| a.role.as_deref()).collect()),
        country: most(forms.iter().map(|a| a.country.as_deref()).collect()),
        kind: first.kind,
        key: first.key.clone(),
    }))
}

/// The side on which an actor stands: its country or organisation, or itself.
pub(crate) fn side(actor: &Actor) -> &str {
    match (&actor.country, actor.kind) {
        (Some(country), _) => country,
        (None, ActorKind::State | ActorKind::Organisation) => actor.key.split_once(':').map_or(&actor.key, |k| k.1),
        (None, _) => &actor.key,
    }
}

/// The first actor of every side, in order of mention.
pub(crate) fn principals(participants: &[Actor]) -> Vec<&Actor> {
    let mut firsts: Vec<&Actor> = Vec::new();
    for actor in participants {
        if firsts.iter().all(|f| side(f) != side(actor)) {
            firsts.push(actor);
        }
    }
    firsts
}

/// A surname in lower-case ASCII for a person, the country's code for a state, the last word of anything else.
///
/// In China, Korea, Taiwan and Vietnam the family name comes first.
pub(crate) fn short_name(actor: &Actor) -> String {
    let name = actor.key.split_once(':').map_or(actor.key.as_str(), |k| k.1);
    let family_first = matches!(actor.country.as_deref(), Some("CN" | "KP" | "KR" | "TW" | "VN"));
    let split = |c: char| c.is_whitespace() || c == '_';
    let mut words: Vec<&str> = name.split(split).filter(|w| !w.is_empty()).collect();
    // Popes and kings carry a number.
    while words.len() > 1 && words.last().is_some_and(|w| w.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))) {
        words.pop();
    }
    let mut words = words.into_iter();
    let word = match actor.kind {
        ActorKind::Person if family_first => words.next(),
        ActorKind::Person => words.next_back(),
        ActorKind::State | ActorKind::Organisation => Some(actor.country.as_deref().unwrap_or(name)),
        ActorKind::Group => words.next_back(),
    };
    let ascii: String = word
        .unwrap_or("")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let ascii = ascii.split('-').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    if ascii.is_empty() { "unnamed".to_owned() } else { ascii }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(kind: ActorKind, key: &str, country: Option<&str>) -> Actor {
        Actor::from(ActorFacts {
            name: key.to_owned(),
            role: None,
            country: country.map(str::to_owned),
            kind,
            key: key.to_owned(),
        })
    }

    #[test]
    fn short_names() {
        for (kind, key, country, expected) in [
            (ActorKind::Person, "person:vladimir putin", Some("RU"), "putin"),
            (ActorKind::Person, "person:xi jinping", Some("CN"), "xi"),
            (ActorKind::Person, "person:jean-marc o'neill-smith", None, "o-neill-smith"),
            (ActorKind::Person, "person:pope leo xiv", Some("VA"), "leo"),
            (ActorKind::State, "state:US", Some("US"), "us"),
            (ActorKind::Group, "group:european leaders", None, "leaders"),
            (ActorKind::Person, "person:習近平", None, "unnamed"),
        ] {
            assert_eq!(short_name(&actor(kind, key, country)), expected);
        }
    }

    #[test]
    fn one_principal_a_side() {
        let list = [
            actor(ActorKind::Person, "person:a", Some("US")),
            actor(ActorKind::Person, "person:b", Some("US")),
            actor(ActorKind::State, "state:RU", None),
        ];
        assert_eq!(principals(&list).iter().map(|a| side(a)).collect::<Vec<_>>(), ["US", "RU"]);
    }
}
