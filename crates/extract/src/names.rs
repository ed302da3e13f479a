//! Owns names and titles of people in a sentence: full names, surnames, titles that lead to an office-holder.

use readout_actors::{CountryKind, Entry, Office};
use readout_types::{NameKind, Upos};

use crate::actors::ActorId;
use crate::mentions::{Referent, Scan, plausible_name};
use crate::prominence::{choose_person, score_person};

/// Surnames of the tables that are far more often other words.
const NOT_SURNAMES: [&str; 40] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "black",
    "white",
    "west",
    "north",
    "south",
    "east",
    "day",
    "general",
    "war",
    "peace",
    "union",
    "council",
    "house",
    "state",
    "good",
    "long",
    "best",
    "will",
    "bay",
    "hope",
    "justice",
    "power",
    "ocean",
];

/// Small words with which a surname may begin, and no given name does.
const SMALL_WORDS: [&str; 12] = ["von", "van", "der", "den", "de", "da", "dos", "di", "du", "zu", "ten", "ter"];

/// What is left of a name's word when the spellings of one sound are made one: doubled letters, "el" and "al", "y" and "i".
fn sound(word: &str) -> String {
    if word == "el" {
        return "al".to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.replace("ou", "u").replace("ee", "i").chars() {
        let c = if c == 'y' { 'i' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

impl Scan<'_> {
    /// The plural title that stands before a list of countries or behind a list of nationalities.
    pub(crate) fn shared_title(&self, at: usize, end: usize) -> Option<(Vec<Office>, String)> {
        let listed = |i: usize| {
            let gap = self.gap(i).trim();
            // "The U.S. and Russian presidents"
            let short = gap == "." && i > 0 && self.words[i - 1].folded.len() <= 2;
            gap.is_empty() || gap == "," || short
        };
        let plural = |end: usize| -> Option<(Vec<Office>, String)> {
            // The last word of the title is in the plural: "foreign ministers".
            let last = self.words.get(end.checked_sub(1)?)?.folded.strip_suffix('s')?.to_owned();
            for length in [2, 1] {
                let Some(first) = end.checked_sub(length) else { continue };
                // "Israeli and Palestinian leaders": "Palestinian leader" is no title that both bear.
                if length > 1 && self.country(first).is_some() {
                    continue;
                }
                let mut words: Vec<String> = self.words[first..end - 1].iter().map(|w| w.folded.clone()).collect();
                words.push(last.clone());
                let title = words.join(" ");
                let offices = self.knowledge.table.offices(&title);
                if offices.first().is_some_and(|o| {
                    matches!(
                        *o,
                        "head_of_state" | "head_of_government" | "foreign_minister" | "defence_minister" | "royal"
                    )
                }) {
                    return Some((offices.to_vec(), title));
                }
            }
            None
        };
        // Backwards over "Russia and" to "presidents of".
        let mut i = at;
        while i > 0 && at - i < 16 && listed(i) {
            i -= 1;
            if self.is(i, "of") {
                return plural(i);
            }
            if !(self.is(i, "and") || self.is(i, "the") || self.words[i].capital) {
                break;
            }
        }
        // Forwards over "and Turkish" to "presidents"; one nationality alone has a title of its own.
        let mut i = end;
        let mut others = false;
        while i < self.words.len() && i - end < 8 && listed(i) {
            if self.is(i, "and") {
                i += 1;
                continue;
            }
            if let Some((_, next, true)) = self.country(i) {
                others = true;
                i = next;
                continue;
            }
            break;
        }
        let before = at > 0 && (self.is(at - 1, "and") || self.gap(at).trim() == ",");
        if !(others || before) {
            return None;
        }
        (1..=2).find_map(|length| if i + length <= self.words.len() && listed(i) { plural(i + length) } else { None })
    }

    /// `Economy Minister`, `Infrastructure Minister`: a capitalised word or two before a title.
    pub(crate) fn unknown_title(&self, at: usize) -> Option<(Vec<Office>, usize, usize)> {
        if !self.words.get(at)?.capital {
            return None;
        }
        let mut i = at;
        while i < at + 5
            && self.words.get(i).is_some_and(|w| w.capital || matches!(w.folded.as_str(), "and" | "of" | "for"))
            && (i == at || self.flows(i))
        {
            if let Some((offices, end)) = self.offices(i) {
                return (i > at && self.words[i].capital && offices != ["person"]).then_some((offices, at, end));
            }
            if self.name_at(i).is_some_and(|n| n.kind == NameKind::Person) || self.country(i).is_some() {
                return None;
            }
            i += 1;
        }
        None
    }

    /// A person's name at a word: one of the tables, one that the model found, or a surname.
    pub(crate) fn person(&mut self, at: usize, country: Option<&str>, offices: &[Office]) -> Option<(ActorId, usize)> {
        let word = self.words.get(at)?;
        // "von der Leyen": a surname may begin with small words.
        let particle = SMALL_WORDS.contains(&word.folded.as_str());
        let opens_name =
            || self.name_at(at).is_some_and(|n| n.kind == NameKind::Person && n.first as usize == self.tokens[at]);
        if !(word.capital || particle && opens_name()) {
            return None;
        }
        // A letter is an initial or part of an abbreviation.
        let letter = |end: usize| end == at + 1 && word.folded.len() == 1;
        if let Some((end, entries)) = self.longest(at) {
            for entry in &entries {
                if let Entry::Person(ids) = entry
                    && (end - at >= 2 || !entries.iter().any(|e| matches!(e, Entry::Country(_) | Entry::Place(_))))
                    && !self.inside_other_name(at, end)
                    && !letter(end)
                {
                    let id = choose_person(self.knowledge, ids, country, offices, self.cast)?;
                    return Some((self.cast.add_known(self.knowledge, id), end));
                }
            }
        }
        // What the model takes for a person's name, to the end of the name.
        let name = self.name_at(at).filter(|n| n.kind == NameKind::Person).cloned();
        if let Some(name) = &name {
            let end = (at..self.words.len()).find(|&i| self.tokens[i] >= name.end as usize).unwrap_or(self.words.len());
            let end = if end > at + 1 && self.is(end - 1, "s") && self.gap(end - 1).contains(['\'', '’']) {
                end - 1
            } else {
                end
            };
            let span = self.words[at].span.cover(self.words[end - 1].span);
            let surname_only = (at..end - 1).all(|i| SMALL_WORDS.contains(&self.words[i].folded.as_str()));
            if let Some(found) = self.otherwise_spelt(at, end, country, offices) {
                return Some(found);
            }
            // "President Biden Jr."
            if end - at == 2
                && matches!(self.words[at + 1].folded.as_str(), "jr" | "sr")
                && let Some(id) = self.surname(at, 1, country, offices, true)
            {
                return Some((id, end));
            }
            if end - at >= 2 && !surname_only && plausible_name(span.of(self.text)) {
                // A full name may be that of somebody known under another given form: the surname and office decide.
                if let Some(id) = self.known_by_surname(end - 1, country) {
                    let known = self.cast.get(id).person.is_some();
                    if !known || self.shares_given_name(id, at, end) {
                        return Some((id, end));
                    }
                }
                return Some((
                    self.cast.add_named(self.knowledge, span.of(self.text), None, country.map(str::to_owned)),
                    end,
                ));
            }
        }
        // A surname, perhaps of several words.
        for length in [3, 2, 1] {
            if letter(at + length)
                || at + length > self.words.len()
                || (length > 1 && !self.words[at + length - 1].capital)
            {
                continue;
            }
            if let Some(id) = self.surname(at, length, country, offices, name.is_some()) {
                return Some((id, at + length));
            }
        }
        // "PM Nawaz": the one person of the text of that given name.
        if name.is_some() && !offices.is_empty() {
            let given = |a: &crate::actors::DocumentActor| {
                let own = readout_actors::fold(&a.actor.name);
                a.person.is_some() && own.contains(' ') && own.split(' ').next() == Some(word.folded.as_str())
            };
            let mut of_it = self.cast.iter().filter(|(_, a)| given(a)).map(|(id, _)| id);
            if let (Some(one), None) = (of_it.next(), of_it.next()) {
                return Some((one, at + 1));
            }
        }
        // A titled single name that nobody knows is still a person.
        if let Some(name) = name
            && !offices.is_empty()
            && plausible_name(word.span.of(self.text))
        {
            let end = (at..self.words.len())
                .find(|&i| self.tokens[i] >= name.end as usize)
                .unwrap_or(self.words.len())
                .max(at + 1);
            return Some((
                self.cast.add_named(self.knowledge, word.span.of(self.text), None, country.map(str::to_owned)),
                end.min(at + 1),
            ));
        }
        None
    }

    /// "Al-Sisi" at the head of a sentence, "Abdel Fatah al-Sisi": whom the table or the text has in another spelling.
    fn otherwise_spelt(
        &mut self,
        at: usize,
        end: usize,
        country: Option<&str>,
        offices: &[Office],
    ) -> Option<(ActorId, usize)> {
        let article = |i: usize| self.is(i, "al") || self.is(i, "el");
        if end - at == 2 && article(at) {
            return self.surname(at + 1, 1, country, offices, true).map(|id| (id, end));
        }
        // "Ould Cheikh" for Ismail Ould Cheikh Ahmed: part of a longer name of the text.
        if end - at >= 2 {
            let folded: Vec<&str> = self.words[at..end].iter().map(|w| w.folded.as_str()).collect();
            let part = format!(" {} ", folded.join(" "));
            let longer = |a: &crate::actors::DocumentActor| {
                let own = readout_actors::fold(&a.actor.name);
                let words = own.split(' ').count();
                (folded.len() + 1..=5).contains(&words)
                    && !own.starts_with(part.trim())
                    && format!(" {own} ").contains(&part)
            };
            let mut of_it = self.cast.iter().filter(|(id, a)| self.cast.is_person(*id) && longer(a)).map(|(id, _)| id);
            if let (Some(one), None) = (of_it.next(), of_it.next()) {
                return Some((one, end));
            }
        }
        // The model may break a name off before its article.
        let mut end = end;
        while end < self.words.len()
            && end - at < 5
            && self.flows(end)
            && (self.words[end].capital || article(end) && self.words.get(end + 1).is_some_and(|w| w.capital))
        {
            end += 1;
        }
        if end - at < 3 {
            return None;
        }
        let last = self.words[end - 1].folded.clone();
        let given: Vec<String> = self.words[at..end - 1].iter().map(|w| sound(&w.folded)).collect();
        let alike = |id: readout_actors::PersonId| {
            let person = self.knowledge.table.person(id);
            std::iter::once(&person.name).chain(&person.aliases).any(|name| {
                let name = readout_actors::fold(name);
                let words: Vec<String> = name.split(' ').map(sound).collect();
                words.len() >= given.len() && given.iter().all(|g| words.contains(g))
            })
        };
        // "Ahmad" and "Ahmed", "Osman" and "Usman"
        let swapped = last.char_indices().filter_map(|(i, c)| {
            let other = match c {
                'a' => "e",
                'e' => "a",
                'u' => "o",
                'o' => "u",
                _ => return None,
            };
            Some([&last[..i], other, &last[i + c.len_utf8()..]].concat())
        });
        let surnames: Vec<String> = std::iter::once(last.clone()).chain(swapped).collect();
        let known = |surname: &String| self.knowledge.lexicon.by_surname(surname).to_vec();
        let mut ids: Vec<readout_actors::PersonId> = surnames.iter().flat_map(known).filter(|&id| alike(id)).collect();
        ids.sort_unstable();
        ids.dedup();
        let id = choose_person(self.knowledge, &ids, country, offices, self.cast)?;
        Some((self.cast.add_known(self.knowledge, id), end))
    }

    pub(crate) fn shares_given_name(&self, id: ActorId, at: usize, end: usize) -> bool {
        let name = readout_actors::fold(&self.cast.get(id).actor.name);
        self.words[at..end - 1].iter().any(|w| {
            name.split(' ').any(|p| {
                p == w.folded || sound(p) == sound(&w.folded) || (w.folded.len() == 1 && p.starts_with(&w.folded))
            })
        })
    }

    /// The one person of the document with the surname at a word, if there is exactly one.
    pub(crate) fn known_by_surname(&self, at: usize, country: Option<&str>) -> Option<ActorId> {
        let found = self.cast.by_surname(&self.words[at].folded, country);
        if found.len() == 1 { found.first().copied() } else { None }
    }

    pub(crate) fn surname(
        &mut self,
        at: usize,
        length: usize,
        country: Option<&str>,
        offices: &[Office],
        named: bool,
    ) -> Option<ActorId> {
        let folded = self.words[at..at + length].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        if length == 1 && offices.is_empty() && NOT_SURNAMES.contains(&folded.as_str()) {
            return None;
        }
        if (1..length).any(|i| !self.flows(at + i)) || self.inside_other_name(at, at + length) {
            return None;
        }
        let mut bearers = self.cast.by_surname(&folded, country);
        if !offices.is_empty() && offices != ["person"] && bearers.len() > 1 {
            let fit: Vec<ActorId> = bearers
                .iter()
                .copied()
                .filter(|&a| {
                    self.cast.get(a).person.is_some_and(|p| {
                        self.knowledge.table.person(p).terms.iter().any(|t| offices.contains(&t.office))
                    })
                })
                .collect();
            if !fit.is_empty() {
                bearers = fit;
            }
        }
        // Of several of one name the most prominent is meant where no given name or title tells.
        let prominence = |a: ActorId| {
            self.cast.get(a).person.map_or(-60, |p| score_person(self.knowledge, p, country, offices, self.cast))
        };
        let best = bearers.iter().copied().max_by_key(|&a| (prominence(a), a));
        if let Some(id) = best
            && (named || self.proper(at))
        {
            return Some(id);
        }
        if offices.is_empty() && matches!(folded.as_str(), "may" | "march") {
            return None;
        }
        let ids = self.knowledge.lexicon.by_surname(&folded).to_vec();
        if ids.is_empty() {
            return None;
        }
        let best = choose_person(self.knowledge, &ids, country, offices, self.cast)?;
        let score = score_person(self.knowledge, best, country, offices, self.cast);
        let titled = !offices.is_empty();
        let enough = match (titled, country.is_some()) {
            (true, true) => 60,
            (true, false) => {
                if offices == ["person"] {
                    24
                } else {
                    48
                }
            }
            (false, true) => 60,
            (false, false) => 26,
        };
        if score < enough || !(named || titled || self.proper(at)) {
            return None;
        }
        Some(self.cast.add_known(self.knowledge, best))
    }

    /// Whether the tagger takes the word for a proper noun.
    pub(crate) fn proper(&self, at: usize) -> bool {
        self.upos(at) == Upos::Propn
            || (self.title || at == 0)
                && self.words.get(at).is_some_and(|w| w.capital && crate::headlines::may_be_surname(&w.folded))
    }

    /// Whether the words are part of a longer name of another kind: `Trump Hotels`, `Kennedy Center`.
    pub(crate) fn inside_other_name(&self, at: usize, end: usize) -> bool {
        self.name_at(at).is_some_and(|n| {
            matches!(n.kind, NameKind::Organisation | NameKind::Place | NameKind::Event)
                && n.end as usize > self.tokens[end - 1] + 1
                && !self.is(end, "s")
                && !matches!(self.gap(end), "-" | "–")
        })
    }

    /// What follows a name: `of Egypt`, `, the Russian president,`; and names that stand for an administration.
    pub(crate) fn after_name(
        &mut self,
        id: ActorId,
        at: usize,
        end: usize,
        country: Option<String>,
        title: Option<(usize, usize)>,
    ) -> (Referent, usize, usize) {
        if let Some(last) = end.checked_sub(1).and_then(|i| self.words.get(i)) {
            self.cast.spell(self.knowledge, id, &last.folded);
        }
        let mut end = end;
        let mut country = country;
        let role = title.map(|(a, b)| {
            self.text[self.words[a].span.start as usize..self.words[b - 1].span.end as usize]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        });
        if self.is(end, "administration")
            || self.is(end, "government")
            || self.is(end, "team") && self.is(end.wrapping_sub(1), "s")
        {
            let state =
                self.cast.country(id).map(str::to_owned).and_then(|c| self.cast.add_country(self.knowledge, &c));
            if let Some(state) = state {
                return (Referent::Actor(state), at, end + 1);
            }
        }
        if self.is(end, "of") && self.flows(end) {
            let skip = if self.is(end + 1, "the") { end + 2 } else { end + 1 };
            if let Some((code, after, false)) = self.country(skip) {
                country = country.or(Some(code));
                end = after;
            }
        }
        if country.is_none() && self.cast.country(id).is_none() {
            country = self
                .apposed_country(end)
                .or_else(|| self.country_before(at))
                .or_else(|| self.country_of_apposition(at));
        }
        let role = role.filter(|r| !matches!(r.to_lowercase().as_str(), "mr" | "mrs" | "ms" | "dr" | "sir"));
        self.cast.complete(id, role, country);
        self.cast.recognise(self.knowledge, id);
        (Referent::Actor(id), at, end)
    }

    /// `…, the Russian foreign minister`, `…, Germany's ambassador`.
    pub(crate) fn apposed_country(&self, end: usize) -> Option<String> {
        if end >= self.words.len() || !self.gap(end).contains(',') {
            return None;
        }
        let mut i = end;
        if self.is(i, "the") || self.is(i, "a") || self.is(i, "an") {
            i += 1;
        }
        for j in i..(i + 5).min(self.words.len()) {
            // ", in Rome": where it was, not whom the person acts for.
            let elsewhere =
                matches!(self.words[j].folded.as_str(), "in" | "at" | "on" | "near") || self.upos(j) == Upos::Aux;
            if j > i && !self.flows(j) || elsewhere {
                return None;
            }
            if let Some((code, _, _)) = self.country(j) {
                return Some(code);
            }
        }
        None
    }

    /// A nationality or country shortly before the name in the same phrase: `Ukraine's General Staff chief …`.
    pub(crate) fn country_before(&self, at: usize) -> Option<String> {
        for j in (at.saturating_sub(6)..at).rev() {
            if !self.flows(j + 1)
                || matches!(self.upos(j), Upos::Verb | Upos::Aux | Upos::Adp) && !self.is(j, "of") && !self.is(j, "to")
            {
                return None;
            }
            if let Some((code, end, _)) = self.country(j)
                && end <= at
            {
                return Some(code);
            }
        }
        None
    }

    /// `the chairwoman of Vietnam's National Assembly, X`: the country in the phrase that the name stands beside.
    pub(crate) fn country_of_apposition(&self, at: usize) -> Option<String> {
        if at == 0 || !self.gap(at).contains(',') {
            return None;
        }
        for j in (at.saturating_sub(8)..at).rev() {
            if matches!(self.upos(j), Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Sconj)
                || (j + 1 < at && !self.flows(j + 1))
            {
                return None;
            }
            if let Some((code, end, _)) = self.country(j)
                && end <= at
            {
                return Some(code);
            }
        }
        None
    }

    /// Who held the office on the day of the document.
    pub(crate) fn office_holder(
        &mut self,
        code: &str,
        offices: &[Office],
        title: (usize, usize),
        at: usize,
        end: usize,
    ) -> Option<(Referent, usize, usize)> {
        // "The first American president to visit", "the only EU leader who came": one of all that ever held it.
        let of_many =
            |w: &str| matches!(w, "first" | "only" | "second" | "third" | "another" | "every" | "any" | "sitting");
        if at > 0 && of_many(&self.words[at - 1].folded) && self.flows(at) {
            return None;
        }
        let words: Vec<&str> = self.words[title.0..title.1].iter().map(|w| w.folded.as_str()).collect();
        // "Washington's chief U.S. negotiator": the word is no title there.
        let modifies = words.len() == 1
            && matches!(words[0], "chief" | "head" | "leading")
            && self.words.get(end).is_some()
            && self.flows(end)
            && (self.country(end).is_some() || self.offices(end).is_some());
        // No state is led by a "chief": "U.S. chief trade negotiators".
        let state = self.knowledge.table.country(code).is_some_and(|c| c.kind == CountryKind::State);
        if modifies || state && words == ["chief"] {
            return None;
        }
        self.holder_of(code, offices, &words.join(" "), at, end)
    }

    pub(crate) fn holder_of(
        &mut self,
        code: &str,
        offices: &[Office],
        title: &str,
        at: usize,
        end: usize,
    ) -> Option<(Referent, usize, usize)> {
        let by_title = self.knowledge.table.titled(code, title, self.cast.day);
        let holders = if by_title.is_empty() {
            offices.iter().map(|o| self.knowledge.table.holders(code, o, self.cast.day)).find(|h| !h.is_empty())
        } else {
            Some(by_title)
        };
        let strong = matches!(
            offices[0],
            "head_of_state"
                | "head_of_government"
                | "foreign_minister"
                | "leader"
                | "defence_minister"
                | "head_of_organisation"
                | "royal"
        );
        if strong && let Some(&id) = holders.as_ref().and_then(|h| h.first()) {
            // Somebody of the same office and country whom the document names wins over the table.
            let named = self
                .cast
                .iter()
                .find(|(_, a)| a.person.is_some_and(|p| holders.as_ref().is_some_and(|h| h.contains(&p))));
            // "The Pakistani leader" is whoever of that country's leaders the text has named.
            let leads =
                |p: readout_actors::PersonId| {
                    self.knowledge.table.person(p).term_on(self.cast.day).is_some_and(|t| {
                        t.country == code && matches!(t.office, "head_of_state" | "head_of_government")
                    })
                };
            let leader = || {
                let any = offices.first() == Some(&"leader");
                self.cast.iter().filter(|(_, a)| any && a.person.is_some_and(leads)).last()
            };
            let actor = named.or_else(leader).map(|(a, _)| a);
            let actor = actor.unwrap_or_else(|| self.cast.add_known(self.knowledge, id));
            return Some((Referent::Actor(actor), at, end));
        }
        let id = self.cast.add_country(self.knowledge, code)?;
        Some((Referent::Actor(id), at, end))
    }
}
