//! Owns the check of the fields of reports: days, durations, initiator, place, medium, counts, who says so, and the words
//! behind each.

use crate::common;

use common::{Case, check, named, notation, reports, settle};
use readout_types::{ContactKind, CountOf, Field};

/// Lengths that speakers give in sentences of their own: rival ones stand side by side, compatible ones do not.
const LENGTHS: &[Case<'_>] = &[
    (
        "2024-03-06",
        "Olaf Scholz phoned Vladimir Putin on Tuesday. Berlin says forty minutes, Moscow an hour and a half.",
        &["call held: Olaf Scholz, Vladimir Putin; lengths 40..40 Berlin against 90..90 Moscow"],
    ),
    (
        "2024-03-06",
        "Emmanuel Macron spoke by phone with Xi Jinping on Tuesday. The length of the call is disputed. French officials \
         first mentioned 30 minutes. Chinese state media held out for an hour.",
        &["call held: Emmanuel Macron, Xi Jinping; lengths 30..30 French officials against 60..60 Chinese state media"],
    ),
    (
        "2024-03-06",
        "Joe Biden spoke by phone with Vladimir Putin on Tuesday. For how long? Fifty minutes, according to the stopwatch of \
         Kremlin spokesman Dmitry Peskov. The host swore it was two hours.",
        &["call held: Joe Biden, Vladimir Putin; lengths 50..50 Dmitry Peskov against 120..120 Joe Biden"],
    ),
    (
        "2024-03-06",
        "Olaf Scholz phoned Vladimir Putin on Tuesday. The call lasted at least an hour. Moscow put it at 70 minutes.",
        &["call held: Olaf Scholz, Vladimir Putin; lengths -"],
    ),
    (
        "2024-03-06",
        "Olaf Scholz phoned Emmanuel Macron on Tuesday. The length of his other call is disputed. German officials first \
         mentioned 90 minutes. Russian state media held out for nearly three hours.",
        &["call held: Olaf Scholz, Emmanuel Macron; lengths -"],
    ),
    (
        "2024-03-06",
        "Olaf Scholz phoned Vladimir Putin on Tuesday. Berlin says an hour before, Moscow forty minutes later, the guns fell silent.",
        &["call held: Olaf Scholz, Vladimir Putin; lengths -; duration -"],
    ),
];

/// Contacts of a series that are named by their day alone.
const BY_DAY: &[Case<'_>] = &[
    (
        "2024-09-20",
        "Olaf Scholz and Xi Jinping have had three phone calls this year. The first, on 9 April, lasted an hour. The second came \
         on 4 June. For the one on 12 August Berlin says an hour and a quarter, Beijing fifty minutes.",
        &[
            "call held: Olaf Scholz, Xi Jinping; when 2024-04-09; duration 60..60; count 3",
            "call held: Olaf Scholz, Xi Jinping; when 2024-06-04; count #2",
            "call held: Olaf Scholz, Xi Jinping; when 2024-08-12; lengths 75..75 Berlin against 50..50 Beijing",
        ],
    ),
    (
        "2024-01-20",
        "Two calls between Emmanuel Macron and Narendra Modi were made public in 2023. For the one on 2 May Paris gives half an hour. The \
         one on the prime minister's birthday, the 17th, went unreported.",
        &[
            "call held: Emmanuel Macron, Narendra Modi; when 2023-05-02; count 2",
            "call held: Emmanuel Macron, Narendra Modi; when 2023-05-17",
        ],
    ),
    (
        "2024-09-20",
        "Olaf Scholz and Xi Jinping had their third phone call this year on Monday. The one on the table was a draft. The first, \
         the second and the third of August were holidays. The one from 4 June with Emmanuel Macron is another matter.",
        &["call held: Olaf Scholz, Xi Jinping; when 2024-09-16; count #3"],
    ),
    (
        "2024-09-20",
        "Olaf Scholz met Xi Jinping in Beijing on Monday. The one on 4 June was a plan for trade.",
        &["meeting held: Olaf Scholz, Xi Jinping; when 2024-09-16"],
    ),
];

