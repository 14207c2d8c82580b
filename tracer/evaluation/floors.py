"""Floors: least (or greatest) values that scores must keep, and which of them did not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tracer.domain import InputError, SettingsError
from tracer.evaluation.catalogue import SCORES
from tracer.evaluation.scores import Score

_LEAST, _MOST = "least", "most"
_ROUNDING = 1e-9
_MOST_FLOOR = 10**9


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound on one score: a least value, or a greatest one where ``most`` is set."""

    name: str
    bound: float
    most: bool = False

    def holds(self, score: Score | None) -> bool:
        """Whether a score keeps it; one that could not be measured does not."""
        if score is None or score.value is None:
            return False
        return score.value <= self.bound + _ROUNDING if self.most else score.value >= self.bound - _ROUNDING


def read_floors(path: Path) -> tuple[Floor, ...]:
    """The floors of a TOML or JSON file: tables ``least`` and ``most`` of score names; a bare name means ``least``.

    A name may be written whole (``"kind.accuracy"``) or as nested tables. JSON is told by its opening brace.

    Raises:
        InputError: when the file cannot be read or parsed.
        SettingsError: naming every name that is no score, every value that is no number, and every bound on the wrong
            side (a least value for a score of which less is better, or the reverse).
    """
    content = _content(path)
    flat = list(_flat(content, ""))
    problems, floors = [], []
    for key, value in flat:
        side, _, rest = key.partition(".")
        name = rest if side in {_LEAST, _MOST} else key
        if problem := _problem(name, value, most=side == _MOST):
            problems.append(problem)
        elif isinstance(value, int | float):
            floors.append(Floor(name, float(value), most=side == _MOST))
    if not flat:
        problems.append("it holds no floor")
    if problems:
        known = f"known scores: {', '.join(SCORES)}" if any("no score" in problem for problem in problems) else ""
        raise SettingsError([f"{path}: {problem}" for problem in problems] + ([known] if known else []))
    return tuple(sorted(floors, key=lambda floor: list(SCORES).index(floor.name)))


def _content(path: Path) -> Mapping[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is neither TOML nor JSON ({error}); mend that place") from error
    return content if isinstance(content, dict) else {}


def _flat(content: Mapping[str, object], head: str) -> Iterator[tuple[str, object]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def _problem(name: str, value: object, *, most: bool) -> str | None:
    kind = SCORES.get(name)
    if kind is None:
        near = get_close_matches(name, SCORES, n=1)
        return f"there is no score {name!r}" + (f" (perhaps {near[0]})" if near else "")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _MOST_FLOOR:
        return f"{name}: {value!r} is no number"
    if kind.most is not most:
        return f"{name}: {'less' if kind.most else 'more'} is better, so put it under {_MOST if kind.most else _LEAST}"
    return None


def fallen(floors: tuple[Floor, ...], scores: Mapping[str, Score]) -> list[Floor]:
    """The floors that are not kept."""
    return [floor for floor in floors if not floor.holds(scores.get(floor.name))]
