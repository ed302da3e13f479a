//! Owns seats of power: a foreigner in the Oval Office or the Kremlin meets who holds office there.

use readout_types::{ContactKind, Deprel, Status, Upos};

use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::resolve::Document;
use crate::status;
use crate::tree::Tree;

/// Buildings in which a head of state or government receives, in lower case without article.
const SEATS: [&str; 12] = [
    "white house",
    "oval office",
    "kremlin",
    "elysee",
    "élysée",
    "elysee palace",
    "élysée palace",
    "downing street",
    "10 downing street",
    "blue house",
    "mar-a-lago",
    "bellevue palace",
];

/// Predicates that put somebody in a place.
const PRESENCE: [&str; 17] = [
    "be", "due", "expect", "arrive", "visit", "come", "return", "travel", "book", "set", "schedule", "welcome",
    "receive", "host", "greet", "fly", "head",
];

/// Whether a mention is of a seat of power.
fn is_seat(document: &Document<'_>, span: readout_types::Span) -> bool {
    let words = span.of(&document.annotated.document.text).to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    SEATS.contains(&words.strip_prefix("the ").unwrap_or(&words))
}

/// Who leads a country on the day of the document, as far as the cast has the person.
pub(crate) fn leader(document: &Document<'_>, country: &str) -> Option<ActorId> {
    let leaders = document.knowledge.table.holders(country, "leader", document.cast.day);
    document.cast.iter().find(|(_, a)| a.person.is_some_and(|p| leaders.contains(&p))).map(|(id, _)| id)
}

/// Seats that spokespeople are named by, and their countries.
const SPOKEN_FROM: [(&str, &str); 5] =
    [("downing street", "GB"), ("white house", "US"), ("kremlin", "RU"), ("elysee", "FR"), ("élysée", "FR")];

