//! Owns reading corpora of names, and bringing their label sets to ours.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use readout_types::NameKind;

/// A text with the names in it, as `(begin, end, kind)` in characters.
pub type MarkedText = (String, Vec<(usize, usize, NameKind)>);

/// A sentence with its names as `(first, end, kind)`.
#[derive(Clone, Debug, Default)]
pub struct Named {
    pub words: Vec<String>,
    pub names: Vec<(usize, usize, NameKind)>,
}

fn text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("{} is missing: give the folder of the language data with --data", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Collects words with IOB tags into sentences.
#[derive(Default)]
struct Collector {
    all: Vec<Named>,
    now: Named,
    last: String,
}

impl Collector {
    fn word(&mut self, word: &str, tag: &str, map: impl Fn(&str) -> Option<NameKind>) {
        let at = self.now.words.len();
        let kind = tag.get(2..).and_then(map);
        if let Some(kind) = kind {
            let goes_on = tag.starts_with('I') && self.last.get(2..) == tag.get(2..);
            match self.now.names.last_mut() {
                Some(name) if goes_on && name.1 == at && name.2 == kind => name.1 += 1,
                _ => self.now.names.push((at, at + 1, kind)),
            }
        }
        tag.clone_into(&mut self.last);
        self.now.words.push(word.to_owned());
    }

    fn end(&mut self) {
        self.last.clear();
        if !self.now.words.is_empty() {
            self.all.push(std::mem::take(&mut self.now));
        }
    }
}

/// UNER: id, word, tag; PER, ORG, LOC only.
pub fn uner(path: &Path) -> Result<Vec<Named>> {
    let mut collector = Collector::default();
    for line in text(path)?.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.is_empty() {
            collector.end();
        } else if !line.starts_with('#') && columns.len() >= 3 && columns[0].bytes().all(|b| b.is_ascii_digit()) {
            collector.word(columns[1], columns[2], NameKind::parse);
        }
    }
    collector.end();
    Ok(collector.all)
}

/// Wikigold and CrossNER: word and tag.
pub fn two_columns(path: &Path) -> Result<Vec<Named>> {
    let mut collector = Collector::default();
    for line in text(path)?.lines() {
        let mut columns = line.split_whitespace();
        match (columns.next(), columns.next()) {
            (Some(word), Some(tag)) => collector.word(word, tag, |kind| match kind {
                "PER" | "person" | "politician" => Some(NameKind::Person),
                "ORG" | "organisation" | "politicalparty" => Some(NameKind::Organisation),
                "LOC" | "location" | "country" => Some(NameKind::Place),
                "event" | "election" => Some(NameKind::Event),
                "MISC" | "misc" => Some(NameKind::Other),
                _ => None,
            }),
            _ => collector.end(),
        }
    }
    collector.end();
    Ok(collector.all)
}

/// Titles that the GMB sample counts as part of a person's name; ours do not.
const TITLES: &[&str] = &[
    "president",
    "prime",
    "minister",
    "vice",
    "mr.",
    "mrs.",
    "ms.",
    "mr",
    "dr.",
    "secretary",
    "general",
    "gen.",
    "foreign",
    "senator",
    "sen.",
    "king",
    "queen",
    "prince",
    "pope",
    "chancellor",
    "ambassador",
    "judge",
    "lieutenant",
    "colonel",
    "col.",
    "major",
    "captain",
    "admiral",
    "sheikh",
    "ayatollah",
    "defense",
    "interior",
    "deputy",
    "spokesman",
    "former",
    "secretary-general",
    "of",
    "state",
    "attorney",
    "chief",
    "justice",
    "governor",
    "mayor",
    "congressman",
    "representative",
];

