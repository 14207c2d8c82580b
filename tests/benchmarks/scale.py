"""What ``tracer report`` costs on grown corpora of several sizes, and how the cost grows.

    python tests/benchmarks/scale.py --folder scale 1000 10000 100000 [--jobs 2] [--seed 0] [-- --regions]

Each corpus is grown into the folder first, unless it is there (``grow.py``). Then ``tracer report`` runs on it as a
process of its own, and a line is added to ``costs.csv`` in the folder and printed: wall and CPU seconds (of all
processes), memory in bytes (``memory_tree``: largest sum over the process tree at one moment, shared pages counted
once; ``memory_largest``: largest resident set of one process), bytes of the report, most bytes seen in the work folder
(``--work`` and ``TMPDIR`` of the run) and beside the report, counts of the manifest, recall of planted pairs, and a
column for each stage of ``run.seconds``. ``recall_verbatim`` is over copies printed as they came, ``recall_copies``
over all copies: the share of (copy, parent) pairs among the linked pairs of ``pairs.csv``.

At the end the exponents k of cost ~ n^k between neighbouring sizes are printed: 1 is linear, 2 quadratic. What follows
``--`` is handed to ``tracer report``. The outputs stay in the folder; a run whose report is there already is not
repeated unless ``--again`` is given. ``--fit`` only fits what ``costs.csv`` holds.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from measured import Cost, measure, size_on_disk
from templates import read_records

_HERE = Path(__file__).resolve().parent
_FITTED = ("wall", "cpu", "memory_tree", "memory_largest", "report_bytes", "work_bytes")

Row = dict[str, float | int | str]


def corpus(folder: Path, number: int, seed: int, jobs: int) -> tuple[Path, Path]:
    """The corpus of so many articles and its truth, grown unless they are there."""
    grown, truth = folder / f"corpus-{number}.jsonl", folder / f"corpus-{number}.truth.jsonl"
    if not grown.exists():
        partial = grown.with_suffix(".part")
        command = [sys.executable, str(_HERE / "grow.py"), str(number), "-o", str(partial), "--truth", str(truth)]
        cost = measure([*command, "--seed", str(seed), "--jobs", str(jobs)], folder / f"grow-{number}.log")
        if cost.code:
            sys.exit(f"growing {number} articles failed: see {folder / f'grow-{number}.log'}")
        partial.rename(grown)
        print(f"grew {number} articles in {cost.wall:.0f} s ({cost.cpu:.0f} s CPU)", file=sys.stderr)
    return grown, truth


def run(folder: Path, number: int, grown: Path, jobs: int, extra: Sequence[str]) -> Cost:
    """Run ``tracer report`` on the corpus, with a work folder of its own that is watched."""
    work, out = folder / f"work-{number}", folder / f"out-{number}"
    for path in (work, out):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
    command = [sys.executable, "-m", "tracer", "report", str(grown), "-o", str(out / "report"), "--jobs", str(jobs)]
    command += ["--work", str(work / "run")]
    cost = measure(
        [*command, *extra], folder / f"report-{number}.log", {"work": work, "out": out}, {"TMPDIR": str(work)}
    )
    shutil.rmtree(work, ignore_errors=True)
    return cost


def row(folder: Path, number: int, truth: Path, jobs: int, cost: Cost) -> Row:
    """The line of ``costs.csv`` for a finished run."""
    report = folder / f"out-{number}" / "report"
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    linked = set(linked_pairs(report / "pairs.csv"))
    return {
        "articles": number,
        "jobs": jobs,
        "wall": round(cost.wall, 2),
        "cpu": round(cost.cpu, 2),
        "memory_tree": cost.tree_memory,
        "memory_largest": cost.largest_memory,
        "report_bytes": size_on_disk(report),
        "work_bytes": cost.disk["work"],
        "peak_beside_report": cost.disk["out"],
        "compared": manifest["counts"]["pairs_compared"],
        "linked": len(linked),
        "recall_verbatim": recall(truth, linked, {"verbatim"}),
        "recall_copies": recall(truth, linked, {"verbatim", "cut", "lead", "added", "reworded"}),
        **{f"stage: {stage}": seconds for stage, seconds in manifest["run"]["seconds"].items()},
    }


def linked_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of ids in a ``pairs.csv``, smaller id first."""
    with path.open(encoding="utf-8", newline="") as stream:
        for entry in csv.DictReader(stream):
            first, second = sorted((entry["left"], entry["right"]))
            yield first, second


def recall(truth: Path, linked: set[tuple[str, str]], recipes: set[str]) -> float:
    """Share of the planted pairs of copy and parent, made by one of the recipes, that are among the linked ones."""
    found = total = 0
    for fact in read_records(truth):
        if fact["recipe"] in recipes:
            total += 1
            found += (min(fact["id"], fact["parent"]), max(fact["id"], fact["parent"])) in linked
    return round(found / total, 4) if total else math.nan


def exponents(rows: Sequence[Mapping[str, float]]) -> Iterator[str]:
    """The k of cost ~ n^k between each size and the next larger one."""
    ordered = sorted(rows, key=lambda entry: entry["articles"])
    for small, large in pairwise(ordered):
        ratio = math.log(large["articles"] / small["articles"])
        shown = [
            f"{name} {math.log(large[name] / small[name]) / ratio:.2f}"
            for name in (*_FITTED, *(name for name in large if name.startswith("stage: ")))
            if small.get(name) and large.get(name)
        ]
        yield f"{small['articles']:,.0f} → {large['articles']:,.0f}: {', '.join(shown)}"


def read_costs(path: Path) -> list[Row]:
    """The lines of ``costs.csv``, numbers as numbers; empty when there is none yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: float(value) for name, value in entry.items() if value} for entry in csv.DictReader(stream)]


def write_costs(path: Path, rows: Sequence[Row]) -> None:
    """Write all lines; a stage that one of them lacks is left empty there."""
    names = list(dict.fromkeys(name for entry in rows for name in entry))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Grow, run, collect and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", action="store_true", help="repeat runs whose line is there")
    parser.add_argument("--fit", action="store_true", help="run nothing")
    own, extra = (
        (sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :])
        if "--" in sys.argv
        else (sys.argv[1:], [])
    )
    chosen = parser.parse_args(own)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    costs = chosen.folder / "costs.csv"
    rows = read_costs(costs)
    for number in [] if chosen.fit else chosen.sizes:
        if not chosen.again and any(entry["articles"] == number and entry["jobs"] == chosen.jobs for entry in rows):
            continue
        grown, truth = corpus(chosen.folder, number, chosen.seed, chosen.jobs)
        cost = run(chosen.folder, number, grown, chosen.jobs, extra)
        if cost.code:
            sys.exit(f"tracer report ended with {cost.code}: see {chosen.folder / f'report-{number}.log'}")
        entry = row(chosen.folder, number, truth, chosen.jobs, cost)
        rows = [old for old in rows if (old["articles"], old["jobs"]) != (number, chosen.jobs)] + [entry]
        write_costs(costs, rows)
        print(json.dumps(entry), flush=True)
    for line in exponents([entry for entry in rows if entry["jobs"] == chosen.jobs]):
        print(line)


if __name__ == "__main__":
    main()
