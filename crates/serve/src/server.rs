//! Owns the connections: requests off the wire, checked before anything else happens with them; answers back onto it.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::sync::{Notify, Semaphore};

use crate::asks::{self, fields};
use crate::guard::{Asked, Guard, Refusal};
use crate::pages;
use crate::reply::{Fault, HEADERS, Reply};
use crate::room::Room;
use crate::routes::{self, Body, Found};

/// Connections at a time; further ones wait.
const CONNECTIONS: usize = 512;
/// Requests that are worked on at a time; further ones wait.
const WORKERS: usize = 8;
/// Exports and the like hold a whole chronology in memory.
const HEAVY: usize = 2;
/// A client has so long for its headers …
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
/// … and so long for a body.
const BODY_WITHIN: Duration = Duration::from_secs(120);
/// Bytes of all headers at most.
const LONGEST_HEAD: usize = 64 << 10;
/// Bytes of the form with the token at most.
const LONGEST_FORM: u64 = 4 << 10;
/// Whoever guesses tokens shall wait.
const WRONG_TOKEN: Duration = Duration::from_millis(500);

/// What the connections share.
pub(crate) struct Service {
    pub room: Arc<Room>,
    pub guard: Guard,
    workers: Semaphore,
    heavy: Semaphore,
}

impl Service {
    pub fn new(room: Arc<Room>, guard: Guard) -> Service {
        Service { room, guard, workers: Semaphore::new(WORKERS), heavy: Semaphore::new(HEAVY) }
    }
}

/// Answers until told to stop.
pub(crate) async fn run(listener: TcpListener, service: Arc<Service>, stop: Arc<Notify>) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let accept = async {
        loop {
            // Closed never: the semaphore lives as long as this loop.
            let place = places.clone().acquire_owned().await;
            let Ok((stream, _)) = listener.accept().await else {
                // Out of file descriptors: the next try may find one.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let service = service.clone();
            tokio::spawn(async move {
                let _place = place;
                let answer = service_fn(move |request| {
                    let service = service.clone();
                    async move { Ok::<_, Infallible>(answer(&service, request).await) }
                });
                // A connection that breaks is the client's affair.
                let _ = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEADERS_WITHIN)
                    .max_buf_size(LONGEST_HEAD)
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
            });
        }
    };
    let stopped = stop.notified();
    let (mut accept, mut stopped) = (std::pin::pin!(accept), std::pin::pin!(stopped));
    std::future::poll_fn(|context| {
        if stopped.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(());
        }
        accept.as_mut().poll(context).map(|_: std::convert::Infallible| ())
    })
    .await;
    Ok(())
}

