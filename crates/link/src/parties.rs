//! Owns who takes part, reduced to sides: which persons act for which state or organisation, and whether the parties of
//! two reports can be the same.

use std::collections::{HashMap, HashSet};

use readout_types::{Actor, ActorKind, Extraction};

use crate::weights;

/// A number for an actor key or a country code; the order is that of the words.
pub(crate) type Code = u32;

/// One side of a contact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Side {
    /// The country or organisation; a person or group of no known country is a side by itself.
    pub code: Code,
    /// Who acts for it, sorted; empty when only the state, organisation or group is named.
    pub persons: Vec<Code>,
    /// A set of people whose members the text leaves open ("European leaders"): may stand for other sides.
    pub open: bool,
}

/// The sides of a contact, sorted by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Parties {
    pub sides: Vec<Side>,
}

/// How two lists of parties fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartiesFit {
    /// Hundredths of a point.
    pub weight: i32,
    pub reason: &'static str,
    /// The same persons (or states, where neither names a person) on every side of both.
    pub same: bool,
}

/// Numbers for the keys of all actors, and the side on which each person stands.
pub(crate) struct Registry<'a> {
    codes: HashMap<&'a str, Code>,
    side_of: HashMap<&'a str, &'a str>,
}

impl<'a> Registry<'a> {
    /// Reads all actors. A person's side is the country that most reports give him or her (the first by alphabet among
    /// equals), so that one bad reading does not split a contact.
    pub(crate) fn new(extractions: &'a [Extraction]) -> Self {
        let mut votes: HashMap<&'a str, HashMap<&'a str, u32>> = HashMap::new();
        let mut words: HashSet<&'a str> = HashSet::new();
        for actor in extractions.iter().flat_map(|e| &e.reports).flat_map(|r| &r.participants) {
            if actor.kind == ActorKind::Person
                && let Some(country) = &actor.country
            {
                *votes.entry(&actor.key).or_default().entry(country).or_default() += 1;
            }
            words.insert(&actor.key);
            words.insert(side_word(actor));
        }
        let mut words: Vec<&'a str> = words.into_iter().collect();
        words.sort_unstable();
        let codes = words.into_iter().zip(0..).collect();
        let side_of = votes
            .into_iter()
            .filter_map(|(key, countries)| {
                let best = countries.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
                Some((key, best.0))
            })
            .collect();
        Registry { codes, side_of }
    }

    fn code(&self, word: &str) -> Code {
        self.codes.get(word).copied().unwrap_or(Code::MAX)
    }

    /// The sides of a report.
    pub(crate) fn parties(&self, participants: &[Actor]) -> Parties {
        let mut sides: Vec<Side> = Vec::new();
        for actor in participants {
            let person = actor.kind == ActorKind::Person;
            let word = match self.side_of.get(actor.key.as_str()) {
                Some(country) if person => country,
                _ => side_word(actor),
            };
            let code = self.code(word);
            let open = actor.kind == ActorKind::Group && actor.country.is_none();
            let at = match sides.iter().position(|s| s.code == code) {
                Some(at) => at,
                None => {
                    sides.push(Side { code, persons: Vec::new(), open });
                    sides.len() - 1
                }
            };
            if person {
                let key = self.code(&actor.key);
                if let Err(place) = sides[at].persons.binary_search(&key) {
                    sides[at].persons.insert(place, key);
                }
            }
        }
        sides.sort();
        Parties { sides }
    }
}

/// What names the side of an actor: the country it acts for, or itself.
fn side_word(actor: &Actor) -> &str {
    match (&actor.country, actor.kind) {
        (Some(country), _) => country,
        (None, ActorKind::State | ActorKind::Organisation) => actor.key.split_once(':').map_or(&actor.key, |k| k.1),
        (None, _) => &actor.key,
    }
}

impl Parties {
    /// All unordered pairs of sides (of the first eight), the keys of blocking. One side alone is paired with itself.
    pub(crate) fn pairs(&self) -> Vec<(Code, Code)> {
        let sides = &self.sides[..self.sides.len().min(8)];
        if let [only] = sides {
            return vec![(only.code, only.code)];
        }
        let mut pairs = Vec::with_capacity(sides.len() * sides.len().saturating_sub(1) / 2);
        for (i, a) in sides.iter().enumerate() {
            pairs.extend(sides[i + 1..].iter().map(|b| (a.code, b.code)));
        }
        pairs
    }

