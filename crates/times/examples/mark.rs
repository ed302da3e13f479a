//! Owns a look at the rules at work: reads text on standard input and prints each expression with its rule and days.
//! `cargo run -p readout-times --example mark -- 2025-12-29 < article.txt`

use std::io::Read;

use readout_times::{direction_hint, expressions};

fn main() {
    let reference = std::env::args().nth(1).and_then(|d| d.parse().ok());
    let mut text = String::new();
    if let Err(error) = std::io::stdin().read_to_string(&mut text) {
        println!("cannot read: {error}");
        return;
    }
    for e in expressions(&text) {
        let direction = direction_hint(&text, e.span);
        let days = e.resolve(reference, direction);
        let (mut a, mut b) = ((e.span.start as usize).saturating_sub(30), (e.span.end as usize + 20).min(text.len()));
        while !text.is_char_boundary(a) {
            a -= 1;
        }
        while !text.is_char_boundary(b) {
            b += 1;
        }
        let meaning = format!("{:?}", e.meaning);
        let meaning = if meaning.starts_with("Date") { "" } else { &meaning };
        println!(
            "{:24} {} {:?} {:?} ({}) {meaning} | {} | {}",
            e.span.of(&text).replace('\n', " "),
            days.interval,
            direction,
            e.bound,
            days.basis,
            e.rule,
            text[a..b].replace('\n', " ")
        );
    }
}
