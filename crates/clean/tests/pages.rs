//! Whole documents: every block with its role and rule beside its text. The articles are invented.

use std::collections::BTreeMap;

use readout_clean::clean;
use readout_types::{CleanDocument, RawDocument, TextFormat, TextPart};

fn raw(text: &str, format: TextFormat) -> RawDocument {
    RawDocument {
        id: "doc".to_owned(),
        path: "doc".to_owned(),
        source: None,
        title: None,
        published: None,
        url: None,
        metadata: BTreeMap::new(),
        format,
        text: text.into(),
        encoding: "utf-8",
    }
}

/// Blocks, dates and messages, one a line.
fn show(document: &CleanDocument) -> String {
    let mut out = format!("title: {}\n", document.title.as_deref().unwrap_or("-"));
    if let Some(source) = &document.source {
        out += &format!("source: {source}\n");
    }
    if let Some(date) = &document.date.chosen {
        out += &format!("date: {} ({})\n", date.value.edtf(), date.reason);
    }
    for rival in &document.date.rivals {
        out += &format!("rival: {} ({})\n", rival.value.edtf(), rival.reason);
    }
    for d in &document.diagnostics {
        out += &format!("{:?}: {}\n", d.level, d.message);
    }
    for block in &document.blocks {
        let text = block.span.of(&document.text).replace('\n', "⏎");
        let short: String = text.chars().take(84).collect();
        let dots = if short.len() < text.len() { "…" } else { "" };
        out += &format!("{:10} {:24} {short}{dots}\n", format!("{:?}", block.kind), block.rule);
    }
    out
}

/// Prints a document's blocks into the snapshot of this name.
fn check(name: &str, raw: RawDocument) -> CleanDocument {
    let document = clean(raw);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, show(&document));
    });
    document
}

#[test]
fn wire_story_with_a_crawl_line() {
    check(
        "wire-story",
        raw(
            " date 2024-05-12 Norway and Kenya agree on fish talks\n\n\
             Norwegian minister Anna Berg (L) and Kenya's Olaf Kimani shake hands in Oslo, May 10, 2024. Meridian/File photo\n\n\
             By Ruth Ek and Tom Lund\n\nMay 10, 2024 8:52 PM GMT · Updated 20 mins ago\n\n\
             OSLO, May 10 (Meridian) - Norway's fisheries minister spoke by telephone with her Kenyan counterpart on Friday and \
             the two agreed to open talks in June.\n\n\
             \"We shall meet in Mombasa,\" she said after the call.\n\n\
             What the two want\n\n\
             Kenya asks for boats, Norway for a licence to fish, an aide told reporters on Friday evening.\n\n\
             (Reporting by Ruth Ek and Tom Lund; Editing by P. Osei)\n\n\
             Our Standards: The Meridian Code of Practice\n",
            TextFormat::Plain,
        ),
    );
}

#[test]
fn crawl_line_with_a_standfirst_and_a_stale_clock() {
    check(
        "standfirst",
        raw(
            " date 2024-05-12 Berg rings Kimani for the second time in a day An aide confirmed the call and said that the \
             two would meet in Mombasa.\n\nNairobi:\n\n\
             Norway's Anna Berg on Sunday spoke again with Olaf Kimani of Kenya, a day after their first call.\n\n\
             An aide confirmed the call and said that the two would meet in Mombasa. He gave no day.\n",
            TextFormat::Plain,
        ),
    );
    check(
        "stale-clock",
        raw(
            " date 2024-05-12 Tuesday, 02 January 2024 12:17 GMT\nAide tells of the call between Berg and Kimani\n\n\n\
             2024-05-12 04:38:47\n(MENAFN) The ministers of Norway and Kenya discussed fish on Sunday, an aide said in Oslo.\n",
            TextFormat::Plain,
        ),
    );
}

#[test]
fn page_with_author_box_and_feed() {
    check(
        "author-box",
        raw(
            "Politics\n\nBerg speaks with Kimani hours before the talks\n\n2 min read\n\
             Berg speaks with Kimani hours before the talks\n\
             Anna Berg (R) and Olaf Kimani walk out after a press conference in Oslo on May 10, 2024. (Ruth Ek/AFP via Getty Images)\n\n\
             Norway's Anna Berg said on May 12 that she had spoken with Olaf Kimani by phone before the talks.\n\n\
             The call lasted an hour, her spokesman said, and was the third between the two this year.\n\n\
             Avatar\nTom Lund\n\nFisheries editor\n\nTom Lund is the fisheries editor of the Harbour Post. He previously worked in Bergen.\n\n\
             Read more\nNews Feed\n\n\"The king met the queen of Denmark on Saturday,\" the palace said in a statement on its site.\n\n\
             (Updated:  )\n\nThe foreign minister arrived in Riga for talks with her Latvian counterpart on Saturday.\n\nShow More\n",
            TextFormat::Plain,
        ),
    );
}

#[test]
fn body_printed_twice_with_links_below() {
    let body = "Berg said she had a useful call with Kimani on Thursday about boats and nets.\n\
        The two agreed to hold talks of their experts in Mombasa next week, led by her deputy.\n\
        What is a purse seine?\n\
        A purse seine is a long net that is drawn together at the bottom like a purse, and it is used for herring.\n\
        Her deputy had flown to Nairobi in April to prepare the visit, the ministry said on its site.\n";
    check(
        "printed-twice",
        raw(
            &format!(
                "{body}{body}You may also like\nHerring prices fall again, say dealers in Bergen\n\
                 Minister Lund visits the fish market; praises the cod\nTen soups for a cold day\n"
            ),
            TextFormat::Plain,
        ),
    );
}

