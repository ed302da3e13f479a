//! Owns whose account of a contact a sentence gives: in nouns, not in verbs of saying.

use readout_types::{Deprel, Upos};

use crate::resolve::Document;
use crate::speakers::{Credit, speaker_at};

/// Nouns for what somebody has to say of a contact: "the Kremlin's summary of the call", "by his own admission".
const ACCOUNTS: [&str; 20] = [
    "account",
    "admission",
    "bulletin",
    "readout",
    "summary",
    "version",
    "telling",
    "count",
    "reckoning",
    "communique",
    "communiqué",
    "notice",
    "statement",
    "description",
    "record",
    "report",
    "tally",
    "announcement",
    "recollection",
    "transcript",
];

/// Whose account a sentence gives: "by his own admission", "to judge by the Kremlin's bulletin", "in Moscow's summary of the
/// call".
pub(crate) fn accounts(document: &Document<'_>, sentence: usize) -> Vec<Credit> {
    let tree = document.tree(sentence);
    let mut out = Vec::new();
    for noun in 0..tree.len() {
        if tree.upos(noun) != Upos::Noun || !ACCOUNTS.contains(&tree.lemma(noun).as_str()) {
            continue;
        }
        let of_it = tree.children(noun).any(|c| {
            tree.relation(c).universal() == Deprel::Nmod
                && tree.case(c) == "of"
                && matches!(
                    tree.lemma(c).as_str(),
                    "call" | "conversation" | "talk" | "talks" | "meeting" | "exchange" | "discussion" | "it"
                )
        });
        // "A readout circulated by the UN"
        let issued = tree.children(noun).find_map(|verb| {
            let issues = matches!(
                tree.lemma(verb).as_str(),
                "release" | "publish" | "circulate" | "issue" | "post" | "distribute"
            );
            let agent = tree.children(verb).find(|&c| tree.case(c) == "by");
            agent.filter(|_| issues && tree.relation(verb) == Deprel::Acl)
        });
        if let Some(agent) = issued.filter(|_| matches!(tree.case(noun).as_str(), "in" | "by" | "per" | "from"))
            && let Some(speaker) = speaker_at(document, sentence, agent)
        {
            let span = tree.sentence.tokens[noun].span.cover(tree.sentence.tokens[agent].span);
            out.push(Credit { speaker, channel: None, denies: false, span });
        }
        if !of_it && !matches!(tree.case(noun).as_str(), "by" | "per") {
            continue;
        }
        let owner = tree.children(noun).find(|&c| c < noun && tree.relation(c) == Deprel::NmodPoss);
        if let Some(owner) = owner
            && let Some(speaker) = speaker_at(document, sentence, owner)
        {
            let span = tree.sentence.tokens[owner].span.cover(tree.sentence.tokens[noun].span);
            out.push(Credit { speaker, channel: None, denies: false, span });
        }
    }
    out
}
