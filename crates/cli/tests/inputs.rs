//! Owns the tests of inputs at the command line: archives, names of fields, going on with a run, watching.

mod harness;

use harness::{CALL, Folder, GERMAN};

/// A line for the tests' own use of JSON.
fn record(id: &str, text: &str) -> String {
    serde_json::json!({"id": id, "text": text}).to_string() + "\n"
}

#[test]
fn a_table_with_other_names_of_fields() {
    let folder = Folder::new();
    folder.file("export.csv", format!("nr,story\n1,\"{}\"\n", CALL.replace('"', "\"\"")));
    folder.run(&["timeline", "export.csv"]).exits(1).says("--map text=NAME names it");
    let outcome =
        folder.run(&["timeline", "export.csv", "--map", "text=story", "--map", "id=nr", "--format", "json"]).exits(0);
    assert_eq!(outcome.json()["documents"][0]["id"], "1");
    folder.run(&["timeline", "export.csv", "--map", "story"]).exits(2);
}

#[test]
fn going_on_gives_what_an_undisturbed_run_gives() {
    let folder = Folder::new();
    let lines: String = (0..30)
        .map(|i| record(&format!("d{i}"), &CALL.replace("90 minutes", &format!("{} minutes", 30 + i))))
        .collect();
    folder.file("feed.jsonl", format!("{lines}{}", record("german", GERMAN)));
    let arguments = ["timeline", "feed.jsonl", "--format", "json", "--resume", "kept.jsonl"];
    let whole = folder.run(&["timeline", "feed.jsonl", "--format", "json"]).exits(3);
    let first = folder.run(&arguments).exits(3);
    assert_eq!((&first.out, &first.err), (&whole.out, &whole.err));
    // As after kill -9: some whole lines, and the beginning of one.
    let kept = std::fs::read(folder.path().join("kept.jsonl")).expect("the file");
    for cut in [kept.len() / 2, kept.len() - 1, 40, 0] {
        folder.file("kept.jsonl", &kept[..cut]);
        let again = folder.run(&arguments).exits(3);
        assert_eq!((&again.out, &again.err), (&whole.out, &whole.err), "cut at {cut}");
        let after = std::fs::read(folder.path().join("kept.jsonl")).expect("the file");
        assert_eq!(after.len(), kept.len(), "everything is kept again");
    }
    folder.file("kept.jsonl", "not one of ours");
    folder.run(&arguments).exits(1).says("kept.jsonl: cannot go on with it");
    assert_eq!(std::fs::read(folder.path().join("kept.jsonl")).expect("the file"), b"not one of ours");
}

#[test]
fn watching_tells_what_is_new_and_what_has_changed() {
    let folder = Folder::new();
    folder.file("in/plan.txt", "ANKARA, March 10, 2025 (Harbour Wire) - Donald Trump will meet Recep Tayyip Erdogan in Ankara on March 20, 2025, aides said.\n");
    let watch = ["watch", "in", "--once", "--resume", "kept.jsonl", "--format", "json"];
    let events =
        |out: &str| -> Vec<serde_json::Value> { out.lines().filter_map(|l| serde_json::from_str(l).ok()).collect() };
    let first = events(&folder.run(&watch).exits(0).out);
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!((first[0]["event"].as_str(), first[0]["contact"]["kind"].as_str()), (Some("new"), Some("meeting")));
    assert!(events(&folder.run(&watch).exits(0).out).is_empty(), "nothing is new");
    folder.file("in/call.txt", CALL);
    let second = events(&folder.run(&watch).exits(0).out);
    assert!(second.iter().any(|e| e["event"] == "new" && e["contact"]["kind"] == "call"), "{second:?}");
    // Gone from the folder, and still known.
    std::fs::remove_file(folder.path().join("in/plan.txt")).expect("a file");
    let text = folder.run(&["watch", "in", "--once", "--resume", "kept.jsonl"]).exits(0);
    assert_eq!(text.out, "");
}

/// `watch` took neither own actors nor decisions.
#[test]
fn watching_knows_own_actors_and_decisions() {
    let folder = Folder::new();
    folder.file(
        "own.txt",
        "GENEVA, May 3, 2025 (Own) - Orrin Quillfeather met Emmanuel Macron in Geneva on May 2, 2025.\n",
    );
    folder.file(
        "actors.toml",
        "[[person]]\nname = \"Orrin Quillfeather\"\noffices = [{ country = \"IS\", office = \"foreign_minister\", \
         title = \"Foreign Minister\", from = \"2024\" }]\n",
    );
    let watch = ["watch", "own.txt", "--once", "--format", "json"];
    assert_eq!(folder.run(&watch).exits(0).out, "", "nobody knows for whom he speaks");
    let known = [&watch[..], &["--actors", "actors.toml"]].concat();
    let told = folder.run(&known).exits(0).out;
    let event: serde_json::Value = serde_json::from_str(told.lines().next().unwrap_or("")).expect("an event");
    assert_eq!(event["contact"]["participants"][0]["country"], "IS");

    folder.run(&["add", "own.txt"]).exits(0);
    let json = folder.run(&["timeline", "--format", "json"]).exits(0).json();
    let id = json["contacts"][0]["id"].as_str().expect("an id").to_owned();
    folder.run(&["correct", "not-a-contact", &id, "--by", "Ada"]).exits(0);
    let told = folder.run(&[&known[..], &["--corrections", "corrections.jsonl"]].concat()).exits(0);
    assert_eq!(told.out, "", "what is no contact is not told of");
}

#[cfg(unix)]
#[test]
fn a_command_is_given_each_contact() {
    let folder = Folder::new();
    folder.file("call.txt", CALL);
    folder.run(&["watch", "call.txt", "--once", "--command", "cat >> told.jsonl"]).exits(0).prints("NEW");
    let told = std::fs::read_to_string(folder.path().join("told.jsonl")).expect("the command ran");
    let event: serde_json::Value = serde_json::from_str(told.lines().next().unwrap_or("")).expect("JSON");
    assert_eq!(event["contact"]["kind"], "call");
    folder
        .run(&["watch", "call.txt", "--once", "--command", "false"])
        .exits(0)
        .says("the command did not take a contact");
}

#[test]
fn every_limit_has_its_message() {
    let folder = Folder::new();
    folder.file("good.txt", CALL);
    let outcome = folder.run(&["timeline", "good.txt", "--document-time", "0s"]);
    outcome.exits(1).says("the time limit for one document (--document-time)");
    folder.run(&["timeline", "good.txt", "--max-document-size", "10"]).exits(1).says("longer than 10 bytes");
    folder.run(&["timeline", "http://127.0.0.1:9/"]).exits(1).says("--allow-local allows it");
    folder.run(&["timeline", "good.txt", "--document-time", "soon"]).exits(2);
}

#[test]
fn other_languages_are_counted() {
    let folder = Folder::new();
    folder.file("a.txt", CALL);
    folder.file("b.txt", GERMAN);
    folder.run(&["timeline", "."]).exits(3).says("note: 1 document is in another language and not analysed: de 1");
}