#[test]
fn official_readout_wrapped_at_a_width() {
    let mut document = raw(
        "Minister Anna Berg spoke today with Fisheries Secretary Olaf Kimani\nof Kenya.  The Minister thanked the Secretary for his hospitality on\n\
         the May 25<sup>th</sup> visit and underscored the bond between the two\ncountries. \n \nThey also discussed:\n\n\
         -   boats and nets, and the fees that are due for each of them in the\n    waters of the other\n-   harbours\n\n\\###\n",
        TextFormat::Plain,
    );
    document.title = Some("Readout of Minister Berg’s Call with Secretary Kimani of Kenya".to_owned());
    document.published = Some("2024-06-02".to_owned());
    check("wrapped", document);
}

#[test]
fn archive_page_with_broken_lines_and_links() {
    let mut document = raw(
        "Anna Berg met with\nFisheries Secretary of Kenya Olaf Kimani on the sidelines of the fair in Oslo. The\ntwo spoke of nets.\n \
         Earlier in Oslo, Norway’s\nKing Harald received the Secretary.\n\
         \x20See also Visit of the Secretary of Kenya to Norway and the fair in Oslo May 9, 2024 Trip to Bergen May 10 − 11, 2024 But the talks on \
         herring went on for two more days.\n",
        TextFormat::Plain,
    );
    document.title = Some("Meeting with Fisheries Secretary of Kenya Olaf Kimani".to_owned());
    document.published = Some("2024-05-12T14:45".to_owned());
    check("archive", document);
}

#[test]
fn live_blog() {
    check(
        "live-blog",
        raw(
            "LIVE BLOG · CLOSED · Sunday 12 May 2024 · all times Irish\n\nAs it happened: Berg and Kimani talk for two hours\n\n\
             We use cookies to keep this page updating. Accept all | Manage\n\nKEY POINTS\n• The call lasted two hours\n• Talks in June\n\n\
             17.45 The aide speaks\nAn aide says that the two will meet in Mombasa next month, and that the date was set in the call.\n\n\
             16.05 An hour gone and still talking, an official tells our desk.\n\n\
             [Photo: Berg and Kimani on two chairs in Bergen, 26 April. Handout]\n\nShare this post: Facebook · WhatsApp\n\
             Related: What is a purse seine, anyway? | Quiz: name that fish\n",
            TextFormat::Plain,
        ),
    );
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Berg and Kimani agree on talks | Harbour Post</title>\
    <meta property=\"og:title\" content=\"Berg and Kimani agree on talks\"><meta property=\"og:site_name\" content=\"Harbour Post\">\
    <meta property=\"article:published_time\" content=\"2024-05-12T08:00:00Z\"><script>var x = '<p>not text</p>';</script></head><body>\
    <nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><article><header><h1>Berg and Kimani agree on talks</h1>\
    <p class=byline>By Ruth Ek</p></header><figure><img src=a.jpg><figcaption>Anna Berg and Olaf Kimani in Oslo on May 10.</figcaption></figure>\
    <p>OSLO &mdash; Norway&#8217;s Anna&nbsp;Berg spoke by <b>telephone</b> with Olaf Kimani of Kenya on Sunday, and the two agreed to open \
    talks in June, their offices said.</p><p>\"We shall meet in Mombasa,\" she told reporters in the harbour after the call, which lasted an \
    hour &amp; a half and was the third between the two ministers this year.</p><h2>Boats and nets</h2><p>Kenya asks for boats, Norway for a \
    licence to fish in its waters; an aide said on Sunday evening that neither side expects a quick end to the talks on herring and cod.</p>\
    </article><aside><h3>Most read</h3><ul><li><a href=/1>Ten soups for a cold day</a></li><li><a href=/2>Minister visits the fish market</a></li>\
    </ul></aside><footer><p>© Harbour Post. All rights reserved</p></footer></body></html>";

#[test]
fn page_in_html() {
    let document = check("html", raw(PAGE, TextFormat::Html));
    // A sentence of the clean text opens the source it came from, tags, entities and all.
    let at = document.text.find("Norway’s Anna Berg spoke by telephone").map(|at| at as u32);
    let Some(start) = at else { panic!("{}", document.text) };
    let span = readout_types::Span { start, end: start + "Norway’s Anna Berg spoke by telephone".len() as u32 };
    let original = document.alignment.original(span);
    assert!(original.is_some_and(|o| o.part == TextPart::Text));
    let source = original.map_or("", |o| o.span.of(&document.original));
    assert_eq!(source, "Norway&#8217;s Anna&nbsp;Berg spoke by <b>telephone");
}

#[test]
fn page_without_an_article() {
    check(
        "no-article",
        raw(
            "<html><title>Harbour Post</title><nav><a href=/>Home</a></nav><ul><li><a href=/1>Ten soups for a cold day</a>\
             <li><a href=/2>Minister visits the fish market</a></ul><button>Menu</button></html>",
            TextFormat::Html,
        ),
    );
    check("no-text", raw("<html><body><img src=a.png></body></html>", TextFormat::Html));
    check("short-page", raw("<p>Berg telephoned Kimani on Monday.</p>", TextFormat::Html));
}

#[test]
fn other_language_and_rival_dates() {
    let mut document = raw(
        "Les deux ministres se sont entretenus par téléphone dimanche soir et sont convenus que leurs délégations se \
         retrouveraient la semaine prochaine à Mombasa, a indiqué une porte-parole du ministère.\n",
        TextFormat::Plain,
    );
    document.published = Some("2024-05-12".to_owned());
    document.url = Some("https://harbour.example/2024/03/01/appel".to_owned());
    check("french", document);
}
