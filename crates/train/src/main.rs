//! Owns the command line that trains and measures the language models.

mod adam;
mod card;
mod evaluate;
mod examples;
mod gradient;
mod learn;
mod name_data;
mod network_training;
mod pack;
mod perceptron;
mod speed;
mod swaps;
mod taught;
mod tier;
mod treebank;
mod vectors;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use readout_annotate::swift::ModelBytes;
use readout_annotate::{Deep, Swift};
use readout_types::NameKind;

use crate::network_training::{Plan, Source, UNER};
use crate::tier::Tier;
use crate::treebank::Tree;
use crate::vectors::Vectors;

/// Trains and measures the language models of Readout's swift tier.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Places {
    /// Folder of the language data: ud/, ner/, segment/.
    #[arg(long)]
    data: PathBuf,
    /// Folder of the models.
    #[arg(long, default_value = "models")]
    models: PathBuf,
}

#[derive(Args)]
struct Training {
    #[command(flatten)]
    places: Places,
    /// Train even if the model is there already.
    #[arg(long)]
    force: bool,
    /// Word vectors that the network begins with, as `vectors.py` writes them.
    #[arg(long)]
    vectors: Option<PathBuf>,
    /// Texts (JSON lines with a field `text`) that the deep tier reads for the network to learn from, beside the gold. The
    /// tier must be there already, with a network that was trained without it.
    #[arg(long)]
    texts: Vec<PathBuf>,
    /// Most sentences of those texts.
    #[arg(long, default_value_t = 25_000)]
    taught: usize,
    /// Copies, with other names, of each sentence of UNER that has a name.
    #[arg(long, default_value_t = 3)]
    copies: usize,
    /// Rounds over the data, in place of the model's own number.
    #[arg(long)]
    rounds: Option<usize>,
}

#[derive(Subcommand)]
enum Command {
    /// Train every model that is not there yet, in order; then `evaluate`.
    All(Training),
    /// Train the tokenizer and the sentence splitter.
    Splitter(Training),
    /// Train the lemmatizer.
    Lemmatizer(Training),
    /// Train the network for tags, names and trees.
    Network(Training),
    /// Write what the deep tier is trained on, for `training/deep.py`.
    Examples {
        /// Folder of the language data: ud/, ner/, modality/.
        #[arg(long)]
        data: PathBuf,
        /// The encoder's tokenizer.json.
        #[arg(long)]
        tokenizer: PathBuf,
        /// Where to write.
        #[arg(long)]
        out: PathBuf,
        /// Sentences, a line each and a space between words, whose states are to be compared.
        #[arg(long)]
        sentences: Option<PathBuf>,
    },
    /// Make the deep tier's file of the weights that `training/deep.py` wrote.
    Pack {
        /// The weights.
        #[arg(long)]
        weights: PathBuf,
        /// Folder of the models.
        #[arg(long, default_value = "models")]
        models: PathBuf,
    },
    /// Write sizes and checksums of the models into their card.
    Card {
        /// Folder of the models and of their card, README.md.
        #[arg(long, default_value = "models")]
        models: PathBuf,
    },
    /// Print the figures of the models on every test set.
    Evaluate {
        #[command(flatten)]
        places: Places,
        /// JSONL files with a field `text`, for speed.
        #[arg(long)]
        texts: Vec<PathBuf>,
        /// One part only.
        #[arg(long, value_enum)]
        only: Option<Part>,
        /// The deep tier.
        #[arg(long)]
        deep: bool,
        /// The deep tier with these weights (of `training/deep.py`), as floats.
        #[arg(long)]
        weights: Option<PathBuf>,
    },
}

/// A part of the figures.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Analysis of raw text.
    Raw,
    /// Trees of gold sentences.
    Gold,
    /// Names.
    Names,
    /// Whether events happened.
    Facts,
    /// Rules of splitting.
    Rules,
    /// Speed on `--texts`.
    Speed,
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::All(training) => {
            splitter(&training)?;
            lemmatizer(&training)?;
            network(&training)?;
            print_figures(&Tier::Swift(Box::new(load(&training.places.models)?)), &training.places, &[], None)
        }
        Command::Splitter(training) => splitter(&training),
        Command::Lemmatizer(training) => lemmatizer(&training),
        Command::Network(training) => network(&training),
        Command::Examples { data, tokenizer, out, sentences } => {
            write_examples(&data, &tokenizer, &out, sentences.as_deref())
        }
        Command::Pack { weights, models } => {
            let bytes = pack::Weights::read(&weights)?.pack()?;
            write(&models.join("deep.bin"), &bytes)
        }
        Command::Card { models } => card::write(&models),
        Command::Evaluate { places, texts, only, deep, weights } => {
            let clock = Instant::now();
            let tier = match weights {
                Some(path) => {
                    Tier::Deep(Box::new(Deep::new(load(&places.models)?, pack::Weights::read(&path)?.float()?)))
                }
                None if deep => Tier::Deep(Box::new(load_deep(&places.models)?)),
                None => Tier::Swift(Box::new(load(&places.models)?)),
            };
            println!("models loaded in {:.1} ms", clock.elapsed().as_secs_f64() * 1000.0);
            print_figures(&tier, &places, &texts, only)
        }
    }
}

