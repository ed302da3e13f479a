//! Owns the tests of the exports: each is opened by something that reads its format, or held against the format's own list of
//! fields, and says what it cannot carry.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use readout_export::{ExportFormat, View, export, stats, stats_json};
use readout_types::{Chronology, Status};
use serde_json::Value;

/// The sample with a call and a meeting of single days, one of them cancelled, an address, and text that would do harm.
fn chronology() -> Chronology {
    let mut all = sample::chronology();
    all.documents[0].url = Some("https://harbour.example/ninth?a=1&b=2".to_owned());
    all.documents[1].url = Some("javascript:alert(1)".to_owned());
    all.documents[1].title = Some("Trump und Putin: ‘call’ <script>alert(1)</script>\u{202e}".to_owned());
    all.documents[1].source = Some("=HYPERLINK(\"x\") & \"Quarry\"".to_owned());
    let mut cancelled = all.contacts[1].clone();
    cancelled.id = "2026-02-02-visit-macron-merz-0001".to_owned();
    cancelled.kind = readout_types::ContactKind::Visit;
    cancelled.status = Status::Cancelled;
    cancelled.when.interval = sample::interval("2026-02-02/2026-02-04");
    cancelled.topics = vec!["a; b".to_owned(), "c, \"d\"\nand <e>".to_owned()];
    all.contacts.insert(1, cancelled);
    let mut visit = all.contacts[2].clone();
    visit.id = "2026-01-10-meeting-macron-merz-0002".to_owned();
    visit.status = Status::Held;
    visit.when.interval = sample::interval("2026-01-10");
    visit.initiator = Some(visit.participants[1].clone());
    all.contacts.insert(1, visit);
    all
}

fn bytes(format: ExportFormat) -> Vec<u8> {
    let chronology = chronology();
    let mut out = Vec::new();
    export(&View::all(&chronology), format, &mut out).expect("a vector takes everything");
    out
}

fn text(format: ExportFormat) -> String {
    String::from_utf8(bytes(format)).expect("UTF-8")
}

fn lines(format: ExportFormat) -> Vec<Value> {
    text(format).lines().map(|l| serde_json::from_str(l).expect("a line is JSON")).collect()
}

#[test]
fn every_format_is_written_twice_alike_and_empty_without_fault() {
    let nothing = Chronology::default();
    for format in ExportFormat::ALL {
        assert_eq!(bytes(format), bytes(format), "{format:?}");
        assert_eq!(ExportFormat::parse(format.as_str()), Some(format));
        let mut out = Vec::new();
        export(&View::all(&nothing), format, &mut out).expect("nothing to write is no fault");
    }
}

#[test]
fn csv_reads_back() {
    let text = text(ExportFormat::Csv);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
    let rows: Vec<BTreeMap<String, String>> = reader
        .records()
        .map(|r| names.iter().cloned().zip(r.expect("a record").iter().map(str::to_owned)).collect())
        .collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0]["participants"], "Donald Trump; Vladimir Putin");
    assert_eq!((rows[0]["edtf"].as_str(), rows[0]["minutes_min"].as_str()), ("2025-12-28", "75"));
    assert_eq!(rows[0]["disputes"], "duration_minutes: 75 min or 150 min");
    assert!(rows[0]["outlets"].starts_with("'="), "a spreadsheet would take it for a formula");
    assert_eq!((rows[4]["edtf"].as_str(), rows[4]["earliest"].as_str()), ("..", ""));
    assert!(rows[4]["note"].starts_with("Date: not known."), "{}", rows[4]["note"]);
}

#[test]
fn json_lines_are_the_contacts_of_the_json() {
    let whole: Value = serde_json::from_str(&text(ExportFormat::Json)).expect("JSON");
    assert_eq!(whole["contacts"].as_array(), Some(&lines(ExportFormat::Jsonl)));
}

