//! Owns attribution: who is credited with a report, and through what channel.

use readout_actors::Office;
use readout_types::{Actor, Deprel, Span, Upos};

use crate::accounts::accounts;
use crate::actors::ActorId;
use crate::mentioned::ContactMention;
use crate::mentions::Referent;
use crate::resolve::Document;
use crate::speaker_names::organisation_at;
pub use crate::speaker_names::speaker_at;
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
pub fn of_mention(document: &Document<'_>, mention: &ContactMention<'_>) -> Vec<Credit> {
    let (sentence, token, light) = (mention.sentence, mention.token, mention.light);
    let parties: Vec<ActorId> = mention.party.iter().chain(&mention.other).copied().collect();
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
            && (cues.has("say", &lemma) || cues.has("denied", &lemma))
            && Some(at) != light
        {
            let relation = tree.relation(below).universal();
            // "Dismissed a report that they had met", not "rejected an offer of talks".
            let said = cues.has("say", &lemma)
                || relation == Deprel::Ccomp
                || matches!(
                    tree.lemma(below).as_str(),
                    "report"
                        | "claim"
                        | "account"
                        | "story"
                        | "suggestion"
                        | "rumor"
                        | "rumour"
                        | "allegation"
                        | "assertion"
                        | "speculation"
                        | "idea"
                        | "notion"
                );
            let reports = matches!(relation, Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp)
                || (relation == Deprel::Obj
                    && (cues.has("denied", &lemma)
                        || matches!(
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
                        )))
                || (relation == Deprel::Nsubj && tree.relation(below) == Deprel::NsubjPass);
            // "Putin told Trump, …": what one side says to the other is the contact, and so is "phoned B to tell him".
            let within = told_party(document, sentence, at, &parties)
                || tree.xpos(at) == "VB" && tree.relation(at).universal() == Deprel::Advcl;
            // "The president said after a conversation with B"
            let after = relation == Deprel::Obl
                && step > 0
                && matches!(tree.case(below).as_str(), "after" | "following" | "before" | "ahead of")
                && tree
                    .subjects(at)
                    .iter()
                    .any(|&s| document.actors_at(sentence, s, 0).iter().any(|a| parties.contains(a)));
            if said && (reports || after) && !within && !withholds(&tree, at) {
                push_subjects(document, &tree, sentence, at, cues.has("denied", &lemma), &mut out);
            }
        }
        // A verb of saying hung below as a parenthesis: "…, Nuland said."
        for child in tree.children(at) {
            let hung = matches!(tree.relation(child).universal(), Deprel::Parataxis | Deprel::Advcl)
                && matches!(tree.upos(child), Upos::Verb)
                && child != token
                && Some(child) != light
                && !path[..step].contains(&child);
            // "Reuters reported, citing two officials"
            if hung && tree.lemma(child) == "cite" && tree.xpos(child) == "VBG" {
                for cited in tree.children(child).filter(|&c| tree.relation(c).universal() == Deprel::Obj) {
                    push_source(document, &tree, sentence, cited, &mut out);
                }
                continue;
            }
            // "As the Kremlin put it"
            let puts = tree.lemma(child) == "put" && tree.children(child).any(|c| tree.lower(c) == "it" && c > child);
            if hung
                && (cues.has("say", &tree.lemma(child)) || puts)
                && tree.xpos(child) != "VB"
                && (tree.xpos(child) != "VBG" || tree.children(child).any(|c| tree.relation(c) == Deprel::Nsubj))
                && !withholds(&tree, child)
                && !told_party(document, sentence, child, &parties)
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
    out.extend(accounts(document, sentence));
    if out.is_empty() {
        out.extend(beside(document, &tree, sentence, token, &parties));
    }
    out.dedup_by(|a, b| a.speaker.key == b.speaker.key);
    out
}

/// A speaker right beside a verb of saying that the tree does not put above the contact: "…, Ushakov said."
fn beside(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    token: usize,
    parties: &[ActorId],
) -> Option<Credit> {
    let mentions = &document.mentions[document.by_sentence[sentence].clone()];
    for verb in 0..tree.len() {
        let finite = matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP");
        if !finite
            || !document.knowledge.cues.has("say", &tree.lemma(verb))
            || verb == token
            || !matches!(tree.upos(verb), Upos::Verb)
            || withholds(tree, verb)
            || told_party(document, sentence, verb, parties)
        {
            continue;
        }
        if let Some(behind) = inverted(tree, verb)
            && behind != token
            && let Some(speaker) = speaker_at(document, sentence, behind)
        {
            let span = tree.sentence.tokens[behind].span.cover(tree.sentence.tokens[verb].span);
            return Some(Credit { speaker, channel: channel(tree, verb), denies: false, span });
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
        let measures = measures(&tree, verb);
        // "On Truth Social Trump spoke of a productive call".
        let posts =
            channel.is_some() && matches!(lemma.as_str(), "speak" | "hail" | "praise" | "thank" | "publish" | "sum");
        if !document.knowledge.cues.has("say", &lemma) && !measures && !posts {
            continue;
        }
        for subject in speaking(&tree, verb) {
            let Some((speaker, span, id)) = subject_speaker(document, &tree, sentence, subject) else { continue };
            let country = id.map_or(speaker.country.as_deref(), |id| document.cast.country(id));
            let ours = country.is_some() && parties.iter().any(|&p| document.cast.country(p) == country);
            let pronoun = tree.upos(subject) == Upos::Pron;
            let meant = match id {
                // A side speaks of the contact where the channel or a word for the contact shows that it is meant.
                Some(id) if parties.contains(&id) => {
                    !told_here
                        && document.cast.is_person(id)
                        && !told_party(document, sentence, verb, parties)
                        && (channel.is_some()
                            || to_the_public(document, sentence, verb)
                            || !pronoun && names_a_contact(&tree))
                }
                Some(id) => speaks_for(document, id),
                None => true,
            };
            if ours && meant && out.iter().all(|c| c.speaker.key != speaker.key || c.speaker.name != speaker.name) {
                let span = span.cover(tree.sentence.tokens[verb].span);
                out.push(Credit { speaker, channel: channel.clone(), denies: false, span });
            }
        }
    }
    if !told_here {
        let ours = |c: &Credit| {
            let country = c.speaker.country.as_deref();
            country.is_some() && parties.iter().any(|&p| document.cast.country(p) == country)
        };
        out.extend(accounts(document, sentence).into_iter().filter(ours));
    }
    // "According to Kremlin spokesman Dmitry Peskov the line was open for an hour."
    for source in (0..tree.len()).filter(|&t| accords(&tree, t)) {
        push_source(document, &tree, sentence, source, &mut out);
    }
    out
}

/// "Did not respond to questions", "declined to comment", "would not disclose who had called": nothing is said.
fn withholds(tree: &Tree<'_>, verb: usize) -> bool {
    let refuses = |v: usize| matches!(tree.lemma(v).as_str(), "decline" | "refuse" | "fail");
    let declined = tree.relation(verb).universal() == Deprel::Xcomp && tree.head(verb).is_some_and(refuses);
    let silent = matches!(
        tree.lemma(verb).as_str(),
        "respond" | "comment" | "reply" | "disclose" | "specify" | "elaborate" | "clarify" | "reveal" | "detail"
    );
    // "Called to discuss a proposal" says nothing; "called the talks productive" does.
    let rings = tree.lemma(verb) == "call"
        && !tree.children(verb).any(|c| {
            let judged = matches!(tree.relation(c).universal(), Deprel::Xcomp | Deprel::Obl | Deprel::Ccomp);
            judged && !(tree.upos(c) == Upos::Verb && tree.xpos(c) == "VB")
        });
    rings || silent && (declined || crate::status::negator(tree, verb).is_some())
}

/// The subjects of a verb of saying, its own or those that it shares; whoever stands behind it in "…”, wrote the spokeswoman".
fn speaking(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    if let Some(behind) = inverted(tree, verb) {
        return vec![behind];
    }
    if withholds(tree, verb) {
        return Vec::new();
    }
    let own: Vec<usize> = tree.children(verb).filter(|&c| tree.relation(c) == Deprel::Nsubj).collect();
    let shared = tree.relation(verb).universal() == Deprel::Conj && matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP");
    if own.is_empty() && shared { tree.subjects(verb) } else { own }
}

/// Whoever stands right behind a verb of saying that follows a comma or a quotation: "…, wrote the White House spokeswoman".
fn inverted(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let follows = verb > 1 && matches!(tree.word(verb - 1), "," | "”" | "\"" | "''" | "’");
    let finite = matches!(tree.xpos(verb), "VBD" | "VBZ");
    tree.children(verb).find(|&c| {
        follows
            && finite
            && c > verb
            && matches!(tree.upos(c), Upos::Noun | Upos::Propn)
            && matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Nsubj | Deprel::Obl)
            && tree.case(c).is_empty()
            && crate::statements::stretch(tree, c, &[]).0 == verb + 1
    })
}

/// Who the subject of a verb names as a speaker, with the words, and the actor where it is one of the document.
fn subject_speaker(
    document: &Document<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    subject: usize,
) -> Option<(Actor, Span, Option<ActorId>)> {
    let speaker = speaker_at(document, sentence, subject)?;
    let mention = document.mention_at(sentence, subject);
    match mention.map(|m| (&m.referent, m.span)) {
        Some((Referent::Actor(id), span)) => Some((speaker, span, Some(*id))),
        Some(_) => None,
        // "Zelensky's office", "a Kremlin spokesman"
        None => Some((speaker, tree.sentence.tokens[subject].span, None)),
    }
}

/// "Ushakov put it at seventy minutes", "rounded it up to an hour", "the Kremlin had the two on the line for an hour".
fn measures(tree: &Tree<'_>, verb: usize) -> bool {
    let lemma = tree.lemma(verb);
    let long = || (0..tree.len()).any(|t| matches!(tree.lemma(t).as_str(), "hour" | "minute" | "hours" | "minutes"));
    match lemma.as_str() {
        "put" | "clock" | "time" | "number" | "round" => numbers(tree),
        "count" => numbers(tree) && names_a_contact(tree),
        "have" | "keep" => long() && tree.children(verb).any(|c| tree.relation(c) == Deprel::Obj && together(tree, c)),
        _ => false,
    }
}

/// "The pair", "the two presidents", "both men".
fn together(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.lemma(token).as_str(), "pair" | "two" | "duo" | "both" | "they")
        || tree.children(token).any(|c| matches!(tree.lower(c).as_str(), "two" | "both"))
}

