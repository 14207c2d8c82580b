"""What editors do to sentences: clauses moved, modifiers dropped, numbers spelt, sentences split and joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

from tracer.evaluation.simulator.drafts import Line, capitalised, edit_outside, is_plain
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.tables import pairs, words

_FRONTED = re.compile(r"(After|While|Although|When|Because|If|As|Since|Though|Before) ([^,;]{10,90}), ([^;]{20,220})\.")
_TRAILING = re.compile(r"([^;,]{25,200}),? (after|while|although|when|because|if|before) ([^,;]{10,90})\.")
_DAY = r"n (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|n \d{4}|ast (?:week|month|year)|his (?:week|month|year)"
_WHEN_FRONT = re.compile(rf"((?:[OILT](?:{_DAY})|Today|Yesterday)),? ([^;]{{20,250}})\.")
_WHEN_BACK = re.compile(rf"([^;,]{{20,160}}) ((?:[oilt](?:{_DAY})|today|yesterday))\.")
_TODAY_VERB = re.compile(r"\b(today|yesterday) (\w+ed|said)\b")
_VERB_TODAY = re.compile(r"\b(\w+ed|said) (today|yesterday)\b")
_ASIDE = re.compile(r", (?:a|an|the|who|which|whose) [^,;()]{5,70},(?= [a-z])")
_BRACKETS = re.compile(r" \([^()]{1,50}\)")
_TAIL = re.compile(
    r"(?:, (?:which|who|where|as|while|with|including|adding|making|allowing|although|and the|and has|and is|but)"
    r"| while| after| because) [^,;]{12,160}\.$"
)
_AND_CLAUSE = re.compile(r"([^;]{30,260}), (and|but|while) ((?:he|she|it|they|we|the|this|that|these) [^;]{18,240})")
_PASSIVE = re.compile(
    r"((?:The|An?|This) [a-z ]{3,40}) (was|were) ([a-z]+ed) by (the [a-z ]{3,40}|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})"
    r"(\.| (?:on|in|after|at|last) [^;]{3,120}\.)"
)
_DEEDS = (
    "approved|passed|rejected|welcomed|criticised|criticized|opposed|introduced|announced|requested|endorsed|sponsored|"
    "supported|funded|completed"
)
_ACTIVE = re.compile(rf"([A-Z][\w' ]{{3,50}}?) ({_DEEDS}) (the|a|an) ([a-z]+(?: [a-z]+){{0,3}})\.")
_SMALL = re.compile(r"(?<![\w$£€.,-])(\d{1,2})(?= [a-z])(?! (?:percent|per|million|billion|p\.m|a\.m))")
_SAID_THAT = re.compile(r"\b(said|announced|noted|believes|argued|explained) that (?=[a-z])")
_SAID = re.compile(r"\b(said|stated|noted|added|explained) (?=(?:the|he|she|it|they|a|an|his|her|their) )")

Edit = Callable[[str, Random], str]


def move_clause(text: str, rng: Random) -> str:
    """The clause of time or reason moved from the front to the back, or the other way."""
    if found := _FRONTED.fullmatch(text):
        return f"{capitalised(found[3])} {_lowered(found[1])} {found[2]}."
    if found := _WHEN_FRONT.fullmatch(text):
        return f"{capitalised(found[2])} {_lowered(found[1])}."
    if (found := _WHEN_BACK.fullmatch(text)) and _can_move(text):
        return f"{capitalised(found[2])}{',' if chance(rng, 0.6) else ''} {_uncapitalised(found[1])}."
    if (found := _TRAILING.fullmatch(text)) and _can_move(text):
        return f"{capitalised(found[2])} {found[3]}, {_uncapitalised(found[1])}."
    return text


def move_today(text: str, rng: Random) -> str:
    """``today announced`` becomes ``announced today`` or ``announced``, and the other way."""
    if _TODAY_VERB.search(text):
        return _TODAY_VERB.sub(r"\2 \1" if chance(rng, 0.6) else r"\2", text, count=1)
    return _VERB_TODAY.sub(r"\2 \1" if chance(rng, 0.4) else r"\1", text, count=1)


def drop_aside(text: str, rng: Random) -> str:
    """One apposition or bracket left out."""
    pattern = _ASIDE if chance(rng, 0.5) else _BRACKETS
    return pattern.sub("", text, count=1)


def drop_tail(text: str, _rng: Random) -> str:
    """The last subordinate clause left out, where enough remains."""
    shorter = _TAIL.sub(".", text)
    return shorter if len(shorter.split()) >= 9 else text  # noqa: PLR2004 - words of a sentence worth keeping


def drop_modifiers(text: str, rng: Random) -> str:
    """Adverbs that carry nothing left out, each with even odds."""
    return _droppable().sub(lambda found: "" if chance(rng, 0.5) else found[0], text)


def turn_voice(text: str, _rng: Random) -> str:
    """Passive to active or back, in the few shapes where that is safe."""
    if found := _PASSIVE.fullmatch(text):
        return f"{capitalised(found[4])} {found[3]} {_lowered(found[1])}{found[5]}"
    if found := _ACTIVE.fullmatch(text):
        return f"{capitalised(found[3])} {found[4]} was {found[2]} by {_uncapitalised(found[1])}."
    return text


def spell_numbers(text: str, _rng: Random) -> str:
    """Small numbers in digits become words, or words become digits."""
    names = words("style", "numbers", "words")
    known = {str(place + 1): name for place, name in enumerate(names)} | dict(pairs("style", "numbers", "tens"))
    if _SMALL.search(text):
        return _SMALL.sub(lambda found: known.get(found[1], found[1]), text)
    back = {name: digits for digits, name in known.items() if digits != "1"}
    return re.sub(rf"\b(?<!-)(?:{'|'.join(back)})(?= [a-z])", lambda found: back[found[0]], text)


def change_that(text: str, _rng: Random) -> str:
    """``said that`` becomes ``said``, or the other way."""
    if _SAID_THAT.search(text):
        return _SAID_THAT.sub(r"\1 ", text, count=1)
    return _SAID.sub(r"\1 that ", text, count=1)


def contract(text: str, _rng: Random) -> str:
    """``does not`` becomes ``doesn't``, or the other way."""
    known = pairs("style", "contractions", "pairs", "|")
    for full, short in known:
        if short in text:
            return text.replace(short, full, 1)
    for full, short in known:
        if full in text:
            return text.replace(full, short, 1)
    return text


