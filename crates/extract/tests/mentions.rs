//! Owns the check of who is meant: titles with a country and a date, counterparts, surnames, pronouns, "the two leaders",
//! cities that stand for governments, people whom only the text introduces.

use crate::common;

use common::{Case, check, extraction, fault_in, named, notation, raw, reports, settle};
use readout_types::RawDocument;

/// Cases that do not pass yet, by their text, and why.
const KNOWN_FAILURES: &[(&str, &str)] = &[
    (
        "Olaf Scholz and his Turkish colleague spoke by phone on Thursday.",
        "\"colleague\" is not read as \"counterpart\"",
    ),
    (
        "John Bolton was in Ankara. Trump's national security adviser met his Turkish counterpart, Ibrahim \
         Kalin, on Tuesday.",
        "the parser takes the apposition for a second subject",
    ),
    (
        "Brussels and London held talks on the Northern Ireland protocol on Friday.",
        "Brussels always stands for Belgium",
    ),
];

/// The same for roles, by their text, and for official readouts, by their title.
const KNOWN_ROLES: &[(&str, &str)] = &[(
    "Marta Oliveira Quintela, Brazil's special envoy for the region, met Colombian President Gustavo \
         Petro in Bogota on Tuesday.",
    "roles are not read from appositions that begin with a possessive",
)];
const KNOWN_READOUTS: &[(&str, &str)] = &[];

/// A title with a country is whoever held the office on the day of the text.
const TITLES: &[Case<'_>] = &[
    (
        "2014-09-05",
        "The US president spoke by phone with German Chancellor Angela Merkel on Thursday.",
        &["call held: Barack Obama, Angela Merkel; when 2014-09-04"],
    ),
    (
        "2025-04-11",
        "The US president spoke by phone with Indian Prime Minister Narendra Modi on Thursday.",
        &["call held: Donald Trump, Narendra Modi; when 2025-04-10"],
    ),
    (
        "2019-06-07",
        "The British prime minister received the Irish premier in London on Thursday.",
        &["meeting held: Theresa May, Leo Varadkar; when 2019-06-06; place London"],
    ),
    (
        "2023-06-07",
        "The British prime minister met President Joe Biden at the White House on Tuesday.",
        &["meeting held: Rishi Sunak, Joe Biden; when 2023-06-06"],
    ),
    (
        "2022-03-11",
        "The Russian foreign minister met his Ukrainian counterpart in Antalya on Thursday.",
        &["meeting held: Sergei Lavrov, Dmytro Kuleba; place Antalya"],
    ),
    (
        "2025-06-23",
        "The Iranian foreign minister spoke by phone with the EU's foreign policy chief on Sunday.",
        &["call held: Abbas Araghchi, Kaja Kallas"],
    ),
    (
        "2022-04-28",
        "The U.N. secretary-general met Vladimir Putin in Moscow on Tuesday.",
        &["meeting held: Antonio Guterres, Vladimir Putin; when 2022-04-26; place Moscow"],
    ),
    (
        "2024-06-13",
        "Poland's prime minister met his Czech counterpart in Prague on Monday.",
        &["meeting held: Donald Tusk, Petr Fiala; place Prague"],
    ),
    (
        "2024-07-19",
        "The Israeli prime minister will meet President Joe Biden in Washington on Monday.",
        &["meeting planned: Benjamin Netanyahu, Joe Biden; when 2024-07-22"],
    ),
    (
        "2023-09-05",
        "The presidents of Russia and Turkey met in Sochi on Monday.",
        &["meeting held: Vladimir Putin, Recep Tayyip Erdogan; place Sochi"],
    ),
    (
        "2025-09-03",
        "Chinese President Xi Jinping met the Russian leader in Beijing on Tuesday.",
        &["meeting held: Xi Jinping, Vladimir Putin; when 2025-09-02; place Beijing"],
    ),
    (
        "2025-03-01",
        "Then-President Barack Obama met Raul Castro in Panama City in April 2015.",
        &["meeting held: Barack Obama, Raul Castro; when 2015-04; place Panama City"],
    ),
    (
        "2017-05-26",
        "Former U.S. President Barack Obama met Angela Merkel in Berlin on Thursday.",
        &["meeting held: Barack Obama, Angela Merkel; place Berlin"],
    ),
    (
        "2023-06-07",
        "Saudi Crown Prince Mohammed bin Salman received Secretary of State Antony Blinken in Jeddah on Tuesday.",
        &["meeting held: Mohammed bin Salman, Antony Blinken; place Jeddah"],
    ),
    (
        "2023-05-15",
        "Pope Francis received Volodymyr Zelensky at the Vatican on Saturday.",
        &["meeting held: Pope Francis, Volodymyr Zelensky; when 2023-05-13"],
    ),
    (
        "2022-05-25",
        "Indian Prime Minister Narendra Modi and Japanese Prime Minister Fumio Kishida both spoke at the forum. Mr Modi \
         met Mr Kishida in Tokyo on Tuesday.",
        &["meeting held: Narendra Modi, Fumio Kishida; when 2022-05-24; place Tokyo"],
    ),
    (
        "2015-07-15",
        "Iran's foreign minister and the U.S. secretary of state met in Vienna on Tuesday.",
        &["meeting held: Mohammad Javad Zarif, John Kerry; when 2015-07-14; place Vienna"],
    ),
    (
        "2023-09-14",
        "Kim Jong Un's armoured train crossed the border. The North Korean leader met Putin at a spaceport on Wednesday.",
        &["meeting held: Kim Jong Un, Vladimir Putin; when 2023-09-13"],
    ),
    (
        "2024-07-09",
        "Modi hugged Putin at his residence. The Indian prime minister held talks with the Russian president in Moscow on Tuesday.",
        &["meeting|talks held: Narendra Modi, Vladimir Putin; when 2024-07-09; place Moscow"],
    ),
    (
        "2021-06-15",
        "Jens Stoltenberg greeted Joe Biden. The NATO chief met the American president in Brussels on Monday.",
        &["meeting held: Jens Stoltenberg, Joe Biden; when 2021-06-14; place Brussels"],
    ),
    (
        "2023-09-15",
        "Russian President Vladimir Putin met the leader of Guinea in Moscow.",
        &["meeting held: Vladimir Putin, Mamady Doumbouya; place Moscow"],
    ),
];

