//! Owns the tests of `readout quotes`: who said what, by speaker, as text and as JSON.

mod harness;

use harness::Folder;

const ARTICLE: &str = "MOSCOW, March 19, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025.\n\n\
“The call was good,” Dmitry Peskov said on Wednesday. “They spoke for an hour.”\n\n\
A U.S. official said that the call lasted 90 minutes.\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("call.txt", ARTICLE);
    folder
}

#[test]
fn statements_with_speaker_words_and_contact() {
    let outcome = folder().run(&["quotes", "call.txt"]).exits(0);
    let outcome = outcome.prints("Dmitry Peskov · said").prints("“The call was good, … They spoke for an hour.”");
    outcome.prints("that the call lasted 90 minutes").prints("on #1 2025-03-18-call").prints("2 statements");
}

#[test]
fn by_speaker() {
    let one = folder().run(&["quotes", "call.txt", "--speaker", "peskov"]).exits(0).prints("1 statement\n");
    assert!(!one.out.contains("90 minutes"), "{one:?}");
    folder().run(&["quotes", "call.txt", "--speaker", "official"]).exits(0).prints("90 minutes");
    folder().run(&["quotes", "call.txt", "--direct"]).exits(0).prints("1 statement\n");
    folder()
        .run(&["quotes", "call.txt", "--speaker", "nobody", "--all", "--about-contacts"])
        .exits(0)
        .prints("0 statements");
}

#[test]
fn json_gives_slices_of_the_text() {
    let json = folder().run(&["quotes", "call.txt", "--json"]).exits(0).json();
    let all = json.as_array().expect("an array");
    assert_eq!(all.len(), 2);
    assert_eq!(all[0]["direct"], true);
    assert_eq!(all[0]["speaker"], "Dmitry Peskov");
    let words = all.iter().flat_map(|s| {
        let more = s["more"].as_array().cloned().unwrap_or_default();
        more.into_iter().chain([s.clone(), s["speaker_words"].clone()])
    });
    for words in words {
        let at = |key: &str| words[key].as_u64().expect("a number") as usize;
        let slice: String = ARTICLE.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(words["text"], slice.as_str());
    }
}
