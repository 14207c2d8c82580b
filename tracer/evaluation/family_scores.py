"""Which sentences say the same: families of the gold against claims of the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tracer.domain import Span
from tracer.evaluation.bootstrap import Array, Measure, Statistic, Units, mean, measure, ratio
from tracer.evaluation.gold import Gold, Member
from tracer.evaluation.report_files import ReportFiles
from tracer.evaluation.stories import StoryIndex


def family_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """B-cubed precision, recall and F1, the adjusted Rand index, and the share of members that a claim holds.

    The first four are taken over the members that both sides cover: gold members for which a claim was found.
    """
    if gold.families is None:
        return
    items = [
        (number, member)
        for number, family in enumerate(gold.families)
        for member in family
        if member.article in report.articles
    ]
    found = claims_of([member for _, member in items], report)
    everyone = np.array([stories.article(member.article) for _, member in items], dtype=np.intp)
    yield mean("families.covered", [claim is not None for claim in found], everyone, len(stories.names))
    covered = np.array([claim is not None for claim in found], dtype=bool)
    true = numbered([family for (family, _), claim in zip(items, found, strict=True) if claim])
    ours, units = numbered([claim for claim in found if claim]), everyone[covered]
    precision, recall = b_cubed(true, ours)
    for name, values in (("precision", precision), ("recall", recall)):
        yield mean(f"families.bcubed_{name}", values, units, len(stories.names))
    yield measure("families.bcubed_f1", _f1_of_means(precision, recall, units, len(stories.names)), units)
    yield measure("families.ari", adjusted_rand(true, ours, units, len(stories.names)), units)


def claims_of(members: Sequence[Member], report: ReportFiles) -> list[tuple[str, str] | None]:
    """The claim of each member, as id and story: that of the sentence which shares most characters with it.

    What the two share must be at least half of the shorter one. Ties go to the smallest id. ``None`` where no claim
    has such a sentence. Cost: for each member, the sentences of its article that belong to a claim.
    """
    sentences: defaultdict[str, list[tuple[Span, tuple[str, str]]]] = defaultdict(list)
    for sentence, claim in report.members.items():
        sentences[sentence.article].append((sentence.span, claim))
    return [_claim_of(member.span, sentences[member.article]) for member in members]


def _claim_of(span: Span, sentences: Sequence[tuple[Span, tuple[str, str]]]) -> tuple[str, str] | None:
    shared = ((min(place.stop, span.stop) - max(place.start, span.start), place, claim) for place, claim in sentences)
    covering = [(-size, claim) for size, place, claim in shared if size > 0 and 2 * size >= min(len(span), len(place))]
    return min(covering)[1] if covering else None


def numbered(labels: Sequence[object]) -> Units:
    """Each label as a number from 0 up, in order of first appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.intp)


def b_cubed(true: Units, found: Units) -> tuple[Array, Array]:
    """Per item: the share of its found cluster that is of its true one, and the share of its true one found with it.

    Bagga and Baldwin 1998; Amigó, Gonzalo, Artiles and Verdejo 2009. Both arrays number the cluster of each item.
    """
    cells = Counter(zip(true.tolist(), found.tolist(), strict=True))
    both = np.array([cells[cell] for cell in zip(true.tolist(), found.tolist(), strict=True)], dtype=float)
    return ratio(both, _sizes(found)), ratio(both, _sizes(true))


def _sizes(labels: Units) -> Array:
    return np.bincount(labels)[labels].astype(float) if len(labels) else np.zeros(0)


def _f1_of_means(precision: Array, recall: Array, units: Units, stories: int) -> Statistic:
    ours, theirs = (mean("", values, units, stories).statistic for values in (precision, recall))
    return lambda drawn: ratio(2 * ours(drawn) * theirs(drawn), ours(drawn) + theirs(drawn))


def adjusted_rand(true: Units, found: Units, units: Units, stories: int) -> Statistic:
    """The adjusted Rand index: 1 for equal clusterings, about 0 for chance (Hubert and Arabie 1985).

    In a draw, two copies of one story hold different items in different clusters.
    """
    cells = numbered(list(zip(true.tolist(), found.tolist(), strict=True)))
    counts = [_counts(labels, units) for labels in (cells, true, found)]
    sizes = np.bincount(units, minlength=stories).astype(float)

    def index(drawn: Array) -> Array:
        both, ours, theirs = (_pairs_together(drawn, *entry) for entry in counts)
        number = drawn @ sizes
        expected = np.nan_to_num(ratio(ours * theirs, number * (number - 1) / 2))
        most = (ours + theirs) / 2
        adjusted = ratio(both - expected, most - expected)
        return np.where(number == 0, np.nan, np.where(most == expected, 1.0, adjusted))

    return index


def _counts(labels: Units, units: Units) -> tuple[Array, Units, Units]:
    """Items by cluster and story, empty cells left out: their number, their story, and where each cluster begins."""
    cells, number = np.unique(np.stack([labels, units]), axis=1, return_counts=True)
    return number.astype(float), cells[1], np.flatnonzero(np.diff(cells[0], prepend=-1))


def _pairs_together(drawn: Array, number: Array, story: Units, starts: Units) -> Array:
    """How many pairs of items lie in one cluster, per draw: within a copy of a story, and across different stories."""
    if not len(number):
        return np.zeros(len(drawn))
    weight = drawn[:, story]
    within = (weight * number * (number - 1) / 2).sum(axis=1)
    total = np.add.reduceat(weight * number, starts, axis=1)
    across = ((total**2).sum(axis=1) - ((weight * number) ** 2).sum(axis=1)) / 2
    return np.asarray(within + across)