async fn answer(service: &Arc<Service>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let reply = reply(service, request).await;
    let mut response = Response::new(Full::new(Bytes::from(reply.body)));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let fixed = HEADERS.iter().map(|(n, v)| (*n, (*v).to_owned()));
    for (name, value) in fixed.chain([("content-type", reply.kind.to_owned())]).chain(reply.headers) {
        // Names and values are this program's own.
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    response
}

fn header(headers: &HeaderMap, name: impl hyper::header::AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

async fn reply(service: &Arc<Service>, request: Request<Incoming>) -> Reply {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    // Two of them, or one that is no text, is nobody's honest request.
    let single = |name: HeaderName| head.headers.get_all(name).iter().count() <= 1;
    let asked = Asked {
        method: head.method.as_str(),
        path,
        host: header(&head.headers, HOST).filter(|_| single(HOST) && head.uri.authority().is_none()),
        origin: head.headers.get(ORIGIN).map(|v| v.to_str().ok().filter(|_| single(ORIGIN)).unwrap_or("null")),
        site: header(&head.headers, "sec-fetch-site"),
        authorization: header(&head.headers, AUTHORIZATION),
        cookie: header(&head.headers, COOKIE),
    };
    let read = matches!(asked.method, "GET" | "HEAD");
    match service.guard.check(&asked) {
        Ok(()) => {}
        Err(Refusal::Host) => return refused("this is another host's address"),
        Err(Refusal::Origin) => return refused("asked for by a page of another site"),
        // The page that asks for the token may be seen by all who may ask at all, and what it loads.
        Err(Refusal::Token) => {
            if asked.method == "POST" && path == "/login" {
                return login(service, &head.headers, body).await;
            }
            if let Some(asset) = pages::asset(path).filter(|_| read) {
                return asset;
            }
            return match path.starts_with("/api/") {
                true => Reply::json(401, &json!({"error": "show the token: Authorization: Bearer TOKEN"})),
                false => pages::login(401),
            };
        }
    }
    if read && let Some(page) = pages::page(path) {
        return page;
    }
    if path == "/login" {
        return to_the_room(None);
    }
    let (route, name) = match routes::find(asked.method, path) {
        Found::Route(route, name) => (route, name),
        Found::OtherMethod => return Reply::json(405, &json!({"error": "not with this method"})),
        Found::Nothing => return Fault::Absent(format!("nothing at {path:?}")).reply(),
    };
    let kind =
        header(&head.headers, CONTENT_TYPE).map(|k| k.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    // Types that no form of another site can send.
    let expected = match route.body {
        Body::None => None,
        Body::Json => Some("application/json"),
        Body::File => Some("application/octet-stream"),
    };
    if let Some(expected) = expected.filter(|e| kind.as_deref() != Some(e)) {
        return Reply::json(415, &json!({"error": format!("expected the content type {expected}")}));
    }
    let body = match read_body(&head.headers, body, route.limit(&service.room)).await {
        Ok(body) => body,
        Err(fault) => return fault.reply(),
    };
    let request = asks::Request { name, fields: fields(head.uri.query()), body };
    let heavy = route.path == "/api/export" || route.path == "/api/queue";
    let lanes = if heavy { &service.heavy } else { &service.workers };
    let _lane = lanes.acquire().await;
    let room = service.room.clone();
    let done = tokio::task::spawn_blocking(move || (route.answer)(&room, &request)).await;
    match done {
        Ok(Ok(reply)) => reply,
        Ok(Err(fault)) => fault.reply(),
        Err(_) => Fault::Failed("a fault in the program".to_owned()).reply(),
    }
}

fn refused(why: &str) -> Reply {
    Reply::json(403, &json!({"error": why}))
}

async fn read_body(headers: &HeaderMap, body: Incoming, limit: u64) -> Result<Vec<u8>, Fault> {
    let said = header(headers, CONTENT_LENGTH).and_then(|l| l.parse::<u64>().ok());
    if said.is_some_and(|length| length > limit) {
        return Err(Fault::TooLong(limit));
    }
    let limited = Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX));
    match tokio::time::timeout(BODY_WITHIN, limited.collect()).await {
        Err(_) => Err(Fault::Bad("the body did not come in time".to_owned())),
        Ok(Ok(body)) => Ok(body.to_bytes().to_vec()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(Fault::TooLong(limit)),
        Ok(Err(error)) => Err(Fault::Bad(format!("the body broke off: {error}"))),
    }
}

/// Takes the token from the form and hands out the cookie.
async fn login(service: &Service, headers: &HeaderMap, body: Incoming) -> Reply {
    let Ok(body) = read_body(headers, body, LONGEST_FORM).await else { return pages::login(400) };
    let form = fields(std::str::from_utf8(&body).ok());
    let token = form.iter().find(|(n, _)| n == "token").map_or("", |(_, v)| v.as_str());
    if service.guard.is_token(token) {
        return to_the_room(service.guard.cookie());
    }
    tokio::time::sleep(WRONG_TOKEN).await;
    pages::login(401)
}

fn to_the_room(cookie: Option<String>) -> Reply {
    let mut reply = Reply::page(303, "");
    reply.headers.push(("location", "/".to_owned()));
    reply.headers.extend(cookie.map(|c| ("set-cookie", c)));
    reply
}
