//! Owns who travels on a state's behalf: cars, companies, refugees and holidaymakers that come to a country visit nobody.

use readout_types::{ActorKind, Deprel, Upos};

use crate::actors::ActorId;
use crate::resolve::Document;
use crate::tree::Tree;

/// Nouns and verbs of the purpose that brings a state, as its people, to another: "the Russians came for talks".
const BUSINESS: [&str; 15] = [
    "talk",
    "talks",
    "meeting",
    "negotiation",
    "summit",
    "consultation",
    "round",
    "discussion",
    "conference",
    "negotiate",
    "discuss",
    "meet",
    "sign",
    "confer",
    "mediate",
];

/// What carries a traveller: "his plane landed in Baku", "Air Force One touched down in Tokyo".
const VEHICLES: [&str; 10] =
    ["plane", "jet", "aircraft", "airplane", "flight", "train", "motorcade", "convoy", "helicopter", "force"];

/// Territories and the states they belong to, by code: who goes there from that state stays at home.
const DEPENDENT: [(&str, &str); 19] = [
    ("PR", "US"),
    ("GU", "US"),
    ("HK", "CN"),
    ("MO", "CN"),
    ("GL", "DK"),
    ("FO", "DK"),
    ("GI", "GB"),
    ("BM", "GB"),
    ("FK", "GB"),
    ("KY", "GB"),
    ("VG", "GB"),
    ("XI", "GB"),
    ("XQ", "GB"),
    ("NC", "FR"),
    ("PF", "FR"),
    ("AW", "NL"),
    ("CW", "NL"),
    ("XC", "ES"),
    ("CK", "NZ"),
];

/// Whether a country is that of an actor, or a territory of it.
pub(crate) fn at_home(document: &Document<'_>, actor: ActorId, goal: ActorId) -> bool {
    let (own, there) = (document.cast.country(actor), document.cast.country(goal));
    own == there || DEPENDENT.iter().any(|&(part, whole)| there == Some(part) && own == Some(whole))
}

/// Whether the sentence speaks of a journey that is nobody's errand: "when it comes to Israel", "a tourist visiting Lisbon".
pub(crate) fn private(document: &Document<'_>, tree: &Tree<'_>, sentence: usize, verb: usize) -> bool {
    let impersonal = tree.lemma(verb) == "come" && tree.subjects(verb).into_iter().any(|s| tree.lower(s) == "it");
    let leisure = tree.children(verb).any(|c| {
        matches!(tree.lemma(c).as_str(), "vacation" | "holiday" | "honeymoon" | "pilgrimage" | "refugee" | "tourist")
    });
    // "A dentist visiting Lisbon": the noun is no office and no side.
    let modified = tree.head(verb).filter(|&h| {
        tree.relation(verb).universal() == Deprel::Acl
            && h < verb
            && tree.upos(h) == Upos::Noun
            && tree.xpos(verb) == "VBG"
    });
    let layman = modified.is_some_and(|h| {
        document.mention_at(sentence, h).is_none()
            && !document.knowledge.cues.has("side", &tree.lemma(h))
            && tree.xpos(h) == "NN"
            && !VEHICLES.contains(&tree.lemma(h).as_str())
    });
    impersonal || leisure || layman
}

/// Whether an actor that the parties of a verb of travel were found to be is the one who travels: the subject itself, a
/// person or a side, not a word beside the subject ("the cars that Mexico builds come to Texas").
pub(crate) fn travels(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
    actor: ActorId,
    tokens: &[usize],
) -> bool {
    let stands = tokens.iter().copied().find(|&t| document.actors_with_coordination(sentence, t).contains(&actor));
    let Some(at) = stands else { return true };
    let subjects = tree.subjects(verb);
    let own = subjects.iter().any(|&s| s == at || tree.ancestors(at).contains(&s) || tree.coordinated(s).contains(&at));
    if document.cast.get(actor).actor.kind != ActorKind::State {
        // "Ford is coming to Spain": the subject is another, whom no table knows.
        let other = subjects.first().is_some_and(|&s| {
            s < verb
                && matches!(tree.upos(s), Upos::Propn | Upos::Noun)
                && document.mention_at(sentence, s).is_none()
                && !VEHICLES.contains(&tree.lemma(s).as_str())
                && !document.knowledge.cues.has("side", &tree.lemma(s))
        });
        // "Made him the first leader to visit Cairo"
        let object = matches!(tree.relation(at).universal(), Deprel::Obj | Deprel::Iobj)
            && tree.head(at).is_some_and(|h| tree.head(verb) == Some(h));
        return own || object || !other;
    }
    if subjects.is_empty() {
        return true;
    }
    if !own {
        return false;
    }
    let mut top = at;
    while let Some(head) = tree.head(top).filter(|&h| {
        matches!(
            tree.relation(top).universal(),
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::Flat
        ) && matches!(tree.upos(h), Upos::Noun | Upos::Propn)
    }) {
        top = head;
    }
    let side = |t: usize| {
        let lemma = tree.lemma(t);
        let cues = &document.knowledge.cues;
        cues.has("side", &lemma) || cues.has("aides", &lemma)
    };
    let Some(mention) = document.mention_at(sentence, at) else { return side(at) };
    let words = mention.first..mention.end;
    // "Taiwan's deputy foreign minister", not "Taiwan" or "the Taiwanese".
    let named = mention.span.of(&document.annotated.document.text);
    let named = named.strip_prefix("the ").or(named.strip_prefix("The ")).unwrap_or(named);
    let country = document.cast.country(actor).and_then(|code| document.knowledge.table.country(code));
    let state = country.is_some_and(|c| {
        let names = c.aliases.iter().chain(&c.demonyms).chain(&c.metonyms).chain(&c.capital);
        std::iter::once(&c.name).chain(names).any(|n| n.replace('.', "").eq_ignore_ascii_case(&named.replace('.', "")))
    });
    let office = words.len() > 1 && !state;
    if office && words.contains(&top) || !words.contains(&top) && side(top) {
        return true;
    }
    // Otherwise the state itself, or its people: on business only.
    words.contains(&top) && (verb + 1..tree.len()).any(|t| BUSINESS.contains(&tree.lemma(t).as_str()))
}