/// `his Mexican counterpart` holds the office of the person named before.
const COUNTERPARTS: &[Case<'_>] = &[
    (
        "2021-03-02",
        "Canadian Prime Minister Justin Trudeau spoke by phone with his Mexican counterpart on Monday.",
        &["call held: Justin Trudeau, Andres Manuel Lopez Obrador; when 2021-03-01"],
    ),
    (
        "2023-08-11",
        "U.S. Secretary of State Antony Blinken met his Mexican counterpart in Washington on Thursday.",
        &["meeting held: Antony Blinken, Alicia Barcena; place Washington"],
    ),
    (
        "2016-04-15",
        "John Kerry spoke by telephone with his Russian counterpart on Thursday.",
        &["call held: John Kerry, Sergei Lavrov; when 2016-04-14; medium phone"],
    ),
    (
        "2024-02-17",
        "Ukraine's president signed a pact with his French counterpart at a meeting in Paris on Friday.",
        &["meeting held: Volodymyr Zelensky, Emmanuel Macron; place Paris"],
    ),
    (
        "2018-06-20",
        "Xi Jinping hosted his North Korean counterpart, Kim Jong Un, in Beijing on Tuesday.",
        &["meeting held: Xi Jinping, Kim Jong Un; place Beijing"],
    ),
    (
        "2022-05-10",
        "The German chancellor and the French president spoke by phone with their Chinese counterpart on Monday.",
        &["call held: Olaf Scholz, Emmanuel Macron, Xi Jinping; when 2022-05-09"],
    ),
    (
        "2019-10-24",
        "Turkey's president and his Russian counterpart met in Sochi on Tuesday.",
        &["meeting held: Recep Tayyip Erdogan, Vladimir Putin; when 2019-10-22; place Sochi"],
    ),
    (
        "2023-10-20",
        "Olaf Scholz and his Turkish colleague spoke by phone on Thursday.",
        &["call held: Olaf Scholz, Recep Tayyip Erdogan; when 2023-10-19"],
    ),
    (
        "2019-01-10",
        "John Bolton was in Ankara. Trump's national security adviser met his Turkish counterpart, Ibrahim Kalin, on Tuesday.",
        &["meeting held: John Bolton, Ibrahim Kalin; when 2019-01-08"],
    ),
];

