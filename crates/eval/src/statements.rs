//! Owns the comparison with PolNeAR: sources, cues and contents of attributions in political news, as spans that overlap.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use readout::{Options, Readout};
use readout_types::{EvidenceSource, Statement};

/// Runs the program on PolNeAR and prints how well sources, cues and contents of statements are found.
#[derive(Args, Debug)]
pub struct Statements {
    /// Folder with attribution/polnear/, which is no part of the repository.
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    pub shared: PathBuf,
    /// Which part of the corpus: dev or train.
    #[arg(long, value_name = "SPLIT", default_value = "dev")]
    pub split: String,
    /// Take every Nth article only.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub every: usize,
    /// List what was missed and what was found too much, in half A only.
    #[arg(long)]
    pub details: bool,
}

/// A stretch of the original text, in bytes.
type Range = (usize, usize);

/// Letters that two sets of stretches must share, of the letters of the longer one, to be the same.
const OVERLAP: f64 = 0.8;

/// An attribution: who, by which cue, what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The words for who; none where the text does not say.
    pub source: Vec<Range>,
    /// The cue.
    pub cue: Vec<Range>,
    /// What is said.
    pub content: Vec<Range>,
    /// Whether all of it stands in quotation marks.
    pub direct: bool,
    /// The rule that found it; empty in gold.
    pub rule: String,
    /// The cue's words.
    pub words: String,
}

/// Right, expected and found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Of the gold that was found.
    pub hit: usize,
    /// In gold.
    pub gold: usize,
    /// Of the found that is in gold.
    pub right: usize,
    /// Found.
    pub found: usize,
}

impl Tally {
    /// Precision, recall and F1, each 0 where there is nothing to count.
    pub fn figures(&self) -> (f64, f64, f64) {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (share(self.right, self.found), share(self.hit, self.gold));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    fn add(&mut self, other: Tally) {
        self.hit += other.hit;
        self.gold += other.gold;
        self.right += other.right;
        self.found += other.found;
    }
}

/// The tallies of one article or half.
#[derive(Clone, Debug, Default)]
struct Figures {
    content: Tally,
    source: Tally,
    cue: Tally,
    direct: Tally,
    said: Tally,
}

/// Runs the comparison and prints a line for each measure: all articles, half A, half B.
///
/// # Errors
/// Names the file that is missing or cannot be read.
pub fn run(arguments: &Statements) -> anyhow::Result<()> {
    let folder = arguments.shared.join("attribution/polnear").join(&arguments.split);
    let articles = articles(&folder)?;
    if articles.is_empty() {
        bail!("{}: no articles", folder.display());
    }
    let articles: Vec<Article> = articles.into_iter().step_by(arguments.every.max(1)).collect();
    let found = predict(&articles)?;
    let (mut halves, mut rules) = ([Figures::default(), Figures::default()], BTreeMap::new());
    for (index, article) in articles.iter().enumerate() {
        let half = usize::from(in_half_b(&article.id));
        let found = found.get(&article.id).map_or(&[][..], Vec::as_slice);
        let figures = compare(&article.text, &article.gold, found);
        let into = &mut halves[half];
        into.content.add(figures.content);
        into.source.add(figures.source);
        into.cue.add(figures.cue);
        into.direct.add(figures.direct);
        into.said.add(figures.said);
        for one in found {
            let tally: &mut Tally = rules.entry(one.rule.clone()).or_default();
            tally.found += 1;
            tally.right += usize::from(article.gold.iter().any(|g| same(&article.text, &g.content, &one.content)));
        }
        if arguments.details && half == 0 {
            details(index, article, found);
        }
    }
    println!(
        "{} articles of PolNeAR {}: spans that share {OVERLAP} of the longer one's letters",
        articles.len(),
        arguments.split
    );
    println!("                            precision  recall     F1    half A F1  half B F1");
    let line = |name: &str, pick: &dyn Fn(&Figures) -> Tally| {
        let (a, b) = (pick(&halves[0]), pick(&halves[1]));
        let mut all = a;
        all.add(b);
        let (p, r, f) = all.figures();
        println!(
            "{name:<26}  {p:>9.3} {r:>7.3} {f:>6.3} {:>12.3} {:>10.3}   {} of {} gold, {} found",
            a.figures().2,
            b.figures().2,
            all.hit,
            all.gold,
            all.found
        );
    };
    line("content", &|f| f.content);
    line("source", &|f| f.source);
    line("cue", &|f| f.cue);
    line("direct quotes, content", &|f| f.direct);
    line("cues of saying, content", &|f| f.said);
    println!("\nBy rule: contents that are in gold");
    for (rule, tally) in rules {
        println!("{rule:<26}  {:>9.3} of {}", tally.figures().0, tally.found);
    }
    Ok(())
}

/// A gold article.
struct Article {
    id: String,
    text: String,
    gold: Vec<Attribution>,
}

/// Half B is held out: articles of which one bit of the name's hash (FNV-1a) is set.
fn in_half_b(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) & 1 == 1
}

