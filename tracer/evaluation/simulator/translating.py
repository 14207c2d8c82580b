"""Wording of a text that went through another language and back."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random

from tracer.evaluation.simulator.drafts import Line, capitalised, edit_outside, is_plain
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.lexicon import Lexicon
from tracer.evaluation.simulator.rewriting import contract, move_clause, move_today, spell_numbers
from tracer.evaluation.simulator.substitution import TRANSLATOR, swapped
from tracer.evaluation.simulator.tables import pairs

_GENITIVE = re.compile(r"\b(?:([Tt]he) )?([a-z]+)'s ([a-z]+)(?= (?:of|and|in|to|for|on|is|was|has|will)\b|[,.])")
_OF = re.compile(r"\bthe ([a-z]+) of the ([a-z]+)(?=[ ,.])")
_PAST = re.compile(r"\b(announced|approved|introduced|received|confirmed|presented|published|decided|asked|called)\b")
_NOUN = re.compile(r"\b(the) (?=[a-z]+s\b)")
_BARE = re.compile(r"\b(of|for|in|by) (?=[a-z]+(?:ion|ment|ity|ness|ers|ors)\b)")


def translated(line: Line, lexicon: Lexicon, rng: Random) -> Line:
    """The line with calques, shifted articles and prepositions, turned genitives and swapped words.

    Quotations are third party's words in translation too: their wording stays, for tracer's truth is in words.
    """
    if is_plain(line):
        line = replace(line, text=move_clause(line.text, rng)) if chance(rng, 0.5) else line

    def edit(text: str) -> str:
        text = _calqued(text, rng)
        text = _shifted(text, rng)
        return swapped(text, lexicon, TRANSLATOR, rng)

    return edit_outside(line, edit)


def _calqued(text: str, rng: Random) -> str:
    return _calques().sub(lambda found: _like(found[0], rng) if chance(rng, 0.8) else found[0], text)


def _like(phrase: str, rng: Random) -> str:
    other = rng.choice(_known()[phrase.lower()])
    return capitalised(other) if phrase[0].isupper() else other


def _shifted(text: str, rng: Random) -> str:
    text = _GENITIVE.sub(lambda found: _turned(found) if chance(rng, 0.6) else found[0], text)
    text = _OF.sub(lambda found: f"the {found[2]} {found[1]}" if chance(rng, 0.3) else found[0], text)
    text = _PAST.sub(lambda found: f"has {found[1]}" if _is_bare(found) and chance(rng, 0.15) else found[0], text)
    text = _NOUN.sub(lambda found: "" if chance(rng, 0.4) else found[0], text)
    text = _BARE.sub(lambda found: f"{found[1]} the " if chance(rng, 0.3) else found[0], text)
    text = _prepositions().sub(lambda found: _like(found[0], rng) if chance(rng, 0.2) else found[0], text)
    for edit in (move_today, contract, spell_numbers):
        text = edit(text, rng) if chance(rng, 0.3) else text
    return text


def _turned(found: re.Match[str]) -> str:
    return f"{found[1] or 'the'} {found[3]} of the {found[2]}"


def _is_bare(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return before not in {"has", "have", "had", "was", "were", "be", "been", "is", "are", "to", "and", "the", "a"}


@cache
def _known() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for phrase, calque in (*pairs("style", "calques", "pairs", "|"), *pairs("style", "calques", "prepositions")):
        known.setdefault(phrase.lower(), []).append(calque)
    return known


@cache
def _calques() -> re.Pattern[str]:
    phrases = sorted({phrase for phrase, _ in pairs("style", "calques", "pairs", "|")}, key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


@cache
def _prepositions() -> re.Pattern[str]:
    known = sorted({word for word, _ in pairs("style", "calques", "prepositions")})
    return re.compile(rf"\b(?:{'|'.join(known)})\b(?= (?:the|a|an|his|her|its|their) )")
