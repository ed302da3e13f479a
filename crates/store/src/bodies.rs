//! Owns the stored form of values that are read back whole: postcard, with documents named by their stable numbers.
//!
//! The form follows the types, so that it is only read under the pipeline that wrote it: any other makes it anew from
//! the texts.

use std::collections::HashMap;

use readout_types::{Contact, CountSeries, Date, Gap};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The stored form of a value.
pub(crate) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    // The types hold strings, numbers, lists and enums: all of which the form knows.
    postcard::to_stdvec(value).unwrap_or_default()
}

/// The value of a stored form; `None` when it is of other types.
pub(crate) fn unpack<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    postcard::from_bytes(body).ok()
}

/// A day as a number that sorts: 20251228.
pub(crate) fn day(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// Every document index of a contact.
pub(crate) fn documents_of(contact: &mut Contact) -> Vec<&mut usize> {
    let mut found: Vec<&mut usize> = contact.reports.iter_mut().map(|(d, _)| d).collect();
    found.extend(contact.disputes.iter_mut().flat_map(|d| &mut d.values).flat_map(|v| &mut v.documents));
    found.extend(contact.official.iter_mut().flat_map(|o| &mut o.documents));
    found.extend(contact.status_history.iter_mut().map(|s| &mut s.document));
    found.extend(contact.origin_ties.iter_mut().flat_map(|t| [&mut t.earlier, &mut t.later]));
    found.extend(contact.decisions.iter_mut().flat_map(|d| [&mut d.left.0, &mut d.right.0]));
    found
}

/// Every document index of a ledger of counts.
pub(crate) fn documents_of_counts(series: &mut CountSeries) -> Vec<&mut usize> {
    series.claims.iter_mut().map(|c| &mut c.document).collect()
}

/// Every document index of a gap.
pub(crate) fn documents_of_gap(gap: &mut Gap) -> Vec<&mut usize> {
    gap.because.iter_mut().map(|(d, _)| d).collect()
}

/// Renames documents; `None` when one has no new name.
pub(crate) fn rename(found: Vec<&mut usize>, names: &HashMap<usize, usize>) -> Option<()> {
    for document in found {
        *document = *names.get(document)?;
    }
    Some(())
}
