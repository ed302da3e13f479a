//! Owns snapshots of whole articles: each sentence with the reports that begin in it and the words behind their fields, so
//! that a reader sees what a change does to running text. Outlets and texts are invented, the people are real.

use crate::common;

use common::{annotated, notation, raw, tools};
use readout_extract::extract;
use readout_types::{Annotated, Extraction, RawDocument, Report};

const CALL_AND_SUMMIT: &str = "\
Leaders speak by phone as summit in Reykjavik nears

By Hanna Virtala

REYKJAVIK, Dec 29 (Meridian) - Donald Trump and Vladimir Putin spoke by phone on Sunday for just over an hour, presidential \
aide Yuri Ushakov told reporters. It was the ninth call between the two leaders since the start of 2025.

\"We had a very good conversation,\" Trump wrote on Truth Social. He added that he would meet Putin in Reykjavik in January. \
The Kremlin said the conversation had been initiated by the American side.

A day before the call, Volodymyr Zelenskyy met Trump at Mar-a-Lago. The Ukrainian president was accompanied by his chief \
negotiator, Rustem Umerov. Their meeting lasted about three hours and covered security guarantees, the prisoner exchange and \
the reconstruction of Ukraine.

Zelenskyy also held a video call with Emmanuel Macron, Friedrich Merz and Keir Starmer from the plane. The European leaders \
will gather in Paris on January 6, according to the Elysee Palace.

Ushakov denied that Putin had spoken with Zelenskyy. \"There was no such call, and none is planned,\" he said. Putin last met \
Trump in Alaska in August. A second summit in Budapest was called off in October.

Putin chaired a meeting of the Security Council in Moscow on Monday. Trump is expected to visit China in April.

Read more: Five things to know about Iceland
";

const TALKS_IN_GENEVA: &str = "\
Iran and European powers resume talks in Geneva

GENEVA (Lakeshore Wire), June 20, 2025 - The foreign ministers of France, Germany and Britain held talks with their Iranian \
counterpart in Geneva on Friday, a week after Israel's first strikes. Kaja Kallas, the EU's foreign policy chief, also took \
part.

Iranian Foreign Minister Abbas Araghchi arrived from Tehran in the morning. He met Jean-Noel Barrot alone before the session, \
a French diplomat said. The session itself went on for more than three hours.

David Lammy had flown in from Washington, where he met U.S. Secretary of State Marco Rubio on Thursday. \"A window now exists,\" \
Lammy said in a statement.

[Photo: Abbas Araghchi and Kaja Kallas in Geneva, 20 June 2025. Lakeshore Wire]

Tehran has ruled out talks with Washington while the strikes go on. Steve Witkoff, the U.S. envoy, has spoken with Araghchi by \
phone several times since last week, three diplomats said. Araghchi was due to travel to Istanbul later on Friday for a meeting \
of the Organisation of Islamic Cooperation.

Masoud Pezeshkian telephoned Emmanuel Macron on Saturday at the request of Paris, the state news agency reported later. The two \
presidents did not discuss a possible meeting. In a letter to Antonio Guterres, Araghchi asked for an emergency session of the \
Security Council.
";

/// The sentences of a document, each with the reports that begin in it; under each report the words of its fields.
fn page(annotated: &Annotated, extraction: &Extraction) -> String {
    let document = &annotated.document;
    let first = |report: &Report| report.evidence.iter().map(|e| e.source.clean.start).min().unwrap_or(0);
    let mut out = format!(
        "day: {}\n",
        extraction.date.chosen.as_ref().map_or("unknown".to_owned(), |d| format!("{} ({:?})", d.value, d.basis))
    );
    for sentence in &annotated.sentences {
        let kind = document.blocks.get(sentence.block as usize).map(|b| format!("{:?}", b.kind)).unwrap_or_default();
        out.push_str(&format!("\n{kind}: {}\n", one_line(sentence.span.of(&document.text))));
        for report in &extraction.reports {
            if !(sentence.span.start..sentence.span.end).contains(&first(report)) {
                continue;
            }
            out.push_str(&format!("  > {}{}\n", notation(report), if report.main { " [main]" } else { "" }));
            out.push_str(&format!("    {} | {}\n", report.rule, report.when.basis));
            if !report.topics.is_empty() {
                out.push_str(&format!("    topics: {}\n", report.topics.join(" | ")));
            }
            let words: Vec<String> = report
                .evidence
                .iter()
                .map(|e| format!("{}=“{}”", e.field.as_str(), one_line(&e.source.text)))
                .collect();
            out.push_str(&format!("    {}\n", words.join(" ")));
        }
    }
    out.push_str("\nstatements:\n");
    for said in &extraction.statements {
        let speaker = said.speaker.as_ref().map_or("?", |s| s.name.as_str());
        let channel = said.channel.as_ref().map(|c| format!(" ({c})")).unwrap_or_default();
        let about =
            said.report.map(|r| format!(" [about {}]", extraction.reports[r].kind.as_str())).unwrap_or_default();
        let mark = if said.direct { "“”" } else { "" };
        out.push_str(&format!("  {speaker}{channel} {}{mark}: {}{about}\n", said.cue, one_line(&said.source.text)));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn snapshot(name: &str, document: RawDocument) {
    let annotated = annotated(document);
    let extraction = extract(&annotated, &tools().knowledge);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, page(&annotated, &extraction)));
}

#[test]
fn a_call_a_summit_and_what_did_not_happen() {
    snapshot("call-and-summit", raw("2025-12-29", None, CALL_AND_SUMMIT));
}

/// No date beside the text: the dateline gives it.
#[test]
fn talks_with_several_sides() {
    snapshot("talks-in-geneva", raw("", None, TALKS_IN_GENEVA));
}
