//! Owns what holds of every analysis, whatever the text: words tile it, trees are trees, the same text gives the same result.

use std::sync::LazyLock;

use proptest::prelude::*;
use readout_annotate::swift::ENDLESS;
use readout_annotate::{Annotator, Scope, conllu, draw, embedded};
use readout_types::{Alignment, Annotated, Block, BlockKind, CleanDocument, DocumentDate, Span, Tier};

static TIERS: LazyLock<[Box<dyn Annotator>; 2]> =
    LazyLock::new(|| [Tier::Swift, Tier::Deep].map(|tier| embedded(tier).expect("the models that are compiled in")));

fn document(text: &str, blocks: &[(usize, usize, BlockKind)]) -> CleanDocument {
    CleanDocument {
        id: "test".to_owned(),
        path: "test".to_owned(),
        source: None,
        title: None,
        url: None,
        original: text.into(),
        text: text.to_owned(),
        alignment: Alignment::default(),
        blocks: blocks.iter().map(|&(a, b, kind)| Block { span: Span::new(a, b), kind, rule: "" }).collect(),
        date: DocumentDate::default(),
        language: None,
        diagnostics: Vec::new(),
    }
}

fn annotate(tier: &dyn Annotator, text: &str) -> Annotated {
    tier.annotate(document(text, &[(0, text.len(), BlockKind::Body)]), Scope::All)
}

/// What must hold of an analysis of any text by either tier.
fn sound(text: &str) {
    for tier in TIERS.iter() {
        let annotated = annotate(&**tier, text);
        check(&annotated);
        covered(&annotated);
    }
}

/// Fails unless everything that is promised of an analysis holds.
fn check(annotated: &Annotated) {
    let text = &annotated.document.text;
    let mut at = 0;
    for sentence in &annotated.sentences {
        let block = &annotated.document.blocks[sentence.block as usize];
        assert!(block.span.contains(sentence.span));
        assert_eq!(sentence.span.start, sentence.tokens[0].span.start);
        assert_eq!(sentence.span.end, sentence.tokens[sentence.tokens.len() - 1].span.end);
        for token in &sentence.tokens {
            assert!(at <= token.span.start, "words are in order");
            assert!(!token.span.is_empty());
            assert!(token.span.get(text).is_some(), "words slice");
            at = token.span.end;
        }
        let length = sentence.tokens.len();
        if sentence.parsed {
            assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1, "one root");
            for start in 0..length {
                let mut word = start;
                let mut steps = 0;
                while let Some(head) = sentence.tokens[word].head {
                    word = head as usize;
                    steps += 1;
                    assert!(word < length && steps <= length, "no cycles");
                }
            }
        } else {
            assert!(sentence.tokens.iter().all(|t| t.head.is_none()));
        }
    }
    let mut end = 0;
    for name in &annotated.names {
        let sentence = &annotated.sentences[name.sentence as usize];
        assert!(name.first < name.end && name.end as usize <= sentence.tokens.len());
        assert!(end <= name.span.start);
        assert_eq!(name.span.start, sentence.tokens[name.first as usize].span.start);
        assert_eq!(name.span.end, sentence.tokens[name.end as usize - 1].span.end);
        end = name.span.end;
    }
    conllu(annotated);
    draw(annotated);
}

/// Every character that is not white space lies in a word.
fn covered(annotated: &Annotated) {
    let text = &annotated.document.text;
    let words: String = annotated.sentences.iter().flat_map(|s| &s.tokens).map(|t| t.span.of(text)).collect();
    let all: String = text.chars().filter(|c| !readout_annotate::tokenize::is_space(*c)).collect();
    assert_eq!(words, all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        sound(&text);
    }

    #[test]
    fn text_without_spaces(text in "[\\PC&&[^ ]]{0,400}") {
        sound(&text);
    }

    #[test]
    fn text_of_other_scripts(text in "([\\p{Hebrew}\\p{Arabic}\\p{Han}\\p{Thai}\\p{Emoji}\u{200d}\u{200f}\u{202b}]{1,12}[ .،؟。]){0,40}") {
        sound(&text);
    }

    #[test]
    fn text_of_marks_and_words(text in "([A-Z]?[a-z]{0,6}(\\.|,|'s|\\.\\.\\.|\"|”|\\)|\\(|-|U\\.S\\.|Mr\\.|[0-9]{1,3})?[ \n]{0,2}){0,60}") {
        sound(&text);
        for tier in TIERS.iter() {
            let [first, again] = [(); 2].map(|()| annotate(&**tier, &text));
            prop_assert_eq!(&again.sentences, &first.sentences);
            prop_assert_eq!(&again.names, &first.names);
        }
    }
}

