//! Owns the names of contacts: ids that a person can read and that stay the same as long as the corpus does.

use std::collections::HashSet;

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};
use readout_types::{ActorKind, Contact};

use crate::parties::{principals, short_name};

const SECRETS: RapidSecrets = RapidSecrets::seed_cpp(0x636f_6e74_6163_7473);

/// `2025-12-28-call-putin-trump-3f9a`: the start of the date as EDTF has it (`2025-08`, or `undated`), kind, the first two sides in alphabetical order,
/// and four hexadecimal digits of a hash over kind, parties, date, `seed` (which names the first report: document id and
/// evidence) and, where `taken` has it already, a counter.
pub(crate) fn id(contact: &Contact, seed: &str, taken: &mut HashSet<String>) -> String {
    let edtf = contact.when.interval.edtf();
    let date = edtf.split('/').next().filter(|start| *start != "..").unwrap_or("undated");
    let chief = principals(&contact.participants);
    // Sets of people without a country make poor names; they come in only when nobody else is there.
    let (named, vague): (Vec<_>, Vec<_>) = chief.into_iter().partition(|a| a.kind != ActorKind::Group);
    let mut words: Vec<String> = named.into_iter().chain(vague).take(2).map(short_name).collect();
    words.sort();
    let kind = contact.kind.as_str();
    let stem = std::iter::once(format!("{date}-{kind}")).chain(words).collect::<Vec<_>>().join("-");
    let mut keys: Vec<&str> = contact.participants.iter().map(|a| a.key.as_str()).collect();
    keys.sort_unstable();
    let content = format!("{kind}\n{}\n{}\n{seed}", keys.join("\n"), contact.when.interval.edtf());
    let mut counter = 0u64;
    loop {
        let hash = rapidhash_v3_seeded(format!("{content}\n{counter}").as_bytes(), &SECRETS);
        // Where thousands share a name and a day, four digits run out.
        let id = if counter < 64 { format!("{stem}-{:04x}", hash & 0xffff) } else { format!("{stem}-{hash:016x}") };
        if taken.insert(id.clone()) {
            return id;
        }
        counter += 1;
    }
}
