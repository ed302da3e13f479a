//! Owns the parties of a contact mention: along the paths of its pattern, and by position where the tree does not lead.

use readout_rules::{Form, Path, Pattern, Step};
use readout_types::{Deprel, Upos};

use crate::actors::ActorId;
use crate::mentions::Referent;
use crate::nearby;
use crate::resolve::Document;
use crate::tree::Tree;

/// "took part in a U.S.-Russia summit": where people of both states are the subject, they are meant.
pub(crate) fn people_of(
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

/// The actors at the ends of the paths from a trigger; the tokens where they stand are added to `at`.
pub(crate) fn collect<'p>(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    paths: impl IntoIterator<Item = &'p Path>,
    form: Form,
    at: &mut Vec<usize>,
) -> Vec<ActorId> {
    let mut out: Vec<ActorId> = Vec::new();
    // "Syria is set to overshadow the summit"
    let aside = form == Form::Noun && overshadowed(tree, token);
    for path in paths {
        // The subject of a clause takes part in a contact noun only if the clause is about the contact.
        let governing = matches!(path.0.first(), Some(Step::Up(..) | Step::Light | Step::Clause));
        if form == Form::Noun && governing && (aside || !out.is_empty()) {
            continue;
        }
        for end in tree.follow(token, path, &document.knowledge.cues) {
            let sought = form == Form::Noun && tree.case(end) == "by" && tree.head(end).is_some_and(|h| seeks(tree, h));
            // "Agreed to visit Turkey during a call": the call is with nobody there.
            let goal = form == Form::Noun
                && matches!(path.0.first(), Some(Step::Up(..)))
                && tree.relation(end) == Deprel::Obj
                && tree.head(end).is_some_and(|h| {
                    let lemma = tree.lemma(h);
                    matches!(lemma.as_str(), "visit" | "tour" | "leave") || nearby::OF_THE_ABSENT.contains(&&*lemma)
                });
            // "A summit at which Syria is the issue"
            let issue = form == Form::Noun
                && tree.head(end).is_some_and(|h| {
                    tree.relation(h) == Deprel::AclRelcl && tree.children(h).any(|c| tree.relation(c) == Deprel::Cop)
                })
                && document.person_at(sentence, end).is_none();
            if end == token || sought || goal || issue || nearby::names_occasion(tree, end) {
                continue;
            }
            if matches!(path.0.last(), Some(Step::Down(r, _)) if r == "amod" || r == "compound")
                && (!modifier_counts(document, sentence, end) || before_it(tree, end))
            {
                continue;
            }
            for actor in document.actors_with_coordination(sentence, end) {
                // "The meeting is being prepared, the spokeswoman said": she tells of it.
                let tells = form == Form::Noun && governing && document.is_spokesperson(actor);
                if !out.contains(&actor) && !tells {
                    out.push(actor);
                    at.push(end);
                }
            }
        }
    }
    out
}

/// Whether the clause only says what hangs over a contact: its subject takes no part.
fn overshadowed(tree: &Tree<'_>, noun: usize) -> bool {
    tree.relation(noun) == Deprel::Obj
        && tree.head(noun).is_some_and(|v| {
            matches!(tree.lemma(v).as_str(), "overshadow" | "dominate" | "threaten" | "derail" | "cloud" | "mar")
        })
}

/// "A conversation initiated by the U.S. side": by whom it was sought, not with whom it was.
fn seeks(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.lemma(verb).as_str(), "initiate" | "request" | "seek" | "propose" | "broker")
}

/// "A surprise pre-G7 lunch": not with those who meet after it.
fn before_it(tree: &Tree<'_>, token: usize) -> bool {
    (token.saturating_sub(2)..token).any(|t| tree.lower(t).trim_end_matches('-') == "pre")
}

/// Modifiers of a contact noun that name a party: people and states, not organisations whose summit it is.
pub(crate) fn modifier_counts(document: &Document<'_>, sentence: usize, token: usize) -> bool {
    document
        .mention_at(sentence, token)
        .is_some_and(|m| matches!(m.referent, Referent::Actor(_) | Referent::Adjective(_)))
}

