//! Owns attribution: who is credited with a report, and through what channel.

use readout_actors::Office;
use readout_types::{Actor, ActorFacts, ActorKind, Deprel, NameKind, Span, Upos};

use crate::actors::ActorId;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::tree::Tree;

/// Somebody credited, before it is turned into a report's attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Who.
    pub speaker: Actor,
    /// Through what.
    pub channel: Option<String>,
    /// Whether the speaker denies it.
    pub denies: bool,
    /// The words that name the speaker and the saying.
    pub span: Span,
}

/// Names by which posts and broadcasts are known as channels.
const CHANNELS: [&str; 18] = [
    "Truth Social",
    "X",
    "Twitter",
    "Telegram",
    "Facebook",
    "Instagram",
    "Fox News",
    "CNN",
    "RT",
    "TASS",
    "RIA Novosti",
    "Rossiya 1",
    "statement",
    "interview",
    "press release",
    "readout",
    "briefing",
    "news conference",
];

/// Who is credited with what stands at a token: subjects of verbs of saying above it, "according to", "X's office said".
pub fn of_token(document: &Document<'_>, sentence: usize, token: usize, light: Option<usize>) -> Vec<Credit> {
    let tree = document.tree(sentence);
    let cues = &document.knowledge.cues;
    let mut out: Vec<Credit> = Vec::new();
    let mut path: Vec<usize> = vec![token];
    path.extend(tree.ancestors(token));
    for (step, &at) in path.iter().enumerate() {
        let lemma = tree.lemma(at);
        let below = if step == 0 { None } else { Some(path[step - 1]) };
        if let Some(below) = below
            && matches!(tree.upos(at), Upos::Verb)
            && cues.has("say", &lemma)
            && Some(at) != light
        {
            let relation = tree.relation(below).universal();
            let reports = matches!(relation, Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp)
                || (relation == Deprel::Obj
                    && matches!(
                        lemma.as_str(),
                        "confirm"
                            | "announce"
                            | "report"
                            | "deny"
                            | "describe"
                            | "acknowledge"
                            | "disclose"
                            | "reveal"
                            | "note"
                    ))
                || (relation == Deprel::Nsubj && tree.relation(below) == Deprel::NsubjPass);
            if reports {
                push_subjects(document, &tree, sentence, at, lemma == "deny", &mut out);
            }
        }
        // A verb of saying hung below as a parenthesis: "…, Nuland said."
        for child in tree.children(at) {
            if matches!(tree.relation(child).universal(), Deprel::Parataxis | Deprel::Advcl)
                && matches!(tree.upos(child), Upos::Verb)
                && cues.has("say", &tree.lemma(child))
                && child != token
                && Some(child) != light
                && !path[..step].contains(&child)
            {
                push_subjects(document, &tree, sentence, child, false, &mut out);
            }
            if matches!(
                tree.relation(child).universal(),
                Deprel::Obl | Deprel::Parataxis | Deprel::Nmod | Deprel::Advcl
            ) && accords(&tree, child)
            {
                push_source(document, &tree, sentence, child, &mut out);
            }
        }
    }
    // "According to …" holds for the sentence, wherever the tree hangs it.
    for source in (0..tree.len()).filter(|&t| accords(&tree, t)) {
        push_source(document, &tree, sentence, source, &mut out);
    }
    if out.is_empty() {
        out.extend(beside(document, &tree, sentence, token));
    }
    out.dedup_by(|a, b| a.speaker.key == b.speaker.key);
    out
}

