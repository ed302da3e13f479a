//! Owns whom the words for a speaker name: people, institutions under the names that texts give them, sources without a name.

use readout_types::{Actor, ActorFacts, ActorKind, Deprel, NameKind, Span, Upos};

use crate::actors::ActorId;
use crate::knowledge::Issuer;
use crate::mentions::Referent;
use crate::resolve::Document;

/// The speaker that a token names: a person, a state or institution under the name the text uses, a named organisation.
pub fn speaker_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    if based(document, sentence, token) {
        return None;
    }
    if let Some(mention) = document.mention_at(sentence, token) {
        let id: ActorId = match &mention.referent {
            Referent::Actor(id) => *id,
            // "The Elysee said": the house, though it is a place, too.
            Referent::Place(code) => {
                let state = document.cast.iter().find(|(id, a)| {
                    a.actor.kind == ActorKind::State && document.cast.country(*id) == Some(code.as_str())
                });
                let house = state.map(|(_, a)| institution(document, &a.actor, mention.span));
                let known = |a: &Actor| document.knowledge.issuers.iter().any(|i| i.credit == a.name);
                return house.filter(known).or_else(|| organisation_at(document, sentence, token));
            }
            Referent::Adjective(_) => return organisation_at(document, sentence, token),
            // "Two European diplomats said"
            Referent::Together { .. } | Referent::Namesakes(..) => return anonymous_at(document, sentence, token),
            Referent::Anaphor(a) => document.anaphor(sentence, mention.first, a)?,
        };
        let actor = &document.cast.get(id).actor;
        if actor.kind == ActorKind::Person {
            return Some(actor.clone());
        }
        // "The Kremlin spokesman": no state, though one stands in the words.
        let tree = document.tree(sentence);
        let noun = mention.end - 1;
        if tree.lemma(noun).starts_with("spokes")
            && let Some(voice) = described(document, sentence, noun)
        {
            return Some(voice);
        }
        return Some(institution(document, actor, mention.span));
    }
    // "The White House spokeswoman, Karoline Leavitt": no name of an organisation, though it begins with one.
    let voice = document.tree(sentence).lemma(token).starts_with("spokes");
    Some(token)
        .filter(|_| voice)
        .and_then(|t| described(document, sentence, t))
        .or_else(|| organisation_at(document, sentence, token))
        .or_else(|| ministry_in(document, sentence, token))
        .or_else(|| office_of(document, sentence, token))
        .or_else(|| house_before(document, sentence, token))
        .or_else(|| anonymous_at(document, sentence, token))
        .or_else(|| described(document, sentence, token))
        .or_else(|| document.actors_at(sentence, token, 0).first().map(|&id| document.cast.get(id).actor.clone()))
}

/// Last words of the names of offices that speak for a state.
const OFFICES: [&str; 9] =
    ["ministry", "embassy", "presidency", "office", "government", "authorities", "mission", "palace", "cabinet"];

/// "The foreign ministry in Moscow", "state media in Qatar": the ministry of the country of that city, the media there.
fn ministry_in(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    if !matches!(tree.lemma(token).as_str(), "ministry" | "media" | "television" | "radio" | "broadcaster" | "agency")
        || document.mention_at(sentence, token).is_some()
    {
        return None;
    }
    let below = tree.children(token).find(|&c| c > token && tree.case(c) == "in");
    let city = below.or((tree.lower(token + 1) == "in").then_some(token + 2))?;
    let code = document.country_of(document.mention_at(sentence, city)?)?.to_owned();
    let country = document.knowledge.table.country(&code)?;
    let first = tree
        .children(token)
        .filter(|&c| c < token && matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound))
        .map(|c| crate::statements::stretch(&tree, c, &[]).0)
        .min()?;
    let span = tree.sentence.tokens[first].span.cover(tree.sentence.tokens[token].span);
    let words = span.of(&document.annotated.document.text);
    let words = if first == 0 { words.to_lowercase() } else { words.to_owned() };
    let name = format!("{} {words}", country.demonyms.first()?);
    let key = format!("state:{code}");
    Some(Actor::from(ActorFacts { name, role: None, country: Some(code), kind: ActorKind::Organisation, key }))
}

