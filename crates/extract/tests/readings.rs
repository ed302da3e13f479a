//! Owns the check of short texts in the manner of agencies and official records: which contacts they tell of, and on what days.

use crate::common;

use common::{Case, check};

const READINGS: &[Case<'_>] = &[
    (
        "2024-05-16",
        "Olaf Scholz spoke by phone with Recep Tayyip Erdogan for an hour on Wednesday, both offices said. They \
         discussed grain and gas. Hardly had he hung up when he dialled Volodymyr Zelensky in Kyiv.",
        &[
            "call held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-15",
            "call held: Olaf Scholz, Volodymyr Zelensky; when 2024-05-15",
        ],
    ),
    (
        "2024-05-16",
        "Emmanuel Macron met Masoud Pezeshkian in Geneva on Tuesday for the first time since the vote. The two \
         talked about inspections. Before the day was over he had also called Rishi Sunak.",
        &[
            "meeting held: Emmanuel Macron, Masoud Pezeshkian; when 2024-05-14",
            "call held: Emmanuel Macron, Rishi Sunak; when 2024-05-14",
        ],
    ),
    (
        "2024-05-16",
        "Emmanuel Macron met Masoud Pezeshkian in Geneva on Tuesday for the first time since the vote. The two \
         talked about inspections.\n\nOn the way there he had telephoned Rishi Sunak. On the way back he rang \
         Friedrich Merz.",
        &[
            "meeting held: Emmanuel Macron, Masoud Pezeshkian; when 2024-05-14",
            "call held: Emmanuel Macron, Rishi Sunak; when 2024-05-14",
            "call held: Emmanuel Macron, Friedrich Merz; when 2024-05-14",
        ],
    ),
    (
        "2024-05-16",
        "Shares fell in Frankfurt on Thursday. Dealers blamed the hour that the German chancellor and the Turkish \
         president had spent on the phone the day before, which brought no deal.",
        &["call held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-15"],
    ),
    (
        "2024-05-16",
        "Investors shrugged off the talks which Olaf Scholz and Recep Tayyip Erdogan had held in Ankara the day \
         before.",
        &["meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-15"],
    ),
    (
        "2024-05-16",
        "Scholz hears the other side today: he has a call scheduled with Volodymyr Zelensky, his spokesman Steffen \
         Hebestreit said.",
        &["call planned: Olaf Scholz, Volodymyr Zelensky; when 2024-05-16"],
    ),
    (
        "2024-05-16",
        "Volodymyr Zelensky is due in Brussels on Friday, where he is to meet Charles Michel.",
        &["meeting planned: Charles Michel, Volodymyr Zelensky; when 2024-05-17"],
    ),
    (
        "2024-05-16",
        "A drone hit a refinery in Ryazan on Tuesday. Moscow blamed Kyiv. The question was put to Olaf Scholz later \
         in the day, as he received Sheikh Hasina at the chancellery.",
        &["meeting held: Olaf Scholz, Sheikh Hasina; when 2024-05-14"],
    ),
    (
        "2024-05-16",
        "Olaf Scholz telephoned Volodymyr Zelensky on Tuesday. The two discussed air defence.\n\nRome had its own \
         line to Kyiv that day. Giorgia Meloni spoke with Zelensky by telephone and asked him about the grain.",
        &[
            "call held: Olaf Scholz, Volodymyr Zelensky; when 2024-05-14",
            "call held: Giorgia Meloni, Volodymyr Zelensky; when 2024-05-14",
        ],
    ),
    (
        "2024-05-16",
        "Olaf Scholz received Volodymyr Zelensky in Berlin on Tuesday morning. The two discussed air \
         defence.\n\nLater in the afternoon the two called Joe Biden together and stayed on the line for about an \
         hour.",
        &[
            "meeting held: Olaf Scholz, Volodymyr Zelensky; when 2024-05-14",
            "call held: Olaf Scholz, Volodymyr Zelensky, Joe Biden; when 2024-05-14",
        ],
    ),
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Ankara on Wednesday. Following their meeting the two leaders held a \
         joint call with Joe Biden.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-15",
            "call held: Olaf Scholz, Recep Tayyip Erdogan, Joe Biden; when 2024-05-15",
        ],
    ),
    (
        "2024-05-16",
        "Olaf Scholz met Recep Tayyip Erdogan in Ankara on Tuesday. After the talks the chancellor briefed Emmanuel \
         Macron by phone.",
        &[
            "meeting held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-14",
            "call held: Olaf Scholz, Emmanuel Macron; when 2024-05-14",
        ],
    ),
    (
        "2024-05-16",
        "The negotiators have only just been introduced. On Friday the Russian and Ukrainian delegations faced one \
         another in Istanbul's Dolmabahce Palace, something they had not done in years.",
        &["talks held: Russia, Ukraine; when 2024-05-10"],
    ),
    (
        "2024-05-16",
        "On Monday Blinken and Lavrov faced each other across a table in Geneva for two hours.",
        &["meeting held: Antony Blinken, Sergei Lavrov; when 2024-05-13"],
    ),
    (
        "2024-05-16",
        "Officials of the two countries will gather next week under Antony Blinken. Blinken and Sergei Lavrov are to \
         confer by telephone beforehand.",
        &["call planned: Antony Blinken, Sergei Lavrov; when 2024-05-16/2024-05-26"],
    ),
    (
        "2013-08-07",
        "The White House has scrapped a summit with Russia's Vladimir Putin that was due in early September.",
        &["meeting cancelled: United States, Vladimir Putin; when 2013-09-01/2013-09-10"],
    ),
    (
        "2024-05-16",
        "The call lasted 40 minutes. It was the second conversation between Scholz and Erdogan in a week; the first \
         took place on May 9.",
        &["call held: Olaf Scholz, Recep Tayyip Erdogan; when 2024-05-09"],
    ),
    (
        "2016-09-12",
        "William Hague and Sergei Lavrov saw each other in New York on Friday.",
        &["meeting held: William Hague, Sergei Lavrov; when 2016-09-09"],
    ),
    (
        "2016-09-12",
        "Boris Johnson and Sergei Lavrov will see each other in New York next week, the ministry said.",
        &["meeting planned: Boris Johnson, Sergei Lavrov; when 2016-09-19/2016-09-25"],
    ),
    (
        "2016-09-12",
        "They had failed to close the gaps on the margins of a summit in Hangzhou, China, where Barack Obama and \
         Vladimir Putin conferred for 90 minutes on Sept. 5.",
        &["meeting held: Barack Obama, Vladimir Putin; when 2016-09-05"],
    ),
    (
        "2016-09-12",
        "Barack Obama talked with Vladimir Putin for 90 minutes at a summit in Hangzhou on Sept. 5.",
        &["meeting held: Barack Obama, Vladimir Putin; when 2016-09-05"],
    ),
    (
        "2016-09-12",
        "John Kerry and Sergei Lavrov shook hands on Friday, their first encounter since talks in Vienna on August \
         26.",
        &[
            "meeting held: John Kerry, Sergei Lavrov; when 2016-09-09",
            "talks held: John Kerry, Sergei Lavrov; when 2016-08-26",
        ],
    ),
    (
        "2016-09-12",
        "John Kerry spoke by phone with Sergei Lavrov on Sunday, their third conversation since a dinner in Vienna \
         on August 26.",
        &[
            "call held: John Kerry, Sergei Lavrov; when 2016-09-11",
            "meeting held: John Kerry, Sergei Lavrov; when 2016-08-26",
        ],
    ),
    (
        "2018-05-27",
        "The two Koreas held high-level talks at Panmunjom on Friday.",
        &["talks held: South Korea, North Korea; when 2018-05-25"],
    ),
    (
        "2019-08-26",
        "Iran's Mohammad Javad Zarif met Jean-Yves Le Drian on Sunday. Emmanuel Macron often calls Hassan Rouhani; \
         they last spoke on Aug. 20.",
        &[
            "meeting held: Mohammad Javad Zarif, Jean-Yves Le Drian; when 2019-08-25",
            "call held: Emmanuel Macron, Hassan Rouhani; when 2019-08-20",
        ],
    ),
    (
        "2019-08-26",
        "Mohammad Javad Zarif paid an unannounced visit to Biarritz in France on Sunday. He talked for more than \
         three hours with Emmanuel Macron.",
        &[
            "visit held: Mohammad Javad Zarif, France; when 2019-08-25",
            "meeting held: Mohammad Javad Zarif, Emmanuel Macron; when 2019-08-25",
        ],
    ),
    (
        "2012-07-17",
        "UN-Arab League envoy Kofi Annan arrived in Moscow on Monday for a two-day visit, during which he will meet \
         Russian President Vladimir Putin.",
        &[
            "visit ongoing: Kofi Annan, Russia; when 2012-07-16/2012-07-17; place Moscow",
            "meeting planned: Kofi Annan, Vladimir Putin",
        ],
    ),
    (
        "2012-07-17",
        "Chinese Vice President Xi Jinping arrived in Moscow on Sunday for a four-day visit.",
        &["visit ongoing: Xi Jinping, Russia; when 2012-07-15/2012-07-18"],
    ),
    (
        "2012-07-17",
        "Chinese Vice President Xi Jinping begins a three-day visit to Moscow on Thursday.",
        &["visit planned: Xi Jinping, Russia; when 2012-07-19/2012-07-21"],
    ),
    (
        "2012-07-17",
        "Barack Obama was scheduled to hold a bilateral meeting with Hu Jintao in the afternoon.",
        &["meeting planned: Barack Obama, Hu Jintao"],
    ),
    (
        "2012-07-17",
        "Barack Obama vowed on Monday to step up the fight, after a White House meeting with Francois Hollande four \
         days after the attacks in Nice.",
        &["meeting held: Barack Obama, Francois Hollande; when 2012-07-16"],
    ),
    (
        "2013-05-14",
        "Barack Obama spoke by phone with Shinzo Abe on Monday. The two leaders welcomed the recent accord on \
         fisheries.",
        &["call held: Barack Obama, Shinzo Abe; when 2013-05-13"],
    ),
    (
        "2013-05-14",
        "Barack Obama called Shinzo Abe on Monday. Obama invited Abe to Washington before the end of the year.",
        &[
            "call held: Barack Obama, Shinzo Abe; when 2013-05-13",
            "visit proposed: Shinzo Abe, United States; when 2013-05-14/2013-12-31",
        ],
    ),
    (
        "2013-05-14",
        "Vladimir Putin had a telephone conversation with Angela Merkel, Francois Hollande and David Cameron on \
         Monday.",
        &["call held: Vladimir Putin, Angela Merkel, Francois Hollande, David Cameron; when 2013-05-13"],
    ),
    (
        "2013-05-14",
        "Angela Merkel, Francois Hollande and David Cameron said so on Monday in telephone conversations with \
         Vladimir Putin.",
        &[
            "call held: Vladimir Putin, Angela Merkel; when 2013-05-13",
            "call held: Vladimir Putin, Francois Hollande; when 2013-05-13",
            "call held: Vladimir Putin, David Cameron; when 2013-05-13",
        ],
    ),
    (
        "2013-05-14",
        "Vladimir Putin met Angela Merkel in Hanover on Monday. In the conversation with the chancellor he spoke of \
         gas.",
        &["meeting held: Vladimir Putin, Angela Merkel; when 2013-05-13; place Hanover"],
    ),
    (
        "2013-05-14",
        "Vladimir Putin and Angela Merkel met in Berlin on Monday. They reviewed progress in the negotiations on \
         visas.",
        &["meeting held: Vladimir Putin, Angela Merkel; when 2013-05-13; place Berlin"],
    ),
    ("2013-05-14", "Vladimir Putin and Angela Merkel spoke in favour of a truce in Syria.", &[]),
    (
        "2013-05-14",
        "Vladimir Putin and Barack Obama agreed on Monday that they would have a bilateral meeting during the G8 \
         summit in Northern Ireland.",
        &["meeting planned: Vladimir Putin, Barack Obama; when 2013-06-17/2013-06-18; place Northern Ireland"],
    ),
    (
        "2013-05-14",
        "The two sides prepared the forthcoming visit of Shinzo Abe to Russia in November 2013.",
        &["visit planned: Shinzo Abe, Russia; when 2013-11; place Russia"],
    ),
    (
        "2013-05-14",
        "The ministers prepared the state visit to Italy by Vladimir Putin scheduled for November.",
        &["visit planned: Vladimir Putin, Italy; when 2013-11; place Italy"],
    ),
    (
        "2013-05-14",
        "Vladimir Putin confirmed his readiness to pay an official visit to Poland on June 16.",
        &["visit proposed: Vladimir Putin, Poland; when 2013-06-16; place Poland"],
    ),
    (
        "2013-05-14",
        "Vladimir Putin telephoned Shinzo Abe on Monday and told him of the results of his talks with Angela Merkel.",
        &[
            "call held: Vladimir Putin, Shinzo Abe; when 2013-05-13",
            "meeting held: Vladimir Putin, Angela Merkel; when ../2013-05-14",
        ],
    ),
    (
        "2013-05-14",
        "Many of the leaders stood alongside Barack Obama. Both sides remain committed to the Good Friday Agreement.",
        &[],
    ),
    (
        "2015-06-14",
        "Al-Sisi met the president of Sudan, Omar al-Bashir, on Saturday. The two spoke about the dam.",
        &["meeting held: Abdel Fattah el-Sisi, Omar al-Bashir; when 2015-06-13"],
    ),
    (
        "2015-06-14",
        "President Abdel Fatah al-Sisi received Sergei Lavrov in Cairo on Saturday.",
        &["meeting held: Abdel Fattah el-Sisi, Sergei Lavrov; when 2015-06-13; place Cairo"],
    ),
    (
        "2018-10-24",
        "The Chairperson of the African Union Commission, Moussa Faki Mahamat, was in Cotonou on Monday. The \
         Chairperson met Patrice Talon, the president of Benin. He will travel to Nigeria on Friday.",
        &[
            "meeting held: Moussa Faki Mahamat, Patrice Talon; when 2018-10-22",
            "visit planned: Moussa Faki Mahamat, Nigeria; when 2018-10-26",
        ],
    ),
    (
        "2018-10-24",
        "Vladimir Putin met Shinzo Abe in Singapore on Tuesday. In the next months a text is to be drafted, in the \
         context of a summit due in Osaka in June 2019.",
        &["meeting held: Vladimir Putin, Shinzo Abe; when 2018-10-23; place Singapore"],
    ),
    (
        "2018-10-24",
        "It was a frosty first encounter for Mike Pompeo and Sergei Lavrov on Tuesday, which came as ties have \
         worsened in recent months.",
        &["meeting held: Mike Pompeo, Sergei Lavrov; when 2018-10-23"],
    ),
    (
        "2018-10-24",
        "Mike Pompeo discussed the situation in Syria with Sergei Lavrov by phone on Tuesday.",
        &["call held: Mike Pompeo, Sergei Lavrov; when 2018-10-23"],
    ),
    (
        "2011-10-24",
        "Venezuelan Foreign Minister Nicolas Maduro met Colombian Foreign Minister Maria Angela Holguin in Bogota on \
         Sunday. They prepared a visit of Venezuelan President Hugo Chavez to Colombian President Juan Manuel \
         Santos. In April the two presidents met in Cartagena.",
        &[
            "meeting held: Nicolas Maduro, Maria Angela Holguin; when 2011-10-23; place Bogota",
            "meeting held: Hugo Chavez, Juan Manuel Santos; when 2011-04; place Cartagena",
        ],
    ),
    (
        "2017-09-09",
        "Mohammed bin Salman received a phone call on Friday from Tamim bin Hamad Al Thani, state media reported on \
         Saturday.",
        &["call held: Mohammed bin Salman, Tamim bin Hamad Al Thani; when 2017-09-08"],
    ),
    (
        "2017-02-15",
        "Sergei Lavrov and Rex Tillerson will meet in Bonn on Thursday during the G20 ministerial talks, spokeswoman \
         Maria Zakharova said.",
        &["meeting planned: Sergei Lavrov, Rex Tillerson; when 2017-02-16; place Bonn"],
    ),
    (
        "2017-02-15",
        "Sergei Lavrov met Rex Tillerson at the G20 foreign ministers' meeting.",
        &["meeting held: Sergei Lavrov, Rex Tillerson; when 2017-02-14/2017-02-15"],
    ),
    (
        "2018-05-28",
        "The two Koreas held talks at Panmunjom on Friday.",
        &["talks held: South Korea, North Korea; when 2018-05-25; place Panmunjom"],
    ),
    (
        "2018-05-28",
        "Both leaders spoke of the Yom Kippur War. Donald Trump telephoned Moon Jae-in on Sunday.",
        &["call held: Donald Trump, Moon Jae-in; when 2018-05-27"],
    ),
    (
        "2025-07-20",
        "Donald Trump and Vladimir Putin have had six calls this year, the Kremlin said. The fifth was on 14 June. \
         Then came 3 July.",
        &[
            "call held: Donald Trump, Vladimir Putin; when 2025-06-14",
            "call held: Donald Trump, Vladimir Putin; when 2025-07-03",
        ],
    ),
    (
        "2025-02-12",
        "Donald Trump spoke by phone with Vladimir Putin on Wednesday. They agreed that their teams should start \
         negotiating at once.",
        &[
            "call held: Donald Trump, Vladimir Putin; when 2025-02-12",
            "talks planned: United States, Russia; when 2025-02-12/..",
        ],
    ),
    (
        "2025-02-12",
        "Donald Trump spoke by phone with Vladimir Putin on Wednesday. Putin invited his counterpart to Moscow.",
        &[
            "call held: Donald Trump, Vladimir Putin; when 2025-02-12",
            "visit proposed: Donald Trump, Russia; when 2025-02-12/..",
        ],
    ),
    (
        "2025-02-12",
        "Vladimir Putin was connected to Donald Trump on Wednesday afternoon.",
        &["call held: Donald Trump, Vladimir Putin; when 2025-02-12"],
    ),
    (
        "2025-02-12",
        "On Tuesday Volodymyr Zelensky stopped in Halifax to see Mark Carney.",
        &["meeting held: Volodymyr Zelensky, Mark Carney; when 2025-02-11"],
    ),
    (
        "2025-08-09",
        "Volodymyr Zelensky spoke of land. His negotiators last saw the Russians on July 23 in Istanbul.",
        &["talks held: Ukraine, Russia; when 2025-07-23; place Istanbul"],
    ),
    (
        "2015-09-05",
        "Sergei Lavrov and John Kerry had a telephone conversation on Saturday initiated by the U.S. side, the \
         ministry said.",
        &["call held: Sergei Lavrov, John Kerry; when 2015-09-05"],
    ),
    (
        "2016-01-14",
        "Sergei Lavrov and John Kerry have agreed to meet for talks on Syria on Wednesday in Zurich.",
        &["meeting planned: Sergei Lavrov, John Kerry; when 2016-01-20; place Zurich"],
    ),
    (
        "2016-01-14",
        "Sergei Lavrov and John Kerry held Syria talks in Geneva on Tuesday.",
        &["meeting held: Sergei Lavrov, John Kerry; when 2016-01-12; place Geneva"],
    ),
    (
        "2019-05-14",
        "Emmanuel Macron will host NATO Secretary-General Jens Stoltenberg in Paris on May 23, the Elysee announced \
         Tuesday.",
        &["meeting planned: Emmanuel Macron, Jens Stoltenberg; when 2019-05-23; place Paris"],
    ),
    (
        "2019-05-14",
        "Angela Merkel met Shinzo Abe in Berlin on Monday before a June 1 deadline for the tariffs.",
        &["meeting held: Angela Merkel, Shinzo Abe; when 2019-05-13; place Berlin"],
    ),
    (
        "2022-03-08",
        "Emmanuel Macron disclosed on Monday a frank telephone conversation he had had with Xi Jinping, the first \
         such conversation since a quarrel in 2019.",
        &["call held: Emmanuel Macron, Xi Jinping"],
    ),
    (
        "2019-05-14",
        "Heiko Maas will see Sergei Lavrov in Helsinki on Wednesday morning, their second direct talks of the month, \
         a German diplomat said.",
        &["meeting planned: Heiko Maas, Sergei Lavrov; when 2019-05-15; place Helsinki"],
    ),
    (
        "2022-03-08",
        "The Elysee said that Emmanuel Macron looks forward to a state visit to Japan later this year.",
        &["visit planned: Emmanuel Macron, Japan; when 2022-03-08/2022-12-31"],
    ),
    (
        "2019-05-14",
        "Angela Merkel has decided to push back her next meeting with Recep Tayyip Erdogan until the autumn, her \
         spokesman said.",
        &["meeting cancelled: Angela Merkel, Recep Tayyip Erdogan"],
    ),
    ("2014-04-02", "Angela Merkel had been unwilling to have a meeting with Viktor Yanukovych in Kiev.", &[]),
    (
        "2014-04-02",
        "Angela Merkel said that the two agreed to instruct their negotiating teams to look for a way out over Iran.",
        &[],
    ),
    (
        "2021-10-05",
        "Emmanuel Macron was at his desk in Paris on Monday when Joe Biden called.",
        &["call held: Emmanuel Macron, Joe Biden; when 2021-10-04"],
    ),
    (
        "2019-09-24",
        "Emmanuel Macron spoke by telephone on Monday with his Iranian counterpart.",
        &["call held: Emmanuel Macron, Hassan Rouhani; when 2019-09-23"],
    ),
    (
        "2021-10-05",
        "The telephone call on Monday between Emmanuel Macron and Joe Biden was the first time the leaders of the \
         two countries have spoken since the quarrel over submarines.",
        &["call held: Emmanuel Macron, Joe Biden; when 2021-10-04"],
    ),
    ("2021-10-05", "Antony Blinken has been urging his European colleagues to come together in Geneva.", &[]),
    (
        "2015-04-02",
        "Federica Mogherini met Mohammad Javad Zarif in Lausanne with ministers of the six powers negotiating with \
         Tehran.",
        &["meeting held: Federica Mogherini, Mohammad Javad Zarif"],
    ),
];

#[test]
fn short_texts_are_read_as_a_reader_would() {
    check(READINGS, &[]);
}
