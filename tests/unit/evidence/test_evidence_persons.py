"""The introduction clue: who is named in full, and who stands bare."""

from __future__ import annotations

import pytest
from evidence_prose import GRIMSEY, parsed

from tracer.align import shared_passages
from tracer.evidence.persons import introductions

BARE = f"The gates were shut. {GRIMSEY}"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (f"Mayor Odd Grimsey waited. {GRIMSEY}", BARE, [1.0]),
        (BARE, f"Mayor Odd Grimsey waited. {GRIMSEY}", [-1.0]),
        (f"Mayor Odd Grimsey waited. {GRIMSEY}", f"Mayor Odd Grimsey left. {GRIMSEY}", []),
        (f"Mayor Odd Grimsey waited. {GRIMSEY}", f"{GRIMSEY} Mayor Odd Grimsey left.", []),
        (f"Mayor Odd Grimsey waited. {GRIMSEY}", BARE.replace("Grimsey", "Mr. Grimsey"), [1.0]),
        (f"Mr. Grimsey waited. {GRIMSEY}", BARE, []),
        (f"Mayor Odd Grimsey's winch rusted. {GRIMSEY}", BARE, [1.0]),
        (f"{GRIMSEY} Mayor Odd Grimsey waited.", BARE, []),
        ("Mayor Odd Grimsey waited.", BARE, []),
        (f"The goat swam. {GRIMSEY}", BARE, []),
        (f"Mayor Odd Clinton waited. {GRIMSEY.replace('Grimsey', 'Clinton')}", BARE.replace("Grimsey", "Clinton"), []),
        (f"They live in the Hollin. {GRIMSEY.replace('Grimsey', 'Hollin')}", BARE.replace("Grimsey", "Hollin"), []),
    ],
)
def test_whoever_introduces_a_person_looks_upstream(left: str, right: str, expected: list[float]) -> None:
    """A surname that stands bare in shared words was introduced elsewhere; an honorific introduces nobody.

    Nothing where a name comes too late, is known to all, is no person's, or stands in words that only one side has.
    """
    ours, theirs = parsed("a", left), parsed("b", right)
    assert [seen.strength for seen in introductions(ours, theirs, shared_passages(ours, theirs))] == expected


def test_each_person_counts_once() -> None:
    """However often a surname stands bare."""
    ours = parsed(
        "a", f"Mayor Odd Grimsey waited. {GRIMSEY} The goat of Grimsey had the timetable for breakfast again."
    )
    theirs = parsed("b", f"{GRIMSEY} The goat of Grimsey had the timetable for breakfast again.")
    (seen,) = introductions(ours, theirs, shared_passages(ours, theirs))
    assert seen.left is not None
    assert seen.left.of(ours.article.text) == "Odd Grimsey"
