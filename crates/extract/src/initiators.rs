//! Owns who began a contact: who called or wrote, who asked for it, who proposed it, who invited to it.

use readout_types::{ContactKind, Deprel, Span, Status, Upos};

use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::tree::Tree;

/// Who began a contact.
#[derive(Clone, Copy, Debug)]
pub struct Initiator {
    /// Who.
    pub who: ActorId,
    /// The words that say so.
    pub span: Span,
    /// Whether the text says so in so many words ("at the request of"), or it follows from who called or wrote.
    pub plain: bool,
    /// The contact noun that was asked for, where one is named.
    noun: Option<usize>,
}

impl Initiator {
    /// Whether a sentence that names nobody else can mean the contact of these parties: it speaks of a contact that was
    /// asked for, or whoever asked is of the country of one of them.
    pub fn is_of(&self, document: &Document<'_>, parties: &[ActorId]) -> bool {
        let country = document.cast.country(self.who);
        self.noun.is_some()
            || parties.iter().any(|&p| p == self.who || country.is_some() && document.cast.country(p) == country)
    }
}

/// Verbs whose subject begins the contact that is their object.
const BEGINS: [&str; 7] = ["initiate", "request", "convene", "propose", "suggest", "demand", "seek"];

/// Verbs whose subject would have a contact: it proposes it.
const PROPOSES: [&str; 14] = [
    "propose", "suggest", "offer", "invite", "seek", "request", "ask", "demand", "want", "wish", "like", "urge",
    "push", "float",
];

/// Adjectives of those who propose a contact: "stands ready to meet".
const READY: [&str; 4] = ["ready", "willing", "eager", "keen"];

/// Nouns for what one side does to bring a contact about: the words for the side hang on them.
const ASKS: [&str; 6] = ["initiative", "initiation", "request", "invitation", "behest", "suggestion"];

/// Nouns for a proposal: "Zelenskyy's offer of talks".
const OFFERS: [&str; 7] = ["offer", "proposal", "request", "invitation", "readiness", "willingness", "wish"];

/// Who began a contact that a mention tells of. `named` are those whom the sentence names as asking for one.
pub fn of_mention(
    document: &Document<'_>,
    mention: &ContactMention<'_>,
    named: Option<Initiator>,
    alone: bool,
) -> Option<Initiator> {
    let tree = document.tree(mention.sentence);
    let own = named.filter(|n| alone || n.noun.is_none_or(|noun| noun == mention.token));
    let begins = || {
        let [one] = mention.party[..] else { return None };
        // "Would not disclose who initiated the call": a question, and no answer.
        let asked = |verb: usize| {
            tree.children(verb).any(|c| {
                matches!(tree.lower(c).as_str(), "who" | "whether" | "if")
                    || tree.lower(c) == "side" && tree.children(c).any(|d| tree.lower(d) == "which")
            })
        };
        if mention.light.is_some_and(|l| tree.relation(l).universal() == Deprel::Ccomp && asked(l)) {
            return None;
        }
        let places = mention.kind == ContactKind::Call
            && mention.light.is_some_and(|l| matches!(tree.lemma(l).as_str(), "place" | "make" | "initiate" | "put"));
        // "Reached out to B by telephone", "picks up the phone to B".
        let reaches = mention.kind == ContactKind::Call
            && matches!(mention.pattern.form, readout_rules::Form::Noun)
            && tree.head(mention.token).is_some_and(|h| {
                matches!(tree.lemma(h).as_str(), "reach" | "pick" | "work" | "grab") && tree.upos(h) == Upos::Verb
            });
        (mention.pattern.initiates || places || reaches).then(|| {
            let mut began = by(&tree, one, mention.light.unwrap_or(mention.token), None);
            // With the words for whoever it was, where they stand close by.
            let close = mention.party_tokens.first().filter(|&&t| t < mention.token && mention.token - t <= 8);
            if let Some(&token) = close {
                began.span = began.span.cover(tree.sentence.tokens[token].span);
            }
            began
        })
    };
    own.or_else(|| invited(document, &tree, mention))
        .or_else(|| caller(document, mention))
        .or_else(begins)
        .or_else(|| proposer(document, &tree, mention))
}

