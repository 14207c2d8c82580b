"""Base texts turned into templates: stretches of a few sentences in which all words that tell stories apart can change.

A grown corpus uses the same stretch many times. No two uses may look related, or reuse would grow with the corpus. So
every word but the most common ones is replaced by another of its kind, and a stretch is used only when each of its
runs of six words is a commonplace to tracer or holds two replaced words at least.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.candidates.fingerprints import SHINGLE_WORDS, shingle_surprisal
from tracer.text import Tokens, tokenise

WORDS = {
    name: listed.split()
    for name, listed in tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8")).items()
}
_CORE, _CALENDAR = frozenset(WORDS["core"]), frozenset(WORDS["calendar"])
_KEPT = _CORE | _CALENDAR | frozenset(WORDS["grammar"])
"""Words that stay where they can: grammar, speech and the calendar. ``_CORE`` always stays."""
_ENDINGS = ("ed", "ing", "ly", "s")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[A-Z\"“])")
_WORD_END = re.compile(r"(?:'s|’s)$")
_SHORTEST, _LONGEST = 350, 900
_FEWEST_IN_POOL = 3000
_LONGER_WORDS = 1.12
"""The words put in are rarer, and so longer, than those they replace."""
_HEAD, _TAIL = 4, 3
_COMMONPLACE = 19.0
"""Nats. Lower than tracer's threshold of 25, since the words put in may be rarer than those they replace."""
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A few consecutive sentences, one or more paragraphs. ``pattern`` has a ``%s`` for each word to put in.

    ``slots`` (uint64) has a column for each of these, in order: the hash of the word that stood there, and the pool
    that another is taken from, as start and size of a range of the vocabulary. ``length`` is about that of the text.
    """

    pattern: str
    length: int
    slots: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Templates:
    """What texts are composed of."""

    stretches: tuple[Stretch, ...]
    vocabulary: tuple[str, ...]

    def text(self, chosen: Sequence[Stretch], key: int) -> str:
        """The stretches as paragraphs of one text. For one ``key`` a word is replaced by the same word throughout."""
        words, starts, sizes = np.concatenate([stretch.slots for stretch in chosen], axis=1)
        mixed = (words ^ np.uint64(key)) * _MIX
        mixed ^= mixed >> _SHIFT
        mixed *= _MIX
        mixed >>= _SHIFT
        places = (mixed % sizes + starts).tolist()
        vocabulary = self.vocabulary
        pattern = "\n\n".join([stretch.pattern for stretch in chosen])
        return pattern % tuple([vocabulary[place] for place in places])


class Pools:
    """Words to choose from, by kind: names, first words of sentences, numbers, and other words by ending."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.vocabulary: list[str] = []
        self.ranges: dict[str, tuple[int, int]] = {}

    def settle(self) -> None:
        """Lay out the pools. A word stands in its pool ⌈√count⌉ times; small pools are filled with invented words."""
        rng = Random(0)  # noqa: S311 - invented words
        for kind, counts in sorted(self.counts.items()):
            words = [word for word, count in sorted(counts.items()) for _ in range(math.ceil(math.sqrt(count)))]
            words += [_invented(kind, rng) for _ in range(len(words), _FEWEST_IN_POOL)]
            self.ranges[kind] = len(self.vocabulary), len(words)
            self.vocabulary += words


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, which may be compressed (``.gz``)."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def read_texts(path: Path) -> Iterator[str]:
    """The text of a ``.txt`` file, or of each object of a JSON Lines file."""
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")
        return
    for record in read_records(path):
        yield record["text"]


def templates(texts: Iterable[str]) -> Templates:
    """All usable stretches of the texts, each once, in the order given. About 5 ms a text."""
    pieces = dict.fromkeys(piece for text in texts for piece in _pieces(text))
    split = [(piece, tokenise(piece)) for piece in pieces]
    lower = Counter(word for piece, tokens in split for word in _lowercase(piece, tokens))
    pools = Pools()
    kinds = []
    for piece, tokens in split:
        found = _enough(tokens, _kinds(piece, tokens, lower))
        for place, kind in found.items():
            pools.counts[kind][_bare(piece, tokens, place)] += 1
        kinds.append(found)
    pools.settle()
    made = (_stretch(piece, tokens, found, pools) for (piece, tokens), found in zip(split, kinds, strict=True) if found)
    return Templates(tuple(made), tuple(pools.vocabulary))


def _pieces(text: str) -> Iterator[str]:
    """Consecutive sentences of a text in pieces of a few hundred characters; paragraphs end where they ended."""
    piece = ""
    for paragraph in filter(None, (line.strip() for line in text.split("\n"))):
        sentences = _SENTENCE.split(paragraph) if len(paragraph) > _LONGEST else [paragraph]
        for number, sentence in enumerate(sentences):
            piece += (" " if number else "\n\n" if piece else "") + sentence
            if len(piece) >= _SHORTEST:
                if len(piece) <= _LONGEST and _is_whole(piece):
                    yield piece
                piece = ""


