//! Owns contact mentions: a trigger word in a sentence with the parties its pattern leads to and the status its clause gives.

use readout_rules::{Form, Path, Pattern, Step};
use readout_types::{BlockKind, ContactKind, Deprel, Interval, Status, Upos};

use crate::actors::ActorId;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::status::{self, Verdict};
use crate::tree::Tree;

/// A place in the text that speaks of a contact.
#[derive(Clone, Debug)]
pub struct ContactMention<'k> {
    /// Index of the sentence.
    pub sentence: usize,
    /// The trigger.
    pub token: usize,
    /// The light verb of a noun trigger.
    pub light: Option<usize>,
    /// The pattern that fired.
    pub pattern: &'k Pattern,
    /// Kind, as the words around the trigger refine it.
    pub kind: ContactKind,
    /// What became of it.
    pub status: Status,
    /// Whether its date may overrule the status.
    pub soft: bool,
    /// The word that decided the status.
    pub status_token: Option<usize>,
    /// The first side.
    pub party: Vec<ActorId>,
    /// The other side.
    pub other: Vec<ActorId>,
    /// Tokens where parties stand, for evidence.
    pub party_tokens: Vec<usize>,
    /// The noun is plural: several contacts, or talks.
    pub plural: bool,
    /// Refers back: `the call`, `during the meeting`, `it`.
    pub definite: bool,
    /// `previous`, `earlier`, `last`: another contact than the one in hand.
    pub prior: bool,
    /// `again`, `next`, `another`, `second`: another contact than the one in hand.
    pub further: bool,
    /// The country a visit goes to.
    pub destination: Option<ActorId>,
    /// `phone` or `video`.
    pub medium: Option<String>,
    /// Days, filled in by the time stage.
    pub interval: Interval,
    /// Whether it stands in a title.
    pub title: bool,
    /// Whether it stands in a photo caption.
    pub caption: bool,
}

/// Finds the contact mentions of a sentence.
pub fn in_sentence<'a>(document: &Document<'a>, sentence: usize) -> Vec<ContactMention<'a>> {
    let tree = document.tree(sentence);
    if !tree.sentence.parsed {
        return Vec::new();
    }
    let block = document.annotated.document.blocks.get(tree.sentence.block as usize).map(|b| b.kind);
    let mut out: Vec<ContactMention<'a>> = Vec::new();
    for token in 0..tree.len() {
        let upos = tree.upos(token);
        // The lemma of irregular forms is looked up: taggers stumble over "spoke" and "rung".
        let irregular = document.knowledge.irregular.get(&tree.word(token).to_lowercase());
        let headline = headline_verb(document, &tree, sentence, token, block);
        let irregular = irregular.or(headline);
        let lemma = irregular.cloned().unwrap_or_else(|| tree.lemma(token));
        for pattern in document.knowledge.patterns.by_lemma(&lemma) {
            let right_form = match pattern.form {
                Form::Verb => {
                    upos == Upos::Verb
                        || irregular.is_some()
                            && matches!(upos, Upos::Noun | Upos::Adj | Upos::Aux | Upos::Adv | Upos::Propn)
                }
                Form::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            };
            if !right_form || !(pattern.tags.is_empty() || pattern.tags.iter().any(|t| t == tree.xpos(token))) {
                continue;
            }
            if let Some(found) = read(document, &tree, sentence, token, pattern, block) {
                out.push(found);
                break;
            }
        }
    }
    if out.is_empty() && block == Some(BlockKind::Caption) {
        out.extend(caption(document, &tree, sentence));
    }
    out
}

/// The lemma of a word in a title that stands between an actor and an actor (or its preposition) and has the form of a
/// trigger verb: "Trump phones Putin".
fn headline_verb<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    sentence: usize,
    token: usize,
    block: Option<BlockKind>,
) -> Option<&'a String> {
    if !matches!(block, Some(BlockKind::Title | BlockKind::Heading)) || token == 0 {
        return None;
    }
    let lemma = document.knowledge.present.get(&tree.word(token).to_lowercase())?;
    let actor = |t: usize| document.mention_at(sentence, t).is_some_and(|m| matches!(m.referent, Referent::Actor(_)));
    let after = |t: usize| t < tree.len() && (actor(t) || matches!(tree.word(t), "with" | "to"));
    (actor(token - 1) && after(token + 1)).then_some(lemma)
}

