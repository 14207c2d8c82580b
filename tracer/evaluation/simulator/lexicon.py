"""Synonyms in two halves that share no word, so that a model can be trained on one and tried on the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tracer.evaluation.simulator.tables import table

HALVES = ("a", "b")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words of one meaning, each as its inflected forms, slot by slot.

    ``fluent`` are words that an editor uses, ``awkward`` those that a careless rewriter reaches for. Each word is a
    tuple of forms, all words of a set having equally many. ``unsafe`` are indices of fluent words that editors neither
    replace nor put in, for they have too many other meanings.
    """

    part: str
    fluent: tuple[tuple[str, ...], ...]
    awkward: tuple[tuple[str, ...], ...]
    unsafe: frozenset[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands: its set, its slot among the forms, its word, and whether that word is awkward."""

    synonyms: Synonyms
    slot: int
    word: int
    awkward: bool

    @property
    def is_safe(self) -> bool:
        """Whether an editor may replace the word."""
        return self.awkward or self.word not in self.synonyms.unsafe


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One half: every form in lower case and where it stands. ``longest`` is the most words a form has."""

    name: str
    sets: tuple[Synonyms, ...]
    forms: dict[str, Place]
    longest: int


@cache
def lexicon(name: str) -> Lexicon:
    """The half ``"a"`` or ``"b"``, read once per process. A form of two meanings keeps the first."""
    stored = table(f"lexicon_{name}")
    sets = tuple(_read(part, entry) for part, table in stored.items() for entry in table["sets"])
    forms: dict[str, Place] = {}
    for synonyms in sets:
        for awkward, words in ((False, synonyms.fluent), (True, synonyms.awkward)):
            for index, word in enumerate(words):
                for slot, form in enumerate(word):
                    forms.setdefault(form, Place(synonyms, slot, index, awkward))
    return Lexicon(name, sets, forms, max(form.count(" ") + 1 for form in forms))


def _read(part: str, entry: str) -> Synonyms:
    fluent, _, awkward = entry.partition("|")
    words = fluent.split()
    return Synonyms(
        part.removesuffix("s"),
        tuple(inflected(part, word.lstrip("~")) for word in words),
        tuple(inflected(part, word) for word in awkward.split()),
        frozenset(index for index, word in enumerate(words) if word.startswith("~")),
    )


def inflected(part: str, word: str) -> tuple[str, ...]:
    """The forms of a word: four slots and the participle for verbs, two for nouns, one for all else.

    Verbs: base, third person, past, present participle, past participle; of several words the first is inflected.
    Nouns: singular, plural; of several words the last is inflected.
    """
    words = word.replace("_", " ").split(" ")
    if part == "verbs":
        return tuple(" ".join([form, *words[1:]]) for form in _verb(words[0]))
    if part == "nouns":
        return tuple(" ".join([*words[:-1], form]) for form in (words[-1], _plural(words[-1])))
    return (" ".join(words),)


def _verb(base: str) -> Iterator[str]:
    rules = table("inflections")
    past = rules["past"].get(base, "").split() or [_with_ed(base)] * 2
    yield from (base, _with_s(base), past[0], _with_ing(base), past[1])


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + ("zes" if word.endswith("z") and word[-2] != "z" else "es")
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word in {"go", "do", "veto"} else "s")


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


def _doubled(word: str) -> str:
    return word + word[-1] if word in table("inflections")["spelling"]["doubles"].split() else word


def _plural(word: str) -> str:
    known: str | None = table("inflections")["plurals"].get(word)
    if known is not None:
        return known
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in _VOWELS else word + "s"
