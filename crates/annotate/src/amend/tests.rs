//! Owns the tests of the corrections: sentences as the network may read them, and the arcs that must come out.

use proptest::prelude::*;
use readout_types::Span;

use super::*;

/// A sentence in lines of its own: `word|tag|relation|head`, heads counted from 1, 0 for the root.
struct Case {
    about: &'static str,
    read: &'static str,
    names: &'static [(usize, usize, NameKind)],
    /// `word relation head-word` that must hold afterwards.
    wanted: &'static [&'static str],
}

fn upos(tag: &str) -> Upos {
    match tag {
        "NNP" | "NNPS" => Upos::Propn,
        "NN" | "NNS" => Upos::Noun,
        "MD" => Upos::Aux,
        "IN" | "RP" => Upos::Adp,
        "TO" | "POS" => Upos::Part,
        "DT" => Upos::Det,
        "CC" => Upos::Cconj,
        "CD" => Upos::Num,
        "JJ" => Upos::Adj,
        "RB" => Upos::Adv,
        "PRP" | "WP" => Upos::Pron,
        t if t.starts_with("VB") => Upos::Verb,
        _ => Upos::Punct,
    }
}

fn tokens(read: &str) -> (String, Vec<Token>) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for item in read.split_whitespace() {
        let parts: Vec<&str> = item.rsplitn(4, '|').collect();
        let [head, relation, tag, word] = parts[..] else { panic!("{item}") };
        let tag = *[
            "NNP", "NNPS", "NN", "NNS", "MD", "IN", "RP", "TO", "POS", "DT", "CC", "CD", "JJ", "RB", "PRP", "WP", "VB",
            "VBD", "VBN", "VBG", "VBZ", "VBP", ",", ".", "HYPH", "''",
        ]
        .iter()
        .find(|t| **t == tag)
        .unwrap_or_else(|| panic!("{tag}"));
        let start = text.len();
        text.push_str(word);
        let lemma = match word {
            "said" => "say",
            "had" | "has" => "have",
            "called" | "calls" => "call",
            "invited" => "invite",
            "cancels" => "cancel",
            "held" => "hold",
            "planned" => "plan",
            w => w,
        };
        let aux = matches!(relation, "aux" | "aux:pass" | "cop");
        tokens.push(Token {
            span: Span::new(start, text.len()),
            lemma: Arc::from(lemma),
            upos: if aux { Upos::Aux } else { upos(tag) },
            xpos: tag,
            head: head.parse::<u32>().ok().and_then(|h| h.checked_sub(1)),
            deprel: Deprel::parse(relation).unwrap_or_else(|| panic!("{relation}")),
        });
        text.push(' ');
    }
    (text, tokens)
}

const PER: NameKind = NameKind::Person;

