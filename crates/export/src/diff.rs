//! Owns what changed between two chronologies, read from their JSON: new contacts, changed statuses, filled gaps, fresh
//! denials, dates, disputes, sources.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::layout::{Look, Tone, hang, plain};
use crate::phrase;

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A contact of which nothing was known.
    NewContact,
    /// A contact has another status.
    Status,
    /// Somebody denies a contact, who did not before.
    Denial,
    /// Fewer contacts are missing, or none.
    GapFilled,
    /// More contacts are missing.
    GapOpened,
    /// A contact has other dates.
    Date,
    /// Sources disagree on a field on which they did not.
    Disputed,
    /// Sources no longer disagree on a field.
    Settled,
    /// More or fewer independent sources stand behind a contact.
    Sources,
    /// What was one contact is part of another now.
    Merged,
    /// A contact is no longer there.
    Gone,
}

/// One difference between two chronologies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change.
    pub change: What,
    /// Id of the contact in the newer chronology, in the older where it is gone; `null` for gaps.
    pub contact: Option<String>,
    /// The contact or gap in a few words.
    pub about: String,
    /// The value before, where there was one.
    pub from: Option<String>,
    /// The value now, where there is one.
    pub to: Option<String>,
    /// Ids of the documents that bring it, where they can be named.
    pub documents: Vec<String>,
}

/// A JSON text that is no chronology of `readout timeline --format json`.
#[derive(Debug)]
pub struct DiffError {
    /// Whether the older of the two is meant.
    pub in_old: bool,
    /// What is wrong with it.
    reason: serde_json::Error,
}

impl std::fmt::Display for DiffError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not the JSON of readout timeline --format json: {}", self.reason)
    }
}

impl std::error::Error for DiffError {}

#[derive(Deserialize)]
struct Chronology {
    contacts: Vec<Contact>,
    gaps: Vec<Gap>,
}

#[derive(Deserialize)]
struct Contact {
    id: String,
    kind: String,
    status: String,
    participants: Vec<Party>,
    when: When,
    reports: Vec<Report>,
    #[serde(default)]
    independent_sources: u32,
    #[serde(default)]
    disputes: Vec<Dispute>,
}

#[derive(Deserialize)]
struct Party {
    name: String,
}

#[derive(Deserialize)]
struct When {
    edtf: String,
}

#[derive(Deserialize)]
struct Report {
    document: String,
    status: String,
    #[serde(default)]
    evidence: Vec<Evidence>,
    #[serde(default)]
    title_evidence: Vec<TitleEvidence>,
    #[serde(default)]
    said_by: Vec<SaidBy>,
}

#[derive(Deserialize)]
struct Evidence {
    field: String,
    start: u32,
}

#[derive(Deserialize)]
struct TitleEvidence {
    field: String,
    title_start: u32,
}

#[derive(Deserialize)]
struct SaidBy {
    name: String,
    #[serde(default)]
    denies: bool,
}

#[derive(Deserialize)]
struct Dispute {
    field: String,
}

#[derive(Clone, Deserialize, PartialEq)]
struct Gap {
    kind: String,
    participants: Vec<String>,
    missing: Missing,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
struct Missing {
    min: u32,
    max: Option<u32>,
}

impl Report {
    /// What names a report across runs: its document and where its trigger stands.
    fn key(&self) -> (&str, bool, u32) {
        let text = self.evidence.iter().filter(|e| e.field == "kind").map(|e| (false, e.start)).min();
        let title = self.title_evidence.iter().filter(|e| e.field == "kind").map(|e| (true, e.title_start)).min();
        let (in_title, start) = text.or(title).unwrap_or((false, 0));
        (&self.document, in_title, start)
    }

