//! Owns the promises of the API: every answer is as `openapi.json` describes it, and says what the ledger has.

use crate::room;

use std::collections::BTreeSet;

use room::Room;
use serde_json::{Value, json};

fn description() -> Value {
    serde_json::from_str(include_str!("../openapi.json")).expect("JSON")
}

/// Why a value is not as a schema has it; the part of JSON Schema that the description uses.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/components/schemas/");
        let found = &root["components"]["schemas"][name];
        assert!(found.is_object(), "no schema {name}");
        return faults(value, found, root, at, out);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let mut tried = Vec::new();
        let fits = choices.iter().any(|choice| {
            let mut found = Vec::new();
            faults(value, choice, root, at, &mut found);
            tried.extend(found.iter().cloned());
            found.is_empty()
        });
        if !fits {
            out.push(format!("{at} fits none of its choices: {}", tried.join("; ")));
        }
        return;
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("{at}: type {other:?} is not known to this test"),
    };
    if !fits {
        out.push(format!("{at} is {value}: expected {}", schema["type"]));
        return;
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        out.push(format!("{at} is {value}: not one of {words:?}"));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        faults(item, &schema["items"], root, &format!("{at}[{n}]"), out);
    }
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                out.push(format!("{at} lacks {name}"));
            }
        }
        for (name, field) in fields {
            match properties.get(name) {
                Some(property) => faults(field, property, root, &format!("{at}.{name}"), out),
                None => out.push(format!("{at}.{name} is not described")),
            }
        }
    }
}

#[track_caller]
fn fits(method: &str, path: &str, answer: &room::Answer) -> Value {
    let root = description();
    let code = answer.status.to_string();
    let content = &root["paths"][path][method]["responses"][&code]["content"]["application/json"]["schema"];
    assert!(content.is_object(), "{method} {path}: an answer {code} is not described: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let value = answer.json();
    let mut found = Vec::new();
    faults(&value, content, &root, path, &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
    value
}

#[test]
fn every_answer_is_as_described() {
    let room = Room::new();
    let mut asked = BTreeSet::new();
    let mut get = |described: &'static str, path: &str| {
        asked.insert(("get", described));
        fits("get", described, &room.get(path))
    };
    let page = get("/api/contacts", "/api/contacts?limit=500");
    assert_eq!(page["total"], page["rows"].as_array().expect("rows").len());
    assert!(page["undated"].as_u64() >= Some(1), "the last article gives no day: {page}");
    get("/api/contacts", "/api/contacts?from=2025-06&who=Macron&disputed=false");
    get("/api/contacts", "/api/contacts?undated=true");
    get("/api/contacts", "/api/contacts?kind=chat");
    for id in room.ids() {
        let contact = get("/api/contacts/{id}", &format!("/api/contacts/{id}"));
        assert_eq!(contact["contact"]["id"], id.as_str());
        // Every field that has a value but the worked-out ones opens the words it rests on.
        for field in contact["shown"]["fields"].as_array().expect("fields") {
            let worked_out = ["status", "medium", "when"].contains(&field["field"].as_str().unwrap_or(""));
            let quoted = !field["evidence"].as_array().expect("evidence").is_empty();
            assert!(quoted || worked_out || field["value"].is_null(), "{id}: {field}");
        }
    }
    get("/api/contacts/{id}", "/api/contacts/nothing");
    get("/api/state", "/api/state");
    get("/api/facets", "/api/facets");
    get("/api/chart", "/api/chart");
    get("/api/chart", "/api/chart?who=Putin&who=Trump");
    get("/api/queue", "/api/queue");
    get("/api/document", "/api/document?id=harbour");
    get("/api/document", "/api/document?id=nothing");
    get("/api/corrections", "/api/corrections");
    get("/api/tasks/{task}", "/api/tasks/999");
    get("/api/openapi.json", "/api/openapi.json");
    room.get("/api/text?id=harbour").is(200);
    room.get("/api/export?format=csv").is(200);
    fits("get", "/api/text", &room.get("/api/text?id=nothing"));
    fits("get", "/api/export", &room.get("/api/export?format=nothing"));
    asked.extend([("get", "/api/text"), ("get", "/api/export")]);

    let id = room.ids()[0].clone();
    let done = fits("post", "/api/corrections", &room.decide(&json!({"do": "confirm", "contact": id})).is(200));
    assert_eq!((done["state"].as_str(), done["result"]["state"].as_str()), (Some("done"), Some("applied")));
    fits("post", "/api/corrections", &room.decide(&json!({"do": "confirm", "contact": "nothing"})).is(409));
    fits("post", "/api/corrections", &room.decide(&json!({"do": "dance"})).is(400));
    fits("get", "/api/corrections", &room.get("/api/corrections").is(200));
    let file = [("Content-Type", "application/octet-stream")];
    let added = room.request(
        "POST",
        "/api/documents?name=one.txt",
        &file,
        b"ROME, May 2, 2025 (Amber) - Giorgia Meloni met Emmanuel Macron in Rome on May 1, 2025.\n",
    );
    let task = fits("post", "/api/documents", &added.is(202))["task"].as_u64().expect("a task");
    fits("get", "/api/tasks/{task}", &room.get(&format!("/api/tasks/{task}")).is(200));
    fits("post", "/api/documents", &room.request("POST", "/api/documents?name=two.txt", &file, b"").is(400));
    fits("post", "/api/documents", &room.request("POST", "/api/documents?name=two.txt", &[], b"x").is(415));
    asked.extend([("post", "/api/corrections"), ("post", "/api/documents")]);

    for (path, methods) in description()["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            assert!(
                asked.contains(&(method.as_str(), path.as_str())),
                "{method} {path} is described and not asked here"
            );
        }
    }
}

