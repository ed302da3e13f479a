//! Owns the check of denials: what is denied, called untrue, or neither confirmed nor denied is not told as held.

use crate::common::{Case, check};

const DENIALS: &[Case<'_>] = &[
    (
        "2019-08-14",
        "London and Paris are looking into whether Boris Johnson spoke with Emmanuel Macron.",
        &["call unclear: Boris Johnson, Emmanuel Macron"],
    ),
    (
        "2016-05-11",
        "A spokesman denied that Angela Merkel had phoned David Cameron over the weekend.",
        &["call denied: Angela Merkel, David Cameron; when 2016-05-07/2016-05-08"],
    ),
    (
        "2016-05-11",
        "It was unclear whether David Cameron would meet Angela Merkel when both are in New York in September.",
        &["meeting unclear: David Cameron, Angela Merkel"],
    ),
    (
        "2014-10-22",
        "A senior aide to Hassan Rouhani dismissed as fiction a report that the president had written to Barack \
         Obama.",
        &["message denied: Hassan Rouhani, Barack Obama"],
    ),
    (
        "2014-10-22",
        "An aide to Hassan Rouhani denied a report that the president had written to Barack Obama.",
        &["message denied: Hassan Rouhani, Barack Obama"],
    ),
    (
        "2014-10-22",
        "Moscow called reports of a call between Vladimir Putin and Barack Obama fake.",
        &["call denied: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "Claims that Vladimir Putin had met Barack Obama are false, the Kremlin said.",
        &["meeting denied: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "The Kremlin rejected suggestions that Vladimir Putin had met Barack Obama.",
        &["meeting denied: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "It is not true that Barack Obama called Vladimir Putin, an aide said.",
        &["call denied: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "The Kremlin neither confirmed nor denied that Vladimir Putin had called Barack Obama.",
        &["call unclear: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "The Kremlin could not confirm that Vladimir Putin had called Barack Obama.",
        &["call unclear: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "The Kremlin would not confirm a call between Vladimir Putin and Barack Obama.",
        &["call unclear: Vladimir Putin, Barack Obama"],
    ),
    (
        "2014-10-22",
        "The Kremlin confirmed a report that Vladimir Putin had met Barack Obama.",
        &["meeting held: Vladimir Putin, Barack Obama"],
    ),
    ("2014-10-22", "Dmitry Peskov said he knew nothing of a call between Vladimir Putin and Barack Obama.", &[]),
    (
        "2025-10-17",
        "Viktor Orban said he would call Vladimir Putin on Friday. The ministry in Delhi threw cold water on Donald \
         Trump's claim that Narendra Modi had assured him on Wednesday about oil. Its spokesman said he was not aware \
         of any conversation between the two that day. They last spoke on October 9.",
        &[
            "call planned: Viktor Orban, Vladimir Putin; when 2025-10-17",
            "call denied: Donald Trump, Narendra Modi",
            "call held: Donald Trump, Narendra Modi; when 2025-10-09",
        ],
    ),
];

#[test]
fn what_is_denied_is_not_held() {
    check(DENIALS, &[]);
}