def _is_whole(piece: str) -> bool:
    """Whether it begins and ends as sentences do and tears no quotation."""
    return (
        piece[-1] in '.!?"”'
        and (piece[0].isupper() or piece[0] in '"“')
        and piece.count('"') % 2 == 0
        and piece.count("“") == piece.count("”")
        and "@" not in piece
        and "http" not in piece
    )


def _lowercase(piece: str, tokens: Tokens) -> Iterator[str]:
    for start, word in zip(tokens.starts.tolist(), tokens.words, strict=True):
        if piece[start].islower():
            yield word


def _kinds(piece: str, tokens: Tokens, lower: Counter[str]) -> dict[int, str]:
    """Which words are replaced, by place in increasing order, and the kind of each."""
    found = {}
    for place, word in enumerate(tokens.words):
        if word not in _KEPT and (kind := _kind(piece, tokens, place, lower)) is not None:
            found[place] = kind
    return found


def _kind(piece: str, tokens: Tokens, place: int, lower: Counter[str]) -> str | None:
    start, stop = int(tokens.starts[place]), int(tokens.stops[place])
    if piece[start].isdigit():
        return f"0{stop - start}" if stop - start > 1 and piece[start:stop].isdigit() else None
    if "." in piece[start:stop]:
        return None
    word = tokens.words[place]
    if piece[start].isupper():
        first = not place or piece[int(tokens.stops[place - 1]) : start].strip(" ,'’()-–")
        return "First" if first and word in lower else "Name"
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def _enough(tokens: Tokens, kinds: dict[int, str]) -> dict[int, str]:
    """With more words replaced, so that no run of six words can tell two uses to be related; empty where that fails.

    A run with any replaced word has two, and one without is a commonplace. Both ends have a replaced word close by, so
    that runs over a joint have one, too.
    """
    count = len(tokens)
    if count < SHINGLE_WORDS:
        return {}
    telling = shingle_surprisal(tokens.ids, "en") >= _COMMONPLACE
    kinds = dict(kinds)
    for window in (range(_HEAD), range(count - _TAIL, count)):
        if not any(place in kinds for place in window) and not _one_more(tokens, window, kinds):
            return {}
    before = -1
    while before != len(kinds):
        before = len(kinds)
        for start in range(count - SHINGLE_WORDS + 1):
            window = range(start, start + SHINGLE_WORDS)
            held = sum(place in kinds for place in window)
            while held == 1 or (held == 0 and telling[start]):
                if not _one_more(tokens, window, kinds):
                    return {}
                held += 1
    return dict(sorted(kinds.items()))


def _one_more(tokens: Tokens, window: range, kinds: dict[int, str]) -> bool:
    """Have the longest word of a window replaced that can be; whether there was one."""
    words = tokens.words
    spare = [place for place in window if place not in kinds and words[place] not in _CORE and words[place].isalpha()]
    if not spare:
        return False
    place = max(spare, key=lambda place: (len(words[place]), -place))
    kinds[place] = "Name" if words[place] in _CALENDAR else ""
    return True


def _bare(piece: str, tokens: Tokens, place: int) -> str:
    return _WORD_END.sub("", piece[tokens.starts[place] : tokens.stops[place]])


def _stretch(piece: str, tokens: Tokens, kinds: dict[int, str], pools: Pools) -> Stretch:
    parts, last = [], 0
    for place in kinds:
        start, word = int(tokens.starts[place]), _bare(piece, tokens, place)
        parts += [piece[last:start].replace("%", "%%"), "%s"]
        last = start + len(word)
    ranges = np.array([pools.ranges[kind] for kind in kinds.values()], dtype=np.uint64)
    ranges = np.array([pools.ranges[kind] for kind in kinds.values()], dtype=np.uint64).T
    pattern = "".join([*parts, piece[last:].replace("%", "%%")])
    return Stretch(pattern, round(len(piece) * _LONGER_WORDS), np.vstack((tokens.ids[list(kinds)], ranges)))


def _invented(kind: str, rng: Random) -> str:
    if kind.startswith("0"):
        return str(rng.randrange(10 ** (int(kind[1:]) - 1), 10 ** int(kind[1:])))
    word = "".join(rng.choice(WORDS["onsets"]) + rng.choice(WORDS["nuclei"]) for _ in range(rng.randint(1, 2)))
    word += rng.choice(WORDS["onsets"]) + rng.choice(WORDS["nuclei"]) + rng.choice(WORDS["codas"])
    return word.capitalize() if kind[:1].isupper() else word + kind