fn by(tree: &Tree<'_>, who: ActorId, token: usize, noun: Option<usize>) -> Initiator {
    Initiator { who, span: tree.sentence.tokens[token].span, plain: false, noun }
}

/// Who called or asked for a contact, in so many words: "at the initiative of", "initiated by", "at X's request", "had asked
/// for the conversation", "the call, which was requested by X".
pub fn named(document: &Document<'_>, sentence: usize) -> Option<Initiator> {
    let tree = document.tree(sentence);
    (0..tree.len()).find_map(|token| {
        let (who, at, noun) = asked(document, &tree, sentence, token)
            .map(|(who, at)| (who, at, None))
            .or_else(|| begun(document, &tree, sentence, token))
            .or_else(|| it_was(document, &tree, sentence, token).map(|(who, at)| (who, at, None)))?;
        let span = tree.sentence.tokens[at].span.cover(tree.sentence.tokens[token].span);
        Some(Initiator { who, span, plain: true, noun })
    })
}

/// "At the request of Ankara", "on Japan's initiative", "accepted an invitation from B".
fn asked(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, token: usize) -> Option<(ActorId, usize)> {
    let lemma = tree.lemma(token);
    if !ASKS.contains(&lemma.as_str()) || !matches!(tree.upos(token), Upos::Noun | Upos::Propn) {
        return None;
    }
    let case = tree.case(token);
    let taken = tree.relation(token).universal() == Deprel::Obj
        && lemma == "invitation"
        && tree.head(token).is_some_and(|h| matches!(tree.lemma(h).as_str(), "accept" | "take" | "receive"));
    let fits = match case.as_str() {
        "at" | "on" | "by" | "upon" | "following" => true,
        "" => tree.relation(token).universal() == Deprel::Obl || taken,
        _ => false,
    };
    if !fits {
        return None;
    }
    tree.children(token).find_map(|child| {
        let relation = tree.relation(child);
        let owner = relation == Deprel::NmodPoss
            || relation.universal() == Deprel::Nmod && matches!(tree.case(child).as_str(), "of" | "from" | "by")
            || matches!(relation.universal(), Deprel::Amod | Deprel::Compound);
        let &id = document.actors_at(sentence, child, 0).first().filter(|_| owner)?;
        Some((id, child))
    })
}

/// Nouns for a contact that can be asked for.
fn is_contact(lemma: &str) -> bool {
    matches!(
        lemma,
        "call"
            | "conversation"
            | "meeting"
            | "talk"
            | "talks"
            | "contact"
            | "summit"
            | "session"
            | "discussion"
            | "consultation"
            | "gathering"
            | "exchange"
            | "dinner"
            | "lunch"
            | "meal"
    )
}

