//! Owns how news text is divided: sentences and words that must come out exactly so. All texts are written for this test.

use readout_annotate::split_and_tokenize;

/// `|` stands where a sentence must end.
fn sentences(marked: &str) {
    let text = marked.replace('|', " ");
    let squeeze = |s: &str| s.split_whitespace().collect::<String>();
    let expected: Vec<String> = marked.split('|').map(squeeze).collect();
    let found: Vec<String> = split_and_tokenize(&text).expect("models").iter().map(|s| squeeze(&s.concat())).collect();
    assert_eq!(found, expected, "{text}");
}

fn words(spaced: &str, text: &str) {
    let found = split_and_tokenize(text).expect("models").concat().join(" ");
    assert_eq!(found, spaced);
}

#[test]
fn titles_and_ranks_do_not_end_sentences() {
    sentences("Lt. Gen. Omar Haddad met Mr. Strand in Port Selva.|He left on Friday.");
    sentences("Gov. Lena Marsh and Sen. Paul Odum spoke.|The call was short.");
    sentences("They met near Mt. Arden on Dec. 28 with Prof. Ilse Brandt.");
}

#[test]
fn letters_with_stops_end_sentences_only_before_a_new_one() {
    sentences("He flew to the U.S.|The visit was his first.");
    sentences("The U.S. President called the U.N. Secretary-General.");
}

#[test]
fn two_spaces_and_wrapped_lines() {
    sentences("She was met by Prime Minister Marlow.|  The Vice President of the council\nthanked him.");
}

#[test]
fn quotes_end_sentences() {
    sentences("“We agreed on the main points.”|The minister left without taking questions.");
    sentences("\"We will meet again soon,\" he said.|\"There is more to do.\"");
}

#[test]
fn lists_inside_a_paragraph() {
    sentences("1. Trade and energy|2. Border crossings|3. Consular affairs");
}

#[test]
fn contractions_and_possessives() {
    words("He did n't see Haddad 's aide ; they 'll call .", "He didn't see Haddad's aide; they'll call.");
    words("We can not say .", "We cannot say.");
    words("It does n’t concern the ministers ’ talks .", "It doesn’t concern the ministers’ talks.");
}

#[test]
fn names_dates_and_sums() {
    words("On Dec. 28 the U.S. envoy paid $ 3.5 million .", "On Dec. 28 the U.S. envoy paid $3.5 million.");
}