/// People of two countries named side by side in a caption were photographed together.
fn caption<'a>(document: &Document<'a>, tree: &Tree<'a>, sentence: usize) -> Option<ContactMention<'a>> {
    let pattern = document.knowledge.patterns.by_lemma("@caption").next()?;
    let mentions = &document.mentions[document.by_sentence[sentence].clone()];
    let first = mentions
        .iter()
        .find(|m| matches!(m.referent, Referent::Actor(id) if document.cast.get(id).person.is_some()))?;
    let people: Vec<ActorId> = document
        .actors_with_coordination(sentence, first.first)
        .into_iter()
        .filter(|&a| document.cast.get(a).person.is_some())
        .collect();
    if people.len() < 2 || !people.iter().any(|&p| document.foreign(people[0], p)) {
        return None;
    }
    let token = first.end.saturating_sub(1).min(tree.len() - 1);
    Some(ContactMention {
        sentence,
        token,
        light: None,
        pattern,
        kind: ContactKind::Meeting,
        status: Status::Held,
        soft: true,
        status_token: None,
        party: people,
        other: Vec::new(),
        party_tokens: vec![token],
        plural: false,
        definite: false,
        prior: false,
        further: false,
        destination: None,
        medium: None,
        interval: Interval::UNKNOWN,
        title: false,
        caption: true,
    })
}

