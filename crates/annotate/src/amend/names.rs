//! Owns the trees of names: one head each, titles before them, names in a row.

use readout_types::{Deprel, NameKind, Upos};

use super::Arcs;

/// Nouns that stand before a person's name as a title.
const TITLES: &[&str] = &[
    "president",
    "minister",
    "chancellor",
    "premier",
    "secretary",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "emperor",
    "emir",
    "sultan",
    "sheikh",
    "leader",
    "chief",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "ambassador",
    "envoy",
    "senator",
    "governor",
    "general",
    "admiral",
    "colonel",
    "h.e.",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "dr",
    "dr.",
    "sir",
    "lady",
    "judge",
    "counterpart",
    "adviser",
    "advisor",
    "aide",
    "director",
    "commissioner",
    "chairman",
    "chairwoman",
    "speaker",
    "deputy",
    "representative",
    "diplomat",
    "taoiseach",
    "ayatollah",
    "crown",
];

/// Words glued by hyphens are one word: "Mar-a-Lago" hangs on its last part, and all of it moves together.
pub(super) fn hyphenated(tree: &mut Arcs<'_>) {
    let mut i = 0;
    while i + 2 < tree.len() {
        let glued = |t: &Arcs<'_>, j: usize| {
            j + 2 < t.len()
                && t.xpos(j + 1) == "HYPH"
                && t.tokens[j].span.end == t.tokens[j + 1].span.start
                && t.tokens[j + 1].span.end == t.tokens[j + 2].span.start
        };
        let first = i;
        while glued(tree, i) {
            i += 2;
        }
        // Two hyphens make a name like "Mar-a-Lago"; pairs ("Trump-Putin", "two-hour") read well as they are.
        let last = i;
        if last >= first + 4 && tree.upos(first) == Upos::Propn && tree.upos(last) == Upos::Propn {
            let inside = |h: Option<usize>| h.is_some_and(|h| (first..=last).contains(&h));
            if tree.head(last).is_some_and(|h| !inside(Some(h))) {
                for j in first..last {
                    let relation = if tree.xpos(j) == "HYPH" { Deprel::Punct } else { Deprel::Compound };
                    tree.attach(j, last, relation);
                }
            }
        }
        i += 1;
    }
}

/// "Ann Lee" is headed by its first word, whatever the network makes of it.
pub(super) fn headed_by_the_first(tree: &mut Arcs<'_>) {
    for &(first, end, kind) in tree.names {
        let outside = |i: usize, tree: &Arcs<'_>| tree.head(i).is_none_or(|h| !(first..end).contains(&h));
        let mut heads = (first..end).filter(|&i| outside(i, tree));
        let (Some(head), None) = (heads.next(), heads.next()) else { continue };
        if kind != NameKind::Person || head == first || !(first..end).all(|i| tree.upos(i) == Upos::Propn) {
            continue;
        }
        let children = tree.children(head);
        tree.succeed(head, first, Deprel::Flat);
        for child in children.into_iter().filter(|&c| c != first) {
            tree.hand_on(child, first);
        }
        for word in first + 1..end {
            tree.attach(word, first, Deprel::Flat);
        }
    }
}

/// The tokens of a person's name hang on its first.
pub(super) fn in_one_piece(tree: &mut Arcs<'_>) {
    for &(first, end, kind) in tree.names {
        if kind != NameKind::Person
            || end > tree.len()
            || end < first + 2
            || (first..end)
                .any(|i| matches!(tree.upos(i), Upos::Punct | Upos::Cconj | Upos::Part) || tree.xpos(i) == "POS")
        {
            continue;
        }
        let inside = |h: usize| (first..end).contains(&h);
        // Tokens whose way up leads out of the name and does not come back.
        let outer: Vec<usize> = (first..end)
            .filter(|&i| {
                let mut at = tree.head(i);
                for _ in 0..=tree.len() {
                    match at {
                        Some(h) if inside(h) => return false,
                        Some(h) => at = tree.head(h),
                        None => return true,
                    }
                }
                false
            })
            .collect();
        let modifier = |r: Deprel| {
            matches!(r, Deprel::Compound | Deprel::NmodDesc | Deprel::Flat | Deprel::Amod | Deprel::Dep | Deprel::Punct)
        };
        let Some(top) = outer.iter().copied().find(|&i| !modifier(tree.relation(i))).or(outer.first().copied()) else {
            continue;
        };
        if top == first && (first + 1..end).all(|i| tree.head(i) == Some(first)) {
            for i in first + 1..end {
                tree.tokens[i].deprel = Deprel::Flat;
            }
            continue;
        }
        let (head, relation) = (tree.tokens[top].head, tree.tokens[top].deprel);
        for i in first..end {
            for child in tree.children(i) {
                if !inside(child) {
                    tree.tokens[child].head = Some(first as u32);
                }
            }
        }
        for i in first + 1..end {
            tree.tokens[i].head = Some(first as u32);
            tree.tokens[i].deprel = Deprel::Flat;
        }
        tree.tokens[first].head = head;
        tree.tokens[first].deprel = relation;
    }
}

