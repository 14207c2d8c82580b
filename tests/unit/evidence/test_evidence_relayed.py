"""Shared quotations that come from an outlet, and what both report of one speaker."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, STORY, parsed, weights_of

from tracer.evidence import Comparison, Kind, Question, compare

SPEECH = (
    "The bridge will close for the winter, and whoever has a cart on the far bank had better fetch it, "
    "because no ferryman of ours will row through ice to bring him a wheel or a horse or his mother-in-law"
)
HERE = "Fog lay on the marsh when council met. "
THERE = "Elsewhere the geese had gone, and with them the last of the light. "


def pair(left: str, right: str, left_outlet: str = "Hollin Post", right_outlet: str = "Dunmore Echo") -> Comparison:
    return compare(parsed("a", HERE + left, left_outlet), parsed("b", THERE + right, right_outlet), 0.1)


@pytest.mark.parametrize(
    ("left", "right", "clue"),
    [
        ("“{},” Ann Lee told Politico.", "“{},” Ann Lee told Politico.", "outlet_said_both"),
        ("“{},” Ann Lee told Politico.", "“{},” Ann Lee said.", "outlet_said_one"),
        ("“{},” Ann Lee said.", "“{},” Ann Lee told Politico.", "outlet_said_one"),
        ("“{},” Ann Lee told Politico.", "“{},” Ann Lee told Vox.", None),
        ("“{},” Ann Lee told Politico.", "“{},” Ann Lee said in a statement.", None),
        ("“{},” Ann Lee told the Hollin Post.", "“{},” Ann Lee said.", None),
        ("“{},” Ann Lee said.", "“{},” Ann Lee said.", None),
    ],
)
def test_quotations_from_an_outlet_speak_for_lineage(left: str, right: str, clue: str | None) -> None:
    """Where one side or both say so, and it is neither made public nor the sayer's own interview."""
    found = pair(left.format(SPEECH), right.format(SPEECH))
    seen = {name for name in weights_of(found, Question.KIND) if name.startswith("outlet_said")}
    assert seen == ({clue} if clue else set())
    assert found.kind.verdict is (Kind.LINEAGE if clue else Kind.STATEMENT)


def test_relayed_words_are_no_public_third_party_s() -> None:
    """The more of the shared quotation is an outlet's, the less speaks against lineage."""
    both = weights_of(pair(f"“{SPEECH},” Ann Lee told Vox.", f"“{SPEECH},” Ann Lee told Vox."), Question.KIND)
    neither = weights_of(pair(f"“{SPEECH},” Ann Lee said.", f"“{SPEECH},” Ann Lee said."), Question.KIND)
    assert neither["third_party_words"] < both.get("third_party_words", 0.0)


def test_two_reports_of_one_speaker_share_some_words_by_themselves() -> None:
    """What both give as indirect speech counts for less than the same words without a speaker."""
    words = "the old stone bridge beyond the mill would close until the first warm week of spring"
    said = pair(f"Ann Lee said {words}. {ASIDE}", f"The mayor said {words}.")
    told = pair(f"Clearly {words}. {ASIDE}", f"On Monday {words}.")
    assert 0 <= said.overlap.narrative_surprisal < told.overlap.narrative_surprisal


def test_a_list_of_names_is_nobody_s_own_words() -> None:
    """Everybody lists the same people alike."""
    names = "Ann Lee of Ardley, Bob Roe of Wick, Cy Poe of Hollin, Di Moe of Sedge and Ed Foe of Brack"
    found = pair(f"Those who met were {names}.", f"Round the table sat {names}.")
    assert found.overlap.narrative_surprisal == 0
    assert not found.is_lineage


def test_own_words_still_count_in_a_story_with_speakers() -> None:
    """A copied report stays lineage though it says who spoke."""
    found = pair(f"{STORY} Ann Lee said so.", f"{STORY} Ann Lee said so.")
    assert found.kind.verdict is Kind.LINEAGE
