//! Owns the smaller fields of a report: place, topics, outcomes.

use readout_types::{Deprel, Name, NameKind, Place, Span, Upos};

use crate::mentioned::ContactMention;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::speakers::subtree;
use crate::tree::Tree;

/// The place nearest to a mention under `in`, `at`, `near`, `on the sidelines of …`, with its span.
pub fn place(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    all: &[ContactMention<'_>],
) -> Option<(Place, Span)> {
    let tree = document.tree(mention.sentence);
    let reach = |m: &ContactMention<'_>, t: usize| {
        [Some(m.token), m.light].into_iter().flatten().map(|a| tree.distance(a, t)).min().unwrap_or(usize::MAX)
    };
    if mention.pattern.lemmas.iter().any(|l| l == "@caption") {
        return caption_place(document, &tree, mention.sentence);
    }
    if mention.pattern.lemmas.iter().any(|l| l == "@seat")
        && let Some(&seat) = mention.party_tokens.last()
        && let Some(found) = document.mention_at(mention.sentence, seat)
    {
        let name = found.span.of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let country = mention.other.first().and_then(|&host| document.cast.country(host)).map(str::to_owned);
        return Some((Place { name, country }, found.span));
    }
    if let Some(place) = relative_place(document, &tree, mention) {
        return Some(place);
    }
    if let Some(goal) = journey(document, &tree, mention) {
        return Some(goal);
    }
    let mut best: Option<(usize, usize)> = None;
    for token in 0..tree.len() {
        if !matches!(tree.relation(token).universal(), Deprel::Obl | Deprel::Nmod) {
            continue;
        }
        let case = tree.case(token);
        if !matches!(case.as_str(), "in" | "at" | "near" | "outside" | "to" | "into" | "inside" | "aboard")
            || (case == "to" || case == "into")
                && mention.destination.is_none()
                && tree.head(token).is_none_or(|h| {
                    !matches!(tree.lemma(h).as_str(), "welcome" | "come" | "travel" | "fly" | "visit" | "trip")
                })
        {
            continue;
        }
        // "told reporters in Warsaw that they would meet": where it was told.
        let told_there = tree.head(token).is_some_and(|h| {
            document.knowledge.cues.has("say", &tree.lemma(h))
                && h != mention.token
                && Some(h) != mention.light
                && mention.pattern.form == readout_rules::Form::Verb
                && tree.head(mention.token) == Some(h)
        });
        // "Discussed the situation in Syria"
        let spoken_of = tree
            .head(token)
            .is_some_and(|h| document.knowledge.cues.has("affairs", &tree.lemma(h)) && h != mention.token);
        if told_there || spoken_of || !stands_with(document, &tree, mention, token) {
            continue;
        }
        let cost = reach(mention, token);
        let other =
            all.iter().filter(|m| m.token != mention.token).map(|m| reach(m, token)).min().unwrap_or(usize::MAX);
        if cost > 4 || other < cost || named_place(document, &tree, mention.sentence, token).is_none() {
            continue;
        }
        if best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, token));
        }
    }
    if let Some((_, token)) = best {
        return named_place(document, &tree, mention.sentence, token);
    }
    if let Some(place) = bracketed(document, &tree, mention) {
        return Some(place);
    }
    if let Some(here) = crate::dateline::here(document, &tree, mention, all) {
        return Some(here);
    }
    // "Will visit the Maldives": a visit is where it goes.
    let goal = mention.destination?;
    let country = document.cast.country(goal)?;
    mention.party_tokens.iter().rev().find_map(|&t| {
        let found = document.mention_at(mention.sentence, t)?;
        let of_goal = match &found.referent {
            Referent::Actor(id) => *id == goal,
            Referent::Place(code) => code == country,
            _ => false,
        };
        if of_goal { named_place(document, &tree, mention.sentence, t) } else { None }
    })
}

