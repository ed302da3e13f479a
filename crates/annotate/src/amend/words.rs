//! Owns the tags that grammar decides: particles of phrasal verbs, ordinals, nouns that look like gerunds.

use readout_types::{Deprel, NameKind, Upos};

use super::Arcs;

/// Verbs that take an object over a particle, with the particle: "called off the meeting".
const PHRASAL: &[(&str, &[&str])] = &[
    ("call", &["off", "up"]),
    ("put", &["off", "down"]),
    ("set", &["up", "out", "aside"]),
    ("break", &["off", "up"]),
    ("carry", &["out"]),
    ("bring", &["up"]),
    ("pick", &["up"]),
    ("rule", &["out"]),
    ("point", &["out"]),
    ("turn", &["down"]),
    ("wrap", &["up"]),
    ("draw", &["up"]),
    ("kick", &["off"]),
    ("cut", &["off", "short"]),
    ("work", &["out"]),
    ("sort", &["out"]),
    ("spell", &["out"]),
    ("take", &["up"]),
    ("lay", &["out"]),
    ("shrug", &["off"]),
];

/// A preposition behind such a verb is its particle, and the noun behind it the object.
pub(super) fn particles(tree: &mut Arcs<'_>) {
    for verb in 0..tree.len().saturating_sub(2) {
        if tree.upos(verb) != Upos::Verb {
            continue;
        }
        let particle = verb + 1;
        let lemma = tree.lemma(verb);
        let Some((_, particles)) = PHRASAL.iter().find(|(v, _)| *v == lemma) else { continue };
        if !particles.contains(&tree.lower(particle).as_str()) || tree.relation(particle) == Deprel::CompoundPrt {
            continue;
        }
        let noun = tree.head(particle).filter(|&n| n > particle && tree.relation(particle) == Deprel::Case);
        if !tree.attach(particle, verb, Deprel::CompoundPrt) {
            continue;
        }
        tree.retag(particle, Upos::Adp, "RP");
        if let Some(noun) = noun
            && tree.head(noun) == Some(verb)
            && tree.relation(noun) == Deprel::Obl
            && tree.preposition(noun).is_none()
            && tree.child(verb, |r| r == Deprel::Obj).is_none()
        {
            tree.attach(noun, verb, Deprel::Obj);
        }
    }
}

/// A day's name alone behind a verb says when, and is not what is done: "are due to meet Friday".
pub(super) fn days(tree: &mut Arcs<'_>) {
    for day in 1..tree.len() {
        let lower = tree.lower(day);
        let named = DAYS.contains(&lower.as_str()) && tree.children(day).iter().all(|&c| tree.upos(c) == Upos::Punct);
        if tree.relation(day) == Deprel::Obj
            && named
            && let Some(verb) = tree.head(day).filter(|&v| v < day && !TAKES_DAYS.contains(&tree.lemma(v).as_str()))
        {
            tree.attach(day, verb, Deprel::OblUnmarked);
        }
    }
}

const DAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "yesterday"];

/// Verbs of which a day can be the object.
const TAKES_DAYS: &[&str] =
    &["set", "name", "propose", "suggest", "choose", "spend", "mark", "celebrate", "say", "call"];

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// "the sixth publicly known conversation": the ordinal counts the noun, whatever stands between.
pub(super) fn ordinals(tree: &mut Arcs<'_>) {
    for i in 1..tree.len().saturating_sub(1) {
        if !matches!(tree.upos(i), Upos::Adv | Upos::Adj)
            || !ORDINALS.contains(&tree.lower(i).as_str())
            || !matches!(tree.relation(i), Deprel::Advmod | Deprel::Amod)
            || !matches!(tree.upos(i - 1), Upos::Det | Upos::Pron)
        {
            continue;
        }
        let noun = (i + 1..tree.len().min(i + 5))
            .take_while(|&j| {
                matches!(tree.upos(j), Upos::Adv | Upos::Adj | Upos::Noun | Upos::Propn)
                    || matches!(tree.xpos(j), "VBN" | "VBG")
            })
            .find(|&j| tree.is_noun(j) && !tree.is_compound(j));
        if let Some(noun) = noun
            && tree.head(i) != Some(noun)
            && tree.attach(i, noun, Deprel::Amod)
        {
            tree.retag(i, Upos::Adj, "JJ");
        }
    }
}

impl Arcs<'_> {
    fn is_compound(&self, i: usize) -> bool {
        self.relation(i) == Deprel::Compound && self.head(i).is_some_and(|h| h > i)
    }
}

