//! Owns the network of time constraints: days between bounds, "not before", "at least so many days after", propagated
//! until nothing narrows any more.
//!
//! A simple temporal network (Dechter, Meiri, Pearl 1991) whose constraints are all of the form `later ≥ earlier + gap`.
//! For these, tightening bounds edge by edge reaches the tightest bounds there are.

use std::collections::VecDeque;

use readout_types::{Date, Interval};

/// Days since 1970-01-01; no calendar and no gap reaches the ends of the type.
type Day = i32;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A variable of the network.
pub(crate) type Node = u32;

/// `later` lies at least `gap` days after `earlier`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Constraint {
    pub earlier: Node,
    pub later: Node,
    pub gap: i32,
}

/// Days and the constraints between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    low: Vec<Option<Day>>,
    high: Vec<Option<Day>>,
    constraints: Vec<Constraint>,
}

/// The constraints that last moved the earlier and the later bound of a node.
pub(crate) type Movers = (Option<u32>, Option<u32>);

/// What propagation found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrowed {
    /// The bounds of every node.
    pub bounds: Vec<Interval>,
    /// What narrowed each.
    pub because: Vec<Movers>,
    /// Constraints left out because they contradict the bounds and those before them.
    pub contradictions: Vec<u32>,
}

impl Network {
    /// Room for so many nodes and constraints: for a million reports the spare room of growing lists is felt.
    pub(crate) fn with_capacity(nodes: usize, constraints: usize) -> Network {
        Network {
            low: Vec::with_capacity(nodes),
            high: Vec::with_capacity(nodes),
            constraints: Vec::with_capacity(constraints),
        }
    }

    /// A new node within `interval`.
    pub(crate) fn node(&mut self, interval: Interval) -> Node {
        self.low.push(interval.earliest.and_then(number));
        self.high.push(interval.latest.and_then(number));
        self.low.len() as Node - 1
    }

    /// Adds a constraint; of contradicting ones, those added first hold.
    pub(crate) fn constrain(&mut self, constraint: Constraint) {
        self.constraints.push(constraint);
    }

    pub(crate) fn constraint(&self, index: u32) -> Constraint {
        self.constraints[index as usize]
    }

    /// Tightens all bounds. Constraints are taken in one by one, each with all that follows from it; one that would
    /// leave some node without any day is undone and reported.
    pub(crate) fn propagate(&self) -> Narrowed {
        let nodes = self.low.len();
        let (mut low, mut high) = (self.low.clone(), self.high.clone());
        let mut because: Vec<Movers> = vec![(None, None); nodes];
        // What begins and ends at each node, of the constraints taken in so far.
        let (mut out, mut into) = (Chains::new(nodes), Chains::new(nodes));
        let mut contradictions = Vec::new();
        let mut undo: Vec<(Node, Option<Day>, Option<Day>, Movers)> = Vec::new();
        let mut queue: VecDeque<u32> = VecDeque::new();
        for (index, constraint) in (0u32..).zip(&self.constraints) {
            undo.clear();
            queue.clear();
            queue.push_back(index);
            out.append(constraint.earlier);
            into.append(constraint.later);
            // Without a positive cycle no bound moves more than once per node and constraint.
            let mut budget = 16 + 16 * (nodes + index as usize);
            let mut possible = constraint.earlier != constraint.later || constraint.gap <= 0;
            while possible && let Some(at) = queue.pop_front() {
                let c = self.constraints[at as usize];
                let (e, l) = (c.earlier as usize, c.later as usize);
                let floor = low[e].map(|d| d + c.gap);
                if floor.is_some() && floor > low[l] {
                    undo.push((c.later, low[l], high[l], because[l]));
                    low[l] = floor;
                    because[l].0 = Some(at);
                    queue.extend(out.of(c.later));
                    possible &= fits(low[l], high[l]);
                }
                let ceiling = high[l].map(|d| d - c.gap);
                if let Some(ceiling) = ceiling
                    && high[e].is_none_or(|h| ceiling < h)
                {
                    undo.push((c.earlier, low[e], high[e], because[e]));
                    high[e] = Some(ceiling);
                    because[e].1 = Some(at);
                    queue.extend(into.of(c.earlier));
                    possible &= fits(low[e], high[e]);
                }
                budget -= 1;
                possible &= budget > 0;
            }
            if !possible {
                for (node, l, h, b) in undo.drain(..).rev() {
                    let node = node as usize;
                    (low[node], high[node], because[node]) = (l, h, b);
                }
                out.take_back(constraint.earlier);
                into.take_back(constraint.later);
                contradictions.push(index);
            }
        }
        let bounds =
            low.iter().zip(&high).map(|(l, h)| Interval { earliest: l.and_then(day), latest: h.and_then(day) });
        Narrowed { bounds: bounds.collect(), because, contradictions }
    }
}

/// For each node a chain of constraints, the last first: four bytes a node and four a constraint, where a list for each
/// node would take many times that for a million of them.
struct Chains {
    /// The last constraint of each node.
    last: Vec<u32>,
    /// For each constraint, the one before it at the same node.
    before: Vec<u32>,
}

/// No constraint.
const NONE: u32 = u32::MAX;

impl Chains {
    fn new(nodes: usize) -> Chains {
        Chains { last: vec![NONE; nodes], before: Vec::new() }
    }