    /// Who denies the contact here.
    fn deniers(&self) -> Option<Vec<&str>> {
        let deniers: Vec<&str> = self.said_by.iter().filter(|s| s.denies).map(|s| s.name.as_str()).collect();
        let all = || self.said_by.iter().map(|s| s.name.as_str()).collect();
        if deniers.is_empty() { (self.status == "denied").then(all) } else { Some(deniers) }
    }
}

impl Contact {
    fn title(&self) -> String {
        let names: Vec<String> = self.participants.iter().map(|p| plain(&p.name)).collect();
        format!("{} · {} · {}", self.kind, when(&self.when.edtf), names.join(", "))
    }
}

fn when(edtf: &str) -> String {
    edtf.parse().map_or_else(|_| plain(edtf), phrase::date)
}

/// All differences, in a fixed order: kinds of change in the order of [`What`], contacts in that of the newer chronology.
///
/// `old` and `new` are what `timeline --format json` prints. Contacts are the same when they share reports (a document and
/// the place of its trigger), whatever their ids; a contact with no report in common is new or gone.
///
/// # Errors
/// A text that is not such JSON.
pub fn changes(old: &str, new: &str) -> Result<Vec<Change>, DiffError> {
    let old: Chronology = serde_json::from_str(old).map_err(|reason| DiffError { in_old: true, reason })?;
    let new: Chronology = serde_json::from_str(new).map_err(|reason| DiffError { in_old: false, reason })?;
    let before = matched(&old, &new);
    let mut changes = Vec::new();
    for (contact, before) in new.contacts.iter().zip(&before) {
        compare(before.map(|at| &old.contacts[at]), contact, &mut changes);
    }
    let known: BTreeSet<usize> = before.iter().flatten().copied().collect();
    let homes = homes(&new);
    for (_, contact) in old.contacts.iter().enumerate().filter(|(at, _)| !known.contains(at)) {
        let into =
            contact.reports.iter().find_map(|r| homes.get(&r.key())?.first()).map(|&at| new.contacts[at].title());
        let what = if into.is_some() { What::Merged } else { What::Gone };
        changes.push(change(what, contact, None, into, Vec::new()));
    }
    gaps(&old.gaps, &new.gaps, &mut changes);
    changes.sort_by_key(|c| c.change);
    Ok(changes)
}

/// The contacts of each report. Several, where one word tells of several: "A and B telephoned C".
fn homes(chronology: &Chronology) -> HashMap<(&str, bool, u32), Vec<usize>> {
    let mut homes: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, contact) in chronology.contacts.iter().enumerate() {
        for report in &contact.reports {
            homes.entry(report.key()).or_default().push(at);
        }
    }
    homes
}

/// For each new contact the old one, each old one at most once: most reports in common first, the same id and the same
/// names among equals; then equal ids alone.
fn matched(old: &Chronology, new: &Chronology) -> Vec<Option<usize>> {
    let homes = homes(old);
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, contact) in new.contacts.iter().enumerate() {
        for home in contact.reports.iter().filter_map(|r| homes.get(&r.key())).flatten() {
            *common.entry((at, *home)).or_default() += 1;
        }
    }
    let mut pairs: Vec<((usize, usize), usize)> = common.into_iter().collect();
    let unlike = |(at, home): (usize, usize)| {
        let (a, b) = (&new.contacts[at], &old.contacts[home]);
        (a.id != b.id, a.title() != b.title())
    };
    pairs.sort_by_key(|&(pair, n)| (std::cmp::Reverse(n), unlike(pair), pair));
    let ids: HashMap<&str, usize> = old.contacts.iter().enumerate().map(|(at, c)| (c.id.as_str(), at)).collect();
    let same_id = new.contacts.iter().enumerate().filter_map(|(at, c)| Some((at, *ids.get(c.id.as_str())?)));
    let mut before: Vec<Option<usize>> = vec![None; new.contacts.len()];
    let mut taken = BTreeSet::new();
    for (at, home) in pairs.into_iter().map(|p| p.0).chain(same_id) {
        if before[at].is_none() && taken.insert(home) {
            before[at] = Some(home);
        }
    }
    before
}

fn change(what: What, contact: &Contact, from: Option<String>, to: Option<String>, documents: Vec<String>) -> Change {
    Change { change: what, contact: Some(contact.id.clone()), about: contact.title(), from, to, documents }
}

fn compare(old: Option<&Contact>, new: &Contact, changes: &mut Vec<Change>) {
    let known: BTreeSet<_> = old.iter().flat_map(|c| &c.reports).map(Report::key).collect();
    let fresh = || new.reports.iter().filter(|r| !known.contains(&r.key()));
    let brought = || fresh().map(|r| r.document.clone()).collect::<Vec<_>>();
    for report in fresh() {
        if let Some(deniers) = report.deniers() {
            let who = if deniers.is_empty() { "the document".to_owned() } else { plain(&deniers.join(", ")) };
            changes.push(change(What::Denial, new, None, Some(who), vec![report.document.clone()]));
        }
    }
    let Some(old) = old else {
        changes.push(change(What::NewContact, new, None, Some(new.status.clone()), brought()));
        return;
    };
    if old.status != new.status {
        changes.push(change(What::Status, new, Some(old.status.clone()), Some(new.status.clone()), brought()));
    }
    if old.when.edtf != new.when.edtf {
        changes.push(change(What::Date, new, Some(when(&old.when.edtf)), Some(when(&new.when.edtf)), brought()));
    }
    let fields = |c: &Contact| c.disputes.iter().map(|d| d.field.replace('_', " ")).collect::<BTreeSet<_>>();
    for field in fields(new).difference(&fields(old)) {
        changes.push(change(What::Disputed, new, None, Some(field.clone()), brought()));
    }
    for field in fields(old).difference(&fields(new)) {
        changes.push(change(What::Settled, new, Some(field.clone()), None, brought()));
    }
    if old.independent_sources != new.independent_sources {
        let (from, to) = (old.independent_sources.to_string(), new.independent_sources.to_string());
        changes.push(change(What::Sources, new, Some(from), Some(to), brought()));
    }
}

