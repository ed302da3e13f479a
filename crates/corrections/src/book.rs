//! Owns the file of corrections as a whole: all decisions in order, which of them hold, and which replace which.

use std::collections::{BTreeMap, HashMap};

use readout_types::{Diagnostic, Level};

use crate::line::{Act, Correction};

/// What became of a decision before it meets any document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds.
    Holds,
    /// Taken back by the decision with this id.
    Reverted(String),
    /// Decided anew by the decision with this id.
    Replaced(String),
}

/// All decisions, each once, in the order of their moments.
#[derive(Clone, Debug, Default)]
pub struct Book {
    all: Vec<Correction>,
    states: Vec<State>,
    problems: Vec<Diagnostic>,
}

impl Book {
    /// Reads the lines of a file; `name` stands for it in messages. A line that cannot be read becomes a message and the
    /// others hold. Equal lines are one decision, and the order of the lines has no say.
    pub fn parse(name: &str, text: &str) -> Book {
        let mut found: BTreeMap<(jiff::Timestamp, String), Correction> = BTreeMap::new();
        let mut problems = Vec::new();
        let mut say = |message: String| {
            problems.push(Diagnostic { document: name.to_owned(), level: Level::Error, message });
        };
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            // The marks that git leaves where it was not told to keep the lines of both sides.
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
                say(format!("line {}: left over from a merge (.gitattributes: corrections.jsonl merge=union)", at + 1));
                continue;
            }
            match Correction::parse(line) {
                _ if line.is_empty() => {}
                Ok(read) => {
                    found.insert((read.moment(), read.id.clone()), read);
                }
                Err(reason) => say(format!("line {}: not used: {reason}", at + 1)),
            }
        }
        let all: Vec<Correction> = found.into_values().collect();
        let states = states(&all);
        for (correction, _) in all.iter().zip(&states) {
            for id in correction.ends().filter(|id| !all.iter().any(|c| c.id == **id)) {
                say(format!("{} names {id}, which is not in the file", correction.id));
            }
        }
        Book { all, states, problems }
    }

    /// Whether nobody decided anything.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All decisions, in order.
    pub fn all(&self) -> &[Correction] {
        &self.all
    }

    /// What became of each of [`Book::all`].
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Lines that cannot be used, one message each.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The decisions that hold, in order.
    pub fn holding(&self) -> impl Iterator<Item = &Correction> {
        self.all.iter().zip(&self.states).filter(|(_, s)| **s == State::Holds).map(|(c, _)| c)
    }

    /// The decision that an id, or the beginning of one, means.
    ///
    /// # Errors
    /// None, or several.
    pub fn find(&self, id: &str) -> Result<&Correction, String> {
        let found: Vec<&Correction> = self.all.iter().filter(|c| !id.is_empty() && c.id.starts_with(id)).collect();
        match found[..] {
            [one] => Ok(one),
            [] => Err(format!("no correction {id:?}; readout log lists them")),
            _ => Err(format!("{id:?} is the beginning of {} ids of corrections", found.len())),
        }
    }

    /// Ids of the decisions that hold and answer the same question as `act`, told by the words they are anchored to: what
    /// a new decision replaces.
    pub fn on_the_same_question(&self, act: &Act) -> Vec<String> {
        self.holding().filter(|c| same_question(&c.act, act)).map(|c| c.id.clone()).collect()
    }
}

/// A decision is over when one that is not over itself takes it back or replaces it. Ids are hashes of what they name, so
/// that no chain can bite its tail; should somebody forge one, its members hold.
fn states(all: &[Correction]) -> Vec<State> {
    let mut enders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, correction) in all.iter().enumerate() {
        for id in correction.ends() {
            enders.entry(id).or_default().push(i);
        }
    }
    fn holds(
        at: usize,
        all: &[Correction],
        enders: &HashMap<&str, Vec<usize>>,
        known: &mut Vec<Option<Option<usize>>>,
        depth: usize,
    ) -> Option<usize> {
        if let Some(done) = known[at] {
            return done;
        }
        if depth > all.len() {
            return None;
        }
        let ending = enders.get(all[at].id.as_str()).into_iter().flatten().copied();
        let ender = ending.filter(|&e| e != at).find(|&e| holds(e, all, enders, known, depth + 1).is_none());
        known[at] = Some(ender);
        ender
    }
    let mut known = vec![None; all.len()];
    (0..all.len())
        .map(|i| match holds(i, all, &enders, &mut known, 0) {
            None => State::Holds,
            Some(e) if matches!(&all[e].act, Act::Revert { correction } if *correction == all[i].id) => {
                State::Reverted(all[e].id.clone())
            }
            Some(e) => State::Replaced(all[e].id.clone()),
        })
        .collect()
}

/// Whether two decisions answer the same question, as far as their anchors tell.
fn same_question(a: &Act, b: &Act) -> bool {
    let share = || {
        let words = |act: &Act| -> Vec<(String, u32)> {
            let anchors = act.targets().into_iter().flat_map(|t| &t.reports);
            anchors.map(|r| (r.hash.clone(), r.start)).collect()
        };
        let known = words(a);
        words(b).iter().any(|w| known.contains(w))
    };
    question(a).zip(question(b)).is_some_and(|(x, y)| x == y) && (a.targets().is_empty() || share())
}

