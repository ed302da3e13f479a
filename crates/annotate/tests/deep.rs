//! Owns the check of the deep tier's forward pass against another engine: `data/states.txt` is what PyTorch says of
//! `data/sentences.txt` (`training/deep.py --states`), with the weights that are compiled in and products in 8 bits.

use std::path::Path;

use readout_annotate::Deep;
use readout_annotate::deep::encoder::{MIXES, WIDTH};

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(path).expect("a file of this test")
}

#[test]
fn states_are_those_of_another_engine() {
    let deep = Deep::embedded().expect("the models that are compiled in");
    let (sentences, states) = (data("sentences.txt"), data("states.txt"));
    let (mut compared, mut apart) = (0, 0.0_f32);
    for (sentence, states) in sentences.lines().zip(states.split("\n\n")) {
        let words: Vec<&str> = sentence.split(' ').collect();
        let stretches = deep.stretches(&words);
        let own = deep.contents().encoder.states(&stretches.iter().collect::<Vec<_>>());
        assert_eq!((own.len(), own[0].len()), (MIXES, words.len() * WIDTH));
        for (word, line) in states.lines().enumerate() {
            for (mix, numbers) in line.split('\t').enumerate() {
                for (at, number) in numbers.split(' ').enumerate() {
                    let number: f32 = number.parse().expect("a number");
                    // Where a sum lies between two whole numbers, rounding may go either way, and on from there.
                    let difference = (own[mix][word * WIDTH + at] - number).abs();
                    assert!(difference < 0.1, "{}: {} and {number}", words[word], own[mix][word * WIDTH + at]);
                    apart += difference;
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, sentences.split_whitespace().count() * MIXES * 4);
    assert!(apart / (compared as f32) < 0.03, "{} apart in the mean", apart / compared as f32);
}

#[test]
fn what_is_given_one_by_one_is_what_is_given_together() {
    let deep = Deep::embedded().expect("the models that are compiled in");
    let sentences = data("sentences.txt");
    let sentences: Vec<Vec<&str>> = sentences.lines().map(|line| line.split(' ').collect()).collect();
    let together = deep.read(&sentences);
    for (sentence, reading) in sentences.iter().zip(together) {
        let alone = deep.read(std::slice::from_ref(sentence)).remove(0);
        assert_eq!((alone.tags, alone.arcs, alone.names), (reading.tags, reading.arcs, reading.names));
        assert_eq!(alone.certainty, reading.certainty);
    }
}
