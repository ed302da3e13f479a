//! Owns the making of a crawl for measuring: pages of invented text in a WARC file, the same for the same number.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Writes a crawl of generated news pages (WARC, each record a gzip member), for measuring speed, memory and resumption.
///
/// A tenth of the pages report a contact, one in twenty is in German; all carry menus, links, captions and a footer.
#[derive(Args, Debug)]
pub struct Crawl {
    /// Pages.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub pages: u64,
    /// Where to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Numbers that look drawn and are the same each time (SplitMix64, Steele et al. 2014).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[(self.next() % from.len() as u64) as usize]
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

const OUTLETS: [&str; 8] = [
    "Harbour Wire",
    "The Lantern Post",
    "Cinder Hill Tribune",
    "Fjordside Post",
    "Quarry Bay Times",
    "Saltmarsh Review",
    "Prairie Lamp",
    "Weir Street Journal",
];
const LEADERS: [&str; 10] = [
    "French President Emmanuel Macron",
    "Turkish President Recep Tayyip Erdogan",
    "Indian Prime Minister Narendra Modi",
    "Chinese President Xi Jinping",
    "German Chancellor Friedrich Merz",
    "Ukrainian President Volodymyr Zelenskyy",
    "Japanese Prime Minister Shigeru Ishiba",
    "British Prime Minister Keir Starmer",
    "Russian President Vladimir Putin",
    "US President Donald Trump",
];
const CONTACTS: [&str; 6] = [
    "{A} spoke by telephone with {B} on {W}.",
    "{A} held a phone call with {B} on {W}, the president's office said.",
    "{A} met with {B} in {P} on {W}.",
    "{A} received {B} in {P} on {W} for talks that lasted {N} minutes.",
    "{A} will meet {B} in {P} next week, aides said on {W}.",
    "On {W}, {A} and {B} discussed {T} in a phone call.",
];
const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const PLACES: [&str; 6] = ["Geneva", "Ankara", "Vienna", "Doha", "Oslo", "New Delhi"];
const TOPICS: [&str; 6] =
    ["grain exports", "the ceasefire", "gas transit", "trade", "the exchange of prisoners", "fisheries"];
const SUBJECTS: [&str; 8] = [
    "The harbour council",
    "A committee of farmers",
    "The regional rail company",
    "The university's observatory",
    "The union of bakers",
    "A cooperative of fishers",
    "The city's water board",
    "The museum of glass",
];
const ACTS: [&str; 8] = [
    "said that repairs to the northern pier would cost {N} million crowns",
    "presented a plan for {N} new stops between the lake and the old town",
    "counted {N} visitors in the first week, more than in any spring before",
    "asked for a second report on the flood of last autumn",
    "agreed with the neighbouring district on a timetable for the winter",
    "put off a decision on the price of season tickets until {W}",
    "opened a workshop in which {N} apprentices learn to repair boats",
    "named a new head of accounts after months of argument",
];
const QUOTES: [&str; 5] = [
    "\"Nobody expected the numbers to rise so fast,\" said {S}, who has worked there for {N} years.",
    "\"We will not close a single line,\" {S} told reporters on {W}.",
    "According to {S}, the work should be finished before the end of the year.",
    "{S} added that the costs were still being checked.",
    "Critics, among them {S}, called the plan hasty.",
];
const SPEAKERS: [&str; 6] =
    ["Marit Solheim", "Jonas Abrego", "Ines Taverner", "Oskar Lindqvist", "Pilar Okonjo", "Tomasz Wren"];
const GERMAN: &str = "Der Hafenrat teilte am Montag mit, dass die Arbeiten an der nördlichen Mole mehrere Millionen Kronen kosten \
    werden und erst im kommenden Jahr beginnen können. Eine Sprecherin sagte, dass die Finanzierung noch nicht gesichert sei.";

/// Writes the crawl.
pub fn run(arguments: &Crawl) -> anyhow::Result<()> {
    let file = File::create(&arguments.out).with_context(|| arguments.out.display().to_string())?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    for number in 0..arguments.pages {
        let mut member = GzEncoder::new(&mut out, Compression::fast());
        member.write_all(record(number).as_bytes())?;
        member.finish()?;
    }
    out.flush()?;
    let bytes = std::fs::metadata(&arguments.out)?.len();
    println!("{}: {} pages, {:.1} MB", arguments.out.display(), arguments.pages, bytes as f64 / 1e6);
    Ok(())
}

fn record(number: u64) -> String {
    let (url, page) = page(number);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-09-01T00:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

/// One page and its address.
pub fn page(number: u64) -> (String, String) {
    let mut draw = Draw(number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5eed);
    let outlet = draw.of(&OUTLETS);
    let (month, day) = (1 + draw.below(8), 1 + draw.below(28));
    let date = format!("2025-{month:02}-{day:02}");
    let mut sentences = Vec::new();
    let contact = draw.below(10) == 0;
    let german = !contact && draw.below(20) == 0;
    let subject = draw.of(&SUBJECTS);
    let act = draw.of(&ACTS);
    let mut title = filled(&format!("{subject} {act}"), &mut draw);
    if contact {
        let pattern = draw.of(&CONTACTS);
        let sentence = filled(pattern, &mut draw);
        title = filled("{A} and {B} discuss {T}", &mut draw);
        sentences.push(sentence);
    }
    for _ in 0..3 + draw.below(9) {
        let sentence = if draw.below(3) == 0 {
            draw.of(&QUOTES).to_owned()
        } else {
            format!("{} {}.", draw.of(&SUBJECTS), draw.of(&ACTS))
        };
        sentences.push(filled(&sentence, &mut draw));
    }
    if german {
        sentences = vec![GERMAN.to_owned(); 2];
    }
    let paragraphs: String = sentences.chunks(2).map(|p| format!("<p>{}</p>\n", p.join(" "))).collect();
    let teaser = filled("{A} meets {B} in {P}", &mut draw);
    let slug: String = title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let host = outlet.to_lowercase().replace(' ', "-");
    let url = format!("https://{host}.example/{}/{slug}-{number}", date.replace('-', "/"));
    let page = format!(
        "<!doctype html><html><head><meta charset='utf-8'><title>{title} | {outlet}</title><meta property='og:site_name' content='{outlet}'>\
         <meta property='og:title' content='{title}'><meta property='article:published_time' content='{date}T08:00:00Z'></head>\
         <body><nav><a href='/'>Home</a><a href='/world'>World</a><a href='/sport'>Sport</a></nav><header><p>Subscribe to our newsletter</p></header>\
         <main><article><h1>{title}</h1><p class='by'>By {}</p><figure><img src='p.jpg'><figcaption>The pier in spring. Photo: {outlet}</figcaption></figure>\n\
         {paragraphs}</article><aside><h2>Most read</h2><ul><li><a href='/1'>{teaser}</a></li><li><a href='/2'>Weather for the week</a></li></ul></aside></main>\
         <footer><p>© 2025 {outlet}. All rights reserved.</p></footer></body></html>",
        draw.of(&SPEAKERS),
    );
    (url, page)
}

/// A pattern with its places filled.
fn filled(pattern: &str, draw: &mut Draw) -> String {
    let first = draw.below(LEADERS.len() as u64) as usize;
    let second = (first + 1 + draw.below(LEADERS.len() as u64 - 1) as usize) % LEADERS.len();
    pattern
        .replace("{A}", LEADERS[first])
        .replace("{B}", LEADERS[second])
        .replace("{W}", draw.of(&WEEKDAYS))
        .replace("{P}", draw.of(&PLACES))
        .replace("{T}", draw.of(&TOPICS))
        .replace("{S}", draw.of(&SPEAKERS))
        .replace("{N}", &(3 + draw.below(90)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_page() {
        assert_eq!(page(7), page(7));
        assert_ne!(page(7).0, page(8).0);
        let contacts = (0..400).filter(|n| page(*n).1.contains("discuss ")).count();
        assert!((20..=90).contains(&contacts), "{contacts} of 400 report a contact");
        assert!((0..400).all(|n| !page(n).1.contains('{')));
    }
}
