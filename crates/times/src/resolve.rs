//! Owns the step from a meaning and a reference day to an interval of days.

use crate::{Anchor, Direction, Expression, Grain, Resolved};
use readout_types::{Date, Interval};

impl Expression {
    /// The days it denotes. `reference`: the day the text was written; `direction`: where the verb points.
    pub fn resolve(&self, reference: Option<Date>, direction: Direction) -> Resolved {
        let _ = (reference, direction);
        Resolved {
            interval: Interval::UNKNOWN,
            anchor: Anchor::Document,
            grain: Grain::Unknown,
            basis: String::new(),
            exact: false,
        }
    }
}
