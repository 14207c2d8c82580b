"""Gold: what is known to be true of a set of articles, by which a report is scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracer.domain import InputError, Span

LINEAGE, STATEMENT, NONE = KINDS = ("lineage", "statement", "none")
LEFT, RIGHT, COMMON, UNRESOLVED = ORIGINS = ("left→right", "right→left", "common source", "unresolved")
DIRECT, THROUGH_UNSEEN = "direct", "through unseen"
IMMEDIACIES = (DIRECT, THROUGH_UNSEEN, UNRESOLVED)
DRAWS_ON = "draws_on"
RELATIONS = (DRAWS_ON, "quotes", "credits")
SOURCE_KINDS = ("statement", "agency", "outlet", "institution", "person", "unseen")
FLIPPED = {LEFT: RIGHT, RIGHT: LEFT}
_SHOWN = 20

Ends = tuple[str, str]
"""Two article ids, the smaller one first."""
Passage = tuple[Span, Span]
"""A stretch of the left raw text and the stretch of the right raw text that it goes with, in code points."""


class GoldError(InputError):
    """A gold file cannot be used. All problems are collected, each with its place and what to do."""

    def __init__(self, path: object, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = "; ".join(self.problems[:_SHOWN])
        more = f"; and {len(self.problems) - _SHOWN} more" if len(self.problems) > _SHOWN else ""
        super().__init__(f"{path}: cannot be used as gold: {shown}{more} (docs/reference/gold.md describes the format)")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """What is known about one pair; ``left`` sorts before ``right``, whichever way it was written down.

    ``origin`` and ``immediacy`` are ``None`` where they are not labelled. ``story`` is the story that the pair is
    said to belong to. A ``version`` pair (two states of one article) is no subject of the scores on pairs.
    """

    left: str
    right: str
    kind: str
    origin: str | None = None
    immediacy: str | None = None
    story: str | None = None
    recipe: str | None = None
    version: bool = False

    @property
    def ends(self) -> Ends:
        """The two ids."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class GoldSource:
    """A source that is no article, and the articles that draw on it, quote it or credit it."""

    id: str
    kind: str
    children: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class GoldEdge:
    """A direct edge; ``source`` and ``target`` are ids of articles or of sources."""

    source: str
    target: str
    relation: str = DRAWS_ON


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A sentence that several articles carry, known by a phrase of it, and its number of independent origins."""

    phrase: str
    articles: frozenset[str]
    origins: int


@dataclass(frozen=True, slots=True)
class GoldStory:
    """Articles of one story; ``roots`` are the nodes without a parent that its text flows from (``None``: unknown)."""

    id: str
    articles: frozenset[str]
    roots: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One sentence of a family, by its place in an article."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file. What it does not speak of is ``None`` and is not scored; an empty list says that there is none.

    ``complete``: every pair that is not listed shares nothing.
    """

    pairs: Mapping[Ends, GoldPair] = field(default_factory=dict)
    complete: bool = False
    sources: tuple[GoldSource, ...] | None = None
    edges: tuple[GoldEdge, ...] | None = None
    claims: tuple[GoldClaim, ...] | None = None
    stories: tuple[GoldStory, ...] = ()
    passages: Mapping[Ends, tuple[Passage, ...]] | None = None
    families: tuple[tuple[Member, ...], ...] | None = None
    unlabelled: int = 0

    def articles(self) -> set[str]:
        """Every article that the file names."""
        latent = {source.id for source in self.sources or ()}
        named = {end for ends in (*self.pairs, *(self.passages or ())) for end in ends}
        for source in self.sources or ():
            named |= source.children
        for edge in self.edges or ():
            named |= {edge.source, edge.target}
        for claim in self.claims or ():
            named |= claim.articles
        for story in self.stories:
            named |= story.articles | (story.roots or frozenset())
        named |= {member.article for family in self.families or () for member in family}
        return named - latent
