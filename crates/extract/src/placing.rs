//! Owns the way from a mention to a report: one mention divided into the contacts it tells of, and each put into the report it
//! belongs to, or into a new one.

use readout_types::{ActorKind, CountOf, Date, KindGroup, Status, When};

use crate::actors::ActorId;
use crate::implied;
use crate::mentioned::ContactMention;
use crate::reports::{Draft, Told, same_parties};
use crate::resolve::Document;

/// Divides a mention into contacts: one for each of several others called, one for each of several callers.
pub(crate) fn sides<'a>(document: &Document<'a>, told: Told<'a>) -> Vec<Told<'a>> {
    let mention = &told.mention;
    let mut party = mention.party.clone();
    let other = mention.other.clone();
    if party.is_empty()
        && let Some(host) = document.host
        && (mention.title || !other.is_empty() && !mention.definite)
        && other.iter().all(|&o| document.foreign(o, host))
        && !other.is_empty()
    {
        // "Telephone conversation with …" over an official readout: the issuer's principal is the other side.
        party = vec![host];
    }
    if !mention.goals.is_empty() {
        return journeys(document, &told);
    }
    let tree = document.tree(mention.sentence);
    let has_word = |list: &[&str]| (0..tree.len()).any(|t| list.contains(&tree.word(t).to_lowercase().as_str()));
    // "Three-way", "four-way" are words of three tokens.
    let ways = (2..tree.len())
        .any(|t| tree.lower(t) == "way" && matches!(tree.lower(t - 2).as_str(), "three" | "four" | "five" | "six"));
    let joint = ways
        || has_word(&[
            "joint",
            "jointly",
            "three-way",
            "trilateral",
            "conference",
            "together",
            "four-way",
            "quadrilateral",
            "multilateral",
        ]);
    // "Held a call with A, B and C" is one.
    let one = call_is_one(&tree, mention);
    // "Held telephone talks with the trade representative and the treasury secretary of one country"
    let team = mention.pattern.id.starts_with("talks.")
        && mention.other.len() > 1
        && mention.other.iter().all(|&o| document.cast.country(o).is_some())
        && mention.other.iter().all(|&o| !document.foreign(mention.other[0], o));
    let joint = joint || one && mention.other.len() > 1 || team;
    let apart = has_word(&["separately", "separate", "respectively", "each"]);
    let call = mention.kind == readout_types::ContactKind::Call;
    let with = |parties: Vec<ActorId>| Told { parties, ..told.clone() };
    let both = has_word(&["both"]) && party.len() == 2 && other.len() == 1;
    // "A, B and C said so in telephone conversations with D"
    let each = call && mention.plural && mention.pattern.form == readout_rules::Form::Noun && !joint;
    // "A and B phoned C": one after the other.
    let rang = matches!(&*mention.pattern.id, "call.telephone" | "call.ring-up")
        && mention.medium.as_deref() != Some("video")
        && !joint
        && party.iter().all(|&p| document.cast.is_person(p))
        && party.first().is_some_and(|&a| party.iter().skip(1).all(|&b| document.foreign(a, b)));
    if (both || apart || each || rang) && party.len() > 1 && other.len() == 1 {
        return party.iter().map(|&p| with(vec![p, other[0]])).collect();
    }
    if other.len() > 1
        && party.len() <= 1
        && !joint
        && (call && !has_word(&["videoconference", "teleconference"]) && mention.medium.as_deref() != Some("video")
            || mention.plural && mention.kind != readout_types::ContactKind::Talks
            || apart
            || other.len() > 2 && has_word(&["several", "various", "including"]))
    {
        let countries: Vec<Option<&str>> = other.iter().map(|&o| document.cast.country(o)).collect();
        // Two people of one country are rung up one after the other, too.
        let people = (call || apart) && other.iter().all(|&o| document.cast.is_person(o));
        let distinct =
            countries.iter().enumerate().all(|(i, c)| c.is_some() && (people || !countries[..i].contains(c)));
        if distinct {
            return other.iter().map(|&o| with(party.iter().copied().chain([o]).collect())).collect();
        }
    }
    let mut parties = party;
    parties.extend(other.into_iter().filter(|o| !mention.party.contains(o)));
    vec![with(parties)]
}

