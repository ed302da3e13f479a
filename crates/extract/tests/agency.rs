//! Owns readings of single news sentences: plans and what became of them, places, days, who took part.

use crate::common::{Case, check};

const SENTENCES: &[Case<'_>] = &[
    (
        "2018-03-09",
        "Angela Merkel accepted an invitation to meet Emmanuel Macron in Paris.",
        &["meeting planned: Angela Merkel, Emmanuel Macron; place Paris"],
    ),
    (
        "2018-03-09",
        "Emmanuel Macron announced that his summit with Angela Merkel is back on.",
        &["meeting planned: Angela Merkel, Emmanuel Macron"],
    ),
    (
        "2018-03-09",
        "Emmanuel Macron called off a bilateral summit with Angela Merkel, scheduled for next week.",
        &["meeting cancelled: Angela Merkel, Emmanuel Macron"],
    ),
    (
        "2014-05-07",
        "ROME — John Kerry opened a round of talks here on Monday with his Italian counterpart, Federica Mogherini.",
        &["meeting held: John Kerry, Federica Mogherini; when 2014-05-05; place Rome"],
    ),
    (
        "2014-05-07",
        "OSLO, Norway — John Kerry arrived here on Tuesday evening.",
        &["visit ongoing: John Kerry, Norway; when 2014-05-06; place Oslo"],
    ),
    (
        "2019-06-12",
        "Mike Pompeo met the Iraqi president and prime minister in Baghdad on Tuesday.",
        &["meeting held: Mike Pompeo, Barham Salih, Adel Abdul-Mahdi; when 2019-06-11; place Baghdad"],
    ),
    ("2019-06-12", "Boris Johnson and Emmanuel Macron speak regularly, an aide said.", &[]),
    (
        "2019-08-12",
        "Boris Johnson did not rule out a meeting with Emmanuel Macron.",
        &["meeting proposed: Boris Johnson, Emmanuel Macron"],
    ),
    (
        "2019-08-12",
        "Downing Street would not disclose who initiated the phone call between Boris Johnson and Emmanuel Macron on \
         Sunday.",
        &["call held: Boris Johnson, Emmanuel Macron; when 2019-08-11"],
    ),
    (
        "2019-08-14",
        "Boris Johnson's hourlong phone call with Emmanuel Macron on Tuesday was friendly.",
        &["call held: Boris Johnson, Emmanuel Macron; when 2019-08-13"],
    ),
    (
        "2019-08-14",
        "Boris Johnson and Emmanuel Macron, who spoke on Tuesday, agreed to talk again later in the week.",
        &["call held: Boris Johnson, Emmanuel Macron; when 2019-08-13", "call planned: Boris Johnson, Emmanuel Macron"],
    ),
    (
        "2019-08-14",
        "Boris Johnson consulted by phone with Emmanuel Macron on Tuesday.",
        &["call held: Boris Johnson, Emmanuel Macron; when 2019-08-13"],
    ),
    (
        "2019-08-14",
        "Boris Johnson met one-on-one with Emmanuel Macron on Tuesday.",
        &["meeting held: Boris Johnson, Emmanuel Macron; when 2019-08-13"],
    ),
    (
        "2019-08-14",
        "Boris Johnson and Emmanuel Macron met in person for the first time on Tuesday.",
        &["meeting held: Boris Johnson, Emmanuel Macron; when 2019-08-13"],
    ),
    (
        "2019-08-14",
        "Boris Johnson suggested that he and Emmanuel Macron meet in Calais.",
        &["meeting proposed: Boris Johnson, Emmanuel Macron; place Calais"],
    ),
    (
        "2019-08-14",
        "Boris Johnson plans to visit Turkey, an aide said. Turkey's president has invited him.",
        &["visit planned: Boris Johnson, Turkey"],
    ),
    ("2019-08-14", "Boris Johnson criticized Emmanuel Macron in a phone call on Tuesday.", &[]),
    (
        "2019-08-14",
        "Boris Johnson will meet Emmanuel Macron during the week of August 19.",
        &["meeting planned: Boris Johnson, Emmanuel Macron"],
    ),
    (
        "2019-08-14",
        "Boris Johnson will be in Canada from Sunday to Friday.",
        &["visit planned: Boris Johnson, Canada; when 2019-08-18/2019-08-23; place Canada"],
    ),
    (
        "2019-08-14",
        "Boris Johnson will meet Emmanuel Macron (Paris, August 22).",
        &["meeting planned: Boris Johnson, Emmanuel Macron; when 2019-08-22; place Paris"],
    ),
    (
        "2019-08-14",
        "Boris Johnson and Emmanuel Macron called each other on Friday.",
        &["call held: Boris Johnson, Emmanuel Macron; when 2019-08-09"],
    ),
    (
        "2019-08-14",
        "Boris Johnson was due to host Emmanuel Macron on Wednesday but postponed it.",
        &["meeting cancelled: Boris Johnson, Emmanuel Macron"],
    ),
    (
        "2019-08-14",
        "Emmanuel Macron rang Angela Merkel. He then put a call in to Boris Johnson, his office said.",
        &["call held: Emmanuel Macron, Angela Merkel", "call held: Emmanuel Macron, Boris Johnson"],
    ),
    ("2019-08-14", "Emmanuel Macron addressed a joint meeting of Congress.", &[]),
    (
        "2019-08-14",
        "In separate meetings on Tuesday, Emmanuel Macron met Angela Merkel and Boris Johnson.",
        &[
            "meeting held: Emmanuel Macron, Angela Merkel; when 2019-08-13",
            "meeting held: Emmanuel Macron, Boris Johnson",
        ],
    ),
    (
        "2019-08-14",
        "Emmanuel Macron met Sauli Niinisto in Finland's Rovaniemi on Monday.",
        &["meeting held: Emmanuel Macron, Sauli Niinisto; when 2019-08-12; place Rovaniemi"],
    ),
    (
        "2019-08-14",
        "Secretary Pompeo spoke with Jean-Yves Le Drian on Tuesday. The Secretary also called Heiko Maas.",
        &["call held: Mike Pompeo, Jean-Yves Le Drian; when 2019-08-13", "call held: Mike Pompeo, Heiko Maas"],
    ),
    (
        "2019-08-14",
        "Two days of talks with Jean-Yves Le Drian in Lyon ended on Tuesday, Mike Pompeo said.",
        &["meeting held: Mike Pompeo, Jean-Yves Le Drian; place Lyon"],
    ),
    (
        "2019-08-14",
        "Boris Johnson visited Berlin on Monday. He held a meeting ahead of the G7 with Emmanuel Macron on Tuesday.",
        &[
            "visit held: Boris Johnson, Germany; when 2019-08-12",
            "meeting held: Boris Johnson, Emmanuel Macron; when 2019-08-13",
        ],
    ),
    (
        "2019-08-14",
        "The dispute overshadowed a summit between Emmanuel Macron and Angela Merkel in Marseille on Tuesday.",
        &["meeting held: Emmanuel Macron, Angela Merkel; when 2019-08-13; place Marseille"],
    ),
    (
        "2019-08-14",
        "Emmanuel Macron called Angela Merkel on Tuesday, before the banquet.",
        &["call held: Emmanuel Macron, Angela Merkel; when 2019-08-13"],
    ),
    (
        "2019-08-14",
        "Boris Johnson got his chance to meet Emmanuel Macron in Biarritz on Tuesday.",
        &["meeting held: Boris Johnson, Emmanuel Macron; when 2019-08-13; place Biarritz"],
    ),
    (
        "2019-08-14",
        "Emmanuel Macron spoke with Boris Johnson on Tuesday. Downing Street did not respond to a request for \
         comment.",
        &["call held: Emmanuel Macron, Boris Johnson; when 2019-08-13"],
    ),
    (
        "2016-05-11",
        "Francois Hollande flew to Algiers on Monday, his office said. He is to meet Algerian Prime Minister \
         Abdelmalek Sellal on Wednesday.",
        &[
            "visit held: Francois Hollande, Algeria; when 2016-05-09; place Algiers",
            "meeting planned: Francois Hollande, Abdelmalek Sellal; when 2016-05-11",
        ],
    ),
    (
        "2016-05-11",
        "After meeting with Matteo Renzi in Rome on Tuesday, Angela Merkel told reporters that the two had not \
         discussed the debt.",
        &["meeting held: Angela Merkel, Matteo Renzi; when 2016-05-10; place Rome"],
    ),
    (
        "2016-05-11",
        "Angela Merkel is to hold a video conference with David Cameron, Francois Hollande and Matteo Renzi on \
         Thursday, her spokesman said.",
        &["call planned: Angela Merkel, David Cameron, Francois Hollande, Matteo Renzi; when 2016-05-12"],
    ),
    (
        "2016-05-11",
        "Barack Obama telephoned David Cameron late on Tuesday to congratulate him on the vote, the White House \
         said.",
        &["call held: Barack Obama, David Cameron; when 2016-05-10"],
    ),
    ("2016-05-11", "Barack Obama and David Cameron have not spoken since the vote, the White House said.", &[]),
    (
        "2016-05-11",
        "David Cameron hopes to meet Angela Merkel before the vote, and a call between them is being arranged.",
        &["meeting proposed: David Cameron, Angela Merkel", "call planned: David Cameron, Angela Merkel"],
    ),
    (
        "2016-05-11",
        "David Cameron will be the first British leader to visit Cuba when he travels to Havana next week.",
        &["visit planned: David Cameron, Cuba; when 2016-05-16/2016-05-22"],
    ),
    (
        "2016-05-11",
        "Angela Merkel had invited David Cameron to dinner in Meseberg, but he had to cancel.",
        &["meeting cancelled: Angela Merkel, David Cameron"],
    ),
    (
        "2016-05-11",
        "In a letter to David Cameron dated May 9, Angela Merkel urged him to reconsider.",
        &["message held: Angela Merkel, David Cameron; when 2016-05-09"],
    ),
    (
        "2016-05-11",
        "Tuesday's conversation between Barack Obama and David Cameron was their third in a week.",
        &["call held: Barack Obama, David Cameron; when 2016-05-10"],
    ),
    (
        "2016-05-11",
        "Angela Merkel welcomed David Cameron with military honours in Berlin on Tuesday.",
        &["meeting held: Angela Merkel, David Cameron; when 2016-05-10; place Berlin"],
    ),
    ("2016-05-11", "David Cameron refused to take a call from Angela Merkel on Tuesday.", &[]),
    (
        "2016-05-11",
        "The meeting, which lasted nearly two hours, was the first between Barack Obama and David Cameron since \
         March.",
        &["meeting held: Barack Obama, David Cameron"],
    ),
    (
        "2014-10-22",
        "Turkish President Recep Tayyip Erdogan spoke to Barack Obama by telephone overnight, the presidency in \
         Ankara said on Wednesday.",
        &["call held: Barack Obama, Recep Tayyip Erdogan"],
    ),
    (
        "2014-10-22",
        "Shinzo Abe and Xi Jinping will hold their first formal talks next month on the sidelines of a summit in \
         Beijing.",
        &["meeting planned: Shinzo Abe, Xi Jinping; when 2014-11; place Beijing"],
    ),
    (
        "2014-10-22",
        "Narendra Modi received Li Keqiang in Delhi on Tuesday. The two had last met in July.",
        &[
            "meeting held: Narendra Modi, Li Keqiang; when 2014-10-21; place Delhi",
            "meeting held: Narendra Modi, Li Keqiang; when 2014-07",
        ],
    ),
    ("2014-10-22", "Officials in Delhi said no meeting between Narendra Modi and Nawaz Sharif was planned.", &[]),
    (
        "2014-10-22",
        "Narendra Modi flew home on Tuesday from a five-day visit to the United States, during which he met Barack \
         Obama twice.",
        &["visit held: Narendra Modi, United States", "meeting held: Narendra Modi, Barack Obama"],
    ),
    (
        "2014-10-22",
        "Petro Poroshenko said he would speak to Vladimir Putin by phone on Thursday if the truce held.",
        &["call planned: Petro Poroshenko, Vladimir Putin; when 2014-10-23"],
    ),
    (
        "2014-10-22",
        "Angela Merkel's spokesman declined to say whether she had talked to Vladimir Putin since Friday.",
        &[],
    ),
    (
        "2014-10-22",
        "Angela Merkel, Francois Hollande, Petro Poroshenko and Vladimir Putin met over breakfast in Milan on \
         October 17.",
        &[
            "meeting held: Angela Merkel, Francois Hollande, Petro Poroshenko, Vladimir Putin; when 2014-10-17; place Milan",
        ],
    ),
    (
        "2014-10-22",
        "The Kremlin said Vladimir Putin had a telephone conversation with Angela Merkel, at Germany's initiative.",
        &["call held: Vladimir Putin, Angela Merkel"],
    ),
    (
        "2014-10-22",
        "Sergei Lavrov held a 40-minute phone call with Laurent Fabius on Wednesday morning; they agreed to meet in \
         Paris in early November.",
        &[
            "call held: Sergei Lavrov, Laurent Fabius; when 2014-10-22",
            "meeting planned: Sergei Lavrov, Laurent Fabius; place Paris",
        ],
    ),
    (
        "2014-10-22",
        "A trip by Sergei Lavrov to Tokyo has been put off indefinitely.",
        &["visit cancelled: Sergei Lavrov, Japan"],
    ),
    (
        "2014-10-22",
        "John Kerry phoned his Egyptian and Jordanian counterparts on Tuesday.",
        &[
            "call held: John Kerry, Sameh Shoukry; when 2014-10-21",
            "call held: John Kerry, Nasser Judeh; when 2014-10-21",
        ],
    ),
    (
        "2014-10-22",
        "It will be the second visit to Canberra by Narendra Modi this year.",
        &["visit planned: Narendra Modi, Australia"],
    ),
    (
        "2014-10-22",
        "Hassan Rouhani and Barack Obama, who spoke by telephone for 15 minutes in September 2013, did not meet in \
         New York this autumn.",
        &["call held: Hassan Rouhani, Barack Obama; when 2013-09"],
    ),
    (
        "2014-10-22",
        "Xi Jinping hosted Vladimir Putin in Shanghai in May; in return he was invited to Moscow.",
        &[
            "meeting held: Xi Jinping, Vladimir Putin; when 2014-05; place Shanghai",
            "visit proposed: Xi Jinping, Russia",
        ],
    ),
    (
        "2014-10-22",
        "David Cameron cancelled Thursday's dinner with Matteo Renzi. They will speak by phone instead.",
        &[
            "meeting cancelled: David Cameron, Matteo Renzi; when 2014-10-23",
            "call planned: David Cameron, Matteo Renzi",
        ],
    ),
    (
        "2014-10-22",
        "There were contacts between the foreign ministries of Japan and China in September, Fumio Kishida said.",
        &[],
    ),
    (
        "2014-10-22",
        "King Abdullah of Jordan arrived in Ottawa on Monday and was received by Stephen Harper the following day.",
        &[
            "visit held: King Abdullah, Canada; when 2014-10-20; place Ottawa",
            "meeting held: King Abdullah, Stephen Harper; when 2014-10-21",
        ],
    ),
    (
        "2014-10-22",
        "Narendra Modi spoke with Nawaz Sharif last week, by telephone on Monday.",
        &["call held: Narendra Modi, Nawaz Sharif; when 2014-10-13"],
    ),
    (
        "2014-10-22",
        "David Cameron is to become the first leader to meet Petro Poroshenko in Lviv.",
        &["meeting planned: David Cameron, Petro Poroshenko; place Lviv"],
    ),
    (
        "2017-03-17",
        "Vladimir Putin met with President of Moldova Igor Dodon in the Kremlin. The two leaders discussed arrangements \
         reached following top-level talks in January.",
        &[
            "meeting held: Vladimir Putin, Igor Dodon; when 2017-01",
            "meeting held: Vladimir Putin, Igor Dodon; when 2017-03-16/2017-03-17; place Kremlin",
        ],
    ),
];

#[test]
fn news_sentences_are_read_as_a_reader_would() {
    check(SENTENCES, &[]);
}
