//! Owns the tests of statements: the examples of every list of cues, and quotations in the ways in which news divides them.

use crate::common;

use readout_types::{Extraction, Statement};

fn extraction(text: &str) -> Extraction {
    common::extraction(common::raw("2025-07-04", None, text))
}

/// `Speaker|cue|part … part|D` with marks for what else is known.
fn notation(statement: &Statement) -> String {
    let speaker = statement.speaker.as_ref().map_or("-", |a| a.name.as_str());
    let parts: Vec<&str> = std::iter::once(&statement.source).chain(&statement.more).map(|s| &*s.text).collect();
    let mut out = format!("{speaker}|{}|{}", statement.cue, parts.join(" … "));
    if statement.direct {
        out.push_str("|D");
    }
    if let Some(channel) = &statement.channel {
        out.push_str(&format!("|via {channel}"));
    }
    if let Some(hedge) = &statement.hedge {
        out.push_str(&format!("|{hedge}"));
    }
    if let Some(stance) = statement.stance {
        out.push_str(&format!("|{}", stance.as_str()));
    }
    out
}

fn check(cases: &[(&str, &[&str])]) {
    let mut faults = Vec::new();
    for (text, expected) in cases {
        let found: Vec<String> = extraction(text).statements.iter().map(notation).collect();
        if found != *expected {
            faults.push(format!("{text}\n  expected {expected:#?}\n  found    {found:#?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_list_of_cues_finds_its_examples_and_leaves_others_alone() {
    let mut faults = Vec::new();
    for list in common::tools().knowledge.statements.lists() {
        for example in &list.fires {
            let found = extraction(&example.text).statements;
            let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let fits = |s: &Statement| {
                let parts: Vec<_> = std::iter::once(&s.source).chain(&s.more).map(|p| plain(&p.text)).collect();
                s.cue == example.cue
                    && s.direct == example.direct
                    && s.manner == example.manner
                    && s.speaker_source.as_ref().map_or("", |w| &w.text).contains(&example.speaker)
                    && s.speaker_source.is_some() != example.speaker.is_empty()
                    && parts == example.content.iter().map(|c| plain(c)).collect::<Vec<_>>()
            };
            if found.len() != 1 || !fits(&found[0]) {
                let found: Vec<_> = found.iter().map(notation).collect();
                faults.push(format!("{:?}: {}: {found:?}", list.id, example.text));
            }
        }
        for text in &list.silent {
            let found: Vec<_> = extraction(text).statements.iter().map(notation).collect();
            if !found.is_empty() {
                faults.push(format!("{:?} must be silent: {text}: {found:?}", list.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn quotations() {
    check(&[
        (
            "“The line was good,” Marta Lindqvist said on Friday. “We will speak again.”",
            &["Marta Lindqvist|said|The line was good, … We will speak again.|D"],
        ),
        (
            "“The line,” said Marta Lindqvist, the envoy to Oslo, “was good.”",
            &["Marta Lindqvist|said|The line, … was good.|D"],
        ),
        (
            "Marta Lindqvist said: “The line was good. We spoke for an hour.”",
            &["Marta Lindqvist|said|The line was good. We spoke for an hour.|D"],
        ),
        (
            "\"Who placed the call?\" Marta Lindqvist asked. \"We do not know.\"",
            &["Marta Lindqvist|asked|Who placed the call? … We do not know.|D"],
        ),
        (
            "“The line was good,” Marta Lindqvist said.\n\n“It was a long talk, and it went on\n\n“and on.”",
            &["Marta Lindqvist|said|The line was good, … It was a long talk, and it went on … and on.|D"],
        ),
        (
            "''The line was good,'' Marta Lindqvist, the envoy to Oslo, said.",
            &["Marta Lindqvist|said|The line was good,|D"],
        ),
    ]);
}

#[test]
fn indirect_speech_and_sources_without_a_name() {
    check(&[
        (
            "A U.S. official said on Monday that the two had spoken by phone.",
            &["U.S. official|said|that the two had spoken by phone"],
        ),
        (
            "The two men spoke for an hour, according to Kremlin spokesman Dmitry Peskov.",
            &["Dmitry Peskov|according to|The two men spoke for an hour"],
        ),
        ("The two men spoke for an hour, the Kremlin said.", &["Kremlin|said|The two men spoke for an hour"]),
        ("Dmitry Peskov denied that the two had spoken.", &["Dmitry Peskov|denied|that the two had spoken|denies"]),
        (
            "Dmitry Peskov would neither confirm nor deny that the two had spoken.",
            &["Dmitry Peskov|deny|that the two had spoken"],
        ),
    ]);
}

#[test]
fn statements_name_the_contact_they_are_about() {
    let text = "Donald Trump spoke by phone with Vladimir Putin on Thursday. Dmitry Peskov confirmed that the call took place.";
    let said = extraction(text);
    let about: Vec<_> = said.statements.iter().map(|s| (notation(s), s.report)).collect();
    assert_eq!(about, [("Dmitry Peskov|confirmed|that the call took place|confirms".to_owned(), Some(0))]);
}

#[test]
fn quotations_that_go_on_and_cues_that_the_tree_mistakes() {
    check(&[
        (
            "“There was noise on the line,” Marta Lindqvist notes.",
            &["Marta Lindqvist|notes|There was noise on the line,|D"],
        ),
        (
            "\"The line was good,\" Marta Lindqvist said at the harbour, declining to give a date. \"We will speak again.\"",
            &["Marta Lindqvist|said|The line was good, … We will speak again.|D"],
        ),
        (
            "“The line was good,” Marta Lindqvist, who has proposed a truce, said on Friday.",
            &["Marta Lindqvist|said|The line was good,|D", "Marta Lindqvist|has proposed|a truce"],
        ),
        (
            "Marta Lindqvist arrived late and smiled at the crowd: “The road was closed by snow.”",
            &["Marta Lindqvist|:|The road was closed by snow.|D"],
        ),
        (
            "Asked if the line was tapped, Marta Lindqvist replied: “We do not know.”",
            &["-|asked|if the line was tapped", "Marta Lindqvist|replied|We do not know.|D"],
        ),
    ]);
}

#[test]
fn what_is_said_ends_where_the_writer_goes_on() {
    check(&[
        ("Marta Lindqvist condemned the raid, but the mayor stayed at home.", &["Marta Lindqvist|condemned|the raid"]),
        ("Marta Lindqvist condemned the raid, which began at dawn.", &["Marta Lindqvist|condemned|the raid"]),
        (
            "The road to the pass, Marta Lindqvist said, is closed.",
            &["Marta Lindqvist|said|The road to the pass … is closed"],
        ),
        (
            "The premier called for an end to the siege of the town.",
            &["premier|called for|an end to the siege of the town"],
        ),
        (
            "Marta Lindqvist said that the road was closed, as did the mayor.",
            &["Marta Lindqvist|said|that the road was closed"],
        ),
    ]);
}

#[test]
fn attitudes_in_nouns_adjectives_and_passives() {
    check(&[
        (
            "The raid on the harbour was condemned by the chancellor.",
            &["chancellor|was condemned by|The raid on the harbour"],
        ),
        (
            "Marta Lindqvist is not convinced that the line was tapped.",
            &["Marta Lindqvist|is not convinced|that the line was tapped"],
        ),
        (
            "Marta Lindqvist made clear that the road would stay closed.",
            &["Marta Lindqvist|made clear|that the road would stay closed"],
        ),
        (
            "Marta Lindqvist expressed doubts about the new border posts.",
            &["Marta Lindqvist|expressed doubts about|the new border posts|disputes"],
        ),
        ("The envoy is believed to have left the town.", &["-|is believed|The envoy … to have left the town|believed"]),
        ("The room is expected. The harbour is open to ships.", &[]),
    ]);
}

#[test]
fn another_cue_behind_a_joint_is_another_statement() {
    check(&[
        (
            "Marta Lindqvist said that the line was good, but she denied that the call had been long.",
            &[
                "Marta Lindqvist|said|that the line was good",
                "Marta Lindqvist|denied|that the call had been long|denies",
            ],
        ),
        (
            "Marta Lindqvist said the envoy would stay, and aid groups warned that the road was closed.",
            &["Marta Lindqvist|said|the envoy would stay", "aid groups|warned|that the road was closed"],
        ),
        (
            "Marta Lindqvist said she would open an inquiry and warned against hasty conclusions.",
            &["Marta Lindqvist|said|she would open an inquiry", "Marta Lindqvist|warned against|hasty conclusions"],
        ),
        (
            "Marta Lindqvist said that they had met, and that she had told him all.",
            &["Marta Lindqvist|said|that they had met, and that she had told him all"],
        ),
    ]);
}

#[test]
fn lines_that_open_with_who_speaks() {
    check(&[
        (
            "Dmitry Peskov: The two presidents will speak on Friday\n\nThe call was announced in Moscow.",
            &["Dmitry Peskov|:|The two presidents will speak on Friday"],
        ),
        (
            "The envoys answered questions.\n\nLINDQVIST: Thank you. I will be short.\n\nREPORTER: Did you meet him?\n\nLINDQVIST: \
             We spoke for an hour.",
            &[
                "LINDQVIST|:|Thank you. I will be short",
                "REPORTER|:|Did you meet him?",
                "LINDQVIST|:|We spoke for an hour",
            ],
        ),
        ("Dmitry Peskov: spokesman, father, diplomat, collector\n\nHe was born in Moscow.", &[]),
        ("Kyiv: The two presidents will speak on Friday\n\nThe call was announced.", &[]),
    ]);
}