fn read<'a>(
    document: &Document<'a>,
    tree: &Tree<'a>,
    sentence: usize,
    token: usize,
    pattern: &'a Pattern,
    block: Option<BlockKind>,
) -> Option<ContactMention<'a>> {
    let cues = &document.knowledge.cues;
    if !pattern.needs.is_empty() && !near(tree, token, &pattern.needs, pattern.form) {
        return None;
    }
    if forbidden(tree, token, pattern) {
        return None;
    }
    // Inside the name of somebody or something the word triggers nothing, except summits and talks.
    let title = matches!(block, Some(BlockKind::Title | BlockKind::Heading));
    let caption = block == Some(BlockKind::Caption);
    let headline = title || caption;
    let verdict: Verdict = match pattern.form {
        Form::Verb => status::of_verb(tree, token, headline, cues),
        Form::Noun => status::of_noun(tree, token, headline, cues),
    };
    let mut verdict = verdict;
    if verdict.status == Some(Status::Held)
        && let Some(status) = pattern.status
    {
        verdict = Verdict { status: Some(status), soft: false, because: Some(token) };
    }
    let decided = verdict.status?;
    let light = if pattern.form == Form::Noun { tree.light_verb(token, cues) } else { None };
    let mut party_tokens = Vec::new();
    let both = collect(document, tree, sentence, token, &pattern.both, pattern.form, &mut party_tokens);
    let mut party = if both.len() >= 2 {
        Vec::new()
    } else {
        collect(document, tree, sentence, token, &pattern.party, pattern.form, &mut party_tokens)
    };
    let mut other = collect(document, tree, sentence, token, &pattern.other, pattern.form, &mut party_tokens);
    let both = people_of(document, tree, sentence, token, pattern, both, &mut party_tokens);
    if both.len() >= 2 {
        // "the Trump-Putin call", "talks between A and B": both sides in one.
        party = vec![both[0]];
        let rest: Vec<ActorId> = both[1..].iter().copied().filter(|a| !party.contains(a)).collect();
        other = rest.into_iter().chain(other.into_iter().filter(|a| !both.contains(a))).collect();
    } else if let Some(&one) = {
        // Alone, only what modifies the noun itself is a side; the subject of a clause about it is not.
        let direct: Vec<Path> = pattern
            .both
            .iter()
            .filter(|p| matches!(p.0[..], [Step::Down(ref r, _)] if r != "nsubj"))
            .cloned()
            .collect();
        collect(document, tree, sentence, token, &direct, pattern.form, &mut Vec::new())
    }
    .first()
    {
        // "the NATO summit", "Putin's summit with": the other side, unless nothing else is the first.
        let organisation = !document.cast.is_person(one) && !document.cast.get(one).actor.name.contains("Summit");
        if organisation && other.is_empty() && !party.contains(&one) {
            other = vec![one];
        } else if party.is_empty() {
            party = vec![one];
        }
    }
    if other.is_empty() && pattern.both.is_empty() | (both.len() < 2) {
        other = after_preposition(document, tree, sentence, token, pattern, &mut party_tokens);
    }
    let beside = pattern.form == Form::Noun && pattern.weak && light.is_none() && !other.is_empty();
    if (pattern.form == Form::Verb || beside) && party.is_empty() {
        party = before_verb(document, tree, sentence, token, &mut party_tokens);
    }
    let adjunct = document.knowledge.cues.has("within_it", &tree.case(token));
    let the = tree.children(token).any(|c| matches!(tree.word(c).to_lowercase().as_str(), "the" | "this" | "that"));
    if pattern.form == Form::Noun
        && party.is_empty()
        && (!other.is_empty() && !the || adjunct)
        && both.len() < 2
        && !pattern.place
    {
        party = clause_party(document, tree, sentence, token, &other, &mut party_tokens);
    }
    if pattern.form == Form::Noun && party.is_empty() && both.len() < 2 {
        party = possessor(document, tree, sentence, token, &mut party_tokens);
    }
    if pattern.form == Form::Noun && party.is_empty() && other.is_empty() && !pattern.place && both.is_empty() {
        party = clause_party(document, tree, sentence, token, &other, &mut party_tokens);
        if !party.iter().any(|&a| document.foreign(party[0], a)) || !subject_together(document, tree, sentence, token) {
            party.clear();
        }
    }
    other.retain(|a| !party.contains(a));
    let mut destination = None;
    if pattern.place {
        destination = destination_of(document, tree, sentence, token, pattern, &mut party_tokens);
        party.retain(|&a| document.cast.is_person(a) || !matches!(destination, Some(d) if d == a));
        // A visit is made by people or delegations; its goal is a country, not a person.
        other.clear();
        if let Some(goal) = destination {
            let home = party.iter().all(|&a| document.cast.country(a) == document.cast.country(goal));
            if party.is_empty() || home {
                return None;
            }
            other.push(goal);
        }
    }
    if pattern.weak && (party.is_empty() || other.is_empty()) && !(pattern.together && party.len() >= 2) {
        return None;
    }
    let plural = tree.xpos(token) == "NNS" || tree.xpos(token) == "NNPS";
    let words: Vec<String> = tree
        .children(token)
        .filter(|&c| {
            matches!(
                tree.relation(c).universal(),
                Deprel::Amod
                    | Deprel::Advmod
                    | Deprel::Det
                    | Deprel::Nummod
                    | Deprel::Compound
                    | Deprel::NmodPoss
                    | Deprel::Nmod
            )
        })
        .map(|c| tree.word(c).to_lowercase())
        .chain(light.into_iter().flat_map(|l| {
            tree.children(l)
                .filter(|&c| tree.relation(c) == Deprel::Advmod)
                .map(|c| tree.word(c).to_lowercase())
                .collect::<Vec<_>>()
        }))
        .collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let definite =
        pattern.form == Form::Noun && has(&["the", "this", "that", "their", "his", "her", "its", "these", "latest"]);
    let prior = has(&["previous", "earlier", "last", "prior", "past", "preceding", "previously", "former"]);
    let further =
        has(&["next", "another", "subsequent", "further", "future", "upcoming", "follow-up", "separate", "separately"]);
    let (kind, medium) = refine(document, tree, sentence, token, light, pattern, &party, &other);
    let _ = decided;
    Some(ContactMention {
        sentence,
        token,
        light,
        pattern,
        kind,
        status: verdict.status.unwrap_or(Status::Unclear),
        soft: verdict.soft,
        status_token: verdict.because,
        party,
        other,
        party_tokens,
        plural,
        definite,
        prior,
        further,
        destination,
        medium,
        interval: Interval::UNKNOWN,
        title,
        caption,
    })
}

/// "took part in a U.S.-Russia summit": where people of both states are the subject, they are meant.
fn people_of(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
    both: Vec<ActorId>,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    if both.len() < 2 || both.iter().any(|&a| document.cast.is_person(a)) {
        return both;
    }
    let mut at = Vec::new();
    let mut people = collect(document, tree, sentence, token, &pattern.party, pattern.form, &mut at);
    if people.is_empty()
        && let Some(verb) = tree.clause(token)
    {
        people = tree.subjects(verb).into_iter().flat_map(|s| document.actors_with_coordination(sentence, s)).collect();
    }
    let all = both.iter().all(|&b| {
        people.iter().any(|&p| document.cast.is_person(p) && document.cast.country(p) == document.cast.country(b))
    });
    if all {
        tokens.extend(at);
        people
    } else {
        both
    }
}