/// "Their previous call" is of the two just named, where the text told of one of theirs, not of those who met last.
const THEIRS: &[Case<'_>] = &[(
    "2024-09-20",
    "Olaf Scholz phoned Xi Jinping on Thursday. He spoke by phone with Emmanuel Macron on Monday. The chancellor left the hall so as not \
     to keep Xi Jinping waiting. Their previous call, on 4 June, lasted 50 minutes.",
    &[
        "call held: Olaf Scholz, Xi Jinping; when 2024-09-19",
        "call held: Olaf Scholz, Emmanuel Macron; when 2024-09-16",
        "call held: Olaf Scholz, Xi Jinping; when 2024-06-04; duration 50..50",
    ],
)];

/// What the two do for an hour is what they did before.
const AS_BEFORE: &[Case<'_>] = &[
    (
        "2024-09-20",
        "Olaf Scholz phoned Xi Jinping on Wednesday. On Monday they spent an hour arguing over Russia's gas.",
        &[
            "call held: Olaf Scholz, Xi Jinping; when 2024-09-18",
            "call held: Olaf Scholz, Xi Jinping; when 2024-09-16; duration 60..60",
        ],
    ),
    (
        "2024-09-20",
        "Olaf Scholz phoned Xi Jinping on Wednesday. On Monday they spent an hour together in Beijing.",
        &[
            "call held: Olaf Scholz, Xi Jinping; when 2024-09-18",
            "meeting held: Olaf Scholz, Xi Jinping; when 2024-09-16",
        ],
    ),
];

/// Cases that do not pass yet, by their text, and why.
const KNOWN_FAILURES: &[(&str, &str)] = &[];

/// The same for the words behind fields, by kind, field and words.
const KNOWN_WORDS: &[(&str, &str)] = &[];

/// Days: from weekdays, dates, other contacts; open where nothing tells.
const DAYS: &[Case<'_>] = &[
    (
        "2025-12-29",
        "Donald Trump spoke by phone with Emmanuel Macron on Tuesday.",
        &["call held: Donald Trump, Emmanuel Macron; when 2025-12-23"],
    ),
    (
        "2022-02-15",
        "Olaf Scholz met Vladimir Putin in Moscow on February 15, 2022.",
        &["meeting held: Olaf Scholz, Vladimir Putin; when 2022-02-15; place Moscow"],
    ),
    (
        "2018-07-01",
        "On 12 June, Donald Trump met Kim Jong Un in Singapore.",
        &["meeting held: Donald Trump, Kim Jong Un; when 2018-06-12; place Singapore"],
    ),
    (
        "2021-12-08",
        "Yesterday Joe Biden and Vladimir Putin held a video call.",
        &["call held: Joe Biden, Vladimir Putin; when 2021-12-07; medium video"],
    ),
    ("2016-07-20", "Barack Obama visited Vietnam in May 2016.", &["visit held: Barack Obama, Vietnam; when 2016-05"]),
    (
        "2023-10-04",
        "Xi Jinping and Joe Biden will meet in San Francisco next month.",
        &["meeting planned: Xi Jinping, Joe Biden; when 2023-11; place San Francisco"],
    ),
    (
        "2025-12-29",
        "Donald Trump spoke by phone with Vladimir Putin on Sunday, a day after his meeting with Emmanuel Macron.",
        &[
            "call held: Donald Trump, Vladimir Putin; when 2025-12-28",
            "meeting held: Donald Trump, Emmanuel Macron; when 2025-12-27",
        ],
    ),
    (
        "2022-06-14",
        "Emmanuel Macron spoke by phone with Vladimir Putin.",
        &["call held: Emmanuel Macron, Vladimir Putin; when 2022-06-13/2022-06-14"],
    ),
    (
        "2022-06-14",
        "Emmanuel Macron will visit Ukraine.",
        &["visit planned: Emmanuel Macron, Ukraine; when 2022-06-14/.."],
    ),
    (
        "",
        "On March 14, Recep Tayyip Erdogan received Olaf Scholz in Ankara. Turkish exports to Germany have \
         grown since the start of 2022, officials said.",
        &["meeting held: Recep Tayyip Erdogan, Olaf Scholz; when 2022-03-14; place Ankara"],
    ),
    (
        "2025-08-20",
        "Donald Trump announced on Monday that Volodymyr Zelensky would meet Vladimir Putin in the coming weeks.",
        &["meeting planned: Volodymyr Zelensky, Vladimir Putin; by Donald Trump"],
    ),
    (
        "2023-09-14",
        "Vladimir Putin and Kim Jong Un met on Wednesday at 1 p.m. local time.",
        &["meeting held: Vladimir Putin, Kim Jong Un; when 2023-09-13; time 1 p.m. local time"],
    ),
];