/// Who holds office in a seat that one of the sentences up to this one names: "a Downing Street spokesman said that the Prime
/// Minister had called".
pub(crate) fn near(document: &Document<'_>, sentence: usize) -> Vec<ActorId> {
    let text = &document.annotated.document.text;
    let said = (sentence.saturating_sub(3)..=sentence)
        .map(|s| document.annotated.sentences[s].span.of(text).to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    let named = SPOKEN_FROM.iter().filter(|(seat, _)| said.contains(seat));
    named.filter_map(|(_, country)| leader(document, country)).collect()
}

/// The countries whose seats of power a text names.
pub(crate) fn countries(document: &Document<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for mention in &document.mentions {
        let country = document.country_of(mention);
        if let Some(country) = country.filter(|c| !out.iter().any(|o| o == c) && is_seat(document, mention.span)) {
            out.push(country.to_owned());
        }
    }
    let text = document.annotated.document.text.to_lowercase();
    for (_, country) in SPOKEN_FROM.iter().filter(|(seat, _)| text.contains(seat)) {
        if !out.iter().any(|o| o == country) {
            out.push((*country).to_owned());
        }
    }
    out
}

/// Who holds office in a seat named under a preposition below `verb`, or beside it, with the token where the seat stands.
pub(crate) fn host(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> Option<(ActorId, usize)> {
    document.mentions[document.by_sentence[sentence].clone()].iter().find_map(|m| {
        let country = document.country_of(m)?;
        let token = m.end - 1;
        let under = (m.first.saturating_sub(2)..m.first)
            .any(|t| matches!(tree.word(t).to_lowercase().as_str(), "in" | "at" | "to" | "into" | "inside"));
        let mut clause = tree.clause(token)?;
        if tree.relation(clause).universal() == Deprel::Cop {
            clause = tree.head(clause)?;
        }
        // "is at the White House Thursday": the day may stand as the root.
        if clause != verb && tree.head(verb) == Some(clause) {
            clause = verb;
        }
        if !under || clause != verb || !is_seat(document, m.span) {
            return None;
        }
        Some((leader(document, country)?, m.first))
    })
}

/// "Merz is due in the Oval Office on Thursday", "Netanyahu is expected at the White House": a meeting with the host.
pub(crate) fn presence<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    sentence: usize,
    found: &[ContactMention<'a>],
    headline: bool,
) -> Vec<ContactMention<'a>> {
    let Some(pattern) = document.knowledge.patterns.by_lemma("@seat").next() else { return Vec::new() };
    let mut out = Vec::new();
    for verb in 0..tree.len() {
        let predicate = matches!(tree.upos(verb), Upos::Verb | Upos::Aux)
            || tree.children(verb).any(|c| tree.relation(c).universal() == Deprel::Cop);
        // "will be received": the auxiliary says nothing by itself.
        let auxiliary = tree.relation(verb).universal() == Deprel::Aux;
        if !predicate || auxiliary || found.iter().any(|m| m.token == verb || m.light == Some(verb)) {
            continue;
        }
        let cues = &document.knowledge.cues;
        let word = tree.lemma(verb);
        let copula = tree.children(verb).any(|c| {
            tree.relation(c).universal() == Deprel::Cop || PRESENCE.contains(&tree.lemma(c).as_str()) && c < verb
        });
        if !PRESENCE.contains(&word.as_str()) && !copula {
            continue;
        }
        let Some((host, at)) = host(document, tree, sentence, verb) else { continue };
        let guests = foreign_subjects(document, tree, sentence, verb, host);
        let Some(&(subject, _)) = guests.first() else { continue };
        let mut verdict = status::of_verb(tree, verb, headline, cues);
        let awaited = tree.children(verb).any(|c| cues.has("planned", &tree.lemma(c)));
        let mut soft = true;
        if cues.has("planned", &word) || awaited {
            soft = !status::now(tree, verb);
            verdict.status = verdict.status.map(|_| Status::Planned);
        }
        let Some(status) = verdict.status else { continue };
        out.push(ContactMention {
            soft,
            status_token: verdict.because,
            party: guests.iter().map(|g| g.1).collect(),
            other: vec![host],
            party_tokens: vec![subject, at],
            title: headline,
            ..ContactMention::at(sentence, verb, pattern, status)
        });
    }
    out
}

/// The persons who are the subject of a predicate and not of the country of another, each with the token where the subject
/// stands.
fn foreign_subjects(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    predicate: usize,
    other: ActorId,
) -> Vec<(usize, ActorId)> {
    tree.subjects(predicate)
        .into_iter()
        .flat_map(|s| document.actors_with_coordination(sentence, s).into_iter().map(move |a| (s, a)))
        .filter(|&(_, a)| document.cast.is_person(a) && document.foreign(a, other))
        .collect()
}

/// "Rubio will be in Kuala Lumpur on July 10": a visit to come, of a person to a country that is not his.
pub(crate) fn abroad<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    sentence: usize,
    found: &[ContactMention<'a>],
) -> Vec<ContactMention<'a>> {
    let Some(pattern) = document.knowledge.patterns.by_lemma("@abroad").next() else { return Vec::new() };
    if found.iter().any(|m| m.kind == ContactKind::Visit) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for place in 0..tree.len() {
        let Some(will) = tree.children(place).find(|&c| tree.lower(c) == "will") else { continue };
        let is_there = tree.case(place) == "in" && tree.children(place).any(|c| tree.relation(c) == Deprel::Cop);
        if !is_there || status::negator(tree, place).is_some() {
            continue;
        }
        let Some(country) = document.mention_at(sentence, place).and_then(|m| document.country_of(m)) else { continue };
        let Some(goal) = document.cast.state(country).filter(|_| country.len() == 2) else { continue };
        let travellers = foreign_subjects(document, tree, sentence, place, goal);
        let Some(&(subject, _)) = travellers.first() else { continue };
        out.push(ContactMention {
            status_token: Some(will),
            party: travellers.iter().map(|t| t.1).collect(),
            other: vec![goal],
            party_tokens: vec![subject, place],
            destination: Some(goal),
            ..ContactMention::at(sentence, place, pattern, Status::Planned)
        });
    }
    out
}