/// "Her office announced", "Macron's office said": the office of that person.
fn office_of(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    let ministry = tree.lemma(token) == "ministry";
    if tree.lemma(token) != "office" && !ministry {
        return None;
    }
    let owner = tree.children(token).find(|&c| tree.relation(c) == Deprel::NmodPoss)?;
    let id = *document.actors_at(sentence, owner, 0).first().filter(|&&a| document.cast.is_person(a))?;
    let person = &document.cast.get(id).actor;
    let country = person.country.clone();
    if ministry {
        // "His ministry said": that of the country whose minister he is.
        let foreign = document.office_and_role(id).0 == Some("foreign_minister");
        let code = country.filter(|_| foreign)?;
        let name = format!("{} foreign ministry", document.knowledge.table.country(&code)?.demonyms.first()?);
        let key = format!("state:{code}");
        return Some(Actor::from(ActorFacts {
            name,
            role: None,
            country: Some(code),
            kind: ActorKind::Organisation,
            key,
        }));
    }
    // "Zelensky's office": of the president of Ukraine, where the table knows what that house is called.
    let house = country.as_deref().and_then(|code| {
        let known = document.cast.get(id).person?;
        let issuers = document.knowledge.issuers.iter().filter(|i| i.country == code);
        let of_him = |i: &&Issuer| document.knowledge.table.holders(code, i.office, document.cast.day).contains(&known);
        issuers.into_iter().find(of_him)
    });
    if let (Some(house), Some(code)) = (house, &country) {
        let (name, key) = (house.credit.clone(), format!("state:{code}"));
        return Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Organisation, key }));
    }
    let name = format!("Office of {}", person.name);
    let key = format!("group:{}", readout_actors::fold(&name));
    Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Organisation, key }))
}

/// "The ministry said": the one last named before it.
fn house_before(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    let lemma = tree.lemma(token);
    let bare = tree.upos(token) == Upos::Noun
        && matches!(lemma.as_str(), "ministry" | "department" | "embassy" | "presidency" | "mission")
        && token.checked_sub(1).is_some_and(|t| tree.lower(t) == "the");
    let text = &document.annotated.document.text;
    document
        .mentions_before(sentence, token)
        .filter(|_| bare)
        .take_while(|m| sentence - m.sentence <= 8)
        .find(|m| m.span.of(text).to_lowercase().ends_with(&lemma))
        .and_then(|m| match m.referent {
            Referent::Actor(id) if !document.cast.is_person(id) => {
                Some(institution(document, &document.cast.get(id).actor, m.span))
            }
            _ => None,
        })
}

/// Nouns, in the singular, for those who speak for a side or a house, without a name of their own.
const VOICES: [&str; 12] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "chief",
    "directorate",
    "ministry",
    "department",
    "embassy",
    "television",
    "broadcaster",
    "agency",
    "service",
];

