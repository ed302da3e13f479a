//! Owns the fingerprint of a text: a MinHash signature over word shingles, by which near-copies are found.

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};

/// Values in a signature. The share of equal values estimates the Jaccard similarity of two texts' shingle sets, with a
/// standard error of at most 1 / (2 √64) = 0.0625.
pub const FINGERPRINT_LEN: usize = 64;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// A text with fewer words has no fingerprint: its few shingles would make chance matches look like copies.
const MIN_WORDS: usize = 24;

/// Seeds the hash of words; part of the format, since signatures are stored.
const SEED: u64 = 0x7265_6164_6f75_7431;

const SECRETS: RapidSecrets = RapidSecrets::seed_cpp(SEED);

/// The MinHash signature (64 values) of the text's 4-word shingles, or nothing for a text of fewer than 24 words.
///
/// Words are runs of letters and digits in lower case, so punctuation, line breaks and quotation marks do not matter.
/// Instead of 64 hash functions one 64-bit hash is permuted by odd multipliers and rotations (Broder 1997 needs only
/// approximately min-wise independent permutations).
pub fn fingerprint(text: &str) -> Vec<u32> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| rapidhash_v3_seeded(w.to_lowercase().as_bytes(), &SECRETS))
        .collect();
    if words.len() < MIN_WORDS {
        return Vec::new();
    }
    let mut lowest = vec![u64::MAX; FINGERPRINT_LEN];
    for shingle in words.windows(SHINGLE) {
        let base = shingle.iter().fold(SEED, |h, w| mix(h.rotate_left(7) ^ w));
        for (i, low) in lowest.iter_mut().enumerate() {
            *low = (*low).min(mix(base ^ (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    // Of the lowest values the upper bits are mostly zero; the lower half tells texts apart as well as the whole.
    lowest.into_iter().map(|low| low as u32).collect()
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The two presidents spoke by telephone on Thursday for almost an hour, the press service said, and \
        went through the state of the talks, the exchange of prisoners and the situation in the Middle East. They agreed \
        to stay in touch and to let their teams work out when and where the next round of negotiations could be held.";

    fn share(a: &str, b: &str) -> f64 {
        let (a, b) = (fingerprint(a), fingerprint(b));
        a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64 / FINGERPRINT_LEN as f64
    }

    #[test]
    fn copies_have_equal_signatures_whatever_the_punctuation() {
        let shouted = TEXT.to_uppercase().replace(',', " --");
        assert_eq!(share(TEXT, &shouted), 1.0);
    }

    #[test]
    fn light_edits_stay_close_and_other_texts_do_not() {
        assert!(share(TEXT, &TEXT.replace("press service", "spokesman")) > 0.75);
        let other = "Ministers of eleven countries met in Vienna to sign a memorandum on rail freight; none of them \
            would say how the new line is to be paid for, and the budget committee meets again only in the spring of \
            next year, long after the tender for the first section has to be opened by law.";
        assert!(share(TEXT, other) < 0.1);
    }

    #[test]
    fn short_texts_have_none() {
        assert!(fingerprint("They spoke by phone.").is_empty());
        assert!(fingerprint("").is_empty());
    }

    #[test]
    fn the_signature_is_part_of_the_format() {
        assert_eq!(fingerprint(TEXT).len(), FINGERPRINT_LEN);
        assert_eq!(fingerprint(TEXT), fingerprint(TEXT));
    }
}
