//! Owns articles that are meant to do harm: what they say arrives as text, at bounded length, and nothing of it is markup.

use crate::room;

use room::Room;

const SCRIPT: &str = "<script>document.title='owned'</script>";

fn call(extra: &str) -> String {
    format!(
        "WASHINGTON, March 18, 2025 (Harbour Wire) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025. {extra} \
         The conversation lasted 90 minutes, the White House said.\n"
    )
}

#[test]
fn scripts_and_handlers_arrive_as_text() {
    let plain = call(&format!("{SCRIPT} <img src=x onerror=alert(1)> \"><svg onload=alert(2)>"));
    let page = format!(
        "<html><head><title>A call {}</title><script>steal()</script></head><body><article><h1>A call</h1><p onclick=\"steal()\">{}</p>\
         <iframe src=\"javascript:steal()\"></iframe></article></body></html>",
        "&lt;img src=x onerror=alert(3)&gt;",
        call("&lt;script&gt;steal()&lt;/script&gt;"),
    );
    let room = Room::with(&[("plain.txt", &plain), ("page.html", &page)], |_| {});
    for path in
        ["/api/contacts", "/api/facets", "/api/chart", "/api/queue", "/api/document?id=plain", "/api/document?id=page"]
    {
        let answer = room.get(path).is(200);
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    let text = |id: &str| {
        let page = room.get(&format!("/api/document?id={id}")).is(200).json();
        let parts =
            page["blocks"].as_array().expect("blocks").iter().flat_map(|b| b["excerpts"].as_array().expect("excerpts"));
        parts
            .flat_map(|e| e.as_array().expect("parts"))
            .filter_map(|p| p["text"].as_str().map(str::to_owned))
            .collect::<String>()
    };
    assert!(text("plain").contains(SCRIPT), "shown as it was written");
    let page = text("page");
    assert!(page.contains("<script>steal()</script>") && !page.contains("onclick"), "{page}");
    // The original leaves as a file of plain text, never as a page.
    let original = room.get("/api/text?id=page").is(200);
    assert_eq!(original.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(original.header("content-disposition").is_some_and(|d| d.starts_with("attachment")));
    // Nothing of an article is in the page itself.
    for path in ["/", "/queue", "/contact/%3Cscript%3Ealert(1)%3C%2Fscript%3E"] {
        let page = room.get(path).is(200).text();
        assert_eq!(page, include_str!("../assets/room.html"), "{path}");
    }
    let absent = room.get("/api/contacts/%3Cscript%3Ealert(1)%3C%2Fscript%3E").is(404);
    assert_eq!(absent.header("content-type"), Some("application/json"));
    // Exports leave as files, with what they quote escaped.
    let html = room.get("/api/export?format=html").is(200);
    assert!(html.header("content-disposition").is_some() && !html.text().contains("<script"), "{}", html.text());
}

#[test]
fn characters_that_turn_the_text_around_are_seen() {
    let turned = call("He said \u{202e}gnihton\u{202c} and \u{2066}left\u{2069}.\u{1b}[31m")
        .replace("Harbour Wire", "Harbour\u{202e} Wire");
    let room = Room::with(&[("turned.txt", &turned)], |_| {});
    for path in ["/api/contacts", "/api/facets", "/api/document?id=turned", "/api/chart", "/api/queue"] {
        let text = room.get(path).is(200).text();
        for hidden in ['\u{202e}', '\u{202c}', '\u{2066}', '\u{2069}', '\u{1b}'] {
            let escaped = format!("\\u{:04x}", hidden as u32);
            assert!(!text.contains(hidden) && !text.contains(&escaped), "{path}: {hidden:?}");
        }
    }
    assert!(room.get("/api/document?id=turned").text().contains('\u{fffd}'));
}

#[test]
fn an_endless_line_is_shown_in_excerpts() {
    let endless = call(&"The sea was calm that day. ".repeat(200_000));
    assert!(endless.len() > 5_000_000);
    let room = Room::with(&[("endless.txt", &endless)], |_| {});
    let begun = room.get("/api/document?id=endless").is(200);
    assert!(begun.body.len() < 1_000_000, "{} bytes", begun.body.len());
    for id in room.ids() {
        let page = room.get(&format!("/api/contacts/{id}")).is(200);
        assert!(page.body.len() < 1_000_000, "{id}: {} bytes", page.body.len());
    }
    assert!(room.get("/api/contacts").is(200).body.len() < 100_000);
    assert_eq!(room.get("/api/text?id=endless").is(200).body.len(), endless.len(), "nothing is lost");
}
