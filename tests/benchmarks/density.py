"""How dense reuse is in a corpus: pairs that share rare runs of six words, and those that a grown corpus has planted.

    python tests/benchmarks/density.py corpus.jsonl [--truth truth.jsonl] [--articles N] [--neighbours]

A run is rare at 25 nats under tracer's background model, as in ``tracer.candidates``; it is looked for in the whole
text here, without leaving out furniture or names, so that 100,000 articles can be counted in minutes. A run that more
than 100 articles hold is left out and counted. With a truth file it says how many of the pairs are planted (one story,
or one statement) and how many are chance: that figure must not grow with the corpus. ``--neighbours`` also counts pairs
whose TF-IDF cosine (scikit-learn's) is .5 or more; it compares all with all, so give it some thousands.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from cosine_pairs import all_pairs, vectors
from templates import read_records

from tracer.candidates.fingerprints import SHINGLE_WORDS, shingle_surprisal
from tracer.text import shingle_hashes, tokenise

_RARE, _CROWD = 25.0, 100

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


def rare_runs(text: str) -> Hashes:
    """Hashes of the rare runs of a text, sorted, each once."""
    ids = tokenise(text).ids
    hashes = shingle_hashes(ids, SHINGLE_WORDS)
    rare: Hashes = np.unique(hashes[shingle_surprisal(ids, "en") >= _RARE])
    return rare


def pairs_sharing(runs: list[Hashes]) -> tuple[dict[tuple[int, int], int], int]:
    """How many runs each pair shares, by positions in order, and how many runs were left out as crowded."""
    hashes = np.concatenate(runs)
    owners = np.repeat(np.arange(len(runs), dtype=np.int32), [len(entry) for entry in runs])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    keys = [np.empty(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= _CROWD)]):
        rows = starts[sizes == size]
        first, second = np.triu_indices(int(size), k=1)
        left, right = owners[(rows[:, None] + first).ravel()], owners[(rows[:, None] + second).ravel()]
        keys.append(left.astype(np.int64) * len(runs) + right)
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    pairs = zip((found // len(runs)).tolist(), (found % len(runs)).tolist(), strict=True)
    return dict(zip(pairs, counts.tolist(), strict=True)), int((sizes > _CROWD).sum())


def planted(truth: Path, ids: list[str]) -> Iterator[tuple[str, str | None]]:
    """Story and statement of each id."""
    facts = {fact["id"]: (fact["story"], fact["statement"]) for fact in read_records(truth)}
    return (facts[name] for name in ids)


def main() -> None:
    """Print the figures of one corpus as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--neighbours", action="store_true")
    chosen = parser.parse_args()
    ids, runs, size, texts, outlets = [], [], 0, [], []
    for record in islice(read_records(chosen.corpus), chosen.articles):
        ids.append(record["id"])
        outlets.append(record["source"])
        runs.append(rare_runs(record["text"]))
        size += len(record["text"].encode())
        if chosen.neighbours:
            texts.append(record["text"])
    shared, crowded = pairs_sharing(runs)
    shared = {pair: count for pair, count in shared.items() if outlets[pair[0]] != outlets[pair[1]]}
    number = len(ids)
    figures: dict[str, object] = {
        "articles": number,
        "bytes an article": round(size / number),
        "rare runs an article": round(sum(map(len, runs)) / number, 1),
        "crowded runs": crowded,
        "pairs an article": round(len(shared) / number, 4),
        "pairs an article sharing 8 runs": round(sum(count >= 8 for count in shared.values()) / number, 4),
    }
    close = set(all_pairs(vectors(texts), 0.5)) - set(shared) if texts else set()
    if texts:
        figures["further TF-IDF neighbours an article"] = round(len(close) / number, 4)
    if chosen.truth:
        facts = list(planted(chosen.truth, ids))
        for name, pairs in {"pairs": set(shared), **({"neighbours": close} if texts else {})}.items():
            stories = sum(facts[left][0] == facts[right][0] for left, right in pairs)
            known = sum(
                facts[left][0] == facts[right][0] or (facts[left][1] is not None and facts[left][1] == facts[right][1])
                for left, right in pairs
            )
            figures[f"{name} an article of one story"] = round(stories / number, 4)
            figures[f"{name} an article by chance"] = round((len(pairs) - known) / number, 4)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