/// "A Kremlin spokesman", "Orban's press chief", "the presidency's communications directorate": in the words of the text;
/// where the text names the one spokesperson of that country, that person.
fn described(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    let lemma = tree.lemma(token);
    // "The news agency ONA": what it is called comes behind.
    let next = (token + 1).min(tree.len() - 1);
    let beside_name = tree.head(token).is_some_and(|h| h > token && matches!(tree.upos(h), Upos::Propn))
        || next > token && tree.upos(next) == Upos::Propn && tree.head(next) == tree.head(token);
    if tree.upos(token) != Upos::Noun || !VOICES.contains(&lemma.as_str()) || beside_name {
        return None;
    }
    // "Scholz's spokesman, Steffen Hebestreit": the one named.
    let named = tree.children(token).find(|&c| {
        c > token && matches!(tree.relation(c).universal(), Deprel::Appos | Deprel::Flat) && tree.upos(c) == Upos::Propn
    });
    if let Some(named) = named {
        return speaker_at(document, sentence, named);
    }
    let before = tree.children(token).filter(|&c| {
        c < token
            && matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Flat)
    });
    let first = before.map(|c| crate::statements::stretch(&tree, c, &[]).0).min()?;
    let country =
        (first..token).find_map(|t| document.country_of(document.mention_at(sentence, t)?)).map(str::to_owned);
    let person = document.cast.iter().map(|(id, _)| id).filter(|&id| {
        lemma.starts_with("spokes")
            && country.is_some()
            && document.cast.country(id) == country.as_deref()
            && document.cast.is_person(id)
            && document.is_spokesperson(id)
    });
    if let [one] = person.collect::<Vec<_>>()[..] {
        return Some(document.cast.get(one).actor.clone());
    }
    let start = if matches!(tree.upos(first), Upos::Det | Upos::Pron) { first + 1 } else { first };
    let span = tree.sentence.tokens[start.min(token)].span.cover(tree.sentence.tokens[token].span);
    let name = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    // "Iran's foreign ministry" is the Iranian one.
    let owner = tree.children(token).find(|&c| tree.relation(c) == Deprel::NmodPoss && c < token);
    let state = owner.and_then(|o| document.mention_at(sentence, o)).filter(|m| match m.referent {
        Referent::Actor(id) => document.cast.get(id).actor.kind == ActorKind::State,
        _ => false,
    });
    let demonym = || document.knowledge.table.country(country.as_deref()?)?.demonyms.first();
    let name = match (state, demonym()) {
        (Some(state), Some(demonym)) if !lemma.starts_with("spokes") => {
            let from = tree.sentence.tokens.partition_point(|t| t.span.start < state.span.end);
            let from = (from..=token).find(|&t| tree.upos(t) != Upos::Part).unwrap_or(token);
            let rest = tree.sentence.tokens[from].span.cover(tree.sentence.tokens[token].span);
            format!("{demonym} {}", rest.of(&document.annotated.document.text))
        }
        _ => name,
    };
    let key = format!("group:{}", readout_actors::fold(&name));
    Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Group, key }))
}

fn institution(document: &Document<'_>, actor: &Actor, span: Span) -> Actor {
    let surface = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let surface = surface
        .strip_prefix("the ")
        .or_else(|| surface.strip_prefix("The "))
        .unwrap_or(&surface)
        .trim_end_matches('.')
        .to_owned();
    let folded = surface.to_lowercase();
    if let Some(house) = document.knowledge.issuers.iter().find(|i| {
        Some(i.country.as_str()) == actor.country.as_deref() && i.names.contains(&folded) && !i.credit.contains(" of ")
    }) {
        // "Downing Street", "the Élysée": under one name in all documents.
        return Actor::from(ActorFacts {
            name: house.credit.clone(),
            kind: ActorKind::Organisation,
            ..(**actor).clone()
        });
    }
    let country = actor.country.as_deref().and_then(|c| document.knowledge.table.country(c));
    // "The Vatican press office" speaks for the Vatican.
    let surface = house_of_press(&surface).to_owned();
    // "American officials", "a U.S. official": unnamed people, not the state itself.
    let last = surface.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let house = surface.rsplit_once(' ').map(|(before, _)| before).filter(|before| {
        // "White House officials" speak for the White House.
        country.is_some_and(|c| c.metonyms.iter().any(|m| m.eq_ignore_ascii_case(before)))
    });
    if let Some(house) = house.filter(|_| unnamed(&last)) {
        return Actor::from(ActorFacts { name: house.to_owned(), kind: ActorKind::Organisation, ..(**actor).clone() });
    }
    if surface.contains(' ') && unnamed(&last) {
        let name = surface.strip_prefix("a ").or_else(|| surface.strip_prefix("A ")).unwrap_or(&surface).to_owned();
        let key = format!("group:{}", readout_actors::fold(&name));
        return Actor::from(ActorFacts { name, role: None, kind: ActorKind::Group, key, ..(**actor).clone() });
    }
    if surface.contains(' ') && OFFICES.contains(&last.as_str()) {
        // "The Saudi foreign ministry": the office itself, of that state.
        let name = surface.replace("'s ", " ").replace("’s ", " ");
        let name = if name.to_lowercase().ends_with("government") { surface } else { name };
        return Actor::from(ActorFacts { name, kind: ActorKind::Organisation, ..(**actor).clone() });
    }
    let metonym = country.is_some_and(|c| c.metonyms.iter().any(|m| m.eq_ignore_ascii_case(&surface)));
    if metonym || !surface.chars().next().is_some_and(char::is_uppercase) {
        if metonym {
            return Actor::from(ActorFacts { name: surface, kind: ActorKind::Organisation, ..(**actor).clone() });
        }
        return actor.clone();
    }
    actor.clone()
}