/// The articles of a split, each with the first annotation of it, sorted by name.
fn articles(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let annotations = folder.join("attributions");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&annotations)
        .with_context(|| annotations.display().to_string())?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "ann"))
        .collect();
    files.sort();
    let mut out: Vec<Article> = Vec::new();
    for file in files {
        let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let id = stem.rsplit_once('_').map_or(stem.as_str(), |(id, _)| id).to_owned();
        if out.last().is_some_and(|a| a.id == id) {
            continue;
        }
        let path = folder.join("text").join(format!("{id}.txt"));
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let lines = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let gold = attributions(&text, &lines);
        out.push(Article { id, text, gold });
    }
    Ok(out)
}

/// The attributions of a file in brat's standoff format; offsets in it count code points.
fn attributions(text: &str, lines: &str) -> Vec<Attribution> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |point: &str| point.parse::<usize>().ok().and_then(|p| bytes.get(p).copied());
    let mut spans: HashMap<&str, Vec<Range>> = HashMap::new();
    let mut events: Vec<&str> = Vec::new();
    for line in lines.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(body)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, ranges)) = body.split_once(' ') else { continue };
            let ranges = ranges.split(';').filter_map(|r| {
                let (start, end) = r.split_once(' ')?;
                Some((byte(start)?, byte(end)?))
            });
            spans.insert(id, ranges.collect());
        } else if id.starts_with('E') {
            events.push(body);
        }
    }
    let quoted = quoted(text);
    let mut out = Vec::new();
    for event in events {
        let mut one = Attribution::default();
        for (role, id) in event.split_whitespace().filter_map(|p| p.split_once(':')) {
            let Some(ranges) = spans.get(id) else { continue };
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => one.source.extend(ranges),
                "Cue" => one.cue.extend(ranges),
                "Content" => one.content.extend(ranges),
                _ => {}
            }
        }
        if one.content.is_empty() {
            continue;
        }
        one.words = one.cue.iter().map(|&(a, b)| &text[a..b]).collect::<Vec<_>>().join(" ").to_lowercase();
        let all = letters(text, &one.content);
        let inside =
            one.content.iter().map(|&r| quoted.iter().map(|&q| shared(text, r, q)).sum::<usize>()).sum::<usize>();
        one.direct = all > 0 && inside as f64 >= 0.95 * all as f64;
        out.push(one);
    }
    out
}

/// Stretches in double quotation marks, line by line; to the line's end where none closes.
fn quoted(text: &str) -> Vec<Range> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut open = None;
        for (i, c) in line.char_indices() {
            match (c, open) {
                ('“', None) | ('"', None) => open = Some(i),
                ('”', Some(start)) | ('"', Some(start)) => {
                    out.push((at + start, at + i));
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            out.push((at + start, at + line.len()));
        }
        at += line.len();
    }
    out
}

/// What the program finds, by article.
fn predict(articles: &[Article]) -> anyhow::Result<HashMap<String, Vec<Attribution>>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("articles.jsonl");
    let mut lines = String::new();
    for article in articles {
        lines.push_str(&serde_json::json!({"id": article.id, "text": article.text}).to_string());
        lines.push('\n');
    }
    std::fs::write(&path, lines)?;
    let readout = Readout::new(&Options::default())?;
    let chronology = readout.chronology(&[path], &|_| {}).chronology;
    let mut out: HashMap<String, Vec<Attribution>> = HashMap::new();
    for (document, statement, _) in &chronology.statements {
        let id = chronology.documents[*document].id.clone();
        out.entry(id).or_default().push(attribution(statement));
    }
    Ok(out)
}

fn attribution(statement: &Statement) -> Attribution {
    let range = |source: &EvidenceSource| (source.original.span.start as usize, source.original.span.end as usize);
    Attribution {
        source: statement.speaker_source.iter().map(range).collect(),
        cue: statement.cue_source.iter().map(range).collect(),
        content: std::iter::once(&statement.source).chain(&statement.more).map(range).collect(),
        direct: statement.direct,
        rule: statement.rule.to_string(),
        words: statement.cue.clone(),
    }
}

