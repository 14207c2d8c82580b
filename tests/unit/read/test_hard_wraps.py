"""Lines that were broken to a width are paragraphs again; other line feeds stay."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article
from tracer.read import read_articles
from tracer.read.hard_wraps import NOTE, without_wraps

FIRST = (
    "The harbour board of Quill Bay has decided to sell the old ferry, its chair said on Monday night, after a meeting "
    "that lasted until the lamps went out and at which nobody could find the key to the cash box."
)
SECOND = (
    "“We have patched her for forty years, and the time for patching is over,” said Dorrit Vane, who has steered the "
    "ferry since the flood and who will now steer the bus that takes its place on the road round the bay."
)


@pytest.mark.parametrize("width", [50, 72, 76, 98])
def test_wrapped_paragraphs_are_whole(width: int) -> None:
    """A blank line still parts them, and no place moves."""
    wrapped = "\n\n".join(fill(part, width) for part in (FIRST, SECOND))
    assert without_wraps(wrapped) == f"{FIRST}\n\n{SECOND}"
    assert len(without_wraps(wrapped)) == len(wrapped)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n{SECOND}",
        "Roses are red,\nviolets are blue,\nthe ferry is late,\nand so are you,\nas usual, they say,\non the quay",
        "\n".join(f"- item {number} of a list that is long enough to be a line of text" for number in range(9)),
        "\n".join(f"{number}. a line of a list that is long enough to be a line of text" for number in range(9)),
        "",
        "\n\n\n",
    ],
)
def test_other_line_feeds_stay(text: str) -> None:
    """Paragraphs on one line, verse, lists."""
    assert without_wraps(text) == text


@given(st.text(alphabet="ab \n-1.", max_size=400))
def test_nothing_but_line_feeds_ever_changes(text: str) -> None:
    """Character by character: the same, or a space for a line feed."""
    made = without_wraps(text)
    assert len(made) == len(text)
    assert all(one == other or (one, other) == ("\n", " ") for one, other in zip(text, made, strict=True))


@pytest.mark.parametrize("name", ["a.txt", "a.eml"])
def test_text_and_mail_are_read_so_and_say_it(tmp_path: Path, name: str) -> None:
    """The article is the one of the unbroken text, with a warning."""
    head = (
        ""
        if name.endswith(".txt")
        else "From: board@bay.example\nSubject: Ferry\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    (tmp_path / name).write_text(head + "\n\n".join(fill(part, 72) for part in (FIRST, SECOND)), encoding="utf-8")
    (article,) = read_articles([tmp_path / name])
    assert isinstance(article, Article)
    assert article.text.strip() == f"{FIRST}\n\n{SECOND}"
    assert NOTE in article.warnings