#[test]
fn parameters_are_as_described() {
    let room = Room::new();
    let root = description();
    for (path, methods) in root["paths"].as_object().expect("paths") {
        let parameters = methods["get"]["parameters"].as_array().cloned().unwrap_or_default();
        if path.contains('{') || methods["get"].is_null() {
            continue;
        }
        for parameter in parameters {
            let name = parameter["name"].as_str().expect("a name");
            let mut schema = &parameter["schema"];
            if schema["type"] == "array" {
                schema = &schema["items"];
            }
            if let Some(of) = schema["$ref"].as_str() {
                schema = &root["components"]["schemas"][of.trim_start_matches("#/components/schemas/")];
            }
            let value = match (schema["type"].as_str(), schema["enum"][0].as_str(), name) {
                (_, Some(word), _) => word,
                (Some("boolean"), ..) => "true",
                (Some("integer"), ..) => "1",
                (_, _, "from" | "to") => "2025",
                _ => "harbour",
            };
            let answer = room.get(&format!("{path}?{name}={value}"));
            assert_eq!(answer.status, 200, "{path}?{name}={value}: {}", answer.text());
        }
        assert_eq!(room.get(&format!("{path}?undescribed=1")).status, 400, "{path}");
    }
}

#[test]
fn filters_give_what_the_command_line_gives() {
    let room = Room::new();
    let rows = |query: &str| {
        let page = room.get(&format!("/api/contacts?{query}")).is(200).json();
        let rows = page["rows"].as_array().expect("rows").iter().filter_map(|r| r["id"].as_str().map(str::to_owned));
        rows.collect::<Vec<String>>()
    };
    let all = room.ids();
    let with = |words: &[&str]| -> Vec<String> {
        all.iter().filter(|id| words.iter().all(|w| id.contains(w))).cloned().collect()
    };
    assert_eq!(rows("who=Putin&who=Trump"), with(&["putin", "trump"]));
    assert_eq!(rows("who=putin&from=2025-07"), with(&["2025-07"]));
    assert_eq!(rows("kind=meeting"), with(&["meeting"]));
    assert_eq!(rows("disputed=true"), with(&["2025-03-18"]), "90 minutes or two hours");
    assert_eq!(rows("outlet=lantern"), [with(&["2025-06-30"]), with(&["2025-07-03"])].concat());
    assert_eq!(rows("text=toulon"), with(&["2025-06-30"]));
    assert_eq!(rows("skip=1&limit=1"), all[1..2]);
    let undated = rows("undated=true");
    assert_eq!(undated, all[all.len() - undated.len()..], "those without a day come last");
}

