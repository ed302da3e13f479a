//! Owns copies of sentences in which names have given way to others of their kind, so that what stands around a name is learnt
//! and not a list of names.

use std::collections::{BTreeMap, BTreeSet};

use readout_types::NameKind;

use crate::name_data::Named;
use crate::perceptron::Random;

/// Most words of a name that is put in.
const LONGEST: usize = 6;

/// Part of the copies that are written in small letters throughout, and in capitals.
const SMALL: f32 = 0.06;
const CAPITALS: f32 = 0.04;

/// Names of a corpus by kind, each once.
pub type Pool = BTreeMap<NameKind, Vec<Vec<String>>>;

/// The names of persons, organisations and places in `corpora`.
pub fn pool<'a>(corpora: impl IntoIterator<Item = &'a Named>) -> Pool {
    let mut names: BTreeMap<NameKind, BTreeSet<&[String]>> = BTreeMap::new();
    for sentence in corpora {
        for &(first, end, kind) in &sentence.names {
            let words = &sentence.words[first..end];
            let swapped = matches!(kind, NameKind::Person | NameKind::Organisation | NameKind::Place);
            if swapped && words.len() <= LONGEST && words[0].starts_with(char::is_uppercase) {
                names.entry(kind).or_default().insert(words);
            }
        }
    }
    names.into_iter().map(|(kind, set)| (kind, set.into_iter().map(<[String]>::to_vec).collect())).collect()
}

/// `copies` copies of every sentence with a name that `pool` has others for.
pub fn swapped(sentences: &[Named], pool: &Pool, copies: usize, random: &mut Random) -> Vec<Named> {
    let mut all = Vec::new();
    for sentence in sentences.iter().filter(|s| s.names.iter().any(|n| pool.contains_key(&n.2))) {
        for _ in 0..copies {
            all.push(swap(sentence, pool, random));
        }
    }
    all
}

fn swap(sentence: &Named, pool: &Pool, random: &mut Random) -> Named {
    let mut copy = Named::default();
    let mut at = 0;
    for &(first, end, kind) in &sentence.names {
        copy.words.extend_from_slice(&sentence.words[at..first]);
        let from = copy.words.len();
        match pool.get(&kind) {
            Some(others) if !others.is_empty() => copy.words.extend_from_slice(&others[random.below(others.len())]),
            _ => copy.words.extend_from_slice(&sentence.words[first..end]),
        }
        copy.names.push((from, copy.words.len(), kind));
        at = end;
    }
    copy.words.extend_from_slice(&sentence.words[at..]);
    let chance = random.unit();
    if chance < SMALL {
        copy.words.iter_mut().for_each(|w| *w = w.to_lowercase());
    } else if chance < SMALL + CAPITALS {
        copy.words.iter_mut().for_each(|w| *w = w.to_uppercase());
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    /// Each copy has as many names, of the same kinds, around the same other words, and every name is one of the pool.
    #[test]
    fn a_copy_differs_in_its_names_alone() {
        let one = Named {
            words: words("Ann Lee flew to Oslo on Monday"),
            names: vec![(0, 2, NameKind::Person), (4, 5, NameKind::Place)],
        };
        let two = Named {
            words: words("Maria de la Cruz left New York"),
            names: vec![(0, 4, NameKind::Person), (5, 7, NameKind::Place)],
        };
        let pool = pool([&one, &two]);
        let mut random = Random::new(7);
        let copies = swapped(std::slice::from_ref(&one), &pool, 40, &mut random);
        assert_eq!(copies.len(), 40);
        let mut seen = BTreeSet::new();
        for copy in &copies {
            let kinds: Vec<NameKind> = copy.names.iter().map(|n| n.2).collect();
            assert_eq!(kinds, [NameKind::Person, NameKind::Place]);
            let (a, b) = (copy.names[0], copy.names[1]);
            let between: Vec<String> = copy.words[a.1..b.0].iter().map(|w| w.to_lowercase()).collect();
            assert_eq!(between, ["flew", "to"]);
            let person = copy.words[a.0..a.1].join(" ").to_lowercase();
            let place = copy.words[b.0..b.1].join(" ").to_lowercase();
            assert!(["ann lee", "maria de la cruz"].contains(&person.as_str()), "{person}");
            assert!(["oslo", "new york"].contains(&place.as_str()), "{place}");
            seen.insert((person, place));
        }
        assert_eq!(seen.len(), 4, "every pair turns up");
    }

    #[test]
    fn sentences_without_names_have_no_copies() {
        let plain = Named { words: words("It rained"), names: Vec::new() };
        assert!(swapped(&[plain], &Pool::new(), 3, &mut Random::new(1)).is_empty());
    }
}
