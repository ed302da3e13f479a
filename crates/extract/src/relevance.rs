//! Owns which sentences are worth a tree: those in which the extraction could find something if it had one.

use readout_types::Token;

use crate::counts::ordinal;
use crate::knowledge::Knowledge;

/// Verbs and nouns that tell of a contact named elsewhere: what was discussed or agreed, and who began it (`fields`).
const BACKGROUND: &[&str] = &[
    "address",
    "agree",
    "center",
    "centre",
    "consider",
    "cover",
    "decide",
    "discuss",
    "examine",
    "exchange",
    "explore",
    "focus",
    "initiate",
    "initiative",
    "invitation",
    "raise",
    "request",
    "review",
    "sign",
    "touch",
];

impl Knowledge {
    /// Whether a sentence of `text` deserves a tree: it has a name, a word that triggers a contact pattern, a verb of
    /// saying, or words that tell of a contact named elsewhere. Every other sentence is left unparsed.
    pub fn wants_tree(&self, text: &str, tokens: &[Token], named: bool) -> bool {
        named
            || tokens.windows(3).any(|three| by_day([0, 1, 2].map(|at| three[at].span.of(text))))
            || tokens.iter().any(|token| {
                let lemma = &*token.lemma;
                self.patterns.by_lemma(lemma).next().is_some()
                    || self.patterns.by_lemma(&format!("{lemma}e")).next().is_some()
                    || self.cues.has("say", lemma)
                    || BACKGROUND.contains(&lemma)
                    || self.known_form(&token.span.of(text).to_lowercase())
            })
    }

    /// Whether it is a form of a trigger that lemmatizers may not know.
    fn known_form(&self, word: &str) -> bool {
        self.irregular.contains_key(word) || self.present.contains_key(word)
    }
}

/// "The one on", "the first, on", "the second came": a contact named by its day alone may follow.
fn by_day(words: [&str; 3]) -> bool {
    let [the, which, then] = words.map(str::to_lowercase);
    let stands = match which.as_str() {
        "one" => matches!(then.as_str(), "on" | "of" | "from"),
        _ => {
            (matches!(which.as_str(), "last" | "latest") || ordinal(&which).is_some())
                && matches!(then.as_str(), "," | "came" | "was" | "followed" | "happened" | "occurred")
        }
    };
    the == "the" && stands
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_types::{Deprel, Span, Upos};

    #[test]
    fn triggers_names_and_sayings_are_worth_a_tree() {
        let knowledge = Knowledge::embedded().expect("the built-in tables");
        for (text, lemma, named, expected) in [
            ("rained", "rain", false, false),
            ("rained", "rain", true, true),
            ("prices", "price", false, false),
            ("met", "meet", false, true),
            ("talks", "talk", false, true),
            ("telephoning", "telephon", false, true),
            ("spoke", "spoke", false, true),
            ("said", "say", false, true),
            ("discussed", "discuss", false, true),
        ] {
            let token = Token {
                span: Span::new(0, text.len()),
                lemma: lemma.into(),
                upos: Upos::X,
                xpos: "",
                head: None,
                deprel: Deprel::Dep,
            };
            assert_eq!(knowledge.wants_tree(text, &[token], named), expected, "{text}");
        }
    }

    #[test]
    fn so_is_what_may_name_a_contact_by_its_day() {
        for (words, expected) in [
            (["The", "first", ","], true),
            (["the", "one", "on"], true),
            (["The", "second", "came"], true),
            (["the", "one", "who"], false),
            (["the", "first", "rain"], false),
            (["a", "last", ","], false),
        ] {
            assert_eq!(by_day(words), expected, "{words:?}");
        }
    }
}