/// How long, in minutes.
const DURATIONS: &[Case<'_>] = &[
    (
        "2022-03-19",
        "Joe Biden and Xi Jinping spoke by video on Friday. The call lasted 110 minutes.",
        &["call held: Joe Biden, Xi Jinping; duration 110..110; medium video"],
    ),
    (
        "2025-12-28",
        "Donald Trump and Vladimir Putin spoke by phone on Sunday for just over an hour.",
        &["call held: Donald Trump, Vladimir Putin; duration 60..75"],
    ),
    (
        "2018-07-17",
        "Donald Trump's meeting with Vladimir Putin in Helsinki on Monday lasted more than two hours.",
        &["meeting held: Donald Trump, Vladimir Putin; place Helsinki; duration 120..150"],
    ),
    (
        "2022-02-13",
        "Emmanuel Macron held a 90-minute call with Vladimir Putin on Saturday.",
        &["call held: Emmanuel Macron, Vladimir Putin; when 2022-02-12; duration 90..90"],
    ),
    (
        "2024-11-16",
        "Olaf Scholz spoke by telephone with Vladimir Putin for nearly an hour on Friday.",
        &["call held: Olaf Scholz, Vladimir Putin; duration 50..60; medium phone"],
    ),
    (
        "2023-06-19",
        "Antony Blinken met Xi Jinping in Beijing on Monday for half an hour.",
        &["meeting held: Antony Blinken, Xi Jinping; place Beijing; duration 30..30"],
    ),
    (
        "2021-06-17",
        "After their talks in Geneva, Joe Biden met Vladimir Putin again for a few words. Two hours ago a storm broke.",
        &["meeting|talks held: Joe Biden, Vladimir Putin; duration -"],
    ),
];

/// Who called, asked or invited.
const INITIATORS: &[Case<'_>] = &[
    (
        "2022-12-10",
        "Emmanuel Macron telephoned Narendra Modi on Friday.",
        &["call held: Emmanuel Macron, Narendra Modi; initiator Emmanuel Macron; medium phone"],
    ),
    (
        "2024-11-16",
        "Vladimir Putin spoke by phone with Olaf Scholz on Friday. The call took place at the initiative of the German \
         side.",
        &["call held: Vladimir Putin, Olaf Scholz; initiator Germany"],
    ),
    (
        "2022-01-26",
        "At Japan's request, Fumio Kishida held a phone call with Joko Widodo on Tuesday.",
        &["call held: Fumio Kishida, Joko Widodo; initiator Japan"],
    ),
    (
        "2025-02-13",
        "The phone call between Vladimir Putin and Donald Trump on Wednesday was initiated by the United States.",
        &["call held: Vladimir Putin, Donald Trump; initiator United States"],
    ),
    (
        "2019-06-22",
        "Donald Trump received a call from Shinzo Abe on Friday.",
        &["call held: Donald Trump, Shinzo Abe; initiator Shinzo Abe"],
    ),
    (
        "2014-11-07",
        "Barack Obama wrote to Ali Khamenei in October 2014.",
        &["message held: Barack Obama, Ali Khamenei; initiator Barack Obama; when 2014-10"],
    ),
];

