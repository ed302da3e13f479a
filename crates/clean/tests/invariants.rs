//! What holds for every document, whatever is in it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use readout_clean::clean;
use readout_types::{CleanDocument, RawDocument, TextFormat, TextPart};

fn raw(text: &str, title: Option<&str>, format: TextFormat) -> RawDocument {
    RawDocument {
        id: "doc".to_owned(),
        path: "doc".to_owned(),
        source: None,
        title: title.map(str::to_owned),
        published: None,
        url: None,
        metadata: BTreeMap::new(),
        format,
        text: text.into(),
        encoding: "utf-8",
    }
}

/// Blocks are in order, do not overlap, lie on character boundaries, and only white space lies between them.
fn blocks_tile(document: &CleanDocument) -> Result<(), TestCaseError> {
    let mut at = 0;
    for block in &document.blocks {
        let range = block.span.range();
        prop_assert!(range.start >= at && range.start < range.end, "{:?} after {at}", block.span);
        prop_assert!(block.span.get(&document.text).is_some());
        prop_assert!(document.text[at..range.start].trim().is_empty(), "{:?}", &document.text[at..range.start]);
        at = range.end;
    }
    prop_assert!(document.text[at..].trim().is_empty(), "{:?}", &document.text[at..]);
    Ok(())
}

/// Every segment lies in its original; one of equal length was copied, or stands for white space.
fn alignment_holds(document: &CleanDocument, title: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for segment in &document.alignment.segments {
        prop_assert!(segment.clean.start >= at);
        at = segment.clean.end;
        let clean = segment.clean.get(&document.text);
        let original = match segment.original.part {
            TextPart::Text => segment.original.span.get(&document.original),
            TextPart::Title => segment.original.span.get(title),
        };
        prop_assert!(clean.is_some() && original.is_some());
        if segment.clean.len() == segment.original.span.len() && clean != Some(" ") {
            prop_assert_eq!(clean, original);
        }
    }
    Ok(())
}

/// Lines that furniture is made of, beside ordinary and hostile ones.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(" date 2025-01-02 A title of five words".to_owned()),
        Just("OSLO, March 3 (Meridian) - The king met the minister in the town hall.".to_owned()),
        Just("(CNN) - The king spoke with the minister by telephone.".to_owned()),
        Just("By Anna Berg · March 3, 2025 · 3 min read".to_owned()),
        Just("Read more".to_owned()),
        Just("You may also like".to_owned()),
        Just("News Feed".to_owned()),
        Just("Avatar".to_owned()),
        Just("Anna Berg is an editor for the Post. She lives in Oslo.".to_owned()),
        Just("See also Talks in Oslo March 3, 2025 Visit to Riga March 4, 2025 The king said so.".to_owned()),
        Just("The king met the minister in the town hall on Monday.".to_owned()),
        Just("The king met the minister in the town hall on Monday (Reporting by A. Berg)".to_owned()),
        Just(String::new()),
        "\\PC{0,60}",
        "[A-Z][a-z]{2,8}( [a-z]{2,8}){0,12}[.?]?",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..16).prop_flat_map(|lines| {
        prop::sample::select(vec!["\n", "\n\n", "\r\n", " "]).prop_map(move |between| lines.join(between))
    })
}

