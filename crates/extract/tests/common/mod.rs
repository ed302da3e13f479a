//! Owns what the tests of the extraction share: the way from a text to its reports, a short notation for reports, and
//! `check`, which compares a table of texts with what is expected and tells of all that fail at once.
//!
//! The notation: `call held: Donald Trump, Vladimir Putin; when 2025-12-28; duration 60..75`. Kind, status and
//! participants are always compared, of the other fields those that are given; `place -` says that there is none.
//! `lengths 50..50 Dmitry Peskov against 60..60 Donald Trump` are rival lengths, each with who gives it.
//! `meeting|talks` accepts either kind, a status left out any status; a report that begins with `?` may be there or not.
//! Names are compared without case and accents and in the spelling of the tables, lists of names as sets.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use readout_actors::{Table, fold};
use readout_annotate::{Annotator, Scope, embedded};
use readout_extract::{Knowledge, extract};
use readout_types::{Annotated, Count, CountOf, Extraction, RawDocument, Report, RivalLength, TextFormat, Tier};

/// The models and tables, read once for each test program.
pub struct Tools {
    /// The analysis by either tier.
    swift: Box<dyn Annotator>,
    deep: Box<dyn Annotator>,
    /// What the extraction knows.
    pub knowledge: Knowledge,
    /// Folded names and other spellings, each with the folded name of the tables.
    names: HashMap<String, String>,
}

/// The tools.
pub fn tools() -> &'static Tools {
    static TOOLS: OnceLock<Tools> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let knowledge = Knowledge::embedded().expect("the built-in knowledge is sound");
        let names = spellings(&knowledge.table);
        let [swift, deep] = [Tier::Swift, Tier::Deep].map(|t| embedded(t).expect("the built-in models are sound"));
        Tools { swift, deep, knowledge, names }
    })
}

fn spellings(table: &Table) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for country in table.countries() {
        names.insert(fold(&country.name), fold(&country.name));
    }
    for (_, person) in table.people() {
        names.insert(fold(&person.name), fold(&person.name));
    }
    for country in table.countries() {
        for alias in &country.aliases {
            names.entry(fold(alias)).or_insert_with(|| fold(&country.name));
        }
    }
    for (_, person) in table.people() {
        for alias in &person.aliases {
            names.entry(fold(alias)).or_insert_with(|| fold(&person.name));
        }
    }
    names
}

/// The comparable form of a name: folded, in the spelling of the tables where they know it.
pub fn same_name(name: &str) -> String {
    let folded = fold(name);
    tools().names.get(&folded).cloned().unwrap_or(folded)
}

/// A document as a reader would hand it on. `day` is its publication date; `""` for none.
pub fn raw(day: &str, title: Option<&str>, text: &str) -> RawDocument {
    RawDocument {
        id: "test".to_owned(),
        path: "test.txt".to_owned(),
        source: None,
        title: title.map(str::to_owned),
        published: (!day.is_empty()).then(|| day.to_owned()),
        url: None,
        metadata: BTreeMap::new(),
        format: TextFormat::Plain,
        text: text.into(),
        encoding: "utf-8",
    }
}

/// A document cleaned and analysed.
pub fn annotated(raw: RawDocument) -> Annotated {
    annotated_by(Tier::Swift, raw)
}

/// A document with its analysis by a tier.
pub fn annotated_by(tier: Tier, raw: RawDocument) -> Annotated {
    let annotator = match tier {
        Tier::Swift => &tools().swift,
        Tier::Deep => &tools().deep,
    };
    annotator.annotate(readout_clean::clean(raw), Scope::All)
}

/// What a document says.
pub fn extraction(raw: RawDocument) -> Extraction {
    extract(&annotated(raw), &tools().knowledge)
}

/// The reports of a text published on `day` (`""` for no date).
pub fn reports(day: &str, text: &str) -> Vec<Report> {
    extraction(raw(day, None, text)).reports
}

