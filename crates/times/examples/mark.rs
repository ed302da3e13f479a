//! Owns a look at the rules at work: reads text on standard input and prints each expression with its rule and days.
//! `cargo run -p readout-times --example mark -- 2025-12-29 < article.txt`; with `--own` the date lines and datelines.

use std::io::Read;

use readout_times::{date_lines, date_of_dateline, direction_hint, event_hints, expressions};

fn main() {
    let reference = std::env::args().nth(1).and_then(|d| d.parse().ok());
    let mut text = String::new();
    if let Err(error) = std::io::stdin().read_to_string(&mut text) {
        println!("cannot read: {error}");
        return;
    }
    if std::env::args().any(|a| a == "--own") {
        for line in date_lines(&text) {
            println!("{:?} {:?} {:?}", line.kind, line.value, line.span.of(&text));
        }
        for line in text.lines() {
            if let Some((span, date)) = date_of_dateline(line) {
                println!("Dateline {date:?} {:?} in {:.60?}", span.of(line), line);
            }
        }
        for hint in event_hints(&text) {
            let days = hint.resolve(reference, direction_hint(&text, hint.span)).map(|e| e.days.edtf());
            println!("Event {hint:?} {days:?}");
        }
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