/// Surnames take up full names before them, also where two people share one.
const SURNAMES: &[Case<'_>] = &[
    (
        "2025-10-20",
        "President Donald Trump and President Vladimir Putin both issued statements. Trump called Putin late on Sunday.",
        &["call held: Donald Trump, Vladimir Putin; when 2025-10-19"],
    ),
    (
        "2010-11-12",
        "South Korean President Lee Myung-bak opened the forum in Seoul. The Singaporean delegation was led by Prime \
         Minister Lee Hsien Loong. President Lee met Chinese President Hu Jintao on Thursday.",
        &["meeting held: Lee Myung-bak, Hu Jintao; when 2010-11-11"],
    ),
    (
        "2010-01-14",
        "NATO Secretary-General Anders Fogh Rasmussen and Danish Prime Minister Lars Lokke Rasmussen both attended. \
         Prime Minister Rasmussen met German Chancellor Angela Merkel on Wednesday.",
        &["meeting held: Lars Lokke Rasmussen, Angela Merkel; when 2010-01-13"],
    ),
    (
        "2018-07-17",
        "The Trump-Putin summit in Helsinki lasted more than two hours.",
        &["meeting held: Donald Trump, Vladimir Putin; place Helsinki"],
    ),
    (
        "2023-04-07",
        "Macron and Ursula von der Leyen flew in together. Von der Leyen met Xi in Beijing on Thursday. Chinese President \
         Xi Jinping also gave a dinner.",
        &["meeting: Ursula von der Leyen, Xi Jinping; place Beijing", "?visit held: Emmanuel Macron, China"],
    ),
    (
        "2012-03-27",
        "Obama met Medvedev in Seoul on Monday.",
        &["meeting held: Barack Obama, Dmitry Medvedev; place Seoul"],
    ),
    (
        "2004-06-07",
        "Bush met Chirac in Paris on Saturday.",
        &["meeting held: George W. Bush, Jacques Chirac; place Paris"],
    ),
    (
        "2023-07-13",
        "Zelenskiy met Biden in Vilnius on Wednesday.",
        &["meeting held: Volodymyr Zelensky, Joe Biden; place Vilnius"],
    ),
];

/// `the two leaders`, `both sides`, `they`: those last spoken of together.
const TOGETHER: &[Case<'_>] = &[
    (
        "2022-07-29",
        "Joe Biden and Xi Jinping spoke by phone on Thursday. The two leaders will meet in Bali in November.",
        &[
            "call held: Joe Biden, Xi Jinping; when 2022-07-28",
            "meeting planned: Joe Biden, Xi Jinping; when 2022-11; place Bali",
        ],
    ),
    (
        "2025-07-21",
        "Russia and Ukraine traded accusations on Sunday. Both sides will hold talks in Istanbul on Wednesday.",
        &["talks planned: Russia, Ukraine; when 2025-07-23; place Istanbul"],
    ),
    (
        "2019-02-28",
        "Donald Trump and Kim Jong Un left Hanoi without a deal. They had met for dinner at a hotel on Wednesday.",
        &["meeting held: Donald Trump, Kim Jong Un; when 2019-02-27"],
    ),
    (
        "2023-11-16",
        "U.S. President Joe Biden praised Chinese President Xi Jinping. The pair met for four hours on Wednesday.",
        &["meeting held: Joe Biden, Xi Jinping; when 2023-11-15; duration 240..240"],
    ),
    (
        "2024-12-14",
        "Emmanuel Macron, Olaf Scholz and Keir Starmer held a video conference with Volodymyr Zelensky on Friday.",
        &["call held: Emmanuel Macron, Olaf Scholz, Keir Starmer, Volodymyr Zelensky; medium video"],
    ),
];