/// "Initiated the call", "the meeting requested by B", "the session was convened by B", "had asked for the conversation".
fn begun(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
) -> Option<(ActorId, usize, Option<usize>)> {
    if tree.upos(verb) != Upos::Verb {
        return None;
    }
    let lemma = tree.lemma(verb);
    let for_it = matches!(lemma.as_str(), "ask" | "push" | "press");
    let calls = lemma == "call";
    let asks_to = matches!(lemma.as_str(), "ask" | "invite");
    if !BEGINS.contains(&lemma.as_str()) && !for_it && !calls && !asks_to {
        return None;
    }
    // "Would not disclose who initiated the call"
    if tree.relation(verb).universal() == Deprel::Ccomp && tree.children(verb).any(|c| tree.lower(c) == "who") {
        return None;
    }
    let passive = tree.children(verb).any(|c| matches!(tree.relation(c), Deprel::AuxPass | Deprel::NsubjPass))
        || tree.xpos(verb) == "VBN" && tree.relation(verb) == Deprel::Acl;
    // "The call, which was requested by B", "a meeting requested by B".
    let above = tree.head(verb).filter(|_| tree.relation(verb).universal() == Deprel::Acl);
    let to_which = || tree.children(verb).any(|c| tree.lower(c) == "which" && tree.case(c) == "to");
    let named = tree.children(verb).find(|&c| {
        let relation = tree.relation(c).universal();
        let object = relation == Deprel::Obj && !for_it && !passive && !asks_to && (!calls || fresh(tree, c))
            || tree.relation(c) == Deprel::NsubjPass && !asks_to
            || relation == Deprel::Obl && tree.case(c) == "for" && (for_it || calls) && !passive;
        object && (is_contact(&tree.lemma(c)) || passive && tree.lower(c) == "it")
    });
    // "The call lasted an hour and was initiated by B": what is shared with the verb before.
    let shared = || {
        let subject = *tree.subjects(verb).first()?;
        let own = tree.children(verb).any(|c| tree.relation(c) == Deprel::NsubjPass);
        (passive && !own && !asks_to && (is_contact(&tree.lemma(subject)) || tree.lower(subject) == "it"))
            .then_some(subject)
    };
    let noun = named.or_else(shared).or_else(|| {
        let noun = above.filter(|&h| is_contact(&tree.lemma(h)))?;
        (passive && !asks_to || asks_to && to_which()).then_some(noun)
    })?;
    let who: Vec<usize> = if passive {
        tree.children(verb).filter(|&c| tree.relation(c).universal() == Deprel::Obl && tree.case(c) == "by").collect()
    } else {
        tree.subjects(verb)
    };
    let (id, at) = who.into_iter().find_map(|at| match document.actors_with_coordination(sentence, at)[..] {
        [one] => Some((one, at)),
        _ => None,
    })?;
    // "B, who requested the meeting, sat down with C": the meeting is the one the sentence tells of.
    let told_of = tree.relation(verb) == Deprel::AclRelcl && above != Some(noun) || tree.lower(noun) == "it";
    Some((id, at, (!told_of).then_some(noun)))
}

/// "Called a meeting", not "called the meeting productive".
fn fresh(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children(noun).any(|c| matches!(tree.lower(c).as_str(), "a" | "an" | "another"))
        && tree.head(noun).is_some_and(|v| tree.children(v).all(|c| tree.relation(c).universal() != Deprel::Xcomp))
}