#[test]
fn a_dispute_shows_both_sides_and_the_chart_shows_the_gap() {
    let room = Room::new();
    let id = room.ids().into_iter().find(|id| id.contains("2025-03-18")).expect("the call");
    let page = room.get(&format!("/api/contacts/{id}")).is(200).json();
    let field = page["shown"]["fields"].as_array().expect("fields").iter().find(|f| f["field"] == "duration_minutes");
    let rivals = field.expect("a duration")["rivals"].as_array().expect("rivals");
    let told: Vec<(&str, &str)> = rivals
        .iter()
        .map(|r| (r["value"].as_str().unwrap_or(""), r["evidence"][0]["words"].as_str().unwrap_or("")))
        .collect();
    assert!(told.contains(&("90 min", "90 minutes")), "{told:?}");
    assert!(told.iter().any(|(value, words)| *value == "120 min" && words.contains("two hours")), "{told:?}");
    assert!(page["citation"].as_str().is_some_and(|c| c.contains("harbour") && c.contains(&id)));
    let queue = room.get("/api/queue").is(200).json();
    assert!(queue["rows"].as_array().expect("rows").iter().any(|r| r["id"] == id.as_str()), "{queue}");
    let chart = room.get("/api/chart?who=Putin&who=Trump").is(200).json();
    let gaps = chart["lanes"][0]["gaps"].as_array().expect("gaps");
    assert!(
        gaps.iter().any(|g| g["kind"] == "call" && g["min"].as_u64() >= Some(1)),
        "the sixth call this year: {chart}"
    );
}

#[test]
fn decisions_are_written_take_effect_and_are_taken_back() {
    let room = Room::new();
    let all = room.ids();
    let state = |room: &Room| room.get("/api/state").is(200).json()["edition"].as_u64();
    let before = state(&room);
    let result = |decision: Value| room.decide(&decision).is(200).json()["result"].clone();

    let merged = result(json!({"do": "merge", "contacts": [all[0], all[2]], "why": "one call", "by": "Bo"}));
    let now = merged["contacts"][0].as_str().expect("a contact").to_owned();
    assert_eq!(room.ids().len(), all.len() - 1);
    assert!(state(&room) > before);
    let page = room.get(&format!("/api/contacts/{now}")).is(200).json();
    assert_eq!(page["shown"]["judgements"][0]["verdict"], "put together");
    assert_eq!(page["shown"]["judgements"][0]["by"], "Bo");
    let back = result(json!({"do": "revert", "correction": merged["correction"]}));
    assert_eq!(back["contacts"].as_array().map(Vec::len), Some(2));
    assert_eq!(room.ids(), all);

    let call = all.iter().find(|id| id.contains("2025-03-18")).expect("the call");
    let split = result(json!({"do": "split", "contact": call, "documents": ["tideway"]}));
    assert_eq!(room.ids().len(), all.len() + 1);
    result(json!({"do": "revert", "correction": split["correction"]}));
    let set = result(json!({"do": "set", "contact": call, "field": "duration_minutes", "value": "100"}));
    let page = room.get(&format!("/api/contacts/{}", set["contacts"][0].as_str().unwrap_or(""))).is(200).json();
    assert_eq!(page["contact"]["duration_minutes"], json!({"min": 100, "max": 100}));
    result(json!({"do": "revert", "correction": set["correction"]}));
    let gone = result(json!({"do": "not-a-contact", "contact": call}));
    assert_eq!((room.ids().len(), gone["contacts"].as_array().map(Vec::len)), (all.len() - 1, Some(0)));
    result(json!({"do": "revert", "correction": gone["correction"]}));
    let unsure = result(json!({"do": "unsure", "contact": call}));
    assert_eq!(room.get("/api/contacts?verdict=unsure").is(200).json()["total"], 1);
    result(json!({"do": "revert", "correction": unsure["correction"]}));
    assert_eq!(room.ids(), all);

    let log = room.get("/api/corrections?limit=3").is(200).json();
    assert_eq!((log["total"].as_u64(), log["rows"].as_array().map(Vec::len)), (Some(10), Some(3)));
    let file = std::fs::read_to_string(room.folder.path().join("corrections.jsonl")).expect("the file");
    assert_eq!(file.lines().count(), 10);
    for (decision, words) in [
        (json!({"do": "merge", "contacts": [all[0], all[0]]}), "twice"),
        (json!({"do": "merge", "contacts": [all[0], "nothing"]}), "no contact"),
        (json!({"do": "split", "contact": call, "documents": ["kiosk"]}), "does not report"),
        (json!({"do": "split", "contact": call, "documents": ["harbour", "tideway"]}), "would be left"),
        (json!({"do": "set", "contact": call, "field": "when", "value": "last week"}), "EDTF"),
        (json!({"do": "revert", "correction": "ffff"}), "no correction"),
    ] {
        let answer = room.decide(&decision).is(409).json();
        assert!(answer["error"].as_str().is_some_and(|e| e.contains(words)), "{answer}");
    }
}

