"""Metadata is printable, bounded, and the same words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.damage import guarded
from tracer.read.labels import clean_id, clean_label, without_surrogates
from tracer.read.values import address_of, host_of, label_of, language_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ferry stays", "Ferry stays"),
        ("  Ferry\t stays \r\n put ", "Ferry stays put"),
        ("\x1b[31mFerry\x1b[0m stays", "Ferry stays"),
        ("\x1b]0;owned\x07Ferry \x1b]8;;http://e.example\x1b\\stays", "Ferry stays"),
        ("\x9b2JFerry\x00 st\x7fays\x85put", "Ferry stays put"),
        ("\u202eyrreF\u202c \u2066stays\u2069", "yrreF stays"),
        ("\ufeffFerry", "Ferry"),
        ("Ferry\u2028stays", "Ferry stays"),
        ("Ferry \ud800 stays", "Ferry \ufffd stays"),
        ("می‌خواهم", "می‌خواهم"),
        ("\x1b\x07\x00", ""),
    ],
)
def test_labels_are_one_clean_line(raw: str, clean: str) -> None:
    """Escape sequences, controls and direction overrides go; what a script needs stays."""
    assert clean_label(raw) == clean


@pytest.mark.parametrize("raw", ["x" * 501, "\x1b" * 1_000_000, "\x1b[" * 500_000, "\x1b]" * 500_000, "y " * 500_000])
def test_labels_are_bounded(raw: str) -> None:
    """At most 500 characters, and an ellipsis where something was cut; hostile megabytes included."""
    clean = clean_label(raw)
    assert len(clean) <= 500
    assert clean.endswith("…") or not clean


def test_long_ids_stay_apart() -> None:
    """Ids that differ beyond the limit get different digests."""
    first, second = clean_id("k" * 900 + "1"), clean_id("k" * 900 + "2")
    assert first != second
    assert len(first) <= 200
    assert clean_id("short\x1b[1m-id") == "short-id"


def test_surrogates_keep_offsets() -> None:
    """A lone surrogate becomes one character; a text without any is the same object."""
    assert without_surrogates("a\ud83db") == "a\ufffdb"
    text = "naïve"
    assert without_surrogates(text) is text


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("Quill Bay Post", "Quill Bay Post"),
        (["Ada Reed", "Tom O'Hay"], "Ada Reed, Tom O'Hay"),
        ([{"name": "Ada Reed"}, None, ["deep"], "Tom"], "Ada Reed, Tom"),
        ("['Ada Reed', \"Tom O'Hay\"]", "Ada Reed, Tom O'Hay"),
        ('["Ada Reed"]', "Ada Reed"),
        ("[" * 1_999 + "]", "[" * 499 + "…"),
        ("[sic]", "[sic]"),
        ({"id": None, "name": "Quill Bay Post"}, "Quill Bay Post"),
        ({"name": {"name": "x"}}, None),
        (17, "17"),
        (float("nan"), None),
        *((value, None) for value in (None, True, "", "  ", "nan", "None", "NULL", "n/a", "[]", [], {}, "\x00")),
    ],
)
def test_labels_of_values(value: object, label: str | None) -> None:
    """Strings, lists, written-out lists, objects and numbers; and what exports write for nothing."""
    assert label_of(value) == label


def test_endless_number() -> None:
    """An integer beyond what Python prints is no label."""
    assert label_of(10**5000) is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("eng", "en"),
        ("English", "en"),
        ("Русский", "ru"),
        ("fi", "fi"),
        ("Klingon tongue", None),
        ("x", None),
        ("1", None),
    ],
)
def test_languages(label: str, code: str | None) -> None:
    """Codes, codes with a region, and names."""
    assert language_of(label) == code


@pytest.mark.parametrize(
    ("label", "host"),
    [("https://www.quillbay.example/news", "quillbay.example"), ("Quill Bay Post", "Quill Bay Post"), ("://", "://")],
)
def test_hosts(label: str, host: str) -> None:
    """An outlet given as an address is named by its host."""
    assert host_of(label) == host


@pytest.mark.parametrize("length", [10, 480, 500, 600, 3_900])
def test_an_address_is_whole(length: int) -> None:
    """Unlike other labels, which are cut at 500 characters."""
    address = f"https://a.example/{'x' * length}"
    assert address_of(f" {address}\x07") == address


@pytest.mark.parametrize("value", ["https://a.example/" + "x" * 4_000, ["https://a.example/" + "x" * 600], "", None])
def test_an_address_that_cannot_be_whole_is_none(value: object) -> None:
    """What was cut off would lead elsewhere."""
    assert address_of(value) is None


def test_damage_is_told_in_printable_words() -> None:
    """Reasons may quote what a file holds."""

    def broken() -> Iterator[Article | SkippedArticle]:
        yield from ()
        raise UnreadableRestError("malformed schema (a\x1b]0;owned\x07\nb)")

    def unreadable() -> Iterator[Article | SkippedArticle]:
        yield from ()
        raise OSError("no \x1b[31mred")

    found = [*guarded("a", broken()), *guarded("a", unreadable())]
    assert [entry.reason for entry in found if isinstance(entry, SkippedArticle)] == [
        "malformed schema (a b)",
        "the file is damaged or cannot be read (no red)",
    ]


def test_code_points_that_are_no_character_are_replaced() -> None:
    """No font has them and no reader knows them; joiners that scripts need stay."""
    assert clean_label("a \U00040000 \ufdd0 b") == "a \ufffd \ufffd b"
    assert clean_label("می\u200cخواهم") == "می\u200cخواهم"