#[test]
fn parquet_reads_back() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes(ExportFormat::Parquet))).expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema().clone();
    let index: BTreeMap<String, usize> =
        schema.get_fields().iter().enumerate().map(|(i, f)| (f.name().to_owned(), i)).collect();
    let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0].get_string(index["id"]).expect("a text"), "2025-12-28-call-putin-trump-3f9a");
    assert_eq!(rows[0].get_list(index["participants"]).expect("a list").len(), 2);
    assert_eq!(rows[2].get_list(index["topics"]).expect("a list").len(), 2);
    assert_eq!(rows[0].get_list(index["topics"]).expect("a list").len(), 1);
    assert_eq!(rows[4].get_list(index["topics"]).expect("a list").len(), 0);
    // 2025-12-28 is day 20450 since 1970-01-01.
    let day = |row: usize| rows[row].get_column_iter().nth(index["earliest"]).map(|(_, field)| field.clone());
    assert_eq!(day(0), Some(parquet::record::Field::Date(20450)));
    assert_eq!(day(4), Some(parquet::record::Field::Null), "an unknown day is null");
    assert_eq!(rows[0].get_int(index["minutes_max"]).expect("a number"), 75);
}

#[test]
fn icalendar_is_read_by_a_parser_and_stands_on_known_days_only() {
    let text = text(ExportFormat::Ical);
    assert!(text.lines().all(|l| l.trim_end_matches('\r').len() <= 75), "lines are folded");
    let calendar: icalendar::Calendar = text.parse().expect("a calendar");
    use icalendar::Component;
    let events: Vec<&icalendar::Event> = calendar.components.iter().filter_map(|c| c.as_event()).collect();
    let get = |e: &icalendar::Event, name: &str| e.property_value(name).unwrap_or_default().to_owned();
    let shown: Vec<(String, String, String, String)> =
        events.iter().map(|e| (get(e, "UID"), get(e, "DTSTART"), get(e, "DTEND"), get(e, "STATUS"))).collect();
    let row = |id: &str, a: &str, b: &str, s: &str| (format!("{id}@readout"), a.to_owned(), b.to_owned(), s.to_owned());
    assert_eq!(
        shown,
        [
            row("2025-12-28-call-putin-trump-3f9a", "20251228", "20251229", "CONFIRMED"),
            row("2026-01-10-meeting-macron-merz-0002", "20260110", "20260111", "CONFIRMED"),
            row("2026-02-02-visit-macron-merz-0001", "20260202", "20260205", "CANCELLED"),
            row("2026-03-meeting-macron-merz-77aa", "20260301", "20260401", "TENTATIVE"),
        ]
    );
    assert_eq!(get(events[0], "DTSTAMP"), "20251229T000000Z");
    assert!(get(events[0], "DESCRIPTION").contains("Sources disagree on duration"));
    assert!(get(events[3], "SUMMARY").contains("some day of 2026-03"));
    assert!(text.replace("\r\n ", "").contains("1 contact is not in this calendar"), "{text}");
}

#[test]
fn timelinejs_has_what_its_documentation_asks_for() {
    let whole: Value = serde_json::from_str(&text(ExportFormat::Timelinejs)).expect("JSON");
    let events = whole["events"].as_array().expect("events");
    assert_eq!(events.len(), 4);
    let mut ids = BTreeSet::new();
    for event in events {
        let known = ["unique_id", "start_date", "end_date", "display_date", "text", "group"];
        assert!(event.as_object().expect("an object").keys().all(|k| known.contains(&k.as_str())));
        assert!(
            event["start_date"]["year"].is_i64()
                && event["display_date"].is_string()
                && event["text"]["headline"].is_string()
        );
        assert!(ids.insert(event["unique_id"].as_str().expect("an id").to_owned()));
        assert!(!event["text"]["text"].as_str().expect("a text").contains("<script"));
    }
    assert_eq!(events[3]["start_date"], serde_json::json!({"year": 2026, "month": 3}), "a month has no day");
    assert!(whole["title"]["text"]["text"].as_str().is_some_and(|t| t.contains("1 contact is not on the timeline")));
}

#[test]
fn plover_fields_and_values() {
    let events = lines(ExportFormat::Plover);
    assert_eq!(events.len(), 3, "what is planned or cancelled is no event");
    let fields = [
        "id",
        "date",
        "source",
        "target",
        "event",
        "mode",
        "context",
        "eventText",
        "text",
        "language",
        "publication",
        "coder",
        "version",
        "comment",
    ];
    for event in &events {
        assert!(event.as_object().expect("an object").keys().all(|k| fields.contains(&k.as_str())), "{event}");
        assert_eq!(event["event"], "CONSULT");
        assert!(["phone", "visit", "third-party", "multilateral", ""].contains(&event["mode"].as_str().unwrap_or("?")));
        for actor in event["source"].as_array().into_iter().chain(event["target"].as_array()).flatten() {
            assert!(
                actor
                    .as_object()
                    .expect("an object")
                    .keys()
                    .all(|k| ["actorText", "code", "sector"].contains(&k.as_str()))
            );
        }
        let comment = event["comment"].as_str().unwrap_or_default();
        assert!((40..=46).any(|n| comment.starts_with(&format!("CAMEO 0{n}."))), "{comment}");
    }
    assert_eq!((&events[0]["mode"], &events[0]["source"][0]["code"]), (&Value::from("phone"), &Value::from("USA")));
    // Macron and Merz met in France: the guest comes first.
    assert_eq!((&events[1]["mode"], &events[1]["source"][0]["code"]), (&Value::from("visit"), &Value::from("DEU")));
    assert_eq!(events[2]["date"], "", "an unknown day is no date");
}