/// Whether a call is told of as a single one: "a call", "a videoconference".
fn call_is_one(tree: &crate::tree::Tree<'_>, mention: &ContactMention<'_>) -> bool {
    mention.pattern.form == readout_rules::Form::Noun
        && !mention.plural
        && (mention.title || tree.children(mention.token).any(|c| matches!(tree.lower(c).as_str(), "a" | "an" | "one")))
}

/// One visit for each country of a journey to several.
fn journeys<'a>(document: &Document<'a>, told: &Told<'a>) -> Vec<Told<'a>> {
    let mention = &told.mention;
    let stands = |at: usize| mention.goals.iter().all(|&(t, _)| t != at);
    let travellers: Vec<usize> = mention.party_tokens.iter().copied().filter(|&t| stands(t)).collect();
    mention
        .goals
        .iter()
        .map(|&(at, goal)| {
            let mut own = mention.clone();
            own.destination = Some(goal);
            own.other = vec![goal];
            own.party_tokens = travellers.iter().copied().chain([at]).collect();
            Told {
                parties: mention.party.iter().copied().chain([goal]).collect(),
                place: crate::fields::place_at(document, mention.sentence, at),
                mention: own,
                ..told.clone()
            }
        })
        .collect()
}

/// Whether the parties are of two sides at least, of different countries as far as known.
fn two_sided(document: &Document<'_>, parties: &[ActorId]) -> bool {
    if parties.iter().all(|&p| document.cast.get(p).actor.kind == ActorKind::Organisation) {
        return false;
    }
    let mut countries: Vec<&str> = parties.iter().filter_map(|&p| document.cast.country(p)).collect();
    countries.sort_unstable();
    countries.dedup();
    let groups = parties.iter().filter(|&&p| document.cast.country(p).is_none() && !document.cast.is_person(p)).count();
    // "President Example", of whom no table knows: somebody's president, of another country than the other side as far as
    // the text goes.
    let unplaced = parties
        .iter()
        .filter(|&&p| {
            let actor = &document.cast.get(p).actor;
            document.cast.is_person(p) && actor.country.is_none() && actor.role.as_deref().is_some_and(holds_office)
        })
        .count();
    // A government and those in arms against it are two sides of one country.
    let rebels = parties.iter().filter(|&&p| document.leads_rebels(p)).count();
    let rebels = if rebels < parties.len() { rebels.min(1) } else { 0 };
    countries.len() + groups + unplaced + rebels >= 2 && countries.len() + groups > 0
}

/// Whether two or more act for one and the same country: a president and his own minister.
fn domestic(document: &Document<'_>, parties: &[ActorId]) -> bool {
    let home = parties.first().and_then(|&p| document.cast.country(p));
    parties.len() > 1
        && home.is_some()
        && parties.iter().all(|&p| document.cast.country(p) == home)
        && parties.iter().any(|&p| document.cast.is_person(p))
}

/// Whether a role that a text gives is one of government.
fn holds_office(role: &str) -> bool {
    let role = role.to_lowercase();
    ["president", "minister", "chancellor", "king", "queen", "premier", "emir", "sultan", "secretary of state"]
        .iter()
        .any(|office| role.contains(office))
}

/// "Thank you for the reception we were given ten days ago": in an official record, what names nobody and was days before is
/// not the contact of the record, which has its day from there.
fn before_the_record(document: &Document<'_>, told: &Told<'_>) -> bool {
    let mention = &told.mention;
    let before = |day: Date| told.when.interval.latest.is_some_and(|d| (day - d).get_days() > 2);
    document.issuer.is_some()
        && told.dated
        && mention.party.is_empty()
        && mention.other.is_empty()
        && document.cast.day.is_some_and(before)
}