const CASES: &[Case] = &[
    Case {
        about: "a verb with a particle has an object",
        read: "Ann|NNP|nsubj|2 called|VBD|root|0 off|RP|compound:prt|2 talks|NNS|xcomp|2",
        names: &[(0, 1, PER)],
        wanted: &["talks obj called"],
    },
    Case {
        about: "a long name behind a noun is the noun's",
        read: "Ann|NNP|nsubj|2 called|VBD|root|0 her|PRP|nmod:poss|4 counterpart|NN|obj|2 Bob|NNP|xcomp|2 Ray|NNP|flat|5",
        names: &[(0, 1, PER), (4, 6, PER)],
        wanted: &["Bob obj called", "counterpart nmod:desc Bob", "Ray flat Bob"],
    },
    Case {
        about: "a person's name is headed by its first word",
        read: "led|VBN|root|0 by|IN|case|4 Ann|NNP|amod|4 Lee|NNP|obl:agent|1",
        names: &[(2, 4, PER)],
        wanted: &["Ann obl:agent led", "Lee flat Ann", "by case Ann"],
    },
    Case {
        about: "no name goes on behind the verb",
        read: "Ann|NNP|nsubj|2 met|VBD|root|0 Bob|NNP|flat|1 Ray|NNP|flat|3",
        names: &[(0, 1, PER), (2, 4, PER)],
        wanted: &["Bob obj met", "Ray flat Bob"],
    },
    Case {
        about: "a day's name alone is no object",
        read: "Ann|NNP|nsubj|2 met|VBD|root|0 Friday|NNP|obj|2",
        names: &[(0, 1, PER)],
        wanted: &["Friday obl:unmarked met"],
    },
    Case {
        about: "what is planned is the event",
        read: "talks|NNS|nsubj|8 between|IN|case|3 teams|NNS|nmod|1 ,|,|punct|5 planned|VBN|acl|3 for|IN|case|7 May|NNP|obl|5 failed|VBD|root|0",
        names: &[],
        wanted: &["planned acl talks", "May obl planned"],
    },
    Case {
        about: "what is said of the subject is the adjective before an infinitive",
        read: "Ann|NNP|nsubj|5 was|VBD|cop|5 due|JJ|mark|5 to|TO|fixed|3 meet|VB|root|0 Bob|NNP|obj|5",
        names: &[(0, 1, PER), (5, 6, PER)],
        wanted: &["Ann nsubj due", "was cop due", "due root -", "meet xcomp due", "to mark meet", "Bob obj meet"],
    },
    Case {
        about: "a person who is called is the object",
        read: "Ann|NNP|nsubj|2 called|VBD|root|0 Bob|NNP|xcomp|2 Ray|NNP|flat|3 after|IN|case|6 lunch|NN|obl|2",
        names: &[(0, 1, PER), (2, 4, PER)],
        wanted: &["Bob obj called"],
    },
    Case {
        about: "a person stands beside the head of a body",
        read: "Bob|NNP|nsubj|2 met|VBD|root|0 the|DT|det|4 chairwoman|NN|obj|2 of|IN|case|7 the|DT|det|7 Assembly|NNP|nmod|4 ,|,|punct|9 Ann|NNP|appos|7 Lee|NNP|flat|9",
        names: &[(0, 1, PER), (8, 10, PER)],
        wanted: &["Ann appos chairwoman"],
    },
    Case {
        about: "a noun before another belongs to that",
        read: "talks|NNS|root|0 with|IN|case|5 US|NNP|compound|1 President|NNP|nmod:desc|5 Ann|NNP|nmod|1 Lee|NNP|flat|5",
        names: &[(4, 6, PER)],
        wanted: &["US compound President", "Ann nmod talks"],
    },
    Case {
        about: "what stands before a preposition is the object",
        read: "Ann|NNP|nsubj|2 addressed|VBD|root|0 the|DT|det|7 Council|NNP|compound|7 by|IN|case|7 video|NN|compound|7 link|NN|obl|2",
        names: &[(0, 1, PER)],
        wanted: &["Council obj addressed", "the det Council", "video compound link", "link obl addressed"],
    },
    Case {
        about: "a question belongs to the asking",
        read: "Asked|VBN|advcl|7 if|IN|mark|4 it|PRP|nsubj|4 rained|VBD|advcl|7 ,|,|punct|1 Ann|NNP|nsubj|7 nodded|VBD|root|0",
        names: &[(5, 6, PER)],
        wanted: &["rained ccomp Asked", "Asked advcl nodded"],
    },
    Case {
        about: "face to face is an adverb",
        read: "Ann|NNP|nsubj|2 spoke|VBD|root|0 face|NN|obj|2 to|TO|mark|5 face|VB|obl|2 with|IN|case|7 Bob|NNP|nmod|5",
        names: &[(0, 1, PER), (6, 7, PER)],
        wanted: &["face advmod spoke", "Bob obl spoke"],
    },
    Case {
        about: "a preposition has no subject",
        read: "Ann|NNP|nsubj|3 is|VBZ|cop|5 due|JJ|case|5 in|IN|case|5 Rome|NNP|root|0 on|IN|case|7 Friday|NNP|obl|3",
        names: &[(0, 1, PER)],
        wanted: &["Ann nsubj Rome", "Friday obl Rome", "due case Rome"],
    },
    Case {
        about: "the first of two subjects speaks, the second says",
        read: "Ann|NNP|nsubj|8 spoke|VBD|ccomp|8 on|IN|case|4 Sunday|NNP|obl|2 ,|,|punct|2 Bob|NNP|nsubj|8 Ray|NNP|flat|6 said|VBD|root|0",
        names: &[(0, 1, PER), (5, 7, PER)],
        wanted: &["Ann nsubj spoke", "Bob nsubj said"],
    },
    Case {
        about: "a name in two pieces",
        read: "Ann|NNP|nsubj|3 Lee|NNP|nsubj|3 met|VBD|root|0 Bob|NNP|obj|3",
        names: &[(0, 2, PER), (3, 4, PER)],
        wanted: &["Ann nsubj met", "Lee flat Ann", "Bob obj met"],
    },
    Case {
        about: "a title and its name have one head",
        read: "Minister|NNP|nsubj|4 Ann|NNP|nsubj|4 Lee|NNP|flat|2 met|VBD|root|0 Bob|NNP|obj|4",
        names: &[(1, 3, PER), (4, 5, PER)],
        wanted: &["Minister nmod:desc Ann", "Ann nsubj met"],
    },
    Case {
        about: "a title with what it is of",
        read: "with|IN|case|2 Secretary|NNP|obl|7 of|IN|case|4 State|NNP|nmod|2 Ann|NNP|appos|4 Lee|NNP|flat|5 met|VBD|root|0",
        names: &[(4, 6, PER)],
        wanted: &["Ann obl met", "Secretary nmod:desc Ann", "State nmod Secretary", "with case Ann"],
    },
    Case {
        about: "a name after and is coordinated",
        read: "Ann|NNP|nsubj|5 and|CC|cc|1 Bob|NNP|flat|1 Ray|NNP|flat|3 met|VBD|root|0",
        names: &[(0, 1, PER), (2, 4, PER)],
        wanted: &["Bob conj Ann", "and cc Bob", "Ray flat Bob"],
    },
    Case {
        about: "a time before a name",
        read: "by|IN|case|2 middle|NN|obl|6 of|IN|case|4 June|NNP|nmod:desc|5 Ann|NNP|nmod|2 met|VBD|root|0 Bob|NNP|obj|6",
        names: &[(4, 5, PER), (6, 7, PER)],
        wanted: &["June nmod middle", "of case June", "Ann nsubj met"],
    },
    Case {
        about: "a time is no subject beside a person",
        read: "Last|JJ|amod|2 November|NNP|nsubj|4 Ann|NNP|nsubj|4 met|VBD|root|0 Bob|NNP|obj|4",
        names: &[(2, 3, PER), (4, 5, PER)],
        wanted: &["November obl:unmarked met", "Ann nsubj met"],
    },
    Case {
        about: "have before a participle, with adverbials between",
        read: "Ann|NNP|nsubj|8 who|WP|nsubj|3 had|VBD|acl:relcl|1 on|IN|case|5 Sunday|NNP|obl|3 met|VBN|advcl|8 Bob|NNP|obj|6 spoke|VBD|root|0",
        names: &[(0, 1, PER), (6, 7, PER)],
        wanted: &["met acl:relcl Ann", "had aux met", "who nsubj met"],
    },
    Case {
        about: "the noun before a clause without a subject is its subject",
        read: "Ann|NNP|nsubj|2 said|VBD|root|0 her|DT|det|4 meeting|NN|obj|2 will|MD|aux|7 be|VB|aux:pass|7 held|VBN|ccomp|2",
        names: &[(0, 1, PER)],
        wanted: &["meeting nsubj:pass held"],
    },
    Case {
        about: "a subject behind one verb and before another",
        read: "It|PRP|nsubj|2 said|VBD|root|0 Ann|NNP|nsubj|2 will|MD|aux|5 meet|VB|ccomp|2 Bob|NNP|obj|5",
        names: &[(2, 3, PER), (5, 6, PER)],
        wanted: &["Ann nsubj meet", "It nsubj said"],
    },
    Case {
        about: "a particle is no preposition",
        read: "Ann|NNP|nsubj|2 called|VBD|root|0 off|IN|case|5 the|DT|det|5 meeting|NN|obl|2",
        names: &[(0, 1, PER)],
        wanted: &["off compound:prt called", "meeting obj called"],
    },
    Case {
        about: "an ordinal over an adverb",
        read: "the|DT|det|5 sixth|RB|advmod|4 publicly|RB|advmod|4 known|VBN|amod|5 call|NN|root|0",
        names: &[],
        wanted: &["sixth amod call"],
    },
    Case {
        about: "meetings of headlines are nouns",
        read: "Ann|NNP|nsubj|2 cancels|VBZ|root|0 meeting|VBG|xcomp|2 with|IN|case|5 Bob|NNP|obl|3",
        names: &[(0, 1, PER), (4, 5, PER)],
        wanted: &["meeting obj cancels", "Bob nmod meeting"],
    },
    Case {
        about: "a verb between two persons",
        read: "Ann|NNP|compound|2 rings|NNS|root|0 Bob|NNP|flat|2",
        names: &[(0, 1, PER), (2, 3, PER)],
        wanted: &["Ann nsubj rings", "Bob obj rings"],
    },
    Case {
        about: "two persons with a comma before a verb of a headline",
        read: "next|RB|root|0 as|IN|case|3 Ann|NNP|obl|1 ,|,|punct|3 Bob|NNP|nsubj|6 talk|VBP|parataxis|1",
        names: &[(2, 3, PER), (4, 5, PER)],
        wanted: &["Ann nsubj talk", "Bob conj Ann", "as mark talk"],
    },
    Case {
        about: "object control",
        read: "Ann|NNP|nsubj|2 invited|VBD|root|0 Bob|NNP|obj|2 to|TO|mark|5 visit|VB|advcl|2",
        names: &[(0, 1, PER), (2, 3, PER)],
        wanted: &["visit xcomp invited"],
    },
    Case {
        about: "the agent of a passive",
        read: "he|PRP|nsubj:pass|3 was|VBD|aux:pass|3 received|VBN|root|0 by|IN|case|5 Ann|NNP|obl|3",
        names: &[(4, 5, PER)],
        wanted: &["Ann obl:agent received"],
    },
    Case {
        about: "by phone is no agent",
        read: "he|PRP|nsubj:pass|3 was|VBD|aux:pass|3 reached|VBN|root|0 by|IN|case|5 phone|NN|obl|3",
        names: &[],
        wanted: &["phone obl reached"],
    },
    Case {
        about: "between does not hang on a bare time",
        read: "conversation|NN|root|0 this|DT|det|3 year|NN|nmod:unmarked|1 between|IN|case|5 Ann|NNP|nmod|3 and|CC|cc|7 Bob|NNP|conj|5",
        names: &[(4, 5, PER), (6, 7, PER)],
        wanted: &["Ann nmod conversation", "Bob conj Ann"],
    },
    Case {
        about: "a person has no place",
        read: "meeting|NN|root|0 with|IN|case|3 Ann|NNP|nmod|1 in|IN|case|5 Jakarta|NNP|nmod|3",
        names: &[(2, 3, PER), (4, 5, NameKind::Place)],
        wanted: &["Jakarta nmod meeting"],
    },
    Case {
        about: "a clause without a relative pronoun stands at its noun",
        read: "an|DT|det|2 account|NN|root|0 of|IN|case|5 the|DT|det|5 calls|NNS|nmod|2 he|PRP|nsubj|7 made|VBD|acl:relcl|2",
        names: &[],
        wanted: &["made acl:relcl calls"],
    },
    Case {
        about: "the owner hangs on what it owns",
        read: "leaders|NNS|root|0 of|IN|case|4 the|DT|det|4 world|NN|nmod|1 's|POS|case|4 two|CD|nummod|8 great|JJ|amod|8 nations|NNS|dep|1",
        names: &[],
        wanted: &["nations nmod leaders", "world nmod:poss nations", "of case nations"],
    },
    Case {
        about: "the other side of talks hangs on the talks",
        read: "Ann|NNP|nsubj|2 called|VBD|root|0 his|PRP|nmod:poss|4 talk|NN|obj|2 with|IN|case|6 Bob|NNP|obl|2 candid|JJ|xcomp|2",
        names: &[(0, 1, PER), (5, 6, PER)],
        wanted: &["Bob nmod talk"],
    },
    Case {
        about: "a subject has no preposition",
        read: "Ann|NNP|nsubj|2 spoke|VBD|root|0 with|IN|case|4 Bob|NNP|obl|2 and|CC|cc|9 with|IN|case|7 Eve|NNP|nsubj|9 Street|NNP|appos|7 said|VBD|parataxis|2",
        names: &[(0, 1, PER), (3, 4, PER), (6, 7, PER)],
        wanted: &["Street nsubj said", "Eve obl spoke"],
    },
    Case {
        about: "a title before capitalised words that were not taken for a name",
        read: "Minister|NNP|nsubj|4 Keir|NNP|compound|3 Starmer|NNP|nsubj|4 spoke|VBD|root|0",
        names: &[],
        wanted: &["Minister nmod:desc Starmer", "Starmer nsubj spoke"],
    },
    Case {
        about: "what somebody calls it is what was held",
        read: "they|PRP|nsubj|2 held|VBD|root|0 what|WP|obj|2 Paris|NNP|nsubj|5 calls|VBZ|acl:relcl|3 a|DT|det|7 round|NN|obj|5",
        names: &[],
        wanted: &["round obj held", "calls acl:relcl round", "what obj calls"],
    },
    Case {
        about: "where somebody stands in a picture does not part the pair",
        read: "Ann|NNP|root|0 ,|,|punct|3 right|RB|advmod|1 ,|,|punct|7 and|CC|cc|7 Bob|NNP|nsubj|7 pose|VBP|conj|1",
        names: &[(0, 1, PER), (5, 6, PER)],
        wanted: &["pose root -", "Ann nsubj pose", "Bob conj Ann"],
    },
    Case {
        about: "the agent behind a place",
        read: "Ann|NNP|nsubj:pass|3 was|VBD|aux:pass|3 greeted|VBN|root|0 at|IN|case|5 sea|NN|obl|3 by|IN|case|7 Bob|NNP|nmod|5",
        names: &[(0, 1, PER), (6, 7, PER)],
        wanted: &["Bob obl:agent greeted"],
    },
    Case {
        about: "the agent of an event is the event's",
        read: "it|PRP|nsubj:pass|3 was|VBD|aux:pass|3 signed|VBN|root|0 during|IN|case|5 visit|NN|obl|3 by|IN|case|7 Bob|NNP|nmod|5",
        names: &[(6, 7, PER)],
        wanted: &["Bob nmod visit"],
    },
    Case {
        about: "a day between be and its participle",
        read: "Ann|NNP|nsubj|4 was|VBD|cop|4 on|IN|case|4 Monday|NNP|root|0 hosted|VBN|acl|4 by|IN|case|7 Bob|NNP|obl|5",
        names: &[(0, 1, PER), (6, 7, PER)],
        wanted: &["hosted root -", "Ann nsubj:pass hosted", "was aux:pass hosted", "Monday obl hosted"],
    },
    Case {
        about: "a person behind the verb is its object",
        read: "Ann|NNP|nsubj|2 met|VBD|root|0 Bob|NNP|nsubj|2 Ray|NNP|flat|3 in|IN|case|6 Rome|NNP|obl|2",
        names: &[(0, 1, PER), (2, 4, PER)],
        wanted: &["Ann nsubj met", "Bob obj met"],
    },
    Case {
        about: "a name beside a verb without a subject is its subject",
        read: "Ann|NNP|ccomp|6 will|MD|aux|3 host|VB|ccomp|6 Bob|NNP|nsubj|3 aides|NNS|nsubj|6 said|VBD|root|0",
        names: &[(0, 1, PER), (3, 4, PER)],
        wanted: &["Ann nsubj host", "Bob obj host"],
    },
    Case {
        about: "between stands before both sides",
        read: "talks|NNS|root|0 on|IN|case|3 Sunday|NNP|nmod|1 between|IN|case|5 Iran|NNP|nmod|1 and|CC|cc|7 powers|NNS|conj|3",
        names: &[],
        wanted: &["Iran nmod talks", "powers conj Iran"],
    },
    Case {
        about: "what is right stays as it is",
        read: "Ann|NNP|nsubj|3 Lee|NNP|flat|1 told|VBD|root|0 reporters|NNS|obj|3 she|PRP|nsubj|6 met|VBD|ccomp|3 Bob|NNP|obj|6 in|IN|case|9 Rome|NNP|obl|6",
        names: &[(0, 2, PER), (6, 7, PER), (8, 9, NameKind::Place)],
        wanted: &["Ann nsubj told", "reporters obj told", "she nsubj met", "Bob obj met", "Rome obl met"],
    },
];