#[test]
fn polecat_columns() {
    let text = text(ExportFormat::Polecat);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(text.as_bytes());
    let names = reader.headers().expect("names").clone();
    let start =
        ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name"];
    assert!(names.iter().zip(start).all(|(a, b)| a == b), "{names:?}");
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row has as many cells as names")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!((&rows[0][1], &rows[0][2], &rows[0][3]), ("2025-12-28", "CONSULT", "phone"));
    assert_eq!(&rows[2][1], "");
}

/// The properties of the schemata that are used, with those they inherit, from followthemoney/schema in its repository
/// (Thing, LegalEntity, Person, Organization, PublicBody, Interval, Event, Document).
fn allowed(schema: &str) -> Vec<&'static str> {
    let mut all = vec!["name", "country", "notes", "keywords", "sourceUrl", "publisher", "proof", "summary"];
    all.extend(match schema {
        "Person" => vec!["position"],
        "PublicBody" | "Organization" => vec![],
        "Event" => vec!["date", "location", "involved", "organizer", "recordId"],
        "Document" => vec!["title", "publishedAt"],
        other => panic!("no schema {other}"),
    });
    all
}

#[test]
fn followthemoney_entities_keep_to_their_schemata() {
    let entities = lines(ExportFormat::Ftm);
    let ids: BTreeSet<&str> = entities.iter().filter_map(|e| e["id"].as_str()).collect();
    assert_eq!(ids.len(), entities.len(), "ids are unique");
    for entity in &entities {
        let schema = entity["schema"].as_str().expect("a schema");
        let properties = entity["properties"].as_object().expect("properties");
        assert!(properties.contains_key("name"), "{entity}");
        for (name, values) in properties {
            assert!(allowed(schema).contains(&name.as_str()), "{schema} has no {name}");
            let values = values.as_array().expect("values are lists");
            assert!(!values.is_empty() && values.iter().all(Value::is_string));
            // What a property may point at, by its `range`.
            let range: &[&str] = match name.as_str() {
                "involved" | "organizer" => &["Person", "PublicBody", "Organization"],
                "proof" => &["Document"],
                _ => &[],
            };
            if !range.is_empty() {
                let points = |id: &str| {
                    entities.iter().any(|e| e["id"] == id && range.contains(&e["schema"].as_str().unwrap_or("")))
                };
                assert!(values.iter().all(|v| v.as_str().is_some_and(points)), "{name} of {entity}");
            }
            if ["date", "publishedAt"].contains(&name.as_str()) {
                // Years, months and days of ISO 8601, as the format's dates are.
                let is_date = |d: &str| matches!(d.len(), 4 | 7 | 10) && d.parse::<readout_types::Interval>().is_ok();
                assert!(values.iter().all(|v| v.as_str().is_some_and(is_date)), "{name} of {entity}");
            }
            if name == "sourceUrl" {
                assert!(values.iter().all(|v| v.as_str().is_some_and(|u| u.starts_with("https://"))), "{entity}");
            }
            if name == "country" {
                assert!(values.iter().all(|v| v.as_str().is_some_and(|c| c.len() == 2 && c == c.to_lowercase())));
            }
        }
    }
    let event = |id: &str| entities.iter().find(|e| e["id"] == format!("contact-{id}").as_str()).expect("an event");
    assert_eq!(event("2026-03-meeting-macron-merz-77aa")["properties"]["date"][0], "2026-03");
    assert!(event("undated-meeting-brazil-china-0b1c")["properties"]["date"].is_null());
}