fn letters(text: &str, ranges: &[Range]) -> usize {
    ranges.iter().map(|&(a, b)| text[a..b].chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

fn shared(text: &str, a: Range, b: Range) -> usize {
    let (start, end) = (a.0.max(b.0), a.1.min(b.1));
    if start < end { letters(text, &[(start, end)]) } else { 0 }
}

/// Whether two sets of stretches are the same, but for a fifth of the longer one's letters.
fn same(text: &str, a: &[Range], b: &[Range]) -> bool {
    let common: usize = a.iter().map(|&x| b.iter().map(|&y| shared(text, x, y)).sum::<usize>()).sum();
    let longer = letters(text, a).max(letters(text, b));
    longer > 0 && common as f64 >= OVERLAP * longer as f64
}

fn compare(text: &str, gold: &[Attribution], found: &[Attribution]) -> Figures {
    type Pick = fn(&Attribution) -> &Vec<Range>;
    let tally = |pick: Pick, wanted: &dyn Fn(&Attribution) -> bool, made: &dyn Fn(&Attribution) -> bool| {
        let there = |a: &Attribution, list: &[Attribution]| list.iter().any(|b| same(text, pick(a), pick(b)));
        let gold_of: Vec<_> = gold.iter().filter(|g| wanted(g) && !pick(g).is_empty()).collect();
        let found_of: Vec<_> = found.iter().filter(|f| made(f) && !pick(f).is_empty()).collect();
        Tally {
            hit: gold_of.iter().filter(|g| there(g, found)).count(),
            gold: gold_of.len(),
            right: found_of.iter().filter(|f| there(f, gold)).count(),
            found: found_of.len(),
        }
    };
    let all = |_: &Attribution| true;
    let direct = |a: &Attribution| a.direct;
    let said = |a: &Attribution| {
        SAYING.iter().any(|w| a.words.split(' ').any(|x| x.trim_matches(|c: char| !c.is_alphabetic()) == *w))
    };
    Figures {
        content: tally(|a| &a.content, &all, &all),
        source: tally(|a| &a.source, &all, &all),
        cue: tally(|a| &a.cue, &all, &all),
        direct: tally(|a| &a.content, &direct, &direct),
        said: tally(|a| &a.content, &said, &said),
    }
}

/// Forms of the commonest verbs of saying, which need no judgement of what an attribution is.
const SAYING: [&str; 17] = [
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "added",
    "adding",
    "wrote",
    "writes",
    "according",
    "noted",
    "announced",
    "reported",
    "stated",
    "replied",
    "tweeted",
];

fn details(index: usize, article: &Article, found: &[Attribution]) {
    let words = |ranges: &[Range]| {
        ranges
            .iter()
            .map(|&(a, b)| article.text[a..b].split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    let show = |mark: &str, a: &Attribution| {
        println!(
            "{mark} {index} {}[{}] {} «{}» {}",
            if a.direct { "D " } else { "" },
            a.rule,
            words(&a.source),
            words(&a.cue),
            words(&a.content)
        );
    };
    for gold in &article.gold {
        if !found.iter().any(|f| same(&article.text, &gold.content, &f.content)) {
            show("MISSED", gold);
            found
                .iter()
                .filter(|f| gold.content.iter().any(|&g| f.content.iter().any(|&c| shared(&article.text, g, c) > 0)))
                .for_each(|f| show("    BUT", f));
        } else if !gold.source.is_empty() && !found.iter().any(|f| same(&article.text, &gold.source, &f.source)) {
            show("SOURCE", gold);
            found.iter().filter(|f| same(&article.text, &gold.content, &f.content)).for_each(|f| show("    BUT", f));
        }
    }
    for one in found.iter().filter(|f| article.gold.iter().any(|g| same(&article.text, &g.content, &f.content))) {
        show("RIGHT", one);
    }
    for one in found.iter().filter(|f| !article.gold.iter().any(|g| same(&article.text, &g.content, &f.content))) {
        let near = article
            .gold
            .iter()
            .any(|g| g.content.iter().any(|&g| one.content.iter().any(|&c| shared(&article.text, g, c) > 0)));
        if !near {
            show("EXTRA", one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standoff_is_read_and_spans_are_compared_by_letters() {
        let text = "É bon, said Ann. “A long quote, it was.” No.";
        let lines = "T1\tSource 12 15\tAnn\nT2\tCue 7 11\tsaid\nT3\tContent 0 5;17 39\t…\nE1\tAttribution:T9 Source:T1 Cue:T2 Content:T3\n";
        let gold = attributions(text, lines);
        assert_eq!(gold.len(), 1);
        assert_eq!(&text[gold[0].source[0].0..gold[0].source[0].1], "Ann");
        assert!(!gold[0].direct);
        let all = vec![(0, 6), (17, 45)];
        assert!(same(text, &gold[0].content, &all));
        assert!(!same(text, &gold[0].content, &[(0, 6)]));
        let figures = compare(text, &gold, &[Attribution { content: all, ..Attribution::default() }]);
        assert_eq!(figures.content, Tally { hit: 1, gold: 1, right: 1, found: 1 });
        assert_eq!(figures.source, Tally { hit: 0, gold: 1, right: 0, found: 0 });
    }
}
