//! Owns decisions that come by the API: what a request says becomes an act of the ledger, anchored to words.

use readout_corrections::{Act, Target, parse_value};
use readout_ledger::Ledger;
use readout_types::{Actor, ActorFacts, ActorKind, Field};
use serde_json::{Value, json};

use crate::reply::Fault;

/// Characters of a reason, a name or a value at most.
const LONGEST: usize = 2000;

/// What a request decides, its names not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    what: What,
    by: String,
    why: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Confirm(String),
    Unsure(String),
    NotAContact(String),
    Merge(Vec<String>),
    Split(String, Vec<String>),
    Set(String, Field, String),
    Revert(String),
}

/// Fields that a person can set, in the order of the page.
pub(crate) const SETTABLE: [Field; 10] = [
    Field::Kind,
    Field::Status,
    Field::When,
    Field::Participants,
    Field::Place,
    Field::Initiator,
    Field::Duration,
    Field::Medium,
    Field::Topics,
    Field::Outcomes,
];

fn text(body: &Value, name: &str) -> Result<String, Fault> {
    let found = body.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    let found = found.ok_or_else(|| Fault::Bad(format!("{name:?}: expected a string")))?;
    short(name, found)
}

fn short(name: &str, text: &str) -> Result<String, Fault> {
    match text.chars().count() <= LONGEST {
        true => Ok(text.to_owned()),
        false => Err(Fault::Bad(format!("{name:?} is longer than {LONGEST} characters"))),
    }
}

fn texts(body: &Value, name: &str, least: usize) -> Result<Vec<String>, Fault> {
    let list = body.get(name).and_then(Value::as_array);
    let words: Option<Vec<String>> =
        list.and_then(|l| l.iter().map(|v| v.as_str().map(|t| t.trim().to_owned())).collect());
    words
        .filter(|w| w.len() >= least && w.len() <= 100 && w.iter().all(|t| !t.is_empty()))
        .ok_or_else(|| Fault::Bad(format!("{name:?}: expected a list of at least {least} strings")))
}

impl Decision {
    /// Reads the body of a request; `by` decides where it names nobody.
    pub fn parse(body: &[u8], by: &str) -> Result<Decision, Fault> {
        let body: Value = serde_json::from_slice(body).map_err(|e| Fault::Bad(format!("not JSON: {e}")))?;
        let known = ["do", "contact", "contacts", "documents", "field", "value", "correction", "by", "why"];
        let fields = body.as_object().ok_or_else(|| Fault::Bad("expected a JSON object".to_owned()))?;
        if let Some(name) = fields.keys().find(|k| !known.contains(&k.as_str())) {
            return Err(Fault::Bad(format!("{name:?} is no field of a decision")));
        }
        let contact = || text(&body, "contact");
        let what = match text(&body, "do")?.as_str() {
            "confirm" => What::Confirm(contact()?),
            "unsure" => What::Unsure(contact()?),
            "not-a-contact" => What::NotAContact(contact()?),
            "merge" => What::Merge(texts(&body, "contacts", 2)?),
            "split" => What::Split(contact()?, texts(&body, "documents", 1)?),
            "set" => {
                let name = text(&body, "field")?;
                let field = SETTABLE.into_iter().find(|f| f.as_str() == name);
                let names = SETTABLE.map(Field::as_str).join(", ");
                let field = field.ok_or_else(|| Fault::Bad(format!("\"field\" is {name:?}: expected {names}")))?;
                What::Set(contact()?, field, text(&body, "value")?)
            }
            "revert" => What::Revert(text(&body, "correction")?),
            other => {
                let words = "confirm, unsure, not-a-contact, merge, split, set or revert";
                return Err(Fault::Bad(format!("\"do\" is {other:?}: expected {words}")));
            }
        };
        let optional = |name: &str| -> Result<Option<String>, Fault> {
            let given = body.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
            given.map(|t| short(name, t)).transpose()
        };
        let by = optional("by")?.unwrap_or_else(|| by.to_owned());
        Ok(Decision { what, by, why: optional("why")? })
    }
}