#[test]
fn annotations_keep_to_the_model_and_point_at_their_words() {
    let whole: Value = serde_json::from_str(&text(ExportFormat::Annotations)).expect("JSON");
    assert_eq!(
        (&whole["@context"], &whole["type"]),
        (&"http://www.w3.org/ns/anno.jsonld".into(), &"AnnotationCollection".into())
    );
    let items = whole["first"]["items"].as_array().expect("items");
    assert_eq!(whole["total"], items.len());
    let chronology = chronology();
    let mut ids = BTreeSet::new();
    for item in items {
        assert_eq!(item["type"], "Annotation");
        assert!(ids.insert(item["id"].as_str().expect("an id")));
        let source = item["target"]["source"].as_str().expect("a source");
        assert!(source.starts_with("https://") || source.starts_with("urn:readout:document:"), "{source}");
        let selectors = item["target"]["selector"].as_array().expect("selectors");
        assert_eq!(selectors[0]["type"], "TextQuoteSelector");
        let exact = selectors[0]["exact"].as_str().expect("a quote");
        let Some(place) = selectors.get(1) else { continue };
        let at = |name: &str| place[name].as_u64().expect("a number") as usize;
        let found = chronology.documents.iter().filter_map(|d| d.original.text()).any(|text| {
            let slice = |a: usize, b: usize| text.chars().skip(a).take(b - a).collect::<String>();
            let before = selectors[0]["prefix"].as_str().unwrap_or("");
            let n = before.chars().count();
            slice(at("start"), at("end")) == exact && at("start") >= n && slice(at("start") - n, at("start")) == before
        });
        assert!(found, "{item}");
    }
}

#[test]
fn json_ld_is_schema_org() {
    let whole: Value = serde_json::from_str(&text(ExportFormat::Jsonld)).expect("JSON");
    assert_eq!(whole["@context"]["@vocab"], "https://schema.org/");
    let graph = whole["@graph"].as_array().expect("a graph");
    assert_eq!(graph.len(), 5);
    // The properties of schema.org/Event and what it inherits from Thing.
    let known = [
        "@type",
        "@id",
        "identifier",
        "name",
        "additionalType",
        "startDate",
        "temporalCoverage",
        "eventStatus",
        "eventAttendanceMode",
        "attendee",
        "organizer",
        "location",
        "duration",
        "keywords",
        "description",
        "subjectOf",
    ];
    for event in graph {
        assert!(event.as_object().expect("an object").keys().all(|k| known.contains(&k.as_str())), "{event}");
        assert!(event["@id"].as_str().is_some_and(|id| id.starts_with("urn:readout:contact:") && id.is_ascii()));
    }
    assert_eq!(graph[2]["eventStatus"]["@id"], "https://schema.org/EventCancelled");
    assert_eq!((&graph[0]["startDate"], &graph[0]["duration"]), (&"2025-12-28".into(), &"PT75M".into()));
    assert_eq!(graph[3]["startDate"], "2026-03");
    assert!(graph[2]["startDate"].is_null(), "some day of three is no date");
}

/// Reads JSON-LD to its end as an RDF store would: every triple it says, `subject predicate object`. Relative addresses,
/// terms of a wrong type and contexts that are not known are errors.
fn triples(json: &str) -> Vec<(String, String, String)> {
    let parser = JsonLdParser::new().for_slice(json.as_bytes()).with_load_document_callback(|url, _| {
        assert_eq!(url, "http://www.w3.org/ns/anno.jsonld");
        Ok(JsonLdRemoteDocument { document: anno_context().to_string().into_bytes(), document_url: url.to_owned() })
    });
    parser
        .map(|quad| quad.expect("JSON-LD that expands"))
        .map(|q| (q.subject.to_string(), q.predicate.as_str().to_owned(), q.object.to_string()))
        .collect()
}

