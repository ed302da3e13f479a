//! Owns clustering: reports are put together best pair first, until no pair that is allowed scores enough.
//!
//! Three rounds. First the reports that say the same of the same day fall together, so that a much-reported call costs
//! one comparison a report. Then neighbours in time within a block (kind group and a pair of sides) are compared and
//! joined best first. Last come the vague ones ([`crate::vague`]). Every choice among equals goes by rank, which comes
//! from the content, so the input order has no say.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use readout_types::KindGroup;

use crate::days::{Day, Days, OPEN_LOW};
use crate::parties::{Code, Parties};
use crate::profile::{DATED_WIDTH, Profile};
use crate::score::{Reason, Verdict, compare};

/// Windows wider than this, in days, are left to the vague round.
const SWEEP_WIDTH: i32 = 62;
/// Vague reports of one block that a vague report is compared with.
const VAGUE_PARTNERS: usize = 64;
/// Reports that share a quote or an ordinal and are compared with each other for it.
const SHARED_PARTNERS: usize = 48;

/// A block: only reports of one kind group with two sides in common are ever compared.
pub(crate) type Block = (KindGroup, Code, Code);

/// Two reports (by rank) that were joined, and why.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub left: u32,
    pub right: u32,
    /// Hundredths of a point.
    pub score: i32,
    pub reasons: Arc<[Arc<str>]>,
}

/// The clusters so far; a cluster is known by the index of its profile.
pub(crate) struct Clusters {
    profiles: Vec<Profile>,
    /// Where a cluster went; itself while it stands.
    into: Vec<u32>,
    /// How often it has changed.
    version: Vec<u32>,
    joins: Vec<Vec<Join>>,
    words: ReasonWords,
}

/// Reasons in words, each list once: of a million links most rest on the same few reasons.
#[derive(Default)]
struct ReasonWords {
    lists: HashMap<Vec<Reason>, Arc<[Arc<str>]>>,
    words: HashSet<Arc<str>>,
}

impl ReasonWords {
    fn of(&mut self, reasons: &[Reason]) -> Arc<[Arc<str>]> {
        if let Some(known) = self.lists.get(reasons) {
            return known.clone();
        }
        let words = &mut self.words;
        let mut shared = |text: String| match words.get(text.as_str()) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = Arc::from(text);
                words.insert(new.clone());
                new
            }
        };
        let list: Arc<[Arc<str>]> = reasons.iter().map(|r| shared(r.describe())).collect();
        self.lists.insert(reasons.to_vec(), list.clone());
        list
    }
}

impl Clusters {
    /// One cluster for each set of reports (given by rank) that plainly say the same.
    pub(crate) fn of_reports(reports: impl Iterator<Item = Profile>) -> Clusters {
        let mut clusters = Clusters {
            profiles: Vec::new(),
            into: Vec::new(),
            version: Vec::new(),
            joins: Vec::new(),
            words: ReasonWords::default(),
        };
        // By the hash of what is claimed: whoever meets here by chance is told apart by the comparison.
        let mut same: HashMap<u64, Vec<u32>> = HashMap::new();
        for report in reports {
            let news = report.main.filter(|_| report.is_undated_news());
            if !(report.span.is_bounded() && report.span.width() <= 3) && news.is_none() {
                clusters.add(report);
                continue;
            }
            let claim = {
                let mut hasher = DefaultHasher::new();
                (report.kinds, &report.parties, report.span, news).hash(&mut hasher);
                hasher.finish()
            };
            let heads = same.entry(claim).or_default();
            let found = heads.iter().find_map(|&head| {
                let verdict = compare(&clusters.profiles[head as usize], &report, 0).filter(Verdict::links)?;
                Some((head, verdict))
            });
            match found {
                Some((head, verdict)) => {
                    let left = clusters.profiles[head as usize].members[0];
                    let join = clusters.because(left, report.members[0], verdict);
                    clusters.joins[head as usize].push(join);
                    clusters.profiles[head as usize].absorb(&report);
                }
                None => heads.push(clusters.add(report)),
            }
        }
        clusters
    }

    fn because(&mut self, left: u32, right: u32, verdict: Verdict) -> Join {
        Join { left, right, score: verdict.score, reasons: self.words.of(&verdict.reasons) }
    }

    fn add(&mut self, profile: Profile) -> u32 {
        let index = self.profiles.len() as u32;
        self.profiles.push(profile);
        self.into.push(index);
        self.version.push(0);
        self.joins.push(Vec::new());
        index
    }

    pub(crate) fn profile(&self, cluster: u32) -> &Profile {
        &self.profiles[cluster as usize]
    }

    pub(crate) fn len(&self) -> u32 {
        self.profiles.len() as u32
    }

