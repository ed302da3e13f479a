//! Owns the tables as data: countries, office-holders with their terms, titles, places; reading and looking up by office and date.

use std::collections::HashMap;

use readout_types::{Date, Interval};

use crate::fold::fold;

/// What an entry of the countries table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryKind {
    /// A state.
    State,
    /// A territory or a state with limited recognition.
    Territory,
    /// A political or armed group.
    Group,
    /// An international organisation.
    Organisation,
    /// A forum without an organisation of its own (G7, BRICS).
    Forum,
}

/// A state, territory, group, organisation or forum.
#[derive(Clone, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2 for states, a code of the project's own for the others.
    pub code: String,
    /// What it is.
    pub kind: CountryKind,
    /// The usual English news name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Adjectives and nouns for its people and its side.
    pub demonyms: Vec<String>,
    /// The capital, first spelling preferred.
    pub capital: Vec<String>,
    /// Cities, buildings and institutions that stand for its government.
    pub metonyms: Vec<String>,
    /// What its executive leader is called.
    pub leader_title: String,
}

/// An office, as the holders tables name it (`head_of_state`, `foreign_minister`, …).
pub type Office = &'static str;

/// One term of a person in an office.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Code of the country or organisation.
    pub country: String,
    /// The office.
    pub office: Office,
    /// Titles, the preferred first.
    pub titles: Vec<String>,
    /// First day and last day, as far as known; open when not known to have ended.
    pub span: Interval,
}

impl Term {
    /// Whether the person may have held the office on that day.
    pub fn includes(&self, day: Date) -> bool {
        self.span.earliest.is_none_or(|a| a <= day) && self.span.latest.is_none_or(|b| day <= b)
    }
}

/// Index of a person in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// A person with all terms that the tables know.
#[derive(Clone, Debug)]
pub struct Person {
    /// The usual English news form.
    pub name: String,
    /// Other spellings and forms.
    pub aliases: Vec<String>,
    /// Terms, in the order of the tables.
    pub terms: Vec<Term>,
}

impl Person {
    /// The term that best describes the person on a day: a current one of the highest rank, else the last before,
    /// else the first after. `None` as the day gives the latest.
    pub fn term_on(&self, day: Option<Date>) -> Option<&Term> {
        let Some(day) = day else {
            return self.terms.iter().max_by_key(|t| (t.span.latest.is_none(), t.span.earliest));
        };
        let current = self.terms.iter().filter(|t| t.includes(day)).min_by_key(|t| rank(t.office));
        let before =
            || self.terms.iter().filter(|t| t.span.latest.is_some_and(|b| b < day)).max_by_key(|t| t.span.latest);
        let after = || self.terms.iter().min_by_key(|t| t.span.earliest);
        current.or_else(before).or_else(after)
    }
}

/// How prominent an office is, 0 the most.
pub(crate) fn rank(office: &str) -> u8 {
    match office {
        "head_of_state" | "head_of_government" | "head_of_organisation" => 0,
        "foreign_minister" | "head_of_state_elect" => 1,
        "deputy_head" | "defence_minister" | "security_adviser" => 2,
        "envoy" | "chief_of_staff" | "spokesperson" | "aide" | "royal" => 3,
        _ => 4,
    }
}

/// A city, venue or region.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// Its name.
    pub name: String,
    /// Code of the country it lies in.
    pub country: String,
    /// `city`, `venue`, `site` or `region`.
    pub kind: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// A line of a table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct TableError {
    /// The table.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// Who bore a title, by which office, and when.
pub(crate) type Bearer = (PersonId, Office, Interval);

/// All tables.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub(crate) countries: Vec<Country>,
    pub(crate) by_code: HashMap<String, usize>,
    pub(crate) people: Vec<Person>,
    pub(crate) places: Vec<PlaceEntry>,
    /// Folded title to offices, likeliest first.
    pub(crate) titles: HashMap<String, Vec<Office>>,
    /// Who held an office of a country, by (country, office).
    pub(crate) offices: HashMap<(String, Office), Vec<(PersonId, Interval)>>,
    /// Who bore a folded title of a country.
    pub(crate) bearers: HashMap<(String, String), Vec<Bearer>>,
    female: HashMap<String, bool>,
}

const HOLDERS: [(&str, &str); 5] = [
    ("holders/europe.tsv", include_str!("../../../data/actors/holders/europe.tsv")),
    ("holders/asia.tsv", include_str!("../../../data/actors/holders/asia.tsv")),
    ("holders/americas.tsv", include_str!("../../../data/actors/holders/americas.tsv")),
    ("holders/organisations.tsv", include_str!("../../../data/actors/holders/organisations.tsv")),
    ("holders/africa.tsv", include_str!("../../../data/actors/holders/africa.tsv")),
];

