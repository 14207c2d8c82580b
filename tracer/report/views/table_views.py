"""Views over the tables of a run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar

from tracer.report.schema import LIST_SEPARATOR
from tracer.report.tables import Tables
from tracer.report.views.records import (
    UNRESOLVED,
    ArticleView,
    ClaimView,
    ClueView,
    EdgeView,
    LedgerView,
    PairView,
    PassageView,
    Place,
    SentenceView,
    SourceView,
)

Cells = dict[str, Any]
K = TypeVar("K")
V = TypeVar("V")
_DEMANDED = 0.5
_PRIOR = "prior"
_SENTENCE_PLACE = ("start", "stop", "part", "source", "p_source", "runner_up", "p_runner_up")
_PLACE = re.compile(r"(.+?)\[(\d+):(\d+)\](?:; |$)", re.DOTALL)
"""One entry of the evidence of a source."""
_DIRECT = {"direct": "lineage, direct", "through unseen": "lineage, indirect"}


class TableViews:
    """A trace, looked at article by article and pair by pair, from its tables alone.

    ``texts`` gives the raw texts by id, of as many articles as sentences are to be shown of.
    """

    def __init__(self, tables: Tables, texts: Mapping[str, str] | None = None) -> None:
        self.tables = tables
        self.texts = texts or {}

    @cached_property
    def articles(self) -> Mapping[str, ArticleView]:
        """All articles by id, sorted."""
        return {str(row["id"]): _article(row) for row in self.tables.articles}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names for the reader of the sources that nobody handed in, by id."""
        return {str(row["id"]): str(row["name"]) for row in self.tables.sources}

    @cached_property
    def edges(self) -> Sequence[EdgeView]:
        """All edges, sorted by source and target."""
        return [self._edge(row) for row in self.tables.edges]

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], PairView]:
        """All linked pairs by their two ids, without ledgers and passages."""
        stated = {name for name, article in self.articles.items() if article.kind == "statement"}
        return {(str(row["left"]), str(row["right"])): _pair(row, stated) for row in self.tables.pairs}

    @cached_property
    def claims(self) -> Sequence[ClaimView]:
        """All claims, most carried first."""
        found = [_claim(row) for row in self.tables.claims]
        return sorted(found, key=lambda claim: (-len(claim.articles), -claim.low, claim.id))

    @cached_property
    def sources(self) -> Sequence[SourceView]:
        """All sources that nobody handed in, sorted by id."""
        return [_source(row) for row in self.tables.sources]

    @cached_property
    def stories(self) -> Mapping[str, Sequence[str]]:
        """The ids of the articles of each story, sorted."""
        return _grouped((article.story, article.id) for article in self.articles.values())

    def claim_places(self, claim: ClaimView) -> Sequence[Place]:
        """Where the sentences of a claim stand."""
        return self._claim_places.get((claim.id, claim.story), ())

    def ledgers(self, left: str, right: str) -> tuple[LedgerView, ...]:
        """The ledgers of a pair, in the order of the questions; empty for a pair without a link."""
        found: dict[str, LedgerView] = {}
        for row in self._clues.get((left, right), ()):
            question, weight = str(row["question"]), _number(row["weight"])
            known = found.get(question, LedgerView(question, 0.0, ()))
            if row["clue"] == _PRIOR:
                found[question] = LedgerView(question, weight, known.clues)
            else:
                clue = ClueView(str(row["clue"]), weight, str(row["sentence"]))
                found[question] = LedgerView(question, known.prior, (*known.clues, clue))
        return tuple(found[name] for name in ("kind", "origin", "direction", "immediacy") if name in found)

    def passages(self, left: str, right: str) -> tuple[PassageView, ...]:
        """The passages of a pair in the order of the left article."""
        return tuple(map(_passage, self._passages.get((left, right), ())))

    def sentences(self, article: str) -> tuple[SentenceView, ...]:
        """The sentences of an article in reading order; empty where its text is not at hand, or it stands alone."""
        text = self.texts.get(article)
        if text is None:
            return ()
        return tuple(self._sentence(place, text) for place in self.sentence_places(article))

    def sentence_places(self, article: str) -> list[tuple[Any, ...]]:
        """The sentences of an article by place: start, stop, part, and each of two likeliest origins with its P."""
        return self._sentences.get(article, [])

    def _sentence(self, place: tuple[Any, ...], text: str) -> SentenceView:
        start, stop, part, source, p_source, runner_up, p_runner_up = place
        likeliest = ((source, p_source), (runner_up, p_runner_up))
        origins = tuple((self.names.get(name, name) or "", p) for name, p in likeliest if p is not None)
        return SentenceView(text[start:stop], origins, part)

    @cached_property
    def _clues(self) -> Mapping[tuple[Any, ...], list[Cells]]:
        return _grouped(((row["left"], row["right"]), row) for row in self.tables.clues)

    @cached_property
    def _passages(self) -> Mapping[tuple[Any, ...], list[Cells]]:
        return _grouped(((row["left"], row["right"]), row) for row in self.tables.passages)

    @cached_property
    def _sentences(self) -> Mapping[str, list[tuple[Any, ...]]]:
        names = self.tables.sentences.columns
        place = itemgetter(*map(names.index, _SENTENCE_PLACE))
        return _grouped(
            (str(row[0]), place(row)) for row in self.tables.sentences.rows
        )  # no dictionaries: they are many

    @cached_property
    def _claim_places(self) -> Mapping[tuple[str, str], list[Place]]:
        return _grouped(
            ((str(row["claim"]), str(row["story"])), (str(row["article"]), _count(row["start"]), _count(row["stop"])))
            for row in self.tables.claim_members
        )

    @cached_property
    def _commons(self) -> Mapping[str, list[PairView]]:
        found: dict[str, list[PairView]] = defaultdict(list)
        for pair in self.pairs.values():
            if pair.descent and pair.descent[2] >= _DEMANDED:
                found[pair.left].append(pair)
                found[pair.right].append(pair)
        return found

    def _edge(self, row: Cells) -> EdgeView:
        is_drawn = _is_drawn(row, self.articles)
        return EdgeView(
            source=row["source"],
            source_name=self.names.get(row["source"], row["source"]),
            source_kind=row["source_kind"],
            target=row["target"],
            target_name=self.names.get(row["target"], row["target"]),
            relation=row["relation"],
            link=self._link(row),
            p=_number(row["p_upstream"]),
            p_direct=_number(row["confidence"]) if is_drawn else None,
            share=_number(row["share_of_target"]),
            clue=row["decisive_clue"] or "",
            direction=row["direction"] or "",
        )

    def _link(self, row: Cells) -> str:
        if row["relation"] == "credits":
            cue = (row["decisive_clue"] or "").partition(":")[0]
            return "credit line" if cue == "credit" else f"credit, {cue}"
        if row["relation"] == "quotes":
            return "statement"
        if _is_drawn(row, self.articles):
            return _drawn_link(row)
        if row["source_kind"] == "unseen":
            settled = any(pair.direction == "common source" for pair in self._commons[row["target"]])
            return "lineage, common" if settled else "lineage, unresolved"
        return "lineage"


