//! Owns the way from a document as it was read to its text with every stretch's role: title, body, caption, furniture.
//!
//! Nothing is deleted. Plain text is taken over byte for byte, but for letters decoded wrongly, and its furniture is marked; of an HTML page the article's
//! blocks are taken, each run traced to the bytes of the source. Bad text is no error: what there is to say about it is
//! in [`CleanDocument::diagnostics`].

mod article;
mod depth;
mod furniture;
mod header;
mod language;
mod learnt;
mod markdown;
mod matching;
mod mended;
mod own_date;
mod page;
mod paragraph;
mod prose;
mod related;
mod repeat;
mod sheet;
mod tail;

use std::ops::Range;

use readout_types::{
    Alignment, Block, BlockKind, CleanDocument, Diagnostic, Level, OriginalSpan, RawDocument, Segment, Span,
    TextFormat, TextPart,
};

use crate::article::{Article, article};
use crate::own_date::{Fields, document_date};
use crate::paragraph::paragraphs;
use crate::sheet::Sheet;

pub use crate::learnt::{page_lines, recurring};

/// Cleans one document: finds its text, marks what is not part of it, and gathers its date, language and outlet.
pub fn clean(raw: RawDocument) -> CleanDocument {
    let page = match raw.format {
        TextFormat::Html => Some(article(&raw.text)),
        TextFormat::Markdown => Some(markdown::article(&raw.text)),
        TextFormat::Plain => None,
    };
    let Laid { text, alignment, paragraphs } = mended::mend(lay_out(&raw, page.as_ref()));
    let title = raw.title.clone().or_else(|| page.as_ref().and_then(|p| p.title.clone()));
    let no_article = page.as_ref().is_some_and(|p| p.is_empty);
    let mut blocks = if no_article { all_furniture(&paragraphs) } else { mark(&text, paragraphs, title.as_deref()) };
    let date_lines = own_date::header_lines(&text, &blocks);
    own_date::mark_clocks(&date_lines, &mut blocks);
    let title =
        title.or_else(|| blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| one_line(b.span.of(&text))));

    let mut diagnostics = Vec::new();
    let mut say = |level, message: String| diagnostics.push(Diagnostic { document: raw.id.clone(), level, message });
    if no_article {
        say(Level::Error, "a page with no article".to_owned());
    }
    let language = language::language(&body(&text, &blocks));
    if let Some(language) = language.filter(|l| l.code != "en") {
        say(Level::Warning, format!("in {}, not read", language.name));
    }
    let mut fields = Fields { dates: Vec::new(), url: raw.url.as_deref() };
    fields.dates.extend(raw.published.as_deref().map(|p| (p, "published")));
    if let Some(page) = &page {
        fields.dates.extend(page.dates.iter().map(|(value, field)| (value.as_str(), *field)));
        fields.url = fields.url.or(page.url.as_deref());
    }
    let (date, warnings) = document_date(&text, &blocks, &date_lines, &fields);
    warnings.into_iter().for_each(|w| say(Level::Warning, w));
    CleanDocument {
        source: raw.source.or_else(|| page.as_ref().and_then(|p| p.site.clone())),
        url: raw.url.or_else(|| page.and_then(|p| p.url)),
        id: raw.id,
        path: raw.path,
        title,
        original: raw.text,
        text,
        alignment,
        blocks,
        date,
        language: language.map(|l| l.code),
        diagnostics,
    }
}

/// The text to be analysed, where it comes from, and its paragraphs with what the markup says they are.
struct Laid {
    text: String,
    alignment: Alignment,
    paragraphs: Vec<(Range<usize>, Option<BlockKind>)>,
}

/// Puts the title given beside the text before it, where the text does not begin with it.
fn lay_out(raw: &RawDocument, page: Option<&Article>) -> Laid {
    let mut laid = match page {
        Some(page) => Laid {
            text: page.text.clone(),
            alignment: Alignment { segments: page.segments.clone() },
            paragraphs: page.paragraphs.clone(),
        },
        None => {
            let whole = Span::new(0, raw.text.len());
            let segment = Segment { clean: whole, original: OriginalSpan { part: TextPart::Text, span: whole } };
            let segments = if raw.text.is_empty() { Vec::new() } else { vec![segment] };
            Laid {
                text: raw.text.to_string(),
                alignment: Alignment { segments },
                paragraphs: paragraphs(&raw.text).into_iter().map(|range| (range, None)).collect(),
            }
        }
    };
    let Some(title) = raw.title.as_deref().filter(|t| !t.trim().is_empty()) else { return laid };
    if header::begins_with_title(&laid.text, title) {
        return laid;
    }
    let shift = title.len() + 2;
    laid.text = format!("{title}\n\n{}", laid.text);
    for segment in &mut laid.alignment.segments {
        segment.clean = Span::new(segment.clean.start as usize + shift, segment.clean.end as usize + shift);
    }
    let span = Span::new(0, title.len());
    let original = OriginalSpan { part: TextPart::Title, span };
    laid.alignment.segments.insert(0, Segment { clean: span, original });
    for (range, _) in &mut laid.paragraphs {
        *range = range.start + shift..range.end + shift;
    }
    let start = title.len() - title.trim_start().len();
    laid.paragraphs.insert(0, (start..start + title.trim().len(), Some(BlockKind::Title)));
    laid
}

/// The flow of marking. Each step gives roles to pieces that have none yet; what is left is text.
fn mark(text: &str, paragraphs: Vec<(Range<usize>, Option<BlockKind>)>, title: Option<&str>) -> Vec<Block> {
    let mut sheet = Sheet::new(text, paragraphs);
    sheet.take_hints();
    header::crawl_line(&mut sheet);
    related::see_also_in_line(&mut sheet);
    header::furniture_lines(&mut sheet);
    header::furniture_in_paragraphs(&mut sheet);
    header::top(&mut sheet);
    header::title(&mut sheet, title);
    related::lists(&mut sheet);
    tail::foot(&mut sheet);
    repeat::repeats(&mut sheet);
    sheet.name_the_rest();
    sheet.blocks()
}

fn all_furniture(paragraphs: &[(Range<usize>, Option<BlockKind>)]) -> Vec<Block> {
    let block = |range: &Range<usize>| Block {
        span: Span::new(range.start, range.end),
        kind: BlockKind::Furniture,
        rule: "furniture.no-article",
    };
    paragraphs.iter().filter(|(range, _)| !range.is_empty()).map(|(range, _)| block(range)).collect()
}

/// The running text, for telling its language.
fn body(text: &str, blocks: &[Block]) -> String {
    let mut body = String::new();
    for block in blocks.iter().filter(|b| b.kind.is_text()) {
        body.push_str(prose::head(block.span.of(text), 8 << 10));
        body.push('\n');
        if body.len() > 8 << 10 {
            break;
        }
    }
    body
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
