//! Owns the kind and medium of a contact as the words around its trigger refine those of its pattern.

use readout_rules::{Form, Pattern};
use readout_types::{ContactKind, Deprel, Status};

use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::tree::Tree;

/// The kind that the words around the trigger make of it, and the medium.
#[allow(clippy::too_many_arguments, reason = "all of them are facts about one trigger")]
pub(crate) fn refine(
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
                // "In a phone call he proposed a summit": the summit is none.
                let of_another = tree
                    .head(x)
                    .is_some_and(|h| h != token && matches!(tree.lemma(h).as_str(), "call" | "conversation"));
                // "According to a video aired by the channel"
                let told = tree.case(x).contains("accord");
                x != token
                    && !of_another
                    && !told
                    && cues.has(set, &tree.word(x).to_lowercase())
                    && same_clause(tree, t, x)
            })
        })
    };
    let remote = below("remote", 2);
    let video = below("video", 2);
    let facing = (token + 1..(token + 8).min(tree.len().saturating_sub(2)))
        .any(|t| tree.lower(t) == "face" && tree.lower(t + 1) == "to" && tree.lower(t + 2) == "face");
    // "Spoke one-on-one", "spoke one on one"
    let alone = (token + 1..(token + 6).min(tree.len())).any(|t| {
        tree.lower(t) == "one" && {
            let next: Vec<String> = (t + 1..tree.len()).map(|k| tree.lower(k)).filter(|w| w != "-").take(2).collect();
            next == ["on", "one"]
        }
    });
    // "Speak with them in person"
    let bodily = pattern.form == Form::Verb
        && (token + 1..(token + 8).min(tree.len().saturating_sub(1)))
            .any(|t| tree.lower(t) == "in" && tree.lower(t + 1) == "person");
    let facing = facing || bodily || alone && pattern.form == Form::Verb;
    // "A face-to-face conversation", a word of five tokens
    let facing = facing
        || pattern.form == Form::Noun
            && (token.saturating_sub(7)..token).any(|t| {
                tree.lower(t) == "face" && tree.lower(t + 2) == "to" && tree.lower(t + 4) == "face" && t + 4 < token
            });
    let person = below("in_person", 3)
        || facing
        || side_by_side(document, tree, sentence, token, pattern)
        || on_the_spot(document, tree, sentence, token, pattern, party.len() >= 2 && other.is_empty());
    let mut kind = pattern.kind;
    let mut medium = pattern.medium.clone();
    match pattern.kind {
        ContactKind::Call => {
            if person && !remote && pattern.medium.is_none() {
                kind = ContactKind::Meeting;
            }
            // "Officials have long been talking with Japanese officials"
            if &*pattern.id == "call.speak"
                && !remote
                && tree.lemma(token) == "talk"
                && tree.xpos(token) == "VBG"
                && party
                    .iter()
                    .chain(other)
                    .all(|&a| document.cast.get(a).actor.kind == readout_types::ActorKind::State)
            {
                kind = ContactKind::Talks;
            }
            if remote && medium.is_none() {
                medium = Some("phone".to_owned());
            }
            if video || cues.has("video", &tree.lemma(token)) {
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

/// How many sentences back "they spent an hour on it" still means what they did before.
const AS_BEFORE: usize = 12;

/// "It was their second call in ten days. On Monday they had spent an hour on it": the two whose last contact was by telephone
/// spent that time on the telephone, too, unless the text puts them together.
pub(crate) fn as_before(document: &Document<'_>, mention: &mut ContactMention<'_>) {
    let sides: Vec<ActorId> = mention.party.iter().chain(&mention.other).copied().collect();
    let last = document
        .pairs
        .iter()
        .zip(&document.pair_kinds)
        .rev()
        .find(|((_, pair), _)| sides.len() == 2 && pair.len() == 2 && pair.iter().all(|p| sides.contains(p)));
    let Some(((told, _), readout_types::KindGroup::Remote)) = last else { return };
    if mention.sentence - told > AS_BEFORE {
        return;
    }
    let medium = match &*mention.pattern.id {
        "meeting.spend" if mention.other.is_empty() => {
            let tree = document.tree(mention.sentence);
            let placed = (0..tree.len()).any(|t| {
                matches!(tree.case(t).as_str(), "in" | "at")
                    && document
                        .mention_at(mention.sentence, t)
                        .is_some_and(|m| matches!(m.referent, Referent::Place(_) | Referent::Actor(_)))
            });
            if placed { None } else { Some("phone") }
        }
        // "A video call of A and B […] photographs of the meeting between the two leaders": the call is meant.
        "meeting.meeting" if mention.definite && mention.status == Status::Held => {
            let tree = document.tree(*told);
            (0..tree.len())
                .any(|t| matches!(tree.lower(t).as_str(), "video" | "virtual" | "videoconference"))
                .then_some("video")
        }
        _ => None,
    };
    if let Some(medium) = medium {
        mention.kind = ContactKind::Call;
        mention.medium = Some(medium.to_owned());
    }
}

/// Whether those who speak to each other stand in a picture: "A, left, speaks to B in Oyo".
fn side_by_side(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize, pattern: &Pattern) -> bool {
    let block = document.annotated.sentences[sentence].block as usize;
    let caption =
        document.annotated.document.blocks.get(block).is_some_and(|b| b.kind == readout_types::BlockKind::Caption);
    let marked = (1..tree.len()).any(|t| {
        matches!(tree.lower(t).as_str(), "left" | "right" | "centre" | "center" | "l" | "r")
            && matches!(tree.word(t - 1), "," | "(" | "at" | "from")
            && matches!(tree.lower(t + 1).as_str(), "," | ")" | ";")
            || tree.lower(t) == "left" && tree.lower(t - 1) == "at"
    });
    pattern.form == Form::Verb && &*pattern.id == "call.speak" && (caption || marked) && tree.lower(token) != "spoke"
}

/// Buildings and rooms in which two confer.
const VENUES: [&str; 9] =
    ["palace", "residence", "hotel", "room", "villa", "castle", "embassy", "chancellery", "ministry"];

/// Whether those who speak are said to do so in one place: "conferred with B in Beirut".
/// `together`: they are the subject of the verb, all of them.
fn on_the_spot(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    pattern: &Pattern,
    together: bool,
) -> bool {
    let place = |t: usize| {
        document.mention_at(sentence, t).is_some_and(|m| match m.referent {
            Referent::Place(_) => true,
            Referent::Actor(id) => !document.cast.is_person(id),
            _ => false,
        })
    };
    let with = tree.children(token).filter(|&c| matches!(tree.case(c).as_str(), "with" | "to")).min();
    if &*pattern.id == "call.call" && tree.lemma(token) == "conversation" {
        // "Had a conversation at a summit in Germany"
        let verb = tree.head(token).filter(|_| tree.relation(token).universal() == Deprel::Obj);
        let gathers = [Some(token), verb].into_iter().flatten().flat_map(|t| tree.children(t)).any(|c| {
            c > token
                && matches!(tree.case(c).as_str(), "at" | "during" | "over")
                && (document.knowledge.cues.has("gathering", &tree.lemma(c)) || tree.lemma(c) == "dinner")
        });
        if gathers {
            return true;
        }
        // "His conversation with B, which took place at the residence"
        return tree.children(token).any(|c| {
            matches!(tree.lemma(c).as_str(), "take" | "hold" | "occur")
                && tree.relation(c).universal() == Deprel::Acl
                && tree.children(c).any(|p| {
                    matches!(tree.case(p).as_str(), "inside" | "in" | "at")
                        && (VENUES.contains(&tree.lemma(p).as_str()) || place(p))
                })
        });
    }
    if &*pattern.id == "call.speak" && at_gathering(document, tree, sentence, token) {
        return true;
    }
    &*pattern.id == "call.speak"
        && with.or(together.then_some(token)).is_some_and(|with| {
            let within = |c: usize| {
                together
                    && matches!(tree.case(c).as_str(), "inside" | "in" | "at")
                    && VENUES.contains(&tree.lemma(c).as_str())
            };
            tree.children(token).any(|c| {
                within(c)
                    || c > with
                        && tree.relation(c) == Deprel::Obl
                        && matches!(tree.case(c).as_str(), "in" | "at")
                        && place(c)
            })
        })
}

/// "Leaders gathered in Rome. A and B spoke briefly before lunch": those who exchange a few words where all have come
/// together do so face to face.
fn at_gathering(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> bool {
    let few_words = tree.children(token).any(|c| {
        matches!(tree.lower(c).as_str(), "briefly" | "informally" | "privately")
            || matches!(tree.case(c).as_str(), "before" | "after" | "over" | "during" | "at" | "on" | "in")
                && document.knowledge.cues.has("gathering", &tree.lemma(c))
    });
    few_words
        && (sentence.saturating_sub(2)..=sentence).any(|s| {
            let tree = document.tree(s);
            (0..tree.len()).any(|t| document.knowledge.cues.has("gathering", &tree.lemma(t)))
        })
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
        let other = tree.relation(at).universal() == Deprel::Conj && tree.upos(at) == readout_types::Upos::Verb;
        if (other
            || matches!(tree.relation(at).universal(), Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis | Deprel::Acl))
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