impl Table {
    /// The tables compiled into the program.
    ///
    /// # Errors
    /// Names the file and line of a malformed row; a test keeps the built-in tables free of them.
    pub fn embedded() -> Result<Table, TableError> {
        let mut table = Table::default();
        table.add_countries("countries.tsv", include_str!("../../../data/actors/countries.tsv"))?;
        table.add_titles("titles.tsv", include_str!("../../../data/actors/titles.tsv"))?;
        table.add_places("places.tsv", include_str!("../../../data/actors/places.tsv"))?;
        for (file, text) in HOLDERS {
            table.add_holders(file, text)?;
        }
        table.add_given_names("given_names.tsv", include_str!("../../../data/lexicons/given_names.tsv"))?;
        Ok(table)
    }

    fn add_countries(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (line, row) in rows(file, text, 8)? {
            let kind = match row[1] {
                "state" => CountryKind::State,
                "territory" => CountryKind::Territory,
                "group" => CountryKind::Group,
                "organisation" => CountryKind::Organisation,
                "forum" => CountryKind::Forum,
                other => return Err(bad(file, line, format!("unknown kind {other:?}"))),
            };
            self.by_code.insert(row[0].to_owned(), self.countries.len());
            self.countries.push(Country {
                code: row[0].to_owned(),
                kind,
                name: row[2].to_owned(),
                aliases: list(row[3], ';'),
                demonyms: list(row[4], ';'),
                capital: list(row[5], ';'),
                metonyms: list(row[6], ';'),
                leader_title: row[7].to_owned(),
            });
        }
        Ok(())
    }

    fn add_titles(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (line, row) in rows(file, text, 2)? {
            let offices = row[1].split(',').map(|o| office(o.trim())).collect::<Option<Vec<_>>>();
            let offices = offices.ok_or_else(|| bad(file, line, format!("unknown office in {:?}", row[1])))?;
            self.titles.insert(fold(row[0]), offices);
        }
        Ok(())
    }

    fn add_places(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (_, row) in rows(file, text, 4)? {
            self.places.push(PlaceEntry {
                name: row[0].to_owned(),
                country: row[1].to_owned(),
                kind: row[2].to_owned(),
                aliases: list(row[3], ';'),
            });
        }
        Ok(())
    }

    fn add_given_names(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (_, row) in rows(file, text, 2)? {
            self.female.insert(fold(row[0]), row[1] == "f");
        }
        Ok(())
    }

    fn add_holders(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        // A person is one entry when name and country agree; the same name in two countries is two people.
        let mut known: HashMap<(String, String), PersonId> = HashMap::new();
        for (line, row) in rows(file, text, 7)? {
            let office = office(row[1]).ok_or_else(|| bad(file, line, format!("unknown office {:?}", row[1])))?;
            let from = bound(row[4]).map_err(|e| bad(file, line, e))?;
            let to = bound(row[5]).map_err(|e| bad(file, line, e))?;
            let span = Interval { earliest: from.earliest, latest: to.latest };
            let id = *known.entry((fold(row[3]), row[0].to_owned())).or_insert_with(|| {
                self.people.push(Person { name: row[3].to_owned(), aliases: Vec::new(), terms: Vec::new() });
                PersonId(self.people.len() as u32 - 1)
            });
            let person = &mut self.people[id.0 as usize];
            for alias in list(row[6], ';') {
                if !person.aliases.contains(&alias) {
                    person.aliases.push(alias);
                }
            }
            let titles = list(row[2], '|');
            for title in &titles {
                let offices = self.titles.entry(fold(title)).or_default();
                if !offices.contains(&office) {
                    offices.push(office);
                }
                self.bearers.entry((row[0].to_owned(), fold(title))).or_default().push((id, office, span));
            }
            person.terms.push(Term { country: row[0].to_owned(), office, titles, span });
            self.offices.entry((row[0].to_owned(), office)).or_default().push((id, span));
        }
        Ok(())
    }

