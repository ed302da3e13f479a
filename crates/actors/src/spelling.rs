//! Owns names spelt as no table has them: who of a country's office-holders is meant by a name that is nearly theirs.

use readout_types::Date;

use crate::fold;
use crate::table::{PersonId, Table, Term};

/// Years before and after the terms of an office-holder in which the news still names him.
const YEARS: i16 = 6;

/// Letters of a name for one that may differ: `Hamdouk` for `Hamdok`, not `Karimov` for `Karimi`.
const LETTERS_A_CHANGE: usize = 7;

impl Table {
    /// The one office-holder of a country whose name is spelt nearly like a full name of a text, in which the tables have
    /// no such spelling; `None` where nobody or more than one is. At most one letter in seven may be added, left out or
    /// changed, none of them the first of a word; the number of words does not matter. `day` is that of the text.
    ///
    /// ```
    /// # let table = readout_actors::Table::embedded().unwrap();
    /// let person = table.spelt_like("SD", "Abdulla Hamdouk", None).unwrap();
    /// assert_eq!(table.person(person).name, "Abdalla Hamdok");
    /// assert_eq!(table.spelt_like("EG", "Abdulla Hamdouk", None), None);
    /// ```
    pub fn spelt_like(&self, country: &str, name: &str, day: Option<Date>) -> Option<PersonId> {
        let name = fold(name);
        let joined: String = name.split(' ').collect();
        let allowed = joined.chars().count() / LETTERS_A_CHANGE;
        let (first, last) = (name.chars().next()?, name.rsplit(' ').next()?.chars().next()?);
        if allowed == 0 || !name.contains(' ') {
            return None;
        }
        let near = |t: &Term| {
            t.country == country
                && day.is_none_or(|day| {
                    t.span.earliest.is_none_or(|a| a.year() - YEARS <= day.year())
                        && t.span.latest.is_none_or(|b| day.year() <= b.year() + YEARS)
                })
        };
        let mut best: Option<(usize, PersonId)> = None;
        let mut ties = 0;
        for (id, person) in self.people() {
            if !person.terms.iter().any(near) {
                continue;
            }
            let alike = std::iter::once(&person.name)
                .chain(&person.aliases)
                .filter_map(|form| {
                    let form = fold(form);
                    let fits = form.contains(' ')
                        && form.starts_with(first)
                        && form.rsplit(' ').next().is_some_and(|w| w.starts_with(last));
                    let letters: String = form.split(' ').collect();
                    (fits && letters.chars().count().abs_diff(joined.chars().count()) <= allowed)
                        .then(|| strsim::osa_distance(&letters, &joined))
                })
                .min()
                .filter(|&d| d <= allowed);
            let Some(distance) = alike else { continue };
            match best {
                Some((known, _)) if known < distance => {}
                Some((known, _)) if known == distance => ties += 1,
                _ => (best, ties) = (Some((distance, id)), 0),
            }
        }
        best.filter(|_| ties == 0).map(|(_, id)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_lead_to_office_holders_of_that_country_alone() {
        let table = Table::embedded().unwrap();
        let day = |y: i16| Some(Date::constant(y, 6, 1));
        for (country, name, year, known) in [
            ("IR", "Hussein Amir Abdullahian", 2022, Some("Hossein Amir-Abdollahian")),
            ("SD", "Abdallah Hamdouk", 2020, Some("Abdalla Hamdok")),
            ("US", "Chuch Hagel", 2013, Some("Chuck Hagel")),
            // The same name, too long after; another first letter; another country; too short to tell.
            ("US", "Chuch Hagel", 2040, None),
            ("US", "Huck Hagel", 2013, None),
            ("CA", "Chuch Hagel", 2013, None),
            ("CN", "Li Pen", 1998, None),
        ] {
            let found = table.spelt_like(country, name, day(year)).map(|id| table.person(id).name.as_str());
            assert_eq!(found, known, "{name} of {country} in {year}");
        }
    }
}