/// Two capitalised words in a row with one head and one relation are one name: "on Truth Social".
pub(super) fn side_by_side(tree: &mut Arcs<'_>) {
    for second in 1..tree.len() {
        let first = second - 1;
        if tree.xpos(first) == "NNP"
            && tree.xpos(second) == "NNP"
            && tree.head(first).is_some()
            && tree.head(first) == tree.head(second)
            && tree.relation(first) == tree.relation(second)
            && matches!(tree.relation(first), Deprel::Obl | Deprel::Nmod | Deprel::Obj)
            && tree.children(second).is_empty()
            && !tree.is_time(first)
            && !tree.is_time(second)
            && !tree.names.iter().any(|n| n.0 == second || n.1 == second)
        {
            tree.attach(second, first, Deprel::Flat);
        }
    }
}

fn name_at(tree: &Arcs<'_>, first: usize) -> bool {
    tree.names.iter().any(|n| n.0 == first && n.2 == NameKind::Person)
}

/// A title directly before a person's name describes it: "Minister Shinzo Abe" has one head, the name.
pub(super) fn titles(tree: &mut Arcs<'_>) {
    for name in 1..tree.len() {
        let title = name - 1;
        if !name_at(tree, name)
            || !tree.is_noun(title)
            || !TITLES.contains(&tree.lemma(title).as_str())
            || tree.of_person(title)
            || (tree.head(title) == Some(name) && tree.relation(title) == Deprel::NmodDesc)
        {
            continue;
        }
        let moved: Vec<usize> = tree
            .children(title)
            .into_iter()
            .filter(|&c| {
                c > name
                    || matches!(tree.relation(c), Deprel::Case | Deprel::Cc | Deprel::Punct | Deprel::Mark)
                        && tree.xpos(c) != "POS"
            })
            .collect();
        if tree.head(name) == Some(title)
            && matches!(tree.relation(name), Deprel::Flat | Deprel::Compound | Deprel::Appos | Deprel::Dep)
        {
            tree.succeed(title, name, Deprel::NmodDesc);
        } else if tree.head(name).is_some()
            && tree.head(name) == tree.head(title)
            && (tree.relation(name) == tree.relation(title) || tree.is_subject(name) || tree.is_subject(title))
        {
            // A conjunct's title is not the name before it.
            tree.attach(title, name, Deprel::NmodDesc);
        } else if matches!(tree.relation(title), Deprel::NmodDesc | Deprel::Compound | Deprel::Flat)
            && tree.head(title).is_some_and(|h| h < title)
        {
            // "Macron and Prime Minister (of Macron) Keir Starmer"
            if !tree.attach(title, name, Deprel::NmodDesc) {
                continue;
            }
        } else {
            continue;
        }
        for child in moved {
            tree.hand_on(child, name);
        }
    }
}

/// The same where the names of persons were missed: two subjects in a row, a title and capitalised words, are one.
pub(super) fn titles_of_unknown(tree: &mut Arcs<'_>) {
    for title in 0..tree.len().saturating_sub(1) {
        if !tree.is_subject(title) || !TITLES.contains(&tree.lemma(title).as_str()) || name_at(tree, title + 1) {
            continue;
        }
        let mut last = title;
        while last + 1 < tree.len() && tree.xpos(last + 1) == "NNP" && last < title + 4 {
            last += 1;
        }
        let name = (title + 1..=last).find(|&i| tree.is_subject(i) && tree.head(i) == tree.head(title));
        if let Some(name) = name {
            tree.attach(title, name, Deprel::NmodDesc);
        }
    }
}

/// "Secretary of Defense Chuck Hagel": the title, with what it is of, describes the name.
pub(super) fn titles_of(tree: &mut Arcs<'_>) {
    for title in 0..tree.len().saturating_sub(3) {
        if !tree.is_noun(title) || !TITLES.contains(&tree.lemma(title).as_str()) || tree.lower(title + 1) != "of" {
            continue;
        }
        let Some(name) = (title + 3..tree.len().min(title + 7)).find(|&i| name_at(tree, i)) else { continue };
        let office = name - 1;
        let between = (title + 2..name).all(|i| {
            matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj) && !name_at(tree, i)
                || i < office && matches!(tree.lower(i).as_str(), "the" | "and" | "for")
        });
        if !between || !tree.is_noun(office) {
            continue;
        }
        let end = tree.names.iter().find(|n| n.0 == name).map_or(name + 1, |n| n.1);
        let moved: Vec<usize> = tree
            .children(title)
            .into_iter()
            .filter(|&c| {
                c >= end
                    || c < title
                        && tree.xpos(c) != "POS"
                        && matches!(tree.relation(c), Deprel::Case | Deprel::Cc | Deprel::Punct | Deprel::Mark)
            })
            .collect();
        if tree.head(title) == Some(name) {
            tree.tokens[title].deprel = Deprel::NmodDesc;
        } else if tree.within(name, title) {
            tree.succeed(title, name, Deprel::NmodDesc);
        } else {
            continue;
        }
        if tree.head(office) != Some(title) {
            tree.attach(office, title, Deprel::Nmod);
        }
        tree.attach(title + 1, office, Deprel::Case);
        for child in moved {
            if child != name {
                tree.hand_on(child, name);
            }
        }
    }
}