/// Words that a pattern needs: below the trigger, or right beside it.
fn near(tree: &Tree<'_>, token: usize, needs: &[String], form: Form) -> bool {
    let matches = |t: usize| needs.iter().any(|n| *n == tree.word(t).to_lowercase() || *n == tree.lemma(t));
    if tree.children(token).any(matches)
        || (form == Form::Noun && tree.case(token).split(' ').any(|w| needs.iter().any(|n| n == w)))
    {
        return true;
    }
    let from = token.saturating_sub(1);
    let to = (token + 3).min(tree.len());
    (from..to).any(|t| t != token && matches(t))
}

fn forbidden(tree: &Tree<'_>, token: usize, pattern: &Pattern) -> bool {
    // "called him a friend": two objects.
    let objects = tree
        .children(token)
        .filter(|&c| matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj | Deprel::Xcomp))
        .count();
    if objects > 1 && pattern.lemmas.iter().any(|l| l == "call") {
        return true;
    }
    let bad = |w: &str| pattern.forbids.iter().any(|f| f == w);
    tree.children(token).any(|c| {
        let relation = tree.relation(c).universal();
        match relation {
            Deprel::Obj | Deprel::Compound | Deprel::Amod | Deprel::CompoundPrt | Deprel::Nsubj => bad(&tree.lemma(c)),
            Deprel::Case | Deprel::Mark => pattern.form == Form::Verb && bad(&tree.lemma(c)),
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => {
                let case = tree.case(c);
                // A marker counts where it follows the trigger: "called for", not "called B on Sunday".
                let follows = c == token + 1 || tree.children(c).any(|k| k == token + 1);
                (!case.is_empty() && follows && bad(&case)) || bad(&tree.lemma(c))
            }
            Deprel::Advmod => bad(&tree.lemma(c)),
            Deprel::Xcomp => pattern.lemmas.iter().any(|l| l == "call"),
            _ => false,
        }
    }) || (pattern.form == Form::Verb
        && tree.len() > token + 1
        && tree.upos(token + 1) == Upos::Adp
        && bad(&tree.word(token + 1).to_lowercase()))
}

fn collect(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    paths: &[Path],
    form: Form,
    at: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut out: Vec<ActorId> = Vec::new();
    for path in paths {
        // The subject of a clause takes part in a contact noun only if the clause is about the contact.
        let governing = matches!(path.0.first(), Some(Step::Up(..) | Step::Light | Step::Clause));
        if form == Form::Noun && governing && !out.is_empty() {
            continue;
        }
        for end in tree.follow(token, path, &document.knowledge.cues) {
            if end == token {
                continue;
            }
            let relation = tree.relation(end);
            if matches!(path.0.last(), Some(Step::Down(r, _)) if r == "amod" || r == "compound")
                && !modifier_counts(document, sentence, end, relation)
            {
                continue;
            }
            for actor in document.actors_with_coordination(sentence, end) {
                if !out.contains(&actor) {
                    out.push(actor);
                    at.push(end);
                }
            }
        }
    }
    out
}

/// Modifiers of a contact noun that name a party: people and states, not organisations whose summit it is.
fn modifier_counts(document: &Document<'_>, sentence: usize, token: usize, _relation: Deprel) -> bool {
    document
        .mention_at(sentence, token)
        .is_some_and(|m| matches!(m.referent, Referent::Actor(_) | Referent::Adjective(_)))
}

/// The other side by its preposition, where the tree does not lead to it: the actors right after `with`, `to`, `between`.
fn after_preposition(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut words: Vec<&str> = Vec::new();
    for path in pattern.other.iter().chain(&pattern.both) {
        if let Some(Step::Down(relation, cases)) = path.0.last()
            && (relation == "nmod" || relation == "obl")
        {
            words.extend(cases.iter().map(String::as_str));
        }
    }
    let mut at = token + 1;
    let limit = (token + 8).min(tree.len());
    while at < limit {
        let word = tree.word(at).to_lowercase();
        if matches!(word.as_str(), ";" | "." | "!" | "?" | ":")
            || (at > token + 1 && matches!(tree.upos(at), Upos::Verb) && tree.xpos(at) != "VBN")
        {
            break;
        }
        if word == "according" {
            break;
        }
        if words.contains(&word.as_str()) && matches!(tree.upos(at), Upos::Adp | Upos::Part | Upos::Sconj) {
            let mut out = Vec::new();
            for next in at + 1..(at + 7).min(tree.len()) {
                if let Some(mention) = document.mention_at(sentence, next) {
                    // The mention must belong to this preposition: only determiners, adjectives and titles between.
                    let clean = (at + 1..mention.first).all(|t| {
                        !matches!(
                            tree.upos(t),
                            Upos::Verb | Upos::Aux | Upos::Adp | Upos::Punct | Upos::Pron | Upos::Sconj
                        )
                    });
                    if clean {
                        out = document.actors_with_coordination(sentence, next);
                        if out.is_empty() && !matches!(mention.referent, Referent::Place(_)) {
                            out = document.actors_at(sentence, next, 0);
                        }
                        tokens.push(next);
                    }
                    break;
                }
            }
            return out;
        }
        at += 1;
    }
    Vec::new()
}