impl Gap {
    fn same_series(&self, other: &Gap) -> bool {
        let sorted = |g: &Gap| {
            let mut names = g.participants.clone();
            names.sort();
            names
        };
        self.kind == other.kind && sorted(self) == sorted(other)
    }

    /// Whether some day lies in both; days are written so that their order is that of the text.
    fn overlaps(&self, other: &Gap) -> bool {
        let apart = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a <= b);
        !apart(&self.before, &other.after) && !apart(&other.before, &self.after)
    }

    fn missing(&self) -> String {
        match self.missing.max {
            Some(max) if max == self.missing.min => format!("{max} missing"),
            Some(max) => format!("{} to {max} missing", self.missing.min),
            None => format!("at least {} missing", self.missing.min),
        }
    }

    fn title(&self) -> String {
        let names: Vec<String> = self.participants.iter().map(|p| plain(p)).collect();
        let bound = |word: &str, day: &Option<String>| day.as_ref().map_or(String::new(), |d| format!(" {word} {d}"));
        format!("{} · {}{}{}", self.kind, names.join(", "), bound("after", &self.after), bound("before", &self.before))
    }
}

fn gaps(old: &[Gap], new: &[Gap], changes: &mut Vec<Change>) {
    let gap = |what, gap: &Gap, from: Option<&Gap>, to: Option<&Gap>| Change {
        change: what,
        contact: None,
        about: gap.title(),
        from: from.map(Gap::missing),
        to: to.map(Gap::missing),
        documents: Vec::new(),
    };
    let gone: Vec<&Gap> = old.iter().filter(|g| !new.contains(g)).collect();
    let mut new: Vec<&Gap> = new.iter().filter(|g| !old.contains(g)).collect();
    for before in gone {
        let after = new.iter().position(|g| g.same_series(before) && g.overlaps(before)).map(|at| new.remove(at));
        let most = |g: &Gap| (g.missing.max.unwrap_or(u32::MAX), g.missing.min);
        let what = match after {
            Some(after) if most(after) > most(before) => What::GapOpened,
            _ => What::GapFilled,
        };
        changes.push(gap(what, before, Some(before), after));
    }
    for opened in new {
        changes.push(gap(What::GapOpened, opened, None, Some(opened)));
    }
}

/// The changes in lines for reading, kind by kind.
pub fn describe(changes: &[Change], look: &Look) -> String {
    let mut out = String::new();
    for group in changes.chunk_by(|a, b| a.change == b.change) {
        let Some(first) = group.first() else { continue };
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&look.paint(Tone::Heading, heading(first.change)));
        out.push('\n');
        for change in group {
            let mut text = change.about.clone();
            match (&change.from, &change.to) {
                (Some(from), Some(to)) => text.push_str(&format!(": {from} → {to}")),
                (None, Some(to)) => text.push_str(&format!(": {to}")),
                (Some(from), None) => text.push_str(&format!(": was {from}")),
                (None, None) => {}
            }
            if !change.documents.is_empty() {
                let ids: Vec<String> = change.documents.iter().map(|d| plain(d)).collect();
                text.push_str(&format!(" [{}]", ids.join(", ")));
            }
            for line in hang("  ", &text, look.width) {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    if out.is_empty() { "Nothing changed.\n".to_owned() } else { out }
}

fn heading(what: What) -> &'static str {
    match what {
        What::NewContact => "New contacts",
        What::Status => "Changed statuses",
        What::Denial => "Fresh denials",
        What::GapFilled => "Filled gaps",
        What::GapOpened => "New gaps",
        What::Date => "Changed dates",
        What::Disputed => "New disputes",
        What::Settled => "Disputes settled",
        What::Sources => "Independent sources",
        What::Merged => "Contacts that are part of others now",
        What::Gone => "Contacts that are gone",
    }
}
