"""Any text at all is a date or is none; nothing is raised."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.read import parse_published

PIECES = st.sampled_from(
    [
        *(
            "2015",
            "09",
            "18",
            "/",
            "-",
            ".",
            ":",
            " ",
            ",",
            "T",
            "Z",
            "+",
            "Sep",
            "September",
            "Fri",
            "pm",
            "EST",
            "GMT+3",
        ),
        *("99999", "0", "1e9", "nan", "inf", "24:00", "12th", "a.m.", "²", "٣"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40))
def test_never_raises(text: str) -> None:
    """Pieces of dates in any order, and arbitrary text, give a stamp in UTC or nothing."""
    found = parse_published(text)
    assert found is None or (found.start is not None and found.start.utcoffset() == timedelta(0))
