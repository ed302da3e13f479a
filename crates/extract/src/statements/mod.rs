//! Owns statements: who says, thinks or wants what, by cues in trees and by quotation marks.
//!
//! Cues give statements sentence by sentence ([`cues`]); quotations that no cue has claimed are given to the speaker before
//! them ([`follow`]). What stands inside what somebody says is not listed again.

mod around;
mod attitudes;
mod clause;
mod cues;
mod ends;
mod follow;
mod lines;
mod quotes;
mod speaker;
mod words;

use readout_rules::CueClass;
use readout_types::{Actor, ActorFacts, ActorKind, Deprel, Manner, Span, Stance, Upos};

use crate::resolve::Document;
use crate::speakers;
use crate::tree::Tree;
use words::letters;
pub(crate) use words::stretch;

/// A statement, before its words are turned into evidence.
#[derive(Clone, Debug)]
pub struct Said {
    /// Index of the sentence with the cue.
    pub sentence: usize,
    /// Who.
    pub speaker: Option<Actor>,
    /// The words for who.
    pub source: Option<Span>,
    /// The cue.
    pub cue: Span,
    /// Through what.
    pub channel: Option<String>,
    /// In quotation marks.
    pub direct: bool,
    /// Said, thought, wanted.
    pub manner: Manner,
    /// The word that leaves it open.
    pub hedge: Option<String>,
    /// Confirmed, denied, disputed.
    pub stance: Option<Stance>,
    /// What was said, in order.
    pub parts: Vec<Span>,
    /// The rule.
    pub rule: &'static str,
}

impl Said {
    /// Whether somebody is said to say so, by a verb of saying or "according to": no attitude, no plan.
    pub fn reports(&self) -> bool {
        matches!(self.rule, "around" | "quote" | "clause" | "colon" | "according" | "line")
    }
}

/// A cue with its words.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    rule: &'static str,
    sentence: usize,
    /// The cue's token.
    verb: usize,
    /// The speaker's head token, in the same sentence.
    speaker: Option<usize>,
    source: Option<Span>,
    cue: Span,
    parts: Vec<Span>,
    class: CueClass,
    /// Whether quotations that follow may go on with it.
    open: bool,
}

impl Found {
    /// Whether somebody is said to say something: what stands inside is theirs. What somebody only criticises or wants may
    /// have said something, too.
    fn speech(&self) -> bool {
        !matches!(self.rule, "object" | "about" | "noun" | "adjective" | "infinitive" | "raised" | "passive")
    }
}

/// Share of a statement's letters in quotation marks from which it is direct.
const DIRECT: f64 = 0.8;

/// The statements of a document, in order of what is said.
pub fn of_document(document: &Document<'_>) -> Vec<Said> {
    let clean = &document.annotated.document;
    let quotes = quotes::find(clean);
    let mut found: Vec<Found> = Vec::new();
    for sentence in 0..document.annotated.sentences.len() {
        let tree = document.tree(sentence);
        if tree.sentence.parsed {
            found.extend(cues::Search { document, tree, sentence, quotes: &quotes }.run());
        }
    }
    found.extend(lines::of_document(document));
    drop_nested(&mut found);
    follow::quotations(document, &quotes, &mut found);
    found.retain(|f| !f.parts.is_empty());
    let mut out: Vec<Said> = found.iter().map(|f| finish(document, &quotes, f)).collect();
    out.sort_by_key(|s| (s.parts[0].start, s.cue.start));
    out
}

/// Drops what stands inside what somebody else says; inside an attitude, other attitudes.
fn drop_nested(found: &mut Vec<Found>) {
    let holds = |a: &Found, b: &Found| a.parts.iter().any(|p| p.start <= b.cue.start && b.cue.end <= p.end);
    // Of two that hold each other's cue, the one whose cue stands in a parenthesis: "…, suggesting that …, CNN reported".
    let outer = |f: &Found| matches!(f.rule, "around" | "according" | "line");
    let all = found.clone();
    let mut at = 0;
    found.retain(|f| {
        let me = at;
        at += 1;
        !all.iter().enumerate().any(|(other, o)| {
            let mutual = holds(f, o);
            let first = if outer(f) == outer(o) { other < me } else { outer(o) };
            other != me && (o.speech() || !f.speech()) && holds(o, f) && (!mutual || first)
        })
    });
}

