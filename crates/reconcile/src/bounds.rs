//! Owns the network of time constraints: days between bounds, "not before", "at least so many days after", propagated
//! until nothing narrows any more.
//!
//! A simple temporal network (Dechter, Meiri, Pearl 1991) whose constraints are all of the form `later ≥ earlier + gap`.
//! For these, tightening bounds edge by edge reaches the tightest bounds there are.

use std::collections::VecDeque;

use readout_types::{Date, Interval};

/// Days since 1970-01-01.
type Day = i64;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A variable of the network.
pub(crate) type Node = usize;

/// `later` lies at least `gap` days after `earlier`.
#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    pub earlier: Node,
    pub later: Node,
    pub gap: i32,
    /// For a person: `reported as held in a document of 2025-07-04`.
    pub reason: String,
}

/// Days and the constraints between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    low: Vec<Option<Day>>,
    high: Vec<Option<Day>>,
    constraints: Vec<Constraint>,
}

/// The constraints that last moved the earlier and the later bound of a node.
pub(crate) type Movers = (Option<usize>, Option<usize>);

/// What propagation found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrowed {
    /// The bounds of every node.
    pub bounds: Vec<Interval>,
    /// What narrowed each.
    pub because: Vec<Movers>,
    /// Constraints left out because they contradict the bounds and those before them.
    pub contradictions: Vec<usize>,
}

impl Network {
    /// A new node within `interval`.
    pub(crate) fn node(&mut self, interval: Interval) -> Node {
        self.low.push(interval.earliest.and_then(number));
        self.high.push(interval.latest.and_then(number));
        self.low.len() - 1
    }

    /// Adds a constraint; of contradicting ones, those added first hold.
    pub(crate) fn constrain(&mut self, constraint: Constraint) {
        self.constraints.push(constraint);
    }

    pub(crate) fn constraint(&self, index: usize) -> &Constraint {
        &self.constraints[index]
    }

    /// Tightens all bounds. Constraints are taken in one by one, each with all that follows from it; one that would
    /// leave some node without any day is undone and reported.
    pub(crate) fn propagate(&self) -> Narrowed {
        let nodes = self.low.len();
        let (mut low, mut high) = (self.low.clone(), self.high.clone());
        let mut because = vec![(None, None); nodes];
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); nodes];
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); nodes];
        let mut contradictions = Vec::new();
        for (index, constraint) in self.constraints.iter().enumerate() {
            let mut undo: Vec<(Node, Option<Day>, Option<Day>, Movers)> = Vec::new();
            let mut queue = VecDeque::from([index]);
            out[constraint.earlier].push(index);
            into[constraint.later].push(index);
            // Without a positive cycle no bound moves more than once per node and constraint.
            let mut budget = 16 + 4 * (nodes + index) * 4;
            let mut possible = constraint.earlier != constraint.later || constraint.gap <= 0;
            while possible && let Some(at) = queue.pop_front() {
                let c = &self.constraints[at];
                let gap = Day::from(c.gap);
                let floor = low[c.earlier].map(|d| d + gap);
                if floor.is_some() && floor > low[c.later] {
                    undo.push((c.later, low[c.later], high[c.later], because[c.later]));
                    low[c.later] = floor;
                    because[c.later].0 = Some(at);
                    queue.extend(&out[c.later]);
                    possible &= fits(low[c.later], high[c.later]);
                }
                let ceiling = high[c.later].map(|d| d - gap);
                if let Some(ceiling) = ceiling
                    && high[c.earlier].is_none_or(|h| ceiling < h)
                {
                    undo.push((c.earlier, low[c.earlier], high[c.earlier], because[c.earlier]));
                    high[c.earlier] = Some(ceiling);
                    because[c.earlier].1 = Some(at);
                    queue.extend(&into[c.earlier]);
                    possible &= fits(low[c.earlier], high[c.earlier]);
                }
                budget -= 1;
                possible &= budget > 0;
            }
            if !possible {
                for (node, l, h, b) in undo.into_iter().rev() {
                    (low[node], high[node], because[node]) = (l, h, b);
                }
                out[constraint.earlier].pop();
                into[constraint.later].pop();
                contradictions.push(index);
            }
        }
        let bounds =
            low.iter().zip(&high).map(|(l, h)| Interval { earliest: l.and_then(day), latest: h.and_then(day) });
        Narrowed { bounds: bounds.collect(), because, contradictions }
    }
}

fn fits(low: Option<Day>, high: Option<Day>) -> bool {
    !matches!((low, high), (Some(l), Some(h)) if l > h)
}

fn number(day: Date) -> Option<Day> {
    Interval { earliest: Some(EPOCH.min(day)), latest: Some(EPOCH.max(day)) }
        .days()
        .map(|days| Day::from(days - 1) * if day < EPOCH { -1 } else { 1 })
}

fn day(number: Day) -> Option<Date> {
    Interval::day(EPOCH).shift(i32::try_from(number).ok()?).as_day()
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
        let edge = |earlier, later, gap| Constraint { earlier, later, gap, reason: String::new() };
        network.constrain(edge(second, first, 1));
        network.constrain(edge(first, second, 1));
        let narrowed = network.propagate();
        assert_eq!(narrowed.contradictions, [1]);
        assert_eq!(narrowed.bounds[second].edtf(), "../2025-07-02");
        assert_eq!(narrowed.because[second], (None, Some(0)));
    }

    #[test]
    fn a_circle_of_laters_ends() {
        let mut network = Network::default();
        let nodes: Vec<Node> = (0..3).map(|_| network.node("2025-01-01/..".parse().unwrap_or_default())).collect();
        for i in 0..3 {
            network.constrain(Constraint {
                earlier: nodes[i],
                later: nodes[(i + 1) % 3],
                gap: 1,
                reason: String::new(),
            });
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
                network.node(Interval { earliest: day(i64::from(*low)), latest: day(i64::from(*high)) });
            }
            for (earlier, later, gap) in &edges {
                network.constrain(Constraint { earlier: *earlier, later: *later, gap: *gap, reason: String::new() });
            }
            let narrowed = network.propagate();
            let kept: Vec<_> = edges.iter().enumerate().filter(|(i, _)| !narrowed.contradictions.contains(i)).map(|e| *e.1).collect();
            let expected = brute(&bounds, &kept);
            prop_assert!(expected.is_some());
            let got: Vec<(i32, i32)> = narrowed
                .bounds
                .iter()
                .map(|b| (b.earliest.and_then(number).unwrap_or(0) as i32, b.latest.and_then(number).unwrap_or(0) as i32))
                .collect();
            prop_assert_eq!(Some(got), expected);
            // Nothing is left out that would have been possible.
            for i in &narrowed.contradictions {
                let mut with: Vec<_> = edges[..*i].iter().enumerate().filter(|(j, _)| !narrowed.contradictions.contains(j)).map(|e| *e.1).collect();
                with.push(edges[*i]);
                prop_assert!(brute(&bounds, &with).is_none());
            }
        }
    }
}