/// The other side by its preposition, where the tree does not lead to it: the actors right after `with`, `to`, `between`;
/// and whether they are both sides.
pub(crate) fn after_preposition(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
    tokens: &mut Vec<usize>,
) -> (Vec<ActorId>, bool) {
    let mut words: Vec<&str> = Vec::new();
    for path in pattern.other.iter().chain(&pattern.both) {
        if let Some(Step::Down(relation, cases)) = path.0.last()
            && (relation == "nmod" || relation == "obl")
        {
            words.extend(cases.iter().map(String::as_str));
        }
    }
    let mut beside = false;
    let mut at = token + 1;
    // "A meeting ahead of the parade on Sunday with B": what stands between is of when and where.
    let reach = if pattern.form == Form::Noun { 12 } else { 8 };
    let limit = (token + reach).min(tree.len());
    while at < limit {
        let word = tree.word(at).to_lowercase();
        if at >= token + 8 && word != "with" {
            at += 1;
            continue;
        }
        if matches!(word.as_str(), ";" | "." | "!" | "?" | ":")
            || (at > token + 1 && matches!(tree.upos(at), Upos::Verb) && tree.xpos(at) != "VBN")
        {
            break;
        }
        // "Speaking after talks with B": B is of the talks.
        let another =
            tree.upos(at) == Upos::Noun && document.knowledge.patterns.by_lemma(&tree.lemma(at)).next().is_some();
        // "A lunch on Saturday ahead of the opening of the G7": who meets then is not at lunch.
        let later = matches!(tree.upos(at), Upos::Noun | Upos::Propn)
            && matches!(tree.case(at).as_str(), "after" | "before" | "following" | "ahead of");
        beside |= pattern.form == Form::Noun && at > token + 1 && later;
        // "The call came as A was abroad for talks with B": B is of the talks.
        if pattern.form == Form::Noun && at > token + 1 && matches!(word.as_str(), "as" | "while" | "because" | "when")
        {
            break;
        }
        let apart = pattern.form == Form::Verb
            || at > token + 1 && matches!(tree.case(at).as_str(), "after" | "before" | "following" | "ahead of");
        if word == "by" && at > token + 1 && seeks(tree, at - 1) {
            break;
        }
        // "Will meet on the sidelines of the summit with B"
        let margin = nearby::names_occasion(tree, at);
        if word == "according" || apart && another && !margin && !pattern.needs.contains(&tree.lemma(at)) {
            break;
        }
        // "Sessions devoted to North Korea's arms"
        let topic = word == "to"
            && at > token + 1
            && matches!(tree.lower(at - 1).as_str(), "devoted" | "dedicated" | "related" | "linked" | "tied" | "due")
            || word == "to" && at > token + 2 && matches!(tree.lower(at - 2).as_str(), "devoted" | "dedicated");
        if topic {
            at += 1;
            continue;
        }
        // "Talks in the Gulf nation of Qatar"
        let place = at > token + 2
            && (at.saturating_sub(4).max(token + 1)..at).any(|t| tree.lower(t) == "in")
            && matches!(
                tree.lemma(at - 1).as_str(),
                "nation"
                    | "country"
                    | "city"
                    | "capital"
                    | "state"
                    | "emirate"
                    | "kingdom"
                    | "island"
                    | "town"
                    | "resort"
            );
        let of_another = word == "of" && (beside || place);
        if !of_another
            && words.contains(&word.as_str())
            && matches!(tree.upos(at), Upos::Adp | Upos::Part | Upos::Sconj)
        {
            let mut out = Vec::new();
            for next in at + 1..(at + 7).min(tree.len()) {
                if let Some(mention) = document.mention_at(sentence, next) {
                    // The mention must belong to this preposition: only determiners, adjectives and titles between.
                    // "With visiting Prime Minister B": no verb of the sentence.
                    let clean = (at + 1..mention.first).all(|t| {
                        tree.lower(t) == "visiting"
                            || !matches!(
                                tree.upos(t),
                                Upos::Verb | Upos::Aux | Upos::Adp | Upos::Punct | Upos::Pron | Upos::Sconj
                            )
                    });
                    // "First meeting since the deal with Iran": Iran is of the deal.
                    let of_deal = pattern.form == Form::Noun
                        && tree.head(next).is_some_and(|h| {
                            h > token
                                && h < at
                                && tree.upos(h) == Upos::Noun
                                && matches!(
                                    tree.case(h).as_str(),
                                    "since" | "over" | "about" | "on" | "amid" | "despite"
                                )
                        });
                    // "Met with Japanese troops": who is no side.
                    let of_people = matches!(mention.referent, Referent::Adjective(_))
                        && tree.head(next).is_some_and(|h| {
                            tree.xpos(h) == "NNS" && !document.knowledge.cues.has("side", &tree.lemma(h))
                        });
                    // "With Ushakov noting that": he notes, and is no side.
                    let absolute = word == "with" && tree.xpos(mention.end.min(tree.len() - 1)) == "VBG";
                    if clean && !absolute && !of_deal && !of_people {
                        out = document.actors_with_coordination(sentence, next);
                        if out.is_empty() && !matches!(mention.referent, Referent::Place(_)) {
                            out = document.actors_at(sentence, next, 0);
                        }
                        tokens.push(next);
                    }
                    break;
                }
            }
            // "A call at the end of the month with B", "ahead of the feast with B": this preposition is not that of the other
            // side.
            let of_time = (at + 1..(at + 5).min(tree.len()))
                .any(|t| document.knowledge.cues.has("calendar", &tree.lemma(t)))
                || at > 0 && tree.lower(at - 1) == "ahead";
            // "Meetings ahead of the G20"
            if at > 0 && tree.lower(at - 1) == "ahead" {
                tokens.truncate(tokens.len() - usize::from(!out.is_empty()));
                at += 1;
                continue;
            }
            if !out.is_empty() || !of_time || matches!(word.as_str(), "with" | "between" | "among" | "to") {
                return (out, matches!(word.as_str(), "between" | "among"));
            }
        }
        at += 1;
    }
    (Vec::new(), false)
}

