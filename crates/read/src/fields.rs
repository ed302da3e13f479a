//! Owns which field of a record means what: the names that the usual producers give, and those that a user gives.

use serde_json::{Map, Value};

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArticleField {
    /// What tells it from all others.
    Id,
    /// Headline.
    Title,
    /// The article.
    Text,
    /// Day or time of publication.
    Published,
    /// Outlet.
    Source,
    /// Address.
    Url,
}

impl ArticleField {
    /// All.
    pub const ALL: [ArticleField; 6] = [
        ArticleField::Id,
        ArticleField::Title,
        ArticleField::Text,
        ArticleField::Published,
        ArticleField::Source,
        ArticleField::Url,
    ];

    /// Its name in records of Readout's own.
    pub fn as_str(self) -> &'static str {
        match self {
            ArticleField::Id => "id",
            ArticleField::Title => "title",
            ArticleField::Text => "text",
            ArticleField::Published => "published",
            ArticleField::Source => "source",
            ArticleField::Url => "url",
        }
    }

    /// Names that producers give it, in the order in which they are tried. A dot leads into an object.
    ///
    /// Sources: the output of news-please (`maintext`, `date_publish`, `source_domain`), Fundus (`plaintext`, `body`,
    /// `publishing_date`, `html.requested_url`), newspaper4k (`publish_date`, `canonical_link`, `meta_site_name`), IPTC
    /// ninjs 1 to 3 (`uri`, `headline`, `headlines`, `body_text`, `body_html`, `bodies`, `versioncreated`,
    /// `contentcreated`, `infosources`), JSON Feed (`content_text`, `content_html`, `date_published`), schema.org
    /// (`articleBody`, `datePublished`, `publisher`), the usual news APIs (`content`, `publishedAt`).
    fn names(self) -> &'static [&'static str] {
        match self {
            ArticleField::Id => &["id", "uri", "guid", "_id", "uuid", "doc_id", "document_id", "article_id"],
            ArticleField::Title => &["title", "headline", "headlines", "name"],
            ArticleField::Text => &[
                "text",
                "maintext",
                "plaintext",
                "articleBody",
                "article_body",
                "body_text",
                "bodyText",
                "content_text",
                "full_text",
                "fulltext",
                "body",
                "bodies",
                "body_xhtml",
                "body_html",
                "content_html",
                "content",
                "article",
                "article_text",
                "raw_text",
                "html",
                "raw_html",
            ],
            ArticleField::Published => &[
                "published",
                "date_publish",
                "publishing_date",
                "publish_date",
                "date_published",
                "datePublished",
                "published_at",
                "publishedAt",
                "publication_date",
                "published_date",
                "pub_date",
                "pubDate",
                "contentcreated",
                "firstpublished",
                "firstcreated",
                "versioncreated",
                "date",
            ],
            ArticleField::Source => &[
                "source",
                "outlet",
                "publisher",
                "html.source_info.publisher",
                "meta_site_name",
                "site_name",
                "source_name",
                "source_domain",
                "infosources",
                "publication",
                "domain",
            ],
            ArticleField::Url => &[
                "url",
                "canonical_link",
                "canonical_url",
                "html.responded_url",
                "html.requested_url",
                "link",
                "permalink",
                "webUrl",
            ],
        }
    }
}

/// What a user says about the fields of his records: `title=headline`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    given: Vec<(ArticleField, String)>,
}