/// Whether the subject of the clause is "the two leaders", "they" or the like.
fn subject_together(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> bool {
    tree.clause(token).is_some_and(|verb| {
        tree.subjects(verb)
            .into_iter()
            .any(|s| document.mention_at(sentence, s).is_some_and(|m| matches!(m.referent, Referent::Together { .. })))
    })
}

/// Whose contact it is by the words before it, where the tree does not say: "the Vice President's recent visit".
fn possessor(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut at = token;
    while at > 0 && token - at < 5 {
        at -= 1;
        let word = tree.word(at);
        if matches!(word, "'s" | "’s" | "'" | "’") || tree.xpos(at) == "PRP$" {
            let owner = if tree.xpos(at) == "PRP$" { at } else { at.saturating_sub(1) };
            if document.mention_at(sentence, owner).is_some() {
                tokens.push(owner);
                return document.actors_with_coordination(sentence, owner);
            }
            return Vec::new();
        }
        if !matches!(tree.upos(at), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Punct | Upos::Adv)
            || matches!(word, "," | ";" | "." | ":")
        {
            return Vec::new();
        }
    }
    Vec::new()
}

/// The subject of the clause around a contact noun that names only its other side: "alongside a call to B", "over dinner
/// with B".
fn clause_party(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    other: &[ActorId],
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut at = token;
    for _ in 0..3 {
        let Some(verb) = tree.clause(at) else { return Vec::new() };
        for subject in tree.subjects(verb) {
            let actors: Vec<ActorId> = document
                .actors_with_coordination(sentence, subject)
                .into_iter()
                .filter(|a| !other.contains(a) && other.iter().all(|&o| document.foreign(*a, o)))
                .collect();
            // Without another side named, the subject must be both.
            let enough = !other.is_empty() || actors.iter().any(|&a| document.foreign(actors[0], a));
            if !actors.is_empty() && enough {
                tokens.push(subject);
                return actors;
            }
        }
        match tree.head(verb) {
            Some(head) => at = head,
            None => return Vec::new(),
        }
    }
    Vec::new()
}

/// The subject of a verb by position, where the tree has none: the nearest actor before it in its clause.
fn before_verb(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut at = token;
    while at > 0 {
        at -= 1;
        let word = tree.word(at);
        if matches!(word, "—" | "–") {
            // A parenthesis between dashes is passed over.
            match (0..at).rev().find(|&t| tree.word(t) == word) {
                Some(open) => {
                    at = open;
                    continue;
                }
                None => break,
            }
        }
        if matches!(word, ";" | ":" | "“" | "”" | "\"" | ".") {
            break;
        }
        if matches!(tree.upos(at), Upos::Verb) && at + 2 < token && !matches!(tree.xpos(at), "VBG" | "VBN") {
            break;
        }
        if let Some(mention) = document.mention_at(sentence, at) {
            if matches!(mention.referent, Referent::Actor(_) | Referent::Anaphor(_) | Referent::Together { .. })
                && !preposition_before(tree, mention.first)
            {
                tokens.push(at);
                return document.actors_with_coordination(sentence, at);
            }
            at = mention.first;
        }
    }
    Vec::new()
}

fn preposition_before(tree: &Tree<'_>, token: usize) -> bool {
    (token.saturating_sub(2)..token).any(|t| matches!(tree.upos(t), Upos::Adp))
}

/// Where a visit goes: the country of the place or country at the end of the other-side paths.
fn destination_of(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
    tokens: &mut Vec<usize>,
) -> Option<ActorId> {
    let mut ends: Vec<usize> =
        pattern.other.iter().flat_map(|p| tree.follow(token, p, &document.knowledge.cues)).collect();
    ends.extend(
        (token + 1..(token + 5).min(tree.len()))
            .filter(|&t| matches!(tree.word(t).to_lowercase().as_str(), "to" | "in"))
            .map(|t| t + 1)
            .take(1),
    );
    for end in ends {
        for at in tree.coordinated(end) {
            let below = || {
                tree.children(at).filter(|_| tree.lemma(at) == "capital").find_map(|c| document.mention_at(sentence, c))
            };
            let Some(mention) = document.mention_at(sentence, at).or_else(below) else { continue };
            let code = match &mention.referent {
                Referent::Place(code) => code.clone(),
                Referent::Actor(id) if !document.cast.is_person(*id) => document.cast.country(*id)?.to_owned(),
                Referent::Adjective(id) if tree.lemma(at) == "capital" => document.cast.country(*id)?.to_owned(),
                _ => continue,
            };
            if code.len() != 2 {
                continue;
            }
            tokens.push(at);
            let key = format!("state:{code}");
            if let Some((id, _)) = document.cast.iter().find(|(_, a)| a.actor.key == key) {
                return Some(id);
            }
        }
    }
    None
}

/// The kind that the words around the trigger make of it, and the medium.
#[allow(clippy::too_many_arguments, reason = "all of them are facts about one trigger")]
fn refine(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    light: Option<usize>,
    pattern: &Pattern,
    party: &[ActorId],
    other: &[ActorId],
) -> (ContactKind, Option<String>) {
    let cues = &document.knowledge.cues;
    let tops: Vec<usize> = std::iter::once(token).chain(light).collect();
    let below = |set: &str, depth: usize| {
        tops.iter().any(|&t| {
            tree.below(t, depth, &|x| {
                x != token && cues.has(set, &tree.word(x).to_lowercase()) && same_clause(tree, t, x)
            })
        })
    };
    let remote = below("remote", 2);
    let video = below("video", 2);
    let person = below("in_person", 3);
    let mut kind = pattern.kind;
    let mut medium = pattern.medium.clone();
    match pattern.kind {
        ContactKind::Call => {
            if person && !remote && pattern.medium.is_none() {
                kind = ContactKind::Meeting;
            }
            if remote && medium.is_none() {
                medium = Some("phone".to_owned());
            }
            if video {
                medium = Some("video".to_owned());
            }
            // "a phone call", "phoned": the lemma says it.
            if medium.is_none()
                && pattern.form == Form::Noun
                && matches!(tree.lemma(token).as_str(), "call" | "phonecall" | "teleconference")
            {
                medium = Some("phone".to_owned());
            }
        }
        ContactKind::Meeting | ContactKind::Talks => {
            let sides = party.iter().chain(other).all(|&a| !document.cast.is_person(a));
            if sides
                && kind == ContactKind::Meeting
                && pattern.form == Form::Verb
                && negotiators(document, tree, sentence, token)
            {
                kind = ContactKind::Talks;
            }
            if remote && !person {
                kind = ContactKind::Call;
                medium = Some(if video { "video" } else { "phone" }.to_owned());
            } else if pattern.kind == ContactKind::Talks {
                // Talks of two leaders are a meeting; of sides and delegations, negotiations.
                let people = party.iter().chain(other).filter(|&&a| document.cast.is_person(a)).count();
                if people >= 2 || (people == 1 && party.len() + other.len() == 1) {
                    kind = ContactKind::Meeting;
                }
            }
        }
        _ => {}
    }
    (kind, medium.filter(|_| kind == ContactKind::Call))
}

/// Whether the subject of a verb is negotiators, delegations or teams.
fn negotiators(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> bool {
    tree.subjects(verb).into_iter().any(|s| {
        let range = document.mention_at(sentence, s).map_or(s..s + 1, |m| m.first..m.end);
        range.into_iter().any(|t| {
            matches!(tree.lemma(t).as_str(), "negotiator" | "delegation" | "team" | "mediator" | "expert" | "envoy")
        })
    })
}

/// Whether a token below a trigger is not cut off from it by another clause.
fn same_clause(tree: &Tree<'_>, top: usize, token: usize) -> bool {
    let mut at = token;
    for _ in 0..6 {
        if at == top {
            return true;
        }
        if matches!(tree.relation(at).universal(), Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis | Deprel::Acl)
            && at != token
        {
            return false;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
