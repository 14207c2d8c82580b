"""The normal view: what it sets aside, and that it always maps back to the raw text."""

from __future__ import annotations

import numpy as np
import pytest

from tracer.text import NormalView, normal_view

HOSTILE = [
    "â€" * 200_000,
    "Ã©" * 200_000,
    ("Ã©t " * 10 + "\n") * 5_000,
    "\u200d" * 500_000,
    "a\u00ad" * 200_000,
    "\ud800\udfff\ufffe" * 50_000,
    "´" * 500_000,
]


def raw_place(view: NormalView, offset: int) -> int:
    """Where the view's character ``offset`` begins in the raw text."""
    return offset if view.raw_starts is None else int(view.raw_starts[offset])


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("the ferry’s ‘bell´", "the ferry's 'bell'"),
        ("“low„ «angled»", '"low" "angled"'),
        ("har\u00adbour", "harbour"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("❤\ufe0f", "❤"),
        ("\u202eright to left\u202c", "right to left"),
        ("Ｐｏｒｔ", "Port"),
        ("ﬁne ½", "ﬁne ½"),
        ("cafÃ©", "café"),
        ("the ferryâ€™s", "the ferry's"),
        ("ÐŸÐ¾Ñ€Ñ‚", "Порт"),
        ("Âme sœur, naïve", "Âme sœur, naïve"),
    ],
)
def test_carriers_of_the_same_words_agree_on_the_view(raw: str, seen: str) -> None:
    """Quotation marks are folded, invisible marks dropped, damage repaired; whatever keeps its length is NFKC."""
    assert normal_view(raw).text == seen


@pytest.mark.parametrize(
    ("raw", "character", "stretch"),
    [
        ("cafÃ© bar", "é", "Ã©"),
        ("Ã©tat", "é", "Ã©"),
        ("the boyâ€™s", "'", "â€™"),
        ("ÐŸÐ¾Ñ€Ñ‚", "р", "Ñ€"),
        ("har\u00adbour", "b", "b"),
        ("Ｐｏｒｔ", "P", "Ｐ"),
    ],
)
def test_a_character_maps_to_all_the_raw_characters_it_came_from(raw: str, character: str, stretch: str) -> None:
    """A repaired character covers the whole of its damaged form."""
    view = normal_view(raw)
    place = view.text.index(character)
    stop = raw_place(view, place) + 1 if view.raw_stops is None else int(view.raw_stops[place])
    assert raw[raw_place(view, place) : stop] == stretch


@pytest.mark.parametrize("raw", ["", "abc", "Ann’s", "har\u00adbour", "cafÃ©", "\u200b", "a\u200b"])
def test_the_end_of_the_view_is_the_end_of_the_raw_text(raw: str) -> None:
    """The place behind the last character is the raw length, whatever was dropped."""
    view = normal_view(raw)
    assert raw_place(view, len(view.text)) == len(raw)


@pytest.mark.parametrize("raw", HOSTILE, ids=[repr(raw[:6]) for raw in HOSTILE])
def test_hostile_text_is_viewed_in_linear_time(raw: str) -> None:
    """Endless damage or invisible marks: an answer whose map never goes back and stays within the text."""
    view = normal_view(raw)
    if view.raw_starts is not None and view.raw_stops is not None:
        assert (np.diff(view.raw_starts) >= 0).all()
        assert len(view.raw_starts) == len(view.text) + 1
        assert len(view.raw_stops) == len(view.text)
        assert (view.raw_stops > view.raw_starts[:-1]).all()
        assert view.raw_starts[-1] == len(raw)
        assert not len(view.raw_stops) or view.raw_stops.max() <= len(raw)
    else:
        assert len(view.text) == len(raw)