    /// All countries, organisations and groups.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// All people.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        self.people.iter().enumerate().map(|(i, p)| (PersonId(i as u32), p))
    }

    /// All places.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// Folded titles with the offices they can mean.
    pub fn titles(&self) -> impl Iterator<Item = (&str, &[Office])> {
        self.titles.iter().map(|(t, o)| (t.as_str(), o.as_slice()))
    }

    /// The country with a code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.by_code.get(code).map(|&i| &self.countries[i])
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0 as usize]
    }

    /// The offices that a title can mean, likeliest first; empty for words that are no title.
    pub fn offices(&self, title: &str) -> &[Office] {
        self.titles.get(&fold(title)).map_or(&[], Vec::as_slice)
    }

    /// Whether a given name is a woman's; `None` when the lexicon does not know it.
    pub fn is_female(&self, given_name: &str) -> Option<bool> {
        self.female.get(&fold(given_name)).copied()
    }

    /// Who bore a title (folded) of a country on a day, the highest office first; without a day, those who still do.
    pub fn titled(&self, country: &str, title: &str, day: Option<Date>) -> Vec<PersonId> {
        let Some(found) = self.bearers.get(&(country.to_owned(), title.to_owned())) else { return Vec::new() };
        let mut fit: Vec<(u8, std::cmp::Reverse<Option<Date>>, PersonId)> = found
            .iter()
            .filter(|(_, _, t)| match day {
                Some(day) => t.earliest.is_none_or(|a| a <= day) && t.latest.is_none_or(|b| day <= b),
                None => t.latest.is_none(),
            })
            .map(|(id, office, t)| (rank(office), std::cmp::Reverse(t.earliest), *id))
            .collect();
        fit.sort();
        fit.dedup_by_key(|f| f.2);
        fit.into_iter().map(|f| f.2).collect()
    }

    /// Who held an office on a day: everybody whose term includes it, the latest to begin first. `leader` is the
    /// executive head that the countries table names. Without a day, the latest holder.
    pub fn holders(&self, country: &str, office: Office, day: Option<Date>) -> Vec<PersonId> {
        if office == "leader" {
            let title = self.country(country).map(|c| fold(&c.leader_title)).unwrap_or_default();
            let first = match title.as_str() {
                "prime minister" | "chancellor" | "taoiseach" | "premier" => "head_of_government",
                "secretary general" => "head_of_organisation",
                _ => "head_of_state",
            };
            for office in [first, "head_of_state", "head_of_government", "head_of_organisation", "party"] {
                let found = self.holders(country, office, day);
                if !found.is_empty() {
                    return found;
                }
            }
            return Vec::new();
        }
        let Some(terms) = self.offices.get(&(country.to_owned(), office)) else { return Vec::new() };
        let mut found: Vec<(PersonId, Interval)> = match day {
            Some(day) => terms
                .iter()
                .filter(|(_, t)| t.earliest.is_none_or(|a| a <= day) && t.latest.is_none_or(|b| day <= b))
                .copied()
                .collect(),
            None => terms.iter().max_by_key(|(_, t)| (t.latest.is_none(), t.earliest)).into_iter().copied().collect(),
        };
        found.sort_by_key(|(id, t)| (std::cmp::Reverse(t.earliest), *id));
        found.dedup_by_key(|(id, _)| *id);
        found.into_iter().map(|(id, _)| id).collect()
    }
}

fn bound(text: &str) -> Result<Interval, String> {
    if text.is_empty() {
        Ok(Interval::UNKNOWN)
    } else {
        text.parse().map_err(|e: readout_types::DateError| e.to_string())
    }
}

fn list(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn bad(file: &str, line: usize, reason: String) -> TableError {
    TableError { file: format!("data/actors/{file}"), line, reason }
}

fn rows<'a>(file: &str, text: &'a str, columns: usize) -> Result<Vec<(usize, Vec<&'a str>)>, TableError> {
    let mut out = Vec::new();
    let mut header = true;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if header {
            header = false;
            continue;
        }
        let row: Vec<&str> = line.split('\t').map(str::trim).collect();
        if row.len() != columns {
            return Err(bad(file, at + 1, format!("{} columns, expected {columns}", row.len())));
        }
        out.push((at + 1, row));
    }
    Ok(out)
}

pub(crate) fn office(text: &str) -> Option<Office> {
    const ALL: [Office; 20] = [
        "head_of_state",
        "head_of_state_elect",
        "head_of_government",
        "head_of_organisation",
        "deputy_head",
        "foreign_minister",
        "defence_minister",
        "security_adviser",
        "chief_of_staff",
        "aide",
        "spokesperson",
        "envoy",
        "minister",
        "legislature",
        "intelligence",
        "military",
        "party",
        "royal",
        "leader",
        "person",
    ];
    ALL.into_iter().find(|o| *o == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse::<Interval>().ok().and_then(Interval::as_day)
    }

    #[test]
    fn built_in_tables_read() {
        let table = Table::embedded().expect("tables");
        assert!(table.people.len() > 1000 && table.countries.len() > 193);
    }

    #[test]
    fn office_holders_by_date() {
        let table = Table::embedded().expect("tables");
        for (country, title, on, name) in [
            ("US", "president", "2014-03-01", "Barack Obama"),
            ("US", "president", "2025-03-01", "Donald Trump"),
            ("US", "secretary of state", "2013-05-01", "John Kerry"),
            ("RU", "president", "2010-05-01", "Dmitry Medvedev"),
            ("RU", "foreign minister", "2016-05-01", "Sergei Lavrov"),
            ("DE", "chancellor", "2012-01-01", "Angela Merkel"),
            ("DE", "leader", "2012-01-01", "Angela Merkel"),
            ("CN", "leader", "2016-01-01", "Xi Jinping"),
            ("JP", "prime minister", "2017-01-01", "Shinzo Abe"),
        ] {
            let office = *table.offices(title).first().expect(title);
            let found = table.holders(country, office, day(on));
            let names: Vec<&str> = found.iter().map(|id| table.person(*id).name.as_str()).collect();
            assert_eq!(names.first(), Some(&name), "{country} {title} {on}: {names:?}");
        }
    }
}
