"""Runs of words that the corpus gives as a third party's, quoted or handed in as a statement, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracer.candidates.fingerprints import SHINGLE_WORDS, RareShingles, rare_shingles, usable_shingles
from tracer.domain import ArticleKind, SourceKind
from tracer.split import ParsedArticle, Quotation, WordClass, outlet_key
from tracer.text import shingle_hashes, word_id

_PUBLIC = frozenset({"statement", "tweet", "speech"})
_THIRD_PARTIES = frozenset({SourceKind.PERSON, SourceKind.INSTITUTION})
_MEDIA = frozenset({SourceKind.AGENCY, SourceKind.OUTLET})
_FEWEST_OUTLETS = 2
_SHORTEST_RUN = 12
"""Words: a run that is marked must be this long, so that a phrase somebody happened to say takes nothing away."""
HANDED_IN = np.uint64(0)
"""Stands for the speaker of a statement that was handed in: its words are a third party's, whoever that is."""
_BYLINE_REACH = 120
_SPARE_BITS = 4
_MOST_BITS = 24
_SHINGLES_AT_ONCE = 1 << 16
_SPEAKER = np.uint64(0x9E3779B97F4A7C15)
_OUTLET = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Attested:
    """Shingles that stand in quotation marks as a person's or an institution's, or in a statement; one row each.

    ``hashes`` are the shingles, ``speakers`` the last words of the speakers' names (or ``HANDED_IN``) and ``outlets``
    who says so, both as hashes; ``public`` tells whether it was a statement, a tweet or a speech. All have one entry
    per row.
    """

    hashes: npt.NDArray[np.uint64]
    speakers: npt.NDArray[np.uint64]
    outlets: npt.NDArray[np.uint64]
    public: npt.NDArray[np.bool_]


_NOTHING = Attested(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.bool_))


@lru_cache(maxsize=1 << 12)
def _house(outlet: str) -> str:
    return outlet_key(outlet)


def _author(parsed: ParsedArticle) -> str:
    """Whose testimony an article's is: its outlet's, or its own."""
    return _house(parsed.article.outlet) if parsed.article.outlet else parsed.id


def attested_words(parsed: ParsedArticle) -> Attested:
    """What an article attests: the shingles inside quotations whose speaker it names; of a statement all of them.

    Quotations in a sentence that names an agency or outlet as its source are left out: those words may be the outlet's
    own. Linear.
    """
    if parsed.article.kind is ArticleKind.STATEMENT:
        return _handed_in(shingle_hashes(parsed.tokens.ids, SHINGLE_WORDS)[usable_shingles(parsed.classes)], parsed)
    spoken = list(_spoken(parsed))
    if not spoken:
        return _NOTHING
    hashes = shingle_hashes(parsed.tokens.ids, SHINGLE_WORDS)
    sizes = [len(words) - SHINGLE_WORDS + 1 for _, words, _ in spoken]
    return Attested(
        np.concatenate(
            [hashes[words.start : words.start + size] for (_, words, _), size in zip(spoken, sizes, strict=True)]
        ),
        np.repeat(np.array([word_id(speaker.casefold()) for _, _, speaker in spoken], dtype=np.uint64), sizes),
        np.full(sum(sizes), word_id(_author(parsed)), dtype=np.uint64),
        np.repeat(np.array([quotation.cue in _PUBLIC for quotation, _, _ in spoken], dtype=np.bool_), sizes),
    )


def _handed_in(hashes: npt.NDArray[np.uint64], parsed: ParsedArticle) -> Attested:
    return Attested(
        hashes,
        np.full(len(hashes), HANDED_IN, dtype=np.uint64),
        np.full(len(hashes), word_id(_author(parsed)), dtype=np.uint64),
        np.ones(len(hashes), dtype=np.bool_),
    )


def _spoken(parsed: ParsedArticle) -> Iterator[tuple[Quotation, range, str]]:
    """Quotations of a named person or institution, with their words and the last word of the name."""
    named = {entry.sentence for entry in parsed.split.attributions if entry.source.kind in _MEDIA}
    for quotation in parsed.split.quotations:
        speaker = quotation.speaker
        if speaker is None or speaker.kind not in _THIRD_PARTIES or not speaker.name.strip():
            continue
        if quotation.institution is not None and quotation.institution.kind in _MEDIA:
            continue
        words = parsed.tokens.within(quotation.span)
        if len(words) < SHINGLE_WORDS:
            continue
        if not named or not {int(parsed.sentence_of[words[0]]), int(parsed.sentence_of[words[-1]])} & named:
            yield quotation, words, speaker.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Accepted:
    """Shingles that count as attested, with a speaker each: ``hashes`` (uint64, sorted) and ``speakers`` (uint64)."""

    hashes: npt.NDArray[np.uint64]
    speakers: npt.NDArray[np.uint64]


