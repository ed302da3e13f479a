//! Owns what an official readout implies: who issued it says so, and its main contact was on the day of the record.

use readout_types::{Actor, ActorFacts, ActorKind, BlockKind, CleanDocument, Date, Interval, Status};

use crate::reports::Draft;
use crate::resolve::Document;
use crate::speakers::{self, Credit};

/// What an official readout implies: its issuer says so, and its main contact took place on the day of the record unless
/// the text gives another.
pub fn imply(document: &Document<'_>, drafts: &mut [Draft<'_>], main: Option<usize>, day: Option<Date>) {
    let Some(issuer) = document.issuer else { return };
    let speaker = Actor::from(ActorFacts {
        name: issuer.credit.clone(),
        role: None,
        country: Some(issuer.country.clone()),
        kind: ActorKind::Organisation,
        key: format!("state:{}", issuer.country),
    });
    for (index, draft) in drafts.iter_mut().enumerate() {
        let Some(first) = draft.told.first_mut() else { continue };
        let span = document.sentence(first.mention.sentence).tokens[first.mention.token].span;
        // What a side is told to have said is part of the contact; the record says so.
        first.credits.retain(|c| speakers::for_another(document, &c.speaker));
        if first.credits.is_empty() {
            first.credits.push(Credit { speaker: speaker.clone(), channel: None, denies: false, span });
        }
        let host_in = document.host.is_none_or(|h| draft.parties.contains(&h));
        // A day told far below the opening is that of something else that the two spoke of.
        let opening = draft.told.first().map_or(0, |t| t.mention.sentence);
        let late = draft.told.iter().filter(|t| t.dated).all(|t| t.mention.sentence > opening + 3);
        let open = !draft.dated
            || late
            || day.is_some_and(|d| {
                draft.when.interval.as_day().is_none() && draft.when.interval.overlaps(Interval::day(d))
            });
        if Some(index) == main
            && open
            && host_in
            && !draft.prior
            && matches!(draft.status, Status::Held | Status::Ongoing)
            && let Some(day) = day
        {
            draft.when.interval = Interval::day(day);
            draft.when.basis = format!("official readout of {day}");
            draft.dated = true;
            draft.status = Status::Held;
        }
    }
}

/// Whether a title is that of an official record: "Telephone conversation with …", "Readout of …", "Meeting with …".
pub fn titled_as_readout(clean: &CleanDocument) -> bool {
    let block = clean.blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| b.span.of(&clean.text));
    let title = clean.title.as_deref().or(block).unwrap_or_default().trim().to_lowercase();
    let opens = [
        "telephone conversation",
        "phone call",
        "meeting with",
        "talks with",
        "readout",
        "call with",
        "conversation with",
    ];
    opens.iter().any(|o| title.starts_with(o))
}