/// The terms of the Web Annotation vocabulary that the export uses, and what they mean by the W3C's context.
fn anno_context() -> Value {
    let oa = |name: &str| format!("http://www.w3.org/ns/oa#{name}");
    let activity = |name: &str| format!("http://www.w3.org/ns/activitystreams#{name}");
    let mut terms = serde_json::Map::new();
    for name in ["Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "describing", "tagging"] {
        terms.insert(name.to_owned(), oa(name).into());
    }
    for name in ["start", "end", "exact", "prefix", "suffix"] {
        terms.insert(name.to_owned(), oa(name).into());
    }
    for (term, name) in
        [("body", "hasBody"), ("target", "hasTarget"), ("source", "hasSource"), ("selector", "hasSelector")]
    {
        terms.insert(term.to_owned(), serde_json::json!({"@id": oa(name), "@type": "@id"}));
    }
    for (term, name) in [("motivation", "motivatedBy"), ("purpose", "hasPurpose")] {
        terms.insert(term.to_owned(), serde_json::json!({"@id": oa(name), "@type": "@vocab"}));
    }
    for (term, name) in [
        ("AnnotationCollection", "OrderedCollection"),
        ("AnnotationPage", "OrderedCollectionPage"),
        ("total", "totalItems"),
        ("startIndex", "startIndex"),
    ] {
        terms.insert(term.to_owned(), activity(name).into());
    }
    terms.insert("first".to_owned(), serde_json::json!({"@id": activity("first"), "@type": "@id"}));
    let items = serde_json::json!({"@id": activity("items"), "@type": "@id", "@container": "@list"});
    terms.insert("items".to_owned(), items);
    for (term, meaning) in [
        ("format", "http://purl.org/dc/elements/1.1/format"),
        ("language", "http://purl.org/dc/elements/1.1/language"),
        ("value", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"),
        ("label", "http://www.w3.org/2000/01/rdf-schema#label"),
        ("id", "@id"),
        ("type", "@type"),
    ] {
        terms.insert(term.to_owned(), meaning.into());
    }
    serde_json::json!({ "@context": terms })
}

/// The names of all fields in a value.
fn field_names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            found.insert(name.clone());
            field_names(value, found);
        }),
        Value::Array(values) => values.iter().for_each(|v| field_names(v, found)),
        _ => {}
    }
}

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

#[test]
fn json_ld_expands_to_schema_org() {
    let found = triples(&text(ExportFormat::Jsonld));
    let events: BTreeSet<&str> =
        found.iter().filter(|t| t.1 == TYPE && t.2 == "<https://schema.org/Event>").map(|t| t.0.as_str()).collect();
    assert_eq!(events.len(), 5);
    for (subject, predicate, object) in &found {
        assert!(predicate == TYPE || predicate.starts_with("https://schema.org/"), "{subject} {predicate} {object}");
    }
    let call = "<urn:readout:contact:2025-12-28-call-putin-trump-3f9a>";
    let of = |name: &str| -> Vec<&str> {
        let predicate = format!("https://schema.org/{name}");
        found.iter().filter(|t| t.0 == call && t.1 == predicate).map(|t| t.2.as_str()).collect()
    };
    assert_eq!(of("startDate"), ["\"2025-12-28\""]);
    assert_eq!(of("eventStatus"), ["<https://schema.org/EventScheduled>"]);
    assert_eq!(of("attendee").len(), 2);
    // Every node that an event points at says what it is.
    for (_, _, object) in
        found.iter().filter(|t| t.0 == call && ["attendee", "subjectOf"].iter().any(|n| t.1.ends_with(n)))
    {
        assert!(found.iter().any(|t| t.0 == *object && t.1 == TYPE), "{object}");
    }
}

#[test]
fn annotations_expand_to_the_web_annotation_vocabulary() {
    let text = text(ExportFormat::Annotations);
    let whole: Value = serde_json::from_str(&text).expect("JSON");
    let (mut names, context) = (BTreeSet::new(), anno_context());
    field_names(&whole, &mut names);
    names.remove("@context");
    let unknown: Vec<&String> = names.iter().filter(|n| context["@context"].get(n.as_str()).is_none()).collect();
    assert!(unknown.is_empty(), "an expander drops {unknown:?}");
    let found = triples(&text);
    let count =
        |predicate: &str| found.iter().filter(|t| t.1 == format!("http://www.w3.org/ns/oa#{predicate}")).count();
    let items = whole["total"].as_u64().expect("a number") as usize;
    assert_eq!((count("hasTarget"), count("hasSource"), count("motivatedBy")), (items, items, items));
    assert_eq!((count("hasBody"), count("hasPurpose"), count("exact")), (2 * items, 2 * items, items));
    assert!(
        found.iter().filter(|t| t.1.ends_with("#hasSource")).all(|t| t.2.starts_with('<')),
        "sources are addresses"
    );
    assert!(
        found.iter().filter(|t| t.1.ends_with("#motivatedBy")).all(|t| t.2 == "<http://www.w3.org/ns/oa#describing>")
    );
}

