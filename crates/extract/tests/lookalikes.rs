//! Owns readings of texts in which little is a contact: who travels on a state's behalf, what is only called or spoken, which
//! day belongs to what.

use crate::common::{Case, check};

const SENTENCES: &[Case<'_>] = &[
    ("2019-03-07", "Every second lorry that Mexico exports comes to the United States, Donald Trump complained.", &[]),
    ("2019-03-07", "The golf club is leaving Donald Trump's course and heading for Italy.", &[]),
    ("2019-03-07", "Theresa May is alarmed that the Islamic State is taking root in Libya.", &[]),
    ("2019-03-07", "An aide asked why so many young Iraqi men are travelling to Germany.", &[]),
    ("2019-03-07", "He would stop families from Yemen and Somalia from coming to the United States.", &[]),
    ("2019-03-07", "\"More Americans will be flying out to Niger,\" Col. Peter Hale said.", &[]),
    ("2019-03-07", "Leila Karimi, an Iranian dentist visiting Lisbon on holiday, heard the blast.", &[]),
    ("2019-03-07", "\"France is never silent when it comes to Lebanon,\" Emmanuel Macron said.", &[]),
    ("2019-03-07", "Elizabeth Warren will fly to Puerto Rico in May.", &[]),
    ("2019-03-07", "Boris Johnson visited Scotland on Tuesday.", &[]),
    ("2019-03-07", "Berlin and Paris may speak the language of friendship, yet they quarrel.", &[]),
    ("2019-03-07", "Emmanuel Macron and Boris Johnson both spoke to an audience of bankers.", &[]),
    (
        "2019-03-07",
        "Barack Obama and David Cameron were in Bristol. They are talking to a small crowd about jobs.",
        &[],
    ),
    (
        "2019-03-07",
        "Viktor Orban's advisers told of the deal. Some spoke on condition of anonymity for fear of Poland's \
         government.",
        &[],
    ),
    ("2019-03-07", "Vladimir Putin thinks that calling the Taliban by another name changes nothing.", &[]),
    ("2019-03-07", "In Tampa, Donald Trump called Nigel Farage onto the stage.", &[]),
    (
        "2019-03-07",
        "Emmanuel and Angela, as they call each other, disagree. Emmanuel Macron and Angela Merkel have a summer \
         ahead.",
        &[],
    ),
    (
        "2019-03-07",
        "Bernie Sanders is open to negotiating a treaty with Cuba.",
        &["talks proposed: Bernie Sanders, Cuba"],
    ),
    (
        "2019-03-07",
        "His pledge to stay silent during talks between Israel and the Palestinians upset many, Jared Kushner found.",
        &[],
    ),
    (
        "2019-03-07",
        "Jared Kushner would be an arbiter between Israelis and Palestinians at the negotiating table.",
        &[],
    ),
    ("2019-03-07", "The vote allowed Barack Obama to go to Kenya and Chile and say so.", &[]),
    (
        "2019-03-07",
        "Barack Obama has told John Kerry to go on negotiating with the Russians this week.",
        &["talks planned: John Kerry, Russia; when 2019-03-07/2019-03-10"],
    ),
    ("2019-03-07", "Lawmakers want to block Nigel Farage's visit to Israel.", &["visit planned: Nigel Farage, Israel"]),
    (
        "2019-03-07",
        "Boris Johnson's March 28 meeting with Emmanuel Macron was arranged two weeks ago.",
        &["meeting planned: Boris Johnson, Emmanuel Macron; when 2019-03-28"],
    ),
    (
        "2019-03-07",
        "Officials in Paris have long been talking with Malian officials about the desert.",
        &["talks ongoing: France, Mali"],
    ),
    ("2019-03-07", "As a NATO meeting in Madrid approaches, Germany is of two minds.", &[]),
    ("2019-03-07", "Kamala Harris would love to meet the Pope, but no meeting has been planned.", &[]),
    (
        "2019-03-07",
        "Boris Johnson and Leo Varadkar met in Wirral. The three leaders at the other summit were cautious.",
        &["meeting held: Boris Johnson, Leo Varadkar; place Wirral"],
    ),
    (
        "2019-03-07",
        "Enrique PeÃ±a Nieto met Justin Trudeau in Ottawa on Monday.",
        &["meeting held: Enrique Pena Nieto, Justin Trudeau; when 2019-03-04; place Ottawa"],
    ),
    ("2019-03-07", "Boris Johnson held sessions devoted to North Korea's missiles.", &[]),
    (
        "2019-03-07",
        "A U.S. envoy spoke by telephone with Vladimir Putin on Monday.",
        &["call held: United States, Vladimir Putin; when 2019-03-04"],
    ),
    (
        "2019-03-06",
        "Emmanuel Macron landed in Tokyo on Monday for a meeting Thursday with Shinzo Abe.",
        &[
            "visit held: Emmanuel Macron, Japan; when 2019-03-04; place Tokyo",
            "meeting planned: Emmanuel Macron, Shinzo Abe; when 2019-03-07; place Tokyo",
        ],
    ),
    (
        "2019-03-07",
        "Moldova is now preparing for a summit Monday with Romania.",
        &["meeting planned: Moldova, Romania; when 2019-03-11"],
    ),
    (
        "2019-03-07",
        "Boris Johnson proposed calling a vote after meeting with Emmanuel Macron in Lille.",
        &["meeting held: Boris Johnson, Emmanuel Macron; place Lille"],
    ),
    (
        "2019-03-07",
        "A French diplomat is in Armenia for talks on the border.",
        &["talks ongoing: France, Armenia; when 2019-03-07"],
    ),
    (
        "2019-03-07",
        "Jordan has invited officials from Syria and Egypt to attend a meeting in Amman on July 26.",
        &["meeting proposed: Jordan, Syria, Egypt; when 2019-07-26; place Amman"],
    ),
    (
        "2019-03-07",
        "Israeli and Palestinian leaders met in Egypt last month.",
        &["meeting held: Israel, Palestine; when 2019-02; place Egypt"],
    ),
    ("2019-03-07", "The Americans host Morocco on Tuesday in a friendly match.", &[]),
    ("2019-03-07", "Ali Bongo was flown to Morocco on Tuesday after a stroke.", &[]),
    (
        "2019-03-07",
        "Mike Pompeo met Emmanuel Macron in Paris on Wednesday. He stops in Spain on the way home.",
        &[
            "meeting held: Mike Pompeo, Emmanuel Macron; when 2019-03-06; place Paris",
            "visit planned: Mike Pompeo, Spain",
        ],
    ),
    (
        "2019-03-07",
        "Nicola Sturgeon, who is now visiting Canada, made the remark on Wednesday. She is content with her Canadian \
         visit.",
        &["visit ongoing: Nicola Sturgeon, Canada"],
    ),
    (
        "2019-03-07",
        "Emmanuel Macron told voters not to expect miracles during his talks with Narendra Modi.",
        &["meeting planned: Emmanuel Macron, Narendra Modi"],
    ),
    (
        "2019-03-07",
        "Two men planned to attack Emmanuel Macron during his visit to Germany last week.",
        &["visit held: Emmanuel Macron, Germany; when 2019-02-25/2019-03-03"],
    ),
    (
        "2019-03-07",
        "Nicolas Maduro laughed on Sunday at reports about a meeting of his with Ivan Duque. The two presidents met \
         on Friday.",
        &["meeting held: Nicolas Maduro, Ivan Duque; when 2019-03-01"],
    ),
    (
        "2019-03-07",
        "The U.S. and the Taliban held talks in the Gulf nation of Qatar on Monday.",
        &["talks held: United States, Taliban; when 2019-03-04"],
    ),
    (
        "2019-03-07",
        "Boris Johnson and Leo Varadkar are to meet on the second day of the summit in Wirral, their first meeting \
         for Britain and Ireland since May.",
        &["meeting planned: Boris Johnson, Leo Varadkar"],
    ),
    (
        "2019-03-07",
        "Emmanuel Macron met Turkish leaders on Wednesday. Macron met Recep Tayyip Erdogan and Mevlut Cavusoglu in \
         separate meetings.",
        &[
            "meeting held: Emmanuel Macron, Recep Tayyip Erdogan; when 2019-03-06",
            "meeting held: Emmanuel Macron, Mevlut Cavusoglu; when 2019-03-06",
        ],
    ),
    (
        "2021-12-08",
        "Emmanuel Macron and Joe Biden held a video call on Tuesday. The meeting between the two leaders took an \
         hour.",
        &["call held: Emmanuel Macron, Joe Biden; when 2021-12-07"],
    ),
    (
        "2018-04-10",
        "A Downing Street spokesman said that the Prime Minister telephoned Emmanuel Macron on Monday.",
        &["call held: Theresa May, Emmanuel Macron; when 2018-04-09"],
    ),
    (
        "2017-04-11",
        "Emmanuel Macron spoke with Theresa May on Monday about the strike in Syria last week.",
        &["call held: Emmanuel Macron, Theresa May; when 2017-04-10"],
    ),
    (
        "2019-03-07",
        "Emmanuel Macron and Angela Merkel condemned Bashar al-Assad, an aide said after the two leaders spoke.",
        &["call held: Emmanuel Macron, Angela Merkel"],
    ),
    // Officials without a name travel for their state.
    (
        "2019-03-07",
        "Taiwan's deputy foreign minister visited Paraguay on Monday.",
        &["visit held: Taiwan, Paraguay; when 2019-03-04; place Paraguay"],
    ),
    (
        "2019-03-07",
        "A Danish delegation flew to Kyiv on Monday.",
        &["visit held: Denmark, Ukraine; when 2019-03-04; place Kyiv"],
    ),
    (
        "2019-03-07",
        "The Russians came to Istanbul on Monday for talks with Turkey.",
        &[
            "talks held: Russia, Turkey; when 2019-03-04; place Istanbul",
            "visit held: Russia, Turkey; when 2019-03-04; place Istanbul",
        ],
    ),
];

#[test]
fn what_looks_like_a_contact_is_told_from_one() {
    check(SENTENCES, &[]);
}
