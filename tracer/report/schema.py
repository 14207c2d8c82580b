"""The record of a table's columns, from which the codebook, the files and their tests are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

LIST_SEPARATOR = "; "
"""Stands between the entries of a cell that lists several."""
ARTICLE_ID = "an article id"


class ColumnType(StrEnum):
    """What a cell holds when it is not empty."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``values`` gives its range, its unit, or the words that may stand in it; ``empty`` says when a cell is empty.
    """

    name: str
    type: ColumnType
    meaning: str
    values: str
    empty: str = "never"


@dataclass(frozen=True)
class Schema:
    """One table: what a row stands for, the columns in order, and the ``key`` columns that rows are sorted by.

    ``option`` of ``tracer report`` asks for the table; a table without one is always there.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    option: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)


def text(name: str, meaning: str, values: str, empty: str = "never") -> Column:
    """A column of text."""
    return Column(name, ColumnType.TEXT, meaning, values, empty)


def count(name: str, meaning: str, values: str = "0 or more", empty: str = "never") -> Column:
    """A column of whole numbers."""
    return Column(name, ColumnType.INTEGER, meaning, values, empty)


def number(name: str, meaning: str, values: str = "0 to 1", empty: str = "never") -> Column:
    """A column of numbers, most often a probability or a share."""
    return Column(name, ColumnType.NUMBER, meaning, values, empty)


SIDES = (
    text("left", "The article of the pair whose id sorts first.", ARTICLE_ID),
    text("right", "The article of the pair whose id sorts last.", ARTICLE_ID),
)
PLACES = (
    count("left_start", "Where the stretch begins in the left raw text.", "code points, counted from 0"),
    count(
        "left_stop",
        "Where it ends; the character at this place is no longer part of it.",
        "code points, counted from 0",
    ),
    count("right_start", "Where the stretch begins in the right raw text.", "code points, counted from 0"),
    count("right_stop", "Where it ends there.", "code points, counted from 0"),
)
STRETCH_TEXTS = (
    text("left_text", "The stretch of the left raw text.", "any text"),
    text("right_text", "The stretch of the right raw text.", "any text"),
)
