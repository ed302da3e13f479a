//! Owns the table of weights: what each tie between two reports is worth, and how much links them.
//!
//! All in hundredths of a point, so that sums are exact and the order of adding does not matter. The idea behind the
//! figures: same parties and same kind (1.2 points) never suffice alone; the same day on top (2.0) always does; anything
//! vaguer needs a second tie. Tuned by hand on the gold sets named in `gold/README.md`; nothing here knows a name.

/// At or above this two reports are taken for one contact.
pub(crate) const THRESHOLD: i32 = 200;

/// The same persons on both sides (states, where neither names anybody).
pub(crate) const PARTIES_SAME: i32 = 100;
/// One side is a person here and only the state there.
pub(crate) const PARTIES_ONE_STATE: i32 = 40;
/// Persons here, only their states there.
pub(crate) const PARTIES_ALL_STATES: i32 = -20;
/// One side in common, the others hidden in an open group ("European leaders").
pub(crate) const PARTIES_BY_GROUP: i32 = 20;
/// An open group named in one of them only, beside two parties.
pub(crate) const PARTIES_GROUP_BESIDE: i32 = -60;
/// Two parties against a joint contact of more.
pub(crate) const PARTIES_BILATERAL_IN_JOINT: i32 = -150;
/// A side of a joint contact that the other list lacks.
pub(crate) const PARTIES_EXTRA_SIDE: i32 = -30;
/// All such sides together.
pub(crate) const PARTIES_EXTRA_SIDE_MOST: i32 = -120;

/// Equal kinds.
pub(crate) const KIND_SAME: i32 = 20;
/// Talks against a meeting.
pub(crate) const KIND_RELATED: i32 = -20;
/// A visit against a meeting or talks: the trip is another contact, unless much says otherwise.
pub(crate) const KIND_VISIT: i32 = -120;

/// Both on the one day.
pub(crate) const SAME_DAY: i32 = 200;
/// Overlapping, the wider at most three days.
pub(crate) const WITHIN_DAYS: i32 = 140;
/// Overlapping, the wider at most ten days.
pub(crate) const WITHIN_WEEK: i32 = 100;
/// Overlapping, the wider at most a month.
pub(crate) const WITHIN_MONTH: i32 = 50;
/// Overlapping, the wider at most 400 days.
pub(crate) const WITHIN_YEAR: i32 = 20;
/// On neighbouring days: only with another strong tie, see `cluster`.
pub(crate) const NEXT_DAY: i32 = 40;

/// A text without a date names the day of the week on which the other has it.
pub(crate) const SAME_WEEKDAY: i32 = 30;

/// Both the `n`th of the same count.
pub(crate) const SAME_ORDINAL: i32 = 200;
/// Both the `n`th, of counts that start at about the same time.
pub(crate) const SIMILAR_ORDINAL: i32 = 120;
/// Both the `n`th, but one does not say since when: the second of the year is not the second in two days.
pub(crate) const BARE_ORDINAL: i32 = 40;
/// The same words quoted, or the same long evidence.
pub(crate) const SHARED_QUOTE: i32 = 150;
/// The same evidence in two copies of one text.
pub(crate) const SAME_TEXT: i32 = 200;
/// Durations that can be the same.
pub(crate) const SAME_DURATION: i32 = 60;
/// Durations that cannot.
pub(crate) const OTHER_DURATION: i32 = -40;
/// A word of the place in common.
pub(crate) const SAME_PLACE: i32 = 60;
/// Places in different countries.
pub(crate) const OTHER_COUNTRY: i32 = -150;
/// Places without a word in common (a city against its building is as likely as two cities).
pub(crate) const OTHER_PLACE: i32 = -20;
/// Both documents are mainly about it and at most two days apart, and one of them does not date it.
pub(crate) const BOTH_MAIN: i32 = 120;
/// The main contact of a document at most two days after the other's day, and the document does not date it.
pub(crate) const MAIN_NEAR_DAY: i32 = 100;
/// No other contact of these parties could be meant.
pub(crate) const ONLY_CANDIDATE: i32 = 100;
/// As above, but nothing bounds how long ago it was.
pub(crate) const ONLY_CANDIDATE_OPEN: i32 = 70;
/// The first contact after it was planned.
pub(crate) const NEXT_AFTER_PLAN: i32 = 90;
/// The first contact after it was proposed.
pub(crate) const NEXT_AFTER_PROPOSAL: i32 = 30;
/// Cancelled here, held there.
pub(crate) const CANCELLED_AND_HELD: i32 = -150;
/// Planned, and later cancelled.
pub(crate) const PLANNED_THEN_CANCELLED: i32 = 40;
/// Cancelled, and later planned: more likely another one.
pub(crate) const CANCELLED_THEN_PLANNED: i32 = -100;
/// Denied here, held there: may be a dispute about one contact.
pub(crate) const DENIED_AND_HELD: i32 = -50;