#[test]
fn grammar_mends_what_the_network_misread() {
    let mut faults = Vec::new();
    for case in CASES {
        let (text, mut tokens) = tokens(case.read);
        amend(&text, &mut tokens, case.names);
        let word = |i: usize| tokens[i].span.of(&text);
        for wanted in case.wanted {
            let found = (0..tokens.len()).any(|i| {
                let head = tokens[i].head.map_or("-", |h| word(h as usize));
                format!("{} {} {head}", word(i), tokens[i].deprel) == *wanted
            });
            if !found {
                let all: Vec<String> = (0..tokens.len())
                    .map(|i| {
                        format!("{} {} {}", word(i), tokens[i].deprel, tokens[i].head.map_or("-", |h| word(h as usize)))
                    })
                    .collect();
                faults.push(format!("{}: no {wanted}; got {}", case.about, all.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Word, tag, relation and head by their numbers.
type AnyWord = (usize, usize, usize, usize);

/// Any words with any tags in any tree, and where names may lie (gap before, length).
fn any_sentence() -> impl Strategy<Value = (Vec<AnyWord>, Vec<(usize, usize)>)> {
    let word = (0..40_usize, 0..22_usize, 0..Deprel::ALL.len(), 0..1000_usize);
    (prop::collection::vec(word, 1..24), prop::collection::vec((0..24_usize, 1..4_usize), 0..4))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_stays_a_tree((words, marks) in any_sentence()) {
        const WORDS: [&str; 40] = [
            "had", "said", "Ann", "Lee", "meeting", "calls", "rings", "of", "with", "by", "to", "ring", "ahead", "June",
            "Sunday", "Minister", "Secretary", "'s", "-", ",", "and", "as", "the", "two", "sixth", "called", "off",
            "invited", "visit", "received", "he", "whom", "talk", "between", "year", "in", "Rome", "told", "will", "be",
        ];
        const TAGS: [&str; 22] = [
            "NNP", "NN", "NNS", "MD", "IN", "RP", "TO", "POS", "DT", "CC", "CD", "JJ", "RB", "PRP", "WP", "VB", "VBD",
            "VBN", "VBG", "VBZ", "VBP", "HYPH",
        ];
        let mut text = String::new();
        let mut list: Vec<Token> = Vec::new();
        for (i, &(word, tag, relation, head)) in words.iter().enumerate() {
            let start = text.len();
            text.push_str(WORDS[word]);
            list.push(Token {
                span: Span::new(start, text.len()),
                lemma: Arc::from(if WORDS[word] == "had" { "have" } else { WORDS[word] }),
                upos: upos(TAGS[tag]),
                xpos: TAGS[tag],
                // Heads come before or after, never in a circle: each hangs on one that was placed earlier.
                head: (i > 0).then(|| (head % i) as u32),
                deprel: if i == 0 { Deprel::Root } else { Deprel::ALL[relation] },
            });
            if head % 3 > 0 {
                text.push(' ');
            }
        }
        // The order of the words is turned so that heads stand on both sides.
        let turn = words[0].3 % list.len();
        let place = |i: usize| (i + turn) % words.len();
        let mut turned = list.clone();
        for (i, token) in list.iter().enumerate() {
            turned[place(i)].upos = token.upos;
            turned[place(i)].xpos = token.xpos;
            turned[place(i)].deprel = token.deprel;
            turned[place(i)].head = token.head.map(|h| place(h as usize) as u32);
        }
        let mut names = Vec::new();
        let mut from = 0;
        for (skip, length) in marks {
            let first = from + skip % 5;
            let end = first + length;
            if end <= turned.len() {
                names.push((first, end, if skip % 4 == 0 { NameKind::Place } else { PER }));
                from = end;
            }
        }
        amend(&text, &mut turned, &names);
        prop_assert_eq!(turned.iter().filter(|t| t.head.is_none()).count(), 1);
        for start in 0..turned.len() {
            let mut at = Some(start);
            let mut steps = 0;
            while let Some(i) = at {
                steps += 1;
                prop_assert!(steps <= turned.len(), "a circle at {}", start);
                at = turned[i].head.map(|h| h as usize);
            }
        }
        let mut again = turned.clone();
        amend(&text, &mut again, &names);
        prop_assert!(again.iter().filter(|t| t.head.is_none()).count() == 1);
    }
}
