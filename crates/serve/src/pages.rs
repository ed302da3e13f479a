//! Owns the pages and what they load: all of it compiled in, nothing from elsewhere.

use crate::reply::Reply;

const PAGE: &str = include_str!("../assets/room.html");
const LOGIN: &str = include_str!("../assets/login.html");

/// Files that the pages load: name, type, content.
const ASSETS: [(&str, &str, &str); 12] = [
    ("room.css", "text/css; charset=utf-8", include_str!("../assets/room.css")),
    ("room.svg", "image/svg+xml", include_str!("../assets/room.svg")),
    ("main.js", SCRIPT, include_str!("../assets/main.js")),
    ("parts.js", SCRIPT, include_str!("../assets/parts.js")),
    ("address.js", SCRIPT, include_str!("../assets/address.js")),
    ("filters.js", SCRIPT, include_str!("../assets/filters.js")),
    ("list.js", SCRIPT, include_str!("../assets/list.js")),
    ("contact.js", SCRIPT, include_str!("../assets/contact.js")),
    ("reader.js", SCRIPT, include_str!("../assets/reader.js")),
    ("review.js", SCRIPT, include_str!("../assets/review.js")),
    ("chart.js", SCRIPT, include_str!("../assets/chart.js")),
    ("drop.js", SCRIPT, include_str!("../assets/drop.js")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What lies at a path that is not of the API; `None` where nothing does.
pub(crate) fn page(path: &str) -> Option<Reply> {
    let contact = path.strip_prefix("/contact/").is_some_and(|id| !id.is_empty() && !id.contains('/'));
    if contact || matches!(path, "/" | "/queue" | "/log") {
        return Some(Reply::page(200, PAGE));
    }
    asset(path)
}

/// A file that a page loads.
pub(crate) fn asset(path: &str) -> Option<Reply> {
    let name = path.strip_prefix("/assets/")?;
    let (_, kind, body) = ASSETS.iter().find(|(n, _, _)| *n == name)?;
    // A new program may bring new files under the same names.
    let headers = vec![("cache-control", "no-cache".to_owned())];
    Some(Reply { status: 200, kind, body: body.as_bytes().to_vec(), headers })
}

/// The page that asks for the token.
pub(crate) fn login(status: u16) -> Reply {
    Reply::page(status, LOGIN)
}