/// Whether somebody credited speaks for others: no leader of a side.
pub fn for_another(document: &Document<'_>, speaker: &Actor) -> bool {
    let known = document.cast.iter().find(|(_, a)| a.actor.key == speaker.key).map(|(id, _)| id);
    known.is_none_or(|id| speaks_for(document, id))
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
    pub(crate) fn office_and_role(&self, id: ActorId) -> (Option<Office>, String) {
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

/// "Putin told Trump": what one side says to the other belongs to the contact and credits nobody with it.
fn told_party(document: &Document<'_>, sentence: usize, verb: usize, parties: &[ActorId]) -> bool {
    let tree = document.tree(sentence);
    matches!(
        tree.lemma(verb).as_str(),
        "tell" | "inform" | "brief" | "assure" | "warn" | "remind" | "reply" | "respond"
    ) && tree.children(verb).any(|c| {
        c > verb
            && matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj)
            && document.actors_at(sentence, c, 0).iter().any(|id| parties.contains(id))
    })
}

/// "Wrote", "told reporters", "told Fox News": said for all to hear.
fn to_the_public(document: &Document<'_>, sentence: usize, verb: usize) -> bool {
    let tree = document.tree(sentence);
    let lemma = tree.lemma(verb);
    let hears = |c: usize| {
        matches!(
            tree.lemma(c).as_str(),
            "reporter"
                | "journalist"
                | "press"
                | "briefing"
                | "newspaper"
                | "camera"
                | "channel"
                | "television"
                | "network"
                | "audience"
        ) || document.mention_at(sentence, c).is_none() && organisation_at(document, sentence, c).is_some()
    };
    matches!(lemma.as_str(), "write" | "post" | "tweet")
        || lemma == "tell"
            && tree
                .children(verb)
                .any(|c| c > verb && matches!(tree.relation(c).universal(), Deprel::Obj | Deprel::Iobj) && hears(c))
}

/// Whether a sentence gives a number in words or figures.
fn numbers(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|t| {
        tree.upos(t) == Upos::Num || crate::counts::ordinal(&tree.lower(t)).is_some() || tree.lower(t).ends_with("hour")
    })
}

/// Whether a sentence has a word for a contact: "a very good telephone call", "their conversation".
pub(crate) fn names_a_contact(tree: &Tree<'_>) -> bool {
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
    let passive = tree.children(verb).any(|c| tree.relation(c) == Deprel::AuxPass);
    // "The call was confirmed by B"; "B has been summoned to be warned" says nothing of who says so.
    let said = |c: usize| match tree.relation(c) {
        Deprel::Nsubj => true,
        Deprel::NsubjPass => matches!(tree.lemma(verb).as_str(), "quote" | "cite" | "report"),
        _ => passive && tree.relation(c).universal() == Deprel::Obl && tree.case(c) == "by",
    };
    let own: Vec<usize> = tree.children(verb).filter(|&c| said(c)).collect();
    if passive && own.is_empty() {
        return;
    }
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