/// Puts a mention where it belongs: into a report there is, or into a new one. Gives the report's index.
pub(crate) fn place_in<'a>(document: &Document<'a>, drafts: &mut Vec<Draft<'a>>, told: Told<'a>) -> Option<usize> {
    let mention = &told.mention;
    if told.count.as_ref().is_some_and(|c| c.of == CountOf::Total) {
        // "They have had five calls": a claim about the series, told with the contact in hand.
        let index = drafts.iter().position(|d| {
            d.kind.group() == mention.kind.group()
                && !d.prior
                && (told.parties.is_empty() || same_parties(document, &d.parties, &told.parties))
        });
        let Some(index) = index else {
            // The series itself is all that is told so far.
            if !two_sided(document, &told.parties) {
                return None;
            }
            drafts.push(Draft::new(told));
            return Some(drafts.len() - 1);
        };
        let parties = drafts[index].parties.clone();
        let mut told = Told {
            parties,
            dated: false,
            when: When::default(),
            when_spans: Vec::new(),
            place: None,
            duration: None,
            ..told
        };
        told.mention.soft = true;
        told.mention.status = drafts[index].status;
        drafts[index].add(document, told);
        return Some(index);
    }
    if two_sided(document, &told.parties) || document.knowledge.domestic && domestic(document, &told.parties) {
        let fits = drafts
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, d)| d.admits(document, &told))
            .map(|(i, _)| i)
            .collect::<Vec<_>>();
        // An agreeing day wins over mere nearness.
        let dated = fits.iter().copied().find(|&i| told.dated && drafts[i].dated);
        // So does one that took place, for what took place, over a plan.
        let behind = |s: Status| matches!(s, Status::Held | Status::Ongoing);
        let sure = told.count.is_some() && behind(mention.status);
        let alike = fits.iter().copied().find(|&i| sure && behind(drafts[i].status));
        if let Some(index) = dated.or(alike).or(fits.first().copied()) {
            drafts[index].add(document, told);
            return Some(index);
        }
        drafts.push(Draft::new(told));
        return Some(drafts.len() - 1);
    }
    // One side or none: it refers back, or says nothing.
    // "A good call", he wrote: what somebody calls it.
    let all_of_them = told.parties.is_empty() && group_meets(document, mention);
    let called = !told.credits.is_empty()
        && mention.pattern.form == readout_rules::Form::Noun
        && quoted(&document.tree(mention.sentence), mention.token);
    if !(mention.definite
        || called
        || all_of_them
        || mention.pattern.form == readout_rules::Form::Noun && !told.parties.is_empty())
        || mention.prior
        || mention.further
    {
        return None;
    }
    let tree = document.tree(mention.sentence);
    if mention.kind == readout_types::ContactKind::Visit || with_others(&tree, mention) {
        return None;
    }
    let behind = |s: Status| matches!(s, Status::Held | Status::Ongoing);
    // "In the context of a summit due on 17 November" is not the meeting just told of.
    let ahead = matches!(mention.status, Status::Planned | Status::Proposed) && !mention.soft && told.dated;
    // "The summit" of a text that tells of one of the known series is that one.
    let summit = |t: &Told<'_>| document.tree(t.mention.sentence).lemma(t.mention.token) == "summit";
    let series_meets = summit(&told) && !document.events.is_empty();
    let fits = |d: &Draft<'_>| {
        d.kind.group() == mention.kind.group()
            && !(ahead && behind(d.status) && !d.only_announced(document))
            && (!series_meets || d.told.iter().any(summit))
            && d.kind != readout_types::ContactKind::Visit
            && told.parties.iter().all(|p| same_side(document, *p, &d.parties))
            && !(d.dated && told.dated && !d.when.interval.overlaps(told.when.interval))
            && (d.dated || !before_the_record(document, &told))
    };
    let latest = tree.children(mention.token).any(|c| matches!(tree.lemma(c).as_str(), "latest" | "late"));
    let gap = |d: &Draft<'_>| d.told.last().map_or(usize::MAX, |t| mention.sentence - t.mention.sentence);
    let main = drafts.iter().position(|d| fits(d) && !d.prior);
    // What was just spoken of; else what the document is about; else the nearest before.
    let near = if latest { None } else { drafts.iter().rposition(|d| fits(d) && gap(d) <= 2 && !d.prior) };
    let found = near.or(main).or_else(|| drafts.iter().rposition(|d| fits(d) && gap(d) <= 8));
    if found.is_none()
        && told.dated
        && told.when.interval.as_day().is_some()
        && told.parties.is_empty()
        && (told.count.is_some() || mention.further)
        && let Some(series) = series(drafts, mention.kind.group())
    {
        // "The third call came on 19 May": one more of the series in hand.
        drafts.push(Draft::new(Told { parties: drafts[series].parties.clone(), ..told }));
        return Some(drafts.len() - 1);
    }
    // "Following the phone call", under the title "A tells B": of those two.
    if found.is_none()
        && mention.definite
        && told.parties.is_empty()
        && behind(mention.status)
        && mention.pattern.form == readout_rules::Form::Noun
        && document.pairs.is_empty()
        && let Some(parties) = implied::addressed(document)
    {
        drafts.push(Draft::new(Told { parties, ..told }));
        return Some(drafts.len() - 1);
    }
    let index = found?;
    let parties = drafts[index].parties.clone();
    // A back-reference adds facts; it does not change what became of the contact unless it says so plainly.
    let mut told = Told { parties, ..told };
    told.mention.soft = true;
    drafts[index].add(document, told);
    Some(index)
}

