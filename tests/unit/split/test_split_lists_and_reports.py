"""Lists of names, and indirect speech."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import WordClass, parse_article, split_article

NAMES = "Ann Lee of Ardley, Bob Roe of Wick, Cy Poe of Hollin and Di Moe of Sedge"
AGES = "Ann Lee, 59; Bob Roe, 53; Cy Poe, 62; and Di Moe, 46."


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        (f"Those who came were {NAMES}.", [NAMES + "."]),
        (f"The dead are {AGES}", [AGES]),
        (NAMES, [NAMES]),
        (f"{NAMES} came.", [NAMES]),
        (f"It was quiet.\n{NAMES}\nIt was quiet.", [NAMES]),
        (f"They were {NAMES} who left. The dead are {AGES}", [NAMES, AGES]),
        ("Ann Lee of Ardley, Bob Roe of Wick and Cy Poe came.", []),
        ("Ann Lee hired boats in Ardley, then Bob Roe of Wick sold cars, as Cy Poe knew, and Di Moe left.", []),
        ("", []),
    ],
)
def test_a_list_of_names_is_little_but_names(text: str, lists: list[str]) -> None:
    """Eight capitalised words and three commas without other words between."""
    assert [span.of(text) for span in split_article(Article("a", text), "en").lists] == lists


def test_words_of_a_list_are_names() -> None:
    """They count for no journalist's own words."""
    parsed = parse_article(Article("a", f"They were {NAMES}."), "en")
    assert set(parsed.classes[2:].tolist()) == {WordClass.NAME}


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Ann Lee said the bridge would close for a week.", ["the bridge would close for a week."]),
        ("The bridge would close for a week, Ann Lee said.", ["The bridge would close for a week,"]),
        ("She left at noon, warning that the bridge would close.", ["that the bridge would close."]),
        ("The bridge closed for a week.", []),
        ("“It closes,” Ann Lee said.", []),
    ],
)
def test_indirect_speech(text: str, reported: list[str]) -> None:
    """Behind a word of saying or before it, never what stands behind a quotation."""
    found = [span.of(text).strip() for span in split_article(Article("a", text), "en").reported]
    assert found == reported
