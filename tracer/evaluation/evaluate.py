"""A report scored against gold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracer.domain import InputError, SettingsError
from tracer.evaluation.bootstrap import Measure
from tracer.evaluation.calibration import calibration_measures, forecasts
from tracer.evaluation.claim_scores import claim_measures
from tracer.evaluation.family_scores import family_measures
from tracer.evaluation.gold import Gold
from tracer.evaluation.gold_files import read_gold
from tracer.evaluation.graph_scores import graph_measures
from tracer.evaluation.kind_scores import kind_measures
from tracer.evaluation.origin_scores import origin_measures
from tracer.evaluation.passage_scores import passage_measures, told_detections
from tracer.evaluation.passages import DEFAULT_MERGE_GAP
from tracer.evaluation.report_files import ReportFiles, read_report_files
from tracer.evaluation.root_scores import root_measures
from tracer.evaluation.scored_pairs import ScoredPair, scored_pairs, unlisted_nones
from tracer.evaluation.scores import Score, scores_of
from tracer.evaluation.source_matching import source_measures
from tracer.evaluation.stories import StoryIndex, story_index

DRAWS = 1000
_MOST_DRAWS = 100_000
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of scoring a report.

    ``scores`` has every known score by name, in order. ``pairs`` has each scored gold pair beside what was found.
    ``stories`` names the stories; each pair gives the place of its own. ``warnings`` are sentences for the reader.
    """

    scores: dict[str, Score]
    pairs: tuple[ScoredPair, ...]
    stories: tuple[str, ...]
    warnings: tuple[str, ...]


def evaluate_report(
    directory: Path | str,
    gold: Gold | Path | str,
    *,
    against: Path | str | None = None,
    merge_gap: int = DEFAULT_MERGE_GAP,
    draws: int = DRAWS,
    seed: int = 0,
) -> Evaluation:
    """Score a folder that ``tracer report`` wrote against gold: a CSV or JSON file, or what was read from one.

    ``against`` is a second report of the same articles, whose scores stand beside the first. Where a report holds
    ``regions.csv``, its rows are scored against the gold's passages; else those of ``passages.csv``, joined where they
    are at most ``merge_gap`` code points apart in both articles (0: no joining); a warning says which. ``draws`` and
    ``seed`` belong to the bootstrap, which draws whole stories. The same input gives the same numbers. Takes seconds
    for ten thousand pairs.

    Raises:
        GoldError: when the gold file cannot be used; every problem is named.
        InputError: when a folder is no report, or none of the gold's articles is in it.
        SettingsError: when ``merge_gap``, ``draws`` or ``seed`` is out of bounds.
    """
    _check(merge_gap, draws, seed)
    known = gold if isinstance(gold, Gold) else read_gold(Path(gold))
    report = read_report_files(Path(directory))
    other = read_report_files(Path(against)) if against is not None else None
    held = known.articles() & (report.articles | (other.articles if other else frozenset()))
    if not known.articles():
        raise InputError("the gold names no article; label at least one pair in it")
    if not known.articles() & report.articles:
        raise InputError(f"{directory}: holds none of the {len(known.articles())} articles of the gold; check the ids")
    stories = story_index(known, held)
    pairs = scored_pairs(known, report, stories)
    ours = _measures(known, report, stories, pairs, merge_gap)
    theirs = _measures(known, other, stories, scored_pairs(known, other, stories), merge_gap) if other else ()
    scores = scores_of(ours, theirs, len(stories.names), draws=draws, seed=seed)
    return Evaluation(scores, tuple(pairs), stories.names, tuple(_warnings(known, report, other, merge_gap)))


def _check(merge_gap: int, draws: int, seed: int) -> None:
    problems = []
    if merge_gap < 0:
        problems.append(f"merge_gap must be 0 or more, not {merge_gap}")
    if not 0 <= draws <= _MOST_DRAWS:
        problems.append(f"draws must be from 0 to {_MOST_DRAWS:,}, not {draws}")
    if seed < 0:
        problems.append(f"seed must be 0 or more, not {seed}")
    if problems:
        raise SettingsError(problems)


def _measures(
    gold: Gold, report: ReportFiles, stories: StoryIndex, pairs: list[ScoredPair], gap: int
) -> Iterator[Measure]:
    number = len(stories.names)
    yield from kind_measures(pairs, unlisted_nones(gold, report, stories), number)
    yield from origin_measures(pairs, number)
    yield from passage_measures(gold, report, stories, gap)
    yield from graph_measures(gold, report, stories)
    yield from root_measures(gold, report, stories)
    yield from source_measures(gold, report, stories)
    yield from family_measures(gold, report, stories)
    yield from claim_measures(gold, report, stories)
    for entry in forecasts(pairs):
        yield from calibration_measures(entry, number)


def _warnings(gold: Gold, report: ReportFiles, other: ReportFiles | None, gap: int) -> Iterator[str]:
    yield from _missing("the report", gold.articles() - report.articles)
    if other is not None:
        yield from _missing("the report to compare with", gold.articles() - other.articles)
    if gold.unlabelled:
        yield f"pairs of the gold without a kind, not scored: {gold.unlabelled}"
    if versions := sum(pair.version for pair in gold.pairs.values()):
        yield f"pairs of the gold that are versions of one article, not scored: {versions}"
    if gold.passages is not None:
        yield f"passages of the report are {told_detections(report, gap)}"
        if other is not None and (other.regions is None) != (report.regions is None):
            yield f"passages of the report to compare with are {told_detections(other, gap)}"


def _missing(where: str, absent: set[str]) -> Iterator[str]:
    if absent:
        names = sorted(absent)
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        yield f"articles of the gold that {where} does not hold, not scored: {', '.join(names[:_SHOWN])}{more}"
