"""Tables for the eye fit their width and lose nothing unsaid."""

import pytest
from rich.cells import cell_len

from tracer.report.terminal.drawn import DrawnTable, draw, draw_markdown
from tracer.report.views.figures import count, listed, origins, percent, probability

_LONG = "a very long name of a source that goes on and on and on"
_TABLE = DrawnTable(
    ("source", "users", "P"),
    ((_LONG, "one, two, three, four, five, six, seven", ".97"), ("港の時計" * 12, "–", "<.01")),
    frozenset({0}),
    frozenset({1}),
    "clue",
    ("they share a slip of the pen " * 6, ""),
)


@pytest.mark.parametrize("width", [30, 60, 80, 109, 110, 140])
def test_no_line_is_wider_than_asked(width):
    assert max(map(cell_len, draw(_TABLE, width).splitlines())) <= width


def test_remarks_stand_below_where_room_is_scarce_and_beside_where_it_is_not():
    assert "    clue: they share" in draw(_TABLE, 80)
    assert "CLUE" in draw(_TABLE, 140).splitlines()[0]


def test_wrapped_cells_keep_every_id():
    shown = draw(_TABLE, 40)
    assert all(name in shown for name in ("one", "two", "three", "four", "five", "six", "seven"))


def test_numbers_stay_as_written():
    assert "1e5" in draw(DrawnTable(("id",), (("1e5",),)), 80)
    assert "1e5" in draw_markdown(DrawnTable(("id",), (("1e5",),)))


def test_a_table_without_rows_is_nothing():
    empty = DrawnTable(("a",), ())
    assert (draw(empty, 80), draw_markdown(empty)) == ("", "")


def test_a_pipe_in_a_cell_is_no_column():
    assert "a\\|b" in draw_markdown(DrawnTable(("x",), (("a|b",),)))


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "<.01"), (0.004, "<.01"), (0.005, ".01"), (0.5, ".50"), (0.994, ".99"), (1.0, ">.99")]
)
def test_no_probability_is_certain(value, shown):
    assert probability(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.0, "–"), (0.001, "<1%"), (0.42, "42%"), (1.0, "100%")])
def test_shares_are_whole_percents(value, shown):
    assert percent(value) == shown


def test_small_counts_are_words():
    assert [count(0, "article"), count(1, "article"), count(5, "story", "stories"), count(1200, "pair")] == [
        "no articles",
        "one article",
        "five stories",
        "1,200 pairs",
    ]


def test_lists_say_how_many_they_leave_out():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefg"), 3) == "a, b and 5 more"


def test_origins_show_their_interval_only_where_there_is_one():
    assert origins(1.0, 1, 1) == "1"
    assert origins(1.9, 1, 2) == "1.9 (1–2)"