/// `he`, `she`, `him`: the nearest person whom they can mean.
const PRONOUNS: &[Case<'_>] = &[
    (
        "2020-01-12",
        "German Chancellor Angela Merkel was in Moscow at the weekend. She met Vladimir Putin on Saturday.",
        &["meeting held: Angela Merkel, Vladimir Putin; when 2020-01-11"],
    ),
    (
        "2025-01-10",
        "British Prime Minister Keir Starmer hosted a reception. On Thursday he met Emmanuel Macron at Chequers.",
        &["meeting held: Keir Starmer, Emmanuel Macron; when 2025-01-09"],
    ),
    (
        "2025-01-16",
        "Danish Prime Minister Mette Frederiksen was asked about Donald Trump. She had spoken with him by phone on \
         Wednesday.",
        &["call held: Mette Frederiksen, Donald Trump; when 2025-01-15; medium phone"],
    ),
    (
        "2023-02-21",
        "Italian Prime Minister Giorgia Meloni went on to Kyiv, where President Volodymyr Zelensky received her on \
         Tuesday.",
        &["meeting held: Giorgia Meloni, Volodymyr Zelensky; when 2023-02-21", "?visit held: Giorgia Meloni, Ukraine"],
    ),
    (
        "2016-11-18",
        "Japanese Prime Minister Shinzo Abe called his talk with Donald Trump very candid. \"I met him in New York on \
         Thursday,\" Abe said.",
        &["meeting held: Shinzo Abe, Donald Trump; when 2016-11-17; place New York"],
    ),
];

/// Cities and buildings stand for governments, adjectives and groups for sides.
const SIDES: &[Case<'_>] = &[
    (
        "2022-07-21",
        "The Kremlin and Ankara will hold talks in Sochi next month.",
        &["talks planned: Russia, Turkey; when 2022-08; place Sochi"],
    ),
    (
        "2025-04-28",
        "Talks between Washington and Tehran resumed in Muscat on Saturday.",
        &["talks held: United States, Iran; when 2025-04-26; place Muscat"],
    ),
    (
        "2018-01-10",
        "North and South Korea held talks at Panmunjom on Tuesday.",
        &["talks held: North Korea, South Korea; when 2018-01-09; place Panmunjom"],
    ),
    (
        "2015-01-23",
        "U.S. and Cuban negotiators met in Havana on Thursday.",
        &["meeting|talks held: United States, Cuba; when 2015-01-22; place Havana"],
    ),
    (
        "2024-10-05",
        "Taliban representatives met Russian diplomats in Moscow on Friday.",
        &["meeting held: Taliban, Russia; when 2024-10-04; place Moscow"],
    ),
    (
        "2025-07-07",
        "Indirect talks between Israel and Hamas resumed in Doha on Sunday.",
        &["talks held: Israel, Hamas; when 2025-07-06; place Doha"],
    ),
    (
        "2025-08-14",
        "European leaders held a video call with Donald Trump on Wednesday.",
        &["call held: European leaders, Donald Trump; when 2025-08-13; medium video"],
    ),
    (
        "2021-06-17",
        "A delegation from Iran met a European Union team in Vienna on Wednesday.",
        &["meeting|talks held: Iran, European Union; when 2021-06-16; place Vienna"],
    ),
    (
        "2017-11-13",
        "Beijing and Hanoi will hold talks on the South China Sea next week.",
        &["talks planned: China, Vietnam; when 2017-11-20/2017-11-26"],
    ),
    (
        "2022-07-23",
        "Brussels and London held talks on the Northern Ireland protocol on Friday.",
        &["talks held: European Union, United Kingdom; when 2022-07-22"],
    ),
    (
        "2024-10-02",
        "Houthi envoy Mohammed Abdulsalam met Iranian Foreign Minister Abbas Araghchi in Muscat on Monday.",
        &["meeting held: Mohammed Abdulsalam, Abbas Araghchi; place Muscat"],
    ),
];

