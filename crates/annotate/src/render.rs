//! Owns analyses as text for people: CoNLL-U, and trees drawn under each other.

use std::fmt::Write;

use readout_types::{Annotated, Sentence};

/// The analysis as CoNLL-U, with names in the last column (`Name=B-PER`).
pub fn conllu(annotated: &Annotated) -> String {
    let text = &annotated.document.text;
    let mut out = String::new();
    for (number, sentence) in annotated.sentences.iter().enumerate() {
        let line: Vec<&str> = sentence.span.of(text).split_whitespace().collect();
        let _ = writeln!(out, "# sent_id = {}-{}\n# text = {}", annotated.document.id, number + 1, line.join(" "));
        for (i, token) in sentence.tokens.iter().enumerate() {
            let name = annotated
                .names
                .iter()
                .find(|n| n.sentence as usize == number && (n.first as usize..n.end as usize).contains(&i));
            let mut misc = Vec::new();
            if let Some(name) = name {
                misc.push(format!("Name={}-{}", if name.first as usize == i { 'B' } else { 'I' }, name.kind));
            }
            if sentence.tokens.get(i + 1).is_some_and(|next| next.span.start == token.span.end) {
                misc.push("SpaceAfter=No".to_owned());
            }
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            let xpos = if token.xpos.is_empty() { "_" } else { token.xpos };
            let (head, relation) = match (sentence.parsed, token.head) {
                (false, _) => ("_".to_owned(), "_"),
                (true, None) => ("0".to_owned(), token.deprel.as_str()),
                (true, Some(head)) => ((head + 1).to_string(), token.deprel.as_str()),
            };
            let word = token.span.of(text);
            let _ = writeln!(
                out,
                "{}\t{word}\t{}\t{}\t{xpos}\t_\t{head}\t{relation}\t_\t{misc}",
                i + 1,
                token.lemma,
                token.upos
            );
        }
        out.push('\n');
    }
    out
}

/// The analysis with one indented line per word, each under its head; names in square brackets.
pub fn draw(annotated: &Annotated) -> String {
    let text = &annotated.document.text;
    let mut out = String::new();
    for (number, sentence) in annotated.sentences.iter().enumerate() {
        let line: Vec<&str> = sentence.span.of(text).split_whitespace().collect();
        let _ = writeln!(out, "{}", line.join(" "));
        let names: Vec<String> = annotated
            .names
            .iter()
            .filter(|n| n.sentence as usize == number)
            .map(|n| format!("[{} {}]", n.kind, n.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect();
        if !names.is_empty() {
            let _ = writeln!(out, "  {}", names.join(" "));
        }
        if let Some(root) = sentence.root() {
            branch(text, sentence, root, &mut out);
        } else {
            for token in &sentence.tokens {
                let _ = writeln!(out, "  {} {}", token.span.of(text), token.upos);
            }
        }
        out.push('\n');
    }
    out
}

/// Draws the words below `root`, depth first in the order of the text, without recursion.
fn branch(text: &str, sentence: &Sentence, root: usize, out: &mut String) {
    let mut children = vec![Vec::new(); sentence.tokens.len()];
    for (i, token) in sentence.tokens.iter().enumerate().rev() {
        if let Some(list) = token.head.and_then(|h| children.get_mut(h as usize)) {
            list.push(i);
        }
    }
    let mut open = vec![(root, String::from("  "), true)];
    while let Some((word, indent, last)) = open.pop() {
        let token = &sentence.tokens[word];
        let joint = if word == root {
            ""
        } else if last {
            "└ "
        } else {
            "├ "
        };
        let _ =
            writeln!(out, "{indent}{joint}{} {} ({}, {})", token.deprel, token.span.of(text), token.lemma, token.upos);
        let below = if word == root { indent } else { format!("{indent}{}", if last { "  " } else { "│ " }) };
        // The list is in reverse, so that the first child is drawn first.
        for (k, &child) in children[word].iter().enumerate() {
            open.push((child, below.clone(), k == 0));
        }
    }
}
