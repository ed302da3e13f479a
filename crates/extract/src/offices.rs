//! Owns titles that another word settles: the name after the comma, the office of the person whose counterpart is meant.

use readout_types::Upos;

use crate::mentions::{Anaphor, Mention, Referent, Scan};
use crate::resolve::Document;

/// Titles that many bear at once, and that stand for somebody named before where they stand alone.
const BARE_TITLES: [&str; 11] = [
    "secretary",
    "minister",
    "ambassador",
    "envoy",
    "diplomat",
    "negotiator",
    "mediator",
    "chairperson",
    "chairman",
    "chairwoman",
    "commissioner",
];

impl Scan<'_> {
    /// "Iran's head of state, Hassan Rouhani": the name after the comma says whom the title means, whatever the tables make
    /// of the title.
    pub(crate) fn apposed(&mut self, name: &Referent, first: usize, before: &mut [Mention]) {
        let Referent::Actor(named) = *name else { return };
        if !self.cast.is_person(named) || self.gap(first).trim() != "," {
            return;
        }
        let Some(title) = before.last_mut().filter(|m| m.sentence == self.index) else { return };
        let Referent::Actor(holder) = title.referent else { return };
        let last = &self.words[first - 1];
        if last.span.end != title.span.end || holder == named {
            return;
        }
        let means = if self.cast.is_person(holder) {
            // By his office, not by his name.
            let surname =
                self.cast.get(holder).actor.name.rsplit(' ').next().map(readout_actors::fold).unwrap_or_default();
            self.cast.country(holder).is_some()
                && !readout_actors::fold(title.span.of(self.text)).split(' ').any(|w| w == surname)
        } else {
            // "The Libyan deputy prime minister, A": whom no table knows in that office.
            !last.capital
                && !last.folded.ends_with('s')
                && last.span.start > title.span.start
                && self.offices(first - 1).is_some()
        };
        let (own, other) = (self.cast.country(holder).map(str::to_owned), self.cast.country(named));
        if means && (other.is_none() || other == own.as_deref()) {
            self.cast.complete(named, None, own);
            self.cast.recognise(self.knowledge, named);
            title.referent = Referent::Actor(named);
        }
    }

    /// "The minister", "the ambassador": of several, the one whom the text has named with such a title.
    pub(crate) fn bare_title(&self, at: usize) -> Option<(Referent, usize, usize)> {
        let word = self.words.get(at).filter(|w| BARE_TITLES.contains(&w.folded.as_str()))?;
        let next = self.words.get(at + 1);
        // "The minister of defence", "the ambassador to Spain", "the minister Ann Lee": more is said of whom is meant.
        let more = next.is_some_and(|n| {
            self.flows(at + 1)
                && (n.capital || matches!(n.folded.as_str(), "of" | "for" | "to" | "in" | "from" | "s" | "who"))
        });
        // "The UN envoy" too, whom the text has named with his task.
        let of_body = at > 1
            && matches!(word.folded.as_str(), "envoy" | "mediator" | "negotiator")
            && self.is(at - 2, "the")
            && self.country(at - 1).is_some_and(|(_, end, _)| end == at);
        let the = at > 0 && (self.is(at - 1, "the") || of_body) && self.flows(at);
        let anaphor = Anaphor { offices: vec!["bare"], title: word.folded.clone(), ..Anaphor::default() };
        (the && !more).then_some((Referent::Anaphor(anaphor), at, at + 1))
    }

    /// `his Russian counterpart` is who held the office of the person named before; several counterparts are the side.
    pub(crate) fn settle_counterpart(&mut self, referent: Referent, before: &mut [Mention], end: usize) -> Referent {
        let Referent::Anaphor(Anaphor { counterpart: true, country: Some(code), .. }) = &referent else {
            return referent;
        };
        let code = code.clone();
        let plural = self.words[end - 1].folded.ends_with('s');
        let own = before.iter().rev().take(12).find_map(|m| match m.referent {
            Referent::Actor(id) if self.cast.country(id) != Some(&code) => self.cast.get(id).person,
            _ => None,
        });
        let office = own.and_then(|p| self.knowledge.table.person(p).term_on(self.cast.day)).map(|t| match t.office {
            "head_of_state" | "head_of_government" | "head_of_state_elect" => "leader",
            // The leader of a party has no counterpart in another government.
            "leader" => "",
            other => other,
        });
        let table = &self.knowledge.table;
        let president = |p: readout_actors::PersonId| {
            let titles = table.person(p).term_on(self.cast.day).map(|t| t.titles.as_slice()).unwrap_or_default();
            titles.first().is_some_and(|t| t == "President")
        };
        let holder = |code: &str| {
            // The counterpart of a president is the president who governs, not a supreme leader over him.
            let governs = table.holders(code, "head_of_government", self.cast.day).into_iter().find(|&p| president(p));
            let governs = governs.filter(|_| office == Some("leader") && own.is_some_and(president));
            governs.or_else(|| office.and_then(|o| table.holders(code, o, self.cast.day).first().copied()))
        };
        if !plural && let Some(holder) = holder(&code) {
            return Referent::Actor(self.cast.add_known(self.knowledge, holder));
        }
        // "His Iranian, Turkish and Russian counterparts": one of each.
        let mut until = self.tokens[end - 1].saturating_sub(1);
        let mut joined = Vec::new();
        for (index, mention) in before.iter().enumerate().rev() {
            let Referent::Adjective(state) = mention.referent else { break };
            let between = (mention.end..until).all(|t| {
                let token = self.sentence.tokens.get(t);
                token.is_some_and(|t| matches!(t.span.of(self.text), "," | "and"))
            });
            if mention.sentence != self.index || !between || mention.end >= until {
                break;
            }
            until = mention.first;
            joined.push((index, self.cast.country(state).and_then(&holder)));
        }
        if plural
            && !joined.is_empty()
            && joined.iter().all(|j| j.1.is_some())
            && let Some(last) = holder(&code)
        {
            for (index, person) in joined {
                if let Some(person) = person {
                    before[index].referent = Referent::Actor(self.cast.add_known(self.knowledge, person));
                }
            }
            return Referent::Actor(self.cast.add_known(self.knowledge, last));
        }
        match self.cast.add_country(self.knowledge, &code) {
            Some(id) => Referent::Actor(id),
            None => referent,
        }
    }
}

