//! Owns the check of days that follow from the story: its scene, what it is about, entries of chronicles, lengths of stays.

use crate::common;

use common::{Case, check};

/// Cases that do not pass yet, by their text, and why.
const KNOWN_FAILURES: &[(&str, &str)] = &[(
    "Olaf Scholz met Recep Tayyip Erdogan in Berlin on Tuesday. The two fell out in 2019. Scholz telephoned Volodymyr \
     Zelensky.",
    "close behind a contact of the last days the story is taken to go on, though the text looks back in between",
)];

const STORIES: &[Case<'_>] = &[
    // What follows is of the same day, where the text says that it follows.
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Berlin on Tuesday. The talks were hard. He later telephoned Volodymyr Zelensky.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-14; place Berlin",
            "call held: Olaf Scholz, Volodymyr Zelensky; when 2024-05-14; initiator Olaf Scholz; medium phone",
        ],
    ),
    // Else not before what the story is about.
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Berlin on Wednesday. The talks were hard. Trade was raised. The mood was \
         good. Scholz telephoned Volodymyr Zelensky.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-15; place Berlin",
            "call held: Olaf Scholz, Volodymyr Zelensky; when 2024-05-15/2024-05-16; initiator Olaf Scholz; medium phone",
        ],
    ),
    // A scene set by the sentence before.
    (
        "2024-05-16",
        "The trouble showed on Monday. Olaf Scholz and Recep Tayyip Erdogan spoke by phone.",
        &["call held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-13; medium phone"],
    ),
    // What a text looks back on is not of its story.
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Berlin on Tuesday. The two fell out in 2019. Scholz telephoned Volodymyr \
         Zelensky.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-14; place Berlin",
            "call held: Olaf Scholz, Volodymyr Zelensky; when ../2024-05-16; initiator Olaf Scholz; medium phone",
        ],
    ),
    // What is called off had been to come.
    (
        "2024-05-16",
        "Olaf Scholz has called off his meeting with Recep Tayyip Erdogan.",
        &["meeting cancelled: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-16/.."],
    ),
    // A stay of a stated length.
    (
        "2024-05-16",
        "Emmanuel Macron began a two-day visit to Germany on Tuesday.",
        &["visit held: Emmanuel Macron, Germany; when 2024-05-14/2024-05-15; place Germany"],
    ),
    (
        "2024-05-16",
        "Emmanuel Macron ended a three-day visit to Germany on Tuesday.",
        &["visit held: Emmanuel Macron, Germany; when 2024-05-12/2024-05-14; place Germany"],
    ),
    // Months counted from a month.
    (
        "2023-09-12",
        "Kim Jong Un and Vladimir Putin met in April 2019, two months after a summit between Kim and Donald Trump.",
        &[
            "meeting held: Kim Jong Un, Vladimir Putin; when 2019-04",
            "meeting held: Kim Jong Un, Donald Trump; when 2019-02",
        ],
    ),
    // The part of the day is of the story's day.
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Berlin on Tuesday. The talks were hard. Trade was raised. The mood was good. \
         Nobody said more. Scholz had received Donald Tusk at lunchtime.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-14; place Berlin",
            "meeting held: Olaf Scholz, Donald Tusk; when 2024-05-14",
        ],
    ),
    // A chronicle: each entry under its day, the year written once.
    (
        "2024-05-16",
        "A look back at the crisis.\n\n* Dec. 21, 2022: The council votes.\n\n* Dec. 23: Olaf Scholz speaks with Vladimir \
         Putin.\n\n* Jan. 2: Emmanuel Macron meets Xi Jinping in Beijing.",
        &[
            "call held: Olaf Scholz, Vladimir Putin; when 2022-12-23",
            "meeting held: Emmanuel Macron, Xi Jinping; when 2023-01-02; place Beijing",
        ],
    ),
    // A live report: all of its day.
    (
        "2024-05-16",
        "21.40 Good night\n\nThat was it.\n\n19.10 A second line\n\nOnce he was done with Berlin, Donald Trump telephoned \
         Emmanuel Macron.\n\n18.20 It went well\n\nSo he says.\n\n15.02 Off we go\n\nThe call has begun.",
        &["call held: Donald Trump, Emmanuel Macron; when 2024-05-16; initiator Donald Trump; medium phone"],
    ),
];

#[test]
fn days_follow_from_the_story() {
    check(STORIES, KNOWN_FAILURES);
}
