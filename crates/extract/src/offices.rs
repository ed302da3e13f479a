//! Owns titles that another word settles: the name after the comma, the office of the person whose counterpart is meant.

use crate::mentions::{Anaphor, Mention, Referent, Scan};

/// Titles that many bear at once, and that stand for somebody named before where they stand alone.
const BARE_TITLES: [&str; 10] = [
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
        let holder =
            |code: &str| office.and_then(|o| self.knowledge.table.holders(code, o, self.cast.day).first().copied());
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