/// A speaker right beside a verb of saying that the tree does not put above the contact: "…, Ushakov said."
fn beside(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> Option<Credit> {
    let mentions = &document.mentions[document.by_sentence[sentence].clone()];
    for verb in 0..tree.len() {
        let finite = matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP");
        if !finite
            || !document.knowledge.cues.has("say", &tree.lemma(verb))
            || verb == token
            || !matches!(tree.upos(verb), Upos::Verb)
        {
            continue;
        }
        // "Said B" turned round; not "A, who had it at four, said B had been told".
        let turned = |m: &crate::mentions::Mention| {
            m.first == verb + 1
                && (m.end >= tree.len() || matches!(tree.upos(m.end), Upos::Punct | Upos::Adp | Upos::Sconj))
                && tree.children(verb).all(|c| c > verb || tree.relation(c) != Deprel::Nsubj)
        };
        let close = mentions.iter().find(|m| (m.end == verb || turned(m)) && matches!(m.referent, Referent::Actor(_)));
        if let Some(mention) = close
            && !(mention.first..mention.end).contains(&token)
            && let Some(speaker) = speaker_at(document, sentence, mention.end - 1)
        {
            let span = mention.span.cover(tree.sentence.tokens[verb].span);
            return Some(Credit { speaker, channel: channel(tree, verb), denies: false, span });
        }
    }
    None
}

/// Who speaks of the contact in a sentence near it: a spokesperson, aide or minister of a party's country, an institution of
/// it; and a party, where the channel or a word for the contact shows that it is meant.
///
/// With `told_here`, the contact is told of in this very sentence, and parties are credited by its tree alone.
pub fn speaking_of(document: &Document<'_>, sentence: usize, parties: &[ActorId], told_here: bool) -> Vec<Credit> {
    let tree = document.tree(sentence);
    let mut out: Vec<Credit> = Vec::new();
    for verb in 0..tree.len() {
        if tree.upos(verb) != Upos::Verb {
            continue;
        }
        let channel = channel(&tree, verb);
        let lemma = tree.lemma(verb);
        // "Ushakov put it at seventy minutes", "On Truth Social Trump spoke of a productive call".
        let measures = matches!(lemma.as_str(), "put" | "clock" | "time" | "number" | "count") && numbers(&tree);
        let posts = channel.is_some() && matches!(lemma.as_str(), "speak" | "hail" | "praise" | "thank" | "publish");
        if !document.knowledge.cues.has("say", &lemma) && !measures && !posts {
            continue;
        }
        for subject in tree.children(verb).filter(|&c| tree.relation(c) == Deprel::Nsubj) {
            let Some(mention) = document.mention_at(sentence, subject) else { continue };
            let Referent::Actor(id) = mention.referent else { continue };
            let country = document.cast.country(id);
            let ours = country.is_some() && parties.iter().any(|&p| document.cast.country(p) == country);
            let pronoun = tree.upos(subject) == Upos::Pron;
            let meant = if parties.contains(&id) {
                !told_here && document.cast.is_person(id) && (channel.is_some() || !pronoun && names_a_contact(&tree))
            } else {
                speaks_for(document, id)
            };
            if ours
                && meant
                && out.iter().all(|c| c.speaker.key != document.cast.get(id).actor.key)
                && let Some(speaker) = speaker_at(document, sentence, subject)
            {
                let span = mention.span.cover(tree.sentence.tokens[verb].span);
                out.push(Credit { speaker, channel: channel.clone(), denies: false, span });
            }
        }
    }
    // "According to Kremlin spokesman Dmitry Peskov the line was open for an hour."
    for source in (0..tree.len()).filter(|&t| accords(&tree, t)) {
        push_source(document, &tree, sentence, source, &mut out);
    }
    out
}

/// Whether an actor speaks for a government: by its office in the table, by the role that the text gives, or as an
/// institution.
fn speaks_for(document: &Document<'_>, id: ActorId) -> bool {
    if !document.cast.is_person(id) {
        return true;
    }
    let (office, role) = document.office_and_role(id);
    let by_office = office.is_some_and(|o| {
        matches!(o, "spokesperson" | "aide" | "security_adviser" | "chief_of_staff" | "foreign_minister")
    });
    let by_role = ["spokes", "aide", "press secretary", "adviser", "advisor", "envoy"].iter().any(|w| role.contains(w));
    by_office || by_role
}

impl Document<'_> {
    /// The office that the actor held on the day of the document, and the role that the text gives, in lower case.
    fn office_and_role(&self, id: ActorId) -> (Option<Office>, String) {
        let actor = self.cast.get(id);
        let office = actor.person.and_then(|p| self.knowledge.table.person(p).term_on(self.cast.day)).map(|t| t.office);
        (office, actor.actor.role.as_deref().unwrap_or_default().to_lowercase())
    }

    /// Whether the actor's office or role is to speak for another: a press secretary is no side of the call she reports.
    pub(crate) fn is_spokesperson(&self, id: ActorId) -> bool {
        let (office, role) = self.office_and_role(id);
        office == Some("spokesperson") || ["spokes", "press secretary"].iter().any(|w| role.contains(w))
    }
}

/// Whether a sentence gives a number in words or figures.
fn numbers(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|t| {
        tree.upos(t) == Upos::Num || crate::counts::ordinal(&tree.lower(t)).is_some() || tree.lower(t).ends_with("hour")
    })
}

/// Whether a sentence has a word for a contact: "a very good telephone call", "their conversation".
fn names_a_contact(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|t| {
        matches!(
            tree.lemma(t).as_str(),
            "call"
                | "conversation"
                | "talk"
                | "meeting"
                | "summit"
                | "discussion"
                | "visit"
                | "speak"
                | "discuss"
                | "meet"
                | "agree"
        )
    })
}

