//! Owns a person's own actors: the TOML file that adds people, countries, organisations, groups and places to the tables.
//!
//! ```toml
//! [[person]]
//! name = "Ada Example"
//! aliases = ["A. Example"]
//! offices = [{ country = "QX", office = "foreign_minister", title = "Foreign Minister", from = "2024-05", to = "2025" }]
//!
//! [[country]]
//! code = "QX"
//! kind = "state"
//! name = "Examplia"
//! ```

use readout_types::Interval;
use serde::Deserialize;
use toml::Spanned;

use crate::fold::fold;
use crate::table::{Country, CountryKind, Person, PersonId, PlaceEntry, Table, TableError, Term, office};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFile {
    #[serde(default)]
    person: Vec<Spanned<OwnPerson>>,
    #[serde(default)]
    country: Vec<Spanned<OwnCountry>>,
    #[serde(default)]
    place: Vec<Spanned<OwnPlace>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnPerson {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    offices: Vec<Spanned<OwnOffice>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnOffice {
    country: Spanned<String>,
    office: Spanned<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    from: Option<Spanned<String>>,
    #[serde(default)]
    to: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnCountry {
    code: Spanned<String>,
    kind: Spanned<String>,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
    #[serde(default)]
    leader_title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnPlace {
    name: String,
    country: Spanned<String>,
    #[serde(default = "city")]
    kind: String,
    #[serde(default)]
    aliases: Vec<String>,
}

fn city() -> String {
    "city".to_owned()
}

/// Where in the file an entry stands, for messages.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(&self, at: usize, reason: impl Into<String>) -> TableError {
        let line = self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
        TableError { file: self.file.to_owned(), line, reason: reason.into() }
    }

    fn name(&self, name: &str, at: usize) -> Result<(), TableError> {
        if fold(name).is_empty() { Err(self.error(at, "an empty name")) } else { Ok(()) }
    }

    fn bound(&self, text: Option<&Spanned<String>>) -> Result<Interval, TableError> {
        let Some(text) = text else { return Ok(Interval::UNKNOWN) };
        text.get_ref().parse().map_err(|e: readout_types::DateError| self.error(text.span().start, e.to_string()))
    }
}

impl Table {
    /// Adds a person's own actors. An entry that the tables have already (a country by its code, a person by name and
    /// country, a term by its first day) is extended, not doubled.
    ///
    /// # Errors
    /// Names the file, the line and the reason: no TOML, an unknown field, country, office or kind, a date that is none.
    /// The table may then have taken over what stood before that line.
    pub fn extend(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        let source = Source { file, text };
        let own: OwnFile = toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            source.error(at, e.message().replace('\n', " "))
        })?;
        for country in own.country {
            let at = country.span().start;
            self.own_country(&source, country.into_inner(), at)?;
        }
        for place in own.place {
            let at = place.span().start;
            let place = place.into_inner();
            source.name(&place.name, at)?;
            self.known_code(&source, &place.country)?;
            self.places.push(PlaceEntry {
                name: place.name,
                country: place.country.into_inner(),
                kind: place.kind,
                aliases: place.aliases,
            });
        }
        for person in own.person {
            let at = person.span().start;
            self.own_person(&source, person.into_inner(), at)?;
        }
        Ok(())
    }

    fn own_country(&mut self, source: &Source<'_>, own: OwnCountry, at: usize) -> Result<(), TableError> {
        source.name(&own.name, at)?;
        let kind = match own.kind.get_ref().as_str() {
            "state" => CountryKind::State,
            "territory" => CountryKind::Territory,
            "group" => CountryKind::Group,
            "organisation" => CountryKind::Organisation,
            "forum" => CountryKind::Forum,
            other => {
                let reason = format!("kind {other:?}: expected state, territory, organisation, group or forum");
                return Err(source.error(own.kind.span().start, reason));
            }
        };
        let code = own.code.get_ref();
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-') {
            let reason = format!("code {code:?}: expected capital letters and digits, as in US, EU or HAMAS");
            return Err(source.error(own.code.span().start, reason));
        }
        match self.by_code.get(code).copied() {
            Some(known) => {
                let known = &mut self.countries[known];
                let mut names = own.aliases;
                if own.name != known.name {
                    names.push(own.name);
                }
                add_new(&mut known.aliases, names);
                add_new(&mut known.demonyms, own.demonyms);
                add_new(&mut known.capital, own.capital);
                add_new(&mut known.metonyms, own.metonyms);
            }
            None => {
                self.by_code.insert(code.clone(), self.countries.len());
                self.countries.push(Country {
                    code: code.clone(),
                    kind,
                    name: own.name,
                    aliases: own.aliases,
                    demonyms: own.demonyms,
                    capital: own.capital,
                    metonyms: own.metonyms,
                    leader_title: own.leader_title,
                });
            }
        }
        Ok(())
    }

    fn known_code(&self, source: &Source<'_>, code: &Spanned<String>) -> Result<(), TableError> {
        if self.by_code.contains_key(code.get_ref()) {
            return Ok(());
        }
        let reason = format!("no country or organisation has the code {:?}; add it as a [[country]]", code.get_ref());
        Err(source.error(code.span().start, reason))
    }

    fn own_person(&mut self, source: &Source<'_>, own: OwnPerson, at: usize) -> Result<(), TableError> {
        source.name(&own.name, at)?;
        let mut terms = Vec::new();
        for own in &own.offices {
            let own = own.get_ref();
            self.known_code(source, &own.country)?;
            let found = office(own.office.get_ref());
            let office = found.ok_or_else(|| {
                let reason = format!(
                    "unknown office {:?}; the tables in data/actors/holders show the words",
                    own.office.get_ref()
                );
                source.error(own.office.span().start, reason)
            })?;
            let (from, to) = (source.bound(own.from.as_ref())?, source.bound(own.to.as_ref())?);
            let span = Interval { earliest: from.earliest, latest: to.latest };
            if matches!((span.earliest, span.latest), (Some(a), Some(b)) if a > b) {
                let place = own.to.as_ref().map_or(at, |t| t.span().start);
                return Err(source.error(place, "the term ends before it begins"));
            }
            let titles = own.title.iter().chain(&own.titles).cloned().collect();
            terms.push(Term { country: own.country.get_ref().clone(), office, titles, span });
        }
        let folded = fold(&own.name);
        let same = |p: &Person| {
            fold(&p.name) == folded
                && (terms.is_empty() || p.terms.iter().any(|t| terms.iter().any(|n| n.country == t.country)))
        };
        let id = match self.people.iter().position(same) {
            Some(known) => PersonId(known as u32),
            None => {
                self.people.push(Person { name: own.name.clone(), aliases: Vec::new(), terms: Vec::new() });
                PersonId(self.people.len() as u32 - 1)
            }
        };
        add_new(&mut self.people[id.0 as usize].aliases, own.aliases);
        for term in terms {
            self.own_term(id, term);
        }
        Ok(())
    }

    fn own_term(&mut self, id: PersonId, term: Term) {
        let held = self.offices.entry((term.country.clone(), term.office)).or_default();
        match held.iter_mut().find(|(who, span)| *who == id && span.earliest == term.span.earliest) {
            Some(known) => known.1 = term.span,
            None => held.push((id, term.span)),
        }
        for title in &term.titles {
            let offices = self.titles.entry(fold(title)).or_default();
            if !offices.contains(&term.office) {
                offices.push(term.office);
            }
        }
        let mut titles: Vec<String> = term.titles.iter().map(|t| fold(t)).collect();
        let person = &mut self.people[id.0 as usize];
        let begins =
            |t: &Term| t.country == term.country && t.office == term.office && t.span.earliest == term.span.earliest;
        match person.terms.iter_mut().find(|t| begins(t)) {
            Some(known) => {
                known.span = term.span;
                titles.extend(known.titles.iter().map(|t| fold(t)));
                add_new(&mut known.titles, term.titles);
            }
            None => person.terms.push(Term { ..term.clone() }),
        }
        titles.sort();
        titles.dedup();
        for title in titles {
            let bearers = self.bearers.entry((term.country.clone(), title)).or_default();
            let same = |b: &&mut (PersonId, crate::Office, Interval)| {
                b.0 == id && b.1 == term.office && b.2.earliest == term.span.earliest
            };
            match bearers.iter_mut().find(same) {
                Some(known) => known.2 = term.span,
                None => bearers.push((id, term.office, term.span)),
            }
        }
    }
}

