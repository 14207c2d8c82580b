"""A JSON gold file → gold: every key checked, every problem with the key and the number of its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tracer.domain import Span
from tracer.evaluation.gold import (
    DRAWS_ON,
    RELATIONS,
    SOURCE_KINDS,
    Ends,
    Gold,
    GoldClaim,
    GoldEdge,
    GoldPair,
    GoldSource,
    GoldStory,
    Member,
    Passage,
)
from tracer.evaluation.gold_graph import graph_problems
from tracer.evaluation.gold_labels import collected, pair_of

FORMAT = "tracer-gold 1"
_LABELS = ("left", "right", "kind", "origin", "immediacy", "story", "recipe")
Entry = Mapping[str, Any]
T = TypeVar("T")


_MOST = 2**31


class _BadEntryError(Exception):
    """What is wrong with one entry."""


def gold_of(content: object, problems: list[str]) -> Gold:
    """The gold that a parsed JSON file holds. What is wrong is added to ``problems``; the result is then worthless."""
    if not isinstance(content, dict) or not isinstance(content.get("pairs"), list):
        problems.append('it must be an object with a list under "pairs" (which may be empty)')
        return Gold()
    if content.get("format", FORMAT) != FORMAT:
        problems.append(f'"format" is {content["format"]!r}; this version reads {FORMAT!r}')
    if not isinstance(content.get("complete", False), bool):
        problems.append('"complete" must be true or false')
    pairs, unlabelled = _pairs(content["pairs"], problems)
    gold = Gold(
        collected(pairs, problems),
        complete=content.get("complete", False) is True,
        sources=_listed(content, "sources", _source, problems),
        edges=_listed(content, "edges", _edge, problems),
        claims=_listed(content, "claims", _claim, problems),
        stories=_listed(content, "stories", _story, problems) or (),
        passages=_passages(_listed(content, "passages", _passage, problems)),
        families=_listed(content, "families", _family, problems),
        unlabelled=unlabelled,
    )
    problems.extend(graph_problems(gold))
    return gold


def _pairs(entries: list[Any], problems: list[str]) -> tuple[list[tuple[str, GoldPair]], int]:
    pairs, unlabelled = [], 0
    for number, entry in enumerate(entries, start=1):
        where = f"pairs, entry {number}"
        if not isinstance(entry, dict):
            problems.append(f"{where}: must be an object")
            continue
        wrong = [name for name in _LABELS if not isinstance(entry.get(name, ""), str | None)]
        if wrong:
            problems.append(f"{where}: {', '.join(wrong)} must be text or null")
            continue
        pair = pair_of({name: entry.get(name) for name in _LABELS}, where, problems)
        if pair:
            pairs.append((where, replace(pair, version=entry.get("version") is True)))
        elif not entry.get("kind"):
            unlabelled += 1
    return pairs, unlabelled


def _listed(content: Entry, key: str, make: Callable[[Entry], T], problems: list[str]) -> tuple[T, ...] | None:
    """The entries under a key; ``None`` when the key is not there."""
    entries = content.get(key)
    if entries is None:
        return None
    if not isinstance(entries, list):
        problems.append(f'"{key}" must be a list')
        return None
    made = []
    for number, entry in enumerate(entries, start=1):
        try:
            if not isinstance(entry, dict):
                raise _BadEntryError("must be an object")
            made.append(make(entry))
        except _BadEntryError as error:
            problems.append(f"{key}, entry {number}: {error}")
    return tuple(made)


def _text(entry: Entry, key: str, known: tuple[str, ...] = ()) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _BadEntryError(f'"{key}" must be a text that is not empty')
    if known and value not in known:
        raise _BadEntryError(f'"{key}" is {value!r}; use {", ".join(known)}')
    return value


def _ids(entry: Entry, key: str) -> frozenset[str]:
    values = entry.get(key)
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise _BadEntryError(f'"{key}" must be a list of ids')
    return frozenset(values)


def _place(entry: Entry, key: str) -> int:
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _BadEntryError(f'"{key}" must be a whole number from 0 to {_MOST}')
    return value


def _span(entry: Entry, start: str, stop: str) -> Span:
    first, last = _place(entry, start), _place(entry, stop)
    if first >= last:
        raise _BadEntryError(f'"{stop}" must be greater than "{start}"')
    return Span(first, last)


def _source(entry: Entry) -> GoldSource:
    return GoldSource(_text(entry, "id"), _text(entry, "kind", SOURCE_KINDS), _ids(entry, "children"))


def _edge(entry: Entry) -> GoldEdge:
    relation = _text(entry, "relation", RELATIONS) if "relation" in entry else DRAWS_ON
    return GoldEdge(_text(entry, "source"), _text(entry, "target"), relation)


def _claim(entry: Entry) -> GoldClaim:
    return GoldClaim(_text(entry, "phrase"), _ids(entry, "articles"), _place(entry, "independent_origins"))


def _story(entry: Entry) -> GoldStory:
    roots = _ids(entry, "roots") if entry.get("roots") is not None else None
    return GoldStory(_text(entry, "id"), _ids(entry, "articles"), roots)


def _passage(entry: Entry) -> tuple[Ends, Passage]:
    left, right = _text(entry, "left"), _text(entry, "right")
    if left == right:
        raise _BadEntryError(f"left and right are one article ({left!r})")
    ours, theirs = _span(entry, "left_start", "left_stop"), _span(entry, "right_start", "right_stop")
    return ((left, right), (ours, theirs)) if left < right else ((right, left), (theirs, ours))


def _passages(listed: tuple[tuple[Ends, Passage], ...] | None) -> dict[Ends, tuple[Passage, ...]] | None:
    if listed is None:
        return None
    found: dict[Ends, list[Passage]] = defaultdict(list)
    for ends, passage in listed:
        found[ends].append(passage)
    return {ends: tuple(sorted(found[ends])) for ends in sorted(found)}


def _family(entry: Entry) -> tuple[Member, ...]:
    members = entry.get("members")
    if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
        raise _BadEntryError('"members" must be a list of objects')
    return tuple(sorted(_members(members)))


def _members(entries: list[Entry]) -> Iterator[Member]:
    return (Member(_text(entry, "article"), _span(entry, "start", "stop")) for entry in entries)