/// "The Iraqi president and prime minister", "the president and the prime minister of Iraq": a title without a country beside
/// one of a country is an office of that country, too.
pub(crate) fn settle_beside(document: &mut Document<'_>) {
    for at in 0..document.mentions.len() {
        let Referent::Anaphor(anaphor) = &document.mentions[at].referent else { continue };
        let bare = anaphor.speaker || anaphor.counterpart || anaphor.country.is_some();
        let offices = anaphor.offices.clone();
        if bare || offices.is_empty() || offices.first() == Some(&"bare") {
            continue;
        }
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find_map(|other| {
            let (one, two) = (document.mentions.get(at)?, document.mentions.get(other)?);
            if one.sentence != two.sentence {
                return None;
            }
            let (first, second) = if other > at { (one, two) } else { (two, one) };
            let tree = document.tree(one.sentence);
            let between: Vec<String> = (first.end..second.first).map(|t| tree.lower(t)).collect();
            let joined =
                between.iter().any(|w| w == "and") && between.iter().all(|w| matches!(w.as_str(), "and" | "the" | ","));
            let Referent::Actor(holder) = two.referent else { return None };
            // In the words of an office, not of a name.
            let title = (two.first..two.end).all(|t| tree.upos(t) != Upos::Propn || document.names_country(two, t))
                && two.end > two.first + 1;
            // "The president and the German chancellor" are of two countries.
            let whose = other < at || (two.first..two.end).any(|t| tree.lower(t) == "of");
            (joined && title && whose && document.cast.is_person(holder))
                .then(|| document.cast.country(holder))
                .flatten()
        });
        let Some(country) = beside.map(str::to_owned) else { continue };
        let day = document.cast.day;
        let table = &document.knowledge.table;
        let holder = offices.iter().find_map(|office| table.holders(&country, office, day).first().copied());
        if let Some(holder) = holder {
            let id = document.cast.add_known(document.knowledge, holder);
            document.mentions[at].referent = Referent::Actor(id);
        }
    }
}

impl Document<'_> {
    /// Whether a word of a mention names a country: the "Iraq" of "the prime minister of Iraq".
    fn names_country(&self, mention: &Mention, token: usize) -> bool {
        let tree = self.tree(mention.sentence);
        tree.case(token) == "of"
            || tree.relation(token) == readout_types::Deprel::NmodPoss
            || matches!(tree.relation(token).universal(), readout_types::Deprel::Amod | readout_types::Deprel::Compound)
                && token == mention.first
    }
}