/// Where, and by phone or video.
const PLACES: &[Case<'_>] = &[
    (
        "2023-11-16",
        "Joe Biden met Xi Jinping at the Filoli estate near San Francisco on Wednesday.",
        &["meeting held: Joe Biden, Xi Jinping; place Filoli estate"],
    ),
    (
        "2025-02-25",
        "Emmanuel Macron met Donald Trump in the Oval Office on Monday.",
        &["meeting held: Emmanuel Macron, Donald Trump; place Oval Office"],
    ),
    (
        "2019-06-30",
        "On the sidelines of the G20 summit in Osaka, Donald Trump met Xi Jinping on Saturday.",
        &["meeting held: Donald Trump, Xi Jinping; when 2019-06-29; place Osaka"],
    ),
    (
        "2022-03-09",
        "Xi Jinping held a videoconference with Emmanuel Macron and Olaf Scholz on Tuesday.",
        &["call held: Xi Jinping, Emmanuel Macron, Olaf Scholz; medium video; place -"],
    ),
    (
        "2021-11-16",
        "Joe Biden and Xi Jinping held talks by video link late on Monday.",
        &["call held: Joe Biden, Xi Jinping; medium video"],
    ),
    (
        "2025-03-19",
        "Speaking to reporters in Kyiv, Volodymyr Zelensky said he had spoken by phone with Alexander Stubb on Tuesday.",
        &["call held: Volodymyr Zelensky, Alexander Stubb; medium phone; place -; by Volodymyr Zelensky"],
    ),
];

/// Which of how many, since when.
const COUNTS: &[Case<'_>] = &[
    (
        "2025-12-29",
        "Vladimir Putin and Donald Trump spoke by phone on Sunday. It was the ninth call between the two leaders since the \
         start of 2025.",
        &["call held: Vladimir Putin, Donald Trump; when 2025-12-28; count #9 since 2025-01-01"],
    ),
    (
        "2025-07-04",
        "Donald Trump and Vladimir Putin spoke by phone on Thursday. They have had at least five phone conversations this \
         year.",
        &["call held: Donald Trump, Vladimir Putin; when 2025-07-03; count >=5 since 2025-01-01"],
    ),
    (
        "2025-07-04",
        "Thursday's phone call was the sixth publicly known conversation this year between Vladimir Putin and Donald Trump.",
        &["call held: Vladimir Putin, Donald Trump; count >=#6 since 2025-01-01"],
    ),
    (
        "2019-07-01",
        "Donald Trump met Kim Jong Un in Panmunjom on Sunday, their third meeting since June 2018.",
        &["meeting held: Donald Trump, Kim Jong Un; count #3 since 2018-06-01"],
    ),
    (
        "2024-11-16",
        "Olaf Scholz and Vladimir Putin spoke by phone on Friday, their first conversation in nearly two years.",
        &["call held: Olaf Scholz, Vladimir Putin; count #1"],
    ),
    (
        "2023-11-16",
        "Joe Biden met Xi Jinping in California on Wednesday. He called it the first step of many.",
        &["meeting held: Joe Biden, Xi Jinping; count -"],
    ),
    (
        "2023-11-16",
        "Emmanuel Macron telephoned Xi Jinping on Wednesday. \"It was warm,\" Macron told reporters after that call, their sixth \
         this year.",
        &["call held: Emmanuel Macron, Xi Jinping; count #6 since 2023-01-01"],
    ),
    (
        "2023-11-17",
        "Emmanuel Macron telephoned Xi Jinping on Wednesday. An aide spoke of nine contacts in 2023. Seven of them were telephone \
         conversations between the two presidents.",
        &["call held: Emmanuel Macron, Xi Jinping; count 7 since 2023-01-01"],
    ),
    (
        "2023-11-17",
        "Emmanuel Macron telephoned Xi Jinping on Thursday. An aide spoke of nine contacts in 2023. Seven of them were telephone \
         conversations between the two presidents, Wednesday's and Thursday's included.",
        &[
            "call held: Emmanuel Macron, Xi Jinping; when 2023-11-16; count 7 since 2023-01-01",
            "call held: Emmanuel Macron, Xi Jinping; when 2023-11-15; count -",
        ],
    ),
    (
        "2024-01-20",
        "Emmanuel Macron and Xi Jinping had seven telephone conversations in 2023.",
        &["call held: Emmanuel Macron, Xi Jinping; count 7 since 2023-01-01"],
    ),
    (
        "2025-12-29",
        "Donald Trump phoned Emmanuel Macron on Sunday. It was the ninth such call since Trump began his second term.",
        &["call held: Donald Trump, Emmanuel Macron; count #9 since 2025-01-20"],
    ),
    (
        "2025-12-29",
        "Donald Trump phoned Emmanuel Macron on Sunday. The call was the second since the American's return to office.",
        &["call held: Donald Trump, Emmanuel Macron; count #2"],
    ),
    (
        "2024-01-20",
        "Emmanuel Macron denied that the call with Xi Jinping announced for Monday had been held on the 17th.",
        &["?call: Emmanuel Macron, Xi Jinping; count -"],
    ),
];

