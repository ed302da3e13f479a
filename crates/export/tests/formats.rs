//! Owns the tests of every format on one chronology made by hand.

mod sample;

use readout_export::{
    Look, View, What, changes, counts, describe, drifted, explain, find, gaps, json, markdown, show, sources, table,
};
use readout_types::Chronology;
use serde_json::Value;

fn look(width: usize) -> Look {
    Look { width, color: false }
}

fn as_json(chronology: &Chronology) -> String {
    let mut out = Vec::new();
    json(&View::all(chronology), &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn json_as_the_contract_has_it() {
    insta::assert_snapshot!(as_json(&sample::chronology()));
}

#[test]
fn table_at_80_columns() {
    insta::assert_snapshot!(table(&View::all(&sample::chronology()), &look(80)));
}

#[test]
fn table_at_120_columns() {
    insta::assert_snapshot!(table(&View::all(&sample::chronology()), &look(120)));
}

#[test]
fn no_line_is_wider_than_asked_for() {
    let chronology = sample::chronology();
    for width in [60, 80, 100, 120] {
        let pages = [
            table(&View::all(&chronology), &look(width)),
            show(&chronology, 0, &look(width)),
            explain(&chronology, 0, &look(width)),
        ];
        for line in pages.iter().flat_map(|page| page.lines()) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn markdown_page() {
    insta::assert_snapshot!(markdown(&View::all(&sample::chronology())));
}

#[test]
fn show_page() {
    insta::assert_snapshot!(show(&sample::chronology(), 0, &look(100)));
}

#[test]
fn explain_page() {
    insta::assert_snapshot!(explain(&sample::chronology(), 0, &look(100)));
}

#[test]
fn gaps_page() {
    insta::assert_snapshot!(gaps(&View::all(&sample::chronology()), &look(100)));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let chronology = sample::chronology();
    let colored = Look { width: 100, color: true };
    let pages = [
        (table(&View::all(&chronology), &colored), table(&View::all(&chronology), &look(100))),
        (show(&chronology, 0, &colored), show(&chronology, 0, &look(100))),
        (explain(&chronology, 0, &colored), explain(&chronology, 0, &look(100))),
    ];
    for (colored, bare) in pages {
        assert!(colored.contains('\u{1b}') && !bare.contains('\u{1b}'));
        assert_eq!(without_color(&colored), bare);
    }
}

fn without_color(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn every_text_is_the_slice_at_its_code_points() {
    let chronology = sample::chronology();
    assert_eq!(drifted(&chronology), Vec::<String>::new());
    let value: Value = serde_json::from_str(&as_json(&chronology)).expect("valid JSON");
    let mut checked = 0;
    let mut check = |document: &Value, words: &Value| {
        let entry = chronology.documents.iter().find(|d| Some(d.id.as_str()) == document.as_str()).expect("a document");
        let (text, from, to, quote) = match words.get("start") {
            Some(start) => (entry.original.text().expect("the whole text"), start, &words["end"], &words["text"]),
            None => (entry.title.as_deref().unwrap_or(""), &words["title_start"], &words["title_end"], &words["quote"]),
        };
        let at = |v: &Value| v.as_u64().expect("a number") as usize;
        let slice: String = text.chars().skip(at(from)).take(at(to) - at(from)).collect();
        assert_eq!(Some(slice.as_str()), quote.as_str());
        checked += 1;
    };
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    for report in list(&value["contacts"]).iter().flat_map(|c| list(&c["reports"])) {
        for words in list(&report["evidence"]).iter().chain(&list(&report["title_evidence"])) {
            check(&report["document"], words);
        }
    }
    for words in list(&value["gaps"]).iter().flat_map(|g| list(&g["because"])).chain(list(&value["statements"])) {
        check(&words["document"], &words);
    }
    assert_eq!(checked, 14);
}

#[test]
fn every_field_is_documented() {
    let docs = include_str!("../../../docs/cli.md");
    let mut missing = Vec::new();
    let mut open = vec![serde_json::from_str::<Value>(&as_json(&sample::chronology())).expect("valid JSON")];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if !docs.contains(&format!("`{name}`")) {
                        missing.push(name);
                    }
                    open.push(value);
                }
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    assert!(missing.is_empty(), "docs/cli.md does not mention {missing:?}");
}

#[test]
fn drifted_evidence_is_found() {
    let mut chronology = sample::chronology();
    chronology.contacts[0].reports[0].1.evidence[0].source.original.span.end += 1;
    chronology.gaps[0].because[0].0 = 99;
    let found = drifted(&chronology);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("harbour-wire-ninth: participants"), "{}", found[0]);
}

#[test]
fn contacts_by_number_id_and_beginning() {
    let chronology = sample::chronology();
    for (name, expected) in
        [("1", 0), ("#2", 1), ("2025", 0), ("2025-12-28-call-putin-trump-3f9a", 0), ("undated", 2), (" 3 ", 2)]
    {
        assert_eq!(find(&chronology, name), Ok(expected), "{name}");
    }
    for (name, words) in [("20", "beginning of 2 ids"), ("0", "no contact"), ("#9", "no contact"), ("", "no contact")] {
        let error = find(&chronology, name).expect_err(name);
        assert!(error.contains(words), "{name}: {error}");
    }
}

#[test]
fn a_filtered_view_keeps_row_numbers() {
    let chronology = sample::chronology();
    let view = View { chronology: &chronology, contacts: vec![1], gaps: vec![], part: None };
    let text = table(&view, &look(100));
    assert!(text.contains("\n2  2026-03"), "{text}");
    assert!(text.contains("3 contacts, 1 shown"), "{text}");
    let mut out = Vec::new();
    json(&view, &mut out).expect("a vector takes everything");
    let value: Value = serde_json::from_slice(&out).expect("valid JSON");
    assert_eq!(value["contacts"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["statements"].as_array().map(Vec::len), Some(0));
}

#[test]
fn nothing_found() {
    let chronology = Chronology::default();
    insta::assert_snapshot!(table(&View::all(&chronology), &look(80)), @"0 documents read: 0 contacts");
    insta::assert_snapshot!(
        gaps(&View::all(&chronology), &look(80)),
        @"No count in these documents shows a contact to be missing."
    );
}

#[test]
fn counts_page() {
    insta::assert_snapshot!(counts(&View::all(&sample::chronology()), &look(100)));
}

#[test]
fn sources_page() {
    insta::assert_snapshot!(sources(&View::all(&sample::chronology()), &look(100)));
}

#[test]
fn nothing_changed() {
    let json = as_json(&sample::chronology());
    let found = changes(&json, &json).expect("two chronologies");
    assert!(found.is_empty());
    assert_eq!(describe(&found, &look(100)), "Nothing changed.\n");
}

#[test]
fn one_word_that_tells_of_two_contacts_is_no_change() {
    let mut chronology = sample::chronology();
    // "A and B met": the same trigger in another contact.
    let twin = chronology.contacts[1].reports[0].clone();
    chronology.contacts[2].reports[0] = twin;
    let json = as_json(&chronology);
    assert_eq!(changes(&json, &json).expect("two chronologies"), []);
}

#[test]
fn what_changed_is_found_kind_by_kind() {
    let old = sample::chronology();
    let mut new = old.clone();
    // A contact that was not there, one that is gone, another status, another date under another id, a denial, a dispute
    // settled, a filled gap.
    new.contacts[1].status = readout_types::Status::Cancelled;
    new.contacts[0].id = "2025-12-29-call-putin-trump-0000".to_owned();
    new.contacts[0].when.interval = "2025-12-29".parse().expect("a day");
    new.contacts[0].disputes.clear();
    new.contacts[0].independent_sources = 3;
    let mut denial = new.contacts[0].reports[0].clone();
    denial.0 = 2;
    denial.1.status = readout_types::Status::Denied;
    new.contacts[0].reports.push(denial);
    let mut fresh = new.contacts.pop().expect("three contacts");
    fresh.id = "undated-meeting-new".to_owned();
    fresh.reports[0].0 = 2;
    new.contacts.push(fresh);
    new.gaps[0].min = 1;
    let found = changes(&as_json(&old), &as_json(&new)).expect("two chronologies");
    let kinds: Vec<What> = found.iter().map(|c| c.change).collect();
    assert_eq!(
        kinds,
        [
            What::NewContact,
            What::Status,
            What::Denial,
            What::GapFilled,
            What::Date,
            What::Settled,
            What::Sources,
            What::Gone
        ]
    );
    insta::assert_snapshot!(describe(&found, &look(100)));
}

#[test]
fn what_is_no_chronology_is_named() {
    let json = as_json(&sample::chronology());
    for (old, new, in_old) in [("[]", json.as_str(), true), (json.as_str(), "no JSON", false)] {
        let error = changes(old, new).expect_err("not a chronology");
        assert_eq!(error.in_old, in_old);
        assert!(error.to_string().starts_with("not the JSON of readout timeline --format json: "));
    }
}
