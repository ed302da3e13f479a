//! Owns the rules for page furniture: their format, their data (`data/clean/furniture.toml`) and how one is matched.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use readout_types::BlockKind;
use regex::{Regex, RegexSet};
use serde::Deserialize;

use crate::prose::{head, tail};

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    /// A whole line or paragraph, wherever it stands.
    Line,
    /// A whole line above the first paragraph of running text.
    Top,
    /// A whole line below the last paragraph of running text.
    Bottom,
    /// The beginning of a paragraph; only what matches is marked.
    Prefix,
    /// As `prefix`, but only at the first paragraphs of running text.
    Lead,
    /// The end of a paragraph; only what matches is marked.
    Suffix,
    /// A line that begins a list of links, which ends where running text resumes.
    List,
    /// A line after which nothing belongs to the article.
    End,
}

/// One rule, as written in the data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// `kind.name`, shown as the reason for a block.
    pub id: String,
    pub kind: BlockKind,
    #[serde(rename = "where")]
    pub place: Place,
    pub pattern: String,
    /// A pattern that must not match as well.
    #[serde(default)]
    pub unless: Option<String>,
    /// For a pattern that begins with anything at all: what is found in every line that it matches. Such patterns make an
    /// automaton of a state for each character, so that they are tried only where this is found.
    #[serde(default)]
    pub needs: Option<String>,
    /// Lines it must match; `[[ ]]` around the part that is marked, for prefix and suffix rules.
    #[cfg_attr(not(test), allow(dead_code))]
    pub fires: Vec<String>,
    /// Lines it must not match.
    #[cfg_attr(not(test), allow(dead_code))]
    pub silent: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Parts of patterns: `{name}` in a pattern, or in a later part, stands for one.
    parts: BTreeMap<String, String>,
    rule: Vec<Rule>,
}

struct Compiled {
    rule: Rule,
    /// The whole pattern, parts put in. It is compiled when the shelf's first look says that it matches.
    source: String,
    regex: OnceLock<Option<Regex>>,
    unless: Option<Regex>,
    needs: Option<Regex>,
}

impl Compiled {
    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

/// All rules of one place, with a first look that is one pass for all of them but those that need something.
struct Shelf {
    place: Place,
    set: RegexSet,
    /// The rules in the set.
    looked: Vec<usize>,
    rules: Vec<Compiled>,
}

impl Shelf {
    /// Rules that may match a line, in their order.
    fn hits(&self, line: &str) -> Vec<usize> {
        let mut hits: Vec<usize> = self.set.matches(line).iter().map(|at| self.looked[at]).collect();
        let needy = self.rules.iter().enumerate().filter_map(|(at, r)| Some((at, r.needs.as_ref()?)));
        hits.extend(needy.filter(|(_, needs)| needs.is_match(line)).map(|(at, _)| at));
        hits.sort_unstable();
        hits
    }
}

/// The rules, in the order of the data: the first that matches wins.
pub(crate) struct Furniture {
    shelves: Vec<Shelf>,
}

/// Longer paragraphs than this are no furniture, bytes.
const LONGEST_LINE: usize = 700;
/// How far a prefix or a suffix reaches into a paragraph, bytes.
const REACH: usize = 240;

/// The rules of the data file.
pub(crate) static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let data = include_str!("../../../data/clean/furniture.toml");
    Furniture::new(data).expect("data/clean/furniture.toml is checked by the tests")
});

impl Furniture {
    /// Reads rules; `Err` says which one is wrong.
    pub fn new(data: &str) -> Result<Self, String> {
        let File { parts, rule: rules } = toml::from_str(data).map_err(|e| e.to_string())?;
        let places = [
            Place::Line,
            Place::Top,
            Place::Bottom,
            Place::Prefix,
            Place::Lead,
            Place::Suffix,
            Place::List,
            Place::End,
        ];
        let mut sorted: Vec<Vec<Compiled>> = places.iter().map(|_| Vec::new()).collect();
        for rule in rules {
            if rule.fires.is_empty() || rule.silent.is_empty() {
                return Err(format!("{}: a rule needs lines that fire and lines that must not", rule.id));
            }
            let wrong = |e: regex::Error| format!("{}: {e}", rule.id);
            let source = expand(&anchored(rule.place, &rule.pattern), &parts);
            let other = |pattern: &Option<String>| pattern.as_ref().map(|p| Regex::new(&expand(p, &parts))).transpose();
            let (unless, needs) = (other(&rule.unless).map_err(wrong)?, other(&rule.needs).map_err(wrong)?);
            let shelf = places.iter().position(|p| *p == rule.place).unwrap_or(0);
            sorted[shelf].push(Compiled { rule, source, regex: OnceLock::new(), unless, needs });
        }
        let mut shelves = Vec::new();
        for (place, rules) in places.into_iter().zip(sorted) {
            let looked: Vec<usize> = (0..rules.len()).filter(|&at| rules[at].needs.is_none()).collect();
            let set = RegexSet::new(looked.iter().map(|&at| &rules[at].source));
            let set = set.map_err(|e| format!("{place:?} rules: {e}"))?;
            shelves.push(Shelf { place, set, looked, rules });
        }
        Ok(Furniture { shelves })
    }

    /// The first rule of `place` that matches a paragraph, and the bytes of the paragraph that it marks.
    pub fn find(&'static self, place: Place, paragraph: &str) -> Option<(&'static Rule, Range<usize>)> {
        let found = self.find_in(place, paragraph)?;
        Some((&found.0.rule, found.1))
    }

