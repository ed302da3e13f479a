//! Owns which of several people of one name is meant: by country, office, the day of the text and rank.

use readout_actors::{Office, PersonId};

use crate::Knowledge;
use crate::actors::Cast;

/// The most likely of several people of one name: of that country and office if any is, in office on the day, of high rank.
pub fn choose_person(
    knowledge: &Knowledge,
    ids: &[PersonId],
    country: Option<&str>,
    offices: &[Office],
    cast: &Cast,
) -> Option<PersonId> {
    ids.iter()
        .copied()
        .map(|id| (score_person(knowledge, id, country, offices, cast), id))
        .max_by_key(|&(score, id)| (score, std::cmp::Reverse(id)))
        .map(|(_, id)| id)
}

/// How well a person of the table fits country, offices and day.
pub fn score_person(
    knowledge: &Knowledge,
    id: PersonId,
    country: Option<&str>,
    offices: &[Office],
    cast: &Cast,
) -> i32 {
    let person = knowledge.table.person(id);
    person
        .terms
        .iter()
        .map(|term| {
            let mut score = 0;
            if let Some(code) = country {
                score += if term.country == code { 40 } else { -40 };
            }
            // A country that the text names makes one of its people likelier.
            if country.is_none() && cast.state(&term.country).is_some() {
                score += 3;
            }
            if !offices.is_empty() && offices != ["person"] {
                // What a title means first counts most: "Vice President" is rarely that of a head of government.
                score += match offices.iter().position(|o| *o == term.office) {
                    Some(0) => 36,
                    Some(_) => 30,
                    None => 0,
                };
            }
            match cast.day {
                Some(day) if term.includes(day) => score += 20,
                Some(day) => {
                    let years = match (term.span.earliest, term.span.latest) {
                        (_, Some(end)) if end < day => (day.year() - end.year()) as i32,
                        (Some(start), _) if start > day => 6 + (start.year() - day.year()) as i32,
                        _ => 0,
                    };
                    score += 10 - years.min(20);
                }
                None if term.span.latest.is_none() => score += 20,
                None => score += term.span.latest.map_or(0, |d| (d.year() as i32 - 2000).clamp(0, 18)),
            }
            score
                + match term.office {
                    "head_of_state" | "head_of_government" | "head_of_organisation" => 8,
                    "foreign_minister" | "head_of_state_elect" => 6,
                    "deputy_head" | "defence_minister" | "security_adviser" | "spokesperson" => 4,
                    _ => 0,
                }
        })
        .max()
        .unwrap_or(-100)
}
