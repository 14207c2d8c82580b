"""tracer beside other tools on the same articles, one after the other: time, memory, and which true pairs each reports.

    python tests/benchmarks/peers.py articles.jsonl.gz --folder peers [--articles 5000] [--peers tracer-report ...]
        [--passim seriatim.py] [--passim-output FOLDER] [--gold pairs_gold.jsonl] [--peer-python PYTHON]

Each peer is a process of its own, measured as in ``measured.py``, and leaves its pairs in the folder:

- ``passim``: its pairwise alignment with its default parameters (``--pairwise``; character 25-grams at the starts of
  words, document frequency 2 to 100, at least 5 shared, at least 50 characters aligned) on one core
  (``local[1]``, 4 GB for the driver). Install it from its repository with pip into an environment of its own, with Java
  17; ``--passim`` is the script of it that is handed to that environment's ``spark-submit``, which must stand beside
  ``--peer-python``. The GraphFrames package that its last step, clustering, needs need not be there: alignments are
  written before it, and the run counts when they are. ``--passim-output`` takes an earlier output instead of running.
- ``passim-padded``: the same, each text with six words of its own before it. passim needs words before a shared passage
  to align it from the left; this shows what an exact duplicate that begins at the first word costs it.
- ``minhash``, ``window``, ``tfidf``: see ``peer_runs.py``. ``--peer-python`` runs the first, which needs datasketch.
- ``tracer``: texts to candidate pairs in one process, which is what passim's step does.
- ``tracer-report``: the whole of ``tracer report`` in one process, pairs from its ``pairs.csv``.

True pairs are those that ``passim`` aligns, of different outlets, that share at least 8 rare masked runs of six words:
runs of 25 nats or more under tracer's background model, furniture and runs of names left out. Without an output of
passim the column is empty. The second measure is the pairs of a gold file whose kind is ``lineage`` and whose
articles are both in the sample. A line per peer is printed, and added to ``peers.csv`` in the folder, as it ends.
Pairs of one outlet are left out for all.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from measured import Cost, measure
from scale import linked_pairs
from templates import read_records

from tracer.candidates.fingerprints import SHINGLE_WORDS, shingle_surprisal
from tracer.domain import Article
from tracer.split import WordClass, parse_article
from tracer.text import shingle_hashes, windows_within

_HERE = Path(__file__).resolve().parent
_RARE, _FEWEST_RUNS = 25.0, 8
_PEERS = ("tracer", "tracer-report", "minhash", "window", "tfidf", "passim", "passim-padded")

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where things are: the folder, the sample in it, the interpreter of the peers, and passim's script."""

    folder: Path
    sample: Path
    python: str
    passim: Path | None
    passim_output: Path | None

    def run(self, name: str) -> tuple[Cost | None, Pairs]:
        """Run a peer; its cost (``None`` for an earlier output) and the pairs that it reports."""
        if name.startswith("passim"):
            return self._passim(padded=name == "passim-padded")
        if name == "tracer-report":
            return self._report()
        target = self.folder / f"{name}.tsv"
        python = self.python if name == "minhash" else sys.executable
        command = [python, str(_HERE / "peer_runs.py"), name, str(self.sample), str(target)]
        cost = self._measured(name, command)
        return cost, {_sorted(*line.split("\t")) for line in target.read_text(encoding="utf-8").splitlines()}

    def _report(self) -> tuple[Cost, Pairs]:
        target = self.folder / "report"
        command = [sys.executable, "-m", "tracer", "report", str(self.sample), "-o", str(target), "--overwrite"]
        cost = self._measured("tracer-report", [*command, "--jobs", "1"])
        return cost, set(linked_pairs(target / "pairs.csv"))

    def _passim(self, *, padded: bool) -> tuple[Cost | None, Pairs]:
        name = "passim-padded" if padded else "passim"
        if self.passim_output and not padded:
            return None, set(aligned(self.passim_output))
        if self.passim is None:
            sys.exit("give --passim, the script of an installed passim, or leave it out of --peers")
        source, target = self.folder / f"{name}.jsonl", self.folder / name
        _write(source, (_for_passim(record, padded=padded) for record in read_records(self.sample)))
        submit = Path(self.python).parent / "spark-submit"
        command = [str(submit), "--master", "local[1]", "--driver-memory", "4g", str(self.passim), "--pairwise"]
        cost = self._measured(name, [*command, str(source), str(target)], clean=False)
        if not (target / "align.json" / "_SUCCESS").exists():
            sys.exit(f"passim wrote no alignments: see {self.folder / name}.log")
        return cost, set(aligned(target))

    def _measured(self, name: str, command: Sequence[str], *, clean: bool = True) -> Cost:
        environment = {
            "PYSPARK_PYTHON": self.python,
            "PYSPARK_DRIVER_PYTHON": self.python,
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        log = self.folder / f"{name}.log"
        cost = measure(command, log, environment=environment)
        if clean and cost.code:
            sys.exit(f"{name} ended with {cost.code}: see {log}")
        return cost


def aligned(output: Path) -> Iterator[tuple[str, str]]:
    """The pairs in passim's ``align.json``."""
    for part in sorted((output / "align.json").glob("part-*")):
        for record in read_records(part):
            yield _sorted(record["id"], record["id2"])


def confirmed(pairs: Pairs, sample: Path) -> Pairs:
    """Those of the pairs whose articles share enough rare masked runs of six words."""
    needed = {name for pair in pairs for name in pair}
    runs = {record["id"]: masked_runs(record) for record in read_records(sample) if record["id"] in needed}
    return {
        (left, right)
        for left, right in pairs
        if len(np.intersect1d(runs[left], runs[right], assume_unique=True)) >= _FEWEST_RUNS
    }


def masked_runs(record: dict[str, str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Hashes of the rare runs of an article outside furniture and names, sorted, each once."""
    parsed = parse_article(Article(record["id"], record["text"], record.get("source")))
    ids, classes = parsed.tokens.ids, parsed.classes
    usable = windows_within(classes != WordClass.BOILERPLATE, SHINGLE_WORDS)
    usable &= ~windows_within(classes == WordClass.NAME, SHINGLE_WORDS)
    usable &= shingle_surprisal(ids, parsed.split.language) >= _RARE
    return np.unique(shingle_hashes(ids, SHINGLE_WORDS)[usable])


def gold_pairs(path: Path, known: set[str]) -> Pairs:
    """The lineage pairs of a gold file whose articles are both known."""
    return {
        _sorted(entry["left"], entry["right"])
        for entry in read_records(path)
        if entry["kind"] == "lineage" and {entry["left"], entry["right"]} <= known
    }


def _for_passim(record: dict[str, str], *, padded: bool) -> dict[str, str]:
    padding = " ".join(f"{record['id']}{number}" for number in range(6)) + "\n" if padded else ""
    return {"id": record["id"], "series": record.get("source", ""), "text": padding + record["text"]}


def _sorted(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _write(path: Path, records: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in records)


def _across(pairs: Iterable[tuple[str, str]], outlets: Mapping[str, str | None]) -> Pairs:
    return {pair for pair in pairs if outlets[pair[0]] != outlets[pair[1]]}


def _recall(wanted: Pairs, found: Pairs) -> str:
    return f"{len(wanted & found)}/{len(wanted)}" if wanted else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--peers", nargs="+", choices=_PEERS, default=_PEERS[:5])
    parser.add_argument("--passim", type=Path)
    parser.add_argument("--passim-output", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--peer-python", default=sys.executable)
    return parser.parse_args()


def main() -> None:
    """Run the peers, then score them all against the same pairs."""
    chosen = _arguments()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    sample = chosen.folder / "sample.jsonl"
    records = list(islice(read_records(chosen.articles_file), chosen.articles))
    _write(sample, records)
    bench = Bench(chosen.folder, sample, chosen.peer_python, chosen.passim, chosen.passim_output)
    outlets = {record["id"]: record.get("source") for record in records}
    gold = gold_pairs(chosen.gold, set(outlets)) if chosen.gold else set()
    true = confirmed(_across(aligned(chosen.passim_output), outlets), sample) if chosen.passim_output else set()
    with (chosen.folder / "peers.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["peer", "wall", "cpu", "memory_tree", "memory_largest", "pairs", "of_true", "of_lineage"])
        for name in sorted(chosen.peers, key=lambda peer: peer != "passim"):
            cost, found = bench.run(name)
            pairs = _across(found, outlets)
            true = confirmed(pairs, sample) if name == "passim" else true
            spent = (
                [round(cost.wall, 1), round(cost.cpu, 1), cost.tree_memory, cost.largest_memory] if cost else [""] * 4
            )
            line = [name, *spent, len(pairs), _recall(true, pairs), _recall(gold, pairs)]
            writer.writerow(line)
            stream.flush()
            print(*line, sep="\t", flush=True)


if __name__ == "__main__":
    main()