fn finish(document: &Document<'_>, quotes: &[quotes::Quote], found: &Found) -> Said {
    let text = document.annotated.document.text.as_str();
    let tree = document.tree(found.sentence);
    let knowledge = &document.knowledge.statements;
    let lemma = tree.lemma(found.verb);
    let all: usize = found.parts.iter().map(|&p| letters(text, p)).sum();
    let quoted: usize = found.parts.iter().map(|&p| quoted_letters(text, quotes, p)).sum();
    let negated = tree
        .children(found.verb)
        .any(|c| matches!(tree.lower(c).as_str(), "not" | "n't" | "n’t" | "never" | "neither" | "nor"));
    let stance = if negated || tree.lower(found.verb.saturating_sub(1)) == "to" {
        None
    } else if knowledge.marks("confirms", &lemma) {
        Some(Stance::Confirms)
    } else if knowledge.marks("denies", &lemma) {
        Some(Stance::Denies)
    } else if knowledge.marks("disputes", &lemma) {
        Some(Stance::Disputes)
    } else {
        None
    };
    let adverb = tree.children(found.verb).map(|c| tree.lower(c)).find(|word| knowledge.marks("hedges", word));
    let hedge = adverb.or_else(|| knowledge.marks("hedging", &lemma).then(|| tree.lower(found.verb)));
    let manner = match found.class {
        CueClass::Think | CueClass::Adjective | CueClass::As | CueClass::Raise | CueClass::Seem => Manner::Thinks,
        CueClass::Intend | CueClass::Urge | CueClass::Goal => Manner::Wants,
        _ => Manner::Says,
    };
    Said {
        sentence: found.sentence,
        speaker: found.speaker.and_then(|s| speaker(document, &tree, found, s)),
        source: found.source,
        cue: found.cue,
        channel: speakers::channel(&tree, found.verb),
        direct: all > 0 && quoted as f64 >= DIRECT * all as f64,
        manner,
        hedge,
        stance,
        parts: found.parts.clone(),
        rule: found.rule,
    }
}

/// Who speaks: an actor of the document, or whoever the words name.
fn speaker(document: &Document<'_>, tree: &Tree<'_>, found: &Found, head: usize) -> Option<Actor> {
    if let Some(actor) = speakers::speaker_at(document, found.sentence, head) {
        return Some(actor);
    }
    if matches!(tree.upos(head), Upos::Pron | Upos::Det) {
        return None;
    }
    // The words up to the first apposition or clause, without the article.
    let behind = tree
        .children(head)
        .filter(|&c| {
            c > head && !matches!(tree.relation(c).universal(), Deprel::Flat | Deprel::Compound | Deprel::Case)
        })
        .min();
    let source = found.source?;
    let end =
        behind.map_or(source.end, |b| tree.sentence.tokens[words::stretch(tree, b, &[]).0].span.start.min(source.end));
    let span = words::trim(tree.text, Span::new(source.start as usize, end.max(source.start) as usize));
    let name = span.of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(&name);
    let office = bare;
    let bare = crate::speaker_names::house_of_press(bare);
    if bare.is_empty() {
        return None;
    }
    if let Some(house) = document.knowledge.issuers.iter().find(|i| i.names.contains(&bare.to_lowercase())) {
        let (name, key) = (house.credit.clone(), format!("state:{}", house.country));
        let country = Some(house.country.clone());
        return Some(Actor::from(ActorFacts { name, role: None, country, kind: ActorKind::Organisation, key }));
    }
    let kind = if bare != office {
        ActorKind::Organisation
    } else if tree.upos(head) == Upos::Propn {
        ActorKind::Person
    } else {
        ActorKind::Group
    };
    let key = format!("{}:{}", if kind == ActorKind::Person { "person" } else { "group" }, readout_actors::fold(bare));
    Some(Actor::from(ActorFacts { name: bare.to_owned(), role: None, country: None, kind, key }))
}

/// Letters of a stretch that stand in quotation marks.
fn quoted_letters(text: &str, quotes: &[quotes::Quote], part: Span) -> usize {
    let from = quotes.partition_point(|q| q.span.end <= part.start);
    quotes[from..]
        .iter()
        .take_while(|q| q.span.start < part.end)
        .map(|q| {
            let (start, end) = (q.inner.start.max(part.start), q.inner.end.min(part.end));
            if start < end { letters(text, Span::new(start as usize, end as usize)) } else { 0 }
        })
        .sum()
}
