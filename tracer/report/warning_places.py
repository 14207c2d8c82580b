"""Where each warning of a trace stands among those of all stories."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from tracer.pipeline import Trace
from tracer.report.article_rows import story_id

Place = tuple[int, str, int]
"""What the warning is about (articles, then their texts, stories, pairs, anything else), whose it is, and its rank."""
_ARTICLE, _TEXT, _STORY, _PAIR, _OTHER = range(5)


def placed_warnings(trace: Trace) -> list[tuple[Place, str]]:
    """The warnings of a trace, each with its place; sorted by place they stand as in a trace of all stories.

    A warning that no article, story or pair of the trace accounts for comes last.
    """
    known: dict[str, deque[Place]] = defaultdict(deque)
    for place, text in _accounted_for(trace):
        known[text].append(place)
    return [
        (known[text].popleft() if known.get(text) else (_OTHER, "", rank), text)
        for rank, text in enumerate(trace.warnings)
    ]


def _accounted_for(trace: Trace) -> Iterator[tuple[Place, str]]:
    for article in trace.articles:
        for rank, warning in enumerate(article.warnings):
            yield (_ARTICLE, article.id, rank), f"{article.id}: {warning}"
    for name, parsed in trace.parsed.items():
        for rank, warning in enumerate(parsed.split.warnings):
            yield (_TEXT, name, rank), f"{name}: {warning}"
    for story in trace.stories:
        for rank, warning in enumerate(story.graph.warnings):
            yield (_STORY, story_id(story), rank), warning
    for story in trace.stories:
        for rank, entry in enumerate((*story.graph.comparisons, *story.cut)):
            if entry.dated_before_source:
                early, late = entry.dated_before_source
                text = f"{early} names the outlet of {late} as its source, yet is dated before it: a date may be wrong"
                yield (_PAIR, story_id(story), rank), text
