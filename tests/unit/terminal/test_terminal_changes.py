"""Changes between two readings are marked so that both can be read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.evidence import shipped_weights
from tracer.report.terminal.changes import marked
from tracer.report.terminal.waterfall import waterfall
from tracer.report.views.clue_words import ABSENT, not_found
from tracer.report.views.records import ClueView, LedgerView

_WORDS = st.lists(st.sampled_from(["ash", "birch", "cedar", "elm", "fir"]), max_size=30)


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("the same words", "the same words", "the same words"),
        ("the old word", "the new word", "the [-old-]{+new+} word"),
        ("one two", "one", "one [-two-]"),
        ("one", "one two", "one {+two+}"),
        ("", "all new", "{+all new+}"),
        ("The Boat, sank.", "the boat sank", "The Boat, sank."),
        ("Dunmore’s lamp", "Dunmore's lamp", "Dunmore’s lamp"),
        ("fake [-mark-] here", "fake [-mark-] here", "fake [ -mark- ] here"),
    ],
)
def test_each_change_is_marked_on_its_side(left, right, shown):
    assert marked(left, right) == shown


@given(_WORDS, _WORDS)
def test_both_readings_can_be_read_back(left, right):
    shown = marked(" ".join(left), " ".join(right))
    if "alike" in shown:
        return
    ours = re.sub(r"\{\+.*?\+\}", " ", shown).replace("[-", " ").replace("-]", " ")
    theirs = re.sub(r"\[-.*?-\]", " ", shown).replace("{+", " ").replace("+}", " ")
    assert ours.split() == left
    assert theirs.split() == right


def test_long_agreement_is_cut_and_counted():
    same = " ".join(f"w{n}" for n in range(100))
    assert "(… 76 words alike …)" in marked(f"{same} old", f"{same} new")


def test_a_megabyte_of_passage_is_bounded():
    shown = marked("a " * 500_000, "b " * 500_000)
    assert len(shown) < 10_000
    assert "more words" in shown


def test_the_sums_of_a_waterfall_come_out():
    clues = tuple(ClueView("substitution", 0.25, f"clue {n}") for n in range(20))
    shown = waterfall(LedgerView("direction", -1.0, clues), "left first", 80)
    assert "five smaller clues together" in shown
    assert "+4.00  left first: P .98" in shown


def test_an_empty_ledger_is_its_prior():
    assert "+0.00  it is so: P .50" in waterfall(LedgerView("origin", 0.0, ()), "it is so", 80)


def test_what_was_found_is_not_listed_as_missing():
    assert ABSENT["shared_typo"] in not_found("kind", [])
    assert ABSENT["shared_typo"] not in not_found("kind", ["shared_typo"])


def test_every_phrase_speaks_of_a_clue_that_ships():
    shipped = {name for rules in shipped_weights().questions.values() for name in rules.clues}
    assert set(ABSENT) <= shipped
