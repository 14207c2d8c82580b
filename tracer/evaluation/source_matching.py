"""Which found source is which true one: by the articles that have it, one to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tracer.evaluation.bootstrap import Measure
from tracer.evaluation.gold import Gold
from tracer.evaluation.report_files import ReportFiles
from tracer.evaluation.retrieval import counted_measures
from tracer.evaluation.stories import StoryIndex

LEAST_JACCARD = 0.5
"""Two sources can be one only where at least this share of the articles that have either has both."""
GROUPS = {
    "unseen": "unseen",
    "statement": "statement",
    "institution": "statement",
    "person": "statement",
    "agency": "named",
    "outlet": "named",
}
"""What a kind of source is scored under: texts nobody handed in, statements and who makes them, named newsrooms."""
Sources = Mapping[str, frozenset[str]]


def matched(true: Sources, found: Sources) -> list[tuple[str, str]]:
    """Pairs of a true and a found source: the assignment with the largest sum of Jaccard coefficients.

    Kuhn 1955 (Hungarian method). Coefficients are those of the sources' articles, and at least ½. Sorted.
    Cost: cubic in the largest set of sources that hang together by such coefficients.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy

    pairs = []
    for rows, columns, values in _blocks(_alike(true, found)):
        table = np.zeros((len(rows), len(columns)))
        for (one, other), value in values.items():
            table[rows[one], columns[other]] = value
        names, others = list(rows), list(columns)
        for row, column in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            if table[row, column] > 0:
                pairs.append((names[row], others[column]))
    return sorted(pairs)


def _alike(true: Sources, found: Sources) -> dict[tuple[str, str], float]:
    """Jaccard coefficients of at least ½ (Jaccard 1912), in order of ids."""
    holding: dict[str, list[str]] = defaultdict(list)
    for name in sorted(found):
        for article in found[name]:
            holding[article].append(name)
    values = {}
    for one in sorted(true):
        shared = Counter(other for article in true[one] for other in holding[article])
        for other in sorted(shared):
            value = shared[other] / (len(true[one]) + len(found[other]) - shared[other])
            if value >= LEAST_JACCARD:
                values[one, other] = value
    return values


@dataclass(slots=True)
class _Block:
    rows: dict[str, int]
    columns: dict[str, int]
    values: dict[tuple[str, str], float]


def _blocks(
    values: Mapping[tuple[str, str], float],
) -> Iterator[tuple[dict[str, int], dict[str, int], dict[tuple[str, str], float]]]:
    """The values split into sets of sources that have nothing to do with each other."""
    import networkx as nx  # noqa: PLC0415 - heavy

    graph = nx.Graph(((0, one), (1, other)) for one, other in values)
    number = {node: place for place, nodes in enumerate(nx.connected_components(graph)) for node in nodes}
    blocks: dict[int, _Block] = {}
    for (one, other), value in values.items():
        block = blocks.setdefault(number[0, one], _Block({}, {}, {}))
        block.rows.setdefault(one, len(block.rows))
        block.columns.setdefault(other, len(block.columns))
        block.values[one, other] = value
    return ((block.rows, block.columns, block.values) for block in blocks.values())


def source_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """Precision, recall and F1 of latent sources, by group and over all groups.

    A source counts under its own group alone, by its articles that both gold and report hold; one without any is left
    out. It belongs to the story of its first article.
    """
    if gold.sources is None:
        return
    held = report.articles & gold.articles()
    rows: list[tuple[str, int, tuple[int, int, int]]] = []
    for group in dict.fromkeys(GROUPS.values()):
        true = {s.id: s.children & held for s in gold.sources if GROUPS[s.kind] == group and s.children & held}
        found = {s.id: s.children & held for s in report.sources if GROUPS.get(s.kind) == group and s.children & held}
        pairs = matched(true, found)
        rows += [(group, stories.article(min(true[one])), (1, 1, 1)) for one, _ in pairs]
        rows += [(group, stories.article(min(true[name])), (1, 0, 0)) for name in true.keys() - {p[0] for p in pairs}]
        rows += [(group, stories.article(min(found[name])), (0, 1, 0)) for name in found.keys() - {p[1] for p in pairs}]
    for group in (*dict.fromkeys(GROUPS.values()), "all"):
        chosen = [row for row in rows if group in {row[0], "all"}]
        table = np.array([row[2] for row in chosen], dtype=float).reshape(-1, 3)
        units = np.array([row[1] for row in chosen], dtype=np.intp)
        yield from counted_measures(f"sources.{group}", table, units, len(stories.names))