/// "The leaders of the two most powerful nations are due to meet on Friday": those of whom the text has told.
fn group_meets(document: &Document<'_>, mention: &ContactMention<'_>) -> bool {
    let tree = document.tree(mention.sentence);
    let named = |t: usize| document.mention_at(mention.sentence, t).is_some();
    mention.pattern.form == readout_rules::Form::Verb
        && tree.subjects(mention.token).iter().any(|&s| {
            matches!(tree.lemma(s).as_str(), "leader" | "president" | "minister" | "diplomat" | "official" | "man")
                && matches!(tree.xpos(s), "NNS" | "NNPS")
                && tree.children(s).any(|c| tree.lower(c) == "the")
                && (0..tree.len()).all(|t| !named(t) || !tree.ancestors(t).contains(&s))
        })
}

/// "Then flew to Brussels for meetings with European officials": with people whom nothing here knows, so another contact than
/// the one told of before.
fn with_others(tree: &crate::tree::Tree<'_>, mention: &ContactMention<'_>) -> bool {
    mention.plural
        && mention.other.is_empty()
        && !mention.definite
        && tree.children(mention.token).any(|c| {
            // "Have been busy in meetings at his headquarters"
            matches!(tree.lower(c).as_str(), "in" | "of") && mention.party.len() == 1
                || tree.relation(c).universal() == readout_types::Deprel::Nmod
                    && tree.case(c) == "with"
                    && tree.upos(c) == readout_types::Upos::Noun
        })
}

/// Whether a token stands in quotation marks of its sentence.
fn quoted(tree: &crate::tree::Tree<'_>, token: usize) -> bool {
    let mark = |t: usize| matches!(tree.word(t), "\"" | "“" | "”" | "``" | "''");
    (0..token).filter(|&t| mark(t)).count() % 2 == 1 && (token + 1..tree.len()).any(mark)
}

/// A report of the parties of whom most reports of a kind are so far: those whose series a text goes through.
fn series(drafts: &[Draft<'_>], group: KindGroup) -> Option<usize> {
    let own: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].kind.group() == group).collect();
    let alike = |i: usize| own.iter().filter(|&&o| drafts[o].parties == drafts[i].parties).count();
    own.iter().copied().max_by_key(|&i| (alike(i), i))
}

fn same_side(document: &Document<'_>, actor: ActorId, parties: &[ActorId]) -> bool {
    parties.iter().any(|&p| {
        p == actor || (document.cast.country(p).is_some() && document.cast.country(p) == document.cast.country(actor))
    })
}