    fn find_in(&self, place: Place, paragraph: &str) -> Option<(&Compiled, Range<usize>)> {
        let (offset, window) = match place {
            Place::Prefix | Place::Lead => (0, head(paragraph, REACH)),
            Place::Suffix => tail(paragraph, REACH),
            _ if paragraph.len() > LONGEST_LINE => return None,
            _ => (0, paragraph),
        };
        // Line breaks inside a paragraph are white space like any other.
        let flat: String = window.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
        let shelf = self.shelves.iter().find(|s| s.place == place)?;
        for hit in shelf.hits(&flat) {
            let compiled = &shelf.rules[hit];
            if compiled.unless.as_ref().is_some_and(|u| u.is_match(&flat)) {
                continue;
            }
            if let Some(found) = compiled.regex().and_then(|r| r.find(&flat)) {
                let marked = &flat[found.range()];
                let start = found.start() + (marked.len() - marked.trim_start().len());
                let end = start + marked.trim().len();
                if start < end {
                    return Some((compiled, offset + start..offset + end));
                }
            }
        }
        None
    }
}

/// Prefix rules match at the start, suffix rules at the end, all others the whole.
fn anchored(place: Place, pattern: &str) -> String {
    match place {
        Place::Prefix | Place::Lead => format!("^(?:{pattern})"),
        Place::Suffix => format!("(?:{pattern})$"),
        _ => format!("^(?:{pattern})$"),
    }
}

/// Puts parts into a pattern; parts may use parts, to a depth of four. Classes of all Unicode make automata of
/// megabytes: letters are Latin letters here, digits and word boundaries ASCII.
fn expand(pattern: &str, parts: &BTreeMap<String, String>) -> String {
    const CLASSES: [(&str, &str); 8] = [
        (r"\p{Lu}", "[A-ZÀ-ÖØ-ÞĀ-ſ]"),
        (r"\p{Ll}", "[a-zß-öø-ÿĀ-ſ]"),
        (r"\p{L}", "[A-Za-zÀ-ÖØ-öø-ɏ]"),
        (r"\p{N}", "[0-9]"),
        (r"\d", "[0-9]"),
        (r"\w", "[A-Za-z0-9_]"),
        (r"\S", "[^ ]"),
        (r"\b", r"(?-u:\b)"),
    ];
    let mut pattern = pattern.to_owned();
    for _ in 0..4 {
        for (name, part) in parts {
            pattern = pattern.replace(&format!("{{{name}}}"), &format!("(?:{part})"));
        }
    }
    for (class, latin) in CLASSES {
        pattern = pattern.replace(class, latin);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[[` and `]]` taken out, and the range that they enclosed (all, without them).
    fn marked(example: &str) -> (String, Range<usize>) {
        match (example.find("[["), example.find("]]")) {
            (Some(a), Some(b)) => {
                let text = format!("{}{}{}", &example[..a], &example[a + 2..b], &example[b + 2..]);
                (text, a..b - 2)
            }
            _ => (example.to_owned(), 0..example.len()),
        }
    }

    #[test]
    fn every_rule_fires_and_keeps_silent_as_its_examples_say() {
        let mut wrong = Vec::new();
        let mut ids = std::collections::BTreeSet::new();
        for shelf in &FURNITURE.shelves {
            for compiled in &shelf.rules {
                let id = &compiled.rule.id;
                if !ids.insert(id.clone()) {
                    wrong.push(format!("{id}: two rules of this name"));
                }
                for example in &compiled.rule.fires {
                    let (text, range) = marked(example);
                    let found = compiled
                        .regex()
                        .and_then(|r| r.find(&text))
                        .map(|m| m.start()..m.start() + m.as_str().trim_end().len());
                    let blocked = compiled.unless.as_ref().is_some_and(|u| u.is_match(&text));
                    let needy = compiled.needs.as_ref().is_some_and(|n| !n.is_match(&text));
                    if blocked || needy || found.as_ref() != Some(&range) {
                        wrong.push(format!("{id}: does not fire on {example:?}: {found:?}"));
                    }
                }
                for example in &compiled.rule.silent {
                    let blocked = compiled.unless.as_ref().is_some_and(|u| u.is_match(example));
                    if !blocked && compiled.regex().is_none_or(|r| r.is_match(example)) {
                        wrong.push(format!("{id}: fires on {example:?}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_rule_without_examples_is_refused() {
        let data = "[parts]\n[[rule]]\nid = \"x\"\nkind = \"social\"\nwhere = \"line\"\npattern = \"x\"\nfires = [\"x\"]\nsilent = []\n";
        assert!(Furniture::new(data).is_err_and(|e| e.contains("must not")));
    }

    #[test]
    fn no_rule_takes_a_sentence_about_contacts() {
        for text in [
            "The two leaders agreed to speak again after the talks, the Kremlin said.",
            "Read more than once, the letter from the president asked for a meeting in Geneva.",
            "By Monday the presidents had spoken twice.",
            "Share of the two in the trade was discussed by the ministers.",
            "He is the editor of a paper and met the minister in Rome.",
            "Moscow and Washington are in contact, an aide said on Friday.",
        ] {
            for shelf in &FURNITURE.shelves {
                if let Some((found, _)) = FURNITURE.find_in(shelf.place, text) {
                    panic!("{} takes {text:?}", found.rule.id);
                }
            }
        }
    }
}