EDITS: tuple[Edit, ...] = (
    *(move_clause, move_today, drop_aside, drop_tail, drop_modifiers),
    *(turn_voice, spell_numbers, change_that, contract),
)


def edited(line: Line, rng: Random, number: int) -> Line:
    """The line after up to ``number`` edits that apply to it; clauses move only where no quotation is."""
    for edit in rng.sample(EDITS, min(len(EDITS), 2 * number + 2)):
        if number == 0:
            break
        if edit in (move_clause, turn_voice, drop_tail) and not is_plain(line):
            continue
        changed = edit_outside(line, lambda text, edit=edit: edit(text, rng))  # type: ignore[misc]
        number -= changed.text != line.text
        line = changed
    return line


def split_sentence(line: Line) -> tuple[Line, ...]:
    """Two lines where the one joined two clauses by ``and`` or ``but``; both keep where they come from."""
    found = _AND_CLAUSE.fullmatch(line.text) if is_plain(line) else None
    if found is None:
        return (line,)
    link = "But " if found[2] == "but" else ""
    second = link + (_lowered(found[3]) if link else capitalised(found[3]))
    return replace(line, text=found[1] + "."), replace(line, text=second, opens=False, tied=False)


def join_sentences(first: Line, second: Line, rng: Random) -> Line | None:
    """One line of two short ones by one hand; ``None`` where they do not go together."""
    short = 16
    opener = second.text.split(" ", 1)[0]
    fits = is_plain(first) and is_plain(second) and first.path == second.path and first.text.endswith(".")
    if not fits or max(len(first.text.split()), len(second.text.split())) > short:
        return None
    if opener not in words("style", "functions", "openers"):
        return None
    link = rng.choice((", and ", ", while ", "; "))
    if opener in ("And", "But"):
        link, rest = f", {opener.lower()} ", second.text.split(" ", 1)[1]
    else:
        rest = _lowered(second.text)
    origins = tuple(sorted({*first.origins, *second.origins}))
    return replace(first, text=first.text[:-1] + link + rest, origins=origins, slips=first.slips + second.slips)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _uncapitalised(text: str) -> str:
    """The text as it stands inside a sentence: a function word at its front loses its capital, a name does not."""
    return _lowered(text) if text.split(" ", 1)[0] in words("style", "functions", "openers") else text


def _can_move(text: str) -> bool:
    """Whether it is plain how the first word is written inside a sentence: a function word, or part of a long name."""
    first, second, *_ = [*text.split(" ", 2), ""]
    return first in words("style", "functions", "openers") or second[:1].isupper()


@cache
def _droppable() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w) (?:{'|'.join(words('style', 'droppable', 'words'))})\b(?! (?:more|enough|as|than))")