#[test]
fn a_dropped_file_is_kept_and_read() {
    let room = Room::new();
    let before = room.ids().len();
    let text = "ROME, May 2, 2025 (Amber) - Giorgia Meloni met Emmanuel Macron in Rome on May 1, 2025.\n";
    let done = room.drop_file("..%2Famber%20one.txt", text.as_bytes());
    assert_eq!(done["result"]["new"], 1, "{done}");
    assert_eq!(room.ids().len(), before + 1);
    assert_eq!(std::fs::read_to_string(room.folder.path().join("dropped/amber-one.txt")).expect("kept"), text);
    let again = room.drop_file("amber%20one.txt", text.as_bytes());
    assert_eq!((again["result"]["new"].as_u64(), again["result"]["same"].as_u64()), (Some(0), Some(1)), "{again}");
    let broken = room.drop_file("broken.pdf", b"%PDF-1.7 and no more");
    let messages = broken["result"]["messages"].as_array().expect("messages");
    assert!(messages.iter().any(|m| m["document"] == "broken.pdf"), "{broken}");
    assert_eq!(room.ids().len(), before + 1, "the rest is as it was");
}

#[test]
fn exports_are_those_of_the_command_line() {
    use readout_ledger::{Ledger, Mode, Texts};
    let room = Room::new();
    let ledger = Ledger::open(room::settings(room.folder.path()).ledger, Mode::Read).expect("a store");
    let (chronology, _) = ledger.chronology(Texts::With).expect("a chronology");
    let filter = readout_types::Filter { who: vec!["Putin".to_owned()], ..Default::default() };
    let selection = ledger.names().expect("names").select(&chronology, &filter);
    let view = readout_export::View {
        chronology: &chronology,
        contacts: selection.contacts,
        gaps: selection.gaps,
        part: None,
    };
    for format in readout_export::ExportFormat::ALL {
        let mut expected = Vec::new();
        readout_export::export(&view, format, &mut expected).expect("exported");
        let answer = room.get(&format!("/api/export?format={}&who=Putin", format.as_str())).is(200);
        assert!(answer.body == expected, "{}", format.as_str());
        assert!(answer.header("content-disposition").is_some_and(|d| d.starts_with("attachment")), "{answer:?}");
    }
    let none = room.get("/api/export?format=jsonl&who=Putin&verdict=confirmed").is(200);
    assert!(none.body.is_empty());
}
