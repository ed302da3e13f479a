//! Owns when two names count as one: the scorers' folding of names to comparable keys.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Metonyms and spellings, on folded text: each left side counts as its right side.
const ALIASES: &[(&str, &str)] = &[
    ("us", "united states"),
    ("u s", "united states"),
    ("usa", "united states"),
    ("america", "united states"),
    ("white house", "united states"),
    ("washington", "united states"),
    ("us delegation", "united states"),
    ("kremlin", "russia"),
    ("moscow", "russia"),
    ("russian federation", "russia"),
    ("kyiv", "ukraine"),
    ("kiev", "ukraine"),
    ("beijing", "china"),
    ("pyongyang", "north korea"),
    ("dprk", "north korea"),
    ("seoul", "south korea"),
    ("tehran", "iran"),
    ("ankara", "turkey"),
    ("turkiye", "turkey"),
    ("london", "united kingdom"),
    ("uk", "united kingdom"),
    ("britain", "united kingdom"),
    ("great britain", "united kingdom"),
    ("paris", "france"),
    ("berlin", "germany"),
    ("tokyo", "japan"),
    ("jerusalem", "israel"),
    ("damascus", "syria"),
    ("riyadh", "saudi arabia"),
    ("eu", "european union"),
    ("holy see", "vatican"),
    ("un", "united nations"),
    ("downing street", "united kingdom"),
    ("elysee", "france"),
    ("taipei", "taiwan"),
    ("minsk", "belarus"),
    ("brussels", "european union"),
];

/// Spellings of one surname or first name.
const SPELLINGS: &[(&str, &str)] = &[
    ("zelenskyy", "zelensky"),
    ("zelenskiy", "zelensky"),
    ("zelenski", "zelensky"),
    ("yury", "yuri"),
    ("dmitriy", "dmitry"),
    ("lukashenka", "lukashenko"),
];

/// Surnames that stand first.
const FAMILY_FIRST: &[&str] = &["kim", "xi", "moon", "tsai", "yoon", "wang", "li", "choe", "ri", "yang", "liu"];

/// Titles that may stand before a name; the scorers drop one of them.
const TITLES: &[&str] = &[
    "the",
    "president",
    "prime minister",
    "chancellor",
    "king",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "pope",
    "foreign minister",
    "secretary of state",
    "vice president",
];

/// Lower-case ASCII words with single spaces: accents and possessive `'s` dropped, all else that is no letter or digit
/// a space.
pub fn fold(text: &str) -> String {
    let ascii: Vec<u8> = text.nfkd().filter(char::is_ascii).map(|c| c.to_ascii_lowercase() as u8).collect();
    let word = |i: usize| ascii.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let mut out = String::with_capacity(ascii.len());
    let mut at = 0;
    while at < ascii.len() {
        if ascii[at] == b'\'' && ascii.get(at + 1) == Some(&b's') && !word(at + 2) {
            at += 2;
            continue;
        }
        if ascii[at].is_ascii_alphanumeric() {
            out.push(char::from(ascii[at]));
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
        at += 1;
    }
    out.trim().to_owned()
}

/// A comparable key: a folded country or group, or the surname of a person; empty for an empty name.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let bare = TITLES.iter().find_map(|title| folded.strip_prefix(title)?.strip_prefix(' ')).unwrap_or(&folded);
    let bare = ALIASES.iter().find(|(from, _)| *from == bare).map_or(bare, |(_, to)| to);
    let words: Vec<&str> = bare
        .split_whitespace()
        .map(|word| SPELLINGS.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to))
        .collect();
    let Some(first) = words.first() else { return String::new() };
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    if !capital || ALIASES.iter().any(|(_, to)| *to == bare) {
        return bare.to_owned();
    }
    if FAMILY_FIRST.contains(first) && words.len() > 1 {
        return if *first == "kim" { format!("kim {}", words[1]) } else { (*first).to_owned() };
    }
    if words.len() <= 4 { words[words.len() - 1].to_owned() } else { words.join(" ") }
}

/// The keys of several names, without the empty ones.
pub fn keys<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(name_key).filter(|key| !key.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (text, folded) in [
            ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Ukraine's", "ukraine"),
            ("Ukraine's_x 'side", "ukraine s x side"),
            ("U.S.", "u s"),
            ("São  Tomé — and", "sao tome and"),
            ("Путин", ""),
            ("ﬁve", "five"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn keys_of_names() {
        for (name, key) in [
            ("Volodymyr Zelenskyy", "zelensky"),
            ("President Joe Biden", "biden"),
            ("The White House", "united states"),
            ("Moscow", "russia"),
            ("Kim Jong Un", "kim jong"),
            ("Xi Jinping", "xi"),
            ("Xi", "xi"),
            ("European Union", "european union"),
            ("european leaders", "european leaders"),
            ("European Leaders", "leaders"),
            ("Mohammed bin Zayed Al Nahyan", "mohammed bin zayed al nahyan"),
            ("Vice President Kamala Harris", "harris"),
            ("President", "president"),
            ("…", ""),
        ] {
            assert_eq!(name_key(name), key, "{name}");
        }
    }
}
