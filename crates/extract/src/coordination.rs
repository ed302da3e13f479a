//! Owns actors named in a row: "A, B and C", "B as well as his Polish counterpart, C", "with A and with B".

use readout_types::{Deprel, Upos};

use crate::actors::ActorId;
use crate::mentions::{Mention, Referent};
use crate::resolve::Document;

impl Document<'_> {
    /// Actors joined to a mention by commas and "and" alone, to its left and right, as the words stand.
    pub(crate) fn side_by_side(&self, sentence: usize, mention: &Mention) -> Vec<ActorId> {
        let tree = self.tree(sentence);
        // "B and his Polish counterpart, C": what leads up to a name is passed over.
        let leads = |m: &Mention| {
            tree.xpos(m.first) == "PRP$"
                || matches!(m.referent, Referent::Adjective(_)) && tree.lemma(m.end) == "counterpart"
        };
        let own: Vec<&Mention> = self.mentions[self.by_sentence[sentence].clone()]
            .iter()
            .filter(|m| m.first == mention.first || !leads(m))
            .collect();
        let all = &own;
        let joint = |t: usize| matches!(tree.word(t).to_lowercase().as_str(), "and" | "," | "&" | "-" | "–");
        // "B as well as C"; "with B and with C".
        let as_well = |from: usize| (0..3).all(|i| tree.lower(from + i) == ["as", "well", "as"][i]);
        let again = |from: usize, t: usize| {
            t > from && joint(t - 1) && mention.first > 0 && {
                let own = tree.lower(mention.first - 1);
                matches!(own.as_str(), "with" | "to") && tree.lower(t) == own
            }
        };
        let joins = |from: usize, to: usize| {
            let from = if as_well(from) { from + 2 } else { from };
            let linked = |t: usize| joint(t) || tree.lower(t) == "as" && t == from;
            let counterpart = (from..to).any(|t| tree.lemma(t) == "counterpart" && t + 2 >= to);
            let before_name = |t: usize| {
                matches!(tree.lower(t).as_str(), "the" | "his" | "her" | "their" | "its")
                    || counterpart && matches!(tree.upos(t), Upos::Noun | Upos::Adj | Upos::Propn)
            };
            from < to
                && (from..to).all(|t| linked(t) || again(from, t) || before_name(t))
                && (from..to).any(|t| linked(t) && !(counterpart && t + 1 == to))
        };
        let own_clause = |m: &Mention| {
            // A subject of another verb begins a new clause: "met Putin, and Macron said".
            (m.first..m.end).any(|t| {
                matches!(tree.relation(t), Deprel::Nsubj | Deprel::NsubjPass)
                    && tree.head(t).is_some_and(|h| h >= m.end || h < m.first)
            })
        };
        let Some(at) = all.iter().position(|m| m.first == mention.first) else { return Vec::new() };
        let mut out = Vec::new();
        let is_subject = own_clause(mention);
        let (mut end, mut i) = (mention.end, at);
        while i + 1 < all.len() && joins(end, all[i + 1].first) {
            i += 1;
            let Referent::Actor(id) = all[i].referent else { break };
            if own_clause(all[i]) && !is_subject {
                break;
            }
            // "Putin, Russia said": a comma alone before the last of them is an apposition or a new clause.
            let last = i + 1 >= all.len() || !joins(all[i].end, all[i + 1].first);
            if last && !as_well(end) && !(end..all[i].first).any(|t| matches!(tree.word(t), "and" | "&" | "-" | "–"))
            {
                break;
            }
            out.push(id);
            end = all[i].end;
        }
        let mut before = Vec::new();
        let (mut first, mut i) = (mention.first, at);
        let listed = !out.is_empty();
        while i > 0 && joins(all[i - 1].end, first) {
            // The last of a list has "and" before it.
            if first == mention.first
                && !listed
                && !(all[i - 1].end..first).any(|t| matches!(tree.word(t), "and" | "&" | "-" | "–"))
            {
                break;
            }
            i -= 1;
            let Referent::Actor(id) = all[i].referent else { break };
            if own_clause(all[i]) && !is_subject && tree.word(first.saturating_sub(1)) == "," {
                break;
            }
            // "In Abu Dhabi, A and B agreed": the place before the subject is none of them.
            let placed = all[i].first.checked_sub(1).is_some_and(|t| tree.upos(t) == Upos::Adp);
            if is_subject && placed && !own_clause(all[i]) {
                break;
            }
            before.insert(0, id);
            first = all[i].first;
        }
        before.extend(out);
        before
    }
}
