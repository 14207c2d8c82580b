"""Gold from a file: a researcher's table of pairs (CSV), or everything that can be known (JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from tracer.domain import InputError
from tracer.evaluation.formula_guard import unguarded
from tracer.evaluation.gold import Gold, GoldError, GoldPair
from tracer.evaluation.gold_entries import gold_of
from tracer.evaluation.gold_labels import collected, pair_of
from tracer.read.encodings import decode

_DELIMITERS = ",;\t|"
_NEEDED = ("left", "right", "kind")
_OPTIONAL = ("origin", "immediacy", "story", "recipe")
_LARGEST = 1 << 30


def read_gold(path: Path) -> Gold:
    """The gold in a file: JSON when it begins with ``{`` or ``[``, a table of pairs otherwise.

    Raises:
        GoldError: naming every problem with its line or entry.
        InputError: when the file cannot be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: is larger than 1 GiB, which no gold file is; check the path")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    decoded = decode(data)
    if decoded is None or not decoded.text.strip():
        raise GoldError(path, ["it holds no text; save it as UTF-8 CSV or JSON"])
    if decoded.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return _from_json(decoded.text, path)
    return _from_csv(decoded.text, path)


def _from_json(text: str, path: Path) -> Gold:
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise GoldError(path, [f"it is not valid JSON ({error}); mend that place"]) from error
    problems: list[str] = []
    gold = gold_of(content, problems)
    if problems:
        raise GoldError(path, problems)
    return gold


def _from_csv(text: str, path: Path) -> Gold:
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[str] = []
    try:
        names = [_column(name) for name in next(lines)]
        if wrong := _header_problems(names):
            raise GoldError(path, wrong)
        pairs, unlabelled = _rows(_numbered(lines, names, problems), problems)
    except csv.Error as error:
        raise GoldError(path, [f"line {lines.line_num}: is no row of a table ({error}); mend the quotes"]) from error
    found = collected(pairs, problems)
    if problems:
        raise GoldError(path, problems)
    return Gold(found, unlabelled=unlabelled)


def _header_problems(names: list[str]) -> list[str]:
    found = [f"line 1: there is no column {name!r}" for name in _NEEDED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    found += [f"line 1: there are two columns {name!r}" for name in twice]
    return [*found, f"the header is {','.join(_NEEDED)} and may go on with {','.join(_OPTIONAL)}"] if found else []


def _column(name: str) -> str:
    name = name.strip().casefold().replace(" ", "_")
    return "origin" if name == "direction" else name


def _numbered(
    lines: Iterator[list[str]], names: list[str], problems: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its last line; rows without any content are passed over."""
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        number = lines.line_num  # type: ignore[attr-defined]
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            problems.append(f"line {number}: has more cells than the header; put cells with a delimiter in quotes")
            continue
        yield number, {name: unguarded(cell.strip()) for name, cell in zip(names, cells, strict=False)}


def _rows(
    numbered: Iterator[tuple[int, dict[str, str]]], problems: list[str]
) -> tuple[list[tuple[str, GoldPair]], int]:
    pairs, unlabelled = [], 0
    for number, row in numbered:
        where = f"line {number}"
        pair = pair_of({name: row.get(name, "") for name in (*_NEEDED, *_OPTIONAL)}, where, problems)
        if pair:
            pairs.append((where, pair))
        elif not row.get("kind"):
            unlabelled += 1
    return pairs, unlabelled