    /// Hangs the next constraint (they come in order) on a node.
    fn append(&mut self, node: Node) {
        let index = self.before.len() as u32;
        self.before.push(std::mem::replace(&mut self.last[node as usize], index));
    }

    /// Takes the constraint hung last off its node; its number stays used.
    fn take_back(&mut self, node: Node) {
        let index = self.last[node as usize];
        self.last[node as usize] = self.before[index as usize];
    }

    fn of(&self, node: Node) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.last[node as usize];
        std::iter::from_fn(move || {
            let here = (at != NONE).then_some(at)?;
            at = self.before[here as usize];
            Some(here)
        })
    }
}

fn fits(low: Option<Day>, high: Option<Day>) -> bool {
    !matches!((low, high), (Some(l), Some(h)) if l > h)
}

fn number(day: Date) -> Option<Day> {
    Interval { earliest: Some(EPOCH.min(day)), latest: Some(EPOCH.max(day)) }
        .days()
        .map(|days| (days - 1) * if day < EPOCH { -1 } else { 1 })
}

fn day(number: Day) -> Option<Date> {
    Interval::day(EPOCH).shift(number).as_day()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_and_numbers() {
        for text in ["1970-01-01", "1969-12-31", "2025-12-28", "1648-10-24"] {
            let interval: Interval = text.parse().unwrap_or_default();
            let back = interval.as_day().and_then(number).and_then(day);
            assert_eq!(back, interval.as_day(), "{text}");
        }
    }

    #[test]
    fn a_contradiction_is_named_and_the_rest_holds() {
        let mut network = Network::default();
        let first = network.node("2025-07-03".parse().unwrap_or_default());
        let second = network.node(Interval::UNKNOWN);
        let edge = |earlier, later, gap| Constraint { earlier, later, gap };
        network.constrain(edge(second, first, 1));
        network.constrain(edge(first, second, 1));
        let narrowed = network.propagate();
        assert_eq!(narrowed.contradictions, [1]);
        assert_eq!(narrowed.bounds[second as usize].edtf(), "../2025-07-02");
        assert_eq!(narrowed.because[second as usize], (None, Some(0)));
    }

    #[test]
    fn a_circle_of_laters_ends() {
        let mut network = Network::default();
        let nodes: Vec<Node> = (0..3).map(|_| network.node("2025-01-01/..".parse().unwrap_or_default())).collect();
        for i in 0..3 {
            network.constrain(Constraint { earlier: nodes[i], later: nodes[(i + 1) % 3], gap: 1 });
        }
        assert_eq!(network.propagate().contradictions, [2]);
    }

    /// All days that some assignment within the bounds allows to each node.
    fn brute(bounds: &[(i32, i32)], edges: &[(usize, usize, i32)]) -> Option<Vec<(i32, i32)>> {
        let mut found: Option<Vec<(i32, i32)>> = None;
        let mut days: Vec<i32> = bounds.iter().map(|b| b.0).collect();
        loop {
            if edges.iter().all(|&(a, b, gap)| days[b] >= days[a] + gap) {
                let hull = found.get_or_insert_with(|| days.iter().map(|d| (*d, *d)).collect());
                hull.iter_mut().zip(&days).for_each(|(h, d)| *h = (h.0.min(*d), h.1.max(*d)));
            }
            let Some(i) = (0..days.len()).find(|&i| days[i] < bounds[i].1) else { return found };
            days[i] += 1;
            (0..i).for_each(|j| days[j] = bounds[j].0);
        }
    }

    proptest! {
        #[test]
        fn propagation_equals_brute_force(
            bounds in proptest::collection::vec((0i32..6, 0i32..4), 2..5),
            edges in proptest::collection::vec((0usize..4, 0usize..4, -2i32..4), 0..6),
        ) {
            let bounds: Vec<(i32, i32)> = bounds.into_iter().map(|(a, w)| (a, a + w)).collect();
            let n = bounds.len();
            let edges: Vec<_> = edges.into_iter().map(|(a, b, gap)| (a % n, b % n, gap)).filter(|e| e.0 != e.1).collect();
            let mut network = Network::default();
            for (low, high) in &bounds {
                network.node(Interval { earliest: day(*low), latest: day(*high) });
            }
            for (earlier, later, gap) in &edges {
                network.constrain(Constraint { earlier: *earlier as Node, later: *later as Node, gap: *gap });
            }
            let narrowed = network.propagate();
            let kept: Vec<_> = edges.iter().enumerate().filter(|(i, _)| !narrowed.contradictions.contains(&(*i as u32))).map(|e| *e.1).collect();
            let expected = brute(&bounds, &kept);
            prop_assert!(expected.is_some());
            let got: Vec<(i32, i32)> = narrowed
                .bounds
                .iter()
                .map(|b| (b.earliest.and_then(number).unwrap_or(0), b.latest.and_then(number).unwrap_or(0)))
                .collect();
            prop_assert_eq!(Some(got), expected);
            // Nothing is left out that would have been possible.
            for i in narrowed.contradictions.iter().map(|i| *i as usize) {
                let mut with: Vec<_> = edges[..i].iter().enumerate().filter(|(j, _)| !narrowed.contradictions.contains(&(*j as u32))).map(|e| *e.1).collect();
                with.push(edges[i]);
                prop_assert!(brute(&bounds, &with).is_none());
            }
        }
    }
}
