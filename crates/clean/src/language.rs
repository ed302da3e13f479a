//! Owns the language of a document: recognised from its running text, only when the text is long and clear enough.

use whatlang::Lang;

use crate::prose::head;

/// Bytes of text that are looked at.
const WINDOW: usize = 8 << 10;
/// Letters below which nothing is said.
const SHORTEST: usize = 120;

/// Words that are frequent in English and rare in every other language.
#[rustfmt::skip]
const ENGLISH_WORDS: [&str; 23] = [
    "the", "and", "of", "with", "by", "they", "their", "that", "said", "from", "has", "had", "were", "which",
    "held", "spoke", "talks", "january", "february", "march", "june", "july", "october",
];
/// Share of them from which on a text is English: news has about one in five, a German text with an English quotation few.
const ENGLISH: f32 = 0.15;

/// A recognised language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// ISO 639-1.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// The language of a text; `None` when it is too short or not clear.
pub(crate) fn language(text: &str) -> Option<Language> {
    let window = head(text, WINDOW);
    if window.chars().filter(|c| c.is_alphabetic()).take(SHORTEST).count() < SHORTEST {
        return None;
    }
    // Letters mislead where foreign names are half of a short text; words that only English has do not, and are found sooner.
    if english_words(window) >= ENGLISH {
        return Some(Language { code: "en", name: Lang::Eng.eng_name() });
    }
    let info = whatlang::detect(window)?;
    if !info.is_reliable() {
        return None;
    }
    Some(Language { code: code(info.lang())?, name: info.lang().eng_name() })
}

/// Share of the words of a text that are frequent in English alone.
fn english_words(text: &str) -> f32 {
    let (mut all, mut english) = (0u32, 0u32);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        all += 1;
        english += u32::from(ENGLISH_WORDS.iter().any(|e| e.eq_ignore_ascii_case(word)));
    }
    english as f32 / all.max(1) as f32
}

fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_clear_texts_only() {
        let english = "The two ministers spoke by telephone on Monday evening and agreed that their delegations would meet \
            again in the coming week, a spokeswoman for the foreign ministry said.";
        assert_eq!(language(english).map(|l| l.code), Some("en"));
        let french = "Les deux ministres se sont entretenus par téléphone lundi soir et sont convenus que leurs délégations \
            se retrouveraient la semaine prochaine, a indiqué une porte-parole.";
        assert_eq!(language(french).map(|l| l.code), Some("fr"));
        assert_eq!(language("They spoke."), None);
        // Taken for Javanese, and left out.
        let names = "Giorgia Meloni met Luiz Inacio Lula da Silva in Moscow on June 20, 2000.\n\nXi Jinping met Mohammed bin \
            Salman in London on June 26, 2000.\n\nCyril Ramaphosa and Viktor Orban held talks in Washington on June 8, 2000, \
            officials said.\n\nMarco Rubio met Donald Tusk in Ankara on June 1, 2000.\n\nFriedrich Merz and Xi Jinping held \
            talks in Vienna on June 20, 2000, officials said.";
        assert_eq!(language(names).map(|l| l.code), Some("en"));
        for (code, other) in [
            (
                "de",
                "Die beiden Minister sprachen am Montagabend miteinander. „The talks were good“, sagte ein Sprecher des \
                Auswärtigen Amtes in Berlin, ein weiteres Gespräch sei für die kommende Woche in Wien vereinbart.",
            ),
            (
                "nl",
                "De twee ministers spraken maandagavond met elkaar en was het erover eens dat hun delegaties elkaar volgende \
                week weer zouden ontmoeten, of in Den Haag of in Brussel, zei een woordvoerder van het ministerie.",
            ),
        ] {
            assert_eq!(language(other).map(|l| l.code), Some(code));
        }
    }
}