impl Training {
    /// Whether the model is to be trained; says so.
    fn wanted(&self, name: &str) -> bool {
        let path = self.file(name);
        let there = std::fs::metadata(&path).is_ok_and(|m| m.len() > 0);
        if there && !self.force {
            eprintln!("{} is there: skipped (--force trains it again)", path.display());
        }
        !there || self.force
    }

    fn file(&self, name: &str) -> PathBuf {
        self.places.models.join(format!("{name}.bin"))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        write(&self.file(name), bytes)
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = path.with_extension("part");
    std::fs::write(&part, bytes).with_context(|| format!("cannot write {}", part.display()))?;
    std::fs::rename(&part, path).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn splitter(training: &Training) -> Result<()> {
    if training.wanted("tokenizer") {
        let trees = trees(&training.places.data)?;
        let bytes = learn::tokenizer(&treebank::paragraphs(&trees), training.rounds.unwrap_or(8));
        training.write("tokenizer", &bytes)?;
    }
    if training.wanted("splitter") {
        let trees = trees(&training.places.data)?;
        let bytes = learn::splitter(&treebank::paragraphs(&trees), training.rounds.unwrap_or(10));
        training.write("splitter", &bytes)?;
    }
    Ok(())
}

fn lemmatizer(training: &Training) -> Result<()> {
    if training.wanted("lemmatizer") {
        let trees = trees(&training.places.data)?;
        training.write("lemmatizer", &learn::lemmatizer(&trees.iter().collect::<Vec<_>>()))?;
    }
    Ok(())
}

/// Everything with trees or names that is learnt from, and the sentences that are watched meanwhile.
struct Corpora {
    trees: Vec<Tree>,
    dev_trees: Vec<Tree>,
    uner: Vec<name_data::Named>,
    dev: Vec<name_data::Named>,
    /// Corpora of names alone, with their numbers.
    others: [(u8, Vec<name_data::Named>); 2],
}

impl Corpora {
    fn read(data: &Path) -> Result<Corpora> {
        let folder = data.join("ner");
        let gmb = name_data::gmb(&folder.join("gmb-sample.txt"))?;
        let known = name_data::nationalities(&gmb);
        let mut uner = name_data::uner(&folder.join("uner-ewt-train.iob2"))?;
        let mut dev = name_data::uner(&folder.join("uner-ewt-dev.iob2"))?;
        let mut wikigold = name_data::two_columns(&folder.join("wikigold/CONLL-format/data/wikigold.conll.txt"))?;
        for corpus in [&mut uner, &mut dev, &mut wikigold] {
            name_data::add_nationalities(corpus, &known);
        }
        let trees = trees(data)?;
        let dev_trees = treebank::read(&data.join("ud/ewt-dev.conllu"))?;
        Ok(Corpora { trees, dev_trees, uner, dev, others: [(1, wikigold), (2, gmb)] })
    }

    fn learnt(&self) -> Vec<Source<'_>> {
        let mut sources = with_names(&self.trees, &self.uner);
        for (number, corpus) in &self.others {
            for named in corpus {
                let words = named.words.iter().map(String::as_str).collect();
                sources.push(Source { words, tree: None, names: Some((*number, &named.names)) });
            }
        }
        sources
    }

    fn watched(&self) -> Vec<Source<'_>> {
        with_names(&self.dev_trees, &self.dev)
    }
}

/// Trees, with the names of the same sentences where there are any.
fn with_names<'a>(trees: &'a [Tree], names: &'a [name_data::Named]) -> Vec<Source<'a>> {
    let by_words: HashMap<Vec<&str>, &name_data::Named> =
        names.iter().map(|n| (n.words.iter().map(String::as_str).collect(), n)).collect();
    trees
        .iter()
        .map(|tree| {
            let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
            let names = by_words.get(&words).map(|n| (UNER, n.names.as_slice()));
            Source { words, tree: Some(tree), names }
        })
        .collect()
}

fn trees(data: &Path) -> Result<Vec<Tree>> {
    let folder = data.join("ud");
    let mut trees = treebank::read(&folder.join("ewt-train.conllu"))?;
    trees.extend(treebank::read(&folder.join("gum-open-train.conllu"))?);
    Ok(trees)
}

