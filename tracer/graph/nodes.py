"""Nodes and edges of the provenance graph. Arrows run from source to derived text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from tracer.domain import Span


class NodeKind(StrEnum):
    """What stands at the tail of an edge.

    ``ARTICLE`` was handed in; the others are mostly latent: a ``STATEMENT`` that several articles quote, an ``AGENCY``
    or ``OUTLET`` that a credit or an attribution names, an ``UNSEEN`` text that only its witnesses demand. An article
    that was handed in as a statement or an agency's is of that kind.
    """

    ARTICLE = "article"
    STATEMENT = "statement"
    AGENCY = "agency"
    OUTLET = "outlet"
    UNSEEN = "unseen"


class Relation(StrEnum):
    """How the target uses the source: its words as own words, its words as quoted, or its name as a credit."""

    DRAWS_ON = "draws_on"
    QUOTES = "quotes"
    CREDITS = "credits"


class Evidence(NamedTuple):
    """A stretch of an article that speaks for a node or an edge."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A source that nobody handed in.

    ``id`` is stable across runs and input orders. ``text`` is the common text reconstructed from its witnesses, empty
    where there is none to reconstruct.
    """

    id: str
    kind: NodeKind
    name: str
    evidence: tuple[Evidence, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """``target`` takes words, or names, from ``source``.

    ``confidence`` is P(this very edge) in (0, 1): for an article as source P(drawn on directly). ``p_upstream`` is
    P(the source's text lies upstream, directly or not), never below ``confidence``. ``share`` is the share of the
    target's words in passages that speak for the edge, in [0, 1]; 0 for a mere credit.
    """

    source: str
    source_kind: NodeKind
    target: str
    relation: Relation
    confidence: float
    p_upstream: float
    evidence: tuple[Evidence, ...]
    passages: int
    share: float
    reason: str


def text_digest(parts: Iterable[str]) -> str:
    """Twelve hexadecimal digits that depend on the parts alone, not on their order."""
    joined = "\x1f".join(sorted(parts))
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def slug(name: str) -> str:
    """A name made fit for an id: lower-case words joined by hyphens, at most 40 characters."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:40].strip("-")
