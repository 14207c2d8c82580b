"""CPU milliseconds an article of each stage, in one process, and of each module by a profile.

    python tests/benchmarks/stages.py articles.jsonl[.gz] [--articles 1000] [--profile [--top 30]]

First come the stages as the public calls part them: reading the file, the stages that ``tracer.trace`` reports to its
observer (what it does between two of them is shown as ``before`` the later), making the tables, and writing the report.
Each figure is CPU time of this process (``time.process_time``), divided by the number of articles. Importing and
reading shipped data is done before on two articles.

With ``--profile`` the same work runs again under cProfile, and own time is summed by module of ``tracer``, time in the
standard library and in compiled code going to the module that called it. That parts splitting from fingerprints, the
join, the vectors, comparing and so on, whatever the functions are called; but profiling slows Python code two to three
times and compiled code not at all, so read these as shares, not as times.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from templates import read_records

import tracer
from tracer.pipeline import Settings, trace
from tracer.read import read_articles
from tracer.report import write_report

_PACKAGE = str(Path(tracer.__file__).parent) + "/"
_DEEPEST = 6


class Stopwatch:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.stage, self.last = "", time.process_time()

    def observe(self, stage: str, _done: int, _total: int) -> None:
        """Add the time since the last call to the stage, or to what came before it when it has only begun."""
        now = time.process_time()
        self.seconds[stage if stage == self.stage else f"before {stage}"] += now - self.last
        self.stage, self.last = stage, now

    def lap(self, stage: str) -> None:
        """Add the time since the last call to ``stage``."""
        self.stage = stage
        self.observe(stage, 0, 0)


def work(path: Path, watch: Stopwatch) -> int:
    """Trace the articles of a file and write the report; how many there were."""
    watch.last = time.process_time()
    articles = list(read_articles([str(path)], Settings().read))
    watch.lap("reading the file")
    result = trace(articles, Settings(jobs=1), watch.observe)
    watch.lap("after the last stage")
    with tempfile.TemporaryDirectory() as folder:
        write_report(result, Path(folder) / "report")
    watch.lap("making and writing the report")
    return len(articles)


def by_module(profile: cProfile.Profile) -> Counter[str]:
    """Own seconds by module of tracer; time elsewhere goes to the callers, shared out by the time spent for each."""
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    found: Counter[str] = Counter()

    def give(function: tuple[str, int, str], seconds: float, depth: int) -> None:
        place = function[0]
        if place.startswith(_PACKAGE):
            found[place.removeprefix(_PACKAGE)] += seconds
            return
        callers = stats[function][4] if depth < _DEEPEST else {}
        shares = {caller: entry[3 if depth else 2] for caller, entry in callers.items()}
        total = sum(shares.values())
        if not total:
            found["(elsewhere)"] += seconds
            return
        for caller, share in shares.items():
            give(caller, seconds * share / total, depth + 1)

    for function, (_, _, own, _, _) in stats.items():
        give(function, own, 0)
    return found


def _sample(source: Path, number: int, folder: Path) -> Path:
    sample = folder / f"sample-{number}.jsonl"
    with sample.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in islice(read_records(source), number))
    return sample


def _show(title: str, figures: Counter[str], articles: int, top: int) -> None:
    print(f"\n{title}")
    for name, seconds in figures.most_common(top):
        print(f"  {seconds / articles * 1000:9.3f}  {name}")
    print(f"  {figures.total() / articles * 1000:9.3f}  in all")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--top", type=int, default=30)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        work(_sample(chosen.source, 2, folder), Stopwatch())
        sample = _sample(chosen.source, chosen.articles, folder)
        watch = Stopwatch()
        articles = work(sample, watch)
        _show("CPU ms an article by stage", watch.seconds, articles, chosen.top)
        if chosen.profile:
            profile = cProfile.Profile()
            run: Callable[[Path, Stopwatch], int] = work
            profile.runcall(run, sample, Stopwatch())
            _show("Profiled ms an article by module (shares only)", by_module(profile), articles, chosen.top)


if __name__ == "__main__":
    main()
