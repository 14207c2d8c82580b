"""House style: differences by which papers make a text their own without a thought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.align import once_per_article
from tracer.evidence.language import ClueWords, Way, clue_words
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle

_MARKS = {
    "curly or straight quotation marks": (
        Way(re.compile(r"“\w"), ("“",)),
        Way(re.compile(r"(?<!\S)\"\w"), ('"',)),
    ),
    "curly or straight apostrophes": (
        Way(re.compile(r"\w’\w"), ("’",)),
        Way(re.compile(r"\w'\w"), ("'",)),
    ),
    "long or short dashes": (
        Way(re.compile("—"), ("—",)),
        Way(re.compile("(?<= )(?:--|–)(?= )"), ("--", "–")),
    ),
}
_FEWEST_PLACES = 2
_LONGEST_WORD = 40
_LEAST_SHARE = 0.2
_FEWEST_STYLES = 2


def same_but_for_style(left: Sequence[str], right: Sequence[str], language: str) -> bool:
    """Whether two readings say one thing in two house styles: ``per cent`` and ``percent``, ``labour`` and ``labor``.

    Such readings tell which desk handled a text, not which text was made from the other. Words are comparable words.
    """
    words = clue_words(language)
    ours, theirs = tuple(left), tuple(right)
    if words.same.get(ours, ours) == words.same.get(theirs, theirs):
        return True
    return len(ours) == len(theirs) and all(
        one == other
        or words.same.get((one,), (one,)) == words.same.get((other,), (other,))
        or _spelt(one, other, words)
        for one, other in zip(ours, theirs, strict=True)
    )


def _spelt(one: str, other: str, words: ClueWords) -> bool:
    """Whether two words differ in one British or American spelling: ``organisers`` and ``organizers``."""
    return any(_turns_into(one, other, *pair) or _turns_into(other, one, *pair) for pair in words.spellings)


def _turns_into(one: str, other: str, ours: str, theirs: str) -> bool:
    """Whether replacing one occurrence of ``ours``, not at the beginning, makes one word the other."""
    if len(other) != len(one) - len(ours) + len(theirs) or len(one) > _LONGEST_WORD:
        return False
    place = one.find(ours, 1)
    while place > 0:
        if one[:place] + theirs + one[place + len(ours) :] == other:
            return True
        place = one.find(ours, place + 1)
    return False


@once_per_article
def mixed_styles(parsed: ParsedArticle) -> tuple[str, ...]:
    """The choices of house style that an article makes both ways, at least twice and in a fifth of the places each.

    One desk decides once, so an article of two or more such mixtures was pasted together from several. Sorted; empty
    for a text of one hand. Linear.
    """
    text = parsed.article.text
    choices = {**_MARKS, **clue_words(parsed.split.language).styles}
    return tuple(sorted(name for name, ways in choices.items() if _is_mixed(text, *ways)))


def _is_mixed(text: str, one: Way, other: Way) -> bool:
    if not (one.may_be(text, _FEWEST_PLACES) and other.may_be(text, _FEWEST_PLACES)):
        return False
    ours, theirs = one.places(text), other.places(text)
    return min(ours, theirs) >= max(_FEWEST_PLACES, _LEAST_SHARE * (ours + theirs))


def style_entropy(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``style_entropy`` sign of a common source: both sides mix house styles, as patchworks do.

    It says nothing on who is upstream: the patch may have gone either way.
    """
    ours = mixed_styles(left)
    theirs = mixed_styles(right) if len(ours) >= _FEWEST_STYLES else ()
    if len(theirs) >= _FEWEST_STYLES:
        yield Observation("style_entropy", 1.0, f"both mix house styles: {ours[0]}; {theirs[0]}")