/// The GMB sample: row number, sentence number, word, tag, name tag.
pub fn gmb(path: &Path) -> Result<Vec<Named>> {
    let mut collector = Collector::default();
    let mut sentence = String::new();
    for line in text(path)?.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 5 {
            continue;
        }
        if columns[1] != sentence {
            collector.end();
            columns[1].clone_into(&mut sentence);
        }
        let adjective = columns[3].starts_with("JJ") || columns[3] == "NNS" || columns[3] == "NNPS";
        collector.word(columns[2], columns[4], |kind| match kind {
            "geo" => Some(NameKind::Place),
            "gpe" if adjective => Some(NameKind::Nationality),
            "gpe" => Some(NameKind::Place),
            "org" => Some(NameKind::Organisation),
            "per" => Some(NameKind::Person),
            "eve" => Some(NameKind::Event),
            "art" | "nat" => Some(NameKind::Other),
            _ => None,
        });
    }
    collector.end();
    let mut all = collector.all;
    for sentence in &mut all {
        // A person tag may be split in two (`B-per President`, `B-per Bush`); titles fall away, neighbours are one name.
        let mut joined: Vec<(usize, usize, NameKind)> = Vec::new();
        for &name in &sentence.names {
            match joined.last_mut() {
                Some(last) if last.1 == name.0 && last.2 == NameKind::Person && name.2 == last.2 => last.1 = name.1,
                _ => joined.push(name),
            }
        }
        for name in &mut joined {
            while name.2 == NameKind::Person
                && name.0 < name.1
                && TITLES.contains(&sentence.words[name.0].to_lowercase().as_str())
            {
                name.0 += 1;
            }
            if name.2 == NameKind::Nationality
                && sentence.words[name.0..name.1].iter().any(|w| w == "United" || w == "States")
            {
                name.2 = NameKind::Place;
            }
        }
        joined.retain(|n| n.0 < n.1);
        sentence.names = joined;
    }
    Ok(all)
}

/// Words that are nationalities wherever they occur, learned from the GMB sample.
pub fn nationalities(gmb: &[Named]) -> HashSet<String> {
    let mut counts: HashMap<&str, [usize; 2]> = HashMap::new();
    for sentence in gmb {
        for &(first, end, kind) in &sentence.names {
            for word in &sentence.words[first..end] {
                counts.entry(word).or_default()[usize::from(end - first == 1 && kind == NameKind::Nationality)] += 1;
            }
        }
    }
    let endings = [
        "an", "ans", "ian", "ish", "ese", "i", "is", "ch", "ic", "ni", "abs", "ab", "ek", "ds", "an", "rd", "wiss",
        "ai", "ot",
    ];
    counts
        .into_iter()
        .filter(|(word, [other, nationality])| {
            *nationality >= 1
                && *nationality > *other
                && word.starts_with(char::is_uppercase)
                && endings.iter().any(|e| word.ends_with(e))
        })
        .map(|(word, _)| word.to_owned())
        .collect()
}

/// Marks nationalities in a corpus that has none of its own.
pub fn add_nationalities(corpus: &mut [Named], known: &HashSet<String>) {
    for sentence in corpus {
        let mut taken = vec![false; sentence.words.len()];
        for name in &mut sentence.names {
            if name.2 == NameKind::Other && name.1 - name.0 == 1 && known.contains(&sentence.words[name.0]) {
                name.2 = NameKind::Nationality;
            }
            taken[name.0..name.1].fill(true);
        }
        for (i, word) in sentence.words.iter().enumerate() {
            if !taken[i] && known.contains(word) {
                sentence.names.push((i, i + 1, NameKind::Nationality));
            }
        }
        sentence.names.sort_unstable();
    }
}

/// re3d: documents and entities as JSON lines, one folder for each source. Gives text and `(begin, end, kind)` in
/// characters, of confident entities.
pub fn re3d(folder: &Path) -> Result<Vec<MarkedText>> {
    let mut names: HashMap<String, Vec<(usize, usize, NameKind)>> = HashMap::new();
    for line in text(&folder.join("entities.json"))?.lines().filter(|l| !l.trim().is_empty()) {
        let entity: serde_json::Value = serde_json::from_str(line)?;
        let kind = match entity["type"].as_str().unwrap_or("") {
            "Person" => NameKind::Person,
            "Organisation" => NameKind::Organisation,
            "Location" => NameKind::Place,
            "Nationality" => NameKind::Nationality,
            _ => continue,
        };
        let value = entity["value"].as_str().unwrap_or("");
        // re3d also marks common nouns ("the camp"); only proper ones can be compared.
        if !value
            .split_whitespace()
            .all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and" | "for" | "al"))
        {
            continue;
        }
        let (Some(begin), Some(end)) = (entity["begin"].as_u64(), entity["end"].as_u64()) else { continue };
        let document = entity["documentId"].as_str().unwrap_or("").to_owned();
        names.entry(document).or_default().push((begin as usize, end as usize, kind));
    }
    let mut all = Vec::new();
    for line in text(&folder.join("documents.json"))?.lines().filter(|l| !l.trim().is_empty()) {
        let document: serde_json::Value = serde_json::from_str(line)?;
        let body = document["text"].as_str().unwrap_or("").to_owned();
        all.push((body, names.remove(document["_id"].as_str().unwrap_or("")).unwrap_or_default()));
    }
    Ok(all)
}