def _drawn_link(row: Cells) -> str:
    if row["source_kind"] == "statement":
        return "statement, as its own"
    if row["direction"] == UNRESOLVED:
        return "lineage, unresolved"
    return _DIRECT.get(row["immediacy"] or "", "lineage, direct?")


def _is_drawn(row: Cells, articles: Mapping[str, ArticleView]) -> bool:
    """Whether an edge says that an article draws on another, be that one a statement or an agency's."""
    return row["relation"] == "draws_on" and row["source"] in articles


def _article(row: Cells) -> ArticleView:
    return ArticleView(
        id=row["id"],
        title=row["title"] or "",
        outlet=row["outlet"] or "",
        published=row["published"] or "",
        language=row["language"] or "",
        words=int(row["words"]),
        original=_number(row["share_original"]),
        lineage=_number(row["share_lineage"]),
        statement=_number(row["share_statement"]),
        credits=_list(row["credits"]),
        credit_status=row["credit_status"],
        version_of=row["version_of"] or "",
        url=row["url"] or "",
        story=row["story"],
        p_root=row["p_root"],
        warnings=_list(row["warnings"]),
        kind=row["kind"],
    )


def _pair(row: Cells, stated: Set[str]) -> PairView:
    descent = None
    if row["p_common_source"] is not None:
        descent = tuple(_number(row[name]) for name in ("p_left_upstream", "p_right_upstream", "p_common_source"))
    return PairView(
        left=row["left"],
        right=row["right"],
        verdict=row["kind"],
        kind=(_number(row["p_lineage"]), _number(row["p_statement"]), _number(row["p_none"])),
        direction=row["direction"] or "",
        descent=(descent[0], descent[1], descent[2]) if descent else None,
        immediacy=row["immediacy"] or "",
        p_direct=row["p_direct"],
        own_words=int(row["shared_words_narrative"]),
        quoted_words=int(row["shared_words_quoted"]),
        lag_hours=row["lag_hours"],
        flips_minutes=row["flips_if_clock_off_minutes"],
        has_statement=not stated.isdisjoint((row["left"], row["right"])),
    )


def _source(row: Cells) -> SourceView:
    places = tuple((article, int(start), int(stop)) for article, start, stop in _PLACE.findall(row["evidence"] or ""))
    return SourceView(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        confidence=row["confidence"],
        articles=int(row["articles"]),
        places=places,
        text=row["reconstructed_text"] or "",
    )


def _claim(row: Cells) -> ClaimView:
    return ClaimView(
        id=row["id"],
        text=row["text"],
        articles=_list(row["carried_by"]),
        outlets=int(row["outlets"]),
        origins=_number(row["independent_origins"]),
        low=int(row["independent_origins_low"]),
        high=int(row["independent_origins_high"]),
        story=row["story"],
    )


def _passage(row: Cells) -> PassageView:
    return PassageView(
        row["left_text"],
        row["right_text"],
        int(row["left_start"]),
        int(row["left_stop"]),
        int(row["right_start"]),
        int(row["right_stop"]),
        bool(row["quoted"]),
        row["kind"],
    )


def _grouped(entries: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    """Values by their keys, each list in their order."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in entries:
        found[key].append(value)
    return found


def _count(cell: Any) -> int:
    return int(cell)


def _number(cell: Any) -> float:
    return float(cell)


def _list(cell: Any) -> tuple[str, ...]:
    return tuple(str(cell).split(LIST_SEPARATOR)) if cell else ()