/// Whether those who speak do so to others than each other: "A and B both spoke to an audience of bankers".
pub(crate) fn to_others(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|c| {
        c > verb
            && tree.relation(c).universal() == Deprel::Obl
            && tree.upos(c) == Upos::Noun
            && (tree.case(c) == "to" && tree.lower(c) != "date"
                || tree.case(c) == "with"
                    && matches!(tree.xpos(c), "NNS")
                    && !matches!(tree.lemma(c).as_str(), "term" | "word"))
    })
}

/// Whether the subject of the clause is "the two leaders", "they" or the like.
pub(crate) fn subject_together(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> bool {
    tree.clause(token).is_some_and(|verb| {
        tree.subjects(verb)
            .into_iter()
            .any(|s| document.mention_at(sentence, s).is_some_and(|m| matches!(m.referent, Referent::Together { .. })))
    })
}

/// Those with whom the contact is that the clause around its noun speaks of: "invited officials from B and C to attend the
/// meeting", "a diplomat of A is in Turkey for talks on the border".
pub(crate) fn guests_or_hosts(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    noun: usize,
    party: &[ActorId],
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let Some(head) = tree.head(noun) else { return Vec::new() };
    let invites = tree.head(head).filter(|&v| {
        matches!(tree.lemma(head).as_str(), "attend" | "join")
            && tree.relation(head).universal() == Deprel::Xcomp
            && tree.lemma(v) == "invite"
    });
    if let Some(guests) = invites.and_then(|v| tree.by_relation(v, "obj").first().copied()) {
        tokens.push(guests);
        return document.actors_with_coordination(sentence, guests);
    }
    let talks = matches!(tree.lemma(noun).as_str(), "talk" | "talks" | "negotiation" | "consultation");
    if !talks || tree.case(noun) != "for" || party.is_empty() {
        return Vec::new();
    }
    let stays = tree.children(head).any(|c| tree.relation(c) == Deprel::Cop) && tree.case(head) == "in";
    let goes = matches!(tree.lemma(head).as_str(), "arrive" | "fly" | "travel" | "come" | "go");
    let there = if stays {
        Some(head)
    } else {
        tree.children(head).find(|&c| goes && c > head && c < noun && matches!(tree.case(c).as_str(), "in" | "to"))
    };
    let host = there.and_then(|t| document.mention_at(sentence, t)).and_then(|m| {
        let code = document.country_of(m)?;
        if code.len() == 2 { document.cast.state(code) } else { None }
    });
    host.filter(|&h| party.iter().all(|&p| document.foreign(p, h))).into_iter().collect()
}

/// Whose contact it is by the words before it, where the tree does not say: "the Vice President's recent visit".
pub(crate) fn possessor(
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
pub(crate) fn clause_party(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    other: &[ActorId],
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    // "The call came as A was in Riyadh for a meeting with B": of A, wherever the tree hangs the meeting.
    let stay = tree.head(token).filter(|_| tree.case(token) == "for").and_then(|h| {
        tree.children(h).find(|&c| {
            c < token
                && tree.relation(c).universal() == Deprel::Advcl
                && tree.children(c).any(|d| tree.relation(d) == Deprel::Cop)
                && (c + 1..token).all(|t| tree.head(t) == Some(token))
        })
    });
    // "As a NATO meeting approaches, Germany is key"
    let looms = tree.relation(token) == Deprel::Nsubj
        && tree.head(token).is_some_and(|v| matches!(tree.lemma(v).as_str(), "approach" | "near" | "loom" | "draw"))
        && tree.children(token).all(|c| tree.case(c) != "with");
    let looms = looms || tree.case(token).eq_ignore_ascii_case("as");
    if overshadowed(tree, token) || looms {
        return Vec::new();
    }
    let mut at = stay.unwrap_or(token);
    for _ in 0..3 {
        let Some(verb) = tree.clause(at) else { return Vec::new() };
        // "A and B discussed progress in the negotiations": not theirs, for all that is said.
        let topic = matches!(tree.lemma(verb).as_str(), "discuss" | "review" | "consider" | "examine" | "note")
            && tree.relation(token).universal() == Deprel::Nmod
            && tree.head(token).is_some_and(|h| h != verb);
        if topic && other.is_empty() {
            return Vec::new();
        }
        // "B was the fifth call after conversations with C and D": B is not who had them.
        let about = tree.upos(verb) == Upos::Noun
            && verb != token
            && document.knowledge.patterns.by_lemma(&tree.lemma(verb)).next().is_some();
        for subject in tree.subjects(verb).into_iter().filter(|_| !about) {
            // "A's comments came in a joint news conference with B"
            let spoken = matches!(tree.lemma(subject).as_str(), "comment" | "remark" | "statement" | "announcement");
            let subject = tree.by_relation(subject, "nmod:poss").first().copied().filter(|_| spoken).unwrap_or(subject);
            let actors: Vec<ActorId> = document
                .actors_with_coordination(sentence, subject)
                .into_iter()
                .filter(|a| !other.contains(a) && other.iter().all(|&o| document.foreign(*a, o)))
                // "A positive call with B, the press secretary reported": she tells of it.
                .filter(|&a| !document.is_spokesperson(a))
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

/// Verbs by which a contact noun has those who take part as its objects: "talks that are to bring A and B together".
const UNITES: [&str; 9] = ["bring", "gather", "unite", "group", "involve", "include", "assemble", "join", "feature"];

/// Those whom the clause at a contact noun brings together: "talks involving A and B", "a summit that gathered A, B and C".
pub(crate) fn brought_together(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    tokens: &mut Vec<usize>,
) -> Vec<ActorId> {
    let clause = tree.children(token).find(|&c| {
        c > token && tree.relation(c).universal() == Deprel::Acl && UNITES.contains(&tree.lemma(c).as_str())
    });
    // "The talks brought A together with B"
    let above = tree.head(token).filter(|&v| {
        tree.relation(token) == Deprel::Nsubj
            && UNITES[..3].contains(&tree.lemma(v).as_str())
            && tree.upos(v) == Upos::Verb
    });
    let Some(verb) = clause.or(above) else { return Vec::new() };
    let mut out: Vec<ActorId> = Vec::new();
    for object in tree.children(verb).filter(|&c| {
        c > verb
            && (tree.relation(c) == Deprel::Obj || tree.relation(c) == Deprel::Obl && tree.case(c).ends_with("with"))
    }) {
        for actor in document.actors_with_coordination(sentence, object) {
            if !out.contains(&actor) {
                tokens.push(object);
                out.push(actor);
            }
        }
    }
    if out.iter().any(|&a| document.foreign(out[0], a)) { out } else { Vec::new() }
}

/// The subject of a verb by position, where the tree has none: the nearest actor before it in its clause.
pub(crate) fn before_verb(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    other: &[ActorId],
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
                let found = document.actors_with_coordination(sentence, at);
                // "Will visit Japan before stopping in Hawaii": Japan stops nowhere.
                let visited = tree.relation(at).universal() == Deprel::Obj
                    && tree.head(at).is_some_and(|v| matches!(tree.lemma(v).as_str(), "visit" | "tour"));
                if visited {
                    break;
                }
                if found.iter().all(|a| !other.contains(a)) {
                    tokens.push(at);
                    return found;
                }
            }
            at = mention.first;
        }
    }
    Vec::new()
}

pub(crate) fn preposition_before(tree: &Tree<'_>, token: usize) -> bool {
    for at in (token.saturating_sub(2)..token).rev() {
        match tree.upos(at) {
            Upos::Adp => return true,
            // "on Tuesday Macron": the preposition is the day's.
            Upos::Propn | Upos::Punct | Upos::Verb => return false,
            _ => {}
        }
    }
    false
}
