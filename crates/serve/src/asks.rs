//! Owns what a request asks for: the fields of its address as a filter, a page of rows, a name.

use readout_types::{ContactKind, Filter, Interval, Status};

use crate::reply::Fault;
use crate::room::Room;

/// Rows of one answer at most.
pub(crate) const MOST_ROWS: usize = 500;

/// A request that may be answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// The part of the path that the route leaves open.
    pub name: String,
    /// The fields of the address, in order.
    pub fields: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The last value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Refuses fields that mean nothing here: a filter with a slip in it must not look like an answer.
    pub fn only(&self, known: &[&str]) -> Result<(), Fault> {
        match self.fields.iter().find(|(n, _)| !known.contains(&n.as_str())) {
            Some((name, _)) => Err(Fault::Bad(format!("{name:?} is no field of this request: {}", known.join(", ")))),
            None => Ok(()),
        }
    }

    fn number(&self, name: &str, default: usize) -> Result<usize, Fault> {
        match self.field(name) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| Fault::Bad(format!("{name} is {text:?}: expected a number"))),
        }
    }

    /// The first row wanted, and how many.
    pub fn window(&self) -> Result<(usize, usize), Fault> {
        let limit = self.number("limit", 100)?;
        if limit > MOST_ROWS {
            return Err(Fault::Bad(format!("limit is {limit}: at most {MOST_ROWS}")));
        }
        Ok((self.number("skip", 0)?, limit))
    }

    fn flag(&self, name: &str) -> Result<bool, Fault> {
        match self.field(name) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1" | "") => Ok(true),
            Some(other) => Err(Fault::Bad(format!("{name} is {other:?}: expected true or false"))),
        }
    }

    /// What is asked of contacts.
    pub fn wanted(&self) -> Result<Wanted, Fault> {
        let mut filter = Filter::default();
        let (mut from, mut to) = (None, None);
        let mut verdict = None;
        for (name, value) in self.fields.iter().filter(|(_, v)| !v.trim().is_empty()) {
            let expected = |what: &str| Fault::Bad(format!("{name} is {value:?}: expected {what}"));
            let text = || value.trim().to_owned();
            match name.as_str() {
                "who" => filter.who.push(text()),
                "kind" => {
                    let words = || expected(&ContactKind::ALL.map(ContactKind::as_str).join(", "));
                    filter.kinds.push(ContactKind::parse(value).ok_or_else(words)?);
                }
                "status" => {
                    let words = || expected(&Status::ALL.map(Status::as_str).join(", "));
                    filter.statuses.push(Status::parse(value).ok_or_else(words)?);
                }
                "outlet" => filter.outlets.push(text()),
                "text" => filter.words.push(text()),
                "from" => from = Some(date(value).ok_or_else(|| expected(A_DATE))?),
                "to" => to = Some(date(value).ok_or_else(|| expected(A_DATE))?),
                "verdict" => {
                    verdict = Some(match value.as_str() {
                        "none" => String::new(),
                        word @ ("confirmed" | "unsure") => word.to_owned(),
                        _ => return Err(expected("confirmed, unsure or none")),
                    });
                }
                _ => {}
            }
        }
        filter.disputed = self.flag("disputed")?;
        filter.single_source = self.flag("single_source")?;
        filter.days = Interval { earliest: from.and_then(|i| i.earliest), latest: to.and_then(|i| i.latest) };
        if let (Some(a), Some(b)) = (filter.days.earliest, filter.days.latest)
            && a > b
        {
            return Err(Fault::Bad(format!("from {a} is after to {b}")));
        }
        let undated = self.flag("undated")?;
        Ok(Wanted { filter, verdict, undated })
    }
}

const A_DATE: &str = "a day, a month or a year: 2025-07-03, 2025-07 or 2025";

fn date(text: &str) -> Option<Interval> {
    let interval: Interval = text.trim().parse().ok()?;
    (!interval.is_unknown() && !text.contains('/')).then_some(interval)
}

/// Fields of a filter.
pub(crate) const FILTER: [&str; 10] =
    ["who", "kind", "status", "outlet", "text", "from", "to", "verdict", "disputed", "single_source"];

/// What is asked of contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// As on the command line.
    pub filter: Filter,
    /// The last verdict of a person; an empty string: none yet.
    pub verdict: Option<String>,
    /// Only contacts of which no day is known, whatever is asked of days.
    pub undated: bool,
}

impl Wanted {
    /// The query of the store.
    pub fn query(&self, room: &Room, ledger: &readout_ledger::Ledger) -> Result<readout_ledger::Query, Fault> {
        // Who there is is known here, and need not be counted again for each question.
        let mut query = ledger.query(&Filter { who: Vec::new(), ..self.filter.clone() })?;
        for name in &self.filter.who {
            query.actors.push(room.meant(ledger, name)?);
        }
        query.verdict.clone_from(&self.verdict);
        if self.undated {
            query.undated = true;
            query.days = Interval::UNKNOWN;
        }
        Ok(query)
    }
}

/// Fields of an address: names and values.
pub(crate) fn fields(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or("").as_bytes()).map(|(n, v)| (n.into_owned(), v.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query: &str) -> Request {
        Request { fields: fields(Some(query)), ..Request::default() }
    }

    #[test]
    fn filters() {
        let wanted =
            request("who=Putin&who=Trump&kind=call&status=held&from=2025-03&to=2025&disputed=true&text=&verdict=none")
                .wanted()
                .expect("a filter");
        assert_eq!(wanted.filter.who, ["Putin", "Trump"]);
        assert_eq!(wanted.filter.days, "2025-03-01/2025-12-31".parse().expect("days"));
        assert!(wanted.filter.disputed && !wanted.filter.single_source && wanted.filter.words.is_empty());
        assert_eq!(wanted.verdict.as_deref(), Some(""));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (query, words) in [
            ("kind=chat", "kind is \"chat\": expected call, meeting"),
            ("status=done", "expected held"),
            ("from=yesterday", "expected a day"),
            ("from=..", "expected a day"),
            ("from=2025-02&to=2025-01", "from 2025-02-01 is after to 2025-01-31"),
            ("disputed=maybe", "expected true or false"),
            ("verdict=good", "expected confirmed"),
        ] {
            let Err(Fault::Bad(why)) = request(query).wanted() else { panic!("{query}") };
            assert!(why.contains(words), "{query}: {why}");
        }
        assert!(request("limit=501").window().is_err() && request("skip=x").window().is_err());
        assert!(request("whom=Putin").only(&FILTER).is_err());
    }
}