/// People whom no table knows get role and country from what the text calls them.
const INTRODUCED: &[Case<'_>] = &[
    (
        "2024-05-09",
        "Marta Oliveira Quintela, Brazil's special envoy for the region, met Colombian President Gustavo Petro in \
         Bogota on Wednesday.",
        &["meeting held: Marta Oliveira Quintela, Gustavo Petro; place Bogota"],
    ),
    (
        "2021-09-17",
        "Russian deputy trade minister Pavel Zorkin spoke by phone with Indian Prime Minister Narendra Modi on Thursday.",
        &["call held: Pavel Zorkin, Narendra Modi; when 2021-09-16"],
    ),
    (
        "2023-03-14",
        "Zelensky's chief of staff, Andriy Yermak, spoke by phone with Jake Sullivan, the U.S. national security \
         adviser, on Monday.",
        &["call held: Andriy Yermak, Jake Sullivan; when 2023-03-13"],
    ),
    (
        "2019-11-08",
        "Norwegian mediator Ingrid Halvorsen-Lie opened the session. Halvorsen-Lie had met Colombian negotiator Camilo \
         Restrepo Uribe in Oslo on Thursday.",
        &["meeting held: Ingrid Halvorsen-Lie, Camilo Restrepo Uribe; when 2019-11-07; place Oslo"],
    ),
];

