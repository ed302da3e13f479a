//! Owns how figures are printed: one table, a column for each set, a row for each measure.

use std::fmt::Write;

use crate::figures::{Measure, SetFigures};

/// The measures as rows and the sets as columns; sets that share no measure get tables of their own, one after another.
/// A field's number of cases stands beside its share (`0.912 /34`).
pub fn render(figures: &[SetFigures]) -> String {
    let mut out = String::new();
    let is_titles = |set: &&SetFigures| set.measures.iter().any(|m| m.name == "found");
    for group in [figures.iter().filter(|s| !is_titles(s)).collect(), figures.iter().filter(is_titles).collect()] {
        table(&mut out, group);
    }
    out
}

fn table(out: &mut String, sets: Vec<&SetFigures>) {
    let mut names: Vec<&str> = Vec::new();
    for name in sets.iter().flat_map(|set| &set.measures).map(|m| m.name.as_str()) {
        if !names.contains(&name) && !name.ends_with(" n") {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    let first = names.iter().map(|n| n.len()).max().unwrap_or(0);
    let cells: Vec<Vec<String>> = sets.iter().map(|set| names.iter().map(|name| cell(set, name)).collect()).collect();
    let widths: Vec<usize> = sets
        .iter()
        .zip(&cells)
        .map(|(set, column)| column.iter().map(String::len).chain([set.set.len()]).max().unwrap_or(0))
        .collect();
    let _ = write!(out, "{:first$}", "");
    for (set, width) in sets.iter().zip(&widths) {
        let _ = write!(out, "  {:>width$}", set.set);
    }
    out.push('\n');
    for (row, name) in names.iter().enumerate() {
        let _ = write!(out, "{name:first$}");
        for (column, width) in cells.iter().zip(&widths) {
            let _ = write!(out, "  {:>width$}", column[row]);
        }
        out.push('\n');
    }
    out.push('\n');
}

fn cell(set: &SetFigures, name: &str) -> String {
    let find = |name: &str| set.measures.iter().find(|m| m.name == name);
    let text = match find(name) {
        None => return String::new(),
        Some(Measure { value: None, .. }) => "-".to_owned(),
        Some(Measure { value: Some(value), is_count: true, .. }) => format!("{value:.0}"),
        Some(Measure { value: Some(value), .. }) => format!("{value:.3}"),
    };
    let cases = name.strip_suffix(" accuracy").and_then(|field| find(&format!("{field} n"))?.value);
    match cases {
        Some(n) => format!("{text} /{n:<3.0}"),
        None if name.ends_with(" accuracy") || !set.measures.iter().any(|m| m.name.ends_with(" n")) => text,
        None => format!("{text}     "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table() {
        let set = |name: &str, measures| SetFigures { set: name.to_owned(), measures };
        let contacts = |f1| {
            vec![
                Measure::count("documents", 5),
                Measure::share("f1", Some(f1)),
                Measure::share("day accuracy", None),
                Measure::count("day n", 0),
            ]
        };
        let figures = [
            set("seeds", contacts(0.9)),
            set("titles-dev", vec![Measure::count("documents", 533), Measure::share("found", Some(0.95))]),
            set("dev B", contacts(0.71239)),
        ];
        let lines: Vec<String> = render(&figures).lines().map(|l| l.trim_end().to_owned()).collect();
        assert_eq!(
            lines,
            [
                "                   seeds       dev B",
                "documents         5           5",
                "f1            0.900       0.712",
                "day accuracy      - /0        - /0",
                "",
                "           titles-dev",
                "documents         533",
                "found           0.950",
                "",
            ]
        );
    }
}
