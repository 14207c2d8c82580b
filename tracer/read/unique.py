"""Which articles of a stream to keep, so that each id is there once, whatever the order of the stream."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from tracer.domain import Article, ArticleKind, SkippedArticle
from tracer.read.content import content_digest

_KEY_BYTES = 15
_DIGEST_BYTES = 16
_COUNT_BYTES = 5
_RANKS = (ArticleKind.STATEMENT, ArticleKind.AGENCY, ArticleKind.ARTICLE)


class UniqueArticles:
    """Keeps one article of each id: offer it the articles of a stream in turn, and keep those it passes.

    Of articles with the same id and the same content one stays, one that was handed in as a statement or an agency's
    before others, and the rest are skips that name it. Of articles
    with the same id and different content the one with the smallest content digest stays, then the one with the
    smallest path and line: an arbitrary choice, but one that the order of the stream cannot change. When a better one
    comes after an article was passed, the earlier one is ``withdrawn``: that is to be looked at after the last offer.

    Holds some 180 bytes per article that stays and as much, plus its id, per article that does not; no texts. Costs
    one digest of the content per offer. Ids are told apart by 120 bits of their digest: among a billion different
    ones two are taken for the same with a probability of 4e-19.
    """

    def __init__(self) -> None:
        self._best: dict[int, bytes] = {}
        self._paths: list[str] = []
        self._losers: list[tuple[str, bytes]] = []
        self._withdrawn: list[int] = []

    def offer(self, article: Article, number: int) -> bool:
        """Whether to keep ``article``, which is the ``number``-th of the stream (from 0, below 2 ** 40)."""
        key, offered = _key(article.id), self._packed(article, number)
        known = self._best.get(key)
        if known is None:
            self._best[key] = offered
            return True
        better = self._rank(offered) < self._rank(known)
        if better:
            self._best[key] = offered
            self._withdrawn.append(_unpacked(known).number)
        self._losers.append((article.id, known if better else offered))
        return better

    def withdrawn(self) -> list[int]:
        """Numbers of the articles that were passed but must be dropped again, ascending; empty for most streams."""
        return sorted(self._withdrawn)

    def skips(self) -> Iterator[SkippedArticle]:
        """One skip per article that does not stay, saying which one does; in no particular order, made one by one."""
        for id_, packed in self._losers:
            loser, winner = _unpacked(packed), _unpacked(self._best[_key(id_)])
            place = self._paths[winner.path] + (f":{winner.line}" if winner.line else "")
            if loser.digest == winner.digest:
                reason = f"is a duplicate of {id_!r} at {place}: same id, same content"
            else:
                reason = (
                    f"has the id {id_!r}, which {place} has with other content; that one is kept. "
                    "Give each article an id of its own"
                )
            yield SkippedArticle(self._paths[loser.path], loser.line, reason)

    def _packed(self, article: Article, number: int) -> bytes:
        if not self._paths or self._paths[-1] != article.path:
            self._paths.append(article.path)
        counts = (_RANKS.index(article.kind), len(self._paths) - 1, article.line or 0, number)
        return content_digest(article, _DIGEST_BYTES) + b"".join(count.to_bytes(_COUNT_BYTES) for count in counts)

    def _rank(self, packed: bytes) -> tuple[bytes, int, str, int]:
        entry = _unpacked(packed)
        return entry.digest, entry.kind, self._paths[entry.path], entry.line


class _Entry(NamedTuple):
    """What is kept of an article: 36 bytes, since a million of them are held."""

    digest: bytes
    kind: int
    path: int
    line: int
    number: int


def _unpacked(packed: bytes) -> _Entry:
    counts = packed[_DIGEST_BYTES:]
    starts = range(0, len(counts), _COUNT_BYTES)
    return _Entry(packed[:_DIGEST_BYTES], *(int.from_bytes(counts[at : at + _COUNT_BYTES]) for at in starts))


def _key(id_: str) -> int:
    return int.from_bytes(blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest())