/// Verbs whose object a meeting is: "cancels meeting with" does not say that anybody cancels and meets.
const ARRANGING: &[&str] = &[
    "cancel", "hold", "schedule", "postpone", "host", "attend", "skip", "announce", "chair", "arrange", "set",
    "convene", "delay", "confirm", "request", "end", "begin", "conclude",
];

/// "Obama cancels meeting with Duterte".
pub(super) fn meetings_of_headlines(tree: &mut Arcs<'_>) {
    for meeting in 1..tree.len() {
        let verb = meeting - 1;
        if tree.xpos(meeting) != "VBG"
            || tree.lower(meeting) != "meeting"
            || tree.head(meeting) != Some(verb)
            || tree.relation(meeting) != Deprel::Xcomp
            || !ARRANGING.contains(&tree.lemma(verb).as_str())
            || tree.child(meeting, |r| r == Deprel::Obj).is_some()
        {
            continue;
        }
        tree.retag(meeting, Upos::Noun, "NN");
        tree.set_lemma(meeting, "meeting");
        tree.attach(meeting, verb, Deprel::Obj);
        for child in tree.children(meeting) {
            let with = tree.preposition(child).is_some_and(|p| matches!(tree.lower(p).as_str(), "with" | "between"));
            if tree.relation(child) == Deprel::Obl {
                if with {
                    tree.attach(child, meeting, Deprel::Nmod);
                } else {
                    tree.attach(child, verb, Deprel::Obl);
                }
            }
        }
    }
}

/// Verbs of headlines whose third person looks like a plural noun.
const BETWEEN_NAMES: &[&str] = &[
    "rings", "calls", "meets", "visits", "hosts", "phones", "tells", "greets", "thanks", "backs", "presses", "urges",
    "warns", "slams", "welcomes", "receives", "courts", "praises", "snubs", "woos", "lobbies",
];

/// "Putin rings Trump": what stands between two persons is a verb.
pub(super) fn verbs_of_headlines(tree: &mut Arcs<'_>) {
    for verb in 1..tree.len().saturating_sub(1) {
        if tree.xpos(verb) != "NNS" || !BETWEEN_NAMES.contains(&tree.lower(verb).as_str()) {
            continue;
        }
        let person = |n: &&(usize, usize, NameKind)| n.2 == NameKind::Person;
        let left = tree.names.iter().filter(person).find(|n| n.1 == verb).map(|n| n.0);
        let right = tree.names.iter().filter(person).find(|n| n.0 == verb + 1).map(|n| n.0);
        let (Some(left), Some(right)) = (left, right) else { continue };
        // The three make one group: whichever of them leads it gives its place to the verb.
        let group = [left, verb, right];
        let Some(&top) = group.iter().find(|&&i| tree.head(i).is_none_or(|h| !group.contains(&h))) else { continue };
        if group.iter().filter(|&&i| tree.head(i).is_none_or(|h| !group.contains(&h))).count() > 1 {
            continue;
        }
        let (head, relation) = (tree.tokens[top].head, tree.tokens[top].deprel);
        for other in [left, right] {
            tree.tokens[other].head = Some(verb as u32);
        }
        tree.tokens[left].deprel = Deprel::Nsubj;
        tree.tokens[right].deprel = Deprel::Obj;
        tree.tokens[verb].head = head;
        tree.tokens[verb].deprel = relation;
        tree.retag(verb, Upos::Verb, "VBZ");
        let lemma = tree.lower(verb);
        let lemma =
            lemma.strip_suffix("ses").map(|l| format!("{l}s")).unwrap_or_else(|| match lemma.strip_suffix("ies") {
                Some(l) => format!("{l}y"),
                None => lemma.trim_end_matches('s').to_owned(),
            });
        tree.set_lemma(verb, &lemma);
    }
}