/// Writes a decision and makes a new edition. Gives its line, what became of it, and the contacts it is about now.
///
/// # Errors
/// In words: what it names is not there, its value does not fit, or it cannot be written.
pub(crate) fn perform(
    ledger: &mut Ledger,
    decision: &Decision,
    progress: &(dyn Fn(readout_ledger::Progress) + Sync),
) -> Result<Value, String> {
    let failed = |e: readout_ledger::LedgerError| e.to_string();
    // Somebody may have written to the file, or another program to the store.
    ledger.reload().map_err(failed)?;
    ledger.refresh(progress).map_err(failed)?;
    let act = act(ledger, &decision.what)?;
    let about: Vec<Target> = match &act {
        // What a decision that is taken back was about.
        Act::Revert { correction } => {
            let reverted = ledger.book().all().iter().find(|c| c.id == *correction);
            reverted.map(|c| c.act.targets().into_iter().cloned().collect()).unwrap_or_default()
        }
        other => other.targets().into_iter().cloned().collect(),
    };
    // To the microsecond: two decisions can be made in one second.
    let at = jiff::Timestamp::now().to_string();
    let made = ledger.correct(act, &decision.by, &at, decision.why.as_deref(), progress).map_err(failed)?;
    let outcome = ledger.decisions().map_err(failed)?.into_iter().find(|d| d.id == made.id);
    let (state, note) = outcome.map_or(("applied".to_owned(), String::new()), |o| (o.state, o.note));
    let contacts = ledger.holding(&about).map_err(failed)?;
    Ok(json!({
        "correction": made.id, "what": readout_export::plain(&made.act.describe()), "state": state, "note": note,
        "contacts": contacts,
    }))
}

fn act(ledger: &Ledger, what: &What) -> Result<Act, String> {
    let failed = |e: readout_ledger::LedgerError| e.to_string();
    let part = |id: &String| ledger.contact(id).map_err(failed)?.ok_or_else(|| format!("no contact {id:?}"));
    let target = |id: &String| -> Result<Target, String> {
        let part = part(id)?;
        Ok(ledger.target(&part, &part.chronology.contacts[0]))
    };
    Ok(match what {
        What::Confirm(id) => Act::Confirm { contact: target(id)? },
        What::Unsure(id) => Act::Unsure { contact: target(id)? },
        What::NotAContact(id) => Act::NotAContact { contact: target(id)? },
        What::Merge(ids) => {
            let mut distinct = ids.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.len() < ids.len() {
                return Err("a contact is given twice".to_owned());
            }
            Act::Merge { contacts: ids.iter().map(target).collect::<Result<Vec<Target>, String>>()? }
        }
        What::Split(id, documents) => {
            let part = part(id)?;
            let (stay, apart) = ledger.divided(&part, &part.chronology.contacts[0], documents);
            if let Some(stranger) = documents.iter().find(|d| apart.reports.iter().all(|a| a.document != **d)) {
                return Err(format!("{stranger:?} does not report {id}"));
            }
            if stay.reports.is_empty() {
                return Err(format!("no report of {id} would be left"));
            }
            Act::Split { contact: stay, apart }
        }
        What::Set(id, field, value) => {
            let failure = std::cell::RefCell::new(None);
            let actor = |name: &str| -> Actor {
                ledger.actor(name).unwrap_or_else(|error| {
                    *failure.borrow_mut() = Some(error.to_string());
                    Actor::from(ActorFacts {
                        name: name.to_owned(),
                        role: None,
                        country: None,
                        kind: ActorKind::Person,
                        key: name.to_owned(),
                    })
                })
            };
            let value = parse_value(*field, value, &actor).map_err(|e| e.to_string())?;
            if let Some(error) = failure.into_inner() {
                return Err(error);
            }
            Act::Set { contact: target(id)?, field: *field, value }
        }
        What::Revert(id) => Act::Revert { correction: ledger.book().find(id)?.id.clone() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read() {
        let parse = |text: &str| Decision::parse(text.as_bytes(), "Ada");
        let decision = parse(r#"{"do":"set","contact":"x","field":"duration_minutes","value":"60-75","why":" seen "}"#);
        let what = What::Set("x".to_owned(), Field::Duration, "60-75".to_owned());
        assert_eq!(decision, Ok(Decision { what, by: "Ada".to_owned(), why: Some("seen".to_owned()) }));
        for (text, words) in [
            ("", "not JSON"),
            ("[]", "JSON object"),
            (r#"{"do":"drop"}"#, "expected confirm"),
            (r#"{"do":"confirm"}"#, "\"contact\""),
            (r#"{"do":"merge","contacts":["x"]}"#, "at least 2"),
            (r#"{"do":"set","contact":"x","field":"said_by","value":"y"}"#, "expected kind"),
            (r#"{"do":"confirm","contact":"x","shell":"y"}"#, "no field"),
        ] {
            let Err(Fault::Bad(why)) = parse(text) else { panic!("{text}") };
            assert!(why.contains(words), "{text}: {why}");
        }
        let long = format!(r#"{{"do":"confirm","contact":"x","why":"{}"}}"#, "y".repeat(LONGEST + 1));
        assert!(parse(&long).is_err());
    }
}
