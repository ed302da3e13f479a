//! Owns the replay: what holds is found again in the documents of this run and done, before, between and after the stages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use readout_types::{
    Actor, ActorFacts, Chronology, Cluster, Diagnostic, Extraction, Level, Linked, OriginTie, Original, Report,
    SharedOrigin,
};

use crate::anchor::Documents;
use crate::book::{Book, State, question};
use crate::line::{Act, Correction};

/// Document index and report index.
pub(crate) type Place = (usize, usize);

/// What became of a decision in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// `applied`, `reverted`, `replaced`, `conflict` or `lost`.
    pub state: &'static str,
    /// In words, for a person: by which decision, or why not.
    pub note: String,
}

/// A decision that holds, with the reports it is about in this run.
pub(crate) struct Found {
    pub correction: Correction,
    /// For each of its contacts, the reports; indices after [`Replay::prepare`].
    pub targets: Vec<Vec<Place>>,
    /// Why nothing of it can be done.
    pub lost: Option<String>,
    /// The later decisions that say otherwise, and so hold instead.
    pub overruled: Vec<usize>,
}

impl Found {
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.targets.iter().flatten().copied()
    }
}

/// The decisions that hold, on their way through a run.
pub struct Replay {
    pub(crate) found: Vec<Found>,
    /// The reports that decisions are about, to know their contacts by.
    pub(crate) reports: BTreeMap<Place, Report>,
    /// Decisions that do not hold, and lines that cannot be used.
    settled: Vec<Outcome>,
    problems: Vec<Diagnostic>,
}

impl Replay {
    /// Finds the anchors and does what comes before linking: actors, reports that are no contacts, two reports of one
    /// document that are one. `originals` are the texts by document, whole where an anchor names them.
    pub fn prepare(book: &Book, extractions: &mut [Extraction], originals: &[Original]) -> Replay {
        let mut settled = Vec::new();
        for (correction, state) in book.all().iter().zip(book.states()) {
            let (state, by) = match state {
                State::Holds => continue,
                State::Reverted(by) => ("reverted", by),
                State::Replaced(by) => ("replaced", by),
            };
            settled.push(Outcome { id: correction.id.clone(), state, note: format!("by {by}") });
        }
        let mut found: Vec<Found> = Vec::new();
        {
            let documents = Documents::new(extractions, originals);
            for correction in book.holding() {
                found.push(locate(correction, &documents));
            }
        }
        conflicts(&mut found);
        rename_actors(&mut found, extractions);
        remove_and_fold(&mut found, extractions);
        let mut reports = BTreeMap::new();
        for place in found.iter().flat_map(Found::places) {
            if let Some(report) = extractions.get(place.0).and_then(|e| e.reports.get(place.1)) {
                reports.insert(place, report.clone());
            }
        }
        Replay { found, reports, settled, problems: book.problems().to_vec() }
    }

    /// Does what comes after linking: contacts put together or taken apart.
    pub fn regroup(&mut self, extractions: &[Extraction], linked: &mut Linked) {
        for found in self.found.iter().filter(|f| f.lost.is_none() && f.overruled.is_empty()) {
            match &found.correction.act {
                Act::Merge { .. } => merge(&found.places().collect::<Vec<_>>(), extractions, linked),
                Act::Split { .. } => {
                    if let [stay, go] = &found.targets[..] {
                        split(stay, go, linked);
                    }
                }
                _ => {}
            }
        }
    }

    /// Does what comes last, fields and verdicts, and says what became of every decision, in the order of the book.
    pub fn finish(mut self, book: &Book, chronology: &mut Chronology) -> Vec<Outcome> {
        crate::fields::apply(&mut self, chronology);
        let ids: Vec<String> = self.found.iter().map(|f| f.correction.id.clone()).collect();
        let mut outcomes = std::mem::take(&mut self.settled);
        chronology.diagnostics.append(&mut self.problems);
        let mut warn = |message: String| {
            chronology.diagnostics.push(Diagnostic { document: String::new(), level: Level::Warning, message });
        };
        for found in &self.found {
            let c = &found.correction;
            let (state, note) = if let Some(reason) = &found.lost {
                warn(format!(
                    "correction {} ({}, {}: {}) is not applied: {reason}",
                    c.id,
                    c.by,
                    c.at,
                    c.act.describe()
                ));
                ("lost", reason.clone())
            } else if !found.overruled.is_empty() {
                let others: Vec<&str> = found.overruled.iter().map(|&i| ids[i].as_str()).collect();
                let later = &self.found[found.overruled[0]].correction;
                warn(format!(
                    "corrections disagree: {} ({}, {}: {}) and {} ({}, {}: {}); the later one holds until one of them is reverted",
                    c.id,
                    c.by,
                    c.at,
                    c.act.describe(),
                    later.id,
                    later.by,
                    later.at,
                    later.act.describe(),
                ));
                ("conflict", format!("{} says otherwise, later", others.join(", ")))
            } else {
                ("applied", String::new())
            };
            outcomes.push(Outcome { id: c.id.clone(), state, note });
        }
        let order: HashMap<&str, usize> = book.all().iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
        outcomes.sort_by_key(|o| order.get(o.id.as_str()).copied());
        outcomes
    }
}