impl FieldMap {
    /// Takes one entry, `OURS=THEIRS`; a dot leads into an object (`text=content.body`). The first of several entries
    /// for one field that a record has is taken.
    ///
    /// # Errors
    /// A line for the user, when it is not of that form or names no field of ours.
    pub fn add(&mut self, entry: &str) -> Result<(), String> {
        let names = ArticleField::ALL.map(ArticleField::as_str).join(", ");
        let (ours, theirs) =
            entry.split_once('=').ok_or_else(|| format!("expected FIELD=NAME with one of {names}: title=headline"))?;
        let field = ArticleField::ALL.into_iter().find(|f| f.as_str() == ours.trim());
        let field = field.ok_or_else(|| format!("no field {:?}; there are {names}", ours.trim()))?;
        if theirs.trim().is_empty() {
            return Err(format!("no name given for {ours}"));
        }
        self.given.push((field, theirs.trim().to_owned()));
        Ok(())
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Takes the field out of a record: what it holds, and the name it had. What the user says comes first.
    pub(crate) fn take(&self, field: ArticleField, record: &mut Map<String, Value>) -> Option<(String, Value)> {
        let given = self.given.iter().filter(|(f, _)| *f == field).map(|(_, name)| name.as_str());
        given.chain(field.names().iter().copied()).find_map(|name| {
            let value = lookup(record, name)?;
            if is_blank(value) {
                return None;
            }
            let value = value.clone();
            record.remove(name);
            Some((name.to_owned(), value))
        })
    }

    /// Whether a record with these names has the field.
    pub(crate) fn finds(&self, field: ArticleField, names: &[String]) -> bool {
        let given = self.given.iter().filter(|(f, _)| *f == field).map(|(_, name)| name.as_str());
        given.chain(field.names().iter().copied()).any(|name| names.iter().any(|n| n == name))
    }
}

fn lookup<'a>(record: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = record.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    rest.split('.').try_fold(record.get(first)?, |value, part| value.get(part))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as one piece of text: a string as it is, the name of a publisher, the value of the first headline, a number
/// as written.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let main = items.iter().find(|i| i.get("role").and_then(Value::as_str).is_some_and(|r| r == "main"));
            main.or(items.first()).and_then(plain)
        }
        Value::Object(fields) => {
            let named =
                ["value", "name", "title", "@value"].iter().find_map(|n| fields.get(*n).filter(|v| v.is_string()));
            named.and_then(plain).or_else(|| Some(value.to_string()))
        }
        other => Some(other.to_string()),
    }
}

/// An article's text: a string, or paragraphs in the shapes that producers have. `None` for what is no text.
///
/// - an array of strings: paragraphs
/// - Fundus: `{"summary": [...], "sections": [{"headline": [...], "paragraphs": [...]}]}`
/// - ninjs: `[{"value": "...", "contenttype": "text/html"}]`: the plain body, else the first
pub(crate) fn article_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let paragraphs: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
        }
        Value::Array(items) => {
            let is_plain = |item: &&Value| {
                let kind = item.get("contenttype").or_else(|| item.get("contentType")).and_then(Value::as_str);
                kind.is_some_and(|k| k.starts_with("text/plain"))
            };
            items.iter().find(is_plain).or(items.first())?.get("value")?.as_str().map(str::to_owned)
        }
        Value::Object(fields) => {
            let mut paragraphs: Vec<&str> = Vec::new();
            collect(fields.get("summary"), &mut paragraphs);
            for section in fields.get("sections").and_then(Value::as_array).into_iter().flatten() {
                collect(section.get("headline"), &mut paragraphs);
                collect(section.get("paragraphs"), &mut paragraphs);
            }
            if paragraphs.is_empty() {
                return ["text", "value", "plaintext"].iter().find_map(|n| fields.get(*n)?.as_str().map(str::to_owned));
            }
            Some(paragraphs.join("\n\n"))
        }
        _ => None,
    }
}

fn collect<'a>(value: Option<&'a Value>, into: &mut Vec<&'a str>) {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => into.push(text),
        Some(Value::Array(items)) => items.iter().for_each(|item| collect(Some(item), into)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(map: &FieldMap, field: ArticleField, record: Value) -> Option<String> {
        let Value::Object(mut record) = record else { return None };
        map.take(field, &mut record).and_then(|(_, value)| plain(&value))
    }

    #[test]
    fn what_the_user_says_comes_first() {
        let mut map = FieldMap::default();
        assert_eq!(map.add("title = kicker"), Ok(()));
        assert_eq!(map.add("text=content.body"), Ok(()));
        let record = json!({"title": "A", "kicker": "B", "text": "", "content": {"body": "C"}});
        assert_eq!(found(&map, ArticleField::Title, record.clone()).as_deref(), Some("B"));
        assert_eq!(found(&map, ArticleField::Text, record).as_deref(), Some("C"));
        assert_eq!(found(&map, ArticleField::Title, json!({"headline": "D"})).as_deref(), Some("D"));
        for bad in ["title", "headline=title", "title=", ""] {
            assert!(map.add(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn texts_in_the_shapes_that_producers_have() {
        for (value, text) in [
            (json!("One."), Some("One.")),
            (json!(["One.", "Two."]), Some("One.\n\nTwo.")),
            (
                json!({"summary": ["Zero."], "sections": [{"headline": ["Head"], "paragraphs": ["One.", "Two."]}]}),
                Some("Zero.\n\nHead\n\nOne.\n\nTwo."),
            ),
            (
                json!([{"contenttype": "text/html", "value": "<p>A"}, {"contenttype": "text/plain", "value": "A"}]),
                Some("A"),
            ),
            (json!([{"value": "<p>A"}]), Some("<p>A")),
            (json!(5), None),
            (json!({"rating": 5}), None),
        ] {
            assert_eq!(article_text(&value).as_deref(), text, "{value}");
        }
    }
}
