//! Owns what the words around a trigger say of it: whether it may fire, and in what voice it stands.

use readout_rules::{Form, Pattern, Step};
use readout_types::{Deprel, Upos};

use crate::resolve::Document;
use crate::tree::Tree;

/// Whether a sentence asks: what it asks for is not told.
pub(crate) fn asks(tree: &Tree<'_>) -> bool {
    let first = (0..tree.len()).find(|&t| tree.upos(t) != Upos::Punct);
    let last = (0..tree.len()).rev().find(|&t| !matches!(tree.word(t), "\"" | "”" | "'" | "’" | ")"));
    let inverted = first.is_some_and(|t| {
        tree.upos(t) == Upos::Aux
            || matches!(
                tree.word(t).to_lowercase().as_str(),
                "will" | "would" | "could" | "can" | "should" | "may" | "did" | "does" | "do" | "is" | "are" | "has"
            )
    });
    inverted && last.is_some_and(|t| tree.word(t) == "?")
}

/// The verb over words that only say by what means: *told* in "what they had told each other by telephone".
pub(crate) fn told_by(tree: &Tree<'_>, token: usize) -> Option<usize> {
    std::iter::successors(tree.head(token), |&t| tree.head(t)).take(3).find(|&t| tree.upos(t) == Upos::Verb)
}

/// Whether a verb is what somebody said in the past: "A said he had called B" is no more than "A called B".
pub(crate) fn reported(tree: &Tree<'_>, verb: usize, cues: &readout_rules::Cues) -> bool {
    tree.relation(verb).universal() == Deprel::Ccomp
        && tree.head(verb).is_some_and(|h| tree.xpos(h) == "VBD" && cues.has("say", &tree.lemma(h)))
}

/// Whether a verb is in the passive.
pub(crate) fn passive(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|c| matches!(tree.relation(c), Deprel::AuxPass | Deprel::NsubjPass))
}

/// Whether a path leads to the subject of a passive.
pub(crate) fn names_patient(path: &readout_rules::Path) -> bool {
    matches!(path.0.first(), Some(Step::Down(relation, _)) if relation == "nsubj:pass")
}

/// "The first time the two leaders have met in person": of the contact in hand.
pub(crate) fn first_time(tree: &Tree<'_>, verb: usize) -> bool {
    let of_time = tree.relation(verb).universal() == Deprel::Acl
        && tree.head(verb).is_some_and(|h| tree.lemma(h) == "time" && tree.children(h).any(|c| tree.lower(c) == "the"));
    of_time && tree.children(verb).any(|c| matches!(tree.lower(c).as_str(), "have" | "has"))
}

/// "The meeting was preceded by a discussion with C": an encounter like the one beside it.
pub(crate) fn comes_beside(tree: &Tree<'_>, noun: usize) -> bool {
    tree.case(noun) == "by" && tree.head(noun).is_some_and(|v| matches!(tree.lemma(v).as_str(), "precede" | "follow"))
}

