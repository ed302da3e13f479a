//! Owns the measuring of speed: words per second of processor time, by stage.

use std::sync::LazyLock;
use std::time::Instant;

use readout_annotate::{Deep, Swift};

/// Seconds this thread has run so far; where the system does not tell, seconds that have passed.
fn processor_seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|s| s.split_whitespace().next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n as f64 / 1e9)
}

/// Words per second of processor time, of each stage and of all together, on texts analysed one by one; one thread.
pub fn speed(swift: &Swift, texts: &[String]) -> Vec<(&'static str, f64)> {
    let mut words = 0;
    let mut seconds = [0.0; 5];
    for text in texts {
        let clock = processor_seconds();
        let divided = swift.divide(text);
        seconds[0] += processor_seconds() - clock;
        words += divided.iter().map(Vec::len).sum::<usize>();
        let clock = processor_seconds();
        let prepared: Vec<_> =
            divided.iter().map(|spans| swift.prepare(&spans.iter().map(|s| s.of(text)).collect::<Vec<_>>())).collect();
        seconds[1] += processor_seconds() - clock;
        let clock = processor_seconds();
        std::hint::black_box(swift.read(&prepared, &mut |_, _| false));
        seconds[2] += processor_seconds() - clock;
        let clock = processor_seconds();
        let readings = swift.read(&prepared, &mut |_, _| true);
        seconds[3] += processor_seconds() - clock;
        let clock = processor_seconds();
        for (spans, reading) in divided.iter().zip(&readings) {
            for (span, tag) in spans.iter().zip(&reading.tags) {
                std::hint::black_box(swift.lemma(span.of(text), tag.xpos));
            }
        }
        seconds[4] += processor_seconds() - clock;
    }
    let rate = |s: f64| words as f64 / s;
    vec![
        ("divide", rate(seconds[0])),
        ("features", rate(seconds[1])),
        ("tags, names", rate(seconds[2])),
        ("tags, names, trees", rate(seconds[3])),
        ("lemmas", rate(seconds[4])),
        ("tag + parse + names", rate(seconds[1] + seconds[3])),
        ("the same without trees", rate(seconds[1] + seconds[2])),
        ("everything", rate(seconds[0] + seconds[1] + seconds[3] + seconds[4])),
    ]
}

/// Pieces and words per second of processor time, of the encoder alone and with its heads; one thread. Sentences that are cut
/// off are left out.
pub fn speed_of_deep(deep: &Deep, texts: &[String]) -> Vec<(&'static str, f64)> {
    let (mut pieces, mut words, mut encoding, mut reading) = (0, 0, 0.0, 0.0);
    for text in texts {
        let divided = deep.swift().divide(text);
        let sentences: Vec<Vec<&str>> =
            divided.iter().map(|spans| spans.iter().map(|s| s.of(text)).collect()).collect();
        let pieced: Vec<_> = sentences.iter().flat_map(|s| deep.stretches(s)).collect();
        let clock = processor_seconds();
        for group in pieced.chunks(16) {
            std::hint::black_box(deep.contents().encoder.states(&group.iter().collect::<Vec<_>>()));
        }
        encoding += processor_seconds() - clock;
        let clock = processor_seconds();
        std::hint::black_box(deep.read(&sentences));
        reading += processor_seconds() - clock;
        pieces += pieced.iter().map(|p| p.pieces.len()).sum::<usize>();
        words += sentences.iter().map(Vec::len).sum::<usize>();
    }
    vec![
        ("encoder, pieces", pieces as f64 / encoding),
        ("encoder, words", words as f64 / encoding),
        ("tags, names, trees", words as f64 / reading),
    ]
}
