//! Owns what stands below the last paragraph: author bios, notes on who contributed, and the names above a bio.

use readout_types::BlockKind;

use crate::furniture::{FURNITURE, Place};
use crate::prose::{bare, ends_sentence, words};
use crate::sheet::Sheet;

/// Marks the page's foot, from the end upwards to the first line that is neither furniture nor a bio.
pub(crate) fn foot(sheet: &mut Sheet) {
    // The body is what stands above; a page is never all foot.
    let first = sheet.first_running();
    for i in (first + 1..sheet.len()).rev() {
        if !sheet.is_open(i) {
            continue;
        }
        let text = sheet.of(i);
        if let Some((rule, _)) = FURNITURE.find(Place::Bottom, text) {
            sheet.mark(i, rule.kind, &rule.id);
        } else if stands_over_bio(sheet, i) {
            sheet.mark(i, BlockKind::AuthorBio, "author-bio.name");
        } else {
            break;
        }
    }
}

/// Whether a short line names the author or the post of the bio right below it.
fn stands_over_bio(sheet: &Sheet, i: usize) -> bool {
    let text = sheet.of(i);
    if words(text, 8) > 7 || ends_sentence(text) {
        return false;
    }
    let bio = (i + 1..sheet.len())
        .take(3)
        .find(|j| sheet.pieces[*j].kind == Some(BlockKind::AuthorBio) && words(sheet.of(*j), 8) == 8);
    bio.is_some_and(|j| bare(sheet.of(j)).contains(&bare(text)))
}