    /// Whether it has not been joined to another.
    pub(crate) fn stands(&self, cluster: u32) -> bool {
        self.into[cluster as usize] == cluster
    }

    /// Where a cluster is now.
    pub(crate) fn find(&self, mut cluster: u32) -> u32 {
        while self.into[cluster as usize] != cluster {
            cluster = self.into[cluster as usize];
        }
        cluster
    }

    /// Joins two standing clusters; the one of lower index stays.
    pub(crate) fn join(&mut self, a: u32, b: u32, verdict: Verdict) -> u32 {
        let (kept, gone) = (a.min(b), a.max(b));
        let (left, right) = (self.profiles[kept as usize].members[0], self.profiles[gone as usize].members[0]);
        let join = self.because(left, right, verdict);
        let absorbed = std::mem::replace(&mut self.profiles[gone as usize], Profile::empty());
        self.profiles[kept as usize].absorb(&absorbed);
        self.into[gone as usize] = kept;
        self.version[kept as usize] += 1;
        let moved = std::mem::take(&mut self.joins[gone as usize]);
        self.joins[kept as usize].extend(moved);
        self.joins[kept as usize].push(join);
        kept
    }

    /// The blocks of a cluster.
    pub(crate) fn blocks(&self, cluster: u32) -> Vec<Block> {
        let profile = self.profile(cluster);
        profile.parties.pairs().into_iter().map(|(a, b)| (profile.group, a, b)).collect()
    }

    /// Compares neighbours in time and joins them, best pair first.
    pub(crate) fn join_neighbours(&mut self) {
        let mut near: Vec<Vec<u32>> = vec![Vec::new(); self.profiles.len()];
        let mut heap = BinaryHeap::new();
        let push = |heap: &mut BinaryHeap<_>, clusters: &Clusters, a: u32, b: u32| {
            let (a, b) = (a.min(b), a.max(b));
            if let Some(verdict) = compare(clusters.profile(a), clusters.profile(b), 0).filter(Verdict::links) {
                let versions = (clusters.version[a as usize], clusters.version[b as usize]);
                heap.push((verdict.score, Reverse(a), Reverse(b), versions));
            }
        };
        for (a, b) in self.candidates() {
            near[a as usize].push(b);
            near[b as usize].push(a);
            push(&mut heap, self, a, b);
        }
        while let Some((_, Reverse(a), Reverse(b), versions)) = heap.pop() {
            let current =
                self.stands(a) && self.stands(b) && versions == (self.version[a as usize], self.version[b as usize]);
            if !current {
                continue;
            }
            let Some(verdict) = compare(self.profile(a), self.profile(b), 0) else { continue };
            let kept = self.join(a, b, verdict);
            let mut around = std::mem::take(&mut near[a as usize]);
            around.append(&mut near[b as usize]);
            for other in &mut around {
                *other = self.find(*other);
            }
            around.sort_unstable();
            around.dedup();
            around.retain(|other| *other != kept);
            for &other in &around {
                push(&mut heap, self, kept, other);
            }
            near[kept as usize] = around;
        }
    }