/// Who says so, and through what.
const SAID_BY: &[Case<'_>] = &[
    (
        "2025-12-29",
        "Vladimir Putin and Donald Trump spoke by phone on Sunday, Yuri Ushakov said.",
        &["call held: Vladimir Putin, Donald Trump; by Yuri Ushakov"],
    ),
    (
        "2025-10-17",
        "Donald Trump wrote on Truth Social that he had held a phone call with Vladimir Putin on Thursday.",
        &["call held: Donald Trump, Vladimir Putin; by Donald Trump (Truth Social)"],
    ),
    (
        "2022-05-29",
        "Emmanuel Macron and Olaf Scholz spoke by phone with Vladimir Putin on Saturday, according to the Kremlin.",
        &["call held: Emmanuel Macron, Olaf Scholz, Vladimir Putin; by Kremlin"],
    ),
    (
        "2024-07-21",
        "In a post on X, Volodymyr Zelensky said that he had spoken by phone with Justin Trudeau on Saturday.",
        &["call held: Volodymyr Zelensky, Justin Trudeau; by Volodymyr Zelensky (X)"],
    ),
    (
        "2025-05-04",
        "Marco Rubio spoke by phone with Sergei Lavrov on Saturday, State Department spokesperson Tammy Bruce said in a \
         statement.",
        &["call held: Marco Rubio, Sergei Lavrov; by Tammy Bruce (statement)"],
    ),
    (
        "2023-11-16",
        "The White House announced that Joe Biden would meet Xi Jinping again next year.",
        &["meeting planned: Joe Biden, Xi Jinping; by White House; when 2024"],
    ),
    (
        "2022-05-29",
        "Boris Johnson spoke by phone with Volodymyr Zelensky on Saturday.",
        &["call held: Boris Johnson, Volodymyr Zelensky; by -"],
    ),
    (
        "2023-08-25",
        "Ebrahim Raisi and Mohammed bin Salman spoke by telephone, Iran's foreign ministry said.",
        &["call held: Ebrahim Raisi, Mohammed bin Salman; by Iranian foreign ministry"],
    ),
];