    /// Whether these can be the parties of one contact, and how well they fit; `None` when they cannot.
    ///
    /// On every side that both name, somebody must be on both lists, unless one of them names nobody. At least two
    /// sides must be common (or the only one of each).
    pub(crate) fn fit(&self, other: &Parties) -> Option<PartiesFit> {
        let (a, b) = (&self.sides, &other.sides);
        let (mut i, mut j) = (0, 0);
        let (mut full, mut half) = (0usize, 0usize);
        let (mut extra_a, mut extra_b) = (0usize, 0usize);
        let (mut open_a, mut open_b) = (false, false);
        while i < a.len() || j < b.len() {
            let order = match (a.get(i), b.get(j)) {
                (Some(x), Some(y)) => x.code.cmp(&y.code),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            match order {
                std::cmp::Ordering::Less => {
                    if a[i].open {
                        open_a = true
                    } else {
                        extra_a += 1
                    }
                    i += 1;
                }
                std::cmp::Ordering::Greater => {
                    if b[j].open {
                        open_b = true
                    } else {
                        extra_b += 1
                    }
                    j += 1;
                }
                std::cmp::Ordering::Equal => {
                    open_a |= a[i].open;
                    open_b |= b[j].open;
                    match (a[i].persons.is_empty(), b[j].persons.is_empty()) {
                        (true, true) => full += 1,
                        (false, false) if shares(&a[i].persons, &b[j].persons) => full += 1,
                        (false, false) => return None,
                        _ => half += 1,
                    }
                    i += 1;
                    j += 1;
                }
            }
        }
        let common = full + half;
        // "European leaders" may be the French and the German of the other list, or some of them.
        let absorbed = (open_a && extra_b > 0) || (open_b && extra_a > 0);
        if open_a {
            extra_b = 0;
        }
        if open_b {
            extra_a = 0;
        }
        let alone = a.len() == 1 && b.len() == 1;
        let enough = common >= 2 || (common == 1 && alone) || (common == 1 && absorbed && a.len().max(b.len()) > 2);
        if !enough {
            return None;
        }
        let named = if common == 1 && absorbed {
            (weights::PARTIES_BY_GROUP, "one side and an open group in common")
        } else if half == 0 {
            (weights::PARTIES_SAME, "same parties")
        } else if full > 0 {
            (weights::PARTIES_ONE_STATE, "same parties, one side given as a state only")
        } else {
            (weights::PARTIES_ALL_STATES, "persons against their states")
        };
        let extra = (extra_a + extra_b) as i32;
        let bilateral = a.len().min(b.len()) <= 2;
        let (weight, reason) = match (extra, bilateral) {
            (0, _) if !absorbed && a.len() != b.len() && bilateral => {
                (named.0 + weights::PARTIES_GROUP_BESIDE, "same parties beside an open group")
            }
            (0, _) => named,
            (_, true) => (named.0 + weights::PARTIES_BILATERAL_IN_JOINT, "two parties within a joint contact"),
            _ => (
                named.0 + (extra * weights::PARTIES_EXTRA_SIDE).max(weights::PARTIES_EXTRA_SIDE_MOST),
                "joint contact, lists of parties differ",
            ),
        };
        Some(PartiesFit { weight, reason, same: half == 0 && extra == 0 && a.len() == b.len() && !absorbed })
    }

    /// Both lists together.
    pub(crate) fn unite(&mut self, other: &Parties) {
        for side in &other.sides {
            match self.sides.binary_search_by(|s| s.code.cmp(&side.code)) {
                Ok(at) => {
                    self.sides[at].persons.extend(&side.persons);
                    self.sides[at].persons.sort_unstable();
                    self.sides[at].persons.dedup();
                }
                Err(at) => self.sides.insert(at, side.clone()),
            }
        }
    }
}

/// Whether two sorted lists have an element in common.
pub(crate) fn shares<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() * 16 < long.len() {
        return short.iter().any(|x| long.binary_search(x).is_ok());
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1:10,11 2 3*`: side 1 with persons 10 and 11, side 2, open group 3.
    fn parties(text: &str) -> Parties {
        let mut sides: Vec<Side> = text
            .split_whitespace()
            .map(|word| {
                let (head, persons) = word.split_once(':').unwrap_or((word, ""));
                Side {
                    code: head.trim_end_matches('*').parse().unwrap_or(0),
                    persons: persons.split(',').filter_map(|p| p.parse().ok()).collect(),
                    open: head.ends_with('*'),
                }
            })
            .collect();
        sides.sort();
        Parties { sides }
    }

    #[test]
    fn fits() {
        for (a, b, weight) in [
            ("1:10 2:20", "1:10 2:20", Some(weights::PARTIES_SAME)),
            ("1:10,11 2:20", "1:11 2:20", Some(weights::PARTIES_SAME)),
            ("1:10 2:20", "1:11 2:20", None),
            ("1:10 2:20", "1 2:20", Some(weights::PARTIES_ONE_STATE)),
            ("1:10 2:20", "1 2", Some(weights::PARTIES_ALL_STATES)),
            ("1:10 2:20", "1:10 3:30", None),
            ("1:10 2:20", "1:10 2:20 3:30", Some(weights::PARTIES_SAME + weights::PARTIES_BILATERAL_IN_JOINT)),
            ("1:10 9*", "1:10 3:30 4:40", Some(weights::PARTIES_BY_GROUP)),
            ("1:10 9*", "1:10 3:30", None),
            ("1:10 2:20 9*", "1:10 2:20 3:30 4:40", Some(weights::PARTIES_SAME)),
            ("1:10 2:20 9*", "1:10 2:20 3:30 9*", Some(weights::PARTIES_SAME)),
            ("5", "5", Some(weights::PARTIES_SAME)),
        ] {
            assert_eq!(parties(a).fit(&parties(b)).map(|f| f.weight), weight, "{a} / {b}");
            assert_eq!(parties(b).fit(&parties(a)).map(|f| f.weight), weight, "{b} / {a}");
        }
    }
}
