"""Invented articles of any number, for benchmarks."""

from __future__ import annotations

from tracer.domain import Article

_HEADS = ("gud", "ott", "bryn", "tor", "kol", "hall", "svan", "eg", "rag", "sig", "ulf")
_TAILS = ("run", "ar", "hild", "unn", "bein", "gerd", "vit", "il", "mar", "wick", "stad", "ney", "holm")
_PEOPLE = ("harbour master", "cheesemaker", "engineer", "ropewalker", "organ tuner", "ferry cook", "verger")
_FORMS = (
    "The {person} of {} lost {} barrels off {} to the {} current.",
    "“{} has never paid its {person} for {},” said Odd {} of {}.",
    "Off {} the {} took on a {person} from {} and his {} harmonium.",
)


def _name(number: int) -> str:
    return (_HEADS[number % 11] + _TAILS[number // 11 % 13] + _TAILS[number % 7]).capitalize()


def sentence(number: int) -> str:
    """One of many sentences of three forms, no two alike."""
    names = (_name(number * step + step) for step in (1, 3, 7, 19))
    return _FORMS[number % 3].format(*names, person=_PEOPLE[number % 7])


def text(start: int, sentences: int) -> str:
    """A text of consecutive sentences in paragraphs of four."""
    told = [sentence(number) for number in range(start, start + sentences)]
    return "\n\n".join(" ".join(told[place : place + 4]) for place in range(0, sentences, 4))


def newsroom(size: int) -> list[Article]:
    """Articles of twenty sentences, ten shared with the next in groups of three; nearly all are compared."""
    return [
        Article(f"{number:05}", text(number // 3 * 60 + number % 3 * 10, 20), f"Paper {number % 17}", language="en")
        for number in range(size)
    ]