const GROUPS: [&[Case<'_>]; 10] =
    [DAYS, BY_DAY, AS_BEFORE, THEIRS, DURATIONS, LENGTHS, INITIATORS, PLACES, COUNTS, SAID_BY];

#[test]
fn days() {
    check(DAYS, KNOWN_FAILURES);
}

#[test]
fn named_by_their_day() {
    check(BY_DAY, KNOWN_FAILURES);
}

#[test]
fn theirs_is_of_the_two_just_named() {
    check(THEIRS, KNOWN_FAILURES);
}

#[test]
fn time_spent_as_before() {
    check(AS_BEFORE, KNOWN_FAILURES);
}

/// "On Tuesday" in a text without a date: the day of the week is kept, and no day of the calendar.
#[test]
fn weekday_of_an_undated_text() {
    let one = |day: &str, text: &str| {
        let found = reports(day, text);
        let report = found.first().expect("a contact");
        (report.weekday, report.when.interval.edtf())
    };
    let text = "Olaf Scholz phoned Xi Jinping on Tuesday.";
    assert_eq!(one("", text), (Some(2), "..".to_owned()));
    assert_eq!(one("2024-09-20", text), (None, "2024-09-17".to_owned()));
    assert_eq!(one("", "Olaf Scholz phoned Xi Jinping."), (None, "..".to_owned()));
}

/// Aides who act for two states are told from the states themselves.
#[test]
fn aides_are_no_leaders() {
    for (text, expected) in [
        (
            "Olaf Scholz phoned Xi Jinping on Wednesday. Aides on both sides had settled the hour over the telephone on Tuesday.",
            true,
        ),
        ("German diplomats spoke by phone with Chinese officials on Tuesday.", true),
        ("Germany and China held talks in Geneva on Tuesday.", false),
    ] {
        let found = reports("2024-09-20", text);
        let states = found.iter().find(|r| r.participants.iter().all(|a| a.kind == readout_types::ActorKind::State));
        assert_eq!(states.map(|r| r.by_aides), Some(expected), "{text}");
    }
}

#[test]
fn lengths_by_speakers() {
    check(LENGTHS, KNOWN_FAILURES);
}

#[test]
fn durations() {
    check(DURATIONS, KNOWN_FAILURES);
}

#[test]
fn initiators() {
    check(INITIATORS, KNOWN_FAILURES);
}

#[test]
fn places_and_media() {
    check(PLACES, KNOWN_FAILURES);
}

#[test]
fn counts() {
    check(COUNTS, KNOWN_FAILURES);
}

#[test]
fn who_says_so() {
    check(SAID_BY, KNOWN_FAILURES);
}

/// A text with every field, and for each the words it must open; a part of them will do ("Sunday" for "on Sunday").
const RICH: &str = "\
    Yuri Ushakov said Donald Trump and Vladimir Putin spoke by phone on Sunday for just over an hour. It was the ninth call \
    between the two leaders since the start of 2025, and it was initiated by the American side. They agreed to set up two \
    working groups. Volodymyr Zelensky held a meeting with Emmanuel Macron, Keir Starmer and Friedrich Merz at the Elysee \
    Palace on Monday.";
const WORDS: [(ContactKind, Field, &str); 14] = [
    (ContactKind::Call, Field::Kind, "spoke by phone"),
    (ContactKind::Call, Field::Participants, "Donald Trump"),
    (ContactKind::Call, Field::Participants, "Vladimir Putin"),
    (ContactKind::Call, Field::When, "on Sunday"),
    (ContactKind::Call, Field::Duration, "just over an hour"),
    (ContactKind::Call, Field::Counts, "ninth call between the two leaders since the start of 2025"),
    (ContactKind::Call, Field::Initiator, "initiated by the American side"),
    (ContactKind::Call, Field::Outcomes, "to set up two working groups"),
    (ContactKind::Call, Field::SaidBy, "Yuri Ushakov said"),
    (ContactKind::Meeting, Field::Participants, "Volodymyr Zelensky"),
    (ContactKind::Meeting, Field::Participants, "Emmanuel Macron"),
    (ContactKind::Meeting, Field::Participants, "Keir Starmer"),
    (ContactKind::Meeting, Field::Participants, "Friedrich Merz"),
    (ContactKind::Meeting, Field::Place, "Elysee Palace"),
];

#[test]
fn fields_open_their_words() {
    let got = reports("2025-12-30", RICH);
    let results = WORDS.map(|(kind, field, words)| {
        let evidence = got.iter().filter(|r| r.kind == kind).flat_map(|r| &r.evidence);
        let found: Vec<&str> = evidence.filter(|e| e.field == field).map(|e| &*e.source.text).collect();
        let name = format!("{} {}: {words}", kind.as_str(), field.as_str());
        let fault = (!found.iter().any(|f| words.contains(f))).then(|| format!("{name}\n  got:      {found:?}"));
        (name, fault)
    });
    settle(results.into(), KNOWN_WORDS);
}

/// The period of a count is an interval of days, and its words are kept.
#[test]
fn a_count_keeps_its_period_and_its_words() {
    let got = reports(
        "2025-12-29",
        "Vladimir Putin and Donald Trump spoke by phone on Sunday. It was the ninth call between the two leaders since the \
         start of 2025.",
    );
    let [report] = &got[..] else { panic!("one call: {:?}", got.iter().map(notation).collect::<Vec<_>>()) };
    let [count] = &report.counts[..] else { panic!("one count: {:?}", report.counts) };
    assert_eq!((count.n, count.at_least, count.of, count.kind), (9, false, CountOf::Ordinal, ContactKind::Call));
    assert_eq!(count.period.edtf(), "2025-01-01/2025-12-29");
    assert_eq!(count.scope, "since the start of 2025");
    assert!(count.source.text.starts_with("ninth call"), "{}", count.source.text);
}

#[test]
fn known_failures_are_cases_of_this_file() {
    named(&GROUPS, KNOWN_FAILURES);
}
