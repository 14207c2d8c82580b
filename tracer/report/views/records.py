"""What audit and cards show of a trace, wherever its tables come from: a run in memory or a report's files."""

from __future__ import annotations

from dataclasses import dataclass

UNRESOLVED = "unresolved"
Place = tuple[str, int, int]
"""A stretch of an article's raw text: its id, and half-open places in code points."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article, as far as its source knows it; shares are of its words, in [0, 1].

    ``kind`` is what it was handed in as.
    """

    id: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    language: str = ""
    words: int = 0
    original: float = 0.0
    lineage: float = 0.0
    statement: float = 0.0
    credits: tuple[str, ...] = ()
    credit_status: str = ""
    version_of: str = ""
    url: str = ""
    story: str = ""
    p_root: float | None = None
    warnings: tuple[str, ...] = ()
    kind: str = "article"

    @property
    def handed_in(self) -> str:
        """What it was handed in as, in words; empty for a mere article."""
        return {"statement": "handed in as a statement", "agency": "handed in as an agency's"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source that nobody handed in; ``places`` are where articles use or name it, ``text`` what is known of it."""

    id: str
    kind: str
    name: str
    confidence: float | None
    articles: int
    places: tuple[Place, ...]
    text: str


@dataclass(frozen=True, slots=True)
class EdgeView:
    """One edge, source to target.

    ``link`` says in words how the target uses the source. ``p`` is P(the source lies upstream), ``p_direct`` P(drawn
    on directly), ``None`` unless one article draws on another. ``share`` is of the target's words. ``direction`` is the
    verdict on the pair where both ends are articles.
    """

    source: str
    source_name: str
    source_kind: str
    target: str
    target_name: str
    relation: str
    link: str
    p: float
    p_direct: float | None
    share: float
    clue: str
    direction: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether one article draws on another."""
        return self.p_direct is not None


@dataclass(frozen=True, slots=True)
class ClueView:
    """One line of a ledger: the clue's name, its signed weight in log-odds, what was seen."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger behind one probability; ``prior`` in log-odds."""

    question: str
    prior: float
    clues: tuple[ClueView, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """One shared passage with its raw texts and half-open places; ``kind`` is verbatim, edited or rewritten."""

    left: str
    right: str
    left_start: int
    left_stop: int
    right_start: int
    right_stop: int
    quoted: bool
    kind: str


@dataclass(frozen=True, slots=True)
class PairView:
    """All that was judged about a linked pair, ``left < right``.

    ``kind`` holds P(lineage), P(statement), P(none); ``descent`` P(left first), P(right first), P(common source), and
    is ``None`` unless the pair is lineage; ``p_direct`` is ``None`` unless a direction is resolved. ``has_statement``:
    a side was handed in as a statement.
    """

    left: str
    right: str
    verdict: str
    kind: tuple[float, float, float]
    direction: str
    descent: tuple[float, float, float] | None
    immediacy: str
    p_direct: float | None
    own_words: int
    quoted_words: int
    lag_hours: float | None
    flips_minutes: float | None
    has_statement: bool = False


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A sentence that several articles carry, and its independent origins with their interval."""

    id: str
    text: str
    articles: tuple[str, ...]
    outlets: int
    origins: float
    low: int
    high: int
    story: str = ""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence and its two likeliest origins, ``(name, probability)``; none where nothing competes.

    ``part`` is as in the table of sentences.
    """

    text: str
    origins: tuple[tuple[str, float], ...] = ()
    part: str = "original"
