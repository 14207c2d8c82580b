"""Who names whom, and where."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, STORY, parsed

from tracer.align import shared_passages
from tracer.domain import SourceKind, SourceName
from tracer.evidence import is_own, mentions, names_outlet, wire_credit
from tracer.evidence.naming import common_credits, credited_outlet

FAR = f"\n\n{ASIDE}\n\n"


def named(text: str, outlet: str | None = None) -> list[tuple[str, bool]]:
    return [(mention.source.name, mention.whole) for mention in mentions(parsed("a", text, outlet))]


def seen(left_text: str, left_outlet: str | None, right_text: str, right_outlet: str | None) -> list[tuple[str, float]]:
    left, right = parsed("a", left_text, left_outlet), parsed("b", right_text, right_outlet)
    return [(entry.clue, entry.strength) for entry in credited_outlet(left, right, shared_passages(left, right))]


def common(left_text: str, left_outlet: str | None, right_text: str, right_outlet: str | None) -> list[str]:
    left, right = parsed("a", left_text, left_outlet), parsed("b", right_text, right_outlet)
    return [entry.clue for entry in common_credits(left, right, shared_passages(left, right))]


@pytest.mark.parametrize(
    ("text", "outlet", "expected"),
    [
        (STORY, None, []),
        (f"HOLLIN, May 2 (AP) — {STORY}", None, [("AP", True)]),
        (f"HOLLIN, May 2 (AP) — {STORY}", "Associated Press", []),
        (f"{STORY} The bell was lost, according to Reuters.", None, [("Reuters", False)]),
        (f"{STORY}\n\nPhoto by Ann Lee/Reuters", None, []),
    ],
)
def test_an_article_mentions_its_sources(text: str, outlet: str | None, expected: list[tuple[str, bool]]) -> None:
    """Credits and attributions, its own name and photo credits left out; a credit is for the whole text."""
    assert named(text, outlet) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((STORY, "Hollin Post"), (f"{STORY} The Hollin Post reported.", "Echo"), [("names_other", 1.0)]),
        ((f"{STORY} The Hollin Post reported.", "Echo"), (STORY, "Hollin Post"), [("names_other", -1.0)]),
        ((STORY, "Hollin Post"), (f"{STORY} The Hollin Post reported.", "Hollin Post"), []),
        ((STORY, "Hollin Post"), (f"{STORY} A cat sat by the Hollin Post.", "Echo"), [("name_nearby", 1.0)]),
        ((STORY, "Hollin Post"), (f"{STORY} The Hollin Poster was torn.", "Echo"), []),
        ((STORY, None), (f"{STORY} The Hollin Post reported.", None), []),
        ((STORY, "CNN"), (f"{STORY}{FAR}The fair ended, according to CNN.", "Echo"), [("names_elsewhere", 1.0)]),
        ((STORY, "Reuters"), (f"(Reuters) — {STORY}", "Echo"), [("names_other", 1.0)]),
        ((STORY, "Hollin Post"), (f"{STORY}{FAR}{ASIDE} The Hollin Post was sold.", "Echo"), []),
        (
            (f"{STORY} The Dunmore Mail agrees.", "Hollin Post"),
            (f"{STORY} The Hollin Post reported.", "Dunmore Mail"),
            [("names_other", 1.0), ("name_nearby", -1.0)],
        ),
    ],
)
def test_naming_the_other_outlet_points_upstream(
    left: tuple[str, str | None], right: tuple[str, str | None], expected: list[tuple[str, float]]
) -> None:
    """Near shared words or in a credit; one outlet's own two articles never credit each other."""
    assert seen(*left, *right) == expected


def test_a_name_inside_longer_words_does_not_hide_a_later_one() -> None:
    """``Guardian`` is not named by ``Guardianship``, but by the words that follow."""
    text = f"{STORY} Guardianship of the wreck is disputed, wrote the Guardian on Monday."
    assert seen(STORY, "Guardian", text, "Echo") == [("names_other", 1.0)]


def test_shared_words_that_name_an_outlet_were_its_own() -> None:
    """``told the Hollin Post`` inside the words both carry."""
    text = f"{STORY} “I swam,” the cook told the Hollin Post on the wet quay that evening."
    assert ("self_named", 1.0) in seen(text, "Hollin Post", text, "Echo")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((STORY, "Post"), (STORY, "Echo"), []),
        ((f"(AP) — {STORY}", "Post"), (f"(AP) — {STORY}", "Echo"), {"same_wire"}),
        ((f"(AP) — {STORY}", "Post"), (STORY, "Echo"), {"agency_helped"}),
        ((STORY, "Associated Press"), (STORY, "Echo"), {"agency_itself"}),
        ((STORY, "Associated Press"), (f"(AP) — {STORY}", "Echo"), set()),
        ((f"(AP) — {STORY}", "Post"), (f"(Reuters) — {STORY}", "Echo"), {"agency_helped"}),
        (
            (f"{STORY} It sank, according to CNN.", None),
            (f"{STORY} It drifted, according to CNN.", None),
            {"same_source_here"},
        ),
        (
            (f"{STORY}{FAR}Wheat rose, according to CNN.", None),
            (f"{STORY} {FAR[::-1]} Rye fell, according to CNN.", None),
            {"same_source"},
        ),
    ],
)
def test_a_third_source_named_by_both_is_seen(
    left: tuple[str, str | None], right: tuple[str, str | None], expected: set[str]
) -> None:
    """The same on both orders of the sides."""
    assert set(common(*left, *right)) == set(common(*right, *left)) == set(expected)


@pytest.mark.parametrize(
    ("text", "outlet", "agency"),
    [
        (STORY, None, None),
        (STORY, "Hollin Post", None),
        (STORY, "Associated Press", "AP"),
        (f"HOLLIN, May 2 (UPI) — {STORY}", "Hollin Post", "UPI"),
        (f"{STORY}\n\n(IANS/EFE)", None, "EFE"),
        (f"{STORY}\n\nPhoto by Ann Lee/AP", None, None),
    ],
)
def test_the_agency_whose_text_it_is(text: str, outlet: str | None, agency: str | None) -> None:
    """By dateline or credit line, the last named; an agency's own article is its own."""
    credited = wire_credit(parsed("a", text, outlet))
    assert (credited.name if credited else None) == agency


@pytest.mark.parametrize(
    ("source", "outlet", "same"),
    [("AP", "Associated Press", True), ("AP", "The Associated Press", True), ("AP", "Apple Weekly", False)],
)
def test_spellings_of_one_house(source: str, outlet: str, same: bool) -> None:
    """Names are compared through the lexicon."""
    name = SourceName(source, SourceKind.AGENCY)
    assert names_outlet(name, outlet) is same
    assert is_own(parsed("a", STORY, outlet), name) is same
    assert not is_own(parsed("a", STORY), name)