/// A house without its press office: "the Vatican press office" is the Vatican.
pub(crate) fn house_of_press(name: &str) -> &str {
    ["press office", "press service", "press secretariat"]
        .iter()
        .find_map(|office| name.strip_suffix(office))
        .map(|house| house.trim_end().trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|house| !house.is_empty())
        .unwrap_or(name)
}

/// Words for people who speak without a name.
fn unnamed(word: &str) -> bool {
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "official" | "source" | "diplomat" | "aide" | "insider" | "person" | "negotiator" | "media" | "adviser"
    )
}

/// "Sources told the agency", "a person briefed on the call said": the words that stand for the speaker.
fn anonymous_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    if tree.upos(token) != Upos::Noun || !unnamed(&tree.lower(token)) && tree.lower(token) != "people" {
        return None;
    }
    let first = tree
        .children(token)
        .filter(|&c| {
            c < token
                && matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound | Deprel::Nummod)
                && tree.lower(c) != "one"
        })
        .min()
        .unwrap_or(token);
    // "A source in the Ukrainian presidency", "people familiar with the schedule": with what says how they know.
    let knows = tree.children(token).find(|&c| {
        c > token
            && match tree.relation(c).universal() {
                Deprel::Nmod => matches!(tree.case(c).as_str(), "in" | "at" | "from" | "inside" | "within"),
                Deprel::Amod | Deprel::Acl => matches!(tree.lower(c).as_str(), "familiar" | "close" | "briefed"),
                _ => false,
            }
    });
    let last = knows
        .map_or(token, |k| (token..tree.len()).rev().find(|&t| t == k || tree.ancestors(t).contains(&k)).unwrap_or(k));
    let clean =
        (token..=last).all(|t| !matches!(tree.upos(t), Upos::Punct | Upos::Verb) || t == knows.unwrap_or(token));
    let last = if last - token <= 6 && clean { last } else { token };
    // "A person familiar with the schedule on Saturday said": the day is that of the saying.
    let day = last >= token + 2 && tree.lower(last - 1) == "on" && tree.upos(last) == Upos::Propn;
    let last = if day { last - 2 } else { last };
    let span = tree.sentence.tokens[first].span.cover(tree.sentence.tokens[last].span);
    let name = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let key = format!("group:{}", readout_actors::fold(&name));
    Some(Actor::from(ActorFacts { name, role: None, country: None, kind: ActorKind::Group, key }))
}

/// "The Venezuela-based channel": where it sits, not who speaks.
fn based(document: &Document<'_>, sentence: usize, token: usize) -> bool {
    let tree = document.tree(sentence);
    let end = document.mention_at(sentence, token).map_or(token + 1, |m| m.end);
    tree.lower(end) == "-based"
        || tree.lower(end) == "-" && tree.lower(end + 1) == "based"
        || tree.lower(token).ends_with("-based")
}

pub(crate) fn organisation_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let name = document.annotated.names.iter().find(|n| {
        n.sentence as usize == sentence
            && n.first as usize <= token
            && token < n.end as usize
            && n.kind == NameKind::Organisation
            && !n.span.of(&document.annotated.document.text).contains(',')
    })?;
    let text = name.span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    let text = house_of_press(&text).to_owned();
    if let Some(house) = document.knowledge.issuers.iter().find(|i| i.names.contains(&text.to_lowercase())) {
        let (name, key) = (house.credit.clone(), format!("state:{}", house.country));
        let country = Some(house.country.clone());
        return Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Organisation, key }));
    }
    let key = format!("group:{}", readout_actors::fold(&text));
    Some(Actor::from(ActorFacts { name: text, role: None, country: None, kind: ActorKind::Organisation, key }))
}
