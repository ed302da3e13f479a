//! Owns who may ask: names of this server (DNS rebinding), pages of other sites (forged requests), the token.

use std::net::{IpAddr, SocketAddr};

use sha2::{Digest, Sha256};

/// The cookie that a browser carries once it has shown the token.
const COOKIE: &str = "readout_room";

/// What of a request decides whether it is answered.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// The path.
    pub path: &'a str,
    /// `Host`.
    pub host: Option<&'a str>,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`.
    pub site: Option<&'a str>,
    /// `Authorization`.
    pub authorization: Option<&'a str>,
    /// `Cookie`.
    pub cookie: Option<&'a str>,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It names another host.
    Host,
    /// It comes from a page of another site.
    Origin,
    /// It does not show the token.
    Token,
}

/// Who may ask.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// Whether only this machine can reach the server.
    loopback: bool,
    /// Further names of it, in lower case.
    names: Vec<String>,
    /// Hash of the token, where one is asked for.
    token: Option<[u8; 32]>,
}

fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Guard {
    pub fn new(address: SocketAddr, names: &[String], token: Option<&str>) -> Guard {
        Guard {
            loopback: address.ip().is_loopback(),
            names: names.iter().map(|n| n.trim().to_ascii_lowercase()).collect(),
            token: token.map(|t| hash(&["token", t])),
        }
    }

    /// Whether a request may be answered.
    pub fn check(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        let host = asked.host.filter(|host| self.is_own(host)).ok_or(Refusal::Host)?;
        // A page of another site may link here, and no more: it may not write, and what programs read is not for it.
        let page = matches!(asked.method, "GET" | "HEAD") && !asked.path.starts_with("/api/");
        let foreign = match (asked.origin, asked.site) {
            (Some(origin), _) => {
                let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
                rest.is_none_or(|rest| !rest.eq_ignore_ascii_case(host))
            }
            (None, Some(site)) => !page && !matches!(site, "same-origin" | "none"),
            (None, None) => false,
        };
        if foreign {
            return Err(Refusal::Origin);
        }
        if self.token.is_some() && !self.is_shown(asked) {
            return Err(Refusal::Token);
        }
        Ok(())
    }

    /// Whether this server is meant: this machine, an address where it answers to others, or a name it was given.
    fn is_own(&self, host: &str) -> bool {
        let bare = match host.rsplit_once(':') {
            Some((bare, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => bare,
            Some(_) if host.ends_with(']') => host,
            Some(_) => return false,
            None => host,
        };
        let inner = bare.strip_prefix('[').and_then(|b| b.strip_suffix(']')).unwrap_or(bare);
        if let Ok(address) = inner.parse::<IpAddr>() {
            return address.is_loopback() || !self.loopback;
        }
        bare.eq_ignore_ascii_case("localhost") || self.names.iter().any(|n| bare.eq_ignore_ascii_case(n))
    }

    fn is_shown(&self, asked: &Asked<'_>) -> bool {
        let bearer = asked.authorization.and_then(|a| a.strip_prefix("Bearer "));
        if bearer.is_some_and(|token| self.is_token(token)) {
            return true;
        }
        let Some(value) = self.session() else { return false };
        let cookies = asked.cookie.unwrap_or("").split(';').map(str::trim);
        // Compared as hashes, so that the time it takes tells nothing.
        let shown = cookies.filter_map(|c| c.strip_prefix(COOKIE)?.strip_prefix('='));
        shown.into_iter().any(|c| hash(&[c]) == hash(&[&value]))
    }

    /// Whether it is the token.
    pub fn is_token(&self, token: &str) -> bool {
        self.token == Some(hash(&["token", token.trim()]))
    }

    fn session(&self) -> Option<String> {
        self.token.map(|token| hex(&hash(&["session", &hex(&token)])))
    }

    /// The header that makes a browser carry what it needs from now on.
    pub fn cookie(&self) -> Option<String> {
        let value = self.session()?;
        Some(format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(address: &str, token: Option<&str>) -> Guard {
        Guard::new(address.parse().expect("an address"), &["Desk.Example".to_owned()], token)
    }

    #[test]
    fn hosts() {
        let (local, open) = (guard("127.0.0.1:7878", None), guard("0.0.0.0:7878", None));
        for host in
            ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "127.0.0.1", "[::1]:7878", "[::1]", "desk.example:80"]
        {
            assert!(local.is_own(host) && open.is_own(host), "{host}");
        }
        for host in ["192.0.2.7:7878", "[2001:db8::1]:7878"] {
            assert!(!local.is_own(host) && open.is_own(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:7878",
            "localhost.evil.example",
            "127.0.0.1.evil.example:7878",
            "",
            ":",
            "x:y",
            "localhost:",
        ] {
            assert!(!local.is_own(host) && !open.is_own(host), "{host}");
        }
    }

    #[test]
    fn pages_of_other_sites_may_link_and_nothing_else() {
        let guard = guard("127.0.0.1:7878", None);
        let check = |method, path, origin, site| {
            guard.check(&Asked { method, path, host: Some("localhost:7878"), origin, site, ..Asked::default() })
        };
        for (method, path, origin, site, expected) in [
            ("GET", "/contact/x", None, Some("cross-site"), Ok(())),
            ("GET", "/api/contacts", None, Some("cross-site"), Err(Refusal::Origin)),
            ("GET", "/api/contacts", None, Some("same-site"), Err(Refusal::Origin)),
            ("GET", "/api/contacts", None, Some("same-origin"), Ok(())),
            ("GET", "/api/contacts", None, None, Ok(())),
            ("GET", "/", Some("http://evil.example"), None, Err(Refusal::Origin)),
            ("POST", "/api/corrections", Some("http://localhost:7878"), Some("same-origin"), Ok(())),
            ("POST", "/api/corrections", Some("http://localhost:9999"), Some("same-site"), Err(Refusal::Origin)),
            ("POST", "/api/corrections", Some("http://evil.example"), Some("cross-site"), Err(Refusal::Origin)),
            ("POST", "/api/corrections", Some("null"), None, Err(Refusal::Origin)),
            ("POST", "/api/corrections", Some("file://localhost:7878"), None, Err(Refusal::Origin)),
            ("POST", "/api/corrections", None, Some("cross-site"), Err(Refusal::Origin)),
        ] {
            assert_eq!(check(method, path, origin, site), expected, "{method} {path} {origin:?} {site:?}");
        }
    }

    #[test]
    fn tokens() {
        let guard = guard("0.0.0.0:7878", Some("a long enough token"));
        let check = |authorization, cookie| {
            let asked =
                Asked { method: "GET", path: "/", host: Some("localhost"), authorization, cookie, ..Asked::default() };
            guard.check(&asked)
        };
        let cookie = guard.cookie().expect("a cookie");
        let pair = cookie.split(';').next().expect("a pair");
        assert_eq!(check(Some("Bearer a long enough token"), None), Ok(()));
        let among_others = format!("other=1; {pair}");
        assert_eq!(check(None, Some(&among_others)), Ok(()));
        for (authorization, cookie) in [
            (None, None),
            (Some("Bearer another token"), None),
            (Some("Basic a long enough token"), None),
            (None, Some("readout_room=a long enough token")),
            (None, Some("readout_room=")),
        ] {
            assert_eq!(check(authorization, cookie), Err(Refusal::Token), "{authorization:?} {cookie:?}");
        }
    }
}
