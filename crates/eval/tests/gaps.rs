//! Owns the check that whichever call of a real series is left out, the counts of the rest show it. The texts are no part of
//! the repository; where they are not there, nothing is measured.

use std::path::Path;

use readout_eval::removal::{Removal, run};

#[test]
fn whichever_call_is_left_out_the_counts_show_it() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let done = run(&Removal { shared }).expect("the corpus can be read where it is there");
    assert_ne!(done, Some(false), "see above");
}