/// A name that hangs as a part of another, with "and" or a comma between them, is coordinated with it.
pub(super) fn coordinated(tree: &mut Arcs<'_>) {
    for &(first, _, kind) in tree.names {
        if kind != NameKind::Person || first >= tree.len() || tree.relation(first) != Deprel::Flat {
            continue;
        }
        let Some(head) = tree.head(first).filter(|&h| h < first) else { continue };
        let Some(&(other, end, _)) = tree.names.iter().find(|n| n.0 <= head && head < n.1) else { continue };
        if end >= first {
            continue;
        }
        let link = (end..first).find(|&i| tree.upos(i) == Upos::Cconj || tree.lower(i) == ",");
        let Some(link) = link else { continue };
        if tree.attach(first, other, Deprel::Conj) {
            let relation = if tree.upos(link) == Upos::Cconj { Deprel::Cc } else { Deprel::Punct };
            tree.attach(link, first, relation);
        }
    }
}

/// A time before a person's name is no part of it: "by the middle of June Donald Trump had …".
pub(super) fn after_time(tree: &mut Arcs<'_>) {
    for name in 1..tree.len() {
        let time = name - 1;
        if !name_at(tree, name)
            || !tree.is_time(time)
            || tree.head(time) != Some(name)
            || !matches!(
                tree.relation(time),
                Deprel::NmodDesc | Deprel::Compound | Deprel::NmodUnmarked | Deprel::NmodPoss | Deprel::Amod
            )
            || tree.child(time, |r| r == Deprel::Case).is_some_and(|c| tree.xpos(c) == "POS")
        {
            continue;
        }
        let Some(end) = tree.names.iter().find(|n| n.0 == name).map(|n| n.1) else { continue };
        let verb = tree.verb_from(end);
        let case = tree.preposition(name).filter(|&c| c < time).or(tree.preposition(time));
        match (tree.relation(name), case) {
            (Deprel::Nmod | Deprel::Obl, Some(case)) => {
                let (head, relation) = (tree.head(name), tree.relation(name));
                let Some(head) = head else { continue };
                tree.attach(time, head, relation);
                tree.attach(case, time, Deprel::Case);
                if let Some(verb) = verb
                    && !tree.has_subject(verb)
                {
                    let relation = tree.subject_relation(verb);
                    tree.attach(name, verb, relation);
                }
            }
            (Deprel::Nsubj | Deprel::NsubjPass, _) => {
                if let Some(verb) = tree.head(name) {
                    let relation = if case.is_some() { Deprel::Obl } else { Deprel::OblUnmarked };
                    tree.attach(time, verb, relation);
                }
            }
            _ => {}
        }
    }
}

impl Arcs<'_> {
    /// The verb whose group begins at `i`, over adverbs and auxiliaries.
    pub(super) fn verb_from(&self, mut i: usize) -> Option<usize> {
        while i < self.len() && self.upos(i) == Upos::Adv {
            i += 1;
        }
        if i >= self.len() {
            return None;
        }
        match self.upos(i) {
            Upos::Verb => Some(i),
            Upos::Aux => self.head(i),
            _ => None,
        }
    }
}

/// "Theresa May held": a modal has a bare infinitive behind it; before a finite verb, and right behind a given name, the
/// capitalised word is the surname.
pub(super) fn modal_surnames(tree: &mut Arcs<'_>) {
    for at in 1..tree.len().saturating_sub(1) {
        if tree.xpos(at) != "MD"
            || !tree.tokens[at].span.of(tree.text).starts_with(char::is_uppercase)
            || tree.upos(at - 1) != Upos::Propn
        {
            continue;
        }
        let next = at + 1;
        let participle = tree.xpos(next) == "VBN" && tree.head(at) == Some(next);
        let finite = matches!(tree.xpos(next), "VBD" | "VBZ" | "MD") || participle;
        if !finite || !tree.attach(at, at - 1, Deprel::Flat) {
            continue;
        }
        tree.retag(at, Upos::Propn, "NNP");
        if participle {
            tree.retag(next, Upos::Verb, "VBD");
        }
    }
}

/// "the chairwoman of the Assembly, Ann Lee": a person stands beside the one who heads a body, not beside the body.
pub(super) fn beside_the_head(tree: &mut Arcs<'_>) {
    for name in 2..tree.len() {
        if tree.relation(name) != Deprel::Appos || !tree.of_person(name) {
            continue;
        }
        let Some(body) = tree.head(name).filter(|&b| b < name && tree.relation(b) == Deprel::Nmod) else { continue };
        let of = tree.preposition(body).is_some_and(|p| tree.lower(p) == "of");
        let Some(head) = tree.head(body).filter(|&h| h < body && of && !tree.of_person(body)) else { continue };
        let capital = tree.tokens[body].span.of(tree.text).starts_with(char::is_uppercase);
        if capital && tree.upos(head) == Upos::Noun {
            tree.attach(name, head, Deprel::Appos);
        }
    }
}
