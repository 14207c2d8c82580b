"""Rows about sentences: whose words each holds, and where it is likeliest from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from tracer.align import Member
from tracer.graph import Relation
from tracer.pipeline import Trace
from tracer.report.table import Row
from tracer.split import ParsedArticle, WordClass
from tracer.story import StoryTrace

_QUOTED = int(WordClass.QUOTED)
_PARTS = {Relation.DRAWS_ON: "lineage", Relation.QUOTES: "statement", Relation.CREDITS: "credited"}
"""What a sentence from a source is, by how the article uses the source; the first that holds."""
_NOWHERE: tuple[str | None, float | None] = (None, None)


def sentence_rows(trace: Trace) -> Iterator[Row]:
    """One row per sentence of the articles that share a story with another."""
    for story in trace.stories:
        if len(story.articles) > 1:
            uses = _uses(story)
            for name, parsed in story.articles.items():
                yield from _of_article(parsed, story, uses[name])


def _uses(story: StoryTrace) -> Mapping[str, dict[str, set[Relation]]]:
    """How each article uses its sources."""
    uses: dict[str, dict[str, set[Relation]]] = defaultdict(lambda: defaultdict(set))
    for edge in story.graph.edges:
        uses[edge.target][edge.source].add(edge.relation)
    return uses


def _of_article(parsed: ParsedArticle, story: StoryTrace, uses: Mapping[str, set[Relation]]) -> Iterator[Row]:
    size = len(parsed.split.sentences)
    inside = parsed.sentence_of >= 0
    owed = np.zeros(len(parsed.sentence_of), dtype=bool)
    for start, stop in story.graph.accounts[parsed.id].owed:
        owed[start:stop] = True
    counted = (inside, inside & owed, inside & (parsed.classes == _QUOTED))
    words, shared, quoted = (np.bincount(parsed.sentence_of[which], minlength=size).tolist() for which in counted)
    name, parents = parsed.id, story.graph.parents
    for number, sentence in enumerate(parsed.split.sentences):
        origins = [(entry.source or None, entry.probability) for entry in parents.get(Member(name, number), ())[:2]]
        best, second = (*origins, _NOWHERE, _NOWHERE)[:2]
        if sentence.boilerplate:
            part = "furniture"
        elif 2 * quoted[number] > words[number]:
            part = "statement"
        else:
            used = uses.get(best[0], ()) if best[0] else ()
            rest = "lineage" if 2 * shared[number] > words[number] else "original"
            part = next((kind for relation, kind in _PARTS.items() if relation in used), rest) if used else rest
        span = sentence.span
        yield (name, span.start, span.stop, part, *best, *second)
