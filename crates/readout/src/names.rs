//! Owns the loose matching of names that a person types: `trump`, `erdogan`, `Russia`, `US`, `Kremlin`.

use std::collections::HashSet;

use readout_actors::{Table, TableError, fold};
use readout_types::Actor;

use crate::OwnActors;

/// The names that the tables know, for matching what a person types. Needs no language models.
#[derive(Clone, Debug)]
pub struct Names(Table);

impl Names {
    /// The built-in tables, with a person's own actors where there are any (file name and text).
    ///
    /// # Errors
    /// Names the file and line that cannot be read.
    pub fn new(own: Option<&OwnActors>) -> Result<Names, TableError> {
        let mut table = Table::embedded()?;
        if let Some(own) = own {
            table.extend(&own.file, &own.text)?;
        }
        Ok(Names(table))
    }

    /// The tables.
    pub fn table(&self) -> &Table {
        &self.0
    }

    /// All that a name can mean.
    pub fn wanted(&self, name: &str) -> Wanted {
        Wanted::new(name, &self.0)
    }
}

/// A name as somebody typed it, with all that it can mean.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Without case, accents and punctuation.
    folded: String,
    /// Codes of the countries, organisations and groups with that name.
    countries: HashSet<String>,
    /// Folded usual names of the people with an alias of that name.
    people: HashSet<String>,
}

impl Wanted {
    pub(crate) fn new(name: &str, table: &Table) -> Wanted {
        let folded = fold(name);
        let countries = table
            .countries()
            .iter()
            .filter(|c| {
                let names = [&c.code, &c.name].into_iter().chain(&c.aliases).chain(&c.demonyms).chain(&c.metonyms);
                let mut names = names.chain(&c.capital);
                names.any(|n| fold(n) == folded)
            })
            .map(|c| c.code.clone())
            .collect();
        let people = table
            .people()
            .filter(|(_, p)| p.aliases.iter().any(|alias| begins_words(&fold(alias), &folded)))
            .map(|(_, p)| fold(&p.name))
            .collect();
        Wanted { folded, countries, people }
    }

    /// Whether an actor is, or acts for, what was asked for.
    pub fn means(&self, actor: &Actor) -> bool {
        let name = fold(&actor.name);
        let by_country = actor.country.as_ref().is_some_and(|c| self.countries.contains(c));
        by_country || self.people.contains(&name) || begins_words(&name, &self.folded)
    }
}

/// Whether `wanted` stands in `name`, beginning at a word; up to three letters only as whole words, so that `US` is not
/// found in `Usman`.
fn begins_words(name: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return false;
    }
    name.match_indices(wanted).any(|(at, _)| {
        let begins = at == 0 || name.as_bytes()[at - 1] == b' ';
        let after = name.as_bytes().get(at + wanted.len());
        begins && (wanted.len() > 3 || after.is_none_or(|&b| b == b' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{ActorFacts, ActorKind};

    fn actor(name: &str, country: &str) -> Actor {
        Actor::from(ActorFacts {
            name: name.to_owned(),
            role: None,
            country: Some(country.to_owned()),
            kind: ActorKind::Person,
            key: format!("person:{}", name.to_lowercase()),
        })
    }

    #[test]
    fn names_match_loosely() {
        let table = Table::embedded().expect("the built-in tables are well formed");
        let putin = actor("Vladimir Putin", "RU");
        let erdogan = actor("Recep Tayyip Erdoğan", "TR");
        for wanted in ["putin", "VLADIMIR", "Vladimir Putin", "Russia", "ru", "Russian", "Kremlin", "Moscow"] {
            assert!(Wanted::new(wanted, &table).means(&putin), "{wanted}");
        }
        for wanted in ["erdogan", "Erdoğan", "tayyip erdogan", "Turkey"] {
            assert!(Wanted::new(wanted, &table).means(&erdogan), "{wanted}");
        }
        for wanted in ["US", "tin", "utin", "", "Trump", "Belarus"] {
            assert!(!Wanted::new(wanted, &table).means(&putin), "{wanted}");
        }
    }
}
