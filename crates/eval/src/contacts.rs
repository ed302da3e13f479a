//! Owns the measures of `score.py`: reports matched to gold contacts, their fields, and the links between them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::days::Days;
use crate::figures::Measure;
use crate::gold::{GoldContact, GoldDocument, Mark};
use crate::names::{fold, keys, name_key};
use crate::prediction::{Named, Report};

/// Code points between evidence and gold anchor, at most, for the two to be about the same words.
const REACH: i64 = 200;
/// The same for traps.
const TRAP_REACH: i64 = 80;
/// The same for what is ignored.
const IGNORE_REACH: i64 = 120;

/// Fields in the order the figures are printed.
const FIELDS: [&str; 9] =
    ["kind", "status", "participants", "date", "day", "duration", "initiator", "place", "said_by"];

/// What scoring gives.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// The figures, under the names of `score.py`.
    pub measures: Vec<Measure>,
    /// What was missed, invented or got wrong, a line each.
    pub details: Vec<String>,
}

/// How two sides were in touch: reports of one contact may differ in kind, not in this.
pub fn group(kind: &str) -> Option<&'static str> {
    match kind {
        "call" => Some("remote"),
        "meeting" | "visit" | "talks" => Some("person"),
        "message" => Some("written"),
        _ => None,
    }
}

/// How well a report fits a gold contact; 0 when it cannot be about it.
pub fn affinity(gold: &GoldContact, report: &Report) -> f64 {
    if group(&gold.kind) != group(report.kind()) {
        return 0.0;
    }
    let (gold_keys, report_keys) = (gold_keys(gold), report.keys());
    let shared = gold_keys.intersection(&report_keys).count();
    let union = gold_keys.union(&report_keys).count().max(1) as f64;
    let enough = shared >= 2 || (gold_keys.len() < 2 && shared == gold_keys.len()) || shared as f64 / union >= 0.5;
    if !enough {
        return 0.0;
    }
    let close = gold.mark.position().is_some_and(|position| report.is_near(position, REACH));
    let (gold_days, report_days) = (gold_days(gold), report.days());
    let dated = !gold_days.is_unknown() && !report_days.is_unknown() && gold_days.overlaps(report_days);
    if !close && !dated {
        return 0.0;
    }
    let one = |yes: bool| f64::from(u8::from(yes));
    0.5 * shared as f64 / union
        + 0.3 * one(close)
        + 0.2 * one(dated)
        + 0.05 * one(gold.kind == report.kind())
        + 0.05 * one(gold.status == report.status())
}

fn gold_keys(gold: &GoldContact) -> BTreeSet<String> {
    keys(gold.participants.iter().map(String::as_str))
}

fn gold_days(gold: &GoldContact) -> Days {
    Days::read(gold.when.as_deref())
}

/// Pairs gold contacts and reports of one document one to one, best pairs first; indices of both.
pub fn match_pairs(gold: &[GoldContact], reports: &[Report]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, contact) in gold.iter().enumerate() {
        for (j, report) in reports.iter().enumerate() {
            pairs.push((affinity(contact, report), i, j));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut gold_taken, mut reports_taken) = (HashSet::new(), HashSet::new());
    let mut taken = Vec::new();
    for (score, i, j) in pairs {
        if score > 0.0 && !gold_taken.contains(&i) && !reports_taken.contains(&j) {
            gold_taken.insert(i);
            reports_taken.insert(j);
            taken.push((i, j));
        }
    }
    taken
}

#[derive(Default)]
struct Tally {
    gold: u32,
    main: u32,
    main_hit: u32,
    hits: u32,
    invented: u32,
    trapped: u32,
    ignored: u32,
    full: u32,
    fields: BTreeMap<&'static str, (u32, u32)>,
    details: Vec<String>,
}

/// Scores the reports of all documents against gold.
pub fn score(gold: &[GoldDocument], reports: &HashMap<String, Vec<Report>>) -> Scored {
    let mut tally = Tally::default();
    let mut matched: Vec<(&GoldContact, &Report)> = Vec::new();
    for document in gold {
        let of_document = reports.get(&document.doc).map_or(&[][..], Vec::as_slice);
        let taken = match_pairs(&document.contacts, of_document);
        tally.unmatched(document, of_document, &taken);
        for (i, j) in taken {
            let (contact, report) = (&document.contacts[i], &of_document[j]);
            tally.hits += 1;
            tally.fields(&document.doc, contact, report);
            matched.push((contact, report));
        }
    }
    Scored { measures: tally.measures(gold.len(), &matched), details: tally.details }
}