fn network(training: &Training) -> Result<()> {
    if !training.wanted("network") {
        return Ok(());
    }
    let corpora = Corpora::read(&training.places.data)?;
    let mut sources = corpora.learnt();
    let (mut trees, mut named) = (Vec::new(), Vec::new());
    let (mut completed, mut places) = ((Vec::new(), Vec::new()), Vec::new());
    if !training.texts.is_empty() {
        let deep = load_deep(&training.places.models)?;
        (trees, named) = taught::sentences(&deep, &training.texts, training.taught)?;
        // What a corpus leaves open: names of sentences with trees, trees of sentences with names.
        places = (0..sources.len()).filter(|&i| sources[i].tree.is_none() || sources[i].names.is_none()).collect();
        let words = |i: &usize| sources[*i].words.iter().map(|w| (*w).to_owned()).collect();
        completed = taught::read(&deep, &places.iter().map(words).collect::<Vec<_>>());
    }
    for ((&place, tree), named) in places.iter().zip(&completed.0).zip(&completed.1) {
        sources[place].tree.get_or_insert(tree);
        sources[place].names.get_or_insert((UNER, named.names.as_slice()));
    }
    eprintln!("network: {} sentences as the deep tier reads them", trees.len());
    sources.extend(trees.iter().zip(&named).map(|(tree, named)| Source {
        words: named.words.iter().map(String::as_str).collect(),
        tree: Some(tree),
        names: Some((UNER, named.names.as_slice())),
    }));
    eprintln!(
        "network: {} sentences have both a tree and names",
        sources.iter().filter(|s| s.tree.is_some() && s.names.is_some()).count()
    );
    let pool = swaps::pool(corpora.uner.iter().chain(corpora.others.iter().flat_map(|(_, corpus)| corpus)));
    let copies = swaps::swapped(&corpora.uner, &pool, training.copies, &mut perceptron::Random::new(learn::SEED));
    eprintln!("network: {} sentences with other names", copies.len());
    sources.extend(copies.iter().map(|named| Source {
        words: named.words.iter().map(String::as_str).collect(),
        tree: None,
        names: Some((UNER, named.names.as_slice())),
    }));
    let mut plan = Plan::shipped();
    plan.rounds = training.rounds.unwrap_or(plan.rounds);
    let mut result = Ok(());
    let vectors =
        training.vectors.as_deref().context("the network begins with word vectors: make them with vectors.py")?;
    let vectors = Vectors::read(vectors)?;
    let tags = learn::tags(&corpora.trees.iter().collect::<Vec<_>>());
    network_training::train(plan, tags, &vectors, &sources, &corpora.watched(), &mut |bytes| {
        result = training.write("network", &bytes);
    });
    result
}

fn write_examples(data: &Path, tokenizer: &Path, out: &Path, sentences: Option<&Path>) -> Result<()> {
    let corpora = Corpora::read(data)?;
    let judged = ["train", "dev"].map(|set| (set, data.join(format!("modality/UDS_IH2/{set}.jsonl"))));
    let tags = learn::tags(&corpora.trees.iter().collect::<Vec<_>>());
    let given = sentences.map(|path| std::fs::read_to_string(path).with_context(|| path.display().to_string()));
    let given = given.transpose()?.unwrap_or_default();
    let given = given.lines().map(|line| Source { words: line.split(' ').collect(), tree: None, names: None });
    let sets = [("train", corpora.learnt()), ("dev", corpora.watched()), ("states", given.collect())];
    examples::write(out, &examples::vocabulary(tokenizer)?, &tags, &sets, &judged)
}

fn load(models: &Path) -> Result<Swift> {
    // Read once, and in use to the end.
    let read = |name: &str| -> Result<&'static [u8]> {
        let path = models.join(format!("{name}.bin"));
        let bytes = std::fs::read(&path).with_context(|| format!("{} is missing: train it first", path.display()))?;
        Ok(bytes.leak())
    };
    let [tokenizer, splitter, lemmatizer, network] =
        [read("tokenizer")?, read("splitter")?, read("lemmatizer")?, read("network")?];
    Ok(Swift::from_bytes(ModelBytes { tokenizer, splitter, lemmatizer, network })?)
}

fn load_deep(models: &Path) -> Result<Deep> {
    let path = models.join("deep.bin");
    let bytes = std::fs::read(&path).with_context(|| format!("{} is missing: train it first", path.display()))?;
    Ok(Deep::new(load(models)?, readout_annotate::deep::file::read(bytes.leak())?))
}

