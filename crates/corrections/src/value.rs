//! Owns the values that a person can give a field: as JSON in the file, as a few words on the command line.

use std::fmt;

use readout_types::{Actor, ContactKind, Duration, Field, FieldValue, Interval, Place, Status};
use serde_json::{Value, json};

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetError(pub String);

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SetError {}

/// The value of a line; `None` for `null`.
///
/// # Errors
/// Why it does not fit the field.
pub(crate) fn from_json(field: Field, value: &Value) -> Result<Option<FieldValue>, String> {
    if value.is_null() {
        return match field {
            Field::Kind | Field::Status | Field::Participants => Err(format!("{} cannot be unknown", field.as_str())),
            Field::Counts | Field::SaidBy => Err(cannot(field)),
            _ => Ok(None),
        };
    }
    let word = || value.as_str().ok_or_else(|| format!("{} is {value}: expected a string", field.as_str()));
    let expected = |what: &str| format!("{} is {value}: expected {what}", field.as_str());
    Ok(Some(match field {
        Field::Kind => FieldValue::Kind(
            ContactKind::parse(word()?).ok_or_else(|| expected("call, meeting, visit, talks or message"))?,
        ),
        Field::Status => FieldValue::Status(
            Status::parse(word()?)
                .ok_or_else(|| expected("held, ongoing, planned, proposed, cancelled, denied or unclear"))?,
        ),
        Field::When => FieldValue::When(word()?.parse::<Interval>().map_err(|e| e.to_string())?),
        Field::Place => match value {
            Value::String(name) => FieldValue::Place(Place { name: name.clone(), country: None }),
            _ => FieldValue::Place(serde_json::from_value(value.clone()).map_err(|_| expected("{\"name\": …}"))?),
        },
        Field::Initiator => FieldValue::Actor(actor(value).ok_or_else(|| expected("an actor: name, kind, key"))?),
        Field::Participants => {
            let list = value.as_array().ok_or_else(|| expected("a list of actors"))?;
            let actors: Option<Vec<Actor>> = list.iter().map(actor).collect();
            let actors = actors.ok_or_else(|| expected("a list of actors: name, kind, key"))?;
            if actors.is_empty() {
                return Err("participants cannot be unknown".to_owned());
            }
            FieldValue::Actors(actors)
        }
        Field::Duration => {
            let minutes = |name: &str| value.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
            let length = Duration { min: minutes("min"), max: minutes("max") };
            match (length.min, length.max) {
                (None, None) => return Err(expected("{\"min\": 60, \"max\": 75}, in minutes")),
                (Some(a), Some(b)) if a > b => return Err(expected("a \"min\" that is not above \"max\"")),
                _ => FieldValue::Duration(length),
            }
        }
        Field::Medium => FieldValue::Text(word()?.to_owned()),
        Field::Topics | Field::Outcomes => {
            let list = value.as_array().ok_or_else(|| expected("a list of strings"))?;
            let words: Option<Vec<String>> = list.iter().map(|w| w.as_str().map(str::to_owned)).collect();
            FieldValue::Words(words.ok_or_else(|| expected("a list of strings"))?)
        }
        Field::Counts | Field::SaidBy => return Err(cannot(field)),
    }))
}

fn cannot(field: Field) -> String {
    format!("{} cannot be set: it is what documents say", field.as_str())
}

fn actor(value: &Value) -> Option<Actor> {
    serde_json::from_value(value.clone()).ok().filter(|a: &Actor| !a.name.is_empty() && !a.key.is_empty())
}

/// The value that a person types, as the JSON of the line: `2025-06-14`, `60-75`, `Ada Example; Russia`, `unknown`.
/// `actor` finds or makes the actor of a name.
///
/// # Errors
/// What was expected.
pub fn parse_value(field: Field, typed: &str, actor: &dyn Fn(&str) -> Actor) -> Result<Value, SetError> {
    let typed = typed.trim();
    let list = || typed.split(';').map(str::trim).filter(|w| !w.is_empty());
    let value = if typed == "unknown" {
        match field {
            Field::When => json!(".."),
            _ => Value::Null,
        }
    } else {
        match field {
            Field::Place => match typed.rsplit_once('(').and_then(|(name, code)| Some((name, code.strip_suffix(')')?)))
            {
                Some((name, code)) => json!({"name": name.trim(), "country": code.trim()}),
                None => json!({"name": typed, "country": null}),
            },
            Field::Initiator => json!(actor(typed)),
            Field::Participants => json!(list().map(actor).collect::<Vec<Actor>>()),
            Field::Duration => {
                let bad = || SetError(format!("duration {typed:?}: expected minutes: 75, 60-75, 60- or -75"));
                let minutes = |t: &str| if t.trim().is_empty() { Ok(None) } else { t.trim().parse::<u32>().map(Some) };
                let (min, max) = typed.split_once(['-', '–']).unwrap_or((typed, typed));
                json!({"min": minutes(min).map_err(|_| bad())?, "max": minutes(max).map_err(|_| bad())?})
            }
            Field::Topics | Field::Outcomes => json!(list().collect::<Vec<&str>>()),
            _ => json!(typed),
        }
    };
    from_json(field, &value).map_err(SetError)?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{ActorFacts, ActorKind};

    fn person(name: &str) -> Actor {
        let key = format!("person:{}", name.to_lowercase());
        Actor::from(ActorFacts { name: name.to_owned(), role: None, country: None, kind: ActorKind::Person, key })
    }

    fn typed(field: Field, text: &str) -> Result<Option<FieldValue>, SetError> {
        let value = parse_value(field, text, &person)?;
        from_json(field, &value).map_err(SetError)
    }

    #[test]
    fn values_as_people_type_them() {
        let minutes = |min, max| Ok(Some(FieldValue::Duration(Duration { min, max })));
        assert_eq!(typed(Field::Duration, "60-75"), minutes(Some(60), Some(75)));
        assert_eq!(typed(Field::Duration, "75"), minutes(Some(75), Some(75)));
        assert_eq!(typed(Field::Duration, "60-"), minutes(Some(60), None));
        assert_eq!(typed(Field::Kind, "call"), Ok(Some(FieldValue::Kind(ContactKind::Call))));
        assert_eq!(typed(Field::When, "unknown"), Ok(Some(FieldValue::When(Interval::UNKNOWN))));
        assert_eq!(typed(Field::Medium, "unknown"), Ok(None));
        let place = Place { name: "Geneva".to_owned(), country: Some("CH".to_owned()) };
        assert_eq!(typed(Field::Place, "Geneva (CH)"), Ok(Some(FieldValue::Place(place))));
        let Ok(Some(FieldValue::Actors(actors))) = typed(Field::Participants, "Ada Example; Bo Sample") else {
            panic!("two actors")
        };
        assert_eq!(actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Ada Example", "Bo Sample"]);
    }

    #[test]
    fn values_that_do_not_fit() {
        for (field, text, reason) in [
            (Field::Kind, "chat", "expected call"),
            (Field::Kind, "unknown", "cannot be unknown"),
            (Field::Status, "done", "expected held"),
            (Field::When, "last week", "not an EDTF date"),
            (Field::Duration, "an hour", "expected minutes"),
            (Field::Duration, "90-60", "not above"),
            (Field::Duration, "-", "in minutes"),
            (Field::Participants, ";", "cannot be unknown"),
            (Field::SaidBy, "Ada", "cannot be set"),
        ] {
            let error = typed(field, text).expect_err(text);
            assert!(error.0.contains(reason), "{text}: {error}");
        }
    }
}
