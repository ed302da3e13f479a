//! Owns contact mentions: a trigger word in a sentence with the parties its pattern leads to and the status its clause gives.

use readout_rules::{Form, Pattern, Step};
use readout_types::{ActorKind, BlockKind, ContactKind, Deprel, Interval, Status, Upos};

use crate::actors::ActorId;
use crate::ellipsis;
use crate::goals;
use crate::headlines;
use crate::kinds::refine;
use crate::mentions::Referent;
use crate::nearby;
use crate::parties::{
    after_preposition, before_verb, brought_together, clause_party, collect, guests_or_hosts, people_of, possessor,
    subject_together, to_others,
};
use crate::resolve::Document;
use crate::seats;
use crate::status::{self, Verdict};
use crate::travellers;
use crate::tree::Tree;
use crate::triggers::{
    agent_of_active, asks, at_play, came_after, comes_beside, first_time, forbidden, names_patient, near, passive,
    placed, reported, spoken_by, talked_of, told_by,
};

/// A place in the text that speaks of a contact.
#[derive(Clone, Debug)]
pub struct ContactMention<'k> {
    /// Index of the sentence.
    pub sentence: usize,
    /// The trigger.
    pub token: usize,
    /// Where it stands for times: the trigger, or the words by which a further contact hangs on it.
    pub at: usize,
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
    /// `had met`: before what the text has just told.
    pub pluperfect: bool,
    /// `again`, `next`, `another`, `second`: another contact than the one in hand.
    pub further: bool,
    /// The country a visit goes to.
    pub destination: Option<ActorId>,
    /// The countries of a journey to several, each with its token; empty for a journey to one.
    pub goals: Vec<(usize, ActorId)>,
    /// `phone` or `video`.
    pub medium: Option<String>,
    /// Days, filled in by the time stage.
    pub interval: Interval,
    /// Whether it stands in a title.
    pub title: bool,
}

impl<'k> ContactMention<'k> {
    /// A mention of a pattern at a token, of which nothing more is known: of the pattern's kind, without parties.
    pub(crate) fn at(sentence: usize, token: usize, pattern: &'k Pattern, status: Status) -> Self {
        ContactMention {
            sentence,
            token,
            at: token,
            light: None,
            pattern,
            kind: pattern.kind,
            status,
            soft: false,
            status_token: None,
            party: Vec::new(),
            other: Vec::new(),
            party_tokens: Vec::new(),
            plural: false,
            definite: false,
            prior: false,
            pluperfect: false,
            further: false,
            destination: None,
            goals: Vec::new(),
            medium: None,
            interval: Interval::UNKNOWN,
            title: false,
        }
    }
}

/// A sentence of more words is a table or a list, not prose, and is not searched for contacts.
const LONGEST: usize = 400;