fn print_figures(tier: &Tier, places: &Places, texts: &[PathBuf], only: Option<Part>) -> Result<()> {
    let wants = |part: Part| only.is_none_or(|o| o == part);
    if wants(Part::Raw) {
        print_raw(tier, &places.data.join("ud"))?;
    }
    if wants(Part::Gold) {
        print_gold(tier, &places.data.join("ud"))?;
    }
    if wants(Part::Names) {
        print_names(tier, &places.data.join("ner"))?;
    }
    if wants(Part::Facts) {
        let path = places.data.join("modality/UDS_IH2/test.jsonl");
        if let Some([r, error, always]) = evaluate::factuality(tier, &path)? {
            println!(
                "\nfactuality, UDS-IH2 test: r {r:.3}, mean absolute error {error:.3} (all happened: {always:.3})"
            );
        }
    }
    if wants(Part::Rules) {
        let (held, all, failed) = evaluate::golden_rules(tier, &places.data.join("segment/golden_rules.txt"))?;
        println!("\ngolden rules: {held} of {all}");
        for failure in failed {
            println!("  {failure}");
        }
    }
    if wants(Part::Speed) {
        print_speed(tier, texts)?;
    }
    Ok(())
}

fn print_raw(tier: &Tier, ud: &Path) -> Result<()> {
    println!("\nraw text, CoNLL 2018 alignment, F1\n{:16} words  sents   upos   xpos lemmas    uas    las las:sub", "");
    for set in ["ewt-dev", "ewt-test", "gum-open-dev", "gum-open-test", "gum-news-test", "pud-test"] {
        let trees = treebank::read(&ud.join(format!("{set}.conllu")))?;
        let r = evaluate::raw(tier, &trees);
        let figures = [r.words, r.sentences, r.upos, r.xpos, r.lemmas, r.uas, r.las, r.las_subtypes]
            .map(|c| format!("{:6.2}", c.f1()));
        println!("{set:16}{}", figures.join(" "));
    }
    Ok(())
}

fn print_gold(tier: &Tier, ud: &Path) -> Result<()> {
    println!("\ngold sentences and words      upos    uas    las");
    let pud = treebank::read(&ud.join("pud-test.conllu"))?;
    let ewt = treebank::read(&ud.join("ewt-test.conllu"))?;
    let ewt_dev = treebank::read(&ud.join("ewt-dev.conllu"))?;
    let show = |name: &str, f: [f64; 3]| println!("{name:28}{:6.2} {:6.2} {:6.2}", f[0], f[1], f[2]);
    show("ewt-dev", evaluate::gold_sentences(tier, ewt_dev.iter()));
    show("ewt-test", evaluate::gold_sentences(tier, ewt.iter()));
    show("pud news", evaluate::gold_sentences(tier, pud.iter().filter(|t| t.id.starts_with('n'))));
    show("pud wiki", evaluate::gold_sentences(tier, pud.iter().filter(|t| t.id.starts_with('w'))));
    Ok(())
}

fn print_names(tier: &Tier, ner: &Path) -> Result<()> {
    use NameKind::{Event, Nationality, Organisation, Other, Person, Place};
    println!("\nnames                    kind        p      r     f1    gold");
    let print = |set: &str, rows: Vec<(String, evaluate::Count)>| {
        for (kind, count) in rows {
            let [p, r, f] = count.scores();
            println!("{set:24} {kind:6} {p:6.2} {r:6.2} {f:6.2} {:6}", count.gold);
        }
    };
    let three = [Person, Organisation, Place];
    print("uner-ewt-dev", evaluate::names(tier, &name_data::uner(&ner.join("uner-ewt-dev.iob2"))?, &three));
    print("uner-ewt-test", evaluate::names(tier, &name_data::uner(&ner.join("uner-ewt-test.iob2"))?, &three));
    let pud_names = name_data::uner(&ner.join("uner-pud-test.iob2"))?;
    print("uner-pud", evaluate::names(tier, &pud_names, &three));
    // The first half of PUD is the news half.
    print("uner-pud news", evaluate::names(tier, &pud_names[..pud_names.len() / 2], &three));
    let five = [Person, Organisation, Place, Event, Other];
    print(
        "crossner-politics",
        evaluate::names(tier, &name_data::two_columns(&ner.join("crossner-politics/test.txt"))?, &five),
    );
    let mut documents = Vec::new();
    let folder = ner.join("re3d");
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))? {
        let path = entry?.path();
        if path.join("entities.json").exists() {
            documents.extend(name_data::re3d(&path)?);
        }
    }
    print("re3d", evaluate::names_in_text(tier, &documents, &[Person, Organisation, Place, Nationality]));
    Ok(())
}

fn print_speed(tier: &Tier, texts: &[PathBuf]) -> Result<()> {
    let mut bodies = Vec::new();
    for path in texts {
        let file = std::fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
        for line in file.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            bodies.extend(record["text"].as_str().map(str::to_owned));
        }
    }
    if !bodies.is_empty() {
        println!("\nwords per second, one thread");
        let rates = match tier {
            Tier::Swift(swift) => speed::speed(swift, &bodies),
            Tier::Deep(deep) => speed::speed_of_deep(deep, &bodies),
        };
        for (stage, rate) in rates {
            println!("{stage:28}{rate:10.0}");
        }
    }
    Ok(())
}
