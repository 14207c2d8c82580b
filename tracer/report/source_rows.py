"""Rows about the sources that nobody handed in, and what is known of one source in some of the stories."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracer.domain import Span
from tracer.graph import Edge, Evidence, NodeKind, Source
from tracer.pipeline import Trace
from tracer.report.article_rows import story_id
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Row

_Place = tuple[str, int, int]


@dataclass(slots=True)
class SourceTally:
    """One source as some stories together know it.

    ``kind`` and ``name`` are those that ``story`` gives, the last one by id that describes the source; ``story`` is
    empty where none does. ``articles`` counts those that draw on it, quote it or name it.
    """

    kind: str
    name: str
    story: str = ""
    text: str = ""
    confidence: float | None = None
    places: set[_Place] = field(default_factory=set)
    articles: int = 0

    def row(self, identity: str) -> Row:
        """The row of the source."""
        places = (f"{article}[{start}:{stop}]" for article, start, stop in sorted(self.places))
        evidence = LIST_SEPARATOR.join(places) or None
        return (identity, self.kind, self.name, self.confidence, self.articles, evidence, self.text or None)

    def packed(self) -> bytes:
        """The tally as bytes that :meth:`unpacked` takes."""
        head = (self.kind, self.name, self.story, self.text, self.confidence, self.articles)
        return json.dumps([*head, sorted(self.places)], separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> SourceTally:
        """The tally that was packed.

        Raises:
            ValueError: when ``data`` is no packed tally.
        """
        kind, name, story, text, confidence, articles, places = json.loads(data)
        return cls(kind, name, story, text, confidence, {tuple(place) for place in places}, articles)


def merged_tally(tallies: Iterable[SourceTally]) -> SourceTally:
    """What different stories know of one source; no article may belong to two of them. At least one is needed."""
    found = list(tallies)
    described = max(found, key=lambda tally: tally.story)
    return SourceTally(
        described.kind,
        described.name,
        described.story,
        max((tally.text for tally in found), key=_text_rank),
        max((tally.confidence for tally in found if tally.confidence is not None), default=None),
        set().union(*(tally.places for tally in found)),
        sum(tally.articles for tally in found),
    )


def source_tallies(trace: Trace) -> dict[str, SourceTally]:
    """What the stories of a trace know of each source, sorted by id. Every end of an edge is here or an article."""
    working: dict[str, _Working] = {}
    for story in trace.stories:
        name = story_id(story)
        for source in story.graph.sources:
            working.setdefault(source.id, _Working(_named_by_its_id(source.id))).add(name, source)
        for edge in story.graph.edges:
            for end in (edge.source, edge.target):
                if end not in trace.parsed and end not in working:
                    working[end] = _Working(_named_by_its_id(end))
            if edge.source in working:
                working[edge.source].add_edge(edge)
    return {identity: working[identity].finished(trace) for identity in sorted(working)}


def source_rows(trace: Trace) -> Iterator[Row]:
    """One row per source, however many stories name it."""
    return (tally.row(identity) for identity, tally in source_tallies(trace).items())


@dataclass(slots=True)
class _Working:
    tally: SourceTally
    evidence: set[Evidence] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def add(self, story: str, source: Source) -> None:
        tally = self.tally
        if story >= tally.story:
            tally.kind, tally.name, tally.story = source.kind.value, source.name, story
        tally.text = max(tally.text, source.text, key=_text_rank)
        self.evidence.update(source.evidence)

    def add_edge(self, edge: Edge) -> None:
        self.tally.confidence = max(edge.confidence, self.tally.confidence or 0.0)
        self.evidence.update(edge.evidence)
        self.targets.add(edge.target)

    def finished(self, trace: Trace) -> SourceTally:
        drawing = {target for target in self.targets if target in trace.parsed}
        reached = drawing | {entry.article for entry in self.evidence}
        self.tally.articles = len(reached)
        self.tally.places = {_place(entry.article, entry.span) for entry in self.evidence}
        return self.tally


def _place(article: str, span: Span) -> _Place:
    return article, span.start, span.stop


def _text_rank(text: str) -> tuple[int, str]:
    return len(text), text


def _named_by_its_id(identity: str) -> SourceTally:
    kind, _, name = identity.partition(":")
    return SourceTally(kind if kind in set(NodeKind) else NodeKind.UNSEEN.value, name or identity)
