//! Owns the choice of the article among the blocks of a page, and what the page says of its date, outlet and author.

use dom_smoothie::{Config, Readability, TextMode};
use readout_types::{BlockKind, OriginalSpan, Segment, Span, TextPart};

use crate::matching::matching;
use crate::page::{self, Page, SourceBlock};
use crate::prose::{bare, ends_sentence, is_running, words};

/// The article of a page.
#[derive(Debug, Default)]
pub(crate) struct Article {
    pub text: String,
    pub segments: Vec<Segment>,
    /// Paragraphs of `text` with what the markup says they are.
    pub paragraphs: Vec<(std::ops::Range<usize>, Option<BlockKind>)>,
    pub title: Option<String>,
    pub site: Option<String>,
    /// Dates in the page's own fields, best first: the value and the field's name.
    pub dates: Vec<(String, &'static str)>,
    pub url: Option<String>,
    /// The page holds no article.
    pub is_empty: bool,
}

/// Pages longer or nested deeper than this are not given to the extractor; all their visible text is read instead.
const LONGEST_PAGE: usize = 8 << 20;
const DEEPEST_PAGE: usize = 1500;
/// Finds the article in a page's source.
pub(crate) fn article(source: &str) -> Article {
    let page = page::read(source);
    let extracted = (source.len() <= LONGEST_PAGE && page.depth <= DEEPEST_PAGE).then(|| extract(source)).flatten();
    let mut found = Article {
        title: page.meta(&["og:title", "twitter:title", "dc.title", "headline"]).map(str::to_owned),
        site: page.meta(&["og:site_name", "application-name", "publisher"]).map(str::to_owned),
        url: page.meta(&["og:url"]).map(str::to_owned),
        dates: dates(&page),
        ..Article::default()
    };
    let page_title = page.blocks.iter().find(|b| b.is_page_title).map(SourceBlock::text);
    if let Some(extracted) = &extracted {
        found.title = found.title.or_else(|| Some(extracted.title.to_string())).filter(|t| !t.trim().is_empty());
        found.site = found.site.or_else(|| extracted.site_name.clone());
        if let Some(time) = &extracted.published_time {
            found.dates.push((time.clone(), "published time"));
        }
    }
    found.title = found.title.or(page_title);
    let mut kept = match &extracted {
        Some(extracted) => main_blocks(&page, &extracted.text_content),
        None => Vec::new(),
    };
    if !is_article(&kept) {
        let visible: Vec<&SourceBlock> = page.blocks.iter().filter(|b| !b.aside && !b.is_page_title).collect();
        let shown =
            if is_article(&visible) { visible } else { page.blocks.iter().filter(|b| !b.is_page_title).collect() };
        found.is_empty = !is_article(&shown);
        kept = shown;
    }
    let title = headline(&page, found.title.as_deref(), &kept);
    found.assemble(title, &kept);
    found
}

/// Runs the extractor. It is other people's code over hostile input: a panic in it is no reason to lose the page.
fn extract(source: &str) -> Option<dom_smoothie::Article> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: 200_000, ..Config::default() };
    std::panic::catch_unwind(|| Readability::new(source, None, Some(config)).ok()?.parse().ok()).ok().flatten()
}

/// The blocks of the page that make up the extracted text.
fn main_blocks<'p>(page: &'p Page, extracted: &str) -> Vec<&'p SourceBlock> {
    let blocks: Vec<&SourceBlock> = page.blocks.iter().filter(|b| !b.is_page_title).collect();
    let texts: Vec<String> = blocks.iter().map(|b| b.text()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let kept = matching(&texts, extracted);
    blocks.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(block, _)| block).collect()
}

/// Whether there is running text in it, or at least a sentence that is no link.
fn is_article(blocks: &[&SourceBlock]) -> bool {
    blocks.iter().any(|block| {
        let text = block.text();
        let linked = block.linked * 2 > text.len();
        let sentence = ends_sentence(&text) && (words(&text, 4) == 4 || text.len() >= 90);
        !linked && block.hint != Some(BlockKind::Caption) && (is_running(&text) || sentence)
    })
}

/// The block that shows the headline, when it is not among those kept: the `h1` of these words, else the page title.
fn headline<'p>(page: &'p Page, title: Option<&str>, kept: &[&SourceBlock]) -> Option<&'p SourceBlock> {
    let wanted = bare(title?);
    let same = |block: &SourceBlock| {
        let text = bare(&block.text());
        !text.is_empty()
            && (text == wanted || wanted.starts_with(&text) && words(&text, 4) == 4 || text.starts_with(&wanted))
    };
    if wanted.is_empty() || kept.iter().take(8).any(|b| same(b)) {
        return None;
    }
    let h1 = page.blocks.iter().find(|b| b.hint == Some(BlockKind::Title) && !b.is_page_title && same(b));
    h1.or_else(|| page.blocks.iter().find(|b| b.is_page_title && same(b)))
}

impl Article {
    fn assemble(&mut self, title: Option<&SourceBlock>, kept: &[&SourceBlock]) {
        for (block, is_title) in title.map(|t| (t, true)).into_iter().chain(kept.iter().map(|b| (*b, false))) {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            for run in &block.runs {
                let from = self.text.len();
                self.text.push_str(&run.text);
                self.segments.push(Segment {
                    clean: Span::new(from, self.text.len()),
                    original: OriginalSpan { part: TextPart::Text, span: Span::new(run.source.start, run.source.end) },
                });
            }
            let hint = if is_title { Some(BlockKind::Title) } else { block.hint };
            self.paragraphs.push((start..self.text.len(), hint));
        }
    }
}

/// The page's own dates, best first.
fn dates(page: &Page) -> Vec<(String, &'static str)> {
    const FIELDS: [&str; 18] = [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date_published",
        "publication_date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "dc.date.created",
        "sailthru.date",
        "parsely-pub-date",
        "article.published",
        "originalpublicationdate",
        "date",
        "cxenseparse:recs:publishtime",
    ];
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for field in FIELDS {
        if let Some(value) = page.meta(&[field]) {
            found.push((value.to_owned(), field));
        }
    }
    for script in &page.json_ld {
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(script.trim()) {
            let mut published = Vec::new();
            date_published(&value, &mut published, 0);
            found.extend(published.into_iter().take(1).map(|p| (p, "datePublished")));
        }
    }
    // Teasers carry times too: one is only trusted when nothing better is there.
    if found.is_empty() {
        found.extend(page.times.iter().take(1).map(|t| (t.clone(), "time")));
    }
    found
}

fn date_published(value: &serde_json::Value, found: &mut Vec<String>, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(serde_json::Value::String(date)) = fields.get("datePublished") {
                found.push(date.clone());
            }
            fields.values().for_each(|v| date_published(v, found, depth + 1));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|v| date_published(v, found, depth + 1)),
        _ => {}
    }
}
