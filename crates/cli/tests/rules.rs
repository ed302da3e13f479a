//! Owns the tests of a person's own contact patterns and of domestic dealings: the worked example of docs/rules.md, what is
//! refused, and what `--domestic` keeps.

mod harness;

use harness::Folder;

const OWN: &str = include_str!("../../../examples/rules/own.toml");
const DINNER: &str = "PARIS, March 18, 2025 (Harbour Wire) - Emmanuel Macron broke bread with Keir Starmer in Paris on \
March 18, 2025, aides said.\n";

#[test]
fn the_worked_example_is_in_the_document_and_works() {
    let docs = include_str!("../../../docs/rules.md");
    let pattern = &OWN[OWN.find("[[pattern]]").expect("a pattern")..];
    assert!(docs.contains(pattern), "docs/rules.md shows another pattern than examples/rules/own.toml");
    let folder = Folder::new();
    folder.file("own/own.toml", OWN);
    folder.file("dinner.txt", DINNER);
    folder.run(&["rules", "own"]).exits(0).prints("1 rule, 3 examples: all as they say");
    folder.run(&["timeline", "dinner.txt"]).exits(0).prints("0 contacts");
    let found = folder.run(&["timeline", "dinner.txt", "--rules", "own"]).exits(0);
    found.prints("Emmanuel Macron").prints("Keir Starmer").prints("meeting");
    folder.run(&["explain", "1", "dinner.txt", "--rules", "own"]).exits(0).prints("meeting.break-bread");
}

#[test]
fn a_store_reads_again_under_other_rules() {
    let folder = Folder::new();
    folder.file("own/own.toml", OWN);
    folder.file("dinner.txt", DINNER);
    folder.run(&["add", "dinner.txt"]).exits(0);
    folder.run(&["timeline"]).exits(0).prints("0 contacts");
    folder.run(&["timeline", "--rules", "own"]).exits(0).prints("Keir Starmer");
    folder.run(&["timeline"]).exits(0).prints("0 contacts");
}

#[test]
fn refused_rules_name_file_and_rule() {
    let silent = OWN.find("silent = [").expect("silent sentences");
    let without = format!("{}silent = []\n", &OWN[..silent]);
    for (text, words) in [
        (without.as_str(), "pattern \"meeting.break-bread\": no example that must not fire"),
        (&OWN.replace("form = \"verb\"", "form = \"adverb\""), "pattern \"meeting.break-bread\": unknown variant"),
        (&OWN.replace("obl[with]", "obl[with"), "pattern \"meeting.break-bread\": cannot read the path"),
        (&OWN.replace("meeting.break-bread", "meeting.meet"), "pattern \"meeting.meet\": the id is taken"),
        (&OWN.replace("lemmas = [", "lemmata = ["), "pattern \"meeting.break-bread\": "),
        ("[[pattern]\n", "own.toml: "),
    ] {
        let folder = Folder::new();
        folder.file("own/own.toml", text);
        folder.file("dinner.txt", DINNER);
        let outcome = folder.run(&["timeline", "dinner.txt", "--rules", "own"]).exits(1);
        outcome.says("own.toml").says(words);
    }
    let folder = Folder::new();
    folder.file("dinner.txt", DINNER);
    folder.run(&["timeline", "dinner.txt", "--rules", "nowhere"]).exits(1).says("nowhere");
    folder.file("empty/readme.md", "no rules");
    folder.run(&["timeline", "dinner.txt", "--rules", "empty"]).exits(1).says("no rules in it");
}

#[test]
fn an_example_that_is_not_as_its_rule_says_is_shown() {
    let folder = Folder::new();
    folder.file("own/own.toml", OWN.replace("broke bread with Olaf Scholz in", "broke bread near Olaf Scholz in"));
    folder.run(&["rules", "own"]).exits(1).prints("must fire as meeting held").prints("1 not as they say");
}

#[test]
fn domestic_dealings_are_kept_on_demand_and_marked() {
    let folder = Folder::new();
    let text =
        "MOSCOW, March 18, 2025 (Harbour Wire) - Vladimir Putin met Sergey Lavrov in the Kremlin on March 18, 2025.\n";
    folder.file("home.txt", text);
    folder.run(&["timeline", "home.txt"]).exits(0).prints("0 contacts");
    let kept = folder.run(&["timeline", "home.txt", "--domestic"]).exits(0);
    kept.prints("Vladimir Putin").prints("Lavrov").prints("domestic");
    let json = folder.run(&["timeline", "home.txt", "--domestic", "--format", "json"]).exits(0).json();
    assert_eq!(json["contacts"][0]["domestic"], true);
    folder.file("abroad.txt", harness::CALL);
    let json = folder.run(&["timeline", "abroad.txt", "--domestic", "--format", "json"]).exits(0).json();
    assert!(json["contacts"][0].get("domestic").is_none());
}
