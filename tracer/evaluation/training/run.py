"""Training from files: the samples, the fit, and what is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tracer.domain import Article
from tracer.evaluation.gold import LINEAGE
from tracer.evaluation.gold_files import read_gold
from tracer.evaluation.simulator import SimulationSettings
from tracer.evaluation.training.fitting import DEFAULT_FIT, EASY, GOLD, HARD, UNRELATED, Cases, FitSettings, fitted
from tracer.evaluation.training.judged import JudgedPair, cross_validated, judged
from tracer.evaluation.training.observed import LabelledPair
from tracer.evaluation.training.samples import labelled_pairs, parsed_corpus, unrelated_pairs
from tracer.evaluation.training.simulated import simulated_pairs
from tracer.evaluation.training.trials import DirectionTrial, leave_one_recipe_out
from tracer.evaluation.training.weights_file import expert_weights
from tracer.evidence import Weights
from tracer.read import read_articles

TRAIN_STORIES = 150
TEST_STORIES = 200
UNSEEN = 0.6
"""Share of stories whose root is not handed in: of labelled news pairs with an origin six in ten have it elsewhere."""
TRAIN_SEED, TEST_SEED = 1, 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a training run.

    ``gold`` labels pairs of ``gold_articles``. No two of ``unrelated_articles`` share a journalist's words but the
    lineage pairs of ``exceptions``. Newsrooms to fit to are grown from ``base``, those to measure on from
    ``test_base``.
    """

    gold_articles: Path
    gold: Path
    unrelated_articles: Path
    exceptions: Path
    base: Path
    test_base: Path


@dataclass(frozen=True, slots=True)
class Study:
    """What models said of pairs that they were not fitted to.

    ``gold``: cross-validated. ``trials``: direction on unseen recipes, base texts and synonyms, with the hard filler,
    timeless and nameless. ``newsrooms``: all pairs of newsrooms grown from unseen texts with unseen synonyms, named
    and dated. ``unrelated`` with ``unrelated_articles``: judged by a fit without that sample.
    """

    gold: tuple[JudgedPair, ...]
    trials: tuple[DirectionTrial, ...]
    newsrooms: tuple[JudgedPair, ...]
    unrelated: tuple[JudgedPair, ...]
    unrelated_articles: int


def fit_all(inputs: Inputs, settings: FitSettings = DEFAULT_FIT) -> tuple[Weights, dict[str, Any]]:
    """The weights fitted to all samples, and the manifest that says to what. The same files give the same weights."""
    expert = expert_weights()
    cases = Cases(
        [*_gold_pairs(inputs, expert), *_unrelated_pairs(inputs, expert), *_newsrooms(inputs, expert, "both")]
    )
    return fitted(expert, cases, range(len(cases.pairs)), settings), _manifest(inputs, cases, settings)


def measure_all(inputs: Inputs, settings: FitSettings = DEFAULT_FIT) -> Study:
    """Judge gold pairs, newsrooms and unrelated articles by models that have not seen them."""
    expert = expert_weights()
    gold, unrelated = _gold_pairs(inputs, expert), _unrelated_pairs(inputs, expert)
    train = _newsrooms(inputs, expert, "a")
    cases = Cases([*gold, *unrelated, *train])
    related = [index for index, pair in enumerate(cases.pairs) if pair.sample != UNRELATED]
    without_unrelated = fitted(expert, cases, related, settings)
    base = _articles(inputs.test_base)
    timeless = simulated_pairs(base, _settings("hard", "b", TEST_STORIES, TEST_SEED), expert, named=False)
    named = simulated_pairs(base, _settings("hard", "b", TEST_STORIES, TEST_SEED), expert, named=True)
    return Study(
        tuple(cross_validated(expert, cases, settings)),
        tuple(leave_one_recipe_out(expert, Cases(train), timeless, settings)),
        tuple(judged(pair, without_unrelated) for pair in named),
        tuple(judged(pair, without_unrelated) for pair in unrelated),
        len(_articles(inputs.unrelated_articles)),
    )


def _gold_pairs(inputs: Inputs, weights: Weights) -> list[LabelledPair]:
    parsed = parsed_corpus(read_articles([inputs.gold_articles]))
    return labelled_pairs(GOLD, parsed, read_gold(inputs.gold), weights)


def _unrelated_pairs(inputs: Inputs, weights: Weights) -> list[LabelledPair]:
    listed = read_gold(inputs.exceptions).pairs
    left_out = frozenset(ends for ends, pair in listed.items() if pair.kind == LINEAGE)
    return unrelated_pairs(UNRELATED, parsed_corpus(read_articles([inputs.unrelated_articles])), left_out, weights)


def _newsrooms(inputs: Inputs, weights: Weights, lexicon: str) -> list[LabelledPair]:
    base = _articles(inputs.base)
    return [
        pair
        for filler in ("easy", "hard")
        for pair in simulated_pairs(base, _settings(filler, lexicon, TRAIN_STORIES, TRAIN_SEED), weights, named=False)
    ]


def _settings(filler: str, lexicon: str, stories: int, seed: int) -> SimulationSettings:
    return SimulationSettings(
        stories=stories, articles_low=2, articles_high=5, filler=filler, lexicon=lexicon, unseen=UNSEEN, seed=seed
    )


def _articles(path: Path) -> Sequence[Article]:
    return [entry for entry in read_articles([path]) if isinstance(entry, Article)]


def _manifest(inputs: Inputs, cases: Cases, settings: FitSettings) -> dict[str, Any]:
    sizes = Counter(pair.sample for pair in cases.pairs)
    files = (inputs.gold_articles, inputs.gold, inputs.unrelated_articles, inputs.exceptions, inputs.base)
    return {
        "pairs": {name: sizes[name] for name in (GOLD, UNRELATED, EASY, HARD) if sizes[name]},
        "files": {path.name: sha256(path.read_bytes()).hexdigest() for path in files},
        "ridge": {question.value: value for question, value in settings.ridge.items()},
        "shares": {question.value: dict(shares) for question, shares in settings.shares.items()},
        "newsrooms": {"stories": TRAIN_STORIES, "lexicon": "both", "seed": TRAIN_SEED},
        "fold_seed": settings.seed,
    }