/// Finds the contact mentions of a sentence.
pub fn in_sentence<'a>(document: &Document<'a>, sentence: usize) -> Vec<ContactMention<'a>> {
    let tree = document.tree(sentence);
    if !tree.sentence.parsed || tree.len() > LONGEST || asks(&tree) {
        return Vec::new();
    }
    let block = document.annotated.document.blocks.get(tree.sentence.block as usize).map(|b| b.kind);
    let mut out: Vec<ContactMention<'a>> = Vec::new();
    for token in 0..tree.len() {
        let upos = tree.upos(token);
        // The lemma of irregular forms is looked up: taggers stumble over "spoke" and "rung".
        let irregular = document.knowledge.irregular.get(&tree.word(token).to_lowercase());
        let headline = headlines::verb(document, &tree, sentence, token, block);
        let irregular = irregular.or(headline);
        let lemma = irregular.cloned().unwrap_or_else(|| tree.lemma(token));
        let longer = format!("{lemma}e");
        let lemma = if document.knowledge.patterns.by_lemma(&lemma).next().is_none()
            && document.knowledge.patterns.by_lemma(&longer).next().is_some()
            && upos == Upos::Verb
        {
            longer
        } else {
            lemma
        };
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
    let headline = matches!(block, Some(BlockKind::Title | BlockKind::Heading | BlockKind::Caption));
    let seated = seats::presence(document, &tree, sentence, &out, headline);
    out.extend(seated);
    let away = seats::abroad(document, &tree, sentence, &out);
    out.extend(away);
    let further: Vec<ContactMention<'a>> =
        out.iter().flat_map(|m| nearby::repeated(document, &tree, m, &out)).collect();
    out.extend(further);
    nearby::drop_occasions(document, &tree, &mut out);
    if out.is_empty() {
        out.extend(ellipsis::one_of_several(document, sentence));
    }
    out.sort_by_key(|m| m.at);
    if out.is_empty() && block == Some(BlockKind::Caption) {
        out.extend(headlines::caption(document, &tree, sentence));
    }
    out
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
    let title = matches!(block, Some(BlockKind::Title | BlockKind::Heading));
    let headline = title || block == Some(BlockKind::Caption);
    let mut verdict: Verdict = match pattern.form {
        Form::Verb => status::of_verb(tree, token, headline, cues),
        Form::Noun => status::of_noun(tree, token, headline, cues),
    };
    if verdict.status == Some(Status::Held)
        && let Some(status) = pattern.status
    {
        verdict = Verdict { status: Some(status), soft: false, because: Some(token) };
    }
    if pattern.status == Some(Status::Planned) && status::now(tree, token) {
        // "Is expected in Serbia on Tuesday": not the last one.
        verdict.soft = false;
    }
    if title
        && pattern.form == Form::Verb
        && let Some((status, to)) = headlines::ahead(document, tree, sentence, token)
    {
        verdict = Verdict { status: Some(status), soft: false, because: Some(to) };
    }
    if title
        && pattern.form == Form::Noun
        && let Some(word) = (token.saturating_sub(3)..token).find(|&t| cues.has("cancelled", &tree.lemma(t)))
    {
        verdict = Verdict { status: Some(Status::Cancelled), soft: false, because: Some(word) };
    }
    // "She stops in Britain before going home": the present of a timetable.
    let timetable = pattern.place
        && pattern.form == Form::Verb
        && !headline
        && verdict.soft
        && verdict.status == Some(Status::Held)
        && matches!(tree.xpos(token), "VBZ" | "VBP")
        && matches!(tree.relation(token).universal(), Deprel::Root | Deprel::Conj);
    if timetable {
        verdict = Verdict { status: Some(Status::Planned), soft: true, because: Some(token) };
    }
    let decided = verdict.status?;
    let light = if pattern.form == Form::Noun { tree.light_verb(token, cues) } else { None };
    let holds = |v: usize| matches!(tree.lemma(v).as_str(), "hold" | "have" | "host" | "conduct" | "convene");
    if pattern.light && !light.is_some_and(holds) && !comes_beside(tree, token) && !came_after(tree, token) {
        return None;
    }
    let mut party_tokens = Vec::new();
    let both = collect(document, tree, sentence, token, &pattern.both, pattern.form, &mut party_tokens);
    let mut party = if both.len() >= 2 {
        Vec::new()
    } else {
        let paths = pattern.party.iter().filter(|p| !agent_of_active(tree, token, pattern.form, p));
        collect(document, tree, sentence, token, paths, pattern.form, &mut party_tokens)
    };
    let mut other = collect(document, tree, sentence, token, &pattern.other, pattern.form, &mut party_tokens);
    // "A meeting of their teams": the sides, not those who agreed on it.
    let teams = tree.children(token).any(|c| {
        document
            .mention_at(sentence, c)
            .is_some_and(|m| m.referent == Referent::Together { people: false } && m.end - m.first > 1)
    });
    let mut both =
        if teams { both } else { people_of(document, tree, sentence, token, pattern, both, &mut party_tokens) };
    if both.len() < 2 && pattern.form == Form::Noun && !pattern.both.is_empty() {
        let mut pair = nearby::hyphened(document, tree, sentence, token, &mut party_tokens);
        if pair.len() != 2 {
            pair = nearby::with_visitor(document, sentence, token, &mut party_tokens);
        }
        if pair.len() != 2 {
            pair = nearby::first_between(document, tree, sentence, token, &mut party_tokens);
        }
        if pair.len() >= 2 {
            both = pair;
        }
    }
    let patient = pattern.form == Form::Verb && passive(tree, token) && pattern.other.iter().any(names_patient);
    if patient {
        // "was received by B": the subject is who was received.
        let agents = pattern.party.iter().filter(|p| !matches!(p.0.first(), Some(Step::Subject)));
        party = collect(document, tree, sentence, token, agents, pattern.form, &mut party_tokens);
        if party.is_empty()
            && let Some((host, at)) = seats::host(document, tree, sentence, token)
        {
            party = vec![host];
            party_tokens.push(at);
        }
    }
    if both.len() >= 2 {
        // "the Trump-Putin call", "talks between A and B": both sides in one.
        party = vec![both[0]];
        let rest: Vec<ActorId> = both[1..].iter().copied().filter(|a| !party.contains(a)).collect();
        other = rest.into_iter().chain(other.into_iter().filter(|a| !both.contains(a))).collect();
    } else if let Some(&one) = {
        // Alone, only what modifies the noun itself is a side; the subject of a clause about it is not.
        let direct = pattern.both.iter().filter(|p| matches!(p.0[..], [Step::Down(ref r, _)] if r != "nsubj"));
        collect(document, tree, sentence, token, direct, pattern.form, &mut Vec::new())
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
        let (found, all) = after_preposition(document, tree, sentence, token, pattern, &mut party_tokens);
        other = found;
        if all && party.is_empty() && other.len() >= 2 {
            party = vec![other.remove(0)];
        }
    }
    let governing = if pattern.form == Form::Verb {
        Some(token)
    } else {
        tree.head(token).filter(|&h| pattern.weak && tree.upos(h) == Upos::Verb)
    };
    if let Some(verb) = governing.filter(|_| other.is_empty()) {
        other = nearby::whom_before(document, tree, sentence, verb, &mut party_tokens);
        party.retain(|p| !other.contains(p));
    }
    if pattern.form == Form::Noun
        && pattern.weak
        && party.len() >= 2
        && governing
            .is_some_and(|v| matches!(tree.lemma(v).as_str(), "discuss" | "debate" | "review" | "consider" | "address"))
    {
        // "would discuss Syria by phone"
        other.retain(|&a| document.cast.is_person(a));
    }
    if pattern.lemmas.iter().any(|l| l == "join") {
        // Organisations and coalitions are joined, too.
        other.retain(|&a| document.cast.is_person(a));
    }
    if pattern.form == Form::Verb && spoken_by(document, tree, sentence, token, &party_tokens) {
        // "A and B spoke by phone, C said": C says so.
        party_tokens.clear();
        party.clear();
    }
    let beside = pattern.form == Form::Noun && pattern.weak && light.is_none() && !other.is_empty();
    if pattern.form == Form::Noun
        && party.is_empty()
        && other.is_empty()
        && tree.case(token) == "in"
        && let Some(be) = tree.children(token).find(|&c| tree.relation(c) == Deprel::Cop)
    {
        // "A and B were in conversation again"
        party = before_verb(document, tree, sentence, be, &[], &mut party_tokens);
    }
    if pattern.form == Form::Verb && !patient {
        if let Some((at, subject)) = nearby::who_before(document, tree, sentence, token)
            && party.iter().all(|p| !subject.contains(p))
        {
            party = subject;
            party_tokens.insert(0, at);
            other.retain(|o| !party.contains(o));
        }
        if party.is_empty() {
            party = nearby::for_subject(document, tree, sentence, token, &mut party_tokens);
        }
        let opens = (0..token).all(|t| matches!(tree.upos(t), Upos::Punct | Upos::Sym));
        if party.is_empty() && opens && tree.xpos(token) == "VBD" {
            party = nearby::who_says_it(document, tree, sentence, token, &mut party_tokens);
        }
        if let Some((at, subject)) = nearby::resumed_subject(document, tree, sentence, token)
            && party_tokens.first().is_none_or(|&p| p > at)
            && !subject.is_empty()
        {
            party = subject;
            party_tokens.insert(0, at);
            other.retain(|o| !party.contains(o));
        }
    }
    if (pattern.form == Form::Verb && !patient || beside) && party.is_empty() {
        party = before_verb(document, tree, sentence, token, &other, &mut party_tokens);
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
    if pattern.form == Form::Noun
        && party.is_empty()
        && let Some(had) = tree
            .children(token)
            .find(|&c| tree.relation(c) == Deprel::AclRelcl && matches!(tree.lemma(c).as_str(), "have" | "hold"))
    {
        // "A meeting that A had with B"
        for subject in tree.subjects(had) {
            party_tokens.push(subject);
            party.extend(document.actors_with_coordination(sentence, subject));
        }
        party.retain(|a| !other.contains(a));
    }
    if pattern.form == Form::Noun && party.is_empty() && other.is_empty() {
        party = brought_together(document, tree, sentence, token, &mut party_tokens);
    }
    if pattern.form == Form::Noun && party.is_empty() && both.len() < 2 {
        party = possessor(document, tree, sentence, token, &mut party_tokens);
    }
    if pattern.form == Form::Noun && party.is_empty() && other.is_empty() && !pattern.place && both.is_empty() {
        party = clause_party(document, tree, sentence, token, &other, &mut party_tokens);
        let denied = tree.clause(token).is_some_and(|v| status::negator(tree, v).is_some());
        if denied
            || !party.iter().any(|&a| document.foreign(party[0], a))
            || !subject_together(document, tree, sentence, token)
                && !matches!(tree.case(token).as_str(), "after" | "following")
        {
            party.clear();
        }
    }
    if pattern.kind == ContactKind::Message && pattern.form == Form::Noun {
        // "C handed over a letter from A to B": who carries it is no side.
        let under = |case: &str| -> Option<usize> {
            (token + 1..(token + 14).min(tree.len()))
                .find(|&t| matches!(tree.relation(t).universal(), Deprel::Nmod | Deprel::Obl) && tree.case(t) == case)
        };
        if let (Some(from), Some(to)) = (under("from"), under("to")) {
            let writer = document.actors_with_coordination(sentence, from);
            let reader = document.actors_with_coordination(sentence, to);
            if !writer.is_empty() && !reader.is_empty() {
                party_tokens = vec![from, to];
                (party, other) = (writer, reader);
            }
        }
    }
    // "Met African leaders, among them A and B": those who are named.
    let group = |a: &ActorId| document.cast.get(*a).actor.kind == ActorKind::Group;
    if other.iter().all(group) && !party.is_empty() && !pattern.place && both.len() < 2 {
        let listed = goals::among_many(document, tree, sentence, token);
        if !listed.is_empty() {
            party_tokens.extend(listed.iter().map(|l| l.0));
            other = listed.into_iter().map(|l| l.1).collect();
        }
    }
    other.retain(|a| !party.contains(a));
    if title && pattern.form == Form::Verb {
        let before = headlines::subjects(document, tree, sentence, token);
        if before.len() > party.len() && before.iter().all(|(_, a)| !other.contains(a)) {
            party_tokens.extend(before.iter().map(|b| b.0));
            party = before.into_iter().map(|b| b.1).collect();
        }
        if other.is_empty() {
            let after = headlines::objects(document, tree, sentence, token);
            party_tokens.extend(after.iter().map(|b| b.0));
            other = after.into_iter().map(|b| b.1).filter(|a| !party.contains(a)).collect();
        }
    }
    let since = matches!(tree.case(token).as_str(), "since" | "until" | "before" | "despite")
        && other.first().is_some_and(|&a| !document.cast.is_person(a));
    let unheard = |a: &ActorId| !since && document.pairs.iter().all(|(_, pair)| !pair.contains(a));
    let discussed = talked_of(tree, token);
    if pattern.form == Form::Noun
        && party.is_empty()
        && !pattern.place
        && !discussed
        && other.first().is_some_and(unheard)
    {
        // "how the meeting with B had gone", of which nothing was told before.
        party = clause_party(document, tree, sentence, token, &other, &mut party_tokens);
    }
    if pattern.form == Form::Noun && other.is_empty() && party.len() == 1 && !the && both.len() < 2 {
        other = nearby::told_beside(document, tree, sentence, token, &party, &mut party_tokens);
    }
    if pattern.form == Form::Noun
        && other.is_empty()
        && party.is_empty()
        && !the
        && adjunct
        && !pattern.place
        && pattern.kind != ContactKind::Message
    {
        // "A warned B against it during talks at his office"
        let mut told = nearby::told_beside(document, tree, sentence, token, &[], &mut party_tokens);
        if told.len() == 2 {
            other = told.split_off(1);
            party = told;
        }
    }
    if pattern.form == Form::Noun && other.is_empty() && !party.is_empty() && both.len() < 2 && !pattern.place {
        other = guests_or_hosts(document, tree, sentence, token, &party, &mut party_tokens);
        other.retain(|a| !party.contains(a));
    }
    let below = |t: usize| t == token || tree.ancestors(t).contains(&token);
    if discussed && pattern.form == Form::Noun && party_tokens.iter().any(|&t| !below(t)) {
        return None;
    }
    let mut destination = None;
    let mut goals = Vec::new();
    if pattern.place {
        if pattern.form == Form::Verb && pattern.party.iter().any(|p| matches!(p.0.first(), Some(Step::Subject))) {
            if travellers::private(document, tree, sentence, token) {
                return None;
            }
            party.retain(|&a| travellers::travels(document, tree, sentence, token, a, &party_tokens));
        }
        goals = goals::goals(document, tree, sentence, token, pattern);
        destination = goals.first().map(|&(at, goal)| {
            party_tokens.push(at);
            goal
        });
        if destination.is_none()
            && pattern.form == Form::Noun
            && let Some((at, goal)) = headlines::goal(document, sentence, token)
        {
            // "postponed a China trip"
            let traveller = headlines::traveller(document, tree, sentence, token, title);
            // "Called off Pompeo's North Korea visit"
            let whose = tree.by_relation(token, "nmod:poss").into_iter().find_map(|c| document.person_at(sentence, c));
            let traveller = whose.map_or(traveller, |one| vec![one]);
            if !traveller.is_empty() {
                destination = Some(goal);
                party_tokens.push(at);
                party = traveller;
            }
        }
        party.retain(|&a| document.cast.is_person(a) || !matches!(destination, Some(d) if d == a));
        if pattern.form == Form::Verb
            && pattern.weak
            && let Some(goal) = destination
        {
            goals::companions(document, tree, sentence, token, goal, &mut party, &mut party_tokens);
        }
        // A visit is made by people or delegations; its goal is a country. A visit with or to a person is a meeting.
        let host: Vec<ActorId> = if destination.is_none() {
            goals::visited(document, tree, sentence, token, pattern)
                .into_iter()
                .filter(|&h| party.first().is_some_and(|&p| document.foreign(p, h)))
                .collect()
        } else {
            Vec::new()
        };
        other = host;
        if destination.is_none() && other.is_empty() && party.iter().any(|&p| document.foreign(party[0], p)) {
            // "agreed to resume regular visits": nobody goes anywhere yet.
            return None;
        }
        if let Some(goal) = destination {
            let home = party.iter().all(|&a| travellers::at_home(document, a, goal));
            if party.is_empty() || home {
                return None;
            }
            other.push(goal);
        }
        goals.retain(|&(_, g)| party.iter().any(|&a| document.foreign(a, g)));
        if goals.len() < 2 {
            goals.clear();
        }
    }
    if pattern.people {
        // States stand alongside each other without meeting.
        party.retain(|&a| document.cast.is_person(a));
        other.retain(|&a| document.cast.is_person(a));
    }
    if pattern.placed && !placed(document, tree, sentence, token) {
        return None;
    }
    let reciprocal = pattern.form == Form::Verb
        && party.len() >= 2
        && matches!(
            (tree.lower(token + 1).as_str(), tree.lower(token + 2).as_str()),
            ("each", "other") | ("one", "another")
        );
    // "The two leaders welcomed the truce": neither received the other.
    let one_way = pattern.form == Form::Verb && pattern.kind != ContactKind::Visit && party.len() >= 2;
    let alone = if pattern.weak { party.is_empty() || other.is_empty() } else { one_way && other.is_empty() };
    if pattern.together && pattern.form == Form::Verb && other.is_empty() && to_others(tree, token) {
        return None;
    }
    if alone && !reciprocal && !(pattern.together && party.len() >= 2) {
        return None;
    }
    let plural = tree.xpos(token) == "NNS" || tree.xpos(token) == "NNPS";
    // "A conversation a day earlier" is dated by that, and is the one in hand.
    let counted = (1..tree.len()).any(|t| {
        tree.lower(t) == "earlier"
            && matches!(tree.lemma(t - 1).as_str(), "day" | "hour" | "week" | "month" | "year" | "minute")
    });
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
        .chain(light.or(governing.filter(|_| pattern.form == Form::Noun)).into_iter().flat_map(|l| {
            tree.children(l)
                .filter(|&c| tree.relation(c) == Deprel::Advmod)
                .map(|c| tree.word(c).to_lowercase())
                .collect::<Vec<_>>()
        }))
        .filter(|w| !(counted && w == "earlier"))
        .collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let definite = has(&["the", "this", "that", "their", "his", "her", "its", "these", "latest"]);
    let definite = pattern.form == Form::Noun && definite || first_time(tree, token);
    let by_means = told_by(tree, token).filter(|_| pattern.weak);
    let pluperfect = std::iter::once(token).chain(light).chain(governing).chain(by_means).any(|t| {
        tree.xpos(t) == "VBN"
            && tree.children(t).any(|c| tree.word(c).eq_ignore_ascii_case("had"))
            && !reported(tree, t, cues)
    });
    let prior = has(&["previous", "earlier", "last", "prior", "past", "preceding", "previously", "former"])
        || nearby::reached_after(document, tree, sentence, token);
    let further =
        has(&["next", "another", "subsequent", "further", "future", "upcoming", "follow-up", "separate", "separately"]);
    let (mut kind, medium) = refine(document, tree, sentence, token, light, pattern, &party, &other);
    if pattern.place && destination.is_none() && !other.is_empty() {
        kind = ContactKind::Meeting;
    }
    if &*pattern.id == "meeting.receive" && at_play(document, tree, sentence, token) {
        return None;
    }
    if &*pattern.id == "meeting.receive"
        && let (&[host], &[guest]) = (&party[..], &other[..])
        && document.cast.get(host).actor.kind == readout_types::ActorKind::State
        && document.cast.is_person(guest)
    {
        // "Nairobi will host B": he goes there.
        kind = ContactKind::Visit;
        destination = Some(host);
    }
    Some(ContactMention {
        sentence,
        token,
        at: token,
        light,
        pattern,
        kind,
        status: decided,
        soft: verdict.soft,
        status_token: verdict.because,
        party,
        other,
        party_tokens,
        plural,
        definite,
        prior,
        pluperfect,
        further,
        destination,
        goals,
        medium,
        interval: Interval::UNKNOWN,
        title,
    })
}