/// "It was the Ukrainian who had called", "it was Kyiv that asked for it".
fn it_was(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> Option<(ActorId, usize)> {
    let calls = matches!(tree.lemma(verb).as_str(), "call" | "phone" | "telephone" | "ring" | "initiate" | "request")
        && tree.upos(verb) == Upos::Verb
        && tree.relation(verb) == Deprel::AclRelcl;
    let who = tree.head(verb).filter(|_| calls)?;
    let cleft = tree.children(who).any(|c| tree.relation(c) == Deprel::Cop)
        && tree.children(who).any(|c| tree.lower(c) == "it" && c < who);
    let object = tree.children(verb).any(|c| tree.relation(c) == Deprel::Obj && !is_contact(&tree.lemma(c)));
    let &id = document.actors_at(sentence, who, 0).first().filter(|_| cleft && !object)?;
    // "The Ukrainian": the person of that country last named.
    let person = document
        .mentions_before(sentence, who)
        .take_while(|m| sentence - m.sentence <= 4 && tree.xpos(who) != "NNP")
        .find_map(|m| match m.referent {
            Referent::Actor(p)
                if document.cast.is_person(p) && document.cast.country(p) == document.cast.country(id) =>
            {
                Some(p)
            }
            _ => None,
        });
    Some((person.unwrap_or(id), who))
}

/// "B invited C to Ankara", "C has been invited by B": B.
fn invited(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> Option<Initiator> {
    let invites = |t: usize| tree.lemma(t) == "invite" && tree.upos(t) == Upos::Verb;
    let verb = std::iter::once(mention.token)
        .chain(mention.light)
        .chain(mention.status_token.filter(|&t| t < tree.len()))
        .chain(tree.head(mention.token))
        .find(|&t| invites(t))?;
    subject_of(document, tree, mention.sentence, verb).map(|who| by(tree, who, verb, None))
}

/// The one subject of a verb, in the passive the one agent.
fn subject_of(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> Option<ActorId> {
    let passive = tree.children(verb).any(|c| matches!(tree.relation(c), Deprel::AuxPass | Deprel::NsubjPass))
        || tree.xpos(verb) == "VBN" && tree.relation(verb) == Deprel::Acl;
    let who: Vec<usize> =
        if passive { tree.children(verb).filter(|&c| tree.case(c) == "by").collect() } else { tree.subjects(verb) };
    let [at] = who[..] else { return None };
    match document.actors_with_coordination(sentence, at)[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Who proposed what is only proposed: the subject of "offered to meet", of "is ready to talk"; whose offer it is.
fn proposer(document: &Document<'_>, tree: &Tree<'_>, mention: &ContactMention<'_>) -> Option<Initiator> {
    let at = mention.status_token.filter(|&t| t < tree.len() && mention.status == Status::Proposed)?;
    let lemma = tree.lemma(at);
    let verb = tree.upos(at) == Upos::Verb && PROPOSES.contains(&lemma.as_str());
    let ready = tree.upos(at) == Upos::Adj && READY.contains(&lemma.as_str());
    if verb || ready {
        return subject_of(document, tree, mention.sentence, at).map(|who| by(tree, who, at, None));
    }
    if tree.upos(at) != Upos::Noun || !OFFERS.contains(&lemma.as_str()) {
        return None;
    }
    let owner = tree.children(at).find_map(|c| {
        let owns = tree.relation(c) == Deprel::NmodPoss
            || matches!(tree.relation(c).universal(), Deprel::Amod | Deprel::Compound)
            || tree.relation(c).universal() == Deprel::Nmod && matches!(tree.case(c).as_str(), "from" | "by");
        document.actors_at(mention.sentence, c, 0).first().copied().filter(|_| owns)
    });
    owner.map(|who| by(tree, who, at, None))
}

/// Who called, in "received a call from B", "took a call on Sunday from B".
fn caller(document: &Document<'_>, mention: &ContactMention<'_>) -> Option<Initiator> {
    if !matches!(mention.kind, ContactKind::Call | ContactKind::Message) {
        return None;
    }
    let tree = document.tree(mention.sentence);
    let until = (mention.token + 7).min(tree.len());
    let behind = (mention.token + 1..until)
        .take_while(|&t| !matches!(tree.upos(t), Upos::Verb | Upos::Punct))
        .filter(|&t| tree.word(t).eq_ignore_ascii_case("from"))
        .map(|t| t + 1)
        .filter(|&t| t < tree.len());
    // "Had heard from B that it was over": what was said, in a call that either may have begun.
    let hears = tree.lemma(mention.token) == "hear"
        && (tree.children(mention.token).any(|c| matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Ccomp))
            || tree.relation(mention.token).universal() == Deprel::Acl
            || (mention.token..tree.len()).any(|t| tree.lower(t) == "that"));
    if hears {
        return None;
    }
    std::iter::once(mention.token)
        .chain(mention.light)
        .flat_map(|t| tree.children(t).collect::<Vec<_>>())
        .filter(|&c| tree.case(c) == "from")
        .chain(behind)
        .find_map(|c| {
            let id = *document.actors_at(mention.sentence, c, 0).first()?;
            mention.other.contains(&id).then(|| by(&tree, id, c, None))
        })
}

/// The one of several that the report takes: who is named in so many words comes before who called; for a state, the person
/// who called for it, where another sentence has one.
pub fn chosen(document: &Document<'_>, all: &[Initiator]) -> Option<Initiator> {
    let first = all.iter().find(|i| i.plain).or(all.first())?;
    let person = all.iter().find(|i| {
        !document.cast.is_person(first.who)
            && document.cast.is_person(i.who)
            && document.cast.country(i.who).is_some()
            && document.cast.country(i.who) == document.cast.country(first.who)
    });
    Some(person.map_or(*first, |p| Initiator { who: p.who, ..*first }))
}
