"""The simulator's word lists, read once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the simulator's data folder, by its name without ending."""
    return tomllib.loads((files("tracer.evaluation.simulator") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def pairs(name: str, part: str, key: str, separator: str | None = None) -> tuple[tuple[str, str], ...]:
    """The ``left=right`` entries of a list, separated by white space unless told otherwise."""
    entries = table(name)[part][key].split(separator)
    return tuple((left, right) for left, _, right in (entry.partition("=") for entry in entries))


@cache
def words(name: str, part: str, key: str) -> tuple[str, ...]:
    """The words of a list separated by white space."""
    return tuple(table(name)[part][key].split())
