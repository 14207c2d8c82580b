"""Signs that two articles are copies of a text that neither of them is."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, PAIRS, STORY, at, parsed, weights_of

from tracer.evidence import Comparison, Question, compare, shipped_weights

SAID = "We shall raise her before the herring come back to the bay, and if nobody lends us a winch we shall pull"
WIRE = "HOLLIN, May 2 (EFE) — "
RULES = shipped_weights().questions[Question.ORIGIN].clues


def origin(left: str, right: str, outlets: tuple[str | None, str | None] = ("Hollin Post", "Dunmore Echo")) -> set[str]:
    return set(_weights(compare(parsed("a", left, outlets[0]), parsed("b", right, outlets[1]), 1.0)))


def _weights(found: Comparison) -> dict[str, float]:
    assert found.is_lineage
    return weights_of(found, Question.ORIGIN)


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        (WIRE + STORY, f"{STORY}\n\nWith inputs from EFE", True),
        (WIRE + STORY, WIRE + STORY, True),
        (WIRE + STORY, f"HOLLIN, May 2 (TASS) — {STORY}", False),
        (WIRE + STORY, STORY, False),
        (f"{STORY}\n\nWith inputs from agencies", f"{STORY}\n\nWith inputs from agencies", False),
        (f"{STORY}\n\nPhoto: EFE", f"{STORY}\n\nPhoto: EFE", False),
    ],
)
def test_one_agency_behind_both(left: str, right: str, is_same: bool) -> None:
    """By name, for the text or a part of it, not for a picture."""
    assert ("same_agency" in origin(left, right)) == is_same


def test_an_agency_s_own_article_shares_no_agency() -> None:
    """It is the agency."""
    assert "same_agency" not in origin(WIRE + STORY, WIRE + STORY, ("EFE", "Dunmore Echo"))


@pytest.mark.parametrize(
    ("right", "outlets", "is_silent"),
    [
        (STORY, ("Hollin Post", "Dunmore Echo"), True),
        (STORY, (None, "Dunmore Echo"), False),
        (STORY, ("Hollin Post", None), False),
        (STORY, ("Associated Press", "Dunmore Echo"), False),
        (f"{STORY} The Hollin Post reported.", ("Hollin Post", "Dunmore Echo"), False),
    ],
)
def test_a_reprint_is_silent_where_nobody_is_named(
    right: str, outlets: tuple[str | None, str | None], is_silent: bool
) -> None:
    """Between two known papers, neither of which names the other."""
    assert ("silent_reprint" in origin(STORY, right, outlets)) == is_silent


def test_more_unchanged_words_are_more_of_a_reprint() -> None:
    """Quoted words do not count."""
    short, long = (
        _weights(compare(parsed("a", text, "Hollin Post"), parsed("b", text, "Dunmore Echo"), 1.0))["silent_reprint"]
        for text in (STORY, f"{STORY} {ASIDE}")
    )
    assert 0 < short < long <= RULES["silent_reprint"].cap


def test_published_apart_is_the_same_either_way_round() -> None:
    """And nothing on one day."""
    pairs = [(at(0), at(30)), (at(30), at(0)), (at(0), at(0))]
    seen = [
        _weights(compare(parsed("a", STORY, published=one), parsed("b", STORY, published=other), 1.0))
        for one, other in pairs
    ]
    assert seen[0]["published_apart"] == pytest.approx(seen[1]["published_apart"])
    assert seen[0]["published_apart"] < 0
    assert "published_apart" not in seen[2]


@pytest.mark.parametrize(
    ("ours", "theirs", "clue"),
    [
        ("told Politico", "told Politico", "outlet_said_both"),
        ("told Politico", "said", "outlet_said_one"),
        ("said", "told Politico", "outlet_said_one"),
        ("told the Hollin Post", "told the Hollin Post", None),
        ("said", "told the Hollin Post", None),
        ("told the Dunmore Echo", "said", None),
        ("said", "said", None),
    ],
)
def test_only_a_third_outlet_is_a_sign_of_a_third_text(ours: str, theirs: str, clue: str | None) -> None:
    """What was said to either side's own outlet may be had from that side."""
    seen = origin(f"{STORY} “{SAID},” Ann Lee {ours}.", f"{STORY} “{SAID},” Ann Lee {theirs}.")
    assert {name for name in seen if name.startswith("outlet_said")} == ({clue} if clue else set())


SWAPPED = (
    STORY.replace("struck", "whacked").replace("harbour master", "haven boss"),
    STORY.replace("quarrelled", "feuded").replace("ashore", "landward"),
)


def test_a_scar_and_a_slip_are_weighed_apart() -> None:
    """A slip alone is no scar; both lie on one side here."""
    scarred, misspelt = (weights_of(compare(*PAIRS[name], 1.0), Question.ORIGIN) for name in ("scarred", "misspelt"))
    assert scarred["one_sided_scars"] < 0 > misspelt["one_sided_slips"]
    assert "one_sided_slips" not in scarred
    assert "one_sided_scars" not in misspelt
    assert abs(misspelt["one_sided_slips"]) < abs(scarred["one_sided_scars"])


def test_scars_on_both_sides_speak_for_a_common_source() -> None:
    """Each was rewritten from something else."""
    left, right = STORY.replace("A goat", "An beast"), STORY.replace("a ticket", "an voucher")
    assert _weights(compare(parsed("a", left), parsed("b", right), 1.0))["one_sided_scars"] > 0


def test_swapped_words_on_both_sides_say_little_beside_a_scar() -> None:
    """They speak for a common source while nothing else tells; where a scar tells who rewrote, they are noise."""
    plain = _weights(compare(parsed("a", SWAPPED[0]), parsed("b", SWAPPED[1]), 1.0))
    scarred = SWAPPED[1].replace("A goat", "An goat")
    marked = _weights(compare(parsed("a", SWAPPED[0]), parsed("b", scarred), 1.0))
    assert plain["one_sided_marks"] > 0
    assert "one_sided_marks" not in marked
    assert marked["one_sided_scars"] < 0
