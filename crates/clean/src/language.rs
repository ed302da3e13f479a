//! Owns the language of a document: recognised from its running text, only when the text is long and clear enough.

use whatlang::Lang;

use crate::prose::head;

/// Bytes of text that are looked at.
const WINDOW: usize = 8 << 10;
/// Letters below which nothing is said.
const SHORTEST: usize = 120;

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
    let info = whatlang::detect(window)?;
    if !info.is_reliable() {
        return None;
    }
    Some(Language { code: code(info.lang())?, name: info.lang().eng_name() })
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
    }
}