/// So many cases, unless `PROPTEST_CASES` asks for others (256 is the number that stands there when it does not).
fn cases(usual: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    if asked.cases == 256 { ProptestConfig { cases: usual, ..asked } } else { asked }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn plain_text_is_taken_over_byte_for_byte(text in text(), title in prop::option::of("[A-Z][a-z]{2,8}( [a-z]{2,8}){2,8}")) {
        // Letters that were decoded wrongly are mended: `garbled_letters_lead_back`.
        prop_assume!(!text.contains(['Ã', 'Â', 'â', 'Ä', 'Å']));
        let document = clean(raw(&text, title.as_deref(), TextFormat::Plain));
        prop_assert!(document.text.ends_with(&text));
        blocks_tile(&document)?;
        alignment_holds(&document, title.as_deref().unwrap_or(""))?;
        for block in &document.blocks {
            if let Some(original) = document.alignment.original(block.span)
                && original.part == TextPart::Text
            {
                prop_assert_eq!(original.span.of(&text), block.span.of(&document.text));
            }
        }
    }

    #[test]
    fn garbled_letters_lead_back(pieces in prop::collection::vec(prop::sample::select(vec!["PeÃ±a", "â€œ", "itâ€™s", "Â", "Ã", "â€", "é", "They met. ", "\n"]), 0..40)) {
        let text = pieces.concat();
        let document = clean(raw(&text, Some("A title of words"), TextFormat::Plain));
        blocks_tile(&document)?;
        alignment_holds(&document, "A title of words")?;
    }

    #[test]
    fn any_characters_are_safe(text in "\\PC{0,200}|(\\s|\\PC){0,80}") {
        blocks_tile(&clean(raw(&text, None, TextFormat::Plain)))?;
    }

    #[test]
    fn pages_are_aligned(lines in prop::collection::vec((line(), prop::sample::select(vec!["p", "h1", "h2", "li", "figcaption", "div", "br", "a", "script", "nav"])), 0..12)) {
        let page: String = lines.iter().map(|(line, tag)| format!("<{tag}>{line}</{tag}>\n")).collect();
        let document = clean(raw(&page, None, TextFormat::Html));
        blocks_tile(&document)?;
        alignment_holds(&document, "")?;
    }

    #[test]
    fn torn_pages_are_safe(page in "(<p>|</p>|<br>|<!--|-->|<script>|<|>|&amp;|&#x;|&|=\"|'|<a href=|<title>|They met in Oslo. |é| ){0,40}") {
        let document = clean(raw(&page, Some("A title of words"), TextFormat::Html));
        blocks_tile(&document)?;
        alignment_holds(&document, "A title of words")?;
    }
}

/// Long texts of one line, of many lines, and of lines that all look like furniture: time grows with length.
#[test]
fn long_texts_are_linear() {
    let sentence = "The king met the minister in the town hall on Monday and they spoke for an hour. ";
    let size = 2 << 20;
    for piece in [
        sentence.to_owned(),
        format!("{sentence}\n"),
        format!("(CNN) - {sentence}\n\n"),
        "Read more\n".to_owned(),
        "See also Talks in Oslo March 3, 2025 The king said so.\n".to_owned(),
        "a\n".to_owned(),
    ] {
        let text = piece.repeat(size / piece.len());
        let begun = std::time::Instant::now();
        let document = clean(raw(&text, None, TextFormat::Plain));
        assert!(!document.blocks.is_empty());
        let spent = begun.elapsed();
        assert!(spent.as_secs() < 20, "{piece:?}: {spent:?} for {size} bytes");
    }
}

/// Pages whose tags are never closed, in depth and in length: they come to an end, and what they say is kept.
#[test]
fn pages_without_end_tags_are_linear() {
    let sentence = "The king met the minister in the town hall on Monday and they spoke for an hour. ";
    let size = 1 << 20;
    // Elements that hold others, and are not shown: what is in them is nested all the same.
    for (open, close) in
        [("<noscript>", "</noscript>"), ("<object>", "</object>"), ("<template>", "</template>"), ("<svg>", "</svg>")]
    {
        let page = format!("<p>{sentence}</p>{open}{}{close}", "<div>".repeat(size / 5));
        assert!(clean(raw(&page, None, TextFormat::Html)).text.contains(sentence.trim()), "{open}");
    }
    for piece in [
        "<div>",
        "<p>",
        "<div><p class='x",
        "<table><tr><td>",
        "<a href='/x'>",
        "<b><i>",
        "<svg><g>",
        "<select>",
        "<div></x>",
        "<title>",
        "a&b",
        "<!--",
        "&#x",
    ] {
        let page = format!("<p>{sentence}</p>{}", piece.repeat(size / piece.len()));
        let begun = std::time::Instant::now();
        let document = clean(raw(&page, None, TextFormat::Html));
        assert!(document.text.contains(sentence.trim()), "{piece:?}");
        let spent = begun.elapsed();
        assert!(spent.as_secs() < 30, "{piece:?}: {spent:?} for {size} bytes");
    }
}