/// The cells of the tables of a Markdown text, by row, and the addresses it links to, by a parser of GitHub's Markdown.
fn read_markdown(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut rows, mut links, mut cell) = (Vec::<Vec<String>>::new(), Vec::new(), None);
    let mut head = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableHead) => head = true,
            Event::End(TagEnd::TableHead) => head = false,
            Event::Start(Tag::TableCell) if !head => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                if let (Some(row), Some(cell)) = (rows.last_mut(), cell.take()) {
                    row.push(cell);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::Html(html) | Event::InlineHtml(html) => panic!("markup from a source: {html}"),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Image { .. }) | Event::Code(_) => {
                panic!("markup from a source: {text}")
            }
            Event::Text(words) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&words);
                }
            }
            _ => {}
        }
    }
    (rows, links)
}

#[test]
fn markdown_is_read_by_a_parser() {
    let text = text(ExportFormat::Markdown);
    let (rows, links) = read_markdown(&text);
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [6; 5], "five contacts, six cells each");
    assert_eq!((rows[0][0].as_str(), rows[0][2].as_str()), ("1", "call"));
    assert!(rows[0][3].contains("Donald Trump") && rows[0][5].ends_with('!'), "{:?}", rows[0]);
    assert!(rows.iter().any(|r| r[4].contains("and <e>")), "a topic with marks in it stays as it is: {rows:?}");
    assert_eq!(links, ["https://harbour.example/ninth?a=1&b=2"]);
}

#[test]
fn graphml_is_read_by_an_xml_parser() {
    let text = text(ExportFormat::Graphml);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut nodes, mut edges, mut keys) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    loop {
        use quick_xml::events::Event;
        let (Event::Start(element) | Event::Empty(element)) = (match reader.read_event().expect("well formed") {
            Event::Eof => break,
            Event::Start(e) => Event::Start(e),
            Event::Empty(e) => Event::Empty(e),
            _ => continue,
        }) else {
            continue;
        };
        let get = |name: &str| {
            let found = element.try_get_attribute(name).expect("attributes").expect("an attribute");
            found.value.into_owned()
        };
        match element.name().as_ref() {
            "node" => drop(nodes.insert(get("id"))),
            "edge" => edges.push((get("source"), get("target"))),
            "key" => drop(keys.insert(get("id"))),
            "data" => assert!(keys.contains(&get("key"))),
            _ => {}
        }
    }
    assert_eq!((nodes.len(), edges.len()), (6, 3));
    assert!(edges.iter().all(|(a, b)| nodes.contains(a) && nodes.contains(b)));
}

#[test]
fn pages_are_one_file_without_script_and_their_notes_are_numbered() {
    for format in [ExportFormat::Html, ExportFormat::Print] {
        let text = text(format);
        let page = dom_query::Document::from(text.as_str());
        assert_eq!(page.select("script, img, link, iframe, object, [onclick], [style]").length(), 0);
        assert_eq!(page.select("tbody tr").length(), 5);
        for link in page.select("a").iter() {
            let target = link.attr("href").unwrap_or_default().to_string();
            match target.strip_prefix('#') {
                Some(id) => assert_eq!(page.select(&format!("[id=\"{id}\"]")).length(), 1, "{target}"),
                None => assert_eq!(target, "https://harbour.example/ninth?a=1&b=2"),
            }
        }
        assert_eq!(page.select("ol.notes li").length(), 3);
        assert_eq!(page.select("details").length(), if format == ExportFormat::Html { 5 } else { 0 });
        assert!(!text.contains('\u{202e}') && page.select("main").text().contains("<script>alert(1)</script>"));
        assert!(page.select("main").text().contains("Undated: no source says when"));
    }
}

#[test]
fn statistics_of_pairs() {
    let chronology = chronology();
    let view = View::all(&chronology);
    insta::assert_snapshot!(stats(&view, &readout_export::Look { width: 100, color: false }, 2));
    let whole: Value = serde_json::from_str(&stats_json(&view)).expect("JSON");
    assert_eq!(whole["pairs"].as_array().map(Vec::len), Some(3));
    let macron = whole["pairs"].as_array().and_then(|p| p.iter().find(|p| p["participants"][0] == "Emmanuel Macron"));
    assert_eq!(macron.map(|p| (&p["held"], &p["open"], &p["off"])), Some((&1.into(), &1.into(), &1.into())));
}
