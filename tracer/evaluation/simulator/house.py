"""House style: the spelling, abbreviations and glyphs that an outlet puts on all it prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tracer.evaluation.simulator.drafts import Line, Unit, capitalised, edit_outside
from tracer.evaluation.simulator.draws import chance, draws_for
from tracer.evaluation.simulator.tables import pairs, words

_PERCENT = re.compile(r"(?<=\d) ?(?:percent|per cent|%)")
_COUNTRY = re.compile(r"\b(?:U\.S\.A\.|U\.S\.(?=\W|$)|USA\b|US\b)")
_SERIAL = re.compile(r"(, \w+), (and|or) (?=\w)")
_NO_SERIAL = re.compile(r"(, \w+, \w+) (and|or) (?=\w)")
_MILLION = re.compile(r"(?<=[$£€\d])([\d.,]*\d)[ -]?(million|billion|m|bn)\b")

GLYPHS: dict[str, tuple[str, str, str]] = {
    "straight": ('"', '"', "'"),
    "curly": ("“", "”", "’"),
    "single": ("‘", "’", "’"),
    "acute": ('"', '"', "´"),
    "low": ("„", "“", "’"),
    "doubled": ("''", "''", "'"),
    "misturned": ("”", "”", "’"),
    "mojibake": ("â€œ", "â€\x9d", "â€™"),
}
"""Opening mark, closing mark and apostrophe that a newsroom's software prints."""
_USUAL_GLYPHS = ("straight",) * 7 + ("curly",) * 8 + ("single", "single", "acute", "doubled", "misturned", "low")


@dataclass(frozen=True, slots=True)
class House:
    """An outlet's habits.

    ``care`` is the share of its rules that it applies to what it takes from elsewhere; its own texts keep them all.
    ``paragraph`` separates paragraphs. ``hard_spaces``: numbers are followed by a space that does not break.
    """

    british: bool
    country: str
    percent: str
    millions: str
    serial_comma: bool
    short_months: bool
    short_titles: bool
    glyphs: str
    paragraph: str
    hard_spaces: bool
    care: float
    dateline: str


def house_of(outlet: str, care: tuple[float, float]) -> House:
    """The habits of an outlet: they belong to its name, so that it has the same in every story."""
    rng = draws_for("house", outlet)
    british = chance(rng, 0.4)
    return House(
        british=british,
        country=rng.choice(("US", "US", "U.S.", "USA") if british else ("U.S.", "U.S.", "U.S.", "US", "USA")),
        percent=rng.choice((" per cent", " per cent", "%", "pc") if british else (" percent", " percent", "%")),
        millions=rng.choice((" million", " million", "m") if british else (" million",)),
        serial_comma=chance(rng, 0.2 if british else 0.4),
        short_months=chance(rng, 0.5),
        short_titles=chance(rng, 0.6),
        glyphs=rng.choice(_USUAL_GLYPHS),
        paragraph=rng.choice(("\n\n", "\n\n", "\n")),
        hard_spaces=chance(rng, 0.08),
        care=rng.uniform(*care),
        dateline=rng.choice(("none", "none", "city", "city", "short")),
    )


def in_house_style(line: Line, house: House, rng: Random, care: float = 1.0) -> Line:
    """The line as the outlet spells it: each rule is applied with probability ``care``.

    Quotations are left as they are, and so are the marks, which are changed for a whole text at once.
    """
    rules = [rule for rule in _rules(house) if chance(rng, care)]

    def edit(text: str) -> str:
        for rule in rules:
            text = rule(text)
        return text

    return edit_outside(line, edit) if rules else line


def in_house_marks(unit: Unit, house: House, *, whole: bool) -> Unit:
    """The unit with the house's marks: always when it is the house's own, else when it changes ``whole`` texts.

    What was wrongly decoded stays so, and the marks of one quotation always go together.
    """
    is_own = not any(line.path for line in unit)
    if not (whole or is_own) or any(line.glyphs == "mojibake" for line in unit):
        return unit
    return tuple(replace(line, glyphs=house.glyphs) for line in unit)


@cache
def _rules(house: House) -> tuple[Callable[[str], str], ...]:
    spelling, speller = _spelling(house.british)
    months = _swaps("months", house.short_months)
    titles = _swaps("titles", house.short_titles)
    return (
        lambda text: spelling.sub(speller, text),
        lambda text: _COUNTRY.sub(house.country, text),
        lambda text: _PERCENT.sub(house.percent, text),
        lambda text: _MILLION.sub(lambda found: found[1] + _million(found[2], house.millions), text),
        lambda text: _NO_SERIAL.sub(r"\1, \2 ", text) if house.serial_comma else _SERIAL.sub(r"\1 \2 ", text),
        months,
        titles,
    )


def _million(unit: str, style: str) -> str:
    is_billion = unit in ("billion", "bn")
    if style == "m":
        return "bn" if is_billion else "m"
    return " billion" if is_billion else " million"


@cache
def _spelling(british: bool) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    known = dict(pairs("style", "spelling", "pairs"))
    for stem in words("style", "spelling", "ize"):
        known |= {f"{stem}iz{end}": f"{stem}is{end}" for end in ("e", "es", "ed", "ing", "ation", "ations")}
    swap = known if british else {uk: us for us, uk in known.items()}

    def spelt(found: re.Match[str]) -> str:
        word = found[0]
        other = swap[word.lower()]
        return capitalised(other) if word[0].isupper() else other

    listed = "|".join(sorted(swap, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed}|{'|'.join(capitalised(word) for word in sorted(swap))})\b"), spelt


@cache
def _swaps(part: str, short: bool) -> Callable[[str], str]:
    """Abbreviate the words of a list, or spell them out; months only before a number, titles before a name."""
    known = pairs("style", part, "short")
    swap = dict(known) if short else {brief: full for full, brief in known}
    follows = r"(?= \d)" if part == "months" else r"(?= [A-Z])"
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(swap)))}){follows}")
    return lambda text: pattern.sub(lambda found: swap[found[0]], text)