def accepted_words(attested: Sequence[Attested]) -> Accepted:
    """Attested shingles and a speaker of each, sorted by shingle; one row for each speaker.

    A shingle is attested by a statement that was handed in, by one article that gives it as a statement, a tweet or a
    speech, or by articles of two outlets that give it to one speaker. Rows of one shingle must be given together;
    beyond that a corpus may be worked off part by part. Cost: one sort.
    """
    if not any(len(entry.hashes) for entry in attested):
        return Accepted(_NOTHING.hashes, _NOTHING.speakers)
    hashes = np.concatenate([entry.hashes for entry in attested])
    speakers = np.concatenate([entry.speakers for entry in attested])
    outlets = np.concatenate([entry.outlets for entry in attested])
    public = np.concatenate([entry.public for entry in attested])
    spoken = hashes + speakers * _SPEAKER  # wraps around: a hash of both
    _, first = np.unique(spoken + outlets * _OUTLET, return_index=True)
    _, index, counts = np.unique(spoken[first], return_inverse=True, return_counts=True)
    several = first[counts[index] >= _FEWEST_OUTLETS]
    kept = np.unique(np.concatenate((np.flatnonzero(public), several)))
    _, once = np.unique(spoken[kept], return_index=True)
    kept = kept[once]
    order = np.lexsort((speakers[kept], hashes[kept]))
    return Accepted(hashes[kept][order], speakers[kept][order])


def mark_attested(parsed: ParsedArticle, accepted: Accepted, least_surprisal: float) -> ParsedArticle:
    """The article, with words marked as a third party's where they are attested as such in the corpus.

    A run of at least twelve words of attested shingles counts as quoted wherever it stands, but in an article by the
    speaker; so does each rare shingle of a statement that was handed in. A statement itself stays as it is. Articles
    that share no such words change nothing; nor does the order. Cost: a look-up of each shingle.
    """
    if not len(accepted.hashes) or parsed.article.kind is ArticleKind.STATEMENT:
        return parsed
    rare = rare_shingles(parsed, least_surprisal)
    return _marked(parsed, accepted, rare) if _any_among(rare.hashes[~rare.quoted], accepted) else parsed


def flags_of_attested(accepted: Accepted) -> npt.NDArray[np.bool_]:
    """A flag for each value of some leading bits, set where an attested shingle begins with them.

    Of a million shingles or fewer one flag in sixteen or fewer is set: most shingles that are not attested need not be
    searched for. Cost: one pass over the attested shingles; never more than 16 MiB.
    """
    bits = min(len(accepted.hashes).bit_length() + _SPARE_BITS, _MOST_BITS)
    flags = np.zeros(1 << bits, dtype=np.bool_)
    for start in range(0, len(accepted.hashes), _SHINGLES_AT_ONCE):
        flags[accepted.hashes[start : start + _SHINGLES_AT_ONCE] >> np.uint64(64 - bits)] = True
    return flags


def holders_of_attested(
    shingles: Iterable[RareShingles], accepted: Accepted, flags: npt.NDArray[np.bool_]
) -> list[bool]:
    """Which of many articles, by their shingles, have attested ones outside their quotations: no other is marked.

    ``flags`` are those of :func:`flags_of_attested`. Cost: a look-up of each shingle, and a binary search for each that
    begins as an attested one does.
    """
    shift = np.uint64(65 - len(flags).bit_length())
    outside = (entry.hashes[~entry.quoted] for entry in shingles)
    return [_any_among(own[flags[own >> shift]], accepted) for own in outside]


def _any_among(own: npt.NDArray[np.uint64], accepted: Accepted) -> bool:
    places = np.minimum(accepted.hashes.searchsorted(own), len(accepted.hashes) - 1)
    return bool((accepted.hashes[places] == own).any())


def _marked(parsed: ParsedArticle, accepted: Accepted, rare: RareShingles) -> ParsedArticle:
    own = shingle_hashes(parsed.tokens.ids, SHINGLE_WORDS)
    first = accepted.hashes.searchsorted(own)
    hits = (accepted.hashes[np.minimum(first, len(accepted.hashes) - 1)] == own).nonzero()[0]
    first, last = first[hits], accepted.hashes.searchsorted(own[hits], side="right")
    # Among the speakers of a shingle the one of a statement that was handed in sorts first.
    stated = hits[(accepted.speakers[first] == HANDED_IN) & np.isin(own[hits], rare.hashes)]
    authors = frozenset(_authors(parsed))
    spoken_by_others = [
        not authors.issuperset(accepted.speakers[start:stop].tolist())
        for start, stop in zip(first.tolist(), last.tolist(), strict=True)
    ]
    classes = parsed.classes.copy()
    for places, shortest in ((hits[spoken_by_others], _SHORTEST_RUN), (stated, SHINGLE_WORDS)):
        for start, stop in _runs(places, len(classes)):
            if stop - start >= shortest:
                run = classes[start:stop]
                run[(run == WordClass.NARRATIVE) | (run == WordClass.NAME)] = WordClass.QUOTED
    return replace(parsed, classes=classes)


def _runs(hits: npt.NDArray[np.intp], words: int) -> Iterator[tuple[int, int]]:
    """The runs of words, first and behind the last, that shingles beginning at ``hits`` cover."""
    steps = np.zeros(words + 1, dtype=np.int64)
    np.add.at(steps, hits, 1)
    np.add.at(steps, hits + SHINGLE_WORDS, -1)
    covered = np.concatenate(([False], np.cumsum(steps)[:-1] > 0, [False]))
    edges = np.flatnonzero(np.diff(covered))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _authors(parsed: ParsedArticle) -> Iterator[int]:
    """The words of the byline, in the metadata or at the head of the text."""
    head = parsed.article.text[:_BYLINE_REACH].lstrip()
    for line in (parsed.article.byline or "", head.partition("\n")[0] if head.startswith(("By ", "BY ")) else ""):
        yield from (word_id(word.strip(".,;:()").casefold()) for word in line[:_BYLINE_REACH].split())
