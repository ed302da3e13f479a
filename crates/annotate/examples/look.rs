//! Owns a quick look at the analysis of a text from standard input.
use readout_annotate::Swift;
fn main() {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut text).expect("text");
    let swift = Swift::embedded().expect("models");
    for spans in swift.divide(&text) {
        let words: Vec<&str> = spans.iter().map(|s| s.of(&text)).collect();
        let tagged = swift.tag(&words);
        for (i, (head, relation)) in swift.parse(&tagged).into_iter().enumerate() {
            println!("{}\t{}\t{}\t{}\t{}\t{relation}", i + 1, words[i], tagged.tags[i].upos, tagged.tags[i].xpos, head.map_or(0, |h| h + 1));
        }
        for (a, b, k) in swift.names(&tagged) {
            println!("  {k} {}", words[a..b].join(" "));
        }
        println!();
    }
}
