//! Owns the tests of the corrections: sentences as the network may read them, and the arcs that must come out.

use super::*;
