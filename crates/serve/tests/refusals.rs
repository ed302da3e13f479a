//! Owns what is refused: foreign hosts and origins, no token, what is too long, what is no request; and the headers of answers.

use crate::room;

use readout_serve::{ServeError, Server};
use room::{Room, settings};
use serde_json::json;

#[test]
fn a_foreign_host_is_refused_for_everything() {
    let room = Room::with(&[], |_| {});
    for path in ["/", "/api/state", "/api/contacts", "/assets/main.js", "/contact/x"] {
        for host in
            ["evil.example", "evil.example:7878", "127.0.0.1.evil.example", "192.0.2.1", "localhost@evil.example"]
        {
            room.request("GET", path, &[("Host", host)], b"").is(403);
        }
        let port = room.address.port();
        for host in
            ["localhost".to_owned(), format!("localhost:{port}"), "desk.example".to_owned(), format!("[::1]:{port}")]
        {
            let status = room.request("GET", path, &[("Host", &host)], b"").status;
            assert_eq!(status, 200, "{path} {host}");
        }
    }
    // Without a host, with two, or with one in the request line.
    let raw = |text: &str| room.raw(text.as_bytes()).status;
    assert_eq!(raw("GET /api/state HTTP/1.1\r\nConnection: close\r\n\r\n"), 403);
    assert_eq!(raw("GET /api/state HTTP/1.0\r\n\r\n"), 403);
    let two = raw("GET /api/state HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(two == 400 || two == 403, "{two}");
    let line = raw("GET http://evil.example/api/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(line, 403);
}

#[test]
fn a_page_of_another_site_can_neither_write_nor_read() {
    let room = Room::new();
    let id = room.ids()[0].clone();
    let decision = json!({"do": "confirm", "contact": id}).to_string();
    let own = format!("http://{}", room.address);
    let post = |headers: &[(&str, &str)]| room.request("POST", "/api/corrections", headers, decision.as_bytes()).status;
    let kind = ("Content-Type", "application/json");
    for origin in
        ["http://evil.example", "https://localhost.evil.example", "null", "http://localhost:1", "http://127.0.0.1"]
    {
        assert_eq!(post(&[kind, ("Origin", origin)]), 403, "{origin}");
        assert_eq!(room.request("GET", "/api/contacts", &[("Origin", origin)], b"").status, 403, "{origin}");
    }
    assert_eq!(post(&[kind, ("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(room.request("GET", "/api/contacts", &[("Sec-Fetch-Site", "cross-site")], b"").status, 403);
    // What a form of another site could send without asking first.
    for simple in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        assert_eq!(post(&[("Content-Type", simple)]), 415, "{simple}");
    }
    assert_eq!(post(&[]), 415);
    let asked_first = room.request("OPTIONS", "/api/corrections", &[("Origin", "http://evil.example")], b"");
    assert_eq!(asked_first.status, 403);
    assert!(asked_first.header("access-control-allow-origin").is_none());
    assert!(!room.folder.path().join("corrections.jsonl").exists(), "nothing was written");
    assert_eq!(post(&[kind, ("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 200);
    assert!(room.folder.path().join("corrections.jsonl").exists());
}

#[test]
fn an_address_that_others_reach_needs_a_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut open = settings(folder.path());
    open.address = "0.0.0.0:0".parse().expect("an address");
    assert!(matches!(Server::bind(open.clone()), Err(ServeError::Open(_))));
    open.token = Some("short".to_owned());
    assert!(matches!(Server::bind(open), Err(ServeError::ShortToken)));
    assert!(!folder.path().join("readout.db").exists(), "nothing was made");
}

#[test]
fn without_the_token_there_is_nothing_but_the_form() {
    const TOKEN: &str = "a token that is long enough";
    let room = Room::with(&room::ARTICLES, |settings| settings.token = Some(TOKEN.to_owned()));
    for path in ["/api/state", "/api/contacts", "/api/export?format=csv", "/api/openapi.json", "/api/nothing"] {
        let answer = room.get(path).is(401);
        assert!(!answer.text().contains("Putin"));
    }
    let page = room.get("/").is(401);
    assert!(page.text().contains("<form method=\"post\" action=\"/login\">"));
    room.decide(&json!({"do": "confirm", "contact": "x"})).is(401);
    let bearer = format!("Bearer {TOKEN}");
    room.request("GET", "/api/state", &[("Authorization", &bearer)], b"").is(200);
    room.request("GET", "/api/state", &[("Authorization", "Bearer another token entirely")], b"").is(401);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    room.request("POST", "/login", &form, b"token=wrong").is(401);
    let entered = room.request("POST", "/login", &form, b"token=a+token+that+is+long+enough").is(303);
    let cookie = entered.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(TOKEN), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    room.request("GET", "/api/contacts", &[("Cookie", pair)], b"").is(200);
    // The cookie does not help a page of another site.
    room.request("GET", "/api/contacts", &[("Cookie", pair), ("Origin", "http://evil.example")], b"").is(403);
    room.request("GET", "/api/contacts", &[("Cookie", pair), ("Host", "evil.example")], b"").is(403);
}

#[test]
fn what_is_too_long_is_refused() {
    let room = Room::with(&[], |settings| settings.max_upload = 1000);
    let file = [("Content-Type", "application/octet-stream")];
    let post = |length: usize| room.request("POST", "/api/documents?name=x.txt", &file, &vec![b'x'; length]).status;
    assert_eq!(post(1001), 413);
    assert_eq!(post(1000), 202);
    let json = [("Content-Type", "application/json")];
    assert_eq!(room.request("POST", "/api/corrections", &json, &vec![b' '; 300 << 10]).status, 413);
    // Of unknown length.
    let mut chunked = format!(
        "POST /api/documents?name=y.txt HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        room.address
    );
    for _ in 0..40 {
        chunked.push_str(&format!("64\r\n{}\r\n", "x".repeat(100)));
    }
    chunked.push_str("0\r\n\r\n");
    assert_eq!(room.raw(chunked.as_bytes()).status, 413);
    // Only said to be long.
    let said = format!(
        "POST /api/documents?name=z.txt HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n\
         Content-Length: 99999999999\r\n\r\nx",
        room.address
    );
    assert_eq!(room.raw(said.as_bytes()).status, 413);
    // A head without end.
    let long = format!("/api/state?x={}", "y".repeat(200 << 10));
    let status = room.get(&long).status;
    assert!(matches!(status, 0 | 400 | 414 | 431), "{status}");
    assert!(!room.folder.path().join("dropped/y.txt").exists() && !room.folder.path().join("dropped/z.txt").exists());
    room.get("/api/state").is(200);
}

#[test]
fn what_is_no_request_is_answered_or_dropped_and_the_rest_goes_on() {
    let room = Room::with(&[], |_| {});
    for bytes in [
        &b"\x00\x01\x02\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%ff%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        let status = room.raw(bytes).status;
        assert!(status == 0 || (400..500).contains(&status), "{bytes:?}: {status}");
    }
    for (path, status) in [
        ("/api/contacts/..%2f..%2fetc%2fpasswd", 404),
        ("/assets/../Cargo.toml", 404),
        ("/assets/%2e%2e/Cargo.toml", 404),
        ("/api/contacts?kind=chat", 400),
        ("/api/contacts?limit=100000", 400),
        ("/api/contacts?from=2025-13", 400),
        ("/api/contacts?nothing=1", 400),
        ("/api/export?format=exe", 400),
        ("/api/document", 400),
        ("/api/document?id=nothing", 404),
        ("/api/tasks/x", 404),
        ("/nothing", 404),
    ] {
        let answer = room.get(path);
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
    room.request("DELETE", "/api/contacts", &[], b"").is(405);
    room.get("/api/state").is(200);
}

#[test]
fn every_answer_keeps_the_browser_from_running_anything() {
    let room = Room::new();
    for path in [
        "/",
        "/api/contacts",
        "/nothing",
        "/assets/main.js",
        "/assets/room.css",
        "/api/export?format=html",
        "/api/text?id=harbour",
    ] {
        let answer = room.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")]
        {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
    // Nothing inline, nothing from elsewhere.
    for name in ["room.html", "login.html"] {
        let text = std::fs::read_to_string(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a page");
        assert!(!text.contains("<style") && !text.contains("style=") && !text.contains("://"), "{name}");
        assert!(!text.contains(" on") || !text.contains("onclick"), "{name}");
    }
}

#[test]
fn scripts_make_no_markup_of_texts() {
    let folder = format!("{}/assets", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("assets") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "js") {
            let text = std::fs::read_to_string(&path).expect("a script");
            for word in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "DOMParser",
                "eval(",
                "Function(",
                "srcdoc",
            ] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
            assert!(text.starts_with("// Owns "), "{}: say what it owns", path.display());
        }
    }
}