impl Tally {
    /// Counts what one document's gold and reports leave over.
    fn unmatched(&mut self, document: &GoldDocument, reports: &[Report], taken: &[(usize, usize)]) {
        let near = |marks: &[Mark], report: &Report, reach: i64| {
            marks.iter().filter_map(Mark::position).any(|position| report.is_near(position, reach))
        };
        for (j, report) in reports.iter().enumerate() {
            if taken.iter().any(|t| t.1 == j) {
                continue;
            }
            let trapped = near(&document.traps, report, TRAP_REACH);
            if trapped {
                self.trapped += 1;
            } else if near(&document.ignore, report, IGNORE_REACH) {
                self.ignored += 1;
                continue;
            }
            self.invented += 1;
            self.details.push(format!(
                "{} {}: {} {} {:?} {} at {:?}",
                if trapped { "TRAPPED " } else { "INVENTED" },
                document.doc,
                report.kind(),
                report.status(),
                report.keys(),
                report.edtf().unwrap_or(".."),
                report.spans.first()
            ));
        }
        for (i, contact) in document.contacts.iter().enumerate() {
            let hit = taken.iter().any(|t| t.0 == i);
            self.gold += 1;
            if contact.main {
                self.main += 1;
                self.main_hit += u32::from(hit);
            }
            if !hit {
                self.details.push(format!(
                    "MISSED   {}: {} {} {:?} {} «{}»",
                    document.doc,
                    contact.kind,
                    contact.status,
                    contact.participants,
                    contact.when.as_deref().unwrap_or(".."),
                    contact.mark.anchor.as_deref().unwrap_or("")
                ));
            }
        }
    }

    /// Compares the fields of a matched pair.
    fn fields(&mut self, document: &str, gold: &GoldContact, report: &Report) {
        let checked = right_fields(gold, report);
        for &(field, right) in &checked {
            let count = self.fields.entry(field).or_default();
            count.0 += u32::from(right);
            count.1 += 1;
        }
        let whole = ["kind", "status", "participants", "date"];
        self.full += u32::from(checked.iter().all(|(field, right)| *right || !whole.contains(field)));
        let wrong: Vec<&str> = checked.iter().filter(|(_, right)| !right).map(|(field, _)| *field).collect();
        if !wrong.is_empty() {
            self.details.push(wrong_line(document, &wrong, gold, report));
        }
    }

    fn measures(&self, documents: usize, matched: &[(&GoldContact, &Report)]) -> Vec<Measure> {
        let ratio = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
        let predicted = self.hits + self.invented;
        let (precision, recall) = (ratio(self.hits, predicted), ratio(self.hits, self.gold));
        let mut measures = vec![
            Measure::count("documents", documents),
            Measure::count("gold contacts", self.gold as usize),
            Measure::share("precision", Some(precision)),
            Measure::share("recall", Some(recall)),
            Measure::share("f1", Some(f1(precision, recall))),
            Measure::share("main contact recall", Some(ratio(self.main_hit, self.main))),
            Measure::count("trapped", self.trapped as usize),
            Measure::count("ignored", self.ignored as usize),
        ];
        for field in FIELDS {
            let (right, of) = self.fields.get(field).copied().unwrap_or_default();
            measures.push(Measure::share(format!("{field} accuracy"), (of > 0).then(|| ratio(right, of))));
            measures.push(Measure::count(format!("{field} n"), of as usize));
        }
        let full = f1(ratio(self.full, predicted), ratio(self.full, self.gold));
        measures.push(Measure::share("full record f1", Some(full)));
        let (linking, dated) = linking(matched);
        measures.push(Measure::share("linking b-cubed f1", Some(linking)));
        measures.push(Measure::count("linking reports", dated));
        measures
    }
}