/// "The Americans host Morocco on Tuesday before facing Venezuela": a match, where one land as such receives another.
pub(crate) fn at_play(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> bool {
    let land = |t: usize| {
        document.mention_at(sentence, t).is_some_and(|m| {
            m.end - m.first <= 2
                && matches!(m.referent, crate::mentions::Referent::Actor(id) if document.cast.get(id).actor.kind == readout_types::ActorKind::State)
                && (m.first..m.end).all(|t| matches!(tree.upos(t), Upos::Propn))
        })
    };
    tree.subjects(verb).into_iter().any(land)
        && tree.children(verb).any(|c| tree.relation(c) == Deprel::Obj && land(c))
        && (0..tree.len()).any(|t| {
            matches!(
                tree.lemma(t).as_str(),
                "face" | "match" | "game" | "cup" | "qualifier" | "friendly" | "stadium" | "goal" | "league" | "team"
            )
        })
}

/// "The pact was approved after discussions between A and B": something came of them, so that they were held.
pub(crate) fn came_after(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(tree.case(noun).as_str(), "after" | "following" | "during")
        && tree.xpos(noun) == "NNS"
        && tree.children(noun).any(|c| matches!(tree.case(c).as_str(), "between" | "with"))
}

/// Whether a path leads to the agent of a verb that stands in the active: "was invited to visit by B", who visits nobody.
pub(crate) fn agent_of_active(tree: &Tree<'_>, verb: usize, form: Form, path: &readout_rules::Path) -> bool {
    let by = match path.0[..] {
        [Step::Down(ref relation, ref case)] => {
            relation == "obl:agent" || relation == "obl" && case.iter().any(|c| c == "by")
        }
        _ => false,
    };
    by && form == Form::Verb && tree.xpos(verb) == "VB" && !passive(tree, verb)
}

/// Whether what the tree takes for the subject stands behind the verb and beside a verb of saying.
pub(crate) fn spoken_by(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    party_tokens: &[usize],
) -> bool {
    // "Receiving B at the club, A said": a participle takes the subject behind it.
    tree.xpos(token) != "VBG"
        && party_tokens.first().is_some_and(|&p| {
            p > token
                && document.mention_at(sentence, p).is_some_and(|m| {
                    m.end < tree.len()
                        && tree.upos(m.end) == Upos::Verb
                        && document.knowledge.cues.has("say", &tree.lemma(m.end))
                })
        })
}

/// Words that a pattern needs: below the trigger, or right beside it.
pub(crate) fn near(tree: &Tree<'_>, token: usize, needs: &[String], form: Form) -> bool {
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

/// "Called US president B": one name, which the tree cuts in two.
fn of_one_name(tree: &Tree<'_>, token: usize) -> bool {
    tree.relation(token).universal() == Deprel::Xcomp
        && tree.upos(token) == Upos::Propn
        && tree.children(token).any(|c| tree.relation(c) == Deprel::NmodDesc && c < token)
}

/// "Called B to discuss the ceasefire": what for, not what he called him.
fn to_say(tree: &Tree<'_>, verb: usize) -> bool {
    tree.upos(verb) == Upos::Verb
        && tree.children(verb).any(|c| tree.relation(c) == Deprel::Mark && tree.lower(c) == "to")
        && matches!(
            tree.lemma(verb).as_str(),
            "discuss"
                | "talk"
                | "say"
                | "tell"
                | "congratulate"
                | "express"
                | "offer"
                | "ask"
                | "urge"
                | "warn"
                | "thank"
                | "brief"
                | "inform"
                | "complain"
                | "convey"
                | "protest"
                | "apologise"
                | "apologize"
                | "reassure"
                | "wish"
                | "review"
                | "raise"
                | "seek"
                | "propose"
        )
}

pub(crate) fn forbidden(tree: &Tree<'_>, token: usize, pattern: &Pattern) -> bool {
    // "called him a friend": two objects.
    let objects = tree
        .children(token)
        .filter(|&c| {
            matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj | Deprel::Xcomp)
                && tree.case(c).is_empty()
                && !to_say(tree, c)
                && !of_one_name(tree, c)
        })
        .count();
    if objects > 1 && pattern.lemmas.iter().any(|l| l == "call") {
        return true;
    }
    // "Barack and Bibi, as they call each other"
    let names = pattern.lemmas.iter().any(|l| l == "call")
        && pattern.form == Form::Verb
        && tree.children(token).any(|c| tree.relation(c) == Deprel::Mark && tree.lower(c) == "as")
        && tree.lower(token + 1) == "each";
    // "Speak Spanish", "speak the language of partnership"
    let tongue = &*pattern.id == "call.speak"
        && tree.lemma(token) == "speak"
        && tree.children(token).any(|c| {
            let word = tree.lower(c);
            tree.relation(c) == Deprel::Obj
                && (matches!(tree.lemma(c).as_str(), "language" | "tongue" | "truth" | "volume" | "mind")
                    || ["ish", "ese", "ian", "bic", "rsi", "ench", "german", "hindi"].iter().any(|e| word.ends_with(e)))
        });
    // "At the negotiating table", "a negotiating position"
    let table = &*pattern.id == "talks.negotiate"
        && tree.xpos(token) == "VBG"
        && matches!(
            tree.lower(token + 1).as_str(),
            "table" | "position" | "partner" | "tactic" | "tactics" | "skills" | "power" | "stance"
        );
    // "Their negotiating teams", "powers negotiating with Tehran", "the will to negotiate": what they are for, not what was held.
    let purpose = &*pattern.id == "talks.negotiate"
        && match tree.relation(token).universal() {
            Deprel::Amod | Deprel::Compound => tree.xpos(token) == "VBG",
            Deprel::Acl => {
                tree.xpos(token) == "VBG"
                    || tree.xpos(token) == "VB"
                        && tree.head(token).is_some_and(|n| {
                            matches!(
                                tree.lemma(n).as_str(),
                                "determination"
                                    | "will"
                                    | "willingness"
                                    | "readiness"
                                    | "desire"
                                    | "ability"
                                    | "right"
                                    | "mandate"
                                    | "authority"
                                    | "power"
                            )
                        })
            }
            _ => false,
        };
    // "Came together" goes nowhere.
    let gather = pattern.place && tree.lemma(token) == "come" && tree.lower(token + 1) == "together";
    if purpose || gather {
        return true;
    }
    // "A call echoed by B": a demand.
    let demand = &*pattern.id == "call.call"
        && tree.children(token).any(|c| {
            tree.relation(c).universal() == Deprel::Acl
                && matches!(
                    tree.lemma(c).as_str(),
                    "echo" | "back" | "support" | "endorse" | "repeat" | "heed" | "second"
                )
        });
    if names || tongue || table || demand {
        return true;
    }
    // "Was flown to Paris after a stroke": he did not travel of his own accord.
    if pattern.place && tree.lower(token) == "flown" && passive(tree, token) {
        return true;
    }
    // "With visiting Prime Minister B": an epithet.
    if &*pattern.id == "visit.visit"
        && tree.lower(token) == "visiting"
        && token > 0
        && matches!(tree.lower(token - 1).as_str(), "with" | "by" | "to" | "for" | "from" | "the" | "and" | "told")
    {
        return true;
    }
    // "The referee makes the call on offside": a decision.
    let decides = tree.lower(token) == "call"
        && token > 1
        && tree.lower(token - 1) == "the"
        && tree.lemma(token - 2) == "make"
        && tree.lower(token + 1) == "on"
        && tree.upos(token + 2) == Upos::Noun;
    if decides {
        return true;
    }
    // "The two leaders spoke in favour of a summit", "spoke out against sanctions": they say so, not to each other.
    let stance = &*pattern.id == "call.speak"
        && match tree.lower(token + 1).as_str() {
            "in" => matches!(tree.lower(token + 2).as_str(), "favour" | "favor" | "support" | "defence" | "defense"),
            "out" | "against" | "up" => true,
            // "Spoke as though it was over"
            "as" => matches!(tree.lower(token + 2).as_str(), "though" | "if"),
            _ => false,
        };
    if stance {
        return true;
    }
    // "A joint meeting of Congress"
    let houses = ["congress", "parliament", "house", "senate", "cabinet", "knesset", "duma"];
    let own_house = |c: usize| tree.case(c) == "of" && houses.contains(&tree.lower(c).as_str());
    if pattern.form == Form::Noun && tree.children(token).any(own_house) {
        return true;
    }
    // "A follow-up to the contacts with A and B": no encounter.
    if tree.lemma(token) == "follow-up" && tree.children(token).any(|c| tree.case(c) == "to") {
        return true;
    }
    // "Called on B to end the war": a demand.
    if &*pattern.id == "meeting.call-on" {
        let whom = tree.children(token).find(|&c| c > token && tree.case(c) == "on");
        let end = whom.map(|w| (w..tree.len()).take_while(|&t| t == w || tree.ancestors(t).contains(&w)).count() + w);
        return end.is_none_or(|e| matches!(tree.lower(e).as_str(), "to" | "for" | "not" | "that" | "and"));
    }
    // "Continued to Astana", not "continued to discuss" or "continued work in Syria".
    if &*pattern.id == "visit.travel" && matches!(tree.lemma(token).as_str(), "continue" | "proceed") {
        let to = matches!(tree.lower(token + 1).as_str(), "to" | "on" | "onward" | "onwards");
        return !to || tree.upos(token + 2) == Upos::Verb;
    }
    // "A delegation headed by A" goes nowhere by that.
    if &*pattern.id == "visit.travel" && tree.lower(token) == "headed" && tree.lower(token + 1) == "by" {
        return true;
    }
    // "Speaking after talks with B, A said": what A said to the press.
    if &*pattern.id == "call.speak"
        && tree.xpos(token) == "VBG"
        && (0..token).all(|t| tree.upos(t) == Upos::Punct)
        && !matches!(tree.lower(token + 1).as_str(), "with" | "to")
    {
        return true;
    }
    // "joined him in calling for peace"
    if pattern.lemmas.iter().any(|l| l == "join")
        && tree.children(token).any(|c| tree.xpos(c) == "VBG" && tree.case(c) == "in")
    {
        return true;
    }
    let bad = |w: &str| pattern.forbids.iter().any(|f| f == w);
    tree.children(token).any(|c| {
        let relation = tree.relation(c).universal();
        match relation {
            Deprel::Obj | Deprel::Compound | Deprel::Amod | Deprel::CompoundPrt | Deprel::Nsubj => bad(&tree.lemma(c)),
            // The "to" of "plans to call" is no "called to".
            Deprel::Case | Deprel::Mark => {
                let infinitive = c < token && tree.lower(c) == "to";
                pattern.form == Form::Verb && !infinitive && bad(&tree.lemma(c))
            }
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => {
                let case = tree.case(c);
                // A marker counts where it follows the trigger: "called for", not "called B on Sunday".
                let follows = c == token + 1 || tree.children(c).any(|k| k == token + 1);
                // "Meet again ahead of a deadline" meets none.
                let beside = matches!(
                    case.as_str(),
                    "ahead of" | "before" | "after" | "following" | "amid" | "despite" | "about" | "over" | "until"
                );
                (!case.is_empty() && follows && bad(&case)) || !beside && bad(&tree.lemma(c))
            }
            Deprel::Advmod => bad(&tree.lemma(c)),
            // "They called each other" names nobody anything.
            Deprel::Xcomp if tree.lower(c) == "each" => false,
            Deprel::Xcomp => pattern.lemmas.iter().any(|l| l == "call") && !to_say(tree, c) && !of_one_name(tree, c),
            _ => false,
        }
    }) || (pattern.form == Form::Verb
        && tree.len() > token + 1
        && tree.upos(token + 1) == Upos::Adp
        && bad(&tree.word(token + 1).to_lowercase()))
}

/// "They discussed the NATO summit": what is talked of is not what those take part in who talk.
pub(crate) fn talked_of(tree: &Tree<'_>, token: usize) -> bool {
    let of_it = tree.relation(token).universal() == Deprel::Obj;
    let verb = tree.head(token).filter(|_| of_it).map(|v| tree.lemma(v));
    verb.is_some_and(|v| matches!(v.as_str(), "discuss" | "review" | "raise" | "address" | "mention" | "debate"))
}

/// Whether a place hangs on a trigger under a preposition: "signed the accord in Bishkek".
pub(crate) fn placed(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> bool {
    (0..tree.len()).any(|t| {
        let near = tree.head(t).is_some_and(|h| h == token || tree.head(h) == Some(token));
        near && t > token
            && matches!(tree.case(t).as_str(), "in" | "at")
            && crate::fields::place_at(document, sentence, t).is_some()
    })
}