fn locate(correction: &Correction, documents: &Documents<'_>) -> Found {
    let mut targets = Vec::new();
    let mut lost = None;
    for target in correction.act.targets() {
        let mut places = BTreeSet::new();
        let mut why = String::new();
        for anchor in &target.reports {
            match documents.report(anchor) {
                Ok(place) => drop(places.insert(place)),
                Err(reason) => why = reason,
            }
        }
        if places.is_empty() {
            lost = Some(why);
        }
        targets.push(places.into_iter().collect());
    }
    Found { correction: correction.clone(), targets, lost, overruled: Vec::new() }
}

/// Marks decisions that a later one contradicts without having replaced them.
fn conflicts(found: &mut [Found]) {
    let mut asked: BTreeMap<(String, Option<Place>), Vec<usize>> = BTreeMap::new();
    for (i, one) in found.iter().enumerate().filter(|(_, f)| f.lost.is_none()) {
        let Some(question) = question(&one.correction.act) else { continue };
        if one.targets.is_empty() {
            asked.entry((question, None)).or_default().push(i);
        } else {
            for place in one.places() {
                asked.entry((question.clone(), Some(place))).or_default().push(i);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for group in asked.values() {
        for (n, &earlier) in group.iter().enumerate() {
            for &later in &group[n + 1..] {
                if answer(&found[earlier].correction.act) != answer(&found[later].correction.act) {
                    pairs.insert((earlier, later));
                }
            }
        }
    }
    // Put together by one, taken apart by another.
    let merges: Vec<usize> =
        (0..found.len()).filter(|&i| matches!(found[i].correction.act, Act::Merge { .. })).collect();
    let splits: Vec<usize> =
        (0..found.len()).filter(|&i| matches!(found[i].correction.act, Act::Split { .. })).collect();
    for &m in &merges {
        let together: BTreeSet<Place> = found[m].places().collect();
        for &s in &splits {
            let [stay, go] = &found[s].targets[..] else { continue };
            if stay.iter().any(|p| together.contains(p)) && go.iter().any(|p| together.contains(p)) {
                pairs.insert((m.min(s), m.max(s)));
            }
        }
    }
    for (earlier, later) in pairs {
        found[earlier].overruled.push(later);
    }
}

fn answer(act: &Act) -> String {
    match act {
        Act::Set { value, .. } => value.to_string(),
        Act::RenameActor { name, role, country, .. } => format!("{name}\n{role:?}\n{country:?}"),
        other => other.word().to_owned(),
    }
}

/// Every actor of an extraction.
fn actors(extraction: &mut Extraction) -> impl Iterator<Item = &mut Actor> {
    let of_reports = extraction.reports.iter_mut().flat_map(|r| {
        r.participants.iter_mut().chain(r.initiator.as_mut()).chain(r.said_by.iter_mut().map(|a| &mut a.speaker))
    });
    of_reports.chain(extraction.statements.iter_mut().filter_map(|s| s.speaker.as_mut()))
}

fn rename_actors(found: &mut [Found], extractions: &mut [Extraction]) {
    for one in found.iter_mut().filter(|f| f.overruled.is_empty()) {
        let mut met = false;
        match &one.correction.act {
            Act::RenameActor { actor, name, role, country } => {
                for a in extractions.iter_mut().flat_map(actors).filter(|a| a.key == *actor) {
                    met = true;
                    a.name.clone_from(name);
                    a.role = role.clone().or(a.role.take());
                    a.country = country.clone().or(a.country.take());
                }
            }
            Act::MergeActors { actors: gone, into, name } => {
                let known = extractions.iter_mut().flat_map(actors).find(|a| a.key == *into).cloned();
                for extraction in extractions.iter_mut() {
                    for a in actors(extraction).filter(|a| gone.contains(&a.key)) {
                        met = true;
                        match &known {
                            Some(known) => {
                                let role = a.role.take().or_else(|| known.role.clone());
                                *a = Actor::from(ActorFacts { role, ..(**known).clone() });
                            }
                            None => a.key.clone_from(into),
                        }
                        a.name.clone_from(name);
                    }
                    for report in &mut extraction.reports {
                        let mut seen = BTreeSet::new();
                        report.participants.retain(|a| seen.insert(a.key.clone()));
                    }
                }
            }
            _ => continue,
        }
        if !met {
            one.lost = Some("no document names that actor".to_owned());
        }
    }
}

/// Takes out reports that are no contacts and makes one of several reports of one document that are; moves all indices.
fn remove_and_fold(found: &mut [Found], extractions: &mut [Extraction]) {
    let mut into: BTreeMap<Place, Option<Place>> = BTreeMap::new();
    for one in found.iter().filter(|f| f.overruled.is_empty() && f.lost.is_none()) {
        match &one.correction.act {
            Act::NotAContact { .. } => into.extend(one.places().map(|p| (p, None))),
            Act::Merge { .. } => {
                let mut first: HashMap<usize, Place> = HashMap::new();
                let places: BTreeSet<Place> = one.places().collect();
                for place in places {
                    let keep = *first.entry(place.0).or_insert(place);
                    if keep != place {
                        into.entry(place).or_insert(Some(keep));
                    }
                }
            }
            _ => {}
        }
    }
    if into.is_empty() {
        return;
    }
    let documents: BTreeSet<usize> = into.keys().map(|p| p.0).collect();
    let mut moved: BTreeMap<Place, Option<Place>> = BTreeMap::new();
    for document in documents {
        let extraction = &mut extractions[document];
        let mut reports: Vec<Option<Report>> = std::mem::take(&mut extraction.reports).into_iter().map(Some).collect();
        let target = |mut at: usize| -> Option<usize> {
            for _ in 0..=reports.len() {
                match into.get(&(document, at)) {
                    None => return Some(at),
                    Some(None) => return None,
                    Some(Some((_, next))) => at = *next,
                }
            }
            None
        };
        let homes: Vec<Option<usize>> = (0..reports.len()).map(target).collect();
        for at in 0..reports.len() {
            if homes[at] != Some(at)
                && let Some(taken) = reports[at].take()
                && let Some(home) = homes[at]
                && let Some(keep) = reports[home].as_mut()
            {
                fold(keep, taken);
            }
        }
        let mut next = 0;
        let places: Vec<Option<usize>> = reports
            .iter()
            .map(|r| {
                r.is_some().then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        let new = |at: usize| homes.get(at).copied().flatten().and_then(|home| places[home]);
        for statement in &mut extraction.statements {
            statement.report = statement.report.and_then(new);
        }
        for at in 0..reports.len() {
            moved.insert((document, at), new(at).map(|n| (document, n)));
        }
        extraction.reports = reports.into_iter().flatten().collect();
    }
    for one in found.iter_mut() {
        let removes = matches!(one.correction.act, Act::NotAContact { .. }) && one.overruled.is_empty();
        for target in &mut one.targets {
            let kept: BTreeSet<Place> =
                target.iter().filter_map(|p| moved.get(p).copied().unwrap_or(Some(*p))).collect();
            if kept.is_empty() && !target.is_empty() && !removes && one.lost.is_none() {
                one.lost = Some("its reports are no contact, says another correction".to_owned());
            }
            *target = kept.into_iter().collect();
        }
    }
}

/// Adds what a second report of the same document has and the first lacks.
fn fold(keep: &mut Report, other: Report) {
    let unknown = |a: &Actor| keep.participants.iter().all(|k| k.key != a.key);
    let more: Vec<Actor> = other.participants.into_iter().filter(unknown).collect();
    keep.participants.extend(more);
    if keep.when.interval.is_unknown() {
        keep.when = other.when;
    }
    keep.place = keep.place.take().or(other.place);
    keep.initiator = keep.initiator.take().or(other.initiator);
    keep.duration = keep.duration.or(other.duration);
    keep.medium = keep.medium.take().or(other.medium);
    for (list, more) in [(&mut keep.topics, other.topics), (&mut keep.outcomes, other.outcomes)] {
        for word in more {
            if !list.contains(&word) {
                list.push(word);
            }
        }
    }
    keep.counts.extend(other.counts);
    for said in other.said_by {
        if !keep.said_by.contains(&said) {
            keep.said_by.push(said);
        }
    }
    for piece in other.evidence {
        if !keep.evidence.contains(&piece) {
            keep.evidence.push(piece);
        }
    }
    keep.main |= other.main;
}

/// Makes one cluster of all that hold one of the reports. Sources are independent as far as neither cluster had them as
/// one and neither outlet nor text is the same.
fn merge(places: &[Place], extractions: &[Extraction], linked: &mut Linked) {
    let holds = |c: &Cluster| c.reports.iter().any(|p| places.contains(p));
    let which: Vec<usize> = (0..linked.clusters.len()).filter(|&i| holds(&linked.clusters[i])).collect();
    let [first, rest @ ..] = &which[..] else { return };
    if rest.is_empty() {
        return;
    }
    let parts: Vec<Cluster> = which.iter().map(|&i| linked.clusters[i].clone()).collect();
    for &gone in rest.iter().rev() {
        linked.clusters.remove(gone);
    }
    let root = |mut document: usize| {
        for _ in 0..linked.duplicates.len() {
            match linked.duplicates.get(document).copied().flatten() {
                Some(from) => document = from,
                None => break,
            }
        }
        document
    };
    let mut whole =
        Cluster { reports: Vec::new(), origins: Vec::new(), origin_ties: Vec::new(), decisions: Vec::new() };
    // Names of a source: its number in its part, its text, its outlet. Sources that share a name are one.
    let mut names: HashMap<(Name, String), u32> = HashMap::new();
    let mut ties: Vec<OriginTie> = Vec::new();
    let mut same: Vec<u32> = Vec::new();
    let mut places_of: Vec<usize> = Vec::new();
    fn root_of(same: &[u32], mut at: u32) -> u32 {
        while same[at as usize] != at {
            at = same[at as usize];
        }
        at
    }
    for (part, cluster) in parts.into_iter().enumerate() {
        for (i, place) in cluster.reports.iter().enumerate() {
            let me = same.len() as u32;
            same.push(me);
            let mut mine: Vec<(Name, String)> = Vec::new();
            mine.extend(cluster.origins.get(i).map(|o| (Name::Number, format!("{part} {o}"))));
            mine.push((Name::Text, root(place.0).to_string()));
            mine.extend(extractions.get(place.0).and_then(|e| e.source.clone()).map(|s| (Name::Outlet, s)));
            places_of.push(place.0);
            for name in mine {
                let why = name.0.tie();
                let other = *names.entry(name).or_insert(me);
                let (a, b) = (root_of(&same, me), root_of(&same, other));
                if let Some(why) = why.filter(|_| a != b) {
                    ties.push(OriginTie { earlier: places_of[other as usize], later: place.0, why });
                }
                same[a.max(b) as usize] = a.min(b);
            }
        }
        whole.reports.extend(cluster.reports);
        whole.origin_ties.extend(cluster.origin_ties);
        whole.decisions.extend(cluster.decisions);
    }
    let roots: Vec<u32> = (0..same.len() as u32).map(|i| root_of(&same, i)).collect();
    whole.origins = renumbered(&roots);
    whole.origin_ties.extend(ties);
    linked.clusters[*first] = whole;
}

/// What names a source of a report.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    /// Its number in the cluster that it comes from.
    Number,
    /// The document that its text goes back to.
    Text,
    /// Its outlet.
    Outlet,
}

impl Name {
    fn tie(self) -> Option<SharedOrigin> {
        match self {
            Name::Number => None,
            Name::Text => Some(SharedOrigin::Copy),
            Name::Outlet => Some(SharedOrigin::Outlet),
        }
    }
}

/// Takes the reports of `go` out of every cluster that also holds one of `stay`.
fn split(stay: &[Place], go: &[Place], linked: &mut Linked) {
    let mut new = Vec::new();
    for cluster in &mut linked.clusters {
        let leaves = |p: &Place| go.contains(p) && !stay.contains(p);
        if !cluster.reports.iter().any(|p| stay.contains(p)) || !cluster.reports.iter().any(leaves) {
            continue;
        }
        let part = |of: &Cluster, wanted: &dyn Fn(&Place) -> bool| {
            let kept: Vec<usize> = (0..of.reports.len()).filter(|&i| wanted(&of.reports[i])).collect();
            let origins: Vec<u32> = kept.iter().filter_map(|&i| of.origins.get(i).copied()).collect();
            let documents: BTreeSet<usize> = kept.iter().map(|&i| of.reports[i].0).collect();
            let tied = |t: &&OriginTie| documents.contains(&t.earlier) && documents.contains(&t.later);
            Cluster {
                reports: kept.iter().map(|&i| of.reports[i]).collect(),
                origin_ties: of.origin_ties.iter().filter(tied).copied().collect(),
                origins: renumbered(&origins),
                decisions: of.decisions.iter().filter(|d| wanted(&d.left) && wanted(&d.right)).cloned().collect(),
            }
        };
        new.push(part(cluster, &leaves));
        *cluster = part(cluster, &|p| !leaves(p));
    }
    linked.clusters.extend(new);
}

fn renumbered(numbers: &[u32]) -> Vec<u32> {
    let mut names: HashMap<u32, u32> = HashMap::new();
    let mut out = Vec::with_capacity(numbers.len());
    for number in numbers {
        let next = names.len() as u32;
        out.push(*names.entry(*number).or_insert(next));
    }
    out
}