/// "the two called European leaders": behind a bare number a participle is a verb, where the clause has no other.
pub(super) fn verbs_behind_numbers(tree: &mut Arcs<'_>) {
    for verb in 2..tree.len().saturating_sub(1) {
        let number = verb - 1;
        if !matches!(tree.xpos(verb), "VBN" | "VBD")
            || tree.relation(verb) != Deprel::Amod
            || tree.upos(number) != Upos::Num
            || tree.upos(number - 1) != Upos::Det
        {
            continue;
        }
        let Some(noun) = tree.head(verb).filter(|&n| n > verb) else { continue };
        let Some(clause) = tree.head(noun) else { continue };
        if !tree.is_subject(noun)
            || tree.head(number) != Some(noun)
            || matches!(tree.upos(clause), Upos::Verb | Upos::Aux)
            || tree.child(clause, |r| r == Deprel::Cop).is_some()
        {
            continue;
        }
        let above = tree.children(clause);
        tree.succeed(clause, verb, Deprel::Advmod);
        tree.tokens[noun].head = Some(verb as u32);
        tree.tokens[noun].deprel = Deprel::Obj;
        for child in above {
            if child > noun && child != verb {
                tree.hand_on(child, verb);
            }
        }
        for child in tree.children(noun) {
            if child < number {
                tree.tokens[child].head = Some(number as u32);
            }
        }
        tree.tokens[number].head = Some(verb as u32);
        tree.tokens[number].deprel = Deprel::Nsubj;
        tree.retag(verb, Upos::Verb, "VBD");
    }
}

/// "for Russia-Ukraine talks": two names that a hyphen glues describe the noun behind them.
pub(super) fn glued_names(tree: &mut Arcs<'_>) {
    for hyphen in 1..tree.len().saturating_sub(2) {
        let (left, right, noun) = (hyphen - 1, hyphen + 1, hyphen + 2);
        let glued = tree.tokens[left].span.end == tree.tokens[hyphen].span.start
            && tree.tokens[hyphen].span.end == tree.tokens[right].span.start;
        if !glued
            || !matches!(tree.lower(hyphen).as_str(), "-" | "–")
            || tree.upos(left) != Upos::Propn
            || tree.upos(right) != Upos::Propn
        {
            continue;
        }
        tree.retag(hyphen, Upos::Punct, "HYPH");
        let verb = tree.xpos(noun) == "VBZ" && tree.head(right) == Some(noun);
        let Some(case) = tree.preposition(left).filter(|&c| c < left && verb) else { continue };
        let Some(head) = tree.head(left) else { continue };
        let relation = tree.relation(left);
        if head != noun {
            tree.attach(noun, head, relation);
        } else {
            tree.tokens[noun].deprel = Deprel::Obl;
        }
        tree.retag(noun, Upos::Noun, "NNS");
        for name in [left, right] {
            tree.attach(name, noun, Deprel::Compound);
        }
        tree.attach(hyphen, left, Deprel::Punct);
        tree.attach(case, noun, Deprel::Case);
    }
}

/// "to ring the Kremlin": behind the mark *to* stands an infinitive, whatever its ending.
pub(super) fn infinitives(tree: &mut Arcs<'_>) {
    for verb in 1..tree.len() {
        if tree.xpos(verb) == "VBG"
            && tree.xpos(verb - 1) == "TO"
            && tree.head(verb - 1) == Some(verb)
            && matches!(tree.lower(verb).as_str(), "ring" | "bring" | "sing" | "swing" | "spring" | "string" | "cling")
        {
            let lemma = tree.lower(verb);
            tree.retag(verb, Upos::Verb, "VB");
            tree.set_lemma(verb, &lemma);
        }
    }
}

/// "a conversation with US President Ann Lee": a noun before another belongs to that, not to what stands before the preposition.
pub(super) fn compounds_behind_prepositions(tree: &mut Arcs<'_>) {
    for noun in 2..tree.len().saturating_sub(1) {
        if tree.relation(noun) != Deprel::Compound || !tree.is_noun(noun + 1) {
            continue;
        }
        let Some(head) = tree.head(noun).filter(|&h| h + 1 < noun) else { continue };
        if (head + 1..noun).any(|i| tree.relation(i) == Deprel::Case) {
            tree.attach(noun, noun + 1, Deprel::Compound);
        }
    }
}

/// "addressed the G7 by video link": what stands before the preposition of a noun is no part of that noun, but the object.
pub(super) fn compounds_before_prepositions(tree: &mut Arcs<'_>) {
    for noun in 1..tree.len() {
        let Some(of) = tree.head(noun).filter(|&h| tree.relation(noun) == Deprel::Compound && noun < h) else {
            continue;
        };
        let Some(case) = tree.preposition(of).filter(|&c| noun < c && c < of) else { continue };
        let Some(verb) = tree.head(of).filter(|&v| v < noun && tree.upos(v) == Upos::Verb) else { continue };
        if tree.child(verb, |r| r == Deprel::Obj).is_some() || !tree.attach(noun, verb, Deprel::Obj) {
            continue;
        }
        for child in tree.children(of).into_iter().filter(|&c| c < case) {
            tree.hand_on(child, if child < noun { noun } else { verb });
        }
    }
}