fn accords(tree: &Tree<'_>, token: usize) -> bool {
    let case = tree.case(token);
    case.starts_with("according")
        || (tree.lemma(token) == "accord" && tree.word(token).eq_ignore_ascii_case("according"))
        || tree.children(token).any(|c| tree.word(c).eq_ignore_ascii_case("according"))
}

fn push_subjects(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
    denies: bool,
    out: &mut Vec<Credit>,
) {
    let channel = channel(tree, verb);
    let own: Vec<usize> =
        tree.children(verb).filter(|&c| matches!(tree.relation(c), Deprel::Nsubj | Deprel::NsubjPass)).collect();
    let mentions = &document.mentions[document.by_sentence[sentence].clone()];
    let last = mentions
        .iter()
        .find(|m| m.end == verb && m.first > 0 && matches!(tree.word(m.first - 1), "," | "”" | "\"" | "''"));
    let subjects = if let Some(mention) = last.filter(|m| !own.iter().any(|&o| m.first <= o && o < m.end)) {
        // "…, B said": B, whatever the tree has.
        vec![mention.end - 1]
    } else if !own.is_empty() {
        own
    } else {
        // The speaker may hang elsewhere in the tree and still stand beside the verb: "…, B said".
        let beside = document.mentions[document.by_sentence[sentence].clone()]
            .iter()
            .find(|m| m.end == verb || m.first == verb + 1);
        match beside {
            Some(mention) if matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP") => vec![mention.end - 1],
            _ if tree.relation(verb).universal() == Deprel::Parataxis => Vec::new(),
            _ => tree.subjects(verb),
        }
    };
    for subject in subjects {
        for at in tree.coordinated(subject) {
            if let Some(speaker) = speaker_at(document, sentence, at) {
                let span = tree.sentence.tokens[at].span.cover(tree.sentence.tokens[verb].span);
                out.push(Credit { speaker, channel: channel.clone(), denies, span });
            }
        }
    }
}

fn push_source(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize, out: &mut Vec<Credit>) {
    let mut queue = vec![token];
    let mut at = 0;
    // The source itself, or whoever is named within "a readout released by the State Department".
    while at < queue.len() && queue.len() < 24 {
        let here = queue[at];
        if let Some(speaker) = speaker_at(document, sentence, here) {
            let span = tree.sentence.tokens[here].span;
            out.push(Credit { speaker, channel: None, denies: false, span });
            return;
        }
        queue.extend(tree.children(here));
        at += 1;
    }
}

/// The speaker that a token names: a person, a state or institution under the name the text uses, a named organisation.
pub fn speaker_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    if let Some(mention) = document.mention_at(sentence, token) {
        let id: ActorId = match &mention.referent {
            Referent::Actor(id) => *id,
            Referent::Adjective(_) | Referent::Place(_) => return organisation_at(document, sentence, token),
            Referent::Together { .. } => return None,
            Referent::Anaphor(a) => document.anaphor(sentence, mention.first, a)?,
        };
        let actor = &document.cast.get(id).actor;
        if actor.kind == ActorKind::Person {
            return Some(actor.clone());
        }
        return Some(institution(document, actor, mention.span));
    }
    organisation_at(document, sentence, token)
        .or_else(|| ministry_in(document, sentence, token))
        .or_else(|| office_of(document, sentence, token))
        .or_else(|| anonymous_at(document, sentence, token))
        .or_else(|| document.actors_at(sentence, token, 0).first().map(|&id| document.cast.get(id).actor.clone()))
}

/// Last words of the names of offices that speak for a state.
const OFFICES: [&str; 9] =
    ["ministry", "embassy", "presidency", "office", "government", "authorities", "mission", "palace", "cabinet"];

/// "The foreign ministry in Moscow", "state media in Qatar": the ministry of the country of that city, the media there.
fn ministry_in(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    if !matches!(tree.lemma(token).as_str(), "ministry" | "media") || document.mention_at(sentence, token).is_some() {
        return None;
    }
    let below = tree.children(token).find(|&c| c > token && tree.case(c) == "in");
    let city = below.or((tree.lower(token + 1) == "in").then_some(token + 2))?;
    let code = document.country_of(document.mention_at(sentence, city)?)?.to_owned();
    let country = document.knowledge.table.country(&code)?;
    let first = tree
        .children(token)
        .filter(|&c| c < token && matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound))
        .min()?;
    let span = tree.sentence.tokens[first].span.cover(tree.sentence.tokens[token].span);
    let name = format!("{} {}", country.demonyms.first()?, span.of(&document.annotated.document.text));
    let key = format!("state:{code}");
    Some(Actor::from(ActorFacts { name, role: None, country: Some(code), kind: ActorKind::Organisation, key }))
}

