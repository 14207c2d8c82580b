"""The founding case's truth, matched to a trace by evidence, not by name."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tracer.domain import Span
from tracer.evidence import Comparison
from tracer.graph import Edge, NodeKind, ProvenanceGraph, Source
from tracer.pipeline import Trace

NAMED = {
    "efe": "EFE",
    "upi-dispatch": "UPI",
    "tass": "TASS",
    "reuters": "Reuters",
    "npr": "NPR",
    "agencies": "unnamed agencies",
}
"""Sources of the truth that a credit or an attribution names outright; all others are told by their evidence."""


@dataclass(frozen=True)
class FoundingCase:
    """Truth and trace side by side."""

    folder: Path
    trace: Trace

    @cached_property
    def truth(self) -> dict[str, Any]:
        return json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))

    @cached_property
    def sentences(self) -> dict[str, Span]:
        with (self.folder / "sentences.tsv").open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            return {row["sentence"]: Span(int(row["start"]), int(row["stop"])) for row in rows}

    @cached_property
    def graph(self) -> ProvenanceGraph:
        (story,) = self.trace.stories
        return story.graph

    def comparison(self, one: str, other: str) -> Comparison | None:
        pair = tuple(sorted((one, other)))
        return next((c for c in self.graph.comparisons if (c.left, c.right) == pair), None)

    def source(self, name: str) -> Source | None:
        """Our node for a latent source of the truth.

        A named one goes by its name. Any other is the statement or unseen source whose evidence touches most of the
        evidence sentences of its edges in the truth, half of them at least; of equals the one with least evidence.
        """
        if name in NAMED:
            return next((source for source in self.graph.sources if source.name == NAMED[name]), None)
        kind = NodeKind.UNSEEN if name.startswith("unseen") else NodeKind.STATEMENT
        wanted = [place for edge in self.truth["edges"] if edge["source"] == name for place in edge["evidence"]]
        touched = {
            source.id: sum(self._touches(source, place) for place in wanted)
            for source in self.graph.sources
            if source.kind is kind
        }
        found = [source for source in self.graph.sources if 2 * touched.get(source.id, 0) >= max(1, len(wanted))]
        return min(found, key=lambda s: (-touched[s.id], len(s.evidence), s.id)) if found else None

    def _touches(self, source: Source, place: str) -> bool:
        article, span = place.rpartition(".")[0], self.sentences[place]
        return any(entry.article == article and entry.span.overlaps(span) for entry in source.evidence)

    def node(self, name: str) -> str | None:
        if name in self.truth["observed"]:
            return name
        source = self.source(name)
        return source.id if source else None

    def edge(self, source: str, target: str) -> Edge | None:
        ends = self.node(source), self.node(target)
        found = [edge for edge in self.graph.edges if (edge.source, edge.target) == ends]
        return max(found, key=lambda edge: edge.confidence) if found else None

    def confidence(self, source: str, target: str) -> float:
        edge = self.edge(source, target)
        return edge.confidence if edge else 0.0