const GROUPS: [&[Case<'_>]; 7] = [TITLES, COUNTERPARTS, SURNAMES, TOGETHER, PRONOUNS, SIDES, INTRODUCED];

#[test]
fn titles_go_by_the_day_of_the_text() {
    check(TITLES, KNOWN_FAILURES);
}

#[test]
fn counterparts() {
    check(COUNTERPARTS, KNOWN_FAILURES);
}

#[test]
fn surnames() {
    check(SURNAMES, KNOWN_FAILURES);
}

#[test]
fn the_two_leaders() {
    check(TOGETHER, KNOWN_FAILURES);
}

#[test]
fn pronouns() {
    check(PRONOUNS, KNOWN_FAILURES);
}

#[test]
fn governments_groups_and_delegations() {
    check(SIDES, KNOWN_FAILURES);
}

#[test]
fn people_whom_only_the_text_knows() {
    check(INTRODUCED, KNOWN_FAILURES);
}

#[test]
fn known_failures_are_cases_of_this_file() {
    named(&GROUPS, KNOWN_FAILURES);
}

/// What the text calls a person goes into the report with the name: text, name, country, a word of the role.
const ROLES: [(&str, &str, &str, &str); 3] = [
    (
        "Marta Oliveira Quintela, Brazil's special envoy for the region, met Colombian President Gustavo Petro in Bogota on \
         Tuesday.",
        "Marta Oliveira Quintela",
        "BR",
        "envoy",
    ),
    (
        "Presidential aide Pavel Zorkin of Russia spoke by phone with Indian Prime Minister Narendra Modi on Thursday.",
        "Pavel Zorkin",
        "RU",
        "aide",
    ),
    (
        "Norwegian foreign minister Ingrid Halvorsen-Lie met Jordanian King Abdullah in Oslo on Thursday.",
        "Ingrid Halvorsen-Lie",
        "NO",
        "minister",
    ),
];

#[test]
fn introduced_people_bring_role_and_country() {
    let results = ROLES.map(|(text, name, country, role)| {
        let reports = reports("2024-05-10", text);
        let person = reports.iter().flat_map(|r| &r.participants).find(|a| a.name == name);
        let fits = person.is_some_and(|p| {
            p.country.as_deref() == Some(country) && p.role.as_ref().is_some_and(|r| r.to_lowercase().contains(role))
        });
        (text.to_owned(), (!fits).then(|| format!("{text}\n  expected: {role} of {country}\n  got:      {person:?}")))
    });
    settle(results.into(), KNOWN_ROLES);
}

/// Official readouts name the other side only: source, day, title, text, reports.
type Readout<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [&'a str]);

const READOUTS: [Readout<'_>; 6] = [
    (
        "White House",
        "2022-06-03",
        "Readout of President Joe Biden's Call with President Emmanuel Macron of France",
        "President Joe Biden spoke today with President Emmanuel Macron of France. The leaders discussed support for Ukraine.",
        &["call held: Joe Biden, Emmanuel Macron; when 2022-06-03; by White House"],
    ),
    (
        "Kremlin",
        "2021-10-26",
        "Telephone conversation with President of Turkey Recep Tayyip Erdogan",
        "The conversation was initiated by the Turkish side. The presidents discussed trade and the situation in Syria.",
        &["call held: Vladimir Putin, Recep Tayyip Erdogan; when 2021-10-26; initiator Turkey; by Kremlin"],
    ),
    (
        "Prime Minister's Office, 10 Downing Street",
        "2022-03-07",
        "PM call with Chancellor Scholz: 7 March 2022",
        "The Prime Minister spoke to German Chancellor Olaf Scholz this afternoon. He said that the world must stand together.",
        &["call held: Boris Johnson, Olaf Scholz; when 2022-03-07; by 10 Downing Street"],
    ),
    (
        "U.S. Department of State",
        "2023-06-19",
        "Secretary Blinken's Meeting with People's Republic of China President Xi Jinping",
        "Secretary of State Antony J. Blinken met with People's Republic of China President Xi Jinping in Beijing today.",
        &["meeting held: Antony Blinken, Xi Jinping; when 2023-06-19; place Beijing; by State Department"],
    ),
    // What is spoken of on the telephone is still to come; the call is not.
    (
        "Kremlin",
        "2010-06-15",
        "Telephone conversation with Prime Minister of Canada Stephen Harper",
        "During the conversation, Stephen Harper spoke of his plans for the summit in Toronto at the end of June.",
        &["call held: Dmitry Medvedev, Stephen Harper; when 2010-06-15", "?meeting planned: Stephen Harper"],
    ),
    // Thanks for an earlier welcome give the meeting of the record no other day.
    (
        "Kremlin",
        "2017-05-25",
        "Meeting with Foreign Minister of China Wang Yi",
        "Vladimir Putin met with Foreign Minister of China Wang Yi.\n\nVladimir Putin: Thank you for the warm reception we were given ten days ago in Beijing.",
        &["meeting held: Vladimir Putin, Wang Yi; when 2017-05-25"],
    ),
];

#[test]
fn official_readouts_imply_their_own_side() {
    let results = READOUTS.map(|(source, day, title, text, expected)| {
        let got = extraction(RawDocument { source: Some(source.to_owned()), ..raw(day, Some(title), text) }).reports;
        let fault = fault_in(&got, expected).map(|_| {
            let got: Vec<String> = got.iter().map(notation).collect();
            format!("{source}, {title}\n  expected: {}\n  got:      {}", expected.join(" + "), got.join(" + "))
        });
        (title.to_owned(), fault)
    });
    settle(results.into(), KNOWN_READOUTS);
}
