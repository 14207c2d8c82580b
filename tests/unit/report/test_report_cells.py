"""Cells are safe in a spreadsheet, a terminal and an XML file, and say what they said before."""

from __future__ import annotations

import re

import pytest

from tracer.report import decimal, inert, printable
from tracer.report.cells import rounded, written
from tracer.report.schema import ColumnType


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\twords",
        "  =1",
        "\n=1",
        "'=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "-",
        "\r\n+1",
    ],
)
def test_a_formula_gets_one_apostrophe(text: str) -> None:
    """What might begin a formula has one apostrophe more in front, so that taking it away gives the text again."""
    assert inert(text) == f"'{printable(text)}"


@pytest.mark.parametrize(
    "text", ["", "Port Quillan", "a=b", "'tis", "“-1”", "1-2", "€5", "– a dash", "\nwords", "\\x0d=1"]
)
def test_other_text_stays(text: str) -> None:
    """Text that begins no formula is left alone."""
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("a\x00b\x07c\x7fd", "a\\x00b\\x07c\\x7fd"),
        ("a\x9b2Jb\x85", "a\\x9b2Jb\\x85"),
        ("a\r\nb\rc\nd\te", "a\nb\\x0dc\nd\te"),
        ("\ud800\udfff \ufffe\uffff", "\\ud800\\udfff \\ufffe\\uffff"),
        ("naïve — 船 🚢 \xa0", "naïve — 船 🚢 \xa0"),
    ],
)
def test_control_characters_are_written_out(text: str, shown: str) -> None:
    """Nothing a terminal obeys or UTF-8 cannot hold is left; line ends become one form; the rest stays."""
    assert printable(text) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (1e-9, "0"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (-2.5, "-2.5"),
        (1e-6, "0.000001"),
        (123456789.125, "123456789.125"),
        (1e16, "10000000000000000"),
        (100.0, "100"),
    ],
)
def test_numbers_have_fixed_form(value: float, shown: str) -> None:
    """Six decimals at most, no exponent, no negative zero; a rounded number is the one that is shown."""
    assert decimal(value) == shown
    assert str(rounded(value)) != "-0.0"
    assert float(shown) == pytest.approx(rounded(value))


@pytest.mark.parametrize("kind", list(ColumnType))
def test_an_empty_cell_is_nothing(kind: ColumnType) -> None:
    """``None`` is written as nothing in a column of any type."""
    assert written(kind)(None) == ""


@pytest.mark.parametrize(
    ("kind", "cell", "shown"),
    [
        (ColumnType.BOOLEAN, True, "true"),
        (ColumnType.BOOLEAN, False, "false"),
        (ColumnType.NUMBER, -1.5, "-1.5"),
        (ColumnType.INTEGER, 0, "0"),
        (ColumnType.TEXT, "-1.5", "'-1.5"),
    ],
)
def test_only_text_is_guarded(kind: ColumnType, cell: str | float, shown: str) -> None:
    """Negative numbers stay numbers; the same characters as text do not."""
    assert written(kind)(cell) == shown


@pytest.mark.parametrize("text", ["\t" * 1_000_000, "'" * 1_000_000, " " * 999_999 + "=", "\x1b" * 1_000_000])
def test_long_hostile_text_is_taken_in_stride(text: str) -> None:
    """A megabyte of signs is handled in linear time and comes out safe."""
    assert not re.match(r"\s*[=\t\x1b]", inert(text))