fn add_new(list: &mut Vec<String>, more: Vec<String>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extended(text: &str) -> Result<Table, TableError> {
        let mut table = Table::embedded().expect("the built-in tables are well formed");
        table.extend("actors.toml", text).map(|()| table)
    }

    #[test]
    fn own_entries_extend_the_tables() {
        let text = r#"
            [[country]]
            code = "QX"
            kind = "state"
            name = "Examplia"
            demonyms = ["Examplian"]

            [[person]]
            name = "Ada Example"
            aliases = ["A. Example"]
            offices = [{ country = "QX", office = "foreign_minister", title = "Keeper of Letters", from = "2024-05", to = "2025" }]

            [[person]]
            name = "Vladimir Putin"
            aliases = ["Wladimir Putin"]
            offices = [{ country = "RU", office = "envoy", from = "2031" }]
        "#;
        let before = Table::embedded().expect("tables").people().count();
        let table = extended(text).expect("well formed");
        assert_eq!(table.people().count(), before + 1, "a known person is not doubled");
        let day = "2025-03-01".parse::<Interval>().expect("a day").as_day();
        let holders = table.holders("QX", "foreign_minister", day);
        assert_eq!(holders.iter().map(|id| table.person(*id).name.as_str()).collect::<Vec<_>>(), ["Ada Example"]);
        assert_eq!(table.offices("keeper of letters"), ["foreign_minister"]);
        assert!(
            table.people().any(|(_, p)| p.name == "Vladimir Putin" && p.aliases.iter().any(|a| a == "Wladimir Putin"))
        );
    }

    #[test]
    fn a_term_of_the_tables_can_be_ended() {
        let text = "[[person]]\nname = \"Emmanuel Macron\"\noffices = [{ country = \"FR\", office = \"head_of_state\", \
                    from = \"2017-05-14\", to = \"2027-05-13\" }]\n";
        let table = extended(text).expect("well formed");
        let day = |t: &str| t.parse::<Interval>().expect("a day").as_day();
        assert!(!table.holders("FR", "head_of_state", day("2026-01-01")).is_empty());
        assert!(table.holders("FR", "head_of_state", day("2028-01-01")).is_empty());
    }

    #[test]
    fn errors_name_line_and_reason() {
        for (text, line, reason) in [
            ("[[person]]\nname = \"A B\"\nage = 7\n", 3, "unknown field `age`"),
            ("[[person]]\nname = \" \"\n", 1, "an empty name"),
            ("\n[[country]]\ncode = \"XB\"\nkind = \"kingdom\"\nname = \"B\"\n", 4, "expected state, territory"),
            ("[[country]]\ncode = \"x b\"\nkind = \"state\"\nname = \"B\"\n", 2, "capital letters"),
            (
                "[[person]]\nname = \"A B\"\noffices = [{ country = \"ZZ\", office = \"aide\" }]\n",
                3,
                "no country or organisation has the code \"ZZ\"",
            ),
            (
                "[[person]]\nname = \"A B\"\noffices = [\n{ country = \"US\", office = \"tsar\" }]\n",
                4,
                "unknown office",
            ),
            (
                "[[person]]\nname = \"A\"\noffices = [{ country = \"US\", office = \"aide\", from = \"soon\" }]\n",
                3,
                "not an EDTF date",
            ),
            (
                "[[person]]\nname = \"A\"\noffices = [{ country = \"US\", office = \"aide\", from = \"2025\", to = \"2024\" }]\n",
                3,
                "ends before it begins",
            ),
            ("[[person]\n", 1, ""),
        ] {
            let error = extended(text).expect_err(text);
            assert_eq!(error.line, line, "{text}: {error}");
            assert!(error.reason.contains(reason) && error.file == "actors.toml", "{text}: {error}");
        }
    }
}
