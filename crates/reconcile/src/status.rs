//! Owns what became of a contact: its status over time, and the dispute between those who say that it took place and
//! those who deny it.

use std::collections::BTreeSet;

use readout_types::{Actor, Agreement, Date, Dispute, Field, FieldValue, Interval, Rival, Status, StatusStep};

use crate::settle::Voice;

/// The status and how it came about.
pub(crate) struct Fate {
    pub status: Status,
    pub agreement: Agreement,
    pub dispute: Option<Dispute>,
    pub history: Vec<StatusStep>,
}

/// How far along a contact is; a later report of the same day can only move it forward.
fn progress(status: Status) -> u8 {
    match status {
        Status::Unclear => 0,
        Status::Proposed => 1,
        Status::Planned => 2,
        Status::Ongoing => 3,
        Status::Held => 4,
        Status::Cancelled => 5,
        Status::Denied => 6,
    }
}

/// Weighs the statuses. `written` gives the days of a document.
///
/// Whoever says that it took place wins over any plan, whenever that was written; the latest word decides among plans,
/// proposals and cancellations; somebody's denial beside somebody's account is a dispute, never settled silently.
pub(crate) fn fate(voices: &[Voice<'_>], written: impl Fn(usize) -> Interval) -> Fate {
    let day = |v: &Voice<'_>| written(v.document).latest;
    let mut steps: Vec<(Option<Date>, u8, Voice<'_>)> =
        voices.iter().map(|v| (day(v), progress(v.report.status), *v)).collect();
    steps.sort_by_key(|s| (s.0.is_none(), s.0, s.1));
    let history = steps
        .iter()
        .map(|(_, _, v)| StatusStep { as_of: day(v), status: v.report.status, document: v.document })
        .collect();

    let happened = |v: &&Voice<'_>| matches!(v.report.status, Status::Held | Status::Ongoing);
    let account: Vec<&Voice<'_>> = voices.iter().filter(happened).collect();
    let status = if account.is_empty() {
        // Undated documents come last in the history; they do not outvote a dated one.
        let dated = steps.iter().rev().find(|s| s.0.is_some());
        dated.or(steps.last()).map_or(Status::Unclear, |s| s.2.report.status)
    } else if account.iter().any(|v| v.report.status == Status::Held) {
        Status::Held
    } else {
        Status::Ongoing
    };
    let cancelled_after_all = |v: &&Voice<'_>| {
        let latest_account = account.iter().filter_map(|a| day(a)).max();
        v.report.status == Status::Cancelled && matches!((day(v), latest_account), (Some(c), Some(a)) if c > a)
    };
    let against: Vec<&Voice<'_>> = voices
        .iter()
        .filter(|v| !account.is_empty() && (v.report.status == Status::Denied || cancelled_after_all(v)))
        .collect();
    let deniers: Vec<(&Voice<'_>, Vec<Actor>)> = account
        .iter()
        .map(|v| (*v, v.report.said_by.iter().filter(|a| a.denies).map(|a| a.speaker.clone()).collect::<Vec<_>>()))
        .filter(|(_, who)| !who.is_empty())
        .collect();
    let origins = |list: &[&Voice<'_>]| list.iter().map(|v| v.origin).collect::<BTreeSet<_>>().len();

    if against.is_empty() && deniers.is_empty() {
        let backing: Vec<&Voice<'_>> = voices.iter().filter(|v| v.report.status == status).collect();
        let agreement = if origins(&backing) > 1 { Agreement::Agreed } else { Agreement::SingleSource };
        return Fate { status, agreement, dispute: None, history };
    }
    let denial_outweighs = origins(&against) > origins(&account);
    let mut values = vec![rival(status, &account, &[])];
    let counter = against.first().map_or(Status::Denied, |v| v.report.status);
    let denied_in: Vec<&Voice<'_>> = against.iter().copied().chain(deniers.iter().map(|d| d.0)).collect();
    let denied_by: Vec<Actor> = deniers.into_iter().flat_map(|d| d.1).collect();
    values.push(rival(counter, &denied_in, &denied_by));
    let status = if denial_outweighs {
        values.swap(0, 1);
        counter
    } else {
        status
    };
    Fate { status, agreement: Agreement::Disputed, dispute: Some(Dispute { field: Field::Status, values }), history }
}

fn rival(status: Status, voices: &[&Voice<'_>], deniers: &[Actor]) -> Rival {
    let documents: BTreeSet<usize> = voices.iter().map(|v| v.document).collect();
    let mut said_by: Vec<Actor> = deniers.to_vec();
    if deniers.is_empty() {
        let credited = voices.iter().flat_map(|v| &v.report.said_by);
        let denies = status == Status::Denied;
        for attribution in credited.filter(|a| a.denies == denies || (denies && !a.denies)) {
            if said_by.iter().all(|a| a.key != attribution.speaker.key) {
                said_by.push(attribution.speaker.clone());
            }
        }
    }
    Rival { value: FieldValue::Status(status), documents: documents.into_iter().collect(), said_by, side: None }
}