    /// Pairs worth comparing, each once: neighbours in a block, and sharers of an ordinal or a quote.
    fn candidates(&self) -> Vec<(u32, u32)> {
        let mut blocks: BTreeMap<Block, Vec<(Day, Day, u32)>> = BTreeMap::new();
        let mut shared: HashMap<(Block, u64), Vec<u32>> = HashMap::new();
        for cluster in 0..self.len() {
            let profile = self.profile(cluster);
            // Without bounds in time, a place or a duration must tip the balance; without either nothing can.
            let hopeless = !profile.span.is_bounded()
                && !profile.is_undated_news()
                && profile.places.is_empty()
                && profile.duration.is_none();
            let window = profile.window().filter(|w| w.width() <= SWEEP_WIDTH && !hopeless);
            for block in self.blocks(cluster) {
                if let Some(window) = window {
                    blocks.entry(block).or_default().push((window.low, window.high, cluster));
                }
                for ordinal in &profile.ordinals {
                    let key = (ordinal.kind as u64) << 32 | u64::from(ordinal.n);
                    shared.entry((block, key)).or_default().push(cluster);
                }
                for (origin, said) in &profile.copied {
                    // Below the quotes' keys and above those of the ordinals.
                    let key = (said ^ u64::from(*origin).rotate_left(40)) & !(1 << 63) | 1 << 62;
                    shared.entry((block, key)).or_default().push(cluster);
                }
                for quote in &profile.quotes {
                    // Distinct from the keys above, which are below 2^35.
                    shared.entry((block, quote | 1 << 63)).or_default().push(cluster);
                }
            }
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for mut windows in blocks.into_values() {
            windows.sort_unstable();
            sweep(&windows, &mut pairs);
        }
        for sharers in shared.into_values() {
            for (i, &a) in sharers.iter().enumerate() {
                pairs.extend(sharers[i + 1..].iter().take(SHARED_PARTNERS).map(|&b| (a.min(b), a.max(b))));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Joins contacts on neighbouring days that are one: clocks differ between capitals, and a call that ends after
    /// midnight in one is dated a day later there. Only where something strong ties the two, and only where no other
    /// contact of the pair sits on or beside these days.
    pub(crate) fn join_across_midnight(&mut self) {
        let mut by_parties: BTreeMap<(KindGroup, Parties), Vec<(Day, u32)>> = BTreeMap::new();
        for cluster in (0..self.len()).filter(|c| self.stands(*c)) {
            let profile = self.profile(cluster);
            if profile.span.is_day() && profile.happened {
                by_parties
                    .entry((profile.group, profile.parties.clone()))
                    .or_default()
                    .push((profile.span.low, cluster));
            }
        }
        for mut days in by_parties.into_values() {
            days.sort_unstable();
            for i in 1..days.len() {
                let ((before, a), (after, b)) = (days[i - 1], days[i]);
                let lonely = (i < 2 || before - days[i - 2].0 > 2) && days.get(i + 1).is_none_or(|d| d.0 - after > 2);
                if after - before != 1 || !lonely || self.profile(a).group != KindGroup::Remote {
                    continue;
                }
                if let Some(verdict) = compare(self.profile(a), self.profile(b), 1)
                    && verdict.strong_tie
                    && verdict.links()
                {
                    self.join(a, b, verdict);
                }
            }
        }
    }

    /// The clusters that stand, with the joins that made them, in order of their first report.
    pub(crate) fn finish(self) -> Vec<(Vec<u32>, Vec<Join>)> {
        let mut done: Vec<(Vec<u32>, Vec<Join>)> = self
            .profiles
            .into_iter()
            .zip(self.joins)
            .zip(&self.into)
            .zip(0u32..)
            .filter(|((_, into), index)| **into == *index)
            .map(|(((profile, joins), _), _)| (profile.members, joins))
            .collect();
        done.sort_by_key(|(members, _)| members.first().copied());
        done
    }
}

/// Pairs of overlapping windows (sorted by first day), at least one of them dated; two vague ones only among few.
fn sweep(windows: &[(Day, Day, u32)], pairs: &mut Vec<(u32, u32)>) {
    let vague = |w: &(Day, Day, u32)| w.1 - w.0 + 1 > DATED_WIDTH;
    // Windows that may still overlap later ones; seen holds how many vague partners each vague one has had.
    let mut open: Vec<(Day, u32, bool, usize)> = Vec::new();
    for window in windows {
        let wide = vague(window);
        let mut partners = 0;
        open.retain(|o| o.0 >= window.0);
        for other in &mut open {
            if wide && other.2 {
                if partners >= VAGUE_PARTNERS || other.3 >= VAGUE_PARTNERS {
                    continue;
                }
                partners += 1;
                other.3 += 1;
            }
            pairs.push((other.1.min(window.2), other.1.max(window.2)));
        }
        open.push((window.1, window.2, wide, partners));
    }
}

/// The blocks in which a set of clusters is looked up by day.
pub(crate) struct DayIndex {
    blocks: HashMap<Block, Vec<(Day, Day, u32)>>,
}

impl DayIndex {
    /// All dated clusters that stand.
    pub(crate) fn of_dated(clusters: &Clusters) -> DayIndex {
        let mut blocks: HashMap<Block, Vec<(Day, Day, u32)>> = HashMap::new();
        for cluster in (0..clusters.len()).filter(|c| clusters.stands(*c) && clusters.profile(*c).is_dated()) {
            let span = clusters.profile(cluster).span;
            for block in clusters.blocks(cluster) {
                blocks.entry(block).or_default().push((span.low, span.high, cluster));
            }
        }
        blocks.values_mut().for_each(|b| b.sort_unstable());
        DayIndex { blocks }
    }

    /// Clusters of these blocks with a day in `window`, each once, in time order; at most `most`.
    pub(crate) fn within(&self, blocks: &[Block], window: Days, most: usize) -> Vec<u32> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for block in blocks {
            let Some(days) = self.blocks.get(block) else { continue };
            // A dated span is at most DATED_WIDTH days wide, so none that starts earlier can reach into the window.
            let from = if window.low == OPEN_LOW { OPEN_LOW } else { window.low - DATED_WIDTH };
            let first = days.partition_point(|d| d.0 < from);
            let inside = days[first..].iter().take_while(|d| d.0 <= window.high).filter(|d| d.1 >= window.low);
            found.extend(inside.take(most).filter(|d| seen.insert(d.2)).copied());
        }
        found.sort_unstable();
        found.truncate(most);
        found.into_iter().map(|d| d.2).collect()
    }
}