/// "Her office announced", "Macron's office said": the office of that person.
fn office_of(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let tree = document.tree(sentence);
    if tree.lemma(token) != "office" {
        return None;
    }
    let owner = tree.children(token).find(|&c| tree.relation(c) == Deprel::NmodPoss)?;
    let id = *document.actors_at(sentence, owner, 0).first().filter(|&&a| document.cast.is_person(a))?;
    let person = &document.cast.get(id).actor;
    let name = format!("Office of {}", person.name);
    let key = format!("group:{}", readout_actors::fold(&name));
    let country = person.country.clone();
    Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Organisation, key }))
}

fn institution(document: &Document<'_>, actor: &Actor, span: Span) -> Actor {
    let surface = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let surface = surface
        .strip_prefix("the ")
        .or_else(|| surface.strip_prefix("The "))
        .unwrap_or(&surface)
        .trim_end_matches('.')
        .to_owned();
    let country = actor.country.as_deref().and_then(|c| document.knowledge.table.country(c));
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
            c < token && matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound | Deprel::Nummod)
        })
        .min()
        .unwrap_or(token);
    // "A source in the Ukrainian presidency", "people familiar with the schedule": with what says how they know.
    let knows = tree.children(token).find(|&c| {
        c > token
            && first == token
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
    let span = tree.sentence.tokens[first].span.cover(tree.sentence.tokens[last].span);
    let name = span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let key = format!("group:{}", readout_actors::fold(&name));
    Some(Actor::from(ActorFacts { name, role: None, country: None, kind: ActorKind::Group, key }))
}

fn organisation_at(document: &Document<'_>, sentence: usize, token: usize) -> Option<Actor> {
    let name = document.annotated.names.iter().find(|n| {
        n.sentence as usize == sentence
            && n.first as usize <= token
            && token < n.end as usize
            && n.kind == NameKind::Organisation
            && !n.span.of(&document.annotated.document.text).contains(',')
    })?;
    let text = name.span.of(&document.annotated.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    let key = format!("group:{}", readout_actors::fold(&text));
    Some(Actor::from(ActorFacts { name: text, role: None, country: None, kind: ActorKind::Organisation, key }))
}

/// The channel named with a verb of saying: "wrote on Truth Social", "in a post on X", "in a statement".
pub fn channel(tree: &Tree<'_>, verb: usize) -> Option<String> {
    let mut words: Vec<usize> = Vec::new();
    for child in tree.children(verb) {
        if matches!(tree.relation(child).universal(), Deprel::Obl | Deprel::Nmod)
            && matches!(tree.case(child).as_str(), "on" | "in" | "to" | "via" | "during" | "at")
        {
            words.push(child);
            words.extend(tree.children(child));
            for c in tree.children(child) {
                words.extend(tree.children(c));
            }
        }
    }
    words.sort_unstable();
    let (first, last) = (*words.first()?, *words.last()?);
    let stretch =
        &tree.text[tree.sentence.tokens[first].span.start as usize..tree.sentence.tokens[last].span.end as usize];
    CHANNELS
        .iter()
        .find(|c| {
            stretch.match_indices(**c).any(|(i, _)| {
                let before = stretch[..i].chars().next_back().is_none_or(|k| !k.is_alphanumeric());
                let after = stretch[i + c.len()..].chars().next().is_none_or(|k| !k.is_alphanumeric());
                before && after
            })
        })
        .map(|c| (*c).to_owned())
}

/// The span of a token and everything below it, without what hangs below `except`.
pub fn subtree(tree: &Tree<'_>, token: usize, except: usize) -> Span {
    let mut all = vec![token];
    let mut at = 0;
    while at < all.len() {
        let next: Vec<usize> = tree.children(all[at]).filter(|&c| c != except && !all.contains(&c)).collect();
        all.extend(next);
        at += 1;
    }
    all.retain(|&t| tree.upos(t) != Upos::Punct);
    let mut span = tree.sentence.tokens[token].span;
    let contiguous = |t: usize| (t < except) == (token < except);
    for &t in &all {
        if contiguous(t) {
            span = span.cover(tree.sentence.tokens[t].span);
        }
    }
    span
}