#[test]
fn adversarial_text() {
    for text in [
        String::new(),
        " \n\n\u{a0}\t".to_owned(),
        "a".repeat(20_000),
        ".".repeat(5_000),
        "(".repeat(2_000),
        "word ".repeat(5_000),
        "Haddad, ".repeat(3_000),
        "http://".repeat(500) + "@" + &"a@b.".repeat(500),
        "Minister-".repeat(800),
        "🇫🇷👩‍🚀 met 👨‍👩‍👧‍👦 ‼️ ".repeat(40),
        "التقى وزير الخارجية نظيره في العاصمة. ".repeat(30),
        "e\u{301}\u{302}\u{303} ".repeat(200),
        "\u{200b}\u{feff}Hello\u{200b}there".to_owned(),
    ] {
        sound(&text);
    }
}

/// One sentence of 2,000 words is analysed in stretches that hang together: a single tree.
#[test]
fn a_sentence_of_two_thousand_words() {
    for tier in TIERS.iter() {
        let annotated = annotate(&**tier, &"the minister met a word ".repeat(400));
        assert_eq!(annotated.sentences.len(), 1);
        assert_eq!(annotated.sentences[0].tokens.len(), 2_000);
        assert!(annotated.sentences[0].parsed);
        check(&annotated);
    }
}

/// What is said of a sentence does not depend on the sentences that are worked out with it.
#[test]
fn company_changes_nothing() {
    let alone = ["Omar Haddad met Lena Strand in Paris.", "It rained.", "The two sides, he said, will not talk again."];
    let text = alone.join(" ") + " " + &"A shorter one follows. ".repeat(70) + &alone.join(" ");
    let shape = |a: &Annotated, i: usize| {
        let tokens = a.sentences[i].tokens.iter();
        tokens.map(|t| (t.lemma.clone(), t.xpos, t.head, t.deprel)).collect::<Vec<_>>()
    };
    for tier in TIERS.iter() {
        let together = annotate(&**tier, &text);
        let last = together.sentences.len() - alone.len();
        for (i, sentence) in alone.iter().enumerate() {
            let single = annotate(&**tier, sentence);
            assert_eq!(shape(&single, 0), shape(&together, i), "{sentence}");
            assert_eq!(shape(&single, 0), shape(&together, last + i), "{sentence}");
        }
    }
}

#[test]
fn only_text_blocks_are_analysed_and_sentences_stay_inside_them() {
    let text = "Leaders to meet\n\nRead more\n\nThe leaders of both\ncountries will meet on Friday.\n\nThey spoke.";
    let body = text.find("The leaders").expect("body");
    let blocks = [(0, 15, BlockKind::Title), (17, 26, BlockKind::ReadMore), (body, text.len(), BlockKind::Body)];
    for tier in TIERS.iter() {
        let annotated = tier.annotate(document(text, &blocks), Scope::All);
        check(&annotated);
        let sentences: Vec<(u32, &str)> = annotated.sentences.iter().map(|s| (s.block, s.span.of(text))).collect();
        assert_eq!(
            sentences,
            [(0, "Leaders to meet"), (2, "The leaders of both\ncountries will meet on Friday."), (2, "They spoke.")]
        );
    }
}

#[test]
fn irrelevant_sentences_are_not_parsed() {
    let text = "Omar Haddad arrived in Paris. It rained.";
    for tier in TIERS.iter() {
        let document = document(text, &[(0, text.len(), BlockKind::Body)]);
        let annotated = tier.annotate(document, Scope::Relevant(&|_, _, named| named));
        check(&annotated);
        let parsed: Vec<bool> = annotated.sentences.iter().map(|s| s.parsed).collect();
        assert_eq!(parsed, [true, false]);
    }
}

#[test]
fn no_sentence_is_endless() {
    let words = ENDLESS * 2 + 500;
    for tier in TIERS.iter() {
        let annotated = annotate(&**tier, &"word ".repeat(words));
        check(&annotated);
        let lengths: Vec<usize> = annotated.sentences.iter().map(|s| s.tokens.len()).collect();
        assert!(lengths.iter().all(|l| (1..=ENDLESS).contains(l)), "{lengths:?}");
        assert_eq!(lengths.iter().sum::<usize>(), words, "every word is in one of them");
    }
}

/// A sentence of five megabytes kept the program busy for half a minute after the time for the document was over.
#[test]
fn an_analysis_is_given_up_when_it_is_late() {
    let long = "and they spoke about it ".repeat(400);
    let many = "They spoke about it on Friday.\n\n".repeat(2000);
    for (tier, text) in TIERS.iter().flat_map(|tier| [(tier, &long), (tier, &many)]) {
        let asked = std::cell::Cell::new(0);
        let late = || {
            asked.set(asked.get() + 1);
            asked.get() > 2
        };
        let document = document(text, &[(0, text.len(), BlockKind::Body)]);
        let annotated = tier.annotate_until(document, Scope::All, &late);
        let words: usize = annotated.sentences.iter().map(|s| s.tokens.len()).sum();
        let whole: usize = annotate(&**tier, text).sentences.iter().map(|s| s.tokens.len()).sum();
        assert!(words > 0 && words * 2 < whole, "{words} of {whole} words");
        assert_eq!(asked.get(), 3, "nothing is done after it was said");
    }
}
