//! Owns the short forms that end in a full stop, by what may follow them, and the words that begin sentences.

/// What a word is to the rules that divide sentences; several can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Stands before a name: `Mr.`, `Lt.`, `Gen.`, `Mt.`
    pub title: bool,
    /// Stands before a number: `No.`, `Dec.`, `Art.`
    pub numbered: bool,
    /// Letters with a full stop after each: `U.S.`, `a.m.`
    pub letters: bool,
    /// One capital letter with a full stop: `E.`
    pub initial: bool,
    /// Common after a full stop, rare inside names: `The`, `They`, `How`.
    pub starter: bool,
    /// A preposition with a capital, as at the head of a sentence.
    pub preposition: bool,
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Messrs", "Mme", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cpt", "Sgt", "Cpl", "Pvt",
    "Adm", "Cmdr", "Comdr", "Brig", "Lieut", "Sen", "Rep", "Reps", "Sens", "Gov", "Amb", "Pres", "Hon", "Rev", "Fr",
    "Msgr", "St", "Ste", "Mt", "Ft", "Supt", "Insp", "Det", "Vice-Adm", "Rear-Adm", "H.E", "Sr", "Sra", "Cdr", "Gens",
    "Drs", "Min",
];

const NUMBERED: &[&str] = &[
    "No", "Nos", "N°", "Nr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
    "Art", "Arts", "Sec", "Secs", "Fig", "Figs", "Vol", "Vols", "Ch", "Chap", "Para", "Paras", "Res", "Ref", "p", "pp",
    "ca", "c", "approx", "no", "nos", "vol", "fig", "art", "sec", "ch", "para",
];

const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "I",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "His",
    "Her",
    "Their",
    "Its",
    "Our",
    "My",
    "Your",
    "How",
    "What",
    "When",
    "Where",
    "Why",
    "Who",
    "Which",
    "But",
    "And",
    "So",
    "If",
    "Although",
    "Though",
    "While",
    "Because",
    "Since",
    "However",
    "Meanwhile",
    "Moreover",
    "Then",
    "Also",
    "Both",
    "Did",
    "Do",
    "Does",
    "Is",
    "Are",
    "Was",
    "Were",
    "Has",
    "Have",
    "Had",
    "Can",
    "Could",
    "Will",
    "Would",
    "Should",
    "Let",
    "Yet",
    "Still",
    "Neither",
    "Some",
    "Many",
    "Most",
    "Several",
    "Asked",
    "Earlier",
    "Later",
    "Separately",
];

const PREPOSITIONS: &[&str] = &["At", "In", "On", "By", "Around", "About", "Before", "After", "Since", "Until", "From"];

/// Whether a word is a title but for its full stop.
pub fn is_title(stem: &str) -> bool {
    TITLES.contains(&stem)
}

impl Role {
    /// The role of a word as written.
    pub fn of(word: &str) -> Role {
        if word.len() > 12 {
            return Role::default();
        }
        let Some(stem) = word.strip_suffix('.') else {
            return Role {
                starter: STARTERS.contains(&word),
                preposition: PREPOSITIONS.contains(&word),
                ..Role::default()
            };
        };
        let letters: Vec<char> = stem.chars().collect();
        let dotted = letters.len() >= 3
            && letters.len() % 2 == 1
            && letters.iter().enumerate().all(|(i, c)| if i % 2 == 0 { c.is_alphabetic() } else { *c == '.' });
        Role {
            title: TITLES.contains(&stem),
            numbered: NUMBERED.contains(&stem),
            letters: dotted,
            initial: letters.len() == 1 && letters[0].is_uppercase(),
            ..Role::default()
        }
    }
}
