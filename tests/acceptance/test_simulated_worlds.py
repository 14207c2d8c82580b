"""The graph of simulated newsrooms, a part of whose sources nobody hands in.

Run with ``pytest -s tests/acceptance/test_simulated_worlds.py`` to see the figures; about a minute.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracer import Settings, SkippedArticle, read_articles, trace
from tracer.domain import Article
from tracer.evaluation import Evaluation, Score, evaluate_report
from tracer.evaluation.simulator import SimulationSettings, simulate, write_simulation
from tracer.report import write_report

WORLDS = SimulationSettings(stories=40, articles_low=4, articles_high=12, filler="hard", unseen=0.4, seed=11)
SHOWN = ("edges", "ancestors", "roots", "sources.unseen")
LEAST = {
    ("releases", True): {"edges.f1": 0.40, "ancestors.f1": 0.36, "roots.accuracy": 0.52},
    ("releases", False): {"edges.f1": 0.38, "ancestors.f1": 0.36, "roots.accuracy": 0.52},
    ("reports", True): {"edges.f1": 0.41, "ancestors.f1": 0.40, "roots.accuracy": 0.36},
    ("reports", False): {"edges.f1": 0.39, "ancestors.f1": 0.38, "roots.accuracy": 0.36},
}
"""By base texts and whether dates are used: a little under what was measured.

Roots fall short of the .90 that were aimed at; docs/explanation/graph.md says why.
"""


def _articles(path: Path) -> list[Article]:
    return [entry for entry in read_articles([path]) if not isinstance(entry, SkippedArticle)]


@pytest.fixture(scope="module")
def base(polnear: Path, releases: Path) -> dict[str, list[Article]]:
    """Texts that share no words: news reports that the language model has not seen, and press releases."""
    return {
        "reports": _articles(polnear / "articles.jsonl.gz"),
        "releases": _articles(releases / "releases.jsonl.gz"),
    }


def _evaluated(base: list[Article], folder: Path, *, use_dates: bool) -> Evaluation:
    made = simulate(base, WORLDS)
    write_simulation(made, WORLDS, folder / "simulation")
    write_report(trace(made.articles, Settings(jobs=1, use_dates=use_dates)), folder / "report")
    return evaluate_report(folder / "report", folder / "simulation" / "truth.json")


def _line(score: Score) -> str:
    interval = "" if score.low is None or score.high is None else f"[{score.low:.3f}, {score.high:.3f}]"
    return f"  {score.name:25} {score.value:.3f}  {interval:16}  n = {score.n} in {score.stories} stories"


@pytest.mark.parametrize(("kind", "use_dates"), sorted(LEAST, key=lambda case: (case[0], not case[1])))
def test_the_graph_of_simulated_newsrooms(
    base: dict[str, list[Article]], kind: str, use_dates: bool, tmp_path: Path
) -> None:
    """Edges, ancestors and roots are found as often as promised; all figures are printed, with 95 % intervals."""
    found = _evaluated(base[kind], tmp_path, use_dates=use_dates).scores
    print(f"\n{kind}, {'with' if use_dates else 'without'} dates")
    print("\n".join(_line(score) for name, score in found.items() if name.startswith(SHOWN) and score.n))
    assert {
        name: found[name].value for name, least in LEAST[kind, use_dates].items() if found[name].value < least
    } == {}