/// What a decision is about, apart from the contact.
pub(crate) fn question(act: &Act) -> Option<String> {
    Some(match act {
        Act::Set { field, .. } => format!("set {}", field.as_str()),
        Act::Confirm { .. } | Act::Unsure { .. } | Act::NotAContact { .. } => "verdict".to_owned(),
        Act::RenameActor { actor, .. } => format!("name of {actor}"),
        Act::MergeActors { .. } | Act::Merge { .. } | Act::Split { .. } | Act::Revert { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Anchor, Target};
    use readout_types::{Field, TextPart};
    use serde_json::json;

    fn target() -> Target {
        let anchor = Anchor {
            document: "harbour".to_owned(),
            hash: "00".to_owned(),
            part: TextPart::Text,
            start: 4,
            end: 7,
            quote: "met".to_owned(),
        };
        Target { contact: "2025-call".to_owned(), reports: vec![anchor] }
    }

    fn made(minute: u32, act: Act, replaces: &[&Correction]) -> Correction {
        let replaces = replaces.iter().map(|c| c.id.clone()).collect();
        Correction::new(&format!("2026-03-01T09:{minute:02}:00Z"), "Ada", None, replaces, act)
    }

    fn set(minutes: u32) -> Act {
        Act::Set { contact: target(), field: Field::Duration, value: json!({"min": minutes, "max": minutes}) }
    }

    fn book(lines: &[&Correction]) -> Book {
        let text: Vec<String> = lines.iter().map(|c| c.line()).collect();
        Book::parse("corrections.jsonl", &text.join("\n"))
    }

    #[test]
    fn lines_round_trip_and_keep_their_ids() {
        let acts = [
            set(60),
            Act::Merge { contacts: vec![target(), target()] },
            Act::Split { contact: target(), apart: target() },
            Act::NotAContact { contact: target() },
            Act::RenameActor { actor: "person:a".to_owned(), name: "A".to_owned(), role: None, country: None },
            Act::MergeActors { actors: vec!["person:a".to_owned()], into: "person:b".to_owned(), name: "B".to_owned() },
            Act::Confirm { contact: target() },
            Act::Unsure { contact: target() },
            Act::Revert { correction: "abc".to_owned() },
        ];
        for act in acts {
            let one = made(1, act, &[]);
            assert_eq!(Correction::parse(&one.line()), Ok(one.clone()), "{}", one.line());
            assert!(one.line().contains(&format!("\"do\":\"{}\"", one.act.word())));
        }
    }

    #[test]
    fn taken_back_and_replaced() {
        let first = made(1, set(60), &[]);
        let second = made(2, set(75), &[&first]);
        let back = made(3, Act::Revert { correction: second.id.clone() }, &[]);
        let again = made(4, Act::Revert { correction: back.id.clone() }, &[]);
        let states = |lines: &[&Correction]| book(lines).states().to_vec();
        assert_eq!(states(&[&first, &second]), [State::Replaced(second.id.clone()), State::Holds]);
        assert_eq!(
            states(&[&back, &second, &first]),
            [State::Holds, State::Reverted(back.id.clone()), State::Holds],
            "what is taken back replaces nothing, and the order of the lines has no say"
        );
        assert_eq!(states(&[&first, &second, &back, &again])[..2], [State::Replaced(second.id.clone()), State::Holds]);
        assert_eq!(book(&[&first, &first]).all().len(), 1, "the same line twice is one decision");
    }

    #[test]
    fn what_a_new_decision_replaces() {
        let first = made(1, set(60), &[]);
        let verdict = made(2, Act::Confirm { contact: target() }, &[]);
        let book = book(&[&first, &verdict]);
        assert_eq!(book.on_the_same_question(&set(90)).concat(), first.id);
        assert_eq!(book.on_the_same_question(&Act::NotAContact { contact: target() }).concat(), verdict.id);
        let mut elsewhere = target();
        elsewhere.reports[0].start = 40;
        assert!(book.on_the_same_question(&Act::Unsure { contact: elsewhere }).is_empty());
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_holds() {
        let good = made(1, set(60), &[]);
        let text = format!(
            "{}\nnot json\n{{\"by\":\"Ada\",\"at\":\"today\",\"do\":\"confirm\"}}\n<<<<<<< HEAD\n\n{}\n",
            good.line(),
            r#"{"at":"2026-03-01T09:30:00Z","by":"Bo","do":"merge","contacts":[]}"#
        );
        let book = Book::parse("corrections.jsonl", &text);
        assert_eq!(book.all(), [good]);
        let said: Vec<&str> = book.problems().iter().map(|p| p.message.as_str()).collect();
        for (message, words) in said.iter().zip([
            "line 2: not used: not JSON",
            "line 3",
            "line 4: left over",
            "line 6: not used: a merge needs two",
        ]) {
            assert!(message.starts_with(words), "{message}");
        }
        assert_eq!(said.len(), 4);
    }
}
