//! Owns the settling of one field: which of the values that sources give can be true together, how many independent
//! sources stand behind each, and what the rivals are.

use std::collections::BTreeSet;

use readout_types::{Actor, Agreement, Attribution, Dispute, Field, FieldValue, Report, Rival};

/// A report of a contact with what is needed to weigh it.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    /// Index of its document.
    pub document: usize,
    /// Number of its source within the contact; equal numbers count once.
    pub origin: u32,
    pub report: &'a Report,
}

/// A value as one source gives it.
#[derive(Clone)]
pub(crate) struct Given<T> {
    pub value: T,
    pub document: usize,
    pub origin: u32,
    pub said_by: Vec<Actor>,
}

impl<T> Given<T> {
    pub(crate) fn by(voice: Voice<'_>, value: T) -> Given<T> {
        Given { value, document: voice.document, origin: voice.origin, said_by: speakers(&voice.report.said_by) }
    }
}

fn speakers(said_by: &[Attribution]) -> Vec<Actor> {
    said_by.iter().filter(|a| !a.denies).map(|a| a.speaker.clone()).collect()
}

/// Values that can be true together.
pub(crate) struct Camp<T> {
    /// What is true if all are.
    pub value: T,
    pub given: Vec<Given<T>>,
}

impl<T> Camp<T> {
    /// Independent sources.
    pub(crate) fn support(&self) -> usize {
        self.given.iter().map(|g| g.origin).collect::<BTreeSet<_>>().len()
    }

    fn rival(&self, value: FieldValue) -> Rival {
        let documents: BTreeSet<usize> = self.given.iter().map(|g| g.document).collect();
        let mut said_by: Vec<Actor> = Vec::new();
        for actor in self.given.iter().flat_map(|g| &g.said_by) {
            if said_by.iter().all(|a| a.key != actor.key) {
                said_by.push(actor.clone());
            }
        }
        Rival { value, documents: documents.into_iter().collect(), said_by, side: None }
    }
}

/// The camps into which the given values fall, the best supported first. `agree` gives what two values say together,
/// or `None` when they cannot both be true. Values are taken in the order given, so equal support goes to the earlier.
pub(crate) fn camps<T: Clone>(given: Vec<Given<T>>, agree: impl Fn(&T, &T) -> Option<T>) -> Vec<Camp<T>> {
    nearest_camps(given, agree, |_, _| 0)
}

/// The same, where a value that could stand with several goes to the nearest: "about an hour" to "an hour", not to "fifty
/// minutes". `apart` says how far a camp's value is from another.
pub(crate) fn nearest_camps<T: Clone>(
    given: Vec<Given<T>>,
    agree: impl Fn(&T, &T) -> Option<T>,
    apart: impl Fn(&T, &T) -> u32,
) -> Vec<Camp<T>> {
    let mut camps: Vec<Camp<T>> = Vec::new();
    for one in given {
        let fits = camps.iter_mut().filter_map(|camp| {
            let value = agree(&camp.value, &one.value)?;
            Some((apart(&camp.value, &one.value), camp, value))
        });
        match fits.min_by_key(|fit| fit.0).map(|(_, camp, value)| (camp, value)) {
            Some((camp, value)) => {
                camp.value = value;
                camp.given.push(one);
            }
            None => camps.push(Camp { value: one.value.clone(), given: vec![one] }),
        }
    }
    camps.sort_by_key(|camp| std::cmp::Reverse(camp.support()));
    camps
}

/// What became of a field.
pub(crate) struct Settled<T> {
    pub value: Option<T>,
    pub agreement: Option<Agreement>,
    pub dispute: Option<Dispute>,
}

/// The value of the best supported camp, how well it is supported, and the dispute if there are several camps.
pub(crate) fn settle<T: Clone>(field: Field, camps: Vec<Camp<T>>, wire: impl Fn(T) -> FieldValue) -> Settled<T> {
    let Some(first) = camps.first() else {
        return Settled { value: None, agreement: None, dispute: None };
    };
    let value = Some(first.value.clone());
    if camps.len() > 1 {
        let values = camps.iter().map(|camp| camp.rival(wire(camp.value.clone()))).collect();
        return Settled { value, agreement: Some(Agreement::Disputed), dispute: Some(Dispute { field, values }) };
    }
    let agreement = if first.support() > 1 { Agreement::Agreed } else { Agreement::SingleSource };
    Settled { value, agreement: Some(agreement), dispute: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(values: &[(u32, i32, i32)]) -> Vec<Given<(i32, i32)>> {
        values
            .iter()
            .map(|&(origin, low, high)| Given {
                value: (low, high),
                document: origin as usize,
                origin,
                said_by: Vec::new(),
            })
            .collect()
    }

    fn overlap(a: &(i32, i32), b: &(i32, i32)) -> Option<(i32, i32)> {
        let both = (a.0.max(b.0), a.1.min(b.1));
        (both.0 <= both.1).then_some(both)
    }

    #[test]
    fn compatible_values_narrow_and_rival_ones_stand_side_by_side() {
        let one = camps(given(&[(0, 60, 75), (1, 75, 75), (1, 60, 90)]), overlap);
        assert_eq!((one.len(), one[0].value, one[0].support()), (1, (75, 75), 2));
        let two = camps(given(&[(0, 50, 50), (1, 90, 90), (2, 85, 95)]), overlap);
        assert_eq!(two.iter().map(|c| (c.value, c.support())).collect::<Vec<_>>(), [((90, 90), 2), ((50, 50), 1)]);
    }

    #[test]
    fn a_value_that_could_stand_with_several_goes_to_the_nearest() {
        let middle = |v: &(i32, i32)| v.0 + v.1;
        let apart = |a: &(i32, i32), b: &(i32, i32)| middle(a).abs_diff(middle(b));
        let near = nearest_camps(given(&[(0, 50, 50), (1, 60, 60), (2, 50, 70)]), overlap, apart);
        assert_eq!(near.iter().map(|c| (c.value, c.support())).collect::<Vec<_>>(), [((60, 60), 2), ((50, 50), 1)]);
        let first = camps(given(&[(0, 50, 50), (1, 60, 60), (2, 50, 70)]), overlap);
        assert_eq!(first[0].value, (50, 50));
    }
}