/// The fields of a matched pair that gold knows, in the order of the figures, and whether each is right; `said_by` once for
/// each who gold credits.
pub fn right_fields(gold: &GoldContact, report: &Report) -> Vec<(&'static str, bool)> {
    let mut checked = Vec::new();
    let mut check = |field: &'static str, right: bool| checked.push((field, right));
    check("kind", gold.kind == report.kind());
    check("status", gold.status == report.status());
    check("participants", gold_keys(gold) == report.keys());
    let (gold_days, report_days) = (gold_days(gold), report.days());
    let truth = gold.true_date.as_deref().filter(|t| !t.is_empty()).map(|t| Days::read(Some(t)));
    let possible = truth.is_none_or(|truth| report_days.overlaps(truth));
    check(
        "date",
        (gold_days.is_unknown() && (report_days.is_unknown() || possible))
            || (!report_days.is_unknown() && report_days.within(gold_days) && possible)
            || report_days == gold_days,
    );
    if let Some(truth) = truth
        && !gold_days.is_unknown()
        && truth.width() == 0
        && gold_days.width() == 0
    {
        check("day", report_days == truth);
    }
    if let Some([least, most]) = gold.duration_min {
        let bounds =
            |low: Option<f64>, high: Option<f64>| (low.unwrap_or(0.0), high.filter(|h| *h != 0.0).unwrap_or(1e6));
        let gold_range = bounds(least, most);
        let right = report.fields.duration_minutes.is_some_and(|minutes| {
            let range = bounds(minutes.min, minutes.max);
            range.0 <= gold_range.1 && gold_range.0 <= range.1
        });
        check("duration", right);
    }
    if let Some(who) = gold.initiator.as_deref().filter(|who| !who.is_empty()) {
        let named = report.fields.initiator.as_ref().map_or("", Named::name);
        check("initiator", !named.is_empty() && name_key(named) == name_key(who));
    }
    if let Some(place) = gold.place.as_deref().filter(|place| !place.is_empty()) {
        let (named, place) = (fold(report.fields.place.as_ref().map_or("", Named::name)), fold(place));
        let words: HashSet<&str> = named.split_whitespace().collect();
        let shared = |word: &str| !["the", "of", "in"].contains(&word) && words.contains(word);
        check("place", place.split_whitespace().any(shared));
    }
    let credited: HashSet<String> = report.said_by.iter().map(|s| name_key(s.name())).collect();
    for source in &gold.said_by {
        check("said_by", credited.contains(&name_key(&source.who)));
    }
    checked
}

/// Whether gold leaves a report open that it does not have: it stands where gold says that doubtful or domestic dealings are told.
pub fn waived(document: &GoldDocument, report: &Report) -> bool {
    let near = |marks: &[Mark], reach: i64| marks.iter().filter_map(Mark::position).any(|p| report.is_near(p, reach));
    !near(&document.traps, TRAP_REACH) && near(&document.ignore, IGNORE_REACH)
}

fn wrong_line(document: &str, wrong: &[&str], gold: &GoldContact, report: &Report) -> String {
    let fields = &report.fields;
    let names: Vec<&str> = fields.participants.iter().flatten().map(Named::name).collect();
    format!(
        "WRONG    {document}: {} «{}» gold {}/{}/{:?}/{}/{:?}/{:?}/{:?}/{:?} got {}/{}/{names:?}/{}/{:?}/{:?}/{:?}/{:?}",
        wrong.join(","),
        gold.mark.anchor.as_deref().unwrap_or(""),
        gold.kind,
        gold.status,
        gold.participants,
        gold.when.as_deref().unwrap_or(".."),
        gold.duration_min,
        gold.place.as_deref(),
        gold.initiator.as_deref(),
        gold.said_by.iter().map(|s| s.who.as_str()).collect::<Vec<_>>(),
        report.kind(),
        report.status(),
        report.edtf().unwrap_or(".."),
        fields.duration_minutes.map(|m| [m.min, m.max]),
        fields.place.as_ref().map(Named::name),
        fields.initiator.as_ref().map(Named::name),
        report.said_by.iter().map(Named::name).collect::<Vec<_>>(),
    )
}

/// What happened, as gold has it.
#[derive(PartialEq)]
struct Event<'a> {
    group: Option<&'static str>,
    principals: BTreeSet<String>,
    day: &'a str,
}

/// B-cubed F1 (Bagga and Baldwin 1998) over matched reports whose true date is known, and how many those are. Two belong
/// together in truth when kind group, first two participants and true date are the same.
fn linking(matched: &[(&GoldContact, &Report)]) -> (f64, usize) {
    let truth: Vec<(Event<'_>, &str)> = matched
        .iter()
        .filter_map(|(gold, report)| {
            let event = Event {
                group: group(&gold.kind),
                principals: keys(gold.participants.iter().take(2).map(String::as_str)),
                day: gold.true_date.as_deref().filter(|t| !t.is_empty())?,
            };
            Some((event, report.contact.as_str()))
        })
        .collect();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (event, contact) in &truth {
        let linked = truth.iter().filter(|other| other.1 == *contact).count() as f64;
        let same = truth.iter().filter(|other| other.0 == *event).count() as f64;
        let both = truth.iter().filter(|other| other.1 == *contact && other.0 == *event).count() as f64;
        precision += both / linked;
        recall += both / same;
    }
    let n = truth.len().max(1) as f64;
    (f1(precision / n, recall / n), truth.len())
}

/// Harmonic mean of precision and recall; 0 when both are.
pub fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}