/// "The upcoming meeting at the congress (Istanbul, October 10)": the place that opens the brackets behind it.
fn bracketed(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> Option<(Place, Span)> {
    let until = (mention.token + 10).min(tree.len());
    let open = (mention.token + 1..until)
        .take_while(|&t| !matches!(tree.upos(t), Upos::Verb | Upos::Aux) && !matches!(tree.word(t), "," | ";" | ":"))
        .find(|&t| tree.word(t) == "(")?;
    let place = named_place(document, tree, mention.sentence, open + 1)?;
    let end = (open + 1..tree.len()).find(|&t| tree.sentence.tokens[t].span.start >= place.1.end)?;
    matches!(tree.word(end), "," | ")").then_some(place)
}

/// "Travels to Istanbul on Tuesday to see B", "was in Halifax for talks with B", "the Mar-a-Lago meeting": where the journey
/// goes whose purpose the contact is, or the place that stands before its noun.
fn journey(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> Option<(Place, Span)> {
    if matches!(mention.kind, readout_types::ContactKind::Visit | readout_types::ContactKind::Message) {
        return None;
    }
    let at = mention.light.unwrap_or(mention.token);
    let before = tree
        .children(mention.token)
        .find(|&c| c < mention.token && matches!(tree.relation(c).universal(), Deprel::Compound | Deprel::Amod));
    if let Some(before) = before.filter(|_| mention.pattern.form == readout_rules::Form::Noun)
        && document.mention_at(mention.sentence, before).is_some_and(|m| matches!(m.referent, Referent::Place(_)))
    {
        return named_place(document, tree, mention.sentence, before);
    }
    let purpose = match tree.upos(at) {
        Upos::Verb => {
            matches!(tree.relation(at).universal(), Deprel::Advcl | Deprel::Xcomp)
                && tree.children(at).any(|c| tree.lower(c) == "to" && c < at)
        }
        _ => tree.relation(at).universal() == Deprel::Obl && tree.case(at) == "for",
    };
    let above = tree.head(at).filter(|_| purpose)?;
    let goes = matches!(
        tree.lemma(above).as_str(),
        "travel"
            | "fly"
            | "go"
            | "come"
            | "return"
            | "arrive"
            | "stop"
            | "head"
            | "land"
            | "be"
            | "gather"
            | "journey"
            | "visit"
    );
    // "Is in Halifax to see B": the place is the predicate.
    let is_there = tree.children(above).any(|c| tree.relation(c) == Deprel::Cop)
        && matches!(tree.case(above).as_str(), "in" | "at");
    if is_there {
        return named_place(document, tree, mention.sentence, above);
    }
    let goal = tree.children(above).find(|&c| {
        c < at
            && (matches!(tree.relation(c).universal(), Deprel::Obl)
                && matches!(tree.case(c).as_str(), "to" | "in" | "into" | "at")
                || tree.relation(c) == Deprel::Obj)
            && named_place(document, tree, mention.sentence, c).is_some()
    })?;
    if goes { named_place(document, tree, mention.sentence, goal) } else { None }
}

/// The town of a summit of a known series, where the text names it.
pub fn venue(document: &Document<'_>, names: &[&str]) -> Option<(Place, Span)> {
    let text = &document.annotated.document.text;
    document.mentions.iter().find_map(|m| {
        let country = match &m.referent {
            Referent::Place(code) => Some(code.clone()),
            Referent::Actor(id) if !document.cast.is_person(*id) => document.cast.country(*id).map(str::to_owned),
            _ => return None,
        };
        let name = m.span.of(text);
        names.contains(&name).then(|| (Place { name: name.to_owned(), country }, m.span))
    })
}

/// The place that a caption names: the last city or country in it under a preposition of place.
fn caption_place(document: &Document<'_>, tree: &Tree<'_>, sentence: usize) -> Option<(Place, Span)> {
    (1..tree.len()).rev().find_map(|token| {
        let first = document.mention_at(sentence, token).map_or(token, |m| m.first);
        let before = (first.saturating_sub(2)..first).any(|t| {
            matches!(tree.word(t).to_lowercase().as_str(), "in" | "at" | "near" | "outside" | "inside" | "aboard")
        });
        if before { named_place(document, tree, sentence, token) } else { None }
    })
}

/// "In Aarhus, where he met B", "the White House, where A is to host B": the place before the relative clause.
pub(crate) fn relative_place(
    document: &Document<'_>,
    tree: &Tree<'_>,
    mention: &ContactMention<'_>,
) -> Option<(Place, Span)> {
    let verb = mention.light.unwrap_or(mention.token);
    let pronoun =
        (verb.saturating_sub(12)..verb).rev().find(|&t| tree.word(t).eq_ignore_ascii_case("where") && t > 0)?;
    // "Would consult on where the talks are": a question.
    let asked = matches!(tree.upos(pronoun - 1), readout_types::Upos::Adp | readout_types::Upos::Verb);
    if asked || (pronoun..verb).any(|t| matches!(tree.word(t), ";" | "," | ":")) {
        return None;
    }
    let before = (0..pronoun).rev().find(|&t| tree.upos(t) != Upos::Punct)?;
    // "To Berlin in April, where": the place may stand before the time.
    named_place(document, tree, mention.sentence, before).or_else(|| {
        (before.saturating_sub(4)..before)
            .rev()
            .filter(|&t| document.mention_at(mention.sentence, t).is_some_and(|m| m.end == t + 1))
            .find_map(|t| named_place(document, tree, mention.sentence, t))
    })
}

/// Whether a place hangs on the contact or its clause, not on a noun beside it: "officials in Beijing said they had met".
fn stands_with(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>, place: usize) -> bool {
    let Some(mut head) = tree.head(place) else { return false };
    // "in Davos in Switzerland"
    while matches!(tree.relation(head).universal(), Deprel::Obl | Deprel::Nmod)
        && tree.upos(head) == Upos::Propn
        && matches!(tree.case(head).as_str(), "in" | "at" | "near")
    {
        match tree.head(head) {
            Some(above) => head = above,
            None => break,
        }
    }
    let named = document.mention_at(mention.sentence, head).is_some_and(|m| match m.referent {
        Referent::Actor(id) => !mention.party.contains(&id) && !mention.other.contains(&id),
        _ => false,
    });
    // "Reiterated his statement in Seoul at the outset of the meeting"
    let of_words = matches!(
        tree.lemma(head).as_str(),
        "statement"
            | "speech"
            | "remark"
            | "comment"
            | "interview"
            | "war"
            | "conflict"
            | "crisis"
            | "situation"
            | "attack"
    );
    // "Shared the view that the use of weapons in Syria was a crime": of another clause.
    let anchor = mention.light.unwrap_or(mention.token);
    let elsewhere = matches!(tree.relation(place).universal(), Deprel::Nmod | Deprel::Obl)
        && tree.upos(head) == Upos::Noun
        && head != mention.token
        && !tree.ancestors(head).contains(&mention.token)
        && tree.clause(head) != tree.clause(anchor);
    let noun = named || elsewhere || of_words || document.knowledge.cues.has("side", &tree.lemma(head));
    // "Met the president and the prime minister in Baghdad"
    let mut first = head;
    while tree.relation(first) == Deprel::Conj && first != mention.token {
        match tree.head(first) {
            Some(above) => first = above,
            None => break,
        }
    }
    let beside = first != head && tree.head(first) == Some(mention.token) && tree.upos(first) == Upos::Noun;
    let own = head == mention.token
        || beside
        || Some(head) == mention.light
        || mention.party_tokens.contains(&head)
        || tree.head(head) == Some(mention.token)
        || tree.head(mention.token) == Some(head);
    !noun || own
}

/// The place named at a token, with its span.
pub(crate) fn place_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<(Place, Span)> {
    named_place(document, &document.tree(sentence), sentence, token)
}

fn named_place(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> Option<(Place, Span)> {
    let text = &document.annotated.document.text;
    let clean = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = document.annotated.names.iter().find(|n| {
        n.sentence as usize == sentence
            && n.first as usize <= token
            && token < n.end as usize
            && matches!(n.kind, NameKind::Place | NameKind::Organisation | NameKind::Event)
            && !n.span.of(text).contains(',')
    });
    let mention = document.mention_at(sentence, token);
    let country = mention.and_then(|m| match &m.referent {
        Referent::Place(code) => Some(code.clone()),
        Referent::Actor(id) | Referent::Adjective(id) if !document.cast.is_person(*id) => {
            document.cast.country(*id).map(str::to_owned)
        }
        _ => None,
    });
    if mention.is_some_and(|m| matches!(m.referent, Referent::Actor(id) if document.cast.is_person(id))) {
        return None;
    }
    let longer = |n: &Name| mention.is_none_or(|m| country.is_none() || m.span.len() <= n.span.len());
    if let Some(name) = name.filter(|n| n.kind == NameKind::Place && longer(n)) {
        return Some((Place { name: clean(name.span), country }, name.span));
    }
    let organisation = country.as_ref().is_some_and(|code| code.len() != 2);
    if let Some(mention) = mention
        && country.is_some()
        && !organisation
    {
        return Some((Place { name: clean(mention.span), country }, mention.span));
    }
    // "In the city of Aarhus", "in the Danish capital, Copenhagen": the town, where it is named.
    if matches!(tree.lemma(token).as_str(), "city" | "town" | "capital" | "port" | "resort" | "village") {
        let town = tree.children(token).find(|&c| {
            c > token
                && matches!(tree.relation(c).universal(), Deprel::Nmod | Deprel::Appos | Deprel::Flat)
                && matches!(tree.case(c).as_str(), "of" | "")
                && document
                    .mention_at(sentence, c)
                    .is_some_and(|m| matches!(m.referent, Referent::Place(_) | Referent::Actor(_)))
        });
        if let Some(town) = town.filter(|&t| tree.lemma(t) != tree.lemma(token)) {
            return named_place(document, tree, sentence, town);
        }
        let nationality = tree.children(token).find_map(|c| match &document.mention_at(sentence, c)?.referent {
            Referent::Adjective(id) | Referent::Actor(id) if !document.cast.is_person(*id) => {
                document.cast.country(*id)
            }
            _ => None,
        });
        if let Some(code) = nationality.filter(|_| tree.lemma(token) == "capital")
            && let Some(capital) = document.knowledge.table.country(code).and_then(|c| c.capital.first().cloned())
        {
            // "In the Danish capital"
            return Some((Place { name: capital, country: Some(code.to_owned()) }, noun_span(tree, token)));
        }
    }
    // "In Finland's Rovaniemi"
    let land =
        tree.children(token).filter(|&c| tree.relation(c) == Deprel::NmodPoss && mention.is_none()).find_map(|c| {
            let owner = document.mention_at(sentence, c)?;
            let state = match owner.referent {
                Referent::Actor(id) => document.cast.get(id).actor.kind == readout_types::ActorKind::State,
                _ => false,
            };
            document.country_of(owner).filter(|_| state).map(str::to_owned)
        });
    if let Some(code) = land.filter(|_| tree.upos(token) == Upos::Propn) {
        let flat = tree.children(token).filter(|&c| c > token && tree.relation(c).universal() == Deprel::Flat).max();
        let span = tree.sentence.tokens[token].span.cover(tree.sentence.tokens[flat.unwrap_or(token)].span);
        return Some((Place { name: clean(span), country: Some(code) }, span));
    }
    // A venue: "at the Elmau castle", "in the Oval Office": a noun with a proper name in it.
    let proper = tree.upos(token) == Upos::Propn
        || tree.children(token).any(|c| {
            tree.upos(c) == Upos::Propn
                && matches!(
                    tree.relation(c).universal(),
                    Deprel::Compound | Deprel::Nmod | Deprel::Flat | Deprel::Appos
                )
        });
    let venue = matches!(
        tree.lemma(token).as_str(),
        "house"
            | "palace"
            | "residence"
            | "office"
            | "hotel"
            | "airport"
            | "resort"
            | "estate"
            | "base"
            | "castle"
            | "center"
            | "centre"
            | "tower"
            | "embassy"
            | "headquarters"
            | "villa"
            | "club"
            | "hall"
            | "observatory"
            | "city"
            | "capital"
            | "ranch"
            | "retreat"
    );
    if proper && venue {
        let span = noun_span(tree, token);
        return Some((Place { name: clean(span), country: None }, span));
    }
    None
}

fn noun_span(tree: &Tree<'_>, token: usize) -> Span {
    let mut span = tree.sentence.tokens[token].span;
    for child in tree.children(token) {
        if matches!(tree.relation(child).universal(), Deprel::Compound | Deprel::Amod | Deprel::Flat) {
            span = span.cover(tree.sentence.tokens[child].span);
        }
    }
    span
}

/// What a contact was about: what hangs on it under "about", "on", "regarding", and what is discussed in its sentence.
pub fn topics(document: &Document<'_>, sentence: usize, mention: Option<&ContactMention<'_>>) -> Vec<(String, Span)> {
    let tree = document.tree(sentence);
    let mut heads: Vec<usize> = Vec::new();
    if let Some(mention) = mention {
        for anchor in std::iter::once(mention.token).chain(mention.light) {
            heads.extend(tree.children(anchor).filter(|&c| {
                matches!(tree.relation(c).universal(), Deprel::Nmod | Deprel::Obl)
                    && matches!(tree.case(c).as_str(), "about" | "over" | "regarding" | "concerning" | "on" | "around")
                    && !document
                        .mention_at(sentence, c)
                        .is_some_and(|m| matches!(m.referent, Referent::Actor(id) if document.cast.is_person(id)))
            }));
        }
    }
    for verb in 0..tree.len() {
        if tree.upos(verb) == Upos::Verb
            && matches!(
                tree.lemma(verb).as_str(),
                "discuss"
                    | "address"
                    | "cover"
                    | "exchange"
                    | "review"
                    | "raise"
                    | "consider"
                    | "focus"
                    | "touch"
                    | "center"
                    | "centre"
                    | "examine"
            )
        {
            let cases: &[&str] = match tree.lemma(verb).as_str() {
                "focus" | "touch" | "center" | "centre" => &["on", "upon", "around"],
                _ => &[""],
            };
            heads.extend(tree.children(verb).filter(|&c| {
                let relation = tree.relation(c).universal();
                (relation == Deprel::Obj && cases == [""])
                    || (relation == Deprel::Obl && cases.contains(&tree.case(c).as_str()) && cases != [""])
            }));
        }
    }
    let mut out: Vec<(String, Span)> = Vec::new();
    for head in heads {
        for at in tree.coordinated(head) {
            if let Some(found) = topic(document, &tree, at)
                && !out.iter().any(|(t, _)| *t == found.0)
            {
                out.push(found);
            }
        }
    }
    out.truncate(6);
    out
}

fn topic(document: &Document<'_>, tree: &Tree<'_>, token: usize) -> Option<(String, Span)> {
    if !matches!(tree.upos(token), Upos::Noun | Upos::Propn)
        || matches!(
            tree.lemma(token).as_str(),
            "phone"
                | "telephone"
                | "sideline"
                | "range"
                | "number"
                | "view"
                | "issue"
                | "margin"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        ) && tree
            .children(token)
            .all(|c| tree.relation(c).universal() != Deprel::Nmod && tree.relation(c).universal() != Deprel::Compound)
    {
        return None;
    }
    let mut span = noun_span(tree, token);
    // One complement: "situation in Syria", "war in Ukraine".
    for child in tree.children(token) {
        if tree.relation(child).universal() == Deprel::Nmod && child > token && child <= token + 5 {
            span = span.cover(subtree_short(tree, child));
            break;
        }
    }
    let text = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = text.split(' ').count();
    (words <= 9).then_some((text, span))
}

fn subtree_short(tree: &Tree<'_>, token: usize) -> Span {
    let mut span = noun_span(tree, token);
    for child in tree.children(token) {
        if matches!(tree.relation(child).universal(), Deprel::Case | Deprel::Det) {
            span = span.cover(tree.sentence.tokens[child].span);
        }
    }
    span
}

/// What was agreed: the clause after "agreed to", "agreed that", "decided to", the object of "signed".
pub fn outcomes(document: &Document<'_>, sentence: usize) -> Vec<(String, Span)> {
    let tree = document.tree(sentence);
    let mut out = Vec::new();
    for verb in 0..tree.len() {
        let lemma = tree.lemma(verb);
        if tree.upos(verb) != Upos::Verb || !matches!(lemma.as_str(), "agree" | "sign" | "decide") {
            continue;
        }
        for child in tree.children(verb) {
            let relation = tree.relation(child).universal();
            let fits = match lemma.as_str() {
                "sign" => relation == Deprel::Obj,
                _ => {
                    matches!(relation, Deprel::Xcomp | Deprel::Ccomp)
                        || (relation == Deprel::Obl && tree.case(child) == "on")
                }
            };
            if fits {
                let span = subtree(&tree, child, verb);
                let text = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
                if (2..=40).contains(&text.split(' ').count()) {
                    out.push((text, span));
                }
            }
        }
    }
    out
}