/// A report with all its fields in the notation of this file.
pub fn notation(report: &Report) -> String {
    let mut out = format!("{} {}: {}", report.kind.as_str(), report.status.as_str(), field(report, "who"));
    for key in ["when", "time", "place", "duration", "lengths", "initiator", "medium", "count", "by"] {
        let value = field(report, key);
        if value != "-" {
            out.push_str(&format!("; {key} {value}"));
        }
    }
    out
}

/// One field of a report in the notation of this file; `-` where there is none.
fn field(report: &Report, key: &str) -> String {
    let text = match key {
        "who" => list(report.participants.iter().map(|a| a.name.clone())),
        "when" => report.when.interval.edtf(),
        "time" => report.when.time.clone().unwrap_or_default(),
        "place" => report.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        "duration" => report.duration.map(|d| format!("{}..{}", open(d.min), open(d.max))).unwrap_or_default(),
        "lengths" => {
            let rival = |length: &RivalLength| {
                let who = list(length.said_by.iter().map(|a| a.name.clone()));
                format!("{}..{} {who}", open(length.duration.min), open(length.duration.max)).trim().to_owned()
            };
            report.lengths.iter().map(rival).collect::<Vec<_>>().join(" against ")
        }
        "initiator" => report.initiator.as_ref().map(|a| a.name.clone()).unwrap_or_default(),
        "medium" => report.medium.clone().unwrap_or_default(),
        "count" => list(report.counts.iter().map(count)),
        "by" => list(report.said_by.iter().map(|a| {
            let channel = a.channel.as_ref().map(|c| format!(" ({c})")).unwrap_or_default();
            format!("{}{channel}{}", a.speaker.name, if a.denies { " denies" } else { "" })
        })),
        other => panic!("no field is called {other:?} in the notation of reports"),
    };
    if text.is_empty() { "-".to_owned() } else { text }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn open(bound: Option<u32>) -> String {
    bound.map(|b| b.to_string()).unwrap_or_default()
}

/// `#9 since 2025-01-01` for the ninth of a series, `>=5` for a total of at least five.
fn count(count: &Count) -> String {
    let sign = if count.of == CountOf::Ordinal { "#" } else { "" };
    let bound = if count.at_least { ">=" } else { "" };
    let since = count.period.earliest.map(|d| format!(" since {d}")).unwrap_or_default();
    format!("{bound}{sign}{}{since}", count.n)
}

/// Whether a report is as the notation says.
pub fn is_as(report: &Report, notation: &str) -> bool {
    let mut parts = notation.trim_start_matches('?').split(';').map(str::trim);
    let head = parts.next().unwrap_or("");
    let (what, who) = head.split_once(':').expect("a report's notation is `kind status: A, B; …`");
    let mut words = what.split_whitespace();
    let kinds = words.next().unwrap_or("");
    kinds.split('|').any(|k| k == report.kind.as_str())
        && words.next().is_none_or(|s| s.split('|').any(|s| s == report.status.as_str()))
        && agrees("who", who.trim(), &field(report, "who"))
        && parts.all(|part| {
            let (key, value) = part.split_once(' ').unwrap_or((part, ""));
            agrees(key, value.trim(), &field(report, key))
        })
}

fn agrees(key: &str, want: &str, got: &str) -> bool {
    let names = |text: &str| text.split(", ").map(same_name).collect::<BTreeSet<_>>();
    match key {
        "who" | "initiator" => names(want) == names(got),
        "by" => {
            let credits = |text: &str| text.split(", ").map(credit).collect::<BTreeSet<_>>();
            credits(want) == credits(got)
        }
        // "#1" leaves the period open, "#1 since 2025-01-01" does not.
        "count" => got.split(", ").any(|g| g == want || g.split(' ').next() == Some(want)),
        _ => want.to_lowercase() == got.to_lowercase(),
    }
}

/// Speaker and channel of `Donald Trump (Truth Social)`.
fn credit(text: &str) -> (String, String) {
    let (name, rest) = text.split_once(" (").unwrap_or((text, ""));
    (same_name(name.trim_end_matches(" denies")), rest.to_lowercase())
}

/// A text with what it must yield: its publication day (`""` for none), the text, the reports.
pub type Case<'a> = (&'a str, &'a str, &'a [&'a str]);

/// What is wrong with a case, in lines for a person; `None` when all is as expected.
pub fn fault((day, text, expected): &Case<'_>) -> Option<String> {
    let got = reports(day, text);
    fault_in(&got, expected).map(|_| describe(day, text, expected, &got))
}

/// The first report that is missing or too many.
pub fn fault_in(got: &[Report], expected: &[&str]) -> Option<String> {
    let mut left: Vec<&Report> = got.iter().collect();
    // What may be there is taken out last, so that it does not use up a report that must be there.
    let (optional, needed): (Vec<&str>, Vec<&str>) = expected.iter().partition(|e| e.starts_with('?'));
    for want in &needed {
        let Some(at) = left.iter().position(|r| is_as(r, want)) else { return Some((*want).to_owned()) };
        left.remove(at);
    }
    left.retain(|r| !optional.iter().any(|want| is_as(r, want)));
    left.first().map(|r| notation(r))
}

fn describe(day: &str, text: &str, expected: &[&str], got: &[Report]) -> String {
    let lines =
        |reports: Vec<String>| if reports.is_empty() { "nothing".to_owned() } else { reports.join("\n            ") };
    format!(
        "({day}) {text}\n  expected: {}\n  got:      {}",
        lines(expected.iter().map(|e| (*e).to_owned()).collect()),
        lines(got.iter().map(notation).collect()),
    )
}

/// Compares every case with what is expected and fails with all faults at once. `known` names, by their text, the cases
/// that do not pass yet, each with the reason; one that has begun to pass is a fault too, so that the list stays true.
pub fn check(cases: &[Case<'_>], known: &[(&str, &str)]) {
    settle(cases.iter().map(|c| (c.1.to_owned(), fault(c))).collect(), known);
}

/// Holds a table of texts against what they must give by a tier. A row has N cells, the day first and the text last; a cell
/// more names the tier of which alone the text is asked, because the other does not manage it yet.
pub fn check_table<const N: usize>(
    tier: Tier,
    table: &str,
    right: impl Fn(&[&str; N], &[Report]) -> bool,
    wanted: impl Fn(&[&str; N]) -> String,
) {
    let mut faults = Vec::new();
    let mut asked = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (row, only) = cells.split_first_chunk::<N>().unwrap_or_else(|| panic!("{line}"));
        let only = match only {
            [] => None,
            [tier] => Tier::parse(tier),
            _ => panic!("more than {} cells: {line}", N + 1),
        };
        if only.is_some_and(|only| only != tier) {
            continue;
        }
        asked += 1;
        let text = row[N - 1];
        let found = extract(&annotated_by(tier, raw(row[0], None, text)), &tools().knowledge).reports;
        if !right(row, &found) {
            let got: Vec<String> = found.iter().map(notation).collect();
            faults.push(format!("{text}\n  expected: {}\n  got:      {}", wanted(row), got.join(" | ")));
        }
    }
    assert!(faults.is_empty(), "{} of {asked} texts\n{}", faults.len(), faults.join("\n"));
}

/// The verdict on a list of (name, fault), with the known failures taken into account in both directions.
pub fn settle(results: Vec<(String, Option<String>)>, known: &[(&str, &str)]) {
    let total = results.len();
    let faults: Vec<String> = results
        .into_iter()
        .filter_map(|(name, fault)| match (fault, known.iter().any(|(n, _)| *n == name)) {
            (Some(fault), false) => Some(fault),
            (None, true) => Some(format!("passes now, so take it out of KNOWN_FAILURES: {name}")),
            _ => None,
        })
        .collect();
    assert!(faults.is_empty(), "{} faults in {total} cases\n\n{}\n", faults.len(), faults.join("\n\n"));
}

/// Fails when a known failure is the text of no case, or gives no reason.
pub fn named(groups: &[&[Case<'_>]], known: &[(&str, &str)]) {
    for (name, reason) in known {
        assert!(groups.iter().copied().flatten().any(|c| c.1 == *name), "no case has this text: {name}");
        assert!(!reason.is_empty(), "no reason is given for: {name}");
    }
}
